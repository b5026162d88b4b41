"""Random small feeds come back as they were written, whatever the order of their rows."""

from datetime import date, timedelta

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.sources.gtfs.build import build_timetable
from tests.support import feeds
from tests.support.grid_city import at, grid_city

CITY = grid_city(9, 7)
FIRST = date(2026, 11, 20)
DAYS = 12
WEEK = "monday,tuesday,wednesday,thursday,friday,saturday,sunday"


@st.composite
def drawn(draw):
    """Return stops, trips with their times, and services: weekdays, span and exceptions."""
    stops = draw(st.integers(2, 6))
    services = draw(
        st.lists(
            st.tuples(
                st.lists(st.booleans(), min_size=7, max_size=7),
                st.integers(0, DAYS - 1),
                st.integers(0, DAYS - 1),
                st.dictionaries(st.integers(0, DAYS - 1), st.booleans(), max_size=4),
            ),
            min_size=1,
            max_size=3,
        )
    )
    trips = []
    for _ in range(draw(st.integers(1, 8))):
        now, calls = draw(st.integers(0, 30 * 3600)), []
        for stop in draw(st.lists(st.integers(0, stops - 1), min_size=2, max_size=6)):
            halt = draw(st.integers(0, 90))
            calls.append((stop, now, now + halt))
            # Slow enough for the largest gap on the grid.
            now += halt + draw(st.integers(120, 900))
        trips.append((draw(st.integers(0, len(services) - 1)), calls))
    rows = sum(len(calls) for _, calls in trips)
    return stops, trips, services, draw(st.permutations(range(rows)))


def clock(seconds):
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def day(number):
    return (FIRST + timedelta(days=number)).strftime("%Y%m%d")


def written(stops, trips, services, order):
    tables = feeds.tables()
    places = [at(index, index) for index in range(stops)]
    tables["stops"] = "stop_id,stop_name,stop_lat,stop_lon\n" + "".join(
        f"s{index},S{index},{lat:.7f},{lon:.7f}\n" for index, (lon, lat) in enumerate(places)
    )
    tables["trips"] = "route_id,service_id,trip_id\n" + "".join(
        f"r1,v{service},t{index}\n" for index, (service, _) in enumerate(trips)
    )
    rows = [
        f"t{index},{clock(arrives)},{clock(leaves)},s{stop},{10 * place + 3}\n"
        for index, (_, calls) in enumerate(trips)
        for place, (stop, arrives, leaves) in enumerate(calls)
    ]
    tables["stop_times"] = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n" + "".join(
        rows[row] for row in order
    )
    tables["calendar"] = f"service_id,{WEEK},start_date,end_date\n" + "".join(
        f"v{index},{','.join(str(int(on)) for on in week)},{day(begin)},{day(end)}\n"
        for index, (week, begin, end, _) in enumerate(services)
    )
    tables["calendar_dates"] = "service_id,date,exception_type\n" + "".join(
        f"v{index},{day(number)},{1 if added else 2}\n"
        for index, (*_, single) in enumerate(services)
        for number, added in single.items()
    )
    return tables


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(drawn())
def test_times_stops_and_days_are_those_written(tmp_path_factory, world):
    _, trips, services, _ = world
    path = feeds.write(tmp_path_factory.mktemp("feed") / "town.zip", written(*world))
    made, findings = build_timetable([path], CITY, today=FIRST)
    assert {one.table for one in findings} <= {"calendar.txt"}
    got = [
        sorted(
            zip(
                made.time_arrival_s[begin:end].tolist(),
                [made.stop_id[stop] for stop in made.time_stop[begin:end]],
                made.time_departure_s[begin:end].tolist(),
                strict=True,
            )
        )
        for begin, end in zip(made.trip_offsets, made.trip_offsets[1:], strict=False)
    ]
    assert got == [[(a, f"s{stop}", d) for stop, a, d in calls] for _, calls in trips]
    for number in range(-1, DAYS + 1):
        today = FIRST + timedelta(days=number)

        def runs(service, number=number, today=today):
            week, begin, end, single = services[service]
            return single.get(number, begin <= number <= end and week[today.weekday()])

        want = [index for index, (service, _) in enumerate(trips) if runs(service)]
        assert made.trips_on(today).tolist() == want
    assert np.unique(made.door_stop).tolist() == list(range(len(made.stop_id)))
