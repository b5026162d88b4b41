"""Which ground and which homes the services of a layer cover."""

from dataclasses import replace
from typing import Final

from sandbox.analysis.coverage import coverage
from sandbox.app import places
from sandbox.app.answers.kind import Given, Kind
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.state import CirclesAnswer, CirclesQuestion
from sandbox.app.street_edits import edited

HOMES: Final = "talent_housing"


def covered(atlas: Atlas, question: CirclesQuestion, job: Job, given: Given) -> CirclesAnswer:
    """Return what the services that are asked for cover."""
    homes = atlas.layers.get(HOMES)
    found = coverage(
        edited(atlas, question.edits).network,
        places.features_of(atlas.layers[question.layer], question.kinds),
        question.minutes,
        speed_kmh=question.speed_kmh,
        reach_m=question.reach_m,
        homes=places.features_of(homes) if homes else None,
    )
    return CirclesAnswer(question, found)


def _redrawn(question: CirclesQuestion, known: CirclesAnswer) -> CirclesAnswer | None:
    """Return the answer to a question that differs from a known one only in what is drawn."""
    same = replace(known.question, straight_line=question.straight_line)
    return CirclesAnswer(question, known.coverage) if same == question else None


CIRCLES: Final[Kind[CirclesQuestion, CirclesAnswer]] = Kind(
    lane="circles",
    field="circles_answer",
    standing=lambda session: session.state.circles,
    asked=lambda answer: answer.question,
    work=covered,
    at_once=_redrawn,
)
