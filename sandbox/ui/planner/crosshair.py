"""Where the keys act on the map: a cross in its middle, and a frame that shows the focus."""

from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from sandbox.app.session import Session
from sandbox.draw.theme import Theme

_FRAME_PX: Final = 2.0
_ARM_PX, _GAP_PX = 14.0, 4.0
_LINE_PX, _HALO_PX = 2.0, 5.0


def said_middle(session: Session) -> str:
    """Return where the map's middle is, longitude and latitude, for screen readers."""
    lon, lat = session.state.document.view.center_lonlat
    return f"{lon:.4f}, {lat:.4f}"


def paint_crosshair(painter: QPainter, size: QSize, theme: Theme) -> None:
    """Paint the cross and the frame.

    Parameters
    ----------
    painter, theme
        Where and how.
    size
        Of the whole map, logical pixels.
    """
    accent, halo = QColor(theme.colour("accent")), QColor(theme.colour("panel"))
    middle = QPointF(size.width() / 2.0, size.height() / 2.0)
    arms = [
        QLineF(middle + way * _GAP_PX, middle + way * _ARM_PX)
        for way in (QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1))
    ]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    # The halo keeps the cross visible on any ground.
    for colour, width in ((halo, _HALO_PX), (accent, _LINE_PX)):
        painter.setPen(QPen(colour, width, c=Qt.PenCapStyle.RoundCap))
        painter.drawLines(arms)
    painter.setPen(QPen(accent, _FRAME_PX, j=Qt.PenJoinStyle.MiterJoin))
    inset = _FRAME_PX / 2.0
    painter.drawRect(
        QRectF(0, 0, size.width(), size.height()).adjusted(inset, inset, -inset, -inset)
    )
