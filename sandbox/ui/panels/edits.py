"""The streets panel: what is closed, slowed or built, drawn on the map and switched here."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sandbox.app.session import Session
from sandbox.app.state import LINE_SKETCHES, POINT_SKETCHES
from sandbox.app.street_edits import POINTS, TITLES, Editing
from sandbox.edits.street_edits import ADDING, TIME_FACTOR_LIMITS, Kind, StreetEdit
from sandbox.streets.modes import FEEDERS, MODES, STREET_MODES
from sandbox.ui.crash import guarded
from sandbox.ui.panels.number import NumberField
from sandbox.ui.parts import icons
from sandbox.ui.parts.widgets import (
    Scrolled,
    Wrapped,
    action_button,
    button,
    column,
    follow,
    icon_button,
    label,
    look,
    row,
    rule,
    words,
)
from sandbox.words import Words

_NAME_LONGEST: Final = 80
_KINDS_A_ROW: Final = 2
_ROWS_AT_ONCE: Final = 12
_UNDER_NAME_PX: Final = 60
# Whom edits may concern; nobody named is everyone, and for what is built those on foot.
_CLOSED_FOR: Final[tuple[tuple[str, ...], ...]] = ((), *((mode,) for mode in STREET_MODES))
_ADDED_FOR: Final[tuple[tuple[str, ...], ...]] = ((), FEEDERS, STREET_MODES)


class _Whom(QComboBox):
    """A choice that a wheel which scrolls the list passes over."""

    @guarded
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the list."""
        event.ignore()


class _EditRow(QWidget):
    """An edit: whether it counts, what it is and is called; for slow zones how slow."""

    def __init__(self, session: Session, editing: Editing, number: int) -> None:
        super().__init__()
        self._session, self._editing, self._number = session, editing, number
        self._shown: tuple[object, ...] = ()
        self._box, self._picture, self._name = QCheckBox(), QLabel(), QLineEdit()
        self._gone, self._whom = icon_button(28), _Whom()
        self._whom.activated.connect(lambda n: editing.change(number, modes=self._whom.itemData(n)))
        self._box.clicked.connect(lambda on: editing.change(number, on=on))
        self._name.setMaxLength(_NAME_LONGEST)
        self._name.editingFinished.connect(self._rename)
        self._gone.clicked.connect(lambda: editing.remove(number))
        line = row(self._box, self._picture, self._name, self._gone, spacing=6)
        line.setStretch(2, 1)
        self._slower, self._unit = QWidget(), label("small", "second")
        self._factor = NumberField(
            TIME_FACTOR_LIMITS, lambda value: editing.change(number, time_factor=value)
        )
        self._factor.setFixedWidth(72)
        self._slower.setLayout(row(self._factor, self._unit))
        inside = column(self, (0, 0, 0, 0), 4)
        inside.addLayout(line)
        below = row(self._whom, None, self._slower)
        below.setContentsMargins(_UNDER_NAME_PX, 0, 0, 6)
        inside.addLayout(below)

    def show_edit(self, edit: StreetEdit) -> None:
        """Show an edit in the words and colours of now."""
        said, theme = words(self._session), look(self._session)
        if (edit, said.language, theme) == self._shown:
            return
        self._shown = edit, said.language, theme
        kind = TITLES[edit.kind].said(said)
        called = edit.name or kind
        self._box.setChecked(edit.on)
        self._picture.setPixmap(icons.edit_picture(edit.kind, theme, 22))
        self._picture.setToolTip(kind)
        if not self._name.isModified():
            self._name.setText(edit.name)
        self._name.setPlaceholderText(kind)
        self._gone.setIcon(icons.icon("close", theme.colour("ink_2")))
        for widget, text in (
            (self._box, said("Include {name}", name=called)),
            (self._name, said("Name")),
            (self._gone, said("Remove {name}", name=called)),
        ):
            widget.setAccessibleName(text)
            widget.setToolTip(text)
        self._slower.setVisible(edit.kind == "slow")
        self._unit.setText(said("times the usual time"))
        self._factor.show_number(edit.time_factor)
        self._factor.name(said("Travel time on its streets"))
        self._show_whom(edit, said)

    def _show_whom(self, edit: StreetEdit, said: Words) -> None:
        """Offer the modes that such edits mostly concern, and those of this edit."""
        offered = list(_ADDED_FOR if edit.kind in ADDING else _CLOSED_FOR)
        now = edit.modes if edit.concerned != replace(edit, modes=()).concerned else ()
        self._whom.clear()
        for modes in dict.fromkeys((*offered, now)):
            concerned = replace(edit, modes=modes).concerned
            names = {mode: facts.verb.said(said) for mode, facts in MODES.items() if facts.access}
            everyone = len(concerned) == len(names)
            text = said("Everyone") if everyone else " · ".join(names[one] for one in concerned)
            self._whom.addItem(text, modes)
            if modes == now:
                self._whom.setCurrentIndex(self._whom.count() - 1)
        self._whom.setAccessibleName(said("Applies to"))
        self._whom.setToolTip(said("Applies to"))

    def _rename(self) -> None:
        name = self._name.text().strip()
        self._name.setModified(False)
        edits = self._session.state.document.edits.edits
        if self._number < len(edits) and edits[self._number].name != name:
            self._editing.change(self._number, name=name)


class EditsPanel(Scrolled):
    """Draws edits of the streets on the map, and lists those there are.

    Parameters
    ----------
    session, editing
        Whose streets, and what edits them.
    actions
        ``open_edits`` and ``save_edits``.
    """

    def __init__(self, session: Session, editing: Editing, actions: dict[str, QAction]) -> None:
        super().__init__()
        self._session, self._editing = session, editing
        whole = self.inside
        self._hint = Wrapped(tone="second")
        whole.addWidget(self._hint)
        self._begin: dict[Kind, QPushButton] = {}
        grid = QGridLayout()
        grid.setSpacing(8)
        for number, kind in enumerate(POINTS):
            grid.addWidget(self._begin_button(kind), number // _KINDS_A_ROW, number % _KINDS_A_ROW)
        whole.addLayout(grid)
        self._sketched = Wrapped("small", "second")
        self._finish, self._back, self._cancel = button("primary"), button(), button()
        self._finish.clicked.connect(editing.finish)
        self._back.clicked.connect(editing.undo)
        self._cancel.clicked.connect(editing.end)
        whole.addWidget(self._sketched)
        whole.addLayout(row(self._finish, self._back, self._cancel, None))
        whole.addWidget(rule())
        self._title = label("small", "third")
        whole.addWidget(self._title)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self._rows: list[_EditRow] = []
        self._more = QTimer(self)
        self._more.setSingleShot(True)
        self._more.timeout.connect(self._show)
        whole.addLayout(self._list)
        buttons = row(action_button(actions["open_edits"]), action_button(actions["save_edits"]))
        whole.addLayout(buttons)
        whole.addStretch(1)
        follow(session, self, lambda s: (s.document.edits, s.language, s.theme), self._show)
        follow(
            session,
            self,
            lambda s: (s.gesture.sketch, s.gesture.sketch_kind, s.language, s.theme),
            self._show_sketch,
        )
        self._show()
        self._show_sketch()

    def _begin_button(self, kind: Kind) -> QPushButton:
        made = self._begin[kind] = button()
        made.setCheckable(True)
        made.clicked.connect(lambda on: self._editing.begin(kind) if on else self._editing.end())
        return made

    def _show_sketch(self) -> None:
        said, state = words(self._session), self._session.state
        kind = state.gesture.sketch_kind if state.gesture.sketch is not None else "line"
        drawn = "line" if kind in LINE_SKETCHES or kind in POINT_SKETCHES else kind
        for kind, made in self._begin.items():
            made.setText(TITLES[kind].said(said))
            made.setIcon(icons.edit_icon(kind, look(self._session)))
            made.setChecked(kind == drawn)
        self._hint.setText(
            said("Close, slow or add streets: choose a type, then draw it on the map.")
        )
        hints: dict[str, str] = {
            "line": "",
            "closed": said("Click each street to close, between two junctions."),
            "avoid": said("Click the corners of the area to avoid."),
            "slow": said("Click the corners of the area; set its factor below."),
            "footbridge": said("Click its course. Its two ends connect to the streets."),
            "path": said("Click its course. It connects to every street that it crosses."),
        }
        self._sketched.setText(hints[drawn])
        drawing, points = drawn != "line", len(state.gesture.sketch or ())
        self._sketched.setVisible(drawing)
        self._finish.setVisible(drawing and drawn != "closed")
        self._finish.setText(said("Done"))
        self._finish.setEnabled(drawn != "line" and points >= POINTS[drawn])
        self._back.setVisible(drawing and drawn != "closed")
        self._back.setText(said("Remove last point"))
        self._back.setEnabled(points > 0)
        self._cancel.setVisible(drawing)
        self._cancel.setText(said("Stop editing") if drawn == "closed" else said("Cancel"))

    def _show(self) -> None:
        said, edits = words(self._session), self._session.state.document.edits.edits
        self._title.setText(
            said("Edits on the map") if edits else said("There are no street edits")
        )
        # Rows are kept, so that what is clicked while a name is taken over stays there. Those
        # of a long list come by and by, so that the window goes on meanwhile.
        for number in range(len(self._rows), min(len(edits), len(self._rows) + _ROWS_AT_ONCE)):
            self._rows.append(_EditRow(self._session, self._editing, number))
            self._list.addWidget(self._rows[-1])
        if len(self._rows) < len(edits):
            self._more.start()
        for number, one in enumerate(self._rows):
            one.setVisible(number < len(edits))
            if number < len(edits):
                one.show_edit(edits[number])
