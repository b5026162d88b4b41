"""Opening hours, by what is common of them."""

from datetime import datetime

import pytest

from sandbox.analysis.circles.opening import is_open

# 30 November 2026 is a Monday.
MONDAY, SATURDAY = datetime(2026, 11, 30, 9, 0), datetime(2026, 12, 5, 9, 0)


@pytest.mark.parametrize(
    ("text", "at", "open_"),
    [
        ("24/7", MONDAY, True),
        ("Mo-Fr 08:00-18:00", MONDAY, True),
        ("Mo-Fr 08:00-18:00", SATURDAY, False),
        ("Mo-Fr 08:00-18:00", MONDAY.replace(hour=18), False),
        ("08:00-12:00,14:00-18:00", MONDAY.replace(hour=13), False),
        ("Sa,Su 08:00-12:00", SATURDAY, True),
        ("Mo-Su 08:00-18:00; Sa off", SATURDAY, False),
        ("Mo-Su 08:00-18:00; Sa off", MONDAY, True),
        ("Fr 20:00-10:00", SATURDAY, True),
        ("Sa-Mo 08:00-10:00", MONDAY, True),
        ("周一至周五", MONDAY, None),
        ("PH off", MONDAY, None),
        ("", MONDAY, None),
        ("nan", MONDAY, None),
    ],
)
def test_a_place_is_open_when_its_hours_say_so(text, at, open_):
    assert is_open(text, at) is open_
