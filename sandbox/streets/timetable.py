"""What timetables say, as arrays: stops, lines, trips, days, transfers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import numpy as np
import numpy.typing as npt

from sandbox.streets.attachments import Attachments
from sandbox.streets.clock import Clock, clock_at

DAY_S = 86_400
# Bits of `Timetable.time_halt`.
NO_BOARDING = 1
NO_ALIGHTING = 2
# Values of `Timetable.transfer_kind`.
TRANSFER_TIMED = 0
TRANSFER_FORBIDDEN = 1
TRANSFER_INSIDE = 2
# Values of `Timetable.stay_kind`.
STAY_ABOARD = 0
STAY_FORBIDDEN = 1


@dataclass(frozen=True, slots=True)
class Feed:
    """Where a timetable comes from, as maps, tables and exports must say.

    Attributes
    ----------
    title, publisher
        Names of the data set and of who made it.
    version, licence
        As stated, empty where they are not.
    first_day, last_day
        Days between which it has service, ISO.
    report
        How much was read, and how many findings of each severity there were, by name.
    """

    title: str
    publisher: str
    version: str
    licence: str
    first_day: str
    last_day: str
    report: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True, eq=False)
class Timetable:
    """Trips by the minute, of one or several feeds.

    Times are seconds after midnight of the service day and may pass 24 hours.

    Attributes
    ----------
    zone
        Time zone of the network, as ``Asia/Shanghai``: that of what is asked and told.
    zones, service_zone
        Time zones of the feeds, and which of them the times of each service are in, int32.
    stop_id, stop_name
        Of each stop; ids are unique over all feeds.
    stop_lonlat
        WGS 84, float64, shape ``(n, 2)``.
    door_stop
        Stop of each door, int32, shape ``(d,)``: entrances where they are known, else
        the stop itself; stops that no street is near have none.
    door_lonlat
        Where each door itself is, WGS 84, float64, shape ``(d, 2)``.
    doors
        Where doors meet the streets, by the network's segments.
    door_s, door_out_s
        Seconds from a door to its stop's platform and back, int32, shape ``(d,)``; -1 where
        one may not go that way.
    line_id, line_name, line_mode
        Of each line; the mode as GTFS numbers route types.
    trip_line, trip_service, trip_headsign
        Line, service and headsign (index into `headsigns`, -1 for none) of each trip,
        int32, shape ``(t,)``.
    headsigns
        What vehicles say they go to.
    trip_offsets
        First stop time of each trip, int32, shape ``(t + 1,)``.
    time_stop, time_arrival_s, time_departure_s
        Stop, arrival and departure of each stop time, int32, trip after trip in order.
    time_halt
        `NO_BOARDING` and `NO_ALIGHTING` bits, uint8.
    frequency_trip, frequency_start_s, frequency_end_s, frequency_headway_s
        Trips that repeat by headway, int32; such a trip does not run by itself.
    frequency_exact
        Whether those leave exactly at start, start + headway …, bool.
    first_day
        First day of `service_days`, ISO.
    service_days
        Whether each service runs on each day, bool, shape ``(services, days)``.
    trip_block
        Block of each trip, which one vehicle runs: its trips of a day follow one another,
        and one may stay aboard; int32, -1 for none.
    stay_from, stay_to, stay_kind
        Trips that follow one another in the same vehicle by a rule of their own:
        `STAY_ABOARD`, or `STAY_FORBIDDEN` where everyone has to get off.
    transfer_from, transfer_to, transfer_kind, transfer_s
        Changes between stops: `TRANSFER_TIMED` with the least seconds they take, or
        `TRANSFER_FORBIDDEN`; from a stop to itself is changing there. `TRANSFER_INSIDE` is a
        way within a station, beside those along streets, with its seconds.
    feeds
        Where it all comes from.
    """

    zone: str
    stop_id: tuple[str, ...]
    stop_name: tuple[str, ...]
    stop_lonlat: npt.NDArray[np.float64]
    door_stop: npt.NDArray[np.int32]
    door_lonlat: npt.NDArray[np.float64]
    doors: Attachments
    door_s: npt.NDArray[np.int32]
    door_out_s: npt.NDArray[np.int32]
    line_id: tuple[str, ...]
    line_name: tuple[str, ...]
    line_mode: npt.NDArray[np.int32]
    trip_line: npt.NDArray[np.int32]
    trip_service: npt.NDArray[np.int32]
    trip_headsign: npt.NDArray[np.int32]
    headsigns: tuple[str, ...]
    trip_offsets: npt.NDArray[np.int32]
    time_stop: npt.NDArray[np.int32]
    time_arrival_s: npt.NDArray[np.int32]
    time_departure_s: npt.NDArray[np.int32]
    time_halt: npt.NDArray[np.uint8]
    frequency_trip: npt.NDArray[np.int32]
    frequency_start_s: npt.NDArray[np.int32]
    frequency_end_s: npt.NDArray[np.int32]
    frequency_headway_s: npt.NDArray[np.int32]
    frequency_exact: npt.NDArray[np.bool_]
    first_day: str
    service_days: npt.NDArray[np.bool_]
    transfer_from: npt.NDArray[np.int32]
    transfer_to: npt.NDArray[np.int32]
    transfer_kind: npt.NDArray[np.uint8]
    transfer_s: npt.NDArray[np.int32]
    feeds: tuple[Feed, ...]
    trip_block: npt.NDArray[np.int32]
    stay_from: npt.NDArray[np.int32]
    stay_to: npt.NDArray[np.int32]
    stay_kind: npt.NDArray[np.uint8]
    zones: tuple[str, ...]
    service_zone: npt.NDArray[np.int32]

    @property
    def days(self) -> tuple[date, date]:
        """Return the first and the last day on which a service runs, as its feeds say.

        Where none ever runs they are those of the calendar.
        """
        first = date.fromisoformat(self.first_day)
        served = np.flatnonzero(self.service_days.any(axis=0))
        ends = served[[0, -1]] if len(served) else (0, max(self.service_days.shape[1] - 1, 0))
        return first + timedelta(days=int(ends[0])), first + timedelta(days=int(ends[1]))

    @property
    def longest_s(self) -> int:
        """Return how long after its midnight the last vehicle of a service day still runs."""
        longest = int(self.time_arrival_s.max(initial=0))
        if len(self.frequency_trip):
            # At most a whole trip after the last of those that repeat left.
            longest += int(self.frequency_end_s.max())
        return longest

    def services_on(self, day: date) -> npt.NDArray[np.bool_]:
        """Return which services run on a day, shape ``(services,)``; none outside the calendar."""
        column = (day - date.fromisoformat(self.first_day)).days
        if 0 <= column < self.service_days.shape[1]:
            return self.service_days[:, column]
        return np.zeros(len(self.service_days), dtype=np.bool_)

    def trips_on(self, day: date) -> npt.NDArray[np.int32]:
        """Return the trips of the service day `day`, without those that stop nowhere."""
        runs = self.services_on(day)[self.trip_service] & (np.diff(self.trip_offsets) > 0)
        return np.flatnonzero(runs).astype(np.int32)

    def zeros_s(self, clock: Clock, day: date) -> npt.NDArray[np.int64]:
        """Return when each service's times of a service day count from, in seconds of a clock."""
        zeros = np.array([clock.zero_s(day, zone) for zone in self.zones], dtype=np.int64)
        return zeros[self.service_zone]

    def hours_on(self, day: date) -> tuple[int, int] | None:
        """Return when the first vehicle of a service day leaves and when the last one arrives.

        Seconds after midnight; they may pass 24 hours. None where nothing runs.
        """
        trips = self.trips_on(day)
        if not len(trips):
            return None
        noon = datetime.combine(day, time(12))
        zero_s = self.zeros_s(clock_at(self.zone, noon), day)[self.trip_service]
        begin_s = self.time_departure_s[self.trip_offsets[trips]] + zero_s[trips]
        end_s = self.time_arrival_s[self.trip_offsets[trips + 1] - 1] + zero_s[trips]
        repeated = np.isin(trips, self.frequency_trip)
        begins, ends = begin_s[~repeated].tolist(), end_s[~repeated].tolist()
        took_s = dict(zip(trips.tolist(), (end_s - begin_s).tolist(), strict=True))
        for k in np.flatnonzero(np.isin(self.frequency_trip, trips)).tolist():
            trip = int(self.frequency_trip[k])
            begins.append(int(self.frequency_start_s[k] + zero_s[trip]))
            ends.append(int(self.frequency_end_s[k] + zero_s[trip]) + took_s[trip])
        return min(begins), max(ends)
