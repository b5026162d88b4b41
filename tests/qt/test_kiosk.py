"""The kiosk's window under hands: what they may do, what they may not, and a monkey."""

from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sandbox.app import answering
from sandbox.app.answers import compare
from sandbox.app.changes import changed
from sandbox.catalog.scenes import Scene
from sandbox.geo import crs as geo
from sandbox.ui.kiosk.cards.card import PAD
from sandbox.ui.start import application
from tests.support.atlas import at, small_atlas
from tests.support.monkey import Monkey
from tests.support.show import break_scene, small_scenes


@pytest.fixture
def monkey(qtbot: QtBot) -> Iterator[Monkey]:
    application("zh")
    made = Monkey(small_atlas(), small_scenes(), seed=7)
    yield made
    made.close()


def _tap(monkey: Monkey, x: int, y: int) -> None:
    QTest.mouseClick(monkey.window, Qt.MouseButton.LeftButton, pos=QPoint(x, y))


def _target(monkey: Monkey, action: str, argument: str = "") -> QPoint:
    monkey.window.repaint()
    (found,) = [
        one
        for one in monkey.window.targets
        if one.action == action and argument in ("", one.argument)
    ]
    return (found.box.center() * monkey.window.grid.scale).toPoint()


def test_a_button_shows_its_scene_and_one_touch_changes_the_language(monkey: Monkey) -> None:
    at_button = _target(monkey, "scene", "press")
    _tap(monkey, at_button.x(), at_button.y())
    assert monkey.show.state.scene == "press"
    at_button = _target(monkey, "language", "en")
    _tap(monkey, at_button.x(), at_button.y())
    assert monkey.show.state.language == "en"


def test_pressing_the_map_asks_from_there(qtbot: QtBot, monkey: Monkey) -> None:
    monkey.show.do("scene", "press")
    monkey.window.repaint()
    _tap(monkey, 900, 500)
    session = monkey.director._session
    qtbot.waitUntil(lambda: session.state.answers.reach_answer is not None, timeout=60_000)
    asked = session.state.document.reach
    assert asked is not None
    assert asked.origin_lonlat == pytest.approx(at(0, 0), abs=0.02)
    assert session.state.answers.reach_answer.question.origin_lonlat == asked.origin_lonlat


def test_after_a_pause_the_loop_begins_and_the_first_touch_enters_there(monkey: Monkey) -> None:
    monkey.show.do("scene", "press")
    monkey.show.do("language", "en")
    monkey.clock.now_s += 91.0
    monkey.director.tick()
    assert monkey.show.state.attract
    assert monkey.show.state.language == "zh"
    monkey.clock.now_s += 20.0
    monkey.director.tick()
    shown = monkey.show.state.scene
    assert shown != "press"
    _tap(monkey, 900, 500)
    assert not monkey.show.state.attract
    assert monkey.show.state.scene == shown


def test_there_is_no_way_out_without_the_pin(monkey: Monkey) -> None:
    monkey.window.close()
    assert monkey.window.isVisible()
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F4, Qt.Key.Key_Q):
        QTest.keyClick(monkey.window, key, Qt.KeyboardModifier.AltModifier)
    before = monkey.show.state
    QTest.mouseClick(monkey.window, Qt.MouseButton.RightButton, pos=QPoint(500, 500))
    assert monkey.show.state == before
    assert monkey.window.isVisible()


def test_a_scene_that_breaks_is_left_out_and_noted(
    monkey: Monkey, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    break_scene(monkeypatch, "press")
    monkey.show.do("scene", "press")
    assert monkey.show.state.scenes == ("one", "steps")
    assert monkey.show.state.scene == "steps"
    assert "deleted" in monkey.show.state.notes[-1]


def test_a_monkey_finds_no_way_to_break_it(monkey: Monkey) -> None:
    """What is raised in an event fails a test here by itself; the benchmark plays for longer."""
    report = monkey.play(150, every=50)
    assert sum(report.done.values()) == 150
    assert len(report.done) == 8
    assert report.left == 0
    assert monkey.window.isVisible()
    assert monkey.show.state.scenes == ("one", "press", "steps")
    assert monkey.show.state.notes == ()
    assert len(report.painted_ms) > 50
    QApplication.processEvents()


def _fingers(monkey: Monkey, step: str, *points: QPoint) -> None:
    sequence = QTest.touchEvent(monkey.window, monkey.fingers)
    for number, point in enumerate(points):
        getattr(sequence, step)(number, point, monkey.window)
    sequence.commit()


def test_two_fingers_compare_two_places_until_one_presses_alone(
    qtbot: QtBot, monkey: Monkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkey.show.do("scene", "press")
    monkey.window.repaint()
    session = monkey.window.session
    one, other = QPoint(800, 480), QPoint(1050, 560)
    _fingers(monkey, "press", one, other)
    _fingers(monkey, "move", one + QPoint(8, 0), other + QPoint(8, 0))
    _fingers(monkey, "release", one + QPoint(8, 0), other + QPoint(8, 0))
    qtbot.waitUntil(lambda: compare.shown(session.state) is not None, timeout=60_000)
    found = session.state.answers.against_answer
    beside = compare.lonlat_beside(session.state.document.against)
    assert beside == found.plan.origin_lonlat
    # 250 px apart on the screen, at the scale the map shows.
    (ax, ay), (bx, by) = (
        geo.to_metric(lonlat, session.atlas.crs)
        for lonlat in (found.question.origin_lonlat, beside)
    )
    m_per_px = session.state.document.view.m_per_px
    assert (bx - ax, ay - by) == pytest.approx((250 * m_per_px, 80 * m_per_px), rel=1e-3)
    # A comparison is kept where the scene itself asks it. Any other is never asked again.
    director, state = monkey.director, session.state
    monkeypatch.setattr(director, "own_question", lambda: found.question)
    director._map_changed(changed(state, against_answer=None), state)
    assert not director._kept_against
    asked = state.document.against
    monkeypatch.setattr("sandbox.ui.kiosk.director.scenes.against_of", lambda *_: asked)
    director._map_changed(changed(state, against_answer=None), state)
    assert list(director._kept_against) == [(asked, found.question)]
    _tap(monkey, 900, 500)
    assert session.state.document.against is None


def test_a_finger_that_stays_behind_changes_nothing(qtbot: QtBot, monkey: Monkey) -> None:
    monkey.show.do("scene", "press")
    monkey.window.repaint()
    session = monkey.window.session
    one, other = QPoint(800, 480), QPoint(1050, 560)
    _fingers(monkey, "press", one, other)
    asked = session.state.document.reach, session.state.document.against
    touch = QTest.touchEvent(monkey.window, monkey.fingers)
    touch.stationary(0).release(1, other, monkey.window).commit()
    _fingers(monkey, "move", one + QPoint(120, 40))
    assert (session.state.document.reach, session.state.document.against) == asked
    _fingers(monkey, "release", one + QPoint(120, 40))
    assert (session.state.document.reach, session.state.document.against) == asked


def test_a_step_that_was_seen_comes_at_once(qtbot: QtBot, monkey: Monkey) -> None:
    """Its answer is kept, so that going back to it needs no search."""
    told = monkey.show.scene.model_dump()
    reach = {"mode": "walk", "minutes": (5, 10), "place": "labs/labs_0"}
    steps = [
        {"id": name, "tile": {"zh": name, "en": name}, "reach": {**reach, "minutes": minutes}}
        for name, minutes in (("near", (5, 10)), ("far", (10, 15)))
    ]
    scene = Scene.model_validate({**told, "id": "stages", "stages": steps})
    monkey.show._scenes["stages"] = scene
    monkey.show.change(scenes=(*monkey.show.state.scenes, "stages"))
    session = monkey.window.session
    monkey.show.do("scene", "stages")
    qtbot.waitUntil(lambda: session.state.answers.reach_answer is not None, timeout=60_000)
    near = session.state.answers.reach_answer
    monkey.show.do("stage", "2")
    qtbot.waitUntil(lambda: session.state.answers.reach_answer is not None, timeout=60_000)
    assert session.state.answers.reach_answer.question.minutes == (10.0, 15.0)
    monkey.show.do("stage", "1")
    assert session.state.answers.reach_answer is near
    assert not monkey.jobs.waits("reach")


def test_an_older_answer_is_pale_on_map_and_card_until_the_new_one_is_there(
    qtbot: QtBot, monkey: Monkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkey.show.do("scene", "press")
    monkey.window.repaint()
    _tap(monkey, 900, 500)
    session = monkey.window.session
    qtbot.waitUntil(lambda: session.state.answers.reach_answer is not None, timeout=60_000)
    older = session.state.answers.reach_answer
    monkey.window.complete()

    def places() -> list[Any]:
        found = [one for one in monkey.window.targets if one.action in ("mode", "minutes")]
        return [one.box for one in found]

    def settled() -> bool:
        before = places()
        qtbot.wait(200)
        monkey.window.complete()
        return bool(before) and places() == before

    qtbot.waitUntil(settled, timeout=60_000)
    buttons, seen = places(), _strength(monkey)
    let, work = Event(), answering.answer

    def waiting(*asked: Any, **given: Any) -> Any:
        let.wait(30)
        return work(*asked, **given)

    monkeypatch.setattr(answering, "answer", waiting)
    try:
        asked = _target(monkey, "minutes", "30")
        _tap(monkey, asked.x(), asked.y())
        qtbot.waitUntil(lambda: session.state.answers.outdated, timeout=60_000)
        assert session.state.answers.reach_answer is older
        map_now, card_now = _strength(monkey)
        assert map_now < 0.7 * seen[0]
        assert card_now < 0.7 * seen[1]
        # The figures keep their place, and so does what a finger presses next.
        assert places() == buttons
    finally:
        let.set()
    qtbot.waitUntil(lambda: session.state.answers.reach_answer is not older, timeout=60_000)
    assert session.state.answers.reach_answer.question.minutes == (10.0, 20.0, 30.0)
    assert not session.state.answers.outdated
    assert _strength(monkey)[1] > 0.9 * seen[1]


def _strength(monkey: Monkey) -> tuple[float, float]:
    """Return how strongly the map beside the pin and the card's figures are painted."""
    window = monkey.window
    image = window.grab().toImage()
    x, y = window._viewport().px_of_lonlat(window.session.state.document.reach.origin_lonlat)
    shade = image.pixelColor(QPoint(int(x) + 34, int(y) + 24))
    rgb = shade.red(), shade.green(), shade.blue()
    card = window.grid.card
    figures = QRectF(card.left() + PAD, card.top() + PAD + 80, card.width() - 2 * PAD, 60)
    cut = image.copy((QRectF(figures.topLeft(), figures.size())).toRect())
    bright = max(
        cut.pixelColor(i, j).lightness()
        for i in range(0, cut.width(), 2)
        for j in range(0, cut.height(), 2)
    )
    return max(rgb) - min(rgb), float(bright)


def test_a_big_button_asks_by_another_mode_and_other_minutes(qtbot: QtBot, monkey: Monkey) -> None:
    monkey.show.do("scene", "press")
    _tap(monkey, 900, 500)
    session = monkey.window.session
    qtbot.waitUntil(lambda: session.state.answers.reach_answer is not None, timeout=60_000)
    at_button = _target(monkey, "minutes", "30")
    _tap(monkey, at_button.x(), at_button.y())
    assert session.state.document.reach.minutes == (10.0, 20.0, 30.0)
    for target in monkey.window.targets:
        if target.action in ("mode", "minutes"):
            assert min(target.box.width(), target.box.height()) >= 72
