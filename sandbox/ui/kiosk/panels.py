"""What stands over a kiosk's map: title, buttons, tiles, steps, captions, card, PIN pad.

Each function paints one piece in design pixels and returns where a finger does something.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPen

from sandbox.app.kiosk.blocks import Block, Pair, both, pair
from sandbox.catalog.description import Said
from sandbox.catalog.scenes import Caption, Scene
from sandbox.draw.raster.finished import finished
from sandbox.ui.kiosk.cards.card import PAD, Target, paint_blocks
from sandbox.ui.kiosk.layout import BETWEEN, Grid, card_columns
from sandbox.ui.kiosk.lettering import (
    CENTER,
    SMALLEST,
    Size,
    balanced,
    ink,
    line,
    lines_of,
    panel,
    paragraph,
    width_of,
)
from sandbox.ui.kiosk.lock import Lock
from sandbox.words import Language, Text

_KICKER: Final = Text("Western (Chongqing) Science City · Digital Sandbox")
_TILE_PAD: Final = 14.0
_TILE_PAD_SHARE: Final = 0.08
_CAPTION_LINES: Final = 4
_SOURCE: Final = Size(16, 20)
# As large as a caption where there is room for it.
_SAID_SIZES: Final = (Size(36, 48), Size(30, 40), Size(24, 30))
_KEYS: Final = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "clear", "0", "close")
KEY: Final = 104.0


def said(words: Said, language: Language) -> Pair:
    """Return a scene's words, the language chosen first."""
    return both((words.zh, words.en), language)


def paint_title(
    painter: QPainter, box: QRectF, scene: Scene, language: Language, larger: float = 1.0
) -> None:
    """Write the owner of the picture, and its title, by `larger` than designed."""
    words = said(scene.title, language)
    kicker = QRectF(box.left(), box.top(), box.width(), 34)
    line(painter, kicker, pair(_KICKER, language).first, 22, ink("ink_2"))
    big = (60.0 if language == "zh" else 52.0) * larger
    at = QRectF(box.left(), box.top() + 40, box.width(), 80 * larger)
    line(painter, at, words.first, big, ink("ink"), smallest=0.5)
    line(painter, QRectF(box.left(), at.bottom(), box.width(), 34), words.second, 26,
         ink("ink_2"))  # fmt: skip


def title_box(box: QRectF, scene: Scene, larger: float = 1.0) -> QRectF:
    """Return how far a scene's title reaches, in either language."""
    wide = max(
        width_of(scene.title.zh, round(60.0 * larger)),
        width_of(scene.title.en, round(52.0 * larger)),
        width_of(pair(_KICKER, "en").first, 22),
    )
    return QRectF(box.left(), box.top(), min(box.width(), wide + 12.0), box.height())


def paint_languages(painter: QPainter, box: QRectF, language: Language) -> list[Target]:
    """Draw the two languages; the one spoken is gold."""
    panel(painter, box, 16)
    half = box.width() / 2
    targets: list[Target] = []
    for index, (code, word) in enumerate((("zh", "中"), ("en", "EN"))):
        place = QRectF(box.left() + index * half, box.top(), half, box.height())
        chosen = code == language
        if chosen:
            panel(painter, place.adjusted(6, 6, -6, -6), 12, chosen=True)
        line(painter, place, word, 26, ink("on_accent" if chosen else "ink_2"), CENTER)
        targets.append(Target(place, "language", code))
    return targets


def paint_take(painter: QPainter, box: QRectF, language: Language) -> list[Target]:
    """Draw the button that gives the map to take along."""
    panel(painter, box, 16)
    words = pair(Text("Take with you"), language)
    _code_sign(painter, QRectF(box.left() + 20, box.center().y() - 17, 34, 34))
    if box.width() > 120:
        room = QRectF(box.left() + 66, box.top(), box.width() - 76, box.height())
        used = line(painter, room, words.first, 24, ink("ink"))
        rest = room.adjusted(used + 10, 0, 0, 0)
        if rest.width() > width_of(words.second, 16):
            line(painter, rest, words.second, 18, ink("ink_2"))
    return [Target(box, "take")]


def paint_tile(
    painter: QPainter, box: QRectF, scene: Scene, language: Language, *, active: bool
) -> list[Target]:
    """Draw a scene's tile; that on screen is gold."""
    panel(painter, box, 14, chosen=active)
    words = said(scene.tile, language)
    pad = min(_TILE_PAD, box.width() * _TILE_PAD_SHARE)
    inner = box.adjusted(pad, 0, -pad, 0)
    size = 25.0 if language == "zh" else 21.0
    first = _tile_lines(words.first, Size(size, 37), Size(20, 23), inner.width())
    second = _tile_lines(words.second, Size(17, 24), Size(16, 19), inner.width())
    y = box.center().y() - 1.5 - sum(size.line for _, size in (*first, *second)) / 2
    colours = ("on_accent", "on_accent_2") if active else ("ink", "ink_2")
    for told, colour in zip((first, second), colours, strict=True):
        for text, size in told:
            at = QRectF(inner.left(), y, inner.width(), size.line)
            line(painter, at, text, size.px, ink(colour))
            y += size.line
    return [Target(box, "scene", scene.id)]


def _tile_lines(words: str, size: Size, smaller: Size, width: float) -> list[tuple[str, Size]]:
    """Return words as one line, or as two smaller ones where that would be tiny."""
    if width_of(words, math.ceil(size.px * SMALLEST)) <= width:
        return [(words, size)]
    # Each of the two may still shrink a little.
    for share in (1.0, 1.1, 1.2, 1.0 / SMALLEST):
        made = balanced(words, smaller.px, width * share, 3)
        if len(made) <= 2:
            break
    return [(one, smaller) for one in made[:2]]


def paint_progress(painter: QPainter, box: QRectF, share: float) -> None:
    """Draw how much of a scene's time has passed, along its tile's lower edge."""
    bar = QRectF(box.left() + 10, box.bottom() - 8, (box.width() - 20) * share, 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink("on_accent_2"))
    painter.drawRoundedRect(bar, 2, 2)


def paint_steps(
    painter: QPainter,
    boxes: Sequence[QRectF],
    words: Sequence[Said],
    chosen: int,
    language: Language,
) -> list[Target]:
    """Draw a button for each of a scene's steps."""
    targets: list[Target] = []
    for index, (box, tile) in enumerate(zip(boxes, words, strict=True)):
        panel(painter, box, 14)
        active = index == chosen
        if active:
            painter.setBrush(ink("accent", 0.10))
            painter.setPen(QPen(ink("accent"), 2.4))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 13, 13)
        pair_ = said(tile, language)
        inner = box.adjusted(18, 0, -18, 0)
        colour = ink("accent" if active else "ink")
        number = QRectF(inner.left(), box.top() + 10, inner.width(), 30)
        line(painter, number, str(index + 1), 20, ink("ink_3"))
        foot = QRectF(inner.left(), box.bottom() - 48, inner.width(), 36)
        line(painter, foot, pair_.second, 17, ink("ink_2"))
        if width_of(pair_.first, 20) <= inner.width():
            line(painter, foot.translated(0, -36), pair_.first, 26, colour)
        else:
            broken = QRectF(inner.left(), box.top() + 34, inner.width(), 52)
            paragraph(painter, broken, pair_.first, Size(21, 26), colour, 2)
        targets.append(Target(box, "stage", str(index + 1)))
    return targets


def paint_years(
    painter: QPainter, box: QRectF, years: tuple[int, int], chosen: int
) -> list[Target]:
    """Draw a slider of years; a finger anywhere above or below a year chooses it."""
    first, last = years
    count = last - first + 1
    panel(painter, box, 14)
    inner = box.adjusted(60, 0, -60, 0)
    step = inner.width() / (count - 1)
    y = box.top() + 54
    painter.setPen(QPen(ink("line", 0.3), 4.0))
    painter.drawLine(QPointF(inner.left(), y), QPointF(inner.right(), y))
    at = inner.left() + (chosen - first) * step
    painter.setPen(QPen(ink("accent"), 4.0))
    painter.drawLine(QPointF(inner.left(), y), QPointF(at, y))
    targets: list[Target] = []
    for index in range(count):
        x = inner.left() + index * step
        active = first + index == chosen
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink("accent" if first + index <= chosen else "ink_3"))
        radius = 16.0 if active else 7.0
        painter.drawEllipse(QPointF(x, y), radius, radius)
        words = QRectF(x - 50, y + 20, 100, 40)
        size = 30.0 if active else 22.0
        line(painter, words, str(first + index), size, ink("accent" if active else "ink_2"), CENTER)
        # Whole pixels, so that neighbours meet and never overlap.
        left, right = round(x - step / 2), round(x + step / 2)
        place = QRectF(left, box.top(), right - left, box.height())
        targets.append(Target(place, "stage", str(index + 1)))
    return targets


def caption_height(caption: Caption, box: QRectF, language: Language, larger: float = 1.0) -> float:
    """Return how high a caption comes out, its first language `larger` than designed."""
    words = said(caption, language)
    size = _caption_size(words.first, box.width(), larger)
    count = len(lines_of(words.first, size.px, box.width(), _CAPTION_LINES))
    second = len(lines_of(words.second, 22, box.width(), 2))
    sources = len(_source_lines(caption, box, language))
    return count * size.line + second * 30 + (sources * _SOURCE.line + 4 if sources else 0)


def paint_caption(
    painter: QPainter, box: QRectF, caption: Caption, language: Language, larger: float = 1.0
) -> None:
    """Write a caption, its last line at the box's lower edge."""
    words = said(caption, language)
    size = _caption_size(words.first, box.width(), larger)
    y = box.bottom() - caption_height(caption, box, language, larger)
    for one in balanced(words.first, size.px, box.width(), _CAPTION_LINES):
        line(painter, QRectF(box.left(), y, box.width(), size.line), one, size.px, ink("ink"))
        y += size.line
    second = balanced(words.second, 22, box.width(), 2)
    for one in second:
        line(painter, QRectF(box.left(), y, box.width(), 30), one, 22, ink("ink_2"))
        y += 30
    for one in _source_lines(caption, box, language):
        at = QRectF(box.left(), y + 2, box.width(), _SOURCE.line)
        line(painter, at, one, _SOURCE.px, ink("ink_3"))
        y += _SOURCE.line


def _source_lines(caption: Caption, box: QRectF, language: Language) -> tuple[str, ...]:
    if caption.source is None:
        return ()
    return balanced(said(caption.source, language).first, _SOURCE.px, box.width(), 3)


def paint_subtitle(painter: QPainter, box: QRectF, text: str, larger: float = 1.0) -> None:
    """Write the sentence spoken now on a dark plate, its last line at the box's lower edge."""
    size = _caption_size(text, box.width() - 40, larger)
    count = min(_CAPTION_LINES, len(lines_of(text, size.px, box.width() - 40, _CAPTION_LINES)))
    plate = QRectF(box)
    plate.setTop(box.bottom() - count * size.line - 20)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink("panel", 0.85))
    painter.drawRoundedRect(plate, 14, 14)
    paragraph(painter, plate.adjusted(20, 10, -20, -10), text, size, ink("ink"), _CAPTION_LINES)


def _caption_size(words: str, width: float, larger: float) -> Size:
    """Return letters as large as can be, smaller than asked for only where words would be cut."""
    for by in (larger, (larger + 1.0) / 2):
        if not lines_of(words, 36 * by, width, _CAPTION_LINES)[-1].endswith("…"):
            return Size(36 * by, 50 * by)
    return Size(36, 50)


def paint_said(painter: QPainter, box: QRectF, caption: Caption, language: Language) -> None:
    """Write what a step says beside the steps' buttons, over the map."""
    words = said(caption, language)
    source = "" if caption.source is None else said(caption.source, language).first
    below = len(lines_of(source, 16, box.width(), 3)) * 20.0 if source else 0.0
    size = next(
        (one for one in _SAID_SIZES
         if len(lines_of(words.first, one.px, box.width(), 9)) * one.line + below <= box.height()),
        _SAID_SIZES[-1],
    )  # fmt: skip
    used = paragraph(painter, box, words.first, size, ink("ink"), 3)
    rest = QRectF(box.left(), box.top() + used, box.width(), below)
    paragraph(painter, rest, source, Size(16, 20), ink("ink_2"), 3)


def paint_card(
    painter: QPainter,
    box: QRectF,
    blocks: Sequence[Block],
    *,
    columns: bool = False,
    larger: float = 1.0,
) -> tuple[QRectF, list[Target]]:
    """Draw a card as high as it needs to be; return its box and where it can be pressed.

    Parameters
    ----------
    painter, box
        Where it may be.
    blocks
        What it says.
    columns
        Whether there is room for two columns, as on an upright screen.
    larger
        By how much all of it is larger than designed.
    """
    if not blocks:
        return QRectF(), []
    sides, whole = card_columns(
        tuple(blocks), (0.0, 0.0, box.width() / larger, box.height() / larger), columns
    )
    painter.save()
    painter.translate(box.topLeft())
    painter.scale(larger, larger)
    panel(painter, whole, 20)
    inner = whole.adjusted(PAD, PAD - 4, -PAD, 0)
    width = (inner.width() - BETWEEN * (len(sides) - 1)) / len(sides)
    targets: list[Target] = []
    for index, side in enumerate(sides):
        left = inner.left() + index * (width + BETWEEN)
        targets += paint_blocks(painter, QRectF(left, inner.top(), width, inner.height()), side)
    painter.restore()
    placed = [replace(one, box=_placed(one.box, box, larger)) for one in targets]
    return _placed(whole, box, larger), placed


def card_box(
    box: QRectF, blocks: Sequence[Block], *, columns: bool = False, larger: float = 1.0
) -> QRectF:
    """Return where a card comes out within the box that it may fill: as high as it needs to be."""
    if not blocks:
        return QRectF()
    room = (0.0, 0.0, box.width() / larger, box.height() / larger)
    return _placed(card_columns(tuple(blocks), room, columns)[1], box, larger)


def _placed(part: QRectF, box: QRectF, larger: float) -> QRectF:
    """Return where a part of a card lies on the screen."""
    return QRectF(
        box.left() + part.left() * larger,
        box.top() + part.top() * larger,
        part.width() * larger,
        part.height() * larger,
    )


def paint_pin_pad(
    painter: QPainter,
    middle: QPointF,
    typed: int,
    language: Language,
    *,
    wrong: bool,
    to_end: bool = False,
) -> list[Target]:
    """Draw the pad that asks for the PIN, or asks for it again before the show ends."""
    box = QRectF(middle.x() - 210, middle.y() - 330, 420, 660)
    panel(painter, box, 20, alpha=0.98)
    asked = Text("Enter the PIN to end the program") if to_end else Text("PIN")
    words = pair(Text("Wrong PIN") if wrong else asked, language)
    line(painter, QRectF(box.left() + 16, box.top() + 24, 388, 44), words.first, 30,
         ink("error" if wrong else "ink"), CENTER, 0.75)  # fmt: skip
    dots = "●" * typed + "○" * max(0, 4 - typed)
    line(painter, QRectF(box.left(), box.top() + 74, 420, 44), dots, 26, ink("accent"), CENTER)
    targets: list[Target] = []
    for index, key in enumerate(_KEYS):
        x = box.left() + 36 + (index % 3) * (KEY + 18)
        y = box.top() + 136 + (index // 3) * (KEY + 16)
        place = QRectF(x, y, KEY, KEY)
        panel(painter, place, 16, alpha=0.6)
        word = {"clear": "⌫", "close": "×"}.get(key, key)
        line(painter, place, word, 34, ink("ink"), CENTER)
        targets.append(Target(place, "key", key))
    return targets


def paint_operator_menu(painter: QPainter, middle: QPointF, language: Language) -> list[Target]:
    """Draw what an operator may do once the PIN was right."""
    box = QRectF(middle.x() - 260, middle.y() - 190, 520, 380)
    panel(painter, box, 20, alpha=0.98)
    targets: list[Target] = []
    choices = (
        ("leave", Text("End the program")),
        ("restart", Text("Restart the program")),
        ("close", Text("Back to the show")),
    )
    for index, (action, text) in enumerate(choices):
        place = QRectF(box.left() + 32, box.top() + 32 + index * 110, 456, 96)
        panel(painter, place, 16, alpha=0.6)
        line(painter, place, pair(text, language).first, 28, ink("ink"), CENTER)
        targets.append(Target(place, "operator", action))
    return targets


def paint_lock(painter: QPainter, middle: QPointF, lock: Lock, language: Language) -> list[Target]:
    """Draw what opens over a hidden corner: the PIN's pad, then the operator's menu."""
    if lock.passed:
        return paint_operator_menu(painter, middle, language)
    asks = {"wrong": lock.wrong, "to_end": lock.to_end}
    return paint_pin_pad(painter, middle, lock.typed, language, **asks)


def scrim(grid: Grid, dpr: float) -> QImage:
    """Return a shade for the edges of the picture, so that words read on any ground."""
    image = QImage(
        round(grid.width * dpr / 4), round(grid.height * dpr / 4),
        QImage.Format.Format_ARGB32_Premultiplied,
    )  # fmt: skip
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.scale(dpr / 4, dpr / 4)
    shade = QColor(ink("panel"))
    whole = QRectF(0, 0, grid.width, grid.height)
    low = grid.tiles[0].top() if grid.tiles else grid.height - 160
    for start, end, alphas in (
        (QPointF(0, 0), QPointF(0, grid.title.bottom() + 60), (0.62, 0.0)),
        (QPointF(0, grid.height), QPointF(0, low - 240), (0.86, 0.0)),
        (QPointF(0, 0), QPointF(grid.title.left() + 520, 0), (0.38, 0.0)),
    ):
        fade = QLinearGradient(start, end)
        for at, share in ((0.0, 1.0), (0.5, 0.55), (1.0, 0.0)):
            shade.setAlphaF(alphas[0] * share)
            fade.setColorAt(at, shade)
        painter.fillRect(whole, fade)
    painter.end()
    return finished(image)


def _code_sign(painter: QPainter, box: QRectF) -> None:
    """Draw three corners of a code as a sign for one."""
    side = box.width() * 0.38
    painter.setPen(QPen(ink("ink"), 3.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for x, y in ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0)):
        left = box.left() + x * (box.width() - side)
        top = box.top() + y * (box.height() - side)
        painter.drawRect(QRectF(left, top, side, side))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink("ink"))
    step = box.width() * 0.14
    for x, y in ((0.66, 0.66), (0.86, 0.66), (0.66, 0.86), (0.86, 0.86), (0.76, 0.76)):
        painter.drawRect(QRectF(box.left() + x * box.width(), box.top() + y * box.height(), step,
                                step))  # fmt: skip


def paint_pointer(painter: QPainter, at: QPointF) -> None:
    """Paint where the guide points."""
    painter.setPen(Qt.PenStyle.NoPen)
    for radius, alpha in ((34.0, 0.18), (22.0, 0.3), (10.0, 0.95)):
        painter.setBrush(ink("accent", alpha))
        painter.drawEllipse(at, radius, radius)
