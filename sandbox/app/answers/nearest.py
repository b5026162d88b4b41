"""How many minutes each home, or any place, is from the nearest place of a kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import shapely

from sandbox.analysis import nearest as finding
from sandbox.app import moving, places
from sandbox.app.answers.circles import HOMES, check_services
from sandbox.app.answers.kind import Analysis, Given
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.places import Place
from sandbox.app.questions import AnalysisAnswer, AnalysisQuestion, Selected
from sandbox.app.street_edits import edited
from sandbox.edits.line_edits import apply
from sandbox.edits.scenario import Scenario
from sandbox.geo.crs import to_metric
from sandbox.streets.travel import ON_FOOT, Travel
from sandbox.words import Language, Text

# Where one class of minutes ends and the next begins; the last class has no end.
CLASSES_MIN: Final = (5.0, 10.0, 15.0, 30.0)


@dataclass(frozen=True, slots=True)
class NearestQuestion(AnalysisQuestion["NearestAnswer"]):
    """From which places the nearest of which others are asked for.

    Attributes
    ----------
    layer, kinds
        Layer id of the places to be found, and their kinds; empty for all kinds.
    homes
        Layer id of the places that ask.
    minutes
        Longest time that is looked for.
    travel, scenario
        How one moves: to the nearest place, or with `towards` from it, as help comes; by
        transit what runs beside the timetable.
    """

    layer: str
    kinds: tuple[str, ...] = ()
    homes: str = HOMES
    minutes: float = 60.0
    travel: Travel = ON_FOOT
    scenario: Scenario | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that asks, and the place nearest to it.

    Attributes
    ----------
    place, minutes, metres
        The place, and how far its nearest one is: NaN where there is none, and the metres of
        those who go by transit.
    nearest
        The nearest place; None where there is none.
    lacks
        Why there is none: ``street`` or ``time``, as in `sandbox.analysis.nearest`.
    ends_xy
        Both places in metres of the streets, shape ``(2, 2)``; only the first without the other.
    rank
        Which of the nearest it is, from 1.
    """

    place: Place
    minutes: float
    metres: float
    nearest: Place | None
    lacks: str
    ends_xy: tuple[tuple[float, float], ...]
    rank: int = 1

    @property
    def of_class(self) -> int | None:
        """Return the number of its class of minutes; None where there is no nearest place."""
        return None if self.nearest is None else int(np.searchsorted(CLASSES_MIN, self.minutes))


@dataclass(frozen=True, slots=True, eq=False)
class NearestAnswer(AnalysisAnswer):
    """The answer to a `NearestQuestion`: its places, those without a nearest one first."""

    question: NearestQuestion
    found: finding.Nearest
    spots: tuple[Spot, ...]

    @property
    def nearest_spots(self) -> tuple[Spot, ...]:
        """Return each place that asks once, with the one that is nearest of all."""
        return tuple(spot for spot in self.spots if spot.rank == 1)


def found_nearest(atlas: Atlas, question: NearestQuestion, job: Job, given: Given) -> NearestAnswer:
    """Return the nearest of the places that are asked for to each place that asks.

    Raises
    ------
    AnalysisError
        There are no such places, or a number can't be meant.
    """
    check_services(atlas.layers, question.layer, question.kinds)
    check_services(atlas.layers, question.homes, ())
    job.report(-1.0, Text("Calculating"))
    asked = finding.NearestQuestion(
        question.minutes,
        1,
        question.travel,
        apply(question.scenario).supply if question.travel.by_transit else None,
    )
    found = finding.nearest(
        edited(atlas, question.edits).network,
        places.features_of(atlas.layers[question.homes]),
        places.features_of(atlas.layers[question.layer], question.kinds),
        asked,
    )
    return as_answer(atlas, found, question)


def as_answer(atlas: Atlas, found: finding.Nearest, question: NearestQuestion) -> NearestAnswer:
    """Return the nearest places as the map shows them; its layers hold both ends."""
    spots = [
        spot
        for row in found.rows.to_dict("records")
        if (spot := _spot(atlas, question, row)) is not None
    ]
    farthest = {spot.place.where: spot.minutes for spot in spots if spot.rank == 1}

    def order(one: Spot) -> tuple[bool, float, str, int]:
        # The farthest first: who lacks a place near by is what one looks for.
        return one.nearest is not None, -farthest[one.place.where], one.place.where.id, one.rank

    spots.sort(key=order)
    return NearestAnswer(question, found, tuple(spots), notes=found.notes)


def class_names() -> list[Text]:
    """Return what the classes of minutes are called, the nearest first."""
    ends = [f"{end:g}" for end in CLASSES_MIN]
    first = Text("up to {minutes} min", {"minutes": ends[0]})
    between = [
        Text("{low} to {high} min", {"low": low, "high": high}) for low, high in pairwise(ends)
    ]
    return [first, *between, Text("over {minutes} min", {"minutes": ends[-1]})]


def why_none(answer: NearestAnswer, spot: Spot) -> Text:
    """Return why a place has no nearest one."""
    if spot.lacks == "street":
        return Text("no street is near enough")
    return Text("more than {minutes} minutes", {"minutes": f"{answer.question.minutes:g}"})


def called(atlas: Atlas, question: NearestQuestion, language: Language) -> tuple[str, str]:
    """Return what the places that ask and those to be found are called: layer or kinds."""
    layer, homes = atlas.layers[question.layer], atlas.layers[question.homes]
    kinds = [layer.kinds[kind].said(language) for kind in question.kinds if kind in layer.kinds]
    comma = "、" if language == "zh" else ", "
    return homes.title.said(language), comma.join(kinds) or layer.title.said(language)


def _spot(atlas: Atlas, question: NearestQuestion, row: Mapping[Any, Any]) -> Spot | None:
    place = places.place(atlas.layers, Selected(question.homes, str(row["place_id"])))
    if place is None:
        return None
    there = None
    if not row["lacks"]:
        there = places.place(atlas.layers, Selected(question.layer, str(row["nearest_id"])))
    lonlats = [one.lonlat for one in (place, there) if one is not None]
    ends = np.asarray(to_metric(np.array(lonlats), atlas.crs)).tolist()
    minutes, metres = (float(row[name]) for name in ("minutes", "metres"))
    xy = tuple((float(x), float(y)) for x, y in ends)
    return Spot(place, minutes, metres, there, str(row["lacks"]), xy, int(row["rank"]))


def _told(question: NearestQuestion) -> Sequence[Text]:
    """Return how one moves, as of any question."""
    return moving.told_how(question.travel, question.scenario)


ANALYSIS: Final = Analysis(
    id="nearest",
    title=Text("Nearest places"),
    shortcut="Ctrl+6",
    question=NearestQuestion,
    answer=NearestAnswer,
    work=found_nearest,
    told=_told,
    ground=lambda answer: (
        shapely.MultiPoint([xy for spot in answer.spots for xy in spot.ends_xy]),
    ),
)
