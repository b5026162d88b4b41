"""What lines and feet reach: times at street nodes over a window of departures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from sandbox.engine.costs import Travel
from sandbox.engine.graph import NEVER_MS, Graph
from sandbox.engine.kernel import Doubles, Ints
from sandbox.engine.network import Network
from sandbox.engine.search import Entered, Reached, search
from sandbox.streets.attachments import Attachment, Attachments
from sandbox.transit import egress, raptor
from sandbox.transit.hours import hours_about
from sandbox.transit.lines import Supply
from sandbox.transit.ranked import Ranked
from sandbox.transit.raptor import Bounds
from sandbox.transit.service import Model, Service, clock_of, service
from sandbox.transit.walks import Walks, walks
from sandbox.words import Text

Feeder = Literal["walk", "bike"]

WINDOW_MIN_LIMITS: Final = (1, 240)
RIDES_LIMITS: Final = (1, 8)
WALK_MIN_LIMITS: Final = (1.0, 60.0)
CHANGE_MIN_LIMITS: Final = (0.0, 60.0)
DRAWS_LIMITS: Final = (1, 50)
# Days before and after the asked one must exist too, and time zones are known for these.
YEAR_LIMITS: Final = (1900, 2200)
_MS_PER_MINUTE: Final = 60_000
_MS_PER_M_AT_1_KMH: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Ride:
    """How one goes by lines.

    Attributes
    ----------
    when
        First departure, or first arrival, in the local time of the lines.
    arrive
        Whether `when` is by when one is there, not when one leaves.
    window_min
        Departures are asked for from `when` on for so many minutes.
    every_min
        Minutes from one departure to the next.
    percentile
        Which of the times counts, 1 to 99: the nearest rank over departures and draws.
    max_rides
        How many vehicles one boards at most.
    max_walk_min
        The longest walk on streets to, between and from stops; the time inside a station,
        between its entrance and the platform, comes on top.
    model
        For lines by headway: ``random`` tells vehicles apart by drawn phases, ``expected``
        has one wait half the headway, which has no spread.
    draws
        How many draws of phases.
    access, egress
        How one gets to the first stop, and on from the last: ``walk`` or ``bike``; all the
        way without a ride goes as to the first stop. One changes on foot.
    min_change_min
        The least time between getting off a vehicle and boarding another; a timetable that
        asks for more at some stop counts there, and so does a longer walk.
    """

    when: datetime
    arrive: bool = False
    window_min: int = 60
    every_min: int = 1
    percentile: int = 50
    max_rides: int = 4
    max_walk_min: float = 15.0
    model: Model = "random"
    draws: int = 5
    access: Feeder = "walk"
    egress: Feeder = "walk"
    min_change_min: float = 0.0

    @property
    def near(self) -> Feeder:
        """Return how one moves round the place asked from: the egress where one is to arrive."""
        return self.egress if self.arrive else self.access

    @property
    def far(self) -> Feeder:
        """Return how one moves round all other places."""
        return self.access if self.arrive else self.egress

    @property
    def times_ms(self) -> npt.NDArray[np.int32]:
        """Return the departures, or arrivals, in milliseconds after midnight of the day."""
        midnight = self.when.replace(hour=0, minute=0, second=0, microsecond=0)
        first = round((self.when - midnight).total_seconds() * 1000)
        minutes = np.arange(0, self.window_min, self.every_min, dtype=np.int64)
        return (first + minutes * _MS_PER_MINUTE).astype(np.int32)

    def touched_ms(self, cutoff_ms: int) -> tuple[int, int]:
        """Return between when one is on the way, in milliseconds after midnight of the day."""
        times = self.times_ms
        first, last = int(times[0]), int(times[-1])
        return (first - cutoff_ms, last) if self.arrive else (first, last + cutoff_ms)


def check(ride: Ride) -> list[Text]:
    """Return every fault of the figures, as words."""
    faults: list[Text] = []

    def bounded(value: float, limits: tuple[float, float], template: str) -> None:
        if not limits[0] <= value <= limits[1]:
            faults.append(
                Text(
                    template,
                    {"value": f"{value:g}", "low": f"{limits[0]:g}", "high": f"{limits[1]:g}"},
                )
            )

    bounded(ride.when.year, YEAR_LIMITS, "the year {value} ({low} to {high} are possible)")
    if ride.when.tzinfo is not None:
        faults.append(Text("a time with a time zone (lines keep the local time of their city)"))
    bounded(
        ride.window_min,
        WINDOW_MIN_LIMITS,
        "a window of {value} minutes ({low} to {high} are possible)",
    )
    bounded(ride.percentile, (1, 99), "the percentile {value} ({low} to {high} are possible)")
    bounded(ride.max_rides, RIDES_LIMITS, "{value} rides ({low} to {high} are possible)")
    bounded(
        ride.max_walk_min,
        WALK_MIN_LIMITS,
        "walks of {value} minutes ({low} to {high} are possible)",
    )
    bounded(
        ride.min_change_min,
        CHANGE_MIN_LIMITS,
        "{value} minutes to change at least ({low} to {high} are possible)",
    )
    bounded(ride.draws, DRAWS_LIMITS, "{value} draws ({low} to {high} are possible)")
    bounded(
        ride.every_min,
        (1, max(ride.window_min, 1)),
        "departures every {value} minutes ({low} to {high} are possible)",
    )
    return faults


@dataclass(frozen=True, slots=True, eq=False)
class Journeys:
    """All journeys of a window from one place, to the stops and to the nodes.

    Attributes
    ----------
    service, walks
        What runs, and the walks round its stops.
    ride
        How one goes.
    graph
        Who goes on from the stops; its edges turned round where journeys are found from
        their end.
    start
        The place, or its doors.
    cutoff_ms
        How far was searched.
    walked
        What is reached without any ride.
    door_walked_ms
        Walk between the place and each door of a stop, the step to its platform left out;
        `NEVER_MS` beyond the cutoff.
    access_ms
        Way between the place and each stop's platform; `NEVER_MS` beyond the longest walk.
    brought_ms
        When vehicles bring one to each stop after each departure, shape
        ``(stops, samples)``; draw after draw.
    node, node_walked_ms
        Street nodes within reach, and how long one walks there.
    every, every_walked_ms
        The same of the graph's nodes, copies of crossings among them.
    """

    service: Service
    walks: Walks
    ride: Ride
    graph: Graph
    start: Attachments
    cutoff_ms: int
    walked: Reached
    door_walked_ms: Ints
    access_ms: Ints
    brought_ms: npt.NDArray[np.int32]
    node: Ints
    node_walked_ms: Ints
    every: Ints
    every_walked_ms: Ints

    @property
    def samples(self) -> int:
        """Return how many departures times draws there are."""
        return self.brought_ms.shape[1]

    def node_ms(
        self, percentiles: Sequence[int], samples: npt.NDArray[np.int_] | None = None
    ) -> npt.NDArray[np.int32]:
        """Return the times at `node` for each percentile, int32, shape ``(p, k)``.

        The nearest rank over the samples, what is never reached being later than all;
        `NEVER_MS` beyond the cutoff.

        Parameters
        ----------
        percentiles
            1 to 99, ascending.
        samples
            Columns of `brought_ms` to count; all by default.
        """
        return self._ranked(percentiles, samples).node_ms()

    def place_ms(self, percentile: int, places: Entered) -> Doubles:
        """Return the times of places at a percentile, shape ``(places,)``; else infinite.

        In each sample a place is entered by the door that is then the best.
        """
        return self._ranked([percentile], None).place_ms(places)

    def egress_ms(self, doors: Attachments) -> Ints:
        """Return the way from each stop's platform to a place; `NEVER_MS` beyond the longest."""
        on_ms = np.full(len(self.service.stop_id), NEVER_MS, dtype=np.int32)
        doors, _ = self.graph.on_copies(doors)
        step_ms = np.rint(doors.distance_m * (_MS_PER_M_AT_1_KMH / self.graph.speed_kmh))
        walk_ms, stops, count = np.empty_like(on_ms), np.empty_like(on_ms), 0
        for door in range(len(doors.segment)):
            count = egress.walks_to(
                int(doors.segment[door]),
                float(doors.fraction[door]),
                int(step_ms[door]),
                self.graph.segment_ms,
                self.graph.streets.segment_nodes,
                self.walks.known.by_node,
                self.walks.added.by_node,
                self.walks.by_segment,
                self.walks.limit_ms,
                on_ms,
                walk_ms,
                stops,
                count,
            )
        return on_ms

    def reached(self, percentile: int, samples: npt.NDArray[np.int_] | None = None) -> Reached:
        """Return the street parts within the cutoff at a percentile.

        Times are the percentile's own at crossings and at the doors of stops; in between
        they are the better of both ends'. Those of places are exact everywhere: in each
        sample one comes from the end that is then the better. So what is drawn of a street
        is never sooner than a place there, and later by twice the walk from the nearer
        crossing at most. For in every sample the two ends are at most the walk between them
        apart, unless the longest walk forbids it. Of one sample both are the same.
        """
        return self._ranked([percentile], samples).reached()

    def _ranked(self, percentiles: Sequence[int], samples: npt.NDArray[np.int_] | None) -> Ranked:
        chosen = self.brought_ms if samples is None else self.brought_ms[:, samples]
        ranks = [rank(percentile, chosen.shape[1]) for percentile in percentiles]
        return Ranked(
            self,
            np.ascontiguousarray(chosen),
            chosen.min(axis=1),
            np.array(ranks, dtype=np.int32),
        )


def _whole(times_ms: Doubles, cutoff_ms: int) -> Ints:
    """Return times as whole milliseconds; `NEVER_MS` beyond the cutoff."""
    return np.where(times_ms <= cutoff_ms, times_ms, NEVER_MS).astype(np.int32)


def rank(percentile: int, samples: int) -> int:
    """Return the index of the nearest rank of a percentile in sorted samples."""
    return max(-(-percentile * samples // 100), 1) - 1


def journeys(
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
    longest_ms = round(ride.max_walk_min * _MS_PER_MINUTE)
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
        # The copies of the other mode are others, but who is at a crossing is there.
        times[split.nodes :] = np.where(split.counts, times[split.origin], NEVER_MS)
    return times


def _near(around: Walks, walked_ms: Ints, brought: npt.NDArray[np.int32]) -> Ints:
    """Return the nodes that feet or vehicles may reach."""
    near = walked_ms != NEVER_MS
    stops = np.flatnonzero(brought.min(axis=1) != NEVER_MS).astype(np.int32)
    for part in (around.known, around.added):
        egress.mark_nodes(stops, part.begin_offsets, part.begin_node, near)
    return np.flatnonzero(near).astype(np.int32)
