"""Pieces of a picture, each kept as an image until what it shows changes."""

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from sandbox.draw.raster.finished import finished

# Where a finger does something on a piece.
T = TypeVar("T")


@dataclass
class _Piece(Generic[T]):
    key: Hashable
    image: QImage
    box: QRectF
    targets: list[T] = field(default_factory=list[T])


class Pieces(Generic[T]):
    """Pieces on the screen by name, and those that were there before.

    Parameters
    ----------
    most_bytes
        How much the images of all of them may take; the oldest go first.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self.dpr = 1.0
        self._shown: dict[str, _Piece[T]] = {}
        # The latest last: what was there often comes back.
        self._painted: OrderedDict[tuple[str, Hashable], _Piece[T]] = OrderedDict()
        self._painted_bytes = 0

    def __contains__(self, name: object) -> bool:
        """Return whether a piece of a name is on the screen."""
        return name in self._shown

    def clear(self) -> None:
        """Forget all of them, as when the screen is laid out anew."""
        self._shown.clear()
        self._painted.clear()
        self._painted_bytes = 0

    def take_off(self, *names: str) -> None:
        """Take pieces off the screen."""
        for name in names:
            self._shown.pop(name, None)

    def targets(self, over: str) -> list[T]:
        """Return where a finger does something: on the piece that lies over all, else on each."""
        if over in self._shown:
            return self._shown[over].targets
        return [target for piece in self._shown.values() for target in piece.targets]

    def paint(
        self,
        painter: QPainter,
        name: str,
        box: QRectF,
        key: Hashable,
        paint: Callable[[QPainter], list[T] | None],
    ) -> None:
        """Paint a piece from its image, made anew where what it shows has changed."""
        known = self._shown.get(name)
        if known is None or known.key != key or known.box != box:
            known = self._shown[name] = self._painted_once((name, key), box, paint)
        painter.drawImage(known.box.topLeft() - QPointF(2, 2), known.image)

    def _painted_once(
        self,
        key: tuple[str, Hashable],
        box: QRectF,
        paint: Callable[[QPainter], list[T] | None],
    ) -> _Piece[T]:
        """Return a piece as it was painted before, or paint it."""
        made = self._painted.pop(key, None)
        if made is not None:
            self._painted_bytes -= made.image.sizeInBytes()
        if made is None or made.box != box:
            made = _Piece[T](key[1], *self._paint_piece(box, paint))
        self._painted[key] = made
        self._painted_bytes += made.image.sizeInBytes()
        while self._painted_bytes > self._most_bytes and len(self._painted) > 1:
            self._painted_bytes -= self._painted.popitem(last=False)[1].image.sizeInBytes()
        return made

    def _paint_piece(
        self, box: QRectF, paint: Callable[[QPainter], list[T] | None]
    ) -> tuple[QImage, QRectF, list[T]]:
        room = box.adjusted(-2, -2, 2, 2)
        image = QImage(
            math.ceil(room.width() * self.dpr), math.ceil(room.height() * self.dpr),
            QImage.Format.Format_ARGB32_Premultiplied,
        )  # fmt: skip
        image.setDevicePixelRatio(self.dpr)
        image.fill(Qt.GlobalColor.transparent)
        brush = QPainter(image)
        brush.setRenderHint(QPainter.RenderHint.Antialiasing)
        brush.translate(-room.topLeft())
        targets = paint(brush) or []
        brush.end()
        return finished(image), QRectF(box), targets
