"""Pictures of the ground tile by tile: plans, aerial photographs and base maps, warped in place."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPolygonF, QTransform

from sandbox import files
from sandbox.draw.raster.tiles import TILE_PX, Tile, tell
from sandbox.geo.crs import to_lonlat
from sandbox.imagery.picture import Doubles, GroundPicture, Piece
from sandbox.imagery.service import RETRY_S

# A tile is warped in so many patches along a side. Within one, the map's plane and a picture's
# differ by a projective mapping to far less than a pixel.
_PATCHES: Final = 8


@dataclass(frozen=True, slots=True)
class PictureSheet:
    """What is drawn on tiles: one picture; another attempt where parts of it weren't there."""

    picture: GroundPicture
    attempt: int


class PicturePainter:
    """Renders tiles of pictures; called on several threads.

    Parameters
    ----------
    crs
        Metric system of the map.
    again
        Called on a thread some time after a part couldn't be had, so that it is tried again.
    """

    def __init__(self, crs: str, again: Callable[[], None] = lambda: None) -> None:
        self._crs, self._again = crs, again
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()
        self._closed = False

    def close(self) -> None:
        """Try nothing again any more."""
        with self._lock:
            self._closed = True
            if self._timer is not None:
                self._timer.cancel()

    def _later(self) -> None:
        """Have the map painted again when a service may answer again."""
        with self._lock:
            waits = self._timer is not None and self._timer.is_alive()
            if waits or self._closed:
                return
            self._timer = threading.Timer(RETRY_S + 0.5, tell, (self._again,))
            self._timer.daemon = True
            self._timer.start()

    def render(self, tile: Tile, check: Callable[[], None]) -> QImage:
        """Return the picture of a tile whose plate's sheet is a `PictureSheet`."""
        sheet = tile.plate.sheet
        assert isinstance(sheet, PictureSheet)  # noqa: S101
        image = QImage(TILE_PX, TILE_PX, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        west, north = tile.west_north
        steps = np.linspace(0.0, tile.plate.tile_m, _PATCHES + 1)
        x, y = np.meshgrid(west + steps, north - steps)
        lonlat = to_lonlat(np.stack([x, y], axis=-1), self._crs)
        check()
        try:
            piece = sheet.picture.piece(lonlat, TILE_PX, check)
        except files.Unreadable:
            # The list of layers tells it (`GroundPicture.lacking`); the map goes on without it.
            piece = None
        if sheet.picture.lacking is not None:
            self._later()
        if piece is not None:
            check()
            _warp(image, piece)
        image.setDevicePixelRatio(tile.plate.dpr)
        return image


def _warp(image: QImage, piece: Piece) -> None:
    """Draw a piece on a tile, patch by patch between points whose place is known."""
    rgba = np.ascontiguousarray(piece.rgba)
    rows, columns = rgba.shape[:2]
    held = QImage(rgba.data, columns, rows, 4 * columns, QImage.Format.Format_RGBA8888)
    held = held.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    side = TILE_PX // _PATCHES
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for row in range(_PATCHES):
            for column in range(_PATCHES):
                ends = piece.at[row : row + 2, column : column + 2]
                low, high = ends.min(axis=(0, 1)), ends.max(axis=(0, 1))
                if (high < 0).any() or (low > (columns, rows)).any():
                    continue
                box = QRect(column * side, row * side, side, side)
                mapping = _mapping(ends, box)
                if mapping is None:
                    continue
                painter.resetTransform()
                painter.setClipRect(box)
                painter.setTransform(mapping)
                # Only what the patch needs, and a little beyond for smoothing.
                left, top = (int(max(0, one)) for one in np.floor(low) - 2)
                right = int(min(columns, np.ceil(high[0]) + 2))
                bottom = int(min(rows, np.ceil(high[1]) + 2))
                part = QRect(left, top, right - left, bottom - top)
                painter.drawImage(QPointF(left, top), held, part.toRectF())
    finally:
        painter.end()


def _mapping(ends: Doubles, box: QRect) -> QTransform | None:
    """Return what maps a piece's pixels onto a box of the tile; None where nothing does."""
    inside = [ends[0, 0], ends[0, 1], ends[1, 1], ends[1, 0]]
    source = QPolygonF([QPointF(float(x), float(y)) for x, y in inside])
    right, bottom = box.x() + box.width(), box.y() + box.height()
    target = QPolygonF(
        [
            QPointF(box.x(), box.y()),
            QPointF(right, box.y()),
            QPointF(right, bottom),
            QPointF(box.x(), bottom),
        ]
    )
    found = QTransform.quadToQuad(source, target)
    return found if isinstance(found, QTransform) else None
