"""Where the password of a database comes from; it is kept nowhere.

libpq looks itself into PGPASSWORD and ~/.pgpass. Where these have none and the server wants one,
the system's keyring is asked, and then who sits before the program.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Final

from sandbox.formats.postgis.address import Address

Ask = Callable[[Address], str | None]
_ASK: Final[ContextVar[Ask | None]] = ContextVar("ask", default=None)
_GIVEN: Final[ContextVar[str | None]] = ContextVar("given", default=None)


@contextmanager
def using(password: str | None) -> Generator[None]:
    """Use a password that was typed beforehand before any other; None or empty for none."""
    token = _GIVEN.set(password or None)
    try:
        yield
    finally:
        _GIVEN.reset(token)


def given_password() -> str | None:
    """Return the password that was typed beforehand, or None."""
    return _GIVEN.get()


@contextmanager
def asking(ask: Ask) -> Generator[None]:
    """Have passwords that nothing else knows asked for by `ask`, which may return None."""
    token = _ASK.set(ask)
    try:
        yield
    finally:
        _ASK.reset(token)


def known_password(address: Address) -> str | None:
    """Return the password from the keyring or the user; None where neither has one."""
    found = _in_keyring(address)
    ask = _ASK.get()
    return found if found is not None or ask is None else ask(address)


def _in_keyring(address: Address) -> str | None:
    try:
        import keyring
    except ImportError:
        return None
    # Each of its backends fails in a way of its own where there is no desktop to ask.
    with suppress(Exception):
        return keyring.get_password(address.server, address.user)
    return None
