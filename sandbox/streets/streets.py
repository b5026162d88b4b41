"""What a network file holds: straight street segments between nodes, for all modes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import shapely

# The kind of the arrays that hold `Access` bits, in memory and in network files.
AccessBits: TypeAlias = np.uint16


class StreetClass(IntEnum):
    """What a street is on the map; the order is that of drawing, least first."""

    PATH = 0
    STEPS = 1
    LOCAL = 2
    STREET = 3
    COLLECTOR = 4
    ARTERIAL = 5
    EXPRESS = 6
    FERRY = 7


class Structure(IntEnum):
    """How a street lies: on the ground, above it or below it."""

    GROUND = 0
    BRIDGE = 1
    TUNNEL = 2


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a network comes from, as maps, tables and exports must say.

    Attributes
    ----------
    title
        Name of the data set.
    source
        Who made the data, as its licence wants them named.
    licence
        Licence's name or identifier.
    date
        Date of the data, ISO, or empty where unknown.
    schematic
        Whether streets were made to look plausible, not surveyed.
    report
        What the builder read, kept and dropped, as plain numbers and texts.
    """

    title: str
    source: str
    licence: str
    date: str
    schematic: bool
    report: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True, eq=False)
class Traffic:
    """What vehicles need to know of segments beyond who may use them.

    Attributes
    ----------
    kinds
        Kinds of street as the source names them, as OpenStreetMap's ``highway`` values.
    kind
        Index into `kinds`, uint8, shape ``(s,)``.
    maxspeed_kmh
        Speed limit along the segment and against it, float32, shape ``(s, 2)``; 0 where
        none is given.
    built_up
        Whether each segment lies in a town, bool, shape ``(s,)``; None where the source
        doesn't tell town from country.
    """

    kinds: tuple[str, ...]
    kind: npt.NDArray[np.uint8]
    maxspeed_kmh: npt.NDArray[np.float32]
    built_up: npt.NDArray[np.bool_] | None = None

    def of(self, segments: npt.NDArray[np.int64]) -> "Traffic":
        """Return what is known of some of the segments."""
        built_up = None if self.built_up is None else self.built_up[segments]
        return Traffic(self.kinds, self.kind[segments], self.maxspeed_kmh[segments], built_up)


@dataclass(frozen=True, slots=True, eq=False)
class Turns:
    """Turns that cars may not make, or must.

    Attributes
    ----------
    offsets
        First node of each rule, int32, shape ``(r + 1,)``.
    node
        Nodes of the rules, one after the other, int32: from the one before the crossing, or
        before the street between two, to the one after it.
    only
        Whether what goes as far as the last node but one must go on to the last, bool,
        shape ``(r,)``; else it must not.
    """

    offsets: npt.NDArray[np.int32]
    node: npt.NDArray[np.int32]
    only: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Ferries:
    """What segments take that are ferries, or lead aboard one.

    All of class `StreetClass.FERRY` are. Nobody gets on or off along them: places don't
    attach there, and no ground is reached from them.

    Attributes
    ----------
    segment
        Which segments they are, int32, shape ``(k,)``.
    crossing_s
        What riding each takes, either way, float32 seconds; NaN where the source doesn't say.
    wait_s
        What one waits before boarding by it, along it only, float32 seconds; NaN where the
        source doesn't say, 0 where nobody boards.
    """

    segment: npt.NDArray[np.int32]
    crossing_s: npt.NDArray[np.float32]
    wait_s: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Streets of a mode that hang together with no part of its network that was kept.

    Nobody moves on them. They are known so that a place there isn't tied to another street
    far from it, across a river say.

    Attributes
    ----------
    ends_xy
        Ends of each segment, metres, x, y, x, y, float64, shape ``(k, 4)``.
    access
        The `Access` bits that it would have for one mode, uint16; a segment that several modes
        lack stands here once for each.
    structure
        How it lies, uint8.
    name
        Index into the streets' names, int32; -1 where it has none.
    piece_m
        How long its piece is altogether, float32 metres.
    """

    ends_xy: npt.NDArray[np.float64]
    access: npt.NDArray[AccessBits]
    structure: npt.NDArray[np.uint8]
    name: npt.NDArray[np.int32]
    piece_m: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Streets:
    """Street segments of a region as arrays.

    Nodes are numbered along a Hilbert curve, so what lies near on the ground lies
    near in memory. Every shape point of a street is a node: segments are straight.

    Attributes
    ----------
    crs
        Metric system of `node_xy`, a UTM zone.
    node_xy
        Metres, float64, shape ``(n, 2)``.
    segment_nodes
        From and to node of each segment, int32, shape ``(s, 2)``.
    length_m
        Geodesic length, float32, shape ``(s,)``; at least the straight distance.
    street_class, structure
        `StreetClass` and `Structure` of each segment, uint8, shape ``(s,)``.
    access
        `Access` bits, uint16, shape ``(s,)``.
    name
        Index into `names`, int32, shape ``(s,)``; -1 where it has none.
    names
        Street names as written in the source.
    provenance
        Where it all comes from.
    traffic
        What vehicles need; None where only the class of a street is known.
    climb_m
        Ascent and descent of each segment from its from-node, metres, float32, shape
        ``(s, 2)``; None where heights aren't known.
    turns
        Turns that may not be made; None where none are known.
    ferries
        What ferries take; None where there are none.
    private
        Those `Access` bits of each segment that hold only for who lives there, or goes there:
        on the first and the last stretch of a way, and not as a way through; uint16, shape
        ``(s,)``; None where there are none.
    built
        What each segment was before lines were drawn over the streets: its number then, or that
        of the street that it is a piece of; for those of the first drawn line -1, of the second
        -2, and so on. Int32, shape ``(s,)``; None where nothing was drawn. No file keeps it.
    shut
        The `Access` bits of each segment that an edit took away, uint16; None where none did. No
        file keeps it.
    pieces
        Streets that were left out since they are connected to nothing; None where there
        are none.
    time_factor
        By mode, how many times as long each segment takes where it was slowed after it was
        read, float32, shape ``(s,)``; network files don't hold it.
    """

    crs: str
    node_xy: npt.NDArray[np.float64]
    segment_nodes: npt.NDArray[np.int32]
    length_m: npt.NDArray[np.float32]
    street_class: npt.NDArray[np.uint8]
    structure: npt.NDArray[np.uint8]
    access: npt.NDArray[AccessBits]
    name: npt.NDArray[np.int32]
    names: tuple[str, ...]
    provenance: Provenance
    traffic: Traffic | None = None
    climb_m: npt.NDArray[np.float32] | None = None
    turns: Turns | None = None
    ferries: Ferries | None = None
    private: npt.NDArray[AccessBits] | None = None
    built: npt.NDArray[np.int32] | None = None
    shut: npt.NDArray[AccessBits] | None = None
    pieces: Pieces | None = None
    time_factor: Mapping[str, npt.NDArray[np.float32]] = field(
        default_factory=dict[str, npt.NDArray[np.float32]]
    )

    @property
    def drawn(self) -> npt.NDArray[np.bool_] | None:
        """Return which segments an edit added; pieces of older ones are none of these."""
        return None if self.built is None else self.built < 0

    @property
    def older(self) -> npt.NDArray[np.int64]:
        """Return what puts segments in the order in which they were made, shape ``(s,)``.

        Pieces of a street that was cut stand where it stood.
        """
        number = np.arange(len(self.access))
        if self.built is None:
            return number
        return np.where(self.built < 0, len(number) - self.built, self.built)

    @property
    def walked_on(self) -> npt.NDArray[np.bool_]:
        """Return which segments lie on firm ground: all but ferries, shape ``(s,)``."""
        return self.street_class != StreetClass.FERRY

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Return west, south, east, north of the nodes, in metres of `crs`."""
        low, high = self.node_xy.min(axis=0), self.node_xy.max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])

    def near(
        self, bounds: tuple[float, float, float, float], margin_m: float
    ) -> npt.NDArray[np.bool_]:
        """Return which segments' boxes touch bounds (west, south, east, north) and a margin."""
        x, y = self.node_xy[:, 0], self.node_xy[:, 1]
        west, south, east, north = bounds
        # A segment is off where both of its ends lie beyond the same side.
        a, b = self.segment_nodes[:, 0], self.segment_nodes[:, 1]
        off = np.zeros(len(a), dtype=np.bool_)
        for beyond in (
            x < west - margin_m,
            x > east + margin_m,
            y < south - margin_m,
            y > north + margin_m,
        ):
            off |= beyond[a] & beyond[b]
        return ~off

    def lines(self, segments: npt.NDArray[np.int64]) -> npt.NDArray[np.object_]:
        """Return segments as lines in metres."""
        return np.asarray(
            shapely.linestrings(self.node_xy[self.segment_nodes[segments]]), dtype=np.object_
        )
