"""Feeds as they come: read as they say, mended and told, or refused in one error."""

import zipfile
from collections import Counter
from datetime import date
from functools import cache

import numpy as np
import pytest

from sandbox.errors import TransitError
from sandbox.sources.gtfs import archive
from sandbox.sources.gtfs.build import build_timetable
from sandbox.streets.timetable import NO_ALIGHTING, NO_BOARDING
from tests.support import feeds
from tests.support.grid_city import at, grid_city

TODAY = date(2026, 11, 10)


@cache
def city():
    return grid_city(17, 11)


def built(tmp_path, tables, **more):
    path = feeds.write(tmp_path / "town.zip", tables, **more)
    return build_timetable([path], city(), today=TODAY)


def codes(findings):
    return Counter(one.code for one in findings)


def test_a_sound_feed_is_read_as_it_says(tmp_path):
    made, findings = built(tmp_path, feeds.tables())
    assert findings == ()
    assert made.zone == "Asia/Shanghai"
    assert made.stop_id == ("a", "b", "c", "d")
    assert made.line_name == ("1",)
    assert made.headsigns == ("East",)
    assert made.trip_offsets.tolist() == [0, 4, 8]
    assert made.time_stop.tolist() == [0, 1, 2, 3] * 2
    eight = 8 * 3600
    first = [eight, eight + 120, eight + 240, eight + 360]
    assert made.time_arrival_s.tolist() == [*first, *(s + 1800 for s in first)]
    assert made.door_stop.tolist() == [0, 1, 2, 3]
    assert made.doors.distance_m.max() < 0.1
    assert made.trips_on(date(2026, 11, 9)).tolist() == [0, 1]
    assert made.trips_on(date(2026, 11, 8)).tolist() == []
    assert made.feeds[0].first_day == "2026-11-02"


def test_exceptions_add_and_take_days(tmp_path):
    tables = feeds.tables()
    tables["calendar_dates"] = (
        "service_id,date,exception_type\nwk,20261108,1\nwk,20261109,2\nwk,20261206,1\n"
    )
    made, _ = built(tmp_path, tables)
    assert len(made.trips_on(date(2026, 11, 8))) == 2
    assert len(made.trips_on(date(2026, 11, 9))) == 0
    assert len(made.trips_on(date(2026, 12, 6))) == 2


def test_single_dates_alone_are_a_calendar(tmp_path):
    tables = feeds.tables()
    del tables["calendar"]
    tables["calendar_dates"] = "service_id,date,exception_type\nwk,20261112,1\n"
    made, _ = built(tmp_path, tables)
    assert made.days == (date(2026, 11, 12), date(2026, 11, 12))
    assert len(made.trips_on(date(2026, 11, 12))) == 2


@pytest.mark.parametrize(
    "encode", [lambda t: b"\xef\xbb\xbf" + t.encode(), lambda t: t.encode("gbk")]
)
def test_marks_and_chinese_encodings_are_read(tmp_path, encode):
    tables = feeds.tables()
    tables["stops"] = encode(tables["stops"].replace("Stop a", "金凤"))
    made, _ = built(tmp_path, tables)
    assert made.stop_name[0] == "金凤"


def test_a_feed_in_a_folder_of_its_archive_is_found(tmp_path):
    made, _ = built(tmp_path, feeds.tables(), folder="feed/")
    assert len(made.stop_id) == 4


def test_a_folder_is_a_feed_too(tmp_path):
    for name, text in feeds.tables().items():
        (tmp_path / f"{name}.txt").write_text(text)
    assert len(build_timetable([tmp_path], city(), today=TODAY)[0].stop_id) == 4


def test_missing_times_follow_the_way(tmp_path):
    tables = feeds.tables()
    rows = tables["stop_times"].splitlines()
    # 4, 8 and 12 blocks from a: b a third of the way, c two thirds.
    rows[2] = "t1,,,b,2"
    rows[3] = "t1,,,c,3"
    tables["stop_times"] = "\n".join(rows) + "\n"
    made, findings = built(tmp_path, tables)
    # 2 of 8 stop times.
    assert codes(findings) == {"filled_times": 1}
    assert findings[0].text.values == {"share": "25.0", "shape": "0", "straight": "2"}
    assert made.feeds[0].report["filled"] == 2
    minutes = (made.time_arrival_s[:4] - 8 * 3600) / 60
    assert minutes.round(2).tolist() == [0, 2, 4, 6]


def test_bans_on_boarding_and_on_alighting_are_read_each_for_itself(tmp_path):
    tables = feeds.tables()
    rows = tables["stop_times"].splitlines()
    ends = [",pickup_type,drop_off_type", ",0,1", ",1,0", ",1,1", ",,"]
    tables["stop_times"] = "\n".join(
        row + (ends[index] if index < 5 else ",0,0") for index, row in enumerate(rows)
    )
    made, _ = built(tmp_path, tables)
    assert made.time_halt[:4].tolist() == [
        NO_ALIGHTING,
        NO_BOARDING,
        NO_BOARDING | NO_ALIGHTING,
        0,
    ]


def test_times_past_midnight_and_past_two_days_stay(tmp_path):
    tables = feeds.tables()
    tables["stop_times"] = tables["stop_times"].replace(",08:3", ",48:3")
    made, _ = built(tmp_path, tables)
    assert made.time_arrival_s[4] == 48 * 3600 + 1800


def test_frequencies_and_transfers_are_read(tmp_path):
    tables = feeds.tables()
    tables["frequencies"] = (
        "trip_id,start_time,end_time,headway_secs,exact_times\nt1,06:00:00,09:00:00,600,\n"
        "t2,10:00:00,11:00:00,300,1\nt9,10:00:00,11:00:00,300,1\nt1,11:00:00,10:00:00,300,\n"
    )
    tables["transfers"] = (
        "from_stop_id,to_stop_id,transfer_type,min_transfer_time\na,b,2,240\nb,b,2,60\nc,d,3,\n"
    )
    made, findings = built(tmp_path, tables)
    assert made.frequency_headway_s.tolist() == [600, 300]
    assert made.frequency_exact.tolist() == [False, True]
    assert codes(findings) == {"wrong_frequency": 2}
    moves = zip(
        made.transfer_from, made.transfer_to, made.transfer_kind, made.transfer_s, strict=True
    )
    assert [tuple(map(int, row)) for row in moves] == [(0, 1, 0, 240), (1, 1, 0, 60), (2, 3, 1, 0)]


def test_a_station_is_entered_at_its_entrances_along_its_pathways(tmp_path):
    tables = feeds.tables()
    (lon, lat), (in_lon, in_lat) = at(2, 5), at(2, 6)
    rows = tables["stops"].splitlines()
    rows[0] += ",location_type,parent_station"
    rows[1] += ",0,station"
    rows += [f"station,S,{lat:.7f},{lon:.7f},1,", f"gate,G,{in_lat:.7f},{in_lon:.7f},2,station"]
    tables["stops"] = "\n".join(row if row.count(",") == 5 else row + ",," for row in rows) + "\n"
    straight, _ = built(tmp_path, tables)
    gate = np.flatnonzero(straight.door_stop == 0)
    # A block of 100 m at 4 km/h takes 90 s.
    assert straight.door_s[gate].tolist() == [90]
    tables["pathways"] = (
        "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,traversal_time\n"
        "p,gate,a,1,1,42\n"
    )
    along, _ = built(tmp_path, tables)
    assert along.door_s[np.flatnonzero(along.door_stop == 0)].tolist() == [42]


def test_what_cannot_be_used_goes_and_is_told_with_its_place(tmp_path):
    tables = feeds.tables()
    lon, lat = at(2, 5)
    tables["stops"] += f"a,Again,0,0\nzero,Zero,0,0\nswapped,Swapped,{lon:.6f},{lat:.6f}\n"
    tables["stops"] += f"far,Far,{lat + 0.5:.6f},{lon:.6f}\n"
    tables["trips"] += "r9,wk,t3,\nr1,no,t4,\nr1,wk,back,\nr1,wk,short,\nr1,wk,far,\n"
    tables["stop_times"] += (
        "back,08:10:00,08:10:00,a,1\nback,08:05:00,08:05:00,b,2\nshort,08:00:00,08:00:00,a,1\n"
        "far,08:00:00,08:00:00,a,1\nfar,08:02:00,08:02:00,far,2\nfar,08:20:00,08:20:00,zero,3\n"
    )
    made, findings = built(tmp_path, tables)
    assert codes(findings) == {
        "duplicate_id": 1,
        "no_coordinates": 1,
        "swapped_coordinates": 1,
        "no_route": 1,
        "no_service": 1,
        "no_stop": 1,
        "backwards": 1,
        "one_stop": 1,
        "too_fast": 1,
        "outside": 1,
    }
    assert set(made.stop_id) == {"a", "b", "c", "d", "far"}
    by_code = {one.code: one for one in findings}
    assert by_code["outside"].lonlat == pytest.approx((lon, lat + 0.5), abs=1e-5)
    assert by_code["too_fast"].lonlat == pytest.approx((lon, lat), abs=1e-5)
    assert by_code["too_fast"].severity == "warning"


def test_rings_of_parents_are_cut(tmp_path):
    tables = feeds.tables()
    rows = tables["stops"].splitlines()
    tables["stops"] = "\n".join(
        [rows[0] + ",parent_station", rows[1] + ",b", rows[2] + ",a", rows[3] + ",x", rows[4] + ","]
    )
    made, findings = built(tmp_path, tables)
    assert codes(findings) == {"parent_loop": 2, "no_parent": 1}
    assert len(made.stop_id) == 4


def test_an_expired_calendar_is_told(tmp_path):
    path = feeds.write(tmp_path / "town.zip", feeds.tables())
    _, findings = build_timetable([path], city(), today=date(2027, 1, 1))
    assert codes(findings) == {"expired": 1}


@pytest.mark.parametrize(
    ("table", "text", "said"),
    [
        ("stop_times", None, "stop_times.txt is missing"),
        ("calendar", None, "both missing"),
        ("stops", "stop_name\nx\n", "lacks the column stop_id"),
        ("trips", "route_id,service_id,trip_id\n", "has no rows"),
        (
            "calendar",
            feeds.tables()["calendar"].replace("2026", "20x6"),
            "no readable service days",
        ),
        ("stops", "stop_id,stop_lat,stop_lon\nq,1,1\n", "Nothing in"),
    ],
)
def test_a_feed_that_cannot_be_used_is_refused_in_one_error(tmp_path, table, text, said):
    tables = feeds.tables()
    if text is None:
        del tables[table]
    else:
        tables[table] = text
    with pytest.raises(TransitError, match=said):
        built(tmp_path, tables)


def test_all_that_is_missing_is_said_at_once(tmp_path):
    tables = feeds.tables()
    del tables["stops"], tables["routes"]
    with pytest.raises(TransitError, match=r"routes.txt is missing.*stops.txt is missing"):
        built(tmp_path, tables)


def test_names_that_lead_out_of_the_archive_are_refused(tmp_path):
    path = feeds.write(tmp_path / "town.zip", {**feeds.tables(), "../../evil": "x"})
    with pytest.raises(TransitError, match="leads out"):
        build_timetable([path], city())
    assert not (tmp_path.parent / "evil.txt").exists()


def test_what_bursts_is_refused_before_it_is_unpacked(tmp_path):
    path = feeds.write(tmp_path / "town.zip", {**feeds.tables(), "shapes": "0" * 5_000_000})
    with pytest.raises(TransitError, match="times its size"):
        build_timetable([path], city())


def test_an_archive_that_lies_about_sizes_is_stopped_while_unpacking(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_STOP_TIMES", 5)
    path = feeds.write(tmp_path / "town.zip", feeds.tables())
    with pytest.raises(TransitError, match="too large"):
        build_timetable([path], city())


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"no zip at all"])
def test_what_is_no_archive_is_refused(tmp_path, content):
    (tmp_path / "town.zip").write_bytes(content)
    with pytest.raises(TransitError, match="can't be read as a timetable"):
        build_timetable([tmp_path / "town.zip"], city())


def test_a_cut_archive_is_refused(tmp_path):
    path = feeds.write(tmp_path / "town.zip", feeds.tables())
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(TransitError):
        build_timetable([path], city())


def test_a_missing_feed_is_said(tmp_path):
    with pytest.raises(TransitError, match=r"The file .* doesn't exist"):
        build_timetable([tmp_path / "no.zip"], city())


def test_an_encrypted_or_odd_member_is_refused(tmp_path):
    path = feeds.write(tmp_path / "town.zip", feeds.tables())
    with zipfile.ZipFile(path) as whole:
        entry = whole.getinfo("stops.txt")
    content = bytearray(path.read_bytes())
    # The bit that says a member is encrypted, in its own header and in the directory.
    content[entry.header_offset + 6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 0
    at_directory = content.index(b"stops.txt", content.index(b"PK\x01\x02")) - 46
    content[at_directory + 8] |= 1
    path.write_bytes(bytes(content))
    with pytest.raises(TransitError, match="can't be read"):
        build_timetable([path], city())


def test_feeds_together_keep_their_trips_and_ids_apart(tmp_path):
    one = feeds.write(tmp_path / "one.zip", feeds.tables())
    later = feeds.tables()
    later["calendar"] = later["calendar"].replace("20261101,20261130", "20261116,20261220")
    two = feeds.write(tmp_path / "two.zip", later)
    made, _ = build_timetable([one, two], city(), today=TODAY)
    assert made.stop_id[:2] == ("1:a", "1:b")
    assert made.stop_id[4:6] == ("2:a", "2:b")
    assert made.line_id == ("1:r1", "2:r1")
    assert made.trips_on(date(2026, 11, 9)).tolist() == [0, 1]
    assert made.trips_on(date(2026, 11, 16)).tolist() == [0, 1, 2, 3]
    assert made.trips_on(date(2026, 12, 7)).tolist() == [2, 3]
    assert made.time_stop[made.trip_offsets[2] : made.trip_offsets[3]].tolist() == [4, 5, 6, 7]
