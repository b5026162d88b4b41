"""Recognises shifted coordinates by what is known: places of the same name, streets along lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from sandbox.formats.features import Shapes
from sandbox.formats.vocabulary import plain_whole
from sandbox.geo import crs as geo
from sandbox.geo.shapes import dense_lines
from sandbox.geo.systems import System, located
from sandbox.words import Text

if TYPE_CHECKING:
    from scipy.spatial import KDTree

Doubles = npt.NDArray[np.float64]
Bounds = tuple[float, float, float, float]

_NAMES_NEEDED: Final = 3
_NAMES_WITHIN_M: Final = 200.0
_BETTER_M: Final = 150.0
_ACCURATE_M: Final = 300.0  # places known less well say nothing of a shift of 500 m
_SAMPLES_NEEDED: Final = 40
_STEP_M: Final = 20.0
_ON_STREET_M: Final = 12.0
_SHARE_NEEDED: Final = 0.6
_SHARE_BETTER: Final = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What is known of the ground.

    Attributes
    ----------
    near
        The area that one works in, as west, south, east, north; None where unknown.
    places
        Shapes in WGS 84 by plain names; None for a name that several places have.
    streets
        Points along real streets, in metres of `crs`; None where none are known.
    crs
        A system in metres for the area.
    """

    near: Bounds | None = None
    places: Mapping[str, Any] = field(default_factory=dict[str, Any])
    streets: "KDTree | None" = None
    crs: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """The system in which a layer lies on known ground, and how that was found out."""

    system: System
    reason: Text


def known_of(
    layers: Iterable[gpd.GeoDataFrame], near: Bounds | None, lines: Sequence[Any] = ()
) -> Known:
    """Return what is known by layers in WGS 84, and lines of real streets.

    Parameters
    ----------
    layers
        Features with `name_zh`, `name_en`, and `accuracy_m` where known.
    near
        The area that one works in; None for that of the layers.
    lines
        Streets in WGS 84.
    """
    places: dict[str, Any] = {}
    for table in layers:
        accurate = table["accuracy_m"] if "accuracy_m" in table else [0.0] * len(table)
        for row, accuracy, shape in zip(range(len(table)), accurate, table.geometry, strict=True):
            if shape is None or shape.is_empty or (accuracy and accuracy > _ACCURATE_M):
                continue
            for column in ("name_zh", "name_en"):
                name = plain_whole(table[column].iloc[row] or "") if column in table else ""
                if len(name) > 1:
                    same = name in places and places[name] is not shape
                    places[name] = None if same else shape
    box, shapes = near, [shape for shape in places.values() if shape is not None]
    if box is None and shapes:
        west, south, east, north = map(float, shapely.total_bounds(shapes))
        box = (west, south, east, north)
    middle = (105.0, 30.0) if box is None else ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    crs = geo.metric_crs(middle)
    along = _along(lines, crs)
    if not len(along):
        return Known(box, places, None, crs)
    from scipy.spatial import KDTree  # slow, and most files say where they lie

    return Known(box, places, KDTree(along), crs)


def match(
    shapes: Shapes, names: Sequence[Any], systems: Sequence[System], known: Known
) -> Match | None:
    """Return the one of several systems in which a layer clearly lies best; None where none does.

    Parameters
    ----------
    shapes
        In the file's own coordinates.
    names
        What each is called; empty where unknown, or where nothing is.
    systems
        Those in question.
    known
        What is known of the ground.
    """
    if len(systems) < 2:
        return None
    called = names if len(names) == len(shapes) else [""] * len(shapes)
    return _by_names(shapes, called, systems, known) or _by_streets(shapes, systems, known)


def _by_names(
    shapes: Shapes, names: Sequence[Any], systems: Sequence[System], known: Known
) -> Match | None:
    pairs = [
        (shape, there)
        for shape, name in zip(shapes, names, strict=True)
        if name
        and shape is not None
        and not shape.is_empty
        and (there := known.places.get(plain_whole(name))) is not None
    ]
    if len(pairs) < _NAMES_NEEDED:
        return None
    at = shapely.get_coordinates(shapely.centroid([shape for shape, _ in pairs]))
    there = [
        shapely.transform(shape, lambda xy: geo.to_metric(xy, known.crs)) for _, shape in pairs
    ]
    away: list[float] = []
    for system in systems:
        lonlat, inside = located(at, system)
        xy = geo.to_metric(lonlat, known.crs)
        xy[~inside | ~np.isfinite(xy).all(axis=1)] = 1e9
        away.append(float(np.median(shapely.distance(shapely.points(xy), there))))
    best, second = np.argsort(away, kind="stable")[:2].tolist()
    if away[best] > _NAMES_WITHIN_M or away[second] - away[best] < _BETTER_M:
        return None
    values = {
        "count": len(pairs),
        "metres": f"{away[best]:,.0f}",
        "other": f"{away[second]:,.0f}",
    }
    return Match(
        systems[best],
        Text(
            "{count} places of the same name lie within {metres} m, in the next best system "
            "{other} m off",
            values,
        ),
    )


def _by_streets(shapes: Shapes, systems: Sequence[System], known: Known) -> Match | None:
    if known.streets is None:
        return None
    kinds = ("LineString", "MultiLineString")
    lines = [one for one in shapes if one is not None and one.geom_type in kinds]
    shares: list[float] = []
    for system in systems:
        along = _along(
            [shapely.transform(one, lambda xy, s=system: located(xy, s)[0]) for one in lines],
            known.crs,
        )
        if len(along) < _SAMPLES_NEEDED:
            return None
        distance = known.streets.query(along, distance_upper_bound=_ON_STREET_M)[0]
        shares.append(float(np.isfinite(distance).mean()))
    best, second = np.argsort([-one for one in shares], kind="stable")[:2].tolist()
    if shares[best] < _SHARE_NEEDED or shares[best] - shares[second] < _SHARE_BETTER:
        return None
    values = {"share": f"{100 * shares[best]:.0f}", "other": f"{100 * shares[second]:.0f}"}
    return Match(
        systems[best],
        Text(
            "{share} % of its lines lie on known streets, in the next best system {other} %", values
        ),
    )


def _along(lines: Sequence[Any], crs: str) -> Doubles:
    """Return points along lines, at most so far apart, in metres of a system."""
    if not len(lines):
        return np.zeros((0, 2))
    metric = shapely.transform(np.asarray(lines, dtype=object), lambda xy: geo.to_metric(xy, crs))
    dense = shapely.get_coordinates(dense_lines(metric, _STEP_M))
    return dense[np.isfinite(dense).all(axis=1)]
