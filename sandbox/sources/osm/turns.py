"""Turn restrictions as OpenStreetMap has them: relations of ways and what lies between.

The rules for tags and members are those of the wiki's page *Relation:restriction*.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sandbox.streets.streets import Turns

_KEYS: Final = ("restriction:motorcar", "restriction:motor_vehicle", "restriction")
_CARS: Final = frozenset({"motorcar", "motor_vehicle"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A restriction for cars.

    Attributes
    ----------
    only
        Whether one must go that way; else one must not.
    u_turn
        Whether it is about turning round.
    from_way, to_way
        Ids of the ways one comes by and would go on by.
    via_node
        Id of the crossing; None where ways lie between.
    via_ways
        Ids of those, in any order.
    """

    only: bool
    u_turn: bool
    from_way: int
    to_way: int
    via_node: int | None
    via_ways: tuple[int, ...]


def rules(tags: Mapping[str, str], members: Iterable[tuple[str, int, str]]) -> list[Rule]:
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
            told.startswith("only_"),
            told.endswith("_u_turn"),
            one,
            other,
            nodes[0] if nodes else None,
            tuple(ways["via"]),
        )
        for one in ways["from"]
        for other in ways["to"]
    ]


def turns(told: Sequence[Rule], ways: Mapping[int, Sequence[int]]) -> Turns | None:
    """Return rules as sequences of nodes; None where there are none.

    A rule whose ways are not all there, or do not meet as it says, is left out.

    Parameters
    ----------
    told
        Rules.
    ways
        Nodes of the ways that they name, by the ways' ids.
    """
    found: list[tuple[bool, list[int]]] = []
    for rule in told:
        if not {rule.from_way, rule.to_way, *rule.via_ways} <= ways.keys():
            continue
        between = _between(rule, ways)
        if between is None:
            continue
        before = _beside(ways[rule.from_way], between[0], between[1:2])
        after = _beside(ways[rule.to_way], between[-1], between[-2:-1])
        # Within a way that was not cut at its crossing, to turn round is to go back alone.
        itself = rule.from_way == rule.to_way and len(before) > 1 and not rule.via_ways
        found += [
            (rule.only, [a, *between, b])
            for a in before
            for b in after
            if not itself or (a == b) == rule.u_turn
        ]
    if not found:
        return None
    nodes = [node for _, sequence in found for node in sequence]
    return Turns(
        offsets=np.cumsum([0, *(len(sequence) for _, sequence in found)]).astype(np.int32),
        node=np.array(nodes, dtype=np.int32),
        only=np.array([only for only, _ in found], dtype=np.bool_),
    )


def _between(rule: Rule, ways: Mapping[int, Sequence[int]]) -> list[int] | None:
    """Return the nodes from where one turns off to where one would turn on."""
    if rule.via_node is not None:
        met = rule.via_node in ways[rule.from_way] and rule.via_node in ways[rule.to_way]
        return [rule.via_node] if met else None
    left = [list(ways[way]) for way in rule.via_ways]
    for start in (ways[rule.from_way][0], ways[rule.from_way][-1]):
        chain = _chained(start, [list(way) for way in left])
        if chain is not None and chain[-1] in (ways[rule.to_way][0], ways[rule.to_way][-1]):
            return chain
    return None


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
