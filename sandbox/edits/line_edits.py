"""Edits of lines made in their order: from a scenario to what runs."""

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

import shapely
from shapely.ops import substring

from sandbox.edits.scenario import (
    AddLine,
    AddStation,
    Change,
    CloseLine,
    Corridor,
    DrawCorridors,
    Edit,
    LinkStation,
    Plan,
    RemoveLine,
    RerouteLine,
    Scenario,
    SetDwell,
    SetHeadway,
    SetSpeed,
    ShortenLine,
    all_edits,
)
from sandbox.errors import TransitError
from sandbox.geo import crs as geo
from sandbox.transit.lines import Line, LineStop, LonLat, StreetLink, Supply
from sandbox.words import Text

# What a line can be: beyond these something else was meant.
SPEED_KMH_LIMITS: Final = (1.0, 600.0)
MINUTES_LIMITS: Final = (0.05, 600.0)
HEADWAY_S_LIMITS: Final = (30, 86_400)
HALT_S_AT_MOST: Final = 3600
DAY_END_S: Final = 172_800
STOPS_AT_MOST: Final = 1000


def apply(scenario: Scenario | None) -> Plan:
    """Return what runs when every edit that is on has been made; nothing of None.

    An edit of a line that another edit would have added, were it on, rests with it.

    Raises
    ------
    TransitError
        With all faults at once: a line, a stop that is not there, figures that can't be
        meant.
    """
    if scenario is None:
        return Plan()
    work = _Work(tuple(all_edits(scenario)))
    for number, edit in enumerate(work.edits, start=1):
        if edit.on:
            before = len(work.faults)
            work.make(edit.change)
            said = {"number": number, "name": edit.name.en}
            work.faults[before:] = [
                Text("edit {number} ({name}): {fault}", {**said, "fault": fault})
                for fault in work.faults[before:]
            ]
    work.faults += [fault for line in work.lines.values() for fault in line_faults(line)]
    if work.faults:
        raise TransitError(
            "The scenario {id} can't be used",
            "Correct its edits, or switch them off.",
            faults=work.faults,
            id=scenario.id,
        )
    supply = Supply(tuple(work.lines.values()), frozenset(work.closed), tuple(work.links))
    return Plan(supply, tuple(work.corridors.values()))


class _Work:
    """Lines while edits are made, one after the other."""

    def __init__(self, edits: tuple[Edit, ...]) -> None:
        self.edits = edits
        self.lines: dict[str, Line] = {}
        self.corridors: dict[str, Corridor] = {}
        self.closed: set[str] = set()
        self.links: list[StreetLink] = []
        self.faults: list[Text] = []
        self._known = {e.change.line.id for e in edits if isinstance(e.change, AddLine)}

    def make(self, change: Change) -> None:
        """Make one change; what hinders it goes to the faults."""
        match change:
            case AddLine(line):
                if line.id in self.lines:
                    self.faults.append(Text("the line {line} already exists", {"line": line.id}))
                self.lines[line.id] = line
                self.corridors.pop(line.id, None)
            case LinkStation(link):
                if not _on_earth(link.lonlat) or not 0 <= link.seconds <= HALT_S_AT_MOST:
                    self.faults.append(
                        Text(
                            "the link to {stop} has invalid coordinates or takes too long",
                            {"stop": link.stop_id},
                        )
                    )
                self.links.append(link)
            case DrawCorridors(corridors):
                fresh = {one.id: one for one in corridors if one.id not in self.lines}
                self.corridors.update(fresh)
            case CloseLine(line) if line not in self.lines:
                if line not in self._known:
                    self.closed.add(line)
            case RemoveLine(line) | CloseLine(line):
                if self._line(line) is not None:
                    del self.lines[line]
            case _:
                self._change_line(change)

    def _change_line(
        self, change: ShortenLine | RerouteLine | SetHeadway | SetSpeed | SetDwell | AddStation
    ) -> None:
        line = self._line(change.line)
        if line is None:
            return
        match change:
            case RerouteLine(_, stops, course):
                made = replace(line, stops=stops, course_lonlat=course)
            case SetHeadway(_, periods):
                made = replace(line, periods=periods)
            case SetSpeed(_, speed_kmh):
                stops = tuple(replace(stop, minutes=None) for stop in line.stops)
                made = replace(line, speed_kmh=speed_kmh, stops=stops)
            case SetDwell(_, dwell_s):
                made = replace(line, dwell_s=dwell_s)
            case ShortenLine(_, first, last):
                made = self._shortened(line, first, last)
            case AddStation(_, stop, after):
                made = self._with_station(line, stop, after)
        self.lines[line.id] = made

    def _line(self, name: str) -> Line | None:
        line = self.lines.get(name)
        if line is None and name not in self._known:
            known = ", ".join(self.lines) or "-"
            self.faults.append(
                Text("there is no line {line}; lines: {known}", {"line": name, "known": known})
            )
        return line

    def _stop(self, line: Line, name: str) -> int | None:
        ids = [stop.id for stop in line.stops]
        if name in ids:
            return ids.index(name)
        values = {"line": line.id, "stop": name, "known": ", ".join(ids)}
        self.faults.append(Text("the line {line} has no stop {stop}; stops: {known}", values))
        return None

    def _shortened(self, line: Line, first: str, last: str) -> Line:
        ends = self._stop(line, first), self._stop(line, last)
        if ends[0] is None or ends[1] is None:
            return line
        low, high = sorted((ends[0], ends[1]))
        if low == high:
            self.faults.append(
                Text("a line needs at least two stops; {line} would have one", {"line": line.id})
            )
            return line
        stops = (replace(line.stops[low], minutes=None), *line.stops[low + 1 : high + 1])
        course = _between(line.course_lonlat, stops[0].lonlat, stops[-1].lonlat)
        return replace(line, stops=stops, course_lonlat=course)

    def _with_station(self, line: Line, stop: LineStop, after: str) -> Line:
        at = 0
        if after:
            place = self._stop(line, after)
            if place is None:
                return line
            at = place + 1
        if any(one.id == stop.id for one in line.stops):
            self.faults.append(
                Text(
                    "the line {line} already has the stop {stop}",
                    {"line": line.id, "stop": stop.id},
                )
            )
            return line
        before, behind = line.stops[:at], line.stops[at:]
        course = line.course_lonlat
        if not before:
            behind = (replace(behind[0], minutes=stop.minutes), *behind[1:])
            stop = replace(stop, minutes=None)
            course = (stop.lonlat, *course) if course else ()
        elif not behind:
            course = (*course, stop.lonlat) if course else ()
        elif behind[0].minutes is not None:
            whole = behind[0].minutes
            share = _share(before[-1].lonlat, stop.lonlat, behind[0].lonlat)
            first = whole * share if stop.minutes is None else stop.minutes
            if not 0.0 < first < whole:
                values = {"stop": stop.id, "minutes": f"{first:g}", "whole": f"{whole:g}"}
                self.faults.append(
                    Text("{stop} is {minutes} min into a run of {whole} min", values)
                )
                return line
            stop = replace(stop, minutes=first)
            behind = (replace(behind[0], minutes=whole - first), *behind[1:])
        return replace(line, stops=(*before, stop, *behind), course_lonlat=course)


def line_faults(line: Line) -> list[Text]:
    """Return all that is wrong with a line's figures, each naming the line."""
    return [Text("line {line}: {fault}", {"line": line.id, "fault": f}) for f in _faults(line)]


def _faults(line: Line) -> Iterator[Text]:
    yield from _stop_faults(line)
    yield from _running_faults(line)


def _stop_faults(line: Line) -> Iterator[Text]:
    if not 2 <= len(line.stops) <= STOPS_AT_MOST:
        yield Text("{count} stops; 2 to 1,000 are possible", {"count": len(line.stops)})
    ids = [stop.id for stop in line.stops]
    for repeated in sorted({one for one, other in pairwise(ids) if one == other}):
        yield Text("the stop {stop} appears twice in a row", {"stop": repeated})
    for stop in line.stops:
        if not _on_earth(stop.lonlat):
            yield Text("the stop {stop} has invalid coordinates", {"stop": stop.id})
        if stop.minutes is not None and not _within(stop.minutes, MINUTES_LIMITS):
            values = {"stop": stop.id, "value": f"{stop.minutes:g}"}
            yield Text("{value} minutes to {stop}; 0.05 to 600 are possible", values)


def _running_faults(line: Line) -> Iterator[Text]:
    if not all(map(_on_earth, line.course_lonlat)):
        yield Text("its alignment has invalid coordinates")
    if not _within(line.speed_kmh, SPEED_KMH_LIMITS):
        yield Text("{value} km/h; 1 to 600 are possible", {"value": f"{line.speed_kmh:g}"})
    for seconds in (line.dwell_s, line.access_s):
        if not 0 <= seconds <= HALT_S_AT_MOST:
            yield Text("{value} s of dwell or access; 0 to 3600 are possible", {"value": seconds})
    if not line.periods:
        yield Text("it has no headway")
    until_s = 0
    for period in line.periods:
        if not _within(period.headway_s, HEADWAY_S_LIMITS):
            values = {"value": f"{period.headway_s / 60:g}"}
            yield Text("a headway of {value} min; 0.5 to 1,440 are possible", values)
        if not 0 <= period.start_s <= period.end_s <= DAY_END_S:
            yield Text("a period that ends before it begins, or after 48:00")
        if period.start_s < until_s:
            yield Text("periods that overlap or are out of order")
        until_s = period.end_s


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]


def _on_earth(lonlat: LonLat) -> bool:
    lon, lat = lonlat
    return math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90


def _share(before: LonLat, middle: LonLat, behind: LonLat) -> float:
    """Return how far along a stop divides the run between its neighbours, by distance."""
    first, second = geo.length_m([before, middle], [middle, behind]).tolist()
    return first / (first + second) if first + second > 0 else 0.5


def _between(course_lonlat: tuple[LonLat, ...], first: LonLat, last: LonLat) -> tuple[LonLat, ...]:
    """Return the part of a course between the points nearest to two stops."""
    if len(course_lonlat) < 2:
        return course_lonlat
    crs = geo.metric_crs(first)
    course = shapely.LineString(geo.to_metric(course_lonlat, crs))
    begin, end = (course.project(shapely.Point(geo.to_metric(stop, crs))) for stop in (first, last))
    part = substring(course, begin, end)
    if part.geom_type != "LineString":
        return ()
    lonlat = geo.to_lonlat(shapely.get_coordinates(part), crs)
    return tuple((float(lon), float(lat)) for lon, lat in lonlat)
