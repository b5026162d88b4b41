"""A table under a hand: sorted, filtered, selected on both sides, copied, taken out."""

import numpy as np
import pandas as pd
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMenuBar

from sandbox.app import places
from sandbox.app.own.layers import layer_of, put_on_map
from sandbox.app.questions import ReachQuestion, Selected
from sandbox.ui.own.table_window import TableWindow
from sandbox.ui.own.taking import shown_places
from sandbox.ui.panels.layers import LayerPanel
from sandbox.ui.panels.table import TablePanel
from sandbox.ui.planner.explain import ExplainDialog
from tests.support.atlas import at, small_atlas, small_state
from tests.support.planner import one, planner_window
from tests.unit.app.own.test_layers import imported

Left, Ctrl = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
Down = Qt.Key.Key_Down


@pytest.fixture
def window(qtbot):
    atlas = small_atlas()
    state = small_state(atlas, reach=ReachQuestion(at(0, 0)))
    with planner_window(qtbot, atlas, state, (1600, 900)) as made:
        put_on_map(made.session, [layer_of(imported(capacity=[3.0, 5.0]), atlas.layers)])
        made.rest()
        yield made


def opened(window, row_id: str) -> TableWindow:
    """Open the table of a row of the layer panel by its shortcut."""
    one(window, LayerPanel).choose(row_id)
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_T, Ctrl)
    window.rest()
    return one(window, TableWindow)


def names(table: TableWindow) -> list[str]:
    at = [one.name for one in table.model.table.columns].index("name_zh")
    return [table.model.data(table.model.index(line, at)) for line in range(table.model.rowCount())]


def test_a_head_that_is_pressed_sorts_and_typing_filters(window):
    table = opened(window, "clinics")
    head = table.view.horizontalHeader()
    at = [one.name for one in table.model.table.columns].index("capacity")
    table.view.scrollTo(table.model.index(0, at))
    spot = QPoint(head.sectionViewportPosition(at) + 20, head.height() // 2)
    for expected in (["站0", "站1"], ["站1", "站0"]):
        QTest.mouseClick(head.viewport(), Left, pos=spot)
        window.rest()
        assert names(table) == expected
    table._where.setCurrentIndex(table._where.findData("id"))
    table._value.setFocus()
    QTest.keyClicks(table._value, "0")
    QTest.keyClick(table._value, Qt.Key.Key_Return)
    window.rest()
    assert names(table) == ["站0"]
    assert "1" in table._count.text()
    assert table.isVisible()


def test_selected_here_is_selected_on_the_map_and_the_other_way(window):
    table = opened(window, "clinics")
    spot = table.view.visualRect(table.model.index(1, 1)).center()
    QTest.mouseClick(table.view.viewport(), Left, pos=spot)
    assert window.session.state.gesture.selected == Selected("clinics", "1")
    window.session.change(selected=Selected("clinics", "0"))
    assert table.view.currentIndex().row() == 0
    assert [one.row() for one in table.view.selectionModel().selectedRows()] == [0]
    QTest.keyClick(table.view, Down)
    assert window.session.state.gesture.selected == Selected("clinics", "1")


def test_statistics_follow_the_column_and_the_rows(window):
    table = opened(window, "clinics")
    at = [one.name for one in table.model.table.columns].index("capacity")
    table.view.setCurrentIndex(table.model.index(0, at))
    window.rest()
    # One row is selected: all count until several are.
    assert "8" in table.told.text()
    assert "4" in table.told.text()
    table.view.selectAll()
    assert len(table.chosen_rows()) == 2


def test_rows_are_copied_for_a_spreadsheet(window):
    table = opened(window, "clinics")
    QTest.keyClick(table.view, Qt.Key.Key_C, Ctrl)
    window.rest()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 3
    assert lines[0].split("\t")[:3] == ["编号", "中文名称", "英文名称"]
    assert lines[1].split("\t")[1] == "站0"


def test_a_result_has_a_table_that_goes_into_a_file(window, tmp_path, monkeypatch):
    table = opened(window, "=reach")
    assert table.model.rowCount() > 0
    path = tmp_path / "places.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    table._take_out(table.model.table, np.arange(1))
    window.rest()
    assert len(pd.read_csv(path)) == 1


def test_a_table_is_of_the_answer_on_the_map_though_the_list_follows_later(window):
    panel = one(window, TablePanel)
    assert len(shown_places(panel, window.session, "=reach").frame) > 0
    window.session.change(reach=None, reach_answer=None)
    assert shown_places(panel, window.session, "=reach") is None


def test_the_menu_takes_isochrones_out_and_a_layer_off_the_map(window, tmp_path, monkeypatch):
    path = tmp_path / "reach.geojson"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    one(window, LayerPanel).choose("=reach")
    window._actions["take_out"].trigger()
    window.rest()
    assert path.read_text("utf-8").count('"contour"') == 3
    one(window, LayerPanel).choose("clinics")
    window._actions["remove_layer"].trigger()
    assert "clinics" not in {one.id for one in window.session.state.document.layers}
    one(window, LayerPanel).choose("labs")
    window._actions["remove_layer"].trigger()
    assert "labs" in {one.id for one in window.session.state.document.layers}
    assert one(window, QMenuBar).isVisible()
    QApplication.processEvents()


@pytest.mark.parametrize(
    ("row_id", "expected"), [("=reach", "步行 4.8 公里/小时"), ("clinics", "clinics.csv")]
)
def test_the_menu_says_where_a_layer_and_a_result_come_from(window, row_id, expected):
    one(window, LayerPanel).choose(row_id)
    window._actions["provenance"].trigger()
    texts = [label.text() for label in one(window, ExplainDialog).findChildren(QLabel)]
    assert expected in texts


def test_figures_come_from_the_answer_and_not_from_what_is_shown(window):
    shown = shown_places(one(window, TablePanel), window.session, "=reach")
    reached = places.reached(window.session.state)
    assert shown.columns[3].type == "number"
    assert shown.frame["column_3"].tolist() == [one.minutes for one in reached]
    # Texts stay texts, though they begin with a number.
    assert all(isinstance(text, str) for text in shown.frame["column_4"])


def cell(table: TableWindow, name: str, column: str):
    """Bring the cell of a feature into sight; its index."""
    columns = [one.name for one in table.model.table.columns]
    found = table.model.index(names(table).index(name), columns.index(column))
    table.view.scrollTo(found)
    return found


def enter(window, table: TableWindow, index, text: str) -> None:
    """Double-click a cell, type over what stands there, and press Enter."""
    spot = table.view.visualRect(index).center()
    QTest.mouseClick(table.view.viewport(), Left, pos=spot)
    QTest.mouseDClick(table.view.viewport(), Left, pos=spot)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.parent() is table.view.viewport()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    # Qt hands on what was entered in its next event.
    QApplication.processEvents()
    window.rest()


def test_a_cell_is_changed_checked_and_taken_back(window):
    table, session = opened(window, "clinics"), window.session
    enter(window, table, cell(table, "站1", "capacity"), "12.5")
    kept = session.atlas.layers["clinics"].features
    assert kept["capacity"].tolist() == [3.0, 12.5]
    assert table.model.data(cell(table, "站1", "capacity")) == "12.5"
    # What no figure is stays out, and says why.
    enter(window, table, cell(table, "站1", "capacity"), "many")
    assert session.atlas.layers["clinics"].features is kept
    assert "many" in table.fault.text()
    assert table.fault.isVisible()
    # Ids name features elsewhere too, so they aren't entered by hand.
    assert not table.model.flags(cell(table, "站1", "id")) & Qt.ItemFlag.ItemIsEditable
    QTest.keyClick(table, Qt.Key.Key_Z, Ctrl)
    window.rest()
    assert session.atlas.layers["clinics"].features["capacity"].tolist() == [3.0, 5.0]
    assert table.model.data(cell(table, "站1", "capacity")) == "5"
    QTest.keyClick(table, Qt.Key.Key_Z, Ctrl | Qt.KeyboardModifier.ShiftModifier)
    window.rest()
    assert table.model.data(cell(table, "站1", "capacity")) == "12.5"


def test_cells_that_are_entered_at_once_are_all_kept(window):
    table, session = opened(window, "clinics"), window.session
    for name, text in (("站0", "7"), ("站1", "8"), ("站0", "9")):
        table.model.setData(cell(table, name, "capacity"), text)
    window.rest()
    assert session.atlas.layers["clinics"].features["capacity"].tolist() == [9.0, 8.0]


def test_tables_of_the_program_and_of_results_are_not_entered(window):
    table = opened(window, "labs")
    first = table.model.index(0, 1)
    assert not table.model.flags(first) & Qt.ItemFlag.ItemIsEditable
