"""Where a feed's stops meet the streets: their entrances, or they themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.network import Network
from sandbox.engine.snap import ANYWHERE
from sandbox.geo import crs as geo
from sandbox.sources.gtfs.cells import Frame, text
from sandbox.sources.gtfs.pathways import STATION_KMH, Inside
from sandbox.sources.gtfs.tables import ENTRANCE, Tables
from sandbox.streets.attachments import Attachments

_FAR_M: Final = 500.0
# Values of `stop_access`: only by the station, or straight from the street.
_BY_STATION: Final = "0"
_DIRECT: Final = "1"


@dataclass(frozen=True, slots=True)
class Access:
    """Where stops are entered and left, a row a door.

    Attributes
    ----------
    stop
        Row of the stop, int32.
    lonlat
        Where the door itself is, WGS 84, shape ``(n, 2)``.
    at
        Where the door meets the streets.
    in_s, out_s
        Seconds from the door to the stop's platform and back, int32; -1 where one may not
        go that way.
    """

    stop: npt.NDArray[np.int32]
    lonlat: npt.NDArray[np.float64]
    at: Attachments
    in_s: npt.NDArray[np.int32]
    out_s: npt.NDArray[np.int32]


def doors(tables: Tables, stops: Frame, network: Network, inside: Inside) -> Access:
    """Return where a feed's stops are entered and left.

    A stop whose station has pathways is entered along them alone, at the entrances that they
    lead to; one whose station has entrances only, at those; another where it stands, as one
    that says so in ``stop_access``. Doors farther than 500 m from a street are left out, and
    stops without any are noted, those outside the streets' ground apart.

    Parameters
    ----------
    tables
        The feed.
    stops
        Its stops that vehicles call at, in their final order.
    network
        The streets.
    inside
        The ways inside of its stations.
    """
    rows = list(_rows(tables, stops, inside))
    lonlat = np.array([row[1] for row in rows], dtype=np.float64).reshape(-1, 2)
    found = network.snap_all(geo.to_metric(lonlat, network.crs), _FAR_M, structures=ANYWHERE)
    near = np.flatnonzero(found.segment >= 0)
    stop_of, in_s, out_s = (
        np.array([row[k] for row in rows], dtype=np.int32)[near] for k in (0, 2, 3)
    )
    ids = stops["stop_id"].to_numpy()
    locked = np.setdiff1d(np.arange(len(stops)), [row[0] for row in rows])
    tables.tell(
        "warning",
        "locked_platform",
        "stops.txt",
        ids[locked],
        "no pathway connects {id} with an entrance: passengers can't board or alight there",
    )
    alone = np.setdiff1d(np.setdiff1d(np.arange(len(stops)), stop_of), locked)
    outside = alone[_outside(stops.iloc[alone], network)]
    tables.tell("note", "outside", "stops.txt", ids[outside], "{id} lies outside the streets")
    tables.tell(
        "warning",
        "unlinked",
        "stops.txt",
        ids[np.setdiff1d(alone, outside)],
        "no street lies within 500 m of {id}: passengers can't board there",
    )
    return Access(stop_of, lonlat[near], found[near], in_s, out_s)


_Row = tuple[int, tuple[float, float], int, int]


def _rows(tables: Tables, stops: Frame, inside: Inside) -> Iterator[_Row]:
    """Yield each door: its stop, where it is, and the seconds in and out."""
    everything = tables.stops
    place = {
        name: (float(lon), float(lat))
        for name, lon, lat in zip(*(everything[c] for c in ("stop_id", "lon", "lat")), strict=True)
    }
    gates = everything[(everything["kind"] == ENTRANCE) & (everything["parent"] != "")]
    by_station = {str(one): group["stop_id"].tolist() for one, group in gates.groupby("parent")}
    unjoined: list[str] = []
    for station in sorted(inside.stations):
        unjoined += [gate for gate in by_station.get(station, ()) if gate not in inside.gates]
    tables.tell(
        "warning",
        "unjoined_entrance",
        "pathways.txt",
        unjoined,
        "no pathway connects entrance {id} with a platform: it can't be used",
    )
    access = text(stops, "stop_access")
    for index, (name, parent, direct) in enumerate(
        zip(stops["stop_id"], stops["parent"], access, strict=True)
    ):
        if direct == _DIRECT:
            yield index, place[name], 0, 0
        elif (parent or name) in inside.stations:
            for gate, in_s, out_s in inside.doors.get(name, ()):
                yield index, place[gate], in_s, out_s
        elif parent in by_station:
            for gate in by_station[parent]:
                seconds = _straight_s(place[gate], place[name])
                yield index, place[gate], seconds, seconds
        elif direct == _BY_STATION and parent in place:
            seconds = _straight_s(place[parent], place[name])
            yield index, place[parent], seconds, seconds
        else:
            yield index, place[name], 0, 0


def _straight_s(a: tuple[float, float], b: tuple[float, float]) -> int:
    far_m = float(geo.length_m(np.array([a]), np.array([b]))[0])
    return round(far_m * 3.6 / STATION_KMH)


def _outside(stops: Frame, network: Network) -> npt.NDArray[np.bool_]:
    """Return which stops lie beyond the box round all streets."""
    xy = geo.to_metric(stops[["lon", "lat"]].to_numpy(np.float64).reshape(-1, 2), network.crs)
    low, high = network.streets.node_xy.min(axis=0), network.streets.node_xy.max(axis=0)
    return ((xy < low - _FAR_M) | (xy > high + _FAR_M)).any(axis=1)
