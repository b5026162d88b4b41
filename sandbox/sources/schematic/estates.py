"""Housing estates: a ring road inside the block, with gates on two sides."""

from typing import Final

import numpy as np
import shapely
from shapely import LinearRing, Polygon

from sandbox.engine.kernel import Doubles
from sandbox.sources.schematic.linework import points
from sandbox.sources.schematic.subdivision import OUTLINE, Edge, Subdivision
from sandbox.sources.schematic.trace import crosses
from sandbox.streets.streets import StreetClass

_INSET_M: Final = (40.0, 48.0)
_TURN_M: Final = 24.0
_SMALLEST_M2: Final = 3500.0
_GATE_M: Final = 75.0


def lay_loop(
    plane: Subdivision, face: int, ring: Doubles, random: np.random.Generator
) -> list[int]:
    """Lay a ring road into a block; return the faces that it makes, none if it doesn't fit.

    Parameters
    ----------
    plane, face, ring
        Where, and the face's corners in metres.
    random
        Source of every choice that is left to chance.
    """
    block = Polygon(ring)
    if not block.is_valid:
        return []
    inner = block.buffer(-random.uniform(*_INSET_M) - _TURN_M).buffer(_TURN_M, quad_segs=2)
    if inner.geom_type != "Polygon" or inner.area < _SMALLEST_M2:
        return []
    loop = np.round(shapely.get_coordinates(inner.exterior.simplify(3.0))[:-1] * 10.0) / 10.0
    gates = _gates(plane, face, ring, loop, random)
    if gates is None:
        return []
    (first, first_at, first_xy), (second, second_at, second_xy) = gates
    one = _run(loop, first, second)
    other = _run(loop, second, first)
    whole = np.vstack([first_xy, one, second_xy])
    if crosses(whole, ring) or crosses(other, ring):
        return []
    places = plane.places(face, (first_at, second_at), [(None, first_xy), (None, second_xy)])
    edge = Edge(int(StreetClass.LOCAL if random.random() < 0.6 else StreetClass.PATH))
    parts = plane.split(face, *places, one, edge)
    for part in parts:
        corners = plane.ring_xy(part)
        if Polygon(corners).buffer(0.01).contains(shapely.points(other[len(other) // 2])):
            start, end = (
                int(np.hypot(*(corners - gate).T).argmin()) for gate in (other[0], other[-1])
            )
            inside = plane.split(part, start, end, other[1:-1], edge)
            return [p for p in parts if p != part] + list(inside)
    return list(parts)


def _gates(
    plane: Subdivision, face: int, ring: Doubles, loop: Doubles, random: np.random.Generator
) -> list[tuple[int, int, Doubles]] | None:
    """Return two corners of the loop, with the ring's edges and places that lead in."""
    edges = plane.ring_edges(face)
    round_it = LinearRing(loop)
    along = np.array([round_it.project(p) for p in points(loop)])
    start = random.uniform(0.0, round_it.length)
    found = list[tuple[int, int, Doubles]]()
    for goal in (start, start + round_it.length * random.uniform(0.4, 0.6)):
        away = np.abs(along - goal % round_it.length)
        corner = int(np.minimum(away, round_it.length - away).argmin())
        at, place = _nearest_on(ring, loop[corner])
        if edges[at].street_class == OUTLINE or np.hypot(*(place - loop[corner])) > _GATE_M:
            return None
        found.append((corner, at, place))
    (a, first, _), (b, second, _) = found
    return None if first == second or abs(a - b) in (0, 1, len(loop) - 1) else found


def _nearest_on(ring: Doubles, place: Doubles) -> tuple[int, Doubles]:
    """Return the nearest edge of a ring, and the place on it, away from its corners."""
    ends = np.roll(ring, -1, axis=0)
    step = ends - ring
    length2 = np.maximum((step**2).sum(axis=1), 1e-9)
    part = np.clip(((place - ring) * step).sum(axis=1) / length2, 0.08, 0.92)
    on = ring + part[:, None] * step
    best = int(np.hypot(*(on - place).T).argmin())
    return best, np.round(on[best] * 10.0) / 10.0


def _run(loop: Doubles, first: int, last: int) -> Doubles:
    """Return a loop's corners from one to another, onwards."""
    count = (last - first) % len(loop)
    return loop[(first + np.arange(count + 1)) % len(loop)]
