"""The charts of a plan of sites: who is served before and after, ways, and whom sites serve."""

from typing import Any, Final

import numpy as np

from sandbox.app.answers.siting import SitingAnswer
from sandbox.draw.answers.shaded import GOOD
from sandbox.draw.charts import Bar, Bars, Chart, Distribution
from sandbox.words import Words

_AFTER: Final = "#3a923a"
_TODAY: Final = "#9aa7b0"
_MOST: Final = 10
_CLASSES: Final = 5


def charts(answer: SitingAnswer, said: Words) -> list[Chart]:
    """Return the charts of a plan."""
    found, mark = answer.found, f" · {said('Schematic')}" if answer.schematic else ""
    shares = [
        Bar(said("Today"), found.share_before, f"{found.share_before:.1%}", _TODAY),
        Bar(said("With the plan"), found.share, f"{found.share:.1%}", _AFTER),
        Bar(said("With all candidates"), found.best_share, f"{found.best_share:.1%}", GOOD),
    ]
    made: list[Chart] = [Bars(said("People served") + mark, tuple(shares))]
    homes, limit = found.homes, found.question.limit
    people: Any = homes["people"].to_numpy(dtype=np.float64)
    for column, title, colour in (
        ("before", said("People by the way to the nearest site, today"), _TODAY),
        ("after", said("People by the way to the nearest site, with the plan"), _AFTER),
    ):
        way: Any = homes[column].to_numpy(dtype=np.float64)
        near = np.minimum((np.nan_to_num(way) / limit * _CLASSES).astype(int), _CLASSES - 1)
        of = np.where(np.isnan(way), _CLASSES, near)
        counts = np.bincount(of, weights=people, minlength=_CLASSES + 1)
        labels = [f"≤ {limit * (at + 1) / _CLASSES:.0f}" for at in range(_CLASSES)]
        labels.append(f"> {limit:.0f}")
        colours = (colour,) * _CLASSES + ("#cc4c02",)
        made.append(
            Distribution(
                f"{title} ({said('m')}){mark}", tuple(counts.tolist()), tuple(labels), colours
            )
        )
    new: Any = found.sites[found.sites["state"] == "new"]
    most = max(float(new["people"].max()), 1.0) if len(new) else 1.0
    bars = [
        Bar(
            said("Site {number}", number=number),
            float(row["people"]) / most,
            said("{count} people", count=f"{row['people']:,.0f}"),
            _AFTER,
        )
        for number, row in enumerate(new.head(_MOST).to_dict("records"), 1)
    ]
    if bars:
        made.append(Bars(said("Whom each new site is nearest to") + mark, tuple(bars)))
    return made
