"""Voids that aren't declared, on heights made by hand: told from coasts, valleys and harbours."""

import numpy as np
import pytest

from sandbox.sources.voids import undeclared

PIXEL_M = (30.0, 30.0)


def ground(rows=40, columns=60, level=300.0):
    """A slope of 5 % eastwards."""
    return np.tile(level + 1.5 * np.arange(columns), (rows, 1)).astype(np.float32)


def found(height, dtype=np.float32, pixel_m=PIXEL_M):
    raw = height.astype(dtype)
    return undeclared(raw, np.where(np.isnan(height), np.nan, raw).astype(np.float32), pixel_m)


@pytest.mark.parametrize("figure", [0, -9999, -32768, 32767])
def test_a_strip_and_a_frame_with_cliffs_all_around_are_voids(figure):
    strip, frame = ground(), ground()
    strip[:, 20:28] = figure
    frame[:3], frame[-3:], frame[:, :3], frame[:, -3:] = figure, figure, figure, figure
    for height in (strip, frame):
        for dtype in (np.float32, np.int16):
            assert (found(height, dtype) == (height == figure)).all()


def test_the_end_of_the_range_of_small_numbers_is_a_void_where_it_is_walled():
    height = np.minimum(ground(level=100), 180)
    height[10:20, 10:20] = 255
    assert (found(height, np.uint8) == (height == 255)).all()
    # Hills that are cut off at it are no void.
    assert found(np.minimum(ground(level=200), 255), np.uint8) is None


def test_ground_that_falls_to_the_sea_stays():
    beach = np.maximum(ground(level=-30), 0)
    assert (beach == 0).any()
    assert found(beach) is None
    # A coast with cliffs along half of it.
    cliffs = beach.copy()
    cliffs[:20][cliffs[:20] > 0] += 80
    assert found(cliffs) is None


def test_a_valley_at_0_m_stays_and_so_do_low_walls():
    across = np.abs(np.arange(60) - 30)
    valley = np.tile(np.maximum(across - 3, 0) * 8.0, (40, 1)).astype(np.float32)
    assert found(valley) is None
    # A basin of a harbour between quays of 4 m, on pixels of 1 m.
    basin = np.full((40, 60), 4, dtype=np.float32)
    basin[10:30, 10:50] = 0
    assert found(basin, pixel_m=(1.0, 1.0)) is None


def test_of_two_patches_only_the_walled_one_is_a_void():
    height = np.concatenate([np.maximum(ground(level=-30), 0), ground()], axis=1)
    height[:, 60:62] = 60
    height[5:10, 90:100] = 0
    want = np.zeros(height.shape, dtype=bool)
    want[5:10, 90:100] = True
    assert (found(height) == want).all()


def test_what_has_no_edge_or_only_declared_voids_around_stays():
    assert found(np.zeros((10, 10), dtype=np.float32)) is None
    height = np.full((10, 10), np.nan, dtype=np.float32)
    height[4:6, 4:6] = 0
    assert found(height) is None
    assert found(ground()) is None
