"""A feed's tables, cleaned: what can't be used is dropped and reported."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sandbox import files
from sandbox.errors import TransitError
from sandbox.sources.gtfs import cells
from sandbox.sources.gtfs.archive import TABLES, opened
from sandbox.sources.gtfs.cells import Frame, number, text
from sandbox.sources.gtfs.findings import Finding, Severity
from sandbox.words import Text

PLATFORM, STATION, ENTRANCE, BOARDING_AREA = 0, 1, 2, 4
_COLUMNS: Final = {
    "agency": ("agency_timezone",),
    "routes": ("route_id", "route_type"),
    "stops": ("stop_id",),
    "trips": ("route_id", "service_id", "trip_id"),
    "stop_times": ("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"),
}
# Service may run past midnight, but not for a week.
LATEST_S: Final = 7 * 86_400
# So many findings of one kind are listed one by one; beyond that, only their number.
_TOLD: Final = 10_000
_LINE: Final = re.compile(r"fields in line (\d+), saw")


@dataclass(slots=True)
class Tables:
    """A feed's cleaned tables; all cells are text as it stands, empty where nothing does.

    Attributes
    ----------
    path
        Where it was read from.
    agency, routes, stops, trips, stop_times, calendar, calendar_dates
        As GTFS has them; `stop_times` is sorted by trip and sequence, with times as
        seconds in ``arrival_s`` and ``departure_s`` (NaN where not stated).
    frequencies, transfers, pathways, feed_info
        As GTFS has them, without rows where the feed has none.
    findings
        What was found on the way.
    """

    path: Path
    agency: Frame
    routes: Frame
    stops: Frame
    trips: Frame
    stop_times: Frame
    calendar: Frame
    calendar_dates: Frame
    frequencies: Frame
    transfers: Frame
    pathways: Frame
    feed_info: Frame
    findings: list[Finding] = field(default_factory=list[Finding])

    def tell(
        self,
        severity: Severity,
        code: str,
        table: str,
        ids: "list[str] | npt.NDArray[Any]",
        template: str,
        **values: Any,
    ) -> None:
        """Note a finding for each id, or one for all where there are very many."""
        names = [str(one) for one in ids]
        for name in names[:_TOLD]:
            self.findings.append(
                Finding(severity, code, table, name, Text(template, {"id": name, **values}))
            )
        if len(names) > _TOLD:
            more = Text("… and {count} more of this kind", {"count": len(names) - _TOLD})
            self.findings.append(Finding(severity, code, table, "", more))


def _read(path: Path, file: Path) -> tuple[Frame, int]:
    try:
        return cells.read(file)
    except (ArithmeticError, KeyError, TypeError, ValueError) as error:
        # Which line has too many cells, the library says in English only.
        line = _LINE.search(str(error))
        raise TransitError(
            "The table {table} of {path} can't be read: {reason}.",
            "Correct it, or ask the provider for another copy.",
            path=path,
            table=file.name,
            reason=Text("line {line} has more values than columns", {"line": line[1]})
            if line
            else files.DAMAGED,
        ) from error


def read(path: Path) -> Tables:
    """Read a feed and clean it.

    Raises
    ------
    TransitError
        The feed can't be read, or nothing in it can be used; with all faults at once.
    """
    with opened(path) as folder:
        read_tables = {name: _read(path, folder / f"{name}.txt") for name in TABLES}
    tables = {name: frame for name, (frame, _) in read_tables.items()}
    faults: list[Text] = []
    for name, columns in _COLUMNS.items():
        if not len(tables[name]):
            faults.append(Text("{table} has no rows", {"table": f"{name}.txt"}))
            continue
        faults += [
            Text("{table} lacks the column {column}", {"table": f"{name}.txt", "column": column})
            for column in columns
            if column not in tables[name].columns
        ]
    if faults:
        raise TransitError(
            "{path} is not a valid GTFS timetable",
            "Ask the provider for a complete feed.",
            faults=faults,
            path=path,
        )
    made = Tables(path=path, **tables)
    for name, (_, padded) in read_tables.items():
        if padded:
            made.tell("note", "blanks", f"{name}.txt", [f"{padded:,}"], _BLANKS)
    del read_tables, tables
    _clean_stops(made)
    _clean_trips(made)
    _clean_times(made)
    if not len(made.stop_times):
        raise TransitError(
            "Nothing in {path} can be used: no trip has two stops with times and places.",
            "See what is wrong with: sandbox network check-feed",
            faults=[one.text for one in made.findings if one.severity == "error"][:8],
            path=path,
        )
    return made


_BLANKS: Final = "spaces around values were removed ({id} of them)"


def _first(made: Tables, name: str, column: str) -> Frame:
    """Return a table without rows whose id came before."""
    frame: Frame = getattr(made, name)
    frame = frame[frame[column] != ""]
    again = frame[column].duplicated()
    made.tell(
        "error",
        "duplicate_id",
        f"{name}.txt",
        frame.loc[again, column].unique(),
        "the id {id} is used more than once; the first one counts",
    )
    return frame[~again].reset_index(drop=True)


def _clean_stops(made: Tables) -> None:
    stops = _first(made, "stops", "stop_id")
    stops["kind"] = number(stops, "location_type", 0.0).astype(int)
    stops["parent"] = text(stops, "parent_station")
    stops["name"] = text(stops, "stop_name")
    lon, lat = number(stops, "stop_lon"), number(stops, "stop_lat")
    parents: list[str] = stops["parent"].tolist()
    row = {stop: index for index, stop in enumerate(stops["stop_id"])}
    above = [row.get(parent, -1) if parent else -1 for parent in parents]
    orphans = [index for index, up in enumerate(above) if up < 0 and parents[index]]
    loops = _in_rings(above)
    for index, up in enumerate(above):
        if up >= 0 and index not in loops and np.isnan(lon[index]):
            lon[index], lat[index] = lon[up], lat[up]
    ids = stops["stop_id"].to_numpy()
    made.tell(
        "warning", "no_parent", "stops.txt", ids[orphans], "the parent station of {id} is missing"
    )
    made.tell(
        "error",
        "parent_loop",
        "stops.txt",
        ids[sorted(loops)],
        "the parent stations of {id} form a loop",
    )
    stops.loc[[*orphans, *sorted(loops)], "parent"] = ""
    wrong = ~((np.abs(lon) <= 180) & (np.abs(lat) <= 90))
    wrong |= (np.abs(lon) < 1e-6) & (np.abs(lat) < 1e-6)
    sound = np.flatnonzero(~wrong)
    if len(sound):
        middle = float(np.median(lon[sound])), float(np.median(lat[sound]))
        astray = np.maximum(np.abs(lon - middle[0]), np.abs(lat - middle[1]))
        turned = np.maximum(np.abs(lat - middle[0]), np.abs(lon - middle[1]))
        swapped = ~wrong & (astray > 10) & (turned < 5)
        swapped |= wrong & (turned < 5)
        made.tell(
            "error",
            "swapped_coordinates",
            "stops.txt",
            ids[swapped],
            "longitude and latitude of {id} seem to be swapped",
        )
        wrong |= swapped
        placed = stops["kind"].isin([0, STATION, ENTRANCE]).to_numpy()
        made.tell(
            "error",
            "no_coordinates",
            "stops.txt",
            ids[wrong & placed & ~swapped],
            "{id} has no valid position",
        )
    stops["lon"], stops["lat"] = lon, lat
    made.stops = stops[~wrong].reset_index(drop=True)


def _in_rings(above: list[int]) -> set[int]:
    """Return the places from which the way up never ends; -1 is the top."""
    ends: list[bool | None] = [None] * len(above)
    for index in range(len(above)):
        way, now = [], index
        while now >= 0 and ends[now] is None:
            # A node that is met again before its end is known lies in a ring.
            ends[now] = False
            way.append(now)
            now = above[now]
        sound = now < 0 or bool(ends[now])
        for one in way:
            ends[one] = sound
    return {index for index, sound in enumerate(ends) if not sound}


def _clean_trips(made: Tables) -> None:
    made.routes = _first(made, "routes", "route_id")
    trips = _first(made, "trips", "trip_id")
    for column in ("trip_id", "route_id", "service_id"):
        trips[column] = text(trips, column)
    services: set[str] = set()
    for frame in (made.calendar, made.calendar_dates):
        services |= set(text(frame, "service_id")) if len(frame) else set()
    no_route = ~trips["route_id"].isin(set(made.routes["route_id"]))
    no_days = ~trips["service_id"].isin(services)
    made.tell(
        "error",
        "no_route",
        "trips.txt",
        trips.loc[no_route, "trip_id"].to_numpy(),
        "the route of trip {id} is missing",
    )
    made.tell(
        "error",
        "no_service",
        "trips.txt",
        trips.loc[no_days & ~no_route, "trip_id"].to_numpy(),
        "the days of trip {id} are missing",
    )
    made.trips = trips[~(no_route | no_days)].reset_index(drop=True)


def _clean_times(made: Tables) -> None:
    # There may be millions of rows: keep only the columns that are used.
    told = made.stop_times
    times = told[[column for column in _OF_TIMES if column in told.columns]].copy()
    times["trip_id"], times["stop_id"] = text(told, "trip_id"), text(told, "stop_id")
    for column in ("arrival", "departure"):
        times[f"{column}_s"] = _clock(made, told, f"{column}_time")
    times["sequence"] = number(told, "stop_sequence")
    made.stop_times = times
    del told
    for one, other in (("arrival_s", "departure_s"), ("departure_s", "arrival_s")):
        times[one] = times[one].where(times[one].notna(), times[other])
    known = times["trip_id"].isin(set(made.trips["trip_id"]))
    _off_boarding_areas(made, times)
    usable = made.stops.loc[made.stops["kind"] == PLATFORM, "stop_id"]
    placed = times["stop_id"].isin(set(usable))
    lost = times.loc[known & ~placed, "stop_id"].unique()
    made.tell(
        "error", "no_stop", "stop_times.txt", lost, "trips call at {id}, which is not a usable stop"
    )
    times = times[known & placed & times["sequence"].notna()]
    times = times.sort_values(["trip_id", "sequence"], kind="stable").reset_index(drop=True)
    again = times.duplicated(["trip_id", "sequence"])
    made.tell(
        "error",
        "duplicate_sequence",
        "stop_times.txt",
        times.loc[again, "trip_id"].unique(),
        "stops of trip {id} have the same sequence number; the first one counts",
    )
    times = times[~again].reset_index(drop=True)
    times = _without(made, times, _untimed_ends(times), "untimed_end", _UNTIMED)
    times = _without(made, times, _backwards(times), "backwards", _BACKWARDS)
    late = times.loc[times["arrival_s"] > LATEST_S, "trip_id"]
    times = _without(made, times, set(late), "too_late", _LATE)
    counts = times["trip_id"].map(times["trip_id"].value_counts())
    short = set(times.loc[counts < 2, "trip_id"])
    made.stop_times = _without(made, times, short, "one_stop", _SHORT).reset_index(drop=True)
    made.trips = made.trips[made.trips["trip_id"].isin(set(made.stop_times["trip_id"]))]
    made.trips = made.trips.reset_index(drop=True)


_OF_TIMES: Final = (
    "pickup_type",
    "drop_off_type",
    "continuous_pickup",
    "continuous_drop_off",
    "shape_dist_traveled",
)
_UNTIMED: Final = "trip {id} has no time at its first or last stop"
_BACKWARDS: Final = "the times of trip {id} run backwards"
_LATE: Final = "trip {id} runs longer than a week"
_SHORT: Final = "trip {id} has fewer than two usable stops"


def _clock(made: Tables, told: Frame, column: str) -> npt.NDArray[np.float64]:
    """Return a column's times in seconds; report what is written there and is no time."""
    cell = told[column]
    found = cells.seconds(cell)
    strange = np.isnan(found) & (cell != "").to_numpy()
    made.tell(
        "error",
        "unreadable_time",
        "stop_times.txt",
        told.loc[strange, "trip_id"].unique(),
        "a time of trip {id} can't be read; it is treated as not stated",
    )
    short = cell.str.count(":").to_numpy(np.float64) == 1
    short &= ~np.isnan(found)
    if short.any():
        made.tell("note", "no_seconds", "stop_times.txt", [f"{int(short.sum()):,}"], _NO_SECONDS)
    return found


def _off_boarding_areas(made: Tables, times: Frame) -> None:
    """Have trips that call at a part of a platform call at the platform."""
    areas = made.stops[made.stops["kind"] == BOARDING_AREA]
    platform = dict(zip(areas["stop_id"], areas["parent"], strict=True))
    called = times["stop_id"].isin(set(platform))
    made.tell(
        "warning",
        "boarding_area",
        "stop_times.txt",
        times.loc[called, "stop_id"].unique(),
        "trips call at {id}, part of a platform; they are treated as calling at the platform",
    )
    times.loc[called, "stop_id"] = times.loc[called, "stop_id"].map(platform)


_NO_SECONDS: Final = "{id} times have no seconds"


def _without(made: Tables, times: Frame, trips: set[str], code: str, template: str) -> Frame:
    made.tell("error", code, "stop_times.txt", sorted(trips), template)
    return times[~times["trip_id"].isin(trips)] if trips else times


def _untimed_ends(times: Frame) -> set[str]:
    trip, missing = times["trip_id"], times["arrival_s"].isna()
    ends = (trip != trip.shift()) | (trip != trip.shift(-1))
    return set(trip[ends & missing])


def _backwards(times: Frame) -> set[str]:
    timed = times[times["arrival_s"].notna()]
    before = timed["departure_s"].shift()
    same = timed["trip_id"] == timed["trip_id"].shift()
    back = (same & (timed["arrival_s"] < before)) | (timed["departure_s"] < timed["arrival_s"])
    return set(timed.loc[back, "trip_id"])
