"""Streets for one mode at one speed: which node follows which, and at what cost."""

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from sandbox.engine.split import Longs, Split
from sandbox.streets.attachments import Attachments
from sandbox.streets.modes import ACCESS
from sandbox.streets.streets import Streets
from sandbox.units import MS_PER_M_AT_1_KMH, NEVER_MS


@dataclass(frozen=True, slots=True, eq=False)
class Workspace:
    """Memory that searches use again and again; one search at a time has it.

    Between searches every entry of `node_ms` is `NEVER_MS`.
    """

    node_ms: npt.NDArray[np.int32]
    touched: npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """Directed edges of one mode with their costs, ready for `sandbox.engine.search`.

    A mode with slopes, turns or speeds of its own brings other costs for each
    direction and changes nothing else; a search towards the origin takes
    `reverse()`.

    Attributes
    ----------
    streets
        Where it comes from.
    mode
        Who moves.
    speed_kmh
        Walking speed between a place and its street; the speed everywhere where `build`
        made the graph.
    offsets
        First edge of each node, int32, shape ``(n + 1,)``.
    edges
        Target node and cost in milliseconds of each edge, int32, shape ``(m, 2)``.
    edge_segment
        Segment of each edge, int32, shape ``(m,)``.
    segment_ms
        Cost of each segment forward and backward, int32 milliseconds, shape
        ``(s, 2)``; `NEVER_MS` where the mode may not go that way.
    idle
        Workspaces that no search uses at the moment, shared by graphs of the same nodes.
    fixed_ms
        Time to the vehicle and for leaving it at the end, int32 milliseconds each; counted
        in all times.
    split
        What of `streets` are copies for the sake of banned turns; None where nothing is.
    """

    streets: Streets
    mode: str
    speed_kmh: float
    offsets: npt.NDArray[np.int32]
    edges: npt.NDArray[np.int32]
    edge_segment: npt.NDArray[np.int32]
    segment_ms: npt.NDArray[np.int32]
    idle: list[Workspace] = field(default_factory=list[Workspace])
    fixed_ms: tuple[int, int] = (0, 0)
    split: Split | None = None

    def reverse(self) -> "Graph":
        """Return the same graph with every edge turned round: times towards the start."""
        turned = np.ascontiguousarray(self.segment_ms[:, ::-1])
        made = join(self.streets, self.mode, self.speed_kmh, turned, self.idle)
        return replace(made, fixed_ms=self.fixed_ms, split=self.split)

    def on_copies(self, at: Attachments) -> tuple[Attachments, npt.NDArray[np.int64]]:
        """Return places on all copies of their streets too, and which place each is."""
        if self.split is None:
            return at, np.arange(len(at.segment))
        return self.split.places(at)

    def start_ms(self, distance_m: npt.NDArray[np.float64]) -> npt.NDArray[np.int32]:
        """Return when searches leave the street points of places so far from them.

        The walk to the street counts, and what getting at the vehicle and leaving it takes.
        """
        walk = np.rint(distance_m * (MS_PER_M_AT_1_KMH / self.speed_kmh)) + sum(self.fixed_ms)
        return np.minimum(walk, NEVER_MS - 1).astype(np.int32)

    def walk_ms(self, distance_m: float) -> int:
        """Return the time in milliseconds for the step between a place and its street."""
        return round(distance_m * (MS_PER_M_AT_1_KMH / self.speed_kmh))


def build(streets: Streets, mode: str, speed_kmh: float, idle: list[Workspace]) -> Graph:
    """Return the graph of a mode that goes at one speed everywhere; ferries do not.

    Costs are whole milliseconds, rounded to the nearest, which keeps the order of
    speeds: who is faster is never later anywhere.
    """
    ms = np.rint(streets.length_m.astype(np.float64) * MS_PER_M_AT_1_KMH / speed_kmh)
    ms = np.minimum(ms, NEVER_MS - 1).astype(np.int32)
    segment_ms = np.full((len(ms), 2), NEVER_MS, dtype=np.int32)
    for way, bit in enumerate(ACCESS[mode]):
        open_ = ((streets.access & bit) != 0) & streets.walked_on
        segment_ms[open_, way] = ms[open_]
    return join(streets, mode, speed_kmh, segment_ms, idle)


def join(
    streets: Streets,
    mode: str,
    speed_kmh: float,
    segment_ms: npt.NDArray[np.int32],
    idle: list[Workspace],
) -> Graph:
    """Return the graph of segments whose costs are known, as `Graph.segment_ms` holds them."""
    offsets, edges, edge_segment = adjacency(
        len(streets.node_xy), streets.segment_nodes, segment_ms
    )
    return Graph(
        streets=streets,
        mode=mode,
        speed_kmh=speed_kmh,
        offsets=offsets,
        edges=edges,
        edge_segment=edge_segment,
        segment_ms=segment_ms,
        idle=idle,
    )


def adjacency(
    nodes: int, segment_nodes: npt.NDArray[np.int32], segment_ms: npt.NDArray[np.int32]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Return `Graph.offsets`, `Graph.edges` and `Graph.edge_segment` of segments' costs."""
    ahead = np.flatnonzero(segment_ms[:, 0] != NEVER_MS)
    back = np.flatnonzero(segment_ms[:, 1] != NEVER_MS)
    source = np.concatenate([segment_nodes[ahead, 0], segment_nodes[back, 1]])
    target = np.concatenate([segment_nodes[ahead, 1], segment_nodes[back, 0]])
    cost = np.concatenate([segment_ms[ahead, 0], segment_ms[back, 1]])
    segment = np.concatenate([ahead, back])
    order = np.argsort(source, kind="stable")
    offsets = np.zeros(nodes + 1, dtype=np.int32)
    np.cumsum(np.bincount(source, minlength=nodes), out=offsets[1:])
    return (
        offsets,
        np.stack([target[order], cost[order]], axis=1).astype(np.int32),
        segment[order].astype(np.int32),
    )


def find_again(old: Graph, new: Graph) -> tuple[Longs, Longs]:
    """Return which node and segment of edited streets each of the old ones is; -1 for none.

    Nodes and segments keep their numbers. Copies come after them, so theirs change: they are
    known by what they stand for.

    Parameters
    ----------
    old, new
        Graphs of the same mode; the new one has the old nodes and segments by their numbers,
        and what was added after them.
    """
    node = np.arange(len(old.streets.node_xy))
    segment = np.arange(len(old.segment_ms))
    was, now = old.split, new.split
    if was is None:
        return node, segment
    node[was.nodes :], segment[was.segments :] = -1, -1
    if now is None or was.key is None or now.key is None:
        return node, segment
    node[was.nodes :] = _found(was.key, now.key, now.nodes)
    old_ends, new_ends = node[was.copy_ends], now.copy_ends.astype(np.int64)
    every = len(new.streets.node_xy)
    ends = np.concatenate([old_ends[:, 0] * every + old_ends[:, 1], new_ends @ (every, 1)])
    # Parts of parallel streets lie between the same copies.
    _, pair = np.unique(ends, return_inverse=True)
    name = np.concatenate([was.parent, now.parent]) * np.int64(len(ends)) + pair
    copies = len(was.parent)
    segment[was.segments :] = _found(name[:copies], name[copies:], now.segments)
    segment[was.segments :][(old_ends < 0).any(axis=1)] = -1
    return node, segment


def _found(wanted: Longs, known: Longs, first: int) -> Longs:
    """Return where wanted numbers are among known ones, counted from `first`; -1 if nowhere."""
    if not len(known):
        return np.full(len(wanted), -1, dtype=np.int64)
    order = np.argsort(known)
    at = order[np.minimum(np.searchsorted(known[order], wanted), len(known) - 1)]
    return np.where(known[at] == wanted, first + at, -1)
