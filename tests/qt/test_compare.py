"""The comparison as a hand finds it: choose, see blue and orange, undo."""

import json
from dataclasses import replace
from datetime import datetime

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from PySide6.QtCore import QDateTime
from PySide6.QtGui import QAction, QImage, QPainter
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QPushButton, QTableView

import sandbox
from sandbox.analysis.comparison.compare import Compared, Way
from sandbox.analysis.comparison.difference import difference, minutes_saved
from sandbox.analysis.isochrone import isochrone
from sandbox.app import moving
from sandbox.app.answers import compare as comparing
from sandbox.app.answers import departures
from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.jobs import Jobs
from sandbox.app.opening import first_state
from sandbox.app.places import tied_places
from sandbox.app.questions import Against, AgainstAnswer, ReachAnswer, ReachQuestion
from sandbox.app.session import Session
from sandbox.app.settings import Settings
from sandbox.app.state import View
from sandbox.catalog.folder import load_all
from sandbox.cli import main
from sandbox.draw.answers.compare import difference_colours
from sandbox.draw.map import MapPainter
from sandbox.draw.marks import source_line
from sandbox.draw.theme import rgb, theme
from sandbox.engine.network import Network
from sandbox.streets.travel import Ride, Travel
from sandbox.ui.answers.compare import ComparePanel
from sandbox.ui.panels.dock import COMPARE_TAB
from sandbox.ui.panels.legend import Legend
from sandbox.ui.panels.table import TablePanel
from sandbox.ui.parts.moment import MomentField
from sandbox.ui.planner.window import Planner
from sandbox.ui.post import Post
from sandbox.ui.start import application
from tests.support.asked import by
from tests.support.atlas import at, small_atlas, small_state

SIZE = (700, 500)


def compared_state(atlas, *, turned=False, look="light"):
    """Return a state that compares a fast walk with a slow one, or turned round."""
    question = ReachQuestion(at(0, 0), (4.0,))
    slow, fast = (
        isochrone(atlas.network, question.origin_lonlat, (4.0,), Travel(walk_kmh=kmh))
        for kmh in (3.0, 6.0)
    )
    base, now = (fast, slow) if turned else (slow, fast)
    found = difference(base.reached, now.reached, (4.0,), reach_m=50.0, crs=now.crs)
    saved = minutes_saved(base.reached, now.reached, reach_m=50.0, crs=now.crs, bands_min=(1, 2))
    against = Against("mode", "bike")
    ways = Way("slow", base.travel), Way("fast", now.travel)
    reached, none = (base.reached, now.reached), np.empty((2, 0))
    one = Compared(0, *ways, reached, tied_places(atlas), none, found, ({},), 50.0)
    return changed(
        small_state(atlas),
        theme=look,
        view=View(at(0, 0), 2.0),
        layers=(),
        reach=question,
        reach_answer=ReachAnswer(question, now, ()),
        against=against,
        against_answer=AgainstAnswer(against, question, question, question, one, saved, ((), ())),
    )


def picture(atlas, state):
    painter = MapPainter(atlas)
    try:
        painter.complete(state, SIZE, 1.0)
        image = QImage(*SIZE, QImage.Format.Format_RGB32)
        brush = QPainter(image)
        painter.paint(brush, state, SIZE, 1.0)
        brush.end()
    finally:
        painter.close()
    memory = np.frombuffer(image.constBits(), np.uint8).reshape(SIZE[1], SIZE[0], 4)
    return memory[:, :, 2::-1].astype(int)


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize(("turned", "change"), [(False, "gained"), (True, "lost")])
def test_gained_is_blue_and_lost_is_orange(qapp, look, turned, change):
    atlas = small_atlas()
    state = compared_state(atlas, turned=turned, look=look)
    plain = changed(state, reach_answer=None, against=None, against_answer=None)
    drawn, bare = picture(atlas, state), picture(atlas, plain)
    # Between both reaches east of the middle: 4 min are 200 m at the slow, 400 m at the fast.
    differs = np.abs(drawn - bare).sum(axis=2) > 6
    assert differs[245:256, 350 + 140 : 350 + 190].mean() > 0.9
    colour = np.array(rgb(difference_colours(theme(look))[change]))
    strip, before = (one[230:270, 350 + 140 : 350 + 190].reshape(-1, 3) for one in (drawn, bare))
    # Paint of one colour draws every pixel nearer to it.
    nearer = np.abs(strip - colour).sum(axis=1) <= np.abs(before - colour).sum(axis=1)
    assert nearer.mean() > 0.95


@pytest.mark.parametrize(("turned", "change"), [(False, "gained"), (True, "lost")])
def test_minutes_saved_grow_outward_in_colour(qapp, turned, change):
    atlas = small_atlas()
    state = changed(compared_state(atlas, turned=turned), against_minutes=True)
    plain = changed(state, reach_answer=None, against=None, against_answer=None)
    drawn, bare = picture(atlas, state), picture(atlas, plain)
    # 3 km/h against 6: a minute is saved from 100 m on, two from 200 m on, as long as the
    # slow walk of 4 minutes was searched; beyond it the fast one saves less and less.
    near, far = ((slice(246, 255), slice(350 + at_px, 350 + at_px + 8)) for at_px in (28, 110))
    saved = np.abs(drawn - bare).sum(axis=2)
    assert saved[246:255, 346:354].mean() < 3
    colour = np.array(rgb(difference_colours(theme("light"))[change]))
    away = [np.abs(drawn[part] - colour).sum(axis=2).mean() for part in (near, far)]
    assert away[1] < away[0]


def test_isochrones_give_way_to_the_difference(qapp):
    atlas = small_atlas()
    state = compared_state(atlas)
    # An answer of another question is not this map's: bands come back.
    other = changed(state, against=Against("mode", "drive"))
    assert (picture(atlas, state) != picture(atlas, other)).any()
    assert (picture(atlas, other) == picture(atlas, changed(state, against=None))).all()


@pytest.fixture(scope="module")
def city():
    return Atlas(load_all(), Network.open())


def test_choosing_compares_and_undo_takes_it_back(qtbot, city):
    application("en")
    post = Post()
    jobs = Jobs(post)
    state = first_state(city, Settings(), "en")
    session = Session(city, changed(state, reach=ReachQuestion((106.299, 29.612), (5.0, 10.0))))
    planner = Planner(session, jobs, Settings(motion=False), remember=False)
    qtbot.addWidget(planner)
    planner.resize(1920, 1080)
    planner.show()

    def settle():
        qtbot.waitUntil(lambda: not jobs.busy, timeout=240_000)

    try:
        settle()
        (panel,) = planner.findChildren(ComparePanel)
        (legend,) = planner.findChildren(Legend)
        (choice,) = panel.findChildren(QComboBox)
        offered = [choice.itemText(n) for n in range(choice.count())]
        assert offered == ["Nothing", "By bike", "By car", "Public transport", "To here"]
        choice.activated.emit(1)
        settle()
        answer = session.state.answers.against_answer
        assert answer.against == Against("mode", "bike")
        texts = [one.text() for one in panel.findChildren(QLabel)]
        assert f"{answer.difference.gained.km2[-1]:.1f} km²" in texts
        # From feet, which are on screen, to the bike: it adds ground.
        assert answer.difference.gained.km2[-1] > answer.difference.lost.km2[-1]
        assert "On foot → By bike" in texts
        said = [one.text() for one in legend.findChildren(QLabel)]
        assert "Within 10 min · On foot → By bike" in said
        assert {"Added", "Lost", "Already reachable"} <= set(said)
        session.undo()
        settle()
        assert session.state.document.against is session.state.answers.against_answer is None
        shown = [one for one in legend.findChildren(QLabel) if one.isVisibleTo(legend)]
        assert "Added" not in [one.text() for one in shown]
    finally:
        planner.close()
        post.close()


def test_any_other_departure_can_be_chosen(qtbot, city):
    application("zh")
    asked = moving.by_mode(ReachQuestion((106.299, 29.612), (5.0, 10.0)), "transit", city)
    asked = by(asked, ride=Ride(datetime(2026, 11, 23, 8, 0), window_min=2))
    session = Session(city, changed(first_state(city, Settings(), "zh"), reach=asked))
    action = QAction("导出")
    panel = ComparePanel(session, {"export_comparison": action})
    qtbot.addWidget(panel)
    (when,) = panel.findChildren(MomentField)
    assert not when.isVisibleTo(panel)
    (choice,) = panel.findChildren(QComboBox)
    choice.activated.emit(choice.findText("2026-11-23 18:00"))
    assert session.state.document.against == Against("depart", "2026-11-23T18:00")
    assert when.isVisibleTo(panel)
    assert when.dateTime().toPython() == datetime(2026, 11, 23, 18, 0)
    when.setDateTime(QDateTime(2026, 11, 24, 6, 30, 0))
    assert session.state.document.against == Against("depart", "2026-11-24T06:30")
    assert choice.currentText() == "2026-11-24 06:30"
    texts = [one.text() for one in panel.findChildren(QLabel)]
    assert "2026-11-23 08:00 → 2026-11-24 06:30" in texts
    # Turned round, the other departure is the base, and stays so when it is changed.
    session.change(
        undoable=True, against=comparing.turned(city, asked, session.state.document.against)
    )
    when.setDateTime(QDateTime(2026, 11, 24, 7, 0, 0))
    texts = [one.text() for one in panel.findChildren(QLabel)]
    assert "2026-11-24 07:00 → 2026-11-23 08:00" in texts


def test_the_comparison_is_exported_with_one_call(qtbot, city, tmp_path, monkeypatch):
    application("zh")
    post = Post()
    jobs = Jobs(post)
    asked = ReachQuestion((106.299, 29.612), (5.0, 10.0))
    state = first_state(city, Settings(), "zh")
    state = changed(state, reach=asked, against=Against("mode", "bike"))
    session = Session(city, state)
    planner = Planner(session, jobs, Settings(motion=False), remember=False)
    qtbot.addWidget(planner)
    planner.show()
    try:
        qtbot.waitUntil(lambda: not jobs.busy, timeout=240_000)
        for name in ("c.html", "c.gpkg", "c.csv"):
            planner.files.export_comparison(tmp_path / name)
            qtbot.waitUntil(lambda: not jobs.busy, timeout=240_000)
            assert (tmp_path / name).stat().st_size > 100
        assert planner.refusals == ()
        # Its file is called by both, and the map by no one.
        suggested = []
        monkeypatch.setattr(
            QFileDialog, "getSaveFileName", lambda *told: (suggested.append(told[2]) or "", "")
        )
        calls = planner.files.calls()
        calls["export_html"]()
        calls["export_comparison"]()
        session.change(against=None)
        calls["export_html"]()
        assert suggested == ["步行 → 骑行.html", "步行 → 骑行.html", "map.html"]
    finally:
        planner.close()
        post.close()


def table_cells(planner):
    """Return the texts of the table below the map, row by row."""
    (table,) = planner.findChildren(TablePanel)
    model = table.findChild(QTableView).model()
    return [
        [model.index(row, at).data() for at in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_metro_7_reads_forwards_in_window_files_command_and_python(qtbot, city, tmp_path, capsys):
    application("en")
    post = Post()
    jobs = Jobs(post)
    ride = Ride(datetime(2026, 11, 30, 8, 0))
    question = ReachQuestion(
        (106.3377, 29.5217), (30.0, 45.0), travel=Travel(mode="transit", ride=ride)
    )
    question = replace(question, scenario=moving.scenarios(city)["today"])
    state = changed(first_state(city, Settings(), "en"), reach=question)
    session = Session(city, changed(state, against=Against("scenario", "metro7")))
    planner = Planner(session, jobs, Settings(motion=False), remember=False)
    qtbot.addWidget(planner)
    planner.resize(1920, 1080)
    planner.show()
    planner.show_tab(COMPARE_TAB)

    def settle():
        qtbot.waitUntil(lambda: not jobs.busy, timeout=240_000)

    def texts(widget):
        return [one.text() for one in widget.findChildren(QLabel)]

    try:
        settle()
        (panel,) = planner.findChildren(ComparePanel)
        (legend,) = planner.findChildren(Legend)
        ground = session.state.answers.against_answer.difference
        # Metro 7 takes nothing away, and adds ground from half an hour on.
        assert ground.lost.km2 == (0.0, 0.0)
        assert ground.gained.km2[0] < ground.gained.km2[1]
        for base, plan, gained in zip(
            ground.base.km2, ground.plan.km2, ground.gained.km2, strict=True
        ):
            assert plan - base == pytest.approx(gained, rel=1e-6)
            assert f"{base:.1f} → {plan:.1f} km²" in texts(panel)
            assert f"{gained:.1f} km²" in texts(panel)
        sides = "Today: Metro Line 1 → Metro Line 7"
        assert sides in texts(panel)
        found = f"Metro Line 7 would add {ground.gained.km2[1]:.1f} km² within 45 minutes"
        assert any(text.startswith(found) for text in texts(panel))
        assert f"Within 45 min · {sides}" in texts(legend)
        line = source_line(city, session.state)
        assert line.startswith(
            f"Within 45 min · {sides} · Public transport, leaving 2026-11-30 08:00"
        )
        # 4.8 km/h are 80 m a minute: in half an hour one walks 2,400 m, in 45 minutes 3,600 m.
        rows = [(cells[3], cells[4]) for cells in table_cells(planner)]
        unsure = [figure.startswith("≈ ") for figure, _ in rows]
        for (figure, accuracy), marked in zip(rows, unsure, strict=True):
            ends = figure.removeprefix("≈ ").split(" → ")
            soonest = min(float(end) for end in ends if end != "–")
            known_m = float(accuracy.removeprefix("± ").removesuffix(" m").replace(",", ""))
            assert marked == (known_m > (2_400 if soonest <= 30 else 3_600)), (figure, accuracy)
        assert any(unsure)
        assert not all(unsure)
        assert "percentile 50" in line
        # Another cutoff's difference, by its own heading.
        (shorter,) = (
            one for one in panel.findChildren(QPushButton) if one.text() == "Within 30 min"
        )
        shorter.click()
        assert f"Within 30 min · {sides}" in texts(legend)
        page, csv, areas = (tmp_path / name for name in ("p.html", "c.csv", "g.geojson"))
        planner.files.export_page(page)
        settle()
        for file in (csv, areas):
            planner.files.export_comparison(file)
            settle()
        html = page.read_text("utf-8")
        for text in (f"106.337700,29.521700: {sides}", "hatch-gained", "within 30 minutes"):
            assert text in html, text
        rows = pd.read_csv(csv)
        assert rows["gained_km2"].tolist() == pytest.approx(list(ground.gained.km2), abs=1e-6)
        assert set(gpd.read_file(areas)["plan_name_en"]) == {"Metro Line 7"}
    finally:
        planner.close()
        post.close()
    # The command and Python count the same, to the last digit that they write.
    ask = ("--mode", "transit", "--depart", "2026-11-30T08:00", "--minutes", "30,45")
    with pytest.raises(SystemExit) as ended:
        main(("compare", "--with", "metro7", *ask, "--at", "106.3377,29.5217", "--json"))
    assert not ended.value.code
    told = pd.DataFrame(json.loads(capsys.readouterr().out)["rows"])
    python = sandbox.compare(
        city.network, [question.origin_lonlat], [30, 45], plan="metro7", depart=ride.when
    )
    figures = [name for name in python.columns if name.endswith(("_km2", "_diff", "_base"))]
    assert len(figures) > 20
    for other in (told, rows):
        pd.testing.assert_frame_equal(
            other[figures].astype(float), python[figures].astype(float), check_exact=True
        )


def test_a_comparison_ends_with_the_mode_it_was_made_for(qtbot, city):
    application("zh")
    post = Post()
    jobs = Jobs(post)
    asked = ReachQuestion((106.299, 29.612), (5.0, 10.0))
    state = changed(
        first_state(city, Settings(), "zh"), reach=asked, against=Against("mode", "bike")
    )
    session = Session(city, state)
    planner = Planner(session, jobs, Settings(motion=False), remember=False)
    qtbot.addWidget(planner)
    planner.show()
    try:
        qtbot.waitUntil(lambda: not jobs.busy, timeout=240_000)
        assert comparing.shown(session.state) is not None
        assert departures.isochrone_on_map(session.state) is None
        session.change(undoable=True, reach=by(asked, mode="bike"))
        qtbot.waitUntil(lambda: not jobs.busy, timeout=240_000)
        # The isochrone is back, under its own name.
        assert session.state.document.against is comparing.shown(session.state) is None
        shown = departures.isochrone_on_map(session.state)
        assert shown is session.state.answers.reach_answer.isochrone
        assert "→" not in source_line(city, session.state)
    finally:
        planner.close()
        post.close()
