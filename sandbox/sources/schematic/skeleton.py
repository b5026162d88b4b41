"""The skeleton: roads, outlines and rings brought together so that they meet at corners."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from sandbox.engine.kernel import Doubles
from sandbox.sources.schematic.linework import points, segments
from sandbox.sources.schematic.subdivision import OUTLINE, Edge, Subdivision
from sandbox.streets.streets import StreetClass

_ROUND_M: Final = 0.1
_SAME_LINE_M: Final = 0.6


@dataclass(slots=True)
class Skeleton:
    """Lines that wait to be joined, the more important first."""

    lines: list[LineString] = field(default_factory=list[LineString])
    edges: list[Edge] = field(default_factory=list[Edge])

    def add(self, shape: BaseGeometry, edge: Edge) -> None:
        """Add all lines of a shape; outlines of areas are its rings."""
        for part in shapely.get_parts(shape):
            line = shapely.boundary(part) if part.geom_type == "Polygon" else part
            for single in shapely.get_parts(line):
                if single.length > _ROUND_M:
                    self.lines.append(LineString(shapely.get_coordinates(single)))
                    self.edges.append(edge)

    def reach_out(self, limit_m: float) -> None:
        """Lengthen lines that end just short of another line until they meet it."""
        tree = shapely.STRtree(self.lines)
        for i, line in enumerate(self.lines):
            xy = shapely.get_coordinates(line)
            if np.allclose(xy[0], xy[-1]) or self.edges[i].street_class == OUTLINE:
                continue
            ends = [self._nearest(tree, i, xy[end], limit_m) for end in (0, -1)]
            if ends[0] is not None:
                xy = np.vstack([ends[0], xy])
            if ends[1] is not None:
                xy = np.vstack([xy, ends[1]])
            self.lines[i] = LineString(xy)

    def _nearest(
        self, tree: shapely.STRtree, own: int, end: Doubles, limit_m: float
    ) -> Doubles | None:
        place = shapely.points(end)
        found = tree.query(place, predicate="dwithin", distance=limit_m)
        best, best_m = None, limit_m
        for other in np.sort(found).tolist():
            if other == own:
                continue
            away = self.lines[other].distance(place)
            if away < _ROUND_M:
                return None
            if away < best_m - 1e-9:
                best, best_m = other, away
        if best is None:
            return None
        line = self.lines[best]
        on_line = shapely.get_coordinates(line.interpolate(line.project(place)))[0]
        # A little beyond, so that the two surely cross.
        return on_line + (on_line - end) / best_m * 0.5

    def joined(self) -> "Joined":
        """Return the lines cut where they meet, each stretch with the first line's edge."""
        union = shapely.unary_union(np.array(self.lines), grid_size=_ROUND_M)
        parts = [shapely.get_coordinates(part) for part in shapely.get_parts(union)]
        xy, corners = np.unique(
            np.round(np.concatenate(parts) / _ROUND_M).astype(np.int64),
            axis=0,
            return_inverse=True,
        )
        breaks = np.cumsum([len(part) for part in parts])[:-1]
        runs = np.split(corners.reshape(-1), breaks)
        ends = np.concatenate([np.column_stack([run[:-1], run[1:]]) for run in runs])
        ends = np.unique(np.sort(ends, axis=1), axis=0)
        places = xy.astype(np.float64) * _ROUND_M
        return Joined(places, ends, self._edges_at(places[ends].mean(axis=1)))

    def _edges_at(self, middles: Doubles) -> list[Edge]:
        """Return for each place what runs there: of several lines the first added."""
        tree = shapely.STRtree(self.lines)
        places = points(middles)
        hits = tree.query(places, predicate="dwithin", distance=_SAME_LINE_M)
        first = np.full(len(middles), len(self.lines), dtype=np.int64)
        np.minimum.at(first, hits[0], hits[1])
        lost = np.flatnonzero(first == len(self.lines))
        if len(lost):
            first[lost] = tree.nearest(places[lost])
        return [self.edges[i] for i in first.tolist()]


@dataclass(slots=True)
class Joined:
    """Corners and straight edges that meet at corners only."""

    xy: Doubles
    ends: npt.NDArray[np.int64]
    edges: list[Edge]

    def pruned(self, shortest_m: float, fixed: BaseGeometry) -> "Joined":
        """Return it without dead ends shorter than a length, but for those on `fixed`.

        Outlines that lead nowhere go whatever their length; a longer dead end without a
        name is no more than a street.
        """
        kept = np.ones(len(self.ends), dtype=bool)
        edges = list(self.edges)
        length = np.hypot(*(self.xy[self.ends[:, 0]] - self.xy[self.ends[:, 1]]).T)
        at: list[list[int]] = [[] for _ in self.xy]
        for i, (a, b) in enumerate(self.ends.tolist()):
            at[a].append(i)
            at[b].append(i)
        shapely.prepare(fixed)
        loose = [c for c, edges in enumerate(at) if len(edges) == 1]
        while loose:
            corner = loose.pop()
            chain = self._chain(corner, at, kept)
            if not chain:
                continue
            outline = self.edges[chain[0]].street_class == OUTLINE
            if not outline and (
                length[chain].sum() >= shortest_m
                or shapely.dwithin(fixed, shapely.points(self.xy[corner]), 1.0)
            ):
                for i in chain:
                    if edges[i].name < 0 and edges[i].street_class > StreetClass.STREET:
                        edges[i] = Edge(int(StreetClass.STREET))
                continue
            kept[chain] = False
            for i in chain:
                loose += [c for c in self.ends[i].tolist() if _left(at[c], kept) == 1]
        return Joined(self.xy, self.ends[kept], [e for e, k in zip(edges, kept, strict=True) if k])

    def ties(self) -> list[LineString]:
        """Return short lines from each separate piece to the nearest other."""
        count = len(self.xy)
        ones = np.ones(len(self.ends), dtype=np.int8)
        matrix = coo_array((ones, self.ends.T), shape=(count, count)).tocsr()
        _, part = connected_components(matrix, directed=False)
        pieces = np.unique(part[self.ends[:, 0]], return_inverse=True)[1]
        if pieces.max(initial=0) == 0:
            return []
        lines = segments(self.xy[self.ends])
        longest = int(np.bincount(pieces, shapely.length(lines)).argmax())
        found = list[LineString]()
        for piece in range(int(pieces.max()) + 1):
            if piece == longest:
                continue
            own, others = lines[pieces == piece], lines[pieces != piece]
            (mine, theirs), _ = shapely.STRtree(others).query_nearest(
                own, return_distance=True, all_matches=False
            )
            away = shapely.distance(own[mine], others[theirs])
            best = int(away.argmin())
            tie = shapely.shortest_line(own[mine[best]], others[theirs[best]])
            ends = shapely.get_coordinates(tie)
            beyond = (ends[1] - ends[0]) / max(float(away[best]), 1e-9) * 0.5
            found.append(LineString([ends[0] - beyond, ends[1] + beyond]))
        return found

    def _chain(self, corner: int, at: list[list[int]], kept: npt.NDArray[np.bool_]) -> list[int]:
        """Return the edges from a loose corner to the next junction or change of kind."""
        chain = list[int]()
        while True:
            left = [i for i in at[corner] if kept[i] and i not in chain]
            if len(left) != 1 or (chain and _left(at[corner], kept) != 2):
                return chain
            if chain and (self.edges[left[0]].street_class == OUTLINE) != (
                self.edges[chain[0]].street_class == OUTLINE
            ):
                return chain
            chain.append(left[0])
            a, b = self.ends[left[0]].tolist()
            corner = b if a == corner else a

    def subdivision(self) -> Subdivision:
        """Return the plane that the edges divide; what is in pieces is tied together."""
        used = np.unique(self.ends)
        number = np.full(len(self.xy), -1, dtype=np.int64)
        number[used] = np.arange(len(used))
        return Subdivision(self.xy[used], number[self.ends], self.edges)


def _left(edges: list[int], kept: npt.NDArray[np.bool_]) -> int:
    return sum(1 for i in edges if kept[i])
