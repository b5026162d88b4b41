"""A small map of a network as inline SVG, as notebooks show it."""

from html import escape
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.streets.streets import StreetClass, Streets

_WIDE_PX: Final = 360.0
_TALL_PX: Final = 300.0
# More lines than these can't be told apart at that size; the main streets come first.
_LINES_AT_MOST: Final = 6_000
_STYLES: Final = (("#c2c8cf", 0.5), ("#8a94a0", 0.9), ("#c46a2b", 1.4))


def sketch(streets: Streets) -> str:
    """Return the streets as an ``<svg>``: small ones grey, arterials and expressways orange."""
    west, south, east, north = streets.bounds
    scale = min(_WIDE_PX / max(east - west, 1.0), _TALL_PX / max(north - south, 1.0))
    ends = streets.node_xy[streets.segment_nodes].astype(np.float64)
    drawn = np.rint((ends - (west, north)) * (scale, -scale) * 10.0) / 10.0
    groups = [
        f'<path d="{_path(drawn[chosen])}" stroke="{colour}" stroke-width="{width}"/>'
        for (colour, width), chosen in zip(_STYLES, _chosen(streets), strict=True)
        if len(chosen)
    ]
    wide, tall = (east - west) * scale, (north - south) * scale
    title = escape(streets.provenance.title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{tall:.0f}" '
        f'viewBox="-2 -2 {wide + 4:.0f} {tall + 4:.0f}" role="img" aria-label="{title}">'
        f'<g fill="none" stroke-linecap="round">{"".join(groups)}</g></svg>'
    )


def _chosen(streets: Streets) -> list[npt.NDArray[np.int64]]:
    """Return the segments of each style, in all no more than can be told apart."""
    rank = streets.street_class.astype(np.int64)
    main = (rank == StreetClass.ARTERIAL) | (rank == StreetClass.EXPRESS)
    middle = (rank == StreetClass.COLLECTOR) | (rank == StreetClass.STREET)
    left, found = _LINES_AT_MOST, list[npt.NDArray[np.int64]]()
    for wanted in (main, middle, ~(main | middle)):
        numbers = np.flatnonzero(wanted)
        step = max(1, -(-len(numbers) // max(left, 1)))
        numbers = numbers[::step] if left else numbers[:0]
        left -= len(numbers)
        found.append(numbers)
    return found[::-1]


def _path(ends: npt.NDArray[np.float64]) -> str:
    return "".join(f"M{a:g} {b:g}L{c:g} {d:g}" for (a, b), (c, d) in ends.tolist())
