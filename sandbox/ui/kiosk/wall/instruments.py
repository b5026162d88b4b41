"""A wall's instrument: the ground in section, or what each mode reaches where one may choose."""

import logging
from collections.abc import Callable, Hashable
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from sandbox.app.jobs import Job, Jobs
from sandbox.app.kiosk.scenes.by_modes import ByModes, compared_in, reach_by_modes
from sandbox.app.kiosk.scenes.scenes import found
from sandbox.app.kiosk.show import Show
from sandbox.app.questions import ReachQuestion
from sandbox.app.session import Session
from sandbox.catalog.scenes import HERE
from sandbox.draw.answers.picture import OLDER_OPACITY
from sandbox.draw.ground.features import Ground
from sandbox.draw.ground.section import Section, section_through
from sandbox.ui.kiosk.wall.by_modes import paint_by_modes
from sandbox.ui.kiosk.wall.section import paint_section
from sandbox.words import Language

_LOG: Final = logging.getLogger("sandbox.kiosk")
_SECTION: Final = "section"
_MODES: Final = "by modes"
# An instrument lower than this can't be read; a section higher than this would be a saw, and a
# comparison look empty.
_LOWEST: Final = 230.0
_HIGHEST: Final = {False: 340.0, True: 430.0}
# It is painted as designed at this width, and grows with its column.
_WIDTH: Final = 580.0


class Instruments:
    """Keeps what a wall shows beside its map.

    Parameters
    ----------
    show, session, jobs
        What is on, its map, and where slow work is done.
    update
        Paints anew.
    """

    def __init__(
        self, show: Show, session: Session, jobs: Jobs, update: Callable[[], None]
    ) -> None:
        self._show, self._session, self._jobs, self._update = show, session, jobs, update
        self._begun = False
        self._section: Section | None = None
        self._by_modes: ByModes | None = None
        self._asked: ReachQuestion | None = None

    def begin(self) -> None:
        """Have what a wall shows computed; the section through where the kiosk stands once."""
        if self._begun:
            return
        self._begun = True
        self.follow()
        here = found(self._session.atlas, HERE)
        if here is None:
            return
        atlas, lonlat = self._session.atlas, here.lonlat

        def work(_job: Job) -> Section | None:
            return section_through(Ground(atlas), lonlat)

        self._jobs.ask(_SECTION, work, self._take_section, self._fail)

    def follow(self) -> None:
        """Have modes compared from where the map's answer is of, where the scene compares them."""
        answer = self._session.state.answers.reach_answer
        asked = None if answer is None else answer.question
        scene, stage = self._show.scene, self._show.state.stage
        modes = compared_in(self._session.atlas, scene, stage, asked)
        if asked is None or not modes or not self._begun or asked == self._asked:
            return
        if self._jobs.waits(_MODES):
            # What is being computed comes first, or a finger that drags would see nothing.
            return
        self._asked = asked
        work = partial(reach_by_modes, self._session.atlas, scene, stage, asked, modes)
        self._jobs.ask(_MODES, work, self._take_modes, self._fail)

    def box(self, room: QRectF) -> QRectF | None:
        """Return where it stands in what is left of a column: at its foot; None without room."""
        if self._shown() is None or room.height() < _LOWEST:
            return None
        high = min(room.height(), _HIGHEST[isinstance(self._shown(), ByModes)])
        return QRectF(room.left(), room.bottom() - high, room.width(), high)

    def key(self) -> Hashable:
        """Return what its picture depends on."""
        return id(self._shown()), self._older()

    def paint(self, painter: QPainter, box: QRectF, language: Language) -> None:
        """Paint it, as large as its column is wide."""
        shown, larger = self._shown(), max(1.0, box.width() / _WIDTH)
        painter.save()
        painter.translate(box.topLeft())
        painter.scale(larger, larger)
        place = QRectF(0.0, 0.0, box.width() / larger, box.height() / larger)
        if self._older():
            painter.setOpacity(OLDER_OPACITY)
        if isinstance(shown, ByModes):
            paint_by_modes(painter, place, shown, language)
        elif shown is not None:
            paint_section(painter, place, shown, language)
        painter.restore()

    def _shown(self) -> Section | ByModes | None:
        asked = self._session.state.document.reach
        scene, stage = self._show.scene, self._show.state.stage
        if compared_in(self._session.atlas, scene, stage, asked):
            return self._by_modes
        return self._section

    def _older(self) -> bool:
        """Return whether it compares modes from where nobody asks any more."""
        shown, asked = self._shown(), self._session.state.document.reach
        return isinstance(shown, ByModes) and asked is not None and shown.question != asked

    def _take_section(self, made: Section | None) -> None:
        self._section = made
        self._update()

    def _take_modes(self, made: ByModes) -> None:
        self._by_modes = made
        self.follow()
        self._update()

    @staticmethod
    def _fail(error: Exception) -> None:
        # A wall without its instrument is better than none.
        _LOG.error("instrument: %s", error)
