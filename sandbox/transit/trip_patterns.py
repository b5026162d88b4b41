"""A day's trips as patterns: those that call at the same stops in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.kernel import Ints
from sandbox.streets.clock import Clock
from sandbox.streets.timetable import Timetable
from sandbox.transit.hours import DAY_HOURS_S, days_beside
from sandbox.transit.packed_calls import bits_turned, calls_at_stops, offsets_of
from sandbox.transit.stays import Stays

_MS: Final = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """Vehicles of a day, forward in time; times are int32 milliseconds after midnight.

    Attributes
    ----------
    offsets, stop, halt
        Stops of each pattern in order, with `NO_BOARDING` and `NO_ALIGHTING` bits.
    trip_offsets
        First trip of each pattern; none of them overtakes another of its pattern.
    time_offsets
        Where each pattern's block of times begins: trips one after the other, a time a stop.
    arrival_ms, departure_ms
        Those blocks.
    trip
        Where each trip comes from: its row in the timetable, for what is told of it.
    stay_offsets, stay_trip
        Trips, by number in these patterns, that the vehicle of each goes on as.
    stop_offsets, stop_pattern, stop_place
        Patterns that call at each stop, and where in them.
    """

    offsets: Ints
    stop: Ints
    halt: npt.NDArray[np.uint8]
    trip_offsets: Ints
    time_offsets: Ints
    arrival_ms: Ints
    departure_ms: Ints
    trip: Ints
    stay_offsets: Ints
    stay_trip: Ints
    stop_offsets: Ints
    stop_pattern: Ints
    stop_place: Ints

    def mirrored(self) -> "Patterns":
        """Return the same vehicles backwards in time, for journeys found from their end."""
        count = len(self.offsets) - 1
        lengths, trips = np.diff(self.offsets), np.diff(self.trip_offsets)
        stop, halt = np.empty_like(self.stop), np.empty_like(self.halt)
        arrival, departure = np.empty_like(self.arrival_ms), np.empty_like(self.departure_ms)
        trip = np.empty_like(self.trip)
        turned = bits_turned(self.halt)
        number = np.empty_like(self.trip)
        for p in range(count):
            at = slice(self.offsets[p], self.offsets[p + 1])
            stop[at], halt[at] = self.stop[at][::-1], turned[at][::-1]
            block = slice(self.time_offsets[p], self.time_offsets[p] + lengths[p] * trips[p])
            shape = (int(trips[p]), int(lengths[p]))
            departure[block] = -self.arrival_ms[block].reshape(shape)[::-1, ::-1].reshape(-1)
            arrival[block] = -self.departure_ms[block].reshape(shape)[::-1, ::-1].reshape(-1)
            rows = slice(self.trip_offsets[p], self.trip_offsets[p + 1])
            trip[rows] = self.trip[rows][::-1]
            number[rows] = np.arange(rows.start, rows.stop)[::-1]
        before = np.repeat(np.arange(len(trip), dtype=np.int32), np.diff(self.stay_offsets))
        stays = _stays_of(len(trip), number[self.stay_trip], number[before])
        return _indexed(
            len(self.stop_offsets) - 1,
            (self.offsets, stop, halt),
            (self.trip_offsets, self.time_offsets, arrival, departure, trip, *stays),
        )


def timed(
    timetable: Timetable,
    clock: Clock,
    closed: frozenset[str] = frozenset(),
    hours_s: tuple[int, int] = DAY_HOURS_S,
) -> Patterns:
    """Return the trips of a day and of those beside it that run in some hours.

    Parameters
    ----------
    timetable
        Trips and days.
    clock
        On which times are told; its day is the one asked about.
    closed
        Ids of lines that don't run.
    hours_s
        Seconds after midnight between which vehicles are asked for.
    """
    rows: list[npt.NDArray[np.int32]] = []
    shifts: list[npt.NDArray[np.int64]] = []
    plain: list[npt.NDArray[np.bool_]] = []
    repeating = np.zeros(len(timetable.trip_line), dtype=np.bool_)
    repeating[timetable.frequency_trip] = True
    shut = np.array([line in closed for line in timetable.line_id], dtype=np.bool_)
    usable = (np.diff(timetable.trip_offsets) > 1) & ~shut[timetable.trip_line]
    first_s = timetable.time_departure_s[np.minimum(timetable.trip_offsets[:-1], _last(timetable))]
    last_s = timetable.time_arrival_s[np.maximum(timetable.trip_offsets[1:] - 1, 0)]
    begin_s, end_s = hours_s
    for day in days_beside(timetable, clock.day, hours_s):
        zero_s = timetable.zeros_s(clock, day)[timetable.trip_service]
        trips = timetable.trips_on(day)
        trips = trips[~repeating[trips] & usable[trips]]
        exact, late_s = _exact(timetable, timetable.services_on(day), usable, zero_s)
        for some, shift_s, itself in ((trips, zero_s[trips], True), (exact, late_s, False)):
            runs = (last_s[some] + shift_s >= begin_s) & (first_s[some] + shift_s < end_s)
            rows.append(some[runs])
            shifts.append(shift_s[runs])
            plain.append(np.full(int(runs.sum()), itself))
    every = np.concatenate(rows), np.concatenate(shifts)
    return _pack(timetable, *every, Stays(timetable, *every, np.concatenate(plain)))


def _last(timetable: Timetable) -> int:
    return max(len(timetable.time_stop) - 1, 0)


def _exact(
    timetable: Timetable,
    services: npt.NDArray[np.bool_],
    usable: npt.NDArray[np.bool_],
    zero_s: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """Return repeated trips that leave at known times, and by how much each is shifted."""
    trips: list[int] = []
    shifts: list[int] = []
    for k in np.flatnonzero(timetable.frequency_exact).tolist():
        trip = int(timetable.frequency_trip[k])
        if not (usable[trip] and services[timetable.trip_service[trip]]):
            continue
        begins_s = int(timetable.time_departure_s[timetable.trip_offsets[trip]])
        start, end = int(timetable.frequency_start_s[k]), int(timetable.frequency_end_s[k])
        for leaves in range(start, end, int(timetable.frequency_headway_s[k])):
            trips.append(trip)
            shifts.append(int(zero_s[trip]) + leaves - begins_s)
    return np.array(trips, dtype=np.int32), np.array(shifts, dtype=np.int64)


def _pack(
    timetable: Timetable,
    trips: npt.NDArray[np.int32],
    shifts_s: npt.NDArray[np.int64],
    stays: Stays,
) -> Patterns:
    groups: dict[tuple[Any, ...], list[int]] = {}
    for k, trip in enumerate(trips.tolist()):
        at = slice(timetable.trip_offsets[trip], timetable.trip_offsets[trip + 1])
        calls = timetable.time_stop[at].tobytes() + timetable.time_halt[at].tobytes()
        groups.setdefault((calls, *stays.key(k)), []).append(k)
    lengths: list[int] = []
    stop: list[npt.NDArray[Any]] = []
    halt: list[npt.NDArray[Any]] = []
    counts: list[int] = []
    arrivals: list[npt.NDArray[np.int64]] = []
    departures: list[npt.NDArray[np.int64]] = []
    origin: list[npt.NDArray[np.int64]] = []
    for members in groups.values():
        begin = timetable.trip_offsets[trips[members[0]]]
        end = timetable.trip_offsets[trips[members[0]] + 1]
        within = np.arange(int(end - begin))
        at = timetable.trip_offsets[trips[members]][:, None] + within
        arrival = timetable.time_arrival_s[at] + shifts_s[members][:, None]
        departure = timetable.time_departure_s[at] + shifts_s[members][:, None]
        # Who boards the first vehicle must not be overtaken where it goes on as other trips.
        whole = stays.times(members)
        ordered = (arrival, departure) if whole is None else whole
        for rows in _without_overtaking(*ordered):
            lengths.append(int(end - begin))
            stop.append(timetable.time_stop[begin:end])
            halt.append(timetable.time_halt[begin:end])
            counts.append(len(rows))
            arrivals.append(arrival[rows].reshape(-1))
            departures.append(departure[rows].reshape(-1))
            origin.append(np.array(members, dtype=np.int64)[rows])
    sizes = np.array(lengths, dtype=np.int64) * np.array(counts, dtype=np.int64)
    row = _joined(origin).astype(np.int64)
    number = np.empty(len(row), dtype=np.int32)
    number[row] = np.arange(len(row))
    times = (
        offsets_of(counts),
        offsets_of(sizes)[:-1].copy(),
        (_joined(arrivals) * _MS).astype(np.int32),
        (_joined(departures) * _MS).astype(np.int32),
        trips[row].astype(np.int32),
        *_stays_of(len(row), number[stays.before], number[stays.after]),
    )
    halts = _joined(halt).astype(np.uint8)
    calls = (offsets_of(lengths), _joined(stop).astype(np.int32), halts)
    return _indexed(len(timetable.stop_id), calls, times)


def _stays_of(trips: int, before: Ints, after: Ints) -> tuple[Ints, Ints]:
    """Return which trips follow each in its vehicle, from pairs of them."""
    order = np.lexsort((after, before))
    return offsets_of(np.bincount(before, minlength=trips)), after[order].astype(np.int32)


def none() -> Patterns:
    """Return no trips at all."""
    empty = np.zeros(0, dtype=np.int32)
    calls = (offsets_of([]), empty, empty.astype(np.uint8))
    return _indexed(0, calls, (offsets_of([]), empty, empty, empty, empty, offsets_of([]), empty))


def _without_overtaking(
    arrival: npt.NDArray[np.int64], departure: npt.NDArray[np.int64]
) -> list[npt.NDArray[np.int64]]:
    """Return rows of trips in order, sorted into as few sets as a first fit finds."""
    order = np.lexsort((arrival[:, -1], departure[:, 0]))
    steps_back = (np.diff(arrival[order], axis=0) < 0).any() or (
        np.diff(departure[order], axis=0) < 0
    ).any()
    if not steps_back:
        return [order]
    sets: list[list[int]] = []
    for row in order.tolist():
        for known in sets:
            before = known[-1]
            if (arrival[row] >= arrival[before]).all() and (
                departure[row] >= departure[before]
            ).all():
                known.append(row)
                break
        else:
            sets.append([row])
    return [np.array(known, dtype=np.int64) for known in sets]


def _indexed(
    stops: int,
    calls: tuple[Ints, Ints, npt.NDArray[np.uint8]],
    times: tuple[Ints, Ints, Ints, Ints, Ints, Ints, Ints],
) -> Patterns:
    return Patterns(*calls, *times, *calls_at_stops(stops, calls[0], calls[1]))


def _joined(parts: Sequence[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
