"""From place to place: travel times of all pairs, one route, one journey by transit."""

from typing import Any, Final, Unpack

import geopandas as gpd
import numpy as np
import pandas as pd

from sandbox.analysis import itinerary as journeys
from sandbox.analysis import route as routes
from sandbox.analysis.places.access import SNAP_M
from sandbox.analysis.times import times
from sandbox.api.answers import figure, keywords, left_out, objects, reasons
from sandbox.api.given import Places, given
from sandbox.api.network import Network, engine_of, rests_on
from sandbox.api.travel import Moving, Travel, moved_onward, supply_of, travel_of

_LONGEST_MIN: Final = 60.0


@keywords
def travel_times(
    network: Network,
    origins: Places,
    destinations: Places | None = None,
    minutes: float = _LONGEST_MIN,
    *,
    snap_m: float = SNAP_M,
    travel: Travel | None = None,
    **moving: Unpack[Moving],
) -> pd.DataFrame:
    """Return times and lengths of the fastest routes from each place to each.

    Parameters
    ----------
    network, origins, snap_m, travel, **moving
        As in `isochrones`.
    destinations
        As the origins; by default the origins themselves.
    minutes
        Longest time that is looked for, 1 to 240.

    Returns
    -------
    pandas.DataFrame
        One row a pair, origins outermost: `from_id`, `to_id` with the layers and names of both
        (`from_layer`, `from_name_zh`, `from_name_en`, …), `minutes` and `metres`, which
        are NaN where out of reach (metres also by transit), `measured_from` and `measured_to`
        (``point``, ``gate`` or ``edge``), and `reason` where either place can't be used.

    Raises
    ------
    sandbox.errors.AnalysisError
        If a value can't be meant, there are too many pairs, or no place can be used.
    sandbox.errors.TransitError
        By transit: nothing runs, or there is no such scenario.

    Examples
    --------
    >>> import sandbox
    >>> homes = {"north": (106.305, 29.612), "east": (106.31, 29.6)}
    >>> labs = {"lab": (106.306, 29.612), "at sea": (0, 0)}
    >>> found = sandbox.travel_times(sandbox.open_network(), homes, labs, mode="bike")
    >>> found[["from_id", "to_id"]].values.tolist()[:2]
    [['north', 'lab'], ['north', 'at sea']]
    >>> [round(minutes) for minutes in found["minutes"].dropna()]
    [2, 13]
    """
    engine, how = engine_of(network), travel_of(travel, moving)
    longest, snap_m = figure("minutes", minutes), figure("snap_m", snap_m)
    by = moved_onward(how)
    starts = given(origins, "origins")
    ends = given(origins if destinations is None else destinations, "destinations")
    starts = starts.on(engine, by.ends[0], snap_m, ends)
    ends = ends.on(engine, by.ends[1], snap_m, starts)
    found = times(
        engine,
        starts.frame,
        ends.frame,
        longest,
        by,
        snap_m=snap_m,
        supply=supply_of(how),
    )
    pairs = found.pairs
    # Numbers stand for ids while the engine works.
    pairs["from_id"] = np.repeat(objects(starts.ids), len(ends))
    pairs["to_id"] = np.tile(objects(ends.ids), len(starts))
    pairs["reason"] = None
    if starts.faults or ends.faults:
        here = np.repeat(np.array(starts.reasons, dtype=object), len(ends))
        there = np.tile(np.array(ends.reasons, dtype=object), len(starts))
        why = np.where(here == np.array(None), there, here)
        # Places that touch need no street.
        why[pairs["minutes"].notna().to_numpy()] = None
        pairs["reason"] = reasons(why.tolist())
    told = {"from": left_out(starts), "to": left_out(ends)}
    more = {"longest_min": longest, "snap_m": snap_m, "left_out": told}
    pairs.attrs.update(rests_on(network, how, notes=found.notes, **more))
    return pairs


@keywords
def route(
    network: Network,
    origin: Places,
    destination: Places,
    *,
    snap_m: float = SNAP_M,
    travel: Travel | None = None,
    **moving: Unpack[Moving],
) -> gpd.GeoDataFrame:
    """Return the fastest route between two places: the whole, then its steps.

    Parameters
    ----------
    network, snap_m, travel, **moving
        As in `isochrones`; by transit the answer is that of `itinerary`.
    origin, destination
        One place each: a position, a geometry, the name of a place of the map.

    Returns
    -------
    geopandas.GeoDataFrame
        Lines in WGS 84: `part` (``route`` for the whole), `step`, `street`, `turn`, `minutes`,
        `metres`, `ascent_m`, `descent_m`, `from`, `to`, and how one moves.

    Raises
    ------
    sandbox.errors.AnalysisError
        A place can't be used, or there is no way in 240 minutes.
    sandbox.errors.NetworkError
        No street is near enough to a place, or there is no such mode.

    Examples
    --------
    >>> import sandbox
    >>> net = sandbox.open_network()
    >>> found = sandbox.route(net, (106.305, 29.612), (106.31, 29.6), mode="bike")
    >>> found["part"].tolist()[0], round(found["minutes"][0])
    ('route', 13)
    """
    engine, how = engine_of(network), travel_of(travel, moving)
    start, end = given(origin, "origin"), given(destination, "destination")
    here, there = start.only(), end.only()
    names, snap_m = (start.names[0], end.names[0]), figure("snap_m", snap_m)
    by = moved_onward(how)
    if by.by_transit is None:
        found: Any = routes.route(engine, here, there, by, snap_m=snap_m)
        table = routes.as_table(engine, found, names)
    else:
        supply = supply_of(how)
        found = journeys.itinerary(engine, here, there, by, supply=supply, snap_m=snap_m)
        table = journeys.as_table(engine, found, names)
    told: dict[str, Any] = {
        "from_id": str(start.ids[0]),
        "to_id": str(end.ids[0]),
        "snap_m": snap_m,
    }
    table.attrs.update(rests_on(network, how, **told))
    return table


@keywords
def itinerary(
    network: Network,
    origin: Places,
    destination: Places,
    *,
    snap_m: float = SNAP_M,
    travel: Travel | None = None,
    **moving: Unpack[Moving],
) -> gpd.GeoDataFrame:
    """Return the journey by transit between two places: the whole, then its walks and rides.

    Of all departures of the window it is the one that takes the time of the percentile.

    Parameters
    ----------
    network, origin, destination, snap_m, travel, **moving
        As in `route`; `depart` or `arrive` must be given.

    Returns
    -------
    geopandas.GeoDataFrame
        Lines in WGS 84: `part` (``journey`` for the whole, ``walk``, ``bike``, ``ride``),
        `step`, `begin_at`, `waited_minutes`, `minutes`, `line`, `headsign`, `from_stop`,
        `to_stop`, `stops`, `from`, `to`, and when one goes.

    Raises
    ------
    sandbox.errors.AnalysisError
        As in `route`.
    sandbox.errors.TransitError
        Nothing runs, or there is no such scenario.

    Examples
    --------
    >>> import sandbox
    >>> net = sandbox.open_network()
    >>> when = sandbox.Travel(depart="2026-11-30T08:00", scenario="today")
    >>> found = sandbox.itinerary(net, "金凤实验室", "高远梧桐·博雅", travel=when)
    >>> found["part"].tolist()[0], found.attrs["scenario"]
    ('journey', 'today')
    """
    how = travel_of(travel, {"mode": "transit", **moving})
    return route(network, origin, destination, snap_m=snap_m, travel=how)
