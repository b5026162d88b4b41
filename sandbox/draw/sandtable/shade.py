"""Shadows of buildings on the ground about them, and the colour of the light on all of it."""

import math
import os
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.kernel import in_threads, kernel

Pixels = npt.NDArray[np.uint32]
Tops = npt.NDArray[np.uint16]
Bytes = npt.NDArray[np.uint8]
Singles = npt.NDArray[np.float32]

# Tops of buildings are kept in tenths of a metre, below two marks: whether an answer on the map
# reaches the place, and whether it leaves it out.
TOPS_PER_M: Final = 10.0
TOP_BITS: Final = 0x3FFF
REACHED: Final = 0x4000
LEFT_OUT: Final = 0x8000
# So far above the ground the edge of a shadow fades.
_SOFT_M: Final = 3.0
# The light of windows.
_WARM: Final = (255, 205, 130)


@kernel
def cast(tops: Tops, aside: float, drop_m: float, shade: Bytes) -> None:
    """Say how deep each cell lies in the shadow of buildings, which fall on level ground.

    One sweep away from the sun: a cell's shadow is as high as what stands or is shaded one row
    nearer to the sun, less the fall of the light between them.

    Parameters
    ----------
    tops
        Heights above the ground as `Level.tops` has them; the sun is beyond the first row.
    aside
        Columns towards the sun for each row, at most 1 either way.
    drop_m
        Metres that the light falls from one row to the next.
    shade
        255 where it is dark, 0 in the light, shape as `tops`; it is overwritten.
    """
    rows, columns = tops.shape
    above = np.zeros(columns + 2, dtype=np.float32)
    here = np.zeros(columns + 2, dtype=np.float32)
    by = int(np.floor(aside))
    share = np.float32(aside - by)
    for i in range(rows):
        for j in range(columns):
            at = j + 1 + by
            near = above[at] if 0 <= at < columns + 2 else np.float32(0.0)
            far = above[at + 1] if 0 <= at + 1 < columns + 2 else np.float32(0.0)
            cover = near + (far - near) * share - np.float32(drop_m)
            own = np.float32((tops[i, j] & TOP_BITS) / TOPS_PER_M)
            deep = min(max((cover - own) / _SOFT_M, 0.0), 1.0)
            shade[i, j] = np.uint8(255.0 * deep)
            here[j + 1] = max(own, cover)
        above, here = here, above


@kernel
def light(colours: Pixels, shade: Bytes, first: int, last: int, lamp: Singles) -> None:
    """Put colours into the light: darker where they are shaded, all of them tinted.

    Parameters
    ----------
    colours
        As `QImage` has them, changed in place.
    shade
        255 for dark, of half as many rows and columns; a single cell where nothing stands.
    first, last
        Rows from, up to.
    lamp
        How dark a full shadow is, 0-1, then what red, green and blue are multiplied by.
    """
    red, green, blue = int(lamp[1] * 256.0), int(lamp[2] * 256.0), int(lamp[3] * 256.0)
    deep = int(lamp[0] * 256.0)
    plain = red == green == blue == 256
    high, wide = shade.shape
    for i in range(first, last):
        k = min((i + 1) >> 1, high - 1)
        over, near = max(k - 1, 0), 1 + 2 * (i & 1)
        for j in range(colours.shape[1]):
            # Between the middles of four cells, or shadows would have steps.
            m = min((j + 1) >> 1, wide - 1)
            left = max(m - 1, 0)
            a, b = int(shade[over, left]), int(shade[over, m])
            c, d = int(shade[k, left]), int(shade[k, m])
            if plain and a + b + c + d == 0:
                continue
            side = 1 + 2 * (j & 1)
            upper, lower = a * side + b * (4 - side), c * side + d * (4 - side)
            share = 256 - ((upper * near + lower * (4 - near) >> 4) * deep >> 8)
            pixel = int(colours[i, j])
            r = min((pixel >> 16 & 255) * red * share >> 16, 255)
            g = min((pixel >> 8 & 255) * green * share >> 16, 255)
            blue_ = min((pixel & 255) * blue * share >> 16, 255)
            colours[i, j] = np.uint32(0xFF000000 | r << 16 | g << 8 | blue_)


def put_into_light(
    colours: Pixels, shade: Bytes | None, deep: float, tint: tuple[float, float, float]
) -> None:
    """Put colours into the light, in place.

    Parameters
    ----------
    colours
        As `QImage` has them.
    shade
        255 for dark, of half as many rows and columns; None where nothing stands.
    deep
        How dark a full shadow is, 0-1.
    tint
        What red, green and blue are multiplied by.
    """
    lamp = np.array([deep, *tint], dtype=np.float32)
    cells = np.zeros((1, 1), dtype=np.uint8) if shade is None else shade
    count = os.cpu_count() or 1
    borders = np.linspace(0, len(colours), count + 1).astype(int).tolist()
    bands = list(pairwise(borders))
    for _ in in_threads(lambda band: light(colours, cells, *band, lamp), bands, count):
        pass


def light_up(
    colours: Pixels,
    boxes: npt.NDArray[np.float64],
    frame: tuple[float, float, float],
    lit: float,
) -> None:
    """Show a part of the buildings as points of warm light, in place; always the same ones.

    Parameters
    ----------
    colours
        As `QImage` has them, northernmost row first.
    boxes
        West, south, east, north of each building, metres.
    frame
        West and north of the picture in metres, and its pixels per metre.
    lit
        0-1: the part of them, and how bright they are.
    """
    west, north, per_m = frame
    column = np.floor(((boxes[:, 0] + boxes[:, 2]) / 2 - west) * per_m).astype(np.int64)
    row = np.floor((north - (boxes[:, 1] + boxes[:, 3]) / 2) * per_m).astype(np.int64)
    mixed = np.arange(len(boxes), dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(40)
    chance = mixed / float(1 << 24)
    high, wide = colours.shape
    seen = (row >= 0) & (row < high) & (column >= 0) & (column < wide) & (chance < lit)
    row, column = row[seen], column[seen]
    # The rarer ones are the brighter ones.
    share = (0.35 + 0.65 * (1.0 - chance[seen] / lit)) * min(1.0, 2.0 * lit)
    pixel = colours[row, column].astype(np.int64)
    made = np.full(len(row), 0xFF000000, dtype=np.int64)
    for shift, warm in zip((16, 8, 0), _WARM, strict=True):
        own = pixel >> shift & 255
        made |= (own + (np.maximum(warm, own) - own) * share).astype(np.int64) << shift
    colours[row, column] = made.astype(np.uint32)


def shadows(tops: Tops, m_per_px: float, towards: tuple[float, float], rise: float) -> Bytes:
    """Return how deep the ground lies in the shadow of its buildings, at half the fineness.

    Parameters
    ----------
    tops
        As `Level.tops`, sides even.
    m_per_px
        Metres between its neighbours.
    towards
        Direction to the sun, east and north, of length 1.
    rise
        Tangent of the sun's height.

    Returns
    -------
    shade
        255 for dark.
    """
    halves = tops & TOP_BITS
    pairs = np.maximum(halves[::2], halves[1::2])
    cells = np.maximum(pairs[:, ::2], pairs[:, 1::2])
    # Turned so that the sun is beyond the first row and at most a column aside for each.
    east, north = towards
    swapped = abs(east) > abs(north)
    along, across = (-east, -north) if swapped else (north, east)
    if swapped:
        cells = cells.T
    turned = np.ascontiguousarray(cells if along > 0.0 else cells[::-1])
    shade = np.empty(turned.shape, dtype=np.uint8)
    step_m, aside = 2.0 * m_per_px, across / abs(along)
    cast(turned, aside, step_m * math.hypot(1.0, aside) * rise, shade)
    shade = shade if along > 0.0 else shade[::-1]
    return np.ascontiguousarray(shade.T if swapped else shade)
