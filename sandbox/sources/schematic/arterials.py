"""Arterial and collector roads: evenly spaced walks along the direction field."""

from typing import Final

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from sandbox.engine.kernel import Doubles
from sandbox.sources.schematic.chance import Chance
from sandbox.sources.schematic.field import DirectionField
from sandbox.sources.schematic.linework import thinned
from sandbox.sources.schematic.trace import direction_at, walk

_STEP_M: Final = 20.0
_LONGEST_STEPS: Final = 700
_SHORTEST_M: Final = 260.0
_TOO_NEAR: Final = 0.52
# Cosine of the turn, from where it began, at which a road ends: no road runs in circles.
_TURNED: Final = 0.3


class Spacing:
    """Which places already have a road of the same sense nearby, on a coarse grid.

    Parameters
    ----------
    distance_m
        Distance that roads of one sense should keep.
    """

    def __init__(self, distance_m: float) -> None:
        self.distance_m = distance_m
        self._cells: dict[tuple[int, int, bool], list[tuple[float, float]]] = {}

    def add(self, way: Doubles, across: bool) -> None:
        """Take up the places of a road."""
        for x, y in way.tolist():
            self._cells.setdefault((*self._cell(x, y), across), []).append((x, y))

    def nearest_m(self, x: float, y: float, across: bool) -> float:
        """Return the distance to the nearest road of a sense, infinite beyond the spacing."""
        column, row = self._cell(x, y)
        best = np.inf
        for c in (column - 1, column, column + 1):
            for r in (row - 1, row, row + 1):
                for px, py in self._cells.get((c, r, across), ()):
                    best = min(best, (px - x) ** 2 + (py - y) ** 2)
        return float(np.sqrt(best))

    def _cell(self, x: float, y: float) -> tuple[int, int]:
        return int(x // self.distance_m), int(y // self.distance_m)


def arterials(
    field: DirectionField,
    ground: BaseGeometry,
    roads: list[LineString],
    distance_m: float,
    chance: Chance,
) -> list[LineString]:
    """Lay roads at even distances along the field, beside those that are there.

    The walks are placed as in Jobard & Lefer, "Creating evenly-spaced streamlines of
    arbitrary density" (1997): each new one starts at the wanted distance beside one
    that stands, and ends where it would come too near to another.

    Parameters
    ----------
    field
        Directions.
    ground
        Where roads may lie, an area in metres.
    roads
        Roads that stand already.
    distance_m
        Wanted distance between roads of one sense.
    chance
        Source of every choice that is left to chance.
    """
    shapely.prepare(ground)
    spacing = Spacing(distance_m)
    standing = [shapely.get_coordinates(shapely.segmentize(road, _STEP_M)) for road in roads]
    seeds = list[tuple[float, float, bool]]()
    for way in standing:
        _take_up(spacing, field, way)
        seeds += _beside(field, way, distance_m)
    for part in shapely.get_parts(ground):
        x, y = shapely.get_coordinates(part.representative_point())[0]
        seeds += [(float(x), float(y), False), (float(x), float(y), True)]
    made = list[LineString]()
    while seeds:
        x, y, across = seeds.pop(0)
        if not shapely.contains_xy(ground, x, y):
            continue
        if spacing.nearest_m(x, y, across) < 0.82 * distance_m:
            continue
        way = _lay(field, ground, spacing, np.array([x, y]), across, chance)
        if way is None:
            continue
        spacing.add(way, across)
        seeds += _beside(field, way, distance_m)
        made.append(LineString(thinned(way, 2.5)))
    return made


def _take_up(spacing: Spacing, field: DirectionField, way: Doubles) -> None:
    """Take up a standing road, each stretch by the sense that it runs in."""
    steps = np.diff(way, axis=0)
    for place, (sx, sy) in zip(way[:-1], steps, strict=True):
        dx, dy = direction_at(
            field.corner_xy, field.cell_m, field.double_angle, place[0], place[1], False
        )
        along = abs(sx * dx + sy * dy) >= 0.7071 * np.hypot(sx, sy)
        spacing.add(place[None], not along)


def _beside(
    field: DirectionField, way: Doubles, distance_m: float
) -> list[tuple[float, float, bool]]:
    """Return places to start from: beside a road for its own sense, on it for the other."""
    every = max(int(distance_m / _STEP_M / 2), 1)
    found = list[tuple[float, float, bool]]()
    for i in range(every, len(way) - 1, every):
        step = way[i + 1] - way[i]
        step = step / max(float(np.hypot(*step)), 1e-9)
        dx, dy = direction_at(
            field.corner_xy, field.cell_m, field.double_angle, way[i, 0], way[i, 1], False
        )
        across = bool(abs(step[0] * dx + step[1] * dy) < 0.7071)
        for side in (1.0, -1.0):
            x, y = way[i] + side * distance_m * np.array([-step[1], step[0]])
            found.append((float(x), float(y), across))
        found.append((float(way[i, 0]), float(way[i, 1]), not across))
    return found


def _lay(  # noqa: PLR0917
    field: DirectionField,
    ground: BaseGeometry,
    spacing: Spacing,
    start: Doubles,
    across: bool,
    chance: Chance,
) -> Doubles | None:
    """Walk both ways from a place until the ground ends or another road is too near."""
    halves = list[Doubles]()
    near_m = spacing.distance_m * _TOO_NEAR * chance.at(start).uniform(0.85, 1.15)
    for sense in (1.0, -1.0):
        way = walk(
            field.corner_xy,
            field.cell_m,
            field.double_angle,
            start,
            sense,
            across,
            _STEP_M,
            _LONGEST_STEPS,
        )
        steps = np.diff(way, axis=0)
        straight = np.concatenate([[True], steps @ steps[0] > _TURNED * _STEP_M**2])
        inside = shapely.contains_xy(ground, way[:, 0], way[:, 1]) & straight
        stop = len(way) if inside.all() else int(np.argmin(inside)) + 1
        for i in range(1, stop):
            if spacing.nearest_m(way[i, 0], way[i, 1], across) < near_m:
                stop = i + 1
                break
            if i > 60 and np.hypot(*(way[i] - start)) < near_m:
                stop = i + 1
                break
        halves.append(way[:stop])
    way = np.concatenate([halves[1][:0:-1], halves[0]])
    return way if len(way) * _STEP_M > _SHORTEST_M else None


def without(ground: BaseGeometry, holes: list[Polygon]) -> BaseGeometry:
    """Return the ground outside some areas."""
    return shapely.difference(ground, shapely.union_all(np.array(holes))) if holes else ground
