"""The nearest places by one search are the least of all pairs, on real and on made streets."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra

from sandbox.engine.matrix import matrix
from sandbox.engine.nearest import nearest
from sandbox.streets.travel import Travel
from tests.support.grid_city import grid_city
from tests.support.real import helsinki

CUTOFF_MS = 900_000


def least(ms, metres, count):
    """The `count` least of each column, of equal ones those with the lower number."""
    place = np.argsort(np.where(np.isnan(ms), np.inf, ms), axis=0, kind="stable")[:count].T
    times, far = (np.take_along_axis(table.T, place, axis=1) for table in (ms, metres))
    return np.where(np.isnan(times), -1, place), times, far


@pytest.mark.parametrize("mode", ["walk", "bike", "drive"])
@pytest.mark.parametrize("towards", [False, True])
def test_the_nearest_are_the_least_of_all_pairs(mode, towards):
    net = helsinki()
    random = np.random.default_rng(7)
    nodes = random.choice(len(net.streets.node_xy), 200, replace=False)
    doors = net.snap_all(
        net.streets.node_xy[nodes] + random.uniform(-30, 30, (200, 2)), 500.0, mode
    )
    # Forty places of two doors each are looked for from sixty of two.
    starts, ends = doors[np.arange(80)], doors[np.arange(80, 200)]
    of, whose = np.repeat(np.arange(40), 2), np.repeat(np.arange(60), 2)
    graph = net.moving(Travel(mode, towards=towards))
    turned = net.moving(Travel(mode, towards=not towards))
    for count in (1, 3):
        found = nearest(graph, starts, of, ends, whose, 60, count, CUTOFF_MS)
        every = matrix(graph, starts, np.arange(0, 81, 2), ends, whose, 60, CUTOFF_MS)
        place, ms, metres = least(*every, count)
        np.testing.assert_array_equal(found[0], place)
        np.testing.assert_array_equal(found[1], ms)
        np.testing.assert_allclose(found[2], metres, rtol=1e-9)
        # Asked from the other end, each pair takes the same.
        back = matrix(turned, ends, np.arange(0, 121, 2), starts, of, 40, CUTOFF_MS)
        place, ms, _ = least(back[0].T, back[1].T, count)
        np.testing.assert_array_equal(found[0], place)
        np.testing.assert_array_equal(found[1], ms)
    assert (found[0] >= 0).any()


corners = st.tuples(st.integers(0, 5), st.integers(0, 4))


@settings(max_examples=60, deadline=None)
@given(
    homes=st.lists(corners, min_size=1, max_size=6),
    wanted=st.lists(corners, min_size=1, max_size=6),
    one_way=st.lists(st.tuples(corners, st.booleans()), max_size=8),
    count=st.integers(1, 4),
    minutes=st.integers(1, 12),
)
def test_on_made_streets_the_nearest_are_those_of_scipy(homes, wanted, one_way, count, minutes):
    ways = set()
    for (column, row), east in one_way:
        other = (column + 1, row) if east else (column, row + 1)
        if other[0] < 6 and other[1] < 5 and (other, (column, row)) not in ways:
            ways.add(((column, row), other))
    net = grid_city(6, 5, one_way=tuple(ways))
    # Streets that hang together with no others are left out when streets are made.
    assume(len(net.streets.segment_nodes) == len(net.streets.length_m))
    graph = net.moving(Travel(walk_kmh=6.0, slope="flat", towards=True))
    # Places at crossings: nodes are numbered along a curve, so they are found by position.
    at = np.rint((net.streets.node_xy - net.streets.node_xy.min(axis=0)) / 100.0).astype(int)
    number = {(column, row): node for node, (column, row) in enumerate(at.tolist())}

    def doors(places):
        xy = np.array([net.streets.node_xy[number[place]] for place in places])
        return net.snap_all(xy, 50.0)

    found = nearest(
        graph,
        doors(wanted),
        np.arange(len(wanted)),
        doors(homes),
        np.arange(len(homes)),
        len(homes),
        count,
        minutes * 60_000,
    )
    edges = []
    for (column, row), a in number.items():
        for other in ((column + 1, row), (column, row + 1)):
            if other in number:
                edges += [] if (other, (column, row)) in ways else [(a, number[other])]
                edges += [] if ((column, row), other) in ways else [(number[other], a)]
    a, b = np.array(edges).T
    size = len(number)
    table = dijkstra(coo_matrix((np.full(len(a), 60_000.0), (a, b)), shape=(size, size)))
    for index, home in enumerate(homes):
        times = [table[number[home], number[place]] for place in wanted]
        order = sorted(range(len(wanted)), key=lambda one: (times[one], one))
        order = [one for one in order if times[one] <= minutes * 60_000][:count]
        assert found[0][index].tolist() == order + [-1] * (count - len(order))
        assert found[1][index][: len(order)].tolist() == [times[one] for one in order]
        assert np.isnan(found[1][index][len(order) :]).all()
        assert all(a <= b for a, b in pairwise(found[1][index][: len(order)].tolist()))
