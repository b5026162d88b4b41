"""Houses in rows on a block: rectangles along its longer side, all of them on its ground."""

import math
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Polygon

from sandbox.sources.schematic.buildings.estate import Estate

Doubles = npt.NDArray[np.float64]
# Rows that face the sun leave the block's direction by no more than so much.
_TURN_AT_MOST: Final = math.radians(20.0)
_CORNERS: Final = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]]) / 2.0


def rows_on(block: Polygon, estate: Estate, random: np.random.Generator) -> tuple[Doubles, Doubles]:
    """Return the corners of the houses of a block and their heights.

    Parameters
    ----------
    block
        Ground to be built on, metres.
    estate
        What stands there.
    random
        Source of every choice that is left to chance.

    Returns
    -------
    corners, height_m
        Shapes ``(n, 4, 2)`` and ``(n,)``.
    """
    turn = _direction(block, estate.sunny)
    cos, sin = math.cos(turn), math.sin(turn)
    basis = np.array([[cos, sin], [-sin, cos]])
    middle = shapely.get_coordinates(shapely.centroid(block))[0]
    own = (shapely.get_coordinates(block) - middle) @ basis.T
    (left, low), (right, high) = own.min(axis=0), own.max(axis=0)
    wide = random.uniform(*estate.wide_m)
    deep = random.uniform(*estate.deep_m)
    step_x, step_y = wide + estate.gap_m[0], deep + estate.gap_m[1]
    # Small blocks get one house rather than none.
    columns = max(1, int((right - left + estate.gap_m[0]) // step_x))
    lines = max(1, int((high - low + estate.gap_m[1]) // step_y))
    x = (left + right) / 2 + (np.arange(columns) - (columns - 1) / 2) * step_x
    y = (low + high) / 2 + (np.arange(lines) - (lines - 1) / 2) * step_y
    at = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    count = len(at)
    at += random.uniform(-0.12, 0.12, (count, 2)) * estate.gap_m
    sides = np.stack([wide * random.uniform(0.82, 1.0, count),
                      deep * random.uniform(0.9, 1.0, count)], axis=-1)  # fmt: skip
    corners = (at[:, None, :] + _CORNERS * sides[:, None, :]) @ basis + middle
    stays = random.uniform(size=count) >= estate.left_out
    least, most = estate.floors
    usual = random.integers(least, most + 1)
    floors = np.clip(usual + random.integers(-2, 3, count), least, most)
    shapely.prepare(block)
    inside = shapely.contains(block, shapely.polygons(corners))
    keep = stays & inside
    height_m: Doubles = floors[keep].astype(np.float64) * estate.floor_m
    return corners[keep], height_m


def _direction(block: Polygon, sunny: bool) -> float:
    """Return in which direction rows run, radians: along the block, nearly east and west."""
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(block))
    edges = np.diff(corners[:3], axis=0)
    longer = edges[int(np.hypot(*edges.T).argmax())]
    along = math.atan2(longer[1], longer[0]) % math.pi
    if along > math.pi / 2:
        along -= math.pi
    if not sunny:
        return along
    # The side nearer to east and west, turned a little towards it.
    if abs(along) > math.pi / 4:
        along -= math.copysign(math.pi / 2, along)
    return math.copysign(max(0.0, abs(along) - _TURN_AT_MOST), along)
