"""Every way of moving under a hand: buttons, slopes, dragging, two modes beside each other."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import shapely
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton

from sandbox.app import moving
from sandbox.app.answers import compare
from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.jobs import Jobs
from sandbox.app.opening import first_state
from sandbox.app.questions import ReachQuestion
from sandbox.app.session import Session
from sandbox.app.settings import Settings
from sandbox.catalog.folder import load_all
from sandbox.draw.marks import source_line
from sandbox.edits.street_edits import StreetEdit, StreetEdits
from sandbox.engine.network import Network
from sandbox.geo.crs import to_metric
from sandbox.ui.answers.compare import ComparePanel
from sandbox.ui.panels.dock import COMPARE_TAB, REACH_TAB
from sandbox.ui.panels.moving import MovingBox
from sandbox.ui.planner.window import Planner
from sandbox.ui.post import Post
from sandbox.ui.start import application
from tests.support.asked import by

PIN = (106.299, 29.612)
MODES = {"walk": "Walk", "bike": "Cycle", "drive": "Drive", "transit": "Public transport"}
# Whose answers are made in haste while a hand moves.
HASTY = {"drive", "transit"}


@pytest.fixture(scope="module")
def city():
    return Atlas(load_all(), Network.open())


@pytest.fixture(scope="module")
def hills(city):
    """The city with a hill of 120 m round the pin, as an elevation file would give it one."""
    streets = city.network.streets
    away_m = np.hypot(*(streets.node_xy - to_metric(PIN, city.crs)).T)
    height_m = 120 * np.exp(-((away_m / 600) ** 2))
    rise_m = np.diff(height_m[streets.segment_nodes], axis=1)
    climb_m = np.maximum(np.hstack([rise_m, -rise_m]), 0).astype(np.float32)
    return Atlas(city.layers, Network(replace(streets, climb_m=climb_m)))


class Window:
    """The planner over the shipped city, and hands that move in it."""

    def __init__(self, qtbot, city):
        application("en")
        self.qtbot, self.post, self.city = qtbot, Post(), city
        self.jobs = Jobs(self.post)
        state = first_state(city, Settings(), "en")
        state = changed(
            state, reach=ReachQuestion(PIN), view=replace(state.document.view, m_per_px=4.0)
        )
        self.session = Session(
            city, changed(state, view=replace(state.document.view, center_lonlat=PIN))
        )
        self.planner = Planner(self.session, self.jobs, Settings(motion=False), remember=False)
        qtbot.addWidget(self.planner)
        self.planner.resize(1920, 1080)
        self.planner.show()
        self.planner.show_tab(REACH_TAB)
        (self.box,) = self.planner.findChildren(MovingBox)
        self.canvas = self.planner.map.canvas
        self.settle()

    def settle(self):
        self.qtbot.waitUntil(lambda: not self.jobs.busy, timeout=120_000)

    def press(self, text):
        (found,) = [one for one in self.box.findChildren(QPushButton) if one.text() == text]
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)
        self.settle()

    @property
    def question(self):
        return self.session.state.document.reach

    @property
    def answer(self):
        return self.session.state.answers.reach_answer

    def drag(self, *steps):
        """Drag the pin by steps of pixels; return the answers that came before it was let go."""
        came = []

        def listen(before, after):
            if (
                after.answers.reach_answer is not before.answers.reach_answer
                and after.answers.reach_answer is not None
            ):
                came.append(after.answers.reach_answer)

        end = self.session.listen(listen)
        x, y = self.canvas.viewport.px_of_lonlat(self.question.origin_lonlat)
        at = QPoint(round(x), round(y))
        QTest.mousePress(self.canvas, Qt.MouseButton.LeftButton, pos=at)
        for dx, dy in steps:
            at += QPoint(dx, dy)
            QTest.mouseMove(self.canvas, at)
            count = len(came)
            # A hand moves on when the map has followed it.
            self.qtbot.waitUntil(lambda count=count: len(came) > count, timeout=120_000)
        while_moving = tuple(came)
        QTest.mouseRelease(self.canvas, Qt.MouseButton.LeftButton, pos=at)
        self.settle()
        end()
        return while_moving

    def close(self):
        self.planner.close()
        self.post.close()


@pytest.fixture
def opened(qtbot):
    made = []

    def open_one(atlas):
        made.append(Window(qtbot, atlas))
        return made[-1]

    yield open_one
    for one in made:
        one.close()


@pytest.fixture
def window(opened, city):
    return opened(city)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("edited", [False, True], ids=["as they are", "edited"])
def test_the_answer_follows_the_pin_and_is_fine_when_it_rests(window, city, mode, edited):
    if edited:
        lon, lat = PIN
        # Beside the way of the pin: in it there is no street to start from.
        area = shapely.box(lon + 0.004, lat - 0.004, lon + 0.008, lat + 0.004)
        path = shapely.LineString([(lon, lat), (lon - 0.004, lat + 0.004)])
        edits = StreetEdits((StreetEdit("avoid", area), StreetEdit("path", path)))
        window.session.change(edits=edits)
    window.press(MODES[mode])
    assert window.question.travel.mode == mode
    before = window.answer
    came = window.drag((30, 0), (20, -20), (10, -20))
    places = [one.question.origin_lonlat for one in came]
    assert len(set(places)) == 3
    assert all(a[0] < b[0] for a, b in pairwise([PIN, *places]))
    assert {one.coarse for one in came} == {mode in HASTY}
    assert not window.answer.coarse
    assert window.answer.question == window.question
    assert window.answer.question.origin_lonlat == places[-1]
    wanted, _ = moving.ask(city, window.question)
    assert window.answer.isochrone.areas_km2 == pytest.approx(wanted.areas_km2, rel=1e-9)
    # The whole way is one step to take back.
    window.session.undo()
    window.settle()
    assert window.question.origin_lonlat == PIN
    assert window.answer.isochrone.areas_km2 == before.isochrone.areas_km2


@pytest.mark.parametrize("mode", ["walk", "bike"])
def test_slopes_count_or_not_by_their_switch(opened, hills, mode):
    window = opened(hills)
    window.press(MODES[mode])
    (slopes,) = [
        one
        for one in window.box.findChildren(QCheckBox)
        if one.text().startswith("Include slopes") and one.isVisible()
    ]
    assert slopes.isChecked()
    hilly = window.answer.isochrone.areas_km2
    QTest.mouseClick(slopes, Qt.MouseButton.LeftButton, pos=QPoint(10, slopes.height() // 2))
    window.settle()
    assert window.question.travel.slope == "flat"
    flat = window.answer.isochrone.areas_km2
    wanted, _ = moving.ask(hills, by(window.question, slope="flat"))
    assert flat == pytest.approx(wanted.areas_km2, rel=1e-9)
    assert flat != hilly
    window.session.undo()
    window.settle()
    assert slopes.isChecked()
    assert window.answer.isochrone.areas_km2 == hilly


def test_cars_know_no_slopes_and_both_directions_have_their_own_answer(opened, hills):
    window = opened(hills)
    window.press("Drive")
    switches = [one.text() for one in window.box.findChildren(QCheckBox) if one.isVisible()]
    assert switches == []
    window.press("Cycle")
    outward = window.answer.isochrone.areas_km2
    window.press("To here")
    assert window.question.travel.towards
    # Riding down the hill reaches farther than whence one rides up in time.
    assert window.answer.isochrone.areas_km2[-1] < outward[-1]
    window.planner.show_tab(COMPARE_TAB)
    (panel,) = window.planner.findChildren(ComparePanel)
    (choice,) = panel.findChildren(QComboBox)
    choice.activated.emit(choice.findText("From here"))
    window.settle()
    found = compare.shown(window.session.state)
    assert found.difference.plan.km2 == pytest.approx(outward, rel=2e-3)


def test_two_modes_stand_beside_each_other_while_the_pin_moves(window):
    window.planner.show_tab(COMPARE_TAB)
    (panel,) = window.planner.findChildren(ComparePanel)
    (choice,) = panel.findChildren(QComboBox)
    walked = window.answer.isochrone.areas_km2
    choice.activated.emit(choice.findText("By bike"))
    window.settle()
    found = compare.shown(window.session.state)
    assert found.difference.base.km2 == pytest.approx(walked, rel=2e-3)
    assert found.difference.gained.km2[-1] > 0.5
    first = found.difference.plan.km2
    window.drag((40, 0), (40, 0))
    found = compare.shown(window.session.state)
    assert found.question == window.question
    assert found.difference.plan.km2 != first


def test_by_line_the_time_to_change_and_the_riding_speed_to_stops_can_be_set(window):
    window.press(MODES["transit"])
    panel = window.box

    def enter(title, text):
        (field,) = [f for f in panel.findChildren(QLineEdit) if f.accessibleName() == title]
        assert field.isVisible()
        field.setText(text)
        field.setModified(True)
        QTest.keyClick(field, Qt.Key.Key_Return)
        window.settle()

    riding = "Cycling speed on level ground"
    (speed,) = [f for f in panel.findChildren(QLineEdit) if f.accessibleName() == riding]
    assert not speed.isVisible()
    enter("Minimum transfer time", "4")
    assert window.question.travel.ride.min_change_min == 4.0
    (access,) = [
        c for c in panel.findChildren(QComboBox) if c.accessibleName().startswith("To the")
    ]
    access.setCurrentIndex(access.findData("bike"))
    access.activated.emit(access.currentIndex())
    window.settle()
    enter(riding, "20")
    assert window.answer.question.travel.bike_kmh == 20.0
    assert window.answer.isochrone.told()["bike_kmh"] == 20.0
    said = source_line(window.session.atlas, window.session.state)
    assert "by bike (20 km/h) to the first stop, at least 4 min per transfer" in said
