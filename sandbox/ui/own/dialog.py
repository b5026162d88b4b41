"""Opening files: what they are, where they lie, what they mean, what can't be used."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from sandbox.app.jobs import Job, Jobs
from sandbox.app.own.layers import put_on_map
from sandbox.app.own.opening import (
    Draft,
    Opened,
    corrected,
    keep_choices,
    layer_from,
    preview,
    read_files,
    tried,
)
from sandbox.app.session import Session
from sandbox.catalog.layer import Layer
from sandbox.errors import SandboxError
from sandbox.formats.postgis import passwords
from sandbox.ui.own.columns_page import ColumnsPage
from sandbox.ui.own.mend_page import MendPage
from sandbox.ui.own.place_page import PlacePage
from sandbox.ui.own.preview import PreviewMap
from sandbox.ui.parts.widgets import Elided, Wrapped, button, label, resize_on_screen, row, words
from sandbox.words import Text, Words

LANE: Final = "open_layers"
PREVIEW_LANE: Final = "open_layers_preview"
_SIZE: Final = (1120, 720)
_PAGES_PX: Final = 500
_NOTES: Final = 4
_SHAPES: Final[Mapping[int, Text]] = {
    0: Text("points"),
    1: Text("lines"),
    2: Text("areas"),
}
_RASTERS: Final[Mapping[str, Text]] = {
    "elevation": Text("elevation"),
    "picture": Text("picture"),
    "grid": Text("grid of figures"),
}


class OpenDialog(QDialog):
    """Reads files and puts what they hold on the map, as its user decides.

    Parameters
    ----------
    session, jobs
        What is on screen, and where files are read.
    on_opened
        Called with the layers once they are on the map.
    parent
        The window over which it opens.
    """

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        on_opened: Callable[[tuple[Layer, ...]], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._on_opened = session, jobs, on_opened
        self._opened = Opened()
        self._drafts: list[Draft] = []
        self._at = 0
        said = words(session)
        self.setWindowTitle(said("Open layers"))
        resize_on_screen(self, *_SIZE)
        self._what, self._more = Elided("title"), Wrapped("small", "second")
        self._list = QListWidget()
        self._list.setAccessibleName(said("Layers in these files"))
        self._list.setFixedWidth(200)
        self._list.currentRowChanged.connect(self._choose)
        self._list.itemChanged.connect(lambda _item: self._show_buttons())
        self.place = PlacePage(session, self._set_system, self._set_position)
        self.columns = ColumnsPage(session, self._set_column, self._set_kind)
        self.mend = MendPage(session, self._retry)
        self._pages = QTabWidget()
        self._pages.setDocumentMode(True)
        for page, title in (
            (self.place, said("Where it is")),
            (self.columns, said("Columns")),
            (self.mend, said("Rows to correct")),
        ):
            page.setAccessibleName(title)
            self._pages.addTab(page, title)
        self._pages.setFixedWidth(_PAGES_PX)
        self.map = PreviewMap(session)
        self.fault = Wrapped("small", "error")
        self._work = label("small", "second")
        self._put, cancel = button("primary"), button()
        self._put.setDefault(True)
        self._put.clicked.connect(self._put_on_map)
        cancel.setText(said("Cancel"))
        cancel.clicked.connect(self.reject)
        middle = QHBoxLayout()
        middle.setSpacing(14)
        middle.addWidget(self._list)
        middle.addWidget(self._pages)
        middle.addWidget(self.map, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(10)
        whole.addWidget(self._what)
        whole.addWidget(self._more)
        whole.addLayout(middle, 1)
        whole.addWidget(self.fault)
        whole.addLayout(row(self._work, None, cancel, self._put))
        self._show()

    @property
    def put_button(self) -> QPushButton:
        """The button that puts the layers on the map."""
        return self._put

    def open_files(self, paths: list[Path]) -> None:
        """Read files and folders; several layers come into a list."""
        self._ask(partial(read_files, paths, self._session.atlas), self._read)

    def open_table(self, path: Path, password: str) -> None:
        """Read a table of a database, by a password that nothing keeps."""
        atlas = self._session.atlas

        def work(job: Job) -> Opened:
            with passwords.using(password):
                return read_files([path], atlas, job)

        self._ask(work, self._read)

    def drafts(self) -> tuple[Draft, ...]:
        """Return the layers as they are by what has been decided."""
        return tuple(self._drafts)

    def done(self, result: int) -> None:
        """Close; nothing is awaited any more."""
        for lane in (LANE, PREVIEW_LANE):
            self._jobs.cancel(lane)
        self.map.release()
        super().done(result)

    def _read(self, opened: Opened) -> None:
        self._opened, self._drafts, self._at = opened, list(opened.drafts), 0
        self._list.blockSignals(True)
        self._list.clear()
        for one in self._drafts:
            item = QListWidgetItem(one.read.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.blockSignals(False)
        self._show()
        self._pages.setFocus()

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self._drafts):
            self._at = at
            self._show()

    # What its user decides.

    def _set_system(self, code: str) -> None:
        self._try(replace(self._draft.told, crs=code))

    def _set_position(self, columns: tuple[str, ...]) -> None:
        self._try(replace(self._draft.told, position=columns))

    def _set_column(self, field: str, column: str) -> None:
        told = self._draft.told
        self._try(replace(told, columns={**told.columns, field: column}))

    def _set_kind(self, word: str, kind: str) -> None:
        told = self._draft.told
        kinds = {**told.kinds, word: kind}
        self._try(replace(told, kinds={one: said for one, said in kinds.items() if said}))

    def _try(self, told: Any) -> None:
        draft, at = self._draft, self._at
        self._ask(partial(tried, draft, told, self._session.atlas), partial(self._changed, at))

    def _retry(self, cells: Mapping[tuple[int, str], str]) -> None:
        draft, at = self._draft, self._at
        work = partial(corrected, draft, cells, self._session.atlas)
        self._ask(work, partial(self._changed, at))

    def _changed(self, at: int, draft: Draft) -> None:
        self._drafts[at] = draft
        self._show()

    def _put_on_map(self) -> None:
        chosen = self._ready()
        if not chosen:
            return
        taken = set(self._session.atlas.layers)

        def work(job: Job) -> tuple[Layer, ...]:
            made: list[Layer] = []
            for one in chosen:
                job.report(-1.0, Text("Preparing the layer"))
                made.append(layer_from(one, {*taken, *(layer.id for layer in made)}))
            keep_choices(chosen)
            return tuple(made)

        self._ask(work, self._made)

    def _made(self, layers: tuple[Layer, ...]) -> None:
        self.accept()
        put_on_map(self._session, layers)
        self._on_opened(layers)

    # What it shows.

    @property
    def _draft(self) -> Draft:
        return self._drafts[self._at]

    def _ask(self, work: Callable[[Job], Any], done: Callable[[Any], None]) -> None:
        self._work.setText(words(self._session)("Working…"))
        self._put.setEnabled(False)

        def answered(found: Any) -> None:
            self._work.setText("")
            done(found)

        self._jobs.ask(LANE, work, answered, self._failed)

    def _failed(self, error: Exception) -> None:
        self._work.setText("")
        if not isinstance(error, SandboxError):
            raise error
        self.fault.setText(error.said(words(self._session)))
        self._show_buttons()

    def _show(self) -> None:
        said = words(self._session)
        several = len(self._drafts) > 1
        self._list.setVisible(several)
        self._pages.setVisible(bool(self._drafts))
        self.fault.setText(self._faults(said))
        if not self._drafts:
            self._what.setText(said("Nothing to open") if self._opened.refused else "")
            self._more.setText("")
            self._show_buttons()
            return
        draft = self._draft
        self._what.setText(what_it_is(draft, said))
        notes = draft.notes
        self._more.setText("  ".join(one.said(said) for one in notes[:_NOTES]))
        self._more.setVisible(bool(notes))
        self.place.show_draft(draft)
        for page in (1, 2):
            # A picture has no columns and no rows.
            self._pages.setTabVisible(page, draft.raster is None)
        self.columns.show_draft(draft)
        self.mend.show_draft(draft)
        count = self.mend.model.rowCount()
        title = said("Rows to correct")
        self._pages.setTabText(2, f"{title} ({count})" if count else title)
        for number, one in enumerate(self._drafts):
            item = self._list.item(number)
            item.setText(one.read.name if one.ready else f"{one.read.name}  ·  ?")
        self._show_buttons()
        self._preview()

    def _faults(self, said: Words) -> str:
        faults = [
            error.said(said) if len(self._opened.refused) == 1 else error.message.said(said)
            for _, error in self._opened.refused
        ]
        if self._drafts and self._draft.error is not None:
            error = self._draft.error
            faults.append(f"{error.message.said(said)} {error.hint.said(said)}")
        return "\n".join(faults[:_NOTES])

    def _ready(self) -> list[Draft]:
        found: list[Draft] = []
        for number, one in enumerate(self._drafts):
            item = self._list.item(number)
            if one.ready and item.checkState() == Qt.CheckState.Checked:
                found.append(one)
        return found

    def _show_buttons(self) -> None:
        said, ready = words(self._session), self._ready()
        self._put.setEnabled(bool(ready))
        self._put.setText(
            said("Put {count} layers on the map", count=len(ready))
            if len(ready) > 1
            else said("Put on the map")
        )

    def _preview(self) -> None:
        draft, system = self._draft, self._draft.system
        if system is None and draft.choices.candidates:
            system = draft.choices.candidates[0].system
        if system is None:
            return

        def shown(found: tuple[Any, int]) -> None:
            self.map.show_shapes(found[0])

        work = partial(preview, draft, system, self._session.atlas)
        self._jobs.ask(PREVIEW_LANE, work, shown, self._failed)


def what_it_is(draft: Draft, said: Words) -> str:
    """Return a layer's name, format, rows and kinds of shapes in one line."""
    import shapely

    read = draft.read
    if draft.raster is not None:
        return said(
            "{name} · {format} · {kind}, {columns} × {rows} cells",
            name=read.name,
            format=read.format,
            kind=_RASTERS[draft.raster.kind].said(said),
            columns=f"{draft.raster.size[0]:,}",
            rows=f"{draft.raster.size[1]:,}",
        )
    kinds = sorted({int(one) for one in shapely.get_dimensions(read.shapes).tolist() if one >= 0})
    shapes = ", ".join(_SHAPES[one].said(said) for one in kinds) or said("no positions")
    return said(
        "{name} · {format} · {count} rows · {shapes}",
        name=read.name,
        format=read.format,
        count=f"{len(read.table):,}",
        shapes=shapes,
    )
