"""How a figure was computed: a press of the right button, or keys, on a place or a row."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sandbox.app.analyses import ANALYSES
from sandbox.app.answers import parts
from sandbox.app.questions import Selected
from sandbox.app.session import Session
from sandbox.ui.answers.panel import Explained, Panel
from sandbox.ui.parts.widgets import (
    Wrapped,
    button,
    column,
    label,
    resize_on_screen,
    row,
    rule,
    words,
)

_PANELS: Final = parts("sandbox.ui.answers", Panel)
_WIDTH_PX, _HEIGHT_PX = 520, 480
_MOST: Final = 30


class Explaining:
    """Opens what is known of how a place's figures were computed.

    Parameters
    ----------
    session
        Whose answers are explained.
    parent
        Whose style sheet its dialogs wear.
    """

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._session, self._parent = session, parent

    def offer(self, where: Selected | None, about: str, at: QPoint) -> None:
        """Offer it in a menu at a place of the screen, for each answer that knows of the place."""
        if where is None:
            return
        said, menu = words(self._session), QMenu(self._parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, title, told in self._known(where, about):
            action = menu.addAction(f"{said('How was this computed?')}  {title}")
            action.setObjectName(name)
            action.triggered.connect(lambda _on=False, of=told: self._open(of))
        if menu.isEmpty():
            menu.deleteLater()
        else:
            menu.popup(at)

    def explain(self) -> None:
        """Explain the place that is selected."""
        where = self._session.state.gesture.selected
        told = [one for _, _, every in self._known(where, "") for one in every] if where else []
        if told:
            self._open(told)

    def _known(self, where: Selected, about: str) -> list[tuple[str, str, Sequence[Explained]]]:
        said = words(self._session)
        found: list[tuple[str, str, Sequence[Explained]]] = []
        for one in ANALYSES:
            told = _PANELS[one.id].explain(self._session, where, about)
            if told:
                found.append((one.id, one.title.said(said), told))
        return found

    def _open(self, told: Sequence[Explained]) -> None:
        ExplainDialog(self._session, self._parent, told).open()


class ExplainDialog(QDialog):
    """Shows each fact with its name; all of it can be copied."""

    def __init__(
        self, session: Session, parent: QWidget, told: Sequence[Explained], title: str = ""
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        said = words(session)
        title = title or said("How this was computed")
        self.setWindowTitle(title)
        resize_on_screen(self, _WIDTH_PX, _HEIGHT_PX)
        whole = column(self, (18, 16, 18, 16), 12)
        inner, area = QWidget(), QScrollArea()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(10)
        for number, one in enumerate(told[:_MOST]):
            if number:
                inside.addWidget(rule())
            inside.addWidget(label("title", text=one.heading))
            grid = QGridLayout()
            grid.setHorizontalSpacing(14)
            grid.setVerticalSpacing(4)
            grid.setColumnStretch(1, 1)
            for line, (title, value) in enumerate(one.facts):
                head = label("small", "third", title)
                head.setAlignment(Qt.AlignmentFlag.AlignTop)
                text = Wrapped("small")
                text.setText(value)
                text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                grid.addWidget(head, line, 0)
                grid.addWidget(text, line, 1)
            inside.addLayout(grid)
        inside.addStretch(1)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setAccessibleName(title)
        whole.addWidget(area, 1)
        copy, close = button(), button("primary")
        copy.setText(said("Copy"))
        close.setText(said("Close"))
        close.setDefault(True)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text_of(told)))
        close.clicked.connect(self.accept)
        whole.addLayout(row(None, copy, close))


def text_of(told: Sequence[Explained]) -> str:
    """Return it as plain text, a fact a line."""
    blocks = [
        "\n".join([one.heading, *(f"{title}\t{value}" for title, value in one.facts)])
        for one in told
    ]
    return "\n\n".join(blocks)
