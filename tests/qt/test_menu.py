"""The menu bar under a hand: every action once, its words, its shortcut, what it does."""

from itertools import chain

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sandbox.app.actions import ACTIONS, MENUS
from sandbox.ui.planner.menu import MenuBar
from sandbox.words import words_of
from tests.support.atlas import small_atlas, small_state
from tests.support.planner import one, planner_window


@pytest.fixture
def window(qtbot):
    atlas = small_atlas()
    with planner_window(qtbot, atlas, small_state(atlas), (1600, 900)) as made:
        yield made


def test_every_action_stands_in_one_menu():
    listed = list(chain.from_iterable(chain.from_iterable(menu.groups for menu in MENUS)))
    assert sorted(listed) == sorted(action.id for action in ACTIONS)


def click(menu, action) -> None:
    """Press an action of an open menu with the mouse."""
    QTest.mouseClick(
        menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        menu.actionGeometry(action).center(),
    )  # fmt: skip


def opened(bar, number):
    """Return a menu of the bar, opened with the mouse."""
    entry = bar.actions()[number]
    QTest.mouseClick(
        bar, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        bar.actionGeometry(entry).center(),
    )  # fmt: skip
    QApplication.processEvents()
    menu = QApplication.activePopupWidget()
    assert menu is entry.menu()
    return menu


def test_a_menu_does_what_it_says_and_shows_what_cannot_be_done(window):
    bar = one(window, MenuBar)
    before = window.session.state.document.view.m_per_px
    menu = opened(bar, 2)
    click(menu, window._actions["zoom_in"])
    assert window.session.state.document.view.m_per_px == pytest.approx(before / 1.5)
    edit = bar.actions()[1].menu()
    assert [one.isEnabled() for one in edit.actions()[:2]] == [False, False]


def test_menus_open_by_keys_and_speak_the_windows_language(window):
    bar = one(window, MenuBar)
    for language in ("en", "zh"):
        window._preferences.speak(language)
        said = words_of(language)
        assert [one.text() for one in bar.actions()] == [said(menu.text) for menu in MENUS]
    QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    QApplication.processEvents()
    menu = QApplication.activePopupWidget()
    assert menu is bar.actions()[2].menu()
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert bar.isVisible()
    assert bar.mapTo(window, QPoint(0, 0)).y() == 0
