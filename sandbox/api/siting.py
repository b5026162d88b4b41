"""Siting: where new facilities should stand, and how good any plan can be."""

from collections.abc import Sequence
from typing import Any, Literal, Unpack

import geopandas as gpd
import pandas as pd

from sandbox.analysis.places.access import SNAP_M
from sandbox.analysis.places.own import missing_column, own_columns
from sandbox.analysis.siting import siting as asked
from sandbox.analysis.siting.problem import Aim
from sandbox.analysis.siting.question import Existing, Siting, SitingQuestion, check_question
from sandbox.api.answers import figure, keywords, left_out
from sandbox.api.given import Places, given
from sandbox.api.network import Network, engine_of, rests_on
from sandbox.api.places import Given
from sandbox.api.travel import Moving, Travel, moved_onward, travel_of
from sandbox.geo import crs as geo
from sandbox.units import MS_PER_M_AT_1_KMH, MS_PER_MINUTE
from sandbox.words import Text


@keywords
def siting(
    network: Network,
    homes: Places,
    facilities: Places | None = None,
    candidates: Places | Literal["grid"] = "grid",
    *,
    people: str | None = None,
    kinds: Sequence[str] | str = (),
    grid_m: float = 250.0,
    aim: Aim | None = None,
    share: float = 0.95,
    sites: int | None = None,
    metres: float | None = None,
    minutes: float | None = None,
    existing: Existing = "kept",
    budget: float | None = None,
    spacing_m: float = 0.0,
    capacity: bool = False,
    seconds: float = 60.0,
    snap_m: float = SNAP_M,
    travel: Travel | None = None,
    **moving: Unpack[Moving],
) -> Siting:
    """Return where new facilities should stand, with the proof.

    Parameters
    ----------
    network, homes, snap_m, travel, **moving
        As in `isochrones`; homes as its origins. Homes walk to the sites.
    facilities
        Facilities that exist; None for none.
    candidates
        Where new ones may stand; or ``"grid"``, for points `grid_m` apart near the homes.
    people
        Column of the homes with the people in each; without one each home counts one.
    kinds
        Only facilities of these kinds.
    grid_m
        Metres between the points of a grid.
    aim
        ``fewest`` sites for `share` of the people; or with `sites` the ``most`` people served,
        the least ``mean`` or the least ``worst`` way. By default fewest; with `sites` most.
    share, sites, metres, minutes, existing, budget, spacing_m, capacity, seconds
        As `sandbox.analysis.siting.question.SitingQuestion` has them; 500 m by default. Budget
        needs a column `cost` of the candidates, capacity a column `places` of all sites.

    Returns
    -------
    sandbox.analysis.siting.question.Siting
        Its `sites` and `homes` are GeoDataFrames; `value`, `bound`, `gap` and `proven` say how
        good the plan is. ``.sites.attrs`` says what it rests on.

    Raises
    ------
    sandbox.errors.AnalysisError
        If a value can't be meant, no place can be used, or no plan keeps the limits.

    Examples
    --------
    >>> import sandbox
    >>> net = sandbox.open_network()
    >>> plan = sandbox.siting(net, "labs", candidates="services", sites=1, minutes=30)
    >>> len(plan.sites), plan.proven, plan.gap
    (1, True, 0.0)
    """
    engine, how = engine_of(network), travel_of(travel, moving)
    snap_m = figure("snap_m", snap_m)
    by = moved_onward(how)
    question = SitingQuestion(
        aim or ("fewest" if sites is None else "most"),
        500.0 if metres is None and minutes is None else metres,
        minutes,
        by,
        figure("share", share),
        sites,
        existing,
        budget,
        figure("spacing_m", spacing_m),
        None,
        capacity,
        figure("seconds", seconds),
    )
    check_question(question)
    here = given(homes, "homes").on(engine, by.mode, snap_m)
    lives = _table(here, people)
    there = None if facilities is None else given(facilities, "facilities", kinds)
    old = lives.iloc[:0] if there is None else _table(there, None)
    if isinstance(candidates, str) and candidates == "grid":
        near_m = question.metres if question.metres is not None else _metres(question)
        new = asked.grid_candidates(engine, lives, figure("grid_m", grid_m), near_m)
    else:
        new = _table(given(candidates, "candidates"), None)
    found = asked.site(engine, lives, old, new, question, snap_m=snap_m)
    told = {"homes": left_out(here)}
    found.sites.attrs.update(rests_on(network, how, snap_m=snap_m, left_out=told))
    return found


def _metres(question: SitingQuestion) -> float:
    """Return as far as one gets on the level, along a straight street."""
    return question.limit * MS_PER_MINUTE * question.travel.walk_kmh / MS_PER_M_AT_1_KMH


def _table(side: Given, people: str | None) -> gpd.GeoDataFrame:
    """Return places by the ids that the caller has, with people, cost and places where known."""
    numbers = side.shaped
    rows: Any = side.rows(numbers)
    more: dict[str, Any] = {"id": [str(side.ids[number]) for number in numbers]}
    columns = side.columns
    if people is not None and (columns is None or people not in columns.columns):
        there = pd.DataFrame() if columns is None else columns
        raise missing_column(people, there, Text("The homes have no column {column}."))
    for name, of in (("people", people), ("cost", "cost"), ("places", "places")):
        if of is not None and columns is not None and of in columns.columns:
            more[name] = list(columns.iloc[numbers][of])
    if people is not None and columns is not None:
        columns = columns.drop(columns=people)
    if columns is not None:
        more |= own_columns(columns.iloc[numbers], more)
    return gpd.GeoDataFrame(rows.assign(**more), geometry="geometry", crs=geo.WGS84)
