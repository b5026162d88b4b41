"""What patterns of trips and of headway lines are packed with: offsets, and calls by stop."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from sandbox.engine.kernel import Ints
from sandbox.streets.timetable import NO_ALIGHTING, NO_BOARDING


def bits_turned(halt: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Return the bits of stops for vehicles that run backwards in time."""
    turned = ((halt & NO_BOARDING) << 1) | ((halt & NO_ALIGHTING) >> 1)
    return turned.astype(np.uint8)


def calls_at_stops(stops: int, offsets: Ints, stop: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the patterns that call at each stop, and where in them."""
    pattern = np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), np.diff(offsets))
    place = np.arange(len(stop), dtype=np.int32) - offsets[:-1][pattern]
    order = np.argsort(stop, kind="stable")
    counts = np.bincount(stop, minlength=stops)
    return offsets_of(counts), pattern[order], place[order].astype(np.int32)


def offsets_of(counts: "Sequence[int] | npt.NDArray[Any]") -> Ints:
    """Return where each of several packed rows begins, and where the last one ends."""
    offsets = np.zeros(len(counts) + 1, dtype=np.int32)
    offsets[1:] = np.cumsum(np.asarray(counts, dtype=np.int64))
    return offsets
