"""The way between the origin and the place that is selected, in every mode."""

from dataclasses import replace
from functools import partial
from typing import Final

from sandbox.analysis.itinerary import itinerary
from sandbox.app import places, way
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job, Jobs
from sandbox.app.moving import first_ride
from sandbox.app.session import Session
from sandbox.app.state import JourneyAnswer, MapState, ReachQuestion, Selected
from sandbox.app.street_edits import edited
from sandbox.edits.line_edits import apply
from sandbox.errors import SandboxError

JOURNEY: Final = "journey"


def shown(state: MapState) -> JourneyAnswer | None:
    """Return the way that the map's question and selection ask for, once it is there."""
    found = state.journey
    if found is None or (found.question, found.to) != (state.reach, state.selected):
        return None
    return found


class Journey:
    """Finds the way to what is selected, the latest one winning.

    Parameters
    ----------
    session
        Whose question and selection it follows.
    jobs
        Where the work is done.
    """

    def __init__(self, session: Session, jobs: Jobs) -> None:
        self._session, self._jobs = session, jobs
        self._asked: tuple[ReachQuestion, Selected] | None = None
        session.listen_atlas(self._opened)
        session.listen(lambda _before, _after: self.start())

    def start(self) -> None:
        """Ask for the way that is wanted, unless it is there or under way."""
        state = self._session.state
        question, to, answer = state.reach, state.selected, state.reach_answer
        if question is None or to in {None, question.place}:
            if self._asked is not None:
                self._asked = None
                self._jobs.cancel(JOURNEY)
            self._session.change(journey=None)
            return
        # It comes once the hand rests, after the areas.
        if to is None or answer is None or answer.coarse or answer.question != question:
            return
        if (question, to) == self._asked:
            return
        self._asked = (question, to)
        atlas = self._session.atlas
        work = partial(journey_to, atlas, question, to)
        self._jobs.ask(JOURNEY, work, self._answered, _failed)

    def _opened(self, _atlas: Atlas) -> None:
        self._jobs.cancel(JOURNEY)
        self._asked = None

    def _answered(self, answer: JourneyAnswer | None) -> None:
        self._session.change(journey=answer)


def _failed(error: Exception) -> None:
    raise error


def journey_to(
    atlas: Atlas, question: ReachQuestion, to: Selected, job: Job
) -> JourneyAnswer | None:
    """Return the way that a question asks for to a place; None where there is no such place."""
    answer = _journey if question.mode == "transit" else way.to_place
    return answer(atlas, question, to, job)


def _journey(atlas: Atlas, question: ReachQuestion, to: Selected, job: Job) -> JourneyAnswer | None:
    place = places.place(atlas.layers, to)
    if place is None:
        return None
    start, end = places.origin(atlas, question), place.where_from()
    if question.towards:
        start, end = end, start
    ride = replace(question.ride or first_ride(atlas), arrive=question.towards)
    try:
        found = itinerary(
            edited(atlas, question.edits).network,
            start,
            end,
            ride,
            supply=apply(question.scenario).supply,
            speed_kmh=question.speed_kmh,
            bike_kmh=question.bike_kmh,
            slope=question.slope,
        )
    except SandboxError as error:
        return JourneyAnswer(question, to, None, error.message)
    return JourneyAnswer(question, to, found)
