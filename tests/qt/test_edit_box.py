"""An own layer edited under a hand: drawn, moved, reshaped, deleted, its values, and undo."""

import pytest
import shapely
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from sandbox.app.own.layers import layer_of, put_on_map
from sandbox.app.questions import Selected
from sandbox.app.state import View
from sandbox.ui.own.edit_box import EditBox
from sandbox.ui.panels.layers import LayerPanel
from tests.support.atlas import at, small_atlas, small_state
from tests.support.planner import one, planner_window
from tests.unit.app.own.test_layers import imported

Left = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot, monkeypatch):
    discard = QMessageBox.StandardButton.Discard.value
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: discard)
    atlas = small_atlas()
    with planner_window(qtbot, atlas, small_state(atlas), (1600, 900)) as made:
        layer = layer_of(imported(capacity=[3.0, 5.0]), atlas.layers)
        put_on_map(made.session, [layer])
        made.session.change(view=View(at(0, 0), 2.0))
        made.rest()
        one(made, LayerPanel).choose(layer.id)
        yield made


def opened(window) -> EditBox:
    window._actions["edit_layer"].trigger()
    QApplication.processEvents()
    box = one(window, EditBox)
    box.snaps.setChecked(False)
    return box


def click(window, lonlat) -> None:
    canvas = window.map.canvas
    x, y = canvas.viewport.px_of_lonlat(lonlat)
    where = canvas.rect().topLeft()
    where.setX(round(x))
    where.setY(round(y))
    QTest.mouseClick(canvas, Left, pos=where)
    window.rest()
    QApplication.processEvents()


def features(window):
    return window.session.atlas.layers["clinics"].features


def test_points_and_areas_are_drawn_and_taken_back(window):
    box = opened(window)
    box.kind.setCurrentIndex(box.kind.findData("point"))
    box.draw.click()
    click(window, at(300, 300))
    assert len(features(window)) == 3
    x, y = shapely.get_coordinates(features(window).geometry.iloc[-1])[0]
    assert (x, y) == pytest.approx(at(300, 300), abs=3e-5)
    assert window.session.state.gesture.selected == Selected("clinics", "new_1")
    box.draw.click()
    box.kind.setCurrentIndex(box.kind.findData("polygon"))
    box.draw.click()
    for corner in (at(-200, -200), at(200, -200), at(200, 200)):
        click(window, corner)
    box.finish.click()
    window.rest()
    assert features(window).geometry.iloc[-1].geom_type == "Polygon"
    box.reject()
    for count in (3, 2):
        window._actions["undo"].trigger()
        window.rest()
        assert len(features(window)) == count
    window._actions["redo"].trigger()
    assert len(features(window)) == 3


def test_a_feature_is_moved_changed_and_deleted(window):
    box = opened(window)
    name = str(features(window)["id"].iloc[0])
    assert not box.move_it.isEnabled()
    window.session.change(selected=Selected("clinics", name))
    box.move_it.click()
    click(window, at(300, 300))
    moved = shapely.get_coordinates(features(window).geometry.iloc[0])[0]
    assert tuple(moved) == pytest.approx(at(300, 300), abs=3e-5)
    box.move_it.click()
    lines = {
        box.values.item(n, 0).data(Qt.ItemDataRole.UserRole): n
        for n in range(box.values.rowCount())
    }
    box.values.item(lines["capacity"], 1).setText("many")
    window.rest()
    assert "many" in box.fault.text()
    assert features(window)["capacity"].iloc[0] == 3.0
    box.values.item(lines["capacity"], 1).setText("12")
    window.rest()
    assert features(window)["capacity"].iloc[0] == 12.0
    box.remove.click()
    window.rest()
    assert name not in features(window)["id"].tolist()
    assert window.session.state.gesture.selected is None
    for _ in range(3):
        window._actions["undo"].trigger()
        window.rest()
    assert features(window)["capacity"].iloc[0] == 3.0


def test_an_outline_gets_another_corner(window):
    box = opened(window)
    box.kind.setCurrentIndex(box.kind.findData("polygon"))
    box.draw.click()
    for corner in (at(-200, -200), at(200, -200), at(200, 200), at(-200, 200)):
        click(window, corner)
    box.finish.click()
    window.rest()
    box.draw.click()
    before = features(window).geometry.iloc[-1]
    box.reshape.click()
    corner = tuple(shapely.get_coordinates(before)[0])
    click(window, corner)
    assert box.remove_point.isEnabled()
    click(window, at(-400, -300))
    after = features(window).geometry.iloc[-1]
    assert after.area > before.area * 1.2
    click(window, tuple(shapely.get_coordinates(after)[0]))
    box.remove_point.click()
    window.rest()
    assert len(shapely.get_coordinates(features(window).geometry.iloc[-1])) == 4


def test_only_own_layers_are_edited(window):
    one(window, LayerPanel).choose("labs")
    window._actions["edit_layer"].trigger()
    assert not window.findChildren(EditBox)
