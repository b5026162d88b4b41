"""Vehicles by headway, drawn at random, held against trying each of them from each stop."""

from datetime import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.geo import crs as geo
from sandbox.streets.travel import Ride
from sandbox.transit.journeys import rank
from sandbox.transit.lines import Line, LineStop, Period, Supply
from sandbox.transit.search import find_journeys
from sandbox.transit.service import phase
from sandbox.units import NEVER_MS
from tests.conformance.test_transit_backwards import latest_departures
from tests.conformance.test_transit_oracle import COLUMNS, EIGHT_S, ROWS, WALK, city, stop_place
from tests.support.grid_city import at
from tests.support.timetables import DAY, SPEED_KMH, TODAY, SlowJourneys, timetable, with_timetable

CUTOFF_MS = 25 * 60_000
MINUTES = (0, 5, 10)
DRAWS = 3
PLACE = st.tuples(st.floats(0, COLUMNS - 1), st.floats(0, ROWS - 1))
HEADWAY_S = st.sampled_from([60, 97, 240, 420, 900, 2400])


@st.composite
def hours(draw):
    """Return one period or two, apart or touching, within or beyond the hour asked about."""
    start = EIGHT_S + 60 * draw(st.integers(-90, 20))
    end = start + 60 * draw(st.integers(1, 90))
    found = [(start, end, draw(HEADWAY_S))]
    if draw(st.booleans()):
        then = end + 60 * draw(st.sampled_from([0, 7]))
        found.append((then, then + 60 * draw(st.integers(1, 60)), draw(HEADWAY_S)))
    return found


@st.composite
def calls_of(draw, stops):
    """Return a trip's calls; it may halt anywhere and come by a stop twice."""
    now, found = EIGHT_S + 60 * draw(st.integers(-5, 5)), []
    for stop in draw(st.lists(st.integers(0, stops - 1), min_size=2, max_size=5)):
        arrives = now
        now += 10 * draw(st.integers(0, 6))
        found.append((stop, arrives, now, draw(st.sampled_from([0, 0, 0, 0, 1, 2]))))
        now += 30 * draw(st.integers(1, 12))
    return found


@st.composite
def towns(draw):
    """Return a town's streets with a timetable of trips by headway, and lines drawn over it."""
    count = draw(st.integers(3, 7))
    place = st.tuples(st.integers(0, COLUMNS - 2), st.integers(0, ROWS - 1))
    places = draw(st.lists(place, min_size=count, max_size=count, unique=True))
    stops = [stop_place(i, *xy) for i, xy in enumerate(places)]
    trips, repeats = [], []
    for number in range(draw(st.integers(1, 5))):
        service, calls = draw(st.integers(0, 2)), draw(calls_of(count))
        night = 86_400 if service == 1 else 0
        times = [(stop, a + night, d + night, halt) for stop, a, d, halt in calls]
        trips.append((draw(st.sampled_from("AB")), service, times))
        if draw(st.integers(0, 4)):
            exact = draw(st.sampled_from([False, False, True]))
            repeats += [(number, a + night, b + night, h, exact) for a, b, h in draw(hours())]
    made = timetable(
        city(),
        stops,
        trips,
        services=((TODAY,), (TODAY - 1,), (TODAY + 2,)),
        lines=("A", "B"),
        frequencies=repeats,
        door_s=draw(st.sampled_from([0, 40])),
    )
    lines = []
    for number in range(draw(st.integers(0, 2))):
        called = draw(st.lists(st.sampled_from(stops), min_size=2, max_size=4, unique=True))
        halts = [LineStop(name, name, name, (lon, lat), 1.0) for name, lon, lat in called]
        minutes = [draw(st.sampled_from([0.5, 1.0, 3.25])) for _ in halts]
        halts = [
            LineStop(one.id, one.id, one.id, one.lonlat, ran)
            for one, ran in zip(halts, minutes, strict=True)
        ]
        periods = tuple(Period(*one) for one in draw(hours()))
        lines.append(
            Line(
                f"D{number}",
                "",
                "",
                "bus",
                tuple(halts),
                periods,
                dwell_s=draw(st.sampled_from([0, 30])),
                both_ways=draw(st.booleans()),
            )
        )
    return with_timetable(city(), made), Supply(tuple(lines))


def by_headway(network, supply):
    """Yield each pattern by headway: its name, its calls after it left, and its hours."""
    made = network.timetable
    for k in range(len(made.frequency_trip)):
        if made.frequency_exact[k]:
            continue
        trip = int(made.frequency_trip[k])
        rows = range(made.trip_offsets[trip], made.trip_offsets[trip + 1])
        begins = int(made.time_departure_s[rows[0]])
        calls = [
            (
                int(made.time_stop[row]),
                (int(made.time_arrival_s[row]) - begins) * 1000,
                (int(made.time_departure_s[row]) - begins) * 1000,
                int(made.time_halt[row]),
            )
            for row in rows
        ]
        hours = made.frequency_start_s[k], made.frequency_end_s[k], made.frequency_headway_s[k]
        name = f"{made.line_id[made.trip_line[trip]]}/{trip}"
        for day in np.flatnonzero(made.service_days[made.trip_service[trip]]).tolist():
            shift = (day - TODAY) * 86_400
            start, end, every = (int(s) for s in hours)
            yield name, calls, (start + shift) * 1000, (end + shift) * 1000, every * 1000
    for line in supply.lines:
        row = {stop: index for index, stop in enumerate(made.stop_id)}
        for back in range(2 if line.both_ways else 1):
            stops = line.stops[::-1] if back else line.stops
            # Each runs as long there as back.
            ran = [stop.minutes for stop in line.stops[1:]]
            now, calls = 0, [(row[stops[0].id], 0, 0, 0)]
            for stop, minutes in zip(stops[1:], ran[::-1] if back else ran, strict=True):
                now += round(minutes * 60_000)
                halt = 0 if stop is stops[-1] else line.dwell_s * 1000
                calls.append((row[stop.id], now, now + halt, 0))
                now += halt
            for one in line.periods:
                for day in (-1, 0, 1):
                    a, b = one.start_s + day * 86_400, one.end_s + day * 86_400
                    yield f"{line.id}/{back}", calls, a * 1000, b * 1000, one.headway_s * 1000


def vehicles(network, supply, draw):
    """Yield the calls of each vehicle by headway that runs in a draw of phases."""
    for name, calls, start, end, every in by_headway(network, supply):
        leaves = start + min(round(phase(name, draw) * every), every - 1)
        while leaves <= end:
            yield [(stop, a + leaves, d + leaves, halt) for stop, a, d, halt in calls]
            leaves += every


class Waiting(SlowJourneys):
    """The same where one waits half the headway for vehicles that aren't told apart."""

    def __init__(self, network, supply, walk_ms):
        super().__init__(network, SPEED_KMH, walk_ms)
        self._repeated = list(by_headway(network, supply))

    def ready(self, board):
        """Return when one is off at each stop, aboard from stops where one is ready then."""
        fresh = {}
        for _, calls, first, last, every in self._repeated:
            for i, (stop, _, after, halt) in enumerate(calls):
                leaves = board.get(stop, NEVER_MS) - after
                if leaves > last or halt & 1:
                    continue
                leaves = max(leaves, first) + every // 2
                for to, arrives, _, other in calls[i + 1 :]:
                    if not other & 2:
                        fresh[to] = min(fresh.get(to, NEVER_MS), leaves + arrives)
        return fresh

    def at_stops(self, start, leave_ms, rides):
        # One ride more each time: trips as they stand, or a vehicle that one waits for.
        board, brought = self.boarding(start, leave_ms), {}
        for _ in range(rides):
            fresh = self.ready(board)
            for calls in self.trips:
                for i, (stop, _, leaves, halt) in enumerate(calls):
                    if board.get(stop, NEVER_MS) > leaves or halt & 1:
                        continue
                    for to, arrives, _, other in calls[i + 1 :]:
                        if not other & 2:
                            fresh[to] = min(fresh.get(to, NEVER_MS), arrives)
            for stop, at_ms in fresh.items():
                brought[stop] = min(brought.get(stop, NEVER_MS), at_ms)
            for stop, at_ms in brought.items():
                for to, ms in self.walks_from(stop).items():
                    board[to] = min(board.get(to, NEVER_MS), at_ms + ms)
        return brought


def compared(network, supply, place, ride, slow_of):
    """Hold each departure of a window, and percentiles over all, to the slow way."""
    start = network.snap(tuple(geo.to_metric(at(*place), network.crs)), 500.0)
    mine = find_journeys(network, start, ride, CUTOFF_MS, supply=supply, travel=WALK)
    assert mine.samples % len(MINUTES) == 0
    samples = []
    for draw in range(mine.samples // len(MINUTES)):
        slow_node_ms = slow_of(draw, start)
        for column, minute in enumerate(MINUTES):
            want = slow_node_ms((EIGHT_S + 60 * minute) * 1000)
            got = np.full(len(want), np.inf)
            times = mine.node_ms([50], np.array([draw * len(MINUTES) + column]))[0]
            got[mine.node] = np.where(times == NEVER_MS, np.inf, times)
            assert (got == want).all()
            samples.append(want)
    ordered = np.sort(samples, axis=0)
    for percentile in (5, 50, 95):
        got = np.full(len(ordered[0]), np.inf)
        reached = mine.reached(percentile)
        got[reached.node] = reached.node_ms
        assert (got == ordered[rank(percentile, len(samples))]).all()


def asked(rides, walk_min, *, arrive=False, model="random"):
    return Ride(
        datetime.fromisoformat(f"{DAY}T08:{MINUTES[-1] if arrive else MINUTES[0]:02}"),
        arrive=arrive,
        window_min=15,
        every_min=5,
        max_rides=rides,
        max_walk_min=walk_min,
        model=model,
        draws=DRAWS,
    )


@pytest.mark.parametrize("arrive", [False, True])
@settings(deadline=None, max_examples=12)
@given(world=towns(), place=PLACE, rides=st.integers(1, 3), walk_min=st.sampled_from([3, 6]))
def test_each_draw_of_phases_has_the_times_of_trying_every_vehicle(
    arrive, world, place, rides, walk_min
):
    network, supply = world

    def slow_of(draw, start):
        slow = SlowJourneys(network, SPEED_KMH, walk_min * 60_000)
        slow.trips += vehicles(network, supply, draw)
        if arrive:
            return lambda by_ms: latest_departures(slow, network, start, by_ms, rides)
        return lambda leave_ms: slow.at_nodes(start, leave_ms, CUTOFF_MS, rides)

    compared(network, supply, place, asked(rides, walk_min, arrive=arrive), slow_of)


@settings(deadline=None, max_examples=12)
@given(towns(), PLACE, st.integers(1, 3), st.sampled_from([3, 6]))
def test_half_the_headway_is_waited_at_each_vehicle_that_is_not_told_apart(
    world, place, rides, walk_min
):
    network, supply = world
    slow = Waiting(network, supply, walk_min * 60_000)

    def slow_of(_, start):
        return lambda leave_ms: slow.at_nodes(start, leave_ms, CUTOFF_MS, rides)

    compared(network, supply, place, asked(rides, walk_min, model="expected"), slow_of)
