"""Offsets of packed rows, calls by stop, and the bits of stops backwards in time."""

import numpy as np

from sandbox.streets.timetable import NO_ALIGHTING, NO_BOARDING
from sandbox.transit.packed_calls import bits_turned, calls_at_stops, offsets_of


def test_offsets_say_where_each_row_begins_and_the_last_ends() -> None:
    assert offsets_of([2, 0, 3]).tolist() == [0, 2, 2, 5]
    assert offsets_of([]).tolist() == [0]


def test_calls_are_found_by_their_stop() -> None:
    # Pattern 0 calls at stops 1, 0; pattern 1 at 0, 2, 0.
    offsets, pattern, place = calls_at_stops(
        4, offsets_of([2, 3]), np.array([1, 0, 0, 2, 0], dtype=np.int32)
    )
    assert offsets.tolist() == [0, 3, 4, 5, 5]
    assert pattern.tolist() == [0, 1, 1, 0, 1]
    assert place.tolist() == [1, 0, 2, 0, 1]


def test_backwards_one_boards_where_one_would_get_off() -> None:
    both = NO_BOARDING | NO_ALIGHTING
    halt = np.array([0, NO_BOARDING, NO_ALIGHTING, both], dtype=np.uint8)
    assert bits_turned(halt).tolist() == [0, NO_ALIGHTING, NO_BOARDING, both]
