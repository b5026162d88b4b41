"""The sheet with the code by which a visitor takes the map along."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from html import escape
from threading import Lock
from typing import Any, Final

import numpy as np
import segno
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QTouchEvent
from PySide6.QtWidgets import QWidget

from sandbox.app import places
from sandbox.app.answering import answered_again, put_away
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Post
from sandbox.app.kiosk.blocks import Pair, pair
from sandbox.app.kiosk.config import TakeConfig
from sandbox.app.kiosk.handout import Handouts
from sandbox.app.kiosk.show import Show, ShowState
from sandbox.app.kiosk.web import Web
from sandbox.app.questions import Question, ReachAnswer
from sandbox.app.state import MapState
from sandbox.export.page import panel as page_words
from sandbox.ui.crash import guarded
from sandbox.ui.kiosk.lettering import ink, line, panel
from sandbox.ui.kiosk.window import KioskWindow
from sandbox.words import Language, Text, words_of

_CODE_PX: Final = 8
_SHOWN_MS: Final = 45_000
_PLACES: Final = 5
# A finger that has not moved for this long has chosen.
_RESTS_MS: Final = 30
# Pages are written one after the other: the show needs the processors too.
_ONE_PAGE: Final = Lock()
_TEXT_AT_MOST: Final = 600
_SHEET: Final = (560.0, 700.0)
_CENTER: Final = Qt.AlignmentFlag.AlignHCenter
_WAIT: Final = Text("Preparing your map…")
_WAIT_NOTE: Final = Text("A few seconds")
_SERVED: Final = Text("Scan to take this map with you")
_WRITTEN: Final = Text("Scan to take this result with you")
_WRITTEN_NOTE: Final = Text("A short text; no network needed")


def code(text: str) -> QImage:
    """Return the QR code of a text, black on white with its quiet margin."""
    made = segno.make(text, error="m", micro=False)
    dark = np.array([list(row) for row in made.matrix_iter(scale=_CODE_PX, border=4)], bool)
    grey = np.ascontiguousarray(np.where(dark, 0, 255).astype(np.uint8))
    high, wide = grey.shape
    return QImage(grey.data, wide, high, wide, QImage.Format.Format_Grayscale8).copy()


def result_text(atlas: Atlas, state: MapState) -> str:
    """Return the answer on screen in a few lines of the show's language."""
    language = state.language
    said = page_words.title(atlas, state)
    say = words_of(language)
    lines = [said.zh if language == "zh" else said.en]
    mark = page_words.schematic(atlas, state)
    if mark is not None:
        lines.append(mark.zh if language == "zh" else mark.en)
    answer = state.answers.reach_answer
    if answer is not None:
        isochrone = answer.isochrone
        lines += [
            say("{minutes} min", minutes=f"{minutes:g}")
            + " · "
            + say("{area} km²", area=f"{area:.1f}")
            for minutes, area in zip(isochrone.minutes, isochrone.areas_km2, strict=True)
        ]
        for one in places.reached(state)[:_PLACES]:
            place = places.place(atlas.layers, places.Selected(one.layer, one.id))
            if place is not None:
                minutes = say("{minutes} min", minutes=f"{one.minutes:.0f}")
                lines.append(f"{place.name(language)} {minutes}")
    return "\n".join(lines)[:_TEXT_AT_MOST]


class Take(QObject):
    """Makes the code when a visitor asks, and shows it.

    Parameters
    ----------
    config
        Whether and where maps are served.
    show
        Takes the sheet away when it goes on to something else.
    window
        Shows the button and the sheet.
    post
        The way back from the thread that writes the page.

    Raises
    ------
    ControlError
        The port can't be listened at.
    """

    def __init__(self, config: TakeConfig, show: Show, window: KioskWindow, post: Post) -> None:
        super().__init__()
        self._config, self._window, self._post = config, window, post
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="sandbox-take")
        self._handouts = Handouts(config.minutes * 60.0)
        self._web: Web | None = None
        # Presses so far, whether one is being answered, and the newest that waits for it.
        self._asked = 0
        self._making = False
        self._next: tuple[int, Atlas, MapState] | None = None
        # Beside each answer to a visitor, once the finger rests.
        self._rests = QTimer(self, interval=_RESTS_MS, singleShot=True)
        self._rests.timeout.connect(self._code_answer)
        self._ends = [window.session.listen(self._map_changed)]
        self.sheet = Sheet(window)
        if config.port is not None:
            self._web = Web(self._handouts, config.listen, config.port, "take")
        self._ends.append(show.listen(self._changed))
        window.offer_take(self.ask)

    def ask(self) -> None:
        """Show the sheet at once, and on it the code of what is on screen now when it is made."""
        session = self._window.session
        self._say(_WAIT, _WAIT_NOTE, None)
        self._asked += 1
        wanted = self._asked, session.atlas, session.state
        if self._making:
            self._next = wanted
            return
        self._making = True
        self._writer.submit(self._make, *wanted)

    def close(self) -> None:
        """Serve no more."""
        self._next = None
        self._writer.shutdown(wait=True, cancel_futures=True)
        self._rests.stop()
        for end in self._ends:
            end()
        self.sheet.away()
        if self._web is not None:
            self._web.close()

    def _changed(self, before: ShowState, after: ShowState) -> None:
        """Take the sheet away where another scene, the loop or a dark picture was ordered."""
        if before.language != after.language:
            self._rests.start()
        if (before.scene, before.black, before.attract) != (
            after.scene,
            after.black,
            after.attract,
        ):
            self.sheet.away()

    def _map_changed(self, before: MapState, after: MapState) -> None:
        if after.answers.reach_answer is not before.answers.reach_answer:
            self._rests.start()

    def _code_answer(self) -> None:
        """Have the code of a visitor's answer made, for beside its sentence."""
        session = self._window.session
        if self._window.visitor.asked(session.state):
            self._writer.submit(self._make_beside, session.atlas, session.state)

    def _make_beside(self, atlas: Atlas, state: MapState) -> None:
        answer = state.answers.reach_answer
        assert answer is not None  # noqa: S101
        image = code(self._served(atlas, state) or result_text(atlas, state))
        self._post(partial(self._made_beside, answer, state.language, image))

    def _made_beside(self, answer: ReachAnswer, language: Language, image: QImage) -> None:
        self._window.visitor.keep_code(answer, language, image)
        self._window.update()

    def _make(self, number: int, atlas: Atlas, state: MapState) -> None:
        try:
            address = self._served(atlas, state)
            image = code(address or result_text(atlas, state))
        # An error that is lost on this thread would leave the button without effect for good.
        except Exception as error:
            self._post(partial(self._failed, error))
        else:
            self._post(partial(self._made, number, image, served=bool(address)))

    def _served(self, atlas: Atlas, state: MapState) -> str:
        """Keep a page of the map; return its address, empty where it can't be fetched."""
        if self._web is None or not self._config.address:
            return ""
        short = f"<!doctype html><meta charset=utf-8><pre>{escape(result_text(atlas, state))}</pre>"
        return self._config.address.rstrip("/") + self._handouts.offer(
            partial(_page, atlas, *put_away(state)), short
        )

    def _made(self, number: int, image: QImage, *, served: bool) -> None:
        self._make_next()
        if number != self._asked or self.sheet.isHidden():
            return
        minutes = {"minutes": f"{self._config.minutes:g}"}
        note = Text("On the kiosk's network, for {minutes} minutes", minutes)
        if served:
            self._say(_SERVED, note, image)
        else:
            self._say(_WRITTEN, _WRITTEN_NOTE, image)

    def _failed(self, error: Exception) -> None:
        self.sheet.away()
        self._make_next()
        raise error

    def _make_next(self) -> None:
        wanted, self._next = self._next, None
        self._making = wanted is not None
        if wanted is not None:
            self._writer.submit(self._make, *wanted)

    def _say(self, title: Text, note: Text, image: QImage | None) -> None:
        language = self._window.session.state.language
        self.sheet.lay((pair(title, language), pair(note, language)), image)


def _page(atlas: Atlas, state: MapState, asked: Sequence[Question[Any]]) -> str:
    # The modules that write pages take a while to load, and the show must be back before that.
    from sandbox.export.compare import screen_html

    with _ONE_PAGE:
        return screen_html(atlas, answered_again(atlas, state, asked))


class Sheet(QWidget):
    """The code over the whole window; a touch, or some time, takes it away.

    One sheet serves all visitors. It only hides, so that nobody holds one that Qt has deleted.

    Parameters
    ----------
    window
        What it lies over.
    """

    def __init__(self, window: KioskWindow) -> None:
        super().__init__(window)
        self._window = window
        self._image: QImage | None = None
        self._words = (Pair("", ""), Pair("", ""))
        self.hide()
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        window.installEventFilter(self)
        self._timer = QTimer(self, interval=_SHOWN_MS)
        self._timer.timeout.connect(self.away)

    @property
    def image(self) -> QImage | None:
        """The code; None while it is being made."""
        return self._image

    def lay(self, words: tuple[Pair, Pair], image: QImage | None) -> None:
        """Show what to do and a note, with the code once there is one."""
        self._words, self._image = words, image
        self.resize(self._window.size())
        self._timer.start()
        self.show()
        self.raise_()
        self.update()

    def away(self) -> None:
        """Show the map again."""
        self._timer.stop()
        self.hide()

    @guarded
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize:
            self.resize(self._window.size())
        return False

    @guarded
    def event(self, event: QEvent) -> bool:
        """Take fingers here: the window beneath must not feel them."""
        if isinstance(event, QTouchEvent):
            event.accept()
            if event.type() == QEvent.Type.TouchEnd:
                self.away()
            return True
        return super().event(event)

    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go; the touch does nothing else."""
        event.accept()
        self.away()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a dimmed window and the sheet in its middle."""
        scale = self._window.grid.scale
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), ink("panel", 0.6))
        painter.scale(scale, scale)
        middle = QPointF(self.width() / 2, self.height() / 2) / scale
        wide, high = _SHEET
        box = QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high)
        panel(painter, box, 20)
        side = wide - 80
        at = QRectF(box.left() + 40, box.top() + 40, side, side)
        if self._image is not None:
            painter.fillRect(at, QColor("#ffffff"))
            painter.drawImage(at, self._image)
        # Words that wait for their code stand in its place.
        y = at.bottom() + 16 if self._image is not None else at.center().y() - 20
        title, note = self._words
        for said, px, colour in (
            (title.first, 30, "ink"),
            (title.second, 20, "ink_2"),
            (note.first, 22, "ink"),
            (note.second, 18, "ink_2"),
        ):
            line(painter, QRectF(at.left(), y, side, px * 1.4), said, px, ink(colour), _CENTER)
            y += px * 1.4 + 2
        painter.end()
