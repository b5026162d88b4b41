"""Small worlds written as text, and the right answers as they are derived by hand.

Each is built and asked as a user does it: the files are written, `network build` reads them, and
`route`, `times` and `isochrone` answer; Python answers beside them where it can.
"""

import csv
import io
import json
import math
import sys
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import osmium
import osmium.osm.mutable as osm
import pytest
import rasterio
from click.testing import CliRunner
from pyproj import Geod

import sandbox
from sandbox import cli, paths
from sandbox.cli import sandbox as command
from sandbox.engine.network import Network as Engine
from sandbox.streets.sandnet import save

EARTH = Geod(ellps="WGS84")
LON, LAT = 9.2, 45.46
DAY = "2026-11-23"
CALENDAR = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date"
# 6 km/h are 100 m a minute.
PACE = ("--speed-kmh", "6")


def at(east_m, north_m):
    """Return the position so many true metres east and north of the worlds' corner."""
    lon, lat, _ = EARTH.fwd(LON, LAT, 0, north_m)
    lon, lat, _ = EARTH.fwd(lon, lat, 90, east_m)
    return lon, lat


def said(place):
    return "{:.8f},{:.8f}".format(*at(*place))


def pbf(path, text, *, ids=1, raw=None, where=at):
    """Write an OpenStreetMap file.

    A line ``a 0 450 barrier=gate`` is a node by its metres, ``a-b-c highway=residential`` a way,
    and ``from=a-b via=b to=b-c restriction=no_left_turn`` a rule for turning. Ids are counted in
    steps of `ids`; `raw` replaces bytes of the file.
    """
    nodes, ways, rules = {}, {}, []
    for line in filter(None, map(str.strip, text.splitlines())):
        first, *rest = line.split()
        if first.startswith("from="):
            rules.append(dict(word.split("=") for word in (first, *rest)))
        elif "-" in first:
            ways[first] = dict(word.replace("~", " ").split("=", 1) for word in rest)
        else:
            nodes[first] = (
                where(float(rest[0]), float(rest[1])),
                dict(w.split("=", 1) for w in rest[2:]),
            )
    number = {name: ids * (k + 1) for k, name in enumerate(nodes)}
    of_way = {name: ids * (k + 1) for k, name in enumerate(ways)}
    file = osmium.io.File(str(path), "pbf,pbf_compression=none") if raw else str(path)
    with osmium.SimpleWriter(file, overwrite=True) as out:
        order = sorted(nodes, key=lambda name: number[name])
        for name in order:
            place, tags = nodes[name]
            out.add_node(osm.Node(id=number[name], location=place, tags=tags, version=1))
        for name in sorted(ways, key=lambda name: of_way[name]):
            refs = [number[one] for one in name.split("#")[0].split("-")]
            out.add_way(osm.Way(id=of_way[name], nodes=refs, tags=ways[name], version=1))
        for k, rule in enumerate(rules):
            members = [
                ("w", of_way[rule.pop("from")], "from"),
                ("n", number[rule.pop("via")], "via"),
                ("w", of_way[rule.pop("to")], "to"),
            ]
            out.add_relation(
                osm.Relation(
                    id=k + 1, members=members, tags={"type": "restriction", **rule}, version=1
                )
            )
    if raw:
        made = path.read_bytes()
        assert raw[0] in made
        assert len(raw[0]) == len(raw[1])
        path.write_bytes(made.replace(*raw))
    return path


def feed(path, tables):
    """Write a GTFS feed of texts; what isn't said is that of the usual town."""
    made = {
        "agency": "agency_name,agency_url,agency_timezone\nTown,http://example.com,Europe/Rome",
        "calendar": rows(CALENDAR, "all,1,1,1,1,1,1,1,20260101,20261231"),
        "routes": "route_id,route_short_name,route_type\nr,1,3",
        "stops": STOPS,
        "trips": "route_id,service_id,trip_id\nr,all,t",
        **tables,
    }
    with zipfile.ZipFile(path, "w") as file:
        for name, text in made.items():
            if text is not None:
                file.writestr(
                    f"{name}.txt", text if isinstance(text, bytes) else text.strip() + "\n"
                )
    return path


def rows(header, *lines):
    return "\n".join([header, *(line.strip() for line in lines)])


def calls(*lines):
    """Return stop times: ``t P 07:10 Q 07:22`` is a trip by the minute."""
    out = ["trip_id,arrival_time,departure_time,stop_id,stop_sequence"]
    for line in lines:
        trip, *rest = line.split()
        for k in range(0, len(rest), 2):
            clock = rest[k + 1] + (":00" if rest[k + 1].count(":") == 1 else "")
            out.append(f"{trip},{clock},{clock},{rest[k]},{k + 1}")
    return "\n".join(out)


def run(*arguments, code=0):
    """Return what a command prints, or the one line that refuses it."""
    result = CliRunner().invoke(command, ["--lang", "en", *map(str, arguments)])
    if code == 0:
        assert result.exit_code == 0, result.output
        return result.output
    assert result.exit_code == 2, result.output
    (line,) = result.stderr.splitlines()
    return line


# A street of 9 km northwards with a node each 450 m. P is at 200 m, Q at 3350, R at 7000: none at
# a node, and none beside another.
NORTH = "\n".join(
    [f"n{k} 0 {450 * k}" for k in range(21)]
    + ["-".join(f"n{k}" for k in range(21)) + " highway=residential"]
)
P, Q, R = (0, 200), (0, 3350), (0, 7000)


def stop(identity, place, more=""):
    lon, lat = at(*place)
    return f"{identity},{identity},{lat:.8f},{lon:.8f}{more}"


STOPS = rows("stop_id,stop_name,stop_lat,stop_lon", stop("P", P), stop("Q", Q), stop("R", R))
LINE = calls("t P 07:10 Q 07:22 R 07:31")


@pytest.fixture(scope="module")
def north(tmp_path_factory):
    """The street's network, by which feeds are added."""
    folder = tmp_path_factory.mktemp("north")
    made = folder / "north.sandnet"
    run("network", "build", pbf(folder / "north.osm.pbf", NORTH), "-o", made)
    return made


@dataclass
class World:
    """A network file, and how it is asked."""

    file: Path

    def minutes(self, begin, end, *more):
        """Return what `route` says; None where there is no way."""
        told = run(
            "route",
            "--network",
            self.file,
            "--from",
            said(begin),
            "--to",
            said(end),
            *more,
            "--json",
        )
        return json.loads(told)["minutes"]

    def by_line(self, begin, end, depart="07:05", *more, day=DAY, pace=PACE):
        when = ("--depart", f"{day}T{depart}", "--window-min", "1")
        return self.minutes(begin, end, "--mode", "transit", *when, *pace, *more)

    def table(self, begin, end, **moving):
        """Return what Python's table says."""
        net = sandbox.open_network(self.file)
        return float(
            sandbox.travel_times(net, [at(*begin)], [at(*end)], minutes=240, **moving)["minutes"][0]
        )


@pytest.fixture
def served(north, tmp_path):
    """Build the street with feeds."""

    def build(*feeds):
        made = tmp_path / "served.sandnet"
        files = [feed(tmp_path / f"f{k}.zip", tables) for k, tables in enumerate(feeds)]
        run("network", "build", north, *(x for file in files for x in ("--gtfs", file)), "-o", made)
        return World(made)

    return build


def near(minutes):
    return pytest.approx(minutes, abs=0.03)


# Stops between nodes.


def test_one_gets_off_between_nodes_and_walks_along_the_same_piece(served):
    # 07:05 to 07:22 by line, and 60 m back southwards on the piece from 3150 to 3600.
    world, home = served({"stop_times": LINE}), (0, 3290)
    assert world.by_line(P, home) == near(17.6)
    assert world.table(P, home, depart=f"{DAY}T07:05", window_min=1, speed_kmh=6) == near(17.6)
    # There by 07:25: at the stop at 07:10 from 60 m beyond it, so off at 07:09:24.
    arrive = ("--mode", "transit", "--arrive", f"{DAY}T07:25", "--window-min", "1", *PACE)
    assert world.minutes((0, 260), home, *arrive) == near(15.6)
    assert world.table((0, 260), home, arrive=f"{DAY}T07:25", window_min=1, speed_kmh=6) == near(
        15.6
    )


def test_percentiles_between_nodes_are_the_places_own(served):
    # At 07:10 and 07:20. From 07:05 to 07:14 one waits 5, 4, 3, 2, 1, 0, 9, 8, 7, 6 minutes and
    # goes on for 12.6: of ten the fifth waits 4, the ninth 8.
    more = calls("t P 07:10 Q 07:22", "u P 07:20 Q 07:32")
    world = served(
        {"stop_times": more, "trips": rows("route_id,service_id,trip_id", "r,all,t", "r,all,u")}
    )
    for percentile, want in ((50, 16.6), (90, 20.6)):
        when = ("--depart", f"{DAY}T07:05", "--window-min", "10", "--percentile", str(percentile))
        assert world.minutes(P, (0, 3290), "--mode", "transit", *when, *PACE) == near(want)


def test_ground_round_a_stop_between_nodes(served, tmp_path):
    # In 20 minutes from 07:05: on foot 2000 m, from the street's end to 2200; off at Q at 17, so
    # 300 m to either side. Round them 30 m: (2200 + 600) * 60 + 2 pi 30^2.
    world = served({"stop_times": LINE})
    told = json.loads(
        run(
            "isochrone",
            "--network",
            world.file,
            "--from",
            said(P),
            "--mode",
            "transit",
            "--depart",
            f"{DAY}T07:05",
            "--window-min",
            "1",
            "--minutes",
            "20",
            "--reach-m",
            "30",
            *PACE,
            "--json",
        )
    )
    assert told["origins"][0]["contours"][0]["area_km2"] == pytest.approx(
        (2800 * 60 + 2 * math.pi * 900) / 1e6, rel=0.01
    )


# GTFS as its reference says.
EVERY_8 = "trip_id,start_time,end_time,headway_secs,exact_times\nt,07:00:00,09:00:00,480,1"


@pytest.mark.parametrize(
    ("bans", "begin", "end", "minutes"),
    [
        # From P at 07:08, 21 minutes to R.
        (("0,0", "0,0", "0,0"), P, R, 24.0),
        # No boarding at Q: 3650 m on foot.
        (("0,0", "1,0", "0,0"), Q, R, 36.5),
        # No alighting at Q: 3150 m on foot, which is as long as the way back from R.
        (("0,0", "0,1", "0,0"), P, Q, 31.5),
        (("0,0", "1,1", "0,0"), P, R, 24.0),
    ],
)
def test_bans_hold_for_trips_by_headway(served, bans, begin, end, minutes):
    lines = [
        f"t,{clock},{clock},{name},{k},{ban}"
        for k, (clock, name, ban) in enumerate(
            zip(("10:00:00", "10:12:00", "10:21:00"), "PQR", bans, strict=True)
        )
    ]
    head = "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type"
    world = served({"stop_times": rows(head, *lines), "frequencies": EVERY_8})
    assert world.by_line(begin, end) == near(minutes)
    assert world.table(begin, end, depart=f"{DAY}T07:05", window_min=1, speed_kmh=6) == near(
        minutes
    )


def test_ids_and_names_that_look_like_nothing_are_text(served):
    world = served(
        {
            "stops": rows(
                "stop_id,stop_name,stop_lat,stop_lon",
                stop("null", P),
                stop("None", Q),
                stop("-", R),
            ),
            "routes": "route_id,route_short_name,route_type\nN/A,NULL,3",
            "trips": "route_id,service_id,trip_id\nN/A,nan,n/a",
            "calendar": rows(CALENDAR, "nan,1,1,1,1,1,1,1,20260101,20261231"),
            "stop_times": calls("n/a null 07:10 None 07:22 - 07:31"),
        }
    )
    assert world.by_line(P, R) == near(26)
    assert world.by_line(P, Q) == near(17)


@pytest.mark.parametrize(
    "row",
    [
        "t,09:00:00,07:00:00,480,1",
        "t,07:00:00,09:00:00,-5,1",
        "t,07:00:00,09:00:00,soon,1",
        "t,,09:00:00,480,0",
    ],
)
def test_the_template_of_a_refused_headway_never_runs(served, row):
    # Its times say 07:10; from P to R one walks 6800 m.
    head = "trip_id,start_time,end_time,headway_secs,exact_times"
    world = served({"stop_times": LINE, "frequencies": rows(head, row)})
    assert world.by_line(P, R) == near(68)


STATION_HEAD = "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,stop_access"
WAYS_HEAD = "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,traversal_time"
E2 = (0, 3800)


def station(*more, access=""):
    lines = [
        stop("P", P, ",0,,"),
        stop("R", R, ",0,,"),
        stop("X", Q, ",1,,"),
        stop("Q", Q, f",0,X,{access}"),
        stop("E1", Q, ",2,X,"),
        stop("E2", E2, ",2,X,"),
        *more,
    ]
    return rows(STATION_HEAD, *lines)


def test_gates_lead_one_way(served):
    # E1 by stairs in two minutes; from the platform to E2 through an exit gate in 30 s.
    world = served(
        {
            "stops": station(),
            "pathways": rows(WAYS_HEAD, "a,E1,Q,2,1,120", "b,Q,E2,7,0,30"),
            "stop_times": calls("t P 07:10 Q 07:22", "u Q 07:34 R 07:43"),
            "trips": rows("route_id,service_id,trip_id", "r,all,t", "r,all,u"),
        }
    )
    assert world.by_line(P, E2) == near(17.5)
    assert world.by_line(P, Q) == near(19)
    # In by E1 alone: 450 m and two minutes, so on the platform at 07:33:30, and half an hour later
    # there is nothing but the street, 3200 m.
    assert world.by_line(E2, R, "07:27") == near(16)
    assert world.by_line(E2, R, "07:28") == near(32)


def test_boarding_areas_are_part_of_their_platform(served):
    # 17 minutes, and 90 s from the boarding area to the entrance.
    world = served(
        {
            "stops": station(stop("B", Q, ",4,Q,")),
            "pathways": rows(WAYS_HEAD, "a,B,E1,1,1,90"),
            "stop_times": LINE,
        }
    )
    assert world.by_line(P, Q) == near(18.5)


@pytest.mark.parametrize(("access", "minutes"), [("0", 27.0), ("1", 17.0)])
def test_a_platform_is_entered_from_the_street_where_the_feed_says_so(served, access, minutes):
    # Ten minutes inside, or straight from the street.
    world = served(
        {
            "stops": station(access=access),
            "pathways": rows(WAYS_HEAD, "a,Q,E1,1,1,600"),
            "stop_times": LINE,
        }
    )
    assert world.by_line(P, Q) == near(minutes)


HALVES = {"stop_times": calls("t P 07:10 Q 07:22", "u Q 07:22 R 07:31")}
STAY_HEAD = "from_trip_id,to_trip_id,transfer_type"


@pytest.mark.parametrize(
    ("block", "rule", "minutes"),
    [
        ("b", None, 26.0),
        ("", "t,u,4", 26.0),
        # Everybody gets off: one ride, and 3650 m on foot.
        ("b", "t,u,5", 53.5),
        ("", None, 53.5),
    ],
)
def test_who_stays_aboard_rides_once(served, block, rule, minutes):
    tables = {
        "trips": rows(
            "route_id,service_id,trip_id,block_id", f"r,all,t,{block}", f"r,all,u,{block}"
        )
    }
    if rule:
        tables["transfers"] = rows(STAY_HEAD, rule)
    world = served({**HALVES, **tables})
    assert world.by_line(P, R, "07:05", "--max-rides", "1", "--max-walk-min", "60") == near(minutes)


def test_blanks_and_times_without_seconds_are_read(served):
    head = "trip_id , arrival_time, departure_time ,stop_id, stop_sequence"
    text = rows(head, "t , 7:10 ,7:10, P ,1", "t,7:22,7:22 ,Q , 2", "t,7:31, 7:31,R,3")
    assert served({"stop_times": text}).by_line(P, R) == near(26)


def test_kinds_of_lines_have_speeds_of_their_own(north, tmp_path):
    # 6800 m in two minutes, which may be three, are 136 km/h: no bus drives so, a train may.
    text = calls("t P 07:10 R 07:12")
    for kind, odd in ((704, True), (106, False)):
        file = feed(
            tmp_path / f"{kind}.zip",
            {"stop_times": text, "routes": f"route_id,route_short_name,route_type\nr,1,{kind}"},
        )
        assert ("implausibly fast" in run("network", "check-feed", file, "--network", north)) == odd


def test_the_night_in_which_clocks_go_back(served):
    # Noon less 12 hours of 25 October in Rome is 01:00 summer time: 00:40:00 is 01:40.
    world = served({"stop_times": calls("t P 00:40 Q 00:52 R 01:01")})
    assert world.by_line(P, R, "01:35", day="2026-10-25") == near(26)


CHANGE = calls("t P 07:10 Q 07:22", "u Q 07:25 R 07:34", "v Q 07:32 R 07:41")
THREE = rows("route_id,service_id,trip_id", "r,all,t", "r,all,u", "r,all,v")


@pytest.mark.parametrize(("least", "minutes"), [("0", 29.0), ("3", 29.0), ("4", 36.0)])
def test_a_least_time_to_change(served, least, minutes):
    world = served({"stop_times": CHANGE, "trips": THREE})
    assert world.by_line(P, R, "07:05", "--min-change-min", least) == near(minutes)
    moving = {
        "depart": f"{DAY}T07:05",
        "window_min": 1,
        "speed_kmh": 6,
        "min_change_min": float(least),
    }
    assert world.table(P, R, **moving) == near(minutes)


def test_feeds_of_two_time_zones(served):
    # 06:25 in London is 07:25 in Rome.
    world = served(
        {"stop_times": calls("t P 07:10 Q 07:22")},
        {
            "agency": "agency_name,agency_url,agency_timezone\nFar,http://example.com,Europe/London",
            "stop_times": calls("t Q 06:25 R 06:34"),
        },
    )
    assert world.by_line(P, R) == near(29)


# Windows and directions.
WEEKEND = rows(
    CALENDAR,
    "sat,0,0,0,0,0,1,0,20260101,20261231",
    "sun,0,0,0,0,0,0,1,20260101,20261231",
)
SATURDAY, SUNDAY = "2026-11-28", "2026-11-29"


def weekend(served, saturday, sunday):
    return served(
        {
            "calendar": WEEKEND,
            "trips": rows("route_id,service_id,trip_id", "r,sat,t", "r,sun,u"),
            "stop_times": calls(saturday, sunday),
        }
    )


def test_services_of_the_day_before_and_after(served):
    world = weekend(served, "t P 24:20 R 24:41", "u P 00:02 R 00:23")
    # Sunday 00:15: Saturday's vehicle at 24:20.
    assert world.by_line(P, R, "00:15", day=SUNDAY) == near(26)
    # Saturday 23:58: Sunday's at 00:02.
    assert world.by_line(P, R, "23:58", day=SATURDAY) == near(25)
    # There on Sunday by 00:45, off at Saturday's 24:20; by 00:25, off at 00:02.
    for by, want in (("00:45", 25), ("00:25", 23)):
        arrive = ("--mode", "transit", "--arrive", f"{SUNDAY}T{by}", "--window-min", "1", *PACE)
        assert world.minutes(P, R, *arrive) == near(want)


def test_a_late_window_sees_the_next_morning(served):
    # Sunday's first at 06:30, at R at 06:51. The window from Saturday 23:00 ends with 02:59, whence
    # it takes 232 minutes, then 233 and 234; nobody walks 6800 m at a kilometre an hour. The third
    # of 240 departures is the first percentile.
    world = weekend(served, "t P 08:00 R 08:21", "u P 06:30 R 06:51")
    when = ("--depart", f"{SATURDAY}T23:00", "--window-min", "240", "--percentile", "1")
    assert world.minutes(P, R, "--mode", "transit", *when, "--speed-kmh", "1") == near(234)


@pytest.mark.parametrize(
    ("begin", "end", "minutes"),
    [
        # 550 m are too long at either end: all is walked.
        ((0, 750), R, 62.5),
        (P, (0, 7550), 73.5),
        # 490 m are not: 4.9 minutes, off at 07:10; and 07:31 and 4.9.
        ((0, 690), R, 26.0),
        (P, (0, 7490), 30.9),
    ],
)
def test_the_longest_walk_holds_at_both_ends(served, begin, end, minutes):
    world = served({"stop_times": LINE})
    assert world.by_line(begin, end, "07:05", "--max-walk-min", "5") == near(minutes)
    moving = {"depart": f"{DAY}T07:05", "window_min": 1, "speed_kmh": 6, "max_walk_min": 5}
    assert world.table(begin, end, **moving) == near(minutes)


def test_a_calendar_of_ninety_years(served):
    world = served(
        {"stop_times": LINE, "calendar": rows(CALENDAR, "all,1,1,1,1,1,1,1,19900101,20791231")}
    )
    assert world.by_line(P, R) == near(26)


def test_a_matrix_to_be_there_by_has_its_ends_as_said(served, tmp_path):
    # Only northwards. From P to R by 07:40 one leaves at 07:10; back one walks 68 minutes.
    world = served({"stop_times": LINE})
    out = tmp_path / "t.csv"
    for begin, end, want in ((P, R, 30.0), (R, P, 68.0)):
        run(
            "times",
            "--network",
            world.file,
            "--mode",
            "transit",
            "--arrive",
            f"{DAY}T07:40",
            "--window-min",
            "1",
            "--minutes",
            "120",
            *PACE,
            "--from",
            said(begin),
            "--to",
            said(end),
            "-o",
            out,
        )
        (row,) = csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines())
        assert float(row["minutes"]) == near(want)


def test_several_places_by_line(served):
    # In 20 minutes: from P the street from 0 to 2200 and 3050 to 3650; from 3550 on foot, 1550 to
    # 5550. Both: 650 m and 600 m; either: 5550 m. With 30 m round them, and two ends each.
    world = served({"stop_times": LINE})
    for together, metres, pieces in (("all", 1250, 2), ("any", 5550, 1)):
        told = json.loads(
            run(
                "isochrone",
                "--network",
                world.file,
                "--from",
                said(P),
                "--from",
                said((0, 3550)),
                "--together",
                together,
                "--mode",
                "transit",
                "--depart",
                f"{DAY}T07:05",
                "--window-min",
                "1",
                "--minutes",
                "20",
                "--reach-m",
                "30",
                *PACE,
                "--json",
            )
        )
        want = (metres * 60 + pieces * math.pi * 900) / 1e6
        assert told["origins"][0]["contours"][0]["area_km2"] == pytest.approx(want, rel=0.01)


def test_what_a_feed_lacks_is_told(served, north, tmp_path):
    # One of three times is empty. 3150 of 6800 m, 21 minutes: 9.73 after 07:10.
    head = "trip_id,arrival_time,departure_time,stop_id,stop_sequence"
    text = rows(head, "t,07:10:00,07:10:00,P,1", "t,,,Q,2", "t,07:31:00,07:31:00,R,3")
    world = served({"stop_times": text})
    assert world.by_line(P, Q) == near(5 + 21 * 3150 / 6800)
    share = "33.3 % of"
    assert share in run("network", "check-feed", tmp_path / "f0.zip", "--network", north)
    assert share in run("network", "info", world.file)


# OpenStreetMap.


def built(tmp_path, text, *more, **how):
    made = tmp_path / "town.sandnet"
    run("network", "build", pbf(tmp_path / "town.osm.pbf", text, **how), *more, "-o", made)
    return World(made)


def test_nodes_of_negative_ids(tmp_path):
    # 300 m east and 450 m north.
    text = "a 0 0\nb 300 0\nc 300 450\na-b-c highway=residential"
    assert built(tmp_path, text, ids=-1).minutes((0, 0), (300, 450), *PACE) == near(7.5)


@pytest.mark.parametrize("tags", ["man_made=pier", "public_transport=platform", "railway=platform"])
def test_one_walks_on_piers_and_platforms(tmp_path, tags):
    # 400 m, 170 m and 230 m in a dog-leg.
    text = f"""
    a 0 0
    b 400 0
    c 400 170
    d 630 170
    a-b highway=residential
    b-c {tags}
    c-d highway=footway
    """
    assert built(tmp_path, text).minutes((0, 0), (630, 170), *PACE) == near(8)


def test_a_piece_that_crosses_the_box_is_kept(tmp_path):
    # From 700 m west to 700 m east of the box without a node in it; 500 m of it lie in the box,
    # and a street of 200 m hangs on its western end by 100 m.
    text = """
    a -700 100
    b 700 100
    c -250 -250
    d -250 250
    e 200 -100
    f 200 0
    a-b highway=residential
    e-f highway=residential
    """
    (west, south), (east, north) = at(-250, -250), at(250, 250)
    world = built(tmp_path, text, f"--bbox={west},{south},{east},{north}")
    assert world.minutes((-240, 100), (240, 100), *PACE) == near(4.8)


@pytest.mark.parametrize(
    ("tags", "kmh"),
    [
        # Nine tenths of the limit are driven.
        ("maxspeed=walk", 7 * 0.9),
        ("maxspeed=12.5~mph", 12.5 * 1.609344 * 0.9),
        ("maxspeed=10~knots", 18.52 * 0.9),
        ("maxspeed=42,5", 42.5 * 0.9),
        ("maxspeed=IT:urban", 45.0),
        ("maxspeed=signals maxspeed:type=IT:rural", 81.0),
        ("zone:maxspeed=DE:30", 27.0),
        ("zone:maxspeed=GB:20", 20 * 1.609344 * 0.9),
        ("maxspeed=50 maxspeed:motorcar=40", 36.0),
    ],
)
def test_limits_by_figures_words_and_zones(tmp_path, tags, kmh):
    text = f"a 0 0\nb 0 1800\na-b highway=residential {tags}"
    made = built(tmp_path, text)
    assert made.minutes((0, 0), (0, 1800), "--mode", "drive") == near(1.8 / kmh * 60)
    assert made.table((0, 0), (0, 1800), mode="drive") == near(1.8 / kmh * 60)


def test_names_that_are_not_utf_8(tmp_path):
    # As an office's GBK in a file of OpenStreetMap: the street is walked all the same.
    text = "a 0 0\nb 0 900\na-b highway=residential name=ABCDEFGH"
    made = built(tmp_path, text, raw=(b"ABCDEFGH", "人民南路".encode("gbk")))
    assert made.minutes((0, 0), (0, 900), *PACE) == near(9)


# Attaching.


def test_a_place_on_a_crossing_takes_any_street(tmp_path):
    # Three one-way streets meet at b: one comes from a, one leaves to c and one to d. By bike at 15
    # km/h, 250 m a minute; round by the two-way streets it would be longer.
    text = """
    a -600 0
    b 0 0
    c 750 0
    d 0 500
    e -600 -500
    f 750 -500
    g 1500 500
    a-b highway=residential oneway=yes
    b-c highway=residential oneway=yes
    b-d highway=residential oneway=yes
    c-f-e-a highway=residential
    d-g-c highway=residential
    """
    world = built(tmp_path, text)
    for end, minutes in (((750, 0), 3.0), ((0, 500), 2.0)):
        assert world.minutes((0, 0), end, "--mode", "bike") == near(minutes)
        assert world.table((0, 0), end, mode="bike") == near(minutes)
    assert world.minutes((-600, 0), (0, 0), "--mode", "bike") == near(2.4)


ISLANDS = """
a 0 0
b 0 3000
c 900 0
d 900 1100
e 2000 0
f 2000 200
g 2100 100
h 2500 0
i 2500 3000
a-b highway=residential
c-d highway=residential
e-f highway=residential
h-i highway=residential
"""


def test_every_part_of_a_kilometre_is_a_world_of_its_own(tmp_path):
    world = built(tmp_path, ISLANDS)
    assert world.minutes((900, 0), (900, 600), *PACE) == near(6)
    assert world.minutes((2500, 100), (2500, 800), *PACE) == near(7)
    net = sandbox.open_network(world.file)
    # No way over the ground between them.
    found = sandbox.travel_times(net, [at(0, 500)], [at(900, 500)], minutes=240)
    assert found["minutes"].isna().all()


def test_a_place_beside_a_piece_that_was_left_out(tmp_path):
    # 200 m of street 500 m from the next kept one: unreachable, and the piece is named. The
    # straight lines are 10 m to the piece and 490 m to the kept street.
    world = built(tmp_path, ISLANDS)
    told = run(
        "route",
        "--network",
        world.file,
        "--from",
        said((2010, 100)),
        "--to",
        said((2500, 100)),
        code=2,
    )
    assert "10 m away" in told
    assert "200 m of streets" in told


def test_a_kept_street_50_m_farther_is_taken(tmp_path):
    # 20 m east of a piece of 300 m, and 60 m west of the kept street: 60 m and 400 m.
    text = "a 0 0\nb 0 300\nc 80 0\nd 80 2000\na-b highway=residential\nc-d highway=residential"
    world = built(tmp_path, text)
    assert world.minutes((20, 100), (80, 500), *PACE) == near(4.6)


def test_a_short_piece_of_many_nodes_is_not_the_largest_part(tmp_path):
    # Two pieces of less than a kilometre: the longer one stays, though it has fewer nodes.
    nodes = "\n".join(f"p{k} 0 {30 * k}" for k in range(11))
    text = nodes + "\nc 80 0\nd 80 900\nc-d highway=residential\n"
    text += "-".join(f"p{k}" for k in range(11)) + " highway=residential"
    assert built(tmp_path, text).minutes((20, 100), (80, 500), *PACE) == near(4.6)


def test_private_drives_are_ones_own_first_and_last_stretch(tmp_path):
    # A yard of 350 m between two streets that are 2000 m of way apart. Who lives at its middle
    # leaves either way, 175 m; others don't pass.
    text = """
    a 0 0
    b 1000 0
    c 1000 350
    d 0 350
    a-b-c-d highway=residential
    a-d highway=service service=driveway access=private
    """
    world = built(tmp_path, text)
    assert world.minutes((0, 175), (200, 0), *PACE) == near(3.75)
    assert world.minutes((200, 350), (0, 175), *PACE) == near(3.75)
    assert world.minutes((0, 0), (0, 350), *PACE) == near(23.5)


@pytest.mark.parametrize(
    ("tags", "minutes"),
    [
        # 2 m beside the lower street, which leads to e: on the ground 2 m and 300 m; where it is
        # below or above, 60 m north to the other street, east to e's end and 60 m down: 420 m.
        ("", 3.02),
        ("tunnel=yes layer=-1", 4.16),
        ("bridge=yes layer=1", 4.16),
        ("tunnel=building_passage", 3.02),
        ("covered=yes", 3.02),
    ],
)
def test_a_place_lies_on_the_ground(tmp_path, tags, minutes):
    text = f"""
    a 0 0
    e 600 0
    f 1200 0
    g 0 60
    h 600 60
    i 1200 60
    a-e highway=residential {tags}
    e-f highway=residential
    g-h-i highway=residential
    e-h highway=residential
    """
    # 300 m east is e. From 2 m north of the lower street: 58 m, 300 m and 60 m.
    assert built(tmp_path, text).minutes((300, 2), (600, 0), *PACE) == near(
        minutes + (0.02 if "layer" in tags else 0)
    )


def test_of_equally_near_streets_the_public_one_is_taken(tmp_path):
    # A private drive and a street are drawn one on the other. By the drive, whose western end is
    # open, it would be 40 m and 500 m; from the street, whose eastern end is, it is 500 m more, and
    # 500, 1000 and 500 m round.
    text = """
    a 0 0
    b 1000 0
    c 0 0
    d 1000 0
    i 1000 500
    j 0 500
    a-b highway=service access=private
    c-d highway=residential
    d-i-j-a highway=residential
    """
    assert built(tmp_path, text).minutes((500, 40), (0, 0), *PACE) == near(25.4)


# Cars.


def test_cars_in_towns_and_outside(tmp_path):
    # A primary road of 4 km: 50 km/h in a town, 70 outside. The town is land for housing round
    # its southern half.
    text = """
    a 0 0
    b 0 2000
    c 0 4000
    s -300 -200
    t 300 -200
    u 300 2000
    v -300 2000
    a-b highway=primary
    b-c highway=primary
    s-t-u-v-s landuse=residential
    """
    world = built(tmp_path, text)
    assert world.minutes((0, 0), (0, 2000), "--mode", "drive") == near(2 / 50 * 60)
    assert world.minutes((0, 2000), (0, 4000), "--mode", "drive") == near(2 / 70 * 60)
    assert world.minutes((0, 0), (0, 4000), "--mode", "drive") == near(2 / 50 * 60 + 2 / 70 * 60)


CROSS = """
a 0 -500
b 0 0
c -500 0
d 0 1000
e 500 0
a-b highway=residential maxspeed=50
b-c highway=residential maxspeed=50
b-d highway=residential maxspeed=50
b-e highway=residential maxspeed=50
"""


def test_banned_turns_are_gone_round(tmp_path):
    # 45 km/h are 750 m a minute. Left from the south is banned: one goes right, 500 m to the dead
    # end in the east, where one may turn for nothing, and back over the crossing. Turning round
    # on the crossing itself isn't meant by who bans the turn.
    open_ = built(tmp_path, CROSS)
    assert open_.minutes((0, -500), (-500, 0), "--mode", "drive") == near(1000 / 750)
    closed = built(tmp_path, CROSS + "from=a-b via=b to=b-c restriction=no_left_turn")
    assert closed.minutes((0, -500), (-500, 0), "--mode", "drive") == near(2000 / 750)
    assert closed.minutes((0, -500), (500, 0), "--mode", "drive") == near(1000 / 750)


def test_turns_cost_what_the_table_says(tmp_path):
    shipped = paths.assets() / "speeds.toml"
    text = (
        shipped.read_text(encoding="utf-8")
        .replace("left_s = 0", "left_s = 18")
        .replace("right_s = 0", "right_s = 6")
    )
    table = tmp_path / "own.toml"
    table.write_text(text, encoding="utf-8")
    world = built(tmp_path, CROSS)
    for end, seconds in (((-500, 0), 18), ((500, 0), 6)):
        want = 1000 / 750 + seconds / 60
        assert world.minutes((0, -500), end, "--mode", "drive", "--speeds", table) == near(want)
        assert world.table((0, -500), end, mode="drive", speeds_file=table) == near(want)
    assert world.minutes((0, -500), (0, 1000), "--mode", "drive", "--speeds", table) == near(2)


# Files.


def test_ground_on_both_sides_of_180_degrees(tmp_path):
    # A street of 1200 m across 180 degrees at 17.6 south, all of it reached in 6 minutes from its
    # middle: two halves of 600 m, each with half a round end, 40 m to either side.
    def where(east_m, _):
        lon, lat, _ = EARTH.fwd(180.0, -17.6, 90, east_m)
        return lon, lat

    text = "a -600 0\nb 0 0\nc 600 0\na-b-c highway=residential"
    world = built(tmp_path, text, where=where)
    asked = ("--network", world.file, "--from=180,-17.6", "--reach-m", "40")
    half = pytest.approx([600 * 80 + math.pi * 800] * 2, rel=0.01)

    def halves(file, **of):
        ((shape,),) = (gpd.read_file(file, **of).geometry,)
        assert shape.geom_type == "MultiPolygon"
        west, south, east, north = shape.bounds
        assert (west, east) == (-180, 180)
        assert north - south < 0.001
        return [abs(EARTH.geometry_area_perimeter(one)[0]) for one in shape.geoms]

    for name in ("a.geojson", "a.gpkg"):
        run("isochrone", *asked, "--minutes", "7", *PACE, "-o", tmp_path / name)
        assert halves(tmp_path / name) == half
    # By bike at 200 m a minute all of it is reached in 3.
    twice = ("--with-mode", "bike", "--speed-kmh", "1", "--bike-kmh", "12", "--minutes", "4")
    run("compare", *asked, *twice, "-o", tmp_path / "c.gpkg")
    assert halves(tmp_path / "c.gpkg", layer="ground", where="change = 'plan'") == half
    net = sandbox.open_network(world.file)
    (shape,) = sandbox.isochrones(
        net, [(180.0, -17.6)], minutes=[7], reach_m=40, speed_kmh=6
    ).geometry
    assert len(shape.geoms) == 2


def test_places_without_an_id_are_numbered(north, tmp_path):
    places = tmp_path / "p.geojson"
    features = [
        {
            "type": "Feature",
            "properties": {"id": identity},
            "geometry": {"type": "Point", "coordinates": at(0, metres)},
        }
        for identity, metres in ((None, 500), ("x", 1300))
    ]
    places.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    out = tmp_path / "t.csv"
    run("times", "--network", north, "--from", places, "--to", places, *PACE, "-o", out)
    table = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert [round(float(row["minutes"]), 1) for row in table] == [0, 8, 8, 0]
    assert not {row["from_id"] for row in table} & {"", "nan", "None", "null"}


@pytest.mark.parametrize("first", [[9.2, 45.46], [1e308, 45.46], [float("nan"), 45.46]])
def test_degrees_that_are_called_metres_and_no_numbers_are_refused(tmp_path, first):
    file = tmp_path / "l.geojson"
    line = {
        "type": "Feature",
        "properties": {"highway": "residential"},
        "geometry": {"type": "LineString", "coordinates": [first, [9.21, 45.47]]},
    }
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [line]}))
    told = run(
        "network", "build", file, "--crs", "EPSG:32632", "-o", tmp_path / "l.sandnet", code=2
    )
    assert "--crs" in told
    assert not (tmp_path / "l.sandnet").exists()


def test_factors_of_400_digits_are_refused(north, tmp_path):
    file = tmp_path / "e.geojson"
    ring = [at(*xy) for xy in ((-50, 0), (50, 0), (50, 900), (-50, 900), (-50, 0))]
    one = {
        "type": "Feature",
        "properties": {"kind": "slow", "factor": 10**400},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [one]}))
    told = run(
        "route", "--network", north, "--from", said(P), "--to", said(Q), "--edits", file, code=2
    )
    assert "too many digits" in told


def raster(path, height_m):
    """Write heights by metres north of the corner, in pixels of about 22 m."""
    step = 2e-4
    _, south = at(0, -500)
    rows_ = [(south + step * (k + 0.5) - LAT) * 111_147 for k in range(150)][::-1]
    grid = np.repeat(np.array([[height_m(y)] for y in rows_], "float32"), 60, axis=1)
    with rasterio.open(
        path, "w", driver="GTiff", width=60, height=150, count=1, dtype="float32", crs="EPSG:4326",
        transform=rasterio.Affine(step, 0, LON - 30 * step, 0, -step, south + 150 * step),
    ) as file:  # fmt: skip
        file.write(grid, 1)
    return path


STEPS = "\n".join(
    [f"n{k} 0 {100 * k}" for k in range(21)]
    + ["-".join(f"n{k}" for k in range(21)) + " highway=residential"]
)


def test_ground_that_falls_to_the_sea_stays(tmp_path):
    # From 100 m down to 0 over a kilometre, and a kilometre along the shore. Tobler: uphill by a
    # tenth takes exp(3.5 * 0.1) times as long as the level; downhill by a tenth is as fast as it.
    dem = raster(tmp_path / "d.tif", lambda y: max(0.0, 100.0 - y / 10))
    world = built(tmp_path, STEPS, "--dem", dem)
    up = world.minutes((0, 2000), (0, 0), *PACE)
    assert up == pytest.approx(10 + 10 * math.exp(0.35), rel=0.01)
    assert world.minutes((0, 0), (0, 2000), *PACE) == pytest.approx(20, rel=0.01)


def test_a_trench_of_zeros_is_bridged(tmp_path):
    # Up by a twentieth from 200 m, and 100 m of the ground are 0: 1500 m at exp(3.5 * 0.05).
    dem = raster(tmp_path / "d.tif", lambda y: 0.0 if 700 < y < 800 else 200 + y / 20)
    world = built(tmp_path, STEPS, "--dem", dem)
    want = 15 * math.exp(0.175)
    assert world.minutes((0, 0), (0, 1500), *PACE) == pytest.approx(want, rel=0.01)


def test_a_table_with_a_byte_order_mark(tmp_path):
    # 36 km/h in town and country on a street of 900 m.
    text = (paths.assets() / "speeds.toml").read_text(encoding="utf-8")
    table = tmp_path / "own.toml"
    table.write_text(
        text.replace("residential = 25", "residential = 36").replace(
            "residential = 30", "residential = 36"
        ),
        encoding="utf-8-sig",
    )
    world = built(tmp_path, "a 0 0\nb 0 900\na-b highway=residential")
    got = world.minutes((0, 0), (0, 900), "--mode", "drive", "--speeds", table)
    assert got == near(1.5)


def test_output_in_a_code_page_of_the_west(monkeypatch):
    out = io.TextIOWrapper(io.BytesIO(), encoding="cp1252", write_through=True)
    monkeypatch.setattr(sys, "stdout", out)
    with pytest.raises(SystemExit) as ended:
        cli.main(["--lang", "zh", "layers", "list"])
    assert ended.value.code in (None, 0)
    assert b"\\u" in out.buffer.getvalue()


@pytest.mark.parametrize("node", [21, 2**31 - 1, -1])
def test_a_file_whose_streets_end_nowhere_is_refused(north, tmp_path, node):
    # The checksum is right, as `save` writes it; a street leads to a node that there isn't.
    streets = Engine.open(north).streets
    ends = streets.segment_nodes.copy()
    ends[3, 1] = node
    save(replace(streets, segment_nodes=ends), tmp_path / "bad.sandnet")
    told = run(
        "route", "--network", tmp_path / "bad.sandnet", "--from", said(P), "--to", said(Q), code=2
    )
    assert "bad.sandnet" in told


def test_a_drawing_is_named_for_what_it_is(tmp_path):
    drawing = tmp_path / "x.dxf"
    drawing.write_text("0\nSECTION\n2\nENTITIES\n0\nENDSEC\n0\nEOF\n")
    told = run("network", "build", drawing, "-o", tmp_path / "x.sandnet", code=2)
    assert "DXF" in told.upper()
    assert "PBF" not in told
