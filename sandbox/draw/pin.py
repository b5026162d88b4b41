"""The origin's pin: a target that says from where the answer is."""

from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QRadialGradient

from sandbox.app.against import lonlat_beside
from sandbox.app.state import MapState
from sandbox.draw.difference import difference_colours
from sandbox.draw.fonts import font
from sandbox.draw.theme import Theme
from sandbox.draw.viewport import Viewport
from sandbox.words import words_of

# A fingertip must find it.
GRAB_PX: Final = 22.0


class Pin(NamedTuple):
    """Where a pin stands, logical pixels; of several each has its colour and letter."""

    at_px: tuple[float, float]
    colour: str = ""
    letter: str = ""


def pins(state: MapState, viewport: Viewport, look: Theme) -> list[Pin]:
    """Return where pins stand: one at the origin, or two where two places are compared."""
    if state.reach is None:
        return []
    at, beside = viewport.px_of_lonlat(state.reach.origin_lonlat), lonlat_beside(state.against)
    if beside is None:
        return [Pin(at)]
    colours, words = difference_colours(look), words_of(state.language)
    other = viewport.px_of_lonlat(beside)
    return [
        # From A to B: only A's ground is drawn as lost, only B's as gained.
        Pin(at, colours["lost"], words("A")),
        Pin(other, colours["gained"], words("B")),
    ]


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
