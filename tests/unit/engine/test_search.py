"""Travel times in worlds that can be worked out by hand. A metre takes a second."""

import threading

import numpy as np
import pytest

from sandbox.engine import search as module
from sandbox.engine.search import search
from sandbox.streets.attachments import Attachments
from sandbox.streets.modes import Access
from sandbox.units import NEVER_MS
from tests.support.worlds import METRE_A_SECOND_KMH, at, scipy_node_ms, world


def walked(network, place, seconds, limit_m=500.0):
    graph = network.graph("walk", METRE_A_SECOND_KMH)
    return search(graph, network.snap(at(*place), limit_m), seconds * 1000)


def times_s(network, reached, *places):
    return (reached.times_ms(network.snap_all([at(*p) for p in places], 1.0)) / 1000).round(2)


CROSS = world(
    [(0, 0), (100, 0), (100, 100), (200, 0), (100, -50)], [(0, 1), (1, 2), (1, 3), (1, 4)]
)


def test_time_along_streets_is_distance_over_speed():
    reached = walked(CROSS, (40, 0), 120)
    assert times_s(CROSS, reached, (40, 0), (0, 0), (100, 0), (100, 60), (160, 0)) == pytest.approx(
        [0, 40, 60, 120, 120]
    )


def test_the_step_to_the_street_is_counted():
    reached = walked(CROSS, (40, 25), 120)
    assert times_s(CROSS, reached, (40, 0), (100, 0)) == pytest.approx([25, 85])


def test_a_crossing_is_reached_at_the_cutoff_itself():
    # From (100, 0) the crossings (200, 0), (0, 0) and (100, 100) are 100 s away, (100, -50) 50.
    reached = walked(CROSS, (100, 0), 100)
    assert sorted(reached.node_ms.tolist()) == [0, 50_000, 100_000, 100_000, 100_000]
    # A millisecond before it, none of them.
    graph = CROSS.graph("walk", METRE_A_SECOND_KMH)
    reached = search(graph, CROSS.snap(at(100, 0), 500.0), 99_999)
    assert sorted(reached.node_ms.tolist()) == [0, 50_000]


def test_what_is_later_than_the_cutoff_is_not_reached():
    reached = walked(CROSS, (40, 0), 120)
    assert np.isinf(times_s(CROSS, reached, (100, 61), (200, 0))).all()
    assert sorted(reached.node_ms.tolist()) == [40_000, 60_000, 110_000]


def test_a_cutoff_inside_the_origins_own_segment_reaches_both_ways_from_it():
    reached = walked(CROSS, (40, 0), 10)
    assert len(reached.node) == 0
    assert times_s(CROSS, reached, (30, 0), (50, 0), (40, 0)) == pytest.approx([10, 10, 0])
    assert np.isinf(times_s(CROSS, reached, (29, 0), (51, 0))).all()


def test_a_cutoff_of_nothing_reaches_the_street_point_alone():
    reached = walked(CROSS, (40, 0), 0)
    assert len(reached.node) == 0
    assert times_s(CROSS, reached, (40, 0), (41, 0)).tolist() == [0, np.inf]


def test_a_start_farther_from_its_street_than_the_cutoff_reaches_nothing():
    reached = walked(CROSS, (40, 25), 24)
    assert len(reached.node) == len(reached.segment) == 0


def test_a_start_on_a_crossing_reaches_every_arm():
    reached = walked(CROSS, (100, 0), 50)
    assert times_s(CROSS, reached, (50, 0), (150, 0), (100, 50), (100, -50)) == pytest.approx(
        [50] * 4
    )
    assert np.isinf(times_s(CROSS, reached, (49, 0), (151, 0))).all()


def test_a_segment_between_two_reached_ends_is_passed_from_both():
    square = world([(0, 0), (100, 0), (100, 100), (0, 100)], [(0, 1), (1, 2), (2, 3), (3, 0)])
    reached = walked(square, (0, 0), 180)
    assert np.isinf(times_s(square, reached, (100, 100))).all()
    assert times_s(square, reached, (100, 70), (70, 100)) == pytest.approx([170, 170])


def test_one_way_streets_are_walked_only_along_their_way_when_so_marked():
    ring = world(
        [(0, 0), (100, 0), (100, 100), (0, 100)],
        [(0, 1), (1, 2), (2, 3), (3, 0)],
        access=np.full(4, int(Access.WALK_FORWARD)),
    )
    reached = walked(ring, (50, 0), 400)
    assert times_s(ring, reached, (100, 0), (40, 0), (60, 0)) == pytest.approx([50, 390, 10])


def test_the_reversed_graph_tells_times_towards_the_start():
    ring = world(
        [(0, 0), (100, 0), (100, 100), (0, 100)],
        [(0, 1), (1, 2), (2, 3), (3, 0)],
        access=np.full(4, int(Access.WALK_FORWARD)),
    )
    graph = ring.graph("walk", METRE_A_SECOND_KMH).reverse()
    reached = search(graph, ring.snap(at(50, 0), 1.0), 400_000)
    assert times_s(ring, reached, (100, 0), (40, 0), (60, 0)) == pytest.approx([350, 10, 390])


def test_dead_ends_loops_doubles_and_points_of_no_length():
    xy = [(0, 0), (100, 0), (100, 0), (200, 0), (200, 80)]
    odd = world(xy, [(0, 1), (0, 1), (1, 0), (1, 2), (2, 3), (3, 3), (3, 4)])
    reached = walked(odd, (0, 0), 300)
    assert times_s(odd, reached, (100, 0), (150, 0), (200, 80)) == pytest.approx([100, 150, 280])


def test_an_island_is_never_reached_because_it_is_no_part_of_the_network():
    both = world([(0, 0), (100, 0), (200, 0), (0, 50), (100, 50)], [(0, 1), (1, 2), (3, 4)])
    assert len(both.streets.segment_nodes) == 2
    assert both.streets.provenance.report["segments_dropped"] == 1


def test_several_starts_give_each_point_the_time_of_its_nearest():
    line = world([(100 * i, 0) for i in range(21)], [(i, i + 1) for i in range(20)])
    starts = line.snap_all([at(250, 0), at(1750, 0)], 1.0)
    reached = search(line.graph("walk", METRE_A_SECOND_KMH), starts, 10_000_000)
    assert times_s(line, reached, (0, 0), (1000, 0), (1100, 0), (2000, 0)) == pytest.approx(
        [250, 750, 650, 250]
    )


def test_two_starts_on_one_segment_meet_between_them():
    line = world([(0, 0), (100, 0)], [(0, 1)])
    reached = search(
        line.graph("walk", METRE_A_SECOND_KMH), line.snap_all([at(20, 0), at(60, 0)], 1.0), 15_000
    )
    assert times_s(line, reached, (10, 0), (30, 0), (40, 0), (50, 0), (75, 0)).tolist() == [
        10,
        10,
        np.inf,
        10,
        15,
    ]


def test_starts_without_a_street_are_left_out():
    line = world([(0, 0), (100, 0)], [(0, 1)])
    starts = line.snap_all([at(50, 400), at(0, 0)], 10.0)
    assert starts.segment.tolist()[0] == -1
    reached = search(line.graph("walk", METRE_A_SECOND_KMH), starts, 30_000)
    assert times_s(line, reached, (30, 0), (31, 0)).tolist() == [30, np.inf]


def test_starts_hours_apart_lose_nobody():
    # Starts that begin hours after others: a ring of buckets shorter than that spread
    # takes late nodes for early ones and drops them.
    random = np.random.default_rng(5)
    count = 400
    line = world([(100 * i, 0) for i in range(count)], [(i, i + 1) for i in range(count - 1)])
    graph = line.graph("walk", METRE_A_SECOND_KMH)
    segment = random.choice(count - 1, 25, replace=False).astype(np.int32)
    nodes = line.streets.segment_nodes[segment, 0]
    distance_m = random.uniform(0, 14_000, 25).round()
    starts = Attachments(segment, np.zeros(25), line.streets.node_xy[nodes], distance_m)
    reached = search(graph, starts, 14_400_000)
    x = line.streets.node_xy[:, 0]
    at_start = np.abs(x[:, None] - x[nodes][None, :]) + distance_m
    by_hand = np.rint(at_start.min(axis=1) * 1000)
    mine = np.full(count, np.inf)
    mine[reached.node] = reached.node_ms
    assert (mine == np.where(by_hand <= 14_400_000, by_hand, np.inf)).all()


def test_a_search_grows_its_memory_when_many_wait(monkeypatch):
    # A star: all its arms wait at once, more than the first pool has room for.
    arms = 3 * module._POOL
    turn = np.linspace(0, 2 * np.pi, arms, endpoint=False)
    tips = np.stack([np.cos(turn), np.sin(turn)], axis=1) * 100
    star = world([(0, 0), *tips], [(0, i + 1) for i in range(arms)])
    reached = walked(star, (0, 0), 150)
    assert len(reached.node) == arms + 1
    assert sorted(set(reached.node_ms.tolist())) == [0, 100_000]


def test_a_search_leaves_its_workspace_as_it_found_it():
    graph = CROSS.graph("walk", METRE_A_SECOND_KMH)
    walked(CROSS, (40, 0), 500)
    assert all((idle.node_ms == NEVER_MS).all() for idle in graph.idle)


def test_threads_share_a_network_without_mixing_their_times():
    grid = [(100 * i, 100 * j) for j in range(30) for i in range(30)]
    along = [(30 * j + i, 30 * j + i + 1) for j in range(30) for i in range(29)]
    up = [(30 * j + i, 30 * j + i + 30) for j in range(29) for i in range(30)]
    city = world(grid, along + up)
    graph = city.graph("walk", METRE_A_SECOND_KMH)
    starts = [city.snap(at(100 * k, 300), 1.0) for k in range(20)]
    alone = [search(graph, start, 900_000) for start in starts]
    wrong = []

    def run():
        for start, expected in zip(starts, alone, strict=True):
            got = search(graph, start, 900_000)
            if (got.node != expected.node).any() or (got.node_ms != expected.node_ms).any():
                wrong.append(start)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len(graph.idle) <= 5


def test_four_hours_over_long_segments_do_not_overflow():
    far = world([(0, 0), (9_000, 0), (9_000, 9_000)], [(0, 1), (1, 2)])
    graph = far.graph("walk", 0.01)
    reached = search(graph, far.snap(at(0, 0), 1.0), 14_400_000)
    assert reached.node_ms.tolist() == [0]
    expected = scipy_node_ms(graph, [(int(reached.node[0]), 0)], 14_400_000)
    assert np.isfinite(expected).sum() == 1
