"""Seeded random numbers that a change at one place doesn't shift at another."""

from typing import Final

import numpy as np

from sandbox.engine.kernel import Doubles

_TENTHS: Final = 10
_WORD: Final = 2**32


class Chance:
    """Random numbers of a stage of the work, a stream of its own for each place.

    What is added in one settlement then leaves the streets of all others as they were.

    Parameters
    ----------
    seed
        Start of every choice that is left to chance.
    stage
        What the numbers are for.
    """

    def __init__(self, seed: int, stage: str = "") -> None:
        self._seed = seed
        self._stage = stage

    def of(self, stage: str) -> "Chance":
        """Return the numbers of another stage."""
        return Chance(self._seed, stage)

    def at(self, xy: Doubles) -> np.random.Generator:
        """Return the stream of a place, in metres; it is the same within a decimetre's cell."""
        x, y = (round(float(v) * _TENTHS) % _WORD for v in xy)
        return np.random.default_rng([self._seed, *self._stage.encode(), x, y])

    def everywhere(self) -> np.random.Generator:
        """Return the one stream of the stage, for what is drawn of all ground at once."""
        return np.random.default_rng([self._seed, *self._stage.encode()])
