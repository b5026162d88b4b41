"""The running session: the state on screen, who listens to it, and the way back."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final, Unpack, cast

from sandbox.app.atlas import Atlas
from sandbox.app.changes import Changes, DocumentChanges, changed, kept, value
from sandbox.app.listeners import unheard
from sandbox.app.state import Answers, MapState
from sandbox.catalog.layer import Layer

Listener = Callable[[MapState, MapState], None]
AtlasListener = Callable[[Atlas], None]
# Fields of the document, and layers under the map, as they were or will be.
_Step = tuple[DocumentChanges, Mapping[str, Layer]]
_Steps = deque[_Step]

UNDO_STEPS: Final = 200
# Each step that changes a layer keeps the whole of it: so many rows in all steps together.
_ROWS_AT_MOST: Final = 2_000_000


def _rows(step: _Step) -> int:
    return sum(len(one.features) for one in step[1].values() if one.features is not None)


class Session:
    """Holds one `MapState` over one `Atlas`; changes go through here, in the UI thread.

    Listeners are called with the state before and after, in the order they came.
    A change made by a listener is told to all of them after the one that caused it.
    """

    def __init__(self, atlas: Atlas, state: MapState) -> None:
        self._atlas = atlas
        self._state = state
        self._listeners: list[Listener] = []
        self._atlas_listeners: list[AtlasListener] = []
        self._past: _Steps = deque(maxlen=UNDO_STEPS)
        self._future: _Steps = deque()
        self._to_tell: deque[tuple[MapState, MapState]] = deque()
        self._telling = False

    @property
    def atlas(self) -> Atlas:
        """Layers and network in use."""
        return self._atlas

    @property
    def state(self) -> MapState:
        """What is on screen now."""
        return self._state

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to make again."""
        return bool(self._future)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(before, after)` at each change; return what ends it."""
        self._listeners.append(listener)
        return partial(unheard, self._listeners, listener)

    def listen_atlas(self, listener: AtlasListener) -> Callable[[], None]:
        """Call `listener(atlas)` when other data is opened; return what ends it."""
        self._atlas_listeners.append(listener)
        return partial(unheard, self._atlas_listeners, listener)

    def change(self, *, undoable: bool = False, **changes: Unpack[Changes]) -> None:
        """Replace fields of the state; an `undoable` change of the document can be taken back.

        Taking back restores just the fields of the document that were changed, so a map that
        was moved or a language that was switched since then stays as it is.
        """
        before = self._state
        if all(value(before, name) == new for name, new in changes.items()):
            return
        after = changed(before, **changes)
        # A field that is set to the value it had leaves nothing to take back.
        step = {name: new for name, new in kept(changes).items() if value(before, name) != new}
        if undoable and step:
            if after.document.against != before.document.against:
                # A comparison that ends with its question comes back with it.
                step["against"] = after.document.against
            self._past.append(self._now((cast(DocumentChanges, step), {})))
            self._future.clear()
        self._show(after)

    def undo(self) -> None:
        """Take back the last undoable change."""
        self._step(self._past, self._future)

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._step(self._future, self._past)

    def open(self, atlas: Atlas, state: MapState) -> None:
        """Put other data under the map, with the state to begin with; forgets what was undoable."""
        self._past.clear()
        self._future.clear()
        # Who hears of the atlas finds the state that belongs to it: the old one may speak of
        # layers that aren't there any more.
        before, self._atlas, self._state = self._state, atlas, state
        for listener in tuple(self._atlas_listeners):
            listener(atlas)
        self._tell(before, self._state)

    def extend(self, atlas: Atlas) -> None:
        """Put the same map with other layers under it; what is undoable stays, answers go."""
        before, self._atlas = self._state, atlas
        self._state = replace(before, answers=Answers())
        for listener in tuple(self._atlas_listeners):
            listener(atlas)
        self._tell(before, self._state)

    def replace_layers(self, layers: Mapping[str, Layer]) -> None:
        """Put other versions of layers under the same map; one step to take back."""
        self._past.append(self._now(({}, layers)))
        self._future.clear()
        while len(self._past) > 1 and sum(map(_rows, self._past)) > _ROWS_AT_MOST:
            self._past.popleft()
        self._put(layers)

    def _step(self, taken: _Steps, opposite: _Steps) -> None:
        if taken:
            step, layers = taken.pop()
            opposite.append(self._now((step, layers)))
            if layers:
                self._put(layers)
            else:
                self._show(changed(self._state, **step))

    def _now(self, step: _Step) -> _Step:
        fields, layers = step
        now = {name: value(self._state, name) for name in fields}
        return cast(DocumentChanges, now), {key: self._atlas.layers[key] for key in layers}

    def _put(self, layers: Mapping[str, Layer]) -> None:
        self.extend(replace(self._atlas, layers={**self._atlas.layers, **layers}))

    def _show(self, after: MapState) -> None:
        before, self._state = self._state, after
        self._tell(before, after)

    def _tell(self, before: MapState, after: MapState) -> None:
        self._to_tell.append((before, after))
        if self._telling:
            return
        self._telling = True
        try:
            while self._to_tell:
                earlier, now = self._to_tell.popleft()
                for listener in tuple(self._listeners):
                    listener(earlier, now)
        finally:
            self._telling = False
            self._to_tell.clear()
