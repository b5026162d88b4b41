import dataclasses

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import LineString, Point
from shapely.geometry import MultiPolygon

from sandbox.analysis.isochrone import isochrone, isochrones, recontour
from sandbox.errors import AnalysisError, NetworkError
from sandbox.geo import crs as geo
from sandbox.geo import shapes
from sandbox.streets.travel import Travel
from tests.support.grid_city import BLOCK_M, CRS, SOUTH, SPEED_KMH, WEST, at, grid_city

CITY = grid_city()


def diamond(column, row, minutes, reach_m):
    """All ground within reach of the streets within `minutes` blocks of a crossing."""
    lines = []
    for k in range(21):
        for along_x in (True, False):
            off = abs(k - (row if along_x else column))
            half = minutes - off
            if half <= 0:
                continue
            middle = column if along_x else row
            low, high = max(middle - half, 0), min(middle + half, 20)
            ends = [(low, k), (high, k)] if along_x else [(k, low), (k, high)]
            lines.append(LineString([(WEST + BLOCK_M * x, SOUTH + BLOCK_M * y) for x, y in ends]))
    return shapely.union_all([line.buffer(reach_m, quad_segs=64) for line in lines])


def iou(a, b):
    return a.intersection(b).area / a.union(b).area


@pytest.mark.parametrize(
    ("minutes", "reach_m", "cell_m"), [(1, 25, 2.5), (3, 25, 2.5), (5, 50, None), (8, 20, 2)]
)
def test_in_a_grid_city_the_ground_is_a_diamond_of_streets(minutes, reach_m, cell_m):
    found = isochrone(
        CITY, at(10, 10), [minutes], Travel(walk_kmh=SPEED_KMH), reach_m=reach_m, cell_m=cell_m
    )
    assert iou(found.areas[0], diamond(10, 10, minutes, reach_m)) > 0.995
    true_km2 = geo.area_km2(shapes.to_lonlat(found.areas[0], CRS))
    assert found.areas_km2[0] == pytest.approx(true_km2, rel=1e-5)


def test_the_step_from_the_pin_to_its_street_is_walked_and_counted():
    # 30 m north of the middle of a block: 18 s to the street, which leaves 2.7 blocks.
    found = isochrone(CITY, at(10.5, 10.3), [3], Travel(walk_kmh=SPEED_KMH), reach_m=20)
    assert found.attachment.distance_m == pytest.approx(30.0, abs=0.01)
    assert found.attachment.walk_s == pytest.approx(18.0, abs=0.01)
    street = geo.to_metric(found.attachment.street_lonlat, CRS)
    assert np.hypot(*(street - (WEST + 1050, SOUTH + 1000))) < 0.01
    west, _, east, _ = found.areas[0].bounds
    assert west == pytest.approx(WEST + 1050 - 270 - 20, abs=0.5)
    assert east == pytest.approx(WEST + 1050 + 270 + 20, abs=0.5)


def test_a_pin_that_is_farther_from_its_street_than_the_time_allows_reaches_nothing():
    # 300 m outside the city: 3 minutes to the street.
    found = isochrone(CITY, at(10, 23), [2, 4], Travel(walk_kmh=SPEED_KMH))
    assert found.areas[0].is_empty
    assert found.areas_km2[0] == 0.0
    assert found.areas_km2[1] > 0.0


def test_the_ground_round_the_step_belongs_to_what_is_reached():
    """300 m north of the city: 3 minutes to its northern street, and one more to walk along it."""
    found = isochrone(CITY, at(10, 23), [2, 4], Travel(walk_kmh=SPEED_KMH), reach_m=20)
    pin = Point(geo.to_metric(at(10, 23), CRS))
    street = Point(geo.to_metric(found.attachment.street_lonlat, CRS))
    assert pin.distance(street) == pytest.approx(300.0, abs=0.01)
    step = LineString([pin, street])
    row = LineString([(street.x - 100, street.y), (street.x + 100, street.y)])
    column = LineString([street, (street.x, street.y - 100)])
    exact = shapely.union_all([step, row, column]).buffer(20, quad_segs=64)
    assert iou(found.areas[1], exact) > 0.995
    assert found.areas[1].covers(pin)
    # Two minutes don't take one to the street, so nothing is reached.
    assert found.areas[0].is_empty


def test_minutes_come_ascending_and_once():
    found = isochrone(CITY, at(10, 10), [10, 5, 5.0])
    assert found.minutes == (5.0, 10.0)


def test_recontour_says_what_a_new_search_says():
    wide = isochrone(CITY, at(9.3, 10.2), [5], search_minutes=12)
    moved = recontour(wide, [3, 7, 12])
    fresh = isochrone(CITY, at(9.3, 10.2), [3, 7, 12])
    assert moved.minutes == fresh.minutes
    assert [a.wkb for a in moved.areas] == [a.wkb for a in fresh.areas]
    assert moved.areas_km2 == pytest.approx(fresh.areas_km2, rel=1e-9)
    assert moved.reached is wide.reached
    with pytest.raises(AnalysisError, match="13 minutes exceed the 12 minutes"):
        recontour(wide, [13])


PLACES = st.tuples(st.floats(0, 20), st.floats(0, 20))


@settings(max_examples=40, deadline=None)
@given(PLACES, st.floats(1, 12), st.floats(0, 6), st.floats(2, 8), st.floats(0, 3))
@example((7.75, 19.5), 11.5, 0.0, 4.75, 1.0)
def test_more_time_or_speed_never_reaches_less(place, minutes, more, speed, faster):
    times = [minutes, minutes + more + 0.01]
    slow = isochrone(CITY, at(*place), times, Travel(walk_kmh=speed), cell_m=10)
    quick = isochrone(CITY, at(*place), times, Travel(walk_kmh=speed + faster), cell_m=10)
    inner, outer = slow.areas
    # Where both end at the same street ends their outlines are one, to a micrometre.
    rounding_m2 = 1e-6 * inner.length
    assert inner.difference(outer).area <= rounding_m2
    assert inner.difference(quick.areas[0]).area <= rounding_m2
    assert slow.areas_km2[0] <= slow.areas_km2[1] + 1e-12
    # Cells that are chosen for each question by itself draw the same ground a little otherwise.
    chosen = isochrone(CITY, at(*place), [minutes], Travel(walk_kmh=speed)).areas[0]
    faster_chosen = isochrone(CITY, at(*place), [minutes], Travel(walk_kmh=speed + faster)).areas[0]
    assert chosen.difference(faster_chosen).area <= 0.01 * chosen.area


@settings(max_examples=30, deadline=None)
@given(PLACES, st.floats(1, 8))
def test_no_ground_is_farther_from_the_pin_than_one_can_walk(place, minutes):
    found = isochrone(CITY, at(*place), [minutes], Travel(walk_kmh=SPEED_KMH), reach_m=50)
    pin = Point(geo.to_metric(at(*place), CRS))
    for part in shapely.get_coordinates(found.areas[0]):
        # Streets bend, never stretch; the contour is off by less than a cell.
        assert pin.distance(Point(part)) <= minutes * 100.0 + 50.0 + 10.0


def test_the_same_question_gives_the_same_bytes(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    fresh = [
        isochrones(grid_city(), [at(3.3, 4.4), at(10, 10)], [5, 10]).to_json() for _ in range(2)
    ]
    assert fresh[0] == fresh[1]
    assert '"computed_at": "2023-11-14T22:13:20Z"' in fresh[0]


def test_the_table_has_the_columns_of_the_contract():
    table = isochrones(
        grid_city(schematic=True), [at(5, 5), at(15, 15)], [10, 5], names=["湖", "谷"], reach_m=40
    )
    assert isinstance(table, gpd.GeoDataFrame)
    assert table.crs.to_epsg() == 4326
    assert list(table["contour"]) == [5.0, 10.0, 5.0, 10.0]
    assert list(table["origin"]) == ["湖", "湖", "谷", "谷"]
    for column, value in {
        "metric": "time",
        "mode": "walk",
        "speed_kmh": 4.8,
        "reach_m": 40.0,
        "network": "Grid city",
        "network_date": "2026-01-01",
        "schematic": True,
    }.items():
        assert set(table[column]) == {value}, column
    assert all(isinstance(shape, MultiPolygon) for shape in table.geometry)
    assert table.geometry.is_valid.all()
    lon, lat = at(5, 5)
    assert table.geometry.iloc[0].contains(Point(lon, lat))
    named = isochrones(CITY, [at(5, 5)], [5])["origin"][0]
    assert named == f"{lon:.6f},{lat:.6f}"


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        ({"minutes": []}, "no number of minutes"),
        ({"minutes": [0]}, "0 minutes"),
        ({"minutes": [241]}, "241 minutes"),
        ({"minutes": [float("nan")]}, "nan minutes"),
        ({"travel": Travel(walk_kmh=0)}, "speed of 0"),
        ({"travel": Travel(walk_kmh=99)}, "speed of 99"),
        ({"travel": Travel(walk_kmh=float("inf"))}, "speed of inf"),
        ({"reach_m": -1}, "distance of -1 m from streets"),
        ({"reach_m": 5000}, "distance of 5000 m from streets"),
    ],
)
def test_absurd_numbers_are_refused(question, fault):
    asked = {"minutes": [5], **question}
    with pytest.raises(AnalysisError) as raised:
        isochrone(CITY, at(10, 10), **asked)
    assert fault in "; ".join(str(found) for found in raised.value.faults)


def test_all_faults_are_named_at_once():
    with pytest.raises(AnalysisError) as raised:
        isochrone(CITY, at(10, 10), [0, 500], Travel(walk_kmh=-1), reach_m=0)
    assert len(raised.value.faults) == 4


def test_places_that_are_none_or_elsewhere_are_refused():
    lon, lat = at(10, 10)
    with pytest.raises(AnalysisError, match="not a position on the Earth") as raised:
        isochrone(CITY, (lat, lon), [5])
    assert f"{round(lon, 6)},{round(lat, 6)}" in str(raised.value.hint)
    for nowhere in ((181, 0), (0, 91), (float("nan"), 0), (float("inf"), 1)):
        with pytest.raises(AnalysisError, match="not a position on the Earth"):
            isochrone(CITY, nowhere, [5])
    with pytest.raises(AnalysisError, match="outside the network Grid city"):
        isochrone(CITY, (lon + 1, lat), [5])
    with pytest.raises(AnalysisError, match="No origin is given"):
        isochrones(CITY, [], [5])
    with pytest.raises(NetworkError, match="no streets for the mode fly"):
        isochrone(CITY, at(10, 10), [5], Travel(mode="fly"))


def test_swapped_degrees_are_named_as_such_where_both_are_possible():
    streets = CITY.streets
    near_equator = dataclasses.replace(streets, crs="EPSG:32631")
    city = type(CITY)(near_equator)
    west, south, east, north = city.bounds_lonlat
    lon, lat = (west + east) / 2, (south + north) / 2
    with pytest.raises(AnalysisError, match="outside the network") as raised:
        isochrone(city, (lat, lon), [5])
    assert "Longitude comes first" in str(raised.value.hint)


def test_a_place_too_far_from_any_street_names_the_nearest():
    with pytest.raises(NetworkError, match=r"Grid Street, is 5\d\d m away; the limit is 400"):
        isochrone(CITY, at(23.9, 23.9), [15], snap_m=400)
