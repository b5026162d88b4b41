"""Times and lengths between many places at once: one search a place, on all processors.

Where there are so many long searches that a hierarchy of the streets pays, it finds them.
Where only pairs within a cutoff are wanted, `sandbox.engine.counts.pairs` keeps no others.
"""

# Kernels take plain arrays and are long on purpose: calls between them cost.
# ruff: noqa: PLR0917

from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.graph import Graph, Workspace
from sandbox.engine.hierarchy.many import all_pairs, pays
from sandbox.engine.kernel import Doubles, Ints, Singles, in_threads, kernel, processors
from sandbox.engine.lengths import arrive, relax
from sandbox.engine.search import new_workspace, seeds, spread
from sandbox.streets.attachments import Attachments
from sandbox.units import MS_PER_M_AT_1_KMH, NEVER_MS

# Origins that one thread takes at a time.
_CHUNK: Final = 16
# So many are looked at to know how far searches go, where there are many more.
_SAMPLE: Final = 16


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
    sample = range(0, origins, max(1, origins // _SAMPLE))
    if pays(graph, origins, len(streets.node_xy), cutoff_ms):
        far = [_reached(graph, starts, start_offsets[o : o + 2], cutoff_ms) for o in sample]
        if pays(graph, origins, float(np.mean(far)), cutoff_ms):
            all_pairs(
                graph,
                starts,
                start_offsets,
                ends,
                end_place,
                cutoff_ms,
                (ms, metres),
                (start_ms, end_ms),
            )
            return ms, metres

    def some(first: int) -> None:
        workspace = _workspace(graph)
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

    list(in_threads(some, range(0, origins, _CHUNK), processors()))
    return ms, metres


def _workspace(graph: Graph) -> Workspace:
    try:
        return graph.idle.pop()
    except IndexError:
        return new_workspace(len(graph.streets.node_xy))


def _reached(graph: Graph, starts: Attachments, of: npt.NDArray[np.int64], cutoff_ms: int) -> int:
    """Return how many nodes an origin reaches; `of` are its first door and the next one's."""
    doors = starts[np.arange(of[0], of[1])]
    workspace = _workspace(graph)
    node, ms = seeds(
        graph.segment_ms,
        graph.streets.segment_nodes,
        doors.segment,
        doors.fraction,
        graph.start_ms(doors.distance_m),
        int(cutoff_ms),
    )
    count = spread(
        graph.offsets, graph.edges, node, ms, int(cutoff_ms), workspace.node_ms, workspace.touched
    )
    workspace.node_ms[workspace.touched[:count]] = NEVER_MS
    graph.idle.append(workspace)
    return count


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
