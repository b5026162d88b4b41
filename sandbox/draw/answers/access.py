"""A measure of access on the map: homes in the colours of their classes."""

from typing import Any, Final

import numpy as np
from PySide6.QtGui import QPainter

from sandbox.app.answers.access import ANALYSIS, CLASSES, AccessAnswer
from sandbox.app.atlas import Atlas
from sandbox.app.questions import Selected
from sandbox.app.state import MapState
from sandbox.draw.answers.picture import Picture
from sandbox.draw.answers.shaded import (
    RAMP,
    ShadedPainter,
    ShadedSheet,
    Shapes,
    outline,
    picked,
    ramp_classes,
)
from sandbox.draw.charts import Chart, Curve, Distribution
from sandbox.draw.theme import Theme
from sandbox.draw.viewport import Viewport
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
                ((f"Gini = {gini:.3f}", points, RAMP[0]),),
                said("share of people, from those with least"),
                said("share of access"),
            )
        )
    return made


def _sheet(answer: AccessAnswer, theme_name: str) -> ShadedSheet:
    if theme_name not in answer.pictures:
        answer.pictures[theme_name] = AccessSheet(theme_name, (homes(answer),))
    return answer.pictures[theme_name]


def _sheets(state: MapState, theme_name: str) -> list[ShadedSheet]:
    answer = state.answers.result(AccessAnswer)
    return [] if answer is None else [_sheet(answer, theme_name)]


def _over(
    painter: QPainter, atlas: Atlas, state: MapState, viewport: Viewport, look: Theme
) -> None:
    """Paint a line round the home that is selected."""
    answer, selected = state.answers.result(AccessAnswer), state.gesture.selected
    if answer is None or selected is None or selected.layer != answer.question.homes:
        return
    number = answer.number.get(selected.id)
    if number is not None:
        outline(painter, answer.homes_xy[number], viewport, look)


def _pick(state: MapState, viewport: Viewport, at_px: tuple[float, float]) -> Selected | None:
    answer = state.answers.result(AccessAnswer)
    if answer is None:
        return None
    ids = list(answer.number)
    return picked(
        _sheet(answer, state.theme).layers[0], ids, answer.question.homes, viewport, at_px
    )


PICTURE: Final = Picture(AccessSheet, ShadedPainter, _sheets, ANALYSIS.awaited, _over, _pick)
