"""Several origins at once: each by itself, what is near any of them, where all can meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import shapely
from shapely.geometry import MultiPolygon

from sandbox.analysis.isochrone import Isochrone, check_question, cutoff_ms, isochrone, true_scale
from sandbox.analysis.isodistance import check_metres, distance_told
from sandbox.analysis.places.access import SNAP_M, LonLat, Place, Where, access_points
from sandbox.analysis.table import moving_told
from sandbox.analysis.transit import check_ride, ride_told, transit_isochrone
from sandbox.engine.contours import areas as areas_within
from sandbox.engine.network import Network
from sandbox.engine.search import Reached, search
from sandbox.errors import AnalysisError
from sandbox.streets.modes import reach_of
from sandbox.streets.travel import Ride, Travel
from sandbox.transit.journeys import Journeys
from sandbox.transit.lines import Supply
from sandbox.transit.search import find_journeys
from sandbox.transit.street_parts import union
from sandbox.units import METRE_A_SECOND_KMH, MM_PER_M

How = Literal["each", "any", "all"]
Metric = Literal["time", "distance"]
_NAMES_SAID: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """What is reached from one origin, or from several together.

    Attributes
    ----------
    origins
        The origins.
    how
        ``each``: from this one origin; ``any``: from the nearest of them; ``all``: the
        ground that everyone can get to in time.
    metric, contours
        ``time`` and minutes, or ``distance`` and metres; ascending.
    travel, reach_m
        How one moves, and how far from a street the ground still counts.
    crs
        Metric system of `areas` and `reached`.
    areas, areas_km2
        As those of an isochrone.
    reached
        One field; where all can meet, that of each origin: the latest one counts.
    ride, journeys
        For those who go by transit: when and how, and the journeys of each origin.
    """

    origins: tuple[Place, ...]
    how: How
    metric: Metric
    contours: tuple[float, ...]
    travel: Travel
    reach_m: float
    crs: str
    areas: tuple[MultiPolygon, ...]
    areas_km2: tuple[float, ...]
    reached: tuple[Reached, ...]
    ride: Ride | None = None
    journeys: tuple[Journeys, ...] = ()

    @property
    def name(self) -> str:
        """Return what the origins are called together."""
        said = " + ".join(str(origin.name) for origin in self.origins[:_NAMES_SAID])
        more = len(self.origins) - _NAMES_SAID
        return f"{said} + {more}" if more > 0 else said

    @property
    def origin_lonlat(self) -> LonLat:
        """Return the first origin, or a point of it where it is an area, WGS 84."""
        return self.origins[0].lonlat

    def told(self) -> dict[str, Any]:
        """Return what tables say of how one moves."""
        if self.ride is not None:
            return {**ride_told(self.journeys[0], self.ride, self.travel), "together": self.how}
        told = (
            {"metric": "time", **moving_told(self.travel)}
            if self.metric == "time"
            else distance_told(self.travel.mode, towards=self.travel.towards)
        )
        return {**told, "together": self.how}


@dataclass(frozen=True, slots=True, eq=False)
class Reaches:
    """Answers for several origins.

    Attributes
    ----------
    found
        One an origin, or one together.
    without_street
        Names of origins that are left out, since no street is near enough to them.
    """

    found: tuple[Reach, ...]
    without_street: tuple[str, ...]


def isochrone_from(
    network: Network,
    origin: Where,
    minutes: Sequence[float],
    travel: Travel,
    *,
    supply: Supply | None = None,
    reach_m: float | None = None,
    snap_m: float = SNAP_M,
    cell_m: float | None = None,
    search_minutes: float | None = None,
) -> Isochrone:
    """Return what is reached from one place by whichever mode one moves.

    Window, commands and Python ask here; nobody else chooses between streets and transit.

    Parameters
    ----------
    network, origin, minutes, travel, reach_m, snap_m, cell_m, search_minutes
        As for an isochrone.
    supply
        By transit: what runs beside the timetable.

    Raises
    ------
    AnalysisError, NetworkError, TransitError
        As for an isochrone, and for one by transit.
    """
    reach_m = reach_of(travel.mode) if reach_m is None else reach_m
    same: dict[str, Any] = {"reach_m": reach_m, "snap_m": snap_m, "cell_m": cell_m}
    same["search_minutes"] = search_minutes
    if travel.by_transit is None:
        return isochrone(network, origin, minutes, travel, **same)
    return transit_isochrone(network, origin, minutes, travel, supply=supply, **same)


def reach(
    network: Network,
    origins: Sequence[Place],
    cutoffs: Sequence[float],
    travel: Travel,
    *,
    how: How = "each",
    metric: Metric = "time",
    reach_m: float | None = None,
    snap_m: float = SNAP_M,
    supply: Supply | None = None,
) -> Reaches:
    """Return what is reached from origins; one answer an origin, or one together.

    Parameters
    ----------
    network
        The streets.
    origins
        The origins; the destinations where `travel.towards` is set.
    cutoffs
        Minutes, 1 to 240, or metres, 10 to 100,000; any order, each counts once.
    travel
        How one moves.
    how, metric
        As in `Reach`.
    reach_m, snap_m
        As for an isochrone.
    supply
        By transit: what runs beside the timetable.

    Raises
    ------
    AnalysisError
        With all faults of the question at once; or where no street is near enough to any
        origin, or to one of those who want to meet.
    NetworkError
        There is no such mode here, or the table of speeds can't be read.
    TransitError
        Nothing could ever run: there is neither a timetable nor a line.
    """
    if not origins:
        raise AnalysisError("No origin is given.", "Give at least one place.")
    ride, near = travel.by_transit, travel.near_far[0]
    if ride is not None:
        if metric == "distance":
            raise AnalysisError(
                "Public transport is calculated by time; --arrive shows from where places "
                "can be reached.",
                "Omit --metres and --reverse.",
            )
        check_ride(network, ride, supply)
    travel = travel.on_streets.on(network.streets)
    reach_m = reach_of(travel.mode) if reach_m is None else reach_m
    if metric == "time":
        contours = check_question(cutoffs, reach_m, travel)
        graph = network.moving(travel)
        limits = [cutoff_ms(value) for value in contours]
    else:
        contours = check_metres(cutoffs, reach_m)
        graph = network.graph(travel.mode, METRE_A_SECOND_KMH)
        graph = graph.reverse() if travel.towards else graph
        limits = [round(value * MM_PER_M) for value in contours]
    points = access_points(network, origins, snap_m=snap_m, mode=near)
    lost = [int(number) for _, number in points.without_street]
    without = tuple(str(origins[number].name) for number in lost)
    if lost and (how == "all" or len(lost) == len(origins)):
        raise AnalysisError(
            "No street is within {limit} m of: {names}.",
            "Choose places nearer to a street of the network.",
            limit=f"{snap_m:g}",
            names=", ".join(without),
        )
    kept = [number for number in range(len(origins)) if number not in set(lost)]
    groups = [points.attachments] if how == "any" else [points.of(number) for number in kept]
    trips: list[Journeys] = []
    if ride is None:
        fields = [search(graph, starts, limits[-1]) for starts in groups]
    else:
        trips = [
            find_journeys(network, points.of(one), ride, limits[-1], supply=supply, travel=travel)
            for one in kept
        ]
        fields = [found.reached(ride.percentile) for found in trips]
        fields = [union(fields)] if how == "any" else fields
    walk_kmh = travel.walk_kmh if metric == "time" else METRE_A_SECOND_KMH
    whose = [kept] if how == "any" else [[one] for one in kept]
    fields = [
        points.with_own(field, walk_kmh, *numbers)
        for field, numbers in zip(fields, whose, strict=True)
    ]
    areas = [areas_within(field, limits, reach_m) for field in fields]
    those = tuple(origins[number] for number in kept)
    sets = [those] if how == "any" else [(origin,) for origin in those]
    answers = [(field,) for field in fields]
    if how == "all":
        areas, sets, answers = [common_areas(areas)], [those], [tuple(fields)]
    # Of a common answer the first origin's; over a city it is the same everywhere.
    scales = [true_scale(starts, network.crs) for starts in groups]
    found = tuple(
        Reach(
            origins=together,
            how=how,
            metric=metric,
            contours=contours,
            travel=travel,
            reach_m=float(reach_m),
            crs=network.crs,
            areas=ground,
            areas_km2=tuple(area.area * scale / 1e6 for area in ground),
            reached=reached,
            ride=ride,
            journeys=tuple(trips[number : number + 1] if how == "each" else trips),
        )
        for number, (together, ground, reached, scale) in enumerate(
            zip(sets, areas, answers, scales, strict=False)
        )
    )
    return Reaches(found, without)


def common_areas(areas: Sequence[Sequence[MultiPolygon]]) -> tuple[MultiPolygon, ...]:
    """Return the ground that is in every area, cutoff by cutoff."""
    found: list[MultiPolygon] = []
    for same_cutoff in zip(*areas, strict=True):
        ground: Any = same_cutoff[0]
        for other in same_cutoff[1:]:
            ground = shapely.intersection(ground, other)
        # Where outlines only touch, lines and points are left over.
        parts = shapely.get_parts(ground)
        polygons = parts[shapely.get_dimensions(parts) == 2]
        found.append(MultiPolygon(list(np.atleast_1d(polygons))))
    return tuple(found)
