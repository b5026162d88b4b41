"""Streets from junction to junction as one edge each: for searches that ask only for sums."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sandbox.engine.graph import Graph, adjacency
from sandbox.engine.kernel import Ints, kernel
from sandbox.units import NEVER_MS

Longs = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Chains:
    """A graph's junctions, and the chains of segments that lead from one to another.

    A node is left out where two segments meet that may be passed the same ways, unless it
    was asked for. Costs add
    up in whole milliseconds, so times at junctions and along chains are those of the graph.

    Attributes
    ----------
    offsets, edges
        As in `Graph`, from junction to junction.
    number
        Junction of each node, int32, shape ``(n,)``; -1 where it is left out.
    chain
        Chain of each segment, int32, shape ``(s,)``; -1 where it is closed.
    place
        Where in the order of all chains each segment comes, int32, shape ``(s,)``.
    turned
        1 for segments that lie against the sense of their chain, else 0, int32, shape ``(s,)``.
    origin
        Junction from which one comes to each segment, going forward and backward along it,
        int32, shape ``(s, 2)``.
    since_ms, until_ms
        From that junction to the segment, and from its end to the next junction, int64
        milliseconds, shape ``(s, 2)``.
    """

    offsets: Ints
    edges: Ints
    number: Ints
    chain: Ints
    place: Ints
    turned: Ints
    origin: Ints
    since_ms: Longs
    until_ms: Longs


def chains(graph: Graph, kept: Ints | None = None) -> Chains:
    """Return the chains of a graph.

    Parameters
    ----------
    graph
        Who moves.
    kept
        Nodes that are junctions in any case, as those that places are at; none by default.
    """
    ends, cost = graph.streets.segment_nodes, graph.segment_ms
    junction = _junctions(len(graph.streets.node_xy), ends, cost)
    if kept is not None:
        junction[0][kept] = True
    chain, place, turned, from_to, total_ms, since_ms, until_ms = _follow(*junction, ends, cost)
    # Numbered anew, as the kernel left them: it adds one in every ring that has none.
    numbers = np.cumsum(junction[0], dtype=np.int32) - np.int32(1)
    between = numbers[from_to]
    # A way round to where it began, and one that takes longer than any search, lead nowhere.
    nowhere = (total_ms < 0) | (total_ms >= NEVER_MS) | (between[:, :1] == between[:, 1:])
    whole = np.where(nowhere, NEVER_MS, total_ms).astype(np.int32)
    offsets, edges, _ = adjacency(int(junction[0].sum()), between, whole)
    origin = np.full((len(ends), 2), np.int32(-1), dtype=np.int32)
    on, sense = chain >= 0, turned[:, None] ^ np.array([0, 1])
    origin[on] = np.take_along_axis(between[chain[on]], sense[on], axis=1)
    numbers = np.where(junction[0], numbers, np.int32(-1))
    return Chains(offsets, edges, numbers, chain, place, turned, origin, since_ms, until_ms)


@kernel
def _junctions(nodes: int, ends: Ints, cost: Ints) -> tuple[npt.NDArray[np.bool_], Ints]:
    """Return which nodes are junctions, and two of the segments that meet at each node."""
    met = np.full((nodes, 2), np.int32(-1), dtype=np.int32)
    junction = np.zeros(nodes, dtype=np.bool_)
    for s in range(len(ends)):
        if cost[s, 0] == NEVER_MS and cost[s, 1] == NEVER_MS:
            continue
        for end in range(2):
            n = ends[s, end]
            if met[n, 0] < 0:
                met[n, 0] = s
            elif met[n, 1] < 0 and met[n, 0] != s:
                met[n, 1] = s
            else:
                junction[n] = True
    for n in range(nodes):
        s, t = met[n, 0], met[n, 1]
        if t < 0:
            junction[n] = s >= 0
        elif not junction[n]:
            # One arrives by one street and goes on by the other, in both directions or in one.
            into = 0 if ends[s, 1] == n else 1
            onto = 0 if ends[t, 0] == n else 1
            for way in range(2):
                closed = cost[s, into ^ way] == NEVER_MS
                if closed != (cost[t, onto ^ way] == NEVER_MS):
                    junction[n] = True
    return junction, met


@kernel
def _follow(
    junction: npt.NDArray[np.bool_], met: Ints, ends: Ints, cost: Ints
) -> tuple[Ints, Ints, Ints, Ints, Longs, Longs, Longs]:
    """Return what `Chains` holds of segments, and the ends and times of the chains."""
    count = len(ends)
    chain = np.full(count, np.int32(-1), dtype=np.int32)
    place = np.full(count, np.int32(-1), dtype=np.int32)
    turned = np.zeros(count, dtype=np.int32)
    since_ms = np.zeros((count, 2), dtype=np.int64)
    until_ms = np.zeros((count, 2), dtype=np.int64)
    from_to = np.empty((count, 2), dtype=np.int32)
    total_ms = np.zeros((count, 2), dtype=np.int64)
    on_it = np.empty(count, dtype=np.int32)
    chains, placed = 0, 0
    # First from junctions; what is left then are rings without any, where a node becomes one.
    for rings in range(2):
        for begin in range(count):
            if chain[begin] >= 0 or (cost[begin, 0] == NEVER_MS and cost[begin, 1] == NEVER_MS):
                continue
            if rings == 1:
                junction[ends[begin, 0]] = True
            n = ends[begin, 0] if junction[ends[begin, 0]] else ends[begin, 1]
            if not junction[n]:
                continue
            from_to[chains, 0] = n
            s, first = np.int32(begin), placed
            while True:
                chain[s], place[s], on_it[placed] = chains, placed, s
                placed += 1
                turned[s] = 0 if ends[s, 0] == n else 1
                n = ends[s, 1 - turned[s]]
                if junction[n]:
                    break
                s = met[n, 1] if met[n, 0] == s else met[n, 0]
            from_to[chains, 1] = n
            for sense in range(2):
                ms = np.int64(0)
                for i in range(first, placed):
                    s = on_it[i] if sense == 0 else on_it[placed - 1 - (i - first)]
                    way = turned[s] ^ sense
                    since_ms[s, way] = ms
                    # Closed that way, all of the chain is.
                    ms = np.int64(-1) if cost[s, way] == NEVER_MS else ms + cost[s, way]
                total_ms[chains, sense] = ms
                for i in range(first, placed):
                    s = on_it[i]
                    way = turned[s] ^ sense
                    until_ms[s, way] = ms - since_ms[s, way] - cost[s, way]
            chains += 1
    return chain, place, turned, from_to[:chains], total_ms[:chains], since_ms, until_ms
