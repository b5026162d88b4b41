"""Filled areas against the exact cover of each pixel."""

import numpy as np
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon, box

from sandbox.draw.raster.band_fill import fill_bands
from sandbox.draw.raster.shapes import rings

ROWS, COLUMNS = 24, 40


def _washed(areas, colours):
    picture = np.full((ROWS, COLUMNS, 4), 99, dtype=np.uint8)
    fill_bands(picture, [rings(area) for area in areas], np.array(colours, dtype=np.float32))
    return picture


def _cover(area):
    """Return the share of each pixel that an area covers."""
    x, y = np.meshgrid(np.arange(COLUMNS), np.arange(ROWS))
    cells = shapely.box(x, y, x + 1, y + 1)
    return shapely.area(shapely.intersection(cells, area))


OPAQUE, NONE = (0, 0, 0, 1.0), (0, 0, 0, 0.0)


@settings(deadline=None)
@given(
    st.floats(-20, 60), st.floats(-20, 44), st.floats(1, 50), st.integers(3, 40), st.floats(0, 6)
)
# An edge that is upright but for rounding runs along the border of two columns, or of the picture.
@example(1.5, 0.0, 1.0, 3, 0.0)
@example(0.5, 12.0, 1.0, 3, 1e-12)
@example(39.5, 0.5, 1.0, 3, 1e-12)
def test_alpha_is_the_share_of_the_pixel_covered(x, y, radius, corners, turn):
    angle = np.linspace(0, 2 * np.pi, corners, endpoint=False) + turn
    reach = radius * (0.6 + 0.4 * np.cos(3 * angle))
    ring = np.column_stack([x + reach * np.cos(angle), y + reach * np.sin(angle)])
    area = Polygon(ring).buffer(0)
    made = _washed([area], [OPAQUE, NONE])[:, :, 3]
    assert np.abs(made / 255.0 - _cover(area)).max() < 0.02


def test_holes_stay_empty_whichever_way_they_run():
    outer, inner = box(3.25, 2.5, 30.5, 20.0), box(8.5, 6.0, 20.0, 12.75)
    expected = _cover(outer.difference(inner))
    hole = np.array(inner.exterior.coords)
    for ring in (hole, hole[::-1]):
        xy = np.concatenate([np.array(outer.exterior.coords), ring])
        picture = np.zeros((ROWS, COLUMNS, 4), dtype=np.uint8)
        fill_bands(picture, [(xy, np.array([0, 5]))], np.array([OPAQUE, NONE], dtype=np.float32))
        assert np.abs(picture[:, :, 3] / 255.0 - expected).max() < 0.005


def test_nested_areas_share_each_pixel_and_what_is_outside_gets_the_rest():
    near = MultiPolygon([box(10, 8, 16.5, 14.25), box(20, 3, 24, 6)])
    far = shapely.union(near.buffer(3, join_style="mitre"), box(0, 18.5, 40, 24))
    colours = [(255, 0, 0, 0.5), (0, 255, 0, 0.25), (0, 0, 255, 1.0)]
    made = _washed([near, far], colours) / 255.0
    inner, outer = _cover(near), _cover(far)
    expected = np.stack(
        [
            0.5 * inner,
            0.25 * (outer - inner),
            1.0 - outer,
            0.5 * inner + 0.25 * (outer - inner) + (1.0 - outer),
        ],
        axis=2,
    )
    assert np.abs(made - expected).max() < 0.006


def test_without_areas_all_is_outside():
    empty = Polygon()
    made = _washed([empty, empty], [OPAQUE, OPAQUE, (10, 20, 30, 1.0)])
    assert (made == (10, 20, 30, 255)).all()


def test_ground_beyond_every_border_fills_the_picture():
    made = _washed([box(-1e6, -1e6, 1e6, 1e6)], [(1, 2, 3, 1.0), NONE])
    assert (made == (1, 2, 3, 255)).all()
