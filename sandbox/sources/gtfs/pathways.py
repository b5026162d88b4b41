"""The ways inside of a feed's stations, along its pathways."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from sandbox.sources.gtfs.cells import number, text
from sandbox.sources.gtfs.findings import Finding
from sandbox.sources.gtfs.tables import BOARDING_AREA, ENTRANCE, PLATFORM, Tables
from sandbox.words import Text

# Where no pathway tells how long a way in a station takes one walks it at this speed.
STATION_KMH: Final = 4.0
_EXIT_GATE: Final = 7
_UNKNOWN_S: Final = 60.0
_CHUNK: Final = 256


@dataclass(frozen=True, slots=True)
class Inside:
    """What pathways say of a feed's stations.

    Attributes
    ----------
    stations
        Stations, and stops of their own, whose ways in and out the pathways tell: all ways
        through them are pathways.
    gates
        Entrances that a pathway joins with a platform.
    doors
        Of each platform its entrances, with the seconds from there and back, -1 for never.
    changes
        Seconds from one platform to another.
    """

    stations: frozenset[str]
    gates: frozenset[str]
    doors: dict[str, list[tuple[str, int, int]]]
    changes: dict[tuple[str, str], int]


def inside(tables: Tables) -> Inside:
    """Return the ways inside of a feed's stations; none without pathways.

    Fare gates and whatever else is one-way is walked that way alone, exit gates always. A
    part of a platform is its platform. Pathways of a station without any entrance say nothing
    of how it is entered.

    Parameters
    ----------
    tables
        The feed.
    """
    ways = tables.pathways
    stops = tables.stops
    kind = dict(zip(stops["stop_id"], stops["kind"], strict=True))
    parent = dict(zip(stops["stop_id"], stops["parent"], strict=True))

    def place(name: str) -> str:
        return parent[name] if kind.get(name) == BOARDING_AREA and parent[name] else name

    sources = [place(name) for name in text(ways, "from_stop_id")]
    targets = [place(name) for name in text(ways, "to_stop_id")]
    ids = sorted({*sources, *targets})
    if not ids:
        return Inside(frozenset(), frozenset(), {}, {})
    matrix = _graph(tables, ids, sources, targets)
    gates = [index for index, name in enumerate(ids) if kind.get(name) == ENTRANCE]
    platforms = [index for index, name in enumerate(ids) if kind.get(name) == PLATFORM]
    enter = _times(matrix, gates, platforms)
    leave = _times(csr_array(matrix.T), gates, platforms)
    doors: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for gate, platform in sorted({*enter, *leave}):
        way = enter.get((gate, platform), -1), leave.get((gate, platform), -1)
        doors[ids[platform]].append((ids[gate], *way))
    changes = _times(matrix, platforms, platforms)
    stations = {parent.get(name) or name for name in (*sources, *targets)}
    entered = set(stops.loc[stops["kind"] == ENTRANCE, "parent"])
    entered |= {parent.get(name) or name for name in doors}
    return Inside(
        frozenset(stations & entered),
        frozenset(gate for found in doors.values() for gate, _, _ in found),
        dict(doors),
        {(ids[a], ids[b]): seconds for (a, b), seconds in changes.items() if a != b},
    )


def _graph(tables: Tables, ids: list[str], sources: list[str], targets: list[str]) -> Any:
    """Return the seconds that each pathway takes, as a matrix of places."""
    ways = tables.pathways
    row = {name: index for index, name in enumerate(ids)}
    took = number(ways, "traversal_time")
    took = np.where(np.isnan(took), number(ways, "length") * 3.6 / STATION_KMH, took)
    unknown = np.isnan(took)
    if unknown.any():
        tables.findings.append(_unknown(int(unknown.sum())))
    took = np.maximum(np.where(unknown, _UNKNOWN_S, took), 1.0)
    a, b = (np.array([row[name] for name in side], dtype=int) for side in (sources, targets))
    back = number(ways, "is_bidirectional", 1.0) == 1
    back &= number(ways, "pathway_mode", 1.0) != _EXIT_GATE
    source, target = np.concatenate([a, b[back]]), np.concatenate([b, a[back]])
    cost = np.concatenate([took, took[back]])
    # Where several pathways join two places, the shortest counts.
    order = np.lexsort((cost, target, source))
    source, target, cost = source[order], target[order], cost[order]
    first = np.ones(len(source), dtype=np.bool_)
    first[1:] = (np.diff(source) != 0) | (np.diff(target) != 0)
    return csr_array((cost[first], (source[first], target[first])), shape=(len(ids), len(ids)))


def _times(matrix: Any, origins: list[int], ends: list[int]) -> dict[tuple[int, int], int]:
    """Return the seconds from each origin to each end that it leads to."""
    found: dict[tuple[int, int], int] = {}
    for begin in range(0, len(origins), _CHUNK):
        part = origins[begin : begin + _CHUNK]
        times: npt.NDArray[np.float64] = dijkstra(matrix, indices=part)[:, ends]
        for i, j in np.argwhere(np.isfinite(times)).tolist():
            found[part[i], ends[j]] = round(float(times[i, j]))
    return found


def _unknown(count: int) -> Finding:
    return Finding(
        "warning",
        "unmeasured_pathway",
        "pathways.txt",
        "",
        Text(
            "{count} pathways have neither time nor length: one minute is assumed", {"count": count}
        ),
    )
