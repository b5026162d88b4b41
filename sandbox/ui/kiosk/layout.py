"""Where things stand on a kiosk's screen: one grid for each shape of screen, no stretching.

All rectangles are in design pixels: a screen 1080 of them high (or wide, upright), fewer where
a small or distant screen needs larger letters. One design pixel is `Grid.scale` logical pixels
of the window.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from PySide6.QtCore import QRectF

from sandbox.app.kiosk.blocks import Block, Note, Row, Title
from sandbox.app.questions import LonLat
from sandbox.app.state import View
from sandbox.draw.viewport import moved
from sandbox.ui.kiosk.cards.card import PAD, fitting, height_of
from sandbox.ui.kiosk.wall.seams import Seams

Shape = Literal["landscape", "portrait", "wall"]

MARGIN: Final = 64.0
GUTTER: Final = 14.0
CARD_W: Final = 452.0
TILE_H: Final = 96.0
STAGE_H: Final = 132.0
_DESIGN: Final = 1080.0
_WALL_FROM: Final = 2.6
# Columns of words and figures at both sides of a wall's map.
_COLUMN_W: Final = 700.0
_COLUMN_SHARE: Final = 0.185
_WALL_CAPTION_H: Final = 316.0
# Titles and captions of a picture so wide are larger than on other screens.
_WALL_WORDS: Final = 1.2
_WALL_FOOT: Final = 64.0
# Sentences over its map are no wider.
_SPOKEN_W: Final = 1500.0
# A wall's card may be so much larger than designed, where it stays whole.
_LARGER: Final = (1.5, 1.35, 1.2, 1.1)
_TOOL: Final = 76.0
# Width that words beside the steps need.
_SAID_W: Final = 300.0
_LANGUAGE_W: Final = 164.0
_TAKE_W: Final = 196.0
_PORTRAIT_GAP: Final = 8.0
_BETWEEN_ROWS: Final = 20.0
# Room between the two columns of an upright screen's card; and the part of them that is filled.
BETWEEN: Final = 40.0
_FILLED: Final = 0.72
# Sentences beside a taller column, the largest first.
_NOTES_PX: Final = (32.0, 28.0, 24.0, 21.0)
# Titles and captions, 36 design pixels, are read from five metres where they are 22 mm high.
_READ_PX: Final = 36.0
_READ_MM: Final = 22.0
_READ_FROM_M: Final = 5.0
_MM_PER_INCH: Final = 25.4
# Everything grows by this at most; beyond that only titles and captions do.
_WHOLE_AT_MOST: Final = 1.2
_WORDS_AT_MOST: Final = 1.5
# A wall that is seen from afar has larger letters in any case.
_WALL_AFAR_M: Final = 6.0
_WALL_AFAR: Final = 1.25


@dataclass(frozen=True, slots=True)
class Sight:
    """The screen as it hangs in the hall.

    Attributes
    ----------
    diagonal_inch
        How large it is.
    viewing_m
        How far away visitors stand.
    cabinets
        Columns and rows of equal screens that it is made of.
    """

    diagonal_inch: float
    viewing_m: float
    cabinets: tuple[int, int] = (1, 1)


@dataclass(frozen=True, slots=True)
class Raised:
    """How much larger than designed everything is, and titles and captions beyond that."""

    whole: float = 1.0
    words: float = 1.0


def raised(sight: Sight | None, width_px: float, height_px: float) -> Raised:
    """Return how much larger letters must be on a screen to be read from where people stand."""
    if sight is None:
        return Raised()
    short_px = min(width_px, height_px)
    short_mm = sight.diagonal_inch * _MM_PER_INCH * short_px / math.hypot(width_px, height_px)
    wanted_mm = _READ_MM * max(sight.viewing_m, _READ_FROM_M) / _READ_FROM_M
    needed = max(1.0, wanted_mm / (_READ_PX * short_mm / _DESIGN))
    whole = min(needed, _WHOLE_AT_MOST)
    if width_px / height_px >= _WALL_FROM and sight.viewing_m > _WALL_AFAR_M:
        whole = max(whole, _WALL_AFAR)
    return Raised(whole, min(max(1.0, needed / whole), _WORDS_AT_MOST))


@dataclass(frozen=True, slots=True)
class Grid:
    """One screen's places.

    Attributes
    ----------
    shape
        Which of the three grids.
    scale
        Logical pixels of the window per design pixel.
    words
        How much larger titles and captions are than designed.
    width, height
        The screen in design pixels.
    title, caption
        Words over the map.
    language, take, find
        Buttons at the upper right.
    card, second_card
        What the scene and the answer say; on a wall the scene's has the column at the left, with
        an instrument below it, where the answer's stands at the right.
    stages
        Row of the scene's steps.
    tiles
        One for each scene.
    focus
        Where the ground of a scene's camera is seen, free of panels.
    """

    shape: Shape
    scale: float
    words: float
    width: float
    height: float
    title: QRectF
    caption: QRectF
    language: QRectF
    take: QRectF
    find: QRectF
    card: QRectF
    second_card: QRectF | None
    stages: QRectF
    tiles: tuple[QRectF, ...]
    focus: QRectF

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the screen in design pixels."""
        return self.width, self.height

    @property
    def spoken(self) -> QRectF:
        """Where a visitor's answer stands, and what is spoken."""
        if self.shape != "wall":
            return QRectF(self.caption)
        box = QRectF(self.stages)
        box.setBottom(self.tiles[0].top() - _BETWEEN_ROWS if self.tiles else box.bottom())
        box.setWidth(min(box.width(), _SPOKEN_W))
        return box

    def view(self, center: LonLat, width_m: float, height_m: float, crs: str) -> View:
        """Return the view in which the ground about a place fills the free part of the map."""
        m_per_px = max(width_m / self.focus.width(), height_m / self.focus.height())
        at = self.focus.center()
        by = (at.x() - self.width / 2, at.y() - self.height / 2)
        return moved(View(center, m_per_px), crs, by)

    def panels(
        self, title: QRectF, *, steps: bool, take: bool, find: bool = False
    ) -> tuple[QRectF, ...]:
        """Return what may stand over the map while a scene is on, each as large as it can be.

        `title` is how far the words of the title reach.
        """
        foot = QRectF(0, self.height - 44, self.width, 44)
        return (
            title, self.language, *self.tiles, foot, self.card,
            *((self.stages,) if steps else ()),
            *((self.caption,) if not steps or self.shape == "wall" else ()),
            *((self.take,) if take else ()),
            *((self.find,) if find else ()),
            *((self.second_card,) if self.second_card is not None else ()),
        )  # fmt: skip

    def beside_steps(self, count: int) -> QRectF | None:
        """Return the room that a scene's steps leave at their right for what they say."""
        boxes = self.steps(count)
        if self.shape != "landscape" or not boxes:
            return None
        room = QRectF(self.stages)
        room.setLeft(boxes[-1].right() + 28.0)
        return room if room.width() >= _SAID_W else None

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


def grid(width_px: float, height_px: float, scenes: int, sight: Sight | None = None) -> Grid:
    """Return the grid of a window of some logical size, with a tile for each scene.

    Parameters
    ----------
    width_px, height_px
        Logical size of the window.
    scenes
        How many tiles there are.
    sight
        Size and distance of the screen, by which letters grow; None leaves them as designed.
    """
    larger = raised(sight, width_px, height_px)
    short = _DESIGN / larger.whole
    scale = min(width_px, height_px) / short
    width, height = width_px / scale, height_px / scale
    if height > width:
        return _portrait(scale, larger.words, (width, height), scenes)
    lay = _wall if width / height >= _WALL_FROM else _landscape
    laid = lay(scale, larger.words, (width, height), scenes)
    return laid if sight is None or sight.cabinets == (1, 1) else _off_seams(laid, sight.cabinets)


def _off_seams(laid: Grid, cabinets: tuple[int, int]) -> Grid:
    """Return a grid with no panel across a seam between screens."""
    seams = Seams(cabinets, laid.size)
    clear = seams.clear
    language, take, find = seams.leftward((laid.language, laid.take, laid.find), GUTTER)
    return replace(
        laid,
        title=clear(laid.title),
        caption=clear(laid.caption),
        language=language,
        take=take,
        find=find,
        card=clear(laid.card),
        second_card=None if laid.second_card is None else clear(laid.second_card),
        stages=clear(laid.stages),
        tiles=seams.row(laid.tiles),
    )


def _find(right: float) -> QRectF:
    """Return where the button that finds a place stands, left of the others."""
    return QRectF(right - _LANGUAGE_W - 2 * GUTTER - 2 * _TAKE_W, 48, _TAKE_W, _TOOL)


def _title_h(words: float) -> float:
    return 72.0 + 80.0 * words


def _landscape(scale: float, words: float, size: tuple[float, float], scenes: int) -> Grid:
    width, height = size
    right = width - MARGIN
    card = QRectF(right - CARD_W, 140, CARD_W, height - 364)
    find = _find(right)
    left = QRectF(MARGIN, 48, find.left() - MARGIN - GUTTER, _title_h(words))
    return Grid(
        shape="landscape",
        scale=scale,
        words=words,
        width=width,
        height=height,
        title=left,
        caption=QRectF(MARGIN, height - 328, card.left() - MARGIN - 60, 150),
        language=QRectF(right - _LANGUAGE_W, 48, _LANGUAGE_W, _TOOL),
        take=QRectF(right - _LANGUAGE_W - GUTTER - _TAKE_W, 48, _TAKE_W, _TOOL),
        find=find,
        card=card,
        second_card=None,
        stages=QRectF(MARGIN, height - 308, card.left() - MARGIN - 40, STAGE_H),
        tiles=_tiles(MARGIN, height - 158, right - MARGIN, GUTTER, scenes, scenes),
        focus=QRectF(MARGIN + 220, 170, card.left() - MARGIN - 270, height - 460),
    )


def _portrait(scale: float, words: float, size: tuple[float, float], scenes: int) -> Grid:
    width, height = size
    right = width - 56
    left = 56.0
    columns = (scenes + 1) // 2
    tiles_y = height - 290
    card = QRectF(left, tiles_y - 462, right - left, 424)
    title_w = right - _LANGUAGE_W - GUTTER - _TOOL - GUTTER - left
    return Grid(
        shape="portrait",
        scale=scale,
        words=words,
        width=width,
        height=height,
        title=QRectF(left, 52, min(640.0, title_w), 88 + 80.0 * words),
        caption=QRectF(left, card.top() - 150, right - left, 134),
        language=QRectF(right - _LANGUAGE_W, 52, _LANGUAGE_W, _TOOL),
        take=QRectF(right - _LANGUAGE_W - GUTTER - _TOOL, 52, _TOOL, _TOOL),
        find=QRectF(
            right - _LANGUAGE_W - GUTTER - _TOOL,
            52 + _TOOL + GUTTER,
            _LANGUAGE_W + GUTTER + _TOOL,
            _TOOL,
        ),
        card=card,
        second_card=None,
        stages=QRectF(left, card.top() - 24 - STAGE_H, right - left, STAGE_H),
        tiles=_tiles(left, tiles_y, right - left, _PORTRAIT_GAP, columns, scenes),
        focus=QRectF(left + 20, 250, right - left - 40, card.top() - 250 - 160),
    )


def _wall(scale: float, words: float, size: tuple[float, float], scenes: int) -> Grid:
    """Return a map with a column of words at its left and one of figures at its right."""
    width, height = size
    words = max(words, _WALL_WORDS)
    right = width - MARGIN
    wide = min(_COLUMN_W, _COLUMN_SHARE * width)
    title = QRectF(MARGIN, 48, 1100, _title_h(words))
    caption = QRectF(MARGIN, title.bottom() + GUTTER, wide, _WALL_CAPTION_H)
    below = caption.bottom() + 2 * GUTTER
    column = QRectF(MARGIN, below, wide, height - _WALL_FOOT - below)
    card = QRectF(right - wide, 140, wide, height - _WALL_FOOT - 140)
    left, end = column.right() + MARGIN, card.left() - MARGIN
    return Grid(
        shape="wall",
        scale=scale,
        words=words,
        width=width,
        height=height,
        title=title,
        caption=caption,
        language=QRectF(right - _LANGUAGE_W, 48, _LANGUAGE_W, _TOOL),
        take=QRectF(right - _LANGUAGE_W - GUTTER - _TAKE_W, 48, _TAKE_W, _TOOL),
        find=_find(right),
        card=card,
        second_card=column,
        stages=QRectF(left, height - 308, end - left, STAGE_H),
        tiles=_tiles(left, height - 158, end - left, GUTTER, scenes, scenes),
        focus=QRectF(left + 60, 60, end - left - 120, height - 400),
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


@lru_cache(maxsize=32)
def card_columns(
    blocks: tuple[Block, ...], room: tuple[float, float, float, float], columns: bool
) -> tuple[tuple[tuple[Block, ...], ...], QRectF]:
    """Return a card's columns, and its box: at the room's top, in columns at its bottom.

    Where two columns would leave a large part of a card empty, all stands in one that is
    as wide as the card; sentences grow until they fill what stays empty beside figures.
    """
    box = QRectF(*room)
    high = box.height() - 2 * PAD + 12
    inner = box.width() - 2 * PAD
    width = (inner - BETWEEN) / 2 if columns else inner
    sides = split(blocks, width, high) if columns else (blocks,)
    kept = tuple(fitting(side, width, high) for side in sides)
    tall = max(_height(side, width) for side in kept)
    if columns:
        kept = tuple(_grown(side, width, tall) for side in kept)
        filled = sum(_height(side, width) for side in kept)
        if filled < _FILLED * 2 * tall and _height(blocks, inner) <= high:
            kept, tall = (blocks,), _height(blocks, inner)
    tall += 2 * PAD - 12
    top = box.bottom() - tall if columns else box.top()
    return kept, QRectF(box.left(), top, box.width(), tall)


@lru_cache(maxsize=64)
def larger_by(blocks: tuple[Block, ...], width: float, height: float) -> float:
    """Return by how much a wall's card may be larger than designed with all of it in its room."""
    for larger in _LARGER:
        wide = width / larger - 2 * PAD
        high = height / larger - 2 * PAD + 12
        if width / larger >= CARD_W and _height(blocks, wide) <= high:
            return larger
    return 1.0


def _grown(side: tuple[Block, ...], width: float, room: float) -> tuple[Block, ...]:
    """Return a column whose sentences in both languages are as large as it has room for."""
    for px in _NOTES_PX:
        made = tuple(
            replace(one, px=px) if isinstance(one, Note) and one.words.second else one
            for one in side
        )
        if _height(made, width) <= room:
            return made
    return side


def split(
    blocks: Sequence[Block], width: float, room: float
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Return blocks for two columns, all of them with room where there is a way.

    Rows with their titles stand at the right and what can be pressed at the left, unless
    that has no room; then the columns follow one another, and no list is torn apart.
    """
    listed = tuple(block for block in blocks if isinstance(block, Row | Title))
    others = tuple(block for block in blocks if not isinstance(block, Row | Title))
    if listed and others and max(_height(listed, width), _height(others, width)) <= room:
        return others, listed
    cuts = [
        at
        for at, block in enumerate(blocks)
        if at > 0 and not (isinstance(block, Row) and isinstance(blocks[at - 1], Row | Title))
    ]
    if not cuts:
        return tuple(blocks), ()

    def taller(at: int) -> float:
        return max(_height(blocks[:at], width), _height(blocks[at:], width))

    best = min(cuts, key=taller)
    return tuple(blocks[:best]), tuple(blocks[best:])


def _height(blocks: Sequence[Block], width: float) -> float:
    return sum(height_of(block, width) for block in blocks)
