"""A visitor's answer as large letters over the map, and the code that takes it along."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from sandbox.app.answers.awaited import reach_awaited
from sandbox.app.kiosk.scenes import scenes
from sandbox.app.kiosk.show import Show
from sandbox.app.questions import ReachAnswer
from sandbox.app.session import Session
from sandbox.app.state import MapState
from sandbox.app.visitor.sentence import Sentence, sentence
from sandbox.draw.answers.picture import OLDER_OPACITY
from sandbox.ui.kiosk.director import Director
from sandbox.ui.kiosk.layout import Grid
from sandbox.ui.kiosk.lettering import Size, balanced, ink, line, lines_of, width_of
from sandbox.words import Language

# Letters that are read from where a group stands; smaller only where the screen is narrow.
_SIZES: Final = (Size(60, 74), Size(52, 64), Size(44, 56), Size(36, 48))
_LINES: Final = 3
_PLACE: Final = Size(30, 42)
_PAD: Final = 24.0
_CODE: Final = 176.0
_ABOVE_STEPS: Final = 22.0


class VisitorAnswer:
    """What the map answered to a visitor, told in one sentence.

    Parameters
    ----------
    show, session, director
        What is on, its map, and what its scenes ask by themselves.
    """

    def __init__(self, show: Show, session: Session, director: Director) -> None:
        self._show, self._session, self._director = show, session, director
        self._known: tuple[tuple[object, ...], Sentence | None] = (), None
        self._code: tuple[ReachAnswer, Language, QImage] | None = None

    def asked(self, state: MapState) -> bool:
        """Return whether the answer on a map is a visitor's own, and not its scene's."""
        answer, stage = state.answers.reach_answer, self._show.state.stage
        reach = scenes.reach_of(self._show.scene, stage)
        if answer is None or reach is None or not reach.press:
            return False
        of_two = state.document.against is not None and state.document.against.kind == "place"
        return of_two or answer.question != self._director.own_question()

    def said(self) -> Sentence | None:
        """Return the sentence; None where the map shows no visitor's answer."""
        state, language = self._session.state, self._show.state.language
        about = (
            state.answers.reach_answer, state.answers.against_answer, state.document.against,
            state.document.layers, self._show.state.scene, self._show.state.stage, language,
        )  # fmt: skip
        known, made = self._known
        if len(known) != len(about) or any(a is not b for a, b in zip(known, about, strict=True)):
            atlas = self._session.atlas
            made = sentence(atlas, state, language) if self.asked(state) else None
            self._known = about, made
        return made

    def keep_code(self, answer: ReachAnswer, language: Language, code: QImage) -> None:
        """Show a code beside the sentence, for as long as its answer is on the map."""
        self._code = answer, language, code

    def code(self) -> QImage | None:
        """Return the code of the answer on the map, None where there is none."""
        if self._code is None:
            return None
        answer, language, image = self._code
        same = answer is self._session.state.answers.reach_answer
        return image if same and language == self._show.state.language else None

    def box(self, grid: Grid, above: QRectF | None = None) -> QRectF:
        """Return where it stands, empty where nothing is said.

        Parameters
        ----------
        grid
            Of the screen.
        above
            What it stands above; where nothing is given, it stands where one speaks.
        """
        said = self.said()
        if said is None:
            return QRectF()
        place = QRectF(grid.spoken)
        if above is not None:
            place.moveBottom(above.top() - _ABOVE_STEPS)
        room = self._room(place)
        size = _size(said, room)
        told = balanced(said.words.first, size.px, room, _LINES)
        high = _PLACE.line + len(told) * size.line + 2 * _PAD - 8
        wide = max(width_of(said.place.first, _PLACE.px), *(width_of(one, size.px) for one in told))
        if self._code is not None:
            high = max(high, _CODE + 2 * _PAD)
        # No wider than its words: the ground that they are about is behind it.
        wide = place.width() - room + min(wide + 2.0, room) + _PAD
        return QRectF(place.left() - _PAD, place.bottom() - high, wide, high)

    def key(self, *, waits: bool) -> tuple[object, ...]:
        """Return what its picture depends on."""
        code = self.code()
        return self.said(), waits, reach_awaited(self._session.state), code and code.cacheKey()

    def paint(self, painter: QPainter, box: QRectF, *, waits: bool) -> None:
        """Paint it; while the wave still runs, the place alone."""
        said = self.said()
        if said is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink("panel", 0.9))
        painter.drawRoundedRect(box, 16, 16)
        if reach_awaited(self._session.state):
            painter.setOpacity(OLDER_OPACITY)
        inner = box.adjusted(_PAD, _PAD - 8, -_PAD, -_PAD)
        self._paint_code(painter, box)
        width = self._room(QRectF(0, 0, box.width() - _PAD, 0))
        line(painter, QRectF(inner.left(), inner.top(), width, _PLACE.line), said.place.first,
             _PLACE.px, ink("accent"))  # fmt: skip
        y = inner.top() + _PLACE.line
        size = _size(said, width)
        words = "…" if waits else said.words.first
        for one in balanced(words, size.px, width, _LINES):
            line(painter, QRectF(inner.left(), y, width, size.line), one, size.px, ink("ink"))
            y += size.line
        painter.setOpacity(1.0)

    def _paint_code(self, painter: QPainter, box: QRectF) -> None:
        code = self.code()
        if code is None:
            return
        at = QRectF(box.right() - _PAD - _CODE, box.center().y() - _CODE / 2, _CODE, _CODE)
        painter.fillRect(at, Qt.GlobalColor.white)
        painter.drawImage(at, code)

    def _room(self, place: QRectF) -> float:
        """Return how wide its letters may come out, beside the code where there is one."""
        beside = _CODE + 2 * _PAD if self._code is not None else 0.0
        return place.width() - _PAD - beside


def _size(said: Sentence, width: float) -> Size:
    """Return the largest letters in which a sentence is whole."""
    for size in _SIZES:
        if not lines_of(said.words.first, size.px, width, _LINES)[-1].endswith("…"):
            return size
    return _SIZES[-1]
