"""Half-hour commutes: from homes to work and back, by the best of the modes, in each scenario."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from sandbox.analysis.comparison.why import without_lines
from sandbox.analysis.isochrone import cutoff_ms
from sandbox.analysis.places.access import SNAP_M, AccessPoints, access_points
from sandbox.analysis.searched import Way, reached_by
from sandbox.analysis.transit import check_ride, ride_of
from sandbox.engine.network import Network
from sandbox.engine.search import search
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.streets.modes import MODE_IDS, Mode
from sandbox.streets.travel import Ride, Travel, check_travel
from sandbox.transit.lines import Supply
from sandbox.transit.service import clock_of, service
from sandbox.transit.walks import walks
from sandbox.units import MS_PER_MINUTE
from sandbox.words import Text

HORIZON_MIN: Final = 120.0
MINUTES_LIMITS: Final = (5.0, 110.0)
# Why a pair is beyond the limit, as the column `lacks` says it.
LACKS: Final = ("", "street", "stop_home", "stop_work", "line", "time")
_Minutes = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Peak:
    """When and how one commutes.

    Attributes
    ----------
    travel
        How one goes by transit, leaving home; speeds count in every mode, and the hours of cars
        are those of leaving.
    back
        When one leaves work.
    minutes
        The limit, as 30.
    modes
        Modes to choose the best of.
    """

    travel: Travel
    back: datetime
    minutes: float = 30.0
    modes: tuple[Mode, ...] = MODE_IDS

    @property
    def ride(self) -> Ride:
        """Return how one goes by transit, leaving home."""
        return ride_of(self.travel)


@dataclass(frozen=True, slots=True, eq=False)
class Commute:
    """What a half hour joins.

    Attributes
    ----------
    pairs
        One row a scenario, home and workplace: `scenario, counted_as, home_id,
        home_layer, home_name_zh, home_name_en, work_id, work_layer, work_name_zh, work_name_en,
        there_min, there_mode, back_min, back_mode, minutes` (the longer of both ways by
        their best modes), `without_car_min, transit_min, within, lacks, over_min,
        home_stop_min, work_stop_min` (walks to the nearest stop, to its entrance). Times beyond
        `HORIZON_MIN` are NaN. `lacks` is a word of `LACKS`.
    shares
        One row a scenario and home: how many workplaces there are, `within` the limit,
        their `share`, and the same without a car and by transit: `share_without_car`,
        `share_transit`.
    notes
        What must be said beside the times: that no vehicle runs.
    """

    pairs: pd.DataFrame
    shares: pd.DataFrame
    notes: tuple[Text, ...] = ()


def commute(
    network: Network,
    homes: gpd.GeoDataFrame,
    works: gpd.GeoDataFrame,
    scenarios: Mapping[str, Supply],
    peak: Peak,
    *,
    snap_m: float = SNAP_M,
) -> Commute:
    """Return which workplaces are within the limit of which homes, there and back.

    Parameters
    ----------
    network
        The streets.
    homes, works
        Places with `id, layer, name_zh, name_en` and geometry in WGS 84; homes also say
        what they are in `counted_as`: ``housing``, ``home``, or a ``campus`` or ``town`` that only
        counts as one.
    scenarios
        What runs beside the timetable, by name.
    peak
        When, how, and how long at most.
    snap_m
        How far a place may lie from its street.

    Raises
    ------
    AnalysisError
        With all faults of the question at once.
    TransitError
        No line runs in a scenario.
    """
    _check(network, scenarios, peak)
    there = _Times(network, (homes, works), peak, snap_m)
    back = _Times(network, (works, homes), peak, snap_m)
    lost_home, lost_work = there.without_street()
    made: list[pd.DataFrame] = []
    for name, supply in scenarios.items():
        to_work = {mode: there.minutes(mode, supply, peak.ride.when) for mode in peak.modes}
        to_home = {mode: back.minutes(mode, supply, peak.back).T for mode in peak.modes}
        scene = _Scene(
            name,
            to_work,
            to_home,
            there.to_stops(supply),
            back.to_stops(supply),
            lost_home[:, None] | lost_work[None, :],
        )
        made.append(_pairs(scene, homes, works, peak))
    pairs = pd.concat(made, ignore_index=True)
    rides = [
        (replace(peak.ride, when=when), supply)
        for supply in scenarios.values()
        for when in (peak.ride.when, peak.back)
        if "transit" in peak.modes
    ]
    return Commute(pairs, _shares(pairs, peak), without_lines(network, rides, HORIZON_MIN))


def _check(network: Network, scenarios: Mapping[str, Supply], peak: Peak) -> None:
    low, high = MINUTES_LIMITS
    faults = check_travel(peak.travel)
    if not low <= peak.minutes <= high:
        faults.append(
            Text(
                "{value} minutes ({low} to {high} are possible)",
                {"value": f"{peak.minutes:g}", "low": f"{low:g}", "high": f"{high:g}"},
            )
        )
    if not set(peak.modes) - {"drive"} or not scenarios:
        faults.append(Text("choose a mode other than the car, and a scenario"))
    if faults:
        raise AnalysisError("The calculation can't be run", "Change these values.", faults=faults)
    if "transit" in peak.modes:
        for supply in scenarios.values():
            check_ride(network, peak.ride, supply)
            check_ride(network, replace(peak.ride, when=peak.back), supply)


class _Times:
    """Times from places to others, by each mode; those without lines are found once."""

    def __init__(
        self,
        network: Network,
        pair: tuple[gpd.GeoDataFrame, gpd.GeoDataFrame],
        peak: Peak,
        snap_m: float,
    ) -> None:
        self._network, self._pair, self._peak, self._snap_m = network, pair, peak, snap_m
        self._tied: dict[str, tuple[AccessPoints, AccessPoints]] = {}
        self._known: dict[str, _Minutes] = {}

    def minutes(self, mode: str, supply: Supply, when: datetime) -> _Minutes:
        """Return the minutes of each pair, shape ``(from, to)``; infinite beyond the horizon."""
        if mode != "transit" and mode in self._known:
            return self._known[mode].copy()
        peak, hour = self._peak, when.hour if mode == "drive" else None
        ride = replace(peak.ride, when=when)
        way = Way(mode, replace(peak.travel, mode=mode, hour=hour, ride=ride), supply)
        starts, ends = self._places(way.near)[0], self._places(way.far)[1]
        found = np.full((len(starts.id), len(ends.id)), np.inf)
        for number, place in enumerate(starts.places):
            if len(starts.of(number).segment) and len(ends.place):
                searched = reached_by(self._network, starts, number, way, HORIZON_MIN)
                times = searched.times_ms(ends)
                times[times > cutoff_ms(HORIZON_MIN)] = np.inf
                found[number] = times / MS_PER_MINUTE
            found[number, ends.touching(place.shape)] = 0.0
        self._known[mode] = found
        return found.copy()

    def to_stops(self, supply: Supply) -> _Minutes:
        """Return the walk from each place to the nearest stop's door, infinite beyond an hour."""
        peak = self._peak
        feet = peak.travel.on_streets
        running = service(
            self._network,
            clock_of(self._network, peak.ride.when),
            supply,
            peak.ride.model,
            peak.ride.draws,
        )
        around = walks(running, feet, round(peak.ride.max_walk_min * MS_PER_MINUTE))
        starts, _ = self._places("walk")
        graph = self._network.moving(feet)
        found = np.full(len(starts.id), np.inf)
        for number in range(len(starts.id)):
            doors = starts.of(number)
            if len(doors.segment) and len(around.doors.stop):
                reached = search(graph, doors, cutoff_ms(60.0))
                times = reached.times_ms(around.doors.at) + around.walk_ms
                found[number] = times.min() / MS_PER_MINUTE
        return found

    def without_street(self) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Return which places of either side no street is near enough to."""
        sides: list[npt.NDArray[np.bool_]] = []
        for tied in self._places("walk"):
            lost = np.ones(len(tied.id), dtype=np.bool_)
            lost[tied.place] = False
            sides.append(lost)
        return sides[0], sides[1]

    def _places(self, mode: str) -> tuple[AccessPoints, AccessPoints]:
        if mode not in self._tied:
            first, second = (
                access_points(self._network, one, snap_m=self._snap_m, mode=mode)
                for one in self._pair
            )
            self._tied[mode] = first, second
        return self._tied[mode]


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    """One scenario's times, home by work, with what is needed to say what pairs lack."""

    name: str
    there: dict[str, _Minutes]
    back: dict[str, _Minutes]
    home_stop: _Minutes
    work_stop: _Minutes
    lost: npt.NDArray[np.bool_]


def _pairs(
    scene: _Scene, homes: gpd.GeoDataFrame, works: gpd.GeoDataFrame, peak: Peak
) -> pd.DataFrame:
    shape = len(homes), len(works)
    there, there_mode = _best(scene.there)
    back, back_mode = _best(scene.back)
    minutes = np.maximum(there, back)
    by_foot = {mode: times for mode, times in scene.there.items() if mode != "drive"}
    foot_back = {mode: times for mode, times in scene.back.items() if mode != "drive"}
    without_car = np.maximum(_best(by_foot)[0], _best(foot_back)[0])
    never = np.full(shape, np.inf)
    by_transit = np.maximum(scene.there.get("transit", never), scene.back.get("transit", never))
    within = minutes <= peak.minutes
    counted = np.asarray(homes["counted_as"].astype(str), dtype=object)[:, None]
    columns: dict[str, Any] = {
        "scenario": np.full(shape, scene.name, dtype=object),
        "counted_as": np.broadcast_to(counted, shape),
    }
    for side, places, axis in (("home", homes, 1), ("work", works, 0)):
        for column in ("id", "layer", "name_zh", "name_en"):
            values = np.asarray(places[column].astype(str), dtype=object)
            columns[f"{side}_{column}"] = np.broadcast_to(np.expand_dims(values, axis), shape)
    columns |= {
        "there_min": _finite(there),
        "there_mode": there_mode,
        "back_min": _finite(back),
        "back_mode": back_mode,
        "minutes": _finite(minutes),
        "without_car_min": _finite(without_car),
        "transit_min": _finite(by_transit),
        "within": within,
        "lacks": np.where(within, "", _lacks(scene, by_transit, peak)),
        "over_min": _finite(np.where(within, np.inf, minutes - peak.minutes)),
        "home_stop_min": np.broadcast_to(_finite(scene.home_stop)[:, None], shape),
        "work_stop_min": np.broadcast_to(_finite(scene.work_stop)[None, :], shape),
    }
    return pd.DataFrame({name: values.ravel() for name, values in columns.items()})


def _lacks(scene: _Scene, by_transit: _Minutes, peak: Peak) -> npt.NDArray[np.object_]:
    """Return what stands first between a pair and the limit, as words of `LACKS`."""
    longest = peak.ride.max_walk_min
    walked = np.maximum(
        scene.there.get("walk", np.full_like(by_transit, np.inf)),
        scene.back.get("walk", np.full_like(by_transit, np.inf)),
    )
    found = np.full(by_transit.shape, "time", dtype=object)
    # Those who go by transit but never board walk all the way.
    found[np.isinf(by_transit) | (by_transit >= walked)] = "line"
    found[:, scene.work_stop > longest] = "stop_work"
    found[scene.home_stop > longest] = "stop_home"
    found[scene.lost] = "street"
    return found


def _best(by_mode: Mapping[str, _Minutes]) -> tuple[_Minutes, npt.NDArray[np.object_]]:
    """Return the least minutes of any mode, and which mode that is; empty where none comes."""
    names = np.array([*by_mode, ""], dtype=object)
    every = np.stack(list(by_mode.values()))
    best = every.argmin(axis=0)
    least = every.min(axis=0)
    best[np.isinf(least)] = len(names) - 1
    return least, names[best]


def _shares(pairs: pd.DataFrame, peak: Peak) -> pd.DataFrame:
    keys = ["scenario", "counted_as", "home_id", "home_layer", "home_name_zh", "home_name_en"]
    told = pairs.assign(
        without_car=pairs["without_car_min"] <= peak.minutes,
        transit=pairs["transit_min"] <= peak.minutes,
    )
    found = told.groupby(keys, sort=False, as_index=False).agg(
        works=("work_id", "size"),
        within=("within", "sum"),
        share=("within", "mean"),
        share_without_car=("without_car", "mean"),
        share_transit=("transit", "mean"),
    )
    return found.round(4)


def summary(found: Commute) -> pd.DataFrame:
    """Return the mean shares of each scenario by what the homes are counted as."""
    grouped = found.shares.groupby(["scenario", "counted_as"], sort=False, as_index=False)
    made = grouped.agg(
        homes=("home_id", "size"),
        share=("share", "mean"),
        share_without_car=("share_without_car", "mean"),
        share_transit=("share_transit", "mean"),
    )
    return made.round(4)


def homes_layer(found: Commute, homes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the shares with a point of each home, WGS 84, a row a scenario and home."""
    at = _points(found.shares, "home", homes)
    return gpd.GeoDataFrame(found.shares, geometry=at, crs=geo.WGS84)


def pairs_layer(
    found: Commute, homes: gpd.GeoDataFrame, works: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Return the pairs as straight lines from home to work, WGS 84."""
    begin, end = _points(found.pairs, "home", homes), _points(found.pairs, "work", works)
    ends = np.stack([shapely.get_coordinates(begin), shapely.get_coordinates(end)], axis=1)
    lines: Any = shapely.linestrings(ends)
    return gpd.GeoDataFrame(found.pairs, geometry=lines, crs=geo.WGS84)


def _points(rows: pd.DataFrame, side: str, places: gpd.GeoDataFrame) -> npt.NDArray[np.object_]:
    spots = places.geometry.representative_point().to_numpy()
    at = dict(zip(zip(places["layer"], places["id"].astype(str), strict=True), spots, strict=True))
    keys = zip(rows[f"{side}_layer"], rows[f"{side}_id"], strict=True)
    return np.array([at[key] for key in keys], dtype=object)


def _finite(minutes: _Minutes) -> _Minutes:
    return np.where(np.isinf(minutes), np.nan, minutes)
