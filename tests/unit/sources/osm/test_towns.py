"""Town and country: what a map shows of them, and how fast one drives there."""

import re

import numpy as np
import pytest

from sandbox.engine import costs
from sandbox.sources.osm.build import build_osm
from sandbox.streets import speed_table
from sandbox.streets.sandnet import load, save
from sandbox.streets.travel import Travel
from tests.support.osm_map import write_pbf

PRIMARY = {"highway": "primary"}
# A road of 2 km, A to C, with ground beside it.
ROAD = """
D    E
A    B              C
G    F
"""
GROUND = {"landuse": "residential"}


@pytest.fixture
def built(tmp_path):
    def build(ways, nodes=None, rules=(), drawing=ROAD):
        file = tmp_path / "map.osm.pbf"
        write_pbf(file, drawing, ways, nodes, rules=rules)
        return build_osm(file)

    return build


def towns(streets):
    """Return whether each piece of the road lies in a town, the western piece first."""
    west = streets.node_xy[streets.segment_nodes][:, :, 0].min(axis=1)
    main = streets.traffic.kind == streets.traffic.kinds.index("primary")
    order = np.argsort(west)
    return streets.traffic.built_up[order[main[order]]].tolist()


def test_a_map_that_shows_nothing_of_towns_tells_none(built):
    streets = built({"AB": {"highway": "service"}, "BC": {"highway": "service"}})
    assert streets.traffic.built_up is None


@pytest.mark.parametrize("value", ["residential", "commercial", "industrial", "retail"])
def test_a_street_on_built_ground_lies_in_a_town(built, value):
    ways = {"AB": PRIMARY, "BC": PRIMARY, "DEFGD": {"landuse": value}}
    assert towns(built(ways)) == [True, False]


@pytest.mark.parametrize("tags", [{"landuse": "farmland"}, {"place": "county"}])
def test_other_ground_is_country(built, tags):
    assert towns(built({"AB": PRIMARY, "BC": PRIMARY, "DEFGD": tags})) == [False, False]


def test_a_street_beside_built_ground_and_a_settled_place_lie_in_a_town(built):
    beside = {"AB": PRIMARY, "BC": PRIMARY, "ABEDA": {"place": "village"}}
    assert towns(built(beside)) == [True, False]
    node = {"D": {"place": "village"}}
    assert towns(built({"AB": PRIMARY, "BC": PRIMARY}, node)) == [True, False]


def test_ground_that_is_drawn_as_a_relation_counts(built):
    ways = {"AB": PRIMARY, "BC": PRIMARY, "DE": {}, "EF": {}, "FGD": {}}
    rule = ({"type": "multipolygon", **GROUND}, [("outer", way) for way in ("DE", "EF", "FGD")])
    assert towns(built(ways, rules=[rule])) == [True, False]


def test_what_a_zone_says_goes_before_the_ground(built):
    ways = {
        "AB": {**PRIMARY, "zone:traffic": "CN:rural"},
        "BC": {**PRIMARY, "source:maxspeed": "CN:urban"},
        "DEFGD": GROUND,
    }
    assert towns(built(ways)) == [False, True]


def test_dense_streets_make_a_town_and_few_do_not(built):
    """Five residential streets of 400 m beside the west end, 2 km that count twice."""
    drawing = """
DEFGH
.....
A...B              C
.....
IJKLM
"""
    streets = {pair: {"highway": "residential"} for pair in ("DI", "EJ", "FK", "GL", "HM")}
    main = {"AB": PRIMARY, "BC": PRIMARY}
    assert towns(built({**main, **streets}, drawing=drawing)) == [True, False]
    few = {pair: streets[pair] for pair in ("DI",)}
    assert towns(built({**main, **few}, drawing=drawing)) == [False, False]


def test_one_drives_by_the_figures_of_town_and_country(built, tmp_path):
    """A primary street: 50 km/h in a town and 70 outside by the shipped table, 0.9 of a limit."""
    limited = {**PRIMARY, "maxspeed": "60"}
    ways = {"AB": PRIMARY, "BC": PRIMARY, "BC#2": limited, "DEFGD": GROUND}
    streets = built(ways)
    save(streets, tmp_path / "a.sandnet")
    for kept in (streets, load(tmp_path / "a.sandnet")):
        ms = costs.segment_ms(kept, Travel("drive"))[:, 0]
        kmh = kept.length_m * 3600.0 / ms
        assert sorted(np.round(kmh, 1)) == [50.0, 54.0, 70.0]


def test_a_table_without_figures_for_the_country_knows_no_difference(built, tmp_path):
    from sandbox import paths

    shipped = (paths.assets() / "speeds.toml").read_text("utf-8")
    start, end = shipped.index("[drive.outside_kmh]"), shipped.index("# km/h by class on the map")
    (tmp_path / "old.toml").write_text(shipped[:start] + shipped[end:], "utf-8")
    streets = built({"AB": PRIMARY, "BC": PRIMARY, "DEFGD": GROUND})
    ms = costs.segment_ms(streets, Travel("drive", speeds_file=str(tmp_path / "old.toml")))[:, 0]
    assert sorted(np.round(streets.length_m * 3600.0 / ms, 1)) == [50.0, 50.0]


def test_the_figures_outside_towns_lie_within_what_others_publish():
    """OSRM (profiles/car.lua), and Valhalla outside towns (lua/graph.lua), km/h."""
    published = {
        "trunk": (85, 90),
        "primary": (65, 75),
        "secondary": (55, 60),
        "tertiary": (40, 50),
        "unclassified": (25, 40),
        "residential": (25, 35),
    }
    drive = speed_table.load().drive
    for kind, (low, high) in published.items():
        assert low <= drive.outside_kmh[kind] <= high
        assert drive.outside_kmh[kind] >= drive.kind_kmh[kind]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_guides_table_holds_the_figures_beside_those_that_others_publish(language):
    from sandbox import paths

    drive = speed_table.load().drive
    text = (paths.assets() / "guide" / f"{language}.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", text, re.M)
    assert len(rows) == 7
    for kind, *figures in rows:
        inside, outside, _, valhalla, osrm = map(float, figures)
        assert inside == drive.kind_kmh[kind]
        assert outside == drive.outside_kmh.get(kind, inside)
        assert min(valhalla, osrm) <= outside <= max(valhalla, osrm)


def test_limits_that_are_not_whole_are_kept_in_the_file(built, tmp_path):
    streets = built({"AB": {**PRIMARY, "maxspeed": "6.875 mph"}})
    save(streets, tmp_path / "a.sandnet")
    kept = load(tmp_path / "a.sandnet")
    assert kept.traffic.maxspeed_kmh.tolist() == streets.traffic.maxspeed_kmh.tolist()
    assert kept.traffic.maxspeed_kmh[0] == pytest.approx([11.06, 11.06], abs=1e-3)
    # 6.875 mph are 11.06 km/h, of which nine tenths are driven: 500 m in 180.8 s.
    assert costs.segment_ms(kept, Travel("drive"))[0, 0] == pytest.approx(180_800, abs=300)
