"""Gates and cut-throughs on blocks drawn by hand."""

import numpy as np
import pytest
import shapely

from sandbox.sources.schematic.gates import open_up
from sandbox.sources.schematic.subdivision import OUTLINE, Edge, Subdivision
from sandbox.streets.streets import StreetClass

STREET, PATH = Edge(int(StreetClass.STREET)), Edge(int(StreetClass.PATH))
EVERYWHERE = shapely.box(-5000, -5000, 5000, 5000)


def block(long_m: float, wide_m: float, far_side: Edge = STREET) -> Subdivision:
    xy = np.array([[0, 0], [long_m, 0], [long_m, wide_m], [0, wide_m]], dtype=float)
    ends = np.array([[0, 1], [1, 2], [2, 3], [3, 0]])
    return Subdivision(xy, ends, [STREET, STREET, far_side, STREET])


def ways_across(plane: Subdivision) -> list[float]:
    """Return where ways lead from one long side to the other, by metres along it."""
    ends = np.array([[plane.corners[a], plane.corners[b]] for a, b in plane.edges])
    across = (np.abs(np.diff(ends[:, :, 1], axis=1)[:, 0]) > 1.0) & (ends[:, :, 0] > 0).all(axis=1)
    inner = ends[across]
    return sorted(inner[:, :, 0].mean(axis=1).tolist())


def test_a_strip_gets_gates_so_that_no_walk_round_it_is_long():
    strip = open_up(block(1000.0, 50.0), EVERYWHERE, [])
    ways = [0.0, *(x for x in ways_across(strip) if x < 999.0), 1000.0]
    gaps = np.diff(ways)
    assert len(gaps) >= 4
    # Half way between two gates the walk from side to side is the gap and a gate long.
    assert gaps.max() <= 360.0 - 50.0 + 2 * 24.0
    assert gaps.min() > 80.0


def test_a_block_of_usual_size_stays_whole():
    assert len(open_up(block(240.0, 98.0), EVERYWHERE, []).edges) == 4


def test_a_gate_into_a_park_is_a_path_and_between_streets_a_local_street():
    for far, made in ((PATH, StreetClass.PATH), (STREET, StreetClass.LOCAL)):
        plane = open_up(block(600.0, 50.0, far), EVERYWHERE, [])
        inner = {
            edge.street_class
            for (a, b), edge in plane.edges.items()
            if abs(plane.corners[a][1] - plane.corners[b][1]) > 1.0
            and 1.0 < plane.corners[a][0] < 599.0
        }
        assert inner == {made}


@pytest.mark.parametrize("wall", ["water between the sides", "elsewhere only"])
def test_no_gate_leads_through_a_wall_or_where_none_is_wanted(wall):
    walls = [shapely.box(-10, 20, 1010, 30)] if wall == "water between the sides" else []
    where = EVERYWHERE if walls else shapely.box(2000, 0, 3000, 50)
    assert len(open_up(block(1000.0, 50.0), where, walls).edges) == 4


def test_dead_ends_at_a_towns_edge_are_joined_where_the_way_between_them_is_long():
    # Two streets of 300 m that stand 100 m apart on a third: from tip to tip 700 m.
    xy = np.array([[0, 0], [100, 0], [0, 300], [100, 300]], dtype=float)
    comb = Subdivision(xy, np.array([[0, 1], [0, 2], [1, 3]]), [STREET] * 3)
    joined = open_up(comb, EVERYWHERE, [])
    assert joined.are_joined(2, 3)


def test_outlines_that_are_no_streets_go():
    plane = open_up(block(240.0, 98.0, Edge(OUTLINE)), EVERYWHERE, [])
    assert len(plane.edges) == 3
    assert all(edge.street_class != OUTLINE for edge in plane.edges.values())
