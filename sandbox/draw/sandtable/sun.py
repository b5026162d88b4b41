"""Where the table's light comes from: the usual lamp of maps, or the sun at an hour."""

import math
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from sandbox.app.questions import LonLat
from sandbox.app.state import MapState
from sandbox.geo.shifted import in_china

Rgb = tuple[float, float, float]

# Light through the day, by the sun's height in degrees: how bright and in which colour the
# ground is, and which share of windows is lit. Between them it changes evenly.
_BY_HEIGHT: Final[tuple[tuple[float, Rgb, float], ...]] = (
    (-12.0, (0.66, 0.76, 0.98), 0.55),
    (-4.0, (0.78, 0.80, 0.96), 0.50),
    (3.0, (1.22, 0.98, 0.80), 0.30),
    (14.0, (1.34, 1.20, 1.02), 0.10),
    (40.0, (1.42, 1.38, 1.30), 0.03),
)
_BEIJING_H: Final = 8.0
_J2000: Final = date(2000, 1, 1)
# The day that hours are of: neither the longest nor the shortest, and sundials agree with
# clocks, so that noon is late by the longitude alone (12:54 in the Science City).
DAY: Final = date(2026, 9, 1)
# Lower than this shadows would be longer than the table.
_LOWEST_DEG: Final = 7.0


@dataclass(frozen=True, slots=True)
class Sun:
    """The light on a table.

    Attributes
    ----------
    azimuth_deg, height_deg
        Where it stands, clockwise from north, and above the horizon.
    direct
        0-1: how much of the light comes from there alone; shadows are that deep.
    tint
        What red, green and blue of the ground are multiplied by.
    lit
        The share of windows that are lit; None leaves it to the theme.
    """

    azimuth_deg: float
    height_deg: float
    direct: float = 1.0
    tint: Rgb = (1.0, 1.0, 1.0)
    lit: float | None = None

    @property
    def towards(self) -> tuple[float, float]:
        """Direction towards it on the ground: east and north, of length 1."""
        turn = math.radians(self.azimuth_deg)
        return math.sin(turn), math.cos(turn)

    @property
    def rise(self) -> float:
        """Tangent of its height."""
        return math.tan(math.radians(self.height_deg))


# Shaded maps have their light in the north-west; rather low, so that ridges show.
LAMP: Final = Sun(315.0, 24.0)


def sun_of(state: MapState) -> Sun:
    """Return the light on a state's table."""
    hour = state.gesture.hour
    if hour is None:
        return LAMP
    lon, lat = state.document.view.center_lonlat
    # By whole degrees, so that it stays as it is while the map is moved.
    return sun_at(hour, (round(lon), round(lat)))


def sun_at(hour: float, lonlat: LonLat, day: date = DAY) -> Sun:
    """Return the light at an hour of a day.

    Parameters
    ----------
    hour
        By the clock: Beijing time in China, elsewhere the time of the nearest zone.
    lonlat
        Where.
    day
        Declination and equation of time are its.
    """
    height_deg, azimuth_deg = solar_position(hour - zone_h(lonlat), lonlat, day)
    tint, lit = _light(height_deg)
    direct = min(1.0, max(0.0, (height_deg + 2.0) / 8.0))
    return Sun(azimuth_deg, max(height_deg, _LOWEST_DEG), direct, tint, lit)


def zone_h(lonlat: LonLat) -> float:
    """Return by how many hours a place's clocks are before UTC: all of China has one time."""
    if bool(in_china(np.array([lonlat]))[0]):
        return _BEIJING_H
    return float(round(lonlat[0] / 15.0))


def solar_position(utc_hour: float, lonlat: LonLat, day: date) -> tuple[float, float]:
    """Return the sun's height above the horizon and its azimuth from north, in degrees.

    Without refraction.

    Notes
    -----
    US Naval Observatory, Approximate Solar Coordinates: good to a minute of arc within two
    centuries of 2000. The equation of time is mean longitude less right ascension.
    """
    days = (day - _J2000).days + (utc_hour - 12.0) / 24.0
    anomaly = math.radians((357.529 + 0.98560028 * days) % 360.0)
    mean_deg = (280.459 + 0.98564736 * days) % 360.0
    aside_deg = 1.915 * math.sin(anomaly) + 0.020 * math.sin(2.0 * anomaly)
    ecliptic = math.radians(mean_deg + aside_deg)
    tilt = math.radians(23.439 - 0.00000036 * days)
    ascension = math.atan2(math.cos(tilt) * math.sin(ecliptic), math.cos(ecliptic))
    declination = math.asin(math.sin(tilt) * math.sin(ecliptic))
    ahead_deg = (mean_deg - math.degrees(ascension) + 180.0) % 360.0 - 180.0
    turn = math.radians(15.0 * (utc_hour - 12.0) + lonlat[0] + ahead_deg)
    lat = math.radians(lonlat[1])
    up = math.sin(lat) * math.sin(declination)
    up += math.cos(lat) * math.cos(declination) * math.cos(turn)
    east = -math.cos(declination) * math.sin(turn)
    north = math.cos(lat) * math.sin(declination)
    north -= math.sin(lat) * math.cos(declination) * math.cos(turn)
    height_deg = math.degrees(math.asin(min(1.0, max(-1.0, up))))
    return height_deg, math.degrees(math.atan2(east, north)) % 360.0


def _light(height_deg: float) -> tuple[Rgb, float]:
    below = _BY_HEIGHT[0]
    for above in _BY_HEIGHT:
        if height_deg <= above[0]:
            wide = above[0] - below[0]
            share = (height_deg - below[0]) / wide if wide > 0.0 else 1.0
            red, green, blue = (
                one + (other - one) * max(share, 0.0)
                for one, other in zip(below[1], above[1], strict=True)
            )
            return (red, green, blue), below[2] + (above[2] - below[2]) * max(share, 0.0)
        below = above
    return below[1], below[2]
