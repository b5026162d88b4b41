"""Clocks of lines: when a service day's times are, and what a clock shows then.

GTFS counts times from noon less twelve hours, which is midnight but on the days when clocks
are put forward or back. Source: the reference of GTFS, "Time".
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

_HALF_DAY_S = 43_200


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock of a place, on the day that is asked about.

    Its zero is the day's midnight as reckoned with the offset that holds when one leaves or
    arrives; from there it runs on evenly, whatever is done to the clocks on the wall.

    Attributes
    ----------
    zone
        Time zone, as ``Asia/Shanghai``.
    day
        The day whose midnight is 0.
    offset_s
        What local time is ahead of UTC when one leaves or arrives, seconds.
    """

    zone: str
    day: date
    offset_s: int

    def zero_s(self, day: date, zone: str = "") -> int:
        """Return when a service day's times count from, in seconds of this clock.

        Parameters
        ----------
        day
            The service day.
        zone
            Time zone of the service; the clock's own by default.
        """
        noon = datetime.combine(day, time(12), zone_of(zone or self.zone))
        return round((noon - self._midnight).total_seconds()) - _HALF_DAY_S

    def moment(self, ms: int) -> datetime:
        """Return what clocks on the wall show then."""
        at = self._midnight + timedelta(milliseconds=ms)
        return at.astimezone(zone_of(self.zone)).replace(tzinfo=None)

    @property
    def _midnight(self) -> datetime:
        return datetime.combine(self.day, time(), timezone(timedelta(seconds=self.offset_s)))


def clock_at(zone: str, when: datetime) -> Clock:
    """Return the clock of a place for journeys at a local time.

    Of a local time that comes twice the first counts.
    """
    offset = when.replace(tzinfo=zone_of(zone)).utcoffset() or timedelta()
    return Clock(zone, when.date(), round(offset.total_seconds()))


@cache
def zone_of(name: str) -> tzinfo:
    """Return a time zone; one that nobody knows has clocks that are never changed."""
    return ZoneInfo(name) if is_zone(name) else UTC


@cache
def is_zone(name: str) -> bool:
    """Whether there is a time zone of this name."""
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        return False
    return True
