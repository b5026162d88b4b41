"""Measuring on the map by hand, and the mark of a position that was searched for."""

import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sandbox.ui.own.measure import MeasureBox
from tests.support.atlas import at, small_atlas, small_state
from tests.support.planner import one, planner_window

Left = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot):
    atlas = small_atlas()
    state = small_state(atlas, m_per_px=2.0, language="en")
    with planner_window(qtbot, atlas, state, (1600, 900)) as made:
        yield made


def click(window, lonlat) -> None:
    canvas = window.map.canvas
    x, y = canvas.viewport.px_of_lonlat(lonlat)
    QTest.mouseClick(canvas, Left, pos=QPoint(round(x), round(y)))
    window.rest()


def figure(text: str) -> float:
    return float(re.match(r"[\d.,]+", text)[0].replace(",", ""))


def test_points_that_are_clicked_are_measured_and_taken_back(window):
    window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    box = one(window, MeasureBox)
    before = window.session.state.document.reach
    click(window, at(0, 0))
    click(window, at(0, 240))
    click(window, at(120, 240))
    assert window.session.state.document.reach == before
    assert figure(box.distance.text()) == pytest.approx(360, abs=5)
    assert figure(box.area.text()) == pytest.approx(14_400, rel=0.03)
    assert figure(box.streets.text()) == pytest.approx(360, abs=8)
    assert "on foot" in box.streets.text().lower() or "walk" in box.streets.text().lower()
    QTest.keyClick(window.map.canvas, Qt.Key.Key_Backspace)
    window.rest()
    assert figure(box.distance.text()) == pytest.approx(240, abs=4)
    # Escape ends it, and the box goes.
    QTest.keyClick(window.map.canvas, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert window.session.state.gesture.sketch is None
    assert not window.findChildren(MeasureBox) or not box.isVisible()


def test_a_position_that_is_searched_for_has_a_mark_until_escape(window):
    lon, lat = at(500, 200)
    window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = window._search._field
    QTest.keyClicks(field, f"{lon:.6f}, {lat:.6f}")
    QTest.keyClick(field, Qt.Key.Key_Return)
    window.rest()
    assert window.session.state.gesture.mark == pytest.approx((lon, lat), abs=1e-6)
    canvas = window.map.canvas
    canvas.complete()
    marked = canvas.grab().toImage()
    window.session.change(mark=None)
    canvas.complete()
    assert canvas.grab().toImage() != marked
    window.session.change(mark=(lon, lat))
    QTest.keyClick(window.map.canvas, Qt.Key.Key_Escape)
    assert window.session.state.gesture.mark is None
