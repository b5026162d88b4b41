"""Fills a picture of the table column by column, each from front to back.

A column of the view camera is an upright plane, so the ground it shows is one line of samples;
what is nearer covers what is behind it, and one number, the highest row that is filled so far,
says what is still free. (The "y-buffer" of height field renderers; C. Wright, "A two-pass
perspective method", ACM Trans. Graphics 1973; first used for terrain in NovaLogic's Voxel Space.)
"""

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.draw.sandtable.shade import (
    LEFT_OUT,
    REACHED,
    TOP_BITS,
    TOPS_PER_M,
    Pixels,
    Singles,
    Tops,
)
from sandbox.engine.kernel import kernel

Doubles = npt.NDArray[np.float64]

# Heights of storeys, and how wide a window with its wall is.
_STOREY_M: Final = 3.3
_BAY_M: Final = 4.0
# From one sample to the next, what is a wall and no roof.
_STEP_M: Final = 1.5
# Of the levels' width, over how much the finer goes over into the coarser.
_BLEND: Final = 0.06


@kernel
def fill_columns(  # noqa: PLR0912, PLR0915, PLR0917
    picture: Pixels,
    first: int,
    last: int,
    camera: Doubles,
    colours: Pixels,
    tops: Tops,
    ground: Singles,
    frames: Doubles,
    table: Doubles,
    look: Doubles,
    column_px: float,
    step_px: float,
) -> None:
    """Fill columns of a picture that is held column after column.

    Parameters
    ----------
    picture
        Colours as `QImage` has them, shape ``(columns, rows)``; it is overwritten.
    first, last
        Columns from, up to.
    camera
        `Camera.values`.
    colours
        The flat map in levels, the finest first, each twice as coarse as the one before:
        shape ``(levels, n, n)``, northernmost row first.
    tops
        Of buildings above the ground in tenths of metres, 0 without one, shape as `colours`,
        or ``(levels, 1, 1)`` without buildings.
    ground
        Heights in metres and light (1 for full) on them, shape ``(levels, m, m, 2)``.
    frames
        West, north in metres and side in metres of each level, then values of `ground` and of
        `colours` per metre, shape ``(levels, 5)``.
    table
        West, south, east, north of the table in metres, and the height of its floor.
    look
        `Look.values`.
    column_px
        Pixels that a column is wide.
    step_px
        Rows of level ground from one sample to the next; colours are taken at each row.
    """
    eye_x, eye_y, eye_z = camera[0], camera[1], camera[2]
    ahead_x, ahead_y = camera[3], camera[4]
    focal, cos_e, sin_e = camera[5], camera[6], camera[7]
    middle_depth, stretch, m_per_px = camera[8], camera[9], camera[10]
    columns, rows = picture.shape
    levels = colours.shape[0]
    built = tops.shape[1] > 1
    west, south, east, north, base = table[0], table[1], table[2], table[3], table[4]
    middle_x, middle_y = columns * column_px / 2.0, rows / 2.0
    # The lowest row shows the nearest ground where that is highest.
    lowest = (rows - middle_y) / focal + sin_e
    highest = max(-middle_y / focal + sin_e, 1e-3)
    top_m = _highest(ground)
    over_m = top_m * stretch + (300.0 if built else 0.0)
    nearest = max(cos_e * (eye_z - over_m) / lowest, middle_depth * 0.02)
    farthest = cos_e * (eye_z - base * stretch) / highest
    # Steps are even in one over the depth, which is even in rows of level ground.
    per_depth = focal * cos_e
    step = step_px / (per_depth * (eye_z - base * stretch))
    zero_y = middle_y - focal * sin_e
    backdrop, roof = _packed(look[0], look[1], look[2]), _packed(look[10], look[11], look[12])
    for column in range(first, last):
        across = ((column + 0.5) * column_px - middle_x) / focal
        way_x, way_y = ahead_x + across * ahead_y, ahead_y - across * ahead_x
        free = rows
        over, depth = 1.0 / nearest, nearest
        before_depth, before_y, before_top = depth, float(rows), 0.0
        was_in = False
        k, beyond = 0, middle_depth * 1.5 * max(1.0, 1.0 / (frames[0, 4] * m_per_px))
        while free > 0 and depth < farthest:
            x, y = eye_x + depth * way_x, eye_y + depth * way_y
            inside = west <= x <= east and south <= y <= north
            # The level whose cells are about as large as pixels here, and that reaches so far.
            while k < levels - 1 and depth > beyond:
                beyond *= 2.0
                k += 1
            level = k
            while level < levels - 1 and not (
                0.0 < x - frames[level, 0] < frames[level, 2]
                and 0.0 < frames[level, 1] - y < frames[level, 2]
            ):
                level += 1
            z, top, bright, mark = base, 0.0, 1.0, 0
            if inside:
                z, bright = _ground(ground, frames, level, x, y)
                if built:
                    top, mark = _top(tops, frames, level, x, y)
            now_y = zero_y + per_depth * (eye_z - z * stretch - top) * over
            if now_y < free:
                begin = max(0, math.ceil(now_y - 0.5))
                haze = int(256.0 * min(0.85, max(0.0, (depth / middle_depth - 0.9) * look[3])))
                light = int(256.0 * bright + 0.5) * (256 - haze) >> 8
                veil = _mixed(0, backdrop, haze)
                per_row = 1.0 / (before_y - now_y) if before_y > now_y else 0.0
                wall_to = begin
                if inside and not was_in:
                    # The cut through the ground at the table's edge.
                    wall_to = free
                    for row in range(begin, free):
                        share = min(1.0, max(0.0, (before_y - row - 0.5) * per_row))
                        picture[column, row] = _lit(_cut(look, share), 256 - haze, veil)
                elif inside and top > before_top + _STEP_M:
                    foot = zero_y + per_depth * (eye_z - z * stretch) * over
                    faces = _facing(tops, frames, level, x, y, look)
                    wall_to = max(begin, min(free, math.ceil(foot - 0.5)))
                    for row in range(begin, wall_to):
                        up = top * (foot - row - 0.5) / max(foot - now_y, 1e-6)
                        scale = m_per_px * depth / middle_depth
                        pixel = _wall(look, up, top, x, y, scale, mark, faces)
                        picture[column, row] = _lit(pixel, light, veil)
                since = depth - before_depth
                for row in range(wall_to, free):
                    share = min(1.0, max(0.0, (before_y - row - 0.5) * per_row))
                    at = before_depth + since * share
                    at_x, at_y = eye_x + at * way_x, eye_y + at * way_y
                    if inside:
                        pixel = _colour(colours, frames, level, at_x, at_y)
                        if top > 0.0:
                            # The flat map's roof in the sun.
                            pixel = _mixed(pixel, roof, 96)
                        picture[column, row] = _lit(pixel, light, veil)
                    else:
                        near = _beside(at_x, at_y, table)
                        picture[column, row] = np.uint32(
                            _packed(look[4] * near, look[5] * near, look[6] * near)
                        )
                free = begin
            before_depth, before_y, before_top = depth, now_y, top
            was_in = inside
            over -= step
            if over <= 0.0:
                break
            depth = 1.0 / over
        for row in range(free):
            picture[column, row] = np.uint32(backdrop)


@kernel
def _highest(ground: Singles) -> float:
    """Return about how high the highest ground is."""
    most = 0.0
    levels, m = ground.shape[0], ground.shape[1]
    for k in range(levels):
        for i in range(0, m, 4):
            for j in range(0, m, 4):
                most = max(most, float(ground[k, i, j, 0]))
    return most + 10.0


@kernel
def _packed(red: float, green: float, blue: float) -> int:
    """Return a colour as one number."""
    return 0xFF000000 | int(red + 0.5) << 16 | int(green + 0.5) << 8 | int(blue + 0.5)


@kernel
def _mixed(one: int, other: int, share: int) -> int:
    """Return a colour with `share` of 256 of another."""
    rest = 256 - share
    outer = ((one & 0xFF00FF) * rest + (other & 0xFF00FF) * share) >> 8 & 0xFF00FF
    inner = ((one & 0x00FF00) * rest + (other & 0x00FF00) * share) >> 8 & 0x00FF00
    return 0xFF000000 | outer | inner


@kernel
def _lit(pixel: int, light: int, veil: int) -> np.uint32:
    """Return a colour in so much light of 256, with haze before it."""
    outer = (pixel & 0xFF00FF) * light >> 8 & 0xFF00FF
    inner = (pixel & 0x00FF00) * light >> 8 & 0x00FF00
    return np.uint32((outer | inner) + veil | 0xFF000000)


@kernel
def _ground(ground: Singles, frames: Doubles, k: int, x: float, y: float) -> tuple[float, float]:
    """Return height and light at a point of a level, linear between its values."""
    last = ground.shape[1] - 1.001
    v = min(max((frames[k, 1] - y) * frames[k, 3], 0.0), last)
    u = min(max((x - frames[k, 0]) * frames[k, 3], 0.0), last)
    i, j = int(v), int(u)
    fv, fu = v - i, u - j
    a, b = (1.0 - fv) * (1.0 - fu), (1.0 - fv) * fu
    c, d = fv * (1.0 - fu), fv * fu
    height = (
        a * ground[k, i, j, 0]
        + b * ground[k, i, j + 1, 0]
        + c * ground[k, i + 1, j, 0]
        + d * ground[k, i + 1, j + 1, 0]
    )
    light = (
        a * ground[k, i, j, 1]
        + b * ground[k, i, j + 1, 1]
        + c * ground[k, i + 1, j, 1]
        + d * ground[k, i + 1, j + 1, 1]
    )
    return height, light


@kernel
def _top(tops: Tops, frames: Doubles, k: int, x: float, y: float) -> tuple[float, int]:
    """Return how high a building stands above the ground at a point, 0 without one; its marks."""
    n = tops.shape[1]
    i, j = int((frames[k, 1] - y) * frames[k, 4]), int((x - frames[k, 0]) * frames[k, 4])
    held = int(tops[k, i, j]) if 0 <= i < n and 0 <= j < n else 0
    return (held & TOP_BITS) / TOPS_PER_M, held & (REACHED | LEFT_OUT)


@kernel
def _facing(  # noqa: PLR0917
    tops: Tops, frames: Doubles, k: int, x: float, y: float, look: Doubles
) -> float:
    """Return how much light a wall has at a point: most where it faces the sun."""
    by = 1.6 / frames[k, 4]
    east = _top(tops, frames, k, x + by, y)[0] - _top(tops, frames, k, x - by, y)[0]
    north = _top(tops, frames, k, x, y + by)[0] - _top(tops, frames, k, x, y - by)[0]
    steep = math.hypot(east, north)
    if steep < 1e-6:
        return 1.0
    # A wall looks away from where the building is.
    return 1.0 - look[19] * (east * look[17] + north * look[18]) / steep


@kernel
def _colour(colours: Pixels, frames: Doubles, k: int, x: float, y: float) -> int:
    """Return the flat map's colour at a point; towards a level's border it is the next one's."""
    n = colours.shape[1]
    row, column = (frames[k, 1] - y) * frames[k, 4], (x - frames[k, 0]) * frames[k, 4]
    pixel = _sampled(colours, k, row, column)
    rim = min(row, n - row, column, n - column) / (n * _BLEND)
    if rim < 1.0 and k < colours.shape[0] - 1:
        row = (frames[k + 1, 1] - y) * frames[k + 1, 4]
        column = (x - frames[k + 1, 0]) * frames[k + 1, 4]
        pixel = _mixed(_sampled(colours, k + 1, row, column), pixel, int(256.0 * max(rim, 0.0)))
    return pixel


@kernel
def _sampled(colours: Pixels, k: int, row: float, column: float) -> int:
    """Return a level's colour at a point in its pixels, linear between their middles."""
    last = (colours.shape[1] - 1) * 256 - 1
    v = min(max(int(row * 256.0) - 128, 0), last)
    u = min(max(int(column * 256.0) - 128, 0), last)
    i, j = v >> 8, u >> 8
    fv, fu = v & 255, u & 255
    upper = _mixed(int(colours[k, i, j]), int(colours[k, i, j + 1]), fu)
    lower = _mixed(int(colours[k, i + 1, j]), int(colours[k, i + 1, j + 1]), fu)
    return _mixed(upper, lower, fv)


@kernel
def _wall(  # noqa: PLR0917
    look: Doubles,
    up: float,
    top: float,
    x: float,
    y: float,
    m_per_px: float,
    mark: int,
    faces: float,
) -> int:
    """Return the colour of a wall `up` metres above the ground: storeys of windows, some lit.

    Where an answer is on the map, its ground is where windows are lit.
    """
    of_them = look[20] if mark & REACHED else look[21] if mark & LEFT_OUT else look[16]
    shade = (0.62 + 0.38 * min(1.0, up / max(top, 1.0))) * faces
    red, green = min(look[7] * shade, 255.0), min(look[8] * shade, 255.0)
    blue = min(look[9] * shade, 255.0)
    # Where a window is smaller than a pixel its light is spread over the wall.
    lit = of_them * 0.45
    if m_per_px < _STOREY_M * 0.5:
        storey, bay = int(up / _STOREY_M), int((x + y * 0.7) / _BAY_M)
        within = up / _STOREY_M - storey
        # Which windows are lit follows no pattern, and is the same in every picture.
        mixed = (storey * 73856093 ^ bay * 19349663) & 0xFFFFFFFF
        mixed = (mixed ^ mixed >> 15) * 0x2C1B3C6D & 0xFFFFFFFF
        mixed = (mixed ^ mixed >> 12) & 0xFFFF
        lit = 0.7 if within > 0.35 and mixed < of_them * 0x10000 else 0.0
    return _packed(
        red + (look[13] - red) * lit,
        green + (look[14] - green) * lit,
        blue + (look[15] - blue) * lit,
    )


@kernel
def _cut(look: Doubles, share: float) -> int:
    """Return the colour of the table's cut edge: darker at its foot, with a light upper rim."""
    shade = 0.35 + 0.5 * share + (0.35 if share > 0.97 else 0.0)
    return _packed(
        min(look[7] * shade, 255.0), min(look[8] * shade, 255.0), min(look[9] * shade, 255.0)
    )


@kernel
def _beside(x: float, y: float, table: Doubles) -> float:
    """Return how much light the floor has at a point beside the table, whose shadow is soft."""
    dx = max(table[0] - x, x - table[2], 0.0)
    dy = max(table[1] - y, y - table[3], 0.0)
    reach = 0.06 * (table[2] - table[0])
    return 1.0 - 0.55 * math.exp(-math.hypot(dx, dy) / reach)


@kernel
def turn(  # noqa: PLR0917
    picture: Pixels, into: Pixels, first: int, last: int, wide: int, high: int
) -> None:
    """Write rows of a picture that is held column after column.

    Each of its pixels becomes `wide` by `high`.
    """
    width = into.shape[1]
    for i in range(first, last, 32):
        for j in range(0, width, 32):
            for row in range(i, min(i + 32, last)):
                for column in range(j, min(j + 32, width)):
                    into[row, column] = picture[column // wide, row // high]


@kernel
def turn_halved(picture: Pixels, into: Pixels, first: int, last: int) -> None:
    """Write rows of a picture of twice the size, held column after column, four pixels in one."""
    width = into.shape[1]
    for i in range(first, last, 32):
        for j in range(0, width, 32):
            for row in range(i, min(i + 32, last)):
                for column in range(j, min(j + 32, width)):
                    x, y = 2 * column, 2 * row
                    one, two = int(picture[x, y]), int(picture[x, y + 1])
                    three, four = int(picture[x + 1, y]), int(picture[x + 1, y + 1])
                    outer = (
                        (one & 0xFF00FF) + (two & 0xFF00FF) + (three & 0xFF00FF) + (four & 0xFF00FF)
                    )
                    inner = (
                        (one & 0x00FF00) + (two & 0x00FF00) + (three & 0x00FF00) + (four & 0x00FF00)
                    )
                    into[row, column] = np.uint32(
                        0xFF000000 | outer >> 2 & 0xFF00FF | inner >> 2 & 0x00FF00
                    )


@kernel
def shadow(  # noqa: PLR0917
    ground: Singles, cell_m: float, sun_x: float, sun_y: float, rise: float, light: Singles
) -> None:
    """Darken what lies in the shadow of higher ground.

    Parameters
    ----------
    ground
        Stretched heights in metres, northernmost row first.
    cell_m
        Distance between neighbours.
    sun_x, sun_y
        Direction towards the sun, east and north, of length 1.
    rise
        Tangent of the sun's height.
    light
        Is multiplied; the edge of a shadow is soft over a few cells.
    """
    rows, columns = ground.shape
    most = 0.0
    for row in range(rows):
        for column in range(columns):
            most = max(most, float(ground[row, column]))
    for row in range(rows):
        for column in range(columns):
            own = float(ground[row, column])
            under = 0.0
            far = 1.5
            while True:
                sight = own + far * cell_m * rise
                if sight > most:
                    break
                i, j = row - far * sun_y, column + far * sun_x
                if not (0.0 <= i < rows - 1 and 0.0 <= j < columns - 1):
                    break
                over = float(ground[int(i + 0.5), int(j + 0.5)]) - sight
                under = max(under, over / (far * cell_m))
                far *= 1.06
                far += 0.4
            # The sun is no point: half a degree and haze make the edge soft.
            light[row, column] *= 1.0 - min(1.0, under / 0.12)
