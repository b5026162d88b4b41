"""The neutral screen while the kiosk starts: nothing of the desktop shows behind it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QWidget

from sandbox.ui.crash import guarded
from sandbox.ui.splash import Splash


class Curtain(QWidget):
    """A plain dark screen with the splash in its middle.

    Parameters
    ----------
    splash
        Says what is being got ready.
    screen
        What is covered.
    """

    def __init__(self, splash: Splash, screen: QScreen) -> None:
        super().__init__()
        self._splash = splash
        self.setAutoFillBackground(True)
        self.setPalette(splash.palette())
        self.setCursor(Qt.CursorShape.BlankCursor)
        splash.setParent(self)
        splash.show()
        self.setGeometry(screen.geometry())
        self.setWindowState(Qt.WindowState.WindowFullScreen)

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the splash in the middle."""
        middle = self.rect().center() - self._splash.rect().center()
        self._splash.move(middle)

    @guarded
    def closeEvent(self, event: QCloseEvent) -> None:
        """Go; only the kiosk itself closes it."""
        if event.spontaneous():
            event.ignore()
            return
        event.accept()
