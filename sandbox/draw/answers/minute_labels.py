"""Minute tags on the contours of an isochrone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from sandbox.draw.answers.outlines import Outline
from sandbox.draw.lettering.fonts import font
from sandbox.draw.theme import Theme, band_colours, readable_on
from sandbox.draw.viewport import Viewport


@dataclass(frozen=True, slots=True)
class MinuteLabel:
    """A pill with a cutoff's minutes on its contour."""

    minutes: float
    text: str
    colour: str
    center_px: tuple[float, float]
    width_px: float
    height_px: float

    def moved(self, dx: float, dy: float) -> "MinuteLabel":
        """Return the tag elsewhere."""
        x, y = self.center_px
        return replace(self, center_px=(x + dx, y + dy))

    @property
    def box(self) -> QRectF:
        """Where it stands, logical pixels."""
        x, y = self.center_px
        return QRectF(x - self.width_px / 2, y - self.height_px / 2, self.width_px, self.height_px)


def minute_labels(
    contours: Mapping[float, Outline],
    viewport: Viewport,
    theme: Theme,
    unit: str,
    taken: list[QRectF],
) -> list[MinuteLabel]:
    """Return a tag for each contour, where it is free and best to the upper left.

    Parameters
    ----------
    contours
        By their minutes, nearest first, as from `BandPainter.outlines`.
    viewport, theme
        As in `BandPainter.overlay`.
    unit
        Words with ``{minutes}``.
    taken
        Boxes to keep clear of, logical pixels; the tags' own are added.
    """
    size = 15.0 * (theme.label_scale / 0.7) ** 0.5
    metrics = QFontMetricsF(font(size))
    inside = QRectF(0, 0, viewport.width_px, viewport.height_px).adjusted(4, 4, -4, -4)
    tags: list[MinuteLabel] = []
    colours = band_colours(theme, len(contours))
    for (minutes, line), colour in zip(contours.items(), colours, strict=True):
        if len(line.xy) == 0:
            continue
        points = line.xy / viewport.dpr
        text = unit.format(minutes=f"{minutes:g}")
        width, height = metrics.horizontalAdvance(text) + size * 1.1, size * 1.55
        ends = np.append(line.starts[1:], len(points))
        outer = max(zip(line.starts, ends, strict=True), key=lambda ring: ring[1] - ring[0])
        ring = points[outer[0] : outer[1]]
        # Contours run together near barriers; to the upper left the lake's names are few.
        middle = ring.mean(axis=0)
        toward = (ring - middle) @ np.array([-0.86, -0.5])
        for index in np.argsort(-toward)[:: max(1, len(ring) // 60)]:
            x, y = (float(value) for value in ring[index])
            tag = MinuteLabel(minutes, text, colour, (x, y), width, height)
            box = tag.box
            if inside.contains(box) and not any(box.intersects(other) for other in taken):
                tags.append(tag)
                taken.append(box.adjusted(-3, -3, 3, 3))
                break
    return tags


def paint_minute_label(painter: QPainter, tag: MinuteLabel, theme: Theme) -> None:
    """Paint a minute tag."""
    box, radius = tag.box, tag.height_px / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.colour("halo")))
    painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), radius + 2, radius + 2)
    painter.setBrush(QColor(tag.colour))
    painter.drawRoundedRect(box, radius, radius)
    painter.setFont(font(tag.height_px / 1.55))
    painter.setPen(QColor(readable_on(tag.colour)))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, tag.text)
