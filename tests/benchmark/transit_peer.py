"""Areas by line beside ferrobus, an engine in Rust, on the same streets and timetables.

Run with ``python -m tests.benchmark.transit_peer STREETS.osm.pbf 2019-05-13T14:00 LON,LAT …
-- FEED.zip …`` where ferrobus is installed; it measures and asserts nothing. Both read the
same feeds, with missing times filled in evenly, which ferrobus can't do. It draws whole
hexagons, so its areas are as fine as those; a window there is the share of departures that
reach each hexagon, as it has no percentiles. Loads and indexes are made before.
"""

import contextlib
import csv
import statistics
import sys
import zipfile
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import ferrobus

from sandbox.analysis.transit import transit_isochrone
from sandbox.engine.network import Network
from sandbox.sources.gtfs.build import build_timetable
from sandbox.sources.osm.build import build_osm
from sandbox.streets.travel import Ride, Travel

_ROUNDS = 5
_WINDOWS_MIN = (1, 60)
_MINUTES = (30, 45, 60)
# Hexagons about 130 m and 50 m across; our ground lies within 50 m of a street.
_FINENESS = (10, 11)
_WALK_S = 900
_CHANGES = 3


def _seconds(text: str) -> int:
    hours, minutes, seconds = map(int, text.split(":"))
    return hours * 3600 + minutes * 60 + seconds


def _filled(feed: Path, folder: Path) -> None:
    """Unpack a feed with a time at every stop."""
    with zipfile.ZipFile(feed) as archive:
        archive.extractall(folder)
    table = folder / "stop_times.txt"
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    trips: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        trips.setdefault(row["trip_id"], []).append(row)
    for calls in trips.values():
        calls.sort(key=lambda row: int(row["stop_sequence"]))
        known = [i for i, row in enumerate(calls) if row["arrival_time"].strip()]
        for a, b in pairwise(known):
            begin, end = _seconds(calls[a]["departure_time"]), _seconds(calls[b]["arrival_time"])
            for i in range(a + 1, b):
                at = begin + (end - begin) * (i - a) // (b - a)
                text = f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}"
                calls[i] |= {"arrival_time": text, "departure_time": text}
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(row for calls in trips.values() for row in calls)


def _packed(folder: Path) -> Path:
    feed = folder.with_suffix(".zip")
    with zipfile.ZipFile(feed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, file.name)
    return feed


def _median(what: Any) -> float:
    took = []
    for _ in range(_ROUNDS):
        began = perf_counter()
        what()
        took.append((perf_counter() - began) * 1000.0)
    return statistics.median(took)


def _box(network: Network) -> str:
    west, south, east, north = network.bounds_lonlat
    ring = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return "POLYGON((" + ",".join(f"{x} {y}" for x, y in ring) + "))"


def main() -> None:
    """Print medians over places, each a median of rounds, one engine after the other."""
    cut = sys.argv.index("--")
    streets, when = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
    places = [tuple(map(float, text.split(","))) for text in sys.argv[3:cut]]
    with TemporaryDirectory() as name:
        folders = []
        for number, feed in enumerate(sys.argv[cut + 1 :]):
            folders.append(Path(name) / str(number))
            folders[-1].mkdir()
            _filled(Path(feed), folders[-1])
        network = Network(build_osm(streets))
        network.timetable, _ = build_timetable([_packed(one) for one in folders], network)
        # It tells on its output what it leaves out of the feeds.
        with contextlib.redirect_stdout(None):
            model = ferrobus.create_transit_model(
                str(streets), list(map(str, folders)), when.date(), _WALK_S
            )
    starts = [ferrobus.create_transit_point(lat, lon, model, _WALK_S, 100) for lon, lat in places]
    begin_s = when.hour * 3600 + when.minute * 60
    box = _box(network)
    indexes = {
        fine: ferrobus.create_isochrone_index(model, box, fine, _WALK_S) for fine in _FINENESS
    }
    print("departures  minutes   ours (ms)", *(f"  hexagons {fine}" for fine in _FINENESS))
    for window in _WINDOWS_MIN:
        ride = Ride(when, window_min=window)
        for minutes in _MINUTES:
            ours, theirs = [], {fine: [] for fine in _FINENESS}
            for place, start in zip(places, starts, strict=True):

                def mine(place=place, minutes=minutes, ride=ride):
                    transit_isochrone(network, place, [minutes], Travel(slope="flat").riding(ride))

                mine()
                ours.append(_median(mine))
                for fine, index in indexes.items():

                    def other(start=start, minutes=minutes, window=window, index=index):
                        if window == 1:
                            ferrobus.calculate_isochrone(
                                model, start, begin_s, _CHANGES, minutes * 60, index
                            )
                        else:
                            ferrobus.calculate_percent_access_isochrone(
                                model,
                                start,
                                (begin_s, begin_s + window * 60),
                                60,
                                _CHANGES,
                                minutes * 60,
                                index,
                            )

                    theirs[fine].append(_median(other))
            medians = (f"  {statistics.median(theirs[fine]):11.1f}" for fine in _FINENESS)
            print(
                f"{window:10}  {minutes:7}   {statistics.median(ours):9.1f}", *medians, flush=True
            )


if __name__ == "__main__":
    main()
