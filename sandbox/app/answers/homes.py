"""Homes and facilities of a map's layers, as questions about life circles name them."""

from collections.abc import Mapping, Sequence
from typing import Final

import geopandas as gpd
import pandas as pd

from sandbox.analysis.circles import given
from sandbox.app import places
from sandbox.app.atlas import Atlas
from sandbox.catalog.layer import Column, Layer
from sandbox.catalog.standards import facility_named
from sandbox.errors import AnalysisError
from sandbox.geo.crs import WGS84

# The shipped sample: estates, the column that gives their people, and facilities.
SAMPLE_HOMES: Final = "demo_estates"
SAMPLE_FLOOR_AREA: Final = "floor_area_m2"
SAMPLE_FACILITIES: Final = "demo_facilities"
_AREAS: Final = frozenset(("Polygon", "MultiPolygon"))


def home_layers(layers: Mapping[str, Layer]) -> tuple[Layer, ...]:
    """Return the layers that can be homes: housing, and all of one's own that hold places."""
    return tuple(
        one
        for one in layers.values()
        if (one.id == SAMPLE_HOMES or places.is_place_layer(one)) and places.holds_places(one)
    )


def area_layers(layers: Mapping[str, Layer]) -> tuple[Layer, ...]:
    """Return the layers that a district can be divided by: those of areas."""
    return tuple(one for one in layers.values() if not _AREAS.isdisjoint(places.shapes_of(one)))


def number_columns(layer: Layer) -> tuple[Column, ...]:
    """Return the columns of a layer that hold figures."""
    return tuple(one for one in layer.columns if one.type in ("number", "integer"))


def is_area(layer: Layer, column: str) -> bool:
    """Return whether a column holds floor area, from which people follow."""
    return any(one.name == column and one.unit == "m²" for one in layer.columns)


def homes_from(
    atlas: Atlas, layer: str, people: str, m2_per_person: float = given.M2_PER_PERSON
) -> gpd.GeoDataFrame:
    """Return the homes of a layer, with the people that a column of it gives.

    Parameters
    ----------
    atlas
        Layers and streets.
    layer
        Its id; empty for none.
    people
        Column of people, or of floor area in square metres; empty where people aren't known.
    m2_per_person
        Floor area a person.

    Raises
    ------
    AnalysisError
        There is no such layer, or its figures can't be used.
    """
    held = _layer(atlas, layer)
    by_area = bool(people) and is_area(held, people)
    return given.homes_of(
        places.features_of(held),
        people=people if people and not by_area else None,
        floor_area=people if by_area else None,
        m2_per_person=m2_per_person,
        crs=atlas.crs,
    )


def facilities_from(atlas: Atlas, layers: Sequence[str]) -> gpd.GeoDataFrame:
    """Return the facilities of layers; of all real places where none is named.

    Raises
    ------
    AnalysisError
        There is no such layer, or its figures can't be used.
    """
    chosen = tuple(layers) or real_layers(atlas.layers)
    parts = [places.features_of(_layer(atlas, one)) for one in chosen]
    table = gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), geometry="geometry", crs=WGS84)
    # Layers may use the same ids.
    twice = table["id"].duplicated(keep=False)
    table.loc[twice, "id"] = table["layer"][twice] + ":" + table["id"][twice].astype(str)
    return given.facilities_of(table, facility_named, crs=atlas.crs)


def real_layers(layers: Mapping[str, Layer]) -> tuple[str, ...]:
    """Return the layers of real places that people go to."""
    return tuple(
        one.id
        for one in layers.values()
        if places.is_place_layer(one) and not one.schematic and one.style.category != "housing"
    )


def areas_from(atlas: Atlas, layer: str) -> gpd.GeoDataFrame | None:
    """Return the areas of a layer; None where none is named.

    Raises
    ------
    AnalysisError
        There is no such layer, or it holds no areas.
    """
    if not layer:
        return None
    table = places.features_of(_layer(atlas, layer))
    areas = gpd.GeoDataFrame(table[table.geometry.geom_type.isin(_AREAS)])
    if areas.empty:
        raise AnalysisError(
            "“{source}” holds no areas.", "Give a layer or file of polygons.", source=layer
        )
    return gpd.GeoDataFrame(areas.reset_index(drop=True))


def any_schematic(layers: Mapping[str, Layer], named: Sequence[str]) -> bool:
    """Return whether any of these layers is schematic as a whole."""
    return any(one in layers and layers[one].schematic for one in named)


def _layer(atlas: Atlas, name: str) -> Layer:
    found = atlas.layers.get(name)
    if found is None or found.features is None:
        raise AnalysisError(
            "No layer of places is named {layer}.",
            "Layers: {known}.",
            layer=name,
            known=", ".join(one.id for one in home_layers(atlas.layers)),
        )
    return found
