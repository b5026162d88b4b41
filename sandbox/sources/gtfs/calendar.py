"""The days a feed's services run on."""

from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.errors import TransitError
from sandbox.sources.gtfs.cells import Frame, number, text
from sandbox.sources.gtfs.findings import Finding
from sandbox.sources.gtfs.tables import Tables
from sandbox.words import Text

_WEEK: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Services times days that are kept: a century of a thousand services. Of a calendar that
# speaks of more, the days round the present are.
_MAX_CELLS: Final = 36_525_000
_REMOVED: Final = 2


def service_days(tables: Tables, today: date) -> tuple[list[str], date, npt.NDArray[np.bool_]]:
    """Return a feed's services, its first day, and on which days each runs.

    Returns
    -------
    tuple
        Service ids; the first day; bool of shape ``(services, days)``.

    Raises
    ------
    TransitError
        No date can be read.
    """
    weekly, single = tables.calendar, tables.calendar_dates
    begins, ends = _dates(weekly, "start_date"), _dates(weekly, "end_date")
    at = _dates(single, "date")
    known = [day for day in (*begins, *ends, *at) if day is not None]
    wrong = sum(day is None for day in (*begins, *ends, *at))
    if wrong:
        tables.tell("error", "wrong_date", "calendar.txt", [str(wrong)], _WRONG)
    if not known:
        raise TransitError(
            "{path} has no readable service days.",
            "Write dates as 20261123 in calendar.txt and calendar_dates.txt.",
            path=tables.path,
        )
    ids = sorted({*text(weekly, "service_id"), *text(single, "service_id")} - {""})
    row = {service: index for index, service in enumerate(ids)}
    first, last = _kept(tables, (min(known), max(known)), len(ids), today)
    runs = np.zeros((len(ids), (last - first).days + 1), dtype=np.bool_)
    weekdays = np.array([(first.weekday() + n) % 7 for n in range(runs.shape[1])])
    on = np.stack([number(weekly, day, 0.0) == 1 for day in _WEEK], axis=1)
    for index, service in enumerate(text(weekly, "service_id")):
        begin, end = begins[index], ends[index]
        if begin is None or end is None or service not in row:
            continue
        span = slice(max((begin - first).days, 0), max((end - first).days + 1, 0))
        runs[row[service], span] |= on[index][weekdays[span]]
    kinds = number(single, "exception_type", 1.0)
    for index, service in enumerate(text(single, "service_id")):
        day = at[index]
        if day is not None and service in row and first <= day <= last:
            runs[row[service], (day - first).days] = kinds[index] != _REMOVED
    return ids, first, runs


def _kept(tables: Tables, days: tuple[date, date], services: int, today: date) -> tuple[date, date]:
    """Return the days that are kept of a calendar: all, or as many as fit round the present."""
    first, last = days
    room = max(_MAX_CELLS // max(services, 1), 1)
    if (last - first).days < room:
        return days
    begin = max(first, min(today - timedelta(days=room // 2), last - timedelta(days=room - 1)))
    end = begin + timedelta(days=room - 1)
    tables.findings.append(
        Finding(
            "warning",
            "long_calendar",
            "calendar.txt",
            "",
            Text(
                "the calendar covers {first} to {last}; {begin} to {end} is kept",
                {
                    key: day.isoformat()
                    for key, day in zip(
                        ("first", "last", "begin", "end"), (first, last, begin, end), strict=True
                    )
                },
            ),
        )
    )
    return begin, end


_WRONG: Final = "{id} dates of the calendar can't be read"


def _dates(frame: Frame, column: str) -> list[date | None]:
    found: list[date | None] = []
    for told in text(frame, column):
        digits = told.replace("-", "").split(".")[0]
        try:
            found.append(date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"))
        except ValueError:
            found.append(None)
    return found


def check_days(tables: Tables, first: date, runs: npt.NDArray[np.bool_], today: date) -> None:
    """Note what is odd about the days: none at all, long past, or gaps of a week."""
    served = np.flatnonzero(runs.any(axis=0))
    if not len(served):
        tables.tell("error", "no_days", "calendar.txt", [""], "no service runs on any day")
        return
    last = first + timedelta(days=int(served[-1]))
    if last < today:
        tables.findings.append(_note("expired", "service ended on {day}", last))
    begins = first + timedelta(days=int(served[0]))
    if begins > today:
        tables.findings.append(_note("not_begun", "service begins on {day}", begins))
    gaps = np.flatnonzero(np.diff(served) > 7)
    for gap in gaps[:5].tolist():
        day = first + timedelta(days=int(served[gap]) + 1)
        tables.findings.append(_note("gap", "no service for more than a week from {day}", day))


def _note(code: str, template: str, day: date) -> Finding:
    return Finding("warning", code, "calendar.txt", "", Text(template, {"day": day.isoformat()}))
