"""Gates and cut-throughs: ways across a block where walking round it would be far too long.

Blocks are cut until their ground lies near a street, which leaves narrow strips
whole however long they are: between a park's edge path and the street beside it,
round a campus, along a town's edge. Real ones have gates there.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from scipy.spatial import KDTree
from shapely.geometry.base import BaseGeometry

from sandbox.engine.kernel import Doubles
from sandbox.sources.schematic.linework import segments
from sandbox.sources.schematic.subdivision import OUTLINE, Edge, Subdivision
from sandbox.sources.schematic.trace import crosses, leaves_well
from sandbox.streets.streets import StreetClass

# Two places of a block's edge this near to each other are joined where the walk round
# the block between them is longer than both the length and the multiple.
_WIDEST_M: Final = 150.0
_ROUND_M: Final = 360.0
_ROUND_TIMES: Final = 4.0
_SPACING_M: Final = 24.0
_SHORTEST_M: Final = 6.0
# A new corner keeps this distance from a junction, else it joins it.
_CLEAR_M: Final = 14.0
# How much longer a way may be for ending at a junction or at a street's dead end.
_AT_CORNER_M: Final = 26.0
_TRIES: Final = 300


@dataclass(frozen=True, slots=True, eq=False)
class _Places:
    """Places round a face where a way may end.

    Attributes
    ----------
    xy, along_m
        Where they are, and how far round the face from its first corner.
    edge, corner
        Place in the ring of the edge that each lies on; whether it is that edge's start.
    worth
        Whether a street meets or ends there.
    round_m
        Length of the face's whole edge.
    """

    xy: Doubles
    along_m: Doubles
    edge: npt.NDArray[np.int64]
    corner: npt.NDArray[np.bool_]
    worth: npt.NDArray[np.bool_]
    round_m: float


def open_up(plane: Subdivision, where: BaseGeometry, barriers: list[BaseGeometry]) -> Subdivision:
    """Return the plane's streets with gates and cut-throughs, without what is no street.

    Parameters
    ----------
    plane
        Streets in one piece, and outlines.
    where
        Ground on which ways may be added.
    barriers
        Ground that no such way may touch.
    """
    streets = _streets_of(plane)
    shapely.prepare(where)
    walls = shapely.STRtree(barriers)
    # The open country round all streets is a face, too: towns end there in dead ends.
    waiting = list(streets.rings)
    while waiting:
        face = waiting.pop()
        waiting += _open_face(streets, face, where, walls)
    return streets


def _streets_of(plane: Subdivision) -> Subdivision:
    keys = sorted(key for key, edge in plane.edges.items() if edge.street_class != OUTLINE)
    used, ends = np.unique(np.array(keys), return_inverse=True)
    xy = np.array(plane.corners)[used]
    return Subdivision(xy, ends.reshape(-1, 2), [plane.edges[key] for key in keys])


def _open_face(
    plane: Subdivision, face: int, where: BaseGeometry, walls: shapely.STRtree
) -> list[int]:
    """Lay the shortest way across a face that saves a long walk; return the faces it makes."""
    ring = plane.ring_xy(face)
    if np.hypot(*(ring - np.roll(ring, -1, axis=0)).T).sum() < 2 * _ROUND_M:
        return []
    places = _places(plane, face, ring, where)
    pairs = _pairs(places)
    chords = segments(places.xy[pairs])
    barred = set(walls.query(chords, predicate="intersects")[0].tolist())
    for n, (i, j) in enumerate(pairs.tolist()):
        chord = places.xy[[i, j]]
        if n in barred or crosses(chord, ring):
            continue
        ends = [(int(places.edge[p]), bool(places.corner[p])) for p in (i, j)]
        corners = [plane.rings[face][at] for at, corner in ends if corner]
        if len(corners) == 2 and plane.are_joined(corners[0], corners[1]):
            continue
        if not all(
            leaves_well(chord[::s], ring, at, at if corner else None)
            for (at, corner), s in zip(ends, (1, -1), strict=True)
        ):
            continue
        where_to = [
            (at if corner else None, places.xy[p])
            for (at, corner), p in zip(ends, (i, j), strict=True)
        ]
        start, end = plane.places(face, (ends[0][0], ends[1][0]), where_to)
        kinds = plane.ring_edges(face)
        least = min(kinds[p].street_class for q in (start, end) for p in (q, q - 1))
        kind = StreetClass.LOCAL if least >= StreetClass.LOCAL else StreetClass.PATH
        return list(plane.split(face, start, end, np.empty((0, 2)), Edge(int(kind))))
    return []


def _places(plane: Subdivision, face: int, ring: Doubles, where: BaseGeometry) -> _Places:
    step = np.roll(ring, -1, axis=0) - ring
    length = np.hypot(*step.T)
    start = np.concatenate([[0.0], np.cumsum(length)])
    degree = np.array([plane.degree(corner) for corner in plane.rings[face]])
    met = degree != 2
    pieces = np.maximum(np.ceil(length / _SPACING_M).astype(np.int64), 1)
    edge = np.repeat(np.arange(len(ring)), pieces)
    order = np.arange(len(edge)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    part = order / pieces[edge]
    xy = np.round((ring[edge] + part[:, None] * step[edge]) * 10.0) / 10.0
    corner = order == 0
    xy[corner] = ring[edge[corner]]
    # Four streets at a corner are enough; a new corner doesn't stand beside a junction.
    from_m = np.where(met[edge], part * length[edge], np.inf)
    to_m = np.where(np.roll(met, -1)[edge], (1.0 - part) * length[edge], np.inf)
    usable = np.where(corner, degree[edge] <= 3, np.minimum(from_m, to_m) >= _CLEAR_M)
    usable &= shapely.contains_xy(where, xy[:, 0], xy[:, 1])
    return _Places(
        xy[usable],
        (start[edge] + part * length[edge])[usable],
        edge[usable],
        corner[usable],
        (corner & met[edge])[usable],
        float(start[-1]),
    )


def _pairs(places: _Places) -> npt.NDArray[np.int64]:
    """Return pairs of places that should be joined, the best first."""
    pairs = KDTree(places.xy).query_pairs(_WIDEST_M, output_type="ndarray")
    apart = np.abs(places.along_m[pairs[:, 0]] - places.along_m[pairs[:, 1]])
    round_m = np.minimum(apart, places.round_m - apart)
    pairs = pairs[round_m > _ROUND_M]
    round_m = round_m[round_m > _ROUND_M]
    across = np.hypot(*(places.xy[pairs[:, 0]] - places.xy[pairs[:, 1]]).T)
    wanted = (round_m > _ROUND_TIMES * across) & (across > _SHORTEST_M)
    pairs, across = pairs[wanted], across[wanted]
    cost = across - _AT_CORNER_M * places.worth[pairs].sum(axis=1)
    order = np.lexsort((pairs[:, 1], pairs[:, 0], cost))
    return pairs[order[:_TRIES]]
