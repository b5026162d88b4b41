"""What a scene computes while it is on: its facts, the ways to its desks, the walk of its day."""

import logging
import math
from collections.abc import Callable
from functools import partial
from typing import Final

from sandbox.app.jobs import Jobs
from sandbox.app.kiosk.desks import DESKS, DeskTimes, desk_times
from sandbox.app.kiosk.scenes.facts import Facts, facts
from sandbox.app.kiosk.show import Show
from sandbox.app.kiosk.stroll import Stroll
from sandbox.app.questions import ReachQuestion
from sandbox.app.session import Session
from sandbox.catalog.scenes import Scene
from sandbox.errors import SandboxError

_LOG: Final = logging.getLogger("sandbox.kiosk")
FACTS: Final = "facts"


class Figures:
    """Has the figures of the scene on screen computed; used in the UI thread.

    Parameters
    ----------
    show, session, jobs
        What is on, the map, and where slow work is done.
    now_s
        A clock that never jumps, seconds.
    motion
        Whether the day's way walks by itself.
    moving
        Returns whether a finger asks for one answer after another: what is being computed then
        comes first.
    told
        Called when figures have come.

    Attributes
    ----------
    facts, desks
        What was computed last, None before.
    stroll
        The way that walks itself, None where nobody walks.
    """

    def __init__(
        self,
        show: Show,
        session: Session,
        jobs: Jobs,
        now_s: Callable[[], float],
        *,
        motion: bool,
        moving: Callable[[], bool],
        told: Callable[[], None],
    ) -> None:
        self._show, self._session, self._jobs = show, session, jobs
        self._now_s, self._motion = now_s, motion
        self._moving, self._told = moving, told
        self.facts: Facts | None = None
        self.desks: DeskTimes | None = None
        self.stroll: Stroll | None = None
        self._strolled_s, self._strolled_at_s = 0.0, now_s()

    def begin(self, scene: Scene) -> None:
        """Let a scene's way start anew, and compute its facts where they aren't known."""
        self._strolled_s, self._strolled_at_s = 0.0, self._now_s()
        if self.facts is not None and self.facts.scene == scene.id:
            return
        self.stroll = None
        if scene.places is None and scene.commute is None and scene.day is None:
            self._jobs.cancel(FACTS)
            return
        work = partial(facts, self._session.atlas, scene)
        self._jobs.ask(FACTS, work, self._computed, partial(self._not_computed, scene))

    def ask_desks(self, question: ReachQuestion | None) -> None:
        """Compute the ways to the scene's desks from where a question is asked."""
        asked = self._show.scene.desks
        if asked is None or question is None:
            self._jobs.cancel(DESKS)
            return
        if self._jobs.waits(DESKS) and self._moving():
            return
        work = partial(desk_times, self._session.atlas, asked, question)
        self._jobs.ask(DESKS, work, self._take_desks, self._no_desks)

    def strolled_s(self) -> float:
        """Return for how long the way has walked itself; without end where nothing may move."""
        if not self._motion:
            return math.inf
        now = self._now_s()
        if not self._show.state.frozen:
            self._strolled_s += now - self._strolled_at_s
        self._strolled_at_s = now
        return self._strolled_s

    @property
    def stop(self) -> int:
        """Which stop of the day was reached last; -1 where nobody walks."""
        return -1 if self.stroll is None else self.stroll.at(self.strolled_s()).stop

    def _computed(self, found: Facts) -> None:
        self.facts = found
        self.stroll = Stroll(found.legs) if found.legs else None
        self._strolled_s, self._strolled_at_s = 0.0, self._now_s()
        self._told()

    def _not_computed(self, scene: Scene, error: Exception) -> None:
        _LOG.error("facts of %s: %s", scene.id, error)
        self._show.skip(scene.id, f"{scene.id}: {error}")

    def _take_desks(self, found: DeskTimes) -> None:
        self.desks = found
        now = self._session.state.document.reach
        if now != found.question:
            self.ask_desks(now)
        self._told()

    def _no_desks(self, error: Exception) -> None:
        if not isinstance(error, SandboxError):
            raise error
        self.desks = None
        self._told()
