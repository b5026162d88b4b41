"""The one message bar: errors, warnings and what has been done, each with at most one action."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy

from sandbox.app.session import Session
from sandbox.errors import SandboxError
from sandbox.ui.parts import icons
from sandbox.ui.parts.widgets import button, follow, icon_button, look, restyle, words
from sandbox.words import Text

Kind = Literal["error", "warn", "info"]
_RANK: Final = {"error": 0, "info": 1, "warn": 2}
_INFO_MS: Final = 8_000
_WIDEST_PX: Final = 760
_NARROW_PX: Final = 420


@dataclass(frozen=True, slots=True)
class Message:
    """One line for the user.

    Attributes
    ----------
    kind
        How grave it is; an error stands before what has been done, that before a warning.
    said
        Its words.
    action, do
        Words of the one thing to do about it, and what does it.
    """

    kind: Kind
    said: Text | SandboxError
    action: Text | None = None
    do: Callable[[], object] | None = None


class MessageBar(QFrame):
    """Shows the gravest message of all that stand, one a lane; hides when there is none.

    Parameters
    ----------
    session
        Whose language and theme it follows.
    on_resized
        Called when the bar has another size, or comes or goes.
    """

    def __init__(self, session: Session, on_resized: Callable[[], None]) -> None:
        super().__init__()
        self._session = session
        self._on_resized = on_resized
        self._standing: dict[str, Message] = {}
        self._shown_lane = ""
        self.setObjectName("messagebar")
        self.setProperty("room", "float")
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._action = button("warn")
        self._action.clicked.connect(self._do)
        self._close = icon_button(28)
        self._close.clicked.connect(self.dismiss)
        line = self._line = QGridLayout(self)
        line.setContentsMargins(14, 6, 8, 6)
        line.setHorizontalSpacing(12)
        # What is too wide is the text's, or a hole would open beside the icon.
        line.setColumnStretch(1, 1)
        for at, widget in enumerate((self._icon, self._text, self._action, self._close)):
            line.addWidget(widget, 0, at)
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.timeout.connect(self.dismiss)
        self.hide()
        follow(session, self, lambda s: (s.language, s.theme), self._show)

    @property
    def message(self) -> Message | None:
        """What is shown now."""
        return self._standing.get(self._shown_lane)

    def say(self, lane: str, message: Message | None) -> None:
        """Let a message stand in a lane; None takes it away, as when all is well again."""
        if message is None and lane not in self._standing:
            return
        self._standing.pop(lane, None)
        if message is not None:
            self._standing[lane] = message
        self._show()

    def report(self, lane: str, error: SandboxError | None) -> None:
        """Let an error stand in a lane, or take it away."""
        self.say(lane, Message("error", error) if error is not None else None)

    def dismiss(self) -> None:
        """Take the message away that is shown."""
        self.say(self._shown_lane, None)

    def fit(self, room_px: int) -> None:
        """Take the size of the text, in a room of so many pixels."""
        most = min(_WIDEST_PX, room_px)
        self._text.setWordWrap(False)
        # A narrow bar has its action below the text.
        below = most < _NARROW_PX
        self._line.removeWidget(self._action)
        self._line.addWidget(self._action, int(below), 1 if below else 2)
        self.setMaximumWidth(16_777_215)
        if self.sizeHint().width() > most:
            self._text.setWordWrap(True)
            self.setFixedWidth(most)
        else:
            self.setFixedWidth(self.sizeHint().width())
        self.setFixedHeight(max(44, self.heightForWidth(self.width()), self.sizeHint().height()))

    def _show(self) -> None:
        self._fade.stop()
        if not self._standing:
            self._shown_lane = ""
            self.hide()
            self._on_resized()
            return
        lanes = sorted(self._standing, key=lambda lane: _RANK[self._standing[lane].kind])
        self._shown_lane = lanes[0]
        message, said = self._standing[self._shown_lane], words(self._session)
        self._text.setText(message.said.said(said))
        self._action.setVisible(message.action is not None)
        if message.action is not None:
            self._action.setText(message.action.said(said))
        self._close.setToolTip(said("Close"))
        self._close.setAccessibleName(said("Close"))
        theme = look(self._session)
        colour = theme.colour({"error": "error", "warn": "warn", "info": "ok"}[message.kind])
        picture = "check" if message.kind == "info" else "warning"
        self._icon.setPixmap(icons.picture(picture, colour, 20))
        self._close.setIcon(icons.icon("close", theme.colour("ink_2"), 16))
        self.setProperty("kind", message.kind)
        restyle(self)
        for part in (self._text, self._action):
            restyle(part)
        if message.kind == "info":
            self._fade.start(_INFO_MS)
        self.show()
        self._on_resized()

    def _do(self) -> None:
        message = self.message
        if message is not None and message.do is not None:
            message.do()
