"""The comparison panel: what the answer stands beside, and what that gains and loses."""

from collections import Counter
from typing import Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout

from sandbox.app import against as comparing
from sandbox.app.session import Session
from sandbox.app.state import AgainstAnswer, ReachAnswer
from sandbox.draw.difference import difference_colours
from sandbox.ui.parts import (
    Elided,
    Scrolled,
    Wrapped,
    action_button,
    empty,
    follow,
    label,
    look,
    row,
    rule,
    words,
)

_COUNTED_AT_MOST: Final = 6


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
        self._choice.activated.connect(self._choose)
        self._hint = Wrapped("small", "third")
        self._results = QVBoxLayout()
        self._results.setSpacing(8)
        self._export = action_button(actions["export_comparison"])
        self._minutes = QCheckBox()
        self._minutes.toggled.connect(lambda on: session.change(against_minutes=on))
        for widget in (self._title, self._choice, self._minutes, self._hint, rule()):
            whole.addWidget(widget)
        whole.addLayout(self._results)
        whole.addWidget(self._export)
        whole.addStretch(1)
        fields = (
            *("reach", "reach_answer", "against", "against_answer", "against_minutes"),
            *("language", "theme"),
        )
        follow(session, self, fields, self._show)
        session.listen_atlas(lambda _atlas: self._show())
        self._show()

    def off(self) -> None:
        """End the comparison."""
        self._session.change(undoable=True, against=None)

    def _choose(self, index: int) -> None:
        self._session.change(undoable=True, against=self._choice.itemData(index))

    def _show(self) -> None:
        said, state = words(self._session), self._session.state
        self._title.setText(said("Compare with"))
        self._choice.setAccessibleName(said("Compare with"))
        self._fill()
        self._minutes.setText(said("Show the minutes saved"))
        self._minutes.blockSignals(True)
        self._minutes.setChecked(state.against_minutes)
        self._minutes.blockSignals(False)
        self._hint.setText(
            said("Blue ground is reached sooner than by the comparison, orange later.")
            if state.against_minutes
            else said("Blue hatching is ground that the answer gains, orange what it loses.")
        )
        for widget in (self._minutes, self._hint):
            widget.setVisible(state.against is not None)
        empty(self._results)
        found = comparing.shown(state)
        self._export.setVisible(found is not None)
        if state.reach is None:
            self._line(said("Choose first where the walk begins."))
        elif state.against is None:
            self._line(said("Choose another scenario, mode or percentile to see what changes."))
        elif found is None or state.reach_answer is None:
            self._line(said("Computing…"))
        else:
            self._answer(found, state.reach_answer)

    def _fill(self) -> None:
        """Offer what the question can be compared with."""
        said, state = words(self._session), self._session.state
        atlas = self._session.atlas
        offered = comparing.choices(atlas, state.reach) if state.reach else ()
        if state.against is not None and state.against not in offered:
            offered = (state.against, *offered)
        self._choice.clear()
        self._choice.addItem(said("Nothing"), None)
        for one in offered:
            self._choice.addItem(comparing.called(atlas, one, state.language), one)
        chosen = offered.index(state.against) + 1 if state.against in offered else 0
        self._choice.setCurrentIndex(chosen)
        self._choice.setEnabled(state.reach is not None)

    def _answer(self, found: AgainstAnswer, reach: ReachAnswer) -> None:
        said, theme = words(self._session), look(self._session)
        colours, ground = difference_colours(theme), found.difference
        for k, minutes in enumerate(ground.minutes):
            title = said("Within {minutes} min", minutes=f"{minutes:g}")
            self._results.addWidget(label("small", "third", title))
            before, after = ground.base.km2[k], ground.changed.km2[k]
            self._fact(said("Ground"), f"{before:.1f} → {after:.1f} km²")
            for change, text, km2 in (
                ("gained", said("Gained"), ground.gained.km2[k]),
                ("lost", said("Lost"), ground.lost.km2[k]),
            ):
                made = label(text=f"{km2:.1f} km²")
                made.setStyleSheet(f"color: {colours[change]}")
                self._results.addLayout(row(label("small", "second", text), None, made))
        self._results.addWidget(rule())
        self._places(found, reach)

    def _places(self, found: AgainstAnswer, reach: ReachAnswer) -> None:
        """Say how many places of each layer lie within reach, before and now."""
        said, language = words(self._session), self._session.state.language
        before = Counter(place.layer for place in found.places)
        after = Counter(place.layer for place in reach.places)
        minutes = f"{found.difference.minutes[-1]:g}"
        title = said("Places within {minutes} min", minutes=minutes)
        self._results.addWidget(label("small", "third", title))
        layers = self._session.atlas.layers
        changed = sorted(
            (one for one in layers if (before[one] or after[one]) and not layers[one].schematic),
            key=lambda one: -abs(after[one] - before[one]),
        )
        for one in changed[:_COUNTED_AT_MOST]:
            name = layers[one].title.said(language)
            self._fact(name, f"{before[one]} → {after[one]}")

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
