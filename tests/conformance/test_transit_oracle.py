"""Journeys by line, held against trying every trip."""

from dataclasses import replace
from datetime import datetime
from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.engine.search import Entered
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.journeys import rank
from sandbox.transit.search import find_journeys
from sandbox.units import NEVER_MS
from tests.support.grid_city import at, grid_city
from tests.support.timetables import DAY, SPEED_KMH, TODAY, SlowJourneys, timetable, with_timetable

COLUMNS, ROWS = 9, 7
WALK = Travel(walk_kmh=SPEED_KMH)
EIGHT_S = 8 * 3600


@cache
def city():
    return grid_city(COLUMNS, ROWS)


@cache
def one_way_city():
    """Every third street leads one way only, none of them on the rim."""
    ways = []
    for x in range(1, COLUMNS - 2):
        for y in range(1, ROWS - 1):
            if (x + y) % 3 == 0:
                ways.append(((x, y), (x + 1, y)) if y % 2 else ((x + 1, y), (x, y)))
    return grid_city(COLUMNS, ROWS, one_way=ways)


# Each street of the city by its crossings.
STREETS = [
    ((x, y), end)
    for x in range(COLUMNS)
    for y in range(ROWS)
    for end in ((x + 1, y), (x, y + 1))
    if end[0] < COLUMNS and end[1] < ROWS
]


@st.composite
def gated_feeds(draw):
    """Return a city of which any streets are private drives, with vehicles."""
    own = draw(st.lists(st.sampled_from(STREETS), min_size=1, max_size=40, unique=True))
    # Around some crossings all are: blocks whose inside is private.
    yard = st.tuples(st.integers(0, COLUMNS - 1), st.integers(0, ROWS - 1))
    for place in draw(st.lists(yard, max_size=4)):
        own += [street for street in STREETS if place in street]
    streets = grid_city(COLUMNS, ROWS, private=own)
    return draw(feeds(lambda: streets))


def stop_place(index, x, y):
    lon, lat = at(x + 0.25, y)
    return (f"s{index}", lon, lat)


@st.composite
def feeds(draw, streets=city):
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
    # More ways into a station: near by, or far inside, or one way only.
    inside = st.sampled_from([-1, 0, 60, 240])
    spot = st.tuples(st.floats(0, COLUMNS - 1), st.integers(0, ROWS - 1))
    entrance = st.tuples(st.integers(0, count - 1), spot, inside, inside)
    gates = [(s, *at(*xy), a, b) for s, xy, a, b in draw(st.lists(entrance, max_size=4))]
    # One service of the day, one of the night before whose times pass midnight, one of neither.
    shifted = [
        (line, service, [(s, a + 86_400, d + 86_400, h) for s, a, d, h in calls])
        if service == 1
        else (line, service, calls)
        for line, service, calls in trips
    ]
    made = timetable(
        streets(),
        stops,
        shifted,
        services=((TODAY,), (TODAY - 1,), (TODAY + 2,)),
        lines=("A", "B"),
        transfers=pairs,
        door_s=draw(st.sampled_from([0, 40, 200])),
        gates=gates,
        blocks=blocks,
        stays=rules,
    )
    return with_timetable(streets(), made)


def every_node(found, network):
    times = np.full(len(network.streets.node_xy), np.inf)
    times[found.node] = found.node_ms
    return times


@settings(deadline=None, max_examples=200)
@given(
    st.one_of(feeds(), gated_feeds()),
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
    mine = find_journeys(network, start, ride, cutoff_ms, travel=WALK)
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


# Anywhere, but half of them on the very streets that stops are on.
SPOTS = st.one_of(
    st.tuples(st.floats(0, COLUMNS - 1), st.floats(0, ROWS - 1)),
    st.tuples(
        st.integers(0, COLUMNS - 2).flatmap(
            lambda x: st.sampled_from([x + u for u in (0.0, 0.1, 0.25, 0.3, 0.9)])
        ),
        st.integers(0, ROWS - 1),
    ),
)


@settings(deadline=None, max_examples=200)
@given(
    st.one_of(feeds(), feeds(one_way_city), gated_feeds()),
    SPOTS,
    st.lists(SPOTS, min_size=1, max_size=6),
    st.integers(1, 4),
    st.sampled_from([3, 6, 12]),
)
def test_every_place_has_the_time_of_trying_every_trip(network, place, others, rides, walk_min):
    """Between crossings too; each percentile is that of the place's own times."""
    start = network.snap(tuple(_xy(network, place)), 500.0)
    points = network.snap_all([_xy(network, other) for other in others], 500.0)
    step_ms = np.rint(points.distance_m * 3600.0 / SPEED_KMH)
    cutoff_ms = 25 * 60_000
    ride = Ride(
        datetime.fromisoformat(f"{DAY}T08:00"),
        window_min=12,
        every_min=4,
        max_rides=rides,
        max_walk_min=walk_min,
    )
    mine = find_journeys(network, start, ride, cutoff_ms, travel=WALK)
    each = Entered(points, step_ms, np.arange(len(others)), len(others))
    slow = SlowJourneys(network, SPEED_KMH, walk_min * 60_000)

    def ordered(more_ms):
        # Pieces of a street round to whole milliseconds each.
        limit_ms = walk_min * 60_000 + more_ms
        samples = [
            slow.at_points(
                start,
                (EIGHT_S + 60 * minute) * 1000,
                rides,
                (points, step_ms),
                limit_ms=limit_ms,
            )
            for minute in (0, 4, 8)
        ]
        return np.sort(samples, axis=0), np.sort(np.min(samples, axis=1))

    (least, nearest), (most, farthest) = ordered(2), ordered(-2)
    together = Entered(points, step_ms, np.zeros(len(others), dtype=np.int64), 1)
    for percentile in (5, 50, 95):
        number = rank(percentile, 3)
        for places, low, high in ((each, least, most), (together, nearest, farthest)):
            got = mine.place_ms(percentile, places)
            late = low[number] > cutoff_ms + 2
            assert np.isinf(got[late]).all() if np.ndim(late) else (not late or np.isinf(got[0]))
            sure = high[number] <= cutoff_ms - 2
            assert (got >= low[number] - 2).all()
            assert (got <= np.where(sure, high[number] + 2, np.inf)).all()
        # What the map shows is never sooner than the place itself, and never off its streets.
        shown = replace(mine.reached(percentile), exact=None).times_ms(points)
        own = mine.place_ms(percentile, replace(each, step_ms=np.zeros(len(others))))
        assert (shown >= own - 2).all()


def _xy(network, place):
    from sandbox.geo import crs as geo

    return geo.to_metric(at(*place), network.crs)
