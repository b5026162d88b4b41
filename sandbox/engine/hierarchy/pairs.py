"""Times and lengths between many nodes over a hierarchy: up from each origin, down to all ends.

For many ends the way down is one pass over all that lies above any of them (restricted PHAST:
Delling, Goldberg and Werneck, "Faster batched shortest paths in road networks", 2011), and
some origins are taken at once, side by side in memory.
"""

# Kernels take plain arrays and are long on purpose: calls between them cost.
# ruff: noqa: PLR0912, PLR0917

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.hierarchy.contraction import (
    LENGTH_BITS,
    NOWHERE,
    PARTS_OF_A_METRE,
    Contracted,
    Longs,
)
from sandbox.engine.kernel import Doubles, Ints, Singles, kernel
from sandbox.engine.parts import piece_ms
from sandbox.units import NEVER_MS

# Origins that are taken at once: as many as make one line of a processor's cache.
TOGETHER: Final = 8


@dataclass(frozen=True, slots=True, eq=False)
class Below:
    """All ranks above some ends, numbered from the highest down, and what leads down to each.

    Attributes
    ----------
    number
        Number of each rank, int32; -1 where it isn't above any end.
    rank
        Rank of each number.
    first, source, cost
        Ties by which one comes to each number, the number that each comes from, and what it
        costs.
    """

    number: Ints
    rank: Ints
    first: Ints
    source: Ints
    cost: Longs


def below(contracted: Contracted, down: Longs, ends: Ints) -> Below:
    """Return what leads down to the ends, given by their ranks."""
    number, rank = _above(contracted.first, contracted.above, ends)
    first, source, cost = _downward(contracted.first, contracted.above, down, number, rank)
    return Below(number, rank, first, source, cost)


@kernel
def _above(first: Ints, above: Ints, ends: Ints) -> tuple[Ints, Ints]:
    nodes = len(first) - 1
    number = np.full(nodes, np.int32(-1), dtype=np.int32)
    for i in range(len(ends)):
        u = ends[i]
        while number[u] < 0:
            number[u] = 0
            if first[u] == first[u + 1]:
                break
            u = above[first[u]]
    count = 0
    for u in range(nodes):
        count += number[u] >= 0
    rank = np.empty(count, dtype=np.int32)
    place = 0
    for u in range(nodes - 1, -1, -1):
        if number[u] >= 0:
            number[u] = place
            rank[place] = u
            place += 1
    return number, rank


@kernel
def _downward(
    first: Ints, above: Ints, down: Longs, number: Ints, rank: Ints
) -> tuple[Ints, Ints, Longs]:
    count = 0
    for i in range(len(rank)):
        u = rank[i]
        for k in range(first[u], first[u + 1]):
            count += down[k] != NOWHERE
    begin = np.empty(len(rank) + 1, dtype=np.int32)
    source = np.empty(count, dtype=np.int32)
    cost = np.empty(count, dtype=np.int64)
    place = 0
    for i in range(len(rank)):
        begin[i] = place
        u = rank[i]
        for k in range(first[u], first[u + 1]):
            if down[k] != NOWHERE:
                source[place], cost[place] = number[above[k]], down[k]
                place += 1
    begin[len(rank)] = place
    return begin, source, cost


@kernel
def pairs(
    first: Ints,
    above: Ints,
    up: Longs,
    node_rank: Ints,
    number: Ints,
    down_first: Ints,
    down_source: Ints,
    down_cost: Longs,
    segment_ms: Ints,
    segment_nodes: Ints,
    length_m: Singles,
    start_offsets: Ints,
    start_segment: Ints,
    start_fraction: Doubles,
    start_ms: Ints,
    start_m: Doubles,
    end_segment: Ints,
    end_fraction: Doubles,
    end_ms: Ints,
    end_m: Doubles,
    end_place: Ints,
    cutoff_ms: int,
    ms: Doubles,
    metres: Doubles,
) -> None:
    """Put the least milliseconds of each origin and place, and their metres, where they belong."""
    cost = np.full(len(first) - 1, np.int64(NOWHERE))
    tail = len(down_first) - 1
    found = np.empty((tail, TOGETHER), dtype=np.int64)
    origins = len(start_offsets) - 1
    mask = (np.int64(1) << LENGTH_BITS) - 1
    for begin in range(0, origins, TOGETHER):
        last = min(begin + TOGETHER, origins)
        for i in range(tail):
            for j in range(TOGETHER):
                found[i, j] = NOWHERE
        for o in range(begin, last):
            _climb(
                first, above, up, node_rank, number, segment_ms, segment_nodes, length_m,
                start_segment, start_fraction, start_ms, start_m, start_offsets[o],
                start_offsets[o + 1], cost, found, o - begin,
            )  # fmt: skip
        for i in range(tail):
            for k in range(down_first[i], down_first[i + 1]):
                by, more = down_source[k], down_cost[k]
                for j in range(TOGETHER):
                    found[i, j] = min(found[i, j], found[by, j] + more)
        for o in range(begin, last):
            for i in range(len(end_segment)):
                s, f = end_segment[i], end_fraction[i]
                if s < 0:
                    continue
                p = end_place[i]
                for way in range(2):
                    share = f if way == 0 else 1.0 - f
                    if segment_ms[s, way] == NEVER_MS and share > 0.0:
                        continue
                    there = found[number[node_rank[segment_nodes[s, way]]], o - begin]
                    if there != NOWHERE:
                        whole = (there >> LENGTH_BITS) + piece_ms(share, segment_ms[s, way])
                        whole += end_ms[i]
                        far = (there & mask) / PARTS_OF_A_METRE + share * length_m[s] + end_m[i]
                        _less(ms[o], metres[o], p, whole, far, cutoff_ms)
                    for d in range(start_offsets[o], start_offsets[o + 1]):
                        if start_segment[d] != s:
                            continue
                        ahead = f - start_fraction[d] if way == 0 else start_fraction[d] - f
                        if ahead >= 0.0:
                            whole = np.int64(start_ms[d]) + end_ms[i]
                            whole += piece_ms(ahead, segment_ms[s, way])
                            far = start_m[d] + ahead * length_m[s] + end_m[i]
                            _less(ms[o], metres[o], p, whole, far, cutoff_ms)


@kernel
def _climb(
    first: Ints,
    above: Ints,
    up: Longs,
    node_rank: Ints,
    number: Ints,
    segment_ms: Ints,
    segment_nodes: Ints,
    length_m: Singles,
    start_segment: Ints,
    start_fraction: Doubles,
    start_ms: Ints,
    start_m: Doubles,
    door: int,
    doors: int,
    cost: Longs,
    found: npt.NDArray[np.int64],
    column: int,
) -> None:
    """Bring all that lies above an origin's doors to its cost, and note it where it is needed."""
    for d in range(door, doors):
        s, f = start_segment[d], start_fraction[d]
        if s < 0:
            continue
        for way in range(2):
            share = 1.0 - f if way == 0 else f
            if segment_ms[s, way] == NEVER_MS and share > 0.0:
                continue
            soon = np.int64(start_ms[d]) + piece_ms(share, segment_ms[s, way])
            if soon >= NOWHERE >> LENGTH_BITS:
                continue
            u = node_rank[segment_nodes[s, 1 - way]]
            long = np.int64(np.rint((start_m[d] + share * length_m[s]) * PARTS_OF_A_METRE))
            cost[u] = min(cost[u], (soon << LENGTH_BITS) + long)
    # The highest are the same for all doors: each is passed on once it stands, which is when
    # all below it are; so one goes up from all at once, always by the lowest.
    climbing = np.empty(2 * (doors - door), dtype=np.int32)
    count = 0
    for d in range(door, doors):
        if start_segment[d] >= 0:
            for way in range(2):
                climbing[count] = node_rank[segment_nodes[start_segment[d], way]]
                count += 1
    while count > 0:
        u = climbing[0]
        for i in range(1, count):
            u = min(u, climbing[i])
        here = cost[u]
        if here != NOWHERE:
            for k in range(first[u], first[u + 1]):
                v = above[k]
                cost[v] = min(cost[v], here + up[k])
            if number[u] >= 0:
                found[number[u], column] = here
            cost[u] = NOWHERE
        # Those that stood here go on to the next above, as one.
        onward = above[first[u]] if first[u] < first[u + 1] else np.int32(-1)
        kept = 0
        for i in range(count):
            if climbing[i] != u and climbing[i] != onward:
                climbing[kept] = climbing[i]
                kept += 1
        if onward >= 0:
            climbing[kept] = onward
            kept += 1
        count = kept


@kernel
def _less(ms: Doubles, metres: Doubles, p: int, whole: int, far: float, cutoff_ms: int) -> None:
    """Put a time and its length where they are less than those before, NaN for none."""
    if whole <= cutoff_ms and not (whole > ms[p] or (whole == ms[p] and far >= metres[p])):
        ms[p], metres[p] = whole, far
