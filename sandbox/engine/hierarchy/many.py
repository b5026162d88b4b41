"""Many long searches at once: when a hierarchy pays, and what it says."""

# Many arrays belong together here.
# ruff: noqa: PLR0917

from collections import deque
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.graph import Graph
from sandbox.engine.hierarchy.contraction import LONGEST_MS, Contracted, contract, customise
from sandbox.engine.hierarchy.pairs import TOGETHER, below, pairs
from sandbox.engine.kernel import Doubles, Ints, in_threads, processors
from sandbox.streets.attachments import Attachments

# Origins that one thread takes at a time.
_CHUNK: Final = 8 * TOGETHER
# A hierarchy costs as much as twenty to thirty searches of all that one can move on; where it
# brings little, searches sum lengths as they come.
_SEARCHES: Final = 50
# The streets that were contracted last: other hours, speeds and closings find them again.
_KEPT: Final = 2
# How many times the ties an old order may bring before a new one is sought.
_WORSE: Final = 1.3


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """Streets that were contracted: what they joined, and where."""

    mode: str
    offsets: Ints
    target: Ints
    xy: Doubles
    made: Contracted


_kept: Final[deque[_Known]] = deque(maxlen=_KEPT)


def pays(graph: Graph, origins: int, reached: float, cutoff_ms: int) -> bool:
    """Return whether many searches take longer than a hierarchy with all that it needs.

    It depends on the question alone, never on what was asked before, so that processes that
    share a question give the same bytes.

    Parameters
    ----------
    graph
        Who moves.
    origins
        How many searches there are.
    reached
        How many nodes one reaches, on an average.
    cutoff_ms
        Longest time that counts.
    """
    nodes = np.count_nonzero(np.diff(graph.offsets))
    return bool(cutoff_ms <= LONGEST_MS and origins * reached > _SEARCHES * nodes)


def all_pairs(
    graph: Graph,
    starts: Attachments,
    start_offsets: npt.NDArray[np.int64],
    ends: Attachments,
    end_place: npt.NDArray[np.int64],
    cutoff_ms: int,
    found: tuple[Doubles, Doubles],
    steps: tuple[Ints, Ints],
) -> None:
    """Put milliseconds and metres of all pairs into `found`, as `sandbox.engine.matrix` has them.

    Lengths are within some millimetres of the sums along the ways.

    Parameters
    ----------
    graph, starts, start_offsets, ends, end_place, cutoff_ms
        As for `sandbox.engine.matrix.matrix`; copies of streets have places of their own.
    found
        Milliseconds and metres, NaN everywhere.
    steps
        What the steps of starts and ends cost, milliseconds.
    """
    contracted = _contracted(graph)
    up, down = customise(contracted, graph)
    streets, (ms, metres), (start_ms, end_ms) = graph.streets, found, steps
    there = streets.segment_nodes[ends.segment[ends.segment >= 0]].ravel()
    onward = below(contracted, down, contracted.rank[there])
    offsets = start_offsets.astype(np.int32)

    def some(first: int) -> None:
        last = min(first + _CHUNK, len(ms))
        pairs(
            contracted.first,
            contracted.above,
            up,
            contracted.rank,
            onward.number,
            onward.first,
            onward.source,
            onward.cost,
            graph.segment_ms,
            streets.segment_nodes,
            streets.length_m,
            offsets[first : last + 1],
            starts.segment,
            starts.fraction,
            start_ms,
            starts.distance_m,
            ends.segment,
            ends.fraction,
            end_ms,
            ends.distance_m,
            end_place.astype(np.int32),
            int(cutoff_ms),
            ms[first:last],
            metres[first:last],
        )

    list(in_threads(some, range(0, len(ms), _CHUNK), processors()))


def _contracted(graph: Graph) -> Contracted:
    """Return the contracted streets of a graph; those contracted last are found again.

    Where streets were closed or drawn since, the order of the old nodes mostly holds, and new
    ones come before them: only what is tied is found anew.
    """
    target, xy = graph.edges[:, 0], graph.streets.node_xy
    for known in reversed(list(_kept)):
        if np.array_equal(known.offsets, graph.offsets) and np.array_equal(known.target, target):
            return known.made
    made = None
    for known in reversed(list(_kept)):
        old = len(known.xy)
        if known.mode == graph.mode and old <= len(xy) and np.array_equal(known.xy, xy[:old]):
            new = np.arange(old, len(xy), dtype=np.int32)
            order = np.concatenate([new, np.argsort(known.made.rank).astype(np.int32)])
            made = contract(graph, order, int(_WORSE * len(known.made.above)))
            break
    made = made or contract(graph)
    if made is None:
        raise AssertionError("streets have more ties than numbers")
    _kept.append(_Known(graph.mode, graph.offsets, target.copy(), xy, made))
    return made
