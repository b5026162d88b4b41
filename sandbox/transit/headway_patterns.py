"""Lines by headway as patterns: directions that call at the same stops, in runs of one headway."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sandbox.engine.kernel import Ints
from sandbox.transit.packed_calls import bits_turned, calls_at_stops, offsets_of


@dataclass(frozen=True, slots=True, eq=False)
class Headways:
    """Lines by headway, each direction a pattern; times are int32 milliseconds.

    Attributes
    ----------
    offsets, stop, halt
        Stops of each pattern in order, with `NO_BOARDING` and `NO_ALIGHTING` bits.
    arrival_ms, departure_ms
        After the vehicle left the first stop.
    run_offsets
        First run of each pattern: a part of the day with one headway.
    first_ms
        When the first vehicle of each run leaves, for each draw of phases, shape
        ``(draws, runs)``.
    count
        How many vehicles follow one another in it, for each draw; 0 where the run's
        vehicles are not told apart and one waits half the headway.
    last_ms
        When the run ends, for runs whose vehicles are not told apart.
    headway_ms
        Between them.
    source
        What each pattern is of, an index into what it was made of.
    stop_offsets, stop_pattern, stop_place
        Patterns that call at each stop, and where in them.
    """

    offsets: Ints
    stop: Ints
    halt: npt.NDArray[np.uint8]
    arrival_ms: Ints
    departure_ms: Ints
    run_offsets: Ints
    first_ms: Ints
    count: Ints
    last_ms: Ints
    headway_ms: Ints
    source: Ints
    stop_offsets: Ints
    stop_pattern: Ints
    stop_place: Ints

    @property
    def draws(self) -> int:
        """Return how many draws of phases there are."""
        return len(self.first_ms)

    def mirrored(self) -> "Headways":
        """Return the same vehicles backwards in time."""
        stop, halt = np.empty_like(self.stop), np.empty_like(self.halt)
        turned = bits_turned(self.halt)
        arrival, departure = np.empty_like(self.arrival_ms), np.empty_like(self.departure_ms)
        first, last = np.empty_like(self.first_ms), np.empty_like(self.last_ms)
        for p in range(len(self.offsets) - 1):
            at = slice(self.offsets[p], self.offsets[p + 1])
            runs = slice(self.run_offsets[p], self.run_offsets[p + 1])
            whole = self.arrival_ms[at][-1]
            stop[at], halt[at] = self.stop[at][::-1], turned[at][::-1]
            departure[at] = whole - self.arrival_ms[at][::-1]
            arrival[at] = whole - self.departure_ms[at][::-1]
            gone = np.maximum(self.count[:, runs] - 1, 0) * self.headway_ms[runs]
            told_apart = self.count[:, runs] > 0
            ends = np.where(told_apart, self.first_ms[:, runs] + gone, self.last_ms[runs])
            first[:, runs] = -ends - whole
            last[runs] = -self.first_ms[0, runs] - whole
        stop_offsets, stop_pattern, stop_place = calls_at_stops(
            len(self.stop_offsets) - 1, self.offsets, stop
        )
        return Headways(
            self.offsets,
            stop,
            halt,
            arrival,
            departure,
            self.run_offsets,
            first,
            self.count,
            last,
            self.headway_ms,
            self.source,
            stop_offsets,
            stop_pattern,
            stop_place,
        )


@dataclass(frozen=True, slots=True)
class Run:
    """A part of the day in which a headway pattern's vehicles follow one another.

    Attributes
    ----------
    start_ms, end_ms
        When the first leaves the first stop, and by when the last does.
    headway_ms
        Between them.
    phases
        For each draw, the share of the headway by which the first is late, 0 to 1;
        None where vehicles are not told apart and one waits half the headway.
    """

    start_ms: int
    end_ms: int
    headway_ms: int
    phases: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class HeadwayPattern:
    """One direction of a line by headway, to be packed.

    Attributes
    ----------
    stops, arrival_ms, departure_ms
        Stops, and times after the start.
    runs
        Parts of the day with one headway.
    halts
        `NO_BOARDING` and `NO_ALIGHTING` bits of each stop; empty where there are none.
    """

    stops: tuple[int, ...]
    arrival_ms: tuple[int, ...]
    departure_ms: tuple[int, ...]
    runs: tuple[Run, ...]
    halts: tuple[int, ...] = ()


def by_headway(patterns: Sequence[HeadwayPattern], stops: int, draws: int) -> Headways:
    """Pack patterns of lines by headway.

    Parameters
    ----------
    patterns
        Each direction of each line.
    stops
        How many stops there are in all.
    draws
        How many draws of phases each run has.
    """
    runs = [run for pattern in patterns for run in pattern.runs]
    first = np.zeros((draws, len(runs)), dtype=np.int32)
    count = np.zeros((draws, len(runs)), dtype=np.int32)
    for r, run in enumerate(runs):
        if run.phases is None:
            first[:, r] = run.start_ms
            continue
        late = np.rint(np.array(run.phases) * run.headway_ms).astype(np.int64)
        late = np.minimum(late, run.headway_ms - 1)
        first[:, r] = run.start_ms + late
        room = run.end_ms - first[:, r].astype(np.int64)
        count[:, r] = np.where(room >= 0, room // run.headway_ms + 1, 0)
        # If no vehicle fits into a draw, let one run after everything that can be asked for.
        first[room < 0, r], count[room < 0, r] = np.iinfo(np.int32).max // 2, 1
    offsets = offsets_of([len(pattern.stops) for pattern in patterns])
    stop = np.array([s for pattern in patterns for s in pattern.stops], dtype=np.int32)
    halts = [halt for p in patterns for halt in p.halts or (0,) * len(p.stops)]
    stop_offsets, stop_pattern, stop_place = calls_at_stops(stops, offsets, stop)
    return Headways(
        offsets=offsets,
        stop=stop,
        halt=np.array(halts, dtype=np.uint8),
        arrival_ms=np.array([ms for p in patterns for ms in p.arrival_ms], dtype=np.int32),
        departure_ms=np.array([ms for p in patterns for ms in p.departure_ms], dtype=np.int32),
        run_offsets=offsets_of([len(pattern.runs) for pattern in patterns]),
        first_ms=first,
        count=count,
        last_ms=np.array([run.end_ms for run in runs], dtype=np.int32),
        headway_ms=np.array([run.headway_ms for run in runs], dtype=np.int32),
        source=np.arange(len(patterns), dtype=np.int32),
        stop_offsets=stop_offsets,
        stop_pattern=stop_pattern,
        stop_place=stop_place,
    )
