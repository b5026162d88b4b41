"""Places that are areas in small worlds: left and reached at gates or edge, never the middle."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPoint, MultiPolygon, Point, box

from sandbox.analysis.isochrone import isochrone
from sandbox.analysis.isodistance import isodistance
from sandbox.analysis.places.access import Place, access_of, access_points
from sandbox.analysis.route import route
from sandbox.analysis.times import times
from sandbox.analysis.within_reach import within_reach
from sandbox.engine import surface
from sandbox.errors import AnalysisError, NetworkError
from sandbox.geo import shapes
from sandbox.geo.crs import WGS84
from sandbox.streets.modes import Access
from sandbox.streets.travel import Travel
from tests.support.worlds import CRS, METRE_A_SECOND_KMH, SOUTH, WEST, at, world

# A kilometre of street from west to east, a node each 100 m: metres are seconds.
STREET = world([(x, 0) for x in range(0, 1001, 100)], [(n, n + 1) for n in range(10)])
FEET = Travel(walk_kmh=METRE_A_SECOND_KMH)
# Streets each 100 m both ways, 11 by 11 of them.
GRID = world(
    [(100 * x, 100 * y) for y in range(11) for x in range(11)],
    [(11 * y + x, 11 * y + x + 1) for y in range(11) for x in range(10)]
    + [(11 * y + x, 11 * y + x + 11) for y in range(10) for x in range(11)],
)


def lonlat(shape_m):
    """Return a shape drawn in metres from the world's corner, WGS 84."""
    return shapes.to_lonlat(
        shapely.transform(shape_m, lambda xy: xy + np.array([WEST, SOUTH])), CRS
    )


def place(shape_m, gates=None):
    return Place(lonlat(shape_m), "P", None if gates is None else lonlat(MultiPoint(gates)))


def spot(x, y=0.0):
    return place(Point(x, y))


def seconds(network, start, end, travel=FEET):
    """Return the time of a pair, the same by route, table and list, there and back."""
    found = route(network, start, end, travel)
    frames = [
        gpd.GeoDataFrame(
            {"id": ["a"], "layer": "x", "accuracy_m": 0.0, "gates": [one.gates]},
            geometry=[one.shape],
            crs=WGS84,
        )
        for one in (start, end)
    ]
    (row,) = times(network, *frames, 60, travel).pairs.itertuples()
    reach = isochrone(network, start, [60], travel)
    (listed,) = within_reach(reach, access_points(network, frames[1], mode=travel.mode))
    assert row.minutes == pytest.approx(found.minutes, abs=1e-9)
    assert listed.minutes == pytest.approx(found.minutes, abs=1e-9)
    assert row.metres == pytest.approx(found.metres, abs=1e-6)
    assert (row.measured_from, row.measured_to) == found.measured
    assert listed.measured == end.measured
    return found.minutes * 60


def test_of_two_gates_the_better_counts_as_origin_and_as_destination():
    # The middle of the ground is on the street's own line, at 500.
    park = place(box(400, -50, 600, 50), [(400, 0), (600, 0)])
    assert park.measured == "gate"
    assert seconds(STREET, spot(0), park) == pytest.approx(400, abs=0.01)
    assert seconds(STREET, park, spot(0)) == pytest.approx(400, abs=0.01)
    assert seconds(STREET, spot(900), park) == pytest.approx(300, abs=0.01)
    assert seconds(STREET, park, spot(900)) == pytest.approx(300, abs=0.01)


def test_only_gates_count_where_there_are_some():
    # The street meets the edge at 400; the only gate is at the other end, 30 m off the street.
    park = place(box(400, -50, 600, 50), [(600, 30)])
    assert seconds(STREET, spot(0), park) == pytest.approx(600 + 30, abs=0.01)
    assert seconds(STREET, park, spot(1000)) == pytest.approx(400 + 30, abs=0.01)


def test_without_gates_a_street_that_crosses_the_edge_leads_there():
    # From (0, 500): the edge is met where row 5 crosses it, at 333 from the corner of streets.
    park = place(box(333, 433, 666, 666))
    assert seconds(GRID, spot(0, 500), park) == pytest.approx(333, abs=0.01)
    assert seconds(GRID, park, spot(0, 500)) == pytest.approx(333, abs=0.01)
    # From above the column 4 comes first: 1000 - 666, from (400, 1000).
    assert seconds(GRID, spot(400, 1000), park) == pytest.approx(334, abs=0.01)


def test_the_edge_is_looked_at_each_ten_metres():
    park = place(box(20, 20, 80, 80))
    found = access_points(GRID, [park])
    along = shapely.LineString(np.vstack([found.xy, found.xy[:1]]))
    gaps = np.hypot(*np.diff(shapely.get_coordinates(along), axis=0).T)
    assert gaps.max() <= 10.0 + 1e-6
    # 20 m from the street to the yard.
    assert seconds(GRID, spot(50, 0), park) == pytest.approx(20, abs=0.01)


def test_a_line_without_a_length_is_a_place_where_it_lies():
    dot = place(LineString([(300, 60), (300, 60)]))
    assert seconds(STREET, spot(400), dot) == pytest.approx(100 + 60, abs=0.01)
    assert seconds(STREET, dot, spot(400)) == pytest.approx(100 + 60, abs=0.01)


def test_whoever_is_inside_or_touches_is_there_already():
    park = place(box(300, 300, 500, 500), [(300, 300)])
    for other in (
        spot(400, 400),
        spot(305, 450),
        place(box(450, 450, 700, 700)),
        place(box(500, 300, 600, 500)),
        park,
    ):
        assert seconds(GRID, other, park) == 0.0
        assert seconds(GRID, park, other) == 0.0
    assert seconds(GRID, spot(520, 400), park) > 0.0


def test_of_an_area_in_parts_the_nearest_part_counts():
    parts = place(MultiPolygon([box(100, -20, 150, 20), box(800, -20, 850, 20)]))
    assert seconds(STREET, spot(0), parts) == pytest.approx(100, abs=0.01)
    assert seconds(STREET, parts, spot(1000)) == pytest.approx(150, abs=0.01)
    # 350 m to the one, 300 m to the other.
    assert seconds(STREET, spot(500), parts) == pytest.approx(300, abs=0.01)


def test_an_edge_right_on_a_street_is_left_and_reached_all_along_it():
    field = place(box(400, 0, 600, 200))
    assert seconds(STREET, spot(0), field) == pytest.approx(400, abs=0.01)
    assert seconds(STREET, field, spot(0)) == pytest.approx(400, abs=0.01)
    assert seconds(STREET, spot(500), field) == 0.0


@pytest.mark.parametrize("mode", ["bike", "drive"])
def test_a_one_way_street_beside_an_area_is_gone_along_only(mode):
    # A ring of a kilometre a side, all one way anticlockwise; the area lies beside its south side.
    ahead = int(Access.BIKE_FORWARD if mode == "bike" else Access.DRIVE_FORWARD)
    corners = [(0, 0), (1000, 0), (1000, 1000), (0, 1000)]
    ring = world(corners, [(0, 1), (1, 2), (2, 3), (3, 0)], access=[ahead] * 4)
    yard = place(box(400, -60, 600, -10))
    travel = Travel(mode, walk_kmh=METRE_A_SECOND_KMH, slope="flat")
    before, behind = spot(300), spot(700)
    # Out at its east corner, in at its west one; never back against the street.
    near = seconds(ring, before, yard, travel)
    far = seconds(ring, behind, yard, travel)
    assert far > near + 10
    assert seconds(ring, yard, behind, travel) == pytest.approx(near, abs=1.0)
    assert seconds(ring, yard, before, travel) == pytest.approx(far, abs=1.0)


def test_an_area_beyond_the_limit_is_refused_and_its_nearest_street_told():
    yard = place(box(440, 445, 460, 455))
    with pytest.raises(NetworkError, match="40 m away; the limit is 30 m"):
        access_of(GRID, yard, 30.0)
    with pytest.raises(NetworkError, match="40 m away"):
        route(GRID, spot(0), yard, FEET, snap_m=30.0)
    assert seconds(GRID, spot(400, 450), yard) == pytest.approx(40, abs=0.01)
    with pytest.raises(AnalysisError, match="outside the network"):
        access_of(STREET, place(box(90_000, 90_000, 91_000, 91_000)))


def test_of_an_endless_edge_only_what_lies_near_streets_is_looked_at():
    # Straight on the ground: a long edge between two points isn't in degrees.
    land = place(shapely.segmentize(box(-15_000, 120, 15_000, 9_000), 50.0))
    found = access_points(STREET, [land])
    assert len(found.looked.xy) < 1_000
    assert seconds(STREET, spot(500), land) == pytest.approx(120, abs=0.01)


def test_a_line_is_reached_anywhere_along_it():
    brook = place(LineString([(300, -90), (300, 90), (700, 90)]))
    assert seconds(STREET, spot(0), brook) == pytest.approx(300, abs=0.01)
    assert seconds(STREET, brook, spot(800)) == pytest.approx(100 + 90, abs=0.01)


@pytest.mark.parametrize("gates", [None, [(300, 350)]])
def test_an_origins_own_ground_belongs_to_every_band(gates):
    park = place(box(300, 300, 500, 700), gates)
    found = isochrone(GRID, park, [1, 4], Travel(walk_kmh=METRE_A_SECOND_KMH))
    own = found.reached.own_ground
    assert own.area == pytest.approx(200 * 400, rel=1e-3)
    for area in found.areas:
        assert shapely.difference(own, area).area < 1e-6
    assert shapely.difference(found.areas[0], found.areas[1]).area < 1e-6
    ground = surface.ground_times(found.reached, 50.0, cell_m=20.0)
    grid = ground.grid
    x, y = np.meshgrid(
        grid.west + grid.cell_m * np.arange(grid.columns),
        grid.south + grid.cell_m * np.arange(grid.rows),
    )
    assert not ground.seconds[shapely.contains_xy(own, x, y)].any()
    # Inside is where the ground is reached in time, to one cell.
    inside = shapely.contains_xy(found.areas[1], x, y)
    for late in (inside & (ground.seconds > 240), ~inside & (ground.seconds <= 240)):
        edge = shapely.distance(found.areas[1].boundary, shapely.points(x[late], y[late]))
        assert (edge <= grid.cell_m).all()
    by_distance = isodistance(GRID, park, [100])
    assert shapely.difference(own, by_distance.areas[0]).area < 1e-6


def test_a_point_has_no_ground_of_its_own_and_is_that_point():
    found = isochrone(GRID, (lonlat(Point(420, 30)).x, lonlat(Point(420, 30)).y), [5])
    assert found.reached.own_ground is None
    assert found.origin.measured == "point"
    (xy,) = access_of(GRID, spot(420, 30)).xy
    assert xy == pytest.approx(at(420, 30), abs=1e-3)


METRES = st.integers(0, 100).map(lambda n: 10.0 * n)
BOXES = st.tuples(METRES, METRES, st.integers(1, 40), st.integers(1, 40)).map(
    lambda b: box(b[0], b[1], b[0] + 10 * b[2], b[1] + 10 * b[3])
)


def arrival_s(start, end):
    try:
        return route(GRID, start, end, FEET).minutes * 60
    except (AnalysisError, NetworkError):
        return np.inf


@settings(max_examples=40, deadline=None)
@given(BOXES, METRES, METRES, st.lists(st.floats(0, 1), min_size=2, max_size=5))
def test_a_gate_more_never_makes_anything_slower(area, x, y, shares):
    gates = [area.boundary.interpolate(share, normalized=True).coords[0] for share in shares]
    fewer, more = place(area, gates[:-1]), place(area, gates)
    for pair in ((spot(x, y), fewer), (fewer, spot(x, y))):
        turned = tuple(more if one is fewer else one for one in pair)
        assert arrival_s(*turned) <= arrival_s(*pair)


@settings(max_examples=40, deadline=None)
@given(BOXES, METRES, METRES, st.floats(0, 1))
def test_an_area_is_never_later_than_a_point_of_its_edge(area, x, y, share):
    corner = Point(area.exterior.coords[0])
    anywhere = area.boundary.interpolate(share, normalized=True)
    whole = place(area)
    # A corner is looked at itself; of two points looked at none is more than 5 m from another.
    for point, apart in ((corner, 0.002), (anywhere, 5.002)):
        assert arrival_s(spot(x, y), whole) <= arrival_s(spot(x, y), place(point)) + apart
        assert arrival_s(whole, spot(x, y)) <= arrival_s(place(point), spot(x, y)) + apart
