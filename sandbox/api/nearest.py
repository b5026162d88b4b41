"""The nearest places: for each home, or any place, which of others is soonest."""

from collections.abc import Sequence
from typing import Unpack

import geopandas as gpd
import pandas as pd

from sandbox.analysis import nearest as asked
from sandbox.analysis.places.access import SNAP_M
from sandbox.analysis.places.own import own_columns
from sandbox.api.answers import figure, keywords, left_out, objects
from sandbox.api.given import Places, given
from sandbox.api.network import Network, engine_of, rests_on
from sandbox.api.travel import Moving, Travel, moved_between, supply_of, travel_of


@keywords
def nearest(
    network: Network,
    origins: Places,
    places: Places,
    *,
    kinds: Sequence[str] | str = (),
    count: int = 1,
    minutes: float = 60.0,
    snap_m: float = SNAP_M,
    travel: Travel | None = None,
    **moving: Unpack[Moving],
) -> pd.DataFrame:
    """Return which places are nearest to each origin, with minutes and metres.

    Parameters
    ----------
    network, origins, snap_m, travel, **moving
        As in `isochrones`.
    places
        As the origins: those that are looked for.
    kinds
        Only places of these kinds; of a layer of the map also by Chinese or English word.
    count
        How many of the nearest, 1 to 20.
    minutes
        Longest time that is looked for, 1 to 240.

    Returns
    -------
    pandas.DataFrame
        One row an origin and rank, as `sandbox.analysis.nearest.Nearest` has it: `place_id`,
        `rank`, `nearest_id`, `minutes`, `metres` (NaN by transit), `measured_from`,
        `measured_to`, the layers and names of both, and `lacks`: ``street`` or ``time`` where
        none is near, else empty; and the origins' own columns. Of places equally near the lower
        id comes first.
        ``.attrs["left_out"]`` names the places that can't be used, and why.

    Raises
    ------
    sandbox.errors.AnalysisError
        If a value can't be meant, or no place can be used.
    sandbox.errors.TransitError
        By transit: nothing runs, or there is no such scenario.

    Examples
    --------
    >>> import sandbox
    >>> net = sandbox.open_network()
    >>> found = sandbox.nearest(net, "talent_housing", "services", kinds=["hospital"], minutes=90)
    >>> found[["place_id", "nearest_id", "lacks"]].values.tolist()
    [['boya', 'cancer_hospital', '']]
    >>> same = sandbox.nearest(net, "talent_housing", "services", kinds="医院", minutes=90)
    >>> same.equals(found)
    True
    """
    engine, how = engine_of(network), travel_of(travel, moving)
    longest, snap_m = figure("minutes", minutes), figure("snap_m", snap_m)
    by = moved_between(how)
    leave, enter = reversed(by.ends) if by.towards else by.ends
    starts, ends = given(origins, "origins"), given(places, "places", kinds)
    starts = starts.on(engine, leave, snap_m, ends)
    ends = ends.on(engine, enter, snap_m, starts)
    question = asked.NearestQuestion(longest, count, by, supply_of(how))
    # Numbers stand for ids while places are read; of equal ones the lower id is nearer.
    here, there = (
        gpd.GeoDataFrame(side.frame.assign(id=[str(one) for one in side.ids]), geometry="geometry")
        for side in (starts, ends)
    )
    found = asked.nearest(engine, here, there, question, snap_m=snap_m)
    rows = found.rows
    for column, side in (("place_id", starts), ("nearest_id", ends)):
        called = {str(one): one for one in side.ids}
        rows[column] = objects([called.get(one) for one in rows[column]])
    if starts.columns is not None:
        own = own_columns(starts.columns, rows.columns)
        rows = rows.join(pd.DataFrame(own, index=pd.Index(starts.ids)), on="place_id")
    told = {"origins": left_out(starts), "places": left_out(ends)}
    more = {"longest_min": longest, "snap_m": snap_m, "left_out": told}
    rows.attrs.update(rests_on(network, how, notes=found.notes, **more))
    return rows
