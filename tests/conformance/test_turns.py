"""Banned turns, on small maps and against trying every sequence of moves."""

import heapq
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import LineString

from sandbox import paths
from sandbox.analysis.route import route
from sandbox.edits.street_edits import StreetEdit, StreetEdits, apply
from sandbox.engine import turns
from sandbox.engine.lengths import lengths_m
from sandbox.engine.matrix import matrix
from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.geo import crs as geo
from sandbox.sources.osm.build import build_osm
from sandbox.streets.modes import Access
from sandbox.streets.sandnet import load, save
from sandbox.streets.streets import Turns
from sandbox.streets.travel import Travel
from sandbox.units import NEVER_MS
from tests.support.osm_map import write_pbf
from tests.support.worlds import streets, world

CROSS = """
  C
  |
A-B-D
  |
  E
"""
# A zone says that they lie in a town; where there are few of them, they would else be driven
# faster than where there are more.
STREET = {"highway": "residential", "zone:traffic": "XX:urban"}
ROADS = dict.fromkeys(("AB", "BD", "BC", "BE"), STREET)
# Columns are 200 m apart.
RULE = {"type": "restriction"}


@cache
def table(u_turn_s):
    """Return a table of speeds with another cost for turning round."""
    import tempfile
    from pathlib import Path

    shipped = (paths.assets() / "speeds.toml").read_text("utf-8")
    file = Path(tempfile.mkdtemp()) / "speeds.toml"
    file.write_text(shipped.replace("u_turn_s = 20", f"u_turn_s = {u_turn_s}"), "utf-8")
    return str(file)


def built(tmp_path, drawing, ways, rules=()):
    placed = write_pbf(tmp_path / "map.osm.pbf", drawing, ways, rules=rules)
    return Network(build_osm(tmp_path / "map.osm.pbf")), placed


def metres(network, placed, start, end, u_turn_s=20, towards=False):
    """Return metres and minutes of the way by car between two letters."""
    travel = Travel("drive", speeds_file=table(u_turn_s), towards=towards)
    found = route(network, placed[start], placed[end], travel)
    return round(found.metres), found.minutes


def test_without_a_rule_one_turns(tmp_path):
    network, placed = built(tmp_path, CROSS, ROADS)
    assert network.streets.turns is None
    assert metres(network, placed, "A", "C")[0] == pytest.approx(400, abs=2)


@pytest.mark.parametrize("key", ["restriction", "restriction:motorcar"])
def test_a_banned_turn_is_gone_round_by_the_next_dead_end(tmp_path, key):
    rule = ({**RULE, key: "no_left_turn"}, [("from", "AB"), ("via", "B"), ("to", "BC")])
    network, placed = built(tmp_path, CROSS, ROADS, [rule])
    # Down to E and back rather than to D: 200 and 200 and 200 and 200 m.
    assert metres(network, placed, "A", "C")[0] == pytest.approx(200 + 400 + 200, abs=4)
    # Others may turn, and the same turn the other way round is none of the rule's.
    for start, end in (("E", "C"), ("D", "C"), ("C", "A"), ("A", "D"), ("A", "E")):
        assert metres(network, placed, start, end)[0] == pytest.approx(400, abs=2)


def test_what_only_one_exit_may_follow_bans_the_others(tmp_path):
    rule = (
        {**RULE, "restriction": "only_straight_on"},
        [("from", "AB"), ("via", "B"), ("to", "BD")],
    )
    network, placed = built(tmp_path, CROSS, ROADS, [rule])
    assert metres(network, placed, "A", "D")[0] == pytest.approx(400, abs=2)
    for end in "CE":
        assert metres(network, placed, "A", end)[0] == pytest.approx(200 + 400 + 200, abs=4)


@pytest.mark.parametrize(
    "tags",
    [
        {"restriction": "no_left_turn", "except": "bus;motorcar"},
        {"restriction:hgv": "no_left_turn"},
        {"restriction": "sometimes"},
        {"restriction": "no_left_turn", "type": "route"},
    ],
)
def test_rules_for_others_are_none(tmp_path, tags):
    rule = ({**RULE, **tags}, [("from", "AB"), ("via", "B"), ("to", "BC")])
    network, placed = built(tmp_path, CROSS, ROADS, [rule])
    assert metres(network, placed, "A", "C")[0] == pytest.approx(400, abs=2)


@pytest.mark.parametrize(
    "members",
    [
        [("from", "AB"), ("to", "BC")],
        [("from", "AB"), ("via", "D"), ("to", "BC")],
        [("from", "AB"), ("via", "B"), ("via", "D"), ("to", "BC")],
        [("via", "B"), ("to", "BC")],
    ],
)
def test_rules_that_do_not_hang_together_are_left_out(tmp_path, members):
    rule = ({**RULE, "restriction": "no_left_turn"}, members)
    network, _ = built(tmp_path, CROSS, ROADS, [rule])
    assert network.streets.turns is None


def test_who_may_not_turn_round_within_a_street_drives_straight_on(tmp_path):
    ways = dict.fromkeys(("ABD", "CBE"), STREET)
    rule = ({**RULE, "restriction": "no_u_turn"}, [("from", "ABD"), ("via", "B"), ("to", "ABD")])
    network, placed = built(tmp_path, CROSS, ways, [rule])
    for start, end in ("AD", "DA", "AC", "CD"):
        assert metres(network, placed, start, end)[0] == pytest.approx(400, abs=2)
    # Back the way one came, from either side.
    told = network.streets.turns
    firsts = [told.node[a:b].tolist() for a, b in pairwise(told.offsets.tolist())]
    assert len(firsts) == 2
    assert all(way[0] == way[2] for way in firsts)


TWO_ROADS = """
A-B-C
  |
  D
  |
E-F-G
"""


def test_a_u_turn_by_way_of_a_street_between_is_banned(tmp_path):
    ways = dict.fromkeys(("AB", "BC", "BDF", "EF", "FG"), STREET)
    rule = ({**RULE, "restriction": "no_u_turn"}, [("from", "AB"), ("via", "BDF"), ("to", "EF")])
    network, placed = built(tmp_path, TWO_ROADS, ways, [rule])
    # From A the street between may be taken, but not on to E: round by G's dead end.
    assert metres(network, placed, "A", "F")[0] == pytest.approx(600, abs=3)
    assert metres(network, placed, "A", "G")[0] == pytest.approx(800, abs=4)
    assert metres(network, placed, "A", "E")[0] == pytest.approx(800 + 400, abs=6)
    # Who comes from C, or begins on the street between, may.
    assert metres(network, placed, "C", "E")[0] == pytest.approx(800, abs=4)
    assert metres(network, placed, "D", "E")[0] == pytest.approx(400, abs=2)


def test_turning_round_costs_at_a_crossing_and_is_not_done_in_between(tmp_path):
    grid = """
  C H
  | |
A-B-D-I
  | |
  E J
"""
    ways = dict.fromkeys(("AB", "BD", "BC", "BE", "DH", "DI", "DJ"), STREET)
    rule = ({**RULE, "restriction": "no_left_turn"}, [("from", "AB"), ("via", "B"), ("to", "BC")])
    network, placed = built(tmp_path, grid, ways, [rule])
    # Free: over B to D, round, and back, 200 m each; or to E's dead end and back, as long.
    free, minutes = metres(network, placed, "A", "C", u_turn_s=0)
    assert free == pytest.approx(800, abs=4)
    # The crossing's turn costs 20 s, the dead end's nothing.
    assert metres(network, placed, "A", "C")[1] == pytest.approx(minutes, abs=0.02)
    without = {pair: ways[pair] for pair in ways if pair != "BE"}
    network, placed = built(tmp_path, grid.replace("  E J", "    J"), without, [rule])
    far, late = metres(network, placed, "A", "C")
    assert far == pytest.approx(800, abs=4)
    assert late == pytest.approx(minutes + 20 / 60, abs=0.02)


def test_who_turned_round_at_a_crossing_does_not_turn_again_before_the_next(tmp_path):
    grid = """
    C
    |
A-F-B
    |
    E-G
"""
    ways = dict.fromkeys(("AF", "FB", "BC", "BE", "EG"), STREET)
    rule = ({**RULE, "restriction": "no_left_turn"}, [("from", "AF"), ("via", "FB"), ("to", "BC")])
    network, placed = built(tmp_path, grid, ways, [rule])
    # To G's dead end and back, 400 and 800 and 200 m; not round at B and once more at F, 1,000 m.
    assert metres(network, placed, "A", "C", u_turn_s=0)[0] == pytest.approx(1400, abs=6)


def test_one_does_not_turn_round_for_nothing_just_past_a_crossing(tmp_path):
    """On to X, 500 m, and back costs the turn there; N, 100 m on, is no place to turn."""
    road = """
......Y
.......
.......
.C.....
AB....XN...Z
"""
    ways = dict.fromkeys(("AB", "BC", "BX", "XN", "NZ", "XY"), STREET)
    rule = ({**RULE, "restriction": "no_left_turn"}, [("from", "AB"), ("via", "B"), ("to", "BC")])
    network, placed = built(tmp_path, road, ways, [rule])
    found, minutes = metres(network, placed, "A", "C", u_turn_s=60)
    # 100 + 500 + 500 + 100 m at 25 km/h, and a minute for the turn.
    assert found == pytest.approx(1200, abs=6)
    assert minutes == pytest.approx(1.2 / 25 * 60 + 1, abs=0.02)


def test_rules_are_kept_in_the_network_file_and_told(tmp_path):
    rule = ({**RULE, "restriction": "no_left_turn"}, [("from", "AB"), ("via", "B"), ("to", "BC")])
    network, placed = built(tmp_path, CROSS, ROADS, [rule])
    save(network.streets, tmp_path / "town.sandnet")
    again = Network(load(tmp_path / "town.sandnet"))
    assert again.streets.turns.node.tolist() == network.streets.turns.node.tolist()
    assert metres(again, placed, "A", "C") == metres(network, placed, "A", "C")
    assert network.streets.provenance.report["turn_rules"] == 1


def test_a_rule_holds_where_a_drawn_path_cuts_its_street(tmp_path):
    rule = ({**RULE, "restriction": "no_left_turn"}, [("from", "AB"), ("via", "B"), ("to", "BC")])
    network, placed = built(tmp_path, CROSS, ROADS, [rule])
    (lon, lat), (to_lon, to_lat) = placed["A"], placed["B"]
    middle = (lon + to_lon) / 2, (lat + to_lat) / 2
    line = LineString([(middle[0], middle[1] - 1e-3), (middle[0], middle[1] + 1e-3)])
    edited = apply(network, StreetEdits((StreetEdit("path", line),)))
    assert len(edited.streets.segment_nodes) > len(network.streets.segment_nodes)
    assert metres(edited, placed, "A", "C") == metres(network, placed, "A", "C")


# --- against trying every sequence of moves --------------------------------------------------

SIDE = 4
DRIVE, AHEAD = int(Access.DRIVE | Access.WALK), int(Access.DRIVE_FORWARD | Access.WALK)


@st.composite
def towns(draw):
    """Return a small grid with one-ways, and rules of two to four moves drawn at random.

    Blocks are short and long, so that the next crossing is near or far.
    """
    blocks = st.lists(st.sampled_from([30.0, 100.0, 250.0]), min_size=SIDE, max_size=SIDE)
    x, y = np.cumsum(draw(blocks)), np.cumsum(draw(blocks))
    xy = [(x[n % SIDE], y[n // SIDE]) for n in range(SIDE * SIDE)]
    pairs = [(n, n + 1) for n in range(len(xy)) if n % SIDE < SIDE - 1]
    pairs += [(n, n + SIDE) for n in range(len(xy) - SIDE)]
    sparse = draw(st.sampled_from([1, 4]))
    kept = [pair for pair in pairs if draw(st.integers(0, 9)) > sparse]
    assume(len(kept) > 6)
    access = [draw(st.sampled_from([DRIVE, DRIVE, DRIVE, AHEAD])) for _ in kept]
    made = streets(xy, kept, access=access)
    assume((made.access & int(Access.DRIVE)).any())
    beside = {n: set() for n in range(len(made.node_xy))}
    for a, b in made.segment_nodes.tolist():
        beside[a].add(b)
        beside[b].add(a)
    rules = []
    for _ in range(draw(st.integers(1, 5))):
        way = [draw(st.integers(0, len(made.node_xy) - 1))]
        for _ in range(draw(st.integers(2, 4))):
            ahead = sorted(beside[way[-1]] - set(way[-2:-1]))
            if not ahead:
                break
            way.append(draw(st.sampled_from(ahead)))
        if len(way) >= 3:
            rules.append((draw(st.booleans()), way))
    assume(rules)
    named = Turns(
        np.cumsum([0, *(len(way) for _, way in rules)]).astype(np.int32),
        np.array([n for _, way in rules for n in way], dtype=np.int32),
        np.array([only for only, _ in rules]),
    )
    return replace(made, turns=named), rules


def moves_of(made, ms):
    found = {}
    for s, (a, b) in enumerate(made.segment_nodes.tolist()):
        for way, (tail, head) in enumerate(((a, b), (b, a))):
            if ms[s, way] != NEVER_MS:
                found.setdefault(tail, []).append((s, way, head, int(ms[s, way])))
    return found


def banned_sequences(made, rules, out):
    """Return the banned sequences of nodes; there are no parallel streets here."""
    found = set()
    drivable = {(tail, head) for tail, moves in out.items() for _, _, head, _ in moves}
    for only, way in rules:
        if not all(pair in drivable for pair in pairwise(way)):
            continue
        if not only:
            found.add(tuple(way))
            continue
        for _, _, other, _ in out.get(way[-2], []):
            if other not in (way[-1], way[-3]):
                found.add((*way[:-1], other))
    return found


def slow_times(made, rules, ms, start, u_turn_ms):
    """Return the time of each node from a street's start, by every sequence of moves.

    One turns round at crossings, for a time, and at dead ends, and nowhere in between.
    """
    out = moves_of(made, ms)
    bans = banned_sequences(made, rules, out)
    longest = max((len(ban) for ban in bans), default=2)
    best = np.full(len(made.node_xy), np.inf)
    queue = []
    for node, at, came in start:
        heapq.heappush(queue, (at, node, came))
    seen = set()
    while queue:
        at, node, came = heapq.heappop(queue)
        if (node, came) in seen:
            continue
        seen.add((node, came))
        best[node] = min(best[node], at)
        around = {head for _, _, head, _ in out.get(node, [])}
        for _, _, head, cost in out.get(node, []):
            way = (*came, head)
            if any(way[-n:] in bans for n in range(3, longest + 1) if len(way) >= n):
                continue
            back = len(came) > 1 and head == came[-2]
            if back and len(around) == 2:
                continue
            turning = u_turn_ms if back and len(around) > 2 else 0
            heapq.heappush(queue, (at + cost + turning, head, way[-(longest - 1) :]))
    return best


@settings(deadline=None, max_examples=200)
@given(
    towns(),
    st.integers(0, 10_000),
    st.sampled_from([0.0, 0.3, 0.5, 1.0]),
    st.sampled_from([0, 3, 20, 60]),
)
def test_every_crossing_has_the_time_of_trying_every_sequence(town, pick, fraction, u_turn_s):
    made, rules = town
    network = Network(made)
    travel = Travel("drive", slope="flat", speeds_file=table(u_turn_s))
    plain = Network(replace(made, turns=None)).moving(travel).segment_ms
    usable = np.flatnonzero((plain != NEVER_MS).any(axis=1))
    s = int(usable[pick % len(usable)])
    a, b = made.segment_nodes[s].tolist()
    at = made.node_xy[a] + fraction * (made.node_xy[b] - made.node_xy[a])
    start = network.snap(tuple(at), 1.0, "drive")
    a, b = made.segment_nodes[start.segment].tolist()
    f, (ahead, back) = start.fraction, plain[start.segment].tolist()
    seeds = []
    if min(f, 1 - f) * made.length_m[start.segment] < 0.05:
        # At a crossing one begins in any direction.
        at = a if f < 0.5 else b
        seeds, ahead, back = [(at, 0, (at,))], NEVER_MS, NEVER_MS
    if ahead != NEVER_MS:
        seeds.append((b, int(np.rint((1 - f) * ahead)), (a, b)))
    if back != NEVER_MS:
        seeds.append((a, int(np.rint(f * back)), (b, a)))
    want = slow_times(made, rules, plain, seeds, u_turn_s * 1000)
    found = search(network.moving(travel), start, 30 * 60_000)
    got = np.full(len(made.node_xy), np.inf)
    got[found.node] = found.node_ms
    assert len(set(found.node.tolist())) == len(found.node)
    assert (got == want).all()


@settings(deadline=None, max_examples=60)
@given(towns(), st.integers(0, 10_000), st.integers(0, 10_000), st.booleans())
def test_ways_matrix_and_field_agree_both_ways_where_turns_count(town, one, other, take_time):
    made, _ = town
    network = Network(made)
    speeds_file = turning(20, 12, 5, 3) if take_time else table(20)
    there = Travel("drive", slope="flat", speeds_file=speeds_file)
    graph, back = network.moving(there), network.moving(replace(there, towards=True))
    usable = np.flatnonzero(made.access & int(Access.DRIVE))
    places = []
    for pick, f in ((one, 0.35), (other, 0.8)):
        s = int(usable[pick % len(usable)])
        a, b = made.node_xy[made.segment_nodes[s]]
        places.append(network.snap(tuple(a + f * (b - a)), 1.0, "drive"))
    start, end = places
    assume(start.segment != end.segment)
    out = search(graph, start, 60 * 60_000)
    ms = out.times_ms(end.as_many())[0]
    home = search(back, end, 60 * 60_000).times_ms(start.as_many())[0]
    step_ms = [graph.walk_ms(place.distance_m) for place in places]
    assert home - step_ms[1] == ms - step_ms[0] or (np.isinf(ms) and np.isinf(home))
    offsets = np.array([0, 1])
    table_ms, table_m = matrix(
        graph, start.as_many(), offsets, end.as_many(), np.array([0]), 1, 60 * 60_000
    )
    if np.isinf(ms):
        assert np.isnan(table_ms[0, 0])
        return
    assert table_ms[0, 0] == ms
    length = lengths_m(graph, out, start.as_many(), end.as_many())[0]
    assert table_m[0, 0] == pytest.approx(length)
    lonlat = [tuple(map(float, geo.to_lonlat(at.xy, network.crs))) for at in places]
    told = route(network, *lonlat, there)
    assert told.minutes * 60_000 == pytest.approx(ms, abs=0.5)


@settings(deadline=None, max_examples=40)
@given(towns(), st.integers(0, 10_000))
def test_a_ban_makes_nothing_faster_and_feet_know_none(town, pick):
    made, _ = town
    network, free = Network(made), Network(replace(made, turns=None))
    usable = np.flatnonzero(made.access & int(Access.DRIVE))
    s = int(usable[pick % len(usable)])
    a, b = made.node_xy[made.segment_nodes[s]]
    start = network.snap(tuple((a + b) / 2), 1.0, "drive")
    for mode in ("drive", "walk"):
        travel = Travel(mode, slope="flat")
        times = []
        for one in (network, free):
            found = search(one.moving(travel), start, 30 * 60_000)
            at = np.full(len(made.node_xy), np.inf)
            at[found.node] = found.node_ms
            times.append(at)
        assert (times[0] >= times[1]).all()
        if mode == "walk":
            assert (times[0] == times[1]).all()


def test_streets_without_rules_are_split_into_nothing():
    made = world([(0, 0), (100, 0), (100, 100)], [(0, 1), (1, 2)], access=[DRIVE, DRIVE]).streets
    ms = np.full((2, 2), 1000, dtype=np.int32)
    whole, cost, kept = turns.split(made, ms, 0)
    assert len(whole.segment_nodes) == 2
    assert (cost == ms).all()
    assert len(kept.origin) == len(kept.parent) == 0


# --- what turning takes ------------------------------------------------------------------------


@cache
def turning(u_turn_s, left_s, right_s, straight_s, side="right"):
    """Return a table of speeds with times for turning."""
    import tempfile
    from pathlib import Path

    shipped = Path(table(u_turn_s)).read_text("utf-8")
    for key, value in (("left_s", left_s), ("right_s", right_s), ("straight_s", straight_s)):
        assert f"{key} = 0" in shipped
        shipped = shipped.replace(f"{key} = 0", f"{key} = {value}")
    shipped = shipped.replace('side = "right"', f'side = "{side}"')
    file = Path(tempfile.mkdtemp()) / "speeds.toml"
    file.write_text(shipped, "utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("start", "end", "side", "more_s"),
    [
        ("A", "C", "right", 12),
        ("A", "E", "right", 5),
        ("A", "D", "right", 3),
        ("C", "D", "right", 12),
        ("C", "A", "right", 5),
        ("A", "C", "left", 5),
        ("A", "E", "left", 12),
    ],
)
def test_a_turn_takes_its_seconds_at_a_crossing(tmp_path, start, end, side, more_s):
    network, placed = built(tmp_path, CROSS, ROADS)
    travel = Travel("drive", speeds_file=turning(20, 12, 5, 3, side))
    found = route(network, placed[start], placed[end], travel)
    # 400 m at 25 km/h, whichever way; the steps know it too.
    assert found.metres == pytest.approx(400, abs=2)
    assert found.minutes == pytest.approx(0.4 / 25 * 60 + more_s / 60, abs=0.01)
    # Beginning or ending at the crossing turns nowhere, and feet turn for nothing.
    half = route(network, placed["B"], placed[end], travel).minutes
    assert half == pytest.approx(0.2 / 25 * 60, abs=0.01)
    walk = Travel(speeds_file=turning(20, 12, 5, 3, side))
    assert route(network, placed[start], placed[end], walk).minutes == pytest.approx(5, abs=0.03)


def bent(made, came, head):
    """Return the angle of a turn, by nodes, in degrees: to the left positive."""
    a, b, c = (made.node_xy[n] for n in (*came[-2:], head))
    ahead, then = np.arctan2(*(b - a)[::-1]), np.arctan2(*(c - b)[::-1])
    return (np.degrees(then - ahead) + 180) % 360 - 180


def slow_turning_times(made, rules, ms, start, seconds):
    """Return the time of each node by every sequence of moves, turns counted."""
    u_turn_s, left_s, right_s, straight_s = seconds
    out = moves_of(made, ms)
    meet = {n: set() for n in range(len(made.node_xy))}
    for tail, moves in out.items():
        for _, _, head, _ in moves:
            meet[tail].add(head)
            meet[head].add(tail)
    bans = banned_sequences(made, rules, out)
    longest = max((len(ban) for ban in bans), default=3)
    best, seen = np.full(len(made.node_xy), np.inf), set()
    queue = [(at, node, came) for node, at, came in start]
    heapq.heapify(queue)
    while queue:
        at, node, came = heapq.heappop(queue)
        if (node, came) in seen:
            continue
        seen.add((node, came))
        best[node] = min(best[node], at)
        around = {head for _, _, head, _ in out.get(node, [])}
        for _, _, head, cost in out.get(node, []):
            way = (*came, head)
            if any(way[-n:] in bans for n in range(3, longest + 1) if len(way) >= n):
                continue
            turn = 0
            if len(came) > 1 and head == came[-2]:
                if len(around) == 2:
                    continue
                turn = u_turn_s if len(around) > 2 else 0
            elif len(came) > 1 and len(meet[node]) > 2:
                angle = bent(made, came, head)
                turn = left_s if angle > 45 else right_s if angle < -45 else straight_s
            heapq.heappush(queue, (at + cost + turn * 1000, head, way[-(longest - 1) :]))
    return best


@settings(deadline=None, max_examples=120)
@given(
    towns(),
    st.integers(0, 10_000),
    st.sampled_from([0.0, 0.3, 0.5, 1.0]),
    st.sampled_from([(20, 12, 5, 3), (0, 7, 0, 0), (60, 0, 9, 2)]),
    st.booleans(),
)
def test_times_with_turns_are_those_of_trying_every_sequence(town, pick, fraction, seconds, ban):
    made, rules = town
    if not ban:
        made, rules = replace(made, turns=None), []
    network = Network(made)
    travel = Travel("drive", slope="flat", speeds_file=turning(*seconds))
    flat = Travel("drive", slope="flat", speeds_file=table(0))
    plain = Network(replace(made, turns=None)).moving(flat).segment_ms
    usable = np.flatnonzero((plain != NEVER_MS).any(axis=1))
    s = int(usable[pick % len(usable)])
    a, b = made.segment_nodes[s].tolist()
    at = made.node_xy[a] + fraction * (made.node_xy[b] - made.node_xy[a])
    start = network.snap(tuple(at), 1.0, "drive")
    a, b = made.segment_nodes[start.segment].tolist()
    f, (ahead, back) = start.fraction, plain[start.segment].tolist()
    seeds = []
    if min(f, 1 - f) * made.length_m[start.segment] < 0.05:
        at = a if f < 0.5 else b
        seeds, ahead, back = [(at, 0, (at,))], NEVER_MS, NEVER_MS
    if ahead != NEVER_MS:
        seeds.append((b, int(np.rint((1 - f) * ahead)), (a, b)))
    if back != NEVER_MS:
        seeds.append((a, int(np.rint(f * back)), (b, a)))
    want = slow_turning_times(made, rules, plain, seeds, seconds)
    found = search(network.moving(travel), start, 60 * 60_000)
    got = np.full(len(made.node_xy), np.inf)
    got[found.node] = found.node_ms
    assert (got == want).all()
    assert (found.segment >= 0).all()
    assert (found.segment < len(made.segment_nodes)).all()
