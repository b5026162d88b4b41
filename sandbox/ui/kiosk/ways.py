"""Ways over the kiosk's map: a day that walks itself, ways to desks, and where one stands."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF, QRadialGradient

from sandbox.analysis.route import Route
from sandbox.app.kiosk.blocks import Pair
from sandbox.app.kiosk.stroll import Stroll
from sandbox.draw.viewport import Viewport
from sandbox.geo.crs import to_metric
from sandbox.ui.kiosk.lettering import CENTER, ink, line, width_of

_LINE_PX: Final = 5.0
_HALO_PX: Final = 2.6
_TAG_PX: Final = 21.0
_TAG_H: Final = 34.0
_HERE_PX: Final = 20.0
_HERE_SECOND_PX: Final = 16.0
# A route this short on the screen has its minutes only on the card.
_SHORTEST_PX: Final = 26.0

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tag:
    """Words beside a way or a place, and where they stand."""

    words: Pair
    box: QRectF


class Ways:
    """The ways of one scene on metric ground, to be painted over any view of it.

    Parameters
    ----------
    routes
        The ways in order; None where there is none.
    crs
        Metric system of the map.
    """

    def __init__(self, routes: Sequence[Route | None], crs: str) -> None:
        self.routes = tuple(routes)
        self._xy: list[Doubles] = [
            np.empty((0, 2)) if one is None else to_metric(one.line_lonlat, crs)
            for one in self.routes
        ]

    def tags(
        self, viewport: Viewport, words: Sequence[Pair], taken: Sequence[QRectF]
    ) -> Iterator[Tag]:
        """Yield how long each way takes, beside its middle, where nothing else stands."""
        used = list(taken)
        inside = QRectF(0, 0, viewport.width_px, viewport.height_px).adjusted(8, 8, -8, -8)
        for xy, said in zip(self._xy, words, strict=True):
            if len(xy) < 2:
                continue
            px = viewport.px(xy)
            if np.abs(np.diff(px, axis=0)).sum() < _SHORTEST_PX:
                continue
            wide = width_of(said.first, _TAG_PX) + 26.0
            for share in (0.7, 0.55, 0.4, 0.85, 0.25):
                x, y = (float(value) for value in px[int(share * (len(px) - 1))])
                for dx, dy in ((0.0, -30.0), (0.0, 30.0), (wide / 2 + 22, 0.0),
                               (-wide / 2 - 22, 0.0)):  # fmt: skip
                    box = QRectF(x + dx - wide / 2, y + dy - _TAG_H / 2, wide, _TAG_H)
                    if inside.contains(box) and not any(box.intersects(one) for one in used):
                        used.append(box)
                        yield Tag(said, box)
                        break
                else:
                    continue
                break

    def paint(self, painter: QPainter, viewport: Viewport) -> None:
        """Paint all of it, as ways that one may go."""
        _begin(painter)
        for xy in self._xy:
            if len(xy) >= 2:
                _stroke(painter, viewport.px(xy), walked=True)
        painter.restore()

    def paint_walked(
        self, painter: QPainter, viewport: Viewport, stroll: Stroll, elapsed_s: float
    ) -> None:
        """Paint the route so far as a line, the rest as dots, and the walker."""
        stand = stroll.at(elapsed_s)
        _begin(painter)
        dot: QPointF | None = None
        for index, (route, xy) in enumerate(zip(self.routes, self._xy, strict=True)):
            if route is None or len(xy) < 2:
                continue
            px = viewport.px(xy)
            if index < stand.leg:
                _stroke(painter, px, walked=True)
            elif index > stand.leg:
                _stroke(painter, px, walked=False)
            else:
                there = _between(route.minutes_at, px, stand.minutes)
                done = np.vstack([px[route.minutes_at <= stand.minutes], there])
                left = np.vstack([there, px[route.minutes_at > stand.minutes]])
                _stroke(painter, left, walked=False)
                _stroke(painter, done, walked=True)
                dot = QPointF(float(there[0]), float(there[1]))
        if dot is not None:
            _walker(painter, dot)
        painter.restore()


def paint_tag(painter: QPainter, tag: Tag) -> None:
    """Paint words beside a way on a dark pill with a golden rim."""
    radius = tag.box.height() / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink("accent", 0.8), 1.4))
    painter.setBrush(ink("panel", 0.92))
    painter.drawRoundedRect(tag.box, radius, radius)
    line(painter, tag.box, tag.words.first, _TAG_PX, ink("ink"), CENTER)
    painter.restore()


# Directions in which words may stand away from their place.
_ROUND: Final = tuple(
    (1.5 * math.cos(i * math.pi / 4), math.sin(i * math.pi / 4)) for i in range(8)
)


def here_tag(
    at_px: tuple[float, float], words: Pair, inside: QRectF, taken: Sequence[QRectF]
) -> Tag | None:
    """Return where it says that one is here: beside the place, where nothing stands; else None."""
    x, y = at_px
    if not inside.contains(QPointF(x, y)) or any(one.contains(QPointF(x, y)) for one in taken):
        return None
    wide = 42.0 + width_of(words.first, _HERE_PX) + width_of(words.second, _HERE_SECOND_PX)
    high = _TAG_H
    for left, top in (
        (x - wide / 2, y + 26), (x - wide / 2, y - 26 - high), (x + 26, y - high / 2),
        (x - 26 - wide, y - high / 2), (x + 18, y + 18), (x - 18 - wide, y + 18),
        *((x + dx * r - wide / 2, y + dy * r - high / 2) for r in (90.0, 130.0, 180.0, 240.0)
          for dx, dy in _ROUND),
    ):  # fmt: skip
        box = QRectF(left, top, wide, high)
        if inside.contains(box) and not any(box.intersects(one) for one in taken):
            return Tag(words, box)
    return None


def paint_here(painter: QPainter, at_px: tuple[float, float], tag: Tag, *, pinned: bool) -> None:
    """Paint where the sandbox stands, and the words; a pin on it stays uncovered."""
    at = QPointF(*at_px)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not pinned:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for radius, alpha, width in ((19.0, 0.35, 1.6), (13.0, 0.9, 2.4)):
            painter.setPen(QPen(ink("ink", alpha), width))
            painter.drawEllipse(at, radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink("halo"))
        painter.drawEllipse(at, 8.0, 8.0)
        painter.setBrush(ink("ink"))
        painter.drawEllipse(at, 5.5, 5.5)
    radius = tag.box.height() / 2
    if not tag.box.adjusted(-40, -40, 40, 40).contains(at):
        painter.setPen(QPen(ink("ink", 0.75), 1.4))
        painter.drawLine(at, tag.box.center())
    painter.setPen(QPen(ink("ink", 0.75), 1.4))
    painter.setBrush(ink("panel", 0.9))
    painter.drawRoundedRect(tag.box, radius, radius)
    used = line(painter, tag.box.adjusted(16, 0, 0, 0), tag.words.first, _HERE_PX, ink("ink"))
    line(painter, tag.box.adjusted(16 + used + 10, 1, 0, 0), tag.words.second, _HERE_SECOND_PX,
         ink("ink_2"))  # fmt: skip
    painter.restore()


def _begin(painter: QPainter) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _stroke(painter: QPainter, px: Doubles, *, walked: bool) -> None:
    shape = QPolygonF([QPointF(float(x), float(y)) for x, y in px])
    for colour, alpha, wider in (("halo", 0.85, 2 * _HALO_PX), ("accent", 1.0, 0.0)):
        pen = QPen(ink(colour, alpha), (_LINE_PX if walked else _LINE_PX - 1.5) + wider)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        if not walked:
            pen.setDashPattern([0.01, 9.0 / pen.widthF()])
        painter.setPen(pen)
        painter.drawPolyline(shape)


def _between(minutes_at: Doubles, px: Doubles, minutes: float) -> Doubles:
    """Return the pixel at which one is after some minutes."""
    return np.array([np.interp(minutes, minutes_at, px[:, side]) for side in (0, 1)])


def _walker(painter: QPainter, at: QPointF) -> None:
    glow = QRadialGradient(at, 34.0)
    glow.setColorAt(0.0, ink("accent", 0.55))
    glow.setColorAt(1.0, ink("accent", 0.0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(glow)
    painter.drawEllipse(at, 34.0, 34.0)
    for radius, colour in ((13.0, "halo"), (10.5, "accent"), (4.0, "halo")):
        painter.setBrush(ink(colour))
        painter.drawEllipse(at, radius, radius)
