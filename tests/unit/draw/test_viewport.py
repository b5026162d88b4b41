"""Metres and pixels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.app.state import View
from sandbox.draw.viewport import Viewport, moved, zoomed

CRS = "EPSG:32648"
VIEWS = st.builds(
    View,
    st.tuples(st.floats(106.0, 106.7), st.floats(29.2, 29.9)),
    st.floats(0.5, 100.0),
)
SIZES = st.tuples(st.integers(300, 3000), st.integers(200, 2000))
DPRS = st.sampled_from([1.0, 1.25, 1.5, 2.0])


@given(VIEWS, SIZES, DPRS, st.floats(0, 1), st.floats(0, 1))
def test_pixels_lead_to_the_ground_and_back(view, size, dpr, right, down):
    viewport = Viewport.of(view, CRS, size, dpr)
    px = (right * size[0], down * size[1])
    assert viewport.px_of_lonlat(viewport.lonlat_at(px)) == pytest.approx(px, abs=0.01)


@given(VIEWS, SIZES, DPRS)
def test_the_corner_stands_on_a_whole_device_pixel(view, size, dpr):
    west, _, _, north = Viewport.of(view, CRS, size, dpr).bounds
    step = view.m_per_px / dpr
    for corner in (west, north):
        assert corner / step == pytest.approx(round(corner / step), abs=1e-4)


@given(VIEWS, SIZES, st.floats(0.3, 3.0), st.floats(0, 1), st.floats(0, 1))
def test_zooming_keeps_the_ground_under_the_pointer(view, size, factor, right, down):
    px = (right * size[0], down * size[1])
    place = Viewport.of(view, CRS, size, 4.0).lonlat_at(px)
    after = Viewport.of(zoomed(view, CRS, factor, px, size), CRS, size, 4.0)
    assert after.px_of_lonlat(place) == pytest.approx(px, abs=0.6)


@given(VIEWS, st.floats(-500, 500), st.floats(-500, 500))
def test_pulling_the_ground_moves_it_by_as_much(view, dx, dy):
    size = (800.0, 600.0)
    place = Viewport.of(view, CRS, size, 4.0).lonlat_at((400.0, 300.0))
    after = Viewport.of(moved(view, CRS, (dx, dy)), CRS, size, 4.0)
    assert after.px_of_lonlat(place) == pytest.approx((400 + dx, 300 + dy), abs=0.6)


def test_north_is_up_and_east_is_right():
    viewport = Viewport.of(View((106.33, 29.52), 10.0), CRS, (800, 600), 1.0)
    x, y = viewport.px_of_lonlat((106.34, 29.53))
    assert x > 400
    assert y < 300
