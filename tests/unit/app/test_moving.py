"""What a mode begins with: days and hours that lines run on."""

from dataclasses import replace
from datetime import date, datetime

from sandbox.app.atlas import Atlas
from sandbox.app.moving import first_ride
from tests.support.grid_city import at, grid_city
from tests.support.timetables import timetable, with_timetable

# The calendar runs from Saturday, 21 November 2026, to the Wednesday after.
SATURDAY, MONDAY, WEDNESDAY = 0, 2, 4


def atlas(services, trips):
    network = grid_city(5, 5)
    stops = [("a", *at(0, 0)), ("b", *at(4, 0))]
    made = timetable(network, stops, trips, services=services)
    return Atlas({}, with_timetable(network, made))


def trip(service, hour):
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
