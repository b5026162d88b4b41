"""Measuring on the map: distance, area, and the way along streets through the same points."""

from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from sandbox.app.jobs import Jobs
from sandbox.app.own.measuring import (
    AlongStreets,
    along_streets,
    area_said,
    length_said,
    measured,
)
from sandbox.app.questions import LonLat
from sandbox.app.session import Session
from sandbox.errors import SandboxError
from sandbox.streets.modes import MODES
from sandbox.ui.parts.widgets import Wrapped, button, follow, label, row, words

LANE: Final = "measure"
_FROM_PX: Final = 12


class MeasureBox(QDialog):
    """Says what the points that are clicked measure; closing it ends the measuring."""

    def __init__(self, session: Session, jobs: Jobs, over: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        said = words(session)
        self.setWindowTitle(said("Measure"))
        # The map keeps the keys: Space sets points at its cross, Backspace takes one back.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        about = Wrapped("small", "second")
        about.setText(said("Click points on the map; Backspace takes the last one back."))
        self.distance, self.area, self.streets = label(), label(), Wrapped()
        self._asked: tuple[LonLat, ...] = ()
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(14)
        for line, (name, shown) in enumerate(
            (
                (said("Distance"), self.distance),
                (said("Area"), self.area),
                (said("Along streets"), self.streets),
            )
        ):
            grid.addWidget(label("small", "second", name), line, 0)
            grid.addWidget(shown, line, 1)
        again, close = button(), button()
        again.setText(said("Start again"))
        again.clicked.connect(lambda: session.change(sketch=(), sketch_kind="measure"))
        close.setText(said("Close"))
        close.clicked.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 14, 16, 12)
        whole.setSpacing(10)
        whole.addWidget(about)
        whole.addLayout(grid)
        whole.addLayout(row(None, again, close))
        self.setFixedWidth(340)
        follow(session, self, lambda s: (s.gesture.sketch, s.gesture.sketch_kind), self._show)
        session.change(sketch=(), sketch_kind="measure")
        self._show()
        self.move(over.mapToGlobal(QPoint(_FROM_PX, _FROM_PX)))

    def done(self, result: int) -> None:
        """Close; what was drawn to measure goes."""
        self._jobs.cancel(LANE)
        if self._session.state.gesture.sketch_kind == "measure":
            self._session.change(sketch=None, sketch_kind="line")
        super().done(result)

    def _show(self) -> None:
        gesture = self._session.state.gesture
        if gesture.sketch is None or gesture.sketch_kind != "measure":
            # Another drawing began, or Escape ended this one.
            if self.isVisible():
                self.reject()
            return
        points, said = gesture.sketch, words(self._session)
        found = measured(points)
        self.distance.setText(length_said(found.metres).said(said) if len(points) > 1 else "–")
        self.area.setText("–" if found.km2 is None else area_said(found.km2).said(said))
        if points != self._asked:
            self._asked = points
            self._jobs.cancel(LANE)
            self.streets.setText("–")
            if len(points) > 1:
                work = partial(along_streets, points, self._session.atlas, self._session.state)
                self._jobs.ask(LANE, work, self._along, self._failed)

    def _along(self, found: AlongStreets) -> None:
        said = words(self._session)
        self.streets.setText(
            said(
                "{length} · {minutes} min ({mode})",
                length=length_said(found.metres).said(said),
                minutes=f"{found.minutes:,.1f}",
                mode=MODES[found.mode].brief.said(said),
            )
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SandboxError):
            raise error
        self.streets.setText(error.message.said(words(self._session)))
