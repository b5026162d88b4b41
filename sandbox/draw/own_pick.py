"""Which feature of a user's layers lies at a point of the map."""

from typing import Final

import numpy as np
import shapely

from sandbox.app.questions import Selected
from sandbox.app.state import MapState
from sandbox.catalog.layer import Layer
from sandbox.catalog.symbology import Symbology
from sandbox.draw.ground.features import Ground
from sandbox.draw.viewport import Viewport

_NEAR_PX: Final = 6.0


def pick_own(
    ground: Ground, state: MapState, viewport: Viewport, at_px: tuple[float, float]
) -> Selected | None:
    """Return the topmost feature within some pixels of a point: points and lines before areas."""
    x, y = (float(one) for one in viewport.xy(at_px))
    near_m = _NEAR_PX * viewport.m_per_px
    box = (x - near_m, y - near_m, x + near_m, y + near_m)
    inside: Selected | None = None
    for entry in reversed(state.document.layers):
        layer = ground.atlas.layers.get(entry.id)
        if layer is None or not layer.is_own or not entry.visible:
            continue
        if not (entry.symbology or Symbology()).shows_at(viewport.m_per_px):
            continue
        features = ground.features(layer.id)
        rows = features.near(box)
        if not len(rows):
            continue
        away = shapely.distance(features.shapes[rows], shapely.Point(x, y))
        dimensions = shapely.get_dimensions(features.shapes[rows])
        held = np.flatnonzero((dimensions < 2) & (away <= near_m))
        if len(held):
            return _selected(layer, int(rows[held[np.argmin(away[held])]]))
        held = np.flatnonzero((dimensions == 2) & (away == 0.0))
        if len(held) and inside is None:
            inside = _selected(layer, int(rows[held[-1]]))
    return inside


def _selected(layer: Layer, row: int) -> Selected | None:
    features = layer.features
    return None if features is None else Selected(layer.id, str(features["id"].iloc[row]))
