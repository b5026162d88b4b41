"""The ledger of what fails (问题台账), each row with the formula that decided."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sandbox.analysis.circles.question import LACKS, NONE, STREET, Audit, Check
from sandbox.analysis.circles.results import METRE_DECIMALS
from sandbox.analysis.table import MINUTE_DECIMALS


def ledger_of(audit: Audit) -> pd.DataFrame:
    """Return what fails (问题台账), one row a home and rule, that with most people first.

    Columns: `home_id, home_name_zh, home_name_en, unit, people, tier, rule, facility,
    nearest_id, nearest_name_zh, nearest_name_en, metres, minutes, by, limit, over, lacks, clause,
    basis, mark, confirmed_by, confirmed_on, formula, data_date`. `over` is in the rule's own unit;
    `formula` has the numbers that decided.
    """
    rule, home = np.nonzero(~audit.met)
    people = audit.people[home]
    order = np.lexsort((home, rule, -people))
    rule, home, people = rule[order], home[order], people[order]
    way = audit.check[rule, home].astype(np.int64)
    which = audit.which[rule, home]
    metres, minutes = audit.metres[rule, home], audit.minutes[rule, home]
    every = [check for row in audit.checks for check in row]
    first = np.concatenate([[0], np.cumsum([len(row) for row in audit.checks])[:-1]]).astype(int)
    number = first[rule] + way if every else way
    by_metres = np.array([one.by == "metres" for one in every], dtype=bool)[number]
    limit = np.array([one.value for one in every])[number]
    told = np.where(by_metres, metres, minutes)
    lacks = audit.lacks[rule, home]
    rules = audit.rules
    units = audit.units["id"].astype(str).to_numpy() if len(audit.units) else np.array([""])
    unit = audit.homes["unit"].to_numpy()[home]
    near = which >= 0
    homes, there = audit.homes, audit.facilities
    columns: dict[str, Any] = {
        "home_id": _said(homes["id"].tolist(), home),
        "home_name_zh": _said(homes["name_zh"].tolist(), home),
        "home_name_en": _said(homes["name_en"].tolist(), home),
        "unit": _said([*units.tolist(), ""], np.where(unit >= 0, unit, len(units))),
        "people": np.where(homes["people"].isna().to_numpy()[home], np.nan, people),
        "tier": _said([one.tier for one in rules], rule),
        "rule": _said([one.id for one in rules], rule),
        "facility": _said([one.facility for one in rules], rule),
        **{
            f"nearest_{name}": _said([*there[name].tolist(), ""], np.where(near, which, len(there)))
            for name in ("id", "name_zh", "name_en")
        },
        "metres": metres.round(METRE_DECIMALS),
        "minutes": minutes.round(MINUTE_DECIMALS),
        "by": _said(["metres", "minutes"], np.where(by_metres, 0, 1)),
        "limit": limit,
        "over": (told - limit).round(MINUTE_DECIMALS),
        "lacks": _said(LACKS, lacks.astype(np.int64)),
        "clause": _said([one.clause for one in rules], rule),
        "basis": _said([one.basis for one in every], number),
        "mark": _said([one.standing.mark for one in rules], rule),
        "confirmed_by": _said([one.standing.by for one in rules], rule),
        "confirmed_on": _said([one.standing.on for one in rules], rule),
        "formula": _formulas(audit, every, number, told, lacks),
        "data_date": audit.network.streets.provenance.date,
    }
    return pd.DataFrame(columns)


def _said(texts: Sequence[str], which: npt.NDArray[np.int64]) -> Any:
    """Return one of some texts for each of many rows; each text is looked at once."""
    return pd.array(np.array(list(texts) or [""], dtype=object), dtype="str").take(which)


def _formulas(
    audit: Audit,
    every: Sequence[Check],
    number: npt.NDArray[np.int64],
    told: npt.NDArray[np.float64],
    lacks: npt.NDArray[np.int8],
) -> Any:
    """Return the formula of each row; rows that read the same are written once."""
    fine = np.array([1.0 if one.by == "metres" else 10.0 for one in every] or [1.0])[number]
    shown = np.where(np.isnan(told), -1.0, np.rint(told * fine)).astype(np.int64)
    kind = (shown * max(len(every), 1) + number) * len(LACKS) + lacks
    which, kinds = pd.factorize(kind)
    first = np.empty(len(kinds), dtype=np.int64)
    first[which[::-1]] = np.arange(len(which))[::-1]
    texts = [
        formula(audit, every[at], value, lack)
        for at, value, lack in zip(
            number[first].tolist(), told[first].tolist(), lacks[first].tolist(), strict=True
        )
    ]
    return _said(texts, which)


def formula(audit: Audit, check: Check, value: float, lack: int) -> str:
    """Return the comparison that decided, with its numbers, as reviewers write it."""
    unit = "m" if check.by == "metres" else "min"
    limit = f"{check.value:g} {unit}"
    if check.basis == "converted":
        stated = check.limit.minutes if check.by == "metres" else check.limit.metres
        other = "min" if check.by == "metres" else "m"
        limit += f" (= {stated:g} {other} × {audit.question.kmh:g} km/h)"
    if lack == STREET:
        return f"home > {audit.question.snap_m:g} m from any street"
    if lack == NONE:
        return "n = 0"
    if value != value:  # noqa: PLR0124 - NaN is no equal of itself
        return f"d > 3 × {limit}"
    # Rounded as the ledger tells its rows apart: to whole metres, or tenths of minutes.
    shown = f"{round(value):,}" if check.by == "metres" else f"{round(value * 10.0) / 10.0:,.1f}"
    return f"d = {shown} {unit} {'≤' if value <= check.value else '>'} {limit}"
