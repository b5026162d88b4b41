"""Base maps: chosen by name, address or file; what they ask for is said before they are shown."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sandbox.app.jobs import Job, Jobs
from sandbox.app.own import base_maps
from sandbox.app.session import Session
from sandbox.catalog.layer import Layer
from sandbox.errors import SandboxError
from sandbox.imagery import access
from sandbox.imagery.found import ARCHIVES, Found
from sandbox.imagery.known import names
from sandbox.imagery.service import TileService
from sandbox.ui.parts.widgets import Wrapped, button, label, resize_on_screen, row, words

LANE: Final = "base_map"
_SIZE: Final = (620, 560)


class BaseMapDialog(QDialog):
    """Finds base maps and puts them below the other layers.

    Parameters
    ----------
    session, jobs
        What is on screen, and where services are asked what they offer.
    on_added
        Called with the layers once they are on the map.
    parent
        The window over which it opens.
    """

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        on_added: Callable[[tuple[Layer, ...]], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._on_added = session, jobs, on_added
        self._found: list[Found] = []
        said = words(session)
        self.setWindowTitle(said("Add a base map"))
        resize_on_screen(self, *_SIZE)
        self.what = self._entry()
        self._file = button()
        self._file.setText(said("File…"))
        self._file.clicked.connect(self._choose_file)
        self._look = button()
        self._look.setText(said("Look up"))
        self._look.clicked.connect(self.look_up)
        self.offered = QListWidget()
        self.offered.setAccessibleName(said("Base maps found"))
        self.offered.itemSelectionChanged.connect(self._show)
        self.facts = Wrapped("small", "second")
        self.key = QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.textChanged.connect(lambda _text: self._show())
        self._key_label = label("small", "second")
        self._key_label.setBuddy(self.key)
        self.fault = Wrapped("small", "error")
        self._work = label("small", "second")
        self.add, cancel = button("primary"), button()
        self.add.clicked.connect(self._add)
        cancel.setText(said("Cancel"))
        cancel.clicked.connect(self.reject)
        # Return looks up what is typed; it must not press a button as well.
        for one in (self._file, self._look, self.add, cancel):
            one.setAutoDefault(False)
        self._lay_out(cancel)
        self._show()
        jobs.ask(LANE, lambda _job: names(), self._list, self._failed)

    def _entry(self) -> QComboBox:
        """Return the field that a name is chosen in, or anything else is typed into."""
        made = QComboBox()
        made.setEditable(True)
        made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        made.setMaxVisibleItems(16)
        shrink = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        made.setSizeAdjustPolicy(shrink)
        made.setAccessibleName(words(self._session)("Name, address or file"))
        entry, completer = made.lineEdit(), made.completer()
        assert entry is not None  # noqa: S101 - it is editable
        assert completer is not None  # noqa: S101
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        entry.setPlaceholderText("Tianditu.Vector · https://…/{z}/{x}/{y}.png")
        entry.returnPressed.connect(self.look_up)
        made.activated.connect(lambda _at: self.look_up())
        return made

    def _lay_out(self, cancel: QPushButton) -> None:
        said = words(self._session)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(10)
        named = label("small", "second", said("Name, address or file"))
        named.setBuddy(self.what)
        whole.addWidget(named)
        line = row(self.what, self._look, self._file)
        line.setStretch(0, 1)
        whole.addLayout(line)
        whole.addWidget(self.offered, 1)
        whole.addWidget(self.facts)
        whole.addWidget(self._key_label)
        whole.addWidget(self.key)
        whole.addWidget(self.fault)
        whole.addLayout(row(self._work, None, cancel, self.add))

    @property
    def add_button(self) -> QPushButton:
        """The button that puts what is chosen on the map."""
        return self.add

    def look_up(self) -> None:
        """Find what is meant by what was typed."""
        said = self.what.currentText().strip()
        if not said:
            return
        self._found = []
        self.offered.clear()
        self.fault.setText("")
        self._work.setText(words(self._session)("Working…"))
        self._jobs.ask(LANE, partial(base_maps.find, said, ""), self._offer, self._failed)

    def done(self, result: int) -> None:
        """Close; nothing is awaited any more."""
        self._jobs.cancel(LANE)
        super().done(result)

    def _list(self, known: tuple[str, ...]) -> None:
        typed = self.what.currentText()
        self.what.addItems(list(known))
        self.what.setCurrentIndex(-1)
        self.what.setEditText(typed)

    def _choose_file(self) -> None:
        said = words(self._session)
        kinds = f"{said('Base maps in a file')} ({' '.join('*' + one for one in ARCHIVES)})"
        chosen, _ = QFileDialog.getOpenFileName(self, said("Add a base map"), "", kinds)
        if chosen:
            self.what.setEditText(chosen)
            self.look_up()

    def _offer(self, found: list[Found]) -> None:
        self._work.setText("")
        self._found = found
        for title, _ in found:
            self.offered.addItem(QListWidgetItem(title.said(self._session.state.language)))
        self.offered.setCurrentRow(0)
        self._show()

    def _failed(self, error: Exception) -> None:
        self._work.setText("")
        if not isinstance(error, SandboxError):
            raise error
        self.fault.setText(error.said(words(self._session)))
        self._show()

    @property
    def _chosen(self) -> Found | None:
        at = self.offered.currentRow()
        return self._found[at] if 0 <= at < len(self._found) else None

    def _show(self) -> None:
        said, chosen = words(self._session), self._chosen
        picture = None if chosen is None else chosen[1]
        service = picture if isinstance(picture, TileService) else None
        lines: list[str] = []
        if picture is not None and picture.credit:
            lines.append(said("Shown on the map: {credit}", credit=picture.credit))
        if service is not None:
            lines.append(
                said(
                    "Images are fetched from {host} for the area that is on screen, and kept for a "
                    "month in a cache of 512 MB. Check its terms of use.",
                    host=service.host,
                )
            )
            if service.terms:
                lines.append(service.terms)
            if service.grid.datum == "gcj02":
                lines.append(said("Its images are shifted to GCJ-02; they are shifted back."))
            if service.host.endswith("openstreetmap.org"):
                lines.append(said("OpenStreetMap is for internal analysis, not public display."))
        self.facts.setText("\n".join(lines))
        needs = service is not None and bool(service.key_name)
        self._key_label.setVisible(needs)
        self.key.setVisible(needs)
        known = bool(service is not None and needs and access.key(service.key_name))
        if needs and service is not None:
            self._key_label.setText(
                said("Your key for {name} (kept for your user account only)", name=service.key_name)
            )
            self.key.setPlaceholderText(said("already known") if known else "")
        self.add.setText(said("Allow and add") if service is not None else said("Add"))
        self.add.setEnabled(chosen is not None and (not needs or known or bool(self.key.text())))

    def _add(self) -> None:
        chosen = self._chosen
        if chosen is None:
            return
        key, layers = self.key.text().strip(), tuple(self._session.atlas.layers)

        def work(_job: Job) -> tuple[Layer, ...]:
            base_maps.agree(chosen, key)
            return base_maps.base_map_layers([chosen], layers)

        self._jobs.ask(LANE, work, self._added, self._failed)

    def _added(self, layers: tuple[Layer, ...]) -> None:
        self.accept()
        base_maps.put_below(self._session, layers)
        self._on_added(layers)
