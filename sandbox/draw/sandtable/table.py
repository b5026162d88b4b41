"""The map as a table: frames of it, drawn on threads, and what stands over them."""

import math
import os
import statistics
import time
import weakref
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

from sandbox.app.state import MapState
from sandbox.draw.answers.wave import Wave
from sandbox.draw.ground.features import Ground
from sandbox.draw.ground.relief import Relief
from sandbox.draw.raster.latest import LONGEST_S, Latest
from sandbox.draw.sandtable import columns
from sandbox.draw.sandtable.camera import Camera
from sandbox.draw.sandtable.drape import LEVELS, Cut, Drape, Draping, Level, cuts, parts_of
from sandbox.draw.sandtable.look import Look
from sandbox.draw.sandtable.shade import put_into_light, shadows
from sandbox.draw.sandtable.sun import sun_of
from sandbox.draw.sandtable.tilted import FLAT, Tilted
from sandbox.draw.theme import Theme
from sandbox.engine.kernel import in_threads

Pixels = npt.NDArray[np.uint32]
Size = tuple[float, float]

# The finest level reaches this many widths of the canvas, at most so many pixels.
_WIDTHS: Final = 1.46
_LARGEST_PX: Final = 2816
# Cells of the relief's border that are left out: they are only guessed at.
_RIM_CELLS: Final = 5
# How thick the table is under its lowest ground, a share of its heights.
_THICK: Final = 0.35
# Up to so many pixels a picture that rests is drawn at twice its size. A larger one that moves
# is drawn at half its size: its pixels are smaller than an eye sees in motion.
_FINE_PX: Final = 2_600_000
# While it moves, samples lie this many rows apart, and columns are at least this many pixels wide.
_MOVING_ROWS, _MOVING_COLUMNS = 2.0, 2
_BANDS: Final = 8
# How many frames it takes to know how fast a machine is.
_TIMED: Final = 5


@dataclass(frozen=True, eq=False)
class Frame:
    """A picture of the table without words, and the view that it shows."""

    image: QImage
    viewport: Tilted


class SandTable:
    """Draws a state's table on threads; the newest picture is there at once.

    Parameters
    ----------
    ground
        The atlas on the metric ground.
    arrived
        Called on a worker thread when there is another picture.
    """

    def __init__(self, ground: Ground, arrived: Callable[[], None]) -> None:
        self._ground = ground
        self._draping = Draping(ground)
        self._levels: dict[int, tuple[tuple[object, ...], Level]] = {}
        self._drapes: Latest[Drape] = Latest("drape", arrived)
        self._frames: Latest[Frame] = Latest("table", arrived)
        self._asked: tuple[object, ...] = ()
        # Of the last frames of a table that moves, how long each took by the clock.
        self._took_s: deque[float] = deque(maxlen=_TIMED)

    @property
    def frame_s(self) -> float | None:
        """How long a moving frame takes here, the median of the last; None before there are some.

        By the clock: that is what people wait for.
        """
        took_s = list(self._took_s)
        return statistics.median(took_s) if len(took_s) == _TIMED else None

    def viewport(self, state: MapState, size_px: Size, dpr: float) -> Tilted:
        """Return the view of a tilted state."""
        view, crs = state.document.view, self._ground.atlas.crs
        return Tilted.over(self._relief(state), view, crs, size_px, dpr)

    def frame(
        self,
        state: MapState,
        size_px: Size,
        dpr: float,
        look: Theme,
        wave: tuple[Wave, float] | None,
    ) -> Frame | None:
        """Return the newest picture, and ask for the one of a state; None until there is one."""
        viewport = self.viewport(state, size_px, dpr)
        self._order_drape(state, viewport, look, wave)
        drape = self._drapes.made
        if drape is None:
            return None
        asked = (viewport.camera, dpr, look.name, weakref.ref(drape[1]))
        moves, self._asked = asked != self._asked, asked
        self._order_frame(viewport, drape[1], look, moves=moves)
        made = self._frames.made
        if made is None or made[1].viewport.dpr != dpr or made[1].image.isNull():
            return None
        seen = made[1].viewport
        same_size = (seen.width_px, seen.height_px) == (viewport.width_px, viewport.height_px)
        return made[1] if same_size else None

    def complete(self, state: MapState, size_px: Size, dpr: float, look: Theme) -> None:
        """Wait for the picture of a state at rest, as files need it."""
        viewport = self.viewport(state, size_px, dpr)
        # The first drape has its coarsest level only.
        for _ in range(2):
            self._order_drape(state, viewport, look, None)
            self._drapes.complete()
        drape = self._drapes.made
        if drape is not None:
            self._asked = (viewport.camera, dpr, look.name, weakref.ref(drape[1]))
            self._order_frame(viewport, drape[1], look, moves=False)
            self._frames.complete()

    def close(self) -> None:
        """End the threads."""
        self._frames.close()
        self._drapes.close()
        self._draping.close()

    def _relief(self, state: MapState) -> Relief:
        """Return the heights of the topmost grid that a map has, flat ground without one."""
        layers = self._ground.atlas.layers
        grids = [one.id for one in state.document.layers if one.id in layers]
        found = [one for one in grids if layers[one].geometry == "grid"]
        return self._ground.relief(found[-1]) if found else FLAT

    def _order_drape(
        self,
        state: MapState,
        viewport: Tilted,
        look: Theme,
        wave: tuple[Wave, float] | None,
    ) -> None:
        span = _WIDTHS * max(viewport.width_px, viewport.height_px)
        count = int(min(_LARGEST_PX, span * viewport.dpr)) // 8 * 8
        wanted = cuts(viewport.center_xy, span * viewport.m_per_px / count, count)
        spreads = () if wave is None else (id(wave[0]), wave[1])
        parts, stretch = parts_of(state), state.document.view.exaggeration
        keys = [(cut, parts, look.name, spreads, stretch) for cut in wanted]
        relief, first = viewport.relief, self._drapes.made is None

        def make() -> Drape:
            # The first picture comes with its coarsest level alone, so that it comes soon.
            for number in reversed(range(LEVELS)):
                known = self._levels.get(number)
                if known is None or known[0] != keys[number]:
                    made = self._draping.level(number, wanted[number], state, relief, look, wave)
                    self._levels[number] = keys[number], made
                if first:
                    break
            there = [number for number in range(LEVELS) if number in self._levels]
            drape = Drape.of([self._levels[number][1] for number in there], sun_of(state))
            for number, level in zip(there, drape.levels, strict=True):
                self._levels[number] = self._levels[number][0], level
            return drape

        # A wave and a dragged pin don't wait for a pause.
        soon = wave is not None or self._same_ground(wanted)
        self._drapes.order((*keys, first), make, 0.0 if soon else LONGEST_S)

    def _same_ground(self, wanted: list[Cut]) -> bool:
        known = [self._levels.get(number) for number in range(LEVELS)]
        return all(
            one is not None and one[0][0] == cut for one, cut in zip(known, wanted, strict=True)
        )

    def _order_frame(self, viewport: Tilted, drape: Drape, look: Theme, *, moves: bool) -> None:
        def make() -> Frame:
            began_s = time.perf_counter()
            image = render(
                viewport.camera, drape, Look.of(look, drape.sun), self._edge(viewport.relief),
                viewport.dpr, moves=moves,
            )  # fmt: skip
            if moves:
                self._took_s.append(time.perf_counter() - began_s)
            return Frame(image, viewport)

        # A drape is large: what was ordered of it must not hold one that another has replaced.
        key = (viewport.camera, viewport.dpr, look.name, weakref.ref(drape), moves)
        self._frames.order(key, make, 0.0 if moves else LONGEST_S)

    def _edge(self, relief: Relief) -> npt.NDArray[np.float64]:
        """Return west, south, east, north of the table and the height of its foot."""
        if relief is FLAT:
            west, south, east, north = self._ground.atlas.network.streets.bounds
            return np.array([west, south, east, north, -200.0])
        rows, columns_ = relief.heights.shape
        low, high = float(relief.heights.min()), float(relief.heights.max())
        return np.array(
            [
                relief.west + _RIM_CELLS * relief.cell_m,
                relief.north - (rows - 1 - _RIM_CELLS) * relief.cell_m,
                relief.west + (columns_ - 1 - _RIM_CELLS) * relief.cell_m,
                relief.north - _RIM_CELLS * relief.cell_m,
                low - _THICK * (high - low) - 20.0,
            ]
        )


def render(
    camera: Camera,
    drape: Drape,
    look: Look,
    edge: npt.NDArray[np.float64],
    dpr: float,
    *,
    moves: bool,
) -> QImage:
    """Return the picture of a drape.

    Parameters
    ----------
    camera
        In logical pixels.
    drape
        What is laid over the ground.
    look, edge
        Colours, and where the table ends.
    dpr
        Device pixels per logical pixel.
    moves
        Whether the next picture follows at once: then it is drawn coarser.
    """
    wide, high = round(camera.width_px * dpr), round(camera.height_px * dpr)
    large = wide * high > _FINE_PX
    fine, coarse = not moves and not large, moves and large
    times = 2.0 if fine else 0.5 if coarse else 1.0
    across = _MOVING_COLUMNS if moves and not coarse else 1
    scaled = replace(
        camera,
        m_per_px=camera.m_per_px / dpr / times,
        width_px=math.ceil(wide * times),
        height_px=math.ceil(high * times),
    )
    held = np.empty((-(-scaled.width_px // across), scaled.height_px), dtype=np.uint32)
    values = (
        scaled.values(), drape.colours, drape.tops, drape.ground, drape.frames, edge, look.values(),
        float(across), _MOVING_ROWS if moves else 1.0,
    )  # fmt: skip
    _in_bands(len(held), lambda first, last: columns.fill_columns(held, first, last, *values))
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    into = np.frombuffer(image.bits(), dtype=np.uint32).reshape(high, wide)
    size = _MOVING_COLUMNS if moves else 1, 2 if coarse else 1

    def turn(first: int, last: int) -> None:
        if fine:
            columns.turn_halved(held, into, first, last)
        else:
            columns.turn(held, into, first, last, *size)

    _in_bands(high, turn)
    image.setDevicePixelRatio(dpr)
    return image


def _in_bands(count: int, fill: Callable[[int, int], None]) -> None:
    """Fill columns or rows on all processors, a band at a time."""
    borders = np.linspace(0, count, _BANDS + 1).astype(int)
    bands = list(zip(borders[:-1].tolist(), borders[1:].tolist(), strict=True))
    for _ in in_threads(lambda band: fill(*band), bands, os.cpu_count() or 1):
        pass


def compile_kernels() -> None:
    """Compile what draws the table, or read it from disk where an earlier start compiled it."""
    camera = Camera((0.0, 0.0, 0.0), 1.0, 60.0, 0.0, 1.0, 8, 8)
    level = Level(
        -8.0, 8.0, 16.0, np.zeros((16, 16), dtype=np.uint32), np.zeros((5, 5, 2), dtype=np.float32)
    )
    grey = (9.0, 9.0, 9.0)
    look = Look(grey, 0.1, grey, grey, grey, grey, 0.0)
    edge = np.array([-8.0, -8.0, 8.0, 8.0, -1.0])
    for moves in (True, False):
        render(camera, Drape.of([level]), look, edge, 1.0, moves=moves)
    flat = np.zeros((4, 4), dtype=np.float32)
    dark = shadows(np.zeros((8, 8), dtype=np.uint16), 1.0, (0.0, 1.0), 1.0)
    put_into_light(np.zeros((8, 8), dtype=np.uint32), dark, 0.5, (1.0, 1.0, 1.0))
    columns.shadow(flat, 1.0, 0.0, 1.0, 0.5, np.ones_like(flat))
