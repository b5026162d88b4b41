"""Which ground and which homes the services of a layer cover."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from sandbox.analysis.coverage import coverage
from sandbox.app import places
from sandbox.app.answers.kind import Given, Kind
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.state import CirclesAnswer, CirclesQuestion
from sandbox.app.street_edits import edited
from sandbox.catalog.layer import Layer
from sandbox.errors import AnalysisError

HOMES: Final = "talent_housing"


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
        speed_kmh=question.speed_kmh,
        reach_m=question.reach_m,
        homes=places.features_of(homes) if homes else None,
    )
    return CirclesAnswer(question, found)


def _redrawn(question: CirclesQuestion, known: CirclesAnswer) -> CirclesAnswer | None:
    """Return the answer to a question that differs from a known one only in what is drawn."""
    same = replace(known.question, straight_line=question.straight_line)
    return CirclesAnswer(question, known.coverage) if same == question else None


CIRCLES: Final[Kind[CirclesQuestion, CirclesAnswer]] = Kind(
    lane="circles",
    field="circles_answer",
    standing=lambda session: session.state.circles,
    asked=lambda answer: answer.question,
    work=covered,
    at_once=_redrawn,
)
