"""Why lines bring one no farther than feet do, and plans no farther than their base."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.analysis.isochrone import cutoff_ms
from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.geo import crs as geo
from sandbox.streets.timetable import DAY_S, NO_BOARDING
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.headway_patterns import Headways
from sandbox.transit.hours import hours_about
from sandbox.transit.journeys import Journeys
from sandbox.transit.lines import Line, Supply
from sandbox.transit.service import Service, clock_of, service
from sandbox.transit.trip_patterns import Patterns
from sandbox.units import MS_PER_MINUTE, NEVER_MS
from sandbox.words import Bilingual, Text

# Beyond this distance from a line, the distance is the only reason given.
_FARTHEST_MIN: Final = 240

_ON_FOOT_FAR: Final = (
    "the nearest stop of {line}, {stop}, is {minutes} minutes' walk away; the limit for "
    "walks to stops is {longest} minutes"
)
_ON_FOOT_NEAR: Final = (
    "the nearest stop of {line}, {stop}, is {minutes} minutes' walk away, and travelling "
    "from there is no faster within the time"
)
_BY_BIKE_FAR: Final = (
    "the nearest stop of {line}, {stop}, is {minutes} minutes away by bike; the limit for "
    "rides to stops is {longest} minutes"
)
_BY_BIKE_NEAR: Final = (
    "the nearest stop of {line}, {stop}, is {minutes} minutes away by bike, and travelling "
    "from there is no faster within the time"
)


def why_on_foot(found: Journeys) -> tuple[Text, ...]:
    """Return why nobody gets farther by transit than on foot, the first reason first.

    Parameters
    ----------
    found
        All journeys from, or to, a place.

    Returns
    -------
    tuple of Text
        Empty where lines bring one anywhere sooner than feet, at the ride's percentile.
    """
    if _sooner(found, found.ride.percentile):
        return ()
    asked = found.service, found.ride, found.cutoff_ms
    reasons = [*_no_service(*asked), *_no_stop(found)]
    if not reasons:
        reasons = _outside_hours(*asked) or _no_vehicle(found)
    return tuple(reasons or [_no_gain(found)])


def why_unchanged(base: Journeys, plan: Journeys, travel: Travel) -> tuple[Text, ...]:
    """Return why a plan reaches from a place what its base does, the first reason first.

    Parameters
    ----------
    base, plan
        All journeys of both from, or to, the same place.
    travel
        How one walks.

    Returns
    -------
    tuple of Text
        Empty where it isn't for what runs.
    """
    before, after = base.service.supply, plan.service.supply
    if before == after:
        return ()
    added = [line for line in after.lines if line not in before.lines]
    closed = [line for line in before.lines if line.id not in {one.id for one in after.lines}]
    found = _nearest(plan, added, travel) or _nearest(base, closed, travel)
    return (found,) if found is not None else ()


def without_lines(
    network: Network, rides: Iterable[tuple[Ride | None, Supply | None]], minutes: float
) -> tuple[Text, ...]:
    """Return what must be said beside tables of times where no vehicle runs for anybody.

    Parameters
    ----------
    network
        The streets, with their timetable if there is one.
    rides
        When and how one goes, and what runs beside the timetable; None for other modes.
    minutes
        The longest time that is looked for.

    Returns
    -------
    tuple of Text
        Why all times are those on foot, each reason once; empty where vehicles run.
    """
    said: dict[str, Text] = {}
    cutoff = cutoff_ms(minutes)
    for ride, supply in rides:
        if ride is None:
            continue
        clock, hours_s = clock_of(network, ride.when), hours_about(*ride.touched_ms(cutoff))
        running = service(
            network, clock, supply or Supply(), ride.model, ride.draws, hours_s=hours_s
        )
        for why in _no_service(running, ride, cutoff) or _outside_hours(running, ride, cutoff):
            note = Text("{why} Times by public transport are those without any line.", {"why": why})
            said.setdefault(str(note), note)
    return tuple(said.values())


def _nearest(found: Journeys, lines: Iterable[Line], travel: Travel) -> Text | None:
    """Return how far the nearest stop of some lines is; None without lines."""
    running, ride, around = found.service, found.ride, found.walks
    names = {
        running.stop_row[stop.id]: (
            Bilingual(line.name_zh, line.name_en),
            Bilingual(stop.name_zh, stop.name_en),
        )
        for line in lines
        for stop in line.stops
    }
    if not names:
        return None
    how = replace(travel, mode=ride.near, towards=ride.arrive)
    graph = running.network.moving(how)
    walked = search(graph, found.start, _FARTHEST_MIN * MS_PER_MINUTE)
    # The limit of the walk counts up to the station's entrance; inside one may take longer.
    times = walked.times_ms(around.doors.at) + around.walk_ms
    times[~np.isin(around.door_stop, list(names))] = np.inf
    line, _ = next(iter(names.values()))
    if not np.isfinite(times).any():
        farthest = {"line": line, "minutes": _FARTHEST_MIN}
        return Text("no stop of {line} is within {minutes} minutes on the streets", farthest)
    door = int(times.argmin())
    line, stop = names[int(around.door_stop[door])]
    values = {
        "line": line,
        "stop": stop,
        "minutes": f"{times[door] / MS_PER_MINUTE:.0f}",
        "longest": f"{ride.max_walk_min:g}",
    }
    far = times[door] > ride.max_walk_min * MS_PER_MINUTE
    if ride.near == "bike":
        return Text(_BY_BIKE_FAR if far else _BY_BIKE_NEAR, values)
    return Text(_ON_FOOT_FAR if far else _ON_FOOT_NEAR, values)


def _sooner(found: Journeys, percentile: int) -> bool:
    return bool((found.node_ms([percentile])[0] < found.node_walked_ms).any())


def _no_service(running: Service, ride: Ride, cutoff: int) -> list[Text]:
    """Return why no vehicle runs on the day, if none does."""
    day, timetable = running.day, running.network.timetable
    if timetable is None or len(running.headways.stop):
        return []
    if any(len(timetable.trips_on(one)) for one in _days(running, ride, cutoff)):
        if not running.empty:
            return []
        return [Text("The scenario closes all lines that run on {day}.", {"day": day})]
    first, last = timetable.days
    if first <= day <= last:
        return [Text("No line runs on {day}.", {"day": day})]
    return [
        Text(
            "{day} is outside the timetable, which covers {first} to {last}.",
            {"day": day, "first": first, "last": last},
        )
    ]


def _days(running: Service, ride: Ride, cutoff: int) -> list[date]:
    """Return the days that one may be on the way in."""
    first, last = (ms // (DAY_S * 1000) for ms in ride.touched_ms(cutoff))
    return [running.day + timedelta(days=ahead) for ahead in range(first, last + 1)]


def _no_stop(found: Journeys) -> list[Text]:
    """Return why no stop is within the walk, if none is."""
    running = found.service
    if (found.access_ms != NEVER_MS).any() or not len(running.stop_id):
        return []
    xy = geo.to_metric(running.stop_lonlat, running.network.crs)
    far_m = np.hypot(*(xy - found.start.street_xy[0]).T)
    nearest = int(far_m.argmin())
    told = {"stop": Bilingual(*running.stop_names[nearest]), "metres": f"{far_m[nearest]:,.0f}"}
    reasons = [
        Text(
            "No stop is within {minutes} minutes on foot; the nearest, {stop}, is {metres} m "
            "away in a straight line.",
            {"minutes": f"{found.ride.max_walk_min:g}", **told},
        )
    ]
    if nearest not in found.walks.door_stop:
        reasons.append(
            Text(
                "{stop} is not linked to the streets: there is none near it.",
                {"stop": told["stop"]},
            )
        )
    return reasons


def _outside_hours(running: Service, ride: Ride, cutoff: int) -> list[Text]:
    """Return that the window lies outside the hours of the day's vehicles, if it does."""
    timetable = running.network.timetable
    if timetable is None or len(running.headways.stop):
        return []
    # A vehicle helps from the first departure on until the last one's time is up.
    begin_s, end_s = (ms / 1000 for ms in ride.touched_ms(cutoff))
    served: list[tuple[int, int]] = []
    days = _days(running, ride, cutoff)
    # Late vehicles of the day before may still run.
    for day in (days[0] - timedelta(days=1), *days):
        hours = timetable.hours_on(day)
        if hours is not None:
            shift_s = (day - running.day).days * DAY_S
            served.append((hours[0] + shift_s, hours[1] + shift_s))
    if not served or any(begin_s <= last and end_s >= first for first, last in served):
        return []
    # Give the hours of the day itself where it has some.
    hours = min(served, key=lambda one: abs(one[0] // DAY_S))
    values = {
        "first": _clock(running, hours[0] * 1000),
        "last": _clock(running, hours[1] * 1000),
        "begin": _clock(running, int(ride.times_ms[0])),
        "end": _clock(running, int(ride.times_ms[-1])),
    }
    return [
        Text(
            "Vehicles run from {first} to {last}, but the chosen window is {begin} to {end}.",
            values,
        ),
    ]


def _no_vehicle(found: Journeys) -> list[Text]:
    """Return that no vehicle serves the stops within the walk in time, if none does."""
    running, arrive = found.service, found.ride.arrive
    patterns, headways = running.mirrored if arrive else (running.patterns, running.headways)
    times = -found.ride.times_ms if arrive else found.ride.times_ms
    stops = np.flatnonzero(found.access_ms != NEVER_MS)
    nexts = {
        int(stop): _next_ms(
            patterns, headways, int(stop), int(times.min()) + int(found.access_ms[stop])
        )
        for stop in stops
    }
    stop = min(nexts, key=lambda one: nexts[one])
    names = {"count": len(stops), "stop": Bilingual(*running.stop_names[stop])}
    if nexts[stop] < NEVER_MS:
        if nexts[stop] <= int(times.max()) + found.cutoff_ms:
            return []
        when = _clock(running, -nexts[stop] if arrive else nexts[stop])
        if arrive:
            template = (
                "Of the {count} stops within walking distance, {stop} is served last, at {when}."
            )
        else:
            template = (
                "Of the {count} stops within walking distance, {stop} is served next, at {when}."
            )
        return [Text(template, {**names, "when": when})]
    when = _clock(running, int(found.ride.times_ms[-1 if arrive else 0]))
    if arrive:
        template = "No vehicle arrives at the {count} stops within walking distance before {when}."
    else:
        template = "No vehicle leaves the {count} stops within walking distance after {when}."
    return [Text(template, {"count": len(stops), "when": when})]


def _no_gain(found: Journeys) -> Text:
    if _sooner(found, 1):
        return Text(
            "Only some departures lead farther than walking: not at percentile {percentile}.",
            {"percentile": found.ride.percentile},
        )
    return Text(
        "Vehicles run, but within {minutes} minutes none leads farther than walking.",
        {"minutes": f"{found.cutoff_ms / MS_PER_MINUTE:g}"},
    )


def _next_ms(patterns: Patterns, headways: Headways, stop: int, after_ms: int) -> int:
    """Return when the next vehicle leaves a stop for another; `NEVER_MS` if none does."""
    soonest = NEVER_MS
    for k in range(patterns.stop_offsets[stop], patterns.stop_offsets[stop + 1]):
        p, place = int(patterns.stop_pattern[k]), int(patterns.stop_place[k])
        begin, end = int(patterns.offsets[p]), int(patterns.offsets[p + 1])
        if place == end - begin - 1 or patterns.halt[begin + place] & NO_BOARDING:
            continue
        trips = int(patterns.trip_offsets[p + 1] - patterns.trip_offsets[p])
        at = int(patterns.time_offsets[p]) + place + (end - begin) * np.arange(trips)
        soonest = min(soonest, _first_from(patterns.departure_ms[at], after_ms))
    for k in range(headways.stop_offsets[stop], headways.stop_offsets[stop + 1]):
        p, place = int(headways.stop_pattern[k]), int(headways.stop_place[k])
        begin, end = int(headways.offsets[p]), int(headways.offsets[p + 1])
        if place == end - begin - 1 or headways.halt[begin + place] & NO_BOARDING:
            continue
        runs = slice(int(headways.run_offsets[p]), int(headways.run_offsets[p + 1]))
        late = int(headways.departure_ms[begin + place])
        first = headways.first_ms[:, runs].min(axis=0) + late
        gone = np.maximum(headways.count[:, runs] - 1, 0) * headways.headway_ms[runs]
        last = (
            np.maximum((headways.first_ms[:, runs] + gone).max(axis=0), headways.last_ms[runs])
            + late
        )
        soonest = min(soonest, _first_from(np.maximum(first, after_ms)[last >= after_ms], after_ms))
    return soonest


def _first_from(times_ms: npt.NDArray[np.int32], after_ms: int) -> int:
    later = times_ms[times_ms >= after_ms]
    return int(later.min()) if len(later) else NEVER_MS


def _clock(running: Service, ms: int) -> str:
    return running.clock.moment(ms).isoformat(" ", "minutes")
