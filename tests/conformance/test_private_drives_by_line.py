"""Private drives in journeys by line: one's own first and last stretch, and no way to a stop."""

from dataclasses import replace
from datetime import datetime

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import Point

from sandbox.analysis.itinerary import itinerary
from sandbox.analysis.times import times
from sandbox.analysis.transit import transit_isochrone
from sandbox.engine.matrix import matrix
from sandbox.engine.search import Entered
from sandbox.geo import crs as geo
from sandbox.streets.modes import Access
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.lines import Line, LineStop, Period, Supply
from sandbox.transit.search import find_journeys
from tests.conformance.test_private_drives import worlds
from tests.conformance.test_transit_oracle import COLUMNS, ROWS, SPOTS, gated_feeds
from tests.support import worlds as drawn
from tests.support.grid_city import SPEED_KMH, at, grid_city
from tests.support.timetables import DAY, timetable, with_timetable

EIGHT = datetime.fromisoformat(f"{DAY}T08:00")
EIGHT_S = 8 * 3600
MINUTE = 60_000
FAR_MS = 120 * MINUTE
WALK = Travel(walk_kmh=SPEED_KMH)
ONE = Ride(EIGHT, window_min=1)
# Blocks of 100 m, a minute each. Three of them are private drives from row 2 to row 3; by the
# streets round one of them it is three minutes from end to end.
OWN = [((x, 2), (x, 3)) for x in (5, 15, 25)]


def city(stops, trips, own=OWN):
    streets = grid_city(31, 6, private=own)
    made = [(f"s{i}", *at(*place)) for i, place in enumerate(stops)]
    calls = [
        ("L", 0, [(stop, EIGHT_S + 60 * minute, EIGHT_S + 60 * minute) for stop, minute in trip])
        for trip in trips
    ]
    return with_timetable(streets, timetable(streets, made, calls))


def minutes(network, start, end, ride=ONE):
    """Return the minutes of a journey, which tables, maps and journeys all say alike."""
    sides = [
        gpd.GeoDataFrame({"id": ["a"]}, geometry=[Point(at(*spot))], crs="EPSG:4326")
        for spot in (start, end)
    ]
    found = float(times(network, *sides, 120, WALK.riding(ride)).pairs["minutes"].iloc[0])
    told = itinerary(network, at(*start), at(*end), Travel(walk_kmh=SPEED_KMH).riding(ride))
    assert told.minutes == found
    # Walks lead along the streets that are meant: they are as long as they take.
    for leg in told.legs:
        if leg.kind == "walk":
            xy = geo.to_metric(np.array(leg.line_lonlat), network.crs)
            metres = np.hypot(*np.diff(xy, axis=0).T).sum()
            assert metres == pytest.approx(100 * leg.minutes, abs=1)
    near, far = (end, start) if ride.arrive else (start, end)
    map_ = transit_isochrone(network, at(*near), [60], Travel(walk_kmh=SPEED_KMH).riding(ride))
    door = network.snap_all([geo.to_metric(at(*far), network.crs)], 99.0)
    step_ms = door.distance_m * 3600 / SPEED_KMH
    assert map_.reached.times_ms(door) + np.rint(step_ms) == found * MINUTE
    if door.distance_m[0] < 1:
        shown = replace(map_.reached, exact=None).times_ms(door)[0]
        assert shown == pytest.approx(found * MINUTE, abs=2)
    return found


# The bus leaves (5, 3) at 8:10 and is at (25, 3) at 8:15; on foot it is 20 minutes.
BUS = city([(5, 3), (25, 3)], [[(0, 10), (1, 15)]])
WAYS = [
    # One doesn't leave the bus through the drive, nor come to it: 15 + 3, not 15 + 1.
    ((5, 3), (25, 2), 15, 18),
    # Who lives on it comes by it, from either end.
    ((5, 3), (25, 2.5), 15, 15.5),
    ((5, 3), (25, 2.25), 15, 15.75),
    # Another one's drive is no way to one's own: 15 + 3, and a quarter beyond.
    ((5, 3), (25, 1.75), 15, 18.25),
    # From drive to drive: half a block down, and half a block up.
    ((5, 2.5), (25, 2.5), 1, 15.5),
    # With three minutes one is at the stop by the streets round, with two one walks all 21.
    ((5, 2), (25, 3), 3, 15),
    ((5, 2), (25, 3), 2, 21),
    ((5, 2.5), (25, 3), 2, 15),
]


@pytest.mark.parametrize(("start", "end", "walk_min", "want"), WAYS)
def test_walks_to_and_from_stops_keep_out_of_drives(start, end, walk_min, want):
    ride = replace(ONE, max_walk_min=walk_min)
    assert minutes(BUS, start, end, ride) == pytest.approx(want, abs=1e-3)


@pytest.mark.parametrize(("start", "end", "walk_min", "want"), WAYS)
def test_journeys_found_from_their_end_keep_out_of_them_too(start, end, walk_min, want):
    # The same bus the other way round, from (25, 3) at 8:10; to be there at 8:25 one leaves so
    # long before as the journey there takes.
    back = city([(5, 3), (25, 3)], [[(1, 10), (0, 15)]])
    ride = replace(ONE, when=EIGHT.replace(minute=25), arrive=True, max_walk_min=walk_min)
    assert minutes(back, end, start, ride) == pytest.approx(want, abs=1e-3)


@pytest.mark.parametrize(("leave", "want"), [(13, 15), (12, 21)])
def test_one_changes_by_the_streets_round_a_drive(leave, want):
    # By 8:10 at (15, 3), and on from (15, 2), three minutes away and not one, to be at (25, 2)
    # at 8:15; or all the way on foot.
    stops = [(5, 3), (15, 3), (15, 2), (25, 2)]
    network = city(stops, [[(0, 2), (1, 10)], [(2, leave), (3, 15)]])
    ride = replace(ONE, max_walk_min=4)
    assert minutes(network, (5, 3), (25, 2), ride) == pytest.approx(want, abs=1e-3)


def test_a_stop_on_a_drive_is_reached_as_any_place_there_is():
    # At 8:10 from (5, 2.4) on the drive to (25, 2.5) on the other.
    network = city([(5, 2.4), (25, 2.5)], [[(0, 10), (1, 15)]])
    ride = replace(ONE, max_walk_min=2)
    # From the streets at both ends, from the drive, and from yet another place.
    for start in ((5, 2), (5, 3), (5, 2.8), (4, 3)):
        for end, on in (((25, 3), 0.5), ((25, 2), 0.5), ((25, 2.9), 0.4), ((26, 2), 1.5)):
            assert minutes(network, start, end, ride) == pytest.approx(15 + on, abs=1e-3)
    # From a drive to a stop on the next: half a block, a block, and 0.4 of the other.
    own = [*OWN, ((6, 2), (6, 3))]
    network = city([(5, 2.4), (25, 2.5)], [[(0, 10), (1, 15)]], own)
    for walk_min, want in ((1.95, 15), (1.85, 0.5 + 19 + 0.5)):
        ride = replace(ONE, max_walk_min=walk_min)
        found = minutes(network, (6, 2.5), (25, 2.5), ride)
        assert found == pytest.approx(want, abs=1e-3)


def test_one_gets_off_on_a_drive_and_on_at_another():
    # By 8:10 at (15, 2.5) on a drive; on from (16, 2.5) on the next, 0.5 + 1 + 0.5 away.
    own = [*OWN, ((16, 2), (16, 3))]
    stops = [(5, 3), (15, 2.5), (16, 2.5), (25, 3)]
    for leave, want in ((12, 15), (11, 20)):
        trips = [[(0, 2), (1, 10)], [(2, leave), (3, 15)]]
        assert minutes(city(stops, trips, own), (5, 3), (25, 3)) == pytest.approx(want, abs=1e-3)


def test_what_hangs_on_the_streets_only_by_drives_has_the_same_rule():
    # Crossing (25, 3) and all streets of it are private: its people come by the nearest of four.
    yard = [((25, 3), end) for end in ((24, 3), (26, 3), (25, 2), (25, 4))]
    network = city([(5, 3), (24, 3)], [[(0, 10), (1, 15)]], yard)
    assert minutes(network, (5, 3), (25, 3)) == pytest.approx(16, abs=1e-3)
    assert minutes(network, (5, 3), (25.5, 3)) == pytest.approx(16.5, abs=1e-3)
    # On to its other side one goes round: from (24, 3) to (26, 3) four blocks.
    assert minutes(network, (5, 3), (26, 3)) == pytest.approx(19, abs=1e-3)
    # A stop in the yard itself lets out to all sides.
    network = city([(5, 3), (25, 3)], [[(0, 10), (1, 15)]], yard)
    for side in ((24, 3), (26, 3), (25, 2), (25, 4)):
        assert minutes(network, (5, 3), side) == pytest.approx(16, abs=1e-3)


def test_who_rides_a_bike_to_the_stop_keeps_out_of_drives_too():
    ride = replace(ONE, access="bike", max_walk_min=15)
    travel = replace(WALK, bike_kmh=15.0)
    both = int(Access.WALK | Access.BIKE)
    # A street of 3000 m, a parallel one 100 m north, joined at both ends and by a drive halfway.
    xy = [(0, 0), (1500, 0), (3000, 0), (3000, 100), (1500, 100), (0, 100)]
    pairs = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 0), (1, 4)]
    own = [0] * 6 + [both]
    streets = drawn.world(xy, pairs, access=[both] * 7, private=own)

    def lonlat(x, y):
        lon, lat = geo.to_lonlat(drawn.at(x, y), drawn.CRS)
        return float(lon), float(lat)

    stops = [("a", *lonlat(1500, 100)), ("b", *lonlat(3000, 0))]
    calls = [("L", 0, [(0, EIGHT_S + 1200, EIGHT_S + 1200), (1, EIGHT_S + 1260, EIGHT_S + 1260)])]
    network = with_timetable(streets, timetable(streets, stops, calls))
    start = network.snap(drawn.at(1500, 0), 9.0, "bike")
    found = find_journeys(network, start, ride, FAR_MS, travel=travel)
    # By bike round 3100 m at 250 m a minute.
    assert found.access_ms[0] == pytest.approx(3100 / 250 * MINUTE, abs=5)
    # On the drive one is by bike, and no sooner at its other end.
    spots = network.snap_all([drawn.at(1500, 50), drawn.at(1500, 100)], 9.0)
    each = Entered(spots, np.zeros(2), np.arange(2), 2)
    want = np.array([50 / 250, 3100 / 250]) * MINUTE
    assert found.place_ms(50, each) == pytest.approx(want, abs=5)


def _points(network, spots):
    xy = geo.to_metric(np.array([at(*spot) for spot in spots]), network.crs)
    return network.snap_all(xy, 500.0)


@settings(deadline=None, max_examples=60)
@given(gated_feeds(), st.lists(SPOTS, min_size=2, max_size=8), st.booleans())
def test_where_no_ride_helps_the_time_is_that_of_the_walk(network, spots, arrive):
    """To the millisecond, and with rides nobody is later."""
    doors = _points(network, spots)
    count = len(spots)
    offsets, numbers = np.arange(count + 1), np.arange(count)
    graph = network.moving(replace(WALK, towards=arrive))
    on_foot, _ = matrix(graph, doors, offsets, doors, numbers, count, FAR_MS)
    step_ms = np.rint(doors.distance_m * 3600.0 / SPEED_KMH)
    places = Entered(doors, step_ms, numbers, count)
    # No vehicle of the day or of its neighbours runs at night.
    night = replace(ONE, when=EIGHT.replace(hour=20), arrive=arrive, max_walk_min=6)
    day = replace(night, when=EIGHT.replace(minute=20 if arrive else 0))
    for number in numbers:
        start = doors[numbers == number]
        found = find_journeys(network, start, night, FAR_MS, travel=WALK)
        own = found.place_ms(50, places)
        np.testing.assert_array_equal(own, on_foot[number])
        np.testing.assert_array_equal(found.reached(50).place_ms(places), own)
        by_day = find_journeys(network, start, day, FAR_MS, travel=WALK).place_ms(50, places)
        assert (by_day <= own).all()


def headway_line(stops, number):
    made = [
        LineStop(f"{number}/{i}", f"{i}", f"{i}", at(*stop), 1.0 if i else None)
        for i, stop in enumerate(stops)
    ]
    whole = (Period(0, 86_400, 120 * (number + 2)),)
    return Line(f"l{number}", f"l{number}", f"l{number}", "bus", tuple(made), whole)


CROSSINGS = st.tuples(st.integers(0, COLUMNS - 1), st.integers(0, ROWS - 1))
STOPS = st.lists(st.one_of(SPOTS, CROSSINGS), min_size=2, max_size=4, unique=True)


@settings(deadline=None, max_examples=60)
@given(
    gated_feeds(),
    st.lists(STOPS, min_size=1, max_size=3),
    st.lists(SPOTS, min_size=2, max_size=6),
    st.sampled_from([2, 4, 8]),
)
def test_by_lines_that_run_both_ways_there_is_as_far_as_back(network, lines, spots, walk_min):
    network = type(network)(network.streets)
    supply = Supply(tuple(headway_line(stops, i) for i, stops in enumerate(lines)))
    ride = Ride(EIGHT, window_min=1, model="expected", max_walk_min=walk_min)
    doors = _points(network, spots)
    count = len(spots)
    step_ms = np.rint(doors.distance_m * 3600.0 / SPEED_KMH)
    places = Entered(doors, step_ms, np.arange(count), count)
    there, back = (
        np.array([
            find_journeys(
                network, doors[np.arange(count) == i], asked, FAR_MS, supply=supply, travel=WALK
            ).place_ms(50, places)
            for i in range(count)
        ])
        for asked in (ride, replace(ride, arrive=True))
    )  # fmt: skip
    np.testing.assert_array_equal(there, there.T)
    np.testing.assert_array_equal(there, back)


@settings(deadline=None, max_examples=60)
@given(worlds(), st.data())
def test_drives_change_no_journey_between_places_and_stops_that_are_not_on_them(made, data):
    """Held against the same streets without the drives: no private street is there at all."""
    xy, public, more = made
    own = [0] * len(public) + [int(Access.WALK)] * len(more)
    count = len(public)
    spots = np.array(xy[:count], dtype=float)
    spots = np.concatenate([spots, (spots + np.roll(spots, 1, axis=0)) / 2])
    spots += np.array([drawn.WEST, drawn.SOUTH])
    lonlat = geo.to_lonlat(spots, drawn.CRS)
    number = st.integers(0, len(spots) - 1)
    stop = data.draw(st.lists(number, min_size=2, max_size=5, unique=True), "stops")
    stops = [(f"s{i}", *lonlat[i].tolist()) for i in stop]
    call = st.tuples(st.integers(0, len(stop) - 1), st.integers(1, 4))
    trips = []
    for begins in data.draw(st.lists(st.integers(0, 10), min_size=1, max_size=5), "trips"):
        now, calls = EIGHT_S + 60 * begins, []
        for one, ran in data.draw(st.lists(call, min_size=2, max_size=4), "calls"):
            now += 30 * ran
            calls.append((one, now, now))
        trips.append(("L", 0, calls))
    ride = Ride(EIGHT, window_min=6, every_min=3, max_walk_min=data.draw(st.integers(1, 6)))
    found = []
    for streets in (
        drawn.world(xy, public + more, private=own),
        drawn.world(xy, public),
    ):
        network = with_timetable(streets, timetable(streets, stops, trips))
        doors = network.snap_all(spots, 99.0)
        # Where a drive lies on the street a place may be on either.
        if streets.streets.private is not None:
            on_drive = streets.streets.private[doors.segment] != 0
            assume(not (on_drive & (doors.nodes(streets.streets.segment_nodes) < 0)).any())
        each = Entered(doors, np.zeros(len(spots)), np.arange(len(spots)), len(spots))
        for i in range(len(spots)):
            start = doors[np.arange(len(spots)) == i]
            answer = find_journeys(network, start, ride, FAR_MS, travel=WALK)
            found.append([answer.place_ms(percentile, each) for percentile in (5, 50, 95)])
    half = len(found) // 2
    np.testing.assert_array_equal(found[:half], found[half:])
