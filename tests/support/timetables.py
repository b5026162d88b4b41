"""Timetables drawn by hand, and journeys found the slow way to hold the engine against."""

from collections import defaultdict
from itertools import pairwise

import numpy as np

from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.geo import crs as geo
from sandbox.streets.attachments import Attachment
from sandbox.streets.timetable import Feed, Timetable
from sandbox.units import NEVER_MS

DAY = "2026-11-23"
# Two days of calendar before the day asked for and two after.
FIRST_DAY, DAYS, TODAY = "2026-11-21", 5, 2


def timetable(
    network: Network,
    stops,
    trips,
    *,
    services=((TODAY,),),
    lines=("L",),
    frequencies=(),
    transfers=(),
    door_s=0,
    gates=(),
    blocks=(),
    stays=(),
    zone="Asia/Shanghai",
) -> Timetable:
    """Return a timetable on a network's streets.

    Parameters
    ----------
    stops
        (name, lon, lat) of each.
    trips
        (line, service, [(stop, arrival_s, departure_s), …]) of each; a fourth value of a
        stop time is its halt bits.
    services
        Days of each service, counted from `FIRST_DAY`.
    frequencies
        (trip, start_s, end_s, headway_s, exact) of each.
    transfers
        (from, to, kind, seconds) of each.
    door_s
        Seconds between every stop's door and its platform.
    gates
        (stop, lon, lat, seconds in, seconds out) of more doors; -1 where one may not go.
    blocks
        Block of each trip, -1 for none; no blocks by default.
    stays
        (from trip, to trip, kind) of each rule for staying aboard.
    """
    lonlat = np.array([stop[1:] for stop in stops], dtype=float).reshape(-1, 2)
    more = np.array(gates, dtype=float).reshape(-1, 5)
    met = np.concatenate([lonlat, more[:, 1:3]])
    found = network.snap_all(geo.to_metric(met, network.crs), 500.0)
    near = np.flatnonzero(found.segment >= 0)
    of_door = np.concatenate([np.arange(len(stops)), more[:, 0]]).astype(np.int32)
    inside_s = np.concatenate([np.full((len(stops), 2), door_s), more[:, 3:]]).astype(np.int32)
    times = [(*time, 0)[:4] for _, _, calls in trips for time in calls]
    table = np.array(times, dtype=np.int32).reshape(-1, 4)
    runs = np.zeros((len(services), DAYS), dtype=bool)
    for row, days in enumerate(services):
        runs[row, list(days)] = True
    every = np.array(frequencies, dtype=np.int32).reshape(-1, 5)
    moves = np.array(transfers, dtype=np.int32).reshape(-1, 4)
    links = np.array(stays, dtype=np.int32).reshape(-1, 3)
    return Timetable(
        zone=zone,
        zones=(zone,),
        service_zone=np.zeros(len(services), dtype=np.int32),
        stop_id=tuple(stop[0] for stop in stops),
        stop_name=tuple(stop[0] for stop in stops),
        stop_lonlat=lonlat,
        door_stop=of_door[near],
        door_lonlat=met[near],
        doors=found[near],
        door_s=inside_s[near, 0].copy(),
        door_out_s=inside_s[near, 1].copy(),
        line_id=tuple(lines),
        line_name=tuple(lines),
        line_mode=np.full(len(lines), 3, dtype=np.int32),
        trip_line=np.array([lines.index(trip[0]) for trip in trips], dtype=np.int32),
        trip_service=np.array([trip[1] for trip in trips], dtype=np.int32),
        trip_headsign=np.full(len(trips), -1, dtype=np.int32),
        headsigns=(),
        trip_offsets=np.cumsum([0, *(len(trip[2]) for trip in trips)]).astype(np.int32),
        time_stop=table[:, 0].copy(),
        time_arrival_s=table[:, 1].copy(),
        time_departure_s=table[:, 2].copy(),
        time_halt=table[:, 3].astype(np.uint8),
        frequency_trip=every[:, 0].copy(),
        frequency_start_s=every[:, 1].copy(),
        frequency_end_s=every[:, 2].copy(),
        frequency_headway_s=every[:, 3].copy(),
        frequency_exact=every[:, 4].astype(bool),
        first_day=FIRST_DAY,
        service_days=runs,
        transfer_from=moves[:, 0].copy(),
        transfer_to=moves[:, 1].copy(),
        transfer_kind=moves[:, 2].astype(np.uint8),
        transfer_s=moves[:, 3].copy(),
        feeds=(Feed("By hand", "hand", "", "CC0", FIRST_DAY, "2026-11-25"),),
        trip_block=np.array(blocks or [-1] * len(trips), dtype=np.int32),
        stay_from=links[:, 0].copy(),
        stay_to=links[:, 1].copy(),
        stay_kind=links[:, 2].astype(np.uint8),
    )


def with_timetable(network: Network, made: Timetable) -> Network:
    """Return the same streets with a timetable."""
    return Network(network.streets, made)


class SlowJourneys:
    """Earliest arrivals by trying every trip of the day from every stop, round after round.

    It knows no patterns, windows or bounds: walks come from the street search, one door
    after the other, and trips from the timetable as they stand. What is walked on streets is
    held to the longest walk; the time inside a station is added after that.
    """

    def __init__(self, network: Network, speed_kmh: float, walk_ms: int) -> None:
        self._network, self.walk_ms = network, walk_ms
        self._graph = network.graph("walk", speed_kmh)
        self.doors = list(_doors(network.timetable))
        self._walked = [
            search(self._graph, _at_street(door), walk_ms - step_ms)
            for _, door, step_ms, _, _ in self.doors
        ]
        self.trips = list(_vehicles(network.timetable))
        self._changes = _transfers(network.timetable)
        self._feet = [self._feet_from(stop) for stop in range(len(network.timetable.stop_id))]

    def nodes(self, stop, *, into=False):
        """Yield the nodes round each door of a stop, and the time from the platform, or into it."""
        for (of, _, step_ms, in_ms, out_ms), walked in zip(self.doors, self._walked, strict=True):
            inside_ms = in_ms if into else out_ms
            if of == stop and inside_ms is not None:
                yield walked.node, walked.node_ms + step_ms + inside_ms

    def at_nodes(self, start: Attachment, leave_ms: int, cutoff_ms: int, rides: int):
        """Return when each node is reached after leaving, infinite beyond the cutoff."""
        network = self._network
        best = np.full(len(network.streets.node_xy), np.inf)
        walked = search(self._graph, start, cutoff_ms)
        best[walked.node] = walked.node_ms
        brought = self.at_stops(start, leave_ms, rides)
        for stop, at in brought.items():
            for nodes, ms in self.nodes(stop):
                later = at - leave_ms + ms
                np.minimum.at(best, nodes[later <= cutoff_ms], later[later <= cutoff_ms])
        return best

    def at_points(self, start: Attachment, leave_ms: int, rides: int, ends, *, limit_ms: int):
        """Return when street points are reached after leaving, infinite where they aren't.

        Parameters
        ----------
        ends
            The points and the steps to them, milliseconds.
        limit_ms
            The longest walk from a stop, the step in it.
        """
        points, step_ms = ends
        walked = search(self._graph, start, 10 * self.walk_ms + 3_600_000)
        best = walked.times_ms(points) + step_ms
        brought = self.at_stops(start, leave_ms, rides)
        for stop, door, door_ms, _, out_ms in self.doors:
            if stop in brought and out_ms is not None:
                walk = search(self._graph, _at_street(door), limit_ms).times_ms(points)
                walk += door_ms + step_ms
                walk[walk > limit_ms] = np.inf
                best = np.minimum(best, brought[stop] - leave_ms + out_ms + walk)
        return best

    def at_stops(self, start: Attachment, leave_ms: int, rides: int) -> dict[int, int]:
        """Return when vehicles bring one to stops that have a door."""
        board = self.boarding(start, leave_ms)
        brought: dict[int, int] = {}
        for _ in range(rides):
            fresh: dict[int, int] = {}
            for calls in self.trips:
                for i, (stop, _, leaves, halt) in enumerate(calls):
                    if board.get(stop, NEVER_MS) > leaves or halt & 1:
                        continue
                    for to, arrives, _, other in calls[i + 1 :]:
                        if not other & 2:
                            fresh[to] = min(fresh.get(to, NEVER_MS), arrives)
            brought = {
                stop: min(brought.get(stop, NEVER_MS), fresh.get(stop, NEVER_MS))
                for stop in {*brought, *fresh}
            }
            for stop, at in brought.items():
                for to, ms in self.walks_from(stop).items():
                    board[to] = min(board.get(to, NEVER_MS), at + ms)
        return brought

    def boarding(self, start: Attachment, leave_ms: int) -> dict[int, int]:
        """Return when one who leaves a place is ready at the platforms that feet lead to."""
        walked = search(self._graph, start, self.walk_ms)
        board: dict[int, int] = {}
        for stop, door, step_ms, in_ms, _ in self.doors:
            there = walked.times_ms(door.as_many())[0] + step_ms
            if in_ms is not None and there <= self.walk_ms:
                board[stop] = min(board.get(stop, NEVER_MS), leave_ms + int(there) + in_ms)
        return board

    def walks_from(self, stop: int) -> dict[int, int]:
        ways = dict(self._feet[stop])
        ways[stop] = 0
        for to, kind, ms in self._changes[stop]:
            if kind == 1:
                ways.pop(to, None)
            else:
                ways[to] = max(ways.get(to, 0), ms)
        return ways

    def _feet_from(self, stop) -> dict[int, int]:
        feet: dict[int, int] = {}
        for (of, _, step_ms, _, out_ms), walked in zip(self.doors, self._walked, strict=True):
            if of != stop or out_ms is None:
                continue
            for to, other, other_ms, in_ms, _ in self.doors:
                there = walked.times_ms(other.as_many())[0] + step_ms + other_ms
                if in_ms is not None and there <= self.walk_ms:
                    feet[to] = min(feet.get(to, NEVER_MS), out_ms + int(there) + in_ms)
        return feet


def _doors(made: Timetable):
    """Yield each door: stop, street point, and milliseconds to its street, inside in and out."""
    at = made.doors
    for i, stop in enumerate(made.door_stop.tolist()):
        xy = (float(at.street_xy[i, 0]), float(at.street_xy[i, 1]))
        far = float(at.distance_m[i])
        inside = (
            None if seconds < 0 else seconds * 1000
            for seconds in (int(made.door_s[i]), int(made.door_out_s[i]))
        )
        door = Attachment(int(at.segment[i]), float(at.fraction[i]), xy, far)
        yield stop, door, round(far * 3600.0 / SPEED_KMH), *inside


def _at_street(door: Attachment) -> Attachment:
    return Attachment(door.segment, door.fraction, door.xy, 0.0)


SPEED_KMH = 6.0


def _vehicles(made: Timetable):
    """Yield the calls of each vehicle all along, as long as one may stay aboard of it."""
    runs = list(_runs(made))
    plain = [n for n, (_, _, own, _) in enumerate(runs) if own]
    begins = [calls[0][2] for *_, calls in runs]
    ends = [calls[-1][1] for *_, calls in runs]

    def follows(a, b):
        return begins[b] >= ends[a] and begins[b] > begins[a]

    nexts = defaultdict(set)
    forbidden = set()
    rules = zip(made.stay_from.tolist(), made.stay_to.tolist(), made.stay_kind, strict=True)
    for first, then, kind in rules:
        if kind:
            forbidden.add((first, then))
            continue
        for a in (n for n in plain if runs[n][0] == first):
            later = [
                b
                for b in plain
                if runs[b][0] == then and runs[b][1] - runs[a][1] in {0, 1} and follows(a, b)
            ]
            if later:
                nexts[a].add(min(later, key=lambda b: begins[b]))
    ruled = set(nexts)
    for block in set(made.trip_block.tolist()) - {-1}:
        of_block = [n for n in plain if made.trip_block[runs[n][0]] == block]
        of_block.sort(key=lambda n: (begins[n], runs[n][1], runs[n][0]))
        for a, b in pairwise(of_block):
            near = made.stop_lonlat[[runs[a][3][-1][0], runs[b][3][0][0]]]
            gap_m = float(geo.length_m(near[:1], near[1:])[0])
            soon = runs[a][1] == runs[b][1] or begins[b] - ends[a] <= 3_600_000
            allowed = a not in ruled and (runs[a][0], runs[b][0]) not in forbidden
            if follows(a, b) and soon and gap_m <= 200.0 and allowed:
                nexts[a].add(b)

    def along(run):
        calls = runs[run][3]
        if not nexts[run]:
            yield calls
        for on in nexts[run]:
            for rest in along(on):
                # One boards the trip that begins here, and alights from the one that ends.
                stop, arrives, leaves, halt = calls[-1]
                joint = [*calls[:-1], (stop, arrives, leaves, halt | 1)]
                stop, arrives, leaves, halt = rest[0]
                yield [*joint, (stop, arrives, leaves, halt | 2), *rest[1:]]

    for run in range(len(runs)):
        yield from along(run)


def _runs(made: Timetable):
    """Yield each trip that runs: its row, its day, whether at its own times, and its calls."""
    repeated = set(made.frequency_trip.tolist())
    for trip, (begin, end) in enumerate(pairwise(made.trip_offsets.tolist())):
        calls = list(
            zip(
                made.time_stop[begin:end].tolist(),
                made.time_arrival_s[begin:end].tolist(),
                made.time_departure_s[begin:end].tolist(),
                made.time_halt[begin:end].tolist(),
                strict=True,
            )
        )
        for day in range(DAYS):
            if not made.service_days[made.trip_service[trip], day]:
                continue
            shift = (day - TODAY) * 86_400
            if trip not in repeated:
                run = [(s, (a + shift) * 1000, (d + shift) * 1000, h) for s, a, d, h in calls]
                yield trip, day, True, run
            for k in np.flatnonzero(made.frequency_trip == trip).tolist():
                starts = range(
                    int(made.frequency_start_s[k]),
                    int(made.frequency_end_s[k]),
                    int(made.frequency_headway_s[k]),
                )
                for begins in starts if made.frequency_exact[k] else ():
                    by = begins + shift - calls[0][2]
                    run = [(s, (a + by) * 1000, (d + by) * 1000, h) for s, a, d, h in calls]
                    yield trip, day, False, run


def _transfers(made: Timetable):
    found = defaultdict(list)
    for a, b, kind, s in zip(
        made.transfer_from.tolist(),
        made.transfer_to.tolist(),
        made.transfer_kind.tolist(),
        made.transfer_s.tolist(),
        strict=True,
    ):
        found[a].append((b, kind, s * 1000))
    return found
