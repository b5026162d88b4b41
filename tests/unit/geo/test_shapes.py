"""Shapes across 180 degrees: cut there, holes included, with nothing lost."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon, box

from sandbox.export.tables import write_areas
from sandbox.geo import crs as geo
from sandbox.geo.shapes import cut_at_180, dense_lines, prepared_copy, to_lonlat, to_metric

# Fiji lies on both sides; one zone serves the whole map.
CRS = "EPSG:32760"


def square(half_m, holes_m=()):
    """A square round 180 degrees east, 16.8 south, in metres of the zone."""
    x, y = geo.to_metric((180.0, -16.8), CRS)
    ring = box(x - half_m, y - half_m, x + half_m, y + half_m).exterior
    holes = [box(x - one, y - one, x + one, y + one).exterior for one in holes_m]
    return Polygon(ring, holes)


def densely(shape):
    # The meridian isn't straight on the map; a point each 10 m makes that no matter.
    return shapely.segmentize(shape, 10.0)


def test_lines_are_made_dense_and_those_without_a_length_stay():
    spot, line = LineString([(5, 5), (5, 5)]), LineString([(0, 0), (100, 0)])
    both = MultiLineString([spot, line])
    made = dense_lines(np.array([line, spot, both], dtype=object), 30.0)
    # 100 m in steps of at most 30 are four of 25.
    steps = [[25.0 * n, 0.0] for n in range(5)]
    told = [shapely.get_coordinates(one).tolist() for one in made]
    assert told == [steps, [[5, 5], [5, 5]], [[5, 5], [5, 5], *steps]]
    assert len(dense_lines(np.empty(0, dtype=object), 30.0)) == 0


def test_an_area_with_a_hole_is_cut_in_two_that_hold_all_of_it():
    whole = densely(square(500, [100]))
    cut = to_lonlat(whole, CRS)
    assert isinstance(cut, MultiPolygon)
    assert len(cut.geoms) == 2
    for part in cut.geoms:
        west, _, east, _ = part.bounds
        assert (west > 179.9 and east == 180.0) or (west == -180.0 and east < -179.9)
        # The hole is cut too, so it is a bay of either part.
        assert len(part.interiors) == 0
    # A square of 1 km without one of 200 m: 0.96 square kilometres of the map.
    back = to_metric(cut, CRS)
    assert back.area == pytest.approx(whole.area, rel=1e-6)
    assert shapely.area(shapely.symmetric_difference(back, whole)) < 1.0
    assert geo.area_km2(cut) == pytest.approx(0.96, rel=0.005)


def test_a_hole_on_one_side_stays_a_hole():
    x, y = geo.to_metric((180.0, -16.8), CRS)
    aside = box(x + 100, y - 50, x + 200, y + 50).exterior
    cut = to_lonlat(densely(Polygon(square(500).exterior, [aside])), CRS)
    assert sorted(len(part.interiors) for part in cut.geoms) == [0, 1]


def test_a_line_is_cut_and_keeps_its_length():
    x, y = geo.to_metric((180.0, -16.8), CRS)
    cut = to_lonlat(LineString([(x - 300, y), (x + 400, y)]), CRS)
    assert isinstance(cut, MultiLineString)
    lonlat = [np.asarray(part.coords) for part in cut.geoms]
    assert sum(geo.length_m(at[0], at[-1])[0] for at in lonlat) == pytest.approx(700, rel=0.005)
    assert all(np.ptp(at[:, 0]) < 0.01 for at in lonlat)


@pytest.mark.parametrize(
    "shape",
    [
        Point(180, 10),
        box(179, 1, 180, 2),
        box(-180, 1, -179, 2),
        Polygon(),
        LineString([(106.3, 29.5), (106.4, 29.6)]),
        shapely.MultiPoint([(-179.9, 1), (179.9, 1)]),
    ],
)
def test_what_does_not_cross_stays_as_it_is(shape):
    assert cut_at_180(shape).equals(shape) or (shape.is_empty and cut_at_180(shape).is_empty)


def test_what_is_cut_is_cut_once():
    once = to_lonlat(densely(square(500, [100])), CRS)
    assert shapely.equals(shapely.normalize(cut_at_180(once)), shapely.normalize(once))


@pytest.mark.parametrize("name", ["a.geojson", "a.gpkg"])
def test_files_hold_the_parts(tmp_path, name):
    cut = to_lonlat(densely(square(500, [100])), CRS)
    write_areas(tmp_path / name, gpd.GeoDataFrame({"n": [1]}, geometry=[cut], crs=geo.WGS84))
    (got,) = gpd.read_file(tmp_path / name).geometry
    assert len(got.geoms) == 2
    assert geo.area_km2(got) == pytest.approx(geo.area_km2(cut), rel=1e-4)


def test_what_others_hold_is_never_prepared_under_them():
    shared = box(0, 0, 10, 10)
    mine = prepared_copy(shared)
    assert shapely.is_prepared(mine)
    assert not shapely.is_prepared(shared)
    assert shapely.contains_xy(mine, [5, 15], [5, 5]).tolist() == [True, False]
