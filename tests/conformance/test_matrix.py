"""Many pairs at once say what one search at a time says, on real streets."""

import numpy as np
import pytest

from sandbox.engine.lengths import lengths_m
from sandbox.engine.matrix import matrix
from sandbox.engine.search import search
from sandbox.streets.modes import Access
from sandbox.streets.travel import Travel
from tests.support.real import helsinki
from tests.support.worlds import METRE_A_SECOND_KMH, at, world

CUTOFF_MS = 900_000
EVERYBODY = int(Access.WALK | Access.DRIVE)


@pytest.mark.parametrize("mode", ["walk", "bike", "drive"])
@pytest.mark.parametrize("towards", [False, True])
def test_every_pair_is_that_of_its_own_search(mode, towards):
    net = helsinki()
    graph = net.moving(Travel(mode, towards=towards))
    random = np.random.default_rng(5)
    nodes = random.choice(len(net.streets.node_xy), 120, replace=False)
    doors = net.snap_all(
        net.streets.node_xy[nodes] + random.uniform(-30, 30, (120, 2)), 500.0, mode
    )
    # Twenty origins of two doors each, so more than one thread has work; forty places.
    starts, ends = doors[np.arange(80)], doors[np.arange(40, 120)]
    offsets, place = np.arange(0, 81, 2), np.repeat(np.arange(40), 2)
    ms, metres = matrix(graph, starts, offsets, ends, place, 40, CUTOFF_MS)
    assert ms.shape == metres.shape == (40, 40)
    for origin in range(40):
        own = starts[np.arange(2 * origin, 2 * origin + 2)]
        reached = search(graph, own, CUTOFF_MS)
        steps = np.rint(ends.distance_m * (3600.0 / graph.speed_kmh))
        times = (reached.times_ms(ends) + steps).reshape(40, 2)
        far = (lengths_m(graph, reached, own, ends) + ends.distance_m).reshape(40, 2)
        times[times > CUTOFF_MS] = np.inf
        least = times.min(axis=1)
        expected = np.where(np.isfinite(least), least, np.nan)
        np.testing.assert_array_equal(ms[origin], expected)
        shortest = np.where(times == least[:, None], far, np.inf).min(axis=1)
        both = np.isfinite(least)
        assert metres[origin][both] == pytest.approx(shortest[both], rel=1e-9)
        assert np.isnan(metres[origin][~both]).all()
    assert np.isfinite(ms).any()


def test_the_workspace_is_left_as_it_was():
    net = helsinki()
    graph = net.moving(Travel())
    doors = net.snap_all(net.streets.node_xy[:40], 500.0)
    ask = (graph, doors, np.arange(41), doors, np.arange(40), 40)
    once, again = (matrix(*ask, cutoff) for cutoff in (900_000, 900_000))
    np.testing.assert_array_equal(once[0], again[0])
    np.testing.assert_array_equal(once[1], again[1])
    nobody = matrix(graph, doors[:0], np.zeros(1, np.int64), doors, np.arange(40), 40, 1000)
    assert nobody[0].shape == (0, 40)


@pytest.mark.parametrize("private", [0, EVERYBODY])
def test_a_place_without_a_street_is_in_no_pair(private):
    # The last place is 900 m off all streets; of those with a street none is any nearer for it.
    town = world(
        [(0, 0), (1000, 0), (1000, 900), (1000, 950)],
        [(0, 1), (1, 2), (2, 3)],
        access=[EVERYBODY] * 3,
        private=[0, 0, private],
    )
    doors = town.snap_all([at(100, 0), at(1000, 600), at(1000, 925), at(-900, 0)], 50.0)
    assert doors.segment[3] == -1
    graph = town.moving(Travel(walk_kmh=METRE_A_SECOND_KMH))
    ms, metres = matrix(graph, doors, np.arange(5), doors, np.arange(4), 4, 2**31 - 2)
    none = np.nan
    between = [[0, 1500, 1825, none], [1500, 0, 325, none], [1825, 325, 0, none], [none] * 4]
    np.testing.assert_allclose(metres, between, atol=0.001)
    np.testing.assert_allclose(ms, np.array(between) * 1000, atol=2)
