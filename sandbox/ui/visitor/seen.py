"""The ground on which a place that was searched for is seen, or two of them."""

from dataclasses import replace
from typing import Final

import numpy as np

from sandbox.app.questions import LonLat
from sandbox.app.state import View
from sandbox.geo.crs import to_lonlat, to_metric
from sandbox.ui.kiosk.layout import Grid

# The ground on screen, as a multiple of the distance between two homes that are compared.
_BOTH: Final = 1.8


def view_of_both(now: View, one: LonLat, other: LonLat, grid: Grid, crs: str) -> View:
    """Return a view about two places, of as much ground as now or so that both are seen.

    Parameters
    ----------
    now
        Its scale, tilt and bearing stay where they can.
    one, other
        The places, WGS 84; the same where there is one.
    grid
        Where panels leave the ground free.
    crs
        Metric system of the ground.
    """
    ends = to_metric((one, other), crs)
    apart, middle = np.abs(ends[0] - ends[1]), to_lonlat(ends.mean(axis=0), crs)
    wide = max(grid.focus.width() * now.m_per_px, float(apart[0]) * _BOTH)
    high = max(grid.focus.height() * now.m_per_px, float(apart[1]) * _BOTH)
    view = grid.view((float(middle[0]), float(middle[1])), wide, high, crs)
    return replace(view, tilt_deg=now.tilt_deg, bearing_deg=now.bearing_deg)
