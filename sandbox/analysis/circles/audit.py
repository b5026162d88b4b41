"""An audit of a district: which homes have which facilities within the walk that a rule allows.

For each kind of facility one search from all of them at once finds the nearest to every home
(Erwig, "The graph Voronoi diagram with applications", 2000). Tiers are audited each for itself:
only where a standard says that they are inclusive does a greater facility stand for a lesser one.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from sandbox.analysis.circles.question import (
    BYS,
    FAR,
    MET,
    NONE,
    NONE_NEAR,
    STREET,
    Audit,
    AuditQuestion,
    Check,
)
from sandbox.analysis.circles.walking import walked_by
from sandbox.analysis.places.access import AccessPoints, access_points
from sandbox.engine.graph import Graph
from sandbox.engine.nearest import nearest
from sandbox.engine.network import Network
from sandbox.errors import AnalysisError
from sandbox.standards import Limit, Rule
from sandbox.streets.travel import check_travel
from sandbox.units import METRE_A_SECOND_KMH, MM_PER_M, MS_PER_MINUTE
from sandbox.words import Text

# How much farther than a limit the nearest facility is looked for: to say how much is lacking.
_FARTHER: Final = 3.0
_M_PER_MINUTE_AT_1_KMH: Final = 1000.0 / 60.0
_MOST_CELLS: Final = 400_000_000
Numbers = npt.NDArray[np.int64]


def audit(
    network: Network,
    homes: gpd.GeoDataFrame,
    facilities: gpd.GeoDataFrame,
    question: AuditQuestion,
    units: gpd.GeoDataFrame | None = None,
    *,
    schematic: bool = False,
    report: Callable[[float], None] = lambda _share: None,
) -> Audit:
    """Return which homes meet which rules of a standard.

    Parameters
    ----------
    network
        The streets.
    homes, facilities
        As `sandbox.analysis.circles.given` makes them of tables.
    question
        By which rules, how, and who walks.
    units
        Areas that the district is divided into: `id, name_zh, name_en`, geometry in WGS 84. A
        home belongs to the first that holds a point of it.
    schematic
        Whether homes or facilities are schematic.
    report
        Told before each rule which part of them is done; it may raise to end the work.

    Raises
    ------
    AnalysisError
        With all faults of the question at once; there are no homes, or none of the standard's
        facilities.
    """
    _check(question, homes, facilities)
    walked = [rule for rule in question.standard.rules.values() if rule.limits]
    there_are = {rule.id for rule in walked if _is_there(facilities, rule, question)}
    skipped = tuple(
        rule for rule in walked if question.absent == "skip" and rule.id not in there_are
    )
    rules = tuple(rule for rule in walked if rule not in skipped)
    checks = tuple(tuple(measured(rule, one, question) for one in rule.limits) for rule in rules)
    streets = walked_by(network, question.walker)
    here = access_points(streets, homes, snap_m=question.snap_m)
    there = access_points(streets, facilities, snap_m=question.snap_m)
    touching = _touching(homes, facilities)
    lost = np.diff(here.offsets) == 0
    shape = (len(rules), len(homes))
    which = np.full(shape, -1, dtype=np.int32)
    chosen = np.zeros(shape, dtype=np.int8)
    metres, minutes = np.full(shape, np.nan), np.full(shape, np.nan)
    lacks = np.full(shape, NONE_NEAR, dtype=np.int8)
    graphs = {by: graph_of(streets, by, question) for by in {c.by for row in checks for c in row}}
    for number, (rule, ways) in enumerate(zip(rules, checks, strict=True)):
        report(number / len(rules))
        share = np.full(len(homes), np.inf)
        for way, check in enumerate(ways):
            wanted = fitting(facilities, rule, check.limit, question)
            found, ms, far = _nearest(
                graphs[check.by], here, there, wanted, touching, limit_of(check, _FARTHER)
            )
            walk_m = ms / MM_PER_M if check.by == "metres" else far
            pace = question.kmh * _M_PER_MINUTE_AT_1_KMH
            walk_min = ms / MS_PER_MINUTE if check.by == "minutes" else walk_m / pace
            told = walk_m if check.by == "metres" else walk_min
            nearer = np.where(found >= 0, told / check.value, np.inf) < share
            share[nearer] = (told / check.value)[nearer]
            which[number, nearer] = found[nearer]
            chosen[number, nearer] = way
            metres[number, nearer], minutes[number, nearer] = walk_m[nearer], walk_min[nearer]
        near = which[number] >= 0
        lacks[number, near] = np.where(share[near] <= 1.0, MET, FAR)
        lacks[number, ~near & lost] = STREET
        if rule.id not in there_are:
            lacks[number] = NONE
    divided = (
        units if units is not None else homes.iloc[:0][["id", "name_zh", "name_en", "geometry"]]
    )
    return Audit(
        question=question,
        network=network,
        homes=gpd.GeoDataFrame(homes.assign(unit=unit_of(homes, divided))),
        facilities=facilities,
        units=gpd.GeoDataFrame(divided),
        rules=rules,
        checks=checks,
        which=which,
        check=chosen,
        metres=metres,
        minutes=minutes,
        lacks=lacks,
        not_assessed=skipped,
        without_street=tuple(name for _, name in there.without_street),
        schematic=schematic or network.streets.provenance.schematic,
    )


def measured(rule: Rule, limit: Limit, question: AuditQuestion) -> Check:
    """Return a limit as it is measured: as stated, or converted at the walking speed."""
    pace = question.kmh * _M_PER_MINUTE_AT_1_KMH
    by = question.by
    if by == "stated":
        by = "metres" if limit.metres is not None else "minutes"
    if by == "metres":
        if limit.metres is not None:
            return Check(rule, limit, "metres", limit.metres, "stated")
        return Check(rule, limit, "metres", (limit.minutes or 0.0) * pace, "converted")
    tier = question.standard.tiers[rule.tier]
    if limit.minutes is not None:
        return Check(rule, limit, "minutes", limit.minutes, "stated")
    if tier.minutes is not None and tier.metres and limit.metres == tier.metres[1]:
        # The tier states one walk both ways, as 15 minutes and 1000 m.
        return Check(rule, limit, "minutes", tier.minutes, "stated")
    return Check(rule, limit, "minutes", (limit.metres or 0.0) / pace, "converted")


def fitting(
    facilities: gpd.GeoDataFrame, rule: Rule, limit: Limit, question: AuditQuestion
) -> Numbers:
    """Return the rows of the facilities that count for a limit of a rule.

    A facility whose size isn't known doesn't count where a limit asks for one; a least size of
    the rule itself only keeps out those that are known to be smaller.
    """
    kept = _of_kind(facilities, rule, question)
    floor_m2, land_m2 = (
        facilities[name].to_numpy(dtype=np.float64) for name in ("floor_m2", "land_m2")
    )
    size = np.where(np.isnan(land_m2), floor_m2, land_m2)
    if limit.from_m2 is not None:
        kept &= size >= limit.from_m2
    if limit.below_m2 is not None:
        kept &= size < limit.below_m2
    if rule.floor_m2 is not None:
        kept &= ~(floor_m2 < rule.floor_m2)
    if rule.land_m2 is not None:
        kept &= ~(land_m2 < rule.land_m2)
    if question.usable:
        kept &= facilities["usable"].to_numpy(dtype=np.bool_)
        if rule.floor_at_most is not None:
            kept &= ~(facilities["floor"].to_numpy(dtype=np.float64) > rule.floor_at_most)
    return np.flatnonzero(kept)


def unit_of(homes: gpd.GeoDataFrame, units: gpd.GeoDataFrame) -> npt.NDArray[np.int32]:
    """Return the row of the unit that each home lies in, -1 for none."""
    found = np.full(len(homes), -1, dtype=np.int32)
    if not len(units) or not len(homes):
        return found
    points = shapely.point_on_surface(np.asarray(homes.geometry.to_numpy(), dtype=object))
    areas = np.asarray(units.geometry.to_numpy(), dtype=object)
    inside, of = shapely.STRtree(areas).query(points, predicate="intersects")
    # Where units overlap, the first counts.
    order = np.argsort(-of, kind="stable")
    found[inside[order]] = of[order]
    return found


def _check(question: AuditQuestion, homes: gpd.GeoDataFrame, facilities: gpd.GeoDataFrame) -> None:
    faults = check_travel(question.travel)
    if question.by not in BYS:
        faults.append(Text("audits by “{value}” (stated, metres, minutes)", {"value": question.by}))
    if faults:
        raise AnalysisError("The audit can't be run", "Change these values.", faults=faults)
    if homes.empty:
        raise AnalysisError("There are no homes to audit.", "Give a layer or file of homes.")
    asked = [rule.facility for rule in question.standard.rules.values()]
    if not any(_is_there(facilities, rule, question) for rule in question.standard.rules.values()):
        raise AnalysisError(
            "None of the facilities is of a kind that {standard} requires.",
            "Give others, or name their kinds in a column kind; required: {kinds}.",
            standard=question.standard.id,
            kinds=", ".join(sorted(set(asked))),
        )
    if len(homes) * max(len(question.standard.rules), 1) > _MOST_CELLS:
        raise AnalysisError(
            "{homes} homes by {rules} rules are too many at once.",
            "Audit a part of the area at a time, with --area.",
            homes=f"{len(homes):,}",
            rules=len(question.standard.rules),
        )


def _is_there(facilities: gpd.GeoDataFrame, rule: Rule, question: AuditQuestion) -> bool:
    """Return whether the data has any facility of a rule's kind, of whatever size."""
    return bool(_of_kind(facilities, rule, question).any())


def _of_kind(
    facilities: gpd.GeoDataFrame, rule: Rule, question: AuditQuestion
) -> npt.NDArray[np.bool_]:
    names = [rule.facility]
    if question.standard.inclusive:
        known = question.standard.facilities
        names += [name for name, one in known.items() if rule.facility in one.stands_for]
    return np.isin(facilities["facility"].to_numpy().astype(str), names)


def graph_of(network: Network, by: str, question: AuditQuestion) -> Graph:
    """Return the graph that leads from facilities back to homes, by ``metres`` or ``minutes``."""
    if by == "minutes":
        return network.moving(replace(question.travel, towards=True))
    graph = network.graph("walk", METRE_A_SECOND_KMH)
    both_ways = bool((graph.segment_ms[:, 0] == graph.segment_ms[:, 1]).all())
    return graph if both_ways else graph.reverse()


def limit_of(check: Check, times: float = 1.0) -> int:
    """Return a limit, or several times it, in the unit of its graph: millimetres or ms."""
    unit = MM_PER_M if check.by == "metres" else MS_PER_MINUTE
    return round(check.value * times * unit)


def _touching(homes: gpd.GeoDataFrame, facilities: gpd.GeoDataFrame) -> tuple[Numbers, Numbers]:
    """Return pairs of homes and facilities that touch: no walk is between them."""
    tree = shapely.STRtree(np.asarray(facilities.geometry.to_numpy(), dtype=object))
    shapes = np.asarray(homes.geometry.to_numpy(), dtype=object)
    home, facility = tree.query(shapes, predicate="intersects")
    return home.astype(np.int64), facility.astype(np.int64)


def _nearest(  # noqa: PLR0917
    graph: Graph,
    here: AccessPoints,
    there: AccessPoints,
    wanted: Numbers,
    touching: tuple[Numbers, Numbers],
    cutoff: int,
) -> tuple[Numbers, npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the nearest of the wanted facilities to each home, with its cost and metres."""
    homes = len(here.id)
    chosen = np.isin(there.place, wanted)
    place, ms, metres = nearest(
        graph,
        there.attachments[np.flatnonzero(chosen)],
        there.place[chosen],
        here.attachments,
        here.place,
        homes,
        1,
        cutoff,
    )
    found, cost, far = place[:, 0].astype(np.int64), ms[:, 0], metres[:, 0]
    home, facility = touching
    same = np.isin(facility, wanted)
    # The lower number stays where a home touches several.
    for one, of in sorted(zip(home[same].tolist(), facility[same].tolist(), strict=True))[::-1]:
        found[one], cost[one], far[one] = of, 0.0, 0.0
    return found, cost, far


def homes_within(homes: gpd.GeoDataFrame, area: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the homes that have a point of theirs in an area.

    Raises
    ------
    AnalysisError
        None has.
    """
    inside = unit_of(homes, area) >= 0
    if not inside.any():
        raise AnalysisError(
            "None of the {count} homes lies in the area.",
            "Choose another area, or other homes.",
            count=len(homes),
        )
    return gpd.GeoDataFrame(homes[inside].reset_index(drop=True))
