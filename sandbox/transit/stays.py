"""Vehicles that go on as another trip: from which trip one may stay aboard into which.

Source: the reference of GTFS, ``trips.block_id`` and the linked trips of ``transfers.txt``.
"""

from collections import defaultdict
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sandbox.geo import crs as geo
from sandbox.streets.timetable import STAY_ABOARD, Timetable

# Trips of a block follow one another where one ends this near to where the next begins.
_NEAR_M: Final = 200.0
# Trips of a block on two service days are one vehicle's where so little lies between them.
_OVERNIGHT_S: Final = 3600
# A service day may be an hour longer or shorter than others.
_A_DAY_S: Final = 25 * 3600
# Journeys take four hours at most, so where a vehicle goes later makes no difference.
_HORIZON_S: Final = 4 * 3600


class Stays:
    """Pairs of a day's trips between which one may stay aboard.

    Parameters
    ----------
    timetable
        Trips, blocks and rules.
    trips, shifts_s
        Trips that run, and by how many seconds each is shifted.
    plain
        Whether each runs at its own times; repeated ones belong to no block.

    Attributes
    ----------
    before, after
        Rows of `trips`, int64: who sits in the one may stay for the other.
    """

    def __init__(
        self,
        timetable: Timetable,
        trips: npt.NDArray[np.int32],
        shifts_s: npt.NDArray[np.int64],
        plain: npt.NDArray[np.bool_],
    ) -> None:
        self._timetable, self._trips, self._shifts_s = timetable, trips, shifts_s
        first, last = timetable.trip_offsets[trips], timetable.trip_offsets[trips + 1] - 1
        self._begins_s = timetable.time_departure_s[first] + shifts_s
        self._ends_s = timetable.time_arrival_s[last] + shifts_s
        self._first_stop, self._last_stop = timetable.time_stop[first], timetable.time_stop[last]
        linked = self._linked(plain)
        ruled = {before for before, _ in linked}
        forbidden = set(
            zip(
                timetable.stay_from[timetable.stay_kind != STAY_ABOARD].tolist(),
                timetable.stay_to[timetable.stay_kind != STAY_ABOARD].tolist(),
                strict=True,
            )
        )
        blocks = [
            (a, b)
            for a, b in self._in_blocks(plain)
            if a not in ruled and (int(trips[a]), int(trips[b])) not in forbidden
        ]
        pairs = np.array(sorted({*linked, *blocks}), dtype=np.int64).reshape(-1, 2)
        self.before, self.after = pairs[:, 0], pairs[:, 1]
        self._next: dict[int, list[int]] = defaultdict(list)
        self._last: dict[int, list[int]] = defaultdict(list)
        for a, b in pairs.tolist():
            self._next[a].append(b)
            self._last[b].append(a)

    def key(self, row: int) -> tuple[Any, ...]:
        """Return what trips of one pattern have in common: where their vehicles come and go."""
        if row not in self._next and row not in self._last:
            return ()
        come, go = self._chain(row)
        named = [
            tuple(mark if of is None else self._calls(of) for mark, of in side)
            for side in (come, go)
        ]
        return tuple(named)

    def times(self, rows: list[int]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]] | None:
        """Return arrivals and departures of vehicles of one key all along; None for single trips.

        Both are of shape ``(rows, stops)``.
        """
        if rows[0] not in self._next and rows[0] not in self._last:
            return None
        arrivals: list[npt.NDArray[np.int64]] = []
        departures: list[npt.NDArray[np.int64]] = []
        for row in rows:
            come, go = self._chain(row)
            trips = [*(i for _, i in reversed(come) if i is not None), row]
            trips += [i for _, i in go if i is not None]
            spans = [self._span(one) for one in trips]
            shifts = np.repeat(self._shifts_s[trips], [one.stop - one.start for one in spans])
            for times_s, found in (
                (self._timetable.time_arrival_s, arrivals),
                (self._timetable.time_departure_s, departures),
            ):
                found.append(np.concatenate([times_s[one] for one in spans]) + shifts)
        return np.stack(arrivals), np.stack(departures)

    def _chain(self, row: int) -> tuple[list[Any], list[Any]]:
        """Return the rows before and after one, each with a mark of its own where ways part."""
        ends: list[list[Any]] = []
        for more, far_s in ((self._last, -_HORIZON_S), (self._next, _HORIZON_S)):
            found: list[Any] = []
            now = row
            while now in more:
                if len(more[now]) > 1:
                    # A trip whose vehicle is split or joined shares its pattern with no other trip.
                    found.append((row, None))
                    break
                now = more[now][0]
                late_s = (
                    self._begins_s[now] - self._ends_s[row] - far_s
                    if far_s > 0
                    else self._begins_s[row] + far_s - self._ends_s[now]
                )
                if late_s > 0:
                    break
                found.append((0, now))
            ends.append(found)
        return ends[0], ends[1]

    def _calls(self, row: int) -> bytes:
        at = self._span(row)
        return self._timetable.time_stop[at].tobytes() + self._timetable.time_halt[at].tobytes()

    def _span(self, row: int) -> slice:
        trip = int(self._trips[row])
        offsets = self._timetable.trip_offsets
        return slice(int(offsets[trip]), int(offsets[trip + 1]))

    def _linked(self, plain: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
        """Return the pairs that rules of their own make: of each day, the next that comes."""
        timetable = self._timetable
        aboard = np.flatnonzero(timetable.stay_kind == STAY_ABOARD)
        if not len(aboard):
            return []
        rows: dict[int, list[int]] = defaultdict(list)
        for row in np.flatnonzero(plain).tolist():
            rows[int(self._trips[row])].append(row)
        found: list[tuple[int, int]] = []
        for k in aboard.tolist():
            for a in rows.get(int(timetable.stay_from[k]), ()):
                later = [
                    (int(self._begins_s[b]), b)
                    for b in rows.get(int(timetable.stay_to[k]), ())
                    if self._begins_s[b] >= self._ends_s[a]
                    and self._begins_s[b] > self._begins_s[a]
                    and 0 <= self._shifts_s[b] - self._shifts_s[a] <= _A_DAY_S
                ]
                if later:
                    found.append((a, min(later)[1]))
        return found

    def _in_blocks(self, plain: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
        """Return the pairs of trips that follow one another in their block."""
        block = self._timetable.trip_block[self._trips]
        rows = np.flatnonzero(plain & (block >= 0))
        rows = rows[np.lexsort((self._begins_s[rows], block[rows]))]
        a, b = rows[:-1], rows[1:]
        waits_s = self._begins_s[b] - self._ends_s[a]
        sound = (block[a] == block[b]) & (waits_s >= 0) & (self._begins_s[b] > self._begins_s[a])
        sound &= (self._shifts_s[a] == self._shifts_s[b]) | (waits_s <= _OVERNIGHT_S)
        lonlat = self._timetable.stop_lonlat
        ends, begins = lonlat[self._last_stop[a[sound]]], lonlat[self._first_stop[b[sound]]]
        near = geo.length_m(ends, begins) <= _NEAR_M
        return list(zip(a[sound][near].tolist(), b[sound][near].tolist(), strict=True))
