"""Where a line runs: its ends, a station more, another way, a link to the streets, or no more."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from sandbox.app import scenarios as changing
from sandbox.app.session import Session
from sandbox.app.state import LineSketch
from sandbox.edits.scenario import Scenario
from sandbox.transit.lines import Line
from sandbox.ui.parts.widgets import Wrapped, button, column, follow, label, row, words
from sandbox.words import Bilingual

_DRAWN: Final[tuple[LineSketch, ...]] = ("station", "way", "link")


class LineStops(QWidget):
    """Changes where the chosen line runs.

    Parameters
    ----------
    session
        Whose map the places are clicked on.
    scenario
        What is changed; None where nobody goes by transit.
    ask
        Takes the changed scenario.
    """

    def __init__(
        self,
        session: Session,
        scenario: Callable[[], Scenario | None],
        ask: Callable[[Scenario], None],
    ) -> None:
        super().__init__()
        self._session, self._scenario, self._ask = session, scenario, ask
        self._line: Line | None = None
        self._chosen: tuple[str, Bilingual] | None = None
        inside = column(self, (0, 0, 0, 0), 6)
        self._ends_title = label("small", "third")
        self._first, self._last = QComboBox(), QComboBox()
        for box in (self._first, self._last):
            box.activated.connect(lambda _n: self._shorten())
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        self._ends_title.setBuddy(self._first)
        inside.addWidget(self._ends_title)
        inside.addLayout(row(self._first, self._last))
        self._buttons: dict[LineSketch, QPushButton] = {kind: button() for kind in _DRAWN}
        for kind, one in self._buttons.items():
            one.clicked.connect(partial(self._begin, kind))
        self._close = button()
        self._close.clicked.connect(self._close_line)
        inside.addLayout(row(self._buttons["station"], self._buttons["way"], None))
        inside.addLayout(row(self._buttons["link"], self._close, None))
        self._hint = Wrapped("small", "second")
        self._done, self._cancel = button(), button()
        self._done.clicked.connect(self.reroute)
        self._cancel.clicked.connect(self._end)
        inside.addWidget(self._hint)
        inside.addLayout(row(self._done, self._cancel, None))
        follow(
            session,
            self,
            lambda s: (s.gesture.sketch, s.gesture.sketch_kind, s.language),
            self._sketched,
        )

    def show_line(self, line: Line | None, chosen: tuple[str, Bilingual] | None) -> None:
        """Show a line.

        Parameters
        ----------
        line
            The line with all its stops; None for one of a timetable.
        chosen
            Its id and its name; None where there is no line.
        """
        if self._chosen is not None and (chosen is None or chosen[0] != self._chosen[0]):
            self._end()
        self._line, self._chosen = line, chosen
        said, language = words(self._session), self._session.state.language
        self._ends_title.setText(said("Runs from – to"))
        for name, box in ((said("First stop"), self._first), (said("Last stop"), self._last)):
            box.clear()
            box.setAccessibleName(name)
            for stop in line.stops if line else ():
                box.addItem(stop.name_zh if language == "zh" else stop.name_en, stop.id)
        scenario = self._scenario()
        runs = scenario and next(
            (one for one in changing.plan(scenario).supply.lines if line and one.id == line.id),
            None,
        )
        if runs:
            self._first.setCurrentIndex(self._first.findData(runs.stops[0].id))
            self._last.setCurrentIndex(self._last.findData(runs.stops[-1].id))
        self._sketched()

    def reroute(self) -> None:
        """Take the way that was drawn, once it has two stops."""
        scenario, line, points = (
            self._scenario(),
            self._line,
            self._session.state.gesture.sketch or (),
        )
        if self._kind() == "way" and scenario is not None and line is not None and len(points) > 1:
            self._end()
            self._ask(changing.reroute(self._session.atlas, scenario, line, points))

    def _kind(self) -> str:
        """Return which of this box's things is being drawn, empty for none."""
        state = self._session.state
        drawing = state.gesture.sketch is not None and state.gesture.sketch_kind in _DRAWN
        return state.gesture.sketch_kind if drawing else ""

    def _begin(self, kind: LineSketch, _on: bool = False) -> None:
        self._session.change(sketch=(), sketch_kind=kind)

    def _end(self) -> None:
        if self._kind():
            self._session.change(sketch=None, sketch_kind="line")

    def _sketched(self) -> None:
        """Take the places that were clicked, once there are enough of them."""
        kind, points = self._kind(), self._session.state.gesture.sketch or ()
        scenario, atlas = self._scenario(), self._session.atlas
        if kind == "station" and points and scenario and self._line:
            self._end()
            self._ask(changing.add_station(atlas, scenario, self._line, points[-1]))
            return
        if kind == "link" and len(points) > 1 and scenario:
            self._end()
            stop_id, name, at = changing.nearest_stop(atlas, scenario, points[0])
            self._ask(changing.link(atlas, scenario, stop_id, name, (at, points[-1])))
            return
        self._show(kind, len(points))

    def _show(self, kind: str, points: int) -> None:
        said, language = words(self._session), self._session.state.language
        own = self._line is not None
        for widget in (self._ends_title, self._first, self._last):
            widget.setVisible(own and not kind)
        titles = {
            "station": said("Add a station…"),
            "way": said("Reroute…"),
            "link": said("Link a stop to the streets…"),
        }
        for name, one in self._buttons.items():
            one.setText(titles[name])
            one.setVisible(not kind and self._chosen is not None and (own or name == "link"))
        self._close.setText(said("Close the line"))
        self._close.setVisible(not kind and self._chosen is not None)
        hints = {
            "station": said("Click the position of the new station on the map."),
            "way": said("Click the stops on the map in their order."),
            "link": said("Click the stop on the map, then the position on a street."),
        }
        if kind == "link" and points:
            scenario, sketch = self._scenario(), self._session.state.gesture.sketch
            if scenario and sketch:
                name = changing.nearest_stop(self._session.atlas, scenario, sketch[0])[1]
                hints["link"] = said(
                    "From {stop}: click the position on a street.", stop=name.said(language)
                )
        self._hint.setVisible(bool(kind))
        self._hint.setText(hints.get(kind, ""))
        self._done.setVisible(kind == "way")
        self._done.setEnabled(points > 1)
        self._done.setText(said("Use this route with {count} stops", count=points))
        self._cancel.setVisible(bool(kind))
        self._cancel.setText(said("Keep it unchanged"))

    def _shorten(self) -> None:
        scenario, line = self._scenario(), self._line
        first, last = self._first.currentData(), self._last.currentData()
        if scenario is None or line is None or first == last:
            # A line needs two stops: what was there stays.
            self.show_line(line, self._chosen)
            return
        self._ask(changing.shorten(self._session.atlas, scenario, line, first, last))

    def _close_line(self) -> None:
        scenario = self._scenario()
        if scenario is not None and self._chosen is not None:
            self._ask(changing.close(self._session.atlas, scenario, *self._chosen))
