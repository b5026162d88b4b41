"""What is reached, as areas on the ground."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry import MultiPolygon

from sandbox.engine import surface
from sandbox.engine.kernel import Singles
from sandbox.engine.search import Reached
from sandbox.engine.surface import Grid
from sandbox.engine.tracing import trace


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
