"""Choosing the origin: by an action and a click, by dragging the pin, or by a place's menu."""

from collections.abc import Callable

from PySide6.QtGui import QAction

from sandbox.app import places, scenarios
from sandbox.app.asking import Asker
from sandbox.app.places import Place
from sandbox.app.questions import LonLat, Selected
from sandbox.app.session import Session
from sandbox.ui.planner.map_area import MapArea
from sandbox.ui.planner.messages import Message
from sandbox.words import Text


class Picking:
    """What a click on the map means: an origin, a place to select, a point of a drawing.

    Parameters
    ----------
    session, asker
        The map, and who asks its questions.
    map_area
        Returns the map on screen; loading other streets makes another canvas.

    Attributes
    ----------
    begun
        Whether the next click chooses the origin.
    """

    def __init__(self, session: Session, asker: Asker, map_area: Callable[[], MapArea]) -> None:
        self._session, self._asker, self._map_area = session, asker, map_area
        self._action: QAction | None = None
        self.begun = False

    def shown_by(self, action: QAction) -> None:
        """Have an action checked while an origin is being chosen."""
        action.setCheckable(True)
        self._action = action

    def begin(self) -> None:
        """Let the next click choose the origin, where the action is checked."""
        self.begun = self._action is not None and self._action.isChecked()
        area, asked = self._map_area(), self._session.state.document.reach
        area.canvas.take_keys()
        said = Text(
            "Click the destination: a place or any point on the map."
            if asked is not None and asked.travel.towards
            else "Click the origin: a place or any point on the map."
        )
        area.messages.say("pick", Message("info", said) if self.begun else None)

    def end(self) -> None:
        """Let clicks mean again what they mean."""
        self.begun = False
        if self._action is not None:
            self._action.setChecked(False)
        self._map_area().messages.say("pick", None)

    def origin(self, lonlat: LonLat, moving: bool) -> None:
        """Take a position on the ground that was clicked, or to which the pin was dragged."""
        if scenarios.take(self._session, lonlat, moving=moving):
            return
        self.end()
        if not moving:
            self._session.change(selected=None)
        self._asker.move_origin(lonlat, moving)

    def pick(self, picked: Selected | None) -> None:
        """Take the place that was clicked, None beside all places."""
        place = places.place(self._session.atlas.layers, picked) if picked else None
        if self.begun and place is not None:
            self.reach_from(place)
        else:
            self._session.change(selected=picked)

    def reach_from(self, place: Place) -> None:
        """Ask for reach from a place."""
        self.end()
        self._asker.move_origin(place.lonlat, place=place.where)
