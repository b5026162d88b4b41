"""Why lines bring one no farther: each reason in a world that has it and no other."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache

import numpy as np
import pytest

from sandbox.analysis.comparison.why import why_on_foot
from sandbox.geo import crs as geo
from sandbox.streets.timetable import NO_BOARDING
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.lines import Line, LineStop, Period, Supply
from sandbox.transit.search import find_journeys
from sandbox.words import words_of
from tests.support.grid_city import SPEED_KMH, at, grid_city
from tests.support.timetables import TODAY, timetable, with_timetable

EIGHT = datetime(2026, 11, 23, 8)
MINUTE = 60_000
HOUR_S = 3600
# From block (5, 5) to block (35, 5): half an hour on foot, ten minutes by bus.
STOPS = (("west", *at(5, 5)), ("east", *at(35, 5)))
BUS = ("L", 0, [(0, 8 * HOUR_S + 600, 8 * HOUR_S + 600), (1, 8 * HOUR_S + 1200, 8 * HOUR_S + 1200)])


@cache
def streets():
    return grid_city(41, 11)


def city(**more):
    told = {"stops": STOPS, "trips": (BUS,), **more}
    return with_timetable(streets(), timetable(streets(), told.pop("stops"), **told))


def why(network, place=(5, 6), when=EIGHT, supply=None, **more):
    ride = Ride(when, window_min=5, **more)
    xy = geo.to_metric(at(*place), network.crs)
    start = network.snap((float(xy[0]), float(xy[1])), 500.0)
    walk = Travel("walk", SPEED_KMH, slope="flat")
    found = find_journeys(network, start, ride, 30 * MINUTE, supply=supply, travel=walk)
    return [str(reason) for reason in why_on_foot(found)]


def test_nothing_is_said_where_a_bus_helps():
    assert why(city()) == []
    assert why(city(), place=(35, 6), when=EIGHT.replace(minute=25), arrive=True) == []


def test_a_day_without_service_is_named():
    twice = city(services=((TODAY, TODAY + 2),))
    assert why(twice, when=EIGHT.replace(day=24)) == ["No line runs on 2026-11-24."]


def test_a_day_outside_the_timetable_is_named_with_its_days():
    assert why(city(), when=EIGHT.replace(year=2027)) == [
        "2027-11-23 is outside the timetable, which covers 2026-11-23 to 2026-11-23."
    ]


def test_closed_lines_are_named():
    assert why(city(), supply=Supply(closed=frozenset({"L"}))) == [
        "The scenario closes all lines that run on 2026-11-23."
    ]


def test_a_stop_too_far_is_named_with_its_distance():
    # Five blocks east and one down on foot, 510 m in a straight line.
    assert why(city(), place=(10, 6), max_walk_min=5.0) == [
        "No stop is within 5 minutes on foot; the nearest, west, is 510 m away in a straight line."
    ]


def test_a_stop_without_a_street_is_named():
    network = city()
    made = network.timetable
    bare = replace(
        made, door_stop=made.door_stop[1:], doors=made.doors[np.array([1])], door_s=made.door_s[1:]
    )
    assert why(with_timetable(streets(), bare)) == [
        "No stop is within 15 minutes on foot; the nearest, west, is 100 m away"
        " in a straight line.",
        "west is not linked to the streets: there is none near it.",
    ]


@pytest.mark.parametrize("arrive", [False, True])
def test_hours_outside_those_of_service_are_named(arrive):
    window = (
        "2026-11-23 19:56 to 2026-11-23 20:00"
        if arrive
        else ("2026-11-23 20:00 to 2026-11-23 20:04")
    )
    assert why(city(), when=EIGHT.replace(hour=20), arrive=arrive) == [
        "Vehicles run from 2026-11-23 08:10 to 2026-11-23 08:20,"
        f" but the chosen window is {window}."
    ]


# A second bus, far away, that keeps the hours of service open.
LATE = ("L", 0, [(2, 6 * HOUR_S, 6 * HOUR_S), (3, 23 * HOUR_S, 23 * HOUR_S)])
FOUR = (*STOPS, ("north", *at(20, 10)), ("south", *at(20, 0)))


def test_the_next_vehicle_is_named_where_it_comes_too_late():
    network = city(stops=FOUR, trips=(BUS, LATE))
    assert why(network, when=EIGHT.replace(hour=7, minute=0), max_walk_min=2.0) == [
        "Of the 1 stops within walking distance, west is served next, at 2026-11-23 08:10."
    ]
    assert why(network, when=EIGHT.replace(hour=9), max_walk_min=2.0) == [
        "No vehicle leaves the 1 stops within walking distance after 2026-11-23 09:00."
    ]


def test_backwards_the_last_vehicle_is_named():
    network = city(stops=FOUR, trips=(BUS, LATE))
    nine = EIGHT.replace(hour=9)
    assert why(network, place=(35, 6), when=nine, max_walk_min=2.0, arrive=True) == [
        "Of the 1 stops within walking distance, east is served last, at 2026-11-23 08:20."
    ]
    seven = EIGHT.replace(hour=7)
    assert why(network, place=(35, 6), when=seven, max_walk_min=2.0, arrive=True) == [
        "No vehicle arrives at the 1 stops within walking distance before 2026-11-23 07:00."
    ]


def test_a_vehicle_that_takes_nobody_on_is_not_the_next():
    def s(hour, minute):
        return hour * HOUR_S + minute * 60

    # It passes at 7:50, lets people off only, and the one at 8:10 takes them on.
    full = ("L", 0, [(0, s(7, 50), s(7, 50), NO_BOARDING), (1, s(8, 0), s(8, 0), 0)])
    network = city(stops=FOUR, trips=(full, BUS, LATE))
    assert why(network, when=EIGHT.replace(hour=7, minute=0), max_walk_min=2.0) == [
        "Of the 1 stops within walking distance, west is served next, at 2026-11-23 08:10."
    ]


def test_a_vehicle_that_is_gone_before_one_is_there_is_not_the_next():
    # A minute's walk from the stop: at 7:00 the one at 7:00:30 is missed.
    gone_s = 7 * HOUR_S + 30
    early = ("L", 0, [(0, gone_s, gone_s), (1, gone_s + 600, gone_s + 600)])
    network = city(stops=FOUR, trips=(early, BUS, LATE))
    assert why(network, when=EIGHT.replace(hour=7, minute=0), max_walk_min=2.0) == [
        "Of the 1 stops within walking distance, west is served next, at 2026-11-23 08:10."
    ]


def test_a_bus_slower_than_feet_is_no_gain():
    slow = ("L", 0, [(0, 8 * HOUR_S + 600, 8 * HOUR_S + 600), (1, 10 * HOUR_S, 10 * HOUR_S)])
    assert why(city(trips=(slow,))) == [
        "Vehicles run, but within 30 minutes none leads farther than walking."
    ]


def test_departures_that_mostly_miss_the_bus_are_told_apart():
    # At 8:09 and one minute's walk the bus is caught, at 8:10 and later not.
    assert why(city(), when=EIGHT.replace(minute=9)) == [
        "Only some departures lead farther than walking: not at percentile 50."
    ]


def test_lines_by_headway_count_too():
    stops = tuple(LineStop(n, n, n, at(*p)) for n, p in (("a", (5, 5)), ("b", (35, 5))))
    line = Line("M", "M", "M", "metro", stops, (Period(6 * HOUR_S, 9 * HOUR_S, 300),))
    assert why(streets(), supply=Supply((line,))) == []
    late = why(streets(), when=EIGHT.replace(hour=3), supply=Supply((line,)), max_walk_min=2.0)
    # Drawn phases let the first vehicle come up to a headway after six.
    assert len(late) == 1
    assert late[0].startswith("Of the 1 stops within walking distance, a is served next, at ")
    assert "06:00" <= late[0][-6:-1] <= "06:05"
    assert why(streets(), when=EIGHT.replace(hour=12), supply=Supply((line,))) == [
        "No vehicle leaves the 1 stops within walking distance after 2026-11-23 12:00."
    ]


def test_hours_of_service_span_trips_and_headways():
    made = city(frequencies=((0, 5 * HOUR_S, 24 * HOUR_S, 600, 1),)).timetable
    # The repeated trip doesn't run by itself; it takes ten minutes after its last start.
    assert made.hours_on(date(2026, 11, 23)) == (5 * HOUR_S, 24 * HOUR_S + 600)
    assert city().timetable.hours_on(date(2026, 11, 23)) == (29_400, 30_000)
    assert made.hours_on(date(2026, 11, 24)) is None


def test_a_station_is_named_in_the_readers_language():
    stops = tuple(
        LineStop(name, zh, name, at(column, 5), 3.0 if column > 30 else None)
        for name, zh, column in (("West", "西站", 30), ("East", "东站", 35))
    )
    line = Line("L", "线", "L", "bus", stops, (Period(0, 24 * HOUR_S, 600),))
    ride = Ride(EIGHT, window_min=5, max_walk_min=5)
    xy = geo.to_metric(at(5, 5), streets().crs)
    start = streets().snap((float(xy[0]), float(xy[1])), 500.0)
    walk = Travel("walk", SPEED_KMH, slope="flat")
    found = find_journeys(streets(), start, ride, 30 * MINUTE, supply=Supply((line,)), travel=walk)
    (reason,) = why_on_foot(found)
    assert "西站" in reason.said(words_of("zh"))
    assert "West" in reason.said(words_of("en"))
    assert "West" in str(reason)
