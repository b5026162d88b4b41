"""The kiosk's window: the map with what stands over it, painted as one picture, and fingers."""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QWidget

from sandbox.app.session import Session
from sandbox.app.show import Show, ShowState
from sandbox.app.state import MapState, ReachAnswer
from sandbox.draw.map import MapPainter
from sandbox.draw.theme import tokens
from sandbox.draw.viewport import Viewport
from sandbox.draw.wave import Wave
from sandbox.errors import SandboxError
from sandbox.ui.kiosk import panels
from sandbox.ui.kiosk.card import Target
from sandbox.ui.kiosk.director import Director
from sandbox.ui.kiosk.face import Face
from sandbox.ui.kiosk.layout import Grid, grid
from sandbox.ui.kiosk.lock import Lock

_FRAME_MS: Final = 16
_TICK_MS: Final = 100
_PATIENCE_MS: Final = 1500.0
_CORNER: Final = 110.0
_CORNER_HOLD_S: Final = 3.0
_DRAG_PX: Final = 6.0
# What a presenter's remote and a keyboard send.
KEYS: Final = {
    Qt.Key.Key_PageDown: "next",
    Qt.Key.Key_Right: "next",
    Qt.Key.Key_Down: "next",
    Qt.Key.Key_PageUp: "previous",
    Qt.Key.Key_Left: "previous",
    Qt.Key.Key_Up: "previous",
    Qt.Key.Key_B: "black",
    Qt.Key.Key_Period: "black",
    Qt.Key.Key_F: "freeze",
    Qt.Key.Key_L: "language",
}


class KioskWindow(QWidget):
    """Full-screen picture of a show.

    Parameters
    ----------
    show, session, director
        What is on, its map, and who puts the one onto the other.
    lock
        Asks for the PIN before an operator may leave.
    on_leave
        Ends the program.
    motion
        Whether answers spread as a wave, scenes fade and fixed elements drift.
    """

    _arrived = Signal()

    def __init__(
        self,
        show: Show,
        session: Session,
        director: Director,
        lock: Lock,
        *,
        on_leave: Callable[[], None] = lambda: None,
        motion: bool = True,
    ) -> None:
        super().__init__()
        self._show, self._session, self._director = show, session, director
        self._lock, self._on_leave, self._motion = lock, on_leave, motion
        self._take: Callable[[], None] | None = None
        self._face = Face(show, session, director, lock, motion=motion)
        self._may_close = False
        self._grid = grid(1920.0, 1080.0, len(show.state.scenes))
        self._map = MapPainter(session.atlas, self._arrived.emit, "kiosk")
        self._scrim: QImage | None = None
        self._wave: Wave | None = None
        self._wave_began = QElapsedTimer()
        self._old: QImage | None = None
        self._old_since = QElapsedTimer()
        self._fade_began = QElapsedTimer()
        self._held_at: QPointF | None = None
        self._dragging = False
        self._corner_since_s: float | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setAcceptDrops(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWindowTitle("Digital Sandbox")
        self._frames = QTimer(self)
        self._frames.setInterval(_FRAME_MS)
        self._frames.timeout.connect(self.update)
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK_MS)
        self._ticks.timeout.connect(self._tick)
        self._ticks.start()
        self._arrived.connect(self.update)
        self._ends = [session.listen(self._map_changed), show.listen(self._show_changed)]
        director.listen(self.update)

    # What others use.

    @property
    def grid(self) -> Grid:
        """Where things stand."""
        return self._grid

    @property
    def session(self) -> Session:
        """The map on it."""
        return self._session

    @property
    def targets(self) -> list[Target]:
        """Where a finger does something, topmost first, in design pixels."""
        return self._face.targets

    def offer_take(self, take: Callable[[], None]) -> None:
        """Show the button that gives the map to take along; `take` is called when pressed."""
        self._take = take
        self._face.offers_take = True
        self.update()

    def complete(self) -> None:
        """Wait until the whole picture is there as it will rest, as screenshots need."""
        self._go_still()
        size = (self._grid.width, self._grid.height)
        self._map.complete(self._session.state, size, self._dpr(), obstacles=self._face.obstacles())
        self.update()

    def release(self) -> None:
        """End threads, timers and listening; call before the window goes."""
        for end in self._ends:
            end()
        self._ends = []
        self._director.close()
        self._go_still()
        self._ticks.stop()
        self._map.close()

    def leave(self) -> None:
        """Close for good: the PIN was right, or the program is told to end."""
        self._may_close = True
        self.close()

    # Changes.

    def _map_changed(self, before: MapState, after: MapState) -> None:
        if after.reach_answer is not before.reach_answer:
            self._begin_wave(before.reach_answer, after.reach_answer)
        self.update()

    def _show_changed(self, before: ShowState, after: ShowState) -> None:
        if before.scene != after.scene and self._motion and self.isVisible():
            self._keep_old()
        if before.scenes != after.scenes:
            self._fit()
        self.update()

    def _begin_wave(self, before: ReachAnswer | None, after: ReachAnswer | None) -> None:
        self._wave = None
        if after is None or not self._motion or self._dragging:
            self._rest()
            return
        origin = after.question.origin_lonlat
        if before is None or before.question.origin_lonlat != origin:
            self._wave = Wave(after.isochrone)
            self._wave_began.start()
            self._frames.start()

    def _keep_old(self) -> None:
        """Keep the map of the scene before, to fade from."""
        image = QImage(self.size() * self.devicePixelRatioF(), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(self.devicePixelRatioF())
        painter = QPainter(image)
        painter.scale(self._grid.scale, self._grid.scale)
        self._paint_map(painter)
        painter.end()
        self._old = image
        self._old_since.start()
        self._fade_began.invalidate()
        self._frames.start()

    def _go_still(self) -> None:
        self._wave = self._old = None
        self._rest()

    def _rest(self) -> None:
        """Stop painting frame by frame where nothing moves."""
        if self._wave is None and self._old is None:
            self._frames.stop()
        self.update()

    def _tick(self) -> None:
        self._director.tick()
        now = time.monotonic()
        if self._corner_since_s is not None and now - self._corner_since_s >= _CORNER_HOLD_S:
            self._corner_since_s = None
            self._lock.ask()
            self.update()
        if self._lock.expired(now):
            self._lock.close()
            self.update()
        if self._show.state.attract:
            self.update()

    # Painting.

    def _dpr(self) -> float:
        return self.devicePixelRatioF() * self._grid.scale

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew for another size, screen or scaling."""
        self._fit()

    def _fit(self) -> None:
        width, height = max(1, self.width()), max(1, self.height())
        self._grid = grid(width, height, len(self._show.state.scenes))
        self._face.lay(self._grid)
        self._scrim = None
        self._go_still()
        self._director.fit(self._grid)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the map and what stands over it."""
        self._face.dpr = self._dpr()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._show.state.black:
            painter.fillRect(self.rect(), QColor("#000000"))
            painter.end()
            return
        painter.scale(self._grid.scale, self._grid.scale)
        self._paint_map(painter)
        self._paint_old(painter)
        shift = self._face.shift()
        painter.translate(shift)
        self._face.paint(painter)
        painter.translate(-shift)
        self._face.paint_pointer(painter)
        painter.end()

    def _paint_map(self, painter: QPainter) -> None:
        wave = None
        if self._wave is not None:
            elapsed_ms = float(self._wave_began.elapsed())
            if elapsed_ms < self._wave.length_ms:
                wave = (self._wave, elapsed_ms)
            else:
                self._wave = None
                QTimer.singleShot(0, self, self._rest)
        self._map.paint(
            painter,
            self._session.state,
            (self._grid.width, self._grid.height),
            self._dpr(),
            obstacles=self._face.obstacles(),
            wave=wave,
            under_names=self._under_names,
        )

    def _under_names(self, painter: QPainter, _viewport: Viewport) -> None:
        if self._scrim is None:
            self._scrim = panels.scrim(self._grid, self._dpr())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(0, 0, self._grid.width, self._grid.height), self._scrim)

    def _paint_old(self, painter: QPainter) -> None:
        """Lay the scene before over the map until that is there, then let it fade."""
        if self._old is None:
            return
        size = (self._grid.width, self._grid.height)
        there = self._map.there(self._session.state, size, self._dpr())
        if not self._fade_began.isValid() and (there or self._old_since.elapsed() > _PATIENCE_MS):
            self._fade_began.start()
        opacity = 1.0
        if self._fade_began.isValid():
            opacity = 1.0 - self._fade_began.elapsed() / float(tokens()["motion"]["scene_fade"])
        if opacity <= 0.0:
            self._old = None
            QTimer.singleShot(0, self, self._rest)
            return
        painter.setOpacity(opacity)
        painter.drawImage(QRectF(0, 0, self._grid.width, self._grid.height), self._old)
        painter.setOpacity(1.0)

    # Fingers and keys.

    def event(self, event: QEvent) -> bool:
        """Take fingers as raw points; gestures of the system have no effect."""
        if isinstance(event, QTouchEvent):
            event.accept()
            down = [p.position() for p in event.points() if p.state() != p.State.Released]
            if event.type() == QEvent.Type.TouchCancel:
                self._let_go_all()
            elif event.type() == QEvent.Type.TouchBegin and down:
                self._press(down[0])
            elif not down:
                self._release(event.points()[0].position())
            else:
                self._move(down[0])
            return True
        if event.type() in (QEvent.Type.NativeGesture, QEvent.Type.Gesture):
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Treat a left button as a finger; the others do nothing."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._press(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag as a finger does."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go as a finger does."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._release(event.position())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show no menu."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a presenter's remote asks; all other keys do nothing."""
        action = KEYS.get(Qt.Key(event.key()))
        if action is not None and not event.isAutoRepeat():
            self._director.touched()
            self._do(action, "")
        event.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay, unless an operator has given the PIN."""
        if not self._may_close:
            event.ignore()
            return
        self.release()
        event.accept()

    def _design(self, at: QPointF) -> QPointF:
        return QPointF(at.x() / self._grid.scale, at.y() / self._grid.scale)

    def _press(self, at: QPointF) -> None:
        if self._show.state.black:
            return
        point = self._design(at)
        entered = self._show.state.attract
        self._director.touched()
        self._dragging = False
        self._held_at = point
        if not self._lock.open_ and point.x() < _CORNER and point.y() < _CORNER:
            self._corner_since_s = time.monotonic()
        self._face.pressed = self._target_at(point)
        if self._face.pressed is None and not entered and not self._lock.open_:
            self._press_map(point, moving=False)
        self.update()

    def _move(self, at: QPointF) -> None:
        point = self._design(at)
        self._director.touched()
        held = self._held_at
        if held is None or ((point - held).manhattanLength() < _DRAG_PX and not self._dragging):
            return
        self._corner_since_s = None
        if self._face.pressed is not None:
            if not self._face.pressed.box.contains(point - self._face.shift()):
                self._face.pressed = None
                self._held_at = None
                self.update()
            return
        self._dragging = True
        self._press_map(point, moving=True)

    def _release(self, at: QPointF) -> None:
        point = self._design(at)
        pressed, self._face.pressed = self._face.pressed, None
        dragged, self._dragging = self._dragging, False
        self._held_at = self._corner_since_s = None
        if pressed is not None and pressed.box.contains(point - self._face.shift()):
            self._do(pressed.action, pressed.argument)
        elif dragged:
            self._dragging = True
            self._press_map(point, moving=False)
            self._dragging = False
        self.update()

    def _let_go_all(self) -> None:
        self._face.pressed = self._held_at = self._corner_since_s = None
        self._dragging = False
        self.update()

    def _target_at(self, point: QPointF) -> Target | None:
        at = point - self._face.shift()
        return next((target for target in self._face.targets if target.box.contains(at)), None)

    def _press_map(self, point: QPointF, *, moving: bool) -> None:
        asked = self._show.scene.reach
        covered = any(box.contains(point) for box in self._face.obstacles())
        if asked is None or not asked.press or self._show.state.frozen or (covered and not moving):
            return
        viewport = Viewport.of(
            self._session.state.view, self._session.atlas.crs,
            (self._grid.width, self._grid.height), self._dpr(),
        )  # fmt: skip
        self._director.press(viewport.lonlat_at((point.x(), point.y())), moving)

    def _do(self, action: str, argument: str) -> None:
        """Do what a target or a key stands for."""
        if action == "minutes":
            self._director.minutes(float(argument))
        elif action == "take":
            if self._take is not None:
                self._take()
        elif action == "key":
            self._lock.key(argument)
        elif action == "operator":
            self._lock.close()
            if argument == "leave":
                self._on_leave()
            elif argument == "restart":
                self._show.do("restart")
        elif self._show.state.mode != "guided" or action not in ("scene", "stage"):
            try:
                self._show.do(action, argument)
            except SandboxError as error:
                self._show.note(str(error))
        self.update()
