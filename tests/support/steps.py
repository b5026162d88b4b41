"""How long the main thread is busy at a time, as the event loop sees it."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QTimer

# What a hand calls frozen; the house's own goal is half of it.
LONGEST_S = 0.1
_PATIENCE_S, _QUIET_S, _PAUSE_S = 30.0, 0.15, 0.003
_LOG = logging.getLogger(__name__)


@dataclass
class Steps:
    """Steps of the main thread's event loop.

    Attributes
    ----------
    busy_s
        Processor time of the main thread in each step, with what it was called meanwhile.
        The machine's other work is not in it, so a slow machine fails no test.
    gaps_s
        Clock time of the same steps, to be read in the log only.
    doing
        What is being done now.
    """

    busy_s: list[tuple[float, str]] = field(default_factory=list)
    gaps_s: list[float] = field(default_factory=list)
    doing: str = ""
    _began: tuple[float, float] | None = None

    def mark(self) -> None:
        """End the step before and begin one; a loop that waits takes no processor time."""
        busy, clock = time.thread_time(), time.perf_counter()
        if self._began is not None:
            self.busy_s.append((busy - self._began[0], self.doing))
            self.gaps_s.append(clock - self._began[1])
        self._began = time.thread_time(), time.perf_counter()

    def do(self, what: str, action: Callable[[], object]) -> None:
        """Do something from within the event loop, as a hand's touch is done."""

        def act() -> None:
            self.doing = what
            action()

        QTimer.singleShot(0, act)

    def done(self, what: str, action: Callable[[], object], ended: Callable[[], bool]) -> None:
        """Do something, and let the loop run until it is all on screen."""
        self.do(what, action)
        begun, quiet_s = time.monotonic(), 0.0
        while quiet_s < _QUIET_S:
            QCoreApplication.processEvents()
            time.sleep(_PAUSE_S)
            quiet_s = quiet_s + _PAUSE_S if ended() and self.doing == what else 0.0
            assert time.monotonic() - begun < _PATIENCE_S, what

    @property
    def worst(self) -> tuple[float, str]:
        """The longest step."""
        return max(self.busy_s, default=(0.0, ""))


@contextmanager
def watched_steps() -> Iterator[Steps]:
    """Watch the steps of this thread's event loop; fail where one was busy for too long.

    Kernels must have been compiled before, and what is opened once must be open.
    """
    loop = QAbstractEventDispatcher.instance()
    assert loop is not None
    steps = Steps()
    # Loops of different platforms work between different ones of these two.
    for signal in (loop.awake, loop.aboutToBlock):
        signal.connect(steps.mark)
    steps.mark()
    try:
        yield steps
    finally:
        for signal in (loop.awake, loop.aboutToBlock):
            signal.disconnect(steps.mark)
        steps.mark()
        _LOG.info("longest clock gap %.0f ms", 1000 * max(steps.gaps_s, default=0.0))
    busy, doing = steps.worst
    assert busy <= LONGEST_S, f"{1000 * busy:.0f} ms of processor time in one step: {doing}"
