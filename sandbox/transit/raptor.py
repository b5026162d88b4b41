"""Journeys by vehicle, ride by ride: when each stop is reached, for a whole window of departures.

Rounds as in Delling, Pajor and Werneck, Round-Based Public Transit Routing (2015), with
what one departure found kept for the earlier ones (rRAPTOR there). A stop has two times a
round: when a vehicle brings one there, and when one can board there, having walked or
changed; walks begin only where a vehicle was left, so they need not be transitively closed.
"""

# Kernels take plain arrays and are long on purpose.
# ruff: noqa: PLR0912, PLR0915, PLR0917

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.kernel import Ints, kernel
from sandbox.streets.timetable import NO_ALIGHTING, NO_BOARDING
from sandbox.transit.headway_patterns import Headways
from sandbox.transit.trip_patterns import Patterns
from sandbox.units import MS_PER_MINUTE, NEVER_MS

_STAYS: Final = -1


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """How one gets from a vehicle to the next, int32 milliseconds.

    Attributes
    ----------
    same_ms
        For boarding again at the same stop, of each stop.
    foot_offsets, foot_stop, foot_ms
        Walks to other stops.
    """

    same_ms: Ints
    foot_offsets: Ints
    foot_stop: Ints
    foot_ms: Ints

    def at_least(self, minutes: float) -> "Changes":
        """Return the same changes, none of which takes less than so many minutes."""
        least_ms = np.int32(round(minutes * MS_PER_MINUTE))
        return replace(
            self,
            same_ms=np.maximum(self.same_ms, least_ms),
            foot_ms=np.maximum(self.foot_ms, least_ms),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """What journeys are held to: how long they take from the departure, how many rides."""

    cutoff_ms: int
    max_rides: int


def arrivals(
    patterns: Patterns,
    headways: Headways,
    changes: Changes,
    access_stop: Ints,
    access_ms: Ints,
    departures_ms: Ints,
    bounds: Bounds,
) -> npt.NDArray[np.int32]:
    """Return how long after each departure a vehicle brings one to each stop.

    Parameters
    ----------
    patterns, headways
        The vehicles of the day.
    changes
        Between them.
    access_stop, access_ms
        Stops where one can board first, and the walk there.
    departures_ms
        Milliseconds after midnight, in any order.
    bounds
        How far is searched.

    Returns
    -------
    ndarray
        Milliseconds, int32, shape ``(stops, draws * departures)``, draw after draw;
        `NEVER_MS` where none does within the bounds.
    """
    stops, count = len(changes.same_ms), len(departures_ms)
    order = np.argsort(-departures_ms.astype(np.int64), kind="stable").astype(np.int32)
    out = np.full((stops, headways.draws * count), NEVER_MS, dtype=np.int32)
    for draw in range(headways.draws):
        _rounds(
            patterns.offsets,
            patterns.stop,
            patterns.halt,
            patterns.trip_offsets,
            patterns.time_offsets,
            patterns.arrival_ms,
            patterns.departure_ms,
            patterns.stay_offsets,
            patterns.stay_trip,
            patterns.stop_offsets,
            patterns.stop_pattern,
            patterns.stop_place,
            headways.offsets,
            headways.stop,
            headways.halt,
            headways.arrival_ms,
            headways.departure_ms,
            headways.run_offsets,
            headways.first_ms[draw],
            headways.count[draw],
            headways.last_ms,
            headways.headway_ms,
            headways.stop_offsets,
            headways.stop_pattern,
            headways.stop_place,
            changes.same_ms,
            changes.foot_offsets,
            changes.foot_stop,
            changes.foot_ms,
            access_stop,
            access_ms,
            departures_ms.astype(np.int32),
            order,
            int(bounds.cutoff_ms),
            int(bounds.max_rides),
            draw * count,
            out,
        )
    return out


@kernel
def leaves(
    ready_ms: int, run: int, end_run: int, first_ms: Ints, count: Ints, last_ms: Ints, headway: Ints
) -> int:
    """Return when the next vehicle of a headway pattern leaves its first stop, else NEVER_MS.

    `ready_ms` is when one is ready, less the vehicle's way from its first stop to here.
    Where vehicles are not told apart that is half a headway after one is ready.
    """
    best = int(NEVER_MS)
    for r in range(run, end_run):
        if count[r] == 0:
            if ready_ms > last_ms[r]:
                continue
            at = max(int(ready_ms), int(first_ms[r])) + headway[r] // 2
        else:
            gone = 0
            if ready_ms > first_ms[r]:
                gone = (int(ready_ms) - first_ms[r] + headway[r] - 1) // headway[r]
            if gone >= count[r]:
                continue
            at = first_ms[r] + gone * headway[r]
        best = min(best, at)
    return best


@kernel
def _go_on(stay_offsets: Ints, stay_trip: Ints, trip: Any, onward: Ints, waiting: int) -> int:
    """Put the trips that a trip's vehicle goes on as onto those to follow; return how many wait."""
    for j in range(stay_offsets[trip], stay_offsets[trip + 1]):
        if waiting < len(onward):
            onward[waiting] = stay_trip[j]
            waiting += 1
    return waiting


@kernel
def _rounds(
    offsets: Ints,
    stop: Ints,
    halt: npt.NDArray[np.uint8],
    trip_offsets: Ints,
    time_offsets: Ints,
    arrival: Ints,
    departure: Ints,
    stay_offsets: Ints,
    stay_trip: Ints,
    stop_offsets: Ints,
    stop_pattern: Ints,
    stop_place: Ints,
    h_offsets: Ints,
    h_stop: Ints,
    h_halt: npt.NDArray[np.uint8],
    h_arrival: Ints,
    h_departure: Ints,
    h_runs: Ints,
    h_first: Ints,
    h_count: Ints,
    h_last: Ints,
    h_headway: Ints,
    h_stop_offsets: Ints,
    h_stop_pattern: Ints,
    h_stop_place: Ints,
    same_ms: Ints,
    foot_offsets: Ints,
    foot_stop: Ints,
    foot_ms: Ints,
    access_stop: Ints,
    access_ms: Ints,
    departures: Ints,
    order: Ints,
    cutoff_ms: int,
    max_rides: int,
    column: int,
    out: Ints,
) -> None:
    stops, timed, lines = len(same_ms), len(offsets) - 1, len(h_offsets) - 1
    # With at most k rides: when one can board at a stop, and when a vehicle brings one there.
    board = np.full((max_rides + 1, stops), NEVER_MS, dtype=np.int32)
    ride = np.full((max_rides + 1, stops), NEVER_MS, dtype=np.int32)
    marked, fresh = np.empty(stops, dtype=np.int32), np.empty(stops, dtype=np.int32)
    is_marked, is_fresh = np.zeros(stops, dtype=np.bool_), np.zeros(stops, dtype=np.bool_)
    queue = np.empty(timed + lines, dtype=np.int32)
    place = np.full(timed + lines, NEVER_MS, dtype=np.int32)
    onward = np.empty(len(stay_trip) + 1, dtype=np.int32)
    for index in order:
        leave = departures[index]
        limit = int(leave) + cutoff_ms
        marks = 0
        for a in range(len(access_stop)):
            s, at = access_stop[a], int(leave) + access_ms[a]
            if at > limit or at >= board[0, s]:
                continue
            for k in range(max_rides + 1):
                if at >= board[k, s]:
                    break
                board[k, s] = at
            if not is_marked[s]:
                is_marked[s] = True
                marked[marks] = s
                marks += 1
        for k in range(1, max_rides + 1):
            queued = 0
            for i in range(marks):
                s = marked[i]
                is_marked[s] = False
                for j in range(stop_offsets[s], stop_offsets[s + 1]):
                    p = stop_pattern[j]
                    if place[p] == NEVER_MS:
                        queue[queued] = p
                        queued += 1
                    place[p] = min(place[p], stop_place[j])
                for j in range(h_stop_offsets[s], h_stop_offsets[s + 1]):
                    p = timed + h_stop_pattern[j]
                    if place[p] == NEVER_MS:
                        queue[queued] = p
                        queued += 1
                    place[p] = min(place[p], h_stop_place[j])
            marks = 0
            brought = 0
            for q in range(queued):
                p = queue[q]
                begin = place[p]
                place[p] = NEVER_MS
                if p >= timed:
                    h = p - timed
                    low, length = h_offsets[h], h_offsets[h + 1] - h_offsets[h]
                    start = int(NEVER_MS)
                    for i in range(begin, length):
                        s = h_stop[low + i]
                        if start != NEVER_MS and h_halt[low + i] & NO_ALIGHTING == 0:
                            at = start + h_arrival[low + i]
                            if at <= limit and at < ride[k, s]:
                                for m in range(k, max_rides + 1):
                                    if at >= ride[m, s]:
                                        break
                                    ride[m, s] = at
                                if not is_fresh[s]:
                                    is_fresh[s] = True
                                    fresh[brought] = s
                                    brought += 1
                        if h_halt[low + i] & NO_BOARDING != 0:
                            continue
                        if i < length - 1 and board[k - 1, s] <= limit:
                            ready = int(board[k - 1, s] - h_departure[low + i])
                            start = min(
                                start,
                                leaves(
                                    ready,
                                    int(h_runs[h]),
                                    int(h_runs[h + 1]),
                                    h_first,
                                    h_count,
                                    h_last,
                                    h_headway,
                                ),
                            )
                    continue
                low, length = offsets[p], offsets[p + 1] - offsets[p]
                trips, block = trip_offsets[p + 1] - trip_offsets[p], time_offsets[p]
                trip = _STAYS
                for i in range(begin, length):
                    s = stop[low + i]
                    if trip != _STAYS and halt[low + i] & NO_ALIGHTING == 0:
                        at = arrival[block + trip * length + i]
                        if at <= limit and at < ride[k, s]:
                            for m in range(k, max_rides + 1):
                                if at >= ride[m, s]:
                                    break
                                ride[m, s] = at
                            if not is_fresh[s]:
                                is_fresh[s] = True
                                fresh[brought] = s
                                brought += 1
                    ready = board[k - 1, s]
                    if ready > limit or i == length - 1 or halt[low + i] & NO_BOARDING != 0:
                        continue
                    if trip == _STAYS:
                        # The first trip that leaves here no earlier.
                        first, behind = 0, trips
                        while first < behind:
                            middle = (first + behind) // 2
                            if departure[block + middle * length + i] >= ready:
                                behind = middle
                            else:
                                first = middle + 1
                        if first < trips:
                            trip = first
                    else:
                        while trip > 0 and departure[block + (trip - 1) * length + i] >= ready:
                            trip -= 1
                if trip == _STAYS:
                    continue
                # The vehicle may go on as other trips, in which one stays aboard.
                on = trip_offsets[p] + trip
                waiting = _go_on(stay_offsets, stay_trip, on, onward, 0)
                while waiting > 0:
                    waiting -= 1
                    on = onward[waiting]
                    p = np.searchsorted(trip_offsets, on, side="right") - 1
                    low, length = offsets[p], offsets[p + 1] - offsets[p]
                    row = time_offsets[p] + (on - trip_offsets[p]) * length
                    # Where its trip begins one has alighted from the one before, or can't.
                    for i in range(1, length):
                        s, at = stop[low + i], arrival[row + i]
                        if at > limit or at >= ride[k, s] or halt[low + i] & NO_ALIGHTING != 0:
                            continue
                        for m in range(k, max_rides + 1):
                            if at >= ride[m, s]:
                                break
                            ride[m, s] = at
                        if not is_fresh[s]:
                            is_fresh[s] = True
                            fresh[brought] = s
                            brought += 1
                    if arrival[row + length - 1] <= limit:
                        waiting = _go_on(stay_offsets, stay_trip, on, onward, waiting)
            for i in range(brought):
                s = fresh[i]
                is_fresh[s] = False
                if k == max_rides:
                    continue
                there = int(ride[k, s])
                for j in range(foot_offsets[s] - 1, foot_offsets[s + 1]):
                    # First the stop itself, then the walks from it.
                    to, at = s, there + same_ms[s]
                    if j >= foot_offsets[s]:
                        to, at = foot_stop[j], there + foot_ms[j]
                    if at > limit or at >= board[k, to]:
                        continue
                    for m in range(k, max_rides + 1):
                        if at >= board[m, to]:
                            break
                        board[m, to] = at
                    if not is_marked[to]:
                        is_marked[to] = True
                        marked[marks] = to
                        marks += 1
            if marks == 0:
                break
        for i in range(marks):
            is_marked[marked[i]] = False
        for s in range(stops):
            if ride[max_rides, s] <= limit:
                out[s, column + index] = ride[max_rides, s] - leave
