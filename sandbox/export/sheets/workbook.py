"""Tables as one Excel workbook: a row of titles, a row of units, and both stay in view."""

from collections.abc import Generator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from sandbox.export.files import replacing
from sandbox.export.sheets.sheet import FIGURES, SHARE, Field, Report, Sheet, unit_said

# Excel's own bounds.
_MOST_ROWS: Final = 1_048_576
_NAME_SIGNS: Final = 31
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_WIDEST: Final = 60
_HEAD_ROWS: Final = 2
_LOOKED_AT: Final = 200


@contextmanager
def workbook(path: Path, **options: bool) -> Generator[Any]:
    """Give a workbook to fill, which is written whole or not at all; texts stay texts.

    Raises
    ------
    ExportError
        If the file can't be written.
    """
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    # The library never closes a file that it can't finish. So it writes into memory, and its own
    # temporary files go with their folder.
    made = BytesIO()
    with replacing(path) as beside, TemporaryDirectory(ignore_cleanup_errors=True) as held:
        try:
            with xlsxwriter.Workbook(made, {**plain, **options, "tmpdir": held}) as book:
                yield book
        except FileCreateError as error:
            # What the system said stands in it.
            raise OSError(*error.args[0].args) from error
        # A copy, as in `write_areas` of `sandbox.export.tables`.
        beside.write_bytes(made.getvalue())


def write_workbook(path: Path, report: Report) -> None:
    """Write all tables of an answer, whole or not at all.

    A table longer than Excel's sheets goes on in the next one. Texts are written as texts: what
    begins like a formula isn't one.

    Raises
    ------
    ExportError
        If the file can't be written.
    """
    with workbook(path, constant_memory=True) as book:
        look = _Look(book)
        used: set[str] = set()
        _write_facts(book, look, report, used)
        for sheet in report.sheets:
            most = _MOST_ROWS - _HEAD_ROWS
            parts = max(1, -(-len(sheet.rows) // most))
            for part in range(parts):
                rows = sheet.rows.iloc[part * most : (part + 1) * most]
                title = sheet.title if part == 0 else f"{sheet.title} {part + 1}"
                _write_sheet(book, look, sheet, rows, _name(title, used), report.language)
        notes = [(sheet.title, note) for sheet in report.sheets for note in sheet.notes]
        if notes:
            _write_notes(book, look, notes, _name("—", used))


class _Look:
    """The formats of cells."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format({"bold": True, "bg_color": "#DCE6EE", "text_wrap": True})
        self.unit = book.add_format(
            {"italic": True, "font_color": "#5A6772", "bg_color": "#EEF3F7"}
        )
        self.warn = book.add_format({"bold": True, "font_color": "#A33B12", "text_wrap": True})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self._book = book
        self._numbers: dict[str, Any] = {}

    def of(self, field: Field) -> Any:
        """Return the format of a column's figures."""
        said = {SHARE: "0.0%", FIGURES: "General"}.get(str(field.form), "#,##0")
        if isinstance(field.form, int) and field.form > 0:
            said = "#,##0." + "0" * field.form
        if said not in self._numbers:
            self._numbers[said] = self._book.add_format({"num_format": said})
        return self._numbers[said]


def _write_facts(book: Any, look: _Look, report: Report, used: set[str]) -> None:
    page = book.add_worksheet(_name("摘要" if report.language == "zh" else "Summary", used))
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 90)
    page.write_string(0, 0, report.title, look.head)
    page.write_string(0, 1, "", look.head)
    row = 1
    for warning in report.warnings:
        page.write_string(row, 0, "!", look.warn)
        page.write_string(row, 1, warning, look.warn)
        row += 1
    for label, text in report.facts:
        page.write_string(row, 0, label, look.wrap)
        page.write_string(row, 1, text, look.wrap)
        row += 1
    page.freeze_panes(1, 0)


def _write_sheet(  # noqa: PLR0917
    book: Any, look: _Look, sheet: Sheet, rows: pd.DataFrame, name: str, language: str
) -> None:
    page = book.add_worksheet(name)
    columns: list[list[Any]] = []
    for number, field in enumerate(sheet.fields):
        values = rows[field.key].tolist() if field.key in rows.columns else [None] * len(rows)
        columns.append(values)
        page.set_column(number, number, _width(field, values))
    for number, field in enumerate(sheet.fields):
        page.write_string(0, number, field.title, look.head)
    for number, field in enumerate(sheet.fields):
        page.write_string(1, number, unit_said(field.unit, language), look.unit)
    formats = [None if field.form == "" else look.of(field) for field in sheet.fields]
    for index, values in enumerate(zip(*columns, strict=True), _HEAD_ROWS):
        for number, (value, how) in enumerate(zip(values, formats, strict=True)):
            if value is None or (isinstance(value, float) and not np.isfinite(value)):
                continue
            if how is None:
                page.write_string(index, number, str(value))
            else:
                page.write_number(index, number, float(value), how)
    page.freeze_panes(_HEAD_ROWS, 0)
    if len(rows) and sheet.fields:
        page.autofilter(1, 0, len(rows) + 1, len(sheet.fields) - 1)


def _write_notes(book: Any, look: _Look, notes: list[tuple[str, str]], name: str) -> None:
    page = book.add_worksheet(name)
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 100)
    for row, (title, note) in enumerate(notes):
        page.write_string(row, 0, title, look.wrap)
        page.write_string(row, 1, note, look.wrap)


def _width(field: Field, values: list[Any]) -> float:
    """Return a width that shows the title and the first rows; a Chinese sign takes two."""
    texts = [
        field.title,
        field.unit,
        *(str(one) for one in values[:_LOOKED_AT] if field.form == ""),
    ]
    longest = max(sum(2 if ord(sign) > 0x2E7F else 1 for sign in text) for text in texts)
    return float(min(max(longest + 2, 8), _WIDEST))


def _name(title: str, used: set[str]) -> str:
    """Return a name that Excel takes and no other sheet has."""
    stem = title.translate(_FORBIDDEN).strip("'")[:_NAME_SIGNS] or "Sheet"
    name, number = stem, 2
    while name.casefold() in used:
        tail = f" {number}"
        name, number = stem[: _NAME_SIGNS - len(tail)] + tail, number + 1
    used.add(name.casefold())
    return name
