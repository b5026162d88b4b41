"""The layer panel: what is on the map, in which order, how opaquely."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from sandbox.app.analyses import ANALYSES
from sandbox.app.answers import compare, departures, parts
from sandbox.app.answers.awaited import question_on_map
from sandbox.app.session import Session
from sandbox.app.state import REACH_OPACITY, LayerShown, MapState
from sandbox.catalog.layer import Layer
from sandbox.draw.theme import band_alphas
from sandbox.ui.answers.panel import Panel
from sandbox.ui.own.pictures import own_picture
from sandbox.ui.panels.layer_row import LayerRow
from sandbox.ui.parts import icons
from sandbox.ui.parts.widgets import (
    Elided,
    action_button,
    column,
    empty,
    follow,
    label,
    look,
    restyle,
    row,
    rule,
    words,
)
from sandbox.words import Text

# Rows of results, which are not layers of the atlas.
REACH_ROW: Final = "=reach"
_ANALYSIS_ROWS: Final = {f"={one.id}": one for one in ANALYSES}
GROUPS: Final = ("own", "function", "transport", "base")
_RESULTS: Final = "results"
_TITLES: Final = {
    _RESULTS: Text("Results"),
    "own": Text("Your layers"),
    "function": Text("Functions"),
    "transport": Text("Transport"),
    "base": Text("Base map"),
}


class LayerPanel(QFrame):
    """Groups of layers, the topmost of each group first, and the chosen one's opacity."""

    def __init__(self, session: Session, show_all: QAction, open_layers: QAction) -> None:
        super().__init__()
        self._session = session
        self._show_all = show_all
        self._chosen = REACH_ROW
        self._rows: dict[str, LayerRow] = {}
        self._headings: dict[str, QLabel] = {}
        self.setObjectName("layers")
        self._heading = label()
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 4, 0, 8)
        self._list.setSpacing(0)
        inner = QWidget()
        inside = column(inner, (0, 0, 0, 0))
        inside.addLayout(self._list)
        inside.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = QWidget()
        head.setFixedHeight(40)
        opening = row(self._heading, None, action_button(open_layers, "link"))
        column(head, (16, 0, 16, 0)).addLayout(opening)
        whole = column(self, (0, 0, 0, 0))
        whole.addWidget(head)
        whole.addWidget(rule())
        whole.addWidget(scroll, 1)
        whole.addWidget(rule())
        whole.addWidget(self._opacity_box())
        session.listen_atlas(lambda _atlas: self._rebuild())
        follow(session, self, lambda s: s.language, self._speak)
        follow(
            session,
            self,
            lambda s: (
                s.document.layers,
                s.theme,
                _minutes(s),
                s.document.reach_opacity,
                s.document.analyses,
                _bands_shown(s),
            ),
            self._state_changed,
        )
        self._rebuild()

    def _opacity_box(self) -> QWidget:
        box = self._opacity_frame = QWidget()
        self._last_opacity = REACH_OPACITY
        self._opacity_name = Elided("small", "second")
        self._opacity_value = label("small")
        self._opacity = QSlider(Qt.Orientation.Horizontal)
        self._opacity.setRange(0, 100)
        self._opacity.setPageStep(10)
        self._opacity.valueChanged.connect(self._set_opacity)
        self._sliding = False
        self._opacity.sliderReleased.connect(self._slid)
        inside = column(box, (16, 10, 16, 10), 4)
        self._opacity_line = QWidget()
        lines = column(self._opacity_line, (0, 0, 0, 0), 4)
        line = row(self._opacity_name, self._opacity_value)
        line.setStretch(0, 1)
        lines.addLayout(line)
        lines.addWidget(self._opacity)
        inside.addWidget(self._opacity_line)
        inside.addLayout(row(action_button(self._show_all, "link"), None))
        return box

    @property
    def chosen(self) -> str:
        """Id of the row that is chosen."""
        return self._chosen

    def choose(self, row_id: str) -> None:
        """Let the opacity slider stand for a row."""
        self._chosen = row_id
        self._show()

    def opacity_said(self, row_id: str) -> str:
        """Return how opaque a row's layer is on the map; nothing of it shows at 0 %."""
        state = self._session.state
        share = self._bands_opacity() if row_id == REACH_ROW else float(self._stands(row_id))
        for shown in state.document.layers:
            if shown.id == row_id:
                share = shown.opacity if shown.visible else 0.0
        return f"{round(share * 100)} %"

    def toggle(self, row_id: str) -> None:
        """Show or hide a row's layer."""
        state = self._session.state
        if row_id == REACH_ROW:
            if state.document.reach_shown:
                self._last_opacity = self._bands_opacity()
            opacity = 0.0 if state.document.reach_shown else self._last_opacity
            self._session.change(undoable=True, reach_opacity=opacity)
        elif row_id in _ANALYSIS_ROWS:
            _ANALYSIS_ROWS[row_id].ask(self._session, None)
        else:
            self._change(row_id, lambda shown: replace(shown, visible=not shown.visible))

    def _stands(self, row_id: str) -> bool:
        """Return whether a row is that of an analysis that is asked for."""
        one = _ANALYSIS_ROWS.get(row_id)
        return one is not None and self._session.state.document.asked(one.question) is not None

    def _bands_opacity(self) -> float:
        """Return how opaque the bands' areas are, 0-1."""
        chosen = self._session.state.document.reach_opacity
        return band_alphas(look(self._session), 1)[0] if chosen is None else chosen

    def move_layer(self, row_id: str, by: int) -> None:
        """Move a layer up (-1) or down (1) among those of its group."""
        group = self._group_rows(row_id)
        index = group.index(row_id)
        if 0 <= index + by < len(group):
            self._put(row_id, group[index + by], above=by < 0)

    def drag(self, row_id: str, at_window: QPoint, *, dropped: bool) -> None:
        """Mark where a dragged row would go, or put it there."""
        target, above = "", False
        for other in self._group_rows(row_id):
            widget = self._rows[other]
            y = widget.mapFrom(self.window(), at_window).y()
            here = 0 <= y < widget.height()
            if here:
                target, above = other, y < widget.height() / 2
            self._mark(widget, ("above" if above else "below") if here and not dropped else "")
        if dropped and target and target != row_id:
            self._put(row_id, target, above=above)

    def _put(self, row_id: str, target: str, *, above: bool) -> None:
        stack = list(self._session.state.document.layers)
        moved = next(shown for shown in stack if shown.id == row_id)
        stack.remove(moved)
        index = next(i for i, shown in enumerate(stack) if shown.id == target)
        # The stack is lowest first, the panel topmost first.
        stack.insert(index + 1 if above else index, moved)
        self._session.change(undoable=True, layers=tuple(stack))

    def _change(self, row_id: str, change: Callable[[LayerShown], LayerShown]) -> None:
        layers = self._session.state.document.layers
        self._session.change(
            undoable=True,
            layers=tuple(change(shown) if shown.id == row_id else shown for shown in layers),
        )

    def _set_opacity(self, percent: int) -> None:
        # While a hand slides, the whole way is one step to take back.
        first, self._sliding = not self._sliding, self._opacity.isSliderDown()
        if self._chosen == REACH_ROW:
            self._session.change(undoable=first, reach_opacity=percent / 100)
            return
        self._session.change(
            undoable=first,
            layers=tuple(
                replace(shown, opacity=percent / 100) if shown.id == self._chosen else shown
                for shown in self._session.state.document.layers
            ),
        )

    def _slid(self) -> None:
        self._sliding = False

    def _rebuild(self) -> None:
        empty(self._list)
        self._rows.clear()
        self._headings.clear()
        self._group(_RESULTS, [REACH_ROW, *_ANALYSIS_ROWS], movable=False)
        for group in GROUPS:
            ids = [shown.id for shown in reversed(self._session.state.document.layers)]
            inside = [i for i in ids if i in self._layers and self._layers[i].group == group]
            if inside:
                self._group(group, inside, movable=True)
        self._speak()

    def _group(self, group: str, ids: list[str], *, movable: bool) -> None:
        heading = self._headings[group] = label("small", "third")
        heading.setContentsMargins(16, 10, 16, 4)
        self._list.addWidget(heading)
        for row_id in ids:
            made = self._rows[row_id] = LayerRow(row_id, self, movable)
            self._list.addWidget(made)

    def _speak(self) -> None:
        """Say all in the map's language; the rows stay, as making them takes long."""
        said = words(self._session)
        self._heading.setText(said("Layers"))
        for group, heading in self._headings.items():
            heading.setText(_TITLES[group].said(said))
        self._show()

    def _state_changed(self) -> None:
        state_ids = [shown.id for shown in reversed(self._session.state.document.layers)]
        shown_ids = [row_id for row_id in self._rows if not row_id.startswith("=")]
        wanted = [i for g in GROUPS for i in state_ids if self._layers[i].group == g]
        if shown_ids != wanted:
            self._rebuild()
        else:
            self._show()

    def _show(self) -> None:
        state, theme, said = self._session.state, look(self._session), words(self._session)
        by_id = {shown.id: shown for shown in state.document.layers}
        self._rows[REACH_ROW].setVisible(state.document.reach is not None)
        for row_id in _ANALYSIS_ROWS:
            self._rows[row_id].setVisible(self._stands(row_id))
        for row_id, widget in self._rows.items():
            layer = self._layers.get(row_id)
            if layer is None:
                title, visible, count = self._result(row_id)
                colour = theme.colour("accent")
                widget.picture.setPixmap(icons.picture(_RESULT_ICONS[row_id], colour, 18))
            else:
                title, visible = self._title(layer), by_id[row_id].visible
                count = self._count(layer)
                symbology = by_id[row_id].symbology
                widget.picture.setPixmap(
                    icons.layer_picture(layer, theme)
                    if symbology is None
                    else own_picture(layer, symbology, theme)
                )
            ink = theme.colour("ink_2" if visible else "ink_3")
            widget.eye.setIcon(icons.icon("eye" if visible else "eye_off", ink))
            tip = (
                said("Hide {layer}", layer=title) if visible else said("Show {layer}", layer=title)
            )
            widget.eye.setToolTip(tip)
            widget.eye.setAccessibleName(tip)
            widget.title.setText(title)
            tone = "first" if visible else "third"
            if widget.title.property("tone") != tone:
                widget.title.setProperty("tone", tone)
                restyle(widget.title)
            widget.count.setText(count)
            picture = None if layer is None else layer.picture
            lacking = None if picture is None else picture.lacking
            widget.count.setToolTip("" if lacking is None else lacking.said(said))
            widget.setAccessibleName(title)
            if widget.property("chosen") != (row_id == self._chosen):
                widget.setProperty("chosen", row_id == self._chosen)
                restyle(widget)
        self._show_opacity()

    def _show_opacity(self) -> None:
        said, state = words(self._session), self._session.state
        results = {
            **dict.fromkeys(_ANALYSIS_ROWS, False),
            REACH_ROW: state.document.reach is not None,
        }
        self._opacity_frame.setVisible(results.get(self._chosen, True))
        # Ground of a comparison and times' spread have an opacity of their own.
        self._opacity_line.setVisible(self._chosen != REACH_ROW or _bands_shown(state))
        shown = next((one for one in state.document.layers if one.id == self._chosen), None)
        opacity = shown.opacity if shown else self._bands_opacity()
        layer = self._layers.get(self._chosen)
        name = self._title(layer) if layer else self._result(REACH_ROW)[0]
        text = said("Opacity of {layer}", layer=name)
        self._opacity_name.setText(text)
        percent = round(opacity * 100)
        self._opacity_value.setText(f"{percent} %")
        self._opacity.setAccessibleName(text)
        self._opacity.blockSignals(True)
        self._opacity.setValue(percent)
        self._opacity.blockSignals(False)

    def _result(self, row_id: str) -> tuple[str, bool, str]:
        said, state = words(self._session), self._session.state
        if row_id in _ANALYSIS_ROWS:
            return _ANALYSIS_ROWS[row_id].title.said(said), self._stands(row_id), ""
        asked = question_on_map(state)
        bands = len(asked.minutes) if asked else 0
        return said("Isochrones"), state.document.reach_shown, str(bands or "")

    def _title(self, layer: Layer) -> str:
        """Return a layer's title; that of the shipped streets only while they are on the map."""
        loaded = self._session.atlas.network.streets.provenance
        if layer.geometry == "network" and not loaded.schematic:
            return words(self._session)("Street network")
        return layer.title.said(self._session.state.language)

    def _count(self, layer: Layer) -> str:
        said = words(self._session)
        if layer.geometry == "network":
            nodes = len(self._session.atlas.network.streets.node_xy)
            if self._session.state.language == "zh":
                return said("{count} nodes", count=f"{nodes / 1e4:.1f} 万")
            return said("{count} nodes", count=f"{nodes / 1e3:.0f}k")
        if layer.picture is not None and layer.picture.lacking is not None:
            return said("not shown")
        if layer.features is None:
            return said("schematic") if layer.schematic else ""
        return str(len(layer.features))

    def _group_rows(self, row_id: str) -> list[str]:
        group = self._layers[row_id].group
        return [i for i in self._rows if i in self._layers and self._layers[i].group == group]

    def _mark(self, widget: LayerRow, where: str) -> None:
        if (widget.property("drop") or "") != where:
            widget.setProperty("drop", where)
            restyle(widget)

    @property
    def _layers(self) -> dict[str, Layer]:
        return dict(self._session.atlas.layers)

    def sizeHint(self) -> QSize:
        """Return the panel's own width."""
        return QSize(288, 600)


def _bands_shown(state: MapState) -> bool:
    """Whether what lies on the map is bands, not a comparison or times' spread."""
    window = departures.shown(state)
    return compare.shown(state) is None and not (window is not None and window.spread)


def _minutes(state: MapState) -> tuple[float, ...] | None:
    asked = question_on_map(state)
    return asked.minutes if asked else None


_RESULT_ICONS: Final = {
    REACH_ROW: "reach",
    **{f"={name}": one.icon for name, one in parts("sandbox.ui.answers", Panel).items()},
}
