"""Pages and requests in a thread of their own, served by waitress."""

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, Final, cast

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from sandbox.errors import ControlError
from sandbox.files import reason_of

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]
App = Callable[[Environ, StartResponse], Iterable[bytes]]

_LOOK_S: Final = 0.2
_THREADS: Final = 2
_CONNECTIONS: Final = 64
# As many connections as a phone opens for one page; enough remain for a room full of phones.
CONNECTIONS_AN_ADDRESS: Final = 6
# A whole request has to arrive within this time, however often a byte of it comes.
REQUEST_S: Final = 5.0
# How long an answer may take: a map's page over a hall's worst radio.
ANSWER_S: Final = 60.0
_HEADER_AT_MOST: Final = 8 * 1024
BODY_AT_MOST: Final = 1024


class _OneRequest(HTTPRequestParser):
    """A request after which its connection ends: none is kept for another one."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the lines above a request's body."""
        super().parse_header(header_plus)
        self.headers = {**self.headers, "CONNECTION": "close"}


class _Channel(HTTPChannel):
    """A connection of one request."""

    parser_class = _OneRequest


class _Server(TcpWSGIServer):
    """A server that refuses addresses that aren't allowed before it reads from them."""

    channel_class = _Channel
    welcome: Callable[[str], bool]

    @property
    def channels(self) -> list[Any]:
        """The connections that are open."""
        return list(cast("dict[int, Any]", self.active_channels).values())

    def accept(self) -> tuple[socket.socket, Any] | None:
        """Take a connection, or end it at once and return None."""
        accepted = super().accept()
        if accepted is None:
            return None
        connection, (address, *_) = accepted
        if self.welcome(address) and self._make_room(_caller(address)):
            return accepted
        connection.close()
        return None

    def _make_room(self, caller: str) -> bool:
        """Return whether a caller may have one more connection; its slowest request goes."""
        own = [one for one in self.channels if _caller(one.addr[0]) == caller]
        own = [one for one in own if not one.will_close]
        if len(own) < CONNECTIONS_AN_ADDRESS:
            return True
        for one in own:
            if not _answers(one):
                one.will_close = True
                return True
        return False


def _answers(channel: Any) -> bool:
    """Return whether a connection's request is whole, and being answered."""
    return bool(channel.requests) or channel.total_outbufs_len > 0


def everybody(_address: str) -> bool:
    """Return that an address is welcome."""
    return True


class Web:
    """Serves an application until it is closed.

    Who isn't welcome is refused before it can say anything; who has enough connections
    already loses the oldest that still asks; who is slow to ask or to take an answer is cut
    off. So nobody keeps others out.

    Parameters
    ----------
    app
        A WSGI application; called on waitress's threads.
    address, port
        Where to listen.
    name
        Of the thread.
    welcome
        Whether an address may connect.
    now_s
        A clock that never jumps, seconds.

    Raises
    ------
    ControlError
        The port can't be listened at.
    """

    def __init__(
        self,
        app: App,
        address: str,
        port: int,
        name: str,
        *,
        welcome: Callable[[str], bool] = everybody,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sockets: dict[int, Any] = {}
        self._now_s = now_s
        # Connections that are waited for, until when: for a request, or to take an answer.
        self._until_s: dict[Any, tuple[bool, float]] = {}
        try:
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            listening = socket.create_server((address, port), family=family)
        except (OSError, ValueError) as error:
            raise ControlError(
                "Port {port} at {address} can't serve pages: {reason}.",
                "Give another port, or end the program that uses it.",
                port=port,
                address=address,
                reason=reason_of(error),
            ) from error
        self.port: int = listening.getsockname()[1]
        figures = Adjustments(
            threads=_THREADS,
            connection_limit=_CONNECTIONS,
            max_request_header_size=_HEADER_AT_MOST,
            max_request_body_size=BODY_AT_MOST,
            ident="",
            expose_tracebacks=False,
        )
        threads = ThreadedTaskDispatcher()
        threads.set_thread_count(_THREADS)
        self._server = _Server(
            app, self._sockets, _sock=listening, bind_socket=False, dispatcher=threads, adj=figures,
            sockinfo=(family, socket.SOCK_STREAM, 0, listening.getsockname()),
        )  # fmt: skip
        self._server.welcome = welcome
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._serve, name=f"sandbox-{name}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop serving and end the threads."""
        self._ended.set()
        self._thread.join()

    def _serve(self) -> None:
        while not self._ended.is_set():
            wasyncore.loop(timeout=_LOOK_S, map=self._sockets, count=1)
            self._cut_off_slow()
        self._server.task_dispatcher.shutdown()
        for one in tuple(self._sockets.values()):
            one.close()

    def _cut_off_slow(self) -> None:
        """Close connections that take too long to send a request or to take an answer."""
        now_s, before, self._until_s = self._now_s(), self._until_s, {}
        for channel in self._server.channels:
            answers = _answers(channel)
            began, until_s = before.get(channel, (not answers, 0.0))
            if began is not answers:
                until_s = now_s + (ANSWER_S if answers else REQUEST_S)
            self._until_s[channel] = answers, until_s
            if now_s > until_s:
                # At once: a line that takes nothing never becomes free to be closed.
                channel.handle_close()


def _caller(address: str) -> str:
    """Return what stands for one caller: an address, of IPv6 the network that hands it out."""
    told = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(told, ipaddress.IPv6Address) and told.ipv4_mapped is None:
        return str(ipaddress.ip_network((told, 64), strict=False))
    return str(told)


def answer(
    start: StartResponse, status: str, body: bytes, *headers: tuple[str, str]
) -> list[bytes]:
    """Answer a request; nothing may be kept, framed or guessed of it."""
    start(
        status,
        [
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "no-referrer"),
            *(headers or (("Content-Type", "text/plain; charset=utf-8"),)),
        ],
    )
    return [body]
