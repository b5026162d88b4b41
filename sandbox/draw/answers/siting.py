"""A plan of sites on the map: homes by who is served today and with it, and the sites."""

from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from sandbox.app.answers.siting import ANALYSIS, SitingAnswer, SitingQuestion
from sandbox.app.atlas import Atlas
from sandbox.app.questions import Selected
from sandbox.app.state import MapState
from sandbox.draw.answers.picture import Picture
from sandbox.draw.answers.shaded import (
    BAD,
    GOOD,
    Class,
    HomesPicture,
    ShadedPainter,
    ShadedSheet,
    Shapes,
)
from sandbox.draw.lettering.fonts import font
from sandbox.draw.theme import Theme
from sandbox.draw.viewport import Viewport
from sandbox.geo.crs import to_metric

GAINED: Final = "#3a923a"
CLASSES: Final = (Class(GOOD), Class(GAINED), Class(BAD))
NEW_LAYER: Final = "siting:new"
_NEW_PX, _OLD_PX = 11.0, 4.5
_TRIED_PX: Final = 8.0
_PRESS_PX: Final = 12.0


class SitingSheet(ShadedSheet):
    """The sheet of a plan."""


def homes(answer: SitingAnswer) -> Shapes:
    """Return the homes: served today, only with the plan, or not."""
    before = answer.found.homes["served_before"].to_numpy(dtype=bool)
    after = answer.found.homes["served_after"].to_numpy(dtype=bool)
    if answer.question.before:
        of = np.where(before, 0, 2)
    else:
        of = np.where(after, np.where(before, 0, 1), 2)
    return Shapes(answer.homes_xy, of, CLASSES)


_HOMES: Final = HomesPicture(
    SitingAnswer,
    SitingSheet,
    lambda answer, _look: (homes(answer),),
    lambda answer: {str(one): row for row, one in enumerate(answer.found.homes["id"])},
    lambda answer: answer.homes_xy,
    seen=lambda answer: answer.question.before,
)


def site_place(answer: SitingAnswer, row: int) -> Selected:
    """Return what is selected with a site: an existing one is a place of its layer."""
    one = answer.found.sites.iloc[row]
    if one["state"] == "new":
        return Selected(NEW_LAYER, str(one["id"]))
    return Selected(answer.question.layer, str(one["id"]))


def _over(
    painter: QPainter, atlas: Atlas, state: MapState, viewport: Viewport, look: Theme
) -> None:
    """Paint the sites: new ones numbered, in the table's order; closed ones crossed out.

    While they are looked for, those of the best plan so far are rings.
    """
    answer, selected = state.answers.result(SitingAnswer), state.gesture.selected
    asked = state.document.asked(SitingQuestion)
    if state.gesture.tried and asked is not None and (answer is None or ANALYSIS.awaited(state)):
        _tried(painter, viewport.px(to_metric(np.array(state.gesture.tried), atlas.crs)), look)
    if answer is None:
        return
    _HOMES.over(painter, atlas, state, viewport, look)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    states = list(answer.found.sites["state"])
    px = viewport.px(shapely.get_coordinates(answer.sites_xy)) if states else np.empty((0, 2))
    for row in reversed(range(len(states))):
        at = QPointF(float(px[row][0]), float(px[row][1]))
        chosen = selected == site_place(answer, row)
        if states[row] == "new" and not answer.question.before:
            _new(painter, at, row + 1, look, chosen=chosen)
        elif states[row] != "new":
            crossed = states[row] == "closed" and not answer.question.before
            _old(painter, at, look, crossed=crossed, chosen=chosen)
    painter.restore()


def _tried(painter: QPainter, px: npt.NDArray[np.float64], look: Theme) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for name, width in (("halo", 5.0), ("accent", 2.2)):
        painter.setPen(QPen(QColor(look.colour(name)), width))
        for x, y in px.tolist():
            painter.drawEllipse(QPointF(x, y), _TRIED_PX, _TRIED_PX)
    painter.restore()


def _new(painter: QPainter, at: QPointF, number: int, look: Theme, *, chosen: bool) -> None:
    radius = _NEW_PX + (3 if chosen else 0)
    painter.setPen(QPen(QColor(look.colour("halo")), 3.0))
    painter.setBrush(QColor(look.colour("accent")))
    painter.drawEllipse(at, radius, radius)
    painter.setPen(QColor(look.colour("panel")))
    painter.setFont(font(12))
    box = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))


def _old(painter: QPainter, at: QPointF, look: Theme, *, crossed: bool, chosen: bool) -> None:
    radius = _OLD_PX + (3 if chosen else 0)
    painter.setPen(QPen(QColor(look.colour("halo")), 2.0))
    painter.setBrush(QColor(look.colour("ink_2")))
    painter.drawEllipse(at, radius, radius)
    if crossed:
        painter.setPen(QPen(QColor(BAD), 2.4))
        for sign in (1, -1):
            off = QPointF(8.0, 8.0 * sign)
            painter.drawLine(at - off, at + off)


def _pick(state: MapState, viewport: Viewport, at_px: tuple[float, float]) -> Selected | None:
    answer = state.answers.result(SitingAnswer)
    if answer is None:
        return None
    x, y = (float(one) for one in viewport.xy(at_px))
    away = shapely.distance(answer.sites_xy, shapely.Point(x, y))
    if len(away) and away.min() <= _PRESS_PX * viewport.m_per_px:
        return site_place(answer, int(np.argmin(away)))
    return _HOMES.pick(state, viewport, at_px)


PICTURE: Final = Picture(SitingSheet, ShadedPainter, _HOMES.sheets, ANALYSIS.awaited, _over, _pick)
