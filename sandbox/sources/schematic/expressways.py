"""Roads for wheels only: expressways with their ramps, and tunnels through the ridges."""

from itertools import combinations
from typing import Final

import numpy as np
import shapely
from shapely import LineString

from sandbox.engine.kernel import Doubles
from sandbox.sources.schematic.draft import ACCESS, Draft, Segment
from sandbox.sources.schematic.ground import Ground, Road
from sandbox.streets.modes import Access
from sandbox.streets.streets import StreetClass, Structure

_ALONG_M: Final = 300.0
_BESIDE_M: Final = 190.0
_MEET_M: Final = 350.0
_MAIN: Final = frozenset({StreetClass.ARTERIAL, StreetClass.COLLECTOR})
_EXPRESS: Final = frozenset({StreetClass.EXPRESS})


def add_tunnels(draft: Draft, ground: Ground, number: dict[str, int]) -> None:
    """Add the tunnels of arterial roads, from portal to portal, for wheels only."""
    for road in ground.roads:
        if road.street_class is StreetClass.EXPRESS:
            continue
        for part in _in_tunnels(road, ground):
            xy = shapely.get_coordinates(part)
            ends = []
            for end in (xy[0], xy[-1]):
                segment, at = draft.nearest(end, frozenset({road.street_class}))
                ends.append(draft.cut(segment, at[0], at[1]))
            inner = [draft.node(x, y) for x, y in xy[1:-1]]
            like = Segment(
                0, 0, road.street_class, Structure.TUNNEL, Access.DRIVE, number.get(road.name, -1)
            )
            draft.chain([ends[0], *inner, ends[1]], like)


def add_expressways(draft: Draft, ground: Ground, number: dict[str, int]) -> None:
    """Add the expressways, joined among themselves and by ramps to the arterial roads.

    They share no node with what they cross; ramps leave them some way before.
    """
    roads = [road for road in ground.roads if road.street_class is StreetClass.EXPRESS]
    arterial = [road for road in ground.roads if road.street_class is StreetClass.ARTERIAL]
    done = list[LineString]()
    for road in roads:
        for part, structure in _stretches(road, ground, done):
            xy = shapely.get_coordinates(part)
            like = Segment(
                0, 0, StreetClass.EXPRESS, structure, Access.DRIVE, number.get(road.name, -1)
            )
            draft.chain([_node_at(draft, place) for place in xy], like)
        done.append(road.course)
    for a, b in combinations(roads, 2):
        _join(draft, a, b, number)
    for road in roads:
        for other in arterial:
            for place in shapely.get_coordinates(road.course.intersection(other.course)):
                _ramps(draft, road.course, other.course, place)


def _in_tunnels(road: Road, ground: Ground) -> list[LineString]:
    parts = list[LineString]()
    for tunnel in ground.tunnels:
        inside = road.course.intersection(tunnel.buffer(4.0, cap_style="flat"))
        parts += [p for p in shapely.get_parts(inside) if p.length > 0.5 * tunnel.length]
    return parts


def _stretches(
    road: Road, ground: Ground, below: list[LineString]
) -> list[tuple[LineString, Structure]]:
    """Return a road's stretches on and under the ground, and over water and other roads."""
    tunnels = _in_tunnels(road, ground)
    above = road.course
    for tunnel in tunnels:
        above = above.difference(tunnel.buffer(0.01))
    crossed = [
        p.buffer(45.0) for b in below for p in shapely.get_parts(road.course.intersection(b))
    ]
    wet = shapely.union_all(np.array([*ground.water, *crossed]))
    found = [(part, Structure.TUNNEL) for part in tunnels]
    for shape, structure in (
        (above.difference(wet), Structure.GROUND),
        (above.intersection(wet), Structure.BRIDGE),
    ):
        found += [(p, structure) for p in shapely.get_parts(shape) if p.length > 0.1]
    return found


def _node_at(draft: Draft, place: Doubles) -> int:
    """Return the node that the last expressways have at a place, or a new one."""
    for number in range(len(draft.nodes) - 1, max(len(draft.nodes) - 4000, -1), -1):
        x, y = draft.nodes[number]
        if abs(x - place[0]) < 0.3 and abs(y - place[1]) < 0.3:
            return number
    return draft.node(place[0], place[1])


def _join(draft: Draft, a: Road, b: Road, number: dict[str, int]) -> None:
    """Join two expressways: end to course, or by ramps where they cross."""
    for one, other in ((a, b), (b, a)):
        ends = shapely.get_coordinates(one.course)[[0, -1]]
        for end in ends:
            if other.course.distance(shapely.points(end)) < _MEET_M:
                mine, my_place = draft.nearest(end, _EXPRESS, number.get(one.name, -1))
                start = draft.cut(mine, my_place[0], my_place[1])
                segment, at = draft.nearest(end, _EXPRESS, number.get(other.name, -1))
                goal = draft.cut(segment, at[0], at[1])
                if start != goal:
                    _express_link(draft, [start, goal])
                return
    for place in shapely.get_coordinates(a.course.intersection(b.course)):
        _turns(draft, a.course, b.course, place)


def _turns(draft: Draft, a: LineString, b: LineString, place: Doubles) -> None:
    """Add two curved links in opposite corners of a crossing of expressways."""
    for sense in (1.0, -1.0):
        start, goal = _beside(a, place, sense * 420.0), _beside(b, place, sense * 420.0)
        nodes = []
        for at in (start, goal):
            segment, on = draft.nearest(at, _EXPRESS)
            nodes.append(draft.cut(segment, on[0], on[1]))
        _curve(draft, nodes[0], nodes[1], place, StreetClass.EXPRESS)


def _ramps(draft: Draft, express: LineString, arterial: LineString, place: Doubles) -> None:
    """Add ramps in the four corners of a crossing."""
    for along in (1.0, -1.0):
        leave = _beside(express, place, along * _ALONG_M)
        segment, on = draft.nearest(leave, _EXPRESS)
        if np.hypot(*(on - leave)) > 60.0:
            continue
        start = draft.cut(segment, on[0], on[1])
        for side in (1.0, -1.0):
            reach = _beside(arterial, place, side * _BESIDE_M)
            segment, on = draft.nearest(reach, _MAIN)
            if np.hypot(*(on - reach)) > 120.0:
                continue
            goal = draft.cut(segment, on[0], on[1])
            if start != goal:
                _curve(draft, start, goal, place, StreetClass.LOCAL)


def _beside(line: LineString, place: Doubles, along_m: float) -> Doubles:
    at = line.project(shapely.points(place)) + along_m
    return shapely.get_coordinates(line.interpolate(min(max(at, 0.0), line.length)))[0]


def _curve(draft: Draft, start: int, goal: int, corner: Doubles, street_class: StreetClass) -> None:
    """Add a ramp on a bridge that bends around inside the corner between two roads."""
    a, b = np.array(draft.nodes[start]), np.array(draft.nodes[goal])
    pull = corner * 0.75 + (a + b) / 2 * 0.25
    t = np.linspace(0.0, 1.0, 7)[1:-1, None]
    bend = (1 - t) ** 2 * a + 2 * t * (1 - t) * pull + t**2 * b
    inner = [draft.node(x, y) for x, y in bend]
    like = Segment(0, 0, street_class, Structure.BRIDGE, Access.DRIVE, -1)
    draft.chain([start, *inner, goal], like)


def _express_link(draft: Draft, nodes: list[int]) -> None:
    like = Segment(0, 0, StreetClass.EXPRESS, Structure.BRIDGE, ACCESS[StreetClass.EXPRESS], -1)
    draft.chain(nodes, like)
