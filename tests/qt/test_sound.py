"""Narration follows the show: what is heard, and what is read below it."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sandbox.app.kiosk.config import KioskConfig
from sandbox.app.kiosk.show import Show
from sandbox.catalog.narration import Line, Narration
from sandbox.ui.kiosk.sound import Narrator
from sandbox.ui.post import Post
from sandbox.ui.remote.attachments import attachments
from tests.support.atlas import small_atlas
from tests.support.monkey import Monkey
from tests.support.show import show, small_scenes

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
