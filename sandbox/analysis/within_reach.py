"""Which places lie within reach: the step from the street to each place is counted too."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from sandbox.analysis.isochrone import SNAP_M, Isochrone, cutoff_ms
from sandbox.geo import crs as geo
from sandbox.geo import shapes
from sandbox.network import snap
from sandbox.network.assemble import MODES
from sandbox.network.network import Network
from sandbox.network.search import Reached
from sandbox.network.snap import Attachments
from sandbox.network.streets import Streets

# Points of an edge that a place may be entered at: near enough that a walker can't tell.
_EDGE_STEP_M: Final = 10.0
_EDGE_POINTS: Final = 2000
_M_PER_MINUTE_AT_1_KMH: Final = 1000.0 / 60.0
_MS_PER_M_AT_1_KMH: Final = 3600.0


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """The n points that places may be entered at, by ascending place.

    Attributes
    ----------
    xy, place
        Metres, shape ``(n, 2)``, and whose point it is, int64.
    crossed
        Segment that crosses the place's edge there, int64; -1 at all other points.
    doors
        Nearest street point of each; segment -1 where none is near enough.
    edges
        Places that are entered along their edge, as their number and that edge in metres.
    snap_m, mode
        How far a street may be, and whose streets count.
    """

    xy: npt.NDArray[np.float64]
    place: npt.NDArray[np.int64]
    crossed: npt.NDArray[np.int64]
    doors: Attachments
    edges: tuple[tuple[int, BaseGeometry], ...]
    snap_m: float
    mode: str


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
    spots
        All points that were looked at, for streets that are edited later.
    """

    layer: tuple[str, ...]
    id: tuple[str, ...]
    accuracy_m: npt.NDArray[np.float64]
    doors: Attachments
    place: npt.NDArray[np.int64]
    door_xy: npt.NDArray[np.float64]
    areas: tuple[tuple[int, BaseGeometry], ...]
    spots: Spots

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
    points: list[npt.NDArray[np.float64]] = []
    edges: list[tuple[int, BaseGeometry]] = []
    for number, (shape, gate) in enumerate(zip(shapes_xy, gates, strict=True)):
        if gate is not None and not shapely.is_empty(gate):
            points.append(shapely.get_coordinates(shapes.to_metric(gate, network.crs)))
        elif shape is None:
            points.append(np.empty((0, 2)))
        elif shape.geom_type in {"Point", "MultiPoint"}:
            points.append(shapely.get_coordinates(shape))
        else:
            area = shape.geom_type in {"Polygon", "MultiPolygon"}
            edges.append((number, shape.boundary if area else shape))
            points.append(_along(edges[-1][1]))
    place = np.repeat(np.arange(len(points)), [len(found) for found in points])
    xy = np.concatenate(points) if points else np.empty((0, 2))
    met = _crossings(network.streets, np.flatnonzero(_usable(network, mode)), edges)
    xy, place, crossed = _by_place((xy, place, np.full(len(xy), -1)), met)
    doors = network.snap_all(xy, snap_m, mode)
    accuracy_m = np.asarray(places["accuracy_m"], dtype=np.float64)
    found = Spots(xy, place, crossed, doors, tuple(edges), snap_m, mode)
    return Attached(
        layer=tuple(str(value) for value in places["layer"]),
        id=tuple(str(value) for value in places["id"]),
        accuracy_m=np.where(np.isnan(accuracy_m), np.inf, accuracy_m),
        areas=tuple(
            (index, shape)
            for index, shape in enumerate(shapes_xy)
            if shape is not None and shape.geom_type in {"Polygon", "MultiPolygon"}
        ),
        **_doors(found),
    )


def attach_again(network: Network, attached: Attached) -> Attached:
    """Tie places to streets that have been edited since, as `attach` would in a fraction of time.

    Parameters
    ----------
    network
        What comes of edits of the network that the places are tied to: see
        `sandbox.network.edits`.
    attached
        The places, tied to the streets before.
    """
    if network.before is None:
        return attached
    spots, usable = attached.spots, _usable(network, attached.spots.mode)
    # Segments keep their numbers, may be closed, and others follow them.
    new = np.arange(len(usable)) >= len(network.before.streets.access)
    new &= usable
    still = (spots.crossed < 0) | usable[spots.crossed]
    met = _crossings(network.streets, np.flatnonzero(new), spots.edges)
    none = np.full(len(met[0]), -1, dtype=np.int32)
    far = np.full(len(met[0]), np.inf)
    fresh = Attachments(none, np.zeros(len(none)), np.full((len(none), 2), np.nan), far)
    xy, place, crossed, *doors = _by_place(
        (spots.xy[still], spots.place[still], spots.crossed[still], *_columns(spots.doors[still])),
        (*met, *_columns(fresh)),
    )
    segment, _, _, distance_m = doors
    lost = np.flatnonzero((segment >= 0) & ~usable[segment])
    unknown = np.union1d(lost, np.flatnonzero(np.isin(crossed, np.flatnonzero(new))))
    if len(unknown):
        again = network.snap_all(xy[unknown], spots.snap_m, spots.mode)
        for column, values in zip(doors, _columns(again), strict=True):
            column[unknown] = values
    if new.any():
        drawn = replace(network.streets, access=np.where(new, network.streets.access, np.uint8(0)))
        ahead, back = MODES[spots.mode]
        nearest = snap.index(drawn, ahead | back).nearest(xy, spots.snap_m)
        # Of two as near the lower number counts, and these have the highest.
        nearer = np.flatnonzero(nearest.distance_m < distance_m)
        for column, values in zip(doors, _columns(nearest[nearer]), strict=True):
            column[nearer] = values
    found = replace(spots, xy=xy, place=place, crossed=crossed, doors=Attachments(*doors))
    return replace(attached, **_doors(found))


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


def _doors(spots: Spots) -> dict[str, Any]:
    """Return the fields of `Attached` that say where places are entered."""
    near = spots.doors.segment >= 0
    return {
        "doors": spots.doors[near],
        "place": spots.place[near],
        "door_xy": spots.xy[near],
        "spots": spots,
    }


def _columns(doors: Attachments) -> tuple[npt.NDArray[Any], ...]:
    return doors.segment, doors.fraction, doors.street_xy, doors.distance_m


def _by_place(*parts: tuple[npt.NDArray[Any], ...]) -> list[npt.NDArray[Any]]:
    """Return columns of points, the second their place, joined in the order of places."""
    joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = np.argsort(joined[1], kind="stable")
    return [column[order] for column in joined]


def _usable(network: Network, mode: str) -> npt.NDArray[np.bool_]:
    ahead, back = MODES[mode]
    return (network.streets.access & (ahead | back)) != 0


def _crossings(
    streets: Streets,
    segments: npt.NDArray[np.int64],
    edges: Sequence[tuple[int, BaseGeometry]],
) -> tuple[npt.NDArray[Any], ...]:
    """Return where segments cross the edges of places: points, whose, and the segments."""
    ends = streets.node_xy[streets.segment_nodes[segments]]
    west, south = np.ascontiguousarray(ends.min(axis=1).T)
    east, north = np.ascontiguousarray(ends.max(axis=1).T)
    points: list[npt.NDArray[np.float64]] = [np.empty((0, 2))]
    place, crossed = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for number, edge in edges:
        low_x, low_y, high_x, high_y = edge.bounds
        near = np.flatnonzero(
            (west <= high_x) & (south <= high_y) & (east >= low_x) & (north >= low_y)
        )
        shapely.prepare(edge)
        lines: Any = shapely.linestrings(ends[near])
        touched = shapely.intersects(edge, lines)
        near, lines = near[touched], lines[touched]
        where = shapely.intersection(lines, edge)
        at, which = shapely.get_coordinates(where, return_index=True)
        points.append(at)
        place.append(np.full(len(at), number))
        crossed.append(segments[near[which]])
    return np.concatenate(points), np.concatenate(place), np.concatenate(crossed)


def _metric(shape: BaseGeometry | None, crs: str) -> BaseGeometry | None:
    return None if shape is None or shape.is_empty else shapes.to_metric(shape, crs)


def _along(edge: BaseGeometry) -> npt.NDArray[np.float64]:
    step = max(_EDGE_STEP_M, edge.length / _EDGE_POINTS)
    return shapely.get_coordinates(shapely.segmentize(edge, step))
