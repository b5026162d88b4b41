"""Walks that begin at stops: to the street nodes round them, and from one stop to another."""

# Kernels take plain arrays.
# ruff: noqa: PLR0912, PLR0915, PLR0917

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sandbox.network.graph import NEVER_MS, Graph
from sandbox.network.kernel import Doubles, Ints, kernel
from sandbox.network.search import new_workspace, spread
from sandbox.network.snap import Attachments

_CHUNK_STOPS: Final = 256
_WORKERS: Final = 2
_ROOM: Final = 4096
_FIELDS: Final = ("segment", "fraction", "street_xy", "distance_m")


@dataclass(frozen=True, slots=True, eq=False)
class Doors:
    """Where stops meet the streets: rows of doors, each row of one stop.

    Attributes
    ----------
    stops
        How many stops there are.
    stop
        Stop of each row, int32.
    offsets
        First door of each row, int32, shape ``(rows + 1,)``.
    at
        Street point of each door.
    platform_ms
        Between a door and its platform, int32.
    """

    stops: int
    stop: Ints
    offsets: Ints
    at: Attachments
    platform_ms: Ints

    def step_ms(self, graph: Graph) -> Ints:
        """Return the time between each door's street point and the platform."""
        walk = np.rint(self.at.distance_m * (3600.0 / graph.speed_kmh))
        return np.minimum(walk + self.platform_ms, NEVER_MS - 1).astype(np.int32)

    def joined(self, more: "Doors") -> "Doors":
        """Return these rows with more rows after them."""
        pairs = ((getattr(self.at, k), getattr(more.at, k)) for k in _FIELDS)
        return Doors(
            max(self.stops, more.stops),
            np.concatenate([self.stop, more.stop]),
            np.concatenate([self.offsets, more.offsets[1:] + self.offsets[-1]]).astype(np.int32),
            Attachments(*(np.concatenate(pair) for pair in pairs)),
            np.concatenate([self.platform_ms, more.platform_ms]),
        )


def doors(
    stops: int, stop: npt.NDArray[np.int32], at: Attachments, platform_ms: npt.NDArray[np.int32]
) -> Doors:
    """Return doors with a row for each stop that has one; those without a street are left out."""
    kept = np.flatnonzero(at.segment >= 0)
    order = kept[np.argsort(stop[kept], kind="stable")]
    rows, counts = np.unique(stop[order], return_counts=True)
    return Doors(
        stops,
        rows.astype(np.int32),
        _offsets(counts),
        at[order],
        platform_ms[order].astype(np.int32),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Walks of at most a limit from stops.

    Attributes
    ----------
    begin_stop, begin_node
        Pairs of a stop and a street node within its walk, sorted by stop, int32; where
        each stop's begin is in `begin_offsets`.
    node_offsets, node_stop, node_ms
        The same by node: stops whose walk ends there, and how long it is, platform to node.
    foot_from, foot_to, foot_ms
        Walks from one stop to another, platform to platform.
    """

    begin_offsets: Ints
    begin_node: Ints
    node_offsets: Ints
    node_stop: Ints
    node_ms: Ints
    foot_from: Ints
    foot_to: Ints
    foot_ms: Ints


def links(graph: Graph, places: Doors, limit_ms: int, *, first_row: int = 0) -> Links:
    """Return the walks from stops' platforms along a graph.

    Parameters
    ----------
    graph
        Who walks; the reverse graph gives walks towards the stops.
    places
        Where stops meet the streets, a row a stop, or several of a stop.
    limit_ms
        The longest walk, steps between door, street and platform counted.
    first_row
        Only from this row on walks begin; they end at the doors of all.
    """
    rows = len(places.offsets) - 1
    step_ms = places.step_ms(graph)
    by_segment = np.argsort(places.at.segment, kind="stable").astype(np.int32)
    first = np.searchsorted(
        places.at.segment[by_segment], np.arange(len(graph.segment_ms) + 1)
    ).astype(np.int32)
    row_of_door = np.repeat(np.arange(rows, dtype=np.int32), np.diff(places.offsets))

    def walk(begin: int) -> tuple[Any, ...]:
        workspace = new_workspace(len(graph.streets.node_xy))
        return _walks(
            graph.offsets,
            graph.edges,
            graph.edge_segment,
            graph.segment_ms,
            graph.streets.segment_nodes,
            places.offsets,
            places.at.segment,
            places.at.fraction,
            step_ms,
            row_of_door,
            by_segment,
            first,
            begin,
            min(begin + _CHUNK_STOPS, rows),
            int(limit_ms),
            workspace.node_ms,
            workspace.touched,
        )

    with ThreadPoolExecutor(_WORKERS) as pool:
        found = list(pool.map(walk, range(first_row, rows, _CHUNK_STOPS)))
    node_count, node, ms, foot_count, foot, foot_ms = (
        np.concatenate([np.empty(0, dtype=np.int32), *(part[i] for part in found)])
        for i in range(6)
    )
    stop_of_row = places.stop[first_row:]
    from_stop = np.repeat(stop_of_row, node_count)
    by_node = np.argsort(node, kind="stable")
    by_stop = np.argsort(from_stop, kind="stable")
    foot_from, foot_to = np.repeat(stop_of_row, foot_count), places.stop[foot]
    apart = foot_from != foot_to
    return Links(
        begin_offsets=_offsets(np.bincount(from_stop, minlength=places.stops)),
        begin_node=node[by_stop],
        node_offsets=_offsets(np.bincount(node, minlength=len(graph.streets.node_xy))),
        node_stop=from_stop[by_node],
        node_ms=ms[by_node],
        foot_from=foot_from[apart],
        foot_to=foot_to[apart],
        foot_ms=foot_ms[apart],
    )


def _offsets(counts: npt.NDArray[Any]) -> Ints:
    offsets = np.zeros(len(counts) + 1, dtype=np.int32)
    np.cumsum(counts, out=offsets[1:])
    return offsets


@kernel
def _walks(
    offsets: Ints,
    edges: Ints,
    edge_segment: Ints,
    segment_ms: Ints,
    segment_nodes: Ints,
    door_offsets: Ints,
    door_segment: Ints,
    door_fraction: Doubles,
    door_ms: Ints,
    door_stop: Ints,
    by_segment: Ints,
    first: Ints,
    begin: int,
    end: int,
    limit_ms: int,
    node_ms: Ints,
    touched: Ints,
) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints]:
    node_count = np.zeros(end - begin, dtype=np.int32)
    foot_count = np.zeros(end - begin, dtype=np.int32)
    node, ms = np.empty(_ROOM, dtype=np.int32), np.empty(_ROOM, dtype=np.int32)
    foot, foot_ms = np.empty(_ROOM, dtype=np.int32), np.empty(_ROOM, dtype=np.int32)
    nodes, feet = 0, 0
    stops = len(door_offsets) - 1
    best = np.full(stops, NEVER_MS, dtype=np.int32)
    seen = np.empty(stops, dtype=np.int32)
    for stop in range(begin, end):
        low, high = door_offsets[stop], door_offsets[stop + 1]
        seed_node = np.empty(2 * (high - low), dtype=np.int32)
        seed_ms = np.empty(2 * (high - low), dtype=np.int32)
        seeds, others = 0, 0
        for d in range(low, high):
            s, f = door_segment[d], door_fraction[d]
            for way in range(2):
                if segment_ms[s, way] == NEVER_MS:
                    continue
                share = 1.0 - f if way == 0 else f
                at_ms = int(door_ms[d]) + int(np.rint(share * segment_ms[s, way]))
                if at_ms <= limit_ms:
                    seed_node[seeds] = segment_nodes[s, 1 - way]
                    seed_ms[seeds] = at_ms
                    seeds += 1
            # Doors on the same segment are met before either end of it.
            for k in range(first[s], first[s + 1]):
                e = by_segment[k]
                other, gap = door_stop[e], door_fraction[e] - f
                way = 0 if gap >= 0.0 else 1
                if other == stop or (segment_ms[s, way] == NEVER_MS and gap != 0.0):
                    continue
                along = int(np.rint(abs(gap) * segment_ms[s, way])) if gap != 0.0 else 0
                there = int(door_ms[d]) + along + int(door_ms[e])
                if there <= limit_ms and there < best[other]:
                    if best[other] == NEVER_MS:
                        seen[others] = other
                        others += 1
                    best[other] = there
        count = spread(
            offsets, edges, seed_node[:seeds], seed_ms[:seeds], limit_ms, node_ms, touched
        )
        while nodes + count > len(node):
            node, ms = _longer(node), _longer(ms)
        for i in range(count):
            u = touched[i]
            node[nodes], ms[nodes] = u, node_ms[u]
            nodes += 1
            for k in range(offsets[u], offsets[u + 1]):
                s = edge_segment[k]
                if first[s] == first[s + 1]:
                    continue
                way = 0 if segment_nodes[s, 0] == u else 1
                for j in range(first[s], first[s + 1]):
                    e = by_segment[j]
                    other = door_stop[e]
                    if other == stop:
                        continue
                    share = door_fraction[e] if way == 0 else 1.0 - door_fraction[e]
                    there = (
                        int(node_ms[u]) + int(np.rint(share * segment_ms[s, way])) + int(door_ms[e])
                    )
                    if there <= limit_ms and there < best[other]:
                        if best[other] == NEVER_MS:
                            seen[others] = other
                            others += 1
                        best[other] = there
        for i in range(count):
            node_ms[touched[i]] = NEVER_MS
        while feet + others > len(foot):
            foot, foot_ms = _longer(foot), _longer(foot_ms)
        for i in range(others):
            foot[feet], foot_ms[feet] = seen[i], best[seen[i]]
            best[seen[i]] = NEVER_MS
            feet += 1
        node_count[stop - begin], foot_count[stop - begin] = count, others
    return node_count, node[:nodes], ms[:nodes], foot_count, foot[:feet], foot_ms[:feet]


@kernel
def _longer(array: Ints) -> Ints:
    longer = np.empty(2 * len(array), dtype=np.int32)
    for i in range(len(array)):
        longer[i] = array[i]
    return longer
