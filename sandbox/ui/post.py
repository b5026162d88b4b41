"""The way into the UI thread, from any thread."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot


class Post(QObject):
    """Calls what it is given in the thread that made it, soon.

    After `close` nothing is called any more: an answer that comes late must not
    touch widgets that are gone.
    """

    _posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._open = True
        self._posted.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def __call__(self, call: Callable[[], None]) -> None:
        """Have `call` called in the UI thread."""
        self._posted.emit(call)

    def close(self) -> None:
        """Drop what is still to be called."""
        self._open = False

    @Slot(object)
    def _call(self, call: Callable[[], None]) -> None:
        if self._open:
            call()
