"""A day's vehicles tied to a network: what transit questions are asked of."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from sandbox.engine.network import Network
from sandbox.engine.snap import ANYWHERE
from sandbox.geo import crs as geo
from sandbox.kept import keep
from sandbox.streets.attachments import Attachments
from sandbox.streets.clock import Clock, clock_at
from sandbox.streets.timetable import Timetable
from sandbox.streets.travel import Model
from sandbox.transit import trip_patterns
from sandbox.transit.headway_patterns import HeadwayPattern, Headways, Run, by_headway
from sandbox.transit.hours import DAY_HOURS_S, around, days_beside, running_in
from sandbox.transit.lines import Line, Supply
from sandbox.transit.stop_access import Doors, doors
from sandbox.transit.trip_patterns import Patterns
from sandbox.units import MS_PER_M_AT_1_KMH, MS_PER_MINUTE, NEVER_MS

# How far a station may lie from its street; beyond it one can ride through, not get on.
STOP_SNAP_M: Final = 500.0
_MS: Final = 1000
_SHARES: Final = 2.0**64
# Phases by name; None where vehicles are not distinguished.
_Phases = Callable[[str], tuple[float, ...] | None]


@dataclass(frozen=True, slots=True)
class Called:
    """Texts about a pattern by headway: its line, and where it goes.

    Attributes
    ----------
    line_id, name_zh, name_en
        The line.
    backward
        Whether it is the line's way back.
    """

    line_id: str
    name_zh: str
    name_en: str
    backward: bool


class Service:
    """The vehicles of one day on one network.

    Parameters
    ----------
    network
        The streets, with their timetable if they have one.
    clock
        On which times are told; its day is the one asked about.
    supply
        Lines by headway and what of the timetable doesn't run.
    model
        Whether vehicles by headway are told apart by drawn phases (``random``) or one
        waits half the headway (``expected``).
    draws
        How many draws of phases there are.
    hours_s
        Seconds after midnight between which vehicles are asked for: those of the days
        beside it are among them.
    """

    def __init__(
        self,
        network: Network,
        clock: Clock,
        supply: Supply,
        model: Model,
        draws: int,
        *,
        hours_s: tuple[int, int] = DAY_HOURS_S,
    ) -> None:
        self.network, self.clock, self.supply = network, clock, supply
        self.hours_s = hours_s
        self.kept: dict[str, dict[Any, Any]] = {}
        timetable = network.timetable
        known = timetable.stop_id if timetable else ()
        row = {stop: index for index, stop in enumerate(known)}
        stations = {
            stop.id: stop for line in supply.lines for stop in line.stops if stop.id not in row
        }
        row |= {stop: len(known) + index for index, stop in enumerate(stations)}
        self.stop_row = row
        self.stop_id: tuple[str, ...] = tuple(row)
        names = timetable.stop_name if timetable else ()
        self.stop_names: tuple[tuple[str, str], ...] = (
            *((name, name) for name in names),
            *((stop.name_zh, stop.name_en) for stop in stations.values()),
        )
        at = [stop.lonlat for stop in stations.values()]
        stop_lonlat = np.array(at, dtype=np.float64).reshape(-1, 2)
        if timetable is not None:
            stop_lonlat = np.concatenate([timetable.stop_lonlat, stop_lonlat])
        self.stop_lonlat = stop_lonlat
        self._known = len(known)
        phases = _phases(draws) if model == "random" else _undrawn
        made, self.called = _line_patterns(supply, row, phases, clock, hours_s)
        if timetable is not None:
            for pattern, told in _repeated(timetable, clock, supply.closed, phases, hours_s):
                made.append(pattern)
                self.called.append(told)
        told_apart = model == "random" and bool(made)
        several = draws if told_apart else 1
        self.headways: Headways = by_headway(made, len(row), several)

    @cached_property
    def patterns(self) -> Patterns:
        """Return the timetable's trips of the day."""
        found = _timed(self.network, self.clock, self.supply.closed, self.hours_s)
        more = np.full(len(self.stop_id) - self._known, found.stop_offsets[-1], dtype=np.int32)
        return replace(found, stop_offsets=np.concatenate([found.stop_offsets, more]))

    @cached_property
    def mirrored(self) -> tuple[Patterns, Headways]:
        """Return the vehicles backwards in time."""
        return self.patterns.mirrored(), self.headways.mirrored()

    @cached_property
    def doors(self) -> tuple[Doors, Doors]:
        """Return where stops meet the streets: the timetable's, and what the supply adds."""
        return timetable_doors(self.network), self._added_doors()

    @property
    def day(self) -> date:
        """Return the day whose midnight is 0."""
        return self.clock.day

    @property
    def empty(self) -> bool:
        """Whether nothing runs at all."""
        return not len(self.patterns.stop) and not len(self.headways.stop)

    def _added_doors(self) -> Doors:
        stop: list[int] = []
        lonlat: list[tuple[float, float]] = []
        platform_s: list[int] = []
        entered: set[str] = set()
        for line in self.supply.lines:
            for one in line.stops:
                if one.id not in entered and self.stop_row[one.id] >= self._known:
                    entered.add(one.id)
                    stop.append(self.stop_row[one.id])
                    lonlat.append(one.lonlat)
                    platform_s.append(line.access_s)
        for link in self.supply.links:
            if link.stop_id in self.stop_row:
                stop.append(self.stop_row[link.stop_id])
                lonlat.append(link.lonlat)
                platform_s.append(link.seconds)
        xy = geo.to_metric(np.array(lonlat).reshape(-1, 2), self.network.crs)
        ms = (np.array(platform_s, dtype=np.int64) * _MS).astype(np.int32)
        rows = np.array(stop, dtype=np.int32)
        met, of = self.network.doors(xy, STOP_SNAP_M, structures=ANYWHERE)
        return doors(len(self.stop_id), rows[of], met, ms[of])


@keep(12)
def service(
    network: Network,
    clock: Clock,
    supply: Supply,
    model: Model,
    draws: int,
    *,
    hours_s: tuple[int, int] = DAY_HOURS_S,
) -> Service:
    """Return a day's vehicles; the last few asked for are kept."""
    return Service(network, clock, supply, model, draws, hours_s=hours_s)


def clock_of(network: Network, when: datetime) -> Clock:
    """Return the clock of a network's lines for journeys at a local time."""
    return clock_at(network.timetable.zone if network.timetable else "", when)


@keep(6)
def timetable_doors(network: Network, turned: bool = False) -> Doors:
    """Return where the timetable's stops meet the streets, turned for those who go to a place."""
    if turned:
        return timetable_doors(network).turned()
    timetable = network.timetable
    if timetable is None:
        none = np.zeros(0, dtype=np.int32)
        at = Attachments(none, np.zeros(0), np.zeros((0, 2)), np.zeros(0))
        return doors(0, none, at, none)
    in_ms, out_ms = (
        np.where(seconds < 0, NEVER_MS, seconds.astype(np.int64) * _MS).astype(np.int32)
        for seconds in (timetable.door_s, timetable.door_out_s)
    )
    return doors(len(timetable.stop_id), timetable.door_stop, timetable.doors, in_ms, out_ms)


@keep(6)
def _timed(
    network: Network, clock: Clock, closed: frozenset[str], hours_s: tuple[int, int]
) -> Patterns:
    if network.timetable is None:
        return trip_patterns.none()
    return trip_patterns.timed(network.timetable, clock, closed, hours_s)


def _line_patterns(
    supply: Supply,
    row: dict[str, int],
    phases: _Phases,
    clock: Clock,
    hours_s: tuple[int, int],
) -> tuple[list[HeadwayPattern], list[Called]]:
    made: list[HeadwayPattern] = []
    called: list[Called] = []
    ends = (max((one.end_s for one in line.periods), default=0) for line in supply.lines)
    days = around(clock.day, hours_s, max(ends, default=0))
    zeros = [clock.zero_s(day) for day in days]
    for line in supply.lines:
        arrive, leave = running_ms(line)
        stops = tuple(row[stop.id] for stop in line.stops)
        for backward in (False, True) if line.both_ways else (False,):
            if backward:
                stops, (arrive, leave) = stops[::-1], _turned(arrive, leave)
            late = phases(f"{line.id}/{int(backward)}")
            runs = tuple(
                Run((one.start_s + by) * _MS, (one.end_s + by) * _MS, one.headway_s * _MS, late)
                for one in line.periods
                for by in running_in(hours_s, zeros, one.start_s, one.end_s + arrive[-1] // _MS)
            )
            made.append(HeadwayPattern(stops, arrive, leave, runs))
            called.append(Called(line.id, line.name_zh, line.name_en, backward))
    return made, called


def _turned(
    arrive: tuple[int, ...], leave: tuple[int, ...]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the times of the way back: the same runs and halts from the other end."""
    whole = arrive[-1]
    back = tuple(whole - ms for ms in leave[::-1]), tuple(whole - ms for ms in arrive[::-1])
    return (0, *back[0][1:]), (*back[1][:-1], back[0][-1])


def running_ms(line: Line) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return when a line's vehicle arrives at and leaves each stop after it left the first.

    Between stops that state no minutes it runs along the course at the line's speed.
    """
    along_m = _along_m(line)
    arrive, leave, now_ms = [0], [0], 0
    for index, stop in enumerate(line.stops[1:], start=1):
        if stop.minutes is None:
            gap_m = abs(along_m[index] - along_m[index - 1])
            now_ms += round(gap_m * MS_PER_M_AT_1_KMH / line.speed_kmh)
        else:
            now_ms += round(stop.minutes * MS_PER_MINUTE)
        arrive.append(now_ms)
        if index < len(line.stops) - 1:
            now_ms += line.dwell_s * _MS
        leave.append(now_ms)
    return tuple(arrive), tuple(leave)


def _along_m(line: Line) -> list[float]:
    lonlat = np.array([stop.lonlat for stop in line.stops], dtype=np.float64)
    crs = geo.metric_crs((float(lonlat[0, 0]), float(lonlat[0, 1])))
    xy = geo.to_metric(lonlat, crs)
    if len(line.course_lonlat) < 2:
        steps = np.hypot(*np.diff(xy, axis=0).T)
        return [0.0, *np.cumsum(steps).tolist()]
    course = shapely.LineString(geo.to_metric(np.array(line.course_lonlat), crs))
    places: Any = shapely.line_locate_point(course, shapely.points(xy))
    return [float(place) for place in places]


def _phases(draws: int) -> _Phases:
    return lambda name: tuple(phase(name, draw) for draw in range(draws))


def _undrawn(_name: str) -> None:
    return None


def phase(name: str, draw: int) -> float:
    """Return the share of the headway by which a line's first vehicle is late in a draw.

    Hashed from the line's name and the draw's number alone, so it is the same in every
    scenario and on every machine.
    """
    digest = hashlib.blake2b(f"{name}#{draw}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / _SHARES


def _repeated(
    timetable: Timetable,
    clock: Clock,
    closed: frozenset[str],
    phases: _Phases,
    hours_s: tuple[int, int],
) -> list[tuple[HeadwayPattern, Called]]:
    """Return the trips that the timetable repeats by headway, without exact times."""
    found: list[tuple[HeadwayPattern, Called]] = []
    days = days_beside(timetable, clock.day, hours_s)
    running = [(timetable.services_on(day), timetable.zeros_s(clock, day)) for day in days]
    for k in np.flatnonzero(~timetable.frequency_exact).tolist():
        trip = int(timetable.frequency_trip[k])
        line = int(timetable.trip_line[trip])
        at = slice(timetable.trip_offsets[trip], timetable.trip_offsets[trip + 1])
        if timetable.line_id[line] in closed or at.stop - at.start < 2:
            continue
        begins_s = int(timetable.time_departure_s[at][0])
        of, first_s = int(timetable.trip_service[trip]), int(timetable.frequency_start_s[k])
        last_s = int(timetable.frequency_end_s[k] + timetable.time_arrival_s[at][-1]) - begins_s
        zeros = [int(zeros_s[of]) for runs_on, zeros_s in running if runs_on[of]]
        shifts = running_in(hours_s, zeros, first_s, last_s)
        if not shifts:
            continue
        late = phases(f"{timetable.line_id[line]}/{trip}")
        runs = tuple(
            Run(
                (int(timetable.frequency_start_s[k]) + shift) * _MS,
                (int(timetable.frequency_end_s[k]) + shift) * _MS,
                int(timetable.frequency_headway_s[k]) * _MS,
                late,
            )
            for shift in shifts
        )
        pattern = HeadwayPattern(
            tuple(timetable.time_stop[at].tolist()),
            _after(timetable.time_arrival_s[at], begins_s),
            _after(timetable.time_departure_s[at], begins_s),
            runs,
            tuple(timetable.time_halt[at].tolist()),
        )
        line_name = timetable.line_name[line]
        found.append((pattern, Called(timetable.line_id[line], line_name, line_name, False)))
    return found


def _after(times_s: npt.NDArray[np.int32], begins_s: int) -> tuple[int, ...]:
    return tuple((int(s) - begins_s) * _MS for s in times_s)
