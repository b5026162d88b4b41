"""Laws of networks of drawn lines, and an independent way of cutting lines at crossings."""

import tempfile
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from sandbox.sources.lines.build import build_lines
from sandbox.sources.lines.gaps import join
from sandbox.sources.lines.planar import planar
from tests.support.drawn import drawn, minutes

# Corners of a grid of 100 m: what crosses between them crosses centimetres apart at least.
corner = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(
    lambda at: (100.0 * at[0], 100.0 * at[1])
)


@st.composite
def line(draw):
    """Draw a line of two to five corners that goes on from each."""
    xy = draw(st.lists(corner, min_size=2, max_size=5))
    xy = [at for number, at in enumerate(xy) if number == 0 or at != xy[number - 1]]
    assume(len(xy) > 1)
    return xy


def cut(lines, level):
    return planar(np.array([shapely.LineString(xy) for xy in lines], dtype=object), np.array(level))


def pieces(places):
    """Return segments as unordered pairs of places to the micrometre."""
    return {tuple(sorted(tuple(at) for at in pair)) for pair in np.round(places, 6).tolist()}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(line(), st.integers(-1, 1)), min_size=1, max_size=7))
def test_lines_are_cut_as_shapely_cuts_those_of_each_level(rows):
    lines, levels = zip(*rows, strict=True)
    made = cut(lines, levels)
    for level in set(levels):
        union = shapely.unary_union([shapely.LineString(xy) for xy, at in rows if at == level])
        expected = set()
        for part in shapely.get_parts(union):
            xy = shapely.get_coordinates(part)
            expected |= pieces(np.stack([xy[:-1], xy[1:]], axis=1))
        here = made.node_level[made.segment_nodes[:, 0]] == level
        assert pieces(made.node_xy[made.segment_nodes[here]]) == expected
    assert (made.node_level[made.segment_nodes] == np.array(levels)[made.line][:, None]).all()


def ways_m(net, places):
    """Return how far it is between places that are nodes, by SciPy; infinite where no way is."""
    a, b = net.segment_nodes.T
    long_m = np.hypot(*(net.node_xy[a] - net.node_xy[b]).T)
    count = len(net.node_xy)
    # Of parallel segments the shortest counts; SciPy would add them up.
    order = np.lexsort((long_m, np.maximum(a, b), np.minimum(a, b)))
    ends = np.sort(net.segment_nodes[order], axis=1)
    first = np.append(True, (np.diff(ends, axis=0) != 0).any(axis=1))
    graph = csr_array((long_m[order][first], tuple(ends[first].T)), shape=(count, count))
    far = dijkstra(graph, directed=False)
    found = []
    for one, other in combinations(places, 2):
        at = [np.flatnonzero(np.hypot(*(net.node_xy - place).T) < 1e-3) for place in (one, other)]
        found.append(float(far[np.ix_(*at)].min()))
    return found


def in_pieces(xy, shares):
    """Return a line cut at shares of its length."""
    whole = shapely.LineString(xy)
    bends = [whole.project(shapely.Point(at)) for at in xy[1:-1]]
    inner = [share * whole.length for share in shares]
    # Each bend once: a line that comes back to a corner is projected on its first visit.
    assume(bends == sorted(set(bends)))
    stops = sorted({0.0, whole.length, *inner})
    made = []
    for low, high in pairwise(stops):
        between = [at for at, along in zip(xy[1:-1], bends, strict=True) if low < along < high]
        ends = [whole.interpolate(along).coords[0] for along in (low, high)]
        made.append([ends[0], *between, ends[1]])
    return made


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(line(), st.integers(0, 1)), min_size=1, max_size=5),
    st.lists(
        st.lists(st.integers(1, 199).map(lambda n: n / 200), max_size=3), min_size=5, max_size=5
    ),
    st.randoms(use_true_random=False),
    st.booleans(),
)
def test_order_direction_and_cuts_of_drawing_change_no_way(rows, shares, random, reverse):
    """Ways between all corners that lines end or bend at, on the ground and by bridges."""
    lines, levels = zip(*rows, strict=True)
    places = sorted({at for xy in lines for at in xy})[:6]
    before = ways_m(join(cut(lines, levels), 1.0).net, places)
    parts = [
        (piece[::-1] if reverse else piece, level)
        for xy, level, at in zip(lines, levels, shares, strict=False)
        for piece in in_pieces(xy, at)
    ]
    random.shuffle(parts)
    again, again_levels = zip(*parts, strict=True)
    after = ways_m(join(cut(again, again_levels), 1.0).net, places)
    # Cuts are rounded to where numbers can be; a way of ten lines adds that up.
    assert after == pytest.approx(before, abs=1e-3)


@settings(max_examples=60, deadline=None)
@given(
    # Straight ones: bends don't move to lines, only ends do.
    st.lists(st.tuples(corner, corner).filter(lambda xy: xy[0] != xy[1]), min_size=2, max_size=6),
    st.lists(st.tuples(st.floats(0, 0.45), st.floats(0, 6.283)), min_size=12, max_size=12),
)
def test_ends_drawn_off_by_less_than_the_tolerance_meet_again(lines, shifts):
    """What is drawn by a shaky hand has the ways of what was meant, but for the shaking."""
    places = sorted({at for xy in lines for at in (xy[0], xy[-1])})[:5]
    meant = join(cut(lines, [0] * len(lines)), 0.0).net
    shaken = [list(xy) for xy in lines]
    for number, (far, angle) in enumerate(shifts[: 2 * len(lines)]):
        side = -(number % 2)
        x, y = shaken[number // 2][side]
        shaken[number // 2][side] = (x + far * np.cos(angle), y + far * np.sin(angle))
    made = join(cut(shaken, [0] * len(lines)), 1.0).net
    before = ways_m(meant, places)
    at = [made.node_xy[np.hypot(*(made.node_xy - place).T).argmin()] for place in places]
    after = ways_m(made, at)
    for one, other in zip(before, after, strict=True):
        assert np.isfinite(other) or not np.isfinite(one)


GRID = [[(0, 100 * i), (300, 100 * i)] for i in range(4)]
GRID += [[(100 * i, 0), (100 * i, 300)] for i in range(4)]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.sampled_from(["双向", "单行", "反向"]), min_size=8, max_size=8),
    st.permutations(range(8)),
    st.lists(st.booleans(), min_size=8, max_size=8),
    st.lists(st.integers(1, 29).map(lambda tens: 10.0 * tens), min_size=8, max_size=8),
)
def test_times_are_the_same_however_it_was_drawn(ways, order, turned, cuts):
    """From file to minutes: a grid of one-way streets, shuffled, turned round and cut."""
    opposite = {"双向": "双向", "单行": "反向", "反向": "单行"}
    kept = [(xy, {"等级": "支路", "单行": way}) for xy, way in zip(GRID, ways, strict=True)]
    other = []
    for number in order:
        (start, stop), way = GRID[number], ways[number]
        at = tuple(np.array(start) + cuts[number] / 300 * (np.array(stop) - start))
        for piece in ([start, at], [at, stop]):
            turn = turned[number]
            other.append((
                piece[::-1] if turn else piece,
                {"等级": "支路", "单行": opposite[way] if turn else way},
            ))  # fmt: skip
    # Away from junctions, where it would be left open which street a place is on.
    pairs = [((155, 100), (245, 200)), ((200, 145), (0, 255)), ((5, 0), (300, 295))]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for number, rows in enumerate((kept, other)):
            made = build_lines(drawn(Path(folder) / f"{number}.gpkg", rows)).streets
            found.append([minutes(made, pairs, mode) for mode in ("walk", "drive", "bike")])
    for one, same in zip(*found, strict=True):
        # Each of two pieces is rounded to a millisecond.
        assert same == pytest.approx(one, abs=20 / 60_000, nan_ok=True)
