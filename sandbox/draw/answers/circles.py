"""Service circles on the map: what is covered, what isn't, and what a straight line would claim."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen
from shapely.geometry.base import BaseGeometry

from sandbox.app.answers.circles import ANALYSIS, CirclesAnswer
from sandbox.app.state import MapState
from sandbox.draw.answers.bands import contour_colour
from sandbox.draw.answers.picture import Picture
from sandbox.draw.raster.shapes import path, rings
from sandbox.draw.raster.tiles import TILE_PX, Tile
from sandbox.draw.theme import Theme, circles_colour, left_out_colour, theme

_HATCH_PX: Final = 8
LEFT_OUT_ALPHA: Final = 0.06
LEFT_OUT_HATCH_ALPHA: Final = 0.55
_MARGIN_PX: Final = 8.0
_TOLERANCE_PX: Final = 0.2


@dataclass(frozen=True, slots=True)
class CirclesSheet:
    """What is drawn on see-through tiles above the base: one answer in one theme."""

    theme: str
    answer: CirclesAnswer


class CirclesPainter:
    """Renders tiles of an answer; called on several threads."""

    def __init__(self) -> None:
        # The parts of the newest answer at the newest scale; threads may make them twice.
        self._parts: tuple[tuple[int, float], dict[str, npt.NDArray[Any]]] | None = None

    def render(self, tile: Tile, check: Callable[[], None]) -> QImage:
        """Return the picture of a tile whose plate's sheet is a `CirclesSheet`."""
        sheet = tile.plate.sheet
        assert isinstance(sheet, CirclesSheet)  # noqa: S101
        look, plate = theme(sheet.theme), tile.plate
        image = QImage(TILE_PX, TILE_PX, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(plate.dpr)
        image.fill(Qt.GlobalColor.transparent)
        parts = self._at(sheet.answer, plate.m_per_px)
        check()
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        try:
            self._paint(painter, tile, parts, look, straight=sheet.answer.question.straight_line)
        finally:
            painter.end()
        return image

    def _at(self, answer: CirclesAnswer, m_per_px: float) -> dict[str, npt.NDArray[Any]]:
        key = (id(answer.coverage), m_per_px)
        known = self._parts
        if known is not None and known[0] == key:
            return known[1]
        found = answer.coverage
        parts = {
            name: simple_parts(shape, _TOLERANCE_PX * m_per_px)
            for name, shape in (
                ("covered", found.areas),
                ("uncovered", found.uncovered),
                ("straight", found.straight_area),
            )
        }
        self._parts = (key, parts)
        return parts

    @staticmethod
    def _paint(
        painter: QPainter,
        tile: Tile,
        parts: dict[str, npt.NDArray[Any]],
        look: Theme,
        *,
        straight: bool,
    ) -> None:
        colour = circles_colour(look)
        uncovered = within_tile(parts["uncovered"], tile)
        painter.setBrushOrigin(hatch_phase(tile))
        lost = left_out_colour(look)
        wash = QColor(lost)
        wash.setAlphaF(LEFT_OUT_ALPHA)
        painter.fillPath(uncovered, wash)
        painter.fillPath(uncovered, hatching(lost, LEFT_OUT_HATCH_ALPHA, tile.plate.dpr))
        covered = within_tile(parts["covered"], tile)
        fill = QColor(colour)
        fill.setAlphaF(covered_alpha(look))
        painter.fillPath(covered, fill)
        halo = QColor(look.colour("halo"))
        halo.setAlphaF(0.6)
        for ink, width in ((halo, 3.8), (QColor(contour_colour(colour, look)), 1.8)):
            pen = QPen(ink, width)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(covered, pen)
        if straight:
            pen = QPen(QColor(look.colour("ink_2")), 1.6)
            pen.setDashPattern([5.0, 3.5])
            painter.strokePath(within_tile(parts["straight"], tile, whole=True), pen)


def _sheets(state: MapState, theme_name: str) -> list[CirclesSheet]:
    answer = state.answers.result(CirclesAnswer)
    return [] if answer is None else [CirclesSheet(theme_name, answer)]


PICTURE: Final = Picture(CirclesSheet, CirclesPainter, _sheets, ANALYSIS.awaited)


def covered_alpha(look: Theme) -> float:
    """Return how opaque covered ground is, 0-1."""
    return 0.24 if look.dark else 0.26


def simple_parts(shape: BaseGeometry, tolerance_m: float) -> npt.NDArray[Any]:
    """Return the parts of an area, without the detail that a scale doesn't show."""
    simple = shapely.simplify(shape, tolerance_m, preserve_topology=False)
    return shapely.get_parts(np.array([simple]))


def within_tile(parts: npt.NDArray[Any], tile: Tile, *, whole: bool = False) -> QPainterPath:
    """Return the parts that a tile meets as a path in its logical pixels."""
    plate = tile.plate
    west, north = tile.west_north
    margin = _MARGIN_PX * plate.m_per_px
    box = (
        west - margin,
        north - plate.tile_m - margin,
        west + plate.tile_m + margin,
        north + margin,
    )
    bounds = shapely.bounds(parts).reshape(-1, 4)
    meets = (
        (bounds[:, 0] <= box[2])
        & (bounds[:, 2] >= box[0])
        & (bounds[:, 1] <= box[3])
        & (bounds[:, 3] >= box[1])
    )
    near = parts[meets]
    # Dashes must run on across tiles, so their lines aren't cut.
    cut = near if whole else shapely.clip_by_rect(near, *box)
    xy, starts = rings(shapely.GeometryCollection(_areas(np.asarray(cut))))
    px = (xy - np.array((west, north))) / np.array((plate.m_per_px, -plate.m_per_px))
    return path(px, starts)


def _areas(shapes: npt.NDArray[Any]) -> list[BaseGeometry]:
    parts = shapely.get_parts(shapes)
    while any(part.geom_type in ("MultiPolygon", "GeometryCollection") for part in parts):
        parts = shapely.get_parts(parts)
    return [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]


def hatch_phase(tile: Tile) -> QPointF:
    """Return where hatching begins in a tile, so that it runs on from its neighbours."""
    side = TILE_PX / tile.plate.dpr
    return QPointF(-(tile.column * side) % _HATCH_PX, -(tile.row * side) % _HATCH_PX)


def hatching(colour: str, alpha: float, dpr: float, *, falling: bool = False) -> QBrush:
    """Return rising or falling lines at 45 degrees, one every eight pixels along each axis."""
    image = QImage(
        round(_HATCH_PX * dpr), round(_HATCH_PX * dpr), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.setDevicePixelRatio(dpr)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = QColor(colour)
    ink.setAlphaF(alpha)
    painter.setPen(QPen(ink, 1.1))
    for shift in (-_HATCH_PX, 0, _HATCH_PX):
        near, far = QPointF(shift - 2, _HATCH_PX + 2), QPointF(shift + _HATCH_PX + 2, -2)
        if falling:
            near, far = QPointF(near.x(), -2), QPointF(far.x(), _HATCH_PX + 2)
        painter.drawLine(near, far)
    painter.end()
    return QBrush(image)
