"""How slopes slow one down, or speed one up: published models, relative to the level.

Walking after W. Tobler (Three Presentations on Geographical Analysis and Modeling, 1993)
or by W. Naismith's rule (1892: an hour for every 2,000 feet of ascent); cycling by power
after J. Martin et al. (Validation of a Mathematical Model for Road Cycling Power, 1998).
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.streets.speed_table import Power

Doubles = npt.NDArray[np.float64]
# Steeper than this is no street but an error of the heights, or stairs.
STEEPEST: Final = 0.5
_TOBLER: Final = 3.5
_TOBLER_FASTEST_AT: Final = -0.05
_NAISMITH_MS_PER_M: Final = 3_600_000.0 / 609.6
_GRAVITY: Final = 9.80665
_KMH: Final = 3.6


def walking_ms(
    climb_m: Doubles,
    length_m: Doubles,
    level_ms: Doubles,
    *,
    slope: str,
) -> Doubles:
    """Return walking times along and against each segment, milliseconds, ``(s, 2)``.

    A segment goes up over the share of its length that its ascent has in all its
    climbing, and down over the rest, both equally steep.

    Parameters
    ----------
    climb_m
        Ascent and descent, shape ``(s, 2)``.
    length_m
        Lengths, shape ``(s,)``.
    level_ms
        Times on the level, shape ``(s, 2)``.
    slope
        ``tobler`` or ``naismith``.
    """
    if slope == "naismith":
        return level_ms + climb_m * _NAISMITH_MS_PER_M
    share_up, steep = _shares(climb_m, length_m)
    return level_ms * (share_up * tobler(steep) + (1.0 - share_up) * tobler(-steep))


def riding_ms(
    climb_m: Doubles,
    length_m: Doubles,
    level_ms: Doubles,
    *,
    kmh: Doubles,
    walk_kmh: float,
    power: Power,
) -> Doubles:
    """Return riding times along and against each segment, milliseconds, ``(s, 2)``.

    Who would climb slower than one walks gets off and pushes.

    Parameters
    ----------
    climb_m, length_m, level_ms
        As for `walking_ms`.
    kmh
        Riding speeds on the level, shape ``(s, 2)``.
    walk_kmh
        Walking speed on the level.
    power
        What holds a rider up.
    """
    share_up, steep = _shares(climb_m, length_m)
    up = np.minimum(_by_power(kmh, steep, power), kmh / walk_kmh * tobler(steep))
    return level_ms * (share_up * up + (1.0 - share_up) * _by_power(kmh, -steep, power))


def _shares(climb_m: Doubles, length_m: Doubles) -> tuple[Doubles, Doubles]:
    """Return the share that goes up, along and against a segment, and how steep both go."""
    total_m = climb_m.sum(axis=1, keepdims=True)
    up = np.divide(climb_m, total_m, out=np.zeros_like(climb_m), where=total_m > 0)
    steep = np.minimum(total_m / np.maximum(length_m, 1e-3)[:, None], STEEPEST)
    return up, np.repeat(steep, 2, axis=1)


def tobler(slope: Doubles) -> Doubles:
    """Return the time on a slope (rise over run, up is positive) as a multiple of the level's."""
    return np.exp(_TOBLER * (np.abs(slope - _TOBLER_FASTEST_AT) + _TOBLER_FASTEST_AT))


def _by_power(kmh: Doubles, slope: Doubles, power: Power) -> Doubles:
    """Return the time of a ride on a slope as a multiple of the level's, the power kept.

    The speed at which climbing, rolling and air take that power is found by bisection;
    it is the only one, since what they take grows with it wherever it is positive.
    """
    level = kmh / _KMH
    weight = power.mass_kg * _GRAVITY
    air = 0.5 * power.air_kg_m3 * power.drag_area_m2
    given = level * (weight * power.rolling + air * level**2)
    low, high = np.zeros_like(level), level * power.downhill_factor
    for _ in range(40):
        middle = (low + high) / 2.0
        taken = middle * (weight * (slope + power.rolling) + air * middle**2)
        low, high = np.where(taken < given, middle, low), np.where(taken < given, high, middle)
    return level / np.maximum(high, 1e-3)
