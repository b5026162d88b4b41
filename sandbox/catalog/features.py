"""Checks of the features and rows of a layer: each fault once, with the features that have it."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
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
# Where an area is entered, as a list of [longitude, latitude]; without it, along its whole edge.
GATES: Final = "gates"
# The source in English, where `source` is in Chinese.
SOURCE_EN: Final = "source_en"
TABLE_CONTRACT: Final = ("id", "name_zh", "name_en", "source")

_LINES: Final = ("LineString", "MultiLineString")
_AREAS: Final = ("Polygon", "MultiPolygon")
_GEOMETRY_TYPES: Final[Mapping[str, tuple[str, ...]]] = {
    "point": ("Point",),
    "line": _LINES,
    "polygon": _AREAS,
    "mixed": ("Point", *_LINES, *_AREAS),
}
# What a line style must know of each line, and the words it knows (any, where none stand here).
_LINE_COLUMNS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "road": ("road_class", ("express", "arterial", "collector", "street")),
    "metro": ("line", ()),
    "corridor": ("corridor_class", ("high_speed", "intercity", "suburban", "passage")),
}
_ID: Final = re.compile(r"[a-z0-9][a-z0-9_.-]*")
_YEAR_OR_MONTH: Final = re.compile(r"[12]\d{3}(-(0[1-9]|1[0-2]))?")
_NAMED_AT_MOST: Final = 5

Marks = npt.NDArray[np.bool_]


def feature_faults(frame: gpd.GeoDataFrame, description: Description) -> list[Text]:
    """Return every fault of features as they were read."""
    faults: list[Text] = []
    if frame.crs is not None and not frame.crs.to_2d().equals(WGS84, ignore_axis_order=True):
        faults.append(Text("the data is in {crs}, not in WGS 84 (EPSG:4326)", {"crs": frame.crs}))
    if frame.empty:
        return [*faults, Text("the data contains no features", {})]
    rows = _rows(frame, without=frame.geometry.name)
    shapes = frame.geometry.to_numpy()
    return [
        *faults,
        *_column_faults(rows, description, CONTRACT),
        *_identity_faults(rows),
        *_contract_faults(rows, description),
        *_gate_faults(rows),
        *_own_column_faults(rows, description),
        *_geometry_faults(rows, shapes, description),
        *_style_column_faults(rows, shapes, description),
        *_legend_faults(rows, description),
    ]


def row_faults(table: pd.DataFrame, description: Description) -> list[Text]:
    """Return every fault of a table of figures as it was read."""
    if table.empty:
        return [Text("the data contains no rows", {})]
    rows = _rows(table)
    return [
        *_column_faults(rows, description, TABLE_CONTRACT),
        *_identity_faults(rows),
        *_own_column_faults(rows, description),
    ]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The columns of a frame as plain lists."""

    columns: Mapping[str, Sequence[Any]]
    count: int

    def where(self, column: str, test: Callable[[Any], bool]) -> Marks:
        """Mark the rows whose value in `column` passes `test`; none if it is not there."""
        if column not in self.columns:
            return np.zeros(self.count, dtype=np.bool_)
        return np.array([test(value) for value in self.columns[column]], dtype=np.bool_)

    def who(self, marked: Marks) -> str:
        """Return the ids of marked rows, or their numbers (from 1) where they have none."""
        return _listed(self.name(row) for row in np.flatnonzero(marked).tolist())

    def name(self, row: int) -> str:
        """Return the id of a row, or its number (from 1) where it has none."""
        identity = self.columns["id"][row] if "id" in self.columns else None
        return f"#{row + 1}" if _is_empty(identity) else str(identity)


def _rows(frame: pd.DataFrame, without: object = None) -> _Rows:
    names = [str(name) for name in frame.columns if name != without]
    return _Rows({name: list(frame[name].tolist()) for name in names}, len(frame))


def _column_faults(
    rows: _Rows, description: Description, contract: Sequence[str]
) -> Iterator[Text]:
    own = [column.name for column in description.columns]
    for column in (*contract, *own):
        if column not in rows.columns:
            yield Text("column {column} is missing", {"column": column})
    for column in rows.columns:
        if column not in (*contract, *own, GATES, SOURCE_EN):
            yield Text("column {column} is not declared in layer.toml", {"column": column})
    for column in own:
        if column in contract:
            yield Text(
                "column {column} exists in every layer and must not be declared", {"column": column}
            )


def _identity_faults(rows: _Rows) -> Iterator[Text]:
    for column in ("id", "name_zh", "name_en", "source"):
        empty = rows.where(column, _is_empty)
        if empty.any():
            yield Text("{column} is empty ({who})", {"column": column, "who": rows.who(empty)})
    ids = [str(value) for value in rows.columns.get("id", ()) if not _is_empty(value)]
    twice = sorted(value for value, count in Counter(ids).items() if count > 1)
    if twice:
        yield Text("id is used more than once ({who})", {"who": _listed(twice)})
    odd = sorted({value for value in ids if not _ID.fullmatch(value)})
    if odd:
        yield Text("id may only contain a-z, 0-9, _, - and . ({who})", {"who": _listed(odd)})


def _contract_faults(rows: _Rows, description: Description) -> Iterator[Text]:
    empty = rows.where("kind", _is_empty)
    if empty.any():
        yield Text("{column} is empty ({who})", {"column": "kind", "who": rows.who(empty)})
    kinds = {str(value) for value in rows.columns.get("kind", ()) if not _is_empty(value)}
    for kind in sorted(kinds - set(description.kinds)) if description.kinds else ():
        yield Text("kind {value} has no name in layer.toml", {"value": kind})
    unknown: dict[str, list[str]] = {}
    for row, status in enumerate(rows.columns.get("status", ())):
        # A mountain or a river has no status.
        if not _is_empty(status) and status not in STATUSES:
            unknown.setdefault(str(status), []).append(rows.name(row))
    for status, who in sorted(unknown.items()):
        values = {"value": status, "choices": ", ".join(STATUSES), "who": _listed(who)}
        yield Text("status is {value}, not one of {choices} ({who})", values)
    bad = rows.where("opened", lambda value: not _is_when_or_empty(value))
    if bad.any():
        yield Text("opened is neither an ISO date nor a year ({who})", {"who": rows.who(bad)})
    bad = rows.where("accuracy_m", lambda value: not (_is_number(value) and value > 0))
    if bad.any():
        yield Text("accuracy_m is not a number above zero ({who})", {"who": rows.who(bad)})
    one_only = rows.where("note_zh", _is_empty) != rows.where("note_en", _is_empty)
    if one_only.any() and {"note_zh", "note_en"} <= set(rows.columns):
        yield Text("the note is given in one language only ({who})", {"who": rows.who(one_only)})


def gate_points(value: Any) -> shapely.MultiPoint | None:
    """Return the gates that a cell of `GATES` lists, WGS 84; None where it lists none.

    Files without lists hold them as text, as JSON writes them.

    Raises
    ------
    ValueError
        It holds something else.
    """
    found = value
    if isinstance(value, str):
        try:
            found = json.loads(value) if value.strip() else None
        except RecursionError as error:
            raise ValueError(value) from error
    if _is_none(found):
        return None
    if not _is_positions(found):
        raise ValueError(value)
    return shapely.MultiPoint(found) if found else None


def _gate_faults(rows: _Rows) -> Iterator[Text]:
    bad = rows.where(GATES, lambda value: not (_is_none(value) or _is_positions(value)))
    if bad.any():
        values = {"column": GATES, "who": rows.who(bad)}
        yield Text("{column} is not a list of [longitude, latitude] ({who})", values)


def _own_column_faults(rows: _Rows, description: Description) -> Iterator[Text]:
    for column in description.columns:
        fits = _TYPE_TESTS[column.type]
        bad = rows.where(
            column.name, lambda value, fits=fits: not (_is_empty(value) or fits(value))
        )
        if bad.any():
            values = {"column": column.name, "type": column.type, "who": rows.who(bad)}
            yield Text("{column} is not of type {type} ({who})", values)


def _geometry_faults(
    rows: _Rows, shapes: npt.NDArray[Any], description: Description
) -> Iterator[Text]:
    absent = np.asarray(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    if absent.any():
        yield Text("there is no geometry ({who})", {"who": rows.who(absent)})
    wrong = ~absent & ~_of_type(shapes, _GEOMETRY_TYPES[description.geometry])
    if wrong.any():
        values = {"geometry": description.geometry, "who": rows.who(wrong)}
        yield Text("the geometry is not that of a {geometry} layer ({who})", values)
    for row in np.flatnonzero(~absent & ~shapely.is_valid(shapes)).tolist():
        values = {"why": shapely.is_valid_reason(shapes[row]), "who": rows.name(row)}
        yield Text("the geometry is not valid: {why} ({who})", values)
    west, south, east, north = shapely.bounds(shapes).T
    outside = ~absent & ((west < -180) | (south < -90) | (east > 180) | (north > 90))
    if outside.any():
        values = {"who": rows.who(outside)}
        yield Text("coordinates are not longitude, latitude in degrees ({who})", values)


def _style_column_faults(
    rows: _Rows, shapes: npt.NDArray[Any], description: Description
) -> Iterator[Text]:
    line = description.style.line
    column, known = _LINE_COLUMNS.get(line, ("", ()))
    if not column:
        return
    if column not in rows.columns:
        values = {"column": column, "line": line}
        yield Text("column {column} is missing: lines of style {line} need it", values)
        return
    unknown = rows.where(column, lambda value: value not in known if known else _is_empty(value))
    bad = unknown & _of_type(shapes, _LINES)
    if bad.any():
        values = {"column": column, "line": line, "who": rows.who(bad)}
        yield Text(
            "{column} holds a value that lines of style {line} don't support ({who})", values
        )


def _legend_faults(rows: _Rows, description: Description) -> Iterator[Text]:
    for entry in description.legend:
        meant = np.ones(rows.count, dtype=np.bool_)
        for column, wanted in entry.where.items():
            meant &= rows.where(column, lambda value, wanted=wanted: str(value) == wanted)
        if not meant.any():
            said = ", ".join(f"{column} = {value}" for column, value in entry.where.items())
            values = {"entry": entry.en, "where": said}
            yield Text("no feature corresponds to the legend entry {entry} ({where})", values)


def _of_type(shapes: npt.NDArray[Any], names: Iterable[str]) -> Marks:
    wanted = [shapely.GeometryType[name.upper()].value for name in names]
    return np.isin(shapely.get_type_id(shapes), wanted)


def _listed(names: Iterable[str]) -> str:
    said = list(names)
    more = len(said) - _NAMED_AT_MOST
    return ", ".join(said[:_NAMED_AT_MOST]) + (f" +{more}" if more > 0 else "")


def _is_empty(value: Any) -> bool:
    return value is None or bool(pd.isna(value)) or not str(value).strip()


def _is_none(value: Any) -> bool:
    return value is None or (isinstance(value, float) and np.isnan(value))


def _is_positions(value: Any) -> bool:
    return isinstance(value, list) and all(_is_position(one) for one in value)


def _is_position(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(_is_number(part) for part in value)
        and abs(value[0]) <= 180
        and abs(value[1]) <= 90
    )


def _is_when_or_empty(value: Any) -> bool:
    return _is_empty(value) or is_when(value)


def is_when(value: Any) -> bool:
    """Tell whether a value is an ISO day, month or year."""
    said = str(int(value)) if _is_number(value) and float(value).is_integer() else str(value)
    if _YEAR_OR_MONTH.fullmatch(said):
        return True
    try:
        return date.fromisoformat(said).isoformat() == said
    except ValueError:
        return False


def _is_number(value: Any) -> bool:
    return (
        isinstance(value, int | float) and not isinstance(value, bool) and bool(np.isfinite(value))
    )


_TYPE_TESTS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "text": lambda value: isinstance(value, str),
    "number": _is_number,
    "integer": lambda value: _is_number(value) and float(value).is_integer(),
    "date": is_when,
    "boolean": lambda value: isinstance(value, bool),
}
