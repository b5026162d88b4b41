"""A document on A4 with the shipped type, its fonts embedded."""

from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, QUrl
from PySide6.QtGui import (
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)

from sandbox.draw.lettering.fonts import font

# Where a document's text finds its picture.
PICTURE: Final = "sandbox:map"
_DPI: Final = 96
_MARGIN_MM: Final = 14.0
_FOOT_PX: Final = 22.0


def pdf_of(html: str, title: str, picture: bytes | None, footer: str) -> bytes:
    """Return rich text as PDF on A4 across.

    Qt's writer says nothing of a disk that is full, so that it gets no file of its own.

    Parameters
    ----------
    html
        The text, of the part of HTML that Qt's documents know; the picture is at `PICTURE`.
    title
        For the file's own description.
    picture
        A picture as PNG; None for none.
    footer
        What stands at the foot of each page, before its number.
    """
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(held)
    writer.setTitle(title)
    writer.setResolution(_DPI)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Landscape,
            margins,
            QPageLayout.Unit.Millimeter,
        )
    )
    room = QSizeF(writer.width(), writer.height() - _FOOT_PX)
    document = QTextDocument()
    document.setDefaultFont(font(12))
    document.setDocumentMargin(0)
    if picture is not None:
        document.addResource(
            QTextDocument.ResourceType.ImageResource, QUrl(PICTURE), QImage.fromData(picture)
        )
    document.setHtml(html)
    document.setPageSize(room)
    pages = document.pageCount()
    painter = QPainter(writer)
    try:
        for number in range(pages):
            if number:
                writer.newPage()
            painter.save()
            painter.translate(0, -number * room.height())
            document.drawContents(
                painter, QRectF(0, number * room.height(), room.width(), room.height())
            )
            painter.restore()
            painter.setFont(font(10))
            painter.drawText(0, int(writer.height() - 4), f"{footer}   {number + 1} / {pages}")
    finally:
        painter.end()
    # It writes the end of the file when it goes.
    del painter, writer
    return bytes(held.data().data())
