"""Journeys found from their end, held against trying every trip backwards."""

from datetime import datetime

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.engine.search import Entered, search
from sandbox.geo import crs as geo
from sandbox.streets.attachments import Attachment
from sandbox.streets.travel import Ride
from sandbox.transit.journeys import rank
from sandbox.transit.search import find_journeys
from sandbox.units import NEVER_MS
from tests.conformance.test_transit_oracle import (
    COLUMNS,
    EIGHT_S,
    ROWS,
    SPOTS,
    WALK,
    feeds,
    gated_feeds,
)
from tests.support.grid_city import at
from tests.support.timetables import DAY, SPEED_KMH, SlowJourneys

CUTOFF_MS = 25 * 60_000


def latest_departures(slow, network, end, by_ms, rides):
    """Return how long before `by_ms` one must leave each node at the latest, else infinite.

    Streets lead both ways at the same cost here, so walks to a place are those from it.
    Nothing is turned round: trips are tried as they stand, the latest to leave is kept.
    """
    best = np.full(len(network.streets.node_xy), np.inf)
    walked = search(network.graph("walk", SPEED_KMH), end, CUTOFF_MS)
    best[walked.node] = walked.node_ms
    for stop, leaves in aboard_at(slow, network, end, by_ms, rides).items():
        for nodes, ms in slow.nodes(stop, into=True):
            earlier = by_ms - leaves + ms
            np.minimum.at(best, nodes[earlier <= CUTOFF_MS], earlier[earlier <= CUTOFF_MS])
    return best


def aboard_at(slow, network, end, by_ms, rides):
    """Return when one must leave each stop aboard a vehicle at the latest."""
    walked = search(network.graph("walk", SPEED_KMH), end, CUTOFF_MS)
    # When one must be at a stop's platform, off a vehicle, to be in time.
    off = {}
    for stop, door, step_ms, _, out_ms in slow.doors:
        there = walked.times_ms(door.as_many())[0] + step_ms
        if out_ms is not None and there <= slow.walk_ms:
            off[stop] = max(off.get(stop, -np.inf), by_ms - int(there) - out_ms)
    aboard = {}
    for _ in range(rides):
        for calls in slow.trips:
            for i, (stop, _, leaves, halt) in enumerate(calls[:-1]):
                if halt & 1:
                    continue
                for to, arrives, _, other in calls[i + 1 :]:
                    if not other & 2 and arrives <= off.get(to, -np.inf):
                        aboard[stop] = max(aboard.get(stop, -np.inf), leaves)
        for stop in range(len(network.timetable.stop_id)):
            for to, ms in slow.walks_from(stop).items():
                if to in aboard:
                    off[stop] = max(off.get(stop, -np.inf), aboard[to] - ms)
    return aboard


@settings(deadline=None, max_examples=200)
@given(
    st.one_of(feeds(), gated_feeds()),
    st.tuples(st.floats(0, COLUMNS - 1), st.floats(0, ROWS - 1)),
    st.integers(1, 4),
    st.sampled_from([3, 6, 12]),
)
def test_every_node_must_be_left_when_trying_every_trip_says(network, place, rides, walk_min):
    end = network.snap(tuple(geo.to_metric(at(*place), network.crs)), 500.0)
    ride = Ride(
        datetime.fromisoformat(f"{DAY}T08:28"),
        arrive=True,
        window_min=12,
        every_min=4,
        max_rides=rides,
        max_walk_min=walk_min,
    )
    mine = find_journeys(network, end, ride, CUTOFF_MS, travel=WALK)
    slow = SlowJourneys(network, SPEED_KMH, walk_min * 60_000)
    samples = []
    for column, minute in enumerate((20, 24, 28)):
        by_ms = (EIGHT_S + 60 * minute) * 1000
        want = latest_departures(slow, network, end, by_ms, rides)
        got = np.full(len(want), np.inf)
        times = mine.node_ms([50], np.array([column]))[0]
        got[mine.node] = np.where(times == NEVER_MS, np.inf, times)
        assert (got == want).all()
        samples.append(want)
    ordered = np.sort(samples, axis=0)
    for percentile in (5, 50, 95):
        got = np.full(len(ordered[0]), np.inf)
        reached = mine.reached(percentile)
        got[reached.node] = reached.node_ms
        assert (got == ordered[rank(percentile, 3)]).all()


@settings(deadline=None, max_examples=100)
@given(
    st.one_of(feeds(), gated_feeds()), SPOTS, SPOTS, st.integers(1, 4), st.sampled_from([3, 6, 12])
)
def test_every_place_must_be_left_when_trying_every_trip_says(
    network, place, other, rides, walk_min
):
    """Between crossings too, and with the longest walk held to the place itself."""
    end = network.snap(tuple(geo.to_metric(at(*place), network.crs)), 500.0)
    point = network.snap_all([geo.to_metric(at(*other), network.crs)], 500.0)
    step_ms = np.rint(point.distance_m * 3600.0 / SPEED_KMH)
    ride = Ride(
        datetime.fromisoformat(f"{DAY}T08:28"),
        arrive=True,
        window_min=12,
        every_min=4,
        max_rides=rides,
        max_walk_min=walk_min,
    )
    mine = find_journeys(network, end, ride, CUTOFF_MS, travel=WALK)
    slow = SlowJourneys(network, SPEED_KMH, walk_min * 60_000)
    graph = network.graph("walk", SPEED_KMH)
    walked = search(graph, end, CUTOFF_MS).times_ms(point)[0] + step_ms[0]
    samples = []
    for minute in (20, 24, 28):
        by_ms = (EIGHT_S + 60 * minute) * 1000
        aboard = aboard_at(slow, network, end, by_ms, rides)
        bounds = []
        # Pieces of a street round to whole milliseconds each.
        for more_ms in (2, -2):
            best = walked
            for stop, door, door_ms, in_ms, _ in slow.doors:
                if stop in aboard and in_ms is not None:
                    shifted = Attachment(door.segment, door.fraction, door.xy, 0.0)
                    walk = search(graph, shifted, slow.walk_ms).times_ms(point)[0]
                    walk += door_ms + step_ms[0]
                    if walk <= slow.walk_ms + more_ms:
                        best = min(best, by_ms - aboard[stop] + walk + in_ms)
            bounds.append(best)
        samples.append(bounds)
    (low, high) = np.sort(np.transpose(samples), axis=1)
    for percentile in (5, 50, 95):
        got = mine.place_ms(percentile, Entered(point, step_ms, np.zeros(1, dtype=np.int64), 1))[0]
        number = rank(percentile, 3)
        assert got >= low[number] - 2
        assert got <= high[number] + 2 or high[number] > CUTOFF_MS - 2
