"""The table below the map: the places within reach, soonest first; and the services asked."""

import re
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
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
from sandbox.app.answers import against, parts
from sandbox.app.awaited import question_on_map
from sandbox.app.changes import changed
from sandbox.app.places import Place
from sandbox.app.questions import AgainstAnswer, Selected
from sandbox.app.session import Session
from sandbox.ui.answers.panel import Line, Panel, Table
from sandbox.ui.crash import guarded
from sandbox.ui.parts import icons
from sandbox.ui.parts.widgets import Elided, calm, column, dimming, follow, look, words
from sandbox.words import Text

_PANELS: Final = parts("sandbox.ui.answers", Panel)
Index = QModelIndex | QPersistentModelIndex

_ROW_PX: Final = 28
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
# Shares of the width: name, category, status, minutes, accuracy, source.
_WIDTHS: Final = (25, 17, 13, 15, 11, 19)
_NAME, _KIND, _STATUS, _FIGURE, _ACCURACY, _SOURCE = range(6)
# Where the room is too narrow for all columns, these go, the first one first.
_SPARED: Final = (_SOURCE, _KIND, _ACCURACY, _STATUS)
# Room beside a heading, and the least for what stands in its column.
_HEADING_EDGES_PX: Final = 30
_LEAST_PX: Final = {_NAME: 130, _KIND: 90, _STATUS: 100, _ACCURACY: 106, _SOURCE: 110}


class PlaceTable(QAbstractTableModel):
    """Places as rows; texts are made when a row comes into sight."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._lines: list[Line] = []
        self._headings: tuple[str, ...] = ("",) * len(_WIDTHS)

    def show_lines(self, lines: list[Line], headings: tuple[str, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._lines, self._headings = lines, headings
        self.endResetModel()

    def place(self, line: int) -> Place:
        """Return the place of a row."""
        return self._lines[line].place

    def line_of(self, where: Selected | None) -> int:
        """Return the row of a place, -1 where it has none."""
        return next((i for i, line in enumerate(self._lines) if line.place.where == where), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many places there are."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(_WIDTHS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return a column's title."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in (3, 4) else _LEFT
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        """Return text, mark or alignment of a cell."""
        line, at = self._lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, at)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if at in (3, 4) else _LEFT
        if role == Qt.ItemDataRole.DecorationRole and at == 0:
            return icons.layer_picture(line.place.layer, look(self._session), 16)
        if role == Qt.ItemDataRole.ToolTipRole:
            language = self._session.state.language
            if at == _SOURCE:
                return line.place.source(language)
            said = words(self._session)
            more = [text.said(said) for text in line.measured] if at == _FIGURE else []
            return " · ".join([self._text(line, at), *more])
        return None

    def _text(self, line: Line, at: int) -> str:
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
        text = str(index.data())
        face = QFont(option.font)  # type: ignore[attr-defined]
        face.setPixelSize(11)
        painter.setFont(face)
        width = min(painter.fontMetrics().horizontalAdvance(text) + 12, box.width() - 18)
        tag = QRect(box.left() + 16, box.center().y() - 9, width, 18)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(theme.colour("panel")))
        painter.drawRoundedRect(QRectF(tag).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(QColor(theme.colour("ink_2")))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width - 10)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, shown)
        painter.restore()


class TablePanel(QFrame):
    """Tabs of places: those within reach, and those of each analysis."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setObjectName("table")
        self._tabs = QTabBar()
        self._tabs.setExpanding(False)
        self._tabs.addTab("")
        self._tabs.currentChanged.connect(lambda _index: self._show())
        self._tabs.setUsesScrollButtons(False)
        self._note = Elided("small", "third")
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = QWidget()
        head.setFixedHeight(40)
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 0, 16, 0)
        line.addWidget(self._tabs, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self._note, 1)
        self._model = PlaceTable(session)
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
                against.shown(s),
                s.document.against_cutoff,
                s.answers.outdated,
            ),
            calm(self, self._show),
        )
        follow(session, self, lambda s: s.gesture.selected, self._show_selected)
        session.listen_atlas(lambda _atlas: self._model.show_lines([], ("",) * len(_WIDTHS)))
        self._show()

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
        self._tags = TagDelegate(self._session)
        view.setItemDelegateForColumn(_STATUS, self._tags)
        view.selectionModel().selectionChanged.connect(self._select)
        return view

    @guarded
    def resizeEvent(self, event: object) -> None:
        """Share the width out among the columns."""
        self._share_width()

    def _share_width(self) -> None:
        """Give each column its share; without room for all headings the least needed ones go."""
        width, header = max(1, self.width() - 12), self._view.horizontalHeader()
        metrics = header.fontMetrics()
        titles = [
            str(self._model.headerData(at, Qt.Orientation.Horizontal) or "")
            for at in range(len(_WIDTHS))
        ]
        least = [
            max(metrics.horizontalAdvance(title) + _HEADING_EDGES_PX, _LEAST_PX.get(at, 0))
            for at, title in enumerate(titles)
        ]
        shown = list(range(len(_WIDTHS)))
        for spared in _SPARED:
            if sum(least[at] for at in shown) <= width:
                break
            shown.remove(spared)
        free = max(0, width - sum(least[at] for at in shown))
        shares = sum(_WIDTHS[at] for at in shown)
        for at, share in enumerate(_WIDTHS):
            self._view.setColumnHidden(at, at not in shown)
            if at in shown:
                self._view.setColumnWidth(at, least[at] + free * share // shares)

    def _show(self) -> None:
        said, state = words(self._session), self._session.state
        chosen = self._analysis_table()
        compared = against.shown(state)
        beside = self._compared(compared) if compared is not None else None
        count = len(places.reached(state) if beside is None else beside)
        self._tabs.setTabText(0, said("Places within reach {count}", count=count))
        self._view.setAccessibleName(said("Places"))
        asked = question_on_map(state)
        edited = street_edits.told(asked.edits if asked else state.document.edits)
        self._dim.setEnabled(state.answers.outdated)
        under = [edited.said(said)] if edited else []
        common = said("Name"), said("Kind"), said("Status")
        if chosen is not None:
            self._note.setText(" · ".join([*under, chosen.note]))
            titles = (common[0], chosen.beside or common[1], common[2], chosen.figure)
            headings = (*titles, said("Accuracy"), said("Source"))
            self._model.show_lines(list(chosen.lines), headings)
        elif beside is not None:
            title = against.heading(changed(state, against_minutes=False))
            self._note.setText(" · ".join([*under, *([title.said(said)] if title else ())]))
            figure = said("Base → plan (min)")
            headings = (*common, figure, said("Accuracy"), said("Source"))
            self._model.show_lines(beside, headings)
        else:
            self._note.setText(" · ".join([*under, said("By travel time; ≈ is indicative")]))
            headings = (*common, said("Time (min)"), said("Accuracy"), said("Source"))
            self._model.show_lines(self._reached(), headings)
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
        minutes = answer.difference.minutes[against.cutoff_of(state, answer)]
        never = float("inf")
        found = [
            (min(never if m is None else m for m in (one.base, one.plan)), one)
            for one in against.places_compared(self._session.atlas, answer)
        ]
        visible = {layer.id for layer in state.document.layers if layer.visible}
        kept = [
            one
            for one in sorted(found, key=lambda pair: pair[0])
            if one[0] <= minutes and one[1].place.where.layer in visible
        ]
        doubt = (Text("≈ indicative: the position is less accurate than the distance reached."),)
        return [
            Line(one.place, against.minutes_said(one), doubt if one.indicative else ())
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
            self._session.change(selected=self._model.place(rows[0].row()).where)

    def _show_selected(self) -> None:
        line = self._model.line_of(self._session.state.gesture.selected)
        chosen = self._view.selectionModel()
        chosen.blockSignals(True)
        if line < 0:
            self._view.clearSelection()
        else:
            self._view.selectRow(line)
        chosen.blockSignals(False)
        self._view.viewport().update()
