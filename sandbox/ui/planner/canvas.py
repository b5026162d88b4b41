"""The map on screen: what fingers, mouse and keys do to a view, an origin and a selection."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from sandbox.app.questions import LonLat, ReachAnswer, Selected
from sandbox.app.session import Session
from sandbox.app.state import MapState, View
from sandbox.draw.map import Look, MapPainter
from sandbox.draw.theme import theme
from sandbox.draw.viewport import Viewport, moved, zoomed
from sandbox.ui.crash import guarded
from sandbox.ui.parts.heard import Role, hear_as, value_changed
from sandbox.ui.parts.spreading import Spreading
from sandbox.ui.planner.crosshair import paint_crosshair, said_middle
from sandbox.ui.planner.hand import Hand, Several
from sandbox.ui.planner.orbit import turned_by_key
from sandbox.ui.post import Nudge

# Nearer than a paving stone or farther than the region there is nothing to see.
M_PER_PX_LIMITS: Final = (0.25, 400.0)
_KEY_STEP_PX, _KEY_FINE_PX = 120.0, 6.0
_KEY_ZOOM: Final = 1.5
_WHEEL_ZOOM_PER_STEP: Final = 2.0**0.5
_WHEEL_STEP: Final = 120.0
_FRAME_MS: Final = 16
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BY_KEYS: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
# A dragged pin waits this long for its answer, so that both are painted at once.
_TOGETHER_MS: Final = 12


class Canvas(QWidget):
    """Shows a session's map and turns gestures into changes.

    Parameters
    ----------
    session
        Whose state is shown; the view is changed here.
    on_origin
        Called with a position and whether it is still being dragged.
    on_pick
        Called with the place that was clicked, None beside all places.
    several
        Told of clicks with Shift, which ask from one more origin, and of other pins' drags;
        None where there is one origin only.
    on_pointer
        Called with the position under the pointer, None when it has left.
    look
        Whose sizes: the planner's or the kiosk's.
    motion
        Whether answers spread as a wave; people may have asked for less motion.
    """

    def __init__(
        self,
        session: Session,
        *,
        on_origin: Callable[[LonLat, bool], None] = lambda lonlat, moving: None,
        on_pick: Callable[[Selected | None], None] = lambda selected: None,
        several: Several | None = None,
        on_pointer: Callable[[LonLat | None], None] = lambda lonlat: None,
        look: Look = "planner",
        motion: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._on_pointer = on_pointer
        self._home = session.state.document.view
        self._motion = motion
        self._obstacles: tuple[QRectF, ...] = ()
        self._hand = Hand(session, self, on_origin, on_pick, several)
        # Whether keys are what moves the map now, so that the cross shows where they act.
        self._by_keys = False
        self._spreading = Spreading()
        self._frames = QTimer(self)
        self._frames.setInterval(_FRAME_MS)
        self._frames.timeout.connect(self.update)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setTimerType(Qt.TimerType.PreciseTimer)
        self._soon.setInterval(_TOGETHER_MS)
        self._soon.timeout.connect(self.update)
        self._look: Look = look
        self._painter = MapPainter(session.atlas, Nudge(self), look)
        self._end_listening = session.listen(self._changed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        hear_as(self, Role.Canvas, partial(said_middle, session))
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(QSize(240, 180))

    @property
    def viewport(self) -> Viewport:
        """What is on screen, in metres and pixels."""
        size = (float(self.width()), float(self.height()))
        return self._painter.viewport(self._session.state, size, self.devicePixelRatioF())

    def set_obstacles(self, panels: Sequence[QRect]) -> None:
        """Keep names and marks clear of panels that float over the map."""
        self._obstacles = tuple(QRectF(panel) for panel in panels)
        self.update()

    def go_home(self) -> None:
        """Show what was shown at first."""
        self._session.change(view=self._home)

    def zoom(self, factor: float, about_px: tuple[float, float] | None = None) -> None:
        """Magnify about a point, or about the middle."""
        size = (float(self.width()), float(self.height()))
        view = self._session.state.document.view
        low, high = M_PER_PX_LIMITS
        factor = view.m_per_px / min(high, max(low, view.m_per_px / factor))
        about = about_px or (size[0] / 2, size[1] / 2)
        self.show_view(zoomed(view, self._session.atlas.crs, factor, about, size))

    def pan(self, by_px: tuple[float, float]) -> None:
        """Pull the ground along by some logical pixels."""
        self.show_view(moved(self._session.state.document.view, self._session.atlas.crs, by_px))

    def take_keys(self) -> None:
        """Let the keys go to the map, and show where they act."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._use_keys(True)

    def complete(self) -> None:
        """Wait until the whole map can be painted as it will rest, as screenshots need."""
        self.go_still()
        size = (float(self.width()), float(self.height()))
        self._painter.complete(
            self._session.state, size, self.devicePixelRatioF(), obstacles=self._obstacles
        )
        self.update()

    @property
    def waving(self) -> bool:
        """Whether an answer is still spreading."""
        return self._spreading.runs

    def go_still(self) -> None:
        """Show an answer that is still spreading as it will be."""
        self._spreading.end()
        self._frames.stop()
        self.update()

    def release(self) -> None:
        """End threads and listening; call before the window goes."""
        self._end_listening()
        self._end_listening = lambda: None
        self.go_still()
        self._painter.close()

    def show_view(self, view: View) -> None:
        """Show another part of the ground."""
        self._session.change(view=view)

    def _changed(self, before: MapState, after: MapState) -> None:
        if before.document.view != after.document.view:
            value_changed(self)
        if after.answers.reach_answer is not before.answers.reach_answer:
            self._begin_wave(before.answers.reach_answer, after.answers.reach_answer)
        elif self._hand.holds_pin and after.document.reach != before.document.reach:
            if not self._soon.isActive():
                self._soon.start()
            return
        self._soon.stop()
        self.update()

    def _begin_wave(self, before: ReachAnswer | None, after: ReachAnswer | None) -> None:
        """Let a new place's answer spread; one that was dragged to is there at once."""
        self.go_still()
        if after is None or not self._motion:
            return
        # What several reach together has no one place from which it would spread.
        dragged = bool(after.question.others) or (
            after.question.origin_lonlat in self._hand.dragged_to
        )
        if not dragged and self._spreading.begin(before, after):
            self._frames.start()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the map."""
        wave = self._spreading.frame()
        if wave is None and self._frames.isActive():
            self.go_still()
        painter = QPainter(self)
        size = (float(self.width()), float(self.height()))
        self._painter.paint(
            painter,
            self._session.state,
            size,
            self.devicePixelRatioF(),
            obstacles=self._obstacles,
            wave=wave,
        )
        if self._by_keys:
            paint_crosshair(painter, self.size(), theme(self._session.state.theme))
        painter.end()

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the pin or of the ground."""
        self._use_keys(False)
        if event.button() == Qt.MouseButton.LeftButton:
            self._hand.press(event.position())
        elif event.button() == Qt.MouseButton.RightButton:
            self._hand.hold_table(event.position())

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag what is held; say where the pointer is."""
        at = event.position()
        self._use_keys(False)
        if self._hand.holds:
            self._hand.move(at)
        else:
            self.setCursor(
                Qt.CursorShape.OpenHandCursor
                if self._hand.on_pin(at)
                else Qt.CursorShape.ArrowCursor
            )
        self._on_pointer(self.viewport.lonlat_at((at.x(), at.y())))

    @guarded
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: a pin stays, a press that went nowhere is a click."""
        if event.button() == Qt.MouseButton.LeftButton:
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._hand.let_go(event.position(), more=bool(shift))
        else:
            self._hand.let_table_go()

    @guarded
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Magnify about the pointer; the first of the two clicks is taken back."""
        # While one draws, the second click hits the point that the first one set.
        drawing = self._session.state.gesture.sketch is not None
        if event.button() != Qt.MouseButton.LeftButton or drawing:
            return
        at = event.position()
        if self._hand.take_click_back() or not self._hand.on_pin(at):
            self.zoom(2.0, (at.x(), at.y()))

    @guarded
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Magnify about the pointer: mouse wheels by steps, trackpads smoothly."""
        at = event.position()
        steps = event.angleDelta().y() / _WHEEL_STEP
        if steps:
            self.zoom(_WHEEL_ZOOM_PER_STEP**steps, (at.x(), at.y()))
        event.accept()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows pan, plus and minus zoom, Home goes home; Enter or Space clicks at the cross."""
        if (turns := turned_by_key(self._session.state.document.view, event)) is not None:
            self.show_view(turns)
            return
        fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        step = _KEY_FINE_PX if fine else _KEY_STEP_PX
        pans = {
            Qt.Key.Key_Left: (step, 0.0),
            Qt.Key.Key_Right: (-step, 0.0),
            Qt.Key.Key_Up: (0.0, step),
            Qt.Key.Key_Down: (0.0, -step),
        }
        key = Qt.Key(event.key())
        if key in pans:
            self.pan(pans[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_KEY_ZOOM)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom(1 / _KEY_ZOOM)
        elif key == Qt.Key.Key_Home:
            self.go_home()
        elif key == Qt.Key.Key_Space or (
            key in _ENTER and self._session.state.gesture.sketch is None
        ):
            self._hand.click(QPointF(self.width() / 2, self.height() / 2), more=bool(fine))
        else:
            # While drawing, Space sets a point. Enter ends the drawing: the window does that.
            super().keyPressEvent(event)
            return
        self._use_keys(True)

    @guarded
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys act, if it was keys that came here."""
        self._use_keys(event.reason() in _BY_KEYS)

    @guarded
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no cross while keys go elsewhere."""
        self._use_keys(False)

    def _use_keys(self, by_keys: bool) -> None:
        if by_keys != self._by_keys:
            self._by_keys = by_keys
            self.update()

    @guarded
    def leaveEvent(self, event: QEvent) -> None:
        """Say that the pointer has left."""
        self._on_pointer(None)
        super().leaveEvent(event)

    @guarded
    def event(self, event: QEvent) -> bool:
        """Take fingers as raw points: Qt's own pinch overstates how far they spread."""
        if isinstance(event, QTouchEvent):
            return self._hand.touched(event)
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                at = event.position()
                self.zoom(1.0 + event.value(), (at.x(), at.y()))
            return True
        return super().event(event)

    def place_at(self, at: QPointF) -> Selected | None:
        """Return the place that is painted at a point, None beside all."""
        size = (float(self.width()), float(self.height()))
        ratio = self.devicePixelRatioF()
        return self._painter.pick(self._session.state, size, ratio, (at.x(), at.y()))

    def sizeHint(self) -> QSize:
        """Return a size for a canvas that nothing constrains."""
        return QSize(1272, 796)
