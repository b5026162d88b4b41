"""Where the table's light comes from: the usual lamp of maps, or the sun at an hour."""

import math
from dataclasses import dataclass
from typing import Final

from sandbox.app.state import MapState

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
    return LAMP if hour is None else sun_at(hour, round(state.document.view.center_lonlat[1]))


def sun_at(hour: float, lat_deg: float) -> Sun:
    """Return the light at an hour of a day in March or September.

    Parameters
    ----------
    hour
        By the sun: it stands highest at 12.
    lat_deg
        Latitude.

    Notes
    -----
    At an equinox the sun's declination is 0 (J. Meeus, Astronomical Algorithms, chapter 13).
    """
    turn, lat = math.radians(15.0 * (hour - 12.0)), math.radians(lat_deg)
    east, north = -math.sin(turn), -math.sin(lat) * math.cos(turn)
    height_deg = math.degrees(math.asin(math.cos(lat) * math.cos(turn)))
    azimuth_deg = math.degrees(math.atan2(east, north)) % 360.0
    tint, lit = _light(height_deg)
    direct = min(1.0, max(0.0, (height_deg + 2.0) / 8.0))
    return Sun(azimuth_deg, max(height_deg, _LOWEST_DEG), direct, tint, lit)


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
