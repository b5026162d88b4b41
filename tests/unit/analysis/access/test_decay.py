"""Decays in closed form."""

import math

import numpy as np
import pytest

from sandbox.analysis.access.decay import ZONES, Decay, faults_of

T = np.array([0.0, 5.0, 10.0, 20.0, 20.1])


@pytest.mark.parametrize(
    ("decay", "expected"),
    [
        (Decay("step", 20), [1, 1, 1, 1, 0]),
        (Decay("linear", 20), [1, 0.75, 0.5, 0, 0]),
        # Half at ten minutes: a quarter at twenty; 2 ** -0.5 at five.
        (Decay("exponential", 20), [1, 2**-0.5, 0.5, 0.25, 0]),
        # The exponent is a square: a sixteenth at twenty, 2 ** -0.25 at five.
        (Decay("gaussian", 20), [1, 2**-0.25, 0.5, 1 / 16, 0]),
        (Decay("gaussian", 20, 5.0), [1, 0.5, 1 / 16, 2.0**-16, 0]),
        # Zones of 6.67 minutes each.
        (Decay("step", 20, zones=ZONES), [1, 1, 0.68, 0.22, 0]),
    ],
)
def test_a_decay_is_its_formula(decay, expected):
    assert decay.weight(T) == pytest.approx(expected)


def test_the_logistic_decay_is_one_half_in_its_middle_and_even_about_it():
    decay = Decay("logistic", 60, 20.0, 5.0)
    near, middle, far = decay.weight(np.array([15.0, 20.0, 25.0]))
    assert middle == 0.5
    assert near + far == pytest.approx(1.0)
    assert far == pytest.approx(1 / (1 + math.exp(math.pi / math.sqrt(3))))
    # The standard deviation is a quarter of the middle where none is given.
    assert Decay("logistic", 60, 20.0).weight(T) == pytest.approx(decay.weight(T))


def test_the_end_of_a_zone_belongs_to_it():
    decay = Decay("step", 30, zones=ZONES)
    assert decay.weight(np.array([0.0, 10.0, 10.01, 20.0, 30.0])).tolist() == [
        1,
        1,
        0.68,
        0.68,
        0.22,
    ]


@pytest.mark.parametrize("shape", ["step", "linear", "logistic", "exponential", "gaussian"])
def test_no_decay_grows_with_time(shape):
    weights = Decay(shape, 30).weight(np.linspace(0, 30, 301))
    assert (np.diff(weights) <= 1e-12).all()
    assert ((weights >= 0) & (weights <= 1)).all()
    assert "t ≤ 30" in Decay(shape, 30).formula


def test_figures_that_cannot_be_meant_are_named():
    assert len(faults_of(Decay("gaussian", 20, -1.0))) == 1
    assert len(faults_of(Decay("hyper", 20))) == 1  # type: ignore[arg-type]
    assert faults_of(Decay("logistic", 20)) == []
