"""Outlines of low ground, against contourpy and shapely."""

import itertools

import contourpy
import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from sandbox.engine.contours import trace


def traced(field, level, first_column=0, first_row=0):
    xy, offsets, outer_offsets = trace(field, level, first_column, first_row)
    if not len(xy):
        return shapely.MultiPolygon()
    parts = np.array([0, len(outer_offsets) - 1])
    kind = shapely.GeometryType.MULTIPOLYGON
    return shapely.from_ragged_array(kind, xy, (offsets, outer_offsets, parts))[0]


def by_contourpy(field, level):
    fill_type = contourpy.FillType.OuterOffset
    generator = contourpy.contour_generator(z=field, name="serial", fill_type=fill_type)
    areas = []
    for points, offsets in zip(*generator.filled(-np.inf, level), strict=True):
        rings = [points[a:b] for a, b in itertools.pairwise(offsets)]
        # Where low ground touches itself its rings do, which shapely can't compare: one by one.
        outer, *holes = (shapely.make_valid(shapely.Polygon(ring)) for ring in rings)
        areas.append(shapely.difference(outer, shapely.union_all(np.array(holes))))
    return shapely.union_all(np.array(areas)) if areas else shapely.MultiPolygon()


def rimmed(inner):
    field = np.full((inner.shape[0] + 2, inner.shape[1] + 2), 100.0, dtype=np.float32)
    field[1:-1, 1:-1] = inner
    return field


shapes = st.tuples(st.integers(1, 14), st.integers(1, 14))
fields = arrays.arrays(np.float32, shapes, elements=st.floats(0, 99, width=16)).map(rimmed)


# Low ground that is a line only, round ground that isn't low.
THIN = rimmed(np.array([[1, 1, 1, 1], [1, 2, 2, 1], [1, 1, 1, 1]], dtype=np.float32))
TOUCHING = rimmed(np.array([[2, 1, 1], [1, 2, 1], [1, 1, 1]], dtype=np.float32))


@settings(deadline=None, max_examples=300)
@given(fields, st.floats(1, 98, width=16))
@example(TOUCHING, 1.0)
@example(THIN, 1.0)
def test_areas_are_those_of_an_independent_tracer(field, level):
    area = traced(field, level)
    assert area.is_valid
    assert area.symmetric_difference(by_contourpy(field, level)).area < 1e-3 * field.size


@settings(deadline=None, max_examples=200)
@given(fields, st.floats(1, 98, width=16))
def test_grid_points_lie_inside_exactly_where_the_field_is_low(field, level):
    area = traced(field, level)
    rows, columns = np.indices(field.shape)
    inside = shapely.contains_xy(area, columns, rows)
    assert (inside == (field <= level)).all()


@settings(deadline=None, max_examples=200)
@given(fields, st.floats(1, 50, width=16), st.floats(1, 48, width=16))
def test_a_higher_level_holds_the_lower(field, level, more):
    small, large = traced(field, level), traced(field, level + more)
    assert small.is_empty or large.covers(small)


def test_a_lower_field_holds_the_higher_to_the_last_bit_in_any_window():
    rng = np.random.default_rng(5)
    high = rimmed(rng.uniform(0, 99, (40, 40)).astype(np.float32))
    # In the south by the last bit only, in the north by up to 2.
    low = np.where(high < 100, np.nextafter(high, np.float32(0)), high)
    low[20:] -= rng.uniform(0, 2, (22, 42)).astype(np.float32) * (high[20:] < 100)
    whole, small = traced(low, 50.0, 667_190, 38_640), traced(high, 50.0, 667_190, 38_640)
    assert whole.covers(small)
    # A window of the same field has the same points, though its own numbers begin elsewhere.
    window = high.copy()[3:30, 5:33]
    window[[0, -1]] = window[:, [0, -1]] = 100.0
    inner = shapely.get_coordinates(traced(window, 50.0, 667_195, 38_643))
    every = {tuple(xy) for xy in shapely.get_coordinates(small).tolist()}
    kept = [
        tuple(xy) for xy in inner.tolist() if 667_196 < xy[0] < 667_221 and 38_644 < xy[1] < 38_668
    ]
    assert len(kept) > 300
    assert set(kept) <= every


def test_an_area_in_the_hole_of_an_area_is_one_of_its_own():
    inner = np.full((9, 9), 9.0)
    inner[2:7, 2:7] = 50.0
    inner[4, 4] = 9.0
    area = traced(rimmed(inner), 20.0)
    assert area.is_valid
    assert sorted(len(part.interiors) for part in area.geoms) == [0, 1]


def test_outer_rings_turn_left_and_holes_turn_right():
    inner = np.full((5, 5), 9.0)
    inner[2, 2] = 50.0
    (part,) = traced(rimmed(inner), 20.0).geoms
    assert part.exterior.is_ccw
    assert not part.interiors[0].is_ccw


@pytest.mark.parametrize("value", [100.0, 20.5])
def test_high_ground_has_no_outline(value):
    assert traced(np.full((4, 4), value, dtype=np.float32), 20.0).is_empty


def test_a_point_that_is_just_low_far_from_the_corner_is_an_area():
    """Its ring encloses far less than two products of its coordinates differ by."""
    field = np.full((40, 3000), 100.0, dtype=np.float32)
    level = np.float32(50.0)
    field[20, 2990] = level
    xy, offsets, outer_offsets = trace(field, level)
    assert len(outer_offsets) - 1 == len(offsets) - 1 == 1
    np.testing.assert_allclose(xy, np.broadcast_to((2990.0, 20.0), xy.shape), atol=1e-5)
