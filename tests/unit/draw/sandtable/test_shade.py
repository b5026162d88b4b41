"""Shadows of buildings are as long as heights and the sun's height say, away from the sun."""

import math

import numpy as np
import pytest

from sandbox.draw.sandtable.shade import LEFT_OUT, light_up, put_into_light, shadows

# A block of 30 metres, 40 metres wide, in the middle of cells of a metre.
N = 280
TOWER = np.zeros((N, N), dtype=np.uint16)
TOWER[120:160, 120:160] = 300


@pytest.mark.parametrize("azimuth_deg", [0, 35, 90, 120, 180, 225, 270, 315])
@pytest.mark.parametrize("rise", [0.5, 1.0])
def test_a_block_throws_its_shadow_away_from_the_sun_as_far_as_it_is_low(azimuth_deg, rise):
    turn = math.radians(azimuth_deg)
    sun = math.sin(turn), math.cos(turn)
    shade = shadows(TOWER, 1.0, sun, rise)
    rows, columns = np.nonzero(shade > 127)
    east, north = columns * 2 + 1 - N / 2, N / 2 - rows * 2 - 1
    away = -(east * sun[0] + north * sun[1])
    beside = np.abs(east * sun[1] - north * sun[0])
    # From its far side on; where half of the light is gone 1.5 metres of shadow are left.
    side = 20.0 / max(abs(sun[0]), abs(sun[1]))
    assert away[beside < 5.0].max() == pytest.approx(side + 28.5 / rise, abs=4.0)
    assert away.min() > -6.0
    assert np.median(beside) < 20.0


def test_roofs_and_the_sunny_side_stay_light():
    shade = shadows(TOWER, 1.0, (-1.0, 0.0), 1.0)
    assert (shade[60:80, 60:80] == 0).all()
    assert (shade[:, :60] == 0).all()
    assert (shade[65:75, 81:90] == 255).all()


def test_marks_of_answers_make_nothing_higher():
    turned = -math.sqrt(0.5), math.sqrt(0.5)
    plain = shadows(TOWER, 1.0, turned, 0.7)
    assert (shadows(TOWER | np.uint16(LEFT_OUT), 1.0, turned, 0.7) == plain).all()


def test_shaded_ground_is_darker_by_the_share_and_light_is_tinted():
    shade = np.zeros((4, 4), dtype=np.uint8)
    shade[:, 2:] = 255
    colours = np.full((8, 8), 0xFF646464, dtype=np.uint32)
    put_into_light(colours, shade, 0.5, (1.0, 1.0, 1.0))
    assert colours[4, 0] == 0xFF646464
    assert int(colours[4, 7]) & 255 == pytest.approx(50, abs=1)
    # Between both it goes over evenly.
    assert [int(one) & 255 for one in colours[4, 2:6]] == sorted(
        (int(one) & 255 for one in colours[4, 2:6]), reverse=True
    )
    colours[:] = 0xFF646464
    put_into_light(colours, None, 0.5, (2.0, 1.0, 0.5))
    assert (colours == 0xFFC86432).all()


def test_as_many_buildings_are_points_of_light_as_are_said_and_always_the_same():
    side = np.arange(50.0)
    west, south = (one.ravel() * 20.0 for one in np.meshgrid(side, side))
    boxes = np.stack([west, south, west + 8.0, south + 8.0], axis=1)
    seen = []
    for _ in range(2):
        colours = np.full((100, 100), 0xFF101010, dtype=np.uint32)
        light_up(colours, boxes, (0.0, 1000.0, 0.1), 0.4)
        seen.append(colours)
    assert (seen[0] == seen[1]).all()
    assert (seen[0] != 0xFF101010).mean() == pytest.approx(2500 * 0.4 / 10_000, rel=0.1)
    red, blue = seen[0] >> 16 & 255, seen[0] & 255
    assert (red >= blue).all()
