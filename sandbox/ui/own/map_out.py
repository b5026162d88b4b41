"""Taking the map out: a picture of any size, a sheet as PDF, print preview and printing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from sandbox.app import moving
from sandbox.app.answers.awaited import question_on_map
from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.jobs import Job, Jobs
from sandbox.app.opening import city_title
from sandbox.app.session import Session
from sandbox.app.state import MapState
from sandbox.draw.report.map_sheet import (
    MOST_PX,
    LegendLine,
    SheetOrder,
    paint_sheet,
    sheet_map,
    sheet_words,
)
from sandbox.draw.viewport import Viewport
from sandbox.errors import SandboxError
from sandbox.export.own.map_files import write_map, write_sheet
from sandbox.ui.panels.legend import Legend
from sandbox.ui.parts.widgets import (
    Wrapped,
    add_fields,
    button,
    label,
    resize_on_screen,
    row,
    rule,
    words,
)
from sandbox.words import Text

LANE: Final = "map_out"
_PAPERS: Final = (("A4", False), ("A4", True), ("A3", False), ("A3", True))


class MapOut(QDialog):
    """Asks how the map is taken out, and does it.

    Parameters
    ----------
    session, jobs
        What is on screen, and where files are written.
    seen_px
        Size of the map on screen, all of which is taken out.
    written
        Called with a file that is there.
    parent
        The window over which it opens.
    """

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        seen_px: tuple[int, int],
        written: Callable[[Path], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._seen = session, jobs, seen_px
        self._written = written
        # What is taken out is what stood on the map when one asked.
        self._atlas, self._state = session.atlas, changed(session.state, outdated=False)
        said = words(session)
        self.setWindowTitle(said("Map as sheet or picture"))
        self._title, self._paper = QLineEdit(sheet_title(session)), QComboBox()
        for paper, upright in _PAPERS:
            way = said("upright") if upright else said("across")
            self._paper.addItem(f"{paper} · {way}", (paper, upright))
        self._wide, self._high = QSpinBox(), QSpinBox()
        for spin, value, name in (
            (self._wide, 2 * seen_px[0], said("Width")),
            (self._high, 2 * seen_px[1], said("Height")),
        ):
            spin.setRange(64, MOST_PX)
            spin.setValue(value)
            spin.setSuffix(" px")
            spin.setAccessibleName(name)
        self.fault = Wrapped("small", "error")
        self._work = label("small", "second")
        pdf, printed, png, svg, close = (button() for _ in range(5))
        pdf.setProperty("look", "primary")
        self._buttons = (pdf, printed, png, svg)
        pdf.setText(said("PDF sheet…"))
        printed.setText(said("Preview and print…"))
        png.setText(said("PNG picture…"))
        svg.setText(said("SVG picture…"))
        close.setText(said("Close"))
        pdf.clicked.connect(self.choose_sheet)
        printed.clicked.connect(self.preview)
        png.clicked.connect(partial(self._choose_picture, ".png"))
        svg.clicked.connect(partial(self._choose_picture, ".svg"))
        close.clicked.connect(self.reject)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        add_fields(grid, (said("Title"), self._title), (said("Paper"), self._paper))
        size = label(text=said("Width and height"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 16)
        whole.setSpacing(12)
        whole.addLayout(grid)
        whole.addLayout(row(None, printed, pdf))
        whole.addWidget(rule())
        whole.addLayout(row(size, self._wide, self._high, None))
        whole.addLayout(row(None, svg, png))
        whole.addWidget(self.fault)
        whole.addLayout(row(self._work, None, close))
        self.setMinimumWidth(560)

    def order(self) -> SheetOrder:
        """Return what a sheet shows, as it is asked for now."""
        paper, upright = self._paper.currentData()
        seen = (float(self._seen[0]), float(self._seen[1]))
        return SheetOrder(
            self._title.text().strip(),
            str(paper),
            bool(upright),
            legend_lines_of(self._atlas, self._state, seen),
            seen,
            datetime.now(UTC).astimezone().date(),
        )

    def choose_sheet(self) -> None:
        """Ask for a file, and write the sheet into it."""
        path = self._asked("map.pdf", "PDF (*.pdf)", ".pdf")
        if path is not None:
            work = partial(write_sheet, path, self._atlas, self._state, self.order())
            self._write(path, work)

    def preview(self) -> None:
        """Show the sheet as it will be printed, and print it from there."""
        order = self.order()

        def work(job: Job) -> QImage:
            job.report(-1.0, Text("Drawing the map"))
            return sheet_map(self._atlas, self._state, order)

        self._busy()
        self._jobs.ask(LANE, work, partial(self._show_preview, order), self._failed)

    def done(self, result: int) -> None:
        """Close; nothing is awaited any more."""
        self._jobs.cancel(LANE)
        super().done(result)

    def _choose_picture(self, ending: str) -> None:
        path = self._asked(f"map{ending}", f"{ending[1:].upper()} (*{ending})", ending)
        if path is not None:
            size = (self._wide.value(), self._high.value())
            seen = (float(self._seen[0]), float(self._seen[1]))
            self._write(path, partial(write_map, path, self._atlas, self._state, size, seen))

    def _asked(self, name: str, kinds: str, ending: str) -> Path | None:
        said = words(self._session)
        chosen, _ = QFileDialog.getSaveFileName(self, said("Take out"), name, kinds)
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix.lower() == ending else path.with_name(path.name + ending)

    def _write(self, path: Path, write: Callable[[], None]) -> None:
        def work(job: Job) -> None:
            job.report(-1.0, Text("Writing the file"))
            write()

        def there(_: None) -> None:
            self._written(path)
            self.accept()

        self._busy()
        self._jobs.write("export", work, there, self._failed)

    def _busy(self) -> None:
        self.fault.setText("")
        self._work.setText(words(self._session)("Working…"))
        for one in self._buttons:
            one.setEnabled(False)

    def _ready(self) -> None:
        self._work.setText("")
        for one in self._buttons:
            one.setEnabled(True)

    def _failed(self, error: Exception) -> None:
        self._ready()
        if not isinstance(error, SandboxError):
            raise error
        self.fault.setText(error.said(words(self._session)))

    def _show_preview(self, order: SheetOrder, picture: QImage) -> None:
        self._ready()
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(order.page_layout())
        printer.setFullPage(True)
        printer.setDocName(order.title)
        said = sheet_words(self._atlas, self._state, order)
        shown = QPrintPreviewDialog(printer, self)
        shown.setWindowTitle(words(self._session)("Print preview"))
        resize_on_screen(shown, 1000, 760)
        shown.paintRequested.connect(lambda on: print_sheet(on, picture, order, said))
        shown.exec()
        shown.deleteLater()


def print_sheet(
    printer: QPrinter, picture: QImage, order: SheetOrder, said: tuple[str, ...]
) -> None:
    """Paint a sheet on a printer, as large as its paper allows."""
    painter = QPainter(printer)
    dots = float(printer.resolution())
    page = QRectF(printer.paperRect(QPrinter.Unit.Inch))
    wanted = order.page_layout().fullRect(order.page_layout().units().Inch)
    # Another paper chosen in the preview scales the sheet.
    share = min(page.width() / wanted.width(), page.height() / wanted.height())
    paint_sheet(painter, dots * share, picture, order, said)
    painter.end()


def sheet_title(session: Session) -> str:
    """Return a heading for what is on the map: the city, and what is asked."""
    said, state = words(session), session.state
    city, asked = city_title(session.atlas).said(said), question_on_map(state)
    if asked is None:
        return city
    told = (moving.heading(asked.travel), moving.told_together(asked))
    return " · ".join([city, *(one.said(said) for one in told if one is not None)])


def legend_lines_of(
    atlas: Atlas, state: MapState, seen_px: tuple[float, float]
) -> tuple[LegendLine, ...]:
    """Return what the legend of a map of a size says, in the light colours that sheets have."""
    plain = Session(atlas, changed(state, theme="light"))
    viewport = Viewport.of(state.document.view, atlas.crs, seen_px, 1.0)
    ends = [viewport.lonlat_at((0.0, seen_px[1])), viewport.lonlat_at((seen_px[0], 0.0))]
    bounds = (*ends[0], *ends[1])
    legend = Legend(plain, lambda: bounds, lambda: None)
    legend.refresh()
    found: list[LegendLine] = []
    for widget, inner in _items(legend.layout()):
        if isinstance(widget, QLabel):
            found.append(LegendLine(None, widget.text()))
        elif isinstance(inner, QHBoxLayout):
            labels = [one for one, _ in _items(inner) if isinstance(one, QLabel)]
            pictures = [one.pixmap().toImage() for one in labels if not one.pixmap().isNull()]
            text = " ".join(one.text() for one in labels if one.text())
            found.append(LegendLine(pictures[0] if pictures else None, text))
    legend.deleteLater()
    return tuple(found)


def _items(layout: QLayout | None) -> list[tuple[QWidget | None, QLayout | None]]:
    """Return the widgets and layouts in a layout, in their order."""
    if layout is None:
        return []
    held = (layout.itemAt(at) for at in range(layout.count()))
    return [(one.widget(), one.layout()) for one in held if one is not None]


def order_of(session: Session, seen_px: tuple[float, float]) -> SheetOrder:
    """Return a sheet of what is on the map, as the command line writes it."""
    order = SheetOrder(sheet_title(session), seen_px=seen_px)
    lines = legend_lines_of(session.atlas, session.state, seen_px)
    return replace(order, legend=lines, day=datetime.now(UTC).astimezone().date())
