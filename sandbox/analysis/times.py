"""Travel times between two sets of places, as a table of pairs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from sandbox.analysis.comparison.why import without_lines
from sandbox.analysis.isochrone import MINUTES_LIMITS, cutoff_ms
from sandbox.analysis.places.access import SNAP_M, AccessPoints, access_points
from sandbox.analysis.places.place import Place
from sandbox.analysis.transit import check_ride
from sandbox.engine.kernel import in_threads, processors
from sandbox.engine.matrix import matrix
from sandbox.engine.network import Network
from sandbox.errors import AnalysisError
from sandbox.streets.travel import Ride, Travel, check_travel
from sandbox.transit.lines import Supply
from sandbox.transit.search import find_journeys
from sandbox.units import MS_PER_MINUTE
from sandbox.words import Text

MAX_PAIRS: Final = 10_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Times:
    """Times between places.

    Attributes
    ----------
    pairs
        One row a pair, in the order of the places, those to go from outermost:
        `from_id, from_layer, from_name_zh, from_name_en`, the same of `to`, `minutes`,
        `metres`, `measured_from`, `measured_to`; minutes and metres are NaN where out of
        reach. The last two say what a time was measured from and to: ``point``, ``gate`` or
        ``edge``.
    without_street
        Places of either set that no street is near enough to.
    notes
        What must be said beside the times: that no vehicle runs.
    """

    pairs: pd.DataFrame
    without_street: tuple[str, ...]
    notes: tuple[Text, ...] = ()


def times(
    network: Network,
    from_places: gpd.GeoDataFrame,
    to_places: gpd.GeoDataFrame,
    minutes: float,
    travel: Travel,
    *,
    snap_m: float = SNAP_M,
    supply: Supply | None = None,
) -> Times:
    """Return times and lengths of the fastest ways from each place to each.

    The steps between places and their streets are walked and counted at both ends. An
    area is left and entered at the best of its access points. Who is there already needs
    no time: places that touch are 0 minutes apart.

    Parameters
    ----------
    network
        The streets.
    from_places, to_places
        In WGS 84, with `id` and any geometry; `gates` may be there.
    minutes
        Longest time that is looked for, 1 to 240.
    travel
        How one moves; from the first places to the others, whichever way it says.
    snap_m
        How far a place may lie from its street; pairs of a place farther off are empty.
    supply
        By transit: what runs beside the timetable. No lengths are told then.

    Raises
    ------
    AnalysisError
        With all faults of the question at once; or if the pairs are too many.
    NetworkError
        There is no such mode here, or the table of speeds can't be read.
    """
    faults = check(minutes, travel)
    if faults:
        raise AnalysisError("The calculation can't be run", "Change these values.", faults=faults)
    if len(from_places) * len(to_places) > MAX_PAIRS:
        raise AnalysisError(
            "{pairs} pairs of places are too many; the limit is {most}.",
            "Use fewer places at a time.",
            pairs=f"{len(from_places) * len(to_places):,}",
            most=f"{MAX_PAIRS:,}",
        )
    # Each row of the table says its ends, so the question can't be turned round.
    (leave, enter), ride = travel.ends, travel.by_transit
    travel = replace(travel.on_streets, towards=False)
    if ride is not None:
        check_ride(network, ride, supply)
    starts = access_points(network, from_places, mode=leave, snap_m=snap_m)
    ends = access_points(network, to_places, mode=enter, snap_m=snap_m)
    here, there = starts.places, ends.places

    cutoff = cutoff_ms(minutes)
    if ride is None:
        ms, metres = matrix(
            network.moving(travel),
            starts.attachments,
            starts.offsets,
            ends.attachments,
            ends.place,
            len(there),
            cutoff,
        )
    else:
        # Journeys are found from the end whose time is given.
        near, far = (ends, starts) if ride.arrive else (starts, ends)
        rows = list(ms_by_line(network, (near, far), ride, supply, travel, cutoff))
        ms = np.array(rows).reshape(len(near.id), len(far.id))
        ms = ms.T.copy() if ride.arrive else ms
        metres = np.full(ms.shape, np.nan)
    # Who is there already needs no time.
    for index, place in enumerate(here):
        already = ends.touching(place.shape)
        ms[index, already] = metres[index, already] = 0.0
    row, column = np.divmod(np.arange(ms.size), max(len(there), 1))
    pairs = pd.concat(
        [
            side("from", from_places).iloc[row].reset_index(drop=True),
            side("to", to_places).iloc[column].reset_index(drop=True),
            pd.DataFrame({"minutes": ms.ravel() / MS_PER_MINUTE, "metres": metres.ravel()}),
            _measured("measured_from", here).iloc[row].reset_index(drop=True),
            _measured("measured_to", there).iloc[column].reset_index(drop=True),
        ],
        axis=1,
    )
    lost = dict.fromkeys(name for side in (starts, ends) for _, name in side.without_street)
    return Times(pairs, tuple(lost), without_lines(network, [(ride, supply)], minutes))


def side(end: str, places: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return what tables say of the places at one end: `END_id, END_layer, END_name_zh, …_en`.

    What places don't say of themselves is empty. Names and layers come as categories: a table
    of pairs repeats each many times.
    """
    told = {f"{end}_id": pd.Series([str(one) for one in places["id"]], dtype=object)}
    for column in ("layer", "name_zh", "name_en"):
        known = list(places[column]) if column in places.columns else [""] * len(places)
        said = ["" if pd.isna(one) else str(one) for one in known]
        told[f"{end}_{column}"] = pd.Series(said, dtype="category")
    return pd.DataFrame(told)


def _measured(name: str, places: Sequence[Place]) -> pd.Series:
    return pd.Series([one.measured for one in places], name=name, dtype="category")


def check(minutes: float, travel: Travel) -> list[Text]:
    """Return every fault of the longest time and of how one moves, as words."""
    low, high = MINUTES_LIMITS
    faults = check_travel(travel)
    if not low <= minutes <= high:
        faults.insert(0, Text("{value} minutes (1 to 240 are possible)", {"value": f"{minutes:g}"}))
    return faults


def ms_by_line(  # noqa: PLR0917
    network: Network,
    ends: tuple[AccessPoints, AccessPoints],
    ride: Ride,
    supply: Supply | None,
    travel: Travel,
    cutoff: int,
) -> Iterator[npt.NDArray[np.float64]]:
    """Yield the milliseconds between each place and all others by transit, NaN beyond the cutoff.

    Parameters
    ----------
    network
        The streets.
    ends
        The places whose time the ride gives, one row each; and the others.
    ride, supply, travel, cutoff
        When and how one goes, what runs beside the timetable, how one walks, and the longest
        time in milliseconds.
    """
    near, far = ends
    entered = far.entered(travel.walk_kmh)

    def row(index: int) -> npt.NDArray[np.float64]:
        doors = near.of(index)
        if not len(doors.segment) or not len(far.place):
            return np.full(len(far.id), np.nan)
        by_transit = find_journeys(network, doors, ride, cutoff, supply=supply, travel=travel)
        found = by_transit.place_ms(ride.percentile, entered)
        return np.where(found <= cutoff, found, np.nan)

    yield from in_threads(row, range(len(near.id)), processors())
