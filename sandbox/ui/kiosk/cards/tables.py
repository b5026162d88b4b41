"""Tables and an article's figures on a card, painted."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from sandbox.app.kiosk.blocks import (
    Pair,
    Reported,
    Table,
)
from sandbox.draw.theme import tokens
from sandbox.ui.kiosk.lettering import (
    CENTER,
    RIGHT,
    Size,
    ink,
    line,
    lines_of,
    paragraph,
    stacked,
    width_of,
)

GAP: Final = 12.0
ROW_H: Final = 64.0
_TABLE_HEAD_H: Final = 40.0
_NAMED_H: Final = 54.0
# Share of a table's width that its rows' names get: beside few columns of figures, beside many.
_NAMES_SHARE: Final = {True: 0.40, False: 0.30}
_FEW_COLUMNS: Final = 3
_REPORTED_H: Final = 84.0


def table_height(block: Table, width: float) -> float:
    """Return how high a table is at a width, the gap beneath it counted."""
    return _TABLE_HEAD_H + _table_row_h(block, width) * len(block.rows) + 10.0


def reported_height(block: Reported, width: float) -> float:
    """Return how high an article's figures are at a width, the gap beneath them counted."""
    rows = len(_reported_rows(block, width - 28))
    noted = len(lines_of(block.source.first, 16, width - 28, 2))
    return rows * _REPORTED_H + noted * 22.0 + 34.0


def _table_row_h(block: Table, width: float) -> float:
    """Return how high a row is: long names stand above their figures."""
    gained = any(cell.gained for _, cells in block.rows for cell in cells)
    if _names_above(block, width):
        return _NAMED_H + (66.0 if gained else 44.0)
    return ROW_H if gained else 58.0


def _names_share(block: Table) -> float:
    return _NAMES_SHARE[len(block.heads) <= _FEW_COLUMNS]


def _names_above(block: Table, width: float) -> bool:
    room = width * _names_share(block)
    return any(width_of(words.first, 17) > room for words, _ in block.rows)


def paint_table(painter: QPainter, box: QRectF, block: Table) -> None:
    """Paint a table: its columns' heads, then its rows with a line above each."""
    above = _names_above(block, box.width())
    first = 0.0 if above else box.width() * _names_share(block)
    align = CENTER if above else RIGHT
    wide = (box.width() - first) / len(block.heads)
    columns = [box.left() + first + index * wide for index in range(len(block.heads))]
    tones = {"": ink("ink_2"), **{tone: ink(colour) for tone, colour in _tone_colours().items()}}
    for x, head in zip(columns, block.heads, strict=True):
        at = QRectF(x, box.top() + 2, wide, 34)
        line(painter, at, head.words.first, 22, tones[head.tone], align)
    row_h = _table_row_h(block, box.width())
    for number, (words, cells) in enumerate(block.rows):
        y = box.top() + _TABLE_HEAD_H + number * row_h
        painter.setPen(QPen(ink("line", 0.14), 1.0))
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        named = QRectF(box.left(), y + 6, box.width() if above else first, 52)
        stacked(painter, named, words, Size(22, 28), Size(16, 22))
        y += _NAMED_H if above else 5.0
        for x, head, cell in zip(columns, block.heads, cells, strict=True):
            at = QRectF(x, y, wide, 32)
            colour = tones[head.tone] if head.tone else ink("ink")
            line(painter, at, cell.value, 28, colour, align)
            line(painter, at.translated(0, 30).adjusted(0, 0, 0, -8), cell.gained, 20,
                 ink(_tone_colours()["second"]), align)  # fmt: skip


def _tone_colours() -> dict[str, str]:
    """Return the colours of the two places that are compared, as the map shows their ground."""
    shown = tokens()["difference"]["dark"]
    return {"first": shown["lost"], "second": shown["gained"]}


def _reported_w(value: str, words: Pair) -> float:
    # As narrow as its letters may become.
    return max(width_of(value, 19), width_of(words.first, 16), width_of(words.second, 16)) + 2.0


def _reported_rows(block: Reported, width: float) -> list[list[tuple[str, Pair]]]:
    """Return an article's figures in rows, as many side by side as stand whole."""
    rows: list[list[tuple[str, Pair]]] = []
    left = 0.0
    for value, words in block.figures:
        wide = _reported_w(value, words)
        if not rows or wide > left:
            rows.append([])
            left = width
        rows[-1].append((value, words))
        left -= wide + GAP
    return rows


def paint_reported(painter: QPainter, box: QRectF, block: Reported) -> None:
    """Draw an article's figures in a dashed frame, which marks what isn't computed."""
    frame = box.adjusted(0, 4, 0, -10)
    pen = QPen(ink("accent", 0.7), 1.4)
    pen.setDashPattern([5.0, 4.0])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawRoundedRect(frame, 10, 10)
    inner = frame.adjusted(14, 8, -14, -8)
    y = inner.top()
    for row in _reported_rows(block, inner.width()):
        free = inner.width() - sum(_reported_w(*one) for one in row) - GAP * (len(row) - 1)
        x = inner.left()
        for value, words in row:
            wide = _reported_w(value, words) + free / len(row)
            place = QRectF(x, y, wide, 30)
            line(painter, place, value, 24, ink("accent"))
            line(painter, place.translated(0, 28), words.first, 18, ink("ink"))
            line(painter, place.translated(0, 48), words.second, 16, ink("ink_2"))
            x += wide + GAP
        y += _REPORTED_H
    noted = QRectF(inner.left(), y, inner.width(), 44)
    paragraph(painter, noted, block.source.first, Size(16, 22), ink("ink_3"), 2)
