"""Copies of nodes and segments by which one search serves what a plain graph can't say."""

# Kernels take plain arrays.
# ruff: noqa: PLR0917

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from sandbox.engine.kernel import Doubles, Ints, kernel
from sandbox.streets.attachments import Attachments
from sandbox.streets.streets import Streets
from sandbox.units import NEVER_MS

Longs = npt.NDArray[np.int64]


class Copies(NamedTuple):
    """What kernels need of copies.

    Attributes
    ----------
    origin, counts, parent
        As `Split` holds them.
    along_first, along
        First copy of each segment, and the copies in that order.
    at_first, at_end
        Of each node an end of a copied segment for itself and for each of its copies that
        counts: the first, and the ends in that order. An end is twice its copied segment,
        and 1 more where it is the to-node.
    """

    origin: Ints
    counts: npt.NDArray[np.bool_]
    parent: Ints
    along_first: Ints
    along: Ints
    at_first: Ints
    at_end: Ints


_NONE: Final = np.empty(0, dtype=np.int32)
NO_COPIES: Final = Copies(_NONE, np.empty(0, dtype=np.bool_), _NONE, _NONE, _NONE, _NONE, _NONE)


@dataclass(frozen=True, eq=False)
class Split:
    """Which nodes and segments of split streets are copies, and of what.

    Attributes
    ----------
    nodes
        How many nodes there were before; copies come after them.
    ends
        From and to node of each segment that there was before, int32, shape ``(s, 2)``;
        copies come after those.
    origin
        Node that each copied node stands for, int32.
    counts
        Whether one is at that node where one is at the copy, bool; else the copy is only
        passed on the way along its streets.
    parent
        Segment that each copied segment is part of, int32; it runs the same way. A link that
        is no street, and has no length, is part of -1.
    copy_ends
        From and to node of each copied segment, int32, copies among them.
    key
        What each copied node is, whatever its number, int64: the same in other streets with
        the nodes of these; None where nobody asks.
    """

    nodes: int
    ends: npt.NDArray[np.int32]
    origin: npt.NDArray[np.int32]
    counts: npt.NDArray[np.bool_]
    parent: npt.NDArray[np.int32]
    copy_ends: npt.NDArray[np.int32]
    key: Longs | None = None

    @property
    def segments(self) -> int:
        """Return how many segments there were before."""
        return len(self.ends)

    @cached_property
    def copies(self) -> "Copies":
        """Return what kernels need of the copies; made once, whatever is searched."""
        along = np.argsort(self.parent, kind="stable")
        # Links are part of -1, and no place is on them.
        along = along[np.count_nonzero(self.parent < 0) :]
        met, end = np.unique(self.copy_ends, return_index=True)
        copied = met >= self.nodes
        node = met.astype(np.int64)
        node[copied] = self.origin[met[copied] - self.nodes]
        stands = np.ones(len(met), dtype=np.bool_)
        stands[copied] = self.counts[met[copied] - self.nodes]
        node, end = node[stands], end[stands]
        order = np.argsort(node, kind="stable")
        return Copies(
            self.origin,
            self.counts,
            self.parent,
            _firsts(self.parent[along], self.segments),
            along.astype(np.int32),
            _firsts(node, self.nodes),
            end[order].astype(np.int32),
        )

    def over(self, streets: Streets) -> Streets:
        """Return streets with the copies after what there was before."""
        of, origin = self.parent, self.origin
        climb_m = streets.climb_m
        return replace(
            streets,
            node_xy=np.concatenate([streets.node_xy, streets.node_xy[origin]]),
            segment_nodes=np.concatenate([streets.segment_nodes, self.copy_ends]),
            length_m=np.concatenate([streets.length_m, streets.length_m[of]]),
            street_class=np.concatenate([streets.street_class, streets.street_class[of]]),
            structure=np.concatenate([streets.structure, streets.structure[of]]),
            access=np.concatenate([streets.access, streets.access[of]]),
            name=np.concatenate([streets.name, streets.name[of]]),
            climb_m=None if climb_m is None else np.concatenate([climb_m, climb_m[of]]),
        )

    def after(self, before: "Split | None") -> "Split":
        """Return this split of streets that were split before as one of the first of all."""
        if before is None:
            return self
        origin, parent, counts = self.origin.copy(), self.parent.copy(), self.counts.copy()
        copied = origin >= before.nodes
        counts[copied] &= before.counts[origin[copied] - before.nodes]
        origin[copied] = before.origin[origin[copied] - before.nodes]
        copied = parent >= before.segments
        parent[copied] = before.parent[parent[copied] - before.segments]
        return Split(
            nodes=before.nodes,
            ends=before.ends,
            origin=np.concatenate([before.origin, origin]),
            counts=np.concatenate([before.counts, counts]),
            parent=np.concatenate([before.parent, parent]),
            copy_ends=np.concatenate([before.copy_ends, self.copy_ends]),
        )

    def places(self, at: Attachments) -> tuple[Attachments, npt.NDArray[np.int64]]:
        """Return places on all copies of their streets too, and which place each is.

        A place at a node is at all of its copies.
        """
        segment, fraction, which = every_door(
            at.segment, at.fraction, self.ends, self.segments, self.copies
        )
        if len(which) == len(at.segment):
            return at, which
        return Attachments(segment, fraction, at.street_xy[which], at.distance_m[which]), which

    def of_origins(
        self, starts: Attachments, start_offsets: npt.NDArray[np.int64]
    ) -> tuple[Attachments, npt.NDArray[np.int64]]:
        """Return the doors of each origin on all copies too, and the first of each origin."""
        origins = len(start_offsets) - 1
        doors, which = self.places(starts)
        of = np.repeat(np.arange(origins), np.diff(start_offsets))[which]
        by_origin = np.argsort(of, kind="stable")
        return doors[by_origin], np.searchsorted(of[by_origin], np.arange(origins + 1))

    def own_nodes(self, node: Ints, node_ms: Ints) -> tuple[Ints, Ints]:
        """Return nodes and times, each crossing once at the least time of its copies."""
        of, there = self.node_of(node), np.ones(len(node), dtype=np.bool_)
        copied = node >= self.nodes
        there[copied] = self.counts[node[copied] - self.nodes]
        own, which = np.unique(of[there], return_inverse=True)
        own_ms = np.full(len(own), NEVER_MS, dtype=np.int32)
        np.minimum.at(own_ms, which, node_ms[there])
        return own, own_ms

    def node_of(self, node: Ints) -> Ints:
        """Return nodes with each copy as what it stands for."""
        found, copied = node.copy(), node >= self.nodes
        found[copied] = self.origin[node[copied] - self.nodes]
        return found

    def segment_of(self, segment: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        """Return segments with each copy as what it is part of, -1 for links."""
        copied = segment >= self.segments
        if not copied.any():
            return segment
        found = segment.copy()
        found[copied] = self.parent[segment[copied] - self.segments]
        return found


class Layers(NamedTuple):
    """Streets in layers: the same street may stand in several, and a way keeps to their order.

    Attributes
    ----------
    streets, segment_ms
        The streets with their copies, and what these cost, as `Graph.segment_ms`.
    split
        What the copies are of.
    level
        Layer of each segment, copies among them; of a copied one the lowest that it is in.
    below, below_ms
        Streets and costs before.
    """

    streets: Streets
    segment_ms: npt.NDArray[np.int32]
    split: Split
    level: Longs
    below: Streets
    below_ms: npt.NDArray[np.int32]


def _firsts(of: npt.NDArray[Any], count: int) -> Ints:
    """Return where the entries of each of `count` begin, when sorted, and the end."""
    first = np.zeros(count + 1, dtype=np.int32)
    np.cumsum(np.bincount(of, minlength=count), out=first[1:])
    return first


@kernel
def every_door(
    segment: Ints, fraction: Doubles, segment_nodes: Ints, segments: int, copies: Copies
) -> tuple[Ints, Doubles, Longs]:
    """Return places on all copies of their streets too, and which place each is.

    Parameters
    ----------
    segment, fraction
        The places, as `Attachments` holds them.
    segment_nodes
        From and to node of each segment.
    segments
        How many segments there were before the copies.
    copies
        What of the streets are copies.
    """
    along_first, along = copies.along_first, copies.along
    at_first, at_end = copies.at_first, copies.at_end
    places = len(segment)
    room = places
    for i in range(places):
        s, f = segment[i], fraction[i]
        if s < 0 or len(copies.parent) == 0:
            continue
        if 0.0 < f < 1.0:
            room += along_first[s + 1] - along_first[s]
        else:
            v = segment_nodes[s, 1 if f == 1.0 else 0]
            room += at_first[v + 1] - at_first[v]
    every_segment = np.empty(room, dtype=np.int32)
    every_fraction = np.empty(room)
    which = np.empty(room, dtype=np.int64)
    for i in range(places):
        every_segment[i], every_fraction[i], which[i] = segment[i], fraction[i], i
    count = places
    for i in range(places):
        s, f = segment[i], fraction[i]
        if s < 0 or len(copies.parent) == 0:
            continue
        if 0.0 < f < 1.0:
            for k in range(along_first[s], along_first[s + 1]):
                every_segment[count], every_fraction[count] = segments + along[k], f
                which[count] = i
                count += 1
        else:
            v = segment_nodes[s, 1 if f == 1.0 else 0]
            for k in range(at_first[v], at_first[v + 1]):
                every_segment[count] = segments + at_end[k] // 2
                every_fraction[count] = at_end[k] % 2
                which[count] = i
                count += 1
    return every_segment, every_fraction, which


@kernel
def own_nodes(
    node_ms: Ints, touched: Ints, count: int, nodes: int, copies: Copies
) -> tuple[Ints, Ints, Ints, Ints]:
    """Return nodes and times, each crossing once at the least time of its copies; and all.

    All are those that were touched, copies among them. The memory is reset for the next search.
    """
    every, every_ms = np.empty(count, dtype=np.int32), np.empty(count, dtype=np.int32)
    copied = 0
    for i in range(count):
        u = touched[i]
        every[i], every_ms[i] = u, node_ms[u]
        if u >= nodes:
            # What was read stands in `every` too, so the front of the list can hold these.
            touched[copied] = i
            copied += 1
    if copied == 0:
        for i in range(count):
            node_ms[every[i]] = NEVER_MS
        return every, every_ms, every, every_ms
    more = 0
    for c in range(copied):
        i = touched[c]
        u = every[i]
        node_ms[u] = NEVER_MS
        if not copies.counts[u - nodes]:
            continue
        v = copies.origin[u - nodes]
        if node_ms[v] == NEVER_MS:
            touched[more] = v
            more += 1
        node_ms[v] = min(node_ms[v], every_ms[i])
    own = count - copied + more
    node, ms = np.empty(own, dtype=np.int32), np.empty(own, dtype=np.int32)
    own = 0
    for i in range(count):
        u = every[i]
        if u < nodes:
            node[own], ms[own] = u, node_ms[u]
            node_ms[u] = NEVER_MS
            own += 1
    for i in range(more):
        v = touched[i]
        node[own], ms[own] = v, node_ms[v]
        node_ms[v] = NEVER_MS
        own += 1
    return node, ms, every, every_ms


@kernel
def fold_parts(
    segment: Ints,
    along: Doubles,
    ends_xy: Doubles,
    ms: Ints,
    cost: Ints,
    segments: int,
    copies: Copies,
) -> tuple[Ints, int]:
    """Return the segment that each part is of, copies counting as what was copied, and how many.

    Links are no street: their parts go, and the others move up.
    """
    if len(copies.parent) == 0:
        return segment, len(segment)
    of = np.empty_like(segment)
    kept = 0
    for p in range(len(segment)):
        s = segment[p]
        if s >= segments:
            s = copies.parent[s - segments]
            if s < 0:
                continue
        of[kept] = s
        if kept < p:
            segment[kept] = segment[p]
            for side in range(2):
                along[kept, side] = along[p, side]
                ms[kept, side] = ms[p, side]
                cost[kept, side] = cost[p, side]
            for axis in range(4):
                ends_xy[kept, axis] = ends_xy[p, axis]
        kept += 1
    return of, kept
