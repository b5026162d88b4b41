"""Journeys of a window at ranks of their samples: times at nodes, at places, along streets."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from sandbox.engine import parts
from sandbox.engine.graph import NEVER_MS, Graph
from sandbox.engine.kernel import Doubles, Ints
from sandbox.engine.search import Entered, Reached
from sandbox.streets.attachments import Attachments
from sandbox.transit import egress

if TYPE_CHECKING:
    from sandbox.transit.journeys import Journeys

# Given where nothing holds one back anywhere.
_NO_ROOM_KNOWN: Final = np.empty(0, dtype=np.int32)
_WORKERS: Final = 2
# Fewer places than this are sooner done than shared out.
_FEW: Final = 64


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Street points whose times are known.

    Attributes
    ----------
    segment, fraction
        Where they are.
    ms
        Their times, int32.
    room_ms
        How far one may go on from each, int32; `NEVER_MS` where nothing holds one back.
    """

    segment: Ints
    fraction: Doubles
    ms: Ints
    room_ms: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """Journeys with the samples that count.

    Attributes
    ----------
    found
        All journeys of a window.
    brought_ms, soonest_ms
        When vehicles bring one to stops in the samples that count, int32, shape
        ``(stops, samples)``, and the least of each stop.
    ranks
        Which of the sorted samples are wanted, from 0, ascending, int32.
    """

    found: "Journeys"
    brought_ms: Ints
    soonest_ms: Ints
    ranks: Ints

    def node_ms(self) -> Ints:
        """Return times at the journeys' nodes, int32, shape ``(ranks, nodes)``."""
        return self._own_ms(self.at_nodes()[0])

    def at_nodes(self) -> tuple[Ints, Ints]:
        """Return times at nodes of the graph, and how much farther one may walk there.

        Those that `found.every` tells. Both int32, shape ``(ranks, nodes)``; `NEVER_MS` beyond
        the cutoff, and where no next node is too far.
        """
        found = self.found
        count = len(found.every)
        out, room = (np.empty((len(self.ranks), count), dtype=np.int32) for _ in range(2))

        def part(begin: int, end: int) -> None:
            egress.at_nodes(
                found.every,
                found.every_walked_ms,
                found.walks.longest_ms,
                found.walks.known.by_node,
                found.walks.added.by_node,
                self.brought_ms,
                self.soonest_ms,
                found.walks.limit_ms,
                found.cutoff_ms,
                self.ranks,
                begin,
                end,
                out,
                room,
            )

        _in_parts(part, count)
        return out, room

    def place_ms(self, places: Entered) -> Doubles:
        """Return the times of places at the first rank, ``(k,)``; infinite beyond the cutoff."""
        walked = self.found.walked.times_ms(places.doors) + places.step_ms
        doors, which = self.found.graph.on_copies(places.doors)
        order = np.argsort(places.place[which], kind="stable")
        which = which[order]
        first = np.searchsorted(places.place[which], np.arange(places.count + 1))
        step_ms, walked = places.step_ms[which], walked[which]
        (times,), _ = self._at_places(
            first.astype(np.int32),
            (doors.segment[order], doors.fraction[order]),
            np.minimum(step_ms, NEVER_MS // 2).astype(np.int32),
            np.where(walked <= self.found.cutoff_ms, walked, NEVER_MS).astype(np.int32),
            self.ranks[:1],
        )
        return np.where(times == NEVER_MS, np.inf, times)

    def reached(self) -> Reached:
        """Return the street parts within the cutoff at the first rank."""
        found = self.found
        first = replace(self, ranks=self.ranks[:1])
        every_ms, every_room = first.at_nodes()
        (times,), (room,) = every_ms, every_room
        doors, ends = self._doors(), self._ends(times, room)
        points = Points(
            np.concatenate([doors.segment, ends.segment]),
            np.concatenate([doors.fraction, ends.fraction]),
            np.concatenate([doors.ms, ends.ms]),
            np.concatenate([doors.room_ms, ends.room_ms]),
        )
        made = gather(
            found.graph, found.start, found.every, times, found.cutoff_ms, room_ms=room, more=points
        )
        if found.graph.split is not None:
            (own_ms,) = first._own_ms(every_ms)
            soon = own_ms <= found.cutoff_ms
            made = replace(made, node=found.node[soon], node_ms=own_ms[soon])
        return replace(made, exact=self)

    def _own_ms(self, every_ms: Ints) -> Ints:
        """Return times at the journeys' nodes, where those of the graph's are known.

        Where a crossing has copies, the best of them counts in each sample.
        """
        found, split = self.found, self.found.graph.split
        if split is None:
            return every_ms
        several = np.zeros(split.nodes, dtype=np.bool_)
        several[split.origin[split.counts]] = True
        several = several[found.node]
        out = np.empty((len(self.ranks), len(found.node)), dtype=np.int32)
        out[:, ~several] = every_ms[:, np.searchsorted(found.every, found.node[~several])]
        node = found.node[several]
        end = np.empty(split.nodes, dtype=np.int32)
        end[split.ends.ravel()] = np.arange(split.ends.size, dtype=np.int32)
        here, none = end[node], np.zeros(len(node))
        spot = Attachments(here // 2, (here % 2).astype(np.float64), np.zeros((len(node), 2)), none)
        doors, which = split.places(spot)
        order = np.argsort(which, kind="stable")
        out[:, several], _ = self._at_places(
            np.searchsorted(which[order], np.arange(len(node) + 1)).astype(np.int32),
            (doors.segment[order], doors.fraction[order]),
            np.zeros(len(order), dtype=np.int32),
            found.node_walked_ms[several][which[order]],
            self.ranks,
        )
        return out

    def _doors(self) -> Points:
        """Return the doors of stops that lie between crossings."""
        walks = self.found.walks
        first, fraction, *_, stop = walks.by_segment
        between = (fraction > 0.0) & (fraction < 1.0)
        near = np.flatnonzero(between & (self.soonest_ms[stop] <= self.found.cutoff_ms))
        near = near[np.argsort(walks.door[near], kind="stable")]
        segment = np.searchsorted(first, near, side="right") - 1
        walked_ms = self.found.door_walked_ms[walks.door[near]]
        return self._points(segment.astype(np.int32), fraction[near], walked_ms)

    def _ends(self, times: Ints, room: Ints) -> Points:
        """Return the points where walks from nodes end before the next one.

        There others, from nearer stops, may still go on.
        """
        found, graph = self.found, self.found.graph
        inside = times.astype(np.int64) + room < found.cutoff_ms
        ends = np.flatnonzero((room != NEVER_MS) & inside)
        node = found.every[ends]
        count = graph.offsets[node + 1] - graph.offsets[node]
        of = np.repeat(np.arange(len(node)), count)
        edge = np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count)
        edge += np.repeat(graph.offsets[node], count)
        gone, cost = room[ends][of].astype(np.int64) + 1, graph.edges[edge, 1]
        on = np.flatnonzero(gone < cost)
        of, segment = of[on], graph.edge_segment[edge[on]]
        ahead = graph.streets.segment_nodes[segment, 0] == node[of]
        share = gone[on] / cost[on]
        walked_ms = found.every_walked_ms[ends][of].astype(np.int64) + gone[on]
        return self._points(
            segment,
            np.where(ahead, share, 1.0 - share),
            np.minimum(walked_ms, NEVER_MS).astype(np.int32),
        )

    def _points(self, segment: Ints, fraction: Doubles, walked_ms: Ints) -> Points:
        """Return street points with their times and how much farther one may walk there."""
        first = np.arange(len(segment) + 1, dtype=np.int32)
        step_ms = np.zeros(len(segment), dtype=np.int32)
        (times,), (room,) = self._at_places(
            first, (segment, fraction), step_ms, walked_ms, self.ranks[:1]
        )
        return Points(segment, fraction, times, room)

    def _at_places(
        self, first: Ints, at: tuple[Ints, Doubles], step_ms: Ints, walked_ms: Ints, ranks: Ints
    ) -> tuple[Ints, Ints]:
        """Return times of places at ranks, and how much farther one may walk there.

        The places are on the graph's segments, those that are copies among them.
        """
        found, count = self.found, len(first) - 1
        out, room = (np.empty((len(ranks), count), dtype=np.int32) for _ in range(2))

        def part(begin: int, end: int) -> None:
            egress.at_places(
                first,
                at[0],
                at[1],
                step_ms,
                walked_ms,
                found.graph.segment_ms,
                found.graph.streets.segment_nodes,
                found.walks.known.by_node,
                found.walks.added.by_node,
                found.walks.by_segment,
                self.brought_ms,
                self.soonest_ms,
                found.walks.limit_ms,
                found.cutoff_ms,
                ranks,
                begin,
                end,
                out,
                room,
            )

        _in_parts(part, count)
        return out, room


def gather(
    graph: Graph,
    starts: Attachments,
    node: Ints,
    node_ms: Ints,
    cutoff_ms: int,
    *,
    room_ms: Ints | None = None,
    more: Points | None = None,
) -> Reached:
    """Return the street parts round nodes whose times are known, as `search` would.

    Parameters
    ----------
    graph
        Who moves between the nodes.
    starts
        Where parts of their own streets are reached from.
    node, node_ms
        Nodes of the graph and their times, int32, each once; later ones than the cutoff are
        left out.
    cutoff_ms
        No part begins later.
    room_ms
        How far one may go on from each node, `NEVER_MS` where nothing holds one back; by
        default nowhere.
    more
        Other street points whose times are known.
    """
    soon = node_ms <= cutoff_ms
    node, node_ms = np.ascontiguousarray(node[soon]), np.ascontiguousarray(node_ms[soon])
    starts, _ = graph.on_copies(starts)
    every = Points(
        starts.segment,
        starts.fraction,
        graph.start_ms(starts.distance_m),
        np.full(len(starts.segment), NEVER_MS, dtype=np.int32),
    )
    if more is not None:
        every = Points(
            np.concatenate([every.segment, more.segment]),
            np.concatenate([every.fraction, more.fraction]),
            np.concatenate([every.ms, more.ms]),
            np.concatenate([every.room_ms, more.room_ms]),
        )
    times = np.full(len(graph.streets.node_xy), NEVER_MS, dtype=np.int32)
    times[node] = node_ms
    room = _NO_ROOM_KNOWN
    if room_ms is not None:
        room = np.full(len(times), NEVER_MS, dtype=np.int32)
        room[node] = room_ms[soon]
    found = parts.street_parts(
        graph.offsets,
        graph.edge_segment,
        graph.segment_ms,
        graph.streets.segment_nodes,
        graph.streets.node_xy,
        every.segment,
        every.fraction,
        every.ms,
        every.room_ms,
        int(cutoff_ms),
        times,
        room,
        node,
        len(node),
    )
    street = parts.ashore(graph, found)
    made = Reached(
        int(cutoff_ms),
        node,
        node_ms,
        *street,
        segment_nodes=graph.streets.segment_nodes,
        costs=(street[0], graph.segment_ms),
    )
    split = graph.split
    if split is None:
        return made
    node, node_ms = split.own_nodes(node, node_ms)
    return replace(
        made,
        node=node,
        node_ms=node_ms,
        segment=split.segment_of(street[0]),
        split=split,
        segment_nodes=split.ends,
    )


def union(fields: Sequence[Reached]) -> Reached:
    """Return what any of several searches reached, at the least of their times.

    All of the same streets and cutoff.
    """
    node, which = np.unique(np.concatenate([field.node for field in fields]), return_inverse=True)
    node_ms = np.full(len(node), NEVER_MS, dtype=np.int32)
    np.minimum.at(node_ms, which, np.concatenate([field.node_ms for field in fields]))
    return replace(
        fields[0],
        node=node,
        node_ms=node_ms,
        segment=np.concatenate([field.segment for field in fields]),
        along=np.concatenate([field.along for field in fields]),
        ends_xy=np.concatenate([field.ends_xy for field in fields]),
        ms=np.concatenate([field.ms for field in fields]),
        cost_ms=np.concatenate([field.cost_ms for field in fields]),
        costs=None,
        exact=_Soonest(tuple(fields)),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Soonest:
    """The least times of several searches; see `sandbox.engine.search.AtPlaces`."""

    fields: tuple[Reached, ...]

    def place_ms(self, places: Entered) -> Doubles:
        return np.min([field.place_ms(places) for field in self.fields], axis=0)


def _in_parts(part: Callable[[int, int], None], count: int) -> None:
    """Do a part of the work in each thread."""
    if count < _FEW:
        part(0, count)
        return
    middle = count // _WORKERS
    with ThreadPoolExecutor(_WORKERS) as pool:
        for done in [pool.submit(part, 0, middle), pool.submit(part, middle, count)]:
            done.result()
