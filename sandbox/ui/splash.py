"""The splash: what is being got ready, how far it is and how long it still takes."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QProgressBar, QWidget

from sandbox.app.jobs import Progress
from sandbox.draw.theme import Theme
from sandbox.ui.parts import icons
from sandbox.ui.parts.style import palette, stylesheet
from sandbox.ui.parts.widgets import column, label, row
from sandbox.ui.planner.bars import said_progress
from sandbox.words import Words

# Quicker than this needs no bar.
_BAR_AFTER_MS: Final = 400


class Splash(QWidget):
    """A small window while the first map is got ready.

    Parameters
    ----------
    said, theme
        The program's words and look.
    network
        The streets that are opened, where they aren't the shipped ones: the city isn't known
        before they are.
    """

    def __init__(self, said: Words, theme: Theme, network: Path | None = None) -> None:
        super().__init__(None, Qt.WindowType.SplashScreen)
        self._said = said
        self.setObjectName("splash")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setPalette(palette(theme))
        self.setStyleSheet(stylesheet(theme))
        self.setFixedSize(440, 168)
        self.setWindowTitle(said("Digital Sandbox"))
        mark = QLabel()
        mark.setPixmap(icons.logo(theme, 40))
        names = QWidget()
        inside = column(names, (0, 0, 0, 0), 2)
        inside.addWidget(label("title", text=said("Digital Sandbox")))
        city = said("Western (Chongqing) Science City")
        inside.addWidget(label("small", "second", city if network is None else network.stem))
        self._text = label("small", "second", said("Reading layers"))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        whole = column(self, (28, 26, 28, 26), 8)
        whole.addLayout(row(mark, names, None, spacing=16))
        whole.addStretch(1)
        whole.addWidget(self._text)
        whole.addWidget(self._bar)
        self._bar.setVisible(False)
        after = QTimer(self)
        after.setSingleShot(True)
        after.timeout.connect(lambda: self._bar.setVisible(True))
        after.start(_BAR_AFTER_MS)

    def work(self, progress: Progress | None) -> None:
        """Show how far the work is."""
        if progress is not None:
            self._text.setText(said_progress(progress, self._said))
            self._bar.setValue(max(self._bar.value(), round(progress.share * 1000)))
