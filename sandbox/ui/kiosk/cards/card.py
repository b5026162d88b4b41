"""A card painted: headings, bands, rows, figures and buttons, one beneath the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from sandbox.app.kiosk.blocks import (
    NOTE_PX,
    Bands,
    Block,
    Buttons,
    Heading,
    Note,
    Paragraph,
    Ramp,
    Reported,
    Row,
    Stated,
    Table,
    Title,
    Told,
)
from sandbox.draw.answers.picture import OLDER_OPACITY
from sandbox.draw.answers.shaded import RAMP
from sandbox.draw.theme import band_colours, tokens
from sandbox.ui.kiosk.cards.tables import (
    GAP,
    ROW_H,
    paint_reported,
    paint_table,
    reported_height,
    table_height,
)
from sandbox.ui.kiosk.lettering import (
    CENTER,
    RIGHT,
    SHRUNK,
    THEME,
    Size,
    SizedLine,
    fitted_lines,
    ink,
    line,
    lines_of,
    mark,
    numbered,
    panel,
    paragraph,
    stacked,
    width_of,
    written,
)

PAD: Final = 28.0
BUTTON_H: Final = 84.0
_MARK: Final = 34.0
_TEXT_15: Final = "#8DB4F5"
_VALUE_H: Final = 42.0
# This much of a list is kept as long as something else can be left out.
_LEAST_OF_LIST: Final = 2
_NOTE_LINE: Final = 1.44
_RAMP_H: Final = 62.0


@dataclass(frozen=True, slots=True)
class Target:
    """Where a finger does something: an action with its argument."""

    box: QRectF
    action: str
    argument: str = ""


def _size(name: str) -> Size:
    px, high = tokens()["type"]["kiosk_1080"][name]
    return Size(float(px), float(high))


def height_of(block: Block, width: float) -> float:  # noqa: PLR0911 - one a kind of block
    """Return how high a block is at a width, the gap beneath it counted."""
    if isinstance(block, Heading):
        return 80.0 if block.words.second else 64.0
    if isinstance(block, Bands):
        return 100.0
    if isinstance(block, Title):
        return 48.0
    if isinstance(block, Ramp):
        return _RAMP_H
    if isinstance(block, Table):
        return table_height(block, width)
    if isinstance(block, Reported):
        return reported_height(block, width)
    if isinstance(block, Row):
        words = _named(block, _room_of_row(block, width))
        return max(ROW_H, 12.0 + sum(size.line for _, size, _ in words))
    if isinstance(block, Stated):
        return 8.0 + sum(size.line for _, size, _ in _stated_lines(block, width)) + _VALUE_H
    if isinstance(block, Note):
        count = len(lines_of(block.words.first, block.px, width, _lines_of_note(block)))
        second = len(lines_of(block.words.second, 16, width, 2)) if block.words.second else 0
        return count * _note(block).line + second * 22.0 + 8.0
    if isinstance(block, Paragraph):
        lines = len(lines_of(block.words.first, 24, width, 4))
        second = len(lines_of(block.words.second, 16, width, 2))
        return 46.0 + lines * 34.0 + second * 22.0 + 12.0
    return BUTTON_H + 8.0


def fitting(blocks: Sequence[Block], width: float, room: float) -> tuple[Block, ...]:
    """Return the blocks that have room: long lists are cut short before anything is left out."""
    kept = list(blocks)
    while kept and sum(height_of(block, width) for block in kept) > room:
        ranks = [_worth(kept, index) for index in range(len(kept))]
        last = len(ranks) - 1 - ranks[::-1].index(min(ranks))
        gone = kept.pop(last)
        # Without a list there is no heading.
        headed = last > 0 and isinstance(kept[last - 1], Title)
        if headed and isinstance(gone, Row) and not isinstance(_at(kept, last), Row):
            kept.pop(last - 1)
    return tuple(kept)


def _at(blocks: Sequence[Block], index: int) -> Block | None:
    return blocks[index] if index < len(blocks) else None


def _worth(blocks: Sequence[Block], index: int) -> int:
    """Return how late a block is left out where room is short."""
    block = blocks[index]
    if isinstance(block, Row | Stated):
        before = 0
        while before < index and isinstance(blocks[index - before - 1], type(block)):
            before += 1
        if before >= _LEAST_OF_LIST:
            return 0 if isinstance(block, Row) else 1
        return 3
    if isinstance(block, Note):
        return 2
    return 4 if isinstance(block, Title) else 5


def paint_blocks(painter: QPainter, box: QRectF, blocks: Sequence[Block]) -> list[Target]:
    """Paint blocks into a box, from its top; return where they can be pressed."""
    targets: list[Target] = []
    y = box.top()
    previous: Block | None = None
    for block in blocks:
        high = height_of(block, box.width())
        place = QRectF(box.left(), y, box.width(), high)
        if isinstance(block, Row) and isinstance(previous, Row | Title):
            painter.setPen(QPen(ink("line", 0.14), 1.0))
            painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y))
        painter.setOpacity(OLDER_OPACITY if isinstance(block, Told) and block.older else 1.0)
        targets += _paint(painter, place, block)
        painter.setOpacity(1.0)
        y += high
        previous = block
    return targets


def _paint(painter: QPainter, box: QRectF, block: Block) -> list[Target]:
    if isinstance(block, Heading):
        _heading(painter, box, block)
    elif isinstance(block, Bands):
        _bands(painter, box, block)
    elif isinstance(block, Title):
        _title(painter, box, block)
    elif isinstance(block, Table):
        paint_table(painter, box, block)
    elif isinstance(block, Reported):
        paint_reported(painter, box, block)
    elif isinstance(block, Row):
        _row(painter, box, block)
    elif isinstance(block, Stated):
        _stated(painter, box, block)
    elif isinstance(block, Note):
        most = _lines_of_note(block)
        used = paragraph(painter, box, block.words.first, _note(block), ink("ink_2"), most)
        below = QRectF(box.left(), box.top() + used, box.width(), 44)
        paragraph(painter, below, block.words.second, Size(16, 22), ink("ink_3"), 2)
    elif isinstance(block, Paragraph):
        _paragraph(painter, box, block)
    elif isinstance(block, Ramp):
        _ramp(painter, box, block)
    else:
        return _buttons(painter, box, block)
    return []


def _note(block: Note) -> Size:
    return Size(block.px, round(block.px * _NOTE_LINE))


def _lines_of_note(block: Note) -> int:
    # A note that was enlarged to fill its column is never cut.
    return 3 if block.px == NOTE_PX else 12


def _heading(painter: QPainter, box: QRectF, block: Heading) -> None:
    x = box.left()
    if block.category:
        category = THEME.category(block.category)
        mark(painter, category, QPointF(x + 22, box.top() + 33), 40)
        x += 60
    size = _size("card_title")
    room = QRectF(x, box.top(), box.right() - x, box.height())
    if width_of(block.words.first, size.px * SHRUNK) <= room.width():
        stacked(painter, room, block.words, Size(size.px, size.line), Size(20, 26))
        return
    used = paragraph(painter, room, block.words.first, Size(23, 28), ink("ink"), 2)
    line(painter, QRectF(x, box.top() + used, room.width(), 22), block.words.second, 16,
         ink("ink_2"))  # fmt: skip


def _bands(painter: QPainter, box: QRectF, block: Bands) -> None:
    shown = block.bands[-3:]
    width = (box.width() - GAP * (len(shown) - 1)) / len(shown)
    for place, band in enumerate(shown):
        left = box.left() + place * (width + GAP)
        colour = band_colours(THEME, band.count)[band.index]
        painter.fillRect(QRectF(left, box.top(), width, 6), ink(colour))
        text = _TEXT_15 if band.count == 3 and band.index == 2 else colour
        line(painter, QRectF(left, box.top() + 10, width, 54), band.value, 46, ink(text))
        line(painter, QRectF(left, box.top() + 62, width, 26), band.unit.first, 18, ink("ink_2"))


def _title(painter: QPainter, box: QRectF, block: Title) -> None:
    at = QRectF(box.left(), box.top() + 6, box.width(), 36)
    used = line(painter, at, block.words.first, 22, ink("ink"))
    rest = QRectF(box.left() + used + 10, box.top() + 6, box.width() - used - 10, 36)
    if block.words.second and width_of(block.words.second, 16) * 0.8 < rest.width():
        line(painter, rest, block.words.second, 16, ink("ink_2"))


def _ramp(painter: QPainter, box: QRectF, block: Ramp) -> None:
    """Paint the colours of an answer side by side, with what the first and the last mean."""
    wide = box.width() / len(RAMP)
    for place, colour in enumerate(RAMP):
        at = QRectF(box.left() + place * wide, box.top() + 12, wide - 2, 10)
        painter.fillRect(at, QColor(colour))
    half = box.width() / 2
    below = QRectF(box.left(), box.top() + 26, half, 28)
    line(painter, below, block.good.first, 18, ink("ink_2"))
    line(painter, below.translated(half, 0), block.bad.first, 18, ink("ink_2"), RIGHT)


def _unit_width(block: Row) -> float:
    return max(width_of(block.unit.first, 18), width_of(block.unit.second, 16)) + 6


def _mark_width(block: Row) -> float:
    return 52.0 if block.category or block.number else 0.0


def _room_of_row(block: Row, width: float) -> float:
    value = width_of(block.value, _size("minutes").px)
    return (
        width
        - (52.0 if block.category or block.number else 0.0)
        - value
        - _unit_width(block)
        - 16.0
    )


def _named(block: Row, width: float) -> list[SizedLine]:
    first = fitted_lines(block.words.first, Size(24, 30), Size(20, 25), width, "ink")
    return first + fitted_lines(block.words.second, Size(16, 22), Size(16, 20), width, "ink_2")


def _row(painter: QPainter, box: QRectF, block: Row) -> None:
    x = box.left()
    middle = box.top() + box.height() / 2
    if block.chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink("accent", 0.14))
        painter.drawRoundedRect(box.adjusted(-12, 2, 12, -2), 10, 10)
        painter.setBrush(ink("accent"))
        painter.drawRoundedRect(QRectF(box.left() - 12, box.top() + 10, 4, box.height() - 20), 2, 2)
    if block.number:
        numbered(painter, QRectF(x + 2, middle - 17, 34, 34), block.number)
    elif block.category:
        mark(painter, THEME.category(block.category), QPointF(x + 18, middle), _MARK)
    x += _mark_width(block)
    unit_w, room = _unit_width(block), _room_of_row(block, box.width())
    words = _named(block, room)
    high = sum(size.line for _, size, _ in words)
    written(painter, QRectF(x, middle - high / 2 - 1, room, high), words)
    size = _size("minutes")
    value_w = width_of(block.value, size.px)
    value = QRectF(box.right() - unit_w - value_w - 2, box.top(), value_w + 2, box.height())
    line(painter, value, block.value, size.px, ink("ink"), RIGHT)
    unit = QRectF(box.right() - unit_w + 6, middle - 27, unit_w, 30)
    line(painter, unit, block.unit.first, 18, ink("ink_2"))
    line(painter, unit.translated(0, 26), block.unit.second, 16, ink("ink_3"))


def _value_of(block: Stated, width: float) -> tuple[float, float]:
    """Return how large a stated figure is written, and how wide that is."""
    px = 34.0 if width_of(block.value, 34) < width * 0.46 else 26.0
    return px, min(width, width_of(block.value, px))


def _beside(block: Stated, width: float) -> bool:
    """Return whether what a figure counts has room beside it."""
    return width_of(block.words.first, 18) <= width - _value_of(block, width)[1] - 16.0


def _stated_lines(block: Stated, width: float) -> list[SizedLine]:
    """Return what stands beneath a stated figure."""
    name: list[SizedLine] = []
    if not _beside(block, width):
        name = fitted_lines(block.words.first, Size(22, 30), Size(20, 26), width, "ink")
    second = fitted_lines(block.words.second, Size(16, 20), Size(16, 20), width, "ink_2")
    return [*name, *second, *fitted_lines(block.source, Size(16, 20), Size(16, 20), width, "ink_3")]


def _stated(painter: QPainter, box: QRectF, block: Stated) -> None:
    value_px, used = _value_of(block, box.width())
    left = QRectF(box.left(), box.top(), used + 2, 46)
    line(painter, left, block.value, value_px, ink("accent"))
    if _beside(block, box.width()):
        room = QRectF(left.right() + 14, box.top() + 8, box.right() - left.right() - 14, 34)
        line(painter, room, block.words.first, 22, ink("ink"))
    below = box.adjusted(0, _VALUE_H, 0, 0)
    written(painter, below, _stated_lines(block, box.width()))


def _paragraph(painter: QPainter, box: QRectF, block: Paragraph) -> None:
    line(painter, QRectF(box.left(), box.top(), box.width(), 40), block.title.first, 28, ink("ink"))
    body = QRectF(box.left(), box.top() + 44, box.width(), box.height())
    used = paragraph(painter, body, block.words.first, Size(24, 34), ink("ink_2"), 4)
    below = QRectF(box.left(), body.top() + used, box.width(), 44)
    paragraph(painter, below, block.words.second, Size(16, 22), ink("ink_3"), 2)


def _buttons(painter: QPainter, box: QRectF, block: Buttons) -> list[Target]:
    count = max(1, len(block.buttons))
    width = (box.width() - GAP * (count - 1)) / count
    targets: list[Target] = []
    for index, button in enumerate(block.buttons):
        place = QRectF(box.left() + index * (width + GAP), box.top() + 6, width, BUTTON_H - 6)
        panel(painter, place, 16, alpha=0.6)
        if button.chosen:
            painter.setBrush(ink("accent", 0.14))
            painter.setPen(QPen(ink("accent"), 2.0))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 15, 15)
        colour = ink("accent") if button.chosen else ink("ink")
        inner = place.adjusted(8, 0, -8, 0)
        top = QRectF(inner.left(), place.top() + 12, inner.width(), 32)
        line(painter, top, button.words.first, 24, colour, CENTER)
        below = QRectF(inner.left(), place.top() + 44, inner.width(), 22)
        line(painter, below, button.words.second, 16, ink("ink_2"), CENTER)
        targets.append(Target(place, button.action, button.argument))
    return targets
