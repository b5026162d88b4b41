"""A plan as a picture is dropped on the window, placed, shown below the streets, and kept."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QRadioButton

from sandbox import paths
from sandbox.app.changes import changed
from sandbox.app.own.base_maps import base_map_layers, put_below
from sandbox.app.state import LayerShown
from sandbox.draw.marks import credit_line
from sandbox.imagery import access
from sandbox.imagery.service import TileService
from sandbox.imagery.tile_grid import web_mercator
from sandbox.ui.own.base_map import BaseMapDialog
from sandbox.ui.own.dialog import OpenDialog
from sandbox.ui.panels.layers import LayerPanel
from sandbox.ui.panels.legend import Legend
from sandbox.words import Bilingual, words_of
from tests.support.atlas import at, small_atlas, small_state
from tests.support.planner import one, planner_window
from tests.support.plans import BLUE, GOLD, GREEN, RED, about, write_plan
from tests.support.tile_server import colour_of, tile_server
from tests.unit.imagery.test_archive import mbtiles

Left = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "user_cache", lambda: tmp_path / "cache")
    monkeypatch.setattr(paths, "user_state", lambda: tmp_path / "state")
    atlas = small_atlas()
    with planner_window(qtbot, atlas, small_state(atlas), (1600, 900)) as made:
        yield made


def drag(window, *files: Path) -> None:
    """Drop files on the window as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(400, 400), copy, data, Left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(400, 400), copy, data, Left, none))
    window.rest()


def drop(window, *files: Path) -> OpenDialog:
    """Drop files on the window, and return the dialog that they open."""
    drag(window, *files)
    return one(window, OpenDialog)


def put(window, dialog) -> None:
    QTest.mouseClick(dialog.put_button, Left)
    window.rest()


def colour_at(window, x_m: float, y_m: float) -> np.ndarray:
    """Return the colour of the map at a place of the small city."""
    canvas = window.map.canvas
    canvas.complete()
    QApplication.processEvents()
    x, y = canvas.viewport.px_of_lonlat(at(x_m, y_m))
    return np.array(canvas.grab().toImage().pixelColor(round(x), round(y)).getRgb()[:3])


def test_a_plan_without_a_system_is_placed_by_choice_and_lies_there(window, tmp_path):
    # 1,600 by 800 metres about the middle, by a world file alone.
    path = write_plan(tmp_path / "控规图.png", about(at(0, 0), "EPSG:4544", 8.0))
    dialog = drop(window, path)
    assert not dialog.put_button.isEnabled()
    assert not dialog._pages.isTabVisible(1)
    assert not dialog._pages.isTabVisible(2)
    (choice,) = [b for b in dialog.findChildren(QRadioButton) if b.text().startswith("EPSG:4544 ")]
    choice.click()
    window.rest()
    put(window, dialog)
    session = window.session
    shown = session.state.document.layers[-1]
    layer = session.atlas.layers[shown.id]
    assert layer.geometry == "picture"
    assert layer.record["crs"]["code"] == "EPSG:4544"
    assert layer.record["crs"]["chosen_by"] == "user"
    assert one(window, LayerPanel).chosen == shown.id
    assert "控规图" in [held.text() for held in one(window, Legend).findChildren(QLabel)]
    # The map was brought to it.
    middle = np.array(session.state.document.view.center_lonlat)
    assert np.abs(middle - at(0, 0)).max() < 1e-4
    session.change(reach=None)
    window.rest()
    # Streets lie each 120 m: these are in the middle of blocks, 60 m from any.
    for x, y, wanted in (
        (-420, 180, RED),
        (420, 180, GREEN),
        (-420, -300, BLUE),
        (420, -300, GOLD),
    ):
        assert np.abs(colour_at(window, x, y) - wanted).max() <= 2
    # Half as opaque, half of the ground shows; hidden, all of it does.
    full = colour_at(window, 420, 180)
    window.findChild(LayerPanel)._opacity.setValue(50)
    half = colour_at(window, 420, 180)
    window.findChild(LayerPanel).toggle(shown.id)
    bare = colour_at(window, 420, 180)
    assert np.abs(half - (full.astype(float) + bare) / 2).max() <= 3
    assert np.abs(bare - full).max() > 20
    # One step at a time is taken back.
    for _ in range(3):
        session.undo()
    assert shown.id not in {one.id for one in session.state.document.layers}


def test_two_plans_lie_in_the_order_of_the_list(window, tmp_path):
    place = about(at(0, 0), "EPSG:4544", 8.0)
    flat = np.full((3, 100, 200), 90, np.uint8)
    first = write_plan(tmp_path / "a.tif", place, "EPSG:4544")
    second = write_plan(tmp_path / "b.tif", place, "EPSG:4544", flat)
    put(window, drop(window, first, second))
    window.session.change(reach=None)
    assert colour_at(window, -420, 180).tolist() == [90, 90, 90]
    one(window, LayerPanel).move_layer("a", -1)
    assert np.abs(colour_at(window, -420, 180) - RED).max() <= 2


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "user_config", lambda: tmp_path / "config")
    with tile_server() as made:
        yield made


def colour_of_tile(lonlat: tuple[float, float], z: int) -> tuple[int, int, int]:
    lon, lat = lonlat
    up = math.asinh(math.tan(math.radians(lat)))
    return colour_of(z, int((lon + 180) / 360 * 2**z), int((1 - up / math.pi) / 2 * 2**z))


def test_a_base_map_is_added_by_address_and_lies_below_all_else(server, window):
    session = window.session
    session.change(reach=None)
    window._actions["base_map"].trigger()
    window.rest()
    dialog = one(window, BaseMapDialog)
    dialog.what.setEditText(f"{server.root}/{{z}}/{{x}}/{{y}}.png")
    QTest.keyClick(dialog.what.lineEdit(), Qt.Key.Key_Return)
    window.rest()
    assert server.asked == []  # nothing is fetched before one agrees
    assert dialog.add_button.text() == words_of("zh")("Allow and add")
    QTest.mouseClick(dialog.add_button, Left)
    window.rest()
    shown = session.state.document.layers[0]
    assert session.atlas.layers[shown.id].geometry == "picture"
    view = replace(session.state.document.view, center_lonlat=at(0, 0), m_per_px=2.0)
    session.change(view=view)
    # Two metres a pixel are 2.3 of web mercator here: level 16 has 2.4.
    for x, y in ((-420, 180), (420, 180), (180, -300)):
        assert colour_at(window, x, y).tolist() == list(colour_of_tile(at(x, y), 16))
    # What one types is found by name as well; one that isn't known is told in the dialog.
    window._actions["base_map"].trigger()
    window.rest()
    (again,) = [d for d in window.findChildren(BaseMapDialog) if d.isVisible()]
    again.what.setEditText("Nobody.Knows")
    again.look_up()
    window.rest()
    assert "Nobody.Knows" in again.fault.text()
    assert not again.add_button.isEnabled()
    again.reject()


def test_the_map_says_whose_base_map_it_is_and_when_it_is_offline(server):
    access.allow("127.0.0.1")
    service = TileService(server.root + "/{z}/{x}/{y}", web_mercator(0, 18), credit="© 某测绘院")
    atlas = small_atlas()
    (layer,) = base_map_layers([(Bilingual("底图", "Base"), service)], ())
    atlas = replace(atlas, layers={**atlas.layers, layer.id: layer})
    state = changed(small_state(atlas, language="en"), layers=(LayerShown(layer.id),))
    assert credit_line(atlas, state) == "© 某测绘院"
    server.status = 500
    grid = np.stack(np.meshgrid([106.3, 106.301], [29.5, 29.499]), axis=-1)
    assert service.piece(grid, 256, lambda: None) is None
    assert credit_line(atlas, state) == "© 某测绘院 (offline)"
    hidden = changed(state, layers=(LayerShown(layer.id, visible=False),))
    assert credit_line(atlas, hidden) == ""


@pytest.mark.parametrize(
    ("credit", "others"),
    [
        ("© OpenStreetMap contributors", ""),
        ("© OpenStreetMap", ""),
        ("© OpenStreetMap contributors © CARTO", "© CARTO"),
        ("© Thunderforest, © OpenStreetMap contributors", "© Thunderforest"),
        ("Map data: © OpenStreetMap contributors & ODbL, © opensnowmap", "© opensnowmap"),
        ("Map data: © OpenStreetMap contributors, SRTM | © OpenTopoMap", "SRTM | © OpenTopoMap"),
        ("© OpenStreetMap France | © OpenStreetMap contributors", "© OpenStreetMap France"),
        ("© OpenStreetMap 贡献者（ODbL）", ""),
    ],
)
def test_openstreetmap_is_named_once_in_the_maps_language(credit, others):
    access.allow("127.0.0.1")
    service = TileService("http://127.0.0.1:9/{z}/{x}/{y}", web_mercator(0, 18), credit=credit)
    (layer,) = base_map_layers([(Bilingual("街图", "Street map"), service)], ())
    atlas = small_atlas()
    for licence in (layer.licence, "ODbL 1.0"):
        shown = replace(atlas, layers={layer.id: replace(layer, licence=licence)})
        for language in ("zh", "en"):
            named = words_of(language)("© OpenStreetMap contributors (ODbL)")
            state = changed(small_state(shown, language=language), layers=(LayerShown(layer.id),))
            assert credit_line(shown, state) == " · ".join([named, others] if others else [named])


def test_an_archive_that_is_dropped_is_offered_as_a_base_map(window, tmp_path):
    path = mbtiles(tmp_path / "底图.mbtiles")
    drag(window, path)
    dialog = one(window, BaseMapDialog)
    assert dialog.add_button.text() == words_of("zh")("Add")
    QTest.mouseClick(dialog.add_button, Left)
    window.rest()
    layer = window.session.atlas.layers[window.session.state.document.layers[0].id]
    assert layer.picture.path == path
    assert layer.title.zh == "底图"


def test_a_base_map_from_elsewhere_is_fetched_only_when_one_agrees(server, window):
    session = window.session
    service = TileService(server.root + "/{z}/{x}/{y}", web_mercator(0, 18))
    (layer,) = base_map_layers([(Bilingual("底图", "Base"), service)], ())
    put_below(session, [layer])
    window.rest()
    window.map.canvas.complete()
    assert server.asked == []
    message = window.map.messages._standing["base_map"]
    assert "127.0.0.1" in message.said.said(words_of("zh"))
    message.do()
    window.map.canvas.complete()
    assert server.asked != []
    assert service.lacking is None
