"""A layer that is about to be opened, over the real map."""

from typing import Any, Final

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from sandbox.app.changes import changed
from sandbox.app.framing import view_of
from sandbox.app.session import Session
from sandbox.app.state import View
from sandbox.draw.map import MapPainter
from sandbox.draw.raster.shapes import path, rings
from sandbox.draw.theme import theme
from sandbox.draw.viewport import Viewport, moved, zoomed
from sandbox.ui.crash import guarded
from sandbox.ui.post import Nudge

_POINT_PX: Final = 8.0
_WHEEL_ZOOM: Final = 2.0**0.5
_WHEEL_STEP: Final = 120.0
_M_PER_PX: Final = (0.25, 400.0)


class PreviewMap(QWidget):
    """The session's map without its answers, and shapes over it; moved by hand and wheel."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._painter = MapPainter(session.atlas, Nudge(self), "planner")
        self._shapes: Any = np.zeros(0, dtype=object)
        self._view: View = session.state.document.view
        self._held: QPointF | None = None
        self.setMinimumSize(QSize(320, 260))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def view(self) -> View:
        """What part of the ground it shows."""
        return self._view

    def show_shapes(self, shapes: Any) -> None:
        """Show shapes in metres of the map, all of them within the view."""
        self._shapes = shapes
        view = view_of(self._session.atlas, list(shapes), (self.width(), self.height()))
        if view is not None:
            self._view = view
        self.update()

    def complete(self) -> None:
        """Wait until all of the map is there, as screenshots need it."""
        size = (float(self.width()), float(self.height()))
        self._painter.complete(self._state(), size, self.devicePixelRatioF())
        self.update()

    def release(self) -> None:
        """End its threads; call before it goes."""
        self._painter.close()

    def _state(self) -> Any:
        return changed(
            self._session.state,
            view=self._view,
            reach=None,
            against=None,
            analyses=(),
            selected=None,
            reach_answer=None,
            against_answer=None,
            window_answer=None,
            results=(),
            journey_answer=None,
            outdated=False,
            sketch=None,
        )

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the map, and the shapes under its names."""
        painter = QPainter(self)
        size = (float(self.width()), float(self.height()))
        self._painter.paint(
            painter, self._state(), size, self.devicePixelRatioF(), under_names=self._paint_shapes
        )
        painter.end()

    def _paint_shapes(self, painter: QPainter, viewport: Viewport) -> None:
        look = theme(self._session.state.theme)
        colour, halo = QColor(look.colour("accent")), QColor(look.colour("halo"))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dimensions = shapely.get_dimensions(self._shapes)
        for dimension in (2, 1):
            for shape in self._shapes[dimensions == dimension]:
                xy, starts = rings(shape)
                outline = path(viewport.px(xy), starts)
                if dimension == 2:
                    fill = QColor(colour)
                    fill.setAlphaF(0.25)
                    painter.fillPath(outline, fill)
                painter.strokePath(outline, QPen(colour, 2.0 if dimension == 1 else 1.2))
        points = shapely.get_coordinates(self._shapes[dimensions == 0])
        if len(points):
            at = [QPointF(x, y) for x, y in viewport.px(points).tolist()]
            for ink, width in ((halo, _POINT_PX + 2.5), (colour, _POINT_PX)):
                pen = QPen(ink, width)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                painter.setPen(pen)
                painter.drawPoints(at)
        painter.restore()

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the ground."""
        self._held = event.position()

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the ground along."""
        if self._held is not None:
            by = event.position() - self._held
            self._held = event.position()
            self._view = moved(self._view, self._session.atlas.crs, (by.x(), by.y()))
            self.update()

    @guarded
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the ground."""
        self._held = None

    @guarded
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Magnify about the pointer."""
        factor = _WHEEL_ZOOM ** (event.angleDelta().y() / _WHEEL_STEP)
        low, high = _M_PER_PX
        factor = self._view.m_per_px / min(high, max(low, self._view.m_per_px / factor))
        at, size = event.position(), (float(self.width()), float(self.height()))
        crs = self._session.atlas.crs
        self._view = zoomed(self._view, crs, factor, (at.x(), at.y()), size)
        self.update()
        event.accept()
