"""Bans on boarding and alighting, and staying aboard, by journeys worked out by hand."""

from datetime import datetime
from functools import cache

import pytest

from sandbox.analysis.itinerary import as_table, itinerary
from sandbox.streets.timetable import NO_ALIGHTING, NO_BOARDING, STAY_ABOARD, STAY_FORBIDDEN
from sandbox.streets.travel import Ride, Travel
from tests.support.grid_city import SPEED_KMH, at, grid_city
from tests.support.timetables import timetable, with_timetable

EIGHT = datetime(2026, 11, 23, 8)
EIGHT_S = 8 * 3600
# A, B and C, fifteen blocks from one to the next: a quarter of an hour on foot.
STOPS = (("A", *at(5, 5)), ("B", *at(20, 5)), ("C", *at(35, 5)))
PLACES = tuple(at(x, 5) for x in (5, 20, 35))


@cache
def streets():
    return grid_city(41, 11)


def calls(*rows):
    return [(stop, EIGHT_S + 60 * a, EIGHT_S + 60 * d, *halt) for stop, a, d, *halt in rows]


def network(trips, **more):
    return with_timetable(streets(), timetable(streets(), STOPS, trips, lines=("1", "2"), **more))


def asked(made, start, end, **how):
    how = {"when": EIGHT, "window_min": 1, **how}
    return itinerary(
        made, PLACES[start], PLACES[end], Travel(walk_kmh=SPEED_KMH).riding(Ride(**how))
    )


def told(found):
    return [
        (
            leg.kind,
            leg.begin_at.strftime("%H:%M"),
            round(leg.minutes, 3),
            leg.line[0],
            leg.to_stop[0],
            leg.aboard,
        )
        for leg in found.legs
    ]


# One vehicle each 4 minutes from 07:00 to 10:00: B is passed through, neither on nor off.
PASSING = ("1", 0, calls((0, 0, 0), (1, 5, 5, NO_BOARDING | NO_ALIGHTING), (2, 10, 10)))


@pytest.mark.parametrize("exact", [0, 1])
@pytest.mark.parametrize("arrive", [False, True])
def test_bans_hold_for_trips_by_headway(exact, arrive):
    hours = (0, 7 * 3600, 10 * 3600, 240, exact)
    made = network((PASSING,), frequencies=(hours,))
    for start, end in ((0, 1), (1, 2)):
        found = asked(made, start, end, arrive=arrive, max_walk_min=5.0)
        # Fifteen blocks are walked in a quarter of an hour.
        assert told(found)[0][::2] == ("walk", 15.0, "")
        assert found.minutes == pytest.approx(15.0)
    through = asked(made, 0, 2, arrive=arrive, max_walk_min=5.0)
    assert through.minutes < 15.0


@pytest.mark.parametrize("halt", [NO_BOARDING, NO_ALIGHTING])
@pytest.mark.parametrize("repeated", [False, True])
def test_a_ban_on_one_leaves_the_other(halt, repeated):
    trip = ("1", 0, calls((0, 0, 0), (1, 5, 5, halt), (2, 10, 10)))
    hours = ((0, EIGHT_S, EIGHT_S + 1, 600, 1),) if repeated else ()
    made = network((trip,), frequencies=hours)
    on = asked(made, 1, 2, max_walk_min=5.0).minutes
    off = asked(made, 0, 1, max_walk_min=5.0).minutes
    assert (on, off) == ((15.0, 5.0) if halt == NO_BOARDING else (10.0, 15.0))


FIRST = ("1", 0, calls((0, 5, 5), (1, 10, 10)))
ON = ("2", 0, calls((1, 12, 12), (2, 17, 17)))
# Changing at B takes five minutes: who gets off misses line 2.
SLOW_CHANGE = ((1, 1, 0, 300),)


@pytest.mark.parametrize(
    "how", [{"blocks": (7, 7)}, {"stays": ((0, 1, STAY_ABOARD),)}], ids=["block", "rule"]
)
def test_who_stays_aboard_needs_no_time_and_no_ride_more(how):
    made = network((FIRST, ON), transfers=SLOW_CHANGE, **how)
    found = asked(made, 0, 2, max_rides=1)
    assert told(found) == [
        ("wait", "08:00", 5.0, "1", "A", False),
        ("ride", "08:05", 5.0, "1", "B", False),
        # Two minutes of it the vehicle stands at B.
        ("ride", "08:10", 7.0, "2", "C", True),
    ]
    assert found.minutes == 17.0
    assert found.wait_share == pytest.approx(5 / 17)
    assert as_table(made, found, ("A", "C"))["aboard"].tolist() == [False, False, True]
    # Found from the end, the vehicle stands before it goes on.
    back = asked(made, 0, 2, max_rides=1, arrive=True, when=EIGHT.replace(minute=20))
    assert told(back) == [
        ("ride", "08:05", 7.0, "1", "B", False),
        ("ride", "08:12", 5.0, "2", "C", True),
        ("wait", "08:17", 3.0, "2", "", False),
    ]
    assert back.minutes == 15.0


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"blocks": (7, 8)},
        {"blocks": (7, 7), "stays": ((0, 1, STAY_FORBIDDEN),)},
        {"stays": ((1, 0, STAY_ABOARD),)},
    ],
    ids=["none", "two blocks", "forbidden", "the other way"],
)
def test_who_may_not_stay_gets_off_and_walks(how):
    made = network((FIRST, ON), transfers=SLOW_CHANGE, **how)
    # 08:10 at B, too late to change; a quarter of an hour on foot.
    assert asked(made, 0, 2).minutes == 25.0


@pytest.mark.parametrize("arrive", [False, True])
def test_who_stayed_aboard_does_not_get_off_where_nobody_may(arrive):
    banned = ("2", 0, calls((1, 12, 12), (2, 17, 17, NO_ALIGHTING)))
    made = network((FIRST, banned), transfers=SLOW_CHANGE, blocks=(7, 7))
    when = EIGHT.replace(minute=25) if arrive else EIGHT
    # Off at B at 08:10, and a quarter of an hour on foot; towards 08:25 one leaves at 08:05.
    expected = 20.0 if arrive else 25.0
    assert asked(made, 0, 2, arrive=arrive, when=when).minutes == expected


def test_a_rule_of_its_own_counts_before_the_block():
    # The block says line 2 at 08:12; the rule says the trip of 08:14.
    later = ("2", 0, calls((1, 14, 14), (2, 19, 19)))
    made = network(
        (FIRST, ON, later), transfers=SLOW_CHANGE, blocks=(7, 7, -1), stays=((0, 2, STAY_ABOARD),)
    )
    assert asked(made, 0, 2, max_rides=1).minutes == 19.0


def test_a_vehicle_may_be_parted():
    # Coupled to B; one part goes on to C, the other back to A.
    back = ("2", 0, calls((1, 13, 13), (0, 18, 18)))
    made = network(
        (FIRST, ON, back),
        transfers=SLOW_CHANGE,
        stays=((0, 1, STAY_ABOARD), (0, 2, STAY_ABOARD)),
    )
    assert asked(made, 0, 2, max_rides=1).minutes == 17.0


def test_trips_of_a_block_that_lie_over_one_another_or_apart_are_of_two_vehicles():
    early = ("2", 0, calls((1, 9, 9), (2, 14, 14)))
    assert asked(network((FIRST, early), blocks=(7, 7)), 0, 2).minutes == 25.0
    # The next trip begins a quarter of an hour's walk from where the last one ended.
    elsewhere = ("2", 0, calls((0, 12, 12), (2, 17, 17)))
    made = network((FIRST, elsewhere), blocks=(7, 7), transfers=((0, 0, 0, 900),))
    assert asked(made, 0, 2).minutes == 17.0
    assert not any(leg.aboard for leg in asked(made, 0, 2).legs)


def test_the_vehicle_that_goes_on_is_waited_for_though_another_comes_first():
    # The first vehicle ends at B and one can't change; the second goes on to C.
    ends = ("1", 0, calls((0, 3, 3), (1, 8, 8)))
    made = network((ends, FIRST, ON), transfers=((1, 1, 0, 3000),), blocks=(-1, 7, 7))
    assert asked(made, 0, 2, max_rides=1).minutes == 17.0


def test_a_trip_of_frequencies_belongs_to_no_block():
    made = network(
        (FIRST, ON),
        transfers=SLOW_CHANGE,
        blocks=(7, 7),
        frequencies=((0, EIGHT_S + 300, EIGHT_S + 301, 600, 1),),
    )
    assert asked(made, 0, 2).minutes == 25.0
