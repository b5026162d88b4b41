"""Lines drawn over streets: what they join is cut there, everything keeps its number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

from sandbox.engine.network import Network
from sandbox.engine.snap import GROUND
from sandbox.geo import crs as geo
from sandbox.streets.modes import ACCESS, Access
from sandbox.streets.streets import AccessBits, StreetClass, Streets, Structure, Traffic

# Nearer than this to a street's end a line joins there.
_SAME_M: Final = 0.001
_KINDS: Final = {True: "residential", False: "path"}


class _Row(NamedTuple):
    """An added segment: its ends, the segment whose kind it has, and its part of an older one.

    The parent is the older one's number; that of the drawn line, from -1 downward, where it is
    none's.
    """

    ends: tuple[int, int]
    parent: int
    share: float
    access: int
    bridge: bool
    name: str


@dataclass(frozen=True, slots=True)
class _Joint:
    """Where a drawn line meets a street: how far along each."""

    along_m: float
    segment: int
    fraction: float


class Overlay:
    """Nodes and segments added to the streets of a network.

    Parameters
    ----------
    network
        The streets; they aren't changed.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._base = network.streets
        self._xy: list[tuple[float, float]] = []
        self._node_at: dict[tuple[int, int], int] = {}
        self._cuts: dict[int, list[tuple[float, int]]] = {}
        self._rows: list[_Row] = []
        # Numbers of drawn lines go on from those that were drawn before.
        self._line = 0 if self._base.built is None else min(int(self._base.built.min()), 0)

    def draw(
        self, line: Any, name: str, modes: Sequence[str], *, crossing: bool, near_m: float
    ) -> bool:
        """Add a line; return whether it joins any street.

        Parameters
        ----------
        line
            Its course, metres.
        name
            What it is called.
        modes
            Who may use it, both ways.
        crossing
            Whether it joins the streets on the ground that it crosses, not only those at
            its ends.
        near_m
            How far an end may lie from the street that it joins.
        """
        self._line -= 1
        ends = np.array([line.coords[0][:2], line.coords[-1][:2]])
        # A footbridge may begin on another bridge; nothing that is drawn begins in a tunnel.
        lies = GROUND if crossing else (*GROUND, Structure.BRIDGE)
        tied = self._network.snap_all(ends, near_m, modes[0], lies)
        access = 0
        for mode in modes:
            access |= int(ACCESS[mode][0] | ACCESS[mode][1])
        course = [
            (float(line.project(shapely.Point(xy))), self._free_node(xy))
            for xy in line.coords[1:-1]
        ]
        joined = 0
        for i, along_m in ((0, 0.0), (1, float(line.length))):
            if tied.segment[i] >= 0:
                joined += 1
                node = self._joint_node(int(tied.segment[i]), float(tied.fraction[i]))
                # The step from the end to its street: before all else, or after it.
                course.append((along_m + (1.0 if i else -1.0), node))
            elif not crossing:
                self._come_down(ends[i], access, name)
            course.append((along_m, self._free_node(ends[i])))
        if crossing:
            for joint in self._crossings(line, modes):
                joined += 1
                course.append((joint.along_m, self._joint_node(joint.segment, joint.fraction)))
        nodes = [node for _, node in sorted(course, key=lambda one: one[0])]
        for a, b in pairwise(nodes):
            if a != b:
                self._rows.append(_Row((a, b), self._line, 1.0, access, not crossing, name))
        return joined > 0

    def _crossings(self, line: Any, modes: Sequence[str]) -> list[_Joint]:
        base = self._base
        bits = AccessBits(sum(int(ACCESS[mode][0] | ACCESS[mode][1]) for mode in modes))
        usable = ((base.access & bits) != 0) & (base.structure == Structure.GROUND)
        near = np.flatnonzero(usable & base.near(line.bounds, 0.0))
        streets = base.lines(near)
        joints: list[_Joint] = []
        for s, street in zip(near.tolist(), streets, strict=True):
            for x, y in shapely.get_coordinates(shapely.intersection(line, street)).tolist():
                point = shapely.Point(x, y)
                length = float(street.length)
                share = float(street.project(point)) / length if length else 0.0
                joints.append(_Joint(float(line.project(point)), s, share))
        return joints

    def _come_down(self, xy: Sequence[float], access: int, name: str) -> None:
        """Let a footbridge's loose end meet the ground: a step without length, for places there."""
        end = self._free_node(xy)
        foot = len(self._base.node_xy) + len(self._xy)
        self._xy.append((float(xy[0]), float(xy[1])))
        self._rows.append(_Row((end, foot), self._line, 1.0, access, bridge=False, name=name))

    def _free_node(self, xy: Sequence[float]) -> int:
        """Return the added node at a place; lines drawn to the same place meet there."""
        key = _key(xy)
        if key not in self._node_at:
            self._node_at[key] = len(self._base.node_xy) + len(self._xy)
            self._xy.append((float(xy[0]), float(xy[1])))
        return self._node_at[key]

    def _joint_node(self, segment: int, fraction: float) -> int:
        """Return the node of a street there: one of its ends, or where it is cut."""
        a, b = self._base.segment_nodes[segment].tolist()
        start, end = self._base.node_xy[a], self._base.node_xy[b]
        length = float(np.hypot(*(end - start)))
        if min(fraction, 1.0 - fraction) * length <= _SAME_M:
            node, xy = (a, start) if fraction * length <= _SAME_M else (b, end)
            return self._node_at.setdefault(_key(xy), int(node))
        node = self._free_node((start + fraction * (end - start)).tolist())
        cuts = self._cuts.setdefault(segment, [])
        if all(node != other for _, other in cuts):
            cuts.append((fraction, node))
        return node

    def streets(self) -> Streets:
        """Return the streets with what was drawn; those that were cut are closed."""
        base = self._base
        rows = [*self._pieces(), *self._rows]
        if not rows:
            return base
        node_xy = np.concatenate([base.node_xy, np.array(self._xy).reshape(-1, 2)])
        ends = np.array([row.ends for row in rows], dtype=np.int32)
        parent = np.array([row.parent for row in rows])
        drawn = parent < 0
        # Values of an older segment where there is one, whatever stands first elsewhere.
        of = np.maximum(parent, 0)
        share = np.array([row.share for row in rows])
        xy = geo.to_lonlat(node_xy[ends], base.crs)
        length_m = np.where(drawn, geo.length_m(xy[:, 0], xy[:, 1]), share * base.length_m[of])
        access = base.access.copy()
        access[list(self._cuts)] = 0
        bridge = np.array([row.bridge for row in rows])
        names = list(base.names)
        name = base.name[of].copy()
        for i in np.flatnonzero(drawn).tolist():
            name[i] = -1 if not rows[i].name else len(names)
            names += [rows[i].name] if rows[i].name else []
        cars = np.array([bool(row.access & int(Access.DRIVE)) for row in rows])
        street_class = np.where(cars, int(StreetClass.LOCAL), int(StreetClass.PATH))
        structure = np.where(bridge, int(Structure.BRIDGE), int(Structure.GROUND))
        climb_m = base.climb_m
        if climb_m is not None:
            # Heights of nodes aren't kept, so what is drawn is level.
            added = np.where(drawn[:, None], 0.0, climb_m[of] * share[:, None])
            climb_m = np.concatenate([climb_m, added.astype(np.float32)])
        return replace(
            base,
            node_xy=np.ascontiguousarray(node_xy),
            segment_nodes=np.concatenate([base.segment_nodes, ends]),
            length_m=np.concatenate([base.length_m, length_m.astype(np.float32)]),
            street_class=_joined(
                base.street_class, np.where(drawn, street_class, base.street_class[of])
            ),
            structure=_joined(base.structure, np.where(drawn, structure, base.structure[of])),
            access=_joined(access, np.array([row.access for row in rows])),
            name=_joined(base.name, name),
            names=tuple(names),
            traffic=_traffic(base.traffic, of, drawn, cars),
            climb_m=climb_m,
            built=_built(base, parent),
            shut=None
            if base.shut is None
            else _joined(base.shut, np.where(drawn, 0, base.shut[of])),
            private=None
            if base.private is None
            else _joined(base.private, np.where(drawn, 0, base.private[of])),
            time_factor={
                mode: np.concatenate([kept, np.where(drawn, np.float32(1.0), kept[of])])
                for mode, kept in base.time_factor.items()
            },
        )

    def _pieces(self) -> list[_Row]:
        """Return the pieces of the streets that were cut."""
        rows: list[_Row] = []
        for segment, cuts in self._cuts.items():
            a, b = self._base.segment_nodes[segment].tolist()
            course = [(0.0, a), *sorted(cuts), (1.0, b)]
            access = int(self._base.access[segment])
            rows += [
                _Row((m, n), segment, high - low, access, False, "")
                for (low, m), (high, n) in pairwise(course)
            ]
        return rows


def _built(base: Streets, parent: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    kept = base.built
    if kept is None:
        kept = np.arange(len(base.access), dtype=np.int32)
    return _joined(kept, np.where(parent < 0, parent, kept[np.maximum(parent, 0)]))


def _key(xy: Sequence[float] | npt.NDArray[np.float64]) -> tuple[int, int]:
    return round(float(xy[0]) / _SAME_M), round(float(xy[1]) / _SAME_M)


def _joined(kept: npt.NDArray[Any], added: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.concatenate([kept, added.astype(kept.dtype)])


def _traffic(
    base: Traffic | None,
    of: npt.NDArray[np.int64],
    drawn: npt.NDArray[np.bool_],
    cars: npt.NDArray[np.bool_],
) -> Traffic | None:
    if base is None:
        return None
    kinds = tuple(dict.fromkeys((*base.kinds, *_KINDS.values())))
    number = {kind: i for i, kind in enumerate(kinds)}
    new = np.where(cars, number[_KINDS[True]], number[_KINDS[False]])
    limits = np.where(drawn[:, None], 0, base.maxspeed_kmh[of])
    built_up = base.built_up
    if built_up is not None:
        # Who draws a street says nothing of houses: it gets the lower speed.
        built_up = _joined(built_up, np.where(drawn, True, built_up[of]))
    return Traffic(
        kinds,
        _joined(base.kind, np.where(drawn, new, base.kind[of])),
        _joined(base.maxspeed_kmh, limits),
        built_up,
    )
