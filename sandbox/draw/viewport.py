"""From metres on the ground to pixels on the canvas, and back."""

import math
from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.app.questions import LonLat
from sandbox.app.state import STEEPEST_TILT_DEG, View
from sandbox.geo.crs import to_lonlat, to_metric

# A table that is tilted less is as good as flat: it is made so instead.
LEAST_TILT_DEG: Final = 15.0


@dataclass(frozen=True, slots=True)
class Viewport:
    """A window of logical pixels on the metric ground; x to the right, y downward.

    Attributes
    ----------
    crs
        Metric system of the ground.
    center_xy
        Metres under the middle of the window, on a whole device pixel.
    m_per_px
        Metres per logical pixel.
    width_px, height_px
        Logical size.
    dpr
        Device pixels per logical pixel.
    """

    crs: str
    center_xy: tuple[float, float]
    m_per_px: float
    width_px: float
    height_px: float
    dpr: float

    @staticmethod
    def of(view: View, crs: str, size_px: tuple[float, float], dpr: float) -> "Viewport":
        """Return the viewport of a view; its centre is moved to a whole device pixel.

        So tiles are copied, never resampled, while the map is panned.
        """
        x, y = to_metric(view.center_lonlat, crs)
        step_m = view.m_per_px / dpr
        # The corner, not the centre, must fall on the pixel grid: sizes may be odd.
        left = round((x - size_px[0] * view.m_per_px / 2) / step_m)
        top = round((y + size_px[1] * view.m_per_px / 2) / step_m)
        center = (
            left * step_m + size_px[0] * view.m_per_px / 2,
            top * step_m - size_px[1] * view.m_per_px / 2,
        )
        return Viewport(crs, center, view.m_per_px, size_px[0], size_px[1], dpr)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in metres."""
        x, y = self.center_xy
        half_w, half_h = self.width_px * self.m_per_px / 2, self.height_px * self.m_per_px / 2
        return x - half_w, y - half_h, x + half_w, y + half_h

    @property
    def slant(self) -> Hashable:
        """What the ground is seen from, apart from straight above: None for the flat map."""
        return None

    @property
    def bearing_deg(self) -> float:
        """The compass direction that is up."""
        return 0.0

    def hidden(self, xy: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Return which points on the ground, shape ``(n, 2)``, are hidden behind something."""
        return np.zeros(len(xy), dtype=np.bool_)

    def px(self, xy: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Return logical pixels of metric points, shape ``(..., 2)``."""
        west, _, _, north = self.bounds
        points = np.asarray(xy, dtype=np.float64)
        scaled = (points - (west, north)) / self.m_per_px
        scaled[..., 1] *= -1.0
        return scaled

    def xy(self, px: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Return metric points of logical pixels, shape ``(..., 2)``."""
        west, _, _, north = self.bounds
        points = np.asarray(px, dtype=np.float64) * (self.m_per_px, -self.m_per_px)
        return points + np.array((west, north))

    def px_of_lonlat(self, lonlat: LonLat) -> tuple[float, float]:
        """Return the logical pixel of a WGS 84 position."""
        x, y = self.px(to_metric(lonlat, self.crs))
        return float(x), float(y)

    def lonlat_at(self, px: tuple[float, float]) -> LonLat:
        """Return the WGS 84 position under a logical pixel."""
        lon, lat = to_lonlat(self.xy(px), self.crs)
        return float(lon), float(lat)

    def grown(self, margin_px: float) -> "Viewport":
        """Return the same view with more canvas on every side."""
        return Viewport(
            self.crs,
            self.center_xy,
            self.m_per_px,
            self.width_px + 2 * margin_px,
            self.height_px + 2 * margin_px,
            self.dpr,
        )


def moved(view: View, crs: str, by_px: tuple[float, float]) -> View:
    """Return the view after the ground was pulled by some logical pixels.

    Tilted, it is the ground in the middle of the map that follows.
    """
    return _shifted(view, crs, _ground_of(view, (-by_px[0], -by_px[1])))


def zoomed(
    view: View, crs: str, factor: float, about_px: tuple[float, float], size_px: tuple[float, float]
) -> View:
    """Return the view magnified by `factor`; the ground under `about_px` stays where it is.

    Tilted, that holds for the middle of the map, and nearly about it.
    """
    off = about_px[0] - size_px[0] / 2, about_px[1] - size_px[1] / 2
    nearer = replace(view, m_per_px=view.m_per_px / factor)
    before, after = _ground_of(view, off), _ground_of(nearer, off)
    return _shifted(nearer, crs, (before[0] - after[0], before[1] - after[1]))


def turned(view: View, by_deg: float, tilt_by_deg: float) -> View:
    """Return a tilted view turned about its middle, and tilted farther; a flat one stays."""
    if view.tilt_deg <= 0.0:
        return view
    tilt = min(max(view.tilt_deg + tilt_by_deg, LEAST_TILT_DEG), STEEPEST_TILT_DEG)
    return replace(view, bearing_deg=(view.bearing_deg + by_deg) % 360.0, tilt_deg=tilt)


def _ground_of(view: View, by_px: tuple[float, float]) -> tuple[float, float]:
    """Return the metres, east and north, that some pixels are on the ground."""
    turn = math.radians(view.bearing_deg)
    right = by_px[0] * view.m_per_px
    ahead = -by_px[1] * view.m_per_px / math.cos(math.radians(view.tilt_deg))
    return (
        right * math.cos(turn) + ahead * math.sin(turn),
        ahead * math.cos(turn) - right * math.sin(turn),
    )


def _shifted(view: View, crs: str, by_m: tuple[float, float]) -> View:
    x, y = to_metric(view.center_lonlat, crs)
    lon, lat = to_lonlat((x + by_m[0], y + by_m[1]), crs)
    return replace(view, center_lonlat=(float(lon), float(lat)))
