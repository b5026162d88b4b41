"""Editing a layer of one's own on the map: draw, move, reshape, delete, and change values."""

from collections.abc import Callable
from typing import Any, Final, Literal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from sandbox.app.jobs import Job, Jobs
from sandbox.app.own import editing
from sandbox.app.own.table import cell_text, table_of
from sandbox.app.places import own_rows
from sandbox.app.questions import LonLat, Selected
from sandbox.app.session import Session
from sandbox.catalog.layer import Layer
from sandbox.errors import SandboxError
from sandbox.ui.parts.widgets import Wrapped, button, follow, label, row, words
from sandbox.words import Text

LANE: Final = "edit_layer"
_SNAP_LANE: Final = "edit_layer_snap"
_FROM_PX: Final = 12
_SNAP_PX: Final = 12.0
Mode = Literal["", "draw", "move", "reshape"]
_HINTS: Final[dict[Mode, Text]] = {
    "": Text("Click a feature of the layer on the map to change it, or draw a new one."),
    "draw": Text("Click its points on the map; Backspace takes the last one back."),
    "move": Text("Click where from, then where to; a point goes where you click."),
    "reshape": Text("Click a point of the outline, then where it goes; a side gets a new point."),
}


class EditBox(QDialog):
    """Changes the features of one layer; each change is a step to take back.

    Parameters
    ----------
    session, jobs
        What is on screen, and where layers are made anew.
    layer_id
        The layer, which is one of the user's own.
    over, parent
        Where it opens, and what it belongs to.
    """

    def __init__(
        self, session: Session, jobs: Jobs, layer_id: str, over: QWidget, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._id = session, jobs, layer_id
        self._mode: Mode = ""
        self._held: LonLat | None = None
        self._seen: tuple[LonLat, ...] = ()
        self._filling = self._changing = False
        said = words(session)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(said("Edit features"))
        self._name, self._hint = label("title"), Wrapped("small", "second")
        self.kind = QComboBox()
        for key, text in (("point", "Point"), ("line", "Line"), ("polygon", "Polygon")):
            self.kind.addItem(said(text), key)
        self.kind.setAccessibleName(said("Shape"))
        self._kind_label = label("small", "second", said("Shape"))
        self.snaps = QCheckBox(said("Snap to what is on the map"))
        self.snaps.setChecked(True)
        self.draw, self.finish = self._button("Draw a new one"), self._button("Finish drawing")
        self.move_it, self.reshape = self._button("Move"), self._button("Reshape")
        self.remove_point = self._button("Delete the point")
        self.remove = self._button("Delete the feature")
        self._ways: dict[Mode, QPushButton] = {
            "draw": self.draw,
            "move": self.move_it,
            "reshape": self.reshape,
        }
        for made in self._ways.values():
            made.setCheckable(True)
        self.draw.clicked.connect(lambda: self._begin("draw"))
        self.move_it.clicked.connect(lambda: self._begin("move"))
        self.reshape.clicked.connect(lambda: self._begin("reshape"))
        self.finish.clicked.connect(self.finish_drawing)
        self.remove_point.clicked.connect(self._delete_point)
        self.remove.clicked.connect(self._delete)
        self.values = QTableWidget(0, 2)
        self.values.setHorizontalHeaderLabels([said("Column"), said("Value")])
        self.values.verticalHeader().hide()
        head = self.values.horizontalHeader()
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.values.setAccessibleName(said("Values"))
        self.values.cellChanged.connect(self._entered)
        self.fault = Wrapped("small", "error")
        close = self._button("Close")
        close.clicked.connect(self.reject)
        self._lay_out(close)
        follow(session, self, lambda s: (s.gesture.sketch, s.gesture.sketch_kind), self._touched)
        follow(session, self, lambda s: s.gesture.selected, self._show)
        end = session.listen_atlas(lambda _atlas: self._show())
        self.destroyed.connect(lambda *_: end())
        first = self._layer()
        if first is not None and first.geometry in ("point", "line", "polygon"):
            self.kind.setCurrentIndex(self.kind.findData(first.geometry))
        self._show()
        self.move(over.mapToGlobal(QPoint(_FROM_PX, _FROM_PX)))

    def done(self, result: int) -> None:
        """Close; what was begun on the map goes."""
        for lane in (LANE, _SNAP_LANE):
            self._jobs.cancel(lane)
        self._end()
        super().done(result)

    def finish_drawing(self) -> None:
        """Make a feature of what has been drawn."""
        layer, points = self._layer(), self._seen
        if layer is None or self._mode != "draw":
            return
        try:
            made = editing.drawn_shape(self.kind.currentData(), points)
        except SandboxError as error:
            self._say(error)
            return

        def work() -> tuple[Layer, str]:
            return editing.added(layer, made)

        self._change(work)

    def _lay_out(self, close: QWidget) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 14, 16, 12)
        whole.setSpacing(8)
        whole.addWidget(self._name)
        whole.addWidget(self._hint)
        whole.addLayout(row(self._kind_label, self.kind, None, self.draw, self.finish))
        whole.addLayout(row(self.move_it, self.reshape, self.remove_point, None, self.remove))
        whole.addWidget(self.snaps)
        whole.addWidget(self.values, 1)
        whole.addWidget(self.fault)
        whole.addLayout(row(None, close))
        self.resize(420, 380)

    # What is clicked.

    def _begin(self, mode: Mode) -> None:
        """Begin with one of the ways of changing, or end it where it was begun."""
        chosen = "" if self._mode == mode else mode
        self._end()
        if chosen:
            self._mode = chosen
            self._session.change(sketch=(), sketch_kind="feature")
        self._show()

    def _end(self) -> None:
        self._mode, self._held, self._seen = "", None, ()
        gesture = self._session.state.gesture
        if gesture.sketch is not None and gesture.sketch_kind == "feature":
            self._session.change(sketch=None, sketch_kind="line")

    def _touched(self) -> None:
        """Take up a point that was clicked, once it stands where it snaps to."""
        gesture = self._session.state.gesture
        if gesture.sketch is None or gesture.sketch_kind != "feature":
            if self._mode:
                self._mode, self._held, self._seen = "", None, ()
                self._show()
            return
        points = gesture.sketch
        if points == self._seen or self._changing:
            return
        came = len(points) > len(self._seen)
        if not came or not self.snaps.isChecked() or self._picks():
            self._take(points)
            return
        self._changing = True
        atlas, document = self._session.atlas, self._session.state.document
        within_m = _SNAP_PX * document.view.m_per_px
        selected = self._selected() if self._mode != "draw" else None
        but = ("", "") if selected is None else (selected.layer, selected.id)

        def snap(_job: Job) -> LonLat:
            return editing.snapped(atlas, document, points[-1], within_m, but)

        def done(at: LonLat) -> None:
            self._changing = False
            now = self._session.state.gesture
            if now.sketch is None or now.sketch_kind != "feature":
                return
            moved = (*points[:-1], at) if now.sketch == points else now.sketch
            self._take(moved)

        self._jobs.ask(_SNAP_LANE, snap, done, self._failed)

    def _picks(self) -> bool:
        """Return whether a click chooses a point, which must be hit and not be moved."""
        return self._mode == "reshape" and self._held is None

    def _take(self, points: tuple[LonLat, ...]) -> None:
        self._seen = points
        self._session.change(sketch=points)
        self._say(None)
        shape = self._shape()
        if self._mode == "draw":
            if self.kind.currentData() == "point" and points:
                self.finish_drawing()
        elif not points:
            self._held = None
        elif self._mode == "move" and shape is not None:
            if shape.geom_type == "Point":
                centre = (float(shape.x), float(shape.y))
                self._reshape(editing.moved(shape, centre, points[-1]))
            elif len(points) > 1:
                self._reshape(editing.moved(shape, points[0], points[-1]))
        elif self._mode == "reshape" and shape is not None:
            self._reshape_by(shape, points)
        self._show_buttons()

    def _reshape_by(self, shape: Any, points: tuple[LonLat, ...]) -> None:
        within_m = _SNAP_PX * self._session.state.document.view.m_per_px
        if self._held is not None:
            if len(points) > 1:
                self._reshape(editing.with_point(shape, self._held, points[-1]))
            return
        self._held = editing.nearest_point(shape, points[-1], within_m)
        if self._held is None:
            self._reshape(editing.with_point_between(shape, points[-1]))
            return
        self._seen = (self._held,)
        self._session.change(sketch=self._seen)

    # What is changed.

    def _reshape(self, made: Any) -> None:
        layer, selected = self._layer(), self._selected()
        if layer is not None and selected is not None:
            self._change(lambda: (editing.with_shape(layer, selected.id, made), selected.id))

    def _delete_point(self) -> None:
        shape, held = self._shape(), self._held
        if shape is None or held is None:
            return
        try:
            made = editing.with_point(shape, held, None)
        except SandboxError as error:
            self._say(error)
            return
        self._reshape(made)

    def _delete(self) -> None:
        layer, selected = self._layer(), self._selected()
        if layer is not None and selected is not None:
            self._change(lambda: (editing.without(layer, selected.id), ""))

    def _entered(self, line: int, column: int) -> None:
        layer, selected = self._layer(), self._selected()
        if self._filling or column != 1 or layer is None or selected is None:
            return
        name, value = self.values.item(line, 0), self.values.item(line, 1)
        if name is None or value is None:
            return
        key, text = str(name.data(Qt.ItemDataRole.UserRole)), value.text()
        self._change(lambda: (editing.with_value(layer, selected.id, key, text), selected.id))

    def _change(self, make: Callable[[], tuple[Layer, str]]) -> None:
        """Have the layer made anew, and put it under the map; one step to take back."""
        before = self._layer()

        def work(job: Job) -> tuple[Layer, str]:
            job.report(-1.0, Text("Changing the layer"))
            return make()

        def done(found: tuple[Layer, str]) -> None:
            layer, feature_id = found
            if self._layer() is not before:
                # Undone or changed meanwhile: this change belongs to another layer.
                return
            self._held = None
            self._session.replace_layers({self._id: layer})
            selected = Selected(self._id, feature_id) if feature_id else None
            self._session.change(selected=selected)
            if self._mode:
                self._seen = ()
                self._session.change(sketch=())
            self._show()

        self._jobs.ask(LANE, work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        self._changing = False
        if not isinstance(error, SandboxError):
            raise error
        self._say(error)
        self._held = None
        if self._mode:
            self._seen = ()
            self._session.change(sketch=())
        self._fill()

    # What it shows.

    def _layer(self) -> Layer | None:
        shown = {one.id for one in self._session.state.document.layers}
        return self._session.atlas.layers.get(self._id) if self._id in shown else None

    def _selected(self) -> Selected | None:
        found, layer = self._session.state.gesture.selected, self._layer()
        if found is None or layer is None or found.layer != self._id:
            return None
        return found if found.id in own_rows(layer) else None

    def _shape(self) -> Any:
        layer, selected = self._layer(), self._selected()
        if layer is None or layer.features is None or selected is None:
            return None
        return layer.features.geometry.iloc[own_rows(layer)[selected.id]]

    def _button(self, text: str) -> QPushButton:
        made = button()
        made.setText(words(self._session)(text))
        return made

    def _say(self, error: SandboxError | None) -> None:
        self.fault.setText("" if error is None else error.said(words(self._session)))

    def _show(self) -> None:
        layer = self._layer()
        if layer is None:
            self.reject()
            return
        said = words(self._session)
        self._name.setText(layer.title.said(said.language))
        self._hint.setText(_HINTS[self._mode].said(said))
        self._show_buttons()
        self._fill()

    def _show_buttons(self) -> None:
        chosen = self._selected() is not None
        for mode, made in self._ways.items():
            made.setChecked(self._mode == mode)
        self.move_it.setEnabled(chosen)
        shape = self._shape()
        self.reshape.setEnabled(shape is not None and shape.geom_type != "Point")
        self.remove.setEnabled(chosen)
        self.remove_point.setEnabled(self._held is not None)
        drawing = self._mode == "draw" and self.kind.currentData() != "point"
        self.finish.setEnabled(drawing and bool(self._seen))
        self.kind.setEnabled(self._mode != "draw")

    def _fill(self) -> None:
        """List the values of the chosen feature."""
        self._filling = True
        layer, selected = self._layer(), self._selected()
        names: list[str] = []
        if layer is not None and selected is not None:
            names = editing.columns_to_edit(layer)
        table = table_of(self._session.atlas, self._id)
        titles = {} if table is None else {one.name: one.title for one in table.columns}
        self.values.setRowCount(len(names))
        for line, name in enumerate(names):
            assert layer is not None and layer.features is not None and selected is not None  # noqa: S101, PT018
            title = titles[name].said(words(self._session).language) if name in titles else name
            head = QTableWidgetItem(title)
            head.setFlags(head.flags() & ~Qt.ItemFlag.ItemIsEditable)
            head.setData(Qt.ItemDataRole.UserRole, name)
            value = layer.features[name].iloc[own_rows(layer)[selected.id]]
            self.values.setItem(line, 0, head)
            self.values.setItem(line, 1, QTableWidgetItem(cell_text(value)))
        self.values.resizeColumnToContents(0)
        self._filling = False
