"""Isodistances: all ground within a distance along the streets, as standards put it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from shapely.geometry import MultiPolygon

from sandbox.analysis.isochrone import reach_faults, true_scale
from sandbox.analysis.places.access import SNAP_M, LonLat, Place, Where, access_of, place_of
from sandbox.engine import contours
from sandbox.engine.network import Network
from sandbox.engine.search import Reached, search
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.streets.modes import reach_of
from sandbox.units import METRE_A_SECOND_KMH, MM_PER_M
from sandbox.words import Text

METRES_LIMITS: Final = (10.0, 100_000.0)


@dataclass(frozen=True, slots=True, eq=False)
class Isodistance:
    """What lies within distances of one place along the streets.

    Attributes
    ----------
    origin
        The place.
    street_lonlat, street_distance_m
        Its street point, WGS 84, and how far that is, which counts; the nearest of an area.
    metres
        Cutoffs, ascending.
    reach_m, mode, towards
        How far from a street the ground still counts, on whose streets, and whether
        distances are those to the place.
    crs
        Metric system of `areas` and `reached`.
    areas, areas_km2
        As those of an isochrone.
    reached
        Street parts; their milliseconds are millimetres.
    """

    origin: Place
    street_lonlat: LonLat
    street_distance_m: float
    metres: tuple[float, ...]
    reach_m: float
    mode: str
    towards: bool
    crs: str
    areas: tuple[MultiPolygon, ...]
    areas_km2: tuple[float, ...]
    reached: Reached

    @property
    def contours(self) -> tuple[float, ...]:
        """Return the cutoffs: metres."""
        return self.metres

    @property
    def origin_lonlat(self) -> LonLat:
        """Return the place, or a point of it where it is an area, WGS 84."""
        return self.origin.lonlat

    def told(self) -> dict[str, Any]:
        """Return what tables say of how one moves."""
        return distance_told(self.mode, towards=self.towards)


def distance_told(mode: str, *, towards: bool) -> dict[str, Any]:
    """Return what tables say of how one moves where only distance counts."""
    return {
        "metric": "distance",
        "mode": mode,
        "direction": "to" if towards else "from",
        "speed_kmh": None,
        "bike_kmh": None,
        "hour": None,
        "slope": None,
    }


def isodistance(
    network: Network,
    origin: Where,
    metres: Sequence[float],
    *,
    mode: str = "walk",
    reach_m: float | None = None,
    snap_m: float = SNAP_M,
    towards: bool = False,
) -> Isodistance:
    """Return what lies within each of the distances of a place.

    The step between the place and its street counts. Ground counts as with isochrones:
    within `reach_m` of a street part that lies within the distance.

    Parameters
    ----------
    network, origin, mode, reach_m, snap_m, towards
        As for an isochrone.
    metres
        Cutoffs, 10 to 100,000; any order, each counts once.

    Raises
    ------
    AnalysisError, NetworkError
        As for an isochrone.
    """
    reach_m = reach_of(mode) if reach_m is None else reach_m
    cutoffs = check_metres(metres, reach_m)
    start = access_of(network, origin, snap_m, mode)
    graph = network.graph(mode, METRE_A_SECOND_KMH)
    if towards:
        graph = graph.reverse()
    millimetres = [round(value * MM_PER_M) for value in cutoffs]
    reached = search(graph, start.attachments, millimetres[-1])
    reached = start.with_own(reached, METRE_A_SECOND_KMH)
    areas = contours.areas(reached, millimetres, reach_m)
    nearest = int(start.attachments.distance_m.argmin())
    street_xy = start.attachments.street_xy[nearest]
    street_lonlat = geo.to_lonlat(street_xy, network.crs)
    scale = true_scale(start.attachments, network.crs)
    return Isodistance(
        origin=place_of(origin),
        street_lonlat=(float(street_lonlat[0]), float(street_lonlat[1])),
        street_distance_m=float(start.attachments.distance_m[nearest]),
        metres=cutoffs,
        reach_m=float(reach_m),
        mode=mode,
        towards=towards,
        crs=network.crs,
        areas=areas,
        areas_km2=tuple(area.area * scale / 1e6 for area in areas),
        reached=reached,
    )


def check_metres(metres: Sequence[float], reach_m: float) -> tuple[float, ...]:
    """Return the cutoffs ascending, each once.

    Raises
    ------
    AnalysisError
        With every number that can't be meant.
    """
    cutoffs = tuple(sorted({float(value) for value in metres}))
    faults = [
        Text("{value} metres (10 to 100000 are possible)", {"value": f"{value:g}"})
        for value in cutoffs
        if not METRES_LIMITS[0] <= value <= METRES_LIMITS[1]
    ]
    if not cutoffs:
        faults.append(Text("no distance is given"))
    faults += reach_faults(reach_m)
    if faults:
        raise AnalysisError("The calculation can't be run", "Change these values.", faults=faults)
    return cutoffs
