"""How a map leans back from flat to a table over its relief, and comes forward again."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from sandbox.app.session import Session
from sandbox.app.state import TABLE_TILT_DEG, View
from sandbox.ui.crash import guarded

_TAKES_MS: Final = 900
_FRAME_MS: Final = 16
# Nearer to flat a table can't be told from the map; it is the flat map then.
_FLAT_BELOW_DEG: Final = 0.5


class Leaning(QObject):
    """Tilts a session's map.

    Parameters
    ----------
    session
        Whose view is changed.
    parent
        Ends with it.
    motion
        Whether it moves; else it is there at once.
    """

    def __init__(self, session: Session, parent: QObject, *, motion: bool) -> None:
        super().__init__(parent)
        self._session, self._motion = session, motion
        self._from, self._to = session.state.document.view, session.state.document.view
        self._clock = QElapsedTimer()
        self._frames = QTimer(self)
        self._frames.setInterval(_FRAME_MS)
        self._frames.timeout.connect(self._step)

    def toggle(self) -> None:
        """Go from the flat map to the table, or back."""
        view = self._session.state.document.view
        towards = self._to if self._frames.isActive() else view
        self.lean(0.0 if towards.tilt_deg > 0.0 else TABLE_TILT_DEG)

    def lean(self, tilt_deg: float, bearing_deg: float = 0.0) -> None:
        """Tilt the map so far, and turn it so that a direction is up."""
        self._from = self._session.state.document.view
        self._to = replace(self._from, tilt_deg=tilt_deg, bearing_deg=bearing_deg)
        if self._motion:
            self._clock.start()
            self._frames.start()
        else:
            self._session.change(view=self._to)

    @guarded
    def _step(self) -> None:
        share = min(1.0, self._clock.elapsed() / _TAKES_MS)
        if share >= 1.0:
            self._frames.stop()
        # Hands may pull and zoom the map meanwhile.
        now = self._session.state.document.view
        self._session.change(view=_between(self._from, self._to, share, now))


def _between(before: View, after: View, share: float, now: View) -> View:
    """Return a view with the tilt and the bearing after a share of the way."""
    eased = share * share * (3.0 - 2.0 * share)
    turn = (after.bearing_deg - before.bearing_deg + 180.0) % 360.0 - 180.0
    tilt = before.tilt_deg + (after.tilt_deg - before.tilt_deg) * eased
    bearing = (before.bearing_deg + turn * eased) % 360.0
    if share >= 1.0 or tilt < _FLAT_BELOW_DEG:
        tilt = after.tilt_deg if share >= 1.0 else 0.0
    return replace(now, tilt_deg=tilt, bearing_deg=bearing)
