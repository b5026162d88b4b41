"""Many pairs at once say what one search at a time says, on real streets."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sandbox.engine import matrix as matrices
from sandbox.engine.hierarchy import many
from sandbox.engine.lengths import lengths_m
from sandbox.engine.matrix import matrix
from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.streets.modes import Access, Mode
from sandbox.streets.travel import Travel
from tests.support.real import helsinki, helsinki_as_built
from tests.support.worlds import METRE_A_SECOND_KMH, at, world

CUTOFF_MS = 900_000
EVERYBODY = int(Access.WALK | Access.DRIVE)


@pytest.mark.parametrize("mode", ["walk", "bike", "drive"])
@pytest.mark.parametrize("towards", [False, True])
def test_every_pair_is_that_of_its_own_search(mode: Mode, towards: bool):
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
    nobody = matrix(
        graph, doors[np.arange(0)], np.zeros(1, np.int64), doors, np.arange(40), 40, 1000
    )
    assert nobody[0].shape == (0, 40)


@pytest.mark.parametrize("searches", [50, 0])
@pytest.mark.parametrize("private", [0, EVERYBODY])
def test_a_place_without_a_street_is_in_no_pair(
    private: int, searches: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(many, "_SEARCHES", searches)
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


def by_searches(monkeypatch: pytest.MonkeyPatch, *asked: Any) -> Any:
    """Ask for a matrix that one search each has to answer."""
    with monkeypatch.context() as patched:
        patched.setattr(many, "_SEARCHES", np.inf)
        return matrix(*asked)


def over_hierarchy(monkeypatch: pytest.MonkeyPatch, *asked: Any) -> Any:
    """Ask for a matrix that a hierarchy has to answer."""
    asked_it: list[Any] = []

    def all_pairs(*given: Any) -> None:
        asked_it.append(given)
        many.all_pairs(*given)

    with monkeypatch.context() as patched:
        patched.setattr(many, "_SEARCHES", 0)
        patched.setattr(matrices, "all_pairs", all_pairs)
        found = matrix(*asked)
    assert asked_it
    return found


@pytest.mark.parametrize("towards", [False, True])
@pytest.mark.parametrize("mode", ["walk", "bike", "drive"])
@pytest.mark.parametrize("made", [helsinki, helsinki_as_built])
def test_a_hierarchy_says_what_searches_say(
    made: Callable[[], Network], mode: Mode, towards: bool, monkeypatch: pytest.MonkeyPatch
):
    net = made()
    graph = net.moving(Travel(mode, towards=towards))
    random = np.random.default_rng(7)
    nodes = random.choice(len(net.streets.node_xy), 220, replace=False)
    doors = net.snap_all(
        net.streets.node_xy[nodes] + random.uniform(-30, 30, (220, 2)), 500.0, mode
    )
    # Origins of two doors each, some places at an origin's own; 20 minutes leave some out.
    starts, ends = doors[np.arange(120)], doors[np.arange(100, 220)]
    offsets, place = np.arange(0, 121, 2), np.repeat(np.arange(60), 2)
    for cutoff in (1_200_000, 4 * 3_600_000):
        asked = (graph, starts, offsets, ends, place, 60, cutoff)
        ms, metres = by_searches(monkeypatch, *asked)
        fast_ms, fast_metres = over_hierarchy(monkeypatch, *asked)
        np.testing.assert_array_equal(fast_ms, ms)
        # Each street's length is rounded to less than a hundredth of a millimetre.
        np.testing.assert_allclose(fast_metres, metres, atol=0.002, rtol=0)
        assert np.isfinite(ms).any()


def test_a_hierarchy_takes_other_speeds_and_closed_streets(monkeypatch: pytest.MonkeyPatch):
    net = helsinki()
    random = np.random.default_rng(8)
    doors = net.snap_all(net.streets.node_xy[random.choice(len(net.streets.node_xy), 40)], 500.0)
    for speed_kmh, closed in ((4.8, 0), (3.6, 0), (4.8, 200)):
        access = net.streets.access.copy()
        access[random.choice(len(access), closed, replace=False)] = 0
        graph = Network(replace(net.streets, access=access)).moving(Travel(walk_kmh=speed_kmh))
        asked = (graph, doors, np.arange(41), doors, np.arange(40), 40, 7_200_000)
        np.testing.assert_array_equal(
            over_hierarchy(monkeypatch, *asked)[0], by_searches(monkeypatch, *asked)[0]
        )


def test_a_hierarchy_is_for_many_long_searches():
    graph = helsinki().moving(Travel())
    nodes = len(graph.offsets) - 1
    assert many.pays(graph, 1000, 0.5 * nodes, 3_600_000)
    # A thousand walks of a few minutes are sooner made one by one.
    assert not many.pays(graph, 1000, 0.01 * nodes, 300_000)
    assert not many.pays(graph, 40, nodes, 3_600_000)
    # Longer times than its numbers hold.
    assert not many.pays(graph, 1000, nodes, 2**24)
