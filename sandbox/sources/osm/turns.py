"""Turn restrictions as OpenStreetMap has them: relations of ways and what lies between.

The rules for tags and members are those of the wiki's page *Relation:restriction*. It wants
ways cut where one turns. Where one isn't, two approaches or exits lie along it, and the rule
is about one of them: the one that can be driven, else the one to which its words fit, as in
`no_left_turn`. Where that leaves several, the rule is left out and told; to ban them all would
close turns that nobody banned.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.streets.streets import Turns

_U_TURN: Final = "u_turn"
_KEYS: Final = ("restriction:motorcar", "restriction:motor_vehicle", "restriction")
_CARS: Final = frozenset({"motorcar", "motor_vehicle"})
# By how much one's heading changes, degrees to the left, in turns that a rule names.
_FITS: Final = {
    "left_turn": lambda left: left > 15.0,
    "right_turn": lambda left: left < -15.0,
    "straight_on": lambda left: abs(left) < 45.0,
    _U_TURN: lambda left: abs(left) > 135.0,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A restriction for cars.

    Attributes
    ----------
    relation
        Id of the relation.
    only
        Whether one must go that way; else one must not.
    turn
        What it says of the turn, such as ``left_turn``.
    from_way, to_way
        Ids of the ways one comes by and would go on by.
    via_node
        Id of the crossing; None where ways lie between.
    via_ways
        Ids of those, in any order.
    """

    relation: int
    only: bool
    turn: str
    from_way: int
    to_way: int
    via_node: int | None
    via_ways: tuple[int, ...]


def rules(
    relation: int, tags: Mapping[str, str], members: Iterable[tuple[str, int, str]]
) -> list[Rule]:
    """Return the turns that a relation forbids or orders for cars; nothing for other relations.

    Several ways to come by, or to go on by, make a rule each. Members are type, id and role.
    """
    told = next((tags[key] for key in _KEYS if key in tags), "")
    if tags.get("type") != "restriction" or not told.startswith(("no_", "only_")):
        return []
    if _CARS & {part.strip() for part in tags.get("except", "").split(";")}:
        return []
    ways: dict[str, list[int]] = {"from": [], "to": [], "via": []}
    nodes: list[int] = []
    for kind, ref, role in members:
        if kind == "w" and role in ways:
            ways[role].append(ref)
        elif kind == "n" and role == "via":
            nodes.append(ref)
    if bool(nodes) == bool(ways["via"]) or len(nodes) > 1:
        return []
    return [
        Rule(
            relation,
            told.startswith("only_"),
            told.partition("_")[2],
            one,
            other,
            nodes[0] if nodes else None,
            tuple(ways["via"]),
        )
        for one in ways["from"]
        for other in ways["to"]
    ]


@dataclass(frozen=True, slots=True)
class Found:
    """Rules as sequences of nodes, and the relations of those that were left out.

    Attributes
    ----------
    turns
        Sequences of nodes; None where there are none.
    apart
        Relations whose ways are not all there, or do not meet as they say.
    unclear
        Relations that fit several turns, as a way isn't cut where they say one turns.
    """

    turns: Turns | None
    apart: list[int]
    unclear: list[int]


def turns(
    told: Sequence[Rule],
    ways: Mapping[int, Sequence[int]],
    driven: Collection[tuple[int, int]],
    lonlat: npt.NDArray[np.float64],
) -> Found:
    """Return rules as sequences of nodes.

    Parameters
    ----------
    told
        Rules.
    ways
        Nodes of the ways that they name, by the ways' ids.
    driven
        Pairs of neighbours on these ways, the way round that cars may drive.
    lonlat
        Where the nodes lie.
    """
    kept: list[tuple[bool, list[int]]] = []
    found = Found(None, [], [])
    for rule in told:
        there = {rule.from_way, rule.to_way, *rule.via_ways} <= ways.keys()
        fitting = _sequences(rule, ways) if there else []
        if not fitting:
            found.apart.append(rule.relation)
            continue
        # Within a way that is not cut, turning round is going back alone: from either side.
        if len(fitting) > 1 and not _turns_round_within(rule):
            # What nobody can drive needs no rule.
            fitting = [one for one in fitting if all(pair in driven for pair in pairwise(one))]
            if len(fitting) > 1:
                fitting = [one for one in fitting if _fits(rule.turn, lonlat[one])]
                if len(fitting) != 1:
                    found.unclear.append(rule.relation)
                    continue
        kept += [(rule.only, one) for one in fitting]
    if not kept:
        return found
    nodes = [node for _, sequence in kept for node in sequence]
    made = Turns(
        offsets=np.cumsum([0, *(len(sequence) for _, sequence in kept)]).astype(np.int32),
        node=np.array(nodes, dtype=np.int32),
        only=np.array([only for only, _ in kept], dtype=np.bool_),
    )
    return Found(made, found.apart, found.unclear)


def _turns_round_within(rule: Rule) -> bool:
    return rule.turn == _U_TURN and rule.from_way == rule.to_way and not rule.via_ways


def _sequences(rule: Rule, ways: Mapping[int, Sequence[int]]) -> list[list[int]]:
    """Return what a rule may be about: nodes from one before a turn to one after it."""
    found: list[list[int]] = []
    for between in _between(rule, ways):
        before = _beside(ways[rule.from_way], between[0], between[1:2])
        after = _beside(ways[rule.to_way], between[-1], between[-2:-1])
        itself = rule.from_way == rule.to_way and len(before) > 1 and not rule.via_ways
        found += [
            [a, *between, b]
            for a, b in product(before, after)
            if not itself or (a == b) == (rule.turn == _U_TURN)
        ]
    return found


def _between(rule: Rule, ways: Mapping[int, Sequence[int]]) -> list[list[int]]:
    """Return the nodes from where one turns off to where one would turn on.

    There is one such way at most, unless ways aren't cut where they should be.
    """
    came, on = ways[rule.from_way], ways[rule.to_way]
    if rule.via_node is not None:
        return [[rule.via_node]] if rule.via_node in came and rule.via_node in on else []
    via = [ways[way] for way in rule.via_ways]
    starts = {way[at] for way in via for at in (0, -1)} & set(came)
    chains = [_chained(start, [list(way) for way in via]) for start in sorted(starts)]
    whole = [chain for chain in chains if chain is not None and chain[-1] in on]
    cut = [c for c in whole if c[0] in (came[0], came[-1]) and c[-1] in (on[0], on[-1])]
    return cut or whole


def _fits(turn: str, lonlat: npt.NDArray[np.float64]) -> bool:
    """Return whether a way over some places turns as a rule says."""
    if turn not in _FITS:
        return True
    east = np.cos(np.deg2rad(lonlat[0, 1]))
    (x, y), (to_x, to_y) = (np.diff(lonlat[[0, 1, -2, -1]], axis=0) * (east, 1.0))[[0, 2]]
    left = np.rad2deg(np.arctan2(x * to_y - y * to_x, x * to_x + y * to_y))
    return bool(_FITS[turn](left))


def _chained(start: int, left: list[list[int]]) -> list[int] | None:
    """Return ways end to end from a node, None where they don't hang together."""
    chain = [start]
    while left:
        for way in left:
            if chain[-1] in (way[0], way[-1]):
                left.remove(way)
                chain += way[1:] if way[0] == chain[-1] else way[-2::-1]
                break
        else:
            return None
    return chain


def _beside(way: Sequence[int], node: int, other: Sequence[int]) -> list[int]:
    """Return the nodes next to one on a way, but for the one that is passed anyway."""
    found = [
        way[j]
        for i, here in enumerate(way)
        if here == node
        for j in (i - 1, i + 1)
        if 0 <= j < len(way) and way[j] not in other
    ]
    return list(dict.fromkeys(found))
