"""Hours of the hall, at every minute of the day."""

from datetime import time

import pytest

from sandbox.app.kiosk import hours
from sandbox.app.kiosk.config import ScheduleConfig

DAY = [time(minute // 60, minute % 60) for minute in range(24 * 60)]


@pytest.mark.parametrize(
    ("on", "off", "minutes"),
    [("08:30", "18:00", 570), ("18:00", "02:00", 480), ("09:00", "09:00", 0)],
)
def test_the_picture_shows_between_its_hours(on: str, off: str, minutes: int) -> None:
    schedule = ScheduleConfig(screen_on=on, screen_off=off)
    shown = [hours.screen_on(schedule, now) for now in DAY]
    assert sum(shown) == minutes
    if minutes:
        assert hours.screen_on(schedule, time.fromisoformat(on))
        assert not hours.screen_on(schedule, time.fromisoformat(off))


def test_without_hours_it_always_shows_and_says_nothing_of_volume() -> None:
    assert all(hours.screen_on(ScheduleConfig(), now) for now in DAY)
    assert hours.volume(ScheduleConfig(), time(12)) is None


@pytest.mark.parametrize(
    ("now", "volume"), [("08:59", 30), ("09:00", 70), ("11:59", 70), ("12:00", 30), ("23:59", 30)]
)
def test_a_volume_holds_until_the_next(now: str, volume: int) -> None:
    schedule = ScheduleConfig.model_validate(
        {"volume": [{"at": "12:00", "volume": 30}, {"at": "09:00", "volume": 70}]}
    )
    assert hours.volume(schedule, time.fromisoformat(now)) == volume


def test_a_program_restarts_once_a_day_even_past_midnight() -> None:
    schedule = ScheduleConfig(restart="23:55")
    up_s, starts = 3600.0, []
    for now in (DAY[-20:] + DAY[:20]) * 1:
        if hours.restart_due(schedule, now, up_s):
            starts.append(now)
            up_s = 0.0
        up_s += 60.0
    assert starts == [time(23, 55)]


def test_a_machine_that_slept_past_the_time_for_long_goes_on() -> None:
    assert not hours.restart_due(ScheduleConfig(restart="04:00"), time(9), 1e6)
    assert not hours.restart_due(ScheduleConfig(), time(4), 1e6)
