"""Life circles: audits by a planning standard, what circles hide, and measures of access."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Unpack

import geopandas as gpd
import pandas as pd

from sandbox.analysis.access import equity as shared
from sandbox.analysis.access import measures
from sandbox.analysis.access.cells import by_cell, cells_said
from sandbox.analysis.access.decay import Shape
from sandbox.analysis.access.scenarios import access_in
from sandbox.analysis.circles import audit as auditing
from sandbox.analysis.circles import hidden as hiding
from sandbox.analysis.circles import results, shortfalls
from sandbox.analysis.circles.given import homes_of
from sandbox.analysis.circles.ledger import ledger_of
from sandbox.analysis.circles.question import By
from sandbox.analysis.places.access import SNAP_M
from sandbox.api.answers import figure, keywords
from sandbox.api.asked import access_asked, audit_asked
from sandbox.api.given import Places, given, table_of
from sandbox.api.network import Network, engine_of
from sandbox.api.travel import Moving, ScenarioLike, Travel, supplies_of, travel_of
from sandbox.catalog import standards
from sandbox.errors import AnalysisError


@dataclass(frozen=True, slots=True, eq=False)
class Audit:
    """An audit as tables.

    Attributes
    ----------
    summary
        `homes, people, rules, rules_unconfirmed, score, homes_complete, failures` …
    coverage
        One row a rule, the weakest first; residential land by area too where homes are areas.
    weakest
        What is lacking, one row a rule that anybody fails, that which most people lack first.
    gap_areas
        The residential land that each rule leaves out (盲区); empty where homes are points.
    ledger
        What fails, one row a home and rule, with clause and formula.
    homes
        One row a home with the walk for each rule.
    score_card
        One row a unit.
    facilities
        Whom each facility is nearest to.
    areas, rooms
        Areas for a thousand people, and seats and beds.
    not_assessed
        Rules whose kind of facility isn't in the data.
    """

    summary: dict[str, Any]
    coverage: pd.DataFrame
    weakest: pd.DataFrame
    gap_areas: gpd.GeoDataFrame
    ledger: pd.DataFrame
    homes: gpd.GeoDataFrame
    score_card: pd.DataFrame
    facilities: gpd.GeoDataFrame
    areas: pd.DataFrame
    rooms: pd.DataFrame
    not_assessed: tuple[str, ...]


@keywords
def audit(
    network: Network,
    homes: Places,
    facilities: Places,
    standard: str | Path = "gb50180-2018",
    *,
    people: str | None = None,
    floor_area: str | None = None,
    m2_per_person: float = 35.0,
    units: Places | None = None,
    by: By = "stated",
    who: str = "adult",
    speed_kmh: float | None = None,
    usable: bool = False,
    absent: Literal["skip", "fail"] = "skip",
    snap_m: float = SNAP_M,
) -> Audit:
    """Return an audit of homes by a planning standard.

    Parameters
    ----------
    network, snap_m
        As in `isochrones`.
    homes, facilities
        As the origins of `isochrones`; facilities say in a column `kind` what they are, in
        Chinese or English.
    standard
        A shipped standard, or a file of one's own.
    people, floor_area, m2_per_person
        Column of people, or of floor area and how much of it a person has.
    units
        Areas that get a score card each.
    by
        ``stated`` takes each rule as the standard states it; or ``metres``, ``minutes``.
    who, speed_kmh
        Who walks (``adult, child, old, pram, wheelchair``), and how fast if not as they do.
    usable
        Whether only facilities in operation count.
    absent
        Whether a rule whose kind of facility isn't there is skipped, or failed by every home.

    Raises
    ------
    sandbox.errors.AnalysisError
        With all faults of values at once; there is no such standard or walker.

    Examples
    --------
    >>> import sandbox
    >>> found = sandbox.audit(
    ...     sandbox.open_network(), "demo_estates", "demo_facilities", floor_area="floor_area_m2"
    ... )
    >>> found.summary["homes"], found.summary["rules_unconfirmed"] == found.summary["rules"]
    (1200, True)
    >>> bool(found.coverage["people_share"].is_monotonic_increasing)
    True
    >>> float(found.gap_areas["gap_m2"].max()) > 0.0
    True
    """
    engine = engine_of(network)
    asked = audit_asked(
        engine.crs,
        homes,
        facilities,
        standard,
        people=people,
        floor_area=floor_area,
        m2_per_person=m2_per_person,
        units=units,
        by=by,
        who=who,
        speed_kmh=speed_kmh,
        usable=usable,
        absent=absent,
        snap_m=snap_m,
    )
    found = auditing.audit(engine, asked.homes, asked.facilities, asked.question, asked.units)
    return Audit(
        summary=results.summary(found),
        coverage=results.coverage(found),
        weakest=shortfalls.weakest(found),
        gap_areas=shortfalls.gap_areas(found),
        ledger=ledger_of(found),
        homes=results.homes_table(found),
        score_card=results.score_card(found),
        facilities=results.facilities_table(found),
        areas=results.areas(found),
        rooms=results.rooms(found),
        not_assessed=tuple(rule.id for rule in found.not_assessed),
    )


@keywords
def hidden(
    network: Network,
    facilities: Places,
    radius_m: float = 500.0,
    *,
    kinds: Sequence[str] | str = (),
    homes: Places | None = None,
    people: str | None = None,
    who: str = "adult",
    snap_m: float = SNAP_M,
) -> gpd.GeoDataFrame:
    """Return what straight circles hide: the ground of circle, streets, and slopes and stairs.

    Parameters
    ----------
    network, kinds, snap_m
        As in `coverage`.
    facilities, homes
        As the origins of `isochrones`.
    radius_m
        Of the circles.
    people
        Column of the people in each home.
    who
        Who walks.

    Returns
    -------
    geopandas.GeoDataFrame
        One row a facility and `ground` (``straight, streets, slopes, hidden``), and of all
        together with an empty `id`. ``.attrs["table"]`` has areas, people and what is lost, worst
        first.

    Raises
    ------
    sandbox.errors.AnalysisError
        If a value can't be meant, or no facility is given.

    Examples
    --------
    >>> import sandbox
    >>> found = sandbox.hidden(sandbox.open_network(), {"school": (106.305, 29.612)}, 500)
    >>> float(found.attrs["table"]["lost_streets"][0]) > 0.1
    True
    """
    engine = engine_of(network)
    question = hiding.HiddenQuestion(
        figure("radius_m", radius_m), standards.walker_named(who), snap_m=figure("snap_m", snap_m)
    )
    lived = None
    if homes is not None:
        lived = homes_of(table_of(given(homes, "homes")), people=people, crs=engine.crs)
    found = hiding.hidden(engine, table_of(given(facilities, "facilities", kinds)), question, lived)
    found.areas.attrs["table"] = found.table
    return found.areas


@keywords
def access(
    network: Network,
    homes: Places | None,
    places: Places,
    measure: measures.Measure | Sequence[measures.Measure] = "cumulative",
    minutes: float | Sequence[float] = 15.0,
    *,
    kinds: Sequence[str] | str = (),
    people: str | None = None,
    supply: str | None = None,
    decay: Shape | Sequence[Shape] = (),
    half_min: float | None = None,
    ranks: int | Sequence[int] = 1,
    spread_min: float | None = None,
    floor_area: str | None = None,
    m2_per_person: float = 35.0,
    group: str | None = None,
    area: Places | None = None,
    cells: str | None = None,
    scenarios: Sequence[ScenarioLike] = (),
    snap_m: float = SNAP_M,
    travel: Travel | None = None,
    **moving: Unpack[Moving],
) -> gpd.GeoDataFrame:
    """Return measures of access, a column for each measure, kind, decay, cutoff and scenario.

    Parameters
    ----------
    network, kinds, snap_m, travel, **moving
        As in `nearest`.
    homes, places
        As the origins of `isochrones`.
    measure
        ``cumulative``, ``nearest``, ``gravity``, ``2sfca``, ``e2sfca``, ``dual`` or
        ``completeness``, or several.
    minutes
        Cutoffs.
    people, supply
        Columns of homes and of places: who lives there, and what is offered (else 1 each).
    decay, half_min
        For ``gravity`` and ``2sfca``: ``step, linear, logistic, exponential, gaussian``, and when
        it has fallen to one half.
    ranks
        For ``nearest`` and ``dual``: how many.
    spread_min
        Spread of the logistic decay.
    floor_area, m2_per_person
        Instead of people: column of floor area, and how much of it a person has.
    group
        Column of groups of homes, whose shares are compared in ``.attrs["equity"]``.
    area
        Only homes inside these areas; without homes, the cells whose middle lies there.
    cells
        Gathers homes by cell: ``h3:9`` or ``square:250``.
    scenarios
        By public transport: what runs beside the timetable; several stand beside each other,
        their names at the end of the columns'.

    Returns
    -------
    geopandas.GeoDataFrame
        The homes, or cells. ``.attrs["columns"]`` has formula and source of each column,
        ``"equity"`` its mean, spread and Gini coefficient.

    Raises
    ------
    sandbox.errors.AnalysisError
        With all faults of values at once.

    Examples
    --------
    >>> import sandbox
    >>> found = sandbox.access(
    ...     sandbox.open_network(), {"a": (106.305, 29.612)}, "demo_facilities", minutes=[5, 15],
    ...     kinds="kindergarten",
    ... )
    >>> bool(found["cumulative_all_5"][0] <= found["cumulative_all_15"][0])
    True
    """
    engine, how = engine_of(network), travel_of(travel, moving)
    meant = None if cells is None else cells_said(cells)
    asked = access_asked(
        engine.crs,
        how,
        homes,
        places,
        measure,
        minutes=minutes,
        kinds=kinds,
        people=people,
        supply=supply,
        decay=decay,
        half_min=half_min,
        ranks=ranks,
        spread_min=spread_min,
        floor_area=floor_area,
        m2_per_person=m2_per_person,
        group=group,
        area=area,
        cells=meant,
    )
    running = supplies_of(scenarios) or {"": asked.question.moving.supply}
    if scenarios and asked.question.moving.travel.mode != "transit":
        raise AnalysisError(
            "A scenario is given, but scenarios only concern public transport.",
            'Omit scenarios, or give mode="transit".',
        )
    found = access_in(
        engine, asked.homes, asked.places, asked.question, running, snap_m=figure("snap_m", snap_m)
    )
    names = [one.name for one in found.columns]
    groups = None if group is None else found.homes["group"].to_numpy()
    table = found.homes if meant is None else by_cell(found.homes, names, meant, engine.crs)
    table.attrs.update(
        columns={one.name: (one.formula, one.source) for one in found.columns},
        equity=shared.equity(found.homes, names, groups),
        notes=[str(note) for note in found.notes],
    )
    return table
