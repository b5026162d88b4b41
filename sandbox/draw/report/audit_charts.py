"""The charts of an audit: coverage by rule, rules failed by homes, and tiers by unit."""

from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd

from sandbox.analysis.circles.question import Audit
from sandbox.draw.answers.shaded import RAMP
from sandbox.draw.charts import Bar, Bars, Chart, Distribution, Radar
from sandbox.words import Words

_MOST_BARS: Final = 12
_MOST_UNITS: Final = 4
_SERIES: Final = ("#2c7fb8", "#cc4c02", "#7a5195", "#3a923a", "#b8860b")


def charts(audit: Audit, coverage: pd.DataFrame, card: pd.DataFrame, said: Words) -> list[Chart]:
    """Return an audit's charts.

    Parameters
    ----------
    audit, coverage, card
        The audit, and its tables as `sandbox.analysis.circles.results` has them.
    said
        Words of the language that they are written in.
    """
    if not len(coverage):
        return []
    mark = f" · {said('Schematic')}" if audit.schematic else ""
    return [
        _bars(audit, coverage, said, mark),
        _distribution(audit, said, mark),
        *_radar(audit, card, said, mark),
    ]


def shade(covered: float) -> str:
    """Return the colour of a share that is covered: the ramp's, from bad to good."""
    if covered != covered:  # noqa: PLR0124
        return "#9aa7b0"
    return RAMP[min(int((1.0 - covered) * len(RAMP)), len(RAMP) - 1)]


def _bars(audit: Audit, coverage: pd.DataFrame, said: Words, mark: str) -> Bars:
    people = audit.people_known
    column = "people_share" if people else "homes_share"
    known = audit.question.standard.facilities
    bars: list[Bar] = []
    for row in coverage.head(_MOST_BARS).to_dict("records"):
        share = float(row[column])
        title = known[str(row["facility"])].title.said(said.language)
        limit = f"{row['limit']:g} {said('m') if row['by'] == 'metres' else said('min')}"
        figure = "–" if np.isnan(share) else f"{share:.0%}"
        bars.append(Bar(f"{title} · {limit}", float(np.nan_to_num(share)), figure, shade(share)))
    title = (
        said("People covered, weakest first") if people else said("Homes covered, weakest first")
    )
    return Bars(title + mark, tuple(bars))


def _distribution(audit: Audit, said: Words, mark: str) -> Distribution:
    """Return how many people, or homes, fail how many rules."""
    failed = (~audit.met).sum(axis=0)
    count = len(audit.rules)
    steps = min(count + 1, 9)
    edges = np.unique(np.linspace(0, count + 1, steps + 1).astype(int))
    weight: Any = audit.people if audit.people_known else np.ones(len(failed))
    counts = [
        float(weight[(failed >= low) & (failed < high)].sum())
        for low, high in pairwise(edges.tolist())
    ]
    labels = [
        f"{low}" if high - low == 1 else f"{low}–{high - 1}"
        for low, high in pairwise(edges.tolist())
    ]
    colours = [shade(1.0 - low / max(count, 1)) for low in edges[:-1].tolist()]
    title = said("People by rules failed") if audit.people_known else said("Homes by rules failed")
    return Distribution(title + mark, tuple(counts), tuple(labels), tuple(colours), "{:,.0f}")


def _radar(audit: Audit, card: pd.DataFrame, said: Words, mark: str) -> list[Radar]:
    """Return shares by facility for the whole and for the weakest units; three axes at least."""
    rules = audit.rules
    if len(rules) < 3:
        return []
    known = audit.question.standard.facilities
    axes = tuple(known[rule.facility].title.said(said.language) for rule in rules[:_MOST_BARS])
    weight: Any = audit.people if audit.people_known else np.ones(len(audit.homes))
    whole = float(weight.sum())
    shares = audit.met @ weight / whole if whole > 0 else np.zeros(len(rules))
    series = [(said("Whole area"), tuple(shares[:_MOST_BARS].tolist()), _SERIES[0])]
    if len(audit.units):
        order = np.argsort(card["score"].to_numpy(dtype=np.float64), kind="stable")
        inside = card.iloc[order]
        weakest = inside[inside["unit"] != ""].head(_MOST_UNITS)
        first, second = ("name_zh", "name_en") if said.language == "zh" else ("name_en", "name_zh")
        for colour, row in zip(_SERIES[1:], weakest.to_dict("records"), strict=False):
            parts = tuple(float(np.nan_to_num(row[rule.id])) for rule in rules[:_MOST_BARS])
            name = str(row[first] or row[second] or row["unit"])
            series.append((name, parts, colour))
    return [Radar(said("Coverage by facility") + mark, axes, tuple(series))]
