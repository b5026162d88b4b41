"""What one kind of question is: where it stands on the map, and the work that answers it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar, cast

from shapely.geometry.base import BaseGeometry

from sandbox.app.atlas import Atlas
from sandbox.app.changes import AnswersChanges
from sandbox.app.jobs import Job
from sandbox.app.questions import (
    AnalysisAnswer,
    AnalysisQuestion,
    Question,
    ReachAnswer,
    ReachQuestion,
    with_one,
)
from sandbox.app.session import Session
from sandbox.app.state import MapState
from sandbox.words import Text

# Where a map's answers hold it.
Field = Literal[
    "reach_answer", "against_answer", "window_answer", "edits_answer", "journey_answer", "results"
]
Q = TypeVar("Q", bound=Question[Any])
A = TypeVar("A")


class Given(NamedTuple):
    """What work on an answer begins with, beside the question.

    Attributes
    ----------
    reach
        The reach answer that is there already; parts of it are used where they fit.
    hasty
        Whether a hand still moves, so that the answer must come within a frame or two.
    """

    reach: ReachAnswer | None = None
    hasty: bool = False

    def to(self, question: ReachQuestion) -> ReachAnswer | None:
        """Return the reach answer if it is the whole answer to this question."""
        known = self.reach
        if known is None or known.coarse or known.question != question:
            return None
        return known


NOTHING: Final = Given()


@dataclass(frozen=True, slots=True)
class Kind(Generic[Q, A]):
    """One kind of question.

    Attributes
    ----------
    question
        The class of its questions.
    lane
        Name of its work; errors and progress are reported under it.
    field, result
        Field of the map's answers that holds it; of ``results`` the class of its answer.
    standing
        Returns the question that stands on the map, None where none does.
    asked
        Returns what an answer was asked.
    work
        Returns the answer; called off the UI thread.
    after_reach
        Whether it waits until the reach question is answered and no hand moves it.
    hasty
        Whether it is answered in haste while a hand moves.
    follows
        Whether a question, the second, lets the one under way be answered first.
    at_once
        Returns an answer that another one holds already, None where that takes work.
    """

    question: type[Q]
    lane: str
    field: Field
    standing: Callable[[Session], Q | None]
    asked: Callable[[A], Q]
    work: Callable[[Atlas, Q, Job, Given], A]
    after_reach: bool = False
    hasty: bool = False
    follows: Callable[[Q, Q], bool] = lambda _before, _now: False
    at_once: Callable[[Q, A], A | None] = lambda _question, _known: None
    result: type[Any] = AnalysisAnswer

    def answer(self, state: MapState) -> A | None:
        """Return the answer that is on the map."""
        if self.field == "results":
            return cast("A | None", state.answers.result(self.result))
        return getattr(state.answers, self.field)

    def change(self, state: MapState, answer: A | None) -> AnswersChanges:
        """Return what changes of a state when this answer comes onto the map, or none."""
        if self.field == "results":
            found = cast("AnalysisAnswer | None", answer)
            return {"results": with_one(state.answers.results, self.result, found)}
        return cast(AnswersChanges, {self.field: answer})


QA = TypeVar("QA", bound=AnalysisQuestion[Any])
AA = TypeVar("AA", bound=AnalysisAnswer)


@dataclass(frozen=True, slots=True)
class Analysis(Generic[QA, AA]):
    """What can be asked beside reach: all that the map needs to know of an analysis.

    Attributes
    ----------
    id
        Its name in every room: that of its modules, and of its lane.
    title, shortcut
        What it is called, and the keys that lead to its panel.
    question, answer
        The classes of its questions and answers.
    work
        Returns the answer; called off the UI thread.
    told
        Returns how one moves, as every map must say it: all that changes a number.
    ground
        Returns the areas that an answer is about, in metres of the streets.
    at_once
        Returns an answer that another one holds already, None where that takes work.
    """

    id: str
    title: Text
    shortcut: str
    question: type[QA]
    answer: type[AA]
    work: Callable[[Atlas, QA, Job, Given], AA]
    told: Callable[[QA], Sequence[Text]]
    ground: Callable[[AA], Sequence[BaseGeometry]]
    at_once: Callable[[QA, AA], AA | None] = lambda _question, _known: None

    @property
    def kind(self) -> Kind[QA, AA]:
        """Return it as one of the kinds of questions that the asker has answered."""
        return Kind(
            question=self.question,
            lane=self.id,
            field="results",
            standing=lambda session: session.state.document.asked(self.question),
            asked=lambda answer: cast(QA, answer.question),
            work=self.work,
            at_once=self.at_once,
            result=self.answer,
        )

    def ask(self, session: Session, question: QA | None) -> None:
        """Have this question stand on a session's map, or none; it can be undone."""
        asked = with_one(session.state.document.analyses, self.question, question)
        session.change(undoable=True, analyses=cast(Any, asked))

    def awaited(self, state: MapState) -> bool:
        """Return whether the answer on the map is that to an older question."""
        asked, known = state.document.asked(self.question), state.answers.result(self.answer)
        return asked is not None and known is not None and known.question != asked
