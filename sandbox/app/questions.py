"""How a question on the map becomes work off the UI thread, and its answer state.

Both classes here only listen to the session: whoever changes the question in the
state gets the answer there, so undo, dragging, sliders and the command line are
one path.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from sandbox.analysis.coverage import coverage
from sandbox.analysis.isochrone import Isochrone, recontour
from sandbox.analysis.transit import TransitIsochrone
from sandbox.analysis.why import why_on_foot
from sandbox.analysis.within_reach import within_reach
from sandbox.app import places
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job, Jobs
from sandbox.app.moving import ask, slider_minutes
from sandbox.app.session import Session
from sandbox.app.state import (
    CirclesAnswer,
    CirclesQuestion,
    LonLat,
    ReachAnswer,
    ReachQuestion,
    Selected,
)
from sandbox.app.street_edits import edited
from sandbox.errors import SandboxError
from sandbox.words import Text

REACH: Final = "reach"
CIRCLES: Final = "circles"
HOMES: Final = "talent_housing"

# Told a lane's error, or None when it works again.
Report = Callable[[str, SandboxError | None], None]
# Gets an answer on the thread that made it, and whether no hand moves its question.
Prepare = Callable[[Isochrone, bool], None]


class Reach:
    """Answers the session's reach question, the latest one winning.

    Parameters
    ----------
    session
        Whose question it is.
    jobs
        Where the work is done.
    report
        Told what went wrong, and None once it is right again.
    prepare
        Makes of an answer what is drawn of it, before anybody waits for a picture.
    """

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        report: Report,
        prepare: Prepare = lambda _answer, _resting: None,
    ) -> None:
        self._session = session
        self._jobs = jobs
        self._report = report
        self._prepare = prepare
        self._moving = False
        self._asked: tuple[ReachQuestion, bool] | None = None
        self._refused: ReachQuestion | None = None
        session.listen_atlas(self._opened)
        session.listen(lambda _before, _after: self.start())

    @property
    def moving(self) -> bool:
        """Whether a hand still moves what is asked."""
        return self._moving

    def start(self) -> None:
        """Answer the question that stands in the session, unless that is under way."""
        question, answer = self._session.state.reach, self._session.state.reach_answer
        if question is None:
            self._jobs.cancel(REACH)
            self._session.change(reach_answer=None)
            return
        if question == self._refused:
            return
        if (
            answer is not None
            and answer.question == question
            and (self._moving or not answer.coarse)
        ):
            # Taken back before its answer came: that must not replace this one.
            if not self._moving and self._jobs.waits(REACH):
                self._asked = None
                self._jobs.cancel(REACH)
            return
        # While a hand moves, an answer that comes late still shows where it was a
        # moment ago, and the newest question follows it: dropping each answer for the
        # next question would leave nothing on screen until the hand rests.
        asked = (question, self._moving)
        if self._jobs.waits(REACH) and (self._moving or asked == self._asked):
            return
        self._asked = asked
        known = answer.isochrone if answer and _differ_in_minutes(answer, question) else None
        work = partial(self._work, self._session.atlas, question, known, self._moving)
        self._jobs.ask(REACH, work, self._answered, partial(self._failed, question))

    def _work(
        self,
        atlas: Atlas,
        question: ReachQuestion,
        known: Isochrone | None,
        moving: bool,
        job: Job,
    ) -> ReachAnswer:
        answer = _reach(atlas, question, known, moving)
        self._prepare(answer.isochrone, not moving)
        return answer

    def move_origin(
        self, lonlat: LonLat, moving: bool = False, place: Selected | None = None
    ) -> None:
        """Ask from another origin; while it is `moving` the whole way is one undo step."""
        asked = self._session.state.reach or ReachQuestion(lonlat)
        self._ask(_at(asked, lonlat, place), moving)

    def ask(self, question: ReachQuestion, moving: bool = False) -> None:
        """Ask something else; while a control is `moving` the whole way is one undo step."""
        self._ask(question, moving)

    def clear(self) -> None:
        """Take the origin off the map."""
        self._session.change(undoable=True, reach=None)

    def _ask(self, question: ReachQuestion, moving: bool) -> None:
        first = not self._moving
        self._moving = moving
        self._session.change(undoable=first, reach=question)
        self.start()

    def _opened(self, _atlas: Atlas) -> None:
        self._jobs.cancel(REACH)
        self._refused = None

    def _answered(self, answer: ReachAnswer) -> None:
        self._refused = None
        self._report(REACH, None)
        self._session.change(reach_answer=answer)

    def _failed(self, question: ReachQuestion, error: Exception) -> None:
        if not isinstance(error, SandboxError):
            raise error
        self._refused = question
        self._session.change(reach_answer=None)
        self._report(REACH, error)
        self.start()


class Circles:
    """Answers the session's question after service circles, the latest one winning."""

    def __init__(self, session: Session, jobs: Jobs, report: Report) -> None:
        self._session = session
        self._jobs = jobs
        self._report = report
        self._asked: CirclesQuestion | None = None
        session.listen_atlas(self._opened)
        session.listen(lambda _before, _after: self.start())

    def start(self) -> None:
        """Answer the question that stands in the session, unless that is under way."""
        question, answer = self._session.state.circles, self._session.state.circles_answer
        if question == self._asked:
            return
        self._asked = question
        if question is None:
            self._jobs.cancel(CIRCLES)
            self._session.change(circles_answer=None)
            return
        if answer is not None and _same_ground(answer.question, question):
            self._jobs.cancel(CIRCLES)
            self._session.change(circles_answer=CirclesAnswer(question, answer.coverage))
            return
        work = partial(_circles, self._session.atlas, question)
        self._jobs.ask(CIRCLES, work, self._answered, self._failed)

    def _opened(self, _atlas: Atlas) -> None:
        self._jobs.cancel(CIRCLES)
        self._asked = None

    def _answered(self, answer: CirclesAnswer) -> None:
        self._report(CIRCLES, None)
        self._session.change(circles_answer=answer)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SandboxError):
            raise error
        self._session.change(circles_answer=None)
        self._report(CIRCLES, error)


def _reach(
    atlas: Atlas, question: ReachQuestion, known: Isochrone | None, moving: bool
) -> ReachAnswer:
    horizon_ms = question.minutes[-1] * 60_000
    if known is not None and known.reached.cutoff_ms >= horizon_ms:
        answer, coarse = recontour(known, question.minutes), False
    else:
        # Only the slider asks again with other minutes, and it will again.
        far = slider_minutes(question.mode) if known is not None else None
        answer, coarse = ask(atlas, question, search_minutes=far, moving=moving)
    within = within_reach(answer, places.tied_for(atlas, question))
    why: tuple[Text, ...] = ()
    if isinstance(answer, TransitIsochrone) and not moving:
        why = why_on_foot(answer.journeys)
    return ReachAnswer(question, answer, within, coarse, why)


def _circles(atlas: Atlas, question: CirclesQuestion, job: Job) -> CirclesAnswer:
    atlas = edited(atlas, question.edits)
    homes = atlas.layers.get(HOMES)
    found = coverage(
        atlas.network,
        places.features_of(atlas.layers[question.layer], question.kinds),
        question.minutes,
        speed_kmh=question.speed_kmh,
        reach_m=question.reach_m,
        homes=places.features_of(homes) if homes else None,
    )
    return CirclesAnswer(question, found)


def _at(question: ReachQuestion, lonlat: LonLat, place: Selected | None) -> ReachQuestion:
    return replace(question, origin_lonlat=lonlat, place=place)


def _differ_in_minutes(answer: ReachAnswer, question: ReachQuestion) -> bool:
    same = replace(answer.question, minutes=question.minutes, place=question.place)
    return not answer.coarse and same == question


def _same_ground(a: CirclesQuestion, b: CirclesQuestion) -> bool:
    """Return whether two questions differ at most in what is drawn."""
    return (a.layer, a.kinds, a.minutes, a.speed_kmh, a.reach_m, a.edits) == (
        b.layer,
        b.kinds,
        b.minutes,
        b.speed_kmh,
        b.reach_m,
        b.edits,
    )
