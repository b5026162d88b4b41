"""What a hand holds on the map: the pin, the ground, the tilted table, or a press."""

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QTouchEvent

from sandbox.app.places import origin_area
from sandbox.app.questions import LonLat, ReachQuestion, Selected
from sandbox.app.session import Session
from sandbox.app.state import View
from sandbox.draw.answers.pin import GRAB_PX
from sandbox.draw.viewport import Viewport, turned
from sandbox.ui.planner.orbit import turned_by_drag
from sandbox.ui.planner.pinch import pinch

_CLICK_SLACK_PX: Final = 4.0


class Ground(Protocol):
    """The map under the hand."""

    @property
    def viewport(self) -> Viewport:
        """Return what is on screen, in metres and pixels."""
        ...

    def show_view(self, view: View) -> None:
        """Show another part of the ground."""
        ...

    def pan(self, by_px: tuple[float, float]) -> None:
        """Pull the ground along by some logical pixels."""
        ...

    def zoom(self, factor: float, about_px: tuple[float, float] | None = None) -> None:
        """Magnify about a point."""
        ...

    def place_at(self, at: QPointF) -> Selected | None:
        """Return the place that is painted at a point, None beside all."""
        ...

    def setCursor(self, cursor: Qt.CursorShape, /) -> None:
        """Show another pointer."""
        ...


class Several(Protocol):
    """What becomes of origins beside the first."""

    def add(self, lonlat: LonLat, picked: Selected | None) -> None:
        """Ask from one more: a place that was clicked, else the ground there."""
        ...

    def move(self, number: int, lonlat: LonLat, moving: bool) -> None:
        """Ask from elsewhere in place of one of several."""
        ...


class Hand:
    """One mouse or up to two fingers on the map.

    Parameters
    ----------
    session
        Whose pin and drawing it is.
    ground
        The map that it moves.
    on_origin, on_pick, several
        As for `sandbox.ui.planner.canvas.Canvas`.

    Attributes
    ----------
    dragged_to
        Where the pin was put by the hand's last drag.
    """

    def __init__(
        self,
        session: Session,
        ground: Ground,
        on_origin: Callable[[LonLat, bool], None],
        on_pick: Callable[[Selected | None], None],
        several: Several | None = None,
    ) -> None:
        self._session, self._map, self._several = session, ground, several
        self._on_origin, self._on_pick = on_origin, on_pick
        # "pin", "ground", "table" (the tilted map), or a "press" that may become a click.
        self._held = ""
        self._pressed = self._last = self._pin_off = QPointF()
        self._pin = 0
        self._origin_before: ReachQuestion | None = None
        self._fingers: list[QPointF] = []
        self.dragged_to: set[LonLat] = set()

    @property
    def holds(self) -> bool:
        """Whether anything is held."""
        return bool(self._held)

    @property
    def holds_pin(self) -> bool:
        """Whether the pin is being dragged."""
        return self._held == "pin"

    def hold_table(self, at: QPointF) -> None:
        """Take hold of the map to tilt and turn it."""
        self._held, self._last = "table", at

    def let_table_go(self) -> None:
        """Let the map lie as it is."""
        if self._held == "table":
            self._held = ""

    def take_click_back(self) -> bool:
        """Undo the first of two clicks; return whether it had moved the origin."""
        before, self._origin_before = self._origin_before, None
        if before is None:
            return False
        self.dragged_to.add(before.origin_lonlat)
        # As it was: a place that was chosen is more than a point.
        self._session.change(undoable=True, reach=before)
        return True

    def touched(self, event: QTouchEvent) -> bool:
        """Let one finger do what a mouse does; two move and spread the map."""
        event.accept()
        down = [p.position() for p in event.points() if p.state() != p.State.Released]
        if event.type() == QEvent.Type.TouchCancel:
            self._held, self._fingers = "", []
        elif len(down) >= 2:
            two = down[0], down[1]
            if len(self._fingers) == 2:
                made = pinch((self._fingers[0], self._fingers[1]), two)
                self._map.pan(made.shift_px)
                self._map.zoom(made.factor, made.about_px)
                self._map.show_view(turned(self._session.state.document.view, -made.turn_deg, 0.0))
            # What the first finger began isn't meant any more.
            self._held, self._fingers = "", list(two)
        elif len(down) == 1 and not self._fingers:
            if event.type() == QEvent.Type.TouchBegin:
                self.press(down[0])
            elif self._held:
                self.move(down[0])
        elif not down:
            if self._held and not self._fingers:
                self.let_go(event.points()[0].position())
            self._held, self._fingers = "", []
        return True

    def press(self, at: QPointF) -> None:
        """Take hold of the pin, or begin what may become a click."""
        self._pressed = self._last = at
        self._origin_before = None
        self.dragged_to.clear()
        self._held = "pin" if self.on_pin(at) else "press"

    def move(self, at: QPointF) -> None:
        """Drag what is held."""
        if self._held == "pin":
            self._drag_pin(at, moving=True)
        elif self._held == "table":
            self._map.show_view(turned_by_drag(self._session.state.document.view, at - self._last))
            self._last = at
        else:
            self._drag_ground(at)

    def let_go(self, at: QPointF, *, more: bool = False) -> None:
        """Let go: a pin stays, a press that went nowhere is a click; with `more` as `click`."""
        held, self._held = self._held, ""
        if held == "pin" and self.dragged_to:
            self._drag_pin(at, moving=False)
        elif held == "press":
            self.click(at, more=more)
        self._map.setCursor(Qt.CursorShape.ArrowCursor)

    def _drag_pin(self, at: QPointF, *, moving: bool) -> None:
        # The pin keeps its distance from the fingertip that took hold of it.
        at = at + self._pin_off
        lonlat = self._map.viewport.lonlat_at((at.x(), at.y()))
        self.dragged_to.add(lonlat)
        reach = self._session.state.document.reach
        if self._several is not None and reach is not None and reach.others:
            self._several.move(self._pin, lonlat, moving)
        else:
            self._on_origin(lonlat, moving)

    def _drag_ground(self, at: QPointF) -> None:
        if self._held == "press":
            if (at - self._pressed).manhattanLength() <= _CLICK_SLACK_PX:
                return
            self._held = "ground"
            self._last = self._pressed
            self._map.setCursor(Qt.CursorShape.ClosedHandCursor)
        shift = at - self._last
        self._last = at
        self._map.pan((shift.x(), shift.y()))

    def click(self, at: QPointF, *, more: bool = False) -> None:
        """Pick the place at a point, or the ground there.

        With `more` it is an origin beside those that are there.
        """
        state, picked = self._session.state, None
        if more and self._several is not None and state.gesture.sketch is None:
            lonlat = self._map.viewport.lonlat_at((at.x(), at.y()))
            return self._several.add(lonlat, self._map.place_at(at))
        # While drawing, a click means the ground, also where a place has its mark.
        if state.gesture.sketch is None:
            picked = self._map.place_at(at)
            self._on_pick(picked)
        if picked is None:
            asked = state.document.reach if state.gesture.sketch is None else None
            self._origin_before = asked
            self._on_origin(self._map.viewport.lonlat_at((at.x(), at.y())), False)

    def on_pin(self, at: QPointF) -> bool:
        """Return whether a pin is at a point, and take note of which."""
        reach = self._session.state.document.reach
        if reach is None or self._session.state.gesture.sketch is not None:
            return False
        # What was added last lies on top.
        for number, origin in reversed(list(enumerate(reach.origins))):
            off = QPointF(*self._map.viewport.px_of_lonlat(origin.lonlat)) - at
            if off.manhattanLength() > GRAB_PX * 1.2:
                continue
            if origin_area(self._session.atlas, origin) is None:
                self._pin_off, self._pin = off, number
                return True
        return False
