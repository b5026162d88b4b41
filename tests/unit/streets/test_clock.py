"""Service days on days when clocks are changed, and in other time zones, reckoned by hand."""

from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache

import pytest

from sandbox.analysis.itinerary import itinerary
from sandbox.errors import TransitError
from sandbox.sources.gtfs.build import build_timetable
from sandbox.streets.clock import clock_at
from sandbox.streets.sandnet import read, save
from sandbox.streets.travel import Ride, Travel
from tests.support import feeds
from tests.support.grid_city import SPEED_KMH, at, grid_city
from tests.support.timetables import with_timetable

HOUR_S, DAY_S = 3600, 86_400
# In Berlin clocks go forward on 29 March 2026 at 02:00, and back on 25 October at 03:00.
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


@pytest.mark.parametrize(
    ("when", "day", "zero_s"),
    [
        # Noon is ten hours after the winter's midnight plus one: times count from 23:00.
        (datetime(2026, 3, 29, 0, 25), SPRING, -HOUR_S),
        # Once clocks are changed, the same day's times are what clocks show.
        (datetime(2026, 3, 29, 4, 0), SPRING, 0),
        # The day before is an ordinary one, and so is the day after as summer reckons.
        (datetime(2026, 3, 29, 0, 25), date(2026, 3, 28), -DAY_S),
        (datetime(2026, 3, 28, 23, 0), SPRING, DAY_S - HOUR_S),
        (datetime(2026, 3, 29, 4, 0), date(2026, 3, 30), DAY_S),
        # In autumn times count from 01:00 summer time, which is midnight in winter time.
        (datetime(2026, 10, 25, 0, 30), AUTUMN, HOUR_S),
        (datetime(2026, 10, 25, 4, 0), AUTUMN, 0),
        (datetime(2026, 10, 24, 12, 0), AUTUMN, DAY_S + HOUR_S),
        (datetime(2026, 11, 23, 8, 0), date(2026, 11, 23), 0),
    ],
)
def test_times_count_from_noon_less_twelve_hours(when, day, zero_s):
    assert clock_at("Europe/Berlin", when).zero_s(day) == zero_s


def test_clocks_on_the_wall_are_read_as_they_are_changed():
    spring = clock_at("Europe/Berlin", datetime(2026, 3, 29, 1, 50))
    # Two hours after midnight it is three; an hour that never was is read as an hour later.
    assert spring.moment(7_200_000) == datetime(2026, 3, 29, 3)
    assert spring.moment(7_199_000) == datetime(2026, 3, 29, 1, 59, 59)
    autumn = clock_at("Europe/Berlin", datetime(2026, 10, 25, 2, 30))
    assert autumn.offset_s == 2 * HOUR_S
    assert autumn.moment(3 * 3_600_000) == datetime(2026, 10, 25, 2)
    # Without a zone a clock runs on evenly.
    assert clock_at("", datetime(2026, 3, 29, 1)).moment(7_200_000) == datetime(2026, 3, 29, 2)


@cache
def city():
    return grid_city(17, 11)


def feed(zone, times, days="20260101,20261231"):
    """Return a feed whose line runs from a to d in six minutes, leaving at each time."""
    tables = feeds.tables()
    tables["agency"] = tables["agency"].replace("Asia/Shanghai", zone)
    tables["calendar"] = (
        tables["calendar"]
        .replace("20261101,20261130", days)
        .replace("1,1,1,1,1,0,0", "1,1,1,1,1,1,1")
    )
    tables["trips"] = "route_id,service_id,trip_id\n" + "".join(
        f"r1,wk,t{n}\n" for n in range(len(times))
    )
    rows = [tables["stop_times"].splitlines()[0]]
    for n, begins in enumerate(times):
        for place, stop in enumerate("ad"):
            minute = begins + 6 * place
            clock = f"{minute // 60:02}:{minute % 60:02}:00"
            rows.append(f"t{n},{clock},{clock},{stop},{place + 1}")
    tables["stop_times"] = "\n".join(rows) + "\n"
    return tables


def network(tmp_path, *made):
    paths = [feeds.write(tmp_path / f"{n}.zip", one) for n, one in enumerate(made)]
    timetable, findings = build_timetable(paths, city(), today=date(2026, 3, 1))
    return with_timetable(city(), timetable), findings


def asked(made, when, **how):
    start, end = at(*feeds.PLACES["a"]), at(*feeds.PLACES["d"])
    ride = Ride(datetime.fromisoformat(when), window_min=1, max_walk_min=2.0, **how)
    found = itinerary(made, start, end, Travel(walk_kmh=SPEED_KMH).riding(ride))
    # Stops are written to seven decimals, so milliseconds are walked to them.
    second = timedelta(seconds=0.5)
    legs = [
        f"{leg.begin_at + second:%d %H:%M} {leg.end_at + second:%H:%M}"
        for leg in found.legs
        if leg.minutes > 0.01
    ]
    return round(found.minutes, 2), legs


# On foot a to d are twelve blocks of a minute each.
ON_FOOT = 12.0


def test_on_the_day_clocks_go_forward(tmp_path):
    # 01:30 counts from 23:00 the evening before: 00:30. 03:30 is 03:30 summer time.
    made, _ = network(tmp_path, feed("Europe/Berlin", [90, 210]))
    assert asked(made, "2026-03-29T00:27") == (9.0, ["29 00:27 00:30", "29 00:30 00:36"])
    assert asked(made, "2026-03-29T01:27")[0] == ON_FOOT
    assert asked(made, "2026-03-29T03:28") == (8.0, ["29 03:28 03:30", "29 03:30 03:36"])
    # The days round it are as ever.
    for day in (28, 30):
        assert asked(made, f"2026-03-{day}T01:28")[0] == 8.0


def test_a_journey_over_the_change_keeps_both_clocks(tmp_path):
    # 02:58 counts from 23:00: 01:58 winter time; six minutes later it is 03:04.
    made, _ = network(tmp_path, feed("Europe/Berlin", [178]))
    minutes, legs = asked(made, "2026-03-29T01:55")
    assert (minutes, legs) == (9.0, ["29 01:55 01:58", "29 01:58 03:04"])
    # To be there by 03:05 one leaves at 01:58, seven minutes before.
    assert asked(made, "2026-03-29T03:05", arrive=True) == (
        7.0,
        ["29 01:58 03:04", "29 03:04 03:05"],
    )


def test_on_the_day_clocks_go_back(tmp_path):
    # Times count from 01:00 summer time: 00:30 is 01:30 then, 01:30 is 02:30 for the first time.
    made, _ = network(tmp_path, feed("Europe/Berlin", [30, 90]))
    assert asked(made, "2026-10-25T00:28")[0] == ON_FOOT
    assert asked(made, "2026-10-25T01:28")[0] == 8.0
    assert asked(made, "2026-10-25T02:28")[0] == 8.0


def test_trips_by_headway_and_repeated_ones_follow_the_clock_too(tmp_path):
    for exact in (0, 1):
        tables = feed("Europe/Berlin", [90])
        tables["frequencies"] = (
            "trip_id,start_time,end_time,headway_secs,exact_times\n"
            f"t0,01:30:00,01:30:01,600,{exact}\n"
        )
        made, _ = network(tmp_path, tables)
        minutes, _ = asked(made, "2026-03-29T00:28", percentile=50)
        assert 8.0 <= minutes <= ON_FOOT
        assert asked(made, "2026-03-28T00:28")[0] == ON_FOOT


def test_feeds_of_two_time_zones_are_told_in_the_first_ones(tmp_path):
    # Tokyo is an hour ahead: 09:00 there is 08:00 in Shanghai, 00:20 there is 23:20 before.
    tokyo = feed("Asia/Tokyo", [20, 540], days="20261123,20261123")
    made, findings = network(tmp_path, feed("Asia/Shanghai", [600]), tokyo)
    assert made.timetable.zone == "Asia/Shanghai"
    assert Counter(one.code for one in findings)["other_zone"] == 1
    assert asked(made, "2026-11-23T07:58") == (8.0, ["23 07:58 08:00", "23 08:00 08:06"])
    assert asked(made, "2026-11-22T23:18") == (8.0, ["22 23:18 23:20", "22 23:20 23:26"])
    # The other feed's only day is Tokyo's 23rd.
    assert asked(made, "2026-11-24T07:58")[0] == ON_FOOT
    assert asked(made, "2026-11-23T23:18")[0] == ON_FOOT
    assert asked(made, "2026-11-23T09:58")[0] == 8.0
    assert made.timetable.hours_on(date(2026, 11, 23)) == (-2400, 10 * HOUR_S + 360)
    save(city().streets, tmp_path / "town.sandnet", made.timetable)
    again = read(tmp_path / "town.sandnet")[1]
    assert (again.zones, again.service_zone.tolist()) == (("Asia/Shanghai", "Asia/Tokyo"), [0, 1])


def test_zones_that_change_their_clocks_apart_are_converted_by_the_day(tmp_path):
    # In winter Berlin is 7 hours behind Shanghai, in summer 6.
    berlin = feed("Europe/Berlin", [60], days="20260101,20261231")
    made, _ = network(tmp_path, feed("Asia/Shanghai", [600]), berlin)
    assert asked(made, "2026-01-15T07:58")[0] == 8.0
    assert asked(made, "2026-07-15T06:58")[0] == 8.0
    assert asked(made, "2026-07-15T07:58")[0] == ON_FOOT


@pytest.mark.parametrize("zone", ["Europe/Nowhere", "../../etc/passwd", "8", "UTC+8"])
def test_a_time_zone_that_is_none_is_refused(tmp_path, zone):
    path = feeds.write(tmp_path / "town.zip", feed(zone, [60]))
    with pytest.raises(TransitError, match="time zone"):
        build_timetable([path], city())
