"""An atlas on the metric ground: features, street lines and heights, ready to be drawn.

Everything is projected once, when first needed, and simplified once for each octave of
scale. Tiles ask from several threads.
"""

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from sandbox.app.atlas import Atlas
from sandbox.app.places import origin_area
from sandbox.app.state import LayerShown, MapState
from sandbox.catalog.layer import Layer
from sandbox.draw.ground.buildings import LAYER, standing
from sandbox.draw.ground.chains import Chains, chain
from sandbox.draw.ground.grown import (
    buildings_before,
    came_later,
    later_ground,
    streets_before,
)
from sandbox.draw.ground.relief import Relief, ReliefPainter, warped
from sandbox.geo.crs import to_metric
from sandbox.streets.footprints import Footprints

Doubles = npt.NDArray[np.float64]
Value = TypeVar("Value")

# How far a simplified line may leave the true one, in pixels of its octave.
_TOLERANCE_PX: Final = 0.35


@dataclass(frozen=True, eq=False)
class Features:
    """A layer's features in metres.

    Attributes
    ----------
    layer
        Where they come from.
    shapes
        shapely geometries, shape ``(n,)``.
    """

    layer: Layer
    shapes: npt.NDArray[Any]
    _columns: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    @cached_property
    def boxes(self) -> Doubles:
        """West, south, east, north of each feature, shape ``(n, 4)``."""
        return shapely.bounds(self.shapes)

    @cached_property
    def marks(self) -> Doubles:
        """Where each feature's mark stands: the point itself, or well within its area."""
        within = shapely.point_on_surface(self.shapes)
        middle = shapely.centroid(self.shapes)
        # The centroid looks calmer where it is inside.
        chosen = np.where(shapely.covers(self.shapes, middle), middle, within)
        return shapely.get_coordinates(chosen).reshape(-1, 2)

    def column(self, name: str) -> list[str]:
        """Return a column as texts, empty where it has no value or isn't there."""
        if name not in self._columns:
            frame = self.layer.features
            if frame is None or name not in frame.columns:
                self._columns[name] = [""] * len(self.shapes)
            else:
                self._columns[name] = [
                    "" if value is None or pd.isna(value) else str(value) for value in frame[name]
                ]
        return self._columns[name]

    def near(self, box: tuple[float, float, float, float]) -> npt.NDArray[np.int64]:
        """Return which features may meet a box."""
        return _meeting(self.boxes, box)


class Ground:
    """What the tiles of an atlas are made of; shared by threads.

    Parameters
    ----------
    atlas
        Layers and network.

    Attributes
    ----------
    shading
        Paints heights for whoever shows this ground: the flat map and the table share it.
    """

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.shading = ReliefPainter()
        self._made: dict[tuple[Any, ...], Any] = {}
        self._locks: dict[tuple[Any, ...], threading.Lock] = {}
        self._lock = threading.Lock()

    def features(self, layer_id: str) -> Features:
        """Return a layer's features in metres."""
        return self._once(("features", layer_id), lambda: self._project(layer_id))

    def origin_area(self, state: MapState, m_per_px: float) -> BaseGeometry | None:
        """Return the areas that are asked from, simplified for a scale; None for points."""
        asked = state.document.reach
        found = [] if asked is None else [origin_area(self.atlas, one) for one in asked.origins]
        areas: list[BaseGeometry] = []
        for place in found:
            if place is not None:
                row = self.features(place.where.layer).column("id").index(place.where.id)
                areas.append(self.shapes(place.where.layer, m_per_px)[row])
        return shapely.union_all(areas) if len(areas) > 1 else next(iter(areas), None)

    def shapes(self, layer_id: str, m_per_px: float) -> npt.NDArray[Any]:
        """Return a layer's geometries, simplified for a scale."""
        octave = _octave(m_per_px)

        def simplify() -> npt.NDArray[Any]:
            shapes = self.features(layer_id).shapes
            return shapely.simplify(shapes, _TOLERANCE_PX * 2.0**octave, preserve_topology=True)

        return self._once(("shapes", layer_id, octave), simplify)

    def streets(self, m_per_px: float, by: int | None = None) -> Chains:
        """Return the network's street lines, simplified for a scale; as they were in a year."""
        octave = _octave(m_per_px)
        later = self.later(by)
        if later is not None:
            whole = self.streets(m_per_px)
            return self._once(("chains", octave, by), lambda: streets_before(whole, later))
        chains = self._once(("chains",), lambda: chain(self.atlas.network.streets))
        return self._once(
            ("chains", octave),
            lambda: chains.simplified(_TOLERANCE_PX * 2.0**octave, 1.5 * 2.0**octave),
        )

    def buildings(self, by: int | None = None) -> Footprints | None:
        """Return the buildings of the map, as they were in a year; None where there are none."""
        made = self._once(("buildings",), lambda: standing(self.atlas.layers, self.atlas.crs))
        later = self.later(by)
        if made is None or later is None:
            return made
        return self._once(("buildings", by), lambda: buildings_before(made, later))

    def later(self, by: int | None) -> BaseGeometry | None:
        """Return the built-up ground that came after a year, None where none did."""
        if by is None or LAYER not in self.atlas.layers:
            return None
        built = self.features(LAYER)
        return self._once(
            ("later", by), lambda: later_ground(built.shapes, built.column("opened"), by)
        )

    def lines_later(self, shown: tuple[LayerShown, ...], by: int) -> bool:
        """Return whether any line of the layers that show opened after a year."""
        layers = self.atlas.layers
        lined = [one.id for one in shown if one.visible and one.id in layers]
        return any(
            came_later(self.features(one).column("opened"), by).any()
            for one in lined
            if layers[one].style.line
        )

    def relief(self, layer_id: str) -> Relief:
        """Return a grid layer's heights on the metric ground."""

        def warp() -> Relief:
            grid = self.atlas.layers[layer_id].grid
            if grid is None:
                raise ValueError(f"{layer_id} has no grid")
            return warped(grid, self.atlas.crs)

        return self._once(("relief", layer_id), warp)

    def _project(self, layer_id: str) -> Features:
        layer = self.atlas.layers[layer_id]
        if layer.features is None or len(layer.features) == 0:
            return Features(layer, np.empty(0, dtype=object))
        lonlat = np.asarray(layer.features.geometry.values, dtype=object)
        shapes = shapely.transform(lonlat, lambda points: to_metric(points, self.atlas.crs))
        return Features(layer, shapes)

    def _once(self, key: tuple[Any, ...], make: Callable[[], Value]) -> Value:
        with self._lock:
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            if key not in self._made:
                self._made[key] = make()
            return self._made[key]


def _octave(m_per_px: float) -> int:
    return math.floor(math.log2(m_per_px))


def _meeting(boxes: Doubles, box: tuple[float, float, float, float]) -> npt.NDArray[np.int64]:
    west, south, east, north = box
    meets = (
        (boxes[:, 0] <= east)
        & (boxes[:, 2] >= west)
        & (boxes[:, 1] <= north)
        & (boxes[:, 3] >= south)
    )
    return np.flatnonzero(meets)


def lines_near(chains: Chains, box: tuple[float, float, float, float]) -> npt.NDArray[np.int64]:
    """Return which street lines may meet a box."""
    return _meeting(chains.boxes, box)
