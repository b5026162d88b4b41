"""Cells of a feed's tables: text as it stands, and what it means as number or time."""

import warnings
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

# pandas' own types are too wide to check what chains of its calls return.
Frame = Any
Column = Any

# No figure of a feed is larger.
_MOST: Final = 2.0**31
_TIME: Final = r"^(\d{1,3}):([0-5]?\d)(?::([0-5]?\d))?$"


def read(file: Path) -> tuple[Frame, int]:
    """Return a table, and how many of its cells and headings had blanks round them.

    GTFS knows no words for a missing value: ``NA`` or ``null`` may be a stop's id. So every
    cell is text, and one that is empty says nothing.

    Parameters
    ----------
    file
        Table in UTF-8; a table without rows comes of one that isn't there.

    Raises
    ------
    ValueError
        It isn't a table of comma-separated values.
    """
    if not file.is_file():
        return pd.DataFrame(), 0
    try:
        told = _parsed(file, skip_blanks=False)
        padded = sum(_padded(told[heading]) + _padded([heading]) for heading in told.columns)
    except pd.errors.ParserError:
        # A quoted value with a comma in it may stand behind a blank.
        told, padded = _parsed(file, skip_blanks=True), 1
    else:
        if padded:
            told = _parsed(file, skip_blanks=True)
    columns: dict[str, npt.NDArray[Any]] = {}
    for heading in told.columns:
        row, known = pd.factorize(told[heading])
        # Each text is kept once, however many rows have it; a cell that isn't there has none.
        texts = np.array([*(str(one).strip() for one in known), ""], dtype=object)
        columns.setdefault(str(heading).strip(), texts[row])
    frame: Frame = pd.DataFrame(columns)
    blank = np.ones(len(frame), dtype=np.bool_)
    for cells in columns.values():
        blank &= cells == ""
    return frame[~blank].reset_index(drop=True), padded


def _parsed(file: Path, *, skip_blanks: bool) -> Frame:
    """Return the cells of a table as they stand, without the blanks before them on wish."""
    with warnings.catch_warnings():
        # A comma at the end of each row is no cell; pandas warns that it goes.
        warnings.simplefilter("ignore", pd.errors.ParserWarning)
        return pd.read_csv(
            file,
            dtype=object,
            keep_default_na=False,
            na_filter=False,
            skipinitialspace=skip_blanks,
            index_col=False,
            encoding="utf-8",
        )


def _padded(column: Column) -> int:
    """Return how many cells have blanks round them."""
    row, known = pd.factorize(np.asarray(column, dtype=object))
    changed = np.array([*(str(one) != str(one).strip() for one in known), False])
    return int(changed[row].sum())


def text(frame: Frame, column: str) -> Column:
    """Return a column as text, empty where it says nothing."""
    if column not in frame.columns:
        return pd.Series("", index=frame.index, dtype=object)
    return frame[column]


def number(frame: Frame, column: str, missing: float = np.nan) -> npt.NDArray[np.float64]:
    """Return a column as numbers, `missing` where it says nothing or nonsense."""
    if column not in frame.columns:
        return np.full(len(frame), missing)
    numbers: Column = pd.to_numeric(frame[column], errors="coerce")
    found = numbers.to_numpy(np.float64, na_value=np.nan)
    return np.where(np.abs(found) < _MOST, found, missing)


def seconds(told: Column) -> npt.NDArray[np.float64]:
    """Return ``H:MM:SS`` texts, or ``H:MM``, as seconds; NaN where they are neither.

    Hours may pass 24.
    """
    row, known = pd.factorize(told)
    parts = pd.Series(known, dtype=object).astype(str).str.extract(_TIME).astype(float)
    found = (parts[0] * 3600 + parts[1] * 60 + parts[2].fillna(0.0)).to_numpy(np.float64)
    return np.append(found, np.nan)[row]
