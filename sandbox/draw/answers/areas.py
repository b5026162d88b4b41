"""Areas that are drawn in colours of their own above the ground: what two answers differ in."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol, cast

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from shapely.geometry.base import BaseGeometry

from sandbox.draw.answers.circles import hatch_phase, hatching, simple_parts, within_tile
from sandbox.draw.raster.tiles import TILE_PX, Tile
from sandbox.draw.theme import Theme, theme

_TOLERANCE_PX: Final = 0.2
_OUTLINE_PX: Final = 1.6
HATCH_ALPHA: Final = 0.75
# Of bands of minutes that hold one another.
BANDS_ALPHA: Final = 0.62


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """An area with its look: colour, how opaque, hatching, outline, and its simple shapes."""

    area: BaseGeometry
    colour: str
    alpha: float
    falling: bool | None = None
    outlined: bool = True
    shapes: npt.NDArray[Any] = field(default_factory=lambda: np.empty(0, dtype=object))


class AreasSheet(Protocol):
    """What is drawn on see-through tiles above the base: areas of one answer in one theme."""

    @property
    def theme(self) -> str:
        """Return the name of the theme."""
        ...

    @property
    def key(self) -> Hashable:
        """Return what the areas depend on beside the theme."""
        ...

    def areas(self, look: Theme) -> Sequence[Area]:
        """Return the areas, the lowest first."""
        ...


class AreasPainter:
    """Renders tiles of an answer's areas; called on several threads."""

    def __init__(self) -> None:
        # The parts of the newest answer at the newest scale; threads may make them twice.
        self._parts: tuple[tuple[Hashable, ...], list[Area]] | None = None

    def render(self, tile: Tile, check: Callable[[], None]) -> QImage:
        """Return the picture of a tile whose plate's sheet is an `AreasSheet`."""
        sheet = cast(AreasSheet, tile.plate.sheet)
        look, plate = theme(sheet.theme), tile.plate
        image = QImage(TILE_PX, TILE_PX, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(plate.dpr)
        image.fill(Qt.GlobalColor.transparent)
        parts = self._at(sheet, plate.m_per_px, look)
        check()
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        try:
            for part in parts:
                _paint(painter, tile, part)
        finally:
            painter.end()
        return image

    def _at(self, sheet: AreasSheet, m_per_px: float, look: Theme) -> list[Area]:
        key = (sheet.key, m_per_px, look.name)
        known = self._parts
        if known is not None and known[0] == key:
            return known[1]
        parts = [
            replace(part, shapes=simple_parts(part.area, _TOLERANCE_PX * m_per_px))
            for part in sheet.areas(look)
        ]
        self._parts = (key, parts)
        return parts


def _paint(painter: QPainter, tile: Tile, part: Area) -> None:
    ground = within_tile(part.shapes, tile)
    if ground.isEmpty():
        return
    fill = QColor(part.colour)
    fill.setAlphaF(part.alpha)
    if not part.outlined:
        # Bands that hold one another: the inner one takes the place of the outer.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.fillPath(ground, fill)
        return
    painter.fillPath(ground, fill)
    if part.falling is not None:
        painter.setBrushOrigin(hatch_phase(tile))
        lines = hatching(part.colour, HATCH_ALPHA, tile.plate.dpr, falling=part.falling)
        painter.fillPath(ground, lines)
    pen = QPen(QColor(part.colour), _OUTLINE_PX)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(ground, pen)
