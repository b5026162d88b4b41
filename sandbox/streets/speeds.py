"""How fast one goes along each street in each mode: kinds, limits, steps, congestion by hour.

The figures stand in the table of speeds (`sandbox.streets.speed_table`); slopes come on top
(`sandbox.streets.slopes`), and the engine makes times of both (`sandbox.engine.costs`).
"""

import math
from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

from sandbox.streets.modes import Access
from sandbox.streets.speed_table import ClassName, Speeds
from sandbox.streets.streets import StreetClass, Streets
from sandbox.streets.travel import Travel

# km/h of each segment along and against it, and by what its time is multiplied.
_Pace = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]


def _walking(streets: Streets, travel: Travel, table: Speeds) -> _Pace:
    kmh = np.full((len(streets.length_m), 2), travel.walk_kmh)
    return kmh, _on_steps(streets, table.walk.steps_factor)


def _cycling(streets: Streets, travel: Travel, table: Speeds) -> _Pace:
    riding = travel.bike_kmh * _by_kind(streets, table.bike.share, 1.0)
    both = np.repeat(riding[:, None], 2, axis=1)
    if streets.traffic is not None:
        limits = streets.traffic.maxspeed_kmh
        both = np.where(limits > 0, np.minimum(both, limits), both)
    pushed = (streets.access & Access.BIKE_PUSHED) != 0
    both[pushed] = travel.walk_kmh
    return both, _on_steps(streets, table.bike.steps_factor)


def _driving(streets: Streets, travel: Travel, table: Speeds) -> _Pace:
    drive = table.drive
    by_class = np.full(len(StreetClass), table.ferry.kmh)
    for street, name in _NAMES.items():
        by_class[street] = drive.class_kmh[name]
    free = _by_kind(streets, drive.kind_kmh, math.nan)
    free = np.where(np.isnan(free), by_class[streets.street_class], free)
    if streets.traffic is not None and streets.traffic.built_up is not None:
        outside = _by_kind(streets, drive.outside_kmh, math.nan)
        free = np.where(streets.traffic.built_up | np.isnan(outside), free, outside)
    both = np.repeat(free[:, None], 2, axis=1)
    if streets.traffic is not None:
        limits = streets.traffic.maxspeed_kmh
        both = np.where(limits > 0, limits * drive.limit_share, both)
    factor = np.ones(len(StreetClass))
    if travel.hour is not None:
        for street, name in _NAMES.items():
            day = drive.congestion.get(name)
            factor[street] = 1.0 if day is None else day[travel.hour]
    return both, factor[streets.street_class]


_NAMES: Final[Mapping[StreetClass, ClassName]] = {
    StreetClass.PATH: "path",
    StreetClass.STEPS: "steps",
    StreetClass.LOCAL: "local",
    StreetClass.STREET: "street",
    StreetClass.COLLECTOR: "collector",
    StreetClass.ARTERIAL: "arterial",
    StreetClass.EXPRESS: "express",
}
PACES: Final[Mapping[str, Callable[[Streets, Travel, Speeds], _Pace]]] = {
    "walk": _walking,
    "bike": _cycling,
    "drive": _driving,
}


def _on_steps(streets: Streets, factor: float) -> npt.NDArray[np.float64]:
    return np.where(streets.street_class == StreetClass.STEPS, factor, 1.0)


def _by_kind(
    streets: Streets, figures: Mapping[str, float], otherwise: float
) -> npt.NDArray[np.float64]:
    if streets.traffic is None:
        return np.full(len(streets.length_m), otherwise)
    of_kind = np.array([figures.get(kind, otherwise) for kind in streets.traffic.kinds])
    return of_kind[streets.traffic.kind]
