"""Street parts round nodes and points whose times are known, as a search would give them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sandbox.engine import parts
from sandbox.engine.graph import Graph
from sandbox.engine.kernel import Doubles, Ints
from sandbox.engine.search import Entered, Reached
from sandbox.streets.attachments import Attachments
from sandbox.units import NEVER_MS

# Shares of a part's length this near to its ends lie within it.
_INSIDE: Final = 1e-6
# Given where nothing holds one back anywhere.
_NO_ROOM_KNOWN: Final = np.empty(0, dtype=np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Street points whose times are known.

    Attributes
    ----------
    segment, fraction
        Where they are.
    ms
        Their times, int32.
    room_ms
        How far one may go on from each, int32; `NEVER_MS` where nothing holds one back.
    """

    segment: Ints
    fraction: Doubles
    ms: Ints
    room_ms: Ints


def gather(
    graph: Graph,
    starts: Attachments,
    node: Ints,
    node_ms: Ints,
    cutoff_ms: int,
    *,
    room_ms: Ints | None = None,
    more: Points | None = None,
) -> Reached:
    """Return the street parts round nodes whose times are known, as `search` would.

    Parameters
    ----------
    graph
        Who moves between the nodes.
    starts
        Where parts of their own streets are reached from.
    node, node_ms
        Nodes of the graph and their times, int32, each once; later ones than the cutoff are
        left out.
    cutoff_ms
        No part begins later.
    room_ms
        How far one may go on from each node, `NEVER_MS` where nothing holds one back; by
        default nowhere.
    more
        Other street points whose times are known.
    """
    soon = node_ms <= cutoff_ms
    node, node_ms = np.ascontiguousarray(node[soon]), np.ascontiguousarray(node_ms[soon])
    starts, _ = graph.on_copies(starts)
    every = Points(
        starts.segment,
        starts.fraction,
        graph.start_ms(starts.distance_m),
        np.full(len(starts.segment), NEVER_MS, dtype=np.int32),
    )
    if more is not None:
        every = Points(
            np.concatenate([every.segment, more.segment]),
            np.concatenate([every.fraction, more.fraction]),
            np.concatenate([every.ms, more.ms]),
            np.concatenate([every.room_ms, more.room_ms]),
        )
    times = np.full(len(graph.streets.node_xy), NEVER_MS, dtype=np.int32)
    times[node] = node_ms
    room = _NO_ROOM_KNOWN
    if room_ms is not None:
        room = np.full(len(times), NEVER_MS, dtype=np.int32)
        room[node] = room_ms[soon]
    found = parts.street_parts(
        graph.offsets,
        graph.edge_segment,
        graph.segment_ms,
        graph.streets.segment_nodes,
        graph.streets.node_xy,
        every.segment,
        every.fraction,
        every.ms,
        every.room_ms,
        int(cutoff_ms),
        times,
        room,
        node,
        len(node),
    )
    street = parts.not_on_ferry(graph, found)
    made = Reached(
        int(cutoff_ms),
        node,
        node_ms,
        *street,
        segment_nodes=graph.streets.segment_nodes,
        costs=(street[0], graph.segment_ms),
    )
    split = graph.split
    if split is None:
        return made
    node, node_ms = split.own_nodes(node, node_ms)
    return replace(
        made,
        node=node,
        node_ms=node_ms,
        segment=split.segment_of(street[0]),
        split=split,
        segment_nodes=split.ends,
    )


def union(fields: Sequence[Reached]) -> Reached:
    """Return what any of several searches reached, at the least of their times.

    All of the same streets and cutoff.
    """
    node, which = np.unique(np.concatenate([field.node for field in fields]), return_inverse=True)
    node_ms = np.full(len(node), NEVER_MS, dtype=np.int32)
    np.minimum.at(node_ms, which, np.concatenate([field.node_ms for field in fields]))
    return replace(
        fields[0],
        node=node,
        node_ms=node_ms,
        segment=np.concatenate([field.segment for field in fields]),
        along=np.concatenate([field.along for field in fields]),
        ends_xy=np.concatenate([field.ends_xy for field in fields]),
        ms=np.concatenate([field.ms for field in fields]),
        cost_ms=np.concatenate([field.cost_ms for field in fields]),
        costs=None,
        exact=_Soonest(tuple(fields)),
    )


def latest(fields: Sequence[Reached], most_m: float) -> Reached:
    """Return what all of several searches reached, at the latest of their times.

    Street parts are cut into pieces of at most `most_m` metres, whose ends have the exact time;
    between them it runs evenly. Times of places are exact.

    Parameters
    ----------
    fields
        Searches of the same streets and cutoff.
    most_m
        Longest piece, metres.
    """
    first = fields[0]
    node_ms = np.full((len(fields), _node_count(fields)), NEVER_MS, dtype=np.int32)
    for row, field in zip(node_ms, fields, strict=True):
        row[field.node] = field.node_ms
    last_ms = node_ms.max(axis=0)
    node = np.flatnonzero(last_ms < NEVER_MS).astype(np.int32)
    exact = _Latest(tuple(fields))
    where = np.column_stack([first.segment, first.along])
    _, part = np.unique(where, axis=0, return_index=True)
    for field in fields[1:]:
        part = part[np.isin(first.segment[part], field.segment)]
    long_m = np.hypot(*(first.ends_xy[part, 2:] - first.ends_xy[part, :2]).T)
    pieces = np.maximum(np.ceil(long_m / most_m), 1).astype(np.int64)
    of = np.repeat(np.arange(len(part)), pieces)
    nth = np.arange(len(of)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    shares = np.column_stack([nth, nth + 1]) / pieces[of, None]
    begin, end = first.along[part][of].T[:, :, None]
    along = begin + shares * (end - begin)
    ends = first.ends_xy[part][of]
    ends_xy = ends[:, None, :2] + shares[:, :, None] * (ends[:, None, 2:] - ends[:, None, :2])
    # Ends of parts are asked from within, as crossings have other streets.
    inside = begin + np.clip(shares, _INSIDE, 1.0 - _INSIDE) * (end - begin)
    segment = first.segment[part][of]
    count = len(of) * 2
    at = Attachments(np.repeat(segment, 2), inside.ravel(), np.zeros((count, 2)), np.zeros(count))
    times = exact.place_ms(Entered(at, np.zeros(count), np.arange(count), count)).reshape(-1, 2)
    kept = np.isfinite(times).all(axis=1)
    times = times[kept].astype(np.int32)
    apart = np.abs(np.diff(times, axis=1)).astype(np.int32)
    # Time runs one way along a piece: from its earlier end.
    ms = np.where(times == times.min(axis=1, keepdims=True), times, NEVER_MS).astype(np.int32)
    return replace(
        first,
        node=node,
        node_ms=last_ms[node],
        segment=segment[kept],
        along=along[kept],
        ends_xy=ends_xy[kept].reshape(-1, 4),
        ms=ms,
        cost_ms=np.repeat(apart, 2, axis=1),
        costs=None,
        own_ground=None,
        own_steps=None,
        exact=exact,
    )


def _node_count(fields: Sequence[Reached]) -> int:
    return max((int(field.node.max()) + 1 for field in fields if len(field.node)), default=0)


@dataclass(frozen=True, slots=True, eq=False)
class _Latest:
    """The latest times of several searches; see `sandbox.engine.search.AtPlaces`."""

    fields: tuple[Reached, ...]

    def place_ms(self, places: Entered) -> Doubles:
        return np.max([field.place_ms(places) for field in self.fields], axis=0)


@dataclass(frozen=True, slots=True, eq=False)
class _Soonest:
    """The least times of several searches; see `sandbox.engine.search.AtPlaces`."""

    fields: tuple[Reached, ...]

    def place_ms(self, places: Entered) -> Doubles:
        return np.min([field.place_ms(places) for field in self.fields], axis=0)
