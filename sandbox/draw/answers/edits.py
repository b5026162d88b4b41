"""Edits of the streets on the map: each kind by its own form, in two colours.

Red takes away and blue adds, which every colour vision tells apart; and crosses, lattice,
bars, rungs and dashes tell the kinds apart without any colour.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import ceil, floor
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from shapely.geometry.base import BaseGeometry

from sandbox.app import street_edits
from sandbox.app.state import LINE_SKETCHES, POINT_SKETCHES, MapState
from sandbox.draw.theme import Theme
from sandbox.draw.viewport import Viewport
from sandbox.edits.street_edits import ADDING, Kind
from sandbox.geo.crs import to_metric

_LINE_PX: Final = 3.0
_HALO_PX: Final = 2.4
_CROSS_PX: Final = 4.0
_CROSSES_APART_PX: Final = 18.0
_RUNG_PX: Final = 4.0
_RUNGS_APART_PX: Final = 7.0
_POINT_PX: Final = 3.6
# So far off the window nothing of an edit is seen.
_EDGE_PX: Final = 40.0
# Areas are filled with lines in these directions, so many pixels apart.
_FILLS: Final[dict[Kind, tuple[tuple[int, int], ...]]] = {
    "avoid": ((1, 1), (1, -1)),
    "slow": ((1, 0),),
}
_HATCH_APART_PX: Final = 6.0
_HATCH_PX: Final = 0.9
# Red and blue of the themes' errors and answers, apart under every deficiency.
_COLOURS: Final = {
    (False, False): "#A3201A",
    (False, True): "#0B5CAD",
    (True, False): "#FF8A7A",
    (True, True): "#7FC4FF",
}


def edit_colour(kind: Kind, look: Theme) -> str:
    """Return the colour that a kind of edit has."""
    return _COLOURS[look.dark, kind in ADDING]


def paint_edits(painter: QPainter, state: MapState, viewport: Viewport, look: Theme) -> None:
    """Paint the edits that count, and the one that a hand is drawing."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for edit, closed in zip(state.document.edits.edits, street_edits.closed(state), strict=True):
        if edit.on:
            for points in _parts(edit.shape if closed is None else closed, viewport):
                paint_edit(painter, edit.kind, points, look)
    kind = state.gesture.sketch_kind
    if state.gesture.sketch and kind not in LINE_SKETCHES and kind not in POINT_SKETCHES:
        points = _px(state.gesture.sketch, viewport)
        pen = QPen(QColor(edit_colour(kind, look)), _LINE_PX - 1.0)
        if kind in _FILLS and len(points) > 2:
            paint_edit(painter, kind, [*points, points[0]], look)
        else:
            _line(painter, points, pen, look)
        painter.setPen(pen)
        painter.setBrush(QColor(look.colour("halo")))
        for point in points:
            painter.drawEllipse(point, _POINT_PX, _POINT_PX)
    painter.restore()


def paint_edit(painter: QPainter, kind: Kind, points: Sequence[QPointF], look: Theme) -> None:
    """Paint an edit of a kind along a line or round an area, in pixels."""
    colour = QColor(edit_colour(kind, look))
    pen = QPen(colour, _LINE_PX)
    if kind in _FILLS:
        _area(painter, kind, points, pen, look)
    elif kind == "closed":
        _line(painter, points, pen, look)
        _along(painter, points, pen, look, crosses=True)
    elif kind == "footbridge":
        _line(painter, points, pen, look)
        _along(painter, points, QPen(colour, 1.6), look, crosses=False)
    else:
        pen.setDashPattern([2.2, 1.4])
        _line(painter, points, pen, look)


def _area(painter: QPainter, kind: Kind, points: Sequence[QPointF], pen: QPen, look: Theme) -> None:
    painter.save()
    outline = QPainterPath()
    outline.addPolygon(QPolygonF(points))
    painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(pen.color(), _HATCH_PX))
    seen = outline.boundingRect() & QRectF(painter.window())
    for dx, dy in _FILLS[kind]:
        painter.drawLines(_hatching(seen, dx, dy))
    painter.restore()
    thin = QPen(pen.color(), _LINE_PX - 1.0)
    if kind == "slow":
        thin.setDashPattern([4.0, 2.4])
    _line(painter, points, thin, look)


def _hatching(box: QRectF, dx: int, dy: int) -> list[QLineF]:
    """Return lines in a direction, level or slanting, that fill a box; they stay as it moves."""
    step = _HATCH_APART_PX * (1.0 if dy == 0 else 2**0.5)
    drop = dy * box.width() / dx
    low, high = box.top() - max(drop, 0.0), box.bottom() - min(drop, 0.0)
    # Lines go through the window's corner, whatever part of the area is seen.
    shift = dy * box.left()
    first, last = ceil((low - shift) / step), floor((high - shift) / step)
    return [
        QLineF(box.left(), n * step + shift, box.right(), n * step + shift + drop)
        for n in range(first, last + 1)
    ]


def _line(painter: QPainter, points: Sequence[QPointF], pen: QPen, look: Theme) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    halo = QPen(QColor(look.colour("halo")), pen.widthF() + 2 * _HALO_PX)
    for one in (halo, pen):
        one.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        one.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(one)
        painter.drawPolyline(QPolygonF(points))


def _along(
    painter: QPainter, points: Sequence[QPointF], pen: QPen, look: Theme, *, crosses: bool
) -> None:
    """Paint crosses, or rungs, along a line at even steps."""
    xy = np.array([(point.x(), point.y()) for point in points])
    step = _CROSSES_APART_PX if crosses else _RUNGS_APART_PX
    at, ahead = _steps(xy, step)
    aside = ahead[:, ::-1] * (-1.0, 1.0)
    reach = _CROSS_PX / 2**0.5 * 1.25
    offsets = ((ahead + aside) * reach, (ahead - aside) * reach) if crosses else (aside * _RUNG_PX,)
    strokes = [
        QLineF(*start, *end)
        for off in offsets
        for start, end in zip((at - off).tolist(), (at + off).tolist(), strict=True)
    ]
    halo = QPen(QColor(look.colour("halo")), pen.widthF() + _HALO_PX)
    for one in (halo, pen) if crosses else (pen,):
        painter.setPen(one)
        painter.drawLines(strokes)


def _steps(xy: npt.NDArray[np.float64], step: float) -> tuple[npt.NDArray[np.float64], ...]:
    """Return points at even steps of a line, one at least, and which way it goes there."""
    along = np.diff(xy, axis=0)
    length = np.hypot(along[:, 0], along[:, 1])
    ends = np.concatenate([[0.0], np.cumsum(length)])
    if ends[-1] == 0.0:
        return xy[:1], np.array([[1.0, 0.0]])
    count = max(1, int(ends[-1] // step))
    far = (np.arange(count) + 0.5) * ends[-1] / count
    part = np.searchsorted(ends, far, side="right") - 1
    ahead = along[part] / length[part, None]
    return xy[part] + ahead * (far - ends[part])[:, None], ahead


def _parts(shape: BaseGeometry, viewport: Viewport) -> list[list[QPointF]]:
    """Return the lines, outlines or places of a shape on screen, none of those off it."""
    found: list[list[QPointF]] = []
    for xy in _parts_xy(shape, viewport.crs):
        px = viewport.px(xy)
        (left, top), (right, low) = px.min(axis=0), px.max(axis=0)
        across = right >= -_EDGE_PX and left <= viewport.width_px + _EDGE_PX
        if across and low >= -_EDGE_PX and top <= viewport.height_px + _EDGE_PX:
            found.append([QPointF(x, y) for x, y in px.tolist()])
    return found


# The map is painted again and again while it moves.
@lru_cache(maxsize=4096)
def _parts_xy(shape: BaseGeometry, crs: str) -> tuple[npt.NDArray[np.float64], ...]:
    parts: Any = shapely.get_parts(shape)
    return tuple(to_metric(shapely.get_coordinates(part), crs) for part in parts)


def _px(lonlat: Any, viewport: Viewport) -> list[QPointF]:
    return [QPointF(x, y) for x, y in viewport.px(to_metric(lonlat, viewport.crs))]
