"""Charts of an answer by the program's own painter: bars, a distribution, a radar, a curve."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from sandbox.draw.lettering.fonts import font
from sandbox.draw.theme import Theme
from sandbox.words import Words

_TITLE_PX, _LABEL_PX = 13, 12
_ROW_PX: Final = 34.0
_BAR_PX: Final = 7.0
_HEAD_PX: Final = 26.0
_PLOT_PX: Final = 120.0
_RADAR_PX: Final = 230.0
_ELIDE: Final = Qt.TextElideMode.ElideRight
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_MIDDLE: Final = int(Qt.AlignmentFlag.AlignCenter)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it is of, its share from 0 to 1, the figure beside it, and its colour."""

    label: str
    share: float
    figure: str
    colour: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars one below the other; `mark` is a share that they are to reach, None for none."""

    title: str
    bars: tuple[Bar, ...]
    mark: float | None = None


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many have which value: a column for each class with its label and colour."""

    title: str
    counts: tuple[float, ...]
    labels: tuple[str, ...]
    colours: tuple[str, ...]
    figure: str = "{:,.0f}"


@dataclass(frozen=True, slots=True)
class Radar:
    """Shares from 0 to 1 round a circle, one shape a series: its name, shares and colour."""

    title: str
    axes: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...], str], ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve in the square from (0, 0) to (1, 1), beside the diagonal; as Lorenz drew it."""

    title: str
    lines: tuple[tuple[str, tuple[tuple[float, float], ...], str], ...]
    across: str
    up: str


Chart = Bars | Distribution | Radar | Curve


def height_px(chart: Chart) -> float:
    """Return how high a chart is, logical pixels."""
    head = _head_px(chart)
    if isinstance(chart, Bars):
        return head + _ROW_PX * len(chart.bars)
    if isinstance(chart, Distribution):
        return head + _PLOT_PX + 36.0
    more = 18.0 * len(chart.series if isinstance(chart, Radar) else chart.lines)
    return head + _RADAR_PX + more


def _head_px(chart: Chart) -> float:
    return _HEAD_PX if chart.title else 0.0


def paint(painter: QPainter, box: QRectF, chart: Chart, look: Theme) -> None:
    """Paint a chart into a box as high as `height_px` says."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font(_TITLE_PX))
    painter.setPen(QColor(look.colour("ink_2")))
    _text(painter, QRectF(box.x(), box.y(), box.width(), _HEAD_PX), _LEFT, chart.title)
    room = box.adjusted(0, _head_px(chart), 0, 0)
    painter.setFont(font(_LABEL_PX))
    if isinstance(chart, Bars):
        _paint_bars(painter, room, chart, look)
    elif isinstance(chart, Distribution):
        _paint_distribution(painter, room, chart, look)
    elif isinstance(chart, Radar):
        _paint_radar(painter, room, chart, look)
    else:
        _paint_curve(painter, room, chart, look)
    painter.restore()


def png(chart: Chart, look: Theme, width: int = 640, dpr: float = 2.0) -> bytes:
    """Return a chart as PNG on its theme's panel; a QGuiApplication must run."""
    high = math.ceil(height_px(chart))
    image = QImage(round((width + 24) * dpr), round((high + 20) * dpr), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(dpr)
    image.fill(QColor(look.colour("panel")))
    painter = QPainter(image)
    try:
        paint(painter, QRectF(12, 8, width, high), chart, look)
    finally:
        painter.end()
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(held, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType]
    return bytes(held.data().data())


def said(chart: Chart) -> str:
    """Return a chart in words, for those who hear the screen."""
    if isinstance(chart, Bars):
        parts = [f"{one.label}: {one.figure}" for one in chart.bars]
    elif isinstance(chart, Distribution):
        pairs = zip(chart.labels, chart.counts, strict=True)
        parts = [f"{label}: {chart.figure.format(count)}" for label, count in pairs]
    elif isinstance(chart, Radar):
        parts = [
            f"{name}, {axis}: {share:.0%}"
            for name, shares, _ in chart.series
            for axis, share in zip(chart.axes, shares, strict=True)
        ]
    else:
        parts = [name for name, _, _ in chart.lines]
    return f"{chart.title}. " + "; ".join(parts)


def figures(chart: Chart, words: Words) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return a chart's columns and rows in words, for those who read figures.

    A curve is read at each tenth of its width.
    """
    item, value = words("What"), words("Value")
    if isinstance(chart, Bars):
        return (item, value), [(one.label, one.figure) for one in chart.bars]
    if isinstance(chart, Distribution):
        pairs = zip(chart.labels, chart.counts, strict=True)
        return (item, value), [(label, chart.figure.format(count)) for label, count in pairs]
    if isinstance(chart, Radar):
        rows = [
            (axis, *(f"{shares[number]:.0%}" for _, shares, _ in chart.series))
            for number, axis in enumerate(chart.axes)
        ]
        return (item, *(name for name, _, _ in chart.series)), rows
    rows = [
        (
            f"{tenth / 10:.0%}",
            *(f"{_height_at(points, tenth / 10):.1%}" for _, points, _ in chart.lines),
        )
        for tenth in range(11)
    ]
    return (chart.across, *(f"{chart.up} · {name}" for name, _, _ in chart.lines)), rows


def _height_at(points: Sequence[tuple[float, float]], x: float) -> float:
    for (left, low), (right, high) in pairwise(points):
        if left <= x <= right:
            return high if right == left else low + (high - low) * (x - left) / (right - left)
    return points[-1][1] if points else 0.0


def _text(painter: QPainter, box: QRectF, flags: int, text: str) -> None:
    metrics = QFontMetricsF(painter.font())
    painter.drawText(box, flags, metrics.elidedText(text, _ELIDE, box.width()))


def _paint_bars(painter: QPainter, room: QRectF, chart: Bars, look: Theme) -> None:
    for row, one in enumerate(chart.bars):
        y = room.y() + row * _ROW_PX
        figure = QFontMetricsF(painter.font()).horizontalAdvance(one.figure) + 8
        painter.setPen(QColor(look.colour("ink")))
        line = QRectF(room.x(), y, room.width(), _ROW_PX - _BAR_PX - 6)
        _text(painter, line.adjusted(0, 0, -figure, 0), _LEFT, one.label)
        _text(painter, line, _RIGHT, one.figure)
        groove = QRectF(room.x(), line.bottom() + 1, room.width(), _BAR_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.colour("field")))
        painter.drawRoundedRect(groove, _BAR_PX / 2, _BAR_PX / 2)
        if one.share > 0:
            filled = QRectF(groove)
            filled.setWidth(max(_BAR_PX, groove.width() * min(one.share, 1.0)))
            painter.setBrush(QColor(one.colour))
            painter.drawRoundedRect(filled, _BAR_PX / 2, _BAR_PX / 2)
        if chart.mark is not None:
            x = room.x() + room.width() * chart.mark
            painter.setPen(QPen(QColor(look.colour("ink_2")), 1.4))
            painter.drawLine(QPointF(x, groove.y() - 2), QPointF(x, groove.bottom() + 2))


def _paint_distribution(painter: QPainter, room: QRectF, chart: Distribution, look: Theme) -> None:
    most = max((*chart.counts, 1e-9))
    step = room.width() / max(len(chart.counts), 1)
    base = room.y() + _PLOT_PX
    tops = zip(chart.counts, chart.labels, chart.colours, strict=True)
    for number, (count, label, colour) in enumerate(tops):
        x = room.x() + number * step
        high = (_PLOT_PX - 18.0) * count / most
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRect(QRectF(x + 1, base - high, max(step - 2, 1.0), high))
        painter.setPen(QColor(look.colour("ink")))
        if count > 0:
            top = QRectF(x - 4, base - high - 17, step + 8, 16)
            _text(painter, top, _MIDDLE, chart.figure.format(count))
        painter.setPen(QColor(look.colour("ink_2")))
        _text(painter, QRectF(x - 2, base + 3, step + 4, 18), _MIDDLE, label)
    painter.setPen(QPen(QColor(look.colour("line")), 1.0))
    painter.drawLine(QPointF(room.x(), base), QPointF(room.right(), base))


def _paint_radar(painter: QPainter, room: QRectF, chart: Radar, look: Theme) -> None:
    middle = QPointF(room.center().x(), room.y() + _RADAR_PX / 2)
    radius = _RADAR_PX / 2 - 30
    count = max(len(chart.axes), 3)

    def at(number: int, share: float) -> QPointF:
        turn = -math.pi / 2 + 2 * math.pi * number / count
        return middle + QPointF(math.cos(turn), math.sin(turn)) * (radius * share)

    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(look.colour("line")), 1.0))
    for ring in (0.25, 0.5, 0.75, 1.0):
        painter.drawPolygon(QPolygonF([at(number, ring) for number in range(count)]))
    for number, axis in enumerate(chart.axes):
        painter.setPen(QPen(QColor(look.colour("line")), 1.0))
        painter.drawLine(middle, at(number, 1.0))
        painter.setPen(QColor(look.colour("ink_2")))
        end = at(number, 1.0)
        left = end.x() < middle.x() - 1
        right = end.x() > middle.x() + 1
        wide = (end.x() - room.x() if left else room.right() - end.x()) - 4
        wide = wide if left or right else room.width() / 2
        x = end.x() - wide - 4 if left else end.x() + 4 if right else end.x() - wide / 2
        y = end.y() - 9 if left or right else end.y() - 20 if end.y() < middle.y() else end.y() + 2
        flags = _RIGHT if left else _LEFT if right else _MIDDLE
        _text(painter, QRectF(x, y, wide, 18), flags, axis)
    for _, shares, colour in chart.series:
        fill = QColor(colour)
        fill.setAlphaF(0.22)
        painter.setBrush(fill)
        painter.setPen(QPen(QColor(colour), 2.0))
        painter.drawPolygon(QPolygonF([at(n, share) for n, share in enumerate(shares)]))
    _paint_keys(painter, room, [(name, colour) for name, _, colour in chart.series], look)


def _paint_curve(painter: QPainter, room: QRectF, chart: Curve, look: Theme) -> None:
    side = _RADAR_PX - 36
    box = QRectF(room.center().x() - side / 2, room.y() + 4, side, side)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(look.colour("line")), 1.0))
    painter.drawRect(box)
    painter.drawLine(box.bottomLeft(), box.topRight())
    for _, points, colour in chart.lines:
        painter.setPen(QPen(QColor(colour), 2.2))
        painter.drawPolyline(
            [QPointF(box.x() + x * side, box.bottom() - y * side) for x, y in points]
        )
    painter.setPen(QColor(look.colour("ink_2")))
    _text(painter, QRectF(room.x(), box.bottom() + 3, room.width(), 18), _MIDDLE, chart.across)
    painter.save()
    painter.translate(box.x() - 6, box.bottom())
    painter.rotate(-90)
    _text(painter, QRectF(0, -18, side, 18), _MIDDLE, chart.up)
    painter.restore()
    _paint_keys(painter, room, [(name, colour) for name, _, colour in chart.lines], look)


def _paint_keys(
    painter: QPainter, room: QRectF, keys: Sequence[tuple[str, str]], look: Theme
) -> None:
    for row, (name, colour) in enumerate(keys):
        y = room.y() + _RADAR_PX + row * 18
        painter.setPen(QPen(QColor(colour), 3.0))
        painter.drawLine(QPointF(room.x(), y + 9), QPointF(room.x() + 16, y + 9))
        painter.setPen(QColor(look.colour("ink")))
        _text(painter, QRectF(room.x() + 22, y, room.width() - 22, 18), _LEFT, name)
