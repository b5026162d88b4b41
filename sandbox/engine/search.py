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

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
import numpy.typing as npt

from sandbox.engine import parts
from sandbox.engine.graph import Graph, Workspace
from sandbox.engine.kernel import Doubles, Ints, kernel
from sandbox.engine.split import NO_COPIES, Copies, Split, every_door, fold_parts, own_nodes
from sandbox.streets.attachments import Attachment, Attachments
from sandbox.streets.streets import StreetClass
from sandbox.units import NEVER_MS

# 2**13 ms, about the time for one segment on foot: few empty buckets, few corrections.
if TYPE_CHECKING:
    from shapely.geometry import MultiPolygon

_BUCKET_BITS: Final = 13
_POOL: Final = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Entered:
    """Places and where they are entered.

    Attributes
    ----------
    doors, step_ms
        Street points where places are entered, and the step from each to the place, whole
        milliseconds, float64, shape ``(d,)``.
    place
        Place of each door, int64.
    count
        How many places there are.
    """

    doors: Attachments
    step_ms: Doubles
    place: npt.NDArray[np.int64]
    count: int


class AtPlaces(Protocol):
    """What knows when places are reached."""

    def place_ms(self, places: Entered) -> Doubles:
        """Return when places are reached, as `Reached.place_ms`."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """What a search reached: the street parts on which time runs, and their times.

    A part is a whole segment, or the piece between a start and an end of its segment.
    A point of a part at share ``u`` of its length is passed at
    ``min(ms[0] + u * cost_ms[0], ms[1] + (1 - u) * cost_ms[1])``, where neither of a
    pair is `NEVER_MS`; `times_ms` says it in whole milliseconds. Parts of one segment may
    overlap; the least time counts.

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
    own_steps
        The steps between points that one starts from and their streets: x, y of the point,
        x, y at the street, and what the step costs, float64, shape ``(s, 5)``. Their ground
        is reached too, once the step is done; None for areas.
    segment_nodes
        From and to node of each segment of the network, for places that are at a node.
    costs
        Segment of each part in the graph that was searched, where copies have numbers of
        their own, and what all its segments cost, as `Graph.segment_ms`; None where the parts
        come of no search.
    exact
        What knows the times of places themselves, where those of the street parts are only
        near to them; None where the parts tell them.
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
    split: Split | None = None
    own_ground: "MultiPolygon | None" = None
    own_steps: Doubles | None = None
    segment_nodes: Ints | None = None
    costs: tuple[Ints, Ints] | None = None
    exact: "AtPlaces | None" = None

    def place_ms(self, places: Entered) -> Doubles:
        """Return when places are reached, the best of their doors, ``(k,)``; else infinite.

        The steps between doors and places are counted.
        """
        if self.exact is not None:
            return self.exact.place_ms(places)
        times = np.full(places.count, np.inf)
        np.minimum.at(times, places.place, self.times_ms(places.doors) + places.step_ms)
        return times

    def times_ms(self, attachments: Attachments) -> Doubles:
        """Return when street points are reached, whole milliseconds, ``(k,)``; else infinite.

        The step between a place and its street isn't in it.
        """
        if self.exact is not None:
            count = len(attachments.segment)
            return self.exact.place_ms(
                Entered(attachments, np.zeros(count), np.arange(count), count)
            )
        if self.costs is None:
            raise AssertionError("street parts that were put together have no times of points")
        order = np.argsort(self.segment, kind="stable").astype(np.int32)
        times = _times(
            attachments.segment,
            attachments.fraction,
            self.segment[order],
            order,
            self.along,
            self.ms,
            self.cost_ms,
            *self.costs,
        )
        if self.segment_nodes is not None:
            # A crossing can be reached by any of its streets, also by one that leads only there.
            np.minimum(times, self._node_times_ms(attachments.nodes(self.segment_nodes)), out=times)
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
    split = graph.split
    streets = graph.streets
    start_ms = graph.start_ms(many.distance_m)
    try:
        workspace = graph.idle.pop()
    except IndexError:
        workspace = new_workspace(len(streets.node_xy))
    # Lost if the kernel is interrupted, and so never used half reset.
    found = _search(
        graph.offsets,
        graph.edges,
        graph.edge_segment,
        graph.segment_ms,
        streets.segment_nodes,
        streets.node_xy,
        len(streets.node_xy) if split is None else split.nodes,
        len(graph.segment_ms) if split is None else split.segments,
        NO_COPIES if split is None else split.copies,
        many.segment,
        many.fraction,
        start_ms,
        int(cutoff_ms),
        workspace.node_ms,
        workspace.touched,
    )
    graph.idle.append(workspace)
    columns, searched = found[4:9], found[9]
    if streets.ferries is not None:
        firm = streets.street_class[columns[0]] != StreetClass.FERRY
        columns, searched = parts.those(firm, columns), searched[firm]
    return Reached(
        int(cutoff_ms),
        *found[:2],
        *columns,
        copies=None if split is None else found[2:4],
        split=split,
        segment_nodes=streets.segment_nodes if split is None else split.ends,
        costs=(searched, graph.segment_ms),
    )


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
    nodes: int,
    segments: int,
    copies: Copies,
    place_segment: Ints,
    place_fraction: Doubles,
    place_ms: Ints,
    cutoff_ms: int,
    node_ms: Ints,
    touched: Ints,
) -> tuple[Ints, Ints, Ints, Ints, Ints, Doubles, Doubles, Ints, Ints, Ints]:
    start_segment, start_fraction, which = every_door(
        place_segment, place_fraction, segment_nodes, segments, copies
    )
    start_ms = place_ms[which]
    seed_node, seed_ms = seeds(
        segment_ms, segment_nodes, start_segment, start_fraction, start_ms, cutoff_ms
    )
    count = spread(offsets, edges, seed_node, seed_ms, cutoff_ms, node_ms, touched)
    start_room = np.full(len(start_segment), NEVER_MS, dtype=np.int32)
    segment, along, ends_xy, ms_ends, cost = parts.street_parts(
        offsets,
        edge_segment,
        segment_ms,
        segment_nodes,
        node_xy,
        start_segment,
        start_fraction,
        start_ms,
        start_room,
        cutoff_ms,
        node_ms,
        np.empty(0, dtype=np.int32),
        touched,
        count,
    )
    of, kept = fold_parts(segment, along, ends_xy, ms_ends, cost, segments, copies)
    node, reached_ms, every, every_ms = own_nodes(node_ms, touched, count, nodes, copies)
    return (
        node,
        reached_ms,
        every,
        every_ms,
        of[:kept],
        along[:kept],
        ends_xy[:kept],
        ms_ends[:kept],
        cost[:kept],
        segment[:kept],
    )


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
                ms = np.int64(start_ms[i]) + parts.piece_ms(share, segment_ms[s, way])
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
    searched: Ints,
    segment_ms: Ints,
) -> Doubles:
    """Return the least time at points of segments; the parts come sorted by segment."""
    times = np.full(len(segment), np.inf)
    for i in range(len(segment)):
        for k in range(np.searchsorted(part_segment, segment[i]), len(part_segment)):
            if part_segment[k] != segment[i]:
                break
            p = part[k]
            if not along[p, 0] <= fraction[i] <= along[p, 1]:
                continue
            for way in range(2):
                if ms[p, way] != NEVER_MS and cost[p, way] != NEVER_MS:
                    share = abs(fraction[i] - along[p, way])
                    piece = parts.piece_ms(share, int(segment_ms[searched[p], way]))
                    times[i] = min(times[i], ms[p, way] + piece)
    return times
