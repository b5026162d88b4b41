"""The table below the map: the places within reach, soonest first; and the services asked."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import (
    QItemSelection,
    QPoint,
    QSize,
    Qt,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QTabBar,
    QTableView,
    QWidget,
)

from sandbox.app import street_edits
from sandbox.app.analyses import ANALYSES
from sandbox.app.answers import OF_REACH, parts
from sandbox.app.answers.awaited import question_on_map
from sandbox.app.questions import Selected
from sandbox.app.session import Session
from sandbox.ui.answers.panel import Panel, Shown, Table
from sandbox.ui.crash import guarded
from sandbox.ui.panels.place_table import STATUS, PlaceTable, TagDelegate
from sandbox.ui.parts.widgets import Elided, calm, column, dimming, follow, words

_PANELS: Final = parts("sandbox.ui.answers", Panel)
# What comes later stands in the place of what comes earlier.
_SHOWN: Final = parts("sandbox.ui.answers", Shown, OF_REACH)
_NOTHING: Final = Table((), "", "")
_ROW_PX: Final = 28
# Room beside a heading, beside words, and beside a name, which has its mark there. Of words
# longer than the most, the end is cut off.
_HEADING_EDGES_PX: Final = 30
_EDGES_PX: Final = 36
_NAME_EDGES_PX: Final = 56
_MOST_PX: Final = 350
# A table is measured by the rows that come first.
_MEASURED_ROWS: Final = 30


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
                tuple(one.watched(s) for one in _SHOWN.values()),
                s.answers.outdated,
            ),
            calm(self, self._show),
        )
        follow(session, self, lambda s: s.gesture.selected, self._show_selected)
        session.listen_atlas(lambda _atlas: self._model.show_table(_NOTHING))
        self._show()

    def rows(self) -> PlaceTable:
        """Return the rows of the answer that is on the map; the list itself follows it later."""
        self._show()
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
        reach = self._reach_table()
        self._tabs.setTabText(0, said("Places within reach {count}", count=len(reach.lines)))
        self._view.setAccessibleName(said("Places"))
        asked = question_on_map(state)
        edited = street_edits.told(asked.edits if asked else state.document.edits)
        self._dim.setEnabled(state.answers.outdated)
        under = [edited.said(said)] if edited else []
        table = reach if chosen is None else chosen
        self._note.setText(" · ".join([*under, *([table.note] if table.note else ())]))
        self._model.show_table(table)
        self._view.setItemDelegateForColumn(STATUS, self._plain if table.columns else self._tags)
        self._share_width()
        self._show_selected()

    def _reach_table(self) -> Table:
        """Return the places of what is shown of the reach question."""
        found = (one.table(self._session) for one in reversed(tuple(_SHOWN.values())))
        return next((table for table in found if table is not None), _NOTHING)

    def _analysis_table(self) -> Table | None:
        """Have a tab for each analysis with an answer, and return the table of that in front."""
        said, state = words(self._session), self._session.state
        self._tabs.blockSignals(True)
        for one in ANALYSES:
            there, tab = state.answers.result(one.answer) is not None, self._tab(one.id)
            if there and tab is None:
                # A new question was asked: show its answer.
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
