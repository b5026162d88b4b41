"""What the generator is given: roads, tunnels, built-up ground, water, parks and heights."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from sandbox.streets.streets import StreetClass


class Pattern(StrEnum):
    """How streets lie in a piece of built-up ground."""

    ORGANIC = "organic"
    GRID = "grid"
    CAMPUS = "campus"
    PLAZA = "plaza"
    INDUSTRY = "industry"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True, eq=False)
class Road:
    """A main road by its course, in metres."""

    name: str
    street_class: StreetClass
    course: LineString


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """A piece of built-up ground, in metres."""

    pattern: Pattern
    shape: Polygon


@dataclass(frozen=True, slots=True, eq=False)
class Heights:
    """Heights of the ground on a WGS 84 grid.

    Attributes
    ----------
    values
        Metres above the sea, shape ``(rows, columns)``, north first.
    bounds_lonlat
        West, south, east, north of the outer cell edges.
    """

    values: npt.NDArray[np.float32]
    bounds_lonlat: tuple[float, float, float, float]

    def at(self, lonlat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return heights at places of shape ``(n, 2)``, between cells by their distance.

        Beyond the grid the height of its edge holds.
        """
        west, south, east, north = self.bounds_lonlat
        rows, columns = self.values.shape
        column = (lonlat[:, 0] - west) / (east - west) * columns - 0.5
        row = (north - lonlat[:, 1]) / (north - south) * rows - 0.5
        column = np.clip(column, 0.0, columns - 1.000001)
        row = np.clip(row, 0.0, rows - 1.000001)
        c, r = column.astype(np.int64), row.astype(np.int64)
        fc, fr = column - c, row - r
        z = self.values.astype(np.float64)
        return (z[r, c] * (1 - fc) + z[r, c + 1] * fc) * (1 - fr) + (
            z[r + 1, c] * (1 - fc) + z[r + 1, c + 1] * fc
        ) * fr


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """All that streets are made from, in metres of `crs` but for the heights.

    Attributes
    ----------
    crs
        Metric system of every shape.
    roads
        Main roads; each meets the others where they cross, expressways nothing.
    tunnels
        Stretches of the roads that run below ground.
    areas
        Built-up ground; areas don't overlap.
    water
        Lakes and rivers.
    parks
        Parks that people walk in.
    heights
        Heights of the ground, or None for flat ground.
    places
        Stations, laboratories and other places that a road leads to, wherever they stand.
    """

    crs: str
    roads: tuple[Road, ...]
    tunnels: tuple[LineString, ...]
    areas: tuple[Area, ...]
    water: tuple[Polygon, ...]
    parks: tuple[Polygon, ...]
    heights: Heights | None
    places: tuple[Point, ...] = ()

    def surface_roads(self) -> Iterator[tuple[LineString, StreetClass, str]]:
        """Yield the stretches of main roads that lie above ground, with class and name."""
        for road in self.roads:
            above: BaseGeometry = road.course
            for tunnel in self.tunnels:
                above = above.difference(tunnel.buffer(4.0, cap_style="flat"))
            for part in shapely.get_parts(above):
                if part.length > 1.0:
                    yield part, road.street_class, road.name
