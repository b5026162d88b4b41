"""What a mode begins with: days and hours that lines run on."""

from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

import pytest

from sandbox.app.analyses import ANALYSES
from sandbox.app.atlas import Atlas
from sandbox.app.moving import first_ride, told, walked_reach_m
from sandbox.app.questions import ReachQuestion
from sandbox.edits.scenario import Scenario
from sandbox.streets import speed_table
from sandbox.streets.modes import MODE_IDS, MODES, Mode
from sandbox.streets.travel import Ride, Travel
from sandbox.words import Bilingual, words_of
from tests.support.grid_city import at, grid_city
from tests.support.timetables import timetable, with_timetable

# The calendar runs from Saturday, 21 November 2026, to the Wednesday after.
SATURDAY, MONDAY, WEDNESDAY = 0, 2, 4


def atlas(services: Any, trips: Any):
    network = grid_city(5, 5)
    stops = [("a", *at(0, 0)), ("b", *at(4, 0))]
    made = timetable(network, stops, trips, services=services)
    return Atlas({}, with_timetable(network, made))


def trip(service: Any, hour: Any):
    return (
        "L",
        service,
        [(0, hour * 3600, hour * 3600), (1, hour * 3600 + 600, hour * 3600 + 600)],
    )


def test_it_is_the_next_working_day_at_the_morning_peak():
    found = atlas(((SATURDAY, MONDAY, WEDNESDAY),), [trip(0, 8)])
    assert first_ride(found, date(2026, 11, 21)).when == datetime(2026, 11, 23, 8)
    assert first_ride(found, date(2026, 11, 24)).when == datetime(2026, 11, 25, 8)


def test_after_the_calendar_it_is_its_last_day_of_whole_service():
    # Two feeds: one of four trips ends on Monday, one of a single trip on Wednesday.
    trips = [*(trip(0, 8) for _ in range(4)), trip(1, 8)]
    found = atlas(((MONDAY,), (MONDAY, WEDNESDAY)), trips)
    assert first_ride(found, date(2027, 6, 1)).when == datetime(2026, 11, 23, 8)


def test_lines_of_the_afternoon_are_asked_in_the_afternoon():
    found = atlas(((MONDAY,),), [trip(0, 14), trip(0, 14), trip(0, 16)])
    assert first_ride(found, date(2026, 11, 21)).when == datetime(2026, 11, 23, 14)


def test_a_calendar_of_weekends_only_is_taken_as_it_is():
    found = atlas(((SATURDAY,),), [trip(0, 10)])
    assert first_ride(found, date(2026, 11, 1)).when == datetime(2026, 11, 21, 10)


def test_without_a_timetable_it_is_a_working_day():
    found = replace(atlas(((MONDAY,),), [trip(0, 8)]), network=grid_city(5, 5))
    assert first_ride(found, date(2026, 11, 21)).when == datetime(2026, 11, 23, 8)


def how(mode: Mode, language: str = "en", **fields: Any) -> str:
    return told(Travel(mode=mode, **fields)).said(words_of(language))


def test_whatever_changes_a_number_is_told():
    ride = Ride(datetime(2026, 11, 23, 8), percentile=75, access="bike", egress="bike")
    ride = replace(ride, min_change_min=3.0, max_rides=2, max_walk_min=20.0, model="expected")
    assert how("transit", ride=ride, walk_kmh=4.0, bike_kmh=18.0) == (
        "Public transport, leaving 2026-11-23 08:00 + 60 min, percentile 75, walking 4 km/h,"
        " by bike (18 km/h) to the first stop, by bike (18 km/h) from the last stop,"
        " at least 3 min per transfer, at most 2 vehicles,"
        " at most 20 min to, between and from stops,"
        " waits of half the headway"
    )
    assert how("walk", slope="flat", towards=True) == (
        "Walking 4.8 km/h, slopes not included, to here"
    )
    assert how("bike", "zh", slope="flat") == "骑行 15 公里/小时，步行 4.8 公里/小时，不计坡度"


def test_nothing_is_told_that_changes_no_number():
    assert how("transit", ride=Ride(datetime(2026, 11, 23, 8))) == (
        "Public transport, leaving 2026-11-23 08:00 + 60 min, percentile 50, walking 4.8 km/h"
    )
    assert how("drive", slope="flat") == "Driving in free flow"
    assert how("walk", ride=Ride(datetime(2026, 11, 23, 8), access="bike")) == "Walking 4.8 km/h"


def test_what_cars_lose_at_crossings_and_in_parking_is_told(monkeypatch: Any):
    shipped = speed_table.load()
    turns = speed_table.TurnTimes(left_s=12, right_s=3)
    drive = shipped.drive.model_copy(update={"turns": turns, "reach_car_s": 60, "park_s": 90})
    table = shipped.model_copy(update={"drive": drive})
    monkeypatch.setattr(speed_table, "_shipped", lambda: table)
    assert how("drive", hour=8) == (
        "Driving with the congestion of 8:00,"
        " at junctions 12 s for left turns, 3 s for right turns, 0 s straight on,"
        " 60 s to reach the car, 90 s to park"
    )


def test_beside_another_mode_one_walks_by_the_reach_on_foot_unless_one_was_chosen():
    for mode in MODE_IDS:
        asked = ReachQuestion((0.0, 0.0), reach_m=MODES[mode].reach_m, travel=Travel(mode=mode))
        assert walked_reach_m(asked) == 50.0, mode
        assert walked_reach_m(replace(asked, reach_m=70.0)) == 70.0


BY_SCENARIO = [
    one for one in ANALYSES if "scenario" in {field.name for field in fields(one.question)}
]


@pytest.mark.parametrize("one", BY_SCENARIO, ids=lambda one: one.id)
def test_every_question_by_transit_says_when_one_leaves_and_which_lines_run(one: Any):
    transit = Travel(mode="transit", ride=Ride(datetime(2026, 11, 23, 8)))
    runs = Scenario("metro7", Bilingual("7号线", "Metro Line 7"))
    asked = {field.name for field in fields(one.question)}
    named = {field.name: "homes" for field in fields(one.question) if field.type in ("str", str)}
    way = {"ways": (transit,)} if "ways" in asked else {"travel": transit}
    question = one.question(**named, **way, scenario=runs)
    said = " ".join(text.said(words_of("en")) for text in one.told(question))
    assert "leaving 2026-11-23 08:00" in said
    assert "Metro Line 7" in said
    # On foot no line runs for anybody.
    walking = replace(
        question, **({"ways": (Travel(),)} if "ways" in asked else {"travel": Travel()})
    )
    said = " ".join(text.said(words_of("zh")) for text in one.told(walking))
    assert "7号线" not in said
    assert "4.8" in said


def test_a_plan_by_minutes_says_how_fast_one_walks():
    (siting,) = (one for one in ANALYSES if one.id == "siting")
    question = siting.question("homes", minutes=10.0, travel=Travel(walk_kmh=3.5))
    said = [text.said(words_of("en")) for text in siting.told(question)]
    assert said == ["Walking 3.5 km/h", "up to 10 min"]
