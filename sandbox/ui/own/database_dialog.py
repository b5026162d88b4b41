"""Which table of a PostGIS database is opened: address, password, table, and how much of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from sandbox import files
from sandbox.app.jobs import Job, Jobs
from sandbox.app.session import Session
from sandbox.catalog.importing.importing import unreadable
from sandbox.errors import SandboxError
from sandbox.formats.postgis import passwords
from sandbox.formats.postgis.address import Address, Bounds, address_of
from sandbox.formats.postgis.reading import Table, tables
from sandbox.ui.parts.widgets import Wrapped, add_fields, button, label, row, words
from sandbox.words import Text

LANE: Final = "database"
_WIDTH_PX: Final = 560
_ROWS: Final = 100_000
_ROWS_AT_MOST: Final = 5_000_000


class DatabaseDialog(QDialog):
    """Asks for a table; its password goes to who opens it, and nowhere else.

    Parameters
    ----------
    session, jobs
        Whose language it speaks, and where the server is asked.
    before
        The address that was typed last, without what of a table was read.
    extent
        Returns the ground on screen, in degrees.
    on_chosen
        Called with the table and the password that was typed, which may be empty.
    parent
        The window over which it opens.
    """

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        before: str,
        *,
        extent: Callable[[], Bounds],
        on_chosen: Callable[[Address, str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._extent, self._on_chosen = extent, on_chosen
        said = words(session)
        self.setWindowTitle(said("Open from PostGIS"))
        self.setFixedWidth(_WIDTH_PX)
        self.address, self.password = QLineEdit(before), QLineEdit()
        self.address.setPlaceholderText("postgresql://planner@db.example/city")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(said("As the system knows it"))
        self.table = QComboBox()
        self.table.setEditable(True)
        self.only_extent = QCheckBox(said("Only what is on screen"))
        self.limit = QSpinBox()
        self.limit.setRange(1, _ROWS_AT_MOST)
        self.limit.setValue(_ROWS)
        self.limit.setGroupSeparatorShown(True)
        self.fault = Wrapped("small", "error")
        self._work = label("small", "second")
        about = Wrapped("small", "second")
        about.setText(said("The password is used for this connection only and isn't kept."))
        self._list, self._take, cancel = button(), button("primary"), button()
        self._list.setText(said("List tables"))
        self._list.clicked.connect(self.list_tables)
        self._take.setText(said("Open"))
        self._take.setDefault(True)
        self._take.clicked.connect(self.take)
        cancel.setText(said("Cancel"))
        cancel.clicked.connect(self.reject)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        add_fields(
            grid,
            (said("Address"), self.address),
            (said("Password"), self.password),
            (said("Table or view"), self.table),
            (said("Rows at most"), self.limit),
        )
        grid.addWidget(self._list, 2, 2)
        grid.addWidget(self.only_extent, 4, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 16)
        whole.setSpacing(12)
        whole.addLayout(grid)
        whole.addWidget(about)
        whole.addWidget(self.fault)
        whole.addLayout(row(self._work, None, cancel, self._take))

    def list_tables(self) -> None:
        """Ask the server for its tables, and offer them."""
        address = self._typed()
        if address is None:
            return
        password = self.password.text()
        self._work.setText(words(self._session)("Working…"))

        def work(job: Job) -> list[Table]:
            job.report(-1.0, Text("Asking the server"))
            try:
                with passwords.using(password):
                    return tables(address)
            except files.Unreadable as error:
                raise unreadable(address.path, error) from None

        self._jobs.ask(LANE, work, self._listed, self._failed)

    def take(self) -> None:
        """Have the table opened that was chosen."""
        address = self._typed()
        if address is None:
            return
        bounds = self._extent() if self.only_extent.isChecked() else None
        chosen = replace(
            address,
            table=self.table.currentText().strip() or address.table,
            bounds_lonlat=bounds,
            limit=self.limit.value(),
        )
        password = self.password.text()
        self.accept()
        self._on_chosen(chosen, password)

    def done(self, result: int) -> None:
        """Close; nothing is awaited any more, and no field holds the password."""
        self._jobs.cancel(LANE)
        self.password.clear()
        super().done(result)

    def _typed(self) -> Address | None:
        try:
            found = address_of(self.address.text().strip())
        except files.Unreadable as error:
            self._say(unreadable(self.address.text().strip(), error))
            return None
        self._say(None)
        return found

    def _listed(self, found: Sequence[Table]) -> None:
        self._work.setText("")
        before = self.table.currentText()
        self.table.clear()
        self.table.addItems([one.title for one in found])
        if before:
            self.table.setCurrentText(before)
        self.table.setFocus()
        if not found:
            self._work.setText(words(self._session)("There is no table with geometry."))

    def _failed(self, error: Exception) -> None:
        self._work.setText("")
        if not isinstance(error, SandboxError):
            raise error
        self._say(error)

    def _say(self, error: SandboxError | None) -> None:
        self.fault.setText("" if error is None else error.said(words(self._session)))
