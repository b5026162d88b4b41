"""On from the stops: when places and street nodes are reached in every sample of a window.

A place's time in a sample is the least over all stops, and over both ends of its street;
only then are samples put in order. The longest walk holds to the place itself, on streets
from the stop's door: the time inside a station is none of it.
"""

# Kernels take plain arrays.
# ruff: noqa: PLR0917

from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.engine.kernel import Doubles, Ints, kernel
from sandbox.engine.parts import piece_ms
from sandbox.units import NEVER_MS

# After so many stops one asks anew what can still matter.
_LOOK_AGAIN: Final = 12
# Walks from stops by street node: offsets, stop, milliseconds from the platform, and from the
# door; the shortest walk first.
_ByNode = tuple[Ints, Ints, Ints, Ints]
# Doors of stops by segment: offsets, fraction, milliseconds from the platform, and from the
# door, stop.
_BySegment = tuple[Ints, Doubles, Ints, Ints, Ints]


@kernel
def mark_nodes(
    stops: Ints, begin_offsets: Ints, begin_node: Ints, near: npt.NDArray[np.bool_]
) -> None:
    """Mark the street nodes round stops."""
    for s in stops:
        for k in range(begin_offsets[s], begin_offsets[s + 1]):
            near[begin_node[k]] = True


@kernel
def at_nodes(
    nodes: Ints,
    walked_ms: Ints,
    longest_ms: Ints,
    known: _ByNode,
    added: _ByNode,
    brought_ms: Ints,
    soonest_ms: Ints,
    limit_ms: int,
    cutoff_ms: int,
    ranks: Ints,
    begin: int,
    end: int,
    out: Ints,
    room: Ints,
) -> None:
    """Bring street nodes to the ranked times of all samples.

    Parameters
    ----------
    nodes, walked_ms
        Nodes to look at, and how long one walks there without any ride.
    longest_ms
        The longest way from each node of the streets to a next one.
    known, added
        Walks from stops by node, in two parts.
    brought_ms, soonest_ms
        When vehicles bring one to stops in each sample, shape ``(stops, samples)``, and
        the least of each stop.
    limit_ms
        The longest walk from a stop.
    cutoff_ms
        What is later counts as never.
    ranks
        Which of the sorted samples are wanted, from 0, ascending.
    begin, end
        Which of the nodes are done here.
    out
        Times, shape ``(ranks, nodes)``; `NEVER_MS` where that sample is too late.
    room
        How much farther one may walk from the node with that time holding good, in the
        same shape; `NEVER_MS` where no next node is too far.
    """
    samples = brought_ms.shape[1]
    times = np.empty(samples, dtype=np.int32)
    least = np.empty(samples, dtype=np.int32)
    for i in range(begin, end):
        n = nodes[i]
        times[:] = walked_ms[i]
        # Beyond this walk not all of the next streets can be walked to their end.
        inner = limit_ms - int(longest_ms[n])
        far, done, until = False, 0, cutoff_ms
        for offsets, stop, ms, walk_ms in (known, added):
            for k in range(offsets[n], offsets[n + 1]):
                s, on = stop[k], ms[k]
                if int(soonest_ms[s]) + on > until:
                    continue
                if walk_ms[k] > inner and not far:
                    far = _is_sooner(times, brought_ms, s, on, cutoff_ms)
                _by_stop(times, brought_ms, s, on, cutoff_ms)
                done += 1
                if done % _LOOK_AGAIN == 0:
                    until = _still_matters(times, least, ranks[-1], until)
        for r in range(len(ranks)):
            _put_in_place(times, ranks[r], ranks[r - 1] + 1 if r else 0)
            at = int(times[ranks[r]])
            room[r, i] = NEVER_MS
            if at > cutoff_ms:
                out[r, i] = NEVER_MS
                continue
            out[r, i] = at
            if not far:
                continue
            # Who walks all the way may walk on.
            least[:] = -1 if walked_ms[i] <= at else NEVER_MS
            for offsets, stop, ms, walk_ms in (known, added):
                for k in range(offsets[n], offsets[n + 1]):
                    _by_then(least, brought_ms, soonest_ms, stop[k], ms[k], walk_ms[k], at)
            _put_in_place(least, ranks[r], 0)
            if least[ranks[r]] >= 0 and least[ranks[r]] > inner:
                room[r, i] = limit_ms - least[ranks[r]]


@kernel
def walks_to(
    segment: int,
    fraction: float,
    step_ms: int,
    segment_ms: Ints,
    segment_nodes: Ints,
    known: _ByNode,
    added: _ByNode,
    doors: _BySegment,
    limit_ms: int,
    on_ms: Ints,
    walk_ms: Ints,
    stops: Ints,
    count: int,
) -> int:
    """Bring the way from each stop to that by one more street point; return how many have one.

    By both ends of the point's segment, and along it from stops on the segment itself.

    Parameters
    ----------
    segment, fraction, step_ms
        The street point, and the step from it to the place.
    segment_ms, segment_nodes
        Of the streets, as one walks.
    known, added, doors
        Walks from stops by node, in two parts, and doors by segment.
    limit_ms
        The longest walk, the step in it.
    on_ms, walk_ms
        The soonest way from each stop's platform, `NEVER_MS` where there is none yet, and
        how much of it is walked on streets.
    stops, count
        The stops that have one, and how many these are so far.
    """
    for way in range(2):
        share = fraction if way == 0 else 1.0 - fraction
        if share > 0.0 and segment_ms[segment, way] == NEVER_MS:
            continue
        along = int(step_ms)
        if share > 0.0:
            along += piece_ms(share, segment_ms[segment, way])
        n = segment_nodes[segment, way]
        for offsets, stop, ms, walks in (known, added):
            for k in range(offsets[n], offsets[n + 1]):
                if walks[k] + along > limit_ms:
                    break
                s = stop[k]
                if on_ms[s] == NEVER_MS:
                    stops[count] = s
                    count += 1
                _soonest(on_ms, walk_ms, s, ms[k] + along, walks[k] + along)
    first, door_fraction, door_ms, door_walk_ms, door_stop = doors
    for k in range(first[segment], first[segment + 1]):
        gap = fraction - door_fraction[k]
        way = 0 if gap >= 0.0 else 1
        if gap != 0.0 and segment_ms[segment, way] == NEVER_MS:
            continue
        along = piece_ms(abs(gap), segment_ms[segment, way]) if gap != 0.0 else 0
        walk = int(door_walk_ms[k]) + along + step_ms
        if walk > limit_ms:
            continue
        s = door_stop[k]
        if on_ms[s] == NEVER_MS:
            stops[count] = s
            count += 1
        _soonest(on_ms, walk_ms, s, int(door_ms[k]) + along + step_ms, walk)
    return count


@kernel
def _least_walks(
    segment: int,
    fraction: float,
    step_ms: int,
    segment_ms: Ints,
    segment_nodes: Ints,
    known: _ByNode,
    added: _ByNode,
    doors: _BySegment,
    brought_ms: Ints,
    soonest_ms: Ints,
    limit_ms: int,
    then_ms: int,
    least: Ints,
) -> None:
    """Bring each sample's least walk to that of all ways by which one is at a point by then.

    By every door of a stop, also one that is later than another and nearer; parameters as for
    `walks_to`.
    """
    for way in range(2):
        share = fraction if way == 0 else 1.0 - fraction
        if share > 0.0 and segment_ms[segment, way] == NEVER_MS:
            continue
        along = step_ms
        if share > 0.0:
            along += piece_ms(share, segment_ms[segment, way])
        n = segment_nodes[segment, way]
        for offsets, stop, ms, walks in (known, added):
            for k in range(offsets[n], offsets[n + 1]):
                walk = int(walks[k]) + along
                if walk > limit_ms:
                    break
                _by_then(least, brought_ms, soonest_ms, stop[k], int(ms[k]) + along, walk, then_ms)
    first, door_fraction, door_ms, door_walk_ms, door_stop = doors
    for k in range(first[segment], first[segment + 1]):
        gap = fraction - door_fraction[k]
        way = 0 if gap >= 0.0 else 1
        if gap != 0.0 and segment_ms[segment, way] == NEVER_MS:
            continue
        along = step_ms
        if gap != 0.0:
            along += piece_ms(abs(gap), segment_ms[segment, way])
        walk = int(door_walk_ms[k]) + along
        if walk <= limit_ms:
            on_ms = int(door_ms[k]) + along
            _by_then(least, brought_ms, soonest_ms, door_stop[k], on_ms, walk, then_ms)


@kernel
def _soonest(on_ms: Ints, walk_ms: Ints, stop: int, there_ms: int, walked_ms: int) -> None:
    """Take another way from a stop where it is sooner, or as soon with less to walk."""
    if there_ms < on_ms[stop]:
        on_ms[stop], walk_ms[stop] = there_ms, walked_ms
    elif there_ms == on_ms[stop]:
        walk_ms[stop] = min(walk_ms[stop], walked_ms)


@kernel
def at_places(
    place_offsets: Ints,
    segment: Ints,
    fraction: Doubles,
    step_ms: Ints,
    walked_ms: Ints,
    segment_ms: Ints,
    segment_nodes: Ints,
    known: _ByNode,
    added: _ByNode,
    doors: _BySegment,
    brought_ms: Ints,
    soonest_ms: Ints,
    limit_ms: int,
    cutoff_ms: int,
    ranks: Ints,
    begin: int,
    end: int,
    out: Ints,
    room: Ints,
) -> None:
    """Bring places to the ranked times of all samples, the best of their doors in each.

    Parameters
    ----------
    place_offsets
        First door of each place.
    segment, fraction, step_ms, walked_ms
        Street point of each door, the step from it to the place, and how long one walks
        there without any ride, the step in it.
    segment_ms, segment_nodes, known, added, doors
        As for `walks_to`.
    brought_ms, soonest_ms, limit_ms, cutoff_ms, ranks, begin, end, out, room
        As for `at_nodes`, for places. The room is told of those with one door.
    """
    samples = brought_ms.shape[1]
    times = np.empty(samples, dtype=np.int32)
    least = np.empty(samples, dtype=np.int32)
    on_ms = np.full(len(soonest_ms), NEVER_MS, dtype=np.int32)
    walk_ms = np.empty(len(soonest_ms), dtype=np.int32)
    stops = np.empty(len(soonest_ms), dtype=np.int32)
    for p in range(begin, end):
        walked, inner, count = NEVER_MS, limit_ms, 0
        for d in range(place_offsets[p], place_offsets[p + 1]):
            s = segment[d]
            walked = min(walked, int(walked_ms[d]))
            for way in range(2):
                if segment_ms[s, way] != NEVER_MS:
                    inner = min(inner, limit_ms - int(segment_ms[s, way]))
            count = walks_to(
                s,
                fraction[d],
                step_ms[d],
                segment_ms,
                segment_nodes,
                known,
                added,
                doors,
                limit_ms,
                on_ms,
                walk_ms,
                stops,
                count,
            )
        times[:] = walked
        far, done, until = False, 0, cutoff_ms
        for k in range(count):
            s = stops[k]
            if int(soonest_ms[s]) + on_ms[s] > until:
                continue
            _by_stop(times, brought_ms, s, int(on_ms[s]), cutoff_ms)
            far |= walk_ms[s] > inner
            done += 1
            if done % _LOOK_AGAIN == 0:
                until = _still_matters(times, least, ranks[-1], until)
        far &= place_offsets[p + 1] - place_offsets[p] == 1
        for r in range(len(ranks)):
            _put_in_place(times, ranks[r], ranks[r - 1] + 1 if r else 0)
            at = int(times[ranks[r]])
            room[r, p] = NEVER_MS
            out[r, p] = at if at <= cutoff_ms else NEVER_MS
            if at > cutoff_ms or not far:
                continue
            least[:] = -1 if walked <= at else NEVER_MS
            d = place_offsets[p]
            _least_walks(
                int(segment[d]),
                float(fraction[d]),
                int(step_ms[d]),
                segment_ms,
                segment_nodes,
                known,
                added,
                doors,
                brought_ms,
                soonest_ms,
                limit_ms,
                at,
                least,
            )
            _put_in_place(least, ranks[r], 0)
            if least[ranks[r]] >= 0 and least[ranks[r]] > inner:
                room[r, p] = limit_ms - least[ranks[r]]
        for k in range(count):
            on_ms[stops[k]] = NEVER_MS


@kernel
def _by_stop(times: Ints, brought_ms: Ints, stop: int, on_ms: int, cutoff_ms: int) -> None:
    """Bring each sample's time to that by one stop and the way from it, where it is less."""
    for j in range(len(times)):
        # What never comes must not overflow.
        if brought_ms[stop, j] <= cutoff_ms:
            times[j] = min(times[j], brought_ms[stop, j] + on_ms)


@kernel
def _is_sooner(times: Ints, brought_ms: Ints, stop: int, on_ms: int, cutoff_ms: int) -> bool:
    """Say whether one stop and the way from it is sooner in any sample."""
    for j in range(len(times)):
        if brought_ms[stop, j] <= cutoff_ms and brought_ms[stop, j] + on_ms < times[j]:
            return True
    return False


@kernel
def _still_matters(times: Ints, scratch: Ints, last_rank: int, until_ms: int) -> int:
    """Return the time before which another stop must come to change any of the ranks."""
    scratch[:] = times
    _put_in_place(scratch, last_rank, 0)
    return min(until_ms, int(scratch[last_rank]) - 1)


@kernel
def _by_then(
    least: Ints,
    brought_ms: Ints,
    soonest_ms: Ints,
    stop: int,
    on_ms: int,
    walk_ms: int,
    then_ms: int,
) -> None:
    """Bring each sample's least walk to that from one stop, where one is there by then."""
    if int(soonest_ms[stop]) + on_ms > then_ms:
        return
    for j in range(len(least)):
        if brought_ms[stop, j] <= then_ms - on_ms:
            least[j] = min(least[j], walk_ms)


@kernel
def _put_in_place(values: Ints, place: int, first: int) -> None:
    """Bring to a place from `first` on what stands there in order, with none greater before it.

    Hoare, Algorithm 65: Find (1961); all before `first` is no greater than the rest.
    """
    low, high = first, len(values) - 1
    while low < high:
        middle = values[place]
        i, j = low, high
        while i <= j:
            while values[i] < middle:
                i += 1
            while middle < values[j]:
                j -= 1
            if i <= j:
                values[i], values[j] = values[j], values[i]
                i += 1
                j -= 1
        if j < place:
            low = i
        if place < i:
            high = j
