"""A window of departures looked into: one departure after another, or how reliable times are."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sandbox.analysis.isochrone import Isochrone
from sandbox.analysis.transit import TransitIsochrone, at_departure, spread
from sandbox.app import against
from sandbox.app.jobs import Job, Jobs
from sandbox.app.questions import Prepare
from sandbox.app.session import Session
from sandbox.app.state import MapState, ReachQuestion, WindowAnswer
from sandbox.errors import SandboxError

DEPARTURES: Final = "departures"
# Minutes between the 5th and the 95th percentile.
SPREAD_BANDS_MIN: Final = (2.0, 5.0, 10.0, 15.0)


def answered(state: MapState) -> TransitIsochrone | None:
    """Return the answer by line that is on screen, all of its window.

    It stays while a newer question is being answered.
    """
    reach = state.reach_answer
    if state.reach is None or reach is None or reach.coarse:
        return None
    return reach.isochrone if isinstance(reach.isochrone, TransitIsochrone) else None


def moments(answer: TransitIsochrone) -> tuple[datetime, ...]:
    """Return the departures of the window, or the arrivals."""
    ride = answer.ride
    step = timedelta(minutes=ride.every_min)
    return tuple(ride.when + step * n for n in range(len(ride.times_ms)))


def has_spread(answer: TransitIsochrone) -> bool:
    """Return whether times differ from departure to departure."""
    return answer.told()["percentile"] is not None


def shown(state: MapState) -> WindowAnswer | None:
    """Return what of the window the map shows instead of the whole; None for the whole.

    While a film runs its last picture stays until the next is there.
    """
    found = state.window_answer
    reach = state.reach_answer
    if found is None or reach is None or answered(state) is None:
        return None
    if found.question != reach.question:
        return None
    if against.shown(state) is not None or found.spread != state.spread:
        return None
    running = state.departure is not None and found.departure is not None
    return found if found.spread or running else None


def isochrone_on_map(state: MapState) -> Isochrone | None:
    """Return the isochrone whose bands the map shows; None where it shows none."""
    if state.reach_answer is None or against.shown(state) is not None:
        return None
    found = shown(state)
    if found is None:
        return state.reach_answer.isochrone
    return found.isochrone


class Departures:
    """Answers what the session asks of its window of departures, the latest question winning.

    Parameters
    ----------
    session
        Whose question it is.
    jobs
        Where the work is done.
    report
        Told what went wrong, and None once it is right again.
    """

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        report: Callable[[str, SandboxError | None], None],
        prepare: Prepare = lambda _answer, _resting: None,
    ) -> None:
        self._session, self._jobs, self._report = session, jobs, report
        self._prepare = prepare
        self._asked: tuple[ReachQuestion, int | None, bool] | None = None
        session.listen_atlas(self._opened)
        session.listen(lambda _before, _after: self.start())

    def start(self) -> None:
        """Answer what stands in the session, unless that is done or under way."""
        state = self._session.state
        if state.departure is None and not state.spread:
            if self._asked is not None:
                self._asked = None
                self._jobs.cancel(DEPARTURES)
            self._session.change(window_answer=None)
            return
        answer = answered(state)
        reach = state.reach_answer
        if answer is None or reach is None or reach.question != state.reach:
            return
        asked = (reach.question, state.departure, state.spread)
        # A film waits for its picture: dropping each for the next would show none.
        if asked == self._asked or (self._jobs.waits(DEPARTURES) and self._same_film(asked)):
            return
        self._asked = asked
        self._jobs.ask(DEPARTURES, partial(self._look, answer, asked), self._answered, self._failed)

    def _look(
        self,
        answer: TransitIsochrone,
        asked: tuple[ReachQuestion, int | None, bool],
        job: Job,
    ) -> WindowAnswer:
        found = _look(answer, asked)
        if found.isochrone is not None:
            # The next departure of a film comes at the same scale.
            self._prepare(found.isochrone, False)
        return found

    def _same_film(self, asked: tuple[ReachQuestion, int | None, bool]) -> bool:
        before = self._asked
        return before is not None and (before[0], before[2]) == (asked[0], asked[2])

    def _opened(self, _atlas: object) -> None:
        self._jobs.cancel(DEPARTURES)
        self._asked = None

    def _answered(self, answer: WindowAnswer) -> None:
        self._report(DEPARTURES, None)
        self._session.change(window_answer=answer)
        # What was asked for meanwhile.
        self.start()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SandboxError):
            raise error
        self._session.change(window_answer=None)
        self._report(DEPARTURES, error)


def _look(answer: TransitIsochrone, asked: tuple[ReachQuestion, int | None, bool]) -> WindowAnswer:
    question, departure, reliable = asked
    if reliable:
        areas = spread(answer, SPREAD_BANDS_MIN)
        return WindowAnswer(question, None, None, SPREAD_BANDS_MIN, areas, spread=True)
    index = (departure or 0) % len(answer.ride.times_ms)
    return WindowAnswer(question, index, at_departure(answer, index))
