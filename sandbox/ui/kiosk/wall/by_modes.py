"""What each mode reaches in the same time, as grounds of one scale over each other, and figures."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from sandbox.app.kiosk.blocks import pair
from sandbox.app.kiosk.scenes.by_modes import ByMode, ByModes
from sandbox.geo.crs import to_metric
from sandbox.streets.modes import MODES
from sandbox.ui.kiosk.lettering import RIGHT, ink, line, panel, width_of
from sandbox.words import Language, Text

_PAD: Final = 20.0
_HEAD_H: Final = 42.0
_SCALE_H: Final = 26.0
# This part of the panel's width shows grounds, the rest figures.
_GROUND: Final = 0.5
_NAME_PX, _FIGURE_PX, _SECOND_PX = 22.0, 30.0, 16.0
_SWATCH: Final = 14.0
# One colour for each mode, apart in lightness too.
_COLOURS: Final = ("#FFE3A0", "#4CCFC6", "#4A86E8", "#E07BB4")
_ROUND_KM: Final = (50.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1)
# A scale bar takes this part of the ground's width at most.
_SCALE_MOST: Final = 0.4


def paint_by_modes(painter: QPainter, box: QRectF, shown: ByModes, language: Language) -> None:
    """Paint the grounds, the farthest lowest, beside a figure for each mode."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    panel(painter, box, 16.0)
    head = QRectF(box.left() + _PAD, box.top() + 10.0, box.width() - 2 * _PAD, 32.0)
    told = pair(
        Text("Within {minutes} min, by each mode", {"minutes": f"{shown.minutes:g}"}), language
    )
    used = line(painter, head, told.first, 24.0, ink("ink"))
    rest = head.adjusted(used + 14.0, 2.0, 0.0, 0.0)
    if width_of(told.second, _SECOND_PX) <= rest.width():
        line(painter, rest, told.second, _SECOND_PX, ink("ink_2"))
    inner = box.adjusted(_PAD, 10.0 + _HEAD_H, -_PAD, -14.0)
    split = inner.left() + inner.width() * _GROUND
    coloured = list(zip(shown.modes, _COLOURS, strict=False))
    picture = QRectF(inner.left(), inner.top(), split - 16.0 - inner.left(), inner.height())
    _paint_grounds(painter, picture, shown, coloured)
    rows = QRectF(split + 8.0, inner.top(), inner.right() - split - 8.0, inner.height())
    _paint_figures(painter, rows, coloured, language)
    painter.restore()


def _paint_grounds(
    painter: QPainter, box: QRectF, shown: ByModes, coloured: Sequence[tuple[ByMode, str]]
) -> None:
    grounds = [one.ground for one, _ in coloured if not shapely.is_empty(one.ground)]
    if not grounds:
        return
    room = box.adjusted(0.0, 0.0, 0.0, -_SCALE_H)
    west, south, east, north = shapely.total_bounds(np.array(grounds))
    px_per_m = min(room.width() / (east - west), room.height() / (north - south))
    middle = room.center()

    def px(x: float, y: float) -> QPointF:
        return QPointF(
            middle.x() + (x - (west + east) / 2) * px_per_m,
            middle.y() - (y - (south + north) / 2) * px_per_m,
        )

    for one, colour in sorted(coloured, key=lambda both: -both[0].km2):
        path = _path(one.ground, px)
        painter.fillPath(path, ink(colour, 0.22))
        painter.strokePath(path, QPen(ink(colour, 0.95), 1.6))
    x, y = (float(v) for v in to_metric(shown.question.origin_lonlat, shown.crs))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink("accent"))
    painter.drawEllipse(px(x, y), 3.0, 3.0)
    most_km = box.width() * _SCALE_MOST / px_per_m / 1000.0
    km = next((one for one in _ROUND_KM if one <= most_km), _ROUND_KM[-1])
    wide = km * 1000.0 * px_per_m
    foot = box.bottom() - 8.0
    painter.setPen(QPen(ink("ink_2"), 1.6))
    painter.drawLine(QPointF(box.left(), foot), QPointF(box.left() + wide, foot))
    beside = QRectF(box.left() + wide + 8.0, foot - 12.0, box.width() - wide - 8.0, 24.0)
    line(painter, beside, f"{km:g} km", _SECOND_PX, ink("ink_2"))


def _paint_figures(
    painter: QPainter, box: QRectF, coloured: Sequence[tuple[ByMode, str]], language: Language
) -> None:
    high = box.height() / max(len(coloured), 1)
    unit = pair(Text("km²"), language).first
    for number, (one, colour) in enumerate(coloured):
        y = box.top() + number * high
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(colour))
        at = QRectF(box.left(), y + (high - _SWATCH) / 2, _SWATCH, _SWATCH)
        painter.drawRoundedRect(at, 4, 4)
        used = width_of(unit, _SECOND_PX) + 6.0
        line(painter, QRectF(box.left(), y + 2.0, box.width(), high), unit, _SECOND_PX,
             ink("ink_2"), RIGHT)  # fmt: skip
        value = f"{one.km2:.1f}"
        room = QRectF(box.left(), y, box.width() - used, high)
        wide = line(painter, room, value, _FIGURE_PX, ink("ink"), RIGHT)
        words = pair(MODES[one.mode].brief, language)
        left = at.right() + 10.0
        name = QRectF(left, y, room.right() - wide - 10.0 - left, high)
        if high >= _NAME_PX + _SECOND_PX + 16.0:
            first = QRectF(name.left(), name.center().y() - 24.0, name.width(), 28.0)
            line(painter, first, words.first, _NAME_PX, ink("ink"))
            line(painter, first.translated(0.0, 26.0), words.second, _SECOND_PX, ink("ink_2"))
        else:
            line(painter, name, words.first, _NAME_PX, ink("ink"))
        if number:
            painter.setPen(QPen(ink("line", 0.14), 1.0))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))


def _path(ground: shapely.Geometry, px: Callable[[float, float], QPointF]) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for part in shapely.get_parts(np.array([ground])):
        if shapely.is_empty(part):
            continue
        rings = [shapely.get_exterior_ring(part)]
        rings += [shapely.get_interior_ring(part, i)
                  for i in range(shapely.get_num_interior_rings(part))]  # fmt: skip
        for ring in rings:
            corners = [px(float(x), float(y)) for x, y in shapely.get_coordinates(ring)]
            path.moveTo(corners[0])
            for one in corners[1:]:
                path.lineTo(one)
            path.closeSubpath()
    return path
