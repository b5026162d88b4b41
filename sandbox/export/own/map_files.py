"""The map in files: pictures without the window's chrome, and sheets as PDF."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize
from PySide6.QtGui import QImage, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from sandbox.app.atlas import Atlas
from sandbox.app.state import MapState
from sandbox.draw.report.map_sheet import (
    MOST_PX,
    SheetOrder,
    map_picture,
    paint_sheet,
    sheet_map,
    sheet_words,
)
from sandbox.errors import ExportError
from sandbox.export.files import check_file, replacing

PICTURES: Final = (".png", ".svg")
_DPI: Final = 600
_SVG_DPI: Final = 96
_LEAST_PX: Final = 64
_PIXELS_AT_MOST: Final = 160_000_000


def write_map(
    path: Path,
    atlas: Atlas,
    state: MapState,
    size_px: tuple[int, int],
    seen_px: tuple[float, float],
) -> None:
    """Write the map alone as PNG or SVG, by the ending, whole or not at all.

    Raises
    ------
    ExportError
        It is too large, or can't be written.
    """
    check_file(path, *PICTURES)
    wide, high = size_px
    if min(size_px) < _LEAST_PX or max(size_px) > MOST_PX or wide * high > _PIXELS_AT_MOST:
        raise ExportError(
            "A picture of {wide} × {high} pixels can't be drawn.",
            "Give sides of {least} to {most} pixels, and at most {all} million pixels in all.",
            wide=f"{wide:,}",
            high=f"{high:,}",
            least=_LEAST_PX,
            most=f"{MOST_PX:,}",
            all=_PIXELS_AT_MOST // 1_000_000,
        )
    picture = map_picture(atlas, state, size_px, seen_px)
    held = _svg(picture) if path.suffix.lower() == ".svg" else _png(picture)
    with replacing(path) as beside:
        beside.write_bytes(held)


def write_sheet(path: Path, atlas: Atlas, state: MapState, order: SheetOrder) -> None:
    """Write a sheet as PDF with its typeface embedded, whole or not at all; raises ExportError."""
    check_file(path, ".pdf")
    picture, said = sheet_map(atlas, state, order), sheet_words(atlas, state, order)
    with replacing(path) as beside:
        writer = QPdfWriter(str(beside))
        writer.setTitle(order.title)
        writer.setResolution(_DPI)
        writer.setPageLayout(order.page_layout())
        painter = QPainter()
        if not painter.begin(writer):
            raise ExportError("{path} can't be written.", "Choose another folder.", path=path)
        paint_sheet(painter, _DPI, picture, order, said)
        painter.end()


def _png(picture: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(held.data())


def _svg(picture: QImage) -> bytes:
    """Return a document of the picture's size that holds it with its names as they were laid."""
    held = QByteArray()
    buffer = QBuffer(held)
    made = QSvgGenerator()
    made.setOutputDevice(buffer)
    made.setSize(QSize(picture.width(), picture.height()))
    made.setViewBox(QRect(0, 0, picture.width(), picture.height()))
    made.setResolution(_SVG_DPI)
    painter = QPainter(made)
    painter.drawImage(QRect(0, 0, picture.width(), picture.height()), picture)
    painter.end()
    return bytes(held.data())
