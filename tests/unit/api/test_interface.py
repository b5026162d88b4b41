"""The Python interface takes what planners have, and says what is wrong as Python does."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import sandbox
from sandbox.api.network import Network
from tests.support import feeds
from tests.support.grid_city import at, grid_city

HOME, LAB = at(3, 3), at(5, 5)
# Two blocks east and two north at 100 m a minute.
MINUTES = {"speed_kmh": 6.0}


@pytest.fixture(scope="module")
def net():
    return Network(grid_city())


@pytest.fixture(scope="module")
def frame():
    points = gpd.points_from_xy(*zip(HOME, LAB, strict=True))
    return gpd.GeoDataFrame({"name": ["家", "所"]}, geometry=points, index=["h", "l"], crs=4326)


def given_as(frame, kind):
    return {
        "frame": frame,
        "plan": frame.to_crs(4544),
        "series": frame.geometry.to_crs(3857),
        "pairs": [HOME, LAB],
        "array": np.array([HOME, LAB]),
        "points": [shapely.Point(HOME), shapely.Point(LAB)],
        "heights": [shapely.Point(*HOME, 300.0), (*LAB, 310.0)],
        "mapping": {"h": HOME, "l": shapely.Point(LAB)},
        "table": pd.DataFrame(
            {"Lon": [HOME[0], LAB[0]], "Lat": [HOME[1], LAB[1]]}, index=["h", "l"]
        ),
    }[kind]


@pytest.mark.parametrize(
    "kind",
    ["frame", "plan", "series", "pairs", "array", "points", "heights", "mapping", "table"],
)
def test_the_same_places_are_the_same_however_they_are_given(net, frame, kind):
    found = sandbox.travel_times(net, given_as(frame, kind), **MINUTES)
    assert found["minutes"].round(3).tolist() == [0.0, 4.0, 4.0, 0.0]
    named = ["h", "h", "l", "l"] if kind not in {"pairs", "array", "points", "heights"} else None
    assert found["from_id"].tolist() == (named or [0, 0, 1, 1])
    assert found["reason"].tolist() == [None] * 4


def test_ids_are_the_column_id_before_the_index(net, frame):
    found = sandbox.isochrones(net, frame.assign(id=[70, 80]), [5, 10], **MINUTES)
    assert found["id"].tolist() == [70, 70, 80, 80]
    assert found["origin"].tolist() == ["家", "家", "所", "所"]
    assert found["cutoff_min"].tolist() == [5.0, 10.0, 5.0, 10.0]


BAD = {
    "none": (None, "no position"),
    "nan": ((np.nan, 29.5), "not a position on the Earth"),
    "swapped": (HOME[::-1], "did you mean"),
    "far": ((0.0, 0.0), "lies outside the network"),
    "crossed": (
        shapely.Polygon([at(1, 1), at(2, 2), at(2, 1), at(1, 2)]), "intersects itself",
    ),
}  # fmt: skip


@pytest.mark.parametrize("bad", BAD)
def test_one_bad_place_is_a_row_with_a_reason(net, bad):
    place, why = BAD[bad]
    areas = sandbox.isochrones(net, [HOME, place, LAB], [5], **MINUTES)
    assert areas["id"].tolist() == [0, 1, 2]
    assert why in areas["reason"][1]
    assert areas["area_km2"].notna().tolist() == [True, False, True]
    sums = sandbox.reach_counts(net, [HOME, place], [LAB, place], [4, 3.9], **MINUTES)
    # Who stands at one of the places is there, even where no street leads to it.
    there = 1.0 if bad == "far" else -1.0
    assert sums["within_4_min"].fillna(-1).tolist() == [1.0, there]
    assert sums["within_3.9_min"].fillna(-1).tolist() == [0.0, there]
    assert why in sums.attrs["left_out"]["1"]
    pairs = sandbox.travel_times(net, [HOME, place], [LAB], **MINUTES)
    assert pairs["minutes"].round(3).fillna(-1).tolist() == [4.0, -1.0]
    assert [why in str(one) for one in pairs["reason"]] == [False, True]


@pytest.mark.parametrize("bad", BAD)
def test_a_place_alone_that_is_bad_is_an_error(net, bad):
    place, why = BAD[bad]
    with pytest.raises(ValueError, match=why):
        sandbox.isochrones(net, [place], [5])


REFUSED = {
    "nowhere on the map": lambda net, _: sandbox.isochrones(net, "nowhere at all", [5]),
    "nothing": lambda net, _: sandbox.isochrones(net, None, [5]),
    "no place": lambda net, frame: sandbox.isochrones(net, frame.iloc[:0], [5]),
    "no system": lambda net, frame: sandbox.isochrones(
        net, frame.set_crs(None, allow_override=True), [5]
    ),
    "ids twice": lambda net, frame: sandbox.isochrones(net, pd.concat([frame, frame]), [5]),
    "no coordinates": lambda net, _: sandbox.isochrones(net, pd.DataFrame({"a": [1]}), [5]),
    "minutes as text": lambda net, _: sandbox.isochrones(net, [HOME], "five"),
    "minutes too many": lambda net, _: sandbox.isochrones(net, [HOME], [500]),
    "both": lambda net, _: sandbox.isochrones(net, [HOME], [5], metres=[300]),
    "no such mode": lambda net, _: sandbox.isochrones(net, [HOME], [5], mode="fly"),
    "speed is none": lambda net, _: sandbox.isochrones(net, [HOME], [5], speed_kmh=np.nan),
    "speed as text": lambda net, _: sandbox.isochrones(net, [HOME], [5], speed_kmh="6"),
    "hour on foot": lambda net, _: sandbox.isochrones(net, [HOME], [5], hour=8),
    "no timetable": lambda net, _: sandbox.isochrones(net, [HOME], depart="2026-11-30T08:00"),
    "no scenario": lambda net, _: sandbox.isochrones(
        net, [HOME], depart="2026-11-30T08:00", scenario="nope"
    ),
    "not a time": lambda net, _: sandbox.isochrones(net, [HOME], depart="this morning"),
    "no network": lambda _, __: sandbox.isochrones("city", [HOME], [5]),
    "no column": lambda net, _: sandbox.reach_counts(net, [HOME], [LAB], [5], weights="jobs"),
    "several": lambda net, frame: sandbox.route(net, frame, LAB),
    "no plan": lambda net, frame: sandbox.compare(net, frame, [5], plan=[]),
    "no kind": lambda net, frame: sandbox.coverage(net, frame, 5, kinds="school", homes=None),
    "edits": lambda net, _: net.edited(5),
    "no feed": lambda net, _: net.add_gtfs(),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_meant_is_this_programs_error_and_a_value_error(net, frame, case):
    with pytest.raises(sandbox.SandboxError) as caught:
        REFUSED[case](net, frame)
    assert isinstance(caught.value, ValueError)


MISSING = {
    "network": lambda _, file: sandbox.open_network(f"{file}.sandnet"),
    "extract": lambda _, file: Network.from_pbf(f"{file}.osm.pbf"),
    "lines": lambda _, file: Network.from_lines(f"{file}.shp"),
    "feed": lambda net, file: net.add_gtfs(f"{file}.zip"),
    "edits": lambda net, file: net.edited(f"{file}.geojson"),
    "places": lambda net, file: sandbox.isochrones(net, f"{file}.gpkg", [5]),
    "scenario": lambda _, file: sandbox.scenario(f"{file}.toml"),
    "speeds": lambda net, file: sandbox.isochrones(net, [HOME], speeds_file=f"{file}.toml"),
}


@pytest.mark.parametrize("case", MISSING)
def test_a_missing_file_is_a_file_not_found(net, tmp_path, case):
    with pytest.raises(FileNotFoundError) as caught:
        MISSING[case](net, tmp_path / "none")
    assert isinstance(caught.value, sandbox.SandboxError)


def test_answers_say_what_they_rest_on(net):
    works = gpd.GeoDataFrame(
        {"kind": ["avoid"], "name": ["修路"]},
        geometry=[shapely.box(*at(3.5, 2.9), *at(4.5, 3.1))],
        crs=4326,
    )
    edited = net.edited(works)
    ends = gpd.GeoSeries(gpd.points_from_xy(*zip(at(3, 3), at(5, 3), strict=True)), crs=4326)
    found = sandbox.travel_times(edited, ends.to_crs(4544), **MINUTES)
    # Two blocks straight on are closed: round them it is four.
    assert found["minutes"].round(3).tolist() == [0.0, 4.0, 4.0, 0.0]
    told = found.attrs
    assert told["network"] == "Grid city"
    assert told["network_date"] == "2026-01-01"
    assert told["schematic"] is False
    assert told["edits"] == [{"kind": "avoid", "name": "修路"}]
    assert told["travel"]["speed_kmh"] == 6.0
    assert told["travel"]["towards"] is False
    assert json.loads(json.dumps(told)) == told
    assert "1 street edits" in repr(edited)


def test_a_value_and_keywords_say_the_same(net, frame):
    travel = sandbox.Travel(speed_kmh=6.0)
    by_value = sandbox.travel_times(net, frame, travel=travel)
    pd.testing.assert_frame_equal(by_value, sandbox.travel_times(net, frame, **MINUTES))
    slower = sandbox.travel_times(net, frame, travel=travel, speed_kmh=3.0)
    assert slower["minutes"].round(3).tolist() == [0.0, 8.0, 8.0, 0.0]


def test_counts_of_areas_and_weights_are_sums_of_the_times(net, frame):
    places = frame.assign(jobs=[10.0, 20.0])
    sums = sandbox.reach_counts(net, [HOME], places, [3, 4], weights="jobs", **MINUTES)
    assert sums[["within_3_min", "within_4_min"]].values.tolist() == [[10.0, 30.0]]
    block = shapely.box(*at(2, 2), *at(3, 3))
    sums = sandbox.reach_counts(net, {"block": block}, places, [3, 4], weights="jobs", **MINUTES)
    assert sums[["within_3_min", "within_4_min"]].values.tolist() == [[10.0, 30.0]]


def test_by_transit_all_functions_answer_from_a_feed(net, tmp_path):
    feed = feeds.write(tmp_path / "feed.zip", feeds.tables())
    lined = net.add_gtfs(feed)
    assert lined.modes == ("walk", "transit")
    assert lined.describe()["timetables"][0]["zone"]
    travel = sandbox.Travel(depart=pd.Timestamp("2026-11-30 08:00"), window_min=10)
    ends = [at(2, 4), at(14, 6)]
    areas = sandbox.isochrones(lined, ends[:1], [20], travel=travel)
    assert areas["mode"].tolist() == ["transit"]
    pairs = sandbox.travel_times(lined, ends[:1], ends[1:], travel=travel)
    trip = sandbox.itinerary(lined, *ends, travel=travel)
    assert trip["minutes"][0] == pytest.approx(pairs["minutes"][0], abs=1e-4)
    lined.save(tmp_path / "city.sandnet")
    assert sandbox.open_network(tmp_path / "city.sandnet").modes == ("walk", "transit")


@pytest.mark.parametrize("there", [True, False])
def test_to_arrive_by_a_time_turns_no_pair_round(net, tmp_path, there):
    """The line runs from a to d only: whoever goes back walks, to whatever time that is."""
    lined = net.add_gtfs(feeds.write(tmp_path / "feed.zip", feeds.tables()))
    start, end = (at(2, 4), at(14, 6))[:: 1 if there else -1]
    by = sandbox.Travel(arrive=pd.Timestamp("2026-11-30 08:08"), window_min=1)
    [minutes] = sandbox.travel_times(lined, [start], [end], travel=by)["minutes"]
    [walked] = sandbox.travel_times(lined, [start], [end])["minutes"]
    assert minutes < walked if there else minutes == pytest.approx(walked, abs=1e-3)
    [soonest] = sandbox.nearest(lined, [start], [end], minutes=60, travel=by)["minutes"]
    assert soonest == minutes
    rows = sandbox.reach_counts(lined, [start], [end], [minutes - 0.1, minutes + 0.1], travel=by)
    assert [row for name, row in rows.iloc[0].items() if name.startswith("within")] == [0, 1]


def test_a_network_is_a_small_map_in_a_notebook(net):
    shown = net._repr_html_()
    assert "<svg" in shown
    assert "Grid city" in shown
    assert len(shown) < 200_000


def test_names_that_are_not_there_are_an_attribute_error():
    with pytest.raises(AttributeError, match="isochrons"):
        sandbox.isochrons  # noqa: B018
    assert "isochrones" in dir(sandbox)
    assert sandbox.__version__
    assert set(sandbox.__all__) == set(sandbox._AT)


@pytest.mark.parametrize("kinds", ["clinic", ["clinic"], "社区卫生服务站", ["Community clinic"]])
def test_kinds_are_meant_by_id_or_word(net, kinds):
    # Ids by hand: a layer of the map says what its kinds are called, another table only its ids.
    shapes = gpd.points_from_xy(*zip(at(3, 4), at(3, 9), at(4, 3), strict=True))
    table = {"id": ["near", "far", "market"], "kind": ["clinic", "clinic", "market"]}
    places = gpd.GeoDataFrame(table, geometry=shapes, crs=4326)
    on_map = places.assign(layer="demo_facilities")
    found = sandbox.nearest(net, [HOME], on_map, kinds=kinds, count=3, **MINUTES)
    assert found["nearest_id"].tolist() == ["near", "far"]
    covered = sandbox.coverage(net, on_map, 5, kinds=kinds, homes=None)
    assert set(covered["kinds"]) == {"clinic"}
    if "clinic" not in kinds:
        with pytest.raises(sandbox.SandboxError, match="Available kinds: clinic; market"):
            sandbox.nearest(net, [HOME], places, kinds=kinds)


def test_a_kind_that_is_not_there_is_told_with_the_words_of_those_that_are(net):
    with pytest.raises(sandbox.SandboxError, match="hospital, 医院, Hospital"):
        sandbox.nearest(net, [HOME], "services", kinds=["医院", "酒吧"])


@pytest.mark.parametrize(
    "asked",
    [
        lambda net, how: sandbox.travel_times(net, [HOME], [LAB], **how),
        lambda net, how: sandbox.route(net, HOME, LAB, **how),
        lambda net, how: sandbox.route(net, HOME, LAB, travel=sandbox.Travel(**how)),
        lambda net, how: sandbox.itinerary(net, HOME, LAB, arrive="2026-11-30T09:00", **how),
        lambda net, how: sandbox.housing(net, [HOME], {"lab": [LAB]}, modes=["walk"], **how),
        lambda net, how: sandbox.access(net, [HOME], [LAB], minutes=[5], **how),
        lambda net, how: sandbox.siting(net, [HOME], candidates=[LAB], sites=1, minutes=9, **how),
    ],
)
def test_where_both_ends_are_given_nothing_can_be_turned_round(net, asked):
    with pytest.raises(sandbox.errors.AnalysisError, match="both ends are given") as refused:
        asked(net, {"towards": True})
    assert "swap" in str(refused.value)
