"""Ways over open ground: least effort on slopes, round water, in bends as feet make them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from scipy.ndimage import gaussian_filter
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra
from shapely import LineString

from sandbox.engine.kernel import Doubles
from sandbox.geo import crs as geo
from sandbox.sources.schematic.chance import Chance
from sandbox.sources.schematic.ground import Ground
from sandbox.sources.schematic.linework import thinned

_CELL_M: Final = 60.0
_MARGIN_M: Final = 900.0
_STEEP: Final = 9.0
_WATER_COST: Final = 60.0
_BUMPS: Final = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class Terrain:
    """What it costs to walk across the ground, on a grid.

    Attributes
    ----------
    corner_xy
        Metres of the first cell's middle, south-west.
    height_m, cost
        Height, and effort a metre on the flat, shape ``(rows, columns)``, south first.
    """

    corner_xy: Doubles
    height_m: Doubles
    cost: Doubles

    def way(self, start: Doubles, end: Doubles) -> LineString:
        """Return the easiest way between two places, smoothed, in metres."""
        cells = np.round((np.array([start, end]) - self.corner_xy) / _CELL_M).astype(int)
        margin = int(_MARGIN_M / _CELL_M)
        low = np.maximum(cells.min(axis=0) - margin, 0)
        high = np.minimum(cells.max(axis=0) + margin + 1, self.cost.shape[::-1])
        window = np.s_[low[1] : high[1], low[0] : high[0]]
        matrix, columns = _steps(self.height_m[window], self.cost[window])
        (c0, r0), (c1, r1) = cells - low
        _, before = dijkstra(matrix, indices=int(r0 * columns + c0), return_predecessors=True)
        chain = [int(r1 * columns + c1)]
        while before[chain[-1]] >= 0:
            chain.append(int(before[chain[-1]]))
        cell = np.array(chain[::-1])
        xy = self.corner_xy + _CELL_M * (np.column_stack([cell % columns, cell // columns]) + low)
        return LineString(_rounded(np.vstack([start, xy[1:-1], end])))


def terrain(ground: Ground, chance: Chance) -> Terrain:
    """Return the ground's terrain; where it is flat, small chances make ways bend."""
    shapes = np.array([a.shape for a in ground.areas] + [r.course for r in ground.roads])
    west, south, east, north = shapely.total_bounds(shapes)
    corner = np.array([west, south]) - _MARGIN_M
    columns, rows = (
        ((np.array([east, north]) + _MARGIN_M - corner) / _CELL_M).astype(int) + 1
    ).tolist()
    x, y = np.meshgrid(
        corner[0] + np.arange(columns) * _CELL_M, corner[1] + np.arange(rows) * _CELL_M
    )
    places = np.column_stack([x.ravel(), y.ravel()])
    height = np.zeros((rows, columns))
    if ground.heights is not None:
        height = ground.heights.at(geo.to_lonlat(places, ground.crs)).reshape(rows, columns)
    bumps = gaussian_filter(chance.everywhere().normal(size=(rows, columns)), 2.5)
    cost = 1.0 + _BUMPS * np.clip(bumps / bumps.std(), 0.0, 2.5)
    for shape in ground.water:
        left, bottom, right, top = shape.bounds
        c0, c1 = (np.array([left, right]) - corner[0]) // _CELL_M
        r0, r1 = (np.array([bottom, top]) - corner[1]) // _CELL_M
        part = np.s_[
            max(int(r0) - 1, 0) : max(int(r1) + 3, 0), max(int(c0) - 1, 0) : max(int(c1) + 3, 0)
        ]
        shapely.prepare(shape)
        near = shapely.dwithin(shape, shapely.points(x[part], y[part]), _CELL_M / 2)
        cost[part] = np.where(near, _WATER_COST, cost[part])
    return Terrain(corner, height, cost)


def _steps(height: Doubles, cost: Doubles) -> tuple[csr_array, int]:
    """Return the effort of each step to one of the eight neighbours, as a sparse matrix."""
    rows, columns = height.shape
    number = np.arange(rows * columns).reshape(rows, columns)
    sources, targets, efforts = list[Doubles](), list[Doubles](), list[Doubles]()
    for dr, dc in ((0, 1), (1, 0), (1, 1), (1, -1)):
        a = np.s_[: rows - dr, max(-dc, 0) : columns - max(dc, 0)]
        b = np.s_[dr:, max(dc, 0) : columns + min(dc, 0)]
        length = _CELL_M * np.hypot(dr, dc)
        slope = np.abs(height[a] - height[b]) / length
        effort = length * (cost[a] + cost[b]) / 2 * (1.0 + (_STEEP * slope) ** 2)
        sources += [number[a].ravel(), number[b].ravel()]
        targets += [number[b].ravel(), number[a].ravel()]
        efforts += [effort.ravel(), effort.ravel()]
    shape = (rows * columns, rows * columns)
    index = (np.concatenate(sources), np.concatenate(targets))
    return coo_array((np.concatenate(efforts), index), shape=shape).tocsr(), columns


def _rounded(xy: Doubles) -> Doubles:
    """Return a way with its corners cut (Chaikin, 1974) and needless points left out."""
    xy = thinned(xy, _CELL_M * 0.6)
    for _ in range(2):
        quarter = xy[:-1] * 0.75 + xy[1:] * 0.25
        three = xy[:-1] * 0.25 + xy[1:] * 0.75
        xy = np.vstack([xy[:1], np.stack([quarter, three], axis=1).reshape(-1, 2), xy[-1:]])
    return thinned(xy, 2.0)
