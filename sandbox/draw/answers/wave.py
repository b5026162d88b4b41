"""The wave of travel time: an answer spreads along the streets as fast as one walks, sped up."""

from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from sandbox.analysis.isochrone import Isochrone
from sandbox.draw.theme import Theme, band_alphas, band_colours, rgb, tokens
from sandbox.draw.viewport import Viewport
from sandbox.engine.surface import GroundTimes, ground_times

Singles = npt.NDArray[np.float32]

# The front on the streets, in seconds of walking.
_FRONT_S: Final = 90.0
# Steps of the colour table; the last stands for ground that isn't reached.
_STEPS: Final = 255
# Nobody sees finer detail than this in a second and a half.
_CELL_PX: Final = 2.0


class Wave:
    """One isochrone on its way out from the origin.

    Parameters
    ----------
    isochrone
        The answer that the wave ends in.
    """

    def __init__(self, isochrone: Isochrone) -> None:
        motion = tokens()["motion"]
        self.isochrone = isochrone
        self.run_ms = float(motion["wave"])
        self._settle_ms = float(motion["settle"])
        self._ground: tuple[float, GroundTimes, npt.NDArray[np.uint8]] | None = None

    @property
    def length_ms(self) -> float:
        """How long it takes until everything has settled."""
        return self.run_ms + self._settle_ms

    @cached_property
    def _whole_s(self) -> float:
        return self.isochrone.minutes[-1] * 60.0

    def settled(self, minutes: tuple[float, ...], elapsed_ms: float) -> list[float]:
        """Return how far the ground at some times has settled, 0-1."""
        shares = np.array(minutes) * 60.0 / self._whole_s
        return [float(value) for value in self._settling(shares, elapsed_ms)]

    def street_colours(self, colours: Singles, theme: Theme, elapsed_ms: float) -> Singles:
        """Return street colours in the wave: none ahead of the front, bright within it."""
        share = np.arange(256) / 255.0
        front = elapsed_ms / self.run_ms
        made = colours.copy()
        behind = (front - share) * self._whole_s
        bright = np.clip(1.0 - behind / _FRONT_S, 0.0, 1.0) * (behind >= 0.0)
        light = np.array(rgb("#FFFFFF" if theme.dark else theme.colour("ink"))[::-1])
        made[:, :3] += (light - made[:, :3]) * (bright * (0.55 if theme.dark else 0.25))[:, None]
        made[:, 3] = np.where(behind < 0.0, 0.0, made[:, 3] + (0.95 - made[:, 3]) * bright)
        return made

    def paint(
        self,
        image: QImage,
        viewport: Viewport,
        theme: Theme,
        elapsed_ms: float,
        opacity: float | None = None,
    ) -> None:
        """Paint the ground behind the front, through a table of colours by time.

        `opacity` is that of the bands' areas, 0-1; None leaves it to the theme.
        """
        times, steps = self._raster(viewport)
        if steps.size == 0:
            return
        pixels = np.ascontiguousarray(self._table(theme, elapsed_ms, opacity)[steps])
        rows, columns = steps.shape
        picture = QImage(
            pixels.data, columns, rows, columns * 4, QImage.Format.Format_ARGB32_Premultiplied
        )
        grid = times.grid
        west, south, east, north = grid.bounds
        half = grid.cell_m / 2
        left, top = viewport.px((west - half, north + half)) * viewport.dpr
        right, bottom = viewport.px((east + half, south - half)) * viewport.dpr
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(
            QRectF(float(left), float(top), float(right - left), float(bottom - top)), picture
        )
        painter.end()

    def _raster(self, viewport: Viewport) -> tuple[GroundTimes, npt.NDArray[np.uint8]]:
        cell_m = max(self.isochrone.reach_m / 5.0, _CELL_PX * viewport.m_per_px)
        if self._ground is None or self._ground[0] != cell_m:
            times = ground_times(self.isochrone.reached, self.isochrone.reach_m, cell_m=cell_m)
            # Northernmost row first, as pictures have it.
            share = times.seconds[::-1] / self._whole_s
            steps = np.where(share <= 1.0, np.rint(share * (_STEPS - 1)), _STEPS)
            self._ground = (cell_m, times, steps.astype(np.uint8))
        return self._ground[1], self._ground[2]

    def _table(
        self, theme: Theme, elapsed_ms: float, opacity: float | None
    ) -> npt.NDArray[np.uint8]:
        """Return premultiplied blue, green, red, alpha by step of time."""
        minutes = self.isochrone.minutes
        share = np.arange(_STEPS) / (_STEPS - 1)
        edges = np.array(minutes) / minutes[-1]
        band = np.minimum(np.searchsorted(edges, share - 1e-9), len(minutes) - 1)
        bgr = np.array([rgb(c)[::-1] for c in band_colours(theme, len(minutes))])[band]
        alphas = np.array(band_alphas(theme, len(minutes), opacity))
        alpha = alphas[band] * self._settling(share, elapsed_ms)
        table = np.zeros((256, 4), dtype=np.uint8)
        table[:_STEPS, :3] = np.rint(bgr * alpha[:, None])
        table[:_STEPS, 3] = np.rint(alpha * 255.0)
        return table

    def _settling(
        self, share: npt.NDArray[np.float64], elapsed_ms: float
    ) -> npt.NDArray[np.float64]:
        """Return how far ground at shares of the whole time has settled behind the front."""
        since = np.clip((elapsed_ms - share * self.run_ms) / self._settle_ms, 0.0, 1.0)
        # Quick at first, slow at last.
        return 1.0 - (1.0 - since) ** 4
