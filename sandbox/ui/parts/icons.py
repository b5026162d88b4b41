"""Icons of the chrome: line drawings in the ink that a theme gives them."""

from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer

from sandbox import paths
from sandbox.catalog.layer import Layer
from sandbox.draw.answers.bands import contour_colour
from sandbox.draw.answers.circles import (
    LEFT_OUT_ALPHA,
    LEFT_OUT_HATCH_ALPHA,
    covered_alpha,
    hatching,
)
from sandbox.draw.answers.compare import swatch_of
from sandbox.draw.answers.edits import paint_edit
from sandbox.draw.lettering.fonts import font
from sandbox.draw.lettering.symbols import symbol_svg
from sandbox.draw.theme import Theme, band_colours, circles_colour, left_out_colour
from sandbox.draw.theme import theme as theme_of
from sandbox.edits.street_edits import Kind
from sandbox.kept import keep

# Drawn large once, so that every screen density finds enough pixels.
_SCALE: Final = 3
# Lines that people follow; other lines only bound a place.
_WAYS: Final = ("road", "tunnel", "metro", "corridor", "river")


def read_all() -> None:
    """Read every icon of the chrome, so that a window that is made reads none."""
    for file in _folder().glob("*.svg"):
        _source(file.stem)


def _folder() -> Path:
    return paths.assets() / "icons" / "ui"


@cache
def _source(name: str) -> str:
    return (_folder() / f"{name}.svg").read_text(encoding="utf-8")


def _empty(width: int, height: int) -> QPixmap:
    pixmap = QPixmap(QSize(width, height) * _SCALE)
    pixmap.setDevicePixelRatio(_SCALE)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


def _drawn(svg: str, size: int) -> QPixmap:
    pixmap = _empty(size, size)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


@cache
def picture(name: str, colour: str, size: int = 18) -> QPixmap:
    """Return an icon of ``assets/icons/ui`` in a colour, `size` logical pixels high."""
    return _drawn(_source(name).replace("currentColor", colour), size)


def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """Return `picture` as an icon for a button."""
    return QIcon(picture(name, colour, size))


def logo(theme: Theme, size: int = 24) -> QPixmap:
    """Return the program's mark, three bands about a point, in a theme's band colours."""
    svg = _source("logo")
    for index, colour in enumerate(band_colours(theme, 3)):
        svg = svg.replace(f"band{index}", colour)
    return _drawn(svg, size)


def layer_picture(layer: Layer, theme: Theme, size: int = 18) -> QPixmap:
    """Return the small picture that stands for a layer: its places' mark, line or area."""
    return _layer_picture(layer, theme.name, size)


# Lists ask for the same pictures with every move of a pointer.
@keep(32)
def _layer_picture(layer: Layer, theme_name: str, size: int) -> QPixmap:
    theme = theme_of(theme_name)
    if layer.picture is not None:
        return picture("picture", theme.colour("ink_2"), size)
    if layer.style.category and layer.style.line not in _WAYS:
        return category_picture(layer.style.category, theme, size)
    if layer.style.line or layer.geometry in ("line", "network"):
        return line_picture(layer, theme, {}, size)
    if layer.geometry == "point":
        return names_picture(theme, size)
    return area_picture(_fill(layer, theme), theme.colour("ink_3"), size, 1.0)


def category_picture(category: str, theme: Theme, size: int = 18) -> QPixmap:
    """Return the mark of a category of places."""
    return _drawn(symbol_svg(theme.category(category), theme.colour("panel")), size)


def names_picture(theme: Theme, size: int = 18) -> QPixmap:
    """Return a sample of lettering, for layers that are names alone."""
    pixmap = _empty(size, size)
    painter = QPainter(pixmap)
    painter.setFont(font(size * 0.72))
    painter.setPen(QColor(theme.colour("ink")))
    painter.drawText(QRectF(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, "Aa")
    painter.end()
    return pixmap


def area_picture(  # noqa: PLR0917
    colour: str,
    outline: str,
    size: int = 18,
    alpha: float = 1.0,
    ground: str = "",
    line_alpha: float = 1.0,
) -> QPixmap:
    """Return a small area in a colour with its outline, over the map's ground if that is given.

    Without an outline's colour it has none.
    """
    pixmap = _empty(size, size)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(1.5, 3.5, size - 3, size - 7)
    fill, line = QColor(colour), QColor(outline)
    fill.setAlphaF(alpha)
    painter.setPen(Qt.PenStyle.NoPen)
    for shade in (QColor(ground), fill) if ground else (fill,):
        painter.setBrush(shade)
        painter.drawRoundedRect(box, 3, 3)
    if outline:
        line.setAlphaF(line_alpha)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(line, 1.6))
        painter.drawRoundedRect(box, 3, 3)
    painter.end()
    return pixmap


def circles_picture(theme: Theme, size: int = 18) -> QPixmap:
    """Return a small area as ground that services cover is drawn."""
    colour = circles_colour(theme)
    alpha, ground = covered_alpha(theme), theme.colour("ground")
    return area_picture(colour, contour_colour(colour, theme), size, alpha, ground)


def difference_picture(theme: Theme, change: str, size: int = 18) -> QPixmap:
    """Return a small area as ground ``gained``, ``lost`` or reachable in ``both`` is drawn."""
    colour, alpha, lines = swatch_of(theme, change)
    pixmap = area_picture(colour, colour, size, alpha, theme.colour("ground"))
    if lines is not None:
        _hatch(pixmap, lines, size)
    return pixmap


def _hatch(pixmap: QPixmap, lines: QBrush, size: int) -> None:
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPainterPath()
    outline.addRoundedRect(QRectF(1.5, 3.5, size - 3, size - 7), 3, 3)
    painter.fillPath(outline, lines)
    painter.end()


def left_out_picture(theme: Theme, size: int = 18) -> QPixmap:
    """Return a small hatched area, as ground that no service covers is drawn."""
    colour, ground = left_out_colour(theme), theme.colour("ground")
    pixmap = area_picture(colour, "", size, LEFT_OUT_ALPHA, ground)
    _hatch(pixmap, hatching(colour, LEFT_OUT_HATCH_ALPHA, _SCALE), size)
    return pixmap


def edit_icon(kind: Kind, theme: Theme) -> QIcon:
    """Return the picture of a kind of street edit as a button's icon."""
    return QIcon(edit_picture(kind, theme))


def edit_picture(kind: Kind, theme: Theme, size: int = 18) -> QPixmap:
    """Return a small line or area as edits of the streets of a kind are drawn."""
    return _edit_picture(kind, theme.name, size)


@cache
def _edit_picture(kind: Kind, theme_name: str, size: int) -> QPixmap:
    theme, pixmap = theme_of(theme_name), _empty(size, size)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    left, right, top, low = 1.5, size - 1.5, 3.5, size - 3.5
    corners = [(left, top), (right, top), (right, low), (left, low), (left, top)]
    if kind in ("closed", "footbridge", "path"):
        corners = [(left, size / 2), (right, size / 2)]
    paint_edit(painter, kind, [QPointF(x, y) for x, y in corners], theme)
    painter.end()
    return pixmap


def circle_picture(theme: Theme, size: int = 18) -> QPixmap:
    """Return a small dashed ring, as straight-line circles are drawn."""
    pixmap = _empty(size, size)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(theme.colour("ink_2")), 1.5)
    pen.setDashPattern([2.4, 1.8])
    painter.setPen(pen)
    painter.drawEllipse(QRectF(2, 2, size - 4, size - 4))
    painter.end()
    return pixmap


def line_picture(layer: Layer, theme: Theme, where: dict[str, str], size: int = 18) -> QPixmap:
    """Return a small line as the features `where` are drawn."""
    pixmap = _empty(size, size)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(line_pen(layer, theme, where))
    painter.drawLine(1, size // 2, size - 1, size // 2)
    painter.end()
    return pixmap


def line_pen(layer: Layer, theme: Theme, where: dict[str, str]) -> QPen:
    """Return the pen of a layer's lines, or of those `where` a column has a value."""
    kind = layer.style.line
    dash: tuple[float, ...] = ()
    width = 2.6
    if kind == "metro":
        status = where.get("status", _common(layer, "status", "operating"))
        style = theme.metro(where.get("line", _common(layer, "line", "1")), status)
        colour, dash = style.colour, style.dash
    elif kind == "corridor":
        style = theme.corridor(where.get("corridor_class", "high_speed"))
        colour, dash, width = style.colour, style.dash, style.width_px
    elif kind in ("road", "tunnel"):
        colour = theme.colour("casing_expressway" if not theme.dark else "road_expressway")
        dash = (2.2, 1.6) if kind == "tunnel" else ()
    elif kind == "boundary":
        colour, dash, width = theme.colour("ink_3"), (3.0, 2.0), 1.6
    else:
        colour = theme.colour("shore")
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dash:
        pen.setDashPattern([max(0.6, part / width) for part in dash])
    return pen


# The legend and the list of layers ask with every theme and language.
@keep(4)
def _common(layer: Layer, column: str, otherwise: str) -> str:
    if layer.features is None or column not in layer.features.columns:
        return otherwise
    values = layer.features[column].dropna()
    return str(values.mode().iloc[0]) if len(values) else otherwise


def _fill(layer: Layer, theme: Theme) -> str:
    if layer.geometry == "grid":
        return theme.colour("rock")
    return theme.colour(layer.style.fill) if layer.style.fill else theme.colour("ground_high")
