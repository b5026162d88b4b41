"""Choosing origins: by an action and a click, by dragging a pin, or by a place's menu."""

from collections.abc import Callable
from typing import Final, Literal

from PySide6.QtGui import QAction

from sandbox.app import places, scenarios
from sandbox.app.asking import Asker
from sandbox.app.places import Place
from sandbox.app.questions import MOST_ORIGINS, LonLat, Origin, Selected
from sandbox.app.session import Session
from sandbox.ui.planner.map_area import MapArea
from sandbox.ui.planner.messages import Message
from sandbox.words import Text

Begun = Literal["", "pick", "add"]
# What a click is for, by whether it is a further one and whether one travels towards it.
_ASKED: Final = {
    ("pick", False): Text("Click the origin: a place or any point on the map."),
    ("pick", True): Text("Click the destination: a place or any point on the map."),
    ("add", False): Text(
        "Click the further origin: a place or any point on the map. Shift and a click adds one too."
    ),
    ("add", True): Text(
        "Click the further destination: a place or any point on the map. Shift and a click adds "
        "one too."
    ),
}


class Picking:
    """What a click on the map means: an origin, a place to select, a point of a drawing.

    Parameters
    ----------
    session, asker
        The map, and who asks its questions.
    map_area
        Returns the map on screen; loading other streets makes another canvas.
    """

    def __init__(self, session: Session, asker: Asker, map_area: Callable[[], MapArea]) -> None:
        self._session, self._asker, self._map_area = session, asker, map_area
        self._actions: dict[Begun, QAction] = {}
        self._begun: Begun = ""

    @property
    def begun(self) -> bool:
        """Whether the next click chooses an origin."""
        return bool(self._begun)

    def shown_by(self, pick: QAction, add: QAction) -> None:
        """Have actions checked while an origin is being chosen, or a further one."""
        self._actions = {"pick": pick, "add": add}
        for action in self._actions.values():
            action.setCheckable(True)

    def begin(self) -> None:
        """Let the next click choose the origin, where the action is checked."""
        self._begin("pick")

    def begin_more(self) -> None:
        """Let the next click choose a further origin, where the action is checked."""
        self._begin("add")

    def _begin(self, what: Begun) -> None:
        self._begun = what if self._actions[what].isChecked() else ""
        for name, action in self._actions.items():
            action.setChecked(name == self._begun)
        area, asked = self._map_area(), self._session.state.document.reach
        area.canvas.take_keys()
        towards = asked is not None and asked.travel.towards
        said = Message("info", _ASKED[self._begun, towards]) if self._begun else None
        area.messages.say("pick", said)

    def end(self) -> None:
        """Let clicks mean again what they mean."""
        self._begun = ""
        for action in self._actions.values():
            action.setChecked(False)
        self._map_area().messages.say("pick", None)

    def origin(self, lonlat: LonLat, moving: bool) -> None:
        """Take a position on the ground that was clicked, or to which the pin was dragged."""
        if scenarios.take(self._session, lonlat, moving=moving):
            return
        if self._begun == "add":
            return self.add(lonlat, None)
        self.end()
        if not moving:
            self._session.change(selected=None)
        self._asker.move_origin(lonlat, moving)

    def pick(self, picked: Selected | None) -> None:
        """Take the place that was clicked, None beside all places."""
        place = places.place(self._session.atlas.layers, picked) if picked else None
        if self._begun == "add" and place is not None:
            self.add(place.lonlat, picked)
        elif self._begun and place is not None:
            self.reach_from(place)
        else:
            self._session.change(selected=picked)

    def reach_from(self, place: Place) -> None:
        """Ask for reach from a place."""
        self.end()
        self._asker.move_origin(place.lonlat, place=place.where)

    def add(self, lonlat: LonLat, picked: Selected | None) -> None:
        """Ask from one more origin: a place, else a position on the ground."""
        self.end()
        place = places.place(self._session.atlas.layers, picked) if picked else None
        question = self._session.state.document.reach
        if question is None:
            at = lonlat if place is None else place.lonlat
            return self._asker.move_origin(at, place=None if place is None else picked)
        made = Origin(lonlat) if place is None else Origin(place.lonlat, picked)
        if made in question.origins:
            return None
        if len(question.origins) >= MOST_ORIGINS:
            said = Text("At most {count} origins are possible at once.", {"count": MOST_ORIGINS})
            return self._map_area().messages.say("pick", Message("warn", said))
        return self._asker.ask(question.from_origins((*question.origins, made)))

    def move(self, number: int, lonlat: LonLat, moving: bool) -> None:
        """Ask from another position in place of one of several origins."""
        question = self._session.state.document.reach
        if question is not None:
            moved = list(question.origins)
            moved[number] = Origin(lonlat)
            self._asker.ask(question.from_origins(moved), moving)
