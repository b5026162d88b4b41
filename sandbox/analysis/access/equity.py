"""How evenly access is shared among people: Lorenz curves, Gini coefficients, groups."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Doubles = npt.NDArray[np.float64]


def lorenz(values: Doubles, people: Doubles) -> tuple[Doubles, Doubles]:
    """Return shares of people, from those with least, and the share of access that they have.

    Both begin with 0 and end with 1, unless nobody has anything: then the second stays 0.

    Parameters
    ----------
    values
        What each has; NaN is left out.
    people
        How many have it.
    """
    known = ~np.isnan(values) & (people > 0)
    order = np.argsort(values[known], kind="stable")
    weight = people[known][order]
    most = float(values[known].max(initial=0.0))
    # As parts of what the best served have: products of the least numbers there are vanish.
    amount = (values[known][order] / most if most > 0 else np.zeros(len(order))) * weight
    whole, total = weight.sum(), amount.sum()
    at = np.concatenate([[0.0], np.cumsum(weight) / whole if whole > 0 else []])
    has = np.cumsum(amount) / total if total > 0 else np.zeros(len(amount))
    return at, np.concatenate([[0.0], has])


def gini(values: Doubles, people: Doubles) -> float:
    """Return the Gini coefficient: 0 where all have the same, near 1 where one has everything.

    One less twice the area under the Lorenz curve (Gini 1912). NaN where nobody is counted; 0
    where nobody has anything.
    """
    at, has = lorenz(values, people)
    if len(at) < 2:
        return float("nan")
    if has[-1] <= 0:
        return 0.0
    return float(1.0 - np.sum(np.diff(at) * (has[1:] + has[:-1])))


def equity(
    table: pd.DataFrame, columns: Sequence[str], groups: npt.NDArray[Any] | None = None
) -> pd.DataFrame:
    """Return how each column is shared, one row a column and group, and one for everybody.

    Columns: `measure, group, homes, people, mean` (by people), `least, median, most, gini`.
    Where no people are known each home counts once.
    """
    known = table["people"].to_numpy(dtype=np.float64)
    people = np.nan_to_num(known) if (known > 0).any() else np.ones(len(table))
    names = [] if groups is None else sorted(set(groups.tolist()))
    rows: list[dict[str, Any]] = []
    for column in columns:
        values = table[column].to_numpy(dtype=np.float64)
        for group in ["", *names]:
            inside = ~np.isnan(values)
            if group:
                inside &= groups == group
            weight, has = people[inside], values[inside]
            counted = float(weight.sum())
            rows.append(
                {
                    "measure": column,
                    "group": group,
                    "homes": int(inside.sum()),
                    "people": counted,
                    "mean": float((weight * has).sum() / counted) if counted > 0 else np.nan,
                    "least": float(has.min()) if len(has) else np.nan,
                    "median": _median(has, weight),
                    "most": float(has.max()) if len(has) else np.nan,
                    "gini": gini(has, weight),
                }
            )
    return pd.DataFrame(rows)


def _median(values: Doubles, people: Doubles) -> float:
    """Return what the person in the middle has."""
    if not len(values) or people.sum() <= 0:
        return float("nan")
    order = np.argsort(values, kind="stable")
    upto = np.cumsum(people[order])
    return float(values[order][np.searchsorted(upto, upto[-1] / 2.0)])
