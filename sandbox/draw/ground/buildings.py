"""Buildings on the map: which stand there, and how they are painted from above."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from sandbox import paths
from sandbox.catalog.layer import Layer
from sandbox.draw.raster.shapes import path
from sandbox.draw.theme import Theme, mixed
from sandbox.geo.crs import to_lonlat, to_metric
from sandbox.streets.footprints import (
    BuildingKind,
    Footprints,
    footprints_of,
    joined,
    read_footprints,
)

Doubles = npt.NDArray[np.float64]

# The layer whose ground they stand on, and their file beside it.
LAYER: Final = "built_up"
FILE: Final = "buildings.npz"
# Coarser maps show only large ones, and then none.
_ALL_BELOW_M_PX: Final = 3.4
BELOW_M_PX: Final = 8.0
_LARGE_M2: Final = 420.0
_FLOOR_M: Final = 3.2
# Columns of other people's buildings, the first that has a value counts: metres, then floors.
_HEIGHTS: Final = ("height", "height_m", "高度")
_FLOORS: Final = ("building:levels", "building_levels", "levels", "floors", "层数")
# A building is as high as this where nothing says more.
_USUAL_M: Final = 9.0
# The sun of maps stands in the north-west: shadows fall by so much of a height.
_SHADOW: Final = (0.42, 0.42)
_SOFT_PX: Final = ((1.6, 0.10), (0.0, 0.26))


def standing(layers: Mapping[str, Layer], crs: str) -> Footprints | None:
    """Return the buildings of a map: those of its layers, and schematic ones beside them.

    A polygon of any layer with a height or a number of floors is a building, and takes the
    place of the schematic ones that it meets.

    Parameters
    ----------
    layers
        The map's layers.
    crs
        Its metric system.

    Returns
    -------
    buildings
        None where there are none.
    """
    own = [made for layer in layers.values() if (made := _of_layer(layer, crs)) is not None]
    made = _shipped(crs) if LAYER in layers else None
    if made is not None and own:
        mine = np.concatenate([one.polygons() for one in own])
        others = made.polygons()
        met = shapely.STRtree(mine).query(others, predicate="intersects")[0]
        clear = np.ones(len(made), dtype=bool)
        clear[met] = False
        made = made.kept(clear)
    parts = [*([made] if made is not None else []), *own]
    return joined(parts) if parts else None


def _shipped(crs: str) -> Footprints | None:
    file = paths.layers() / LAYER / FILE
    if not file.is_file():
        return None
    made = read_footprints(file)
    if made.crs == crs:
        return made
    corners = to_metric(to_lonlat(made.corners, made.crs), crs)
    return Footprints(crs, corners, made.starts, made.height_m, made.kind, made.schematic)


def _of_layer(layer: Layer, crs: str) -> Footprints | None:
    """Return the polygons of a layer that have a height or floors, None where none has."""
    frame = layer.features
    if frame is None or layer.id == LAYER:
        return None
    height_m = np.full(len(frame), np.nan)
    for names, per in ((_FLOORS, _FLOOR_M), (_HEIGHTS, 1.0)):
        for name in reversed(names):
            if name in frame.columns:
                said = np.asarray(pd.to_numeric(frame[name], errors="coerce"), dtype=np.float64)
                height_m = np.where(np.isfinite(said), said * per, height_m)
    shapes: npt.NDArray[Any] = np.asarray(frame.geometry.values, dtype=object)
    known = np.isfinite(height_m) & (shapely.get_dimensions(shapes) == 2)
    if not known.any():
        return None
    parts, of = shapely.get_parts(shapes[known], return_index=True)
    metric = shapely.transform(parts, lambda points: to_metric(points, crs))
    heights = np.clip(height_m[known][of], 2.0, 900.0)
    return footprints_of(crs, metric, heights, np.full(len(parts), BuildingKind.OTHER, np.uint8))


def paint_buildings(  # noqa: PLR0917
    painter: QPainter,
    buildings: Footprints,
    box: tuple[float, float, float, float],
    to_px: Callable[[Doubles], Doubles],
    m_per_px: float,
    theme: Theme,
    *,
    shadows: bool = True,
) -> None:
    """Paint the buildings of a tile: soft shadows first, then roofs, the low ones darker.

    Parameters
    ----------
    painter
        In the tile's logical pixels.
    buildings
        All of the map.
    box
        What the tile shows, metres.
    to_px
        From metres to the tile's pixels.
    m_per_px
        Its scale.
    theme
        Colours.
    shadows
        Whether they have any.
    """
    if m_per_px >= BELOW_M_PX:
        return
    rows = buildings.near(box)
    if m_per_px >= _ALL_BELOW_M_PX:
        rows = rows[buildings.area_m2[rows] >= _LARGE_M2]
    if len(rows) == 0:
        return
    xy, begins = buildings.outlines(rows)
    px = to_px(xy)
    counts = np.diff(np.append(begins, len(px)))
    if shadows and m_per_px < _ALL_BELOW_M_PX:
        # On the map a tower's shadow isn't as long as on the ground, or it hides its neighbours.
        fall = np.minimum(buildings.height_m[rows], 60.0) / m_per_px
        by = np.repeat(fall, counts)[:, None] * _SHADOW
        shadow = path(px + by, begins)
        shadow.setFillRule(Qt.FillRule.WindingFill)
        dark = QColor("#000000" if theme.dark else "#3A3F44")
        for wider, alpha in _SOFT_PX:
            dark.setAlphaF(alpha)
            if wider:
                painter.strokePath(shadow, QPen(dark, 2 * wider))
            else:
                painter.fillPath(shadow, dark)
    low, high = (QColor(one) for one in theme.table["building"])
    if theme.dark:
        # Roofs catch the lamp: the tall ones most.
        rim = theme.colour("building_edge")
        low, high = (QColor(mixed(one.name(), rim, by)) for one, by in ((low, 0.2), (high, 0.46)))
    edge = QPen(QColor(theme.colour("building_edge")), 0.8 if m_per_px < _ALL_BELOW_M_PX else 0.5)
    tall = buildings.height_m[rows] >= 30.0
    for which, roof in ((~tall, low), (tall, high)):
        if not which.any():
            continue
        mask = np.repeat(which, counts)
        starts = np.concatenate([[0], counts[which].cumsum()[:-1]])
        roofs = path(px[mask], starts)
        painter.fillPath(roofs, roof)
        painter.strokePath(roofs, edge)
