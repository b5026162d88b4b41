"""The help: what keys do, made from the table of actions."""

from typing import Final

from PySide6.QtCore import QMargins, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from sandbox.app.actions import ACTIONS, KEYS
from sandbox.app.session import Session
from sandbox.ui.parts.widgets import Wrapped, button, column, label, row, words
from sandbox.ui.planner.bind import shown_keys

_COLUMN_PX: Final = 330
# Margins, the space between the columns and the scroll bar.
_AROUND_PX: Final = 120


class Help(QDialog):
    """Lists all shortcuts, and what single keys do on the map and in panels.

    Parameters
    ----------
    session
        Whose language it speaks.
    parent
        The window over which it opens.
    """

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        said = words(session)
        self.setWindowTitle(said("Help"))
        inner, area = QWidget(), QScrollArea()
        # Side by side where there is room, else one below the other.
        narrow = parent.window().width() < 2 * _COLUMN_PX + _AROUND_PX
        columns = QVBoxLayout(inner) if narrow else QHBoxLayout(inner)
        columns.setContentsMargins(8, 4, 12, 4)
        columns.setSpacing(32)
        shortcuts = [(said(one.text), one.shortcut) for one in ACTIONS if one.shortcut]
        keys = [(said(text), keys) for text, keys in KEYS]
        for title, rows in (
            (said("Shortcuts"), shortcuts),
            (said("Keys for the map and the panels"), keys),
        ):
            columns.addLayout(
                _listed(title, [(text, shown_keys(keys, said)) for text, keys in rows])
            )
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(said("Help"))
        close = button("primary")
        close.setText(said("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        whole = column(self, (20, 18, 20, 18), 14)
        whole.addWidget(area, 1)
        whole.addLayout(row(None, close))
        # No larger than the window that it explains: its button must be on the screen.
        wanted = inner.sizeHint().grownBy(QMargins(26, 28, 26, 74))
        self.resize(wanted.boundedTo(parent.window().size()))
        area.setFocus()


def _listed(title: str, rows: list[tuple[str, str]]) -> QVBoxLayout:
    made, grid = QVBoxLayout(), QGridLayout()
    made.setSpacing(8)
    made.addWidget(label("small", "third", title))
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, _COLUMN_PX - 120)
    grid.setColumnStretch(0, 1)
    for number, (text, keys) in enumerate(rows):
        what = Wrapped("small")
        what.setText(text)
        shown = label("small", "second", keys)
        shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(what, number, 0)
        grid.addWidget(shown, number, 1)
    made.addLayout(grid)
    made.addStretch(1)
    return made
