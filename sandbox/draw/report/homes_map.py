"""The map of an audit: homes by how many rules they fail, over the larger streets."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter, QPainterPath, QPen, QPolygonF

from sandbox.draw.lettering.fonts import font
from sandbox.engine.network import Network
from sandbox.geo import crs as geo
from sandbox.streets.streets import StreetClass

# From few failures to many; readers who can't tell red from green can tell light from dark.
RAMP: Final = ("#2c7fb8", "#7fcdbb", "#fee391", "#fe9929", "#cc4c02")
_NOTHING: Final = "#9aa7b0"
_GROUND: Final = "#fbfaf7"
_STREET: Final = "#d9d4c9"
_UNIT: Final = "#8a7fa3"
_INK: Final = "#17242d"
_MARGIN: Final = 0.04
_POINT_PX: Final = 3.5
_MOST_STREETS: Final = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class Shaded:
    """Shapes on a map with a share each: 0 is the best, 1 the worst, NaN unknown.

    Attributes
    ----------
    shapes
        Points and areas in WGS 84.
    share
        What colours each.
    outlines
        Areas that are drawn as lines above them, as units.
    legend
        What the ends of the ramp mean, from 0 to 1.
    title, footer
        Above and below the map.
    """

    shapes: npt.NDArray[np.object_]
    share: npt.NDArray[np.float64]
    outlines: npt.NDArray[np.object_]
    legend: tuple[str, str]
    title: str
    footer: str


def png(network: Network, shaded: Shaded, width: int = 1400, height: int = 1000) -> bytes:
    """Return a map as PNG; a QGuiApplication must run."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(_GROUND))
    painter = QPainter(image)
    try:
        paint(painter, QRectF(0, 0, width, height), network, shaded)
    finally:
        painter.end()
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(held, b"png").write(image)
    return bytes(held.data().data())


def paint(painter: QPainter, frame: QRectF, network: Network, shaded: Shaded) -> None:
    """Paint a map into a frame."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    metric = _metric(shaded.shapes, network.crs)
    lines = _metric(shaded.outlines, network.crs)
    bounds = _bounds([*metric, *lines])
    head, foot = 44.0, 40.0
    room = frame.adjusted(0, head, 0, -foot)
    view = _View(bounds, room)
    painter.save()
    painter.setClipRect(room)
    _paint_streets(painter, view, network)
    # Points in the order of their share: what is worst lies on top.
    order = np.argsort(np.nan_to_num(shaded.share, nan=-1.0), kind="stable")
    painter.setPen(Qt.PenStyle.NoPen)
    for row in order.tolist():
        painter.setBrush(QColor(colour(float(shaded.share[row]))))
        _paint_shape(painter, view, metric[row])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(_UNIT), 1.4))
    for line in lines:
        _paint_shape(painter, view, line)
    painter.restore()
    _paint_words(painter, frame, shaded)


def colour(share: float) -> str:
    """Return the ramp's colour of a share, grey where it isn't known."""
    if share != share:  # noqa: PLR0124 - NaN is no equal of itself
        return _NOTHING
    return RAMP[min(int(share * len(RAMP)), len(RAMP) - 1)]


class _View:
    def __init__(self, bounds: tuple[float, float, float, float], room: QRectF) -> None:
        west, south, east, north = bounds
        wide, high = max(east - west, 200.0), max(north - south, 200.0)
        self.scale = (1 - 2 * _MARGIN) * min(room.width() / wide, room.height() / high)
        self._x = room.center().x() - self.scale * (west + east) / 2
        self._y = room.center().y() + self.scale * (south + north) / 2
        half_w, half_h = room.width() / self.scale / 2, room.height() / self.scale / 2
        x, y = (west + east) / 2, (south + north) / 2
        self.bounds = (x - half_w, y - half_h, x + half_w, y + half_h)

    def points(self, xy: npt.NDArray[np.float64]) -> list[QPointF]:
        """Return places of the map as places of the picture."""
        return [QPointF(self._x + self.scale * x, self._y - self.scale * y) for x, y in xy.tolist()]


def _metric(shapes: npt.NDArray[np.object_], crs: str) -> list[Any]:
    if not len(shapes):
        return []
    moved: Any = shapely.transform(shapes, lambda lonlat: geo.to_metric(lonlat, crs))
    return list(moved)


def _bounds(shapes: Iterable[Any]) -> tuple[float, float, float, float]:
    every = np.array([shapely.bounds(one) for one in shapes]).reshape(-1, 4)
    every = every[np.isfinite(every).all(axis=1)]
    if not len(every):
        return 0.0, 0.0, 1000.0, 1000.0
    west, south = every[:, :2].min(axis=0).tolist()
    east, north = every[:, 2:].max(axis=0).tolist()
    return west, south, east, north


def _paint_streets(painter: QPainter, view: _View, network: Network) -> None:
    """Paint the larger streets, and all of them where the map is near enough to tell them apart."""
    streets = network.streets
    kept = streets.near(view.bounds, 0.0) & streets.walked_on
    if view.scale < 0.12:
        kept &= streets.street_class >= StreetClass.COLLECTOR
    rows = np.flatnonzero(kept)[:_MOST_STREETS]
    ends = streets.node_xy[streets.segment_nodes[rows]].reshape(-1, 2)
    painter.setPen(QPen(QColor(_STREET), 1.0))
    if len(rows):
        painter.drawLines(view.points(ends))


def _paint_shape(painter: QPainter, view: _View, shape: Any) -> None:
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            path = QPainterPath()
            for ring in shapely.get_rings(part):
                path.addPolygon(QPolygonF(view.points(shapely.get_coordinates(ring))))
            painter.drawPath(path)
            box = path.boundingRect()
            if max(box.width(), box.height()) >= 2 * _POINT_PX:
                continue
            painter.drawEllipse(box.center(), _POINT_PX, _POINT_PX)
        elif part.geom_type == "Point":
            (at,) = view.points(shapely.get_coordinates(part))
            painter.drawEllipse(at, _POINT_PX, _POINT_PX)
        else:
            painter.drawPolyline(view.points(shapely.get_coordinates(part)))


def _paint_words(painter: QPainter, frame: QRectF, shaded: Shaded) -> None:
    painter.setPen(QColor(_INK))
    painter.setFont(font(20))
    head = QRectF(frame.x() + 16, frame.y(), frame.width() - 32, 44)
    painter.drawText(head, int(Qt.AlignmentFlag.AlignVCenter), shaded.title)
    painter.setFont(font(14))
    foot = QRectF(frame.x() + 16, frame.bottom() - 40, frame.width() - 32, 40)
    painter.drawText(foot, int(Qt.AlignmentFlag.AlignVCenter), shaded.legend[0])
    x = foot.x() + painter.fontMetrics().horizontalAdvance(shaded.legend[0]) + 10
    for one in RAMP:
        painter.fillRect(QRectF(x, foot.center().y() - 7, 26, 14), QColor(one))
        x += 28
    rest = QRectF(x + 6, foot.y(), foot.right() - x - 6, foot.height())
    painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), shaded.legend[1])
    after = x + 6 + painter.fontMetrics().horizontalAdvance(shaded.legend[1]) + 20
    rest = QRectF(after, foot.y(), foot.right() - after, foot.height())
    flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
    said = painter.fontMetrics().elidedText(
        shaded.footer, Qt.TextElideMode.ElideRight, int(rest.width())
    )
    painter.drawText(rest, flags, said)
