"""Where the characters of a name stand along a line: roads, rivers and ridges.

Chinese along a steep line stands upright, one character beneath the other; along a flat
one it follows the line. Latin letters always follow the line, read from the left.
"""

import math
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QRectF
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from sandbox.draw.lettering.icon_atlas import Glyph

Doubles = npt.NDArray[np.float64]

# Steeper than this from the horizontal, Chinese is stacked.
_STEEP_DEG: Final = 52.0
# Between neighbours a name may turn by this much.
_TURN_DEG: Final = 28.0


def is_chinese(text: str) -> bool:
    """Return whether a text has Chinese characters."""
    return any("\u3400" <= character <= "\u9fff" for character in text)


def along(  # noqa: PLR0917
    text: str, advances: list[float], size_px: float, line: Doubles, at_px: float, spacing: float
) -> tuple[Glyph, ...]:
    """Return the characters of a name along a line, none where it doesn't fit.

    Parameters
    ----------
    text, advances
        The name, and the width of each character.
    size_px
        Size of the lettering.
    line
        Points in pixels, shape ``(n, 2)``.
    at_px
        Where on the line the name's middle stands.
    spacing
        Room between characters, in sizes.
    """
    steps = np.hypot(*np.diff(line, axis=0).T)
    length = np.concatenate([[0.0], np.cumsum(steps)])
    total = sum(advances) + spacing * size_px * (len(text) - 1)
    upright = is_chinese(text) and _steep(line, length, at_px, total)
    if upright:
        pitch = size_px * (1.12 + spacing)
        offsets = [(index - (len(text) - 1) / 2) * pitch for index in range(len(text))]
        extent = pitch * len(text)
    else:
        offsets, run = [], -total / 2
        for advance in advances:
            offsets.append(run + advance / 2)
            run += advance + spacing * size_px
        extent = total
    if at_px - extent / 2 < 0 or at_px + extent / 2 > length[-1]:
        return ()
    ends = [_point(line, length, at_px + offset) for offset in (-extent / 2, extent / 2)]
    # Upright names run downward, others from left to right.
    axis = 1 if upright else 0
    if ends[0][axis] > ends[1][axis]:
        line, at_px = line[::-1], length[-1] - at_px
        length = length[-1] - length[::-1]
    glyphs: list[Glyph] = []
    for character, offset in zip(text, offsets, strict=True):
        x, y = _point(line, length, at_px + offset)
        angle = 0.0 if upright else _angle(line, length, at_px + offset, size_px * 0.8)
        if not upright and glyphs and abs(_difference(angle, glyphs[-1].angle)) > _TURN_DEG:
            return ()
        glyphs.append(Glyph(character, x, y, angle))
    if upright and _crowded(glyphs, size_px):
        return ()
    return tuple(glyphs)


def boxes(glyphs: tuple[Glyph, ...], size_px: float) -> list[QRectF]:
    """Return a box round each character."""
    half = size_px * 0.58
    return [QRectF(g.x - half, g.y - half, 2 * half, 2 * half) for g in glyphs]


def spine(area: BaseGeometry, steps: int = 24) -> Doubles | None:
    """Return a line along the middle of a long area, None where it is round.

    Cross-sections at right angles to the area's longest direction are halved; where a
    section meets the area several times, the piece nearest to the last middle counts.
    """
    points = shapely.get_coordinates(area)
    if len(points) < 4:
        return None
    middle = points.mean(axis=0)
    _, sizes, axes = np.linalg.svd(points - middle, full_matrices=False)
    if sizes[0] < 1.6 * sizes[1]:
        return None
    ahead, across = axes[0], axes[1]
    run = (points - middle) @ ahead
    reach = float(np.abs((points - middle) @ across).max()) + 1.0
    found: list[Doubles] = []
    for t in np.linspace(float(run.min()), float(run.max()), steps + 2)[1:-1]:
        base = middle + t * ahead
        section = LineString([base - reach * across, base + reach * across])
        pieces = [
            piece
            for piece in shapely.get_parts(np.array([shapely.intersection(area, section)]))
            if shapely.get_dimensions(piece) == 1
        ]
        if not pieces:
            continue
        middles = np.array([shapely.get_coordinates(p).mean(axis=0) for p in pieces])
        widths = shapely.length(np.array(pieces))
        if found:
            away = np.hypot(*(middles - found[-1]).T)
            found.append(middles[int(np.argmin(away))])
        else:
            found.append(middles[int(np.argmax(widths))])
    return np.array(found) if len(found) >= 3 else None


def smooth(line: Doubles, passes: int = 2) -> Doubles:
    """Return a line with its corners eased, its ends kept."""
    for _ in range(passes):
        eased = line.copy()
        eased[1:-1] = (line[:-2] + 2 * line[1:-1] + line[2:]) / 4
        line = eased
    return line


def _point(line: Doubles, length: Doubles, at: float) -> tuple[float, float]:
    return float(np.interp(at, length, line[:, 0])), float(np.interp(at, length, line[:, 1]))


def _angle(line: Doubles, length: Doubles, at: float, over: float) -> float:
    (x0, y0), (x1, y1) = _point(line, length, at - over), _point(line, length, at + over)
    return math.degrees(math.atan2(y1 - y0, x1 - x0))


def _difference(angle: float, other: float) -> float:
    return (angle - other + 180.0) % 360.0 - 180.0


def _steep(line: Doubles, length: Doubles, at: float, over: float) -> bool:
    angle = abs(_angle(line, length, at, over / 2))
    return min(angle, 180.0 - angle) > _STEEP_DEG


def _crowded(glyphs: list[Glyph], size_px: float) -> bool:
    """Whether upright characters run into one another where the line turns."""
    return any(
        math.hypot(a.x - b.x, a.y - b.y) < size_px
        for index, a in enumerate(glyphs)
        for b in glyphs[index + 1 :]
    )
