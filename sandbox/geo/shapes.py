"""Shapes between the metric system of a map and WGS 84, and their true size."""

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from sandbox.geo import crs as geo

_SQUARE_M = 1000.0


def to_lonlat(shape_xy: BaseGeometry, crs: str) -> BaseGeometry:
    """Return a shape in metres of `crs` as a WGS 84 shape."""
    return shapely.transform(shape_xy, lambda xy: geo.to_lonlat(xy, crs))


def to_metric(shape_lonlat: BaseGeometry, crs: str) -> BaseGeometry:
    """Return a WGS 84 shape in metres of `crs`."""
    return shapely.transform(shape_lonlat, lambda lonlat: geo.to_metric(lonlat, crs))


def areal_scale(xy: tuple[float, float], crs: str) -> float:
    """Return the true area on the ground of one square metre of the map at a place.

    A map's metres differ from the ground's by up to 0.1 % along either axis of a UTM
    zone; over a city the difference is the same everywhere. Taken from a square of a
    kilometre round the place.
    """
    half = _SQUARE_M / 2.0
    corners = np.array([(-half, -half), (half, -half), (half, half), (-half, half)])
    square = Polygon(geo.to_lonlat(corners + np.asarray(xy), crs))
    return geo.area_km2(square) * 1e6 / _SQUARE_M**2
