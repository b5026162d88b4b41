"""Tables and a map as a document to print."""

from pathlib import Path
from typing import Final

from sandbox.draw.report.document import PICTURE, pdf_of
from sandbox.export.files import replacing
from sandbox.export.sheets.page import rendered
from sandbox.export.sheets.sheet import Report

# Rows and columns of a table that paper shows; the workbook has all.
_MOST_ROWS: Final = 300
_MOST_FIELDS: Final = 14


def write_pdf(path: Path, report: Report, picture: bytes | None, caption: str = "") -> None:
    """Write an answer as PDF with its fonts embedded, whole or not at all.

    A QGuiApplication must run. Tables too wide for paper are left to the workbook.

    Raises
    ------
    ExportError
        If the file can't be written.
    """
    narrow = tuple(one for one in report.sheets if len(one.fields) <= _MOST_FIELDS + 4)
    shown = Report(report.title, report.facts, report.warnings, narrow, report.language)
    text = rendered("document.html.j2", shown, PICTURE if picture else "", caption, _MOST_ROWS)
    made = pdf_of(text, report.title, picture, report.title)
    with replacing(path) as beside:
        beside.write_bytes(made)
