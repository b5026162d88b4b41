"""Rows of a table under Qt's views: a cell is made when it comes into sight."""

from typing import Any, Final

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from sandbox.app.own.table import Rows, Table, cell_text
from sandbox.app.session import Session

Index = QModelIndex | QPersistentModelIndex
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class FrameModel(QAbstractTableModel):
    """A table's rows in an order."""

    def __init__(self, session: Session, table: Table) -> None:
        super().__init__()
        self._session, self.table = session, table
        self.rows: Rows = np.arange(len(table.frame))
        self._values = [table.frame[one.name].to_numpy() for one in table.columns]
        self._line_of: Any = None

    def show_rows(self, rows: Rows) -> None:
        """Show rows in an order."""
        self.beginResetModel()
        self.rows, self._line_of = rows, None
        self.endResetModel()

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

    def data(self, index: Index, role: int = 0) -> Any:
        """Return what stands in a cell."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            value = self._values[index.column()][self.rows[index.row()]]
            return cell_text(value.item() if isinstance(value, np.generic) else value)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            number = self.table.columns[index.column()].type in ("number", "integer")
            return _RIGHT if number else _LEFT
        return None
