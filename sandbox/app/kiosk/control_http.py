"""Central control by HTTP: ``POST /do`` with a token and one message of the table."""

import hmac
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from typing import Final

from sandbox.app.jobs import Post
from sandbox.app.kiosk.config import BYTES_AT_MOST
from sandbox.app.kiosk.control import Order, Switchboard
from sandbox.app.kiosk.web import Environ, StartResponse, answer

_PATIENCE_S: Final = 3.0


class ControlPage:
    """The WSGI application; everything but the order itself is settled on its own thread.

    Parameters
    ----------
    token
        What requests carry as ``Authorization: Bearer``; compared in constant time.
    board
        Finds orders.
    post
        Puts a call into the UI thread.
    do
        Does an order there and gives the bytes that answer it.
    """

    def __init__(
        self, token: str, board: Switchboard, post: Post, do: Callable[[Order], bytes]
    ) -> None:
        self._expected = f"Bearer {token}".encode()
        self._board, self._post, self._do = board, post, do

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        if (refusal := self._refusal(environ)) is not None:
            return answer(start, refusal, b"")
        order = self._board.order(environ["wsgi.input"].read(BYTES_AT_MOST + 1))
        if order is None:
            return answer(start, "400 Bad Request", b"")
        done: Future[bytes] = Future()
        self._post(lambda: self._settle(done, order))
        try:
            told = done.result(_PATIENCE_S)
        except Late:
            # The sender may try again after this: the order must not be done later too.
            if done.cancel():
                return answer(start, "503 Service Unavailable", b"")
            told = done.result()
        return answer(start, "200 OK", told)

    def _settle(self, done: Future[bytes], order: Order) -> None:
        """Do an order, unless nobody waits for it any more."""
        if not done.set_running_or_notify_cancel():
            return
        try:
            done.set_result(self._do(order))
        # Whatever it is: who gave the order waits for an answer; the crash hook hears of it too.
        except Exception as error:
            done.set_exception(error)
            raise

    def _refusal(self, environ: Environ) -> str | None:
        if not self._board.listens_to(environ.get("REMOTE_ADDR", "")):
            return "403 Forbidden"
        given = environ.get("HTTP_AUTHORIZATION", "").encode("latin-1", "replace")
        if not hmac.compare_digest(given, self._expected):
            return "401 Unauthorized"
        if environ["PATH_INFO"] != "/do":
            return "404 Not Found"
        return None if environ["REQUEST_METHOD"] == "POST" else "405 Method Not Allowed"
