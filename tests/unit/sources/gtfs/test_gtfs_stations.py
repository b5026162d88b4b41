"""Stations as a feed tells them: pathways, one-way gates, parts of platforms, direct access."""

from collections import Counter
from datetime import date, datetime
from functools import cache

import numpy as np
import pytest

from sandbox.analysis.itinerary import itinerary
from sandbox.sources.gtfs.build import build_timetable
from sandbox.streets.sandnet import read, save
from sandbox.streets.timetable import TRANSFER_INSIDE
from sandbox.streets.travel import Ride, Travel
from tests.support import feeds
from tests.support.grid_city import SPEED_KMH, at, grid_city
from tests.support.timetables import with_timetable

TODAY = date(2026, 11, 10)
WAYS = "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,traversal_time,length\n"
# Where things are, in blocks: platforms c and up at (10, 5), entrances two blocks off.
PARTS = {
    "station": (10, 5, 1, ""),
    "up": (10, 5, 0, "station"),
    "west": (8, 5, 2, "station"),
    "east": (12, 5, 2, "station"),
    "hall": (10, 5, 3, "station"),
    "head": (10, 5, 4, "c"),
}


@cache
def city():
    return grid_city(17, 11)


def station(ways, *, access="", parts=PARTS):
    """Return a feed in which stop c is a platform of a station with another one."""
    tables = feeds.tables()
    rows = tables["stops"].splitlines()
    rows[0] += ",location_type,parent_station,stop_access"
    rows[1:] = [f"{row},0,{'station' if row[0] == 'c' else ''}," for row in rows[1:]]
    rows[3] += access
    for name, (x, y, kind, parent) in parts.items():
        lon, lat = at(x, y)
        rows.append(f"{name},{name},{lat:.7f},{lon:.7f},{kind},{parent},")
    tables["stops"] = "\n".join(rows) + "\n"
    # Line 2 runs on from platform up.
    tables["routes"] += "r2,2,3\n"
    tables["trips"] += "r2,wk,t3,\n"
    tables["stop_times"] += "t3,08:10:00,08:10:00,up,1\nt3,08:11:00,08:11:00,d,2\n"
    if ways:
        tables["pathways"] = WAYS + "".join(f"w{n},{way}\n" for n, way in enumerate(ways))
    return tables


def built(tmp_path, tables):
    path = feeds.write(tmp_path / "town.zip", tables)
    return build_timetable([path], city(), today=TODAY)


def doors_of(made, stop):
    """Return the doors of a stop: block of its street point, seconds in and out."""
    row = made.stop_id.index(stop)
    lonlat = {at(x, 5): x for x in range(17)}
    found = []
    for n in np.flatnonzero(made.door_stop == row).tolist():
        xy = made.doors.street_xy[n]
        from sandbox.geo import crs as geo

        near = min(lonlat, key=lambda one: np.hypot(*(geo.to_metric(one, city().crs) - xy)))
        found.append((lonlat[near], int(made.door_s[n]), int(made.door_out_s[n])))
    return sorted(found)


def codes(findings):
    return Counter(one.code for one in findings)


def test_only_pathways_lead_through_a_station_that_has_some(tmp_path):
    made, findings = built(tmp_path, station(["west,c,1,1,42,", "west,up,1,1,50,"]))
    # East of the station is an entrance that no pathway joins.
    assert doors_of(made, "c") == [(8, 42, 42)]
    assert doors_of(made, "up") == [(8, 50, 50)]
    assert codes(findings) == {"unjoined_entrance": 1}


def test_a_platform_that_no_pathway_reaches_is_locked_and_told(tmp_path):
    made, findings = built(tmp_path, station(["west,c,1,1,42,", "east,c,1,1,42,"]))
    assert doors_of(made, "c") == [(8, 42, 42), (12, 42, 42)]
    assert doors_of(made, "up") == []
    assert codes(findings) == {"locked_platform": 1}


def test_stations_without_pathways_or_entrances_are_entered_as_before(tmp_path):
    straight, _ = built(tmp_path, station([]))
    # Two blocks of 100 m at 4 km/h take 180 s.
    assert doors_of(straight, "c") == [(8, 180, 180), (12, 180, 180)]
    bare = {name: part for name, part in PARTS.items() if part[2] != 2}
    open_, findings = built(tmp_path, station(["c,up,1,1,30,"], parts=bare))
    assert doors_of(open_, "c") == doors_of(open_, "up") == [(10, 0, 0)]
    assert codes(findings) == {}


@pytest.mark.parametrize(
    ("access", "doors"),
    [
        # Straight from the street, whatever the pathways are.
        ("1", [(10, 0, 0)]),
        ("0", [(8, 42, 42)]),
        ("", [(8, 42, 42)]),
    ],
)
def test_stop_access_says_how_a_platform_is_reached(tmp_path, access, doors):
    made, _ = built(tmp_path, station(["west,c,1,1,42,", "west,up,1,1,50,"], access=access))
    assert doors_of(made, "c") == doors


def test_a_platform_of_a_station_without_entrances_is_reached_by_the_station(tmp_path):
    parts = {"station": (8, 5, 1, ""), "up": (10, 5, 0, "station")}
    made, _ = built(tmp_path, station([], access="0", parts=parts))
    assert doors_of(made, "c") == [(8, 180, 180)]
    assert doors_of(made, "up") == [(10, 0, 0)]


def test_one_way_gates_and_exits_lead_one_way(tmp_path):
    ways = [
        "west,c,6,0,60,",
        "c,east,7,1,20,",
        "hall,up,1,1,5,",
        "west,hall,6,0,7,",
        "up,east,7,0,9,",
    ]
    made, _ = built(tmp_path, station(ways))
    assert doors_of(made, "c") == [(8, 60, -1), (12, -1, 20)]
    # Through the hall, which is no platform.
    assert doors_of(made, "up") == [(8, 12, -1), (12, -1, 9)]
    save(city().streets, tmp_path / "town.sandnet", made)
    again = read(tmp_path / "town.sandnet")[1]
    assert again.door_out_s.tolist() == made.door_out_s.tolist()


def test_parts_of_a_platform_and_lengths_count(tmp_path):
    tables = station(["west,head,1,1,,100", "east,head,2,1,,", "west,up,1,1,5,"])
    tables["stop_times"] = tables["stop_times"].replace(
        "t1,08:04:00,08:04:00,c", "t1,08:04:00,08:04:00,head"
    )
    made, findings = built(tmp_path, tables)
    # 100 m at 4 km/h; a minute where nothing is told, which a finding says.
    assert doors_of(made, "c") == [(8, 90, 90), (12, 60, 60)]
    assert codes(findings) == {"unmeasured_pathway": 1, "boarding_area": 1}
    assert made.stop_id[int(made.time_stop[2])] == "c"


def route(made, when, start, end, **how):
    ride = Ride(datetime.fromisoformat(when), window_min=1, **how)
    network = with_timetable(city(), made)
    found = itinerary(network, at(*start), at(*end), Travel(walk_kmh=SPEED_KMH).riding(ride))
    return round(found.minutes, 2), [leg.kind for leg in found.legs if leg.minutes > 0.01]


def test_one_enters_by_one_gate_and_leaves_by_another(tmp_path):
    ways = ["west,c,6,0,60,", "c,east,7,0,30,", "west,up,6,0,60,"]
    made, _ = built(tmp_path, station(ways))
    # Half a minute's wait at a; at c 08:04, out in the east at 08:04:30. (A block is a minute.)
    assert route(made, "2026-11-23T07:59:30", (2, 5), (12, 5))[0] == 5.0
    # Onto the vehicle at 08:04 one gets by the western gate in a minute, at d at 08:06.
    assert route(made, "2026-11-23T08:02:30", (8, 5), (14, 5))[0] == 3.5
    # Being there by some time asks the same of the gates: one leaves at 08:03 and at 08:00.
    assert route(made, "2026-11-23T08:06:30", (8, 5), (14, 5), arrive=True)[0] == 3.5
    assert route(made, "2026-11-23T08:05", (2, 5), (12, 5), arrive=True)[0] == 5.0
    # The other way round they are closed: one walks.
    closed = ["c,west,6,0,60,", "east,c,7,0,30,", "up,west,6,0,60,"]
    made, _ = built(tmp_path, station(closed))
    assert route(made, "2026-11-23T07:59:30", (2, 5), (12, 5))[1] == ["wait", "ride", "walk"]
    assert route(made, "2026-11-23T07:59:30", (2, 5), (12, 5))[0] == 8.5
    assert route(made, "2026-11-23T08:02:30", (8, 5), (14, 5)) == (6.0, ["walk"])
    assert route(made, "2026-11-23T08:06:30", (8, 5), (14, 5), arrive=True) == (6.0, ["walk"])


def test_one_changes_along_pathways_within_a_station(tmp_path):
    # Platforms are joined by a way of 330 s; along the streets there is no way out of c.
    ways = ["west,c,6,0,60,", "c,up,1,0,330,", "up,east,7,0,30,"]
    made, _ = built(tmp_path, station(ways))
    inside = made.transfer_kind == TRANSFER_INSIDE
    names = [
        (made.stop_id[a], made.stop_id[b])
        for a, b in zip(made.transfer_from[inside], made.transfer_to[inside], strict=True)
    ]
    assert names == [("c", "up")]
    assert made.transfer_s[inside].tolist() == [330]
    # At c 08:04, at up 08:09:30, on at 08:10: at d 08:11. The line itself is there at 08:06.
    tables = station(ways)
    tables["stop_times"] = "\n".join(
        row for row in tables["stop_times"].splitlines() if ",d,4" not in row
    )
    apart, _ = built(tmp_path, tables)
    minutes, kinds = route(apart, "2026-11-23T07:59:30", (2, 5), (14, 5), max_walk_min=1.0)
    assert (minutes, kinds) == (11.5, ["wait", "ride", "walk", "wait", "ride"])
    late = [ways[0], "c,up,1,0,361,", ways[2]]
    tables["pathways"] = WAYS + "".join(f"w{n},{way}\n" for n, way in enumerate(late))
    missed, _ = built(tmp_path, tables)
    assert route(missed, "2026-11-23T07:59:30", (2, 5), (14, 5), max_walk_min=1.0)[1] == ["walk"]
