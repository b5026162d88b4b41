"""What is laid over the relief: the flat map in levels about a place, coarser farther out."""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF, QRgba64

from sandbox.app.answers import departures
from sandbox.app.changes import changed
from sandbox.app.state import Document, MapState, View
from sandbox.draw.answers.bands import Sheets
from sandbox.draw.answers.pin import paint_area
from sandbox.draw.answers.route import paint_way
from sandbox.draw.answers.wave import Wave
from sandbox.draw.flat import FlatPainter
from sandbox.draw.ground.buildings import BELOW_M_PX
from sandbox.draw.ground.features import Ground
from sandbox.draw.ground.relief import Relief
from sandbox.draw.raster.shapes import path
from sandbox.draw.sandtable.columns import shadow
from sandbox.draw.sandtable.shade import (
    LEFT_OUT,
    TOP_BITS,
    TOPS_PER_M,
    Bytes,
    light_up,
    put_into_light,
    shadows,
)
from sandbox.draw.sandtable.sun import LAMP, Sun, sun_of
from sandbox.draw.theme import Theme
from sandbox.draw.viewport import Viewport
from sandbox.geo.crs import to_lonlat
from sandbox.streets.footprints import Footprints

Singles = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint32]
Tops = npt.NDArray[np.uint16]

LEVELS: Final = 3
# A level's middle lies on a raster of this share of its side, so that it is kept while the
# map is pulled a little.
_RASTER: Final = 0.125
# Pixels of the map from one height to the next.
_HEIGHT_PX: Final = 4
# Bytes of tiles kept for each level beyond those that it shows; its finished picture is extra.
_KEPT_BYTES: Final = 32 * 2**20
# How light it is where the sun doesn't come, on hills and behind buildings.
_AMBIENT: Final = 0.55
_BEHIND: Final = 0.5
# An answer's ground has its windows lit from this share of the settling of its wave on.
_LIGHTS_UP: Final = 0.3


@dataclass(frozen=True, eq=False)
class Level:
    """A square of the flat map with the heights under it.

    Attributes
    ----------
    west, north, side_m
        Where it lies, metres.
    colours
        As `QImage` has them, shape ``(n, n)``, northernmost row first.
    ground
        Heights in metres and light on them, shape ``(m, m, 2)``.
    tops
        Of buildings above the ground in tenths of metres, which aren't stretched, 0 without
        one, shape ``(n, n)``; None where the map is too coarse for them.
    """

    west: float
    north: float
    side_m: float
    colours: Pixels
    ground: Singles
    tops: Tops | None = None

    @property
    def frame(self) -> tuple[float, float, float, float, float]:
        """Its row of `fill_columns`' frames."""
        m, n = len(self.ground), len(self.colours)
        return self.west, self.north, self.side_m, (m - 1) / self.side_m, n / self.side_m


@dataclass(frozen=True, eq=False)
class Drape:
    """Levels of one state of the map, the finest first; the finest may still be missing.

    Attributes
    ----------
    levels
        Their arrays are parts of those below, so that no pixel is held twice.
    colours, ground, tops
        All levels' colours, heights with light, and buildings; the last of a single cell
        where there are none.
    sun
        The light that they lie in.
    """

    levels: tuple[Level, ...]
    colours: Pixels
    ground: Singles
    tops: Tops
    sun: Sun = LAMP

    @classmethod
    def of(cls, levels: Sequence[Level], sun: Sun = LAMP) -> "Drape":
        """Return a drape of levels that lie in the same light."""
        colours = np.stack([level.colours for level in levels])
        ground = np.stack([level.ground for level in levels])
        if all(level.tops is None for level in levels):
            tops = np.zeros((len(levels), 1, 1), dtype=np.uint16)
        else:
            none = np.zeros(levels[0].colours.shape, dtype=np.uint16)
            tops = np.stack([none if level.tops is None else level.tops for level in levels])
        held = tuple(
            replace(
                level,
                colours=colours[number],
                ground=ground[number],
                tops=None if level.tops is None else tops[number],
            )
            for number, level in enumerate(levels)
        )
        return cls(held, colours, ground, tops, sun)

    @cached_property
    def frames(self) -> npt.NDArray[np.float64]:
        """All levels' frames."""
        return np.array([level.frame for level in self.levels])


class Parts:
    """What a picture is made of, compared by identity: states are changed by replacing them."""

    def __init__(self, *parts: object) -> None:
        self.parts = parts

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Parts)
            and len(self.parts) == len(other.parts)
            and all(a is b for a, b in zip(self.parts, other.parts, strict=True))
        )

    def __hash__(self) -> int:
        return hash(tuple(id(part) for part in self.parts))


def parts_of(state: MapState) -> Parts:
    """Return what the flat picture of a state is made of, apart from where it is looked at."""
    document = (getattr(state.document, f.name) for f in fields(Document) if f.name != "view")
    return Parts(*document, state.answers, state.gesture, state.theme, state.language)


@dataclass(frozen=True)
class Cut:
    """Where a level lies, and how fine it is."""

    middle: tuple[float, float]
    m_per_px: float
    count: int


def cuts(middle: tuple[float, float], m_per_px: float, count: int) -> list[Cut]:
    """Return where the levels about a place lie, the finest first.

    Parameters
    ----------
    middle
        Metres, east and north.
    m_per_px
        Metres per pixel of the finest.
    count
        Pixels along a side.
    """
    found: list[Cut] = []
    for level in range(LEVELS):
        scale = m_per_px * 2**level
        raster = count * scale * _RASTER
        at = math.floor(middle[0] / raster + 0.5), math.floor(middle[1] / raster + 0.5)
        found.append(Cut((at[0] * raster, at[1] * raster), scale, count))
    return found


class Draping:
    """Paints levels of the flat map; one thread uses it at a time.

    Parameters
    ----------
    ground
        The atlas on the metric ground.
    """

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        # One each, since a store of tiles keeps to one scale at a time. What their answers are
        # painted in is as large for all, and each is copied before the next is painted.
        sheets = Sheets()
        self._flat = [
            FlatPainter(ground, lambda: None, _KEPT_BYTES, sheets, shadows=False)
            for _ in range(LEVELS)
        ]
        self._heights: dict[Hashable, Singles] = {}
        self._built: dict[tuple[Cut, int | None], Tops | None] = {}
        self._shades: dict[Hashable, Bytes] = {}

    def level(  # noqa: PLR0917
        self,
        number: int,
        cut: Cut,
        state: MapState,
        relief: Relief,
        look: Theme,
        wave: tuple[Wave, float] | None,
    ) -> Level:
        """Return a level as a state has it; it waits for the tiles of the ground."""
        lon, lat = to_lonlat(cut.middle, self._ground.atlas.crs)
        view = View((float(lon), float(lat)), cut.m_per_px)
        flat = changed(state, view=view)
        side = cut.count * cut.m_per_px
        west, north = cut.middle[0] - side / 2, cut.middle[1] + side / 2
        # Not moved to whole pixels: the levels lie exactly about their middle.
        viewport = Viewport(
            self._ground.atlas.crs, cut.middle, cut.m_per_px, cut.count, cut.count, 1.0
        )
        painter = self._flat[number]
        painter.complete(flat, viewport, look)
        image = QImage(cut.count, cut.count, QImage.Format.Format_RGB32)
        brush = QPainter(image)
        try:
            painter.paint(brush, flat, viewport, look, wave)
            paint_way(brush, flat, viewport, look)
            area = self._ground.origin_area(flat, viewport.m_per_px)
            if area is not None:
                paint_area(brush, area, viewport, look)
        finally:
            brush.end()
            if wave is None:
                # A level at rest isn't painted again soon, and the memory that its answer was
                # painted in is three times its own: 100 MB for each level of a large screen.
                painter.give_back()
        pixels = np.frombuffer(image.constBits(), dtype=np.uint32)
        colours = pixels.reshape(cut.count, cut.count).copy()
        sun, square, by = sun_of(state), (west, north, side), state.document.opened_by
        tops = self._tops(cut, square, by)
        if tops is not None or sun.tint != LAMP.tint:
            shade = self._shade((cut, by), tops, sun)
            put_into_light(colours, shade, sun.direct * _BEHIND, sun.tint)
        if tops is None and sun.lit is not None and look.dark:
            self._light_up(colours, square, sun.lit, by)
        heights = self._lit(cut, relief, state.document.view.exaggeration, square, sun)
        if tops is not None:
            tops = self._marked(tops, painter, flat, viewport, wave)
        return Level(west, north, side, colours, heights, tops)

    def close(self) -> None:
        """End the threads."""
        for one in self._flat:
            one.close()

    def _tops(self, cut: Cut, square: tuple[float, float, float], by: int | None) -> Tops | None:
        if (cut, by) not in self._built:
            while len(self._built) >= 2 * LEVELS:
                del self._built[next(iter(self._built))]
            self._built[cut, by] = self._raised(cut, square, by)
        return self._built[cut, by]

    def _light_up(
        self, colours: Pixels, square: tuple[float, float, float], lit: float, by: int | None
    ) -> None:
        """Show a part of the buildings as points of light, where they are too small to stand."""
        buildings = self._ground.buildings(by)
        if buildings is None:
            return
        west, north, side = square
        light_up(colours, buildings.boxes, (west, north, len(colours) / side), lit)

    def _shade(self, of: tuple[Cut, int | None], tops: Tops | None, sun: Sun) -> Bytes | None:
        if tops is None:
            return None
        key = of, sun.azimuth_deg, sun.height_deg
        if key not in self._shades:
            while len(self._shades) >= 2 * LEVELS:
                del self._shades[next(iter(self._shades))]
            self._shades[key] = shadows(tops, of[0].m_per_px, sun.towards, sun.rise)
        return self._shades[key]

    @staticmethod
    def _marked(
        tops: Tops,
        painter: FlatPainter,
        flat: MapState,
        viewport: Viewport,
        wave: tuple[Wave, float] | None,
    ) -> Tops:
        """Return tops that say whether the answer on the map reaches them: there is light."""
        isochrone = departures.isochrone_on_map(flat)
        if isochrone is None or not isochrone.areas or not flat.document.reach_shown:
            return tops
        reached = len(isochrone.areas)
        if wave is not None and wave[0].isochrone is isochrone:
            settled = wave[0].settled(isochrone.minutes, wave[1])
            reached = sum(share >= _LIGHTS_UP for share in settled)
        side = viewport.width_px
        image = QImage(round(side), round(side), QImage.Format.Format_Grayscale8)
        image.fill(0)
        if reached:
            outline = painter.outlines(isochrone, viewport)[reached - 1]
            brush = QPainter(image)
            brush.fillPath(path(outline.xy, outline.starts), QColor(1, 1, 1))
            brush.end()
        rows, bytes_ = tops.shape[0], image.bytesPerLine()
        inside = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(rows, bytes_)
        # The mark of places that are left out, one bit lower where the answer reaches.
        return tops | np.right_shift(np.uint16(LEFT_OUT), inside[:, : tops.shape[1]])

    def _raised(self, cut: Cut, square: tuple[float, float, float], by: int | None) -> Tops | None:
        """Return how high buildings stand on each cell; the tallest where outlines overlap."""
        buildings = self._ground.buildings(by) if cut.m_per_px < BELOW_M_PX else None
        if buildings is None:
            return None
        west, north, side = square
        boxes = buildings.boxes
        near = (boxes[:, 0] < west + side) & (boxes[:, 2] > west)
        near &= (boxes[:, 1] < north) & (boxes[:, 3] > north - side)
        px = (buildings.corners - (west, north)) * (1.0, -1.0) / cut.m_per_px
        image = QImage(cut.count, cut.count, QImage.Format.Format_RGB32)
        image.fill(0xFF000000)
        brush = QPainter(image)
        brush.setPen(Qt.PenStyle.NoPen)
        rows = np.flatnonzero(near)
        for row in rows[np.argsort(buildings.height_m[rows], kind="stable")]:
            first, last = buildings.starts[row], buildings.starts[row + 1]
            # Colours are numbers here: a height in two bytes.
            brush.setBrush(QColor(QRgba64.fromArgb32(0xFF000000 | _tenths(buildings, int(row)))))
            outline = [QPointF(x, y) for x, y in px[first:last].tolist()]
            brush.drawPolygon(QPolygonF(outline))
        brush.end()
        raised = np.frombuffer(image.constBits(), dtype=np.uint32) & 0xFFFF
        return raised.astype(np.uint16).reshape(cut.count, cut.count)

    def _lit(
        self,
        cut: Cut,
        relief: Relief,
        stretch: float,
        square: tuple[float, float, float],
        sun: Sun,
    ) -> Singles:
        key = (cut, id(relief), stretch, sun)
        if key not in self._heights:
            west, north, side = square
            count = cut.count // _HEIGHT_PX + 1
            step = side / (count - 1)
            heights = relief.sampled(west, north, step, count)
            light = np.ones_like(heights)
            shadow(heights * np.float32(stretch), step, *sun.towards, sun.rise, light)
            lit = np.stack([heights, 1.0 - (1.0 - _AMBIENT) * sun.direct * (1.0 - light)], axis=-1)
            while len(self._heights) >= 2 * LEVELS:
                del self._heights[next(iter(self._heights))]
            self._heights[key] = np.ascontiguousarray(lit, dtype=np.float32)
        return self._heights[key]


def _tenths(buildings: Footprints, row: int) -> int:
    """Return a building's height in the unit of tops."""
    return min(round(float(buildings.height_m[row]) * TOPS_PER_M), TOP_BITS)
