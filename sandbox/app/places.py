"""Places of an atlas: the features that are reached, counted and named."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from sandbox.analysis.within_reach import PlaceReached
from sandbox.app.state import Language, LonLat, MapState, Selected
from sandbox.catalog.articles import readable
from sandbox.catalog.layer import Layer
from sandbox.geo.crs import WGS84

_PLACE_SHAPES: Final = ("Point", "MultiPoint", "Polygon", "MultiPolygon")


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
        A point in it, WGS 84.
    """

    where: Selected
    layer: Layer
    columns: Mapping[str, Any]
    lonlat: LonLat

    def name(self, language: Language) -> str:
        """Return its name in a language; in the other one where it has no such name."""
        first, second = ("name_zh", "name_en") if language == "zh" else ("name_en", "name_zh")
        return self.text(first) or self.text(second) or self.where.id

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


def place(layers: Mapping[str, Layer], where: Selected) -> Place | None:
    """Return a place by layer and id, None where there is none."""
    layer = layers.get(where.layer)
    return _by_id(layer).get(where.id) if layer is not None else None


# Panels ask for the same places with every move of a pointer.
@lru_cache(maxsize=64)
def _by_id(layer: Layer) -> Mapping[str, Place]:
    if layer.features is None:
        return {}
    points = layer.features.geometry.representative_point()
    columns = layer.features.drop(columns=str(layer.features.geometry.name)).to_dict("records")
    return {
        str(row["id"]): Place(Selected(layer.id, str(row["id"])), layer, row, (point.x, point.y))
        for row, point in zip(columns, points, strict=True)
    }


def reached(state: MapState) -> tuple[PlaceReached, ...]:
    """Return the places within reach whose layers are on the map, soonest first.

    The place that the walk starts at isn't among them.
    """
    shown = {layer.id for layer in state.layers if layer.visible}
    answer = state.reach_answer
    if answer is None:
        return ()
    origin = answer.question.place
    return tuple(
        one for one in answer.places if one.layer in shown and Selected(one.layer, one.id) != origin
    )


def counted(layers: Mapping[str, Layer], found: Iterable[PlaceReached]) -> list[PlaceReached]:
    """Return the places that a figure may count: those of schematic layers are invented."""
    return [one for one in found if not layers[one.layer].schematic]


def is_place_layer(layer: Layer) -> bool:
    """Return whether a layer holds places that people go to."""
    return layer.features is not None and bool(layer.style.category)


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
