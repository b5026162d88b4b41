"""Where a layer lies: the candidates, each with its reasons, and the columns of coordinates."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from sandbox.app.own.opening import Draft
from sandbox.app.session import Session
from sandbox.formats.where import PlacingError, joined
from sandbox.geo.systems import system_named
from sandbox.ui.parts.widgets import Scrolled, Wrapped, empty, label, row, words
from sandbox.words import Text

_INDENT_PX: Final = 22


class PlacePage(Scrolled):
    """Candidates to choose from.

    Parameters
    ----------
    session
        Whose language it speaks.
    on_system
        Called with the code of a coordinate system that was chosen.
    on_position
        Called with the columns of coordinates that were chosen.
    """

    def __init__(
        self,
        session: Session,
        on_system: Callable[[str], None],
        on_position: Callable[[tuple[str, ...]], None],
    ) -> None:
        super().__init__(10)
        self._session, self._on_system, self._on_position = session, on_system, on_position
        said = words(session)
        self._columns = QWidget()
        line = QVBoxLayout(self._columns)
        line.setContentsMargins(0, 0, 0, 6)
        self._x, self._y = QComboBox(), QComboBox()
        for combo, title in (
            (self._x, said("Longitude or easting")),
            (self._y, said("Latitude or northing")),
        ):
            combo.setAccessibleName(title)
            combo.activated.connect(self._set_position)
            named = label("small", "second", title)
            named.setBuddy(combo)
            line.addWidget(named)
            line.addWidget(combo)
        self._question = Wrapped()
        self._choices = QVBoxLayout()
        self._choices.setSpacing(8)
        self._group = QButtonGroup(self)
        self.inside.addWidget(self._columns)
        self.inside.addWidget(self._question)
        self.inside.addLayout(self._choices)
        self._other = QRadioButton(said("Another coordinate system"))
        self._code = QLineEdit()
        self._code.setPlaceholderText("EPSG:4544")
        self._code.setAccessibleName(said("Another coordinate system"))
        self._fault = Wrapped("small", "error")
        self._group.addButton(self._other)
        self._other.clicked.connect(self._code.setFocus)
        self._code.returnPressed.connect(self._set_other)
        self._code.editingFinished.connect(self._set_other)
        self.inside.addLayout(row(self._other, self._code))
        self.inside.addWidget(self._fault)
        self.inside.addStretch(1)
        self._shown = ""

    def show_draft(self, draft: Draft) -> None:
        """Show where a layer may lie."""
        said = words(self._session)
        table = bool(draft.read.sources) or not draft.read.has_shapes
        self._columns.setVisible(table)
        if table:
            self._show_columns(draft)
        asked = draft.choices.question
        if asked is not None:
            # Its hint names an option of the command line; here one presses a button.
            self._question.setText(_asked(asked, draft.read.path.name).said(said))
        elif draft.choices.candidates:
            self._question.setText(said("Read in the first of these; choose another if it's off."))
        else:
            self._question.setText("")
        self._list(draft)
        known = {str(one.system) for one in draft.choices.candidates}
        own = draft.told.crs is not None and draft.told.crs not in known
        self._other.setChecked(own)
        self._code.setText(draft.told.crs or "" if own else "")
        for widget in (self._other, self._code):
            widget.setVisible(draft.read.has_shapes)
        self._fault.setText("")

    def _show_columns(self, draft: Draft) -> None:
        said = words(self._session)
        chosen = draft.told.position or draft.read.sources
        for number, combo in enumerate((self._x, self._y)):
            combo.clear()
            combo.addItem(said("(none)"), "")
            for name in draft.read.columns:
                combo.addItem(name, name)
            name = chosen[number] if number < len(chosen) else ""
            combo.setCurrentIndex(max(0, combo.findData(name)))

    def _list(self, draft: Draft) -> None:
        for button in self._group.buttons():
            if button is not self._other:
                self._group.removeButton(button)
        empty(self._choices)
        said, system = words(self._session), draft.system
        for one in draft.choices.candidates:
            made = QRadioButton(f"{one.system}  {one.system.name}")
            made.setChecked(one.system == system)
            code = str(one.system)
            made.clicked.connect(lambda _checked=False, code=code: self._on_system(code))
            why = Wrapped("small", "second")
            lon, lat = one.middle_lonlat
            where = said("around {lon}, {lat}", lon=f"{lon:.4f}", lat=f"{lat:.4f}")
            why.setText(f"{joined(one.reasons).said(said)} · {where}")
            why.setContentsMargins(_INDENT_PX, 0, 0, 0)
            self._group.addButton(made)
            self._choices.addWidget(made)
            self._choices.addWidget(why)
        if system is None:
            # Nothing is chosen yet: an exclusive group would keep the one that was.
            self._group.setExclusive(False)
            for button in self._group.buttons():
                button.setChecked(False)
            self._group.setExclusive(True)

    def _set_other(self) -> None:
        code = self._code.text().strip()
        if not code:
            return
        if system_named(code) is None:
            self._fault.setText(
                words(self._session)("“{crs}” is not a coordinate system.", crs=code)
            )
            return
        self._fault.setText("")
        self._other.setChecked(True)
        self._on_system(code)

    def _set_position(self) -> None:
        chosen = tuple(str(one.currentData()) for one in (self._x, self._y))
        named = tuple(one for one in chosen if one)
        if named:
            self._on_position(named)


def _asked(error: PlacingError, file: str) -> Text:
    """Return why a place has to be chosen, with the file's name alone."""
    values = {**error.message.values, "path": file}
    return Text(
        "{question}: choose the one that fits the map.",
        {"question": Text(error.message.template, values)},
    )
