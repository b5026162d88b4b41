"""Routes through streets whose times, lengths and climbs are worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from sandbox.analysis.route import as_table, route, turn_of
from sandbox.engine.network import Network
from sandbox.errors import AnalysisError, NetworkError
from sandbox.geo import crs as geo
from sandbox.streets.travel import Travel
from tests.support.grid_city import SPEED_KMH, at, grid_city
from tests.support.worlds import CRS, world
from tests.support.worlds import at as metres

WALK = Travel(walk_kmh=SPEED_KMH)


def lonlat(x, y):
    lon, lat = geo.to_lonlat(metres(x, y), CRS)
    return float(lon), float(lat)


def test_the_way_and_both_steps_are_told():
    # A place 30 m above one street, another 60 m right of the next: 6 km/h is 10 s for 100/6 m.
    net = world([(0, 0), (600, 0), (600, 400)], [(0, 1), (1, 2)])
    found = route(net, lonlat(100, 30), lonlat(660, 250), WALK)
    assert [step.kind for step in found.steps][::2] == ["access", "egress"]
    assert found.metres == pytest.approx(30 + 500 + 250 + 60, abs=0.5)
    assert found.minutes == pytest.approx(found.metres / 100, abs=0.001)
    assert found.minutes_at[0] == 0
    assert found.minutes_at[1] == pytest.approx(0.3, abs=0.001)
    assert found.minutes_at[-1] == found.minutes
    assert (np.diff(found.minutes_at) >= 0).all()
    assert len(found.line_lonlat) == len(found.minutes_at) == 5
    assert sum(step.minutes for step in found.steps) == pytest.approx(found.minutes)
    assert found.ascent_m is None


def test_two_places_on_one_street_need_no_crossing():
    net = world([(0, 0), (600, 0)], [(0, 1)])
    there = route(net, lonlat(100, 0), lonlat(400, 0), WALK)
    back = route(net, lonlat(400, 0), lonlat(100, 0), WALK)
    assert there.metres == pytest.approx(300, abs=0.1)
    assert back.minutes == pytest.approx(there.minutes, abs=1e-4)
    assert len(there.line_lonlat) == 4


def test_who_is_there_already_has_no_way_to_go():
    net = world([(0, 0), (600, 0)], [(0, 1)])
    found = route(net, lonlat(100, 20), lonlat(100, 20), WALK)
    assert (found.minutes, found.metres, found.steps) == (0.0, 0.0, ())
    assert found.from_lonlat == found.to_lonlat == pytest.approx(lonlat(100, 20))


def test_one_way_streets_are_gone_along_only():
    net = grid_city(one_way=[((3, 3), (4, 3))])
    along, against = at(3.2, 3), at(3.8, 3)
    assert route(net, along, against, WALK).metres == pytest.approx(60, abs=0.5)
    # Round the block: 20 m on, three blocks, 20 m on; never 60 m against it.
    assert route(net, against, along, WALK).metres == pytest.approx(20 + 300 + 20, abs=0.5)


def test_turns_are_called_by_their_angle():
    assert [turn_of(d) for d in (0, 30, 90, 140, 175, -30, -90, -140, -175)] == [
        "straight", "slight_left", "left", "sharp_left", "back",
        "slight_right", "right", "sharp_right", "back",
    ]  # fmt: skip


def named_bend(turn_x):
    net = world([(0, 0), (300, 0), (300, turn_x)], [(0, 1), (1, 2)])
    ends = net.streets.node_xy[net.streets.segment_nodes]
    level = np.abs(ends[:, 0, 1] - ends[:, 1, 1]) < 1
    names = np.where(level, 0, 1).astype(np.int32)
    return Network(replace(net.streets, name=names, names=("East Road", "Cross Road")))


@pytest.mark.parametrize(("y", "turn"), [(200, "left"), (-200, "right")])
def test_a_step_is_a_street_and_says_how_one_enters_it(y, turn):
    found = route(named_bend(y), lonlat(100, 0), lonlat(300, y), WALK)
    told = [(s.street, s.turn) for s in found.steps if s.kind == "way"]
    assert told == [("East Road", ""), ("Cross Road", turn)]
    lengths = [s.metres for s in found.steps if s.kind == "way"]
    assert lengths == pytest.approx([200, 200], abs=0.2)


def test_climb_turns_round_with_the_direction():
    net = world([(0, 0), (600, 0)], [(0, 1)])
    streets = net.streets
    forward = streets.node_xy[streets.segment_nodes[0], 0]
    up = forward[0] < forward[1]
    climb = np.array([[30, 6] if up else [6, 30]], dtype=np.float32)
    hill = Network(replace(streets, climb_m=climb))
    there = route(hill, lonlat(0, 0), lonlat(300, 0), WALK)
    back = route(hill, lonlat(300, 0), lonlat(0, 0), WALK)
    assert (there.ascent_m, there.descent_m) == pytest.approx((15, 3), abs=0.05)
    assert (back.ascent_m, back.descent_m) == pytest.approx((3, 15), abs=0.05)
    assert there.minutes > back.minutes


def test_what_is_out_of_reach_is_refused():
    with pytest.raises(AnalysisError, match=r"No route leads from \S+ to \S+ within 5 minutes"):
        route(grid_city(), at(1, 1), at(12, 12), WALK, minutes=5)
    with pytest.raises(AnalysisError, match="outside the network"):
        route(grid_city(), at(1, 1), (0.0, 0.0), WALK)
    with pytest.raises(AnalysisError, match="300 minutes"):
        route(grid_city(), at(1, 1), at(2, 2), WALK, minutes=300)
    with pytest.raises(NetworkError, match="no streets for the mode drive"):
        route(grid_city(), at(1, 1), at(2, 2), Travel("drive"))


def test_the_table_holds_the_whole_and_its_steps():
    net = grid_city()
    found = route(net, at(3.5, 3.1), at(5.1, 6.5), WALK)
    table = as_table(net, found, ["home", "school"])
    assert table["part"].tolist() == ["route", "access", *["way"] * (len(table) - 3), "egress"]
    assert table["minutes"].iloc[0] == pytest.approx(table["minutes"].iloc[1:].sum())
    assert table["metres"].iloc[0] == pytest.approx(10 + 150 + 350 + 10, abs=1)
    assert table.geometry.is_valid.all()
    assert set(table["from"]) == {"home"}
