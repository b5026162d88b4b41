"""Which streets stay and where places meet them, on worlds drawn at random, by looking at all."""

import numpy as np
import pytest
import shapely
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.engine.snap import ANYWHERE, GROUND
from sandbox.errors import NetworkError
from sandbox.streets.modes import ACCESS, Access
from sandbox.streets.streets import Structure
from sandbox.streets.travel import Travel
from tests.support.worlds import at, streets

BOTH, FEET = int(Access.WALK | Access.DRIVE), int(Access.WALK)
AHEAD = int(Access.WALK | Access.DRIVE_FORWARD)
BACK = int(Access.WALK | Access.DRIVE_BACKWARD)
NO_CAR = [FEET, FEET | int(Access.BIKE)]


def drawn(seed):
    """Return islands of streets some hundred metres apart: corners, segments, access, lie."""
    pick = np.random.default_rng(seed)
    xy, segments = [], {}
    for island in range(pick.integers(2, 6)):
        first, count = len(xy), int(pick.integers(2, 7))
        step = int(pick.choice([60, 160, 210, 420]))
        west, south = 700 * (island % 3), 650 * (island // 3)
        for n in range(count):
            xy.append((west + step * (n % 3) + pick.integers(0, 40), south + step * (n // 3)))
        for n in range(1, count):
            for other in pick.integers(0, n, pick.integers(1, 3)):
                pair = first + int(other), first + n
                access = pick.choice([BOTH, BOTH, AHEAD, BACK, *NO_CAR])
                segments[pair] = int(access), int(pick.choice([0, 0, 0, 1, 2]))
        if first and not pick.integers(0, 4):
            # A bridge or a street of one way over to an island before.
            segments[int(pick.integers(0, first)), first] = int(pick.choice([BOTH, AHEAD])), 1
    xy = np.array(xy, dtype=float)
    lengths = np.array([np.hypot(*(xy[a] - xy[b])) for a, b in segments])
    return xy, list(segments), *map(list, zip(*segments.values(), strict=True)), lengths


def places_in(seed):
    """Return places in and around such a world."""
    return np.random.default_rng([seed, 1]).uniform((-300, -300), (2300, 1500), (12, 2)).tolist()


def reached(nodes, moves, first):
    found, waiting = set(first), list(first)
    while waiting:
        here = waiting.pop()
        for there in moves.get(here, ()):
            if there not in found:
                found.add(there)
                waiting.append(there)
    return found


def kept(world, mode):
    """Return the segments that stay for a mode, and those that it lacks then."""
    xy, segments, access, _, lengths = world
    ahead, back = (int(bit) for bit in ACCESS[mode])
    moves, against = {}, {}
    for (a, b), bits in zip(segments, access, strict=True):
        for tail, head, bit in ((a, b, ahead), (b, a, back)):
            if bits & bit:
                moves.setdefault(tail, []).append(head)
                against.setdefault(head, []).append(tail)
    usable = [s for s, bits in enumerate(access) if bits & (ahead | back)]
    part = {}
    for n in {n for s in usable for n in segments[s]}:
        part[n] = frozenset(reached(xy, moves, [n]) & reached(xy, against, [n]))
    metres = {}
    for s in usable:
        a, b = segments[s]
        if part[a] == part[b]:
            metres[part[a]] = metres.get(part[a], 0.0) + lengths[s]
    assume(all(abs(m - 1000) > 1 for m in metres.values()))
    stay = {one for one, m in metres.items() if m >= 1000}
    if usable and not stay:
        assume(metres)
        most = sorted(metres.values())
        assume(len(most) == 1 or most[-1] - most[-2] > 2)
        stay = {max(metres, key=metres.get)}
    inside = {n for one in stay for n in one}
    inside |= reached(xy, moves, inside) & reached(xy, against, inside)
    stays = {s for s in usable if set(segments[s]) <= inside}
    return stays, set(usable) - stays


def loose_ends(world, mine, any_mode):
    """Return the ends of a mode's bridges from which nothing leads on in another direction."""
    xy, segments, _, lie, _ = world
    found = []
    for s in mine:
        for n in segments[s] if lie[s] == Structure.BRIDGE else ():
            heads = [sum(segments[o]) - n for o in any_mode if n in segments[o]]
            ways = [(xy[h] - xy[n]) / np.hypot(*(xy[h] - xy[n])) for h in heads]
            if all(np.hypot(*(way - ways[0])) < 1e-5 for way in ways):
                found.append(shapely.Point(xy[n]))
    return found


def lines(world, some, structures):
    xy, segments, _, lie, _ = world
    return [shapely.LineString(xy[list(segments[s])]) for s in some if lie[s] in structures]


SEEDS = st.integers(0, 2**32 - 1)


@settings(deadline=None, max_examples=200)
@given(SEEDS, st.sampled_from(list(ACCESS)), st.booleans())
# Cars leave a bridge where one for bikes goes on: no end of it is the ground there.
@example(241939, "drive", False)
def test_each_place_meets_the_nearest_street_that_stays_or_is_told_why_not(seed, mode, stop):
    world, places = drawn(seed), places_in(seed)
    structures = ANYWHERE if stop else GROUND
    every = {one: kept(world, one) for one in ACCESS}
    mine, lost = every[mode]
    xy, segments, access, lie, _ = world
    network = Network(streets(xy, segments, access=access, structure=lie))
    got = network.streets.access & int(sum(ACCESS[mode]))
    assert (got != 0).sum() == len(mine)
    near = lines(world, mine, structures)
    if not stop:
        near += loose_ends(world, mine, set().union(*(stays for stays, _ in every.values())))
    alone = lines(world, lost, structures)
    assume(near)
    found = network.snap_all([at(*place) for place in places], 500.0, mode, structures)
    for row, place in enumerate(places):
        here = shapely.Point(place)
        far = min(here.distance(one) for one in near)
        other = min((here.distance(one) for one in alone), default=np.inf)
        if abs(other + 50 - far) < 1e-3 or abs(far - 500) < 1e-3:
            continue
        if far > 500 or other + 50 < far:
            assert found.segment[row] == -1
            if not stop:
                with pytest.raises(NetworkError):
                    network.snap(at(*place), 500.0, mode)
            continue
        assert found.distance_m[row] == pytest.approx(far, abs=1e-5)
        a, b = network.streets.node_xy[network.streets.segment_nodes[found.segment[row]]]
        on = a + found.fraction[row] * (b - a)
        # A decimetre from a crossing is the crossing.
        assert np.hypot(*(on - at(*place))) == pytest.approx(far, abs=0.11)
        assert got[found.segment[row]]
        if not stop:
            assert network.snap(at(*place), 500.0, mode).segment == found.segment[row]


@settings(deadline=None, max_examples=20)
@given(SEEDS)
def test_nobody_goes_across_from_one_world_to_another(seed):
    """On foot those places are reached that streets lead to, in the time of their metres."""
    world, places = drawn(seed), places_in(seed)
    mine, _ = kept(world, "walk")
    xy, segments, access, lie, lengths = world
    network = Network(streets(xy, segments, access=access, structure=lie))
    found = network.snap_all([at(*place) for place in places], 500.0)
    assume((found.segment >= 0).sum() > 1)
    rows = np.flatnonzero(found.segment >= 0)
    start = network.snap(at(*places[rows[0]]), 500.0)
    # 3.6 km/h: seconds are metres.
    graph = network.moving(Travel(walk_kmh=3.6))
    times = search(graph, start, 10_000_000).times_ms(found[rows])
    count = len(xy)
    best = np.full((count + len(rows),) * 2, np.inf)
    np.fill_diagonal(best, 0.0)

    def join(a, b, metres):
        best[a, b] = best[b, a] = min(best[a, b], metres)

    for s in mine:
        join(*segments[s], lengths[s])
    ends = network.streets.node_xy - np.array(at(0, 0))
    number = [int(np.hypot(*(xy - one).T).argmin()) for one in ends]
    by_segment = {}
    for k, row in enumerate(rows):
        a, b = network.streets.segment_nodes[found.segment[row]]
        whole, f = float(network.streets.length_m[found.segment[row]]), found.fraction[row]
        join(count + k, number[a], f * whole)
        join(count + k, number[b], (1 - f) * whole)
        for other, g in by_segment.get(int(found.segment[row]), ()):
            join(count + k, count + other, abs(f - g) * whole)
        by_segment.setdefault(int(found.segment[row]), []).append((k, f))
    for over in range(len(best)):
        best = np.minimum(best, best[:, over, None] + best[over])
    want = (start.distance_m + best[count, count:]) * 1000
    assert (np.isinf(times) == np.isinf(want)).all()
    some = np.isfinite(want)
    assert times[some] == pytest.approx(want[some], abs=20)
