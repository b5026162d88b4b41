"""The camera that shows all of a scene's subjects clear of what stands over the map."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
# left, top, right, bottom in pixels
Box = tuple[float, float, float, float]

_CELL_PX: Final = 8
_STEP_CELLS: Final = 4
_FARTHEST_PX: Final = 640.0
# Each try shows this much more ground than the one before.
_WIDER: Final = 1.07
_TRIES: Final = 24
# Room of a mark with its halo about its point.
_MARK_PX: Final = 24.0
# Letters of names are this large, and two lines of them this high.
NAME_PX: Final = 26.0
_NAME_HIGH_PX: Final = 44.0
_CHINESE_FROM: Final = 0x2E80
_LATIN_WIDE: Final = 0.56


@dataclass(frozen=True, slots=True)
class Spot:
    """A point that must be seen, and how wide a name beside it is; 0 for no name."""

    x: float
    y: float
    name_px: float = 0.0


@dataclass(frozen=True, slots=True)
class Fit:
    """How the camera of a scene changes: it sees so much more ground, and is moved so far.

    Attributes
    ----------
    wider
        By which the metres a pixel are multiplied; the middle of the free ground stays.
    by_px
        How far the picture is then moved, pixels to the right and down.
    """

    wider: float = 1.0
    by_px: tuple[float, float] = (0.0, 0.0)


def name_width_px(name: str, size_px: float = NAME_PX) -> float:
    """Return about how wide a name is: Chinese characters are square, others half as wide."""
    wide = sum(1.0 if ord(one) >= _CHINESE_FROM else _LATIN_WIDE for one in name)
    return wide * size_px


def fit(
    spots: Sequence[Spot],
    size_px: tuple[float, float],
    panels: Sequence[Box],
    about_px: tuple[float, float],
) -> Fit | None:
    """Return the least change of a camera after which all spots are seen; None if there is none.

    A spot is seen where its mark and, on one of four sides, its name lie on the screen and
    under no panel. The picture is widened no more than it must be, then moved as little.

    Parameters
    ----------
    spots
        Where they are on the screen before, pixels.
    size_px
        The screen.
    panels
        What stands over the map.
    about_px
        The point of the screen whose ground stays where it is while the picture is widened.
    """
    if not spots:
        return Fit()
    covered = _Covered(size_px, panels)
    points = np.array([(spot.x, spot.y) for spot in spots]) - about_px
    steps = np.arange(-_FARTHEST_PX, _FARTHEST_PX + 1, _CELL_PX * _STEP_CELLS)
    shifts = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    # The nearest first, so that the first that serves is the best.
    shifts = shifts[np.argsort(np.hypot(*shifts.T), kind="stable")]
    for tried in range(_TRIES):
        wider = _WIDER**tried
        at = points / wider + about_px
        good = np.arange(len(shifts))
        for (x, y), spot in zip(at, spots, strict=True):
            good = good[covered.sees(shifts[good] + (x, y), spot.name_px)]
        if len(good):
            dx, dy = shifts[good[0]]
            return Fit(wider, (float(dx), float(dy)))
    return None


class _Covered:
    """Counts covered cells of a screen in any box at once (summed-area table)."""

    def __init__(self, size_px: tuple[float, float], panels: Sequence[Box]) -> None:
        self._columns, self._rows = (math.ceil(side / _CELL_PX) for side in size_px)
        cells = np.zeros((self._rows, self._columns), dtype=np.int64)
        for left, top, right, bottom in panels:
            a, b = max(0, math.floor(left / _CELL_PX)), max(0, math.floor(top / _CELL_PX))
            c, d = max(0, math.ceil(right / _CELL_PX)), max(0, math.ceil(bottom / _CELL_PX))
            cells[b:d, a:c] = 1
        self._sums = np.zeros((self._rows + 1, self._columns + 1), dtype=np.int64)
        self._sums[1:, 1:] = cells.cumsum(axis=0).cumsum(axis=1)

    def sees(self, at: Doubles, name_px: float) -> npt.NDArray[np.bool_]:
        """Return where a mark and its name are free, for each of many points."""
        mark = self._free(at, (-_MARK_PX, -_MARK_PX, _MARK_PX, _MARK_PX))
        if name_px <= 0.0:
            return mark
        beside, half = _MARK_PX + name_px, _NAME_HIGH_PX / 2
        below = _MARK_PX + _NAME_HIGH_PX
        named = (
            self._free(at, (0.0, -half, beside, half))
            | self._free(at, (-beside, -half, 0.0, half))
            | self._free(at, (-name_px / 2, 0.0, name_px / 2, below))
            | self._free(at, (-name_px / 2, -below, name_px / 2, 0.0))
        )
        return mark & named

    def _free(self, at: Doubles, box: Box) -> npt.NDArray[np.bool_]:
        left, top = (np.floor((at[:, i] + box[i]) / _CELL_PX).astype(np.int64) for i in (0, 1))
        right, bottom = (np.ceil((at[:, i] + box[i + 2]) / _CELL_PX).astype(np.int64)
                         for i in (0, 1))  # fmt: skip
        inside = (left >= 0) & (top >= 0) & (right <= self._columns) & (bottom <= self._rows)
        a, c = (np.clip(one, 0, self._columns) for one in (left, right))
        b, d = (np.clip(one, 0, self._rows) for one in (top, bottom))
        sums = self._sums
        return inside & (sums[d, c] - sums[b, c] - sums[d, a] + sums[b, a] == 0)
