"""The window's sign of life to whoever watches over it."""

import os
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from sandbox.app.supervise import BEAT, BEAT_S, SUPERVISED

_STDOUT = 1


class Heartbeat(QObject):
    """Says in the UI thread, every half second, that the window lives and what it shows.

    Parameters
    ----------
    scene
        Gives the id of the scene on screen.
    """

    def __init__(self, scene: Callable[[], str]) -> None:
        super().__init__()
        self._scene = scene
        self._timer = QTimer(self, interval=int(BEAT_S * 1000))
        self._timer.timeout.connect(self._beat)
        if os.environ.get(SUPERVISED):
            self._timer.start()
            self._beat()

    def close(self) -> None:
        """Say nothing more."""
        self._timer.stop()

    def _beat(self) -> None:
        try:
            os.write(_STDOUT, f"{BEAT} {self._scene()}\n".encode())
        except OSError:
            # Nobody watches any more; another kiosk may be on its way to this screen.
            self._timer.stop()
            QApplication.exit(0)
