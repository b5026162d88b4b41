"""What cells of planners' tables say: numbers with units, years and dates, status."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from sandbox.formats.cells import is_empty
from sandbox.formats.vocabulary import Type, plain, vocabulary

# What people write in a cell when they don't know the value.
_UNKNOWN: Final = frozenset(
    ("-", "--", "—", "——", "–", "/", "\\", "无", "不详", "未知", "暂无", "空", "n/a", "na", "nan",
     "null", "none", "unknown", "?", "？", "待定", "tbd", "<null>", "*", "…", "...")
)  # fmt: skip
_NUMBER: Final = re.compile(
    r"^(?:约|大约|近|approx\.?|about|~|≈|>|<|≥|≤|超过|不足)?\s*"
    r"(?P<n>[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?)\s*"
    r"(?P<times>万|亿|千|百万|k|m)?\s*(?P<unit>[^\d\s].*)?$",
    re.IGNORECASE,
)
_TIMES: Final = {"万": 1e4, "亿": 1e8, "千": 1e3, "百万": 1e6, "k": 1e3, "m": 1.0}
_SQUARE_METRES: Final = {
    **dict.fromkeys(("公顷", "ha", "hm2", "hm²", "hectare", "hectares"), 1e4),
    **dict.fromkeys(("亩", "mu"), 10_000 / 15),
    **dict.fromkeys(("平方公里", "平方千米", "km2", "km²"), 1e6),
    **dict.fromkeys(("万平方米", "万㎡", "万m2", "万m²", "万平米", "万平"), 1e4),
    **dict.fromkeys(("平方米", "㎡", "m2", "m²", "平米", "平", "sqm", "square metres"), 1.0),
}
_COUNTS: Final = {"万人": 1e4, "千人": 1e3, "万户": 1e4, "百人": 1e2}
_BRACKET: Final = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]")
_DATE: Final = re.compile(
    r"^(?P<y>[12]\d{3})\s*(?:年|[-/.])?\s*(?:(?P<m>0?[1-9]|1[0-2])\s*(?:月|[-/.])?\s*"
    r"(?:(?P<d>0?[1-9]|[12]\d|3[01])\s*[日号]?)?)?(?:\s*[T ]?\s*\d{1,2}:\d{2}.*)?"
    r"(?:底|初|中|建成|投用|开业|竣工|建)?$"
)
_COMPACT: Final = re.compile(r"^([12]\d{3})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$")
_DAY_FIRST: Final = re.compile(r"^(0?[1-9]|[12]\d|3[01])[./-](0?[1-9]|1[0-2])[./-]([12]\d{3})$")
# Days that spreadsheets count from the end of 1899, from 1950 to 2100.
_SERIALS: Final = (18_264, 73_050)
_FIRST_DAY: Final = date(1899, 12, 30)


class NotUnderstood(ValueError):  # noqa: N818 - named after what happened to a value
    """A cell that isn't what its column holds."""


def factor_of(column: str, unit: str) -> float:
    """Return by what numbers of a column are multiplied for a unit, as its name states theirs.

    As `用地面积（公顷）` for `m²`: 10,000. 1 where the name states nothing else.
    """
    known: Mapping[str, float] = _SQUARE_METRES if unit == "m²" else _COUNTS if unit else {}
    for said in _BRACKET.findall(unicodedata.normalize("NFKC", column)):
        one = said.strip().lower()
        if one in known:
            return known[one]
    # Without brackets only whole words at the end count.
    one = unicodedata.normalize("NFKC", column).strip().lower()
    for word, times in known.items():
        if len(word) > 1 and one.endswith(("_" + word, " " + word)):
            return times
    return 1.0


def converted(value: Any, type_: Type, *, factor: float = 1.0, unit: str = "") -> Any:
    """Return what a cell says; None where nothing, or where it says that nobody knows.

    Raises
    ------
    NotUnderstood
        It says something else than its column holds.
    """
    if not isinstance(value, list | tuple | dict) and is_unknown(value):
        return None
    return _CONVERTERS[type_](value) if type_ != "number" else _number(value, factor, unit)


def is_unknown(value: Any) -> bool:
    """Return whether a cell is empty, or holds what people write where they know nothing."""
    return is_empty(value) or (isinstance(value, str) and value.strip().lower() in _UNKNOWN)


def _number(value: Any, factor: float, unit: str) -> float:
    if isinstance(value, bool):
        raise NotUnderstood(value)
    if isinstance(value, int | float):
        return float(value) * factor
    said = unicodedata.normalize("NFKC", str(value)).strip()
    found = _NUMBER.match(said)
    if found is None:
        raise NotUnderstood(value)
    number = float(found["n"].replace(",", ""))
    times = (found["times"] or "").lower()
    own = (found["unit"] or "").strip().lower().rstrip("左右以上余").strip()
    known = _SQUARE_METRES if unit == "m²" else {}
    if times in ("m", "k") and own:
        # As m² after a number.
        own, times = times + own, ""
    if own and re.search(r"\d", own.replace("m2", "").replace("hm2", "").replace("km2", "")):
        # As 100-200, or 3个教学点48班: two numbers are none.
        raise NotUnderstood(value)
    if own in known:
        # A unit in the cell takes precedence over that of the column.
        return number * _TIMES.get(times, 1.0) * known[own]
    return number * _TIMES.get(times, 1.0) * (1.0 if times in ("万", "亿") else factor)


def _date(value: Any) -> str:
    if isinstance(value, bool):
        raise NotUnderstood(value)
    said = unicodedata.normalize("NFKC", str(value)).strip()
    if re.fullmatch(r"\d+\.0+", said):
        said = said.partition(".")[0]
    if said.isdecimal() and _SERIALS[0] <= int(said) <= _SERIALS[1]:
        return (_FIRST_DAY + timedelta(days=int(said))).isoformat()
    if found := _COMPACT.match(said):
        return _iso(found[1], found[2], found[3], value)
    if found := _DAY_FIRST.match(said):
        return _iso(found[3], found[2], found[1], value)
    found = _DATE.match(said)
    if found is None:
        raise NotUnderstood(value)
    return _iso(found["y"], found["m"], found["d"], value)


def _iso(year: str, month: str | None, day: str | None, value: Any) -> str:
    if month is None:
        return year
    if day is None:
        return f"{year}-{int(month):02d}"
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError as error:
        raise NotUnderstood(value) from error


def _status(value: Any) -> str:
    found = vocabulary().statuses.get(plain(value))
    if found is None:
        raise NotUnderstood(value)
    return found


def _words(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


_CONVERTERS: Final[Mapping[Type, Callable[[Any], Any]]] = {
    "text": _words,
    "date": _date,
    "status": _status,
    "any": lambda value: value,
}
