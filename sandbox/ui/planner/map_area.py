"""The map with what floats over it: buttons, legend, card and messages, each in its corner."""

import math
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QAction, QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from sandbox.app.places import Place
from sandbox.app.questions import LonLat, Selected
from sandbox.app.session import Session
from sandbox.app.state import MapState
from sandbox.draw.marks import foot_px, marks
from sandbox.draw.viewport import Viewport
from sandbox.ui.crash import guarded
from sandbox.ui.panels.identify import IdentifyCard
from sandbox.ui.panels.legend import Legend
from sandbox.ui.parts import icons
from sandbox.ui.parts.shadow import Shadow
from sandbox.ui.parts.widgets import follow, icon_button, look, rule, words
from sandbox.ui.planner.canvas import Canvas
from sandbox.ui.planner.hand import Several
from sandbox.ui.planner.messages import MessageBar

_MARGIN: Final = 12
_NARROW_PX: Final = 480
# How far panels keep from what the canvas draws along its lower edge: approval, scale, marks.
_OVER_MARKS_PX: Final = 8


class ZoomButtons(QFrame):
    """Nearer, farther, back to the origin, and all of the result."""

    def __init__(self, session: Session, actions: dict[str, QAction]) -> None:
        super().__init__()
        self._session = session
        self.setProperty("room", "float")
        self._buttons = {
            "plus": (icon_button(34), actions["zoom_in"]),
            "minus": (icon_button(34), actions["zoom_out"]),
            "target": (icon_button(34), actions["home"]),
            "frame": (icon_button(34), actions["zoom_result"]),
            "table": (icon_button(34), actions["three_d"]),
        }
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        for name, (made, action) in self._buttons.items():
            made.clicked.connect(action.trigger)
            if name != "plus":
                whole.addWidget(rule())
            whole.addWidget(made)
            action.changed.connect(self._show)
        follow(session, self, lambda s: s.theme, self._show)
        self._show()

    def _show(self) -> None:
        colour = look(self._session).colour("ink")
        for name, (made, action) in self._buttons.items():
            made.setIcon(icons.icon(name, colour))
            made.setToolTip(action.toolTip())
            made.setAccessibleName(action.text())
            made.setEnabled(action.isEnabled())


class MapArea(QWidget):
    """Holds the canvas of the session's atlas and arranges what floats over it."""

    def __init__(
        self,
        session: Session,
        actions: dict[str, QAction],
        *,
        on_origin: Callable[[LonLat, bool], None],
        on_pick: Callable[[Selected | None], None],
        several: Several,
        on_pointer: Callable[[LonLat | None], None],
        on_reach_from: Callable[[Place], None],
        on_menu: Callable[[Selected | None, str, QPoint], None],
        motion: bool,
    ) -> None:
        super().__init__()
        self._session = session
        self._motion = motion
        self._on_origin, self._on_pick, self._on_pointer = on_origin, on_pick, on_pointer
        self._on_menu, self._several, self._ready = on_menu, several, False
        self._foot: tuple[MapState, Viewport, bool, int] | None = None
        self.canvas = self._new_canvas()
        self.messages = MessageBar(session, self.arrange)
        self._legend = Legend(session, self._bounds_lonlat, self.arrange)
        self._card = IdentifyCard(session, on_reach_from, self.arrange, actions["zoom_selection"])
        self._zoom = ZoomButtons(session, actions)
        self._floats = (self._legend, self._card, self._zoom, self.messages)
        for widget in self._floats:
            widget.setParent(self)
            Shadow(widget)
        self._zoom.adjustSize()
        self._ready = True
        self._legend.refresh()
        session.listen_atlas(lambda _atlas: self._renew())
        follow(session, self, lambda s: s.language, self._name)
        follow(
            session,
            self,
            lambda s: (s.language, s.document.layers, s.document.reach, s.document.analyses),
            self.arrange,
        )
        self._name()

    def _new_canvas(self) -> Canvas:
        made = Canvas(
            self._session,
            on_origin=self._on_origin,
            on_pick=self._on_pick,
            several=self._several,
            on_pointer=self._on_pointer,
            motion=self._motion,
            parent=self,
        )
        return made

    def _name(self) -> None:
        self.canvas.setAccessibleName(words(self._session)("Map"))

    def _renew(self) -> None:
        old = self.canvas
        old.release()
        self.canvas = self._new_canvas()
        self.canvas.show()
        self.canvas.lower()
        old.hide()
        old.deleteLater()
        self._name()
        self.arrange()

    def _bounds_lonlat(self) -> tuple[float, float, float, float]:
        view = self.canvas.viewport
        corners = [
            view.lonlat_at((x, y)) for x in (0.0, view.width_px) for y in (0.0, view.height_px)
        ]
        lons, lats = [lon for lon, _ in corners], [lat for _, lat in corners]
        return min(lons), min(lats), max(lons), max(lats)

    @guarded
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what is to be said of the place under the pointer, of the chosen one by keys."""
        where = self._session.state.gesture.selected
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            at = QPointF(event.pos())
            where = self.canvas.place_at(at) if self.childAt(event.pos()) is self.canvas else None
        self._on_menu(where, "", event.globalPos())

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put everything into its corner."""
        self.arrange()
        self._legend.refresh()

    def _foot_px(self, *, whole: bool) -> int:
        """Return how high the canvas writes what every map must say, along its lower edge."""
        state, viewport = self._session.state, self.canvas.viewport
        # All that floats here has it arranged at one and the same change.
        if self._foot is None or self._foot[0] is not state or self._foot[1:3] != (viewport, whole):
            placed = marks(self._session.atlas, state, viewport, look(self._session))
            high_px = math.ceil(foot_px(placed, viewport.height_px, whole=whole))
            self._foot = state, viewport, whole, high_px
        return self._foot[3]

    def _crowded(self, below: int) -> bool:
        """Return whether an open card, as low as it can be, reaches below a height."""
        return not self._card.isHidden() and _MARGIN + self._card.height() > below

    def arrange(self) -> None:
        """Put everything into its corner, and tell the canvas what is covered."""
        if not self._ready:
            return
        width, height = self.width(), self.height()
        self.canvas.setGeometry(0, 0, width, height)
        self._zoom.move(width - self._zoom.width() - _MARGIN, _MARGIN)
        bar, narrow = self.messages, width < _NARROW_PX
        bar.setVisible(bar.message is not None)
        foot = height - _OVER_MARKS_PX - self._foot_px(whole=narrow)
        beside = self._legend.says and not narrow
        left = self._legend.width() + 2 * _MARGIN if beside else _MARGIN
        bar.fit(max(200, width - left - _MARGIN))
        x = max(left, (width - bar.width()) // 2)
        x = min(x, width - bar.width() - _MARGIN)
        bar.move(max(_MARGIN, x), foot - bar.height())
        # Where they don't fit side by side, the legend stands above the bar.
        low = bar.y() - _MARGIN if narrow and not bar.isHidden() else foot
        self._legend.move(_MARGIN, max(_MARGIN, low - self._legend.height()))
        # The smallest windows have no room for all: a message that waits goes before the rest.
        over = bar.y() if narrow and not bar.isHidden() else height
        self._legend.setVisible(self._legend.says and low - self._legend.height() >= _MARGIN)
        self._zoom.setVisible(self._zoom.geometry().bottom() < over)
        below = foot if bar.isHidden() else bar.y() - _MARGIN
        self._card.fit(below - _MARGIN)
        told = bar.message
        if told is not None and told.kind != "error" and self._crowded(below):
            # A place's card was asked for; the message comes back when it is closed.
            bar.hide()
            self._card.fit(foot - _MARGIN)
        self._card.move(self._zoom.x() - self._card.width() - _MARGIN, _MARGIN)
        covered = [widget.geometry() for widget in self._floats if not widget.isHidden()]
        self.canvas.set_obstacles([QRect(box) for box in covered])
