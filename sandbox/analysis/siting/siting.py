"""Where new facilities should stand: from homes, facilities and candidates to a plan."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from sandbox.analysis.isochrone import cutoff_ms
from sandbox.analysis.places.access import SNAP_M, AccessPoints, access_points
from sandbox.analysis.places.own import own_columns
from sandbox.analysis.siting.problem import Flags, Pairs, Plan, Problem
from sandbox.analysis.siting.question import Siting, SitingQuestion, check_question
from sandbox.analysis.siting.solve import solve
from sandbox.analysis.table import MINUTE_DECIMALS
from sandbox.engine.counts import pairs
from sandbox.engine.network import Network
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.geo import shapes
from sandbox.units import METRE_A_SECOND_KMH, MM_PER_M, MS_PER_MINUTE
from sandbox.words import Text

MAX_CANDIDATES: Final = 50_000
_FAULTS_SAID: Final = 20
_Doubles = npt.NDArray[np.float64]


def grid_candidates(
    network: Network, homes: gpd.GeoDataFrame, step_m: float, limit_m: float
) -> gpd.GeoDataFrame:
    """Return candidates on a square grid, wherever a home is near enough as the crow flies.

    Parameters
    ----------
    network
        The streets; the grid is square in their metres.
    homes
        In WGS 84.
    step_m
        From one candidate to the next, metres.
    limit_m
        How far from the nearest home a candidate may be.

    Raises
    ------
    AnalysisError
        The step is no length, or there would be too many.
    """
    if not 10.0 <= step_m <= 100_000.0:
        raise AnalysisError(
            "A grid of {value} m can't be used (10 to 100,000 are possible).",
            "Change the step of the grid.",
            value=f"{step_m:g}",
        )
    metric: list[Any] = [shapes.to_metric(one, network.crs) for one in homes.geometry]
    west, south, east, north = shapely.total_bounds(np.array(metric, dtype=object))
    box = network.streets.bounds
    west, south = max(west, box[0]) - limit_m, max(south, box[1]) - limit_m
    east, north = min(east, box[2]) + limit_m, min(north, box[3]) + limit_m
    columns, rows = (max(0, int((b - a) // step_m)) + 1 for a, b in ((west, east), (south, north)))
    if columns * rows > 100 * MAX_CANDIDATES:
        raise _too_many(columns * rows)
    # On whole steps of the grid, so that the same ground always has the same candidates.
    x = (np.floor(west / step_m) + 1 + np.arange(columns)) * step_m
    y = (np.floor(south / step_m) + 1 + np.arange(rows)) * step_m
    at: Any = shapely.points(np.column_stack([np.tile(x, rows), np.repeat(y, columns)]))
    near = np.unique(shapely.STRtree(metric).query(at, predicate="dwithin", distance=limit_m)[0])
    if len(near) > MAX_CANDIDATES:
        raise _too_many(len(near))
    xy = shapely.get_coordinates(at[near])
    names = [f"{round(one[0] / step_m)}_{round(one[1] / step_m)}" for one in xy]
    lonlat: Any = shapely.points(geo.to_lonlat(xy, network.crs))
    return gpd.GeoDataFrame({"id": names, "layer": "grid"}, geometry=lonlat, crs=geo.WGS84)


def site(
    network: Network,
    homes: gpd.GeoDataFrame,
    existing: gpd.GeoDataFrame,
    candidates: gpd.GeoDataFrame,
    question: SitingQuestion,
    *,
    unit: npt.NDArray[np.int64] | None = None,
    snap_m: float = SNAP_M,
    tell: Callable[[Plan], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Siting:
    """Return where new facilities should stand, with the proof.

    Parameters
    ----------
    network
        The streets.
    homes
        In WGS 84, with `id` and any geometry; `people` may be there.
    existing, candidates
        As homes; `places` (how many people there is room for) and of candidates `cost` may be
        there.
    question
        What is looked for.
    unit
        The unit of each home, from 0, -1 for none.
    snap_m
        How far a place may lie from its street.
    tell
        Called with each better plan, on this thread; its sites are those of `existing`, then
        those of `candidates`.
    stop
        Whether nobody waits any more: then the plan found so far is returned.

    Raises
    ------
    AnalysisError
        With all faults of the question or of the tables at once; or where no plan keeps the
        limits, with what would.
    NetworkError
        There is no such mode here, or the table of speeds can't be read.
    """
    check_question(question)
    sites = _sites(existing, candidates)
    people, known = _people(homes)
    _check_tables(homes, sites, question, people)
    mode = question.travel.mode
    here = access_points(network, homes, mode=mode, snap_m=snap_m)
    there = access_points(network, sites, mode=mode, snap_m=snap_m)
    pairs = _pairs(network, there, here, question)
    old = np.arange(len(sites)) < len(existing)
    problem = Problem(
        pairs,
        people,
        question.aim,
        kept=old if question.existing == "kept" else np.zeros(len(sites), dtype=bool),
        share=question.share,
        most_sites=question.sites,
        price=_figures(sites, "cost", 0.0) if question.budget is not None else None,
        budget=question.budget,
        capacity=_figures(sites, "places", np.inf) if question.capacity else None,
        apart=_too_near(sites, old, network.crs, question.spacing_m),
        unit=unit,
        unit_share=question.unit_share,
        limit=question.limit,
    )
    best_share = float(people[problem.served(np.ones(len(sites), bool))].sum()) / people.sum()
    if question.aim == "fewest" and best_share < question.share - 1e-9:
        raise AnalysisError(
            "The plan is to serve {share} of the people; all sites together serve {best}.",
            "Lower the share, allow a longer way, or offer more candidates.",
            share=_percent(question.share),
            best=_percent(best_share),
        )
    plan = solve(problem, question.seconds, tell, stop)
    if plan is None:
        raise AnalysisError(
            "No choice of sites keeps all limits.",
            "Allow more sites, a larger budget, less spacing or a smaller share.",
        )
    if np.isnan(plan.value):
        raise AnalysisError(
            "No plan was found in {seconds} s; that doesn't mean that there is none.",
            "Allow more time, or fewer candidates.",
            seconds=f"{question.seconds:g}",
        )
    apart = np.diff(there.offsets) == 0
    off = [there.id[one] for one in np.flatnonzero(apart & old).tolist()]
    lost = dict.fromkeys([*(name for _, name in here.without_street), *off])
    after = _served(problem, plan, people)
    return Siting(
        question,
        _site_table(sites, old, plan, problem),
        _home_table(homes, sites, problem, plan, old),
        plan.value,
        plan.bound,
        plan.gap,
        plan.proven,
        float(people.sum()),
        float(people[problem.served(old)].sum()),
        after,
        best_share,
        known,
        tuple(lost),
        int((apart & ~old).sum()),
        len(candidates),
        stop(),
    )


def _served(problem: Problem, plan: Plan, people: _Doubles) -> float:
    # With capacity the plan itself says how many people have room, where it looked for them.
    if problem.capacity is not None and problem.aim == "most":
        return plan.value
    return float(people[problem.served(plan.open_)].sum())


def _too_many(count: int) -> AnalysisError:
    return AnalysisError(
        "{count} candidates are too many; the limit is {most}.",
        "Use a wider grid, or fewer candidates.",
        count=f"{count:,}",
        most=f"{MAX_CANDIDATES:,}",
    )


def _percent(share: float) -> str:
    # Rounded down, so that what falls short never looks met.
    return f"{np.floor(share * 1000 + 1e-9) / 10:g} %"


def _sites(existing: gpd.GeoDataFrame, candidates: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return existing sites and candidates as one table, existing ones first."""
    kept = ["id", "layer", "name_zh", "name_en", "gates", "cost", "places", "geometry"]
    parts: list[Any] = [
        pd.DataFrame(one)[[name for name in kept if name in one.columns]]
        for one in (existing, candidates)
        if len(one)
    ]
    if not len(candidates):
        raise AnalysisError("There are no candidates.", "Choose another layer, or a grid.")
    if len(existing) + len(candidates) > MAX_CANDIDATES:
        raise _too_many(len(existing) + len(candidates))
    table: Any = pd.concat(parts, ignore_index=True).reindex(columns=kept)
    for name in ("layer", "name_zh", "name_en"):
        table[name] = [one if isinstance(one, str) else "" for one in table[name]]
    return gpd.GeoDataFrame(table, geometry="geometry", crs=geo.WGS84)


def _people(homes: gpd.GeoDataFrame) -> tuple[_Doubles, bool]:
    """Return the people of each home, and whether they are known; else each home counts one."""
    known: Any = homes["people"].notna().any() if "people" in homes.columns else False
    if not known:
        return np.ones(len(homes)), False
    return _numbers(homes, "people"), True


def _numbers(table: Any, column: str) -> _Doubles:
    """Return a column as numbers, NaN for other values."""
    return np.asarray(pd.to_numeric(table[column], errors="coerce"), dtype=np.float64)


def _check_tables(
    homes: gpd.GeoDataFrame, sites: gpd.GeoDataFrame, question: SitingQuestion, people: _Doubles
) -> None:
    faults: list[Text] = []
    for name, figure in zip(homes["id"], people.tolist(), strict=True):
        if not (np.isfinite(figure) and figure >= 0):
            faults.append(Text("{who}: no number of people from 0 up", {"who": str(name)}))
    for column, asked in (("cost", question.budget is not None), ("places", question.capacity)):
        if not asked:
            continue
        figures = _numbers(sites, column)
        if np.isnan(figures).all():
            faults.append(Text("no site has a column {column}", {"column": column}))
        said = sites[column].notna().tolist()
        for name, figure, known in zip(sites["id"], figures.tolist(), said, strict=True):
            if (np.isnan(figure) and known) or figure < 0:
                faults.append(
                    Text("{who}: no {column} from 0 up", {"who": str(name), "column": column})
                )
    if not homes.empty and not faults and people.sum() == 0:
        faults.append(Text("nobody lives in any of the homes"))
    if homes.empty:
        faults.append(Text("there are no homes"))
    if faults:
        raise AnalysisError(
            "The tables can't be used",
            "Correct them, then try again.",
            faults=faults[:_FAULTS_SAID],
        )


def _figures(sites: gpd.GeoDataFrame, column: str, unknown: float) -> _Doubles:
    figures = _numbers(sites, column)
    return np.where(np.isnan(figures), unknown, figures)


def _pairs(
    network: Network, there: AccessPoints, here: AccessPoints, question: SitingQuestion
) -> Pairs:
    """Return which homes are within the limit of which sites, by the way from home to the site."""
    if question.metres is not None:
        # At a metre a second a millisecond is a millimetre.
        graph = network.graph(question.travel.mode, METRE_A_SECOND_KMH).reverse()
        cutoff, per_unit = round(question.metres * MM_PER_M), MM_PER_M
    else:
        graph = network.moving(replace(question.travel, towards=True))
        cutoff, per_unit = cutoff_ms(question.limit), MS_PER_MINUTE
    # Homes that touch a site are there.
    tree = shapely.STRtree([one.shape for one in here.places])
    site_shapes = np.array([one.shape for one in there.places], dtype=object)
    touched, touching = tree.query(site_shapes, predicate="intersects")
    order = np.lexsort((touching, touched))
    none = np.empty(0, dtype=np.int64)
    sites, homes, costs = [none], [none], [none]
    for some in pairs(
        graph,
        there.attachments,
        there.offsets,
        here.attachments,
        here.place,
        len(here.id),
        cutoff,
        np.searchsorted(touched[order], np.arange(len(there.id) + 1)),
        touching[order],
    ):
        sites.append(np.repeat(some.origin, np.diff(some.offsets)).astype(np.int64))
        homes.append(some.place.astype(np.int64))
        costs.append(some.ms.astype(np.int64))
    site, home, cost = (np.concatenate(part) for part in (sites, homes, costs))
    order = np.lexsort((home, site))
    first = np.searchsorted(site[order], np.arange(len(there.id) + 1))
    return Pairs(first, home[order], cost[order] / per_unit, len(here.id))


def _too_near(
    sites: gpd.GeoDataFrame, old: Flags, crs: str, spacing_m: float
) -> npt.NDArray[np.int64]:
    """Return the pairs of sites that stand too near each other, at least one of them new."""
    if not spacing_m:
        return np.empty((0, 2), dtype=np.int64)
    metric: list[Any] = [shapes.to_metric(one, crs) for one in sites.geometry]
    one, other = shapely.STRtree(metric).query(metric, predicate="dwithin", distance=spacing_m)
    apart = shapely.distance(np.array(metric)[one], np.array(metric)[other]) >= spacing_m
    wanted = (one < other) & ~(old[one] & old[other]) & ~apart
    return np.column_stack([one[wanted], other[wanted]]).astype(np.int64)


def _site_table(
    sites: gpd.GeoDataFrame, old: Flags, plan: Plan, problem: Problem
) -> gpd.GeoDataFrame:
    _, which = problem.pairs.least(plan.open_)
    near = which[which >= 0]
    count = len(sites)
    table: Any = sites.assign(
        state=np.where(old, np.where(plan.open_, "kept", "closed"), "new"),
        homes=np.bincount(near, minlength=count),
        people=np.bincount(near, weights=problem.people[which >= 0], minlength=count),
    )
    table = table[plan.open_ | old]
    told = ["id", "layer", "name_zh", "name_en", "state", "homes", "people", "cost", "places"]
    kept = [name for name in told if name not in ("cost", "places") or table[name].notna().any()]
    order = table["state"].map({"new": 0, "kept": 1, "closed": 2}).argsort(kind="stable")
    return gpd.GeoDataFrame(table[[*kept, "geometry"]].iloc[order].reset_index(drop=True))


def _home_table(
    homes: gpd.GeoDataFrame, sites: gpd.GeoDataFrame, problem: Problem, plan: Plan, old: Flags
) -> gpd.GeoDataFrame:
    names = list(sites["id"])
    before, _ = problem.pairs.least(old)
    after, which = problem.pairs.least(plan.open_)
    told: dict[str, Any] = {"id": [str(one) for one in homes["id"]]}
    for name in ("layer", "name_zh", "name_en"):
        said = list(homes[name]) if name in homes.columns else [""] * len(homes)
        told[name] = [one if isinstance(one, str) else "" for one in said]
    made: dict[str, Any] = {
        **told,
        "people": problem.people,
        "before": np.where(np.isfinite(before), np.round(before, MINUTE_DECIMALS), np.nan),
        "after": np.where(np.isfinite(after), np.round(after, MINUTE_DECIMALS), np.nan),
        "served_before": np.isfinite(before),
        "served_after": np.isfinite(after),
        "site_id": [str(names[one]) if one >= 0 else "" for one in which],
    }
    return gpd.GeoDataFrame(
        {**made, **own_columns(homes, made)},
        geometry=list(homes.geometry),
        crs=geo.WGS84,
    )
