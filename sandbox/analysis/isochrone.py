"""Isochrones: all ground that is reached from a place within a travel time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
from shapely.geometry import MultiPolygon

from sandbox.analysis.places.access import (
    SNAP_M,
    AccessPoints,
    LonLat,
    Place,
    Where,
    access_of,
    place_of,
)
from sandbox.analysis.table import as_table, moving_told
from sandbox.engine import contours
from sandbox.engine.kernel import working_s
from sandbox.engine.network import Network
from sandbox.engine.search import Reached, search
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.geo import shapes
from sandbox.streets.attachments import Attachments
from sandbox.streets.modes import reach_of
from sandbox.streets.travel import ON_FOOT, Travel, check_travel
from sandbox.units import MS_PER_MINUTE
from sandbox.words import Text

MINUTES_LIMITS: Final = (1.0, 240.0)
REACH_M_LIMITS: Final = (10.0, 500.0)


@dataclass(frozen=True, slots=True)
class StreetStep:
    """The step between a place and its street, which is walked and counted.

    Of an area, which has many, it is the shortest.

    Attributes
    ----------
    street_lonlat
        The nearest street point, WGS 84.
    distance_m
        From the place, or its access point, to it.
    walk_s
        Time for that, at the walking speed.
    """

    street_lonlat: LonLat
    distance_m: float
    walk_s: float


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Isochrone:
    """What is reached from one place.

    Attributes
    ----------
    origin
        The place.
    attachment
        The step between it and its street.
    minutes
        Cutoffs, ascending.
    speed_kmh, reach_m, mode
        How fast one walks, in every mode to the street; how far from a street the
        ground still counts; and by which mode.
    crs
        Metric system of `areas` and `reached`.
    areas
        All ground within `reach_m` of a street part reached within each cutoff, and the
        place's own where it is an area; the larger holds the smaller. Empty where the
        step from a point to the street takes longer.
    areas_km2
        Their true areas on the ground.
    reached
        Street parts with their times, as far as was searched.
    took_ms
        How long the answer took, search and areas, without compiling what wasn't yet.
    travel
        How one moves, all of it.
    """

    origin: Place
    attachment: StreetStep
    minutes: tuple[float, ...]
    speed_kmh: float
    reach_m: float
    mode: str
    crs: str
    areas: tuple[MultiPolygon, ...]
    areas_km2: tuple[float, ...]
    reached: Reached
    took_ms: float
    travel: Travel

    @property
    def contours(self) -> tuple[float, ...]:
        """Return the cutoffs: minutes."""
        return self.minutes

    @property
    def origin_lonlat(self) -> LonLat:
        """Return the place, or a point of it where it is an area, WGS 84."""
        return self.origin.lonlat

    def times_ms(self, points: AccessPoints) -> npt.NDArray[np.float64]:
        """Return when each of some places is reached, shape ``(n,)``; else infinite."""
        return points.times_ms(self.reached, self.speed_kmh, self.origin.shape)

    @property
    def origins(self) -> tuple[Place, ...]:
        """Return the place as the only origin."""
        return (self.origin,)

    @property
    def accuracy_m(self) -> float:
        """Return how well the origin's position is known, metres."""
        return self.origin.accuracy_m

    def areas_within(
        self, minutes: Sequence[float], cell_m: float | None = None
    ) -> tuple[MultiPolygon, ...]:
        """Return the areas of other cutoffs within what was searched."""
        limits = [cutoff_ms(one) for one in minutes]
        return contours.areas(self.reached, limits, self.reach_m, cell_m)

    def whose(self, points: AccessPoints) -> npt.NDArray[np.int64]:
        """Return which origin's time counts at each of some places, ``(n,)``: there is one."""
        return np.zeros(len(points.id), dtype=np.int64)

    def told(self) -> dict[str, Any]:
        """Return what tables say of how one moves."""
        return {"metric": "time", **moving_told(self.travel)}


def isochrone(
    network: Network,
    origin: Where,
    minutes: Sequence[float],
    travel: Travel = ON_FOOT,
    *,
    reach_m: float | None = None,
    snap_m: float = SNAP_M,
    cell_m: float | None = None,
    search_minutes: float | None = None,
) -> Isochrone:
    """Return what is reached from a place within each of the cutoffs, or from where it is reached.

    Parameters
    ----------
    network
        The streets.
    origin
        Longitude and latitude of a point, WGS 84; or a place, which may be an area.
    minutes
        Cutoffs, 1 to 240; any order, each counts once.
    travel
        How one moves; the mode one of the network's.
    reach_m
        How far from a street ground still counts as reached, 10 to 500 metres; by
        default that of the mode.
    snap_m
        How far the place may lie from its street.
    cell_m
        Cell size of the field that the areas are drawn from; by default as suits the reach.
    search_minutes
        Search this far, so that `recontour` can go beyond the largest cutoff.

    Raises
    ------
    AnalysisError
        With all faults of the question at once, or if the place lies outside the network.
    NetworkError
        If no street lies within `snap_m`; it names the nearest.
    """
    began = working_s()
    mode, speed_kmh = travel.mode, travel.walk_kmh
    reach_m = reach_of(mode) if reach_m is None else reach_m
    cutoffs = check_question(minutes, reach_m, travel)
    travel = travel.on(network.streets)
    horizon = max(cutoffs[-1], search_minutes or 0.0)
    start = access_of(network, origin, snap_m, mode)
    graph = network.moving(travel)
    reached = search(graph, start.attachments, cutoff_ms(horizon))
    reached = start.with_own(reached, speed_kmh)
    areas = contours.areas(reached, [cutoff_ms(m) for m in cutoffs], reach_m, cell_m)
    scale = true_scale(start.attachments, network.crs)
    return Isochrone(
        origin=place_of(origin),
        attachment=street_step(start, speed_kmh),
        minutes=cutoffs,
        speed_kmh=speed_kmh,
        reach_m=float(reach_m),
        mode=mode,
        crs=network.crs,
        areas=areas,
        areas_km2=tuple(area.area * scale / 1e6 for area in areas),
        reached=reached,
        took_ms=(working_s() - began) * 1000.0,
        travel=travel,
    )


def street_step(start: AccessPoints, speed_kmh: float) -> StreetStep:
    """Return the shortest step between one place and its street."""
    nearest = int(start.attachments.distance_m.argmin())
    lon, lat = geo.to_lonlat(start.attachments.street_xy[nearest], start.crs)
    return StreetStep(
        (float(lon), float(lat)),
        float(start.attachments.distance_m[nearest]),
        float(start.steps_ms(speed_kmh)[nearest]) / 1000.0,
    )


def true_scale(starts: Attachments, crs: str) -> float:
    """Return the true area of a square metre of the map where a place meets its nearest street.

    Every area of an answer is measured by it, so that one ground has one figure.
    """
    x, y = starts.street_xy[int(starts.distance_m.argmin())]
    return shapes.areal_scale((float(x), float(y)), crs)


def recontour(
    isochrone: Isochrone, minutes: Sequence[float], *, cell_m: float | None = None
) -> Isochrone:
    """Return the same isochrone with other cutoffs, without searching again.

    Raises
    ------
    AnalysisError
        If a cutoff is beyond what was searched.
    """
    began = working_s()
    cutoffs = check_question(minutes, isochrone.reach_m, isochrone.travel)
    if cutoff_ms(cutoffs[-1]) > isochrone.reached.cutoff_ms:
        raise AnalysisError(
            "{minutes} minutes exceed the {searched} minutes of the calculation.",
            "Run it again for the longer time.",
            minutes=f"{cutoffs[-1]:g}",
            searched=f"{isochrone.reached.cutoff_ms / MS_PER_MINUTE:g}",
        )
    areas = isochrone.areas_within(cutoffs, cell_m)
    x, y = geo.to_metric(isochrone.attachment.street_lonlat, isochrone.crs)
    scale = shapes.areal_scale((float(x), float(y)), isochrone.crs)
    return replace(
        isochrone,
        minutes=cutoffs,
        areas=areas,
        areas_km2=tuple(area.area * scale / 1e6 for area in areas),
        took_ms=(working_s() - began) * 1000.0,
    )


def isochrones(
    network: Network,
    origins_lonlat: Iterable[Where],
    minutes: Sequence[float],
    travel: Travel = ON_FOOT,
    *,
    reach_m: float | None = None,
    snap_m: float = SNAP_M,
    names: Sequence[str] | None = None,
) -> gpd.GeoDataFrame:
    """Return the isochrones of several places as a table of areas.

    Parameters
    ----------
    network, minutes, travel, reach_m, snap_m
        As in `isochrone`.
    origins_lonlat
        Longitude and latitude of each place, WGS 84; or places, which may be areas.
    names
        Names of the places for the column `origin`; by default their coordinates.

    Returns
    -------
    GeoDataFrame
        In WGS 84, one row a place and cutoff, cutoffs ascending: `contour` (minutes),
        `metric` (``time``), `mode`, `direction` (``from`` or ``to`` the place),
        `speed_kmh` (walking), `bike_kmh`, `hour`, `slope`, `reach_m`, `area_km2`, `origin`,
        `network`, `network_date`, `schematic`, `computed_at` and the whole area. All but
        `computed_at` is the same from run to run; that is the present, UTC, or the
        environment's ``SOURCE_DATE_EPOCH``.

    Raises
    ------
    AnalysisError, NetworkError
        As in `isochrone`.
    """
    places = list(origins_lonlat)
    if not places:
        raise AnalysisError("No origin is given.", "Give at least one place.")
    found = [
        isochrone(network, origin, minutes, travel, reach_m=reach_m, snap_m=snap_m)
        for origin in places
    ]
    return as_table(network, found, names)


def cutoff_ms(minutes: float) -> int:
    """Return a cutoff in the whole milliseconds that searches count in."""
    return round(minutes * MS_PER_MINUTE)


def check_question(
    minutes: Sequence[float], reach_m: float, travel: Travel = ON_FOOT
) -> tuple[float, ...]:
    """Return the cutoffs ascending, each once.

    Raises
    ------
    AnalysisError
        With every number that can't be meant.
    """
    cutoffs = tuple(sorted({float(value) for value in minutes}))
    faults: list[Text] = []
    if not cutoffs:
        faults.append(Text("no number of minutes is given"))
    faults += [
        Text("{value} minutes (1 to 240 are possible)", {"value": f"{value:g}"})
        for value in cutoffs
        if not MINUTES_LIMITS[0] <= value <= MINUTES_LIMITS[1]
    ]
    faults += check_travel(travel)
    faults += reach_faults(reach_m)
    if faults:
        raise AnalysisError("The calculation can't be run", "Change these values.", faults=faults)
    return cutoffs


def reach_faults(reach_m: float) -> list[Text]:
    """Return what is wrong with a reach, if anything."""
    if REACH_M_LIMITS[0] <= reach_m <= REACH_M_LIMITS[1]:
        return []
    return [
        Text(
            "a distance of {value} m from streets (10 to 500 are possible)",
            {"value": f"{reach_m:g}"},
        )
    ]
