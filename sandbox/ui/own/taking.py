"""Tables and files of layers and results: which one, where to, and what came of it."""

import math
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from sandbox.app.jobs import Job, Jobs
from sandbox.app.own.layers import take_off_map
from sandbox.app.own.provenance import facts_of, result_record
from sandbox.app.own.results import reach_table
from sandbox.app.own.table import Rows, Table, table_of
from sandbox.app.session import Session
from sandbox.catalog.layer import Column
from sandbox.errors import SandboxError
from sandbox.geo.crs import WGS84
from sandbox.ui.answers.panel import Explained, Figure
from sandbox.ui.own.table_window import TableWindow
from sandbox.ui.panels.table import TablePanel
from sandbox.ui.parts.widgets import words
from sandbox.ui.planner.explain import ExplainDialog
from sandbox.words import Bilingual, Text

_KINDS: Final[Mapping[str, Text]] = {
    ".gpkg": Text("GeoPackage"),
    ".geojson": Text("GeoJSON"),
    ".parquet": Text("GeoParquet"),
    ".csv": Text("CSV table"),
    ".xlsx": Text("Excel workbook"),
    ".tif": Text("GeoTIFF"),
    ".qml": Text("QGIS style"),
}
Say = Callable[[Path], None]


class Taking:
    """Opens tables, and writes rows into files.

    Parameters
    ----------
    under_dialogs
        What windows and dialogs belong to.
    session, jobs
        What is on screen, and where files are written.
    chosen
        Returns the row of the layer panel that is chosen.
    places
        Returns the table below the map.
    written, report
        Called with a file that is there, and with what went wrong.
    """

    def __init__(
        self,
        under_dialogs: QWidget,
        session: Session,
        jobs: Jobs,
        *,
        chosen: Callable[[], str],
        places: Callable[[], TablePanel],
        written: Say,
        report: Callable[[str, SandboxError | None], None],
    ) -> None:
        self._under, self._session, self._jobs = under_dialogs, session, jobs
        self._chosen, self._places = chosen, places
        self._written, self._report = written, report

    def calls(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do."""
        return {
            "open_table": self.open_table,
            "take_out": self.take_out,
            "remove_layer": self.remove,
            "provenance": self.tell_origin,
        }

    def table(self) -> Table | None:
        """Return the table of what is chosen: a layer's, or that below the map for a result."""
        row_id = self._chosen()
        if row_id.startswith("="):
            return shown_places(self._places(), self._session, row_id)
        return table_of(self._session.atlas, row_id)

    def open_table(self) -> TableWindow | None:
        """Open the table of what is chosen, beside the map."""
        table = self.table()
        if table is None:
            self._report("table", _no_rows())
            return None
        self._report("table", None)
        made = TableWindow(self._session, self._jobs, table, self.take_rows, self._under)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.setModal(False)
        made.show()
        return made

    def take_out(self) -> None:
        """Ask for a file, and write what is chosen into it: of isochrones, their areas."""
        row_id = self._chosen()
        layer = self._session.atlas.layers.get(row_id)
        if layer is not None and layer.grid is not None:
            from sandbox.export.own.rows import write_grid

            path = self._asked(layer.id, (".tif",))
            if path is not None:
                self._write(path, partial(write_grid, path, layer))
            return
        table = reach_table(self._session) if row_id == "=reach" else self.table()
        if table is None or not len(table.frame):
            self._report("export", _no_rows())
            return
        self.take_rows(table, np.arange(len(table.frame)))

    def tell_origin(self) -> None:
        """Show where what is chosen comes from."""
        said, session = words(self._session), self._session
        told = facts_of(session.atlas, session.state, self._chosen())
        if told is None:
            self._report("table", _no_rows())
            return
        self._report("table", None)
        heading, facts = told
        shown = Explained(
            heading.said(session.state.language) if isinstance(heading, Bilingual)
            else heading.said(said),
            tuple((name.said(said), value.said(said)) for name, value in facts),
        )  # fmt: skip
        ExplainDialog(session, self._under, [shown], said("Where this comes from")).open()

    def remove(self) -> None:
        """Take the chosen layer off the map, if it is one of the user's own."""
        layer = self._session.atlas.layers.get(self._chosen())
        if layer is not None and layer.is_own:
            take_off_map(self._session, layer.id)
            return
        error = SandboxError(
            "Layers of the program stay on the map.", "Hide it with the eye beside its name."
        )
        self._report("table", error)

    def take_rows(self, table: Table, rows: Rows) -> None:
        """Ask for a file, and write rows of a table into it."""
        from sandbox.export.own.rows import endings

        path = self._asked(table.id.strip("="), endings(table, None))
        if path is not None:
            self.write(path, table, rows)

    def write(self, path: Path, table: Table, rows: Rows) -> None:
        """Write rows of a table into a file, by its ending."""
        from sandbox.export.own.rows import write_rows

        state = self._session.state
        shown = next((one for one in state.document.layers if one.id == table.id), None)
        symbology = None if shown is None else shown.symbology
        self._write(path, partial(write_rows, path, table, rows, state.language, symbology))

    def _asked(self, name: str, endings: tuple[str, ...]) -> Path | None:
        said = words(self._session)
        kinds = [f"{_KINDS[one].said(said)} (*{one})" for one in endings]
        chosen, kind = QFileDialog.getSaveFileName(
            self._under, said("Take out"), name + endings[0], ";;".join(kinds)
        )
        if not chosen:
            return None
        path = Path(chosen)
        if path.suffix.lower() not in endings:
            ending = endings[kinds.index(kind)] if kind in kinds else endings[0]
            path = path.with_name(path.name + ending)
        return path

    def _write(self, path: Path, write: Callable[[], None]) -> None:
        def work(job: Job) -> None:
            job.report(-1.0, Text("Writing the file"))
            write()

        def done(_: None) -> None:
            self._report("export", None)
            self._written(path)

        self._jobs.write("export", work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SandboxError):
            raise error
        self._report("export", error)


def _no_rows() -> SandboxError:
    return SandboxError(
        "What is chosen in the list of layers has no rows.", "Choose a layer with features."
    )


def shown_places(panel: TablePanel, session: Session, row_id: str = "") -> Table | None:
    """Return the table below the map as rows: what each cell says, figures as numbers.

    `row_id` names the result whose origin goes with it.
    """
    model = panel.rows()
    lines = [model.line(row) for row in range(model.rowCount())]
    if not lines:
        return None
    language = session.state.language
    columns: list[Column] = []
    cells: dict[str, Any] = {}
    for at, column in enumerate(model.columns):
        texts = [model.cell(line, at) for line in lines]
        figures = [one if isinstance(one, Figure) else None for one in texts]
        name = f"column_{at}"
        number = any(one is not None for one in figures)
        numbers = [math.nan if one is None else one.value for one in figures]
        cells[name] = numbers if number else [str(one) for one in texts]
        kind = "number" if number else "text"
        columns.append(Column(name, kind, Bilingual(column.title, column.title)))
        if any(one is not None and one.indicative for one in figures):
            said = words(session)("Indicative")
            cells[name + "_about"] = [
                "≈" if one is not None and one.indicative else "" for one in figures
            ]
            columns.append(Column(name + "_about", "text", Bilingual(said, said)))
    places = [line.place for line in lines]
    cells["layer"] = [one.where.layer for one in places]
    cells["place_id"] = [one.where.id for one in places]
    columns += [
        Column("layer", "text", Bilingual("图层", "Layer")),
        Column("place_id", "text", Bilingual("编号", "Id")),
    ]
    # Titles name the columns in files; those that come again keep the plain name.
    frame = gpd.GeoDataFrame(cells, geometry=[one.shape for one in places], crs=WGS84)
    title = panel.title
    told = result_record(session.atlas, session.state, row_id) or {}
    return Table(
        "places", Bilingual(title, title), frame, tuple(columns), None,
        (("language", language), *told.items()), ("layer", "place_id"),
    )  # fmt: skip
