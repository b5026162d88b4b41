"""Commute and housing on the map: homes in the colours of their minutes, and the place."""

from itertools import pairwise
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPen

from sandbox.app.answers.housing import (
    ANALYSIS,
    CLASSES_MIN,
    SAVED_MIN,
    HousingAnswer,
)
from sandbox.app.atlas import Atlas
from sandbox.app.state import MapState
from sandbox.draw.answers.picture import Picture
from sandbox.draw.answers.shaded import (
    RAMP,
    HomesPicture,
    ShadedPainter,
    ShadedSheet,
    Shapes,
    ramp_classes,
)
from sandbox.draw.charts import Chart, Distribution
from sandbox.draw.theme import Theme
from sandbox.draw.viewport import Viewport
from sandbox.words import Text, Words

_PLACE_PX: Final = 8.0


class HousingSheet(ShadedSheet):
    """The sheet of an answer about housing."""


def homes(answer: HousingAnswer) -> Shapes:
    """Return the homes, by class from the best."""
    return Shapes(answer.homes_xy, answer.of, ramp_classes())


def class_texts(answer: HousingAnswer) -> list[Text]:
    """Return what the classes are called, the best first."""
    if answer.question.ask == "gain":
        ends = [f"{one:g}" for one in SAVED_MIN]
        high = [Text("{minutes} min saved or more", {"minutes": ends[-1]})]
        between = [
            Text("{low} to {high} min saved", {"low": low, "high": top})
            for low, top in zip(ends[-2::-1], ends[:0:-1], strict=True)
        ]
        return [*high, *between, Text("nothing saved")]
    return minutes_texts()


def minutes_texts() -> list[Text]:
    """Return what the classes of minutes are called, the best first."""
    ends = [f"{one:g}" for one in CLASSES_MIN]
    first = Text("up to {minutes} min", {"minutes": ends[0]})
    between = [
        Text("{low} to {high} min", {"low": low, "high": top}) for low, top in pairwise(ends)
    ]
    last = Text("over {minutes} min", {"minutes": ends[-1]})
    return [first, *between, last]


def charts(answer: HousingAnswer, said: Words) -> list[Chart]:
    """Return how many people, or homes, are in each class."""
    mark = f" · {said('Schematic')}" if answer.schematic else ""
    people = answer.table["people"].to_numpy(dtype=np.float64)
    known = bool((people > 0).any())
    weight = np.nan_to_num(people) if known else np.ones(len(people))
    texts = [one.said(said) for one in class_texts(answer)]
    counts = np.bincount(answer.of, weights=weight, minlength=len(texts) + 1)[: len(texts)]
    title = said("People by class") if known else said("Homes by class")
    labels = tuple(_short(answer))
    return [Distribution(title + mark, tuple(counts.tolist()), labels, RAMP[: len(texts)])]


def _short(answer: HousingAnswer) -> list[str]:
    if answer.question.ask == "gain":
        return [f"≥ {one:g}" for one in reversed(SAVED_MIN)] + ["0"]
    return [f"≤ {one:g}" for one in CLASSES_MIN] + [f"> {CLASSES_MIN[-1]:g}"]


_HOMES: Final = HomesPicture(
    HousingAnswer,
    HousingSheet,
    lambda answer, _look: (homes(answer),),
    lambda answer: answer.number,
    lambda answer: answer.homes_xy,
)


def _over(
    painter: QPainter, atlas: Atlas, state: MapState, viewport: Viewport, look: Theme
) -> None:
    """Paint the place, and a line round the home that is selected."""
    answer = state.answers.result(HousingAnswer)
    if answer is None:
        return
    _HOMES.over(painter, atlas, state, viewport, look)
    ((x, y),) = viewport.px(np.array([answer.at_xy])).tolist()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(look.colour("halo")), 3.0))
    painter.setBrush(QColor(look.colour("accent")))
    painter.drawEllipse(QPointF(x, y), _PLACE_PX, _PLACE_PX)
    painter.restore()


PICTURE: Final = Picture(
    HousingSheet, ShadedPainter, _HOMES.sheets, ANALYSIS.awaited, _over, _HOMES.pick
)
