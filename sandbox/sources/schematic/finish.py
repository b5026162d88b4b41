"""After the blocks: crossings of barriers, the town's edge, one piece, and the draft."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import minimum_spanning_tree
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from sandbox.sources.schematic.chance import Chance
from sandbox.sources.schematic.draft import ACCESS, Draft, Segment
from sandbox.sources.schematic.ground import Ground
from sandbox.sources.schematic.linework import Shapes, points, segments, thinned
from sandbox.sources.schematic.subdivision import OUTLINE, Edge, Subdivision
from sandbox.sources.schematic.trace import crosses, leaves_well
from sandbox.streets.streets import StreetClass, Structure

_APART_M: Final = 330.0
_WIDEST_M: Final = 115.0
_LARGEST_M2: Final = 4e6
_THIN_M: Final = 2.6
_EDGE_KEPT: Final = 0.62
# An outline as near as this to a street is no street of its own.
_BESIDE_M: Final = 24.0
# The millionth part of a degree that coordinates are rounded to, at both ends.
_ROUNDED_M: Final = 0.25


def span(plane: Subdivision, barriers: list[BaseGeometry], chance: Chance) -> None:
    """Lead streets under expressways and over streams, where they end on both sides."""
    faces = plane.faces()
    shapes = shapely.make_valid(np.array([Polygon(plane.ring_xy(face)) for face in faces]))
    places = shapely.point_on_surface(shapes)
    areas_m2 = shapely.area(shapes)
    for i in np.unique(shapely.STRtree(barriers).query(places, predicate="intersects")[0]).tolist():
        if areas_m2[i] < _LARGEST_M2:
            _span_face(plane, faces[i], chance.at(shapely.get_coordinates(places[i])[0]))


def _span_face(plane: Subdivision, face: int, random: np.random.Generator) -> None:
    waiting = [face]
    while waiting:
        face = waiting.pop()
        ring = plane.rings[face]
        xy = plane.ring_xy(face)
        edges = plane.ring_edges(face)
        open_ends = [
            i
            for i, corner in enumerate(ring)
            if plane.degree(corner) > 2
            and edges[i].street_class != OUTLINE
            and edges[i - 1].street_class != OUTLINE
        ]
        along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
        whole = along[-1] + float(np.hypot(*(xy[0] - xy[-1])))
        best = None
        for n, i in enumerate(open_ends):
            for j in open_ends[n + 1 :]:
                across = float(np.hypot(*(xy[i] - xy[j])))
                round_m = min(along[j] - along[i], whole - along[j] + along[i])
                if across > _WIDEST_M or round_m < _APART_M:
                    continue
                if plane.are_joined(ring[i], ring[j]):
                    continue
                chord = xy[[i, j]]
                if crosses(chord, xy) or not (
                    leaves_well(chord, xy, i, i) and leaves_well(chord[::-1], xy, j, j)
                ):
                    continue
                cost = across + random.uniform(0.0, 12.0)
                if best is None or cost < best[0]:
                    best = (cost, i, j)
        if best is not None:
            _, i, j = best
            kind = Edge(int(StreetClass.STREET if random.random() < 0.4 else StreetClass.PATH))
            waiting += plane.split(face, i, j, np.empty((0, 2)), kind)


def round_off(plane: Subdivision, chance: Chance) -> None:
    """Make streets and paths of parts of the town's outline."""
    at: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for key, edge in plane.edges.items():
        if edge.street_class == OUTLINE:
            at[key[0]].append(key)
            at[key[1]].append(key)
    streets = [k for k, e in plane.edges.items() if e.street_class != OUTLINE]
    xy = np.array(plane.corners)
    tree = shapely.STRtree(segments(xy[np.array(streets)]))
    seen = set[tuple[int, int]]()
    for key in sorted(k for k, e in plane.edges.items() if e.street_class == OUTLINE):
        if key in seen:
            continue
        stretch = [key]
        seen.add(key)
        for end in key:
            corner = end
            while plane.degree(corner) == 2:
                on = [k for k in at[corner] if k not in seen]
                if not on:
                    break
                seen.add(on[0])
                stretch.append(on[0])
                corner = on[0][0] if on[0][1] == corner else on[0][1]
        first = min(plane.corners[corner] for part in stretch for corner in part)
        random = chance.at(np.array(first))
        middles = points(xy[np.array(stretch)].mean(axis=1))
        beside = tree.query(middles, predicate="dwithin", distance=_BESIDE_M)[0]
        if random.random() < _EDGE_KEPT and len(np.unique(beside)) < 0.5 * len(stretch):
            kind = StreetClass.LOCAL if random.random() < 0.55 else StreetClass.PATH
            for part in stretch:
                plane.edges[part] = Edge(int(kind))


def bind(
    plane: Subdivision, from_class: int, made: StreetClass, where: BaseGeometry | None = None
) -> None:
    """Raise what alone holds streets together, so that those of a class are in one piece.

    Parameters
    ----------
    plane
        Streets and outlines.
    from_class
        Class, or `OUTLINE`, of what may be raised.
    made
        What those become that are needed; it and all above are to be in one piece.
    where
        Only here may anything be raised, None for everywhere.
    """
    xy = np.array(plane.corners)
    keys = sorted(k for k, e in plane.edges.items() if e.street_class >= from_class)
    weak = np.array([plane.edges[key].street_class < made for key in keys])
    if where is not None:
        shapely.prepare(where)
        middle = xy[np.array(keys)].mean(axis=1)
        usable = ~weak | shapely.contains_xy(where, middle)
        keys = [key for key, use in zip(keys, usable.tolist(), strict=True) if use]
        weak = weak[usable]
    ends = np.array(keys)
    cost = np.where(weak, np.hypot(*(xy[ends[:, 0]] - xy[ends[:, 1]]).T) + 1.0, 1e-6)
    count = len(xy)
    tree = minimum_spanning_tree(coo_array((cost, ends.T), shape=(count, count)).tocsr()).tocoo()
    kept = {
        (min(a, b), max(a, b)) for a, b in zip(tree.row.tolist(), tree.col.tolist(), strict=True)
    }
    wanted = {corner for key, w in zip(keys, weak.tolist(), strict=True) if not w for corner in key}
    at: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for key in kept:
        for corner in key:
            at[corner].add(key)
    loose = [corner for corner in at if len(at[corner]) == 1 and corner not in wanted]
    while loose:
        corner = loose.pop()
        for key in at.pop(corner, set[tuple[int, int]]()):
            other = key[0] if key[1] == corner else key[1]
            at[other].discard(key)
            kept.discard(key)
            if len(at[other]) == 1 and other not in wanted:
                loose.append(other)
    for key in kept:
        if plane.edges[key].street_class < made:
            plane.edges[key] = Edge(int(made))


def drawn_up(plane: Subdivision, ground: Ground) -> Draft:
    """Return the plane's streets as a draft, on bridges and in underpasses where they cross."""
    draft = Draft()
    keys, kinds = _without_near_ends(plane, *_thinned(plane, _crossed(plane)))
    used = sorted({corner for key in keys for corner in key})
    number = {corner: draft.node(*plane.corners[corner]) for corner in used}
    lines = segments(np.array(plane.corners)[np.array(keys)])
    wet = _touched(lines, list(ground.water))
    express = [r.course for r in ground.roads if r.street_class is StreetClass.EXPRESS]
    for tunnel in ground.tunnels:
        express = [line.difference(tunnel.buffer(4.0, cap_style="flat")) for line in express]
    under = _touched(lines, express)
    for i, key in enumerate(keys):
        edge = kinds[i]
        street_class = StreetClass(edge.street_class)
        structure = Structure.GROUND
        if wet[i]:
            structure = Structure.BRIDGE
        elif under[i]:
            wide = street_class >= StreetClass.COLLECTOR
            structure = Structure.BRIDGE if wide else Structure.TUNNEL
        a, b = number[key[0]], number[key[1]]
        draft.add(Segment(a, b, street_class, structure, ACCESS[street_class], edge.name))
    return draft


def _without_near_ends(
    plane: Subdivision, keys: list[tuple[int, int]], kinds: list[Edge]
) -> tuple[list[tuple[int, int]], list[Edge]]:
    """Leave out dead ends so near another street that they would cross it once rounded."""
    ends = np.array(keys)
    met = np.bincount(ends.ravel(), minlength=len(plane.corners))
    loose = np.flatnonzero(met == 1)
    lines = segments(np.array(plane.corners)[ends])
    at, near = shapely.STRtree(lines).query(
        points(np.array(plane.corners)[loose]), predicate="dwithin", distance=_ROUNDED_M
    )
    own = (ends[near] == loose[at][:, None]).any(axis=1)
    kept = np.flatnonzero(~np.isin(ends, loose[at[~own]]).any(axis=1)).tolist()
    return [keys[i] for i in kept], [kinds[i] for i in kept]


def _crossed(plane: Subdivision) -> set[int]:
    """Return the shape points without which streets would cross others."""
    keys, _ = _thinned(plane, set())
    ends = np.array(keys)
    lines = segments(np.array(plane.corners)[ends])
    one, other = shapely.STRtree(lines).query(lines, predicate="crosses")
    apart = (ends[one][:, :, None] != ends[other][:, None, :]).all(axis=(1, 2))
    places = shapely.union_all(lines[one[apart]]).buffer(60.0)
    shapely.prepare(places)
    near = shapely.contains_xy(places, np.array(plane.corners))
    return set(np.flatnonzero(near).tolist())


def _thinned(plane: Subdivision, fixed: set[int]) -> tuple[list[tuple[int, int]], list[Edge]]:
    """Return the plane's streets without the shape points that hardly bend them."""
    at: dict[int, list[tuple[int, int]]] = defaultdict(list)
    streets = sorted(k for k, e in plane.edges.items() if e.street_class != OUTLINE)
    for key in streets:
        at[key[0]].append(key)
        at[key[1]].append(key)
    keys, kinds, seen = list[tuple[int, int]](), list[Edge](), set[tuple[int, int]]()
    passed = {
        corner
        for corner, ends in at.items()
        if len(ends) == 2 and corner not in fixed and plane.edges[ends[0]] == plane.edges[ends[1]]
    }
    starts = [corner for corner in sorted(at) if corner not in passed]
    for start in [*starts, *sorted(passed)]:
        for first in at[start]:
            if first in seen:
                continue
            chain, key = [start], first
            while True:
                seen.add(key)
                chain.append(key[0] if key[1] == chain[-1] else key[1])
                ahead = [k for k in at[chain[-1]] if k not in seen]
                if chain[-1] not in passed or not ahead:
                    break
                key = ahead[0]
            for a, b in _pairs(plane, chain):
                keys.append((a, b))
                kinds.append(plane.edges[first])
    return keys, kinds


def _pairs(plane: Subdivision, chain: list[int]) -> list[tuple[int, int]]:
    xy = np.array([plane.corners[corner] for corner in chain])
    if len(chain) > 2 and chain[0] != chain[-1]:
        kept = thinned(xy, _THIN_M).tolist()
        places = [(x, y) for x, y in xy.tolist()]
        found, at = list[int](), 0
        for x, y in kept:
            at = places.index((x, y), at)
            found.append(chain[at])
        chain = found
    return list(pairwise(chain))


def _touched(lines: Shapes, shapes: Sequence[BaseGeometry]) -> npt.NDArray[np.bool_]:
    touched = np.zeros(len(lines), dtype=bool)
    if shapes:
        tree = shapely.STRtree(shapes)
        touched[tree.query(lines, predicate="dwithin", distance=_ROUNDED_M)[0]] = True
    return touched
