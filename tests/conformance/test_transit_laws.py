"""Journeys by line in a desert whose times can be derived, and laws they keep."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from math import ceil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString

from sandbox.analysis.itinerary import itinerary
from sandbox.analysis.transit import transit_isochrone
from sandbox.edits.street_edits import StreetEdit, StreetEdits, apply
from sandbox.engine.network import Network
from sandbox.geo import crs as geo
from sandbox.streets.modes import Access
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.lines import Line, LineStop, Period, StreetLink, Supply
from sandbox.transit.search import find_journeys
from sandbox.transit.service import phase
from sandbox.units import NEVER_MS
from tests.conformance.test_transit_oracle import SPEED_KMH, WALK, city, feeds
from tests.support.grid_city import at, grid_city
from tests.support.timetables import DAY, timetable, with_timetable

EIGHT = datetime.fromisoformat(f"{DAY}T08:00")
MINUTE = 60_000
CUTOFF = 60 * MINUTE
DAY_LONG = (0, 86_400)


@cache
def desert():
    """Streets 100 m apart, a minute's walk each."""
    return grid_city(41, 11)


def line(stops, headway_min, *, id_="L", minutes=None, access_s=0, dwell_s=0, hours=DAY_LONG):
    """Return a line through blocks of the grid, with the minutes between its stops."""
    minutes = minutes or [2.0] * (len(stops) - 1)
    made = [
        LineStop(f"{x},{y}", f"{x},{y}", f"{x},{y}", at(x, y), ran)
        for (x, y), ran in zip(stops, [None, *minutes], strict=True)
    ]
    period = Period(*hours, headway_min * 60)
    return Line(id_, id_, id_, "metro", tuple(made), (period,), access_s=access_s, dwell_s=dwell_s)


def start_at(network, x, y):
    return network.snap(tuple(geo.to_metric(at(x, y), network.crs)), 500.0)


def node_at(network, x, y):
    gap = np.hypot(*(network.streets.node_xy - geo.to_metric(at(x, y), network.crs)).T)
    return int(gap.argmin())


def times_at(found, percentile, node):
    times = found.node_ms([percentile])[0]
    return int(times[np.flatnonzero(found.node == node)[0]])


def all_times(network, found, percentiles):
    whole = np.full((len(percentiles), len(network.streets.node_xy)), NEVER_MS, dtype=np.int64)
    whole[:, found.node] = found.node_ms(percentiles)
    return whole


# A line along row 5 from x = 5 to x = 35; from (5, 7) to (35, 6) by line: two blocks to the
# stop, ten minutes ride, one block on: 13 minutes and the wait. On foot it is 31 minutes.
TRACK = [(5, 5), (20, 5), (35, 5)]
RAN = [5.0, 5.0]


@pytest.mark.parametrize("headway", [4, 10, 15])
@pytest.mark.parametrize("percentile", [5, 25, 50, 75, 95])
def test_waits_of_an_even_headway_are_spread_evenly(headway, percentile):
    network = desert()
    supply = Supply((line(TRACK, headway, minutes=RAN),))
    ride = Ride(EIGHT, draws=3)
    found = find_journeys(
        network, start_at(network, 5, 7), ride, CUTOFF, supply=supply, travel=WALK
    )
    got = times_at(found, percentile, node_at(network, 35, 6))
    period_ms = headway * MINUTE
    waits = []
    for draw in range(3):
        late = min(round(phase("L/0", draw) * period_ms), period_ms - 1)
        waits += [(late - (minute + 2) * MINUTE) % period_ms for minute in range(60)]
    rank = ceil(percentile * len(waits) / 100) - 1
    assert got == 13 * MINUTE + sorted(waits)[rank]


@pytest.mark.parametrize("percentile", [5, 95])
def test_half_the_headway_has_no_spread(percentile):
    network = desert()
    supply = Supply((line(TRACK, 10, minutes=RAN),))
    ride = Ride(EIGHT, model="expected")
    found = find_journeys(
        network, start_at(network, 5, 7), ride, CUTOFF, supply=supply, travel=WALK
    )
    assert found.samples == 60
    assert times_at(found, percentile, node_at(network, 35, 6)) == (13 + 5) * MINUTE


def test_access_dwell_and_the_change_between_lines_count():
    network = desert()
    # East along row 5 to (20, 5), then north-south lines at x = 20 from row 5 to row 0.
    east = line(TRACK, 10, minutes=RAN, access_s=60, dwell_s=30)
    south = line([(20, 5), (20, 0)], 6, id_="S", minutes=[1.0], access_s=60)
    ride = Ride(EIGHT, model="expected")
    start = start_at(network, 5, 5)
    supply = Supply((east, south))
    found = find_journeys(network, start, ride, CUTOFF, supply=supply, travel=WALK)
    # Down 1 min, wait 5, ride 5, no way between lines of one station, wait 3, ride 1, up 1.
    assert times_at(found, 50, node_at(network, 20, 0)) == (1 + 5 + 5 + 3 + 1 + 1) * MINUTE
    # Past the middle stop the halt of half a minute counts.
    assert times_at(found, 50, node_at(network, 35, 5)) == (1 + 5 + 5 + 0.5 + 5 + 1) * MINUTE
    one = replace(ride, max_rides=1)
    alone = find_journeys(network, start, one, CUTOFF, supply=supply, travel=WALK)
    # With one ride the last five blocks are walked: 5 minutes instead of waiting 3, riding 1.
    assert times_at(alone, 50, node_at(network, 20, 0)) == (1 + 5 + 5 + 1 + 5) * MINUTE


def _next(ready_ms, late_ms, period_ms):
    """Return when the next vehicle leaves that first left at `late_ms` after midnight."""
    return late_ms + -(-max(ready_ms - late_ms, 0) // period_ms) * period_ms


def test_waits_at_a_change_follow_from_both_lines_phases():
    """East every 10 minutes, then every 7: at each percentile, departure by departure."""
    network = desert()
    # One halt is crossed by both; three blocks of street lie between the other two.
    east = line([(5, 5), (20, 5)], 10, minutes=[5.0])
    south = line([(20, 2), (20, 0), (35, 0)], 7, id_="S", minutes=[1.0, 4.0])
    ride = Ride(EIGHT, draws=4)
    supply = Supply((east, south))
    found = find_journeys(
        network, start_at(network, 5, 5), ride, CUTOFF, supply=supply, travel=WALK
    )
    times = []
    for draw in range(4):
        late = [
            min(round(phase(name, draw) * period), period - 1)
            for name, period in (("L/0", 10 * MINUTE), ("S/0", 7 * MINUTE))
        ]
        for minute in range(60):
            leave = (8 * 60 + minute) * MINUTE
            change = _next(leave, late[0], 10 * MINUTE) + (5 + 3) * MINUTE
            there = _next(change, late[1], 7 * MINUTE) + (1 + 4) * MINUTE
            times.append(min(there - leave, 35 * MINUTE))
    for percentile in (5, 25, 50, 75, 95):
        want = sorted(times)[ceil(percentile * len(times) / 100) - 1]
        assert times_at(found, percentile, node_at(network, 35, 0)) == want


def test_doors_of_one_stop_may_lie_far_apart_in_time():
    """One door is on the street at once, one after 14 minutes, in a part of its own.

    From either one walks 16 minutes at most: the time inside is no part of that.
    """
    network = desert()
    supply = Supply(
        (line(TRACK, 10, minutes=RAN),), links=(StreetLink("35,5", at(5, 10), 14 * 60),)
    )
    ride = Ride(EIGHT, model="expected", max_walk_min=16)
    found = find_journeys(
        network, start_at(network, 5, 5), ride, CUTOFF, supply=supply, travel=WALK
    )
    around = found.walks.added
    stop = found.service.stop_row["35,5"]
    node = np.repeat(np.arange(len(around.node_offsets) - 1), np.diff(around.node_offsets))
    mine = around.node_stop == stop
    # Some nodes are near both doors.
    got = {}
    for n, ms in zip(node[mine].tolist(), around.node_ms[mine].tolist(), strict=True):
        got[n] = min(ms, got.get(n, ms))
    x, y = np.meshgrid(np.arange(41), np.arange(11))
    near = np.abs(x - 35) + np.abs(y - 5)
    far = 14 + np.abs(x - 5) + np.abs(y - 10)
    on = np.minimum(np.where(near <= 16, near, 99), np.where(far - 14 <= 16, far, 99))
    want = {
        node_at(network, i, j): int(on[j, i]) * MINUTE for j, i in np.argwhere(on < 99).tolist()
    }
    assert got == want


def test_lines_run_within_their_hours_only():
    network = desert()
    hours = (9 * 3600, 10 * 3600)
    supply = Supply((line(TRACK, 10, minutes=RAN, hours=hours),))
    start, far = start_at(network, 5, 5), node_at(network, 35, 5)
    for model in ("random", "expected"):
        early = Ride(EIGHT, window_min=10, model=model)
        late = Ride(EIGHT.replace(hour=10, minute=1), window_min=10, model=model)
        for ride in (early, late):
            found = find_journeys(network, start, ride, 45 * MINUTE, supply=supply, travel=WALK)
            assert times_at(found, 50, far) == 30 * MINUTE


def test_walks_end_at_their_longest_and_more_links_shorten_them():
    network = desert()
    ride = Ride(EIGHT, model="expected", max_walk_min=2)
    supply = Supply((line(TRACK, 10, minutes=RAN),))
    start = start_at(network, 5, 8)
    far = node_at(network, 35, 5)
    beyond = find_journeys(network, start, ride, CUTOFF, supply=supply, travel=WALK)
    assert times_at(beyond, 50, far) == 33 * MINUTE
    linked = replace(supply, links=(StreetLink("5,5", at(5, 7), 30),))
    found = find_journeys(network, start, ride, CUTOFF, supply=linked, travel=WALK)
    assert times_at(found, 50, far) == (1 + 0.5 + 5 + 10) * MINUTE


def test_arriving_is_leaving_seen_from_the_other_end():
    network = desert()
    supply = Supply((line(TRACK, 10, minutes=RAN),))
    there = Ride(EIGHT, model="expected")
    back = replace(there, arrive=True)
    out = find_journeys(network, start_at(network, 5, 7), there, CUTOFF, supply=supply, travel=WALK)
    home = find_journeys(
        network, start_at(network, 35, 6), back, CUTOFF, supply=supply, travel=WALK
    )
    assert times_at(out, 50, node_at(network, 35, 6)) == times_at(home, 50, node_at(network, 5, 7))


@pytest.mark.parametrize("boarded", [0, 1])
def test_a_vehicle_that_comes_after_ones_own_feet_still_takes_one_farther(boarded):
    """Walks are no longer than 6 minutes, and begin where a vehicle was left.

    Line X brings one to (10, 5) after 2 minutes; from there one is at (15, 5) on foot
    after 7. Line Y, the first vehicle or the second, brings one there after 8, later, but
    then 6 minutes more can be walked. One who kept only the earlier of the two times would
    get no farther than (16, 5).
    """
    network = desert()
    stops = [(f"s{x}", *at(x, 5)) for x in (0, 10, 15)]
    eight = 8 * 3600
    leaves = eight + 120 * boarded
    trips = [
        ("X", 0, [(0, eight, eight), (1, eight + 120, eight + 120)]),
        ("Y", 0, [(boarded, leaves, leaves), (2, eight + 480, eight + 480)]),
    ]
    made = with_timetable(network, timetable(network, stops, trips, lines=("X", "Y")))
    ride = Ride(EIGHT, window_min=1, max_walk_min=6)
    found = find_journeys(made, start_at(made, 0, 5), ride, 20 * MINUTE, travel=WALK)
    assert times_at(found, 50, node_at(made, 15, 5)) == 7 * MINUTE
    assert times_at(found, 50, node_at(made, 16, 5)) == 8 * MINUTE
    assert times_at(found, 50, node_at(made, 20, 5)) == 13 * MINUTE


# --- laws ----------------------------------------------------------------------------------

PERCENTILES = [5, 50, 95]
places = st.tuples(st.integers(0, 7), st.integers(0, 6))


@st.composite
def lines(draw, id_="N"):
    stops = draw(st.lists(places, min_size=2, max_size=4, unique=True))
    minutes = [float(draw(st.integers(1, 4))) for _ in stops[1:]]
    return line(stops, draw(st.integers(2, 20)), id_=id_, minutes=minutes)


def asked(network, place, ride, supply=None):
    found = find_journeys(
        network, start_at(network, *place), ride, 25 * MINUTE, supply=supply, travel=WALK
    )
    return all_times(network, found, PERCENTILES)


SHORT = Ride(EIGHT, window_min=10, every_min=2, draws=2, max_walk_min=5)


@settings(deadline=None, max_examples=40)
@given(feeds(), places)
def test_an_empty_supply_changes_nothing(network, place):
    assert (asked(network, place, SHORT) == asked(network, place, SHORT, Supply())).all()


@settings(deadline=None, max_examples=60)
@given(feeds(), places, lines("A1"), lines("B1"), st.sampled_from(["random", "expected"]))
def test_one_line_more_makes_nothing_slower(network, place, first, second, model):
    ride = replace(SHORT, model=model)
    without = asked(network, place, ride, Supply((first,)))
    with_ = asked(network, place, ride, Supply((first, second)))
    assert (with_ <= without).all()


@settings(deadline=None, max_examples=40)
@given(feeds(), places)
def test_a_closed_line_makes_nothing_faster(network, place):
    closed = asked(network, place, SHORT, Supply(closed=frozenset("A")))
    assert (closed >= asked(network, place, SHORT)).all()


# Drawn streets cut others into pieces whose times round to whole milliseconds each.
ROUNDING_MS = 50
# Points of a drawn line lie a decimetre apart at least, or at one place.
off_streets = st.tuples(st.integers(0, 7000), st.integers(0, 6000)).map(
    lambda place: (place[0] / 1000, place[1] / 1000)
)


@settings(deadline=None, max_examples=60)
@given(
    feeds(),
    places,
    st.lists(off_streets, min_size=2, max_size=4),
    st.lists(off_streets, min_size=2, max_size=4, unique=True),
    st.sampled_from(["footbridge", "path"]),
)
def test_one_street_more_makes_no_journey_slower(network, place, halts, drawn, kind):
    """Also where it passes beside a line's station, which keeps its old way to the streets."""
    supply = Supply((line(halts, 5),))
    course = LineString([at(*point) for point in [place, *drawn]])
    more = apply(network, StreetEdits((StreetEdit(kind, course),)))
    before = asked(network, place, SHORT, supply)
    after = asked(more, place, SHORT, supply)[:, : before.shape[1]]
    late = after > before + ROUNDING_MS
    assert not (late & (before <= 25 * MINUTE - ROUNDING_MS)).any()


def test_a_street_beside_a_station_takes_its_old_door_away_from_nobody():
    network = desert()
    # 40 m from its street; a street of which only the far end joins others passes 5 m away.
    supply = Supply((line([(5.5, 5.4), (20, 5), (35, 5)], 10, minutes=RAN),))
    beside = LineString([at(9.5, 5.0), at(9.5, 5.45), at(5.5, 5.45)])
    ride = Ride(EIGHT, model="expected")
    for more in (network, apply(network, StreetEdits((StreetEdit("footbridge", beside),)))):
        start = start_at(network, 5, 7)
        found = find_journeys(more, start, ride, CUTOFF, supply=supply, travel=WALK)
        # Half a block and two down to the door, 0.4 to the platform; then as from the street.
        want = (2.5 + 0.4 + 5 + 10 + 1) * MINUTE
        assert times_at(found, 50, node_at(network, 35, 6)) == pytest.approx(want, abs=20)


def test_a_street_to_a_station_is_one_more_way_there():
    network = desert()
    supply = Supply((line([(5.5, 5.4), (20, 5), (35, 5)], 10, minutes=RAN),))
    bridge = LineString([at(5.0, 6.0), at(5.5, 5.4)])
    more = apply(network, StreetEdits((StreetEdit("footbridge", bridge),)))
    ride = Ride(EIGHT, model="expected")
    found = find_journeys(more, start_at(network, 5, 7), ride, CUTOFF, supply=supply, travel=WALK)
    want = (1 + np.hypot(0.5, 0.6) + 5 + 10 + 1) * MINUTE
    assert times_at(found, 50, node_at(network, 35, 6)) == pytest.approx(want, abs=100)


@settings(deadline=None, max_examples=40)
@given(places, lines(), st.integers(1, 10))
def test_a_shorter_headway_expected_is_never_slower(place, made, less):
    ride = replace(SHORT, model="expected")
    period = made.periods[0]
    dense = replace(period, headway_s=max(period.headway_s - 60 * less, 30))
    slow = asked(city(), place, ride, Supply((made,)))
    fast = asked(city(), place, ride, Supply((replace(made, periods=(dense,)),)))
    assert (fast <= slow).all()


@settings(deadline=None, max_examples=60)
@given(feeds(), places, places)
def test_the_latest_departure_of_an_arrival_is_no_earlier_and_arrives_then(network, a, b):
    """For the earliest arrival F(t) the latest departure d has d >= t and F(d) = F(t)."""
    ride = replace(SHORT, window_min=1, every_min=1)
    to = node_at(network, *b)
    arrives = _one(network, a, ride, to)
    if arrives == NEVER_MS or arrives == 0:
        return
    by = EIGHT + timedelta(milliseconds=arrives)
    took = _one(network, b, replace(ride, when=by, arrive=True), node_at(network, *a))
    assert took <= arrives
    leaves = by - timedelta(milliseconds=took)
    assert leaves + timedelta(milliseconds=_one(network, a, replace(ride, when=leaves), to)) == by


def _one(network: Network, place, ride: Ride, node: int) -> int:
    found = find_journeys(
        network, start_at(network, *place), ride, 25 * MINUTE, travel=Travel(walk_kmh=SPEED_KMH)
    )
    return int(all_times(network, found, [50])[0, node])


# --- by bike to and from stops ---------------------------------------------------------------

# 15 km/h, the usual riding speed, is 24 s a block; on foot a block takes a minute.
BLOCK_BY_BIKE = 24_000


@cache
def rideable():
    """Return the desert with every street open to bikes too."""
    streets = desert().streets
    access = np.full_like(streets.access, int(Access.WALK | Access.BIKE))
    return Network(replace(streets, access=access))


@pytest.mark.parametrize("arrive", [False, True])
@pytest.mark.parametrize(("access", "egress"), [("bike", "walk"), ("walk", "bike")])
def test_bikes_bring_one_to_the_first_stop_or_on_from_the_last(access, egress, arrive):
    network = rideable()
    supply = Supply((line(TRACK, 10, minutes=RAN),))
    ride = Ride(EIGHT, model="expected", access=access, egress=egress, arrive=arrive)
    # Five blocks to the line's first stop, wait 5, ride 10, four blocks on from its last.
    home, work = (5, 10), (35, 1)
    start, end = (work, home) if arrive else (home, work)
    found = find_journeys(
        network, start_at(network, *start), ride, CUTOFF, supply=supply, travel=WALK
    )
    to_stop = 5 * (BLOCK_BY_BIKE if access == "bike" else MINUTE)
    from_stop = 4 * (BLOCK_BY_BIKE if egress == "bike" else MINUTE)
    by_line = to_stop + 15 * MINUTE + from_stop
    # Without a ride one moves all the way as round the place that is asked from.
    alone = (30 + 9) * (BLOCK_BY_BIKE if ride.near == "bike" else MINUTE)
    assert times_at(found, 50, node_at(network, *end)) == min(by_line, alone)


@pytest.mark.parametrize(("bike_kmh", "minutes"), [(15, 1.6), (10, 2.4), (12, 2.0)])
def test_who_rides_to_or_from_stops_rides_as_fast_as_was_asked(bike_kmh, minutes):
    # Four blocks of 100 m on from the last stop, or to the first one.
    network, travel = rideable(), Travel(walk_kmh=SPEED_KMH, bike_kmh=bike_kmh)
    supply = Supply((line(TRACK, 10, minutes=RAN),))
    ride = Ride(EIGHT, window_min=1, model="expected", egress="bike")
    told = itinerary(network, at(5, 10), at(35, 1), travel.riding(ride), supply=supply)
    assert [leg.kind for leg in told.legs] == ["walk", "wait", "ride", "bike"]
    assert told.legs[-1].minutes == pytest.approx(minutes, abs=0.001)
    # The isochrone, and so the map, tells the same: to the place in 20 minutes and that.
    found = transit_isochrone(network, at(5, 10), [60], travel.riding(ride), supply=supply)
    end_ms = times_at(found.journeys, 50, node_at(network, 35, 1))
    assert end_ms == pytest.approx((20 + minutes) * MINUTE, abs=5)
    assert found.told()["bike_kmh"] == bike_kmh


def test_a_journey_by_bike_and_line_tells_its_legs():
    network = rideable()
    supply = Supply((line(TRACK, 10, minutes=RAN),))
    ride = Ride(EIGHT, window_min=1, model="expected", access="walk", egress="bike")
    told = itinerary(
        network, at(5, 10), at(35, 1), Travel(walk_kmh=SPEED_KMH).riding(ride), supply=supply
    )
    assert [leg.kind for leg in told.legs] == ["walk", "wait", "ride", "bike"]
    assert [round(leg.minutes, 3) for leg in told.legs] == [5.0, 5.0, 10.0, 1.6]
