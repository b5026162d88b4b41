"""Two answers side by side: ground gained and lost, minutes saved, places reached."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from sandbox.analysis.access import AccessPoints, access_points
from sandbox.analysis.isochrone import check_question, cutoff_ms
from sandbox.analysis.searched import Way, reached_by
from sandbox.geo import shapes
from sandbox.network import contours, surface
from sandbox.network.network import Network
from sandbox.network.search import Reached

SAVED_BANDS_MIN: Final = (2.0, 5.0, 10.0, 15.0)
# What is thinner is the rounding of two outlines that are the same.
_SLIVER_M: Final = 0.1
# Points to a reach of the surface of minutes saved.
_SAVED_CELLS_PER_REACH: Final = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Areas in metres, one a cutoff, and their true sizes on the ground."""

    areas: tuple[MultiPolygon, ...]
    km2: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """What ground another answer gains and loses.

    Attributes
    ----------
    minutes
        Cutoffs, ascending.
    crs
        Metric system of the areas.
    base, changed
        All ground that one and the other reach.
    gained, lost
        Ground that only the other, or only the base, reaches.
    """

    minutes: tuple[float, ...]
    crs: str
    base: Ground
    changed: Ground
    gained: Ground
    lost: Ground


@dataclass(frozen=True, slots=True, eq=False)
class SavedMinutes:
    """How much sooner another answer is there.

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


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """One place compared in one way.

    Attributes
    ----------
    number
        The place's row among the origins.
    way
        What the base is compared with.
    before, after
        What one and the other reach.
    ground
        The difference on the ground.
    rows
        Rows of the table, one a cutoff.
    reach_m
        How far from a street ground counts.
    """

    number: int
    way: Way
    before: Reached
    after: Reached
    ground: Difference
    rows: tuple[dict[str, Any], ...]
    reach_m: float


def difference(
    base: Reached,
    changed: Reached,
    minutes: Sequence[float],
    *,
    reach_m: float,
    crs: str,
    cell_m: float | None = None,
) -> Difference:
    """Return the ground gained and lost from one answer to another.

    Both are drawn on one grid, so equal streets have equal outlines and what one adds to
    the other takes nothing away.

    Parameters
    ----------
    base, changed
        What was reached, over the same streets; at least as far as the largest cutoff.
    minutes
        Cutoffs; any order, each counts once.
    reach_m
        How far from a street ground still counts.
    crs
        Metric system of the streets.
    cell_m
        Distance of the points that outlines are drawn between; by default chosen from
        the extent, as of isochrones.
    """
    cutoffs = check_question(minutes, 4.8, reach_m)
    cutoffs_ms = [cutoff_ms(one) for one in cutoffs]
    extent = _extent(base, changed, cutoffs_ms[-1])
    if extent is None:
        nothing = Ground(tuple(MultiPolygon() for _ in cutoffs), tuple(0.0 for _ in cutoffs))
        return Difference(cutoffs, crs, nothing, nothing, nothing, nothing)
    west, south, east, north = extent
    cell_m = cell_m or surface.cell_for(reach_m, east - west, north - south)
    grid = surface.grid_over(np.array(extent), reach_m, cell_m)
    scale = shapes.areal_scale(((west + east) / 2, (south + north) / 2), crs) / 1e6

    def areas(reached: Reached) -> tuple[MultiPolygon, ...]:
        fields = surface.distance_fields(reached, cutoffs_ms, reach_m, grid)
        drawn = (contours.area_at_most(field, grid, reach_m) for field in fields)
        return tuple(contours.with_own(area, reached) for area in drawn)

    def ground(found: tuple[MultiPolygon, ...]) -> Ground:
        return Ground(found, tuple(area.area * scale for area in found))

    before, after = areas(base), areas(changed)
    pairs = list(zip(before, after, strict=True))
    return Difference(
        cutoffs,
        crs,
        ground(before),
        ground(after),
        ground(tuple(_without(new, old) for old, new in pairs)),
        ground(tuple(_without(old, new) for old, new in pairs)),
    )


def minutes_saved(
    base: Reached,
    changed: Reached,
    *,
    reach_m: float,
    crs: str,
    bands_min: Sequence[float] = SAVED_BANDS_MIN,
) -> SavedMinutes:
    """Return how many minutes sooner, or later, ground is reached by another answer.

    Parameters
    ----------
    base, changed
        What was reached, searched equally far over the same streets.
    reach_m
        How far from a street ground still counts.
    crs
        Metric system of the streets.
    bands_min
        Minutes, above zero.
    """
    bands = tuple(sorted(set(bands_min)))
    horizon_s = max(base.cutoff_ms, changed.cutoff_ms) / 1000.0
    extent = _extent(base, changed, max(base.cutoff_ms, changed.cutoff_ms))
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
        for reached in (base, changed)
    )
    neither = np.isinf(before.seconds) & np.isinf(after.seconds)
    saved = np.minimum(before.seconds, horizon_s) - np.minimum(after.seconds, horizon_s)
    saved_min: npt.NDArray[np.float32] = (saved / 60.0).astype(np.float32)
    sooner = tuple(contours.area_at_most(-saved_min, before.grid, -band) for band in bands)
    later = tuple(contours.area_at_most(saved_min, before.grid, -band) for band in bands)
    saved_min[neither] = np.nan
    return SavedMinutes(bands, crs, sooner, later, before.grid, saved_min)


def compared(
    network: Network,
    *,
    origins: gpd.GeoDataFrame,
    counted_places: gpd.GeoDataFrame,
    counted: Mapping[str, npt.NDArray[np.float64]],
    base: Way,
    others: Sequence[Way],
    minutes: Sequence[float],
    reach_m: float,
    search_minutes: float | None = None,
) -> Iterator[Compared]:
    """Yield what each place reaches before and after, place by place and way by way.

    Parameters
    ----------
    network
        The streets.
    origins
        Places with `id, layer, name_zh, name_en` and geometry in WGS 84. Those without a
        street are passed over.
    counted_places
        The places that are counted, as `access_points` takes them; one that is the origin
        itself isn't.
    counted
        By name, how much each target weighs: 1 for a place, or its jobs; 0 leaves it out.
    base, others
        The ways that are compared, each of the others with the base.
    minutes
        Cutoffs.
    reach_m
        How far from a street ground still counts.
    search_minutes
        Search this far, so that minutes saved are known beyond the largest cutoff.

    Raises
    ------
    AnalysisError
        With all faults of the question at once.
    """
    cutoffs = check_question(minutes, base.travel.walk_kmh, reach_m, base.travel)
    far = max(cutoffs[-1], search_minutes or 0.0)
    columns = ("id", "layer", "name_zh", "name_en")
    told = zip(*(origins[column].astype(str) for column in columns), strict=True)
    starts = _by_mode(network, origins, {way.near for way in (base, *others)})
    ends = _by_mode(network, counted_places, {way.far for way in (base, *others)})
    for number, names in enumerate(told):
        if not all(len(points.of(number).segment) for points in starts.values()):
            continue
        place = dict(zip(("place_id", *columns[1:]), names, strict=True))
        itself = _index_of(ends[base.far], place["layer"], place["place_id"])
        found = reached_by(network, starts[base.near], number, base, far)
        before, base_ms = found.reached, found.times_ms(ends[base.far])
        for way in others:
            found = reached_by(network, starts[way.near], number, way, far)
            after, with_ms = found.reached, found.times_ms(ends[way.far])
            # One cell size throughout, so that a place's ground is one figure in all rows.
            cell_m = reach_m / surface.CELLS_PER_REACH
            ground = difference(
                before, after, cutoffs, reach_m=reach_m, crs=network.crs, cell_m=cell_m
            )
            rows = [
                place
                | {"base": base.id, "scenario": way.id, "cutoff_min": cutoff}
                | _areas(ground, k)
                | _counts(counted, itself, base_ms, with_ms, cutoff)
                for k, cutoff in enumerate(cutoffs)
            ]
            yield Compared(number, way, before, after, ground, tuple(rows), reach_m)


def _areas(ground: Difference, k: int) -> dict[str, float]:
    return {
        "area_base_km2": ground.base.km2[k],
        "area_with_km2": ground.changed.km2[k],
        "area_diff_km2": ground.changed.km2[k] - ground.base.km2[k],
        "gained_km2": ground.gained.km2[k],
        "lost_km2": ground.lost.km2[k],
    }


def _counts(
    counted: Mapping[str, npt.NDArray[np.float64]],
    itself: list[int],
    base_ms: npt.NDArray[np.float64],
    with_ms: npt.NDArray[np.float64],
    cutoff: float,
) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, weight in counted.items():
        others = weight.copy()
        others[itself] = 0.0
        before = float(others[base_ms <= cutoff_ms(cutoff)].sum())
        after = float(others[with_ms <= cutoff_ms(cutoff)].sum())
        found |= {f"{name}_base": before, f"{name}_with": after, f"{name}_diff": after - before}
    return found


def _by_mode(
    network: Network, places: gpd.GeoDataFrame, modes: set[str]
) -> dict[str, AccessPoints]:
    return {mode: access_points(network, places, mode=mode) for mode in modes}


def _index_of(places: AccessPoints, layer: str, name: str) -> list[int]:
    number = places.numbers.get((layer, name))
    return [] if number is None else [number]


def _extent(
    base: Reached, changed: Reached, cutoff: int
) -> tuple[float, float, float, float] | None:
    """Return the bounds of what either reaches; None where neither reaches anything."""
    found = np.stack([surface.extents(one, [cutoff])[0] for one in (base, changed)])
    west, south = found[:, :2].min(axis=0).tolist()
    east, north = found[:, 2:].max(axis=0).tolist()
    return (west, south, east, north) if west <= east else None


def _without(area: MultiPolygon, other: MultiPolygon) -> MultiPolygon:
    """Return the ground of one area that isn't the other's, without slivers.

    Most parts are the same on both sides or only on one, and need no overlay.
    """
    parts, others = shapely.get_parts(area), shapely.get_parts(other)
    tree = shapely.STRtree(others)
    kept: list[BaseGeometry] = []
    for part in parts:
        near = others[tree.query(part)]
        if not len(near):
            kept.append(part)
        elif not shapely.equals_exact(part, near, 0.0).any():
            kept += shapely.get_parts(part.difference(MultiPolygon(list(near)))).tolist()
    return MultiPolygon(
        [
            part
            for part in kept
            if isinstance(part, Polygon) and 2.0 * part.area > _SLIVER_M * part.length
        ]
    )
