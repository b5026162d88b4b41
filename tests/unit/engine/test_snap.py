"""Where places meet streets."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString

from sandbox.analysis.route import route
from sandbox.edits.street_edits import StreetEdit, StreetEdits, apply
from sandbox.engine.snap import ANYWHERE, GROUND
from sandbox.errors import NetworkError
from sandbox.geo import crs as geo
from sandbox.streets.modes import Access
from sandbox.streets.streets import Structure
from sandbox.streets.travel import Travel
from tests.support.real import helsinki
from tests.support.worlds import at, world

BEND = world(
    [(0, 0), (400, 0), (400, 300), (430, 300)],
    [(0, 1), (1, 2), (2, 3)],
    names=["High Street"],
    name=[0, -1, -1],
)


def test_a_place_meets_the_nearest_point_of_a_street():
    found = BEND.snap(at(100, 30), 500)
    assert found.xy == pytest.approx(at(100, 0))
    assert found.distance_m == pytest.approx(30)
    a, b = BEND.streets.segment_nodes[found.segment]
    xy = BEND.streets.node_xy
    assert xy[a] + found.fraction * (xy[b] - xy[a]) == pytest.approx(found.xy)


def test_a_place_beyond_an_end_meets_the_end():
    assert BEND.snap(at(-30, -40), 500).xy == pytest.approx(at(0, 0))


def test_beyond_the_limit_the_nearest_street_is_named_with_its_distance():
    with pytest.raises(NetworkError, match=r"High Street, is 640 m away; the limit is 500 m"):
        BEND.snap(at(100, -640), 500)
    with pytest.raises(NetworkError, match=r"nearest street is 600 m away"):
        BEND.snap(at(430, 900), 500)
    with pytest.raises(NetworkError, match=r"away"):
        BEND.snap((-9e6, 1e7), 500)


def test_a_place_at_the_limit_still_meets_its_street():
    assert BEND.snap(at(200, -499.999), 500).distance_m == pytest.approx(500, abs=0.01)
    assert BEND.snap_all([at(200, -500.001)], 500.0).segment[0] == -1


def test_a_place_without_numbers_is_refused():
    with pytest.raises(NetworkError, match="coordinates of the place are invalid"):
        BEND.snap((float("nan"), 0.0), 500)


def test_a_mode_without_streets_is_refused_with_those_that_have_some():
    with pytest.raises(NetworkError, match="mode drive") as caught:
        BEND.snap(at(0, 0), 500, "drive")
    assert str(caught.value.hint) == "Available modes: walk."


@pytest.mark.parametrize("speed", [0, -1, float("nan"), float("inf"), 1e6])
def test_absurd_speeds_are_refused(speed):
    with pytest.raises(NetworkError, match="km/h"):
        BEND.graph("walk", speed)


@settings(deadline=None)
@given(
    x=st.floats(-0.2, 1.2),
    y=st.floats(-0.2, 1.2),
    limit_m=st.sampled_from([5.0, 60.0, 500.0, 3000.0]),
    structures=st.sampled_from([GROUND, ANYWHERE]),
)
def test_the_nearest_is_that_of_looking_at_every_segment_on_foot(x, y, limit_m, structures):
    network = helsinki()
    west, south, east, north = network.streets.bounds
    place = (west + x * (east - west), south + y * (north - south))
    on_foot = (network.streets.access & Access.WALK) != 0
    on_foot &= np.isin(network.streets.structure, structures)
    ends = network.streets.node_xy[network.streets.segment_nodes[on_foot]]
    distances = shapely.distance(shapely.linestrings(ends), shapely.Point(place))
    (found,) = network.snap_all([place], limit_m, "walk", structures).distance_m
    pieces = network.streets.pieces
    lies_so = np.isin(pieces.structure, structures) & ((pieces.access & Access.WALK) != 0)
    alone = shapely.distance(
        shapely.linestrings(pieces.ends_xy[lies_so].reshape(-1, 2, 2)), shapely.Point(place)
    )
    if distances.min() > limit_m or alone.min() + 50.0 < distances.min():
        # Too far, or much nearer to a street that hangs together with no other.
        assert np.isinf(found)
    else:
        assert found == pytest.approx(distances.min(), abs=1e-6)


# Two streets 100 m apart, joined at both ends.
SIDE_BY_SIDE = [(0, 0), (1000, 0), (1000, 100), (0, 100)], [(0, 1), (1, 2), (2, 3), (3, 0)]
BOTH, AHEAD = int(Access.WALK), int(Access.WALK_FORWARD)


def street_at(network, y_m):
    """Return the number of the street that runs eastwards or westwards so far north."""
    ends = network.streets.node_xy[network.streets.segment_nodes]
    (found,) = np.flatnonzero(np.abs(ends[:, :, 1] - at(0, y_m)[1]).max(axis=1) < 1e-3)
    return int(found)


def test_of_streets_equally_near_that_of_lowest_number_is_taken():
    # Blocks of 100 m: the middle of each is 50 m from four streets, over many cells.
    count = 10
    xy = [(100 * x, 100 * y) for y in range(count) for x in range(count)]
    east = [(i, i + 1) for i in range(count**2) if i % count < count - 1]
    north = [(i, i + count) for i in range(count**2 - count)]
    network = world(xy, [*east, *north])
    middles = [at(100 * x + 50, 100 * y + 50) for y in range(count - 1) for x in range(count - 1)]
    streets = shapely.linestrings(network.streets.node_xy[network.streets.segment_nodes])
    far = shapely.distance(streets[:, None], shapely.points(middles))
    found = network.snap_all(middles, 500)
    assert (found.distance_m == 50.0).all()
    np.testing.assert_array_equal(found.segment, (far < 50.001).argmax(axis=0))


@pytest.mark.parametrize("one_way", [0, 2])
def test_of_two_equally_near_that_open_both_ways_is_taken(one_way):
    access = [AHEAD if i == one_way else BOTH for i in range(4)]
    network = world(*SIDE_BY_SIDE, access=access)
    both_ways = street_at(network, 100 if one_way == 0 else 0)
    assert network.snap(at(500, 50), 500).segment == both_ways


@pytest.mark.parametrize(
    ("place", "node"),
    [
        ((-30, -40), (0, 0)),
        ((1000, 0), (1000, 0)),
        ((1040, 100.08), (1000, 100)),
        ((1000, 0.05), (1000, 0)),
        ((999.95, 0), (1000, 0)),
    ],
)
def test_a_place_at_a_streets_end_is_at_its_crossing_exactly(place, node):
    network = world(*SIDE_BY_SIDE)
    found = network.snap(at(*place), 500)
    assert found.fraction in {0.0, 1.0}
    met = network.streets.segment_nodes[found.segment, int(found.fraction)]
    assert found.xy == tuple(network.streets.node_xy[met])
    assert found.xy == pytest.approx(at(*node), abs=1e-6)
    assert found.distance_m == pytest.approx(np.hypot(*np.subtract(place, node)), abs=0.06)
    # Of all streets of the crossing the first, whichever the place is nearest to.
    met_by = np.flatnonzero((network.streets.segment_nodes == met).any(axis=1))
    assert found.segment == met_by[0]


@pytest.mark.parametrize(("along_m", "at_crossing"), [(0.09, True), (0.11, False)])
def test_a_decimetre_off_a_crossing_a_place_is_beside_it(along_m, at_crossing):
    network = world(*SIDE_BY_SIDE)
    for x in (along_m, 1000 - along_m):
        found = network.snap(at(x, -20), 500)
        assert (found.fraction in {0.0, 1.0}) == at_crossing
        assert found.distance_m == pytest.approx(20)


def test_a_place_just_at_the_limit_meets_its_street():
    network = world(*SIDE_BY_SIDE)
    assert network.snap(at(500, -500), 500).distance_m == 500.0


# A street on the ground 80 m north of one that lies as the test says.
def layered(structure):
    lies = np.array([structure, Structure.GROUND, Structure.GROUND, Structure.GROUND])
    made = world([(0, 0), (600, 0), (600, 80), (0, 80)], SIDE_BY_SIDE[1], structure=lies)
    return made, street_at(made, 0), street_at(made, 80)


@pytest.mark.parametrize("structure", [Structure.TUNNEL, Structure.BRIDGE])
def test_a_place_on_the_ground_meets_streets_on_the_ground(structure):
    network, _, ground = layered(structure)
    found = network.snap(at(300, 2), 500)
    assert (found.segment, found.distance_m) == (ground, pytest.approx(78))
    with pytest.raises(NetworkError, match=r"nearest street is 78 m away; the limit is 60 m"):
        network.snap(at(300, 2), 60)
    assert network.snap_all([at(300, 2)], 60.0).segment[0] == -1


@pytest.mark.parametrize("structure", [Structure.TUNNEL, Structure.BRIDGE])
def test_a_stop_may_lie_in_a_tunnel_or_on_a_bridge(structure):
    network, below, _ = layered(structure)
    found = network.snap_all([at(300, 2)], 60.0, structures=ANYWHERE)
    assert (found.segment[0], found.distance_m[0]) == (below, pytest.approx(2))


def test_a_mode_without_a_street_on_the_ground_is_refused():
    network = world(*SIDE_BY_SIDE, structure=np.full(4, Structure.BRIDGE))
    with pytest.raises(NetworkError, match="No ground-level street of the network By hand"):
        network.snap(at(0, 0), 500)
    assert network.snap_all([at(0, 0)], 500.0).segment.tolist() == [-1]


# A street of 400 m, from whose middle a bridge of 300 m leads north in two spans to a loose end;
# a tunnel leads south just so. Another bridge ends at steps.
BRIDGES = [(0, 0), (200, 0), (400, 0), (200, 150), (200, 300), (200, -150), (200, -300)]
BRIDGES += [(700, 0), (700, 50)]
OVER = world(
    BRIDGES,
    [(0, 1), (1, 2), (1, 3), (3, 4), (1, 5), (5, 6), (2, 7), (7, 8)],
    structure=[0, 0, 1, 1, 2, 2, 1, 0],
    access=[int(Access.WALK | Access.DRIVE)] * 7 + [int(Access.WALK)],
)


@pytest.mark.parametrize("mode", ["walk", "drive"])
def test_a_bridge_meets_the_ground_at_its_loose_end_and_a_tunnel_does_not(mode):
    def met(*place):
        found = OVER.snap(at(*place), 500, mode)
        nodes = OVER.streets.segment_nodes[found.segment]
        if found.fraction in {0.0, 1.0}:
            assert OVER.streets.node_xy[nodes[int(found.fraction)]] == pytest.approx(found.xy)
        return np.array(found.xy) - at(0, 0), found.distance_m

    # Its loose end, within and beyond; but its middle pier is no end, so below it one goes to
    # the street, or on to the end where that is nearer.
    for place, distance in (((200, 300), 0), ((230, 340), 50), ((200, 290), 10)):
        xy, distance_m = met(*place)
        assert xy == pytest.approx((200, 300), abs=1e-5)
        assert distance_m == pytest.approx(distance, abs=1e-5)
    assert met(200, 140)[0] == pytest.approx((200, 0), abs=1e-5)
    assert met(200, 160)[0] == pytest.approx((200, 300), abs=1e-5)
    # A tunnel's end lies below.
    assert met(200, -300)[0] == pytest.approx((200, 0), abs=1e-5)
    # Who walks may go up the steps to the other bridge, and nobody drives from there.
    up = (700, 0) if mode == "walk" else (400, 0)
    assert met(690, -5)[0] == pytest.approx(up, abs=1e-5)
    assert OVER.snap_all([at(200, 300)], 5.0, mode, ANYWHERE).segment[0] >= 0


def test_one_leaves_and_comes_by_the_loose_end_of_a_bridge():
    ends = (geo.to_lonlat(at(*place), OVER.crs) for place in ((230, 340), (100, 0)))
    start, end = ((float(lon), float(lat)) for lon, lat in ends)
    for pair in ((start, end), (end, start)):
        assert route(OVER, *pair, Travel()).metres == pytest.approx(50 + 300 + 100, abs=0.5)


def test_what_is_closed_or_cut_of_a_bridge_moves_no_end():
    def lonlat(*place):
        return tuple(map(float, geo.to_lonlat(at(*place), OVER.crs)))

    # The outer span closed, its pier is no end; a footbridge from the span leaves its end one.
    closed = StreetEdit("closed", LineString([lonlat(190, 220), lonlat(210, 220)]))
    shut = apply(OVER, StreetEdits((closed,)))
    # Who lives below that end has lost it; the pier is nearer, and no way up.
    with pytest.raises(NetworkError, match="is closed by a street edit"):
        shut.snap(at(200, 160), 500)
    bridge = StreetEdit("footbridge", LineString([lonlat(200, 220), lonlat(300, 260)]))
    cut = apply(OVER, StreetEdits((bridge,)))
    assert cut.snap(at(200, 310), 500).xy == pytest.approx(at(200, 300))
