"""One answerer: window, command, page, screenshot, kiosk and Python get an answer here."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar, cast

from sandbox.app import answers
from sandbox.app.analyses import ANALYSES
from sandbox.app.answers.kind import NOTHING, Given, Kind
from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.jobs import Job
from sandbox.app.questions import Question
from sandbox.app.state import MapState

A = TypeVar("A")

# Each kind of question, in the order in which a map asks them.
KINDS: Final[Mapping[type[Question[Any]], Kind[Any, Any]]] = {
    one.question: one
    for one in (
        *answers.parts("sandbox.app.answers", Kind, answers.KINDS).values(),
        *(one.kind for one in ANALYSES),
    )
}


def answer(
    atlas: Atlas, question: Question[A], job: Job | None = None, given: Given = NOTHING
) -> A:
    """Return the answer to a question of any kind.

    Parameters
    ----------
    atlas
        Layers and streets.
    question
        What is asked.
    job
        Who waits for it, told how far the work is; by default nobody is told.
    given
        What the work may begin with.

    Raises
    ------
    SandboxError
        The question can't be answered, and why.
    Cancelled
        Nobody waits for the answer any more.
    """
    kind = cast(Kind[Any, Any], KINDS[type(question)])
    told = job or Job(kind.lane, lambda _progress: None)
    return cast(A, kind.work(atlas, question, told, given))


def with_results(atlas: Atlas, state: MapState) -> MapState:
    """Return a state with the answers to its analyses, as pages and pictures need it."""
    return changed(state, results=tuple(answer(atlas, asked) for asked in state.document.analyses))


def put_away(state: MapState) -> tuple[MapState, tuple[Question[Any], ...]]:
    """Return a state without its answers, and what they were asked.

    What keeps a map for later keeps these: an answer takes megabytes, its question nothing.
    """
    found = [(kind, kind.answer(state)) for kind in KINDS.values()]
    asked = tuple(kind.asked(one) for kind, one in found if one is not None)
    for kind, one in found:
        state = state if one is None else changed(state, **kind.change(state, None))
    return state, asked


def answered_again(atlas: Atlas, state: MapState, asked: Sequence[Question[Any]]) -> MapState:
    """Return a state of `put_away` with its answers, which the same questions bring back.

    Raises
    ------
    SandboxError
        A question can't be answered any more, and why.
    """
    for one in asked:
        found = answer(atlas, one, given=Given(state.answers.reach_answer))
        state = changed(state, **KINDS[type(one)].change(state, found))
    return state
