"""The timetable's part of a network file: its arrays and texts, packed and checked."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sandbox.streets.attachments import Attachments
from sandbox.streets.sandnet_parts import MAX_M
from sandbox.streets.sandnet_storage import Blobs, Stored, text, whole
from sandbox.streets.timetable import TRANSFER_INSIDE, Feed, Timetable

# Array -> its kind, its columns, and what it has a row of.
_ARRAYS: Final[Mapping[str, tuple[str, int, str]]] = {
    "stop_lonlat": ("<f8", 2, "stops"),
    "door_stop": ("<i4", 1, "doors"),
    "door_s": ("<i4", 1, "doors"),
    "line_mode": ("<i4", 1, "lines"),
    "trip_line": ("<i4", 1, "trips"),
    "trip_service": ("<i4", 1, "trips"),
    "trip_headsign": ("<i4", 1, "trips"),
    "trip_offsets": ("<i4", 1, "trips_and_one"),
    "time_stop": ("<i4", 1, "times"),
    "time_arrival_s": ("<i4", 1, "times"),
    "time_departure_s": ("<i4", 1, "times"),
    "time_halt": ("|u1", 1, "times"),
    "frequency_trip": ("<i4", 1, "frequencies"),
    "frequency_start_s": ("<i4", 1, "frequencies"),
    "frequency_end_s": ("<i4", 1, "frequencies"),
    "frequency_headway_s": ("<i4", 1, "frequencies"),
    "frequency_exact": ("|u1", 1, "frequencies"),
    "service_days": ("|u1", 1, "service_days"),
    "transfer_from": ("<i4", 1, "transfers"),
    "transfer_to": ("<i4", 1, "transfers"),
    "transfer_kind": ("|u1", 1, "transfers"),
    "transfer_s": ("<i4", 1, "transfers"),
}
# What only some timetables have. A file without any of it is one that older programs read.
_MORE: Final[Mapping[str, tuple[str, int, str]]] = {
    "trip_block": ("<i4", 1, "trips"),
    "stay_from": ("<i4", 1, "stays"),
    "stay_to": ("<i4", 1, "stays"),
    "stay_kind": ("|u1", 1, "stays"),
    "service_zone": ("<i4", 1, "services"),
    "door_out_s": ("<i4", 1, "doors"),
    "door_lonlat": ("<f8", 2, "doors"),
}
_DOORS: Final[Mapping[str, tuple[str, int]]] = {
    "segment": ("<i4", 1),
    "fraction": ("<f8", 1),
    "street_xy": ("<f8", 2),
    "distance_m": ("<f8", 1),
}
_TEXTS: Final = ("stop_id", "stop_name", "line_id", "line_name", "headsigns")
_MAX_ROWS: Final = 20_000_000
_MAX_TEXT_BYTES: Final = 256 << 20
_MAX_CELLS: Final = 100_000_000
_LATEST_S: Final = 8 * 86_400


def pack(timetable: Timetable, blobs: Blobs) -> dict[str, Any]:
    """Pack a timetable; return what the file's header says of it."""
    days = timetable.service_days
    sizes = [blobs.add(getattr(timetable, key), kind) for key, (kind, _, _) in _ARRAYS.items()]
    sizes += [blobs.add(getattr(timetable.doors, key), kind) for key, (kind, _) in _DOORS.items()]
    texts = json.dumps({key: getattr(timetable, key) for key in _TEXTS}, ensure_ascii=False)
    sizes.append(blobs.add_text(texts.encode()))
    told = {key: getattr(timetable, key) for key in ("door_s", "door_stop", "stop_lonlat")}
    plain = _plain(len(timetable.trip_line), len(days), told)
    more = [key for key in _MORE if not np.array_equal(getattr(timetable, key), plain[key])]
    sizes += [blobs.add(getattr(timetable, key), _MORE[key][0]) for key in more]
    return {
        "zone": timetable.zone,
        "zones": timetable.zones,
        "first_day": timetable.first_day,
        "feeds": [{**asdict(feed), "report": dict(feed.report)} for feed in timetable.feeds],
        "rows": {
            "stops": len(timetable.stop_id),
            "doors": len(timetable.door_stop),
            "lines": len(timetable.line_id),
            "trips": len(timetable.trip_line),
            "trips_and_one": len(timetable.trip_offsets),
            "times": len(timetable.time_stop),
            "frequencies": len(timetable.frequency_trip),
            "transfers": len(timetable.transfer_from),
            "service_days": int(days.size),
            "stays": len(timetable.stay_from),
            "services": len(days),
        },
        "more": more,
        "inside": bool((timetable.transfer_kind == TRANSFER_INSIDE).any()),
        "days": int(days.shape[1]),
        "text_bytes": len(texts.encode()),
        "packed_bytes": sizes,
    }


def unpack(header: dict[str, Any], stored: Stored, segments: int) -> Timetable:
    """Return the timetable of a file; raise ValueError where a figure would lead astray."""
    most = {"service_days": _MAX_CELLS}
    rows = {key: whole(count, 0, most.get(key, _MAX_ROWS)) for key, count in header["rows"].items()}
    days = whole(header["days"], 1, _MAX_CELLS)
    text_bytes = whole(header["text_bytes"], 1, _MAX_TEXT_BYTES)
    sizes = iter(header["packed_bytes"])
    arrays: dict[str, Any] = {}
    for key, (kind, columns, of) in _ARRAYS.items():
        array = stored.take(next(sizes), kind, rows[of] * columns)
        arrays[key] = array.reshape(-1, columns) if columns > 1 else array
    if not _within(arrays["door_stop"], 0, rows["stops"]):
        raise ValueError("timetable")
    doors: dict[str, Any] = {}
    for key, (kind, columns) in _DOORS.items():
        array = stored.take(next(sizes), kind, rows["doors"] * columns)
        doors[key] = array.reshape(-1, columns) if columns > 1 else array
    told = stored.take_text(next(sizes), text_bytes)
    arrays |= _plain(rows["trips"], rows["service_days"] // days, arrays)
    for key in map(str, header.get("more", [])):
        kind, columns, of = _MORE[key]
        array = stored.take(next(sizes), kind, rows[of] * columns)
        arrays[key] = array.reshape(-1, columns) if columns > 1 else array
    texts = {key: tuple(map(text, value)) for key, value in json.loads(told).items()}
    arrays["frequency_exact"] = arrays["frequency_exact"].astype(np.bool_)
    arrays["service_days"] = arrays["service_days"].astype(np.bool_).reshape(-1, days)
    made = Timetable(
        zone=text(header["zone"]),
        zones=tuple(map(text, header.get("zones", [header["zone"]]))),
        doors=Attachments(**doors),
        first_day=text(header["first_day"]),
        feeds=tuple(map(_feed, header["feeds"])),
        **{key: texts[key] for key in _TEXTS},
        **arrays,
    )
    # The last day too has to be one.
    _ = date.fromisoformat(made.first_day) + timedelta(days=max(days - 1, 0))
    _check(made, rows, segments)
    return made


def _plain(
    trips: int, services: int, told: Mapping[str, npt.NDArray[Any]]
) -> dict[str, npt.NDArray[Any]]:
    """Return what timetables have that say no more than older programs know."""
    none = np.zeros(0, dtype=np.int32)
    return {
        "trip_block": np.full(trips, -1, dtype=np.int32),
        "stay_from": none,
        "stay_to": none,
        "stay_kind": none.astype(np.uint8),
        "service_zone": np.zeros(services, dtype=np.int32),
        "door_out_s": told["door_s"],
        "door_lonlat": np.take(told["stop_lonlat"], told["door_stop"], axis=0, mode="clip"),
    }


def _feed(told: dict[str, Any]) -> Feed:
    report = {name: whole(count, 0, _MAX_ROWS) for name, count in told["report"].items()}
    texts = {name: text(value) for name, value in told.items() if name != "report"}
    return Feed(**texts, report=report)


def _check(made: Timetable, rows: Mapping[str, int], segments: int) -> None:
    """Check all that a search will index with."""
    within, stops, trips = _within, rows["stops"], rows["trips"]
    offsets, at = made.trip_offsets, made.doors
    sound = (
        len(made.stop_id) == len(made.stop_name) == stops
        and len(made.line_id) == len(made.line_name) == rows["lines"]
        and len(offsets) == trips + 1
        and offsets[0] == 0
        and int(offsets[-1]) == rows["times"]
        and (np.diff(offsets) >= 0).all()
        and (np.abs(made.stop_lonlat) <= (180.0, 90.0)).all()
        and within(made.door_stop, 0, stops)
        and (np.abs(made.door_lonlat) <= (180.0, 90.0)).all()
        and within(made.door_s, -1, _LATEST_S)
        and within(made.door_out_s, -1, _LATEST_S)
        and within(at.segment, 0, segments)
        and ((at.fraction >= 0) & (at.fraction <= 1)).all()
        and (np.abs(at.street_xy) <= MAX_M).all()
        and ((at.distance_m >= 0) & (at.distance_m <= MAX_M)).all()
        and within(made.trip_line, 0, rows["lines"])
        and within(made.trip_service, 0, len(made.service_days))
        and within(made.trip_headsign, -1, len(made.headsigns))
        and within(made.time_stop, 0, stops)
        and within(made.time_arrival_s, 0, _LATEST_S)
        and within(made.time_departure_s, 0, _LATEST_S)
        and within(made.frequency_trip, 0, trips)
        and within(made.frequency_start_s, 0, _LATEST_S)
        and within(made.frequency_end_s, 0, _LATEST_S)
        and within(made.frequency_headway_s, 1, _LATEST_S)
        and within(made.transfer_from, 0, stops)
        and within(made.transfer_to, 0, stops)
        and within(made.transfer_s, 0, _LATEST_S)
        and within(made.service_zone, 0, len(made.zones))
        and len(made.service_zone) == len(made.service_days)
        and within(made.trip_block, -1, trips)
        and within(made.stay_from, 0, trips)
        and within(made.stay_to, 0, trips)
        and len(made.stay_from) == len(made.stay_to) == len(made.stay_kind)
        and _forward(made)
    )
    if not sound:
        raise ValueError("timetable")


def _within(array: npt.NDArray[Any], low: int, high: int) -> bool:
    return not len(array) or (int(array.min()) >= low and int(array.max()) < high)


def _forward(made: Timetable) -> bool:
    """Whether no trip's times run backwards."""
    arrival, departure = made.time_arrival_s, made.time_departure_s
    same = np.ones(len(arrival), dtype=np.bool_)
    starts = made.trip_offsets[:-1]
    same[starts[starts < len(arrival)]] = False
    ran = np.zeros(len(arrival), dtype=np.int64)
    ran[1:] = arrival[1:].astype(np.int64) - departure[:-1]
    return bool((ran[same] >= 0).all() and (departure >= arrival).all())
