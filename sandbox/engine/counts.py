"""How much is in reach of many places: one search a place, on all processors, and sums only."""

# Kernels take plain arrays and are long on purpose: calls between them cost.
# ruff: noqa: PLR0912, PLR0915, PLR0917

import os
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.chains import Longs, chains
from sandbox.engine.graph import Graph
from sandbox.engine.kernel import Doubles, Ints, in_threads, kernel
from sandbox.engine.parts import piece_ms, pieces_ms
from sandbox.engine.search import new_workspace, spread
from sandbox.streets.attachments import Attachments
from sandbox.units import MS_PER_M_AT_1_KMH, NEVER_MS

# Origins that one thread takes at a time.
_CHUNK: Final = 128


def counts(
    graph: Graph,
    starts: Attachments,
    start_offsets: npt.NDArray[np.int64],
    ends: Attachments,
    end_place: npt.NDArray[np.int64],
    weight: npt.NDArray[np.float64],
    cutoffs_ms: npt.NDArray[np.int32],
    here_offsets: npt.NDArray[np.int64],
    here_place: npt.NDArray[np.int64],
) -> Doubles:
    """Return what the places within each cutoff weigh, ``(origins, cutoffs)``.

    A place counts where the times of `matrix` are within the cutoff.

    Parameters
    ----------
    graph
        Who moves.
    starts, start_offsets, ends, end_place
        Doors to leave and to enter by, as `matrix` takes them; all have a street.
    weight
        What each place counts, shape ``(places,)``.
    cutoffs_ms
        Ascending, shape ``(cutoffs,)``.
    here_offsets, here_place
        Places that need no time, and the first of each origin, shape ``(origins + 1,)``.
    """
    streets = graph.streets
    if graph.split is not None:
        starts, start_offsets = graph.split.of_origins(starts, start_offsets)
        ends, which = graph.split.places(ends)
        end_place = end_place[which]
    pace = MS_PER_M_AT_1_KMH / graph.speed_kmh
    start_ms = graph.start_ms(starts.distance_m)
    end_ms = np.minimum(np.rint(ends.distance_m * pace), NEVER_MS - 1).astype(np.int32)
    # Doors by the junctions that lead to them, the nearest first, with the times from there;
    # and by their chains.
    # A door at a node is at a junction, whichever streets lead there.
    start_node = starts.nodes(streets.segment_nodes)
    end_node = ends.nodes(streets.segment_nodes)
    on = chains(graph, np.concatenate([start_node[start_node >= 0], end_node[end_node >= 0]]))
    start_junction = np.where(start_node < 0, np.int32(-1), on.number[start_node])
    end_junction = np.where(end_node < 0, np.int32(-1), on.number[end_node])
    cost = graph.segment_ms[ends.segment]
    share = np.stack([ends.fraction, 1.0 - ends.fraction], axis=1)
    row, way = np.nonzero((cost != NEVER_MS) & (end_node < 0)[:, None])
    at_junction = np.flatnonzero(end_junction >= 0)
    origin = np.concatenate([on.origin[ends.segment[row], way], end_junction[at_junction]])
    along_ms = pieces_ms(share[row, way], cost[row, way])
    since_ms = np.concatenate(
        [on.since_ms[ends.segment[row], way] + along_ms, np.zeros_like(at_junction)]
    )
    by_junction = np.lexsort((since_ms, origin))
    door_first = _firsts(origin, len(on.offsets) - 1)
    door = np.concatenate([row, at_junction])[by_junction].astype(np.int32)
    door_ms = np.minimum(since_ms[by_junction], NEVER_MS - 1).astype(np.int32)
    chain = np.where(end_node < 0, on.chain[ends.segment], np.int32(-1))
    by_chain = np.argsort(chain, kind="stable").astype(np.int32)[np.count_nonzero(chain < 0) :]
    chain_first = _firsts(chain[chain >= 0], int(on.chain.max(initial=-1)) + 1)
    # One after another on the ground, so that each search finds its streets still at hand.
    origins = len(start_offsets) - 1
    first_segment = np.full(origins, -1, dtype=np.int32)
    has_door = start_offsets[:-1] < start_offsets[1:]
    first_segment[has_door] = starts.segment[start_offsets[:-1][has_door]]
    order = np.argsort(first_segment, kind="stable").astype(np.int32)
    here_first, here = here_offsets.astype(np.int32), here_place.astype(np.int32)
    first_door, place = start_offsets.astype(np.int32), end_place.astype(np.int32)
    sums = np.zeros((origins, len(cutoffs_ms)))

    def some(first: int) -> None:
        try:
            workspace = graph.idle.pop()
        except IndexError:
            workspace = new_workspace(len(streets.node_xy))
        _counts(
            on.offsets,
            on.edges,
            on.chain,
            on.place,
            on.turned,
            on.origin,
            on.since_ms,
            on.until_ms,
            graph.segment_ms,
            order[first : first + _CHUNK],
            first_door,
            start_node,
            start_junction,
            starts.segment,
            starts.fraction,
            start_ms,
            door_first,
            door,
            door_ms,
            chain_first,
            by_chain,
            ends.segment,
            ends.fraction,
            end_ms,
            place,
            here_first,
            here,
            weight,
            cutoffs_ms,
            int(cutoffs_ms[-1]),
            workspace.node_ms,
            workspace.touched,
            sums,
        )
        graph.idle.append(workspace)

    list(in_threads(some, range(0, origins, _CHUNK), os.cpu_count() or 1))
    return sums


def _firsts(of: Ints, count: int) -> Ints:
    """Return where the entries of each of `count` begin, when sorted, and the end."""
    first = np.zeros(count + 1, dtype=np.int32)
    np.cumsum(np.bincount(of, minlength=count), out=first[1:])
    return first


@kernel
def _counts(
    offsets: Ints,
    edges: Ints,
    chain: Ints,
    chain_place: Ints,
    turned: Ints,
    origin: Ints,
    since_ms: Longs,
    until_ms: Longs,
    segment_ms: Ints,
    order: Ints,
    first_door: Ints,
    start_node: Ints,
    start_junction: Ints,
    start_segment: Ints,
    start_fraction: Doubles,
    start_ms: Ints,
    door_first: Ints,
    door: Ints,
    door_ms: Ints,
    chain_first: Ints,
    by_chain: Ints,
    end_segment: Ints,
    end_fraction: Doubles,
    end_ms: Ints,
    end_place: Ints,
    here_first: Ints,
    here_place: Ints,
    weight: Doubles,
    cutoffs_ms: Ints,
    last_ms: int,
    node_ms: Ints,
    touched: Ints,
    sums: Doubles,
) -> None:
    best = np.full(len(weight), np.int32(NEVER_MS), dtype=np.int32)
    found = np.empty(len(weight), dtype=np.int32)
    for o in order:
        places = 0
        for i in range(here_first[o], here_first[o + 1]):
            p = here_place[i]
            if best[p] == NEVER_MS:
                found[places] = p
                places += 1
            best[p] = 0
        begin, end = first_door[o], first_door[o + 1]
        seed_node = np.empty(2 * (end - begin), dtype=np.int32)
        seed_ms = np.empty(2 * (end - begin), dtype=np.int32)
        seeds = 0
        for i in range(begin, end):
            if start_node[i] >= 0:
                if start_junction[i] >= 0 and start_ms[i] <= last_ms:
                    seed_node[seeds], seed_ms[seeds] = start_junction[i], start_ms[i]
                    seeds += 1
                continue
            s, f = start_segment[i], start_fraction[i]
            for way in range(2):
                if segment_ms[s, way] == NEVER_MS:
                    continue
                piece = 1.0 - f if way == 0 else f
                left = np.int64(start_ms[i]) + piece_ms(piece, segment_ms[s, way])
                if left + until_ms[s, way] <= last_ms:
                    seed_node[seeds] = origin[s, 1 - way]
                    seed_ms[seeds] = left + until_ms[s, way]
                    seeds += 1
                # Doors on a start's own chain may be reached without passing a junction.
                ahead = way == turned[s]
                for k in range(chain_first[chain[s]], chain_first[chain[s] + 1]):
                    d = by_chain[k]
                    t, g = end_segment[d], end_fraction[d]
                    if t == s:
                        on = g - f if way == 0 else f - g
                        if on < 0.0:
                            continue
                        ms = np.int64(start_ms[i]) + piece_ms(on, segment_ms[s, way])
                    elif (chain_place[t] > chain_place[s]) != ahead:
                        continue
                    else:
                        onto = turned[t] if ahead else 1 - turned[t]
                        gap = since_ms[t, onto] - since_ms[s, way] - segment_ms[s, way]
                        on = float(g) if onto == 0 else 1.0 - float(g)
                        ms = left + gap + piece_ms(on, int(segment_ms[t, onto]))
                    ms, p = ms + end_ms[d], end_place[d]
                    if ms <= last_ms and ms < best[p]:
                        if best[p] == NEVER_MS:
                            found[places] = p
                            places += 1
                        best[p] = np.int32(ms)
        count = spread(
            offsets, edges, seed_node[:seeds], seed_ms[:seeds], last_ms, node_ms, touched
        )
        for i in range(count):
            u = touched[i]
            for k in range(door_first[u], door_first[u + 1]):
                there = np.int64(node_ms[u]) + door_ms[k]
                if there > last_ms:
                    break
                d = door[k]
                ms, p = there + end_ms[d], end_place[d]
                if ms <= last_ms and ms < best[p]:
                    if best[p] == NEVER_MS:
                        found[places] = p
                        places += 1
                    best[p] = np.int32(ms)
            node_ms[u] = NEVER_MS
        for i in range(places):
            p = found[i]
            c = len(cutoffs_ms) - 1
            while c >= 0 and best[p] <= cutoffs_ms[c]:
                sums[o, c] += weight[p]
                c -= 1
            best[p] = NEVER_MS
