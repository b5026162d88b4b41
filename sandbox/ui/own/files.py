"""Files that come into the window: by a button, or dropped on it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from sandbox.app.jobs import Jobs
from sandbox.app.session import Session
from sandbox.catalog.layer import Layer
from sandbox.formats.postgis.address import Address, Bounds
from sandbox.ui.crash import guarded
from sandbox.ui.own.database_dialog import DatabaseDialog
from sandbox.ui.own.dialog import OpenDialog
from sandbox.ui.parts.widgets import words

_ENDINGS = (
    "*.shp *.gpkg *.geojson *.json *.kml *.kmz *.dxf *.fgb *.parquet *.csv *.tsv *.txt *.xlsx"
    " *.xlsm *.xls *.ods *.zip *.gdb *.gml *.tab *.tif *.tiff *.jpg *.jpeg *.png *.bmp *.asc *.img"
    " *.mbtiles *.pmtiles"
)


class OwnFiles(QObject):
    """Opens a user's files in the dialog, however they come.

    Parameters
    ----------
    window
        On which files are dropped.
    under_dialogs
        What dialogs belong to.
    session, jobs
        What is on screen, and where files are read.
    on_opened
        Called with layers that have come onto the map.
    extent
        Returns the ground on screen, in degrees.
    others
        What opens files of other endings, as ``".sandnet"``.
    """

    def __init__(
        self,
        window: QWidget,
        under_dialogs: QWidget,
        session: Session,
        jobs: Jobs,
        *,
        on_opened: Callable[[tuple[Layer, ...]], None],
        extent: Callable[[], Bounds],
        others: Mapping[str, Callable[[Path], None]],
    ) -> None:
        super().__init__(window)
        self._extent, self._address = extent, ""
        self._window, self._under = window, under_dialogs
        self._session, self._jobs = session, jobs
        self._on_opened, self._others = on_opened, others
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def calls(self) -> dict[str, Callable[[], object]]:
        """Return what the actions with a user's layers do."""
        return {"open_layers": self.choose, "open_database": self.choose_table}

    def choose(self) -> None:
        """Ask for files, and open them."""
        said = words(self._session)
        kinds = f"{said('Layers and tables')} ({_ENDINGS});;{said('All files')} (*)"
        chosen, _ = QFileDialog.getOpenFileNames(self._under, said("Open layers"), "", kinds)
        if chosen:
            self.open_files([Path(one) for one in chosen])

    def choose_table(self) -> DatabaseDialog:
        """Ask for a table of a database, and open it."""
        dialog = DatabaseDialog(
            self._session,
            self._jobs,
            self._address,
            extent=self._extent,
            on_chosen=self.open_table,
            parent=self._under,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def open_table(self, address: Address, password: str) -> OpenDialog:
        """Open a table in the dialog of files; the address is offered again, no password is."""
        self._address = replace(address, table="", bounds_lonlat=None, limit=None).text
        dialog = self._dialog()
        dialog.open_table(address.path, password)
        return dialog

    def open_files(self, paths: list[Path]) -> OpenDialog | None:
        """Open files: those of the program's own kinds at once, all others in the dialog."""
        rest = [one for one in paths if one.suffix.lower() not in self._others]
        for one in paths:
            if one not in rest:
                self._others[one.suffix.lower()](one)
        if not rest:
            return None
        dialog = self._dialog()
        dialog.open_files(rest)
        return dialog

    def _dialog(self) -> OpenDialog:
        dialog = OpenDialog(self._session, self._jobs, self._on_opened, self._under)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    @guarded
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files that are dropped on the window."""
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            paths = _files_in(event)
            if paths:
                event.acceptProposedAction()
                self.open_files(paths)
                return True
        elif isinstance(event, QDragEnterEvent | QDragMoveEvent) and _files_in(event):
            event.acceptProposedAction()
            return True
        return False


def _files_in(event: QDropEvent) -> list[Path]:
    return [Path(one.toLocalFile()) for one in event.mimeData().urls() if one.isLocalFile()]
