"""Hours of the hall: what holds at a time of the day.

Each answer is of a moment and not of a change, so a clock that jumps, a machine that
slept and a program that just started all find what holds now.
"""

from datetime import time

from sandbox.app.kiosk.config import ScheduleConfig

_RESTART_WITHIN_MIN = 10
_RAN_AT_LEAST_S = 15 * 60.0


def _clock(text: str) -> time:
    return time.fromisoformat(text)


def screen_on(schedule: ScheduleConfig, now: time) -> bool:
    """Return whether the picture shows; hours may go past midnight."""
    if schedule.screen_on is None or schedule.screen_off is None:
        return True
    on, off = _clock(schedule.screen_on), _clock(schedule.screen_off)
    return on <= now < off if on <= off else now >= on or now < off


def volume(schedule: ScheduleConfig, now: time) -> int | None:
    """Return the volume that holds, 0 to 100; None where the schedule says nothing.

    Before the day's first time yesterday's last one holds.
    """
    rows = sorted(schedule.volume, key=lambda row: row.at)
    if not rows:
        return None
    begun = [row.volume for row in rows if _clock(row.at) <= now]
    return begun[-1] if begun else rows[-1].volume


def restart_due(schedule: ScheduleConfig, now: time, up_s: float) -> bool:
    """Return whether the daily restart is due for a program that ran for `up_s` seconds."""
    if schedule.restart is None or up_s < _RAN_AT_LEAST_S:
        return False
    at = _clock(schedule.restart)
    past_min = (now.hour * 60 + now.minute - at.hour * 60 - at.minute) % (24 * 60)
    return past_min < _RESTART_WITHIN_MIN
