"""How one moves, as Python says it: one value, and what the engine makes of it."""

import math
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal, TypedDict

from sandbox.analysis.table import written_departure
from sandbox.catalog import scenarios
from sandbox.catalog.folder import load_all
from sandbox.edits.line_edits import apply
from sandbox.edits.scenario import Scenario
from sandbox.errors import AnalysisError, missing_files
from sandbox.streets import speeds
from sandbox.streets import travel as travels
from sandbox.streets.modes import FEEDERS, MODE_IDS, Feeder, Mode
from sandbox.streets.travel import SLOPES, Ride
from sandbox.transit.lines import Supply
from sandbox.words import Text

Moment = datetime | str
ScenarioLike = Scenario | str | Path

_NUMBERS: Final = (
    *("speed_kmh", "bike_kmh", "window_min", "percentile", "max_rides", "max_walk_min"),
    *("min_change_min", "draws"),
)
_WHOLE: Final = ("hour", "window_min", "percentile", "max_rides", "draws")
# What only journeys by transit have.
_TRANSIT: Final = (
    *("depart", "arrive", "scenario", "window_min", "percentile", "max_rides", "max_walk_min"),
    *("min_change_min", "model", "draws", "access", "egress"),
)
_CHOICES: Final = {
    "mode": MODE_IDS,
    "slope": SLOPES,
    "model": ("random", "expected"),
    "access": FEEDERS,
    "egress": FEEDERS,
}


class Moving(TypedDict, total=False):
    """The keywords by which functions take how one moves: the fields of `Travel`."""

    mode: Mode
    speed_kmh: float
    bike_kmh: float
    hour: int | None
    towards: bool
    slope: Literal["tobler", "naismith", "flat"]
    speeds_file: str | Path | None
    depart: Moment | None
    arrive: Moment | None
    scenario: ScenarioLike | None
    window_min: int
    percentile: int
    max_rides: int
    max_walk_min: float
    min_change_min: float
    model: Literal["random", "expected"]
    draws: int
    access: Feeder
    egress: Feeder


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """How one moves.

    Every function takes it as `travel`, and any of its fields as a keyword of their own;
    keywords come before what `travel` says.

    Attributes
    ----------
    mode
        ``walk``, ``bike``, ``drive`` or ``transit``; by default ``transit`` where `depart` or
        `arrive` is given, else ``walk``.
    speed_kmh
        Walking speed, 0.5 to 20; in every mode to the street, and where a bike is pushed.
    bike_kmh
        Cycling speed on the level, 5 to 45.
    hour
        Hour of the day, 0 to 23, whose congestion slows cars; None is free flow.
    towards
        Whether times are those to the place, not from it; by transit give `arrive` instead.
    slope
        How slopes count where the network knows them: ``tobler``, ``naismith``, ``flat``.
    speeds_file
        Table of speeds (TOML); None is the shipped one.
    depart, arrive
        First departure or first arrival, local time: a datetime, or ISO 8601 as
        ``"2026-11-30T08:00"``. By transit one of both.
    scenario
        What runs beside the timetable: a `Scenario`, the id of a shipped one, or a TOML file.
    window_min
        Departures are asked for from `depart` on for so many minutes, 1 to 240.
    percentile
        Which of the times counts, 1 to 99.
    max_rides
        How many vehicles one boards at most, 1 to 8.
    max_walk_min
        Longest walk on streets to, between and from stops, 1 to 60 minutes.
    min_change_min
        Least minutes from one vehicle to the next, 0 to 60.
    model
        Lines by headway: ``random`` draws phases, ``expected`` waits half the headway.
    draws
        How many draws of phases, 1 to 50.
    access, egress
        How one gets to the first stop, and on from the last: ``walk`` or ``bike``.

    Raises
    ------
    sandbox.errors.AnalysisError
        With all values that can't be used at once.

    Examples
    --------
    >>> Travel(depart="2026-11-30T08:00", percentile=90).mode
    'transit'
    >>> Travel(mode="bike", bike_kmh=18)
    Travel(mode='bike', bike_kmh=18)
    """

    mode: Mode | None = None
    speed_kmh: float = 4.8
    bike_kmh: float = 15.0
    hour: int | None = None
    towards: bool = False
    slope: Literal["tobler", "naismith", "flat"] = "tobler"
    speeds_file: str | Path | None = None
    depart: Moment | None = None
    arrive: Moment | None = None
    scenario: ScenarioLike | None = None
    window_min: int = 60
    percentile: int = 50
    max_rides: int = 4
    max_walk_min: float = 15.0
    min_change_min: float = 0.0
    model: Literal["random", "expected"] = "random"
    draws: int = 5
    access: Feeder = "walk"
    egress: Feeder = "walk"

    def __post_init__(self) -> None:
        """Settle the mode and the moments, and refuse what can't be used."""
        faults: list[Text] = []
        if self.mode is None:
            timed = self.depart is not None or self.arrive is not None
            object.__setattr__(self, "mode", "transit" if timed else "walk")
        for name in ("depart", "arrive"):
            moment = _moment(getattr(self, name))
            if isinstance(moment, Text):
                faults.append(moment)
            else:
                object.__setattr__(self, name, moment)
        faults += self._faults()
        if faults:
            raise AnalysisError(
                "The calculation can't be run", "Change these values.", faults=faults
            )

    def _faults(self) -> list[Text]:
        faults = [
            Text(
                "{name} is {value} ({known} are possible)",
                {"name": name, "value": repr(getattr(self, name)), "known": ", ".join(known)},
            )
            for name, known in _CHOICES.items()
            if getattr(self, name) not in known
        ]
        for name in (*_NUMBERS, "hour"):
            value: Any = getattr(self, name)
            if value is None and name == "hour":
                continue
            number = _number(value)
            if number is None or (name in _WHOLE and not number.is_integer()):
                faults.append(
                    Text("{name} is {value}, which is not an allowed number", {
                        "name": name, "value": repr(value),
                    })
                )  # fmt: skip
        by_transit = self.mode == "transit"
        if not by_transit and (said := [name for name in _TRANSIT if self._says(name)]):
            faults.append(
                Text("{names}, which only applies to mode transit", {"names": ", ".join(said)})
            )
        if by_transit and (self.depart is None) == (self.arrive is None):
            faults.append(Text("either depart or arrive is required"))
        if self.hour is not None and self.mode != "drive":
            faults.append(Text("{names}, which only applies to mode drive", {"names": "hour"}))
        if self.towards and by_transit and self.arrive is None:
            faults.append(Text("towards; for transit, use arrive"))
        return faults

    def _says(self, name: str) -> bool:
        """Return whether a field says something else than by default."""
        return getattr(self, name) != _DEFAULTS[name]

    def __repr__(self) -> str:
        """Return the fields that were said, as they are written."""
        said = [("mode", self.mode), *((name, getattr(self, name)) for name in _DEFAULTS)]
        shown = [
            f"{name}={_shown(value)!r}"
            for name, value in said
            if name == "mode" or self._says(name)
        ]
        return f"Travel({', '.join(shown)})"

    def as_dict(self) -> dict[str, Any]:
        """Return what it says of its mode as plain values, as answers carry it.

        >>> Travel(mode="drive", hour=8).as_dict()
        {'mode': 'drive', 'speed_kmh': 4.8, 'towards': False, 'hour': 8}
        """
        by_mode = {
            "walk": ("slope",),
            "bike": ("slope", "bike_kmh"),
            "drive": ("hour",),
            "transit": ("slope", *_TRANSIT),
        }
        names = ("mode", "speed_kmh", "towards", *by_mode[self.mode or "walk"])
        found = {name: _shown(getattr(self, name)) for name in names}
        if self.mode == "transit" and "bike" in (self.access, self.egress):
            found["bike_kmh"] = self.bike_kmh
        if self.speeds_file is not None:
            found["speeds_file"] = str(self.speeds_file)
        return found


_DEFAULTS: Final = {field.name: field.default for field in fields(Travel) if field.name != "mode"}


def travel_of(travel: Travel | None, moving: Moving) -> Travel:
    """Return how one moves, of a value and of the keywords of a call.

    Raises
    ------
    AnalysisError
        With all values that can't be used at once.
    """
    if travel is None:
        return Travel(**moving)
    if not isinstance(travel, Travel):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise AnalysisError(
            "{value} is not a travel setting.",
            "Give travel=sandbox.Travel(…), or its fields as keywords.",
            value=repr(travel)[:80],
        )
    return replace(travel, **moving)


def on_streets(travel: Travel) -> travels.Travel:
    """Return how one moves on streets; by transit that is on foot."""
    by_transit = travel.mode == "transit"
    if travel.speeds_file is not None:
        with missing_files():
            speeds.load(str(travel.speeds_file))
    return travels.Travel(
        "walk" if by_transit else str(travel.mode),
        float(travel.speed_kmh),
        float(travel.bike_kmh),
        None if travel.hour is None else int(travel.hour),
        travel.arrive is not None if by_transit else travel.towards,
        None if travel.speeds_file is None else str(travel.speeds_file),
        travel.slope,
    )


def ride_of(travel: Travel) -> Ride | None:
    """Return when and how one goes by transit; None for other modes."""
    when = travel.depart or travel.arrive
    if travel.mode != "transit" or not isinstance(when, datetime):
        return None
    return Ride(
        when,
        travel.arrive is not None,
        int(travel.window_min),
        percentile=int(travel.percentile),
        max_rides=int(travel.max_rides),
        max_walk_min=float(travel.max_walk_min),
        model=travel.model,
        draws=int(travel.draws),
        access=travel.access,
        egress=travel.egress,
        min_change_min=float(travel.min_change_min),
    )


def supply_of(travel: Travel) -> Supply | None:
    """Return what runs beside the timetable; None where no scenario is chosen.

    Raises
    ------
    TransitError
        There is no such scenario, or with all its faults at once.
    """
    return None if travel.scenario is None else apply(scenario(travel.scenario)).supply


def scenario(name: ScenarioLike) -> Scenario:
    """Return a scenario: what could run, as a shipped one or a file says it.

    Parameters
    ----------
    name
        The id of a shipped one, as `scenarios` lists them, or a TOML file.

    Raises
    ------
    sandbox.errors.TransitError
        There is no such scenario (a `FileNotFoundError` too), or with all its faults at once.

    Examples
    --------
    >>> scenario("metro7").title.zh
    '轨道交通7号线开通'
    """
    if isinstance(name, Scenario):
        return name
    with missing_files():
        return scenarios.read(name, load_all())


def _number(value: Any) -> float | None:
    """Return a finite number, None for all else: a text, a truth, NaN."""
    if isinstance(value, bool | str | bytes) or value is None:
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _moment(value: Any) -> datetime | Text | None:
    """Return a moment without what pandas adds to it; what is wrong where it is none."""
    fault = Text("{value} is not a time such as 2026-11-30T08:00", {"value": repr(value)})
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value.strip())
        except ValueError:
            return fault
    if value is None:
        return None
    if not isinstance(value, datetime) or value != value:  # noqa: PLR0124 - NaT is no equal of itself
        return fault
    return datetime.combine(value.date(), value.timetz())


def _shown(value: Any) -> Any:
    """Return a field as plain text or number."""
    if isinstance(value, datetime):
        return written_departure(value)
    if isinstance(value, Scenario):
        return value.id
    return str(value) if isinstance(value, Path) else value
