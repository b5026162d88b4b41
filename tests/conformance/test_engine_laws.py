"""Laws that hold for every question: more time or speed never loses ground, and so on."""

from itertools import pairwise

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import contains_xy

from sandbox.engine import contours, surface
from sandbox.engine.search import search
from tests.support.real import helsinki

CELL_M = 10.0
REACH_M = 50.0

quick = settings(max_examples=25, deadline=None)
positions = st.tuples(st.floats(0.15, 0.85), st.floats(0.15, 0.85))
cutoffs_ms = st.integers(0, 1_800_000)
speeds_kmh = st.sampled_from([3.2, 3.6, 4.0, 4.8, 5.0, 6.0])


def start_at(position):
    west, south, east, north = helsinki().streets.bounds
    x, y = position
    return helsinki().snap((west + x * (east - west), south + y * (north - south)), 5_000.0)


def reached_from(position, cutoff_ms, speed_kmh=4.8):
    return search(helsinki().graph("walk", speed_kmh), start_at(position), cutoff_ms)


def holds(large, small):
    return small.is_empty or large.covers(small)


def node_ms(reached):
    times = np.full(len(helsinki().streets.node_xy), np.inf)
    times[reached.node] = reached.node_ms
    return times


@quick
@given(positions, st.lists(cutoffs_ms, min_size=2, max_size=5, unique=True).map(sorted))
# Here a point that both outlines share was rounded in two ways, as each had a window of its own.
@example((0.8125, 0.25), [209_092, 289_325])
def test_the_larger_cutoff_holds_the_smaller_exactly(position, cutoffs):
    reached = reached_from(position, cutoffs[-1])
    areas = contours.areas(reached, cutoffs, REACH_M)
    for small, large in pairwise(areas):
        assert holds(large, small)


@quick
@given(positions, cutoffs_ms, cutoffs_ms)
def test_a_longer_search_says_the_same_of_what_is_sooner(position, one, other):
    short, long = sorted((one, other))
    a, b = reached_from(position, short), reached_from(position, long)
    times = node_ms(b)
    assert (node_ms(a) == np.where(times <= short, times, np.inf)).all()
    alone = contours.areas(a, [short], REACH_M, CELL_M)[0]
    within = contours.areas(b, [short, long], REACH_M, CELL_M)[0]
    assert alone.equals(within)


@quick
@given(positions, cutoffs_ms, speeds_kmh, speeds_kmh)
def test_who_is_faster_is_nowhere_later(position, cutoff_ms, one, other):
    slow, fast = sorted((one, other))
    a, b = (reached_from(position, cutoff_ms, speed) for speed in (slow, fast))
    assert (node_ms(b) <= node_ms(a)).all()
    small, large = (contours.areas(r, [cutoff_ms], REACH_M, CELL_M)[0] for r in (a, b))
    # Parts end elsewhere, so distances in single precision differ by micrometres.
    assert holds(large.buffer(0.001), small)


@quick
@given(positions, st.integers(60_000, 1_800_000), st.floats(0.05, 1.0))
def test_ground_is_inside_exactly_where_its_time_is_within_the_cutoff(position, longest, share):
    reached = reached_from(position, longest)
    cutoff_ms = int(longest * share)
    ground = surface.ground_times(reached, REACH_M, cell_m=CELL_M)
    if not ground.seconds.size:
        return
    (field,) = surface.distance_fields(reached, [cutoff_ms], REACH_M, ground.grid)
    # At the grid's points both are exact; a micrometre and a millisecond are rounding.
    inside = ground.seconds <= cutoff_ms / 1000
    surely = ground.seconds <= cutoff_ms / 1000 - 0.01
    assert (field[surely] <= REACH_M + 0.01).all()
    assert (ground.seconds[field <= REACH_M - 0.01] <= cutoff_ms / 1000 + 0.01).all()
    # Between them, what is drawn follows to within a cell's diagonal.
    area = contours.areas(reached, [cutoff_ms], REACH_M, CELL_M)[0]
    if area.is_empty:
        assert not surely.any()
        return
    rows, columns = np.nonzero(inside)
    xy = np.stack([ground.grid.west + columns * CELL_M, ground.grid.south + rows * CELL_M], axis=1)
    assert contains_xy(area.buffer(CELL_M * 2**0.5), xy).all()
    rows, columns = np.nonzero(~inside)
    xy = np.stack([ground.grid.west + columns * CELL_M, ground.grid.south + rows * CELL_M], axis=1)
    assert not contains_xy(area.buffer(-CELL_M * 2**0.5), xy).any()


@quick
@given(positions, cutoffs_ms)
def test_ground_times_of_a_shorter_search_are_those_of_a_longer_one(position, cutoff_ms):
    west, south, east, north = helsinki().streets.bounds
    middle = ((west + east) / 2, (south + north) / 2)
    bounds = (middle[0] - 500, middle[1] - 500, middle[0] + 500, middle[1] + 500)
    short, long = (
        surface.ground_times(reached_from(position, c), REACH_M, cell_m=CELL_M, bounds=bounds)
        for c in (cutoff_ms, cutoff_ms + 300_000)
    )
    if not short.seconds.size:
        return
    kept = np.where(long.seconds <= cutoff_ms / 1000, long.seconds, np.inf)
    assert (short.seconds == kept).all()


@quick
@given(positions, cutoffs_ms)
def test_the_same_question_gives_the_same_bits(position, cutoff_ms):
    a, b = (reached_from(position, cutoff_ms) for _ in range(2))
    for key in ("node", "node_ms", "segment", "along", "ends_xy", "ms", "cost_ms"):
        assert getattr(a, key).tobytes() == getattr(b, key).tobytes()
    one, two = (contours.areas(r, [cutoff_ms], REACH_M)[0].wkb for r in (a, b))
    assert one == two


@quick
@given(positions, st.integers(60_000, 900_000))
def test_whoever_can_go_there_can_come_back_as_soon(position, cutoff_ms):
    # On foot every street here is open both ways.
    graph = helsinki().graph("walk", 4.8)
    ahead = search(graph, start_at(position), cutoff_ms)
    back = search(graph.reverse(), start_at(position), cutoff_ms)
    assert (node_ms(ahead) == node_ms(back)).all()
