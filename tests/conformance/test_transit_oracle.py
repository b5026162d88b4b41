"""Journeys by line, held against trying every trip."""

from datetime import datetime
from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.network.costs import Travel
from sandbox.network.graph import NEVER_MS
from sandbox.network.transit import Ride, journeys, rank
from tests.support.grid_city import at, grid_city
from tests.support.timetables import DAY, SPEED_KMH, TODAY, SlowJourneys, timetable, with_timetable

COLUMNS, ROWS = 9, 7
WALK = Travel(walk_kmh=SPEED_KMH)
EIGHT_S = 8 * 3600


@cache
def city():
    return grid_city(COLUMNS, ROWS)


def stop_place(index, x, y):
    lon, lat = at(x + 0.25, y)
    return (f"s{index}", lon, lat)


@st.composite
def feeds(draw):
    count = draw(st.integers(3, 8))
    place = st.tuples(st.integers(0, COLUMNS - 2), st.integers(0, ROWS - 1))
    places = draw(st.lists(place, min_size=count, max_size=count, unique=True))
    stops = [stop_place(i, *xy) for i, xy in enumerate(places)]
    trips, blocks = [], []
    for number in range(draw(st.integers(1, 10))):
        calls = draw(st.lists(st.integers(0, count - 1), min_size=2, max_size=5))
        now = EIGHT_S + 60 * draw(st.integers(-10, 30))
        service, block = draw(st.integers(0, 2)), draw(st.sampled_from([-1, -1, number]))
        if trips and draw(st.booleans()):
            # The vehicle of a trip before goes on as this one.
            before = draw(st.integers(0, len(trips) - 1))
            service, block = trips[before][1], blocks[before]
            calls[0], now = trips[before][2][-1][0], trips[before][2][-1][2]
            now += 30 * draw(st.integers(0, 4))
        times = []
        for stop in calls:
            arrives = now
            now += 10 * draw(st.integers(0, 6))
            times.append((stop, arrives, now, draw(st.sampled_from([0, 0, 0, 0, 1, 2]))))
            now += 30 * draw(st.integers(1, 12))
        trips.append((draw(st.sampled_from("AB")), service, times))
        blocks.append(block)
    moves = st.tuples(
        st.integers(0, count - 1),
        st.integers(0, count - 1),
        st.sampled_from([0, 0, 1]),
        st.sampled_from([0, 60, 240]),
    )
    pairs = draw(st.lists(moves, max_size=3, unique_by=lambda move: move[:2]))
    numbers = st.integers(0, len(trips) - 1)
    links = st.tuples(numbers, numbers, st.sampled_from([0, 0, 1]))
    rules = draw(st.lists(links, max_size=4, unique_by=lambda link: link[:2]))
    # One service of the day, one of the night before whose times pass midnight, one of neither.
    shifted = [
        (line, service, [(s, a + 86_400, d + 86_400, h) for s, a, d, h in calls])
        if service == 1
        else (line, service, calls)
        for line, service, calls in trips
    ]
    made = timetable(
        city(),
        stops,
        shifted,
        services=((TODAY,), (TODAY - 1,), (TODAY + 2,)),
        lines=("A", "B"),
        transfers=pairs,
        door_s=draw(st.sampled_from([0, 40])),
        blocks=blocks,
        stays=rules,
    )
    return with_timetable(city(), made)


def every_node(found, network):
    times = np.full(len(network.streets.node_xy), np.inf)
    times[found.node] = found.node_ms
    return times


@settings(deadline=None, max_examples=150)
@given(
    feeds(),
    st.tuples(st.floats(0, COLUMNS - 1), st.floats(0, ROWS - 1)),
    st.integers(1, 4),
    st.sampled_from([3, 6, 12]),
)
def test_every_node_has_the_time_of_trying_every_trip(network, place, rides, walk_min):
    start = network.snap(tuple(_xy(network, place)), 500.0)
    cutoff_ms = 25 * 60_000
    ride = Ride(
        datetime.fromisoformat(f"{DAY}T08:00"),
        window_min=12,
        every_min=4,
        max_rides=rides,
        max_walk_min=walk_min,
        percentile=50,
    )
    mine = journeys(network, start, ride, cutoff_ms, travel=WALK)
    slow = SlowJourneys(network, SPEED_KMH, walk_min * 60_000)
    samples = []
    for column, minute in enumerate((0, 4, 8)):
        want = slow.at_nodes(start, (EIGHT_S + 60 * minute) * 1000, cutoff_ms, rides)
        got = np.full(len(want), np.inf)
        times = mine.node_ms([50], np.array([column]))[0]
        got[mine.node] = np.where(times == NEVER_MS, np.inf, times)
        assert (got == want).all()
        samples.append(want)
    ordered = np.sort(samples, axis=0)
    for percentile in (5, 50, 95):
        want = ordered[rank(percentile, 3)]
        assert (every_node(mine.reached(percentile), network) == want).all()


def _xy(network, place):
    from sandbox.geo import crs as geo

    return geo.to_metric(at(*place), network.crs)
