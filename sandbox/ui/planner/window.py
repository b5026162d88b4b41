"""The planner's window: the grid of bars, panels and map, and what its actions do."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from sandbox.app.answers import siting
from sandbox.app.asking import Asker
from sandbox.app.atlas import Atlas
from sandbox.app.framing import layer_view, result_view, selection_view
from sandbox.app.jobs import Jobs
from sandbox.app.opening import city_title, open_network, state_over
from sandbox.app.questions import LonLat, Selected
from sandbox.app.session import Session
from sandbox.app.settings import Settings
from sandbox.app.state import MapState, View
from sandbox.app.street_edits import Editing
from sandbox.draw.answers.outlines import outlines_for
from sandbox.draw.theme import theme, tokens
from sandbox.errors import SandboxError
from sandbox.ui.crash import guarded
from sandbox.ui.own.workshop import Room, Workshop
from sandbox.ui.panels.dock import SHOWN, TABS, Dock
from sandbox.ui.panels.layers import LayerPanel
from sandbox.ui.panels.table import TablePanel
from sandbox.ui.parts.calendar import speak
from sandbox.ui.parts.leaning import Leaning
from sandbox.ui.parts.style import Dress
from sandbox.ui.parts.widgets import words
from sandbox.ui.planner import bind
from sandbox.ui.planner.bars import StatusBar, TopBar
from sandbox.ui.planner.enabled import show_actions
from sandbox.ui.planner.explain import Explaining
from sandbox.ui.planner.files import Files
from sandbox.ui.planner.fold import Fold
from sandbox.ui.planner.help import Help
from sandbox.ui.planner.late import Late
from sandbox.ui.planner.map_area import MapArea
from sandbox.ui.planner.menu import MenuBar
from sandbox.ui.planner.messages import Message
from sandbox.ui.planner.picking import Picking
from sandbox.ui.planner.preferences import Preferences
from sandbox.ui.planner.search import SearchField
from sandbox.ui.project.desk import Desk
from sandbox.words import Text

DOCK_FOLDS_BELOW_PX: Final = 1440
LAYERS_FOLD_BELOW_PX: Final = 1100
_FOUND_M_PER_PX: Final = 3.4


class Planner(QWidget):
    """One window over one session.

    Parameters
    ----------
    session
        What is on screen.
    jobs
        Where slow work is done.
    kept
        The user's settings; switches of language and theme are written there.
    remember
        Whether to write settings at all; screenshots don't.
    ready
        Called when all wears its theme. Shown then, the window appears at once.
    """

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        kept: Settings,
        *,
        remember: bool = True,
        ready: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self._session, self._jobs = session, jobs
        self._refused = dict[str, SandboxError]()
        self._preferences = Preferences(session, jobs, kept, self.report, remember=remember)
        self.setObjectName("planner")
        self.setAutoFillBackground(True)
        # Dialogs open over it, as it wears the style sheet and the window itself doesn't.
        self._under_dialogs = QWidget(self)
        self._under_dialogs.hide()
        self._dress = Dress(self, self._parts)
        self._late = Late(session, self)
        self._asker = Asker(session, jobs, self._report, prepare=outlines_for(session))
        self._editing = Editing(session, jobs, self._report)
        self._picking = Picking(session, self._asker, lambda: self.map)
        self.files = Files(
            self._under_dialogs,
            session,
            jobs,
            self._asker,
            self._editing,
            report=self._report,
            say=self._tell,
            map_size=lambda: self.map.canvas.size(),  # noqa: PLW0108 - opening other streets makes another canvas
        )
        self._explaining = Explaining(session, self._under_dialogs)
        room = Room(
            self,
            self._under_dialogs,
            layers=lambda: self._layers,
            places=lambda: self._table,
            map_area=lambda: self.map,
            written=self.files.written,
            report=self._report,
            say=self._tell,
            others={".sandnet": self.open_network, ".toml": self.files.open_scenario},
        )
        self._own = Workshop(session, jobs, room)
        self.desk = Desk(
            self, self._under_dialogs, session, jobs, kept, report=self._report, say=self._tell
        )
        self._search = SearchField(session, jobs, self._found)
        self._leaning = Leaning(session, self, motion=kept.motion)
        self._actions = bind.bind(self, self._calls())
        self._picking.shown_by(self._actions["pick_origin"], self._actions["add_origin"])
        bind.say(self._actions, words(session))
        self._menu = MenuBar(session, self._actions)
        self._top = TopBar(session, self._actions, self._search, self._preferences.speak)
        self._dock = Dock(session, self._asker, self._editing, self._actions)
        self._layers = LayerPanel(
            session, self._actions["zoom_layer"], self._actions["open_layers"]
        )
        self._status = StatusBar(session, self._actions["load_network"])
        self.map = MapArea(
            session,
            self._actions,
            on_origin=self._picking.origin,
            on_pick=self._picking.pick,
            several=self._picking,
            on_pointer=self._status.point_at,
            on_reach_from=self._picking.reach_from,
            on_menu=self._explaining.offer,
            motion=kept.motion,
        )
        self._lay_out()
        # In a text field some shortcuts are editing keys, as Ctrl+D and Ctrl+E are on X11.
        self.map.canvas.setFocus()
        self._dress.put_on(theme(session.state.theme), ready)
        jobs.listen(self._status.work)
        jobs.listen(partial(siting.show_tried, session, jobs))
        session.listen(self._changed)
        session.listen_atlas(lambda _atlas: self._warn())
        self._show_actions()
        self._warn()
        self._own.offer_base_maps()
        self._asker.start()
        self._editing.start()

    @property
    def settled(self) -> bool:
        """Whether no answer is awaited any more, and all wears its theme."""
        return not self._jobs.busy and self._dress.done

    @property
    def refusals(self) -> tuple[SandboxError, ...]:
        """Why questions that stand have no answer."""
        return tuple(self._refused.values())

    def report(self, error: SandboxError) -> None:
        """Show an error that belongs to nothing on the map."""
        self.map.messages.report("window", error)

    def say(self, text: Text) -> None:
        """Show a line as an error, as the crash hook does."""
        self.map.messages.say("crash", Message("error", text))

    def show_tab(self, tab: str) -> None:
        """Bring a tab of the dock to the front, by its name."""
        self._right.open(self._dock.open_tab(tab))

    def _lay_out(self) -> None:
        space = tokens()["space"]["planner"]
        table = self._table = TablePanel(self._session, self._explaining.offer)
        self._left = Fold(
            self._session,
            self._layers,
            space["left"],
            (("layers", "Layers"),),
            lambda _n: None,
            strip_right=False,
        )
        self._right = Fold(
            self._session,
            self._dock,
            space["right"],
            tuple((tab.icon, tab.title.template) for tab in TABS.values()),
            lambda at: self._dock.open_tab(list(TABS)[at]),
            strip_right=True,
        )
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.map, 1)
        middle.addWidget(table)
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self._left)
        line.addLayout(middle, 1)
        line.addWidget(self._right)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._menu)
        whole.addWidget(self._top)
        whole.addLayout(line, 1)
        whole.addWidget(self._status)
        self.setMinimumSize(760, 560)

    def _calls(self) -> dict[str, Callable[[], object]]:
        return {
            "undo": self._editing.undo,
            "redo": self._session.redo,
            "search": self._search.begin,
            "theme": self._preferences.switch_theme,
            "language": self._preferences.switch_language,
            "load_network": partial(self.desk.choose_network, self.open_network),
            "zoom_in": lambda: self.map.canvas.zoom(1.5),
            "zoom_out": lambda: self.map.canvas.zoom(1 / 1.5),
            "home": self._home,
            "zoom_result": lambda: self._frame(result_view),
            "zoom_layer": lambda: self._frame(partial(layer_view, layer_id=self._layers.chosen)),
            "zoom_selection": lambda: self._frame(selection_view),
            "three_d": self._leaning.toggle,
            "pick_origin": self._picking.begin,
            "add_origin": self._picking.begin_more,
            "clear_origin": self._asker.clear,
            "focus_map": self._go_to_map,
            "explain": self._explaining.explain,
            **{f"show_{name}": partial(self._take_keys_to, name) for name in SHOWN},
            "help": lambda: Help(self._session, self._under_dialogs).open(),
            "quit": self.close,
            **self.files.calls(),
            **self.desk.calls(),
            **self._own.calls(),
        }

    # What hands do to the map.

    def _found(self, where: Selected | None, lonlat: LonLat) -> None:
        view = self._session.state.document.view
        m_per_px = min(view.m_per_px, _FOUND_M_PER_PX)
        found = replace(view, center_lonlat=lonlat, m_per_px=m_per_px)
        self._session.change(view=found, selected=where, mark=None if where else lonlat)
        self.map.canvas.setFocus()

    def _home(self) -> None:
        asked = self._session.state.document.reach
        if asked is None:
            self.map.canvas.go_home()
        else:
            view = self._session.state.document.view
            self._session.change(view=replace(view, center_lonlat=asked.origin_lonlat))

    def _frame(self, view_of: Callable[..., View | None]) -> None:
        size = self.map.canvas.width(), self.map.canvas.height()
        view = view_of(self._session.atlas, self._session.state, size_px=size)
        if view is not None:
            now = self._session.state.document.view
            framed = replace(now, center_lonlat=view.center_lonlat, m_per_px=view.m_per_px)
            self._session.change(view=framed)

    def _go_to_map(self) -> None:
        # Loading other streets makes another canvas.
        self.map.canvas.take_keys()

    def _take_keys_to(self, tab: str) -> None:
        self.show_tab(tab)
        self._dock.take_focus()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what keys mean wherever the focus is, once no text field and no control took them."""
        key, drawing = Qt.Key(event.key()), self._session.state.gesture.sketch is not None
        typing = isinstance(self.focusWidget(), QLineEdit | QAbstractSpinBox)
        if key == Qt.Key.Key_Escape:
            self._end_begun()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and drawing and not typing:
            self._dock.finish_drawing()
        elif key == Qt.Key.Key_Backspace and drawing and not typing:
            self._editing.undo()
        else:
            super().keyPressEvent(event)

    def _end_begun(self) -> None:
        """End the innermost thing that was begun: choosing, drawing, a panel, a place's card."""
        if self._picking.begun:
            self._picking.end()
        elif self._session.state.gesture.sketch is not None:
            self._editing.end()
        elif not (self._right.close_open() or self._left.close_open()):
            self._session.change(selected=None, mark=None)
            return
        self.map.canvas.take_keys()

    # What the window itself does.

    def _changed(self, before: MapState, after: MapState) -> None:
        if before.theme != after.theme:
            self._dress.put_on(theme(after.theme))
        if before.gesture.sketch is None and after.gesture.sketch is not None:
            self.map.canvas.take_keys()
        if before.language != after.language:
            speak(after.language)
            bind.say(self._actions, words(self._session))
        self._show_actions()

    def _show_actions(self) -> None:
        show_actions(self._actions, self._session)
        said = words(self._session)
        city = city_title(self._session.atlas).said(said)
        self.setWindowTitle(f"{city} · {said('Digital Sandbox')}[*]")

    def _parts(self) -> tuple[QWidget, ...]:
        """Return what wears the theme's style sheet, in pieces that take about as long."""
        bars = (self._menu, self._top, self._status)
        around = (*bars, self.map, self._left, self._table, self._under_dialogs)
        return (*around, self._right.strip, *self._dock.parts, self._search.found)

    def _warn(self) -> None:
        schematic = self._session.atlas.network.streets.provenance.schematic
        said = Text("Schematic streets, for demonstration only. Load a real network for analysis.")
        action = Text("Load network…")
        # From the second start on, only the status line says it.
        first = schematic and not self._preferences.kept.schematic_told
        load = self._actions["load_network"].trigger
        warning = Message("warn", said, action, load) if first else None
        self.map.messages.say("schematic", warning)

    def _tell(self, lane: str, message: Message | None) -> None:
        self.map.messages.say(lane, message)

    def _report(self, lane: str, error: SandboxError | None) -> None:
        if error is None:
            self._refused.pop(lane, None)
        else:
            self._refused[lane] = error
        self.map.messages.report(lane, error)

    def open_network(self, file: Path) -> None:
        """Put other streets under the map; the old map stays until they are there."""
        work = partial(open_network, file, self._session.atlas, self._preferences.kept)
        failed = partial(self._failed, "network")
        self._jobs.ask("network", work, partial(self._opened, file), failed)

    def _opened(self, file: Path, atlas: Atlas) -> None:
        self._report("network", None)
        self.desk.take_network(file)
        self._session.open(atlas, state_over(atlas, self._session.state, self._preferences.kept))
        self._show_actions()

    def _failed(self, lane: str, error: Exception) -> None:
        if not isinstance(error, SandboxError):
            raise error
        self._report(lane, error)

    @guarded
    def setVisible(self, visible: bool) -> None:
        """Show nothing that doesn't wear its theme."""
        if visible:
            self._dress.finish()
        super().setVisible(visible)

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the panels where there is no room for them."""
        self._fold()

    def _fold(self) -> None:
        self._right.set_folded(self.width() < DOCK_FOLDS_BELOW_PX)
        self._left.set_folded(self.width() < LAYERS_FOLD_BELOW_PX)
        most = tokens()["space"]["planner"]["table"]
        self._table.setFixedHeight(min(most, self.height() * 3 // 10))
        self._top.set_narrow(self.width() < DOCK_FOLDS_BELOW_PX)

    @guarded
    def closeEvent(self, event: QCloseEvent) -> None:
        """End all work and threads, unless something would be lost that is wanted."""
        if not self.desk.may_close():
            return event.ignore()
        self._jobs.close()
        self.map.canvas.release()
        for timer in self.findChildren(QTimer):
            timer.stop()
        super().closeEvent(event)
