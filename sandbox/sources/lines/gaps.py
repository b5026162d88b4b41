"""Ends of lines that stop short of others: found, and joined within a tolerance."""

from dataclasses import dataclass, replace
from heapq import heappop, heappush
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from scipy.spatial import KDTree

from sandbox.sources.lines.planar import (
    SAME_M,
    Cuts,
    Doubles,
    Planar,
    Whole,
    cut,
    foot,
    segments_of,
    together,
)

# What streets lead to within so many times the straight distance is no gap: the last
# bend of a dead end, the junction that a short stub hangs on.
_DETOUR: Final = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Gaps:
    """Places on segments that ends stop short of.

    Attributes
    ----------
    end
        Node that ends alone, shape ``(g,)``.
    segment
        Segment that it stops short of.
    share
        The place nearest to the end, as share of the segment's length.
    distance_m
        How far that is.
    """

    end: Whole
    segment: Whole
    share: Doubles
    distance_m: Doubles


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """A network whose ends were joined.

    Attributes
    ----------
    net
        The network.
    moved_xy
        Ends that were moved, where they were, shape ``(m, 2)``.
    moved_line
        Their lines, shape ``(m,)``.
    moved_m
        How far they were moved, shape ``(m,)``.
    """

    net: Planar
    moved_xy: Doubles
    moved_line: Whole
    moved_m: Doubles


def loose_ends(net: Planar) -> Whole:
    """Return the nodes from which there is but one way on."""
    ends = np.unique(np.sort(net.segment_nodes, axis=1), axis=0)
    return np.flatnonzero(np.bincount(ends.ravel(), minlength=len(net.node_xy)) == 1)


def gaps(net: Planar, ends: Whole, within_m: float) -> Gaps:
    """Return the segments within a distance of ends, without what streets lead to anyway.

    Parameters
    ----------
    net
        The network.
    ends
        Its loose ends, shape ``(e,)``.
    within_m
        Distance in metres.
    """
    spots = np.asarray(shapely.points(net.node_xy[ends]), dtype=np.object_)
    tree = shapely.STRtree(segments_of(net.node_xy, net.segment_nodes))
    found = tree.query(spots, predicate="dwithin", distance=within_m).astype(np.int64)
    end, segment = ends[found[0]], found[1]
    own = (net.segment_nodes[segment] == end[:, None]).any(axis=1)
    end, segment = end[~own], segment[~own]
    from_, to = net.segment_nodes[segment].T
    share, place, distance_m = foot(net.node_xy[end], net.node_xy[from_], net.node_xy[to])
    open_ = ~_led_to(net, end, segment, place, distance_m)
    return Gaps(end[open_], segment[open_], share[open_], distance_m[open_])


def _led_to(
    net: Planar, end: Whole, segment: Whole, place: Doubles, distance_m: Doubles
) -> npt.NDArray[np.bool_]:
    """Return which places streets lead to from the ends without much of a way round."""
    led = np.zeros(len(end), dtype=np.bool_)
    if not len(end):
        return led
    ways = np.concatenate([net.segment_nodes, net.segment_nodes[:, ::-1]])
    order = np.argsort(ways[:, 0], kind="stable")
    first = np.searchsorted(ways[order, 0], np.arange(len(net.node_xy) + 1))
    target = ways[order, 1]
    long_m = np.hypot(*(net.node_xy[ways[order, 0]] - net.node_xy[target]).T)
    by_end = np.argsort(end, kind="stable")
    starts = np.flatnonzero(np.diff(end[by_end], prepend=-1))
    for here in np.split(by_end, starts[1:]):
        limit = _DETOUR * float(distance_m[here].max()) + SAME_M
        reached = _reached(int(end[here[0]]), limit, first, target, long_m)
        for gap in here:
            for node in net.segment_nodes[segment[gap]].tolist():
                if node in reached:
                    way_m = reached[node] + float(np.hypot(*(net.node_xy[node] - place[gap])))
                    led[gap] |= way_m <= _DETOUR * distance_m[gap] + SAME_M
    return led


def _reached(
    source: int, limit_m: float, first: Whole, target: Whole, long_m: Doubles
) -> dict[int, float]:
    """Return the nodes within a way along streets, and how long it is (Dijkstra)."""
    reached: dict[int, float] = {}
    queue = [(0.0, source)]
    while queue:
        so_far, node = heappop(queue)
        if node in reached:
            continue
        reached[node] = so_far
        for way in range(int(first[node]), int(first[node + 1])):
            then = so_far + float(long_m[way])
            if then <= limit_m and int(target[way]) not in reached:
                heappush(queue, (then, int(target[way])))
    return reached


def join(net: Planar, snap_m: float) -> Joined:
    """Join loose ends with what lies within a tolerance.

    An end joins all that is near at its own level: other ends, nodes, else the nearest
    place of the line. Where nothing of its level goes on (the foot of a ramp, the head
    of a bridge) it joins what lies there at another, first of all another such end.

    Parameters
    ----------
    net
        The network.
    snap_m
        Tolerance in metres; 0 joins only what is drawn at one place.
    """
    within = max(snap_m, SAME_M)
    ends = loose_ends(net)
    loose = np.zeros(len(net.node_xy), dtype=np.bool_)
    loose[ends] = True
    found = _of_level(net, gaps(net, ends, within), loose, within)
    near_node, far = _nearer_node(net, found)
    by_node = far <= within
    cuts_made = np.flatnonzero(~by_node)
    place_node = len(net.node_xy) + np.arange(len(cuts_made))
    from_, to = net.node_xy[net.segment_nodes[found.segment[cuts_made]]].transpose(1, 0, 2)
    places = from_ + found.share[cuts_made, None] * (to - from_)
    joins = near_node.copy()
    joins[cuts_made] = place_node
    node_xy = np.concatenate([net.node_xy, places])
    level = np.concatenate(
        [net.node_level, net.node_level[net.segment_nodes[found.segment[cuts_made], 0]]]
    )
    rank = np.concatenate([loose, np.zeros(len(places), dtype=np.bool_)])
    number, kept = together(node_xy, np.stack([found.end, joins], axis=1), rank)
    cuts = Cuts(found.segment[cuts_made], found.share[cuts_made], number[place_node])
    segment_nodes, of = cut(number[net.segment_nodes], cuts)
    joined = replace(
        net,
        node_xy=node_xy[kept],
        node_level=level[kept],
        segment_nodes=segment_nodes,
        line=net.line[of],
        end_node=number[net.end_node],
    )
    moved = np.unique(found.end)
    moved_m = np.hypot(*(joined.node_xy[number[moved]] - net.node_xy[moved]).T)
    moved, moved_m = moved[moved_m > SAME_M], moved_m[moved_m > SAME_M]
    return Joined(joined, net.node_xy[moved], lines_at(net)[moved], moved_m)


def lines_at(net: Planar) -> Whole:
    """Return the first line at each node; of a loose end its own."""
    at = np.full(len(net.node_xy), np.iinfo(np.int64).max)
    np.minimum.at(at, net.segment_nodes, net.line[:, None])
    return at


def apart(net: Planar) -> Whole:
    """Return pairs of nodes of different levels at one place, at each of which lines end."""
    ending = np.unique(net.end_node)
    pairs = KDTree(net.node_xy[ending]).query_pairs(SAME_M, output_type="ndarray")
    return ending[pairs.astype(np.int64)].reshape(-1, 2)


def _of_level(net: Planar, found: Gaps, loose: npt.NDArray[np.bool_], within: float) -> Gaps:
    """Return the gaps to close: of an end's level all, else the best one to another level."""
    near_node, far = _nearer_node(net, found)
    steps = np.abs(net.node_level[near_node] - net.node_level[found.end])
    at_end = loose[near_node] & (far <= within)
    order = np.lexsort((found.distance_m, steps, ~at_end, steps > 0, found.end))
    first = np.diff(found.end[order], prepend=-1) != 0
    # Where two of them are drawn to one place, they meet there, whatever else is near.
    one_place = at_end & (far <= SAME_M)
    chosen = np.sort(order[first | (steps[order] == 0) | one_place[order]])
    return Gaps(
        found.end[chosen], found.segment[chosen], found.share[chosen], found.distance_m[chosen]
    )


def _nearer_node(net: Planar, found: Gaps) -> tuple[Whole, Doubles]:
    """Return that end of each gap's segment which is nearer, and how far it is."""
    nodes = net.segment_nodes[found.segment]
    far = np.hypot(*np.moveaxis(net.node_xy[nodes] - net.node_xy[found.end][:, None], 2, 0))
    side = far.argmin(axis=1)
    row = np.arange(len(nodes))
    return nodes[row, side], far[row, side]
