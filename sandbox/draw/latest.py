"""Work off the painting thread of which only the newest order matters."""

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Latest(Generic[Value]):
    """One thread that makes what was ordered last; older orders are dropped.

    Parameters
    ----------
    name
        Of the thread.
    arrived
        Called on the thread after each order that was made.
    """

    def __init__(self, name: str, arrived: Callable[[], None]) -> None:
        self._arrived = arrived
        self._change = threading.Condition()
        self._order: tuple[Hashable, Callable[[], Value]] | None = None
        self._ordered: Hashable = None
        self._made: tuple[Hashable, Value] | None = None
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
            What the thread met.
        """
        with self._change:
            if self._fault is not None:
                fault, self._fault = self._fault, None
                raise fault
            return self._made

    def order(self, key: Hashable, make: Callable[[], Value]) -> None:
        """Have something made, unless it is what was ordered last."""
        with self._change:
            if self._closed or key == self._ordered:
                return
            self._order, self._ordered = (key, make), key
            self._change.notify_all()

    def complete(self) -> None:
        """Wait until what was ordered last is ready."""
        with self._change:
            while not self._closed and self._fault is None:
                if self._ordered is None or (self._made and self._made[0] == self._ordered):
                    return
                self._change.wait(1.0)

    def close(self) -> None:
        """End the thread."""
        with self._change:
            self._closed = True
            self._change.notify_all()
        self._thread.join()

    def _work(self) -> None:
        while True:
            with self._change:
                while self._order is None and not self._closed:
                    self._change.wait()
                if self._closed or self._order is None:
                    return
                key, make = self._order
                self._order = None
            fault: BaseException | None = None
            made: tuple[Hashable, Value] | None = None
            try:
                made = (key, make())
            # A bug here must reach the thread that paints.
            except BaseException as error:  # noqa: BLE001, RUF100
                fault = error
            with self._change:
                self._made = made or self._made
                self._fault = fault
                if fault is not None:
                    self._ordered = None
                closed = self._closed
                self._change.notify_all()
            if not closed:
                self._arrived()
