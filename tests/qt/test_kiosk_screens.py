"""The kiosk's screens as they come, go and change, and the guide's console beside them."""

from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage, QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from sandbox.app.jobs import Jobs
from sandbox.app.kiosk.config import KioskConfig
from sandbox.app.settings import Settings
from sandbox.catalog.scenes import Scene
from sandbox.ui.kiosk import run
from sandbox.ui.kiosk.guide import GuideWindow, Preview
from sandbox.ui.kiosk.run import Kiosk, Opened
from sandbox.ui.post import Post
from sandbox.ui.start import Start, application
from tests.support.atlas import small_atlas
from tests.support.show import break_scene, small_scenes


class Hall:
    """A kiosk on screens that are made up: windows are put where these say."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, config: KioskConfig) -> None:
        application("zh")
        notes = [{"zh": "讲稿", "en": f"Say this of {one.id}."} for one in small_scenes()]
        scenes = [
            Scene.model_validate({**one.model_dump(exclude_none=True), "notes": note})
            for one, note in zip(small_scenes(), notes, strict=True)
        ]
        self.screens: list[SimpleNamespace] = []
        real = run._running()
        self.running = SimpleNamespace(
            screens=lambda: self.screens,
            screenAdded=real.screenAdded,
            screenRemoved=real.screenRemoved,
        )
        monkeypatch.setattr(run, "_running", lambda: self.running)
        # Without a display a full screen is always that one of 800 by 800.
        monkeypatch.setattr(run, "_fill", put)
        self.post = Post()
        self.jobs = Jobs(self.post)
        start = Start(Settings(), "zh")
        opened = Opened(small_atlas(), scenes, [])
        self.kiosk = Kiosk(opened, start, config, self.jobs, self.post)

    def plug(self, *screens: QRect) -> None:
        """Have these screens from now on, and say so as the system does."""
        signal = SimpleNamespace(connect=lambda _call: None)
        self.screens[:] = [
            SimpleNamespace(geometry=lambda place=place: place, geometryChanged=signal)
            for place in screens
        ]
        self.running.screenRemoved.emit(QGuiApplication.primaryScreen())
        QApplication.processEvents()

    @property
    def guide(self) -> GuideWindow:
        (found,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, GuideWindow)]
        return found

    def close(self) -> None:
        self.kiosk.close()
        self.jobs.close()
        self.post.close()
        self.kiosk.window.deleteLater()
        for one in QApplication.topLevelWidgets():
            if isinstance(one, GuideWindow):
                one.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def put(window: QWidget, screen: QScreen) -> None:
    window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    window.setGeometry(screen.geometry())
    window.show()


MAIN = QRect(0, 0, 1920, 1080)
BESIDE = QRect(1920, 0, 1280, 720)


@pytest.fixture(params=[False])
def hall(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Hall]:
    config = KioskConfig(guide_screen=1, screen=0, motion=request.param)
    made = Hall(monkeypatch, config)
    made.plug(MAIN, BESIDE)
    made.kiosk.open()
    yield made
    made.close()


# Screens.


def test_each_window_has_its_own_screen(hall: Hall) -> None:
    assert hall.kiosk.window.geometry() == MAIN
    assert hall.guide.geometry() == BESIDE
    assert hall.guide.isVisible()
    assert hall.kiosk.window.cursor().shape() == Qt.CursorShape.BlankCursor


def test_the_guides_screen_unplugged_and_plugged_in_again(hall: Hall) -> None:
    hall.plug(MAIN)
    # Nothing of the guide's shows on the visitors' screen.
    assert not hall.guide.isVisible()
    assert hall.kiosk.window.geometry() == MAIN
    hall.plug(MAIN, BESIDE)
    assert hall.guide.isVisible()
    assert hall.guide.geometry() == BESIDE


def test_the_main_screen_unplugged_leaves_the_show_on_the_other(hall: Hall) -> None:
    hall.kiosk.show.do("scene", "press")
    hall.plug(BESIDE)
    assert hall.kiosk.window.geometry() == BESIDE
    assert not hall.guide.isVisible()
    hall.plug(MAIN, BESIDE)
    assert (hall.kiosk.window.geometry(), hall.guide.geometry()) == (MAIN, BESIDE)
    assert hall.kiosk.show.state.scene == "press"


def test_without_any_screen_it_waits_for_one(hall: Hall) -> None:
    hall.plug()
    assert hall.kiosk.show.state.notes == ()
    hall.plug(QRect(0, 0, 1080, 1920), BESIDE)
    assert hall.kiosk.window.geometry().size() == QRect(0, 0, 1080, 1920).size()
    assert hall.kiosk.window.grid.shape == "portrait"


@pytest.mark.parametrize(
    ("size", "shape", "scale"),
    [
        ((1080, 1920), "portrait", 1.0),
        ((1920, 1080), "landscape", 1.0),
        ((3840, 2160), "landscape", 2.0),
        # As high as 65 inches of diagonal leave it, its letters are too small by 1.48; everything
        # grows by the 1.2 that it may.
        ((7680, 2160), "wall", 2.4),
    ],
)
def test_another_screen_is_laid_out_anew_on_the_same_ground(
    hall: Hall, size: tuple[int, int], shape: str, scale: float
) -> None:
    window = hall.kiosk.window
    center = window.session.state.document.view.center_lonlat
    hall.plug(QRect(0, 0, *size), BESIDE)
    assert (window.grid.shape, window.grid.scale) == (shape, scale)
    # The scene's place stays where the layout has its focus.
    focus = window.grid.focus.center()
    x, y = window._viewport().px_of_lonlat(center)
    assert abs(x - focus.x()) < window.grid.width / 4
    assert abs(y - focus.y()) < window.grid.height / 4


def test_another_scaling_of_the_display_paints_all_anew(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = hall.kiosk.window
    window.repaint()
    assert {piece.image.devicePixelRatio() for piece in window._face._pieces._shown.values()} == {
        1.0
    }
    monkeypatch.setattr(window, "devicePixelRatioF", lambda: 2.0)
    QApplication.sendEvent(window, QEvent(QEvent.Type.DevicePixelRatioChange))
    window.repaint()
    assert {piece.image.devicePixelRatio() for piece in window._face._pieces._shown.values()} == {
        2.0
    }


@pytest.mark.parametrize("hall", [True], indirect=True)
def test_a_night_asleep_only_begins_the_loop(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    director = hall.kiosk.director
    hall.kiosk.show.do("scene", "press")
    began = director._now_s()
    monkeypatch.setattr(director, "_now_s", lambda: began + 9 * 3600.0)
    director.tick()
    assert hall.kiosk.show.state.attract
    assert hall.kiosk.window.session.state.document.view == director._begun
    # Awake again: the same clock, so many seconds on.
    monkeypatch.setattr(director, "_now_s", lambda: began + 9 * 3600.0 + 5.0)
    director.tick()
    moved = hall.kiosk.window._viewport().px_of_lonlat(director._begun.center_lonlat)
    middle = QPointF(hall.kiosk.window.grid.width / 2, hall.kiosk.window.grid.height / 2)
    assert (QPointF(*moved) - middle).manhattanLength() < 60


# The guide's console.


def button(hall: Hall, text: str) -> QPushButton:
    (found,) = [one for one in hall.guide.findChildren(QPushButton) if text in one.text()]
    return found


def click(hall: Hall, text: str) -> None:
    QTest.mouseClick(button(hall, text), Qt.MouseButton.LeftButton)


def painted(hall: Hall) -> np.ndarray:
    image = hall.kiosk.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(image.constBits(), np.uint8)
    return raw.reshape(image.height(), image.width(), 4)[..., 2::-1].copy()


def test_the_guide_goes_on_and_back_and_chooses_scenes(hall: Hall) -> None:
    show = hall.kiosk.show
    click(hall, "下一个")
    assert show.state.scene == "press"
    click(hall, "上一个")
    assert show.state.scene == "one"
    click(hall, "3  ")
    assert show.state.scene == "steps"
    assert button(hall, "3  ").isChecked()
    assert not button(hall, "1  ").isChecked()


def test_the_guide_reads_which_scene_comes_next_and_how_long_this_one_has_been_on(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide, show = hall.guide, hall.kiosk.show
    show.do("language", "en")
    show.do("scene", "press")
    assert guide._next.text() == "Next: steps"
    show.do("scene", "steps")
    # The last is followed by the first.
    assert guide._next.text() == f"Next: {show.scenes[0].title.en}"
    monkeypatch.setattr(guide, "_since_s", guide._since_s - 75.0)
    guide._tick()
    assert guide._shown.text() == "1:15"
    show.do("next")
    assert guide._shown.text() == "0:00"


def test_the_guide_makes_the_picture_black_and_freezes_it(hall: Hall) -> None:
    show = hall.kiosk.show
    click(hall, "黑屏")
    assert (show.state.black, button(hall, "黑屏").isChecked()) == (True, True)
    assert painted(hall).max() == 0
    click(hall, "黑屏")
    assert painted(hall).max() > 200
    click(hall, "定格")
    assert show.state.frozen
    # A visitor's finger finds nothing to press; the guide goes on.
    QTest.mouseClick(hall.kiosk.window, Qt.MouseButton.LeftButton, pos=QPoint(1770, 86))
    assert show.state.language == "zh"
    click(hall, "下一个")
    assert show.state.scene == "press"


def test_the_guide_points_on_the_main_picture(hall: Hall) -> None:
    click(hall, "下一个")
    (preview,) = hall.guide.findChildren(Preview)
    preview.refresh()
    place = preview._place()
    before = painted(hall)
    at = QPoint(round(place.left() + place.width() * 0.25), round(place.top() + place.height() / 2))
    QTest.mouseMove(preview, at)
    assert hall.kiosk.show.state.pointer == pytest.approx((0.25, 0.5), abs=0.01)
    hall.kiosk.window.complete()
    gold = painted(hall)[535:545, 475:485].mean((0, 1))
    assert np.abs(gold - (0xF5, 0xC7, 0x6B)).max() < 30
    assert np.abs(before[535:545, 475:485].mean((0, 1)) - gold).max() > 60
    QApplication.sendEvent(preview, QEvent(QEvent.Type.Leave))
    assert hall.kiosk.show.state.pointer is None


def test_the_guide_reads_notes_that_visitors_never_see(hall: Hall) -> None:
    click(hall, "English")
    click(hall, "3  ")
    assert "Say this of steps." in hall.guide._notes.text()
    hall.kiosk.window.complete()
    before = painted(hall)
    hall.kiosk.show.note("layers/labs is broken")
    assert "layers/labs is broken" in hall.guide._faults.text()
    hall.kiosk.window.complete()
    assert np.array_equal(painted(hall), before)


def test_the_guide_chooses_who_leads(hall: Hall) -> None:
    show = hall.kiosk.show
    for words, mode in (("讲解", "guided"), ("自动", "automatic"), ("触摸", "touch")):
        click(hall, words)
        assert show.state.mode == mode
        assert button(hall, words).isChecked()
    click(hall, "自动")
    assert show.state.attract


def test_a_broken_scene_is_skipped_noted_and_logged(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    break_scene(monkeypatch, "press")
    click(hall, "下一个")
    assert hall.kiosk.show.state.scene == "steps"
    assert len(hall.guide._scenes) == 2
    assert "deleted" in hall.guide._faults.text()
    assert any("scene press" in record.getMessage() for record in caplog.records)
    assert hall.kiosk.window.isVisible()


def test_the_clock_goes(hall: Hall) -> None:
    hall.guide._tick()
    hours, minutes, seconds = hall.guide._clock.text().split(":")
    assert 0 <= int(hours) < 24
    assert 0 <= int(minutes) < 60
    assert 0 <= int(seconds) < 60
