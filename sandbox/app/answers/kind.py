"""What one kind of question is: where it stands on the map, and the work that answers it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar

from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.session import Session
from sandbox.app.state import MapState, Question, ReachAnswer, ReachQuestion

# Where a state holds answers.
Field = Literal[
    "reach_answer", "against_answer", "window_answer", "edits_answer", "circles_answer", "journey"
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
    lane
        Name of its work; errors and progress are reported under it.
    field
        Field of the map's state that holds its answer.
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

    lane: str
    field: Field
    standing: Callable[[Session], Q | None]
    asked: Callable[[A], Q]
    work: Callable[[Atlas, Q, Job, Given], A]
    after_reach: bool = False
    hasty: bool = False
    follows: Callable[[Q, Q], bool] = lambda _before, _now: False
    at_once: Callable[[Q, A], A | None] = lambda _question, _known: None

    def answer(self, state: MapState) -> A | None:
        """Return the answer that is on the map."""
        return getattr(state, self.field)
