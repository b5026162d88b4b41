"""Direction field: which way streets run at each place.

Directions without a sense of forward are kept as the double angle's cosine and
sine, so that fields add up and fade into each other (tensor fields as in Chen,
Esch, Wonka, Müller & Zhang, "Interactive procedural street modeling", 2008).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from scipy.ndimage import gaussian_filter
from scipy.spatial import KDTree
from shapely.geometry.base import BaseGeometry

from sandbox.engine.kernel import Doubles
from sandbox.geo import crs as geo
from sandbox.sources.schematic.chance import Chance
from sandbox.sources.schematic.ground import Area, Ground, Pattern

_CELL_M: Final = 80.0
_MARGIN_M: Final = 1500.0
# How far a direction may stray from its area's own, in degrees, and over which length in metres.
_STRAY: Final = {
    Pattern.ORGANIC: (30.0, 1300.0),
    Pattern.GRID: (9.0, 2600.0),
    Pattern.CAMPUS: (12.0, 900.0),
    Pattern.PLAZA: (0.0, 1000.0),
    Pattern.INDUSTRY: (4.0, 3200.0),
    Pattern.VILLAGE: (45.0, 500.0),
}


@dataclass(frozen=True, slots=True, eq=False)
class DirectionField:
    """A field of directions on a regular grid.

    Attributes
    ----------
    corner_xy
        Metres of the first cell's middle, south-west.
    cell_m
        Distance of the cells.
    double_angle
        Cosine and sine of the doubled angle, shape ``(rows, columns, 2)``, south first.
    """

    corner_xy: Doubles
    cell_m: float
    double_angle: Doubles


def direction_field(ground: Ground, chance: Chance) -> DirectionField:
    """Make the field that streets follow: areas' own grain, roads, shores and slopes.

    Parameters
    ----------
    ground
        What lies there.
    chance
        Source of every choice that is left to chance.
    """
    low, high = _bounds(ground)
    columns, rows = np.ceil((high - low) / _CELL_M).astype(int) + 1
    x, y = np.meshgrid(low[0] + np.arange(columns) * _CELL_M, low[1] + np.arange(rows) * _CELL_M)
    places = np.column_stack([x.ravel(), y.ravel()])
    field = 0.25 * _double(np.full(len(places), np.radians(84.0)))
    roads = [road.course for road in ground.roads]
    near_road, along_road = _nearest_line(places, roads)
    for area in ground.areas:
        _add_grain(field, places, (rows, columns), low, area, roads, chance)
    field += 1.3 * np.exp(-((near_road / 380.0) ** 2))[:, None] * along_road
    shores = [shapely.boundary(shape) for shape in (*ground.water, *ground.parks)]
    near_shore, along_shore = _nearest_line(places, shores)
    field += 1.6 * np.exp(-((near_shore / 260.0) ** 2))[:, None] * along_shore
    if ground.heights is not None:
        height = ground.heights.at(geo.to_lonlat(places, ground.crs)).reshape(rows, columns)
        field += _along_contours(height)
    smooth = gaussian_filter(field.reshape(rows, columns, 2), (1.6, 1.6, 0.0), mode="nearest")
    length = np.maximum(np.linalg.norm(smooth, axis=2, keepdims=True), 1e-9)
    return DirectionField(low, _CELL_M, np.ascontiguousarray(smooth / length))


def _bounds(ground: Ground) -> tuple[Doubles, Doubles]:
    shapes = np.array([area.shape for area in ground.areas] + [r.course for r in ground.roads])
    west, south, east, north = shapely.total_bounds(shapes)
    return np.array([west, south]) - _MARGIN_M, np.array([east, north]) + _MARGIN_M


def _double(angle: Doubles) -> Doubles:
    return np.stack([np.cos(2 * angle), np.sin(2 * angle)], axis=-1)


def _nearest_line(places: Doubles, lines: Sequence[BaseGeometry]) -> tuple[Doubles, Doubles]:
    """Return the distance to the nearest line, and its direction there doubled."""
    middles, doubles = [np.full((1, 2), 1e12)], [np.array([[1.0, 0.0]])]
    for line in lines:
        for part in shapely.get_parts(line):
            xy = shapely.get_coordinates(shapely.segmentize(part, 40.0))
            step = np.diff(xy, axis=0)
            middles.append((xy[1:] + xy[:-1]) / 2)
            doubles.append(_double(np.arctan2(step[:, 1], step[:, 0])))
    distance, nearest = KDTree(np.concatenate(middles)).query(places)
    return distance, np.concatenate(doubles)[nearest]


def _add_grain(  # noqa: PLR0917
    field: Doubles,
    places: Doubles,
    shape: tuple[int, int],
    low: Doubles,
    area: Area,
    roads: Sequence[BaseGeometry],
    chance: Chance,
) -> None:
    """Add an area's own direction to the field inside and just around it, in place."""
    west, south, east, north = area.shape.bounds
    first = np.maximum(((np.array([west, south]) - low - 200) / _CELL_M).astype(int), 0)
    last = ((np.array([east, north]) - low + 200) / _CELL_M).astype(int) + 1
    rows = np.arange(first[1], min(last[1], shape[0]))
    cells = (rows[:, None] * shape[1] + np.arange(first[0], min(last[0], shape[1]))).ravel()
    shapely.prepare(area.shape)
    near = cells[shapely.dwithin(area.shape, shapely.points(places[cells]), 160.0)]
    middle = shapely.get_coordinates(area.shape.representative_point())
    _, along = _nearest_line(middle, roads)
    random = chance.at(middle[0])
    angle = float(np.arctan2(along[0, 1], along[0, 0])) / 2 + np.radians(random.normal(0.0, 5.0))
    stray, wave_m = _STRAY[area.pattern]
    turn = np.zeros(len(near))
    for _ in range(3):
        way, phase = random.uniform(0.0, 2 * np.pi, 2)
        run = places[near] @ np.array([np.cos(way), np.sin(way)])
        turn += np.sin(run * 2 * np.pi / (wave_m * random.uniform(1.4, 2.6)) + phase)
    own = _double(angle + np.radians(stray) * turn / 2.2)
    if area.pattern is Pattern.CAMPUS:
        own = 0.55 * own + _around(places[near], area)
    field[near] += own


def _around(places: Doubles, area: Area) -> Doubles:
    """Return directions on rings around an area's middle, strongest halfway out."""
    away = places - shapely.get_coordinates(area.shape.centroid)
    distance = np.linalg.norm(away, axis=1)
    half_m = np.sqrt(area.shape.area / np.pi)
    strength = 1.1 * np.exp(-(((distance / half_m - 0.6) / 0.4) ** 2))
    return strength[:, None] * _double(np.arctan2(away[:, 1], away[:, 0]) + np.pi / 2)


def _along_contours(height: Doubles) -> Doubles:
    """Return directions along the contour lines, the stronger the steeper the ground."""
    up_y, up_x = np.gradient(gaussian_filter(height, 1.5), _CELL_M)
    slope = np.hypot(up_x, up_y).ravel()
    strength = np.clip((slope - 0.02) / 0.10, 0.0, 1.0) * 1.2
    return strength[:, None] * _double(np.arctan2(up_y, up_x).ravel() + np.pi / 2)
