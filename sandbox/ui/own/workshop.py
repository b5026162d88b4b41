"""What the window does with layers of the user's own, and with what is taken out of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sandbox.app.framing import layers_view
from sandbox.app.jobs import Jobs
from sandbox.app.own.base_maps import allow_layers, hosts_to_allow
from sandbox.app.session import Session
from sandbox.catalog.layer import Layer
from sandbox.errors import SandboxError
from sandbox.imagery.found import ARCHIVES
from sandbox.ui.own.base_map import BaseMapDialog
from sandbox.ui.own.edit_box import EditBox
from sandbox.ui.own.files import OwnFiles
from sandbox.ui.own.map_out import MapOut
from sandbox.ui.own.measure import MeasureBox
from sandbox.ui.own.style_box import StyleBox
from sandbox.ui.own.taking import Taking
from sandbox.ui.panels.layers import LayerPanel
from sandbox.ui.panels.table import TablePanel
from sandbox.ui.planner.map_area import MapArea
from sandbox.ui.planner.messages import Message
from sandbox.words import Text


@dataclass(frozen=True, slots=True)
class Room:
    """The parts of the window that layers come to and are taken from.

    Attributes
    ----------
    window, under_dialogs
        On which files are dropped, and what dialogs belong to.
    layers, places, map_area
        Return the list of layers, the table below the map, and the map.
    written, report, say
        Called with a file that is there, with what went wrong, and with what is worth a line.
    others
        What opens files of other endings, as ``".sandnet"``.
    """

    window: QWidget
    under_dialogs: QWidget
    layers: Callable[[], LayerPanel]
    places: Callable[[], TablePanel]
    map_area: Callable[[], MapArea]
    written: Callable[[Path], None]
    report: Callable[[str, SandboxError | None], None]
    say: Callable[[str, Message | None], None]
    others: Mapping[str, Callable[[Path], None]]


class Workshop:
    """Opens, shows, changes and takes out what a user has of its own.

    Parameters
    ----------
    session, jobs
        What is on screen, and where work is done.
    room
        The parts of the window.
    """

    def __init__(self, session: Session, jobs: Jobs, room: Room) -> None:
        self._session, self._jobs, self._room = session, jobs, room
        self.files = OwnFiles(
            room.window,
            room.under_dialogs,
            session,
            jobs,
            on_opened=self._show_opened,
            extent=self._extent,
            others={**room.others, **dict.fromkeys(ARCHIVES, self.open_archive)},
        )
        self.taking = Taking(
            room.under_dialogs,
            session,
            jobs,
            chosen=lambda: room.layers().chosen,
            places=room.places,
            written=room.written,
            report=room.report,
        )

        session.listen_atlas(lambda _atlas: self.offer_base_maps())

    def offer_base_maps(self) -> None:
        """Offer to fetch base maps of a project that comes from elsewhere: unasked none is."""
        hosts = hosts_to_allow(self._session.atlas.layers)
        if not hosts:
            self._room.say("base_map", None)
            return
        said = Text(
            "This map has a base map from {hosts}, which isn't fetched yet.",
            {"hosts": ", ".join(hosts)},
        )
        self._room.say("base_map", Message("warn", said, Text("Fetch it"), self._allow))

    def _allow(self) -> None:
        try:
            allow_layers(self._session.atlas.layers)
        except SandboxError as error:
            self._room.report("base_map", error)
            return
        self._room.say("base_map", None)
        self._room.map_area().canvas.update()

    def calls(self) -> dict[str, Callable[[], object]]:
        """Return what the actions do."""
        return {
            **self.files.calls(),
            **self.taking.calls(),
            "base_map": self.add_base_map,
            "map_out": self.take_map,
            "measure": self.measure,
            "style_layer": self.style,
            "edit_layer": self.edit,
        }

    def add_base_map(self) -> BaseMapDialog:
        """Ask for a base map, and put it below the other layers."""
        room = self._room
        made = BaseMapDialog(self._session, self._jobs, self._chosen_shown, room.under_dialogs)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.open()
        return made

    def open_archive(self, file: Path) -> None:
        """Ask whether the base map of a file is added."""
        made = self.add_base_map()
        made.what.setEditText(str(file))
        made.look_up()

    def _chosen_shown(self, layers: tuple[Layer, ...]) -> None:
        self._room.layers().choose(layers[-1].id)
        self._room.map_area().canvas.take_keys()

    def edit(self) -> EditBox | None:
        """Change the features of the chosen layer, if it is one of the user's own."""
        room, session = self._room, self._session
        layer = session.atlas.layers.get(room.layers().chosen)
        if layer is None or not layer.is_own or layer.features is None:
            text = "Only features of your own layers can be changed."
            room.report("table", SandboxError(text, "Choose one under “Your layers”."))
            return None
        room.report("table", None)
        area = room.map_area()
        made = EditBox(session, self._jobs, layer.id, area, room.under_dialogs)
        made.setModal(False)
        made.show()
        area.canvas.take_keys()
        return made

    def style(self) -> StyleBox | None:
        """Change how the chosen layer is drawn, if it is one of the user's own."""
        room, session = self._room, self._session
        layer = session.atlas.layers.get(room.layers().chosen)
        if layer is None or not layer.is_own or layer.features is None:
            text = "Styles are for layers of your own.", "Choose one under “Your layers”."
            room.report("table", SandboxError(*text))
            return None
        room.report("table", None)
        made = StyleBox(session, self._jobs, layer, room.written, room.under_dialogs)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.setModal(False)
        made.show()
        return made

    def measure(self) -> MeasureBox:
        """Measure what is clicked on the map from now on; what was measured before goes."""
        area, room = self._room.map_area(), self._room
        for before in room.under_dialogs.findChildren(MeasureBox):
            before.reject()
        made = MeasureBox(self._session, self._jobs, area, room.under_dialogs)
        made.show()
        area.canvas.take_keys()
        return made

    def take_map(self) -> MapOut:
        """Ask how the map is taken out."""
        canvas = self._room.map_area().canvas
        seen = (canvas.width(), canvas.height())
        room = self._room
        made = MapOut(self._session, self._jobs, seen, room.written, room.under_dialogs)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.open()
        return made

    def _extent(self) -> tuple[float, float, float, float]:
        """Return the ground on screen: west, south, east, north."""
        seen = self._room.map_area().canvas.viewport
        wide, high = seen.width_px, seen.height_px
        corners = [seen.lonlat_at(one) for one in ((0, 0), (wide, 0), (0, high), (wide, high))]
        lon, lat = [one[0] for one in corners], [one[1] for one in corners]
        return min(lon), min(lat), max(lon), max(lat)

    def _show_opened(self, layers: tuple[Layer, ...]) -> None:
        canvas, session = self._room.map_area().canvas, self._session
        size = canvas.width(), canvas.height()
        view = layers_view(session.atlas, session.state, [one.id for one in layers], size)
        if view is not None:
            session.change(view=view)
        self._room.layers().choose(layers[-1].id)
        canvas.take_keys()
