"""Lines as arrays: many short ones at once, and one with fewer points."""

from typing import Any, cast

import numpy as np
import numpy.typing as npt
import shapely

from sandbox.engine.kernel import Doubles

Shapes = npt.NDArray[np.object_]


def segments(ends_xy: Doubles) -> Shapes:
    """Return straight lines between pairs of places of shape ``(n, 2, 2)``."""
    return cast(Shapes, shapely.linestrings(ends_xy))


def points(xy: Doubles) -> Shapes:
    """Return places of shape ``(n, 2)`` as points."""
    return cast(Shapes, shapely.points(xy))


def thinned(xy: Doubles, tolerance_m: float) -> Doubles:
    """Return a line's places without those that bend it by less than a tolerance."""
    line: Any = shapely.linestrings(xy)
    return np.asarray(shapely.get_coordinates(shapely.simplify(line, tolerance_m)))
