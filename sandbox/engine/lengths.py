"""The fastest paths, derived from the times of a search: how long they are, and along what."""

# Kernels take plain arrays and are long on purpose: calls between them cost.
# ruff: noqa: PLR0917

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.graph import Graph
from sandbox.engine.kernel import Doubles, Ints, Singles, kernel
from sandbox.engine.parts import piece_ms
from sandbox.engine.search import Reached
from sandbox.streets.attachments import Attachments
from sandbox.units import NEVER_MS


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
    ms, metres, _, (begin, _) = _plan(graph, reached, starts)
    every, which = graph.on_copies(ends)
    times, found, _ = arrive(ms, metres, *begin, *_places(graph, every))
    if len(every.segment) == len(ends.segment):
        return found
    # Of the copies of a street that by which one comes first.
    order = np.lexsort((found, times, which))
    return found[order[np.searchsorted(which[order], np.arange(len(ends.segment)))]]


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """A fastest way between a start and a street point, piece by piece.

    Attributes
    ----------
    start
        Which of the starts it leaves from.
    segment
        Segment of each piece in the order of going, of the graph's streets, int32, shape
        ``(k,)``.
    along
        Fractions of the segment where the piece begins and ends, float64, shape ``(k, 2)``;
        descending where it is gone backward.
    """

    start: int
    segment: Ints
    along: Doubles


def way_to(graph: Graph, reached: Reached, starts: Attachments, end: Attachments) -> Way | None:
    """Return the way that a search found to a street point, None where it found none.

    It takes the time that `Reached.times_ms` says and has the length of `lengths_m`.

    Parameters
    ----------
    graph, reached, starts
        As for `lengths_m`.
    end
        One street point.
    """
    starts = starts[starts.segment >= 0]
    ms, metres, came, (begin, which) = _plan(graph, reached, starts)
    every, _ = graph.on_copies(end)
    times, found, last = arrive(ms, metres, *begin, *_places(graph, every))
    best = int(np.lexsort((found, times))[0])
    if last[best] == _NOWHERE:
        return None
    segments: list[int] = [int(every.segment[best])]
    along: list[tuple[float, float]] = []
    fraction = float(every.fraction[best])
    if last[best] < 0:
        start = -int(last[best]) - 1
        return Way(
            int(which[start]),
            np.array(segments, dtype=np.int32),
            np.array([(float(begin[1][start]), fraction)]),
        )
    way = int(last[best])
    along.append((float(way), fraction))
    ends = graph.streets.segment_nodes
    node = int(ends[segments[0], way])
    while came[node] >= 0:
        segment = int(graph.edge_segment[came[node]])
        # An edge and its segment say where it leads; of loops there are none.
        way = 0 if ends[segment, 1] == node else 1
        segments.append(segment)
        along.append((float(way), 1.0 - way))
        node = int(ends[segment, way])
    start, way = divmod(-int(came[node]) - 2, 2)
    segments.append(int(begin[0][start]))
    along.append((float(begin[1][start]), 1.0 - way))
    return Way(
        int(which[start]),
        np.array(segments[::-1], dtype=np.int32),
        np.array(along[::-1], dtype=np.float64),
    )


_NOWHERE: Final = 2**31 - 1


_Begin = tuple[Ints, Doubles, Ints, Doubles]


def _plan(
    graph: Graph, reached: Reached, starts: Attachments
) -> tuple[Ints, Doubles, Ints, tuple[_Begin, npt.NDArray[np.int64]]]:
    """Return times, lengths and edges of arrival of all nodes, and where one begins.

    That is as kernels take it, with which of the starts each is.
    """
    node, node_ms = reached.copies or (reached.node, reached.node_ms)
    order = np.argsort(node_ms, kind="stable")
    starts, which = graph.on_copies(starts[starts.segment >= 0])
    step_ms = graph.start_ms(starts.distance_m)
    planned = _metres(
        graph.offsets,
        graph.edges,
        graph.edge_segment,
        graph.segment_ms,
        graph.streets.segment_nodes,
        graph.streets.length_m,
        starts.segment,
        starts.fraction,
        step_ms,
        starts.distance_m,
        node[order],
        node_ms[order],
    )
    begin = (starts.segment, starts.fraction, step_ms, starts.distance_m)
    return *planned, (begin, which)


def _places(graph: Graph, ends: Attachments) -> tuple[Ints, Ints, Singles, Ints, Doubles]:
    streets = graph.streets
    return graph.segment_ms, streets.segment_nodes, streets.length_m, ends.segment, ends.fraction


@kernel
def _metres(
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
) -> tuple[Ints, Doubles, Ints]:
    """Return time, length and edge of arrival of every node; see `relax`."""
    ms = np.full(len(offsets) - 1, np.int32(NEVER_MS), dtype=np.int32)
    metres = np.full(len(offsets) - 1, np.inf)
    came = np.full(len(offsets) - 1, np.int32(-1), dtype=np.int32)
    for i in range(len(node)):
        ms[node[i]] = node_ms[i]
    relax(
        offsets,
        edges,
        edge_segment,
        segment_ms,
        segment_nodes,
        length_m,
        start_segment,
        start_fraction,
        start_ms,
        start_m,
        node,
        ms,
        metres,
        came,
    )
    return ms, metres, came


@kernel
def relax(
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
    ms: Ints,
    metres: Doubles,
    came: Ints,
) -> None:
    """Bring the nodes, in the order of their times, to their lengths and edges of arrival.

    The edge is that by which the shortest of the fastest ways comes; from start ``i``
    itself it is ``-2 - 2 * i`` along its segment, one less against it.
    """
    for i in range(len(start_segment)):
        s, f = start_segment[i], start_fraction[i]
        for way in range(2):
            share = 1.0 - f if way == 0 else f
            if segment_ms[s, way] == NEVER_MS and share > 0.0:
                continue
            v = segment_nodes[s, 1 - way]
            if np.int64(start_ms[i]) + piece_ms(share, segment_ms[s, way]) == ms[v]:
                further = start_m[i] + share * length_m[s]
                if further < metres[v]:
                    metres[v], came[v] = further, np.int32(-2 - 2 * i - way)
    again = True
    while again:
        again = False
        # In the order of time, so a node's length stands when it is passed on; only
        # where an edge costs nothing may it change after that.
        for i in range(len(node)):
            u = node[i]
            for k in range(offsets[u], offsets[u + 1]):
                v, later = edges[k, 0], np.int64(ms[u]) + edges[k, 1]
                if later != ms[v] or ms[v] == NEVER_MS:
                    continue
                further = metres[u] + length_m[edge_segment[k]]
                if further < metres[v]:
                    metres[v], came[v] = further, np.int32(k)
                    again = again or edges[k, 1] == 0


@kernel
def arrive(
    ms: Ints,
    metres: Doubles,
    start_segment: Ints,
    start_fraction: Doubles,
    start_ms: Ints,
    start_m: Doubles,
    segment_ms: Ints,
    segment_nodes: Ints,
    length_m: Singles,
    end_segment: Ints,
    end_fraction: Doubles,
) -> tuple[Doubles, Doubles, Ints]:
    """Return time and length to street points, and from which end one comes there.

    The time is that of `Reached.times_ms`. The end is 0 or 1 of
    its segment, or ``-1 - i`` from start ``i`` on the same one.
    """
    times = np.full(len(end_segment), np.inf)
    found = np.full(len(end_segment), np.inf)
    last = np.full(len(end_segment), np.int32(_NOWHERE), dtype=np.int32)
    for i in range(len(end_segment)):
        s, f = end_segment[i], end_fraction[i]
        if s < 0:
            continue
        soonest = np.inf
        for way in range(2):
            share = f if way == 0 else 1.0 - f
            # At a node itself one has come by any street.
            if segment_ms[s, way] == NEVER_MS and share > 0.0:
                continue
            u = segment_nodes[s, way]
            if ms[u] != NEVER_MS:
                time = float(ms[u] + piece_ms(share, segment_ms[s, way]))
                far = metres[u] + share * length_m[s]
                if time < soonest or (time == soonest and far < found[i]):
                    soonest, found[i], last[i] = time, far, np.int32(way)
            for j in range(len(start_segment)):
                ahead = f - start_fraction[j] if way == 0 else start_fraction[j] - f
                if start_segment[j] == s and ahead >= 0.0:
                    time = float(start_ms[j] + piece_ms(ahead, segment_ms[s, way]))
                    far = start_m[j] + ahead * length_m[s]
                    if time < soonest or (time == soonest and far < found[i]):
                        soonest, found[i], last[i] = time, far, np.int32(-1 - j)
        times[i] = soonest
    return times, found, last
