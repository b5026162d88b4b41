"""The dock's tab of analyses: which of their questions is asked, and that question's panel."""

from collections.abc import Mapping

from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from sandbox.app.analyses import ANALYSES
from sandbox.app.session import Session
from sandbox.ui.answers.panel import Panel
from sandbox.ui.parts.widgets import column, follow, label, rule, words


class Chooser(QWidget):
    """One tab for all analyses: a list of them, and the panel of the chosen one.

    Parameters
    ----------
    session
        Whose questions they are.
    panels
        The window's part of each analysis, by name.

    Attributes
    ----------
    parts
        What has a style sheet of its own.
    """

    def __init__(self, session: Session, panels: Mapping[str, Panel]) -> None:
        super().__init__()
        self._session, self._names = session, list(panels)
        self._title, self._list, self._stack = (
            label("small", "third"),
            QComboBox(),
            QStackedWidget(),
        )
        self._title.setBuddy(self._list)
        self._list.currentIndexChanged.connect(self._stack.setCurrentIndex)
        self._made = made = [panel.make(session) for panel in panels.values()]
        for widget in made:
            self._list.addItem("")
            self._stack.addWidget(widget)
        head = QWidget()
        inside = column(head, (16, 12, 16, 12), 6)
        inside.addWidget(self._title)
        inside.addWidget(self._list)
        line = rule()
        whole = column(self, (0, 0, 0, 0))
        whole.addWidget(head)
        whole.addWidget(line)
        whole.addWidget(self._stack, 1)
        self.parts: tuple[QWidget, ...] = (head, line, *made)
        follow(session, self, lambda s: s.language, self._show)
        self._show()

    @property
    def chosen(self) -> str:
        """Return the name of the analysis whose panel is in front."""
        return self._names[self._stack.currentIndex()]

    def choose(self, name: str) -> None:
        """Bring the panel of an analysis to the front."""
        self._list.setCurrentIndex(self._names.index(name))

    def _show(self) -> None:
        said = words(self._session)
        self._title.setText(said("Question"))
        self._list.setAccessibleName(said("Question"))
        for at, (analysis, panel) in enumerate(zip(ANALYSES, self._made, strict=True)):
            title = analysis.title.said(said)
            self._list.setItemText(at, title)
            # Panels take the focus too, to be scrolled.
            panel.setAccessibleName(title)
