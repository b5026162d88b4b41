"""The way between the origin and the place that is selected, in every mode."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sandbox.analysis.itinerary import Itinerary, itinerary
from sandbox.analysis.places.access import Where
from sandbox.analysis.route import Route, route
from sandbox.app import places
from sandbox.app.answers.kind import NOTHING, Given, Kind
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.moving import by_mode, travel_of
from sandbox.app.places import Place
from sandbox.app.questions import JourneyAnswer, JourneyQuestion, ReachQuestion, Selected
from sandbox.app.session import Session
from sandbox.app.state import MapState
from sandbox.app.street_edits import edited
from sandbox.edits.line_edits import apply
from sandbox.engine.network import Network
from sandbox.errors import AnalysisError, SandboxError
from sandbox.streets.modes import Mode
from sandbox.streets.travel import Travel
from sandbox.words import Text


def shown(state: MapState) -> JourneyAnswer | None:
    """Return the way that the map's question and selection ask for, once it is there."""
    found = state.answers.journey_answer
    if found is None or (found.question, found.to) != (
        state.document.reach,
        state.gesture.selected,
    ):
        return None
    return found


def journey(atlas: Atlas, question: JourneyQuestion, job: Job, given: Given) -> JourneyAnswer:
    """Return the way to a place, or why there is none.

    Raises
    ------
    AnalysisError
        The map has no such place.
    """
    asked = question.reach
    place = places.place(atlas.layers, question.to)
    if place is None:
        raise AnalysisError(
            "There is no place named “{name}” on the map.",
            "Layers: {known}.",
            name=f"{question.to.layer}/{question.to.id}",
            known=", ".join(atlas.layers),
        )
    asked_from = [asked.from_origins([one]) for one in asked.origins]
    ways = [_way(atlas, one, asked, place) for one in asked_from]
    found = [one for one in ways if one.refused is None]
    if not found or (asked.together == "all" and len(found) < len(ways)):
        return next(one for one in ways if one.refused is not None)
    # The one whose time the place has: of the nearest origin, or of the last to come.
    return (min if asked.together == "any" else max)(found, key=_minutes)


def _minutes(found: JourneyAnswer) -> float:
    way = found.itinerary or found.route
    return way.minutes if way is not None else math.inf


def _way(atlas: Atlas, one: ReachQuestion, asked: ReachQuestion, place: Place) -> JourneyAnswer:
    """Return the way between one of a question's origins and a place, or why there is none."""
    to = place.where
    start, end = places.origin(atlas, one), place.where_from()
    if asked.travel.towards:
        start, end = end, start
    try:
        network = edited(atlas, asked.edits).network
        if asked.travel.mode == "transit":
            return JourneyAnswer(asked, to, _by_transit(atlas, network, asked, start, end))
        there = route(network, start, end, replace(travel_of(atlas, asked), towards=False))
        back = _or_none(network, end, start, there.travel)
    except SandboxError as error:
        return JourneyAnswer(asked, to, None, error.message)
    return JourneyAnswer(asked, to, None, None, there, back)


def through(
    atlas: Atlas, stops: Sequence[Selected], mode: Mode, job: Job
) -> tuple[Route | None, ...]:
    """Return the ways from each place to the next; None where no way leads to one.

    The next way then begins at the last place that there was.
    """
    start, found = stops[0], list[Route | None]()
    for end in stops[1:]:
        job.report(-1.0, Text("Calculating"))
        first, there = places.place(atlas.layers, start), places.place(atlas.layers, end)
        made: JourneyAnswer | None = None
        if first is not None and there is not None:
            question = by_mode(ReachQuestion(first.lonlat, place=start), mode, atlas)
            made = journey(atlas, JourneyQuestion(question, end), job, NOTHING)
        found.append(made.route if made is not None else None)
        start = end if there is not None else start
    return tuple(found)


def _by_transit(
    atlas: Atlas, network: Network, question: ReachQuestion, start: Where, end: Where
) -> Itinerary:
    supply = apply(question.scenario).supply
    return itinerary(network, start, end, travel_of(atlas, question), supply=supply)


def _or_none(network: Network, start: Where, end: Where, travel: Travel) -> float | None:
    """Return the minutes of the way back; None where streets lead one way only."""
    try:
        return route(network, start, end, travel).minutes
    except AnalysisError:
        return None


def _standing(session: Session) -> JourneyQuestion | None:
    question, to = session.state.document.reach, session.state.gesture.selected
    if question is None or to is None or to in {one.place for one in question.origins}:
        return None
    there = places.place(session.atlas.layers, to)
    return JourneyQuestion(question, to) if there is not None else None


KIND: Final[Kind[JourneyQuestion, JourneyAnswer]] = Kind(
    question=JourneyQuestion,
    lane="journey",
    field="journey_answer",
    standing=_standing,
    asked=lambda answer: JourneyQuestion(answer.question, answer.to),
    work=journey,
    after_reach=True,
)
