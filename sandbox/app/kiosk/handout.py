"""Take it along: visitors' maps on the hall's network, each at an address nobody can guess."""

import gzip
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from sandbox.app.kiosk.control import Budget
from sandbox.app.kiosk.web import Environ, StartResponse, answer
from sandbox.errors import ControlError

PAGES_AT_MOST: Final = 40
BYTES_AT_MOST: Final = 4_000_000
_VISITORS_KNOWN: Final = 500
_PER_S: Final = 0.5
_AT_ONCE: Final = 8.0
_TOKEN_BYTES: Final = 16
_ADDRESS: Final = re.compile(r"/m/([A-Za-z0-9_-]{22})")


@dataclass(frozen=True, slots=True)
class _Kept:
    page: bytes
    until_s: float


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

    def offer(self, page: str) -> str:
        """Keep a page; return its address on this server. The oldest makes room.

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
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        with self._guard:
            self._drop_old()
            while len(self._pages) >= PAGES_AT_MOST:
                self._pages.popitem(last=False)
            self._pages[token] = _Kept(packed, self._now_s() + self._for_s)
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
            kept.page,
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
