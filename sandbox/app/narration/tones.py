"""Three quiet sounds, computed: a finger's press, the wave that spreads, its arrival."""

import io
import wave
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Tone = Literal["press", "wave", "arrival"]
TONES: Final[tuple[Tone, ...]] = ("press", "wave", "arrival")
RATE: Final = 44_100
# Of full scale: none is louder than a voice beside it.
LOUDEST: Final[Mapping[Tone, float]] = MappingProxyType(
    {"press": 0.10, "wave": 0.05, "arrival": 0.08}
)
LENGTH_S: Final[Mapping[Tone, float]] = MappingProxyType(
    {"press": 0.09, "wave": 1.4, "arrival": 0.9}
)
# Notes of one pentatonic scale fit together in any order (A4 = 440 Hz).
_PRESS_HZ: Final = 880.0
_ARRIVAL_HZ: Final = (659.26, 987.77)
_SOFT_S: Final = 0.004


@cache
def samples(tone: Tone) -> NDArray[np.float64]:
    """Return a sound between -1 and 1, `RATE` samples a second; it begins and ends in silence."""
    at_s = np.arange(round(LENGTH_S[tone] * RATE)) / RATE
    if tone == "press":
        made = np.sin(2 * np.pi * _PRESS_HZ * at_s) * np.exp(-at_s / 0.018)
    elif tone == "wave":
        made = _breath(len(at_s)) * np.sin(np.pi * at_s / LENGTH_S[tone]) ** 2
    else:
        notes = [np.sin(2 * np.pi * hz * np.maximum(at_s - 0.09 * n, 0.0))
                 * np.exp(-np.maximum(at_s - 0.09 * n, 0.0) / 0.22) for n, hz in
                 enumerate(_ARRIVAL_HZ)]  # fmt: skip
        made = np.sum(notes, axis=0)
    edge = np.minimum(1.0, np.minimum(at_s, at_s[::-1]) / _SOFT_S)
    made = made * edge
    return made * (LOUDEST[tone] / np.abs(made).max())


def wav(tone: Tone) -> bytes:
    """Return a sound as a WAV file of 16 bits and one channel."""
    made = io.BytesIO()
    with wave.open(made, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(RATE)
        written.writeframes((samples(tone) * 32767).astype("<i2").tobytes())
    return made.getvalue()


def _breath(count: int) -> NDArray[np.float64]:
    """Return noise without its hiss: what lies above some 600 Hz falls off."""
    noise = np.fft.rfft(np.random.default_rng(7).standard_normal(count))
    hz = np.fft.rfftfreq(count, 1 / RATE)
    noise *= 1.0 / (1.0 + (hz / 600.0) ** 4)
    noise[hz < 80.0] = 0.0
    return np.fft.irfft(noise, count)
