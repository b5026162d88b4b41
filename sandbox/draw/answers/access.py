"""A measure of access on the map: homes in the colours of their classes."""

from typing import Any, Final

import numpy as np

from sandbox.app.answers.access import ANALYSIS, CLASSES, AccessAnswer
from sandbox.draw.answers.picture import Picture
from sandbox.draw.answers.shaded import (
    RAMP,
    HomesPicture,
    ShadedPainter,
    ShadedSheet,
    Shapes,
    ramp_classes,
)
from sandbox.draw.charts import Chart, Curve, Distribution
from sandbox.words import Words


class AccessSheet(ShadedSheet):
    """The sheet of a measure."""


def homes(answer: AccessAnswer) -> Shapes:
    """Return the homes, by class from most access to least."""
    return Shapes(answer.homes_xy, answer.of, ramp_classes())


def colours(count: int, *, less_is_better: bool) -> list[str]:
    """Return the colours of so many classes, the lowest values first."""
    at = [round(one * (CLASSES - 1) / max(count - 1, 1)) for one in range(count)]
    made = [RAMP[one] for one in at]
    return made if less_is_better else made[::-1]


def charts(answer: AccessAnswer, said: Words, texts: list[str]) -> list[Chart]:
    """Return how access is shared: people by class, and the Lorenz curve with its Gini."""
    mark = f" · {said('Schematic')}" if answer.schematic else ""
    values: Any = answer.table["value"].to_numpy(dtype=np.float64)
    people: Any = answer.table["people"].to_numpy(dtype=np.float64)
    known = bool((people > 0).any())
    weight = np.nan_to_num(people) if known else np.ones(len(values))
    inside = ~np.isnan(values)
    of = np.searchsorted(np.array(answer.edges), values[inside])
    counts = np.bincount(of, weights=weight[inside], minlength=len(texts))
    title = said("People by access") if known else said("Homes by access")
    shades = colours(len(texts), less_is_better=answer.time)
    made: list[Chart] = [
        Distribution(title + mark, tuple(counts.tolist()), tuple(texts), tuple(shades))
    ]
    if not answer.time and len(answer.curve) > 1:
        gini = answer.share["gini"]
        points = tuple((float(x), float(y)) for x, y in answer.curve.tolist())
        made.append(
            Curve(
                said("How evenly access is shared (Lorenz)") + mark,
                ((f"{said('Gini coefficient')} {gini:.3f}", points, RAMP[0]),),
                said("share of people, from those with least"),
                said("share of access"),
            )
        )
    return made


_HOMES: Final = HomesPicture(
    AccessAnswer,
    AccessSheet,
    lambda answer, _look: (homes(answer),),
    lambda answer: answer.number,
    lambda answer: answer.homes_xy,
)
PICTURE: Final = Picture(
    AccessSheet, ShadedPainter, _HOMES.sheets, ANALYSIS.awaited, _HOMES.over, _HOMES.pick
)
