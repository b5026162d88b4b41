"""The nearest places of many others, by one search from all places at once.

Every node keeps the k best places that one is at from there (or comes from), as Erwig has it
("The graph Voronoi diagram with applications", 2000), for k labels instead of one. Of places
equally far away the one with the lower number is nearer: by that order the places that count at
a point also count at every node on the way to them, so nothing else has to be kept.
"""

# Kernels take plain arrays and are long on purpose: calls between them cost.
# ruff: noqa: PLR0912, PLR0915, PLR0917

from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.graph import Graph
from sandbox.engine.kernel import Doubles, Ints, Singles, kernel
from sandbox.engine.parts import piece_ms
from sandbox.streets.attachments import Attachments
from sandbox.units import MS_PER_M_AT_1_KMH, NEVER_MS

# As in the search of one place: about the time for one segment on foot.
_BUCKET_BITS: Final = 13
_POOL: Final = 4096


def nearest(
    graph: Graph,
    starts: Attachments,
    start_place: npt.NDArray[np.int64],
    ends: Attachments,
    end_place: npt.NDArray[np.int64],
    places: int,
    count: int,
    cutoff_ms: int,
) -> tuple[Ints, Doubles, Doubles]:
    """Return which places are nearest to others, their milliseconds and metres.

    They are the least of `matrix` from the first places to the others. For times
    to the first ones, search a graph that is turned round.

    Parameters
    ----------
    graph
        Who moves.
    starts, start_place
        Doors of the places that are looked for, and the place of each.
    ends, end_place, places
        Doors of those that look for them, the place of each, and how many places these are.
    count
        How many are looked for.
    cutoff_ms
        None farther away is found.

    Returns
    -------
    tuple of numpy.ndarray
        Place, -1 for none, milliseconds and metres, NaN for none, each ``(places, count)``, the
        nearest first.
    """
    if graph.split is not None:
        starts, which = graph.split.places(starts)
        start_place = start_place[which]
        ends, which = graph.split.places(ends)
        end_place = end_place[which]
    streets = graph.streets
    by_segment = np.argsort(starts.segment, kind="stable")
    starts, start_place = starts[by_segment], start_place[by_segment]
    pace = MS_PER_M_AT_1_KMH / graph.speed_kmh
    end_ms = np.minimum(np.rint(ends.distance_m * pace), NEVER_MS - 1).astype(np.int32)
    place = np.full((places, count), -1, dtype=np.int32)
    ms = np.full((places, count), NEVER_MS, dtype=np.int64)
    metres = np.full((places, count), np.inf)
    _nearest(
        graph.offsets,
        graph.edges,
        graph.edge_segment,
        graph.segment_ms,
        streets.segment_nodes,
        streets.length_m,
        starts.segment,
        starts.fraction,
        graph.start_ms(starts.distance_m),
        starts.distance_m,
        start_place.astype(np.int32),
        ends.segment,
        ends.fraction,
        end_ms,
        ends.distance_m,
        end_place.astype(np.int32),
        int(cutoff_ms),
        place,
        ms,
        metres,
    )
    none = place < 0
    return place, np.where(none, np.nan, ms), np.where(none, np.nan, metres)


@kernel
def _nearest(
    offsets: Ints,
    edges: Ints,
    edge_segment: Ints,
    segment_ms: Ints,
    segment_nodes: Ints,
    length_m: Singles,
    start_segment: Ints,
    start_fraction: Doubles,
    start_ms: Ints,
    start_m: Doubles,
    start_place: Ints,
    end_segment: Ints,
    end_fraction: Doubles,
    end_ms: Ints,
    end_m: Doubles,
    end_place: Ints,
    cutoff_ms: int,
    place: Ints,
    ms: npt.NDArray[np.int64],
    metres: Doubles,
) -> None:
    nodes, count = len(offsets) - 1, place.shape[1]
    node_place = np.full((nodes, count), np.int32(-1), dtype=np.int32)
    node_ms = np.full((nodes, count), np.int64(NEVER_MS))
    node_m = np.full((nodes, count), np.inf)
    first = np.full((cutoff_ms >> _BUCKET_BITS) + 1, -1, dtype=np.int32)
    # Waiting labels: node, place, time when it came, next in its bucket; and the length.
    pool, far = np.empty((_POOL, 4), dtype=np.int32), np.empty(_POOL)
    fresh, free = 0, np.int32(-1)
    for i in range(len(start_segment)):
        s = start_segment[i]
        for way in range(2):
            # As in `seeds`: at a node one is there, in whichever direction its street is used.
            share = 1.0 - start_fraction[i] if way == 0 else start_fraction[i]
            if segment_ms[s, way] == NEVER_MS and share > 0.0:
                continue
            soon = int(start_ms[i]) + piece_ms(share, segment_ms[s, way])
            if soon > cutoff_ms:
                continue
            v, long = segment_nodes[s, 1 - way], start_m[i] + share * length_m[s]
            if not _put(node_place[v], node_ms[v], node_m[v], start_place[i], soon, long):
                continue
            if fresh == len(pool):
                pool, far = _larger(pool, far)
            bucket = soon >> _BUCKET_BITS
            pool[fresh, 0], pool[fresh, 1] = v, start_place[i]
            pool[fresh, 2], pool[fresh, 3], far[fresh] = soon, first[bucket], long
            first[bucket] = fresh
            fresh += 1
    for bucket in range(len(first)):
        while first[bucket] >= 0:
            entry = first[bucket]
            u, p, now, so_far = pool[entry, 0], pool[entry, 1], pool[entry, 2], float(far[entry])
            first[bucket] = pool[entry, 3]
            pool[entry, 3] = free
            free = entry
            if not _stands(node_place[u], node_ms[u], node_m[u], p, now, so_far):
                continue
            for k in range(offsets[u], offsets[u + 1]):
                # What is left of the cutoff is compared, so the sum can't overflow.
                if edges[k, 1] > cutoff_ms - now:
                    continue
                v, later = edges[k, 0], np.int64(now) + edges[k, 1]
                long = so_far + float(length_m[edge_segment[k]])
                if not _put(node_place[v], node_ms[v], node_m[v], p, later, long):
                    continue
                if free >= 0:
                    entry = free
                    free = pool[entry, 3]
                else:
                    if fresh == len(pool):
                        pool, far = _larger(pool, far)
                    entry = np.int32(fresh)
                    fresh += 1
                target = later >> _BUCKET_BITS
                pool[entry, 0], pool[entry, 1] = v, p
                pool[entry, 2], pool[entry, 3], far[entry] = later, first[target], long
                first[target] = entry
    # Where the starts on each segment begin; past their end where there are none.
    first_start = np.full(len(segment_ms), len(start_segment))
    for j in range(len(start_segment) - 1, -1, -1):
        if start_segment[j] >= 0:
            first_start[start_segment[j]] = j
    for i in range(len(end_segment)):
        s, f, here = end_segment[i], end_fraction[i], end_place[i]
        if s < 0:
            continue
        for way in range(2):
            share = f if way == 0 else 1.0 - f
            if segment_ms[s, way] == NEVER_MS and share > 0.0:
                continue
            u = segment_nodes[s, way]
            # Most searches for a place beyond the cutoff end here.
            if node_place[u, 0] < 0 and first_start[s] == len(start_segment):
                continue
            step_ms = np.int64(end_ms[i]) + piece_ms(share, segment_ms[s, way])
            step_m = end_m[i] + share * length_m[s]
            for j in range(count):
                p = node_place[u, j]
                if p >= 0 and node_ms[u, j] + step_ms <= cutoff_ms:
                    whole, long = node_ms[u, j] + step_ms, node_m[u, j] + step_m
                    if count > 1:
                        _put(place[here], ms[here], metres[here], p, whole, long)
                        continue
                    # Of one that is kept the order is decided here: views of rows cost more.
                    q, then = place[here, 0], ms[here, 0]
                    if (
                        q < 0
                        or whole < then
                        or (whole == then and (p < q or (p == q and long < metres[here, 0])))
                    ):
                        place[here, 0], ms[here, 0], metres[here, 0] = p, whole, long
            for j in range(first_start[s], len(start_segment)):
                if start_segment[j] != s:
                    break
                ahead = f - start_fraction[j] if way == 0 else start_fraction[j] - f
                whole = np.int64(start_ms[j]) + end_ms[i]
                if ahead >= 0.0:
                    whole += piece_ms(ahead, segment_ms[s, way])
                    if whole <= cutoff_ms:
                        long = start_m[j] + ahead * length_m[s] + end_m[i]
                        _put(place[here], ms[here], metres[here], start_place[j], whole, long)


@kernel
def _put(
    place: Ints, ms: npt.NDArray[np.int64], metres: Doubles, p: int, soon: int, long: float
) -> bool:
    """Put a place among the nearest, in their order; return whether that changed anything."""
    at = -1
    for j in range(len(place)):
        if place[j] == p:
            at = j
    if at >= 0:
        if ms[at] < soon or (ms[at] == soon and metres[at] <= long):
            return False
    else:
        at = len(place) - 1
        if place[at] >= 0 and (ms[at] < soon or (ms[at] == soon and place[at] < p)):
            return False
    while at > 0 and (ms[at - 1] > soon or (ms[at - 1] == soon and place[at - 1] > p)):
        place[at], ms[at], metres[at] = place[at - 1], ms[at - 1], metres[at - 1]
        at -= 1
    place[at], ms[at], metres[at] = p, soon, long
    return True


@kernel
def _stands(
    place: Ints, ms: npt.NDArray[np.int64], metres: Doubles, p: int, now: int, so_far: float
) -> bool:
    """Return whether a label that waited is still that of its node."""
    for j in range(len(place)):
        if place[j] == p:
            return bool(ms[j] == now and metres[j] == so_far)
    return False


@kernel
def _larger(pool: Ints, far: Doubles) -> tuple[Ints, Doubles]:
    larger, farther = np.empty((2 * len(pool), 4), dtype=np.int32), np.empty(2 * len(far))
    # Element by element: assigning a slice would cost seconds to compile.
    for entry in range(len(pool)):
        farther[entry] = far[entry]
        for field in range(4):
            larger[entry, field] = pool[entry, field]
    return larger, farther
