"""The cutoff slider: one handle a band, on one scale of minutes."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from sandbox.draw.theme import Theme, band_colours
from sandbox.ui.crash import guarded
from sandbox.ui.parts.heard import Role, hear_as, value_changed

_EDGE_PX: Final = 10.0
_RADIUS_PX: Final = 7.5
_LINE_Y: Final = 12.0


class CutoffSlider(QWidget):
    """Handles that keep their order, a minute at least apart.

    Arrow keys move the handle that was touched last, page keys by five minutes, and
    Tab goes from handle to handle before it leaves.

    Parameters
    ----------
    on_minutes
        Called with the cutoffs, and whether a handle is still held.
    """

    def __init__(self, on_minutes: Callable[[tuple[float, ...], bool], None]) -> None:
        super().__init__()
        self._on_minutes = on_minutes
        self._longest = 1.0
        self._minutes: list[float] = []
        self._theme: Theme | None = None
        self._active = 0
        self._held = False
        hear_as(self, Role.Slider, self._said_minutes)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_minutes(self, minutes: Sequence[float], theme: Theme, longest: float) -> None:
        """Put the handles where the cutoffs are, on a scale that ends at `longest` or farther."""
        self._minutes, self._theme = list(minutes), theme
        self._longest = max(longest, *self._minutes, 1.0)
        self._active = min(self._active, len(self._minutes) - 1)
        value_changed(self)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a height for handles and scale."""
        return QSize(200, 42)

    def minimumSizeHint(self) -> QSize:
        """Return the least that is still usable."""
        return QSize(120, 42)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint scale, bands and handles."""
        if self._theme is None:
            return
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.colour("line")), 4, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(self._x(0), _LINE_Y), QPointF(self._x(self._longest), _LINE_Y))
        self._paint_scale(painter, theme)
        colours = band_colours(theme, len(self._minutes))
        for index in reversed(range(len(self._minutes))):
            at = QPointF(self._x(self._minutes[index]), _LINE_Y)
            focused = self.hasFocus() and index == self._active
            ring = QColor(theme.colour("accent" if focused else "ink_3"))
            painter.setPen(QPen(ring, 2.2 if focused else 1.0))
            painter.setBrush(QColor(theme.colour("panel")))
            painter.drawEllipse(at, _RADIUS_PX + 1.5, _RADIUS_PX + 1.5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours[index]))
            painter.drawEllipse(at, _RADIUS_PX - 1.5, _RADIUS_PX - 1.5)
        painter.end()

    def _paint_scale(self, painter: QPainter, theme: Theme) -> None:
        face = painter.font()
        face.setPixelSize(11)
        painter.setFont(face)
        painter.setPen(QColor(theme.colour("ink_3")))
        step = 5 if self._longest <= 30 else 15 if self._longest <= 90 else 60
        for minute in range(0, round(self._longest) + 1, step):
            box = QRectF(self._x(minute) - 16, _LINE_Y + 12, 32, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(minute))

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the nearest handle."""
        if event.button() == Qt.MouseButton.LeftButton and self._minutes:
            x = event.position().x()
            apart = [abs(self._x(minute) - x) for minute in self._minutes]
            # Where several handles lie on one spot, take the one that can move towards the pointer.
            nearest = min(apart)
            near = [i for i, d in enumerate(apart) if d <= nearest + 0.5]
            self._active = near[-1] if x >= self._x(self._minutes[near[0]]) else near[0]
            self._held = True
            self._move_to(self._minute(x))

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the handle that is held."""
        if self._held:
            self._move_to(self._minute(event.position().x()))

    @guarded
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the handle."""
        if self._held and event.button() == Qt.MouseButton.LeftButton:
            self._held = False
            self._on_minutes(tuple(self._minutes), False)

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the active handle by a minute, or by five."""
        steps = {
            Qt.Key.Key_Left: -1.0,
            Qt.Key.Key_Down: -1.0,
            Qt.Key.Key_Right: 1.0,
            Qt.Key.Key_Up: 1.0,
            Qt.Key.Key_PageDown: -5.0,
            Qt.Key.Key_PageUp: 5.0,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._minutes:
            super().keyPressEvent(event)
            return
        self._move_to(self._minutes[self._active] + step)

    @guarded
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the first handle, or the last when coming backwards."""
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self._active = 0
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._active = len(self._minutes) - 1
        self.update()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Go to the next handle before the focus leaves."""
        following = self._active + (1 if next else -1)
        if self.hasFocus() and 0 <= following < len(self._minutes):
            self._active = following
            self.update()
            return True
        return super().focusNextPrevChild(next)

    def _said_minutes(self) -> str:
        return " · ".join(f"{minute:g}" for minute in self._minutes)

    def _move_to(self, minute: float) -> None:
        low = self._minutes[self._active - 1] + 1.0 if self._active else 1.0
        last = self._active == len(self._minutes) - 1
        high = self._longest if last else self._minutes[self._active + 1] - 1.0
        minute = max(low, min(high, round(minute)))
        if minute != self._minutes[self._active]:
            self._minutes[self._active] = minute
            self._on_minutes(tuple(self._minutes), self._held)
        self.update()

    def _x(self, minute: float) -> float:
        return _EDGE_PX + (self.width() - 2 * _EDGE_PX) * minute / self._longest

    def _minute(self, x: float) -> float:
        return (x - _EDGE_PX) / max(1.0, self.width() - 2 * _EDGE_PX) * self._longest
