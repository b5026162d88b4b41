"""Geometry made lean for a page: rounded, thinned, and as GeoJSON."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from sandbox.draw.ground.chains import chain
from sandbox.geo.crs import to_lonlat, to_metric
from sandbox.geo.shapes import cut_at_180
from sandbox.streets.streets import StreetClass, Streets, Structure

# 0.00001 degrees are about 1.1 m: less than a pixel at all but the last zoom.
DECIMALS: Final = 5
_THINNED_M: Final = 1.2
# More streets than these weigh too much for a telephone; those nearest the view stay.
_MOST_SEGMENTS: Final = 120_000

Feature = dict[str, Any]


def feature(shape: BaseGeometry, properties: Mapping[str, Any]) -> Feature:
    """Return a GeoJSON feature of a WGS 84 shape, its coordinates rounded."""
    return {
        "type": "Feature",
        "properties": dict(properties),
        "geometry": geojson(shape),
    }


def geojson(shape: BaseGeometry) -> dict[str, Any]:
    """Return a WGS 84 shape as GeoJSON, its coordinates rounded to `DECIMALS`."""
    kind = shape.geom_type
    if kind == "Point":
        return {"type": kind, "coordinates": _rounded(shapely.get_coordinates(shape))[0]}
    if kind in ("LineString", "LinearRing"):
        return {"type": "LineString", "coordinates": _path(shape)}
    if kind == "Polygon":
        rings = [_path(ring) for ring in shapely.get_rings(shape)]
        return {"type": kind, "coordinates": rings}
    parts = [geojson(part) for part in shapely.get_parts(shape)]
    if kind.startswith("Multi"):
        return {"type": kind, "coordinates": [part["coordinates"] for part in parts]}
    return {"type": kind, "geometries": parts}


def _path(line: BaseGeometry) -> list[list[float]]:
    """Return a line's or ring's points, without those that rounding lays on their neighbour."""
    points = np.round(shapely.get_coordinates(line), DECIMALS)
    moved = np.concatenate([[True], np.any(np.diff(points, axis=0) != 0, axis=1)])
    fewest = 4 if line.geom_type == "LinearRing" else 2
    return _rounded(points[moved] if moved.sum() >= fewest else points)


def _rounded(points: npt.NDArray[np.float64]) -> list[list[float]]:
    return [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in points.tolist()]


def street_lines(
    streets: Streets, center_lonlat: tuple[float, float]
) -> tuple[dict[tuple[StreetClass, bool], BaseGeometry], float | None]:
    """Return street geometry by class, in as few and long lines as there can be.

    Parameters
    ----------
    streets
        The network in use.
    center_lonlat
        Where the page looks first; of a network too large for a page, what is near stays.

    Returns
    -------
    lines
        WGS 84 lines by class and whether in a tunnel.
    within_m
        How far from the centre streets were kept; None where all were.
    """
    near, within_m = _near(streets, center_lonlat)
    chains = chain(near).simplified(_THINNED_M, 0.0)
    lonlat = to_lonlat(chains.xy, streets.crs)
    counts = np.diff(chains.starts)
    every: Any = shapely.linestrings(lonlat, indices=np.repeat(np.arange(len(counts)), counts))
    tunnel = chains.structure == Structure.TUNNEL
    lines: dict[tuple[StreetClass, bool], BaseGeometry] = {}
    for street_class in np.unique(chains.street_class).tolist():
        for below in (False, True):
            chosen = every[(chains.street_class == street_class) & (tunnel == below)]
            if len(chosen):
                whole: Any = shapely.multilinestrings(chosen)
                lines[StreetClass(street_class), below] = cut_at_180(whole)
    return lines, within_m


def _near(streets: Streets, center_lonlat: tuple[float, float]) -> tuple[Streets, float | None]:
    """Return the streets nearest a place, and how far they go where not all are kept."""
    ends = streets.segment_nodes
    if len(ends) <= _MOST_SEGMENTS:
        return streets, None
    middle = streets.node_xy[ends].mean(axis=1)
    away_m = np.hypot(*(middle - to_metric(center_lonlat, streets.crs)).T)
    kept = np.sort(np.argpartition(away_m, _MOST_SEGMENTS)[:_MOST_SEGMENTS])
    return (
        replace(
            streets,
            segment_nodes=ends[kept],
            length_m=streets.length_m[kept],
            street_class=streets.street_class[kept],
            structure=streets.structure[kept],
            access=streets.access[kept],
            name=streets.name[kept],
        ),
        float(away_m[kept].max()),
    )
