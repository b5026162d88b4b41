"""Central control's ports: datagrams and streams in the UI thread, without ever filling it.

What came is read in turns of 20 ms, so much a turn and no more: the system's own
buffers drop what is over, and a flood costs the window a small share of a frame.
"""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QAbstractSocket, QHostAddress, QTcpServer, QTcpSocket, QUdpSocket

from sandbox.app.kiosk.config import BYTES_AT_MOST, ControlConfig
from sandbox.app.kiosk.control import Order, Switchboard, messages
from sandbox.errors import ControlError, SandboxError

Do = Callable[[str, str], str]

_TURN_MS: Final = 20
_DATAGRAMS_A_TURN: Final = 100
_CONNECTIONS: Final = 16
# A unit that begins anew without an end needs another one before its first is given up.
_CONNECTIONS_AN_ADDRESS: Final = 4
_READ_AT_MOST: Final = 2048
_MESSAGES_A_TURN: Final = 20
# After a pause this long a message is complete, with or without an end of line.
_PAUSE_S: Final = 0.1
_SILENT_S: Final = 300.0
_UNREAD_AT_MOST: Final = 4096


class Answering:
    """Does an order and gives the bytes that answer it.

    Parameters
    ----------
    config
        The words of answers.
    do
        Does an action with its argument in the UI thread; returns the acknowledgement.
    """

    def __init__(self, config: ControlConfig, do: Do) -> None:
        self._answer, self._refusal, self._do = config.answer, config.refusal.encode(), do

    def __call__(self, order: Order | None) -> bytes:
        """Do an order; none is refused."""
        if order is None:
            return self._refusal
        try:
            said = self._do(order.action, order.argument)
        except SandboxError:
            return self._refusal
        if order.answer is not None:
            return order.answer
        return self._answer.replace("{said}", said).encode()


class DatagramPort(QObject):
    """Listens to datagrams; each is one message.

    Raises
    ------
    ControlError
        The port can't be listened at.
    """

    def __init__(self, config: ControlConfig, port: int, board: Switchboard, do: Do) -> None:
        super().__init__()
        self._board, self._answering = board, Answering(config, do)
        self._socket = QUdpSocket(self)
        self._turn = _turn(self, self._read)
        if not self._socket.bind(QHostAddress(config.listen), port):
            raise _taken("UDP", config.listen, port, self._socket.errorString())
        self._socket.readyRead.connect(self._turn.start)

    @property
    def port(self) -> int:
        """The port that it listens at."""
        return self._socket.localPort()

    def close(self) -> None:
        """Stop listening."""
        self._turn.stop()
        self._socket.close()

    def _read(self) -> None:
        for _ in range(_DATAGRAMS_A_TURN):
            if not self._socket.hasPendingDatagrams():
                return
            # One byte more than may be, so that what is too long is seen to be.
            data, sender, port = self._socket.readDatagram(BYTES_AT_MOST + 1)
            if not self._board.listens_to(sender.toString()):
                continue
            order = self._board.order(bytes(data.data()))
            if order is None:
                # The sender's address may be forged, so nothing is sent back to it.
                continue
            if answer := self._answering(order):
                self._socket.writeDatagram(answer, sender, port)
        self._turn.start()


class StreamPort(QObject):
    """Listens to streams; a message ends with its line, or with a pause.

    Raises
    ------
    ControlError
        The port can't be listened at.
    """

    def __init__(self, config: ControlConfig, port: int, board: Switchboard, do: Do) -> None:
        super().__init__()
        self._board, self._answering = board, Answering(config, do)
        self._lines: dict[QTcpSocket, _Heard] = {}
        self._server = QTcpServer(self)
        self._server.setMaxPendingConnections(_CONNECTIONS)
        self._turn = _turn(self, self._read)
        self._sweep = QTimer(self, interval=10_000)
        self._sweep.timeout.connect(self._drop_silent)
        self._server.newConnection.connect(self._accept)
        if not self._server.listen(QHostAddress(config.listen), port):
            raise _taken("TCP", config.listen, port, self._server.errorString())
        self._sweep.start()

    @property
    def port(self) -> int:
        """The port that it listens at."""
        return self._server.serverPort()

    @property
    def connections(self) -> int:
        """How many are connected."""
        return len(self._lines)

    def close(self) -> None:
        """Stop listening and end all connections."""
        self._turn.stop()
        self._sweep.stop()
        self._server.close()
        for line in tuple(self._lines):
            self._drop(line)

    def _accept(self) -> None:
        while self._server.hasPendingConnections():
            line = self._server.nextPendingConnection()
            address = line.peerAddress().toString()
            heard = self._board.listens_to(address)
            if heard:
                self._make_room(address)
            if not heard or len(self._lines) >= _CONNECTIONS:
                line.abort()
                line.deleteLater()
                continue
            line.setReadBufferSize(_READ_AT_MOST)
            self._lines[line] = _Heard()
            line.readyRead.connect(self._turn.start)
            line.disconnected.connect(self._turn.start)
            self._turn.start()

    def _make_room(self, address: str) -> None:
        """Drop the connection that was silent for longest, of an address that has too many."""
        own = [line for line in self._lines if line.peerAddress().toString() == address]
        own.sort(key=lambda line: self._lines[line].order_s)
        for line in own[: max(0, len(own) + 1 - _CONNECTIONS_AN_ADDRESS)]:
            self._drop(line)

    def _read(self) -> None:
        for line, heard in tuple(self._lines.items()):
            more = bytes(line.read(_READ_AT_MOST).data())
            if more:
                heard.data += more
                heard.last_s = time.monotonic()
            over = line.state() != QAbstractSocket.SocketState.ConnectedState
            paused = over or time.monotonic() - heard.last_s >= _PAUSE_S
            self._hear(line, heard, paused=paused)
            if over:
                self._drop(line)
        if any(heard.data or line.bytesAvailable() for line, heard in self._lines.items()):
            self._turn.start()

    def _hear(self, line: QTcpSocket, heard: "_Heard", *, paused: bool) -> None:
        data = heard.data
        if not data or not (paused or data[-1:] in (b"\r", b"\n")):
            if len(data) > _READ_AT_MOST:
                self._board.drop_oversized()
                self._drop(line)
            return
        heard.data = b""
        told = messages(data, self._board.table)
        self._board.drop_too_many(max(0, len(told) - _MESSAGES_A_TURN))
        for message in told[:_MESSAGES_A_TURN]:
            order = self._board.order(message)
            if order is not None:
                heard.order_s = time.monotonic()
            answer = self._answering(order)
            if line.bytesToWrite() > _UNREAD_AT_MOST:
                # It sends only, and never reads an answer.
                self._drop(line)
                return
            if answer:
                line.write(answer)
                # A restart leaves no turn of the event loop in which it would be sent by itself.
                line.flush()

    def _drop_silent(self) -> None:
        now = time.monotonic()
        for line, heard in tuple(self._lines.items()):
            if now - heard.last_s > _SILENT_S:
                self._drop(line)

    def _drop(self, line: QTcpSocket) -> None:
        if self._lines.pop(line, None) is None:
            return
        line.readyRead.disconnect(self._turn.start)
        line.disconnected.disconnect(self._turn.start)
        line.disconnectFromHost()
        line.deleteLater()


class _Heard:
    """The part of a message that a stream has sent so far."""

    def __init__(self) -> None:
        self.data = b""
        # When it last sent anything, and when it last sent an order.
        self.last_s = self.order_s = time.monotonic()


def _turn(owner: QObject, read: Callable[[], None]) -> QTimer:
    timer = QTimer(owner, interval=_TURN_MS)
    timer.setSingleShot(True)
    timer.timeout.connect(read)
    return timer


def _taken(kind: str, address: str, port: int, why: str) -> ControlError:
    return ControlError(
        "Can't listen on {kind} port {port} at {address}: {reason}.",
        "Give another port in the section control, or end the program that uses it.",
        kind=kind,
        port=port,
        address=address,
        reason=why,
    )
