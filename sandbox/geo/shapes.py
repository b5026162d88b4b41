"""Shapes between the metric system of a map and WGS 84, and their true size."""

from typing import Any

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from sandbox.geo import crs as geo

_SQUARE_M = 1000.0
_HALF_ROUND = 180.0
_ROUND = np.array([360.0, 0.0])


def to_lonlat(shape_xy: BaseGeometry, crs: str) -> BaseGeometry:
    """Return a shape in metres of `crs` as a WGS 84 shape, cut where it crosses 180 degrees."""
    return cut_at_180(shapely.transform(shape_xy, lambda xy: geo.to_lonlat(xy, crs)))


def cut_at_180(shape_lonlat: BaseGeometry) -> BaseGeometry:
    """Return a WGS 84 shape in pieces that don't cross the antimeridian (RFC 7946, 3.1.9).

    A shape that spans more than 180 degrees is taken to cross it: as its coordinates are
    written it would run round the rest of the world. All others, and points, stay as they are.
    """
    west, _, east, _ = shapely.bounds(shape_lonlat)
    dimension = shapely.get_dimensions(shape_lonlat)
    if not east - west > _HALF_ROUND or dimension < 1:
        return shape_lonlat
    round_180 = shapely.transform(
        shape_lonlat, lambda lonlat: np.where(lonlat < (0.0, -np.inf), lonlat + _ROUND, lonlat)
    )
    if not shapely.is_valid(round_180):
        round_180 = shapely.make_valid(round_180)
    west_of_it = shapely.intersection(round_180, shapely.box(0.0, -90.0, _HALF_ROUND, 90.0))
    east_of_it = shapely.intersection(
        round_180, shapely.box(_HALF_ROUND, -90.0, 2.0 * _HALF_ROUND, 90.0)
    )
    east_of_it = shapely.transform(east_of_it, lambda lonlat: lonlat - _ROUND)
    parts = shapely.get_parts(shapely.get_parts([west_of_it, east_of_it]))
    # A shape that only touches the line leaves a point or a line there.
    kept = parts[shapely.get_dimensions(parts) == dimension]
    whole: Any = shapely.multipolygons(kept) if dimension == 2 else shapely.multilinestrings(kept)
    return whole


def to_metric(shape_lonlat: BaseGeometry, crs: str) -> BaseGeometry:
    """Return a WGS 84 shape in metres of `crs`."""
    return shapely.transform(shape_lonlat, lambda lonlat: geo.to_metric(lonlat, crs))


def dense_lines(lines: Any, step_m: float) -> Any:
    """Return lines with corners at most so far apart; those without a length stay as they are.

    Parameters
    ----------
    lines
        An array of lines, one by one or several together.
    step_m
        In their own unit.
    """
    made = np.array(lines, dtype=object)
    parts, of = shapely.get_parts(made, return_index=True)
    # GEOS refuses these, as of a street that was cut at a barrier.
    dots = np.unique(of[shapely.length(parts) == 0])
    usual = np.setdiff1d(np.arange(len(made)), dots)
    made[usual] = shapely.segmentize(made[usual], step_m)
    for number in dots.tolist():
        drawn = parts[of == number]
        long = shapely.length(drawn) > 0
        drawn[long] = shapely.segmentize(drawn[long], step_m)
        made[number] = shapely.geometrycollections(drawn)
    return made


def prepared_copy(shape: BaseGeometry) -> BaseGeometry:
    """Return a copy of a shape that is quick to ask of many, for the thread that asks.

    GEOS builds the index of a prepared geometry when it is first asked, and two threads that
    ask the same one at once crash (libgeos/geos, issue 825). So what others may hold is copied.
    """
    mine: Any = shapely.from_wkb(shapely.to_wkb(shape))
    shapely.prepare(mine)
    return mine


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
