"""Commute and housing on the map: minutes of each home by the best mode, and who gains by a lab."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from sandbox.analysis.comparison.why import without_lines
from sandbox.analysis.housing import LONGEST_MIN, best_of
from sandbox.app import moving, places
from sandbox.app.answers import homes
from sandbox.app.answers.kind import Analysis, Given
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.questions import AnalysisAnswer, AnalysisQuestion, LonLat
from sandbox.app.street_edits import edited
from sandbox.edits.line_edits import apply
from sandbox.edits.scenario import Scenario
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.streets.travel import ON_FOOT, Travel
from sandbox.words import Text

Ask = Literal["live", "gain"]
# Where classes of minutes end, of times and of minutes saved; the last has no end.
CLASSES_MIN: Final = (15.0, 30.0, 45.0, 60.0)
SAVED_MIN: Final = (1.0, 5.0, 10.0, 20.0)


@dataclass(frozen=True, slots=True)
class HousingQuestion(AnalysisQuestion["HousingAnswer"]):
    """Where one could live, or who gains.

    Attributes
    ----------
    homes, people
        Layer id of the homes, and their column of people or of floor area.
    ask
        ``live``: how many minutes is each home from the place? ``gain``: how many minutes does
        each home save, once there is one more place of the layer `works`?
    at_lonlat
        Where one works, or where the new place would open, WGS 84.
    works
        Layer id of the places that are there already, for ``gain``.
    ways
        The ways that one could move; of each home the fastest counts.
    scenario
        What runs beside the timetable, for those who go by transit.
    """

    homes: str
    people: str = ""
    ask: Ask = "live"
    at_lonlat: LonLat | None = None
    works: str = ""
    ways: tuple[Travel, ...] = (ON_FOOT,)
    scenario: Scenario | None = None


@dataclass(frozen=True, slots=True, eq=False)
class HousingAnswer(AnalysisAnswer):
    """The answer to a `HousingQuestion`.

    Attributes
    ----------
    question
        What was asked.
    table
        The homes, the best first: `id, name_zh, name_en, people, minutes, mode` (to the place by
        the fastest mode, NaN beyond `LONGEST_MIN`), and where gains are asked for `before` (to
        the nearest that there is) and `saved`.
    homes_xy, at_xy
        The homes, in the table's order, and the place, in metres of the streets.
    value
        What the map shows of each home: minutes, or minutes saved; NaN where there is none.
    number
        The number of each home in the table, by its id.
    schematic
        Whether streets or homes are schematic.
    pictures
        What the map keeps of it, by theme.
    """

    question: HousingQuestion
    table: pd.DataFrame
    homes_xy: Any
    at_xy: tuple[float, float]
    value: npt.NDArray[np.float64]
    number: dict[str, int]
    schematic: bool
    pictures: dict[str, Any] = field(default_factory=dict[str, Any], repr=False)

    @property
    def of(self) -> npt.NDArray[np.int64]:
        """Return the number of each home's class, the best first; one more for none."""
        ends = np.array(SAVED_MIN if self.question.ask == "gain" else CLASSES_MIN)
        if self.question.ask == "gain":
            at = np.searchsorted(ends, np.nan_to_num(self.value), side="right")
            return np.where(at > 0, len(ends) - at, len(ends))
        at = np.searchsorted(ends, np.nan_to_num(self.value))
        return np.where(np.isnan(self.value), len(ends) + 1, at)


def housed(atlas: Atlas, question: HousingQuestion, job: Job, given: Given) -> HousingAnswer:
    """Return how far each home is from the place, or who gains by it.

    Raises
    ------
    AnalysisError
        There are no such homes, no place is named, or a number can't be meant.
    """
    if question.at_lonlat is None:
        raise AnalysisError(
            "No place is chosen to work at.", "Set the pin on the map, then take it as the place."
        )
    job.report(-1.0, Text("Reading homes and facilities"))
    lived = homes.homes_from(atlas, question.homes, question.people)
    network = edited(atlas, question.edits).network
    place = gpd.GeoDataFrame(
        {"id": ["here"]}, geometry=[shapely.Point(*question.at_lonlat)], crs=geo.WGS84
    )
    supply = apply(question.scenario).supply if question.scenario is not None else None
    job.report(-1.0, Text("Calculating"))
    table = pd.DataFrame(
        {name: lived[name].to_numpy() for name in ("id", "name_zh", "name_en", "people")}
    )
    table = pd.concat([table, best_of(network, lived, place, question.ways, supply)], axis=1)
    value: Any = table["minutes"].to_numpy(dtype=np.float64)
    key = np.nan_to_num(value, nan=np.inf)
    named = [question.homes]
    if question.ask == "gain":
        if question.works not in atlas.layers:
            raise AnalysisError("No places are chosen that are there already.", "Choose a layer.")
        named.append(question.works)
        works = places.features_of(atlas.layers[question.works])
        job.report(0.5, Text("Calculating"))
        before = best_of(network, lived, works, question.ways, supply)["minutes"]
        old: Any = before.to_numpy(dtype=np.float64)
        # Who reaches none today gains all up to the longest time that is looked for.
        saved = np.nan_to_num(old, nan=LONGEST_MIN) - np.nan_to_num(value, nan=np.inf)
        value = np.where(np.isnan(table["minutes"]), np.nan, np.maximum(saved, 0.0))
        table = table.assign(before=old, saved=value)
        key = -np.nan_to_num(value, nan=-1.0)
    order = np.argsort(key, kind="stable")
    table = table.iloc[order].reset_index(drop=True)
    shapes = np.asarray(lived.geometry.to_numpy(), dtype=object)[order]
    x, y = geo.to_metric(question.at_lonlat, atlas.crs)
    rides = [(way.by_transit, supply) for way in question.ways]
    return HousingAnswer(
        question,
        table,
        shapely.transform(shapes, lambda lonlat: geo.to_metric(lonlat, atlas.crs)),
        (float(x), float(y)),
        np.asarray(value, dtype=np.float64)[order],
        {str(one): number for number, one in enumerate(table["id"])},
        homes.any_schematic(atlas.layers, named) or network.streets.provenance.schematic,
        notes=without_lines(network, rides, LONGEST_MIN),
    )


def _told(question: HousingQuestion) -> Sequence[Text]:
    return tuple(
        said for travel in question.ways for said in moving.told_how(travel, question.scenario)
    )


ANALYSIS: Final = Analysis(
    id="housing",
    title=Text("Commute and housing"),
    shortcut="Ctrl+Shift+H",
    question=HousingQuestion,
    answer=HousingAnswer,
    work=housed,
    told=_told,
    ground=lambda answer: (*answer.homes_xy, shapely.Point(*answer.at_xy)),
)
