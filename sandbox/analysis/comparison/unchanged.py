"""Why a plan changes nothing within a cutoff: what is the same, too far away, or no help."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.analysis.comparison.why import why_on_foot, why_unchanged
from sandbox.analysis.isochrone import cutoff_ms
from sandbox.analysis.searched import Searched
from sandbox.engine.network import Network
from sandbox.streets.modes import ACCESS
from sandbox.streets.streets import AccessBits, Streets
from sandbox.transit.lines import Supply
from sandbox.units import MS_PER_MINUTE
from sandbox.words import Text

Doubles = npt.NDArray[np.float64]
# Each piece of a street that was cut is rounded by itself: this much is no other time.
_SAME_MS: Final = 50.0
_SAME: Final = Text("base and plan are the same")
_SAME_LINES: Final = Text("the same lines run in both")
_NO_STREET: Final = Text("the street edits change no street")
_OTHER_MODES: Final = Text("the street edits do not concern this travel mode")
_BEYOND: Final = "every edited street is more than {minutes} minutes away"
_FAR: Final = "the nearest edited street is {minutes} minutes away"
_NO_HELP: Final = (
    "the nearest edited street is {minutes} minutes away, and no travel time depends on it"
)
_SAME_TIMES: Final = Text("all travel times are the same in both")
_SMALL: Final = (
    "travel times change by at most {minutes} minutes, which moves nothing across the cutoff"
)
_LITTLE: Final = "some travel times change, but not which places and land are within reach"


def why_same(
    networks: tuple[Network, Network],
    found: tuple[Searched, Searched],
    minutes: Sequence[float],
) -> tuple[Text, ...]:
    """Return why what a place reaches by a base and by a plan is the same, one reason a cutoff.

    Each is true whether something changes within its cutoff or not; it is the reason only
    where nothing does.

    Parameters
    ----------
    networks, found
        The streets of base and plan, and what was searched on them from the same place.
    minutes
        The cutoffs.

    Returns
    -------
    tuple of Text
        A part of a sentence, or a sentence with its full stop.
    """
    base, plan = found
    same_streets = _same_streets(networks[0].streets, networks[1].streets)
    if same_streets and _same_place(base, plan) and _same_way(base, plan):
        edited = any(one.edited for one in networks)
        named = base.way.id == plan.way.id or base.way.travel.by_transit is None
        return (_NO_STREET if edited else _SAME if named else _SAME_LINES,) * len(minutes)
    lines = _of_lines(base, plan) if same_streets else None
    if lines is not None:
        return (lines,) * len(minutes)
    times = _Times.of(found)
    if not same_streets:
        return tuple(_of_edits(networks, found, times, cutoff_ms(one)) for one in minutes)
    return tuple(times.told(cutoff_ms(one)) for one in minutes)


def _same_streets(one: Streets, other: Streets) -> bool:
    if one is other:
        return True
    if len(one.access) != len(other.access) or len(one.node_xy) != len(other.node_xy):
        return False
    return (
        bool((one.access == other.access).all())
        and bool((one.segment_nodes == other.segment_nodes).all())
        and bool((one.node_xy == other.node_xy).all())
        and all(
            bool((_factor(one, mode) == _factor(other, mode)).all())
            for mode in {*one.time_factor, *other.time_factor}
        )
    )


def _factor(streets: Streets, mode: str) -> npt.NDArray[np.float32]:
    factor = streets.time_factor.get(mode)
    return np.ones(len(streets.access), dtype=np.float32) if factor is None else factor


def _same_place(one: Searched, other: Searched) -> bool:
    shapes = [side.points.places[side.number].shape for side in (one, other)]
    return bool(shapes[0].equals(shapes[1]))


def _same_way(one: Searched, other: Searched) -> bool:
    ways = one.way, other.way
    supplies = [way.supply or Supply(()) for way in ways]
    return ways[0].travel == ways[1].travel and supplies[0] == supplies[1]


def _of_lines(base: Searched, plan: Searched) -> Text | None:
    """Return the reason where other lines run, or only one of both goes by transit."""
    there, then = base.journeys, plan.journeys
    if there is not None and then is not None:
        told = why_unchanged(there, then, plan.way.travel.on_streets)
        # At another hour, say, nobody may get farther than on foot either.
        if not told and why_on_foot(there):
            told = why_on_foot(then)
        return next(iter(told), None)
    by_transit = there or then
    on_foot = {one.way.travel.on_streets.mode for one in (base, plan)} == {"walk"}
    if by_transit is None or not on_foot:
        return None
    return next(iter(why_on_foot(by_transit)), None)


@dataclass(frozen=True, slots=True, eq=False)
class _Times:
    """Times of crossings by base and by plan, milliseconds, shape ``(2, nodes)``."""

    node_ms: Doubles

    @classmethod
    def of(cls, found: tuple[Searched, Searched]) -> "_Times":
        nodes = [_nodes_of(one) for one in found]
        count = 1 + max((int(node.max(initial=-1)) for node, _ in nodes), default=-1)
        ms = np.full((2, count), np.inf)
        for row, (node, node_ms) in zip(ms, nodes, strict=True):
            np.minimum.at(row, node, node_ms)
        return cls(ms)

    def soonest_ms(self, nodes: npt.NDArray[np.int32]) -> float:
        """Return when the first of some nodes is reached by either, infinite where none is."""
        there = nodes[nodes < self.node_ms.shape[1]]
        return float(self.node_ms[:, there].min(initial=np.inf))

    def more_ms(self, within_ms: float, common: int) -> float:
        """Return by how much times within a cutoff differ at most; infinite where one has none."""
        ms = self.node_ms[:, :common]
        ms = ms[:, ms.min(axis=0) <= within_ms]
        return float((ms.max(axis=0) - ms.min(axis=0)).max(initial=0.0))

    def told(self, within_ms: float) -> Text:
        """Return by how much times differ, as a reason."""
        more_ms = self.more_ms(within_ms, self.node_ms.shape[1])
        if more_ms <= _SAME_MS:
            return _SAME_TIMES
        return _changed(more_ms)


def _nodes_of(one: Searched) -> tuple[npt.NDArray[np.int32], Doubles]:
    ride = one.way.travel.by_transit
    if one.journeys is None or ride is None:
        return one.reached.node, one.reached.node_ms.astype(np.float64)
    (ms,) = one.journeys.node_ms([ride.percentile]).astype(np.float64)
    there = ms <= one.journeys.cutoff_ms
    return one.journeys.node[there], ms[there]


def _changed(more_ms: float) -> Text:
    if not np.isfinite(more_ms):
        return Text(_LITTLE)
    return Text(_SMALL, {"minutes": f"{max(more_ms / MS_PER_MINUTE, 0.1):.1f}"})


def _of_edits(
    networks: tuple[Network, Network],
    found: tuple[Searched, Searched],
    times: _Times,
    within_ms: float,
) -> Text:
    ways = [one.way for one in found]
    modes = {mode for way in ways for mode in (way.near, way.far, way.travel.on_streets.mode)}
    edited = [_edited(one.streets, modes) for one in networks]
    if not any(len(one) for one in edited):
        return _OTHER_MODES
    ends = [
        network.streets.segment_nodes[one].ravel()
        for network, one in zip(networks, edited, strict=True)
    ]
    nearest_ms = times.soonest_ms(np.concatenate(ends))
    if not np.isfinite(nearest_ms):
        far_ms = max(one.reached.cutoff_ms for one in found)
        return Text(_BEYOND, {"minutes": f"{far_ms / MS_PER_MINUTE:g}"})
    away = {"minutes": f"{nearest_ms / MS_PER_MINUTE:.1f}"}
    if nearest_ms > within_ms:
        return Text(_FAR, away)
    common = min(len(one.streets.node_xy) for one in networks)
    more_ms = times.more_ms(within_ms, common)
    return Text(_NO_HELP, away) if more_ms <= _SAME_MS else _changed(more_ms)


def _edited(streets: Streets, modes: set[str]) -> npt.NDArray[np.int64]:
    """Return the segments that were drawn, closed or slowed for some modes."""
    ahead_back = [ACCESS[mode] for mode in modes]
    bits = AccessBits(sum({int(bit) for pair in ahead_back for bit in pair}))
    edited = np.zeros(len(streets.access), dtype=np.bool_)
    if streets.built is not None:
        edited |= (streets.built < 0) & ((streets.access & bits) != 0)
    if streets.shut is not None:
        edited |= (streets.shut & bits) != 0
    for mode in modes:
        edited |= _factor(streets, mode) != 1.0
    return np.flatnonzero(edited)
