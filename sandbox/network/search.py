"""Travel times from places over the streets, up to a cutoff.

Dijkstra's search with Dial's buckets: nodes wait in buckets of `_BUCKET_MS`, and
inside a bucket their times are corrected until they stand (as in Meyer and Sanders,
"Δ-stepping", 2003), so whole milliseconds stay exact however wide the bucket is.
There is one bucket for every stretch of time up to the cutoff, not a ring of them:
starts may lie as far apart in time as they like.

The cost follows what is reached, not the size of the network: a search resets only
the nodes it touched.
"""

# Kernels take plain arrays and are long on purpose: calls between them cost.
# ruff: noqa: PLR0912, PLR0917

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from sandbox.network.graph import NEVER_MS, Graph, Workspace
from sandbox.network.kernel import Doubles, Ints, kernel
from sandbox.network.snap import Attachment, Attachments
from sandbox.network.streets import StreetClass

# 2**13 ms, about the time for one segment on foot: few empty buckets, few corrections.
if TYPE_CHECKING:
    from shapely.geometry import MultiPolygon

    from sandbox.network.split import Split

_BUCKET_BITS: Final = 13
_POOL: Final = 4096
# Columns of `Reached` from `segment` to `cost_ms`.
_Parts = tuple[Ints, Doubles, Doubles, Ints, Ints]


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """What a search reached: the street parts on which time runs, and their times.

    A part is a whole segment, or the piece between a start and an end of its segment.
    A point of a part at share ``u`` of its length is passed at
    ``min(ms[0] + u * cost_ms[0], ms[1] + (1 - u) * cost_ms[1])``, where neither of a
    pair is `NEVER_MS`. Parts of one segment may overlap; the least time counts.

    Attributes
    ----------
    cutoff_ms
        No part begins later.
    node, node_ms
        Reached nodes and their times, int32, shape ``(k,)``, in the order of discovery.
    segment
        Segment of each part, int32, shape ``(p,)``.
    along
        Fractions of the segment between which the part lies, float64, shape ``(p, 2)``.
    ends_xy
        The part's two ends in metres, x, y, x, y, float64, shape ``(p, 4)``.
    ms
        Time at both ends, int32 milliseconds, shape ``(p, 2)``; `NEVER_MS` where that end
        isn't reached within the cutoff.
    cost_ms
        Cost of the part forward and backward, int32 milliseconds, shape ``(p, 2)``.
    copies
        Nodes and times before the copies of a crossing became one, where there are any.
    split
        What was copied for the sake of banned turns, if anything.
    own_ground
        The area that one starts from, metres: one is there already, so it belongs to what
        is reached at every time; None for points.
    segment_nodes
        From and to node of each segment of the network, for places that are at a node.
    """

    cutoff_ms: int
    node: Ints
    node_ms: Ints
    segment: Ints
    along: Doubles
    ends_xy: Doubles
    ms: Ints
    cost_ms: Ints
    copies: tuple[Ints, Ints] | None = None
    split: "Split | None" = None
    own_ground: "MultiPolygon | None" = None
    segment_nodes: Ints | None = None

    def times_ms(self, attachments: Attachments) -> Doubles:
        """Return when street points are reached, whole milliseconds, ``(k,)``; else infinite.

        The step between a place and its street isn't in it.
        """
        order = np.argsort(self.segment, kind="stable").astype(np.int32)
        times = _times(
            attachments.segment,
            attachments.fraction,
            self.segment[order],
            order,
            self.along,
            self.ms,
            self.cost_ms,
        )
        if self.segment_nodes is not None:
            # Whoever is at a crossing came by any street, also by one that leads only there.
            np.minimum(times, self._node_times_ms(attachments.nodes(self.segment_nodes)), out=times)
        times = np.rint(times)
        return np.where(times <= self.cutoff_ms, times, np.inf)

    def _node_times_ms(self, node: Ints) -> Doubles:
        """Return when nodes are reached; infinite for others, and for -1."""
        wanted = np.unique(node[node >= 0])
        times = np.full(len(node), np.inf)
        if not len(wanted):
            return times
        place = np.minimum(np.searchsorted(wanted, self.node), len(wanted) - 1)
        met = wanted[place] == self.node
        least = np.full(len(wanted), np.inf)
        least[place[met]] = self.node_ms[met]
        there = node >= 0
        times[there] = least[np.searchsorted(wanted, node[there])]
        return times


def search(graph: Graph, starts: Attachment | Attachments, cutoff_ms: int) -> Reached:
    """Return all street parts within `cutoff_ms` of the nearest of the starts.

    The step from a place to its street is walked and counted. Starts that have no
    street (segment -1) are left out.
    """
    many = starts.as_many() if isinstance(starts, Attachment) else starts
    has_street = many.segment >= 0
    if not has_street.all():
        many = many[has_street]
    if graph.split is not None:
        many, _ = graph.split.places(many)
    start_ms = graph.start_ms(many.distance_m)
    try:
        workspace = graph.idle.pop()
    except IndexError:
        workspace = new_workspace(len(graph.streets.node_xy))
    # Lost if the kernel is interrupted, and so never used half reset.
    found = _search(
        graph.offsets,
        graph.edges,
        graph.edge_segment,
        graph.segment_ms,
        graph.streets.segment_nodes,
        graph.streets.node_xy,
        many.segment,
        many.fraction,
        start_ms,
        int(cutoff_ms),
        workspace.node_ms,
        workspace.touched,
    )
    graph.idle.append(workspace)
    raw = Reached(
        int(cutoff_ms),
        *found[:2],
        *_ashore(graph, found[2:]),
        segment_nodes=graph.streets.segment_nodes,
    )
    if graph.split is None:
        return raw
    node, node_ms = graph.split.least(raw.node, raw.node_ms)
    return replace(
        raw,
        node=node,
        node_ms=node_ms,
        segment=graph.split.segment_of(raw.segment),
        copies=(raw.node, raw.node_ms),
        split=graph.split,
        segment_nodes=graph.split.ends,
    )


def gather(graph: Graph, starts: Attachments, node: Ints, node_ms: Ints, cutoff_ms: int) -> Reached:
    """Return the street parts round nodes whose times are known, as `search` would.

    Parameters
    ----------
    graph
        Who moves between the nodes.
    starts
        Where parts of their own streets are reached from.
    node, node_ms
        Nodes and their times, int32, each once; later ones than the cutoff are left out.
    cutoff_ms
        No part begins later.
    """
    soon = node_ms <= cutoff_ms
    node, node_ms = np.ascontiguousarray(node[soon]), np.ascontiguousarray(node_ms[soon])
    start_ms = graph.start_ms(starts.distance_m)
    times = np.full(len(graph.streets.node_xy), NEVER_MS, dtype=np.int32)
    times[node] = node_ms
    parts = _parts(
        graph.offsets,
        graph.edge_segment,
        graph.segment_ms,
        graph.streets.segment_nodes,
        graph.streets.node_xy,
        starts.segment,
        starts.fraction,
        start_ms,
        int(cutoff_ms),
        times,
        node,
        len(node),
    )
    ends = graph.streets.segment_nodes
    return Reached(int(cutoff_ms), node, node_ms, *_ashore(graph, parts), segment_nodes=ends)


def _ashore(graph: Graph, parts: _Parts) -> _Parts:
    """Return street parts without ferries: nobody gets off on the way."""
    if graph.streets.ferries is None:
        return parts
    kept = graph.streets.street_class[parts[0]] != StreetClass.FERRY
    segment, along, ends_xy, ms, cost = parts
    return segment[kept], along[kept], ends_xy[kept], ms[kept], cost[kept]


def new_workspace(nodes: int) -> Workspace:
    """Return fresh memory for searches of a network of so many nodes."""
    return Workspace(np.full(nodes, NEVER_MS, dtype=np.int32), np.empty(nodes, dtype=np.int32))


@kernel
def _search(
    offsets: Ints,
    edges: Ints,
    edge_segment: Ints,
    segment_ms: Ints,
    segment_nodes: Ints,
    node_xy: Doubles,
    start_segment: Ints,
    start_fraction: Doubles,
    start_ms: Ints,
    cutoff_ms: int,
    node_ms: Ints,
    touched: Ints,
) -> tuple[Ints, Ints, Ints, Doubles, Doubles, Ints, Ints]:
    seed_node, seed_ms = seeds(
        segment_ms, segment_nodes, start_segment, start_fraction, start_ms, cutoff_ms
    )
    count = spread(offsets, edges, seed_node, seed_ms, cutoff_ms, node_ms, touched)
    segment, along, ends_xy, ms_ends, cost = _parts(
        offsets,
        edge_segment,
        segment_ms,
        segment_nodes,
        node_xy,
        start_segment,
        start_fraction,
        start_ms,
        cutoff_ms,
        node_ms,
        touched,
        count,
    )
    node = touched[:count].copy()
    reached_ms = np.empty(count, dtype=np.int32)
    for i in range(count):
        reached_ms[i] = node_ms[node[i]]
        node_ms[node[i]] = NEVER_MS
    return (
        node,
        reached_ms,
        segment,
        along,
        ends_xy,
        ms_ends,
        cost,
    )


@kernel
def _parts(
    offsets: Ints,
    edge_segment: Ints,
    segment_ms: Ints,
    segment_nodes: Ints,
    node_xy: Doubles,
    start_segment: Ints,
    start_fraction: Doubles,
    start_ms: Ints,
    cutoff_ms: int,
    node_ms: Ints,
    touched: Ints,
    count: int,
) -> tuple[Ints, Doubles, Doubles, Ints, Ints]:
    """Return the street parts that begin at starts and at the nodes reached."""
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
        a, b = segment_nodes[s, 0], segment_nodes[s, 1]
        x = node_xy[a, 0] + f * (node_xy[b, 0] - node_xy[a, 0])
        y = node_xy[a, 1] + f * (node_xy[b, 1] - node_xy[a, 1])
        for way in range(2):
            share = 1.0 - f if way == 0 else f
            if segment_ms[s, way] == NEVER_MS and share > 0.0:
                continue
            far = b if way == 0 else a
            segment[parts] = s
            along[parts, way], along[parts, 1 - way] = f, 1.0 - way
            ends_xy[parts, 2 * way], ends_xy[parts, 2 * way + 1] = x, y
            ends_xy[parts, 2 - 2 * way] = node_xy[far, 0]
            ends_xy[parts, 3 - 2 * way] = node_xy[far, 1]
            ms_ends[parts, way], ms_ends[parts, 1 - way] = start_ms[i], NEVER_MS
            cost[parts, way] = np.int32(np.rint(share * segment_ms[s, way]))
            cost[parts, 1 - way] = NEVER_MS
            parts += 1
    for i in range(count):
        u = touched[i]
        for k in range(offsets[u], offsets[u + 1]):
            s = edge_segment[k]
            a, b = segment_nodes[s, 0], segment_nodes[s, 1]
            # A segment is met from each end that is reached and may be left; take it once.
            if u == b and segment_ms[s, 0] != NEVER_MS and node_ms[a] != NEVER_MS:
                continue
            segment[parts] = s
            along[parts, 0], along[parts, 1] = 0.0, 1.0
            ends_xy[parts, 0], ends_xy[parts, 1] = node_xy[a, 0], node_xy[a, 1]
            ends_xy[parts, 2], ends_xy[parts, 3] = node_xy[b, 0], node_xy[b, 1]
            ms_ends[parts, 0], ms_ends[parts, 1] = node_ms[a], node_ms[b]
            cost[parts, 0], cost[parts, 1] = segment_ms[s, 0], segment_ms[s, 1]
            parts += 1
    return segment[:parts], along[:parts], ends_xy[:parts], ms_ends[:parts], cost[:parts]


@kernel
def seeds(
    segment_ms: Ints,
    segment_nodes: Ints,
    start_segment: Ints,
    start_fraction: Doubles,
    start_ms: Ints,
    cutoff_ms: int,
) -> tuple[Ints, Ints]:
    """Return the nodes at both ends of the starts' segments and when one is there.

    Who starts at a node is there, whichever ways its street may be used.
    """
    starts = len(start_segment)
    node = np.empty(2 * starts, dtype=np.int32)
    soon = np.empty(2 * starts, dtype=np.int32)
    count = 0
    for i in range(starts):
        s = start_segment[i]
        for way in range(2):
            # Forward to the to-node, backward to the from-node.
            share = 1.0 - start_fraction[i] if way == 0 else start_fraction[i]
            if segment_ms[s, way] != NEVER_MS or share == 0.0:
                ms = np.int64(start_ms[i]) + np.int64(np.rint(share * segment_ms[s, way]))
                if ms <= cutoff_ms:
                    node[count] = segment_nodes[s, 1 - way]
                    soon[count] = ms
                    count += 1
    return node[:count], soon[:count]


@kernel
def spread(
    offsets: Ints,
    edges: Ints,
    seed_node: Ints,
    seed_ms: Ints,
    cutoff_ms: int,
    node_ms: Ints,
    touched: Ints,
) -> int:
    """Bring every node within the cutoff to its least time; return how many there are."""
    first = np.full((cutoff_ms >> _BUCKET_BITS) + 1, -1, dtype=np.int32)
    # Waiting nodes: node, its time when it came, next in its bucket.
    pool = np.empty((_POOL, 4), dtype=np.int32)
    fresh, free = 0, np.int32(-1)
    count = 0
    for i in range(len(seed_node)):
        v, ms = seed_node[i], seed_ms[i]
        if ms >= node_ms[v]:
            continue
        if node_ms[v] == NEVER_MS:
            touched[count] = v
            count += 1
        node_ms[v] = ms
        if fresh == len(pool):
            pool = _larger(pool)
        bucket = ms >> _BUCKET_BITS
        pool[fresh, 0], pool[fresh, 1], pool[fresh, 2] = v, ms, first[bucket]
        first[bucket] = fresh
        fresh += 1
    for bucket in range(len(first)):
        while first[bucket] >= 0:
            entry = first[bucket]
            u, ms = pool[entry, 0], pool[entry, 1]
            first[bucket] = pool[entry, 2]
            pool[entry, 2] = free
            free = entry
            if ms != node_ms[u]:
                continue
            for k in range(offsets[u], offsets[u + 1]):
                # What is left of the cutoff is compared, so the sum can't overflow.
                if edges[k, 1] > cutoff_ms - ms:
                    continue
                v, later = edges[k, 0], ms + edges[k, 1]
                if later >= node_ms[v]:
                    continue
                if node_ms[v] == NEVER_MS:
                    touched[count] = v
                    count += 1
                node_ms[v] = later
                if free >= 0:
                    entry = free
                    free = pool[entry, 2]
                else:
                    if fresh == len(pool):
                        pool = _larger(pool)
                    entry = np.int32(fresh)
                    fresh += 1
                target = later >> _BUCKET_BITS
                pool[entry, 0], pool[entry, 1], pool[entry, 2] = v, later, first[target]
                first[target] = entry
    return count


@kernel
def _larger(pool: Ints) -> Ints:
    larger = np.empty((2 * len(pool), pool.shape[1]), dtype=np.int32)
    # Element by element: assigning a slice would cost seconds to compile.
    for entry in range(len(pool)):
        for field in range(pool.shape[1]):
            larger[entry, field] = pool[entry, field]
    return larger


@kernel
def _times(
    segment: Ints,
    fraction: Doubles,
    part_segment: Ints,
    part: Ints,
    along: Doubles,
    ms: Ints,
    cost: Ints,
) -> Doubles:
    """Return the least time at points of segments; the parts come sorted by segment."""
    times = np.full(len(segment), np.inf)
    for i in range(len(segment)):
        for k in range(np.searchsorted(part_segment, segment[i]), len(part_segment)):
            if part_segment[k] != segment[i]:
                break
            p = part[k]
            low, high = along[p, 0], along[p, 1]
            if not low <= fraction[i] <= high:
                continue
            u = (fraction[i] - low) / (high - low) if high > low else 0.0
            if ms[p, 0] != NEVER_MS and cost[p, 0] != NEVER_MS:
                times[i] = min(times[i], ms[p, 0] + u * cost[p, 0])
            if ms[p, 1] != NEVER_MS and cost[p, 1] != NEVER_MS:
                times[i] = min(times[i], ms[p, 1] + (1.0 - u) * cost[p, 1])
    return times
