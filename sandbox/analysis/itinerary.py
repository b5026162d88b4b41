"""The journey itself by transit: walks, waits and rides between two places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from sandbox.analysis import course
from sandbox.analysis.comparison.why import why_on_foot
from sandbox.analysis.isochrone import MINUTES_LIMITS, check_question, cutoff_ms
from sandbox.analysis.places.access import SNAP_M, AccessPoints, access_of, are_one
from sandbox.analysis.places.place import Measured, Where, place_of
from sandbox.analysis.route import called
from sandbox.analysis.table import (
    network_told,
    written_departure,
    written_minutes,
    written_moment,
)
from sandbox.analysis.transit import check_ride, ride_of
from sandbox.engine.network import Network
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.geo.shapes import cut_at_180
from sandbox.streets.modes import reach_of
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.journeys import Journeys, rank
from sandbox.transit.lines import Supply
from sandbox.transit.retrace import Brought, retrace
from sandbox.transit.search import find_journeys
from sandbox.units import MS_PER_MINUTE, NEVER_MS
from sandbox.words import Text

Kind = Literal["walk", "bike", "wait", "ride"]
_FIRST_MINUTES: Final = 60.0


@dataclass(frozen=True, slots=True)
class Leg:
    """A part of a journey.

    Attributes
    ----------
    kind
        ``walk``, ``bike`` (to the first stop or on from the last), ``wait`` or ``ride``;
        changing within a station is a walk.
    begin_at, end_at
        When it begins and ends, local time of the lines.
    minutes
        How long it takes.
    from_stop, to_stop
        Names of its stops in Chinese and English; empty for the places themselves.
    line
        Name of the line that is ridden or waited for, Chinese and English.
    headsign
        What the vehicle says it goes to; empty where that is not told.
    stops
        How many stops a ride goes on.
    aboard
        Whether one stays aboard from the ride before: the vehicle goes on as this line.
    line_lonlat
        Where it runs: a walk along streets, a ride along its line or straight from stop to
        stop; WGS 84, empty for waits.
    """

    kind: Kind
    begin_at: datetime
    end_at: datetime
    minutes: float
    from_stop: tuple[str, str] = ("", "")
    to_stop: tuple[str, str] = ("", "")
    line: tuple[str, str] = ("", "")
    headsign: str = ""
    stops: int = 0
    aboard: bool = False
    line_lonlat: course.Course = ()


@dataclass(frozen=True, slots=True)
class Itinerary:
    """A journey by transit between two places.

    Attributes
    ----------
    ride
        When and how one goes.
    minutes
        The time of the ride's percentile over all departures and draws of its window.
    measured
        What it is measured from and to.
    legs
        Of the journey that takes that time; a single walk where no line is faster; none for
        who is there already.
    on_foot_because
        Why lines bring one nowhere sooner than feet, if they don't.
    """

    ride: Ride
    minutes: float
    measured: tuple[Measured, Measured]
    legs: tuple[Leg, ...]
    on_foot_because: tuple[Text, ...] = ()

    @property
    def wait_share(self) -> float:
        """Return the share of the time that is waited, 0 to 1."""
        waited = sum(leg.minutes for leg in self.legs if leg.kind == "wait")
        return waited / self.minutes if self.minutes else 0.0


def itinerary(
    network: Network,
    from_: Where,
    to: Where,
    travel: Travel,
    *,
    supply: Supply | None = None,
    snap_m: float = SNAP_M,
    minutes: float = MINUTES_LIMITS[1],
) -> Itinerary:
    """Return the journey by transit from one place to another.

    Of all departures, or arrivals, of the window (and all draws of phases) it is the one
    that takes the time of the ride's percentile; a window of one minute asks for one
    departure. Areas are left and reached by the access points that are best then. It takes
    the time that maps, lists and tables tell of the place.

    Parameters
    ----------
    network
        Streets, with their timetable if there is one.
    from_, to
        Longitude and latitude of points, WGS 84; or places, which may be areas.
    travel, supply, snap_m
        As in `sandbox.analysis.transit.transit_isochrone`.
    minutes
        Longest time that is looked for, 1 to 240.

    Raises
    ------
    AnalysisError
        With all faults of the question at once; if a place lies outside the network; or if
        the other can't be reached in time.
    NetworkError
        If no street lies within `snap_m` of a place.
    TransitError
        If nothing could ever run.
    """
    ride, travel = ride_of(travel), travel.on_streets
    check_ride(network, ride, supply)
    check_question([minutes], reach_of("transit"), travel)
    travel = travel.on(network.streets)
    places = (to, from_) if ride.arrive else (from_, to)
    if are_one(network, *places, snap_m, (ride.near, ride.far)):
        return Itinerary(ride, 0.0, (place_of(from_).measured, place_of(to).measured), ())
    start, end = (
        access_of(network, place, snap_m, mode)
        for place, mode in zip(places, (ride.near, ride.far), strict=True)
    )
    both = (end, start) if ride.arrive else (start, end)
    measured = both[0].places[0].measured, both[1].places[0].measured
    horizon = min(_FIRST_MINUTES, minutes)
    while True:
        limit = cutoff_ms(horizon)
        found = find_journeys(network, start.attachments, ride, limit, supply=supply, travel=travel)
        times = _times_ms(found, end)
        ranked_ms = np.sort(times)[rank(ride.percentile, len(times))]
        # Of departures that take the same it is the first, of arrivals the last: at once, where
        # nothing is waited for.
        same = np.flatnonzero(times == ranked_ms)
        when = same % len(ride.times_ms)
        sample = int(same[when.argmax() if ride.arrive else when.argmin()])
        if times[sample] <= limit:
            told = _told(found, end, sample, times)
            legs = tuple(_leg(found, piece, both, travel) for piece in told)
            rides = any(leg.kind == "ride" for leg in legs)
            why = () if rides else why_on_foot(found)
            return Itinerary(ride, float(times[sample]) / MS_PER_MINUTE, measured, legs, why)
        if horizon >= minutes:
            raise AnalysisError(
                "No route leads from {start} to {end} within {minutes} minutes.",
                "Allow more time, or choose another mode.",
                minutes=f"{minutes:g}",
                start=called(both[0].places[0]),
                end=called(both[1].places[0]),
            )
        horizon = min(2.0 * horizon, minutes)


def as_table(network: Network, found: Itinerary, names: Sequence[str]) -> gpd.GeoDataFrame:
    """Return a journey as lines in WGS 84: first the whole, then its walks and rides.

    Columns: `part` (``journey``, ``walk``, ``bike``, ``ride``), `step` (from 1, 0 for the
    whole), `begin_at` (having waited), `waited_minutes` (before it), `minutes`, `line`,
    `headsign`, `from_stop`, `to_stop`, `stops`, `aboard` (in the vehicle before), `from`,
    `to`, `measured_from`, `measured_to`, `percentile`, `departure`, `arrival`, `window_min`,
    `min_change_min`, `access`, `egress`, `network`, `network_date`, `schematic`,
    `computed_at`. The whole's `minutes` have all waits in them, also one at its
    end.

    Parameters
    ----------
    network, found
        The streets and the journey.
    names
        What the two places are called.
    """
    ride = found.ride
    common: dict[str, Any] = {
        "from": names[0],
        "to": names[1],
        "measured_from": found.measured[0],
        "measured_to": found.measured[1],
        "percentile": ride.percentile,
        "departure": None if ride.arrive else written_departure(ride.when),
        "arrival": written_departure(ride.when) if ride.arrive else None,
        "window_min": ride.window_min,
        "min_change_min": ride.min_change_min,
        "access": ride.access,
        "egress": ride.egress,
        **network_told(network),
    }
    moved = [leg for leg in found.legs if leg.kind != "wait"]
    begin_at = found.legs[0].begin_at if found.legs else found.ride.when
    rows = [_row("journey", Leg("walk", begin_at, found.legs[-1].end_at, found.minutes))]
    waited = 0.0
    for leg in found.legs:
        if leg.kind == "wait":
            waited += leg.minutes
            continue
        rows.append(_row(leg.kind, leg) | {"waited_minutes": written_minutes(waited)})
        waited = 0.0
    waited = sum(leg.minutes for leg in found.legs if leg.kind == "wait")
    rows[0] |= {"waited_minutes": written_minutes(waited)}
    lines = [shapely.LineString(leg.line_lonlat) for leg in moved]
    rows = [{**row, "step": number, **common} for number, row in enumerate(rows)]
    shapes = [cut_at_180(one) for one in (shapely.MultiLineString(lines), *lines)]
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=geo.WGS84)


def _row(part: str, leg: Leg) -> dict[str, Any]:
    return {
        "part": part,
        "begin_at": written_moment(leg.begin_at),
        "minutes": written_minutes(leg.minutes),
        "line": leg.line[0] or None,
        "headsign": leg.headsign or None,
        "from_stop": leg.from_stop[0] or None,
        "to_stop": leg.to_stop[0] or None,
        "stops": leg.stops or None,
        "aboard": leg.aboard,
    }


def _walked_ms(found: Journeys, end: AccessPoints) -> float:
    return float(end.point_times_ms(found.walked, found.graph.speed_kmh).min())


def _times_ms(found: Journeys, end: AccessPoints) -> npt.NDArray[np.float64]:
    """Return the time to the other place in each sample; infinite where it isn't reached."""
    egress = found.egress_ms(end.attachments).astype(np.float64)
    near = np.flatnonzero(egress != NEVER_MS)
    brought = found.brought_ms[near].astype(np.float64)
    brought[found.brought_ms[near] == NEVER_MS] = np.inf
    by_transit = (brought + egress[near, None]).min(axis=0, initial=np.inf)
    return np.minimum(by_transit, _walked_ms(found, end))


def _told(
    found: Journeys, end: AccessPoints, sample: int, times: npt.NDArray[np.float64]
) -> "list[_Piece]":
    ride = found.ride
    leave = int(ride.times_ms[sample % len(ride.times_ms)])
    total = round(float(times[sample]))
    if _walked_ms(found, end) <= total:
        begin = leave - total if ride.arrive else leave
        return [_Piece(ride.near, begin, begin + total, -1, -1)]
    egress = found.egress_ms(end.attachments)
    reached = retrace(found, sample)
    last = min(
        (one for one in reached.values() if egress[one.stop] != NEVER_MS),
        key=lambda one: one.at_ms + int(egress[one.stop]),
    )
    pieces = list(_pieces(found, last))
    end_ms = last.at_ms + int(egress[last.stop])
    pieces.append(_Piece(ride.far, last.at_ms, end_ms, last.stop, -1))
    if ride.arrive:
        pieces = _in_order(pieces)
        # The walk comes before the wait.
        for i in range(len(pieces) - 1):
            if pieces[i].kind == "wait" and pieces[i + 1].kind in {"walk", "bike"}:
                wait, walk = pieces[i], pieces[i + 1]
                between = wait.begin_ms + walk.end_ms - walk.begin_ms
                pieces[i] = replace(walk, begin_ms=wait.begin_ms, end_ms=between)
                pieces[i + 1] = replace(
                    wait, begin_ms=between, end_ms=walk.end_ms, stop=walk.to, to=walk.to
                )
    return [piece for piece in pieces if piece.end_ms > piece.begin_ms]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A leg in the time of the search; stops by number, -1 for the places."""

    kind: Kind
    begin_ms: int
    end_ms: int
    stop: int
    to: int
    brought: Brought | None = None
    aboard: bool = False

    def turned(self) -> "_Piece":
        return replace(
            self, begin_ms=-self.end_ms, end_ms=-self.begin_ms, stop=self.to, to=self.stop
        )


def _in_order(pieces: list[_Piece]) -> list[_Piece]:
    """Return pieces of a journey that was found from its end in the order one takes them."""
    turned = [piece.turned() for piece in reversed(pieces)]
    # The ride that was found as going on is the one before.
    stays = [False, *(piece.aboard for piece in turned[:-1])]
    return [replace(piece, aboard=stay) for piece, stay in zip(turned, stays, strict=True)]


def _pieces(found: Journeys, brought: Brought) -> Iterator[_Piece]:
    """Yield walk, wait and ride for each vehicle, the first one first."""
    ready, before = brought.ready, brought.aboard
    if before is not None:
        # Between two trips of a vehicle one stays seated in it.
        yield from _pieces(found, before)
        yield _Piece("ride", before.at_ms, brought.at_ms, before.stop, brought.stop, brought, True)
        return
    if ready.after is None:
        begin, stop, kind = ready.at_ms - int(found.access_ms[ready.stop]), -1, found.ride.near
    else:
        yield from _pieces(found, ready.after)
        begin, stop, kind = ready.after.at_ms, ready.after.stop, "walk"
    yield _Piece(kind, begin, ready.at_ms, stop, ready.stop)
    yield _Piece("wait", ready.at_ms, brought.leaves_ms, ready.stop, ready.stop, brought)
    yield _Piece("ride", brought.leaves_ms, brought.at_ms, ready.stop, brought.stop, brought)


def _leg(
    found: Journeys, piece: _Piece, ends: tuple[AccessPoints, AccessPoints], travel: Travel
) -> Leg:
    names = found.service.stop_names
    line, headsign = _line(found, piece.brought) if piece.brought else (("", ""), "")
    ride = piece.brought if piece.kind == "ride" else None
    return Leg(
        kind=piece.kind,
        begin_at=_moment(found, piece.begin_ms),
        end_at=_moment(found, piece.end_ms),
        minutes=(piece.end_ms - piece.begin_ms) / MS_PER_MINUTE,
        from_stop=names[piece.stop] if piece.stop >= 0 else ("", ""),
        to_stop=names[piece.to] if piece.to >= 0 else ("", ""),
        line=line,
        headsign=headsign,
        stops=len(ride.calls) - 1 if ride else 0,
        aboard=piece.aboard,
        line_lonlat=_course(found, piece, ends, travel),
    )


def _course(
    found: Journeys, piece: _Piece, ends: tuple[AccessPoints, AccessPoints], travel: Travel
) -> course.Course:
    if piece.kind == "wait":
        return ()
    running = found.service
    if piece.kind == "ride" and piece.brought:
        line = course.ridden(running, piece.brought)
        return line[::-1] if found.ride.arrive else line
    on = replace(travel, mode=piece.kind)
    if piece.stop < 0 and piece.to < 0:
        return course.walked(running.network, ends[0].places[0], ends[1].places[0], on)
    start, end = (
        place if stop < 0 else stop
        for place, stop in zip(ends, (piece.stop, piece.to), strict=True)
    )
    doors = found.walks.doors.turned() if found.ride.arrive else found.walks.doors
    return course.stepped(running, doors, (start, end), on, piece.end_ms - piece.begin_ms)


def _line(found: Journeys, brought: Brought) -> tuple[tuple[str, str], str]:
    """Return the line's names and where the vehicle says it goes."""
    running = found.service
    timetable = running.network.timetable
    if brought.trip < 0 or timetable is None:
        called = running.called[int(running.headways.source[brought.pattern])]
        return (called.name_zh, called.name_en), ""
    name = timetable.line_name[int(timetable.trip_line[brought.trip])]
    sign = int(timetable.trip_headsign[brought.trip])
    return (name, name), timetable.headsigns[sign] if sign >= 0 else ""


def _moment(found: Journeys, ms: int) -> datetime:
    return found.service.clock.moment(ms)
