"""The map as a picture of any size, and as a sheet of paper with all that a map must say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPen,
)

from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.state import MapState
from sandbox.draw.lettering.fonts import font
from sandbox.draw.map import MapPainter
from sandbox.draw.marks import boxed_words, credit_line, source_line
from sandbox.draw.theme import theme
from sandbox.words import words_of

# A picture's names are as large as on a map of so many pixels across.
_ACROSS_PX: Final = 1600
MOST_PX: Final = 16_000
# Of a sheet, in tenths of a millimetre.
_UNIT_PER_INCH: Final = 254.0
_MARGIN: Final = 120.0
_TITLE, _BODY, _SMALL = 62.0, 34.0, 27.0
_LEGEND: Final = 620.0
_GAP: Final = 30.0
# The map on paper has some 200 dots an inch.
_MAP_DPI: Final = 200.0
_MAP_PX_PER_INCH: Final = 100.0


@dataclass(frozen=True, slots=True)
class LegendLine:
    """A line of the legend: a picture and its words; a heading has no picture."""

    picture: QImage | None
    text: str


@dataclass(frozen=True, slots=True)
class SheetOrder:
    """What a sheet shows.

    Attributes
    ----------
    title
        Its heading.
    paper
        ``"A4"`` or ``"A3"``.
    upright
        Whether it is taller than wide.
    legend
        What the colours mean.
    seen_px
        Size of the map in the window, all of which the sheet shows.
    day
        Its date.
    """

    title: str
    paper: str = "A4"
    upright: bool = False
    legend: tuple[LegendLine, ...] = ()
    seen_px: tuple[float, float] = (1272.0, 796.0)
    day: date = date(1970, 1, 1)

    def page_layout(self) -> QPageLayout:
        """Return paper and direction, without margins: the sheet has its own."""
        size = QPageSize.PageSizeId.A3 if self.paper == "A3" else QPageSize.PageSizeId.A4
        which = QPageLayout.Orientation
        way = which.Portrait if self.upright else which.Landscape
        return QPageLayout(QPageSize(size), way, QMarginsF(0, 0, 0, 0))


def map_picture(
    atlas: Atlas,
    state: MapState,
    size_px: tuple[int, int],
    seen_px: tuple[float, float],
    dots: float = 0.0,
) -> QImage:
    """Return the map alone, with what every map must say of itself.

    Parameters
    ----------
    atlas, state
        What is shown.
    size_px
        Of the picture.
    seen_px
        Size of the map on screen, all of which the picture shows.
    dots
        Dots of the picture per pixel of the map's own sizes; 0 keeps names as large in
        proportion as in a window.
    """
    dpr = dots or max(1.0, max(size_px) / _ACROSS_PX)
    logical = (size_px[0] / dpr, size_px[1] / dpr)
    view = state.document.view
    scale = max(seen_px[0] / logical[0], seen_px[1] / logical[1])
    shown = changed(state, view=replace(view, m_per_px=view.m_per_px * scale), outdated=False)
    image = QImage(size_px[0], size_px[1], QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(dpr)
    maker = MapPainter(atlas)
    try:
        maker.complete(shown, logical, dpr)
        painter = QPainter(image)
        try:
            maker.paint(painter, shown, logical, dpr)
        finally:
            painter.end()
    finally:
        maker.close()
    image.setDevicePixelRatio(1.0)
    return image


def sheet_map(atlas: Atlas, state: MapState, order: SheetOrder) -> QImage:
    """Return the map of a sheet; slow, so off the thread that paints the sheet."""
    box = _map_box(order)
    inches = (box.width() / _UNIT_PER_INCH, box.height() / _UNIT_PER_INCH)
    size = (round(inches[0] * _MAP_DPI), round(inches[1] * _MAP_DPI))
    printed = changed(state, theme="light", selected=None)
    return map_picture(atlas, printed, size, order.seen_px, _MAP_DPI / _MAP_PX_PER_INCH)


def paint_sheet(
    painter: QPainter, dots_per_inch: float, picture: QImage, order: SheetOrder, said: Sequence[str]
) -> None:
    """Paint a sheet.

    Parameters
    ----------
    painter, dots_per_inch
        Of the paper.
    picture
        What `sheet_map` returned.
    order
        What it shows.
    said
        What `sheet_words` returned.
    """
    look = theme("light")
    painter.save()
    painter.scale(dots_per_inch / _UNIT_PER_INCH, dots_per_inch / _UNIT_PER_INCH)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    wide, _high = _paper(order)
    ink, second = QColor("#11181C"), QColor(look.colour("ink_2"))
    _text(
        painter,
        QRectF(_MARGIN, _MARGIN, wide - 2 * _MARGIN, _TITLE * 1.4),
        order.title,
        _TITLE,
        ink,
    )
    box = _map_box(order)
    painter.drawImage(box, picture)
    painter.setPen(QPen(QColor(look.colour("line")), 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    _paint_legend(painter, _legend_box(order), order.legend, ink, second)
    y = box.bottom() + _GAP * 0.7
    for line in said:
        room = QRectF(_MARGIN, y, wide - 2 * _MARGIN, _SMALL * 6)
        y += _text(painter, room, line, _SMALL, second) + 6.0
    painter.restore()


def sheet_words(atlas: Atlas, state: MapState, order: SheetOrder) -> tuple[str, ...]:
    """Return what stands under the map: approval, assumptions, sources, and the date."""
    words = words_of(state.language)
    marked = " · ".join(text for _, text in boxed_words(atlas, state))
    credits = credit_line(atlas, state)
    sources = source_line(atlas, state) + (f" · {credits}" if credits else "")
    own = [
        layer.provenance.said(state.language)
        for one in state.document.layers
        if one.visible and (layer := atlas.layers.get(one.id)) is not None and layer.is_own
    ]
    given = [words("Own layers: {files}", files=", ".join(own))] if own else []
    said = words("Assumptions and sources: {sources}", sources=sources)
    made = words("Made on {day}", day=order.day.isoformat())
    return (marked, said, *given, made)


def _paper(order: SheetOrder) -> tuple[float, float]:
    long, short = (4200.0, 2970.0) if order.paper == "A3" else (2970.0, 2100.0)
    return (short, long) if order.upright else (long, short)


def _foot(order: SheetOrder) -> float:
    return _SMALL * (12.0 if order.upright else 8.0)


def _map_box(order: SheetOrder) -> QRectF:
    wide, high = _paper(order)
    top = _MARGIN + _TITLE * 1.4 + _GAP
    bottom = high - _MARGIN - _foot(order)
    if order.upright:
        bottom -= _upright_legend(order)
        return QRectF(_MARGIN, top, wide - 2 * _MARGIN, bottom - top)
    return QRectF(_MARGIN, top, wide - 2 * _MARGIN - _LEGEND - _GAP, bottom - top)


def _upright_legend(order: SheetOrder) -> float:
    rows = -(-len(order.legend) // 3)
    return rows * _BODY * 1.7 + (_GAP if rows else 0.0)


def _legend_box(order: SheetOrder) -> QRectF:
    wide, _ = _paper(order)
    box = _map_box(order)
    if order.upright:
        return QRectF(_MARGIN, box.bottom() + _foot(order), box.width(), _upright_legend(order))
    return QRectF(wide - _MARGIN - _LEGEND, box.top(), _LEGEND, box.height())


def _paint_legend(
    painter: QPainter, box: QRectF, lines: Sequence[LegendLine], ink: QColor, second: QColor
) -> None:
    columns = 3 if box.width() > _LEGEND * 2 else 1
    step, width = _BODY * 1.7, box.width() / columns
    rows = max(1, -(-len(lines) // columns) if columns > 1 else len(lines))
    for number, line in enumerate(lines):
        x = box.left() + (number // rows) * width
        y = box.top() + (number % rows) * step
        if y + step > box.bottom() + 1.0:
            break
        indent = 0.0
        if line.picture is not None:
            side = _BODY * 1.25
            ratio = line.picture.width() / max(1, line.picture.height())
            painter.drawImage(QRectF(x, y + 2.0, side * ratio, side), line.picture)
            indent = side * ratio + 16.0
        room = QRectF(x + indent, y, width - indent - 10.0, step)
        _line(painter, room, line.text, ink if line.picture is not None else second)


def _line(painter: QPainter, room: QRectF, text: str, colour: QColor) -> None:
    face = _face(_BODY)
    painter.setFont(face)
    painter.setPen(colour)
    shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, shown)


def _text(painter: QPainter, room: QRectF, text: str, size: float, colour: QColor) -> float:
    """Paint a text that breaks its lines; return how high it is."""
    painter.setFont(_face(size))
    painter.setPen(colour)
    how = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    box = painter.boundingRect(room, int(how), text)
    painter.drawText(room, int(how), text)
    return box.height()


def _face(size: float) -> QFont:
    return font(size)
