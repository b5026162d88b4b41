"""Which ground and which homes the services of a layer cover."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sandbox.analysis.coverage import Coverage, coverage
from sandbox.app import places
from sandbox.app.answers.kind import Analysis, Given
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.questions import AnalysisAnswer, AnalysisQuestion
from sandbox.app.street_edits import edited
from sandbox.catalog.layer import Layer
from sandbox.errors import AnalysisError
from sandbox.streets.travel import ON_FOOT, Travel
from sandbox.words import Text

HOMES: Final = "talent_housing"


@dataclass(frozen=True, slots=True)
class CirclesQuestion(AnalysisQuestion["CirclesAnswer"]):
    """Which services' catchments are asked for.

    Attributes
    ----------
    layer, kinds
        Layer id and the kinds of its places; empty for all kinds.
    minutes
        Cutoff.
    straight_line
        Whether the straight-line circle is drawn beside the network catchment.
    reach_m
        How far from a street ground still counts, metres.
    travel
        How one walks.
    """

    layer: str
    kinds: tuple[str, ...] = ()
    minutes: float = 15.0
    straight_line: bool = False
    reach_m: float = 50.0
    travel: Travel = ON_FOOT


@dataclass(frozen=True, slots=True)
class CirclesAnswer(AnalysisAnswer):
    """The answer to a `CirclesQuestion`."""

    question: CirclesQuestion
    coverage: Coverage


def check_services(layers: Mapping[str, Layer], layer: str, kinds: Sequence[str]) -> None:
    """Refuse to ask for services that there aren't.

    Raises
    ------
    AnalysisError
        There is no such layer of places, or it has none of one of the kinds.
    """
    known = [name for name, one in layers.items() if places.is_place_layer(one)]
    if layer not in known:
        raise AnalysisError(
            "No layer of places is named {layer}.",
            "Layers: {known}.",
            layer=layer,
            known=", ".join(known),
        )
    there = sorted(set(places.features_of(layers[layer])["kind"].astype(str)))
    unknown = [kind for kind in kinds if kind not in there]
    if unknown:
        raise AnalysisError(
            "The layer {layer} has no places of the kind {kind}.",
            "Available kinds: {there}.",
            layer=layer,
            kind=", ".join(unknown),
            there=", ".join(there),
        )


def covered(atlas: Atlas, question: CirclesQuestion, job: Job, given: Given) -> CirclesAnswer:
    """Return what the services that are asked for cover.

    Raises
    ------
    AnalysisError
        There are no such services.
    """
    check_services(atlas.layers, question.layer, question.kinds)
    homes = atlas.layers.get(HOMES)
    found = coverage(
        edited(atlas, question.edits).network,
        places.features_of(atlas.layers[question.layer], question.kinds),
        question.minutes,
        speed_kmh=question.travel.walk_kmh,
        reach_m=question.reach_m,
        homes=places.features_of(homes) if homes else None,
    )
    return CirclesAnswer(question, found)


def _redrawn(question: CirclesQuestion, known: CirclesAnswer) -> CirclesAnswer | None:
    """Return the answer to a question that differs from a known one only in what is drawn."""
    same = replace(known.question, straight_line=question.straight_line)
    return CirclesAnswer(question, known.coverage) if same == question else None


def _told(question: CirclesQuestion) -> tuple[Text, ...]:
    """Return how one walks, and what ground counts."""
    speed, reach = f"{question.travel.walk_kmh:g}", f"{question.reach_m:g}"
    return (
        Text("Walking {speed} km/h", {"speed": speed}),
        Text("land within {reach} m of a street", {"reach": reach}),
    )


ANALYSIS: Final = Analysis(
    id="circles",
    title=Text("Service circles"),
    shortcut="Ctrl+2",
    question=CirclesQuestion,
    answer=CirclesAnswer,
    work=covered,
    told=_told,
    ground=lambda answer: (answer.coverage.areas,),
    at_once=_redrawn,
)
