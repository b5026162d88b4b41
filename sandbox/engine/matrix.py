"""Times and lengths between many places at once: one search a place, on all processors.

`matrix` returns every pair and its length; `pairs_within` only the pairs within a cutoff, which
is what remains in memory of many places and a short cutoff.
"""

# Kernels take plain arrays and are long on purpose: calls between them cost.
# ruff: noqa: PLR0912, PLR0917

import os
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.graph import Graph
from sandbox.engine.kernel import Doubles, Ints, Singles, in_threads, kernel
from sandbox.engine.lengths import arrive, relax
from sandbox.engine.parts import piece_ms
from sandbox.engine.search import new_workspace, seeds, spread
from sandbox.streets.attachments import Attachments
from sandbox.units import MS_PER_M_AT_1_KMH, NEVER_MS

# Origins that one thread takes at a time.
_CHUNK: Final = 16


def matrix(
    graph: Graph,
    starts: Attachments,
    start_offsets: npt.NDArray[np.int64],
    ends: Attachments,
    end_place: npt.NDArray[np.int64],
    places: int,
    cutoff_ms: int,
) -> tuple[Doubles, Doubles]:
    """Return milliseconds and metres from places to places, each ``(origins, places)``.

    NaN where one isn't there by the cutoff. The same as `search`, `Reached.times_ms` and
    `lengths_m` say one by one, with the steps at both ends in it.

    Parameters
    ----------
    graph
        Who moves.
    starts, start_offsets
        Doors to leave by, and the first of each origin, shape ``(origins + 1,)``.
    ends, end_place, places
        Doors to enter by, the place of each, and how many places there are.
    cutoff_ms
        No one arrives later.
    """
    origins = len(start_offsets) - 1
    if graph.split is not None:
        starts, start_offsets = graph.split.of_origins(starts, start_offsets)
        ends, which = graph.split.places(ends)
        end_place = end_place[which]
    ms, metres = (np.full((origins, places), np.nan) for _ in range(2))
    pace = MS_PER_M_AT_1_KMH / graph.speed_kmh
    start_ms = graph.start_ms(starts.distance_m)
    end_ms = np.minimum(np.rint(ends.distance_m * pace), NEVER_MS - 1).astype(np.int32)
    streets = graph.streets

    def some(first: int) -> None:
        try:
            workspace = graph.idle.pop()
        except IndexError:
            workspace = new_workspace(len(streets.node_xy))
        last = min(first + _CHUNK, origins)
        _matrix(
            graph.offsets,
            graph.edges,
            graph.edge_segment,
            graph.segment_ms,
            streets.segment_nodes,
            streets.length_m,
            start_offsets[first : last + 1].astype(np.int32),
            starts.segment,
            starts.fraction,
            start_ms,
            starts.distance_m,
            ends.segment,
            ends.fraction,
            end_ms,
            ends.distance_m,
            end_place.astype(np.int32),
            int(cutoff_ms),
            workspace.node_ms,
            workspace.touched,
            ms[first:last],
            metres[first:last],
        )
        graph.idle.append(workspace)

    list(in_threads(some, range(0, origins, _CHUNK), os.cpu_count() or 1))
    return ms, metres


Longs = npt.NDArray[np.int64]


def pairs_within(
    graph: Graph,
    starts: Attachments,
    start_offsets: Longs,
    ends: Attachments,
    end_place: Longs,
    places: int,
    cutoff_ms: int,
) -> tuple[Longs, Longs, Longs]:
    """Return the pairs of places within a cutoff and their milliseconds, those of `matrix`.

    Parameters
    ----------
    graph, starts, start_offsets, ends, end_place, places, cutoff_ms
        As for `matrix`.

    Returns
    -------
    tuple of numpy.ndarray
        First pair of each origin, shape ``(origins + 1,)``; place of each pair, ascending
        within an origin; and its milliseconds. All int64.
    """
    if graph.split is not None:
        starts, start_offsets = graph.split.of_origins(starts, start_offsets)
        ends, which = graph.split.places(ends)
        end_place = end_place[which]
    streets = graph.streets
    known = ends.segment >= 0
    ends, end_place = ends[known], end_place[known]
    by_segment = np.argsort(ends.segment, kind="stable")
    ends, end_place = ends[by_segment], end_place[by_segment]
    # Ends by the nodes that one comes to them from: twice an end, plus the way along its segment.
    at = streets.segment_nodes[ends.segment].ravel()
    by_node = np.argsort(at, kind="stable").astype(np.int32)
    node_first = np.searchsorted(at[by_node], np.arange(len(streets.node_xy) + 1)).astype(np.int32)
    pace = MS_PER_M_AT_1_KMH / graph.speed_kmh
    start_ms = graph.start_ms(starts.distance_m)
    end_ms = np.minimum(np.rint(ends.distance_m * pace), NEVER_MS - 1).astype(np.int32)

    def some(first: int) -> tuple[Longs, Longs, Longs]:
        try:
            workspace = graph.idle.pop()
        except IndexError:
            workspace = new_workspace(len(streets.node_xy))
        last = min(first + _CHUNK, len(start_offsets) - 1)
        found = _pairs_within(
            graph.offsets,
            graph.edges,
            graph.segment_ms,
            streets.segment_nodes,
            start_offsets[first : last + 1].astype(np.int32),
            starts.segment,
            starts.fraction,
            start_ms,
            ends.segment,
            ends.fraction,
            end_ms,
            end_place.astype(np.int32),
            node_first,
            by_node,
            places,
            int(cutoff_ms),
            workspace.node_ms,
            workspace.touched,
        )
        graph.idle.append(workspace)
        return found

    found = list(in_threads(some, range(0, len(start_offsets) - 1, _CHUNK), os.cpu_count() or 1))
    none = np.empty(0, dtype=np.int64)
    count, place, ms = (
        np.concatenate([none, *(part[which] for part in found)]) for which in range(3)
    )
    return np.concatenate([[0], np.cumsum(count)]), place, ms


@kernel
def _pairs_within(
    offsets: Ints,
    edges: Ints,
    segment_ms: Ints,
    segment_nodes: Ints,
    start_offsets: Ints,
    start_segment: Ints,
    start_fraction: Doubles,
    start_ms: Ints,
    end_segment: Ints,
    end_fraction: Doubles,
    end_ms: Ints,
    end_place: Ints,
    node_first: Ints,
    by_node: Ints,
    places: int,
    cutoff_ms: int,
    node_ms: Ints,
    touched: Ints,
) -> tuple[Longs, Longs, Longs]:
    origins = len(start_offsets) - 1
    counts = np.zeros(origins, dtype=np.int64)
    pair_place, pair_ms = np.empty(1024, dtype=np.int64), np.empty(1024, dtype=np.int64)
    size = 0
    least = np.full(places, np.int64(NEVER_MS))
    seen = np.empty(places, dtype=np.int64)
    for o in range(origins):
        first, last = start_offsets[o], start_offsets[o + 1]
        seed_node, seed_ms = seeds(
            segment_ms,
            segment_nodes,
            start_segment[first:last],
            start_fraction[first:last],
            start_ms[first:last],
            cutoff_ms,
        )
        count = spread(offsets, edges, seed_node, seed_ms, cutoff_ms, node_ms, touched)
        found = 0
        for k in range(count):
            u = touched[k]
            for i in range(node_first[u], node_first[u + 1]):
                e, way = int(by_node[i]) >> 1, int(by_node[i]) & 1
                share = end_fraction[e] if way == 0 else 1.0 - end_fraction[e]
                # At a node itself one has come by any street.
                cost = segment_ms[end_segment[e], way]
                if cost == NEVER_MS and share > 0.0:
                    continue
                ms = np.int64(node_ms[u]) + piece_ms(share, cost) + end_ms[e]
                p = end_place[e]
                if ms <= cutoff_ms and ms < least[p]:
                    if least[p] == NEVER_MS:
                        seen[found] = p
                        found += 1
                    least[p] = ms
        for j in range(first, last):
            s = start_segment[j]
            if s < 0:
                continue
            e = int(np.searchsorted(end_segment, s)) - 1
            while e + 1 < len(end_segment) and end_segment[e + 1] == s:
                e += 1
                for way in range(2):
                    ahead = end_fraction[e] - start_fraction[j]
                    if way == 1:
                        ahead = -ahead
                    if ahead < 0.0 or (segment_ms[s, way] == NEVER_MS and ahead > 0.0):
                        continue
                    ms = np.int64(start_ms[j]) + piece_ms(ahead, segment_ms[s, way]) + end_ms[e]
                    p = end_place[e]
                    if ms <= cutoff_ms and ms < least[p]:
                        if least[p] == NEVER_MS:
                            seen[found] = p
                            found += 1
                        least[p] = ms
        for k in range(count):
            node_ms[touched[k]] = NEVER_MS
        while size + found > len(pair_place):
            pair_place = np.concatenate((pair_place, np.empty_like(pair_place)))
            pair_ms = np.concatenate((pair_ms, np.empty_like(pair_ms)))
        order = np.sort(seen[:found])
        for k in range(found):
            pair_place[size], pair_ms[size] = order[k], least[order[k]]
            least[order[k]] = NEVER_MS
            size += 1
        counts[o] = found
    return counts, pair_place[:size], pair_ms[:size]


@kernel
def _matrix(
    offsets: Ints,
    edges: Ints,
    edge_segment: Ints,
    segment_ms: Ints,
    segment_nodes: Ints,
    length_m: Singles,
    start_offsets: Ints,
    start_segment: Ints,
    start_fraction: Doubles,
    start_ms: Ints,
    start_m: Doubles,
    end_segment: Ints,
    end_fraction: Doubles,
    end_ms: Ints,
    end_m: Doubles,
    end_place: Ints,
    cutoff_ms: int,
    node_ms: Ints,
    touched: Ints,
    ms: Doubles,
    metres: Doubles,
) -> None:
    node_m = np.full(len(node_ms), np.inf)
    came = np.full(len(node_ms), np.int32(-1), dtype=np.int32)
    for o in range(len(start_offsets) - 1):
        first, last = start_offsets[o], start_offsets[o + 1]
        seed_node, seed_ms = seeds(
            segment_ms,
            segment_nodes,
            start_segment[first:last],
            start_fraction[first:last],
            start_ms[first:last],
            cutoff_ms,
        )
        count = spread(offsets, edges, seed_node, seed_ms, cutoff_ms, node_ms, touched)
        when = np.empty(count, dtype=np.int32)
        for i in range(count):
            when[i] = node_ms[touched[i]]
        node = touched[:count][np.argsort(when)]
        relax(
            offsets,
            edges,
            edge_segment,
            segment_ms,
            segment_nodes,
            length_m,
            start_segment[first:last],
            start_fraction[first:last],
            start_ms[first:last],
            start_m[first:last],
            node,
            node_ms,
            node_m,
            came,
        )
        times, lengths, _ = arrive(
            node_ms,
            node_m,
            start_segment[first:last],
            start_fraction[first:last],
            start_ms[first:last],
            start_m[first:last],
            segment_ms,
            segment_nodes,
            length_m,
            end_segment,
            end_fraction,
        )
        for i in range(len(times)):
            whole = times[i] + end_ms[i]
            p, far = end_place[i], lengths[i] + end_m[i]
            if whole <= cutoff_ms and not (
                whole > ms[o, p] or (whole == ms[o, p] and far >= metres[o, p])
            ):
                ms[o, p], metres[o, p] = whole, far
        for i in range(count):
            u = touched[i]
            node_ms[u], node_m[u], came[u] = NEVER_MS, np.inf, -1
