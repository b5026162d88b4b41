"""Whether a place is open at a moment, by what is common of OpenStreetMap's opening hours.

Understood are ``24/7``, days as ``Mo-Fr`` or ``Sa,Su``, spans as ``08:00-12:00,14:00-18:00``,
``off`` and several rules with ``;`` between, of which the last that names the day counts. See
the wiki page "Key:opening_hours". What else a text says (holidays, months, sunrise) is not
understood, and the
answer is then not known.
"""

import re
from datetime import datetime
from typing import Final

_DAYS: Final = ("mo", "tu", "we", "th", "fr", "sa", "su")
_RULE: Final = re.compile(
    r"^(?:(?P<days>[a-z]{2}(?:-[a-z]{2})?(?:,[a-z]{2}(?:-[a-z]{2})?)*)\s*)?"
    r"(?P<spans>off|closed|24/7|\d{1,2}:\d{2}-\d{1,2}:\d{2}(?:,\s*\d{1,2}:\d{2}-\d{1,2}:\d{2})*)?$"
)
_DAY_MINUTES: Final = 24 * 60


def is_open(text: str, at: datetime) -> bool | None:
    """Return whether it is open then; None where the text isn't understood or says nothing.

    Parameters
    ----------
    text
        Opening hours.
    at
        Local time.
    """
    if not text.strip() or text.strip().casefold() in ("nan", "none"):
        return None
    found: bool | None = False
    for part in text.casefold().replace("，", ",").replace("：", ":").split(";"):
        if not part.strip():
            continue
        rule = _RULE.match(part.strip())
        if rule is None or (rule["days"] is None and rule["spans"] is None):
            return None
        days = _days(rule["days"])
        if days is None:
            return None
        open_now = _within(rule["spans"] or "24/7", days, at)
        if at.weekday() in days or open_now:
            found = open_now
    return found


def _days(said: str | None) -> set[int] | None:
    if said is None:
        return set(range(7))
    days: set[int] = set()
    for part in said.split(","):
        first, _, last = part.partition("-")
        if first not in _DAYS or (last and last not in _DAYS):
            return None
        begin, end = _DAYS.index(first), _DAYS.index(last or first)
        days |= {(begin + step) % 7 for step in range((end - begin) % 7 + 1)}
    return days


def _within(spans: str, days: set[int], at: datetime) -> bool:
    """Return whether a moment is within spans of these days; one may go on past midnight."""
    today, now = at.weekday(), at.hour * 60 + at.minute
    if spans in ("off", "closed"):
        return False
    if spans == "24/7":
        return today in days
    for span in spans.split(","):
        begin, end = (
            int(hour) * 60 + int(minute)
            for hour, minute in (time.split(":") for time in span.strip().split("-"))
        )
        end = end if end > begin else end + _DAY_MINUTES
        if today in days and begin <= now < end:
            return True
        if (today - 1) % 7 in days and begin <= now + _DAY_MINUTES < end:
            return True
    return False
