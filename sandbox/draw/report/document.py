"""A document on A4 with the shipped type, its fonts embedded."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, QUrl
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


def write_document(path: Path, html: str, title: str, picture: bytes | None, footer: str) -> int:
    """Write rich text as PDF on A4 across; return how many pages it has.

    Parameters
    ----------
    path
        Where.
    html
        The text, of the part of HTML that Qt's documents know; the picture is at `PICTURE`.
    title
        For the file's own description.
    picture
        A picture as PNG; None for none.
    footer
        What stands at the foot of each page, before its number.
    """
    writer = QPdfWriter(str(path))
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
    return pages
