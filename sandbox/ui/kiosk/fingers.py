"""Fingers on the kiosk's picture: buttons pressed, places asked, dragged, and compared by two."""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QTouchEvent

from sandbox.app import places
from sandbox.app.kiosk.scenes import scenes
from sandbox.app.kiosk.show import Show
from sandbox.app.questions import LonLat, Selected
from sandbox.app.session import Session
from sandbox.draw.viewport import Viewport
from sandbox.ui.kiosk.cards.card import Target
from sandbox.ui.kiosk.director import Director
from sandbox.ui.kiosk.face import Face
from sandbox.ui.kiosk.lock import Lock

_CORNER: Final = 110.0
_CORNER_HOLD_S: Final = 3.0
_DRAG_PX: Final = 6.0


class Fingers:
    """What fingers are at, in design pixels; used in the UI thread.

    Parameters
    ----------
    show, session, director, face, lock
        What is touched.
    viewport
        The ground on screen.
    pick
        Returns the place whose mark or name stands at a point.
    do
        Does what a target stands for.
    """

    def __init__(
        self,
        show: Show,
        session: Session,
        director: Director,
        face: Face,
        lock: Lock,
        *,
        viewport: Callable[[], Viewport],
        pick: Callable[[QPointF], Selected | None],
        do: Callable[[Target], None],
    ) -> None:
        self._show, self._session, self._director = show, session, director
        self._face, self._lock = face, lock
        self._viewport, self._pick, self._do = viewport, pick, do
        self._held_at: QPointF | None = None
        self._two: tuple[QPointF, QPointF] | None = None
        self._corner_since_s: float | None = None
        self._dragging = False
        # An answer spreads as a wave, except while a moving hand asks for one after another.
        self.spreads = True

    def tick(self) -> bool:
        """Ask for the PIN where a finger has held the corner; return whether it does now."""
        since, now = self._corner_since_s, time.monotonic()
        if since is None or now - since < _CORNER_HOLD_S:
            return False
        self._corner_since_s = None
        self._lock.ask()
        return True

    def touch(self, event: QTouchEvent, design: Callable[[QPointF], QPointF]) -> None:
        """Follow the fingers on the screen; `design` turns its pixels into design pixels."""
        points = [design(p.position()) for p in event.points() if p.state() != p.State.Released]
        if event.type() == QEvent.Type.TouchCancel:
            self.let_go()
        elif len(points) >= 2:
            self.press_two(points[0], points[1])
        elif not points:
            self.release(design(event.points()[0].position()))
        elif event.type() == QEvent.Type.TouchBegin:
            self.press(points[0])
        # Of two fingers that compared places, one is still to be lifted.
        elif self._two is None:
            self.move(points[0])

    def press(self, point: QPointF) -> None:
        """Put a finger down."""
        if not self._lock.open_ and _in_corner(point):
            self._corner_since_s = time.monotonic()
        state = self._show.state
        if (state.black or state.frozen) and not self._lock.open_:
            return
        entered = state.attract
        self._director.touched()
        self._dragging, self.spreads = False, True
        self._held_at = point
        self._face.pressed = self._target_at(point)
        if self._face.pressed is None and self._face.finder.open_:
            self._face.finder.close()
        elif self._face.pressed is None and not entered and not self._lock.open_:
            self._ask(point, moving=False)

    def move(self, point: QPointF) -> None:
        """Move the finger that is down."""
        if not _in_corner(point):
            self._corner_since_s = None
        held = self._held_at
        if held is not None:
            self._director.touched()
        if held is None or ((point - held).manhattanLength() < _DRAG_PX and not self._dragging):
            return
        if self._face.pressed is not None:
            if self._slides(self._face.pressed, point - self._face.shift()):
                return
            if not self._face.pressed.box.contains(point - self._face.shift()):
                self._face.pressed = None
                self._held_at = None
            return
        self._dragging, self.spreads = True, False
        self._ask(point, moving=True)

    def release(self, point: QPointF) -> None:
        """Lift the last finger."""
        if self._two is not None:
            self._director.compare(*self._both(self._two), moving=False)
            self.let_go()
            return
        pressed, self._face.pressed = self._face.pressed, None
        self._held_at = self._corner_since_s = None
        if pressed is not None and pressed.box.contains(point - self._face.shift()):
            self._do(pressed)
        elif self._dragging:
            self._ask(point, moving=False)
        self._dragging = False

    def press_two(self, one: QPointF, other: QPointF) -> None:
        """Compare the two places under two fingers."""
        state = self._show.state
        if state.black or state.frozen or self._face.modal or self._face.pressed is not None:
            return
        entered = state.attract
        self._director.touched()
        self._corner_since_s = None
        if entered or not (self._answers(one) and self._answers(other)):
            return
        self._two, self.spreads = (one, other), False
        self._director.compare(*self._both(self._two), moving=True)

    def let_go(self) -> None:
        """Forget all fingers."""
        self._face.pressed = self._held_at = self._corner_since_s = self._two = None
        self._dragging = False

    def _slides(self, pressed: Target, at: QPointF) -> bool:
        """Let the years follow a finger along their slider; return whether it is on one."""
        if pressed.action != "stage" or self._show.scene.timeline is None:
            return False
        years = [target for target in self._face.targets if target.action == "stage"]
        year = min(years, key=lambda target: abs(target.box.center().x() - at.x()), default=pressed)
        if year != pressed:
            self._face.pressed = year
            self._do(year)
        return True

    def _target_at(self, point: QPointF) -> Target | None:
        at = point - self._face.shift()
        return next((target for target in self._face.targets if target.box.contains(at)), None)

    def _both(self, points: tuple[QPointF, QPointF]) -> tuple[LonLat, LonLat]:
        viewport = self._viewport()
        one, other = (viewport.lonlat_at((at.x(), at.y())) for at in points)
        return one, other

    def _asks(self) -> bool:
        asked = scenes.reach_of(self._show.scene, self._show.state.stage)
        return asked is not None and asked.press and not self._show.state.frozen

    def _answers(self, point: QPointF) -> bool:
        """Return whether the scene answers a finger at a point."""
        return self._asks() and not any(box.contains(point) for box in self._face.obstacles())

    def _chooses(self, point: QPointF) -> bool:
        """Return whether a finger at a point chooses one of the homes that the scene audits."""
        audits = scenes.completeness_of(self._show.scene, self._show.state.stage) is not None
        return audits and not any(box.contains(point) for box in self._face.obstacles())

    def _ask(self, point: QPointF, *, moving: bool) -> None:
        if not moving and self._chooses(point):
            self._director.choose(self._pick(point))
            return
        # Once it is dragging, a finger may go beneath a panel.
        if not (self._asks() if moving else self._answers(point)):
            return
        place = None if moving else self._pick(point)
        found = places.place(self._session.atlas.layers, place) if place is not None else None
        if found is not None:
            self._director.press(found.lonlat, moving, found.where)
        else:
            self._director.press(self._viewport().lonlat_at((point.x(), point.y())), moving)


def _in_corner(point: QPointF) -> bool:
    return point.x() < _CORNER and point.y() < _CORNER
