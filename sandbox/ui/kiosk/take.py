"""The sheet with the code by which a visitor takes the map along."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

import numpy as np
import segno
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QTouchEvent
from PySide6.QtWidgets import QWidget

from sandbox.app import places
from sandbox.app.atlas import Atlas
from sandbox.app.blocks import Pair, pair
from sandbox.app.handout import Handouts
from sandbox.app.jobs import Post
from sandbox.app.kiosk_config import TakeConfig
from sandbox.app.state import MapState
from sandbox.app.web import Web
from sandbox.errors import SandboxError
from sandbox.export import panel as page_words
from sandbox.ui.kiosk.lettering import ink, line, panel
from sandbox.ui.kiosk.window import KioskWindow
from sandbox.words import Text, words_of

_CODE_PX: Final = 8
_SHOWN_MS: Final = 45_000
_PLACES: Final = 5
_TEXT_AT_MOST: Final = 600
_SHEET: Final = (560.0, 700.0)
_CENTER: Final = Qt.AlignmentFlag.AlignHCenter


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
    answer = state.reach_answer
    if answer is not None:
        isochrone = answer.isochrone
        lines += [
            f"{say('{minutes} min', minutes=f'{minutes:g}')} · {area:.1f} km²"
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
    window
        Shows the button and the sheet.
    post
        The way back from the thread that writes the page.

    Raises
    ------
    ControlError
        The port can't be listened at.
    """

    def __init__(self, config: TakeConfig, window: KioskWindow, post: Post) -> None:
        super().__init__()
        self._config, self._window, self._post = config, window, post
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="sandbox-take")
        self._handouts = Handouts(config.minutes * 60.0)
        self._web: Web | None = None
        self._writing = False
        self.sheet: Sheet | None = None
        if config.port is not None:
            self._web = Web(self._handouts, config.listen, config.port, "take")
        window.offer_take(self.ask)

    def ask(self) -> None:
        """Show the code of what is on screen now, once it is made."""
        session = self._window.session
        if self._web is None or not self._config.address:
            self._show(result_text(session.atlas, session.state), served=False)
            return
        if self._writing:
            return
        self._writing = True
        self._writer.submit(self._write, session.atlas, session.state)

    def close(self) -> None:
        """Serve no more."""
        self._writer.shutdown(wait=True, cancel_futures=True)
        if self.sheet is not None:
            self.sheet.away()
        if self._web is not None:
            self._web.close()

    def _write(self, atlas: Atlas, state: MapState) -> None:
        # What writes pages takes a while to load, and the show must be back before.
        from sandbox.export.page import page_html

        try:
            where = self._config.address.rstrip("/") + self._handouts.offer(page_html(atlas, state))
            shown = partial(self._show, where, served=True)
        except SandboxError:
            # The result itself always has room.
            shown = partial(self._show, result_text(atlas, state), served=False)
        self._post(partial(self._written, shown))

    def _written(self, shown: Callable[[], None]) -> None:
        self._writing = False
        shown()

    def _show(self, text: str, *, served: bool) -> None:
        if self.sheet is not None:
            self.sheet.away()
        language = self._window.session.state.language
        title = Text("Scan to take the map along") if served else Text("Scan to take the result")
        note = (
            Text("On the hall's network, for {minutes} minutes",
                 {"minutes": f"{self._config.minutes:g}"})
            if served
            else Text("A short text; no network is needed")
        )  # fmt: skip
        words = (pair(title, language), pair(note, language))
        self.sheet = Sheet(self._window, code(text), words, self._window.grid.scale)
        self.sheet.show()


class Sheet(QWidget):
    """The code over the whole window; a touch, or some time, takes it away.

    Parameters
    ----------
    window
        What it lies over.
    image
        The code.
    words
        What to do with it, and a note.
    scale
        Device-independent pixels in one of the design's.
    """

    def __init__(
        self, window: QWidget, image: QImage, words: tuple[Pair, Pair], scale: float
    ) -> None:
        super().__init__(window)
        self._image, self._words, self._scale = image, words, scale
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.resize(window.size())
        self._timer = QTimer(self, interval=_SHOWN_MS)
        self._timer.timeout.connect(self.away)
        self._timer.start()

    @property
    def image(self) -> QImage:
        """The code."""
        return self._image

    def away(self) -> None:
        """Go for good."""
        self._timer.stop()
        self.hide()
        self.deleteLater()

    def event(self, event: QEvent) -> bool:
        """Take fingers here: the window beneath must not feel them."""
        if isinstance(event, QTouchEvent):
            event.accept()
            if event.type() == QEvent.Type.TouchEnd:
                self.away()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go; the touch does nothing else."""
        event.accept()
        self.away()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a dimmed window and the sheet in its middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), ink("panel", 0.6))
        painter.scale(self._scale, self._scale)
        middle = QPointF(self.width() / 2, self.height() / 2) / self._scale
        wide, high = _SHEET
        box = QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high)
        panel(painter, box, 20)
        side = wide - 80
        at = QRectF(box.left() + 40, box.top() + 40, side, side)
        painter.fillRect(at, QColor("#ffffff"))
        painter.drawImage(at, self._image)
        y = at.bottom() + 16
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
