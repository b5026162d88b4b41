"""How one moves: mode, direction, and what matters to the mode: slopes, hour, departure, lines."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLayout,
    QVBoxLayout,
    QWidget,
)

from sandbox.app import moving
from sandbox.app.asking import Asker
from sandbox.app.questions import ReachQuestion
from sandbox.app.session import Session
from sandbox.edits.scenario import Scenario
from sandbox.streets.modes import FEEDERS, MODE_IDS, MODES
from sandbox.streets.travel import BIKE_KMH_LIMITS, CHANGE_MIN_LIMITS, Ride
from sandbox.ui.panels.number import NumberField
from sandbox.ui.parts.moment import MomentField
from sandbox.ui.parts.segment import Segment
from sandbox.ui.parts.widgets import Wrapped, column, follow, label, look, words

_WINDOWS_MIN: Final = (15, 30, 60, 120)
_PERCENTILES: Final = (5, 25, 50, 75, 95)
_HOURS: Final = 24
_DIRECTIONS: Final = (False, True)


class MovingBox(QWidget):
    """Asks how one moves; a part of the reach panel.

    Parameters
    ----------
    session, asker
        Whose question, and who answers it.
    """

    def __init__(self, session: Session, asker: Asker) -> None:
        super().__init__()
        self._session, self._asker = session, asker
        whole = column(self, (0, 0, 0, 0), 10)
        self._title = label("small", "third")
        self._modes = Segment(MODE_IDS, self._set_mode)
        self._direction = Segment(_DIRECTIONS, lambda towards: self._set(towards=towards))
        for widget in (self._title, self._modes, self._direction):
            whole.addWidget(widget)
        self._slopes = QCheckBox()
        self._slopes.toggled.connect(lambda on: self._set(slope="tobler" if on else "flat"))
        whole.addWidget(self._slopes)
        self._bike_title = label("small", "third")
        self._bike = NumberField(BIKE_KMH_LIMITS, lambda kmh: self._set(bike_kmh=kmh))
        self._bike_title.setBuddy(self._bike)
        self._bike_box = _titled(self._bike_title, self._bike)
        self._hour_title, self._hour = label("small", "third"), QComboBox()
        self._hour_title.setBuddy(self._hour)
        self._hour.activated.connect(lambda n: self._set(hour=self._hour.itemData(n)))
        self._hour_box = _titled(self._hour_title, self._hour)
        whole.addWidget(self._hour_box)
        self._line_box = self._lines()
        whole.addWidget(self._line_box)
        # Below what says who rides: the mode, or how one gets to and from stops.
        whole.addWidget(self._bike_box)
        follow(
            session,
            self,
            lambda s: (s.document.reach, s.document.scenarios, s.language, s.theme),
            self._show,
        )
        session.listen_atlas(lambda _atlas: self._show())
        self._show()

    def _lines(self) -> QWidget:
        """Return what matters to those who go by transit."""
        self._scenario_title, self._scenario = label("small", "third"), QComboBox()
        self._scenario_title.setBuddy(self._scenario)
        self._scenario.activated.connect(self._set_scenario)
        self._note = Wrapped("small", "third")
        self._when_title = label("small", "third")
        self._when = MomentField(lambda when: self._set_ride(when=when))
        self._when_title.setBuddy(self._when)
        self._window_title, self._window = label("small", "third"), QComboBox()
        self._window_title.setBuddy(self._window)
        self._window.activated.connect(
            lambda n: self._set_ride(window_min=self._window.itemData(n))
        )
        self._percentile_title, self._percentile = label("small", "third"), QComboBox()
        self._percentile_title.setBuddy(self._percentile)
        self._percentile.activated.connect(
            lambda n: self._set_ride(percentile=self._percentile.itemData(n))
        )
        self._access_title, self._access = label("small", "third"), QComboBox()
        self._access_title.setBuddy(self._access)
        self._access.activated.connect(lambda n: self._set_ride(access=self._access.itemData(n)))
        self._egress_title, self._egress = label("small", "third"), QComboBox()
        self._egress_title.setBuddy(self._egress)
        self._egress.activated.connect(lambda n: self._set_ride(egress=self._egress.itemData(n)))
        self._feeders = QWidget()
        self._change_title = label("small", "third")
        self._change = NumberField(
            CHANGE_MIN_LIMITS, lambda minutes: self._set_ride(min_change_min=minutes)
        )
        self._change_title.setBuddy(self._change)
        box = QWidget()
        inside = column(box, (0, 0, 0, 0), 10)
        inside.addWidget(_titled(self._scenario_title, self._scenario, self._note))
        inside.addWidget(_titled(self._when_title, self._when))
        pair = QHBoxLayout()
        pair.setSpacing(12)
        pair.addWidget(_titled(self._window_title, self._window), 1)
        pair.addWidget(_titled(self._percentile_title, self._percentile), 1)
        inside.addLayout(pair)
        feeders = QHBoxLayout(self._feeders)
        feeders.setContentsMargins(0, 0, 0, 0)
        feeders.setSpacing(12)
        feeders.addWidget(_titled(self._access_title, self._access), 1)
        feeders.addWidget(_titled(self._egress_title, self._egress), 1)
        inside.addWidget(self._feeders)
        inside.addWidget(_titled(self._change_title, self._change))
        return box

    def _set_mode(self, mode: Any) -> None:
        question = self._session.state.document.reach
        if question is not None and question.travel.mode != mode:
            self._asker.ask(moving.by_mode(question, mode, self._session.atlas))

    def _set(self, **fields: Any) -> None:
        question = self._session.state.document.reach
        if question is not None:
            self._asker.ask(replace(question, travel=replace(question.travel, **fields)))

    def _set_ride(self, **fields: Any) -> None:
        question = self._session.state.document.reach
        if question is not None and question.travel.ride is not None:
            self._set(ride=replace(question.travel.ride, **fields))

    def _set_scenario(self, index: int) -> None:
        question, chosen = self._session.state.document.reach, str(self._scenario.itemData(index))
        if question is not None:
            self._asker.ask(replace(question, scenario=self._known().get(chosen)))

    def _known(self) -> dict[str, Scenario]:
        """Return the scenarios to choose from: the city's, and those that were opened."""
        opened = {one.id: one for one in self._session.state.document.scenarios}
        return {**moving.scenarios(self._session.atlas), **opened}

    def _show(self) -> None:
        said, question = words(self._session), self._session.state.document.reach
        self.setVisible(question is not None)
        if question is None:
            return
        atlas, mode = self._session.atlas, question.travel.mode
        self._title.setText(said("Travel mode"))
        names = {one: facts.verb.said(said) for one, facts in MODES.items()}
        self._modes.show_value(mode, names)
        there = moving.modes(atlas)
        for one, made in self._modes.buttons.items():
            made.setVisible(one in there)
        ways = {False: said("From here"), True: said("To here")}
        self._direction.show_value(question.travel.towards, ways)
        streets = atlas.network.streets
        made_up = streets.provenance.schematic
        self._slopes.setText(
            said("Include slopes (schematic)") if made_up else said("Include slopes")
        )
        self._slopes.setVisible(mode != "drive" and streets.climb_m is not None)
        _quietly(self._slopes, lambda: self._slopes.setChecked(question.travel.slope != "flat"))
        self._bike_title.setText(said("Cycling speed on level ground"))
        self._bike.name(said("Cycling speed on level ground"), said("km/h"))
        self._bike.show_number(question.travel.bike_kmh)
        ride = question.travel.ride if mode == "transit" else None
        fed = ride is not None and "bike" in (ride.access, ride.egress)
        self._bike_box.setVisible(mode == "bike" or fed)
        self._show_hour(question)
        self._line_box.setVisible(mode == "transit")
        if mode == "transit" and question.travel.ride is not None:
            self._show_lines(question, question.travel.ride)

    def _show_hour(self, question: ReachQuestion) -> None:
        said = words(self._session)
        self._hour_title.setText(said("Congestion at"))
        self._hour.setAccessibleName(said("Congestion at"))
        _fill(
            self._hour,
            [(said("Free flow"), None), *((f"{hour}:00", hour) for hour in range(_HOURS))],
            question.travel.hour,
        )
        self._hour_box.setVisible(question.travel.mode == "drive")

    def _show_lines(self, question: ReachQuestion, ride: Ride) -> None:
        said, language = words(self._session), self._session.state.language
        atlas = self._session.atlas
        known = self._known()
        none = said("Timetable only") if atlas.network.timetable else said("No lines")
        chosen = question.scenario
        rows = [(none, ""), *((one.title.said(language), key) for key, one in known.items())]
        if chosen is not None and chosen.id not in known:
            rows.append((chosen.title.said(language), chosen.id))
        self._scenario_title.setText(said("Scenario"))
        self._scenario.setAccessibleName(said("Scenario"))
        _fill(self._scenario, rows, chosen.id if chosen else "")
        self._note.setText(chosen.note.said(language) if chosen else "")
        self._note.setVisible(bool(self._note.text()))
        towards = question.travel.towards
        self._when_title.setText(
            said("Arrival, local time") if towards else said("Departure, local time")
        )
        self._when.show_moment(ride.when, look(self._session), language)
        self._when.setAccessibleName(self._when_title.text())
        self._window_title.setText(said("Window"))
        self._window.setAccessibleName(said("Window"))
        minutes = sorted({*_WINDOWS_MIN, ride.window_min})
        _fill(
            self._window,
            [(said("{minutes} minutes", minutes=n), n) for n in minutes],
            ride.window_min,
        )
        feeders = [(MODES[one].verb.said(said), one) for one in FEEDERS]
        self._access_title.setText(said("To the first stop"))
        self._access.setAccessibleName(said("To the first stop"))
        _fill(self._access, feeders, ride.access)
        self._egress_title.setText(said("From the last stop"))
        self._egress.setAccessibleName(said("From the last stop"))
        _fill(self._egress, feeders, ride.egress)
        self._feeders.setVisible("bike" in atlas.network.modes)
        self._change_title.setText(said("Minimum transfer time"))
        self._change.name(said("Minimum transfer time"), said("minutes"))
        self._change.show_number(ride.min_change_min)
        self._percentile_title.setText(said("Percentile"))
        self._percentile.setAccessibleName(said("Percentile"))
        ranks = sorted({*_PERCENTILES, ride.percentile})
        _fill(self._percentile, [(f"{p} %", p) for p in ranks], ride.percentile)


def _titled(title: QWidget, *widgets: QWidget) -> QWidget:
    box = QWidget()
    inside = QVBoxLayout(box)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(6)
    inside.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
    for widget in (title, *widgets):
        inside.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
    return box


def _fill(choice: QComboBox, rows: list[tuple[str, Any]], value: Any) -> None:
    """Have a choice offer rows of words and values, the one of `value` chosen."""
    said = [choice.itemText(n) for n in range(choice.count())]
    if said != [text for text, _ in rows]:
        choice.clear()
        for text, data in rows:
            choice.addItem(text, data)
    at = next((n for n, (_, data) in enumerate(rows) if data == value), 0)
    choice.setCurrentIndex(at)


def _quietly(widget: QWidget, change: Callable[[], None]) -> None:
    widget.blockSignals(True)
    change()
    widget.blockSignals(False)
