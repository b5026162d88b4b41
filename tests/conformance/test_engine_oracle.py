"""The engine on real streets, held against SciPy's Dijkstra and shapely's exact buffers."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from sandbox.engine import contours
from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.streets.attachments import Attachment
from sandbox.streets.modes import ACCESS
from sandbox.streets.travel import Travel
from sandbox.units import NEVER_MS
from tests.support.real import helsinki, helsinki_as_built
from tests.support.worlds import exact_area, overlap, scipy_node_ms, seeds_of

MINUTES = (4, 8)
CUTOFFS_MS = [60_000 * m for m in MINUTES]


@cache
def places(count=50, seed=7):
    """Return places up to 60 m beside random nodes, with where they meet the streets."""
    network = helsinki()
    random = np.random.default_rng(seed)
    nodes = random.choice(len(network.streets.node_xy), count, replace=False)
    xy = network.streets.node_xy[nodes] + random.uniform(-40, 40, (count, 2))
    return [network.snap(tuple(place), 500.0) for place in xy]


@pytest.mark.parametrize("speed_kmh", [3.2, 4.8, 6.1])
@pytest.mark.parametrize("minutes", [1, 15, 240])
def test_every_node_has_the_time_that_scipy_finds(speed_kmh, minutes):
    graph = helsinki().graph("walk", speed_kmh)
    cutoff_ms = minutes * 60_000
    for start in places()[:: 10 if minutes == 240 else 4]:
        reached = search(graph, start, cutoff_ms)
        mine = np.full(len(graph.streets.node_xy), np.inf)
        mine[reached.node] = reached.node_ms
        assert len(set(reached.node.tolist())) == len(reached.node)
        assert (mine == scipy_node_ms(graph, seeds_of(graph, start), cutoff_ms)).all()


@pytest.mark.parametrize("mode", ["walk", "bike", "drive"])
@pytest.mark.parametrize("towards", [False, True])
def test_with_private_streets_too_every_node_has_the_time_that_scipy_finds(mode, towards):
    network = helsinki_as_built()
    # Turns are left aside: `test_private_turns.py` has them.
    network = Network(replace(network.streets, turns=None))
    graph = network.moving(Travel(mode, slope="flat", towards=towards))
    assert graph.split is not None
    own = np.flatnonzero(network.streets.private & np.uint16(sum(ACCESS[mode])))
    random = np.random.default_rng(11)
    middle = network.streets.node_xy[network.streets.segment_nodes].mean(axis=1)
    for segment in [*random.choice(own, 3), *random.choice(len(middle), 2)]:
        start = network.snap(tuple(middle[segment]), 500.0, mode)
        reached = search(graph, start, 1_200_000)
        mine = np.full(len(graph.streets.node_xy), np.inf)
        mine[reached.node] = reached.node_ms - sum(graph.fixed_ms)
        expected = scipy_node_ms(graph, seeds_of(graph, start), 1_200_000 - sum(graph.fixed_ms))
        np.testing.assert_array_equal(mine, expected)


def test_many_starts_hours_apart_have_the_times_that_scipy_finds():
    graph = helsinki().graph("walk", 4.8)
    start = helsinki().snap_all([s.xy for s in places()], 1.0)
    random = np.random.default_rng(3)
    start.distance_m[:] = random.uniform(0, 14_000, len(start.distance_m))
    seeds = [pair for i in range(len(start.segment)) for pair in seeds_of(graph, _one(start, i))]
    reached = search(graph, start, 14_400_000)
    mine = np.full(len(graph.streets.node_xy), np.inf)
    mine[reached.node] = reached.node_ms
    assert (mine == scipy_node_ms(graph, seeds, 14_400_000)).all()


def _one(starts, i):
    return Attachment(
        int(starts.segment[i]),
        float(starts.fraction[i]),
        tuple(starts.street_xy[i]),
        float(starts.distance_m[i]),
    )


def test_every_way_between_two_reached_nodes_is_a_part_once():
    graph = helsinki().graph("walk", 4.8)
    for start in places()[:10]:
        reached = search(graph, start, 600_000)
        late = np.full(len(graph.streets.node_xy), NEVER_MS)
        late[reached.node] = reached.node_ms
        ends = graph.streets.segment_nodes
        open_ = (graph.segment_ms != NEVER_MS).any(axis=1)
        touched = np.flatnonzero(open_ & (late[ends] != NEVER_MS).any(axis=1))
        whole = reached.segment[(reached.along == (0, 1)).all(axis=1)]
        whole = whole[np.isin(whole, touched)]
        counts = np.bincount(whole, minlength=len(ends))[touched]
        # The start's own segment may show once more as a piece, where it is a whole one.
        assert (counts[touched != start.segment] == 1).all()


def test_areas_overlap_the_exact_ones_at_fifty_places():
    graph = helsinki().graph("walk", 4.8)
    for start in places():
        reached = search(graph, start, CUTOFFS_MS[-1])
        areas = contours.areas(reached, CUTOFFS_MS, 50.0)
        for area, cutoff_ms in zip(areas, CUTOFFS_MS, strict=True):
            assert area.is_valid
            assert overlap(area, exact_area(reached, cutoff_ms, 50.0)) >= 0.995


@pytest.mark.parametrize(("minutes", "reach_m"), [(8, 25.0), (8, 100.0), (15, 50.0), (1, 50.0)])
def test_areas_overlap_the_exact_ones_at_other_times_and_reaches(minutes, reach_m):
    graph = helsinki().graph("walk", 4.8)
    for start in places()[::8]:
        reached = search(graph, start, minutes * 60_000)
        (area,) = contours.areas(reached, [minutes * 60_000], reach_m)
        assert overlap(area, exact_area(reached, minutes * 60_000, reach_m)) >= 0.995


def test_areas_stray_less_than_half_a_cell_from_the_exact_ones():
    graph = helsinki().graph("walk", 4.8)
    for start in places()[::10]:
        reached = search(graph, start, 600_000)
        (area,) = contours.areas(reached, [600_000], 50.0, 10.0)
        # Between grid points the outline is a chord: never outside by much, never inside.
        assert exact_area(reached, 600_000, 55.0).covers(area)
        assert area.buffer(5.0).covers(exact_area(reached, 600_000, 50.0).buffer(-0.01))
