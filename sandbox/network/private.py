"""Private drives: the first and last stretch of those who live there, and no way through.

Streets hang together in regions: public ones, and private ones between them. The largest
public region is of level 0, private regions at it of level 1, what is reached only through
these of level 2, and so on. A way goes down the levels first and up afterwards, never up and
then down again (as a valley), so nobody passes through a region that is neither theirs nor
their goal's. That is held by copies of nodes, one on the way down and one on the way up, and
only where there are private streets, so one search serves all and public streets pay nothing.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

from sandbox.network.graph import NEVER_MS
from sandbox.network.split import Split
from sandbox.network.streets import Access, Streets

Whole = npt.NDArray[np.int64]
_NOWHERE: Final = -1


def split(
    streets: Streets, segment_ms: npt.NDArray[np.int32], usable: Access
) -> tuple[Streets, npt.NDArray[np.int32], Split] | None:
    """Return streets in which private ones are no way through, their costs, and the copies.

    None where nobody's way could lead through a private street.

    Parameters
    ----------
    streets
        With the private bits of their segments.
    segment_ms
        Cost along each segment and against it, as `Graph.segment_ms`.
    usable
        The bits of the mode.
    """
    if streets.private is None:
        return None
    open_ = (segment_ms != NEVER_MS).any(axis=1)
    own = open_ & ((streets.private & np.uint8(usable)) != 0)
    if not own.any():
        return None
    if streets.drawn is None:
        level, region = _levels(streets, open_, own)
    else:
        # What serves only who lives there is so as it was built: a street more takes nobody's
        # right away.
        level, region = _levels(streets, open_ & ~streets.drawn, own)
        level = np.where(open_ & streets.drawn, _drawn_levels(streets, level), level)
    if not (level > 0).any():
        return None
    return _layered(streets, segment_ms, level, region)


def _levels(
    streets: Streets, open_: npt.NDArray[np.bool_], own: npt.NDArray[np.bool_]
) -> tuple[Whole, Whole]:
    """Return the level of each open segment, -1 of others; and the region of each."""
    ends, count = streets.segment_nodes.astype(np.int64), len(streets.node_xy)
    # A node has a public and a private side, each with a region of its own.
    side = ends + count * own[:, None]
    some = np.flatnonzero(open_)
    _, region = connected_components(_matrix(side[some].T, 2 * count), directed=False)
    met = np.zeros(2 * count, dtype=np.bool_)
    met[side[some]] = True
    border = np.flatnonzero(met[:count] & met[count:])
    regions = int(region.max()) + 1
    pairs = np.stack([region[border], region[border + count]])
    _, world = connected_components(_matrix(pairs, regions), directed=False)
    of = region[side[:, 0]]
    metres = np.bincount(of[some], streets.length_m[some], minlength=regions)
    private = np.zeros(regions, dtype=np.bool_)
    private[of[own]] = True
    there = np.zeros(regions, dtype=np.bool_)
    there[of[some]] = True
    # Of each world the largest public region; where there is none, the private one.
    order = np.lexsort((-metres, private, world, ~there))
    order = order[: int(there.sum())]
    _, first = np.unique(world[order], return_index=True)
    depth = _depths(pairs, regions, order[first])
    return np.where(open_, depth[of], _NOWHERE), of


def _drawn_levels(streets: Streets, level: Whole) -> Whole:
    """Return the levels of drawn streets: the lowest of what they and their like there meet."""
    ends, count = streets.segment_nodes.astype(np.int64), len(streets.node_xy)
    high = int(level.max(initial=0)) + 1
    lowest = np.full(count, high, dtype=np.int64)
    built = np.flatnonzero(level >= 0)
    np.minimum.at(lowest, ends[built].ravel(), np.repeat(level[built], 2))
    drawn = ends if streets.drawn is None else ends[streets.drawn]
    _, part = connected_components(_matrix(drawn.T, count), directed=False)
    least = np.full(count, high, dtype=np.int64)
    np.minimum.at(least, part, lowest)
    found = least[part[ends[:, 0]]]
    return np.where(found == high, 0, found)


def _depths(pairs: Whole, count: int, roots: Whole) -> Whole:
    """Return how many steps each region is from the roots."""
    down = np.stack([np.full(len(roots), count), roots])
    matrix = _matrix(np.concatenate([pairs, pairs[::-1], down], axis=1), count + 1)
    order, before = breadth_first_order(matrix, count, directed=True)
    depth = np.full(count + 1, -1, dtype=np.int64)
    for region in order[1:].tolist():
        depth[region] = depth[before[region]] + 1
    return depth[:count]


def _layered(
    streets: Streets, segment_ms: npt.NDArray[np.int32], level: Whole, region: Whole
) -> tuple[Streets, npt.NDArray[np.int32], Split]:
    ends, count = streets.segment_nodes.astype(np.int64), len(streets.node_xy)
    levels = int(level.max()) + 1
    upper = np.flatnonzero(level > 0)
    lowest = np.full(count, levels, dtype=np.int64)
    for_all = np.flatnonzero(level >= 0)
    np.minimum.at(lowest, ends[for_all].ravel(), np.repeat(level[for_all], 2))
    # Copies stand for a node at a level, sorted: on the way down, then as many on the way up.
    wanted = ends[upper] * levels + level[upper, None]
    if streets.drawn is None:
        wanted = wanted[~_only_gates(lowest[ends[upper]], region[upper])]
    key = np.unique(wanted)
    copies = len(key)
    origin, at_level = np.divmod(key, levels)
    begin, end = (
        np.searchsorted(origin, np.arange(count)),
        np.searchsorted(origin, np.arange(count), side="right"),
    )
    # Segment, from and to node of each copy, and what it costs along and against.
    made: dict[tuple[int, int, int], list[int]] = {}
    number = {one: i for i, one in enumerate(key.tolist())}
    for s in upper.tolist():
        mine = int(level[s])
        for way in range(2):
            cost = int(segment_ms[s, way])
            if cost == NEVER_MS:
                continue
            u, v = int(ends[s, way]), int(ends[s, 1 - way])
            at_u = number.get(u * levels + mine)
            found: list[tuple[int, int]] = []
            tails: list[int] = []
            if at_u is not None:
                # Down: to this level at the other end, and to all below it there.
                found += [
                    (count + at_u, count + k)
                    for k in range(int(begin[v]), int(end[v]))
                    if at_level[k] <= mine
                ]
                if lowest[v] == 0:
                    found.append((count + at_u, v))
                tails.append(count + copies + at_u)
            # Up: from there on to this level and to all above.
            if lowest[u] == 0:
                tails.append(u)
            elif lowest[u] < mine:
                tails.append(count + int(begin[u]))
            found += [
                (tail, count + copies + k)
                for tail in tails
                for k in range(int(begin[v]), int(end[v]))
                if at_level[k] >= mine
            ]
            for tail, head in found:
                ends_of = (tail, head) if way == 0 else (head, tail)
                # Both ways between two copies are one segment, so that it is one part.
                made.setdefault((s, *ends_of), [NEVER_MS, NEVER_MS])[way] = cost
    plain = segment_ms.copy()
    plain[upper] = NEVER_MS
    both = np.concatenate([origin, origin]).astype(np.int32)
    stands = at_level == lowest[origin]
    rows = np.array(list(made), dtype=np.int32).reshape(-1, 3)
    ms = np.array(list(made.values()), dtype=np.int32).reshape(-1, 2)
    # Copies on the way up stand together: searches from public streets need no others.
    order = np.argsort(rows[:, 1:].max(axis=1) < count + copies, kind="stable")
    rows, ms = rows[order], ms[order]
    kept = Split(
        nodes=count,
        ends=streets.segment_nodes,
        origin=both,
        counts=np.concatenate([stands, stands]),
        parent=np.ascontiguousarray(rows[:, 0]),
        copy_ends=np.ascontiguousarray(rows[:, 1:]),
    )
    costs = np.concatenate([plain, ms])
    return kept.over(streets), costs, kept


def _only_gates(lowest: Whole, region: Whole) -> npt.NDArray[np.bool_]:
    """Return which ends of segments are all that leads from their region to public streets.

    Who is at such a crossing goes in or comes out by that one segment, so nobody is there as
    one within the region, and it needs no copy of its own: most drives are dead ends.

    Parameters
    ----------
    lowest
        Lowest level at both ends of each segment above level 0, shape ``(s, 2)``.
    region
        Region of each.
    """
    gate = lowest == 0
    gates = np.bincount(region, gate.sum(axis=1), minlength=int(region.max()) + 1)
    return gate & (gates[region] == 1)[:, None]


def _matrix(pairs: Whole, count: int) -> csr_array:
    ones = np.ones(pairs.shape[1], dtype=np.int8)
    return coo_array((ones, (pairs[0], pairs[1])), shape=(count, count)).tocsr()
