"""Commute and housing: each home's minutes to what it needs, by the fastest of several modes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Unpack

import geopandas as gpd
import pandas as pd

from sandbox.analysis.comparison.why import without_lines
from sandbox.analysis.housing import LONGEST_MIN, beside_each_other
from sandbox.analysis.places.access import SNAP_M
from sandbox.api.answers import keywords
from sandbox.api.given import Places, given
from sandbox.api.network import Network, engine_of, rests_on
from sandbox.api.travel import (
    Moving,
    ScenarioLike,
    Travel,
    moved_onward,
    supplies_of,
    travel_of,
)
from sandbox.streets.modes import check_modes


@keywords
def housing(
    network: Network,
    homes: Places,
    places: Mapping[str, Places],
    *,
    modes: Sequence[str] = ("walk",),
    scenarios: Sequence[ScenarioLike] = (),
    travel: Travel | None = None,
    **moving: Unpack[Moving],
) -> pd.DataFrame:
    """Return each home's minutes to the nearest place of each kind, and its rank.

    Parameters
    ----------
    network, travel, **moving
        As in `isochrones`.
    homes
        As the origins of `isochrones`.
    places
        What homes need, by what it is called: ``{"lab": "labs", "park": "parks"}``.
    modes
        Modes of which the fastest counts.
    scenarios
        What runs beside the timetable; several stand beside each other.

    Returns
    -------
    pandas.DataFrame
        One row a scenario and home, see `sandbox.analysis.housing.beside_each_other`.

    Raises
    ------
    sandbox.errors.AnalysisError
        If a value can't be meant, or no place can be used.

    Examples
    --------
    >>> import sandbox
    >>> net = sandbox.open_network()
    >>> homes = {"a": (106.3149, 29.5149), "b": (106.3351, 29.5270)}
    >>> found = sandbox.housing(net, homes, {"lab": "labs", "park": "parks"}, modes=["walk"])
    >>> found[["id", "rank"]].values.tolist()
    [['a', 1], ['b', 2]]
    """
    modes = check_modes([modes] if isinstance(modes, str) else modes)
    if "transit" in modes:
        moving["mode"] = "transit"
    engine, how = engine_of(network), travel_of(travel, moving)
    by = moved_onward(how)

    def table(said: Places, what: str) -> gpd.GeoDataFrame:
        side = given(said, what).on(engine, "walk", SNAP_M)
        named = side.frame.assign(id=[str(one) for one in side.ids])
        return gpd.GeoDataFrame(named, geometry="geometry")

    wanted = {name: table(said, "places") for name, said in places.items()}
    ways = [replace(by, mode=mode) for mode in modes]
    running = supplies_of(scenarios)
    found = beside_each_other(engine, table(homes, "homes"), wanted, ways, running or {"": None})
    rides = [(way.by_transit, one) for way in ways for one in (running or {"": None}).values()]
    notes = without_lines(engine, rides, LONGEST_MIN)
    found.attrs.update(rests_on(network, how, snap_m=SNAP_M, notes=notes))
    return found
