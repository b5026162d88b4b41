"""Kinds of places as planners write them → the kinds that standards name."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from sandbox import files, paths
from sandbox.formats.vocabulary import plain, plain_whole
from sandbox.words import Bilingual

_MAX_BYTES: Final = 1 << 20
# Words before a kind that don't change it.
_BEFORE: Final = (
    *("公办", "民办", "普惠性", "普惠", "市级", "区级", "街道级", "社区级", "规划", "现状", "新建"),
    *("公立", "私立", "政府办", "public", "private"),
)


@cache
def facilities() -> Mapping[str, Bilingual]:
    """Return what people call each kind of facility that standards name, by its id."""
    return {kind: Bilingual(str(one["zh"]), str(one["en"])) for kind, one in _told().items()}


def kind_meant(said: str) -> str | None:
    """Return the kind that a word means; None where standards name no such kind."""
    words = _words()
    for one in (plain_whole(said), plain(said)):
        if one in words:
            return words[one]
    one = plain(said)
    for before in _BEFORE:
        if one.startswith(before) and one[len(before) :] in words:
            return words[one[len(before) :]]
    return None


def kinds_of(values: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """Return the kind that each of several words means; one that means none stays as it is.

    Parameters
    ----------
    values
        The words.
    given
        Kinds that the user gives for words.
    """
    own = {plain_whole(word): kind for word, kind in given.items()}
    found: dict[str, str] = {}
    for value in dict.fromkeys(values):
        meant = own.get(plain_whole(value))
        # A user may name a kind by any of its words too.
        meant = (kind_meant(meant) or meant) if meant is not None else kind_meant(value)
        found[value] = meant or value
    return found


@cache
def _told() -> Mapping[str, Mapping[str, object]]:
    return files.read_toml(paths.layers() / "standards" / "facilities.toml", _MAX_BYTES)


@cache
def _words() -> Mapping[str, str]:
    """Return the kind of each word; a kind's own id and names before synonyms of others."""
    found: dict[str, str] = {}
    for kind, one in _told().items():
        for word in (kind, one["zh"], one["en"]):
            found.setdefault(plain_whole(word), kind)
            found.setdefault(plain(word), kind)
    for kind, one in _told().items():
        for key in ("kinds", "synonyms"):
            words = one.get(key, ())
            for word in words if isinstance(words, list) else ():
                found.setdefault(plain_whole(word), kind)
    return found
