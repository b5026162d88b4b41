"""Trains as points of light on their lines, a minute of theirs a second."""

import math
from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QRadialGradient

from sandbox.draw.viewport import Viewport
from sandbox.geo.crs import to_metric
from sandbox.transit.lines import Line
from sandbox.ui.kiosk.lettering import ink

Doubles = npt.NDArray[np.float64]

_MINUTES_A_SECOND: Final = 1.0
_GLOW_PX, _POINT_PX = 13.0, 3.2


class Trains:
    """The trains of lines without a timetable, at their headways.

    Parameters
    ----------
    lines
        What runs.
    crs
        Metric system of the map.
    """

    def __init__(self, lines: Iterable[Line], crs: str) -> None:
        self._runs = [made for line in lines for made in _runs_of(line, crs)]

    def places(self, elapsed_s: float) -> Doubles:
        """Return where trains are, metres, shape ``(n, 2)``, so long after some moment."""
        now = elapsed_s * _MINUTES_A_SECOND
        found = [np.empty((0, 2))]
        for course, minutes, along_m, headway in self._runs:
            at = np.arange(now % headway, minutes[-1], headway)
            spots = shapely.line_interpolate_point(course, np.interp(at, minutes, along_m))
            found.append(shapely.get_coordinates(spots))
        return np.concatenate(found)


def paint_trains(painter: QPainter, places: Doubles, viewport: Viewport) -> None:
    """Paint each as a small light with a glow."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for x, y in viewport.px(places).tolist() if len(places) else ():
        if not (0.0 <= x <= viewport.width_px and 0.0 <= y <= viewport.height_px):
            continue
        at = QPointF(x, y)
        glow = QRadialGradient(at, _GLOW_PX)
        glow.setColorAt(0.0, ink("accent", 0.6))
        glow.setColorAt(1.0, ink("accent", 0.0))
        painter.setBrush(glow)
        painter.drawEllipse(at, _GLOW_PX, _GLOW_PX)
        painter.setBrush(ink("#FFF6DC"))
        painter.drawEllipse(at, _POINT_PX, _POINT_PX)
    painter.restore()


def _runs_of(line: Line, crs: str) -> list[tuple[shapely.LineString, Doubles, Doubles, float]]:
    """Return course, minutes and metres at its stops, and headway, for each way that it runs."""
    stops = to_metric(np.array([one.lonlat for one in line.stops]), crs)
    course = shapely.LineString(
        to_metric(np.array(line.course_lonlat), crs) if line.course_lonlat else stops
    )
    along_m = np.asarray(shapely.line_locate_point(course, shapely.points(stops)))
    if along_m[-1] < along_m[0]:
        course = shapely.reverse(course)
        along_m = shapely.length(course) - along_m
    along_m = np.maximum.accumulate(along_m)
    told = np.array([math.nan if one.minutes is None else one.minutes for one in line.stops[1:]])
    ridden = np.diff(along_m) / (line.speed_kmh / 3.6) / 60.0
    steps = np.where(np.isnan(told), ridden, told) + line.dwell_s / 60.0
    minutes = np.concatenate([[0.0], np.cumsum(steps)])
    headway = min(one.headway_s for one in line.periods) / 60.0
    made = [(course, minutes, along_m, headway)]
    if line.both_ways:
        back_m = shapely.length(course) - along_m[::-1]
        made.append((shapely.reverse(course), minutes[-1] - minutes[::-1], back_m, headway))
    return made
