"""The service circles panel: whose catchments, how long, what they cover and what they leave."""

from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
)

from sandbox.app import moving, places, street_edits
from sandbox.app.answers.circles import ANALYSIS, HOMES, CirclesAnswer, CirclesQuestion
from sandbox.app.questions import Selected
from sandbox.app.session import Session
from sandbox.draw.theme import Theme, circles_colour
from sandbox.streets.travel import Travel
from sandbox.ui.answers.panel import Legend, Line, Panel, Table
from sandbox.ui.panels.answer import Bar
from sandbox.ui.parts import icons
from sandbox.ui.parts.widgets import (
    Elided,
    Scrolled,
    Wrapped,
    button,
    empty,
    follow,
    label,
    look,
    row,
    rule,
    words,
)

MINUTES: Final = (5.0, 10.0, 15.0)


class CirclesPanel(Scrolled):
    """Asks for service circles and shows what they cover."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._kept = CirclesQuestion("")
        whole = self.inside
        whole.addLayout(self._service_box())
        whole.addLayout(self._minutes_box())
        self._straight = QCheckBox()
        self._straight.toggled.connect(self._set_straight)
        whole.addWidget(self._straight)
        self._hint = Wrapped("small", "third")
        whole.addWidget(self._hint)
        whole.addWidget(rule())
        self._results = QVBoxLayout()
        self._results.setSpacing(10)
        whole.addLayout(self._results)
        whole.addStretch(1)
        follow(
            session,
            self,
            lambda s: (s.document.analyses, s.answers.results, s.language, s.theme),
            self._show,
        )
        session.listen_atlas(lambda _atlas: self._fill())
        self._fill()
        self._show()

    def off(self) -> None:
        """Take the circles off the map; the choice stays for the next time."""
        ANALYSIS.ask(self._session, None)

    @property
    def _asked(self) -> CirclesQuestion | None:
        return self._session.state.document.asked(CirclesQuestion)

    def _service_box(self) -> QVBoxLayout:
        self._service_title, self._kind_title = label("small", "third"), label("small", "third")
        self._service, self._kind = QComboBox(), QComboBox()
        self._service.activated.connect(self._set_service)
        self._kind.activated.connect(self._set_kind)
        self._service_title.setBuddy(self._service)
        self._kind_title.setBuddy(self._kind)
        made = QVBoxLayout()
        made.setSpacing(6)
        for widget in (self._service_title, self._service, self._kind_title, self._kind):
            made.addWidget(widget)
        return made

    def _minutes_box(self) -> QVBoxLayout:
        self._minutes_title = label("small", "third")
        frame = QFrame()
        frame.setProperty("room", "segment")
        line = QHBoxLayout(frame)
        line.setContentsMargins(2, 2, 2, 2)
        line.setSpacing(2)
        group = QButtonGroup(self)
        self._minutes: dict[float, QPushButton] = {}
        for minute in MINUTES:
            made = self._minutes[minute] = button()
            made.setCheckable(True)
            made.clicked.connect(lambda _checked=False, m=minute: self._change(minutes=m))
            group.addButton(made)
            line.addWidget(made, 1)
        whole = QVBoxLayout()
        whole.setSpacing(6)
        whole.addWidget(self._minutes_title)
        whole.addWidget(frame)
        return whole

    def _fill(self) -> None:
        """List the layers that hold services, and the kinds of the chosen one."""
        said, language = words(self._session), self._session.state.language
        layers, question = self._session.atlas.layers, self._asked
        self._service.clear()
        self._service.addItem(said("None"), "")
        for layer in layers.values():
            if places.is_place_layer(layer) and layer.id != HOMES:
                self._service.addItem(layer.title.said(language), layer.id)
        chosen = question.layer if question else ""
        self._service.setCurrentIndex(max(0, self._service.findData(chosen)))
        self._kind.clear()
        self._kind.addItem(said("All kinds"), "")
        layer = layers.get(chosen)
        if layer is not None:
            for kind in sorted(set(places.features_of(layer)["kind"])):
                words_of_kind = layer.kinds.get(kind)
                self._kind.addItem(words_of_kind.said(language) if words_of_kind else kind, kind)
        kinds = question.kinds if question else ()
        self._kind.setCurrentIndex(max(0, self._kind.findData(kinds[0] if len(kinds) == 1 else "")))
        self._kind.setEnabled(layer is not None and self._kind.count() > 2)

    def _set_service(self, index: int) -> None:
        layer = str(self._service.itemData(index))
        if not layer:
            self.off()
        else:
            self._change(layer=layer, kinds=())

    def _set_kind(self, index: int) -> None:
        kind = str(self._kind.itemData(index))
        self._change(kinds=(kind,) if kind else ())

    def _set_straight(self, checked: bool) -> None:
        self._change(straight_line=checked)

    def _change(self, **fields: object) -> None:
        state = self._session.state
        walk = {}
        if state.document.reach is not None:
            walk = {
                "reach_m": moving.walked_reach_m(state.document.reach),
                "travel": Travel(walk_kmh=state.document.reach.travel.walk_kmh),
            }
        self._kept = replace(self._asked or self._kept, **walk, **fields)  # type: ignore[arg-type]
        if self._kept.layer:
            ANALYSIS.ask(self._session, self._kept)

    def _show(self) -> None:
        said, question = words(self._session), self._asked
        self._service_title.setText(said("Services"))
        self._kind_title.setText(said("Kind"))
        self._minutes_title.setText(said("Walking time limit"))
        self._service.setAccessibleName(said("Services"))
        self._kind.setAccessibleName(said("Kind"))
        self._straight.setText(said("Compare with straight-line radius"))
        self._hint.setText(
            said(
                "Coloured areas are within the walking time of a service. Straight-line "
                "radii overstate the coverage."
            )
        )
        shown = question or self._kept
        self._straight.blockSignals(True)
        self._straight.setChecked(shown.straight_line)
        self._straight.blockSignals(False)
        for minute, made in self._minutes.items():
            made.setText(said("{minutes} minutes", minutes=f"{minute:g}"))
            made.setChecked(minute == shown.minutes)
        self._fill()
        self._show_answer(question, self._session.state.answers.result(CirclesAnswer))

    def _show_answer(self, question: CirclesQuestion | None, answer: CirclesAnswer | None) -> None:
        empty(self._results)
        said = words(self._session)
        if question is None:
            nothing = Wrapped(tone="second")
            nothing.setText(said("Choose a kind of service to see the area that it covers."))
            self._results.addWidget(nothing)
            return
        if answer is None or answer.question != question:
            self._results.addWidget(label(tone="second", text=said("Computing…")))
            return
        found, theme = answer.coverage, look(self._session)
        self._results.addWidget(label("small", "third", said("Covered")))
        edited = street_edits.told(question.edits)
        if edited is not None:
            self._results.addWidget(Wrapped("small", text=edited.said(said)))
        colour = circles_colour(theme)
        self._share(said("Area covered (walking)"), found.share_of_ground, colour, theme)
        if question.straight_line:
            share = found.straight_share_of_ground
            self._share(said("Area covered (straight line)"), share, theme.colour("ink_3"), theme)
        if found.homes_share is not None:
            self._share(said("Talent housing"), found.homes_share, colour, theme)
        self._facts(
            [
                (said("Area covered"), said("{area} km²", area=f"{found.area_km2:.1f}")),
                (said("Area not covered"), said("{area} km²", area=f"{found.uncovered_km2:.1f}")),
                (said("Services"), str(found.services)),
                (said("Walking speed"), said("{speed} km/h", speed=f"{found.speed_kmh:g}")),
            ]
        )
        if found.without_street or found.indicative_services:
            self._doubts(len(found.without_street), found.indicative_services)
        self._results.addWidget(rule())
        self._homes(found.homes_outside, found.homes)

    def _share(self, title: str, share: float, colour: str, theme: Theme) -> None:
        name = Elided()
        name.setText(title)
        line = row(name, label(text=f"{share * 100:.0f} %"))
        line.setStretch(0, 1)
        self._results.addLayout(line)
        bar = Bar()
        bar.show_share(share, colour, theme.colour("field"))
        self._results.addWidget(bar)

    def _facts(self, facts: list[tuple[str, str]]) -> None:
        for title, value in facts:
            self._results.addLayout(
                row(label("small", "second", title), None, label("small", text=value))
            )

    def _doubts(self, without_street: int, indicative: int) -> None:
        said, texts = words(self._session), list[str]()
        if without_street:
            texts.append(
                said(
                    "Services with no street nearby, which cover nothing: {count}.",
                    count=without_street,
                )
            )
        if indicative:
            texts.append(
                said(
                    "Positions less accurate than the walking distance: {count}.", count=indicative
                )
            )
        hint = Wrapped("small", "third")
        hint.setText(" ".join(texts))
        self._results.addWidget(hint)

    def _homes(self, outside: tuple[str, ...], homes: int) -> None:
        said, layers = words(self._session), self._session.atlas.layers
        title = said(
            "Talent housing not covered: {count} of {homes}", count=len(outside), homes=homes
        )
        self._results.addWidget(label("small", "third", title))
        for home in outside:
            where = Selected(HOMES, home)
            place = places.place(layers, where)
            if place is None:
                continue
            made = button("link")
            made.setText(place.name(self._session.state.language))
            made.clicked.connect(lambda _checked=False, w=where: self._session.change(selected=w))
            self._results.addLayout(row(made, None))


def _legend(session: Session) -> Legend | None:
    state, said, theme = session.state, words(session), look(session)
    asked, answer = state.document.asked(CirclesQuestion), state.answers.result(CirclesAnswer)
    if asked is None:
        return None
    question = answer.question if answer else asked
    title = said(
        "{layer}: {minutes} min on foot",
        layer=session.atlas.layers[question.layer].title.said(state.language),
        minutes=f"{question.minutes:g}",
    )
    lines = [
        (icons.circles_picture(theme), said("Within walking time")),
        (icons.left_out_picture(theme), said("Not covered")),
    ]
    if question.straight_line:
        lines.append((icons.circle_picture(theme), said("Straight-line radius")))
    return Legend(title, lines)


def _table(session: Session) -> Table:
    said, answer = words(session), session.state.answers.result(CirclesAnswer)
    homes = session.atlas.layers.get(HOMES)
    outside = set(answer.coverage.homes_outside if answer else ())
    ids = [] if homes is None else places.features_of(homes)["id"].tolist()
    found = [places.place(session.atlas.layers, Selected(HOMES, one)) for one in ids]
    lines = [
        Line(place, said("not covered") if place.where.id in outside else said("covered"))
        for place in sorted(
            (place for place in found if place), key=lambda one: one.where.id not in outside
        )
    ]
    note = said("Talent housing, covered and not covered")
    return Table(lines, said("In a service circle"), note)


PANEL: Final = Panel("circles", CirclesPanel, _legend, _table)
