"""Isochrones as folium groups."""

from dataclasses import dataclass
from typing import Any, Final

import folium
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from sandbox.analysis.isochrone import Isochrone, cutoff_ms
from sandbox.draw.answers.bands import contour_colour
from sandbox.draw.theme import (
    Theme,
    band_alphas,
    band_colours,
    lines_share,
    mixed,
    readable_on,
    tokens,
)
from sandbox.engine.search import NEVER_MS, Reached
from sandbox.export.page.geometry import Feature, feature
from sandbox.export.page.overlays import add_geojson
from sandbox.geo.crs import to_lonlat
from sandbox.geo.shapes import to_lonlat as lonlat_shape
from sandbox.words import Bilingual, Text, both

Doubles = npt.NDArray[np.float64]

# Dims what lies outside; larger than any screen at the farthest zoom.
_AROUND_DEG: Final = 8.0
# Minute tags stand to the upper left, where the screen puts them too.
_TAG_TOWARD: Final = (-0.86, 0.5)
_TAG_SPOTS: Final = 60


@dataclass(frozen=True, slots=True)
class Tag:
    """The minutes of a contour: where they may stand, best first, and what they say."""

    spots_lonlat: Doubles
    colour: str
    ink: str
    words: Bilingual


def add_reach(
    page_map: folium.Map, isochrone: Isochrone, opacity: float | None, theme: Theme
) -> folium.FeatureGroup:
    """Add an isochrone: dimmed surroundings, rings, lit streets, contours.

    `opacity` is that of the bands' areas, 0-1; None leaves it to the theme.
    """
    group = folium.FeatureGroup(name="reach")
    group.add_to(page_map)
    areas = [lonlat_shape(area, isochrone.crs) for area in isochrone.areas]
    if all(area.is_empty for area in areas):
        return group
    count = len(areas)
    colours, alphas = band_colours(theme, count), band_alphas(theme, count, opacity)
    lines = lines_share(opacity)
    add_geojson(group, [_dim(areas[-1], theme, lines)], "dim")
    rings: list[Feature] = []
    inner: Any = MultiPolygon()
    for area, colour, alpha, minutes in zip(areas, colours, alphas, isochrone.minutes, strict=True):
        style = {"fillColor": colour, "fillOpacity": alpha, "stroke": False}
        rings.append(feature(shapely.difference(area, inner), {"minutes": minutes, "style": style}))
        inner = area
    add_geojson(group, rings, "bands")
    add_geojson(group, _lit(isochrone, colours, theme, lines), "lit")
    add_geojson(group, _outlines(areas, colours, isochrone, theme, lines), "outlines")
    if isochrone.origin.is_area:
        add_geojson(group, [origin_outline(isochrone.origin.shape, theme)], "outlines")
    return group


def origin_outline(area: BaseGeometry, theme: Theme) -> Feature:
    """Return an origin that is an area, WGS 84, as a page draws it: its outline, no pin."""
    colour = theme.colour("origin")
    style = {"color": colour, "weight": 2.6, "fillColor": colour, "fillOpacity": 0.1}
    return feature(area, {"style": style})


def _dim(outer: BaseGeometry, theme: Theme, opacity: float) -> Feature:
    west, south, east, north = outer.bounds
    around = shapely.box(
        west - _AROUND_DEG, south - _AROUND_DEG, east + _AROUND_DEG, north + _AROUND_DEG
    )
    style = {
        "fillColor": "#000000" if theme.dark else theme.colour("ground"),
        "fillOpacity": theme.number("dim_outside", 0.2) * opacity,
        "stroke": False,
    }
    return feature(shapely.difference(around, outer), {"style": style})


def _outlines(
    areas: list[BaseGeometry],
    colours: list[str],
    isochrone: Isochrone,
    theme: Theme,
    opacity: float,
) -> list[Feature]:
    bands = tokens()["bands"]
    found: list[Feature] = []

    def add(area: BaseGeometry, colour: str, px: float, alpha: float, **more: Any) -> None:
        style = {
            "fill": False,
            "color": colour,
            "weight": px,
            "opacity": alpha * opacity,
            "lineJoin": "round",
        }
        found.append(feature(area, {**more, "style": style}))

    if theme.dark:
        for px, alpha in zip(bands["glow_px"], bands["glow_alpha"], strict=True):
            add(areas[-1], colours[-1], px, alpha)
    for area in areas:
        add(area, theme.colour("halo"), bands["outline_halo_px"], 0.6)
    told = zip(areas, colours, isochrone.minutes, isochrone.areas_km2, strict=True)
    for area, colour, minutes, area_km2 in told:
        strong = contour_colour(colour, theme)
        add(area, strong, bands["outline_px"], 1.0, minutes=minutes, area_km2=round(area_km2, 6))
    return found


def _lit(isochrone: Isochrone, colours: list[str], theme: Theme, opacity: float) -> list[Feature]:
    """Return the reached streets in the colours of their bands."""
    bands = tokens()["bands"]
    near, far = bands["street_alpha"]
    found: list[Feature] = []
    before = 0
    for minutes, colour in zip(isochrone.minutes, colours, strict=True):
        cutoff = cutoff_ms(minutes)
        xy = passed_between(isochrone.reached, before, cutoff)
        share = (before + cutoff) / 2 / cutoff_ms(isochrone.minutes[-1])
        style = {
            "color": mixed(colour, "#FFFFFF", 0.30) if theme.dark else colour,
            "weight": bands["street_px"],
            "opacity": (near + (far - near) * share) * opacity,
        }
        if len(xy):
            lines: Any = shapely.linestrings(xy)
            merged: Any = shapely.line_merge(shapely.multilinestrings(lines))
            found.append(feature(lonlat_shape(merged, isochrone.crs), {"style": style}))
        before = cutoff
    return found


def passed_between(reached: Reached, from_ms: int, to_ms: int) -> Doubles:
    """Return the street pieces that are passed between two times.

    Each part of a street is passed from one end or from both; where the two meet it is
    passed last.

    Parameters
    ----------
    reached
        What a search reached.
    from_ms, to_ms
        Times since the start.

    Returns
    -------
    array
        Metres, shape ``(k, 2, 2)``.
    """
    ms, cost = reached.ms.astype(np.float64), np.maximum(reached.cost_ms, 1).astype(np.float64)
    ms[reached.ms == NEVER_MS] = np.inf
    ahead, back = ms[:, 0], ms[:, 1]
    with np.errstate(invalid="ignore"):
        meet = (back + cost[:, 1] - ahead) / (cost[:, 0] + cost[:, 1])
    meet = np.where(np.isinf(ahead), 0.0, np.where(np.isinf(back), 1.0, np.clip(meet, 0.0, 1.0)))

    def share(time: int, start: Doubles, full: Doubles, most: Doubles) -> Doubles:
        return np.clip((time - start) / full, 0.0, most)

    first = [share(time, ahead, cost[:, 0], meet) for time in (from_ms, to_ms)]
    last = [1.0 - share(time, back, cost[:, 1], 1.0 - meet) for time in (to_ms, from_ms)]
    begin, end = np.concatenate([first[0], last[0]]), np.concatenate([first[1], last[1]])
    ends = np.concatenate([reached.ends_xy, reached.ends_xy]).reshape(-1, 2, 2)
    kept = end - begin > 1e-6
    ends, begin, end = ends[kept], begin[kept, None], end[kept, None]
    along = ends[:, 1] - ends[:, 0]
    return np.stack([ends[:, 0] + begin * along, ends[:, 0] + end * along], axis=1)


def tags(isochrone: Isochrone, theme: Theme) -> list[Tag]:
    """Return a tag for each contour, with places along it; to the upper left is best."""
    found: list[Tag] = []
    colours = band_colours(theme, len(isochrone.areas))
    for minutes, colour, area in zip(isochrone.minutes, colours, isochrone.areas, strict=True):
        if area.is_empty:
            continue
        ring = np.asarray(_largest(area).exterior.coords)
        best = np.argsort(-((ring - ring.mean(axis=0)) @ np.array(_TAG_TOWARD)))
        spots = ring[best[:: max(1, len(ring) // _TAG_SPOTS)]]
        words = both(Text("{minutes} min", {"minutes": f"{minutes:g}"}))
        lonlat = to_lonlat(spots, isochrone.crs)
        found.append(Tag(lonlat, colour, readable_on(colour), words))
    return found


def _largest(area: MultiPolygon) -> Polygon:
    return max(area.geoms, key=lambda part: part.area)
