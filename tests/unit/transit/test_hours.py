"""Questions that touch more days than one see the vehicles of all of them."""

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest

from sandbox.geo import crs as geo
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.hours import DAY_HOURS_S, around, hours_about, running_in
from sandbox.transit.lines import Line, LineStop, Period, Supply
from sandbox.transit.search import find_journeys
from tests.support.grid_city import SPEED_KMH, at, grid_city
from tests.support.timetables import TODAY, timetable, with_timetable

MIDNIGHT = datetime(2026, 11, 23)
MINUTE = 60_000
HOUR_S = 3600
STOPS = (("west", *at(0, 5)), ("east", *at(40, 5)))
CITY = grid_city(41, 11)


def city(leaves_s, *, days=(TODAY,), frequencies=()):
    """Return streets with a bus of 10 minutes over 40 minutes' walk, by its service days."""
    trips = [("L", 0, [(0, leaves_s, leaves_s), (1, leaves_s + 600, leaves_s + 600)])]
    made = timetable(CITY, STOPS, trips, services=(days,), frequencies=frequencies)
    return with_timetable(CITY, made)


def minutes(network, ride, supply=None):
    """Return the minutes from west to east by bus in each sample; infinite without one."""
    name = "west" if ride.arrive else "east"
    place = at(40, 5) if ride.arrive else at(0, 5)
    start = network.snap(tuple(geo.to_metric(place, network.crs)), 9.0)
    travel = Travel(walk_kmh=SPEED_KMH)
    found = find_journeys(network, start, ride, 240 * MINUTE, supply=supply, travel=travel)
    brought = found.brought_ms[found.service.stop_row[name]].astype(float)
    return np.where(brought > 240 * MINUTE, np.inf, brought / MINUTE)


def test_a_deadline_soon_after_midnight_sees_the_evening_before():
    network = city(23 * HOUR_S + 2400, days=(TODAY - 1,))
    ride = Ride(MIDNIGHT.replace(minute=5), arrive=True, window_min=1)
    # Aboard at 23:40, 25 minutes before.
    assert minutes(network, ride).tolist() == [25]
    # The same bus of the day itself is too late.
    assert np.isinf(minutes(city(23 * HOUR_S + 2400), ride)).all()


def test_a_late_window_sees_the_morning_after():
    network = city(6 * HOUR_S + 1800, days=(TODAY + 1,))
    ride = Ride(MIDNIGHT.replace(hour=23, minute=50), window_min=240)
    found = minutes(network, ride)
    # It comes to the east at 6:40: for who leaves from 2:40 on within four hours.
    assert np.isinf(found[:170]).all()
    assert found[170:].tolist() == list(range(240, 170, -1))


@pytest.mark.parametrize("day", [0, 1])
def test_a_trip_that_passes_midnight_is_seen_from_every_day_it_touches(day):
    """Leaving at 24:10 or 48:10 of the service day: ten past midnight, one or two days after."""
    network = city((day + 1) * 86_400 + 600, days=(TODAY - 1 - day,))
    assert minutes(network, Ride(MIDNIGHT, window_min=1)).tolist() == [20]


def test_trips_that_repeat_are_seen_alike():
    evening = ((0, 23 * HOUR_S, 23 * HOUR_S + 3000, 1200, 1),)
    deadline = Ride(MIDNIGHT.replace(minute=5), arrive=True, window_min=1, model="expected")
    exact = city(0, days=(TODAY - 1,), frequencies=evening)
    # They leave at 23:00, 23:20 and 23:40.
    assert minutes(exact, deadline).tolist() == [25]
    apart = city(0, days=(TODAY - 1,), frequencies=((*evening[0][:4], 0),))
    # The last leaves by 23:50; half a headway is waited.
    assert minutes(apart, deadline).tolist() == [25]
    early = ((0, 6 * HOUR_S + 1800, 7 * HOUR_S, 1200, 1),)
    after = city(0, days=(TODAY + 1,), frequencies=early)
    late = Ride(MIDNIGHT.replace(hour=23, minute=50), window_min=240)
    assert minutes(after, late)[-1] == 171


def test_lines_by_headway_run_every_day():
    west, east = (LineStop(name, name, name, (lon, lat)) for name, lon, lat in STOPS)
    stops = (west, replace(east, minutes=10.0))
    night = Line("N", "N", "N", "metro", stops, (Period(22 * HOUR_S, 24 * HOUR_S + 600, 600),))
    supply = Supply((replace(night, both_ways=False),))
    expected = Ride(MIDNIGHT, window_min=1, model="expected")
    # At midnight last evening's vehicles still leave: 5 minutes' wait and 10 on the way.
    assert minutes(CITY, expected, supply).tolist() == [15]
    deadline = replace(expected, arrive=True, when=MIDNIGHT.replace(minute=5))
    assert minutes(CITY, deadline, supply).tolist() == [15]
    morning = Line("M", "M", "M", "metro", stops, (Period(6 * HOUR_S, 7 * HOUR_S, 600),))
    late = Ride(MIDNIGHT.replace(hour=23, minute=50), window_min=240, model="expected")
    # Who leaves at 3:49 is there at 6:15.
    assert minutes(CITY, late, Supply((morning,)))[-1] == 146


def test_questions_of_a_day_share_its_vehicles():
    hour = 3_600_000
    assert hours_about(8 * hour, 9 * hour) == DAY_HOURS_S
    assert hours_about(0, 30 * hour - 1) == DAY_HOURS_S
    assert hours_about(-1, 9 * hour) == (-86_400, DAY_HOURS_S[1])
    assert hours_about(23 * hour, 31 * hour) == (0, DAY_HOURS_S[1] + 86_400)


def test_the_days_around_are_those_whose_vehicles_still_or_already_run():
    day = MIDNIGHT.date()
    ahead = [(one - day).days for one in around(day, (0, 30 * HOUR_S), 26 * HOUR_S)]
    assert {-1, 0, 1} <= set(ahead)
    before = [(one - day).days for one in around(day, (-24 * HOUR_S, 24 * HOUR_S), 26 * HOUR_S)]
    assert {-2, -1, 0} <= set(before)
    zeros = [-86_400, 0, 86_400]
    assert running_in((0, 30 * HOUR_S), zeros, 5 * HOUR_S, 24 * HOUR_S - 1) == [0, 86_400]
    assert running_in((0, 30 * HOUR_S), zeros, 6 * HOUR_S, 24 * HOUR_S) == [-86_400, 0]


def test_nobody_asks_to_arrive_later_than_the_hour_that_is_said():
    half_past = MIDNIGHT.replace(hour=8, minute=30)
    leaving = Ride(half_past, window_min=20, every_min=5).moments
    arriving = Ride(half_past, arrive=True, window_min=20, every_min=5).moments
    assert [one.minute for one in leaving] == [30, 35, 40, 45]
    assert [one.minute for one in arriving] == [15, 20, 25, 30]
    # Shortly after midnight the window begins on the day before.
    first, *_, last = Ride(MIDNIGHT.replace(minute=5), arrive=True, window_min=11).moments
    assert (last - first, last) == (timedelta(minutes=10), MIDNIGHT.replace(minute=5))
    assert first.date() == MIDNIGHT.date() - timedelta(days=1)
