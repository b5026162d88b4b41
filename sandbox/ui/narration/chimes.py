"""Plays the hall's three quiet sounds where something happens on its picture."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QEvent, QObject, QTimer, QUrl

from sandbox import files, paths
from sandbox.app.kiosk.show import Show
from sandbox.app.narration.tones import LENGTH_S, TONES, Tone, wav
from sandbox.app.session import Session
from sandbox.app.state import MapState
from sandbox.ui.crash import guarded

_LOG: Final = logging.getLogger("sandbox.kiosk")
_PERCENT: Final = 100.0


class Instrument(Protocol):
    """What plays one of the three sounds; a fault of it never leaves it."""

    def sound(self, tone: Tone, volume: int) -> None:
        """Play a sound at a volume of 0 to 100."""


class QtInstrument(QObject):
    """Plays them through the system's sound device.

    Raises
    ------
    ImportError
        The extra ``sound`` is not installed.
    OSError
        The sounds can't be laid down in the user's cache.
    """

    def __init__(self) -> None:
        super().__init__()
        from PySide6.QtMultimedia import QSoundEffect

        self._effects: dict[Tone, QSoundEffect] = {}
        for tone in TONES:
            effect = QSoundEffect(self)
            effect.setSource(QUrl.fromLocalFile(str(_laid_down(tone))))
            self._effects[tone] = effect

    def sound(self, tone: Tone, volume: int) -> None:
        """Play a sound at a volume of 0 to 100; ears hear its square as even steps."""
        self._effects[tone].setVolume((volume / _PERCENT) ** 2)
        self._effects[tone].play()


def qt_instrument() -> Instrument | None:
    """Return what plays the sounds, None where there is no sound."""
    try:
        return QtInstrument()
    except (ImportError, OSError) as error:
        _LOG.info("no sounds: %s", error)
        return None


def _laid_down(tone: Tone) -> Path:
    """Return the file of a sound; Qt plays files only."""
    folder = paths.user_cache() / "sounds"
    folder.mkdir(parents=True, exist_ok=True)
    file, made = folder / f"{tone}.wav", wav(tone)
    if not file.is_file() or file.stat().st_size != len(made):
        files.write(file, made)
    return file


class Chimes(QObject):
    """Sounds at a press, when the answer's wave spreads, and when it has arrived.

    Parameters
    ----------
    show
        Whether sounds are on, and how loud.
    session
        Whose answers spread.
    window
        What fingers press.
    moving
        Whether a finger drags; then nothing sounds.
    instrument
        Plays.
    """

    def __init__(
        self,
        show: Show,
        session: Session,
        window: QObject,
        moving: Callable[[], bool],
        instrument: Instrument,
    ) -> None:
        super().__init__()
        self._show, self._moving, self._instrument = show, moving, instrument
        self._window = window
        self._arrival = QTimer(self, singleShot=True, interval=round(LENGTH_S["wave"] * 1000))
        self._arrival.timeout.connect(lambda: self._sound("arrival"))
        self._end = session.listen(self._map_changed)
        window.installEventFilter(self)

    def close(self) -> None:
        """Sound no more."""
        self._arrival.stop()
        self._end()
        self._window.removeEventFilter(self)

    @guarded
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sound what begins with a finger, and let it pass."""
        if event.type() in (QEvent.Type.TouchBegin, QEvent.Type.MouseButtonPress):
            self._sound("press")
        return False

    def _map_changed(self, before: MapState, after: MapState) -> None:
        answer = after.answers.reach_answer
        if answer is None or answer is before.answers.reach_answer or self._moving():
            return
        self._sound("wave")
        self._arrival.start()

    def _sound(self, tone: Tone) -> None:
        state = self._show.state
        if state.sounds and not state.black and not state.frozen and state.volume > 0:
            self._instrument.sound(tone, state.volume)
