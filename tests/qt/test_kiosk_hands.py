"""The kiosk under real fingers, keys and pointers: all that works, and all that must not."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QInputMethodEvent,
    QKeySequence,
    QNativeGestureEvent,
    QPainter,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sandbox.app.atlas import Atlas
from sandbox.ui.kiosk import fingers
from sandbox.ui.kiosk.keys import KEYS
from sandbox.ui.kiosk.lock import OPEN_S, PAUSE_S, TRIES, Lock
from sandbox.ui.kiosk.window import KioskWindow
from sandbox.ui.start import application
from tests.support.atlas import small_atlas
from tests.support.monkey import Monkey
from tests.support.show import small_scenes
from tests.support.studio import LANGUAGES, SIZES, Studio, shipped_atlas

PIN = "97531"
SMALLEST_PX = 72.0


@pytest.fixture
def monkey(qtbot: QtBot) -> Iterator[Monkey]:
    application("zh")
    made = Monkey(small_atlas(), small_scenes(), seed=7)
    made.window.repaint()
    yield made
    made.close()


def down(monkey: Monkey, at: QPoint) -> None:
    QTest.touchEvent(monkey.window, monkey.fingers).press(0, at, monkey.window).commit()


def up(monkey: Monkey, at: QPoint) -> None:
    QTest.touchEvent(monkey.window, monkey.fingers).release(0, at, monkey.window).commit()


def touch(monkey: Monkey, at: QPoint) -> None:
    down(monkey, at)
    up(monkey, at)
    monkey.window.repaint()


def place_of(window: KioskWindow, action: str, argument: str = "") -> QPoint:
    (found,) = [
        one for one in window.targets if one.action == action and argument in ("", one.argument)
    ]
    return (found.box.center() * window.grid.scale).toPoint()


# Targets.


@pytest.fixture(scope="module")
def atlas(qapp: QApplication) -> Atlas:
    return shipped_atlas()


@pytest.fixture
def studio(atlas: Atlas) -> Iterator[Studio]:
    made = Studio(atlas)
    yield made
    made.close()


def paint_face(window: KioskWindow) -> None:
    """Paint what stands over the map, on a scrap of paper."""
    paper = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(paper)
    window._face.paint(painter)
    painter.end()


def boxes(window: KioskWindow) -> list[tuple[str, QRectF]]:
    """Return every target where it lies on the screen, in the window's pixels."""
    scale = window.grid.scale
    return [
        (
            f"{one.action} {one.argument}",
            QRectF(one.box.topLeft() * scale, one.box.size() * scale),
        )
        for one in window.targets
    ]


def check(window: KioskWindow, where: str, count: int) -> None:
    found = boxes(window)
    assert len(found) >= count, where
    screen = QRectF(window.rect())
    for name, box in found:
        smallest = min(box.width(), box.height())
        assert smallest >= SMALLEST_PX, f"{name} is {smallest:.0f} px in {where}"
        assert screen.contains(box), f"{name} leaves the screen in {where}"
    for number, (name, box) in enumerate(found):
        for other, beside in found[number + 1 :]:
            # A button drawn twice in one place, as nothing is, would be a slip too.
            assert not box.intersects(beside), f"{name} lies over {other} in {where}"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_button_is_large_enough_for_a_finger(studio: Studio, size: tuple[int, int]) -> None:
    window, show = studio.window, studio.show
    window.offer_take(lambda: None)
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.resize(*size)
    window.show()
    # Where panels stand is all that is asked for; the map beneath is another test's.
    for language in LANGUAGES:
        show.do("language", language)
        for scene in show.scenes:
            show.do("scene", scene.id)
            for step in range(1, max(1, scene.steps) + 1):
                if scene.steps:
                    show.do("stage", str(step))
                paint_face(window)
                least = len(show.scenes) + 2 + 1 + scene.steps
                check(window, f"{scene.id} {step} {language} {size}", least)


@pytest.mark.parametrize("size", [*SIZES, (1280, 720)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_operators_keys_are_large_enough_on_a_screen_of_any_shape(
    monkey: Monkey, size: tuple[int, int]
) -> None:
    window = monkey.window
    # Keys are all that is asked for; the map beneath them is another test's.
    window.hide()
    window.resize(*size)
    window._fit()
    window._lock.ask()
    paint_face(window)
    smaller = min(1.0, window.grid.scale)
    assert len(boxes(window)) == 12
    assert min(min(b.width(), b.height()) for _, b in boxes(window)) >= SMALLEST_PX * smaller
    for key in PIN:
        window._lock.key(key)
    paint_face(window)
    assert [name for name, _ in boxes(window)] == [
        "operator leave", "operator restart", "operator close",
    ]  # fmt: skip
    assert min(min(b.width(), b.height()) for _, b in boxes(window)) >= SMALLEST_PX * smaller


# Language and scenes.


def test_one_touch_changes_the_language_and_one_brings_it_back(monkey: Monkey) -> None:
    touch(monkey, place_of(monkey.window, "language", "en"))
    assert monkey.show.state.language == "en"
    assert monkey.window.session.state.language == "en"
    touch(monkey, place_of(monkey.window, "language", "zh"))
    assert monkey.show.state.language == "zh"


def test_a_finger_that_slides_off_a_button_chooses_nothing(monkey: Monkey) -> None:
    at = place_of(monkey.window, "scene", "press")
    down(monkey, at)
    QTest.touchEvent(monkey.window, monkey.fingers).move(
        0, at - QPoint(0, 300), monkey.window
    ).commit()
    up(monkey, at - QPoint(0, 300))
    assert monkey.show.state.scene == "one"


def test_a_touch_that_the_system_takes_away_chooses_nothing(monkey: Monkey) -> None:
    at = place_of(monkey.window, "scene", "press")
    down(monkey, at)
    cancel = QEvent(QEvent.Type.TouchCancel)
    QApplication.sendEvent(monkey.window, cancel)
    assert monkey.show.state.scene == "one"
    touch(monkey, at)
    assert monkey.show.state.scene == "press"


def test_idle_hours_bring_back_language_view_and_pins(qtbot: QtBot, monkey: Monkey) -> None:
    touch(monkey, place_of(monkey.window, "scene", "press"))
    session = monkey.window.session
    before = session.state
    touch(monkey, place_of(monkey.window, "language", "en"))
    touch(monkey, QPoint(1000, 480))
    qtbot.waitUntil(lambda: session.state.answers.reach_answer is not None, timeout=60_000)
    assert session.state.document.reach is not None
    monkey.clock.now_s += 91.0
    monkey.director.tick()
    now = session.state
    assert monkey.show.state.attract
    assert (now.language, now.gesture.selected) == (before.language, before.gesture.selected)
    assert now.document == before.document


def test_the_loop_begins_with_the_scene_that_was_left(monkey: Monkey) -> None:
    touch(monkey, place_of(monkey.window, "scene", "press"))
    monkey.clock.now_s += 91.0
    monkey.director.tick()
    longest_s = monkey.director._duration_s()
    monkey.clock.now_s += longest_s - 0.1
    monkey.director.tick()
    assert (monkey.show.state.attract, monkey.show.state.scene) == (True, "press")
    monkey.clock.now_s += 0.2
    monkey.director.tick()
    assert (monkey.show.state.attract, monkey.show.state.scene) == (True, "steps")


def test_the_loop_moves_the_map_and_the_first_touch_stays_there(monkey: Monkey) -> None:
    monkey.clock.now_s += 91.0
    monkey.director.tick()
    # The camera arrives first.
    monkey.clock.now_s += 3.0
    monkey.director.tick()
    session = monkey.window.session
    seen = {session.state.document.view}
    for _ in range(10):
        monkey.clock.now_s += 0.5
        monkey.director.tick()
        seen.add(session.state.document.view)
    assert len(seen) == 11
    shown = monkey.show.state.scene
    touch(monkey, QPoint(900, 500))
    assert not monkey.show.state.attract
    assert monkey.show.state.scene == shown
    assert session.state.document.view == monkey.director._begun


def test_a_show_of_one_scene_never_glides_off_the_ground(qtbot: QtBot) -> None:
    application("zh")
    alone = Monkey(small_atlas(), small_scenes()[:1], seed=1)
    alone.clock.now_s += 91.0
    alone.director.tick()
    home = alone.director._begun.center_lonlat
    far = 0.0
    for _ in range(2000):
        alone.clock.now_s += 0.5
        alone.director.tick()
        at = alone.window.session.state.document.view.center_lonlat
        far = max(far, abs(at[0] - home[0]), abs(at[1] - home[1]))
    # 14 s at 6 px a second, at the scale of the scene; a degree is some 100 km here.
    m_per_px = alone.window.session.state.document.view.m_per_px
    longest_s = alone.director._duration_s()
    alone.close()
    assert 0 < far * 95_000 < 1.2 * 6.0 * (longest_s + 0.5) * m_per_px


# The way out.


def hold_the_corner(qtbot: QtBot, monkey: Monkey) -> None:
    down(monkey, QPoint(30, 30))
    qtbot.wait(350)
    up(monkey, QPoint(30, 30))
    monkey.window.repaint()


@pytest.fixture
def quick_corner(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fingers._CORNER_HOLD_S >= 2.0
    monkeypatch.setattr(fingers, "_CORNER_HOLD_S", 0.15)


def type_in(monkey: Monkey, digits: str) -> None:
    for digit in digits:
        touch(monkey, place_of(monkey.window, "key", digit))


def test_a_short_touch_of_the_corner_or_a_finger_that_leaves_it_asks_nothing(
    qtbot: QtBot, monkey: Monkey, quick_corner: None
) -> None:
    touch(monkey, QPoint(30, 30))
    qtbot.wait(350)
    assert not monkey.window._lock.open_
    down(monkey, QPoint(30, 30))
    QTest.touchEvent(monkey.window, monkey.fingers).move(
        0, QPoint(400, 300), monkey.window
    ).commit()
    qtbot.wait(350)
    up(monkey, QPoint(400, 300))
    assert not monkey.window._lock.open_


@pytest.mark.parametrize("dark", [False, True], ids=["picture", "black"])
def test_corner_and_pin_lead_out(
    qtbot: QtBot, monkey: Monkey, quick_corner: None, dark: bool
) -> None:
    monkey.show.do("black", "on" if dark else "off")
    hold_the_corner(qtbot, monkey)
    type_in(monkey, PIN)
    assert monkey.report.left == 0
    touch(monkey, place_of(monkey.window, "operator", "restart"))
    assert (monkey.restarts, monkey.report.left) == (1, 0)
    hold_the_corner(qtbot, monkey)
    type_in(monkey, PIN)
    touch(monkey, place_of(monkey.window, "operator", "leave"))
    # The menu may have been left open: who ends the show gives the PIN once more.
    assert monkey.report.left == 0
    type_in(monkey, "13579")
    assert (monkey.window._lock.wrong, monkey.report.left) == (True, 0)
    type_in(monkey, PIN)
    assert monkey.report.left == 1
    assert not monkey.window._lock.open_


def test_a_kiosk_without_a_pin_of_its_own_has_no_way_out_by_touch(
    qtbot: QtBot, monkey: Monkey, quick_corner: None
) -> None:
    lock = Lock("", monkey.clock)
    for one in (monkey.window, monkey.window._face, monkey.window._fingers):
        one._lock = lock
    hold_the_corner(qtbot, monkey)
    assert not lock.open_
    lock.ask()
    lock.ask_to_end()
    for key in ("2", "5", "8", "0", "clear", "close"):
        lock.key(key)
    assert [lock.open_, lock.passed, lock.may_end] == [False] * 3


def test_while_the_pad_is_open_nothing_beneath_it_can_be_pressed(
    qtbot: QtBot, monkey: Monkey, quick_corner: None
) -> None:
    at = place_of(monkey.window, "scene", "press")
    hold_the_corner(qtbot, monkey)
    touch(monkey, at)
    assert monkey.show.state.scene == "one"
    touch(monkey, place_of(monkey.window, "key", "close"))
    touch(monkey, at)
    assert monkey.show.state.scene == "press"


def test_wrong_pins_are_refused_and_after_some_the_pad_stays_away(
    qtbot: QtBot, monkey: Monkey, quick_corner: None
) -> None:
    hold_the_corner(qtbot, monkey)
    for number in range(TRIES):
        assert monkey.window._lock.open_, number
        type_in(monkey, "97530")
        assert not monkey.window._lock.passed
    assert not monkey.window._lock.open_
    hold_the_corner(qtbot, monkey)
    assert not monkey.window._lock.open_
    monkey.clock.now_s += PAUSE_S + 1.0
    hold_the_corner(qtbot, monkey)
    assert monkey.window._lock.open_
    type_in(monkey, PIN)
    assert monkey.window._lock.passed
    assert monkey.report.left == 0


def test_a_pad_that_is_left_alone_goes_away_and_forgets(
    qtbot: QtBot, monkey: Monkey, quick_corner: None
) -> None:
    hold_the_corner(qtbot, monkey)
    type_in(monkey, PIN[:-1])
    monkey.clock.now_s += OPEN_S + 1.0
    qtbot.waitUntil(lambda: not monkey.window._lock.open_, timeout=60_000)
    hold_the_corner(qtbot, monkey)
    type_in(monkey, PIN[-1])
    assert not monkey.window._lock.passed


def test_the_pin_is_not_shown(qtbot: QtBot, monkey: Monkey, quick_corner: None) -> None:
    hold_the_corner(qtbot, monkey)
    pad = QRectF(monkey.window.rect()).center().toPoint() - QPoint(210, 270)
    pictures = []
    for digits in ("11", "84"):
        type_in(monkey, digits)
        pictures.append(monkey.window.grab().copy(pad.x(), pad.y(), 420, 60).toImage())
        for _ in digits:
            touch(monkey, place_of(monkey.window, "key", "clear"))
    assert pictures[0] == pictures[1]


# What has no effect.


def pressed_keys() -> list[tuple[Qt.Key, Qt.KeyboardModifier]]:
    none, alt = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
    ctrl, meta = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.MetaModifier
    key = Qt.Key
    plain = (key.Key_Escape, key.Key_F1, key.Key_F5, key.Key_F10, key.Key_F11, key.Key_F12,
             key.Key_Tab, key.Key_Backtab, key.Key_Menu, key.Key_Print, key.Key_Super_L,
             key.Key_Space, key.Key_Return, key.Key_Backspace, key.Key_Delete, key.Key_Home,
             key.Key_ZoomIn, key.Key_Back, key.Key_HomePage, key.Key_Sleep)  # fmt: skip
    return [
        *((one, none) for one in plain),
        *((one, alt) for one in (key.Key_F4, key.Key_Tab, key.Key_Escape, key.Key_Space)),
        *((one, ctrl) for one in (key.Key_Q, key.Key_W, key.Key_C, key.Key_A, key.Key_P,
                                  key.Key_Plus, key.Key_Escape)),
        *((one, meta) for one in (key.Key_D, key.Key_L, key.Key_Tab, key.Key_R)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "pressed", pressed_keys(), ids=lambda one: QKeySequence(one[0]).toString() + one[1].name
)
def test_keys_of_the_system_do_nothing(
    monkey: Monkey, pressed: tuple[Qt.Key, Qt.KeyboardModifier]
) -> None:
    before, seen = monkey.show.state, monkey.window.session.state
    QTest.keyClick(monkey.window, *pressed)
    assert monkey.show.state == before
    assert monkey.window.session.state == seen
    assert monkey.window.isVisible()


@pytest.mark.parametrize("key", list(KEYS), ids=str)
def test_a_letter_with_alt_or_control_is_not_the_remotes(monkey: Monkey, key: Qt.Key) -> None:
    before = monkey.show.state
    for held in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier):
        QTest.keyClick(monkey.window, key, held)
        assert monkey.show.state == before


def test_closing_it_from_outside_does_nothing(monkey: Monkey) -> None:
    assert not monkey.window.close()
    assert monkey.window.isVisible()
    assert monkey.report.left == 0


def test_other_buttons_and_the_wheel_do_nothing(monkey: Monkey) -> None:
    touch(monkey, place_of(monkey.window, "scene", "press"))
    before, seen = monkey.show.state, monkey.window.session.state
    at = QPoint(1000, 480)
    on_tile = place_of(monkey.window, "scene", "steps")
    for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton,
                   Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):  # fmt: skip
        for point in (at, on_tile):
            QTest.mouseClick(monkey.window, button, pos=point)
            QTest.mouseDClick(monkey.window, button, pos=point)
    for turn in (QPoint(0, 120), QPoint(0, -480), QPoint(240, 0)):
        wheel = QWheelEvent(
            QPointF(at), QPointF(at), QPoint(), turn, Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(monkey.window, wheel)
    assert monkey.show.state == before
    assert monkey.window.session.state == seen


def test_there_is_no_menu(monkey: Monkey) -> None:
    for reason in QContextMenuEvent.Reason:
        event = QContextMenuEvent(reason, QPoint(900, 500), QPoint(900, 500))
        QApplication.sendEvent(monkey.window, event)
        assert event.isAccepted()
    assert QApplication.activePopupWidget() is None


def test_nothing_can_be_dragged_onto_it(monkey: Monkey) -> None:
    held = QMimeData()
    held.setText("text")
    held.setUrls([QUrl("file:///etc/passwd")])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    no_key = Qt.KeyboardModifier.NoModifier
    before = monkey.show.state
    enter = QDragEnterEvent(QPoint(900, 500), action, held, button, no_key)
    enter.ignore()
    QApplication.sendEvent(monkey.window, enter)
    assert not monkey.window.acceptDrops()
    assert not enter.isAccepted()
    drop = QDropEvent(QPointF(900, 500), action, held, button, no_key)
    drop.ignore()
    QApplication.sendEvent(monkey.window, drop)
    assert not drop.isAccepted()
    assert monkey.show.state == before


def test_there_is_no_text_to_select_and_no_field_to_type_into(monkey: Monkey) -> None:
    assert monkey.window.findChildren(QWidget) == []
    assert not monkey.window.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    before = monkey.show.state
    QApplication.sendEvent(monkey.window, QInputMethodEvent("bfl", []))
    QTest.mouseDClick(monkey.window, Qt.MouseButton.LeftButton, pos=QPoint(200, 130))
    assert monkey.show.state == before
    assert QApplication.clipboard().text() == ""


@pytest.mark.parametrize("kind", [Qt.NativeGestureType.ZoomNativeGesture,
                                  Qt.NativeGestureType.SwipeNativeGesture,
                                  Qt.NativeGestureType.SmartZoomNativeGesture])  # fmt: skip
def test_gestures_of_the_system_do_nothing(monkey: Monkey, kind: Qt.NativeGestureType) -> None:
    before, seen = monkey.show.state, monkey.window.session.state
    at = QPointF(900, 500)
    device = QPointingDevice.primaryPointingDevice()
    event = QNativeGestureEvent(kind, device, 2, at, at, at, 1.5, QPointF(50, 0))
    QApplication.sendEvent(monkey.window, event)
    assert monkey.show.state == before
    assert monkey.window.session.state == seen


# What the guide switches.


@pytest.mark.parametrize(("key", "action"), list(KEYS.items()), ids=str)
def test_every_key_of_a_presenters_remote_does_what_it_says(
    monkey: Monkey, key: Qt.Key, action: str
) -> None:
    QTest.keyClick(monkey.window, key)
    state = monkey.show.state
    expected = {
        "next": state.scene == "press",
        "previous": state.scene == "steps",
        "black": state.black,
        "freeze": state.frozen,
        "language": state.language == "en",
        "sounds": not state.sounds,
    }
    assert [name for name, is_so in expected.items() if is_so] == [action]


def test_a_key_that_is_held_down_counts_once(monkey: Monkey) -> None:
    from PySide6.QtGui import QKeyEvent

    none = Qt.KeyboardModifier.NoModifier
    for repeated in (False, True, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_PageDown, none, "", repeated)
        QApplication.sendEvent(monkey.window, event)
    assert monkey.show.state.scene == "press"


def picture(monkey: Monkey) -> np.ndarray:
    image = monkey.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(image.constBits(), np.uint8)
    return raw.reshape(image.height(), image.width(), 4)[..., :3].copy()


def test_black_is_black_and_deaf(monkey: Monkey) -> None:
    at = place_of(monkey.window, "scene", "press")
    monkey.show.do("black", "on")
    assert picture(monkey).max() == 0
    touch(monkey, at)
    touch(monkey, QPoint(900, 500))
    assert monkey.show.state.scene == "one"
    monkey.show.do("black", "off")
    assert picture(monkey).max() > 200
    touch(monkey, at)
    assert monkey.show.state.scene == "press"


def test_a_frozen_picture_stays_whatever_is_touched_and_however_long(monkey: Monkey) -> None:
    places = [place_of(monkey.window, "scene", "press"), place_of(monkey.window, "language", "en"),
              QPoint(900, 500)]  # fmt: skip
    monkey.show.do("freeze", "on")
    before, seen = monkey.show.state, monkey.window.session.state
    for at in places:
        touch(monkey, at)
    monkey.clock.now_s += 3_600.0
    monkey.director.tick()
    assert monkey.show.state == before
    assert monkey.window.session.state == seen
    # The guide's own keys still lead on.
    QTest.keyClick(monkey.window, Qt.Key.Key_PageDown)
    assert monkey.show.state.scene == "press"


def test_in_guided_mode_visitors_choose_the_language_only(monkey: Monkey) -> None:
    monkey.show.do("mode", "guided")
    monkey.window.repaint()
    touch(monkey, place_of(monkey.window, "scene", "press"))
    assert monkey.show.state.scene == "one"
    touch(monkey, place_of(monkey.window, "language", "en"))
    assert monkey.show.state.language == "en"
    monkey.clock.now_s += 3_600.0
    monkey.director.tick()
    assert not monkey.show.state.attract
    assert monkey.show.state.scene == "one"
