"""Puts what the show is at onto the map: a scene's layers, ground, question and figures."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from sandbox.app import scenes
from sandbox.app.cards import MINUTES
from sandbox.app.jobs import Jobs
from sandbox.app.pace import Pace
from sandbox.app.questions import Reach
from sandbox.app.scenes import Facts
from sandbox.app.session import Session
from sandbox.app.show import Show, ShowState
from sandbox.app.state import LonLat, Mode, ReachQuestion, Selected, View
from sandbox.catalog.scenes import Camera, Scene
from sandbox.draw.viewport import moved
from sandbox.errors import SandboxError
from sandbox.ui.kiosk.layout import Grid
from sandbox.words import Text

_LOG: Final = logging.getLogger("sandbox.kiosk")
FACTS: Final = "facts"
# The map never stands still while nobody touches it: so far a second, in design pixels.
DRIFT_PX_S: Final = 6.0


class Director:
    """Keeps a session at what the show says; used in the UI thread.

    Parameters
    ----------
    show, session, jobs
        What is on, the map, and where slow work is done.
    now_s
        A clock that never jumps, seconds.
    idle_s
        So long nobody touches before scenes follow one another.
    scene_s
        How long each scene shows then; 0 leaves it to the scene.
    motion
        Whether the map drifts; people may have asked for less motion.
    """

    def __init__(
        self,
        show: Show,
        session: Session,
        jobs: Jobs,
        now_s: Callable[[], float],
        *,
        idle_s: float = 90.0,
        scene_s: float = 0.0,
        motion: bool = True,
    ) -> None:
        self._show, self._session, self._jobs = show, session, jobs
        self._now_s, self._scene_s, self._motion = now_s, scene_s, motion
        self.pace = Pace(idle_s, now_s())
        self.reach = Reach(session, jobs, self._report)
        self.facts: Facts | None = None
        self.refusal: Text | None = None
        self._grid: Grid | None = None
        self._begun: View | None = None
        self._drifted_s = now_s()
        self._listeners: list[Callable[[], None]] = []
        self._end = show.listen(self._changed)

    def close(self) -> None:
        """Listen no more."""
        self._end()
        self._end = lambda: None

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` when a scene's figures have come, or an answer was refused."""
        self._listeners.append(listener)

    def fit(self, grid: Grid) -> None:
        """Show the scene on a screen of another shape or size."""
        self._grid = grid
        self._begin(self._show.scene)

    def touched(self) -> None:
        """Somebody is there: the loop ends at the scene that is on."""
        self.pace.touched(self._now_s())
        if self._show.state.attract:
            self._show.change(attract=False)
            view = self._begun
            if view is not None:
                self._session.change(view=view)

    def share(self) -> float:
        """Return how much of the scene's time has passed, 0 to 1."""
        return self.pace.share(self._now_s(), self._duration_s())

    def tick(self) -> None:
        """Do what is due by the clock."""
        state = self._show.state
        now = self._now_s()
        if state.frozen or state.black:
            self.pace.scene_began(now)
            self._drifted_s = now
            return
        guided = state.mode == "guided"
        due = self.pace.step(now, self._duration_s(), attract=state.attract, guided=guided)
        if due == "attract":
            self._show.reset()
            self._show.change(attract=True)
            self._begin(self._show.scene)
        elif due == "next":
            self._advance()
        if state.attract:
            self._drift(now)

    # What fingers ask.

    def press(self, lonlat: LonLat, moving: bool) -> None:
        """Ask from another place; while a finger drags, the answer follows it."""
        self.refusal = None
        self.reach.move_origin(lonlat, moving)

    def minutes(self, longest: float) -> None:
        """Ask for other cutoffs."""
        asked = self._session.state.reach
        if asked is not None and longest in MINUTES:
            self._ask(asked, minutes=MINUTES[longest])

    def _ask(self, asked: ReachQuestion, **fields: Any) -> None:
        from dataclasses import replace

        self.reach.ask(replace(asked, **fields))

    # The show.

    def _changed(self, before: ShowState, after: ShowState) -> None:
        if (before.scene, before.stage) != (after.scene, after.stage):
            if before.scene != after.scene:
                self.pace.scene_began(self._now_s())
            try:
                self._begin(self._show.scene)
            # Whatever a scene's data holds: the visitor sees the next scene.
            except Exception as error:  # noqa: BLE001, RUF100
                _LOG.exception("scene %s", after.scene)
                self._show.skip(after.scene, f"{after.scene}: {error}")
        if before.language != after.language:
            self._session.change(language=after.language)

    def _advance(self) -> None:
        """Show the scene's next step where it has one, else the next scene."""
        count = self._show.scene.steps
        if self._show.state.stage + 1 < count:
            self.pace.scene_began(self._now_s())
            self._show.change(stage=self._show.state.stage + 1)
        else:
            self.pace.scene_began(self._now_s())
            self._show.do("next")

    def _duration_s(self) -> float:
        scene = self._show.scene
        return (self._scene_s or scene.duration_s) / max(1, scene.steps) ** 0.5

    def _begin(self, scene: Scene) -> None:
        if self._grid is None:
            return
        atlas, stage = self._session.atlas, self._show.state.stage
        self.refusal = None
        self._begun = self._view(scenes.camera_of(scene, stage))
        asked = scenes.reach_of(scene, stage)
        origin = scenes.found(atlas, asked.place) if asked is not None else None
        question = None
        if asked is not None and origin is not None:
            question = question_of(asked.mode, asked.minutes, origin.lonlat, origin.where)
        timeline = scene.timeline
        self._session.change(
            view=self._begun,
            layers=scenes.layers_shown(atlas, scene, stage),
            language=self._show.state.language,
            reach=question,
            opened_by=None if timeline is None else timeline.first + stage,
            selected=None,
            circles=None,
        )
        self._drifted_s = self._now_s()
        if self.facts is None or self.facts.scene != scene.id:
            self._order_facts(scene)

    def _view(self, camera: Camera) -> View:
        assert self._grid is not None  # noqa: S101
        center = scenes.middle(self._session.atlas, camera)
        return self._grid.view(center, camera.width_m, camera.height_m, self._session.atlas.crs)

    def _order_facts(self, scene: Scene) -> None:
        if scene.places is None and scene.commute is None and scene.day is None:
            self._jobs.cancel(FACTS)
            return
        work = partial(scenes.facts, self._session.atlas, scene)
        self._jobs.ask(FACTS, work, self._computed, partial(self._not_computed, scene))

    def _computed(self, facts: Facts) -> None:
        self.facts = facts
        self._tell()

    def _not_computed(self, scene: Scene, error: Exception) -> None:
        _LOG.error("facts of %s: %s", scene.id, error)
        self._show.skip(scene.id, f"{scene.id}: {error}")

    def _report(self, _lane: str, error: SandboxError | None) -> None:
        self.refusal = None if error is None else error.message
        self._tell()

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()

    def _drift(self, now: float) -> None:
        """Let the ground glide along, slowly, to and fro by scenes."""
        if not self._motion or self._grid is None:
            return
        by = DRIFT_PX_S * (now - self._drifted_s)
        view = self._session.state.view
        east = 1.0 if self._show.state.scenes.index(self._show.state.scene) % 2 else -1.0
        dx, dy = by * 0.92 * east, by * 0.39
        self._drifted_s = now
        self._session.change(view=moved(view, self._session.atlas.crs, (dx, dy)))


def question_of(
    mode: Mode, minutes: tuple[float, ...], lonlat: LonLat, place: Selected | None
) -> ReachQuestion:
    """Return the question that a scene begins with."""
    return ReachQuestion(lonlat, minutes, place=place, mode=mode)
