"""Two ways of moving side by side: what places reach by the base, and what by a plan."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from sandbox.analysis.comparison.difference import Difference, difference
from sandbox.analysis.comparison.unchanged import why_same
from sandbox.analysis.isochrone import MINUTES_LIMITS, check_question, cutoff_ms, true_scale
from sandbox.analysis.places.access import AccessPoints
from sandbox.analysis.searched import Searched, Way, reached_by
from sandbox.engine.network import Network
from sandbox.engine.search import Reached, search
from sandbox.words import Text

Doubles = npt.NDArray[np.float64]
# Minutes saved are looked for so far beyond the largest cutoff.
FARTHER_MIN: Final = 30.0
_NONE_IN_BASE: Final = Text("the place has no street of its own in the base")
_NONE_IN_PLAN: Final = Text("the place has no street of its own in the plan")


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One side of a comparison: a way of moving over streets that places are tied to.

    Attributes
    ----------
    way
        How one moves.
    network
        Over which streets; edited ones differ from side to side.
    origins, targets
        The places asked about, and those that are counted; the same in the same order
        on all sides, but for two places that are compared with one another.
    """

    way: Way
    network: Network
    origins: AccessPoints
    targets: AccessPoints


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """One place compared in one way.

    Attributes
    ----------
    number
        The place's row among the origins.
    base, plan
        How one moves on either side.
    reached
        What base and plan reach.
    targets, place_ms
        The places that are counted, and when each is reached by base and by plan, float64,
        shape ``(2, n)``; infinite beyond what was searched. The origin itself is infinite.
    ground
        The difference on the ground.
    rows
        Rows of the table, one a cutoff.
    reach_m
        How far from a street ground counts.
    why
        Why the plan changes nothing, a reason for each cutoff, of those that it changes
        nothing within; empty where it changes something within all.
    cut_off
        That one side has no street near the place, and so reaches nothing from it; else None.
    """

    number: int
    base: Way
    plan: Way
    reached: tuple[Reached, Reached]
    targets: AccessPoints
    place_ms: Doubles
    ground: Difference
    rows: tuple[dict[str, Any], ...]
    reach_m: float
    why: tuple[Text, ...] = ()
    cut_off: Text | None = None

    def changes(self, k: int) -> bool:
        """Return whether the plan gains or loses ground or a place within a cutoff."""
        return _changes(self.ground, self.place_ms, k)


def counted_by_layer(
    targets: AccessPoints, schematic: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Return how much each place weighs in the count of each layer, and of all places.

    Parameters
    ----------
    targets
        The places.
    schematic
        Layers of invented places, which count in their own column only.
    """
    layer_of = np.array(targets.layer, dtype=object)
    counted = {
        layer: (layer_of == layer).astype(np.float64) for layer in dict.fromkeys(targets.layer)
    }
    counted["places"] = (~np.isin(layer_of, list(schematic))).astype(np.float64)
    return counted


def compared(
    origins: gpd.GeoDataFrame,
    base: Side,
    plans: Sequence[Side],
    *,
    counted: Mapping[str, Doubles],
    minutes: Sequence[float],
    reach_m: float,
    search_minutes: float | None = None,
) -> Iterator[Compared]:
    """Yield what each place reaches by base and plan, place by place and plan by plan.

    Parameters
    ----------
    origins
        Places with `id, layer, name_zh, name_en` and geometry in WGS 84. Those without a
        street on either side are passed over; where edits leave a place none, it loses all.
    base, plans
        The sides that are compared, each plan with the base.
    counted
        By name, how much each target weighs: 1 for a place, or its jobs; 0 leaves it out.
    minutes
        Cutoffs.
    reach_m
        How far from a street ground still counts.
    search_minutes
        Search this far; by default 30 minutes beyond the largest cutoff, so that minutes
        saved are known there too.

    Raises
    ------
    AnalysisError
        With all faults of the question at once.
    """
    cutoffs = check_question(minutes, reach_m, base.way.travel)
    far = search_minutes or min(cutoffs[-1] + FARTHER_MIN, MINUTES_LIMITS[1])
    columns = ("id", "layer", "name_zh", "name_en")
    told = zip(*(origins[column].astype(str) for column in columns), strict=True)
    for number, names in enumerate(told):
        place: dict[str, str] = dict(zip(("place_id", *columns[1:]), names, strict=True))
        before = _of_place(base, number, place, far)
        for side in plans:
            after = _of_place(side, number, place, far)
            if before.somewhere or after.somewhere:
                pair = before, after
                yield _compared(number, place, (base, side), pair, counted, cutoffs, reach_m)


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    found: Searched
    place_ms: Doubles
    somewhere: bool


def _of_place(side: Side, number: int, place: Mapping[str, str], far: float) -> _Answer:
    """Return what a side reaches from a place: nothing where no street is near it."""
    somewhere = len(side.origins.of(number).segment) > 0
    if somewhere:
        found = reached_by(side.network, side.origins, number, side.way, far)
    else:
        # A search from no street reaches nothing; lines don't help whoever gets to no stop.
        way, graph = side.way, side.network.moving(side.way.travel.on_streets)
        reached = search(graph, side.origins.of(number), cutoff_ms(far))
        reached = side.origins.with_own(reached, way.travel.walk_kmh, number)
        found = Searched(way, side.origins, number, reached, None)
    times = found.times_ms(side.targets)
    itself = side.targets.numbers.get((place["layer"], place["place_id"]))
    if itself is not None:
        times[itself] = np.inf
    return _Answer(found, times, somewhere)


def _compared(  # noqa: PLR0917 - one comparison, from the parts of its loops
    number: int,
    place: Mapping[str, str],
    sides: tuple[Side, Side],
    answers: tuple[_Answer, _Answer],
    counted: Mapping[str, Doubles],
    cutoffs: tuple[float, ...],
    reach_m: float,
) -> Compared:
    base, plan = sides
    before, after = answers
    reached = before.found.reached, after.found.reached
    crs = base.network.crs
    starts = base.origins.of(number) if before.somewhere else plan.origins.of(number)
    scale = true_scale(starts, crs)
    ground = difference(*reached, cutoffs, reach_m=reach_m, crs=crs, scale=scale)
    place_ms = np.stack([before.place_ms, after.place_ms])
    told = _told(sides, reach_m)
    rows = tuple(
        {**place, **_names(base.way, plan.way), "cutoff_min": cutoff}
        | _areas(ground, k)
        | _counts(counted, place_ms, cutoff)
        | told
        for k, cutoff in enumerate(cutoffs)
    )
    why: tuple[Text, ...] = ()
    cut_off = None
    if not (before.somewhere and after.somewhere):
        cut_off = _NONE_IN_PLAN if before.somewhere else _NONE_IN_BASE
        why = (cut_off,) * len(cutoffs)
    elif not all(_changes(ground, place_ms, k) for k in range(len(cutoffs))):
        why = why_same((base.network, plan.network), (before.found, after.found), cutoffs)
    return Compared(
        number,
        base.way,
        plan.way,
        reached,
        base.targets,
        place_ms,
        ground,
        rows,
        reach_m,
        why,
        cut_off,
    )


def _changes(ground: Difference, place_ms: Doubles, k: int) -> bool:
    if ground.gained.km2[k] or ground.lost.km2[k]:
        return True
    base, plan = place_ms <= cutoff_ms(ground.minutes[k])
    return bool((base != plan).any())


def _names(base: Way, plan: Way) -> dict[str, str]:
    named = {"base": base.id, "plan": plan.id}
    for side, way in (("base", base), ("plan", plan)):
        named |= {f"{side}_name_zh": way.called.zh, f"{side}_name_en": way.called.en}
    return named


def _told(sides: tuple[Side, Side], reach_m: float) -> dict[str, Any]:
    """Return the assumptions of both sides, as stand in every row."""
    told: dict[str, Any] = {}
    for name, side in zip(("base", "plan"), sides, strict=True):
        told |= {f"{name}_{key}": value for key, value in side.way.told().items()}
        told[f"{name}_street_edits"] = side.network.edited
    known = sides[0].network.streets.provenance
    return told | {
        "reach_m": reach_m,
        "network": known.title,
        "network_date": known.date,
        "schematic": known.schematic,
    }


def _areas(ground: Difference, k: int) -> dict[str, float]:
    return {
        "area_base_km2": ground.base.km2[k],
        "area_plan_km2": ground.plan.km2[k],
        "area_diff_km2": ground.plan.km2[k] - ground.base.km2[k],
        "gained_km2": ground.gained.km2[k],
        "lost_km2": ground.lost.km2[k],
    }


def _counts(counted: Mapping[str, Doubles], place_ms: Doubles, cutoff: float) -> dict[str, float]:
    within = place_ms <= cutoff_ms(cutoff)
    found: dict[str, float] = {}
    for name, weight in counted.items():
        before, after = (float(weight[one].sum()) for one in within)
        found |= {f"{name}_base": before, f"{name}_plan": after, f"{name}_diff": after - before}
    return found
