"""Light on what a scene is about: its numbered areas, and what is new in a year."""

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QRadialGradient

from sandbox.app import places
from sandbox.app.atlas import Atlas
from sandbox.app.state import Subject
from sandbox.draw.viewport import Viewport
from sandbox.geo.crs import to_metric
from sandbox.ui.kiosk.lettering import ink

Doubles = npt.NDArray[np.float64]
_NEW_PX = 64.0
# How long a mark pulses that is being named, and from which radius to which.
PULSE_S = 1.2
_PULSE_PX = (22.0, 96.0)
# Outer strokes of an area's rim, widest first: width in pixels, and opacity.
_RIM = ((14.0, 0.06), (8.0, 0.10), (4.0, 0.14), (1.8, 0.85))


def paint_glow(
    painter: QPainter, atlas: Atlas, subjects: tuple[Subject, ...], viewport: Viewport
) -> None:
    """Paint light over the ground, beneath all names.

    Parameters
    ----------
    painter
        In logical pixels.
    atlas
        Layers.
    subjects
        What the scene is about.
    viewport
        The picture.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for subject in subjects:
        place = places.place(atlas.layers, subject.where)
        if place is None or not (subject.number or subject.new):
            continue
        if subject.new:
            _star(painter, QPointF(*viewport.px_of_lonlat(place.lonlat)))
        elif shapely.get_dimensions(place.shape) == 2:
            _area(painter, _path(place.shape, atlas.crs, viewport))
    painter.restore()


def _star(painter: QPainter, at: QPointF) -> None:
    light = QRadialGradient(at, _NEW_PX)
    light.setColorAt(0.0, ink("accent", 0.5))
    light.setColorAt(0.5, ink("accent", 0.14))
    light.setColorAt(1.0, ink("accent", 0.0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(light)
    painter.drawEllipse(at, _NEW_PX, _NEW_PX)


def _area(painter: QPainter, path: QPainterPath) -> None:
    painter.fillPath(path, ink("accent", 0.16))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, alpha in _RIM:
        pen = QPen(ink("accent", alpha), width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPath(path)


def _path(shape: shapely.Geometry, crs: str, viewport: Viewport) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for part in shapely.get_parts(np.array([shape])):
        rings = [shapely.get_exterior_ring(part)]
        rings += [shapely.get_interior_ring(part, i)
                  for i in range(shapely.get_num_interior_rings(part))]  # fmt: skip
        for ring in rings:
            px: Doubles = viewport.px(to_metric(shapely.get_coordinates(ring), crs))
            path.moveTo(QPointF(float(px[0, 0]), float(px[0, 1])))
            for x, y in px[1:]:
                path.lineTo(QPointF(float(x), float(y)))
            path.closeSubpath()
    return path


def paint_pulse(painter: QPainter, at: tuple[float, float], share: float) -> None:
    """Paint a ring that spreads from a mark and fades; `share` of its time has passed."""
    eased = 1.0 - (1.0 - share) ** 2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for late, alpha in ((0.0, 0.9), (0.18, 0.5)):
        radius = _PULSE_PX[0] + (_PULSE_PX[1] - _PULSE_PX[0]) * max(0.0, eased - late)
        painter.setPen(QPen(ink("accent", alpha * (1.0 - share)), 4.0))
        painter.drawEllipse(QPointF(*at), radius, radius)
