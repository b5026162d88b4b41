"""Streets being drawn up: nodes and segments that can still be cut and joined."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
import shapely

from sandbox.engine.kernel import Doubles
from sandbox.sources.schematic.linework import segments
from sandbox.streets.modes import Access
from sandbox.streets.streets import StreetClass, Structure

ACCESS: Final = {
    StreetClass.PATH: Access.WALK | Access.BIKE,
    StreetClass.STEPS: Access.WALK,
    StreetClass.LOCAL: Access.WALK | Access.BIKE | Access.DRIVE,
    StreetClass.STREET: Access.WALK | Access.BIKE | Access.DRIVE,
    StreetClass.COLLECTOR: Access.WALK | Access.BIKE | Access.DRIVE,
    StreetClass.ARTERIAL: Access.WALK | Access.BIKE | Access.DRIVE,
    StreetClass.EXPRESS: Access.DRIVE,
}


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight piece of street between two nodes."""

    a: int
    b: int
    street_class: StreetClass
    structure: Structure
    access: Access
    name: int


class Draft:
    """Nodes in metres, and segments between them."""

    def __init__(self) -> None:
        self.nodes: list[tuple[float, float]] = []
        self.segments: list[Segment] = []
        self._on_ground: dict[StreetClass, list[int]] = {}

    def node(self, x: float, y: float) -> int:
        """Add a node and return its number."""
        self.nodes.append((float(x), float(y)))
        return len(self.nodes) - 1

    def add(self, segment: Segment) -> None:
        """Add a segment."""
        if segment.structure is Structure.GROUND:
            self._on_ground.setdefault(segment.street_class, []).append(len(self.segments))
        self.segments.append(segment)

    def chain(self, nodes: list[int], like: Segment) -> None:
        """Add segments from node to node."""
        for a, b in pairwise(nodes):
            self.add(replace(like, a=a, b=b))

    def cut(self, segment: int, x: float, y: float) -> int:
        """Put a node on a segment and return its number; an end that is there already serves."""
        old = self.segments[segment]
        for end in (old.a, old.b):
            if np.hypot(self.nodes[end][0] - x, self.nodes[end][1] - y) < 1.0:
                return end
        middle, last = self.node(x, y), old.b
        self.segments[segment] = replace(old, b=middle)
        self.chain([middle, last], old)
        return middle

    def nearest(
        self, place: Doubles, classes: frozenset[StreetClass], name: int | None = None
    ) -> tuple[int, Doubles]:
        """Return the nearest segment on the ground of some classes, and the place on it."""
        numbers = [
            i
            for street_class in sorted(classes)
            for i in self._on_ground.get(street_class, ())
            if name is None or self.segments[i].name == name
        ]
        ends = np.array([(self.segments[i].a, self.segments[i].b) for i in numbers])
        lines = segments(np.array(self.nodes)[ends])
        point = shapely.points(place)
        best = int(shapely.distance(lines, point).argmin())
        at = shapely.line_locate_point(lines[best], point)
        return numbers[best], shapely.get_coordinates(
            shapely.line_interpolate_point(lines[best], at)
        )[0]
