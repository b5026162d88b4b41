"""Measures of access, all of them in one sweep: how much is in reach of each home, and of what.

Every measure names its formula and where it was published; see `sandbox.analysis.access.decay`
for the decays. Opportunities are counted by layer: one of each kind of place, and all together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from sandbox.analysis.access.decay import SOURCES, ZONES, Decay, Shape, faults_of
from sandbox.analysis.access.sweep import Moving, each_reached, soonest
from sandbox.analysis.comparison.why import without_lines
from sandbox.analysis.places.access import SNAP_M, AccessPoints, access_points
from sandbox.analysis.places.own import own_columns, own_names
from sandbox.analysis.times import check
from sandbox.engine.network import Network
from sandbox.errors import AnalysisError
from sandbox.units import MS_PER_MINUTE
from sandbox.words import Text

Measure = Literal["cumulative", "nearest", "gravity", "2sfca", "e2sfca", "dual", "completeness"]
MEASURES: Final[tuple[Measure, ...]] = (
    "cumulative",
    "nearest",
    "gravity",
    "2sfca",
    "e2sfca",
    "dual",
    "completeness",
)
COUNT_LIMITS: Final = (1, 20)
ALL: Final = "all"
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AccessQuestion:
    """What is measured.

    Attributes
    ----------
    measures
        Which measures.
    cutoffs
        Minutes: each measure is taken for each.
    decays
        Decays of gravity, and of 2SFCA where one is given; their cutoffs are those above.
    counts
        How many of the nearest (``nearest``: their mean time; ``dual``: the time to the n-th).
    moving
        How one moves, to the longest cutoff.
    by_kind
        Whether each kind of place is measured for itself, beside all together.
    """

    measures: tuple[Measure, ...]
    cutoffs: tuple[float, ...]
    moving: Moving
    decays: tuple[Decay, ...] = ()
    counts: tuple[int, ...] = (1,)
    by_kind: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer: what it measures, by which formula, from whom.

    `scenario` is its name where several stand beside each other, else empty.
    """

    name: str
    measure: Measure
    layer: str
    unit: str
    formula: str
    source: str
    scenario: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Access:
    """What was measured.

    Attributes
    ----------
    question
        As it was asked.
    homes
        The homes with their columns, and one column a measure, layer, decay and cutoff; NaN for
        homes that no street is near enough to.
    columns
        What the columns are.
    without_street
        Ids of homes and places that no street is near enough to.
    people_left, supply_left
        Of the floating catchments, by column: people whom no place reaches, and supply that
        reaches nobody. What is shared out and these add up to the whole.
    notes
        What must be said beside the figures: that no vehicle runs.
    """

    question: AccessQuestion
    homes: gpd.GeoDataFrame
    columns: tuple[Column, ...]
    without_street: tuple[str, ...]
    people_left: dict[str, float] = field(default_factory=dict[str, float])
    supply_left: dict[str, float] = field(default_factory=dict[str, float])
    notes: tuple[Text, ...] = ()


def access(
    network: Network,
    homes: gpd.GeoDataFrame,
    places: gpd.GeoDataFrame,
    question: AccessQuestion,
    *,
    snap_m: float = SNAP_M,
) -> Access:
    """Return measures of access for homes.

    Parameters
    ----------
    network
        The streets.
    homes
        `id, people` and geometry in WGS 84, as `sandbox.analysis.circles.given.homes_of` makes
        them.
    places
        `id, kind, supply` and geometry: what each offers (jobs, beds; 1 counts places).
    question
        What is measured.
    snap_m
        How far a place may lie from its street.

    Raises
    ------
    AnalysisError
        With all faults of the question at once; there are no homes or places; a floating
        catchment without people.
    """
    _check(question, homes, places)
    moving = question.moving
    leave, enter = moving.travel.ends
    here = access_points(network, homes, snap_m=snap_m, mode=leave)
    there = access_points(network, places, snap_m=snap_m, mode=enter)
    layers = _Layers(places, by_kind=question.by_kind)
    found: dict[str, Doubles] = {}
    columns: list[Column] = []
    sums = _sums_of(question)
    reached = _Swept([], {}, {})
    if sums:
        reached = _swept(network, here, there, question, layers, sums, homes, places)
        for sum_, values in zip(sums, reached.values, strict=True):
            for number, layer in enumerate(layers.names):
                column = _column(sum_.measure, layer, sum_.decay, None)
                found[column.name] = values[:, number]
                columns.append(column)
    by_nearest: list[Measure] = [
        one for one in question.measures if one in ("nearest", "dual", "completeness")
    ]
    if by_nearest:
        count = min(max(question.counts), len(places))
        ms = [soonest(network, here, there, rows, count, moving) for rows in layers.rows]
        minutes = [one / MS_PER_MINUTE for one in ms]
        for measure in by_nearest:
            made = _of_nearest(measure, question, layers, minutes)
            for column, values in made:
                found[column.name] = values
                columns.append(column)
    lost = np.diff(here.offsets) == 0
    touching = np.zeros(len(lost), dtype=np.bool_)
    touching[
        [row for row in np.flatnonzero(lost) if len(there.touching(here.places[row].shape))]
    ] = True
    for name, values in found.items():
        found[name] = np.where(lost & ~touching, np.nan, values)
    own = own_names(homes)
    told: Any = homes.drop(columns=own).reset_index(drop=True)
    table = gpd.GeoDataFrame(
        pd.concat([told, pd.DataFrame({**found, **own_columns(homes, found)})], axis=1),
        geometry="geometry",
        crs=homes.crs,
    )
    without = [name for side in (here, there) for _, name in side.without_street]
    return Access(
        question,
        table,
        tuple(columns),
        tuple(dict.fromkeys(without)),
        reached.people_left,
        reached.supply_left,
        without_lines(network, [(moving.travel.by_transit, moving.supply)], moving.minutes),
    )


@dataclass(frozen=True, slots=True)
class _Sum:
    """One sum over what is reached: a measure and its decay."""

    measure: Measure
    decay: Decay


@dataclass(frozen=True, slots=True, eq=False)
class _Swept:
    values: list[Doubles]
    people_left: dict[str, float]
    supply_left: dict[str, float]


class _Layers:
    """Kinds of place: which places belong to each, and what they offer."""

    def __init__(self, places: gpd.GeoDataFrame, *, by_kind: bool) -> None:
        kinds = places["kind"].astype(str).to_numpy()
        known = sorted(set(kinds.tolist())) if by_kind else []
        self.kinds = [kind for kind in known if kind]
        split = len(self.kinds) > 1
        self.names = [ALL, *(self.kinds if split else [])]
        every = np.arange(len(places))
        self.rows = [every, *(np.flatnonzero(kinds == kind) for kind in self.names[1:])]
        # Which layer beside all each place belongs to, 0 for none.
        self.of = np.zeros(len(places), dtype=np.int64)
        for number, rows in enumerate(self.rows[1:], 1):
            self.of[rows] = number

    def summed(
        self, home: npt.NDArray[np.int64], place: npt.NDArray[np.int64], amount: Doubles, homes: int
    ) -> Doubles:
        """Return what homes get of each layer, ``(homes, layers)``."""
        width = len(self.names)
        by_layer: Doubles = (
            np.bincount(home * width + self.of[place], weights=amount, minlength=homes * width)
            .reshape(homes, width)
            .astype(np.float64)
        )
        # All is what belongs to no kind and what belongs to any.
        by_layer[:, 0] = by_layer.sum(axis=1)
        return by_layer


def _sums_of(question: AccessQuestion) -> list[_Sum]:
    made: list[_Sum] = []
    for measure in question.measures:
        for cutoff in question.cutoffs:
            if measure in ("cumulative", "2sfca"):
                made.append(_Sum(measure, Decay("step", cutoff)))
            if measure in ("gravity", "2sfca"):
                made += [
                    _Sum(measure, Decay(one.shape, cutoff, one.half_min, one.spread_min))
                    for one in question.decays
                    if not (measure == "2sfca" and one.shape == "step")
                ]
            if measure == "e2sfca":
                made.append(_Sum(measure, Decay("step", cutoff, zones=ZONES)))
    return made


def _swept(  # noqa: PLR0917
    network: Network,
    here: AccessPoints,
    there: AccessPoints,
    question: AccessQuestion,
    layers: _Layers,
    sums: Sequence[_Sum],
    homes: gpd.GeoDataFrame,
    places: gpd.GeoDataFrame,
) -> _Swept:
    """Return every sum; floating catchments need what is asked of each place first."""
    supply = places["supply"].to_numpy(dtype=np.float64)
    people = np.nan_to_num(homes["people"].to_numpy(dtype=np.float64))
    floating = [one for one in sums if one.measure in ("2sfca", "e2sfca")]
    asked = [np.zeros(len(places)) for _ in floating]
    if floating:
        for pairs in each_reached(network, here, there, question.moving):
            minutes = pairs.ms / MS_PER_MINUTE
            for number, one in enumerate(floating):
                weight = one.decay.weight(minutes) * people[pairs.home]
                asked[number] += np.bincount(pairs.place, weights=weight, minlength=len(places))
    offered = {
        id(one): np.divide(supply, demand, out=np.zeros_like(supply), where=demand > 0)
        for one, demand in zip(floating, asked, strict=True)
    }
    values = [np.zeros((len(homes), len(layers.names))) for _ in sums]
    for pairs in each_reached(network, here, there, question.moving):
        minutes = pairs.ms / MS_PER_MINUTE
        for number, one in enumerate(sums):
            weight = one.decay.weight(minutes)
            amount = weight * offered.get(id(one), supply)[pairs.place]
            values[number] += layers.summed(pairs.home, pairs.place, amount, len(homes))
    people_left: dict[str, float] = {}
    supply_left: dict[str, float] = {}
    for one, demand in zip(floating, asked, strict=True):
        name = _column(one.measure, ALL, one.decay, None).name
        got = values[sums.index(one)][:, 0]
        people_left[name] = float(people[got <= 0].sum())
        supply_left[name] = float(supply[demand <= 0].sum())
    return _Swept(values, people_left, supply_left)


def _of_nearest(
    measure: Measure, question: AccessQuestion, layers: _Layers, minutes: Sequence[Doubles]
) -> list[tuple[Column, Doubles]]:
    """Return measures of the nearest places: their mean time, the n-th, how many kinds."""
    made: list[tuple[Column, Doubles]] = []
    if measure == "completeness":
        kinds = list(range(1, len(layers.names))) or [0]
        for cutoff in question.cutoffs:
            there = np.stack([minutes[one][:, 0] <= cutoff for one in kinds])
            made.append(
                (_column(measure, ALL, Decay("step", cutoff), len(kinds)), there.mean(axis=0))
            )
        return made
    for number, layer in enumerate(layers.names):
        for count in question.counts:
            known = minutes[number]
            if count > known.shape[1]:
                values = np.full(len(known), np.nan)
            elif measure == "dual":
                values = known[:, count - 1].copy()
            else:
                values = known[:, :count].mean(axis=1)
            made.append((_column(measure, layer, None, count), values))
    return made


def _column(measure: Measure, layer: str, decay: Decay | None, count: int | None) -> Column:
    parts = [measure, layer]
    if decay is not None:
        if measure in ("gravity", "2sfca") and decay.shape != "step":
            parts.append(f"{decay.shape}{decay.half:g}" if decay.shape != "linear" else "linear")
        elif measure == "gravity":
            parts.append("step")
        parts.append(f"{decay.cutoff_min:g}")
    elif count is not None:
        parts.append(str(count))
    f = decay.formula if decay else ""
    formula = {
        "cumulative": f"A = Σ Oⱼ f(tᵢⱼ), {f}",
        "gravity": f"A = Σ Oⱼ f(tᵢⱼ), {f}",
        "2sfca": f"Rⱼ = Sⱼ / Σ Pₖ f(tₖⱼ); A = Σ Rⱼ f(tᵢⱼ), {f}",
        "e2sfca": f"Rⱼ = Sⱼ / Σ Pₖ f(tₖⱼ); A = Σ Rⱼ f(tᵢⱼ), {f}",
        "nearest": f"A = (t₁ + … + tₙ) / n, n = {count}",
        "dual": f"A = tₙ, n = {count}",
        "completeness": f"A = |{{kinds with t₁ ≤ {decay.cutoff_min if decay else 0:g}}}| / {count}",
    }[measure]
    unit = {
        "nearest": "min",
        "dual": "min",
        "completeness": "share",
        "2sfca": "supply per person",
        "e2sfca": "supply per person",
    }.get(measure, "supply")
    return Column("_".join(parts), measure, layer, unit, formula, SOURCES[measure])


def _check(question: AccessQuestion, homes: gpd.GeoDataFrame, places: gpd.GeoDataFrame) -> None:
    faults: list[Text] = []
    if not question.measures:
        faults.append(Text("no measure is given"))
    faults += [
        Text("a measure “{value}”", {"value": one})
        for one in question.measures
        if one not in MEASURES
    ]
    for cutoff in question.cutoffs or (question.moving.minutes,):
        faults += check(cutoff, question.moving.travel)
    low, high = COUNT_LIMITS
    faults += [
        Text("{value} nearest places (1 to 20 are possible)", {"value": one})
        for one in question.counts
        if not low <= one <= high
    ]
    for one in question.decays:
        faults += faults_of(one)
    if "gravity" in question.measures and not question.decays:
        known = {"known": ", ".join(get_args(Shape))}
        faults.append(Text("gravity without a decay ({known} are possible)", known))
    floating = {"2sfca", "e2sfca"} & set(question.measures)
    if floating and not (homes["people"].to_numpy(dtype=np.float64) > 0).any():
        faults.append(Text("a floating catchment without people: name their column"))
    if faults:
        unique = {str(fault): fault for fault in faults}
        raise AnalysisError(
            "The calculation can't be run", "Change these values.", faults=list(unique.values())
        )
    if homes.empty or places.empty:
        raise AnalysisError("There are no places to search for.", "Choose another layer or kind.")
