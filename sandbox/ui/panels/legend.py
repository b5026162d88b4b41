"""The legend: what the colours and lines that are on the map now mean."""

from collections.abc import Callable, Hashable
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout

from sandbox.app.answers import OF_REACH, parts
from sandbox.app.session import Session
from sandbox.app.state import MapState
from sandbox.app.street_edits import TITLES, kinds_on
from sandbox.catalog.layer import Layer, LegendEntry
from sandbox.catalog.symbology import Symbology
from sandbox.edits.street_edits import Kind
from sandbox.kept import keep
from sandbox.ui.answers.panel import Legend as Told
from sandbox.ui.answers.panel import Panel, Shown
from sandbox.ui.crash import guarded
from sandbox.ui.own.pictures import legend_lines
from sandbox.ui.parts import icons
from sandbox.ui.parts.widgets import OLDER, column, empty, follow, label, look, row, words

_SETTLE_MS: Final = 150
_LINES_AT_MOST: Final = 7
_PANELS: Final = parts("sandbox.ui.answers", Panel)
# What comes later stands in the place of what comes earlier.
_SHOWN: Final = parts("sandbox.ui.answers", Shown, OF_REACH)

Shapes = NDArray[Any]
# West, south, east, north of what is on screen.
Bounds = Callable[[], tuple[float, float, float, float]]


class Legend(QFrame):
    """Floats in the map's lower left corner.

    Parameters
    ----------
    session
        Whose map it explains.
    bounds_lonlat
        Tells what part of the ground is on screen; lines elsewhere aren't explained.
    on_resized
        Called when the legend has another size.
    """

    def __init__(
        self, session: Session, bounds_lonlat: Bounds, on_resized: Callable[[], None]
    ) -> None:
        super().__init__()
        self._session = session
        self._bounds_lonlat = bounds_lonlat
        self._on_resized = on_resized
        self._shown: object = None
        self.setProperty("room", "float")
        self._lines = column(self, (14, 10, 16, 12), 5)
        self._lines.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        follow(
            session,
            self,
            lambda s: (
                _watched(s),
                s.answers.outdated,
                s.document.analyses,
                s.answers.results,
                _edit_kinds(s),
                s.language,
                s.theme,
                s.document.layers,
            ),
            self.refresh,
        )
        follow(session, self, lambda s: s.document.view, self._settle.start)
        session.listen_atlas(lambda _atlas: self.refresh())

    def refresh(self) -> None:
        """Explain what is on the map now."""
        state = self._session.state
        entries, own = self._entries(), self._own()
        parts = tuple((layer.id, entry) for layer, entry in entries)
        kinds = _edit_kinds(state)
        now = (
            state.language,
            state.theme,
            _watched(state),
            (state.document.analyses, tuple(map(id, state.answers.results))),
            state.answers.outdated,
            parts,
            kinds,
            [(layer.id, symbology) for layer, symbology in own],
            [layer.id for layer in self._pictures()],
        )
        if repr(now) == repr(self._shown):
            return
        self._shown = now
        empty(self._lines)
        if state.answers.outdated:
            self._lines.addWidget(label("small", "warn", words(self._session)(OLDER)))
        self._reach()
        for one in _PANELS.values():
            told = one.legend(self._session)
            if told is not None:
                self._explain(told)
        self._edits(kinds)
        theme = look(self._session)
        pictures = self._pictures()
        if (own or pictures) and self._lines.count() > 0:
            self._lines.addWidget(label("small", "third", words(self._session)("Your layers")))
        for layer, symbology in own:
            heading, lines = legend_lines(layer, symbology, theme, words(self._session))
            if heading:
                self._lines.addWidget(label("small", "third", heading))
            for picture, text in lines:
                self._line(picture, text)
        for layer in pictures:
            self._line(icons.layer_picture(layer, theme, 22), layer.title.said(state.language))
        if entries and self._lines.count() > 0:
            self._lines.addWidget(label("small", "third", words(self._session)("Map")))
        for layer, entry in entries:
            self._line(
                icons.line_picture(layer, theme, entry.where, 22), entry.words.said(state.language)
            )
        self.setVisible(self.says)
        self._on_resized()

    @property
    def says(self) -> bool:
        """Whether anything on the map needs an explanation."""
        return self._lines.count() > 0

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say that the legend covers another part of the map."""
        self._on_resized()

    def _reach(self) -> None:
        """Explain what is shown of the reach question: its bands, or what stands in their place."""
        for one in reversed(tuple(_SHOWN.values())):
            told = one.legend(self._session)
            if told is not None:
                self._explain(told)
                return

    def _explain(self, told: Told) -> None:
        if told.heading:
            self._lines.addWidget(label("small", "third", told.heading))
        for picture, text in told.lines:
            self._line(picture, text)

    def _edits(self, kinds: tuple[Kind, ...]) -> None:
        said, theme = words(self._session), look(self._session)
        if kinds:
            self._lines.addWidget(label("small", "third", said("Street edits")))
        for kind in kinds:
            self._line(icons.edit_picture(kind, theme, 22), TITLES[kind].said(said))

    def _line(self, picture: QPixmap, text: str) -> None:
        held = QLabel()
        held.setPixmap(picture)
        held.setFixedWidth(24)
        self._lines.addLayout(row(held, label(text=text), None))

    def _own(self) -> list[tuple[Layer, Symbology]]:
        """Return the layers of the user's own that show, and how they are drawn."""
        state, layers = self._session.state, self._session.atlas.layers
        return [
            (layers[one.id], one.symbology)
            for one in reversed(state.document.layers)
            if one.visible
            and one.symbology is not None
            and layers[one.id].is_own
            and one.symbology.shows_at(state.document.view.m_per_px)
        ]

    def _pictures(self) -> list[Layer]:
        """Return the plans and base maps that show, topmost first."""
        state, layers = self._session.state, self._session.atlas.layers
        shown = (one.id for one in reversed(state.document.layers) if one.visible and one.opacity)
        return [layers[one] for one in shown if layers[one].picture is not None][:_LINES_AT_MOST]

    def _entries(self) -> list[tuple[Layer, LegendEntry]]:
        """Return the lines of the legend whose features are on screen."""
        state, layers = self._session.state, self._session.atlas.layers
        found: list[tuple[Layer, LegendEntry]] = []
        for shown in reversed(state.document.layers):
            layer = layers[shown.id]
            drawn = shown.visible and state.document.view.m_per_px <= layer.style.below_m_px
            if not drawn or layer.style.line not in ("metro", "corridor", "tunnel"):
                continue
            seen = shapely.box(*self._bounds_lonlat())
            found += [
                (layer, entry)
                for entry, lines in lines_of(layer)
                if shapely.intersects(lines, seen).any()
            ]
        return found[:_LINES_AT_MOST]


def _edit_kinds(state: MapState) -> tuple[Kind, ...]:
    return kinds_on(state.document.edits)


def _watched(state: MapState) -> tuple[Hashable, ...]:
    return tuple(one.watched(state) for one in _SHOWN.values())


# It is asked with every theme, language and view.
@keep(1)
def lines_of(layer: Layer) -> tuple[tuple[LegendEntry, Shapes], ...]:
    """Return the lines that each entry of a layer's legend explains."""
    features = layer.features
    if features is None:
        return ()
    lines = features[features.geometry.geom_type.str.contains("Line")]
    found: list[tuple[LegendEntry, Shapes]] = []
    for entry in layer.legend:
        if all(name in lines.columns for name in entry.where):
            chosen = np.full(len(lines), True)
            for name, value in entry.where.items():
                chosen &= (lines[name].astype(str) == value).to_numpy()
            found.append((entry, lines.geometry.to_numpy()[chosen]))
    return tuple(found)
