"""A new place's answer as it spreads over a map: when it begins, where it is, when it ends."""

from PySide6.QtCore import QElapsedTimer

from sandbox.app.questions import ReachAnswer
from sandbox.draw.answers.wave import Wave


class Spreading:
    """The wave of one map; nothing spreads at first."""

    def __init__(self) -> None:
        self._wave: Wave | None = None
        self._began = QElapsedTimer()

    @property
    def runs(self) -> bool:
        """Whether an answer is still spreading."""
        return self._wave is not None

    def begin(self, before: ReachAnswer | None, after: ReachAnswer) -> bool:
        """Let an answer spread where the one before had another origin; return whether it does."""
        self._wave = None
        origin = after.question.origin_lonlat
        if before is None or before.question.origin_lonlat != origin:
            self._wave = Wave(after.isochrone)
            self._began.start()
        return self.runs

    def begin_again(self) -> None:
        """Spread from the origin on, for example once a camera has arrived there."""
        self._began.start()

    def end(self) -> None:
        """Show the answer as it will rest."""
        self._wave = None

    def frame(self) -> tuple[Wave, float] | None:
        """Return the wave and for how many milliseconds it has run; None once it is over."""
        if self._wave is None:
            return None
        elapsed_ms = float(self._began.elapsed())
        if elapsed_ms >= self._wave.length_ms:
            self._wave = None
            return None
        return self._wave, elapsed_ms
