"""Whatever opens over kiosk and planner opens again: after fingers, after time-outs, after orders.

A widget that deletes itself leaves whoever kept it with nothing; each is closed, deleted
and opened once more here. An error of any of them fails the test.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from sandbox.app.answers.circles import CirclesQuestion
from sandbox.app.atlas import Atlas
from sandbox.app.questions import ReachQuestion, Selected
from sandbox.ui.answers.panel import Explained
from sandbox.ui.kiosk import fingers
from sandbox.ui.kiosk.guide import GuideWindow
from sandbox.ui.kiosk.lock import OPEN_S
from sandbox.ui.own.measure import MeasureBox
from sandbox.ui.panels.identify import IdentifyCard
from sandbox.ui.panels.scene import SceneDialog
from sandbox.ui.panels.table import TablePanel
from sandbox.ui.planner.bars import TopBar
from sandbox.ui.planner.explain import ExplainDialog
from sandbox.ui.planner.fold import Fold
from sandbox.ui.planner.messages import Message, MessageBar
from sandbox.ui.planner.search import SearchField
from sandbox.ui.start import application
from sandbox.words import Text
from tests.support.atlas import at, small_atlas, small_state
from tests.support.monkey import Monkey
from tests.support.planner import one, planner_window
from tests.support.show import small_scenes

PIN = "97531"


def deleted() -> None:
    """Let Qt delete what it was told to."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def ring(owner: QWidget) -> None:
    """Let the time of each running timer pass."""
    for timer in owner.findChildren(QTimer):
        if timer.isActive():
            timer.timeout.emit()
    deleted()


# --- kiosk ---------------------------------------------------------------------------------


@pytest.fixture
def monkey(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Monkey]:
    monkeypatch.setattr(fingers, "_CORNER_HOLD_S", 0.0)
    application("zh")
    made = Monkey(small_atlas(), small_scenes(), seed=7)
    made.window.repaint()
    yield made
    made.close()


def tap(monkey: Monkey, action: str, argument: str) -> None:
    (target,) = [
        one
        for one in monkey.window.targets
        if (one.action, one.argument) == (action, argument)
    ]  # fmt: skip
    spot = (target.box.center() * monkey.window.grid.scale).toPoint()
    touch = QTest.touchEvent
    touch(monkey.window, monkey.fingers).press(0, spot, monkey.window).commit()
    touch(monkey.window, monkey.fingers).release(0, spot, monkey.window).commit()
    monkey.window.repaint()
    deleted()


def open_pad(monkey: Monkey) -> None:
    touch = QTest.touchEvent
    touch(monkey.window, monkey.fingers).press(0, QPoint(20, 20), monkey.window).commit()
    monkey.window._tick()
    touch(monkey.window, monkey.fingers).release(0, QPoint(20, 20), monkey.window).commit()
    monkey.window.repaint()
    assert monkey.window._lock.open_


def open_menu(monkey: Monkey) -> None:
    open_pad(monkey)
    for digit in PIN:
        tap(monkey, "key", digit)
    assert monkey.window._lock.passed


def wait_out(monkey: Monkey) -> None:
    monkey.clock.now_s += OPEN_S + 1.0
    monkey.window._tick()


CLOSES: dict[str, Callable[[Monkey], object]] = {
    "pad by finger": lambda monkey: tap(monkey, "key", "close"),
    "pad by time": wait_out,
    "menu by finger": lambda monkey: tap(monkey, "operator", "close"),
    "menu by time": wait_out,
}


@pytest.mark.parametrize("how", CLOSES)
def test_pad_and_menu_open_again(monkey: Monkey, how: str) -> None:
    for _ in range(3):
        (open_menu if "menu" in how else open_pad)(monkey)
        CLOSES[how](monkey)
        assert not monkey.window._lock.open_
        deleted()


def test_scenes_cards_and_languages_come_again_by_order(qtbot: QtBot, monkey: Monkey) -> None:
    for _ in range(2):
        for action, argument in (
            ("scene", "press"), ("language", "en"), ("black", "on"), ("black", "off"),
            ("scene", "one"), ("language", "zh"), ("next", ""), ("previous", ""),
        ):  # fmt: skip
            monkey.show.do(action, argument)
            monkey.window.repaint()
            deleted()
    monkey.show.do("scene", "press")
    monkey.window.repaint()
    assert {one.action for one in monkey.window.targets} >= {"scene", "language"}


def test_the_guides_buttons_come_again_when_scenes_go(monkey: Monkey) -> None:
    guide = GuideWindow(monkey.show, monkey.window.grab)
    guide.resize(1100, 720)
    guide.show()
    for gone in ("steps", "press"):
        monkey.show.skip(gone, "it is broken")
        deleted()
        for button in guide.findChildren(QPushButton):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        guide._tick()
    assert monkey.show.state.scenes == ("one",)
    guide.hide()
    guide.show()
    guide._tick()
    guide.close()
    monkey.show.do("next")
    guide.deleteLater()


# --- planner -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return small_atlas()


@pytest.fixture
def planner(qtbot: QtBot, atlas: Atlas) -> Iterator[Any]:
    state = small_state(atlas, reach=ReachQuestion(at(0, 0)))
    with planner_window(qtbot, atlas, state, (1500, 900)) as made:
        yield made


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    deleted()


def test_every_tab_and_fold_opens_again(planner: Any) -> None:
    for _ in range(2):
        for tabs in planner.findChildren(QTabBar):
            for tab in (*range(tabs.count()), 0):
                tabs.setCurrentIndex(tab)
                deleted()
        planner.session.change(language="en", theme="dark")
        deleted()
        planner.session.change(language="zh", theme="light")
        for width in (800, 1500):
            planner.resize(width, 900)
            deleted()
            for fold in planner.findChildren(Fold):
                for button in fold._buttons:
                    if button.isVisible():
                        click(button)
                        click(button)
    assert all(not fold._panel.isHidden() for fold in planner.findChildren(Fold))


def test_the_place_card_opens_again(planner: Any, atlas: Atlas) -> None:
    card = one(planner, IdentifyCard)
    places = [
        Selected(layer.id, name)
        for layer in atlas.layers.values()
        if layer.features is not None and "id" in layer.features
        for name in layer.features["id"].tolist()[:2]
    ]
    assert len(places) > 3
    for place in (*places, *places):
        planner.session.change(selected=place)
        deleted()
        if card.isVisible():
            click(card._close)
        assert card.isHidden()
    planner.rest()


def test_messages_come_again_after_their_time_and_after_a_finger(planner: Any) -> None:
    bar = one(planner, MessageBar)
    bar.say("schematic", None)
    for _ in range(3):
        bar.say("x", Message("info", Text("Close")))
        assert bar.isVisible()
        ring(bar)
        assert bar.isHidden()
        bar.say("x", Message("error", Text("Close"), Text("Close"), lambda: None))
        click(bar._action)
        click(bar._close)
        assert bar.isHidden()


def test_what_was_found_opens_again(planner: Any) -> None:
    search = one(planner, SearchField)
    field = search.findChild(QLineEdit)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return) * 2:
        search.begin()
        QTest.keyClicks(field, "29.51, 106.31")
        assert search._popup.isVisible()
        QTest.keyClick(field, key)
        assert search._popup.isHidden()
        deleted()
    planner.rest()


def test_the_scene_dialog_opens_again_and_what_it_waited_for_comes_to_nothing(
    planner: Any,
) -> None:
    for close in ("reject", "close", "accept", "reject"):
        planner.files._take_scene()
        asked = one(planner, SceneDialog)
        assert asked.isVisible()
        asked._write()
        getattr(asked, close)()
        del asked
        deleted()
        assert planner.findChildren(QDialog) == []
        planner.rest()


CLOSED: dict[str, Callable[[QDialog], object]] = {
    "by its button": lambda dialog: dialog.reject(),
    "by its frame": lambda dialog: dialog.close(),
    "by Escape": lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape),
    "by Enter": lambda dialog: dialog.accept(),
}


@pytest.mark.parametrize("action", ["help", "measure", "open_table", "map_out", "new_project"])
def test_dialogs_open_again_and_leave_nothing_behind(planner: Any, action: str) -> None:
    for close in CLOSED.values():
        planner._actions[action].trigger()
        QApplication.processEvents()
        planner.session.change(language="en")
        (asked,) = planner.findChildren(QDialog)
        close(asked)
        del asked
        planner.session.change(language="zh")
        deleted()
        assert planner.findChildren(QDialog) == []
    planner.rest()


def test_files_that_are_still_being_read_come_to_nothing_when_their_dialog_goes(
    planner: Any, tmp_path: Path
) -> None:
    file = tmp_path / "schools.csv"
    file.write_text("name,lon,lat\nA,106.31,29.51\nB,nowhere,29.5\n", encoding="utf-8")
    for wait in (False, True, False):
        dialog = planner._own.files.open_files([file])
        if wait:
            planner.rest()
            assert dialog.drafts()
        dialog.close()
        del dialog
        deleted()
        planner.rest()
        assert planner.findChildren(QDialog) == []


def test_what_was_measured_before_goes_when_measuring_begins_again(planner: Any) -> None:
    for _ in range(3):
        planner._actions["measure"].trigger()
        deleted()
        assert one(planner, MeasureBox).isVisible()
        assert planner.session.state.gesture.sketch == ()
    one(planner, MeasureBox).reject()
    deleted()
    assert planner.session.state.gesture.sketch is None


def test_explanations_and_menus_open_again_and_leave_nothing_behind(
    planner: Any, atlas: Atlas
) -> None:
    home = next(name for name in atlas.layers if name == "services")
    before = len(planner.findChildren(QMenu))
    for _ in range(3):
        explained = ExplainDialog(planner.session, planner, [Explained("A", (("minutes", "3"),))])
        explained.open()
        explained.accept()
        del explained
        planner._explaining.offer(Selected(home, "services_0"), "", QPoint(10, 10))
        planner._actions["recent_project"].trigger()
        deleted()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        deleted()
    assert planner.findChildren(QDialog) == []
    assert len(planner.findChildren(QMenu)) == before


def test_circles_and_their_table_come_again(planner: Any) -> None:
    table = one(planner, TablePanel)
    for _ in range(2):
        planner.session.change(analyses=(CirclesQuestion("services", (), 15.0),))
        planner.rest()
        deleted()
        assert table._tabs.count() == 2
        planner.session.change(analyses=(), results=())
        deleted()
        assert table._tabs.count() == 1


def test_other_streets_give_the_map_a_new_canvas_and_all_around_it_finds_that(
    planner: Any, atlas: Atlas
) -> None:
    """The old canvas deletes itself: every button and panel must have let go of it."""
    for _ in range(2):
        before = planner.map.canvas
        planner.session.open(atlas, planner.session.state)
        deleted()
        assert planner.map.canvas is not before
        for action in ("zoom_in", "zoom_out", "home", "pick_origin", "pick_origin"):
            planner._actions[action].trigger()
            deleted()
        QTest.mouseMove(planner.map.canvas, QPoint(300, 300))
        click(planner.map.canvas)
        planner.session.change(language="en")
        planner.session.change(language="zh")
        planner.resize(1400, 900)
        planner.resize(1500, 900)
        deleted()
    assert one(planner, TopBar).isVisible()
    planner.rest()
