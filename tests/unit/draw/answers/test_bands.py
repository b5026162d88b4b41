"""Rings of bands as they are drawn: what is too small to be seen is left out, the rest kept."""

import numpy as np
import pytest
import shapely

from sandbox.draw.answers.bands import outline
from sandbox.draw.viewport import Viewport


def square(x_m: float, y_m: float, side_m: float) -> shapely.Polygon:
    return shapely.box(x_m, y_m, x_m + side_m, y_m + side_m)


@pytest.mark.parametrize("dpr", [1.0, 2.0])
def test_holes_of_less_than_24_square_pixels_are_left_out(dpr):
    # At 10 m a pixel, 24 pixels are 2,400 m²: a side of 48 m is less, one of 50 m more.
    shell = square(600_000, 3_200_000, 2_000)
    holes = [square(600_200, 3_200_200, 48.0), square(600_800, 3_200_800, 50.0)]
    area = shapely.difference(shell, shapely.union_all(holes))
    viewport = Viewport("EPSG:32648", (601_000.0, 3_201_000.0), 10.0, 400.0, 300.0, dpr)
    drawn = outline(area, viewport)
    assert len(drawn.starts) == 2
    rings = np.split(drawn.xy, drawn.starts[1:])
    sides = sorted(float(np.ptp(ring[:, 0])) for ring in rings)
    assert sides == pytest.approx([5.0 * dpr, 200.0 * dpr])
    # The shell's middle is the viewport's.
    shell_px = max(rings, key=lambda ring: float(np.ptp(ring[:, 0])))
    middle = (shell_px.min(axis=0) + shell_px.max(axis=0)) / 2.0
    assert middle.tolist() == pytest.approx([200.0 * dpr, 150.0 * dpr])


def test_nothing_to_be_seen_is_no_ring():
    viewport = Viewport("EPSG:32648", (601_000.0, 3_201_000.0), 10.0, 400.0, 300.0, 1.0)
    for area in (shapely.MultiPolygon(), square(601_000, 3_201_000, 20.0)):
        assert len(outline(area, viewport).starts) == 0
