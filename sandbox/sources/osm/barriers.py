"""Barriers of OpenStreetMap: which modes a node stops, and streets that end at it for them."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.sources.osm.access_tags import CLOSED, OPEN, OWN_KEYS, SHARED_KEYS
from sandbox.sources.osm.highways import Tags
from sandbox.sources.osm.own import lets_own_through
from sandbox.streets.modes import ACCESS, Access
from sandbox.streets.streets import AccessBits

# fmt: off
# Barriers on a node, page Key:barrier. People on foot pass gates, bollards, stiles,
# turnstiles and all others but these; bikes neither these nor what one climbs or squeezes
# through.
BARRIERS: Final = frozenset({
    "fence", "wall", "hedge", "city_wall", "retaining_wall", "ditch", "guard_rail",
})
BARRIERS_BIKE: Final = BARRIERS | {
    "stile", "turnstile", "full-height_turnstile", "kissing_gate", "horse_stile",
}
# Cars pass these only.
PASSED_BY_CARS: Final = frozenset({
    "border_control", "bump_gate", "cattle_grid", "checkpoint", "entrance", "gate",
    "hampshire_gate", "height_restrictor", "kerb", "lift_gate", "no", "sally_port",
    "sliding_beam", "sliding_gate", "swing_gate", "toll_booth", "wire_gate",
})
# fmt: on


def lets_through(tags: Tags, mode: str = "walk") -> bool:
    """Return whether a mode may pass a node with these tags.

    Access goes before ``locked``, that before the kind of the barrier. A node without
    a barrier lets everybody through.

    Examples
    --------
    >>> lets_through({"barrier": "gate"}), lets_through({"barrier": "gate", "locked": "yes"})
    (True, False)
    >>> lets_through({"barrier": "bollard"}, "bike"), lets_through({"barrier": "bollard"}, "drive")
    (True, False)
    """
    barrier = tags.get("barrier")
    if barrier is None:
        return True
    for key in OWN_KEYS[mode] + SHARED_KEYS[mode]:
        if tags.get(key) in OPEN or (mode == "bike" and tags.get(key) == "dismount"):
            return True
        if tags.get(key) in CLOSED:
            return False
    if tags.get("locked") == "yes":
        return False
    if mode == "drive":
        return barrier in PASSED_BY_CARS
    return barrier not in (BARRIERS_BIKE if mode == "bike" else BARRIERS)


def barred(tags: Tags, modes: Sequence[str]) -> tuple[Access, Access]:
    """Return the bits of those modes that a node stops, and of those it lets through to live there.

    The latter are among the former: nobody else of these modes passes.
    """
    barred, own = Access(0), Access(0)
    for mode in modes:
        ahead, back = ACCESS[mode]
        if lets_own_through(tags, mode):
            own |= ahead | back
            barred |= ahead | back
        elif not lets_through(tags, mode):
            barred |= ahead | back
    return barred, own


def cut(
    node_lonlat: npt.NDArray[np.float64],
    segments: npt.NDArray[np.int64],
    access: npt.NDArray[AccessBits],
    barriers: Mapping[int, tuple[Access, Access]],
) -> tuple[
    npt.NDArray[np.float64],
    npt.NDArray[np.int64],
    npt.NDArray[AccessBits],
    npt.NDArray[np.int64],
    npt.NDArray[AccessBits],
]:
    """Give each street end that a barrier stops a node of its own: one comes up to it, not past.

    Who is let through passes between that node and the barrier's by a link without
    length; who lives behind it too, by bits that are private. Returns nodes, segments and
    access with the links last, and for each link the segment that it belongs to and its
    private bits.
    """
    barred, own_bits = np.zeros((2, len(node_lonlat)), dtype=AccessBits)
    barred[list(barriers)] = [int(bits) for bits, _ in barriers.values()]
    own_bits[list(barriers)] = [int(bits) for _, bits in barriers.values()]
    ends, end_access = segments.ravel(), np.repeat(access, 2)
    cut = np.flatnonzero(end_access & barred[ends])
    own = ends.copy()
    own[cut] = len(node_lonlat) + np.arange(len(cut))
    passing = end_access[cut] & ~barred[ends[cut]]
    living = end_access[cut] & own_bits[ends[cut]]
    link_access, link_own = np.zeros((2, len(cut)), dtype=AccessBits)
    for ahead, back in ACCESS.values():
        both = AccessBits(ahead | back)
        link_access[((passing | living) & both) != 0] |= both
        link_own[(living & both) != 0] |= both
    linked = np.flatnonzero(link_access)
    links = np.stack([own[cut[linked]], ends[cut[linked]]], axis=1)
    return (
        np.concatenate([node_lonlat, node_lonlat[ends[cut]]]),
        np.concatenate([own.reshape(-1, 2), links]),
        np.concatenate([access, link_access[linked]]),
        cut[linked] // 2,
        link_own[linked],
    )
