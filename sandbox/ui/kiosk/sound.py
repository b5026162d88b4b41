"""Narration of the show: heard where there is sound, read as subtitles in any case."""

import logging
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer, QUrl

from sandbox.app.kiosk.show import Show, ShowState
from sandbox.app.narration.film import named_at
from sandbox.catalog.narration import Narration
from sandbox.catalog.scenes import Spoken

_LOG: Final = logging.getLogger("sandbox.kiosk")
_LOOK_MS: Final = 100
_PERCENT: Final = 100.0


class Speaker(Protocol):
    """What plays sound files; a fault of it never leaves it."""

    def play(self, file: Path) -> None:
        """Play a file from its beginning, in the place of any other."""

    def pause(self, paused: bool) -> None:
        """Hold on, or go on."""

    def stop(self) -> None:
        """Play nothing any more."""

    def loud(self, volume: int) -> None:
        """Set the volume, 0 to 100."""


class QtSpeaker(QObject):
    """Plays through the system's sound device; without one it is silent and goes on.

    Parameters
    ----------
    fault
        Told what can't be played, for the operator.

    Raises
    ------
    ImportError
        The extra ``sound`` is not installed.
    """

    def __init__(self, fault: Callable[[str], None]) -> None:
        super().__init__()
        from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer

        self._fault = fault
        self._output = QAudioOutput(self)
        self._player = QMediaPlayer(self)
        self._player.setAudioOutput(self._output)
        self._player.errorOccurred.connect(self._failed)
        self._devices = QMediaDevices(self)
        # A device was removed or added: the system's present default is used.
        self._devices.audioOutputsChanged.connect(
            lambda: self._output.setDevice(QMediaDevices.defaultAudioOutput())
        )

    def play(self, file: Path) -> None:
        """Play a file from its beginning, in the place of any other."""
        self._player.setSource(QUrl.fromLocalFile(str(file)))
        self._player.play()

    def pause(self, paused: bool) -> None:
        """Hold on, or go on."""
        if paused:
            self._player.pause()
        elif not self._player.source().isEmpty():
            self._player.play()

    def stop(self) -> None:
        """Play nothing any more."""
        self._player.stop()
        self._player.setSource(QUrl())

    def loud(self, volume: int) -> None:
        """Set the volume, 0 to 100; ears hear its square as even steps."""
        self._output.setVolume((volume / _PERCENT) ** 2)

    def _failed(self, _error: object, text: str) -> None:
        _LOG.warning("sound: %s", text)
        self._fault(text)


def qt_speaker(fault: Callable[[str], None]) -> Speaker | None:
    """Return what plays sound, None where the extra ``sound`` is not installed."""
    try:
        return QtSpeaker(fault)
    except ImportError:
        return None


class Narrator(QObject):
    """Follows the show: starts a scene's narration, holds it when frozen or black.

    Parameters
    ----------
    show
        What is on.
    narrations
        By scene and language; scenes without are silent.
    speaker
        What plays sound; None for none.
    subtitle
        Shows a line, empty for none.
    now_s
        A clock that never jumps.
    film
        What is told instead while scenes follow one another by themselves.
    pulse
        Has the place pulse that a sentence of the film names.
    """

    def __init__(
        self,
        show: Show,
        narrations: Mapping[tuple[str, str], Narration],
        speaker: Speaker | None,
        subtitle: Callable[[str], None],
        now_s: Callable[[], float] = time.monotonic,
        *,
        film: Mapping[tuple[str, str], Narration] = MappingProxyType({}),
        pulse: Callable[[str], None] = lambda _where: None,
    ) -> None:
        super().__init__()
        self._film, self._pulse = film, pulse
        self._said: Spoken | None = None
        self._show, self._narrations, self._speaker = show, narrations, speaker
        self._subtitle, self._now_s = subtitle, now_s
        self._heard_s, self._since_s = 0.0, now_s()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._end = show.listen(self._changed)
        if speaker is not None:
            speaker.loud(show.state.volume)
        self._begin()

    def look(self) -> None:
        """Show the sentence that is spoken now."""
        at_s = self._at_s()
        self._subtitle(self._narration().said_at(at_s))
        said = named_at(self._show.scene, at_s) if self._show.state.attract else None
        if said is not self._said:
            self._said = said
            if said is not None and said.names is not None and not self._held():
                self._pulse(said.names)

    def close(self) -> None:
        """Say nothing any more."""
        self._timer.stop()
        self._end()
        if self._speaker is not None:
            self._speaker.stop()

    def _narration(self) -> Narration:
        state = self._show.state
        told = self._narrations.get((state.scene, state.language), Narration())
        return self._film.get((state.scene, state.language), told) if state.attract else told

    def _held(self) -> bool:
        return self._show.state.frozen or self._show.state.black

    def _at_s(self) -> float:
        return self._heard_s + (0.0 if self._held() else self._now_s() - self._since_s)

    def _begin(self) -> None:
        told = self._narration()
        self._heard_s, self._since_s = 0.0, self._now_s()
        if self._speaker is not None:
            if told.sound is None:
                self._speaker.stop()
            else:
                self._speaker.play(told.sound)
                self._speaker.pause(self._held())
        if told.lines:
            self._timer.start()
        else:
            self._timer.stop()
        self.look()

    def _changed(self, before: ShowState, after: ShowState) -> None:
        if self._speaker is not None and before.volume != after.volume:
            self._speaker.loud(after.volume)
        was, held = before.frozen or before.black, self._held()
        if was != held:
            now_s = self._now_s()
            self._heard_s += now_s - self._since_s if held else 0.0
            self._since_s = now_s
            if self._speaker is not None:
                self._speaker.pause(held)
        if (before.scene, before.language, before.attract) != (
            after.scene,
            after.language,
            after.attract,
        ):
            self._begin()
