"""An audit on the map: homes by the rules they fail, and of one rule the ground it covers."""

from typing import Final

import numpy as np
import shapely

from sandbox.app.answers.audit import ANALYSIS, AuditAnswer
from sandbox.draw.answers.circles import covered_alpha
from sandbox.draw.answers.picture import Picture
from sandbox.draw.answers.shaded import (
    BAD,
    GOOD,
    RAMP,
    Class,
    HomesPicture,
    ShadedPainter,
    ShadedSheet,
    Shapes,
    by_share,
    ramp_classes,
)
from sandbox.draw.theme import Theme, circles_colour, left_out_colour

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
        shapely.get_parts(np.array([one]))
        for one in (answer.ground.covered, answer.ground.land.gaps)
    )
    fill = Class(circles_colour(look), covered_alpha(look), outline_px=1.6)
    left = Class(left_out_colour(look), 0.0, hatched=True, outline_px=1.0)
    zeros = [np.zeros(len(one), dtype=np.int64) for one in (covered, gaps)]
    return Shapes(covered, zeros[0], (fill,)), Shapes(gaps, zeros[1], (left,))


def _layers(answer: AuditAnswer, look: Theme) -> tuple[Shapes, ...]:
    around = ground(answer, look)
    return (homes(answer),) if around is None else (around[0], homes(answer), around[1])


_HOMES: Final = HomesPicture(
    AuditAnswer,
    AuditSheet,
    _layers,
    lambda answer: answer.found.number,
    lambda answer: answer.found.shapes_xy,
    lambda answer: 0 if answer.ground is None else 1,
)
PICTURE: Final = Picture(
    AuditSheet, ShadedPainter, _HOMES.sheets, ANALYSIS.awaited, _HOMES.over, _HOMES.pick
)
