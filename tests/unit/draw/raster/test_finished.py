"""Pictures that are kept take their pixels and nothing else."""

import ctypes
import sys

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from sandbox.draw.raster.finished import finished
from sandbox.draw.raster.tiles import Plate, Tile, TileStore
from sandbox.ui.parts.pieces import Pieces

SIDE, COUNT = 256, 40
PIXELS = COUNT * SIDE * SIDE * 4


class _Heap(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in (
        "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks",
        "fordblks", "keepcost",
    )]  # fmt: skip


def _heap_bytes() -> int:
    told = ctypes.CDLL(None).mallinfo2
    told.restype = _Heap
    heap = told()
    return heap.uordblks + heap.hblkhd


pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or not hasattr(ctypes.CDLL(None), "mallinfo2"),
    reason="a C library that doesn't tell what it holds",
)


def _busy(image: QImage) -> QImage:
    """Paint hundreds of shapes as one path, as buildings and their shadows are."""
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    for at in range(400):
        path.addRect((at * 37) % SIDE, (at * 91) % SIDE, 9, 7)
    painter.fillPath(path, QColor("red"))
    painter.strokePath(path, QPen(QColor("blue"), 1.5))
    painter.end()
    return image


def _painted() -> QImage:
    return _busy(QImage(SIDE, SIDE, QImage.Format.Format_ARGB32_Premultiplied))


def test_a_painted_picture_holds_its_engine_and_a_finished_one_does_not() -> None:
    finished(_painted())
    began = _heap_bytes()
    engines = [_painted() for _ in range(COUNT)]
    assert _heap_bytes() - began > 2 * PIXELS, "the case has no point any more"
    kept = [finished(image) for image in engines]
    engines.clear()
    assert _heap_bytes() - began < 1.2 * PIXELS
    assert kept[0] == _painted()


def test_a_finished_picture_keeps_its_scale() -> None:
    image = _painted()
    image.setDevicePixelRatio(2.0)
    assert finished(image).devicePixelRatio() == 2.0


def test_tiles_that_are_kept_take_their_pixels() -> None:
    plate = Plate("sheet", 1.0, 1.0)
    tiles = [Tile(plate, column, 0) for column in range(COUNT)]
    store = TileStore(lambda _tile, _check: _painted(), lambda: None)
    began = _heap_bytes()
    store.complete(tiles)
    assert _heap_bytes() - began < 1.5 * PIXELS
    store.close()


def test_pieces_that_are_kept_take_their_pixels() -> None:
    pieces = Pieces[None](2 * PIXELS)
    screen = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(screen)
    box = QRectF(2, 2, SIDE - 4, SIDE - 4)

    def paint(brush: QPainter) -> None:
        brush.drawImage(0, 0, _painted())
        path = QPainterPath()
        for at in range(400):
            path.addRect((at * 37) % SIDE, (at * 91) % SIDE, 9, 7)
        brush.fillPath(path, QColor("red"))

    pieces.paint(painter, "a piece", box, -1, paint)
    began = _heap_bytes()
    for number in range(COUNT):
        pieces.paint(painter, "a piece", box, number, paint)
    assert _heap_bytes() - began < 1.2 * PIXELS
    painter.end()
