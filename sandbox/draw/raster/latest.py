"""Work off the painting thread of which only the newest order matters."""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

from sandbox.draw.raster.tiles import tell

Value = TypeVar("Value")

# While orders follow one another without a pause, as in a drag, they are left waiting:
# making them would hold up the painting. But not for longer than each allows.
_QUIET_S: Final = 0.12
LONGEST_S: Final = 0.4


class Latest(Generic[Value]):
    """One thread that makes what was ordered last, once orders pause; older ones are dropped.

    Parameters
    ----------
    name
        Of the thread.
    arrived
        Called on the thread after each order that was made, and by whoever is told of a fault.
    """

    def __init__(self, name: str, arrived: Callable[[], None]) -> None:
        self._arrived = arrived
        self._change = threading.Condition()
        self._order: tuple[Hashable, Callable[[], Value]] | None = None
        self._ordered: Hashable = None
        self._made: tuple[Hashable, Value] | None = None
        # The order that was worked on last, whether or not it could be made.
        self._tried: Hashable = None
        self._waits_since = self._ordered_at = 0.0
        self._longest_s = LONGEST_S
        self._fault: BaseException | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    @property
    def made(self) -> tuple[Hashable, Value] | None:
        """Key and value of the newest that is ready.

        Raises
        ------
        BaseException
            What the thread met, once. The same order isn't tried again, and `arrived` is called,
            so that what shows it is painted anew without what couldn't be made.
        """
        with self._change:
            fault, self._fault = self._fault, None
            made = self._made
        if fault is not None:
            tell(self._arrived)
            raise fault
        return made

    def order(self, key: Hashable, make: Callable[[], Value], longest_s: float = LONGEST_S) -> None:
        """Have something made, unless it is what was ordered last.

        Parameters
        ----------
        key
            Says what is ordered.
        make
            Makes it, on the thread.
        longest_s
            How long it may wait for a pause.
        """
        with self._change:
            if self._closed or key == self._ordered:
                return
            self._ordered_at, self._longest_s = time.monotonic(), longest_s
            if self._order is None:
                self._waits_since = self._ordered_at
            self._order, self._ordered = (key, make), key
            self._change.notify_all()

    def complete(self) -> None:
        """Wait until what was ordered last is ready."""
        with self._change:
            # Far in the past: there is nothing to wait for.
            self._waits_since = self._ordered_at = float("-inf")
            self._change.notify_all()
            while not self._closed and self._fault is None:
                if self._ordered is None or self._tried == self._ordered:
                    return
                self._change.wait(1.0)

    def forget(self) -> None:
        """Drop what was made and ordered, so that the next one follows none."""
        self.complete()
        with self._change:
            self._made = self._ordered = self._tried = None

    def close(self) -> None:
        """End the thread."""
        with self._change:
            self._closed = True
            self._change.notify_all()
        self._thread.join()

    def _pause_s(self) -> float | None:
        """Return how long to wait before the next order is made; None: until there is one."""
        if self._order is None:
            return None
        if self._made is None:
            return 0.0
        until = min(self._ordered_at + _QUIET_S, self._waits_since + self._longest_s)
        return max(0.0, until - time.monotonic())

    def _work(self) -> None:
        while True:
            with self._change:
                while not self._closed and (pause := self._pause_s()) != 0.0:
                    self._change.wait(pause)
                if self._closed or self._order is None:
                    return
                key, make = self._order
                self._order = None
            fault: BaseException | None = None
            made: tuple[Hashable, Value] | None = None
            try:
                made = (key, make())
            # An error here must be raised on the thread that paints.
            except BaseException as error:
                fault = error
            with self._change:
                self._made = made or self._made
                self._fault, self._tried = fault, key
                # While the thread waits it must not hold what the last order was made of, or a
                # value that was dropped: a table's picture is made of 100 MB.
                del key, make, made, fault
                closed = self._closed
                self._change.notify_all()
            if not closed:
                tell(self._arrived)
