"""Lines of a scenario that no layer shows, and the one that a hand is drawing."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from sandbox.app import scenarios
from sandbox.app.atlas import Atlas
from sandbox.app.questions import LonLat
from sandbox.app.state import LINE_SKETCHES, MapState
from sandbox.draw.theme import Theme
from sandbox.draw.viewport import Viewport
from sandbox.edits.scenario import Scenario
from sandbox.geo.crs import to_metric
from sandbox.kept import keep
from sandbox.transit.lines import Line

_HALO_PX: Final = 2.4
_STOP_PX: Final = 3.6
# Stops nearer to one another than this stand for themselves: the line tells enough.
_STOPS_APART_PX: Final = 9.0
_RAILS: Final = ("metro", "corridor")


def paint_lines(
    painter: QPainter, atlas: Atlas, state: MapState, viewport: Viewport, look: Theme
) -> None:
    """Paint the lines of the question's scenario that no layer has, and the sketched one."""
    reach = state.document.reach
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if reach is not None and reach.travel.mode == "transit" and reach.scenario is not None:
        for line in _own_lines(atlas, reach.scenario):
            stops = tuple(stop.lonlat for stop in line.stops)
            style = look.metro("", line.status)
            pen = QPen(QColor(style.colour), style.width_px)
            if style.dash:
                pen.setDashPattern(list(style.dash))
            course = line.course_lonlat or stops
            _paint(painter, _px(viewport, course), _px(viewport, stops), pen, look)
    if state.gesture.sketch and state.gesture.sketch_kind in LINE_SKETCHES:
        pen = QPen(QColor(look.colour("accent")), 3.2)
        spots = _px(viewport, state.gesture.sketch)
        _paint(painter, spots, spots, pen, look)
    painter.restore()


@keep(8)
def _own_lines(atlas: Atlas, scenario: Scenario) -> tuple[Line, ...]:
    known = {
        str(name)
        for layer in atlas.layers.values()
        if layer.features is not None and layer.style.line in _RAILS
        for name in layer.features["id"]
    }
    return tuple(one for one in scenarios.plan(scenario).supply.lines if one.id not in known)


def _px(viewport: Viewport, lonlat: Sequence[LonLat]) -> list[QPointF]:
    return [QPointF(x, y) for x, y in viewport.px(to_metric(lonlat, viewport.crs))]


def _paint(
    painter: QPainter, course: list[QPointF], stops: list[QPointF], pen: QPen, look: Theme
) -> None:
    halo = QPen(QColor(look.colour("halo")), pen.widthF() + _HALO_PX)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for one in (halo, pen):
        one.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        one.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(one)
        painter.drawPolyline(QPolygonF(course))
    gaps = [abs(a.x() - b.x()) + abs(a.y() - b.y()) for a, b in pairwise(stops)]
    if gaps and min(gaps) < _STOPS_APART_PX:
        return
    painter.setPen(QPen(pen.color(), 1.8))
    painter.setBrush(QColor(look.colour("halo")))
    for stop in stops:
        painter.drawEllipse(stop, _STOP_PX, _STOP_PX)
