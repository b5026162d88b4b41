"""Views that show all of something: an answer, a layer, the place that is selected."""

from collections.abc import Iterable
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from sandbox.app import places
from sandbox.app.analyses import ANALYSES
from sandbox.app.answers import compare, departures
from sandbox.app.atlas import Atlas
from sandbox.app.state import MapState, View
from sandbox.catalog.layer import Layer
from sandbox.geo.crs import to_lonlat
from sandbox.geo.shapes import to_metric

Bounds = tuple[float, float, float, float]

# What is shown leaves a margin, where panels and the map's own words stand.
_FILLS: Final = 0.8
# A point and its surroundings; nearer than this there is nothing to compare it with.
_NEAREST_M_PER_PX: Final = 1.2
_FARTHEST_M_PER_PX: Final = 400.0


def result_view(atlas: Atlas, state: MapState, size_px: tuple[float, float]) -> View | None:
    """Return a view of all answers on the map, None without any."""
    found: list[BaseGeometry] = []
    compared = compare.shown(state)
    isochrone = departures.isochrone_on_map(state)
    if state.document.reach is not None and compared is not None:
        ground = compared.difference
        found += [ground.base.areas[-1], ground.plan.areas[-1]]
    elif state.document.reach is not None and isochrone is not None and isochrone.areas:
        found.append(isochrone.areas[-1])
    for one in ANALYSES:
        answer = state.answers.result(one.answer)
        found += one.ground(answer) if answer is not None else ()
    return view_of(atlas, found, size_px)


def ground_view(atlas: Atlas, size_px: tuple[float, float]) -> View:
    """Return a view of all streets."""
    ground = shapely.box(*atlas.network.streets.bounds)
    found = view_of(atlas, [ground], size_px)
    assert found is not None  # noqa: S101 - a network without streets isn't opened
    return found


def layer_view(
    atlas: Atlas, state: MapState, layer_id: str, size_px: tuple[float, float]
) -> View | None:
    """Return a view of all features of a layer, or of the streets; None where it has none."""
    layer = atlas.layers.get(layer_id)
    if layer is None:
        return result_view(atlas, state, size_px)
    if layer.geometry == "network":
        return view_of(atlas, [shapely.box(*atlas.network.streets.bounds)], size_px)
    bounds = _bounds(layer)
    return None if bounds is None else view_of(atlas, [_boxed(bounds, atlas.crs)], size_px)


def layers_view(
    atlas: Atlas, state: MapState, layer_ids: Iterable[str], size_px: tuple[float, float]
) -> View | None:
    """Return a view of all features of some layers; None where they have none."""
    boxes = [
        _boxed(bounds, atlas.crs)
        for layer in map(atlas.layers.get, layer_ids)
        if layer is not None and (bounds := _bounds(layer)) is not None
    ]
    return view_of(atlas, boxes, size_px)


def selection_view(atlas: Atlas, state: MapState, size_px: tuple[float, float]) -> View | None:
    """Return a view of the place that is selected, None where none is."""
    if state.gesture.selected is None:
        return None
    place = places.place(atlas.layers, state.gesture.selected)
    if place is None:
        return None
    features = atlas.layers[state.gesture.selected.layer].features
    if features is None:
        return None
    shapes = features.loc[features["id"].astype(str) == state.gesture.selected.id].geometry
    return view_of(atlas, [to_metric(shape, atlas.crs) for shape in shapes], size_px)


def _bounds(layer: Layer) -> list[float] | None:
    """Return west, south, east, north of a layer; None where it has no end or nothing in it."""
    if layer.picture is not None:
        ends = layer.picture.bounds_lonlat
        return None if ends is None else list(ends)
    if layer.features is None or layer.features.empty:
        return None
    return layer.features.total_bounds.tolist()


def _boxed(bounds: list[float], crs: str) -> BaseGeometry:
    west, south, east, north = bounds
    return to_metric(shapely.box(west, south, east, north), crs)


def view_of(
    atlas: Atlas, shapes: Iterable[BaseGeometry], size_px: tuple[float, float]
) -> View | None:
    """Return a view of all of some shapes in metres, None without any."""
    known = [shape for shape in shapes if not shape.is_empty]
    if not known:
        return None
    west, south, east, north = (float(v) for v in shapely.total_bounds(known))
    lon, lat = to_lonlat(((west + east) / 2, (south + north) / 2), atlas.crs)
    wide, high = (max(1.0, side * _FILLS) for side in size_px)
    m_per_px = max((east - west) / wide, (north - south) / high, _NEAREST_M_PER_PX)
    return View((float(lon), float(lat)), min(m_per_px, _FARTHEST_M_PER_PX))
