"""The one place, layer or kind of the map that a name means."""

import unicodedata
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from sandbox.catalog.layer import Layer
from sandbox.catalog.search import PlaceFound, search_index
from sandbox.errors import AnalysisError

_NAMES_SAID: Final = 8


def places_named(layers: Mapping[str, Layer], names: Sequence[str]) -> list[PlaceFound]:
    """Return the places that have these names, one a name.

    Raises
    ------
    AnalysisError
        No place has a name, or several have it.
    """
    index = search_index(layers)
    places: list[PlaceFound] = []
    for name in names:
        found = index.find(name, _NAMES_SAID)
        whole = [place for place in found if _plain(name) in map(_plain, _names(place))]
        if len(found) != 1 and len(whole) != 1:
            every = [
                said
                for layer in layers.values()
                if layer.features is not None
                for column in ("name_zh", "name_en")
                for said in layer.features[column]
            ]
            raise _not_one(name, whole or found, every)
        places += whole if len(whole) == 1 else found
    return places


def layer_named(layers: Mapping[str, Layer], name: str) -> Layer | None:
    """Return the layer of this id or title, in either language; None if there is none."""
    if name in layers:
        return layers[name]
    for layer in layers.values():
        if _plain(name) in (_plain(layer.title.zh), _plain(layer.title.en)):
            return layer
    return None


def place_layer_named(layers: Mapping[str, Layer], name: str) -> Layer:
    """Return the layer of places of this id or title.

    Raises
    ------
    AnalysisError
        There is no such layer, or it holds no places; all that do are named.
    """
    layer = layer_named(layers, name)
    if layer is None or layer.features is None:
        raise AnalysisError(
            "No layer of places is named {layer}.",
            "Layers: {known}.",
            layer=name,
            known=", ".join(one for one, of in layers.items() if of.features is not None),
        )
    return layer


def kinds_named(layer: Layer, names: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds of a layer's places that are meant, by id or word of either language.

    Raises
    ------
    AnalysisError
        The layer has no places of a kind; it says those that it has.
    """
    there = [] if layer.features is None else sorted({str(one) for one in layer.features["kind"]})
    words = {kind: words_of_kind(layer, kind) for kind in there}
    found = kinds_meant(words, names)
    unknown = [name for name, kinds in found.items() if not kinds]
    if unknown:
        raise AnalysisError(
            "The layer {layer} has no places of the kind {kind}.",
            "Available kinds: {there}.",
            layer=layer.id,
            kind=", ".join(unknown),
            there=kinds_said(words),
        )
    return tuple(dict.fromkeys(kind for kinds in found.values() for kind in kinds))


def words_of_kind(layer: Layer, kind: str) -> tuple[str, ...]:
    """Return what a layer calls a kind, in Chinese and English; nothing where it doesn't say."""
    words = layer.kinds.get(kind)
    return () if words is None else (words.zh, words.en)


def kinds_meant(
    words: Mapping[str, Sequence[str]], names: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Return for each name the kinds that it means, by id or by one of their words."""
    plain = {kind: {_plain(text) for text in (kind, *said)} for kind, said in words.items()}
    return {name: tuple(kind for kind in plain if _plain(name) in plain[kind]) for name in names}


def kinds_said(words: Mapping[str, Sequence[str]]) -> str:
    """Return kinds as errors list them, each with its words."""
    return "; ".join(", ".join((kind, *said)) for kind, said in words.items())


def like_a_layer(layers: Mapping[str, Layer], name: str) -> bool:
    """Return whether a name that means nothing was perhaps meant as that of a layer."""
    every = [text for one in layers.values() for text in (one.id, one.title.zh, one.title.en)]
    return bool(get_close_matches(name, every, n=1, cutoff=0.75))


def _names(place: PlaceFound) -> tuple[str, ...]:
    # The name is also meant without the explanation in brackets behind it.
    return place.name_zh, place.name_en, place.name_zh.split("（")[0], place.name_zh.split("(")[0]


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _told(place: PlaceFound) -> str:
    # With its position, since several may have the same name: the stretches of an avenue.
    lon, lat = place.lonlat
    return f"{place.name_zh} {place.name_en}".strip() + f" ({lon:.4f},{lat:.4f})"


def _not_one(name: str, found: Sequence[PlaceFound], every: Sequence[str]) -> AnalysisError:
    if found:
        return AnalysisError(
            "“{name}” matches several places: {names}.",
            "Give more of the name, or its position as LON,LAT.",
            name=name,
            names=", ".join(map(_told, found)),
        )
    near = get_close_matches(name, every, n=_NAMES_SAID, cutoff=0.3)
    if not near:
        return AnalysisError(
            "There is no place named “{name}” on the map.",
            "Give its position as LON,LAT.",
            name=name,
        )
    return AnalysisError(
        "There is no place named “{name}” on the map.",
        "Similar names: {names}.",
        name=name,
        names=", ".join(dict.fromkeys(near)),
    )
