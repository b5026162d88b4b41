"""A scene's voice as one sound with its subtitles: sentences at their times, silence between."""

import io
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from sandbox.catalog.narration import Line

# Between two sentences of which the first takes longer than its time.
_BREATH_S: Final = 0.25
_BYTES: Final = 2


@dataclass(frozen=True, slots=True)
class Track:
    """A voice: WAV, its subtitles (WebVTT), and how long it is."""

    sound: bytes
    subtitles: str
    length_s: float


def track(lines: Sequence[Line], speak: Callable[[str], tuple[bytes, int]]) -> Track:
    """Return the voice of a scene.

    Parameters
    ----------
    lines
        What is said, and when it should begin; what runs over moves what follows.
    speak
        Returns a sentence as 16-bit samples and their number a second.
    """
    whole, rate = bytearray(), 0
    told: list[Line] = []
    for line in lines:
        samples, rate = speak(line.text)
        now_s = len(whole) / _BYTES / rate
        begin_s = max(line.begin_s, now_s + _BREATH_S if whole else 0.0)
        whole += bytes(_BYTES * round((begin_s - now_s) * rate))
        whole += samples
        told.append(Line(begin_s, len(whole) / _BYTES / rate, line.text))
    # A sentence is read until the next one begins.
    ends = [*(one.begin_s for one in told[1:]), told[-1].end_s if told else 0.0]
    return Track(
        _wav(bytes(whole), rate or 16_000),
        _vtt([Line(one.begin_s, max(end, one.end_s), one.text)
              for one, end in zip(told, ends, strict=True)]),
        told[-1].end_s if told else 0.0,
    )  # fmt: skip


def _wav(samples: bytes, rate: int) -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(_BYTES)
        written.setframerate(rate)
        written.writeframes(samples)
    return made.getvalue()


def _vtt(lines: Sequence[Line]) -> str:
    """Return lines as WebVTT (W3C, 2019)."""
    cues = (f"{_clock(one.begin_s)} --> {_clock(one.end_s)}\n{one.text}\n" for one in lines)
    return "\n".join(("WEBVTT\n", *cues))


def _clock(at_s: float) -> str:
    ms = round(at_s * 1000)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"
