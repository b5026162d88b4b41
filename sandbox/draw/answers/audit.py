"""An audit on the map: homes by the rules they fail, and of one rule the ground it covers."""

from typing import Final

import numpy as np
import shapely
from PySide6.QtGui import QPainter

from sandbox.app.answers.audit import ANALYSIS, AuditAnswer
from sandbox.app.atlas import Atlas
from sandbox.app.questions import Selected
from sandbox.app.state import MapState
from sandbox.draw.answers.circles import covered_alpha
from sandbox.draw.answers.picture import Picture
from sandbox.draw.answers.shaded import (
    BAD,
    GOOD,
    RAMP,
    Class,
    ShadedPainter,
    ShadedSheet,
    Shapes,
    by_share,
    outline,
    picked,
    ramp_classes,
)
from sandbox.draw.theme import Theme, circles_colour, left_out_colour, theme
from sandbox.draw.viewport import Viewport

__all__ = ["BAD", "GOOD", "PICTURE", "RAMP", "AuditSheet", "ground", "homes"]


class AuditSheet(ShadedSheet):
    """The sheet of an audit."""


def homes(answer: AuditAnswer) -> Shapes:
    """Return the homes: by the share of rules they fail, of one rule by whether they meet it."""
    if not answer.question.rule:
        return Shapes(answer.found.shapes_xy, by_share(answer.share), ramp_classes())
    of = np.where(answer.share > 0, 1, 0)
    return Shapes(answer.found.shapes_xy, of, (Class(GOOD), Class(BAD)))


def ground(answer: AuditAnswer, look: Theme) -> tuple[Shapes, Shapes] | None:
    """Return what lies under and over the homes of one rule: covered ground, and gaps."""
    if answer.ground is None:
        return None
    covered, gaps = (
        shapely.get_parts(np.array([one])) for one in (answer.ground.covered, answer.ground.gaps)
    )
    fill = Class(circles_colour(look), covered_alpha(look), outline_px=1.6)
    left = Class(left_out_colour(look), 0.0, hatched=True, outline_px=1.0)
    zeros = [np.zeros(len(one), dtype=np.int64) for one in (covered, gaps)]
    return Shapes(covered, zeros[0], (fill,)), Shapes(gaps, zeros[1], (left,))


def _sheets(state: MapState, theme_name: str) -> list[ShadedSheet]:
    answer = state.answers.result(AuditAnswer)
    if answer is None:
        return []
    return [_sheet(answer, theme_name)]


def _sheet(answer: AuditAnswer, theme_name: str) -> ShadedSheet:
    """Return the sheet of an answer, made once a theme: it is asked for with every frame."""
    kept = answer.pictures
    if theme_name not in kept:
        shapes = homes(answer)
        around = ground(answer, theme(theme_name))
        layers = (shapes,) if around is None else (around[0], shapes, around[1])
        kept[theme_name] = AuditSheet(theme_name, layers)
    return kept[theme_name]


def _over(
    painter: QPainter, atlas: Atlas, state: MapState, viewport: Viewport, look: Theme
) -> None:
    """Paint the units' borders, and a line round the home that is selected."""
    answer, selected = state.answers.result(AuditAnswer), state.gesture.selected
    if answer is None or selected is None or selected.layer != answer.question.homes:
        return
    number = answer.found.number.get(selected.id)
    if number is not None:
        outline(painter, answer.found.shapes_xy[number], viewport, look)


def _pick(state: MapState, viewport: Viewport, at_px: tuple[float, float]) -> Selected | None:
    answer = state.answers.result(AuditAnswer)
    if answer is None:
        return None
    shapes = _sheet(answer, state.theme).layers[-1 if answer.ground is None else 1]
    ids = list(answer.found.number)
    return picked(shapes, ids, answer.question.homes, viewport, at_px)


PICTURE: Final = Picture(AuditSheet, ShadedPainter, _sheets, ANALYSIS.awaited, _over, _pick)
