"""Coverage: the ground from which a service of a kind is within reach, and what is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from sandbox.analysis.isochrone import check_question, cutoff_ms
from sandbox.analysis.places.access import SNAP_M, AccessPoints, access_points
from sandbox.analysis.table import computed_at
from sandbox.engine import contours, surface
from sandbox.engine.graph import Graph
from sandbox.engine.network import Network
from sandbox.engine.search import Reached, search
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.geo import shapes
from sandbox.kept import keep
from sandbox.streets.modes import ACCESS
from sandbox.streets.travel import Travel

_M_PER_MINUTE_AT_1_KMH: Final = 1000.0 / 60.0
# The whole ground is drawn once a network, so it may cost more than a touch.
_GROUND_POINTS: Final = 50_000_000
_CIRCLE_SEGMENTS: Final = 32


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """What services cover within a walk to the nearest of them.

    Ground is what lies within `reach_m` of any walkable street; shares are of that.

    Attributes
    ----------
    minutes, speed_kmh, reach_m
        How long, how fast, how far from a street.
    crs
        Metric system of the areas.
    services
        How many services were asked; `without_street` are the ids of those that no
        street is near enough to, so that they cover nothing.
    indicative_services
        How many of them have positions known less well than the reach.
    areas, area_km2, share_of_ground
        Ground from which a service is within reach.
    ground_km2
        All ground.
    uncovered, uncovered_km2
        Ground that no service covers.
    homes, homes_outside, homes_share
        How many homes were asked, ids of those from which none is within reach, and the
        share within reach; None where there are no homes.
    straight_area, straight_km2, straight_share_of_ground
        The circles that planners draw instead: all that lies within `minutes` as the
        crow flies of a service. Both numbers count only what of it is ground, so they
        compare with `area_km2` and `share_of_ground`.
    """

    minutes: float
    speed_kmh: float
    reach_m: float
    crs: str
    services: int
    without_street: tuple[str, ...]
    indicative_services: int
    areas: MultiPolygon
    area_km2: float
    share_of_ground: float
    ground_km2: float
    uncovered: MultiPolygon
    uncovered_km2: float
    homes: int
    homes_outside: tuple[str, ...]
    homes_share: float | None
    straight_area: MultiPolygon
    straight_km2: float
    straight_share_of_ground: float


def coverage(
    network: Network,
    services: gpd.GeoDataFrame,
    minutes: float,
    *,
    speed_kmh: float = 4.8,
    reach_m: float = 50.0,
    homes: gpd.GeoDataFrame | None = None,
    snap_m: float = SNAP_M,
) -> Coverage:
    """Return what services cover: one search towards all of them at once.

    Parameters
    ----------
    network
        The streets.
    services
        In WGS 84, with `id`, `layer`, `accuracy_m` and geometry; areas count by their
        gates or edges.
    minutes
        Longest walk to a service, the steps at both ends counted.
    speed_kmh, reach_m
        Walking speed; how far from a street ground still counts.
    homes
        Places to count inside and outside, columns as `services`.
    snap_m
        How far a place may lie from its street.

    Raises
    ------
    AnalysisError
        If a number can't be meant, or there is no service, or none near a street.
    """
    check_question([minutes], reach_m, Travel(walk_kmh=speed_kmh))
    if services.empty:
        raise AnalysisError("There are no services of this kind.", "Choose another kind.")
    points = access_points(network, services, snap_m=snap_m)
    if not len(points.place):
        raise AnalysisError(
            "None of the {count} services lies within {limit} m of a street.",
            "Open a network that covers them.",
            count=len(services),
            limit=f"{snap_m:g}",
        )
    towards = _towards(network.moving(Travel(walk_kmh=float(speed_kmh))))
    reached = search(towards, points.attachments, cutoff_ms(minutes))
    reached = points.with_own(reached, float(speed_kmh))
    ground, cell_m = _ground(network, float(reach_m))
    (covered,) = contours.areas(reached, [cutoff_ms(minutes)], reach_m, cell_m)
    # Areas and the steps to them may lie off all streets; only what is ground counts.
    covered = _multi(shapely.intersection(covered, ground))
    uncovered = _multi(shapely.difference(ground, covered))
    west, south, east, north = network.streets.bounds
    scale = shapes.areal_scale(((west + east) / 2, (south + north) / 2), network.crs)
    reach_straight_m = minutes * speed_kmh * _M_PER_MINUTE_AT_1_KMH
    straight = _circles(services, reach_straight_m / scale**0.5, network.crs)
    straight_ground_m2 = shapely.intersection(straight, ground).area
    outside = _homes_outside(network, homes, points, reached, speed_kmh)
    home_count = 0 if homes is None else len(homes)
    return Coverage(
        minutes=float(minutes),
        speed_kmh=float(speed_kmh),
        reach_m=float(reach_m),
        crs=network.crs,
        services=len(services),
        without_street=tuple(place_id for _, place_id in points.without_street),
        indicative_services=int((points.accuracy_m > reach_straight_m).sum()),
        areas=covered,
        area_km2=covered.area * scale / 1e6,
        share_of_ground=covered.area / ground.area,
        ground_km2=ground.area * scale / 1e6,
        uncovered=uncovered,
        uncovered_km2=uncovered.area * scale / 1e6,
        homes=home_count,
        homes_outside=outside,
        homes_share=1.0 - len(outside) / home_count if home_count else None,
        straight_area=straight,
        straight_km2=straight_ground_m2 * scale / 1e6,
        straight_share_of_ground=straight_ground_m2 / ground.area,
    )


def _towards(graph: Graph) -> Graph:
    """Return the graph that leads to the services; the same where no street is one way."""
    both_ways = bool((graph.segment_ms[:, 0] == graph.segment_ms[:, 1]).all())
    return graph if both_ways else graph.reverse()


def ground_of(network: Network, reach_m: float) -> MultiPolygon:
    """Return all ground: what lies within `reach_m` of a walkable street, in metres."""
    return _ground(network, float(reach_m))[0]


@keep(4)
def _ground(network: Network, reach_m: float) -> tuple[MultiPolygon, float]:
    """Return all ground within `reach_m` of a walkable street, and the cell it is drawn with."""
    streets = network.streets
    ahead, back = ACCESS["walk"]
    walked = ((streets.access & (ahead | back)) != 0) & streets.walked_on
    segment = np.flatnonzero(walked).astype(np.int32)
    ends = streets.node_xy[streets.segment_nodes[segment]].reshape(-1, 4)
    none, zeros = np.empty(0, dtype=np.int32), np.zeros((len(segment), 2), dtype=np.int32)
    along = np.tile([0.0, 1.0], (len(segment), 1))
    everything = Reached(0, none, none, segment, along, ends, zeros, zeros)
    west, south, east, north = streets.bounds
    cell_m = reach_m / surface.CELLS_PER_REACH
    while (east - west) * (north - south) / cell_m**2 > _GROUND_POINTS:
        cell_m *= 2
    return contours.areas(everything, [0], reach_m, cell_m)[0], cell_m


def _circles(services: gpd.GeoDataFrame, radius: float, crs: str) -> MultiPolygon:
    places = [shapes.to_metric(shape, crs) for shape in services.geometry if shape is not None]
    round_them = shapely.buffer(np.array(places), radius, quad_segs=_CIRCLE_SEGMENTS)
    return _multi(shapely.union_all(round_them))


def _homes_outside(
    network: Network,
    homes: gpd.GeoDataFrame | None,
    services: AccessPoints,
    reached: Reached,
    speed_kmh: float,
) -> tuple[str, ...]:
    if homes is None or homes.empty:
        return ()
    points = access_points(network, homes, snap_m=services.looked.snap_m)
    # A service with no street near it is reached only by those who are there already.
    shapes_there = [place.shape for place in services.places]
    late = points.times_ms(reached, speed_kmh, *shapes_there) > reached.cutoff_ms
    return tuple(points.id[i] for i in np.flatnonzero(late))


def _multi(shape: BaseGeometry) -> MultiPolygon:
    """Return the areas of a shape, without what has none."""
    parts = shapely.get_parts(shape)
    if any(part.geom_type == "MultiPolygon" for part in parts):
        parts = shapely.get_parts(parts)
    return MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def as_table(network: Network, found: Coverage, asked: Mapping[str, Any]) -> gpd.GeoDataFrame:
    """Return what is covered, what isn't, and the straight-line circle, as three rows.

    Columns: `part` (``covered``, ``uncovered``, ``straight_line``), `area_km2`,
    `share_of_ground`, `contour` (minutes), `metric`, `mode`, `speed_kmh`, `reach_m`, `layer`,
    `kinds`, `services`, `services_indicative`, `homes`, `homes_outside`, `network`,
    `network_date`, `schematic`, `computed_at`.

    Parameters
    ----------
    network, found
        The streets and the answer.
    asked
        Which services: `layer` and a list of `kinds`.
    """
    told = network.streets.provenance
    parts = [
        ("covered", found.areas, found.area_km2, found.share_of_ground),
        ("uncovered", found.uncovered, found.uncovered_km2, 1.0 - found.share_of_ground),
        (
            "straight_line",
            found.straight_area,
            found.straight_km2,
            found.straight_share_of_ground,
        ),
    ]
    common = {
        "contour": found.minutes,
        "metric": "time",
        "mode": "walk",
        "speed_kmh": found.speed_kmh,
        "reach_m": found.reach_m,
        "layer": asked["layer"],
        "kinds": ",".join(asked["kinds"]),
        "services": found.services,
        "services_indicative": found.indicative_services,
        "homes": found.homes,
        "homes_outside": ",".join(found.homes_outside),
        "network": told.title,
        "network_date": told.date,
        "schematic": told.schematic,
        "computed_at": computed_at(),
    }
    rows = [
        {
            "part": part,
            "area_km2": area_km2,
            "share_of_ground": share,
            **common,
            "geometry": shapes.to_lonlat(shape, found.crs),
        }
        for part, shape, area_km2, share in parts
    ]
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=geo.WGS84)
