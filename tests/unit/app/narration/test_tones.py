"""The three sounds: quiet, without a click, and of the pitch that was meant."""

import io
import wave

import numpy as np
import pytest

from sandbox.app.narration.tones import LENGTH_S, LOUDEST, RATE, TONES, samples, wav


@pytest.mark.parametrize("tone", TONES)
def test_a_sound_is_quiet_and_begins_and_ends_in_silence(tone) -> None:
    made = samples(tone)
    assert len(made) == round(LENGTH_S[tone] * RATE)
    # At least 20 dB below full scale.
    assert np.abs(made).max() == pytest.approx(LOUDEST[tone])
    assert LOUDEST[tone] <= 0.1
    assert np.abs(made[[0, -1]]).max() < 1e-3
    # No step between two samples is heard as a click.
    assert np.abs(np.diff(made)).max() < 0.02


def loudest_hz(made: np.ndarray) -> float:
    return float(np.fft.rfftfreq(len(made), 1 / RATE)[np.abs(np.fft.rfft(made)).argmax()])


def test_press_and_arrival_are_notes_and_the_wave_is_a_breath() -> None:
    assert loudest_hz(samples("press")) == pytest.approx(880.0, abs=15)
    assert min(abs(loudest_hz(samples("arrival")) - hz) for hz in (659.26, 987.77)) < 5
    power = np.abs(np.fft.rfft(samples("wave"))) ** 2
    hz = np.fft.rfftfreq(len(samples("wave")), 1 / RATE)
    assert power[hz < 1000].sum() / power.sum() > 0.95


def test_a_file_holds_the_same_samples() -> None:
    with wave.open(io.BytesIO(wav("press"))) as read:
        assert (read.getframerate(), read.getnchannels(), read.getsampwidth()) == (RATE, 1, 2)
        held = np.frombuffer(read.readframes(read.getnframes()), "<i2")
    assert np.abs(held / 32767 - samples("press")).max() < 1e-4
