"""What vehicles allow, by hand: where one gets on and off, how late, and how soon one changes."""

from datetime import datetime, timedelta
from functools import cache

import pytest

from sandbox.analysis.itinerary import itinerary
from sandbox.streets.timetable import (
    NO_ALIGHTING,
    NO_BOARDING,
    TRANSFER_FORBIDDEN,
    TRANSFER_TIMED,
)
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


@pytest.mark.parametrize(
    ("exact", "begin", "wanted"),
    [(1, (8, 9), 7.0), (1, (8, 14), 7.0), (1, (8, 15), 15.0), (0, (8, 19), 15.0)],
)
def test_after_the_last_run_of_a_headway_none_comes(exact, begin, wanted):
    # Each 5 minutes from 8:10 until before 8:20, a minute's walk off: at 8:10 and 8:15, or as much
    # later as the phase of a draw says, but two of them.
    calls = [(stop, EIGHT_S + 600 + 300 * stop, EIGHT_S + 600 + 300 * stop) for stop in range(3)]
    every = ((0, EIGHT_S + 600, EIGHT_S + 1200, 300, exact),)
    town = with_timetable(
        streets(), timetable(streets(), STOPS, (("L", 0, calls),), frequencies=every)
    )
    ride = Ride(datetime(2026, 11, 23, *begin), window_min=1)
    assert itinerary(town, *FIRST, Travel(walk_kmh=SPEED_KMH).riding(ride)).minutes == wanted


@pytest.mark.parametrize("arrive", [False, True])
@pytest.mark.parametrize(
    ("rules", "wanted"),
    [
        # Off at 8:15, on at 8:16 and off at 8:21.
        ((), 13.0),
        # A change at the stop takes 2 minutes: on at 8:17.
        (((1, 1, TRANSFER_TIMED, 120),), 14.0),
        # Nobody changes there, and 16 blocks on foot from there are farther than the longest walk.
        (((1, 1, TRANSFER_FORBIDDEN, 0),), 30.0),
    ],
)
def test_a_change_at_one_stop_takes_what_the_timetable_says(rules, wanted, arrive):
    trips = [("L", 0, [(0, EIGHT_S + 600, EIGHT_S + 600), (1, EIGHT_S + 900, EIGHT_S + 900)])]
    trips += [
        ("M", 0, [(stop, *[EIGHT_S + 60 * (on + 5 * (stop - 1))] * 2) for stop in (1, 2)])
        for on in (16, 17)
    ]
    made = timetable(streets(), STOPS, trips, lines=("L", "M"), transfers=rules)
    town = with_timetable(streets(), made)
    # By a deadline of 8:09 and what it takes the same journey is the last one.
    begin = datetime(2026, 11, 23, 8, 9)
    when = begin + timedelta(minutes=wanted) if arrive else begin
    ride = Ride(when, arrive, window_min=1)
    way = (at(5, 6), at(35, 6))
    assert itinerary(town, *way, Travel(walk_kmh=SPEED_KMH).riding(ride)).minutes == wanted
