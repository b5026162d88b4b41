"""Feeds written by the tests: a small town's buses as GTFS, whole or broken on purpose."""

import zipfile
from pathlib import Path

from tests.support.grid_city import at

# Stops of a line along the grid's middle row, in blocks.
PLACES = {"a": (2, 5), "b": (6, 5), "c": (10, 5), "d": (14, 5)}


def tables() -> dict[str, str]:
    """Return the tables of a sound feed: line 1, twice an hour from a to d on weekdays."""
    stops = ["stop_id,stop_name,stop_lat,stop_lon"]
    for name, place in PLACES.items():
        lon, lat = at(*place)
        stops.append(f"{name},Stop {name},{lat:.7f},{lon:.7f}")
    times = ["trip_id,arrival_time,departure_time,stop_id,stop_sequence"]
    for trip, hour in (("t1", "08:00"), ("t2", "08:30")):
        begins = int(hour[:2]) * 60 + int(hour[3:])
        for index, name in enumerate(PLACES):
            minute = begins + 2 * index
            clock = f"{minute // 60:02}:{minute % 60:02}:00"
            times.append(f"{trip},{clock},{clock},{name},{index + 1}")
    return {
        "agency": "agency_name,agency_url,agency_timezone\nTown,http://example.com,Asia/Shanghai\n",
        "routes": "route_id,route_short_name,route_type\nr1,1,3\n",
        "stops": "\n".join(stops) + "\n",
        "trips": "route_id,service_id,trip_id,trip_headsign\nr1,wk,t1,East\nr1,wk,t2,East\n",
        "stop_times": "\n".join(times) + "\n",
        "calendar": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,"
        "start_date,end_date\nwk,1,1,1,1,1,0,0,20261101,20261130\n",
    }


def write(path: Path, made: dict[str, str | bytes], folder: str = "") -> Path:
    """Write tables as a zip file, in a folder of it on wish."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in made.items():
            archive.writestr(f"{folder}{name}.txt", text)
    return path
