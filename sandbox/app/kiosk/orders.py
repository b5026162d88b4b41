"""What can be ordered of the show, and how often: its actions, and what each may be told."""

import re
import time
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, Literal

ShowMode = Literal["automatic", "touch", "guided"]
MODES: Final[tuple[ShowMode, ...]] = ("automatic", "touch", "guided")

# Each action, and what its argument may be: words between bars, an empty one for none.
SHOW_ACTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "scene": "N|ID",
        "next": "",
        "previous": "",
        "stage": "N",
        "language": "zh|en|",
        "black": "on|off|",
        "freeze": "on|off|",
        "mode": "automatic|touch|guided",
        "volume": "0-100|up|down|mute",
        "sounds": "on|off|",
        "restart": "",
        "status": "",
    }
)


def fits(action: str, argument: str) -> bool:
    """Return whether some show could do an action with an argument."""
    known = SHOW_ACTIONS.get(action)
    return known is not None and any(_is(argument, word) for word in known.split("|"))


def _is(argument: str, word: str) -> bool:
    """Return whether an argument is one of the words of `SHOW_ACTIONS`."""
    if word == "ID":
        return re.fullmatch(r"[a-z0-9_]{1,60}", argument) is not None
    number = whole(argument)
    if word == "N":
        return number is not None and number >= 1
    if word == "0-100":
        return number is not None and number <= 100
    return argument == word


def whole(argument: str) -> int | None:
    """Return an argument as a whole number, None where it isn't one."""
    return int(argument) if re.fullmatch(r"[0-9]{1,6}", argument) else None


class Budget:
    """So many a second and no more; what is over is dropped, not kept waiting.

    Parameters
    ----------
    per_s, at_once
        How fast it fills, and how much it holds.
    now_s
        A clock that never jumps, seconds.
    """

    def __init__(
        self, per_s: float, at_once: float, now_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_s, self._at_once, self._now_s = per_s, at_once, now_s
        self._left, self._last_s = at_once, now_s()

    def take(self) -> bool:
        """Take one, if one is left."""
        now = self._now_s()
        self._left = min(self._at_once, self._left + (now - self._last_s) * self._per_s)
        self._last_s = now
        if self._left < 1.0:
            return False
        self._left -= 1.0
        return True
