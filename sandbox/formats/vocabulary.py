"""Words by which columns go in planners' tables (`layers/vocabulary/columns.toml`)."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from sandbox import files, paths
from sandbox.words import Bilingual

_MAX_BYTES: Final = 1 << 20
_BRACKETS: Final = re.compile(r"[(（\[【〔{<《][^)）\]】〕}>》]*[)）\]】〕}>》]")
# Shapefiles cut names of columns off after so many bytes.
_DBF_BYTES: Final = 10

Type = Literal["text", "number", "date", "status", "any"]


@dataclass(frozen=True, slots=True)
class Field:
    """What the program knows of a place.

    Attributes
    ----------
    id
        The column that it has in layers.
    title
        What people call it.
    unit
        Of numbers; empty for none.
    type
        What its values are.
    words
        Names by which columns of it go, the surest first, as `plain` writes them.
    """

    id: str
    title: Bilingual
    unit: str
    type: Type
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words of columns.

    Attributes
    ----------
    fields
        What the program knows of a place, by id.
    coordinates
        Words of columns that say where a row lies, by `lon, lat, x, y, wkt, pair`.
    datums
        Words in a column's name that state a datum, by system.
    statuses
        The status that a word means.
    """

    fields: Mapping[str, Field]
    coordinates: Mapping[str, tuple[str, ...]]
    datums: Mapping[str, tuple[str, ...]]
    statuses: Mapping[str, str]


@cache
def vocabulary() -> Vocabulary:
    """Return the words that come with the program."""
    told = files.read_toml(paths.layers() / "vocabulary" / "columns.toml", _MAX_BYTES)
    fields = [
        Field(
            id=one["id"],
            title=Bilingual(one["zh"], one["en"]),
            unit=one.get("unit", ""),
            type=one["type"],
            words=_plain_words(one["words"]),
        )
        for one in told["field"]
    ]
    return Vocabulary(
        fields={one.id: one for one in fields},
        coordinates={role: _plain_words(words) for role, words in told["coordinates"].items()},
        datums={code: _plain_words(words) for code, words in told["datums"].items()},
        statuses={
            plain(word): status for status, words in told["status"].items() for word in words
        },
    )


def plain(name: Any) -> str:
    """Return a name as it is compared: without case, blanks, signs and what is in brackets."""
    said = unicodedata.normalize("NFKC", str(name)).lower()
    without = _BRACKETS.sub("", said)
    kept = "".join(sign for sign in without if sign.isalnum())
    return kept or "".join(sign for sign in said if sign.isalnum())


@cache
def role_of(name: str) -> str | None:
    """Return what a column's name says it holds: a field's id, or a role of coordinates."""
    known = _roles()
    one = plain(name)
    found = known.get(one) or known.get(_undated(one)[0])
    if found is None and _is_cut_off(one):
        longer = {role for word, role in known.items() if word.startswith(one)}
        found = longer.pop() if len(longer) == 1 else None
    return found


def rank_of(name: str, role: str) -> int:
    """Return how sure a name is of its role; lower is surer."""
    told = vocabulary()
    words = told.fields[role].words if role in told.fields else told.coordinates[role]
    one = plain(name)
    for word in (one, _undated(one)[0]):
        if word in words:
            return words.index(word)
    return len(words)


def datum_of(names: Iterable[str]) -> str | None:
    """Return the system that names of columns of coordinates state; None where none."""
    found = {_undated(plain_whole(name))[1] for name in names} - {None}
    return found.pop() if len(found) == 1 else None


def plain_whole(name: Any) -> str:
    """Return a name without case, blanks and signs, with what is in brackets."""
    said = unicodedata.normalize("NFKC", str(name)).lower()
    return "".join(sign for sign in said if sign.isalnum())


def _undated(one: str) -> tuple[str, str | None]:
    """Return a plain name without the word for a datum that it holds, and the datum."""
    for code, words in vocabulary().datums.items():
        for word in words:
            if one.startswith(word) and len(one) > len(word):
                return one[len(word) :], code
            if one.endswith(word) and len(one) > len(word):
                return one[: -len(word)], code
            if len(word) > 2 and word in one and one != word:
                return one.replace(word, "", 1), code
    return one, None


def _is_cut_off(one: str) -> bool:
    lengths = (len(one.encode()), len(one.encode("gb18030")))
    return any(_DBF_BYTES - 1 <= length <= _DBF_BYTES for length in lengths)


@cache
def _roles() -> Mapping[str, str]:
    told = vocabulary()
    found: dict[str, str] = {}
    for role, words in told.coordinates.items():
        for word in words:
            found.setdefault(word, role)
    for one in told.fields.values():
        for word in one.words:
            found.setdefault(word, one.id)
    return found


def _plain_words(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain_whole(word) for word in words))
