"""Room for marks and names: what is taken, where else they may stand, what is seen of a line."""

import math
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QRectF

Doubles = npt.NDArray[np.float64]

_CELL_PX: Final = 96.0
# A mark that must be seen stands on its point, or as near beside it as there is room.
BESIDE: Final = (
    (0.0, 0.0),
    *(
        (round(r * math.cos(i * math.pi / 6)), round(r * math.sin(i * math.pi / 6)))
        for r in (14.0, 24.0, 34.0, 46.0, 60.0, 76.0, 96.0, 120.0)
        for i in range(12)
    ),
)
# Sides of a point, as lettering is aligned there, and so far from it.
AROUND: Final = (
    ("left", 1, 0), ("right", -1, 0), ("top", 0, 1), ("bottom", 0, -1),
    ("left", 0.7, 0.9), ("left", 0.7, -0.9), ("right", -0.7, 0.9), ("right", -0.7, -0.9),
)  # fmt: skip
OFFS_PX: Final = (0.0, 18.0, 36.0, 58.0, 84.0, 116.0, 150.0)


class Taken:
    """Boxes on the canvas, found by neighbourhood."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[QRectF]] = {}

    def add(self, box: QRectF) -> None:
        """Take a box."""
        for cell in self._over(box):
            self._cells.setdefault(cell, []).append(box)

    def free(self, box: QRectF) -> bool:
        """Whether a box meets none that is taken."""
        return not any(
            box.intersects(other) for cell in self._over(box) for other in self._cells.get(cell, ())
        )

    @staticmethod
    def _over(box: QRectF) -> list[tuple[int, int]]:
        return [
            (column, row)
            for column in range(int(box.left() // _CELL_PX), int(box.right() // _CELL_PX) + 1)
            for row in range(int(box.top() // _CELL_PX), int(box.bottom() // _CELL_PX) + 1)
        ]


def seen_of(points: Doubles, window: QRectF) -> list[Doubles]:
    """Return the parts of a line within the window, in pixels, longest first."""
    line = shapely.linestrings(points)
    clipped = shapely.clip_by_rect(
        line, window.left(), window.top(), window.right(), window.bottom()
    )
    parts = [
        shapely.get_coordinates(part)
        for part in shapely.get_parts(np.array([clipped]))
        if shapely.get_dimensions(part) == 1
    ]
    return sorted(parts, key=lambda part: -float(np.hypot(*np.diff(part, axis=0).T).sum()))
