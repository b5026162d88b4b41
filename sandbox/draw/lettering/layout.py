"""Marks and names that have found their places: painted as the map moves, and found by a point."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from sandbox.app.questions import Selected
from sandbox.draw.lettering.icon_atlas import Icon
from sandbox.draw.viewport import Viewport


@dataclass(frozen=True, eq=False)
class Placed:
    """An icon that has its place.

    Attributes
    ----------
    key
        Layer and id of what it stands for.
    xy
        Metres that its offset counts from.
    offset
        From there to the icon's point of reference, logical pixels.
    icon
        The picture.
    side
        How lettering is aligned to its mark; empty for marks.
    boxes
        What it covers about its reference point, logical pixels.
    """

    key: tuple[str, str]
    xy: tuple[float, float]
    offset: QPointF
    icon: Icon
    side: str
    boxes: tuple[QRectF, ...]


class Layout:
    """What stands on the map, in the order it was placed.

    Parameters
    ----------
    placed
        Marks and lettering.
    viewport
        For which they were placed.
    """

    def __init__(self, placed: Sequence[Placed], viewport: Viewport) -> None:
        self.placed = tuple(placed)
        self.viewport = viewport
        # From the back, where each stands; and the room that it takes in all.
        self._backwards = self.placed[::-1]
        self._xy = np.array([one.xy for one in self._backwards], dtype=np.float64).reshape(-1, 2)
        self._around = [_united(one.boxes) for one in self._backwards]

    @property
    def sides(self) -> dict[tuple[str, str], str]:
        """On which side of its mark each name stands."""
        return {one.key: one.side for one in self.placed if one.side}

    def paint(self, painter: QPainter, viewport: Viewport, obstacles: Sequence[QRectF]) -> None:
        """Paint over a map that may have moved since; what would be cut or covered waits."""
        window = QRectF(0, 0, viewport.width_px, viewport.height_px)
        for one, around, (x, y) in zip(
            self._backwards, self._around, viewport.px(self._xy).tolist(), strict=True
        ):
            at = QPointF(x, y) + one.offset
            if not one.side or _is_free(one.boxes, around, at, window, obstacles):
                one.icon.paint(painter, at.x(), at.y(), viewport.dpr)

    def at(self, viewport: Viewport, point: QPointF) -> Selected | None:
        """Return what stands at a point of the canvas."""
        for one in self.placed:
            x, y = viewport.px(one.xy)
            at = QPointF(float(x), float(y)) + one.offset
            if one.key[0] and any(box.translated(at).contains(point) for box in one.boxes):
                return Selected(*one.key)
        return None


def _united(boxes: Sequence[QRectF]) -> QRectF:
    whole = QRectF()
    for box in boxes:
        whole |= box
    return whole


def _is_free(
    boxes: Sequence[QRectF], around: QRectF, at: QPointF, window: QRectF, panels: Sequence[QRectF]
) -> bool:
    """Return whether a name at a place is cut neither by the window's edge nor by a panel."""
    whole = around.translated(at)
    if boxes and not window.contains(whole):
        return False
    # A name along a street has a box for each letter: few panels are near any of them.
    near = [panel.translated(-at) for panel in panels if whole.intersects(panel)]
    return not any(box.intersects(panel) for panel in near for box in boxes)
