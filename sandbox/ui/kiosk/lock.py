"""The way out: a PIN after a hidden corner was held, once more to end, a pause after wrong ones."""

import hmac
import time
from collections.abc import Callable
from typing import Final

TRIES: Final = 3
PAUSE_S: Final = 60.0
# The pad goes away when nobody has typed for this long.
OPEN_S: Final = 20.0


class Lock:
    """What was typed so far, and whether it was right.

    Parameters
    ----------
    pin
        Digits that open it; empty where the hall has none of its own, and nothing opens it.
    now_s
        A clock that never jumps, seconds.
    """

    def __init__(self, pin: str, now_s: Callable[[], float] = time.monotonic) -> None:
        self._pin, self._now_s = pin, now_s
        self._typed = ""
        self._tries = 0
        self._closed_until_s = float("-inf")
        self._last_s = 0.0
        self.open_ = False
        self.passed = False
        self.wrong = False
        # Whether the pad asks again, to end the show, and whether that PIN was right.
        self.to_end = False
        self.may_end = False

    @property
    def typed(self) -> int:
        """How many digits have been typed."""
        return len(self._typed)

    def ask(self) -> None:
        """Begin to ask for the PIN, unless too many wrong ones came a moment ago."""
        if not self._pin or self._now_s() < self._closed_until_s:
            return
        self.close()
        self.open_ = True
        self._last_s = self._now_s()

    def ask_to_end(self) -> None:
        """Ask for the PIN once more before the show may end; only from the open menu."""
        if self.passed:
            self.ask()
            self.to_end = self.open_

    def close(self) -> None:
        """Ask no more; what was typed is forgotten."""
        self.open_ = self.passed = self.wrong = self.to_end = self.may_end = False
        self._typed = ""

    def key(self, key: str) -> None:
        """Take a key of the pad: a digit, ``clear`` or ``close``."""
        self._last_s = self._now_s()
        self.wrong = False
        if key == "close":
            self.close()
        elif key == "clear":
            self._typed = self._typed[:-1]
        elif key.isdigit() and len(self._typed) < len(self._pin):
            self._typed += key
            if len(self._typed) == len(self._pin):
                self._judge()

    @property
    def expired(self) -> bool:
        """Whether the pad has been left alone."""
        return self.open_ and self._now_s() - self._last_s > OPEN_S

    def _judge(self) -> None:
        right = hmac.compare_digest(self._typed, self._pin)
        self._typed = ""
        if right:
            self._tries = 0
            self.passed, self.may_end = not self.to_end, self.to_end
            return
        self._tries += 1
        self.wrong = True
        if self._tries >= TRIES:
            self._tries = 0
            self._closed_until_s = self._now_s() + PAUSE_S
            self.close()
