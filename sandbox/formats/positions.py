"""Columns that say where a row lies → shapes: degrees, metres, WKT, degrees and minutes, pairs."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from sandbox.formats.cells import is_empty
from sandbox.formats.features import Read, no_shapes
from sandbox.formats.vocabulary import datum_of, rank_of, role_of
from sandbox.geo.crs import WGS84
from sandbox.words import Text

Doubles = npt.NDArray[np.float64]

_NUMBER: Final = r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?"
_ONE_NUMBER: Final = re.compile(
    rf"(?P<before>[nsew])?\s*:?\s*(?P<n>{_NUMBER})\s*(?:[°度m米])?\s*(?P<after>[nsew])?",
    re.IGNORECASE,
)
_THOUSANDS: Final = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
# 106°18′54.3″E, 106度18分54秒, 106:18:54, 106-18-54, E106°18.905', 东经106°18′.
_DMS: Final = re.compile(
    r"""^(?P<before>[nsew])?\s*(?P<sign>[-+])?
    (?P<d>\d{1,3}(?:\.\d+)?)\s*(?:[°ºd度˚:]|-(?=\d)|\s(?=\d))\s*
    (?:(?P<m>\d{1,2}(?:\.\d+)?)\s*(?:['’′‘`m分:]|-(?=\d)|\s(?=\d)|$)\s*)?
    (?:(?P<s>\d{1,2}(?:\.\d+)?)\s*(?:["”″“s秒]|''|′′|’’|$)?\s*)?
    (?P<after>[nsew])?$""",
    re.VERBOSE,
)
_HALVES: Final = {"东经": "e", "西经": "w", "北纬": "n", "南纬": "s", "东": "e", "西": "w",
                  "北": "n", "南": "s"}  # fmt: skip
_WKT: Final = re.compile(
    r"^\s*(?:SRID\s*=\s*(\d+)\s*;)?\s*"
    r"((?:MULTI)?(?:POINT|LINESTRING|POLYGON)|GEOMETRYCOLLECTION)\b", re.IGNORECASE
)  # fmt: skip
_SAMPLE: Final = 50


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that say where rows lie.

    Attributes
    ----------
    form
        ``"degrees"``, ``"metres"``, ``"wkt"`` or ``"pair"``.
    names
        Of the columns: eastings (longitudes) and northings, or the one column.
    datum
        The system that their names state; None where none.
    """

    form: str
    names: tuple[str, ...]
    datum: str | None = None


def columns_of(table: Any, chosen: Sequence[str] = ()) -> Columns | None:
    """Return the columns that say where rows lie; None where none is known by its name.

    Parameters
    ----------
    table
        The table.
    chosen
        Columns that the user names for it: one, or eastings and northings.
    """
    if len(chosen) == 2:
        return Columns("metres", (chosen[0], chosen[1]), datum_of(chosen))
    if len(chosen) == 1:
        form = "wkt" if _holds(table[chosen[0]], _is_geometry) else "pair"
        return Columns(form, (chosen[0],), datum_of(chosen))
    found: dict[str, list[str]] = {}
    for name in map(str, table.columns):
        role = role_of(name)
        if role in ("lon", "lat", "x", "y", "wkt", "pair"):
            found.setdefault(role, []).append(name)
    for form, first, second in (("degrees", "lon", "lat"), ("metres", "x", "y")):
        pairs = [
            (one, other)
            for one in found.get(first, [])
            for other in found.get(second, [])
            if _belong(one, other)
        ]
        if pairs:
            best = min(pairs, key=lambda pair: (_order(pair), *_ranks(pair, first, second)))
            return Columns(form, best, datum_of(best))
    for name in found.get("wkt", []):
        if _holds(table[name], _is_geometry):
            return Columns("wkt", (name,))
    for name in found.get("pair", []) + found.get("wkt", []):
        if _holds(table[name], lambda one: _pair_of(one) is not None):
            return Columns("pair", (name,), datum_of((name,)))
    return None


def _belong(one: str, other: str) -> bool:
    return datum_of([one]) == datum_of([other])


def _order(pair: tuple[str, str]) -> int:
    """Return which of several pairs is taken first: WGS 84, one without a word, the shifted."""
    ranks = {WGS84: 0, "EPSG:4490": 1, None: 2, "gcj02": 3, "bd09": 4}
    return ranks.get(datum_of(pair), 5)


def _ranks(pair: tuple[str, str], first: str, second: str) -> tuple[int, int]:
    return rank_of(pair[0], first), rank_of(pair[1], second)


def placed(read: Read, chosen: Sequence[str] = ()) -> Read:
    """Return a table with shapes made of its columns; as it is where it has shapes, or none say.

    Columns that say it stay in the table. Rows whose cells can't be understood have no shape and
    are among the faults.

    Parameters
    ----------
    read
        The table.
    chosen
        Columns that the user names for it.
    """
    if read.has_shapes and not chosen:
        return read
    columns = columns_of(read.table, chosen)
    if columns is None:
        return read
    faults, table = dict(read.faults), cast("Any", read.table)
    if columns.form == "wkt":
        shapes, crs = _of_wkt(table[columns.names[0]], faults)
        crs = crs or read.crs
        return replace(read, shapes=shapes, crs=crs, faults=faults, sources=columns.names)
    if columns.form == "pair":
        xy = _of_pairs(table[columns.names[0]], faults)
    else:
        xy = np.stack([_numbers(table[name], faults) for name in columns.names], axis=-1).reshape(
            -1, 2
        )
    shapes = no_shapes(len(xy))
    there = np.isfinite(xy).all(axis=1)
    shapes[there] = shapely.points(xy[there])
    for row in np.flatnonzero(~there).tolist():
        faults.setdefault(row, Text("there is no position"))
    crs, convention = read.crs, False
    if columns.datum is not None:
        crs, convention = columns.datum, True
    elif _are_degrees(xy[there]) and columns.form in ("degrees", "pair"):
        # A name such as longitude states degrees, though of no datum.
        crs, convention = WGS84, True
    return replace(
        read, shapes=shapes, crs=crs, by_convention=convention, faults=faults, sources=columns.names
    )


def _are_degrees(xy: Doubles) -> bool:
    return bool(len(xy)) and bool((np.abs(xy) <= 180.0).all())


def degrees_of(said: Any) -> float | None:
    """Return a number of degrees or metres as people write it; None for other text.

    Decimal numbers, with commas between thousands and in full width; degrees, minutes and
    seconds with signs or words; hemispheres in both languages, before or after.
    """
    if isinstance(said, int | float | np.number) and not isinstance(said, bool):
        return float(said) if np.isfinite(float(said)) else None
    # The ordinal sign, which stands for degrees at times, would become a letter.
    text = unicodedata.normalize("NFKC", str(said).replace("º", "°")).strip().lower()
    for word, letter in _HALVES.items():
        text = text.replace(word, letter)
    if _THOUSANDS.fullmatch(text):
        return float(text.replace(",", ""))
    if (plain := _ONE_NUMBER.fullmatch(text)) is not None:
        half = plain["before"] or plain["after"] or ""
        return float(plain["n"]) * _sign(half)
    found = _DMS.fullmatch(text)
    degrees, minutes, seconds = (
        (0.0, 60.0, 0.0) if found is None else (float(found[one] or 0.0) for one in ("d", "m", "s"))
    )
    if found is None or minutes >= 60 or seconds >= 60:
        return None
    half = found["before"] or found["after"] or ("s" if found["sign"] == "-" else "")
    return (degrees + minutes / 60.0 + seconds / 3600.0) * _sign(half)


def _sign(half: str) -> int:
    return -1 if half in ("s", "w") else 1


def _numbers(column: Any, faults: dict[int, Text]) -> Doubles:
    if pd.api.types.is_numeric_dtype(column.dtype) and column.dtype != bool:
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    found = np.full(len(column), np.nan)
    for row, cell in enumerate(column):
        if is_empty(cell):
            continue
        value = degrees_of(cell)
        if value is None:
            faults.setdefault(row, _not_understood(column.name, cell))
        else:
            found[row] = value
    return found


def _not_understood(column: Any, cell: Any) -> Text:
    values = {"column": str(column), "value": " ".join(str(cell).split())[:60]}
    return Text("{column}: “{value}” is not a position", values)


def _pair_of(cell: Any) -> tuple[float, float] | None:
    if is_empty(cell):
        return None
    said = unicodedata.normalize("NFKC", str(cell)).strip().strip("()[]{}")
    said = re.sub(r"(经度|纬度|lon|lng|lat)\s*[:=]\s*", "", said, flags=re.IGNORECASE)
    # Blanks may also separate degrees from minutes; they are tried last.
    for sign in (r"\s*[,;]\s*", r"\s*[、|/]\s*", r"(?<=[nsew])\s*(?=\d)", r"\s+"):
        parts = [one for one in re.split(sign, said, flags=re.IGNORECASE) if one]
        if len(parts) == 2:
            first, second = (degrees_of(one) for one in parts)
            if first is not None and second is not None:
                return first, second
    return None


def _of_pairs(column: Any, faults: dict[int, Text]) -> Doubles:
    found = np.full((len(column), 2), np.nan)
    for row, cell in enumerate(column):
        if is_empty(cell):
            continue
        pair = _pair_of(cell)
        if pair is None:
            faults.setdefault(row, _not_understood(column.name, cell))
        else:
            found[row] = pair
    return found


def _is_geometry(cell: Any) -> bool:
    return isinstance(cell, str) and (
        bool(_WKT.match(cell)) or cell.lstrip().startswith('{"type"') or _is_hex(cell)
    )


def _is_hex(cell: str) -> bool:
    said = cell.strip()
    return (
        len(said) >= 42 and said[:2] in ("00", "01") and bool(re.fullmatch(r"[0-9A-Fa-f]+", said))
    )


def _of_wkt(column: Any, faults: dict[int, Text]) -> tuple[Any, str | None]:
    shapes = no_shapes(len(column))
    codes: set[str] = set()
    for row, cell in enumerate(column):
        if is_empty(cell):
            faults.setdefault(row, Text("there is no position"))
            continue
        said = str(cell).strip()
        try:
            if said.startswith("{"):
                shape = shapely.from_geojson(said)
            elif _is_hex(said):
                shape = shapely.from_wkb(said)
            else:
                head = _WKT.match(said)
                if head is not None and head[1]:
                    codes.add(head[1])
                    said = said.partition(";")[2]
                shape = shapely.from_wkt(said)
        except (shapely.errors.GEOSException, ValueError, TypeError):
            faults.setdefault(row, _not_understood(column.name, cell))
            continue
        shapes[row] = shapely.force_2d(shape)
    return shapes, f"EPSG:{codes.pop()}" if len(codes) == 1 else None


def _holds(column: Any, test: Any) -> bool:
    said = [one for one in column if not is_empty(one)][:_SAMPLE]
    return bool(said) and sum(map(bool, map(test, said))) > len(said) / 2
