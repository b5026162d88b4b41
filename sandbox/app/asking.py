"""One asker: has the questions that stand on a map answered off the UI thread.

It only listens to the session: whoever changes a question in the state gets the answer
there, so undo, dragging, sliders and the command line are one path.
"""

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from sandbox.analysis.isochrone import Isochrone
from sandbox.app import answering
from sandbox.app.answers.kind import Given, Kind
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job, Jobs
from sandbox.app.questions import LonLat, Origin, Question, ReachAnswer, ReachQuestion, Selected
from sandbox.app.session import Session
from sandbox.errors import SandboxError

# Told a kind's lane and its error, or None when it works again.
Report = Callable[[str, SandboxError | None], None]
# Gets an isochrone on the thread that made it, and whether no hand moves its question.
Prepare = Callable[[Isochrone, bool], None]


class Asker:
    """Answers the session's questions; of each kind the latest one wins.

    An older answer stays in the state until the new one is there. A question that was refused
    isn't asked again until another one was answered.

    Parameters
    ----------
    session
        Whose questions they are.
    jobs
        Where the work is done.
    report
        Told what went wrong, and None once it is right again.
    kinds
        Which questions are answered; by default all.
    prepare
        Makes of an isochrone what is drawn of it, before anybody waits for a picture.
    """

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        report: Report,
        kinds: Collection[Kind[Any, Any]] = tuple(answering.KINDS.values()),
        prepare: Prepare = lambda _isochrone, _resting: None,
    ) -> None:
        self._session, self._jobs, self._report = session, jobs, report
        self._kinds, self._prepare = kinds, prepare
        self._moving = False
        self._under_way: dict[str, tuple[Question[Any], bool]] = {}
        self._refused: dict[str, Question[Any]] = {}
        session.listen_atlas(lambda _atlas: self._forget())
        session.listen(lambda _before, _after: self.start())

    @property
    def moving(self) -> bool:
        """Whether a hand still moves what is asked."""
        return self._moving

    def start(self) -> None:
        """Answer the questions that stand in the session, unless that is done or under way."""
        for kind in self._kinds:
            self._see_to(kind)

    def move_origin(
        self, lonlat: LonLat, moving: bool = False, place: Selected | None = None
    ) -> None:
        """Ask from another origin alone; while it is `moving` the whole way is one undo step."""
        asked = self._session.state.document.reach or ReachQuestion(lonlat)
        self.ask(asked.from_origins([Origin(lonlat, place)]), moving)

    def ask(self, question: ReachQuestion, moving: bool = False) -> None:
        """Ask something else; while a control is `moving` the whole way is one undo step."""
        first = not self._moving
        self._moving = moving
        self._session.change(undoable=first, reach=question)
        self.start()

    def clear(self) -> None:
        """Take the origin off the map."""
        self._session.change(undoable=True, reach=None)

    def _see_to(self, kind: Kind[Any, Any]) -> None:
        question, known = kind.standing(self._session), kind.answer(self._session.state)
        if question is None:
            self._let_go(kind)
            self._put(kind, None)
            return
        if kind.after_reach and not self._rests():
            return
        hasty = kind.hasty and self._moving
        waits = self._jobs.waits(kind.lane)
        if question == self._refused.get(kind.lane) or _answers(kind, known, question, hasty):
            # The question was taken back before its answer came, which must not replace this one.
            if waits and not hasty:
                self._jobs.cancel(kind.lane)
            return
        if waits and self._comes_later(kind, question, hasty):
            return
        ready = None if known is None else kind.at_once(question, known)
        if ready is not None:
            self._jobs.cancel(kind.lane)
            self._answered(kind, ready)
            return
        self._under_way[kind.lane] = question, hasty
        given = Given(self._session.state.answers.reach_answer, hasty)
        work = partial(self._work, self._session.atlas, question, given)
        self._jobs.ask(
            kind.lane, work, partial(self._answered, kind), partial(self._failed, kind, question)
        )

    def _work(self, atlas: Atlas, question: Question[Any], given: Given, job: Job) -> object:
        found = answering.answer(atlas, question, job, given)
        isochrone = getattr(found, "isochrone", None)
        if isochrone is not None:
            # The next departure of a film comes at the same scale.
            self._prepare(isochrone, isinstance(found, ReachAnswer) and not given.hasty)
        return found

    def _rests(self) -> bool:
        """Return whether the reach question has its whole answer, and no hand moves it."""
        state = self._session.state
        answer = state.answers.reach_answer
        return answer is not None and not answer.coarse and answer.question == state.document.reach

    def _comes_later(self, kind: Kind[Any, Any], question: Question[Any], hasty: bool) -> bool:
        """Return whether the answer under way is awaited first.

        While a hand moves, an answer that comes late still shows where it was a moment ago,
        and the newest question follows it: dropping each answer for the next question would
        leave nothing on screen until the hand rests.
        """
        before, _ = asked = self._under_way[kind.lane]
        return hasty or asked == (question, hasty) or kind.follows(before, question)

    def _answered(self, kind: Kind[Any, Any], answer: object) -> None:
        self._refused.pop(kind.lane, None)
        self._report(kind.lane, None)
        self._put(kind, answer)
        # What was asked for meanwhile.
        self._see_to(kind)

    def _failed(self, kind: Kind[Any, Any], question: Question[Any], error: Exception) -> None:
        if not isinstance(error, SandboxError):
            raise error
        self._refused[kind.lane] = question
        self._put(kind, None)
        self._report(kind.lane, error)
        self._see_to(kind)

    def _put(self, kind: Kind[Any, Any], answer: Any) -> None:
        self._session.change(**kind.change(self._session.state, answer))

    def _forget(self) -> None:
        for kind in self._kinds:
            self._let_go(kind)

    def _let_go(self, kind: Kind[Any, Any]) -> None:
        self._jobs.cancel(kind.lane)
        if self._refused.pop(kind.lane, None) is not None:
            self._report(kind.lane, None)


def _answers(kind: Kind[Any, Any], known: Any, question: Question[Any], hasty: bool) -> bool:
    """Return whether a known answer is that to a question; a coarse one is only in haste."""
    if known is None or kind.asked(known) != question:
        return False
    return hasty or not getattr(known, "coarse", False)
