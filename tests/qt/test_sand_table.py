"""The table in 3D under hands: it leans back, turns, is pulled, picked and left again."""

import gc
import weakref

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from sandbox.app.questions import ReachQuestion
from sandbox.app.state import STEEPEST_TILT_DEG, TABLE_TILT_DEG
from sandbox.draw.sandtable.tilted import Tilted
from sandbox.geo.crs import to_metric
from sandbox.ui.screenshot import until
from tests.support.atlas import at, small_atlas, small_state
from tests.support.planner import planner_window

Left, Right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
PLAIN, Ctrl = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot):
    atlas = small_atlas()
    with planner_window(qtbot, atlas, small_state(atlas), (1300, 800)) as made:
        yield made


def view(window):
    return window.session.state.document.view


def tilted(window) -> None:
    window._actions["three_d"].trigger()
    until(lambda: view(window).tilt_deg == TABLE_TILT_DEG)
    window.map.canvas.complete()


def drag(canvas, button, start, by) -> None:
    QTest.mousePress(canvas, button, PLAIN, start)
    for share in (0.5, 1.0):
        QTest.mouseMove(canvas, start + QPoint(round(by[0] * share), round(by[1] * share)))
    QTest.mouseRelease(canvas, button, PLAIN, start + QPoint(*by))


def test_it_leans_back_turns_by_the_right_button_and_comes_forward_again(window):
    before = view(window)
    tilted(window)
    canvas = window.map.canvas
    drag(canvas, Right, canvas.rect().center(), (80, -40))
    assert view(window).bearing_deg == pytest.approx(340.0)
    assert view(window).tilt_deg == pytest.approx(TABLE_TILT_DEG + 6.0)
    assert view(window).center_lonlat == before.center_lonlat
    window._actions["three_d"].trigger()
    until(lambda: view(window).tilt_deg == 0.0)
    assert (view(window).bearing_deg, view(window).m_per_px) == (0.0, before.m_per_px)


def test_keys_turn_it_and_never_farther_than_can_be_seen(window):
    canvas = window.map.canvas
    canvas.setFocus()
    flat = view(window)
    QTest.keyClick(canvas, Qt.Key.Key_Left, Ctrl)
    assert view(window) == flat
    tilted(window)
    QTest.keyClick(canvas, Qt.Key.Key_Right, Ctrl)
    for _ in range(5):
        QTest.keyClick(canvas, Qt.Key.Key_Down, Ctrl)
    assert (view(window).bearing_deg, view(window).tilt_deg) == (15.0, STEEPEST_TILT_DEG)


def test_a_press_asks_from_the_ground_that_is_seen_there(window):
    tilted(window)
    canvas = window.map.canvas
    spot = at(120, 260)
    x, y = canvas.viewport.px_of_lonlat(spot)
    QTest.mouseClick(canvas, Left, PLAIN, QPoint(round(x), round(y)))
    reach = window.session.state.document.reach
    assert isinstance(reach, ReachQuestion)
    crs = window.session.atlas.crs
    away = np.hypot(*(to_metric(reach.origin_lonlat, crs) - to_metric(spot, crs)))
    # A pixel's own width, seen aslant.
    assert away < 2.5 * view(window).m_per_px


def test_what_is_painted_is_one_view_of_the_ground(window):
    tilted(window)
    canvas = window.map.canvas
    assert isinstance(canvas.viewport, Tilted)
    flat_first = canvas.grab().toImage()
    QTest.keyClick(canvas, Qt.Key.Key_Right, Ctrl)
    canvas.complete()
    turned = canvas.grab().toImage()
    assert turned.size() == flat_first.size()
    assert turned != flat_first
    window.map.canvas.go_home()
    assert view(window).tilt_deg == 0.0


def test_a_picture_that_another_has_replaced_is_let_go(window):
    tilted(window)
    table = window.map.canvas._painter._table
    before = weakref.ref(table._drapes.made[1])
    window.session.change(theme="dark")
    window.map.canvas.complete()
    assert table._drapes.made[1] is not before()
    gc.collect()
    assert before() is None
