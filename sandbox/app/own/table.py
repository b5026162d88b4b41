"""The table of a layer or a result: sorted, filtered, summed up and copied."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from sandbox.app.atlas import Atlas
from sandbox.catalog.layer import Column, Layer
from sandbox.catalog.symbology import text_of
from sandbox.formats.vocabulary import vocabulary
from sandbox.words import Bilingual, Language, words_of

Rows = npt.NDArray[np.int64]
Test = Literal["contains", "=", "≠", ">", "≥", "<", "≤", "empty", "filled"]
TESTS: Final[tuple[Test, ...]] = ("contains", "=", "≠", ">", "≥", "<", "≤", "empty", "filled")
_COMPARED: Final = {
    ">": np.greater,
    "≥": np.greater_equal,
    "<": np.less,
    "≤": np.less_equal,
}
# What every layer has, and what people call it.
_COMMON: Final[dict[str, str]] = {
    "id": "Id", "name_zh": "Name in Chinese", "name_en": "Name in English", "kind": "Kind",
    "status": "Status", "opened": "Opened", "source": "Source", "accuracy_m": "Accuracy",
    "note_zh": "Note in Chinese", "note_en": "Note in English",
}  # fmt: skip
_UNITS: Final = {"accuracy_m": "m"}


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Rows that are shown and taken out.

    Attributes
    ----------
    id
        Of the layer, or of the result.
    title
        What it is called.
    frame
        Its rows; a GeoDataFrame where they have shapes.
    columns
        Those that are shown, in their order.
    layer
        Where the rows come from; None for a result.
    facts
        Where a result comes from, as JSON holds it.
    places
        Columns that hold the layer and the id of each row's place; empty where they have none.
    """

    id: str
    title: Bilingual
    frame: pd.DataFrame
    columns: tuple[Column, ...]
    layer: Layer | None = None
    facts: tuple[tuple[str, Any], ...] = ()
    places: tuple[str, str] | None = None

    def column(self, name: str) -> Column:
        """Return a column by its name."""
        return next(one for one in self.columns if one.name == name)


@dataclass(frozen=True, slots=True)
class Order:
    """Which rows are shown, in which order.

    Attributes
    ----------
    column, test, value
        What a row must be to be shown; without a column any of them may. An empty value shows
        all rows, but for the tests that need none.
    by, descending
        Column that rows are sorted by; empty for the order of the file.
    """

    column: str = ""
    test: Test = "contains"
    value: str = ""
    by: str = ""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of a column's values: how many there are, and of figures their sum, mean and ends."""

    count: int
    sum: float | None = None
    mean: float | None = None
    least: float | None = None
    most: float | None = None


@dataclass(slots=True)
class Figures:
    """Columns of a frame as figures, each made once."""

    frame: pd.DataFrame
    made: dict[str, npt.NDArray[np.float64] | None] = field(
        default_factory=dict[str, "npt.NDArray[np.float64] | None"]
    )

    def of(self, name: str) -> npt.NDArray[np.float64] | None:
        """Return a column as numbers; None where its values aren't mostly numbers."""
        if name not in self.made:
            column: Any = self.frame[name]
            if column.dtype == bool:
                self.made[name] = None
                return None
            held: Any = pd.to_numeric(column, errors="coerce")
            figures = held.to_numpy(dtype=np.float64, na_value=np.nan)
            filled = int(column.notna().sum())
            known = int(np.isfinite(figures).sum())
            self.made[name] = figures if known and known >= filled / 2 else None
        return self.made[name]


def table_of(atlas: Atlas, layer_id: str) -> Table | None:
    """Return the table of a layer; None where it has no rows."""
    layer = atlas.layers.get(layer_id)
    if layer is None:
        return None
    frame = layer.features if layer.features is not None else layer.table
    if frame is None:
        return None
    facts = (
        ("provenance", layer.provenance.en),
        *((("licence", layer.licence),) if layer.licence else ()),
    )
    places = None if layer.features is None else ("", "id")
    return Table(layer.id, layer.title, frame, _columns(frame, layer), layer, facts, places)


def _columns(frame: pd.DataFrame, layer: Layer) -> tuple[Column, ...]:
    own = {one.name: one for one in layer.columns}
    known = vocabulary().fields
    zh, en = words_of("zh"), words_of("en")
    found: list[Column] = []
    for name in map(str, frame.columns):
        if name == "geometry" or (name == "gates" and name not in own):
            continue
        if name in own:
            found.append(own[name])
            continue
        if name in known:
            title, unit = known[name].title, known[name].unit
        else:
            said = _COMMON.get(name, name)
            title, unit = Bilingual(zh(said), en(said)), _UNITS.get(name, "")
        kind = "number" if pd.api.types.is_numeric_dtype(frame[name]) else "text"
        found.append(Column(name, kind, title, unit))
    return tuple(found)


def ordered(table: Table, figures: Figures, order: Order) -> Rows:
    """Return the numbers of the rows that are shown, in their order."""
    rows = np.flatnonzero(_kept(table, figures, order)).astype(np.int64)
    if not order.by:
        return rows
    numbers = figures.of(order.by)
    if numbers is not None:
        values = numbers[rows]
        filled = np.isfinite(values)
        at = np.argsort(values[filled], kind="stable")
    else:
        texts = np.array([text_of(one) for one in table.frame[order.by].to_numpy()[rows]], object)
        filled = np.array([bool(one) for one in texts], dtype=np.bool_)
        codes, _ = pd.factorize(texts[filled], sort=True)
        at = np.argsort(codes, kind="stable")
    if order.descending:
        at = at[::-1]
    # What is empty stands last in either direction.
    return np.concatenate([rows[filled][at], rows[~filled]])


def _kept(table: Table, figures: Figures, order: Order) -> npt.NDArray[np.bool_]:
    count = len(table.frame)
    every = np.ones(count, dtype=np.bool_)
    names = [order.column] if order.column else [one.name for one in table.columns]
    if order.test in ("empty", "filled"):
        empty = np.zeros(count, dtype=np.bool_)
        for name in names:
            empty |= _is_empty(table.frame[name])
        return empty if order.test == "empty" else ~empty
    value = order.value.strip()
    if not value:
        return every
    if order.test == "≠":
        return ~_any(table, figures, names, "=", value)
    return _any(table, figures, names, order.test, value)


def _any(
    table: Table, figures: Figures, names: Sequence[str], test: Test, value: str
) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(table.frame), dtype=np.bool_)
    number = _number(value)
    for name in names:
        numbers = figures.of(name)
        if test in _COMPARED:
            if numbers is not None and number is not None:
                with np.errstate(invalid="ignore"):
                    found |= _COMPARED[test](numbers, number)
        elif test == "=" and numbers is not None and number is not None:
            found |= numbers == number
        else:
            found |= _texts_meet(table.frame[name], test, value)
    return found


def _texts_meet(column: Any, test: Test, value: str) -> npt.NDArray[np.bool_]:
    wanted = value.casefold()
    # Values come again: each is looked at once.
    codes, values = pd.factorize(column, use_na_sentinel=True)
    meet = np.array(
        [
            wanted == said if test == "=" else wanted in said
            for said in (text_of(one).casefold() for one in values)
        ],
        dtype=np.bool_,
    )
    return np.where(codes >= 0, meet[codes], False) if len(meet) else codes >= 0


def _is_empty(column: Any) -> npt.NDArray[np.bool_]:
    return (column.isna() | (column.astype(str).str.strip() == "")).to_numpy(dtype=np.bool_)


def _number(value: str) -> float | None:
    try:
        found = float(value.replace(",", ""))
    except ValueError:
        return None
    return found if np.isfinite(found) else None


def statistics(table: Table, figures: Figures, name: str, rows: Rows) -> Statistics:
    """Return count, sum, mean and ends of a column over some rows."""
    numbers = figures.of(name)
    if numbers is None:
        return Statistics(int((~_is_empty(table.frame[name].iloc[rows])).sum()))
    values = numbers[rows]
    values = values[np.isfinite(values)]
    if not len(values):
        return Statistics(0)
    return Statistics(
        len(values),
        float(values.sum()),
        float(values.mean()),
        float(values.min()),
        float(values.max()),
    )


def as_tsv(table: Table, rows: Rows, language: Language) -> str:
    """Return rows as spreadsheets take them from the clipboard: tabs between, titles first."""
    names = [one.name for one in table.columns]
    head = [_titled(one, language) for one in table.columns]
    parts = [
        [_cell(value) for value in table.frame[name].to_numpy()[rows].tolist()] for name in names
    ]
    lines = ["\t".join(map(_cell, head))]
    lines += ["\t".join(line) for line in zip(*parts, strict=True)]
    return "\n".join(lines) + "\n"


def _titled(column: Column, language: Language) -> str:
    unit = column.unit_in(language)
    title = column.title.said(language)
    return f"{title} ({unit})" if unit else title


def _cell(value: object) -> str:
    """Return a value as one cell: signs that part cells and lines become blanks."""
    return " ".join(cell_text(value).split()) if value is not None else ""


def cell_text(value: object) -> str:
    """Return what a cell shows of a value, with all of its figures."""
    if isinstance(value, float) and np.isfinite(value):
        return f"{value:.10g}"
    if isinstance(value, list | tuple | dict):
        return str(value)
    return text_of(value)
