"""The wall's third instrument: the ground in section, through the ridges on both sides."""

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPainterPath, QPen, QPolygonF

from sandbox.app.kiosk.blocks import both, pair
from sandbox.draw.ground.section import Met, Section
from sandbox.ui.kiosk.lettering import CENTER, RIGHT, ink, line, panel, width_of
from sandbox.words import Language, Text

_HERE: Final = Text("You are here")
_NOT_BUILT: Final = Text("dashed: under construction or planned")
_PAD: Final = 18.0
_HEAD_H: Final = 30.0
_ROW_H: Final = 26.0
# Names of what crosses stand in so many rows, as far as the panel is high.
_ROWS: Final = 3
_HIGH: Final = 230.0
# Narrower, the title has a line of its own.
_WIDE: Final = 900.0
# Ground is shown so far below its lowest place, and air so far above its highest.
_BELOW_M, _ABOVE_M = 70.0, 160.0
_NAME_PX, _SECOND_PX = 18.0, 16.0
# What crosses is named in this order while there is room.
_ORDER: Final = ("rail", "water", "road")


def paint_section(painter: QPainter, box: QRectF, section: Section, language: Language) -> None:
    """Paint a section: ground, crests, tunnels, and what crosses it, named where there is room."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    panel(painter, box, 16.0)
    heads = 1 if box.width() >= _WIDE else 2
    rows = _ROWS if box.height() >= _HIGH else 1
    inner = box.adjusted(_PAD, 8.0 + heads * _HEAD_H, -_PAD, -10.0 - rows * _ROW_H)
    low = float(section.height_m.min()) - _BELOW_M
    high = float(section.height_m.max()) + _ABOVE_M
    per_m, up = inner.width() / float(section.along_m[-1]), inner.height() / (high - low)

    def px(along: float, height: float) -> QPointF:
        return QPointF(inner.left() + along * per_m, inner.bottom() - (height - low) * up)

    _paint_head(painter, box, language, up / per_m)
    _paint_ground(painter, section, inner, px)
    taken: list[QRectF] = []
    for one in section.met:
        if one.kind == "ridge":
            at = px(one.along_m[0], one.height_m[0])
            said = pair(Text("{height} m", {"height": f"{one.height_m[0]:.0f}"}), language).first
            words = f"{both(one.name, language).first} · {said}"
            taken.append(_write(painter, QPointF(at.x(), at.y() - 14.0), words, "ink", inner))
    here = px(section.here_m, float(np.interp(section.here_m, section.along_m, section.height_m)))
    painter.setPen(QPen(ink("accent"), 1.6))
    painter.drawLine(here, QPointF(here.x(), here.y() - 24.0))
    painter.setBrush(ink("accent"))
    painter.drawEllipse(here, 4.5, 4.5)
    taken.append(_write(painter, QPointF(here.x(), here.y() - 34.0),
                        pair(_HERE, language).first, "accent", inner))  # fmt: skip
    for one in _named_bores([one for one in section.met if one.kind == "bore"]):
        middle = px(sum(one.along_m) / 2, min(one.height_m))
        words = both(one.name, language).first
        spot = _room(QPointF(middle.x(), middle.y() + 15.0), words, inner, taken)
        if spot is not None:
            plate = _box(spot, words).adjusted(0.0, 2.0, 0.0, -2.0)
            painter.fillRect(plate, ink("panel", 0.72))
            taken.append(_write(painter, spot, words, "ink" if one.built else "ink_3", inner))
    _paint_crossings(painter, section, inner, px, rows=rows, language=language)
    painter.restore()


def _paint_ground(
    painter: QPainter, section: Section, inner: QRectF, px: Callable[[float, float], QPointF]
) -> None:
    """Paint the ground and the tunnels in it: gold where they are in use, else dashed."""
    top = [px(float(x), float(z)) for x, z in zip(section.along_m, section.height_m, strict=True)]
    ground = QPainterPath(top[0])
    ground.addPolygon(QPolygonF(top))
    ground.lineTo(inner.bottomRight())
    ground.lineTo(inner.bottomLeft())
    fill = QLinearGradient(0.0, inner.top(), 0.0, inner.bottom())
    fill.setColorAt(0.0, ink("park", 0.95))
    fill.setColorAt(1.0, ink("ground", 0.9))
    painter.fillPath(ground, fill)
    painter.setPen(QPen(ink("ink_2", 0.9), 1.8))
    painter.drawPolyline(QPolygonF(top))
    for one in section.met:
        if one.kind != "bore":
            continue
        pen = QPen(ink("accent" if one.built else "ink_3", 0.95), 3.0 if one.built else 2.0)
        if not one.built:
            pen.setDashPattern([3.0, 2.5])
        painter.setPen(pen)
        painter.drawLine(px(one.along_m[0], one.height_m[0]), px(one.along_m[1], one.height_m[1]))


def _paint_head(painter: QPainter, box: QRectF, language: Language, times: float) -> None:
    head = QRectF(box.left() + _PAD, box.top() + 8.0, box.width() - 2 * _PAD, _HEAD_H)
    told = Text(
        "Section from west to east (schematic, heights × {times})", {"times": f"{times:.1f}"}
    )
    title = pair(told, language)
    used = line(painter, head, title.first, 22.0, ink("ink"))
    dashed = pair(_NOT_BUILT, language).first
    if box.width() >= _WIDE:
        rest = head.adjusted(used + 16.0, 2.0, 0.0, 0.0)
        line(painter, rest, title.second, _SECOND_PX, ink("ink_2"))
        line(painter, head, dashed, _SECOND_PX, ink("ink_3"), RIGHT)
    else:
        # Which lines are dashed is said in one language where both have no room.
        line(painter, head.translated(0.0, _HEAD_H), dashed, _SECOND_PX, ink("ink_2"))


def _named_bores(bores: list[Met]) -> Iterator[Met]:
    """Yield the tunnel nearest to the line in each ridge: those that don't overlap one before."""
    seen: list[Met] = []
    for one in bores:
        if all(one.along_m[1] < o.along_m[0] or o.along_m[1] < one.along_m[0] for o in seen):
            seen.append(one)
            yield one


def _paint_crossings(
    painter: QPainter,
    section: Section,
    inner: QRectF,
    px: Callable[[float, float], QPointF],
    *,
    rows: int,
    language: Language,
) -> None:
    """Mark what crosses the line, and name it in the rows beneath while there is room."""
    colours = {"rail": "#E8505B", "water": "label_water", "road": "ink_2"}
    named: list[list[tuple[float, float]]] = [[] for _ in range(rows)]
    top = inner.bottom()
    crossing = [one for kind in _ORDER for one in section.met if one.kind == kind]
    for one in crossing:
        colour = ink(colours[one.kind])
        left, right = px(one.along_m[0], one.height_m[0]), px(one.along_m[1], one.height_m[1])
        middle = QPointF((left.x() + right.x()) / 2, (left.y() + right.y()) / 2)
        pen = QPen(colour, 3.0)
        if one.kind == "water":
            painter.setPen(pen)
            wide = max(right.x() - left.x(), 6.0) / 2
            painter.drawLine(QPointF(middle.x() - wide, middle.y()),
                             QPointF(middle.x() + wide, middle.y()))  # fmt: skip
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour if one.built else ink("ground"))
            if not one.built:
                painter.setPen(QPen(colour, 1.6))
            painter.drawEllipse(middle, 4.0, 4.0)
        words = both(one.name, language).first
        half = width_of(words, _SECOND_PX) / 2 + 6.0
        at = min(max(middle.x(), inner.left() + half), inner.right() - half)
        free = next(
            (k for k, row in enumerate(named)
             if not any(at - half < end and begin < at + half for begin, end in row)),
            None,
        )  # fmt: skip
        if free is None:
            continue
        named[free].append((at - half, at + half))
        painter.setPen(QPen(ink("ink_3", 0.5), 1.0, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(middle.x(), middle.y() + 6.0),
                         QPointF(middle.x(), top + free * _ROW_H + 4.0))  # fmt: skip
        row = QRectF(at - half, top + free * _ROW_H + 2.0, 2 * half, _ROW_H)
        line(painter, row, words, _SECOND_PX, colour, CENTER)


def _box(at: QPointF, words: str) -> QRectF:
    half = width_of(words, _NAME_PX) / 2 + 4.0
    return QRectF(at.x() - half, at.y() - 13.0, 2 * half, 26.0)


def _room(at: QPointF, words: str, inner: QRectF, taken: list[QRectF]) -> QPointF | None:
    """Return where words have room about a place, None where there is none."""
    for by in (0.0, 24.0, -24.0):
        spot = QPointF(at.x(), at.y() + by)
        box = _box(spot, words)
        inside = inner.top() <= box.top() and box.bottom() <= inner.bottom()
        if inside and not any(box.intersects(one) for one in taken):
            return spot
    return None


def _write(painter: QPainter, at: QPointF, words: str, colour: str, inner: QRectF) -> QRectF:
    """Write words about a place, within the picture; return where they stand."""
    box = _box(at, words)
    box.moveLeft(min(max(box.left(), inner.left()), inner.right() - box.width()))
    box.moveTop(max(box.top(), inner.top() - 6.0))
    line(painter, box, words, _NAME_PX, ink(colour), CENTER)
    return box
