"""Small pictures of a user's layers and of their classes, as the map draws them."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from sandbox.catalog.layer import Layer
from sandbox.catalog.symbology import Symbology
from sandbox.draw.ground.own import own_colour
from sandbox.draw.theme import Theme
from sandbox.ui.parts.icons import area_picture
from sandbox.words import Words

_SCALE: Final = 2.0
_CLASSES_AT_MOST: Final = 12
Line = tuple[QPixmap, str]


def own_picture(
    layer: Layer, symbology: Symbology, theme: Theme, number: int = -1, size: int = 18
) -> QPixmap:
    """Return the mark, line or area of a layer, or of one of its classes."""
    said = symbology.colour if number < 0 else symbology.colours[number]
    colour = own_colour(said, theme)
    if layer.geometry == "polygon":
        return area_picture(colour, colour, size, 0.32, theme.colour("ground"))
    made = QPixmap(round(size * _SCALE), round(size * _SCALE))
    made.setDevicePixelRatio(_SCALE)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if layer.geometry == "line":
        painter.setPen(QPen(QColor(colour), 2.2))
        painter.drawLine(QPointF(1, size / 2), QPointF(size - 1, size / 2))
    else:
        side = min(12.0, symbology.size_px)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QRectF((size - side) / 2, (size - side) / 2, side, side))
    painter.end()
    return made


def legend_lines(
    layer: Layer, symbology: Symbology, theme: Theme, said: Words
) -> tuple[str, list[Line]]:
    """Return a heading, empty for a layer in one colour, and the lines that explain a layer."""
    title = layer.title.said(said.language)
    if not symbology.colours:
        return "", [(own_picture(layer, symbology, theme, -1, 22), title)]
    texts = class_texts(symbology, said)
    shown = [
        (own_picture(layer, symbology, theme, number, 22), text)
        for number, text in enumerate(texts[:_CLASSES_AT_MOST])
    ]
    if len(texts) > _CLASSES_AT_MOST:
        shown.append((own_picture(layer, symbology, theme, -1, 22), "…"))
    column = next((one for one in layer.columns if one.name == symbology.column), None)
    name = symbology.column if column is None else column.title.said(said.language)
    return f"{title} · {name}", shown


def class_texts(symbology: Symbology, said: Words) -> list[str]:
    """Return what each class is called."""
    return [one or said("(none)") for one in symbology.class_names]
