"""Isochrones and isodistances by every mode, there and back: inside is what is in time."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox import paths
from sandbox.analysis.isochrone import isochrone, isochrones, recontour
from sandbox.analysis.isodistance import isodistance
from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.sources.osm.build import build_osm
from sandbox.streets.travel import Travel
from tests.support.real import helsinki_file
from tests.support.tiling import tiled
from tests.support.worlds import exact_area, overlap

MODES = ("walk", "bike", "drive")


@cache
def town():
    return Network(build_osm(helsinki_file()))


def places(mode, count, seed=4):
    """Return places beside random streets of a mode, WGS 84."""
    network, random = town(), np.random.default_rng(seed)
    ms = network.graph(mode, 3.6).segment_ms
    # Behind the streets themselves stand copies of those that serve only who lives there.
    usable = np.flatnonzero((ms[: len(network.streets.segment_nodes)] < 2**31 - 1).any(axis=1))
    nodes = network.streets.segment_nodes[random.choice(usable, count), 0]
    xy = network.streets.node_xy[nodes] + random.uniform(-30, 30, (count, 2))
    return [tuple(one) for one in geo.to_lonlat(xy, network.crs).tolist()]


@pytest.mark.parametrize("towards", [False, True])
@pytest.mark.parametrize(("mode", "minutes"), [("walk", 6), ("bike", 3), ("drive", 2)])
def test_areas_are_those_of_exact_buffers(mode, minutes, towards):
    for lonlat in places(mode, 4):
        found = isochrone(town(), lonlat, [minutes], Travel(mode=mode, towards=towards))
        exact = exact_area(found.reached, minutes * 60_000, found.reach_m)
        assert overlap(found.areas[0], exact) >= 0.995


def test_areas_of_far_drives_are_those_of_exact_buffers():
    wide = Network(tiled(town().streets, 4, 4))
    west, south, east, north = wide.bounds_lonlat
    found = isochrone(wide, ((west + east) / 2, (south + north) / 2), [9], Travel(mode="drive"))
    # So far that the cells are coarser than a fifth of the reach.
    assert len(found.reached.node) > 5_000
    assert overlap(found.areas[0], exact_area(found.reached, 540_000, 100.0)) >= 0.995


@pytest.mark.parametrize("towards", [False, True])
@pytest.mark.parametrize("mode", MODES)
def test_inside_is_what_the_router_reaches_in_time(mode, towards):
    network, minutes = town(), 3
    travel = Travel(mode)
    for lonlat in places(mode, 2, seed=9):
        found = isochrone(network, lonlat, [minutes], Travel(mode=mode, towards=towards))
        start = network.snap(tuple(geo.to_metric(lonlat, network.crs)), 500.0, mode)
        inside = shapely.prepared.prep(found.areas[0])
        for other in places(mode, 25, seed=10):
            xy = tuple(geo.to_metric(other, network.crs))
            end = network.snap(xy, 500.0, mode)
            one, two = (end, start) if towards else (start, end)
            # The router, from where one starts; the step to the street counts at the origin.
            (ms,) = search(network.moving(travel), one, 3_600_000).times_ms(two.as_many())
            if towards:
                ms += network.moving(travel).walk_ms(start.distance_m)
                ms -= network.moving(travel).walk_ms(end.distance_m)
            at_street = shapely.Point(end.xy)
            if ms <= minutes * 60_000 - 10:
                assert inside.contains(at_street)
            elif not inside.contains(at_street):
                assert ms > minutes * 60_000 - 10


@settings(max_examples=15, deadline=None)
@given(
    mode=st.sampled_from(MODES),
    towards=st.booleans(),
    place=st.integers(0, 9),
    minutes=st.lists(st.integers(1, 8), min_size=2, max_size=4, unique=True),
)
def test_areas_nest(mode, towards, place, minutes):
    lonlat = places(mode, 10)[place]
    found = isochrone(town(), lonlat, minutes, Travel(mode=mode, towards=towards))
    for small, large in zip(found.areas, found.areas[1:], strict=False):
        assert small.difference(large).area < 1e-6
    assert list(found.areas_km2) == sorted(found.areas_km2)


@settings(max_examples=15, deadline=None)
@given(place=st.integers(0, 9), hour=st.integers(0, 23))
def test_congestion_never_helps(place, hour):
    lonlat = places("drive", 10)[place]
    free, busy = (
        isochrone(town(), lonlat, [2], Travel(mode="drive", hour=one), cell_m=20)
        for one in (None, hour)
    )
    assert busy.areas_km2[0] <= free.areas_km2[0] + 1e-9


def test_distances_are_times_at_a_metre_a_second(tmp_path):
    # Where one isn't slower on steps.
    shipped = (paths.assets() / "speeds.toml").read_text("utf-8")
    quick_steps = str(tmp_path / "speeds.toml")
    Path(quick_steps).write_text(shipped.replace("steps_factor = 2.0", "steps_factor = 1"), "utf-8")
    for mode in MODES:
        for lonlat in places(mode, 3):
            by_distance = isodistance(town(), lonlat, [300, 500], mode=mode)
            assert by_distance.metres == (300.0, 500.0)
            if mode == "walk":
                by_time = isochrone(
                    town(), lonlat, [5], Travel(walk_kmh=3.6, speeds_file=quick_steps)
                )
                assert by_distance.areas[0].equals(by_time.areas[0])
    walk = isodistance(town(), lonlat, [300], towards=True)
    assert walk.told()["direction"] == "to"
    assert walk.contours == (300.0,)


def test_other_cutoffs_of_a_drive_say_what_a_new_search_says():
    (lonlat,) = places("drive", 1)
    wide = isochrone(town(), lonlat, [1], Travel(mode="drive"), search_minutes=4)
    moved = recontour(wide, [2, 4])
    asked = isochrone(town(), lonlat, [2, 4], Travel(mode="drive"))
    for one, other in zip(moved.areas, asked.areas, strict=True):
        assert one.equals(other)


def test_the_table_of_several_places_says_how_one_moved():
    asked = Travel("drive", hour=8, towards=True)
    table = isochrones(town(), places("drive", 2), [1, 2], asked)
    assert table["direction"].tolist() == ["to"] * 4
    assert table["hour"].tolist() == [8] * 4
    assert table["reach_m"].tolist() == [100.0] * 4
    assert table["bike_kmh"].isna().all()
    one = isochrone(town(), places("drive", 2)[1], [1, 2], asked)
    assert table["area_km2"].tolist()[2:] == list(one.areas_km2)
    ridden = isochrones(town(), places("bike", 1), [1], Travel(mode="bike", bike_kmh=20))
    assert (ridden["bike_kmh"].tolist(), ridden["slope"].tolist()) == ([20.0], ["flat"])


def test_impossible_questions_are_refused_all_at_once():
    (lonlat,) = places("drive", 1)
    with pytest.raises(AnalysisError) as caught:
        isochrone(town(), lonlat, [0], Travel(mode="drive", bike_kmh=1, hour=99), reach_m=1)
    assert len(caught.value.faults) == 4
    with pytest.raises(AnalysisError) as caught:
        isodistance(town(), lonlat, [1, float("nan")], reach_m=9999)
    assert len(caught.value.faults) == 3
    with pytest.raises(AnalysisError):
        isodistance(town(), lonlat, [])
