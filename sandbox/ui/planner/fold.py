"""Side panels that fold to a strip of icons where the window is narrow."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from sandbox.app.session import Session
from sandbox.ui.parts import icons
from sandbox.ui.parts.widgets import column, follow, icon_button, look, words

STRIP_PX: Final = 48


class Fold(QFrame):
    """A panel beside the map; when folded, a strip whose icons open and close it.

    Parameters
    ----------
    session
        Whose language and theme it follows.
    panel, width_px
        What is folded, and its width.
    entries
        Icon and words of each thing that the strip opens.
    on_entry
        Called with the number of the entry that was opened.
    strip_right
        Whether the strip stands to the panel's right.

    Attributes
    ----------
    strip
        The strip of icons.
    """

    def __init__(
        self,
        session: Session,
        panel: QWidget,
        width_px: int,
        entries: tuple[tuple[str, str], ...],
        on_entry: Callable[[int], object],
        *,
        strip_right: bool,
    ) -> None:
        super().__init__()
        self._session = session
        self._panel = panel
        self._on_entry = on_entry
        self._entries = entries
        self._open = -1
        panel.setFixedWidth(width_px)
        self.strip = self._strip = QFrame()
        self._strip.setObjectName("foldstrip")
        self._strip.setFixedWidth(STRIP_PX)
        inside = column(self._strip, (7, 8, 7, 8), 4)
        self._buttons = [icon_button(34) for _ in entries]
        for number, made in enumerate(self._buttons):
            made.setCheckable(True)
            made.clicked.connect(lambda _checked=False, n=number: self._toggle(n))
            inside.addWidget(made)
        inside.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for widget in (panel, self._strip) if strip_right else (self._strip, panel):
            line.addWidget(widget)
        self._strip.hide()
        follow(session, self, lambda s: (s.language, s.theme), self._show)
        self._show()

    def set_folded(self, folded: bool) -> None:
        """Fold to the strip, or stand open without it."""
        if folded != self._strip.isHidden():
            return
        self._strip.setVisible(folded)
        self._open = -1
        self._panel.setVisible(not folded)
        self._show()

    def open(self, number: int) -> None:
        """Open an entry's panel where it is folded."""
        if not self._strip.isHidden() and self._open != number:
            self._toggle(number)

    def close_open(self) -> bool:
        """Close the panel that was opened from the strip; return whether one was."""
        found = self._open >= 0
        if found:
            self._toggle(self._open)
        return found

    def _toggle(self, number: int) -> None:
        self._open = -1 if self._open == number else number
        self._panel.setVisible(self._open >= 0)
        if self._open >= 0:
            self._on_entry(number)
        self._show()

    def _show(self) -> None:
        said, theme = words(self._session), look(self._session)
        for number, (made, (picture, text)) in enumerate(
            zip(self._buttons, self._entries, strict=True)
        ):
            chosen = number == self._open
            made.setIcon(icons.icon(picture, theme.colour("accent" if chosen else "ink_2"), 20))
            made.setChecked(chosen)
            made.setToolTip(said(text))
            made.setAccessibleName(said(text))
