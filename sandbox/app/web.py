"""Pages and requests in a thread of their own, served by waitress."""

import socket
import threading
from collections.abc import Callable, Iterable
from typing import Any, Final

from waitress import wasyncore
from waitress.server import create_server

from sandbox.errors import ControlError

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]
App = Callable[[Environ, StartResponse], Iterable[bytes]]

_LOOK_S: Final = 0.2
_CONNECTIONS: Final = 32
_SLOW_S: Final = 15
_HEADER_AT_MOST: Final = 8 * 1024
BODY_AT_MOST: Final = 1024


class Web:
    """Serves an application until it is closed; slow clients are cut off.

    Parameters
    ----------
    app
        A WSGI application; called on waitress's threads.
    address, port
        Where to listen.
    name
        Of the thread.

    Raises
    ------
    ControlError
        The port can't be listened at.
    """

    def __init__(self, app: App, address: str, port: int, name: str) -> None:
        self._sockets: dict[int, Any] = {}
        try:
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            listening = socket.create_server((address, port), family=family)
        except (OSError, ValueError) as error:
            raise ControlError(
                "Port {port} at {address} can't serve pages: {reason}.",
                "Give another port, or end the program that holds it.",
                port=port,
                address=address,
                reason=getattr(error, "strerror", None) or error,
            ) from error
        self.port: int = listening.getsockname()[1]
        self._server = create_server(
            app,
            map=self._sockets,
            sockets=[listening],
            threads=2,
            connection_limit=_CONNECTIONS,
            channel_timeout=_SLOW_S,
            cleanup_interval=5,
            max_request_header_size=_HEADER_AT_MOST,
            max_request_body_size=BODY_AT_MOST,
            ident="",
            expose_tracebacks=False,
        )
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
        self._server.task_dispatcher.shutdown()
        for one in tuple(self._sockets.values()):
            one.close()


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
