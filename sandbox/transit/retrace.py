"""One journey of many, ride by ride: how the rounds came to a stop at that time."""

from dataclasses import dataclass

import numpy as np

from sandbox.streets.timetable import NO_ALIGHTING, NO_BOARDING
from sandbox.transit.headway_patterns import Headways
from sandbox.transit.journeys import Journeys
from sandbox.transit.raptor import Changes, leaves
from sandbox.transit.trip_patterns import Patterns
from sandbox.units import NEVER_MS


@dataclass(frozen=True, slots=True)
class Ready:
    """When one can board at a stop, having walked there or changed.

    Attributes
    ----------
    at_ms, stop
        When, in the time of the search, and where.
    after
        The ride before; None for the walk from the place.
    """

    at_ms: int
    stop: int
    after: "Brought | None"


@dataclass(frozen=True, slots=True)
class Brought:
    """When a vehicle brings one to a stop.

    Attributes
    ----------
    at_ms, stop
        When, in the time of the search, and where.
    ready
        Where and from when on one waited for it.
    leaves_ms
        When it left there; by lines whose vehicles aren't told apart, half a headway later.
    pattern, trip
        Which of the timetable's patterns, and which of its trips; for a pattern by
        headway the trip is -1.
    calls
        The stops it called at on the way, from there to here.
    aboard
        The ride in the same vehicle, up to the end of its trip, after which one stayed
        aboard; None where one boarded.
    """

    at_ms: int
    stop: int
    ready: Ready
    leaves_ms: int
    pattern: int
    trip: int
    calls: tuple[int, ...]
    aboard: "Brought | None" = None


def retrace(found: Journeys, sample: int) -> dict[int, Brought]:
    """Return how each stop was reached in one sample of journeys, by stop.

    The same rounds as `sandbox.transit.raptor`, for one departure and draw, keeping
    what led to what. The time of the search runs backwards where one is to arrive.

    Parameters
    ----------
    found
        All journeys of a window.
    sample
        Which departure and draw, as the columns of its ``brought_ms``.
    """
    ride, running = found.ride, found.service
    draw, index = divmod(sample, len(ride.times_ms))
    leave = int(ride.times_ms[index]) * (-1 if ride.arrive else 1)
    patterns, headways = running.mirrored if ride.arrive else (running.patterns, running.headways)
    limit = leave + found.cutoff_ms
    board: dict[int, Ready] = {}
    for stop in np.flatnonzero(found.access_ms != NEVER_MS).tolist():
        board[stop] = Ready(leave + int(found.access_ms[stop]), stop, None)
    best: dict[int, Brought] = {}
    marked = set(board)
    for _ in range(ride.max_rides):
        fresh: dict[int, Brought] = {}
        for brought in (
            *_timed(patterns, board, marked, limit),
            *_by_headway(headways, draw, board, marked),
        ):
            known = fresh.get(brought.stop) or best.get(brought.stop)
            if brought.at_ms <= limit and (known is None or brought.at_ms < known.at_ms):
                fresh[brought.stop] = brought
        best |= fresh
        marked = set()
        for brought in fresh.values():
            for stop, at_ms in _changes(found.walks.changes, brought):
                if at_ms <= limit and (stop not in board or at_ms < board[stop].at_ms):
                    board[stop] = Ready(at_ms, stop, brought)
                    marked.add(stop)
    return best


def _changes(changes: Changes, brought: Brought) -> list[tuple[int, int]]:
    stop = brought.stop
    feet = slice(int(changes.foot_offsets[stop]), int(changes.foot_offsets[stop + 1]))
    return [
        (stop, brought.at_ms + int(changes.same_ms[stop])),
        *(
            (int(to), brought.at_ms + int(ms))
            for to, ms in zip(changes.foot_stop[feet], changes.foot_ms[feet], strict=True)
        ),
    ]


def _first_places(
    made: Patterns | Headways, board: dict[int, Ready], marked: set[int]
) -> dict[int, int]:
    """Return the patterns that call at marked stops, and where first."""
    places: dict[int, int] = {}
    for stop in marked & board.keys():
        for k in range(made.stop_offsets[stop], made.stop_offsets[stop + 1]):
            pattern, place = int(made.stop_pattern[k]), int(made.stop_place[k])
            places[pattern] = min(places.get(pattern, place), place)
    return places


def _timed(
    patterns: Patterns, board: dict[int, Ready], marked: set[int], limit_ms: int
) -> list[Brought]:
    found: list[Brought] = []
    for p, begin in _first_places(patterns, board, marked).items():
        low, length = int(patterns.offsets[p]), int(patterns.offsets[p + 1] - patterns.offsets[p])
        trips = int(patterns.trip_offsets[p + 1] - patterns.trip_offsets[p])
        block = slice(int(patterns.time_offsets[p]), int(patterns.time_offsets[p]) + trips * length)
        arrival = patterns.arrival_ms[block].reshape(trips, length)
        departure = patterns.departure_ms[block].reshape(trips, length)
        trip, boarded, ready = trips, 0, None
        for place in range(begin, length):
            stop, halt = int(patterns.stop[low + place]), int(patterns.halt[low + place])
            if ready is not None and (place == length - 1 or not halt & NO_ALIGHTING):
                last = Brought(
                    int(arrival[trip, place]),
                    stop,
                    ready,
                    int(departure[trip, boarded]),
                    p,
                    int(patterns.trip[patterns.trip_offsets[p] + trip]),
                    tuple(patterns.stop[low + boarded : low + place + 1].tolist()),
                )
                if not halt & NO_ALIGHTING:
                    found.append(last)
                if place == length - 1:
                    number = int(patterns.trip_offsets[p]) + trip
                    found += _staying(patterns, number, last, limit_ms)
            here = board.get(stop)
            if here is None or halt & NO_BOARDING:
                continue
            soonest = int(np.searchsorted(departure[:, place], here.at_ms))
            if soonest < trip:
                trip, boarded, ready = soonest, place, here
    return found


def _staying(patterns: Patterns, trip: int, ridden: Brought, limit_ms: int) -> list[Brought]:
    """Return where the vehicle brings one that goes on as other trips after this one."""
    found: list[Brought] = []
    for k in range(patterns.stay_offsets[trip], patterns.stay_offsets[trip + 1]):
        on = int(patterns.stay_trip[k])
        p = int(np.searchsorted(patterns.trip_offsets, on, side="right")) - 1
        low, length = int(patterns.offsets[p]), int(patterns.offsets[p + 1] - patterns.offsets[p])
        row = int(patterns.time_offsets[p]) + (on - int(patterns.trip_offsets[p])) * length
        for place in range(1, length):
            one = Brought(
                int(patterns.arrival_ms[row + place]),
                int(patterns.stop[low + place]),
                ridden.ready,
                int(patterns.departure_ms[row]),
                p,
                int(patterns.trip[on]),
                tuple(patterns.stop[low : low + place + 1].tolist()),
                ridden,
            )
            if one.at_ms > limit_ms:
                break
            if not patterns.halt[low + place] & NO_ALIGHTING:
                found.append(one)
            if place == length - 1:
                found += _staying(patterns, on, one, limit_ms)
    return found


def _by_headway(
    headways: Headways, draw: int, board: dict[int, Ready], marked: set[int]
) -> list[Brought]:
    found: list[Brought] = []
    for h, begin in _first_places(headways, board, marked).items():
        low, high = int(headways.offsets[h]), int(headways.offsets[h + 1])
        start, boarded, ready = int(NEVER_MS), 0, None
        for place in range(begin, high - low):
            stop, halt = int(headways.stop[low + place]), int(headways.halt[low + place])
            if ready is not None and not halt & NO_ALIGHTING:
                found.append(
                    Brought(
                        start + int(headways.arrival_ms[low + place]),
                        stop,
                        ready,
                        start + int(headways.departure_ms[low + boarded]),
                        h,
                        -1,
                        tuple(headways.stop[low + boarded : low + place + 1].tolist()),
                    )
                )
            here = board.get(stop)
            if here is None or halt & NO_BOARDING:
                continue
            soonest = int(
                leaves(
                    here.at_ms - int(headways.departure_ms[low + place]),
                    int(headways.run_offsets[h]),
                    int(headways.run_offsets[h + 1]),
                    headways.first_ms[draw],
                    headways.count[draw],
                    headways.last_ms,
                    headways.headway_ms,
                )
            )
            if soonest < start:
                start, boarded, ready = soonest, place, here
    return found
