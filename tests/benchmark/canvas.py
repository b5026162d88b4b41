"""How fast the map follows hands: pan, zoom, and from a move of the pin to its new isochrone.

Run as ``python -m tests.benchmark.canvas``; it draws offscreen, through the same window,
jobs and painting that a person has.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from sandbox.analysis.isochrone import isochrone
from sandbox.app import moving
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job, Jobs
from sandbox.app.opening import first_state, open_atlas
from sandbox.app.questions import ReachAnswer, ReachQuestion
from sandbox.app.session import Session
from sandbox.app.settings import Settings
from sandbox.app.state import View
from sandbox.streets.modes import Mode
from sandbox.ui.planner.canvas import Canvas
from sandbox.ui.planner.window import Planner
from sandbox.ui.post import Post
from sandbox.ui.start import application

PLACE = (106.3150, 29.5150)
FRAMES = 90


@dataclass(frozen=True)
class Row:
    """One line of the table, milliseconds."""

    what: str
    median_ms: float
    p95_ms: float
    target: str


def rows() -> list[Row]:
    """Measure everything and return the table."""
    application("zh")
    atlas = open_atlas(None, Settings(), Job("opening", lambda _: None))
    found: list[Row] = []
    for name, size, limit in (
        ("1080p", (1920, 1080), 16),
        ("4K", (3840, 2160), 33),
    ):
        for theme in ("light", "dark"):
            with _canvas(atlas, size, theme) as (canvas, _):
                target = f"median <= {limit}"
                found.append(_row(f"pan, {name}, {theme}", _pan(canvas), target))
                found.append(_row(f"zoom, {name}, {theme}", _zoom(canvas), target))
    for theme in ("light", "dark"):
        with _canvas(atlas, (1920, 1080), theme) as (canvas, session):
            times = _follow(canvas, session, atlas)
            found.append(_row(f"search, bands, paint: 1080p, {theme}", times, "p95 <= 16"))
    for theme in ("light", "dark"):
        with _planner(atlas, theme) as (planner, session):
            times = _drag(planner, session)
            found.append(
                _row(
                    f"pin moved -> isochrone painted, 1080p, {theme} ({len(times)} of {FRAMES})",
                    times,
                    "p95 <= 16",
                )
            )
    # By line the pin's answers come from 12 departures while it moves, from 60 when it rests.
    for mode, target in (("bike", "p95 <= 16"), ("drive", ""), ("transit", "p95 <= 100")):
        with _planner(atlas, "light", mode) as (planner, session):
            times = _drag(planner, session)
            what = f"pin moved -> isochrone painted, {mode}, 1080p ({len(times)} of {FRAMES})"
            found.append(_row(what, times, target))
            found.append(_row(f"pin let go -> painted, {mode}, 1080p", _rest(planner, session), ""))
    return found


def table(measured: list[Row]) -> str:
    """Return the rows as Markdown."""
    lines = ["| what | median ms | p95 ms | target |", "|---|---:|---:|---|"]
    lines += [f"| {r.what} | {r.median_ms:.1f} | {r.p95_ms:.1f} | {r.target} |" for r in measured]
    return "\n".join(lines)


def _row(what: str, times: list[float], target: str) -> Row:
    # Where others use the machine too, it can happen that nothing was painted in time.
    median, late = np.percentile(times, (50, 95)) if times else (np.nan, np.nan)
    return Row(what, float(median), float(late), target)


@contextmanager
def _canvas(atlas: Atlas, size: tuple[int, int], theme: str) -> Iterator[tuple[Canvas, Session]]:
    state = first_state(atlas, Settings(theme=theme), "zh")
    session = Session(atlas, state)
    canvas = Canvas(session, motion=False)
    canvas.resize(QSize(*size))
    canvas.show()
    session.change(view=View(PLACE, 6.0))
    canvas.complete()
    try:
        yield canvas, session
    finally:
        canvas.release()
        canvas.close()


def _pan(canvas: Canvas) -> list[float]:
    def step(index: int) -> None:
        canvas.pan((-6.0, 3.0) if index % 60 < 30 else (6.0, -3.0))

    return _frames(canvas, step)


def _zoom(canvas: Canvas) -> list[float]:
    def step(index: int) -> None:
        canvas.zoom(1.03 if index % 60 < 30 else 1 / 1.03)

    return _frames(canvas, step)


def _follow(canvas: Canvas, session: Session, atlas: Atlas) -> list[float]:
    """Answer and paint one place after another, without the window round the map."""
    lon, lat = PLACE

    def step(index: int) -> None:
        question = ReachQuestion((lon + index * 1.3e-5, lat + index * 0.7e-5))
        found = isochrone(atlas.network, question.origin_lonlat, question.minutes)
        session.change(reach=question, reach_answer=ReachAnswer(question, found, ()))

    session.change(view=View(PLACE, 3.0))
    canvas.complete()
    return _frames(canvas, step)


def _frames(canvas: Canvas, step: Callable[[int], None]) -> list[float]:
    times: list[float] = []
    for index in range(FRAMES):
        began = time.perf_counter()
        step(index)
        canvas.repaint()
        times.append((time.perf_counter() - began) * 1000.0)
        _breathe(0.004)
    return times


def _breathe(seconds: float) -> None:
    """Let the event loop and the other threads have their turn, as between two frames."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        QApplication.processEvents()
        time.sleep(0.001)


class _Painted(QObject):
    """Notes when a widget has been painted, and with which answer."""

    def __init__(self, widget: QWidget, session: Session) -> None:
        super().__init__()
        self._session = session
        self.at: dict[tuple[float, float], float] = {}
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Paint now, take the time, and spare Qt painting it again."""
        if event.type() != QEvent.Type.Paint:
            return False
        watched.event(event)
        answer = self._session.state.answers.reach_answer
        if answer is not None:
            self.at.setdefault(answer.question.origin_lonlat, time.perf_counter())
        return True


@contextmanager
def _planner(atlas: Atlas, theme: str, mode: Mode = "walk") -> Iterator[tuple[Planner, Session]]:
    settings = Settings(theme=theme, motion=False)
    state = first_state(atlas, settings, "zh")
    post = Post()
    session = Session(atlas, state)
    planner = Planner(session, Jobs(post), settings, remember=False)
    planner.resize(1920, 1080)
    planner.show()
    question = moving.by_mode(ReachQuestion(PLACE), mode, atlas)
    session.change(reach=question, view=View(PLACE, 3.0 if mode == "walk" else 12.0))
    _breathe(1.0)
    planner.map.canvas.complete()
    _breathe(0.5)
    try:
        yield planner, session
    finally:
        planner.close()
        post.close()


def _drag(planner: Planner, session: Session) -> list[float]:
    """Drag the pin along a line as a hand does, 60 moves a second; time each answer."""
    canvas = planner.map.canvas
    painted = _Painted(canvas, session)
    x, y = canvas.viewport.px_of_lonlat(PLACE)
    _mouse(canvas, QEvent.Type.MouseButtonPress, x, y)
    moved_at: dict[tuple[float, float], float] = {}
    for index in range(FRAMES):
        # Nowhere twice, so that each answer belongs to one move.
        x, y = x + 2.07, y + (1.0 if index % 40 < 20 else -1.0)
        began = time.perf_counter()
        _mouse(canvas, QEvent.Type.MouseMove, x, y)
        if session.state.document.reach is not None:
            moved_at[session.state.document.reach.origin_lonlat] = began
        _breathe(0.0167)
    _mouse(canvas, QEvent.Type.MouseButtonRelease, x, y)
    _breathe(0.3)
    # A move that was overtaken by a newer one before it was answered has no time.
    return [(painted.at[o] - began) * 1000.0 for o, began in moved_at.items() if o in painted.at]


def _rest(planner: Planner, session: Session) -> list[float]:
    """Ask from one place after another with no hand moving; time each whole answer's painting."""
    painted = _Painted(planner.map.canvas, session)
    times: list[float] = []
    for index in range(FRAMES // 6):
        lon, lat = PLACE
        at = (lon + 2e-4 * (index + 1), lat + 1e-4 * (index + 1))
        began = time.perf_counter()
        session.change(reach=replace(session.state.document.reach, origin_lonlat=at, place=None))
        while at not in painted.at and time.perf_counter() - began < 10.0:
            _breathe(0.002)
        times.append((painted.at[at] - began) * 1000.0)
        _breathe(0.1)
    return times


def _mouse(canvas: Canvas, kind: QEvent.Type, x: float, y: float) -> None:
    left = Qt.MouseButton.LeftButton
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else left
    event = QMouseEvent(
        kind, QPointF(x, y), QPointF(x, y), button, left, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(canvas, event)


if __name__ == "__main__":
    print(table(rows()))
