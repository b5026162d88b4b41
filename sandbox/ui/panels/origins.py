"""Several origins in the panel: each with its number, and what is asked of them together."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from sandbox.app import places
from sandbox.app.asking import Asker
from sandbox.app.questions import ReachQuestion
from sandbox.app.session import Session
from sandbox.ui.parts import icons
from sandbox.ui.parts.segment import Segment
from sandbox.ui.parts.widgets import Elided, column, icon_button, label, look, row, words

_TOGETHER: Final = ("any", "all")


class _OriginRow(QWidget):
    def __init__(self, remove: Callable[[], None]) -> None:
        super().__init__()
        self.setFixedHeight(30)
        self.number, self.picture, self.name = label(), QLabel(), Elided()
        self.number.setFixedWidth(20)
        self.remove: QToolButton = icon_button(24)
        self.remove.clicked.connect(remove)
        inside = column(self, (0, 0, 0, 0))
        line = row(self.number, self.picture, self.name, self.remove)
        line.setStretch(2, 1)
        inside.addLayout(line)


class OriginRows(QWidget):
    """The origins of a question of several, each with its number, and how they count together.

    Parameters
    ----------
    session, asker
        Whose question, and who answers it.
    """

    def __init__(self, session: Session, asker: Asker) -> None:
        super().__init__()
        self._session, self._asker = session, asker
        self._rows: list[_OriginRow] = []
        self._lines = column(self, (0, 0, 0, 0), 4)
        self._together = Segment(_TOGETHER, self._set_together)
        self._lines.addWidget(self._together)

    def show_question(self, question: ReachQuestion) -> None:
        """Show the origins of a question."""
        said, theme = words(self._session), look(self._session)
        language, atlas = self._session.state.language, self._session.atlas
        while len(self._rows) < len(question.origins):
            made = _OriginRow(partial(self._remove, len(self._rows)))
            self._rows.append(made)
            self._lines.insertWidget(self._lines.count() - 1, made)
        for number, line in enumerate(self._rows):
            line.setVisible(number < len(question.origins))
            if number >= len(question.origins):
                continue
            origin = question.origins[number]
            chosen = places.place(atlas.layers, origin.place) if origin.place else None
            name = places.origin_name(atlas, origin).said(language)
            line.number.setText(f"{number + 1}")
            line.picture.setPixmap(
                icons.picture("pin", theme.colour("ink_2"))
                if chosen is None
                else icons.layer_picture(chosen.layer, theme)
            )
            line.name.setText(name)
            line.remove.setIcon(icons.icon("close", theme.colour("ink_2"), 14))
            line.remove.setToolTip(said("Remove {name}", name=name))
            line.remove.setAccessibleName(said("Remove {name}", name=name))
        towards = question.travel.towards
        nearest = said("Nearest destination") if towards else said("Nearest origin")
        every = said("All destinations") if towards else said("All can meet")
        self._together.show_value(question.together, {"any": nearest, "all": every})

    def _set_together(self, together: str) -> None:
        question = self._session.state.document.reach
        for one in _TOGETHER:
            if question is not None and one == together:
                self._asker.ask(replace(question, together=one))

    def _remove(self, number: int) -> None:
        question = self._session.state.document.reach
        if question is not None and question.others:
            left = [one for n, one in enumerate(question.origins) if n != number]
            self._asker.ask(question.from_origins(left))
