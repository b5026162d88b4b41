"""The outlines of answers as finely as a scale shows them, made where the answer is made."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from sandbox.analysis.isochrone import Isochrone
from sandbox.app.session import Session
from sandbox.draw.raster.shapes import rings
from sandbox.draw.viewport import Viewport

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_SMALLEST_HOLE_PX2: Final = 24.0
# The drawn outline may leave the computed one by half a pixel; this is well within.
TOLERANCE_PX: Final = 0.12
# So soft a line as the glow needs no fine corners.
SOFT_PX: Final = 1.2
# Levels beside the one on screen: a finer screen or the next nearer scale, the next farther one.
_BESIDE: Final = (0, -1, 1)


@dataclass(frozen=True, eq=False)
class Outline:
    """A band's rings, in metres or in device pixels of a picture."""

    xy: Doubles
    starts: Ints


# By band and level; they go with their isochrone.
_KNOWN: Final[WeakKeyDictionary[Isochrone, dict[tuple[int, int], Outline]]] = WeakKeyDictionary()


def prepare(isochrone: Isochrone, m_per_px: float, *, resting: bool = True) -> None:
    """Make the outlines that a map at a scale is about to draw; on the thread of the answer.

    Parameters
    ----------
    isochrone
        The answer.
    m_per_px
        Metres per logical pixel of the map.
    resting
        Whether the scales next to it are made ready too, as where no hand moves the question.
    """
    level = _level(TOLERANCE_PX * m_per_px)
    for beside in _BESIDE if resting else _BESIDE[:1]:
        for band in range(len(isochrone.areas)):
            _at_level(isochrone, band, level + beside)
        _at_level(isochrone, len(isochrone.areas) - 1, _level(SOFT_PX * m_per_px) + beside)


def outlines_for(session: Session) -> Callable[[Isochrone, bool], None]:
    """Return what makes an answer's outlines for the scale of a session's map."""

    def make(isochrone: Isochrone, resting: bool) -> None:
        prepare(isochrone, session.state.document.view.m_per_px, resting=resting)

    return make


def band_rings(
    isochrone: Isochrone, band: int, viewport: Viewport, tolerance_px: float = TOLERANCE_PX
) -> Outline:
    """Return a band's rings in metres, as fine as a viewport's scale shows them."""
    level = _level(tolerance_px * viewport.m_per_px / viewport.dpr)
    return _seen(_at_level(isochrone, band, level), viewport)


def outline(
    area: BaseGeometry, viewport: Viewport, *, tolerance_px: float = TOLERANCE_PX
) -> Outline:
    """Return an area's rings in device pixels, without holes too small to be seen."""
    tolerance_m = tolerance_px * viewport.m_per_px / viewport.dpr
    return over(_seen(_simplified(area, tolerance_m), viewport), viewport)


def over(rings_m: Outline, viewport: Viewport) -> Outline:
    """Return rings in metres as device pixels of a viewport."""
    return Outline(viewport.px(rings_m.xy) * viewport.dpr, rings_m.starts)


def _level(tolerance_m: float) -> int:
    """Return the coarsest power of two that is no coarser than a tolerance.

    Scales that a wheel or fingers pass on the way share it.
    """
    return math.floor(math.log2(tolerance_m))


def _at_level(isochrone: Isochrone, band: int, level: int) -> Outline:
    known = _KNOWN.setdefault(isochrone, {})
    found = known.get((band, level))
    if found is None:
        found = known[band, level] = _simplified(isochrone.areas[band], 2.0**level)
    return found


def _simplified(area: BaseGeometry, tolerance_m: float) -> Outline:
    return Outline(*rings(shapely.simplify(area, tolerance_m, preserve_topology=False)))


def _seen(made: Outline, viewport: Viewport) -> Outline:
    """Return those rings that are large enough to be seen."""
    xy, starts = made.xy, made.starts
    if len(starts) == 0:
        return made
    ends = np.append(starts[1:], len(xy))
    # Twice the area between two corners and the first of all; none from ring to ring.
    x, y = (xy - xy[0]).T
    swept = np.zeros(len(xy))
    swept[:-1] = x[:-1] * y[1:] - x[1:] * y[:-1]
    swept[ends - 1] = 0.0
    areas_m2 = np.abs(np.add.reduceat(swept, starts)) / 2.0
    kept = (ends - starts > 3) & (areas_m2 >= _SMALLEST_HOLE_PX2 * viewport.m_per_px**2)
    if not kept.any():
        return Outline(np.empty((0, 2)), np.zeros(0, dtype=np.int64))
    counts = ends - starts
    begins = np.concatenate([[0], np.cumsum(counts[kept])[:-1]])
    return Outline(xy[np.repeat(kept, counts)], begins)
