"""Words on a kiosk's panels: fitted into their room, never bold, never cut off."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtSvg import QSvgRenderer

from sandbox.app.kiosk.blocks import Pair
from sandbox.draw.lettering.fonts import font
from sandbox.draw.lettering.symbols import symbol_svg
from sandbox.draw.theme import Category, theme

LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTER = Qt.AlignmentFlag.AlignHCenter
THEME = theme("kiosk_dark")
# Words that don't fit are set smaller by this much at most, before they are broken off.
SMALLEST = 0.74
# A line of a list shrinks by this much at most before it is broken into several.
SHRUNK = 0.8


@dataclass(frozen=True, slots=True)
class Size:
    """Size of lettering and height of its line, design pixels."""

    px: float
    line: float


def ink(key: str, alpha: float = 1.0) -> QColor:
    """Return a colour of the kiosk's theme."""
    colour = QColor(THEME.colour(key) if not key.startswith("#") else key)
    colour.setAlphaF(alpha)
    return colour


# Letters are measured once: a scene that was seen is written again at the first touch.
@lru_cache(maxsize=8192)
def width_of(words: str, px: float) -> float:
    """Return how wide words are at a size."""
    return QFontMetricsF(font(px)).horizontalAdvance(words)


def line(  # noqa: PLR0917
    painter: QPainter,
    box: QRectF,
    words: str,
    px: float,
    colour: QColor,
    align: Qt.AlignmentFlag = LEFT,
    smallest: float = SMALLEST,
) -> float:
    """Write one line into a box, in its middle height; return how wide it came out."""
    size = px
    # Pixel by pixel: hinted letters don't shrink in proportion.
    while width_of(words, size) > box.width() > 0 and size - 1.0 >= px * smallest:
        size -= 1.0
    face = font(size)
    metrics = QFontMetricsF(face)
    if metrics.horizontalAdvance(words) > box.width():
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.setFont(face)
    painter.setPen(colour)
    # Boxes are as high as the line spacing; letters that hang lower are not cut off.
    flags = align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
    painter.drawText(box, flags, words)
    return metrics.horizontalAdvance(words)


@lru_cache(maxsize=2048)
def lines_of(words: str, px: float, width: float, at_most: int) -> tuple[str, ...]:
    """Return words broken into lines: Chinese anywhere but before punctuation, English at gaps."""
    metrics = QFontMetricsF(font(px))
    made, rest = [""], _pieces(words)
    for piece in rest:
        if metrics.horizontalAdvance((made[-1] + piece).rstrip()) <= width or not made[-1]:
            made[-1] += piece
        else:
            made.append(piece.lstrip())
    made = [one.rstrip() for one in made]
    if len(made) <= at_most:
        return tuple(made)
    kept = made[:at_most]
    gap = " " if ord(kept[-1][-1]) <= 0x2E80 else ""
    whole = f"{kept[-1]}{gap}{made[at_most]}"
    kept[-1] = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, width)
    return tuple(kept)


@lru_cache(maxsize=1024)
def balanced(words: str, px: float, width: float, at_most: int) -> tuple[str, ...]:
    """Return words in as few lines as `lines_of`, all about as long as one another."""
    count = len(lines_of(words, px, width, at_most))
    enough, narrow = width, 0.0
    while count > 1 and enough - narrow > px / 2:
        room = (enough + narrow) / 2
        if len(lines_of(words, px, room, at_most + 1)) <= count:
            enough = room
        else:
            narrow = room
    return lines_of(words, px, enough, at_most)


def paragraph(  # noqa: PLR0917
    painter: QPainter, box: QRectF, words: str, size: Size, colour: QColor, at_most: int = 3
) -> float:
    """Write words in several lines; return the height they take."""
    y = box.top()
    for one in balanced(words, size.px, box.width(), at_most):
        line(painter, QRectF(box.left(), y, box.width(), size.line), one, size.px, colour)
        y += size.line
    return y - box.top()


def stacked(painter: QPainter, box: QRectF, words: Pair, first: Size, second: Size) -> float:
    """Write a line in the language chosen and the other one's beneath; return the height."""
    line(painter, QRectF(box.left(), box.top(), box.width(), first.line), words.first, first.px,
         ink("ink"))  # fmt: skip
    if not words.second:
        return first.line
    below = QRectF(box.left(), box.top() + first.line, box.width(), second.line)
    line(painter, below, words.second, second.px, ink("ink_2"))
    return first.line + second.line


def mark(painter: QPainter, category: Category, middle: QPointF, height: float) -> None:
    """Draw a category's mark about a point."""
    side = height * 30.0 / 24.0
    box = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
    _renderer(category, THEME.colour("halo")).render(painter, box)


def panel(
    painter: QPainter, box: QRectF, radius: float, *, alpha: float = 0.95, chosen: bool = False
) -> None:
    """Draw a panel: dark, with a hair line round it; a chosen one is gold."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink("accent") if chosen else ink("panel", alpha))
    painter.drawRoundedRect(box, radius, radius)
    if not chosen:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(ink("line", 0.14))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


@lru_cache(maxsize=64)
def _renderer(category: Category, halo: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(symbol_svg(category, halo).encode()))


def _pieces(words: str) -> list[str]:
    """Return words cut where lines may break."""
    made: list[str] = []
    for character in words:
        wide = ord(character) > 0x2E80
        # A figure keeps its unit, as 222亩 or 9条.
        after = made[-1][-1:] if made else ""
        glued = character in "，。；：、）》”！？·％" or after in set("（《“") or after.isdigit()
        plain = not wide and made and after not in " " and ord(after) <= 0x2E80
        if made and (glued or plain):
            made[-1] += character
        else:
            made.append(character)
    return made


def numbered(painter: QPainter, box: QRectF, number: int) -> None:
    """Paint a number as marks on the map have it."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink("accent"))
    painter.drawRoundedRect(box, 8, 8)
    line(painter, box, str(number), 22, ink("on_accent"), CENTER)


# Words of a line, how large, and in which ink.
SizedLine = tuple[str, Size, str]


def fitted_lines(
    words: str, size: Size, smaller: Size, width: float, colour: str
) -> list[SizedLine]:
    """Return words as one line, or as up to four smaller ones where that would be tiny."""
    if not words:
        return []
    if width_of(words, size.px) * SHRUNK <= width:
        return [(words, size, colour)]
    return [(one, smaller, colour) for one in lines_of(words, smaller.px, width, 4)]


def written(painter: QPainter, at: QRectF, lines: Sequence[SizedLine]) -> None:
    """Write lines one beneath the other."""
    y = at.top()
    for words, size, colour in lines:
        line(painter, QRectF(at.left(), y, at.width(), size.line), words, size.px, ink(colour))
        y += size.line
