"""Banned turns: what the source forbids, and streets in which no way runs through a ban.

A turn that is forbidden, at a crossing or along a street between two, makes the way one
came matter. There, and only there, crossings are copied: one copy for each approach that
bans begin with, and with fewer exits. Copies are ordinary nodes and segments, so one search
serves all modes, and those that know no bans pay nothing. States and exits follow from the
banned sequences as in the string matching of Aho and Corasick (1975); that one search then
serves sequences of any length is after Villeneuve and Desaulniers, The shortest path problem
with forbidden paths (2005).
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from heapq import heappop, heappush
from itertools import pairwise, product
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from sandbox.engine.split import Layers, Split
from sandbox.streets.streets import Streets
from sandbox.units import NEVER_MS

# Segment and way along it: 0 from its from-node, 1 against.
Move = tuple[int, int]
_LONGEST: Final = 64
_ON_IT_M: Final = 0.01


def split(
    streets: Streets,
    segment_ms: npt.NDArray[np.int32],
    u_turn_ms: int,
    layers: Layers | None = None,
) -> tuple[Streets, npt.NDArray[np.int32], Split]:
    """Return streets in which no way makes a banned turn, their costs, and what was copied.

    Who was kept from turning may go on and turn round farther off: at a dead end freely, at
    a crossing for `u_turn_ms`, in between not at all. That is held to for as long as turning
    round could be worth while.

    Parameters
    ----------
    streets
        With their bans in `turns`.
    segment_ms
        Cost along each segment and against it, as `Graph.segment_ms`.
    u_turn_ms
        What turning round at a crossing costs.
    layers
        Where the copies of streets begin, if there are any. Bans hold in all layers. Whether a
        node is a crossing follows from the streets up to the layer that a turn is in: a private
        drive makes no crossing for those who pass by.
    """
    moves = Moves(streets, segment_ms, layers)
    work = _Copies(streets, segment_ms, moves, Bans.of(moves), u_turn_ms)
    work.run()
    return work.result()


class Turning(NamedTuple):
    """What turning takes, milliseconds: round at a crossing, left, right, straight over one."""

    u_turn_ms: int
    left_ms: int = 0
    right_ms: int = 0
    straight_ms: int = 0


def copied(  # noqa: PLR0917
    streets: Streets,
    plain_ms: npt.NDArray[np.int32],
    origin: npt.NDArray[Any],
    parent: npt.NDArray[Any],
    ends: npt.NDArray[Any],
    ms: npt.NDArray[np.int32],
) -> tuple[Streets, npt.NDArray[np.int32], Split]:
    """Return streets and costs with copies after them, and what these are of.

    Parameters
    ----------
    streets, plain_ms
        The streets, and what is left of their costs.
    origin
        Node that each copied node stands for.
    parent
        Segment that each copied segment is part of; -1 for links that are no street.
    ends, ms
        From and to node of each copied segment, and its cost along and against.
    """
    origin, parent = origin.astype(np.int32), parent.astype(np.int32)
    ends = ends.astype(np.int32).reshape(-1, 2)
    street = parent >= 0
    climb_m = streets.climb_m
    if climb_m is not None:
        climb_m = np.concatenate([climb_m, np.where(street[:, None], climb_m[parent], 0)])
    made = replace(
        streets,
        node_xy=np.concatenate([streets.node_xy, streets.node_xy[origin]]),
        segment_nodes=np.concatenate([streets.segment_nodes, ends]),
        length_m=np.concatenate([streets.length_m, np.where(street, streets.length_m[parent], 0)]),
        street_class=np.concatenate([streets.street_class, streets.street_class[parent]]),
        structure=np.concatenate([streets.structure, streets.structure[parent]]),
        access=np.concatenate([streets.access, streets.access[parent]]),
        name=np.concatenate([streets.name, streets.name[parent]]),
        climb_m=climb_m,
        turns=None,
    )
    counts = np.ones(len(origin), dtype=np.bool_)
    kept = Split(len(streets.node_xy), streets.segment_nodes, origin, counts, parent, ends)
    return made, np.concatenate([plain_ms, ms]), kept


class Moves:
    """Which moves lead where.

    Attributes
    ----------
    streets
        Whose moves they are.
    segment, way
        Segment and way along it of each move, in the order of the nodes that they leave.
    offsets
        First move of each node, int64, shape ``(n + 1,)``.
    below
        The moves of the streets before there were copies; these themselves where there are none.
    own_segment, own_node
        What each segment and node is there, int64.
    level
        Layer of each segment, int64.
    segment_ms
        What they cost.
    """

    def __init__(
        self, streets: Streets, segment_ms: npt.NDArray[np.int32], layers: Layers | None = None
    ) -> None:
        self.streets, self.segment_ms = streets, segment_ms
        self.below: Moves = self
        self.own_segment, self.own_node = (
            np.arange(len(made), dtype=np.int64) for made in (segment_ms, streets.node_xy)
        )
        self.level = np.zeros(len(segment_ms), dtype=np.int64)
        if layers is not None:
            self.below, self.level = Moves(layers.below, layers.below_ms), layers.level
            kept = layers.split
            self.own_segment[kept.segments :] = kept.parent
            self.own_node[kept.nodes :] = kept.origin
        self._ends = streets.segment_nodes
        self._xy = streets.node_xy
        ahead = np.flatnonzero(segment_ms[:, 0] != NEVER_MS)
        back = np.flatnonzero(segment_ms[:, 1] != NEVER_MS)
        tail = np.concatenate([self._ends[ahead, 0], self._ends[back, 1]])
        order = np.argsort(tail, kind="stable")
        self.segment: npt.NDArray[np.int64] = np.concatenate([ahead, back])[order]
        self.way = np.repeat([0, 1], [len(ahead), len(back)])[order]
        self.offsets = np.zeros(len(streets.node_xy) + 1, dtype=np.int64)
        np.cumsum(np.bincount(tail, minlength=len(streets.node_xy)), out=self.offsets[1:])
        self._numbers = np.full(self._ends.shape, -1, dtype=np.int64)
        self._numbers[self.segment, self.way] = np.arange(len(order))

    def number(self, move: Move) -> int:
        """Return where a move stands among all."""
        return int(self._numbers[move])

    def move(self, number: int) -> Move:
        """Return the move that stands there."""
        return int(self.segment[number]), int(self.way[number])

    def tail(self, move: Move) -> int:
        """Return the node that a move leaves."""
        return int(self._ends[move[0], move[1]])

    def head(self, move: Move) -> int:
        """Return the node that a move comes to."""
        return int(self._ends[move[0], 1 - move[1]])

    def out(self, node: int) -> list[Move]:
        """Return the moves that leave a node."""
        at = slice(int(self.offsets[node]), int(self.offsets[node + 1]))
        return list(zip(self.segment[at].tolist(), self.way[at].tolist(), strict=True))

    def own(self, move: Move) -> Move:
        """Return what a move is without layers."""
        return int(self.own_segment[move[0]]), move[1]

    def alike(self, own: Collection[Move]) -> npt.NDArray[np.int64]:
        """Return the numbers of the moves that are some of those without layers."""
        wanted = [self.below.number(move) for move in own]
        numbers = self.below._numbers[self.own_segment[self.segment], self.way]
        return np.flatnonzero(np.isin(numbers, wanted))

    def exits(self, move: Move, *, above: bool = False) -> int:
        """Return to how many places one gets on from where a move leads, in its layer.

        With `above` those of all layers count: what one comes to and can't go back from.
        """
        below = self.below
        level = int(self.level.max()) if above else int(self.level[move[0]])
        at = int(self.own_node[self.head(move)])
        # Segments keep their numbers, so the layer of one stands at the same place.
        return len({below.head(m) for m in below.out(at) if self.level[m[0]] <= level})

    def between(self, a: int, b: int) -> list[tuple[Move, ...]]:
        """Return the moves from a node straight to another, over what a street was cut into."""
        found: list[tuple[Move, ...]] = [(m,) for m in self.out(a) if self.head(m) == b]
        if found:
            return found
        start, end = self._xy[a], self._xy[b]
        whole = float(np.hypot(*(end - start)))
        for first in self.out(a):
            way, at = [first], self.head(first)
            while at != b and self._lies_between(at, start, end, whole) and len(way) < _LONGEST:
                ahead = [m for m in self.out(at) if self._nearer(m, at, end)]
                if len(ahead) != 1:
                    break
                way.append(ahead[0])
                at = self.head(ahead[0])
            if at == b:
                found.append(tuple(way))
        return found

    def _lies_between(self, node: int, start: Any, end: Any, whole: float) -> bool:
        at = self._xy[node]
        detour = float(np.hypot(*(at - start)) + np.hypot(*(end - at))) - whole
        return whole > 0.0 and detour < _ON_IT_M

    def _nearer(self, move: Move, node: int, end: Any) -> bool:
        to, at = self._xy[self.head(move)], self._xy[node]
        straight = float(np.hypot(*(end - at)))
        rest = float(np.hypot(*(to - at)) + np.hypot(*(end - to))) - straight
        return rest < _ON_IT_M and float(np.hypot(*(to - at))) > 0.0


def _sequences(moves: Moves) -> Iterator[tuple[Move, ...]]:
    """Yield the banned sequences of moves; what only one exit may follow bans the others."""
    turns = moves.streets.turns
    if turns is None:
        return
    for k in range(len(turns.only)):
        nodes = turns.node[turns.offsets[k] : turns.offsets[k + 1]].tolist()
        steps = [moves.between(a, b) for a, b in pairwise(nodes)]
        if not all(steps):
            continue
        for chosen in product(*steps):
            # Of streets that were cut the pieces at the crossings count.
            between = tuple(move for step in chosen[1:-1] for move in step)
            before, last = (chosen[0][-1], *between), chosen[-1][0]
            if not turns.only[k]:
                yield (*before, last)
                continue
            kept = moves.head(last)
            for other in moves.out(moves.head(before[-1])):
                if moves.head(other) != kept and other != _back(before[-1]):
                    yield (*before, other)


def _back(move: Move) -> Move:
    return move[0], 1 - move[1]


class Bans:
    """Banned sequences as an automaton over moves, those without layers."""

    def __init__(self, sequences: Iterable[tuple[Move, ...]]) -> None:
        self.whole = {way for way in sequences if 2 <= len(way) <= _LONGEST}
        self.begun = {way[:n] for way in self.whole for n in range(1, len(way))}
        self.first = {way[0] for way in self.begun}
        self._longest = max((len(way) for way in self.whole), default=0)

    @classmethod
    def of(cls, moves: Moves) -> "Bans":
        """Return the bans of the streets of moves."""
        return cls(_sequences(moves.below))

    def after(self, came: tuple[Move, ...], move: Move) -> tuple[Move, ...] | None:
        """Return what still matters after a move, empty for nothing; None where it is banned."""
        way = (*came, move)[-self._longest :]
        tails = [way[n:] for n in range(len(way))]
        if any(tail in self.whole for tail in tails):
            return None
        return next((tail for tail in tails if tail in self.begun), ())


class _State(NamedTuple):
    """What of the way one came still matters.

    `came` are the moves that a ban may go on from, as they are without layers. Where it is
    empty only the last move counts: one may not turn back at will.
    """

    move: Move
    came: tuple[Move, ...] = ()


class _Exit(NamedTuple):
    """A move out of a state, what it costs, and what it leads to.

    `target` is None where one may forget how one came; else `held_ms` is what `_Copies` holds
    of that state.
    """

    move: Move
    cost_ms: int
    target: _State | None
    held_ms: int = -1


class _Copies:
    """Makes the copies: a node for each state, a segment for each exit from one.

    Who was kept from turning is held to the rules of turning round until that is no use any
    more. Past a first crossing, where one may turn for `u_turn_ms`, turning farther on is no
    better once going on and coming back to that crossing takes as long; and past a one-way
    street there is no coming back. So each state holds the least time, over all ways to it,
    for going on from the first crossing and coming back, or -1 before that crossing. Who
    turns at a crossing begins anew.
    """

    def __init__(
        self,
        streets: Streets,
        segment_ms: npt.NDArray[np.int32],
        moves: Moves,
        bans: Bans,
        u_turn_ms: int,
    ) -> None:
        self._streets, self._costs = streets, segment_ms
        self._moves, self._bans, self._u_turn_ms = moves, bans, u_turn_ms
        self._plain = segment_ms.copy()
        self._held: dict[_State, int] = {}
        self._number: dict[_State, int] = {}
        self._origin: list[int] = []
        self._parent: list[int] = []
        self._ends: list[tuple[int, int]] = []
        self._ms: list[tuple[int, int]] = []

    def run(self) -> None:
        """Lead every first move of a ban into its copy, and every copy on."""
        moves = self._moves
        begun = sorted(moves.move(number) for number in moves.alike(self._bans.first).tolist())
        firsts = [_State(move, (moves.own(move),)) for move in begun]
        self._hold(firsts)
        count = len(self._streets.node_xy)
        for state in self._held:
            self._number[state] = count + len(self._origin)
            self._origin.append(moves.head(state.move))
        for state in firsts:
            move = state.move
            self._add(move, moves.tail(move), self._number[state], int(self._costs[move]))
            self._plain[move] = NEVER_MS
        for state, held_ms in self._held.items():
            for one in self._exits(state, held_ms):
                head = moves.head(one.move)
                target = head if one.target is None else self._number[one.target]
                self._add(one.move, self._number[state], target, one.cost_ms)

    def _hold(self, firsts: list[_State]) -> None:
        """Find all states that ways through bans come to, and the least that each holds."""
        self._held = dict.fromkeys(firsts, -1)
        waiting = [(-1, number, state) for number, state in enumerate(firsts)]
        pushed = len(waiting)
        while waiting:
            held_ms, _, state = heappop(waiting)
            # Turning at a crossing begins anew, so a state may be come to with less later.
            if held_ms > self._held[state]:
                continue
            for one in self._exits(state, held_ms):
                if one.target is not None and one.held_ms < self._held.get(one.target, NEVER_MS):
                    self._held[one.target] = one.held_ms
                    heappush(waiting, (one.held_ms, pushed, one.target))
                    pushed += 1

    def result(self) -> tuple[Streets, npt.NDArray[np.int32], Split]:
        """Return streets and costs with the copies, and what they are of."""
        ms = np.array(self._ms, dtype=np.int32).reshape(-1, 2)
        origin, parent = np.array(self._origin), np.array(self._parent)
        return copied(self._streets, self._plain, origin, parent, np.array(self._ends), ms)

    def _exits(self, state: _State, held_ms: int) -> Iterator[_Exit]:
        moves, last = self._moves, state.move
        ways_on = moves.exits(last)
        crossing, alone = ways_on > 2, ways_on == 1
        if held_ms < 0 and not state.came and crossing:
            held_ms = 0
        back = _back(moves.own(last))
        for move in moves.out(moves.head(last)):
            own = moves.own(move)
            after = self._bans.after(state.came, own)
            if after is None:
                continue
            cost = int(self._costs[move])
            if own == back:
                if not (crossing or alone):
                    continue
                cost = min(cost + (0 if alone else self._u_turn_ms), NEVER_MS - 1)
                # A ban may be forgotten at a dead end. A node from which a street of a higher layer
                # leads on is no dead end: turning back there would open the banned street.
                dead = alone and moves.exits(last, above=True) == 1
                target = None if dead else _State(move)
                ahead_ms = -1
            else:
                ahead_ms = self._and_back(held_ms, move)
                target = None if ahead_ms >= self._u_turn_ms else _State(move)
            if after:
                yield _Exit(move, cost, _State(move, after))
            else:
                yield _Exit(move, cost, target, ahead_ms)

    def _and_back(self, held_ms: int, move: Move) -> int:
        """Return what is held after a move: what it and the way back over it take, if any."""
        moves = self._moves
        own = moves.own(move)
        back_ms = int(moves.below.segment_ms[_back(own)])
        if back_ms == NEVER_MS:
            return NEVER_MS
        return -1 if held_ms < 0 else min(held_ms + int(self._costs[move]) + back_ms, NEVER_MS)

    def _add(self, move: Move, tail: int, head: int, cost: int) -> None:
        segment, way = move
        self._parent.append(segment)
        self._ends.append((tail, head) if way == 0 else (head, tail))
        self._ms.append((cost, NEVER_MS) if way == 0 else (NEVER_MS, cost))
