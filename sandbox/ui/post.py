"""The ways into the UI thread, from any thread."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget


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


class Nudge(QObject):
    """Has a widget paint itself soon, from any thread.

    Threads emit no signal of a widget: what the UI thread connects to it meanwhile makes
    the widget's table of signals anew under them (PySide 6.8 and later, PYSIDE-3124), and
    the thread or the process ends. This object's table never changes.

    Parameters
    ----------
    widget
        What is painted.
    """

    _nudged = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._nudged.connect(widget.update, Qt.ConnectionType.QueuedConnection)

    def __call__(self) -> None:
        """Have it painted."""
        self._nudged.emit()
