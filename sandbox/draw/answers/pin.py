"""The origin's pin: a target that says from where the answer is; an area is outlined instead."""

from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QRadialGradient
from shapely.geometry.base import BaseGeometry

from sandbox.app.answers.compare import lonlat_beside
from sandbox.app.atlas import Atlas
from sandbox.app.places import origin_area
from sandbox.app.state import MapState
from sandbox.draw.answers.compare import difference_colours
from sandbox.draw.lettering.fonts import font
from sandbox.draw.raster.shapes import path, rings
from sandbox.draw.theme import Theme
from sandbox.draw.viewport import Viewport
from sandbox.words import words_of

# A fingertip must find it.
GRAB_PX: Final = 22.0
_OUTLINE_PX, _OUTLINE_HALO_PX = 2.6, 6.0
_INSIDE_ALPHA: Final = 0.10


class Pin(NamedTuple):
    """Where a pin stands, logical pixels; of several each has its colour and letter."""

    at_px: tuple[float, float]
    colour: str = ""
    letter: str = ""


def pins(atlas: Atlas, state: MapState, viewport: Viewport, look: Theme) -> list[Pin]:
    """Return where pins stand: one at the origin, or two where two places are compared.

    An origin that is an area has none: it is left by its gates or edge, not from its middle.
    Of several origins each has its number, areas too, so that lists can name them by it.
    """
    asked = state.document.reach
    if asked is None:
        return []
    if asked.others:
        return [
            Pin(viewport.px_of_lonlat(one.lonlat), letter=f"{number}")
            for number, one in enumerate(asked.origins, 1)
        ]
    if origin_area(atlas, asked.origins[0]) is not None:
        return []
    at, beside = viewport.px_of_lonlat(asked.origin_lonlat), lonlat_beside(state.document.against)
    if beside is None:
        return [Pin(at)]
    colours, words = difference_colours(look), words_of(state.language)
    other = viewport.px_of_lonlat(beside)
    return [
        # From A to B: only A's ground is drawn as lost, only B's as gained.
        Pin(at, colours["lost"], words("A")),
        Pin(other, colours["gained"], words("B")),
    ]


def paint_area(painter: QPainter, area_xy: BaseGeometry, viewport: Viewport, theme: Theme) -> None:
    """Paint an origin that is an area: its outline and a breath of its colour.

    Parameters
    ----------
    painter, viewport, theme
        Where and how.
    area_xy
        The area, metres of the viewport's system.
    """
    xy, starts = rings(area_xy)
    if not len(xy):
        return
    outline = path(viewport.px(xy), starts)
    scale = theme.symbol_px / 24.0
    colour, halo = QColor(theme.colour("origin")), QColor(theme.colour("halo"))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inside = QColor(colour)
    inside.setAlphaF(_INSIDE_ALPHA)
    painter.fillPath(outline, inside)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((halo, _OUTLINE_HALO_PX), (colour, _OUTLINE_PX)):
        pen = QPen(ink, width * scale)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPath(outline)
    painter.restore()


def paint_pin(
    painter: QPainter,
    at_px: tuple[float, float],
    theme: Theme,
    colour_name: str = "",
    letter: str = "",
) -> None:
    """Paint the pin about a point in logical pixels; on dark it glows.

    Of several pins each has its own colour and letter.
    """
    centre = QPointF(*at_px)
    scale = theme.symbol_px / 24.0
    colour, halo = QColor(colour_name or theme.colour("origin")), QColor(theme.colour("halo"))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if theme.dark:
        glow = QRadialGradient(centre, 46 * scale)
        lit, gone = QColor(colour), QColor(colour)
        lit.setAlphaF(0.42)
        gone.setAlphaF(0.0)
        glow.setColorAt(0.0, lit)
        glow.setColorAt(1.0, gone)
        painter.setBrush(glow)
        painter.drawEllipse(centre, 46 * scale, 46 * scale)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for radius, alpha in ((20.0, 0.35), (14.5, 0.6)):
        ring = QColor(colour)
        ring.setAlphaF(alpha)
        painter.setPen(QPen(ring, 1.4 * scale))
        painter.drawEllipse(centre, radius * scale, radius * scale)
    painter.setPen(Qt.PenStyle.NoPen)
    inner = ((5.2, halo), (2.9, colour)) if not letter else ()
    for radius, ink in ((11.0, halo), (9.0, colour), *inner):
        painter.setBrush(ink)
        painter.drawEllipse(centre, radius * scale, radius * scale)
    if letter:
        painter.setPen(halo)
        painter.setFont(font(12.0 * scale))
        side = 20.0 * scale
        box = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
    painter.restore()
