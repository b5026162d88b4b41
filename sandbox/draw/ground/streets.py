"""Streets by scale: which classes show, how wide, in which colours, in which order."""

import math
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from sandbox.draw.ground.chains import Chains
from sandbox.draw.ground.features import lines_near
from sandbox.draw.raster.shapes import path
from sandbox.draw.theme import Theme
from sandbox.streets.streets import StreetClass, Structure

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
ToPx = Callable[[Doubles], Doubles]

# Lines of one path: one huge path is slower to stroke than many small ones.
_LINES_PER_PATH: Final = 48

# Widths in logical pixels at the middle of each band of scale, coarse to fine; 0: not shown.
_SCALES_M_PX: Final = (90.0, 35.0, 12.6, 4.9, 2.0, 0.7)
_WIDTHS_PX: Final = {
    StreetClass.EXPRESS: (2.0, 3.0, 5.0, 7.0, 9.0, 18.0),
    StreetClass.ARTERIAL: (1.2, 1.7, 3.5, 6.0, 8.0, 16.0),
    StreetClass.COLLECTOR: (0.8, 0.9, 2.0, 4.0, 5.8, 12.0),
    StreetClass.STREET: (0.5, 0.7, 1.0, 2.8, 3.4, 8.0),
    StreetClass.LOCAL: (0.4, 0.5, 0.6, 1.5, 1.8, 5.0),
    StreetClass.STEPS: (0.0, 0.0, 0.5, 1.0, 1.3, 2.6),
    StreetClass.PATH: (0.0, 0.0, 0.5, 1.0, 1.3, 2.2),
    StreetClass.FERRY: (0.0, 0.8, 1.0, 1.0, 1.2, 1.5),
}
# Shown where a logical pixel is at most this many metres.
_SHOWN_BELOW_M_PX: Final = {
    StreetClass.EXPRESS: math.inf,
    StreetClass.ARTERIAL: math.inf,
    StreetClass.COLLECTOR: 60.0,
    StreetClass.STREET: 60.0,
    StreetClass.LOCAL: 60.0,
    StreetClass.STEPS: 8.0,
    StreetClass.PATH: 8.0,
    StreetClass.FERRY: 30.0,
}
_CASING_PX: Final = {
    StreetClass.EXPRESS: 2.2,
    StreetClass.ARTERIAL: 2.2,
    StreetClass.COLLECTOR: 1.8,
    StreetClass.STREET: 1.8,
    StreetClass.LOCAL: 1.4,
}
_COLOUR: Final = {
    StreetClass.EXPRESS: "road_expressway",
    StreetClass.ARTERIAL: "road_arterial",
    StreetClass.COLLECTOR: "road_collector",
    StreetClass.STREET: "road_street",
    StreetClass.LOCAL: "road_local",
    StreetClass.STEPS: "path",
    StreetClass.PATH: "path",
    StreetClass.FERRY: "shore",
}
_CASING_COLOUR: Final = {
    StreetClass.EXPRESS: "casing_expressway",
    StreetClass.ARTERIAL: "casing_arterial",
}
ROAD_CLASSES: Final = {
    "express": StreetClass.EXPRESS,
    "arterial": StreetClass.ARTERIAL,
    "collector": StreetClass.COLLECTOR,
    "street": StreetClass.STREET,
}


def width_px(street_class: StreetClass, m_per_px: float) -> float:
    """Return a class's width in logical pixels at a scale, 0 where it isn't shown."""
    if m_per_px > _SHOWN_BELOW_M_PX[street_class]:
        return 0.0
    at = -math.log(m_per_px)
    scales = [-math.log(scale) for scale in _SCALES_M_PX]
    return float(np.interp(at, scales, _WIDTHS_PX[street_class]))


def casing_px(street_class: StreetClass, m_per_px: float) -> float:
    """Return how much wider than the street its casing is, 0 for none."""
    full = _CASING_PX.get(street_class, 0.0)
    # A hairline with a casing looks like mud, so the casing comes as the street gets wider.
    width = width_px(street_class, m_per_px)
    return min(full, width * 0.75) if width >= 1.4 else 0.0


def paint_streets(  # noqa: PLR0917
    painter: QPainter,
    chains: Chains,
    box: tuple[float, float, float, float],
    to_px: ToPx,
    m_per_px: float,
    theme: Theme,
    check: Callable[[], None],
) -> None:
    """Paint street lines: tunnels, casings, streets from the least class up, then bridges.

    Parameters
    ----------
    painter
        In logical pixels, antialiased.
    chains
        Lines of the network, simplified for the scale.
    box
        West, south, east, north in metres of what is painted.
    to_px
        Metres to logical pixels.
    m_per_px
        Metres per logical pixel.
    theme
        Colours.
    check
        Called now and then; may raise to give up.
    """
    near = lines_near(chains, box)
    classes, structures = chains.street_class[near], chains.structure[near]
    shown = [kind for kind in StreetClass if width_px(kind, m_per_px) > 0.0]
    shown.sort(key=_drawing_order)

    def lines(kind: StreetClass, structure: Structure) -> Ints:
        return near[(classes == kind) & (structures == structure)]

    for kind in shown:
        tunnel = lines(kind, Structure.TUNNEL)
        if len(tunnel):
            stroke(painter, chains, tunnel, to_px, tunnel_pen(kind, m_per_px, theme))
    for structure in (Structure.GROUND, Structure.BRIDGE):
        for kind in shown:
            pen = casing_pen(kind, m_per_px, theme)
            if pen is not None:
                pen.setCapStyle(
                    Qt.PenCapStyle.FlatCap
                    if structure == Structure.BRIDGE
                    else Qt.PenCapStyle.RoundCap
                )
                stroke(painter, chains, lines(kind, structure), to_px, pen)
            check()
        for kind in shown:
            stroke(
                painter, chains, lines(kind, structure), to_px, street_pen(kind, m_per_px, theme)
            )
            check()


def stroke(painter: QPainter, chains: Chains, which: Ints, to_px: ToPx, pen: QPen) -> None:
    """Stroke some street lines with one pen."""
    if len(which) == 0:
        return
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for begin in range(0, len(which), _LINES_PER_PATH):
        xy, starts = chains.taken(which[begin : begin + _LINES_PER_PATH])
        painter.drawPath(path(to_px(xy), starts))


def street_pen(kind: StreetClass, m_per_px: float, theme: Theme) -> QPen:
    """Return the pen of a street on the ground."""
    width = width_px(kind, m_per_px)
    colour = QColor(theme.colour(_COLOUR[kind]))
    if kind <= StreetClass.LOCAL and m_per_px > 8.0 and not theme.dark:
        # From far away streets are only a texture; white hairlines would vanish on a
        # light ground.
        colour = QColor(theme.colour("casing"))
        colour.setAlphaF(0.75)
    pen = _pen(colour, width)
    if kind == StreetClass.STEPS:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([1.0, 0.8])
    elif kind in (StreetClass.PATH, StreetClass.FERRY):
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([3.5, 1.8])
    return pen


def casing_pen(kind: StreetClass, m_per_px: float, theme: Theme) -> QPen | None:
    """Return the pen beneath a street, or None where it has none."""
    wider = casing_px(kind, m_per_px)
    if wider == 0.0:
        return None
    colour = QColor(theme.colour(_CASING_COLOUR.get(kind, "casing")))
    return _pen(colour, width_px(kind, m_per_px) + wider)


def tunnel_pen(kind: StreetClass, m_per_px: float, theme: Theme) -> QPen:
    """Return the dashed pen of a street below the ground."""
    colour = QColor(
        theme.colour(_COLOUR[kind] if theme.dark else _CASING_COLOUR.get(kind, "casing"))
    )
    width = max(0.7, width_px(kind, m_per_px) * 0.55)
    pen = _pen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([5.0 / width, 4.0 / width])
    return pen


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _drawing_order(kind: StreetClass) -> int:
    # Ferries lie on the water, under every street.
    return -1 if kind == StreetClass.FERRY else int(kind)
