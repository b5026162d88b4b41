"""What comparisons and commutes are asked about: sides, places, files, the map behind them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sandbox.cli import words
from sandbox.cli.parts import city
from sandbox.cli.parts.travel import check_hour
from sandbox.errors import AnalysisError

if TYPE_CHECKING:
    from sandbox.app.atlas import Atlas
    from sandbox.app.questions import ReachQuestion
    from sandbox.app.state import MapState
    from sandbox.edits.street_edits import StreetEdits
    from sandbox.streets.modes import Mode
    from sandbox.words import Bilingual


@dataclass(frozen=True, slots=True)
class Asked:
    """One side of a comparison: its question, and what tables and people call it."""

    question: "ReachQuestion"
    id: str
    name: "Bilingual"

    @property
    def called(self) -> "tuple[str, Bilingual]":
        """Return what it is called."""
        return self.id, self.name


@dataclass(frozen=True, slots=True)
class Others:
    """What a base is compared with, each thing by itself; nothing if nothing is given."""

    scenarios: tuple[str, ...] = ()
    mode: "Mode | None" = None
    depart: datetime | None = None
    percentile: int | None = None
    hour: int | None = None
    edits: "StreetEdits | None" = None


def sides_of(
    atlas: "Atlas", base: str | None, question: "ReachQuestion", others: Others
) -> tuple[Asked, list[Asked]]:
    """Return the base and the plans that are compared with it.

    Parameters
    ----------
    atlas
        Layers and streets.
    base
        The base's scenario as it was said; by default what runs today.
    question
        The base's question, its scenario to be found.
    others
        What it is compared with.

    Raises
    ------
    AnalysisError
        Scenarios, departures or hours are given for those who have none; or nothing is
        compared.
    TransitError
        There is no such scenario.
    """
    from sandbox.app.answers.comparing import called_mode, named_scenario
    from sandbox.words import Bilingual

    mode, by_transit = question.travel.mode, "transit" in (question.travel.mode, others.mode)
    if not by_transit and (base or others.scenarios):
        raise AnalysisError(
            "A scenario is given, but scenarios only concern public transport.",
            "Omit --base and --with, or use --mode transit.",
        )
    if mode != "transit" and (others.depart or others.percentile):
        raise AnalysisError(
            "Departure times, windows and similar options only apply to public transport.",
            "Omit them, or use --mode transit.",
        )
    check_hour(mode, others.hour)
    running, called = named_scenario(atlas, base) if by_transit else (None, ("", Bilingual("", "")))
    if mode == "transit":
        first = Asked(replace(question, scenario=running), *called)
    else:
        first = Asked(question, *called_mode(mode))
    plans: list[Asked] = []
    for said in others.scenarios:
        scenario, called = named_scenario(atlas, said)
        riding = replace(question.travel, mode="transit")
        by = replace(question, travel=riding, scenario=scenario)
        plans.append(Asked(by, *called))
    if others.mode is not None:
        travel = replace(question.travel, mode=others.mode)
        by = replace(first.question, travel=travel, scenario=running)
        plans.append(Asked(by, *called_mode(others.mode)))
    plans += _varied(first, others)
    if not plans:
        raise AnalysisError(
            "There is nothing to compare with.",
            "Give --with ID|FILE, another mode, departure time or percentile, or --with-edits.",
        )
    return first, plans


def _varied(base: Asked, others: Others) -> Iterator[Asked]:
    """Yield the base at another hour, departure or percentile, or on edited streets."""
    from sandbox.app.answers.comparing import (
        called_departure,
        called_edits,
        called_hour,
        called_percentile,
    )

    question, travel = base.question, base.question.travel
    ride = travel.ride
    if others.hour is not None:
        driving = replace(travel, hour=others.hour)
        yield Asked(replace(question, travel=driving), *called_hour(others.hour))
    if ride is not None and others.depart is not None:
        later = replace(travel, ride=replace(ride, when=others.depart))
        yield Asked(replace(question, travel=later), *called_departure(others.depart))
    if ride is not None and others.percentile is not None:
        other = replace(travel, ride=replace(ride, percentile=others.percentile))
        yield Asked(replace(question, travel=other), *called_percentile(others.percentile))
    if others.edits is not None:
        yield Asked(replace(question, edits=others.edits), *called_edits())


def plain_state(atlas: "Atlas") -> "MapState":
    """Return the map as a new window shows it, in the user's language, without an answer.

    Of a project that was given it says what its official review says.
    """
    from sandbox.app import settings as remembered
    from sandbox.app.changes import changed
    from sandbox.app.opening import first_state

    spoken = "zh" if words().language == "zh" else "en"
    state = changed(first_state(atlas, remembered.load().settings, spoken), reach=None)
    return city.reviewed(state, atlas)
