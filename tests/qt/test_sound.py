"""Narration follows the show: what is heard, and what is read below it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sandbox.app.kiosk.config import KioskConfig
from sandbox.app.kiosk.show import Show
from sandbox.app.narration.film import film_narration
from sandbox.catalog.narration import Line, Narration
from sandbox.catalog.scenes import Film
from sandbox.ui.kiosk.sound import Narrator
from sandbox.ui.kiosk.subjects.glow import PULSE_S
from sandbox.ui.narration.chimes import Chimes
from sandbox.ui.post import Post
from sandbox.ui.remote.attachments import attachments
from tests.support.atlas import small_atlas
from tests.support.monkey import Monkey
from tests.support.show import scene, show, small_scenes

TOLD = {
    ("city", "zh"): Narration(Path("city.mp3"), (Line(0.0, 2.0, "两山"), Line(2.0, 4.0, "一城"))),
    ("parks", "zh"): Narration(None, (Line(0.0, 5.0, "湖"),)),
}


class Heard:
    """Notes what a speaker is told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def play(self, file: Path) -> None:
        self.told.append(file.name)

    def pause(self, paused: bool) -> None:
        self.told.append(paused)

    def stop(self) -> None:
        self.told.append("stop")

    def loud(self, volume: int) -> None:
        self.told.append(volume)


class Told:
    """A show with its narrator, a clock that a test makes pass, and the line that is read."""

    def __init__(self, speaker: Heard | None) -> None:
        self.now_s, self.read = 0.0, ""
        self.show: Show = show()
        self.narrator = Narrator(self.show, TOLD, speaker, self._read, lambda: self.now_s)

    def _read(self, text: str) -> None:
        self.read = text

    def after(self, seconds: float) -> str:
        self.now_s += seconds
        self.narrator.look()
        return self.read


def test_the_speaker_follows_scene_volume_black_and_freeze(qtbot: QtBot) -> None:
    heard = Heard()
    told = Told(heard)
    told.show.do("volume", "40")
    told.show.do("black", "on")
    told.show.do("black", "off")
    told.show.do("scene", "parks")
    told.narrator.close()
    told.show.do("scene", "city")
    assert heard.told == [70, "city.mp3", False, 40, True, False, "stop", "stop"]


@pytest.mark.parametrize("speaker", [None, Heard()])
def test_lines_are_read_with_and_without_sound(qtbot: QtBot, speaker: Heard | None) -> None:
    told = Told(speaker)
    assert told.read == "两山"
    assert told.after(1.9) == "两山"
    told.show.do("freeze", "on")
    assert told.after(60.0) == "两山"
    told.show.do("freeze", "off")
    assert told.after(0.2) == "一城"
    assert told.after(2.0) == ""
    told.show.do("scene", "parks")
    assert told.read == "湖"
    told.show.do("language", "en")
    assert told.read == ""
    told.narrator.close()


def test_a_scenes_subtitles_stand_in_the_window_and_broken_ones_are_noted(
    qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "a.vtt").write_text("WEBVTT\n\n00:00.000 --> 59:00.000\n湖边的早晨\n", "utf-8")
    (tmp_path / "b.srt").write_text("nonsense", "utf-8")
    first, second, third = small_scenes()
    scenes = [
        first.model_copy(update={"narration": "a.mp3"}),
        second.model_copy(update={"narration": "b.mp3"}), third,
    ]  # fmt: skip
    monkey, post = Monkey(small_atlas(), scenes, seed=1), Post()
    config = KioskConfig(scenes_folder=str(tmp_path), usage=False)
    ends = [one(monkey.show, monkey.window, post) for one in attachments(config, safe=True)]
    monkey.window.complete()
    monkey.window.grab()
    assert monkey.window._face.subtitle == "湖边的早晨"
    assert "subtitle" in monkey.window._face._pieces
    assert "caption" not in monkey.window._face._pieces
    assert any("The subtitles b.srt" in note for note in monkey.show.state.notes)
    monkey.show.do("scene", third.id)
    monkey.window.grab()
    assert "subtitle" not in monkey.window._face._pieces
    for end in reversed(ends):
        end()
    post.close()
    monkey.close()


def test_the_film_speaks_while_scenes_follow_one_another_and_marks_pulse_when_named(
    qtbot: QtBot,
) -> None:
    one = scene("city").model_copy(
        update={
            "film": Film.model_validate(
                {
                    "seconds": [6.0],
                    "spoken": [
                        {"at_s": 0.5, "zh": "一", "en": "one", "names": "labs/a"},
                        {"at_s": 3.0, "zh": "二", "en": "two"},
                    ],
                }
            )
        }
    )
    clock, read, named = [0.0], [""], list[str]()
    shown = Show([one])
    film = {("city", spoken): film_narration(one, spoken, []) for spoken in ("zh", "en")}
    narrator = Narrator(
        shown, {}, None, lambda text: read.__setitem__(0, text), lambda: clock[0], film=film,
        pulse=named.append,
    )  # fmt: skip

    def after(seconds: float) -> str:
        clock[0] += seconds
        narrator.look()
        return read[0]

    # A visitor who chooses a scene reads its caption.
    assert after(1.0) == ""
    shown.change(attract=True)
    assert [after(0.4), after(0.2), after(2.5), after(3.0)] == ["", "一", "二", ""]
    assert named == ["labs/a"]
    shown.change(attract=False)
    assert after(0.1) == ""
    narrator.close()


class Played:
    """Notes what an instrument plays."""

    def __init__(self) -> None:
        self.told: list[tuple[str, int]] = []

    def sound(self, tone: str, volume: int) -> None:
        self.told.append((tone, volume))


def test_a_press_its_wave_and_the_arrival_sound_unless_a_key_silences_them(qtbot: QtBot) -> None:
    monkey = Monkey(small_atlas(), small_scenes(), seed=3)
    played = Played()
    window, session = monkey.window, monkey.window.session
    chimes = Chimes(monkey.show, session, window, lambda: window.dragged, played)
    monkey.show.do("scene", "press")
    window.repaint()
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(900, 500))
    qtbot.waitUntil(lambda: ("wave", 70) in played.told, timeout=60_000)
    chimes._arrival.timeout.emit()
    assert played.told == [("press", 70), ("wave", 70), ("arrival", 70)]
    QTest.keyClick(window, Qt.Key.Key_S)
    assert not monkey.show.state.sounds
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(700, 450))
    assert len(played.told) == 3
    chimes.close()
    monkey.close()


def test_the_film_begins_in_the_dark_and_a_mark_pulses_for_its_time(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenes = small_scenes()
    scenes[0] = scenes[0].model_copy(update={"film": Film(seconds=(12.0,))})
    monkey = Monkey(small_atlas(), scenes, seed=3)
    overlay = monkey.window._overlay
    assert overlay.veil() == 0.0
    monkey.clock.now_s += 91.0
    monkey.director.tick()
    assert monkey.show.state.attract
    assert overlay.veil() == 1.0
    monkey.clock.now_s += 3.0
    assert overlay.veil() == pytest.approx(0.25)
    monkey.clock.now_s += 3.0
    assert overlay.veil() == 0.0
    assert not overlay.moves
    monkey.window.pulse("labs/labs_0")
    assert overlay.moves
    monkeypatch.setattr(overlay, "_pulse", (overlay._pulse[0], overlay._pulse[1] - PULSE_S))
    assert not overlay.moves
    monkey.window.pulse("labs/none")
    monkey.clock.now_s += 6.1
    monkey.director.tick()
    assert monkey.show.state.scene == "press"
    monkey.close()
