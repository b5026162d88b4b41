"""Where a vehicle may not be boarded or left, nobody does, by times and by headways, both ways."""

from datetime import datetime
from functools import cache

import pytest

from sandbox.analysis.itinerary import itinerary
from sandbox.streets.timetable import NO_ALIGHTING, NO_BOARDING
from sandbox.streets.travel import Ride, Travel
from tests.support.grid_city import SPEED_KMH, at, grid_city
from tests.support.timetables import timetable, with_timetable

EIGHT_S = 8 * 3600
STOPS = (("west", *at(5, 5)), ("middle", *at(20, 5)), ("east", *at(35, 5)))
# To the middle and on from it 15 blocks are ridden, in five minutes; on foot they take fifteen.
FIRST, SECOND = (at(5, 6), at(20, 6)), (at(20, 6), at(35, 6))


@cache
def streets():
    return grid_city(41, 11)


@cache
def city(halt, headway):
    """Return a bus at 8:10, or each two minutes from then on, with bits at its middle stop."""
    calls = [(stop, EIGHT_S + 600 + 300 * stop, EIGHT_S + 600 + 300 * stop) for stop in range(3)]
    calls[1] = (*calls[1], halt)
    every = ((0, EIGHT_S + 600, EIGHT_S + 3600, 120, 0),) if headway else ()
    made = timetable(streets(), STOPS, (("L", 0, calls),), frequencies=every)
    return with_timetable(streets(), made)


def minutes(halt, headway, way, arrive):
    # The bus of 8:10 is reached, and left a minute before the end. By headway one waits half of it.
    clock = {(FIRST, False): (8, 9), (SECOND, False): (8, 14),
             (FIRST, True): (8, 16), (SECOND, True): (8, 21)}[way, arrive]  # fmt: skip
    hour, minute = (8, 30) if headway and arrive else clock
    ride = Ride(datetime(2026, 11, 23, hour, minute), arrive, window_min=1, model="expected")
    found = itinerary(city(halt, headway), *way, Travel(walk_kmh=SPEED_KMH).riding(ride))
    return found.minutes


@pytest.mark.parametrize("arrive", [False, True])
@pytest.mark.parametrize("headway", [False, True])
def test_nobody_gets_off_or_on_where_it_is_forbidden(headway, arrive):
    ridden = 8.0 if headway else 7.0
    for way, ban in ((FIRST, NO_ALIGHTING), (SECOND, NO_BOARDING)):
        other = NO_BOARDING if ban == NO_ALIGHTING else NO_ALIGHTING
        assert minutes(0, headway, way, arrive) == ridden
        assert minutes(other, headway, way, arrive) == ridden
        assert minutes(ban, headway, way, arrive) == 15.0
