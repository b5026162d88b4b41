"""How long one takes along each street and against it: speeds, slopes, steps, ferries."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from sandbox.engine import graph as graphs
from sandbox.engine import private, turn_costs, turns
from sandbox.engine.graph import Graph, Workspace
from sandbox.errors import NetworkError
from sandbox.streets import slopes
from sandbox.streets import speed_table as tables
from sandbox.streets.modes import ACCESS, Access
from sandbox.streets.speeds import PACES
from sandbox.streets.streets import StreetClass, Streets
from sandbox.streets.travel import Travel, check_travel
from sandbox.units import MS_PER_M_AT_1_KMH, NEVER_MS


def graph(streets: Streets, travel: Travel, idle: list[Workspace]) -> Graph:
    """Return the graph for this way of moving.

    Raises
    ------
    NetworkError
        A figure is out of bounds, or the table of speeds can't be read.
    """
    faults = check_travel(travel)
    if faults:
        raise NetworkError(
            "These travel settings can't be used", "Change these values.", faults=faults
        )
    cost = segment_ms(streets, travel)
    kept = None
    ahead, back = ACCESS[travel.mode]
    turning = _turning(tables.load(travel.speeds_file).drive)
    turns_count = travel.mode == "drive" and (streets.turns is not None or any(turning[1:]))
    layers = private.split(streets, cost, ahead | back, turning=turns_count)
    if layers is not None:
        streets, cost, kept = layers.streets, layers.segment_ms, layers.split
        # There are more nodes than in the graphs of the other modes.
        idle = []
    if turns_count:
        if any(turning[1:]):
            streets, cost, turned = turn_costs.expand(streets, cost, turning, layers)
        else:
            streets, cost, turned = turns.split(streets, cost, turning.u_turn_ms, layers)
        kept = turned.after(kept)
        idle = []
    if travel.towards:
        cost = np.ascontiguousarray(cost[:, ::-1])
    made = graphs.join(streets, travel.mode, travel.walk_kmh, cost, idle)
    fixed_ms = (0, 0)
    if travel.mode == "drive":
        drive = tables.load(travel.speeds_file).drive
        fixed_ms = round(drive.reach_car_s * 1000), round(drive.park_s * 1000)
    return replace(made, fixed_ms=fixed_ms, split=kept)


def _turning(drive: tables.Drive) -> turns.Turning:
    said = drive.turns
    sides = (said.left_s, said.right_s) if said.side == "right" else (said.right_s, said.left_s)
    return turns.Turning(*(round(s * 1000) for s in (drive.u_turn_s, *sides, said.straight_s)))


def evenly(streets: Streets, mode: str, speed_kmh: float, idle: list[Workspace]) -> Graph:
    """Return the graph of a mode that goes at one speed everywhere; ferries do not."""
    made = graphs.build(streets, mode, speed_kmh, idle)
    ahead, back = ACCESS[mode]
    layers = private.split(streets, made.segment_ms, ahead | back)
    if layers is None:
        return made
    joined = graphs.join(layers.streets, mode, speed_kmh, layers.segment_ms, [])
    return replace(joined, split=layers.split)


def segment_ms(streets: Streets, travel: Travel) -> npt.NDArray[np.int32]:
    """Return the time along each segment and against it, shape ``(s, 2)``.

    Whole milliseconds, rounded to the nearest; `NEVER_MS` where the mode may not go.
    """
    table = tables.load(travel.speeds_file)
    kmh, factor = PACES[travel.mode](streets, travel, table)
    length_m = streets.length_m.astype(np.float64)[:, None]
    plain: npt.NDArray[np.float64] = length_m * MS_PER_M_AT_1_KMH / kmh
    level = plain * factor[:, None]
    if streets.climb_m is not None and travel.slope != "flat" and travel.mode != "drive":
        sloped = _on_slopes(streets, travel, plain, kmh, table)
        # Steps are slow because they climb: that counts once.
        steps = (streets.street_class == StreetClass.STEPS)[:, None]
        level = np.where(steps, np.maximum(level, sloped), sloped)
    slowed = streets.time_factor.get(travel.mode)
    if slowed is not None:
        level = level * slowed[:, None].astype(np.float64)
    if streets.ferries is not None:
        _on_ferry(streets, table.ferry, level)
    ms = np.rint(level)
    ms = np.minimum(ms, NEVER_MS - 1).astype(np.int32)
    for way, bit in enumerate(ACCESS[travel.mode]):
        ms[(streets.access & bit) == 0, way] = NEVER_MS
    return ms


def _on_ferry(streets: Streets, table: tables.Ferry, level_ms: npt.NDArray[np.float64]) -> None:
    """Put in what ferries take, the same for everybody aboard, and the wait before boarding."""
    ferries = streets.ferries
    if ferries is None:
        return
    by_table = streets.length_m[ferries.segment].astype(np.float64) * 3.6 / table.kmh
    crossing_s = np.where(np.isnan(ferries.crossing_s), by_table, ferries.crossing_s)
    wait_s = np.where(np.isnan(ferries.wait_s), table.wait_s, ferries.wait_s)
    level_ms[ferries.segment] = 1000.0 * np.stack([crossing_s + wait_s, crossing_s], axis=1)


def _on_slopes(
    streets: Streets,
    travel: Travel,
    level_ms: npt.NDArray[np.float64],
    kmh: npt.NDArray[np.float64],
    table: tables.Speeds,
) -> npt.NDArray[np.float64]:
    climb_m = np.asarray(streets.climb_m, dtype=np.float64)
    length_m = streets.length_m.astype(np.float64)
    walked = slopes.walking_ms(climb_m, length_m, level_ms, slope=travel.slope)
    if travel.mode == "walk":
        return walked
    ridden = slopes.riding_ms(
        climb_m,
        length_m,
        level_ms,
        kmh=kmh,
        walk_kmh=travel.walk_kmh,
        power=table.bike.power,
    )
    pushed = (streets.access & Access.BIKE_PUSHED) != 0
    return np.where(pushed[:, None], walked, ridden)
