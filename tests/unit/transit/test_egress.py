"""On from vehicles to places between crossings, worked out by hand: a block is a minute's walk."""

from dataclasses import replace
from datetime import datetime
from functools import cache

import geopandas as gpd
import numpy as np
import pytest
from shapely import Point

from sandbox.analysis.itinerary import itinerary
from sandbox.analysis.times import times
from sandbox.analysis.transit import transit_isochrone
from sandbox.engine.search import Entered
from sandbox.geo import crs as geo
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.journeys import rank
from sandbox.transit.search import find_journeys
from tests.support.grid_city import SPEED_KMH, at, grid_city
from tests.support.timetables import timetable, with_timetable

EIGHT = datetime(2026, 11, 23, 8)
EIGHT_S = 8 * 3600
MINUTE = 60_000
WALK = Travel(walk_kmh=SPEED_KMH)
HOME = (5, 6)
ONE = Ride(EIGHT, window_min=1)


def s(minutes):
    return EIGHT_S + round(60 * minutes)


def trip(*calls, line="L"):
    """Return a trip that calls at stops at minutes past eight."""
    return (line, 0, [(stop, s(minutes), s(minutes)) for stop, minutes in calls])


def city(stops, trips, *, one_way=(), **more):
    streets = grid_city(41, 11, one_way=one_way)
    made = [(f"s{i}", *at(*place)) for i, place in enumerate(stops)]
    return with_timetable(streets, timetable(streets, made, trips, **more))


# A minute down to the stop; the bus goes from 8:10 to 8:15, to the middle of a block.
MIDDLE = (30.3, 5)


@cache
def bus_to_the_middle():
    return city([(5, 5), MIDDLE], [trip((0, 10), (1, 15))])


def table(names, spots):
    return gpd.GeoDataFrame(
        {"id": names}, geometry=[Point(at(*spot)) for spot in spots], crs="EPSG:4326"
    )


def minutes_to(network, spots, ride=ONE, home=HOME):
    """Return the minutes to places, which journeys, tables and the map's places all say alike."""
    names = [f"p{i}" for i in range(len(spots))]
    fixed, others = table(["home"], [home]), table(names, spots)
    sides = (others, fixed) if ride.arrive else (fixed, others)
    found = times(network, *sides, 120, WALK.riding(ride)).pairs["minutes"].to_numpy()
    for spot, minutes in zip(spots, found, strict=True):
        ends = (spot, home) if ride.arrive else (home, spot)
        told = itinerary(
            network, *(at(*end) for end in ends), Travel(walk_kmh=SPEED_KMH).riding(ride)
        )
        assert told.minutes == minutes
    return found


def shown_minutes(network, spots, ride=ONE, home=HOME, percentile=50):
    """Return the minutes of street points as the map shows them."""
    xy = geo.to_metric(np.array([at(*spot) for spot in [home, *spots]]), network.crs)
    found = find_journeys(network, network.snap(tuple(xy[0]), 9.0), ride, 120 * MINUTE, travel=WALK)
    shown = replace(found.reached(percentile), exact=None)
    return shown.times_ms(network.snap_all(xy[1:], 9.0)) / MINUTE


@pytest.mark.parametrize(
    ("spot", "minutes"),
    [
        (MIDDLE, 15.0),
        ((30.8, 5), 15.5),  # on along the block
        ((30.1, 5), 15.2),  # back along it
        ((30, 5), 15.3),
        ((31, 5.5), 16.2),  # round its corner
    ],
)
def test_one_gets_off_in_the_middle_of_a_block(spot, minutes):
    assert minutes_to(bus_to_the_middle(), [spot])[0] == pytest.approx(minutes, abs=1e-3)
    assert shown_minutes(bus_to_the_middle(), [spot])[0] == pytest.approx(minutes, abs=1e-3)


def test_the_step_from_the_street_counts_too():
    found = minutes_to(bus_to_the_middle(), [(30.5, 5.2)])
    assert found == pytest.approx([15.2 + 0.2], abs=1e-3)


def test_a_block_of_one_way_is_walked_that_way_only():
    network = city([(5, 5), MIDDLE], [trip((0, 10), (1, 15))], one_way=[((30, 5), (31, 5))])
    # Back along the block one goes round the next one: 0.7 + 1 + 1 + 1 + 0.1.
    found = minutes_to(network, [(30.8, 5), (30.1, 5)])
    assert found == pytest.approx([15.5, 18.8], abs=1e-3)


@pytest.mark.parametrize("start", [(5.5, 5), (5.1, 5), (5.9, 5)])
def test_one_gets_on_in_the_middle_of_the_block_one_starts_in(start):
    network = city([(5.5, 5), (35, 5)], [trip((0, 10), (1, 20))])
    gap = abs(start[0] - 5.5)
    assert minutes_to(network, [(35, 5)], home=start)[0] == pytest.approx(20, abs=1e-3)
    there = replace(ONE, arrive=True, when=EIGHT.replace(minute=30))
    # To be there at 8:30 one leaves in time for 8:10.
    found = minutes_to(network, [start], there, home=(35, 5))
    assert found == pytest.approx([20 + gap], abs=1e-3)


def test_two_stops_and_both_places_may_lie_in_one_block_each():
    network = city([(5.6, 5), (30.4, 5)], [trip((0, 10), (1, 15))])
    found = minutes_to(network, [(30.2, 5), (30.4, 5), (30.9, 5)], home=(5.2, 5))
    assert found == pytest.approx([15.2, 15.0, 15.5], abs=1e-3)
    back = city([(5.6, 5), (30.4, 5)], [trip((1, 10), (0, 15))])
    found = minutes_to(back, [(5.2, 5), (5.6, 5), (5.9, 5)], home=(30.9, 5))
    assert found == pytest.approx([15.4, 15.0, 15.3], abs=1e-3)


def test_ground_round_such_a_stop_is_on_the_map():
    found = transit_isochrone(
        bus_to_the_middle(), at(*HOME), [16], Travel(walk_kmh=SPEED_KMH).riding(ONE), reach_m=10
    )
    area, crs = found.areas[0], found.crs
    # A block each way from the stop, and no farther.
    for x, inside in ((29.35, True), (30.3, True), (31.25, True), (29.1, False), (31.5, False)):
        assert area.covers(Point(geo.to_metric(at(x, 5), crs))) == inside


def test_the_longest_walk_holds_to_the_door():
    ride = replace(ONE, max_walk_min=2)
    spots = [(32.2, 5), (32.4, 5), (32.2, 5.15)]
    # 1.9 minutes from the stop; 2.1, so one walks all 28.4; 1.9 and the step of 0.15 likewise.
    found = minutes_to(bus_to_the_middle(), spots, ride)
    assert found == pytest.approx([16.9, 28.4, 28.35], abs=1e-3)
    assert shown_minutes(bus_to_the_middle(), spots[:2], ride) == pytest.approx(
        [16.9, 28.4], abs=1e-3
    )
    isochrone = transit_isochrone(
        bus_to_the_middle(), at(*HOME), [18], Travel(walk_kmh=SPEED_KMH).riding(ride), reach_m=10
    )
    for x, inside in ((32.2, True), (32.45, False)):
        spot = Point(geo.to_metric(at(x, 5), isochrone.crs))
        assert isochrone.areas[0].covers(spot) == inside


def test_the_longest_walk_holds_at_the_door_one_leaves_by():
    ride = replace(ONE, max_walk_min=2)
    there = replace(ride, arrive=True, when=EIGHT.replace(minute=20))
    # As far from the first stop: 1.9 minutes, 2.1, and 1.9 with a step.
    for home, by_bus in (((5, 6.9), True), ((5, 7.1), False), ((5.15, 6.9), False)):
        found = minutes_to(bus_to_the_middle(), [MIDDLE], ride, home=home)[0]
        assert (found == pytest.approx(15, abs=1e-3)) == by_bus
        back = minutes_to(bus_to_the_middle(), [home], there, home=MIDDLE)[0]
        assert (back < 17) == by_bus


def test_where_the_walk_from_one_stop_ends_that_from_a_nearer_one_goes_on():
    network = city(
        [(5, 5), (30, 5), (32.5, 5)],
        [trip((0, 2), (1, 5)), trip((0, 3), (2, 20), line="M")],
        lines=("L", "M"),
    )
    ride = replace(ONE, max_walk_min=3)
    spots = [(32.9, 5), (33.0, 5), (33.5, 5), (34.0, 5)]
    # Three minutes from the first, at 8:05, lead to (33, 5); on from there is the second's.
    want = [7.9, 8.0, 21.0, 21.5]
    home = (5, 5)
    assert minutes_to(network, spots, ride, home=home) == pytest.approx(want, abs=1e-3)
    assert shown_minutes(network, spots, ride, home=home) == pytest.approx(want, abs=1e-3)


def test_a_percentile_is_that_of_the_places_own_times():
    """Who leaves at 8:00 comes by one end of the block, who leaves at 8:01 by the other.

    In the middle both are there 10.5 minutes later. At either end one of them takes 10, the
    other 11: of the two ends' 95th percentiles the middle would be 11.5 minutes off.
    """
    network = city(
        [(5, 5), (20, 5), (21, 5)],
        [trip((0, 0), (1, 10)), trip((0, 1), (2, 11), line="M")],
        lines=("L", "M"),
    )
    ride = Ride(EIGHT, window_min=2, percentile=95)
    found = minutes_to(network, [(20.5, 5), (20, 5), (21, 5)], ride, home=(5, 5))
    assert found == pytest.approx([10.5, 11, 11], abs=1e-3)


def test_a_place_with_two_doors_is_entered_by_the_one_that_is_then_the_best():
    network = city(
        [(5, 5), (20, 5), (30, 5)],
        [trip((0, 0), (1, 10)), trip((0, 1), (2, 11), line="M")],
        lines=("L", "M"),
    )
    xy = geo.to_metric(np.array([at(5, 5), at(20, 5), at(30, 5)]), network.crs)
    start, doors = network.snap(tuple(xy[0]), 9.0), network.snap_all(xy[1:], 9.0)
    found = find_journeys(network, start, Ride(EIGHT, window_min=2), 60 * MINUTE, travel=WALK)
    place = Entered(doors, np.zeros(2), np.zeros(2, dtype=np.int64), 1)
    each = Entered(doors, np.zeros(2), np.arange(2), 2)
    assert found.place_ms(95, place).tolist() == [10 * MINUTE]
    # The first door alone is missed at 8:01: one rides to the other and walks, or walks.
    assert found.place_ms(95, each).tolist() == [15 * MINUTE, 11 * MINUTE]


def test_what_is_drawn_is_later_than_a_place_by_twice_the_walk_from_the_nearer_crossing_at_most():
    """Leaving at 8:00 one is at one end of a block after 10 minutes, at 8:01 at the other.

    Who must rely on it needs 11 minutes to either crossing, but comes from the better one.
    """
    network = city(
        [(5, 5), (30, 5), (31, 5)],
        [trip((0, 0), (1, 10)), trip((0, 1), (2, 11), line="M")],
        lines=("L", "M"),
    )
    ride = Ride(EIGHT, window_min=2, percentile=95)
    spots = [(30, 5), (30.25, 5), (30.5, 5), (30.75, 5), (31, 5)]
    own = minutes_to(network, spots, ride, home=(5, 5))
    shown = shown_minutes(network, spots, ride, home=(5, 5), percentile=95)
    assert own == pytest.approx([11.0, 10.75, 10.5, 10.75, 11.0], abs=1e-3)
    assert shown == pytest.approx([11.0, 11.25, 11.5, 11.25, 11.0], abs=1e-3)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("arrive", [False, True])
def test_so_it_is_wherever_lines_run(seed, arrive):
    rng = np.random.default_rng(seed)
    stops = [(5, 5), *((int(rng.integers(12, 40)), int(rng.integers(0, 11))) for _ in range(6))]
    trips = []
    for _ in range(12):
        on = sorted(rng.choice(np.arange(1, 7), 2, replace=False).tolist())
        at_min = np.cumsum([rng.integers(0, 12), *rng.integers(2, 8, 2)]).tolist()
        calls = list(zip([0, *on], at_min, strict=True))
        if arrive:
            calls = [(stop, 10 - minute) for stop, minute in reversed(calls)]
        trips.append(trip(*calls))
    network = city(stops, trips)
    when = EIGHT.replace(minute=9) if arrive else EIGHT
    ride = Ride(when, window_min=10, max_walk_min=60, arrive=arrive)
    x, y = rng.integers(8, 40, 200), rng.integers(0, 11, 200)
    gone = rng.uniform(0.02, 0.98, 200)
    xy = np.array([geo.to_metric(at(*spot), network.crs) for spot in zip(x + gone, y, strict=True)])
    (home,) = geo.to_metric(np.array([at(5, 5)]), network.crs)
    found = find_journeys(network, network.snap(tuple(home), 9.0), ride, 60 * MINUTE, travel=WALK)
    points = network.snap_all(xy, 9.0)
    apart: list[float] = []
    for percentile in (10, 50, 90):
        reached = found.reached(percentile)
        own, shown = reached.times_ms(points), replace(reached, exact=None).times_ms(points)
        assert (own <= shown + 1).all()
        assert (shown - own <= 2 * np.minimum(gone, 1 - gone) * MINUTE + 3).all()
        apart += (shown - own).tolist()
    # It does happen.
    assert max(apart) > 1_000


@pytest.mark.parametrize(
    ("percentile", "samples", "index"),
    # The nearest rank: the least that at least so many per cent of the samples don't exceed.
    [
        (50, 3, 1),
        (50, 4, 1),
        (51, 4, 2),
        (95, 10, 9),
        (5, 60, 2),
        (6, 60, 3),
        (1, 10, 0),
        (99, 60, 59),
    ],
)
def test_a_percentile_is_the_nearest_rank_upwards(percentile, samples, index):
    assert rank(percentile, samples) == index
    assert (index + 1) * 100 >= percentile * samples > index * 100


def test_of_three_departures_the_middle_one_is_the_median():
    # Leaving at 8:00, 8:01 and 8:02 one waits 10, 9 and 8 minutes for the bus, then rides 5.
    network = city([(5, 5), (35, 5)], [trip((0, 10), (1, 15))])
    ride = Ride(EIGHT, window_min=3)
    for percentile, minutes in ((33, 13), (34, 14), (50, 14), (66, 14), (67, 15)):
        found = minutes_to(network, [(35, 5)], replace(ride, percentile=percentile), home=(5, 5))
        assert found.tolist() == [minutes]


@pytest.mark.parametrize(("late_s", "minutes"), [(0, 15), (1, 20)])
def test_a_vehicle_that_leaves_the_very_second_one_is_ready_is_caught(late_s, minutes):
    # Five minutes on foot to the stop and the way to its platform; buses at 8:00, 8:05 and 8:10.
    trips = [trip((0, leaves), (1, leaves + 10)) for leaves in (0, 5, 10)]
    network = city([(5, 5), (35, 5)], trips, door_s=late_s)
    found = minutes_to(network, [(35, 5)], home=(5, 10))[0]
    assert found == pytest.approx(minutes + late_s / 60, abs=1e-3)
    # So is one that arrives the very second one must be off it.
    ride = replace(ONE, arrive=True, when=EIGHT.replace(minute=20))
    off = minutes_to(network, [(5, 5)], ride, home=(35, 10))[0]
    assert off == pytest.approx(minutes + late_s / 60, abs=1e-3)


@pytest.mark.parametrize("arrive", [False, True])
@pytest.mark.parametrize(
    ("change", "minutes"),
    [
        # A minute's walk leads from the one stop to the other, two minutes are left for it.
        ((1, 2, 0, 60), 12),
        ((1, 2, 0, 240), 35),
        # The other way round it says nothing of this change.
        ((2, 1, 0, 240), 12),
        ((1, 2, 1, 0), 35),
        ((2, 1, 1, 0), 12),
    ],
)
def test_the_time_to_change_holds_in_its_own_direction(arrive, change, minutes):
    network = city(
        [(0, 5), (10, 5), (11, 5), (35, 5)],
        [trip((0, 0), (1, 5)), trip((2, 7), (3, 12), line="M")],
        lines=("L", "M"),
        transfers=(change,),
    )
    ride = Ride(EIGHT.replace(minute=12 if arrive else 0), arrive=arrive, window_min=1)
    ends = ((0, 5), (35, 5)) if arrive else ((35, 5), (0, 5))
    if arrive and minutes == 35:
        # One may leave at 7:56 and walk to the second line's stop.
        minutes = 16
    assert minutes_to(network, [ends[0]], ride, home=ends[1]).tolist() == [minutes]


@pytest.mark.parametrize("arrive", [False, True])
@pytest.mark.parametrize(("longest", "minutes"), [(5, 30), (4.9, 40)])
def test_the_longest_walk_is_that_on_streets_alone(arrive, longest, minutes):
    """Five minutes to the entrance, five inside, ten aboard, and the same at the other end.

    Whoever may not walk five minutes on streets walks all the way. Inside one may take longer.
    """
    network = city([(0, 5), (40, 5)], [trip((0, 10), (1, 20))], door_s=300)
    ride = Ride(EIGHT, window_min=1, max_walk_min=longest)
    if arrive:
        ride = replace(ride, arrive=True, when=EIGHT.replace(minute=30))
    home, place = ((40, 10), (0, 10)) if arrive else ((0, 10), (40, 10))
    assert minutes_to(network, [place], ride, home=home) == pytest.approx([minutes], abs=1e-3)
    assert shown_minutes(network, [place], ride, home=home) == pytest.approx([minutes], abs=1e-3)


@pytest.mark.parametrize("arrive", [False, True])
@pytest.mark.parametrize(("longest", "minutes"), [(4, 22), (3.9, 40)])
def test_so_is_that_between_two_stations(arrive, longest, minutes):
    # Two minutes inside at every door. In at 2, off at 7; out, four minutes' street, in: 15.
    stops = [(0, 5), (20, 5), (24, 5), (40, 5)]
    trips = [trip((0, 2), (1, 7)), trip((2, 15), (3, 20), line="M")]
    network = city(stops, trips, lines=("L", "M"), door_s=120)
    ride = Ride(EIGHT, window_min=1, max_walk_min=longest)
    if arrive:
        ride = replace(ride, arrive=True, when=EIGHT.replace(minute=22))
    home, place = ((40, 5), (0, 5)) if arrive else ((0, 5), (40, 5))
    assert minutes_to(network, [place], ride, home=home) == pytest.approx([minutes], abs=1e-3)


@pytest.mark.parametrize("arrive", [False, True])
@pytest.mark.parametrize(("longest", "minutes"), [(8, 15), (7.9, 18), (1.9, 38)])
def test_of_two_entrances_the_sooner_may_be_too_far_to_walk(arrive, longest, minutes):
    """One is 8 minutes away and 1 from the platform, one 2 minutes away and 10 from it."""
    if arrive:
        # In for a minute, aboard at 8:01 or 7:58, off at 8:06 or 8:03; 9 or 12 minutes more.
        trips = [trip((1, leaves), (0, leaves + 5)) for leaves in (-2, 1)]
    else:
        # At the platform after 9 or 12 minutes; off at 8:14 or 8:17, and out for a minute.
        trips = [trip((0, leaves), (1, leaves + 5)) for leaves in (9, 12)]
    home, place = (2, 5), (40, 5)
    network = city([(10, 5), place], trips, door_s=60, gates=[(0, *at(4, 5), 600, 600)])
    ride = Ride(EIGHT, window_min=1, max_walk_min=longest)
    if arrive:
        ride = replace(ride, arrive=True, when=EIGHT.replace(minute=15))
    for found in (minutes_to, shown_minutes):
        assert found(network, [place], ride, home=home) == pytest.approx([minutes], abs=1e-3)


def test_who_has_come_by_a_later_but_nearer_door_walks_on_farther():
    """Leaving at 8:00 one gets off at a station, at 8:01 at a stop: both are at X by 13 minutes.

    X is the station's second entrance. By the first one it is 2.7 minutes on foot, and one may
    walk 3, so only 0.3 would be left; through the station it takes 2.83, with no walk at all.
    """
    station, stop, second = (27.8, 5), (30.3, 5), (30.5, 5)
    network = city(
        [(5, 5), station, stop],
        [trip((0, 0), (1, 10)), trip((0, 1), (2, 13.8), line="M")],
        lines=("L", "M"),
        gates=[(1, *at(*second), 170, 170)],
    )
    ride = Ride(EIGHT, window_min=2, percentile=95, max_walk_min=3)
    spots = [second, (30.7, 5), (30.9, 5), (31, 5)]
    want = [13.0, 13.2, 13.4, 13.5]
    assert minutes_to(network, spots, ride, home=(5, 5)) == pytest.approx(want, abs=1e-3)
    shown = shown_minutes(network, spots, ride, home=(5, 5), percentile=95)
    assert shown == pytest.approx(want, abs=1e-3)
