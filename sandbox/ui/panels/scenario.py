"""The scenario panel: which lines run, edit by edit, what is assumed, what articles state."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from sandbox.app import moving
from sandbox.app import scenarios as changing
from sandbox.app.asking import Asker
from sandbox.app.questions import LonLat
from sandbox.app.session import Session
from sandbox.edits.scenario import Scenario, all_edits
from sandbox.transit.lines import Line
from sandbox.ui.panels.line_stops import LineStops
from sandbox.ui.panels.number import NumberField
from sandbox.ui.parts.widgets import (
    Scrolled,
    Wrapped,
    action_button,
    button,
    column,
    empty,
    follow,
    label,
    row,
    rule,
    words,
)
from sandbox.words import Bilingual, Words

_HEADWAY_MIN_LIMITS: Final = (0.5, 120.0)
_SPEED_KMH_LIMITS: Final = (5.0, 350.0)
_DWELL_S_LIMITS: Final = (0.0, 600.0)
_S_PER_MINUTE: Final = 60.0


class ScenarioPanel(Scrolled):
    """Shows the scenario of the reach question and changes it.

    Parameters
    ----------
    session, asker
        Whose question, and who answers it.
    actions
        ``open_scenario`` and ``save_scenario``.
    """

    def __init__(self, session: Session, asker: Asker, actions: dict[str, QAction]) -> None:
        super().__init__()
        self._session, self._asker = session, asker
        whole = self.inside
        self._hint = Wrapped(tone="second")
        self._begin, self._new = button(), button()
        self._begin.clicked.connect(self._by_transit)
        self._new.clicked.connect(self._begin_new)
        whole.addWidget(self._hint)
        whole.addWidget(self._begin)
        whole.addWidget(self._new)
        self._body = QWidget()
        whole.addWidget(self._body)
        files = QHBoxLayout()
        files.setSpacing(8)
        files.addWidget(action_button(actions["open_scenario"]), 1)
        files.addWidget(action_button(actions["save_scenario"]), 1)
        whole.addLayout(files)
        whole.addStretch(1)
        inside = column(self._body, (0, 0, 0, 0), 10)
        self._title, self._note = Wrapped(), Wrapped("small", "second")
        self._opening = label("small", "third")
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        for widget in (self._title, self._note, self._opening, rule()):
            inside.addWidget(widget)
        inside.addLayout(self._list)
        inside.addLayout(self._draw_box())
        inside.addWidget(rule())
        inside.addLayout(self._line_box())
        follow(session, self, lambda s: (s.document.reach, s.language), self._show)
        follow(
            session,
            self,
            lambda s: (s.gesture.sketch, s.gesture.sketch_kind, s.language),
            self._show_sketch,
        )
        session.listen_atlas(lambda _atlas: self._show())
        self._show()
        self._show_sketch()

    def finish_drawing(self) -> None:
        """Add the line that was drawn, or take the other way; nothing with too few stops."""
        if self._sketch is not None:
            self._draw_or_end()
        else:
            self._stops.reroute()

    @property
    def _scenario(self) -> Scenario | None:
        question = self._session.state.document.reach
        if question is None or question.travel.mode != "transit":
            return None
        return question.scenario

    @property
    def _sketch(self) -> tuple[LonLat, ...] | None:
        state = self._session.state
        return state.gesture.sketch if state.gesture.sketch_kind == "line" else None

    def _draw_box(self) -> QVBoxLayout:
        """Return what draws a line on the map."""
        self._draw, self._cancel = button(), button()
        self._draw.clicked.connect(self._draw_or_end)
        self._cancel.clicked.connect(lambda: self._session.change(sketch=None))
        self._sketched = Wrapped("small", "second")
        made = QVBoxLayout()
        made.setSpacing(6)
        made.addWidget(self._sketched)
        made.addLayout(row(self._draw, self._cancel, None))
        return made

    def _draw_or_end(self) -> None:
        sketch, scenario = self._sketch, self._scenario
        if sketch is None:
            self._session.change(sketch=(), sketch_kind="line")
        elif scenario is not None and len(sketch) > 1:
            self._session.change(sketch=None)
            self._ask(changing.add_drawn(self._session.atlas, scenario, sketch))

    def _show_sketch(self) -> None:
        said, sketch = words(self._session), self._sketch
        drawing = sketch is not None
        stops = len(sketch or ())
        self._draw.setText(
            said("Add the line with {count} stops", count=stops)
            if drawing
            else said("Draw a line on the map")
        )
        self._draw.setEnabled(not drawing or stops > 1)
        self._cancel.setText(said("Cancel"))
        self._cancel.setVisible(drawing)
        self._sketched.setText(said("Click the stops on the map in their order."))
        self._sketched.setVisible(drawing)

    def _line_box(self) -> QVBoxLayout:
        """Return the fields that change one of the lines."""
        self._lines_title, self._lines = label("small", "third"), QComboBox()
        self._lines.activated.connect(lambda _n: self._show_line())
        self._headway = NumberField(
            _HEADWAY_MIN_LIMITS, partial(self._set_line, changing.set_headway)
        )
        self._speed = NumberField(_SPEED_KMH_LIMITS, partial(self._set_line, changing.set_speed))
        self._dwell = NumberField(_DWELL_S_LIMITS, partial(self._set_line, changing.set_dwell))
        self._fields = {
            "headway": (label("small", "third"), self._headway),
            "speed": (label("small", "third"), self._speed),
            "dwell": (label("small", "third"), self._dwell),
        }
        made = QVBoxLayout()
        made.setSpacing(6)
        made.addWidget(self._lines_title)
        made.addWidget(self._lines)
        self._lines_title.setBuddy(self._lines)
        for title, number in self._fields.values():
            title.setBuddy(number)
            made.addWidget(title)
            made.addWidget(number)
        self._stated = Wrapped("small", "third")
        made.addWidget(self._stated)
        self._stops = LineStops(self._session, lambda: self._scenario, self._ask)
        made.addWidget(self._stops)
        return made

    def _by_transit(self) -> None:
        question = self._session.state.document.reach
        if question is not None:
            self._asker.ask(moving.by_mode(question, "transit", self._session.atlas))

    def _begin_new(self) -> None:
        """Ask with a scenario of one's own, in which nothing is edited yet."""
        question, atlas = self._session.state.document.reach, self._session.atlas
        if question is None:
            return
        opened = self._session.state.document.scenarios
        made = changing.new(atlas, opened)
        self._session.change(
            undoable=True,
            scenarios=changing.with_opened(opened, made),
            reach=replace(moving.by_mode(question, "transit", atlas), scenario=made),
        )

    def _ask(self, scenario: Scenario) -> None:
        question = self._session.state.document.reach
        if question is not None:
            self._asker.ask(replace(question, scenario=scenario))

    def _switch(self, number: int, on: bool) -> None:
        if self._scenario is not None:
            self._ask(changing.switch(self._session.atlas, self._scenario, number, on=on))

    def _set_line(self, change: Callable[..., Scenario], value: float) -> None:
        line = self._line()
        if self._scenario is not None and line is not None:
            self._ask(change(self._session.atlas, self._scenario, line, value))

    def _line(self) -> Line | None:
        chosen = self._lines.currentData()
        lines = changing.plan(self._scenario).supply.lines
        return next((line for line in lines if line.id == chosen), None)

    def _show(self) -> None:
        said, state = words(self._session), self._session.state
        scenario, language = self._scenario, state.language
        self._body.setVisible(scenario is not None)
        self._hint.setVisible(scenario is None)
        by_transit = (
            state.document.reach is not None and state.document.reach.travel.mode == "transit"
        )
        self._begin.setVisible(
            scenario is None and state.document.reach is not None and not by_transit
        )
        self._begin.setText(said("Use public transport"))
        self._new.setVisible(state.document.reach is not None)
        self._new.setText(said("New scenario"))
        self._hint.setText(
            said("No scenario is chosen: choose one under Reach, create a new one or open a file.")
            if by_transit
            else said("A scenario sets which lines run. It only affects public transport.")
        )
        if scenario is None:
            return
        self._title.setText(scenario.title.said(language))
        self._note.setText(scenario.note.said(language))
        self._note.setVisible(bool(self._note.text()))
        when = changing.opening(scenario).said(said)
        self._opening.setText(said("Opening: {opening}", opening=when))
        self._show_edits(scenario)
        self._show_lines(scenario)

    def _show_edits(self, scenario: Scenario) -> None:
        said, language = words(self._session), self._session.state.language
        empty(self._list)
        for number, edit in enumerate(all_edits(scenario)):
            box = QCheckBox(edit.name.said(language).replace("&", "&&"))
            box.setChecked(edit.on)
            box.toggled.connect(partial(self._switch, number))
            self._list.addWidget(box)
            if edit.assumed.zh:
                told = said("Assumed: {what}", what=edit.assumed.said(language))
                self._small(told)
        corridors = len(changing.plan(scenario).corridors)
        if corridors:
            text = "{count} corridors are shown for information and excluded from travel times."
            self._small(said(text, count=corridors))
        if scenario.statements:
            self._list.addWidget(
                label("small", "second", said("As reported by the articles, not computed here:"))
            )
        for one in scenario.statements:
            time = _time(one.minutes, said)
            self._small(said("{place}: {time}", place=one.to.said(language), time=time))
        for source in dict.fromkeys(one.source.said(language) for one in scenario.statements):
            self._small(source)

    def _small(self, text: str) -> None:
        made = Wrapped("small", "third")
        made.setText(text)
        self._list.addWidget(made)

    def _show_lines(self, scenario: Scenario) -> None:
        said, language = words(self._session), self._session.state.language
        lines, chosen = changing.plan(scenario).supply.lines, self._lines.currentData()
        self._lines_title.setText(said("Change a line"))
        self._lines.setAccessibleName(said("Change a line"))
        self._lines.clear()
        for line in lines:
            self._lines.addItem(line.name_zh if language == "zh" else line.name_en, line.id)
        for line_id, name in changing.timetabled(self._session.atlas, scenario):
            self._lines.addItem(name, line_id)
        self._lines.setCurrentIndex(max(0, self._lines.findData(chosen)))
        titles = {
            "headway": (said("Headway"), said("min")),
            "speed": (said("Running speed between stops"), said("km/h")),
            "dwell": (said("Dwell time"), said("s")),
        }
        for key, (title, number) in self._fields.items():
            name, unit = titles[key]
            title.setText(name)
            number.name(name, unit)
        self._show_line()

    def _show_line(self) -> None:
        line, said = self._line(), words(self._session)
        for title, number in self._fields.values():
            title.setVisible(line is not None)
            number.setVisible(line is not None)
        stated = line is not None and any(stop.minutes is not None for stop in line.stops)
        self._stated.setVisible(stated)
        self._stated.setText(said("This line has given travel times; a speed replaces them."))
        if line is not None:
            self._headway.show_number(line.periods[0].headway_s / _S_PER_MINUTE)
            self._speed.show_number(line.speed_kmh)
            self._dwell.show_number(line.dwell_s)
        chosen, name = self._lines.currentData(), self._lines.currentText()
        named = Bilingual(line.name_zh, line.name_en) if line is not None else Bilingual(name, name)
        scenario = self._scenario
        self._stops.show_line(
            changing.whole(scenario, line.id) if line is not None and scenario else None,
            (chosen, named) if chosen else None,
        )


def _time(minutes: float, said: Words) -> str:
    """Return a stated time as it was stated: in hours where they are whole."""
    hours, rest = divmod(minutes, 60.0)
    if hours and not rest:
        return said("{hours} h", hours=f"{hours:g}")
    return said("{minutes} min", minutes=f"{minutes:g}")
