"""The hall's own figures: how often what was shown and touched a day, and nothing of persons."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

from sandbox import files, paths

DAYS_KEPT: Final = 400
KEYS_A_DAY: Final = 200
_BYTES_AT_MOST: Final = 8_000_000


def usage_file() -> Path:
    """Return where the figures are kept; it may not exist yet."""
    return paths.user_state() / "usage.json"


class Usage:
    """Counts by day, kept in one small file.

    Parameters
    ----------
    file
        Where they are kept; one that can't be read begins anew.
    today
        Gives the day.
    """

    def __init__(self, file: Path | None = None, today: Callable[[], date] = date.today) -> None:
        self._file, self._today = file or usage_file(), today
        self.days = read(self._file)

    def count(self, what: str) -> None:
        """Count one of `what`, as ``touch`` or ``scene parks``."""
        day = self.days.setdefault(self._today().isoformat(), Counter())
        if what in day or len(day) < KEYS_A_DAY:
            day[what] += 1

    def save(self) -> None:
        """Write the figures whole or not at all; the oldest days go first.

        Raises
        ------
        OSError
            They can't be written; what was there stays.
        """
        self.writer()()

    def writer(self) -> Callable[[], None]:
        """Return what saves the figures as they are now; others may be counted meanwhile."""
        for day in sorted(self.days)[:-DAYS_KEPT]:
            del self.days[day]
        days = {day: counts.copy() for day, counts in self.days.items()}

        def write() -> None:
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            files.write(self._file, json.dumps(days, sort_keys=True))

        return write


def read(file: Path) -> dict[str, Counter[str]]:
    """Return the figures of each day; what can't be read is left out."""
    try:
        told: Any = files.read_json(file, _BYTES_AT_MOST)
    except files.Unreadable:
        return {}
    if not isinstance(told, dict):
        return {}
    return {str(day): _counter(counts) for day, counts in told.items() if _is_day(str(day))}


def total(days: dict[str, Counter[str]], last: int) -> Counter[str]:
    """Return the sum of the last so many days that have figures."""
    return sum((days[day] for day in sorted(days)[-last:]), Counter())


def _counter(counts: Any) -> Counter[str]:
    if not isinstance(counts, dict):
        return Counter()
    whole = {str(k): v for k, v in counts.items() if type(v) is int and v > 0}
    return Counter(dict(list(whole.items())[:KEYS_A_DAY]))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
