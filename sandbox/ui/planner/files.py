"""The files that the planner's window opens and writes: asks for a name, works, says what came."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from sandbox.app import moving
from sandbox.app.answers.compare import shown, sides
from sandbox.app.asking import Asker
from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.jobs import Job, Jobs
from sandbox.app.scenarios import with_opened
from sandbox.app.session import Session
from sandbox.app.state import MapState
from sandbox.app.street_edits import Editing, Report
from sandbox.catalog.scenario_text import as_toml
from sandbox.catalog.scenarios import read
from sandbox.edits.scenario import Scenario
from sandbox.edits.street_edits_file import as_geojson
from sandbox.errors import SandboxError
from sandbox.ui.panels.scene import SceneDialog
from sandbox.ui.parts.widgets import words
from sandbox.ui.planner.messages import Message
from sandbox.words import Text

# What one system or another has no names of files with, and how long they may be.
_NOT_IN_NAMES: Final = frozenset('/\\:*?"<>|\n\r\t')
_NAME_LENGTH: Final = 80


class Files:
    """Opens scenarios and street edits; writes pages, comparisons, scenarios and edits.

    Parameters
    ----------
    window
        What file dialogs belong to.
    session, jobs
        What is on screen, and where the work is done.
    asker, editing
        They ask with a scenario that was opened, and take up edits that were read.
    report
        Told what went wrong, and None once it is right again.
    say
        Told what is worth a line, such as that a file is written.
    map_size
        Gives the size of the map on screen, which a scene then shows all of.
    """

    def __init__(
        self,
        window: QWidget,
        session: Session,
        jobs: Jobs,
        asker: Asker,
        editing: Editing,
        *,
        report: Report,
        say: Callable[[str, Message | None], None],
        map_size: Callable[[], QSize],
    ) -> None:
        self._window, self._session, self._jobs = window, session, jobs
        self._asker, self._editing = asker, editing
        self._report, self._say, self._map_size = report, say, map_size

    def calls(self) -> dict[str, Callable[[], object]]:
        """Return what the actions with files do, each after asking for a name."""
        return {
            "export_html": self._export,
            "export_comparison": self._export_comparison,
            "open_scenario": self._open_scenario,
            "save_scenario": self._save_scenario,
            "open_edits": self._open_edits,
            "save_edits": self._save_edits,
            "take_scene": self._take_scene,
        }

    def _export(self) -> None:
        said = words(self._session)
        chosen, _ = QFileDialog.getSaveFileName(
            self._window,
            said("Export as a web page"),
            self._suggested(),
            said("Web pages") + " (*.html)",
        )
        if chosen:
            self.export_page(Path(chosen))

    def _suggested(self) -> str:
        """Return a name for a page: of a comparison its base and its plan."""
        found = shown(self._session.state)
        name = "map" if found is None else sides(found).said(words(self._session))
        # No system forbids letters and digits; a departure's colon is no part of a name on some.
        fitting = "".join("-" if sign in _NOT_IN_NAMES else sign for sign in name)
        return f"{fitting.strip(' .')[:_NAME_LENGTH]}.html"

    def export_page(self, file: Path) -> None:
        """Write the map as now on screen as one HTML file, a comparison that is on it too."""

        def write(atlas: Atlas, state: MapState) -> None:
            # Imported here, so that only an export waits for what pages are made of.
            from sandbox.export.compare import write_against
            from sandbox.export.page.html import write_page

            if shown(state) is not None:
                write_against(file, atlas, state)
            else:
                write_page(file, atlas, state)

        self._write(file, write)

    def _export_comparison(self) -> None:
        said = words(self._session)
        kinds = [
            said("Web pages") + " (*.html)",
            said("Layers") + " (*.gpkg)",
            said("Areas") + " (*.geojson)",
            said("Tables") + " (*.csv)",
        ]
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, said("Export the comparison"), self._suggested(), ";;".join(kinds)
        )
        if chosen:
            self.export_comparison(Path(chosen))

    def export_comparison(self, file: Path) -> None:
        """Write the comparison on screen as page, layers or table, by the file's ending."""

        def write(atlas: Atlas, state: MapState) -> None:
            from sandbox.export.compare import write_against

            write_against(file, atlas, state)

        self._write(file, write)

    def _open_scenario(self) -> None:
        said = words(self._session)
        kinds = said("Scenarios") + " (*.toml)"
        chosen, _ = QFileDialog.getOpenFileName(self._window, said("Open a scenario"), "", kinds)
        if chosen:
            self.open_scenario(Path(chosen))

    def open_scenario(self, file: Path) -> None:
        """Ask by transit with the lines of a scenario file."""
        atlas = self._session.atlas

        def done(scenario: Scenario) -> None:
            self._report("scenario", None)
            question = self._session.state.document.reach
            if question is not None:
                by_transit = moving.by_mode(question, "transit", self._session.atlas)
                # It is kept, so that the next one can be compared with it.
                opened = with_opened(self._session.state.document.scenarios, scenario)
                self._session.change(
                    undoable=True, reach=replace(by_transit, scenario=scenario), scenarios=opened
                )

        def work(job: Job) -> Scenario:
            job.report(-1.0, Text("Reading the scenario"))
            return read(file, atlas.layers)

        self._jobs.ask("scenario", work, done, partial(self._failed, "scenario"))

    def _save_scenario(self) -> None:
        said, question = words(self._session), self._session.state.document.reach
        if question is None or question.scenario is None:
            return
        kinds, name = said("Scenarios") + " (*.toml)", f"{question.scenario.id}.toml"
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, said("Save the scenario"), name, kinds
        )
        if chosen:
            self.save_scenario(Path(chosen))

    def save_scenario(self, file: Path) -> None:
        """Write the scenario on screen as a file that stands alone."""

        def write(_atlas: Atlas, state: MapState) -> None:
            from sandbox.export.files import replacing

            if state.document.reach is not None and state.document.reach.scenario is not None:
                with replacing(file) as beside:
                    beside.write_text(as_toml(state.document.reach.scenario), encoding="utf-8")

        self._write(file, write)

    def _open_edits(self) -> None:
        said = words(self._session)
        kinds = said("Street edits") + " (*.geojson *.json *.gpkg *.shp *.zip *.kml *.kmz *.fgb)"
        kinds += f";;{said('All files')} (*)"
        chosen, _ = QFileDialog.getOpenFileName(self._window, said("Open street edits"), "", kinds)
        if chosen:
            self._editing.open(Path(chosen))

    def _save_edits(self) -> None:
        said = words(self._session)
        kinds = said("Street edits") + " (*.geojson)"
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, said("Save street edits"), "street_edits.geojson", kinds
        )
        if chosen:
            self.save_edits(Path(chosen))

    def save_edits(self, file: Path) -> None:
        """Write the edits of the streets on screen as a file that opens here and in QGIS."""

        def write(_atlas: Atlas, state: MapState) -> None:
            from sandbox.export.files import replacing

            with replacing(file) as beside:
                beside.write_text(as_geojson(state.document.edits), encoding="utf-8")

        self._write(file, write)

    def _take_scene(self) -> None:
        asked = SceneDialog(self._session, self._jobs, self._map_size(), self.written, self._window)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.open()

    def _write(self, file: Path, write: Callable[[Atlas, MapState], None]) -> None:
        """Have a file written of what is on screen now, and say so when it is there."""
        # A file shows one answer, and never dimmed.
        atlas, state = self._session.atlas, changed(self._session.state, outdated=False)

        def work(job: Job) -> None:
            job.report(-1.0, Text("Writing the file"))
            write(atlas, state)

        def done(_written: None) -> None:
            self.written(file)

        self._jobs.write("export", work, done, partial(self._failed, "export"))

    def written(self, file: Path) -> None:
        """Say that a file is there."""
        address = QUrl.fromLocalFile(str(file))
        message = Message(
            "info",
            Text("Saved to {file}", {"file": file.name}),
            Text("Open"),
            partial(QDesktopServices.openUrl, address),
        )
        self._say("export", message)

    def _failed(self, lane: str, error: Exception) -> None:
        if not isinstance(error, SandboxError):
            raise error
        self._report(lane, error)
