"""Files opened in the window by hand: the dialog, its pages, and what comes onto the map."""

from pathlib import Path

import numpy as np
import pytest
import shapely
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QRadioButton

from sandbox.app.questions import Selected
from sandbox.ui.own.dialog import OpenDialog
from sandbox.ui.panels.identify import IdentifyCard
from sandbox.ui.panels.layers import LayerPanel
from sandbox.words import words_of
from tests.support.atlas import at, small_atlas, small_state
from tests.support.planner import one, planner_window
from tests.unit.app.own.test_opening import clinics, gauss_krueger

Left = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    atlas = small_atlas()
    with planner_window(qtbot, atlas, small_state(atlas), (1600, 900)) as made:
        yield made


def drop(window, *paths: Path) -> OpenDialog:
    """Drop files on the window as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(400, 400), copy, data, Left, none)
    QApplication.sendEvent(window, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(400, 400), copy, data, Left, none))
    window.rest()
    return one(window, OpenDialog)


def radio(dialog, code: str) -> QRadioButton:
    (found,) = [b for b in dialog.findChildren(QRadioButton) if b.text().startswith(code)]
    return found


def test_a_dropped_table_is_placed_corrected_and_put_on_the_map(window, tmp_path):
    dialog = drop(window, clinics(tmp_path))
    assert not dialog.put_button.isEnabled()
    choice = radio(dialog, "EPSG:4544 ")
    assert not choice.isChecked()
    QTest.mouseClick(choice, Left, pos=QPoint(8, choice.height() // 2))
    window.rest()
    assert dialog.drafts()[0].ready
    # The preview frames what lies there.
    lon, lat = dialog.map.view.center_lonlat
    assert np.abs(np.array([lon, lat]) - at(-100, 100)).max() < 1e-4
    table = dialog.mend.model
    assert table.rowCount() == 1
    beds = next(at for at in range(table.columnCount())
                if table.headerData(at, Qt.Orientation.Horizontal, 0) == "床位数")  # fmt: skip
    dialog._pages.setCurrentIndex(2)
    QApplication.processEvents()
    view = dialog.mend.view
    view.scrollTo(table.index(0, beds))
    cell = view.visualRect(table.index(0, beds)).center()
    QTest.mouseClick(view.viewport(), Left, pos=cell)
    QTest.mouseDClick(view.viewport(), Left, pos=cell)
    (editor,) = view.findChildren(QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, "40")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert table.cells == {(2, "床位数"): "40"}
    QTest.mouseClick(dialog.mend._again, Left)
    window.rest()
    assert table.rowCount() == 0
    QTest.mouseClick(dialog.put_button, Left)
    window.rest()
    shown = window.session.state.document.layers[-1]
    layer = window.session.atlas.layers[shown.id]
    assert layer.features["capacity"].tolist() == [0.0, 10.0, 40.0]
    assert layer.record["crs"]["chosen_by"] == "user"
    # It is zoomed to, has a row, and its features are picked and told like any place.
    assert (
        np.abs(np.array(window.session.state.document.view.center_lonlat) - at(-100, 100)).max()
        < 1e-3
    )
    assert one(window, LayerPanel).chosen == "clinics"
    canvas = window.map.canvas
    canvas.complete()
    x, y = canvas.viewport.px_of_lonlat(at(300, 200))
    QTest.mouseClick(canvas, Left, pos=QPoint(round(x), round(y)))
    assert window.session.state.gesture.selected == Selected("clinics", "3")
    assert one(window, IdentifyCard).isVisible()


def test_the_dialog_works_by_keys_alone(window, tmp_path, monkeypatch):
    path = clinics(tmp_path)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_I, held)
    window.rest()
    dialog = one(window, OpenDialog)
    choice = radio(dialog, "EPSG:4544 ")
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Space)
    window.rest()
    assert dialog.put_button.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    window.rest()
    assert window.session.state.document.layers[-1].id == "clinics"
    assert window._actions["undo"].isEnabled()
    window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "clinics" not in {one.id for one in window.session.state.document.layers}


def test_another_system_can_be_typed_and_a_wrong_one_is_told(window, tmp_path):
    dialog = drop(window, clinics(tmp_path))
    field = dialog.place._code
    field.setFocus()
    QTest.keyClicks(field, "EPSG:1")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert "EPSG:1" in dialog.place._fault.text()
    field.setFocus()
    field.clear()
    QTest.keyClicks(field, "EPSG:4545")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    window.rest()
    assert str(dialog.drafts()[0].system) == "EPSG:4545"
    assert dialog.drafts()[0].ready
    dialog.reject()


def test_a_folder_gives_a_list_and_faults_are_one_line_each(window, tmp_path):
    lon, lat = at(0, 0)
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.csv").write_text(f"name,lon,lat\nA,{lon},{lat}\n", "utf-8")
    (folder / "b.csv").write_text(f"name,lon,lat\nB,{lon},{lat}\n", "utf-8")
    (folder / "c.gpkg").write_bytes(b"SQLite format 3\0")
    dialog = drop(window, folder)
    assert dialog._list.count() == 2
    said = words_of("zh")
    assert "c.gpkg" in dialog.fault.text()
    assert "\n" not in dialog.fault.text()
    assert dialog.put_button.text() == said("Put {count} layers on the map", count=2)
    dialog._list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.put_button.text() == said("Put on the map")
    QTest.mouseClick(dialog.put_button, Left)
    window.rest()
    assert [one.id for one in window.session.state.document.layers[-2:]] == ["housing", "b"]


def test_columns_are_chosen_from_lists(window, tmp_path):
    lon, lat = at(0, 0)
    path = tmp_path / "a.csv"
    path.write_text(f"甲,经度,纬度,类型\n西门,{lon},{lat},棋牌室\n", "utf-8")
    dialog = drop(window, path)
    combo = dialog.columns.combo("name_zh")
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Down)
    window.rest()
    assert dialog.drafts()[0].imported.features["name_zh"].tolist() == ["西门"]
    assert dict(dialog.drafts()[0].imported.unknown_kinds) == {"棋牌室": 1}
    dialog.reject()
    assert gauss_krueger(0, 0)[0] == pytest.approx(shapely.Point(gauss_krueger(0, 0)).x)
