"""How long the fastest ways are: metres along them, told from the times of a search."""

# Kernels take plain arrays and are long on purpose: calls between them cost.
# ruff: noqa: PLR0912, PLR0917

from typing import Final

import numpy as np

from sandbox.network.graph import NEVER_MS, Graph
from sandbox.network.kernel import Doubles, Ints, Singles, kernel
from sandbox.network.search import Reached
from sandbox.network.snap import Attachments

_MS_PER_M_AT_1_KMH: Final = 3600.0


def lengths_m(graph: Graph, reached: Reached, starts: Attachments, ends: Attachments) -> Doubles:
    """Return the length of the fastest way to street points, shape ``(k,)``; else infinite.

    The step between a start and its street is in it, that between an end and its
    street isn't. Of several ways that take the same time the shortest counts.

    Parameters
    ----------
    graph, reached, starts
        What was searched, what was found, and from where.
    ends
        Street points.
    """
    order = np.argsort(reached.node_ms, kind="stable")
    starts = starts[starts.segment >= 0]
    step_ms = np.minimum(
        np.rint(starts.distance_m * (_MS_PER_M_AT_1_KMH / graph.speed_kmh)), NEVER_MS - 1
    )
    return _lengths(
        graph.offsets,
        graph.edges,
        graph.edge_segment,
        graph.segment_ms,
        graph.streets.segment_nodes,
        graph.streets.length_m,
        starts.segment,
        starts.fraction,
        step_ms.astype(np.int32),
        starts.distance_m,
        reached.node[order],
        reached.node_ms[order],
        ends.segment,
        ends.fraction,
    )


@kernel
def _lengths(
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
    node: Ints,
    node_ms: Ints,
    end_segment: Ints,
    end_fraction: Doubles,
) -> Doubles:
    ms = np.full(len(offsets) - 1, np.int32(NEVER_MS), dtype=np.int32)
    metres = np.full(len(offsets) - 1, np.inf)
    for i in range(len(node)):
        ms[node[i]] = node_ms[i]
    for i in range(len(start_segment)):
        s, f = start_segment[i], start_fraction[i]
        for way in range(2):
            if segment_ms[s, way] == NEVER_MS:
                continue
            share = 1.0 - f if way == 0 else f
            v = segment_nodes[s, 1 - way]
            if np.int64(start_ms[i]) + np.int64(np.rint(share * segment_ms[s, way])) == ms[v]:
                metres[v] = min(metres[v], start_m[i] + share * length_m[s])
    again = True
    while again:
        again = False
        # In the order of time, so a node's length stands when it is passed on; only
        # where an edge costs nothing may it change after that.
        for i in range(len(node)):
            u = node[i]
            for k in range(offsets[u], offsets[u + 1]):
                v, later = edges[k, 0], np.int64(ms[u]) + edges[k, 1]
                further = metres[u] + length_m[edge_segment[k]]
                if later == ms[v] and ms[v] != NEVER_MS and further < metres[v]:
                    metres[v] = further
                    again = again or edges[k, 1] == 0
    found = np.full(len(end_segment), np.inf)
    for i in range(len(end_segment)):
        s, f = end_segment[i], end_fraction[i]
        if s < 0:
            continue
        soonest = np.inf
        for way in range(2):
            if segment_ms[s, way] == NEVER_MS:
                continue
            share = f if way == 0 else 1.0 - f
            u = segment_nodes[s, way]
            if ms[u] != NEVER_MS:
                time, far = ms[u] + share * segment_ms[s, way], metres[u] + share * length_m[s]
                if time < soonest or (time == soonest and far < found[i]):
                    soonest, found[i] = time, far
            for j in range(len(start_segment)):
                ahead = f - start_fraction[j] if way == 0 else start_fraction[j] - f
                if start_segment[j] == s and ahead >= 0.0:
                    time = start_ms[j] + ahead * segment_ms[s, way]
                    far = start_m[j] + ahead * length_m[s]
                    if time < soonest or (time == soonest and far < found[i]):
                        soonest, found[i] = time, far
    return found
