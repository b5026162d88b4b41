"""Lines drawn by hand: where they meet, where they don't, and what a tolerance closes."""

from itertools import pairwise

import numpy as np
import pytest
import shapely

from sandbox.errors import NetworkError
from sandbox.sources.lines import planar as module
from sandbox.sources.lines.gaps import apart, gaps, join, loose_ends
from sandbox.sources.lines.planar import planar


def net(*lines, level=None):
    drawn = np.array([shapely.LineString(line) for line in lines], dtype=object)
    return planar(drawn, np.array(level or [0] * len(lines)))


def ways(made):
    """Return the segments as pairs of places, in the direction of their lines."""
    xy = [tuple(place) for place in made.node_xy.round(6).tolist()]
    return sorted((xy[a], xy[b]) for a, b in made.segment_nodes.tolist())


def loose(made):
    return sorted(tuple(place) for place in made.node_xy[loose_ends(made)].round(6).tolist())


def test_lines_of_a_level_are_cut_where_they_cross():
    made = net([(0, 0), (10, 0)], [(4, -5), (4, 5)])
    assert ways(made) == [
        ((0, 0), (4, 0)),
        ((4, -5), (4, 0)),
        ((4, 0), (4, 5)),
        ((4, 0), (10, 0)),
    ]
    assert made.crossings == 1
    assert sorted(made.line.tolist()) == [0, 0, 1, 1]


def test_lines_of_different_levels_pass_over_each_other():
    made = net([(0, 0), (10, 0)], [(4, -5), (4, 5)], level=[0, 1])
    assert ways(made) == [((0, 0), (10, 0)), ((4, -5), (4, 5))]
    # Not even a bend in one at the bend of the other joins them.
    bent = net([(0, 0), (4, 0), (10, 0)], [(4, -5), (4, 0), (4, 5)], level=[0, -1])
    assert len(bent.node_xy) == 6


@pytest.mark.parametrize(
    ("line", "cut_at"),
    [
        pytest.param([(4, 0), (4, 5)], (4, 0), id="an end on a line"),
        pytest.param([(2, 5), (4, 0), (6, 5)], (4, 0), id="a bend on a line"),
        pytest.param([(4, 0.0005), (4, 5)], (4, 0), id="an end half a millimetre off"),
    ],
)
def test_lines_meet_where_they_touch(line, cut_at):
    made = net([(0, 0), (10, 0)], line)
    ends = {tuple(np.round(place, 2)) for way in ways(made) for place in way}
    assert cut_at in ends
    assert len(loose_ends(made)) == len(line) + 1


def test_a_line_crosses_and_touches_itself():
    eight = net([(0, 0), (10, 10), (10, 0), (0, 10)])
    assert ((0, 0), (5, 5)) in ways(eight)
    assert ((5, 5), (0, 10)) in ways(eight)
    assert eight.crossings == 1
    ring = net([(0, 0), (10, 0), (10, 10), (0, 0)])
    assert loose(ring) == []
    assert len(ring.node_xy) == 3


def test_lines_on_each_other_are_cut_where_either_ends():
    made = net([(0, 0), (10, 0)], [(4, 0), (20, 0)])
    assert ways(made) == [
        ((0, 0), (4, 0)),
        ((4, 0), (10, 0)),
        ((4, 0), (10, 0)),
        ((10, 0), (20, 0)),
    ]


def test_a_line_drawn_there_and_back_is_cut_both_times():
    made = net([(0, 0), (10, 0)], [(10, 0), (0, 0)], [(4, -5), (4, 5)])
    assert ways(made) == [
        ((0, 0), (4, 0)),
        ((4, -5), (4, 0)),
        ((4, 0), (0, 0)),
        ((4, 0), (4, 5)),
        ((4, 0), (10, 0)),
        ((10, 0), (4, 0)),
    ]


def test_hatching_is_refused(monkeypatch):
    monkeypatch.setattr(module, "_MAX_CROSSINGS", 24)
    grid = [[(i, -1), (i, 5)] for i in range(5)] + [[(-1, i), (5, i)] for i in range(5)]
    with pytest.raises(NetworkError, match="more than 24 times"):
        net(*grid)
    monkeypatch.undo()
    monkeypatch.setattr(module, "_MAX_MEETINGS", 99)
    fan = [[(0, 0), (10, i)] for i in range(11)]
    with pytest.raises(NetworkError, match="meet each other more than 99 times"):
        net(*fan)
    assert len(net(*fan[:9]).segment_nodes) == 9


# A street, and one that ends short of its middle by 0.9 or 1.1 m.
@pytest.mark.parametrize(("short_m", "meets"), [(0.9, True), (1.1, False)])
def test_an_end_meets_a_line_within_the_tolerance(short_m, meets):
    made = join(net([(0, 0), (100, 0)], [(50, short_m), (50, 80)]), 1.0)
    if meets:
        assert ways(made.net) == [
            ((0, 0), (50, 0)),
            ((50, 0), (50, 80)),
            ((50, 0), (100, 0)),
        ]
        assert made.moved_m.tolist() == pytest.approx([0.9])
        assert made.moved_xy.tolist() == [[50, 0.9]]
        assert made.moved_line.tolist() == [1]
    else:
        assert len(loose_ends(made.net)) == 4
        assert len(made.moved_m) == 0
        found = gaps(made.net, loose_ends(made.net), 1.2)
        assert found.distance_m.tolist() == pytest.approx([1.1])
        assert found.share.tolist() == pytest.approx([0.5])


@pytest.mark.parametrize(("short_m", "meet"), [(0.9, True), (1.1, False)])
def test_ends_meet_within_the_tolerance(short_m, meet):
    made = join(net([(0, 0), (50, 0)], [(50 + short_m, 0), (100, 0)]), 1.0)
    assert len(loose_ends(made.net)) == (2 if meet else 4)


def test_four_ends_round_a_crossing_meet_in_one_place():
    arms = [[(0.3, 0), (9, 0)], [(-0.3, 0), (-9, 0)], [(0, 0.3), (0, 9)], [(0, -0.3), (0, -9)]]
    made = join(net(*arms), 1.0).net
    assert loose(made) == [(-9, 0), (0, -9), (0, 9), (9, 0)]
    assert len(made.node_xy) == 5


def test_a_street_of_short_pieces_is_not_drawn_together():
    pieces = [[(0.4 * i, 0), (0.4 * i + 0.4, 0)] for i in range(20)]
    made = join(net(*pieces), 1.0).net
    assert len(made.segment_nodes) == 20
    assert loose(made) == [(0, 0), (8, 0)]


def test_a_ring_of_short_pieces_is_closed():
    angle = np.linspace(0, 2 * np.pi, 101)[:-1]
    ring = np.column_stack([8 * np.cos(angle), 8 * np.sin(angle)])
    # Each piece is 0.50 m long, and so is the gap that is left at the end.
    made = join(net(*pairwise(ring)), 1.0).net
    assert loose(made) == []


def test_lines_that_pass_at_a_distance_dont_meet():
    # Bends half a metre from a line are no ends.
    made = join(net([(0, 0), (100, 0)], [(0, 30), (50, 0.5), (100, 30)]), 1.0).net
    assert len(made.node_xy) == 5


def test_a_bridge_meets_the_ground_at_its_heads_only():
    # West of the bridge and east of it the road is on the ground; a street passes below.
    made = join(
        net(
            [(0, 0), (100, 0)],
            [(100, 0), (200, 0)],
            [(200, 0), (300, 0)],
            [(150, -50), (150, 50)],
            level=[0, 1, 0, 0],
        ),
        1.0,
    ).net
    assert loose(made) == [(0, 0), (150, -50), (150, 50), (300, 0)]
    assert len(made.node_xy) == 6
    assert len(apart(made)) == 0


def test_a_ramp_meets_the_street_that_its_foot_lies_on():
    made = join(net([(0, 0), (100, 0)], [(50, 0), (50, 80)], level=[0, 1]), 1.0).net
    assert ((0, 0), (50, 0)) in ways(made)
    assert loose(made) == [(0, 0), (50, 80), (100, 0)]


def test_bridges_side_by_side_each_come_down_at_their_own_head():
    # A carriageway each, 0.8 m apart at their heads, within the tolerance of each other.
    lines = [[(0, 0), (50, 0)], [(50, 0), (90, 5)], [(0, 9), (50, 0.8)], [(50, 0.8), (90, 9)]]
    made = join(net(*lines, level=[0, 1, 0, 1]), 1.0).net
    assert loose(made) == [(0, 0), (0, 9), (90, 5), (90, 9)]
    assert len(apart(made)) == 0


def test_a_bridge_in_two_pieces_does_not_come_down_between():
    # Both the bridge and the street below are cut where they cross.
    lines = [
        [(-50, 0), (0, 0)],
        [(0, 0), (50, 0)],
        [(0, -50), (0, 0)],
        [(0, 0), (0, 50)],
    ]
    made = join(net(*lines, level=[1, 1, 0, 0]), 1.0).net
    assert len(made.node_xy) == 6
    assert made.node_xy[apart(made)].tolist() == [[[0, 0], [0, 0]]]


def test_a_flyover_whose_level_changes_over_a_street_goes_on_above_it():
    made = join(
        net([(-50, 0), (0, 0)], [(0, 0), (50, 0)], [(0, -50), (0, 50)], level=[1, 2, 0]), 1.0
    ).net
    assert sorted(ways(made)) == [
        ((-50, 0), (0, 0)),
        ((0, -50), (0, 50)),
        ((0, 0), (50, 0)),
    ]


def test_where_ends_meet_does_not_depend_on_who_was_drawn_first():
    lines = [[(0, 0), (50, 0)], [(50.4, 0.3), (100, 0)], [(50, -0.5), (50, -80)]]
    first = join(net(*lines), 1.0).net
    for order in ([2, 1, 0], [1, 2, 0]):
        other = join(net(*(lines[i][::-1] for i in order)), 1.0).net
        assert sorted(map(sorted, ways(first))) == sorted(map(sorted, ways(other)))
