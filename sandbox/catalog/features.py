"""Checks of the features and rows of a layer: each fault is said once, with who has it."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sandbox.catalog.description import Description
from sandbox.geo.crs import WGS84
from sandbox.words import Text

STATUSES: Final = ("operating", "construction", "planned", "schematic")
CONTRACT: Final = (
    "id",
    "name_zh",
    "name_en",
    "kind",
    "status",
    "opened",
    "source",
    "accuracy_m",
    "note_zh",
    "note_en",
)
TABLE_CONTRACT: Final = ("id", "name_zh", "name_en", "source")

_GEOMETRY_TYPES: Final[dict[str, tuple[str, ...]]] = {
    "point": ("Point",),
    "line": ("LineString", "MultiLineString"),
    "polygon": ("Polygon", "MultiPolygon"),
    "mixed": ("Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon"),
}
# What a line style needs to know of each line, and the words it knows.
_LINE_COLUMNS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "road": ("road_class", ("express", "arterial", "collector", "street")),
    "metro": ("line", ()),
    "corridor": ("corridor_class", ("high_speed", "intercity", "suburban", "passage")),
}
_ID: Final = re.compile(r"[a-z0-9][a-z0-9_.-]*")
_YEAR: Final = re.compile(r"[12]\d{3}(-(0[1-9]|1[0-2]))?")
_NAMED_AT_MOST: Final = 5


def feature_faults(frame: gpd.GeoDataFrame, description: Description) -> Iterator[Text]:
    """Yield every fault of features as they were read."""
    if frame.crs is not None and not frame.crs.equals(WGS84, ignore_axis_order=True):
        yield Text("the data is in {crs}, not in WGS 84 (EPSG:4326)", {"crs": frame.crs.name})
    if frame.empty:
        yield Text("the data holds no features", {})
        return
    yield from _column_faults(frame, description, CONTRACT)
    yield from _identity_faults(frame)
    yield from _contract_faults(frame, description)
    yield from _own_column_faults(frame, description)
    yield from _geometry_faults(frame, description)
    yield from _style_column_faults(frame, description)
    yield from _legend_faults(frame, description)


def row_faults(table: pd.DataFrame, description: Description) -> Iterator[Text]:
    """Yield every fault of a table of figures as it was read."""
    if table.empty:
        yield Text("the data holds no rows", {})
        return
    yield from _column_faults(table, description, TABLE_CONTRACT)
    yield from _identity_faults(table)
    yield from _own_column_faults(table, description)


def _column_faults(
    frame: pd.DataFrame, description: Description, contract: Sequence[str]
) -> Iterator[Text]:
    own = [column.name for column in description.columns]
    for column in [*contract, *own]:
        if column not in frame:
            yield Text("column {column} is missing", {"column": column})
    for column in frame.columns:
        if column not in (*contract, *own, "geometry"):
            yield Text("column {column} is not declared in layer.toml", {"column": column})
    for column in sorted(set(own) & set(contract)):
        yield Text("column {column} is every layer's: leave it undeclared", {"column": column})


def _identity_faults(frame: pd.DataFrame) -> Iterator[Text]:
    for column in ("id", "name_zh", "name_en", "source"):
        if column in frame:
            yield from _said("{column} is empty ({who})", frame, _empty(frame[column]), column)
    if "id" not in frame:
        return
    ids = frame["id"]
    filled = ~_empty(ids)
    twice = ids[filled & ids.duplicated(keep="first")].drop_duplicates()
    if len(twice):
        yield Text("id is used more than once ({who})", {"who": _listed(twice)})
    shaped = ids.map(lambda value: bool(_ID.fullmatch(str(value))))
    yield from _said("id is not of a-z, 0-9, _ - . ({who})", frame, filled & ~shaped, "id")


def _contract_faults(frame: pd.DataFrame, description: Description) -> Iterator[Text]:
    if "kind" in frame:
        yield from _said("{column} is empty ({who})", frame, _empty(frame["kind"]), "kind")
        for kind in _values(frame["kind"]) if description.kinds else ():
            if kind not in description.kinds:
                yield Text("kind {value} has no words in layer.toml", {"value": kind})
    if "status" in frame:
        bad = ~frame["status"].isin(STATUSES)
        for value in sorted({str(status) for status in frame["status"][bad]}):
            same = frame["status"].map(str) == value
            yield Text(
                "status is {value}, not one of {choices} ({who})",
                {"value": value, "choices": ", ".join(STATUSES), "who": _who(frame, same)},
            )
    if "opened" in frame:
        bad = ~frame["opened"].map(_is_day_or_year)
        yield from _said("opened is neither an ISO date nor a year ({who})", frame, bad, "opened")
    if "accuracy_m" in frame:
        metres = pd.to_numeric(frame["accuracy_m"], errors="coerce")
        bad = ~(np.isfinite(metres) & (metres > 0))
        yield from _said("accuracy_m is not a number above zero ({who})", frame, bad, "accuracy_m")
    if "note_zh" in frame and "note_en" in frame:
        bad = _empty(frame["note_zh"]) != _empty(frame["note_en"])
        yield from _said("the note stands in one language only ({who})", frame, bad, "note_zh")


def _own_column_faults(frame: pd.DataFrame, description: Description) -> Iterator[Text]:
    for column in description.columns:
        if column.name not in frame:
            continue
        fits = _TYPE_TESTS[column.type]
        bad = ~frame[column.name].map(lambda value, fits=fits: pd.isna(value) or fits(value))
        values = {"column": column.name, "type": column.type, "who": _who(frame, bad)}
        if bad.any():
            yield Text("{column} is not of type {type} ({who})", values)


def _geometry_faults(frame: gpd.GeoDataFrame, description: Description) -> Iterator[Text]:
    shapes = frame.geometry
    absent = shapes.isna() | shapes.is_empty
    yield from _said("there is no geometry ({who})", frame, absent, "geometry")
    allowed = _GEOMETRY_TYPES[description.geometry]
    wrong = ~absent & ~shapes.geom_type.isin(allowed)
    if wrong.any():
        values = {"geometry": description.geometry, "who": _who(frame, wrong)}
        yield Text("the geometry is not that of a {geometry} layer ({who})", values)
    for row in np.flatnonzero(~absent & ~shapes.is_valid):
        values = {"why": shapely.is_valid_reason(shapes.iloc[row])}
        who = _who(frame, pd.Series(np.arange(len(frame)) == row, index=frame.index))
        yield Text("the geometry is not valid: {why} ({who})", values | {"who": who})
    west, south, east, north = (shapes.bounds[side] for side in ("minx", "miny", "maxx", "maxy"))
    outside = ~absent & ((west < -180) | (south < -90) | (east > 180) | (north > 90))
    yield from _said(
        "coordinates are not longitude, latitude in degrees ({who})", frame, outside, "geometry"
    )


def _style_column_faults(frame: gpd.GeoDataFrame, description: Description) -> Iterator[Text]:
    column, words = _LINE_COLUMNS.get(description.style.line, ("", ()))
    if not column:
        return
    if column not in frame:
        values = {"column": column, "line": description.style.line}
        yield Text("column {column} is missing: lines of style {line} need it", values)
        return
    is_line = frame.geometry.geom_type.isin(_GEOMETRY_TYPES["line"])
    given = frame[column]
    bad = is_line & (~given.isin(words) if words else _empty(given))
    if bad.any():
        values = {"column": column, "line": description.style.line, "who": _who(frame, bad)}
        yield Text("{column} holds no word that lines of style {line} know ({who})", values)


def _legend_faults(frame: gpd.GeoDataFrame, description: Description) -> Iterator[Text]:
    for entry in description.legend:
        meant = pd.Series(True, index=frame.index)
        for column, value in entry.where.items():
            meant &= frame[column].map(str) == value if column in frame else False
        if not meant.any():
            values = {"entry": entry.en, "where": _conditions(entry.where)}
            yield Text("the legend's {entry} stands for no feature ({where})", values)


def _conditions(where: dict[str, str]) -> str:
    return ", ".join(f"{column} = {value}" for column, value in where.items())


def _said(
    template: str, frame: pd.DataFrame, bad: "pd.Series[bool]", column: str
) -> Iterator[Text]:
    if bad.any():
        yield Text(template, {"column": column, "who": _who(frame, bad)})


def _who(frame: pd.DataFrame, bad: "pd.Series[bool]") -> str:
    """Return the ids of the rows meant, or their numbers (from 1) where they have none."""
    rows = np.flatnonzero(bad.to_numpy())
    ids = frame["id"].tolist() if "id" in frame else [None] * len(frame)
    return _listed([f"#{row + 1}" if _is_empty(ids[row]) else ids[row] for row in rows])


def _listed(names: Any) -> str:
    said = [str(name) for name in names]
    more = len(said) - _NAMED_AT_MOST
    return ", ".join(said[:_NAMED_AT_MOST]) + (f" +{more}" if more > 0 else "")


def _values(column: "pd.Series[Any]") -> list[str]:
    return sorted({str(value) for value in column if not _is_empty(value)})


def _empty(column: "pd.Series[Any]") -> "pd.Series[bool]":
    return column.map(_is_empty).astype(bool)


def _is_empty(value: object) -> bool:
    return value is None or value != value or not str(value).strip()  # noqa: PLR0124 - NaN


def _is_day_or_year(value: Any) -> bool:
    if _is_empty(value):
        return True
    said = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return bool(_YEAR.fullmatch(said)) or _is_day(said)


def _is_day(value: Any) -> bool:
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return len(str(value)) == len("2000-01-01")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | np.number) and bool(np.isfinite(value))


_TYPE_TESTS: Final[dict[str, Callable[[Any], bool]]] = {
    "text": lambda value: isinstance(value, str),
    "number": lambda value: _is_number(value) and not isinstance(value, bool),
    "integer": lambda value: _is_number(value) and float(value).is_integer(),
    "date": _is_day_or_year,
    "boolean": lambda value: isinstance(value, bool | np.bool_),
}
