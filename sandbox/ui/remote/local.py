"""The local socket: `sandbox ctl` speaks to the running kiosk, as the same user and no other."""

import getpass
import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from sandbox import paths
from sandbox.app.kiosk.orders import SHOW_ACTIONS, Budget
from sandbox.errors import ControlError, SandboxError
from sandbox.files import reason_of
from sandbox.words import LANGUAGES, Text, Words, words_of

BYTES_AT_MOST: Final = 512
_CONNECTIONS: Final = 8
_PER_S: Final = 200.0
# Where another kiosk answers already: how often to look whether it has ended.
_AGAIN_MS: Final = 1000
_ANOTHER_WITHIN_MS: Final = 40
# The first byte of an answer: done, or not.
_DONE: Final = "+"
_REFUSED: Final = "-"


def socket_name() -> str:
    """Return where the running kiosk listens."""
    if sys.platform == "win32":
        return f"science-city-sandbox-{getpass.getuser()}"
    return str(paths.user_state() / "kiosk.sock")


class LocalPort(QObject):
    """Listens to this user's own programs; a line is an action, its language before it.

    While another kiosk of the user answers already, this one waits until it has ended.

    Parameters
    ----------
    do
        Does an action with its argument; returns the acknowledgement.
    note
        Tells the operator that another kiosk answers.

    Raises
    ------
    ControlError
        The socket can't be made.
    """

    def __init__(
        self, do: Callable[[str, str], str], note: Callable[[str], None] = lambda _: None
    ) -> None:
        super().__init__()
        self._do = do
        self._budget = Budget(_PER_S, _PER_S)
        self._lines: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)
        self._again = QTimer(self, interval=_AGAIN_MS)
        self._again.timeout.connect(self._begin)
        if sys.platform != "win32":
            _make_folder()
        self._begin()
        if not self.listens:
            note(
                str(
                    ControlError(
                        "Another kiosk is already running, and sandbox ctl controls that one.",
                        "End it, and sandbox ctl will control this one.",
                    )
                )
            )

    @property
    def listens(self) -> bool:
        """Whether this is the kiosk that `sandbox ctl` speaks to."""
        return self._server.isListening()

    def _begin(self) -> None:
        name = socket_name()
        if _answers(name):
            self._again.start()
            return
        self._again.stop()
        # One that was killed leaves its socket behind.
        QLocalServer.removeServer(name)
        if not self._server.listen(name):
            raise _unreachable(Text("the system refuses its socket"))

    def close(self) -> None:
        """Stop listening."""
        self._again.stop()
        self._server.close()
        for line in tuple(self._lines):
            self._drop(line)

    def _accept(self) -> None:
        while self._server.hasPendingConnections():
            line = self._server.nextPendingConnection()
            while len(self._lines) >= _CONNECTIONS:
                # The connection that has been silent for longest makes room for the next one.
                self._drop(self._lines[0])
            line.setReadBufferSize(BYTES_AT_MOST)
            self._lines.append(line)
            line.readyRead.connect(lambda line=line: self._read(line))
            line.disconnected.connect(lambda line=line: self._drop(line))
            self._read(line)

    def _read(self, line: QLocalSocket) -> None:
        if line not in self._lines:
            return
        if not line.canReadLine():
            if line.bytesAvailable() >= BYTES_AT_MOST:
                self._drop(line)
            return
        text = bytes(line.readLine(BYTES_AT_MOST).data()).decode("utf-8", "replace").strip()
        line.write(f"{self._answer(text)}\n".encode())
        line.flush()
        line.disconnectFromServer()

    def _answer(self, text: str) -> str:
        language, _, order = text.partition(" ")
        action, _, argument = order.partition(" ")
        words = _words_in(language)
        if action not in SHOW_ACTIONS:
            return f"{_REFUSED}{_no_action(action).said(words)}"
        if not self._budget.take():
            return f"{_REFUSED}{_too_many().said(words)}"
        try:
            return f"{_DONE}{self._do(action, argument.strip())}"
        except SandboxError as error:
            return f"{_REFUSED}{error.said(words)}"

    def _drop(self, line: QLocalSocket) -> None:
        if line in self._lines:
            self._lines.remove(line)
            line.abort()
            line.deleteLater()


def tell(language: str, order: str, limit_s: float = 5.0) -> str:
    """Have the running kiosk do an action; return what it says.

    Parameters
    ----------
    language
        Of errors, ``zh`` or ``en``.
    order
        An action and its argument, as ``scene 3``.
    limit_s
        Seconds to wait.

    Raises
    ------
    ControlError
        No kiosk runs, it does not answer in time, or it refuses.
    """
    # Bytes that are no text can't be an order.
    asked = f"{language} {order}\n".encode(errors="replace")
    if len(asked) > BYTES_AT_MOST or len(order.splitlines()) > 1:
        action, _, argument = order.partition(" ")
        if action not in SHOW_ACTIONS:
            raise _no_action(action)
        raise ControlError(
            "{action} can't be {value}.",
            "Give a short value on one line.",
            action=action,
            value=f"{argument.strip()[:20].splitlines()[0]}…",
        )
    line = QLocalSocket()
    line.connectToServer(socket_name())
    limit_ms = int(limit_s * 1000)
    if not line.waitForConnected(limit_ms):
        raise ControlError("No kiosk is running for this user.", "Start one: sandbox kiosk")
    line.write(asked)
    line.flush()
    told = b""
    while not told.endswith(b"\n"):
        if not line.bytesAvailable() and not line.waitForReadyRead(limit_ms):
            raise ControlError(
                "The kiosk didn't answer within {limit} s.",
                "Read its log, or end it; a supervisor then restarts it.",
                limit=f"{limit_s:g}",
            )
        told += bytes(line.readAll().data())
    line.abort()
    text = told.decode("utf-8", "replace").strip()
    if text.startswith(_REFUSED):
        raise ControlError("{answer}", answer=text[1:])
    return text.removeprefix(_DONE)


def _make_folder() -> None:
    try:
        paths.user_state().mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise _unreachable(reason_of(error)) from error


def _unreachable(why: Text) -> ControlError:
    return ControlError(
        "sandbox ctl can't reach this kiosk: {reason}.",
        "Check the state folder of the user.",
        reason=why,
    )


def _answers(name: str) -> bool:
    line = QLocalSocket()
    line.connectToServer(name)
    there = line.waitForConnected(_ANOTHER_WITHIN_MS)
    line.abort()
    return there


def _words_in(language: str) -> Words:
    """Return the words of a language that came over the socket: a known one, and no path."""
    return words_of(language if language in LANGUAGES else "en")


def _too_many() -> ControlError:
    return ControlError("Too many commands at once.", "Send it again in a second.")


def _no_action(action: str) -> ControlError:
    return ControlError(
        "There is no action {action}.",
        "Available actions: {known}.",
        action=action[:40].split("\n", maxsplit=1)[0] or "—",
        known=", ".join(SHOW_ACTIONS),
    )
