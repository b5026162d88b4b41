"""How a feed lets one change between vehicles, or stay aboard of one that goes on."""

from collections import Counter
from typing import Any, Final

import numpy as np

from sandbox.sources.gtfs.cells import Frame, number, text
from sandbox.sources.gtfs.findings import Finding
from sandbox.sources.gtfs.pathways import Inside
from sandbox.sources.gtfs.tables import Tables
from sandbox.streets.timetable import (
    STAY_ABOARD,
    STAY_FORBIDDEN,
    TRANSFER_FORBIDDEN,
    TRANSFER_INSIDE,
    TRANSFER_TIMED,
)
from sandbox.words import Text

_TIMED_TRANSFER: Final = 2
_NO_TRANSFER: Final = 3
_IN_SEAT: Final = 4
_NOT_IN_SEAT: Final = 5


def transfers(
    tables: Tables, stops: Frame, stop_row: dict[str, int], within: Inside
) -> dict[str, Any]:
    """Return the timetable's columns of changes between stops.

    Those of a station count for each of its platforms, unless a platform has one of its own.

    Parameters
    ----------
    tables
        The feed.
    stops, stop_row
        Its stops that vehicles call at, in their final order, and the row of each.
    within
        The ways inside of its stations.
    """
    platforms = {name: [index] for name, index in stop_row.items()}
    for station, group in stops.groupby("parent"):
        if station:
            platforms[str(station)] = group.index.tolist()
    kind = number(tables.transfers, "transfer_type", 0.0).astype(int)
    least = number(tables.transfers, "min_transfer_time", 0.0)
    of_trips = np.zeros(len(kind), dtype=np.bool_)
    for column in ("from_trip_id", "to_trip_id", "from_route_id", "to_route_id"):
        of_trips |= (text(tables.transfers, column) != "").to_numpy()
    left_out = int((of_trips & (kind < _IN_SEAT)).sum())
    if left_out:
        left = Text(
            "{count} transfer rules for single lines or trips are ignored", {"count": left_out}
        )
        tables.findings.append(Finding("note", "transfer_of_trips", "transfers.txt", "", left))
    stated: list[tuple[int, int, int, int]] = []
    between = np.flatnonzero(~of_trips & (kind < _IN_SEAT))
    for (i, j), index in _by_pair(tables.transfers, platforms, stop_row, between.tolist()):
        if kind[index] == _NO_TRANSFER:
            stated.append((i, j, TRANSFER_FORBIDDEN, 0))
        elif kind[index] == _TIMED_TRANSFER:
            stated.append((i, j, TRANSFER_TIMED, int(least[index])))
    ways = [
        (stop_row[a], stop_row[b], TRANSFER_INSIDE, seconds)
        for (a, b), seconds in within.changes.items()
        if a in stop_row and b in stop_row
    ]
    table = np.array([*stated, *ways], dtype=np.int32).reshape(-1, 4)
    return {
        "transfer_from": table[:, 0].copy(),
        "transfer_to": table[:, 1].copy(),
        "transfer_kind": table[:, 2].astype(np.uint8),
        "transfer_s": table[:, 3].copy(),
    }


def _by_pair(
    told: Frame, platforms: dict[str, list[int]], stop_row: dict[str, int], rows: list[int]
) -> list[tuple[tuple[int, int], int]]:
    """Return each pair of platforms that a rule is about, and the row that counts for it.

    A rule about a platform is more specific than one about its station, and counts before it;
    of equally specific ones the last counts.

    Parameters
    ----------
    told
        The rules.
    platforms
        The platforms that a name in a rule stands for.
    stop_row
        The names of platforms.
    rows
        Which of the rules are about platforms and stations.
    """
    ends = list(zip(text(told, "from_stop_id"), text(told, "to_stop_id"), strict=True))
    found: dict[tuple[int, int], int] = {}
    for index in sorted(rows, key=lambda row: sum(end in stop_row for end in ends[row])):
        a, b = ends[index]
        found |= {(i, j): index for i in platforms.get(a, ()) for j in platforms.get(b, ())}
    return list(found.items())


def stays(tables: Tables, trips: list[str]) -> dict[str, Any]:
    """Return the timetable's columns of blocks, and of trips that are linked by rules.

    Parameters
    ----------
    tables
        The feed.
    trips
        Ids of its trips, in their final order.
    """
    row = {name: index for index, name in enumerate(trips)}
    of_trip = dict(zip(tables.trips["trip_id"], text(tables.trips, "block_id"), strict=True))
    blocks = [of_trip[name] for name in trips]
    shared = [name for name, count in Counter(blocks).items() if name and count > 1]
    block_row = {name: index for index, name in enumerate(shared)}
    told = tables.transfers
    kind = number(told, "transfer_type", 0.0).astype(int)
    pairs: dict[tuple[int, int], int] = {}
    unknown: list[str] = []
    for index, (a, b) in enumerate(
        zip(text(told, "from_trip_id"), text(told, "to_trip_id"), strict=True)
    ):
        if kind[index] not in {_IN_SEAT, _NOT_IN_SEAT}:
            continue
        if a not in row or b not in row:
            unknown.append(f"{a} → {b}")
            continue
        pairs[row[a], row[b]] = STAY_ABOARD if kind[index] == _IN_SEAT else STAY_FORBIDDEN
    tables.tell(
        "warning",
        "unknown_link",
        "transfers.txt",
        unknown,
        "the link between trips {id} is ignored: one of them is unknown",
    )
    table = np.array([(*pair, rule) for pair, rule in pairs.items()], dtype=np.int32)
    table = table.reshape(-1, 3)
    return {
        "trip_block": np.array([block_row.get(name, -1) for name in blocks], dtype=np.int32),
        "stay_from": table[:, 0].copy(),
        "stay_to": table[:, 1].copy(),
        "stay_kind": table[:, 2].astype(np.uint8),
    }
