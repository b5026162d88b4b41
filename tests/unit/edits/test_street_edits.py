"""Streets closed, slowed and added: times worked out by hand in cities of straight blocks."""

import json
from dataclasses import replace

import numpy as np
import pytest
from shapely import LineString, Point, Polygon

from sandbox.analysis.route import route
from sandbox.edits import street_edits_file
from sandbox.edits.street_edits import StreetEdit, StreetEdits, apply
from sandbox.engine.network import Network
from sandbox.errors import NetworkError
from sandbox.geo import crs as geo
from sandbox.streets.modes import Access
from sandbox.streets.streets import Structure
from sandbox.streets.travel import Travel
from tests.support.grid_city import SPEED_KMH, at, grid_city
from tests.support.worlds import CRS, world
from tests.support.worlds import at as metres

WALK = Travel(walk_kmh=SPEED_KMH)


def edited(network, *edits):
    return apply(network, StreetEdits(edits))


def lonlat(x, y):
    lon, lat = geo.to_lonlat(metres(x, y), CRS)
    return float(lon), float(lat)


def line(*points, place=at):
    return LineString([place(*point) for point in points])


def area(west, south, east, north, place=at):
    return Polygon(
        [place(*p) for p in ((west, south), (east, south), (east, north), (west, north))]
    )


def minutes(network, start, end, travel=WALK):
    return route(network, start, end, travel).minutes


def test_without_edits_it_is_the_same_network():
    city = grid_city()
    off = StreetEdit("avoid", area(2, 2, 5, 5), on=False)
    assert apply(city, StreetEdits()) is city
    assert apply(city, StreetEdits((off,))) is city


def test_a_mark_closes_its_stretch_between_junctions():
    # A straight street of three pieces between junctions, and a detour of 900 m round it.
    points = [(0, 0), (100, 0), (200, 0), (300, 0), (300, 300), (0, 300), (-100, 0), (400, 0)]
    lines = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 0), (6, 0), (3, 7)]
    net = world(points, lines)
    shut = edited(net, StreetEdit("closed", Point(lonlat(150, 5))))
    assert minutes(net, lonlat(-50, 0), lonlat(350, 0)) == pytest.approx(4, abs=0.01)
    assert minutes(shut, lonlat(-50, 0), lonlat(350, 0)) == pytest.approx(10, abs=0.02)
    # All three pieces are closed: a place on the first has lost its street, and gets no other
    # instead; one at the junction keeps the streets that go on there.
    with pytest.raises(NetworkError, match="is closed by a street edit"):
        shut.snap(metres(90, 0), 500)
    assert shut.snap(metres(0, 0), 500).xy == pytest.approx(metres(0, 0), abs=0.01)


def test_a_line_closes_what_it_crosses_and_only_for_whom_it_is_meant():
    city = grid_city()
    # Between columns 5 and 6, over rows 2 to 6: the way round goes by row 1 or 7.
    barrier = StreetEdit("closed", line((5.5, 1.5), (5.5, 6.5)))
    shut = edited(city, barrier)
    assert minutes(city, at(5, 4), at(6, 4)) == pytest.approx(1, abs=0.01)
    assert minutes(shut, at(5, 4), at(6, 4)) == pytest.approx(7, abs=0.01)
    every = np.full(len(city.streets.access), int(Access.WALK | Access.DRIVE), np.uint16)
    roads = Network(replace(city.streets, access=every))
    for_cars = edited(roads, replace(barrier, modes=("drive",)))
    assert minutes(for_cars, at(5, 4), at(6, 4)) == pytest.approx(1, abs=0.01)
    car = Travel("drive")
    assert minutes(for_cars, at(5, 4), at(6, 4), car) == pytest.approx(
        7 * minutes(roads, at(5, 4), at(6, 4), car), rel=0.01
    )


def test_an_area_to_avoid_is_gone_round():
    city = grid_city()
    shut = edited(city, StreetEdit("avoid", area(4.5, 2.5, 5.5, 5.5)))
    # Crossings (5,3), (5,4), (5,5) are shut: from (4,4) to (6,4) by row 2 or 6.
    assert minutes(city, at(4, 4), at(6, 4)) == pytest.approx(2, abs=0.01)
    assert minutes(shut, at(4, 4), at(6, 4)) == pytest.approx(6, abs=0.01)


def test_a_slow_area_counts_by_the_part_of_a_street_inside():
    net = world([(0, 0), (1000, 0)], [(0, 1)])
    slow = edited(net, StreetEdit("slow", area(-50, -50, 250, 50, lonlat), time_factor=3.0))
    # 250 of 1,000 m take three times as long: 750 + 3 × 250 m at 100 m a minute.
    assert minutes(slow, lonlat(0, 0), lonlat(1000, 0)) == pytest.approx(15, abs=0.02)
    assert minutes(net, lonlat(0, 0), lonlat(1000, 0)) == pytest.approx(10, abs=0.02)
    other = edited(
        net, StreetEdit("slow", area(-50, -50, 250, 50, lonlat), modes=("bike",), time_factor=3.0)
    )
    assert minutes(other, lonlat(0, 0), lonlat(1000, 0)) == pytest.approx(10, abs=0.02)


def test_slow_areas_over_one_another_multiply():
    net = world([(0, 0), (1000, 0)], [(0, 1)])
    twice = StreetEdit("slow", area(-50, -50, 1050, 50, lonlat), time_factor=2.0)
    assert minutes(edited(net, twice, twice), lonlat(0, 0), lonlat(1000, 0)) == pytest.approx(
        40, abs=0.02
    )


def rivers():
    """Two banks 100 m apart, joined by a bridge 1,000 m down the river."""
    points = [(0, 0), (500, 0), (1000, 0), (0, 100), (500, 100), (1000, 100)]
    return world(points, [(0, 1), (1, 2), (3, 4), (4, 5), (2, 5)])


def test_a_footbridge_joins_streets_between_their_crossings():
    bridge = StreetEdit("footbridge", line((200, 10), (200, 90), place=lonlat), "Red Bridge")
    net = edited(rivers(), bridge)
    assert minutes(rivers(), lonlat(100, 0), lonlat(100, 100)) == pytest.approx(19, abs=0.02)
    found = route(net, lonlat(100, 0), lonlat(100, 100), WALK)
    # 100 m to it, 100 m over it with its two steps, 100 m back.
    assert found.minutes == pytest.approx(3, abs=0.02)
    assert [s.street for s in found.steps if s.street] == ["Red Bridge"]


def test_a_footbridge_passes_over_what_a_path_joins():
    # A street between the banks that neither bank meets.
    points = [(0, 0), (500, 0), (0, 50), (500, 50), (0, 100), (500, 100), (-900, 50)]
    net = world(points, [(0, 1), (2, 3), (4, 5), (0, 6), (2, 6), (4, 6)])
    drawn = line((250, 0), (250, 100), place=lonlat)
    middle, south = lonlat(250, 50), lonlat(250, 0)
    by_path = edited(net, StreetEdit("path", drawn))
    by_bridge = edited(net, StreetEdit("footbridge", drawn))
    assert minutes(by_path, south, middle) == pytest.approx(0.5, abs=0.01)
    assert minutes(by_bridge, south, middle) == pytest.approx(minutes(net, south, middle), abs=1e-3)
    assert minutes(by_bridge, south, lonlat(250, 100)) == pytest.approx(1, abs=0.01)
    bridge = (by_bridge.streets.structure == Structure.BRIDGE).sum()
    assert bridge == 1


def test_lines_drawn_end_to_end_are_one_way():
    middle = (200, 50)
    net = edited(
        rivers(),
        StreetEdit("footbridge", line((200, 0), middle, place=lonlat)),
        StreetEdit("footbridge", line(middle, (200, 100), place=lonlat)),
    )
    assert minutes(net, lonlat(200, 0), lonlat(200, 100)) == pytest.approx(1, abs=0.01)


def test_a_footbridge_is_for_those_on_foot_unless_it_says_more():
    net = rivers()
    every = int(Access.WALK | Access.BIKE | Access.DRIVE)
    net = Network(replace(net.streets, access=np.full(len(net.streets.access), every, np.uint16)))
    bridge = StreetEdit("footbridge", line((200, 0), (200, 100), place=lonlat))
    bike = Travel("bike", bike_kmh=15)
    there = lonlat(100, 0), lonlat(100, 100)
    for_bikes = edited(net, replace(bridge, modes=("walk", "bike")))
    assert minutes(edited(net, bridge), *there, bike) == pytest.approx(minutes(net, *there, bike))
    # 15 km/h is 250 m a minute; a path is ridden at a share of that.
    assert minutes(for_bikes, *there, bike) < 0.2 * minutes(net, *there, bike)


def test_what_was_there_keeps_its_number():
    net = rivers()
    bridge = StreetEdit("footbridge", line((200, 0), (200, 100), place=lonlat))
    made = edited(net, bridge).streets
    nodes, segments = len(net.streets.node_xy), len(net.streets.segment_nodes)
    assert (made.node_xy[:nodes] == net.streets.node_xy).all()
    assert (made.segment_nodes[:segments] == net.streets.segment_nodes).all()
    # Both banks are cut in two, and one segment is the bridge.
    assert len(made.node_xy) == nodes + 2
    assert len(made.segment_nodes) == segments + 5
    assert (made.access[:segments] == 0).sum() == 2
    assert made.length_m[segments : segments + 4].sum() == pytest.approx(1000, abs=1)


def test_a_closed_mark_on_a_drawn_bridge_closes_it():
    bridge = StreetEdit("footbridge", line((200, 0), (200, 100), place=lonlat))
    shut = StreetEdit("closed", Point(lonlat(200, 50)))
    got = edited(rivers(), bridge, shut)
    assert minutes(got, lonlat(100, 0), lonlat(100, 100)) == pytest.approx(19, abs=0.02)


def test_switching_adding_and_taking_away():
    a, b = (StreetEdit("avoid", area(i, i, i + 1, i + 1)) for i in (1, 2))
    both = StreetEdits().added(a).added(b)
    assert both.edits == (a, b)
    assert both.without(0).edits == (b,)
    assert both.switched(1, on=False).edits == (a, replace(b, on=False))
    assert both.switched(1, on=False).switched(1, on=True) == both


def test_all_faults_come_at_once():
    far = StreetEdit("footbridge", line((-900, -900), (-800, -900)), "far away")
    crossed = Polygon([at(0, 0), at(1, 1), at(1, 0), at(0, 1)])
    with pytest.raises(NetworkError) as caught:
        edited(
            grid_city(),
            StreetEdit("avoid", crossed, "bow tie"),
            StreetEdit("slow", area(1, 1, 2, 2), time_factor=0.5),
            StreetEdit("closed", area(1, 1, 2, 2)),
            StreetEdit("path", line((1, 1), (2, 2)), modes=("fly",)),
        )
    said = str(caught.value)
    for fault in (
        "bow tie: its outline",
        "#2: a time factor of 0.5",
        "#3: the kind “closed” can't",
        "fly",
    ):
        assert fault in said
    with pytest.raises(NetworkError, match="far away: no street is within 40"):
        edited(grid_city(), far)
    with pytest.raises(NetworkError, match="#1: it closes no street"):
        edited(grid_city(), StreetEdit("closed", Point(at(0.5, 0.5))))


def test_a_file_gives_back_what_was_written(tmp_path):
    told = StreetEdits(
        (
            StreetEdit("closed", Point(at(1, 1)), "Gate", ("drive",)),
            StreetEdit("slow", area(1, 1, 2, 2), time_factor=2.5, on=False),
            StreetEdit("path", line((1, 1), (2, 2)), "小路"),
        )
    )
    file = tmp_path / "edits.geojson"
    file.write_text(street_edits_file.as_geojson(told), "utf-8")
    assert street_edits_file.read(file) == told


@pytest.mark.parametrize(
    ("properties", "geometry", "why"),
    [
        ({"kind": "fly"}, "point", "kind must be one of"),
        ({"kind": "slow"}, "area", "needs a time_factor"),
        ({"kind": "slow", "time_factor": "2"}, "area", "must be a number"),
        ({"kind": "slow", "time_factor": 1e300}, "area", "time factor of 1e+300"),
        ({"kind": "closed", "speed": 3}, "point", "unknown property “speed”"),
        ({"kind": "closed", "on": "yes"}, "point", "true or false"),
        ({"kind": "closed", "modes": 3}, "point", "list of mode names"),
        ({"kind": "closed", "name": 3}, "point", "must be text"),
        ({"kind": "closed"}, None, "can't be read"),
        ({"kind": "closed"}, {"type": "Point", "coordinates": ["a", 1]}, "can't be read"),
        ({"kind": "closed"}, {"type": "Point", "coordinates": [500_000, 3e6]}, "degrees"),
        ({"kind": "avoid"}, "point", "can't have the geometry Point"),
    ],
)
def test_a_broken_file_is_refused_with_its_fault(tmp_path, properties, geometry, why):
    shapes = {"point": Point(at(1, 1)), "area": area(1, 1, 2, 2)}
    if isinstance(geometry, str):
        geometry = shapes[geometry].__geo_interface__
    good = {
        "type": "Feature",
        "properties": {"kind": "nothing"},
        "geometry": shapes["point"].__geo_interface__,
    }
    bad = {"type": "Feature", "properties": properties, "geometry": geometry}
    file = tmp_path / "edits.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [good, bad]}), "utf-8")
    with pytest.raises(NetworkError) as caught:
        street_edits_file.read(file)
    assert "#1: kind must be" in str(caught.value)
    assert why in str(caught.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"features": 3}', "\xff"])
def test_what_is_no_file_of_edits_is_refused(tmp_path, text):
    file = tmp_path / "edits.geojson"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(NetworkError, match="can't be read as street edits"):
        street_edits_file.read(file)
    with pytest.raises(NetworkError, match="can't be read as street edits"):
        street_edits_file.read(tmp_path / "missing.geojson")
