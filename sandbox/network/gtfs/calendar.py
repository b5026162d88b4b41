"""The days a feed's services run on."""

from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.errors import TransitError
from sandbox.network.gtfs.findings import Finding
from sandbox.network.gtfs.tables import Frame, Tables, number, text
from sandbox.words import Text

_WEEK: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MAX_DAYS: Final = 3660
_REMOVED: Final = 2


def service_days(tables: Tables) -> tuple[list[str], date, npt.NDArray[np.bool_]]:
    """Return a feed's services, its first day, and on which days each runs.

    Returns
    -------
    tuple
        Service ids; the first day; bool of shape ``(services, days)``.

    Raises
    ------
    TransitError
        No date can be read, or the calendar speaks of more than ten years.
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
            "No day of {path} can be read.",
            "Dates have to be written as 20261123 in calendar.txt or calendar_dates.txt.",
            path=tables.path,
        )
    first, last = min(known), max(known)
    if (last - first).days >= _MAX_DAYS:
        raise TransitError(
            "The calendar of {path} runs from {first} to {last}, longer than ten years.",
            "Mend its dates.",
            path=tables.path,
            first=first,
            last=last,
        )
    ids = sorted({*text(weekly, "service_id"), *text(single, "service_id")} - {""})
    row = {service: index for index, service in enumerate(ids)}
    runs = np.zeros((len(ids), (last - first).days + 1), dtype=np.bool_)
    weekdays = np.array([(first.weekday() + n) % 7 for n in range(runs.shape[1])])
    on = np.stack([number(weekly, day, 0.0) == 1 for day in _WEEK], axis=1)
    for index, service in enumerate(text(weekly, "service_id")):
        begin, end = begins[index], ends[index]
        if begin is None or end is None or service not in row:
            continue
        span = slice((begin - first).days, (end - first).days + 1)
        runs[row[service], span] |= on[index][weekdays[span]]
    kinds = number(single, "exception_type", 1.0)
    for index, service in enumerate(text(single, "service_id")):
        day = at[index]
        if day is not None and service in row:
            runs[row[service], (day - first).days] = kinds[index] != _REMOVED
    return ids, first, runs


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
        tables.findings.append(_note("gap", "no service for over a week from {day} on", day))


def _note(code: str, template: str, day: date) -> Finding:
    return Finding("warning", code, "calendar.txt", "", Text(template, {"day": day.isoformat()}))
