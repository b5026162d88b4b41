"""The ground round the streets that are reached: how far, and how soon.

A street part is a straight line, so the ground within `reach_m` of it is a capsule.
Both rasters here are exact at their points, which lie at whole multiples of the
cell size in the network's metric system: the same streets give the same values
whatever else is asked.
"""

# Kernels take plain arrays and are long on purpose: calls between them cost.
# ruff: noqa: PLR0917, PLR1714

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from sandbox.engine.kernel import Doubles, Ints, Singles, kernel
from sandbox.engine.search import Reached
from sandbox.geo.shapes import prepared_copy
from sandbox.units import NEVER_MS

# Cells to a reach: keeps 0.996 of the exact area, and 0.998 of all but the smallest. One
# for every ground, so that an area is one figure whatever else is asked with it.
CELLS_PER_REACH: Final = 6.25
# Points of one raster that are affordable: 64 MB in single precision.
_MAX_POINTS: Final = 16_000_000
# How far outside the reach distances are still right, in cells: contours interpolate
# between neighbours, also across a cell.
_MARGIN_CELLS: Final = 1.5


@dataclass(frozen=True, slots=True)
class Grid:
    """Points at the crossings of a square grid; the first lies south-west.

    Attributes
    ----------
    west, south
        Metres of the first point, whole multiples of the cell.
    cell_m
        Distance between neighbours.
    columns, rows
        How many points from west to east and from south to north.
    """

    west: float
    south: float
    cell_m: float
    columns: int
    rows: int

    @property
    def first_column(self) -> int:
        """Return how many cells the first point lies east of the system's zero."""
        return round(self.west / self.cell_m)

    @property
    def first_row(self) -> int:
        """Return how many cells the first point lies north of the system's zero."""
        return round(self.south / self.cell_m)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Return west, south, east, north of the outermost points."""
        return (
            self.west,
            self.south,
            self.west + (self.columns - 1) * self.cell_m,
            self.south + (self.rows - 1) * self.cell_m,
        )


@dataclass(frozen=True, slots=True, eq=False)
class GroundTimes:
    """Ground time at the points of a grid.

    Attributes
    ----------
    grid
        Where the points lie.
    seconds
        Least street time of any street point within the reach, float32, shape
        ``(rows, columns)``, southernmost row first; infinite where none is reached, 0 in
        the area that one starts from.
    """

    grid: Grid
    seconds: Singles


def cell_for(reach_m: float, width_m: float, height_m: float) -> float:
    """Return the cell size for a reach, doubled until the points of an extent are affordable."""

    def points(cell_m: float) -> float:
        return ((width_m + 2 * reach_m) / cell_m + 4) * ((height_m + 2 * reach_m) / cell_m + 4)

    cell_m = reach_m / CELLS_PER_REACH
    while points(cell_m) > _MAX_POINTS:
        cell_m *= 2
    return cell_m


def extents(reached: Reached, cutoffs_ms: Sequence[int]) -> Doubles:
    """Return west, south, east, north of the parts reached by each cutoff.

    Shape ``(c, 4)``; west above east where nothing is reached. Cutoffs ascend. The area that
    one starts from is reached by all of them.
    """
    cutoffs = np.asarray(cutoffs_ms, dtype=np.int32)
    found = _extents(*_parts(reached), cutoffs)
    if reached.own_ground is not None:
        own = np.array(reached.own_ground.bounds)
        found[:, :2] = np.minimum(found[:, :2], own[:2])
        found[:, 2:] = np.maximum(found[:, 2:], own[2:])
    return found


def _parts(reached: Reached) -> tuple[Doubles, Ints, Ints]:
    """Return ends, times and costs of all that is walked: street parts, and steps to streets.

    A step counts as a whole once it is done: whoever can't get to the street gets nowhere.
    """
    steps = reached.own_steps
    if steps is None or not len(steps):
        return reached.ends_xy, reached.ms, reached.cost_ms
    ms = np.full((len(steps), 2), NEVER_MS, dtype=np.int32)
    cost = ms.copy()
    ms[:, 0] = np.rint(steps[:, 4])
    cost[:, 0] = 0
    return (
        np.concatenate([reached.ends_xy, steps[:, :4]]),
        np.concatenate([reached.ms, ms]),
        np.concatenate([reached.cost_ms, cost]),
    )


def grid_over(extent: Doubles, reach_m: float, cell_m: float) -> Grid:
    """Return the grid over an extent and `reach_m` round it, aligned to whole cells."""
    margin = reach_m + 2 * cell_m
    first_column = math.floor((float(extent[0]) - margin) / cell_m)
    first_row = math.floor((float(extent[1]) - margin) / cell_m)
    return Grid(
        first_column * cell_m,
        first_row * cell_m,
        cell_m,
        math.ceil((float(extent[2]) + margin) / cell_m) - first_column + 1,
        math.ceil((float(extent[3]) + margin) / cell_m) - first_row + 1,
    )


def distance_fields(
    reached: Reached, cutoffs_ms: Sequence[int], reach_m: float, grid: Grid
) -> Singles:
    """Return the distance from grid points to the parts reached by each cutoff.

    Metres, float32, shape ``(c, rows, columns)``; exact up to the reach and a margin
    beyond it, and that bound everywhere farther. A larger cutoff is nowhere farther
    off, bit for bit. Each part is drawn where it first counts, and a field holds the one
    before it, so that many cutoffs cost little more than the largest.
    """
    cutoffs = np.asarray(cutoffs_ms, dtype=np.int32)
    fields = np.empty((len(cutoffs), grid.rows, grid.columns), dtype=np.float32)
    _distance_fields(
        *_parts(reached),
        cutoffs,
        grid.west,
        grid.south,
        grid.cell_m,
        reach_m / grid.cell_m + _MARGIN_CELLS,
        fields,
    )
    return fields


def ground_times(
    reached: Reached,
    reach_m: float,
    *,
    cell_m: float | None = None,
    bounds: tuple[float, float, float, float] | None = None,
) -> GroundTimes:
    """Return the ground time over what is reached.

    Along a street, time is the lesser of two ramps and so has no dip between two
    points: of the stretch within reach of a ground point, the soonest point is one of
    its ends. That makes the raster exact at its points.

    Parameters
    ----------
    reached
        What a search reached.
    reach_m
        How far from a street the ground still counts.
    cell_m
        Distance of the grid's points; by default chosen from the reach and the extent.
    bounds
        West, south, east, north in metres to cover instead of all that is reached.
    """
    extent = extents(reached, [reached.cutoff_ms])[0]
    if bounds is not None:
        extent = np.array(bounds, dtype=np.float64)
        reach_round = 0.0
    else:
        reach_round = reach_m
    if extent[0] > extent[2]:
        cell = cell_m or reach_m / CELLS_PER_REACH
        empty = np.empty((0, 0), dtype=np.float32)
        return GroundTimes(Grid(0.0, 0.0, cell, 0, 0), empty)
    cell = cell_m or cell_for(reach_m, float(extent[2] - extent[0]), float(extent[3] - extent[1]))
    grid = grid_over(extent, reach_round, cell)
    seconds = np.empty((grid.rows, grid.columns), dtype=np.float32)
    _ground_times(
        *_parts(reached),
        reached.cutoff_ms,
        grid.west,
        grid.south,
        grid.cell_m,
        reach_m / grid.cell_m,
        seconds,
    )
    if reached.own_ground is not None:
        x = grid.west + grid.cell_m * np.arange(grid.columns)
        y = grid.south + grid.cell_m * np.arange(grid.rows)
        own = prepared_copy(reached.own_ground)
        seconds[shapely.intersects_xy(own, x[None, :], y[:, None])] = 0.0
    return GroundTimes(grid, seconds)


@kernel
def _share(ms: int, cost_ms: int, cutoff_ms: int) -> float:
    """Return how much of a part is reached from one end: below 0 if none, 1 if all."""
    if ms == NEVER_MS or cost_ms == NEVER_MS or ms > cutoff_ms:
        return -1.0
    left = cutoff_ms - ms
    return 1.0 if cost_ms <= left else left / cost_ms


@kernel
def _extents(ends: Doubles, ms: Ints, cost: Ints, cutoffs: Ints) -> Doubles:
    extents = np.empty((len(cutoffs), 4))
    extents[:, :2], extents[:, 2:] = np.inf, -np.inf
    for p in range(len(ends)):
        for c in range(len(cutoffs)):
            ahead = _share(ms[p, 0], cost[p, 0], cutoffs[c])
            back = _share(ms[p, 1], cost[p, 1], cutoffs[c])
            # Where the reached parts end: from an end of the line, and how far from it.
            for way in range(2):
                share = ahead if way == 0 else back
                if share < 0.0:
                    continue
                x0, y0 = ends[p, 2 * way], ends[p, 2 * way + 1]
                x1 = x0 + share * (ends[p, 2 - 2 * way] - x0)
                y1 = y0 + share * (ends[p, 3 - 2 * way] - y0)
                extents[c, 0] = min(extents[c, 0], x0, x1)
                extents[c, 1] = min(extents[c, 1], y0, y1)
                extents[c, 2] = max(extents[c, 2], x0, x1)
                extents[c, 3] = max(extents[c, 3], y0, y1)
    return extents


@kernel
def _distance_fields(
    ends: Doubles,
    ms: Ints,
    cost: Ints,
    cutoffs: Ints,
    west: float,
    south: float,
    cell_m: float,
    radius: float,
    fields: Singles,
) -> None:
    fields[:] = np.float32(radius * radius)
    for p in range(len(ends)):
        x0, y0 = (ends[p, 0] - west) / cell_m, (ends[p, 1] - south) / cell_m
        x1, y1 = (ends[p, 2] - west) / cell_m, (ends[p, 3] - south) / cell_m
        for c in range(len(cutoffs)):
            ahead = _share(ms[p, 0], cost[p, 0], cutoffs[c])
            back = _share(ms[p, 1], cost[p, 1], cutoffs[c])
            if max(ahead, 0.0) + max(back, 0.0) >= 1.0:
                # All of it: the larger cutoffs have it from this one.
                _draw_capsule(fields[c], x0, y0, x1, y1, radius)
                break
            if ahead >= 0.0:
                xe, ye = x0 + ahead * (x1 - x0), y0 + ahead * (y1 - y0)
                _draw_capsule(fields[c], x0, y0, xe, ye, radius)
            if back >= 0.0:
                xe, ye = x1 + back * (x0 - x1), y1 + back * (y0 - y1)
                _draw_capsule(fields[c], xe, ye, x1, y1, radius)
    cell = np.float32(cell_m)
    for c in range(len(cutoffs)):
        for row in range(fields.shape[1]):
            here = fields[c, row]
            if c + 1 < len(cutoffs):
                larger = fields[c + 1, row]
                for column in range(len(here)):
                    larger[column] = (
                        here[column] if here[column] < larger[column] else larger[column]
                    )
            for column in range(len(here)):
                here[column] = np.sqrt(here[column]) * cell


@kernel
def _draw_capsule(
    field: Singles, x0: float, y0: float, x1: float, y1: float, radius: float
) -> None:
    """Lower a field of squared distances to those from a line, up to `radius`; unit: cells."""
    dx, dy = x1 - x0, y1 - y0
    length = np.sqrt(dx * dx + dy * dy)
    ux, uy = (dx / length, dy / length) if length > 0.0 else (1.0, 0.0)
    rows, columns = field.shape
    zero, length4 = np.float32(0.0), np.float32(length)
    ux4, uy4 = np.float32(ux), np.float32(uy)
    # A short line has the same columns in all rows: what lies beyond the radius is lowered by
    # nothing, and to find where that begins, row by row, takes longer than to draw it.
    first = max(int(np.ceil(min(x0, x1) - radius)), 0)
    last = min(int(np.floor(max(x0, x1) + radius)), columns - 1)
    short = length < 2.0 * radius
    for row in range(
        max(int(np.ceil(min(y0, y1) - radius)), 0),
        min(int(np.floor(max(y0, y1) + radius)), rows - 1) + 1,
    ):
        if not short:
            beyond = max(min(y0, y1) - row, row - max(y0, y1), 0.0)
            half = np.sqrt(max(radius * radius - beyond * beyond, 0.0))
            low, high = min(x0, x1) - half, max(x0, x1) + half
            if abs(uy) > 1e-6:
                # The strip along the line, which cuts the corners off a long slanting one.
                middle, reach = x0 + (row - y0) * ux / uy, radius / abs(uy)
                low, high = max(low, middle - reach), min(high, middle + reach)
            first = max(int(np.ceil(low)), 0)
            last = min(int(np.floor(high)), columns - 1)
        line = field[row]
        py = np.float32(row - y0)
        along_y = py * uy4
        for k in range(last - first + 1):
            # Rounded once, so that it is the same whichever column is the first.
            px = np.float32(first + k - x0)
            along = px * ux4 + along_y
            along = along if along > zero else zero
            along = along if along < length4 else length4
            ex, ey = px - along * ux4, py - along * uy4
            square = ex * ex + ey * ey
            held = line[first + k]
            line[first + k] = square if square < held else held


@kernel
def _ground_times(
    ends: Doubles,
    ms: Ints,
    cost: Ints,
    cutoff_ms: int,
    west: float,
    south: float,
    cell_m: float,
    radius: float,
    seconds: Singles,
) -> None:
    rows, columns = seconds.shape
    seconds[:] = np.inf
    for p in range(len(ends)):
        x0, y0 = (ends[p, 0] - west) / cell_m, (ends[p, 1] - south) / cell_m
        x1, y1 = (ends[p, 2] - west) / cell_m, (ends[p, 3] - south) / cell_m
        dx, dy = x1 - x0, y1 - y0
        length = np.sqrt(dx * dx + dy * dy)
        ux, uy = (dx / length, dy / length) if length > 0.0 else (1.0, 0.0)
        # Seconds at both ends and along the whole part; what can't be used is infinite.
        from0 = ms[p, 0] / 1000.0 if ms[p, 0] != NEVER_MS and cost[p, 0] != NEVER_MS else np.inf
        from1 = ms[p, 1] / 1000.0 if ms[p, 1] != NEVER_MS and cost[p, 1] != NEVER_MS else np.inf
        pace0 = cost[p, 0] / 1000.0 / length if from0 < np.inf and length > 0.0 else 0.0
        pace1 = cost[p, 1] / 1000.0 / length if from1 < np.inf and length > 0.0 else 0.0
        for row in range(
            max(int(np.ceil(min(y0, y1) - radius)), 0),
            min(int(np.floor(max(y0, y1) + radius)), rows - 1) + 1,
        ):
            py = row - y0
            low, high = min(x0, x1) - radius, max(x0, x1) + radius
            if abs(uy) > 1e-6:
                middle, reach = x0 + py * ux / uy, radius / abs(uy)
                low, high = max(low, middle - reach), min(high, middle + reach)
            first = max(int(np.ceil(low)), 0)
            last = min(int(np.floor(high)), columns - 1)
            for column in range(first, last + 1):
                px = column - x0
                along, aside = px * ux + py * uy, px * uy - py * ux
                chord = radius * radius - aside * aside
                if chord < 0.0:
                    continue
                half = np.sqrt(chord)
                if along + half < 0.0 or along - half > length:
                    continue
                near, far = max(along - half, 0.0), min(along + half, length)
                seconds[row, column] = min(
                    seconds[row, column],
                    from0 + near * pace0,
                    from1 + (length - near) * pace1,
                    from0 + far * pace0,
                    from1 + (length - far) * pace1,
                )
    late = cutoff_ms / 1000.0
    for row in range(rows):
        for column in range(columns):
            if seconds[row, column] > late:
                seconds[row, column] = np.inf
