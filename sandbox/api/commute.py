"""Commutes: which workplaces are within a limit of which homes, there and back."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple, Unpack

import geopandas as gpd
import numpy as np
import pandas as pd

from sandbox.analysis import commute as commuting
from sandbox.analysis.transit import modes_of
from sandbox.api.answers import figure, keywords, left_out, objects
from sandbox.api.given import Places, given
from sandbox.api.language import said
from sandbox.api.network import Network, engine_of, rests_on
from sandbox.api.places import Given
from sandbox.api.travel import Moving, ScenarioLike, Travel, moved_onward, scenario, travel_of
from sandbox.app.answers.comparing import TIMETABLE
from sandbox.app.moving import today
from sandbox.catalog.commuters import HOMES, SCENARIOS, WORKS, counted_as, is_lived_or_worked_in
from sandbox.edits.line_edits import apply
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.streets.modes import check_modes
from sandbox.transit.lines import Supply
from sandbox.words import Text

_BACK_AT: Final = 18


class Commute(NamedTuple):
    """Commutes as two tables.

    Attributes
    ----------
    pairs
        One row a scenario, home and workplace: ids and names of both, `there_min`,
        `there_mode`, `back_min`, `back_mode`, `minutes` (the longer of both ways), `within`
        the limit, what it `lacks`, `over_min`, walks to stops; and `reason`.
    shares
        One row a scenario and home: how many `works` are `within` the limit, and their
        `share`, also without a car and by transit.
    """

    pairs: pd.DataFrame
    shares: pd.DataFrame


_NO_STREET: Final = Text("No street is near enough to the home or the workplace.")


@keywords
def commute(
    network: Network,
    homes: Places | None = None,
    works: Places | None = None,
    *,
    scenarios: Sequence[ScenarioLike] | ScenarioLike | None = None,
    minutes: float = 30.0,
    back: datetime | str | None = None,
    modes: Sequence[str] | None = None,
    travel: Travel | None = None,
    **moving: Unpack[Moving],
) -> Commute:
    """Return which workplaces are within a limit of which homes, there and back.

    Parameters
    ----------
    network, travel, **moving
        As in `isochrones`; `depart` says when one leaves home.
    homes, works
        As the origins of `isochrones`; by default those of the map.
    scenarios
        What runs beside the timetable, one or several; by default today and what is planned,
        in another city nothing.
    minutes
        The limit, 5 to 110.
    back
        When one leaves work; by default at 18:00 of that day.
    modes
        Modes to choose the best of; by default all that the network has.

    Raises
    ------
    sandbox.errors.AnalysisError
        If a value can't be meant, or no place can be used.
    sandbox.errors.TransitError
        If there is no such scenario, or nothing runs.

    Examples
    --------
    >>> import sandbox
    >>> homes, works = {"dorm": (106.305, 29.612)}, {"lab": (106.306, 29.612)}
    >>> found = sandbox.commute(
    ...     sandbox.open_network(), homes, works, scenarios="today", depart="2026-11-30T08:00",
    ...     modes=["walk", "bike"],
    ... )
    >>> found.pairs[["home_id", "work_id", "within"]].values.tolist()
    [['dorm', 'lab', True]]
    """
    engine = engine_of(network)
    how = travel_of(travel, {"mode": "transit", **moving})
    by = moved_onward(how)
    ride = by.by_transit
    if ride is None or ride.arrive:
        raise AnalysisError(
            "A commute is calculated by departure time.", "Give depart, not arrive."
        )
    # One more moment, read as those of a journey are.
    later = Travel(depart=back).depart if back is not None else None
    supplies = _supplies(network, scenarios)
    if modes is None:
        wanted = modes_of(engine, supplies.values())
    else:
        wanted = check_modes([modes] if isinstance(modes, str) else modes)
    peak = commuting.Peak(
        by,
        later if isinstance(later, datetime) else ride.when.replace(hour=_BACK_AT, minute=0),
        figure("minutes", minutes),
        wanted,
    )
    here, there = _side(homes, "homes", HOMES), _side(works, "works", WORKS)
    here.check()
    there.check()
    living = here.frame.assign(counted_as=_counted(here))
    found = commuting.commute(
        engine,
        gpd.GeoDataFrame(living, geometry="geometry"),
        there.frame,
        supplies,
        peak,
    )
    pairs, shares = found.pairs, found.shares
    _name(pairs, "home_id", here)
    _name(pairs, "work_id", there)
    _name(shares, "home_id", here)
    pairs["reason"] = None
    lost = pairs["lacks"] == "street"
    pairs.loc[lost, "reason"] = said(_NO_STREET)
    told = {
        "minutes": peak.minutes,
        "back": peak.back.isoformat(timespec="minutes"),
        "modes": list(wanted),
        "scenarios": list(supplies),
        "left_out": {"homes": left_out(here), "works": left_out(there)},
    }
    for table in (pairs, shares):
        table.attrs.update(rests_on(network, how, notes=found.notes, **told))
    return Commute(pairs, shares)


def _supplies(
    network: Network, scenarios: Sequence[ScenarioLike] | ScenarioLike | None
) -> dict[str, Supply]:
    """Return what runs by its name; by default in another city the timetable alone."""
    if scenarios is None and today(network.atlas) is None:
        return {TIMETABLE: Supply()}
    named: Any = SCENARIOS if scenarios is None else scenarios
    chosen = [named] if isinstance(named, str | Path) or not isinstance(named, Sequence) else named
    return {one.id: apply(one).supply for one in map(scenario, chosen)}


def _side(places: Any, role: str, usual: Sequence[str]) -> Given:
    """Return places that were given, or those of the usual layers that are lived or worked in."""
    if places is not None:
        return given(places, role)
    parts = [given(layer, role).frame.assign(layer=layer) for layer in usual]
    ids = [one for layer in usual for one in given(layer, role).ids]
    whole = pd.concat(parts, ignore_index=True).assign(own_id=objects(ids))
    kept = [
        is_lived_or_worked_in(layer, kind)
        for layer, kind in zip(whole["layer"], whole["kind"], strict=True)
    ]
    chosen = gpd.GeoDataFrame(
        whole[kept].reset_index(drop=True), geometry="geometry", crs=geo.WGS84
    )
    own = list(chosen.pop("own_id"))
    chosen["id"] = [str(number) for number in range(len(chosen))]
    return Given(role, chosen, own)


def _counted(homes: Given) -> list[str]:
    own = homes.columns
    if own is not None and "counted_as" in own.columns:
        return [str(value) for value in own["counted_as"]]
    return [counted_as(str(layer)) for layer in homes.frame["layer"]]


def _name(table: pd.DataFrame, column: str, places: Given) -> None:
    """Put the caller's ids for the numbers that stood for them."""
    numbers = table[column].astype(int).to_numpy()
    table[column] = np.asarray(objects(places.ids))[numbers]
