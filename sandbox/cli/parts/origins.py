"""The places that a command is asked about: positions, names, layers and files, read alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sandbox.cli import words
from sandbox.cli.parts import city
from sandbox.errors import AnalysisError

if TYPE_CHECKING:
    import geopandas as gpd

    from sandbox.analysis.places.place import Place
    from sandbox.app.atlas import Atlas
    from sandbox.app.questions import Selected
    from sandbox.catalog.layer import Layer
    from sandbox.words import Bilingual

# How an option of places is written; every command reads all of them.
SOURCE: Final = "LAYER|FILE|NAME|LON,LAT"
_COLUMNS: Final = ("id", "layer", "kind", "name_zh", "name_en", "accuracy_m", "gates")
_LINES: Final = ("LineString", "MultiLineString")
_SAME_PLACE_M: Final = 0.01


@dataclass(frozen=True, eq=False)
class Chosen:
    """The places that were given.

    Attributes
    ----------
    table
        `id, layer, kind, name_zh, name_en, accuracy_m`, `gates` where known, and geometry in
        WGS 84; ids are unique.
    many
        Whether a layer or a file is among what was said.
    """

    table: "gpd.GeoDataFrame"
    many: bool

    @cached_property
    def names(self) -> list[str]:
        """Return what each place is called in the user's language; its id where it has no name."""
        both = ("name_zh", "name_en")
        first, second = both if words().language == "zh" else both[::-1]
        columns = (self.table[first], self.table[second], self.table["id"])
        return [str(a or b or c) for a, b, c in zip(*columns, strict=True)]

    @cached_property
    def both_names(self) -> "dict[str, Bilingual]":
        """Return what each place is called in both languages, by its id."""
        from sandbox.words import Bilingual

        columns = (self.table[name] for name in ("id", "name_zh", "name_en"))
        return {
            str(id_): Bilingual(str(zh or en or id_), str(en or zh or id_))
            for id_, zh, en in zip(*columns, strict=True)
        }

    @cached_property
    def places(self) -> "list[Place]":
        """Return them as what one starts from or goes to; an unknown accuracy counts as exact."""
        from sandbox.analysis.places.place import places_of

        known: Any = self.table.assign(accuracy_m=self.table["accuracy_m"].fillna(0.0))
        return list(places_of(known, self.names))


def read_places(
    said: Sequence[str], kinds: Sequence[str] = (), more: Sequence[str] | None = ()
) -> Chosen:
    """Return the places that are meant, in the order in which they were given.

    Parameters
    ----------
    said
        Positions, names of places, layers by id or title, files.
    kinds
        Only places of these kinds, by id or word.
    more
        Other columns to keep, where layers and files have them; None keeps all.

    Raises
    ------
    AnalysisError
        Something said means nothing, or the place of no kind, or several places.
    """
    if any(not one.strip() for one in said):
        raise AnalysisError(
            "A place is given as an empty text.",
            "Give a position as LON,LAT, the name of a place, a layer or a file.",
        )
    import geopandas as gpd
    import pandas as pd

    from sandbox.geo.crs import WGS84

    layers: Mapping[str, Layer] = {}
    parts: list[gpd.GeoDataFrame] = []
    many = False
    for source in dict.fromkeys(said):
        lonlat = _lonlat(source)
        if lonlat is not None:
            parts.append(_at(lonlat))
            continue
        if _is_file(source):
            parts.append(_in_file(source, kinds))
            many = True
            continue
        layers = layers or city.layers()
        part, whole = _on_map(layers, source, kinds)
        parts.append(part)
        many = many or whole
    every = [str(name) for part in parts for name in part.columns] if more is None else more
    kept = dict.fromkeys((*_COLUMNS, *every, "geometry"))
    cut = [part[[one for one in kept if one in part.columns]] for part in parts]
    table = gpd.GeoDataFrame(pd.concat(cut, ignore_index=True), geometry="geometry", crs=WGS84)
    for column in ("layer", "kind", "name_zh", "name_en"):
        texts = table[column] if column in table.columns else pd.Series([""] * len(table))
        table[column] = texts.fillna("").astype(str)
    # A place that is named twice counts once; of several layers two may have the same id.
    once = table.assign(id=table["id"].astype(str)).drop_duplicates(["layer", "id"])
    twice = once["id"].duplicated(keep=False)
    once["id"] = once["id"].where(~twice, once["layer"] + ":" + once["id"])
    made = gpd.GeoDataFrame(once.reset_index(drop=True), geometry="geometry", crs=WGS84)
    return Chosen(made, many)


def holding(layers: "Mapping[str, Layer]", said: str) -> "tuple[dict[str, Layer], str]":
    """Return layers, and what the layer that is meant is called among them.

    The places of a file, or a position, become a layer of their own, which questions of the map
    then name as any other. What is no file is left to be looked for among the layers.

    Raises
    ------
    AnalysisError
        A file can't be read as places.
    """
    from sandbox.app.own.layers import layer_of_places
    from sandbox.catalog import names

    held = dict(layers)
    given = _lonlat(said) is not None or _is_file(said) or _is_like_a_file(said)
    if names.layer_named(layers, said) is not None or not given:
        return held, said
    made = layer_of_places(read_places([said], more=None).table, held)
    held[made.id] = made
    return held, made.id


def read_place(said: str) -> "Place":
    """Return the one place that is meant.

    Raises
    ------
    AnalysisError
        It means nothing, or several places.
    """
    chosen = read_places([said])
    if len(chosen.places) != 1:
        raise AnalysisError(
            "“{source}” holds {count} places; only one is possible here.",
            "Give the name of one, or its position as LON,LAT.",
            source=said,
            count=len(chosen.places),
        )
    return chosen.places[0]


def position_said(origins: Sequence[str]) -> tuple[float, float] | None:
    """Return the one origin given, if it is a position; None if there is none, or it is a name.

    Raises
    ------
    AnalysisError
        Several origins are said, or the position isn't one on the Earth.
    """
    if len(origins) > 1:
        raise AnalysisError("Several origins are given.", "Give one of them.")
    lonlat = _lonlat(origins[0]) if origins else None
    if lonlat is not None and not (abs(lonlat[0]) <= 180 and abs(lonlat[1]) <= 90):
        raise AnalysisError(
            "{lon}, {lat} is not a position on the Earth.",
            "Give longitude first.",
            lon=lonlat[0],
            lat=lonlat[1],
        )
    return lonlat


def read_origin(
    atlas: "Atlas", origins: Sequence[str]
) -> "tuple[tuple[float, float], Selected | None] | None":
    """Return position and place of the one origin; None if none is given.

    A position has a place's name where it is the place's very own.

    Raises
    ------
    AnalysisError
        Several origins are said; or there is no such position or place.
    """
    from sandbox.app.questions import Selected
    from sandbox.catalog.names import places_named

    if (lonlat := position_said(origins)) is not None:
        return lonlat, _place_at(atlas, lonlat)
    if not origins:
        return None
    (found,) = places_named(atlas.layers, origins)
    return found.lonlat, Selected(found.layer, found.id)


def read_origins(
    atlas: "Atlas", said: Sequence[str]
) -> "tuple[Atlas, list[tuple[tuple[float, float], Selected | None]]]":
    """Return a map with the places of files as layers, and position and place of each origin.

    Raises
    ------
    AnalysisError
        There is no such position, place or file.
    """
    from dataclasses import replace

    from sandbox.app import places
    from sandbox.app.questions import Selected

    found: list[tuple[tuple[float, float], Selected | None]] = []
    for one in said:
        if not _is_file(one):
            found += [origin for origin in [read_origin(atlas, (one,))] if origin is not None]
            continue
        layers, name = holding(atlas.layers, one)
        atlas = replace(atlas, layers=layers)
        features: Any = layers[name].features
        for where in (Selected(name, str(id_)) for id_ in features["id"]):
            place = places.place(layers, where)
            found += [] if place is None else [(place.lonlat, where)]
    return atlas, found


def _place_at(atlas: "Atlas", lonlat: tuple[float, float]) -> "Selected | None":
    """Return the place at exactly this position, if there is one; an area has no position."""
    import geopandas as gpd

    from sandbox.app import places
    from sandbox.app.questions import Selected
    from sandbox.geo.crs import length_m

    every = places.all_places(atlas.layers)
    everywhere = gpd.GeoDataFrame(every.loc[(every.geom_type == "Point").to_numpy()])
    if everywhere.empty:
        return None
    spots = everywhere.geometry
    away_m = length_m([lonlat] * len(spots), list(zip(spots.x, spots.y, strict=True)))
    nearest = int(away_m.argmin())
    if away_m[nearest] > _SAME_PLACE_M:
        return None
    return Selected(str(everywhere["layer"].iloc[nearest]), str(everywhere["id"].iloc[nearest]))


def _lonlat(said: str) -> tuple[float, float] | None:
    try:
        lon, lat = (float(part) for part in said.replace("，", ",").split(","))
    except ValueError:
        return None
    return lon, lat


def _at(lonlat: tuple[float, float]) -> "gpd.GeoDataFrame":
    from sandbox.app.answers.comparing import origin_at

    return origin_at([lonlat])


def _in_file(said: str, kinds: Sequence[str]) -> "gpd.GeoDataFrame":
    import click

    from sandbox.catalog.importing.into import surroundings
    from sandbox.catalog.place_file import of_kinds, places_in
    from sandbox.formats.said import file_said

    file = file_said(said)
    read: Any = places_in(file.path, file.crs, file.layer, lambda: surroundings(city.layers()))
    for note in read.attrs.pop("notes", ()):
        # Beside the answer, which stays what programs read.
        click.echo(note.said(words()), err=True)
    if kinds:
        read = of_kinds(read, kinds, file.path)
    accuracy = read["accuracy_m"].fillna(0.0) if "accuracy_m" in read else 0.0
    return read.assign(accuracy_m=accuracy, layer=file.called)


def _is_file(said: str) -> bool:
    """Return whether a text is a file's name, with its layer or coordinate system or without."""
    from sandbox.formats.postgis.address import is_address
    from sandbox.formats.said import file_said

    if is_address(said):
        return True
    path = file_said(said).path
    return bool(path.suffix) and (path.is_file() or path.is_dir())


def _is_like_a_file(said: str) -> bool:
    """Return whether a text that names no file was surely meant as one."""
    suffix = Path(said).suffix
    return Path(said).exists() or (suffix.isascii() and suffix[1:].isalnum())


def _on_map(
    layers: "Mapping[str, Layer]", said: str, kinds: Sequence[str]
) -> "tuple[gpd.GeoDataFrame, bool]":
    """Return a layer's places, a file's, or the one of a name; and whether it is no name."""
    from sandbox.catalog import names

    layer = names.layer_named(layers, said)
    if layer is not None:
        return _of_layer(names.place_layer_named(layers, said), kinds), True
    if _is_like_a_file(said):
        # Says what is wrong with the file; what looks like one isn't looked for as a name.
        return _in_file(said, kinds), True
    try:
        (found,) = names.places_named(layers, [said])
    except AnalysisError:
        if names.like_a_layer(layers, said):
            names.place_layer_named(layers, said)
        raise
    features: Any = layers[found.layer].features
    return features[features["id"] == found.id].head(1).assign(layer=found.layer), False


def _of_layer(layer: "Layer", kinds: Sequence[str]) -> "gpd.GeoDataFrame":
    """Return the points and areas of a layer; its lines where it has nothing else."""
    from sandbox.catalog.names import kinds_named

    features: Any = layer.features
    kept = features[~(features.geometry.isna() | features.geometry.is_empty)]
    lines = kept.geometry.geom_type.isin(_LINES)
    kept = kept if lines.all() else kept[~lines]
    if kinds:
        kept = kept[kept["kind"].isin(kinds_named(layer, kinds))]
    if kept.empty:
        raise AnalysisError(
            "The layer {layer} has no places.", "Choose another layer.", layer=layer.id
        )
    return kept.assign(layer=layer.id)
