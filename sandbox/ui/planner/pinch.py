"""What two fingers do to a map: they move it, and spread it about the point between them."""

import math
from typing import NamedTuple

from PySide6.QtCore import QPointF

# Closer together than this, fingers give no scale.
_CLOSEST_PX = 1.0


class Pinch(NamedTuple):
    """How two fingers have moved a map.

    Attributes
    ----------
    shift_px
        How far the ground is pulled along.
    factor
        How many times as large it becomes.
    about_px
        The point that stays where it is meanwhile.
    turn_deg
        How far they turned about it, clockwise.
    """

    shift_px: tuple[float, float]
    factor: float
    about_px: tuple[float, float]
    turn_deg: float


def pinch(before: tuple[QPointF, QPointF], after: tuple[QPointF, QPointF]) -> Pinch:
    """Return what two fingers do that were at `before` and are at `after`, logical pixels."""
    apart, now = _apart(before), _apart(after)
    middle, about = (before[0] + before[1]) / 2.0, (after[0] + after[1]) / 2.0
    shift = about - middle
    factor = now / apart if min(apart, now) > _CLOSEST_PX else 1.0
    turn = _direction_deg(after) - _direction_deg(before) if min(apart, now) > _CLOSEST_PX else 0.0
    return Pinch(
        (shift.x(), shift.y()), factor, (about.x(), about.y()), (turn + 180.0) % 360.0 - 180.0
    )


def _direction_deg(points: tuple[QPointF, QPointF]) -> float:
    between = points[1] - points[0]
    return math.degrees(math.atan2(between.y(), between.x()))


def _apart(points: tuple[QPointF, QPointF]) -> float:
    between = points[0] - points[1]
    return math.hypot(between.x(), between.y())
