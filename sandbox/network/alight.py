"""When lines and feet bring one to places: over a window, by the best stop and access point."""

# Kernels take plain arrays.
# ruff: noqa: PLR0917

import numpy as np
import numpy.typing as npt

from sandbox.network.graph import NEVER_MS
from sandbox.network.kernel import Doubles, Ints, kernel
from sandbox.network.snap import Attachments
from sandbox.network.transit import Journeys, rank


def place_ms(
    found: Journeys,
    ends: Attachments,
    step_ms: npt.NDArray[np.float64],
    offsets: npt.NDArray[np.int64],
    percentile: int,
) -> npt.NDArray[np.float64]:
    """Return when places are reached at a percentile, ``(n,)``; infinite beyond the cutoff.

    In each sample of the window one alights at the stop, and enters by the access point,
    that brings one there first; the percentile is that of these times.

    Parameters
    ----------
    found
        All journeys of the window.
    ends, step_ms
        Where access points meet streets, and the walk between.
    offsets
        First access point of each place, and how many there are, shape ``(n + 1,)``.
    percentile
        1 to 99.
    """
    count = len(offsets) - 1
    out = np.full(count, NEVER_MS, dtype=np.int32)
    brought = np.ascontiguousarray(found.brought_ms)
    soonest = brought.min(axis=1, initial=NEVER_MS).astype(np.int32)
    _at_places(
        _walked_ms(found, ends, step_ms),
        ends.segment,
        ends.fraction,
        step_ms.astype(np.int32),
        offsets.astype(np.int32),
        *_walks(found),
        brought,
        soonest,
        found.cutoff_ms,
        rank(percentile, found.samples),
        out,
    )
    return np.where(out == NEVER_MS, np.inf, out.astype(np.float64))


def egress_ms(
    found: Journeys, ends: Attachments, step_ms: npt.NDArray[np.float64]
) -> tuple[Ints, Ints]:
    """Return the walk from each stop's platform to one place, and the access point it ends at.

    Both int32, shape ``(stops,)``; `NEVER_MS` and -1 where no walk leads there.

    Parameters
    ----------
    found, ends, step_ms
        As for `place_ms`, of one place.
    """
    walk = np.full(len(found.service.stop_id), NEVER_MS, dtype=np.int32)
    by = np.full(len(walk), -1, dtype=np.int32)
    touched = np.empty(len(walk), dtype=np.int32)
    _egress(
        ends.segment,
        ends.fraction,
        step_ms.astype(np.int32),
        0,
        len(ends.segment),
        *_walks(found),
        walk,
        by,
        touched,
    )
    return walk, by


def walked_ms(
    found: Journeys, ends: Attachments, step_ms: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """Return when each access point is reached without any ride; else infinite."""
    return found.walked.times_ms(ends) + step_ms


def _walked_ms(found: Journeys, ends: Attachments, step_ms: npt.NDArray[np.float64]) -> Ints:
    times = walked_ms(found, ends, step_ms)
    return np.where(times < NEVER_MS, times, NEVER_MS).astype(np.int32)


_Walks = tuple[Ints, Ints, Ints, Ints, Ints, Ints, Ints, Ints]


def _walks(found: Journeys) -> _Walks:
    known, added = found.walks.known, found.walks.added
    graph = found.graph
    return (
        graph.segment_ms,
        graph.streets.segment_nodes,
        known.node_offsets,
        known.node_stop,
        known.node_ms,
        added.node_offsets,
        added.node_stop,
        added.node_ms,
    )


@kernel
def _at_places(
    walked: Ints,
    segment: Ints,
    fraction: Doubles,
    step: Ints,
    offsets: Ints,
    segment_ms: Ints,
    segment_nodes: Ints,
    node_offsets: Ints,
    node_stop: Ints,
    node_ms: Ints,
    more_offsets: Ints,
    more_stop: Ints,
    more_ms: Ints,
    brought_ms: Ints,
    soonest_ms: Ints,
    cutoff_ms: int,
    ranked: int,
    out: Ints,
) -> None:
    """Bring places to the ranked times of all samples."""
    stops, samples = brought_ms.shape
    walk = np.full(stops, np.int32(NEVER_MS), dtype=np.int32)
    by = np.full(stops, np.int32(-1), dtype=np.int32)
    touched = np.empty(stops, dtype=np.int32)
    times = np.empty(samples, dtype=np.int32)
    for p in range(len(offsets) - 1):
        first, last = offsets[p], offsets[p + 1]
        on_foot = np.int32(NEVER_MS)
        for i in range(first, last):
            on_foot = min(on_foot, walked[i])
        times[:] = on_foot
        count = _egress(
            segment,
            fraction,
            step,
            first,
            last,
            segment_ms,
            segment_nodes,
            node_offsets,
            node_stop,
            node_ms,
            more_offsets,
            more_stop,
            more_ms,
            walk,
            by,
            touched,
        )
        for t in range(count):
            stop = touched[t]
            # What never comes must not overflow.
            if soonest_ms[stop] <= cutoff_ms and walk[stop] <= cutoff_ms - soonest_ms[stop]:
                for j in range(samples):
                    if brought_ms[stop, j] <= cutoff_ms:
                        times[j] = min(times[j], brought_ms[stop, j] + walk[stop])
            walk[stop], by[stop] = NEVER_MS, -1
        if samples > 1:
            times.sort()
        if times[ranked] <= cutoff_ms:
            out[p] = times[ranked]


@kernel
def _egress(
    segment: Ints,
    fraction: Doubles,
    step: Ints,
    first: int,
    last: int,
    segment_ms: Ints,
    segment_nodes: Ints,
    node_offsets: Ints,
    node_stop: Ints,
    node_ms: Ints,
    more_offsets: Ints,
    more_stop: Ints,
    more_ms: Ints,
    walk: Ints,
    by: Ints,
    touched: Ints,
) -> int:
    """Lower the walks from stops to those by access points; return how many stops there are."""
    count = 0
    for i in range(first, last):
        s = segment[i]
        for way in range(2):
            share = fraction[i] if way == 0 else 1.0 - fraction[i]
            along = 0.0
            if share > 0.0:
                if segment_ms[s, way] == NEVER_MS:
                    continue
                along = share * segment_ms[s, way]
            node = segment_nodes[s, way]
            for part in range(2):
                offsets = node_offsets if part == 0 else more_offsets
                of_stop = node_stop if part == 0 else more_stop
                of_ms = node_ms if part == 0 else more_ms
                for k in range(offsets[node], offsets[node + 1]):
                    ms = np.int64(np.rint(of_ms[k] + along)) + step[i]
                    stop = of_stop[k]
                    if ms < walk[stop]:
                        if walk[stop] == NEVER_MS:
                            touched[count] = stop
                            count += 1
                        walk[stop], by[stop] = ms, i
    return count
