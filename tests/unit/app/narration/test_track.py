"""A scene's voice: sentences at their times, what runs over moves the rest, subtitles follow."""

import io
import wave
from pathlib import Path

import numpy as np

from sandbox.app.narration.track import track
from sandbox.catalog.narration import Line, read_subtitles

RATE = 8000


def speak(text: str) -> tuple[bytes, int]:
    """A tone of as many tenths of a second as there are letters."""
    return np.full(len(text) * RATE // 10, 1000, "<i2").tobytes(), RATE


def heard(sound: bytes) -> list[tuple[float, float]]:
    """Return from when to when something is heard."""
    with wave.open(io.BytesIO(sound)) as read:
        assert (read.getframerate(), read.getnchannels(), read.getsampwidth()) == (RATE, 1, 2)
        loud = np.frombuffer(read.readframes(read.getnframes()), "<i2") != 0
    edges = np.flatnonzero(np.diff(np.concatenate([[0], loud.astype(int), [0]])))
    return [(a / RATE, b / RATE) for a, b in edges.reshape(-1, 2)]


def test_sentences_are_heard_at_their_times_with_silence_between(tmp_path: Path) -> None:
    made = track([Line(0.5, 3.0, "abcde"), Line(3.0, 6.0, "fg")], speak)
    assert heard(made.sound) == [(0.5, 1.0), (3.0, 3.2)]
    assert made.length_s == 3.2
    file = tmp_path / "city.zh.vtt"
    file.write_text(made.subtitles, "utf-8")
    assert read_subtitles(file) == (Line(0.5, 3.0, "abcde"), Line(3.0, 3.2, "fg"))


def test_a_sentence_that_takes_too_long_moves_the_next_by_a_breath(tmp_path: Path) -> None:
    made = track([Line(0.0, 1.0, "a" * 20), Line(1.0, 2.0, "b")], speak)
    assert heard(made.sound) == [(0.0, 2.0), (2.25, 2.35)]
    file = tmp_path / "city.zh.vtt"
    file.write_text(made.subtitles, "utf-8")
    assert read_subtitles(file) == (Line(0.0, 2.25, "a" * 20), Line(2.25, 2.35, "b"))
