"""Cells of a feed are text as it stands: ids, blanks, times as people write them."""

from collections import Counter
from datetime import date
from functools import cache

import pytest

from sandbox.sources.gtfs.build import build_timetable
from sandbox.sources.gtfs.cells import seconds
from sandbox.streets.sandnet import read, save
from tests.support import feeds
from tests.support.grid_city import grid_city

TODAY = date(2026, 11, 10)
EIGHT_S = 8 * 3600
# What spreadsheets and databases take for a missing value; GTFS knows no such words.
WORDS = ("NA", "N/A", "n/a", "NULL", "null", "None", "nan", "NaN", "#N/A", "<NA>", "-", "01", "1.0")


@cache
def city():
    return grid_city(17, 11)


def built(tmp_path, tables, today=TODAY):
    path = feeds.write(tmp_path / "town.zip", tables)
    return build_timetable([path], city(), today=today)


def codes(findings):
    return Counter(one.code for one in findings)


@pytest.mark.parametrize("word", WORDS)
def test_ids_and_names_are_opaque_text_in_every_table(tmp_path, word):
    tables = feeds.tables()
    for name, column in (("stops", "\nb,"), ("stop_times", ",b,")):
        tables[name] = tables[name].replace(column, column.replace("b", word))
    tables["stops"] = tables["stops"].replace("Stop b", word)
    tables["routes"] = f"route_id,route_short_name,route_type\n{word},{word},3\n"
    tables["trips"] = (
        "route_id,service_id,trip_id,trip_headsign\n" + f"{word},{word},{word},{word}\n"
        f"{word},{word},t2,East\n"
    )
    tables["stop_times"] = tables["stop_times"].replace("t1,", f"{word},")
    tables["calendar"] = tables["calendar"].replace("wk,", f"{word},")
    tables["calendar_dates"] = f"service_id,date,exception_type\n{word},20261108,1\n"
    tables["frequencies"] = (
        f"trip_id,start_time,end_time,headway_secs\n{word},06:00:00,09:00:00,600\n"
    )
    tables["transfers"] = (
        f"from_stop_id,to_stop_id,transfer_type,min_transfer_time\n{word},{word},2,60\n"
    )
    made, findings = built(tmp_path, tables)
    assert findings == ()
    assert made.stop_id == ("a", word, "c", "d")
    assert made.stop_name[1] == made.line_id[0] == made.line_name[0] == word
    assert set(made.headsigns) == {word, "East"}
    assert len(made.trips_on(date(2026, 11, 8))) == 2
    assert len(made.frequency_trip) == len(made.transfer_from) == 1
    # A network file of such ids opens again.
    save(city().streets, tmp_path / "town.sandnet", made)
    again = read(tmp_path / "town.sandnet")[1]
    assert (again.stop_id, again.line_id) == (made.stop_id, made.line_id)


def test_blanks_round_values_and_headings_are_taken_off_and_told(tmp_path):
    tables = feeds.tables()
    plain, _ = built(tmp_path, tables)
    tables["stop_times"] = tables["stop_times"].replace(",", " , ").replace("t1 ", "t1\t")
    tables["stops"] = tables["stops"].replace("stop_id,stop_name", ' "stop_id" , "stop_name"')
    made, findings = built(tmp_path, tables)
    assert codes(findings) == {"blanks": 2}
    times = next(one for one in findings if one.table == "stop_times.txt")
    # A heading and 8 rows of 5 cells.
    assert times.text.values["id"] == str(9 * 5)
    assert times.severity == "note"
    assert made.stop_id == plain.stop_id
    assert made.time_arrival_s.tolist() == plain.time_arrival_s.tolist()


@pytest.mark.parametrize(
    "changed",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace("\n", ",\n"),
        lambda text: text + ",,\n",
        lambda text: "\n".join(
            ",".join(f'"{cell}"' for cell in row.split(",")) for row in text.splitlines()
        ),
        lambda text: text.replace("trip_id,", " trip_id ,"),
    ],
)
def test_tables_as_spreadsheets_write_them_are_read_like_others(tmp_path, changed):
    plain, _ = built(tmp_path, feeds.tables())
    made, findings = built(tmp_path, {name: changed(t) for name, t in feeds.tables().items()})
    assert {one.code for one in findings} <= {"blanks"}
    assert made.stop_id == plain.stop_id
    assert made.time_departure_s.tolist() == plain.time_departure_s.tolist()
    assert made.service_days.tolist() == plain.service_days.tolist()


@pytest.mark.parametrize(
    ("told", "taken_s"),
    [
        ("8:05:00", EIGHT_S + 300),
        ("08:05", EIGHT_S + 300),
        ("8:5", EIGHT_S + 300),
        ("26:10:01", 26 * 3600 + 601),
        ("8.05", None),
        ("08:61:00", None),
        ("", None),
    ],
)
def test_times_with_and_without_seconds(told, taken_s):
    import pandas as pd

    (found,) = seconds(pd.Series([told], dtype=object))
    assert found == taken_s or (taken_s is None and found != found)


def test_blanks_before_values_alone_are_told_and_quoted_commas_kept(tmp_path):
    tables = feeds.tables()
    tables["stops"] = tables["stops"].replace(",Stop a,", ', "Stop a, north",')
    tables["trips"] = tables["trips"].replace(",", ", ")
    made, findings = built(tmp_path, tables)
    assert {(one.code, one.table) for one in findings} == {
        ("blanks", "stops.txt"),
        ("blanks", "trips.txt"),
    }
    assert made.stop_name[0] == "Stop a, north"
    # A comma and a blank within a quoted value are its own.
    tables = feeds.tables()
    tables["stops"] = tables["stops"].replace(",Stop a,", ',"Stop a, north",')
    made, findings = built(tmp_path, tables)
    assert (made.stop_name[0], findings) == ("Stop a, north", ())


def test_times_without_seconds_and_unreadable_ones_are_told(tmp_path):
    tables = feeds.tables()
    tables["stop_times"] = (
        tables["stop_times"]
        .replace("t1,08:02:00,08:02:00", "t1,8:02,8:02")
        .replace("t1,08:04:00,08:04:00", "t1,8h04,8h04")
    )
    made, findings = built(tmp_path, tables)
    assert codes(findings) == {"no_seconds": 2, "unreadable_time": 2, "filled_times": 1}
    # What can't be read is filled in like what isn't stated: a third of the way from b to d.
    assert made.time_arrival_s[:4].tolist() == [EIGHT_S + 120 * n for n in range(4)]


def test_a_calendar_may_be_as_long_as_it_likes(tmp_path):
    tables = feeds.tables()
    tables["calendar"] = tables["calendar"].replace("20261101,20261130", "19700101,20991231")
    made, findings = built(tmp_path, tables)
    assert findings == ()
    # 23 November 2026 and 2099 are a Monday; 22 November 2026 is a Sunday.
    assert len(made.trips_on(date(2026, 11, 23))) == len(made.trips_on(date(2099, 11, 23))) == 2
    assert len(made.trips_on(date(2026, 11, 22))) == 0
    save(city().streets, tmp_path / "town.sandnet", made)
    again = read(tmp_path / "town.sandnet")[1]
    assert again.days == (date(1970, 1, 1), date(2099, 12, 31))


def test_of_a_calendar_of_ages_the_days_round_the_present_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("sandbox.sources.gtfs.calendar._MAX_CELLS", 101)
    tables = feeds.tables()
    tables["calendar"] = tables["calendar"].replace("20261101,20261130", "00010101,99991231")
    made, findings = built(tmp_path, tables, today=date(2026, 11, 10))
    assert codes(findings) == {"long_calendar": 1}
    # 101 days: 50 before the 10th of November, and 50 after it.
    assert made.days == (date(2026, 9, 21), date(2026, 12, 30))
    assert len(made.trips_on(date(2026, 11, 23))) == 2


@pytest.mark.parametrize(
    "row",
    [
        "t1,06:00:00,22:00:00,0,0",
        "t1,06:00:00,22:00:00,,0",
        "t1,06:00:00,22:00:00,-600,1",
        "t1,06:00:00,22:00:00,often,0",
        "t1,22:00:00,06:00:00,600,1",
        "t1,,22:00:00,600,0",
    ],
)
def test_a_trip_by_headway_never_runs_at_the_times_of_its_template(tmp_path, row):
    tables = feeds.tables()
    tables["frequencies"] = f"trip_id,start_time,end_time,headway_secs,exact_times\n{row}\n"
    made, findings = built(tmp_path, tables)
    assert codes(findings) == {"wrong_frequency": 1, "never_runs": 1}
    assert len(made.frequency_trip) == 0
    assert made.trips_on(date(2026, 11, 9)).tolist() == [1]


def test_hours_by_headway_that_lie_over_others_are_refused(tmp_path):
    tables = feeds.tables()
    tables["frequencies"] = (
        "trip_id,start_time,end_time,headway_secs\n"
        # Beginning when another ends is no overlap.
        "t1,09:00:00,10:00:00,300\nt1,06:00:00,09:00:00,600\nt1,08:59:59,12:00:00,60\n"
        "t2,06:00:00,09:00:00,900\n"
    )
    made, findings = built(tmp_path, tables)
    assert codes(findings) == {"overlapping_frequency": 1}
    rows = zip(made.frequency_trip.tolist(), made.frequency_headway_s.tolist(), strict=True)
    assert list(rows) == [(0, 300), (0, 600), (1, 900)]


@pytest.mark.parametrize(
    ("route_type", "kmh", "flagged"),
    [
        # 1.2 km from a to d. A bus doesn't run 250 km/h; a train of any family does.
        ("3", 250, True),
        ("700", 250, True),
        ("200", 250, True),
        ("900", 250, True),
        ("1000", 250, True),
        ("1400", 250, True),
        ("2", 250, False),
        ("101", 250, False),
        ("405", 250, False),
        ("1100", 500, False),
        ("109", 500, True),
        ("3", 100, False),
    ],
)
def test_speeds_are_held_against_the_family_of_the_route_type(tmp_path, route_type, kmh, flagged):
    tables = feeds.tables()
    tables["routes"] = f"route_id,route_short_name,route_type\nr1,1,{route_type}\n"
    lon, lat = 106.3, 29.5
    far_m = 10_000.0
    tables["stops"] = (
        f"stop_id,stop_name,stop_lat,stop_lon\na,A,{lat},{lon}\n"
        # A degree along this meridian is 110.85 km.
        f"b,B,{lat + far_m / 110_850:.6f},{lon}\n"
    )
    # A minute is within rounding, so the vehicle is given one less than it needs.
    ran_s = round(far_m * 3.6 / kmh) - 60
    clock = f"08:{ran_s // 60:02}:{ran_s % 60:02}"
    tables["stop_times"] = (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        f"t1,08:00:00,08:00:00,a,1\nt1,{clock},{clock},b,2\n"
    )
    _, findings = built(tmp_path, tables)
    assert ("too_fast" in codes(findings)) == flagged
    assert "route_type" not in codes(findings)


def test_route_types_that_no_list_has_are_told(tmp_path):
    tables = feeds.tables()
    tables["routes"] = "route_id,route_short_name,route_type\nr1,1,55\n"
    _, findings = built(tmp_path, tables)
    assert codes(findings) == {"route_type": 1}


def test_stops_by_arrangement_are_taken_and_told(tmp_path):
    tables = feeds.tables()
    rows = tables["stop_times"].splitlines()
    ends = [",pickup_type,drop_off_type,continuous_pickup", ",2,0,1", ",0,3,0", ",1,1,1"]
    tables["stop_times"] = "\n".join(
        row + (ends[index] if index < 4 else ",0,0,1") for index, row in enumerate(rows)
    )
    made, findings = built(tmp_path, tables)
    told = {one.code: one.text.values["id"] for one in findings}
    assert told == {"by_arrangement": "2", "continuous_stopping": "1"}
    assert made.time_halt[:4].tolist() == [0, 0, 3, 0]
