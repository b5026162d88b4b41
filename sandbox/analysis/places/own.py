"""Columns that a table's owner has beside what the program knows of places."""

from collections.abc import Collection
from difflib import get_close_matches
from typing import Any, Final

import pandas as pd

from sandbox.errors import AnalysisError
from sandbox.words import Text

# What reading makes of any table, and what every layer says of itself.
KNOWN: Final = [
    "id",
    "layer",
    "kind",
    "name",
    "name_zh",
    "name_en",
    "accuracy_m",
    "gates",
    "status",
    "opened",
    "source",
    "source_en",
    "note_zh",
    "note_en",
    "people",
    "land_m2",
    "group",
    "unit",
    "geometry",
]
_GIVEN: Final = "_given"


def own_names(table: pd.DataFrame) -> list[str]:
    """Return the names of the columns that are the table's own."""
    return [str(name) for name in table.columns if str(name) not in KNOWN]


def own_columns(table: pd.DataFrame, taken: Collection[str] = ()) -> dict[str, Any]:
    """Return the table's own columns as results carry them on.

    A name that the result has too is called ``…_given``. Cells that are no numbers, dates or
    truths become texts, as files hold one kind a column.

    Parameters
    ----------
    table
        Places.
    taken
        Names of the result.
    """
    found: dict[str, Any] = {}
    for name in own_names(table):
        column: Any = table[name]
        called = name
        while called in taken or called in found:
            called += _GIVEN
        if column.dtype == object:
            column = column.map(lambda one: one if _is_none(one) else str(one))
            column = column.where(column.notna(), None)
        found[called] = column.array
    return found


def missing_column(column: str, table: pd.DataFrame, message: Text) -> AnalysisError:
    """Return the error about a column that a table lacks: its own columns first, and the nearest.

    Parameters
    ----------
    column, table
        What was asked for, and of what.
    message
        Which places lack it.
    """
    every = [str(name) for name in table.columns if name != "geometry"]
    standard = [name for name in every if name in KNOWN and name not in ("people", "group")]
    columns = [*(name for name in every if name not in standard), *standard]
    folded = {name.casefold(): name for name in columns}
    near = get_close_matches(column.casefold(), folded, n=1, cutoff=0.6)
    return AnalysisError(
        message.template,
        "Did you mean {near}? Columns: {columns}." if near else "Columns: {columns}.",
        **message.values,
        column=column,
        near=folded[near[0]] if near else "",
        columns=", ".join(columns) or "–",
    )


def _is_none(value: Any) -> bool:
    return value is None or type(value).__name__ == "NAType" or value != value  # noqa: PLR0124
