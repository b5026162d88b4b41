"""Strokes by distance, against shapely's distances."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.draw.raster.line_raster import LineRaster, glow_profile, halo, line_profile

SIDE = 60
POINTS = st.lists(
    st.tuples(st.integers(-200, 800), st.integers(-200, 800)).map(lambda p: (p[0] / 10, p[1] / 10)),
    min_size=2,
    max_size=7,
    unique=True,
)


def middles():
    y, x = np.mgrid[0:SIDE, 0:SIDE] + 0.5
    return shapely.points(x.ravel(), y.ravel())


def red():
    table = np.zeros((256, 4), dtype=np.float32)
    table[:] = (0, 0, 255, 1)
    return table


@settings(max_examples=60, deadline=None)
@given(POINTS, st.floats(0.8, 9.0))
def test_written_distances_are_those_of_the_line(points, radius):
    raster = LineRaster(SIDE, SIDE)
    raster.lines(np.array(points), np.array([0]), 7, radius)
    exact = shapely.distance(shapely.LineString(points), middles()).reshape(SIDE, SIDE)
    written = np.sqrt(raster.distances2.astype(np.float64))
    within = exact < radius - 1e-3
    assert np.allclose(written[within], exact[within], atol=1e-3)
    assert (written[exact > radius + 1e-3] > 1e5).all()


@settings(max_examples=40, deadline=None)
@given(POINTS)
def test_a_stroke_covers_what_lies_within_half_its_width(points):
    raster, picture = LineRaster(SIDE, SIDE), np.zeros((SIDE, SIDE, 4), dtype=np.uint8)
    raster.lines(np.array(points), np.array([0]), 0, 4.0)
    raster.blend(picture, [(red(), line_profile(5.0))])
    exact = shapely.distance(shapely.LineString(points), middles()).reshape(SIDE, SIDE)
    assert (picture[exact < 1.9, 3] == 255).all()
    assert (picture[exact > 3.1, 3] == 0).all()
    assert raster.distances2.min() > 1e10
    assert not raster.blocks.any()


def test_the_nearest_line_marks_a_pixel_and_where_two_run_together_the_first_stays():
    raster = LineRaster(SIDE, SIDE)
    raster.lines(np.array([[5.0, 10.0], [55.0, 10.0]]), np.array([0]), 1, 4.0)
    raster.lines(np.array([[5.0, 10.1], [55.0, 10.1]]), np.array([0]), 2, 4.0)
    raster.lines(np.array([[5.0, 16.0], [55.0, 16.0]]), np.array([0]), 3, 4.0)
    assert set(raster.values[8:12, 20]) == {1}
    assert raster.values[15, 20] == 3


def test_streets_are_marked_by_the_time_along_them_as_far_as_they_are_reached():
    never = np.iinfo(np.int32).max
    ends = np.array([[5.0, 30.0, 55.0, 30.0]])
    raster = LineRaster(SIDE, SIDE)
    raster.timed(
        ends,
        np.array([[0, never]], dtype=np.int32),
        np.array([[100, 100]], dtype=np.int32),
        60,
        2.0,
    )
    reached = raster.distances2[30] < 1e10
    # 60 of 100 along 50 pixels.
    assert reached[5:34].all()
    assert not reached[37:].any()
    at_20 = int(raster.values[30, 20])
    assert at_20 == pytest.approx((20.5 - 5) / 50 * 100 / 60 * 255, abs=1)


def test_glow_never_hides_the_ground():
    profile = glow_profile((26.0, 14.0, 7.0), (0.05, 0.08, 0.14))
    assert profile.max() < 0.26
    assert (np.diff(profile) <= 0).all()
    assert profile[-1] == 0


def test_thin_lines_are_no_wider_than_they_should_be():
    assert line_profile(0.5)[0] == pytest.approx(0.5)
    assert line_profile(2.4)[0] == 1.0
    assert line_profile(2.4)[-1] == 0.0


def test_a_halo_reaches_as_far_as_it_should():
    coverage = np.zeros((21, 21), dtype=np.uint8)
    coverage[10, 10] = 255
    made = halo(coverage, 2.0, 5.0)
    y, x = np.mgrid[0:21, 0:21] - 10
    distance = np.hypot(x, y)
    assert (made[distance > 5.6] == 0).all()
    assert (made[distance < 1.4] > 215).all()
    assert (made[(distance > 3) & (distance < 4.4)] > 70).all()
