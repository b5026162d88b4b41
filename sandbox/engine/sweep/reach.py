"""The kernel of sweeps: which places one origin reaches, from junction to junction."""

# Kernels take plain arrays and are long on purpose: calls between them cost.
# ruff: noqa: PLR0912, PLR0915, PLR0917

import numpy as np

from sandbox.engine.chains import Longs
from sandbox.engine.kernel import Doubles, Ints, kernel
from sandbox.engine.parts import piece_ms
from sandbox.engine.search import spread
from sandbox.units import NEVER_MS


@kernel
def reach(
    o: int,
    last_ms: int,
    node_ms: Ints,
    touched: Ints,
    best: Ints,
    found: Ints,
    offsets: Ints,
    edges: Ints,
    chain: Ints,
    chain_place: Ints,
    turned: Ints,
    origin: Ints,
    since_ms: Longs,
    until_ms: Longs,
    segment_ms: Ints,
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
) -> int:
    """Find what one origin reaches: `best` has the times of the places in `found`."""
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
    count = spread(offsets, edges, seed_node[:seeds], seed_ms[:seeds], last_ms, node_ms, touched)
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
    return places
