"""How somebody who listens stops listening."""

from contextlib import suppress
from typing import TypeVar

_Heard = TypeVar("_Heard")


def unheard(listeners: list[_Heard], listener: _Heard) -> None:
    """End a listening; one that has ended already, as with its window, ends in silence."""
    with suppress(ValueError):
        listeners.remove(listener)
