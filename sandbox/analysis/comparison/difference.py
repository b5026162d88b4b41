"""Ground between two answers: gained, lost and kept, and the minutes saved on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import MultiPolygon

from sandbox.analysis.isochrone import check_question, cutoff_ms
from sandbox.engine import contours, surface
from sandbox.engine.search import Reached
from sandbox.geo import shapes

SAVED_BANDS_MIN: Final = (2.0, 5.0, 10.0, 15.0)
# What is thinner is the rounding of two outlines that are the same.
_SLIVER_M: Final = 0.1
# How many points of the surface of minutes saved lie within one reach.
_SAVED_CELLS_PER_REACH: Final = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Areas in metres, one a cutoff, and their true sizes on the ground."""

    areas: tuple[MultiPolygon, ...]
    km2: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """What ground a plan gains and loses beside its base.

    Attributes
    ----------
    minutes
        Cutoffs, ascending.
    crs
        Metric system of the areas.
    base, plan
        All ground that one and the other reach.
    scale
        The true area of a square metre of the map, by which all of them are measured.
    gained, lost, kept
        Ground that only the plan, only the base, and that both reach.
    """

    minutes: tuple[float, ...]
    crs: str
    scale: float
    base: Ground
    plan: Ground
    gained: Ground
    lost: Ground
    kept: Ground


@dataclass(frozen=True, slots=True, eq=False)
class SavedMinutes:
    """How much sooner a plan is there than its base.

    Attributes
    ----------
    bands_min
        Minutes, ascending.
    crs
        Metric system of the areas.
    sooner, later
        Ground that is reached at least so many minutes sooner, or later; the larger
        area holds the smaller. Ground that one of the two doesn't reach counts with the
        longest time that was searched: at least so many.
    grid, saved_min
        The surface itself: minutes saved at the grid's points, float32, shape
        ``(rows, columns)``, southernmost row first; NaN where neither reaches.
    """

    bands_min: tuple[float, ...]
    crs: str
    sooner: tuple[MultiPolygon, ...]
    later: tuple[MultiPolygon, ...]
    grid: surface.Grid
    saved_min: npt.NDArray[np.float32]


def difference(
    base: Reached,
    plan: Reached,
    minutes: Sequence[float],
    *,
    reach_m: float,
    crs: str,
    scale: float | None = None,
) -> Difference:
    """Return the ground that a plan gains and loses beside its base.

    Both are drawn on one grid, that of an isochrone, so equal streets have equal outlines,
    what one adds to the other takes nothing away, and an area is the isochrone's.

    Parameters
    ----------
    base, plan
        What was reached, over the same streets; at least as far as the largest cutoff.
    minutes
        Cutoffs; any order, each counts once.
    reach_m
        How far from a street ground still counts.
    crs
        Metric system of the streets.
    scale
        The true area of a square metre of the map; by default in the middle of both.
    """
    cutoffs = check_question(minutes, reach_m)
    cutoffs_ms = [cutoff_ms(one) for one in cutoffs]
    extent = _extent(base, plan, cutoffs_ms[-1])
    if extent is None:
        nothing = Ground(tuple(MultiPolygon() for _ in cutoffs), tuple(0.0 for _ in cutoffs))
        return Difference(cutoffs, crs, 1.0 if scale is None else scale, *(nothing,) * 5)
    west, south, east, north = extent
    cell_m = surface.cell_for(reach_m, east - west, north - south)
    grid = surface.grid_over(np.array(extent), reach_m, cell_m)
    if scale is None:
        scale = shapes.areal_scale(((west + east) / 2, (south + north) / 2), crs)
    km2 = scale / 1e6

    def areas(reached: Reached) -> tuple[MultiPolygon, ...]:
        fields = surface.distance_fields(reached, cutoffs_ms, reach_m, grid)
        found = (contours.area_at_most(field, grid, reach_m) for field in fields)
        return tuple(contours.with_own(area, reached) for area in found)

    def ground(found: list[MultiPolygon]) -> Ground:
        return Ground(tuple(found), tuple((shapely.area(np.array(found)) * km2).tolist()))

    before, after = list(areas(base)), list(areas(plan))
    pairs = list(zip(before, after, strict=True))
    lost = [_without(old, new) for old, new in pairs]
    return Difference(
        cutoffs,
        crs,
        scale,
        ground(before),
        ground(after),
        ground([_without(new, old) for old, new in pairs]),
        ground(lost),
        ground([_without(old, gone) for old, gone in zip(before, lost, strict=True)]),
    )


def minutes_saved(
    base: Reached,
    plan: Reached,
    *,
    reach_m: float,
    crs: str,
    bands_min: Sequence[float] = SAVED_BANDS_MIN,
) -> SavedMinutes:
    """Return how many minutes sooner, or later, ground is reached by a plan than by its base.

    Parameters
    ----------
    base, plan
        What was reached, searched equally far over the same streets.
    reach_m
        How far from a street ground still counts.
    crs
        Metric system of the streets.
    bands_min
        Minutes, above zero.
    """
    bands = tuple(sorted(set(bands_min)))
    horizon_s = max(base.cutoff_ms, plan.cutoff_ms) / 1000.0
    extent = _extent(base, plan, max(base.cutoff_ms, plan.cutoff_ms))
    if extent is None:
        nothing = tuple(MultiPolygon() for _ in bands)
        empty = surface.Grid(0.0, 0.0, reach_m, 0, 0)
        return SavedMinutes(bands, crs, nothing, nothing, empty, np.empty((0, 0), np.float32))
    west, south, east, north = extent
    bounds = (west - reach_m, south - reach_m, east + reach_m, north + reach_m)
    cell_m = max(
        reach_m / _SAVED_CELLS_PER_REACH,
        surface.cell_for(reach_m, east - west, north - south),
    )
    before, after = (
        surface.ground_times(reached, reach_m, cell_m=cell_m, bounds=bounds)
        for reached in (base, plan)
    )
    neither = np.isinf(before.seconds) & np.isinf(after.seconds)
    saved = np.minimum(before.seconds, horizon_s) - np.minimum(after.seconds, horizon_s)
    saved_min: npt.NDArray[np.float32] = (saved / 60.0).astype(np.float32)
    sooner = tuple(contours.area_at_most(-saved_min, before.grid, -band) for band in bands)
    later = tuple(contours.area_at_most(saved_min, before.grid, -band) for band in bands)
    saved_min[neither] = np.nan
    return SavedMinutes(bands, crs, sooner, later, before.grid, saved_min)


def _extent(base: Reached, plan: Reached, cutoff: int) -> tuple[float, float, float, float] | None:
    """Return the bounds of what either reaches; None where neither reaches anything."""
    found = np.stack([surface.extents(one, [cutoff])[0] for one in (base, plan)])
    west, south = found[:, :2].min(axis=0).tolist()
    east, north = found[:, 2:].max(axis=0).tolist()
    return (west, south, east, north) if west <= east else None


def _without(area: MultiPolygon, other: MultiPolygon) -> MultiPolygon:
    """Return the ground of one area that isn't the other's, without slivers.

    Most parts are the same on both sides or only on one, and need no overlay.
    """
    parts, others = shapely.get_parts(area), shapely.get_parts(other)
    tree = shapely.STRtree(others)
    kept: list[Any] = []
    for part in parts:
        near = others[tree.query(part)]
        if not len(near):
            kept.append(part)
        elif not shapely.equals_exact(part, near, 0.0).any():
            kept += shapely.get_parts(shapely.difference(part, _as_one(near))).tolist()
    found = np.array(kept, dtype=object)
    found = found[shapely.get_type_id(found) == shapely.GeometryType.POLYGON]
    wide = 2.0 * shapely.area(found) > _SLIVER_M * shapely.length(found)
    return _as_one(found[wide])


def _as_one(polygons: npt.NDArray[Any]) -> MultiPolygon:
    made: Any = shapely.multipolygons(polygons) if len(polygons) else MultiPolygon()
    return made
