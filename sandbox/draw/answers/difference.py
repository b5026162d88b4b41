"""Two answers on one map, or how reliable one is: areas with their own colours."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen
from shapely.geometry.base import BaseGeometry

from sandbox.app.answers import against, departures
from sandbox.app.awaited import reach_awaited
from sandbox.app.questions import AgainstAnswer, WindowAnswer
from sandbox.app.state import MapState
from sandbox.draw.answers.circles import hatch_phase, hatching, simple_parts, within_tile
from sandbox.draw.answers.picture import Picture
from sandbox.draw.raster.tiles import TILE_PX, Tile
from sandbox.draw.theme import Theme, band_colours, mixed, theme, tokens

_TOLERANCE_PX: Final = 0.2
_OUTLINE_PX: Final = 1.6
_HATCH_ALPHA: Final = 0.75
SAVED_ALPHA: Final = 0.62


@dataclass(frozen=True, slots=True)
class DifferenceSheet:
    """What is drawn on see-through tiles above the base: one comparison in one theme.

    `minutes` draws minutes saved instead of ground gained and lost; `cutoff` is which of the
    cutoffs is drawn. A window's answer draws the ground by how much times vary.
    """

    theme: str
    answer: AgainstAnswer | WindowAnswer
    minutes: bool = False
    cutoff: int = -1


class DifferencePainter:
    """Renders tiles of a comparison; called on several threads."""

    def __init__(self) -> None:
        # The parts of the newest answer at the newest scale; threads may make them twice.
        self._parts: tuple[tuple[Hashable, ...], list[_Part]] | None = None

    def render(self, tile: Tile, check: Callable[[], None]) -> QImage:
        """Return the picture of a tile whose plate's sheet is a `DifferenceSheet`."""
        sheet = tile.plate.sheet
        assert isinstance(sheet, DifferenceSheet)  # noqa: S101
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

    def _at(self, sheet: DifferenceSheet, m_per_px: float, look: Theme) -> list["_Part"]:
        key = (id(sheet.answer), m_per_px, sheet.minutes, sheet.cutoff, look.name)
        known = self._parts
        if known is not None and known[0] == key:
            return known[1]
        if isinstance(sheet.answer, WindowAnswer):
            drawn = _spread(sheet.answer, look)
        elif sheet.minutes:
            drawn = _saved(sheet.answer, look)
        else:
            drawn = _ground(sheet.answer, sheet.cutoff, look)
        parts = [
            replace(part, shapes=simple_parts(part.area, _TOLERANCE_PX * m_per_px))
            for part in drawn
        ]
        self._parts = (key, parts)
        return parts


def _sheets(state: MapState, theme_name: str) -> list[DifferenceSheet]:
    compared, window, found = against.shown(state), departures.shown(state), list[DifferenceSheet]()
    if compared is not None and state.document.reach_shown:
        cutoff = against.cutoff_of(state, compared)
        found.append(DifferenceSheet(theme_name, compared, state.document.against_minutes, cutoff))
    if window is not None and window.spread and state.document.reach_shown:
        found.append(DifferenceSheet(theme_name, window))
    return found


PICTURE: Final = Picture(DifferenceSheet, DifferencePainter, _sheets, reach_awaited)


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """An area with its look: colour, how opaque, hatching, outline, and its simple shapes."""

    area: BaseGeometry
    colour: str
    alpha: float
    falling: bool | None = None
    outlined: bool = True
    shapes: npt.NDArray[Any] = field(default_factory=lambda: np.empty(0, dtype=object))


def difference_colours(look: Theme) -> dict[str, str]:
    """Return the colours of ground gained, lost and kept."""
    return dict(tokens()["difference"]["dark" if look.dark else "light"])


def swatch_of(look: Theme, change: str) -> tuple[str, float, QBrush | None]:
    """Return the colour, the fill's opacity and the hatching of a change, as legends show it.

    `change` is ``gained``, ``lost`` or ``both``; ground reachable before and after has no hatching.
    """
    colour, alpha = difference_colours(look)[change], float(tokens()["difference"]["alpha"][change])
    if change == "both":
        return colour, alpha, None
    return colour, alpha, hatching(colour, _HATCH_ALPHA, 3.0, falling=change == "lost")


def saved_colours(look: Theme, change: str, count: int) -> list[str]:
    """Return a colour for each band of minutes, from near the ground's to the full one.

    Parameters
    ----------
    look
        The theme.
    change
        ``gained`` for sooner, ``lost`` for later.
    count
        How many bands there are.
    """
    full, ground = difference_colours(look)[change], look.colour("ground")
    return [mixed(full, ground, 0.66 * (count - 1 - k) / max(count - 1, 1)) for k in range(count)]


def _ground(answer: AgainstAnswer, cutoff: int, look: Theme) -> list[_Part]:
    found, colours = answer.difference, difference_colours(look)
    alphas = tokens()["difference"]["alpha"]
    kept, gained, lost = (part.areas[cutoff] for part in (found.kept, found.gained, found.lost))
    return [
        _Part(kept, colours["both"], float(alphas["both"])),
        # What is gained is hatched the one way, what is lost the other.
        _Part(gained, colours["gained"], float(alphas["gained"]), falling=False),
        _Part(lost, colours["lost"], float(alphas["lost"]), falling=True),
    ]


def _saved(answer: AgainstAnswer, look: Theme) -> list[_Part]:
    found, made = answer.saved, list[_Part]()
    for change, areas in (("gained", found.sooner), ("lost", found.later)):
        colours = saved_colours(look, change, len(areas))
        made += [
            _Part(area, colour, SAVED_ALPHA, outlined=False)
            for area, colour in zip(areas, colours, strict=True)
        ]
    return made


def _spread(answer: WindowAnswer, look: Theme) -> list[_Part]:
    colours = band_colours(look, len(answer.areas))
    parts = [
        _Part(area, colour, SAVED_ALPHA, outlined=False)
        for area, colour in zip(answer.areas, colours, strict=True)
    ]
    return parts[::-1]


def _paint(painter: QPainter, tile: Tile, part: _Part) -> None:
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
        lines = hatching(part.colour, _HATCH_ALPHA, tile.plate.dpr, falling=part.falling)
        painter.fillPath(ground, lines)
    pen = QPen(QColor(part.colour), _OUTLINE_PX)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(ground, pen)
