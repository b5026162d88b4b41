"""Tables and a map as one HTML page that opens without a network, and runs nothing."""

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import jinja2

from sandbox import paths
from sandbox.export.files import replacing
from sandbox.export.sheets.sheet import Report, Sheet, text_of, unit_said

# Rows of a table that a page shows; the workbook has all.
MOST_ROWS: Final = 2000


def write_page(path: Path, report: Report, picture: bytes | None, caption: str = "") -> None:
    """Write an answer as a page, whole or not at all.

    Parameters
    ----------
    path
        File to write.
    report
        The tables.
    picture
        The map as PNG; None for none.
    caption
        What the map shows.

    Raises
    ------
    ExportError
        If the file can't be written.
    """
    with replacing(path) as beside:
        beside.write_bytes(page_html(report, picture, caption).encode())


def page_html(report: Report, picture: bytes | None, caption: str = "") -> str:
    """Return the page as text; see `write_page`."""
    source = "data:image/png;base64," + base64.b64encode(picture).decode() if picture else ""
    return rendered("report.html.j2", report, source, caption, MOST_ROWS)


def rendered(template: str, report: Report, picture: str, caption: str, most: int) -> str:
    """Return a report by one of its templates; texts of data are escaped."""
    return (
        _templates()
        .get_template(template)
        .render(
            report=report,
            picture=picture,
            caption=caption,
            tables=[_table(sheet, most, report.language) for sheet in report.sheets],
            zh=report.language == "zh",
        )
    )


def _table(sheet: Sheet, most: int, language: str) -> dict[str, Any]:
    shown = sheet.rows.head(most)
    columns = [
        [text_of(value, field.form) for value in shown[field.key].tolist()]
        if field.key in shown.columns
        else [""] * len(shown)
        for field in sheet.fields
    ]
    rows: Sequence[Sequence[str]] = list(zip(*columns, strict=True)) if columns else []
    return {
        "id": sheet.id,
        "title": sheet.title,
        "fields": sheet.fields,
        "units": [unit_said(field.unit, language) for field in sheet.fields],
        "rows": rows,
        "all": len(sheet.rows),
        "shown": len(shown),
        "notes": sheet.notes,
    }


def _templates() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(paths.assets() / "report")
    return jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
