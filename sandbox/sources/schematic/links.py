"""Ways through the open country: village roads between towns, and paths over the ridges."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import shapely
from shapely import LineString

from sandbox.engine.kernel import Doubles
from sandbox.sources.schematic.ground import Ground, Pattern
from sandbox.sources.schematic.terrain import Terrain
from sandbox.streets.streets import StreetClass

_TOWN_REACH_M: Final = 4500.0
_VILLAGE_REACH_M: Final = 3500.0
_LONG_TUNNEL_M: Final = 1500.0
_OFFSET_M: Final = 500.0
_TRAILHEAD_M: Final = 1300.0
_TRAIL_REACH_M: Final = 1300.0
_OWN_WAY_IN_M: Final = 350.0
# No road is made to a place this near to one already, and none is made longer than that.
_ALONE_M: Final = 300.0
_PLACE_REACH_M: Final = 1800.0
# Country roads climb no higher than this between their ends.
_CLIMB_M: Final = 110.0


def links(
    ground: Ground, land: Terrain, standing: list[LineString]
) -> Iterator[tuple[LineString, StreetClass]]:
    """Yield country roads: from each village to the nearest roads, and to its neighbours.

    Parameters
    ----------
    ground
        What lies there.
    land
        How hard it is to walk across.
    standing
        Streets and roads that they may start from.
    """
    yield from _town_roads(ground, land, standing)
    villages = [a.shape for a in ground.areas if a.pattern is Pattern.VILLAGE]
    middles = np.array([shapely.get_coordinates(v.centroid)[0] for v in villages]).reshape(-1, 2)
    roads = shapely.STRtree(standing)
    wide = shapely.union_all(np.array(ground.water))
    shapely.prepare(wide)
    joined = set[tuple[int, int]]()
    for i, middle in enumerate(middles):
        place = shapely.points(middle)
        goal = _on(standing[int(roads.nearest(place))], middle)
        if not _over_water(wide, middle, goal):
            yield land.way(middle, goal), StreetClass.LOCAL
        away = np.hypot(*(middles - middle).T)
        for j in np.argsort(away, kind="stable")[1:3].tolist():
            pair = (min(i, j), max(i, j))
            if away[j] > _VILLAGE_REACH_M or pair in joined:
                continue
            climb_m = _climb_m(land, middle, middles[j])
            if climb_m > _CLIMB_M or _over_water(wide, middle, middles[j]):
                continue
            joined.add(pair)
            yield land.way(middle, middles[j]), StreetClass.LOCAL


def _town_roads(
    ground: Ground, land: Terrain, standing: list[LineString]
) -> Iterator[tuple[LineString, StreetClass]]:
    """Yield a road out of each town that no main road passes above ground."""
    towns = [a.shape.buffer(60.0) for a in ground.areas if a.pattern is not Pattern.VILLAGE]
    roads = [r for r, kind, _ in ground.surface_roads() if kind is not StreetClass.EXPRESS]
    wide = shapely.union_all(np.array(ground.water))
    for town in shapely.get_parts(shapely.union_all(np.array(towns))).tolist():
        others = [line for line in standing if not line.intersects(town)]
        if any(road.intersects(town) for road in roads) or not others:
            continue
        middle = shapely.get_coordinates(town.representative_point())[0]
        away = shapely.distance(np.array(others), town)
        for near in np.argsort(away, kind="stable")[:6].tolist():
            goal = _on(others[near], middle)
            if away[near] < _TOWN_REACH_M and not _over_water(wide, middle, goal):
                yield land.way(middle, goal), StreetClass.COLLECTOR
                break


def roads_to_places(
    ground: Ground, land: Terrain, driven: list[LineString]
) -> Iterator[tuple[LineString, StreetClass]]:
    """Yield a road to each place that stands alone in the open country.

    Parameters
    ----------
    ground, land
        As for `links`.
    driven
        Roads and streets of cars that they may start from.
    """
    built = shapely.union_all(np.array([a.shape for a in ground.areas]))
    wide = shapely.union_all(np.array(ground.water))
    roads = shapely.STRtree(driven)
    for place in ground.places:
        near = driven[int(roads.nearest(place))]
        away = near.distance(place)
        if not _ALONE_M < away < _PLACE_REACH_M or shapely.dwithin(built, place, _ALONE_M / 2):
            continue
        start = shapely.get_coordinates(place)[0]
        goal = _on(near, start)
        if _over_water(wide, start, goal) or _climb_m(land, start, goal) > _CLIMB_M:
            continue
        yield land.way(start, goal), StreetClass.LOCAL


def mountain_paths(
    ground: Ground, land: Terrain, standing: list[LineString]
) -> Iterator[tuple[LineString, StreetClass]]:
    """Yield a footpath over the ridge near each long tunnel."""
    roads = shapely.STRtree(standing)
    for tunnel in ground.tunnels:
        if tunnel.length < _LONG_TUNNEL_M:
            continue
        ends = shapely.get_coordinates(tunnel)[[0, -1]]
        along = (ends[1] - ends[0]) / np.hypot(*(ends[1] - ends[0]))
        aside = np.array([-along[1], along[0]]) * _OFFSET_M
        start, goal = (
            _on(standing[int(roads.nearest(shapely.points(end + aside)))], end + aside)
            for end in ends
        )
        yield land.way(start, goal), StreetClass.PATH


def trailheads(
    ground: Ground, land: Terrain, standing: list[LineString], smallest_m2: float
) -> Iterator[tuple[LineString, StreetClass]]:
    """Yield footpaths from the edge of each large park to the nearest road or town outside.

    Where a road already leads into the park, or streets border it, there is none.

    Parameters
    ----------
    ground, land
        As for `links`.
    standing
        Streets, roads and outlines of towns that they may lead to.
    smallest_m2
        Parks smaller than this have no trailheads.
    """
    built = shapely.union_all(np.array([a.shape for a in ground.areas])).buffer(_OWN_WAY_IN_M / 2)
    water = shapely.union_all(np.array(ground.water))
    lines = np.array(standing)
    for park in ground.parks:
        if park.area < smallest_m2:
            continue
        edge = park.buffer(-6.0).exterior
        outside = lines[~shapely.intersects(lines, park)]
        leading_in = shapely.union_all(lines[shapely.crosses(lines, edge)])
        count = max(int(edge.length / _TRAILHEAD_M), 3)
        for part in (np.arange(count) + 0.5) / count:
            start = shapely.get_coordinates(edge.interpolate(float(part), normalized=True))[0]
            place = shapely.points(start)
            near = outside[int(shapely.distance(outside, place).argmin())]
            goal = _on(near, start)
            if (
                np.hypot(*(goal - start)) < _TRAIL_REACH_M
                and not shapely.dwithin(leading_in, place, _OWN_WAY_IN_M)
                and not shapely.dwithin(built, place, 1.0)
                and not _over_water(water, start, goal)
            ):
                yield land.way(start, goal), StreetClass.PATH


def _on(line: LineString, place: Doubles) -> Doubles:
    at = line.interpolate(line.project(shapely.points(place)))
    return shapely.get_coordinates(at)[0]


def _over_water(water: shapely.Geometry, a: Doubles, b: Doubles) -> bool:
    """Return whether more than a stream lies between two places."""
    return LineString([a, b]).intersection(water).length > 90.0


def _climb_m(land: Terrain, a: Doubles, b: Doubles) -> float:
    """Return how far the ground between two places rises above both."""
    parts = np.linspace(0.0, 1.0, 21)[:, None]
    cells = np.round(((a + parts * (b - a)) - land.corner_xy) / 60.0).astype(int)
    height = land.height_m[cells[:, 1], cells[:, 0]]
    return float(height.max() - max(height[0], height[-1]))
