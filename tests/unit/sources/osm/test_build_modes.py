"""Maps drawn as letters, built for all modes: who gets from where to where."""

import numpy as np
import pytest

from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.geo import crs as geo
from sandbox.sources.osm.build import build_osm
from sandbox.streets.modes import Access
from sandbox.streets.sandnet import load, save
from tests.support.osm_map import write_pbf

ROAD = {"highway": "residential"}
RING = """
ABC
DEF
"""
RING_WAYS = {"ABC": ROAD, "DEF": ROAD, "AD": ROAD, "CF": ROAD}


@pytest.fixture
def town(tmp_path):
    """Build a drawn map for all modes."""

    def built(drawing, ways, nodes=None, **options):
        file = tmp_path / "map.osm.pbf"
        placed = write_pbf(file, drawing, ways, nodes)
        return Town(Network(build_osm(file, **options)), placed)

    return built


class Town:
    """A network, asked by letters."""

    def __init__(self, network, placed):
        self.network, self.placed = network, placed
        self.streets = network.streets

    def metres(self, mode, start, end):
        """Return how far a mode goes between letters, None where it doesn't get there."""
        # A metre a second, so milliseconds are millimetres.
        graph = self.network.graph(mode, 3.6)
        reached = search(graph, self.attached(mode, start), 10_000_000)
        (ms,) = reached.times_ms(self.attached(mode, end).as_many())
        return round(float(ms) / 1e5) * 100 if np.isfinite(ms) else None

    def attached(self, mode, letter):
        x, y = geo.to_metric(self.placed[letter], self.network.crs)
        return self.network.snap((float(x), float(y)), 30.0, mode)

    def along(self, pair):
        """Return the segment between two letters and whether it lies that way round."""
        xy = geo.to_metric(np.array([self.placed[letter] for letter in pair]), self.network.crs)
        ends = self.streets.node_xy[self.streets.segment_nodes]
        far = [np.linalg.norm(ends - way, axis=2).max(axis=1) for way in (xy, xy[::-1])]
        (segment,) = np.flatnonzero(np.minimum(*far) < 0.01)
        return int(segment), bool(far[0][segment] < 0.01)


def test_one_network_serves_all_modes(town):
    drawn = town(RING, RING_WAYS)
    assert drawn.network.modes == ("walk", "bike", "drive")
    for mode in drawn.network.modes:
        assert drawn.metres(mode, "A", "E") == 200


def test_one_way_streets_bind_vehicles(town):
    drawn = town(RING, {**RING_WAYS, "ABC": {**ROAD, "oneway": "yes"}})
    assert [drawn.metres(mode, "C", "A") for mode in ("walk", "bike", "drive")] == [200, 400, 400]
    assert [drawn.metres(mode, "A", "C") for mode in ("walk", "bike", "drive")] == [200, 200, 200]


def test_against_the_drawing_of_the_way(town):
    drawn = town(RING, {**RING_WAYS, "ABC": {**ROAD, "oneway": "-1"}})
    assert [drawn.metres("drive", *pair) for pair in ("AC", "CA")] == [400, 200]


def test_bikes_ride_against_the_traffic_where_they_may(town):
    drawn = town(RING, {**RING_WAYS, "ABC": {**ROAD, "oneway": "yes", "cycleway": "opposite"}})
    assert [drawn.metres(mode, "C", "A") for mode in ("bike", "drive")] == [200, 400]


def test_a_roundabout_is_gone_round_one_way(town):
    drawn = town(RING, {"ADEFCBA": {**ROAD, "junction": "roundabout"}})
    assert [drawn.metres(mode, "A", "D") for mode in ("walk", "bike", "drive")] == [100] * 3
    assert [drawn.metres(mode, "D", "A") for mode in ("walk", "bike", "drive")] == [100, 500, 500]


def test_a_motorway_is_for_cars(town):
    drawn = town(
        RING,
        {"ABC": {"highway": "motorway"}, "DEF": ROAD, "AD": ROAD, "CF": ROAD},
    )
    assert [drawn.metres("drive", *pair) for pair in ("AC", "CA")] == [200, 400]
    with pytest.raises(Exception, match="limit is 30 m"):
        drawn.attached("walk", "B")


def test_a_bollard_stops_cars_only_and_both_sides_can_be_driven_up_to_it(town):
    drawn = town(RING, RING_WAYS, {"B": {"barrier": "bollard"}})
    assert [drawn.metres(mode, "A", "C") for mode in ("walk", "bike", "drive")] == [200, 200, 400]
    assert drawn.metres("drive", "A", "B") == 100


def test_a_stile_is_climbed_on_foot(town):
    drawn = town(RING, RING_WAYS, {"B": {"barrier": "stile"}})
    assert [drawn.metres(mode, "A", "C") for mode in ("walk", "bike", "drive")] == [200, 400, 400]


def test_a_private_gate_stops_all_but_who_is_named(town):
    drawn = town(RING, RING_WAYS, {"B": {"barrier": "gate", "access": "private", "bicycle": "yes"}})
    assert [drawn.metres(mode, "A", "C") for mode in ("walk", "bike", "drive")] == [400, 200, 400]


def test_a_footpath_past_a_bollard_stays_one_with_the_road(town):
    ways = {**RING_WAYS, "BE": {"highway": "footway"}}
    drawn = town(RING, ways, {"B": {"barrier": "bollard"}})
    assert drawn.metres("walk", "A", "E") == 200
    assert [drawn.metres("walk", *pair) for pair in ("AC", "BE", "CE")] == [200, 100, 200]


def test_a_bike_is_pushed_up_steps_and_the_file_says_so(town):
    drawn = town("ABC", {"AB": ROAD, "BC": {"highway": "steps"}})
    segment, _ = drawn.along("BC")
    assert drawn.streets.access[segment] == Access.WALK | Access.BIKE | Access.BIKE_PUSHED
    assert drawn.metres("bike", "A", "C") == 200
    assert drawn.streets.access[drawn.along("AB")[0]] == ~Access.BIKE_PUSHED & ~Access(0)


def test_kinds_and_limits_are_those_of_the_way(town, tmp_path):
    drawn = town(
        RING,
        {
            **RING_WAYS,
            "ABC": {
                "highway": "primary",
                "maxspeed:forward": "60",
                "maxspeed:backward": "40",
            },
        },
    )
    save(drawn.streets, tmp_path / "town.sandnet")
    for streets in (drawn.streets, load(tmp_path / "town.sandnet")):
        segment, same_way = drawn.along("AB")
        traffic = streets.traffic
        assert traffic.kinds[traffic.kind[segment]] == "primary"
        limits = traffic.maxspeed_kmh[segment].tolist()
        assert (limits if same_way else limits[::-1]) == [60, 40]
        assert traffic.maxspeed_kmh[drawn.along("DE")[0]].tolist() == [0, 0]


def test_what_is_left_over_for_one_mode_is_kept_for_the_others(town):
    drawn = town("ABCD", {"AB": ROAD, "BC": {"highway": "footway", "bicycle": "no"}, "CD": ROAD})
    assert drawn.metres("walk", "A", "D") == 300
    parts = drawn.streets.provenance.report["parts"]
    assert [parts[mode]["segments_outside"] for mode in ("walk", "bike", "drive")] == [0, 1, 1]


def test_walking_takes_no_notice_of_the_other_modes(town):
    ways = {**RING_WAYS, "BE": {"highway": "motorway"}, "AE": {"highway": "cycleway"}}
    nodes = {"B": {"barrier": "bollard"}, "F": {"barrier": "stile"}}
    everybody, walkers = town(RING, ways, nodes), town(RING, ways, nodes, modes=["walk"])
    assert walkers.network.modes == ("walk",)
    assert walkers.streets.length_m.min() > 0
    for start in "ABCDEF":
        for end in "ABCDEF":
            assert everybody.metres("walk", start, end) == walkers.metres("walk", start, end)
