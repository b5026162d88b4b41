"""A window with the table of a layer or result: sorted, filtered, summed up, copied, taken out."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QItemSelectionModel, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFrame,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from sandbox.app.actions import ACTIONS
from sandbox.app.jobs import Job, Jobs
from sandbox.app.own.table import (
    TESTS,
    Figures,
    Order,
    Rows,
    Statistics,
    Table,
    as_tsv,
    ordered,
    statistics,
    table_of,
)
from sandbox.app.places import own_rows
from sandbox.app.questions import Selected
from sandbox.app.session import Session
from sandbox.errors import SandboxError
from sandbox.ui.crash import guarded
from sandbox.ui.own.cell_edits import CellEdits
from sandbox.ui.own.frame_model import FrameModel
from sandbox.ui.parts.widgets import Wrapped, button, follow, label, resize_on_screen, row, words
from sandbox.words import Text

_ROW_PX: Final = 28
_SIZE: Final = (980, 560)
_TYPED_MS: Final = 250
_WIDEST_PX: Final = 260
# Rows that say how wide a column is.
_LOOKED_AT: Final = 40
_TESTS: Final = {
    "contains": Text("contains"),
    "empty": Text("is empty"),
    "filled": Text("is filled"),
}

TakeOut = Callable[[Table, Rows], None]


class TableWindow(QDialog):
    """Shows a table beside the map; what is selected in one is selected in the other.

    Parameters
    ----------
    session, jobs
        What is on screen, and where rows are sorted and filtered.
    table
        What is shown.
    take_out
        Called with rows that are to be written into a file.
    parent
        The window over which it opens; both can be used at once.
    """

    def __init__(
        self, session: Session, jobs: Jobs, table: Table, take_out: TakeOut, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._table = session, jobs, table
        self._figures, self._order = Figures(table.frame), Order()
        self._take_out = take_out
        self._lane = f"table:{table.id}:{id(self)}"
        self._following = False
        said = words(session)
        self.setWindowTitle(said("Table of {layer}", layer=table.title.said(said.language)))
        resize_on_screen(self, *_SIZE)
        self._edits = CellEdits(session, jobs, table.id, self._tell_edit)
        editable = self._edits.columns() if table.layer is not None else frozenset[str]()
        self.model = FrameModel(session, table, editable, self._entered)
        self.view = self._made_view()
        self._fields = self._filter_fields()
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(_TYPED_MS)
        self._typed.timeout.connect(self._read_filter)
        self._count = label("small", "second")
        self.told = label("small")
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        # Apart from the figures, which follow each click.
        self.fault = Wrapped("small", "error")
        self.fault.hide()
        copy, out, close = button(), button(), button()
        copy.setText(said("Copy"))
        copy.setToolTip(
            said("Selected rows, or all that are shown, for a spreadsheet") + "  Ctrl+C"
        )
        copy.clicked.connect(self.copy)
        out.setText(said("Take out…"))
        out.clicked.connect(lambda: self._take_out(self._table, self.chosen_rows()))
        close.setText(said("Close"))
        close.clicked.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 14, 16, 14)
        whole.setSpacing(10)
        whole.addLayout(row(*self._fields, self._count, None, copy, out, close))
        whole.addWidget(self.view, 1)
        whole.addWidget(self.fault)
        whole.addWidget(self.told)
        follow(session, self, lambda s: s.gesture.selected, self._follow_map)
        end = session.listen_atlas(lambda _atlas: self._take_up())
        self.destroyed.connect(lambda *_: end())
        # The keys of the window behind it, which reach no other window.
        for name, call in (("undo", session.undo), ("redo", session.redo)):
            keys = next(one.shortcut for one in ACTIONS if one.id == name)
            QShortcut(QKeySequence(keys), self).activated.connect(call)
        self._show()
        self._follow_map()

    def chosen_rows(self) -> Rows:
        """Return the rows that are selected, in their order; all that are shown without any."""
        # By their ranges: a list of a million rows would take seconds.
        held: Any = self.view.selectionModel().selection()
        parts = [np.arange(one.top(), one.bottom() + 1) for one in held]
        lines = np.unique(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int64)
        return self.model.rows if len(lines) < 2 else self.model.rows[lines]

    def copy(self) -> None:
        """Put the chosen rows into the clipboard, as spreadsheets take them."""
        rows, language = self.chosen_rows(), self._session.state.language

        def work(job: Job) -> str:
            job.report(-1.0, Text("Copying rows"))
            return as_tsv(self._table, rows, language)

        def done(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            said = words(self._session)
            self.told.setText(said("{count} rows copied.", count=f"{len(rows):,}"))

        self._jobs.ask(self._lane + ":copy", work, done, self._failed)

    def sort(self, section: int) -> None:
        """Sort by a column; by the same one again the other way, then not at all."""
        name, order = self._table.columns[section].name, self._order
        if order.by != name:
            self._order = replace(order, by=name, descending=False)
        elif not order.descending:
            self._order = replace(order, descending=True)
        else:
            self._order = replace(order, by="", descending=False)
        self._arrange()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy with the keys for it; Enter in the filter closes nothing."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._read_filter()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Close; nothing is awaited any more."""
        self._edits.close()
        for more in ("", ":copy", ":sum"):
            self._jobs.cancel(self._lane + more)
        super().done(result)

    def _made_view(self) -> QTableView:
        view = QTableView()
        view.setModel(self.model)
        view.verticalHeader().hide()
        # Rows of one height: a million of them need no measuring.
        view.verticalHeader().setDefaultSectionSize(_ROW_PX)
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        view.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setTabKeyNavigation(False)
        said = words(self._session)
        view.setAccessibleName(said("Rows"))
        if self.model.can_edit:
            view.setToolTip(said("Double-click a cell to change it (F2)"))
        head = view.horizontalHeader()
        head.setResizeContentsPrecision(_LOOKED_AT)
        head.setSectionsClickable(True)
        head.setHighlightSections(False)
        head.sectionClicked.connect(self.sort)
        view.resizeColumnsToContents()
        for at in range(self.model.columnCount()):
            view.setColumnWidth(at, min(_WIDEST_PX, max(80, view.columnWidth(at) + 34)))
        chosen = view.selectionModel()
        chosen.selectionChanged.connect(lambda *_: self._selected())
        chosen.currentChanged.connect(lambda *_: self._sum_up())
        return view

    def _filter_fields(self) -> tuple[QWidget, ...]:
        said, language = words(self._session), self._session.state.language
        self._where, self._test, self._value = QComboBox(), QComboBox(), QLineEdit()
        self._where.addItem(said("Any column"), "")
        for one in self._table.columns:
            self._where.addItem(one.title.said(language), one.name)
        for test in TESTS:
            text = _TESTS.get(test)
            self._test.addItem(test if text is None else text.said(said), test)
        self._value.setPlaceholderText(said("Filter"))
        self._value.setFixedWidth(180)
        self._where.setMaximumWidth(180)
        for widget, name in (
            (self._where, said("Column")),
            (self._test, said("Condition")),
            (self._value, said("Filter")),
        ):
            widget.setAccessibleName(name)
        self._where.activated.connect(lambda _at: self._read_filter())
        self._test.activated.connect(lambda _at: self._read_filter())
        self._value.textChanged.connect(lambda _text: self._typed.start())
        # On Linux a list is named by the title that leads to it.
        named = label("small", "second", said("Filter"))
        named.setBuddy(self._where)
        return named, self._where, self._test, self._value

    def _read_filter(self) -> None:
        self._typed.stop()
        wanted = replace(
            self._order,
            column=str(self._where.currentData()),
            test=self._test.currentData(),
            value=self._value.text(),
        )
        if wanted != self._order:
            self._order = wanted
            self._arrange()

    def _arrange(self) -> None:
        order = self._order

        def work(job: Job) -> Rows:
            job.report(-1.0, Text("Sorting rows"))
            return ordered(self._table, self._figures, order)

        self._jobs.ask(self._lane, work, self._arranged, self._failed)

    def _arranged(self, rows: Rows) -> None:
        self.model.show_rows(rows)
        head, names = self.view.horizontalHeader(), [one.name for one in self._table.columns]
        head.setSortIndicatorShown(bool(self._order.by))
        if self._order.by:
            down = Qt.SortOrder.DescendingOrder
            up = Qt.SortOrder.AscendingOrder
            which = down if self._order.descending else up
            head.setSortIndicator(names.index(self._order.by), which)
        self._show()
        self._follow_map()

    def _show(self) -> None:
        said = words(self._session)
        shown, every = len(self.model.rows), len(self._table.frame)
        self._count.setText(
            said("{count} rows", count=f"{every:,}")
            if shown == every
            else said("{shown} of {count} rows", shown=f"{shown:,}", count=f"{every:,}")
        )
        self._sum_up()

    # Cells that are changed.

    def _entered(self, number: int, column: str, text: str) -> None:
        self._edits.change(str(self._table.frame["id"].iloc[number]), column, text)

    def _tell_edit(self, error: SandboxError | None) -> None:
        self.fault.setVisible(error is not None)
        if error is not None:
            self.fault.setText(error.said(words(self._session)))

    def _take_up(self) -> None:
        """Show the layer as it is now, after a change here or on the map or one taken back."""
        before, table = self._table, table_of(self._session.atlas, self._table.id)
        if before.layer is None or table is None or table.layer is before.layer:
            return
        if [one.name for one in table.columns] != [one.name for one in before.columns]:
            self.reject()
            return
        count = len(before.frame)
        self._table, self._figures = table, Figures(table.frame)
        self.model.show_table(table)
        if len(table.frame) != count:
            self._arrange()
        self._show()

    # Selected here and on the map.

    def _place_of(self, number: int) -> Selected | None:
        places = self._table.places
        if places is None:
            return None
        layer, name = places
        frame = self._table.frame
        found = self._table.id if not layer else str(frame[layer].iloc[number])
        return Selected(found, str(frame[name].iloc[number]))

    def _selected(self) -> None:
        self._sum_up()
        at = self.view.currentIndex()
        if self._following or not at.isValid() or self._table.places is None:
            return
        if self.view.selectionModel().isRowSelected(at.row()):
            self._following = True
            where = self._place_of(int(self.model.rows[at.row()]))
            self._session.change(selected=where)
            self._following = False

    def _follow_map(self) -> None:
        where, places = self._session.state.gesture.selected, self._table.places
        if self._following or where is None or places is None:
            return
        number = self._number_of(where)
        line = -1 if number is None else self.model.line_of(number)
        if line < 0:
            return
        self._following = True
        index = self.model.index(line, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.view.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        self._following = False

    def _number_of(self, where: Selected) -> int | None:
        layer, name = self._table.places or ("", "")
        if not layer:
            own = self._session.atlas.layers.get(self._table.id)
            held = where.layer == self._table.id and own is not None
            return own_rows(own).get(where.id) if held and own is not None else None
        frame: Any = self._table.frame
        meets = (frame[layer].astype(str) == where.layer) & (frame[name].astype(str) == where.id)
        found = np.flatnonzero(meets.to_numpy())
        return int(found[0]) if len(found) else None

    def _sum_up(self) -> None:
        at = self.view.currentIndex()
        column = at.column() if at.isValid() else 0
        if not self._table.columns:
            return
        name, rows = self._table.columns[column].name, self.chosen_rows()

        def work(job: Job) -> Statistics:
            job.report(-1.0, Text("Adding up"))
            return statistics(self._table, self._figures, name, rows)

        self._jobs.ask(self._lane + ":sum", work, partial(self._summed, name), self._failed)

    def _summed(self, name: str, found: Statistics) -> None:
        said = words(self._session)
        title = self._table.column(name).title.said(said.language)
        if found.sum is None:
            self.told.setText(
                said("{column}: {count} filled", column=title, count=f"{found.count:,}")
            )
            return
        self.told.setText(
            said(
                "{column}: count {count} · sum {sum} · mean {mean} · least {least} · most {most}",
                column=title,
                count=f"{found.count:,}",
                sum=f"{found.sum:,.10g}",
                mean=f"{found.mean:,.6g}",
                least=f"{found.least:,.10g}",
                most=f"{found.most:,.10g}",
            )
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SandboxError):
            raise error
        self.told.setText(error.said(words(self._session)))
