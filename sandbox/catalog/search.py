"""Finding a place by what a person types: Chinese, pinyin, initials or English.

Letters are matched to the syllables of a Chinese name one after the other, each by any
beginning of its pinyin: so `jinfeng`, `jin feng`, `jf` and `jfshiyan` all find 金凤实验室.
Chinese characters match themselves, in a row or, as in 重大 for 重庆大学, with gaps.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from math import hypot, nan
from typing import Any, Final

import numpy as np

from sandbox.catalog.layer import Layer

_TOKEN: Final = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]")
_TRAILING: Final = re.compile(r"\s*\([^()]*\)$")
_WORD: Final = re.compile(r"[a-z0-9]+")
_QUERY_AT_MOST: Final = 100
_SAME_SPOT_DEGREES: Final = 0.03

# How well a name matches, best first; the number is the rank of the match.
_WHOLE, _BEGINS, _HOLDS, _PINYIN, _INITIALS, _ENGLISH = range(6)
_PINYIN_LATER, _INITIALS_LATER, _GAPS = range(6, 9)


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A feature that matches what was typed.

    Attributes
    ----------
    layer, id
        Where it stands.
    name_zh, name_en
        What it is called.
    lonlat
        A point of it, WGS 84: itself, or a point on its area or line.
    """

    layer: str
    id: str
    name_zh: str
    name_en: str
    lonlat: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A Chinese character, or a run of letters or digits, and how it is typed."""

    shown: str
    typed: str


@dataclass(frozen=True, slots=True)
class _Entry:
    place: PlaceFound
    rank: int
    zh: str
    core: str
    characters: str
    pieces: tuple[_Piece, ...]
    en: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed: as a name, as pieces in a row, as sounds, and its Latin words."""

    plain: str
    together: str
    letters: str
    words: tuple[str, ...]
    words_only: bool


class PlaceIndex:
    """All named features of a map, ready to be asked at every keystroke."""

    def __init__(self, entries: Sequence[_Entry]) -> None:
        self._entries = tuple(entries)

    def __len__(self) -> int:
        """Return how many places can be found."""
        return len(self._entries)

    def find(self, text: str, limit: int = 12) -> tuple[PlaceFound, ...]:
        """Return the places that match `text`, best first.

        Parameters
        ----------
        text
            What was typed so far, in any case, with or without spaces.
        limit
            At most so many.
        """
        typed = _typed(text)
        if not typed.together:
            return ()
        found = [
            (match, len(entry.core), entry.rank, number)
            for number, entry in enumerate(self._entries)
            if (match := _match(entry, typed)) is not None
        ]
        entries = (self._entries[one[-1]] for one in sorted(found))
        return tuple(islice(_without_repeats(entries), limit))


def _without_repeats(entries: Iterable[_Entry]) -> Iterator[PlaceFound]:
    """Leave out what another layer shows under the same name at the same spot."""
    shown: dict[str, list[tuple[float, float]]] = {}
    for entry in entries:
        lon, lat = entry.place.lonlat
        same = shown.setdefault(entry.characters, [])
        if all(hypot(lon - x, lat - y) > _SAME_SPOT_DEGREES for x, y in same):
            same.append((lon, lat))
            yield entry.place


def search_index(layers: Mapping[str, Layer]) -> PlaceIndex:
    """Return an index of every named feature of `layers`; tables and grids have none."""
    return PlaceIndex([entry for layer in layers.values() for entry in _entries(layer)])


def group_index(layers: Mapping[str, Layer]) -> PlaceIndex:
    """Return an index of the titles of layers and of the kinds of their places.

    What it finds has no position; its id is the kind, empty for the layer itself.
    """
    entries: list[_Entry] = []
    for layer in layers.values():
        if layer.features is None or not len(layer.features):
            continue
        there = set(layer.features["kind"].tolist())
        groups = [("", layer.title)]
        groups += [(kind, said) for kind, said in layer.kinds.items() if kind in there]
        entries += [
            _entry(PlaceFound(layer.id, kind, said.zh, said.en, (nan, nan)), 0)
            for kind, said in groups
        ]
    return PlaceIndex(entries)


def nearest_of_group(
    layers: Mapping[str, Layer], group: PlaceFound, lonlat: tuple[float, float], limit: int
) -> tuple[PlaceFound, ...]:
    """Return the places of a layer, or of a kind in whatever layer, that are nearest to a point.

    Parameters
    ----------
    layers
        Those of the map.
    group
        What a `group_index` found.
    lonlat
        The point, WGS 84.
    limit
        At most so many.
    """
    found: list[tuple[float, PlaceFound]] = []
    for layer in layers.values():
        rows = _rows_of_group(layer, group)
        if rows is None or not len(rows):
            continue
        boxes = rows.geometry.bounds.to_numpy()
        middle = (boxes[:, :2] + boxes[:, 2:]) / 2
        by = (middle - np.array(lonlat)) * (np.cos(np.radians(lonlat[1])), 1.0)
        far = np.hypot(by[:, 0], by[:, 1])
        best = rows.iloc[np.argsort(far, kind="stable")[:limit]]
        points = best.geometry.representative_point()
        found += [
            (away, PlaceFound(layer.id, str(one), str(zh), str(en), (float(x), float(y))))
            for away, one, zh, en, x, y in zip(
                np.sort(far, kind="stable")[:limit].tolist(),
                best["id"].tolist(),
                best["name_zh"].tolist(),
                best["name_en"].tolist(),
                points.x.tolist(),
                points.y.tolist(),
                strict=True,
            )
        ]
    return tuple(place for _, place in sorted(found, key=lambda one: one[0])[:limit])


def _rows_of_group(layer: Layer, group: PlaceFound) -> Any:
    if layer.features is None:
        return None
    if not group.id:
        return layer.features if layer.id == group.layer else None
    same = [kind for kind, said in layer.kinds.items() if said.zh == group.name_zh]
    return layer.features[layer.features["kind"].isin(same)]


def _entries(layer: Layer) -> Iterator[_Entry]:
    if layer.features is None:
        return
    points = layer.features.geometry.representative_point()
    for identity, zh, en, lon, lat in zip(
        layer.features["id"].tolist(),
        layer.features["name_zh"].tolist(),
        layer.features["name_en"].tolist(),
        points.x.tolist(),
        points.y.tolist(),
        strict=True,
    ):
        yield _entry(PlaceFound(layer.id, identity, zh, en, (lon, lat)), layer.style.label_rank)


def _entry(place: PlaceFound, rank: int) -> _Entry:
    plain_zh, plain_en = _plain(place.name_zh), _plain(place.name_en)
    return _Entry(
        place=place,
        rank=rank,
        zh=plain_zh,
        core=_TRAILING.sub("", plain_zh),
        characters="".join(_TOKEN.findall(plain_zh)),
        pieces=_pieces(plain_zh),
        en=plain_en,
        words=tuple(_WORD.findall(plain_en)),
    )


def _plain(text: str) -> str:
    """Return text in lower case, full-width letters made plain, accents dropped."""
    text = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in text if not unicodedata.combining(letter)).strip()


def _pieces(name: str) -> tuple[_Piece, ...]:
    """Return the pieces of a name in order.

    Its characters are read together, since how one sounds follows from its neighbours.
    """
    # Its dictionaries take a third of a second to load: they are loaded at the first search.
    from pypinyin import lazy_pinyin

    shown = _TOKEN.findall(name)
    sounds = iter(lazy_pinyin("".join(one for one in shown if not _WORD.fullmatch(one))))
    return tuple(_Piece(one, one if _WORD.fullmatch(one) else _u(next(sounds))) for one in shown)


def spelling(name: str) -> tuple[str, ...]:
    """Return how the characters of a name sound, each in pinyin; words and numbers as they are."""
    return tuple(piece.typed for piece in _pieces(_plain(name)))


def _u(pinyin: str) -> str:
    # 绿 is typed lv, lu or lü: all three are read as lu.
    return pinyin.replace("ü", "u").replace("v", "u")


def _typed(text: str) -> _Typed:
    plain = _plain(text[:_QUERY_AT_MOST])
    together = "".join(_TOKEN.findall(plain))
    words = tuple(_WORD.findall(plain))
    return _Typed(plain, together, _u(together), words, together == "".join(words))


def _match(entry: _Entry, typed: _Typed) -> int | None:
    """Return how well a name matches what was typed; None if it does not."""
    if typed.plain in (entry.zh, entry.core, entry.en):
        return _WHOLE
    if typed.together in entry.characters:
        return _BEGINS if entry.characters.startswith(typed.together) else _HOLDS
    if not typed.words:
        return _GAPS if _in_order(entry.characters, typed.together) else None
    spelt = _spelt(entry.pieces, typed.letters)
    if spelt in (_PINYIN, _INITIALS):
        return spelt
    if typed.words_only and _begin_words(entry.words, typed.words):
        return _ENGLISH
    return spelt


def _in_order(characters: str, wanted: str) -> bool:
    rest = iter(characters)
    return all(character in rest for character in wanted)


def _begin_words(words: tuple[str, ...], typed: tuple[str, ...]) -> bool:
    return all(any(word.startswith(part) for word in words) for part in typed)


def _spelt(pieces: tuple[_Piece, ...], letters: str) -> int | None:
    """Return how well `letters` spell the pieces from some piece on; None if not at all."""
    best: int | None = None
    for start, piece in enumerate(pieces):
        if letters[0] not in (piece.typed[0], piece.shown):
            continue
        for whole in (True, False):
            if _spells(pieces[start:], letters, whole=whole):
                at_once, later = (_PINYIN, _PINYIN_LATER) if whole else (_INITIALS, _INITIALS_LATER)
                match = later if start else at_once
                best = match if best is None else min(best, match)
                break
        if start == 0 and best is not None:
            return best
    return best


def _spells(pieces: tuple[_Piece, ...], letters: str, *, whole: bool) -> bool:
    """Tell whether letters spell the pieces in turn, each by a beginning of its pinyin.

    With `whole` every piece but the last is spelt to its end.
    """
    if not letters:
        return True
    if not pieces:
        return False
    piece, rest = pieces[0], pieces[1:]
    if letters.startswith(piece.shown) and _spells(rest, letters[len(piece.shown) :], whole=whole):
        return True
    same = takewhile(lambda pair: pair[0] == pair[1], zip(piece.typed, letters, strict=False))
    for count in range(len(list(same)), 0, -1):
        part = count < min(len(piece.typed), len(letters))
        if part and (whole or piece.shown.isdigit()):
            return False
        if _spells(rest, letters[count:], whole=whole):
            return True
    return False
