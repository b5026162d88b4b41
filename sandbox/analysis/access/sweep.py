"""Who reaches what: pairs of homes and places with their times, some at a time.

The sweep starts from whichever are fewer, homes or places, on streets that are turned round where
it has to: the times are the same to the millisecond.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import shapely

from sandbox.analysis.isochrone import cutoff_ms
from sandbox.analysis.places.access import AccessPoints
from sandbox.analysis.times import MAX_PAIRS, ms_by_line
from sandbox.analysis.transit import check_ride
from sandbox.engine.counts import Pairs, pairs
from sandbox.engine.graph import Graph
from sandbox.engine.nearest import nearest
from sandbox.engine.network import Network
from sandbox.errors import AnalysisError
from sandbox.streets.travel import Travel
from sandbox.transit.lines import Supply

Numbers = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Moving:
    """How homes and places are joined.

    Attributes
    ----------
    minutes
        The longest time that counts.
    travel
        How one moves, from homes to places.
    supply
        By transit: what runs beside the timetable.
    """

    minutes: float
    travel: Travel
    supply: Supply | None = None

    def on_streets(self, *, towards: bool) -> Travel:
        """Return how one moves on streets, from what is searched from or towards it."""
        return replace(self.travel.on_streets, towards=towards)


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """Pairs of homes and places: their numbers, and the milliseconds from one to the other."""

    home: Numbers
    place: Numbers
    ms: npt.NDArray[np.int32]


def each_reached(
    network: Network, homes: AccessPoints, places: AccessPoints, moving: Moving
) -> Iterator[Reached]:
    """Yield the pairs that are within the longest time, each once, some at a time.

    Raises
    ------
    AnalysisError
        By transit: the pairs are too many for one go.
    """
    cutoff = cutoff_ms(moving.minutes)
    if moving.travel.by_transit is not None:
        ms = ms_of_lines(network, homes, places, moving)
        home, place = np.nonzero(ms <= cutoff)
        yield Reached(home, place, ms[home, place].astype(np.int32))
        return
    from_places = len(places.id) < len(homes.id)
    starts, ends = (places, homes) if from_places else (homes, places)
    yield from swept(
        network.moving(moving.on_streets(towards=from_places)),
        starts,
        ends,
        cutoff,
        from_places=from_places,
    )


def swept(
    graph: Graph, starts: AccessPoints, ends: AccessPoints, cutoff: int, *, from_places: bool
) -> Iterator[Reached]:
    """Yield the pairs of a graph of streets; `from_places` says whether starts are the places."""
    origin_of, place_of = _same(starts, ends)
    first = np.searchsorted(origin_of, np.arange(len(starts.id) + 1))
    made: Iterator[Pairs] = pairs(
        graph,
        starts.attachments,
        starts.offsets,
        ends.attachments,
        ends.place,
        len(ends.id),
        cutoff,
        first,
        place_of,
    )
    for one in made:
        origin = np.repeat(one.origin, np.diff(one.offsets)).astype(np.int64)
        there = one.place.astype(np.int64)
        home, place = (there, origin) if from_places else (origin, there)
        yield Reached(home, place, one.ms)


def soonest(  # noqa: PLR0917
    network: Network,
    homes: AccessPoints,
    places: AccessPoints,
    wanted: Numbers,
    count: int,
    moving: Moving,
) -> Doubles:
    """Return the milliseconds to the nearest of the wanted places, NaN for none.

    Shape ``(homes, count)``. One search from all of them at once; by transit, from the table of all
    pairs.
    """
    cutoff = cutoff_ms(moving.minutes)
    if moving.travel.by_transit is not None:
        ms = ms_of_lines(network, homes, places, moving)[:, wanted]
        least = np.sort(np.where(ms <= cutoff, ms, np.inf), axis=1)
        return _filled(np.where(np.isinf(least), np.nan, least), count)
    chosen = np.isin(places.place, wanted)
    _, ms, _ = nearest(
        network.moving(moving.on_streets(towards=True)),
        places.attachments[np.flatnonzero(chosen)],
        places.place[chosen],
        homes.attachments,
        homes.place,
        len(homes.id),
        count,
        cutoff,
    )
    # Who touches a place is there: such places come before all others.
    home, place = _same(homes, places)
    here = np.bincount(home[np.isin(place, wanted)], minlength=len(homes.id))
    if here.any():
        ms = _with_touched(network, homes, places, wanted, count, moving, ms, (home, place))
    return ms


def ms_of_lines(
    network: Network, homes: AccessPoints, places: AccessPoints, moving: Moving
) -> Doubles:
    """Return the milliseconds by transit of every pair, ``(homes, places)``, NaN out of reach.

    Raises
    ------
    AnalysisError
        They are too many for one go.
    """
    ride = moving.travel.by_transit
    if ride is None:
        raise AssertionError("journeys by transit need a ride")
    if len(homes.id) * len(places.id) > MAX_PAIRS:
        raise AnalysisError(
            "{pairs} pairs of places are too many; the limit is {most}.",
            "Use fewer places at a time.",
            pairs=f"{len(homes.id) * len(places.id):,}",
            most=f"{MAX_PAIRS:,}",
        )
    check_ride(network, ride, moving.supply)
    travel = moving.on_streets(towards=False)
    near, far = (places, homes) if ride.arrive else (homes, places)
    cutoff = cutoff_ms(moving.minutes)
    rows = list(ms_by_line(network, (near, far), ride, moving.supply, travel, cutoff))
    ms = np.array(rows).reshape(len(near.id), len(far.id))
    ms = ms.T.copy() if ride.arrive else ms
    home, place = _same(homes, places)
    ms[home, place] = 0.0
    return ms


def _with_touched(  # noqa: PLR0917
    network: Network,
    homes: AccessPoints,
    places: AccessPoints,
    wanted: Numbers,
    count: int,
    moving: Moving,
    ms: Doubles,
    touching: tuple[Numbers, Numbers],
) -> Doubles:
    """Return the nearest of homes that touch places, which then need no time."""
    home, place = touching
    kept = np.isin(place, wanted)
    which = np.unique(home[kept])
    chosen = np.isin(homes.place, which)
    renumbered = np.searchsorted(which, homes.place[chosen])
    more = min(len(wanted), count + int(np.bincount(home[kept]).max()))
    own = np.isin(places.place, wanted)
    found, cost, _ = nearest(
        network.moving(moving.on_streets(towards=True)),
        places.attachments[np.flatnonzero(own)],
        places.place[own],
        homes.attachments[np.flatnonzero(chosen)],
        renumbered,
        len(which),
        more,
        cutoff_ms(moving.minutes),
    )
    made = ms.copy()
    for row, one in enumerate(which.tolist()):
        there = set(place[kept & (home == one)].tolist())
        others = [
            float(when)
            for number, when in zip(found[row].tolist(), cost[row].tolist(), strict=True)
            if number >= 0 and number not in there
        ]
        every = np.array([0.0] * len(there) + others)[:count]
        made[one] = np.nan
        made[one, : len(every)] = every
    return made


def _same(starts: AccessPoints, ends: AccessPoints) -> tuple[Numbers, Numbers]:
    """Return pairs that touch, by the first: from there one is there already."""
    here = np.array([place.shape for place in starts.places], dtype=object)
    there = np.array([place.shape for place in ends.places], dtype=object)
    if not len(here) or not len(there):
        none = np.empty(0, dtype=np.int64)
        return none, none
    origin, place = shapely.STRtree(there).query(here, predicate="intersects")
    order = np.lexsort((place, origin))
    return origin[order].astype(np.int64), place[order].astype(np.int64)


def _filled(ms: Doubles, count: int) -> Doubles:
    made = np.full((len(ms), count), np.nan)
    made[:, : min(count, ms.shape[1])] = ms[:, :count]
    return made
