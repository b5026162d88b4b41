"""Journeys of a window from a place: feet to stops, vehicles, and feet on from there."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from sandbox.engine.graph import Graph
from sandbox.engine.kernel import Doubles, Ints
from sandbox.engine.network import Network
from sandbox.engine.search import Reached, search
from sandbox.streets.attachments import Attachment, Attachments
from sandbox.streets.travel import Ride, Travel
from sandbox.transit import egress, raptor
from sandbox.transit.hours import hours_about
from sandbox.transit.journeys import Journeys
from sandbox.transit.lines import Supply
from sandbox.transit.raptor import Bounds
from sandbox.transit.service import clock_of, service
from sandbox.transit.walks import Walks, walks
from sandbox.units import MS_PER_MINUTE, NEVER_MS


def find_journeys(
    network: Network,
    start: Attachment | Attachments,
    ride: Ride,
    cutoff_ms: int,
    *,
    supply: Supply | None = None,
    travel: Travel | None = None,
) -> Journeys:
    """Return all journeys of a ride's window from a place, or to it where one is to arrive.

    Parameters
    ----------
    network
        Streets, with their timetable if there is one.
    start
        The place, or its doors.
    ride
        When and how.
    cutoff_ms
        How far is searched.
    supply
        Lines by headway, closed lines and added links; none by default.
    travel
        How one walks; its direction follows the ride.
    """
    supply = supply or Supply()
    how = replace(travel or Travel(), mode="walk", towards=ride.arrive)
    graph = network.moving(replace(how, mode=ride.far))
    clock, hours_s = clock_of(network, ride.when), hours_about(*ride.touched_ms(cutoff_ms))
    running = service(network, clock, supply, ride.model, ride.draws, hours_s=hours_s)
    longest_ms = round(ride.max_walk_min * MS_PER_MINUTE)
    around = walks(running, how, longest_ms)
    around = replace(around, changes=around.changes.at_least(ride.min_change_min))
    if ride.far != "walk":
        on = walks(running, replace(how, mode=ride.far), longest_ms)
        around = replace(on, changes=around.changes)
    walked = search(network.moving(replace(how, mode=ride.near)), start, cutoff_ms)
    door_walked_ms = _whole(walked.times_ms(around.doors.at), cutoff_ms)
    access_ms = _access(around, door_walked_ms, len(running.stop_id), cutoff_ms)
    board = np.flatnonzero(access_ms != NEVER_MS).astype(np.int32)
    patterns, headways = running.mirrored if ride.arrive else (running.patterns, running.headways)
    brought = raptor.arrivals(
        patterns,
        headways,
        around.changes,
        board,
        access_ms[board],
        -ride.times_ms if ride.arrive else ride.times_ms,
        Bounds(cutoff_ms, ride.max_rides),
    )
    walked_ms = _walked_ms(walked, graph, ride.near == ride.far)
    every = _near(around, walked_ms, brought)
    node, node_walked = every, walked_ms[every]
    if graph.split is not None:
        node, _ = graph.split.own_nodes(every, node_walked)
        own_ms = np.full(graph.split.nodes, NEVER_MS, dtype=np.int32)
        own_ms[walked.node] = walked.node_ms
        node_walked = own_ms[node]
    return Journeys(
        running,
        around,
        ride,
        graph,
        start.as_many() if isinstance(start, Attachment) else start,
        cutoff_ms,
        walked,
        door_walked_ms,
        access_ms,
        brought,
        node,
        node_walked,
        every,
        walked_ms[every],
    )


def _access(around: Walks, door_walked_ms: Ints, stops: int, cutoff_ms: int) -> Ints:
    """Return the way to each stop's platform; `NEVER_MS` beyond the longest walk or the cutoff."""
    walked = door_walked_ms.astype(np.int64)
    times = walked + around.step_ms
    times[(walked + around.walk_ms > around.limit_ms) | (times > cutoff_ms)] = NEVER_MS
    least = np.full(stops, NEVER_MS, dtype=np.int32)
    np.minimum.at(least, around.door_stop, times.astype(np.int32))
    return least


def _walked_ms(walked: Reached, graph: Graph, alike: bool) -> Ints:
    """Return when feet alone are at the nodes of a graph, copies of crossings among them.

    Parameters
    ----------
    walked
        What is reached without any ride.
    graph
        Who goes on.
    alike
        Whether one goes on as one came.
    """
    times = np.full(len(graph.streets.node_xy), NEVER_MS, dtype=np.int32)
    split = graph.split
    node, node_ms = walked.node, walked.node_ms
    if alike and walked.copies is not None:
        node, node_ms = walked.copies
    times[node] = node_ms
    if split is not None and not alike:
        # The other mode has copies of its own, but the crossing is the same place in both.
        times[split.nodes :] = np.where(split.counts, times[split.origin], NEVER_MS)
    return times


def _near(around: Walks, walked_ms: Ints, brought: npt.NDArray[np.int32]) -> Ints:
    """Return the nodes that feet or vehicles may reach."""
    near = walked_ms != NEVER_MS
    stops = np.flatnonzero(brought.min(axis=1) != NEVER_MS).astype(np.int32)
    for part in (around.known, around.added):
        egress.mark_nodes(stops, part.begin_offsets, part.begin_node, near)
    return np.flatnonzero(near).astype(np.int32)


def _whole(times_ms: Doubles, cutoff_ms: int) -> Ints:
    """Return times as whole milliseconds; `NEVER_MS` beyond the cutoff."""
    return np.where(times_ms <= cutoff_ms, times_ms, NEVER_MS).astype(np.int32)
