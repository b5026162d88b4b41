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
    with warnings.catch_warnings():
        # A comma at the end of each row is no cell; pandas warns that it goes.
        warnings.simplefilter("ignore", pd.errors.ParserWarning)
        told: Frame = pd.read_csv(
            file,
            dtype=object,
            keep_default_na=False,
            na_filter=False,
            skipinitialspace=True,
            index_col=False,
            encoding="utf-8",
        )
    columns: dict[str, npt.NDArray[Any]] = {}
    padded = 0
    for heading in told.columns:
        row, known = pd.factorize(told[heading])
        known = [str(one) for one in known]
        bare = [one.strip() for one in known]
        changed = np.array([*map(str.__ne__, known, bare), False])
        padded += int(changed[row].sum()) + (str(heading) != str(heading).strip())
        # Each text is kept once, however many rows have it; a cell that isn't there has none.
        texts = np.array([*bare, ""], dtype=object)
        columns.setdefault(str(heading).strip(), texts[row])
    frame: Frame = pd.DataFrame(columns)
    blank = np.ones(len(frame), dtype=np.bool_)
    for cells in columns.values():
        blank &= cells == ""
    return frame[~blank].reset_index(drop=True), padded


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
