"""A visitor finds the own home by the keyboard on the screen, compares two, and leaves no trace."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sandbox.app.jobs import Jobs
from sandbox.app.kiosk.usage import Usage
from sandbox.app.questions import Selected
from sandbox.ui.kiosk.layout import grid
from sandbox.ui.remote.attachments import Figures
from sandbox.ui.start import application
from sandbox.ui.visitor import finder as finding
from sandbox.ui.visitor.keyboard import keyboard_box
from tests.support.atlas import small_atlas
from tests.support.monkey import Monkey
from tests.support.show import small_scenes


@pytest.fixture
def monkey(qtbot: QtBot) -> Iterator[Monkey]:
    application("zh")
    made = Monkey(small_atlas(), small_scenes(), seed=7)
    made.show.do("scene", "press")
    made.window.repaint()
    yield made
    made.close()


def tap(monkey: Monkey, action: str, argument: str = "") -> None:
    monkey.window.repaint()
    (found,) = [
        one
        for one in monkey.window.targets
        if one.action == action and argument in ("", one.argument)
    ]
    at = (found.box.center() * monkey.window.grid.scale).toPoint()
    QTest.mouseClick(monkey.window, Qt.MouseButton.LeftButton, pos=at)


def write(qtbot: QtBot, monkey: Monkey, letters: str) -> None:
    """Open the keyboard and type."""
    tap(monkey, "find")
    finder = monkey.window._face.finder
    qtbot.waitUntil(lambda: not finder.reads, timeout=60_000)
    for letter in letters:
        tap(monkey, "letter", letter)
    assert finder.typed == letters


def names(monkey: Monkey) -> list[str]:
    return [one.name_zh for one in monkey.window._face.finder.found]


@pytest.mark.parametrize("typed", ["wutong", "wtrc", "talent"])
def test_a_home_is_found_by_pinyin_initials_and_english_and_asked_from(qtbot, monkey, typed):
    write(qtbot, monkey, typed)
    assert names(monkey)[:1] == ["梧桐人才社区"]
    tap(monkey, "found", "0")
    session = monkey.window.session
    asked = session.state.document.reach
    assert asked.place == Selected("housing", "housing_0")
    qtbot.waitUntil(lambda: monkey.window.visitor.said() is not None, timeout=60_000)
    assert monkey.window.visitor.said().place.first == "梧桐人才社区"
    # It is seen clear of panels.
    lon, lat = asked.origin_lonlat
    x, y = monkey.window._viewport().px_of_lonlat((lon, lat))
    assert monkey.window.grid.focus.contains(x, y)


def test_two_homes_are_compared_and_both_are_seen(qtbot, monkey):
    write(qtbot, monkey, "wutong")
    tap(monkey, "found", "0")
    visitor, session = monkey.window.visitor, monkey.window.session
    qtbot.waitUntil(lambda: visitor.said() is not None, timeout=60_000)
    write(qtbot, monkey, "shu")
    tap(monkey, "letter", "two")
    assert names(monkey) == ["数学中心"]
    tap(monkey, "found", "0")
    assert session.state.document.against.kind == "place"
    qtbot.waitUntil(lambda: session.state.answers.against_answer is not None, timeout=60_000)
    qtbot.waitUntil(lambda: visitor.said() is not None and "甲" in visitor.said().words.first)
    viewport, focus = monkey.window._viewport(), monkey.window.grid.focus
    for layer, number in (("housing", 0), ("labs", 1)):
        shape = session.atlas.layers[layer].features.geometry.iloc[number].centroid
        assert focus.contains(*viewport.px_of_lonlat((shape.x, shape.y)))


def test_what_was_typed_goes_with_the_visitor(qtbot, monkey, tmp_path: Path, caplog):
    file = tmp_path / "usage.json"
    usage = Usage(file)
    figures = Figures(monkey.show, monkey.window, usage, Jobs(monkey.post, workers=1))
    write(qtbot, monkey, "wutong")
    tap(monkey, "found", "0")
    qtbot.waitUntil(lambda: monkey.window.visitor.said() is not None, timeout=60_000)
    tap(monkey, "language", "en")
    tap(monkey, "find")
    tap(monkey, "letter", "w")
    monkey.clock.now_s += 91.0
    monkey.director.tick()
    finder, state = monkey.window._face.finder, monkey.window.session.state
    assert monkey.show.state.attract
    assert (finder.open_, finder.typed, finder.found) == (False, "", ())
    assert monkey.show.state.language == "zh"
    assert monkey.window.visitor.said() is None
    assert state.document.reach == monkey.director.own_question()
    figures.close()
    written = file.read_text("utf-8") + caplog.text
    assert "language en" in written
    assert not any(word in written.lower() for word in ("wutong", "梧桐", "housing"))


def test_a_keyboard_that_is_left_alone_goes(monkey, monkeypatch):
    tap(monkey, "find")
    finder = monkey.window._face.finder
    assert finder.open_
    monkeypatch.setattr(finding, "OPEN_S", -1.0)
    monkey.window._tick()
    assert not finder.open_


def test_a_touch_beside_the_keyboard_closes_it_and_asks_nothing(monkey):
    asked = monkey.window.session.state.document.reach
    tap(monkey, "find")
    QTest.mouseClick(monkey.window, Qt.MouseButton.LeftButton, pos=QPoint(200, 400))
    assert not monkey.window._face.finder.open_
    assert monkey.window.session.state.document.reach == asked


def test_the_keyboard_is_offered_only_where_the_map_answers(monkey):
    monkey.show.do("scene", "one")
    monkey.window.repaint()
    assert not [one for one in monkey.window.targets if one.action == "find"]


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (7680, 2160), (1024, 768)])
def test_keys_are_large_enough_for_fingers_and_on_the_screen(monkey, size):
    monkey.window.resize(*size)
    tap(monkey, "find")
    monkey.window.repaint()
    laid = grid(*size, len(monkey.show.state.scenes))
    box = keyboard_box(laid)
    assert box.left() >= 0
    assert box.bottom() <= laid.height
    keys = [one.box for one in monkey.window.targets]
    assert len(keys) == 10 + 26 + 4
    assert all(box.contains(key) for key in keys)
    assert min(min(key.width(), key.height()) for key in keys) >= 72
    assert not any(a.intersects(b) for a in keys for b in keys if a is not b)
