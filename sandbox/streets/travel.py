"""How one moves: what a question of reach asks of the streets and of what runs on them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal, get_args

import numpy as np
import numpy.typing as npt

from sandbox.streets import speed_table
from sandbox.streets.modes import Feeder, Mode
from sandbox.units import MS_PER_MINUTE
from sandbox.words import Text

if TYPE_CHECKING:
    from sandbox.streets.streets import Streets

# How vehicles of lines by headway are distinguished.
Model = Literal["random", "expected"]
Slope = Literal["tobler", "naismith", "flat"]

WALK_KMH_LIMITS: Final = (0.5, 20.0)
BIKE_KMH_LIMITS: Final = (5.0, 45.0)
SLOPES: Final[tuple[Slope, ...]] = get_args(Slope)
WINDOW_MIN_LIMITS: Final = (1, 240)
RIDES_LIMITS: Final = (1, 8)
WALK_MIN_LIMITS: Final = (1.0, 60.0)
CHANGE_MIN_LIMITS: Final = (0.0, 60.0)
DRAWS_LIMITS: Final = (1, 50)
# The days before and after must exist too, and time zones are known for these years.
YEAR_LIMITS: Final = (1900, 2200)


@dataclass(frozen=True, slots=True)
class Ride:
    """How one goes by lines.

    Attributes
    ----------
    when
        First departure, or latest arrival, in the local time of the lines.
    arrive
        Whether `when` is by when one is there, not when one leaves.
    window_min
        Departures are asked for from `when` on for so many minutes; arrivals in so many
        minutes that end with `when`, since nobody wants to be there later.
    every_min
        Minutes from one departure to the next.
    percentile
        Which of the times counts, 1 to 99: the nearest rank over departures and draws.
    max_rides
        How many vehicles one boards at most.
    max_walk_min
        The longest walk on streets to, between and from stops; the time inside a station,
        between its entrance and the platform, comes on top.
    model
        For lines by headway: ``random`` tells vehicles apart by drawn phases, ``expected``
        has one wait half the headway, which has no spread.
    draws
        How many draws of phases.
    access, egress
        How one gets to the first stop, and on from the last: ``walk`` or ``bike``; all the
        way without a ride goes as to the first stop. One changes on foot.
    min_change_min
        The least time between getting off a vehicle and boarding another; a timetable that
        asks for more at some stop counts there, and so does a longer walk.
    """

    when: datetime
    arrive: bool = False
    window_min: int = 60
    every_min: int = 1
    percentile: int = 50
    max_rides: int = 4
    max_walk_min: float = 15.0
    model: Model = "random"
    draws: int = 5
    access: Feeder = "walk"
    egress: Feeder = "walk"
    min_change_min: float = 0.0

    @property
    def near(self) -> Feeder:
        """Return how one moves round the place asked from: the egress where one is to arrive."""
        return self.egress if self.arrive else self.access

    @property
    def far(self) -> Feeder:
        """Return how one moves round all other places."""
        return self.access if self.arrive else self.egress

    @property
    def times_ms(self) -> npt.NDArray[np.int32]:
        """Return the departures, or arrivals, in milliseconds after midnight of the day.

        They rise. Arrivals shortly after midnight may lie before it.
        """
        midnight = self.when.replace(hour=0, minute=0, second=0, microsecond=0)
        asked = round((self.when - midnight).total_seconds() * 1000)
        minutes = np.arange(0, self.window_min, self.every_min, dtype=np.int64)
        if self.arrive:
            minutes = -minutes[::-1]
        return (asked + minutes * MS_PER_MINUTE).astype(np.int32)

    @property
    def moments(self) -> tuple[datetime, ...]:
        """Return the departures, or arrivals, as the clock has them."""
        midnight = self.when.replace(hour=0, minute=0, second=0, microsecond=0)
        return tuple(midnight + timedelta(milliseconds=int(ms)) for ms in self.times_ms)

    def touched_ms(self, cutoff_ms: int) -> tuple[int, int]:
        """Return between when one is on the way, in milliseconds after midnight of the day."""
        times = self.times_ms
        first, last = int(times[0]), int(times[-1])
        return (first - cutoff_ms, last) if self.arrive else (first, last + cutoff_ms)


@dataclass(frozen=True, slots=True)
class Travel:
    """How one moves.

    Attributes
    ----------
    mode
        ``walk``, ``bike``, ``drive`` or ``transit``.
    walk_kmh
        Walking speed, in every mode also between a place and its street, and where a
        bike is pushed.
    bike_kmh
        Riding speed on the level, where nothing slows one down.
    hour
        Hour of the day, 0 to 23, whose congestion counts; None is free flow.
    towards
        Whether times are those to the place, not from it.
    speeds_file
        Table of speeds; None is the shipped one.
    slope
        How slopes count where the network knows them: for walking ``tobler`` or
        ``naismith``, and for cycling by power; ``flat`` leaves them out.
    ride
        When and how one goes by transit; in other modes it has no effect.
    """

    mode: Mode = "walk"
    walk_kmh: float = 4.8
    bike_kmh: float = 15.0
    hour: int | None = None
    towards: bool = False
    speeds_file: str | None = None
    slope: Slope = "tobler"
    ride: Ride | None = None

    @property
    def by_transit(self) -> Ride | None:
        """Return when and how one goes by transit; None in other modes."""
        return self.ride if self.mode == "transit" else None

    def riding(self, ride: Ride) -> "Travel":
        """Return the same by transit."""
        return replace(self, mode="transit", ride=ride)

    @property
    def on_streets(self) -> "Travel":
        """Return how one moves between places and stops: by transit on foot, as the ride goes."""
        ride = self.by_transit
        if ride is None:
            return self if self.ride is None else replace(self, ride=None)
        return replace(self, mode="walk", hour=None, towards=ride.arrive, ride=None)

    @property
    def ends(self) -> tuple[Mode, Mode]:
        """Return whose streets count round the place that one starts from, and round the goal."""
        ride = self.by_transit
        return (self.mode, self.mode) if ride is None else (ride.access, ride.egress)

    @property
    def near_far(self) -> tuple[Mode, Mode]:
        """Return whose streets count round the place asked about, and round all other places."""
        ride = self.by_transit
        return (self.mode, self.mode) if ride is None else (ride.near, ride.far)

    def on(self, streets: "Streets") -> "Travel":
        """Return how one moves on streets: without slopes where these don't matter."""
        if streets.climb_m is None or self.mode == "drive":
            return replace(self, slope="flat")
        return self


ON_FOOT: Final = Travel()


def check_travel(travel: Travel) -> list[Text]:
    """Return every fault of the figures, as words."""
    faults: list[Text] = []
    low, high = WALK_KMH_LIMITS
    if not low <= travel.walk_kmh <= high:
        faults.append(
            Text(
                "a speed of {value} km/h (0.5 to 20 are possible)",
                {"value": f"{travel.walk_kmh:g}"},
            )
        )
    low, high = BIKE_KMH_LIMITS
    if not low <= travel.bike_kmh <= high:
        faults.append(
            Text(
                "a cycling speed of {value} km/h (5 to 45 are possible)",
                {"value": f"{travel.bike_kmh:g}"},
            )
        )
    if travel.hour is not None and not 0 <= travel.hour < speed_table.HOURS:
        faults.append(Text("the hour {value} (0 to 23 are possible)", {"value": travel.hour}))
    if travel.slope not in SLOPES:
        faults.append(Text("slopes by “{value}” (tobler, naismith, flat)", {"value": travel.slope}))
    return faults


def check_ride(ride: Ride) -> list[Text]:
    """Return every fault of the figures, as words."""
    faults: list[Text] = []

    def bounded(value: float, limits: tuple[float, float], template: str) -> None:
        if not limits[0] <= value <= limits[1]:
            faults.append(
                Text(
                    template,
                    {"value": f"{value:g}", "low": f"{limits[0]:g}", "high": f"{limits[1]:g}"},
                )
            )

    bounded(ride.when.year, YEAR_LIMITS, "the year {value} ({low} to {high} are possible)")
    if ride.when.tzinfo is not None:
        faults.append(Text("a time with a time zone (timetables use the local time of their city)"))
    bounded(
        ride.window_min,
        WINDOW_MIN_LIMITS,
        "a window of {value} minutes ({low} to {high} are possible)",
    )
    bounded(ride.percentile, (1, 99), "the percentile {value} ({low} to {high} are possible)")
    bounded(ride.max_rides, RIDES_LIMITS, "{value} vehicles ({low} to {high} are possible)")
    bounded(
        ride.max_walk_min,
        WALK_MIN_LIMITS,
        "walks of {value} minutes ({low} to {high} are possible)",
    )
    bounded(
        ride.min_change_min,
        CHANGE_MIN_LIMITS,
        "a minimum transfer time of {value} minutes ({low} to {high} are possible)",
    )
    bounded(ride.draws, DRAWS_LIMITS, "{value} samples ({low} to {high} are possible)")
    bounded(
        ride.every_min,
        (1, max(ride.window_min, 1)),
        "departures every {value} minutes ({low} to {high} are possible)",
    )
    return faults
