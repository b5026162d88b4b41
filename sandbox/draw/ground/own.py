"""Layers of a user's own, in one colour or by classes; a million features cost what is seen."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from sandbox.catalog.symbology import Symbology
from sandbox.draw.ground.features import Features
from sandbox.draw.raster.shapes import path, rings
from sandbox.draw.theme import Theme, mixed

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FILL_ALPHA: Final = 0.32
LINE_PX: Final = 2.2
EDGE_PX: Final = 1.1
# Colours are chosen on light ground; on dark ground they are this much nearer to white.
_LIGHTER: Final = 0.38
# What is smaller than this is drawn as a dot, each pixel once.
_DOT_PX: Final = 1.5
# Up to this many points in a tile are drawn where they are; of more, one a pixel.
_POINTS_EACH: Final = 3000


def own_colour(colour: str, theme: Theme) -> str:
    """Return a colour of a symbology as a theme draws it."""
    return mixed(colour, "#FFFFFF", _LIGHTER) if theme.dark else colour


def paint_own(  # noqa: PLR0917
    painter: QPainter,
    features: Features,
    rows: Ints,
    shapes: npt.NDArray[Any],
    symbology: Symbology,
    theme: Theme,
    to_px: Callable[[Doubles], Doubles],
    m_per_px: float,
    check: Callable[[], None],
) -> None:
    """Paint features: areas below lines below points.

    Parameters
    ----------
    painter
        Of the tile; its opacity is that of the layer.
    features, rows
        The layer, and which of its features may be seen.
    shapes
        Its shapes, simplified for the scale.
    symbology
        How it is drawn.
    to_px
        Turns metres into pixels of the tile.
    check
        Raises where nobody waits for the tile any more.
    """
    if not len(rows):
        return
    classes = classes_of(features, symbology, rows)
    boxes = features.boxes[rows]
    small = ((boxes[:, 2:] - boxes[:, :2]).max(axis=1) / m_per_px) < _DOT_PX
    dimensions = shapely.get_dimensions(features.shapes[rows])
    for number in (-1, *range(len(symbology.colours))):
        inside = classes == number
        if not inside.any():
            continue
        said = symbology.colour if number < 0 else symbology.colours[number]
        colour = QColor(own_colour(said, theme))
        areas = rows[inside & ~small & (dimensions == 2)]
        _paint_areas(painter, shapes[areas], colour, to_px, check)
        lines = rows[inside & ~small & (dimensions == 1)]
        _paint_lines(painter, shapes[lines], colour, theme, to_px)
        dots = inside & small & (dimensions > 0)
        middle = (boxes[dots, :2] + boxes[dots, 2:]) / 2
        _paint_points(painter, to_px(middle), 2.0, colour, "")
        points = rows[inside & (dimensions == 0)]
        at = shapely.get_coordinates(features.shapes[points])
        _paint_points(painter, to_px(at), symbology.size_px, colour, theme.colour("halo"))
        check()


def classes_of(features: Features, symbology: Symbology, rows: Ints) -> Ints:
    """Return the class of some features of a layer, -1 for none."""
    frame = features.layer.features
    column = None
    if frame is not None and symbology.column in frame.columns:
        column = frame[symbology.column].iloc[rows]
    return symbology.classes_of(column, len(rows))


def _paint_areas(
    painter: QPainter,
    shapes: npt.NDArray[Any],
    colour: QColor,
    to_px: Callable[[Doubles], Doubles],
    check: Callable[[], None],
) -> None:
    fill = QColor(colour)
    fill.setAlphaF(FILL_ALPHA)
    pen = QPen(colour, EDGE_PX)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    for number, shape in enumerate(shapes):
        xy, starts = rings(shape)
        outline = path(to_px(xy), starts)
        painter.fillPath(outline, fill)
        painter.strokePath(outline, pen)
        if number % 500 == 0:
            check()


def _paint_lines(
    painter: QPainter,
    shapes: npt.NDArray[Any],
    colour: QColor,
    theme: Theme,
    to_px: Callable[[Doubles], Doubles],
) -> None:
    if not len(shapes):
        return
    parts = shapely.get_parts(shapes)
    counts = shapely.get_num_points(parts)
    parts, counts = parts[counts > 0], counts[counts > 0]
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
    whole = path(to_px(shapely.get_coordinates(parts)), starts)
    halo = QColor(theme.colour("halo"))
    halo.setAlphaF(0.55)
    for ink, width in ((halo, LINE_PX + 2.0), (colour, LINE_PX)):
        pen = QPen(ink, width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(whole, pen)


def _paint_points(
    painter: QPainter, px: Doubles, size_px: float, colour: QColor, halo: str
) -> None:
    if not len(px):
        return
    if len(px) > _POINTS_EACH:
        px = np.unique(np.round(px), axis=0)
    points = [QPointF(x, y) for x, y in px.tolist()]
    for ink, width in ((halo, size_px + 2.0), (colour, size_px)):
        if ink:
            pen = QPen(QColor(ink), width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPoints(points)
