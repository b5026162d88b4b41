"""What lines and feet reach: times at nodes, at places and along streets over a window."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.graph import Graph
from sandbox.engine.kernel import Doubles, Ints, in_threads
from sandbox.engine.search import Entered, Reached
from sandbox.streets.attachments import Attachments
from sandbox.streets.travel import Ride
from sandbox.transit import egress
from sandbox.transit.service import Service
from sandbox.transit.street_parts import Points, gather, union
from sandbox.transit.walks import Walks
from sandbox.units import MS_PER_M_AT_1_KMH, NEVER_MS

_WORKERS: Final = 2
# For fewer places than this, sharing the work among threads takes longer than the work.
_FEW: Final = 64


@dataclass(frozen=True, slots=True, eq=False)
class Journeys:
    """All journeys of a window from one place, to the stops and to the nodes.

    Attributes
    ----------
    service, walks
        What runs, and the walks round its stops.
    ride
        How one goes.
    graph
        Who goes on from the stops; its edges turned round where journeys are found from
        their end.
    start
        The place, or its doors.
    cutoff_ms
        How far was searched.
    walked
        What is reached without any ride.
    door_walked_ms
        Walk between the place and each door of a stop, the step to its platform left out;
        `NEVER_MS` beyond the cutoff.
    access_ms
        Way between the place and each stop's platform; `NEVER_MS` beyond the longest walk.
    brought_ms
        When vehicles bring one to each stop after each departure, shape
        ``(stops, samples)``; draw after draw.
    node, node_walked_ms
        Street nodes within reach, and how long one walks there.
    every, every_walked_ms
        The same of the graph's nodes, copies of crossings among them.
    """

    service: Service
    walks: Walks
    ride: Ride
    graph: Graph
    start: Attachments
    cutoff_ms: int
    walked: Reached
    door_walked_ms: Ints
    access_ms: Ints
    brought_ms: npt.NDArray[np.int32]
    node: Ints
    node_walked_ms: Ints
    every: Ints
    every_walked_ms: Ints

    @property
    def samples(self) -> int:
        """Return how many departures times draws there are."""
        return self.brought_ms.shape[1]

    def node_ms(
        self, percentiles: Sequence[int], samples: npt.NDArray[np.int_] | None = None
    ) -> npt.NDArray[np.int32]:
        """Return the times at `node` for each percentile, int32, shape ``(p, k)``.

        The nearest rank over the samples, what is never reached being later than all;
        `NEVER_MS` beyond the cutoff.

        Parameters
        ----------
        percentiles
            1 to 99, ascending.
        samples
            Columns of `brought_ms` to count; all by default.
        """
        return self._ranked(percentiles, samples).node_ms()

    def place_ms(self, percentile: int, places: Entered) -> Doubles:
        """Return the times of places at a percentile, shape ``(places,)``; else infinite.

        In each sample a place is entered by the door that is then the best.
        """
        return self._ranked([percentile], None).place_ms(places)

    def egress_ms(self, doors: Attachments) -> Ints:
        """Return the way from each stop's platform to a place; `NEVER_MS` beyond the longest."""
        on_ms = np.full(len(self.service.stop_id), NEVER_MS, dtype=np.int32)
        doors, _ = self.graph.on_copies(doors)
        step_ms = np.rint(doors.distance_m * (MS_PER_M_AT_1_KMH / self.graph.speed_kmh))
        walk_ms, stops, count = np.empty_like(on_ms), np.empty_like(on_ms), 0
        for door in range(len(doors.segment)):
            count = egress.walks_to(
                int(doors.segment[door]),
                float(doors.fraction[door]),
                int(step_ms[door]),
                self.graph.segment_ms,
                self.graph.streets.segment_nodes,
                self.walks.known.by_node,
                self.walks.added.by_node,
                self.walks.by_segment,
                self.walks.limit_ms,
                on_ms,
                walk_ms,
                stops,
                count,
            )
        return on_ms

    def reached(self, percentile: int, samples: npt.NDArray[np.int_] | None = None) -> Reached:
        """Return the street parts within the cutoff at a percentile.

        Times are the percentile's own at crossings and at the doors of stops; in between
        they are the better of both ends'. Those of places are exact everywhere: in each
        sample one comes from the end that is then the better. So what is drawn of a street
        is never sooner than a place there, and later by twice the walk from the nearer
        crossing at most. For in every sample the two ends are at most the walk between them
        apart, unless the longest walk forbids it. Of one sample both are the same.
        """
        return self._ranked([percentile], samples).reached()

    def _ranked(self, percentiles: Sequence[int], samples: npt.NDArray[np.int_] | None) -> "Ranked":
        chosen = self.brought_ms if samples is None else self.brought_ms[:, samples]
        ranks = [rank(percentile, chosen.shape[1]) for percentile in percentiles]
        return Ranked(
            self,
            np.ascontiguousarray(chosen),
            chosen.min(axis=1),
            np.array(ranks, dtype=np.int32),
        )


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

    found: Journeys
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
        if found.ride.near == found.ride.far:
            return self._gathered()
        # The mode to the stops may differ from the mode after them. Without a vehicle between,
        # the bike is there all the way or not at all, so the two don't join at a crossing.
        carried = replace(
            found,
            start=found.start[np.empty(0, dtype=np.int64)],
            door_walked_ms=np.full_like(found.door_walked_ms, NEVER_MS),
            node_walked_ms=np.full_like(found.node_walked_ms, NEVER_MS),
            every_walked_ms=np.full_like(found.every_walked_ms, NEVER_MS),
        )
        made = union([replace(self, found=carried)._gathered(), found.walked])
        return replace(made, exact=self)

    def _gathered(self) -> Reached:
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


def rank(percentile: int, samples: int) -> int:
    """Return the index of the nearest rank of a percentile in sorted samples."""
    return max(-(-percentile * samples // 100), 1) - 1


def _in_parts(part: Callable[[int, int], None], count: int) -> None:
    """Do a part of the work in each thread."""
    if count < _FEW:
        part(0, count)
        return
    middle = count // _WORKERS
    list(in_threads(lambda part_of: part(*part_of), ((0, middle), (middle, count)), _WORKERS))
