"""What is drawn to measure, and the mark of a position that was searched for."""

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from sandbox.app.state import POINT_SKETCHES, MapState
from sandbox.draw.lettering.fonts import font
from sandbox.draw.theme import Theme
from sandbox.draw.viewport import Viewport
from sandbox.geo.crs import to_metric

_LINE_PX: Final = 2.4
_POINT_PX: Final = 4.0
_RING_PX: Final = 9.0
_AREA_ALPHA: Final = 0.12


def paint_measured(painter: QPainter, state: MapState, viewport: Viewport, look: Theme) -> None:
    """Paint the line that is being measured, and the mark."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour, halo = QColor(look.colour("accent")), QColor(look.colour("halo"))
    gesture = state.gesture
    if gesture.sketch and gesture.sketch_kind in POINT_SKETCHES:
        points = _px(viewport, gesture.sketch)
        fill = QColor(colour)
        fill.setAlphaF(_AREA_ALPHA)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(QPolygonF(points))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, width in ((halo, _LINE_PX + 2.4), (colour, _LINE_PX)):
            painter.setPen(QPen(ink, width))
            painter.drawPolyline(QPolygonF(points))
        painter.setPen(QPen(colour, 1.6))
        painter.setBrush(halo)
        for point in points:
            painter.drawEllipse(point, _POINT_PX, _POINT_PX)
    if gesture.mark is not None:
        (at,) = _px(viewport, (gesture.mark,))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, width in ((halo, 5.0), (colour, 2.4)):
            painter.setPen(QPen(ink, width))
            painter.drawEllipse(at, _RING_PX, _RING_PX)
            painter.drawLine(at + QPointF(0, -_RING_PX - 6), at + QPointF(0, -_RING_PX + 4))
            painter.drawLine(at + QPointF(0, _RING_PX - 4), at + QPointF(0, _RING_PX + 6))
            painter.drawLine(at + QPointF(-_RING_PX - 6, 0), at + QPointF(-_RING_PX + 4, 0))
            painter.drawLine(at + QPointF(_RING_PX - 4, 0), at + QPointF(_RING_PX + 6, 0))
        painter.setFont(font(12))
        text = f"{gesture.mark[0]:.5f}, {gesture.mark[1]:.5f}"
        spot = at + QPointF(_RING_PX + 8, -_RING_PX)
        painter.setPen(halo)
        for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1)):
            painter.drawText(spot + QPointF(dx, dy), text)
        painter.setPen(QColor(look.colour("label")))
        painter.drawText(spot, text)
    painter.restore()


def _px(viewport: Viewport, points: tuple[tuple[float, float], ...]) -> list[QPointF]:
    xy = viewport.px(to_metric(np.array(points), viewport.crs))
    return [QPointF(x, y) for x, y in np.atleast_2d(xy).tolist()]
