"""Which streets the edits of the map close."""

from typing import Final

from sandbox.app.answers.kind import Given, Kind
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.questions import EditsAnswer, EditsQuestion
from sandbox.app.session import Session
from sandbox.edits.street_edits import closed_lines


def closed(atlas: Atlas, question: EditsQuestion, job: Job, given: Given) -> EditsAnswer:
    """Return the lines that each edit closes."""
    return EditsAnswer(question.edits, closed_lines(atlas.network, question.edits))


def _standing(session: Session) -> EditsQuestion | None:
    edits = session.state.document.edits
    return EditsQuestion(edits) if edits.edits else None


KIND: Final[Kind[EditsQuestion, EditsAnswer]] = Kind(
    question=EditsQuestion,
    lane="closed_streets",
    field="edits_answer",
    standing=_standing,
    asked=lambda answer: EditsQuestion(answer.edits),
    work=closed,
)
