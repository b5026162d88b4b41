"""A map's official review: what the map says of it, and whether it still holds what was reviewed.

What counts as another content are the layers that show and their order, what they hold, how they
are drawn, and the ground that they cover; where one looks and what is asked do not count.
"""

import hashlib
import json
from dataclasses import asdict
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.state import Document, MapState
from sandbox.catalog.layer import Layer
from sandbox.edits.street_edits_file import as_geojson
from sandbox.engine.network import Network
from sandbox.imagery.described import values_of
from sandbox.kept import keep
from sandbox.projects.project import LEVELS, Approval
from sandbox.words import Text

# Two figures are the same that a file can't tell apart: about a tenth of a millimetre.
_DIGITS: Final = 9
_SIGNS: Final = 12
# In the order in which `content_of` says them.
_PARTS: Final = (
    Text("other layers are shown"),
    Text("layers hold something else"),
    Text("layers are drawn in another way"),
    Text("the extent is another one"),
)


def approval_lines(state: MapState) -> tuple[Text, ...]:
    """Return what a picture of the map says of its review, a piece each."""
    approval = state.document.approval
    lines = [number_and_level(approval)]
    if state.answers.approval_outdated:
        lines.append(Text("changed after its approval"))
    if approval.compiler:
        lines.append(Text("Compiled by {compiler}", {"compiler": approval.compiler}))
    if approval.date:
        lines.append(Text("Approved on {day}", {"day": approval.date}))
    if approval.base_map:
        lines.append(Text("Base map: {source}", {"source": approval.base_map}))
    return tuple(lines)


def number_and_level(approval: Approval) -> Text:
    """Return the first that a picture of the map says of its review: its number and level."""
    values: dict[str, Any] = {"number": approval.number, "level": LEVELS[approval.level]}
    match bool(approval.number), approval.level:
        case True, "":
            return Text("Map approval no. {number} · internal demonstration only", values)
        case True, "public":
            return Text("Map approval no. {number}", values)
        case True, _:
            return Text("Map approval no. {number} · {level}", values)
        case False, "":
            return Text("Map not reviewed · internal demonstration only")
        case _:
            return Text("Map not reviewed · {level}", values)


def content_of(atlas: Atlas, document: Document) -> str:
    """Return what a map holds, as digests of its parts; slow where a layer is seen first."""
    shown = [
        (one, atlas.layers[one.id])
        for one in document.layers
        if one.visible and one.opacity > 0 and one.id in atlas.layers
    ]
    layers = [one.id for one, _ in shown]
    held = {
        one.id: _streets_held(atlas.network) if layer.geometry == "network" else _held(layer)
        for one, layer in shown
    }
    looks = {
        one.id: [one.opacity, None if one.symbology is None else asdict(one.symbology)]
        for one, _ in shown
    }
    bounds = [box for _, layer in shown if (box := _bounds(layer)) is not None]
    bounds += [list(atlas.network.bounds_lonlat)] if bounds else []
    around = np.array(bounds).reshape(-1, 4)
    extent = [*around[:, :2].min(axis=0), *around[:, 2:].max(axis=0)] if bounds else []
    parts = (
        layers,
        [held, as_geojson(document.edits)],
        [looks, document.opened_by],
        [round(float(one), 6) for one in extent],
    )
    return ".".join(_digest(json.dumps(one, sort_keys=True).encode()) for one in parts)


def approved(state: MapState, atlas: Atlas, approval: Approval) -> MapState:
    """Return a map with what its review says, and whether it is still the map that was reviewed."""
    outdated = bool(approval.content) and bool(
        changes_since(approval, content_of(atlas, state.document))
    )
    return changed(state, approval=approval, approval_outdated=outdated)


def changes_since(approval: Approval, content: str) -> tuple[Text, ...]:
    """Return what of a map's content is another than when it was approved."""
    before, now = approval.content.split("."), content.split(".")
    if len(before) != len(_PARTS) or len(now) != len(_PARTS):
        return ()
    return tuple(said for said, old, new in zip(_PARTS, before, now, strict=True) if old != new)


def _digest(*parts: bytes) -> str:
    made = hashlib.sha256()
    for one in parts:
        made.update(one)
    return made.hexdigest()[:_SIGNS]


@keep(1)
def _held(layer: Layer) -> str:
    """Return a digest of a layer's features, the same before and after a file has held them."""
    if layer.grid is not None:
        return _digest(layer.grid.values.tobytes())
    if layer.picture is not None:
        return _digest(json.dumps(values_of(layer.picture), sort_keys=True).encode())
    features = layer.features
    if features is None:
        return ""
    shapes = features.geometry.to_numpy()
    points = np.round(shapely.get_coordinates(shapes), _DIGITS) + 0.0
    counts = shapely.get_num_coordinates(shapes).astype(np.int64)
    cells = [
        "\x1f".join([str(name), *map(_cell, features[name])])
        for name in sorted(map(str, features.columns))
        if name not in ("geometry", "gates") and not bool(features[name].isna().all())
    ]
    return _digest(points.tobytes(), counts.tobytes(), "\x1e".join(cells).encode())


def _cell(value: Any) -> str:
    if value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    if isinstance(value, int | float | np.number):
        return repr(float(value))
    return str(value)


@keep(1)
def _streets_held(network: Network) -> str:
    streets = network.streets
    return _digest(np.ascontiguousarray(streets.node_xy).tobytes(), network.crs.encode())


@keep(1)
def _bounds(layer: Layer) -> list[float] | None:
    if layer.grid is not None:
        return list(layer.grid.bounds_lonlat)
    features: gpd.GeoDataFrame | None = layer.features
    return None if features is None or not len(features) else features.total_bounds.tolist()
