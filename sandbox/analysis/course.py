"""Where the legs of a journey by transit run, for the map."""

from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.ops import substring

from sandbox.analysis.places.access import AccessPoints, LonLat, Where, place_of
from sandbox.analysis.route import route
from sandbox.engine.kernel import Ints
from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.errors import SandboxError
from sandbox.geo import crs as geo
from sandbox.streets.travel import Travel
from sandbox.transit.retrace import Brought
from sandbox.transit.service import Service
from sandbox.transit.stop_access import Doors
from sandbox.units import NEVER_MS

Course = tuple[LonLat, ...]
# A piece of an alignment this many times longer than straight is of a loop: drawn straight.
_LONGEST_DETOUR: Final = 3.0
_SAME_M: Final = 0.01


def walked(network: Network, start: Where, end: Where, travel: Travel) -> Course:
    """Return the way along streets between two places, straight where streets don't lead there.

    Parameters
    ----------
    network
        The streets.
    start, end
        Longitude and latitude, WGS 84; or places, which may be areas.
    travel
        On foot or by bike.
    """
    try:
        return _points(route(network, start, end, travel).line_lonlat)
    except SandboxError:
        # Within a station, say: the timetable knows of a way that streets don't have.
        return (place_of(start).lonlat, place_of(end).lonlat)


def stepped(
    running: Service,
    doors: Doors,
    ends: tuple[AccessPoints | int, AccessPoints | int],
    travel: Travel,
    lasts_ms: int,
) -> Course:
    """Return a walk to, from or between stops through the doors that make it as short as it is.

    A station is left by the door that is best for where one goes, which need not be the one
    nearest to its platform. What lies inside is drawn straight. Where no way through doors is
    as short, the timetable knows of another one: then it is the way between the stops' points.

    Parameters
    ----------
    running
        The stops of the day.
    doors
        Their doors, `in_ms` into them as one goes.
    ends
        From and to: a place, or a stop by its number.
    travel
        On foot or by bike.
    lasts_ms
        How long it takes.
    """
    network = running.network
    graph = network.moving(replace(travel, towards=False))
    of_stop = np.repeat(doors.stop, np.diff(doors.offsets))

    def open_(stop: int, inside_ms: Ints) -> npt.NDArray[np.int_]:
        return np.flatnonzero((of_stop == stop) & (inside_ms != NEVER_MS))

    start, end = ends
    if isinstance(start, int):
        out = open_(start, doors.out_ms)
        begins = [(doors.at[out[i : i + 1]], int(doors.out_ms[out[i]])) for i in range(len(out))]
    else:
        begins = [(start.attachments, 0)]
    if isinstance(end, int):
        inner = open_(end, doors.in_ms)
        goals, step_ms = doors.at[inner], doors.step_ms(graph)[inner].astype(np.float64)
    else:
        goals, step_ms = end.attachments, end.steps_ms(graph.speed_kmh)
    soonest, through = float(lasts_ms), None
    for begin, out_ms in begins:
        times = search(graph, begin, lasts_ms).times_ms(goals) + step_ms + out_ms
        if times.min(initial=np.inf) <= soonest:
            goal = np.array([int(times.argmin())])
            soonest, through = float(times.min()), (begin, goals[goal])
    inside: list[Course] = []
    outside: list[Where] = []
    for which, one in enumerate(ends):
        if not isinstance(one, int):
            inside.append(())
            outside.append(one.places[0])
            continue
        platform = _points(running.stop_lonlat[[one]])
        if through is None:
            inside.append(())
            outside += platform
        else:
            met = geo.to_lonlat(through[which].street_xy[:1], network.crs)
            inside.append(platform)
            outside += _points(met.reshape(1, 2))
    return (*inside[0], *walked(network, outside[0], outside[1], travel), *inside[1])


def ridden(running: Service, brought: Brought) -> Course:
    """Return the course of a ride from stop to stop, along the line's alignment if it has one.

    It runs as the vehicle does in the time of the search.

    Parameters
    ----------
    running
        The vehicles of the day.
    brought
        The ride.
    """
    calls = running.stop_lonlat[list(brought.calls)]
    alignment = _alignment(running, brought)
    if alignment is None:
        return _points(calls)
    crs = running.network.crs
    line = shapely.LineString(geo.to_metric(np.array(alignment), crs))
    xy = geo.to_metric(calls, crs)
    at: Any = shapely.line_locate_point(line, shapely.points(xy))
    course = [xy[:1]]
    for (a, b), ends in zip(pairwise(at.tolist()), pairwise(xy), strict=True):
        straight_m = float(np.hypot(*(ends[1] - ends[0])))
        if 0.0 < abs(b - a) <= _LONGEST_DETOUR * straight_m:
            course.append(shapely.get_coordinates(substring(line, a, b)))
        else:
            course.append(np.array(ends[1:]))
    joined = np.concatenate(course)
    # Pieces share their ends.
    apart = np.hypot(*np.diff(joined, axis=0).T) > _SAME_M
    return _points(geo.to_lonlat(joined[np.concatenate([[True], apart])], crs))


def _alignment(running: Service, brought: Brought) -> Course | None:
    """Return the alignment of a drawn line; what timetables run has none here."""
    if brought.trip >= 0:
        return None
    called = running.called[int(running.headways.source[brought.pattern])]
    for line in running.supply.lines:
        if line.id == called.line_id and len(line.course_lonlat) > 1:
            return line.course_lonlat
    return None


def _points(lonlat: Any) -> Course:
    return tuple((float(lon), float(lat)) for lon, lat in lonlat)
