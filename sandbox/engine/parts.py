"""Street parts round nodes and points whose times are known, as far as one may go on."""

# Kernels take plain arrays and are long on purpose: calls between them cost.
# ruff: noqa: PLR0917

import numpy as np
import numpy.typing as npt

from sandbox.engine.graph import Graph
from sandbox.engine.kernel import Doubles, Ints, kernel
from sandbox.streets.streets import StreetClass
from sandbox.units import NEVER_MS

# Columns of `Reached` from `segment` to `cost_ms`.
Columns = tuple[Ints, Doubles, Doubles, Ints, Ints]


def not_on_ferry(graph: Graph, parts: Columns) -> Columns:
    """Return street parts without ferries: nobody gets off on the way."""
    if graph.streets.ferries is None:
        return parts
    return those(graph.streets.street_class[parts[0]] != StreetClass.FERRY, parts)


def those(kept: npt.NDArray[np.bool_], parts: Columns) -> Columns:
    """Return some of the street parts."""
    segment, along, ends_xy, ms, cost = parts
    return segment[kept], along[kept], ends_xy[kept], ms[kept], cost[kept]


@kernel
def piece_ms(share: float, whole_ms: int) -> int:
    """Return the time along a share of a segment, milliseconds.

    Every piece that any search, table or route tells of is rounded here, and for itself: from
    a start to an end of its segment, from an end to a place, or between two places of one
    segment. So it takes the same from wherever one asks.
    """
    return int(np.rint(share * whole_ms))


@kernel
def pieces_ms(share: Doubles, whole_ms: Ints) -> npt.NDArray[np.int64]:
    """Return `piece_ms` of many pieces."""
    ms = np.empty(len(share), dtype=np.int64)
    for i in range(len(share)):
        ms[i] = piece_ms(share[i], whole_ms[i])
    return ms


@kernel
def street_parts(
    offsets: Ints,
    edge_segment: Ints,
    segment_ms: Ints,
    segment_nodes: Ints,
    node_xy: Doubles,
    start_segment: Ints,
    start_fraction: Doubles,
    start_ms: Ints,
    start_room: Ints,
    cutoff_ms: int,
    node_ms: Ints,
    node_room: Ints,
    touched: Ints,
    count: int,
) -> tuple[Ints, Doubles, Doubles, Ints, Ints]:
    """Return the street parts that begin at starts and at the nodes reached.

    Where one may not go on to the next node a part ends on the way. `node_room` is empty
    where that is nowhere so.
    """
    starts = len(start_segment)
    room = 2 * starts
    for i in range(count):
        room += offsets[touched[i] + 1] - offsets[touched[i]]
    segment = np.empty(room, dtype=np.int32)
    along = np.empty((room, 2))
    ends_xy = np.empty((room, 4))
    ms_ends = np.empty((room, 2), dtype=np.int32)
    cost = np.empty((room, 2), dtype=np.int32)
    parts = 0
    for i in range(starts):
        if start_ms[i] > cutoff_ms:
            continue
        s, f = start_segment[i], start_fraction[i]
        for way in range(2):
            # Who starts at a node is there, whichever ways its street may be used.
            share = 1.0 - f if way == 0 else f
            if segment_ms[s, way] != NEVER_MS or share == 0.0:
                _piece(
                    s,
                    way,
                    f,
                    int(start_ms[i]),
                    int(start_room[i]),
                    segment_ms,
                    segment_nodes,
                    node_xy,
                    segment[parts:],
                    along[parts:],
                    ends_xy[parts:],
                    ms_ends[parts:],
                    cost[parts:],
                )
                parts += 1
    held = len(node_room) > 0
    for i in range(count):
        u = touched[i]
        for k in range(offsets[u], offsets[u + 1]):
            s = edge_segment[k]
            a, b = segment_nodes[s, 0], segment_nodes[s, 1]
            at_a, at_b = node_ms[a], node_ms[b]
            if held:
                way = 0 if u == a else 1
                if node_room[u] < segment_ms[s, way]:
                    _piece(
                        s,
                        way,
                        float(way),
                        int(node_ms[u]),
                        int(node_room[u]),
                        segment_ms,
                        segment_nodes,
                        node_xy,
                        segment[parts:],
                        along[parts:],
                        ends_xy[parts:],
                        ms_ends[parts:],
                        cost[parts:],
                    )
                    parts += 1
                    continue
                if segment_ms[s, 0] != NEVER_MS and node_room[a] < segment_ms[s, 0]:
                    at_a = NEVER_MS
                if segment_ms[s, 1] != NEVER_MS and node_room[b] < segment_ms[s, 1]:
                    at_b = NEVER_MS
            # A segment is met from each end that is reached and may be left; take it once.
            if u == b and segment_ms[s, 0] != NEVER_MS and at_a != NEVER_MS:
                continue
            segment[parts] = s
            along[parts, 0], along[parts, 1] = 0.0, 1.0
            ends_xy[parts, 0], ends_xy[parts, 1] = node_xy[a, 0], node_xy[a, 1]
            ends_xy[parts, 2], ends_xy[parts, 3] = node_xy[b, 0], node_xy[b, 1]
            ms_ends[parts, 0], ms_ends[parts, 1] = at_a, at_b
            cost[parts, 0], cost[parts, 1] = segment_ms[s, 0], segment_ms[s, 1]
            parts += 1
    return segment[:parts], along[:parts], ends_xy[:parts], ms_ends[:parts], cost[:parts]


@kernel
def _piece(
    s: int,
    way: int,
    fraction: float,
    at_ms: int,
    room_ms: int,
    segment_ms: Ints,
    segment_nodes: Ints,
    node_xy: Doubles,
    segment: Ints,
    along: Doubles,
    ends_xy: Doubles,
    ms_ends: Ints,
    cost: Ints,
) -> None:
    """Put first in columns the piece of a segment from a point of it on, as far as one may go."""
    a, b = segment_nodes[s, 0], segment_nodes[s, 1]
    share = 1.0 - fraction if way == 0 else fraction
    whole = piece_ms(share, segment_ms[s, way])
    end = 1.0 - way
    if room_ms < whole:
        gone = share * room_ms / whole
        end = fraction + gone if way == 0 else fraction - gone
        whole = room_ms
    for side in range(2):
        at = fraction if side == way else end
        along[0, side] = at
        for axis in range(2):
            here = node_xy[a, axis] + at * (node_xy[b, axis] - node_xy[a, axis])
            ends_xy[0, 2 * side + axis] = node_xy[b, axis] if at == 1.0 else here
    segment[0] = s
    ms_ends[0, way], ms_ends[0, 1 - way] = at_ms, NEVER_MS
    cost[0, way], cost[0, 1 - way] = np.int32(whole), NEVER_MS
