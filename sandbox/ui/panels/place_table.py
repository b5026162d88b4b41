"""Places as rows of a table: what stands in each cell, and a status as a small tag."""

from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sandbox.app.questions import Selected
from sandbox.app.session import Session
from sandbox.catalog.articles import brief_source
from sandbox.ui.answers.panel import Column, Line, Table
from sandbox.ui.parts import icons
from sandbox.ui.parts.widgets import look, words
from sandbox.words import Words

Index = QModelIndex | QPersistentModelIndex

_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
NAME, KIND, STATUS, FIGURE, ACCURACY, SOURCE = range(6)


class PlaceTable(QAbstractTableModel):
    """Places as rows; texts are made when a row comes into sight."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._table = Table((), "", "")
        self._columns: tuple[Column, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns that are shown where there is room for all."""
        return self._columns

    def show_table(self, table: Table) -> None:
        """Show other rows."""
        self.beginResetModel()
        said = words(self._session)
        self._table = table
        self._columns = table.columns or _usual(said, table.figure, table.beside)
        self.endResetModel()

    def line(self, row: int) -> Line:
        """Return a row."""
        return self._table.lines[row]

    def line_of(self, where: Selected | None) -> int:
        """Return the first row of a place, -1 where it has none."""
        if where is not None and self._table.line_of is not None:
            return self._table.line_of(where)
        lines = enumerate(self._table.lines)
        return next((i for i, line in lines if line.place.where == where), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many places there are."""
        return 0 if parent is not None and parent.isValid() else len(self._table.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return a column's title."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self._columns[section].right else _LEFT
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        """Return text, mark or alignment of a cell."""
        line, at = self._table.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(line, at)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self._columns[at].right else _LEFT
        if role == Qt.ItemDataRole.DecorationRole and at == 0:
            return icons.layer_picture(line.place.layer, look(self._session), 16)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(line, at)
        return None

    def _tip(self, line: Line, at: int) -> str:
        if not self._table.columns and at == SOURCE:
            return line.place.source(self._session.state.language)
        said = words(self._session)
        more = [text.said(said) for text in line.measured] if at == FIGURE else []
        return " · ".join([self.cell(line, at), *more])

    def cell(self, line: Line, at: int) -> str:
        """Return what a cell says; a number is a `Figure`."""
        return line.cells[at] if self._table.columns else self._usual_text(line, at)

    def _usual_text(self, line: Line, at: int) -> str:
        said, language = words(self._session), self._session.state.language
        if at == NAME:
            return line.place.name(language)
        if at == KIND:
            return line.place.kind(language) if line.beside is None else line.beside
        if at == STATUS:
            return line.place.layer.status(line.place.text("status")).said(said)
        if at == FIGURE:
            return line.figure
        if at == ACCURACY:
            accuracy_m = line.place.accuracy_m
            known = said("± {metres} m", metres=f"{accuracy_m:,.0f}")
            return known if accuracy_m != float("inf") else said("unknown")
        return brief_source(line.place.source(language), said)


def _usual(said: Words, figure: str, beside: str | None) -> tuple[Column, ...]:
    """Return the columns of places: name, kind, status, figure, accuracy, source."""
    return (
        Column(said("Name"), share=25, least_px=130),
        Column(beside or said("Kind"), share=17, least_px=90, spared=2),
        Column(said("Status"), share=13, least_px=100, spared=4),
        Column(figure, right=True, share=15),
        Column(said("Accuracy"), right=True, share=11, least_px=106, spared=3),
        Column(said("Source"), share=19, least_px=110, spared=1),
    )


class TagDelegate(QStyledItemDelegate):
    """Paints a status as a small outlined tag."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell and its tag."""
        theme = look(self._session)
        box: QRect = option.rect  # type: ignore[attr-defined]
        selected = option.state & QStyle.StateFlag.State_Selected  # type: ignore[attr-defined]
        painter.save()
        if selected:
            painter.fillRect(box, QColor(theme.colour("selected")))
        painter.setPen(QColor(theme.colour("line")))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        text = str(index.data() or "")
        face = QFont(option.font)  # type: ignore[attr-defined]
        face.setPixelSize(11)
        painter.setFont(face)
        width = min(painter.fontMetrics().horizontalAdvance(text) + 12, box.width() - 18)
        tag = QRect(box.left() + 16, box.center().y() - 9, width, 18)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(theme.colour("panel")))
        if text:
            painter.drawRoundedRect(QRectF(tag).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(QColor(theme.colour("ink_2")))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width - 10)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, shown)
        painter.restore()
