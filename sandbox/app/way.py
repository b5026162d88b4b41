"""The way on foot, by bike or by car between the origin and a place, and the way back."""

from collections.abc import Sequence

from sandbox.analysis.places.access import Where
from sandbox.analysis.route import Route, route
from sandbox.app import places
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.moving import by_mode
from sandbox.app.state import JourneyAnswer, Mode, ReachQuestion, Selected
from sandbox.app.street_edits import edited
from sandbox.engine.costs import Travel
from sandbox.engine.network import Network
from sandbox.errors import AnalysisError, SandboxError
from sandbox.words import Text


def to_place(atlas: Atlas, question: ReachQuestion, to: Selected, job: Job) -> JourneyAnswer | None:
    """Return the way to a place that a question asks for, and how long it takes back.

    Parameters
    ----------
    atlas
        Layers and streets.
    question
        Where from, or where to, and how one moves.
    to
        The place; None is returned where the atlas has no such one.
    """
    place = places.place(atlas.layers, to)
    if place is None:
        return None
    start, end = places.origin(atlas, question), place.where_from()
    if question.towards:
        start, end = end, start
    try:
        network = edited(atlas, question.edits).network
        there = route(network, start, end, travel_of(question))
        back = _or_none(network, end, start, there.travel)
    except SandboxError as error:
        return JourneyAnswer(question, to, None, error.message)
    return JourneyAnswer(question, to, None, None, there, back)


def travel_of(question: ReachQuestion) -> Travel:
    """Return how a question moves, away from its origin."""
    hour = question.hour if question.mode == "drive" else None
    return Travel(question.mode, question.speed_kmh, question.bike_kmh, hour, slope=question.slope)


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
        if first is not None:
            question = by_mode(ReachQuestion(first.lonlat, place=start), mode, atlas)
            made = to_place(atlas, question, end, job)
        found.append(made.route if made is not None else None)
        start = end if there is not None else start
    return tuple(found)


def _or_none(network: Network, start: Where, end: Where, travel: Travel) -> float | None:
    """Return the minutes of the way back; None where streets lead one way only."""
    try:
        return route(network, start, end, travel).minutes
    except AnalysisError:
        return None
