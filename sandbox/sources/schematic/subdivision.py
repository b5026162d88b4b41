"""A plane divided into faces by street edges, that stays one while streets are added.

Every edge has a face on each side; faces are rings of corners, anticlockwise. As
edges are added only between corners of one face, streets never cross unless they
share a corner.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.kernel import Doubles

# A boundary that closes faces but is not a street.
OUTLINE: Final = -1
_ROUND_M: Final = 0.1


@dataclass(frozen=True, slots=True)
class Edge:
    """What runs along an edge: a `StreetClass` or `OUTLINE`, and its name's index."""

    street_class: int
    name: int = -1


class Subdivision:
    """Corners, edges and faces of a plane.

    Parameters
    ----------
    xy
        Corners in metres, shape ``(n, 2)``.
    ends
        Corners of each edge, shape ``(m, 2)``; edges meet at corners only.
    edges
        What runs along each edge.
    """

    def __init__(self, xy: Doubles, ends: npt.NDArray[np.int64], edges: list[Edge]) -> None:
        self.corners: list[tuple[float, float]] = [(float(x), float(y)) for x, y in xy]
        self.edges: dict[tuple[int, int], Edge] = {}
        self.rings: dict[int, list[int]] = {}
        self._face: dict[tuple[int, int], int] = {}
        self._degree: list[int] = [0] * len(self.corners)
        for (a, b), edge in zip(ends.tolist(), edges, strict=True):
            self.edges[min(a, b), max(a, b)] = edge
            self._degree[a] += 1
            self._degree[b] += 1
        self._next_face = 0
        self._find_faces()

    def _find_faces(self) -> None:
        around: dict[int, list[int]] = {}
        for a, b in self.edges:
            around.setdefault(a, []).append(b)
            around.setdefault(b, []).append(a)
        after: dict[tuple[int, int], int] = {}
        for corner, others in around.items():
            x, y = self.corners[corner]
            others.sort(key=lambda o: np.arctan2(self.corners[o][1] - y, self.corners[o][0] - x))
            for i, other in enumerate(others):
                # Coming from `other`, the face on the left goes on clockwise of it.
                after[other, corner] = others[i - 1]
        for start in after:
            if start in self._face:
                continue
            ring, half = list[int](), start
            while half not in self._face:
                self._face[half] = self._next_face
                ring.append(half[0])
                half = (half[1], after[half])
            self.rings[self._next_face] = ring
            self._next_face += 1

    def ring_xy(self, face: int) -> Doubles:
        """Return a face's corners in metres, shape ``(k, 2)``."""
        return np.array([self.corners[corner] for corner in self.rings[face]])

    def ring_edges(self, face: int) -> list[Edge]:
        """Return what runs along each edge of a face, by the edge's first corner."""
        ring = self.rings[face]
        return [self.edge(a, b) for a, b in zip(ring, ring[1:] + ring[:1], strict=True)]

    def edge(self, a: int, b: int) -> Edge:
        """Return what runs between two neighbouring corners."""
        return self.edges[(a, b) if a < b else (b, a)]

    def are_joined(self, a: int, b: int) -> bool:
        """Return whether two corners are one, or an edge runs between them."""
        return a == b or ((a, b) if a < b else (b, a)) in self.edges

    def degree(self, corner: int) -> int:
        """Return how many edges meet at a corner."""
        return self._degree[corner]

    def faces(self) -> list[int]:
        """Return all faces that lie inside something, by number."""
        return [face for face in self.rings if _doubled_area(self.ring_xy(face)) > 0.0]

    def insert(self, face: int, position: int, point: tuple[float, float]) -> int:
        """Put a corner on an edge of a face, and return its place in the ring.

        Parameters
        ----------
        face
            One of the edge's two faces.
        position
            Place in the ring of the edge's first corner.
        point
            Metres; rounded to a decimetre, so that a run gives the same everywhere.
        """
        ring = self.rings[face]
        a, b = ring[position], ring[(position + 1) % len(ring)]
        edge = self.edges.pop((min(a, b), max(a, b)))
        corner = self._corner(point)
        for c, d in ((a, corner), (corner, b)):
            self.edges[min(c, d), max(c, d)] = edge
        self._degree[corner] = 2
        twin = self._face[b, a]
        for c, d in ((a, b), (b, a)):
            owner = self._face.pop((c, d))
            self._face[c, corner] = self._face[corner, d] = owner
        ring.insert(position + 1, corner)
        other = self.rings[twin]
        at = _place_of(other, b, a)
        other.insert(at + 1, corner)
        # Where both sides of the edge belong to one face, the second insert may come first.
        return position + 1 if twin != face or at >= position else position + 2

    def places(
        self, face: int, edges: tuple[int, int], ends: list[tuple[int | None, Doubles]]
    ) -> tuple[int, int]:
        """Put corners where the two ends of a street lie on edges, and find their places.

        A corner can stand in a ring more than once, so each is found again by its
        neighbours after the other has been put in.

        Parameters
        ----------
        face
            Face that the street will cross.
        edges
            Place in the ring of the edge that each end lies on.
        ends
            Place in the ring of the corner that each end takes, None for a new corner;
            and its metres.
        """
        ring = list(self.rings[face])
        marks = list[tuple[int, int, int]]()
        for at, (place, (x, y)) in zip(edges, ends, strict=True):
            if place is None:
                before, after = ring[at], ring[(at + 1) % len(ring)]
                edge = _place_of(self.rings[face], before, after)
                now = self.insert(face, edge, (float(x), float(y)))
                marks.append((before, self.rings[face][now], after))
            else:
                marks.append((ring[place - 1], ring[place], ring[(place + 1) % len(ring)]))
        found = [_marked(self.rings[face], mark) for mark in marks]
        return found[0], found[1]

    def split(
        self, face: int, start: int, end: int, between: Doubles, edge: Edge
    ) -> tuple[int, int]:
        """Lay a street across a face, and return the two faces that it makes.

        Parameters
        ----------
        face
            Face to divide.
        start, end
            Places in its ring where the street begins and ends.
        between
            Shape points on the way, shape ``(k, 2)``, possibly none.
        edge
            What runs along it.
        """
        ring = self.rings[face]
        shape = [self._corner((x, y)) for x, y in between]
        path = [ring[start], *shape, ring[end]]
        self._add_path(path, edge)
        low, high = min(start, end), max(start, end)
        inner = path if start < end else path[::-1]
        first = ring[low : high + 1] + inner[-2:0:-1]
        second = ring[high:] + ring[: low + 1] + inner[1:-1]
        return self._renumber(face, first), self._new_face(second)

    def spur(self, face: int, start: int, way: Doubles, edge: Edge) -> int:
        """Lay a dead end into a face from a place in its ring, and return the face."""
        ring = self.rings[face]
        path = [ring[start], *(self._corner((x, y)) for x, y in way)]
        self._add_path(path, edge)
        out_and_back = path[1:] + path[-2:0:-1]
        return self._renumber(face, ring[: start + 1] + out_and_back + ring[start:])

    def _corner(self, point: tuple[float, float]) -> int:
        x, y = point
        self.corners.append((round(x / _ROUND_M) * _ROUND_M, round(y / _ROUND_M) * _ROUND_M))
        self._degree.append(0)
        return len(self.corners) - 1

    def _add_path(self, path: list[int], edge: Edge) -> None:
        for a, b in pairwise(path):
            self.edges[min(a, b), max(a, b)] = edge
            self._degree[a] += 1
            self._degree[b] += 1

    def _renumber(self, face: int, ring: list[int]) -> int:
        self.rings[face] = ring
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
            self._face[a, b] = face
        return face

    def _new_face(self, ring: list[int]) -> int:
        self._next_face += 1
        return self._renumber(self._next_face - 1, ring)


def _place_of(ring: list[int], a: int, b: int) -> int:
    at = ring.index(a)
    while ring[(at + 1) % len(ring)] != b:
        at = ring.index(a, at + 1)
    return at


def _marked(ring: list[int], mark: tuple[int, int, int]) -> int:
    before, corner, after = mark
    return next(
        i
        for i, one in enumerate(ring)
        if one == corner and (ring[i - 1] == before or ring[(i + 1) % len(ring)] == after)
    )


def _doubled_area(ring: Doubles) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(x @ np.roll(y, -1) - y @ np.roll(x, -1))
