"""Places that fill up: homes go to the nearest facility that has room left.

Pairs are taken by their distance, the nearest first; a home whose nearest is full goes on to the
next, and may be split between several. Nobody goes farther than the limit, no facility takes more
than it has room for, and everybody is either served or left without: the sums come out even.
"""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from sandbox.analysis.access.sweep import Reached, swept
from sandbox.analysis.places.access import AccessPoints, access_points
from sandbox.engine.graph import Graph
from sandbox.engine.network import Network

Doubles = npt.NDArray[np.float64]
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Assigned:
    """What became of demand.

    Attributes
    ----------
    served, left
        Of each home: how much is served, and how much is left without.
    taken, room
        Of each facility: how much it takes, and the room that is left.
    flows
        Home, facility and amount of each pair that is used, float64, ``(n, 3)``.
    """

    served: Doubles
    left: Doubles
    taken: Doubles
    room: Doubles
    flows: Doubles


def assign(pairs: Reached, demand: Doubles, room: Doubles) -> Assigned:
    """Return who goes where.

    Parameters
    ----------
    pairs
        Homes and facilities within the limit, with their distance.
    demand
        Of each home.
    room
        Of each facility.
    """
    left, free = demand.astype(np.float64).copy(), room.astype(np.float64).copy()
    # Of equally near ones the lower numbers come first.
    order = np.lexsort((pairs.place, pairs.home, pairs.ms))
    flows: list[tuple[float, float, float]] = []
    for home, place in zip(pairs.home[order].tolist(), pairs.place[order].tolist(), strict=True):
        amount = min(left[home], free[place])
        if amount > _NOTHING:
            left[home] -= amount
            free[place] -= amount
            flows.append((home, place, float(amount)))
    return Assigned(
        served=demand - left,
        left=left,
        taken=room - free,
        room=free,
        flows=np.array(flows, dtype=np.float64).reshape(-1, 3),
    )


def within(  # noqa: PLR0917
    graph: Graph,
    network: Network,
    homes: AccessPoints,
    facilities: gpd.GeoDataFrame,
    cutoff: int,
    snap_m: float,
) -> Reached:
    """Return the pairs of homes and facilities within a limit.

    Parameters
    ----------
    graph
        Who moves, from facilities back to homes.
    network, homes, facilities
        The streets, the homes tied to them, and the facilities.
    cutoff
        The limit, in the graph's own unit.
    snap_m
        How far a facility may lie from its street.
    """
    there = access_points(network, facilities, snap_m=snap_m)
    found = list(swept(graph, there, homes, cutoff, from_places=True))
    none = np.empty(0, dtype=np.int64)
    return Reached(
        np.concatenate([none, *(one.home for one in found)]),
        np.concatenate([none, *(one.place for one in found)]),
        np.concatenate([none.astype(np.int32), *(one.ms for one in found)]),
    )
