"""A stop beside a drawn path is reached by it too, and a street more makes no journey later."""

from dataclasses import replace
from datetime import datetime

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString

from sandbox.analysis.itinerary import itinerary
from sandbox.analysis.times import times
from sandbox.edits.street_edits import StreetEdit, StreetEdits, apply
from sandbox.engine.network import Network
from sandbox.errors import NetworkError
from sandbox.geo import crs as geo
from sandbox.geo import shapes
from sandbox.streets.sandnet import read, save
from sandbox.streets.travel import Ride, Travel
from tests.support.timetables import timetable
from tests.support.worlds import CRS, METRE_A_SECOND_KMH, at, streets

EIGHT_S = 8 * 3600
MORNING = Ride(datetime(2026, 11, 23, 8, 0), window_min=1)
STROLL = Travel(walk_kmh=METRE_A_SECOND_KMH)
# One walks 50 m from the place to a street of 1 km, and 60 m from its middle to the stop. Lines
# lead to another town.
NEAR, FAR = [(0, 0), (1000, 0)], [(20_000, 0), (21_100, 0)]
TOWNS = streets([*NEAR, *FAR], [(0, 1), (2, 3)])
STOP, NORTH_EAST, TOWN = (500, 60), (1000, 50), (20_500, 0)


def lonlat(place):
    lon, lat = geo.to_lonlat(at(*place), CRS)
    return float(lon), float(lat)


def path(*course, kind="path"):
    line = LineString([at(*place) for place in course])
    return StreetEdit(kind, shapes.to_lonlat(line, CRS))


def served(made, begins, ends, leaves_s, gates=()):
    """Return a network with a stop at a place, whence a bus takes ten minutes to another."""
    network = Network(made)
    stops = [("S", *lonlat(begins)), ("T", *lonlat(ends))]
    trips = [
        ("L", 0, [(0, EIGHT_S + s, EIGHT_S + s), (1, EIGHT_S + s + 600, EIGHT_S + s + 600)])
        for s in leaves_s
    ]
    return Network(made, timetable(network, stops, trips, gates=gates))


# From the street's east end to 20 m east and 10 m south of the stop.
EAST = path((1000, 0), (1000, 50), (520, 50))
# 480 m along it, and 22.4 m to the stop.
BESIDE_S = 480 + np.hypot(20, 10)


@pytest.mark.parametrize(
    ("edits", "leaves_s", "minutes"),
    [
        # By the street one walks 50 + 500 + 60 = 610 s, and 600 s are not enough.
        ((), (600, 900), 25.0),
        ((EAST,), (600, 900), 20.0),
        ((EAST,), (502, 503, 900), (503 + 600) / 60),
        # The way there was is there still, past another path that leads nowhere.
        ((path((0, 0), (0, 59), (499, 59)),), (611, 900), (611 + 600) / 60),
    ],
)
def test_who_comes_by_a_drawn_path_is_at_the_stop_beside_it(edits, leaves_s, minutes):
    network = apply(served(TOWNS, STOP, TOWN, leaves_s), StreetEdits(edits))
    way = itinerary(network, lonlat(NORTH_EAST), lonlat(TOWN), STROLL.riding(MORNING))
    assert way.minutes == pytest.approx(minutes, abs=0.01)


def test_who_gets_off_beside_a_drawn_path_walks_home_by_it():
    # The other way round: 08:00 from the town, ten minutes, and then along the path.
    network = served(TOWNS, TOWN, STOP, (0,))
    for edits, walk_s in (((), 610), ((EAST,), BESIDE_S)):
        edited = apply(network, StreetEdits(edits))
        way = itinerary(edited, lonlat(TOWN), lonlat(NORTH_EAST), STROLL.riding(MORNING))
        assert way.minutes * 60 == pytest.approx(600 + walk_s, abs=0.3)


# Farther from every street than a stop may be, so that only its entrance leads there: 60 m from
# the street, and 30 s from the platform.
PLATFORM, ENTRANCE = (500, 700), (0, *lonlat(STOP), 30, 30)


@pytest.mark.parametrize("kept", [False, True])
def test_an_entrance_beside_a_drawn_path_is_reached_by_it_too(tmp_path, kept):
    network = served(TOWNS, PLATFORM, TOWN, (533, 640, 900), [ENTRANCE])
    if kept:
        save(network.streets, tmp_path / "town.sandnet", network.timetable)
        network = Network(*read(tmp_path / "town.sandnet"))
    # One is on the platform after 50 + 500 + 60 + 30 s by the street, or 502.4 + 30 s by the path.
    for edits, leaves_s in (((), 640), ((EAST,), 533)):
        edited = apply(network, StreetEdits(edits))
        way = itinerary(edited, lonlat(NORTH_EAST), lonlat(TOWN), STROLL.riding(MORNING))
        assert way.minutes * 60 == pytest.approx(leaves_s + 600, abs=0.1)


def test_an_entrance_beside_a_drawn_path_is_left_by_it_too():
    network = served(TOWNS, TOWN, PLATFORM, (0,), [(1, *ENTRANCE[1:])])
    for edits, walk_s in (((), 610), ((EAST,), BESIDE_S)):
        edited = apply(network, StreetEdits(edits))
        way = itinerary(edited, lonlat(TOWN), lonlat(NORTH_EAST), STROLL.riding(MORNING))
        assert way.minutes * 60 == pytest.approx(600 + 30 + walk_s, abs=0.3)


def test_an_entrance_in_a_file_of_an_older_program_goes_on_from_its_street_point():
    # Such files don't say where entrances are: as if each were where its stop is.
    network = served(TOWNS, PLATFORM, TOWN, (533, 640, 900), [ENTRANCE])
    told = network.timetable
    old = Network(network.streets, replace(told, door_lonlat=told.stop_lonlat[told.door_stop]))
    edited = apply(old, StreetEdits((EAST,)))
    way = itinerary(edited, lonlat(NORTH_EAST), lonlat(TOWN), STROLL.riding(MORNING))
    assert way.minutes * 60 == pytest.approx(640 + 600, abs=0.1)


def test_a_path_that_comes_later_counts_like_one_that_came_first():
    network = served(TOWNS, STOP, TOWN, (503, 900))
    one = apply(network, StreetEdits((path((0, 0), (0, 200)),)))
    both = apply(one, StreetEdits((EAST,)))
    way = itinerary(both, lonlat(NORTH_EAST), lonlat(TOWN), STROLL.riding(MORNING))
    assert way.minutes * 60 == pytest.approx(503 + 600, abs=0.1)


ROUND = [(0, 0), (600, 0), (600, 500), (300, 400), (0, 500)]
BLOCKS = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0), (1, 3)]
SPOT = st.tuples(st.integers(-60, 660).map(float), st.integers(-60, 560).map(float))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(SPOT, min_size=2, max_size=2, unique=True),
    st.lists(SPOT, min_size=3, max_size=3),
    st.lists(
        st.tuples(
            st.sampled_from(["path", "footbridge"]),
            st.lists(SPOT, min_size=2, max_size=4, unique=True),
        ),
        min_size=1,
        max_size=2,
    ),
    st.booleans(),
)
def test_streets_more_make_no_journey_later(stops, spots, lines, arrive):
    # A bus each minute, so that who is at the stop a little later is there a little later.
    gates = [(1, *lonlat(spots[0]), 20, 30)]
    network = served(streets(ROUND, BLOCKS), *stops, range(0, 3600, 60), gates)
    frame = gpd.GeoDataFrame(
        {"id": range(len(spots))},
        geometry=gpd.points_from_xy(*zip(*map(lonlat, spots), strict=True)),
        crs=4326,
    )
    ride = Ride(datetime(2026, 11, 23, 8, 45 if arrive else 0), window_min=1, arrive=arrive)

    def table(of):
        found = times(of, frame, frame, 45, STROLL.riding(ride)).pairs["minutes"] * 60
        return found.fillna(np.inf).to_numpy()

    before, edits = table(network), ()
    for kind, course in lines:
        edits += (path(*course, kind=kind),)
        try:
            edited = apply(network, StreetEdits(edits))
        except NetworkError:
            return  # the line joins no street
        after = table(edited)
        # Pieces round to milliseconds each, whoever is 10 cm from a cut is at the crossing; and
        # so one may just miss a bus.
        assert (after <= before + 0.5 + 60).all()
        caught = np.abs(after - before) < 59
        assert (after[caught] <= before[caught] + 0.5).all()
        before = after
