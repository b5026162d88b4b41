"""Which service days a question touches: those before and after its own may run into it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from sandbox.streets.timetable import DAY_S, Timetable

# What questions of a day touch mostly, seconds after its midnight.
DAY_HOURS_S: Final = (0, 30 * 3600)
_MS: Final = 1000


def hours_about(first_ms: int, last_ms: int) -> tuple[int, int]:
    """Return the hours, as `Service` takes them, that hold two moments.

    They are the same for nearly all questions of a day, which then share its vehicles.
    """
    begin_s, end_s = DAY_HOURS_S
    before, after = min(first_ms // _MS - begin_s, 0), max(last_ms // _MS + 1 - end_s, 0)
    return before // DAY_S * DAY_S + begin_s, -(-after // DAY_S) * DAY_S + end_s


def around(day: date, hours_s: tuple[int, int], longest_s: int) -> list[date]:
    """Return the service days whose vehicles may run in some hours.

    Parameters
    ----------
    day
        The day asked about.
    hours_s
        Seconds after its midnight between which vehicles are asked for.
    longest_s
        How long after its midnight vehicles of a service day still run.
    """
    begin_s, end_s = hours_s
    # Clocks that are changed, and other time zones, shift days by up to one.
    first, last = -((longest_s - begin_s) // DAY_S) - 1, -(-end_s // DAY_S)
    return [day + timedelta(days=ahead) for ahead in range(first, last + 1)]


def days_beside(timetable: Timetable, day: date, hours_s: tuple[int, int]) -> list[date]:
    """Return the service days of a timetable whose vehicles may run in some hours of a day."""
    return around(day, hours_s, timetable.longest_s)


def running_in(
    hours_s: tuple[int, int], zeros_s: Sequence[int], first_s: int, last_s: int
) -> list[int]:
    """Return the zeros of those service days on which something runs in some hours.

    Parameters
    ----------
    hours_s, zeros_s
        The hours, and when the times of service days count from.
    first_s, last_s
        From when and until when it runs, after a zero.
    """
    begin_s, end_s = hours_s
    return [zero for zero in zeros_s if last_s + zero >= begin_s and first_s + zero < end_s]
