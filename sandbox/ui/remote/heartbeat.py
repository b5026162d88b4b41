"""The window's sign of life to whoever watches over it."""

import os
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from sandbox.app.kiosk.show import Show, ShowState
from sandbox.app.kiosk.supervise import BEAT, BEAT_S, SUPERVISED

_STDOUT = 1


class Heartbeat(QObject):
    """Says in the UI thread, every half second, that the window lives and what it shows.

    Another scene is said at once.

    Parameters
    ----------
    show
        What is on screen.
    """

    def __init__(self, show: Show) -> None:
        super().__init__()
        self._show = show
        self._end: Callable[[], None] = lambda: None
        self._timer = QTimer(self, interval=int(BEAT_S * 1000))
        self._timer.timeout.connect(self._beat)
        if os.environ.get(SUPERVISED):
            self._timer.start()
            self._end = show.listen(self._changed)
            self._beat()

    def close(self) -> None:
        """Say nothing more."""
        self._timer.stop()
        self._end()
        self._end = lambda: None

    def _changed(self, before: ShowState, after: ShowState) -> None:
        if before.scene != after.scene:
            self._beat()

    def _beat(self) -> None:
        try:
            os.write(_STDOUT, f"{BEAT} {self._show.state.scene}\n".encode())
        except OSError:
            # Nobody watches any more; another kiosk may be on its way to this screen.
            self.close()
            QCoreApplication.exit(0)
