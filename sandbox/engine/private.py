"""Private drives: a first or last stretch for residents, and no way through.

Streets are connected in regions: public ones, and private ones between them. The largest
public region is of level 0, private regions at it of level 1, what is reached only through
these of level 2, and so on. A way goes down the levels first and up afterwards, never up and
then down again (as a valley), so nobody passes through a region that is neither theirs nor
their goal's. That is held by copies of nodes, one on the way down and one on the way up, and
only where there are private streets, so one search serves all and public streets pay nothing.

The streets as they were built decide which residents may use which drive. A street that was
drawn since then belongs to every level that it meets: it takes away nobody's right, and it lets
nobody through. A street that was closed since then still counts here, so that closing it opens
no drive.
"""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

from sandbox.engine.split import Layers, Split
from sandbox.streets.modes import Access
from sandbox.streets.streets import AccessBits, Streets
from sandbox.units import NEVER_MS

Whole = npt.NDArray[np.int64]
_NOWHERE: Final = -1


class _Rows(NamedTuple):
    """At which levels streets stand: a built one at its own, a drawn one at all that it meets."""

    segment: Whole
    level: Whole


def split(
    streets: Streets, segment_ms: npt.NDArray[np.int32], usable: Access, *, turning: bool = False
) -> Layers | None:
    """Return streets in which private ones are no way through, with their costs and copies.

    None where nobody's way could lead through a private street.

    Parameters
    ----------
    streets
        With the private bits of their segments.
    segment_ms
        Cost along each segment and against it, as `Graph.segment_ms`.
    usable
        The bits of the mode.
    turning
        Whether the way one came matters for how one goes on.
    """
    if streets.private is None:
        return None
    open_ = (segment_ms != NEVER_MS).any(axis=1)
    private = (streets.private & AccessBits(usable)) != 0
    if not (open_ & private).any():
        return None
    built = open_
    if streets.shut is not None:
        built = open_ | ((streets.shut & AccessBits(usable)) != 0)
    if streets.drawn is not None:
        built = built & ~streets.drawn
    own = built & private
    level, region = _levels(streets, built, own)
    if not (level > 0).any():
        return None
    rows = _Rows(np.flatnonzero(built), level[built])
    if streets.drawn is not None:
        more = _drawn_rows(streets, np.flatnonzero(open_ & streets.drawn), rows)
        rows = _Rows(*(np.concatenate(pair) for pair in zip(rows, more, strict=True)))
    # Who turns round at the gate of a region stays within, so copies are needed there as well.
    spared = streets.drawn is None and not turning
    return _layered(streets, segment_ms, rows, region if spared else None)


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
    # The largest public region of each connected part; where there is none, the private one.
    order = np.lexsort((-metres, private, world, ~there))
    order = order[: int(there.sum())]
    _, first = np.unique(world[order], return_index=True)
    depth = _depths(pairs, regions, order[first])
    return np.where(open_, depth[of], _NOWHERE), of


def _drawn_rows(streets: Streets, drawn: Whole, built: _Rows) -> _Rows:
    """Return drawn streets at every level of those that they and their like there meet."""
    ends, count = streets.segment_nodes.astype(np.int64), len(streets.node_xy)
    parts, part = connected_components(_matrix(ends[drawn].T, count), directed=False)
    levels = int(built.level.max(initial=0)) + 1
    meets = np.zeros((parts, levels), dtype=np.bool_)
    for side in range(2):
        meets[part[ends[built.segment, side]], built.level] = True
    # What meets no street is of the lowest.
    meets[~meets.any(axis=1), 0] = True
    which, level = np.nonzero(meets[part[ends[drawn, 0]]])
    return _Rows(drawn[which], level)


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
    streets: Streets, segment_ms: npt.NDArray[np.int32], rows: _Rows, region: Whole | None
) -> Layers:
    ends, count = streets.segment_nodes.astype(np.int64), len(streets.node_xy)
    levels = int(rows.level.max()) + 1
    above = rows.level > 0
    upper, upper_level = rows.segment[above], rows.level[above]
    lowest = _lowest(ends, rows, count, levels)
    # Level at which one is at a node: that of the built streets there, and what is below it.
    home = lowest
    if streets.drawn is not None:
        built = ~streets.drawn[rows.segment]
        home = _lowest(ends, _Rows(rows.segment[built], rows.level[built]), count, levels)
    # Copies stand for a node at a level, sorted: on the way down, then as many on the way up.
    wanted = ends[upper] * levels + upper_level[:, None]
    if region is not None:
        wanted = wanted[~_only_gates(lowest[ends[upper]], region[upper])]
    key = np.unique(wanted)
    copies = len(key)
    origin, at_level = np.divmod(key, levels)
    made, level_of = _ways(ends, segment_ms, _Rows(upper, upper_level), key, lowest, levels)
    plain = np.full_like(segment_ms, NEVER_MS)
    plain[rows.segment[~above]] = segment_ms[rows.segment[~above]]
    both = np.concatenate([origin, origin]).astype(np.int32)
    stands = at_level <= home[origin]
    told = origin << 32 | at_level << 2 | stands
    copied = np.array(list(made), dtype=np.int32).reshape(-1, 3)
    ms = np.array(list(made.values()), dtype=np.int32).reshape(-1, 2)
    # Copies on the way in are stored together, because searches from public streets need no others.
    order = np.argsort(copied[:, 1:].max(axis=1) < count + copies, kind="stable")
    copied, ms = copied[order], ms[order]
    kept = Split(
        nodes=count,
        ends=streets.segment_nodes,
        origin=both,
        counts=np.concatenate([stands, stands]),
        parent=np.ascontiguousarray(copied[:, 0]),
        copy_ends=np.ascontiguousarray(copied[:, 1:]),
        key=np.concatenate([told, told | 2]),
    )
    costs = np.concatenate([plain, ms])
    low = np.full(len(segment_ms), levels, dtype=np.int64)
    np.minimum.at(low, rows.segment, rows.level)
    level = np.concatenate([low, np.array(level_of, dtype=np.int64)[order]])
    return Layers(kept.over(streets), costs, kept, level, streets, segment_ms)


def _ways(  # noqa: PLR0917
    ends: Whole,
    segment_ms: npt.NDArray[np.int32],
    upper: _Rows,
    key: Whole,
    lowest: Whole,
    levels: int,
) -> tuple[dict[tuple[int, int, int], list[int]], list[int]]:
    """Return segment, from and to node of each copy with its costs, and their levels.

    Parameters
    ----------
    ends, segment_ms
        From and to node of each segment, and what it costs along and against.
    upper
        What stands above level 0.
    key
        The copies of nodes: node times `levels` plus level, sorted.
    lowest, levels
        Lowest level at each node, and how many there are.
    """
    count, copies = len(lowest), len(key)
    origin, at_level = np.divmod(key, levels)
    begin, end = (
        np.searchsorted(origin, np.arange(count), side=side) for side in ("left", "right")
    )
    made: dict[tuple[int, int, int], list[int]] = {}
    level_of: list[int] = []
    number = {one: i for i, one in enumerate(key.tolist())}
    for s, mine in sorted(zip(upper.segment.tolist(), upper.level.tolist(), strict=True)):
        for way in range(2):
            cost = int(segment_ms[s, way])
            if cost == NEVER_MS:
                continue
            u, v = int(ends[s, way]), int(ends[s, 1 - way])
            at_u = number.get(u * levels + mine)
            at_v = range(int(begin[v]), int(end[v]))
            found: list[tuple[int, int]] = []
            tails: list[int] = []
            if at_u is not None:
                # Down: to this level at the other end, and to all below it there.
                found += [(count + at_u, count + k) for k in at_v if at_level[k] <= mine]
                if lowest[v] == 0:
                    found.append((count + at_u, v))
                tails.append(count + copies + at_u)
            # Up: from there on to this level and to all above.
            if lowest[u] == 0:
                tails.append(u)
            elif lowest[u] < mine:
                tails.append(count + int(begin[u]))
            above = [count + copies + k for k in at_v if at_level[k] >= mine]
            found += [(tail, head) for tail in tails for head in above]
            for tail, head in found:
                ends_of = (tail, head) if way == 0 else (head, tail)
                # Both ways between two copies are one segment, so that it is one part.
                made.setdefault((s, *ends_of), [NEVER_MS, NEVER_MS])[way] = cost
                level_of += [mine] * (len(made) - len(level_of))
    return made, level_of


def _lowest(ends: Whole, rows: _Rows, count: int, levels: int) -> Whole:
    """Return the lowest level of the streets at each node, `levels` where there are none."""
    lowest = np.full(count, levels, dtype=np.int64)
    np.minimum.at(lowest, ends[rows.segment].ravel(), np.repeat(rows.level, 2))
    return lowest


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
