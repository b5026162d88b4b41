"""The search field: a place, kind or layer by Chinese name, pinyin or English; or coordinates."""

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
)

from sandbox.app.jobs import Job, Jobs
from sandbox.app.questions import LonLat, Selected
from sandbox.app.session import Session
from sandbox.catalog.search import (
    PlaceFound,
    PlaceIndex,
    group_index,
    nearest_of_group,
    search_index,
)
from sandbox.ui.crash import guarded
from sandbox.ui.parts import icons
from sandbox.ui.parts.shadow import Shadow
from sandbox.ui.parts.widgets import column, follow, label, look, restyle, words

_LANE: Final = "names"
_BY_HAND: Final = (
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_FOUND_AT_MOST: Final = 9
_GROUPS_AT_MOST: Final = 3
_ROW_PX: Final = 34
_LEAST_PX, _WIDEST_PX = 150, 360
# Narrower there is no room for the name of the shortcut.
_KEYS_FROM_PX: Final = 280
_LONLAT: Final = re.compile(r"^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,，;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$")


def lonlat_typed(text: str) -> LonLat | None:
    """Return the longitude and latitude that a text says, in either order; None if it does not.

    Where both orders are possible, the first is the longitude.
    """
    match = _LONLAT.match(text)
    if match is None:
        return None
    first, second = float(match[1]), float(match[2])
    if abs(first) <= 180 and abs(second) <= 90:
        return first, second
    if abs(first) <= 90 and abs(second) <= 180:
        return second, first
    return None


class SearchField(QFrame):
    """A field with what it found below it.

    Parameters
    ----------
    session
        Whose places are searched.
    jobs
        Reads the names off the UI thread, when somebody is about to type.
    on_found
        Called with the place that was chosen, or None, and its position.

    Attributes
    ----------
    found
        What is shown below the field; it has a style sheet of its own.
    """

    def __init__(
        self, session: Session, jobs: Jobs, on_found: Callable[[Selected | None, LonLat], None]
    ) -> None:
        super().__init__()
        self._session, self._jobs = session, jobs
        self._on_found = on_found
        self._index: PlaceIndex | None = None
        self._groups: PlaceIndex | None = None
        # Enter was pressed before the names were read.
        self._entered = False
        self.setObjectName("search")
        self.setFixedHeight(32)
        self.setMinimumWidth(_LEAST_PX)
        self.setMaximumWidth(_WIDEST_PX)
        self._glass = QLabel()
        self._field = QLineEdit()
        self._field.setMaxLength(100)
        self._field.textEdited.connect(self._typed)
        self._field.installEventFilter(self)
        self._keys = label("micro", "third", "Ctrl K")
        self._keys.setProperty("tag", True)
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 0, 8, 0)
        line.setSpacing(8)
        line.addWidget(self._glass)
        line.addWidget(self._field, 1)
        line.addWidget(self._keys)
        self._found = QListWidget()
        self._found.setFrameShape(QFrame.Shape.NoFrame)
        self._found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._found.setIconSize(QSize(18, 18))
        self._found.itemClicked.connect(self._choose)
        self.found = self._popup = QFrame(self)
        self._popup.setProperty("room", "float")
        column(self._popup, (4, 4, 4, 4)).addWidget(self._found)
        self._popup.hide()
        follow(session, self, lambda s: (s.language, s.theme), self._show)
        session.listen_atlas(self._forget)
        self._show()

    def sizeHint(self) -> QSize:
        """Return the width that it has where there is room."""
        return QSize(_WIDEST_PX, 32)

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the name of the shortcut out where there is no room."""
        self._keys.setVisible(self.width() >= _KEYS_FROM_PX)

    def begin(self) -> None:
        """Put the cursor into the field."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    @guarded
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys walk through what was found."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(Qt.Key(event.key()))
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            inside = event.type() == QEvent.Type.FocusIn
            self.setProperty("focused", inside)
            restyle(self)
            # A window that opens gives the field its focus, and then nobody is about to type.
            if isinstance(event, QFocusEvent) and event.reason() in _BY_HAND and inside:
                self._read_names()
            if not inside:
                self._popup.hide()
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if key in steps and self._found.count():
            last = self._found.count() - 1
            self._found.setCurrentRow(max(0, min(last, self._found.currentRow() + steps[key])))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._entered = self._index is None
            self._choose_current()
            return True
        if key == Qt.Key.Key_Escape:
            self._field.clear()
            self._popup.hide()
            return True
        return False

    def _choose_current(self) -> None:
        item = self._found.currentItem() if self._popup.isVisible() else None
        if item is not None:
            self._choose(item)

    def _typed(self, text: str) -> None:
        self._entered = False
        self._found.clear()
        lonlat = lonlat_typed(text)
        if lonlat is not None:
            self._add(None, f"{lonlat[0]:.5f}, {lonlat[1]:.5f}", lonlat)
        elif self._index is None:
            self._read_names()
        else:
            self._add_places(text, self._index)
        if text.strip() and not self._found.count():
            said = words(self._session)
            known = self._index is not None
            nothing = said("No place with this name on the map") if known else said("Searching …")
            item = QListWidgetItem(nothing)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            item.setSizeHint(QSize(0, _ROW_PX))
            self._found.addItem(item)
        self._found.setCurrentRow(0)
        self._place_popup(bool(text.strip()))

    def _read_names(self) -> None:
        """Make the index, which takes most of a second the first time; then go on as typed."""
        if self._index is not None or self._jobs.waits(_LANE):
            return
        layers = self._session.atlas.layers

        def made(found: tuple[PlaceIndex, PlaceIndex]) -> None:
            self._index, self._groups = found
            if self._field.text().strip():
                entered = self._entered
                self._typed(self._field.text())
                if entered:
                    self._choose_current()

        def failed(error: Exception) -> None:
            raise error

        def read(_job: Job) -> tuple[PlaceIndex, PlaceIndex]:
            return search_index(layers), group_index(layers)

        self._jobs.ask(_LANE, read, made, failed)

    def _add_groups(self, text: str) -> None:
        """Offer the layers and kinds that are called so; choosing one lists its places."""
        said, state = words(self._session), self._session.state
        for one in self._groups.find(text, _GROUPS_AT_MOST) if self._groups else ():
            name = one.name_zh if state.language == "zh" else one.name_en
            shown = (
                said("Kind: {name} …", name=name) if one.id else said("Layer: {name} …", name=name)
            )
            item = self._add(None, shown, state.document.view.center_lonlat)
            item.setData(Qt.ItemDataRole.UserRole, one)
            item.setIcon(
                icons.layer_picture(self._session.atlas.layers[one.layer], look(self._session))
            )

    def _list_group(self, group: PlaceFound) -> None:
        """Show the places of a layer or kind, the nearest to the middle of the map first."""
        layers, center = self._session.atlas.layers, self._session.state.document.view.center_lonlat

        def made(places: tuple[PlaceFound, ...]) -> None:
            self._found.clear()
            self._list_places(places)
            self._found.setCurrentRow(0)
            self._place_popup(bool(places))

        def failed(error: Exception) -> None:
            raise error

        work = partial(nearest_of_group, layers, group, center, _FOUND_AT_MOST)
        self._jobs.ask(_LANE, lambda _job: work(), made, failed)

    def _add_places(self, text: str, index: PlaceIndex) -> None:
        self._list_places(index.find(text, _FOUND_AT_MOST))
        self._add_groups(text)

    def _list_places(self, places: Iterable[PlaceFound]) -> None:
        language = self._session.state.language
        for found in places:
            layer = self._session.atlas.layers[found.layer]
            first, second = found.name_zh or found.id, found.name_en
            if language == "en":
                first, second = second or first, first
            text_shown = f"{first}   {second}" if second and second != first else first
            item = self._add(Selected(found.layer, found.id), text_shown, found.lonlat)
            item.setIcon(icons.layer_picture(layer, look(self._session)))
            item.setToolTip(layer.title.said(language))

    def _add(self, where: Selected | None, text: str, lonlat: LonLat) -> QListWidgetItem:
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, (where, lonlat))
        item.setSizeHint(QSize(0, _ROW_PX))
        if where is None:
            item.setIcon(icons.icon("pin", look(self._session).colour("ink_2")))
        self._found.addItem(item)
        return item

    def _choose(self, item: QListWidgetItem) -> None:
        chosen = item.data(Qt.ItemDataRole.UserRole)
        if chosen is None:
            return
        if isinstance(chosen, PlaceFound):
            self._list_group(chosen)
            return
        where, lonlat = chosen
        self._popup.hide()
        self._field.clear()
        self._field.clearFocus()
        self._on_found(where, lonlat)

    def _place_popup(self, shown: bool) -> None:
        if not shown:
            self._popup.hide()
            return
        if self._popup.parentWidget() is not self.window():
            self._popup.setParent(self.window())
            Shadow(self._popup)
        below = self.mapTo(self.window(), QPoint(0, self.height() + 4))
        height = self._found.count() * _ROW_PX + 10
        self._popup.setGeometry(below.x(), below.y(), max(self.width(), 420), height)
        self._popup.show()
        self._popup.raise_()

    def _forget(self, _atlas: object) -> None:
        self._index = self._groups = None
        self._jobs.cancel(_LANE)

    def _show(self) -> None:
        said, theme = words(self._session), look(self._session)
        self._glass.setPixmap(icons.picture("search", theme.colour("ink_2"), 16))
        self._field.setPlaceholderText(said("Search places, pinyin or coordinates"))
        self._field.setAccessibleName(said("Search places, pinyin or coordinates"))
