"""The table's picture, beside one that a ray for each pixel gives, and laws that hold for it."""

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from sandbox.draw.sandtable import columns
from sandbox.draw.sandtable.camera import Camera
from sandbox.draw.sandtable.drape import Drape, Level
from sandbox.draw.sandtable.look import Look
from sandbox.draw.sandtable.shade import LEFT_OUT, REACHED
from sandbox.draw.sandtable.sun import LAMP
from sandbox.draw.sandtable.table import render

N, M, SIDE = 256, 65, 2560.0
GREY = (40.0, 40.0, 40.0)
# Nothing is veiled, so that colours are those of the map.
CLEAR = Look((1.0, 2.0, 3.0), 0.0, GREY, GREY, GREY, GREY, 0.0)
EDGE = np.array([-1200.0, -1200.0, 1200.0, 1200.0, -50.0])


def level(heights: npt.NDArray[np.float64], colours: npt.NDArray[np.uint32]) -> Level:
    lit = np.stack([heights, np.ones_like(heights)], axis=-1).astype(np.float32)
    return Level(-SIDE / 2, SIDE / 2, SIDE, colours, lit)


def squares() -> npt.NDArray[np.uint32]:
    """Return a map on which each place has a colour of its own: red eastward, green northward."""
    at = np.arange(N, dtype=np.uint32) * 255 // (N - 1)
    east, north = np.meshgrid(at, at[::-1])
    return np.uint32(0xFF000000) | east << 16 | north << 8


def pixels(drape: Drape, camera: Camera) -> npt.NDArray[np.int64]:
    image = render(camera, drape, CLEAR, EDGE, 1.0, moves=False)
    data = np.frombuffer(image.constBits(), dtype=np.uint32).reshape(image.height(), image.width())
    return np.stack([data >> 16 & 255, data >> 8 & 255, data & 255], axis=-1).astype(np.int64)


def heights_at(level: Level, xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the heights at points, linear between a level's values."""
    at = (level.north - xy[:, 1]) / level.side_m, (xy[:, 0] - level.west) / level.side_m
    ground = level.ground[..., 0].astype(float)
    return ndimage.map_coordinates(ground, np.stack(at) * (M - 1), order=1, mode="nearest")


def met(level: Level, camera: Camera, px: tuple[float, float]) -> npt.NDArray[np.float64] | None:
    """Return where a pixel's line of sight first meets the ground, by steps of a metre."""
    xy, up = camera.line_at(px, np.arange(camera.depth_m * 0.3, camera.depth_m * 4, 1.0))
    inside = np.abs(xy).max(axis=1) < EDGE[2]
    under = np.flatnonzero(inside & (up <= heights_at(level, xy)))
    return xy[under[0]] if len(under) else None


@pytest.mark.parametrize(("tilt", "bearing"), [(40.0, 0.0), (60.0, 0.0), (58.0, 130.0)])
def test_each_pixel_shows_the_ground_that_its_line_of_sight_meets_first(tilt, bearing) -> None:
    x, y = np.meshgrid(np.linspace(-1, 1, M), np.linspace(1, -1, M))
    hills = 160.0 * np.exp(-((x - 0.1) ** 2 + (y - 0.15) ** 2) / 0.02) + 40.0 * (x + 1)
    world = level(hills, squares())
    middle = float(heights_at(world, np.zeros((1, 2)))[0])
    camera = Camera((0.0, 0.0, middle), 6.0, tilt, bearing, 1.5, 160, 120)
    seen = pixels(Drape.of([world]), camera)
    exact: list[bool] = []
    for row in range(8, 120, 12):
        for column in range(8, 160, 12):
            spot = met(world, camera, (column + 0.5, row + 0.5))
            if spot is None or np.abs(np.abs(spot) - 1200.0).min() < 60.0:
                continue
            expected = np.round((spot + SIDE / 2) / SIDE * 255)
            exact.append(bool(np.abs(seen[row, column, :2] - expected).max() <= 3))
            # Along a silhouette a pixel mixes what its neighbours show on both sides.
            near = seen[row - 1 : row + 2, column - 1 : column + 2, :2].reshape(-1, 2)
            assert (near.min(axis=0) - 3 <= expected).all()
            assert (expected <= near.max(axis=0) + 3).all()
    assert len(exact) > 80
    assert np.mean(exact) > 0.93


def test_a_hill_hides_what_is_behind_it() -> None:
    wall = np.zeros((M, M))
    # A ridge from west to east, 100 to 140 metres north of the middle.
    wall[28:30] = 300.0
    colours = np.full((N, N), 0xFF0000FF, dtype=np.uint32)
    # Behind it, to the north, all is red.
    colours[: N * 27 // 64] = 0xFFFF0000
    camera = Camera((0.0, 0.0, 0.0), 3.0, 62.0, 0.0, 1.0, 120, 160)
    behind = pixels(Drape.of([level(wall, colours)]), camera)
    flat = pixels(Drape.of([level(np.zeros((M, M)), colours)]), camera)
    reds = [int((one[..., 0] > 200).sum()) for one in (behind, flat)]
    assert reds[0] < 0.7 * reds[1]


def test_beside_the_table_there_is_floor_and_no_map() -> None:
    colours = np.full((N, N), 0xFFFFFFFF, dtype=np.uint32)
    camera = Camera((0.0, 0.0, 0.0), 40.0, 50.0, 0.0, 1.0, 200, 160)
    seen = pixels(Drape.of([level(np.zeros((M, M)), colours)]), camera)
    assert (seen[80, 100] == 255).all()
    assert seen[80, 0].max() <= 40


@settings(max_examples=25, deadline=None)
@given(
    st.floats(20.0, 66.0), st.floats(0.0, 360.0), st.floats(-900.0, 900.0), st.floats(-900.0, 900.0)
)
def test_a_point_on_the_ground_is_drawn_where_the_camera_says(tilt, bearing, x, y) -> None:
    colours = np.zeros((N, N), dtype=np.uint32)
    row, column = int((SIDE / 2 - y) / SIDE * N), int((x + SIDE / 2) / SIDE * N)
    colours[row - 1 : row + 2, column - 1 : column + 2] = 0xFF00FF00
    middle = -SIDE / 2 + (column + 0.5) * 10.0, SIDE / 2 - (row + 0.5) * 10.0
    camera = Camera((0.0, 0.0, 0.0), 8.0, tilt, bearing, 1.0, 240, 200)
    at_x, at_y, _ = camera.px((*middle, 0.0))
    if not (4 < at_x < 236 and 4 < at_y < 196):
        return
    seen = pixels(Drape.of([level(np.zeros((M, M)), colours)]), camera)
    about = seen[int(at_y) - 2 : int(at_y) + 3, int(at_x) - 2 : int(at_x) + 3, 1]
    assert about.max() > 60


@pytest.mark.parametrize("dpr", [1.0, 11.0], ids=["small", "drawn at half its size"])
def test_a_picture_that_moves_shows_the_same_as_one_at_rest(dpr) -> None:
    x, y = np.meshgrid(np.linspace(-1, 1, M), np.linspace(1, -1, M))
    world = Drape.of([level(80.0 * np.cos(4 * x) * np.cos(3 * y), squares())])
    camera = Camera((0.0, 0.0, 50.0), 6.0, 57.0, 20.0, 1.5, 161, 141)
    images = [render(camera, world, CLEAR, EDGE, dpr, moves=moves) for moves in (True, False)]
    moving, resting = (
        np.frombuffer(image.constBits(), dtype=np.uint8)
        .reshape(image.height(), image.width(), 4)
        .astype(int)
        for image in images
    )
    assert moving.shape[:2] == (141 * dpr, 161 * dpr)
    assert np.median(np.abs(moving - resting)) <= 2


def test_a_pyramid_throws_its_shadow_as_far_as_the_sun_is_low() -> None:
    # 100 metres high, cells of 10 metres, the sun in the west at 45 degrees and half as high:
    # the shadow of the top ends 100 and 200 metres to the east.
    rows, columns_ = np.mgrid[0:81, 0:81]
    top = 100.0 - 25.0 * np.maximum(np.abs(rows - 40), np.abs(columns_ - 30))
    ground = np.maximum(top, 0.0).astype(np.float32)
    for rise, far_m in ((1.0, 100.0), (0.5, 200.0)):
        light = np.ones_like(ground)
        columns.shadow(ground, 10.0, -1.0, 0.0, rise, light)
        dark = np.flatnonzero(light[40, 31:] < 0.98)
        assert (dark.max() + 1) * 10.0 == pytest.approx(far_m, abs=15.0)
        assert (light[40, :30] == 1.0).all()
        assert light[5].min() == 1.0


def test_exaggeration_moves_heights_and_no_ground() -> None:
    camera = Camera((0.0, 0.0, 0.0), 5.0, 60.0, 0.0, 1.0, 200, 100)
    high = replace(camera, exaggeration=3.0)
    assert camera.px((300.0, 200.0, 0.0)) == pytest.approx(high.px((300.0, 200.0, 0.0)))
    # In the middle heights are foreshortened by the cosine: 10 m are 2 px times sin 60.
    up = camera.px((0.0, 0.0, 0.0))[1] - camera.px((0.0, 0.0, 10.0))[1]
    assert up == pytest.approx(2.0 * math.sin(math.radians(60.0)), rel=1e-6)
    ahead = camera.px((0.0, -0.5, 0.0))[1] - camera.px((0.0, 0.5, 0.0))[1]
    assert ahead == pytest.approx(0.2 * math.cos(math.radians(60.0)), rel=1e-3)


def test_a_building_stands_as_high_as_it_is_and_heights_of_the_ground_alone_are_stretched() -> None:
    colours = np.full((N, N), 0xFF0000FF, dtype=np.uint32)
    # 60 metres wide, 40 deep, its front 20 metres north of the middle; 50 metres high.
    tops = np.zeros((N, N), dtype=np.uint16)
    tops[N // 2 - 6 : N // 2 - 2, N // 2 - 3 : N // 2 + 3] = 500
    ground = np.full((M, M), 30.0)
    camera = Camera((0.0, 0.0, 30.0), 1.0, 60.0, 0.0, 2.0, 200, 160)
    world = replace(level(ground, colours), tops=tops)
    seen = pixels(Drape.of([world]), camera)
    wall = np.flatnonzero(seen[:, 100, 2] < 200)
    foot = camera.px((0.0, 20.0, 30.0))[1]
    # 50 metres above ground that is stretched to 60 are at 110, as 55 stretched metres are.
    top = camera.px((0.0, 20.0, 55.0))[1]
    assert wall.max() + 1 == pytest.approx(foot, abs=2.5)
    assert wall.min() <= top + 2.5
    assert (seen[:, 150, 2] == 255).all()


def test_a_drape_holds_each_pixel_once() -> None:
    flat = level(np.zeros((M, M)), squares())
    drape = Drape.of([flat, flat])
    for number, held in enumerate(drape.levels):
        assert np.shares_memory(held.colours, drape.colours[number])
        assert np.shares_memory(held.ground, drape.ground[number])
        assert (held.colours == flat.colours).all()


def test_windows_are_lit_where_an_answer_reaches_and_hardly_elsewhere() -> None:
    colours = np.full((N, N), 0xFF000000, dtype=np.uint32)
    ground = np.zeros((M, M))
    camera = Camera((0.0, 0.0, 0.0), 1.0, 60.0, 0.0, 1.0, 200, 160)
    look = replace(CLEAR, window=(255.0, 200.0, 100.0), lit=0.3, reached=0.8)
    shares: list[float] = []
    for mark in (REACHED, 0, LEFT_OUT):
        tops = np.zeros((N, N), dtype=np.uint16)
        tops[N // 2 - 6 : N // 2 - 2, N // 2 - 8 : N // 2 + 8] = 500 | mark
        world = Drape.of([replace(level(ground, colours), tops=tops)])
        image = render(camera, world, look, EDGE, 1.0, moves=False)
        data = np.frombuffer(image.constBits(), dtype=np.uint32).reshape(160, 200)
        wall = data[40:70, 30:170]
        shares.append(float(((wall >> 16 & 255) > 100).mean()))
    reached, usual, left_out = shares
    assert reached > 1.6 * usual
    assert usual > 4 * left_out


def test_a_wall_that_faces_the_sun_is_lighter_than_one_that_looks_away() -> None:
    colours = np.full((N, N), 0xFF000000, dtype=np.uint32)
    tops = np.zeros((N, N), dtype=np.uint16)
    tops[N // 2 - 6 : N // 2 - 2, N // 2 - 8 : N // 2 + 8] = 500
    world = Drape.of([replace(level(np.zeros((M, M)), colours), tops=tops)])
    camera = Camera((0.0, 0.0, 0.0), 1.0, 60.0, 0.0, 1.0, 200, 160)
    seen: list[float] = []
    for azimuth_deg in (180.0, 90.0, 0.0):
        look = replace(CLEAR, sun=replace(LAMP, azimuth_deg=azimuth_deg))
        image = render(camera, world, look, EDGE, 1.0, moves=False)
        data = np.frombuffer(image.constBits(), dtype=np.uint32).reshape(160, 200)
        seen.append(float((data[45:65, 60:140] & 255).mean()))
    # One looks north, at a wall that faces south.
    south, east, north = seen
    assert south > 1.2 * east > 1.2 * 1.2 * north
