"""The canvas as fingers, mouse and keys find it."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sandbox.analysis.isochrone import isochrone
from sandbox.app.questions import LonLat, ReachAnswer, ReachQuestion, Selected
from sandbox.app.session import Session
from sandbox.ui.planner.canvas import Canvas
from tests.support.atlas import at, small_atlas, small_state


class Heard:
    """What a canvas told."""

    def __init__(self) -> None:
        self.origins: list[tuple[LonLat, bool]] = []
        self.picks: list[object] = []


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def canvas(qtbot, atlas, heard) -> Iterator[Canvas]:
    session = Session(atlas, small_state(atlas, reach=ReachQuestion(at(0, 0))))
    made = Canvas(
        session,
        on_origin=lambda lonlat, moving: heard.origins.append((lonlat, moving)),
        on_pick=heard.picks.append,
    )
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    made.session = session
    yield made
    made.release()


def test_dragging_the_ground_moves_the_view_by_as_much(canvas):
    before = canvas.viewport.px_of_lonlat(at(100, 100))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 200))
    QTest.mouseMove(canvas, QPoint(240, 230))
    QTest.mouseMove(canvas, QPoint(290, 260))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(290, 260))
    after = canvas.viewport.px_of_lonlat(at(100, 100))
    assert after[0] - before[0] == pytest.approx(90, abs=1.1)
    assert after[1] - before[1] == pytest.approx(60, abs=1.1)


def test_the_ground_under_the_pointer_stays_when_the_wheel_turns(canvas):
    place = at(300, -200)
    x, y = canvas.viewport.px_of_lonlat(place)
    canvas.zoom(2.0, (x, y))
    assert canvas.viewport.px_of_lonlat(place) == pytest.approx((x, y), abs=1.1)
    assert canvas.session.state.document.view.m_per_px == pytest.approx(2.0)


def test_dragging_the_pin_tells_each_move_and_then_the_place_where_it_was_let_go(canvas, heard):
    x, y = canvas.viewport.px_of_lonlat(at(0, 0))
    start = QPoint(round(x), round(y))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    for step in (10, 20, 30):
        QTest.mouseMove(canvas, start + QPoint(step, 0))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(30, 0))
    assert [moving for _, moving in heard.origins] == [True, True, True, False]
    assert canvas.viewport.px_of_lonlat(heard.origins[-1][0]) == pytest.approx((x + 30, y), abs=1.1)
    assert canvas.session.state.document.view.center_lonlat == at(0, 0)


def test_a_click_on_bare_ground_sets_the_origin(canvas, heard):
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(120, 140))
    assert heard.origins[-1][1] is False
    assert canvas.viewport.px_of_lonlat(heard.origins[-1][0]) == pytest.approx((120, 140), abs=0.1)


def test_keys_pan_zoom_and_go_home(canvas):
    home = canvas.session.state.document.view
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    away = canvas.session.state.document.view
    assert away.m_per_px < home.m_per_px
    assert away.center_lonlat[0] > home.center_lonlat[0]
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.session.state.document.view == home


def test_two_fingers_spread_to_twice_their_distance_magnify_twice(canvas):
    device = QTest.createTouchDevice()
    touch = QTest.touchEvent(canvas, device)
    touch.press(0, QPoint(350, 300), canvas).press(1, QPoint(450, 300), canvas).commit()
    for spread in (60, 70, 80, 90, 100):
        touch = QTest.touchEvent(canvas, device)
        touch.move(0, QPoint(400 - spread, 300), canvas)
        touch.move(1, QPoint(400 + spread, 300), canvas).commit()
    touch = QTest.touchEvent(canvas, device)
    touch.release(0, QPoint(300, 300), canvas).release(1, QPoint(500, 300), canvas).commit()
    QApplication.processEvents()
    assert canvas.session.state.document.view.m_per_px == pytest.approx(2.0, rel=0.01)


def test_a_second_finger_may_come_later_and_then_no_click_follows(canvas, heard):
    device = QTest.createTouchDevice()
    QTest.touchEvent(canvas, device).press(0, QPoint(350, 300), canvas).commit()
    touch = QTest.touchEvent(canvas, device)
    touch.move(0, QPoint(350, 300), canvas).press(1, QPoint(450, 300), canvas).commit()
    touch = QTest.touchEvent(canvas, device)
    touch.move(0, QPoint(300, 300), canvas).move(1, QPoint(500, 300), canvas).commit()
    touch = QTest.touchEvent(canvas, device)
    touch.release(0, QPoint(300, 300), canvas).move(1, QPoint(500, 300), canvas).commit()
    QTest.touchEvent(canvas, device).release(1, QPoint(500, 300), canvas).commit()
    assert canvas.session.state.document.view.m_per_px == pytest.approx(2.0, rel=0.01)
    assert heard.origins == []


def test_one_finger_taps_and_drags_as_a_mouse_does(canvas, heard):
    device = QTest.createTouchDevice()
    QTest.touchEvent(canvas, device).press(0, QPoint(120, 140), canvas).commit()
    QTest.touchEvent(canvas, device).release(0, QPoint(120, 140), canvas).commit()
    assert len(heard.origins) == 1
    before = canvas.viewport.px_of_lonlat(at(100, 100))
    QTest.touchEvent(canvas, device).press(0, QPoint(120, 140), canvas).commit()
    QTest.touchEvent(canvas, device).move(0, QPoint(180, 140), canvas).commit()
    QTest.touchEvent(canvas, device).release(0, QPoint(180, 140), canvas).commit()
    after = canvas.viewport.px_of_lonlat(at(100, 100))
    assert after[0] - before[0] == pytest.approx(60, abs=1.1)
    assert len(heard.origins) == 1


def test_a_double_click_magnifies_and_gives_the_origin_back(canvas, heard):
    # A place that was chosen comes back as that place, not as a point of it.
    asked = ReachQuestion(at(0, 0), place=Selected("labs", "labs_0"))
    canvas.session.change(reach=asked)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(120, 140))
    canvas.session.change(reach=ReachQuestion(heard.origins[-1][0]))
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(120, 140))
    assert canvas.session.state.document.reach == asked
    assert canvas.session.state.document.view.m_per_px == pytest.approx(2.0)


def test_touching_the_pin_without_dragging_it_leaves_it(canvas, heard):
    x, y = canvas.viewport.px_of_lonlat(at(0, 0))
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(x) + 6, round(y)))
    assert heard.origins == []


def test_the_view_stays_within_sensible_scales(canvas):
    canvas.zoom(1e9)
    assert canvas.session.state.document.view.m_per_px == pytest.approx(0.25)
    canvas.zoom(1e-9)
    assert canvas.session.state.document.view.m_per_px == pytest.approx(400.0)


def test_what_is_painted_is_the_whole_map(canvas, qtbot):
    canvas.complete()
    picture = canvas.grab().toImage()
    x, y = canvas.viewport.px_of_lonlat(at(660, 540))
    water = picture.pixelColor(
        QPointF(x * picture.devicePixelRatio(), y * picture.devicePixelRatio()).toPoint()
    )
    assert (water.red(), water.green(), water.blue()) == (0xB9, 0xD8, 0xE8)


def answer_from(canvas, place):
    question = ReachQuestion(place)
    found = isochrone(canvas.session.atlas.network, place, question.minutes)
    return {"reach": question, "reach_answer": ReachAnswer(question, found, ())}


def test_a_new_place_sends_a_wave_that_ends_by_itself(canvas, qtbot):
    canvas.session.change(**answer_from(canvas, at(30, 0)))
    assert canvas.waving
    qtbot.waitUntil(lambda: not canvas.waving, timeout=60_000)


def test_while_the_pin_is_dragged_bands_follow_without_a_wave(canvas, heard):
    x, y = canvas.viewport.px_of_lonlat(at(0, 0))
    start = QPoint(round(x), round(y))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas, start + QPoint(20, 0))
    canvas.session.change(**answer_from(canvas, heard.origins[-1][0]))
    assert not canvas.waving
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(20, 0))
    canvas.session.change(**answer_from(canvas, heard.origins[-1][0]))
    assert not canvas.waving


def test_other_cutoffs_for_the_same_place_send_no_wave(canvas):
    canvas.session.change(**answer_from(canvas, at(30, 0)))
    canvas.go_still()
    canvas.session.change(**answer_from(canvas, at(30, 0)))
    assert not canvas.waving


def test_no_thread_outlives_the_canvas(qtbot, atlas):
    before = set(threading.enumerate())
    made = Canvas(Session(atlas, small_state(atlas)))
    qtbot.addWidget(made)
    made.show()
    made.complete()
    made.release()
    assert set(threading.enumerate()) == before


def test_a_click_on_a_mark_picks_it_and_leaves_the_origin(canvas, heard):
    canvas.complete()
    x, y = canvas.viewport.px_of_lonlat(at(-800, -300))
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    assert heard.picks == [Selected("services", "services_0")]
    assert heard.origins == []
