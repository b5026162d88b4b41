"""Changing between vehicles: stated times, walks and a least time, by hand."""

from datetime import datetime
from functools import cache

import pytest

from sandbox.analysis.itinerary import itinerary
from sandbox.errors import AnalysisError
from sandbox.streets.travel import Ride, Travel
from tests.support.grid_city import SPEED_KMH, at, grid_city
from tests.support.timetables import timetable, with_timetable

EIGHT = datetime(2026, 11, 23, 8)
EIGHT_S = 8 * 3600
# Line 1 from A to B, line 2 from D to C. From B to D are three blocks, three minutes on foot.
STOPS = (("A", *at(2, 5)), ("B", *at(17, 5)), ("D", *at(20, 5)), ("C", *at(38, 5)))
# On foot the whole way takes 36 minutes.
ON_FOOT = 36.0


@cache
def streets():
    return grid_city(41, 11)


def asked(second_leaves, *, at_stop=2, transfers=(), arrive=False, **how):
    """Return the minutes from A to C where line 2 leaves so many minutes after line 1 is in."""
    first = ("1", 0, [(0, EIGHT_S, EIGHT_S), (1, EIGHT_S + 300, EIGHT_S + 300)])
    on_s = EIGHT_S + 300 + round(60 * second_leaves)
    second = ("2", 0, [(at_stop, on_s, on_s), (3, on_s + 300, on_s + 300)])
    made = timetable(streets(), STOPS, (first, second), lines=("1", "2"), transfers=transfers)
    when = EIGHT.replace(minute=30) if arrive else EIGHT
    ride = Ride(when, window_min=1, max_walk_min=5.0, arrive=arrive, **how)
    found = itinerary(
        with_timetable(streets(), made),
        at(2, 5),
        at(38, 5),
        Travel(walk_kmh=SPEED_KMH).riding(ride),
    )
    return round(found.minutes, 3)


BACK = (2, 1, 0, 600)


@pytest.mark.parametrize("arrive", [False, True])
@pytest.mark.parametrize(
    ("stated_s", "leaves", "caught"),
    [
        # Nothing is stated: the walk.
        (None, 3.0, True),
        (None, 2.99, False),
        # A minute is stated, less than the walk: nobody walks faster for it.
        (60, 3.0, True),
        (60, 2.99, False),
        (60, 1.0, False),
        # Four minutes are stated, more than the walk: they must be there.
        (240, 4.0, True),
        (240, 3.99, False),
    ],
)
def test_a_stated_time_must_be_there_and_so_must_the_walk(stated_s, leaves, caught, arrive):
    stated = () if stated_s is None else ((1, 2, 0, stated_s), BACK)
    minutes = asked(leaves, transfers=stated, arrive=arrive)
    if arrive:
        # Line 1 leaves at 08:00, half an hour before one is to be there.
        assert minutes == (30.0 if caught else ON_FOOT)
    else:
        assert minutes == (10.0 + leaves if caught else ON_FOOT)


@pytest.mark.parametrize("arrive", [False, True])
@pytest.mark.parametrize(
    ("least", "stated", "at_stop", "leaves", "caught"),
    [
        # At the same stop one changes in no time unless a least time is asked for.
        (0.0, (), 1, 0.0, True),
        (2.0, (), 1, 2.0, True),
        (2.0, (), 1, 1.99, False),
        # The timetable asks for more there.
        (2.0, ((1, 1, 0, 180),), 1, 3.0, True),
        (2.0, ((1, 1, 0, 180),), 1, 2.0, False),
        (4.0, ((1, 1, 0, 180),), 1, 3.0, False),
        # A walk of three minutes is longer than the least time, or shorter.
        (2.0, (), 2, 3.0, True),
        (4.0, (), 2, 4.0, True),
        (4.0, (), 2, 3.0, False),
    ],
)
def test_a_least_time_to_change_is_kept_beside_stated_ones(
    least, stated, at_stop, leaves, caught, arrive
):
    minutes = asked(leaves, at_stop=at_stop, transfers=stated, arrive=arrive, min_change_min=least)
    if arrive:
        assert minutes == (30.0 if caught else ON_FOOT)
    else:
        assert minutes == (10.0 + leaves if caught else ON_FOOT)


@pytest.mark.parametrize("least", [-1.0, 61.0])
def test_a_least_time_beyond_reason_is_refused(least):
    with pytest.raises(AnalysisError, match="minimum transfer time"):
        asked(3.0, min_change_min=least)
