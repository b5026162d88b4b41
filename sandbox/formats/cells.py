"""Cells → columns and rows: titles above a table, headers over several rows, merged cells, sums."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from sandbox.formats.features import unique_names
from sandbox.formats.sheets import Sheet
from sandbox.formats.vocabulary import role_of
from sandbox.words import Text

_LOOKED_AT: Final = 30  # rows in which a table begins
_HEADER_ROWS: Final = 4
_SUMS: Final = ("合计", "总计", "小计", "total", "sum", "subtotal", "grandtotal")
_NOTES: Final = ("注：", "注:", "备注：", "备注:", "说明：", "说明:", "数据来源", "资料来源",
                 "填表人", "制表", "note:", "source:")  # fmt: skip


class Cells(NamedTuple):
    """A table, the number of each of its rows in the sheet, and what was left out."""

    table: pd.DataFrame
    rows: npt.NDArray[np.int64]
    notes: list[Text]


# The first columns of a table of rows to mend, which the program itself wrote.
MEND: Final = ("row", "problem")


def table_of(sheet: Sheet) -> Cells | None:
    """Return a sheet as a table with one row of headers; None where it holds none.

    A title above the headers is left out; headers over several rows become one, the upper word
    before the lower. What was merged downwards stands in each row. Rows of sums and remarks
    below the table are left out, and that is noted.
    """
    width = max((len(row) for row in sheet.cells), default=0)
    cells = [[*row, *([""] * (width - len(row)))] for row in sheet.cells]
    _fill_merged(cells, sheet)
    begin = _header_row(cells)
    if begin is None:
        return None
    height = _header_height(sheet, cells, begin)
    names = [_name(cells[begin : begin + height], column) for column in range(width)]
    kept = [
        column
        for column in range(width)
        if names[column] or any(not is_empty(row[column]) for row in cells[begin + height :])
    ]
    names = unique_names([names[column] for column in kept])
    rows: list[list[Any]] = []
    numbers: list[int] = []
    left_out: list[int] = []
    for number in range(begin + height, len(cells)):
        row = [_plain(cells[number][column]) for column in kept]
        said = [one for one in row if not is_empty(one)]
        if not said:
            continue
        if _is_sum(said) or (len(said) <= 2 and _is_note(said[0]) and len(kept) > 2):
            left_out.append(number + 1)
            continue
        rows.append(row)
        numbers.append(number + 1)
    if not rows:
        return None
    notes = list(sheet.notes)
    if left_out:
        told = ", ".join(map(str, left_out[:8])) + (" …" if len(left_out) > 8 else "")
        notes.append(Text("Rows of sums and remarks are skipped: {rows}.", {"rows": told}))
    table = pd.DataFrame(rows, columns=names, dtype=object)
    if tuple(names[: len(MEND)]) == MEND:
        # Rows are still counted as in the file that they come from.
        numbers = [
            row if isinstance(row, int) else int(row) if str(row).isdecimal() else number
            for row, number in zip(table["row"].tolist(), numbers, strict=True)
        ]
        table = table.drop(columns=list(MEND))
    return Cells(table, np.array(numbers, dtype=np.int64), notes)


def is_empty(value: Any) -> bool:
    """Return whether a cell holds nothing."""
    return value is None or value != value or (isinstance(value, str) and not value.strip())  # noqa: PLR0124


def _plain(value: Any) -> Any:
    """Return a cell as files hold it: dates as ISO texts, whole numbers without a point."""
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, str):
        return value.strip()
    return value


def _fill_merged(cells: list[list[Any]], sheet: Sheet) -> None:
    for (top, left), (bottom, right) in sheet.merged:
        if top >= len(cells) or left >= len(cells[top]):
            continue
        value = cells[top][left]
        for row in range(top, min(bottom + 1, len(cells))):
            for column in range(left, min(right + 1, len(cells[row]))):
                cells[row][column] = value


def _header_row(cells: Sequence[Sequence[Any]]) -> int | None:
    """Return the row in which the headers begin.

    The first of which columns are known, else the first of several different words; a title is
    one word.
    """
    first = None
    for number, row in enumerate(cells[:_LOOKED_AT]):
        said = [str(one).strip() for one in row if not is_empty(one)]
        if len(set(said)) < min(2, max(1, sum(not is_empty(one) for one in row))):
            continue
        if sum(role_of(one) is not None for one in set(said)) >= min(2, len(set(said))):
            return number
        if first is None and len(set(said)) >= 2:
            first = number
    if first is None and cells and any(not is_empty(one) for one in cells[0]):
        return 0
    return first


def _header_height(sheet: Sheet, cells: Sequence[Sequence[Any]], begin: int) -> int:
    """Return how many rows the headers have: as far as cells merged in their first row reach."""
    last = begin
    for (top, _), (bottom, _) in sheet.merged:
        if top == begin and bottom - top < _HEADER_ROWS:
            last = max(last, bottom)
    # A word over several columns has the words of each below it.
    across = [
        (left, right)
        for (top, left), (bottom, right) in sheet.merged
        if top == begin == bottom and right > left
    ]
    if across and last == begin and begin + 1 < len(cells):
        last = begin + 1
    return min(last - begin + 1, _HEADER_ROWS)


def _name(rows: Sequence[Sequence[Any]], column: int) -> str:
    said: list[str] = []
    for row in rows:
        one = " ".join(str(row[column]).split()) if not is_empty(row[column]) else ""
        if one and one not in said:
            said.append(one)
    return "_".join(said)


def _is_sum(said: Sequence[Any]) -> bool:
    first = "".join(str(said[0]).lower().split()).strip("：:")
    return first in _SUMS


def _is_note(first: Any) -> bool:
    return isinstance(first, str) and first.lower().startswith(_NOTES)
