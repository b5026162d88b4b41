"""The kiosk's window: the map with what stands over it, painted as one picture, and fingers."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Slot
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

from sandbox.app.changes import changed
from sandbox.app.kiosk.show import Show, ShowState
from sandbox.app.questions import ReachAnswer, Selected
from sandbox.app.session import Session
from sandbox.app.state import MapState, View
from sandbox.draw.map import MapPainter
from sandbox.draw.viewport import Viewport
from sandbox.ui.crash import guarded
from sandbox.ui.kiosk import panels
from sandbox.ui.kiosk.cards.card import Target
from sandbox.ui.kiosk.director import Director
from sandbox.ui.kiosk.face import Face
from sandbox.ui.kiosk.fingers import Fingers
from sandbox.ui.kiosk.flight import Before, Flight, painted
from sandbox.ui.kiosk.keys import action_of
from sandbox.ui.kiosk.layout import Grid, Sight, grid
from sandbox.ui.kiosk.lock import Lock
from sandbox.ui.kiosk.overlay import Overlay
from sandbox.ui.kiosk.subjects.glow import PULSE_S
from sandbox.ui.parts.spreading import Spreading
from sandbox.ui.planner.late import Late
from sandbox.ui.post import Nudge
from sandbox.ui.visitor.doing import Doing
from sandbox.ui.visitor.told import VisitorAnswer

_FRAME_MS: Final = 16
_TICK_MS: Final = 100
# Where a frame of the table takes longer, the ground is shown flat.
SLOW_S: Final = 0.4


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
        Whether answers spread as a wave, the camera flies and fixed elements drift.
    sight
        Size and distance of the screen, by which letters grow.
    """

    def __init__(
        self,
        show: Show,
        session: Session,
        director: Director,
        lock: Lock,
        *,
        on_leave: Callable[[], None] = lambda: None,
        motion: bool = True,
        sight: Sight | None = None,
    ) -> None:
        super().__init__()
        self._sight = sight
        self._show, self._session, self._director = show, session, director
        self._lock, self._motion = lock, motion
        self._face = Face(show, session, director, lock, motion=motion, update=self.update)
        self._doing = Doing(show, director, lock, self._face.finder, on_leave)
        self._overlay = Overlay(show, session, director, motion=motion)
        self._may_close = False
        self._grid = grid(1920.0, 1080.0, len(show.state.scenes))
        self._map = MapPainter(session.atlas, Nudge(self), "kiosk")
        self._scrim: QImage | None = None
        self._spreading = Spreading()
        self._before = Before(self._ground, lambda: self._picture(self._paint_map))
        self._flight: Flight | None = None
        self._fingers = Fingers(
            show, session, director, self._face, lock,
            viewport=self._viewport, pick=self._pick, do=self._do_target,
        )  # fmt: skip
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
        self._ends = [session.listen(self._map_changed), show.listen(self._show_changed)]
        self._ends.append(Late(session, self).end)
        director.listen(self._rest)
        director.before_flight = self._keep_old

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
    def visitor(self) -> VisitorAnswer:
        """What the map answered to a visitor."""
        return self._face.told

    @property
    def targets(self) -> list[Target]:
        """Where a finger does something, topmost first, in design pixels."""
        return self._face.targets

    def offer_take(self, take: Callable[[], None]) -> None:
        """Show the button that gives the map to take along; `take` is called when pressed."""
        self._doing.take = take
        self._face.offers_take = True
        self.update()

    def show_subtitle(self, text: str) -> None:
        """Show the sentence that is spoken now; empty for none."""
        if text != self._face.subtitle:
            self._face.subtitle = text
            self.update()

    @property
    def dragged(self) -> bool:
        """Whether a finger asks for one answer after another."""
        return self._director.asker.moving

    def pulse(self, where: str) -> None:
        """Let the mark of a place that is being named pulse once."""
        if self._motion and self._overlay.pulse(where):
            self._rest()
            QTimer.singleShot(round(PULSE_S * 1000) + _FRAME_MS, self, self._rest)

    def complete(self) -> None:
        """Wait until the whole picture is there as it will rest, as screenshots need."""
        self._go_still()
        obstacles = self._face.obstacles()
        drawn = self._overlay.lay_out(self._viewport(), obstacles)
        self._map.complete(
            self._session.state, self._grid.size, self._dpr(), obstacles=obstacles, drawn=drawn
        )
        self.update()

    def release(self) -> None:
        """End threads, timers and listening; call before the window goes."""
        for end in self._ends:
            end()
        self._ends = []
        self._face.finder.end()
        self._director.close()
        self._go_still()
        self._frames.stop()
        self._ticks.stop()
        self._map.close()

    def leave(self) -> None:
        """Close for good: the PIN was right, or the program is told to end."""
        self._may_close = True
        self.close()

    # Changes.

    def _map_changed(self, before: MapState, after: MapState) -> None:
        if after.answers.reach_answer is not before.answers.reach_answer:
            self._begin_wave(before.answers.reach_answer, after.answers.reach_answer)
            self._face.follow()
        if after.document.view != before.document.view:
            self._take_off(after.document.view)
        self.update()

    def _show_changed(self, before: ShowState, after: ShowState) -> None:
        if before.scene != after.scene:
            self._fingers.spreads = True
        if before.scenes != after.scenes:
            self._fit()
        self.update()

    def _begin_wave(self, before: ReachAnswer | None, after: ReachAnswer | None) -> None:
        self._spreading.end()
        if after is None or not self._motion or not self._fingers.spreads:
            self._rest()
        elif self._spreading.begin(before, after):
            self._frames.start()

    def _picture(self, paint: Callable[[QPainter], None]) -> QImage:
        return painted(self.size(), self.devicePixelRatioF(), self._grid.scale, paint)

    def _ground(self, state: MapState) -> QImage:
        """Return the bare ground of a state as it can be painted now."""
        size, dpr = self._grid.size, self._dpr()
        return self._picture(lambda painter: self._map.paint_bare(painter, state, size, dpr))

    def _keep_old(self) -> None:
        """Keep the map as it was, to fly from."""
        if self._motion and self.isVisible():
            flies = self._flight is not None and not self._flight.landed
            self._before.keep(self._session.state, flies=flies)

    def _take_off(self, after: View) -> None:
        """Fly from the map that was kept to another view of the ground."""
        if (old := self._before.take()) is None:
            return
        ground, whole, before = old
        crs, size = self._session.atlas.crs, self._grid.size
        self._flight = Flight(ground, before, after, crs, size, whole)
        self._frames.start()

    def _go_still(self) -> None:
        self._spreading.end()
        self._before.take()
        self._flight = None
        self._rest()

    @Slot()
    def _rest(self) -> None:
        """Paint frame by frame where something moves, and not where nothing does."""
        walks = self._motion and self._overlay.moves
        if self._spreading.runs or self._flight is not None or walks:
            self._frames.start()
        else:
            self._frames.stop()
        self.update()

    def _tick(self) -> None:
        self._director.tick()
        if self._fingers.tick():
            self.update()
        for open_ in (self._lock, self._face.finder):
            if open_.expired:
                open_.close()
                self.update()
        if self._show.state.attract:
            self._rest()
        took_s = self._map.frame_s
        if self._motion and not self._director.flat and took_s is not None and took_s > SLOW_S:
            self._director.lay_flat(took_s)

    # Painting.

    def _dpr(self) -> float:
        return self.devicePixelRatioF() * self._grid.scale

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew for another size, screen or scaling."""
        self._fit()

    def _fit(self) -> None:
        width, height = max(1, self.width()), max(1, self.height())
        self._grid = grid(width, height, len(self._show.state.scenes), self._sight)
        self._face.lay(self._grid)
        self._scrim = None
        self._go_still()
        self._director.fit(self._grid)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the map and what stands over it."""
        self._face.dpr, waits = self._dpr(), self._flight is not None or self._spreading.runs
        self._face.waits = waits
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._show.state.black and not self._lock.open_:
            painter.fillRect(self.rect(), QColor("#000000"))
            painter.end()
            return
        painter.scale(self._grid.scale, self._grid.scale)
        self._before.forget_seen()
        if self._flight is not None:
            self._paint_flight(painter, self._flight)
        elif self._motion and self._face.pressed is not None:
            whole = QRectF(0, 0, self._grid.width, self._grid.height)
            painter.drawImage(whole, self._before.seen(self._session.state))
        else:
            self._paint_map(painter)
        shift = self._face.shift()
        painter.translate(shift)
        self._face.paint(painter)
        painter.translate(-shift)
        self._face.paint_pointer(painter)
        painter.end()

    def _paint_map(self, painter: QPainter) -> None:
        ran = self._spreading.runs
        wave = self._spreading.frame()
        if ran and wave is None:
            QTimer.singleShot(0, self, self._rest)
        obstacles = self._face.obstacles()
        self._map.paint(
            painter,
            self._session.state,
            self._grid.size,
            self._dpr(),
            obstacles=obstacles,
            drawn=self._overlay.lay_out(self._viewport(), obstacles),
            wave=wave,
            under_names=self._under_names,
        )

    def _under_names(self, painter: QPainter, viewport: Viewport) -> None:
        self._paint_scrim(painter)
        self._overlay.paint(painter, viewport)

    def _paint_scrim(self, painter: QPainter) -> None:
        if self._scrim is None:
            self._scrim = panels.scrim(self._grid, self._dpr())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(0, 0, self._grid.width, self._grid.height), self._scrim)

    def _paint_flight(self, painter: QPainter, flight: Flight) -> None:
        """Paint a flight; take the picture after anew once all of it is there."""
        share = flight.elapsed_ms() / flight.length_ms
        left = flight.after != self._session.state.document.view
        if share >= 1.0 or left:
            if not flight.landed:
                flight.landed = True
                self._spreading.begin_again()
            self._paint_map(painter)
            if left or not flight.veil(painter, flight.elapsed_ms()):
                self._flight = None
                QTimer.singleShot(0, self, self._rest)
            return
        # The first frame shows what was there: a touch is seen at once, its goal a frame later.
        if flight.airborne and not flight.there:
            flight.there = self._map.there(self._session.state, self._grid.size, self._dpr())
            if flight.there or not flight.arrives:
                flight.arrive(self._ground(self._session.state))
        flight.paint(painter, share)
        self._paint_scrim(painter)
        view = changed(self._session.state, view=flight.view(share))
        self._map.paint_words(painter, view, self._grid.size, self._dpr(), self._face.obstacles())

    # Fingers and keys.

    @guarded
    def event(self, event: QEvent) -> bool:
        """Take fingers as raw points; gestures of the system have no effect."""
        if isinstance(event, QTouchEvent):
            event.accept()
            self._fingers.touch(event, self._design)
            self.update()
            return True
        if event.type() in (QEvent.Type.NativeGesture, QEvent.Type.Gesture):
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            # What was painted for the other scaling would stay coarse, or be too large.
            self._fit()
        return super().event(event)

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Treat a left button as a finger; the others do nothing."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._fingers.press(self._design(event.position()))
            self.update()

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag as a finger does."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._fingers.move(self._design(event.position()))
            self.update()

    @guarded
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go as a finger does."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._fingers.release(self._design(event.position()))
            self.update()

    @guarded
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show no menu."""
        event.accept()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a presenter's remote asks; all other keys do nothing."""
        action = action_of(event)
        if action is not None:
            self._director.touched()
            self._do(action, "")
        event.accept()

    @guarded
    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay, unless an operator has given the PIN."""
        if not self._may_close:
            event.ignore()
            return
        self.release()
        event.accept()

    def _design(self, at: QPointF) -> QPointF:
        return QPointF(at.x() / self._grid.scale, at.y() / self._grid.scale)

    def _viewport(self) -> Viewport:
        return self._map.viewport(self._session.state, self._grid.size, self._dpr())

    def _pick(self, point: QPointF) -> Selected | None:
        at = (point.x(), point.y())
        return self._map.pick(self._session.state, self._grid.size, self._dpr(), at)

    def _do_target(self, target: Target) -> None:
        self._do(target.action, target.argument)

    def _do(self, action: str, argument: str) -> None:
        self._doing.do(action, argument)
        self.update()
