"""How much is in reach of many places: one search a place, on all processors, and sums only."""

# Kernels take plain arrays and are long on purpose: calls between them cost.
# ruff: noqa: PLR0912, PLR0917

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.network.graph import NEVER_MS, Graph
from sandbox.network.kernel import Doubles, Ints, kernel
from sandbox.network.search import new_workspace, seeds, spread
from sandbox.network.snap import Attachments

_MS_PER_M_AT_1_KMH: Final = 3600.0
# Origins that one thread takes at a time.
_CHUNK: Final = 128


def counts(
    graph: Graph,
    starts: Attachments,
    start_offsets: npt.NDArray[np.int64],
    ends: Attachments,
    end_place: npt.NDArray[np.int64],
    weight: npt.NDArray[np.float64],
    cutoffs_ms: npt.NDArray[np.int32],
    here_offsets: npt.NDArray[np.int64],
    here_place: npt.NDArray[np.int64],
) -> Doubles:
    """Return what the places within each cutoff weigh, ``(origins, cutoffs)``.

    A place counts where the times of `matrix` are within the cutoff.

    Parameters
    ----------
    graph
        Who moves.
    starts, start_offsets, ends, end_place
        Doors to leave and to enter by, as `matrix` takes them; all have a street.
    weight
        What each place counts, shape ``(places,)``.
    cutoffs_ms
        Ascending, shape ``(cutoffs,)``.
    here_offsets, here_place
        Places that need no time, and the first of each origin, shape ``(origins + 1,)``.
    """
    streets = graph.streets
    if graph.split is not None:
        starts, start_offsets = graph.split.of_origins(starts, start_offsets)
        ends, which = graph.split.places(ends)
        end_place = end_place[which]
    pace = _MS_PER_M_AT_1_KMH / graph.speed_kmh
    start_ms = graph.start_ms(starts.distance_m)
    end_ms = np.minimum(np.rint(ends.distance_m * pace), NEVER_MS - 1).astype(np.int32)
    # Doors by the nodes that lead to them, with the time from there; and by their segments.
    cost = graph.segment_ms[ends.segment]
    share = np.stack([ends.fraction, 1.0 - ends.fraction], axis=1)
    row, way = np.nonzero(cost != NEVER_MS)
    node = streets.segment_nodes[ends.segment[row], way]
    by_node = np.argsort(node, kind="stable")
    node_first = np.zeros(len(streets.node_xy) + 1, dtype=np.int32)
    np.cumsum(np.bincount(node, minlength=len(streets.node_xy)), out=node_first[1:])
    node_door = row[by_node].astype(np.int32)
    node_door_ms = (share[row, way] * cost[row, way])[by_node]
    by_segment = np.argsort(ends.segment, kind="stable").astype(np.int32)
    # One after another on the ground, so that each search finds its streets still at hand.
    origins = len(start_offsets) - 1
    first_segment = np.full(origins, -1, dtype=np.int32)
    has_door = start_offsets[:-1] < start_offsets[1:]
    first_segment[has_door] = starts.segment[start_offsets[:-1][has_door]]
    order = np.argsort(first_segment, kind="stable").astype(np.int32)
    here_first, here = here_offsets.astype(np.int32), here_place.astype(np.int32)
    first_door, place = start_offsets.astype(np.int32), end_place.astype(np.int32)
    sums = np.zeros((origins, len(cutoffs_ms)))

    def some(first: int) -> None:
        try:
            workspace = graph.idle.pop()
        except IndexError:
            workspace = new_workspace(len(streets.node_xy))
        _counts(
            graph.offsets,
            graph.edges,
            graph.segment_ms,
            streets.segment_nodes,
            order[first : first + _CHUNK],
            first_door,
            starts.segment,
            starts.fraction,
            start_ms,
            node_first,
            node_door,
            node_door_ms,
            by_segment,
            ends.segment[by_segment],
            ends.fraction,
            end_ms,
            place,
            here_first,
            here,
            weight,
            cutoffs_ms,
            int(cutoffs_ms[-1]),
            workspace.node_ms,
            workspace.touched,
            sums,
        )
        graph.idle.append(workspace)

    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        list(pool.map(some, range(0, origins, _CHUNK)))
    return sums


@kernel
def _counts(
    offsets: Ints,
    edges: Ints,
    segment_ms: Ints,
    segment_nodes: Ints,
    order: Ints,
    first_door: Ints,
    start_segment: Ints,
    start_fraction: Doubles,
    start_ms: Ints,
    node_first: Ints,
    node_door: Ints,
    node_door_ms: Doubles,
    by_segment: Ints,
    sorted_segment: Ints,
    end_fraction: Doubles,
    end_ms: Ints,
    end_place: Ints,
    here_first: Ints,
    here_place: Ints,
    weight: Doubles,
    cutoffs_ms: Ints,
    last_ms: int,
    node_ms: Ints,
    touched: Ints,
    sums: Doubles,
) -> None:
    best = np.full(len(weight), np.int32(NEVER_MS), dtype=np.int32)
    found = np.empty(len(weight), dtype=np.int32)
    for o in order:
        places = 0
        for i in range(here_first[o], here_first[o + 1]):
            p = here_place[i]
            if best[p] == NEVER_MS:
                found[places] = p
                places += 1
            best[p] = 0
        begin, end = first_door[o], first_door[o + 1]
        # Doors on a start's own segment may be reached without passing a node.
        for i in range(begin, end):
            s, f = start_segment[i], start_fraction[i]
            for k in range(np.searchsorted(sorted_segment, s), len(sorted_segment)):
                if sorted_segment[k] != s:
                    break
                door = by_segment[k]
                for way in range(2):
                    ahead = end_fraction[door] - f if way == 0 else f - end_fraction[door]
                    if segment_ms[s, way] == NEVER_MS or ahead < 0.0:
                        continue
                    # As the search has it: the start's piece rounds to whole milliseconds.
                    piece = 1.0 - f if way == 0 else f
                    whole = np.rint(piece * segment_ms[s, way])
                    ms = start_ms[i] + (ahead / piece * whole if piece > 0.0 else 0.0)
                    ms, p = np.rint(ms) + end_ms[door], end_place[door]
                    if ms <= last_ms and ms < best[p]:
                        if best[p] == NEVER_MS:
                            found[places] = p
                            places += 1
                        best[p] = np.int32(ms)
        seed_node, seed_ms = seeds(
            segment_ms,
            segment_nodes,
            start_segment[begin:end],
            start_fraction[begin:end],
            start_ms[begin:end],
            last_ms,
        )
        count = spread(offsets, edges, seed_node, seed_ms, last_ms, node_ms, touched)
        for i in range(count):
            u = touched[i]
            for k in range(node_first[u], node_first[u + 1]):
                door = node_door[k]
                ms, p = np.rint(node_ms[u] + node_door_ms[k]) + end_ms[door], end_place[door]
                if ms <= last_ms and ms < best[p]:
                    if best[p] == NEVER_MS:
                        found[places] = p
                        places += 1
                    best[p] = np.int32(ms)
            node_ms[u] = NEVER_MS
        for i in range(places):
            p = found[i]
            c = len(cutoffs_ms) - 1
            while c >= 0 and best[p] <= cutoffs_ms[c]:
                sums[o, c] += weight[p]
                c -= 1
            best[p] = NEVER_MS
