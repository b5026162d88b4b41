"""How a layer of the user's own is drawn: colours by value or class, names, size, scales."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QColorDialog,
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from sandbox.app.jobs import Job, Jobs
from sandbox.app.own.classes import CLASSES, Method, classified, columns_of
from sandbox.app.own.layers import change_shown
from sandbox.app.session import Session
from sandbox.catalog.layer import Layer
from sandbox.catalog.symbology import NAME, Symbology
from sandbox.errors import SandboxError
from sandbox.ui.parts.widgets import Wrapped, add_fields, button, row, words
from sandbox.words import Text

LANE: Final = "style"
# Metres per pixel of a scale, at 0.28 mm a pixel.
_M_PER_PX: Final = 0.00028
_SCALES: Final = (0, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000)


class StyleBox(QDialog):
    """Changes the look of a layer; each change is seen on the map and can be taken back.

    Parameters
    ----------
    session, jobs
        What is on screen, and where classes are found.
    layer
        A layer of the user's own.
    written
        Called with a file that is there.
    parent
        The window over which it opens.
    """

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        layer: Layer,
        written: Callable[[Path], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._layer = session, jobs, layer
        self._written = written
        said = words(session)
        self.setWindowTitle(said("Style of {layer}", layer=layer.title.said(said.language)))
        self.by, self.column, self.label = QComboBox(), QComboBox(), QComboBox()
        self.count, self.point_size, self.coarsest = QSpinBox(), QSpinBox(), QComboBox()
        names: tuple[tuple[str, Text], ...] = (
            ("", Text("One colour")), ("values", Text("By value")),
            ("natural", Text("Natural breaks")), ("quantiles", Text("Quantiles")),
            ("equal", Text("Equal steps")),
        )  # fmt: skip
        for key, text in names:
            self.by.addItem(text.said(said), key)
        titles = {one.name: one.title.said(said.language) for one in layer.columns}
        self.label.addItem(said("No names"), "")
        self.label.addItem(said("Name"), NAME)
        for name in columns_of(layer):
            self.column.addItem(titles.get(name, name), name)
            self.label.addItem(titles.get(name, name), name)
        self.count.setRange(*CLASSES)
        self.point_size.setRange(3, 30)
        self.point_size.setSuffix(" px")
        for scale in _SCALES:
            self.coarsest.addItem(f"1:{scale:,}" if scale else said("At every scale"), scale)
        self._colour = button()
        self._colour.setText(said("Colour…"))
        self._colour.clicked.connect(self._choose_colour)
        self.fault = Wrapped("small", "error")
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        add_fields(
            grid,
            (said("Colours"), self.by),
            (said("Column"), self.column),
            (said("Classes"), self.count),
            (said("Size of points"), self.point_size),
            (said("Names on the map"), self.label),
            (said("Shows from"), self.coarsest),
        )
        self._show()
        for combo in (self.by, self.column):
            combo.activated.connect(lambda _at: self._classify())
        self.count.valueChanged.connect(lambda _count: self._classify())
        self.point_size.valueChanged.connect(lambda size: self._put(size_px=float(size)))
        self.label.activated.connect(lambda _at: self._put(label=str(self.label.currentData())))
        self.coarsest.activated.connect(lambda _at: self._set_scale())
        save, close = button(), button("primary")
        save.setText(said("Save for QGIS…"))
        save.clicked.connect(self._save)
        close.setText(said("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 16)
        whole.setSpacing(12)
        whole.addLayout(grid)
        whole.addWidget(self.fault)
        whole.addLayout(row(self._colour, save, None, close))
        self.setFixedWidth(420)

    @property
    def symbology(self) -> Symbology:
        """How the layer is drawn now."""
        shown = self._session.state.document.layers
        found = next((one.symbology for one in shown if one.id == self._layer.id), None)
        return found or Symbology()

    def done(self, result: int) -> None:
        """Close; nothing is awaited any more."""
        self._jobs.cancel(LANE)
        super().done(result)

    def _show(self) -> None:
        now = self.symbology
        self.by.setCurrentIndex(max(0, self.by.findData(now.method)))
        self.column.setCurrentIndex(max(0, self.column.findData(now.column)))
        self.count.setValue(len(now.breaks) or 5)
        self.point_size.setValue(round(now.size_px))
        self.label.setCurrentIndex(max(0, self.label.findData(now.label)))
        scale = round((now.coarsest_m_px or 0.0) / _M_PER_PX)
        self.coarsest.setCurrentIndex(max(0, self.coarsest.findData(scale)))
        self._enable()

    def _enable(self) -> None:
        by = str(self.by.currentData())
        self.column.setEnabled(bool(by))
        self.count.setEnabled(by not in ("", "values"))
        self._colour.setEnabled(not by)

    def _put(self, **fields: Any) -> None:
        change_shown(self._session, self._layer.id, replace(self.symbology, **fields))

    def _set_scale(self) -> None:
        scale = int(self.coarsest.currentData())
        self._put(coarsest_m_px=scale * _M_PER_PX if scale else None)

    def _choose_colour(self) -> None:
        chosen = QColorDialog.getColor(QColor(self.symbology.colour), self)
        if chosen.isValid():
            self._put(colour=chosen.name().upper())

    def _classify(self) -> None:
        self._enable()
        self.fault.setText("")
        by, column = str(self.by.currentData()), str(self.column.currentData())
        if not by:
            self._put(column="", values=(), breaks=(), colours=(), method="")
            return
        layer, now, count = self._layer, self.symbology, self.count.value()
        method: Method = self.by.currentData()

        def work(job: Job) -> Symbology:
            job.report(-1.0, Text("Finding classes"))
            return classified(layer, now, column, method, count)

        done = partial(change_shown, self._session, layer.id)
        self._jobs.ask(LANE, work, done, self._failed)

    def _save(self) -> None:
        from sandbox.export.own.rows import write_style

        said = words(self._session)
        name = f"{self._layer.id}.qml"
        kinds = said("QGIS style") + " (*.qml)"
        chosen, _ = QFileDialog.getSaveFileName(self, said("Save for QGIS…"), name, kinds)
        if not chosen:
            return
        path, language = Path(chosen).with_suffix(".qml"), self._session.state.language
        layer, now = self._layer, self.symbology

        def work(job: Job) -> None:
            job.report(-1.0, Text("Writing the file"))
            write_style(path, layer, now, language)

        self._jobs.write("export", work, lambda _: self._written(path), self._failed)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SandboxError):
            raise error
        self.fault.setText(error.said(words(self._session)))
