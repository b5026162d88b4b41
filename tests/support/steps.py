"""How long the main thread is busy at a time, as the event loop sees it."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Final

import pytest
from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from sandbox.app.kiosk.show import Show
from sandbox.app.session import Session

# What a hand calls frozen; the house's own goal is half of it.
LONGEST_S = 0.1
_PATIENCE_S, _QUIET_S, _PAUSE_S = 30.0, 0.15, 0.003
_LOG = logging.getLogger(__name__)

# Loops that a test runs.
_LOOPS: Final = (
    (QCoreApplication, "processEvents"),
    (QEventLoop, "processEvents"),
    (QEventLoop, "exec"),
    (QDialog, "exec"),
    (QTest, "qWait"),
    (QTest, "qWaitForWindowActive"),
    (QTest, "qWaitForWindowExposed"),
)
# What a hand or a remote control does, where a test does it without a loop.
_HANDS: Final = (
    (QTest, "mouseClick"),
    (QTest, "mouseDClick"),
    (QTest, "mousePress"),
    (QTest, "mouseMove"),
    (QTest, "mouseRelease"),
    (QTest, "keyClick"),
    (QTest, "keyClicks"),
    (QTest, "keyPress"),
    (QTest, "keyRelease"),
    (Session, "change"),
    (Session, "undo"),
    (Session, "redo"),
    (Show, "do"),
)
# Pictures that a test takes. No user waits for them.
_PICTURES: Final = ((QWidget, "grab"), (QWidget, "render"))


@dataclass
class Steps:
    """Steps of the main thread's event loop.

    Attributes
    ----------
    busy_s
        Processor time of the main thread in each step, with what it was called meanwhile.
        What other work does is not in it, yet it slows this thread: it takes the caches and,
        on a shared machine, the processor itself. So a test in which a step was long is done
        again, twice at most (`pyproject.toml`): what the program does wrong is long each time.
    gaps_s
        Clock time of the same steps, to be read in the log only.
    doing
        What is being done now.
    """

    busy_s: list[tuple[float, str]] = field(default_factory=list)
    gaps_s: list[float] = field(default_factory=list)
    doing: str = ""
    _began: tuple[float, float] | None = None

    def begin(self, what: str = "") -> None:
        """Begin the first step of a loop, or what a hand does."""
        self.doing = what
        self._began = time.thread_time(), time.perf_counter()

    def mark(self) -> None:
        """End the step before and begin one; a loop that waits takes no processor time."""
        if self._began is None:
            return
        busy, clock = time.thread_time(), time.perf_counter()
        self.busy_s.append((busy - self._began[0], self.doing))
        self.gaps_s.append(clock - self._began[1])
        self._began = time.thread_time(), time.perf_counter()

    def end(self) -> None:
        """End the last step: what follows is the test's own."""
        self.mark()
        self._began = None

    @contextmanager
    def left_out(self) -> Iterator[None]:
        """Leave out of a step what a test does in it, as taking a picture."""
        busy, clock = time.thread_time(), time.perf_counter()
        try:
            yield
        finally:
            if self._began is not None:
                busy, clock = time.thread_time() - busy, time.perf_counter() - clock
                self._began = self._began[0] + busy, self._began[1] + clock

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
def _marked(steps: Steps) -> Iterator[None]:
    """End a step wherever the thread's loop begins or ends a round."""
    loop = QAbstractEventDispatcher.instance()
    assert loop is not None
    # Loops of different platforms work between different ones of these two.
    for signal in (loop.awake, loop.aboutToBlock):
        signal.connect(steps.mark)
    try:
        yield
    finally:
        for signal in (loop.awake, loop.aboutToBlock):
            signal.disconnect(steps.mark)
        _LOG.info("longest clock gap %.0f ms", 1000 * max(steps.gaps_s, default=0.0))


def check(steps: Steps) -> None:
    """Fail where a step was busy for too long."""
    busy, doing = steps.worst
    # The words are known to `--only-rerun`.
    assert busy <= LONGEST_S, f"{1000 * busy:.0f} ms of processor time in one step: {doing}"


@contextmanager
def watched_steps() -> Iterator[Steps]:
    """Watch the steps of this thread's event loop; fail where one was busy for too long.

    Kernels must have been compiled before, and what is opened once must be open.
    """
    steps = Steps()
    with _marked(steps):
        steps.begin()
        yield steps
        steps.end()
    check(steps)


@contextmanager
def watched_loops(patch: pytest.MonkeyPatch) -> Iterator[Steps]:
    """Watch what a test's loops and hands do, and nothing of what the test itself does.

    A test builds windows and computes what it expects between its loops; that isn't counted.
    """
    steps = Steps()
    inside: list[str] = []

    def entered(owner: Any, name: str) -> None:
        whole = getattr(owner, name)

        @wraps(whole)
        def act(*args: Any, **kwargs: Any) -> Any:
            # A loop within a step, as a dialog's, marks steps of its own.
            if inside:
                return whole(*args, **kwargs)
            inside.append(name)
            steps.begin(f"{owner.__name__}.{name}")
            try:
                return whole(*args, **kwargs)
            finally:
                steps.end()
                inside.clear()

        bare = isinstance(vars(owner).get(name), staticmethod)
        patch.setattr(owner, name, staticmethod(act) if bare else act)

    def taken(owner: Any, name: str) -> None:
        whole = getattr(owner, name)

        @wraps(whole)
        def act(*args: Any, **kwargs: Any) -> Any:
            with steps.left_out():
                return whole(*args, **kwargs)

        patch.setattr(owner, name, act)

    for owner, name in (*_LOOPS, *_HANDS):
        entered(owner, name)
    for owner, name in _PICTURES:
        taken(owner, name)
    with _marked(steps):
        yield steps
