"""Places where lines may not be joined as they were meant, as a layer one can look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from sandbox.geo import crs as geo
from sandbox.geo import shapes
from sandbox.sources.lines.gaps import Joined, apart, gaps, lines_at, loose_ends
from sandbox.sources.lines.planar import Planar
from sandbox.streets.assemble import PART_M, kept_nodes
from sandbox.words import Text, words_of

Objects = npt.NDArray[np.object_]
Whole = npt.NDArray[np.int64]


class Drawing(NamedTuple):
    """Single lines in metres, and those without a length.

    Attributes
    ----------
    crs
        Metric system.
    lines
        `shapely` lines, shape ``(k,)``.
    row
        Row of the file that each comes from, from 0, shape ``(k,)``.
    short
        Lines without a length.
    short_row
        Their rows.
    """

    crs: str
    lines: Objects
    row: Whole
    short: Objects
    short_row: Whole


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place where lines may not be joined as they were meant.

    Attributes
    ----------
    kind
        One of `KINDS`.
    shape
        Where, WGS 84.
    row
        Row of the line in the file, from 1.
    level
        Its level.
    near_row
        Row of the other line; 0 where there is none.
    distance_m
        How far that is, how far an end was moved, or how long what it stands for is.
    """

    # In the order of what needs looking at.
    KINDS: ClassVar[tuple[str, ...]] = (
        "near_miss",  # a line ends alone, and another is near
        "levels_apart",  # lines of several levels end at one place and weren't joined
        "island",  # lines that the largest part doesn't reach
        "no_return",  # cars don't get both there and back: one-way streets, or no street
        "dangling",  # a line ends alone: a dead end, or a missing line
        "joined",  # an end was moved to another line, within the tolerance
        "repeated",  # a line that others cover wholly
        "no_length",  # a line without a length
    )

    kind: str
    shape: BaseGeometry
    row: int
    level: int
    near_row: int = 0
    distance_m: float = 0.0


_NAMES: Final = {
    "near_miss": Text("Near miss"),
    "levels_apart": Text("Different levels"),
    "island": Text("Island"),
    "no_return": Text("Not connected both ways"),
    "dangling": Text("Loose end"),
    "joined": Text("Joined end"),
    "repeated": Text("Duplicate line"),
    "no_length": Text("Zero length"),
}
_NOTES: Final = {
    "near_miss": "Row {row} ends {distance} m from row {near}.",
    "levels_apart": "Row {row} and row {near} end here at different levels and aren't joined.",
    "island": "{distance} m of streets not connected to the largest part, starting with row {row}.",
    "no_return": "Cars can't both reach row {row} and return.",
    "dangling": "Row {row} ends without a connection.",
    "joined": "The end of row {row} was moved by {distance} m to another line.",
    "repeated": "Row {row} is fully covered by other lines.",
    "no_length": "Row {row} has no length.",
}


def doubts(  # noqa: PLR0917
    drawing: Drawing,
    joined: Joined,
    twice: Whole,
    level: Whole,
    snap_m: float,
    near_m: float,
    driven: npt.NDArray[np.bool_],
) -> list[Doubt]:
    """Return the doubtful places of a network of lines.

    Parameters
    ----------
    drawing
        The lines.
    joined
        Their network.
    twice
        Lines that others go all the way of.
    level
        Level of each line, shape ``(k,)``.
    snap_m
        Stubs beyond a junction that are no longer than this are none.
    near_m
        Loose ends within so many metres of another line are near misses.
    driven
        Whether cars may go along each segment and against it, shape ``(s, 2)``.
    """
    row, net = drawing.row + 1, joined.net
    line_at = lines_at(net)
    degrees = shapely.transform(drawing.lines, lambda xy: geo.to_lonlat(xy, drawing.crs))
    across = np.flatnonzero(np.ptp(shapely.bounds(degrees)[:, ::2], axis=1) > 180.0)
    degrees[across] = [shapes.cut_at_180(degrees[one]) for one in across]

    def points(xy: npt.NDArray[np.float64]) -> list[Any]:
        return [Point(lonlat) for lonlat in geo.to_lonlat(xy.reshape(-1, 2), drawing.crs)]

    def at(kind: str, place: Any, line: Any, other: Any = -1, distance_m: float = 0.0) -> Doubt:
        near = int(row[other]) if other >= 0 else 0
        return Doubt(kind, place, int(row[line]), int(level[line]), near, round(distance_m, 3))

    ends = _ends(net, snap_m)
    ends = ends[np.argsort(line_at[ends], kind="stable")]
    found = gaps(net, ends, near_m)
    order = np.lexsort((found.distance_m, found.end))
    nearest = order[np.flatnonzero(np.diff(found.end[order], prepend=-1))]
    near = {int(found.end[gap]): gap for gap in nearest.tolist()}
    told: set[frozenset[int]] = set()
    made: list[Doubt] = []
    for end, place in zip(ends.tolist(), points(net.node_xy[ends]), strict=True):
        gap = near.get(end)
        if gap is None:
            made.append(at("dangling", place, line_at[end]))
            continue
        # Two ends that nearly meet are one near miss.
        share, side = found.share[gap], int(found.share[gap] > 0.5)
        missed = int(net.segment_nodes[found.segment[gap], side]) if share in (0.0, 1.0) else -1
        if frozenset((end, missed)) not in told:
            told.add(frozenset((end, missed)))
            other, far = net.line[found.segment[gap]], float(found.distance_m[gap])
            made.append(at("near_miss", place, line_at[end], other, far))
    pairs = apart(net)
    for lines, place in zip(line_at[pairs], points(net.node_xy[pairs[:, 0]]), strict=True):
        made.append(at("levels_apart", place, lines.min(), lines.max()))
    moved = zip(points(joined.moved_xy), joined.moved_line, joined.moved_m, strict=True)
    made += [at("joined", place, line, distance_m=float(far)) for place, line, far in moved]
    made += [at("repeated", degrees[line], line) for line in twice.tolist()]
    apart_from_all = _islands(net)
    # A short island is left out whole, and told as that.
    left_out = [lines for lines, long_m in apart_from_all if long_m < PART_M]
    on_islands = np.concatenate([np.empty(0, np.int64), *left_out])
    stuck = np.setdiff1d(_without_return(net, driven, drawing.crs), on_islands)
    made += [at("no_return", degrees[line], line) for line in stuck.tolist()]
    for lines, long_m in apart_from_all:
        shape = shapely.multilinestrings(degrees[lines].tolist())
        made.append(at("island", shape, int(lines[0]), distance_m=long_m))
    short = points(shapely.get_coordinates(shapely.get_point(drawing.short, 0)))
    made += [
        Doubt("no_length", place, int(number) + 1, 0)
        for place, number in zip(short, drawing.short_row, strict=True)
    ]
    return sorted(made, key=lambda one: (Doubt.KINDS.index(one.kind), one.row))


def layer(found: Sequence[Doubt], source: str) -> gpd.GeoDataFrame:
    """Return doubtful places as a layer with the columns that every layer of the map has.

    Parameters
    ----------
    found
        The places.
    source
        File that they are of.
    """
    zh, en = words_of("zh"), words_of("en")
    rows: list[dict[str, Any]] = []
    for number, one in enumerate(found, 1):
        told = {"row": one.row, "near": one.near_row, "distance": f"{one.distance_m:.2f}"}
        note = Text(_NOTES[one.kind], told)
        rows.append(
            {
                "id": f"{one.kind}_{number}",
                "name_zh": _NAMES[one.kind].said(zh),
                "name_en": _NAMES[one.kind].said(en),
                "kind": one.kind,
                "status": "operating",
                "opened": None,
                "source": source,
                "accuracy_m": 1.0,
                "note_zh": note.said(zh),
                "note_en": note.said(en),
                "row": one.row,
                "near_row": one.near_row or None,
                "level": one.level,
                "distance_m": one.distance_m,
            }
        )
    columns = None if rows else [*_EMPTY]
    shapes = gpd.GeoSeries([one.shape for one in found], crs=geo.WGS84)
    return gpd.GeoDataFrame(rows, columns=columns, geometry=shapes)


_EMPTY: Final = (
    "id", "name_zh", "name_en", "kind", "status", "opened", "source", "accuracy_m", "note_zh",
    "note_en", "row", "near_row", "level", "distance_m",
)  # fmt: skip


def _ends(net: Planar, snap_m: float) -> Whole:
    """Return loose ends but those of stubs beyond a junction, within the tolerance."""
    ends = loose_ends(net)
    count = np.bincount(net.segment_nodes.ravel(), minlength=len(net.node_xy))
    loose = np.zeros(len(net.node_xy), dtype=np.bool_)
    loose[ends] = True
    a, b = net.segment_nodes.T
    long_m = np.hypot(*(net.node_xy[a] - net.node_xy[b]).T)
    stub = np.zeros(len(net.node_xy), dtype=np.bool_)
    for end, other in ((a, b), (b, a)):
        stub[end[(long_m <= snap_m) & loose[end] & (count[other] > 2)]] = True
    return ends[~stub[ends]]


def _without_return(net: Planar, driven: npt.NDArray[np.bool_], crs: str) -> Whole:
    """Return the lines that cars may use, but that the network has to leave out for them."""
    if not driven.any():
        return np.empty(0, dtype=np.int64)
    a, b = net.segment_nodes.T
    lonlat = geo.to_lonlat(net.node_xy, crs)
    long_m = geo.length_m(lonlat[a], lonlat[b])
    kept, _, _ = kept_nodes(len(lonlat), net.segment_nodes, driven[:, 0], driven[:, 1], long_m)
    return np.unique(net.line[~(kept[a] & kept[b]) & driven.any(axis=1)])


def _islands(net: Planar) -> list[tuple[Whole, float]]:
    """Return the lines and the length of each part but the longest."""
    a, b = net.segment_nodes.T
    count = len(net.node_xy)
    links = coo_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=(count, count))
    part = connected_components(links.tocsr(), directed=False)[1][a]
    long_m = np.hypot(*(net.node_xy[a] - net.node_xy[b]).T)
    whole_m = np.bincount(part, long_m)
    longest = int(whole_m.argmax())
    order = np.lexsort((net.line, part))
    starts = np.flatnonzero(np.diff(part[order], prepend=-1))
    return [
        (np.unique(net.line[here]), float(whole_m[part[here[0]]]))
        for here in np.split(order, starts[1:])
        if part[here[0]] != longest
    ]
