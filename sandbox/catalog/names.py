"""The one place of the map that a name means."""

import unicodedata
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from sandbox.catalog.layer import Layer
from sandbox.catalog.places import PlaceFound, search_index
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


def _names(place: PlaceFound) -> tuple[str, ...]:
    # The name by itself is meant too where an explanation stands behind it in brackets.
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
