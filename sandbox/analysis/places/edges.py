"""Where places are entered: their gates, or their edges, and the streets that cross these."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from sandbox.analysis.places.place import Place
from sandbox.engine.network import Network
from sandbox.geo import crs as geo
from sandbox.geo.shapes import dense_lines, prepared_copy
from sandbox.streets.streets import Streets

# Points of an edge that a place may be entered at: near enough that a walker can't tell.
_EDGE_STEP_M: Final = 10.0
# Of a longer edge only what lies near streets is looked at.
_WHOLE_EDGE_M: Final = 20_000.0
# Numbers of the kinds of points among shapely's kinds of shapes.
_POINTS: Final = (0, 4)


def entered_at(
    network: Network, every: Sequence[Place], snap_m: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64], list[tuple[int, BaseGeometry]]]:
    """Return points where places are entered, in metres, whose each is, and edges with theirs."""
    gated = np.array([one.measured == "gate" for one in every], dtype=np.bool_)
    drawn: Any = np.empty(len(every), dtype=object)
    drawn[:] = [one.gates if gate else one.shape for one, gate in zip(every, gated, strict=True)]
    # All at once: a call for each place takes longer than the search for all of them.
    metric: Any = shapely.transform(drawn, lambda lonlat: geo.to_metric(lonlat, network.crs))
    edged = ~gated & ~shapely.is_empty(drawn) & ~np.isin(shapely.get_type_id(drawn), _POINTS)
    rows = np.flatnonzero(edged)
    area = shapely.get_dimensions(metric[rows]) == 2
    edge: Any = metric[rows]
    edge[area] = shapely.boundary(edge[area])
    long = shapely.length(edge) > _WHOLE_EDGE_M
    if long.any():
        west, south, east, north = network.streets.bounds
        near = shapely.box(west - snap_m, south - snap_m, east + snap_m, north + snap_m)
        edge[long] = shapely.intersection(edge[long], near)
    metric[rows] = dense_lines(edge, _EDGE_STEP_M)
    xy, place = shapely.get_coordinates(metric, return_index=True)
    return xy, place.astype(np.int64), list(zip(rows.tolist(), edge.tolist(), strict=True))


def crossings(
    streets: Streets,
    segments: npt.NDArray[np.int64],
    edges: Sequence[tuple[int, BaseGeometry]],
) -> tuple[npt.NDArray[Any], ...]:
    """Return where segments cross the edges of places: points, places and segments."""
    if not edges:
        none = np.empty(0, np.int64)
        return np.empty((0, 2)), none, none
    ends = streets.node_xy[streets.segment_nodes[segments]]
    west, south = np.ascontiguousarray(ends.min(axis=1).T)
    east, north = np.ascontiguousarray(ends.max(axis=1).T)
    points: list[npt.NDArray[np.float64]] = [np.empty((0, 2))]
    place, crossed = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for number, edge in edges:
        low_x, low_y, high_x, high_y = edge.bounds
        near = np.flatnonzero(
            (west <= high_x) & (south <= high_y) & (east >= low_x) & (north >= low_y)
        )
        lines: Any = shapely.linestrings(ends[near])
        touched = shapely.intersects(prepared_copy(edge), lines)
        near, lines = near[touched], lines[touched]
        where = shapely.intersection(lines, edge)
        at, which = shapely.get_coordinates(where, return_index=True)
        points.append(at)
        place.append(np.full(len(at), number))
        crossed.append(segments[near[which]])
    return np.concatenate(points), np.concatenate(place), np.concatenate(crossed)
