"""What the map says of ferries, what a network keeps of it, and what it is like to ride one."""

from dataclasses import replace

import numpy as np
import pytest
from shapely import LineString, Point

from sandbox import paths
from sandbox.analysis.isochrone import isochrone
from sandbox.analysis.isodistance import isodistance
from sandbox.analysis.route import as_table, route
from sandbox.edits.street_edits import StreetEdit, StreetEdits, apply
from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.errors import NetworkError
from sandbox.geo import crs as geo
from sandbox.sources.osm.build import build_osm
from sandbox.sources.osm.ferries import seconds
from sandbox.streets.sandnet import load, save
from sandbox.streets.streets import StreetClass
from sandbox.streets.travel import Travel
from tests.support.osm_map import write_pbf

ROAD = {"highway": "residential", "name": "Shore"}
SHORES = "AB........CD"
# 900 m in six minutes, every half an hour: fifteen minutes to wait.
BOAT = {"route": "ferry", "name": "Line 1", "duration": "00:06", "interval": "30"}


@pytest.fixture
def town(tmp_path):
    def built(boat=BOAT, drawing=SHORES, more=None, **options):
        file = tmp_path / "map.osm.pbf"
        bbox = options.pop("bbox", None)
        ways = {"AB": ROAD, "CD": ROAD, "BC": boat, **(more or {})}
        placed = write_pbf(file, drawing, ways, **options)
        return Network(build_osm(file, bbox=bbox)), placed

    return built


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("00:15", 900), ("1:05", 3900), ("15", 900), ("90", 5400), ("00:07:30", 450),
        ("15 min", 900), ("15 minutes", 900), (" 00:15 ", 900), ("PT15M", 900), ("PT1H5M", 3900),
        ("PT71M", 4260), ("PT21.2S", 21.2), ("P1DT1H", 90_000), ("100:00", 360_000),
        ("", None), ("0", None), ("00:00", None), ("P", None), ("PT", None), ("soon", None),
        ("15 h", None), ("-5", None), ("00:15-00:20", None), ("P3Y", None), ("99999:00", None),
        ("9999", 599_940), ("PT9999999S", None), ("１５", None),
    ],
)  # fmt: skip
def test_spans_of_time_as_the_map_writes_them(value, expected):
    assert seconds(value) == expected


def test_a_crossing_is_kept_in_the_network_file(town, tmp_path):
    network, _ = town()
    ferries = network.streets.ferries
    ferry = network.streets.street_class == StreetClass.FERRY
    # The crossing and two links aboard.
    assert ferries.segment.tolist() == np.flatnonzero(ferry).tolist()
    assert sorted(ferries.crossing_s.tolist()) == [0, 0, 360]
    assert sorted(ferries.wait_s.tolist()) == [0, 900, 900]
    assert network.streets.provenance.report["ferry_landings"] == 2
    save(network.streets, tmp_path / "a.sandnet")
    again = load(tmp_path / "a.sandnet").ferries
    for key in ("segment", "crossing_s", "wait_s"):
        assert (getattr(again, key) == getattr(ferries, key)).all()
    save(replace(network.streets, ferries=None), tmp_path / "b.sandnet")
    assert load(tmp_path / "b.sandnet").ferries is None


@pytest.mark.parametrize(
    "spoil",
    [
        {"segment": np.array([0, 0, 1], dtype=np.int32)},
        {"segment": np.array([0, 1, 99], dtype=np.int32)},
        {"crossing_s": np.array([0, -1, 0], dtype=np.float32)},
        {"wait_s": np.array([0, np.inf, 0], dtype=np.float32)},
    ],
)
def test_crossings_that_cannot_be_are_refused(town, tmp_path, spoil):
    network, _ = town()
    ferries = replace(network.streets.ferries, **spoil)
    save(replace(network.streets, ferries=ferries), tmp_path / "a.sandnet")
    with pytest.raises(NetworkError, match="damaged"):
        load(tmp_path / "a.sandnet")


def test_a_table_of_ones_own_says_how_fast_and_how_often(town, tmp_path):
    network, placed = town({"route": "ferry"})
    text = (paths.assets() / "speeds.toml").read_text("utf-8")
    own = tmp_path / "speeds.toml"
    own.write_text(text.replace("wait_s = 600", "wait_s = 60"), "utf-8")
    street_s, boat_s = 200 / (4.8 / 3.6), 900 / (15 / 3.6)
    for file, wait_s in ((None, 600), (str(own), 60)):
        told = route(network, placed["A"], placed["D"], Travel(speeds_file=file))
        assert told.minutes * 60 == pytest.approx(street_s + boat_s + wait_s, rel=1e-3)
    assert own.read_text("utf-8") != text


def test_a_route_tells_the_ferry_with_its_wait(town):
    network, placed = town()
    told = route(network, placed["A"], placed["D"], Travel(walk_kmh=3.6))
    assert [(step.kind, step.street, step.turn) for step in told.steps] == [
        ("access", "", ""),
        ("way", "Shore", ""),
        ("ferry", "Line 1", ""),
        ("way", "Shore", ""),
        ("egress", "", ""),
    ]
    boat = told.steps[2]
    assert (boat.minutes, boat.metres) == (pytest.approx(21), pytest.approx(900, rel=1e-3))
    assert as_table(network, told, ["A", "D"])["part"].tolist()[:4] == [
        "route",
        "way",
        "ferry",
        "way",
    ]


def test_nobody_is_on_the_water(town):
    network, placed = town()
    west, east = (np.array(geo.to_metric(placed[letter], network.crs)) for letter in "BC")
    middle = tuple(((west + east) / 2).tolist())
    # A place there goes to the shore, 450 m off.
    with pytest.raises(NetworkError, match=r"Shore, is 4[45]\d m away"):
        network.snap(middle, 100.0)
    reached = search(network.moving(Travel(walk_kmh=3.6)), network.snap(tuple(west), 5.0), 10**7)
    assert network.streets.walked_on[reached.segment].all()
    assert len(set(reached.segment.tolist())) == 2
    (area,) = isochrone(network, placed["A"], [30]).areas
    on_water = [west + share * (east - west) for share in np.linspace(0.1, 0.9, 9)]
    assert area.contains(Point(east + (east - west) * 0.05))
    assert not any(area.contains(Point(xy)) for xy in on_water)


def test_by_distance_one_stays_ashore(town):
    network, placed = town()
    (area,) = isodistance(network, placed["A"], [3000]).areas
    assert area.contains(Point(geo.to_metric(placed["B"], network.crs)))
    assert not area.contains(Point(geo.to_metric(placed["C"], network.crs)))


def test_a_ferry_that_the_extract_cuts_off_goes_by_the_table(town):
    network, _ = town(BOAT, "ABEC\nD", {"BEC": BOAT, "BC": ROAD, "CD": ROAD}, without="E")
    assert network.streets.ferries is None
    # Of a box that it leaves, the part inside keeps its share of the time.
    file = "ABEC\nD"
    whole, placed = town(BOAT, file, {"BEC": {**BOAT, "name": "Line 2"}})
    crossing = whole.streets.ferries.crossing_s
    assert sorted(crossing[crossing > 0].tolist()) == pytest.approx([180, 180, 360], rel=1e-3)
    assert placed


def test_a_drawn_path_does_not_join_a_ferry_and_a_mark_closes_it(town):
    network, placed = town()
    (west, lat), (east, _) = placed["B"], placed["C"]
    middle = (west + east) / 2
    across = LineString([(middle, lat - 1e-3), (middle, lat + 1e-3)])
    with pytest.raises(NetworkError, match="no street"):
        apply(network, StreetEdits((StreetEdit("path", across),))).moving(Travel())
    closed = apply(network, StreetEdits((StreetEdit("closed", Point(middle, lat)),)))
    start = closed.snap(tuple(geo.to_metric(placed["A"], network.crs)), 5.0)
    far = network.snap(tuple(geo.to_metric(placed["D"], network.crs)), 5.0).as_many()
    assert np.isfinite(search(network.moving(Travel()), start, 10**8).times_ms(far)).all()
    assert np.isinf(search(closed.moving(Travel()), start, 10**8).times_ms(far)).all()


def test_slow_areas_and_slopes_leave_the_boat_alone(town):
    network, placed = town()
    streets = network.streets
    ferry = streets.ferries.segment
    slow = np.full(len(streets.length_m), 3, dtype=np.float32)
    climb = np.full((len(streets.length_m), 2), 20, dtype=np.float32)
    other = Network(replace(streets, time_factor={"walk": slow}, climb_m=climb))
    plain, changed = (one.moving(Travel()).segment_ms for one in (network, other))
    assert (plain[ferry] == changed[ferry]).all()
    firm = np.setdiff1d(np.arange(len(plain)), ferry)
    assert (plain[firm] < changed[firm]).all()
    assert placed
