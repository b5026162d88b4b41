"""One answer of a web server, within limits: its size, its time, and how often it sends on."""

import threading
import time
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from sandbox.imagery.access import is_allowed
from sandbox.words import Text

if TYPE_CHECKING:
    import requests

_CONNECT_S, _READ_S, _WHOLE_S = 5.0, 8.0, 20.0
_PIECE: Final = 64 << 10
_REDIRECTS: Final = 3
_AGENT: Final = "ScienceCitySandbox/0.1 (desktop map; caches tiles)"
_HELD: Final = threading.local()
_OK, _NONE = 200, 204
_GONE: Final = frozenset({404, 410})
_REFUSED: Final = frozenset({401, 403})


class Unfetched(Exception):  # noqa: N818 - named after what happened
    """A server gave no answer that can be used.

    Attributes
    ----------
    reason
        Why, without the address: it may hold a key.
    refused
        Whether it refused, so that it makes no sense to try again soon.
    """

    def __init__(self, reason: Text, *, refused: bool = False) -> None:
        self.reason = reason
        self.refused = refused
        super().__init__(str(reason))


def fetch(address: str, at_most: int) -> bytes | None:
    """Return what a server answers; None where it has nothing under an address.

    It goes through the proxy that the system names, if any. A server may send on to itself, and
    to hosts that the user agreed to as well; nobody agreed to others.

    Parameters
    ----------
    address
        Begins with ``http://`` or ``https://``.
    at_most
        Most bytes that are taken.

    Raises
    ------
    Unfetched
        The server can't be reached, refuses, or answers too much or too slowly.
    """
    import requests  # slow, and most maps have no base map

    if urlsplit(address).scheme not in ("http", "https"):
        raise Unfetched(Text("only http and https are used"), refused=True)
    until = time.monotonic() + _WHOLE_S
    try:
        with _answer(address) as answer:
            if answer.status_code in _GONE or answer.status_code == _NONE:
                return None
            if answer.status_code in _REFUSED:
                raise Unfetched(
                    Text("the server refuses; the key may be missing or wrong"), refused=True
                )
            if answer.status_code != _OK:
                raise Unfetched(
                    Text("the server answers with error {number}", {"number": answer.status_code})
                )
            found = bytearray()
            for piece in answer.iter_content(_PIECE):
                found += piece
                if len(found) > at_most:
                    raise Unfetched(Text("the answer is too large"), refused=True)
                if time.monotonic() > until:
                    raise Unfetched(Text("the server is too slow"))
            return bytes(found)
    # Their texts hold the address, and with it the key: they go no further.
    except (requests.RequestException, ValueError, OSError):
        raise Unfetched(Text("the server can't be reached")) from None


def _answer(address: str) -> "requests.Response":
    """Return what a server says, having followed where it sends on as far as that is allowed."""
    own = urlsplit(address).hostname
    for _ in range(_REDIRECTS + 1):
        answer = _session().get(
            address, timeout=(_CONNECT_S, _READ_S), stream=True, allow_redirects=False
        )
        if not answer.is_redirect:
            return answer
        answer.close()
        address = urljoin(address, answer.headers["location"])
        parts = urlsplit(address)
        host = parts.hostname or ""
        if parts.scheme not in ("http", "https") or (host != own and not is_allowed(host)):
            raise Unfetched(
                Text(
                    "the server sends on to {host}, from which nobody agreed to fetch",
                    {"host": host[:80]},
                ),
                refused=True,
            )
    raise Unfetched(Text("the server sends on too often"), refused=True)


def _session() -> "requests.Session":
    """Return this thread's connections, which are kept open from tile to tile."""
    import requests

    held: requests.Session | None = getattr(_HELD, "session", None)
    if held is None:
        held = requests.Session()
        held.headers["User-Agent"] = _AGENT
        _HELD.session = held
    return held
