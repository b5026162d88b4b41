"""The nearest places on the map: each place in the colour of its minutes, lines to the nearest."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from sandbox.app.answers.nearest import ANALYSIS, CLASSES_MIN, NearestAnswer, Spot
from sandbox.app.atlas import Atlas
from sandbox.app.state import MapState
from sandbox.draw.answers.bands import contour_colour
from sandbox.draw.answers.circles import hatch_phase, hatching
from sandbox.draw.answers.picture import Picture
from sandbox.draw.lettering.fonts import font
from sandbox.draw.raster.tiles import TILE_PX, Tile
from sandbox.draw.theme import Theme, band_colours, theme
from sandbox.draw.viewport import Viewport
from sandbox.words import words_of

# A disc shows round a place's mark; among many places it is smaller.
_RADIUS: Final = 0.8
_MANY: Final = 200
_SMALLER: Final = 0.5
_LABEL_PX: Final = 13.0


@dataclass(frozen=True, slots=True)
class NearestSheet:
    """What is drawn on see-through tiles above the base: one answer in one theme."""

    theme: str
    answer: NearestAnswer


class NearestPainter:
    """Renders tiles of an answer; called on several threads."""

    def render(self, tile: Tile, check: Callable[[], None]) -> QImage:
        """Return the picture of a tile whose plate's sheet is a `NearestSheet`."""
        sheet, plate = tile.plate.sheet, tile.plate
        assert isinstance(sheet, NearestSheet)  # noqa: S101
        look = theme(sheet.theme)
        image = QImage(TILE_PX, TILE_PX, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(plate.dpr)
        image.fill(Qt.GlobalColor.transparent)
        radius = radius_px(look, len(sheet.answer.spots))
        west, north = tile.west_north
        side = TILE_PX / plate.dpr + radius + 2
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrushOrigin(hatch_phase(tile))
        try:
            # The nearer ones over the farther ones.
            for spot in sheet.answer.spots:
                x, y = spot.ends_xy[0]
                at = QPointF((x - west) / plate.m_per_px, (north - y) / plate.m_per_px)
                if -radius - 2 < at.x() < side and -radius - 2 < at.y() < side:
                    check()
                    paint_disc(painter, at, radius, spot.of_class, look)
        finally:
            painter.end()
        return image


def class_colours(look: Theme) -> list[str]:
    """Return the colours of the classes of minutes, the nearest first: those of bands."""
    return band_colours(look, len(CLASSES_MIN) + 1)


def radius_px(look: Theme, count: int) -> float:
    """Return the radius of a disc among so many, logical pixels."""
    return _RADIUS * look.symbol_px * (_SMALLER if count > _MANY else 1.0)


def paint_disc(
    painter: QPainter, at: QPointF, radius: float, of_class: int | None, look: Theme
) -> None:
    """Paint a place's disc in the colour of its class; hatched and dashed where it has none."""
    painter.save()
    painter.setPen(QPen(QColor(look.colour("halo")), 4.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, radius, radius)
    if of_class is None:
        grey = look.colour("ink_2")
        pen = QPen(QColor(grey), 1.6)
        pen.setDashPattern([3.0, 2.0])
        painter.setBrush(QColor(look.colour("ground_high")))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(at, radius, radius)
        painter.setBrush(hatching(grey, 0.7, painter.device().devicePixelRatio()))
        painter.setPen(pen)
    else:
        colour = class_colours(look)[of_class]
        painter.setBrush(QColor(colour))
        painter.setPen(QPen(QColor(contour_colour(colour, look)), 1.6))
    painter.drawEllipse(at, radius, radius)
    painter.restore()


def _over(
    painter: QPainter, atlas: Atlas, state: MapState, viewport: Viewport, look: Theme
) -> None:
    """Paint straight lines from the place that is selected to its nearest, or from all to it."""
    answer = state.answers.result(NearestAnswer)
    selected = state.gesture.selected
    if answer is None or selected is None:
        return
    ends = [
        spot
        for spot in answer.spots
        if spot.nearest is not None and selected in (spot.place.where, spot.nearest.where)
    ]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for name, width in (("halo", 5.6), ("accent", 2.4)):
        pen = QPen(QColor(look.colour(name)), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for spot in ends:
            start, end = (QPointF(*map(float, one)) for one in viewport.px(np.array(spot.ends_xy)))
            painter.drawLine(start, end)
    said = words_of(state.language)
    for spot in ends:
        _paint_minutes(painter, spot, viewport, look, said("{minutes} min", minutes=_minutes(spot)))
    painter.restore()


def _paint_minutes(
    painter: QPainter, spot: Spot, viewport: Viewport, look: Theme, text: str
) -> None:
    ends = viewport.px(np.array(spot.ends_xy))
    x, y = ends.mean(axis=0)
    painter.setFont(font(_LABEL_PX * (look.label_scale / 0.7) ** 0.5))
    metrics = painter.fontMetrics()
    width, height = metrics.horizontalAdvance(text) + 14, metrics.height() + 4
    if float(np.hypot(*(ends[1] - ends[0]))) < width + 2 * radius_px(look, 1):
        # Between marks so near each other there is no room.
        return
    box = QRectF(float(x) - width / 2, float(y) - height / 2, width, height)
    painter.setPen(QPen(QColor(look.colour("accent")), 1.2))
    painter.setBrush(QColor(look.colour("panel")))
    painter.drawRoundedRect(box, height / 2, height / 2)
    painter.setPen(QColor(look.colour("ink")))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _minutes(spot: Spot) -> str:
    return f"{spot.minutes:.1f}"


def _sheets(state: MapState, theme_name: str) -> list[NearestSheet]:
    answer = state.answers.result(NearestAnswer)
    return [] if answer is None else [NearestSheet(theme_name, answer)]


PICTURE: Final = Picture(NearestSheet, NearestPainter, _sheets, ANALYSIS.awaited, _over)
