"""A base and its plans side by side: scenarios, hours, modes, edits of streets."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, Unpack

import pandas as pd

from sandbox.analysis.comparison.compare import Side
from sandbox.analysis.comparison.tables import table
from sandbox.analysis.isochrone import check_question
from sandbox.api.answers import cutoffs_of, figure, keywords, objects, reasons, renamed
from sandbox.api.edits import EditsLike, street_edits
from sandbox.api.given import Places, given
from sandbox.api.language import said
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
from sandbox.app.answers.finding import headline, reason
from sandbox.app.atlas import Atlas
from sandbox.app.questions import ReachQuestion
from sandbox.edits.scenario import Scenario
from sandbox.edits.street_edits import StreetEdit, StreetEdits
from sandbox.errors import AnalysisError
from sandbox.streets.modes import reach_of
from sandbox.words import Bilingual, words_of

# What stands on a side of a comparison.
Sided = ScenarioLike | Travel | EditsLike
_SNAP_M: Final = 500.0


@renamed(origins_lonlat="origins")
@keywords
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
        `reason` says why, where a plan changes nothing within a cutoff, and of a place that
        can't be used, whose row has nothing else. ``attrs["finding"]`` is the first sentence
        that the command prints: of one place what it gains and loses, of several how many reach
        more and less, and which changes most.

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
    usual = reach_of(sides[0].how.mode)
    reach = usual if reach_m is None else figure("reach_m", reach_m)
    check_question(cutoffs, reach, moved(how))
    atlas: Atlas = getattr(network, "atlas", None) or Network(engine).atlas
    places = given(origins, "origins").on(engine, moved(how).near_far[0], _SNAP_M)
    frame: Any = places.frame.assign(id=_called(places.ids, places.names))
    questions = [_side(atlas, one, sides[0], cutoffs, frame) for one in sides]
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
    rows.insert(0, "id", objects([places.ids[one.number] for one in found for _ in one.rows]))
    english = words_of("en")
    why = [reason(one, k) for one in found for k in range(len(one.rows))]
    told_why = [None if one is None else one.said(english) for one in why]
    rows["reason"] = reasons(told_why)
    if places.faults:
        bad = pd.DataFrame(
            {
                "id": objects([places.ids[number] for number in places.faults]),
                "reason": [said(error) for error in places.faults.values()],
            }
        )
        rows = pd.concat([rows, bad], ignore_index=True)
        rows["reason"] = reasons([one if isinstance(one, str) else None for one in rows["reason"]])
    finding = headline(atlas.layers, found).said(english)
    ids = [one.way.id for one in questions]
    told = {"finding": finding, "base": ids[0], "plans": ids[1:], "reach_m": reach}
    notes = comparing.notes(questions, cutoffs[-1])
    rows.attrs.update(rests_on(network, how, notes=notes, **told))
    return rows


class _Asked(NamedTuple):
    """One side: the caller's own name for it, how one moves, over which streets.

    `alone` is the timetable without a scenario, `moves` a side that is another way of moving.
    """

    name: str
    how: Travel
    edits: StreetEdits = StreetEdits()
    alone: bool = False
    moves: bool = False


def _sides(how: Travel, base: Any, plan: Any) -> list[_Asked]:
    """Return the base and the plans: what each is called, how one moves, edits."""
    many = isinstance(plan, Sequence) and not isinstance(plan, str | StreetEdit)
    if isinstance(plan, Mapping):
        named: list[tuple[str, Any]] = [(str(name), one) for name, one in plan.items()]
    else:
        named = [("", one) for one in (list(plan) if many else [plan])]
    if not named:
        raise AnalysisError("There is nothing to compare with.", "Give a plan.")
    return [_sided(how, "", base), *(_sided(how, name, one) for name, one in named)]


def _sided(how: Travel, name: str, said: Any) -> _Asked:
    if said is None:
        return _Asked(name, how)
    if isinstance(said, Travel):
        return _Asked(name, said, moves=True)
    by_name = isinstance(said, str | Path)
    edits_file = by_name and Path(said).suffix.lower() in {".geojson", ".json"}
    if edits_file or not (by_name or isinstance(said, Scenario)):
        edits: Any = said
        return _Asked(name, how, street_edits(edits))
    if how.mode != "transit":
        raise AnalysisError(
            "A scenario is given, but scenarios only concern public transport.",
            "This needs public transport: give depart or arrive.",
        )
    alone = said == comparing.TIMETABLE
    runs = None if alone else scenario(said)
    return _Asked(name, how.changed({"scenario": runs}), alone=alone)


def _side(atlas: Atlas, one: _Asked, base: _Asked, cutoffs: Sequence[float], frame: Any) -> Side:
    how, runs = one.how, None
    if how.speeds_file is not None:
        raise AnalysisError("A comparison uses the shipped table of speeds.", "Omit speeds_file.")
    if how.mode == "transit" and how.scenario is None:
        runs, called = comparing.named_scenario(atlas, comparing.TIMETABLE if one.alone else None)
    elif how.mode == "transit":
        runs = scenario(how.scenario)
        called = comparing.called_scenario(atlas, runs)
    else:
        called = comparing.called_mode(how.mode)
    if one.edits.edits:
        called = comparing.called_edits()
    elif one.moves and one is not base:
        called = _varied(how, base.how) or called
    if one.name and one.name != called[0]:
        called = (one.name, Bilingual(one.name, one.name))
    return comparing.side(atlas, _question(how, runs, cutoffs, one.edits), called, frame)


def _varied(how: Travel, base: Travel) -> tuple[str, Bilingual] | None:
    """Return what a plan is called by the hour, departure or percentile that it differs in."""
    if how.mode != base.mode or how.scenario != base.scenario:
        return None
    if how.hour != base.hour:
        return comparing.called_hour(how.hour)
    ride, usual = moved(how).by_transit, moved(base).by_transit
    if ride is None or usual is None:
        return None
    if ride.when != usual.when:
        return comparing.called_departure(ride.when)
    return (
        None
        if ride.percentile == usual.percentile
        else comparing.called_percentile(ride.percentile)
    )


def _question(
    how: Travel, runs: Scenario | None, cutoffs: Sequence[float], edits: StreetEdits
) -> ReachQuestion:
    """Return the question as the program asks it."""
    return ReachQuestion((0.0, 0.0), tuple(cutoffs), travel=moved(how), scenario=runs, edits=edits)


def _called(ids: Sequence[Any], names: Sequence[str]) -> list[str]:
    """Return what tables call places: their ids, and positions for those that have none."""
    numbered = list(ids) == list(range(len(ids)))
    return list(names) if numbered else [str(one) for one in ids]
