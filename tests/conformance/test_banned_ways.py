"""Restrictions drawn at random over ways of any cut, read from a file, held against every way."""

import heapq
from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.geo import crs as geo
from sandbox.sources.osm.build import build_osm
from sandbox.streets.travel import Travel
from sandbox.units import NEVER_MS
from tests.support.osm_map import write_pbf

# Corners two hundred metres apart; streets along all rows and columns.
DRAWING = "A-B-C\n| | |\nD-E-F\n| | |\nG-H-I\n| | |\nJ-K-L"
ROWS = ["ABC", "DEF", "GHI", "JKL", "ADGJ", "BEHK", "CFIL"]
STREET = {"highway": "residential", "zone:traffic": "XX:urban"}
U_TURN_MS = 20_000


def drawn(seed):
    """Return ways, cut anywhere and drawn either way round, and restrictions for them."""
    pick = np.random.default_rng(seed)
    ways = {}
    for row in ROWS:
        cuts = [n for n in range(1, len(row) - 1) if pick.integers(0, 3)]
        for a, b in pairwise([0, *cuts, len(row) - 1]):
            name = row[a : b + 1]
            tags = dict(STREET)
            if not pick.integers(0, 6):
                tags["oneway"] = "yes"
            ways[name[::-1] if pick.integers(0, 2) else name] = tags
    rules = []
    for _ in range(pick.integers(1, 6)):
        members = _members(pick, list(ways))
        if members:
            kind = pick.choice(["no_left_turn", "no_u_turn", "no_straight_on", "only_right_turn"])
            rules.append(({"type": "restriction", "restriction": str(kind)}, members))
    return ways, rules


def _members(pick, ways):
    """Return a way, one to three that go on end to end, and the roles; None where none do."""
    chain = [str(pick.choice(ways))]
    end = chain[0][pick.integers(0, 2) - 1]
    first = end
    for _ in range(pick.integers(1, 4)):
        on = [way for way in ways if end in (way[0], way[-1]) and way != chain[-1]]
        if not on:
            break
        chain.append(str(pick.choice(on)))
        if len(chain) > 1:
            end = chain[-1][-1] if chain[-1][0] == end else chain[-1][0]
    if len(chain) == 1 or len(set(chain)) < len(chain):
        return None
    via = [("via", first)] if len(chain) == 2 else [("via", one) for one in chain[1:-1]]
    if pick.integers(0, 2):
        via.reverse()
    return [("from", chain[0]), *via, ("to", chain[-1])]


def sequences(ways, rules, out):
    """Return the sequences of corners that a rule bans."""
    banned = set()
    for tags, members in rules:
        (start,) = (name for role, name in members if role == "from")
        (end,) = (name for role, name in members if role == "to")
        via = [name for role, name in members if role == "via"]
        for way in walks(start, via, end):
            # Nobody comes along against one-way streets.
            if not all(pair in out for pair in pairwise(way)):
                continue
            if tags["restriction"].startswith("no_"):
                banned.add(way)
            else:
                last, before = way[-2], way[-3]
                banned |= {
                    (*way[:-1], b) for a, b in out if a == last and b not in (way[-1], before)
                }
    return banned


def walks(start, via, end):
    """Yield the corners passed from one before the first via to one after the last."""
    if len(via[0]) == 1:
        (at,) = via
        yield beside(start, at), at, beside(end, at)
        return
    for flip in range(2 ** len(via)):
        for order in [via] if len(via) == 1 else [via, via[::-1]]:
            names = [n[::-1] if flip >> k & 1 else n for k, n in enumerate(order)]
            whole = names[0]
            if any(a[-1] != b[0] for a, b in pairwise(names)):
                continue
            for name in names[1:]:
                whole += name[1:]
            if whole[0] in (start[0], start[-1]) and whole[-1] in (end[0], end[-1]):
                yield beside(start, whole[0]), *whole, beside(end, whole[-1])


def beside(way, at):
    return way[1] if way[0] == at else way[-2]


def slow_times(moves, banned, first):
    """Return the least time to each corner, by the whole way that one came."""
    around = {}
    for a, b in moves:
        around.setdefault(a, set()).add(b)
    longest = max(map(len, banned), default=2)
    best, seen = {}, set()
    queue = [(0, first, (first,))]
    while queue:
        now, here, came = heapq.heappop(queue)
        if (here, came) in seen:
            continue
        seen.add((here, came))
        best[here] = min(best.get(here, now), now)
        for there in around.get(here, ()):
            way = (*came, there)
            if any(way[-n:] in banned for n in range(3, longest + 1)):
                continue
            back = len(came) > 1 and came[-2] == there
            if back and len(around[here]) == 2:
                continue
            turning = U_TURN_MS if back and len(around[here]) > 2 else 0
            heapq.heappush(
                queue, (now + moves[here, there] + turning, there, way[-(longest - 1) :])
            )
    return best


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32 - 1), st.integers(0, 11))
def test_cars_keep_to_restrictions_as_trying_every_way_says(tmp_path_factory, seed, pick):
    ways, rules = drawn(seed)
    path = tmp_path_factory.mktemp("map") / "map.osm.pbf"
    placed = write_pbf(path, DRAWING, ways, rules=rules)
    network = Network(build_osm(path))
    letter = {}
    for name, place in placed.items():
        far = np.hypot(*(network.streets.node_xy - geo.to_metric(place, network.crs)).T)
        if far.min() < 1:
            letter[int(far.argmin())] = name
    travel = Travel("drive", slope="flat")
    plain_ms = Network(replace(network.streets, turns=None)).moving(travel).segment_ms
    moves = {}
    for s, (a, b) in enumerate(network.streets.segment_nodes.tolist()):
        for way, pair in enumerate(((a, b), (b, a))):
            if plain_ms[s, way] != NEVER_MS:
                moves[letter[pair[0]], letter[pair[1]]] = int(plain_ms[s, way])
    banned = sequences(ways, rules, moves)
    first = letter[pick % len(letter)]
    assume(any(first in pair for pair in moves))
    start = network.snap(tuple(network.streets.node_xy[pick % len(letter)]), 1.0, "drive")
    want = slow_times(moves, banned, first)
    found = search(network.moving(travel), start, 100 * 60_000)
    got = {letter[n]: ms for n, ms in zip(found.node.tolist(), found.node_ms.tolist(), strict=True)}
    assert got == want
