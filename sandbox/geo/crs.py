"""Coordinate reference systems; the only place that imports pyproj."""

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from pyproj import CRS, Geod, Transformer
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry

WGS84: Final = "EPSG:4326"
_GEOD: Final = Geod(ellps="WGS84")


def metric_crs(lonlat: tuple[float, float]) -> str:
    """Return the UTM zone of a place as ``"EPSG:326xx"`` (north) or ``"EPSG:327xx"`` (south).

    One zone serves a whole map: it is chosen once, from the middle of the
    network, so that nothing jumps where zones meet.
    """
    lon, lat = lonlat
    zone = int((lon + 180.0) // 6.0) % 60 + 1
    return f"EPSG:{(32600 if lat >= 0 else 32700) + zone}"


@cache
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def transform(points: npt.ArrayLike, source: str, target: str) -> npt.NDArray[np.float64]:
    """Return points of shape ``(n, 2)`` (or one of shape ``(2,)``) in another system."""
    array = np.asarray(points, dtype=np.float64)
    x, y = _transformer(source, target).transform(array[..., 0], array[..., 1])
    return np.stack([x, y], axis=-1)


def to_metric(lonlat: npt.ArrayLike, crs: str) -> npt.NDArray[np.float64]:
    """Return WGS 84 longitudes and latitudes as metres in `crs`, same shape."""
    return transform(lonlat, WGS84, crs)


def to_lonlat(xy: npt.ArrayLike, crs: str) -> npt.NDArray[np.float64]:
    """Return metres in `crs` as WGS 84 longitudes and latitudes, same shape."""
    return transform(xy, crs, WGS84)


def registered(crs: str) -> tuple[int, tuple[float, float, float, float] | None]:
    """Return a system's EPSG code (0 where it has none), and its region in degrees if known."""
    code = CRS.from_user_input(crs).to_epsg() or 0
    area = CRS.from_epsg(code).area_of_use if code else None
    return code, area.bounds if area else None


def is_metric(crs: str) -> bool:
    """Return whether a text names a system on a plane, measured in metres east and north."""
    try:
        known = CRS.from_user_input(crs)
    except CRSError:
        return False
    return known.is_projected and all(axis.unit_name == "metre" for axis in known.axis_info)


def is_in_degrees(crs: str) -> bool:
    """Return whether a system's coordinates are longitudes and latitudes."""
    return CRS.from_user_input(crs).is_geographic


def is_known(crs: str) -> bool:
    """Return whether a text names a system with places on the ground, on a plane or in degrees."""
    try:
        known = CRS.from_user_input(crs)
    except CRSError:
        return False
    return known.is_projected or known.is_geographic


def crs_name(crs: str) -> str:
    """Return the name people know a system by, as ``"WGS 84 / UTM zone 48N"``."""
    return CRS.from_user_input(crs).name


def length_m(lonlat_from: npt.ArrayLike, lonlat_to: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return the geodesic lengths in metres between pairs of WGS 84 points, shape ``(n,)``."""
    a = np.atleast_2d(np.asarray(lonlat_from, dtype=np.float64))
    b = np.atleast_2d(np.asarray(lonlat_to, dtype=np.float64))
    return np.asarray(_GEOD.inv(a[:, 0], a[:, 1], b[:, 0], b[:, 1])[2], dtype=np.float64)


def area_km2(shape_lonlat: BaseGeometry) -> float:
    """Return the geodesic area of a WGS 84 polygon or multipolygon, in square kilometres."""
    return abs(_GEOD.geometry_area_perimeter(shape_lonlat)[0]) / 1e6
