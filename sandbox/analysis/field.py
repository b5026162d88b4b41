"""The travel-time field itself: as a surface, as points on streets, as isolines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from sandbox.analysis.isochrone import Isochrone, cutoff_ms
from sandbox.analysis.isodistance import Isodistance
from sandbox.analysis.origins import Reach
from sandbox.analysis.table import MINUTE_DECIMALS, network_told
from sandbox.engine import surface
from sandbox.engine.network import Network
from sandbox.engine.search import Reached
from sandbox.engine.surface import Grid
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.units import MM_PER_M, MS_PER_MINUTE

Answer = Isochrone | Isodistance | Reach
# Values of all surfaces in one file: 256 MB in single precision.
_MAX_VALUES: Final = 64_000_000
_MAX_POINTS: Final = 5_000_000
_S_PER_MINUTE: Final = 60.0


@dataclass(frozen=True, slots=True, eq=False)
class Surfaces:
    """Travel times or distances over the ground, one surface an answer.

    Attributes
    ----------
    grid
        Where the points lie, in metres of the network's system.
    values
        Minutes, or metres by distance, float32, shape ``(answers, rows, columns)``,
        southernmost row first; NaN where none is reached.
    unit
        ``min`` or ``m``.
    """

    grid: Grid
    values: npt.NDArray[np.float32]
    unit: str


def surfaces(found: Sequence[Answer], cell_m: float | None = None) -> Surfaces:
    """Return the ground times of answers on one grid, up to their largest contour.

    Parameters
    ----------
    found
        Answers to one question on the same streets, from one origin or more.
    cell_m
        Distance of the grid's points; by default as suits the reach and the extent.

    Raises
    ------
    AnalysisError
        If nothing is reached, or there would be too many points.
    """
    fields = [(one, field) for one in found for field in _fields(one)]
    limits = [_limit_ms(one) for one, _ in fields]
    every = np.array(
        [
            surface.extents(field, [limit])[0]
            for (_, field), limit in zip(fields, limits, strict=True)
        ]
    )
    every = every[every[:, 0] <= every[:, 2]]
    if not len(every):
        raise AnalysisError(
            "Nothing is reached, so there is no travel-time surface.",
            "Allow more time or distance.",
        )
    reach_m = found[0].reach_m
    (west, south), (east, north) = every[:, :2].min(axis=0), every[:, 2:].max(axis=0)
    cell = cell_m or surface.cell_for(reach_m, float(east - west), float(north - south))
    points = ((east - west + 2 * reach_m) / cell + 6) * ((north - south + 2 * reach_m) / cell + 6)
    if points * len(found) > _MAX_VALUES:
        raise AnalysisError(
            "The travel-time surfaces of {count} results are too large for one file.",
            "Use fewer origins at a time, or less time.",
            count=len(found),
        )
    bounds = (west - reach_m, south - reach_m, east + reach_m, north + reach_m)
    seconds: dict[int, npt.NDArray[np.float32]] = {}
    grid: Grid | None = None
    for (one, field), limit in zip(fields, limits, strict=True):
        ground = surface.ground_times(field, reach_m, cell_m=cell, bounds=bounds)
        grid = ground.grid
        times = np.where(ground.seconds <= limit / 1000.0, ground.seconds, np.inf)
        held = seconds.get(id(one))
        # Where all meet, the latest counts.
        seconds[id(one)] = times if held is None else np.maximum(held, times)
    if grid is None:
        raise AssertionError("fields without a grid")
    values = np.stack([seconds[id(one)] for one in found]).astype(np.float32)
    values[np.isinf(values)] = np.nan
    by_time = _by_time(found[0])
    return Surfaces(grid, values / np.float32(_S_PER_MINUTE) if by_time else values, _UNIT[by_time])


_UNIT: Final = {True: "min", False: "m"}


def street_points(
    network: Network, found: Sequence[Answer], names: Sequence[str]
) -> gpd.GeoDataFrame:
    """Return every street node that is reached, with its time, in WGS 84.

    Columns: `origin`, `minutes` (or `metres` by distance), what tables say of how one
    moves, `network`, `network_date`, `schematic`, `computed_at`.

    Raises
    ------
    AnalysisError
        If there would be too many points.
    """
    node, ms, which = [], [], []
    for index, one in enumerate(found):
        reached, times = _node_ms(network, one)
        node.append(reached)
        ms.append(times)
        which.append(np.full(len(reached), index))
    nodes, times, index = np.concatenate(node), np.concatenate(ms), np.concatenate(which)
    if len(nodes) > _MAX_POINTS:
        raise AnalysisError(
            "{count} points are too many for one file; the limit is {most}.",
            "Use fewer origins at a time, or less time.",
            count=f"{len(nodes):,}",
            most=f"{_MAX_POINTS:,}",
        )
    by_time = _by_time(found[0])
    values = times / (MS_PER_MINUTE if by_time else MM_PER_M)
    lonlat = geo.to_lonlat(network.streets.node_xy[nodes], network.crs).reshape(-1, 2)
    columns: dict[str, Any] = {
        "origin": np.array(names, dtype=object)[index],
        "minutes" if by_time else "metres": values.round(MINUTE_DECIMALS),
        **found[0].told(),
        **network_told(network),
    }
    return gpd.GeoDataFrame(columns, geometry=shapely.points(lonlat), crs=geo.WGS84)


def isolines(bands: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the outlines of a table of areas as lines; a row whose area is empty goes."""
    lines = bands[~bands.geometry.is_empty]
    return lines.set_geometry(lines.geometry.boundary)


def _fields(one: Answer) -> tuple[Reached, ...]:
    return one.reached if isinstance(one, Reach) else (one.reached,)


def _by_time(one: Answer) -> bool:
    return one.told()["metric"] == "time"


def _limit_ms(one: Answer) -> int:
    last = one.contours[-1]
    return cutoff_ms(last) if _by_time(one) else round(last * MM_PER_M)


def _node_ms(
    network: Network, one: Answer
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Return the nodes of an answer and when the last of its origins is there."""
    latest = np.zeros(len(network.streets.node_xy))
    for field in _fields(one):
        times = np.full(len(latest), np.inf)
        times[field.node] = field.node_ms
        latest = np.maximum(latest, times)
    streets = network.streets
    on_land = np.zeros(len(latest), dtype=np.bool_)
    on_land[streets.segment_nodes[streets.walked_on]] = True
    node = np.flatnonzero((latest <= _limit_ms(one)) & on_land)
    return node, latest[node]
