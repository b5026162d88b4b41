"""What is reached from a place, or what reaches it: bands, and the places within them."""

from dataclasses import replace
from typing import Final

from sandbox.analysis.comparison.why import why_on_foot
from sandbox.analysis.isochrone import Isochrone, recontour
from sandbox.analysis.transit import TransitIsochrone
from sandbox.analysis.within_reach import within_reach
from sandbox.app import places
from sandbox.app.answers.kind import Given, Kind
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.moving import ask
from sandbox.app.questions import ReachAnswer, ReachQuestion
from sandbox.streets.modes import MODES
from sandbox.words import Text


def reached(atlas: Atlas, question: ReachQuestion, job: Job, given: Given) -> ReachAnswer:
    """Return what a question reaches; other cutoffs than a known answer's need no search."""
    known = _searched(given.reach, question)
    if known is not None and known.reached.cutoff_ms >= question.minutes[-1] * 60_000:
        answer, coarse = recontour(known, question.minutes), False
    else:
        # Only the slider asks again with other minutes, and it will again.
        far = MODES[question.travel.mode].slider_minutes if known is not None else None
        answer, coarse = ask(atlas, question, search_minutes=far, moving=given.hasty)
    within = within_reach(answer, places.tied_for(atlas, question))
    why: tuple[Text, ...] = ()
    if isinstance(answer, TransitIsochrone) and not given.hasty:
        why = why_on_foot(answer.journeys)
    return ReachAnswer(question, answer, within, coarse, why)


def _searched(known: ReachAnswer | None, question: ReachQuestion) -> Isochrone | None:
    """Return the isochrone of a known answer that differs in cutoffs at most."""
    if known is None or known.coarse:
        return None
    same = replace(known.question, minutes=question.minutes, place=question.place)
    return known.isochrone if same == question else None


KIND: Final[Kind[ReachQuestion, ReachAnswer]] = Kind(
    question=ReachQuestion,
    lane="reach",
    field="reach_answer",
    standing=lambda session: session.state.document.reach,
    asked=lambda answer: answer.question,
    work=reached,
    hasty=True,
)
