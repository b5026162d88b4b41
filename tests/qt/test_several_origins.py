"""Several origins under a hand: Shift and a click, a button, dragging, removing, undo, files."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton

from sandbox.analysis.origins import reach
from sandbox.app.answers import departures
from sandbox.app.document_json import document_values, read_document
from sandbox.app.own.provenance import facts_of
from sandbox.app.own.results import reach_table
from sandbox.app.questions import MOST_ORIGINS, Origin, ReachQuestion, Selected
from sandbox.draw.marks import source_line
from sandbox.export.page.html import page_html
from sandbox.ui.answers.reach import SHOWN
from sandbox.ui.panels.dock import REACH_TAB
from sandbox.ui.panels.origins import OriginRows
from tests.support.atlas import at, small_atlas, small_state
from tests.support.paged import page_data
from tests.support.planner import one, planner_window

WEST, EAST = at(-480, 0), at(480, 0)


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture
def planner(qtbot, atlas):
    state = small_state(atlas, language="en", reach=ReachQuestion(WEST, (5.0, 10.0)))
    with planner_window(qtbot, atlas, state, (1700, 900)) as made:
        made.show_tab(REACH_TAB)
        yield made


def spot(planner, lonlat):
    x, y = planner.map.canvas.viewport.px_of_lonlat(lonlat)
    return QPoint(round(x), round(y))


def click(planner, lonlat, held=Qt.KeyboardModifier.NoModifier):
    QTest.mouseClick(planner.map.canvas, Qt.MouseButton.LeftButton, held, spot(planner, lonlat))
    planner.rest()


def shift_click(planner, lonlat):
    click(planner, lonlat, Qt.KeyboardModifier.ShiftModifier)


def asked(planner):
    return planner.session.state.document.reach


def answer(planner):
    return planner.session.state.answers.reach_answer


def near(lonlat, other):
    return lonlat == pytest.approx(other, abs=4e-5)


def press(planner, text):
    rows = one(planner, OriginRows)
    (found,) = [it for it in rows.findChildren(QPushButton) if it.text() == text]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
    planner.rest()


def test_shift_and_a_click_ask_from_one_more_and_undo_takes_it_back(planner):
    shift_click(planner, EAST)
    first, second = asked(planner).origins
    assert near(first.lonlat, WEST)
    assert near(second.lonlat, EAST)
    assert answer(planner).question == asked(planner)
    # Of the nearest of two: more ground than one reaches, less than twice as much.
    both_km2 = answer(planner).isochrone.areas_km2[-1]
    planner._actions["undo"].trigger()
    planner.rest()
    alone_km2 = answer(planner).isochrone.areas_km2[-1]
    assert not asked(planner).others
    assert alone_km2 < both_km2 < 2 * alone_km2
    planner._actions["redo"].trigger()
    planner.rest()
    assert answer(planner).isochrone.areas_km2[-1] == both_km2


def test_where_all_can_meet_is_the_commands_answer(planner, atlas):
    shift_click(planner, EAST)
    press(planner, "All can meet")
    found = answer(planner).isochrone
    (command,) = reach(
        atlas.network, found.origins, (5.0, 10.0), asked(planner).travel, how="all"
    ).found
    assert found.areas_km2 == command.areas_km2
    assert found.areas_km2[-1] > 0
    table = reach_table(planner.session)
    assert set(table.frame["together"]) == {"all"}
    assert table.frame["origin"].iloc[0].count(" + ") == 1
    assert departures.isochrone_on_map(planner.session.state) is found


def test_a_button_adds_a_place_and_rows_remove_origins(qtbot, planner, atlas):
    planner._actions["add_origin"].trigger()
    lab = atlas.layers["labs"].features.iloc[0]
    click(planner, (lab.geometry.x, lab.geometry.y))
    assert asked(planner).others == (
        Origin((lab.geometry.x, lab.geometry.y), Selected("labs", lab["id"])),
    )
    assert not planner._actions["add_origin"].isChecked()
    rows = one(planner, OriginRows)
    qtbot.waitUntil(rows.isVisible)
    (remove, *_) = [it for it in rows.findChildren(QToolButton) if it.isVisible()]
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    planner.rest()
    # The first one went: the lab is the only one now.
    assert asked(planner).place == Selected("labs", lab["id"])
    assert not asked(planner).others
    qtbot.waitUntil(lambda: not rows.isVisible())


def test_each_pin_is_dragged_by_itself_and_a_click_asks_from_one_alone(planner):
    shift_click(planner, EAST)
    canvas, to = planner.map.canvas, at(480, 400)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=spot(planner, EAST))
    for part in (0.5, 1.0):
        QTest.mouseMove(canvas, spot(planner, at(480, 400 * part)))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=spot(planner, to))
    planner.rest()
    first, second = asked(planner).origins
    assert near(first.lonlat, WEST)
    assert near(second.lonlat, to)
    planner._actions["undo"].trigger()
    planner.rest()
    assert near(asked(planner).origins[1].lonlat, EAST)
    click(planner, at(120, 240))
    assert len(asked(planner).origins) == 1


def test_legend_footer_list_page_and_file_say_so(planner, atlas):
    shift_click(planner, EAST)
    state = planner.session.state
    said = "from the nearest of 2 origins"
    assert said in SHOWN.legend(planner.session).heading
    assert said in source_line(atlas, state)
    lines = {it.place.name("en"): it for it in SHOWN.table(planner.session).lines}
    west, east = lines["West Hospital"], lines["Mathematics Centre"]
    assert [str(it.measured[-1]) for it in (west, east)] == ["from 1", "from 2"]
    _, facts = facts_of(atlas, state, "=reach")
    assert [name.template for name, _ in facts].count("Position") == 2
    again = read_document(json.loads(json.dumps(document_values(state.document))))
    assert again == state.document
    page = page_html(atlas, state)
    assert said in page
    first, second = page_data(page)["pins"]
    assert near(first[::-1], WEST)
    assert near(second[::-1], EAST)


def test_more_than_the_most_are_refused(planner):
    origins = [Origin(at(40 * n, 0)) for n in range(MOST_ORIGINS)]
    planner.session.change(reach=asked(planner).from_origins(origins))
    planner.rest()
    shift_click(planner, at(-480, 480))
    assert len(asked(planner).origins) == MOST_ORIGINS
