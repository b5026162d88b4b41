"""Sums along chains of streets are those of the table of pairs, in worlds of all shapes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.engine import graph as graphs
from sandbox.engine.chains import chains
from sandbox.engine.counts import counts, pairs
from sandbox.engine.matrix import matrix
from sandbox.streets.attachments import Attachments
from sandbox.streets.modes import Access
from sandbox.streets.travel import Travel
from sandbox.units import NEVER_MS
from tests.support.real import helsinki
from tests.support.worlds import METRE_A_SECOND_KMH, world

NONE = np.zeros(0, dtype=np.int64)
BOTH, AHEAD, BACK = int(Access.WALK), int(Access.WALK_FORWARD), int(Access.WALK_BACKWARD)


def held_against_pairs(net, closed=()):
    """Count from and to points all along the segments, as the pairs say it."""
    streets = net.streets
    cost = graphs.build(streets, "walk", METRE_A_SECOND_KMH, []).segment_ms.copy()
    cost[[s for s in closed if s < len(cost)]] = NEVER_MS
    graph = graphs.join(streets, "walk", METRE_A_SECOND_KMH, cost, [])
    share = np.array([0.0, 0.3, 0.5, 1.0])
    segment = np.repeat(np.arange(len(cost), dtype=np.int32), len(share))
    fraction = np.tile(share, len(cost))
    away_m = np.tile([0.0, 7.25, 0.4, 1.0], len(cost))
    doors = Attachments(segment, fraction, np.zeros((len(segment), 2)), away_m)
    places, offsets = np.arange(len(segment)), np.arange(len(segment) + 1)
    cutoffs = np.array([40_000, 150_000, 900_000], dtype=np.int32)
    nobody_here = (np.zeros(len(offsets), dtype=np.int64), NONE)
    weight = np.random.default_rng(len(segment)).integers(1, 9, len(segment)).astype(float)
    got = counts(graph, doors, offsets, doors, places, weight, cutoffs, *nobody_here)
    ms, _ = matrix(graph, doors, offsets, doors, places, len(places), int(cutoffs[-1]))
    expected = np.stack([(ms <= cutoff) @ weight for cutoff in cutoffs], axis=1)
    np.testing.assert_array_equal(got, expected)
    return graph


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=2, max_size=9),
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=4),
    st.lists(st.sampled_from([BOTH, BOTH, BOTH, AHEAD, BACK]), min_size=13, max_size=13),
    st.sets(st.integers(0, 12), max_size=2),
)
def test_sums_in_random_worlds_are_those_of_the_pairs(points, more, access, closed):
    # A line through all points, which may meet itself and stand still, and a few streets more.
    xy = [(17.3 * x, 11.9 * y) for x, y in points]
    line = [(i, i + 1) for i in range(len(xy) - 1)]
    segments = line + [(a % len(xy), b % len(xy)) for a, b in more]
    # The line itself goes both ways, so that the world hangs together.
    kept = [BOTH] * len(line) + access[: len(segments) - len(line)]
    held_against_pairs(world(xy, segments, access=kept), closed)


def test_a_ring_without_a_junction_gets_one():
    net = world([(0, 0), (50, 0), (50, 50), (0, 50)], [(0, 1), (1, 2), (2, 3), (3, 0)])
    graph = held_against_pairs(net)
    made = chains(graph)
    assert len(made.offsets) == 2
    assert set(made.chain.tolist()) == {0}


def test_streets_between_two_junctions_are_one_edge_each_way():
    # Two crossings, joined by a straight line of three segments; dead ends beyond them.
    xy = [(0, 0), (30, 0), (60, 0), (90, 0), (0, 40), (0, -40), (90, 40), (90, -40)]
    segments = [(0, 1), (2, 1), (2, 3), (0, 4), (0, 5), (3, 6), (3, 7)]
    graph = held_against_pairs(world(xy, segments))
    made = chains(graph)
    assert len(made.offsets) - 1 == 6
    assert sorted(made.edges[:, 1].tolist()) == [40_000] * 8 + [90_000] * 2


def test_a_line_passed_both_ways_in_one_part_and_one_way_in_another_parts_there():
    xy = [(0, 0), (30, 0), (60, 0), (60, 40), (0, 40)]
    segments = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)]
    graph = held_against_pairs(world(xy, segments, access=[BOTH, BOTH, AHEAD, AHEAD, BOTH]))
    made = chains(graph)
    assert len(made.offsets) - 1 == 2
    ways = [(graph.segment_ms[made.chain == c] != NEVER_MS).all(axis=1) for c in range(2)]
    assert sorted(w.tolist() for w in ways) == [[False] * 2, [True] * 3]


def test_nothing_is_in_reach_where_all_is_closed():
    net = world([(0, 0), (30, 0), (60, 0)], [(0, 1), (1, 2)])
    graph = held_against_pairs(net, closed=(0, 1))
    assert len(chains(graph).offsets) == 1


@pytest.mark.parametrize("mode", ["walk", "bike", "drive"])
@pytest.mark.parametrize("towards", [False, True])
@pytest.mark.parametrize("cutoff_ms", [0, 60_000, 900_000])
def test_pairs_within_a_cutoff_are_those_of_the_matrix(mode, towards, cutoff_ms):
    net = helsinki()
    graph = net.moving(Travel(mode, towards=towards))
    random = np.random.default_rng(6)
    nodes = random.choice(len(net.streets.node_xy), 120, replace=False)
    xy = net.streets.node_xy[nodes] + random.uniform(-30, 30, (120, 2))
    # Some of the places are starts too: on the same street, and at the same point.
    doors = net.snap_all(np.vstack([xy, xy[:20] + 2.0, xy[:5]]), 500.0, mode)
    starts, ends = doors[np.arange(60)], doors[np.arange(40, 145)]
    offsets, place = np.arange(0, 61, 2), random.integers(0, 50, 105)
    ms, _ = matrix(graph, starts, offsets, ends, place, 50, cutoff_ms)
    ms[3, 7] = 0.0
    expected = {(o, p): ms[o, p] for o, p in zip(*np.nonzero(ms == ms), strict=True)}
    # The fourth origin stands in the eighth place.
    here = (np.repeat([0, 1], [4, 27]), np.array([7]))
    found = {
        (o, p): at
        for some in pairs(graph, starts, offsets, ends, place, 50, cutoff_ms, *here)
        for o, p, at in zip(
            np.repeat(some.origin, np.diff(some.offsets)), some.place, some.ms, strict=True
        )
    }
    assert found == expected
