"""Trips of a feed that repeat by headway."""

from typing import Any

import numpy as np
import numpy.typing as npt

from sandbox.sources.gtfs.cells import number, seconds, text
from sandbox.sources.gtfs.tables import LATEST_S, Tables


def headways(
    tables: Tables, trip_row: dict[str, int]
) -> tuple[dict[str, Any], npt.NDArray[np.int_]]:
    """Return the timetable's columns of trips by headway, and the trips that never run.

    The times of a trip of ``frequencies.txt`` are a template: where none of its rows can be
    used, it doesn't run at all.

    Parameters
    ----------
    tables
        The feed.
    trip_row
        Row of each trip in the timetable.
    """
    told = tables.frequencies
    names = text(told, "trip_id")
    trip = names.map(lambda name: trip_row.get(name, -1)).to_numpy(np.int64)
    start, end = seconds(text(told, "start_time")), seconds(text(told, "end_time"))
    headway = number(told, "headway_secs")
    sound = (trip >= 0) & (end > start) & (headway >= 1) & (headway <= LATEST_S)
    tables.tell(
        "error",
        "wrong_frequency",
        "frequencies.txt",
        names.to_numpy()[~sound],
        "trip {id} is unknown, or its headway or hours are invalid",
    )
    over = _overlapping(trip, start, end, sound)
    tables.tell(
        "error",
        "overlapping_frequency",
        "frequencies.txt",
        names.to_numpy()[over],
        "the frequency periods of trip {id} overlap; those that begin first count",
    )
    sound[over] = False
    never = np.setdiff1d(trip[trip >= 0], trip[sound])
    known = np.array(list(trip_row), dtype=object)
    tables.tell(
        "error",
        "never_runs",
        "frequencies.txt",
        known[never].tolist(),
        "trip {id} never runs: none of its rows in frequencies.txt can be used",
    )
    return {
        "frequency_trip": trip[sound].astype(np.int32),
        "frequency_start_s": start[sound].astype(np.int32),
        "frequency_end_s": end[sound].astype(np.int32),
        "frequency_headway_s": headway[sound].astype(np.int32),
        "frequency_exact": (number(told, "exact_times", 0.0) == 1)[sound],
    }, never


def _overlapping(
    trip: npt.NDArray[np.int64],
    start: npt.NDArray[np.float64],
    end: npt.NDArray[np.float64],
    sound: npt.NDArray[np.bool_],
) -> list[int]:
    """Return the sound rows that begin before an earlier one of their trip ends."""
    over: list[int] = []
    until: dict[int, float] = {}
    for row in np.lexsort((start, trip)).tolist():
        if not sound[row]:
            continue
        if start[row] < until.get(int(trip[row]), 0.0):
            over.append(row)
        else:
            until[int(trip[row])] = float(end[row])
    return over
