"""Hills and their light."""

import numpy as np
import pytest

from sandbox.catalog.layer import Grid
from sandbox.draw.ground.relief import Relief, ReliefPainter, shade, warped
from sandbox.draw.theme import theme
from sandbox.geo.crs import to_metric


def plane(east: float, north: float) -> np.ndarray:
    y, x = np.mgrid[0:40, 0:40]
    return (500.0 + east * x * 10.0 - north * y * 10.0).astype(np.float32)


def test_flat_ground_is_lit_as_it_is():
    light, steep = shade(plane(0, 0), 10.0)
    assert light == pytest.approx(1.0)
    assert steep == pytest.approx(0.0)


def test_slopes_towards_the_suns_are_brighter_than_those_away_from_them():
    # A plane that falls to the north-west faces the main sun.
    toward, _ = shade(plane(0.3, -0.3), 10.0)
    away, _ = shade(plane(-0.3, 0.3), 10.0)
    assert toward.mean() > 1.1
    assert away.mean() < 0.9


def test_neighbouring_squares_meet_without_a_seam():
    rng = np.random.default_rng(3)
    relief = Relief(rng.uniform(200, 900, (50, 50)).astype(np.float32), 1000.0, 9000.0, 100.0)
    whole = relief.sampled(2000.0, 8000.0, 25.0, 80)
    right = relief.sampled(3000.0, 8000.0, 25.0, 40)
    assert np.allclose(whole[:40, 40:], right, atol=1e-2)


def test_far_views_take_means():
    relief = Relief(np.tile([[0.0, 100.0]], (40, 20)).astype(np.float32), 0.0, 4000.0, 100.0)
    sampled = relief.sampled(500.0, 3500.0, 400.0, 5)
    assert sampled == pytest.approx(50.0)


def test_heights_end_softly():
    relief = Relief(np.zeros((100, 100), dtype=np.float32), 0.0, 9900.0, 100.0)
    known = relief.known(-2000.0, 5000.0, 100.0, 60)
    assert (known[:, :20] == 0).all()
    assert known[10, 59] == 1.0
    assert (np.diff(known[10]) >= 0).all()


def test_a_grid_in_degrees_lands_where_it_belongs():
    values = np.zeros((40, 40), dtype=np.float32)
    values[9:12, 29:32] = 400.0
    west, south, east, north = 106.2, 29.4, 106.4, 29.6
    relief = warped(Grid(values, (west, south, east, north)), "EPSG:32648")
    x, y = to_metric(
        (west + 30.5 / 40 * (east - west), north - 10.5 / 40 * (north - south)), "EPSG:32648"
    )
    assert relief.height_m((float(x), float(y))) > 250
    assert relief.height_m((float(x) - 3000, float(y))) == 0.0


def test_places_of_a_grid_are_known_to_a_thousandth_of_its_cell():
    # Heights that are the longitude itself, in thousandths of a degree (97 m here).
    west, south, east, north = 106.0, 29.0, 107.0, 29.5
    columns = 300
    lon = west + (np.arange(columns) + 0.5) / columns * (east - west)
    grid = Grid(np.tile(lon * 1000.0, (150, 1)).astype(np.float32), (west, south, east, north))
    relief = warped(grid, "EPSG:32648")
    rng = np.random.default_rng(5)
    at = np.stack([rng.uniform(106.01, 106.99, 500), rng.uniform(29.01, 29.49, 500)], axis=-1)
    found = relief.heights_at(to_metric(at, "EPSG:32648"))
    # float32 holds these numbers to 0.008; a cell is 3.33 of them.
    assert np.abs(found - at[:, 0] * 1000.0).max() < 0.02


def test_contours_stand_at_whole_multiples():
    relief = Relief(plane(0.05, 0.0), 0.0, 390.0, 10.0)
    levels = [level for level, lines in relief.contours(5.0) if lines]
    assert levels
    assert all(level % 5 == 0 for level in levels)
    for level, lines in relief.contours(5.0):
        for line in lines:
            assert line[:, 0] == pytest.approx((level - 500.0) / 0.05, abs=1e-3)


def test_pictures_of_hills_are_kept_by_their_bytes_and_the_longest_unseen_go_first():
    relief = Relief(np.zeros((60, 60), dtype=np.float32), 0.0, 6000.0, 100.0)
    # A square of 32 pixels has two pictures of four bytes a pixel: three squares have room.
    painter = ReliefPainter(limit_bytes=3 * 2 * 32 * 32 * 4)
    look = theme("light")

    def square(column: int):
        return painter.pictures(relief, look, (column * 320.0, 4000.0), 320.0, 32)

    first = [square(column) for column in range(5)]
    again = [square(column) for column in (4, 3, 2, 1, 0)]
    same = [a[0] is b[0] for a, b in zip(first[::-1], again, strict=True)]
    assert same == [True, True, True, False, False]
