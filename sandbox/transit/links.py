"""Walks that begin at stops: to the street nodes round them, and from one stop to another."""

# Kernels take plain arrays.
# ruff: noqa: PLR0912, PLR0915, PLR0917

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.graph import Graph, find_again
from sandbox.engine.kernel import Doubles, Ints, in_threads, kernel
from sandbox.engine.parts import piece_ms
from sandbox.engine.search import new_workspace, spread
from sandbox.transit.stop_access import Doors, by_number
from sandbox.units import NEVER_MS

_CHUNK_STOPS: Final = 256
_WORKERS: Final = 2
_ROOM: Final = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Walks of at most a limit from stops.

    What is walked on the streets, from door to door, is held to the limit; the time inside a
    station comes on top.

    Attributes
    ----------
    begin_stop, begin_node
        Pairs of a stop and a street node within its walk, sorted by stop, int32; where
        each stop's begin is in `begin_offsets`.
    node_offsets, node_stop, node_ms, node_walk_ms
        The same by node: stops whose walk ends there, how long it takes from platform to
        node, and how much of that is walked on streets, the shortest walk first. A stop
        stands there once more where another of its doors is sooner, but farther to walk.
    foot_from, foot_to, foot_ms
        Ways from one stop to another, platform to platform.
    """

    begin_offsets: Ints
    begin_node: Ints
    node_offsets: Ints
    node_stop: Ints
    node_ms: Ints
    node_walk_ms: Ints
    foot_from: Ints
    foot_to: Ints
    foot_ms: Ints

    @property
    def by_node(self) -> tuple[Ints, Ints, Ints, Ints]:
        """Return the walks by node as kernels take them."""
        return self.node_offsets, self.node_stop, self.node_ms, self.node_walk_ms


def links(graph: Graph, places: Doors, limit_ms: int, *, rows: Ints | None = None) -> Links:
    """Return the walks from stops' platforms along a graph.

    Parameters
    ----------
    graph
        Who walks; the reverse graph gives walks towards the stops.
    places
        Where stops meet the streets, a row a stop, or several of a stop.
    limit_ms
        The longest walk, steps between door and street counted, but no time inside.
    rows
        Only from these rows, ascending, walks begin; they end at the doors of all.
    """
    places = places.on_copies(graph)
    every = np.arange(len(places.stop), dtype=np.int32)
    rows = every if rows is None else rows
    step_ms, off_ms = places.walk_ms(graph), places.turned().walk_ms(graph)
    # Doors are met along their segment, or at their node, by whichever street.
    node_of_door = places.at.nodes(graph.streets.segment_nodes)
    at_node, first_at = by_number(node_of_door, len(graph.streets.node_xy))
    by_segment, first = by_number(
        np.where(node_of_door < 0, places.at.segment, np.int32(-1)), len(graph.segment_ms)
    )
    row_of_door = np.repeat(every, np.diff(places.offsets))

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
            off_ms,
            row_of_door,
            node_of_door,
            at_node,
            first_at,
            by_segment,
            first,
            rows[begin : begin + _CHUNK_STOPS],
            int(limit_ms),
            workspace.node_ms,
            workspace.touched,
        )

    found = list(in_threads(walk, range(0, len(rows), _CHUNK_STOPS), _WORKERS))
    node_count, node, walk_ms, foot_count, foot, foot_walk_ms = (
        np.concatenate([np.empty(0, dtype=np.int32), *(part[i] for part in found)])
        for i in range(6)
    )
    first_door = places.offsets[:-1]
    stop_of_row, out_ms = places.stop[rows], places.out_ms[first_door[rows]]
    from_stop, ms = np.repeat(stop_of_row, node_count), np.repeat(out_ms, node_count) + walk_ms
    several = np.bincount(places.stop, minlength=places.stops) > 1
    kept = ~several[from_stop]
    again = np.flatnonzero(~kept)
    kept[again] = _choices(from_stop[again], node[again], ms[again], walk_ms[again])
    from_stop, node, ms, walk_ms = from_stop[kept], node[kept], ms[kept], walk_ms[kept]
    by_node = np.argsort(_near_first(node, walk_ms), kind="stable")
    by_stop = np.argsort(from_stop, kind="stable")
    foot_from, foot_to = np.repeat(stop_of_row, foot_count), places.stop[foot]
    foot_ms = np.repeat(out_ms, foot_count) + foot_walk_ms + places.in_ms[first_door[foot]]
    apart = foot_from != foot_to
    again = np.flatnonzero(apart & (several[foot_from] | several[foot_to]))
    # Whoever is there has no farther to walk: only the soonest is wanted.
    apart[again] = _choices(foot_from[again], foot_to[again], foot_ms[again], foot_ms[again])
    return Links(
        begin_offsets=_offsets(np.bincount(from_stop, minlength=places.stops)),
        begin_node=node[by_stop],
        node_offsets=_offsets(np.bincount(node, minlength=len(graph.streets.node_xy))),
        node_stop=from_stop[by_node],
        node_ms=ms[by_node],
        node_walk_ms=walk_ms[by_node],
        foot_from=foot_from[apart],
        foot_to=foot_to[apart],
        foot_ms=foot_ms[apart],
    )


def links_again(
    graph: Graph, places: Doors, limit_ms: int, *, before: tuple[Graph, Doors, Links]
) -> Links:
    """Return what `links` does for streets that were edited, walking only where that matters.

    Parameters
    ----------
    graph, places, limit_ms
        As for `links`: a graph with the nodes and segments of the one before by their old
        numbers, and what was added after them.
    before
        Graph, doors and links before the edits, for the same limit.
    """
    old_graph, old_places, old = before
    node_now, segment_now = find_again(old_graph, graph)
    news, left = _moved(places, old_places)
    there = np.flatnonzero(segment_now >= 0)
    same = (graph.segment_ms[segment_now[there]] == old_graph.segment_ms[there]).all(axis=1)
    # Of the old streets those that are gone or otherwise, of the new ones the others.
    gone = np.ones(len(old_graph.segment_ms), dtype=np.bool_)
    other = np.ones(len(graph.segment_ms), dtype=np.bool_)
    gone[there[same]], other[segment_now[there[same]]] = False, False
    (at, door), (old_at, old_door) = graph.on_copies(places.at), old_graph.on_copies(old_places.at)
    # If an access point moved, walk anew from the stops near its old and its new place.
    other[at.segment[news[door]]] = True
    gone[old_at.segment[left[old_door]]] = True
    changed = np.zeros(len(graph.streets.node_xy), dtype=np.bool_)
    changed[graph.streets.segment_nodes[other]] = True
    near = (node_now < 0) | changed[node_now]
    near[old_graph.streets.segment_nodes[gone]] = True
    # Whoever meets a change comes to an end of its street first, or has a door on it.
    again = np.zeros(places.stops, dtype=np.bool_)
    again[old.node_stop[np.repeat(near, np.diff(old.node_offsets))]] = True
    news[door[other[at.segment]]] = True
    left[old_door[gone[old_at.segment]]] = True
    again[_stop_of(places)[news]] = True
    again[_stop_of(old_places)[left]] = True
    rows = np.flatnonzero(again[places.stop]).astype(np.int32)
    new = links(graph, places, limit_ms, rows=rows)
    return _merged(old, new, again, node_now.astype(np.int32))


def _stop_of(places: Doors) -> Ints:
    """Return the stop of each door."""
    return np.repeat(places.stop, np.diff(places.offsets))


def _moved(places: Doors, old: Doors) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return which doors weren't there before, and which of the old ones are there no more."""
    both = [
        np.column_stack(
            [
                _stop_of(one),
                one.in_ms,
                one.out_ms,
                one.at.segment,
                one.at.fraction,
                one.at.distance_m,
            ]
        )
        for one in (places, old)
    ]
    _, same = np.unique(np.concatenate(both), axis=0, return_inverse=True)
    here, there = same[: len(both[0])], same[len(both[0]) :]
    return ~np.isin(here, there), ~np.isin(there, here)


def _merged(old: Links, new: Links, again: npt.NDArray[np.bool_], node_now: Ints) -> Links:
    """Return links of stops that didn't walk again, and the new ones of those that did."""

    def both(kept: Ints, more: Ints, of: Ints) -> Ints:
        return np.concatenate([kept[~again[of]], more])

    begin_stop, more_stop = _numbers(old.begin_offsets), _numbers(new.begin_offsets)
    begin = both(begin_stop, more_stop, begin_stop)
    by_stop = np.argsort(begin, kind="stable")
    node = both(node_now[_numbers(old.node_offsets)], _numbers(new.node_offsets), old.node_stop)
    node_stop = both(old.node_stop, new.node_stop, old.node_stop)
    node_ms = both(old.node_ms, new.node_ms, old.node_stop)
    node_walk_ms = both(old.node_walk_ms, new.node_walk_ms, old.node_stop)
    by_stop_number = np.argsort(node_stop, kind="stable")
    near_first = _near_first(node[by_stop_number], node_walk_ms[by_stop_number])
    by_node = by_stop_number[np.argsort(near_first, kind="stable")]
    foot_from = both(old.foot_from, new.foot_from, old.foot_from)
    by_foot = np.argsort(foot_from, kind="stable")
    return Links(
        begin_offsets=_offsets(np.bincount(begin, minlength=len(again))),
        begin_node=both(node_now[old.begin_node], new.begin_node, begin_stop)[by_stop],
        node_offsets=_offsets(np.bincount(node, minlength=len(new.node_offsets) - 1)),
        node_stop=node_stop[by_node],
        node_ms=node_ms[by_node],
        node_walk_ms=node_walk_ms[by_node],
        foot_from=foot_from[by_foot],
        foot_to=both(old.foot_to, new.foot_to, old.foot_from)[by_foot],
        foot_ms=both(old.foot_ms, new.foot_ms, old.foot_from)[by_foot],
    )


def _choices(begin: Ints, end: Ints, ms: Ints, walk_ms: Ints) -> npt.NDArray[np.bool_]:
    """Return which ways of each pair may be wanted: none that is as soon is a shorter walk."""
    order = np.lexsort((walk_ms, ms, end, begin))
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (np.diff(begin[order]) != 0) | (np.diff(end[order]) != 0)
    # Each pair's walks lie below all of the pairs before it.
    walk = walk_ms[order].astype(np.int64) - (np.cumsum(new) << 32)
    kept = np.ones(len(order), dtype=np.bool_)
    kept[order[1:]] = walk[1:] < np.minimum.accumulate(walk)[:-1]
    return kept


def _near_first(node: Ints, ms: Ints) -> npt.NDArray[np.int64]:
    """Return keys that put entries in the order of their nodes, the shortest walk first."""
    return (node.astype(np.int64) << 32) | ms


def _numbers(offsets: Ints) -> Ints:
    """Return the number that each entry belongs to, from where each number's entries begin."""
    return np.repeat(np.arange(len(offsets) - 1, dtype=np.int32), np.diff(offsets))


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
    off_ms: Ints,
    door_stop: Ints,
    door_node: Ints,
    at_node: Ints,
    first_at: Ints,
    by_segment: Ints,
    first: Ints,
    rows: Ints,
    limit_ms: int,
    node_ms: Ints,
    touched: Ints,
) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints]:
    node_count = np.zeros(len(rows), dtype=np.int32)
    foot_count = np.zeros(len(rows), dtype=np.int32)
    node, ms = np.empty(_ROOM, dtype=np.int32), np.empty(_ROOM, dtype=np.int32)
    foot, foot_ms = np.empty(_ROOM, dtype=np.int32), np.empty(_ROOM, dtype=np.int32)
    nodes, feet = 0, 0
    stops = len(door_offsets) - 1
    best = np.full(stops, NEVER_MS, dtype=np.int32)
    seen = np.empty(stops, dtype=np.int32)
    for row in range(len(rows)):
        stop = rows[row]
        low, high = door_offsets[stop], door_offsets[stop + 1]
        seed_node = np.empty(2 * (high - low), dtype=np.int32)
        seed_ms = np.empty(2 * (high - low), dtype=np.int32)
        seeds, others = 0, 0
        for d in range(low, high):
            if door_node[d] >= 0:
                if off_ms[d] <= limit_ms:
                    seed_node[seeds], seed_ms[seeds] = door_node[d], off_ms[d]
                    seeds += 1
                continue
            s, f = door_segment[d], door_fraction[d]
            for way in range(2):
                if segment_ms[s, way] == NEVER_MS:
                    continue
                share = 1.0 - f if way == 0 else f
                at_ms = int(off_ms[d]) + piece_ms(share, segment_ms[s, way])
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
                along = piece_ms(abs(gap), segment_ms[s, way]) if gap != 0.0 else 0
                there = int(off_ms[d]) + along + int(door_ms[e])
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
            for j in range(first_at[u], first_at[u + 1]):
                e = at_node[j]
                other = door_stop[e]
                there = int(node_ms[u]) + int(door_ms[e])
                if other != stop and there <= limit_ms and there < best[other]:
                    if best[other] == NEVER_MS:
                        seen[others] = other
                        others += 1
                    best[other] = there
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
                    share = float(door_fraction[e])
                    share = share if way == 0 else 1.0 - share
                    along = piece_ms(share, segment_ms[s, way])
                    there = int(node_ms[u]) + along + int(door_ms[e])
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
        node_count[row], foot_count[row] = count, others
    return node_count, node[:nodes], ms[:nodes], foot_count, foot[:feet], foot_ms[:feet]


@kernel
def _longer(array: Ints) -> Ints:
    longer = np.empty(2 * len(array), dtype=np.int32)
    for i in range(len(array)):
        longer[i] = array[i]
    return longer
