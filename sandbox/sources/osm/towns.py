"""Which streets lie in a town, as OpenStreetMap shows it: by land use, places and housing.

Cars go slower between houses, and few maps give a limit for every street. Where no zone of
its own tells (see `sandbox.sources.osm.speed_limits`), a street lies in a town if its middle is on
or beside ground that people build on, near the node of a place, or where streets are dense,
which stands in for land use that isn't mapped. Valhalla takes more than 8 km of roads to the
square kilometre for a town (``kMaxRuralDensity`` in its src/mjolnir/speed_assigner.h). Here
residential streets count twice for that, as they are by definition where housing is (wiki,
page *Tag:highway=residential*), and motorways, slip roads and tracks don't count.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from scipy.spatial import KDTree

from sandbox.geo import crs as geo_crs

Tags = Mapping[str, str]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
# Land that is built on, pages *Key:landuse* and *Key:place*. An area of a whole city or
# municipality reaches over fields and woods too, and isn't used.
_LANDUSE: Final = frozenset({
    "residential", "commercial", "industrial", "retail", "institutional", "education",
    "construction", "garages",
})  # fmt: skip
_SETTLED: Final = frozenset({
    "town", "village", "hamlet", "quarter", "neighbourhood", "city_block",
})  # fmt: skip
# How far around the node of a place its houses reach at least, metres: an assumption.
_AROUND_M: Final = {
    "city": 1500.0, "town": 800.0, "suburb": 500.0, "quarter": 300.0, "neighbourhood": 300.0,
    "village": 300.0, "hamlet": 150.0,
}  # fmt: skip
HOUSING: Final = frozenset({"residential", "living_street"})
STREETS: Final = HOUSING | {"primary", "secondary", "tertiary", "unclassified", "road"}
# A street at the edge of built ground is in the town.
_BESIDE_M: Final = 50.0
# Streets are dense where so many metres of them lie within so far.
_NEAR_M: Final = 300.0
_DENSE_M: Final = 8.0 / 1000.0 * np.pi * _NEAR_M**2
_STEP_M: Final = 25.0


@dataclass(slots=True)
class Towns:
    """What a file shows of towns while it is read.

    Attributes
    ----------
    refs, counts
        Nodes of the ways round built ground, and how many each has.
    edges
        Ways that bound areas drawn as relations.
    places
        Longitude, latitude and reach in metres of the nodes of places.
    """

    refs: "array[int]" = field(default_factory=lambda: array("q"))
    counts: "array[int]" = field(default_factory=lambda: array("i"))
    edges: set[int] = field(default_factory=set[int])
    places: list[tuple[float, float, float]] = field(
        default_factory=list[tuple[float, float, float]]
    )

    def add_node(self, tags: Tags, location: Any) -> None:
        """Keep the node of a place."""
        reach_m = _AROUND_M.get(tags.get("place", ""))
        if reach_m is not None and location.valid():
            self.places.append((location.lon, location.lat, reach_m))

    def add_way(self, refs: Sequence[int]) -> None:
        """Keep a way round built ground, or a part of one."""
        if len(refs) > 1:
            self.refs.extend(refs)
            self.counts.append(len(refs))

    def add_relation(self, tags: Tags, members: Iterable[tuple[str, int, str]]) -> None:
        """Keep which ways bound a multipolygon; holes in it count as of the town."""
        if tags.get("type") in {"multipolygon", "boundary"}:
            self.edges |= {
                ref for kind, ref, role in members if kind == "w" and role in {"outer", ""}
            }

    def built_up(
        self, lonlat: Callable[[Ints], Doubles], crs: str, middle_lonlat: Doubles, streets: Doubles
    ) -> Flags | None:
        """Return which places lie in a town; None where there is nothing to tell it by.

        Parameters
        ----------
        lonlat
            Where nodes lie, by their ids.
        crs
            Metric system to measure in.
        middle_lonlat
            Places, WGS 84, shape ``(n, 2)``.
        streets
            Both ends of streets that make a town where they are dense, WGS 84, shape
            ``(h, 2, 2)``; each as often as it counts.
        """
        if not (self.counts or self.places or len(streets)):
            return None
        xy = geo_crs.to_metric(middle_lonlat, crs)
        ids, node = np.unique(np.frombuffer(self.refs, np.int64), return_inverse=True)
        ring_xy = geo_crs.to_metric(lonlat(ids), crs)[node]
        rings = np.split(ring_xy, np.cumsum(np.frombuffer(self.counts, np.int32))[:-1])
        places = np.array(self.places).reshape(-1, 3)
        ends_xy = geo_crs.to_metric(streets.reshape(-1, 2), crs).reshape(-1, 2, 2)
        return (
            _on_ground(xy, rings)
            | _near_places(xy, geo_crs.to_metric(places[:, :2], crs), places[:, 2])
            | _where_dense(xy, ends_xy)
        )


def is_settled(tags: Tags) -> bool:
    """Return whether an area is ground that people build on."""
    return tags.get("landuse") in _LANDUSE or tags.get("place") in _SETTLED


def _on_ground(xy: Doubles, areas: Sequence[Doubles]) -> Flags:
    found = np.zeros(len(xy), dtype=np.bool_)
    known = [ring for ring in areas if len(ring) > 1 and np.isfinite(ring).all()]
    closed = [ring for ring in known if len(ring) > 3 and (ring[0] == ring[-1]).all()]
    lines = [ring for ring in known if not (len(ring) > 3 and (ring[0] == ring[-1]).all())]
    pieced = shapely.polygonize(np.array([shapely.linestrings(line) for line in lines], object))
    grounds = np.concatenate(
        [
            shapely.make_valid(
                np.array([shapely.polygons(ring) for ring in closed], dtype=np.object_)
            ),
            shapely.get_parts(pieced),
        ]
    )
    if len(grounds):
        tree = shapely.STRtree(grounds)
        found[tree.query(shapely.points(xy), "dwithin", _BESIDE_M)[0]] = True
    return found


def _near_places(xy: Doubles, centre: Doubles, reach_m: Doubles) -> Flags:
    found = np.zeros(len(xy), dtype=np.bool_)
    if len(centre):
        tree = KDTree(xy)
        for near in tree.query_ball_point(centre, reach_m):
            found[near] = True
    return found


def _where_dense(xy: Doubles, ends: Doubles) -> Flags:
    length_m = np.hypot(*(ends[:, 1] - ends[:, 0]).T)
    # A point stands for each `_STEP_M` of all streets laid end to end, so that the short
    # pieces of a curve count no more than their length.
    along = np.cumsum(length_m)
    if not len(along) or along[-1] < _DENSE_M:
        return np.zeros(len(xy), dtype=np.bool_)
    at = np.arange(_STEP_M / 2.0, along[-1], _STEP_M)
    segment = np.searchsorted(along, at)
    share = 1.0 - (along[segment] - at) / np.maximum(length_m[segment], 1e-9)
    points = ends[segment, 0] + share[:, None] * (ends[segment, 1] - ends[segment, 0])
    count = KDTree(points).query_ball_point(xy, _NEAR_M, return_length=True)
    return np.asarray(count) * _STEP_M >= _DENSE_M
