"""Where things stand on a kiosk's screen: one grid for each shape of screen, no stretching.

All rectangles are in design pixels: a screen 1080 of them high (or wide, upright). One
design pixel is `Grid.scale` logical pixels of the window.
"""

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QRectF

from sandbox.app.state import LonLat, View
from sandbox.draw.viewport import moved

Shape = Literal["landscape", "portrait", "wall"]

MARGIN: Final = 64.0
GUTTER: Final = 14.0
CARD_W: Final = 452.0
TILE_H: Final = 96.0
STAGE_H: Final = 132.0
LEGAL_H: Final = 48.0
_DESIGN: Final = 1080.0
_WALL_FROM: Final = 2.6
_WALL_TILES_W: Final = 2300.0
_TOOL: Final = 76.0
_LANGUAGE_W: Final = 164.0
_TAKE_W: Final = 196.0
_PORTRAIT_GAP: Final = 8.0


@dataclass(frozen=True, slots=True)
class Grid:
    """One screen's places.

    Attributes
    ----------
    shape
        Which of the three grids.
    scale
        Logical pixels of the window per design pixel.
    width, height
        The screen in design pixels.
    title, caption
        Words over the map.
    language, take
        Buttons at the upper right.
    card, second_card
        What the scene and the answer say; on a wall the scene's stands at the left.
    stages
        Row of the scene's steps.
    tiles
        One for each scene.
    focus
        Where the ground of a scene's camera is seen, free of panels.
    """

    shape: Shape
    scale: float
    width: float
    height: float
    title: QRectF
    caption: QRectF
    language: QRectF
    take: QRectF
    card: QRectF
    second_card: QRectF | None
    stages: QRectF
    tiles: tuple[QRectF, ...]
    focus: QRectF

    def view(self, center: LonLat, width_m: float, height_m: float, crs: str) -> View:
        """Return the view in which the ground about a place fills the free part of the map."""
        m_per_px = max(width_m / self.focus.width(), height_m / self.focus.height())
        at = self.focus.center()
        by = (at.x() - self.width / 2, at.y() - self.height / 2)
        return moved(View(center, m_per_px), crs, by)

    def steps(self, count: int) -> tuple[QRectF, ...]:
        """Return the buttons of a scene's steps."""
        if count == 0:
            return ()
        row = self.stages
        width = min(308.0, (row.width() - GUTTER * (count - 1)) / count)
        return tuple(
            QRectF(row.left() + i * (width + GUTTER), row.top(), width, row.height())
            for i in range(count)
        )


def grid(width_px: float, height_px: float, scenes: int) -> Grid:
    """Return the grid of a window of some logical size, with a tile for each scene."""
    if height_px > width_px:
        return _portrait(width_px / _DESIGN, height_px / (width_px / _DESIGN), scenes)
    scale = height_px / _DESIGN
    width = width_px / scale
    if width / _DESIGN >= _WALL_FROM:
        return _wall(scale, width, scenes)
    return _landscape(scale, width, scenes)


def _landscape(scale: float, width: float, scenes: int) -> Grid:
    right = width - MARGIN
    card = QRectF(right - CARD_W, 140, CARD_W, 716)
    left = QRectF(MARGIN, 48, card.left() - MARGIN - 40, 152)
    return Grid(
        shape="landscape",
        scale=scale,
        width=width,
        height=_DESIGN,
        title=left,
        caption=QRectF(MARGIN, 752, card.left() - MARGIN - 200, 150),
        language=QRectF(right - _LANGUAGE_W, 48, _LANGUAGE_W, _TOOL),
        take=QRectF(right - _LANGUAGE_W - GUTTER - _TAKE_W, 48, _TAKE_W, _TOOL),
        card=card,
        second_card=None,
        stages=QRectF(MARGIN, 772, card.left() - MARGIN - 40, STAGE_H),
        tiles=_tiles(MARGIN, 922, right - MARGIN, GUTTER, scenes, scenes),
        focus=QRectF(MARGIN + 220, 170, card.left() - MARGIN - 270, 620),
    )


def _portrait(scale: float, height: float, scenes: int) -> Grid:
    right = _DESIGN - 56
    left = 56.0
    columns = (scenes + 1) // 2
    tiles_y = height - 290
    card = QRectF(left, tiles_y - 462, right - left, 424)
    return Grid(
        shape="portrait",
        scale=scale,
        width=_DESIGN,
        height=height,
        title=QRectF(left, 52, 700, 168),
        caption=QRectF(left, card.top() - 150, right - left, 134),
        language=QRectF(right - _LANGUAGE_W, 52, _LANGUAGE_W, _TOOL),
        take=QRectF(right - _LANGUAGE_W - GUTTER - _TOOL, 52, _TOOL, _TOOL),
        card=card,
        second_card=None,
        stages=QRectF(left, card.top() - 24 - STAGE_H, right - left, STAGE_H),
        tiles=_tiles(left, tiles_y, right - left, _PORTRAIT_GAP, columns, scenes),
        focus=QRectF(left + 20, 250, right - left - 40, card.top() - 250 - 160),
    )


def _wall(scale: float, width: float, scenes: int) -> Grid:
    right = width - MARGIN
    tiles_w = min(_WALL_TILES_W, right - MARGIN)
    second = QRectF(MARGIN, 232, CARD_W, 640)
    card = QRectF(right - CARD_W, 140, CARD_W, 732)
    return Grid(
        shape="wall",
        scale=scale,
        width=width,
        height=_DESIGN,
        title=QRectF(MARGIN, 48, 1100, 152),
        caption=QRectF(second.right() + 64, 752, 900, 150),
        language=QRectF(right - _LANGUAGE_W, 48, _LANGUAGE_W, _TOOL),
        take=QRectF(right - _LANGUAGE_W - GUTTER - _TAKE_W, 48, _TAKE_W, _TOOL),
        card=card,
        second_card=second,
        stages=QRectF(second.right() + 64, 772, card.left() - second.right() - 128, STAGE_H),
        tiles=_tiles((width - tiles_w) / 2, 922, tiles_w, GUTTER, scenes, scenes),
        focus=QRectF(second.right() + 300, 130, card.left() - second.right() - 600, 620),
    )


def _tiles(  # noqa: PLR0917
    left: float, top: float, width: float, gap: float, columns: int, count: int
) -> tuple[QRectF, ...]:
    if count == 0:
        return ()
    side = (width - gap * (columns - 1)) / columns
    return tuple(
        QRectF(
            left + (i % columns) * (side + gap),
            top + (i // columns) * (TILE_H + gap),
            side,
            TILE_H,
        )
        for i in range(count)
    )
