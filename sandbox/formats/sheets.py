"""Tables of spreadsheets and texts as plain cells: XLSX, XLS, ODS, CSV and its like."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import python_calamine as calamine

from sandbox import files
from sandbox.formats.features import MAX_TEXT_BYTES, check_columns, check_rows
from sandbox.formats.text import decoded, note_of
from sandbox.words import Text

_MAX_CELLS: Final = 20_000_000
_MAX_PACKED_BYTES: Final = 128 << 20
_MAX_SHEET_BYTES: Final = 512 << 20
_PIECE_BYTES: Final = 1 << 20
_OVERLAP_BYTES: Final = 256
# A cell with something in it: `<c r="XFD1048576" …>`, but not `<c … />`.
_CELL: Final = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3})(\d{1,7})"[^>]*?(/?)>')
_BARE: Final = re.compile(rb"<(?:\w+:)?c(?:\s+[st]=\"[^\"]*\")*\s*>")
_REPEATED: Final = re.compile(rb'number-(columns|rows)-repeated="(\d{1,9})"')
_ODS_CELL: Final = re.compile(
    rb"<table:table-cell(?=[^>]*office:(?:value|boolean-value|date-value|string-value))[^>]*"
    rb'number-columns-repeated="(\d{1,9})"'
)
_ODS_ROW: Final = re.compile(
    rb'<table:table-row[^>]*number-rows-repeated="(\d{1,9})"[^>]*>(.*?)</table:table-row>',
    re.DOTALL,
)
_DELIMITERS: Final = ",\t;|，；"
_DECIMAL: Final = re.compile(r"[-+]?\d+(?:,\d+)?")
_THOUSANDS: Final = re.compile(r"[-+]?[1-9]\d{0,2},\d{3}")
_SNIFFED_LINES: Final = 50
_CELL_SIGNS: Final = 1 << 20

Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The cells of one table.

    Attributes
    ----------
    name
        What the sheet is called; empty for texts.
    cells
        Rows of cells from the first: texts, numbers, dates, booleans; empty texts for none.
    merged
        Ranges of merged cells: first and last, each as row and column from 0.
    encoding, notes
        Of a text.
    """

    name: str
    cells: list[list[Any]]
    merged: tuple[Range, ...] = ()
    encoding: str = ""
    notes: tuple[Text, ...] = field(default=())


def read_text_table(path: Path) -> list[Sheet]:
    """Return the table of a text with commas, tabs, semicolons or bars between cells.

    Raises
    ------
    files.Unreadable
        It is too large, has too many columns, or isn't text.
    """
    text, encoding = decoded(files.read_bytes(path, MAX_TEXT_BYTES))
    if "\x00" in text[: 1 << 16]:
        raise files.Unreadable(files.DAMAGED)
    # Excel may say in a first line of its own what parts the cells.
    first, _, rest = text.partition("\n")
    stated = re.fullmatch(r"sep=(.)\r?", first.strip("\ufeff"))
    delimiter = stated[1] if stated else _delimiter(text)
    text = rest if stated else text
    csv.field_size_limit(_CELL_SIGNS)
    cells: list[list[Any]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            check_columns(len(row))
            cells.append([cell.strip() for cell in row])
            check_rows(len(cells))
    except csv.Error as error:
        raise files.Unreadable(files.DAMAGED) from error
    notes = [note_of(encoding)] if encoding != "utf-8" else []
    if delimiter != "," and _point_decimals(cells):
        notes.append(Text("Commas in numbers were read as decimal points."))
    return [Sheet("", cells, (), encoding, tuple(notes))]


def _point_decimals(cells: list[list[Any]]) -> bool:
    """Write a point for the comma in columns of decimals, and return whether there were any.

    Where a column has no commas but as in 1,234, they may part thousands, and stay.
    """
    changed = False
    for column in range(max(map(len, cells), default=0)):
        rows = [row for row in cells[1:] if column < len(row) and row[column]]
        told = [row[column] for row in rows]
        if all(map(_DECIMAL.fullmatch, told)) and any(
            "," in one and not _THOUSANDS.fullmatch(one) for one in told
        ):
            changed = True
            for row in rows:
                row[column] = row[column].replace(",", ".")
    return changed


def _delimiter(text: str) -> str:
    """Return the sign that parts the cells of the most lines into equally many, and into most."""
    lines = [line for line in text[: 1 << 17].splitlines()[:_SNIFFED_LINES] if line.strip()]
    best, most = ",", (0.0, 0)
    for sign in _DELIMITERS:
        counts = [len(row) for row in csv.reader(lines, delimiter=sign)]
        usual = max(set(counts), key=counts.count) if counts else 1
        found = (counts.count(usual) / len(counts) if usual > 1 else 0.0, usual)
        # A comma may part decimals in every line; more columns decide among equals.
        if found > most:
            best, most = sign, found
    return best


def read_spreadsheet(path: Path) -> list[Sheet]:
    """Return the sheets of a workbook that hold anything.

    Raises
    ------
    files.Unreadable
        It is damaged, locked, too large, or claims cells beyond all tables.
    """
    if files.check_ordinary(path) > _MAX_PACKED_BYTES:
        limit = f"{_MAX_PACKED_BYTES >> 20} MB"
        raise files.Unreadable(Text("it is larger than {limit}", {"limit": limit}))
    try:
        if zipfile.is_zipfile(path):
            _check_extent(path)
        # By what it holds, not by its ending.
        with path.open("rb") as file, calamine.CalamineWorkbook.from_filelike(file) as book:
            return list(_sheets(book))
    except calamine.PasswordError as error:
        raise files.Unreadable(files.LOCKED) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise files.Unreadable(files.DAMAGED) from error
    except BaseException as error:
        # A panic of the library, which is none of Python's exceptions.
        if type(error).__name__ != "PanicException":
            raise
        raise files.Unreadable(files.DAMAGED) from error


def _sheets(book: Any) -> Iterator[Sheet]:
    for told in book.sheets_metadata:
        if told.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(told.name)
        if not sheet.total_height:
            continue
        check_columns(int(sheet.width))
        check_rows(int(sheet.height))
        if int(sheet.width) * int(sheet.height) > _MAX_CELLS:
            raise _too_wide(f"{sheet.height:,} × {sheet.width:,}")
        cells = sheet.to_python(skip_empty_area=False)
        merged = tuple(
            (tuple(first), tuple(last)) for first, last in (sheet.merged_cell_ranges or ())
        )
        yield Sheet(str(told.name), cells, merged)


def _check_extent(path: Path) -> None:
    """Refuse a workbook whose cells lie so far apart that the table between fills the memory.

    The library makes room for every cell from the first to the last; two cells in opposite
    corners of a sheet, a file of a few kilobytes, would end the program.
    """
    with files.zipped(path) as packed:
        total = sum(one.file_size for one in packed.infolist())
        if total > _MAX_SHEET_BYTES:
            limit = f"{_MAX_SHEET_BYTES >> 20} MB"
            raise files.Unreadable(Text("it is larger than {limit}", {"limit": limit}))
        for entry in packed.infolist():
            if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                _check_xlsx(packed, entry)
            elif entry.filename == "content.xml":
                _check_ods(packed.read(entry))


def _check_xlsx(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    rows = columns = count = 0
    before = b""
    with packed.open(entry) as sheet:
        while piece := sheet.read(_PIECE_BYTES):
            held = before + piece
            for found in _CELL.finditer(held):
                if not found[3]:
                    rows = max(rows, int(found[2]))
                    columns = max(columns, _column(found[1]))
            # Cells that don't say where they are stand one after another.
            count += len(_BARE.findall(piece))
            before = held[-_OVERLAP_BYTES:]
            if (rows + 1) * (columns + 1) > _MAX_CELLS or count > _MAX_CELLS:
                raise _too_wide(f"{rows:,} × {columns:,}")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number


def _check_ods(content: bytes) -> None:
    """Refuse cells with values that are repeated beyond all tables."""
    cells = sum(int(found[1]) for found in _ODS_CELL.finditer(content))
    for found in _ODS_ROW.finditer(content):
        times = int(found[1])
        if b"office:value" in found[2]:
            wide = [int(one[2]) for one in _REPEATED.finditer(found[2]) if one[1] == b"columns"]
            cells += times * max(1, *wide, found[2].count(b"<table:table-cell"))
    if cells > _MAX_CELLS:
        raise _too_wide(f"{cells:,}")


def _too_wide(size: str) -> files.Unreadable:
    return files.Unreadable(
        Text("it claims a table of {size} cells", {"size": size}),
        hint=Text("Delete what lies far outside the table, then save it again."),
    )
