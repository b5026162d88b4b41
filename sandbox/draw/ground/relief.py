"""Hill shading from several suns, and contour lines, from a grid of heights."""

import math
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final

import contourpy
import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage
from scipy import ndimage

from sandbox.catalog.layer import Grid
from sandbox.draw.theme import Theme, rgb
from sandbox.geo.crs import to_lonlat, to_metric

Singles = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

# Azimuth in degrees and share of each sun; 40 degrees high, heights a third exaggerated.
_SUNS: Final = ((315.0, 0.52), (270.0, 0.18), (0.0, 0.18), (45.0, 0.12))
_SUN_HEIGHT_DEG: Final = 40.0
_EXAGGERATION: Final = 1.35
_TINT_FROM_M, _TINT_TO_M = 300.0, 630.0
_STEEP: Final = 0.45


@dataclass(frozen=True, eq=False)
class Relief:
    """Heights on a square metric grid.

    Attributes
    ----------
    heights
        Metres, float32, shape ``(rows, columns)``, northernmost row first.
    west, north
        Metres of the upper left value.
    cell_m
        Distance between neighbours.
    """

    heights: Singles
    west: float
    north: float
    cell_m: float
    _means: dict[int, Singles] = field(default_factory=dict, init=False, repr=False)

    def height_m(self, xy: tuple[float, float]) -> float:
        """Return the height at a place in metres; that of the edge beyond the grid."""
        return float(self.heights_at(np.array([xy]))[0])

    def heights_at(self, xy: Doubles) -> Doubles:
        """Return the heights at places in metres, shape ``(..., 2)``, in shape ``(...)``."""
        points = xy.reshape(-1, 2)
        at = (self.north - points[:, 1]) / self.cell_m, (points[:, 0] - self.west) / self.cell_m
        found = ndimage.map_coordinates(
            self.heights, np.stack(at), output=np.float64, order=1, mode="nearest"
        )
        return np.asarray(found).reshape(xy.shape[:-1])

    def sampled(self, west: float, north: float, step_m: float, count: int) -> Singles:
        """Return heights at ``count × count`` points from an upper left corner.

        Cubic where points lie closer than the grid, so that slopes are smooth; a mean
        where they lie farther apart, so that far views don't flicker.
        """
        heights, cell_m, offset = self.heights, self.cell_m, 0.0
        coarser = int(step_m / cell_m)
        if coarser >= 2:
            heights = self._mean_of(coarser)
            offset = (coarser - 1) / 2 * cell_m
            cell_m *= coarser
        row0 = (self.north - offset - north) / cell_m
        column0 = (west - self.west - offset) / cell_m
        ratio = step_m / cell_m
        sampled = ndimage.affine_transform(
            heights,
            np.array([ratio, ratio]),
            offset=[row0, column0],  # pyright: ignore[reportArgumentType]
            output_shape=(count, count),
            order=3 if ratio < 1 else 1,
            mode="nearest",
            prefilter=False,
        )
        return np.asarray(sampled, dtype=np.float32)

    def _mean_of(self, cells: int) -> Singles:
        """Return the mean heights of blocks of `cells × cells`.

        Kept, since every tile of a far view asks for them; two threads that ask at once make
        the same.
        """
        if cells not in self._means:
            rows, columns = (size // cells for size in self.heights.shape)
            whole = self.heights[: rows * cells, : columns * cells]
            blocks = whole.reshape(rows, cells, columns, cells)
            self._means[cells] = blocks.mean(axis=(1, 3))
        return self._means[cells]

    def known(self, west: float, north: float, step_m: float, count: int) -> Singles:
        """Return how well heights are known at ``count × count`` points.

        1 within the grid, 0 beyond it, a ramp between, so that hills don't end in a wall.
        """
        rows, columns = self.heights.shape
        x = west + np.arange(count) * step_m
        y = north - np.arange(count) * step_m
        east = self.west + (columns - 1) * self.cell_m
        south = self.north - (rows - 1) * self.cell_m
        ramp_m = 12.0 * self.cell_m
        inward_x = np.clip(np.minimum(x - self.west, east - x) / ramp_m, 0.0, 1.0)
        inward_y = np.clip(np.minimum(self.north - y, y - south) / ramp_m, 0.0, 1.0)
        return (inward_y[:, None] * inward_x[None, :]).astype(np.float32)

    def contours(self, interval_m: float) -> list[tuple[float, list[Doubles]]]:
        """Return contour lines in metres at whole multiples of an interval, with their height."""
        rows, columns = self.heights.shape
        x = self.west + np.arange(columns) * self.cell_m
        y = self.north - np.arange(rows) * self.cell_m
        generator = contourpy.contour_generator(x, y, self.heights)
        low = math.ceil(float(self.heights.min()) / interval_m)
        high = math.floor(float(self.heights.max()) / interval_m)
        levels = [step * interval_m for step in range(low, high + 1)]
        return [(level, [np.asarray(line) for line in generator.lines(level)]) for level in levels]


def warped(grid: Grid, crs: str) -> Relief:
    """Return a grid of heights in WGS 84 on the metric ground, cubic splines between."""
    west, south, east, north = grid.bounds_lonlat
    rows, columns = grid.values.shape
    corners = to_metric([(west, south), (east, south), (east, north), (west, north)], crs)
    (left, bottom), (right, top) = corners.min(axis=0), corners.max(axis=0)
    cell_m = float(min((right - left) / columns, (top - bottom) / rows))
    nx, ny = math.ceil((right - left) / cell_m), math.ceil((top - bottom) / cell_m)
    lonlat = _lonlat_of(
        left + (np.arange(nx) + 0.5) * cell_m, top - (np.arange(ny) + 0.5) * cell_m, crs
    )
    at = np.stack(
        [
            (north - lonlat[..., 1]) / (north - south) * rows - 0.5,
            (lonlat[..., 0] - west) / (east - west) * columns - 0.5,
        ]
    )
    values = ndimage.map_coordinates(grid.values, at, order=1, mode="nearest")
    return Relief(
        np.asarray(values, dtype=np.float32),
        float(left + cell_m / 2),
        float(top - cell_m / 2),
        cell_m,
    )


def _lonlat_of(x: Doubles, y: Doubles, crs: str) -> Doubles:
    """Return where the crossings of columns and rows lie, shape ``(rows, columns, 2)``.

    Exact at about every 16th, in a straight line between, since most of the time goes into
    projecting. So short a line bends by a 5,000th of a cell of 60 m, by a 300th of one of 1 km.
    """
    known = [len(line) // 16 + 2 for line in (y, x)]
    at_y, at_x = (np.linspace(line[0], line[-1], n) for line, n in zip((y, x), known, strict=True))
    exact = to_lonlat(np.stack(np.meshgrid(at_x, at_y), axis=-1), crs)
    finer = (len(y) / known[0], len(x) / known[1], 1)
    return np.asarray(ndimage.zoom(exact, finer, order=1))


def shade(heights: Singles, step_m: float) -> tuple[Singles, Singles]:
    """Return light relative to flat ground (1) and steepness (0 flat, 1 at 45 degrees and more).

    Parameters
    ----------
    heights
        Metres, shape ``(rows, columns)``, north first.
    step_m
        Distance between neighbours.
    """
    south, east = np.gradient(heights * _EXAGGERATION, step_m)
    north = -south
    size = np.sqrt(1.0 + east * east + north * north)
    sin_h = math.sin(math.radians(_SUN_HEIGHT_DEG))
    cos_h = math.cos(math.radians(_SUN_HEIGHT_DEG))
    light = np.zeros_like(heights)
    for azimuth, share in _SUNS:
        toward_e, toward_n = math.sin(math.radians(azimuth)), math.cos(math.radians(azimuth))
        lit = (sin_h - cos_h * (east * toward_e + north * toward_n)) / size
        light += share * np.maximum(lit, 0.0)
    steep = np.clip(np.hypot(east, north) / _EXAGGERATION, 0.0, 1.0)
    return (light / sin_h).astype(np.float32), steep.astype(np.float32)


class ReliefPainter:
    """Ground colour and shading of tiles; the latest are kept while there is room.

    Parameters
    ----------
    strength
        How strongly slopes are shaded; 1 for the planner.
    limit_bytes
        Pictures kept at most; the least recently shown go first.
    """

    def __init__(self, strength: float = 1.0, *, limit_bytes: int = 128 * 2**20) -> None:
        self._strength = strength
        self._limit_bytes, self._bytes = limit_bytes, 0
        self._kept: OrderedDict[tuple[object, ...], tuple[QImage, QImage]] = OrderedDict()
        self._lock = threading.Lock()

    def pictures(
        self, relief: Relief, theme: Theme, west_north: tuple[float, float], side_m: float, px: int
    ) -> tuple[QImage, QImage]:
        """Return a square's ground colour and, to be laid over areas, its light and shadow."""
        key = (id(relief), theme.name, west_north, side_m, px)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = self._paint(relief, theme, west_north, side_m, px)
        with self._lock:
            # Two threads may have made the same.
            if key not in self._kept:
                self._kept[key] = made
                self._bytes += _bytes_of(made)
            while self._bytes > self._limit_bytes and len(self._kept) > 1:
                self._bytes -= _bytes_of(self._kept.popitem(last=False)[1])
        return made

    def _paint(
        self, relief: Relief, theme: Theme, west_north: tuple[float, float], side_m: float, px: int
    ) -> tuple[QImage, QImage]:
        # One point beyond each side, so that slopes meet at the seams.
        step_m = side_m / px
        heights = relief.sampled(
            west_north[0] - step_m / 2, west_north[1] + step_m / 2, step_m, px + 2
        )
        light, steep = shade(heights, step_m)
        heights, light, steep = (values[1:-1, 1:-1] for values in (heights, light, steep))
        known = relief.known(west_north[0] + step_m / 2, west_north[1] - step_m / 2, step_m, px)
        light = 1.0 + (light - 1.0) * known
        heights = _TINT_FROM_M + (heights - _TINT_FROM_M) * known
        strength = self._strength * theme.number("shade_strength", 1.0)
        return _tint(heights, steep, theme), _light(light, strength, theme)


def _bytes_of(pictures: tuple[QImage, QImage]) -> int:
    return sum(one.sizeInBytes() for one in pictures)


def _tint(heights: Singles, steep: Singles, theme: Theme) -> QImage:
    high = np.clip((heights - _TINT_FROM_M) / (_TINT_TO_M - _TINT_FROM_M), 0.0, 1.0)
    high = (high * high * (3.0 - 2.0 * high))[..., None]
    bare = (np.clip(steep / _STEEP, 0.0, 1.0) * 0.55)[..., None] * high
    ground, top, rock = (np.array(rgb(theme.colour(k))) for k in ("ground", "ground_high", "rock"))
    colour = ground + (top - ground) * high
    colour = colour + (rock - colour) * bare
    pixels = np.full((*heights.shape, 4), 255, dtype=np.uint8)
    pixels[..., 2::-1] = np.rint(colour)
    return _image(pixels, QImage.Format.Format_RGB32)


def _light(light: Singles, strength: float, theme: Theme) -> QImage:
    """Shadow as black, light as the hills' own colour, both see-through."""
    shadow = np.clip((1.0 - light) * strength * (0.95 if theme.dark else 0.62), 0.0, 0.72)
    shine = np.clip((light - 1.0) * strength * (0.85 if theme.dark else 1.1), 0.0, 0.6)
    dark = np.array((0, 4, 8) if theme.dark else (52, 66, 58), dtype=np.float32)
    bright = np.array(rgb(theme.colour("hill_light") if theme.dark else "#FFFFFF"))
    alpha = np.where(light < 1.0, shadow, shine)
    colour = np.where((light < 1.0)[..., None], dark, bright)
    pixels = np.empty((*light.shape, 4), dtype=np.uint8)
    pixels[..., 2::-1] = np.rint(colour * alpha[..., None])
    pixels[..., 3] = np.rint(alpha * 255)
    return _image(pixels, QImage.Format.Format_ARGB32_Premultiplied)


def _image(pixels: npt.NDArray[np.uint8], kind: QImage.Format) -> QImage:
    rows, columns = pixels.shape[:2]
    # A copy owns its memory; a QImage over an array doesn't keep the array alive.
    return QImage(pixels.tobytes(), columns, rows, columns * 4, kind).copy()
