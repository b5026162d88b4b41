"""Streets that are drawn add ways: they take none from whoever is beside them."""

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString

from sandbox.analysis.batch import reach_counts
from sandbox.analysis.places.access import access_again, access_of, access_points
from sandbox.analysis.places.place import place_of
from sandbox.analysis.route import route
from sandbox.analysis.times import times
from sandbox.edits.street_edits import StreetEdit, StreetEdits, apply
from sandbox.engine.matrix import matrix
from sandbox.errors import NetworkError
from sandbox.geo import crs as geo
from sandbox.geo import shapes
from sandbox.streets.modes import Access
from sandbox.streets.travel import Travel
from sandbox.transit.stop_access import tied_again
from tests.support.worlds import CRS, METRE_A_SECOND_KMH, at, world

STROLL = Travel(walk_kmh=METRE_A_SECOND_KMH)
# A street of 1 km; P lies 60 m north of its middle.
STREET = world([(0, 0), (1000, 0)], [(0, 1)])
P, WEST_END, NORTH_EAST = (500, 60), (0, 0), (1000, 50)


def lonlat(place):
    lon, lat = geo.to_lonlat(at(*place), CRS)
    return float(lon), float(lat)


def path(*course, kind="path"):
    line = LineString([at(*place) for place in course])
    return StreetEdit(kind, shapes.to_lonlat(line, CRS))


# From the street's east end to 20 m east and 10 m south of P: near, and a long way round to the
# west. The other passes P at 1 m and leads to the west end, over 400 m farther.
EAST = path((1000, 0), (1000, 50), (520, 50))
PAST = path((0, 0), (0, 259), (400, 259), (400, 61), (500, 61))
BESIDE = np.hypot(20, 10)


@pytest.mark.parametrize("edits", [(EAST,), (EAST, PAST), (PAST, EAST)])
def test_who_is_beside_a_drawn_street_has_the_way_there_was_and_the_new_one(edits):
    edited = apply(STREET, StreetEdits(edits))
    seconds = {WEST_END: 60 + 500, NORTH_EAST: BESIDE + 480}
    for other, expected in seconds.items():
        for ends in ((P, other), (other, P)):
            way = route(edited, *map(lonlat, ends), STROLL)
            assert way.minutes * 60 == pytest.approx(expected, abs=0.2)
            assert way.metres == pytest.approx(expected, abs=0.2)
    # Before there was a path: to the street and along it, and 50 m up from its end.
    assert route(STREET, lonlat(P), lonlat(NORTH_EAST), STROLL).minutes * 60 == pytest.approx(
        60 + 500 + 50, abs=0.05
    )


def test_tables_and_sums_know_all_ways_from_beside_a_drawn_street():
    edited = apply(STREET, StreetEdits((EAST, PAST)))
    here, there = [lonlat(P)], [lonlat(WEST_END), lonlat(NORTH_EAST)]
    frames = (
        gpd.GeoDataFrame(
            {"id": range(len(some))},
            geometry=gpd.points_from_xy(*zip(*some, strict=True)),
            crs=4326,
        )
        for some in (here, there)
    )
    assert (times(edited, *frames, 30, STROLL).pairs["minutes"] * 60).tolist() == pytest.approx(
        [560, BESIDE + 480], abs=0.2
    )
    # 502.4 and 560 seconds: within 9 minutes one of them, within 10 both.
    assert reach_counts(edited, here, there, [8, 9, 10], STROLL).tolist() == [[0, 1, 2]]
    assert reach_counts(edited, there, here, [8, 9, 10], STROLL).tolist() == [[0, 0, 1], [0, 1, 1]]


def test_a_stop_whose_street_is_closed_has_the_line_that_is_drawn_beside_it_and_no_other():
    # A second street 100 m south; the first one is closed below the stop, which is on it.
    town = world([(0, 0), (1000, 0), (1000, -100), (0, -100)], [(0, 1), (1, 2), (2, 3), (3, 0)])
    shut = StreetEdit("closed", shapes.to_lonlat(LineString([at(500, -9), at(500, 9)]), CRS))
    edited = apply(town, StreetEdits((shut, path((0, 0), (0, 40), (500, 40)))))
    doors, which = tied_again(edited, town.snap_all([at(500, 0)], 9.0))
    assert which.tolist() == [0]
    assert doors.distance_m == pytest.approx([40], abs=1e-3)


# --- of streets over each other ----------------------------------------------------------------


def over_each_other(degrees):
    """Return a street of 1 km and one of 2 km over it, which only begin together."""
    on = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    network = world([(0, 0), tuple(1000 * on), tuple(2000 * on)], [(0, 1), (0, 2)])
    return network, on, np.array([-on[1], on[0]])


@pytest.mark.parametrize("degrees", range(1, 180, 7))
def test_of_streets_over_each_other_the_first_is_taken_before_and_after_it_is_cut(degrees):
    network, on, left = over_each_other(degrees)
    aside = [at(*(share * on + 40 * left)) for share in (123.4, 333.3, 500, 617, 901.7)]
    first = network.snap_all(aside, 100.0)
    assert first.segment.tolist() == [0] * 5
    # A footbridge joins the first of them in its middle.
    joint = path(tuple(400 * on), tuple(400 * on + 90 * left), kind="footbridge")
    edited = apply(network, StreetEdits((joint,)))
    cut = edited.snap_built(aside, 100.0)
    assert edited.streets.built[cut.segment].tolist() == [0] * 5
    np.testing.assert_allclose(cut.street_xy, first.street_xy, atol=1e-6)


# --- the law ------------------------------------------------------------------------------------

EVERYBODY = int(Access.WALK | Access.BIKE | Access.DRIVE)
FAR_MS = 7_200_000
ROUND = [(0, 0), (600, 0), (600, 500), (300, 400), (0, 500)]
SPOT = st.tuples(st.integers(-60, 660).map(float), st.integers(-60, 560).map(float))
LINE = st.lists(SPOT, min_size=2, max_size=4, unique=True)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(SPOT, min_size=3, max_size=6),
    st.lists(st.tuples(st.sampled_from(["path", "footbridge"]), LINE), min_size=1, max_size=3),
    st.sampled_from(["walk", "bike", "drive"]),
    st.booleans(),
)
def test_streets_more_make_nothing_slower_for_anybody_anywhere(spots, lines, mode, private):
    own = [0, 0, EVERYBODY if private else 0, 0, 0, 0]
    segments = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0), (1, 3)]
    # Bikes are pushed along one street that everybody may use.
    access = [EVERYBODY] * 5 + [EVERYBODY | int(Access.BIKE_PUSHED)]
    network = world(ROUND, segments, access=access, private=own)
    every = [place_of(lonlat(spot)) for spot in spots]
    known = access_points(network, every, mode=mode)
    before = between_ms(network, known, mode)
    edits: tuple[StreetEdit, ...] = ()
    for kind, course in lines:
        line = shapes.to_lonlat(LineString([at(*place) for place in course]), CRS)
        edits += (StreetEdit(kind, line, modes=(mode,)),)
        try:
            edited = apply(network, StreetEdits(edits))
        except NetworkError:
            return  # the line joins no street
        places = access_again(edited, known)
        after = between_ms(edited, places, mode)
        # Pieces of cut streets round to whole milliseconds each, and a place less than 10 cm
        # from a cut is at the crossing there.
        cut = len(edited.streets.access) - len(network.streets.access)
        assert (after <= before + 4 + 2 * cut + 2 * 100).all()
        anew = access_points(edited, every, mode=mode)
        np.testing.assert_array_equal(between_ms(edited, anew, mode), after)
        one = access_of(edited, every[0].lonlat, mode=mode)
        np.testing.assert_array_equal(one.attachments.segment, anew.of(0).segment)
        before = after


def between_ms(network, places, mode):
    """Return the time between all places of a made world."""
    graph = network.moving(Travel(mode, walk_kmh=METRE_A_SECOND_KMH))
    count = len(places.id)
    doors = places.attachments
    found, _ = matrix(graph, doors, places.offsets, doors, places.place, count, FAR_MS)
    return np.where(np.isnan(found), np.inf, found)
