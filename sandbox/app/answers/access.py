"""Measures of access on the map: how much each home reaches, by a formula with its source."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from sandbox.analysis.access import measures
from sandbox.analysis.access.decay import Decay, Shape
from sandbox.analysis.access.equity import equity, lorenz
from sandbox.analysis.access.given import places_of
from sandbox.analysis.access.sweep import Moving
from sandbox.app import moving, places
from sandbox.app.answers import homes
from sandbox.app.answers.circles import check_services
from sandbox.app.answers.kind import Analysis, Given
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.questions import AnalysisAnswer, AnalysisQuestion
from sandbox.app.street_edits import edited
from sandbox.edits.line_edits import apply
from sandbox.edits.scenario import Scenario
from sandbox.geo import crs as geo
from sandbox.streets.travel import ON_FOOT, Travel
from sandbox.words import Text

CLASSES: Final = 5
# Of these less is better: they are times.
TIMES: Final = ("nearest", "dual")
TITLES: Final = {
    "cumulative": Text("Opportunities in reach"),
    "nearest": Text("Mean time to the nearest"),
    "gravity": Text("Gravity"),
    "2sfca": Text("Two-step floating catchment"),
    "e2sfca": Text("Enhanced two-step floating catchment"),
    "dual": Text("Time to the n-th"),
    "completeness": Text("Completeness of kinds"),
}


@dataclass(frozen=True, slots=True)
class AccessQuestion(AnalysisQuestion["AccessAnswer"]):
    """What is measured, of whom, to what.

    Attributes
    ----------
    homes, people
        Layer id of the homes, and their column of people or of floor area.
    layer, kinds
        Layer id of the places, and their kinds; empty for all kinds.
    measure, minutes, shape, count
        The measure, the longest time, the decay of gravity, and which of the nearest counts.
    travel, scenario
        How one moves; by transit what runs beside the timetable.
    """

    homes: str
    people: str = ""
    layer: str = ""
    kinds: tuple[str, ...] = ()
    measure: measures.Measure = "cumulative"
    minutes: float = 15.0
    shape: Shape = "exponential"
    count: int = 1
    travel: Travel = ON_FOOT
    scenario: Scenario | None = None


@dataclass(frozen=True, slots=True, eq=False)
class AccessAnswer(AnalysisAnswer):
    """The answer to an `AccessQuestion`.

    Attributes
    ----------
    question, column
        What was asked, and what was measured: its formula, unit and source.
    table
        The homes, with `id, name_zh, name_en, people` and `value`, NaN where no street is near,
        those with least access first.
    homes_xy
        The homes in metres of the streets, in the table's order.
    of
        Number of each home's class, from most access to least; `CLASSES` where it isn't known.
    edges
        Where classes end, ascending.
    share
        How it is shared: `mean, least, median, most, gini`.
    curve
        The Lorenz curve, shape ``(n, 2)``.
    schematic
        Whether streets, homes or places are schematic.
    supply
        Column of what each place offers; empty where places are counted.
    number
        The number of each home in the table, by its id.
    pictures
        What the map keeps of it, by theme.
    """

    question: AccessQuestion
    column: measures.Column
    table: pd.DataFrame
    homes_xy: Any
    of: npt.NDArray[Any]
    edges: tuple[float, ...]
    share: dict[str, float]
    curve: npt.NDArray[np.float64]
    schematic: bool
    number: dict[str, int]
    supply: str = ""
    pictures: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)

    @property
    def time(self) -> bool:
        """Return whether it is a time, so that less is better."""
        return self.question.measure in TIMES


def measured(atlas: Atlas, question: AccessQuestion, job: Job, given: Given) -> AccessAnswer:
    """Return how much access each home has.

    Raises
    ------
    AnalysisError
        There are no such homes or places, or a number can't be meant.
    """
    job.report(-1.0, Text("Reading homes and facilities"))
    lived = homes.homes_from(atlas, question.homes, question.people)
    check_services(atlas.layers, question.layer, question.kinds)
    there = places_of(places.features_of(atlas.layers[question.layer], question.kinds))
    by_transit = question.travel.by_transit is not None
    asked = measures.AccessQuestion(
        (question.measure,),
        (question.minutes,),
        Moving(
            question.minutes,
            question.travel,
            apply(question.scenario).supply if by_transit else None,
        ),
        (Decay(question.shape, question.minutes),) if question.measure == "gravity" else (),
        (question.count,),
        by_kind=question.measure == "completeness",
    )
    job.report(-1.0, Text("Calculating"))
    network = edited(atlas, question.edits).network
    found = measures.access(network, lived, there, asked)
    named = (question.homes, question.layer)
    schematic = homes.any_schematic(atlas.layers, named) or network.streets.provenance.schematic
    return as_answer(
        found.homes,
        found.columns[0],
        question,
        atlas.crs,
        schematic=schematic,
        notes=found.notes,
    )


def as_answer(
    measured_homes: gpd.GeoDataFrame,
    column: measures.Column,
    question: AccessQuestion,
    crs: str,
    *,
    schematic: bool,
    supply: str = "",
    notes: tuple[Text, ...] = (),
) -> AccessAnswer:
    """Return one measure of homes, or of cells of homes, as the map shows it.

    Parameters
    ----------
    measured_homes
        `id, people`, the measure's column and geometry in WGS 84; names where there are some.
    column, question
        What was measured, and how it was asked.
    crs
        The metric system of the streets.
    schematic, supply, notes
        As `AccessAnswer` has them.
    """
    values = measured_homes[column.name].to_numpy(dtype=np.float64)
    time = question.measure in TIMES
    # Who doesn't reach it in time has the least access of all.
    bad = np.inf if time else -np.inf
    known = np.where(np.isnan(values), bad, values)
    order = np.argsort(-known if time else known, kind="stable")
    people: Any = measured_homes["people"].to_numpy(dtype=np.float64)
    counted = np.nan_to_num(people) if (people > 0).any() else np.ones(len(people))
    (shared,) = equity(measured_homes, [column.name]).to_dict("records")
    at, has = lorenz(values, counted)
    named = {name: measured_homes.get(name, "") for name in ("id", "name_zh", "name_en", "people")}
    table = pd.DataFrame({**named, "value": values}).iloc[order]
    shapes = np.asarray(measured_homes.geometry.to_numpy(), dtype=object)[order]
    edges = edges_of(values)
    return AccessAnswer(
        question,
        column,
        table.reset_index(drop=True),
        shapely.transform(shapes, lambda lonlat: geo.to_metric(lonlat, crs)),
        classes_of(values[order], edges, less_is_better=time),
        edges,
        {str(name): value for name, value in shared.items() if isinstance(value, float)},
        np.column_stack([at, has]),
        schematic,
        {str(one): number for number, one in enumerate(table["id"])},
        supply,
        notes=notes,
    )


def edges_of(values: npt.NDArray[Any]) -> tuple[float, ...]:
    """Return where classes end that hold as many homes each; fewer where values are the same."""
    known = values[np.isfinite(values)]
    if not len(known):
        return ()
    order = np.sort(known)
    inner = order[[-(-len(order) * one // CLASSES) - 1 for one in range(1, CLASSES)]]
    return tuple(np.unique(inner[inner < known.max()]).tolist())


def classes_of(
    values: npt.NDArray[Any], edges: tuple[float, ...], *, less_is_better: bool
) -> npt.NDArray[Any]:
    """Return the number of each value's class, from good to bad; `CLASSES` for unknown ones."""
    of = np.searchsorted(np.array(edges), np.nan_to_num(values))
    most = len(edges)
    good_first = of if less_is_better else most - of
    spread = np.round(good_first * (CLASSES - 1) / max(most, 1)).astype(np.int64)
    return np.where(np.isnan(values), CLASSES, spread)


def class_texts(edges: tuple[float, ...], unit: str) -> list[Text]:
    """Return what classes are called, the lowest values first."""
    ends = [f"{one:,.4g}" for one in edges]
    if not ends:
        return [Text("all alike")]
    between = [
        Text("{low} to {high} {unit}", {"low": low, "high": high, "unit": unit})
        for low, high in pairwise(ends)
    ]
    first = Text("up to {high} {unit}", {"high": ends[0], "unit": unit})
    return [first, *between, Text("over {low} {unit}", {"low": ends[-1], "unit": unit})]


def _told(question: AccessQuestion) -> Sequence[Text]:
    return (
        *moving.told_how(question.travel, question.scenario),
        Text("up to {minutes} min", {"minutes": f"{question.minutes:g}"}),
    )


def sample() -> AccessQuestion:
    """Return the question about the shipped sample: markets within a quarter of an hour."""
    return AccessQuestion(
        homes.SAMPLE_HOMES, homes.SAMPLE_FLOOR_AREA, homes.SAMPLE_FACILITIES, ("market",)
    )


ANALYSIS: Final = Analysis(
    id="access",
    title=Text("Measures of access"),
    shortcut="Ctrl+Shift+A",
    question=AccessQuestion,
    answer=AccessAnswer,
    work=measured,
    told=_told,
    ground=lambda answer: tuple(answer.homes_xy),
)
