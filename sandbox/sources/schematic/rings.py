"""Streets that no grid has: campus loops, quadrangles, lawn diagonals, squares, lake rings."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from shapely import LineString, MultiLineString, Polygon
from shapely.geometry.base import BaseGeometry

from sandbox.engine.kernel import Doubles
from sandbox.sources.schematic.chance import Chance
from sandbox.sources.schematic.field import DirectionField
from sandbox.sources.schematic.ground import Area, Pattern
from sandbox.sources.schematic.trace import direction_at

_ROUND_M: Final = 40.0
_SPOKE_M: Final = 260.0


def loop(area: Area) -> list[BaseGeometry]:
    """Return the ring road inside a campus, none where it is too small for one."""
    half_m = _half_width_m(area.shape)
    if area.pattern is not Pattern.CAMPUS or half_m < 190.0:
        return []
    inner = area.shape.buffer(-0.42 * half_m).buffer(-_ROUND_M).buffer(_ROUND_M, quad_segs=6)
    return [part.exterior.simplify(2.0) for part in shapely.get_parts(inner) if part.area > 2e4]


def heart(area: Area, field: DirectionField, chance: Chance) -> list[BaseGeometry]:
    """Return the paths in the middle of a campus or a square.

    A campus has a quadrangle with diagonals over its lawn and axes from its sides; a
    square has a ring and rays.
    """
    half_m = _half_width_m(area.shape)
    middle = shapely.get_coordinates(_deep_place(area.shape))[0]
    random = chance.at(middle)
    dx, dy = direction_at(
        field.corner_xy, field.cell_m, field.double_angle, middle[0], middle[1], False
    )
    frame = np.array([[dx, dy], [-dy, dx]])
    if area.pattern is Pattern.CAMPUS:
        long_m = min(0.34 * half_m, 130.0) * random.uniform(0.85, 1.1)
        wide_m = long_m * random.uniform(0.55, 0.8)
        return _clipped(_quadrangle(middle, frame, long_m, wide_m, 2.4 * half_m), area.shape)
    if area.pattern is Pattern.PLAZA:
        return _clipped(_star(middle, frame, min(0.36 * half_m, 90.0), 2.2 * half_m), area.shape)
    return []


def around(water: Polygon, away_m: float) -> LineString:
    """Return the path around a lake, at a distance from its shore."""
    ring = Polygon(water.exterior).buffer(away_m + 25.0).buffer(-25.0).exterior
    return LineString(shapely.get_coordinates(ring.simplify(1.5)))


def spokes(ring: LineString, parks: Sequence[Polygon]) -> list[LineString]:
    """Return short paths from the path around a lake to the edge of the park around it."""
    found = list[LineString]()
    for park in parks:
        if not park.intersects(ring):
            continue
        edge = park.buffer(-6.0).boundary
        count = max(int(ring.length / _SPOKE_M), 3)
        for part in (np.arange(count) + 0.3) / count:
            start = ring.interpolate(float(part), normalized=True)
            spoke = LineString(shapely.get_coordinates(shapely.shortest_line(start, edge)))
            if _SPOKE_M / 20 < spoke.length < _SPOKE_M and park.contains(start):
                found.append(spoke)
    return found


def _half_width_m(shape: Polygon) -> float:
    return float(shapely.length(shapely.maximum_inscribed_circle(shape, tolerance=5.0)))


def _deep_place(shape: Polygon) -> BaseGeometry:
    circle = shapely.maximum_inscribed_circle(shape, tolerance=5.0)
    return shapely.points(shapely.get_coordinates(circle)[0])


def _quadrangle(
    middle: Doubles, frame: Doubles, long_m: float, wide_m: float, reach_m: float
) -> list[Doubles]:
    corners = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1], [1, 1]]) * [long_m, wide_m]
    lines = [corners, corners[[0, 2]], corners[[1, 3]]]
    for axis, start_m in ((0, long_m), (1, wide_m)):
        for sense in (1.0, -1.0):
            ray = np.zeros((2, 2))
            ray[:, axis] = sense * np.array([start_m, reach_m])
            lines.append(ray)
    return [middle + line @ frame for line in lines]


def _star(middle: Doubles, frame: Doubles, ring_m: float, reach_m: float) -> list[Doubles]:
    turns = np.linspace(0.0, 2 * np.pi, 17)
    ring = ring_m * np.column_stack([np.cos(turns), np.sin(turns)])
    rays = [np.array([ring[i], ring[i] / ring_m * reach_m]) for i in range(0, 16, 2)]
    return [middle + line @ frame for line in [ring, *rays, ring[[0, 8]], ring[[4, 12]]]]


def _clipped(lines: list[Doubles], shape: Polygon) -> list[BaseGeometry]:
    whole = MultiLineString([LineString(line) for line in lines])
    return [part for part in shapely.get_parts(whole.intersection(shape)) if part.length > 5.0]
