"""The route itself: the fastest way between two places, step by step."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from sandbox.analysis.isochrone import MINUTES_LIMITS, check_question, cutoff_ms
from sandbox.analysis.places.access import SNAP_M, AccessPoints, access_of, are_one
from sandbox.analysis.places.place import LonLat, Measured, Place, Where, place_of
from sandbox.analysis.table import moving_told, network_told, written_minutes
from sandbox.engine.graph import Graph
from sandbox.engine.lengths import Way, lengths_m, way_to
from sandbox.engine.network import Network
from sandbox.engine.parts import pieces_ms
from sandbox.engine.search import search
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.geo.shapes import cut_at_180
from sandbox.streets.attachments import Attachments
from sandbox.streets.modes import reach_of
from sandbox.streets.travel import Travel
from sandbox.units import MS_PER_MINUTE
from sandbox.words import Bilingual

Turn = Literal[
    "", "straight", "slight_left", "left", "sharp_left", "back", "sharp_right", "right",
    "slight_right",
]  # fmt: skip
# Most routes are short; each further search costs several times the one before.
_FIRST_MINUTES: Final = 30.0
# From how many degrees off straight ahead a turn is called so.
_SLIGHT_DEG, _TURN_DEG, _SHARP_DEG, _BACK_DEG = 20.0, 45.0, 120.0, 170.0


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A stretch of a route that is one instruction: one street, or the walk to one.

    Attributes
    ----------
    kind
        ``access`` from the place to its street, ``way`` along streets, ``ferry`` with the
        wait for it, ``egress`` from the last street to the other place; the first and last
        are walked in every mode.
    street
        Its name, empty where it has none.
    turn
        What one does to enter it, empty at the beginning, and aboard and off a ferry.
    metres, minutes
        How long it is and takes.
    ascent_m, descent_m
        Climb up and down; None where heights aren't known.
    line_lonlat
        Its course, WGS 84, shape ``(k, 2)``.
    """

    kind: Literal["access", "way", "ferry", "egress"]
    street: str
    turn: Turn
    metres: float
    minutes: float
    ascent_m: float | None
    descent_m: float | None
    line_lonlat: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """The fastest way between two places.

    Attributes
    ----------
    from_lonlat, to_lonlat
        Where it begins and ends, WGS 84: the places, or of areas the access points by which
        they are left and reached soonest.
    measured
        What it is measured from and to.
    travel
        How one moves.
    minutes, metres
        How long it takes and is, both steps between place and street counted; the time is
        that of the travel-time field.
    ascent_m, descent_m
        Climb up and down; None where heights aren't known.
    steps
        Its stretches in the order of going; none for who is there already.
    line_lonlat, minutes_at
        Its course from place to place, WGS 84, shape ``(k, 2)``, and when one is at each
        point of it.
    """

    from_lonlat: LonLat
    to_lonlat: LonLat
    measured: tuple[Measured, Measured]
    travel: Travel
    minutes: float
    metres: float
    ascent_m: float | None
    descent_m: float | None
    steps: tuple[Step, ...]
    line_lonlat: npt.NDArray[np.float64]
    minutes_at: npt.NDArray[np.float64]


def route(
    network: Network,
    from_: Where,
    to: Where,
    travel: Travel,
    *,
    snap_m: float = SNAP_M,
    minutes: float = MINUTES_LIMITS[1],
) -> Route:
    """Return the fastest way from one place to another.

    It is read off the travel-time field of the first place, so it takes the time that the
    isochrones tell. Of several ways that take the same time it is the shortest. Between
    places that touch it has no length.

    Parameters
    ----------
    network
        The streets.
    from_, to
        Longitude and latitude of points, WGS 84; or places, which may be areas.
    travel
        How one moves; `towards` is left aside.
    snap_m
        How far a place may lie from its street.
    minutes
        Longest time that is looked for, 1 to 240.

    Raises
    ------
    AnalysisError
        With all faults of the question at once; if a place lies outside the network; or if
        the second can't be reached in time.
    NetworkError
        If no street lies within `snap_m` of a place, or the mode has none here.
    """
    travel = replace(travel, towards=False)
    travel = travel.on(network.streets)
    check_question([minutes], reach_of(travel.mode), travel)
    if are_one(network, from_, to, snap_m, (travel.mode, travel.mode)):
        return _there_already(place_of(from_), place_of(to), travel)
    start = access_of(network, from_, snap_m, travel.mode)
    end = access_of(network, to, snap_m, travel.mode)
    graph = network.moving(travel)
    measured = start.places[0].measured, end.places[0].measured
    horizon = min(_FIRST_MINUTES, minutes)
    while True:
        reached = search(graph, start.attachments, cutoff_ms(horizon))
        times = end.point_times_ms(reached, graph.speed_kmh)
        if times.min() <= reached.cutoff_ms:
            break
        if horizon >= minutes:
            raise AnalysisError(
                "No route leads from {start} to {end} within {minutes} minutes.",
                "Allow more time, or choose another mode.",
                minutes=f"{minutes:g}",
                start=called(start.places[0]),
                end=called(end.places[0]),
            )
        horizon = min(2.0 * horizon, minutes)
    soonest = np.flatnonzero(times == times.min())
    if len(soonest) > 1:
        ends = end.attachments[soonest]
        metres = lengths_m(graph, reached, start.attachments, ends) + ends.distance_m
        soonest = soonest[metres.argsort(kind="stable")]
    last = int(soonest[0])
    at = end.attachments[soonest[:1]]
    way = way_to(graph, reached, start.attachments, at)
    if way is None:
        raise AssertionError("a street point has a time but no way leads there")
    told = _Told(network, graph, way, (start.attachments[np.array([way.start])], at))
    ends_lonlat = _lonlat(start, way.start), _lonlat(end, last)
    return told.route(ends_lonlat, measured, travel)


def called(place: Place) -> str | Bilingual:
    """Return what a place is called, or where it is."""
    return place.name or "{:.6f},{:.6f}".format(*place.lonlat)


def _lonlat(points: AccessPoints, number: int) -> LonLat:
    """Return an access point, WGS 84; a point stays as it was given."""
    if points.places[0].shape.geom_type == "Point" and points.places[0].measured == "point":
        return points.places[0].lonlat
    lon, lat = geo.to_lonlat(points.xy[number], points.crs)
    return float(lon), float(lat)


def _there_already(start: Place, end: Place, travel: Travel) -> Route:
    common: Any = shapely.intersection(start.shape, end.shape)
    here = Place(common).lonlat
    line = np.array([here, here])
    measured = start.measured, end.measured
    return Route(here, here, measured, travel, 0.0, 0.0, None, None, (), line, np.zeros(2))


class _Told:
    """A route being put together from steps."""

    def __init__(
        self,
        network: Network,
        graph: Graph,
        way: Way,
        ends: tuple[Attachments, Attachments],
    ) -> None:
        streets = network.streets
        self.step_m = tuple(float(at.distance_m[0]) for at in ends)
        # Pieces without length are where a place lies on a crossing: no one goes there.
        gone = way.along[:, 0] != way.along[:, 1]
        driven, along = way.segment[gone], way.along[gone]
        back = (along[:, 1] < along[:, 0]).astype(np.int64)
        ms = pieces_ms(np.abs(along[:, 1] - along[:, 0]), graph.segment_ms[driven, back])
        ends_ms = np.cumsum(ms)
        if graph.split is not None:
            # The time of a turn counts with the street that one turns into.
            driven = graph.split.segment_of(driven)
            along, back, ends_ms = (part[driven >= 0] for part in (along, back, ends_ms))
        segment = driven[driven >= 0]
        share = np.abs(along[:, 1] - along[:, 0])
        a, b = (streets.node_xy[streets.segment_nodes[segment, i]] for i in (0, 1))
        self.begin_xy = a + along[:, :1] * (b - a)
        self.end_xy = a + along[:, 1:] * (b - a)
        self.metres = share * streets.length_m[segment]
        before_ms, after_ms = graph.fixed_ms
        self.walk_ms = (
            graph.walk_ms(self.step_m[0]) + before_ms,
            graph.walk_ms(self.step_m[1]) + after_ms,
        )
        self.at_ms = self.walk_ms[0] + np.concatenate([[0.0], ends_ms])
        self.climb_m = None
        if streets.climb_m is not None:
            both = streets.climb_m[segment].astype(np.float64) * share[:, None]
            self.climb_m = np.where(back[:, None] == 1, both[:, ::-1], both)
        self.name = [network.street_name(int(s)) for s in segment]
        self.on_land = streets.walked_on[segment].tolist()
        self.network, self.start_xy = network, ends[0].street_xy[0]

    def route(
        self,
        ends_lonlat: tuple[LonLat, LonLat],
        measured: tuple[Measured, Measured],
        travel: Travel,
    ) -> Route:
        place = [np.array(lonlat, dtype=np.float64) for lonlat in ends_lonlat]
        course = [*self.begin_xy[:1], *self.end_xy] or [self.start_xy]
        lonlat = geo.to_lonlat(np.array(course), self.network.crs)
        at = [0.0, *self.at_ms, float(self.at_ms[-1]) + self.walk_ms[1]]
        told = list(zip(self.name, self.on_land, strict=True))
        first = [0, *(i for i in range(1, len(told)) if told[i] != told[i - 1])]
        last = [*first[1:], len(self.name)]
        steps = [self._walked("access", 0, np.array([place[0], lonlat[0]]))]
        if self.name:
            spans = zip(first, last, strict=True)
            steps += [self._along(i, j, lonlat[i : j + 1]) for i, j in spans]
        steps.append(self._walked("egress", 1, np.array([lonlat[-1], place[1]])))
        known = self.climb_m is not None
        return Route(
            from_lonlat=ends_lonlat[0],
            to_lonlat=ends_lonlat[1],
            measured=measured,
            travel=travel,
            minutes=at[-1] / MS_PER_MINUTE,
            metres=math.fsum(step.metres for step in steps),
            ascent_m=math.fsum(step.ascent_m or 0.0 for step in steps) if known else None,
            descent_m=math.fsum(step.descent_m or 0.0 for step in steps) if known else None,
            steps=tuple(steps),
            line_lonlat=np.concatenate([place[:1], lonlat, place[1:]]),
            minutes_at=np.array(at) / MS_PER_MINUTE,
        )

    def _walked(
        self, kind: Literal["access", "egress"], which: int, line: npt.NDArray[np.float64]
    ) -> Step:
        metres = self.step_m[which]
        level = None if self.climb_m is None else 0.0
        return Step(kind, "", "", metres, self.walk_ms[which] / MS_PER_MINUTE, level, level, line)

    def _along(self, first: int, last: int, line: npt.NDArray[np.float64]) -> Step:
        up, down = (None, None)
        if self.climb_m is not None:
            up, down = (float(v) for v in self.climb_m[first:last].sum(axis=0))
        return Step(
            kind="way" if self.on_land[first] else "ferry",
            street=self.name[first],
            turn=self._turn(first) if first else "",
            metres=float(self.metres[first:last].sum()),
            minutes=float(self.at_ms[last] - self.at_ms[first]) / MS_PER_MINUTE,
            ascent_m=up,
            descent_m=down,
            line_lonlat=line,
        )

    def _turn(self, piece: int) -> Turn:
        if not (self.on_land[piece - 1] and self.on_land[piece]):
            return ""
        before = self.end_xy[piece - 1] - self.begin_xy[piece - 1]
        after = self.end_xy[piece] - self.begin_xy[piece]
        cross = before[0] * after[1] - before[1] * after[0]
        left_deg = math.degrees(math.atan2(cross, before[0] * after[0] + before[1] * after[1]))
        return turn_of(left_deg)


def turn_of(left_deg: float) -> Turn:
    """Return what a change of direction is called; degrees to the left, -180 to 180."""
    off = abs(left_deg)
    if off < _SLIGHT_DEG:
        return "straight"
    if off > _BACK_DEG:
        return "back"
    if off < _TURN_DEG:
        return "slight_left" if left_deg > 0 else "slight_right"
    if off <= _SHARP_DEG:
        return "left" if left_deg > 0 else "right"
    return "sharp_left" if left_deg > 0 else "sharp_right"


def as_table(network: Network, found: Route, names: Sequence[str]) -> gpd.GeoDataFrame:
    """Return a route as lines in WGS 84: first the whole, then its steps.

    Columns: `part` (``route`` for the whole, else the kind of the step), `step` (from 1, 0 for
    the whole), `street`, `turn`, `minutes`, `metres`, `ascent_m`, `descent_m`, `from`, `to`,
    `measured_from`, `measured_to` (``point``, ``gate`` or ``edge``), how one
    moves, `network`, `network_date`, `schematic`, `computed_at`.

    Parameters
    ----------
    network, found
        The streets and the route.
    names
        What the two places are called.
    """
    told = moving_told(found.travel)
    del told["direction"]
    common: dict[str, Any] = {
        "from": names[0],
        "to": names[1],
        "measured_from": found.measured[0],
        "measured_to": found.measured[1],
        **told,
        **network_told(network),
    }
    parts = [(found, "route", "", "")]
    # A place right on its street has nothing to walk there, and no line for it.
    parts += [(step, step.kind, step.street, step.turn) for step in found.steps if step.metres]
    rows = [
        {
            "part": part,
            "step": number,
            "street": street,
            "turn": turn,
            "minutes": written_minutes(one.minutes),
            "metres": one.metres,
            "ascent_m": one.ascent_m,
            "descent_m": one.descent_m,
            **common,
            "geometry": cut_at_180(shapely.LineString(one.line_lonlat)),
        }
        for number, (one, part, street, turn) in enumerate(parts)
    ]
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=geo.WGS84)
