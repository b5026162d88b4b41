"""A table that people read: named columns with their units, and what one must know of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from sandbox.words import Bilingual, Words

# How figures are written: decimals, or a share as per cent.
Form = int | str
SHARE: Final = "%"
FIGURES: Final = "g"


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its key in the rows, what it is called, its unit, how it is written.

    The unit is a sign, as ``m²``; `unit_said` has it in a language.

    `form` is a number of decimals, ``%`` for a share, ``g`` for four figures, or empty for
    text.
    """

    key: str
    title: str
    unit: str = ""
    form: Form = ""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A table, in the user's language.

    Attributes
    ----------
    id, title
        What it is called in files, and by people.
    fields
        Its columns.
    rows
        Its rows, by the fields' keys.
    notes
        What one must know of it.
    """

    id: str
    title: str
    fields: tuple[Field, ...]
    rows: pd.DataFrame
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """All tables of an answer.

    Attributes
    ----------
    title
        What it is about.
    facts
        What stands above every table and picture: label and text.
    warnings
        What every output says first: rules that nobody confirmed, schematic data.
    sheets
        The tables, the most important first.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    language: str = "zh"


# Units as people read them.
_UNITS: Final[Mapping[str, Bilingual]] = {
    "m": Bilingual("米", "m"),
    "min": Bilingual("分钟", "min"),
    "m²": Bilingual("平方米", "m²"),
    "km²": Bilingual("平方公里", "km²"),
    "ha": Bilingual("公顷", "ha"),
    "km/h": Bilingual("公里/小时", "km/h"),
    "share": Bilingual("占比", "share"),
    "supply": Bilingual("供给量", "supply"),
    "supply per person": Bilingual("人均供给量", "supply per person"),
}


def unit_said(unit: str, language: str) -> str:
    """Return a unit in a language; as it is where it has no other name."""
    return _UNITS[unit].said(language) if unit in _UNITS else unit


def text_of(value: Any, form: Form) -> str:
    """Return a cell as people read it; empty where there is no value."""
    if value is None or (isinstance(value, float) and value != value):  # noqa: PLR0124
        return "–" if form != "" else ""
    if form == FIGURES:
        return f"{float(value):,.4g}"
    if form == SHARE:
        return f"{float(value):.1%}"
    if form == "":
        return str(value)
    return f"{float(value):,.{int(form)}f}"


def named(titles: Mapping[str, Bilingual], ids: Sequence[Any], say: Words) -> list[str]:
    """Return what people call things, by their ids; the id where it has no name."""
    return [titles[one].said(say.language) if one in titles else str(one) for one in ids]
