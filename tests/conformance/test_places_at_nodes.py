"""A place on a crossing takes any street that leaves it, and is reached by any that leads there."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.analysis.isochrone import isochrone
from sandbox.analysis.route import route
from sandbox.engine.counts import counts
from sandbox.engine.lengths import lengths_m, way_to
from sandbox.engine.matrix import matrix
from sandbox.engine.search import search
from sandbox.geo import crs as geo
from sandbox.streets.modes import Access
from sandbox.streets.travel import Travel
from sandbox.transit import links
from sandbox.transit.stop_access import doors as made_doors
from tests.support.worlds import CRS, METRE_A_SECOND_KMH, at, scipy_node_ms, world

AHEAD, BACK = int(Access.BIKE_FORWARD), int(Access.BIKE_BACKWARD)
# Two rings of one-way streets that part and meet in one crossing.
RINGS = world(
    [(0, 0), (500, 0), (500, 300), (-400, 0), (-400, 300)],
    [(0, 1), (1, 2), (2, 0), (0, 3), (3, 4), (4, 0)],
    access=np.full(6, AHEAD),
)
CENTRE, EAST, WEST = (0, 0), (500, 0), (-400, 0)
FAR_MS = 3_600_000
# As far off as six decimals of a degree may be.
OFF_M = [(0.0, 0.0), (0.05, 0.0), (-0.05, 0.0), (0.04, 0.04), (0.0, -0.05)]


def lonlat(place):
    lon, lat = geo.to_lonlat(at(*place), CRS)
    return float(lon), float(lat)


@pytest.mark.parametrize("off", OFF_M)
@pytest.mark.parametrize(
    ("start", "end", "metres"),
    [
        (CENTRE, EAST, 500),
        (CENTRE, WEST, 400),
        (EAST, CENTRE, 300 + np.hypot(500, 300)),
        (WEST, CENTRE, 300 + 500),
        (EAST, WEST, 300 + np.hypot(500, 300) + 400),
        (CENTRE, CENTRE, 0),
    ],
)
def test_a_route_leaves_by_whichever_street_and_comes_by_whichever(start, end, metres, off):
    places = lonlat(np.add(start, off)), lonlat(np.add(end, off))
    found = route(RINGS, *places, Travel("bike", bike_kmh=15))
    # Some centimetres at each end count or not, as they lie beside the street or along it.
    assert found.metres == pytest.approx(metres, abs=0.15)
    assert found.minutes == pytest.approx(metres / 250, abs=2e-3)


def test_the_area_round_a_crossing_goes_into_all_streets_that_leave_it():
    area = isochrone(RINGS, lonlat(CENTRE), [1], Travel(mode="bike"), reach_m=20).areas[0]
    # A minute by bike is 250 m: into both streets that leave, none into those that lead here.
    west, south, east, north = area.bounds
    at_x, at_y = at(0, 0)
    assert (west, east) == pytest.approx((at_x - 270, at_x + 270), abs=3)
    assert (south, north) == pytest.approx((at_y - 20, at_y + 20), abs=3)


@st.composite
def one_way_worlds(draw):
    """Return worlds of one-way and two-way streets between places on a round."""
    count = draw(st.integers(3, 7))
    turn = np.arange(count) * 2 * np.pi / count
    xy = np.stack([300 * np.cos(turn), 300 * np.sin(turn)], axis=1)
    round_ = [(i, (i + 1) % count) for i in range(count)]
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    more = draw(st.lists(pairs.filter(lambda pair: pair[0] != pair[1]), max_size=6))
    ways = st.sampled_from([AHEAD, BACK, AHEAD | BACK])
    access = draw(st.lists(ways, min_size=len(more), max_size=len(more)))
    return world(xy, [*round_, *more], access=np.array([AHEAD] * count + access))


@settings(max_examples=40, deadline=None)
@given(one_way_worlds(), st.data())
def test_times_between_crossings_are_those_of_the_nodes(net, data):
    graph = net.graph("bike", METRE_A_SECOND_KMH)
    xy = net.streets.node_xy
    count = len(xy)
    draw = np.random.default_rng(data.draw(st.integers(0, 99)))
    doors = net.snap_all(xy + draw.uniform(-0.05, 0.05, xy.shape), 500.0, "bike")
    np.testing.assert_array_equal(doors.nodes(net.streets.segment_nodes), np.arange(count))
    step_ms = graph.start_ms(doors.distance_m)
    along_ms = np.array([scipy_node_ms(graph, [(node, 0)], FAR_MS) for node in range(count)])
    expected = along_ms + step_ms[:, None] + step_ms
    offsets, places = np.arange(count + 1), np.arange(count)
    ms, metres = matrix(graph, doors, offsets, doors, places, count, FAR_MS)
    np.testing.assert_array_equal(ms, expected)
    for node in places:
        start = doors[places == node]
        reached = search(graph, start, FAR_MS)
        np.testing.assert_array_equal(reached.times_ms(doors), expected[node] - step_ms)
        far = lengths_m(graph, reached, start, doors)
        assert far + doors.distance_m == pytest.approx(metres[node])
        for end in places:
            way = way_to(graph, reached, start, doors[places == end])
            gone = np.abs(np.diff(way.along, axis=1)[:, 0])
            assert way is not None
            on_street = gone @ net.streets.length_m[way.segment]
            assert on_street + start.distance_m[0] == pytest.approx(far[end])
    cutoffs = np.array([100_000, 400_000, 900_000], dtype=np.int32)
    weight = np.ones(count)
    none = np.zeros(count + 1, dtype=np.int64), np.empty(0, dtype=np.int64)
    sums = counts(graph, doors, offsets, doors, places, weight, cutoffs, *none)
    np.testing.assert_array_equal(sums, [[(row <= c).sum() for c in cutoffs] for row in expected])
    stops = made_doors(count, places.astype(np.int32), doors, np.zeros(count, dtype=np.int32))
    found = links.links(graph, stops, FAR_MS)
    walked = np.full((count, count), 0.0)
    walked[found.foot_from, found.foot_to] = found.foot_ms
    apart = ~np.eye(count, dtype=bool)
    np.testing.assert_array_equal(walked[apart], expected[apart])
