"""The keyboard on the screen: keys for pinyin and English, and the places that they find."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from sandbox.app.kiosk.blocks import Pair, both, pair
from sandbox.catalog.layer import Layer
from sandbox.catalog.search import PlaceFound
from sandbox.ui.kiosk.cards.card import Target
from sandbox.ui.kiosk.layout import Grid
from sandbox.ui.kiosk.lettering import CENTER, THEME, ink, line, mark, panel, width_of
from sandbox.ui.visitor.finder import Finder
from sandbox.words import Language, Text

_ROWS: Final = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_GAP: Final = 10.0
_KEY_H: Final = 84.0
_PAD: Final = 32.0
_FIELD_H: Final = 84.0
_FOUND_H: Final = 78.0
_WIDE: Final = 1120.0
_COLUMNS: Final = 2
_MOST: Final = 6
_FIND: Final = Text("Find my home")


def paint_button(painter: QPainter, box: QRectF, language: Language) -> list[Target]:
    """Draw the button that opens the keyboard."""
    panel(painter, box, 16)
    glass = QPointF(box.left() + 36, box.center().y() - 3)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(ink("ink"), 3.4)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawEllipse(glass, 11.0, 11.0)
    painter.drawLine(glass + QPointF(8.5, 8.5), glass + QPointF(17.0, 17.0))
    room = QRectF(box.left() + 64, box.top(), box.width() - 76, box.height())
    line(painter, room, pair(_FIND, language).first, 24, ink("ink"))
    return [Target(box, "find")]


def keyboard_box(grid: Grid) -> QRectF:
    """Return where the keyboard stands: in the middle, as wide as fingers need."""
    wide = min(_WIDE, grid.width - 40)
    lists = _MOST // _COLUMNS * (_FOUND_H + _GAP)
    high = _PAD + 54 + _FIELD_H + 16 + lists + 5 * (_KEY_H + _GAP) + _PAD
    high = min(high, grid.height - 24)
    return QRectF((grid.width - wide) / 2, (grid.height - high) / 2, wide, high)


def paint_keyboard(
    painter: QPainter, box: QRectF, finder: Finder, may_compare: bool
) -> list[Target]:
    """Draw the keyboard with what it has found; return where a finger does something.

    Parameters
    ----------
    painter, box
        Where it stands.
    finder
        What was typed, and found.
    may_compare
        Whether there is a place on the map that another can be compared with.
    """
    typed, found, language = finder.typed, finder.found, finder.language
    panel(painter, box, 20, alpha=0.98)
    inner = box.adjusted(_PAD, _PAD - 8, -_PAD, -_PAD)
    line(painter, QRectF(inner.left(), inner.top(), inner.width(), 46),
         pair(_FIND, language).first, 32, ink("ink"))  # fmt: skip
    targets: list[Target] = []
    if may_compare:
        targets.append(_switch(painter, inner, finder.compares, language))
    y = inner.top() + 54
    _field(painter, QRectF(inner.left(), y, inner.width(), _FIELD_H), typed, language)
    y += _FIELD_H + 16
    wide = (inner.width() - _GAP * (_COLUMNS - 1)) / _COLUMNS
    for number, one in enumerate(found[:_MOST]):
        at = QRectF(
            inner.left() + number % _COLUMNS * (wide + _GAP),
            y + number // _COLUMNS * (_FOUND_H + _GAP),
            wide,
            _FOUND_H,
        )
        targets.append(_place(painter, at, one, finder.layers, language, number))
    if typed.strip() and not found:
        told = Text("No place on the map is called that")
        told = Text("Reading the names…") if finder.reads else told
        line(painter, QRectF(inner.left(), y, inner.width(), _FOUND_H), pair(told, language).first,
             24, ink("ink_2"))  # fmt: skip
    y += _MOST // _COLUMNS * (_FOUND_H + _GAP)
    keys = QRectF(inner.left(), y, inner.width(), inner.bottom() - y + _GAP)
    return targets + _keys(painter, keys, language)


def _field(painter: QPainter, box: QRectF, typed: str, language: Language) -> None:
    painter.setPen(QPen(ink("accent"), 2.0))
    painter.setBrush(ink("ground"))
    painter.drawRoundedRect(box, 12, 12)
    room = box.adjusted(22, 0, -22, 0)
    if typed:
        line(painter, room, typed, 40, ink("ink"))
        return
    hint = pair(Text("Name or pinyin, its first letters too"), language)
    line(painter, room, hint.first, 28, ink("ink_3"))


def _switch(painter: QPainter, inner: QRectF, compares: bool, language: Language) -> Target:
    words = pair(Text("Compare with the place on the map"), language).first
    wide = min(inner.width() * 0.6, width_of(words, 24) + 48)
    # A finger needs more height than the heading has.
    box = QRectF(inner.right() - wide, inner.top() - 16, wide, 64)
    panel(painter, box, 14, chosen=compares)
    line(painter, box.adjusted(18, 0, -18, 0), words, 24,
         ink("on_accent" if compares else "ink_2"), CENTER)  # fmt: skip
    return Target(box, "letter", "two")


def _place(  # noqa: PLR0917
    painter: QPainter,
    box: QRectF,
    one: PlaceFound,
    layers: Mapping[str, Layer],
    language: Language,
    number: int,
) -> Target:
    panel(painter, box, 12, alpha=0.6)
    layer, x = layers[one.layer], box.left() + 18
    if layer.style.category:
        mark(painter, THEME.category(layer.style.category), QPointF(x + 18, box.center().y()), 34)
        x += 48
    room = QRectF(x, box.top() + 8, box.right() - x - 12, 36)
    names: Pair = both((one.name_zh, one.name_en or one.name_zh), language)
    line(painter, room, names.first, 26, ink("ink"))
    title = both((layer.title.zh, layer.title.en), language).first
    below = names.second if names.second != names.first else title
    line(painter, room.translated(0, 34).adjusted(0, 0, 0, -10), below, 18, ink("ink_2"))
    return Target(box, "found", str(number))


def _keys(painter: QPainter, at: QRectF, language: Language) -> list[Target]:
    wide, high = (at.width() - _GAP * 9) / 10, at.height() / 5 - _GAP
    targets: list[Target] = []
    y = at.top()
    for row in _ROWS:
        x = at.left() + (10 - len(row)) * (wide + _GAP) / 2
        for letter in row:
            box = QRectF(x, y, wide, high)
            targets.append(_key(painter, box, letter.upper(), letter, 34))
            x += wide + _GAP
        y += high + _GAP
    whole = at.width() - 3 * _GAP
    x = at.left()
    for share, name, words in (
        (0.2, "clear", pair(Text("Clear all"), language).first),
        (0.4, "space", pair(Text("Space"), language).first),
        (0.2, "back", "⌫"),
        (0.2, "close", pair(Text("Close"), language).first),
    ):
        box = QRectF(x, y, whole * share, high)
        targets.append(_key(painter, box, words, name, 26))
        x += whole * share + _GAP
    return targets


def _key(painter: QPainter, box: QRectF, words: str, name: str, px: float) -> Target:
    panel(painter, box, 14, alpha=0.6)
    line(painter, box, words, px, ink("ink"), CENTER)
    return Target(box, "letter", name)
