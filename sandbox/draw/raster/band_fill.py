"""Areas laid one within another, filled straight into pixels by how much of each they cover.

Each edge tells the pixels it crosses how much more or less is covered from there to the
right; one sweep along a row then knows every pixel's share. So edges are smooth, and the
cost is that of the edges and of one pass over the picture.
"""

# Kernels take plain arrays: calls between them cost.
# ruff: noqa: PLR0912, PLR0917

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sandbox.engine.kernel import kernel

Doubles = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Pixels = npt.NDArray[np.uint32]


def fill_bands(picture: Bytes, areas: Sequence[tuple[Doubles, Ints]], colours: Singles) -> None:
    """Fill nested areas and all that lies outside; whatever was in the picture is gone.

    Parameters
    ----------
    picture
        Blue, green, red, alpha, premultiplied, shape ``(rows, columns, 4)``.
    areas
        Innermost first, each its closed rings in device pixels: points, shape ``(n, 2)``,
        and where each ring begins, ascending. Rings within rings are holes.
    colours
        Blue, green, red (0-255) and alpha (0-1, not premultiplied) of each area without
        those within it, and last of what lies outside all, shape ``(a + 1, 4)``.
    """
    lengths = [len(xy) for xy, _ in areas]
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    xy = np.concatenate([np.empty((0, 2)), *(xy for xy, _ in areas)])
    starts = [begin + offset for (_, begin), offset in zip(areas, offsets, strict=False)]
    area = np.repeat(np.arange(len(areas)), lengths)
    # No edge leads from a ring's last point to the next ring's first.
    opens = np.ones(len(xy), dtype=np.bool_)
    opens[np.concatenate([np.zeros(0, dtype=np.int64), *starts])] = False
    edge = np.flatnonzero(opens[1:])
    mixed = np.array(colours, dtype=np.float32)
    mixed[:, :3] *= mixed[:, 3:]
    mixed[:, 3] *= 255.0
    pixels = picture.view(np.uint32)[:, :, 0]
    _wash(pixels, np.ascontiguousarray(xy), edge, area[edge], mixed)


def compile_kernels() -> None:
    """Compile what fills, or read it from disk where an earlier start compiled it."""
    square = np.array([[1.0, 1.0], [6.0, 1.0], [6.0, 6.0], [1.0, 6.0], [1.0, 1.0]])
    picture = np.zeros((8, 8, 4), dtype=np.uint8)
    fill_bands(picture, [(square, np.array([0]))], np.zeros((2, 4), dtype=np.float32))


@kernel
def _wash(pixels: Pixels, xy: Doubles, edge: Ints, area: Ints, colours: Singles) -> None:
    """Fill pixels; an edge leads from its point to the next, colours are premultiplied."""
    rows, columns = pixels.shape
    areas = len(colours) - 1
    outside = _colour(np.zeros(areas), colours)
    # Edges sorted by the rows they cross.
    offsets = np.zeros(rows + 1, dtype=np.int64)
    for e in range(len(edge)):
        top, bottom = _rows(xy, edge[e], rows)
        for row in range(top, bottom):
            offsets[row + 1] += 1
    for row in range(rows):
        offsets[row + 1] += offsets[row]
    crossing = np.empty(offsets[rows], dtype=np.int64)
    filled = offsets.copy()
    for e in range(len(edge)):
        top, bottom = _rows(xy, edge[e], rows)
        for row in range(top, bottom):
            crossing[filled[row]] = e
            filled[row] += 1
    # Beyond the last column one more takes what falls to the right of the picture.
    change = np.zeros((columns + 2, areas))
    runs = (columns + 1) // 16 + 1
    crossed = np.zeros(runs, dtype=np.bool_)
    covered = np.empty(areas)
    for row in range(rows):
        for c in range(offsets[row], offsets[row + 1]):
            e = crossing[c]
            _cross(change, crossed, xy, int(edge[e]), int(area[e]), row, columns)
        covered[:] = 0.0
        now = outside
        for run in range(runs):
            begin, end = run * 16, min(columns, run * 16 + 16)
            if not crossed[run]:
                for column in range(begin, end):
                    pixels[row, column] = now
                continue
            crossed[run] = False
            for column in range(begin, min(columns + 2, run * 16 + 16)):
                changed = False
                for k in range(areas):
                    if change[column, k] != 0.0:
                        covered[k] += change[column, k]
                        change[column, k] = 0.0
                        changed = True
                if changed:
                    now = _colour(covered, colours)
                if column < columns:
                    pixels[row, column] = now


@kernel
def _rows(xy: Doubles, point: int, rows: int) -> tuple[int, int]:
    """Return the first row that an edge crosses and the one after the last."""
    y0, y1 = xy[point, 1], xy[point + 1, 1]
    top, bottom = math.floor(min(y0, y1)), math.ceil(max(y0, y1))
    return int(min(max(top, 0), rows)), int(min(max(bottom, 0), rows))


@kernel
def _cross(
    change: Doubles,
    crossed: npt.NDArray[np.bool_],
    xy: Doubles,
    point: int,
    area: int,
    row: int,
    columns: int,
) -> None:
    """Add what an edge changes in a row: the height it crosses, where it crosses it."""
    x0, y0, x1, y1 = xy[point, 0], xy[point, 1], xy[point + 1, 0], xy[point + 1, 1]
    way = 1.0
    if y0 > y1:
        x0, y0, x1, y1, way = x1, y1, x0, y0, -1.0
    above, below = max(y0, float(row)), min(y1, row + 1.0)
    if below <= above:
        return
    slope = (x1 - x0) / (y1 - y0)
    xa, xb = x0 + (above - y0) * slope, x0 + (below - y0) * slope
    left, right = min(xa, xb), max(xa, xb)
    height = (below - above) * way
    slanted = right - left > 1e-9
    if not slanted:
        # Ends a hair apart can lie in two columns, and each would count the whole edge.
        left = right = (left + right) / 2.0
    per_px = height / (right - left) if slanted else 0.0
    if left < 0.0:
        # All that lies to the left of the picture counts from its border on.
        change[0, area] += per_px * (min(right, 0.0) - left) if slanted else height
        crossed[0] = True
        if right <= 0.0:
            return
        left = 0.0
    right = min(right, columns + 0.0)
    column = int(left)
    while column < columns:
        begin, end = max(left, column + 0.0), min(right, column + 1.0)
        share = per_px * (end - begin) if slanted else height
        # Of this pixel only the part to the right of the edge.
        cut = share * ((begin + end) / 2.0 - column)
        change[column, area] += share - cut
        change[column + 1, area] += cut
        crossed[column // 16] = True
        crossed[(column + 1) // 16] = True
        column += 1
        if column >= right:
            return


@kernel
def _colour(covered: Doubles, colours: Singles) -> np.uint32:
    """Return the pixel of an area's, its inner neighbours' and the outside's shares."""
    blue, green, red, alpha = 0.5, 0.5, 0.5, 0.5
    within = 0.0
    for k in range(len(colours)):
        held = 1.0
        if k < len(covered):
            # Rings that run the same way round count twice where one holds the other.
            turns = abs(covered[k]) % 2.0
            held = max(within, 1.0 - abs(1.0 - turns))
        share = held - within
        within = held
        blue += share * colours[k, 0]
        green += share * colours[k, 1]
        red += share * colours[k, 2]
        alpha += share * colours[k, 3]
    return np.uint32(int(blue) | int(green) << 8 | int(red) << 16 | int(alpha) << 24)
