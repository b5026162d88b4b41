"""The way to a selected place: a line along streets, dots where one walks beside them."""

from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from sandbox.app.journey import shown
from sandbox.app.state import MapState
from sandbox.draw.theme import Theme
from sandbox.draw.viewport import Viewport
from sandbox.geo.crs import to_metric

_LINE_PX: Final = 4.2
_HALO_PX: Final = 2.6
_END_PX: Final = 5.0


def paint_way(painter: QPainter, state: MapState, viewport: Viewport, look: Theme) -> None:
    """Paint the way that the map's question and selection ask for, once it is there."""
    found = shown(state)
    if found is None or found.route is None:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    lines = [(step.kind, _px(viewport, step.line_lonlat)) for step in found.route.steps]
    # Streets follow one another without a gap, so they are one line.
    along = [point for kind, line in lines if kind == "way" for point in line]
    for name, wider in (("halo", 2 * _HALO_PX), ("accent", 0.0)):
        pen = QPen(QColor(look.colour(name)), _LINE_PX + wider)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(along))
        dots = QPen(pen)
        dots.setWidthF(_LINE_PX - 1.0 + wider)
        dots.setDashPattern([0.01, 6.0 / dots.widthF()])
        painter.setPen(dots)
        for kind, line in lines:
            if kind != "way":
                painter.drawPolyline(QPolygonF(line))
    end = lines[0 if found.question.towards else -1][1]
    painter.setPen(QPen(QColor(look.colour("accent")), 2.4))
    painter.setBrush(QColor(look.colour("halo")))
    painter.drawEllipse(end[0 if found.question.towards else -1], _END_PX, _END_PX)
    painter.restore()


def _px(viewport: Viewport, lonlat: npt.NDArray[np.float64]) -> list[QPointF]:
    return [QPointF(x, y) for x, y in viewport.px(to_metric(lonlat, viewport.crs))]
