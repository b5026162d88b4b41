"""A window of departures looked into: one departure after another, or how reliable times are."""

from datetime import datetime
from typing import Final

from sandbox.analysis.isochrone import Isochrone
from sandbox.analysis.transit import TransitIsochrone, at_departure, spread
from sandbox.app.answers import compare
from sandbox.app.answers.kind import NOTHING, Given, Kind
from sandbox.app.answers.reach import reached
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.questions import DepartureQuestion, WindowAnswer
from sandbox.app.session import Session
from sandbox.app.state import MapState
from sandbox.errors import AnalysisError

# Minutes between the 5th and the 95th percentile.
SPREAD_BANDS_MIN: Final = (2.0, 5.0, 10.0, 15.0)


def answered(state: MapState) -> TransitIsochrone | None:
    """Return the answer by transit that is on screen, all of its window.

    It stays while a newer question is being answered.
    """
    reach = state.answers.reach_answer
    if state.document.reach is None or reach is None or reach.coarse:
        return None
    return reach.isochrone if isinstance(reach.isochrone, TransitIsochrone) else None


def moments(answer: TransitIsochrone) -> tuple[datetime, ...]:
    """Return the departures of the window, or the arrivals."""
    return answer.ride.moments


def has_spread(answer: TransitIsochrone) -> bool:
    """Return whether times differ from departure to departure."""
    return answer.told()["percentile"] is not None


def shown(state: MapState) -> WindowAnswer | None:
    """Return what of the window the map shows instead of the whole; None for the whole.

    While a film runs its last picture stays until the next is there.
    """
    found = state.answers.window_answer
    reach = state.answers.reach_answer
    if found is None or reach is None or answered(state) is None:
        return None
    if found.question != reach.question:
        return None
    if compare.shown(state) is not None or found.spread != state.document.spread:
        return None
    running = state.gesture.departure is not None and found.departure is not None
    return found if found.spread or running else None


def isochrone_on_map(state: MapState) -> Isochrone | None:
    """Return the isochrone whose bands the map shows; None where it shows none."""
    if state.answers.reach_answer is None or compare.shown(state) is not None:
        return None
    found = shown(state)
    if found is None:
        return state.answers.reach_answer.isochrone
    return found.isochrone


def look(atlas: Atlas, question: DepartureQuestion, job: Job, given: Given) -> WindowAnswer:
    """Return what one departure of a window reaches, or how reliable its times are.

    Raises
    ------
    AnalysisError
        The question isn't one by transit.
    """
    whole = given.to(question.reach) or reached(atlas, question.reach, job, NOTHING)
    found = whole.isochrone
    if not isinstance(found, TransitIsochrone):
        raise AnalysisError(
            "Departure times, windows and similar options only apply to public transport.",
            "Omit them, or use --mode transit.",
        )
    if question.departure is None:
        areas = spread(found, SPREAD_BANDS_MIN)
        return WindowAnswer(question.reach, None, None, SPREAD_BANDS_MIN, areas, spread=True)
    index = question.departure % len(found.ride.times_ms)
    return WindowAnswer(question.reach, index, at_departure(found, index))


def _standing(session: Session) -> DepartureQuestion | None:
    state = session.state
    if state.document.reach is None or state.document.reach.travel.mode != "transit":
        return None
    if state.document.spread:
        return DepartureQuestion(state.document.reach, None)
    if state.gesture.departure is None:
        return None
    whole = answered(state)
    count = len(whole.ride.times_ms) if whole is not None else state.gesture.departure + 1
    return DepartureQuestion(state.document.reach, state.gesture.departure % count)


def _same_film(before: DepartureQuestion, now: DepartureQuestion) -> bool:
    """Return whether a film goes on, which waits for each picture: else it would show none."""
    alone = before.departure is not None and now.departure is not None
    return alone and before.reach == now.reach


KIND: Final[Kind[DepartureQuestion, WindowAnswer]] = Kind(
    question=DepartureQuestion,
    lane="departures",
    field="window_answer",
    standing=_standing,
    asked=lambda answer: DepartureQuestion(answer.question, answer.departure),
    work=look,
    after_reach=True,
    follows=_same_film,
)
