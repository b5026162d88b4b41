"""Strokes by distance: thin lines, halos and glows drawn straight into pixels.

Qt strokes a line by outlining it, which for a contour of thousands of short steps costs
ten times what its fill does. Here each straight piece writes its distance into the
pixels round it, the least wins, and one pass turns distances into colour. A line's edge
is thereby a ramp one pixel wide about the true edge.

All coordinates are device pixels; a pixel's middle lies at half numbers.
"""

# Kernels take plain arrays: calls between them cost.
# In compiled code floor and ceil give floats.
# ruff: noqa: PLR0915, PLR0917, RUF046

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.kernel import kernel

Doubles = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Milliseconds = npt.NDArray[np.int32]

_BLOCK: Final = 32
_FAR: Final = np.float32(1e12)
STEPS_PER_PX: Final = 8


class LineRaster:
    """A reusable sheet of distances as large as the picture to be inked.

    Parameters
    ----------
    rows, columns
        Device pixels.
    """

    def __init__(self, rows: int, columns: int) -> None:
        self.distances2 = np.full((rows, columns), _FAR, dtype=np.float32)
        self.values = np.zeros((rows, columns), dtype=np.uint8)
        self.blocks = np.zeros((rows // _BLOCK + 1, columns // _BLOCK + 1), dtype=np.bool_)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.distances2.shape[0], self.distances2.shape[1]

    def lines(self, xy: Doubles, starts: Ints, value: int, radius: float) -> None:
        """Write distances to lines, up to a radius.

        Parameters
        ----------
        xy
            Points, shape ``(n, 2)``.
        starts
            Where each line begins, ascending.
        value
            What the pixels nearest to these lines are marked with, 0-255.
        radius
            How far from the lines distances are wanted.
        """
        if len(xy):
            ends = np.append(starts, len(xy)).astype(np.int64)
            _write_lines(self.distances2, self.values, self.blocks, xy, ends, value, radius)

    def timed(
        self,
        ends: Doubles,
        ms: Milliseconds,
        cost_ms: Milliseconds,
        cutoff_ms: int,
        radius: float,
    ) -> None:
        """Write distances to street parts as far as they are reached, marked by their time.

        Parameters
        ----------
        ends
            Both ends of each part, x, y, x, y, shape ``(p, 4)``.
        ms, cost_ms
            Times at the ends and costs both ways, shape ``(p, 2)``, as in `Reached`.
        cutoff_ms
            Time that is marked 255; nothing beyond is written.
        radius
            How far from the streets distances are wanted.
        """
        if len(ends):
            _write_timed(
                self.distances2, self.values, self.blocks, ends, ms, cost_ms, cutoff_ms, radius
            )

    def blend(self, picture: Bytes, coats: Sequence[tuple[Singles, Singles]]) -> None:
        """Lay the lines over a picture, one coat after another, and leave the sheet empty.

        Parameters
        ----------
        picture
            Premultiplied blue, green, red, alpha, shape ``(rows, columns, 4)``.
        coats
            Of each coat: blue, green, red and alpha (0-1, not premultiplied) of each
            value, shape ``(256, 4)``; and opacity by distance in steps of an eighth of a
            pixel, 0 beyond its end.
        """
        colours = np.stack([table for table, _ in coats])
        steps = max(len(profile) for _, profile in coats)
        profiles = np.zeros((len(coats), steps), dtype=np.float32)
        for index, (_, profile) in enumerate(coats):
            profiles[index, : len(profile)] = profile
        _blend(self.distances2, self.values, self.blocks, picture, colours, profiles)


def line_profile(width_px: float) -> Singles:
    """Return the opacity of a line by distance: a ramp one pixel wide at its edge."""
    reach = math.ceil((width_px / 2 + 0.5) * STEPS_PER_PX) + 1
    distance = np.arange(reach + 1) / STEPS_PER_PX
    # Lines thinner than a pixel can't cover more than their width.
    return (np.clip(width_px / 2 + 0.5 - distance, 0.0, min(width_px, 1.0))).astype(np.float32)


def glow_profile(widths_px: tuple[float, ...], alphas: tuple[float, ...]) -> Singles:
    """Return the opacity of several soft lines laid over one another, widest first."""
    reach = math.ceil((max(widths_px) / 2 + 0.5) * STEPS_PER_PX) + 1
    distance = np.arange(reach + 1) / STEPS_PER_PX
    clear = np.ones_like(distance)
    for width, alpha in zip(widths_px, alphas, strict=True):
        # Each fades out from its middle line instead of ending at an edge.
        fade = np.clip(1.0 - distance / (width / 2), 0.0, 1.0)
        clear *= 1.0 - alpha * fade * fade * (3.0 - 2.0 * fade)
    return (1.0 - clear).astype(np.float32)


def halo(coverage: Bytes, inner_px: float, outer_px: float) -> Bytes:
    """Return the opacity of a halo about lettering: strong near its edge, faint farther out.

    Parameters
    ----------
    coverage
        How much of each pixel the lettering covers, 0-255.
    inner_px, outer_px
        How far the strong and the faint part reach, device pixels.
    """
    reach = math.ceil(outer_px + 0.5)
    steps = np.arange(-reach, reach + 1)
    distance = np.hypot(steps[:, None], steps[None, :])
    strong = 0.85 * np.clip(inner_px + 0.5 - distance, 0.0, 1.0)
    faint = 0.30 * np.clip(outer_px + 0.5 - distance, 0.0, 1.0)
    spread = (1.0 - (1.0 - strong) * (1.0 - faint)) * 255.0
    made = np.zeros_like(coverage)
    _spread(coverage, spread.astype(np.float32), made)
    return made


@kernel
def _spread(coverage: Bytes, spread: Singles, made: Bytes) -> None:
    rows, columns = coverage.shape
    reach = spread.shape[0] // 2
    for row in range(rows):
        for column in range(columns):
            value = coverage[row, column]
            if value == 0:
                continue
            if (
                value == 255
                and 0 < row < rows - 1
                and 0 < column < columns - 1
                and coverage[row - 1, column] == 255
                and coverage[row + 1, column] == 255
                and coverage[row, column - 1] == 255
                and coverage[row, column + 1] == 255
            ):
                # Deep inside: its neighbours reach farther.
                made[row, column] = 255
                continue
            share = value / 255.0
            for dr in range(max(-reach, -row), min(reach, rows - 1 - row) + 1):
                for dc in range(max(-reach, -column), min(reach, columns - 1 - column) + 1):
                    alpha = int(spread[dr + reach, dc + reach] * share)
                    made[row + dr, column + dc] = max(made[row + dr, column + dc], alpha)


def compile_kernels() -> None:
    """Compile what draws, or read it from disk where an earlier start compiled it."""
    raster = LineRaster(8, 8)
    picture = np.zeros((8, 8, 4), dtype=np.uint8)
    colours = np.zeros((256, 4), dtype=np.float32)
    raster.lines(np.array([[1.0, 1.0], [6.0, 6.0]]), np.array([0]), 0, 2.0)
    raster.blend(picture, [(colours, line_profile(2.0))])
    ends, times = np.array([[1.0, 1.0, 6.0, 6.0]]), np.array([[0, 9]], dtype=np.int32)
    raster.timed(ends, times, times, 9, 2.0)
    halo(np.full((8, 8), 9, dtype=np.uint8), 1.0, 2.0)


@kernel
def _write_piece(
    distances2: Singles,
    values: Bytes,
    blocks: npt.NDArray[np.bool_],
    x0: float,
    y0: float,
    x1: float,
    y1: float,
    radius: float,
    t0: float,
    slope0: float,
    t1: float,
    slope1: float,
    limit: float,
    fixed: int,
) -> None:
    """Write one piece; with `fixed` below 0 the value is the time along it.

    Rows are walked without branches and in single precision, so that several pixels are
    worked on at once.
    """
    rows, columns = distances2.shape
    left = max(0, int(math.floor(min(x0, x1) - radius)))
    right = min(columns - 1, int(math.ceil(max(x0, x1) + radius)))
    top = max(0, int(math.floor(min(y0, y1) - radius)))
    bottom = min(rows - 1, int(math.ceil(max(y0, y1) + radius)))
    if left > right or top > bottom:
        return
    for row in range(top // 32, bottom // 32 + 1):
        for column in range(left // 32, right // 32 + 1):
            blocks[row, column] = True
    length_x, length_y = x1 - x0, y1 - y0
    size2 = length_x * length_x + length_y * length_y
    inverse = 1.0 / size2 if size2 > 0.0 else 0.0
    # Along a row, only pixels within the radius of the infinite line can count.
    steep = abs(length_y) > 1e-9
    half = radius * math.sqrt(size2) / abs(length_y) + 1.0 if steep else 1e9
    slope = length_x / length_y if steep else 0.0
    dx, dy = np.float32(length_x), np.float32(length_y)
    per_pixel, radius2 = np.float32(length_x * inverse), np.float32(radius * radius)
    start0, rise0 = np.float32(t0), np.float32(slope0)
    start1, rise1 = np.float32(t1), np.float32(slope1)
    last_ms, share = np.float32(limit), np.float32(255.0 / limit if limit > 0.0 else 0.0)
    none, all_ = np.float32(0.0), np.float32(1.0)
    untouched, apart = np.float32(1e10), np.float32(0.4)
    for row in range(top, bottom + 1):
        below = row + 0.5 - y0
        first, last = left, right
        if half < 1e9:
            middle = below * slope + x0
            first = max(left, int(math.floor(middle - half)))
            last = min(right, int(math.ceil(middle + half)))
        if first > last:
            continue
        py, base = np.float32(below), np.float32(below * length_y * inverse)
        beside = np.float32(first + 0.5 - x0)
        near = distances2[row, first : last + 1]
        marked = values[row, first : last + 1]
        if fixed >= 0:
            value = np.uint8(fixed)
            for i in range(len(near)):
                px = beside + np.float32(i)
                u = min(all_, max(none, px * per_pixel + base))
                ex, ey = px - u * dx, py - u * dy
                d2 = ex * ex + ey * ey
                known = near[i]
                # Where lines run together, the first stays: pixels must not flicker
                # between them.
                own = (known > untouched) | (marked[i] == value) | (d2 + apart < known)
                taken = (d2 < radius2) & (d2 < known) & own
                near[i] = d2 if taken else known
                marked[i] = value if taken else marked[i]
        else:
            for i in range(len(near)):
                px = beside + np.float32(i)
                u = min(all_, max(none, px * per_pixel + base))
                ex, ey = px - u * dx, py - u * dy
                d2 = ex * ex + ey * ey
                known = near[i]
                t = min(start0 + u * rise0, start1 + (all_ - u) * rise1)
                taken = (d2 < radius2) & (d2 < known) & (t <= last_ms)
                near[i] = d2 if taken else known
                marked[i] = np.uint8(np.int32(min(t, last_ms) * share)) if taken else marked[i]


@kernel
def _write_lines(
    distances2: Singles,
    values: Bytes,
    blocks: npt.NDArray[np.bool_],
    xy: Doubles,
    ends: Ints,
    value: int,
    radius: float,
) -> None:
    for line in range(len(ends) - 1):
        for i in range(ends[line], ends[line + 1] - 1):
            _write_piece(
                distances2,
                values,
                blocks,
                xy[i, 0],
                xy[i, 1],
                xy[i + 1, 0],
                xy[i + 1, 1],
                radius,
                0.0,
                0.0,
                0.0,
                0.0,
                0.0,
                value,
            )


@kernel
def _write_timed(
    distances2: Singles,
    values: Bytes,
    blocks: npt.NDArray[np.bool_],
    ends: Doubles,
    ms: Milliseconds,
    cost_ms: Milliseconds,
    cutoff_ms: int,
    radius: float,
) -> None:
    for p in range(len(ends)):
        # An end that isn't reached has the largest time there is: it never wins.
        _write_piece(
            distances2,
            values,
            blocks,
            ends[p, 0],
            ends[p, 1],
            ends[p, 2],
            ends[p, 3],
            radius,
            float(ms[p, 0]),
            float(cost_ms[p, 0]),
            float(ms[p, 1]),
            float(cost_ms[p, 1]),
            float(cutoff_ms),
            -1,
        )


@kernel
def _blend(
    distances2: Singles,
    values: Bytes,
    blocks: npt.NDArray[np.bool_],
    picture: Bytes,
    colours: Singles,
    profiles: Singles,
) -> None:
    rows, columns = distances2.shape
    steps = profiles.shape[1]
    # All coats of a value at a distance are one colour and one share of what lies below.
    mixed = np.empty((256, steps, 5), dtype=np.float32)
    is_mixed = np.zeros(256, dtype=np.bool_)
    per_px, half = np.float32(8.0), np.float32(0.5)
    for block_row in range(blocks.shape[0]):
        for block_column in range(blocks.shape[1]):
            if not blocks[block_row, block_column]:
                continue
            blocks[block_row, block_column] = False
            for row in range(block_row * 32, min(rows, block_row * 32 + 32)):
                for column in range(block_column * 32, min(columns, block_column * 32 + 32)):
                    d2 = distances2[row, column]
                    if d2 > 1e10:
                        continue
                    distances2[row, column] = 1e12
                    step = int(math.sqrt(d2) * per_px + half)
                    if step >= steps:
                        continue
                    value = values[row, column]
                    if not is_mixed[value]:
                        is_mixed[value] = True
                        _mix(colours[:, value], profiles, mixed[value])
                    keep = mixed[value, step, 4]
                    blue = picture[row, column, 0] * keep + mixed[value, step, 0]
                    green = picture[row, column, 1] * keep + mixed[value, step, 1]
                    red = picture[row, column, 2] * keep + mixed[value, step, 2]
                    cover = picture[row, column, 3] * keep + mixed[value, step, 3]
                    picture[row, column, 0] = np.uint8(np.int32(blue))
                    picture[row, column, 1] = np.uint8(np.int32(green))
                    picture[row, column, 2] = np.uint8(np.int32(red))
                    picture[row, column, 3] = np.uint8(np.int32(cover))


@kernel
def _mix(colours: Singles, profiles: Singles, mixed: Singles) -> None:
    """Lay coats over nothing: what they add, the half for rounding, and what they let through."""
    coats, steps = profiles.shape
    for step in range(steps):
        blue, green, red, cover, through = 0.0, 0.0, 0.0, 0.0, 1.0
        for coat in range(coats):
            alpha = profiles[coat, step] * colours[coat, 3]
            keep = 1.0 - alpha
            blue = blue * keep + colours[coat, 0] * alpha
            green = green * keep + colours[coat, 1] * alpha
            red = red * keep + colours[coat, 2] * alpha
            cover = cover * keep + 255.0 * alpha
            through *= keep
        mixed[step, 0], mixed[step, 1], mixed[step, 2] = blue + 0.5, green + 0.5, red + 0.5
        mixed[step, 3], mixed[step, 4] = cover + 0.5, through
