"""Take it along: visitors' maps on the hall's network, each at an address nobody can guess."""

import gzip
import logging
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from sandbox.app.kiosk.orders import Budget
from sandbox.app.kiosk.web import Environ, StartResponse, answer
from sandbox.errors import ControlError

_LOG: Final = logging.getLogger("sandbox.kiosk")
PAGES_AT_MOST: Final = 40
BYTES_AT_MOST: Final = 4_000_000
_VISITORS_KNOWN: Final = 500
_PER_S: Final = 0.5
_AT_ONCE: Final = 8.0
_TOKEN_BYTES: Final = 16
_ADDRESS: Final = re.compile(r"/m/([A-Za-z0-9_-]{22})")


@dataclass(slots=True)
class _Kept:
    """A page, or what makes it when it is first asked for; then nothing is kept of that."""

    make: Callable[[], str] | None
    short: str
    until_s: float
    page: bytes = b""
    guard: threading.Lock = field(default_factory=threading.Lock)

    def packed(self) -> bytes:
        """Return the page for the line; made once, however many ask at once."""
        with self.guard:
            if self.make is not None:
                try:
                    self.page = _packed(self.make())
                # Whatever a map holds: whoever has scanned a code gets the result.
                except Exception:
                    _LOG.exception("a map to take along")
                    self.page = _packed(self.short)
                self.make = None
            return self.page


class Handouts:
    """Pages that can be fetched for a while; a WSGI application that knows nothing else.

    Parameters
    ----------
    for_s
        How long a page can be fetched, seconds.
    now_s
        A clock that never jumps, seconds.
    """

    def __init__(self, for_s: float, now_s: Callable[[], float] = time.monotonic) -> None:
        self._for_s, self._now_s = for_s, now_s
        self._pages: OrderedDict[str, _Kept] = OrderedDict()
        self._visitors: OrderedDict[str, Budget] = OrderedDict()
        self._guard = threading.Lock()

    def offer(self, make: Callable[[], str], short: str) -> str:
        """Keep a page for whoever comes for it; return its address on this server at once.

        The oldest makes room, before all others one that nobody has come for.

        Parameters
        ----------
        make
            Makes the page; called on the server's thread when it is first fetched, so that
            nobody waits for a page that nobody fetches.
        short
            A page in its place where it can't be made or is too large.
        """
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        with self._guard:
            self._drop_old()
            while len(self._pages) >= PAGES_AT_MOST:
                waiting = (one for one, kept in self._pages.items() if kept.make is not None)
                del self._pages[next(waiting, next(iter(self._pages)))]
            self._pages[token] = _Kept(make, short, self._now_s() + self._for_s)
        return f"/m/{token}"

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        """Answer one request: a page at its whole address, or nothing."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return answer(start, "405 Method Not Allowed", b"", ("Allow", "GET, HEAD"))
        with self._guard:
            if not self._welcome(environ.get("REMOTE_ADDR", "")):
                return answer(start, "429 Too Many Requests", b"", ("Retry-After", "5"))
            self._drop_old()
            asked = _ADDRESS.fullmatch(environ["PATH_INFO"])
            kept = self._pages.get(asked[1]) if asked else None
        if kept is None:
            return answer(start, "404 Not Found", b"")
        return answer(
            start,
            "200 OK",
            kept.packed(),
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Encoding", "gzip"),
        )

    def _welcome(self, address: str) -> bool:
        budget = self._visitors.pop(address, None) or Budget(_PER_S, _AT_ONCE, self._now_s)
        self._visitors[address] = budget
        if len(self._visitors) > _VISITORS_KNOWN:
            self._visitors.popitem(last=False)
        return budget.take()

    def _drop_old(self) -> None:
        now_s = self._now_s()
        for token in [one for one, kept in self._pages.items() if kept.until_s <= now_s]:
            del self._pages[token]


def _packed(page: str) -> bytes:
    """Return a page as it goes over the line.

    Raises
    ------
    ControlError
        The page is too large.
    """
    packed = gzip.compress(page.encode(), 6)
    if len(packed) > BYTES_AT_MOST:
        raise ControlError(
            "This map is too large to take away ({size:.1f} MB).",
            "Show fewer layers.",
            size=len(packed) / 1e6,
        )
    return packed
