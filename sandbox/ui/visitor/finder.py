"""Finding one's home by name: what was typed on the screen's keyboard, and what it means."""

import time
from collections.abc import Callable, Mapping
from typing import Final

from sandbox.app import places
from sandbox.app.jobs import Job
from sandbox.app.kiosk.scenes import scenes
from sandbox.app.kiosk.show import Show, ShowState
from sandbox.app.questions import Selected
from sandbox.app.session import Session
from sandbox.catalog.layer import Layer
from sandbox.catalog.search import PlaceFound, PlaceIndex, search_index
from sandbox.ui.kiosk.director import Director
from sandbox.words import Language

FOUND_AT_MOST: Final = 6
# The keyboard goes away, with what was typed, when nobody has typed for this long.
OPEN_S: Final = 45.0
_LETTERS_AT_MOST: Final = 24
_LANE: Final = "visitor's places"


class Finder:
    """The keyboard's state. Nothing of it is kept, counted or written anywhere.

    Parameters
    ----------
    show, session, director
        What is on, its map, and who asks it.
    update
        Paints anew once the names are read.
    now_s
        A clock that never jumps, seconds.
    """

    def __init__(
        self,
        show: Show,
        session: Session,
        director: Director,
        update: Callable[[], None],
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._show, self._session, self._director = show, session, director
        self._jobs, self._update = director.jobs, update
        self._now_s, self._last_s = now_s, 0.0
        self._index: PlaceIndex | None = None
        self.open_ = False
        self.typed = ""
        self.found: tuple[PlaceFound, ...] = ()
        # Whether the next place is compared with the one on the map.
        self.compares = False
        self.end = show.listen(self._changed)

    @property
    def offered(self) -> bool:
        """Whether the scene on screen answers for any place."""
        reach = scenes.reach_of(self._show.scene, self._show.state.stage)
        return reach is not None and reach.press

    @property
    def reads(self) -> bool:
        """Whether the names are still being read."""
        return self._index is None

    @property
    def expired(self) -> bool:
        """Whether the keyboard has been left alone."""
        return self.open_ and self._now_s() - self._last_s > OPEN_S

    @property
    def layers(self) -> Mapping[str, Layer]:
        """The layers that places are found on."""
        return self._session.atlas.layers

    @property
    def language(self) -> Language:
        """The visitor's language."""
        return self._show.state.language

    def key_of_picture(self, may_compare: bool) -> tuple[object, ...]:
        """Return what the keyboard's picture depends on."""
        return self.typed, self.found, self.reads, self.compares, may_compare, self.language

    def open(self) -> None:
        """Show the keyboard, with nothing typed."""
        self.close()
        if not self.offered:
            return
        self.open_, self._last_s = True, self._now_s()
        if self._index is None and not self._jobs.waits(_LANE):
            self._jobs.ask(_LANE, self._read, self._known, _raise)

    def close(self) -> None:
        """Take the keyboard away and forget what was typed."""
        self.open_ = self.compares = False
        self.typed, self.found = "", ()

    def key(self, key: str) -> None:
        """Take a key: a letter, a digit, ``space``, ``back``, ``clear``, ``two`` or ``close``."""
        self._last_s = self._now_s()
        if key == "close":
            self.close()
            return
        if key == "two":
            self.compares = not self.compares
        elif key == "back":
            self.typed = self.typed[:-1]
        elif key == "clear":
            self.typed = ""
        elif len(self.typed) < _LETTERS_AT_MOST:
            self.typed += " " if key == "space" else key
        self._find()

    def choose(self, number: int) -> None:
        """Ask from a place that was found, or compare it with the one on the map."""
        found, compares = self.found[number], self.compares
        self.close()
        where = Selected(found.layer, found.id)
        place = places.place(self.layers, where)
        # A street has no gate: one starts from a point of it.
        if place is None or place.shape.geom_type.endswith("LineString"):
            self._director.find(found.lonlat, None, compares=compares)
        else:
            self._director.find(place.lonlat, where, compares=compares)

    def _find(self) -> None:
        if self._index is not None:
            self.found = self._index.find(self.typed, FOUND_AT_MOST)

    def _read(self, _job: Job) -> PlaceIndex:
        """Return the names of all places; it takes most of a second the first time."""
        layers = self.layers
        index = search_index({one: of for one, of in layers.items() if not of.schematic})
        index.find("a")
        return index

    def _known(self, index: PlaceIndex) -> None:
        self._index = index
        self._find()
        self._update()

    def _changed(self, before: ShowState, after: ShowState) -> None:
        """Forget what was typed where the show goes on to something else."""
        if (before.scene, before.stage, before.attract, before.black) != (
            after.scene,
            after.stage,
            after.attract,
            after.black,
        ):
            self.close()


def _raise(error: Exception) -> None:
    raise error
