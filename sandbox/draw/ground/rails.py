"""Rails painted: lines in their colours, ordinary railways, and beginnings of lines to come."""

from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPen

from sandbox.draw.raster.shapes import path
from sandbox.draw.theme import LineStyle, Theme

Doubles = npt.NDArray[np.float64]

# Of a line whose direction nobody has published so much is drawn.
_STUB_PX: Final = 90.0


def paint_line(
    painter: QPainter, shape: QPainterPath, style: LineStyle, m_per_px: float, theme: Theme
) -> None:
    """Paint a line of the metro or a corridor in its colour, with a halo."""
    halo = QColor(theme.colour("halo"))
    halo.setAlphaF(0.55)
    painter.strokePath(shape, _pen(LineStyle("", style.width_px + 2.4), halo, 1.0))
    scale = 0.8 if m_per_px > 60 else 1.0
    painter.strokePath(shape, _pen(style, QColor(style.colour), scale))


def paint_railway(
    painter: QPainter, shape: QPainterPath, m_per_px: float, theme: Theme, *, open_now: bool
) -> None:
    """Paint an ordinary railway: dark with light dashes; fainter while it isn't open."""
    width = 2.6 if m_per_px < 20 else 1.8
    dark = QColor(theme.colour("label_2"))
    dark.setAlphaF(0.85 if open_now else 0.5)
    painter.strokePath(shape, _pen(LineStyle("", width), dark, 1.0))
    light = QColor(theme.colour("halo"))
    inner = LineStyle("", width - 1.0, (7.0, 7.0) if open_now else (3.0, 5.0))
    painter.strokePath(shape, _pen(inner, light, 1.0))


def paint_stub(painter: QPainter, px: Doubles, style: LineStyle) -> None:
    """Paint only the beginning of a line whose direction isn't published, fading away."""
    along = np.concatenate([[0.0], np.hypot(*np.diff(px, axis=0).T).cumsum()])
    reach = min(_STUB_PX, float(along[-1]))
    if reach <= 0.0:
        return
    kept = px[along < reach]
    end = np.array([np.interp(reach, along, px[:, axis]) for axis in (0, 1)])
    shape = path(np.vstack([kept, end]), np.array([0]))
    fade = QLinearGradient(QPointF(*px[0]), QPointF(*end))
    for at, alpha in ((0.0, 0.9), (0.5, 0.6), (1.0, 0.0)):
        ink = QColor(style.colour)
        ink.setAlphaF(alpha)
        fade.setColorAt(at, ink)
    pen = _pen(style, QColor(style.colour), 0.8)
    pen.setBrush(fade)
    painter.strokePath(shape, pen)


def _pen(style: LineStyle, colour: QColor, scale: float) -> QPen:
    pen = QPen(colour, style.width_px * scale)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if style.dash:
        # The tokens give dashes in pixels; Qt counts in pen widths.
        pen.setDashPattern([dash / (style.width_px * scale) for dash in style.dash])
    return pen
