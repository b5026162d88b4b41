"""Coordinates of Chinese map services: GCJ-02 and BD-09, to WGS 84 and back.

Map services in China publish positions that were moved on purpose by some hundred metres:
GCJ-02 (Amap, Tencent) from WGS 84, BD-09 (Baidu) once more from GCJ-02. Neither has an official
description; the formulas are those that the field has used since 2010, with the ellipsoid of
Krasovsky (a = 6,378,245 m). Outside China nothing is moved.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]

# West, south, east, north, as the services draw it.
CHINA: Final = (72.004, 0.8293, 137.8347, 55.8271)
_AXIS_M: Final = 6_378_245.0
_ECCENTRICITY2: Final = 0.00669342162296594323
_BAIDU: Final = np.pi * 3000.0 / 180.0
# Each step of the inverse leaves a two-hundredth of the fault or less: five leave nothing that
# a double holds of a position.
_STEPS: Final = 7


def to_gcj02(lonlat: npt.ArrayLike) -> Doubles:
    """Return WGS 84 longitudes and latitudes, shape ``(n, 2)``, as GCJ-02 has them."""
    at = np.asarray(lonlat, dtype=np.float64)
    return at + np.where(in_china(at)[..., np.newaxis], _offset(at), 0.0)


def from_gcj02(lonlat: npt.ArrayLike) -> Doubles:
    """Return GCJ-02 longitudes and latitudes in WGS 84, to less than a micrometre."""
    return _inverse(to_gcj02, lonlat)


def to_bd09(lonlat: npt.ArrayLike) -> Doubles:
    """Return WGS 84 longitudes and latitudes as BD-09 has them."""
    at = np.asarray(lonlat, dtype=np.float64)
    return np.where(in_china(at)[..., np.newaxis], _baidu(to_gcj02(at)), at)


def from_bd09(lonlat: npt.ArrayLike) -> Doubles:
    """Return BD-09 longitudes and latitudes in WGS 84, to less than a micrometre."""
    return _inverse(to_bd09, lonlat)


def _inverse(forward: Callable[[Doubles], Doubles], lonlat: npt.ArrayLike) -> Doubles:
    there = np.asarray(lonlat, dtype=np.float64)
    # What is looked for lies within China if what is given does: the edge is far out at sea.
    inside = in_china(there)[..., np.newaxis]
    found = there
    for _ in range(_STEPS):
        found = np.where(inside, found - (forward(found) - there), there)
    return found


def in_china(at: Doubles) -> npt.NDArray[np.bool_]:
    """Return which longitudes and latitudes the services shift, shape ``(…, 2)``."""
    west, south, east, north = CHINA
    with np.errstate(invalid="ignore"):
        lon, lat = at[..., 0], at[..., 1]
        return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)


def _offset(at: Doubles) -> Doubles:
    x, y = at[..., 0] - 105.0, at[..., 1] - 35.0
    root = 0.1 * np.sqrt(np.abs(x))
    waves = 20.0 * np.sin(6.0 * np.pi * x) + 20.0 * np.sin(2.0 * np.pi * x)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 2.0 * root
    north += (waves + 20.0 * np.sin(np.pi * y) + 40.0 * np.sin(np.pi * y / 3.0)) * 2.0 / 3.0
    north += (160.0 * np.sin(np.pi * y / 12.0) + 320.0 * np.sin(np.pi * y / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + root
    east += (waves + 20.0 * np.sin(np.pi * x) + 40.0 * np.sin(np.pi * x / 3.0)) * 2.0 / 3.0
    east += (150.0 * np.sin(np.pi * x / 12.0) + 300.0 * np.sin(np.pi * x / 30.0)) * 2.0 / 3.0
    latitude = np.radians(at[..., 1])
    bent = 1.0 - _ECCENTRICITY2 * np.sin(latitude) ** 2
    metres_north = _AXIS_M * (1.0 - _ECCENTRICITY2) / (bent * np.sqrt(bent))
    metres_east = _AXIS_M / np.sqrt(bent) * np.cos(latitude)
    return np.degrees(np.stack([east / metres_east, north / metres_north], axis=-1))


def _baidu(gcj02: Doubles) -> Doubles:
    lon, lat = gcj02[..., 0], gcj02[..., 1]
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BAIDU)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BAIDU)
    return np.stack([radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006], axis=-1)
