"""Parts of a network that don't hang together: which stay, and what a place there is told."""

from dataclasses import replace
from datetime import datetime

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import Polygon

from sandbox.analysis.itinerary import itinerary
from sandbox.analysis.places.place import Place
from sandbox.analysis.route import route
from sandbox.analysis.times import times
from sandbox.engine.network import Network
from sandbox.errors import AnalysisError, NetworkError
from sandbox.geo import crs as geo
from sandbox.streets import sandnet
from sandbox.streets.modes import Access
from sandbox.streets.streets import Structure
from sandbox.streets.travel import Ride, Travel
from tests.support.timetables import DAY, timetable, with_timetable
from tests.support.worlds import CRS, at, world

BOTH, AHEAD = int(Access.WALK | Access.DRIVE), int(Access.WALK | Access.DRIVE_FORWARD)


def lonlat(place):
    lon, lat = geo.to_lonlat(at(*place), CRS)
    return float(lon), float(lat)


def town_and(far_m, *, structure=Structure.GROUND):
    """Return a street of 5 km along a river's bank, and one of so many metres 200 m across it."""
    xy = [(0, 0), (2500, 0), (5000, 0), (0, 200), (far_m, 200)]
    return world(
        xy, [(0, 1), (1, 2), (3, 4)], names=["Bank", "Island"], name=[0, 0, 1],
        structure=[0, 0, structure],
    )  # fmt: skip


@pytest.mark.parametrize("mode", ["walk"])
def test_a_part_of_a_kilometre_stays_as_a_world_of_its_own(mode):
    network = town_and(1001)
    assert network.streets.pieces is None
    assert network.streets.provenance.report["parts"][mode]["parts"] == 2
    # 600 m at 80 m a minute, there; nowhere across.
    found = route(network, lonlat((100, 205)), lonlat((700, 200)), Travel())
    assert found.minutes == pytest.approx(605 / 80, rel=1e-3)
    with pytest.raises(AnalysisError, match="No route leads"):
        route(network, lonlat((100, 200)), lonlat((100, 0)), Travel())


def test_a_shorter_piece_goes_and_a_place_there_goes_nowhere_across():
    network = town_and(999)
    assert len(network.streets.segment_nodes) == 2
    assert network.streets.provenance.report["parts"]["walk"]["segments_outside"] == 1
    # From 80 m off the island the bank is 120 m away: 40 m farther.
    assert network.snap(at(100, 120), 500).distance_m == pytest.approx(120)
    assert network.snap(at(100, 124.9), 500).distance_m == pytest.approx(124.9)
    told = (
        r"nearest street, Island, is 75 m away, but it belongs to 999 m of streets that are not "
        r"connected to the others in both directions \(walk\); the nearest other street is "
        r"125 m away"
    )
    with pytest.raises(NetworkError, match=told):
        network.snap(at(100, 125.1), 500)
    found = network.snap_all([at(100, 124.9), at(100, 125.1), at(100, 260)], 500)
    assert found.segment.tolist()[1:] == [-1, -1]
    assert found.segment[0] >= 0
    assert np.isinf(found.distance_m[1:]).all()
    # Where the other bank is beyond the limit, the piece is the reason too.
    with pytest.raises(NetworkError, match="Island"):
        network.snap(at(100, 210), 50)


def test_who_is_at_a_place_that_touches_another_is_at_that_one_without_a_street():
    """A park between both banks, and houses on the island that begin where it ends."""
    network = town_and(999)
    stops = [("west", *lonlat((0, 0))), ("east", *lonlat((5000, 0)))]
    day_s = [(0, 29_000, 29_000), (1, 29_300, 29_300)]
    network = with_timetable(network, timetable(network, stops, [("L", 0, day_s)]))
    park = Place(Polygon([lonlat(at) for at in ((100, -5), (300, -5), (300, 150), (100, 150))]))
    houses = Place(Polygon([lonlat(at) for at in ((100, 150), (300, 150), (300, 210), (100, 210))]))
    by_line = Travel().riding(Ride(datetime.fromisoformat(f"{DAY}T08:00"), window_min=2))
    for one, other in ((park, houses), (houses, park)):
        assert route(network, one, other, Travel()).minutes == 0
        assert itinerary(network, one, other, by_line).minutes == 0
        frames = (
            gpd.GeoDataFrame({"id": ["a"]}, geometry=[one.shape], crs=4326),
            gpd.GeoDataFrame({"id": ["b"]}, geometry=[other.shape], crs=4326),
        )
        for travel in (Travel(), by_line):
            assert times(network, *frames, 10.0, travel).pairs["minutes"].tolist() == [0]
    # Among themselves they have no way, as there is no street for either.
    with pytest.raises(NetworkError, match="Island"):
        route(network, houses, houses, Travel())


def test_a_piece_in_a_tunnel_keeps_no_place_on_the_ground():
    network = town_and(999, structure=Structure.TUNNEL)
    assert network.snap(at(100, 190), 500).distance_m == pytest.approx(190)


def test_a_piece_of_one_mode_keeps_no_place_of_another():
    xy = [(0, 0), (5000, 0), (0, 200), (900, 200), (900, 0)]
    access = [BOTH, BOTH, int(Access.WALK)]
    network = world(xy, [(0, 4), (2, 3), (3, 4)], access=access)
    assert network.snap(at(100, 190), 500).distance_m == pytest.approx(10)
    with pytest.raises(NetworkError, match=r"unnamed, is 10 m away, .* \(drive\)"):
        network.snap(at(100, 190), 500, "drive")


def test_a_dead_end_that_leads_one_way_is_no_part_however_long():
    xy = [(0, 0), (1000, 0), (1000, 900), (0, 900), (9000, 0)]
    ring = [(0, 1), (1, 2), (2, 3), (3, 0)]
    network = world(xy, [*ring, (1, 4)], access=[BOTH] * 4 + [AHEAD & int(Access.DRIVE)])
    assert len(network.streets.segment_nodes) == 4
    with pytest.raises(NetworkError, match="belongs to 8,002 m of streets"):
        network.snap(at(5000, 3), 10_000, "drive")
    # Near enough to its beginning one takes the ring.
    assert network.snap(at(1050, 0), 500, "drive").distance_m == pytest.approx(50)


def test_what_leads_one_way_from_a_part_to_a_part_stays():
    xy = [(0, 0), (2000, 0), (3000, 0), (5000, 0)]
    network = world(xy, [(0, 1), (1, 2), (2, 3)], access=[BOTH, AHEAD & int(Access.DRIVE), BOTH])
    assert (
        network.streets.pieces is None or not (network.streets.pieces.access & Access.DRIVE).any()
    )
    found = route(network, lonlat((0, 0)), lonlat((5000, 0)), Travel("drive"))
    assert found.metres == pytest.approx(5000, rel=1e-3)
    with pytest.raises(AnalysisError, match="No route leads"):
        route(network, lonlat((5000, 0)), lonlat((0, 0)), Travel("drive"))


def test_pieces_are_kept_in_the_file(tmp_path):
    network = town_and(999)
    sandnet.save(network.streets, tmp_path / "a.sandnet")
    again = Network.open(tmp_path / "a.sandnet")
    with pytest.raises(NetworkError, match="Island, is 75 m away"):
        again.snap(at(100, 125.1), 500)
    sandnet.save(replace(network.streets, pieces=None), tmp_path / "b.sandnet")
    assert Network.open(tmp_path / "b.sandnet").streets.pieces is None


@pytest.mark.parametrize(
    "spoil",
    [
        {"name": np.array([9], dtype=np.int32)},
        {"ends_xy": np.full((1, 4), np.nan)},
        {"piece_m": np.array([-1.0], dtype=np.float32)},
        {"structure": np.array([7], dtype=np.uint8)},
    ],
)
def test_pieces_that_lead_astray_are_refused(tmp_path, spoil):
    streets = town_and(999).streets
    sandnet.save(replace(streets, pieces=replace(streets.pieces, **spoil)), tmp_path / "a.sandnet")
    with pytest.raises(NetworkError, match="damaged"):
        sandnet.load(tmp_path / "a.sandnet")
