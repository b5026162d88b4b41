"""Panels of a wall of several screens, moved off the seams between them."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QRectF

# Panels keep so far from a seam, design pixels.
_CLEAR: Final = 10.0
# A finger needs so much.
_NARROWEST: Final = 72.0


class Seams:
    """The seams between the screens of a wall.

    Parameters
    ----------
    cabinets
        Columns and rows of equal screens.
    size
        Width and height of the wall in design pixels.
    """

    def __init__(self, cabinets: tuple[int, int], size: tuple[float, float]) -> None:
        (columns, rows), (width, height) = cabinets, size
        self._x = [width * i / columns for i in range(columns + 1)]
        self._y = [height * i / rows for i in range(rows + 1)]

    def clear(self, box: QRectF) -> QRectF:
        """Return a box that lies across no seam.

        It is moved aside where it is no larger than a screen; what is larger keeps to the
        largest part of it.
        """
        left, right = _within(box.left(), box.right(), self._x)
        top, bottom = _within(box.top(), box.bottom(), self._y)
        return QRectF(left, top, right - left, bottom - top)

    def leftward(self, boxes: Sequence[QRectF], gap: float) -> list[QRectF]:
        """Return boxes from right to left, each clear of the seams and of the one before it."""
        made: list[QRectF] = []
        for box in boxes:
            at = self.clear(box)
            if made:
                at.moveRight(min(at.right(), made[-1].left() - gap))
            for seam in reversed(self._x[1:-1]):
                if at.left() - _CLEAR < seam < at.right() + _CLEAR:
                    at.moveRight(seam - _CLEAR)
            made.append(at)
        return made

    def row(self, boxes: Sequence[QRectF]) -> tuple[QRectF, ...]:
        """Return equal boxes in their rows from left to right, each clear of the seams.

        They become narrower where screens would not hold them all otherwise; where even the
        narrowest have no room, they stay.
        """
        made: list[QRectF] = []
        for top in dict.fromkeys(box.top() for box in boxes):
            of_row = [box for box in boxes if box.top() == top]
            low, high = _within(top, of_row[0].bottom(), self._y)
            made += [
                QRectF(left, low, right - left, high - low) for left, right in self._spread(of_row)
            ]
        return tuple(made)

    def _spread(self, boxes: Sequence[QRectF]) -> list[tuple[float, float]]:
        """Return where boxes of a row begin and end."""
        left, right = boxes[0].left(), boxes[-1].right()
        gap = boxes[1].left() - boxes[0].right() if len(boxes) > 1 else 0.0
        rooms = [
            (max(one, left), min(other, right))
            for one, other in _screens(self._x)
            if min(other, right) > max(one, left)
        ]
        width = boxes[0].width()
        while width >= _NARROWEST:
            held = [int((other - one + gap) // (width + gap)) for one, other in rooms]
            if sum(held) >= len(boxes):
                found = [
                    (one + k * (width + gap), one + k * (width + gap) + width)
                    for (one, _), count in zip(rooms, held, strict=True)
                    for k in range(count)
                ]
                return found[: len(boxes)]
            width -= 1.0
        return [(box.left(), box.right()) for box in boxes]


def _screens(seams: Sequence[float]) -> list[tuple[float, float]]:
    """Return where each screen begins and ends, a little off the seams between them."""
    first, last = seams[0], seams[-1]
    return [
        (one + (_CLEAR if one > first else 0.0), other - (_CLEAR if other < last else 0.0))
        for one, other in pairwise(seams)
    ]


def _within(low: float, high: float, seams: Sequence[float]) -> tuple[float, float]:
    """Return a stretch between two seams that is as near to one and as long as can be."""
    screens = _screens(seams)
    if any(one <= low and high <= other for one, other in screens):
        return low, high
    shared = [min(high, other) - max(low, one) for one, other in screens]
    # The first one that holds nearly as much as any: reading begins there.
    at = next(k for k, share in enumerate(shared) if share >= 0.8 * max(shared))
    one, other = screens[at]
    if high - low > other - one:
        return max(low, one), min(high, other)
    by = max(one - low, 0.0) + min(other - high, 0.0)
    return low + by, high + by
