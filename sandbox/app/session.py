"""The running session: the state on screen, who listens to it, and the way back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sandbox.app.atlas import Atlas
from sandbox.app.state import MapState

Listener = Callable[[MapState, MapState], None]


class Session:
    """Holds one `MapState` over one `Atlas`; changes go through here, in the UI thread.

    Listeners are called with the state before and after, in the order they came.
    """

    def __init__(self, atlas: Atlas, state: MapState) -> None:
        self._atlas = atlas
        self._state = state
        self._listeners: list[Listener] = []
        self._past: list[MapState] = []
        self._future: list[MapState] = []

    @property
    def atlas(self) -> Atlas:
        """Layers and network in use."""
        return self._atlas

    @property
    def state(self) -> MapState:
        """What is on screen now."""
        return self._state

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(before, after)` at each change; return what ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def change(self, *, undoable: bool = False, **fields: Any) -> None:
        """Replace fields of the state; an `undoable` change can be taken back."""
        after = replace(self._state, **fields)
        if after == self._state:
            return
        if undoable:
            self._past.append(self._state)
            self._future.clear()
        self._show(after)

    def _show(self, after: MapState) -> None:
        before, self._state = self._state, after
        for listener in tuple(self._listeners):
            listener(before, after)
