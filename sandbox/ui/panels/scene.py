"""Taking the view on screen as a scene: the texts that it needs, and where it is written."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from sandbox.app.jobs import Job, Jobs
from sandbox.app.kiosk import config_file
from sandbox.app.kiosk.config import KioskConfig
from sandbox.app.kiosk.scenes.draft import Draft, scene_of
from sandbox.app.session import Session
from sandbox.errors import ExportError, SandboxError
from sandbox.ui.panels.number import NumberField
from sandbox.ui.parts.widgets import Elided, Wrapped, button, label, row, words
from sandbox.words import Text

LANE: Final = "scene"
_WIDTH_PX: Final = 620
_ORDERS: Final = (0.0, 999.0)
_SECONDS: Final = (4.0, 600.0)


class SceneDialog(QDialog):
    """Asks what the map does not show of a scene, and writes it.

    Parameters
    ----------
    session, jobs
        What is on screen, and where files are written.
    size
        Of the map on screen.
    on_written
        Gets the file once it is there.
    """

    def __init__(
        self, session: Session, jobs: Jobs, size: QSize, on_written: Callable[[Path], None],
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._session, self._jobs, self._size = session, jobs, size
        self._on_written = on_written
        self._folder = Path()
        self._order, self._seconds = 500.0, 14.0
        said = words(session)
        self.setWindowTitle(said("Save view as scene"))
        self.setFixedWidth(_WIDTH_PX)
        self._texts: dict[str, tuple[QLineEdit, QLineEdit]] = {}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 18)
        whole.setSpacing(12)
        whole.addLayout(self._fields())
        self._press = QCheckBox(said("Visitors may choose other origins"))
        self._press.setEnabled(session.state.document.reach is not None)
        whole.addWidget(self._press)
        self._where = Elided("small", "second")
        choose = button("link")
        choose.setText(said("Choose a folder"))
        choose.clicked.connect(self._choose)
        where = row(self._where, choose)
        where.setStretch(0, 1)
        whole.addLayout(where)
        self._faults = Wrapped("small", "error")
        whole.addWidget(self._faults)
        self._replace = QCheckBox(said("Replace the scene with that name"))
        self._replace.hide()
        whole.addWidget(self._replace)
        write, cancel = button("primary"), button()
        write.setText(said("Save the scene"))
        write.setDefault(True)
        cancel.setText(said("Cancel"))
        write.clicked.connect(self._write)
        cancel.clicked.connect(self.reject)
        whole.addLayout(row(None, cancel, write))
        self._look_up()

    def into(self, folder: Path) -> None:
        """Write into a folder."""
        self._folder = folder
        self._where.setText(words(self._session)("Folder: {folder}", folder=folder))

    def draft(self) -> Draft:
        """Return what has been typed."""
        texts = {key: (zh.text(), en.text()) for key, (zh, en) in self._texts.items()}
        return Draft(
            id=self._name.text().strip(),
            order=int(self._order),
            duration_s=self._seconds,
            narration=self._narration.text().strip(),
            press=self._press.isChecked(),
            **texts,
        )

    def done(self, result: int) -> None:
        """Close; nothing is awaited any more."""
        self._jobs.cancel(LANE)
        super().done(result)

    def _fields(self) -> QGridLayout:
        said, grid = words(self._session), QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(10)
        self._name, self._narration = QLineEdit(), QLineEdit()
        self._name.setPlaceholderText("a-z, 0-9, _")
        order = NumberField(_ORDERS, partial(setattr, self, "_order"))
        order.show_number(self._order)
        self._line(grid, said("Name and number"), self._name, order)
        for key, text in (
            ("title", "Heading"), ("tile", "On the button"), ("caption", "Caption"),
            ("notes", "For the guide"),
        ):  # fmt: skip
            both = self._texts[key] = QLineEdit(), QLineEdit()
            for field, language in zip(both, ("中文", "English"), strict=True):
                field.setPlaceholderText(language)
                field.setMaxLength(300)
            self._line(grid, said(text), *both)
        seconds = NumberField(_SECONDS, partial(setattr, self, "_seconds"), said("s"))
        seconds.show_number(self._seconds)
        self._narration.setPlaceholderText(said("Narration: a file in that folder"))
        self._line(grid, said("Time and narration"), seconds, self._narration)
        return grid

    def _line(self, grid: QGridLayout, text: str, first: QWidget, second: QWidget) -> None:
        at = grid.rowCount()
        title = label("small", "second", text)
        title.setBuddy(first)
        grid.addWidget(title, at, 0)
        grid.addWidget(first, at, 1)
        grid.addWidget(second, at, 2)
        for widget in (first, second):
            # A number's frame passes the focus on to its field.
            (widget.focusProxy() or widget).setAccessibleName(text)

    def _look_up(self) -> None:
        """Find where the hall's kiosk reads scenes of its own; the usual place until then."""
        usual = config_file.own_scenes(KioskConfig())
        assert usual is not None  # noqa: S101
        self.into(usual)

        def done(folder: Path | None) -> None:
            if folder is not None and self._folder == usual:
                self.into(folder)

        def look(_job: Job) -> Path | None:
            return config_file.own_scenes(config_file.load().config)

        self._jobs.ask(LANE, look, done, self._failed)

    def _choose(self) -> None:
        said = words(self._session)("Choose a folder")
        chosen = QFileDialog.getExistingDirectory(self, said, str(self._folder))
        if chosen:
            self.into(Path(chosen))

    def _write(self) -> None:
        draft, folder, replace = self.draft(), self._folder, self._replace.isChecked()
        atlas, state = self._session.atlas, self._session.state
        size = (float(self._size.width()), float(self._size.height()))
        self._faults.setText("")

        def work(job: Job) -> Path:
            # Imported here, so that only an export waits for what it is made of.
            from sandbox.export.scene import write_scene

            job.report(-1.0, Text("Writing the file"))
            scene = scene_of(atlas, state, size, draft)
            return write_scene(scene, folder / draft.file_name, replace=replace)

        self._jobs.ask(LANE, work, self._written, self._failed)

    def _written(self, file: Path) -> None:
        self._on_written(file)
        self.accept()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SandboxError):
            raise error
        self._faults.setText(error.said(words(self._session)))
        self._replace.setVisible(isinstance(error, ExportError))
        self.adjustSize()
