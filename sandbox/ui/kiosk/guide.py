"""The guide's console on a second screen: scenes, steps, pointer, notes, clock."""

import time
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, QTime, QTimer
from PySide6.QtGui import QCloseEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sandbox.app.kiosk.orders import MODES
from sandbox.app.kiosk.show import Show, ShowState
from sandbox.draw.theme import theme
from sandbox.errors import SandboxError
from sandbox.ui.crash import guarded
from sandbox.ui.kiosk.lettering import ink
from sandbox.ui.parts.style import palette, stylesheet
from sandbox.ui.parts.widgets import Wrapped, column, label, row
from sandbox.words import Text, words_of

_CLOCK_MS: Final = 500
_BUTTON_H: Final = 56
_ACTIONS: Final = {
    "previous": Text("Back"),
    "next": Text("Next"),
    "black": Text("Black"),
    "freeze": Text("Freeze"),
    "language": Text("中文 / English"),
}
_MODES: Final = {
    "automatic": Text("Automatic"),
    "touch": Text("Touch"),
    "guided": Text("Guided"),
}


class Preview(QWidget):
    """A small live picture of the main screen; a pointer over it points there.

    Parameters
    ----------
    show
        Whose pointer is moved.
    picture
        Gives the main screen's picture.
    """

    def __init__(self, show: Show, picture: Callable[[], QPixmap]) -> None:
        super().__init__()
        self._show, self._picture = show, picture
        self._shown = QPixmap()
        self.setMinimumSize(480, 270)
        self.setMouseTracking(True)

    def refresh(self) -> None:
        """Take the main screen's picture anew."""
        self._shown = self._picture()
        self.update()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture as large as it fits."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), ink("panel"))
        if not self._shown.isNull():
            painter.drawPixmap(self._place().toAlignedRect(), self._shown)
        painter.end()

    @guarded
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point on the main screen while the pointer is over the picture."""
        place = self._place()
        at = event.position()
        inside = not place.isEmpty() and place.contains(at)
        self._show.change(pointer=self._share(place, at) if inside else None)

    @guarded
    def leaveEvent(self, event: object) -> None:
        """Point no more."""
        self._show.change(pointer=None)

    @staticmethod
    def _share(place: QRectF, at: QPointF) -> tuple[float, float]:
        return (at.x() - place.left()) / place.width(), (at.y() - place.top()) / place.height()

    def _place(self) -> QRectF:
        if self._shown.isNull():
            return QRectF()
        wide, high = self._shown.width(), self._shown.height()
        factor = min(self.width() / wide, self.height() / high)
        size = (wide * factor, high * factor)
        return QRectF((self.width() - size[0]) / 2, (self.height() - size[1]) / 2, *size)


class GuideWindow(QWidget):
    """The console: all it does goes through the show's actions.

    Parameters
    ----------
    show
        What it drives.
    picture
        Gives the main screen's picture.
    """

    def __init__(self, show: Show, picture: Callable[[], QPixmap]) -> None:
        super().__init__()
        self._show = show
        look = theme("dark")
        self.setObjectName("planner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setPalette(palette(look))
        self.setStyleSheet(stylesheet(look))
        self._preview = Preview(show, picture)
        self._scenes: dict[str, QPushButton] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._modes: dict[str, QPushButton] = {}
        self._clock = label("title")
        self._notes = Wrapped()
        self._faults = Wrapped("small", "warn")
        self._now = label("small", "second")
        self._next = label("small", "second")
        self._shown = label("small", "second")
        self._since_s = time.monotonic()
        self._list = QWidget()
        self._lay_out()
        self._ticks = QTimer(self)
        self._ticks.setInterval(_CLOCK_MS)
        self._ticks.timeout.connect(self._tick)
        self._ticks.start()
        self._end = show.listen(self._changed)
        self._fill()
        self._say()
        self._tick()

    def _lay_out(self) -> None:
        column(self._list, (0, 0, 0, 0), 6)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addLayout(row(self._clock, None, self._now, self._shown))
        right.addLayout(row(self._next, None))
        right.addWidget(self._preview, 1)
        steps = QHBoxLayout()
        for action in _ACTIONS:
            made = self._button(partial(self._do, action, ""))
            made.setCheckable(action in ("black", "freeze"))
            self._buttons[action] = made
            steps.addWidget(made)
        right.addLayout(steps)
        modes = QHBoxLayout()
        for mode in MODES:
            made = self._button(partial(self._do, "mode", mode))
            made.setCheckable(True)
            self._modes[mode] = made
            modes.addWidget(made)
        right.addLayout(modes)
        right.addWidget(self._notes)
        right.addWidget(self._faults)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 20)
        whole.setSpacing(20)
        self._list.setFixedWidth(280)
        whole.addWidget(self._list)
        whole.addLayout(right, 1)

    @staticmethod
    def _button(call: Callable[[], None]) -> QPushButton:
        made = QPushButton()
        made.setMinimumHeight(_BUTTON_H)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(lambda _checked=False: call())
        return made

    def _fill(self) -> None:
        """List the scenes that can be shown."""
        layout = self._list.layout()
        assert layout is not None  # noqa: S101
        while (item := layout.takeAt(0)) is not None:
            widget = item.widget()
            if isinstance(widget, (QPushButton, QLabel)):
                widget.hide()
                widget.deleteLater()
        self._scenes = {}
        for scene in self._show.scenes:
            made = self._button(partial(self._do, "scene", scene.id))
            made.setCheckable(True)
            self._scenes[scene.id] = made
            layout.addWidget(made)

    def _changed(self, before: ShowState, after: ShowState) -> None:
        if before.scenes != after.scenes:
            self._fill()
        if before.scene != after.scene:
            self._since_s = time.monotonic()
            self._tell_time()
        self._say()

    def _say(self) -> None:
        """Show what the show is at, in its language."""
        state = self._show.state
        said = words_of(state.language)
        self.setWindowTitle(said("Guide"))
        for number, scene in enumerate(self._show.scenes, 1):
            made = self._scenes[scene.id]
            made.setText(f"{number}  {scene.tile.said(state.language)}")
            made.setChecked(scene.id == state.scene)
        for action, made in self._buttons.items():
            made.setText(_ACTIONS[action].said(said))
        self._buttons["black"].setChecked(state.black)
        self._buttons["freeze"].setChecked(state.frozen)
        for mode, made in self._modes.items():
            made.setText(_MODES[mode].said(said))
            made.setChecked(mode == state.mode)
        notes = self._show.scene.notes
        self._notes.setText("" if notes is None else notes.said(state.language))
        self._faults.setText("\n".join(state.notes[-3:]))
        self._now.setText(self._show.scene.title.said(state.language))
        at = state.scenes.index(state.scene) if state.scene in state.scenes else -1
        after = self._show.scenes[(at + 1) % len(state.scenes)]
        self._next.setText(said("Next: {scene}", scene=after.title.said(state.language)))

    def _do(self, action: str, argument: str) -> None:
        try:
            self._show.do(action, argument)
        except SandboxError as error:
            self._show.note(str(error))
        self._say()

    def _tick(self) -> None:
        self._clock.setText(QTime.currentTime().toString("HH:mm:ss"))
        self._tell_time()
        if self.isVisible():
            self._preview.refresh()

    def _tell_time(self) -> None:
        """Show for how long the scene has been on."""
        minutes, seconds = divmod(int(time.monotonic() - self._since_s), 60)
        self._shown.setText(f"{minutes}:{seconds:02}")

    @guarded
    def closeEvent(self, event: QCloseEvent) -> None:
        """Listen no more."""
        self._ticks.stop()
        self._end()
        self._end = lambda: None
        super().closeEvent(event)
