"""What is reached, as areas on the ground: the contours of a field, traced cell by cell.

Marching squares (Lorensen and Cline, "Marching cubes", 1987, in the plane): between
grid points a field is taken as straight, and a cell whose low corners face each other
is open where the mean of its corners is low. General tracers set up more than they
walk when grids are small and many; this one does nothing twice.
"""

# Kernels take plain arrays and are long on purpose: calls between them cost.
# ruff: noqa: PLR0912, PLR0915, PLR1714

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from shapely.geometry import MultiPolygon

from sandbox.engine import surface
from sandbox.engine.kernel import Doubles, Ints, Singles, kernel
from sandbox.engine.search import Reached
from sandbox.engine.surface import Grid

# Sides of a cell, and the cell beyond each.
_SOUTH: Final = 0
_EAST: Final = 1
_NORTH: Final = 2
_WEST: Final = 3
# Side by which an outline that keeps low ground on its left leaves a cell, by its low
# corners (1 south-west, 2 south-east, 4 north-east, 8 north-west) and the side it came
# in by; -1 where none does. Rows 16 and 17 are cells 5 and 10 where the middle is low.
_LEAVES: Final = np.full((18, 4), -1, dtype=np.int32)
for _cell, _in, _out in (
    (1, _SOUTH, _WEST), (2, _EAST, _SOUTH), (4, _NORTH, _EAST), (8, _WEST, _NORTH),
    (3, _EAST, _WEST), (6, _NORTH, _SOUTH), (12, _WEST, _EAST), (9, _SOUTH, _NORTH),
    (14, _WEST, _SOUTH), (13, _SOUTH, _EAST), (11, _EAST, _NORTH), (7, _NORTH, _WEST),
    (5, _SOUTH, _WEST), (5, _NORTH, _EAST), (10, _EAST, _SOUTH), (10, _WEST, _NORTH),
    (16, _SOUTH, _EAST), (16, _NORTH, _WEST), (17, _WEST, _SOUTH), (17, _EAST, _NORTH),
):  # fmt: skip
    _LEAVES[_cell, _in] = _out
# An outline never touches itself or another where it keeps off the grid points.
_OFF_POINT: Final = 1e-6


def areas(
    reached: Reached, cutoffs_ms: Sequence[int], reach_m: float, cell_m: float | None = None
) -> tuple[MultiPolygon, ...]:
    """Return all ground within `reach_m` of what is reached by each cutoff.

    Whole areas with their holes, metres; one for each cutoff, which must ascend and be
    at most that of the search. A larger one holds the smaller: both are drawn between
    the same points, none of which is farther off for the larger. Empty where nothing
    is reached.

    Parameters
    ----------
    reached
        What a search reached.
    cutoffs_ms
        Ascending times in milliseconds.
    reach_m
        How far from a street the ground still counts.
    cell_m
        Distance of the points that are drawn between; by default chosen by
        `sandbox.engine.surface.cell_for` from the reach and the largest extent.
    """
    extents = surface.extents(reached, cutoffs_ms)
    whole = extents[-1]
    if whole[0] > whole[2]:
        return tuple(MultiPolygon() for _ in cutoffs_ms)
    width_m, height_m = float(whole[2] - whole[0]), float(whole[3] - whole[1])
    cell = cell_m or surface.cell_for(reach_m, width_m, height_m)
    grid = surface.grid_over(whole, reach_m, cell)
    fields = surface.distance_fields(reached, cutoffs_ms, reach_m, grid)
    made: list[MultiPolygon] = []
    for extent, field in zip(extents, fields, strict=True):
        if extent[0] > extent[2]:
            made.append(MultiPolygon())
            continue
        part = surface.grid_over(extent, reach_m, cell)
        row, column = round((part.south - grid.south) / cell), round((part.west - grid.west) / cell)
        window = field[row : row + part.rows, column : column + part.columns]
        made.append(with_own(area_at_most(window, part, reach_m), reached))
    return tuple(made)


def with_own(area: MultiPolygon, reached: Reached) -> MultiPolygon:
    """Return an area with the one that was started from, which is reached at every time."""
    if reached.own_ground is None:
        return area
    joined = shapely.get_parts(shapely.union(area, reached.own_ground))
    return MultiPolygon(joined[shapely.get_dimensions(joined) == 2].tolist())


def area_at_most(field: Singles, grid: Grid, level: float) -> MultiPolygon:
    """Return where a field over a grid is at most `level`, metres; at its rim it must be above."""
    xy, offsets, outer_offsets = trace(field, level, grid.first_column, grid.first_row)
    if not len(xy):
        return MultiPolygon()
    xy *= grid.cell_m
    parts = np.array([0, len(outer_offsets) - 1])
    return shapely.from_ragged_array(
        shapely.GeometryType.MULTIPOLYGON, xy, (offsets, outer_offsets, parts)
    )[0]


def trace(
    field: Singles, level: float, first_column: int = 0, first_row: int = 0
) -> tuple[Doubles, Ints, Ints]:
    """Return the areas where a field is at most `level`.

    Parameters
    ----------
    field
        Values at grid points, shape ``(rows, columns)``; above `level` along its rim.
    level
        Where the outlines run.
    first_column, first_row
        Numbers of the first point. Points are rounded once, with these numbers in them, so
        that two windows of one grid have the same points to the last bit.

    Returns
    -------
    xy
        Points of all rings, in columns and rows of the grid, shape ``(n, 2)``. Outer
        rings run counter-clockwise, holes clockwise; each ends where it begins.
    offsets
        First point of each ring, and the end, shape ``(r + 1,)``. A hole's ring comes
        after that of the area it lies in.
    outer_offsets
        First ring of each area, and the end, shape ``(a + 1,)``.
    """
    xy, offsets = _rings(field, np.float32(level), _LEAVES, first_column, first_row)
    order, outer_offsets = _grouped(xy, offsets)
    if len(order) == len(outer_offsets) - 1 or (len(outer_offsets) == 2 and order[0] == 0):
        return xy, offsets, outer_offsets
    parts = [xy[offsets[ring] : offsets[ring + 1]] for ring in order]
    ends = np.cumsum([0, *map(len, parts)])
    return np.concatenate(parts), ends.astype(np.int32), outer_offsets


@kernel
def _rings(
    field: Singles, level: np.float32, leaves: Ints, first_column: int, first_row: int
) -> tuple[Doubles, Ints]:
    rows, columns = field.shape
    cells = np.zeros((rows - 1, columns - 1), dtype=np.uint8)
    steps, saddles = 0, 0
    for row in range(rows - 1):
        low, high = field[row], field[row + 1]
        west = (low[0] <= level) | ((high[0] <= level) << 3)
        for column in range(columns - 1):
            a, b = low[column + 1] <= level, high[column + 1] <= level
            cell = west | (a << 1) | (b << 2)
            west = a | (b << 3)
            if cell == 5 or cell == 10:
                middle = low[column] + low[column + 1] + high[column] + high[column + 1]
                if middle <= np.float32(4.0) * level:
                    cell = 16 if cell == 5 else 17
                saddles += 1
            if cell != 0 and cell != 15:
                steps += 1
            cells[row, column] = cell
    # Each ring repeats its first point, and has four points at least.
    steps += saddles
    xy = np.empty((steps + steps // 4 + 1, 2))
    offsets = np.empty(steps // 4 + 2, dtype=np.int32)
    offsets[0] = 0
    done = np.zeros((rows - 1, columns - 1), dtype=np.uint8)
    points, rings = 0, 0
    for row in range(rows - 1):
        for column in range(columns - 1):
            kind = cells[row, column]
            if kind == 0 or kind == 15:
                continue
            for side in range(4):
                if leaves[kind, side] < 0 or done[row, column] & (1 << side):
                    continue
                r, c, came = row, column, side
                while not done[r, c] & (1 << came):
                    done[r, c] |= 1 << came
                    # The point on the side it came in by, measured from south or west.
                    if came == 0 or came == 2:
                        y = r + (came == 2)
                        # In double precision differences are exact: lower fields reach farther.
                        z0, z1 = np.float64(field[y, c]), np.float64(field[y, c + 1])
                        share = (np.float64(level) - z0) / (z1 - z0)
                        share = min(max(share, _OFF_POINT), 1.0 - _OFF_POINT)
                        xy[points, 0] = (first_column + c) + share
                        xy[points, 1] = first_row + y
                    else:
                        x = c + (came == 1)
                        z0, z1 = np.float64(field[r, x]), np.float64(field[r + 1, x])
                        share = (np.float64(level) - z0) / (z1 - z0)
                        share = min(max(share, _OFF_POINT), 1.0 - _OFF_POINT)
                        xy[points, 0] = first_column + x
                        xy[points, 1] = (first_row + r) + share
                    points += 1
                    out = leaves[cells[r, c], came]
                    if out == 0:
                        r, came = r - 1, 2
                    elif out == 1:
                        c, came = c + 1, 3
                    elif out == 2:
                        r, came = r + 1, 0
                    else:
                        c, came = c - 1, 1
                # One by one: assigning whole rows would take seconds more to compile.
                xy[points, 0] = xy[offsets[rings], 0]
                xy[points, 1] = xy[offsets[rings], 1]
                points += 1
                rings += 1
                offsets[rings] = points
    return xy[:points].copy(), offsets[: rings + 1].copy()


@kernel
def _grouped(xy: Doubles, offsets: Ints) -> tuple[Ints, Ints]:
    """Return the order of the rings, each area before its holes, and where areas begin."""
    rings = len(offsets) - 1
    area = np.zeros(rings)
    bounds = np.empty((rings, 4))
    for ring in range(rings):
        # Measured from the ring itself: round one point that is just low it is so small
        # that far from the grid's corner nothing of it, not even its sign, would be left.
        x, y = xy[offsets[ring], 0], xy[offsets[ring], 1]
        bounds[ring, 0], bounds[ring, 1], bounds[ring, 2], bounds[ring, 3] = x, y, x, y
        for i in range(offsets[ring], offsets[ring + 1] - 1):
            bounds[ring, 0] = min(bounds[ring, 0], xy[i, 0])
            bounds[ring, 1] = min(bounds[ring, 1], xy[i, 1])
            bounds[ring, 2] = max(bounds[ring, 2], xy[i, 0])
            bounds[ring, 3] = max(bounds[ring, 3], xy[i, 1])
            east, north = xy[i, 0] - x, xy[i, 1] - y
            area[ring] += east * (xy[i + 1, 1] - y) - (xy[i + 1, 0] - x) * north
    outers = 0
    for ring in range(rings):
        outers += area[ring] > 0.0
    owner = np.empty(rings, dtype=np.int32)
    for ring in range(rings):
        owner[ring] = ring
        if area[ring] > 0.0:
            continue
        # The least area round it: areas lie in holes of areas. Something lies round each, so
        # what alone can is not walked along.
        able, last = 0, ring
        for outer in range(rings):
            if area[outer] > -area[ring] and _spans(bounds[outer], bounds[ring]):
                able, last = able + 1, outer
        if able == 1:
            owner[ring] = last
            continue
        for outer in range(rings):
            if area[outer] <= -area[ring] or not _spans(bounds[outer], bounds[ring]):
                continue
            if owner[ring] != ring and area[outer] >= area[owner[ring]]:
                continue
            if _holds(xy[offsets[outer] : offsets[outer + 1]], xy[offsets[ring]]):
                owner[ring] = outer
    order = np.empty(rings, dtype=np.int32)
    outer_offsets = np.empty(outers + 1, dtype=np.int32)
    placed, begun = 0, 0
    for outer in range(rings):
        if area[outer] <= 0.0:
            continue
        outer_offsets[begun] = placed
        begun += 1
        order[placed] = outer
        placed += 1
        for ring in range(rings):
            if ring != outer and owner[ring] == outer:
                order[placed] = ring
                placed += 1
    outer_offsets[begun] = placed
    return order, outer_offsets


@kernel
def _spans(outer: Doubles, inner: Doubles) -> bool:
    """Return whether west, south, east and north of one lie round those of the other."""
    return (
        outer[0] <= inner[0]
        and outer[1] <= inner[1]
        and outer[2] >= inner[2]
        and outer[3] >= inner[3]
    )


@kernel
def _holds(ring: Doubles, point: Doubles) -> bool:
    """Return whether a point lies inside a ring, by counting the sides east of it."""
    inside = False
    for i in range(len(ring) - 1):
        ya, yb = ring[i, 1], ring[i + 1, 1]
        if (ya > point[1]) != (yb > point[1]):
            x = ring[i, 0] + (point[1] - ya) / (yb - ya) * (ring[i + 1, 0] - ring[i, 0])
            if x > point[0]:
                inside = not inside
    return inside
