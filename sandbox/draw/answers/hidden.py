"""What circles hide on the map: the circle, what is reached along streets, and on slopes."""

from typing import Any, Final

import numpy as np
import shapely
from PySide6.QtGui import QColor, QPainter, QPen

from sandbox.app.answers.hidden import ANALYSIS, HiddenAnswer
from sandbox.app.atlas import Atlas
from sandbox.app.state import MapState
from sandbox.draw.answers.picture import Picture
from sandbox.draw.answers.shaded import Class, ShadedPainter, ShadedSheet, Shapes
from sandbox.draw.raster.shapes import path, rings
from sandbox.draw.theme import Theme, theme
from sandbox.draw.viewport import Viewport

# From the largest; the smallest lies on top.
ORDER: Final = ("hidden", "streets", "slopes", "straight")


class HiddenSheet(ShadedSheet):
    """The sheet of what circles hide."""


def classes(look: Theme) -> dict[str, Class]:
    """Return what each area looks like."""
    dark = look.dark
    return {
        "hidden": Class("#e66101", 0.10, hatched=True),
        "streets": Class("#fdd870" if dark else "#e8b93a", 0.45),
        "slopes": Class("#5aa9e0" if dark else "#2c7fb8", 0.55, outline_px=1.4),
        "straight": Class(look.colour("ink_2"), 0.0, outline_px=1.6, dashed=True),
    }


def layers(answer: HiddenAnswer, look: Theme) -> tuple[Shapes, ...]:
    """Return the areas of all facilities together, the lowest first."""
    whole, known = answer.grounds_xy.get("", {}), classes(look)
    made: list[Shapes] = []
    for name in ORDER:
        parts = shapely.get_parts(np.array([whole[name]])) if name in whole else np.empty(0, object)
        made.append(Shapes(parts, np.zeros(len(parts), dtype=np.int64), (known[name],)))
    return tuple(made)


def _sheets(state: MapState, theme_name: str) -> list[ShadedSheet]:
    answer = state.answers.result(HiddenAnswer)
    if answer is None:
        return []
    if theme_name not in answer.pictures:
        answer.pictures[theme_name] = HiddenSheet(theme_name, layers(answer, theme(theme_name)))
    return [answer.pictures[theme_name]]


def _over(
    painter: QPainter, atlas: Atlas, state: MapState, viewport: Viewport, look: Theme
) -> None:
    """Paint the circle and the walks of the facility that is selected."""
    answer, selected = state.answers.result(HiddenAnswer), state.gesture.selected
    if answer is None or selected is None:
        return
    chosen = next((one for one, where in answer.where.items() if where == selected), None)
    if chosen is None:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for name, width, dashed in (("slopes", 2.4, False), ("straight", 2.0, True)):
        shape: Any = answer.grounds_xy[chosen].get(name)
        if shape is None or shapely.is_empty(shape):
            continue
        xy, starts = rings(shape)
        line = path(viewport.px(xy), starts)
        halo = QPen(QColor(look.colour("halo")), width + 2.6)
        pen = QPen(QColor(look.colour("accent")), width)
        if dashed:
            pen.setDashPattern([5.0, 3.5])
        painter.strokePath(line, halo)
        painter.strokePath(line, pen)
    painter.restore()


PICTURE: Final = Picture(HiddenSheet, ShadedPainter, _sheets, ANALYSIS.awaited, _over)
