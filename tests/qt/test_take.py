"""Taking the map along: a code that reads back, a page that comes by it, and nothing else."""

import urllib.error
import urllib.request
from collections.abc import Iterator

import numpy as np
import pytest
import segno
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sandbox.app.kiosk_config import TakeConfig
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


def _modules(image: QImage) -> list[list[int]]:
    """The code's modules, 1 for dark, its margin left out."""
    bits = image.constBits()
    grey = np.frombuffer(bits, np.uint8).reshape(image.height(), image.bytesPerLine())
    return (grey[4::8, 4 : image.width() : 8][4:-4, 4:-4] == 0).astype(int).tolist()


def _expected(text: str) -> list[list[int]]:
    return [[int(dark) for dark in row] for row in segno.make(text, error="m", micro=False).matrix]


def test_without_a_network_the_code_holds_the_result(qtbot: QtBot, monkey: Monkey) -> None:
    take = Take(TakeConfig(), monkey.window, monkey.post)
    monkey.show.do("scene", "press")
    session = monkey.window.session
    qtbot.waitUntil(lambda: session.state.reach_answer is not None or not monkey.jobs.busy)
    QTest.mouseClick(monkey.window, Qt.MouseButton.LeftButton, pos=QPoint(900, 500))
    qtbot.waitUntil(lambda: session.state.reach_answer is not None, timeout=60_000)
    take.ask()
    assert take.sheet is not None
    answer = session.state.reach_answer
    assert answer is not None
    text = result_text(session.atlas, session.state)
    for minutes, area in zip(answer.isochrone.minutes, answer.isochrone.areas_km2, strict=True):
        assert f"{minutes:g} 分 · {area:.1f} km²" in text
    assert _modules(take.sheet.image) == _expected(text)
    take.close()


def test_the_button_shows_a_sheet_and_a_touch_takes_it_away(monkey: Monkey) -> None:
    take = Take(TakeConfig(), monkey.window, monkey.post)
    monkey.window.repaint()
    (button,) = [one for one in monkey.window.targets if one.action == "take"]
    at = (button.box.center() * monkey.window.grid.scale).toPoint()
    QTest.mouseClick(monkey.window, Qt.MouseButton.LeftButton, pos=at)
    sheet = take.sheet
    assert sheet is not None
    assert sheet.isVisible()
    before = monkey.show.state
    sheet.grab()
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(900, 980))
    assert not sheet.isVisible()
    assert monkey.show.state == before
    take.close()


def test_the_page_comes_by_the_code_and_nothing_else_does(qtbot: QtBot, monkey: Monkey) -> None:
    config = TakeConfig(port=0, address="http://127.0.0.1:1")
    take = Take(config, monkey.window, monkey.post)
    assert take._web is not None
    take.ask()
    qtbot.waitUntil(lambda: take.sheet is not None, timeout=60_000)
    (path,) = [f"/m/{token}" for token in take._handouts._pages]
    assert take.sheet is not None
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
