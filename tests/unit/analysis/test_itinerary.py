"""Journeys whose every minute can be worked out by hand."""

from dataclasses import replace
from datetime import datetime
from functools import cache

import numpy as np
import pytest

from sandbox.analysis.itinerary import as_table, itinerary
from sandbox.errors import AnalysisError, TransitError
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.lines import Line, LineStop, Period, Supply
from tests.support.grid_city import SPEED_KMH, at, grid_city
from tests.support.timetables import timetable, with_timetable

EIGHT = datetime(2026, 11, 23, 8)
EIGHT_S = 8 * 3600
# From block (5, 5) to block (35, 5): half an hour on foot, ten minutes by bus.
STOPS = (("west", *at(5, 5)), ("east", *at(35, 5)))
BUS = ("L", 0, [(0, EIGHT_S + 600, EIGHT_S + 600), (1, EIGHT_S + 1200, EIGHT_S + 1200)])
WAY = (at(5, 6), at(35, 6))


@cache
def streets():
    return grid_city(41, 11)


def city():
    return with_timetable(streets(), timetable(streets(), STOPS, (BUS,)))


def told(found):
    return [
        (leg.kind, leg.begin_at.strftime("%H:%M"), round(leg.minutes, 3), leg.to_stop[1])
        for leg in found.legs
    ]


def asked(network, ride, way=WAY, **more):
    return itinerary(network, *way, Travel(walk_kmh=SPEED_KMH).riding(ride), **more)


def test_walk_wait_ride_and_walk():
    found = asked(city(), Ride(EIGHT, window_min=1))
    assert told(found) == [
        ("walk", "08:00", 1.0, "west"),
        ("wait", "08:01", 9.0, "west"),
        ("ride", "08:10", 10.0, "east"),
        ("walk", "08:20", 1.0, ""),
    ]
    assert found.minutes == 21.0
    assert found.wait_share == pytest.approx(9 / 21)
    assert found.legs[2].line == ("L", "L")
    assert found.legs[2].stops == 1


def test_of_departures_that_take_the_same_it_is_the_first():
    # On foot it is 4 minutes whenever one leaves.
    near = asked(city(), Ride(EIGHT, window_min=60), (at(5, 6), at(8, 5)))
    assert told(near) == [("walk", "08:00", 4.0, "")]
    by = asked(city(), Ride(EIGHT, arrive=True, window_min=60), (at(5, 6), at(8, 5)))
    assert told(by) == [("walk", "07:56", 4.0, "")]
    # By the bus of 8:10 it takes 21 minutes from 8:00, 20 from 8:01 … 12 from 8:09: of these the
    # fifth shortest are 16.
    ridden = asked(city(), Ride(EIGHT, window_min=10))
    assert (ridden.minutes, told(ridden)[0][1]) == (16.0, "08:05")
    # Of an odd number it is the one in the middle: the third of 21, 20, 19, 18 and 17 minutes.
    ridden = asked(city(), Ride(EIGHT, window_min=5))
    assert (ridden.minutes, told(ridden)[0][1]) == (19.0, "08:02")


def test_legs_run_along_streets_and_from_stop_to_stop():
    city_, ride = city(), Ride(EIGHT, window_min=1)
    for found in (
        asked(city_, ride),
        asked(city_, replace(ride, arrive=True, when=EIGHT.replace(minute=30))),
    ):
        walk, bus, last = (leg.line_lonlat for leg in found.legs if leg.kind != "wait")
        assert bus == pytest.approx(np.array([at(5, 5), at(35, 5)]))
        # A block down the street, another up.
        for line, ends in ((walk, (WAY[0], at(5, 5))), (last, (at(35, 5), WAY[1]))):
            assert np.array(line)[[0, -1]] == pytest.approx(np.array(ends), abs=1e-6)
    table = as_table(city_, asked(city_, ride), ("here", "there"))
    assert table["part"].tolist() == ["journey", "walk", "ride", "walk"]
    assert table["waited_minutes"].tolist() == [9.0, 0.0, 9.0, 0.0]
    assert table["minutes"].tolist() == [21.0, 1.0, 10.0, 1.0]
    assert table["line"].tolist()[2] == "L"
    assert list(table.geometry.iloc[0].geoms) == table.geometry.iloc[1:].tolist()


@pytest.mark.parametrize("arrive", [False, True])
def test_a_station_is_left_by_the_door_whose_time_is_told(arrive):
    """Doors at its platform, three minutes inside, and four blocks east, one minute inside.

    To a place eight blocks east of the platform it is 3 + 8 minutes by the one and 1 + 4 by the
    other; to one a block west, 3 + 1 and 1 + 5.
    """
    gates = [(1, *at(24, 5), 60, 60)]
    bus = ("L", 0, [(0, EIGHT_S + 240, EIGHT_S + 240), (1, EIGHT_S + 360, EIGHT_S + 360)])
    stops = (("west", *at(5, 5)), ("east", *at(20, 5)))
    made = timetable(streets(), stops, (bus,), door_s=180, gates=gates)
    network = with_timetable(streets(), made)
    ride = Ride(EIGHT, window_min=1)
    if arrive:
        ride = replace(ride, arrive=True, when=EIGHT.replace(minute=12))
    # The platform, then each crossing from the door on.
    for column, minutes, way in ((28, 5, (20, 24, 25, 26, 27, 28)), (19, 4, (20, 19))):
        found = asked(network, ride, (at(5, 5), at(column, 5)))
        (last,) = [leg for leg in found.legs if leg.from_stop[1] == "east" and leg.kind == "walk"]
        assert last.minutes == pytest.approx(minutes)
        want = [at(block, 5) for block in way]
        assert line_of(last) == pytest.approx(np.array(want), abs=1e-6)


def test_between_stations_one_goes_by_the_doors_whose_time_is_told():
    """From B out at block 17 or, a minute sooner, at 19; into D, at 25, by its door at 21."""
    stops = (("A", *at(2, 5)), ("B", *at(17, 5)), ("D", *at(25, 5)), ("C", *at(38, 5)))
    first = ("1", 0, [(0, EIGHT_S, EIGHT_S), (1, EIGHT_S + 300, EIGHT_S + 300)])
    second = ("2", 0, [(2, EIGHT_S + 660, EIGHT_S + 660), (3, EIGHT_S + 900, EIGHT_S + 900)])
    gates = [(1, *at(19, 5), 60, 60), (2, *at(21, 5), 60, 60)]
    made = timetable(streets(), stops, (first, second), lines=("1", "2"), door_s=120, gates=gates)
    ride = Ride(EIGHT.replace(minute=58, hour=7), window_min=1, max_walk_min=5.0)
    found = asked(with_timetable(streets(), made), ride, (at(2, 5), at(38, 5)))
    (change,) = [leg for leg in found.legs if leg.from_stop[1] == "B" and leg.kind == "walk"]
    # A minute out, two blocks, a minute in.
    assert change.minutes == 4.0
    want = [at(17, 5), at(19, 5), at(20, 5), at(21, 5), at(25, 5)]
    assert line_of(change) == pytest.approx(np.array(want), abs=1e-6)


def line_of(leg):
    """Return the corners of a leg, each once."""
    points = np.array(leg.line_lonlat)
    return points[np.concatenate([[True], np.abs(np.diff(points, axis=0)).max(axis=1) > 1e-7])]


def test_a_drawn_line_is_ridden_along_its_alignment():
    # Out of the straight by the blocks between rows 5 and 8, from column 10 to 30.
    corners = (at(5, 5), at(10, 5), at(10, 8), at(30, 8), at(30, 5), at(35, 5))
    stops = tuple(
        LineStop(name, name, name, at(column, row), 10.0 if column > 5 else None)
        for name, column, row in (("west", 5, 5), ("middle", 20, 8), ("east", 35, 5))
    )
    periods = (Period(EIGHT_S, EIGHT_S + 3600, 120),)
    line = Line("D", "绘", "Drawn", "bus", stops, periods, course_lonlat=corners, dwell_s=0)
    ride = Ride(EIGHT, window_min=1, model="expected", draws=1)
    there = asked(streets(), ride, (at(5, 5), at(35, 5)), supply=Supply((line,)))
    back = asked(streets(), ride, (at(35, 5), at(5, 5)), supply=Supply((line,)))
    (out,) = (leg.line_lonlat for leg in there.legs if leg.kind == "ride")
    (home,) = (leg.line_lonlat for leg in back.legs if leg.kind == "ride")
    want = np.array([*corners[:3], at(20, 8), *corners[3:]])
    assert np.array(out) == pytest.approx(want, abs=1e-6)
    assert np.array(out[::-1]) == pytest.approx(np.array(home), abs=1e-7)


def test_who_is_to_arrive_leaves_in_time_and_waits_at_the_end():
    found = asked(city(), Ride(EIGHT.replace(minute=30), arrive=True, window_min=1))
    assert told(found) == [
        ("walk", "08:09", 1.0, "west"),
        ("ride", "08:10", 10.0, "east"),
        ("walk", "08:20", 1.0, ""),
        ("wait", "08:21", 9.0, ""),
    ]


def test_the_percentile_chooses_the_departure():
    # From 8:00 to 8:09 the bus is caught, in 21 minutes down to 12; after that one walks 30.
    times = sorted([*range(21, 11, -1), *[30] * 10])
    for percentile in (5, 50, 95):
        found = asked(city(), Ride(EIGHT, window_min=20, percentile=percentile))
        minutes = times[-(-percentile * 20 // 100) - 1]
        assert found.minutes == minutes
        walked = minutes == 30
        assert found.legs[0].kind == "walk"
        assert ("ride" in [leg.kind for leg in found.legs]) != walked
        if not walked:
            assert found.legs[0].begin_at == EIGHT.replace(minute=21 - minutes)


def test_on_foot_where_no_line_is_faster():
    found = asked(city(), Ride(EIGHT.replace(hour=12), window_min=1))
    assert [leg.kind for leg in found.legs] == ["walk"]
    assert found.minutes == 30.0
    assert found.wait_share == 0.0


def test_a_line_by_headway_is_waited_for_half_of_it_where_that_is_expected():
    stops = tuple(LineStop(n, n, n, at(*p)) for n, p in (("a", (5, 5)), ("b", (35, 5))))
    stops = (stops[0], LineStop("b", "乙", "b", at(35, 5), 6.0))
    line = Line("M", "轨道", "Metro", "metro", stops, (Period(0, 86_400, 480),), dwell_s=0)
    ride = Ride(EIGHT, window_min=1, model="expected")
    found = asked(streets(), ride, supply=Supply((line,)))
    assert told(found) == [
        ("walk", "08:00", 1.0, "a"),
        ("wait", "08:01", 4.0, "a"),
        ("ride", "08:05", 6.0, "b"),
        ("walk", "08:11", 1.0, ""),
    ]
    assert found.legs[2].line == ("轨道", "Metro")
    assert found.legs[2].to_stop == ("乙", "b")


def test_what_is_out_of_reach_is_refused():
    with pytest.raises(AnalysisError, match=r"No route leads from \S+ to \S+ within 15 minutes"):
        asked(city(), Ride(EIGHT, window_min=1), minutes=15)
    with pytest.raises(TransitError, match="no timetable"):
        asked(streets(), Ride(EIGHT))
