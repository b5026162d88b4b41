"""An isochrone on the map: dimmed surroundings, rings, lit streets, contours, glow, minutes."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter

from sandbox.analysis.isochrone import Isochrone, cutoff_ms
from sandbox.draw.answers.outlines import SOFT_PX, Outline, band_rings, over
from sandbox.draw.raster.band_fill import fill_bands
from sandbox.draw.raster.line_raster import LineRaster, glow_profile, line_profile
from sandbox.draw.theme import Theme, band_alphas, band_colours, lines_share, mixed, rgb, tokens
from sandbox.draw.viewport import Viewport

if TYPE_CHECKING:
    from sandbox.draw.answers.wave import Wave

Doubles = npt.NDArray[np.float64]
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Overlay:
    """A picture of an answer, see-through, and where it lies.

    Attributes
    ----------
    image
        Premultiplied; its pixels stand on whole device pixels of the map.
    viewport
        What it covers.
    pixels
        The image's memory, which a QImage doesn't keep alive.
    opacity
        0-1, that it is laid on with.
    """

    image: QImage
    viewport: Viewport
    pixels: Bytes
    opacity: float

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
        painter.setOpacity(self.opacity)
        painter.drawImage(QPointF(round(x * dpr) / dpr, round(y * dpr) / dpr), self.image)
        painter.setOpacity(1.0)


class Canvas:
    """A see-through picture being painted: its pixels, and raster as large.

    Parameters
    ----------
    viewport
        What it covers.
    raster
        Sheet of distances, empty.
    pixels
        Premultiplied blue, green, red, alpha, as large as the sheet; still to be filled.
    """

    def __init__(self, viewport: Viewport, raster: LineRaster, pixels: Bytes) -> None:
        self.viewport = viewport
        self.raster = raster
        self.pixels = pixels
        rows, columns = raster.shape
        self.image = QImage(
            pixels.data, columns, rows, columns * 4, QImage.Format.Format_ARGB32_Premultiplied
        )

    def finished(self, opacity: float) -> Overlay:
        """Return the picture, as opaque as the answer is to be."""
        self.image.setDevicePixelRatio(self.viewport.dpr)
        return Overlay(self.image, self.viewport, self.pixels, opacity)


class Sheets:
    """Memory that pictures are painted in, kept from one to the next.

    A picture is good until the one after the next is painted: fresh memory for each
    would cost as much as the painting. Painters whose pictures are laid down at once, one
    after the other on one thread, share it.
    """

    def __init__(self) -> None:
        self._ink: LineRaster | None = None
        self._pixels: list[Bytes] = []

    def canvas(self, viewport: Viewport) -> Canvas:
        """Return what the next picture is painted on."""
        columns = round(viewport.width_px * viewport.dpr)
        rows = round(viewport.height_px * viewport.dpr)
        if self._ink is None or self._ink.shape != (rows, columns):
            self._ink = LineRaster(rows, columns)
            self._pixels = [np.empty((rows, columns, 4), dtype=np.uint8) for _ in range(2)]
        self._pixels.reverse()
        return Canvas(viewport, self._ink, self._pixels[0])

    def give_back(self) -> None:
        """Give back the memory of pictures; those returned so far stay good."""
        self._ink, self._pixels = None, []


class BandPainter:
    """Paints isochrones.

    Parameters
    ----------
    sheets
        What their pictures are painted in; by default its own.
    """

    def __init__(self, sheets: Sheets | None = None) -> None:
        self._sheets = sheets or Sheets()
        self._outlines: tuple[Isochrone, Viewport, list[Outline]] | None = None
        self._rings: tuple[Isochrone, tuple[float, float], list[Outline]] | None = None

    def give_back(self) -> None:
        """Give back the memory of pictures; those returned so far stay good."""
        self._sheets.give_back()

    def outlines(self, isochrone: Isochrone, viewport: Viewport) -> list[Outline]:
        """Return the bands' rings over a viewport, kept until others are asked for."""
        known = self._outlines
        if known is not None and known[0] is isochrone and known[1] == viewport:
            return known[2]
        made = [over(one, viewport) for one in self._rings_at(isochrone, viewport)]
        self._outlines = (isochrone, viewport, made)
        return made

    def _rings_at(self, isochrone: Isochrone, viewport: Viewport) -> list[Outline]:
        """Return the bands' rings in metres: a map that is moved has them, at the same scale."""
        scale, known = (viewport.m_per_px, viewport.dpr), self._rings
        if known is not None and known[0] is isochrone and known[1] == scale:
            return known[2]
        made = [band_rings(isochrone, k, viewport) for k in range(len(isochrone.areas))]
        self._rings = (isochrone, scale, made)
        return made

    def overlay(
        self,
        isochrone: Isochrone,
        viewport: Viewport,
        theme: Theme,
        share: float = 1.0,
        opacity: float | None = None,
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
        share
            0-1, of the whole answer; less than 1 where it is painted pale.
        opacity
            0-1, of the bands' areas over the map; None leaves it to the theme.
        """
        canvas, lines = self._sheets.canvas(viewport), lines_share(opacity)
        outlines = self.outlines(isochrone, viewport)
        _fill(canvas, outlines, theme, None if opacity is None else opacity / lines)
        paint_streets(canvas, isochrone, theme, time_colours(isochrone.minutes, theme))
        if theme.dark:
            _glow(canvas, isochrone, theme)
        paint_contours(canvas, outlines, theme, [1.0] * len(outlines))
        return canvas.finished(share * lines)

    def wave(  # noqa: PLR0917
        self,
        wave: "Wave",
        viewport: Viewport,
        theme: Theme,
        share: float,
        elapsed_ms: float,
        opacity: float | None = None,
    ) -> Overlay:
        """Return the picture of an isochrone whose wave has run for a time."""
        canvas, lines = self._sheets.canvas(viewport), lines_share(opacity)
        minutes = wave.isochrone.minutes
        outlines = self.outlines(wave.isochrone, viewport)
        settled = wave.settled(minutes, elapsed_ms)
        _clear(canvas, outlines[-1], theme, min(1.0, elapsed_ms / wave.run_ms))
        areas = None if opacity is None else opacity / lines
        wave.paint(canvas.image, viewport, theme, elapsed_ms, areas)
        colours = wave.street_colours(time_colours(minutes, theme), theme, elapsed_ms)
        paint_streets(canvas, wave.isochrone, theme, colours)
        paint_contours(canvas, outlines, theme, settled)
        return canvas.finished(share * lines)


def paint_streets(
    canvas: Canvas, isochrone: Isochrone, theme: Theme, colours: npt.NDArray[np.float32]
) -> None:
    """Light the streets that are reached, each place in the colour of its own time.

    Parameters
    ----------
    canvas
        What is painted on.
    isochrone
        Streets and their times.
    theme
        Look.
    colours
        By share of the largest cutoff, shape ``(256, 4)``, as `LineRaster.blend` takes them.
    """
    bands, viewport = tokens()["bands"], canvas.viewport
    reached, dpr = isochrone.reached, viewport.dpr
    west, _, _, north = viewport.bounds
    ends = (reached.ends_xy - np.array([west, north, west, north])) * (
        np.array([1.0, -1.0, 1.0, -1.0]) * dpr / viewport.m_per_px
    )
    # Zoomed far out, the streets of a walk merge into a blot, so they fade first.
    fade = np.float32(np.clip(14.0 / viewport.m_per_px, 0.25, 1.0))
    limit = cutoff_ms(isochrone.minutes[-1])
    width, glow = float(bands["street_px"]) * dpr, float(bands["street_glow_px"]) * dpr
    lit = colours.copy()
    lit[:, 3] *= fade
    coats, radius = [(lit, line_profile(width))], width / 2 + 1
    if theme.dark:
        faint = lit.copy()
        faint[:, 3] *= float(bands["street_glow_alpha"]) / float(bands["street_alpha"][0])
        coats.insert(0, (faint, line_profile(glow)))
        radius = glow / 2 + 1
    canvas.raster.timed(ends, reached.ms, reached.cost_ms, limit, radius)
    canvas.raster.blend(canvas.pixels, coats)


def paint_contours(
    canvas: Canvas, outlines: "list[Outline]", theme: Theme, alphas: list[float]
) -> None:
    """Draw the bands' outlines on their casing."""
    bands, dpr = tokens()["bands"], canvas.viewport.dpr
    colours = band_colours(theme, len(outlines))
    width, casing = float(bands["outline_px"]) * dpr, float(bands["outline_halo_px"]) * dpr
    halo = theme.colour("halo")
    under = _table([(halo, 0.6 * alpha) for alpha in alphas])
    strong = [
        (contour_colour(colour, theme), alpha)
        for colour, alpha in zip(colours, alphas, strict=True)
    ]
    for index, line in enumerate(outlines):
        canvas.raster.lines(line.xy, line.starts, index, casing / 2 + 1)
    coats = [(under, line_profile(casing)), (_table(strong), line_profile(width))]
    canvas.raster.blend(canvas.pixels, coats)


def _glow(canvas: Canvas, isochrone: Isochrone, theme: Theme) -> None:
    count, viewport = len(isochrone.areas), canvas.viewport
    bands, dpr = tokens()["bands"], canvas.viewport.dpr
    widths = tuple(float(px) * dpr for px in bands["glow_px"])
    alphas = tuple(float(alpha) for alpha in bands["glow_alpha"])
    colour = band_colours(theme, count)[-1]
    outer = over(band_rings(isochrone, count - 1, viewport, SOFT_PX), viewport)
    canvas.raster.lines(outer.xy, outer.starts, 0, max(widths) / 2 + 1)
    coat = (_table([(colour, 1.0)]), glow_profile(widths, alphas))
    canvas.raster.blend(canvas.pixels, [coat])


def contour_colour(band_colour: str, theme: Theme) -> str:
    """Return the colour of a band's outline: darker than its area on light ground."""
    return band_colour if theme.dark else mixed(band_colour, "#000000", 0.22)


def _fill(canvas: Canvas, outlines: list[Outline], theme: Theme, opacity: float | None) -> None:
    """Fill each ring between two contours, and quieten what lies outside the outermost."""
    colours = band_colours(theme, len(outlines))
    alphas = band_alphas(theme, len(outlines), opacity)
    coats = [*zip(colours, alphas, strict=True), _dim(theme, 1.0)]
    areas = [(line.xy, line.starts) for line in outlines]
    fill_bands(canvas.pixels, areas, _table(coats)[: len(coats)])


def _clear(canvas: Canvas, outermost: Outline, theme: Theme, share: float) -> None:
    """Leave the answer's ground empty, and quieten what lies outside it by a share."""
    coats = [("#000000", 0.0), _dim(theme, share)]
    fill_bands(canvas.pixels, [(outermost.xy, outermost.starts)], _table(coats)[:2])


def _dim(theme: Theme, share: float) -> tuple[str, float]:
    colour = "#000000" if theme.dark else theme.colour("ground")
    return colour, theme.number("dim_outside", 0.2) * share


def _table(entries: list[tuple[str, float]]) -> npt.NDArray[np.float32]:
    table = np.zeros((256, 4), dtype=np.float32)
    for index, (colour, alpha) in enumerate(entries):
        red, green, blue = rgb(colour)
        table[index] = (blue, green, red, alpha)
    return table


def time_colours(minutes: tuple[float, ...], theme: Theme) -> npt.NDArray[np.float32]:
    """Return street colours by share of the largest cutoff: the bands', lighter on dark."""
    colours = band_colours(theme, len(minutes))
    lit = [mixed(colour, "#FFFFFF", 0.30) if theme.dark else colour for colour in colours]
    bgr = np.array([rgb(colour)[::-1] for colour in lit], dtype=np.float64)
    share = np.arange(256) / 255.0
    edges = np.array(minutes) / minutes[-1]
    # A street keeps its band's colour through the band and turns at the contour.
    band = np.minimum(np.searchsorted(edges, share - 1e-9), len(minutes) - 1)
    near, far = tokens()["bands"]["street_alpha"]
    table = np.empty((256, 4), dtype=np.float32)
    table[:, :3] = bgr[band]
    table[:, 3] = near + (far - near) * share
    return table
