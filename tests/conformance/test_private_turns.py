"""Private drives with banned turns and turns that take time, against trying every way."""

import heapq
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sandbox.analysis.route import route
from sandbox.engine.matrix import matrix
from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.geo import crs as geo
from sandbox.streets.modes import Access
from sandbox.streets.streets import Turns
from sandbox.streets.travel import Travel
from sandbox.units import NEVER_MS
from tests.conformance.test_turns import (
    banned_sequences,
    bent,
    moves_of,
    table,
    towns,
    turning,
)
from tests.support.worlds import layers_of, streets

FAR_MS = 7_200_000


def slow_private_times(made, rules, ms, start, seconds):
    """Return the time of each node by every sequence of moves that the rules allow.

    A way goes down the layers of the streets first, and up afterwards. What counts at a
    crossing are the streets up to the layer of the turn.
    """
    u_turn_s, left_s, right_s, straight_s = seconds
    out, bans = moves_of(made, ms), None
    bans = banned_sequences(made, rules, out)
    longest = max((len(ban) for ban in bans), default=3)
    layer, home = layers_of(made, (ms != NEVER_MS).any(axis=1), int(Access.DRIVE))
    best, seen = np.full(len(made.node_xy), np.inf), set()
    number = 0
    queue = []
    for node, at, came, begun in start:
        queue.append((at, number, node, came, begun, False))
        number += 1
    heapq.heapify(queue)
    while queue:
        at, _, node, came, now, up = heapq.heappop(queue)
        if (node, came, now, up) in seen:
            continue
        seen.add((node, came, now, up))
        if not up or home[node] >= now:
            best[node] = min(best[node], at)
        for s, _, head, cost in out.get(node, []):
            then = int(layer[s])
            if up and then < now:
                continue
            way = (*came, head)
            if any(way[-n:] in bans for n in range(3, longest + 1) if len(way) >= n):
                continue
            turn = 0
            if len(came) > 1:
                high = max(then, now)
                exits = {h for k, _, h, _ in out[node] if layer[k] <= high}
                meet = exits | {
                    tail
                    for tail, moves in out.items()
                    for k, _, h, _ in moves
                    if h == node and layer[k] <= high
                }
                if head == came[-2]:
                    if len(exits) == 2:
                        continue
                    turn = u_turn_s if len(exits) > 2 else 0
                elif len(meet) > 2:
                    angle = bent(made, came, head)
                    turn = left_s if angle > 45 else right_s if angle < -45 else straight_s
            one = (at + cost + turn * 1000, number, head, way[-(longest - 1) :], then)
            heapq.heappush(queue, (*one, up or then > now))
            number += 1
    return best, layer


@st.composite
def estates(draw):
    """Return a small town in which some streets are private, and its rules."""
    made, rules = draw(towns())
    own = draw(st.lists(st.integers(0, len(made.access) - 1), min_size=1, max_size=8))
    private = np.zeros(len(made.access), dtype=np.uint16)
    private[own] = made.access[own] & np.uint16(Access.DRIVE)
    return replace(made, private=private), rules


def begun(made, plain, layer, home, start):
    """Return where and when a way begins: node, time, nodes that it came by, and its layer."""
    a, b = made.segment_nodes[start.segment].tolist()
    f, (ahead, back) = start.fraction, plain[start.segment].tolist()
    if f in (0.0, 1.0):
        at = a if f == 0.0 else b
        return [(at, 0, (at,), int(home[at]))]
    own = int(layer[start.segment])
    seeds = []
    if ahead != NEVER_MS:
        seeds.append((b, int(np.rint((1 - f) * ahead)), (a, b), own))
    if back != NEVER_MS:
        seeds.append((a, int(np.rint(f * back)), (b, a), own))
    return seeds


COSTS = st.sampled_from([(20, 0, 0, 0), (0, 0, 0, 0), (20, 12, 5, 3), (60, 0, 9, 2)])


def speeds_of(seconds):
    return turning(*seconds) if any(seconds[1:]) else table(seconds[0])


@settings(deadline=None, max_examples=150)
@given(estates(), st.integers(0, 10_000), st.sampled_from([0.0, 0.3, 1.0]), COSTS, st.booleans())
def test_times_are_those_of_trying_every_way(town, pick, fraction, seconds, ban):
    made, rules = town
    if not ban:
        made, rules = replace(made, turns=None), []
    network = Network(made)
    travel = Travel("drive", slope="flat", speeds_file=speeds_of(seconds))
    flat = Travel("drive", slope="flat", speeds_file=table(0))
    plain = Network(replace(made, turns=None, private=None)).moving(flat).segment_ms
    usable = np.flatnonzero((plain != NEVER_MS).any(axis=1))
    s = int(usable[pick % len(usable)])
    a, b = made.node_xy[made.segment_nodes[s]]
    start = network.snap(tuple(a + fraction * (b - a)), 1.0, "drive")
    layer, home = layers_of(made, (plain != NEVER_MS).any(axis=1), int(Access.DRIVE))
    seeds = begun(made, plain, layer, home, start)
    want, _ = slow_private_times(made, rules, plain, seeds, seconds)
    found = search(network.moving(travel), start, FAR_MS)
    got = np.full(len(made.node_xy), np.inf)
    got[found.node] = found.node_ms
    assert len(set(found.node.tolist())) == len(found.node)
    assert (found.segment < len(made.segment_nodes)).all()
    steps_ms = network.moving(travel).walk_ms(start.distance_m)
    np.testing.assert_array_equal(got - steps_ms, want)


@settings(deadline=None, max_examples=50)
@given(estates(), st.integers(0, 10_000), st.integers(0, 10_000), COSTS)
def test_ways_matrix_and_field_agree_there_and_back(town, one, other, seconds):
    made, _ = town
    network = Network(made)
    there = Travel("drive", slope="flat", speeds_file=speeds_of(seconds))
    graph, back = network.moving(there), network.moving(replace(there, towards=True))
    usable = np.flatnonzero(made.access & int(Access.DRIVE))
    places = []
    for pick, f in ((one, 0.35), (other, 0.8)):
        s = int(usable[pick % len(usable)])
        a, b = made.node_xy[made.segment_nodes[s]]
        places.append(network.snap(tuple(a + f * (b - a)), 1.0, "drive"))
    start, end = places
    assume(start.segment != end.segment)
    ms = search(graph, start, FAR_MS).times_ms(end.as_many())[0]
    home = search(back, end, FAR_MS).times_ms(start.as_many())[0]
    step_ms = [graph.walk_ms(place.distance_m) for place in places]
    assert home - step_ms[1] == ms - step_ms[0] or (np.isinf(ms) and np.isinf(home))
    doors = start.as_many(), np.array([0, 1]), end.as_many(), np.array([0])
    table_ms = matrix(graph, *doors, 1, FAR_MS)[0][0, 0]
    if np.isinf(ms):
        assert np.isnan(table_ms)
        return
    assert table_ms == ms + step_ms[1]
    lonlat = [tuple(map(float, geo.to_lonlat(at.xy, network.crs))) for at in places]
    told = route(network, *lonlat, there)
    assert told.minutes * 60_000 == pytest.approx(ms, abs=0.5)


def test_who_turned_behind_a_ban_does_not_turn_again_at_will():
    # 0 - 1 - 4 - 5, the middle private, so 4 - 5 lies behind it; by 0, 1, 4 nobody goes on to 5.
    # At 4 one may turn, for in the drive that is an end; but not at 1 once more to come to 5 from
    # there: no crossing for who comes out of the drive, who may not go back to the public street.
    made = streets(
        [(30, 30), (60, 30), (60, 60), (30, 60), (90, 30), (120, 30)],
        [(0, 1), (0, 3), (1, 4), (3, 2), (4, 5)],
        access=[int(Access.WALK | Access.DRIVE)] * 5,
        private=[0, 0, int(Access.DRIVE), 0, 0],
    )
    at = {tuple(xy): number for number, xy in enumerate((made.node_xy - made.node_xy[0]).tolist())}
    by = [at[xy] for xy in ((0, 0), (30, 0), (60, 0), (90, 0))]
    ban = Turns(np.array([0, 4], np.int32), np.array(by, np.int32), np.array([False]))
    made = replace(made, turns=ban)
    network = Network(made)
    travel = Travel("drive", slope="flat", speeds_file=table(20))
    start = network.snap(tuple(made.node_xy[0]), 1.0, "drive")
    reached = search(network.moving(travel), start, FAR_MS).node.tolist()
    assert set(range(6)) - set(reached) == {by[3]}
    free = Network(replace(made, turns=None))
    assert by[3] in search(free.moving(travel), start, FAR_MS).node.tolist()
