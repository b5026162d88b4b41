"""One row of the layer panel: what a hand does to it."""

from typing import Final, Protocol

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from sandbox.ui.crash import guarded
from sandbox.ui.parts.heard import Role, hear_as
from sandbox.ui.parts.widgets import Wrapped, icon_button, label

_DRAG_SLACK_PX: Final = 6


class Rows(Protocol):
    """The panel that a row stands in."""

    def choose(self, row_id: str) -> None:
        """Let the opacity slider stand for a row."""
        ...

    def toggle(self, row_id: str) -> None:
        """Show or hide a row's layer."""
        ...

    def opacity_said(self, row_id: str) -> str:
        """Return how opaque a row's layer is on the map."""
        ...

    def move_layer(self, row_id: str, by: int) -> None:
        """Move a layer up (-1) or down (1) among those of its group."""
        ...

    def drag(self, row_id: str, at_window: QPoint, *, dropped: bool) -> None:
        """Mark where a dragged row would go, or put it there."""
        ...


class LayerRow(QFrame):
    """One row: eye, picture, title, count; it is chosen by a click and moved by a drag."""

    def __init__(self, row_id: str, panel: Rows, movable: bool) -> None:
        super().__init__()
        self.id = row_id
        self._panel = panel
        self._movable = movable
        self._pressed: QPoint | None = None
        hear_as(self, Role.ListItem, lambda: panel.opacity_said(row_id))
        self.setProperty("room", "row")
        # A long title takes two lines.
        self.setMinimumHeight(32)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.eye = icon_button(26)
        self.eye.clicked.connect(lambda: panel.toggle(row_id))
        self.picture = QLabel()
        self.picture.setFixedSize(18, 18)
        self.title = Wrapped()
        self.count = label("small", "third")
        line = QHBoxLayout(self)
        line.setContentsMargins(11, 2, 16, 2)
        line.setSpacing(8)
        for widget in (self.eye, self.picture):
            line.addWidget(widget)
        line.addWidget(self.title, 1)
        line.addWidget(self.count)

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the row."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
            self._panel.choose(self.id)

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the row to another place in its group."""
        if self._pressed is None or not self._movable:
            return
        at = event.position().toPoint()
        if (at - self._pressed).manhattanLength() > _DRAG_SLACK_PX:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._panel.drag(self.id, self.mapTo(self.window(), at), dropped=False)

    @guarded
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put the row down."""
        if self._pressed is not None and self.cursor().shape() == Qt.CursorShape.ClosedHandCursor:
            at = self.mapTo(self.window(), event.position().toPoint())
            self.unsetCursor()
            self._panel.drag(self.id, at, dropped=True)
        self._pressed = None

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses; Alt with up or down moves the row."""
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space:
            self._panel.choose(self.id)
        elif key in moves and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._panel.move_layer(self.id, moves[key])
        else:
            super().keyPressEvent(event)
