"""The window of departures as a hand finds it: one by one, played, and how reliable it is."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QSlider, QToolButton

from sandbox.analysis.transit import at_departure
from sandbox.app.answers import departures
from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.jobs import Jobs
from sandbox.app.moving import scenarios
from sandbox.app.opening import first_state
from sandbox.app.questions import Against, ReachQuestion
from sandbox.app.session import Session
from sandbox.app.settings import Settings
from sandbox.catalog.folder import load_all
from sandbox.engine.network import Network
from sandbox.streets.travel import Ride, Travel
from sandbox.ui.answers.departures import DeparturesBox
from sandbox.ui.panels.legend import Legend
from sandbox.ui.planner.window import Planner
from sandbox.ui.post import Post
from sandbox.ui.start import application
from tests.support.asked import by

RIDE = Ride(datetime(2026, 11, 23, 8, 0), window_min=8, draws=2)


@pytest.fixture(scope="module")
def city():
    return Atlas(load_all(), Network.open())


class Window:
    """A planner that asks by line."""

    def __init__(self, qtbot, city, **fields):
        application("en")
        self.qtbot, self.post = qtbot, Post()
        self.jobs = Jobs(self.post)
        question = ReachQuestion(
            (106.299, 29.612), (30.0, 45.0), travel=Travel(mode="transit", ride=RIDE)
        )
        question = replace(question, scenario=scenarios(city)["metro7"])
        state = changed(first_state(city, Settings(), "en"), **({"reach": question} | fields))
        self.session = Session(city, state)
        self.planner = Planner(self.session, self.jobs, Settings(motion=False), remember=False)
        qtbot.addWidget(self.planner)
        self.planner.resize(1920, 1080)
        self.planner.show()
        self.settle()
        (self.box,) = self.planner.findChildren(DeparturesBox)
        (self.legend,) = self.planner.findChildren(Legend)

    def settle(self):
        self.qtbot.waitUntil(lambda: not self.jobs.busy, timeout=60_000)

    def one(self, kind):
        (found,) = self.box.findChildren(kind)
        return found

    @property
    def told(self):
        # Qt shows what is put into a layout with the next turn of its loop.
        QApplication.processEvents()
        labels = self.legend.findChildren(QLabel)
        return [one.text() for one in labels if one.isVisibleTo(self.legend)]

    def close(self):
        self.planner.close()
        self.post.close()


@pytest.fixture
def opened(qtbot, city):
    made = []

    def open_one(**fields):
        made.append(Window(qtbot, city, **fields))
        return made[-1]

    yield open_one
    for one in made:
        one.close()


def test_the_slider_shows_one_departure_alone(opened):
    window = opened()
    whole = window.session.state.answers.reach_answer.isochrone
    slider = window.one(QSlider)
    assert (slider.minimum(), slider.maximum()) == (0, 7)
    slider.setValue(5)
    window.settle()
    state = window.session.state
    found = departures.isochrone_on_map(state)
    assert found.areas_km2 == at_departure(whole, 5).areas_km2
    assert any("08:05" in text for text in window.told)
    window.session.change(departure=None)
    window.settle()
    assert departures.isochrone_on_map(window.session.state) is whole


def test_playing_shows_every_departure_in_turn(opened, qtbot):
    window = opened()
    seen = []
    window.session.listen(
        lambda before, after: (
            seen.append(after.answers.window_answer.departure)
            if after.answers.window_answer is not None
            and before.answers.window_answer is not after.answers.window_answer
            else None
        )
    )
    play = window.one(QToolButton)
    play.click()
    qtbot.waitUntil(lambda: len(seen) >= 10, timeout=60_000)
    play.click()
    assert seen[:10] == [0, 1, 2, 3, 4, 5, 6, 7, 0, 1]
    window.settle()
    stopped = len(seen)
    qtbot.wait(800)
    assert len(seen) <= stopped + 1


def test_reliability_is_a_map_of_its_own(opened):
    window = opened()
    window.one(QCheckBox).click()
    window.settle()
    state = window.session.state
    found = departures.shown(state)
    assert found.spread
    areas = [area.area for area in found.areas]
    assert areas == sorted(areas)
    assert 0 < areas[-1] <= state.answers.reach_answer.isochrone.areas[-1].area * 1.01
    assert departures.isochrone_on_map(state) is None
    assert {f"up to {n} min" for n in (2, 5, 10, 15)} <= set(window.told)
    window.one(QSlider).setValue(5)
    assert not window.session.state.document.spread
    # Looking at departures in passing ended it: one step back, not one for each departure.
    window.one(QSlider).setValue(3)
    window.session.undo()
    assert window.session.state.document.spread
    window.settle()
    window.one(QCheckBox).click()
    window.settle()
    assert departures.isochrone_on_map(window.session.state) is state.answers.reach_answer.isochrone


def test_without_spread_there_is_nothing_to_show_of_it(opened, city):
    expected = replace(RIDE, model="expected")
    question = ReachQuestion(
        (106.299, 29.612), (30.0,), travel=Travel(mode="transit", ride=expected)
    )
    window = opened(reach=replace(question, scenario=scenarios(city)["metro7"]))
    assert not window.one(QCheckBox).isEnabled()


def test_it_follows_the_question_and_gives_way_to_a_comparison(opened):
    window = opened(departure=2)
    question = window.session.state.document.reach
    assert departures.shown(window.session.state).departure == 2
    window.session.change(reach=replace(question, origin_lonlat=(106.32, 29.61)))
    window.settle()
    found = departures.shown(window.session.state)
    assert found.question.origin_lonlat == (106.32, 29.61)
    window.session.change(against=Against("scenario", "today"))
    window.settle()
    assert departures.shown(window.session.state) is None
    window.session.change(against=None, reach=by(question, mode="walk"))
    window.settle()
    state = window.session.state
    assert departures.shown(state) is None
    assert departures.isochrone_on_map(state) is state.answers.reach_answer.isochrone
    assert not window.box.isVisibleTo(window.planner)
