"""Where places meet streets."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.errors import NetworkError
from sandbox.network.streets import Access
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
    with pytest.raises(NetworkError, match="no position"):
        BEND.snap((float("nan"), 0.0), 500)


def test_a_mode_without_streets_is_refused_with_those_that_have_some():
    with pytest.raises(NetworkError, match="mode drive") as caught:
        BEND.snap(at(0, 0), 500, "drive")
    assert str(caught.value.hint) == "Modes it has: walk."


@pytest.mark.parametrize("speed", [0, -1, float("nan"), float("inf"), 1e6])
def test_absurd_speeds_are_refused(speed):
    with pytest.raises(NetworkError, match="km/h"):
        BEND.graph("walk", speed)


@settings(deadline=None)
@given(
    x=st.floats(-0.2, 1.2),
    y=st.floats(-0.2, 1.2),
    limit_m=st.sampled_from([5.0, 60.0, 500.0, 3000.0]),
)
def test_the_nearest_is_that_of_looking_at_every_segment_on_foot(x, y, limit_m):
    network = helsinki()
    west, south, east, north = network.streets.bounds
    place = (west + x * (east - west), south + y * (north - south))
    on_foot = (network.streets.access & Access.WALK) != 0
    ends = network.streets.node_xy[network.streets.segment_nodes[on_foot]]
    distances = shapely.distance(shapely.linestrings(ends), shapely.Point(place))
    (found,) = network.snap_all([place], limit_m).distance_m
    if distances.min() > limit_m:
        assert np.isinf(found)
    else:
        assert found == pytest.approx(distances.min(), abs=1e-6)
