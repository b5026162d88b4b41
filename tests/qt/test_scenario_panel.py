"""The scenario panel as a hand finds it: switch edits, change a line, open, save, undo."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton

from sandbox.app import scenarios as changing
from sandbox.app.answers.compare import choices
from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.jobs import Jobs
from sandbox.app.moving import scenarios
from sandbox.app.opening import first_state
from sandbox.app.questions import Against, ReachQuestion
from sandbox.app.session import Session
from sandbox.app.settings import Settings
from sandbox.catalog.folder import load_all
from sandbox.catalog.scenarios import read
from sandbox.draw.theme import theme
from sandbox.edits.line_edits import apply
from sandbox.engine.network import Network
from sandbox.streets.travel import Ride
from sandbox.ui.panels.dock import SCENARIO_TAB
from sandbox.ui.panels.scenario import ScenarioPanel
from sandbox.ui.planner.window import Planner
from sandbox.ui.post import Post
from sandbox.ui.start import application

RIDE = Ride(datetime(2026, 11, 23, 8, 0), window_min=5, model="expected")


@pytest.fixture(scope="module")
def city():
    return Atlas(load_all(), Network.open())


class Window:
    """A planner that asks by line in a scenario, on its panel."""

    def __init__(self, qtbot, city, scenario="jinfeng_hub", language="en"):
        application(language)
        self.qtbot, self.post = qtbot, Post()
        self.jobs = Jobs(self.post)
        question = ReachQuestion((106.299, 29.612), (30.0, 45.0))
        if scenario:
            chosen = scenarios(city)[scenario]
            question = replace(question, travel=question.travel.riding(RIDE), scenario=chosen)
        state = changed(first_state(city, Settings(), language), reach=question)
        self.session = Session(city, state)
        self.planner = Planner(self.session, self.jobs, Settings(motion=False), remember=False)
        qtbot.addWidget(self.planner)
        self.planner.resize(1920, 1080)
        self.planner.show()
        self.planner.show_tab(SCENARIO_TAB)
        self.settle()
        (self.panel,) = self.planner.findChildren(ScenarioPanel)

    def settle(self):
        self.qtbot.waitUntil(lambda: not self.jobs.busy, timeout=60_000)

    def close(self):
        self.planner.close()
        self.post.close()

    @property
    def scenario(self):
        return self.session.state.document.reach.scenario

    @property
    def boxes(self):
        # Qt shows what is put into a layout with the next turn of its loop.
        QApplication.processEvents()
        return [one for one in self.panel.findChildren(QCheckBox) if one.isVisibleTo(self.panel)]

    def press(self, text):
        QApplication.processEvents()
        (found,) = [
            one
            for one in self.panel.findChildren(QPushButton)
            if one.isVisibleTo(self.panel) and one.text().startswith(text)
        ]
        found.click()
        self.settle()

    def click(self, lonlat):
        canvas = self.planner.map.canvas
        x, y = canvas.viewport.px_of_lonlat(lonlat)
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
        self.settle()

    def choose(self, name, data):
        (box,) = [one for one in self.panel.findChildren(QComboBox) if one.accessibleName() == name]
        box.setCurrentIndex(box.findData(data))
        box.activated.emit(box.currentIndex())
        self.settle()

    def line(self, line_id="metro_7"):
        return next(one for one in apply(self.scenario).supply.lines if one.id == line_id)

    @property
    def texts(self):
        QApplication.processEvents()
        labels = self.panel.findChildren(QLabel)
        return [one.text() for one in labels if one.isVisibleTo(self.panel)]


@pytest.fixture
def opened(qtbot, city):
    made = []

    def open_one(**fields):
        made.append(Window(qtbot, city, **fields))
        return made[-1]

    yield open_one
    for one in made:
        one.close()


def test_it_tells_edits_assumptions_corridors_and_what_articles_state(opened):
    window = opened()
    assert len(window.boxes) == 10
    assert all(box.isChecked() for box in window.boxes)
    texts = window.texts
    assert "Opening: not published" in texts
    assert "13 corridors are shown for information and excluded from travel times." in texts
    assert "As reported by the articles, not computed here:" in texts
    assert {"Chengdu: 40 min", "Beijing: 6 h", "Shanghai: 6 h", "Guangzhou: 6 h"} <= set(texts)
    assert any("Not computed here" in text for text in texts)
    assert sum(text.startswith("Assumed:") for text in texts) == 7


def test_edits_are_switched_and_undone(opened, city):
    window = opened(scenario="metro7")
    before = window.session.state.answers.reach_answer.isochrone.areas_km2
    window.boxes[0].click()
    window.settle()
    assert [line.id for line in apply(window.scenario).supply.lines] == ["metro_7"]
    assert window.scenario.title.en == "Metro Line 7 (edited)"
    assert window.scenario.title.zh == "轨道交通7号线开通（已改动）"
    assert window.session.state.answers.reach_answer.isochrone.areas_km2[-1] < before[-1]
    assert not window.boxes[0].isChecked()
    # Switched on again it is the original, and undo goes back step by step.
    window.boxes[0].click()
    window.settle()
    assert window.scenario == scenarios(city)["metro7"]
    assert window.session.state.answers.reach_answer.isochrone.areas_km2 == before
    window.session.undo()
    assert window.scenario.id == "metro7_edited"
    window.session.undo()
    assert window.scenario == scenarios(city)["metro7"]


def test_a_lines_headway_is_changed_and_a_figure_as_before_is_no_edit(opened, city):
    window = opened(scenario="metro7")
    (lines,) = [
        one
        for one in window.panel.findChildren(QComboBox)
        if one.accessibleName() == "Change a line"
    ]
    lines.setCurrentIndex(lines.findData("metro_7"))
    lines.activated.emit(lines.currentIndex())
    (headway,) = [
        one for one in window.panel.findChildren(QLineEdit) if one.accessibleName() == "Headway"
    ]
    assert headway.text() == "5"
    for minutes, edits in (("10", 3), ("2.5", 3), ("5", 2)):
        headway.setText(minutes)
        headway.editingFinished.emit()
        window.settle()
        line = apply(window.scenario).supply.lines[-1]
        assert line.periods[0].headway_s == float(minutes) * 60
        assert len(window.boxes) == edits
        if edits == 3:
            assert (
                window.boxes[-1].text() == f"Metro Line 7, phase 1: a vehicle every {minutes} min"
            )
    assert window.scenario == scenarios(city)["metro7"]


def test_a_scenario_is_saved_and_opened_again(opened, city, tmp_path):
    window = opened(scenario="metro7")
    window.boxes[0].click()
    window.settle()
    file = tmp_path / "own.toml"
    window.planner.files.save_scenario(file)
    window.settle()
    assert apply(read(file, city.layers)) == apply(window.scenario)
    other = opened(scenario="")
    assert other.boxes == []
    other.planner.files.open_scenario(file)
    other.settle()
    assert other.session.state.document.reach.travel.mode == "transit"
    assert apply(other.scenario) == apply(window.scenario)
    assert other.scenario.id == "own"
    assert other.planner.refusals == ()


def test_a_faulty_file_is_told_and_changes_nothing(opened, tmp_path):
    window = opened(scenario="metro7")
    before = window.session.state.document.reach
    file = tmp_path / "bad.toml"
    file.write_text("colour = 3\n", encoding="utf-8")
    window.planner.files.open_scenario(file)
    window.settle()
    (refused,) = window.planner.refusals
    assert "colour is not a valid key here" in str(refused)
    assert window.session.state.document.reach == before


def test_who_walks_is_offered_to_go_by_line(opened):
    window = opened(scenario="")
    (begin,) = [
        one
        for one in window.panel.findChildren(QPushButton)
        if one.text() == "Use public transport"
    ]
    begin.click()
    window.settle()
    assert window.session.state.document.reach.travel.mode == "transit"
    assert window.scenario is not None
    assert window.boxes


def test_a_line_is_drawn_stop_by_stop_runs_and_is_seen(opened, city):
    window = opened(scenario="today")
    window.session.change(view=replace(window.session.state.document.view, m_per_px=10.0))

    origin = window.session.state.document.reach.origin_lonlat
    before = window.session.state.answers.reach_answer.isochrone.areas_km2
    window.press("Draw a line")
    middle = window.session.state.document.view.center_lonlat
    spots = [(middle[0] - 0.016, middle[1] + 0.01), (middle[0] + 0.02, middle[1] + 0.011)]
    for spot in spots:
        window.click(spot)
    sketch = window.session.state.gesture.sketch
    assert len(sketch) == 2
    # While one draws, a touch starts no walk from there.
    assert window.session.state.document.reach.origin_lonlat == origin
    window.press("Add the line with 2 stops")
    assert window.session.state.gesture.sketch is None
    line = apply(window.scenario).supply.lines[-1]
    assert (line.id, line.name_en, line.name_zh) == ("drawn_1", "Drawn line 1", "自绘线路 1")
    for stop, spot in zip(line.stops, sketch, strict=True):
        assert stop.lonlat == pytest.approx(spot, abs=1e-6)
    assert "assumed" in line.source
    assert len(window.boxes) == 2
    after = window.session.state.answers.reach_answer.isochrone.areas_km2
    assert all(new >= old - 1e-9 for new, old in zip(after, before, strict=True))
    window.session.undo()
    window.settle()
    assert window.scenario == scenarios(city)["today"]


def test_the_sketch_is_painted_and_cancelled(opened):
    window = opened(scenario="today")
    canvas = window.planner.map.canvas

    def picture():
        window.qtbot.wait(300)
        return canvas.grab().toImage()

    bare = picture()
    lon, lat = window.session.state.document.view.center_lonlat
    window.session.change(sketch=((lon - 0.01, lat + 0.005), (lon + 0.01, lat + 0.005)))
    x, y = canvas.viewport.px_of_lonlat((lon, lat + 0.005))
    at_px = (round(x * canvas.devicePixelRatioF()), round(y * canvas.devicePixelRatioF()))
    drawn = picture()
    accent = QColor(theme("light").colour("accent"))
    assert drawn.pixelColor(*at_px) == accent != bare.pixelColor(*at_px)
    (cancel,) = [one for one in window.panel.findChildren(QPushButton) if one.text() == "Cancel"]
    cancel.click()
    assert window.session.state.gesture.sketch is None
    assert picture().pixelColor(*at_px) != accent


def test_a_line_is_shortened_and_closed(opened, city):
    window = opened(scenario="metro7")
    window.choose("Change a line", "metro_7")
    stops = [stop.id for stop in window.line().stops]
    window.choose("First stop", stops[3])
    window.choose("Last stop", stops[8])
    assert [stop.id for stop in window.line().stops] == stops[3:9]
    # It can be let run to its ends again; between one stop and itself it can't run.
    window.choose("Last stop", stops[3])
    assert [stop.id for stop in window.line().stops] == stops[3:9]
    window.choose("Last stop", stops[-1])
    window.choose("First stop", stops[0])
    assert window.scenario == scenarios(city)["metro7"]
    window.press("Close the line")
    assert [line.id for line in apply(window.scenario).supply.lines] == ["metro_1"]
    assert window.boxes[-1].text() == "Metro Line 7, phase 1: closed"
    window.session.undo()
    assert window.scenario == scenarios(city)["metro7"]


def test_stations_ways_and_links_are_clicked_on_the_map(opened):
    window = opened(scenario="metro7")
    window.choose("Change a line", "metro_7")
    line = window.line()
    here, there = line.stops[9].lonlat, line.stops[10].lonlat
    middle = ((here[0] + there[0]) / 2, (here[1] + there[1]) / 2 + 0.004)
    window.session.change(view=replace(window.session.state.document.view, center_lonlat=middle))
    window.session.change(view=replace(window.session.state.document.view, m_per_px=8.0))
    origin = window.session.state.document.reach.origin_lonlat
    window.press("Add a station")
    window.click(middle)
    assert window.session.state.gesture.sketch is None
    stop = window.line().stops[10]
    assert stop.lonlat == pytest.approx(middle, abs=2e-4)
    assert len(window.line().stops) == len(line.stops) + 1
    window.press("Link a stop")
    window.click((here[0], here[1] + 1e-4))
    assert any(text.startswith(f"From {line.stops[9].name_en}") for text in window.texts)
    window.click((here[0] + 0.004, here[1]))
    (link,) = apply(window.scenario).supply.links
    assert link.stop_id == line.stops[9].id
    assert 300 < link.seconds < 480
    window.press("Reroute")
    window.click(here)
    window.press("Keep it unchanged")
    assert window.session.state.gesture.sketch is None
    window.press("Reroute")
    for place in (here, middle, there):
        window.click(place)
    window.press("Use this route with 3 stops")
    assert [one.id for one in window.line().stops] == [
        line.stops[9].id,
        stop.id,
        line.stops[10].id,
    ]
    # Nothing of it began a walk.
    assert window.session.state.document.reach.origin_lonlat == origin


def test_a_new_scenario_begins_with_today_and_is_compared_with_what_was_opened(opened, city):
    window = opened(scenario="")
    window.press("New scenario")
    own = window.scenario
    assert (own.id, own.title.en, own.edits) == ("own_1", "Own scenario 1", ())
    assert own.base == scenarios(city)["today"]
    # A train every 40 minutes; an edit leaves the name as it was begun.
    (line,) = apply(own).supply.lines
    slower = changing.set_headway(city, own, line, 40.0)
    assert slower.title.en == "Own scenario 1"
    window.session.change(reach=replace(window.session.state.document.reach, scenario=slower))
    window.session.change(against=Against("scenario", "today"))
    window.settle()
    found = window.session.state.answers.against_answer
    assert found.compared.plan.called.en == "Own scenario 1"
    assert found.difference.lost.km2[-1] > 0.0
    assert found.difference.gained.km2 == (0.0, 0.0)
    # One that was opened before stands among the choices.
    assert any(
        one.value == "own_1" for one in choices(city, replace(window.session.state.document.reach,
        scenario=scenarios(city)["metro7"]), window.session.state.document.scenarios)
    )  # fmt: skip
