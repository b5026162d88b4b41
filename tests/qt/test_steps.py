"""The main thread is never busy for long at a time, whatever hands do to the planner's window."""

import threading
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QWidget

from sandbox.app.answers.circles import CirclesAnswer, CirclesQuestion
from sandbox.app.questions import ReachQuestion, Selected
from sandbox.app.session import Session
from sandbox.draw.answers import outlines
from sandbox.ui.panels.dock import SHOWN
from tests.support.atlas import at, small_atlas, small_state
from tests.support.planner import planner_window
from tests.support.steps import Steps, check, watched_loops, watched_steps


@pytest.fixture(scope="module")
def atlas():
    return small_atlas()


@pytest.fixture
def window(qtbot, atlas) -> Iterator[Any]:
    state = small_state(atlas, reach=ReachQuestion(at(0, 0)))
    with planner_window(qtbot, atlas, state, (1280, 800)) as made:
        # Kernels of both themes are compiled, and all panels were seen, before anything counts.
        for _ in range(2):
            made._preferences.switch_theme()
            made.map.canvas.complete()
            made.grab()
        made.rest()
        yield made


def test_theme_language_and_panels_take_short_steps(window):
    with watched_steps() as steps:
        steps.done("theme", window._preferences.switch_theme, lambda: window.settled)
        steps.done("language", lambda: window._preferences.speak("en"), lambda: window.settled)
        for tab in SHOWN:
            show = partial(window.show_tab, tab)
            steps.done(f"panel {tab}", show, lambda: window.settled)
    assert {what for _, what in steps.busy_s} >= {"theme", "language", "panel edits"}


def test_nothing_is_painted_before_all_in_sight_wears_the_theme(window):
    """A part a turn, so that no turn is long, and no picture is half of either theme."""
    window._preferences.switch_theme()
    assert not window.updatesEnabled()
    seen = [part for part in window._parts() if part.isVisible()]
    worn = {seen[0].styleSheet()}
    while not window.updatesEnabled():
        QCoreApplication.processEvents()
    worn |= {part.styleSheet() for part in seen}
    # All of them wear one sheet now, and it isn't the one of before.
    assert len(worn) == 2
    assert len({part.styleSheet() for part in seen}) == 1


def test_origins_circles_cards_and_moves_take_short_steps(window):
    session, canvas = window.session, window.map.canvas
    hands = {
        "origin": partial(window._asker.move_origin, at(300, 200), moving=False),
        "circles": partial(session.change, analyses=(CirclesQuestion("services"),)),
        "card": partial(session.change, selected=Selected("labs", "labs_0")),
        "zoom": partial(canvas.zoom, 0.5),
        "pan": partial(canvas.pan, (200, 100)),
    }
    with watched_steps() as steps:
        for what, hand in hands.items():
            steps.done(what, hand, lambda: window.settled)
    assert session.state.answers.result(CirclesAnswer) is not None


def test_outlines_are_made_with_the_answer_and_none_in_a_paint(window, monkeypatch):
    made_on, make = [], outlines._simplified

    def simplified(*args):
        made_on.append(threading.current_thread())
        return make(*args)

    monkeypatch.setattr(outlines, "_simplified", simplified)
    for look, origin in (("light", at(300, 200)), ("dark", at(-200, 100))):
        window.session.change(theme=look)
        window._asker.move_origin(origin, moving=False)
        window.rest()
        for factor in (1.0, 1.5, 1 / 1.5, 1 / 1.5):
            window.map.canvas.zoom(factor)
            window.map.canvas.complete()
            window.grab()
    assert made_on
    assert threading.main_thread() not in made_on


def busy(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


@pytest.mark.unwatched
def test_a_step_that_is_busy_for_long_fails_and_one_that_sleeps_does_not(qtbot):
    def watch_busy() -> None:
        with watched_steps() as steps:
            steps.done("too much", partial(busy, 0.3), lambda: True)

    with pytest.raises(AssertionError, match=r"ms of processor time in one step: too much"):
        watch_busy()
    with watched_steps() as steps:
        steps.done("asleep", partial(time.sleep, 0.13), lambda: True)
    assert max(steps.gaps_s) >= 0.13


def watch_a_test(qtbot, act) -> Steps:
    """Watch as the fixture of all tests does."""
    with pytest.MonkeyPatch.context() as patch, watched_loops(patch) as steps:
        act()
    return steps


@pytest.mark.unwatched
def test_the_watch_of_all_tests_counts_loops_and_hands_and_not_what_a_test_does(qtbot, atlas):
    session = Session(atlas, small_state(atlas))
    session.listen(lambda _before, _after: busy(0.3))

    def loop() -> None:
        QTimer.singleShot(0, partial(busy, 0.3))
        qtbot.wait(5)

    for act, what in ((loop, "exec"), (lambda: session.change(theme="dark"), "Session.change")):
        with pytest.raises(AssertionError, match=rf"ms of processor time in one step: .*{what}"):
            check(watch_a_test(qtbot, act))
    check(watch_a_test(qtbot, partial(busy, 0.3)))
    check(watch_a_test(qtbot, lambda: QTimer.singleShot(0, partial(time.sleep, 0.13))))


@pytest.mark.unwatched
def test_a_picture_that_a_test_takes_is_no_step(qtbot):
    class Slow(QWidget):
        def paintEvent(self, _event) -> None:
            busy(0.3)

    widget = Slow()
    qtbot.addWidget(widget)

    def take() -> None:
        QTimer.singleShot(0, widget.grab)
        qtbot.wait(5)

    steps = watch_a_test(qtbot, take)
    check(steps)
    assert steps.busy_s
