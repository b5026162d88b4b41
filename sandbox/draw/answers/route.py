"""The way to a selected place: along streets or lines, dots where one walks beside or between."""

from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from sandbox.app.answers.journey import shown
from sandbox.app.questions import JourneyAnswer
from sandbox.app.state import MapState
from sandbox.draw.theme import Theme
from sandbox.draw.viewport import Viewport
from sandbox.geo.crs import to_metric

_LINE_PX: Final = 4.2
_HALO_PX: Final = 2.6
_END_PX: Final = 5.0
_CHANGE_PX: Final = 3.4


def paint_way(painter: QPainter, state: MapState, viewport: Viewport, look: Theme) -> None:
    """Paint the way that the map's question and selection ask for, once it is there."""
    found = shown(state)
    lines = [] if found is None else _lines(found, viewport)
    if found is None or not lines:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for name, wider in (("halo", 2 * _HALO_PX), ("accent", 0.0)):
        for whole, line in lines:
            pen = QPen(QColor(look.colour(name)), _LINE_PX + wider)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            if not whole:
                pen.setWidthF(_LINE_PX - 1.0 + wider)
                pen.setDashPattern([0.01, 6.0 / pen.widthF()])
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF(line))
    painter.setPen(QPen(QColor(look.colour("accent")), 2.4))
    painter.setBrush(QColor(look.colour("halo")))
    for (_, before), (_, after) in pairwise(lines):
        if found.itinerary is not None and before and after:
            painter.drawEllipse(after[0], _CHANGE_PX, _CHANGE_PX)
    end = lines[0 if found.question.travel.towards else -1][1]
    painter.drawEllipse(end[0 if found.question.travel.towards else -1], _END_PX, _END_PX)
    painter.restore()


def _lines(found: JourneyAnswer, viewport: Viewport) -> list[tuple[bool, list[QPointF]]]:
    """Return the lines of a way in order, whole where one rides or goes along streets."""
    if found.itinerary is not None:
        legs = [leg for leg in found.itinerary.legs if leg.kind != "wait"]
        return [(leg.kind == "ride", _px(viewport, np.array(leg.line_lonlat))) for leg in legs]
    if found.route is None:
        return []
    lines = [(step.kind == "way", _px(viewport, step.line_lonlat)) for step in found.route.steps]
    if not lines:
        # The origin and the destination are the same place.
        return []
    # Streets follow one another without a gap, so they are one line.
    along = [point for whole, line in lines if whole for point in line]
    return [lines[0], *([(True, along)] if along else []), lines[-1]]


def _px(viewport: Viewport, lonlat: npt.NDArray[np.float64]) -> list[QPointF]:
    return [QPointF(x, y) for x, y in viewport.px(to_metric(lonlat, viewport.crs))]
