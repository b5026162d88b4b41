"""Travel times over the ground as a page carries them: one byte a point of a grid.

The page draws the contour of any cutoff between these points. Whether a point lies within
a whole number of minutes is told exactly, so its contours stand where the program's do, to
one cell.
"""

import math
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sandbox.engine import surface
from sandbox.engine.search import Reached
from sandbox.geo.crs import to_lonlat
from sandbox.geo.shapes import areal_scale

Bytes = npt.NDArray[np.uint8]
Doubles = npt.NDArray[np.float64]

NEVER: Final = 255
# Steps end below 255, which is kept for ground that isn't reached.
_MOST_STEPS: Final = 250
_S_PER_MINUTE: Final = 60.0
# A telephone draws a contour of so many points within one tenth of a second.
MOST_POINTS: Final = 700_000
# Powers of u and v up to the third together: over a hundred kilometres the fit is within
# a metre of the projection.
POWERS: Final = tuple((i, j) for i in range(4) for j in range(4 - i))
_FITTED: Final = 16
# Web mercator's world at zoom 0 is so many pixels wide.
_WORLD_PX: Final = 256.0


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Where the points of a page's fields lie, the same for all that are compared.

    Attributes
    ----------
    points
        The grid itself.
    crs
        Its metric system.
    steps_per_minute
        How many steps of a byte are a minute.
    """

    points: surface.Grid
    crs: str
    steps_per_minute: int

    @property
    def cell_km2(self) -> float:
        """Return the true ground of one cell in the middle of the grid."""
        west, south, east, north = self.points.bounds
        scale = areal_scale(((west + east) / 2, (south + north) / 2), self.crs)
        return self.points.cell_m**2 * scale / 1e6

    def told(self) -> dict[str, Any]:
        """Return the grid as the page's script takes it."""
        return {
            "rows": self.points.rows,
            "columns": self.points.columns,
            "perMinute": self.steps_per_minute,
            "cellKm2": self.cell_km2,
            "cellM": self.points.cell_m,
            "powers": POWERS,
            "x": mercator_fit(self)[0].tolist(),
            "y": mercator_fit(self)[1].tolist(),
        }


def steps_per_minute(most_min: float) -> int:
    """Return how finely a byte can tell times up to a cutoff."""
    return max(1, int(_MOST_STEPS // most_min))


def grid_for(
    found: list[Reached], most_min: float, reach_m: float, crs: str, most_points: int = MOST_POINTS
) -> Grid:
    """Return a grid over all that some searches reach within a cutoff.

    As fine as the program's own where a telephone can take that, else coarser.
    """
    cutoff = round(most_min * 60_000)
    extents = np.stack([surface.extents(one, [cutoff])[0] for one in found])
    extents = extents[extents[:, 0] <= extents[:, 2]]
    per_minute = steps_per_minute(most_min)
    if not len(extents):
        return Grid(surface.Grid(0.0, 0.0, reach_m, 0, 0), crs, per_minute)
    extent = np.concatenate([extents[:, :2].min(axis=0), extents[:, 2:].max(axis=0)])
    width_m, height_m = (extent[2:] - extent[:2] + 2 * reach_m).tolist()
    cell_m = surface.cell_for(reach_m, width_m, height_m)
    affordable_m = math.sqrt(width_m * height_m / most_points)
    cell_m *= max(1, math.ceil(affordable_m / cell_m))
    return Grid(surface.grid_over(extent, reach_m, cell_m), crs, per_minute)


def steps(reached: Reached, most_min: float, reach_m: float, grid: Grid) -> Bytes:
    """Return the time at each point of a grid in steps, `NEVER` beyond the cutoff.

    Shape ``(rows, columns)``, southernmost row first. Times are rounded up, so that a point
    is within a whole minute where it is within that of the steps.
    """
    points = grid.points
    if not points.rows:
        return np.empty((0, 0), dtype=np.uint8)
    cutoff = min(reached.cutoff_ms, round(most_min * 60_000))
    times = surface.ground_times(
        replace(reached, cutoff_ms=cutoff), reach_m, cell_m=points.cell_m, bounds=_inner(points)
    )
    with np.errstate(invalid="ignore"):
        counted = np.ceil(times.seconds * (grid.steps_per_minute / _S_PER_MINUTE) - 1e-3)
    far = ~(counted <= most_min * grid.steps_per_minute)
    made = np.where(far, NEVER, np.maximum(counted, 0)).astype(np.uint8)
    # Contours close within the grid.
    made[[0, -1]] = NEVER
    made[:, [0, -1]] = NEVER
    return made


def _inner(points: surface.Grid) -> tuple[float, float, float, float]:
    # `surface.grid_over` adds two cells each way, and rounds outwards: this gives the grid back.
    west, south, east, north = points.bounds
    edge = 2.5 * points.cell_m
    return west + edge, south + edge, east - edge, north - edge


def packed(values: Bytes) -> Bytes:
    """Return a field as differences from the point to the west, which deflate far smaller."""
    before = np.zeros_like(values)
    before[:, 1:] = values[:, :-1]
    return (values - before).astype(np.uint8)


def mercator_fit(grid: Grid) -> tuple[Doubles, Doubles]:
    """Return coefficients that lead from the grid to web mercator at zoom 0, by `POWERS`.

    Of ``u`` (column by columns) and ``v`` (row by rows), each 0 to 1.
    """
    if not grid.points.rows:
        return np.zeros(len(POWERS)), np.zeros(len(POWERS))
    share = np.linspace(0.0, 1.0, _FITTED)
    u, v = (axis.ravel() for axis in np.meshgrid(share, share))
    west, south, east, north = grid.points.bounds
    lonlat = to_lonlat(
        np.stack([west + u * (east - west), south + v * (north - south)], axis=1), grid.crs
    )
    x, y = mercator_px(lonlat)
    terms = np.stack([u**i * v**j for i, j in POWERS], axis=1)
    found = np.asarray(
        np.linalg.lstsq(terms, np.stack([x, y], axis=1), rcond=None)[0], dtype=np.float64
    )
    return found[:, 0], found[:, 1]


def mercator_px(lonlat: Doubles) -> tuple[Doubles, Doubles]:
    """Return longitudes and latitudes as pixels of web mercator at zoom 0."""
    latitude = np.radians(lonlat[:, 1])
    x = (lonlat[:, 0] + 180.0) / 360.0 * _WORLD_PX
    y = (0.5 - np.arcsinh(np.tan(latitude)) / (2.0 * np.pi)) * _WORLD_PX
    return np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
