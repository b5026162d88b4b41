"""The show in the hall: which scene, which language, and the one way to change it.

A finger, a presenter's remote, the guide's console, the hall's central control and the
command line all do the same named actions here; windows and sound only listen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, cast

from sandbox.app.kiosk.orders import MODES, SHOW_ACTIONS, ShowMode, whole
from sandbox.app.listeners import unheard
from sandbox.catalog.scenes import Scene
from sandbox.errors import ControlError
from sandbox.words import Language

_VOLUME_STEP: Final = 10
_NOTES_KEPT: Final = 30


@dataclass(frozen=True, slots=True)
class ShowState:
    """What the show is at.

    Attributes
    ----------
    scenes
        Ids of the scenes that can be shown, in order.
    scene, stage
        The scene on screen, and the step within it, from 0.
    mode
        ``automatic``: scenes follow one another; ``touch``: visitors choose, and after
        a pause scenes follow one another; ``guided``: only the guide chooses.
    attract
        Whether scenes follow one another now.
    black, frozen
        Whether the picture is dark; whether nothing on it moves on.
    volume
        Of the narration, 0 to 100.
    pointer
        Where the guide points, as shares of the picture's width and height.
    notes
        What went wrong, for the operator, newest last.
    sounds
        Whether a press, a wave and its arrival are heard.
    """

    scenes: tuple[str, ...]
    scene: str
    stage: int = 0
    language: Language = "zh"
    mode: ShowMode = "touch"
    attract: bool = False
    black: bool = False
    frozen: bool = False
    volume: int = 70
    pointer: tuple[float, float] | None = None
    notes: tuple[str, ...] = ()
    sounds: bool = True


ShowListener = Callable[[ShowState, ShowState], None]


class Show:
    """Holds one `ShowState`; used in the UI thread alone.

    Parameters
    ----------
    scenes
        What can be shown, in order; at least one.
    language, mode, volume
        What to begin with.
    restart
        Starts the program again.
    """

    def __init__(
        self,
        scenes: Sequence[Scene],
        language: Language = "zh",
        *,
        mode: ShowMode = "touch",
        volume: int = 70,
        restart: Callable[[], None] = lambda: None,
    ) -> None:
        if not scenes:
            raise ControlError(
                "There is no scene to show.", "Put scenes into the folder layers/scenes."
            )
        self._scenes = {scene.id: scene for scene in scenes}
        ids = tuple(self._scenes)
        self._first = ShowState(ids, ids[0], language=language, mode=mode, volume=volume)
        self._state = self._first
        self._restart = restart
        self._listeners: list[ShowListener] = []

    @property
    def state(self) -> ShowState:
        """What the show is at."""
        return self._state

    @property
    def scene(self) -> Scene:
        """The scene on screen."""
        return self._scenes[self._state.scene]

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """The scenes that can be shown, in order."""
        return tuple(self._scenes[one] for one in self._state.scenes)

    def listen(self, listener: ShowListener) -> Callable[[], None]:
        """Call `listener(before, after)` at each change; return what ends it."""
        self._listeners.append(listener)
        return partial(unheard, self._listeners, listener)

    def change(self, **fields: Any) -> None:
        """Replace fields of the state and tell the listeners."""
        before, after = self._state, replace(self._state, **fields)
        if before == after:
            return
        self._state = after
        for listener in tuple(self._listeners):
            listener(before, after)

    def do(self, action: str, argument: str = "") -> str:
        """Do a named action; return the acknowledgement.

        Parameters
        ----------
        action
            A key of `SHOW_ACTIONS`.
        argument
            What it is done with; empty for none.

        Raises
        ------
        ControlError
            There is no such action, or it can't be done with this argument.
        """
        if action not in SHOW_ACTIONS:
            raise ControlError(
                "There is no action {action}.",
                "Available actions: {known}.",
                action=action[:40],
                known=", ".join(SHOW_ACTIONS),
            )
        if argument and not SHOW_ACTIONS[action]:
            raise ControlError("{action} takes no value.", "Omit the value.", action=action)
        self._do(action, argument.strip())
        return self.status() if action == "status" else "ok"

    def note(self, text: str) -> None:
        """Tell the operator what went wrong; visitors never see it."""
        self.change(notes=(*self._state.notes, text)[-_NOTES_KEPT:])

    def skip(self, scene_id: str, why: str) -> None:
        """Take a scene out of the show that can't be shown, and note it."""
        left = tuple(one for one in self._state.scenes if one != scene_id)
        if not left:
            # The last picture stays: a dark hall is worse than an imperfect scene.
            self.note(why)
            return
        if self._state.scene == scene_id:
            self._step(1)
        self.change(scenes=left)
        self.note(why)

    def reset(self) -> None:
        """Go back to how the show began: language, step and pointer; the scene stays."""
        first = self._first
        self.change(language=first.language, stage=0, pointer=None)

    def status(self) -> str:
        """Return what is on screen as one line."""
        state = self._state
        return (
            f"scene={state.scene} stage={state.stage + 1} language={state.language}"
            f" mode={state.mode} black={_switch(state.black)} freeze={_switch(state.frozen)}"
            f" volume={state.volume}"
        )

    def _do(self, action: str, argument: str) -> None:
        state = self._state
        if action == "scene":
            self.change(scene=self._named(argument), stage=0)
        elif action in ("next", "previous"):
            self._step(1 if action == "next" else -1)
        elif action == "stage":
            self.change(stage=_number(action, argument, 1, max(1, self.scene.steps)) - 1)
        elif action == "language":
            chosen = argument or ("en" if state.language == "zh" else "zh")
            self.change(language=_one_of(action, chosen, ("zh", "en")))
        elif action == "black":
            self.change(black=_on(action, argument, state.black))
        elif action == "freeze":
            self.change(frozen=_on(action, argument, state.frozen))
        elif action == "mode":
            mode = cast("ShowMode", _one_of(action, argument, MODES))
            self.change(mode=mode, attract=mode == "automatic")
        elif action == "sounds":
            self.change(sounds=_on(action, argument, state.sounds))
        elif action == "volume":
            self.change(volume=_volume(argument, state.volume))
        elif action == "restart":
            self._restart()

    def _step(self, by: int) -> None:
        ids = self._state.scenes
        at = ids.index(self._state.scene) if self._state.scene in ids else 0
        self.change(scene=ids[(at + by) % len(ids)], stage=0)

    def _named(self, argument: str) -> str:
        ids = self._state.scenes
        if argument in ids:
            return argument
        number = whole(argument)
        if number is not None and 1 <= number <= len(ids):
            return ids[number - 1]
        hint, known = "Give 1 to {count}, or one of: {known}.", ", ".join(ids)
        if not argument:
            raise _needed("scene", hint, count=len(ids), known=known)
        raise ControlError(
            "There is no scene {scene}.", hint, scene=argument[:40], count=len(ids), known=known
        )


def _switch(on: bool) -> str:
    return "on" if on else "off"


def _on(action: str, argument: str, now: bool) -> bool:
    return not now if not argument else _one_of(action, argument, ("on", "off")) == "on"


def _one_of(action: str, argument: str, known: Sequence[str]) -> str:
    if argument not in known:
        raise _refused(action, argument, "Give one of: {known}.", known=", ".join(known))
    return argument


def _number(action: str, argument: str, low: int, high: int) -> int:
    number = whole(argument)
    if number is not None and low <= number <= high:
        return number
    raise _refused(action, argument, "Give {low} to {high}.", low=low, high=high)


def _refused(action: str, argument: str, hint: str, **values: Any) -> ControlError:
    """Return the error of an argument that an action doesn't take, or that it lacks."""
    if not argument:
        return _needed(action, hint, **values)
    return ControlError(
        "{action} can't be {value}.", hint, action=action, value=argument[:40], **values
    )


def _needed(action: str, hint: str, **values: Any) -> ControlError:
    return ControlError("{action} needs a value.", hint, action=action, **values)


def _volume(argument: str, now: int) -> int:
    steps = {"up": now + _VOLUME_STEP, "down": now - _VOLUME_STEP, "mute": 0}
    if argument in steps:
        return min(100, max(0, steps[argument]))
    number = whole(argument)
    if number is None or number > 100:
        raise _refused("volume", argument, "Give 0 to 100, or one of: {known}.",
                       known=", ".join(steps))  # fmt: skip
    return number
