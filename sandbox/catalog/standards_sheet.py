"""A sheet of rules as it comes back from whoever compared it with the printed book."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import python_calamine

from sandbox import files
from sandbox.catalog.standards import described
from sandbox.errors import AnalysisError
from sandbox.standards import Standard
from sandbox.words import Text

_MAX_BYTES: Final = 32 << 20
_HEAD_ROWS: Final = 3
_FAULTS_SAID: Final = 30
_NUMBERS: Final = (
    *("metres", "minutes", "from_m2", "below_m2", "people_from", "people_to", "floor_m2"),
    *("land_m2", "m2_per_1000", "places_per_1000", "share", "floor_at_most"),
)
_TEXTS: Final = ("id", "tier", "facility", "clause", "zh", "en", "mark", "by", "on")
_LIMIT: Final = ("metres", "minutes", "from_m2", "below_m2")


def read_rules_sheet(path: Path, standard: Standard) -> dict[str, Any]:
    """Return a standard with the rules of a sheet, as its file says it.

    Tiers, titles and sources stay those of the standard; `sandbox.catalog.standards.as_toml`
    checks the whole.

    Raises
    ------
    AnalysisError
        The file can't be read as such a sheet, or with all faults of its cells at once.
    """
    rows = _rows(path)
    keys = [str(one).strip() for one in rows[0]] if rows else []
    missing = [one for one in ("id", "tier", "facility", "clause", "mark") if one not in keys]
    if missing:
        raise AnalysisError(
            "{path} is not a sheet of rules: its first row lacks {missing}.",
            "Give a sheet as sandbox standards sheet writes it.",
            path=path,
            missing=", ".join(missing),
        )
    faults: list[Text] = []
    rules: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(rows[_HEAD_ROWS:], _HEAD_ROWS + 1):
        cells = dict(zip(keys, row, strict=False))
        if not any(str(one).strip() for one in cells.values()):
            continue
        told, bad = _told(cells, number)
        faults += bad
        name = str(told.get("id", ""))
        limit = {key: told.pop(key) for key in _LIMIT if key in told}
        rule = rules.setdefault(name, told)
        rule.setdefault("limits", [])
        if limit:
            rule["limits"].append(limit)
    if faults:
        raise AnalysisError(
            "The sheet {path} can't be used",
            "Correct these cells, then read it again.",
            faults=faults[:_FAULTS_SAID],
            path=path,
        )
    return {**described(standard), "rules": [_rule(one) for one in rules.values()]}


def changed(standard: Standard, said: Mapping[str, Any]) -> list[str]:
    """Return the ids of rules that a sheet changed, added or left out."""
    before = {one["id"]: one for one in described(standard)["rules"]}
    after = {one["id"]: one for one in said["rules"]}
    every = dict.fromkeys((*before, *after))
    return [name for name in every if before.get(name) != after.get(name)]


def _rows(path: Path) -> Sequence[Sequence[Any]]:
    try:
        if files.check_ordinary(path) > _MAX_BYTES:
            raise files.Unreadable(
                Text("it is larger than {limit}", {"limit": f"{_MAX_BYTES >> 20} MB"})
            )
        with python_calamine.CalamineWorkbook.from_path(str(path)) as book:
            return book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except files.Unreadable as error:
        raise _unreadable(path, error.reason) from error
    except (python_calamine.CalamineError, OSError, ValueError, IndexError) as error:
        raise _unreadable(path, files.DAMAGED) from error


def _told(cells: Mapping[str, Any], number: int) -> tuple[dict[str, Any], list[Text]]:
    """Return what a row says, and what in it can't be meant."""
    told: dict[str, Any] = {}
    faults: list[Text] = []
    for key in _TEXTS:
        value = cells.get(key, "")
        if isinstance(value, datetime | date):
            value = value.strftime("%Y-%m-%d")
        if str(value).strip():
            told[key] = str(value).strip()
    for key in _NUMBERS:
        value = cells.get(key, "")
        if value is None or str(value).strip() == "":
            continue
        try:
            told[key] = float(value)
        except (TypeError, ValueError):
            faults.append(
                Text(
                    "row {row}: {column} is {value}, not a number",
                    {"row": number, "column": key, "value": str(value)[:40]},
                )
            )
    if "id" not in told:
        faults.append(Text("row {row}: id is missing", {"row": number}))
    low, high = told.pop("people_from", None), told.pop("people_to", None)
    if low is not None or high is not None:
        told["people"] = [low if low is not None else high, high if high is not None else low]
    if "floor_at_most" in told:
        told["floor_at_most"] = int(told["floor_at_most"])
    return told, faults


def _rule(told: dict[str, Any]) -> dict[str, Any]:
    """Return a rule as its file says it: one plain limit by itself, several as a list."""
    limits: list[dict[str, Any]] = told.pop("limits")
    order = ("id", "tier", "facility", "clause")
    made = {key: told[key] for key in order if key in told}
    if len(limits) == 1 and not {"from_m2", "below_m2"} & set(limits[0]):
        made |= limits[0]
    elif limits:
        made["limits"] = limits
    rest = {key: value for key, value in told.items() if key not in order}
    if rest.get("mark") != "confirmed":
        rest = {key: value for key, value in rest.items() if key not in ("by", "on") or value}
    return made | rest


def _unreadable(path: Path, reason: Text) -> AnalysisError:
    return AnalysisError(
        "{path} can't be read as a sheet of rules: {reason}.",
        "Give a sheet as sandbox standards sheet writes it.",
        path=path,
        reason=reason,
    )
