"""Which places lie within reach: the step from the street to each place is counted too."""

from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from sandbox.analysis.isochrone import SNAP_M, Isochrone, cutoff_ms
from sandbox.geo import crs as geo
from sandbox.geo import shapes
from sandbox.network.assemble import MODES
from sandbox.network.network import Network
from sandbox.network.search import Reached
from sandbox.network.snap import Attachments

# Points of an edge that a place may be entered at: near enough that a walker can't tell.
_EDGE_STEP_M: Final = 10.0
_EDGE_POINTS: Final = 2000
_M_PER_MINUTE_AT_1_KMH: Final = 1000.0 / 60.0
_MS_PER_M_AT_1_KMH: Final = 3600.0


@dataclass(frozen=True, slots=True, eq=False)
class Attached:
    """Places tied to the streets of a network, to be asked again and again.

    Attributes
    ----------
    layer, id
        Where each of the n places stands in the catalog.
    accuracy_m
        How well each position is known, float64, shape ``(n,)``; infinite where unknown.
    doors
        Street points that the places are entered from, by ascending place.
    place
        Place of each door, int64, ascending.
    door_xy
        Where each door itself is, metres, shape ``(m, 2)``.
    areas
        Places that are areas, as their number and their shape in metres.
    """

    layer: tuple[str, ...]
    id: tuple[str, ...]
    accuracy_m: npt.NDArray[np.float64]
    doors: Attachments
    place: npt.NDArray[np.int64]
    door_xy: npt.NDArray[np.float64]
    areas: tuple[tuple[int, BaseGeometry], ...]

    @property
    def without_street(self) -> tuple[tuple[str, str], ...]:
        """Return layer and id of the places that no street is near enough to."""
        has_door = np.zeros(len(self.id), dtype=np.bool_)
        has_door[self.place] = True
        return tuple((self.layer[i], self.id[i]) for i in np.flatnonzero(~has_door))

    def times_ms(self, reached: Reached, speed_kmh: float) -> npt.NDArray[np.float64]:
        """Return when each place is reached, the last step counted; else infinite."""
        times = np.full(len(self.id), np.inf)
        np.minimum.at(times, self.place, self.door_times_ms(reached, speed_kmh))
        return times

    def door_times_ms(self, reached: Reached, speed_kmh: float) -> npt.NDArray[np.float64]:
        """Return when each door is reached, the step to it counted; else infinite."""
        steps = np.rint(self.doors.distance_m * (_MS_PER_M_AT_1_KMH / speed_kmh))
        return reached.times_ms(self.doors) + steps


@dataclass(frozen=True, slots=True)
class PlaceReached:
    """A place within reach.

    Attributes
    ----------
    layer, id
        Where it stands in the catalog.
    minutes
        Time from the origin to it, both steps between place and street counted.
    indicative
        Whether its position, or the origin's, is known less well than the reach of
        the smallest cutoff that holds it.
    """

    layer: str
    id: str
    minutes: float
    indicative: bool


def attach(
    network: Network, places: gpd.GeoDataFrame, *, snap_m: float = SNAP_M, mode: str = "walk"
) -> Attached:
    """Tie places to their streets.

    A point is entered from its nearest street point. An area or a line is entered at
    its gates where the column `gates` has points for it; else anywhere along its edge:
    where a street crosses it, and from the nearest street all along it.

    Parameters
    ----------
    network
        The streets.
    places
        In WGS 84, with `id`, `layer`, `accuracy_m` and any geometry; `gates` may be there.
    snap_m
        How far a place may lie from its street; places farther off have no door.
    mode
        Whose streets count.
    """
    shapes_xy = [_metric(shape, network.crs) for shape in places.geometry]
    gates = list(places["gates"]) if "gates" in places.columns else [None] * len(shapes_xy)
    lines = _StreetLines(network, mode)
    points: list[npt.NDArray[np.float64]] = []
    for shape, gate in zip(shapes_xy, gates, strict=True):
        if gate is not None and not shapely.is_empty(gate):
            points.append(shapely.get_coordinates(shapes.to_metric(gate, network.crs)))
        elif shape is None:
            points.append(np.empty((0, 2)))
        elif shape.geom_type in {"Point", "MultiPoint"}:
            points.append(shapely.get_coordinates(shape))
        else:
            points.append(_edge_points(shape, lines))
    place = np.repeat(np.arange(len(points)), [len(found) for found in points])
    all_points = np.concatenate(points) if points else np.empty((0, 2))
    doors = network.snap_all(all_points, snap_m, mode)
    near = doors.segment >= 0
    accuracy_m = np.asarray(places["accuracy_m"], dtype=np.float64)
    return Attached(
        layer=tuple(str(value) for value in places["layer"]),
        id=tuple(str(value) for value in places["id"]),
        accuracy_m=np.where(np.isnan(accuracy_m), np.inf, accuracy_m),
        doors=doors[near],
        place=place[near],
        door_xy=all_points[near],
        areas=tuple(
            (index, shape)
            for index, shape in enumerate(shapes_xy)
            if shape is not None and shape.geom_type in {"Polygon", "MultiPolygon"}
        ),
    )


def within_reach(
    isochrone: Isochrone, attached: Attached, *, origin_accuracy_m: float = 0.0
) -> tuple[PlaceReached, ...]:
    """Return the places within the largest cutoff, soonest first.

    An area that holds the origin is reached at once.

    Parameters
    ----------
    isochrone
        Where from, how fast and how long.
    attached
        The places, tied to the same network.
    origin_accuracy_m
        How well the origin's position is known, where it is a place of the map.
    """
    times = attached.times_ms(isochrone.reached, isochrone.speed_kmh)
    origin = shapely.Point(geo.to_metric(isochrone.origin_lonlat, isochrone.crs))
    for index, shape in attached.areas:
        if shape.covers(origin):
            times[index] = 0.0
    cutoffs_ms = np.array([cutoff_ms(m) for m in isochrone.minutes])
    band = np.searchsorted(cutoffs_ms, times)
    inside = np.flatnonzero(band < len(cutoffs_ms))
    order = inside[np.argsort(times[inside], kind="stable")]
    m_per_minute = isochrone.speed_kmh * _M_PER_MINUTE_AT_1_KMH
    return tuple(
        PlaceReached(
            attached.layer[i],
            attached.id[i],
            float(times[i]) / 60_000.0,
            bool(
                max(attached.accuracy_m[i], origin_accuracy_m)
                > m_per_minute * isochrone.minutes[band[i]]
            ),
        )
        for i in order.tolist()
    )


class _StreetLines:
    """The segments of a mode, asked which of them cross an edge."""

    def __init__(self, network: Network, mode: str) -> None:
        streets = network.streets
        ahead, back = MODES[mode]
        usable = (streets.access & (ahead | back)) != 0
        self._ends = streets.node_xy[streets.segment_nodes[usable]]
        self._low = self._ends.min(axis=1)
        self._high = self._ends.max(axis=1)

    def crossings(self, edge: BaseGeometry) -> npt.NDArray[np.float64]:
        """Return the points where streets cross an edge, shape ``(k, 2)``."""
        west, south, east, north = edge.bounds
        near = (self._low <= (east, north)).all(axis=1) & (self._high >= (west, south)).all(axis=1)
        shapely.prepare(edge)
        lines: Any = shapely.linestrings(self._ends[near])
        lines = lines[shapely.intersects(edge, lines)]
        return shapely.get_coordinates(shapely.intersection(lines, edge))


def _metric(shape: BaseGeometry | None, crs: str) -> BaseGeometry | None:
    return None if shape is None or shape.is_empty else shapes.to_metric(shape, crs)


def _edge_points(shape: BaseGeometry, lines: _StreetLines) -> npt.NDArray[np.float64]:
    edge = shape.boundary if shape.geom_type in {"Polygon", "MultiPolygon"} else shape
    step = max(_EDGE_STEP_M, edge.length / _EDGE_POINTS)
    along = shapely.get_coordinates(shapely.segmentize(edge, step))
    return np.concatenate([lines.crossings(edge), along])
