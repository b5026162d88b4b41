"""A base and its plans side by side: scenarios, hours, modes, edits of streets."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Unpack

import pandas as pd

from sandbox.analysis.comparison.compare import Side
from sandbox.analysis.comparison.tables import table
from sandbox.analysis.isochrone import check_question
from sandbox.api.answers import cutoffs_of, figure, objects, reasons, renamed
from sandbox.api.edits import EditsLike, street_edits
from sandbox.api.given import Places, given
from sandbox.api.network import Network, engine_of, rests_on
from sandbox.api.travel import (
    Moving,
    ScenarioLike,
    Travel,
    moved,
    scenario,
    travel_of,
)
from sandbox.app.answers import comparing
from sandbox.app.atlas import Atlas
from sandbox.app.questions import ReachQuestion
from sandbox.edits.scenario import Scenario
from sandbox.edits.street_edits import StreetEdit, StreetEdits
from sandbox.errors import AnalysisError
from sandbox.streets.modes import reach_of
from sandbox.words import Bilingual

# What stands on a side of a comparison.
Sided = ScenarioLike | Travel | EditsLike
_SNAP_M: Final = 500.0


@renamed(origins_lonlat="origins")
def compare(
    network: Network,
    origins: Places,
    minutes: Sequence[float] | float = (30.0, 45.0, 60.0),
    *,
    plan: Sided | Sequence[Sided] | Mapping[str, Sided],
    base: Sided | None = None,
    reach_m: float | None = None,
    also: Sequence[str] = (),
    jobs: str | None = None,
    travel: Travel | None = None,
    **moving: Unpack[Moving],
) -> pd.DataFrame:
    """Return what places reach by a base and by a plan: ground, and places of every kind.

    Figures read from base to plan: gained is what the plan reaches and the base doesn't.

    Parameters
    ----------
    network, origins, travel, **moving
        As in `isochrones`; how one moves on both sides but for what differs.
    minutes
        Cutoffs, 1 to 240.
    plan, base
        By transit a scenario (`Scenario`, its id, a TOML file, or ``"timetable"`` for that
        alone; the base is by default what runs today); or another way of moving (`Travel`);
        or edits of streets. Of plans there may be several, in a list or by names of your own.
    reach_m
        How far from a street ground still counts; by default 50, for driving 100.
    also
        Schematic layers, whose places are invented, to be counted too, each by itself.
    jobs
        A column of figures to be summed over the places reached too, as ``"labs:teams"``.

    Returns
    -------
    pandas.DataFrame
        A row a place, plan and cutoff: `id`, `base`, `plan` and their names, `cutoff_min`,
        `area_base_km2`, `area_plan_km2`, `area_diff_km2`, `gained_km2`, `lost_km2`; how many
        places of each layer either reaches (``LAYER_base``, ``LAYER_plan``, ``LAYER_diff``;
        ``places`` are all of them), invented ones left out; and how one moves on both sides.
        A place that can't be used has a row with the `reason`.

    Raises
    ------
    sandbox.errors.AnalysisError
        If a value can't be meant, or none of the places can be used.
    sandbox.errors.TransitError
        If there is no such scenario, or nothing runs.

    Examples
    --------
    >>> import sandbox
    >>> net, dorm = sandbox.open_network(), {"dorm": (106.305, 29.612)}
    >>> hours = {"8:00": sandbox.Travel(mode="drive", hour=8)}
    >>> found = sandbox.compare(net, dorm, [10], plan=hours, mode="drive")
    >>> found["id"][0], found["plan"][0], bool(found["area_diff_km2"][0] < 0)
    ('dorm', '8:00', True)
    >>> found = sandbox.compare(net, dorm, [10], plan=hours, mode="drive", jobs="labs:teams")
    >>> bool(found["jobs_base"][0] >= found["jobs_plan"][0])
    True
    """
    engine, how = engine_of(network), travel_of(travel, moving)
    cutoffs = cutoffs_of(minutes)
    sides = _sides(how, base, plan)
    usual = reach_of(sides[0][1].mode)
    reach = usual if reach_m is None else figure("reach_m", reach_m)
    check_question(cutoffs, reach, moved(how))
    atlas: Atlas = getattr(network, "atlas", None) or Network(engine).atlas
    places = given(origins, "origins").on(engine, moved(how).near_far[0], _SNAP_M)
    frame: Any = places.frame.assign(id=_called(places.ids, places.names))
    questions = [_side(atlas, name, by, cutoffs, edits, frame) for name, by, edits in sides]
    found = list(
        comparing.compare(
            atlas,
            questions[0],
            questions[1:],
            frame,
            minutes=cutoffs,
            reach_m=reach,
            also=also,
            jobs=jobs,
        )
    )
    if not found:
        raise AnalysisError(
            "There is no street near any of the places.", "Choose places on the map."
        )
    rows = table(found)
    ids = [places.ids[one.number] for one in found for _ in one.rows]
    rows.insert(0, "id", objects(ids))
    rows["reason"] = None
    if places.faults:
        bad = pd.DataFrame(
            {
                "id": objects([places.ids[number] for number in places.faults]),
                "reason": [str(error) for error in places.faults.values()],
            }
        )
        rows = pd.concat([rows, bad], ignore_index=True)
        rows["reason"] = reasons([one if isinstance(one, str) else None for one in rows["reason"]])
    told = {"base": sides[0][0], "plans": [name for name, _, _ in sides[1:]], "reach_m": reach}
    rows.attrs.update(rests_on(network, how, **told))
    return rows


_Side = tuple[str, Travel, StreetEdits]


def _sides(how: Travel, base: Any, plan: Any) -> list[_Side]:
    """Return the base and the plans: what each is called, how one moves, edits."""
    many = isinstance(plan, Sequence) and not isinstance(plan, str | StreetEdit)
    if isinstance(plan, Mapping):
        named: list[tuple[str, Any]] = [(str(name), one) for name, one in plan.items()]
    else:
        named = [("", one) for one in (list(plan) if many else [plan])]
    if not named:
        raise AnalysisError("There is nothing to compare with.", "Give a plan.")
    return [_sided(how, "", base), *(_sided(how, name, one) for name, one in named)]


def _sided(how: Travel, name: str, said: Any) -> _Side:
    none = StreetEdits()
    if said is None:
        return name, how, none
    if isinstance(said, Travel):
        return name, said, none
    by_name = isinstance(said, str | Path)
    edits_file = by_name and Path(said).suffix.lower() in {".geojson", ".json"}
    if edits_file or not (by_name or isinstance(said, Scenario)):
        edits: Any = said
        return name or "edited", how, street_edits(edits)
    if how.mode != "transit":
        raise AnalysisError(
            "A scenario is given, but scenarios only concern public transport.",
            "This needs public transport: give depart or arrive.",
        )
    if said == comparing.TIMETABLE:
        return name or comparing.TIMETABLE, how.changed({"scenario": None}), none
    found = scenario(said)
    return name or found.id, how.changed({"scenario": found}), none


def _side(  # noqa: PLR0917 - what a side is made of
    atlas: Atlas,
    name: str,
    how: Travel,
    cutoffs: Sequence[float],
    edits: StreetEdits,
    frame: Any,
) -> Side:
    if how.speeds_file is not None:
        raise AnalysisError("A comparison uses the shipped table of speeds.", "Omit speeds_file.")
    runs, called = None, (str(how.mode), Bilingual(str(how.mode), str(how.mode)))
    if how.mode == "transit":
        by_default = how.scenario is None and name != comparing.TIMETABLE
        runs, called = comparing.named_scenario(atlas, None if by_default else comparing.TIMETABLE)
        if how.scenario is not None:
            runs = scenario(how.scenario)
            called = comparing.called_scenario(atlas, runs)
    if name and name != called[0]:
        called = (name, Bilingual(name, name))
    return comparing.side(atlas, _question(how, runs, cutoffs, edits), called, frame)


def _question(
    how: Travel, runs: Scenario | None, cutoffs: Sequence[float], edits: StreetEdits
) -> ReachQuestion:
    """Return the question as the program asks it."""
    return ReachQuestion((0.0, 0.0), tuple(cutoffs), travel=moved(how), scenario=runs, edits=edits)


def _called(ids: Sequence[Any], names: Sequence[str]) -> list[str]:
    """Return what tables call places: their ids, and positions for those that have none."""
    numbered = list(ids) == list(range(len(ids)))
    return list(names) if numbered else [str(one) for one in ids]
