"""Where a feed's stops meet the streets: their entrances, or they themselves."""

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from sandbox.geo import crs as geo
from sandbox.network.gtfs.cells import Frame, number, text
from sandbox.network.gtfs.findings import Finding
from sandbox.network.gtfs.tables import ENTRANCE, Tables
from sandbox.network.network import Network
from sandbox.network.snap import ANYWHERE, Attachments
from sandbox.words import Text

# Between an entrance and a platform without a pathway one walks straight, at this speed.
_STATION_KMH: Final = 4.0
_FAR_M: Final = 500.0


def doors(
    tables: Tables, stops: Frame, network: Network
) -> tuple[npt.NDArray[np.int32], Attachments, npt.NDArray[np.int32]]:
    """Return the stop of each door, where doors meet the streets, and seconds to the platform.

    A stop whose station has entrances is entered there, along the feed's pathways where
    it has any; another stop where it stands. Doors farther than 500 m from a street are
    left out, and stops without any are noted, those outside the streets' ground apart.

    Parameters
    ----------
    tables
        The feed.
    stops
        Its stops that vehicles call at, in their final order.
    network
        The streets.
    """
    everything = tables.stops
    inside = _pathways(tables)
    gates = everything[(everything["kind"] == ENTRANCE) & (everything["parent"] != "")]
    by_station = {str(station): group for station, group in gates.groupby("parent") if str(station)}
    stop: list[int] = []
    lonlat: list[tuple[float, float]] = []
    seconds: list[int] = []
    columns = ("stop_id", "parent", "lon", "lat")
    for index, (name, parent, lon, lat) in enumerate(
        zip(*(stops[c] for c in columns), strict=True)
    ):
        group = by_station.get(parent)
        if group is None:
            stop.append(index)
            lonlat.append((lon, lat))
            seconds.append(0)
            continue
        straight = geo.length_m(
            group[["lon", "lat"]].to_numpy(), np.tile([lon, lat], (len(group), 1))
        )
        for gate, at_lon, at_lat, far_m in zip(
            group["stop_id"], group["lon"], group["lat"], straight, strict=True
        ):
            stop.append(index)
            lonlat.append((at_lon, at_lat))
            known = inside.get((gate, name))
            seconds.append(round(far_m * 3.6 / _STATION_KMH if known is None else known))
    xy = geo.to_metric(np.array(lonlat, dtype=np.float64).reshape(-1, 2), network.crs)
    found = network.snap_all(xy, _FAR_M, structures=ANYWHERE)
    near = np.flatnonzero(found.segment >= 0)
    stop_of = np.array(stop, dtype=np.int32)
    alone = np.setdiff1d(np.arange(len(stops)), stop_of[near])
    outside = alone[_outside(stops.iloc[alone], network)]
    tables.tell(
        "note",
        "outside",
        "stops.txt",
        stops["stop_id"].to_numpy()[outside],
        "{id} lies outside the streets",
    )
    alone = np.setdiff1d(alone, outside)
    tables.tell(
        "warning",
        "unlinked",
        "stops.txt",
        stops["stop_id"].to_numpy()[alone],
        "no street lies within 500 m of {id}: one can't get on there",
    )
    return stop_of[near], found[near], np.array(seconds, dtype=np.int32)[near]


def _outside(stops: Frame, network: Network) -> npt.NDArray[np.bool_]:
    """Return which stops lie beyond the box round all streets."""
    xy = geo.to_metric(stops[["lon", "lat"]].to_numpy(np.float64).reshape(-1, 2), network.crs)
    low, high = network.streets.node_xy.min(axis=0), network.streets.node_xy.max(axis=0)
    return ((xy < low - _FAR_M) | (xy > high + _FAR_M)).any(axis=1)


def _pathways(tables: Tables) -> dict[tuple[str, str], float]:
    """Return the seconds between entrances and platforms that pathways join."""
    ways = tables.pathways
    if not len(ways):
        return {}
    ids = sorted({*text(ways, "from_stop_id"), *text(ways, "to_stop_id")})
    row = {name: index for index, name in enumerate(ids)}
    took = number(ways, "traversal_time")
    length = number(ways, "length")
    took = np.where(np.isnan(took), length * 3.6 / _STATION_KMH, took)
    unknown = np.isnan(took)
    if unknown.any():
        tables.findings.append(_unknown(int(unknown.sum())))
    took = np.maximum(np.where(unknown, 60.0, took), 1.0)
    a = [row[name] for name in text(ways, "from_stop_id")]
    b = [row[name] for name in text(ways, "to_stop_id")]
    back = number(ways, "is_bidirectional", 1.0) == 1
    source = np.concatenate([a, np.array(b)[back]]).astype(int)
    target = np.concatenate([b, np.array(a)[back]]).astype(int)
    cost = np.concatenate([took, took[back]])
    order = np.lexsort((cost, target, source))
    source, target, cost = source[order], target[order], cost[order]
    first = np.ones(len(source), dtype=np.bool_)
    first[1:] = (np.diff(source) != 0) | (np.diff(target) != 0)
    matrix = csr_array((cost[first], (source[first], target[first])), shape=(len(ids), len(ids)))
    kind = dict(zip(tables.stops["stop_id"], tables.stops["kind"], strict=True))
    gates = [index for index, name in enumerate(ids) if kind.get(name) == ENTRANCE]
    if not gates:
        return {}
    times = dijkstra(matrix, indices=gates)
    return {
        (ids[gate], name): float(times[g, index])
        for g, gate in enumerate(gates)
        for index, name in enumerate(ids)
        if kind.get(name) == 0 and np.isfinite(times[g, index])
    }


def _unknown(count: int) -> Finding:
    return Finding(
        "warning",
        "unmeasured_pathway",
        "pathways.txt",
        "",
        Text("{count} pathways have neither time nor length: a minute is taken", {"count": count}),
    )
