"""The comparison panel: base and plan, what the plan gains and loses, cutoff by cutoff."""

from collections.abc import Hashable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtGui import QAction, QPixmap
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QPushButton, QVBoxLayout

from sandbox.app import moving
from sandbox.app.answers import compare as comparing
from sandbox.app.answers.awaited import reach_awaited
from sandbox.app.answers.finding import counts, finding, km2
from sandbox.app.changes import changed
from sandbox.app.places import is_place_layer
from sandbox.app.questions import AgainstAnswer
from sandbox.app.session import Session
from sandbox.app.state import MapState
from sandbox.draw.answers.areas import BANDS_ALPHA
from sandbox.draw.answers.compare import difference_colours, saved_colours
from sandbox.draw.theme import Theme
from sandbox.ui.answers.panel import Legend, Line, Shown, Table
from sandbox.ui.parts import icons
from sandbox.ui.parts.moment import MomentField
from sandbox.ui.parts.widgets import (
    Elided,
    Scrolled,
    Wrapped,
    action_button,
    button,
    empty,
    follow,
    label,
    look,
    row,
    rule,
    words,
)
from sandbox.words import Text, Words

_SAVED_AT_MOST: Final = 5


class ComparePanel(Scrolled):
    """Chooses what the reach question is compared with, and shows the difference.

    Parameters
    ----------
    session
        Whose question and answer.
    actions
        ``export_comparison``.
    """

    def __init__(self, session: Session, actions: dict[str, QAction]) -> None:
        super().__init__()
        self._session = session
        whole = self.inside
        self._title, self._choice = label("small", "third"), QComboBox()
        self._title.setBuddy(self._choice)
        self._choice.activated.connect(self._choose)
        # Any other departure than those that are offered.
        self._when = MomentField(self._depart)
        self._sides, self._swap = Wrapped(), button()
        self._swap.clicked.connect(self._turn)
        self._finding = Wrapped("title")
        self._asked = Wrapped("small", "third")
        self._hint = Wrapped("small", "third")
        self._results = QVBoxLayout()
        self._results.setSpacing(8)
        self._export = action_button(actions["export_comparison"])
        self._minutes = QCheckBox()
        self._minutes.toggled.connect(lambda on: session.change(undoable=True, against_minutes=on))
        for widget in (self._title, self._choice, self._when, self._sides, self._swap, rule()):
            whole.addWidget(widget)
        for widget in (self._finding, self._asked, self._minutes, self._hint):
            whole.addWidget(widget)
        whole.addLayout(self._results)
        whole.addWidget(self._export)
        whole.addStretch(1)
        follow(
            session,
            self,
            lambda s: (
                s.document.reach,
                s.answers.reach_answer,
                s.document.against,
                s.answers.against_answer,
                s.document.against_minutes,
                s.document.against_cutoff,
                s.document.scenarios,
                s.language,
                s.theme,
            ),
            self._show,
        )
        session.listen_atlas(lambda _atlas: self._show())
        self._show()

    def off(self) -> None:
        """End the comparison."""
        self._session.change(undoable=True, against=None)

    def _choose(self, index: int) -> None:
        self._session.change(undoable=True, against=self._choice.itemData(index))

    def _depart(self, when: datetime) -> None:
        """Compare with the same question at another departure, or arrival."""
        against = self._session.state.document.against
        if against is not None:
            other = replace(comparing.depart_beside(when), as_base=against.as_base)
            self._session.change(undoable=True, against=other)

    def _turn(self) -> None:
        """Put base and plan in each other's place."""
        state = self._session.state
        if state.document.reach is not None and state.document.against is not None:
            other = comparing.turned(
                self._session.atlas, state.document.reach, state.document.against
            )
            self._session.change(undoable=True, against=other)

    def _show(self) -> None:
        said, state = words(self._session), self._session.state
        self._title.setText(said("Compare with"))
        self._choice.setAccessibleName(said("Compare with"))
        self._fill()
        self._show_when()
        self._show_sides()
        self._minutes.setText(said("Show minutes saved"))
        self._minutes.blockSignals(True)
        self._minutes.setChecked(state.document.against_minutes)
        self._minutes.blockSignals(False)
        self._hint.setText(
            said("Blue: reached sooner with the plan than with the base. Orange: reached later.")
            if state.document.against_minutes
            else said(
                "Blue hatching: area that the plan adds. Orange hatching: area that it loses."
            )
        )
        empty(self._results)
        # The figures of another comparison would be wrong under the name of this one.
        found = None if reach_awaited(state) else comparing.shown(state)
        self._export.setVisible(found is not None)
        for widget in (self._minutes, self._hint, self._finding, self._asked):
            widget.setVisible(found is not None)
        if state.document.reach is None:
            self._line(said("First choose an origin."))
        elif state.document.against is None:
            self._line(
                said("Choose another scenario, mode, time or percentile to see what changes.")
            )
        elif found is None:
            self._line(said("Computing…"))
        else:
            self._answer(found)

    def _show_when(self) -> None:
        state, said = self._session.state, words(self._session)
        against = state.document.against
        there = against is not None and against.kind == "depart"
        self._when.setAccessibleName(said("Compare with"))
        self._when.setVisible(there)
        if there and against is not None:
            when = datetime.fromisoformat(against.value)
            self._when.show_moment(when, look(self._session), state.language)

    def _show_sides(self) -> None:
        said, state = words(self._session), self._session.state
        there = state.document.reach is not None and state.document.against is not None
        self._sides.setVisible(there)
        self._swap.setVisible(there)
        self._swap.setText(said("Swap base and plan"))
        if state.document.reach is not None and state.document.against is not None:
            base, plan = comparing.names(
                self._session.atlas, state.document.reach, state.document.against
            )
            language = state.language
            self._sides.setText(
                said("{base} → {plan}", base=base.said(language), plan=plan.said(language))
            )

    def _fill(self) -> None:
        """Offer what the question can be compared with."""
        said, state = words(self._session), self._session.state
        atlas = self._session.atlas
        offered = (
            comparing.choices(atlas, state.document.reach, state.document.scenarios)
            if state.document.reach
            else ()
        )
        chosen = self._chosen(offered)
        if state.document.against is not None and chosen < 0:
            offered, chosen = (state.document.against, *offered), 0
        self._choice.clear()
        self._choice.addItem(said("Nothing"), None)
        for one in offered:
            self._choice.addItem(comparing.called(atlas, one).said(state.language), one)
        self._choice.setCurrentIndex(chosen + 1)
        self._choice.setEnabled(state.document.reach is not None)

    def _chosen(self, offered: tuple[object, ...]) -> int:
        """Return which of the choices is compared with, whichever way round; else -1."""
        against = self._session.state.document.against
        if against is None:
            return -1
        plain = comparing.plain(against)
        return offered.index(plain) if plain in offered else -1

    def _answer(self, found: AgainstAnswer) -> None:
        said, state = words(self._session), self._session.state
        layers, shown = self._session.atlas.layers, comparing.cutoff_of(state, found)
        one = found.compared
        self._finding.setText(finding(layers, one, shown).said(said))
        self._asked.setText(moving.told(found.plan.travel).said(said))
        ground, colours = found.difference, difference_colours(look(self._session))
        group = QButtonGroup(self)
        for k, minutes in enumerate(ground.minutes):
            heading = self._cutoff(minutes, chosen=k == shown)
            group.addButton(heading)
            self._results.addLayout(row(heading, None))
            base, plan = f"{ground.base.km2[k]:.1f}", f"{ground.plan.km2[k]:.1f}"
            self._fact(said("Area"), said("{area} km²", area=f"{base} → {plan}"))
            for change, text, area in (
                ("gained", said("Added"), ground.gained.km2[k]),
                ("lost", said("Lost"), ground.lost.km2[k]),
            ):
                made = label(text=said("{area} km²", area=km2(area)))
                made.setStyleSheet(f"color: {colours[change]}")
                self._results.addLayout(row(label("small", "second", text), None, made))
        self._results.addWidget(rule())
        self._places(found, shown)
        self._saved(found)

    def _cutoff(self, minutes: float, *, chosen: bool) -> QPushButton:
        """Return the heading of a cutoff, which puts its ground on the map."""
        said = words(self._session)
        made = button("quiet")
        made.setCheckable(True)
        made.setChecked(chosen)
        made.setText(said("Within {minutes} min", minutes=f"{minutes:g}"))
        made.setToolTip(said("Show the difference for this cutoff on the map"))
        made.clicked.connect(partial(self._session.change, undoable=True, against_cutoff=minutes))
        return made

    def _places(self, found: AgainstAnswer, shown: int) -> None:
        """Say how many places of each layer base and plan reach within the cutoff on the map."""
        said, language = words(self._session), self._session.state.language
        minutes = f"{found.difference.minutes[shown]:g}"
        title = said("Places within {minutes} min", minutes=minutes)
        self._results.addWidget(label("small", "third", title))
        for layer, base, plan in counts(self._session.atlas.layers, found.compared, shown):
            self._fact(layer.title.said(language), f"{base} → {plan}")
        state = self._session.state
        shown_layers = (
            self._session.atlas.layers[one.id] for one in state.document.layers if one.visible
        )
        if any(is_place_layer(one) and one.schematic for one in shown_layers):
            self._line(said("Layers that are schematic as a whole are not counted."))

    def _saved(self, found: AgainstAnswer) -> None:
        """Name the places that the plan brings nearest by, or pushes farthest away."""
        said, state = words(self._session), self._session.state
        rows = comparing.largest_changes(self._session.atlas, found)[:_SAVED_AT_MOST]
        if not rows:
            return
        self._results.addWidget(rule())
        self._results.addWidget(label("small", "third", said("Largest changes, minutes")))
        for one in rows:
            self._fact(one.place.name(state.language), comparing.minutes_said(one))

    def _fact(self, title: str, value: str) -> None:
        name = Elided()
        name.setText(title)
        line = row(name, label(text=value))
        line.setStretch(0, 1)
        self._results.addLayout(line)

    def _line(self, text: str) -> None:
        made = Wrapped(tone="second")
        made.setText(text)
        self._results.addWidget(made)


def _watched(state: MapState) -> Hashable:
    document, compared = state.document, comparing.shown(state)
    return id(compared), document.against_minutes, document.against_cutoff


def _legend(session: Session) -> Legend | None:
    """Return ground gained, lost and kept, or minutes saved and lost."""
    state, said, theme = session.state, words(session), look(session)
    compared = comparing.shown(state)
    if compared is None or not state.document.reach_shown:
        return None
    title = comparing.heading(state)
    heading = title.said(said) if title is not None else ""
    if state.document.against_minutes:
        return Legend(heading, _saved_lines(compared, theme, said))
    texts = {"gained": said("Added"), "lost": said("Lost"), "both": said("Already reachable")}
    lines = [(icons.difference_picture(theme, change), text) for change, text in texts.items()]
    return Legend(heading, lines)


def _saved_lines(compared: AgainstAnswer, theme: Theme, said: Words) -> list[tuple[QPixmap, str]]:
    """Return the bands of minutes that there are on the map."""
    found, lines = compared.saved, list[tuple[QPixmap, str]]()
    for change, areas, text in (
        ("gained", found.sooner, "at least {minutes} min faster"),
        ("lost", found.later, "at least {minutes} min slower"),
    ):
        colours = saved_colours(theme, change, len(areas))
        for area, colour, band in zip(areas, colours, found.bands_min, strict=True):
            if not area.is_empty:
                picture = icons.area_picture(colour, "", 18, BANDS_ALPHA, theme.colour("ground"))
                lines.append((picture, said(text, minutes=f"{band:g}")))
    return lines


def _table(session: Session) -> Table | None:
    """Return the places that base or plan reaches within the cutoff on the map."""
    state, said = session.state, words(session)
    answer = comparing.shown(state)
    if answer is None:
        return None
    minutes = answer.difference.minutes[comparing.cutoff_of(state, answer)]
    never = float("inf")
    found = [
        (min(never if m is None else m for m in (one.base, one.plan)), one)
        for one in comparing.places_compared(session.atlas, answer)
    ]
    visible = {layer.id for layer in state.document.layers if layer.visible}
    kept = [
        one
        for one in sorted(found, key=lambda pair: pair[0])
        if one[0] <= minutes and one[1].place.where.layer in visible
    ]
    doubt = (Text("≈ indicative: the position is less accurate than the distance reached."),)
    lines = [
        Line(one.place, comparing.minutes_said(one), doubt if one.indicative else ())
        for _, one in kept
    ]
    title = comparing.heading(changed(state, against_minutes=False))
    return Table(lines, said("Base → plan (min)"), title.said(said) if title else "")


SHOWN: Final = Shown(_watched, _legend, _table)
