"""The identify card: what is known of the place that was clicked, and how well."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from sandbox.app import places
from sandbox.app.places import Place
from sandbox.app.session import Session
from sandbox.catalog.layer import Column
from sandbox.ui.panels.journey import JourneyBox
from sandbox.ui.panels.way import WayBox
from sandbox.ui.parts import icons
from sandbox.ui.parts.widgets import (
    Elided,
    Wrapped,
    action_button,
    button,
    column,
    follow,
    icon_button,
    label,
    look,
    row,
    words,
)
from sandbox.words import Words

WIDTH_PX: Final = 320
_LOWEST_PX: Final = 40
_EDGES_PX: Final = 24
# Columns that have their own place on the card, or nothing to say to a reader.
_TOLD: Final = (
    *("id", "name_zh", "name_en", "kind", "status", "opened", "source", "source_en", "accuracy_m"),
    *("note_zh", "note_en", "gates", "layer"),
)


def _figure(value: str, column: Column, language: str) -> str:
    """Return a value as its column means it, with a unit that the language can read."""
    if column.type == "integer":
        value = f"{float(value):,.0f}"
    return f"{value} {column.unit_in(language)}".strip()


class IdentifyCard(QFrame):
    """Floats over the map while a place is selected.

    Parameters
    ----------
    session
        Whose selection it shows.
    on_reach_from
        Called with the place whose reach is asked for.
    on_resized
        Called when the card comes, goes or has another size.
    show_it
        Brings the place onto the map.
    """

    def __init__(
        self,
        session: Session,
        on_reach_from: Callable[[Place], None],
        on_resized: Callable[[], None],
        show_it: QAction,
    ) -> None:
        super().__init__()
        self._session = session
        self._on_reach_from, self._on_resized = on_reach_from, on_resized
        self._place: Place | None = None
        self._facts_px, self._room_px = 0, 600
        self.setProperty("room", "float")
        self.setFixedWidth(WIDTH_PX)
        self._picture, self._close = QLabel(), icon_button(26)
        self._close.clicked.connect(lambda: session.change(selected=None))
        self._name, self._other = Wrapped("title"), Wrapped("small", "second")
        self._status, self._kind = label("micro"), Elided("small", "second")
        self._status.setProperty("tag", True)
        self._from = button("primary")
        self._from.clicked.connect(self._reach_from)
        names = QVBoxLayout()
        names.setSpacing(1)
        names.addWidget(self._name)
        names.addWidget(self._other)
        head = row(self._picture, spacing=10)
        head.addLayout(names, 1)
        head.addWidget(self._close)
        head.setAlignment(self._picture, Qt.AlignmentFlag.AlignTop)
        head.setAlignment(self._close, Qt.AlignmentFlag.AlignTop)
        self._facts_box = QWidget()
        self._facts = QGridLayout(self._facts_box)
        self._facts.setContentsMargins(0, 0, 6, 0)
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(5)
        self._facts.setColumnStretch(1, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._facts_box)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = column(self, (14, 12, 10, 14), 10)
        whole.addLayout(head)
        self._status.setFixedHeight(20)
        kinds = row(self._status, self._kind)
        kinds.setStretch(1, 1)
        whole.addLayout(kinds)
        self._journey = JourneyBox(session)
        self._way = WayBox(session)
        whole.addWidget(self._journey)
        whole.addWidget(self._way)
        whole.addWidget(self._scroll)
        whole.addLayout(row(self._from, action_button(show_it, "link"), None))
        self.hide()
        follow(
            session,
            self,
            lambda s: (
                s.gesture.selected,
                s.language,
                s.theme,
                s.answers.journey_answer,
                s.document.reach,
            ),
            self._show,
        )
        session.listen_atlas(lambda _atlas: self._show())
        self._show()

    def _reach_from(self) -> None:
        if self._place is not None:
            self._on_reach_from(self._place)

    def _show(self) -> None:
        state = self._session.state
        where = state.gesture.selected
        self._place = places.place(self._session.atlas.layers, where) if where else None
        self.setVisible(self._place is not None)
        if self._place is not None:
            self._show_place(self._place)
        self._on_resized()

    def _show_place(self, place: Place) -> None:
        said, theme, language = (
            words(self._session),
            look(self._session),
            self._session.state.language,
        )
        self._picture.setPixmap(icons.layer_picture(place.layer, theme, 24))
        self._close.setIcon(icons.icon("close", theme.colour("ink_2"), 16))
        self._close.setToolTip(said("Close"))
        self._close.setAccessibleName(said("Close"))
        name, other = place.name(language), place.text("name_en" if language == "zh" else "name_zh")
        self._name.setText(name)
        # It takes the keys that scroll it.
        self._scroll.setAccessibleName(self._name.text())
        self._other.setText(other)
        self._other.setVisible(bool(other) and other != name)
        status = place.text("status")
        self._status.setText(place.layer.status(status).said(said))
        self._status.setVisible(bool(status))
        self._kind.setText(f"{place.layer.title.said(language)} · {place.kind(language)}")
        asked = self._session.state.document.reach
        towards = asked is not None and asked.travel.towards
        self._from.setText(
            said("Areas that can reach here") if towards else said("Reach from here")
        )
        self._journey.show_journey()
        self._way.show_way()
        self._fill(self._rows(place, said))

    def _rows(self, place: Place, said: Words) -> list[tuple[str, str]]:
        language = self._session.state.language
        rows = [(said("Opened"), place.text("opened"))]
        for own in place.layer.columns:
            value = place.text(own.name)
            # Columns that end so only tell the map how to draw.
            if value and own.name not in _TOLD and not own.name.endswith("_class"):
                rows.append((own.title.said(language), _figure(value, own, language)))
        accuracy_m = place.accuracy_m
        exact = accuracy_m != float("inf")
        rows += [
            ("", place.text("note_zh" if language == "zh" else "note_en")),
            (
                said("Accuracy"),
                said("± {metres} m", metres=f"{accuracy_m:,.0f}") if exact else said("unknown"),
            ),
            (said("Source"), place.source(language)),
        ]
        return [(title, value) for title, value in rows if value]

    def _fill(self, rows: list[tuple[str, str]]) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for line, (title, value) in enumerate(rows):
            text = Wrapped("small")
            text.setText(value)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addWidget(text, line, 0 if not title else 1, 1, 2 if not title else 1)
            # A layout takes no account of what is not shown yet.
            text.show()
            if title:
                head = label("small", "third", title)
                head.setAlignment(Qt.AlignmentFlag.AlignTop)
                self._facts.addWidget(head, line, 0)
                head.show()
        for part in self.findChildren(QLabel):
            part.ensurePolished()
        width = WIDTH_PX - _EDGES_PX
        self._facts_px = self._facts.heightForWidth(width)
        self._facts_box.setFixedSize(width, self._facts_px)
        self.fit(self._room_px)

    def fit(self, room_px: int) -> None:
        """Stay within so many pixels of height; what doesn't fit is scrolled."""
        self._room_px = room_px
        layout = self.layout()
        if layout is None:
            return
        # What came or went since is not laid out yet.
        self._journey.updateGeometry()
        self._way.updateGeometry()
        layout.invalidate()
        self._scroll.setFixedHeight(self._facts_px)
        over = layout.totalHeightForWidth(WIDTH_PX) - room_px
        self._scroll.setFixedHeight(max(_LOWEST_PX, self._facts_px - max(0, over)))
        self.setFixedHeight(layout.totalHeightForWidth(WIDTH_PX))
