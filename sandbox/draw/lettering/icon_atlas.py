"""Small pictures of marks and lettering, made once and laid down many times."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QTransform
from PySide6.QtSvg import QSvgRenderer

from sandbox.draw.lettering.fonts import font
from sandbox.draw.lettering.symbols import symbol_svg
from sandbox.draw.raster.finished import finished
from sandbox.draw.raster.line_raster import halo
from sandbox.draw.theme import Category, Theme, rgb

# Room for the wider halo stroke on every side of lettering.
_HALO_PX: Final = 3.0
# By size, not by number: on a large screen one name along a river is a megabyte.
KEPT_BYTES: Final = 24 * 2**20
# Mark images hold the outline at this share of their side, the rest is the halo's.
_OUTLINE_SHARE: Final = 24.0 / 30.0


@dataclass(frozen=True, eq=False)
class Icon:
    """A picture and where its point of reference lies in it, logical pixels."""

    image: QImage
    origin: QPointF

    @property
    def box(self) -> QRectF:
        """Extent about the point of reference."""
        size = self.image.deviceIndependentSize()
        return QRectF(-self.origin.x(), -self.origin.y(), size.width(), size.height())

    def paint(self, painter: QPainter, x: float, y: float, dpr: float) -> None:
        """Lay it down with its reference at a point, on whole device pixels."""
        left, top = x - self.origin.x(), y - self.origin.y()
        painter.drawImage(QPointF(round(left * dpr) / dpr, round(top * dpr) / dpr), self.image)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of lettering."""

    text: str
    size_px: float
    colour: str


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character of lettering that follows a line: its middle, and its turn in degrees."""

    text: str
    x: float
    y: float
    angle: float


class IconAtlas:
    """Makes icons for one theme and pixel ratio, and keeps the latest while there is room.

    Parameters
    ----------
    theme
        Colours.
    dpr
        Device pixels per logical pixel.
    """

    def __init__(self, theme: Theme, dpr: float) -> None:
        self.theme = theme
        self.dpr = dpr
        self._kept: OrderedDict[Hashable, Icon] = OrderedDict()
        self._bytes = 0

    def mark(self, category: Category, height_px: float) -> Icon:
        """Return a category's mark, its outline `height_px` tall."""
        return self._once(
            ("mark", category, height_px), lambda: self._draw_mark(category, height_px)
        )

    def ring(self, colour: str, radius_px: float) -> Icon:
        """Return a station's ring."""
        return self._once(("ring", colour, radius_px), lambda: self._draw_ring(colour, radius_px))

    def badge(self, text: str, colour: str, ink: str, size_px: float) -> Icon:
        """Return a line's number on its colour."""
        return self._once(
            ("badge", text, colour, ink, size_px),
            lambda: self._draw_badge(text, colour, ink, size_px),
        )

    def tag(self, lines: tuple[Line, ...], colour: str) -> Icon:
        """Return words in a pill with a rim."""
        return self._once(("tag", lines, colour), lambda: self._draw_tag(lines, colour))

    def leader(self, dx: float, dy: float, colour: str) -> Icon:
        """Return a thin line from the point of reference, with a dot there, to an offset."""
        return self._once(("leader", dx, dy, colour), lambda: self._draw_leader(dx, dy, colour))

    def text(self, lines: tuple[Line, ...], align: str) -> Icon:
        """Return lines of lettering beneath one another, referred to where they are aligned.

        Parameters
        ----------
        lines
            The first is the name.
        align
            ``"left"``: reference at the middle of the left side, ``"right"`` likewise,
            ``"center"``: in the middle, ``"top"``: at the middle of the upper side,
            ``"bottom"`` likewise.
        """
        return self._once(("text", lines, align), lambda: self._draw_text(lines, align))

    def along(self, glyphs: tuple[Glyph, ...], size_px: float, colour: str) -> Icon:
        """Return characters that follow a line, referred to the line's point 0,0."""
        return self._once(
            ("along", glyphs, size_px, colour), lambda: self._draw_along(glyphs, size_px, colour)
        )

    def _once(self, key: Hashable, make: Callable[[], Icon]) -> Icon:
        icon = self._kept.get(key)
        if icon is None:
            made = make()
            icon = self._kept[key] = replace(made, image=finished(made.image))
            self._bytes += icon.image.sizeInBytes()
            while self._bytes > KEPT_BYTES and len(self._kept) > 1:
                self._bytes -= self._kept.popitem(last=False)[1].image.sizeInBytes()
        else:
            self._kept.move_to_end(key)
        return icon

    def _image(self, width: float, height: float) -> QImage:
        image = QImage(
            max(1, round(width * self.dpr + 0.5)),
            max(1, round(height * self.dpr + 0.5)),
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        image.setDevicePixelRatio(self.dpr)
        image.fill(Qt.GlobalColor.transparent)
        return image

    def _draw_mark(self, category: Category, height_px: float) -> Icon:
        side = height_px / _OUTLINE_SHARE
        image = self._image(side, side)
        svg = symbol_svg(category, self.theme.colour("halo"))
        painter = QPainter(image)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
        painter.end()
        return Icon(image, QPointF(side / 2, side / 2))

    def _draw_ring(self, colour: str, radius_px: float) -> Icon:
        half = radius_px + 3
        image = self._image(2 * half, 2 * half)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.colour("halo")), radius_px * 1.2))
        painter.drawEllipse(QPointF(half, half), radius_px, radius_px)
        inside = self.theme.colour("ground" if self.theme.dark else "halo")
        painter.setBrush(QColor(inside))
        painter.setPen(QPen(QColor(colour), max(1.5, radius_px * 0.45)))
        painter.drawEllipse(QPointF(half, half), radius_px, radius_px)
        painter.end()
        return Icon(image, QPointF(half, half))

    def _draw_leader(self, dx: float, dy: float, colour: str) -> Icon:
        pad = 5.0
        origin = QPointF(pad + max(0.0, -dx), pad + max(0.0, -dy))
        image = self._image(abs(dx) + 2 * pad, abs(dy) + 2 * pad)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        end = origin + QPointF(dx, dy)
        for ink, wide, dot in ((self.theme.colour("halo"), 3.4, 4.2), (colour, 1.4, 2.8)):
            painter.setPen(QPen(QColor(ink), wide))
            painter.drawLine(origin, end)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ink))
            painter.drawEllipse(origin, dot, dot)
        painter.end()
        return Icon(image, origin)

    def _draw_badge(self, text: str, colour: str, ink: str, size_px: float) -> Icon:
        face = font(size_px)
        metrics = QFontMetricsF(face)
        height = size_px * 1.42
        width = max(height, metrics.horizontalAdvance(text) + size_px * 0.6)
        image = self._image(width + 3, height + 3)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(1.5, 1.5, width, height)
        painter.setPen(QPen(QColor(self.theme.colour("halo")), 2.0))
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(box, size_px * 0.25, size_px * 0.25)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, size_px * 0.25, size_px * 0.25)
        painter.setFont(face)
        painter.setPen(QColor(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return Icon(image, QPointF(width / 2 + 1.5, height / 2 + 1.5))

    def _draw_tag(self, lines: tuple[Line, ...], colour: str) -> Icon:
        faces = [font(line.size_px) for line in lines]
        widths = [
            QFontMetricsF(face).horizontalAdvance(line.text)
            for face, line in zip(faces, lines, strict=True)
        ]
        size = lines[0].size_px
        width, height = sum(widths) + size * (1.1 + 0.4 * (len(lines) - 1)), size * 1.75
        image = self._image(width + 2, height + 2)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(1, 1, width, height)
        back = QColor(self.theme.colour("panel"))
        back.setAlphaF(0.92)
        painter.setBrush(back)
        painter.setPen(QPen(QColor(colour), 1.2))
        painter.drawRoundedRect(box, height / 2, height / 2)
        x = 1 + size * 0.55
        baseline = 1 + height / 2 + QFontMetricsF(faces[0]).capHeight() / 2
        for face, line, advance in zip(faces, lines, widths, strict=True):
            painter.setFont(face)
            painter.setPen(QColor(line.colour))
            painter.drawText(QPointF(x, baseline), line.text)
            x += advance + size * 0.4
        painter.end()
        return Icon(image, QPointF(width / 2 + 1, height / 2 + 1))

    def _draw_text(self, lines: tuple[Line, ...], align: str) -> Icon:
        faces = [font(line.size_px) for line in lines]
        metrics = [QFontMetricsF(face) for face in faces]
        widths = [m.horizontalAdvance(ln.text) for m, ln in zip(metrics, lines, strict=True)]
        width = max(widths)
        # The typeface's own line height is too large for a name and its second line.
        heights = [line.size_px * 1.16 for line in lines]
        height = sum(heights)
        pad = _HALO_PX
        placed: list[tuple[QPointF, int]] = []
        y = pad
        for index, line in enumerate(lines):
            spare = width - widths[index]
            x = pad + (spare if align == "right" else 0.0 if align == "left" else spare / 2)
            placed.append((QPointF(x, y + line.size_px * 0.96), index))
            y += heights[index]

        def write(painter: QPainter, white: bool) -> None:
            for at, index in placed:
                painter.setFont(faces[index])
                painter.setPen(QColor("#FFFFFF" if white else lines[index].colour))
                painter.drawText(at, lines[index].text)

        image = self._haloed(width + 2 * pad, height + 2 * pad, lines[0].size_px, write)
        middle = QPointF(pad + width / 2, pad + height / 2)
        origin = {
            "left": QPointF(pad, pad + heights[0] * 0.55 if len(lines) > 1 else middle.y()),
            "right": QPointF(
                pad + width, pad + heights[0] * 0.55 if len(lines) > 1 else middle.y()
            ),
            "top": QPointF(middle.x(), pad),
            "bottom": QPointF(middle.x(), pad + height),
        }.get(align, middle)
        return Icon(image, origin)

    def _draw_along(self, glyphs: tuple[Glyph, ...], size_px: float, colour: str) -> Icon:
        face = font(size_px)
        metrics = QFontMetricsF(face)
        outline = QPainterPath()
        for glyph in glyphs:
            one = QPainterPath()
            advance = metrics.horizontalAdvance(glyph.text)
            one.addText(QPointF(-advance / 2, size_px * 0.36), face, glyph.text)
            turn = QTransform().translate(glyph.x, glyph.y).rotate(glyph.angle)
            outline.addPath(turn.map(one))
        box = outline.boundingRect().adjusted(-_HALO_PX, -_HALO_PX, _HALO_PX, _HALO_PX)
        # On whole pixels, so that upright characters stay crisp.
        left, top = float(int(box.left()) - 1), float(int(box.top()) - 1)

        def write(painter: QPainter, white: bool) -> None:
            painter.translate(-left, -top)
            painter.fillPath(outline, QColor("#FFFFFF" if white else colour))

        image = self._haloed(box.right() - left + 1, box.bottom() - top + 1, size_px, write)
        return Icon(image, QPointF(-left, -top))

    def _haloed(
        self,
        width: float,
        height: float,
        size_px: float,
        write: Callable[[QPainter, bool], None],
    ) -> QImage:
        """Return a picture of lettering on its halo; `write` draws it in white or its inks."""
        cover = self._image(width, height)
        self._write(cover, write, white=True)
        columns, rows = cover.width(), cover.height()
        coverage = np.frombuffer(cover.constBits(), np.uint8).reshape(rows, columns, 4)[..., 3]
        # Small letters take thinner halos, or the halos become the picture.
        reach = min(3.0, max(2.0, size_px * 0.2)) / 2.0 * self.dpr
        alpha = halo(np.ascontiguousarray(coverage), reach, 2.0 * reach)
        red, green, blue = rgb(self.theme.colour("halo"))
        pixels = np.empty((rows, columns, 4), dtype=np.uint8)
        pixels[..., :3] = (alpha[..., None] * np.array([blue, green, red]) + 127) // 255
        pixels[..., 3] = alpha
        made = QImage(
            pixels.data, columns, rows, columns * 4, QImage.Format.Format_ARGB32_Premultiplied
        ).copy()
        made.setDevicePixelRatio(self.dpr)
        self._write(made, write, white=False)
        return made

    @staticmethod
    def _write(image: QImage, write: Callable[[QPainter, bool], None], *, white: bool) -> None:
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        write(painter, white)
        painter.end()
