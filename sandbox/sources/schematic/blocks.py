"""Blocks: faces divided by streets and paths until all their ground lies near one.

Each cut follows the direction field, so streets bend with the ground. Cuts end on
what is there, which makes T-junctions; where an end comes close to a junction it
joins it, which makes crossings. Recursive division of blocks is after Parish &
Müller, "Procedural modeling of cities" (2001).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from sandbox.engine.kernel import Doubles
from sandbox.sources.schematic.estates import lay_loop
from sandbox.sources.schematic.field import DirectionField
from sandbox.sources.schematic.ground import Pattern
from sandbox.sources.schematic.linework import thinned
from sandbox.sources.schematic.subdivision import OUTLINE, Edge, Subdivision
from sandbox.sources.schematic.trace import (
    crosses,
    depths,
    direction_at,
    first_hit,
    leaves_well,
    walk,
)
from sandbox.streets.streets import StreetClass

_STEP_M: Final = 12.0
_TOLERANCE_M: Final = 2.4
_TRIES: Final = 24
_CLOSE_M: Final = 24.0


@dataclass(frozen=True, slots=True)
class Habit:
    """How blocks of a pattern are cut.

    Attributes
    ----------
    deepest_m
        Ground inside a block lies no further than this from a street.
    wide_m, long_m
        Extents that blocks tend to have in the end.
    street_m2, local_m2
        Blocks larger than this are cut by streets, by local streets; others by paths.
    join_m
        How near a junction an end must come to join it.
    dead_end
        Part of the cuts that stop inside the block.
    uneven
        How far cuts stray from even parts, as a part of the spacing.
    loops
        Part of the blocks of a housing estate's size that get a ring road inside.
    """

    deepest_m: float
    wide_m: float
    long_m: float
    street_m2: float
    local_m2: float
    join_m: float
    dead_end: float
    uneven: float
    loops: float = 0.0


HABITS: Final = {
    Pattern.ORGANIC: Habit(49.5, 97.5, 230.0, 42e3, 21e3, 20.0, 0.26, 0.22, 0.24),
    Pattern.GRID: Habit(49.5, 98.0, 250.0, 46e3, 22e3, 34.0, 0.12, 0.12, 0.30),
    Pattern.CAMPUS: Habit(49.0, 94.0, 220.0, 2e5, 6e4, 24.0, 0.12, 0.16),
    Pattern.PLAZA: Habit(47.0, 90.0, 150.0, 9e9, 4e4, 26.0, 0.0, 0.08),
    Pattern.INDUSTRY: Habit(49.5, 98.0, 400.0, 6e4, 1e4, 34.0, 0.10, 0.06),
    Pattern.VILLAGE: Habit(48.0, 92.0, 150.0, 9e9, 1.6e4, 16.0, 0.35, 0.26),
}
PARK: Final = Habit(60.0, 130.0, 260.0, 9e9, 9e9, 26.0, 0.12, 0.30)
FOREST: Final = Habit(130.0, 250.0, 420.0, 9e9, 9e9, 30.0, 0.10, 0.25)
_ESTATE_M2: Final = (30e3, 120e3)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A way across a face: which edges of the ring it leaves and how."""

    way: Doubles
    edges: tuple[int, int]
    parts: tuple[float, float]


def fill(
    plane: Subdivision,
    face: int,
    habit: Habit,
    field: DirectionField,
    random: np.random.Generator,
) -> None:
    """Cut a face into blocks, in place, until its ground lies near enough to a street."""
    waiting = [(face, 0)]
    while waiting:
        face, failed = waiting.pop()
        ring = plane.ring_xy(face)
        counts = np.array([float(e.street_class != OUTLINE) for e in plane.ring_edges(face)])
        size_m = float((ring.max(axis=0) - ring.min(axis=0)).max())
        inside = depths(ring, counts, min(max(size_m / 40.0, 7.0), 45.0))
        if not len(inside) or inside[:, 2].max() <= habit.deepest_m or failed >= _TRIES:
            continue
        estate = failed == 0 and _ESTATE_M2[0] < _area_m2(ring) < _ESTATE_M2[1]
        if estate and random.random() < habit.loops:
            made = lay_loop(plane, face, ring, random)
            if made:
                waiting += [(part, 1) for part in made]
                continue
        made = _cut(plane, face, ring, inside, habit, field, random, failed)
        waiting += [(part, 0) for part in made] if made else [(face, failed + 1)]


def _cut(  # noqa: PLR0917
    plane: Subdivision,
    face: int,
    ring: Doubles,
    inside: Doubles,
    habit: Habit,
    field: DirectionField,
    random: np.random.Generator,
    failed: int,
) -> list[int]:
    """Lay one street into a face; return the faces that it makes, none if it doesn't fit."""
    deepest = inside[inside[:, 2].argmax()]
    x, y = float(deepest[0]), float(deepest[1])
    dx, dy = direction_at(field.corner_xy, field.cell_m, field.double_angle, x, y, False)
    frame = np.array([[dx, -dy], [dy, dx]])
    extents = np.ptp(ring @ frame, axis=0)
    street_class = _class_of(_area_m2(ring), habit)
    if (
        failed == 0
        and street_class <= StreetClass.LOCAL
        and deepest[2] < 1.5 * habit.deepest_m
        and deepest[3] > _CLOSE_M / 2
        and random.random() < habit.dead_end
    ):
        return _dead_end(plane, face, ring, (x, y), habit, field, random, street_class)
    long_axis = int(extents[1] > extents[0])
    slender = extents.min() <= 1.1 * habit.wide_m
    roomy = extents.max() > 1.35 * habit.long_m or extents.max() > 1.9 * extents.min()
    # The cut runs square to the axis that it divides.
    divided = (
        long_axis if roomy and not (slender and extents.max() < habit.long_m) else 1 - long_axis
    )
    if failed % 2 == 1:
        divided = 1 - divided
    start = _start(inside, frame, divided, habit, random, failed)
    cut = (
        _trace(ring, start, divided == 0, field)
        if failed < 16
        else _straight(ring, start, frame, divided)
    )
    if cut is None:
        return []
    return _lay(plane, face, cut, habit, Edge(int(street_class)))


def _area_m2(ring: Doubles) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2


def _class_of(area_m2: float, habit: Habit) -> StreetClass:
    if area_m2 > 6.0 * habit.street_m2:
        return StreetClass.COLLECTOR
    if area_m2 > habit.street_m2:
        return StreetClass.STREET
    return StreetClass.LOCAL if area_m2 > habit.local_m2 else StreetClass.PATH


def _start(  # noqa: PLR0917
    inside: Doubles,
    frame: Doubles,
    divided: int,
    habit: Habit,
    random: np.random.Generator,
    failed: int,
) -> Doubles:
    """Return where a cut passes, so that the parts come out in whole blocks."""
    if failed > 2:
        deep = inside[inside[:, 3] > 0.6 * inside[:, 3].max(), :2]
        return deep[int(random.integers(len(deep)))].copy()
    along = (inside[:, :2] @ frame)[:, divided]
    low, high = float(along.min()), float(along.max())
    wish = habit.wide_m if high - low < 3.2 * habit.wide_m else habit.long_m
    count = max(int(np.ceil((high - low) / wish)), 2)
    spacing = (high - low) / count
    middle = low + spacing * (count // 2 if random.random() < 0.5 else (count + 1) // 2)
    middle += spacing * habit.uneven * random.uniform(-1.0, 1.0) * (1 + failed)
    score = np.abs(along - middle) - 0.35 * np.minimum(inside[:, 3], 60.0)
    return inside[int(score.argmin()), :2].copy()


def _trace(ring: Doubles, start: Doubles, across: bool, field: DirectionField) -> _Cut | None:
    """Follow the field both ways from a place to the ring."""
    most = int(2.0 * float(np.ptp(ring, axis=0).sum()) / _STEP_M) + 4
    halves = list[tuple[Doubles, int, float]]()
    for sense in (1.0, -1.0):
        way = walk(
            field.corner_xy, field.cell_m, field.double_angle, start, sense, across, _STEP_M, most
        )
        step, edge, part = first_hit(way, ring)
        if edge < 0:
            return None
        halves.append((way[: step + 1], edge, part))
    (ahead, first, first_part), (back, second, second_part) = halves
    way = np.concatenate([back[:0:-1], ahead])
    return _Cut(way, (second, first), (second_part, first_part))


def _straight(ring: Doubles, start: Doubles, frame: Doubles, divided: int) -> _Cut | None:
    """Go straight both ways from a place to the ring."""
    direction = frame[:, 1 - divided]
    reach_m = float(np.ptp(ring, axis=0).sum())
    halves = list[tuple[int, float]]()
    for sense in (-1.0, 1.0):
        way = np.array([start, start + sense * reach_m * direction])
        _, edge, part = first_hit(way, ring)
        if edge < 0:
            return None
        halves.append((edge, part))
    (first, first_part), (second, second_part) = halves
    return _Cut(start[None], (first, second), (first_part, second_part))


def _lay(plane: Subdivision, face: int, cut: _Cut, habit: Habit, edge: Edge) -> list[int]:
    """Lay a cut into a face if it fits there."""
    ring = plane.ring_xy(face)
    ends = [
        _end(plane, face, ring, at, part, habit.join_m)
        for at, part in zip(cut.edges, cut.parts, strict=True)
    ]
    first_xy, second_xy = ends[0][1], ends[1][1]
    if np.hypot(*(first_xy - second_xy)) < 25.0:
        return []
    between = _between(cut.way, first_xy, second_xy, habit.join_m)
    way = np.vstack([first_xy, between, second_xy])
    corners = [None if place is None else plane.rings[face][place] for place, _ in ends]
    a, b = corners
    if a is not None and b is not None and plane.are_joined(a, b):
        return []
    same_edge = cut.edges[0] == cut.edges[1] and corners == [None, None]
    if same_edge or crosses(way, ring) or _hugs(way, ring):
        return []
    if not all(leaves_well(way[::s], ring, cut.edges[i], ends[i][0]) for i, s in ((0, 1), (1, -1))):
        return []
    start, end = plane.places(face, cut.edges, ends)
    return list(plane.split(face, start, end, between, edge))


def _end(  # noqa: PLR0917
    plane: Subdivision, face: int, ring: Doubles, at: int, part: float, join_m: float
) -> tuple[int | None, Doubles]:
    """Return where a cut ends: at a corner of the ring (its place) or on an edge (None)."""
    corners = plane.rings[face]
    count = len(corners)
    a, b = ring[at], ring[(at + 1) % count]
    point = np.round((a + part * (b - a)) * 10.0) / 10.0
    best, best_m = None, join_m
    # Nearest in the ring first: a corner with a dead end stands in it more than once.
    for place in ((at + k) % count for k in (0, 1, -1, 2, -2, 3, -3, 4)):
        away = float(np.hypot(*(ring[place] - point)))
        if plane.degree(corners[place]) > 3:
            continue
        wanted = plane.degree(corners[place]) == 3
        if not wanted:
            # A shape point is used only where a new point would stand right beside it.
            away += join_m - 6.0
        if away < best_m - 1e-9:
            best, best_m = place, away
    return (None, point) if best is None else (best, ring[best])


def _between(way: Doubles, first: Doubles, second: Doubles, clear_m: float) -> Doubles:
    """Return the shape points of a way that keep clear of its two ends, thinned."""
    far = np.minimum(np.hypot(*(way - first).T), np.hypot(*(way - second).T)) > max(clear_m, 14.0)
    kept = np.vstack([first, way[far], second])
    return np.round(thinned(kept, _TOLERANCE_M)[1:-1] * 10.0) / 10.0


def _hugs(way: Doubles, ring: Doubles) -> bool:
    """Return whether much of a way runs close beside the ring."""
    line, round_it = shapely.linestrings(way), shapely.linearrings(ring)
    parts = np.array([0.2, 0.35, 0.5, 0.65, 0.8])
    places = shapely.line_interpolate_point(line, parts, normalized=True)
    return int((shapely.distance(places, round_it) < _CLOSE_M).sum()) >= 2


def _dead_end(  # noqa: PLR0917
    plane: Subdivision,
    face: int,
    ring: Doubles,
    goal: tuple[float, float],
    habit: Habit,
    field: DirectionField,
    random: np.random.Generator,
    street_class: StreetClass,
) -> list[int]:
    """Lay a way from the nearest street into the middle of a block, where it ends."""
    across, sense = bool(random.random() < 0.5), 1.0 if random.random() < 0.5 else -1.0
    start = np.array(goal)
    way = walk(field.corner_xy, field.cell_m, field.double_angle, start, sense, across, _STEP_M, 16)
    step, at, part = first_hit(way, ring)
    if at < 0 or plane.ring_edges(face)[at].street_class == OUTLINE:
        return []
    end, end_xy = _end(plane, face, ring, at, part, 8.0)
    inner = _between(way[: step + 1][::-1], end_xy, start, 10.0)
    inner = np.vstack([inner, np.round(start * 10.0) / 10.0])
    path = np.vstack([end_xy, inner])
    if crosses(path, ring) or not leaves_well(path, ring, at, end):
        return []
    x, y = end_xy
    place = plane.insert(face, at, (float(x), float(y))) if end is None else end
    return [plane.spur(face, place, inner, Edge(int(street_class)))]
