"""Feeds and streets → `Timetable`."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.network import Network
from sandbox.errors import TransitError
from sandbox.geo import crs as geo
from sandbox.sources.gtfs import tables as reading
from sandbox.sources.gtfs.calendar import check_days, service_days
from sandbox.sources.gtfs.cells import Frame, number, text
from sandbox.sources.gtfs.changes import stays, transfers
from sandbox.sources.gtfs.doors import doors
from sandbox.sources.gtfs.filling import filled_times
from sandbox.sources.gtfs.findings import Finding
from sandbox.sources.gtfs.headways import headways
from sandbox.sources.gtfs.pathways import inside
from sandbox.sources.gtfs.route_types import family, fastest_kmh
from sandbox.sources.gtfs.tables import Tables
from sandbox.streets.attachments import Attachments
from sandbox.streets.clock import is_zone
from sandbox.streets.timetable import NO_ALIGHTING, NO_BOARDING, Feed, Timetable
from sandbox.words import Text

_MANY_M: Final = 1000.0
_NOT_AT_ALL: Final = 1


def build_timetable(
    paths: Sequence[Path],
    network: Network,
    *,
    today: date | None = None,
    progress: Callable[[float], None] = lambda _: None,
) -> tuple[Timetable, tuple[Finding, ...]]:
    """Return the timetable of feeds, tied to a network's streets, and what was found in them.

    Parameters
    ----------
    paths
        GTFS feeds, zip files or folders; ids of several are told apart by their number.
    network
        The streets.
    today
        What calendars are compared with; the present by default.
    progress
        Told the share that is done.

    Raises
    ------
    TransitError
        A feed can't be used.
    """
    parts: list[Timetable] = []
    findings: list[Finding] = []
    for number_, path in enumerate(paths, start=1):
        tables = reading.read(path)
        progress((number_ - 0.5) / len(paths))
        prefix = f"{number_}:" if len(paths) > 1 else ""
        parts.append(_timetable(tables, network, prefix, today or date.today()))
        findings += _placed(tables)
        progress(number_ / len(paths))
    findings += [
        Finding(
            "note",
            "other_zone",
            "agency.txt",
            "",
            Text(
                "the times of {path} are in {other}; they are shown in {zone}",
                {"path": path.name, "other": part.zone, "zone": parts[0].zone},
            ),
        )
        for path, part in zip(paths, parts, strict=True)
        if part.zone != parts[0].zone
    ]
    return _joined(parts), tuple(findings)


def _timetable(tables: Tables, network: Network, prefix: str, today: date) -> Timetable:
    times, trips, routes = tables.stop_times, tables.trips, tables.routes
    used = set(times["stop_id"])
    stops = tables.stops[tables.stops["stop_id"].isin(used)].reset_index(drop=True)
    stop_row = {name: index for index, name in enumerate(stops["stop_id"])}
    at = times["stop_id"].map(stop_row).to_numpy(np.int32)
    lonlat = stops[["lon", "lat"]].to_numpy(np.float64)
    services, first_day, runs = service_days(tables, today)
    check_days(tables, first_day, runs, today)
    service_row = {name: index for index, name in enumerate(services)}
    route_row = {name: index for index, name in enumerate(routes["route_id"])}
    # Trips in the order of their times, which are sorted by trip.
    trips = trips.set_index("trip_id").loc[times["trip_id"].unique()].reset_index()
    offsets = np.concatenate(
        [[0], np.cumsum(times.groupby("trip_id", sort=True).size().to_numpy())]
    ).astype(np.int32)
    gap_m = np.zeros(len(times))
    gap_m[1:] = geo.length_m(lonlat[at[:-1]], lonlat[at[1:]])
    gap_m[offsets[:-1]] = 0.0
    arrival, departure, filled = filled_times(tables, offsets, gap_m)
    mode = number(routes, "route_type", 3.0).astype(np.int32)
    trip_line = trips["route_id"].map(route_row).to_numpy(np.int32)
    strange = np.array([family(int(one)) is None for one in mode])
    tables.tell(
        "warning", "route_type", "routes.txt", routes["route_id"].to_numpy()[strange], _TYPE
    )
    fast = _too_fast(mode[trip_line], offsets, (arrival, departure), gap_m)
    tables.tell("warning", "too_fast", "stop_times.txt", trips["trip_id"].to_numpy()[fast], _FAST)
    headsigns = tuple(dict.fromkeys(text(trips, "trip_headsign")))
    sign_row = {sign: index if sign else -1 for index, sign in enumerate(headsigns)}
    halt = np.where(number(times, "pickup_type", 0.0) == _NOT_AT_ALL, NO_BOARDING, 0)
    halt |= np.where(number(times, "drop_off_type", 0.0) == _NOT_AT_ALL, NO_ALIGHTING, 0)
    within = inside(tables)
    access = doors(tables, stops, network, within)
    repeated, never = headways(tables, {name: n for n, name in enumerate(trips["trip_id"])})
    service = trips["service_id"].map(service_row).to_numpy(np.int32)
    if len(never):
        # A template without hours is of a service that runs on no day.
        service[never] = len(runs)
        runs = np.concatenate([runs, np.zeros((1, runs.shape[1]), dtype=np.bool_)])
    _tell_by_arrangement(tables)
    zone = _zone(tables)
    return Timetable(
        zone=zone,
        zones=(zone,),
        service_zone=np.zeros(len(runs), dtype=np.int32),
        stop_id=tuple(prefix + name for name in stops["stop_id"]),
        stop_name=tuple(stops["name"]),
        stop_lonlat=lonlat,
        door_stop=access.stop,
        door_lonlat=access.lonlat,
        doors=access.at,
        door_s=access.in_s,
        door_out_s=access.out_s,
        line_id=tuple(prefix + name for name in routes["route_id"]),
        line_name=_line_names(routes),
        line_mode=mode,
        trip_line=trip_line,
        trip_service=service,
        trip_headsign=text(trips, "trip_headsign").map(sign_row).to_numpy(np.int32),
        headsigns=headsigns,
        trip_offsets=offsets,
        time_stop=at,
        time_arrival_s=arrival,
        time_departure_s=departure,
        time_halt=halt.astype(np.uint8),
        **repeated,
        first_day=first_day.isoformat(),
        service_days=runs,
        **transfers(tables, stops, stop_row, within),
        **stays(tables, trips["trip_id"].tolist()),
        feeds=(_feed(tables, first_day, runs, filled),),
    )


def _zone(tables: Tables) -> str:
    zones = sorted(set(text(tables.agency, "agency_timezone").str.strip()) - {""})
    if len(zones) == 1:
        if is_zone(zones[0]):
            return zones[0]
        raise TransitError(
            "{zone}, the time zone of {path}, doesn't exist.",
            "Fill in agency_timezone in agency.txt, as Asia/Shanghai.",
            path=tables.path,
            zone=zones[0],
        )
    if zones:
        raise TransitError(
            "The agencies of {path} are of different time zones: {zones}.",
            "Split the feed by time zone.",
            path=tables.path,
            zones=", ".join(zones),
        )
    raise TransitError(
        "No agency of {path} states its time zone.",
        "Fill in agency_timezone in agency.txt, as Asia/Shanghai.",
        path=tables.path,
    )


def _placed(tables: Tables) -> list[Finding]:
    """Return a feed's findings, each where its stop, or its trip's first stop, lies."""
    stops, times = tables.stops, tables.stop_times
    at = dict(zip(stops["stop_id"], zip(stops["lon"], stops["lat"], strict=True), strict=True))
    begins = times.drop_duplicates("trip_id")
    first = dict(zip(begins["trip_id"], begins["stop_id"], strict=True))
    found: list[Finding] = []
    for one in tables.findings:
        stop = one.id if one.table == "stops.txt" or one.code == "no_stop" else first.get(one.id)
        lonlat = at.get(stop)
        place = (float(lonlat[0]), float(lonlat[1])) if lonlat else None
        found.append(replace(one, lonlat=place))
    return found


_TYPE: Final = "the route_type of {id} is not a GTFS value"
_FAST: Final = "trip {id} runs implausibly fast between two stops"


def _too_fast(
    mode: npt.NDArray[np.int32],
    offsets: npt.NDArray[np.int32],
    times_s: tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]],
    gap_m: npt.NDArray[np.float64],
) -> npt.NDArray[np.int_]:
    """Return the trips that run impossibly fast between two stops far apart."""
    arrival, departure = times_s
    ran_s = np.zeros(len(arrival))
    ran_s[1:] = arrival[1:] - departure[:-1]
    fastest = fastest_kmh(mode)
    trip_of = np.repeat(np.arange(len(mode)), np.diff(offsets))
    # Times are often given to the minute: half of one at either end is within rounding.
    kmh = gap_m / np.maximum(ran_s + 60.0, 1.0) * 3.6
    return np.unique(trip_of[(kmh > fastest[trip_of]) & (gap_m > _MANY_M)])


def _tell_by_arrangement(tables: Tables) -> None:
    """Note stop times where one boards or alights on request, and lines that stop anywhere."""
    times, routes = tables.stop_times, tables.routes
    asked = np.zeros(len(times), dtype=np.bool_)
    anywhere = 0
    for column in ("pickup_type", "drop_off_type"):
        asked |= np.isin(number(times, column, 0.0), _BY_ARRANGEMENT)
    for column in ("continuous_pickup", "continuous_drop_off"):
        stops_anywhere = [np.isin(number(of, column, 1.0), _ANYWHERE) for of in (times, routes)]
        anywhere = max(anywhere, *(int(one.sum()) for one in stops_anywhere))
    told = (
        (int(asked.sum()), "by_arrangement", _ON_REQUEST),
        (anywhere, "continuous_stopping", _CONTINUOUS),
    )
    for count, code, template in told:
        if count:
            tables.tell("note", code, "stop_times.txt", [f"{count:,}"], template)


_BY_ARRANGEMENT: Final = (2.0, 3.0)
_ANYWHERE: Final = (0.0, 2.0, 3.0)
_ON_REQUEST: Final = (
    "{id} stop times need an arrangement with the agency or driver; they are treated like "
    "all others"
)
_CONTINUOUS: Final = (
    "{id} records allow boarding or alighting between stops; only the stops themselves are used"
)


def _line_names(routes: Frame) -> tuple[str, ...]:
    short, long = text(routes, "route_short_name"), text(routes, "route_long_name")
    return tuple(a or b or c for a, b, c in zip(short, long, routes["route_id"], strict=True))


def _feed(
    tables: Tables, first_day: date, runs: npt.NDArray[np.bool_], filled: dict[str, int]
) -> Feed:
    info = tables.feed_info
    publisher = (
        text(info, "feed_publisher_name") if len(info) else text(tables.agency, "agency_name")
    )
    served = np.flatnonzero(runs.any(axis=0))
    days = [first_day + timedelta(days=int(n)) for n in served[[0, -1]]] if len(served) else []
    counts = dict.fromkeys(("error", "warning", "note"), 0)
    for one in tables.findings:
        counts[one.severity] += 1
    return Feed(
        title=tables.path.name,
        publisher=next((one for one in publisher if one), ""),
        version=next(iter(text(info, "feed_version")), ""),
        licence="",
        first_day=days[0].isoformat() if days else "",
        last_day=days[1].isoformat() if days else "",
        report={
            "stops": int(tables.stop_times["stop_id"].nunique()),
            "trips": len(tables.trips),
            "stop_times": len(tables.stop_times),
            **filled,
            **{f"{severity}s": count for severity, count in counts.items()},
        },
    )


def _joined(parts: Sequence[Timetable]) -> Timetable:
    """Return several timetables as one: stops, lines and trips one after the other."""
    if len(parts) == 1:
        return parts[0]
    first = min(date.fromisoformat(part.first_day) for part in parts)
    last = max(
        date.fromisoformat(part.first_day) + timedelta(days=part.service_days.shape[1] - 1)
        for part in parts
    )
    signs = tuple(dict.fromkeys(sign for part in parts for sign in part.headsigns))
    shifts = {
        "stop": np.cumsum([0, *(len(part.stop_id) for part in parts)]),
        "line": np.cumsum([0, *(len(part.line_id) for part in parts)]),
        "trip": np.cumsum([0, *(len(part.trip_line) for part in parts)]),
        "block": np.cumsum([0, *(int(part.trip_block.max(initial=-1)) + 1 for part in parts)]),
        "service": np.cumsum([0, *(len(part.service_days) for part in parts)]),
    }

    def whole(name: str, of: str = "") -> Any:
        columns = [
            getattr(part, name) + (int(shifts[of][n]) if of else 0) for n, part in enumerate(parts)
        ]
        return np.concatenate(columns).astype(getattr(parts[0], name).dtype)

    blocks = [
        np.where(part.trip_block < 0, -1, part.trip_block + int(shifts["block"][n]))
        for n, part in enumerate(parts)
    ]
    days = np.zeros((int(shifts["service"][-1]), (last - first).days + 1), dtype=np.bool_)
    for n, part in enumerate(parts):
        begin = (date.fromisoformat(part.first_day) - first).days
        rows = slice(int(shifts["service"][n]), int(shifts["service"][n + 1]))
        days[rows, begin : begin + part.service_days.shape[1]] = part.service_days
    offsets = [np.zeros(1, dtype=np.int32)]
    for part in parts:
        offsets.append(part.trip_offsets[1:] + offsets[-1][-1])
    sign_row = {sign: index for index, sign in enumerate(signs)}
    headsign = [
        np.array(
            [sign_row[part.headsigns[i]] if i >= 0 else -1 for i in part.trip_headsign.tolist()]
        )
        for part in parts
    ]
    zones = tuple(dict.fromkeys(part.zone for part in parts))
    service_zone = [
        np.full(len(part.service_days), zones.index(part.zone), dtype=np.int32) for part in parts
    ]
    fields = ("segment", "fraction", "street_xy", "distance_m")
    return Timetable(
        zone=parts[0].zone,
        zones=zones,
        service_zone=np.concatenate(service_zone),
        stop_id=tuple(name for part in parts for name in part.stop_id),
        stop_name=tuple(name for part in parts for name in part.stop_name),
        stop_lonlat=whole("stop_lonlat"),
        door_stop=whole("door_stop", "stop"),
        door_lonlat=whole("door_lonlat"),
        doors=Attachments(
            *(np.concatenate([getattr(part.doors, name) for part in parts]) for name in fields)
        ),
        door_s=whole("door_s"),
        door_out_s=whole("door_out_s"),
        line_id=tuple(name for part in parts for name in part.line_id),
        line_name=tuple(name for part in parts for name in part.line_name),
        line_mode=whole("line_mode"),
        trip_line=whole("trip_line", "line"),
        trip_service=whole("trip_service", "service"),
        trip_headsign=np.concatenate(headsign).astype(np.int32),
        headsigns=signs,
        trip_offsets=np.concatenate(offsets).astype(np.int32),
        time_stop=whole("time_stop", "stop"),
        time_arrival_s=whole("time_arrival_s"),
        time_departure_s=whole("time_departure_s"),
        time_halt=whole("time_halt"),
        frequency_trip=whole("frequency_trip", "trip"),
        frequency_start_s=whole("frequency_start_s"),
        frequency_end_s=whole("frequency_end_s"),
        frequency_headway_s=whole("frequency_headway_s"),
        frequency_exact=whole("frequency_exact"),
        first_day=first.isoformat(),
        service_days=days,
        transfer_from=whole("transfer_from", "stop"),
        transfer_to=whole("transfer_to", "stop"),
        transfer_kind=whole("transfer_kind"),
        transfer_s=whole("transfer_s"),
        feeds=tuple(feed for part in parts for feed in part.feeds),
        trip_block=np.concatenate(blocks).astype(np.int32),
        stay_from=whole("stay_from", "trip"),
        stay_to=whole("stay_to", "trip"),
        stay_kind=whole("stay_kind"),
    )
