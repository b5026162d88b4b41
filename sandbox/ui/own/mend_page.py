"""Rows that aren't understood, as a table to correct and try again."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QVBoxLayout, QWidget

from sandbox.app.own.opening import Draft
from sandbox.app.session import Session
from sandbox.catalog.symbology import text_of
from sandbox.ui.parts.widgets import Wrapped, button, look, row, words
from sandbox.words import Text

Index = QModelIndex | QPersistentModelIndex


class MendTable(QAbstractTableModel):
    """Rows of a file that can't be used: their number, what is wrong, and their cells."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rows: tuple[int, ...] = ()
        self._problems: tuple[Text, ...] = ()
        self._table: Any = None
        self.cells: dict[tuple[int, str], str] = {}

    def show_draft(self, draft: Draft) -> None:
        """Show the rows of a draft; what was typed goes."""
        self.beginResetModel()
        made = draft.imported
        self._rows = made.mend_rows if made is not None else ()
        self._problems = made.problems if made is not None else ()
        self._table = made.mend if made is not None else None
        self.cells.clear()
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows can't be used."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns: those of the file, after number and problem."""
        if self._table is None or (parent is not None and parent.isValid()):
            return 0
        return len(self._table.columns) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return a column's name."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        said = words(self._session)
        if section < 2:
            return (said("Row"), said("What is wrong"))[section]
        return str(self._table.columns[section - 1])

    def data(self, index: Index, role: int = 0) -> Any:
        """Return what stands in a cell."""
        at, column = index.row(), index.column()
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole)
        key = self._key(index)
        if role in shown:
            if column == 1:
                problem = self._problems[at]
                fault = problem.values.get("fault", problem)
                return Text("{said}", {"said": fault}).said(words(self._session))
            if key in self.cells:
                return self.cells[key]
            return text_of(self._table.iloc[at, max(0, column - 1)])
        if role == Qt.ItemDataRole.ForegroundRole:
            theme = look(self._session)
            if column == 1:
                return QColor(theme.colour("error"))
            return QColor(theme.colour("accent")) if key in self.cells else None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a cell can be changed: those of the file can."""
        held = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return held | Qt.ItemFlag.ItemIsEditable if index.column() > 1 else held

    def setData(self, index: Index, value: Any, role: int = 0) -> bool:
        """Put another text into a cell."""
        if role != Qt.ItemDataRole.EditRole or index.column() < 2:
            return False
        self.cells[self._key(index)] = str(value)
        self.dataChanged.emit(index, index)
        return True

    def _key(self, index: Index) -> tuple[int, str]:
        column = str(self._table.columns[max(0, index.column() - 1)])
        return self._rows[index.row()], column


class MendPage(QWidget):
    """The table, and a button that tries its rows again.

    Parameters
    ----------
    session
        Whose language it speaks.
    on_retry
        Called with the cells that were changed.
    """

    def __init__(
        self, session: Session, on_retry: Callable[[Mapping[tuple[int, str], str]], None]
    ) -> None:
        super().__init__()
        self._session = session
        self.model = MendTable(session)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.verticalHeader().hide()
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        said = words(session)
        self.view.setAccessibleName(said("Rows that can't be used"))
        self._about = Wrapped("small", "second")
        self._again = button()
        self._again.setText(said("Try these rows again"))
        self._again.clicked.connect(lambda: on_retry(dict(self.model.cells)))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 14, 16, 8)
        whole.setSpacing(10)
        whole.addWidget(self._about)
        whole.addWidget(self.view, 1)
        whole.addLayout(row(None, self._again))

    def show_draft(self, draft: Draft) -> None:
        """Show the rows of a draft that can't be used."""
        self.model.show_draft(draft)
        said, count = words(self._session), self.model.rowCount()
        self._about.setText(
            said("Correct the cells and try again; rows left here don't come onto the map.")
            if count
            else said("All rows are understood.")
        )
        self.view.setVisible(count > 0)
        self._again.setVisible(count > 0)
        self.view.resizeColumnsToContents()
        for column in range(self.model.columnCount()):
            self.view.setColumnWidth(column, min(240, max(70, self.view.columnWidth(column))))
