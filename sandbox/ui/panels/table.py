"""The table below the map: the places within reach, soonest first; and the services asked."""

import re
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTabBar,
    QTableView,
    QWidget,
)

from sandbox.app import places, street_edits
from sandbox.app.analyses import ANALYSES
from sandbox.app.answers import compare, parts
from sandbox.app.awaited import question_on_map
from sandbox.app.changes import changed
from sandbox.app.questions import AgainstAnswer, Selected
from sandbox.app.session import Session
from sandbox.ui.answers.panel import Column, Line, Panel, Table
from sandbox.ui.crash import guarded
from sandbox.ui.parts import icons
from sandbox.ui.parts.widgets import Elided, calm, column, dimming, follow, look, words
from sandbox.words import Text, Words

_PANELS: Final = parts("sandbox.ui.answers", Panel)
Index = QModelIndex | QPersistentModelIndex

_ROW_PX: Final = 28
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NAME, _KIND, _STATUS, _FIGURE, _ACCURACY, _SOURCE = range(6)
# Room beside a heading, beside words, and beside a name, which has its mark there. Of words
# longer than the most, the end is cut off.
_HEADING_EDGES_PX: Final = 30
_EDGES_PX: Final = 36
_NAME_EDGES_PX: Final = 56
_MOST_PX: Final = 350
# A table is measured by the rows that come first.
_MEASURED_ROWS: Final = 30


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
            return self._text(line, at)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self._columns[at].right else _LEFT
        if role == Qt.ItemDataRole.DecorationRole and at == 0:
            return icons.layer_picture(line.place.layer, look(self._session), 16)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(line, at)
        return None

    def _tip(self, line: Line, at: int) -> str:
        if not self._table.columns and at == _SOURCE:
            return line.place.source(self._session.state.language)
        said = words(self._session)
        more = [text.said(said) for text in line.measured] if at == _FIGURE else []
        return " · ".join([self._text(line, at), *more])

    def _text(self, line: Line, at: int) -> str:
        return line.cells[at] if self._table.columns else self._usual_text(line, at)

    def _usual_text(self, line: Line, at: int) -> str:
        said, language = words(self._session), self._session.state.language
        if at == 0:
            return line.place.name(language)
        if at == 1:
            return line.place.kind(language) if line.beside is None else line.beside
        if at == 2:
            return line.place.layer.status(line.place.text("status")).said(said)
        if at == 3:
            return line.figure
        if at == 4:
            accuracy_m = line.place.accuracy_m
            known = said("± {metres} m", metres=f"{accuracy_m:,.0f}")
            return known if accuracy_m != float("inf") else said("unknown")
        # The first source is the article; what follows says where the position is from.
        return re.split("[;；]", line.place.source(language))[0]


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


class TablePanel(QFrame):
    """Tabs of places: those within reach, and those of each analysis.

    Parameters
    ----------
    session
        Whose answers are listed.
    on_menu
        Called with a row's place, what the row is about, and where a menu was asked for.
    """

    def __init__(
        self, session: Session, on_menu: Callable[[Selected | None, str, QPoint], None]
    ) -> None:
        super().__init__()
        self._on_menu = on_menu
        self._session = session
        self.setObjectName("table")
        self._tabs = QTabBar()
        self._tabs.setExpanding(False)
        self._tabs.addTab("")
        self._tabs.currentChanged.connect(lambda _index: self._show())
        self._tabs.setUsesScrollButtons(False)
        self._note = Elided("small", "third", whole=True)
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = QWidget()
        head.setFixedHeight(40)
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 0, 16, 0)
        line.addWidget(self._tabs, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self._note, 1)
        self._model = PlaceTable(session)
        # By headings: another language or table has other words.
        self._measured: tuple[tuple[str, ...], list[int]] = ((), [])
        self._view = self._table()
        self._dim = dimming(self._view)
        whole = column(self, (0, 1, 0, 0))
        whole.addWidget(head)
        whole.addWidget(self._view, 1)
        follow(
            session,
            self,
            lambda s: (s.answers.results, s.language, s.theme, s.document.layers),
            self._show,
        )
        follow(
            session,
            self,
            lambda s: (
                s.answers.reach_answer,
                compare.shown(s),
                s.document.against_cutoff,
                s.answers.outdated,
            ),
            calm(self, self._show),
        )
        follow(session, self, lambda s: s.gesture.selected, self._show_selected)
        session.listen_atlas(lambda _atlas: self._model.show_table(Table((), "", "")))
        self._show()

    @property
    def model(self) -> PlaceTable:
        """The rows that are shown."""
        return self._model

    @property
    def title(self) -> str:
        """What the tab in front is called."""
        return self._tabs.tabText(self._tabs.currentIndex())

    def _table(self) -> QTableView:
        view = QTableView()
        view.setModel(self._model)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(_ROW_PX)
        view.verticalHeader().setMinimumSectionSize(_ROW_PX)
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.horizontalHeader().setFixedHeight(_ROW_PX)
        view.horizontalHeader().setHighlightSections(False)
        view.horizontalHeader().setStretchLastSection(True)
        view.horizontalHeader().setMinimumSectionSize(40)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setIconSize(QSize(16, 16))
        view.setFrameShape(QFrame.Shape.NoFrame)
        self._tags, self._plain = TagDelegate(self._session), QStyledItemDelegate()
        view.selectionModel().selectionChanged.connect(self._select)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._menu)
        return view

    def _menu(self, at: QPoint) -> None:
        index = self._view.indexAt(at)
        if index.isValid():
            line = self._model.line(index.row())
            self._on_menu(line.place.where, line.about, self._view.viewport().mapToGlobal(at))

    @guarded
    def resizeEvent(self, event: object) -> None:
        """Share the width out among the columns."""
        self._share_width()

    def _share_width(self) -> None:
        """Give each column its share; without room for all headings the least needed ones go."""
        width, columns = max(1, self.width() - 12), self._model.columns
        if not columns:
            return
        least = self._least()
        shown = list(range(len(columns)))
        for spared in sorted(
            (at for at in shown if columns[at].spared), key=lambda at: columns[at].spared
        ):
            if sum(least[at] for at in shown) <= width:
                break
            shown.remove(spared)
        # Where not even names and figures have room side by side, names end early.
        over = max(0, sum(least[at] for at in shown) - width)
        least = [max(0, least[0] - over), *least[1:]]
        free = max(0, width - sum(least[at] for at in shown))
        shares = sum(columns[at].share for at in shown)
        for at, one in enumerate(columns):
            self._view.setColumnHidden(at, at not in shown)
            if at in shown:
                self._view.setColumnWidth(at, least[at] + free * one.share // shares)

    def _least(self) -> list[int]:
        """Return how wide each column has to be for its words; as answers come it only grows."""
        columns = self._model.columns
        titles = tuple(one.title for one in columns)
        if self._measured[0] != titles:
            self._measured = titles, [one.least_px for one in columns]
        heading, cell = self._view.horizontalHeader().fontMetrics(), self._view.fontMetrics()
        widest = self._measured[1]
        for at, title in enumerate(titles):
            told = [
                cell.horizontalAdvance(str(self._model.index(line, at).data() or ""))
                for line in range(min(self._model.rowCount(), _MEASURED_ROWS))
            ]
            needed = max(told, default=0) + (_EDGES_PX if at else _NAME_EDGES_PX)
            titled = heading.horizontalAdvance(title) + _HEADING_EDGES_PX
            widest[at] = max(widest[at], titled, min(needed, _MOST_PX))
        return widest

    def _show(self) -> None:
        said, state = words(self._session), self._session.state
        chosen = self._analysis_table()
        compared = compare.shown(state)
        beside = self._compared(compared) if compared is not None else None
        count = len(places.reached(state) if beside is None else beside)
        self._tabs.setTabText(0, said("Places within reach {count}", count=count))
        self._view.setAccessibleName(said("Places"))
        asked = question_on_map(state)
        edited = street_edits.told(asked.edits if asked else state.document.edits)
        self._dim.setEnabled(state.answers.outdated)
        under = [edited.said(said)] if edited else []
        if chosen is not None:
            table = chosen
        elif beside is not None:
            title = compare.heading(changed(state, against_minutes=False))
            table = Table(beside, said("Base → plan (min)"), title.said(said) if title else "")
        else:
            note = said("By travel time; ≈ is indicative")
            table = Table(self._reached(), said("Time (min)"), note)
        self._note.setText(" · ".join([*under, *([table.note] if table.note else ())]))
        self._model.show_table(table)
        self._view.setItemDelegateForColumn(_STATUS, self._plain if table.columns else self._tags)
        self._share_width()
        self._show_selected()

    def _analysis_table(self) -> Table | None:
        """Have a tab for each analysis with an answer, and return the table of that in front."""
        said, state = words(self._session), self._session.state
        self._tabs.blockSignals(True)
        for one in ANALYSES:
            there, tab = state.answers.result(one.answer) is not None, self._tab(one.id)
            if there and tab is None:
                # Whoever asks wants to see what comes of it.
                tab = self._tabs.addTab("")
                self._tabs.setTabData(tab, one.id)
                self._tabs.setCurrentIndex(tab)
            elif not there and tab is not None:
                self._tabs.removeTab(tab)
            if there and tab is not None:
                self._tabs.setTabText(tab, one.title.said(said))
        self._tabs.blockSignals(False)
        chosen = self._tabs.tabData(self._tabs.currentIndex())
        return None if chosen is None else _PANELS[str(chosen)].table(self._session)

    def _tab(self, name: str) -> int | None:
        """Return which tab is that of an analysis, if there is one."""
        tabs = range(self._tabs.count())
        return next((at for at in tabs if self._tabs.tabData(at) == name), None)

    def _compared(self, answer: AgainstAnswer) -> list[Line]:
        """Return the places that base or plan reaches within the cutoff on the map."""
        state = self._session.state
        minutes = answer.difference.minutes[compare.cutoff_of(state, answer)]
        never = float("inf")
        found = [
            (min(never if m is None else m for m in (one.base, one.plan)), one)
            for one in compare.places_compared(self._session.atlas, answer)
        ]
        visible = {layer.id for layer in state.document.layers if layer.visible}
        kept = [
            one
            for one in sorted(found, key=lambda pair: pair[0])
            if one[0] <= minutes and one[1].place.where.layer in visible
        ]
        doubt = (Text("≈ indicative: the position is less accurate than the distance reached."),)
        return [
            Line(one.place, compare.minutes_said(one), doubt if one.indicative else ())
            for _, one in kept
        ]

    def _reached(self) -> list[Line]:
        layers = self._session.atlas.layers
        lines: list[Line] = []
        answer = self._session.state.answers.reach_answer
        if answer is None:
            return lines
        for reached in places.reached(self._session.state):
            place = places.place(layers, Selected(reached.layer, reached.id))
            if place is not None:
                sign = "≈ " if reached.indicative else ""
                ends = places.measured_between(answer.question, reached.measured)
                lines.append(Line(place, f"{sign}{reached.minutes:.1f}", ends))
        return lines

    def _select(self, selected: QItemSelection, _before: QItemSelection) -> None:
        rows = selected.indexes()
        if rows:
            self._session.change(selected=self._model.line(rows[0].row()).place.where)

    def _show_selected(self) -> None:
        where, chosen = self._session.state.gesture.selected, self._view.selectionModel()
        rows = chosen.selectedRows()
        if rows and self._model.line(rows[0].row()).place.where == where:
            # Of several rows of a place the one that was chosen stays.
            return
        line = self._model.line_of(where)
        chosen.blockSignals(True)
        if line < 0:
            self._view.clearSelection()
        else:
            self._view.selectRow(line)
        chosen.blockSignals(False)
        self._view.viewport().update()
