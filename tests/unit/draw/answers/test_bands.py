"""Rings of bands as they are drawn: what is too small to be seen is left out, the rest kept."""

import numpy as np
import pytest
import shapely

from sandbox.draw.answers import outlines
from sandbox.draw.answers.outlines import outline
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


class Answer:
    """As much of an isochrone as its outlines are made of."""

    def __init__(self, *areas: shapely.Geometry) -> None:
        self.areas = areas


@pytest.mark.parametrize("m_per_px", [0.3, 1.0, 3.4, 25.0, 60.0])
@pytest.mark.parametrize("dpr", [1.0, 1.5, 2.0])
def test_outlines_keep_their_tolerance_at_any_scale(m_per_px, dpr):
    area = shapely.Point(600_000, 3_200_000).buffer(1_500, quad_segs=400)
    viewport = Viewport("EPSG:32648", (600_000.0, 3_200_000.0), m_per_px, 900.0, 700.0, dpr)
    drawn = shapely.LinearRing(outlines.band_rings(Answer(area), 0, viewport).xy)  # type: ignore[arg-type]
    off_px = shapely.hausdorff_distance(drawn, area.exterior) * dpr / m_per_px
    assert off_px <= outlines.TOLERANCE_PX + 1e-9
    assert len(drawn.coords) < len(area.exterior.coords) or m_per_px < 1.0


def test_what_is_prepared_serves_the_scales_around_it(monkeypatch):
    made, make = [], outlines._simplified
    monkeypatch.setattr(outlines, "_simplified", lambda *of: made.append(of) or make(*of))
    areas = (square(600_000, 3_200_000, 500), square(599_500, 3_199_500, 1_500))
    answer = Answer(*areas)
    outlines.prepare(answer, 3.4)  # type: ignore[arg-type]
    made.clear()
    for m_per_px, dpr in ((3.4, 1.0), (3.4, 2.0), (3.4 / 1.5, 1.0), (3.4 * 1.5, 1.0)):
        viewport = Viewport("EPSG:32648", (600_000.0, 3_200_000.0), m_per_px, 900.0, 700.0, dpr)
        for band in (0, 1):
            outlines.band_rings(answer, band, viewport)  # type: ignore[arg-type]
        outlines.band_rings(answer, 1, viewport, outlines.SOFT_PX)  # type: ignore[arg-type]
    assert made == []
    outlines.band_rings(answer, 0, Viewport("EPSG:32648", (0.0, 0.0), 60.0, 9.0, 7.0, 1.0))  # type: ignore[arg-type]
    assert len(made) == 1
