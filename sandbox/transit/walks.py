"""Walks round the stops of a day's vehicles, and how one changes from one to the next."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.kernel import Doubles, Ints
from sandbox.engine.network import Network
from sandbox.kept import keep
from sandbox.streets.timetable import TRANSFER_FORBIDDEN, TRANSFER_INSIDE, Timetable
from sandbox.streets.travel import Travel
from sandbox.transit import links
from sandbox.transit.links import Links
from sandbox.transit.raptor import Changes
from sandbox.transit.service import Service, timetable_doors
from sandbox.transit.stop_access import Doors, by_number

_MS: Final = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Walks:
    """Walks round the stops of a service, for one way of walking.

    Attributes
    ----------
    doors
        All doors, the timetable's first.
    walk_ms, step_ms
        From each door's street point to the door, and to its platform.
    door_stop
        Stop of each door.
    by_segment
        The doors by segment of the graph, on all copies: where each segment's begin, and of
        each its fraction, the step from its platform, that from the door itself, and its stop.
    door
        Door of each of those.
    longest_ms
        The longest way from each node of the graph to a next one.
    limit_ms
        The longest walk on streets, between a place or a door and another.
    known, added
        Walks from the timetable's doors, and from the added ones.
    changes
        How one gets from vehicle to vehicle.
    """

    doors: Doors
    walk_ms: Ints
    step_ms: Ints
    door_stop: Ints
    by_segment: tuple[Ints, Doubles, Ints, Ints, Ints]
    door: npt.NDArray[np.int64]
    longest_ms: Ints
    limit_ms: int
    known: Links
    added: Links
    changes: Changes


@keep(12)
def walks(service: Service, travel: Travel, limit_ms: int) -> Walks:
    """Return the walks round a service's stops; the last few asked for are kept.

    Parameters
    ----------
    service
        Whose stops.
    travel
        How one walks; towards, for journeys found from their end.
    limit_ms
        The longest walk; no time inside a station counts to it.
    """
    network = service.network
    graph = network.moving(travel)
    base, more = service.doors
    every = base.joined(more)
    if travel.towards:
        every = every.turned()
    rows = np.arange(len(base.stop), len(every.stop), dtype=np.int32)
    known = _known_links(network, travel, limit_ms)
    added = links.links(graph, every, limit_ms, rows=rows)
    back = links.links(graph.reverse(), every.turned(), limit_ms, rows=rows)
    feet = (
        np.concatenate([known.foot_from, added.foot_from, back.foot_to]),
        np.concatenate([known.foot_to, added.foot_to, back.foot_from]),
        np.concatenate([known.foot_ms, added.foot_ms, back.foot_ms]),
    )
    out = every.turned()
    door_stop = np.repeat(every.stop, np.diff(every.offsets))
    at, door = graph.on_copies(every.at)
    order, first = by_number(at.segment, len(graph.segment_ms))
    door = door[order]
    longest_ms = np.zeros(len(graph.streets.node_xy), dtype=np.int32)
    source = np.repeat(np.arange(len(longest_ms)), np.diff(graph.offsets))
    np.maximum.at(longest_ms, source, graph.edges[:, 1])
    return Walks(
        doors=every,
        walk_ms=every.walk_ms(graph),
        step_ms=every.step_ms(graph),
        door_stop=door_stop,
        by_segment=(
            first,
            at.fraction[order],
            out.step_ms(graph)[door],
            out.walk_ms(graph)[door],
            door_stop[door],
        ),
        door=door,
        longest_ms=longest_ms,
        limit_ms=limit_ms,
        known=_for_stops(known, len(service.stop_id)),
        added=_for_stops(added, len(service.stop_id)),
        changes=_changes(len(service.stop_id), feet, network.timetable, travel.towards),
    )


@keep(6)
def _known_links(network: Network, travel: Travel, limit_ms: int) -> Links:
    graph, places = network.moving(travel), timetable_doors(network, travel.towards)
    if network.before is None:
        return links.links(graph, places, limit_ms)
    old = network.before
    known = _known_links(old, travel, limit_ms)
    before = old.moving(travel), timetable_doors(old, travel.towards), known
    return links.links_again(graph, places, limit_ms, before=before)


def _for_stops(made: Links, stops: int) -> Links:
    """Return links whose offsets have an entry for every stop of a service."""
    missing = stops + 1 - len(made.begin_offsets)
    if missing <= 0:
        return made
    more = np.full(missing, made.begin_offsets[-1], dtype=np.int32)
    return Links(
        np.concatenate([made.begin_offsets, more]),
        made.begin_node,
        made.node_offsets,
        made.node_stop,
        made.node_ms,
        made.node_walk_ms,
        made.foot_from,
        made.foot_to,
        made.foot_ms,
    )


def _changes(
    stops: int,
    feet: tuple[Ints, Ints, Ints],
    timetable: Timetable | None,
    towards: bool,
) -> Changes:
    """Return walks between stops with what the timetable says of changes there."""
    foot_from, foot_to, foot_ms = feet
    same_ms = np.zeros(stops, dtype=np.int32)
    if timetable is not None and len(timetable.transfer_from):
        a, b = timetable.transfer_from, timetable.transfer_to
        if towards:
            a, b = b, a
        least = (timetable.transfer_s.astype(np.int64) * _MS).astype(np.int32)
        forbidden = timetable.transfer_kind == TRANSFER_FORBIDDEN
        least[forbidden] = np.iinfo(np.int32).max // 4
        inside = timetable.transfer_kind == TRANSFER_INSIDE
        foot_from, foot_to, foot_ms = (
            np.concatenate([column, more])
            for column, more in zip(
                (foot_from, foot_to, foot_ms), (a[inside], b[inside], least[inside]), strict=True
            )
        )
        a, b, least = a[~inside], b[~inside], least[~inside]
        own = a == b
        same_ms[a[own]] = least[own]
        told = {
            (int(i), int(j)): int(ms)
            for i, j, ms in zip(a[~own], b[~own], least[~own], strict=True)
        }
        foot_ms = foot_ms.copy()
        for k, pair in enumerate(zip(foot_from.tolist(), foot_to.tolist(), strict=True)):
            if pair in told:
                # What is stated must be there to change, but nobody walks faster for it.
                foot_ms[k] = max(int(foot_ms[k]), told[pair])
        walked = set(zip(foot_from.tolist(), foot_to.tolist(), strict=True))
        extra = [(i, j, ms) for (i, j), ms in told.items() if (i, j) not in walked]
        foot_from, foot_to, foot_ms = (
            np.concatenate([column, np.array([row[n] for row in extra], dtype=np.int32)])
            for n, column in enumerate((foot_from, foot_to, foot_ms))
        )
    order = np.argsort(foot_from, kind="stable")
    offsets = np.zeros(stops + 1, dtype=np.int32)
    np.cumsum(np.bincount(foot_from, minlength=stops), out=offsets[1:])
    return Changes(same_ms, offsets, foot_to[order], foot_ms[order])
