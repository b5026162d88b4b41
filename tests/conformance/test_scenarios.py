"""Every shipped scenario loads, and says what the rail layers and the public pages say."""

import itertools
from functools import cache

import pytest
import shapely

from sandbox.catalog import scenarios
from sandbox.catalog.folder import load_all
from sandbox.edits.line_edits import apply
from sandbox.edits.scenario import AddLine, DrawCorridors, all_edits
from sandbox.geo.crs import length_m


@cache
def layers():
    return load_all()


@cache
def shipped():
    return scenarios.shipped(layers())


def features(layer):
    return layers()[layer].features.set_index("id")


def lines(scenario):
    return {line.id: line for line in apply(shipped()[scenario]).supply.lines}


def stations(number):
    """Ids of the stations that the layers give a metro line."""
    found = set()
    for layer in ("rail_existing", "rail_planned"):
        frame = features(layer)
        frame = frame[frame["kind"] == "metro_station"]
        found |= {name for name, said in frame["line"].items() if number in said.split("/")}
    return found


def test_the_shipped_ids_are_those_that_others_use():
    assert list(shipped()) == [
        "today",
        "today_assumed_buses",
        "metro7",
        "metro_7_15_17_27",
        "jinfeng_hub",
    ]


def test_no_file_in_the_folder_is_left_out():
    assert {file.stem for file in scenarios.folder().glob("*.toml")} == set(scenarios.SHIPPED)


@pytest.mark.parametrize(
    ("scenario", "line", "number"),
    [
        ("today", "metro_1", "1"),
        ("metro7", "metro_7", "7"),
        ("metro_7_15_17_27", "metro_15", "15"),
        ("metro_7_15_17_27", "metro_17", "17"),
        ("metro_7_15_17_27", "metro_27", "27"),
    ],
)
def test_a_metro_line_calls_at_all_stations_that_the_layers_give_it(scenario, line, number):
    stops = lines(scenario)[line].stops
    assert {stop.id for stop in stops} == stations(number)
    for stop in stops:
        frame = features(
            "rail_existing" if stop.id in features("rail_existing").index else "rail_planned"
        )
        assert shapely.Point(stop.lonlat) == frame.geometry[stop.id]
        assert stop.accuracy_m == frame["accuracy_m"][stop.id]


@pytest.mark.parametrize("name", ["metro_1", "metro_7", "metro_15", "metro_17", "metro_27"])
def test_stops_follow_one_another_along_the_course(name):
    line = lines("metro_7_15_17_27")[name]
    course = shapely.LineString(line.course_lonlat)
    along = [course.project(shapely.Point(stop.lonlat)) for stop in line.stops]
    assert along == sorted(along) or along == sorted(along, reverse=True)


def test_line_1_runs_as_the_public_pages_say():
    line = lines("today")["metro_1"]
    assert [period.headway_s for period in line.periods] == [300]
    minutes = [stop.minutes for stop in line.stops[1:]]
    assert set(minutes) == {2, 3, 4}
    spots = [stop.lonlat for stop in line.stops]
    far = length_m(spots[:-1], spots[1:]).tolist()
    assert minutes == [2 if m <= 1500 else 3 if m <= 3000 else 4 for m in far]
    assert line.status == "operating"


def test_line_7_has_its_18_stations_and_ends_at_the_hub():
    line = lines("metro7")["metro_7"]
    assert len(line.stops) == 18
    hub = features("rail_planned").geometry["jinfeng_hub"]
    assert length_m(line.stops[-1].lonlat, (hub.x, hub.y)) < 200
    (added,) = shipped()["metro7"].edits
    assert "枢纽" in added.assumed.zh
    assert "hub" in added.assumed.en


def test_no_year_is_invented():
    assert [one.opening for one in shipped().values()] == [""] * 5
    planned = [line for name in scenarios.SHIPPED for line in lines(name).values()]
    assert {line.opening for line in planned} == {""}


def test_what_is_planned_is_marked_and_what_is_assumed_says_so():
    assert [one.id for one in shipped().values() if one.assumed] == ["today_assumed_buses"]
    for one in shipped().values():
        for edit in all_edits(one):
            if isinstance(edit.change, AddLine):
                assert edit.assumed.zh, edit.name.en
                assert edit.assumed.en, edit.name.en
    buses = [line for name, line in lines("today_assumed_buses").items() if name != "metro_1"]
    assert {line.status for line in buses} == {"schematic"}
    assert all("assumed" in line.source and "假定" in line.source for line in buses)


def test_the_thirteen_corridors_are_drawn_and_never_ridden():
    plan = apply(shipped()["jinfeng_hub"])
    frame = features("hub_corridors")
    drawn = frame[frame["corridor_class"] != "passage"]
    assert {one.id for one in plan.corridors} == set(drawn.index)
    kinds = [one.kind for one in plan.corridors]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "high_speed": 5,
        "intercity": 3,
        "suburban": 5,
    }
    assert not {one.id for one in plan.corridors} & {line.id for line in plan.supply.lines}
    for one in plan.corridors:
        assert one.name_zh == frame["name_zh"][one.id]
        assert shapely.LineString(one.course_lonlat).equals(frame.geometry[one.id])


def test_the_passages_run_at_one_speed_that_is_labelled():
    found = lines("jinfeng_hub")
    passages = [found["passage_airport"], found["passage_north"]]
    (speed,) = {line.speed_kmh for line in passages}
    assert all(line.stops[0].id == "jinfeng_hub" for line in passages)
    assert [line.stops[-1].id for line in passages] == ["jiangbei_t3", "chongqing_north"]
    for edit in shipped()["jinfeng_hub"].edits:
        if isinstance(edit.change, AddLine):
            assert f"{speed:g}" in edit.name.zh
            assert f"{speed:g} km/h assumed" in edit.name.en
        else:
            assert isinstance(edit.change, DrawCorridors)


def test_the_articles_times_stand_as_the_articles():
    said = shipped()["jinfeng_hub"].statements
    assert {one.to.zh: one.minutes for one in said} == {
        "成都": 40,
        "北京": 360,
        "上海": 360,
        "广州": 360,
    }
    assert all("专版报道" in one.source.zh and "非本图计算" in one.source.zh for one in said)
    assert all("Not computed here" in one.source.en for one in said)


def test_each_scenario_builds_on_the_one_before():
    order = ["today", "metro7", "metro_7_15_17_27", "jinfeng_hub"]
    for before, after in itertools.pairwise(order):
        old, new = lines(before), lines(after)
        assert {name: new[name] for name in old} == old
        assert shipped()[after].base == shipped()[before]
