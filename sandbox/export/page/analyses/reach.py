"""Isochrones as a page draws them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from sandbox.analysis.isochrone import Isochrone, cutoff_ms
from sandbox.draw.theme import Theme, band_colours, lines_share, mixed, tokens
from sandbox.engine.search import NEVER_MS, Reached
from sandbox.export.page.drawing import in_both
from sandbox.export.page.geometry import Feature, feature
from sandbox.geo.crs import to_lonlat

Doubles = npt.NDArray[np.float64]


def origin_outline(area: BaseGeometry) -> Feature:
    """Return an origin that is an area, WGS 84, as a page draws it: its outline, no pin."""

    def style(theme: Theme) -> dict[str, Any]:
        colour = theme.colour("origin")
        return {"color": colour, "weight": 2.6, "fillColor": colour, "fillOpacity": 0.1}

    return feature(area, {"style": in_both(style)})


def lit_looks(
    minutes: Sequence[float], theme: Theme, opacity: float | None
) -> list[dict[str, Any]]:
    """Return how the streets passed in each band are drawn.

    `opacity` is that of the bands' areas, 0-1; None leaves it to the theme.
    """
    bands = tokens()["bands"]
    near, far = bands["street_alpha"]
    before = (0.0, *minutes[:-1])
    return [
        {
            "colour": mixed(colour, "#FFFFFF", 0.30) if theme.dark else colour,
            "px": bands["street_px"],
            "alpha": (near + (far - near) * (start + end) / 2 / minutes[-1]) * lines_share(opacity),
        }
        for start, end, colour in zip(
            before, minutes, band_colours(theme, len(minutes)), strict=True
        )
    ]


def passed_lines(isochrone: Isochrone) -> list[list[list[int]]]:
    """Return for each band the streets that are passed in it.

    Each line is a row of longitudes and latitudes in units of 0.00001 degrees, every point
    told from the one before it.
    """
    found: list[list[list[int]]] = []
    before = 0
    for minutes in isochrone.minutes:
        cutoff = cutoff_ms(minutes)
        xy = passed_between(isochrone.reached, before, cutoff)
        lines: list[list[int]] = []
        if len(xy):
            parts: Any = shapely.linestrings(xy)
            merged: Any = shapely.line_merge(shapely.multilinestrings(parts))
            for line in shapely.get_parts(merged):
                lonlat = to_lonlat(shapely.get_coordinates(line), isochrone.crs)
                whole = np.rint(lonlat * 1e5).astype(np.int64)
                lines.append(np.diff(whole, axis=0, prepend=0).ravel().tolist())
        found.append(lines)
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
