"""The nearest places: for each home, or any place, which of others is soonest, and how far."""

from dataclasses import dataclass, field, replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from sandbox.analysis.comparison.why import without_lines
from sandbox.analysis.isochrone import cutoff_ms
from sandbox.analysis.places.access import SNAP_M, AccessPoints, access_points
from sandbox.analysis.places.own import own_columns
from sandbox.analysis.places.place import places_of
from sandbox.analysis.table import MINUTE_DECIMALS
from sandbox.analysis.times import check, ms_by_line, side
from sandbox.analysis.transit import check_ride
from sandbox.engine.nearest import nearest as by_street
from sandbox.engine.network import Network
from sandbox.errors import AnalysisError
from sandbox.geo.crs import WGS84
from sandbox.streets.travel import Travel
from sandbox.transit.lines import Supply
from sandbox.units import MS_PER_MINUTE
from sandbox.words import Text

COUNT_LIMITS: Final = (1, 20)
# Why a place has no nearest one: no street near enough, or none within the time.
LACKS: Final = ("", "street", "time")


@dataclass(frozen=True, slots=True)
class NearestQuestion:
    """How the nearest places are looked for.

    Attributes
    ----------
    minutes
        Longest time that is looked for, 1 to 240.
    count
        How many of the nearest, 1 to 20.
    travel
        How one moves: to the nearest place, or with `towards` from it, as help comes.
    supply
        By transit: what runs beside the timetable. No lengths are told then.
    """

    minutes: float = 60.0
    count: int = 1
    travel: Travel = field(default_factory=Travel)
    supply: Supply | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """The nearest places.

    Attributes
    ----------
    question
        How they were looked for.
    rows
        One row a place and rank, in the order of the places: `place_id, place_layer,
        place_name_zh, place_name_en, rank` (from 1), `nearest_id, nearest_layer,
        nearest_name_zh, nearest_name_en, minutes, metres, measured_from, measured_to` (point,
        gate, edge) and `lacks`. A place that none is near has one row, whose `lacks` is
        ``street`` (no street is near enough to it) or ``time`` (all are farther than the
        longest time). Of places equally near that with the lower id comes first.
    without_street
        Ids of the places to be found that no street is near enough to: none is led to them.
    notes
        What must be said beside the times: that no vehicle runs.
    """

    question: NearestQuestion
    rows: pd.DataFrame
    without_street: tuple[str, ...]
    notes: tuple[Text, ...] = ()

    @property
    def minutes(self) -> pd.Series:
        """Return the minutes to the nearest place, by the row of the first rank; NaN for none."""
        return self.rows.loc[self.rows["rank"] == 1, "minutes"]


def nearest(
    network: Network,
    places: gpd.GeoDataFrame,
    wanted: gpd.GeoDataFrame,
    question: NearestQuestion,
    *,
    snap_m: float = SNAP_M,
) -> Nearest:
    """Return which of the wanted places are nearest to each place, with minutes and metres.

    The times are those of `sandbox.analysis.times.times`, to the millisecond. On the streets
    one search from all wanted places finds them; journeys by transit are searched place by place.

    Parameters
    ----------
    network
        The streets.
    places, wanted
        In WGS 84, with `id` and any geometry; `layer`, `name_zh`, `name_en` and `gates` may be
        there.
    question
        How they are looked for.
    snap_m
        How far a place may lie from its street.

    Raises
    ------
    AnalysisError
        With all faults of the question at once; or nothing is wanted.
    NetworkError
        There is no such mode here, or the table of speeds can't be read.
    """
    _check(question)
    if wanted.empty:
        raise AnalysisError("There are no places to search for.", "Choose another layer or kind.")
    travel, ride = question.travel, question.travel.by_transit
    # Numbered by their ids, so that of equal ones the lower id is nearer.
    layer = list(wanted["layer"]) if "layer" in wanted.columns else [""] * len(wanted)
    key = [(str(one), str(of)) for one, of in zip(wanted["id"], layer, strict=True)]
    wanted = gpd.GeoDataFrame(wanted.iloc[sorted(range(len(key)), key=key.__getitem__)])
    if ride is not None:
        check_ride(network, ride, question.supply)
    leave, enter = reversed(travel.ends) if travel.towards else travel.ends
    here = access_points(network, places, mode=leave, snap_m=snap_m)
    there = access_points(network, wanted, mode=enter, snap_m=snap_m)
    cutoff = cutoff_ms(question.minutes)
    if ride is None:
        # Searched from the places wanted, so against the direction of travel.
        found = by_street(
            network.moving(replace(travel.on_streets, towards=not travel.towards)),
            there.attachments,
            there.place,
            here.attachments,
            here.place,
            len(here.id),
            min(question.count, len(there.id)),
            cutoff,
        )
    else:
        found = _by_transit(network, here, there, question, cutoff)
    return Nearest(
        question,
        _rows(question, (side("place", places), here), (side("nearest", wanted), there), found),
        tuple(dict.fromkeys(name for _, name in there.without_street)),
        without_lines(network, [(ride, question.supply)], question.minutes),
    )


def written(found: Nearest, places: gpd.GeoDataFrame | None = None) -> pd.DataFrame:
    """Return the rows as files have them: whole milliseconds can be read back.

    Parameters
    ----------
    found
        The answer.
    places
        The places that were started from, whose own columns the rows carry on.
    """
    rows = found.rows.assign(
        minutes=found.rows["minutes"].round(MINUTE_DECIMALS),
        metres=found.rows["metres"].round(1),
    )
    if places is None:
        return rows
    ids = pd.Index([str(one) for one in places["id"]])
    own = pd.DataFrame(own_columns(places, rows.columns), index=ids)
    return rows.join(own, on="place_id")


def lines_layer(
    found: Nearest, places: gpd.GeoDataFrame, wanted: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Return the rows as straight lines from each place to its nearest ones, WGS 84.

    Where none is near, and where both are at the same point, it is that point.
    """
    rows = written(found, places)
    ends: list[list[tuple[float, float] | None]] = []
    for side_of, table in (("place", places), ("nearest", wanted)):
        at = {
            str(one): place.lonlat for one, place in zip(table["id"], places_of(table), strict=True)
        }
        ends.append([at.get(str(one)) for one in rows[f"{side_of}_id"]])
    shapes = [
        shapely.Point(*(a or (0.0, 0.0))) if b is None or a == b else shapely.LineString([a, b])
        for a, b in zip(*ends, strict=True)
    ]
    return gpd.GeoDataFrame(rows, geometry=shapes, crs=WGS84)


_Found = tuple[npt.NDArray[Any], npt.NDArray[np.float64], npt.NDArray[np.float64]]


def _check(question: NearestQuestion) -> None:
    faults = check(question.minutes, question.travel)
    low, high = COUNT_LIMITS
    if not low <= question.count <= high:
        faults.append(
            Text("{value} nearest places (1 to 20 are possible)", {"value": question.count})
        )
    if faults:
        raise AnalysisError("The calculation can't be run", "Change these values.", faults=faults)


def _by_transit(
    network: Network,
    here: AccessPoints,
    there: AccessPoints,
    question: NearestQuestion,
    cutoff: int,
) -> _Found:
    """Return the nearest places by transit as `engine.nearest` does; lengths are unknown."""
    ride = question.travel.by_transit
    travel = replace(question.travel.on_streets, towards=False)
    if ride is None:
        raise AssertionError("journeys by transit need a ride")
    count = min(question.count, len(there.id))
    place = np.full((len(here.id), count), -1)
    ms = np.full((len(here.id), count), np.inf)
    # Journeys are found from the end whose time is given.
    if ride.arrive == question.travel.towards:
        rows = ms_by_line(network, (here, there), ride, question.supply, travel, cutoff)
        for index, row in enumerate(rows):
            least = np.where(np.isnan(row), np.inf, row)
            place[index] = np.argsort(least, kind="stable")[:count]
            ms[index] = least[place[index]]
    else:
        rows = ms_by_line(network, (there, here), ride, question.supply, travel, cutoff)
        for number, row in enumerate(rows):
            # By ascending number, so a stable order keeps the lower one before its equals.
            every = np.column_stack([ms, np.where(np.isnan(row), np.inf, row)])
            of = np.column_stack([place, np.full(len(place), number)])
            best = np.argsort(every, axis=1, kind="stable")[:, :count]
            ms, place = (np.take_along_axis(table, best, axis=1) for table in (every, of))
    none = np.isinf(ms)
    return np.where(none, -1, place), np.where(none, np.nan, ms), np.full(ms.shape, np.nan)


def _rows(
    question: NearestQuestion,
    here: tuple[pd.DataFrame, AccessPoints],
    there: tuple[pd.DataFrame, AccessPoints],
    found: _Found,
) -> pd.DataFrame:
    """Return the table of the answer; a home that touches a place needs no time."""
    lost = np.diff(here[1].offsets) == 0
    whose: list[int] = []
    which: list[int] = []
    rank: list[int] = []
    minutes: list[float] = []
    metres: list[float] = []
    lacks: list[str] = []
    for index, place in enumerate(here[1].places):
        near = {
            int(number): (ms, far)
            for number, ms, far in zip(*(part[index] for part in found), strict=True)
            if number >= 0
        }
        near |= dict.fromkeys(there[1].touching(place.shape).tolist(), (0.0, 0.0))
        order = sorted(near, key=lambda number: (near[number][0], number))[: question.count]
        for place_rank, number in enumerate(order or [-1], 1):
            ms, far = near.get(number, (np.nan, np.nan))
            whose.append(index)
            which.append(number)
            rank.append(place_rank)
            minutes.append(ms / MS_PER_MINUTE)
            metres.append(far)
            lacks.append("" if order else "street" if lost[index] else "time")
    far_end = there[0].reindex(which).reset_index(drop=True)
    near_end = here[0].iloc[whose].reset_index(drop=True)
    measured = [
        pd.Series([points.places[number].measured if number >= 0 else None for number in numbers])
        for points, numbers in ((here[1], whose), (there[1], which))
    ]
    if question.travel.towards:
        measured.reverse()
    return pd.concat(
        [
            near_end,
            pd.Series(rank, name="rank"),
            far_end,
            pd.Series(minutes, name="minutes", dtype=np.float64),
            pd.Series(metres, name="metres", dtype=np.float64),
            measured[0].rename("measured_from"),
            measured[1].rename("measured_to"),
            pd.Series(lacks, name="lacks", dtype=object),
        ],
        axis=1,
    )
