"""Narration of scenes: which files, and what their subtitles say when."""

from pathlib import Path

import pytest

from sandbox.catalog.narration import Line, narration, read_subtitles
from sandbox.errors import LayerError

SRT = "1\n00:00:01,000 --> 00:00:02,500\n你好，\n金凤\n\n2\n00:00:03,000 --> 00:01:04,000\nBye\n"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.500\n你好，\n金凤\n\n00:03.000 --> 01:04.000\nBye\n"
LINES = (Line(1.0, 2.5, "你好，\n金凤"), Line(3.0, 64.0, "Bye"))


@pytest.mark.parametrize(("suffix", "text"), [(".srt", SRT), (".vtt", VTT)])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_both_forms_say_the_same(tmp_path: Path, suffix: str, text: str, mark: str) -> None:
    file = tmp_path / f"a{suffix}"
    file.write_text(mark + text, "utf-8")
    assert read_subtitles(file) == LINES


def test_a_language_comes_before_none_and_the_halls_own_before_the_shipped(
    tmp_path: Path,
) -> None:
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    for folder, name in (
        (shipped, "a.mp3"), (shipped, "a.en.mp3"), (own, "a.mp3"),
    ):  # fmt: skip
        folder.mkdir(exist_ok=True)
        (folder / name).touch()
    (shipped / "a.srt").write_text(SRT, "utf-8")
    (own / "a.zh.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:09.000\n湖\n", "utf-8")
    zh, en = (narration("a.mp3", one, [own, shipped]) for one in ("zh", "en"))
    assert zh.sound == own / "a.mp3"
    assert zh.lines == (Line(0.0, 9.0, "湖"),)
    assert en.lines == LINES
    assert en.said_at(0.9) == ""
    assert en.said_at(1.0).startswith("你好")
    assert en.said_at(2.5) == ""
    assert narration("gone.mp3", "zh", [own, shipped]).sound is None


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"nonsense", b"x" * 300_000])
@pytest.mark.parametrize("suffix", [".srt", ".vtt"])
def test_broken_subtitles_are_one_error(tmp_path: Path, suffix: str, content: bytes) -> None:
    file = tmp_path / f"a{suffix}"
    file.write_bytes(content)
    with pytest.raises(LayerError, match="The subtitles a"):
        read_subtitles(file)
