"""From ground to streets: the order in which a schematic city is laid out."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from sandbox.geo import crs as geo
from sandbox.sources.schematic.arterials import arterials, without
from sandbox.sources.schematic.blocks import FOREST, HABITS, PARK, Habit, fill
from sandbox.sources.schematic.chance import Chance
from sandbox.sources.schematic.draft import Draft
from sandbox.sources.schematic.expressways import add_expressways, add_tunnels
from sandbox.sources.schematic.field import DirectionField, direction_field
from sandbox.sources.schematic.finish import bind, drawn_up, round_off, span
from sandbox.sources.schematic.gates import open_up
from sandbox.sources.schematic.ground import Ground, Pattern
from sandbox.sources.schematic.linework import Shapes
from sandbox.sources.schematic.links import links, mountain_paths, roads_to_places, trailheads
from sandbox.sources.schematic.rings import around, heart, loop, spokes
from sandbox.sources.schematic.skeleton import Joined, Skeleton
from sandbox.sources.schematic.subdivision import OUTLINE, Edge, Subdivision
from sandbox.sources.schematic.terrain import terrain
from sandbox.streets.assemble import assemble
from sandbox.streets.streets import Provenance, StreetClass, Streets

SEED: Final = 2026
BARRIER_M: Final = 30.0
_BANK_M: Final = 11.0
_ARTERIAL_M: Final = 1020.0
_COLLECTOR_M: Final = 500.0
# What is shorter is no arterial road, however wide its spacing.
_LONG_M: Final = 2600.0
_CLOSE_M: Final = 34.0
# Arterial roads run on through open ground between towns that are no further apart.
_BETWEEN_M: Final = 900.0
_WIDE_WATER_M2: Final = 4e6
_FOREST_M2: Final = 4e5
_STUMP_M: Final = 750.0
_SIDE_BY_SIDE_M: Final = 22.0
_BESIDE_PARK_M: Final = 120.0


def generate(ground: Ground, seed: int = SEED) -> Streets:
    """Make schematic streets; the same ground and seed give the same streets.

    Parameters
    ----------
    ground
        What lies there.
    seed
        Start of every choice that is left to chance.

    Raises
    ------
    NetworkError
        The ground holds nothing that streets could be made of.
    """
    chance = Chance(seed)
    field = direction_field(ground, chance.of("field"))
    names = sorted({road.name for road in ground.roads if road.name})
    number = {name: i for i, name in enumerate(names)}
    skeleton = _skeleton(ground, field, number, chance)
    joined = _joined(skeleton, ground)
    plane = joined.subdivision()
    barriers = _barriers(ground)
    _fill(plane, ground, barriers, field, chance)
    span(plane, barriers, chance.of("span"))
    round_off(plane, chance.of("outline"))
    bind(plane, OUTLINE, StreetClass.PATH)
    built = shapely.union_all(np.array([area.shape for area in ground.areas])).buffer(100.0)
    walked = shapely.union_all([built, *(park.buffer(_BESIDE_PARK_M) for park in ground.parks)])
    plane = open_up(plane, walked, _walls(ground))
    bind(plane, int(StreetClass.PATH), StreetClass.LOCAL, built)
    draft = drawn_up(plane, ground)
    add_tunnels(draft, ground, number)
    add_expressways(draft, ground, number)
    return _assembled(draft, ground, names, seed)


def _skeleton(
    ground: Ground, field: DirectionField, number: dict[str, int], chance: Chance
) -> Skeleton:
    """Return all lines that the blocks lie between, the more important first."""
    skeleton = Skeleton()
    built = shapely.union_all(np.array([area.shape for area in ground.areas]))
    closed = built.buffer(70.0).buffer(-70.0)
    roads = list(ground.surface_roads())
    for line, street_class, name in roads:
        if street_class is not StreetClass.EXPRESS:
            skeleton.add(line, Edge(int(street_class), number.get(name, -1)))
    standing = [line for line, _, _ in roads]
    closes = [a for a in ground.areas if a.pattern in (Pattern.CAMPUS, Pattern.PLAZA)]
    holes = [a.shape.buffer(-3.0) for a in closes]
    holes += [a.shape.buffer(150.0) for a in ground.areas if a.pattern is Pattern.VILLAGE]
    holes += [w.buffer(20.0) for w in ground.water if not _is_stream(w)]
    holes += list(ground.parks)
    towns = built.buffer(_BETWEEN_M / 2, quad_segs=3).buffer(-_BETWEEN_M / 2 + 40.0)
    open_ground = without(towns, holes)
    standing += [LineString(a.shape.exterior.coords) for a in closes]
    for distance_m, street_class in (
        (_ARTERIAL_M, StreetClass.ARTERIAL),
        (_COLLECTOR_M, StreetClass.COLLECTOR),
    ):
        stage = chance.of(street_class.name)
        for line in arterials(field, open_ground, standing, distance_m, stage):
            long_enough = line.length > _LONG_M
            skeleton.add(line, Edge(int(street_class if long_enough else StreetClass.COLLECTOR)))
            standing.append(line)
    main = list(skeleton.lines)
    for area in closes:
        skeleton.add(_apart(area.shape.exterior, main, _CLOSE_M), Edge(int(StreetClass.STREET)))
        for line in loop(area):
            skeleton.add(line, Edge(int(StreetClass.LOCAL)))
        for line in heart(area, field, chance.of("heart")):
            skeleton.add(line, Edge(int(StreetClass.PATH)))
    _add_edges_of_nature(skeleton, ground, closed)
    laid = list[LineString]()
    for line, street_class in _open_country(ground, skeleton, closed, chance):
        # Where two ways would run side by side, the first serves both.
        skeleton.add(_apart(line, laid, _SIDE_BY_SIDE_M), Edge(int(street_class)))
        laid.append(line)
    skeleton.add(closed.boundary, Edge(OUTLINE))
    return skeleton


def _apart(lines: BaseGeometry, others: list[LineString], close_m: float) -> BaseGeometry:
    """Return the parts of lines that don't run close beside others."""
    tree = shapely.STRtree(others)
    parts = list[BaseGeometry]()
    for line in shapely.get_parts(lines).tolist():
        near = np.sort(tree.query(line, predicate="dwithin", distance=close_m))
        box = shapely.box(*line.buffer(2 * close_m).bounds)
        beside = shapely.union_all([others[i].intersection(box) for i in near.tolist()])
        parts.append(line.difference(beside.buffer(close_m)))
    return shapely.union_all(np.array(parts))


def _is_stream(water: Polygon) -> bool:
    """Return whether a water is so narrow that streets cross it: no 120 m disc fits in."""
    return water.buffer(-60.0).is_empty and water.length > 5000.0


def _add_edges_of_nature(skeleton: Skeleton, ground: Ground, closed: BaseGeometry) -> None:
    """Add the paths along banks, lakes and parks, and the streets beside expressways."""
    path = Edge(int(StreetClass.PATH))
    near = closed.buffer(90.0)
    for water in ground.water:
        if _is_stream(water):
            banks = water.buffer(_BANK_M).boundary.simplify(1.5)
            skeleton.add(banks.intersection(near), path)
        elif water.area > _WIDE_WATER_M2:
            banks = water.buffer(32.0).boundary.simplify(3.0)
            skeleton.add(banks.intersection(near), path)
        else:
            ring = around(water, 9.0)
            skeleton.add(ring, path)
            for spoke in spokes(ring, ground.parks):
                skeleton.add(spoke, path)
    main = list(skeleton.lines)
    for park in ground.parks:
        ring = park.buffer(-6.0).boundary.simplify(2.0)
        skeleton.add(_apart(ring, main, 14.0), path)
    express = [r for r, c, _ in ground.surface_roads() if c is StreetClass.EXPRESS]
    if express:
        beside = shapely.union_all(np.array(express)).buffer(BARRIER_M, quad_segs=3).boundary
        skeleton.add(beside.simplify(1.5).intersection(closed), Edge(int(StreetClass.LOCAL)))


def _open_country(
    ground: Ground, skeleton: Skeleton, closed: BaseGeometry, chance: Chance
) -> Iterator[tuple[LineString, StreetClass]]:
    land = terrain(ground, chance.of("terrain"))
    driven = [
        line
        for line, edge in zip(skeleton.lines, skeleton.edges, strict=True)
        if edge.street_class >= StreetClass.LOCAL
    ]
    yield from links(ground, land, skeleton.lines)
    yield from roads_to_places(ground, land, driven)
    yield from mountain_paths(ground, land, skeleton.lines)
    edges = shapely.get_parts(closed.boundary).tolist()
    yield from trailheads(ground, land, [*skeleton.lines, *edges], _FOREST_M2)


def _joined(skeleton: Skeleton, ground: Ground) -> Joined:
    """Return the skeleton joined into one piece, without stumps."""
    skeleton.reach_out(46.0)
    fixed = shapely.union_all(np.array([road.course for road in ground.roads]))
    joined = skeleton.joined().pruned(_STUMP_M, fixed)
    for _ in range(4):
        ties = joined.ties()
        if not ties:
            break
        for tie in ties:
            joined_edge = Edge(int(StreetClass.STREET))
            skeleton.add(tie, joined_edge)
        joined = skeleton.joined().pruned(_STUMP_M, fixed)
    return joined


def _barriers(ground: Ground) -> list[BaseGeometry]:
    """Return the ground that streets cross only by bridge or underpass."""
    express = [r for r, c, _ in ground.surface_roads() if c is StreetClass.EXPRESS]
    found: list[BaseGeometry] = [line.buffer(BARRIER_M + 0.5) for line in express]
    found += [w.buffer(_BANK_M + 0.5) if _is_stream(w) else w for w in ground.water]
    return found


def _walls(ground: Ground) -> list[BaseGeometry]:
    """Return the ground that no gate or cut-through may touch."""
    express = [r for r, c, _ in ground.surface_roads() if c is StreetClass.EXPRESS]
    return [*(line.buffer(BARRIER_M - 5.0) for line in express), *ground.water]


def _fill(
    plane: Subdivision,
    ground: Ground,
    barriers: list[BaseGeometry],
    field: DirectionField,
    chance: Chance,
) -> None:
    """Fill every face that lies in built-up ground or in a park."""
    blocks = chance.of("blocks")
    faces = plane.faces()
    shapes = [Polygon(plane.ring_xy(face)) for face in faces]
    places = shapely.point_on_surface(shapely.make_valid(np.array(shapes)))
    barred = shapely.STRtree(barriers).query(places, predicate="intersects")[0]
    habits = _habits(places, ground)
    for i, face in enumerate(faces):
        habit = habits[i]
        if habit is not None and i not in set(barred.tolist()):
            place = shapely.get_coordinates(places[i])[0]
            fill(plane, face, habit, field, blocks.at(place))


def _habits(places: Shapes, ground: Ground) -> list[Habit | None]:
    """Return for each place how blocks are cut there; None in the open country."""
    habits: list[Habit | None] = [None] * len(places)
    for i, park in shapely.STRtree(ground.parks).query(places, predicate="intersects").T.tolist():
        habits[i] = FOREST if ground.parks[park].area > _FOREST_M2 else PARK
    areas = shapely.STRtree([a.shape for a in ground.areas])
    hits = areas.query(places, predicate="dwithin", distance=75.0)
    nearest = areas.nearest(places)
    for i in np.unique(hits[0]).tolist():
        if habits[i] is None:
            habits[i] = HABITS[ground.areas[int(nearest[i])].pattern]
    return habits


def _assembled(draft: Draft, ground: Ground, names: list[str], seed: int) -> Streets:
    lonlat = geo.to_lonlat(np.array(draft.nodes), ground.crs)
    parts = draft.segments
    return assemble(
        ground.crs,
        np.round(lonlat, 6),
        np.array([(s.a, s.b) for s in parts]),
        np.array([s.street_class for s in parts]),
        np.array([s.structure for s in parts]),
        np.array([s.access for s in parts]),
        np.array([s.name for s in parts]),
        names,
        Provenance(
            title="Schematic streets of the Science City",
            source="Made by the program's own generator from the shipped layers",
            licence="CC BY 4.0",
            date="",
            schematic=True,
            report={"seed": seed, "areas": len(ground.areas), "roads": len(ground.roads)},
        ),
    )
