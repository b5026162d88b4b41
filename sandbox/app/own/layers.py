"""Layers of a user's own on the map: put there, taken away, with every step undoable."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import shapely

from sandbox.app.places import own_rows
from sandbox.app.session import Session
from sandbox.app.state import LayerShown
from sandbox.catalog.importing.importing import Imported
from sandbox.catalog.importing.kinds import facilities
from sandbox.catalog.layer import Column, Geometry, Layer, Style
from sandbox.catalog.symbology import COLOURS, Symbology
from sandbox.formats.vocabulary import role_of, vocabulary
from sandbox.words import Bilingual, Text, both

_SHAPES: Final[Mapping[int, Geometry]] = {0: "point", 1: "line", 2: "polygon"}
_EVERY_LAYER: Final = frozenset(
    ("id", "name_zh", "name_en", "kind", "status", "opened", "source", "accuracy_m", "note_zh",
     "note_en")
)  # fmt: skip
# What tables of places have beside their own columns.
_PLACE_PARTS: Final = frozenset(("layer", "gates"))
_RANK: Final = 13  # as places of the shipped layers


def layer_of(imported: Imported, taken: Collection[str]) -> Layer:
    """Return an imported layer as the map holds it.

    Parameters
    ----------
    imported
        What came of a file.
    taken
        Ids that other layers have.
    """
    features = imported.features
    dimensions = set(shapely.get_dimensions(features.geometry.to_numpy()).tolist())
    geometry = _SHAPES[dimensions.pop()] if len(dimensions) == 1 else "mixed"
    said = facilities()
    kinds = {kind: said[kind] for kind in set(features["kind"]) if kind in said}
    record = {**imported.provenance, "rows_to_mend": len(imported.mend)}
    source = str(record.get("file", imported.name))
    made = Layer(
        id=unique_id(imported.name, taken),
        title=Bilingual(imported.name, imported.name),
        group="own",
        geometry=geometry,
        columns=_columns(features),
        style=Style(category="own", label_rank=_RANK),
        legend=(),
        provenance=Bilingual(source, source),
        licence="",
        kinds=kinds,
        features=features,
        record=record,
    )
    own_rows(made)
    return made


def layer_of_places(places: gpd.GeoDataFrame, taken: Collection[str]) -> Layer:
    """Return places that a question was asked about as a layer that the map holds.

    Parameters
    ----------
    places
        `id, layer, name_zh, name_en` and geometry in WGS 84, and `kind, accuracy_m, gates` where
        known; what `layer` says is the name of the file or layer that they are of.
    taken
        Ids that other layers have.
    """
    named = {str(one) for one in places["layer"]}
    title = both(Text("Places of the question"))
    if len(named) == 1 and (name := named.pop()):
        title = Bilingual(name, name)
    there = [name for name in _EVERY_LAYER if name not in places.columns]
    features = gpd.GeoDataFrame(places.assign(**dict.fromkeys(there, "")), crs=places.crs)
    known: Any = pd.to_numeric(features["accuracy_m"], errors="coerce")
    features["accuracy_m"] = known.fillna(0.0)
    dimensions = set(shapely.get_dimensions(features.geometry.to_numpy()).tolist())
    said = facilities()
    made = Layer(
        id=unique_id(title.en, taken),
        title=title,
        group="own",
        geometry=_SHAPES[dimensions.pop()] if len(dimensions) == 1 else "mixed",
        columns=_columns(features.drop(columns=list(_PLACE_PARTS & {*features.columns}))),
        style=Style(category="own", label_rank=_RANK),
        legend=(),
        provenance=both(Text("given with the question")),
        licence="",
        kinds={kind: said[kind] for kind in set(features["kind"]) if kind in said},
        features=features,
    )
    own_rows(made)
    return made


def unique_id(name: str, taken: Collection[str]) -> str:
    """Return an id made of a name that no other layer has."""
    plain = re.sub(r"[^\w]+", "_", name.strip().lower()).strip("_") or "layer"
    found, more = plain, 2
    while found in taken:
        found, more = f"{plain}_{more}", more + 1
    return found


def put_on_map(session: Session, layers: Sequence[Layer]) -> None:
    """Put layers above all others; one step to take back."""
    atlas = session.atlas
    more = replace(atlas, layers={**atlas.layers, **{one.id: one for one in layers}})
    shown = session.state.document.layers
    own = sum(one.symbology is not None for one in shown)
    added = tuple(
        LayerShown(one.id)
        if one.picture is not None
        else LayerShown(one.id, symbology=Symbology(colour=COLOURS[(own + number) % len(COLOURS)]))
        for number, one in enumerate(layers)
    )
    session.extend(more)
    session.change(undoable=True, layers=(*shown, *added))


def take_off_map(session: Session, layer_id: str) -> None:
    """Take a layer off the map; one step to take back."""
    shown = session.state.document.layers
    selected = session.state.gesture.selected
    gone = selected is not None and selected.layer == layer_id
    session.change(
        undoable=True,
        layers=tuple(one for one in shown if one.id != layer_id),
        selected=None if gone else selected,
    )


def change_shown(session: Session, layer_id: str, symbology: Symbology) -> None:
    """Draw a layer in another way; one step to take back."""
    session.change(
        undoable=True,
        layers=tuple(
            replace(one, symbology=symbology) if one.id == layer_id else one
            for one in session.state.document.layers
        ),
    )


def _columns(features: pd.DataFrame) -> tuple[Column, ...]:
    """Return the layer's own columns, with words and units of those that the program knows."""
    known = vocabulary().fields
    found: list[Column] = []
    for name in _own_names(features):
        field = known.get(name) or known.get(role_of(name) or "")
        numbers = pd.api.types.is_numeric_dtype(features[name])
        title = field.title if field is not None else Bilingual(name, name)
        found.append(
            Column(name, "number" if numbers else "text", title, field.unit if field else "")
        )
    return tuple(found)


def _own_names(features: pd.DataFrame) -> Iterable[str]:
    spared = {*_EVERY_LAYER, "geometry"}
    return (str(name) for name in features.columns if name not in spared)
