"""What turning takes: streets in which every move remembers how one came.

Where turning left, right or going straight on over a crossing takes time, what counts is from
which street one came and to which one goes. So each move along a street becomes an edge
between two nodes of its own, and each turn a link without length between two moves, as in
the line graph of Caldwell (On finding minimum routes in a network with turn penalties, 1961).
Links are no street: nobody begins or ends on them. Banned sequences of moves are left out,
with copies of moves that remember more, as in `sandbox.engine.turns`.
"""

from collections import deque
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sandbox.engine.split import Layers, Split
from sandbox.engine.turns import Bans, Move, Moves, Turning, copied
from sandbox.streets.streets import Streets
from sandbox.units import NEVER_MS

Longs = npt.NDArray[np.int64]
_STRAIGHT_RAD = np.pi / 4.0


class _Pairs(NamedTuple):
    """Turns: from one move to another, by their numbers, and what they take."""

    before: Longs
    after: Longs
    ms: Longs


def expand(
    streets: Streets,
    segment_ms: npt.NDArray[np.int32],
    turning: Turning,
    layers: Layers | None = None,
) -> tuple[Streets, npt.NDArray[np.int32], Split]:
    """Return streets in which turns take time and none is banned, their costs, and the copies.

    Parameters
    ----------
    streets
        With their bans in `turns`, if there are any.
    segment_ms
        Cost along each segment and against it, as `Graph.segment_ms`.
    turning
        What turns take. One turns round at crossings, at dead ends freely, and nowhere in
        between.
    layers
        Where the copies of streets begin, if there are any. Whether a node is a crossing follows
        from the streets up to the layer that a turn is in.
    """
    moves = Moves(streets, segment_ms, layers)
    segment, way = moves.segment.astype(np.int64), moves.way.astype(np.int64)
    ends = streets.segment_nodes.astype(np.int64)
    tail, head = ends[segment, way], ends[segment, 1 - way]
    pairs = _pairs(moves, tail, head, turning)
    # Numbers of moves, then of moves that remember more for the sake of bans.
    last = np.arange(len(segment))
    pairs, last = _without_bans(moves, Bans.of(moves), pairs, last)
    nodes, states = len(streets.node_xy), len(last)
    enters, leaves = nodes + np.arange(states), nodes + states + np.arange(states)
    # Streets first, then links.
    origin = np.concatenate([tail[last], head[last]])
    parent = np.concatenate([segment[last], np.full(len(pairs.ms), -1)])
    one = np.concatenate([enters, leaves[pairs.before]])
    other = np.concatenate([leaves, enters[pairs.after]])
    against = np.concatenate([way[last] == 1, np.zeros(len(pairs.ms), dtype=np.bool_)])
    cost = np.concatenate([segment_ms[segment[last], way[last]], pairs.ms])
    ms = np.full((len(parent), 2), NEVER_MS, dtype=np.int32)
    ms[np.arange(len(parent)), against.astype(np.int64)] = np.minimum(cost, NEVER_MS - 1)
    drawn = np.where(against[:, None], np.stack([other, one], 1), np.stack([one, other], 1))
    plain = np.full_like(segment_ms, NEVER_MS)
    return copied(streets, plain, origin, parent, drawn, ms)


def _pairs(moves: Moves, tail: Longs, head: Longs, turning: Turning) -> _Pairs:
    """Return every move with every one that may follow it, bans aside."""
    count = np.diff(moves.offsets)[head]
    before = np.repeat(np.arange(len(head)), count)
    within = np.arange(len(before)) - np.repeat(np.cumsum(count) - count, count)
    after = moves.offsets[head[before]] + within
    level = moves.level[moves.segment]
    exits, around = _meeting(moves, int(level.max(initial=0)))
    at = np.maximum(level[before], level[after]), moves.own_node[head[before]]
    segment = moves.own_segment[moves.segment]
    back = segment[before] == segment[after]
    kept = ~back | (exits[at] != 2)
    node_xy = moves.streets.node_xy
    ahead = node_xy[head] - node_xy[tail]
    first, then = ahead[before].T, ahead[after].T
    angle = np.arctan2(first[0] * then[1] - first[1] * then[0], (first * then).sum(axis=0))
    left, right = angle > _STRAIGHT_RAD, angle < -_STRAIGHT_RAD
    ms = np.select([left, right], [turning.left_ms, turning.right_ms], turning.straight_ms)
    ms = np.where(around[at] > 2, ms, 0)
    ms = np.where(back, np.where(exits[at] > 2, turning.u_turn_ms, 0), ms)
    return _Pairs(before[kept], after[kept], ms[kept])


def _meeting(moves: Moves, highest: int) -> tuple[Longs, Longs]:
    """Return to how many nodes one gets on from each, and how many streets join it with.

    By the streets up to each layer, the first axis; of the streets without layers.
    """
    below = moves.below
    segment, way = below.segment, below.way.astype(np.int64)
    ends = below.streets.segment_nodes.astype(np.int64)
    tail, head = ends[segment, way], ends[segment, 1 - way]
    nodes = len(below.streets.node_xy)
    exits, around = (np.empty((highest + 1, nodes), dtype=np.int64) for _ in range(2))
    for level in range(highest + 1):
        some = moves.level[segment] <= level
        one, other = tail[some], head[some]
        exits[level] = _neighbours(one, other, nodes)
        around[level] = _neighbours(
            np.concatenate([one, other]), np.concatenate([other, one]), nodes
        )
    return exits, around


def _neighbours(tail: Longs, head: Longs, nodes: int) -> Longs:
    """Return to how many different nodes moves lead from each node."""
    different = np.unique(tail * nodes + head)
    return np.bincount(different // nodes, minlength=nodes).astype(np.int64)


def _without_bans(moves: Moves, bans: Bans, pairs: _Pairs, last: Longs) -> tuple[_Pairs, Longs]:
    """Return turns without the banned ones, and the last move of each number there now is."""
    first = moves.alike(bans.first).tolist()
    if not first:
        return pairs, last
    free = ~np.isin(pairs.before, first)
    follow: dict[int, list[tuple[int, int]]] = {number: [] for number in first}
    for one, other, ms in zip(*(part[~free].tolist() for part in pairs), strict=True):
        follow[one].append((other, ms))
    # By the last move and what a ban may go on from: that tells moves without layers.
    numbers: dict[tuple[int, tuple[Move, ...]], int] = {
        (number, (moves.own(moves.move(number)),)): number for number in first
    }
    lasts = last.tolist()
    waiting, more = deque(numbers), list[tuple[int, int, int]]()
    while waiting:
        begun, came = waiting.popleft()
        at = numbers[begun, came]
        for other, ms in follow.get(begun) or _following(pairs, begun, follow):
            after = bans.after(came, moves.own(moves.move(other)))
            if after is None:
                continue
            target = other
            if len(after) > 1:
                if (other, after) not in numbers:
                    numbers[other, after] = len(lasts)
                    lasts.append(other)
                    waiting.append((other, after))
                target = numbers[other, after]
            more.append((at, target, ms))
    added = np.array(more, dtype=np.int64).reshape(-1, 3).T
    kept = (np.concatenate([part[free], new]) for part, new in zip(pairs, added, strict=True))
    return _Pairs(*kept), np.array(lasts)


def _following(
    pairs: _Pairs, number: int, follow: dict[int, list[tuple[int, int]]]
) -> list[tuple[int, int]]:
    """Return what may follow a move, and what that takes; each is looked for once."""
    at = slice(*np.searchsorted(pairs.before, [number, number + 1]).tolist())
    follow[number] = list(zip(pairs.after[at].tolist(), pairs.ms[at].tolist(), strict=True))
    return follow[number]
