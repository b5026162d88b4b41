"""The reach question beside itself, changed in one thing: a base and a plan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, cast

import numpy as np

from sandbox.analysis.comparison.compare import FARTHER_MIN
from sandbox.analysis.comparison.tables import saved_by
from sandbox.analysis.isochrone import MINUTES_LIMITS
from sandbox.app import moving, places
from sandbox.app.answers import comparing
from sandbox.app.answers.kind import Given, Kind
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.places import Place
from sandbox.app.questions import (
    Against,
    AgainstAnswer,
    AgainstQuestion,
    LonLat,
    ReachQuestion,
    Selected,
)
from sandbox.app.session import Session
from sandbox.app.state import MapState
from sandbox.edits.scenario import Scenario
from sandbox.edits.street_edits import StreetEdits
from sandbox.streets.modes import MODES, Mode
from sandbox.units import MS_PER_MINUTE
from sandbox.words import Bilingual, Text, both

PERCENTILES: Final = (5, 25, 50, 75, 95)
HOURS: Final = range(24)
# Departures that are offered: peaks, noon and night of the day, and the weekend ahead.
_CLOCK_HOURS: Final = (8, 12, 18, 22)
_WEEKEND: Final = (5, 6)


def place_beside(lonlat: LonLat) -> Against:
    """Return the comparison of a question with the same one asked from another place."""
    return Against("place", f"{lonlat[0]:.7f},{lonlat[1]:.7f}")


def lonlat_beside(against: Against | None) -> LonLat | None:
    """Return the other place of a comparison of two, None for any other comparison."""
    if against is None or against.kind != "place":
        return None
    lon, lat = against.value.split(",")
    return float(lon), float(lat)


def choices(
    atlas: Atlas, question: ReachQuestion, opened: Sequence[Scenario] = ()
) -> tuple[Against, ...]:
    """Return what a question can be compared with: all that it is not itself.

    Parameters
    ----------
    atlas, question
        What is on screen.
    opened
        Scenarios beside those that come with the program.
    """
    travel = question.travel
    found = [Against("mode", mode) for mode in moving.modes(atlas) if mode != travel.mode]
    if travel.mode != "transit":
        found.append(Against("direction", "from" if travel.towards else "to"))
    if any(edit.on for edit in question.edits.edits):
        found.append(Against("streets", "unedited"))
    if travel.mode == "drive":
        hours = [Against("hour", str(hour)) for hour in HOURS]
        found += [one for one in (Against("hour", ""), *hours) if one.fits(question)]
    if travel.mode != "transit" or travel.ride is None:
        return tuple(found)
    known = moving.scenarios(atlas)
    here = question.scenario
    lines = [Against("scenario", one) for one in known if here != known[one]]
    lines += [Against("scenario", one.id, one) for one in opened if one != here]
    if here is not None:
        lines.insert(0, Against("scenario", ""))
    ranks = [Against("percentile", str(p)) for p in PERCENTILES if p != travel.ride.percentile]
    later = [depart_beside(when) for when in _departures(atlas, travel.ride.when)]
    return (*lines, *later, *ranks, *found)


def depart_beside(when: datetime) -> Against:
    """Return the comparison of a question with the same one at another departure, or arrival."""
    return Against("depart", when.isoformat(timespec="minutes"))


def _departures(atlas: Atlas, when: datetime) -> list[datetime]:
    """Return other departures to choose from, on days that the timetable knows."""
    found = [when.replace(hour=hour, minute=0) for hour in _CLOCK_HOURS]
    found += [when + timedelta(days=(day - when.weekday()) % 7) for day in _WEEKEND]
    timetable = atlas.network.timetable
    if timetable is not None:
        first, last = timetable.days
        found = [one for one in found if first <= one.date() <= last]
    return [one for one in dict.fromkeys(found) if one != when]


def scenario_beside(atlas: Atlas, against: Against) -> Scenario | None:
    """Return the scenario that is compared with; None for the timetable alone."""
    return against.scenario or moving.scenarios(atlas).get(against.value)


def called(atlas: Atlas, against: Against) -> Bilingual:
    """Return what a choice is called."""
    if against.kind == "place":
        return both(Text("Place B"))
    if against.kind == "scenario":
        return comparing.called_scenario(atlas, scenario_beside(atlas, against))[1]
    return _said(against.kind, against.value)


def called_question(atlas: Atlas, question: ReachQuestion, against: Against) -> Bilingual:
    """Return what the question itself is called beside a choice: by what it differs in."""
    if against.kind == "scenario":
        return comparing.called_scenario(atlas, question.scenario)[1]
    if against.kind == "place":
        place = places.place(atlas.layers, question.place) if question.place else None
        if place is None:
            return both(Text("Place A"))
        return Bilingual(place.name("zh"), place.name("en"))
    return _said(against.kind, against.value_of(question))


def _said(kind: str, value: str) -> Bilingual:
    match kind:
        case "depart":
            said = comparing.called_departure(datetime.fromisoformat(value))[1]
        case "hour":
            said = comparing.called_hour(_hour(value))[1]
        case "percentile":
            said = comparing.called_percentile(int(value))[1]
        case "mode":
            said = both(MODES[value].manner)
        case "streets":
            edited = value != "unedited"
            said = comparing.called_edits()[1] if edited else both(Text("Existing streets"))
        case _:
            said = both(Text("To here") if value == "to" else Text("From here"))
    return said


def _hour(value: str) -> int | None:
    return int(value) if value else None


def question_against(atlas: Atlas, question: ReachQuestion, against: Against) -> ReachQuestion:
    """Return the question that an answer is compared with."""
    value, other_place = against.value, lonlat_beside(against)
    travel, ride = question.travel, question.travel.ride
    if other_place is not None:
        return replace(question, origin_lonlat=other_place, place=None)
    match against.kind:
        case "scenario":
            return replace(question, scenario=scenario_beside(atlas, against))
        case "streets":
            return replace(question, edits=StreetEdits())
        case "percentile":
            changed = replace(travel, ride=replace(ride, percentile=int(value)) if ride else None)
        case "depart":
            when = datetime.fromisoformat(value)
            changed = replace(travel, ride=replace(ride, when=when) if ride else None)
        case "hour":
            changed = replace(travel, hour=_hour(value))
        case "direction":
            changed = replace(travel, towards=value == "to")
        case _:
            other = moving.by_mode(question, cast(Mode, value), atlas)
            # Ground must be alike on both sides: the same cutoffs, the same reach.
            return replace(other, minutes=question.minutes, reach_m=question.reach_m)
    return replace(question, travel=changed)


def other_is_base(atlas: Atlas, question: ReachQuestion, against: Against) -> bool:
    """Return whether what a question is compared with is the base, and it itself the plan.

    What is there today is the base unless another was chosen: the streets without edits, the
    lines of today. Else one begins with what is on screen.
    """
    if against.as_base is not None:
        return against.as_base
    if against.kind == "streets":
        return True
    if against.kind != "scenario":
        return False
    current = (None, moving.today(atlas))
    return scenario_beside(atlas, against) in current and question.scenario not in current


def turned(atlas: Atlas, question: ReachQuestion, against: Against) -> Against:
    """Return the same comparison with base and plan in each other's place."""
    return replace(against, as_base=not other_is_base(atlas, question, against))


def plain(against: Against) -> Against:
    """Return a comparison without a choice of its base."""
    return replace(against, as_base=None)


def names(atlas: Atlas, question: ReachQuestion, against: Against) -> tuple[Bilingual, Bilingual]:
    """Return what base and plan are called."""
    here, there = called_question(atlas, question, against), called(atlas, against)
    return (there, here) if other_is_base(atlas, question, against) else (here, there)


def cutoff_of(state: MapState, answer: AgainstAnswer) -> int:
    """Return which of a comparison's cutoffs the map shows; the longest unless one was chosen."""
    minutes = answer.difference.minutes
    chosen = state.document.against_cutoff
    return minutes.index(chosen) if chosen in minutes else len(minutes) - 1


@dataclass(frozen=True, slots=True)
class PlaceCompared:
    """A place and the minutes to it by base and plan; None beyond what was searched.

    `change` is how many minutes the plan adds, what isn't reached counting with what was
    searched; `indicative` whether its position is known less well than the reach.
    """

    place: Place
    base: float | None
    plan: float | None
    change: float
    indicative: bool


def places_compared(atlas: Atlas, answer: AgainstAnswer) -> list[PlaceCompared]:
    """Return every place that base or plan reaches, as far as was searched; none invented."""
    one = answer.compared
    tied = one.targets
    accuracy_m, indicative = tied.accuracy_m, comparing.doubt(atlas, answer.question)
    minutes = one.place_ms / MS_PER_MINUTE
    far = min(one.ground.minutes[-1] + FARTHER_MIN, MINUTES_LIMITS[1])
    change = np.diff(np.minimum(minutes, far), axis=0)[0]
    found: list[PlaceCompared] = []
    for i in np.flatnonzero(minutes.min(axis=0) <= far).tolist():
        place = places.place(atlas.layers, Selected(tied.layer[i], tied.id[i]))
        if place is not None and not place.layer.schematic:
            base, plan = (float(m) if m <= far else None for m in minutes[:, i])
            soonest = float(minutes[:, i].min())
            unsure = indicative(float(accuracy_m[i]), soonest)
            found.append(PlaceCompared(place, base, plan, float(change[i]), unsure))
    return found


def largest_changes(atlas: Atlas, answer: AgainstAnswer) -> list[PlaceCompared]:
    """Return the places that change by a minute or more, those first that change most."""
    found = [one for one in places_compared(atlas, answer) if abs(one.change) >= 1.0]
    return sorted(found, key=lambda one: -abs(one.change))


def minutes_said(one: PlaceCompared) -> str:
    """Return the minutes to a place by base and plan, a dash where it isn't reached.

    A sign tells a place that is known less well than the reach, as in every table of places.
    """
    ends = (f"{m:.1f}" if m is not None else "–" for m in (one.base, one.plan))
    return ("≈ " if one.indicative else "") + " → ".join(ends)


def shown(state: MapState) -> AgainstAnswer | None:
    """Return the comparison that the map shows: that of the answer on screen.

    It stays, as that answer does, while a newer question is being answered.
    """
    answer, reach = state.answers.against_answer, state.answers.reach_answer
    if (
        answer is None
        or reach is None
        or state.document.reach is None
        or answer.against != state.document.against
    ):
        return None
    return answer if answer.question == reach.question else None


def sides(answer: AgainstAnswer) -> Text:
    """Return what is compared, from its base to its plan."""
    one = answer.compared
    return Text("{base} → {plan}", {"base": one.base.called, "plan": one.plan.called})


def heading(state: MapState) -> Text | None:
    """Return what the comparison on the map is, from its base to its plan; None without one."""
    found = shown(state)
    if found is None:
        return None
    one = found.compared
    values = {"base": one.base.called, "plan": one.plan.called}
    if state.document.against_minutes:
        return Text("Minutes saved: {base} → {plan}", values)
    minutes = f"{one.ground.minutes[cutoff_of(state, found)]:g}"
    return Text("Within {minutes} min · {base} → {plan}", {**values, "minutes": minutes})


def compared(atlas: Atlas, question: AgainstQuestion, job: Job, given: Given) -> AgainstAnswer:
    """Return what a question and the one that it is compared with reach, base and plan."""
    against, asked = question.against, question.reach
    job.report(-1.0, Text("Comparing"))
    other = question_against(atlas, asked, against)
    turn = other_is_base(atlas, asked, against)
    base, plan = (other, asked) if turn else (asked, other)
    said = names(atlas, asked, against)
    called_so = (_id(base, against), said[0]), (_id(plan, against), said[1])
    one = comparing.compare_questions(atlas, base, plan, called_so)
    job.report(-1.0, Text("Comparing"))
    within = comparing.places_within(atlas, one, (base, plan))
    return AgainstAnswer(against, asked, base, plan, one, saved_by(one), within)


def _id(question: ReachQuestion, against: Against) -> str:
    """Return what tables call a question beside a choice, as the command does."""
    value = against.value_of(question)
    match against.kind:
        case "scenario":
            value = value or comparing.TIMETABLE
        case "percentile":
            value = f"P{value}"
        case "depart":
            value = comparing.called_departure(datetime.fromisoformat(value))[0]
        case "hour":
            value = comparing.called_hour(_hour(value))[0]
        case "place":
            value = "{:.6f},{:.6f}".format(*question.origin_lonlat)
        case _:
            pass
    return value


def _standing(session: Session) -> AgainstQuestion | None:
    state = session.state
    if state.document.against is None or state.document.reach is None:
        return None
    return AgainstQuestion(state.document.against, state.document.reach)


KIND: Final[Kind[AgainstQuestion, AgainstAnswer]] = Kind(
    question=AgainstQuestion,
    lane="against",
    field="against_answer",
    standing=_standing,
    asked=lambda answer: AgainstQuestion(answer.against, answer.question),
    work=compared,
    after_reach=True,
)
