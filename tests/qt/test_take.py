"""Taking the map along: a code that reads back, a page that comes by it, and nothing else."""

import gzip
import itertools
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from html import escape

import numpy as np
import pytest
import segno
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sandbox.app.kiosk.config import TakeConfig
from sandbox.app.state import MapState
from sandbox.export.page import html
from sandbox.ui.kiosk.take import Take, code, result_text
from sandbox.ui.start import application
from tests.support.atlas import small_atlas
from tests.support.monkey import Monkey
from tests.support.show import small_scenes


@pytest.fixture
def monkey(qtbot: QtBot) -> Iterator[Monkey]:
    application("zh")
    made = Monkey(small_atlas(), small_scenes(), seed=7)
    yield made
    made.close()


def _modules(image: QImage | None) -> list[list[int]]:
    """The code's modules, 1 for dark, its margin left out."""
    assert image is not None
    bits = image.constBits()
    grey = np.frombuffer(bits, np.uint8).reshape(image.height(), image.bytesPerLine())
    return (grey[4::8, 4 : image.width() : 8][4:-4, 4:-4] == 0).astype(int).tolist()


def _expected(text: str) -> list[list[int]]:
    return [[int(dark) for dark in row] for row in segno.make(text, error="m", micro=False).matrix]


def test_without_a_network_the_code_holds_the_result(qtbot: QtBot, monkey: Monkey) -> None:
    take = Take(TakeConfig(), monkey.show, monkey.window, monkey.post)
    monkey.show.do("scene", "press")
    session = monkey.window.session
    qtbot.waitUntil(lambda: session.state.answers.reach_answer is not None or not monkey.jobs.busy)
    QTest.mouseClick(monkey.window, Qt.MouseButton.LeftButton, pos=QPoint(900, 500))
    qtbot.waitUntil(lambda: session.state.answers.reach_answer is not None, timeout=60_000)
    take.ask()
    qtbot.waitUntil(lambda: take.sheet.image is not None)
    answer = session.state.answers.reach_answer
    assert answer is not None
    text = result_text(session.atlas, session.state)
    for minutes, area in zip(answer.isochrone.minutes, answer.isochrone.areas_km2, strict=True):
        assert f"{minutes:g} 分钟 · {area:.1f} 平方公里" in text
    assert _modules(take.sheet.image) == _expected(text)
    take.close()


def test_the_button_shows_a_sheet_and_a_touch_takes_it_away(monkey: Monkey) -> None:
    take = Take(TakeConfig(), monkey.show, monkey.window, monkey.post)
    monkey.window.repaint()
    (button,) = [one for one in monkey.window.targets if one.action == "take"]
    at = (button.box.center() * monkey.window.grid.scale).toPoint()
    QTest.mouseClick(monkey.window, Qt.MouseButton.LeftButton, pos=at)
    sheet = take.sheet
    assert sheet.isVisible()
    before = monkey.show.state
    sheet.grab()
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(900, 980))
    assert not sheet.isVisible()
    assert monkey.show.state == before
    take.close()


def test_the_page_comes_by_the_code_and_nothing_else_does(qtbot: QtBot, monkey: Monkey) -> None:
    config = TakeConfig(port=0, address="http://127.0.0.1:1")
    take = Take(config, monkey.show, monkey.window, monkey.post)
    assert take._web is not None
    take.ask()
    assert take.sheet.isVisible()
    qtbot.waitUntil(lambda: take.sheet.image is not None, timeout=60_000)
    (path,) = [f"/m/{token}" for token in take._handouts._pages]
    assert _modules(take.sheet.image) == _expected(f"http://127.0.0.1:1{path}")
    here = f"http://127.0.0.1:{take._web.port}"
    with urllib.request.urlopen(here + path, timeout=10) as told:  # noqa: S310
        assert told.headers["Content-Encoding"] == "gzip"
        assert len(told.read()) > 10_000
    for other in ("/", "/m/", "/m/../etc/passwd", path + "x"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(here + other, timeout=10)  # noqa: S310
        assert refused.value.code == 404
        refused.value.close()
    take.close()


@pytest.mark.parametrize("text", ["http://10.1.0.5:8080/m/" + "A" * 22, "金凤实验室\n15 min"])
def test_a_code_is_the_librarys_own(qtbot: QtBot, text: str) -> None:
    assert _modules(code(text)) == _expected(text)


def press(monkey: Monkey) -> None:
    """Press the button with a finger."""
    (button,) = [one for one in monkey.window.targets if one.action == "take"]
    at = (button.box.center() * monkey.window.grid.scale).toPoint()
    QTest.touchEvent(monkey.window, monkey.fingers).press(0, at, monkey.window).commit()
    QTest.touchEvent(monkey.window, monkey.fingers).release(0, at, monkey.window).commit()


def delete_what_is_to_be_deleted() -> None:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def tap_the_sheet(take: Take, monkey: Monkey) -> None:
    QTest.touchEvent(take.sheet, monkey.fingers).press(0, QPoint(9, 9), take.sheet).commit()
    QTest.touchEvent(take.sheet, monkey.fingers).release(0, QPoint(9, 9), take.sheet).commit()


ENDS: dict[str, Callable[[Take, Monkey], object]] = {
    "a finger": tap_the_sheet,
    "its time": lambda take, _: take.sheet._timer.timeout.emit(),
    "an ordered scene": lambda _, monkey: monkey.show.do("next"),
    "an ordered black": lambda _, monkey: [monkey.show.do("black", on) for on in ("on", "off")],
    "the loop": lambda _, monkey: monkey.show.change(attract=True),
}


@pytest.mark.parametrize("port", [None, 0], ids=["text", "served"])
def test_the_sheet_comes_at_every_press_whatever_took_it_away(
    qtbot: QtBot, monkey: Monkey, port: int | None
) -> None:
    take = Take(
        TakeConfig(port=port, address="http://127.0.0.1:1"),
        monkey.show, monkey.window, monkey.post,
    )  # fmt: skip
    monkey.window.repaint()
    codes = []
    for end in (*ENDS.values(), *ENDS.values()):
        monkey.show.change(attract=False)
        press(monkey)
        assert take.sheet.isVisible()
        qtbot.waitUntil(lambda: take.sheet.image is not None, timeout=60_000)
        codes.append(_modules(take.sheet.image))
        end(take, monkey)
        assert not take.sheet.isVisible()
        delete_what_is_to_be_deleted()
    assert len(codes) == 2 * len(ENDS)
    # Served pages have addresses that nobody can guess, so no two are alike.
    assert all(a != b for a, b in itertools.pairwise(codes)) or port is None
    take.close()


def test_a_code_waits_for_no_page_and_the_last_press_is_answered(
    qtbot: QtBot, monkey: Monkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page is made when it is fetched, of the map that was on screen at the press."""
    asked: list[str] = []

    def made(_atlas: object, state: MapState) -> str:
        asked.append(state.language)
        return "a page"

    monkeypatch.setattr(html, "page_html", made)
    take = Take(
        TakeConfig(port=0, address="http://127.0.0.1:1"), monkey.show, monkey.window, monkey.post
    )
    monkey.window.repaint()
    press(monkey)
    assert take.sheet.isVisible()
    first = take.sheet.grab().toImage()
    tap_the_sheet(take, monkey)
    monkey.show.do("language", "en")
    press(monkey)
    take.ask()
    assert first != take.sheet.grab().toImage()
    qtbot.waitUntil(lambda: take.sheet.image is not None)
    assert asked == []
    newest = list(take._handouts._pages)[-1]
    assert _modules(take.sheet.image) == _expected(f"http://127.0.0.1:1/m/{newest}")
    monkey.show.do("language", "zh")
    assert _fetched(take, newest) == "a page"
    assert asked == ["en"]
    tap_the_sheet(take, monkey)
    take.close()


def _fetched(take: Take, token: str) -> str:
    assert take._web is not None
    here = f"http://127.0.0.1:{take._web.port}/m/{token}"
    with urllib.request.urlopen(here, timeout=10) as told:
        return gzip.decompress(told.read()).decode()


def test_whoever_comes_for_a_page_that_fails_gets_the_result(
    qtbot: QtBot, monkey: Monkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_atlas: object, _state: object) -> str:
        raise KeyError("a bug")

    monkeypatch.setattr(html, "page_html", fail)
    take = Take(
        TakeConfig(port=0, address="http://127.0.0.1:1"), monkey.show, monkey.window, monkey.post
    )
    monkey.window.repaint()
    press(monkey)
    qtbot.waitUntil(lambda: take.sheet.image is not None)
    (token,) = take._handouts._pages
    text = result_text(monkey.window.session.atlas, monkey.window.session.state)
    assert escape(text) in _fetched(take, token)
    take.close()


def test_the_code_stands_beside_a_visitors_answer_and_beside_no_other(
    qtbot: QtBot, monkey: Monkey, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = Take(TakeConfig(), monkey.show, monkey.window, monkey.post)
    monkey.show.do("scene", "press")
    visitor, session = monkey.window.visitor, monkey.window.session
    QTest.mouseClick(monkey.window, Qt.MouseButton.LeftButton, pos=QPoint(900, 500))
    qtbot.waitUntil(lambda: visitor.code() is not None, timeout=60_000)
    text = result_text(session.atlas, session.state)
    assert _modules(visitor.code()) == _expected(text)
    monkey.show.do("language", "en")
    assert visitor.code() is None
    qtbot.waitUntil(lambda: visitor.code() is not None)
    assert _modules(visitor.code()) == _expected(result_text(session.atlas, session.state))
    # What a scene asks by itself has none.
    monkeypatch.setattr(
        monkey.director, "own_question", lambda: session.state.answers.reach_answer.question
    )
    monkey.show.do("language", "zh")
    assert (visitor.said(), visitor.code()) == (None, None)
    take.close()


def test_the_sheet_stays_as_large_as_the_window(monkey: Monkey) -> None:
    take = Take(TakeConfig(), monkey.show, monkey.window, monkey.post)
    take.ask()
    monkey.window.resize(1280, 720)
    QApplication.processEvents()
    assert take.sheet.size() == monkey.window.size()
    take.close()
