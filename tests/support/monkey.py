"""A touch monkey: seeded hands, remote keys, control units and idle hours on a kiosk's window."""

import gc
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Jobs
from sandbox.app.kiosk.config import ControlConfig
from sandbox.app.kiosk.control import Switchboard
from sandbox.app.kiosk.show import Show
from sandbox.app.session import Session
from sandbox.app.settings import Settings
from sandbox.catalog.scenes import Scene
from sandbox.ui.kiosk.director import Director
from sandbox.ui.kiosk.lock import Lock
from sandbox.ui.kiosk.run import begun
from sandbox.ui.kiosk.window import KioskWindow
from sandbox.ui.post import Post
from sandbox.ui.remote.control import Answering

_SIZE = (1920, 1080)
_STRETCHES = 10


class Clock:
    """The hall's time, which the monkey makes pass."""

    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@dataclass
class Report:
    """What was done, what a first frame cost, and how memory went.

    A frame is measured from the finger's event to the end of the first painting after it: in
    processor time of the window's thread, in which what else the machine does doesn't matter,
    and by the clock, which is what a finger waits.

    Attributes
    ----------
    done
        How often what was done.
    painted_ms, waited_ms
        Of each touch, to its first frame: processor time, and time by the clock.
    memory
        Action, seconds since the first, and memory then in KB.
    left
        How often a way out was found.
    """

    done: dict[str, int] = field(default_factory=dict)
    painted_ms: list[float] = field(default_factory=list)
    waited_ms: list[float] = field(default_factory=list)
    memory: list[tuple[int, float, float]] = field(default_factory=list)
    left: int = 0

    def slope_kb(self, warm_s: float) -> tuple[float, float]:
        """Growth of memory a thousand actions after so many seconds, and its noise, in KB.

        Neighbouring readings depend on one another, so the line is drawn through the means of
        ten stretches; the noise is twice the standard error of its slope.
        """
        rows = np.array([(at, kb) for at, spent_s, kb in self.memory if spent_s >= warm_s])
        means = np.array([part.mean(axis=0) for part in np.array_split(rows, _STRETCHES)])
        at, kb = (means - means.mean(axis=0)).T
        slope = (at @ kb) / (at @ at)
        error = np.sqrt(((kb - slope * at) ** 2).sum() / (_STRETCHES - 2) / (at @ at))
        return float(slope) * 1000.0, float(error) * 2000.0


class Watched(KioskWindow):
    """A kiosk's window that notes when it was painted first after a mark."""

    painted_s: tuple[float, float] | None = None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.painted_s is None:
            self.painted_s = time.thread_time(), time.perf_counter()


class Monkey:
    """A window with a show, and what plays with it."""

    def __init__(self, atlas: Atlas, scenes: list[Scene], seed: int) -> None:
        self.report = Report()
        self.clock = Clock()
        self.restarts = 0
        self.post = Post()
        self.jobs = Jobs(self.post)
        self.show = Show(scenes, "zh", restart=self._restarted)
        session = Session(atlas, begun(atlas, Settings(), "zh"))
        self.director = Director(self.show, session, self.jobs, self.clock)
        lock = Lock("97531", self.clock)
        self.window = Watched(
            self.show, session, self.director, lock, on_leave=self._left, motion=True
        )
        self.window.resize(*_SIZE)
        self.window.show()
        self._random = random.Random(seed)  # noqa: S311
        self.fingers = QTest.createTouchDevice()
        self._board = Switchboard(ControlConfig(), self.clock)
        self._answering = Answering(ControlConfig(), self.show.do)
        self._messages = sorted(self._board.table)
        self._plays: dict[str, tuple[int, Callable[[], None]]] = {
            "tap": (30, self._tap),
            "button": (25, self._button),
            "drag": (14, self._drag),
            "pinch": (8, self._pinch),
            "language": (5, lambda: self._do("language", "")),
            "remote": (5, self._key),
            "control": (8, self._control),
            "idle": (5, self._idle),
        }

    def play(self, actions: int, every: int = 100) -> Report:
        """Play so many times; note the memory every so many."""
        names = list(self._plays)
        weights = [self._plays[name][0] for name in names]
        began_s = time.monotonic()
        for number in range(actions):
            (name,) = self._random.choices(names, weights)
            self.report.done[name] = self.report.done.get(name, 0) + 1
            self._plays[name][1]()
            QApplication.processEvents()
            self.clock.now_s += self._random.uniform(0.2, 8.0)
            self.director.tick()
            if number % every == 0:
                self._settle()
                gc.collect()
                spent_s = time.monotonic() - began_s
                self.report.memory.append((number, spent_s, resident_kb()))
        self._settle()
        return self.report

    def close(self) -> None:
        """End everything."""
        self._settle()
        self.window.leave()
        self.jobs.close()
        self.post.close()
        self.window.deleteLater()

    def _settle(self) -> None:
        end = time.monotonic() + 20.0
        while self.jobs.busy and time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.002)

    def _restarted(self) -> None:
        self.restarts += 1

    def _left(self) -> None:
        self.report.left += 1

    def _at(self) -> QPoint:
        return QPoint(self._random.randrange(_SIZE[0]), self._random.randrange(_SIZE[1]))

    def _press(self, at: QPoint) -> None:
        touch = QTest.touchEvent
        self._timed(touch(self.window, self.fingers).press(0, at, self.window))
        self._timed(touch(self.window, self.fingers).release(0, at, self.window))

    def _timed(self, touch: QTest.QTouchEventSequence) -> None:
        """Send a finger's event, and note what its first frame cost."""
        QApplication.processEvents()
        self.window.painted_s = None
        busy_s, clock_s = time.thread_time(), time.perf_counter()
        touch.commit()
        if self.window.painted_s is None:
            self.window.repaint()
        assert self.window.painted_s is not None
        self.report.painted_ms.append((self.window.painted_s[0] - busy_s) * 1e3)
        self.report.waited_ms.append((self.window.painted_s[1] - clock_s) * 1e3)

    def _tap(self) -> None:
        self._press(self._at())

    def _button(self) -> None:
        targets = self.window.targets
        if not targets:
            self._tap()
            return
        at = self._random.choice(targets).box.center() * self.window.grid.scale
        self._press(QPointF(at).toPoint())

    def _drag(self) -> None:
        at, to = self._at(), self._at()
        QTest.touchEvent(self.window, self.fingers).press(0, at, self.window).commit()
        for step in range(1, 7):
            between = at + (to - at) * step / 6
            QTest.touchEvent(self.window, self.fingers).move(0, between, self.window).commit()
            QApplication.processEvents()
        QTest.touchEvent(self.window, self.fingers).release(0, to, self.window).commit()

    def _pinch(self) -> None:
        a, b = self._at(), self._at()
        touch = QTest.touchEvent
        touch(self.window, self.fingers).press(0, a, self.window).press(1, b, self.window).commit()
        middle = (a + b) / 2
        for share in (0.3, 0.6):
            touch(self.window, self.fingers).move(0, a + (middle - a) * share, self.window).move(
                1, b + (middle - b) * share, self.window
            ).commit()
        touch(self.window, self.fingers).release(0, middle, self.window).release(
            1, middle, self.window
        ).commit()

    def _key(self) -> None:
        keys = (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_F, Qt.Key.Key_L, Qt.Key.Key_B)
        QTest.keyClick(self.window, self._random.choice((*keys, Qt.Key.Key_Escape, Qt.Key.Key_F4)))

    def _do(self, action: str, argument: str) -> None:
        self.show.do(action, argument)

    def _control(self) -> None:
        if self._random.random() < 0.3:
            self._answering(self._board.order(self._random.randbytes(self._random.randrange(300))))
            return
        self._answering(self._board.order(self._random.choice(self._messages)))
        # A dark or frozen picture would be all that the rest sees.
        self.show.change(black=False, frozen=False, mode="touch")

    def _idle(self) -> None:
        for _ in range(self._random.randrange(1, 12)):
            self.clock.now_s += self._random.uniform(5.0, 60.0)
            self.director.tick()
            QApplication.processEvents()


def resident_kb() -> float:
    """Memory of this process that is in use, KB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4.0
