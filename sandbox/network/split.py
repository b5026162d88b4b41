"""Copies of nodes and segments by which one search serves what a plain graph can't say."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sandbox.network.graph import NEVER_MS
from sandbox.network.snap import Attachments
from sandbox.network.streets import Streets


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
    """

    nodes: int
    ends: npt.NDArray[np.int32]
    origin: npt.NDArray[np.int32]
    counts: npt.NDArray[np.bool_]
    parent: npt.NDArray[np.int32]
    copy_ends: npt.NDArray[np.int32]

    @property
    def segments(self) -> int:
        """Return how many segments there were before."""
        return len(self.ends)

    @cached_property
    def _segment_copies(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
        """Return copied segments in the order of their parents, and those."""
        order = np.argsort(self.parent, kind="stable")
        return order, self.parent[order]

    @cached_property
    def _copied(self) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Return which segments have copies, and which nodes."""
        segments = np.zeros(self.segments, dtype=np.bool_)
        segments[self.parent[self.parent >= 0]] = True
        nodes = np.zeros(self.nodes, dtype=np.bool_)
        nodes[self._node_copies[1]] = True
        return segments, nodes

    @cached_property
    def _node_copies(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return an end of a copied segment for each node and copy that has one, and which node.

        In the order of nodes as they were before; an end is twice its segment, and 1 more
        where it is the to-node.
        """
        met, end = np.unique(self.copy_ends, return_index=True)
        copied = met >= self.nodes
        node = met.astype(np.int64)
        node[copied] = self.origin[met[copied] - self.nodes]
        stands = np.ones(len(met), dtype=np.bool_)
        stands[copied] = self.counts[met[copied] - self.nodes]
        node, end = node[stands], end[stands]
        order = np.argsort(node, kind="stable")
        return end[order], node[order]

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
        node = at.nodes(self.ends)
        segments, crossings = self._copied
        if not (segments[at.segment[node < 0]].any() or crossings[node[node >= 0]].any()):
            return at, np.arange(len(node))
        copies, parents = self._segment_copies
        # Links are part of -1, where places without a street are too.
        on_street = (node < 0) & (at.segment >= 0)
        along, along_copy = _met(parents, np.where(on_street, at.segment, np.int32(-2)))
        ends, nodes = self._node_copies
        there, there_end = _met(nodes, np.where(node < 0, np.int32(-2), node))
        segment, end = np.divmod(ends[there_end], 2)
        every = np.concatenate([np.arange(len(node)), along, there])
        found = at[every]
        return (
            Attachments(
                np.concatenate(
                    [at.segment, self.segments + copies[along_copy], self.segments + segment]
                ).astype(np.int32),
                np.concatenate([at.fraction, at.fraction[along], end.astype(np.float64)]),
                found.street_xy,
                found.distance_m,
            ),
            every,
        )

    def of_origins(
        self, starts: Attachments, start_offsets: npt.NDArray[np.int64]
    ) -> tuple[Attachments, npt.NDArray[np.int64]]:
        """Return the doors of each origin on all copies too, and the first of each origin."""
        origins = len(start_offsets) - 1
        doors, which = self.places(starts)
        of = np.repeat(np.arange(origins), np.diff(start_offsets))[which]
        by_origin = np.argsort(of, kind="stable")
        return doors[by_origin], np.searchsorted(of[by_origin], np.arange(origins + 1))

    def segment_of(self, segment: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        """Return segments with each copy as what it is part of, -1 for links."""
        copied = segment >= self.segments
        if not copied.any():
            return segment
        found = segment.copy()
        found[copied] = self.parent[segment[copied] - self.segments]
        return found

    def least(
        self, node: npt.NDArray[np.int32], node_ms: npt.NDArray[np.int32]
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        """Return nodes and times, each crossing once at the least time of its copies."""
        copied = node >= self.nodes
        if not copied.any():
            return node, node_ms
        plain, times = node[~copied], node_ms[~copied].copy()
        copy, ms = node[copied] - self.nodes, node_ms[copied]
        origin, ms = self.origin[copy[self.counts[copy]]], ms[self.counts[copy]]
        order = np.argsort(plain)
        ordered = plain[order]
        at = np.searchsorted(ordered, origin)
        there = at < len(plain)
        there[there] = ordered[at[there]] == origin[there]
        np.minimum.at(times, order[at[there]], ms[there])
        alone, back = np.unique(origin[~there], return_inverse=True)
        late = np.full(len(alone), NEVER_MS, dtype=np.int32)
        np.minimum.at(late, back, ms[~there])
        return (
            np.concatenate([plain, alone]).astype(np.int32),
            np.concatenate([times, late]).astype(np.int32),
        )


def _met(
    ordered: npt.NDArray[np.int32] | npt.NDArray[np.int64], wanted: npt.NDArray[np.int32]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return each of `wanted` as often as `ordered` holds it, by its number, and where."""
    first = np.searchsorted(ordered, wanted, side="left")
    count = np.searchsorted(ordered, wanted, side="right") - first
    which = np.repeat(np.arange(len(wanted)), count)
    within = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    return which, np.repeat(first, count) + within
