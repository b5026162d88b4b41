"""What straight circles round facilities hide, on the map."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from sandbox.analysis.circles import hidden as hiding
from sandbox.app import places
from sandbox.app.answers import homes
from sandbox.app.answers.audit import FIRST_STANDARD, standard_of
from sandbox.app.answers.circles import check_services
from sandbox.app.answers.kind import Analysis, Given
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.questions import AnalysisAnswer, AnalysisQuestion, Selected
from sandbox.app.street_edits import edited
from sandbox.catalog import standards
from sandbox.errors import AnalysisError
from sandbox.geo import shapes
from sandbox.streets.travel import Slope
from sandbox.words import Text


@dataclass(frozen=True, slots=True)
class HiddenQuestion(AnalysisQuestion["HiddenAnswer"]):
    """Round which facilities what is asked to be hidden.

    Attributes
    ----------
    layer, kinds
        Layer id of the facilities, and their kinds; empty for all kinds.
    tier
        Tier of `standard` whose facilities alone count; empty for all.
    metres
        Radius of the circle.
    homes, people
        Layer id of homes, and their column of people or of floor area, to count who is lost;
        empty for nobody.
    who, speed_kmh, slope
        Who walks, how fast where not at their own speed, and how slopes count.
    """

    layer: str
    kinds: tuple[str, ...] = ()
    tier: str = ""
    standard: str = FIRST_STANDARD
    metres: float = 500.0
    homes: str = ""
    people: str = ""
    who: str = "adult"
    speed_kmh: float | None = None
    slope: Slope = "tobler"


@dataclass(frozen=True, slots=True, eq=False)
class HiddenAnswer(AnalysisAnswer):
    """The answer to a `HiddenQuestion`.

    Attributes
    ----------
    question, found
        What was asked, and what circles hide.
    schematic
        Whether facilities, homes or streets are schematic.
    where
        The place of each facility, by its id in the table.
    grounds_xy
        By a facility's id, empty for all together, the areas of `hiding.GROUNDS` and
        ``hidden``, in metres of the streets.
    pictures
        What the map keeps of it, by theme.
    """

    question: HiddenQuestion
    found: hiding.Hidden
    schematic: bool
    where: dict[str, Selected]
    grounds_xy: dict[str, dict[str, Any]]
    pictures: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)


def found_hidden(atlas: Atlas, question: HiddenQuestion, job: Job, given: Given) -> HiddenAnswer:
    """Return what the circles round the facilities hide.

    Raises
    ------
    AnalysisError
        There are no such facilities or homes, or a number can't be meant.
    """
    job.report(-1.0, Text("Reading homes and facilities"))
    facilities = _facilities(atlas, question)
    lived = homes.homes_from(atlas, question.homes, question.people) if question.homes else None
    asked = hiding.HiddenQuestion(
        question.metres,
        standards.walker_named(question.who),
        question.speed_kmh,
        question.slope,
    )
    said = Text("Drawing circles and walks")
    network = edited(atlas, question.edits).network
    found = hiding.hidden(
        network, facilities, asked, lived, report=lambda share: job.report(share, said)
    )
    named = (question.layer, *([question.homes] if question.homes else []))
    schematic = homes.any_schematic(atlas.layers, named)
    schematic = schematic or network.streets.provenance.schematic
    return HiddenAnswer(question, found, schematic, _where(facilities), _grounds_xy(found))


def as_answer(
    found: hiding.Hidden, facilities: gpd.GeoDataFrame, question: HiddenQuestion, *, schematic: bool
) -> HiddenAnswer:
    """Return what circles hide, found without a map, as the map shows it."""
    return HiddenAnswer(question, found, schematic, _where(facilities), _grounds_xy(found))


def _where(facilities: gpd.GeoDataFrame) -> dict[str, Selected]:
    return {
        str(one): Selected(str(layer), str(one).removeprefix(f"{layer}:"))
        for one, layer in zip(facilities["id"], facilities["layer"], strict=True)
    }


def _grounds_xy(found: hiding.Hidden) -> dict[str, dict[str, Any]]:
    grounds: dict[str, dict[str, Any]] = {}
    for one, ground, shape in zip(
        found.areas["id"], found.areas["ground"], found.areas.geometry, strict=True
    ):
        grounds.setdefault(str(one), {})[str(ground)] = shapes.to_metric(shape, found.network.crs)
    return grounds


def _facilities(atlas: Atlas, question: HiddenQuestion) -> gpd.GeoDataFrame:
    check_services(atlas.layers, question.layer, question.kinds)
    if not question.tier:
        return places.features_of(atlas.layers[question.layer], question.kinds)
    standard = standard_of(question.standard)
    wanted = {one.facility for one in standard.rules.values() if one.tier == question.tier}
    every = homes.facilities_from(atlas, (question.layer,))
    kept = np.isin(every["facility"].to_numpy().astype(str), sorted(wanted))
    if not kept.any():
        raise AnalysisError(
            "None of the facilities is of a kind that {standard} requires.",
            "Give others, or name their kinds in a column kind; required: {kinds}.",
            standard=standard.id,
            kinds=", ".join(sorted(wanted)),
        )
    return gpd.GeoDataFrame(every[kept].reset_index(drop=True))


def called(atlas: Atlas, question: HiddenQuestion, language: str) -> str:
    """Return what the facilities are called: tier, kinds, or layer."""
    if question.tier:
        return standard_of(question.standard).tiers[question.tier].title.said(language)
    layer = atlas.layers[question.layer]
    kinds = [layer.kinds[kind].said(language) for kind in question.kinds if kind in layer.kinds]
    comma = "、" if language == "zh" else ", "
    return comma.join(kinds) or layer.title.said(language)


def _told(question: HiddenQuestion) -> Sequence[Text]:
    walker = standards.walker_named(question.who)
    speed = walker.speed_kmh if question.speed_kmh is None else question.speed_kmh
    return (
        Text("{who}, {speed} km/h", {"who": walker.title, "speed": f"{speed:g}"}),
        Text("radius {metres} m", {"metres": f"{question.metres:g}"}),
    )


def _ground(answer: HiddenAnswer) -> tuple[Any, ...]:
    whole = answer.grounds_xy.get("", {})
    return tuple(one for one in whole.values() if not shapely.is_empty(one))


ANALYSIS: Final = Analysis(
    id="hidden",
    title=Text("What the circle hides"),
    shortcut="Ctrl+8",
    question=HiddenQuestion,
    answer=HiddenAnswer,
    work=found_hidden,
    told=_told,
    ground=_ground,
)
