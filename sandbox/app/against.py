"""The reach question beside itself, changed in one thing: another scenario, mode or percentile."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final, cast

from sandbox.analysis.compare import difference, minutes_saved
from sandbox.analysis.isochrone import MINUTES_LIMITS
from sandbox.analysis.within_reach import within_reach
from sandbox.app import moving, places
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job, Jobs
from sandbox.app.session import Session
from sandbox.app.state import (
    Against,
    AgainstAnswer,
    Language,
    LonLat,
    MapState,
    Mode,
    ReachAnswer,
    ReachQuestion,
)
from sandbox.errors import SandboxError
from sandbox.network.edits import StreetEdits
from sandbox.words import Bilingual, words_of

AGAINST: Final = "against"
PERCENTILES: Final = (5, 25, 50, 75, 95)
_FARTHER_MIN: Final = 30.0
_MODES: Final[dict[str, str]] = {
    "walk": "On foot",
    "bike": "By bike",
    "drive": "By car",
    "transit": "By line",
}
_OTHERS: Final[dict[str, str]] = {
    "from": "From here",
    "to": "To here",
    "unedited": "Streets as they were",
}


def place_beside(lonlat: LonLat) -> Against:
    """Return the comparison of a question with the same one asked from another place."""
    return Against("place", f"{lonlat[0]:.7f},{lonlat[1]:.7f}")


def lonlat_beside(against: Against | None) -> LonLat | None:
    """Return the other place of a comparison of two, None for any other comparison."""
    if against is None or against.kind != "place":
        return None
    lon, lat = against.value.split(",")
    return float(lon), float(lat)


def choices(atlas: Atlas, question: ReachQuestion) -> tuple[Against, ...]:
    """Return what a question can be compared with: all that it is not itself."""
    found = [Against("mode", mode) for mode in moving.modes(atlas) if mode != question.mode]
    if question.mode != "transit":
        found.append(Against("direction", "from" if question.towards else "to"))
    if any(edit.on for edit in question.edits.edits):
        found.append(Against("streets", "unedited"))
    if question.mode != "transit" or question.ride is None:
        return tuple(found)
    here = question.scenario.id if question.scenario else ""
    scenarios = [Against("scenario", one) for one in moving.scenarios(atlas) if one != here]
    ranks = [Against("percentile", str(p)) for p in PERCENTILES if p != question.ride.percentile]
    return (*scenarios, *ranks, *found)


def called(atlas: Atlas, against: Against, language: Language) -> str:
    """Return what a choice is called in a language."""
    say = words_of(language)
    if against.kind == "place":
        return say("Another place")
    if against.kind == "scenario":
        return moving.scenarios(atlas)[against.value].title.said(language)
    if against.kind == "percentile":
        return say("Percentile {percentile}", percentile=against.value)
    return say(_MODES.get(against.value) or _OTHERS[against.value])


def called_question(question: ReachQuestion, against: Against) -> Bilingual:
    """Return what the question itself is called beside a choice: by what it differs in."""
    if against.kind == "scenario" and question.scenario is not None:
        return Bilingual(question.scenario.title.zh, question.scenario.title.en)
    if against.kind == "percentile" and question.ride is not None:
        text, values = "Percentile {percentile}", {"percentile": question.ride.percentile}
        return Bilingual(words_of("zh")(text, **values), words_of("en")(text, **values))
    text = _MODES[question.mode]
    if against.kind == "direction":
        text = _OTHERS["to" if question.towards else "from"]
    elif against.kind == "streets":
        text = "Edited streets"
    elif against.kind == "place":
        text = "This place"
    return Bilingual(words_of("zh")(text), words_of("en")(text))


def question_against(atlas: Atlas, question: ReachQuestion, against: Against) -> ReachQuestion:
    """Return the question that an answer is compared with."""
    other_place = lonlat_beside(against)
    if other_place is not None:
        return replace(question, origin_lonlat=other_place, place=None)
    if against.kind == "scenario":
        return replace(question, scenario=moving.scenarios(atlas)[against.value])
    if against.kind == "percentile" and question.ride is not None:
        return replace(question, ride=replace(question.ride, percentile=int(against.value)))
    if against.kind == "direction":
        return replace(question, towards=against.value == "to")
    if against.kind == "streets":
        return replace(question, edits=StreetEdits())
    other = moving.by_mode(question, cast(Mode, against.value), atlas)
    # Ground must be alike on both sides: the same cutoffs, the same reach.
    return replace(other, minutes=question.minutes, reach_m=question.reach_m)


def shown(state: MapState) -> AgainstAnswer | None:
    """Return the comparison that the map shows: that of the question and answer on screen."""
    answer, reach = state.against_answer, state.reach_answer
    if answer is None or reach is None or answer.against != state.against:
        return None
    return answer if answer.question == reach.question == state.reach else None


class Compare:
    """Answers the session's comparison, the latest one winning.

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
    ) -> None:
        self._session, self._jobs, self._report = session, jobs, report
        self._asked: tuple[Any, ...] | None = None
        session.listen_atlas(self._opened)
        session.listen(lambda _before, _after: self.start())

    def start(self) -> None:
        """Compare what stands in the session, unless that is done or under way."""
        state = self._session.state
        against, reach = state.against, state.reach_answer
        if against is None or state.reach is None:
            if self._asked is not None:
                self._asked = None
                self._jobs.cancel(AGAINST)
                self._report(AGAINST, None)
            self._session.change(against_answer=None)
            return
        # Whoever compares waits until the hand rests.
        if reach is None or reach.coarse or reach.question != state.reach:
            return
        asked = (against, reach.question)
        if asked == self._asked:
            return
        self._asked = asked
        if shown(state) is not None:
            # It was known already when the question came.
            self._jobs.cancel(AGAINST)
            return
        work = partial(_compare, self._session.atlas, against, reach)
        self._jobs.ask(AGAINST, work, self._answered, self._failed)

    def _opened(self, _atlas: Atlas) -> None:
        self._jobs.cancel(AGAINST)
        self._asked = None

    def _answered(self, answer: AgainstAnswer) -> None:
        self._report(AGAINST, None)
        self._session.change(against_answer=answer)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SandboxError):
            raise error
        self._session.change(against_answer=None)
        self._report(AGAINST, error)


def _compare(atlas: Atlas, against: Against, reach: ReachAnswer, job: Job) -> AgainstAnswer:
    question = question_against(atlas, reach.question, against)
    # Minutes saved are looked for beyond the largest cutoff, equally far on both sides.
    far = min(question.minutes[-1] + _FARTHER_MIN, MINUTES_LIMITS[1])
    base, _ = moving.ask(atlas, question, search_minutes=far)
    now, _ = moving.ask(atlas, reach.question, search_minutes=far)
    reach_m, crs = question.reach_m, base.crs
    pair = base.reached, now.reached
    ground = difference(*pair, question.minutes, reach_m=reach_m, crs=crs)
    saved = minutes_saved(*pair, reach_m=reach_m, crs=crs)
    # Its places are those that the base reaches, on the base's own streets.
    within = within_reach(base, places.tied_for(atlas, question))
    return AgainstAnswer(against, reach.question, base, ground, saved, within)
