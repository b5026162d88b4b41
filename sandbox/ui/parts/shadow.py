"""Shadows of what floats over the map, painted once a size.

Qt's own shadow effect blurs anew with every frame of the map below it.
"""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from sandbox.ui.crash import guarded

_SOFT_PX: Final = 14
_DOWN_PX: Final = 4
_RADIUS_PX: Final = 8
_DARKEST: Final = 0.10


class Shadow(QWidget):
    """Lies below a panel and goes with it."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel.parentWidget())
        self._panel = panel
        self._picture: QPixmap | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        panel.installEventFilter(self)
        self.stackUnder(panel)
        self._follow()

    @guarded
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go where the panel goes."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show):
            self._follow()
        elif event.type() == QEvent.Type.Hide:
            self.hide()
        elif event.type() == QEvent.Type.ZOrderChange:
            self.stackUnder(self._panel)
        return super().eventFilter(watched, event)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shadow, which is made when its size is new."""
        if self._picture is None:
            self._picture = self._made()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()

    def _follow(self) -> None:
        soft = _SOFT_PX
        box = self._panel.geometry().adjusted(-soft, -soft, soft, soft + _DOWN_PX)
        if box.size() != self.size():
            self._picture = None
        self.setGeometry(box)
        self.setVisible(not self._panel.isHidden())

    def _made(self) -> QPixmap:
        scale = self.devicePixelRatioF()
        picture = QPixmap(self.size() * scale)
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        # Rings laid over one another fall off as the square of the distance.
        for ring in range(_SOFT_PX):
            near = (ring + 1) / _SOFT_PX
            ink = QColor(0, 0, 0)
            ink.setAlphaF(_DARKEST * near / _SOFT_PX * 2.0)
            painter.setBrush(ink)
            edge = float(ring)
            box = QRectF(self.rect()).adjusted(edge, edge + _DOWN_PX, -edge, -edge)
            radius = _RADIUS_PX + _SOFT_PX - ring
            painter.drawRoundedRect(box, radius, radius)
        painter.end()
        return picture
