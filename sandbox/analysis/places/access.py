"""Where a place is left and reached: its access points, and the streets that they meet.

A point is its own access point. An area, or a line, is left and reached at the best of its
gates where they are known; else at the best point of its edge: where a street crosses it, and
at points of it that lie at most 10 m apart. Its middle is never used. Whoever stands in an area
is there already.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from sandbox.analysis.places.edges import crossings, entered_at
from sandbox.analysis.places.place import LonLat, Place, Where, place_of, places_of
from sandbox.engine import snap
from sandbox.engine.network import Network
from sandbox.engine.search import Entered, Reached
from sandbox.errors import AnalysisError, NetworkError
from sandbox.geo import crs as geo
from sandbox.geo import shapes
from sandbox.streets.attachments import Attachments
from sandbox.units import MS_PER_M_AT_1_KMH
from sandbox.words import Text

# Of the places of a file, so many with their coordinates the other way round are no accident.
_NEARLY_ALL: Final = 0.9
SNAP_M: Final = 500.0
# Farther off nobody looks for the street that is nearest.
_FAR_M: Final = 100_000.0


@dataclass(frozen=True, slots=True, eq=False)
class _Looked:
    """The n points that were looked at, by ascending place, kept for streets edited later.

    `crossed` is the segment that crosses the place's edge there, -1 at all other points;
    `attachments` are to the streets as they were built, with segment -1 where none is near
    enough; `edges` are the places that are entered along their edge, as their number and that
    edge in metres.
    """

    xy: npt.NDArray[np.float64]
    place: npt.NDArray[np.int64]
    crossed: npt.NDArray[np.int64]
    attachments: Attachments
    edges: tuple[tuple[int, BaseGeometry], ...]
    snap_m: float
    mode: str


@dataclass(frozen=True, eq=False)
class AccessPoints:
    """The access points of n places, tied to the streets of a network.

    Attributes
    ----------
    layer, id
        Where each place stands in the catalog.
    places
        The places themselves.
    attachments
        Where the m access points meet streets, by ascending place.
    place
        Whose access point each is, int64, ascending.
    xy
        Where each access point itself is, metres, shape ``(m, 2)``.
    crs
        System of the metres.
    looked
        All points that were looked at, for streets that are edited later.
    """

    layer: tuple[str, ...]
    id: tuple[str, ...]
    places: tuple[Place, ...]
    attachments: Attachments
    place: npt.NDArray[np.int64]
    xy: npt.NDArray[np.float64]
    crs: str
    looked: _Looked

    @cached_property
    def accuracy_m(self) -> npt.NDArray[np.float64]:
        """Return how well each position is known, infinite where unknown."""
        return np.array([place.accuracy_m for place in self.places], dtype=np.float64)

    @cached_property
    def offsets(self) -> npt.NDArray[np.int64]:
        """Return the first access point of each place, and their count, shape ``(n + 1,)``."""
        return np.searchsorted(self.place, np.arange(len(self.id) + 1))

    @cached_property
    def numbers(self) -> dict[tuple[str, str], int]:
        """Return which place stands where in the catalog, by layer and id."""
        return {key: i for i, key in enumerate(zip(self.layer, self.id, strict=True))}

    @property
    def without_street(self) -> tuple[tuple[str, str], ...]:
        """Return layer and id of the places that no street is near enough to."""
        lost = np.flatnonzero(np.diff(self.offsets) == 0)
        return tuple((self.layer[i], self.id[i]) for i in lost.tolist())

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree([place.shape for place in self.places])

    def of(self, number: int) -> Attachments:
        """Return where one place meets streets."""
        return self.attachments[np.arange(self.offsets[number], self.offsets[number + 1])]

    def touching(self, *shapes: BaseGeometry) -> npt.NDArray[np.int64]:
        """Return the places that touch any of some shapes: from there one is there already."""
        found = self._tree.query(np.array(shapes, dtype=object), predicate="intersects")
        return np.unique(found[1]).astype(np.int64)

    def point_times_ms(self, reached: Reached, speed_kmh: float) -> npt.NDArray[np.float64]:
        """Return when each access point is reached, the step to it counted; else infinite."""
        every = self.entered(speed_kmh)
        each = np.arange(len(self.place))
        return reached.place_ms(replace(every, place=each, count=len(each)))

    def entered(self, speed_kmh: float) -> Entered:
        """Return where the places are entered, the steps walked at a speed."""
        return Entered(self.attachments, self.steps_ms(speed_kmh), self.place, len(self.id))

    def steps_ms(self, speed_kmh: float) -> npt.NDArray[np.float64]:
        """Return the walk between each access point and its street, whole milliseconds."""
        return np.rint(self.attachments.distance_m * (MS_PER_M_AT_1_KMH / speed_kmh))

    def times_ms(
        self, reached: Reached, speed_kmh: float, *origins: BaseGeometry
    ) -> npt.NDArray[np.float64]:
        """Return when each place is reached, the last step counted; else infinite.

        Parameters
        ----------
        reached
            What a search reached.
        speed_kmh
            Walking speed of the steps.
        origins
            Shapes that one starts from, WGS 84: places that touch one are reached at once.
        """
        times = reached.place_ms(self.entered(speed_kmh))
        if origins:
            times[self.touching(*origins)] = 0.0
        return times

    def with_own(self, reached: Reached, speed_kmh: float, *numbers: int) -> Reached:
        """Return what was reached from places with what is their own: every area drawn holds it.

        Parameters
        ----------
        reached
            What was searched from them; or towards them.
        speed_kmh
            Walking speed of the steps.
        numbers
            Which of the places; by default all.
        """
        steps = self._own_steps(speed_kmh, *numbers)
        return replace(reached, own_ground=self._ground(*numbers), own_steps=steps)

    def _own_steps(self, speed_kmh: float, *numbers: int) -> npt.NDArray[np.float64]:
        """Return the steps between points and their streets; areas have none of their own."""
        chosen = np.isin(self.place, numbers) if numbers else np.ones(len(self.place), bool)
        chosen &= ~np.array([one.is_area for one in self.places], dtype=bool)[self.place]
        street_xy, steps_ms = self.attachments.street_xy[chosen], self.steps_ms(speed_kmh)[chosen]
        return np.column_stack([self.xy[chosen], street_xy, steps_ms])

    def _ground(self, *numbers: int) -> MultiPolygon | None:
        """Return the ground of places in metres; None where none is an area."""
        chosen = [self.places[number] for number in numbers] if numbers else self.places
        areas = [shapes.to_metric(one.shape, self.crs) for one in chosen if one.is_area]
        if not areas:
            return None
        joined: Any = shapely.union_all(areas) if len(areas) > 1 else areas[0]
        parts: Any = shapely.get_parts(joined)
        return MultiPolygon(parts.tolist())


def access_points(
    network: Network,
    features: gpd.GeoDataFrame | Sequence[Place],
    *,
    snap_m: float = SNAP_M,
    mode: str = "walk",
) -> AccessPoints:
    """Return the access points of places, tied to their streets.

    Parameters
    ----------
    network
        The streets.
    features
        In WGS 84, with `id` and any geometry; `layer`, `accuracy_m` and `gates` may be
        there. Or places, whose ids are then their numbers.
    snap_m
        How far an access point may lie from its street.
    mode
        Whose streets count.

    Raises
    ------
    AnalysisError
        Nearly all places lie off the network, and on it where longitude and latitude are swapped.
    """
    if isinstance(features, gpd.GeoDataFrame):
        every = places_of(features)
        ids = tuple(str(value) for value in features["id"])
        layer = tuple(str(value) for value in features["layer"]) if "layer" in features else ()
    else:
        every, layer = tuple(features), ()
        ids = tuple(str(number) for number in range(len(every)))
    _check_order(network, every)
    xy, place, edges = entered_at(network, every, snap_m)
    met = crossings(network.streets, np.flatnonzero(network.attachable(mode)), edges)
    xy, place, crossed = _by_place((xy, place, np.full(len(xy), -1)), met)
    attachments = network.snap_built(xy, snap_m, mode)
    looked = _Looked(xy, place, crossed, attachments, tuple(edges), snap_m, mode)
    return _tied(network, layer or ("",) * len(ids), ids, every, looked)


def access_again(network: Network, points: AccessPoints) -> AccessPoints:
    """Tie places to streets that have been edited since, in a fraction of the time.

    The result is that of `access_points`.

    Parameters
    ----------
    network
        What comes of edits of the network that the places are tied to: see
        `sandbox.edits.street_edits`.
    points
        The places, tied to the streets before.
    """
    if network.before is None:
        return points
    looked, usable = points.looked, network.attachable(points.looked.mode)
    # Segments keep their numbers, may be closed, and others follow them.
    new = np.arange(len(usable)) >= len(network.before.streets.access)
    new &= usable
    still = (looked.crossed < 0) | usable[looked.crossed]
    met = crossings(network.streets, np.flatnonzero(new), looked.edges)
    none = np.full(len(met[0]), -1, dtype=np.int32)
    far = np.full(len(met[0]), np.inf)
    fresh = Attachments(none, np.zeros(len(none)), np.full((len(none), 2), np.nan), far)
    xy, place, crossed, *attached = _by_place(
        (
            looked.xy[still],
            looked.place[still],
            looked.crossed[still],
            *_columns(looked.attachments[still]),
        ),
        (*met, *_columns(fresh)),
    )
    segment = attached[0]
    lost = np.flatnonzero((segment >= 0) & ~usable[segment])
    unknown = np.union1d(lost, np.flatnonzero(np.isin(crossed, np.flatnonzero(new))))
    if len(unknown):
        again = network.snap_built(xy[unknown], looked.snap_m, looked.mode)
        for column, values in zip(attached, _columns(again), strict=True):
            column[unknown] = values
    found = replace(looked, xy=xy, place=place, crossed=crossed, attachments=Attachments(*attached))
    return _tied(network, points.layer, points.id, points.places, found)


def access_of(
    network: Network, where: Where, snap_m: float = SNAP_M, mode: str = "walk"
) -> AccessPoints:
    """Return the access points of the one place that is asked from or to.

    Raises
    ------
    AnalysisError
        If it is no position, or lies outside the network; the hint says so where
        longitude and latitude seem to be swapped.
    NetworkError
        If no street lies within `snap_m`; it names the nearest.
    """
    place = place_of(where)
    if place.shape.geom_type == "Point":
        x, y = _position(network, place.lonlat, snap_m)
        # Says which street would be the nearest where that is too far.
        network.snap((x, y), snap_m, mode)
        xy, none = np.array([[x, y]]), np.zeros(1, dtype=np.int64)
        attachments = network.snap_built(xy, snap_m, mode)
        looked = _Looked(xy, none, none - 1, attachments, (), snap_m, mode)
        return _tied(network, ("",), ("0",), (place,), looked)
    found = access_points(network, [place], snap_m=snap_m, mode=mode)
    if not len(found.place):
        xy = found.looked.xy
        if len(xy):
            # Refused as a point is: the nearest street is named, and how far it is.
            far_m = network.snap_all(xy, _FAR_M, mode).distance_m
            x, y = xy[int(far_m.argmin())].tolist()
            lon, lat = geo.to_lonlat((x, y), network.crs)
            _position(network, (float(lon), float(lat)), snap_m)
            network.snap((x, y), snap_m, mode)
        elif not place.shape.is_empty:
            _position(network, place.lonlat, snap_m)
        raise AnalysisError(
            "No street is within {limit} m of: {names}.",
            "Choose places nearer to a street of the network.",
            limit=f"{snap_m:g}",
            names=place.name,
        )
    return found


def are_one(
    network: Network, from_: Where, to: Where, snap_m: float, modes: tuple[str, str]
) -> bool:
    """Return whether two places touch, so that who is at one of them is at the other too.

    Between them no street is gone along, so it is enough that one of them meets one.

    Parameters
    ----------
    network, from_, to
        The streets and the places.
    snap_m
        How far a place may lie from its street.
    modes
        On whose streets each of them is asked about.

    Raises
    ------
    AnalysisError, NetworkError
        They touch, and neither meets a street.
    """
    one, other = place_of(from_), place_of(to)
    if not shapely.intersects(one.shape, other.shape):
        return False
    try:
        access_of(network, other, snap_m, modes[1])
    except (AnalysisError, NetworkError):
        access_of(network, one, snap_m, modes[0])
    return True


def _position(network: Network, lonlat: LonLat, snap_m: float) -> tuple[float, float]:
    """Return a position in metres, if it lies on the network."""
    lon, lat = lonlat
    west, south, east, north = network.bounds_lonlat
    at, turned = f"{round(lon, 6)},{round(lat, 6)}", f"{round(lat, 6)},{round(lon, 6)}"
    swapped = west <= lat <= east and south <= lon <= north
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
        example = "Give longitude and latitude in degrees, for example 106.32,29.52."
        hint = _SWAPPED if swapped else example
        raise AnalysisError("{at} is not a position on the Earth.", hint, at=at, swapped=turned)
    # As far outside as a place may lie from its street.
    margin_lat = snap_m / 111_000.0
    margin_lon = margin_lat / max(math.cos(math.radians(lat)), 0.01)
    if not (
        west - margin_lon <= lon <= east + margin_lon
        and south - margin_lat <= lat <= north + margin_lat
    ):
        hint = _SWAPPED if swapped else "Choose a place within {bounds} (west,south,east,north)."
        raise AnalysisError(
            "{at} lies outside the network {network}.",
            hint,
            at=at,
            network=Text(network.title),
            bounds=f"{west:.4f},{south:.4f},{east:.4f},{north:.4f}",
            swapped=turned,
        )
    x, y = geo.to_metric((lon, lat), network.crs)
    return float(x), float(y)


def _check_order(network: Network, places: Sequence[Place]) -> None:
    """Refuse places that only lie on the network where longitude and latitude are swapped."""
    around = shapely.bounds(np.array([one.shape for one in places], dtype=object))
    known = np.isfinite(around).all(axis=-1)
    low, high = around[known, :2], around[known, 2:]
    box = np.array(network.bounds_lonlat)
    on = ((high >= box[:2]) & (low <= box[2:])).all(axis=-1)
    swapped = np.asarray(~on & ((high >= box[1::-1]) & (low <= box[:1:-1])).all(axis=-1))
    if not swapped.any() or swapped.sum() < _NEARLY_ALL * len(swapped):
        return
    lon, lat = ((low + high) / 2)[int(swapped.argmax())].round(6).tolist()
    raise AnalysisError(
        "{count} of {every} places lie outside the network {network}; with longitude and latitude "
        "swapped they would lie on it.",
        "Longitude comes first: did you mean {swapped}?",
        count=int(swapped.sum()),
        every=len(swapped),
        network=Text(network.title),
        swapped=f"{lat},{lon}",
    )


_SWAPPED: Final = "Longitude comes first: did you mean {swapped}?"


def _tied(
    network: Network,
    layer: tuple[str, ...],
    ids: tuple[str, ...],
    places: tuple[Place, ...],
    looked: _Looked,
) -> AccessPoints:
    """Return the access points that come of the points that were looked at."""
    drawn = network.snap_drawn(looked.xy, looked.snap_m, looked.mode)
    attachments, of = snap.with_drawn(looked.attachments, drawn)
    place, xy = looked.place[of], looked.xy[of]
    return AccessPoints(layer, ids, places, attachments, place, xy, network.crs, looked)


def _columns(attachments: Attachments) -> tuple[npt.NDArray[Any], ...]:
    return (
        attachments.segment,
        attachments.fraction,
        attachments.street_xy,
        attachments.distance_m,
    )


def _by_place(*parts: tuple[npt.NDArray[Any], ...]) -> list[npt.NDArray[Any]]:
    """Return columns of points, the second their place, joined in the order of places."""
    joined = [np.concatenate(column) for column in zip(*parts, strict=True)]
    order = np.argsort(joined[1], kind="stable")
    return [column[order] for column in joined]
