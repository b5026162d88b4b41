"""Columns of planners' tables → what the program knows of a place; rows that mean nothing."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final, cast

import pandas as pd

from sandbox import files, paths
from sandbox.catalog.importing.kinds import kind_meant, kinds_of
from sandbox.catalog.importing.values import NotUnderstood, converted, factor_of, is_unknown
from sandbox.formats.features import Read, unique_names
from sandbox.formats.vocabulary import Type, plain_whole, rank_of, role_of, vocabulary
from sandbox.words import Text

_MOST: Final = 0.5
_REMEMBERED: Final = 400
_MAX_BYTES: Final = 4 << 20
# Columns that every layer has, in their order; those between are added where a file has them.
_FIRST: Final = ("id", "name_zh", "name_en", "kind", "status", "opened")
_LAST: Final = ("source", "accuracy_m", "note_zh", "note_en")


@dataclass(frozen=True, slots=True)
class Fields:
    """Which column of a file is which of the program's, and what its words for kinds mean.

    Attributes
    ----------
    columns
        Names of columns by the field that they are.
    kinds
        Kinds that the user gave for words of the file.
    """

    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    kinds: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, eq=False)
class Understood:
    """A table in the program's columns.

    Attributes
    ----------
    table
        Columns of every layer, those that the file has more of, and its own; a row each.
    mapping
        Which column became which.
    faults
        What isn't understood of a row, by its place.
    kinds
        The words of the file for kinds, and the kinds that they mean; the same where none.
    notes
        What was decided.
    """

    table: pd.DataFrame
    mapping: Fields
    faults: dict[int, list[Text]]
    kinds: Mapping[str, str]
    notes: tuple[Text, ...]


def signature_of(read: Read) -> str:
    """Return what a file's columns are recognised by the next time: their names in any order."""
    names = sorted(plain_whole(name) for name in read.columns)
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:20]


def recall(read: Read) -> Fields:
    """Return what the user gave for columns of this signature before; nothing where nothing."""
    with suppress(files.Unreadable, KeyError, TypeError, AttributeError):
        told = files.read_json(_memory(), _MAX_BYTES)[signature_of(read)]
        columns = {str(one): str(name) for one, name in told["columns"].items()}
        there = set(read.columns)
        known = set(vocabulary().fields)
        columns = {one: name for one, name in columns.items() if one in known}
        return Fields(
            {one: name for one, name in columns.items() if name in there or not name},
            {str(word): str(kind) for word, kind in told["kinds"].items()},
        )
    return Fields()


def remember(read: Read, given: Fields) -> None:
    """Keep what a user gave for a file's columns; a full disk loses it without harm."""
    if not given.columns and not given.kinds:
        return
    file = _memory()
    told: dict[str, Any] = {}
    with suppress(files.Unreadable):
        before = files.read_json(file, _MAX_BYTES)
        told = before if isinstance(before, dict) else {}
    told.pop(signature_of(read), None)
    told[signature_of(read)] = {"columns": dict(given.columns), "kinds": dict(given.kinds)}
    kept = dict(list(told.items())[-_REMEMBERED:])
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        files.write(file, json.dumps(kept, ensure_ascii=False, indent=1))


def _memory() -> Any:
    return paths.user_state() / "columns.json"


def mapped(read: Read, given: Fields) -> Fields:
    """Return which column of a file is which of the program's.

    What the user gives stands before what was remembered, and that before words; an empty name
    takes a field away.
    """
    columns = dict(given.columns)
    used = {name for name in columns.values() if name} | set(read.sources)
    found: dict[str, list[str]] = {}
    for name in read.columns:
        role = role_of(name)
        if role is not None and role in vocabulary().fields and name not in used:
            found.setdefault(role, []).append(name)
    table: Any = read.table
    for role, names in found.items():
        held = [name for name in names if not _is_blank(table[name])]
        if held and role not in columns:
            columns[role] = min(held, key=lambda name, role=role: rank_of(name, role))
    if "name_zh" in columns and "name_en" not in columns and "name_zh" not in given.columns:
        said = table[columns["name_zh"]].dropna().astype(str)
        others = [one for one in found.get("name_zh", []) if one != columns["name_zh"]]
        if len(said) and not said.map(_is_chinese).any():
            # A column `name` in Latin letters, and maybe another in Chinese.
            chinese = [
                one for one in others if table[one].dropna().astype(str).map(_is_chinese).any()
            ]
            columns["name_en"] = columns.pop("name_zh")
            if chinese:
                columns["name_zh"] = chinese[0]
    return Fields({role: name for role, name in columns.items() if name}, dict(given.kinds))


def understood(read: Read, given: Fields, source: str) -> Understood:
    """Return a file's table in the program's columns.

    A column whose values mostly aren't what its field holds stays a column of the file's own.

    Parameters
    ----------
    read
        The layer as it was read.
    given
        What the user gives.
    source
        Where the rows come from, where no column says it.
    """
    mapping = mapped(read, given)
    fields, cells = vocabulary().fields, cast("Any", read.table)
    faults: dict[int, list[Text]] = {}
    notes: list[Text] = []
    made: dict[str, list[Any]] = {}
    taken: dict[str, str] = {}
    for role, name in mapping.columns.items():
        one = fields[role]
        factor = factor_of(name, one.unit)
        values, bad = _converted(cells[name], one.type, factor, one.unit)
        there = sum(not is_unknown(value) for value in cells[name])
        if bad and len(bad) > _MOST * there and role not in given.columns:
            notes.append(
                Text(
                    "“{column}” looks like {field}, but its values don't; it stays as it is.",
                    {"column": name, "field": one.title},
                )
            )
            continue
        made[role], taken[role] = values, name
        for row in bad:
            value = {"column": name, "value": _short(cells[name].iloc[row])}
            faults.setdefault(row, []).append(_fault(one.type, value))
        if factor != 1.0:
            values_ = {"column": name, "factor": f"{factor:,.6g}", "unit": one.unit}
            notes.append(Text("“{column}” is multiplied by {factor} to {unit}.", values_))
    count = len(read.table)
    kinds = _kinds(made, read, mapping, notes)
    _complete(made, count, read, source)
    own = [name for name in read.columns if name not in taken.values() and name not in read.sources]
    order = [*_FIRST, *(one for one in fields if one not in (*_FIRST, *_LAST)), *_LAST]
    columns = {one: made[one] for one in order if one in made}
    table = pd.DataFrame(columns, dtype=object)
    names = unique_names([*table.columns, *own])[len(table.columns) :]
    for name, called in zip(own, names, strict=True):
        table[called] = read.table[name].to_numpy(dtype=object)
    return Understood(table, Fields(taken, mapping.kinds), faults, kinds, tuple(notes))


def _converted(column: Any, type_: Any, factor: float, unit: str) -> tuple[list[Any], list[int]]:
    values: list[Any] = []
    bad: list[int] = []
    for row, cell in enumerate(column.tolist()):
        try:
            values.append(converted(cell, type_, factor=factor, unit=unit))
        except NotUnderstood:
            values.append(None)
            bad.append(row)
    return values, bad


def _kinds(
    made: dict[str, list[Any]], read: Read, mapping: Fields, notes: list[Text]
) -> dict[str, str]:
    """Give the kinds that words mean, and return both; a layer's own name counts for all rows."""
    if "kind" not in made:
        meant = kind_meant(mapping.kinds.get(read.name, read.name))
        if meant is not None:
            made["kind"] = [meant] * len(read.table)
            notes.append(
                Text(
                    "All rows are of the kind {kind}, by the layer's name.",
                    {"kind": meant},
                )
            )
        return {}
    kinds = kinds_of([str(one) for one in made["kind"] if one is not None], mapping.kinds)
    made["kind"] = [None if one is None else kinds[str(one)] for one in made["kind"]]
    return kinds


def _complete(made: dict[str, list[Any]], count: int, read: Read, source: str) -> None:
    """Give every layer's columns to a table that lacks some; a name in one language does."""
    for one, other in (("name_zh", "name_en"), ("name_en", "name_zh")):
        names = made.get(one, [None] * count)
        spare = made.get(other, [None] * count)
        made[one] = [first or second or "" for first, second in zip(names, spare, strict=True)]
    made["id"] = _ids(made.get("id", [None] * count), read)
    made["kind"] = [one or "" for one in made.get("kind", [None] * count)]
    for one in ("status", "opened", "accuracy_m"):
        made.setdefault(one, [None] * count)
    made["source"] = [one or source for one in made.get("source", [None] * count)]
    for one in ("note_zh", "note_en"):
        made[one] = [said or "" for said in made.get(one, [None] * count)]


def _ids(said: Sequence[Any], read: Read) -> list[str]:
    """Return an id a row that no other has; its number in the file where it has none."""
    found: list[str] = []
    taken: set[str] = set()
    for one, row in zip(said, read.rows.tolist(), strict=True):
        name = str(one) if one else str(row)
        unique, more = name, 2
        while unique in taken:
            unique, more = f"{name}-{more}", more + 1
        taken.add(unique)
        found.append(unique)
    return found


def repeated_ids(read: Read, mapping: Fields) -> int:
    """Return how many rows have an id that another has too."""
    name = mapping.columns.get("id")
    if name is None:
        return 0
    said = read.table[name].dropna().astype(str)
    return int(said.duplicated(keep="first").sum())


def _fault(type_: Type, value: dict[str, str]) -> Text:
    if type_ == "date":
        return Text("{column}: “{value}” is neither a date nor a year", value)
    if type_ == "status":
        return Text("{column}: “{value}” is not a known status", value)
    return Text("{column}: “{value}” is not a number", value)


def _is_blank(column: Any) -> bool:
    return all(is_unknown(one) for one in column.tolist())


def _is_chinese(said: str) -> bool:
    return any("\u3400" <= sign <= "\u9fff" for sign in said)


def _short(value: Any) -> str:
    return " ".join(str(value).split())[:60]
