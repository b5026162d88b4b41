"""Says of answers on screen that they are older than what is asked, once they are late."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from sandbox.app.answers.awaited import awaited
from sandbox.app.session import Session
from sandbox.app.state import MapState

# An answer that comes sooner than this is not worth a flicker; the notice is due within 100 ms.
LATE_MS: Final = 60


class Late:
    """Marks the state as outdated while a newer question has been waiting for `LATE_MS`.

    An answer that follows a dragged pin comes sooner, so the map doesn't flicker then.
    """

    def __init__(self, session: Session, owner: QWidget) -> None:
        self._session = session
        self._wait = QTimer(owner)
        self._wait.setSingleShot(True)
        self._wait.setInterval(LATE_MS)
        self._wait.timeout.connect(self._late)
        self.end = session.listen(self._changed)

    def _changed(self, before: MapState, after: MapState) -> None:
        if not awaited(after):
            self._wait.stop()
            self._session.change(outdated=False)
        elif (
            not self._wait.isActive()
            or before.answers.reach_answer is not after.answers.reach_answer
        ):
            self._wait.start()

    def _late(self) -> None:
        self._session.change(outdated=awaited(self._session.state))
