"""Places of an atlas: the features that are reached, counted and named."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import geopandas as gpd
import pandas as pd
from shapely.geometry.base import BaseGeometry

from sandbox.analysis.places import access
from sandbox.analysis.places.access import AccessPoints
from sandbox.analysis.places.place import Measured, Where
from sandbox.analysis.within_reach import PlaceReached
from sandbox.app.atlas import Atlas
from sandbox.app.questions import NO_EDITS, LonLat, Origin, ReachQuestion, Selected
from sandbox.app.state import MapState
from sandbox.app.street_edits import edited
from sandbox.catalog.articles import readable
from sandbox.catalog.layer import Layer
from sandbox.edits.street_edits import StreetEdits
from sandbox.geo.crs import WGS84
from sandbox.kept import keep
from sandbox.words import Bilingual, Language, Text

# Of each mode and the last edits of the streets.
_TIED_KEPT: Final = 9
# So many features of a user's layer are places to reach; more are only drawn.
_OWN_AT_MOST: Final = 20_000
_PLACE_SHAPES: Final = frozenset(("Point", "MultiPoint", "Polygon", "MultiPolygon"))


@dataclass(frozen=True, slots=True)
class Place:
    """One feature with a name, as tables and cards show it.

    Attributes
    ----------
    where
        Its layer and id.
    layer
        The layer itself, for titles and kinds.
    columns
        All columns of the feature but its geometry.
    lonlat
        A point in it, WGS 84: for views and names, nothing is measured from there.
    shape
        What it covers, WGS 84.
    """

    where: Selected
    layer: Layer
    columns: Mapping[str, Any]
    lonlat: LonLat
    shape: BaseGeometry

    def name(self, language: Language) -> str:
        """Return its name in a language; in the other one where it has no such name.

        What nobody has named is called by its kind, in layers of a user's own by its id.
        """
        first, second = ("name_zh", "name_en") if language == "zh" else ("name_en", "name_zh")
        named = self.text(first) or self.text(second)
        if named or self.layer.is_own or self.text("kind") not in self.layer.kinds:
            return named or self.where.id
        return self.kind(language)

    def kind(self, language: Language) -> str:
        """Return what kind of place it is, in the layer's words."""
        kind = self.text("kind")
        said = self.layer.kinds.get(kind)
        return said.said(language) if said else kind or self.layer.title.said(language)

    def source(self, language: Language) -> str:
        """Return where it is known from, in a language where the layer has it in both."""
        source = (self.text("source_en") if language == "en" else "") or self.text("source")
        return readable(source)

    def text(self, column: str) -> str:
        """Return a column as text, empty where it has no value."""
        value = self.columns.get(column)
        return "" if bool(pd.isna(value)) else str(value)

    @property
    def accuracy_m(self) -> float:
        """How well its position is known, metres; infinite where unknown."""
        text = self.text("accuracy_m")
        return float(text) if text else float("inf")

    def where_from(self) -> access.Place:
        """Return it as what one starts from or goes to."""
        gates = self.columns.get("gates")
        return access.Place(
            self.shape,
            Bilingual(self.name("zh"), self.name("en")),
            gates if isinstance(gates, BaseGeometry) else None,
            self.accuracy_m,
        )


def place(layers: Mapping[str, Layer], where: Selected) -> Place | None:
    """Return a place by layer and id, None where there is none."""
    layer = layers.get(where.layer)
    if layer is None:
        return None
    return _own_place(layer, where) if layer.is_own else _by_id(layer).get(where.id)


def index(layers: Mapping[str, Layer]) -> None:
    """Have the places of layers found by their ids, before a window asks for the first."""
    for layer in layers.values():
        if layer.is_own:
            own_rows(layer)
        else:
            _by_id(layer)


def _own_place(layer: Layer, where: Selected) -> Place | None:
    """Return a place of a layer of the user's own, which may have a million of them."""
    row = own_rows(layer).get(where.id)
    if row is None or layer.features is None:
        return None
    columns = layer.features.iloc[row].to_dict()
    shape = columns.pop(str(layer.features.geometry.name))
    point = shape.representative_point()
    return Place(where, layer, columns, (point.x, point.y), shape)


@keep(1)
def own_rows(layer: Layer) -> Mapping[str, int]:
    """Return the row of each feature of a layer by its id."""
    if layer.features is None:
        return {}
    return {str(one): row for row, one in enumerate(layer.features["id"].tolist())}


# Panels ask for the same places with every move of a pointer.
@keep(1)
def _by_id(layer: Layer) -> Mapping[str, Place]:
    if layer.features is None:
        return {}
    points = layer.features.geometry.representative_point()
    columns = layer.features.drop(columns=str(layer.features.geometry.name)).to_dict("records")
    return {
        str(row["id"]): Place(
            Selected(layer.id, str(row["id"])), layer, row, (point.x, point.y), shape
        )
        for row, point, shape in zip(columns, points, layer.features.geometry, strict=True)
    }


def origin(atlas: Atlas, question: ReachQuestion) -> Where:
    """Return where a question is asked from: the place that was chosen, else the point."""
    return _where(atlas, question.origins[0])


def origins(atlas: Atlas, question: ReachQuestion) -> tuple[access.Place, ...]:
    """Return where a question of several origins is asked from."""
    return tuple(
        replace(access.place_of(_where(atlas, one)), name=origin_name(atlas, one))
        for one in question.origins
    )


def origin_area(atlas: Atlas, origin: Origin) -> Place | None:
    """Return the place that an origin is where it is an area, else None."""
    chosen = place(atlas.layers, origin.place) if origin.place is not None else None
    return chosen if chosen is not None and chosen.where_from().is_area else None


def origin_name(atlas: Atlas, origin: Origin) -> Bilingual:
    """Return the name of the place that an origin is, else its coordinates."""
    chosen = place(atlas.layers, origin.place) if origin.place is not None else None
    if chosen is not None:
        return Bilingual(chosen.name("zh"), chosen.name("en"))
    said = "{:.4f}, {:.4f}".format(*origin.lonlat)
    return Bilingual(said, said)


def _where(atlas: Atlas, origin: Origin) -> Where:
    chosen = place(atlas.layers, origin.place) if origin.place is not None else None
    return origin.lonlat if chosen is None else chosen.where_from()


_MEASURED: Final[Mapping[Measured, tuple[Text | None, Text | None]]] = {
    "point": (None, None),
    "gate": (Text("from its best gate"), Text("to its best gate")),
    "edge": (Text("from its edge"), Text("to its edge")),
}


def measured(start: Measured, end: Measured) -> tuple[Text, ...]:
    """Return what a time between two places is measured from and to; of points nothing."""
    return tuple(text for text in (_MEASURED[start][0], _MEASURED[end][1]) if text is not None)


def measured_between(question: ReachQuestion, place: Measured) -> tuple[Text, ...]:
    """Return what times between a place and the one asked about are measured from and to."""
    return measured(place, "point") if question.travel.towards else measured("point", place)


def tied_for(atlas: Atlas, question: ReachQuestion) -> AccessPoints:
    """Return the places of an atlas tied to the streets that a question goes to them by."""
    mode: str = question.travel.mode
    if question.travel.mode == "transit":
        ride = question.travel.ride
        mode = "walk" if ride is None else replace(ride, arrive=question.travel.towards).far
    return tied_places(atlas, mode, question.edits)


def tied_places(atlas: Atlas, mode: str = "walk", edits: StreetEdits = NO_EDITS) -> AccessPoints:
    """Return the places of an atlas tied to the streets that a mode may use, as edited.

    That takes longer than an answer, so the atlas keeps them; edits change only a part.
    """
    known = atlas.tied.get((mode, edits))
    if known is not None:
        return known
    changed = edited(atlas, edits)
    if changed is not atlas:
        found = access.access_again(changed.network, tied_places(atlas, mode))
    else:
        found = access.access_points(atlas.network, all_places(atlas.layers), mode=mode)
    atlas.tied[mode, edits] = found
    for old in list(atlas.tied)[:-_TIED_KEPT]:
        atlas.tied.pop(old, None)
    return found


def reached(state: MapState) -> tuple[PlaceReached, ...]:
    """Return the places within reach whose layers are on the map, soonest first.

    Places that the walk starts at aren't among them.
    """
    shown = {layer.id for layer in state.document.layers if layer.visible}
    answer = state.answers.reach_answer
    if answer is None:
        return ()
    asked_from = {one.place for one in answer.question.origins}
    return tuple(
        one
        for one in answer.places
        if one.layer in shown and Selected(one.layer, one.id) not in asked_from
    )


def counted(layers: Mapping[str, Layer], found: Iterable[PlaceReached]) -> list[PlaceReached]:
    """Return the places that a figure may count: those of schematic layers are invented."""
    return [one for one in found if not layers[one.layer].schematic]


def is_place_layer(layer: Layer) -> bool:
    """Return whether a layer holds places that people go to."""
    if layer.features is None or not layer.style.category:
        return False
    if not layer.is_own:
        return True
    return len(layer.features) <= _OWN_AT_MOST and holds_places(layer)


def holds_places(layer: Layer) -> bool:
    """Return whether any of a layer's features is a point or an area."""
    return not _PLACE_SHAPES.isdisjoint(shapes_of(layer))


# Panels ask it of every layer at each change of theme, language and question.
@keep(1)
def shapes_of(layer: Layer) -> frozenset[str]:
    """Return the types of a layer's geometries, as ``Point``."""
    return frozenset() if layer.features is None else frozenset(layer.features.geom_type.dropna())


def features_of(layer: Layer, kinds: tuple[str, ...] = ()) -> gpd.GeoDataFrame:
    """Return the points and areas of a layer with a column `layer`, of some kinds or of all."""
    features = layer.features
    if features is None:
        return gpd.GeoDataFrame(columns=["id", "layer", "accuracy_m", "geometry"], crs=WGS84)
    wanted = features.geometry.geom_type.isin(_PLACE_SHAPES).to_numpy()
    if kinds:
        wanted = wanted & features["kind"].isin(kinds).to_numpy()
    chosen = gpd.GeoDataFrame(features.loc[wanted])
    return gpd.GeoDataFrame(chosen.assign(layer=layer.id), geometry=features.geometry.name)


def all_places(layers: Mapping[str, Layer]) -> gpd.GeoDataFrame:
    """Return the places of all layers: `id, layer, kind, accuracy_m`, geometry in WGS 84."""
    parts = [features_of(layer) for layer in layers.values() if is_place_layer(layer)]
    wanted = ["id", "layer", "kind", "accuracy_m", "gates", "geometry"]
    cut = [part[[name for name in wanted if name in part.columns]] for part in parts]
    filled = [part for part in cut if len(part)]
    if not filled:
        return gpd.GeoDataFrame(
            columns=["id", "layer", "kind", "accuracy_m", "geometry"], crs=WGS84
        )
    return gpd.GeoDataFrame(pd.concat(filled, ignore_index=True), geometry="geometry", crs=WGS84)
