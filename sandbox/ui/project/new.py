"""A new project: from an OpenStreetMap extract with timetables and elevations, or of the map."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QProgressBar,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from sandbox.app.jobs import Jobs, Progress
from sandbox.app.project.making import NewProject, make_new
from sandbox.app.session import Session
from sandbox.errors import SandboxError
from sandbox.export.files import check_file
from sandbox.projects.store import SUFFIX
from sandbox.ui.parts.icons import icon
from sandbox.ui.parts.widgets import Elided, Wrapped, button, icon_button, label, look, row, words
from sandbox.ui.planner.bars import progress_text

LANE: Final = "new_project"
_WIDTH_PX: Final = 640


class FilesRow(QWidget):
    """Files of one kind: their names, a button to choose them, and one to leave them out."""

    def __init__(self, session: Session, name: str, kinds: str, *, several: bool) -> None:
        super().__init__()
        self._session, self._name, self._kinds, self._several = session, name, kinds, several
        self.files: tuple[Path, ...] = ()
        self._said, self._clear, choose = Elided(), icon_button(), button()
        said = words(session)
        choose.setText(said("Choose…"))
        choose.setAccessibleName(f"{name}: {said('Choose…')}")
        choose.clicked.connect(self.choose)
        self._clear.setIcon(icon("close", look(session).colour("ink_2"), 14))
        self._clear.setToolTip(said("Clear"))
        self._clear.setAccessibleName(f"{name}: {said('Clear')}")
        self._clear.clicked.connect(lambda: self.take(()))
        line = row(self._said, self._clear, choose)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.take(())

    def choose(self) -> None:
        """Ask for files."""
        ask = QFileDialog.getOpenFileNames if self._several else QFileDialog.getOpenFileName
        found, _ = ask(self, self._name, "", self._kinds)
        chosen = [found] if isinstance(found, str) else found
        if any(chosen):
            self.take(tuple(Path(one) for one in chosen))

    def take(self, files: tuple[Path, ...]) -> None:
        """Take files in place of those that were chosen."""
        self.files = files
        names = ", ".join(one.name for one in files)
        self._said.setText(names or "–")
        self._clear.setVisible(bool(files))


class NewProjectDialog(QDialog):
    """Asks what a new project is made of, makes it, and has it opened.

    Parameters
    ----------
    session, jobs
        What is on screen, and where the work is done.
    network_file
        The file that the streets on screen come from; None for those of the program.
    on_made
        Called with the file once it is there.
    parent
        The window over which it opens.
    """

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        network_file: Path | None,
        on_made: Callable[[Path], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._network_file = session, jobs, network_file
        self._on_made, self._working = on_made, False
        said = words(session)
        self.setWindowTitle(said("New project"))
        self.setFixedWidth(_WIDTH_PX)
        self.from_extract = QRadioButton(said("A city from an OpenStreetMap extract"))
        self.from_screen = QRadioButton(
            said("The streets and layers on the map, without questions")
        )
        self._sources = QButtonGroup(self)
        for one in (self.from_extract, self.from_screen):
            self._sources.addButton(one)
        files = said("All files") + " (*)"
        extracts = said("OpenStreetMap extracts") + f" (*.pbf);;{files}"
        feeds = said("GTFS timetables") + f" (*.zip);;{files}"
        grids = said("Elevation rasters") + f" (*.tif *.tiff *.hgt);;{files}"
        self.extract = FilesRow(session, said("Extract"), extracts, several=False)
        self.gtfs = FilesRow(session, said("Timetables"), feeds, several=True)
        self.dem = FilesRow(session, said("Elevations"), grids, several=True)
        self.title, self.target = QLineEdit(), QLineEdit()
        self.title.setPlaceholderText(said("The name of the file"))
        self.title.setMaxLength(120)
        self.fault = Wrapped("small", "error")
        self._doing, self._bar = label("small", "second"), QProgressBar()
        self._bar.setTextVisible(False)
        self._make, cancel = button("primary"), button()
        self._make.setText(said("Make"))
        self._make.setDefault(True)
        self._make.clicked.connect(self.make)
        cancel.setText(said("Cancel"))
        cancel.clicked.connect(self.reject)
        self._fields = QWidget()
        self._lay_out_fields()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 16)
        whole.setSpacing(12)
        whole.addWidget(self.from_extract)
        whole.addWidget(self.from_screen)
        whole.addWidget(self._fields)
        whole.addWidget(self.fault)
        whole.addWidget(self._bar)
        whole.addLayout(row(self._doing, None, cancel, self._make))
        self._end_listening = jobs.listen(self._heard)
        self._sources.buttonToggled.connect(lambda *_: self._show())
        self.from_extract.setChecked(True)
        self._show()

    def wanted(self) -> NewProject:
        """Return what is asked for."""
        said = self.target.text().strip()
        target = Path(said).expanduser() if said else Path()
        if said and not target.suffix:
            target = target.with_suffix(SUFFIX)
        title = self.title.text().strip()
        if self.from_screen.isChecked():
            return NewProject(target, title)
        (extract,) = self.extract.files or (None,)
        return NewProject(target, title, extract, self.gtfs.files, self.dem.files)

    def make(self) -> None:
        """Make the project and have it opened, or say in a line why it can't be."""
        said, wanted = words(self._session), self.wanted()
        if self.from_extract.isChecked() and wanted.extract is None:
            self.fault.setText(said("Choose an OpenStreetMap extract (.osm.pbf)."))
            return
        if not self.target.text().strip():
            self.fault.setText(said("Choose where the project is saved."))
            return
        try:
            check_file(wanted.target, SUFFIX)
        except SandboxError as error:
            self.fault.setText(error.said(said))
            return
        atlas, document = self._session.atlas, self._session.state.document
        work = partial(make_new, wanted, atlas, document, self._network_file)
        self._show_work(working=True)
        self._jobs.ask(LANE, work, self._made, self._failed)

    def done(self, result: int) -> None:
        """Close; what is under way is stopped, and leaves nothing."""
        self._jobs.cancel(LANE)
        self._end_listening()
        super().done(result)

    def _lay_out_fields(self) -> None:
        said, grid = words(self._session), QGridLayout(self._fields)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        where = QWidget()
        choose = button()
        choose.setText(said("Choose…"))
        choose.setAccessibleName(f"{said('Save as')}: {said('Choose…')}")
        choose.clicked.connect(self._choose_target)
        line = row(self.target, choose)
        where.setLayout(line)
        self._of_extract: list[QWidget] = []
        for at, (name, widget, of_extract) in enumerate(
            (
                (said("Extract"), self.extract, True),
                (said("Timetables"), self.gtfs, True),
                (said("Elevations"), self.dem, True),
                (said("Title"), self.title, False),
                (said("Save as"), where, False),
            )
        ):
            named = label(text=name)
            grid.addWidget(named, at, 0)
            grid.addWidget(widget, at, 1)
            self._of_extract += [named, widget] if of_extract else []
        self.title.setAccessibleName(said("Title"))
        self.target.setAccessibleName(said("Save as"))

    def _choose_target(self) -> None:
        said = words(self._session)
        kinds = said("Projects") + f" (*{SUFFIX})"
        first = self.target.text() or self._usual_name()
        # What is there already is refused: a new project takes no other's place.
        chosen, _ = QFileDialog.getSaveFileName(
            self, said("Save as"), first, kinds, options=QFileDialog.Option.DontConfirmOverwrite
        )
        if chosen:
            path = Path(chosen)
            self.target.setText(str(path if path.suffix else path.with_suffix(SUFFIX)))

    def _usual_name(self) -> str:
        files = self.extract.files if self.from_extract.isChecked() else ()
        named = files[0].parent / files[0].name.split(".")[0] if files else Path("city")
        return str(named.with_suffix(SUFFIX))

    def _show(self) -> None:
        for one in self._of_extract:
            one.setVisible(self.from_extract.isChecked())
        self.fault.setText("")
        self._show_work(working=False)

    def _show_work(self, *, working: bool) -> None:
        self._working = working
        if working:
            self.fault.setText("")
            self._bar.setRange(0, 0)
        self._bar.setVisible(working)
        self._doing.setText(words(self._session)("Working…") if working else "")
        for one in (self._fields, self._make, self.from_extract, self.from_screen):
            one.setEnabled(not working)
        self.adjustSize()

    def _heard(self, progress: Progress | None) -> None:
        if progress is None or progress.lane != LANE or not self._working:
            return
        self._doing.setText(progress_text(progress, self._session))
        known = progress.share >= 0
        self._bar.setRange(0, 1000 if known else 0)
        self._bar.setValue(round(progress.share * 1000))

    def _made(self, file: Path) -> None:
        self.accept()
        self._on_made(file)

    def _failed(self, error: Exception) -> None:
        self._show_work(working=False)
        if not isinstance(error, SandboxError):
            raise error
        self.fault.setText(error.said(words(self._session)))
        self.adjustSize()
