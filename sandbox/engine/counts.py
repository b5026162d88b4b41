"""What is in reach of many places: one search a place, on all processors; sums, or pairs."""

# Kernels take plain arrays and are long on purpose: calls between them cost.
# ruff: noqa: PLR0917

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.chains import Longs
from sandbox.engine.graph import Graph
from sandbox.engine.kernel import Doubles, Ints, in_threads, kernel, processors
from sandbox.engine.sweep.reach import reach
from sandbox.engine.sweep.ready import World, ready
from sandbox.streets.attachments import Attachments
from sandbox.units import NEVER_MS

# Origins that one thread takes at a time.
_CHUNK: Final = 128
# Fewer where each may reach so many places that their pairs would fill the memory.
_PAIRS_CHUNK: Final = 512
_MOST_PAIRS: Final = 16_000_000


def counts(
    graph: Graph,
    starts: Attachments,
    start_offsets: npt.NDArray[np.int64],
    ends: Attachments,
    end_place: npt.NDArray[np.int64],
    weight: npt.NDArray[np.float64],
    cutoffs_ms: npt.NDArray[np.int32],
    here_offsets: npt.NDArray[np.int64],
    here_place: npt.NDArray[np.int64],
) -> Doubles:
    """Return what the places within each cutoff weigh, ``(origins, cutoffs)``.

    A place counts where the times of `matrix` are within the cutoff.

    Parameters
    ----------
    graph
        Who moves.
    starts, start_offsets, ends, end_place
        Doors to leave and to enter by, as `matrix` takes them; all have a street.
    weight
        What each place counts, shape ``(places,)``.
    cutoffs_ms
        Ascending, shape ``(cutoffs,)``.
    here_offsets, here_place
        Places that need no time, and the first of each origin, shape ``(origins + 1,)``.
    """
    swept = ready(graph, starts, start_offsets, ends, end_place, here_offsets, here_place)
    sums = np.zeros((len(start_offsets) - 1, len(cutoffs_ms)))

    def some(first: int) -> None:
        with swept.workspace() as workspace:
            _counts(
                weight,
                workspace.node_ms,
                workspace.touched,
                swept.order[first : first + _CHUNK],
                cutoffs_ms,
                int(cutoffs_ms[-1]),
                sums,
                swept.world,
            )

    list(in_threads(some, range(0, len(sums), _CHUNK), processors()))
    return sums


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Who reaches what, of some origins.

    Attributes
    ----------
    origin
        The origins, shape ``(n,)``.
    offsets
        The first pair of each, and their count, shape ``(n + 1,)``.
    place, ms
        The place and the milliseconds of each pair, both int32; of one origin in no order.
    """

    origin: Ints
    offsets: Longs
    place: Ints
    ms: Ints


def pairs(
    graph: Graph,
    starts: Attachments,
    start_offsets: npt.NDArray[np.int64],
    ends: Attachments,
    end_place: npt.NDArray[np.int64],
    places: int,
    cutoff_ms: int,
    here_offsets: npt.NDArray[np.int64],
    here_place: npt.NDArray[np.int64],
) -> Iterator[Pairs]:
    """Yield which places each origin reaches and when, some origins at a time.

    Only what is reached is kept, so memory depends neither on how many origins there are nor on
    how many places. Each origin comes once, by where it lies; the times are those of `matrix`.

    Parameters
    ----------
    graph, starts, start_offsets, ends, end_place, here_offsets, here_place
        As for `counts`.
    places
        How many places there are.
    cutoff_ms
        None farther away is found.
    """
    swept = ready(graph, starts, start_offsets, ends, end_place, here_offsets, here_place)

    at_once = max(1, min(_PAIRS_CHUNK, _MOST_PAIRS // max(places, 1)))

    def some(first: int) -> Pairs:
        chosen = swept.order[first : first + at_once]
        with swept.workspace() as workspace:
            count, place, ms = _pairs(
                np.empty(places),
                workspace.node_ms,
                workspace.touched,
                chosen,
                int(cutoff_ms),
                swept.world,
            )
        return Pairs(chosen, np.concatenate([[0], np.cumsum(count)]), place, ms)

    workers = processors()
    # Some at a time, as all of them at once would be the whole matrix.
    together = 2 * workers * at_once
    for first in range(0, len(swept.order), together):
        last = min(first + together, len(swept.order))
        yield from in_threads(some, range(first, last, at_once), workers)


@kernel
def _counts(
    weight: Doubles,
    node_ms: Ints,
    touched: Ints,
    order: Ints,
    cutoffs_ms: Ints,
    last_ms: int,
    sums: Doubles,
    world: World,
) -> None:
    best = np.full(len(weight), np.int32(NEVER_MS), dtype=np.int32)
    found = np.empty(len(weight), dtype=np.int32)
    for o in order:
        places = reach(o, last_ms, node_ms, touched, best, found, *world)
        for i in range(places):
            p = found[i]
            c = len(cutoffs_ms) - 1
            while c >= 0 and best[p] <= cutoffs_ms[c]:
                sums[o, c] += weight[p]
                c -= 1
            best[p] = NEVER_MS


@kernel
def _pairs(
    weight: Doubles,
    node_ms: Ints,
    touched: Ints,
    order: Ints,
    last_ms: int,
    world: World,
) -> tuple[Longs, Ints, Ints]:
    best = np.full(len(weight), np.int32(NEVER_MS), dtype=np.int32)
    found = np.empty(len(weight), dtype=np.int32)
    count = np.zeros(len(order), dtype=np.int64)
    place = np.empty(1024, dtype=np.int32)
    ms = np.empty(1024, dtype=np.int32)
    used = 0
    for number in range(len(order)):
        o = order[number]
        places = reach(o, last_ms, node_ms, touched, best, found, *world)
        while used + places > len(place):
            larger_place, larger_ms = np.empty((2, 2 * len(place)), dtype=np.int32)
            for i in range(used):
                larger_place[i], larger_ms[i] = place[i], ms[i]
            place, ms = larger_place, larger_ms
        for i in range(places):
            p = found[i]
            place[used + i], ms[used + i] = p, best[p]
            best[p] = NEVER_MS
        used += places
        count[number] = places
    return count, place[:used].copy(), ms[:used].copy()
