"""Lines that were drawn one by one → straight segments that meet where lines of a level do."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from sandbox.errors import NetworkError

Doubles = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

# Places nearer than this are one in any drawing: rounding puts them apart.
SAME_M: Final = 0.001
# Lines nearer to parallel than this (sine of the angle) meet where either of them bends or
# ends, which is found without cutting them with each other.
_PARALLEL: Final = 1e-7
_AT_ONCE: Final = 512
_MAX_CROSSINGS: Final = 5_000_000
# Those that only share an end are found too: thousands of lines from one place are a fan.
_MAX_MEETINGS: Final = 50_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Planar:
    """Straight segments between nodes.

    Attributes
    ----------
    node_xy
        Metres, shape ``(n, 2)``.
    node_level
        Level of each node, shape ``(n,)``.
    segment_nodes
        From and to node of each segment, in the direction of its line, shape ``(s, 2)``.
    line
        Line of each segment, shape ``(s,)``.
    end_node
        Node of each line's start and end, shape ``(k, 2)``.
    crossings
        How many nodes were made where lines cross and none bends or ends.
    """

    node_xy: Doubles
    node_level: Whole
    segment_nodes: Whole
    line: Whole
    end_node: Whole
    crossings: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Cuts:
    """Where segments are cut: which, at which share of their length, at which node."""

    segment: Whole
    share: Doubles
    node: Whole


def planar(lines: npt.NDArray[np.object_], level: Whole) -> Planar:
    """Cut lines where they cross or touch others of their level, or themselves.

    Lines of different levels don't meet, not even where they end at one place.

    Parameters
    ----------
    lines
        `shapely` lines in metres, without Z and without repeated points, shape ``(k,)``.
    level
        Level of each line, shape ``(k,)``.

    Raises
    ------
    NetworkError
        The lines cross each other more often than streets do.
    """
    xy, line = shapely.get_coordinates(lines, return_index=True)
    line = line.astype(np.int64)
    # A place where several lines bend or end is one point for all of them.
    placed = np.column_stack([xy, level[line].astype(np.float64)])
    points, point = np.unique(placed, axis=0, return_inverse=True)
    point = point.reshape(-1).astype(np.int64)
    first = np.flatnonzero(line[1:] == line[:-1])
    ends = np.stack([point[first], point[first + 1]], axis=1)
    # What is drawn several times is looked at once.
    ways, way = np.unique(np.sort(ends, axis=1), axis=0, return_inverse=True)
    shapes = segments_of(points[:, :2], ways)
    tree = shapely.STRtree(shapes)
    touching = _touching(points, ways, tree)
    crossing_xy, crossing_level, crossing = _crossings(points, ways, shapes, tree)
    node_xy = np.concatenate([points[:, :2], crossing_xy])
    node_level = np.concatenate([points[:, 2], crossing_level]).astype(np.int64)
    # Levels lie apart by more than what is one place.
    spread = np.column_stack([node_xy, node_level * 4.0 * SAME_M])
    near = KDTree(spread).query_pairs(SAME_M, output_type="ndarray").astype(np.int64)
    rank = np.arange(len(node_xy)) >= len(points)
    number, kept = together(node_xy, near, rank)
    cuts = Cuts(
        np.concatenate([touching.segment, crossing.segment]),
        np.concatenate([touching.share, crossing.share]),
        number[np.concatenate([touching.node, crossing.node])],
    )
    cuts = _of_each(cuts, way.reshape(-1).astype(np.int64), ends[:, 0] > ends[:, 1])
    segment_nodes, of = cut(number[ends], cuts)
    start = np.flatnonzero(np.diff(line, prepend=-1))
    stop = np.append(start[1:], len(line)) - 1
    return Planar(
        node_xy[kept],
        node_level[kept],
        segment_nodes,
        line[first][of],
        number[point[np.stack([start, stop], axis=1)]],
        len(kept) - len(np.unique(number[: len(points)])),
    )


def segments_of(node_xy: Doubles, ends: Whole) -> npt.NDArray[np.object_]:
    """Return segments as `shapely` lines."""
    return np.asarray(shapely.linestrings(node_xy[ends]), dtype=np.object_)


def together(
    node_xy: Doubles, pairs: Whole, rank: npt.NDArray[Any]
) -> tuple[Whole, npt.NDArray[np.int64]]:
    """Make nodes one that are paired, at the place of the one of least rank among them.

    Returns the new number of each node, and for each new node the old one that it is.
    Of equal rank the most western counts, then the most southern: not the first that
    was drawn.
    """
    links = coo_array(
        (np.ones(len(pairs), dtype=np.int8), (pairs[:, 0], pairs[:, 1])),
        shape=(len(node_xy), len(node_xy)),
    )
    number = connected_components(links.tocsr(), directed=False)[1].astype(np.int64)
    order = np.lexsort((node_xy[:, 1], node_xy[:, 0], rank, number))
    kept = order[np.flatnonzero(np.diff(number[order], prepend=-1))]
    return number, kept


def cut(segment_nodes: Whole, cuts: Cuts) -> tuple[Whole, Whole]:
    """Return segments cut at nodes, and the one that each is a part of; none without length."""
    count = len(segment_nodes)
    every = np.arange(count)
    segment = np.concatenate([every, cuts.segment, every])
    node = np.concatenate([segment_nodes[:, 0], cuts.node, segment_nodes[:, 1]])
    # The ends come before and after all that lies at their places.
    share = np.concatenate([np.full(count, -1.0), cuts.share, np.full(count, 2.0)])
    order = np.lexsort((share, segment))
    segment, node = segment[order], node[order]
    joined = (segment[1:] == segment[:-1]) & (node[1:] != node[:-1])
    return np.stack([node[:-1], node[1:]], axis=1)[joined], segment[1:][joined]


def foot(point_xy: Doubles, from_xy: Doubles, to_xy: Doubles) -> tuple[Doubles, Doubles, Doubles]:
    """Return the nearest place on segments: its share of the length, where it is, how far."""
    way = to_xy - from_xy
    share = ((point_xy - from_xy) * way).sum(axis=1) / (way**2).sum(axis=1)
    share = np.clip(share, 0.0, 1.0)
    place = from_xy + share[:, None] * way
    return share, place, np.hypot(*(point_xy - place).T)


def _of_each(cuts: Cuts, way: Whole, turned: npt.NDArray[np.bool_]) -> Cuts:
    """Return the cuts of ways as those of all segments that go them, either way round."""
    by_way = np.argsort(way, kind="stable")
    first = np.searchsorted(way[by_way], cuts.segment)
    count = np.searchsorted(way[by_way], cuts.segment, side="right") - first
    of = np.repeat(np.arange(len(count)), count)
    within = np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count)
    segment = by_way[first[of] + within]
    share = cuts.share[of]
    return Cuts(segment, np.where(turned[segment], 1.0 - share, share), cuts.node[of])


def _touching(points: Doubles, ends: Whole, tree: shapely.STRtree) -> Cuts:
    """Return where points lie on segments that they aren't an end of."""
    spots = np.asarray(shapely.points(points[:, :2]), dtype=np.object_)
    found = tree.query(spots, predicate="dwithin", distance=SAME_M).astype(np.int64)
    point, segment = found
    from_, to = ends[segment].T
    other = (point != from_) & (point != to) & (points[point, 2] == points[from_, 2])
    point, segment, from_, to = point[other], segment[other], from_[other], to[other]
    share, _, _ = foot(points[point, :2], points[from_, :2], points[to, :2])
    return Cuts(segment, share, point)


def _crossings(
    points: Doubles, ends: Whole, shapes: npt.NDArray[np.object_], tree: shapely.STRtree
) -> tuple[Doubles, Doubles, Cuts]:
    """Return where segments of a level cross each other, the levels, and the cuts.

    The nodes of the cuts are numbered on from the points.
    """
    ones: list[Whole] = []
    others: list[Whole] = []
    held = met = 0
    for start in range(0, len(shapes), _AT_ONCE):
        found = tree.query(shapes[start : start + _AT_ONCE], predicate="intersects")
        one, other = found.astype(np.int64)
        one += start
        a, b, c, d = *ends[one].T, *ends[other].T
        keep = (one < other) & (points[a, 2] == points[c, 2])
        # Those that share an end meet just there.
        keep &= (a != c) & (a != d) & (b != c) & (b != d)
        ones.append(one[keep])
        others.append(other[keep])
        held += len(ones[-1])
        met += len(keep)
        if held > _MAX_CROSSINGS or met > _MAX_MEETINGS:
            raise NetworkError(
                "The lines cross or meet each other more than {count} times.",
                "Give street centre lines, not hatching or contours.",
                count=f"{_MAX_CROSSINGS if held > _MAX_CROSSINGS else _MAX_MEETINGS:,}",
            )
    one = np.concatenate([*ones, np.empty(0, dtype=np.int64)])
    other = np.concatenate([*others, np.empty(0, dtype=np.int64)])
    from_ = points[ends[one, 0], :2]
    ab = points[ends[one, 1], :2] - from_
    cd = points[ends[other, 1], :2] - points[ends[other, 0], :2]
    ac = points[ends[other, 0], :2] - from_
    area = _cross(ab, cd)
    apart = np.abs(area) > _PARALLEL * np.hypot(*ab.T) * np.hypot(*cd.T)
    one, other, from_, ab, cd, ac, area = (
        array[apart] for array in (one, other, from_, ab, cd, ac, area)
    )
    share = np.clip(_cross(ac, cd) / area, 0.0, 1.0)
    share_other = np.clip(_cross(ac, ab) / area, 0.0, 1.0)
    node = len(points) + np.arange(len(one))
    cuts = Cuts(
        np.concatenate([one, other]),
        np.concatenate([share, share_other]),
        np.concatenate([node, node]),
    )
    return from_ + share[:, None] * ab, points[ends[one, 0], 2], cuts


def _cross(a: Doubles, b: Doubles) -> Doubles:
    return a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
