"""Rows of a table under Qt's views: a cell is made when it comes into sight."""

from collections.abc import Callable, Collection
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from sandbox.app.own.table import Rows, Table, cell_text
from sandbox.app.session import Session

Index = QModelIndex | QPersistentModelIndex
_TEXTS: Final = (
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.EditRole,
)  # fmt: skip
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class FrameModel(QAbstractTableModel):
    """A table's rows in an order.

    Parameters
    ----------
    session
        Whose language texts are in.
    table
        What is shown.
    editable, enter
        Columns whose cells may be changed, and what is called with a row of the table, a column
        and a text that was entered; the cell keeps its value until the table has another.
    """

    def __init__(
        self,
        session: Session,
        table: Table,
        editable: Collection[str] = (),
        enter: Callable[[int, str, str], None] = lambda _row, _column, _text: None,
    ) -> None:
        super().__init__()
        self._session, self.table = session, table
        self._editable, self._enter = editable, enter
        self.rows: Rows = np.arange(len(table.frame))
        self._values = [table.frame[one.name].to_numpy() for one in table.columns]
        self._line_of: Any = None

    @property
    def can_edit(self) -> bool:
        """Whether any cell may be changed."""
        return bool(self._editable)

    def show_rows(self, rows: Rows) -> None:
        """Show rows in an order."""
        self.beginResetModel()
        self.rows, self._line_of = rows, None
        self.endResetModel()

    def show_table(self, table: Table) -> None:
        """Show other values of the same columns, in the order of before where it still fits."""
        if len(table.frame) != len(self.table.frame):
            self.beginResetModel()
            self.rows, self._line_of = np.arange(len(table.frame)), None
            self._take(table)
            self.endResetModel()
            return
        self._take(table)
        if len(self.rows):
            last = self.index(len(self.rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _take(self, table: Table) -> None:
        self.table = table
        self._values = [table.frame[one.name].to_numpy() for one in table.columns]

    def line_of(self, row: int) -> int:
        """Return where a row of the table is shown, -1 where it isn't."""
        if self._line_of is None:
            self._line_of = np.full(len(self.table.frame), -1, dtype=np.int64)
            self._line_of[self.rows] = np.arange(len(self.rows))
        return int(self._line_of[row]) if 0 <= row < len(self._line_of) else -1

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows are shown."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self._values)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return a column's title with its unit."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.table.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            language = self._session.state.language
            unit = column.unit_in(language)
            title = column.title.said(language)
            return f"{title} ({unit})" if unit else title
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.name
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.type in ("number", "integer") else _LEFT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what may be done with a cell."""
        flags = super().flags(index)
        if index.isValid() and self.table.columns[index.column()].name in self._editable:
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand on what was entered; the cell changes once the layer has."""
        text = str(value)
        if role != Qt.ItemDataRole.EditRole or text == self.data(index, role):
            return False
        row, column = int(self.rows[index.row()]), self.table.columns[index.column()].name
        self._enter(row, column, text)
        return False

    def data(self, index: Index, role: int = 0) -> Any:
        """Return what stands in a cell."""
        if role in _TEXTS:
            value = self._values[index.column()][self.rows[index.row()]]
            return cell_text(value.item() if isinstance(value, np.generic) else value)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            number = self.table.columns[index.column()].type in ("number", "integer")
            return _RIGHT if number else _LEFT
        return None
