"""An isochrone on the map: dimmed surroundings, rings, lit streets, contours, glow, minutes."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath
from shapely.geometry.base import BaseGeometry

from sandbox.analysis.isochrone import Isochrone, cutoff_ms
from sandbox.draw.fonts import font
from sandbox.draw.ink import Ink, glow_profile, line_profile
from sandbox.draw.shapes import path, rings
from sandbox.draw.theme import Theme, band_alphas, band_colours, mixed, rgb, tokens
from sandbox.draw.viewport import Viewport

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_SMALLEST_HOLE_PX2: Final = 24.0
# The drawn outline may leave the computed one by half a pixel; this is well within.
_TOLERANCE_PX: Final = 0.12


@dataclass(frozen=True, eq=False)
class Outline:
    """A band's rings in device pixels of a picture."""

    xy: Doubles
    starts: Ints

    @property
    def path(self) -> QPainterPath:
        """The rings with odd-even fill."""
        return path(self.xy, self.starts)


@dataclass(frozen=True, eq=False)
class Overlay:
    """A picture of an answer, see-through, and where it lies.

    Attributes
    ----------
    image
        Premultiplied; its pixels stand on whole device pixels of the map.
    viewport
        What it covers.
    """

    image: QImage
    viewport: Viewport

    def covers(self, viewport: Viewport) -> bool:
        """Whether it can be laid over a viewport as it is."""
        own, other = self.viewport.bounds, viewport.bounds
        slack = viewport.m_per_px * 0.01
        return (
            self.viewport.m_per_px == viewport.m_per_px
            and self.viewport.dpr == viewport.dpr
            and own[0] <= other[0] + slack
            and own[1] <= other[1] + slack
            and own[2] >= other[2] - slack
            and own[3] >= other[3] - slack
        )

    def paint(self, painter: QPainter, viewport: Viewport) -> None:
        """Lay the picture over a canvas that shows a viewport."""
        west, _, _, north = self.viewport.bounds
        x, y = viewport.px((west, north))
        dpr = viewport.dpr
        painter.drawImage(QPointF(round(x * dpr) / dpr, round(y * dpr) / dpr), self.image)


class BandPainter:
    """Paints isochrones; keeps its sheet of distances from one to the next."""

    def __init__(self) -> None:
        self._ink: Ink | None = None

    def overlay(
        self, isochrone: Isochrone, viewport: Viewport, theme: Theme, opacity: float
    ) -> Overlay:
        """Return the picture of an isochrone over a viewport.

        Parameters
        ----------
        isochrone
            Bands, nearest first, and the streets reached.
        viewport
            What the picture covers.
        theme
            Colours.
        opacity
            0-1, of the whole answer.
        """
        columns = round(viewport.width_px * viewport.dpr)
        rows = round(viewport.height_px * viewport.dpr)
        pixels = np.zeros((rows, columns, 4), dtype=np.uint8)
        image = QImage(
            pixels.data, columns, rows, columns * 4, QImage.Format.Format_ARGB32_Premultiplied
        )
        outlines = [outline(area, viewport) for area in isochrone.areas]
        _fill(image, outlines, theme, (columns, rows))
        ink = self._sheet(rows, columns)
        self._streets(ink, pixels, isochrone, viewport, theme)
        self._contours(ink, pixels, outlines, viewport.dpr, theme)
        if opacity < 1.0:
            pixels[:] = (pixels * np.float32(opacity) + 0.5).astype(np.uint8)
        # The copy owns its memory; the array is gone after this.
        kept = image.copy()
        kept.setDevicePixelRatio(viewport.dpr)
        return Overlay(kept, viewport)

    def _sheet(self, rows: int, columns: int) -> Ink:
        if self._ink is None or self._ink.shape != (rows, columns):
            self._ink = Ink(rows, columns)
        return self._ink

    @staticmethod
    def _streets(
        ink: Ink,
        pixels: npt.NDArray[np.uint8],
        isochrone: Isochrone,
        viewport: Viewport,
        theme: Theme,
    ) -> None:
        bands = tokens()["bands"]
        reached, dpr = isochrone.reached, viewport.dpr
        # Far out the streets of a walk fall together: they fade before they clot.
        fade = float(np.clip(14.0 / viewport.m_per_px, 0.25, 1.0))
        west, _, _, north = viewport.bounds
        ends = (reached.ends_xy - np.array([west, north, west, north])) * (
            np.array([1.0, -1.0, 1.0, -1.0]) * dpr / viewport.m_per_px
        )
        limit = cutoff_ms(isochrone.minutes[-1])
        colours = _time_colours(isochrone.minutes, theme, bands["street_alpha"], fade)
        width = float(bands["street_px"]) * dpr
        glow = float(bands["street_glow_px"]) * dpr
        if theme.dark:
            ink.timed(ends, reached.ms, reached.cost_ms, limit, glow / 2 + 1)
            faint = colours.copy()
            faint[:, 3] = float(bands["street_glow_alpha"]) * fade
            ink.blend(pixels, faint, line_profile(glow))
        ink.timed(ends, reached.ms, reached.cost_ms, limit, width / 2 + 1)
        ink.blend(pixels, colours, line_profile(width))

    @staticmethod
    def _contours(
        ink: Ink,
        pixels: npt.NDArray[np.uint8],
        outlines: list[Outline],
        dpr: float,
        theme: Theme,
    ) -> None:
        bands = tokens()["bands"]
        colours = band_colours(theme, len(outlines))
        width, casing = float(bands["outline_px"]) * dpr, float(bands["outline_halo_px"]) * dpr
        if theme.dark:
            glow = tuple(float(px) * dpr for px in bands["glow_px"])
            alphas = tuple(float(alpha) for alpha in bands["glow_alpha"])
            outer = outlines[-1]
            ink.lines(outer.xy, outer.starts, 0, max(glow) / 2 + 1)
            ink.blend(pixels, _table([(colours[-1], 1.0)]), glow_profile(glow, alphas))
        for index, line in enumerate(outlines):
            ink.lines(line.xy, line.starts, index, casing / 2 + 1)
        halo = theme.colour("halo")
        ink.blend(pixels, _table([(halo, 0.6)] * len(outlines)), line_profile(casing))
        for index, line in enumerate(outlines):
            ink.lines(line.xy, line.starts, index, width / 2 + 1)
        strong = [(contour_colour(colour, theme), 1.0) for colour in colours]
        ink.blend(pixels, _table(strong), line_profile(width))


def contour_colour(band_colour: str, theme: Theme) -> str:
    """Return the colour of a band's outline: darker than its area on light ground."""
    return band_colour if theme.dark else mixed(band_colour, "#000000", 0.22)


def outline(area: BaseGeometry, viewport: Viewport) -> Outline:
    """Return an area's rings in device pixels, without holes too small to be seen."""
    tolerance_m = _TOLERANCE_PX * viewport.m_per_px / viewport.dpr
    xy, starts = rings(shapely.simplify(area, tolerance_m, preserve_topology=False))
    if len(starts) == 0:
        return Outline(xy, starts)
    px = viewport.px(xy) * viewport.dpr
    ends = np.append(starts[1:], len(px))
    smallest = _SMALLEST_HOLE_PX2 * viewport.dpr**2
    kept = [
        px[begin:end]
        for begin, end in zip(starts, ends, strict=True)
        if end - begin > 3 and abs(_signed_area(px[begin:end])) >= smallest
    ]
    if not kept:
        return Outline(np.empty((0, 2)), np.zeros(0, dtype=np.int64))
    counts = np.array([len(ring) for ring in kept])
    return Outline(np.concatenate(kept), np.concatenate([[0], np.cumsum(counts)[:-1]]))


def _signed_area(ring: Doubles) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2.0


def _fill(image: QImage, outlines: list[Outline], theme: Theme, size: tuple[int, int]) -> None:
    """Dim what lies outside, and fill each ring between two contours."""
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    paths = [line.path for line in outlines]
    outside = QPainterPath()
    outside.addRect(QRectF(0, 0, *size))
    if paths:
        outside.addPath(paths[-1])
    dim = QColor("#000000" if theme.dark else theme.colour("ground"))
    dim.setAlphaF(theme.number("dim_outside", 0.2))
    painter.fillPath(outside, dim)
    colours, alphas = band_colours(theme, len(paths)), band_alphas(theme, len(paths))
    for index, ring in enumerate(paths):
        colour = QColor(colours[index])
        colour.setAlphaF(alphas[index])
        only = QPainterPath(ring)
        if index:
            # With odd-even fill, the band within makes the hole.
            only.addPath(paths[index - 1])
        painter.fillPath(only, colour)
    painter.end()


def _table(entries: list[tuple[str, float]]) -> npt.NDArray[np.float32]:
    table = np.zeros((256, 4), dtype=np.float32)
    for index, (colour, alpha) in enumerate(entries):
        red, green, blue = rgb(colour)
        table[index] = (blue, green, red, alpha)
    return table


def _time_colours(
    minutes: tuple[float, ...], theme: Theme, alphas: tuple[float, float], fade: float
) -> npt.NDArray[np.float32]:
    """Return colours by share of the largest cutoff: those of the bands, lighter on dark."""
    colours = band_colours(theme, len(minutes))
    lit = [mixed(colour, "#FFFFFF", 0.30) if theme.dark else colour for colour in colours]
    bgr = np.array([rgb(colour)[::-1] for colour in lit], dtype=np.float64)
    share = np.arange(256) / 255.0
    edges = np.array(minutes) / minutes[-1]
    # A street keeps its band's colour through the band and turns at the contour.
    band = np.minimum(np.searchsorted(edges, share - 1e-9), len(minutes) - 1)
    table = np.empty((256, 4), dtype=np.float32)
    table[:, :3] = bgr[band]
    table[:, 3] = (alphas[0] + (alphas[1] - alphas[0]) * share) * fade
    return table


@dataclass(frozen=True, slots=True)
class MinuteTag:
    """A pill with a cutoff's minutes on its contour."""

    text: str
    colour: str
    center_px: tuple[float, float]
    width_px: float
    height_px: float

    def moved(self, dx: float, dy: float) -> "MinuteTag":
        """Return the tag elsewhere."""
        x, y = self.center_px
        return replace(self, center_px=(x + dx, y + dy))

    @property
    def box(self) -> QRectF:
        """Where it stands, logical pixels."""
        x, y = self.center_px
        return QRectF(x - self.width_px / 2, y - self.height_px / 2, self.width_px, self.height_px)


def minute_tags(
    isochrone: Isochrone,
    viewport: Viewport,
    theme: Theme,
    unit: str,
    taken: list[QRectF],
) -> list[MinuteTag]:
    """Return a tag for each contour, where it is free and best to the upper left.

    Parameters
    ----------
    isochrone, viewport, theme
        As in `BandPainter.overlay`.
    unit
        Words with ``{minutes}``.
    taken
        Boxes to keep clear of, logical pixels; the tags' own are added.
    """
    size = 15.0 * (theme.label_scale / 0.7) ** 0.5
    metrics = QFontMetricsF(font(size))
    inside = QRectF(0, 0, viewport.width_px, viewport.height_px).adjusted(4, 4, -4, -4)
    tags: list[MinuteTag] = []
    colours = band_colours(theme, len(isochrone.minutes))
    for minutes, colour, area in zip(isochrone.minutes, colours, isochrone.areas, strict=True):
        line = outline(area, viewport)
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
            tag = MinuteTag(text, colour, (x, y), width, height)
            box = tag.box
            if inside.contains(box) and not any(box.intersects(other) for other in taken):
                tags.append(tag)
                taken.append(box.adjusted(-3, -3, 3, 3))
                break
    return tags


def paint_tag(painter: QPainter, tag: MinuteTag, theme: Theme) -> None:
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


def readable_on(colour: str) -> str:
    """Return near-black or white, whichever contrasts more with a colour (WCAG 2.2)."""
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255.0 for channel in rgb(colour))
    ]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#FFFFFF" if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.055 else "#10191F"
