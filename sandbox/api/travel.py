"""How one moves, as Python says it: one value, and what the engine makes of it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal, TypedDict, Unpack, get_args, get_origin, get_type_hints

from sandbox.analysis.table import written_departure
from sandbox.api.answers import UnknownKeywordError, keywords
from sandbox.catalog import scenarios
from sandbox.catalog.folder import load_all
from sandbox.edits.line_edits import apply
from sandbox.edits.scenario import Scenario
from sandbox.errors import AnalysisError, missing_files
from sandbox.streets import speed_table
from sandbox.streets import travel as travels
from sandbox.streets.modes import Feeder, Mode
from sandbox.streets.travel import Model, Ride, Slope
from sandbox.transit.lines import Supply
from sandbox.words import Text

Moment = datetime | str
ScenarioLike = Scenario | str | Path


class Moving(TypedDict, total=False):
    """The keywords by which functions take how one moves: the fields of `Travel`."""

    mode: Mode
    speed_kmh: float
    bike_kmh: float
    hour: int | None
    towards: bool
    slope: Slope
    speeds_file: str | Path | None
    depart: Moment | None
    arrive: Moment | None
    scenario: ScenarioLike | None
    window_min: int
    percentile: int
    max_rides: int
    max_walk_min: float
    min_change_min: float
    model: Model
    draws: int
    access: Feeder
    egress: Feeder


_HINTS: Final = get_type_hints(Moving)
# What the engine's values call a keyword, where they call it otherwise.
_CALLED: Final = {"speed_kmh": "walk_kmh"}
_OF_RIDE: Final = frozenset(field.name for field in fields(Ride)) - {"when", "arrive"}
# What only journeys by transit have.
_TRANSIT: Final = tuple(
    name for name in _HINTS if name in _OF_RIDE or name in {"depart", "arrive", "scenario"}
)
_VALUES: Final = {field.name: field.default for field in (*fields(Ride), *fields(travels.Travel))}
_DEFAULTS: Final[Mapping[str, Any]] = {
    **{name: _VALUES.get(_CALLED.get(name, name)) for name in _HINTS},
    "arrive": None,
}


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
        Whether times are those to the place, not from it; for areas by transit give `arrive`
        instead. Functions that are given both ends refuse it.
    slope
        How slopes count where the network knows them: ``tobler``, ``naismith``, ``flat``.
    speeds_file
        Table of speeds (TOML); None is the shipped one.
    depart, arrive
        First departure or latest arrival, local time: a datetime, or ISO 8601 as
        ``"2026-11-30T08:00"``. By transit one of both.
    scenario
        What runs beside the timetable: a `Scenario`, the id of a shipped one, or a TOML file.
    window_min
        Departures are asked for from `depart` on for so many minutes, 1 to 240; arrivals in so
        many minutes up to `arrive`.
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

    __slots__ = ("_said",)

    def __init__(self, **moving: Unpack[Moving]) -> None:
        said: dict[str, Any] = dict(moving)
        if unknown := [name for name in said if name not in _HINTS]:
            raise UnknownKeywordError(unknown, _HINTS)
        timed = said.get("depart") is not None or said.get("arrive") is not None
        if said.get("mode") is None:
            said["mode"] = "transit" if timed else "walk"
        faults: list[Text] = []
        for name in ("depart", "arrive"):
            moment = _moment(said.get(name))
            if isinstance(moment, Text):
                faults.append(moment)
            else:
                said[name] = moment
        # In the order of the keywords, whatever the order in the call.
        self._said: dict[str, Any] = {
            name: said[name]
            for name in _HINTS
            if name in said and (name == "mode" or not _same(said[name], _DEFAULTS[name]))
        }
        faults += self._faults()
        if faults:
            raise AnalysisError(
                "The calculation can't be run", "Change these values.", faults=faults
            )

    def __getattr__(self, name: str) -> Any:
        """Return a field: the value given, else its default."""
        if name not in _DEFAULTS:
            raise AttributeError(f"Travel has no attribute {name!r}")
        return self._said.get(name, _DEFAULTS[name])

    def __eq__(self, other: object) -> bool:
        """Return whether another one says the same."""
        return isinstance(other, Travel) and other._said == self._said

    def __hash__(self) -> int:
        """Return the same for the same fields."""
        return hash(tuple(self._said.items()))

    def __repr__(self) -> str:
        """Return the fields that were given, as they are written."""
        shown = [f"{name}={_shown(value)!r}" for name, value in self._said.items()]
        return f"Travel({', '.join(shown)})"

    def changed(self, moving: Moving) -> "Travel":
        """Return the same with other values of some fields."""
        said: Any = {**self._said, **moving}
        return Travel(**said)

    def _faults(self) -> list[Text]:
        faults = [
            Text(
                "{name} is {value} ({known} are possible)",
                {"name": name, "value": repr(value), "known": ", ".join(get_args(_HINTS[name]))},
            )
            for name, value in self._said.items()
            if get_origin(_HINTS[name]) is Literal and value not in get_args(_HINTS[name])
        ]
        for name, value in self._said.items():
            kind = _kind(name)
            if kind is None or (value is None and _DEFAULTS[name] is None):
                continue
            number = _number(value)
            if number is None or (kind is int and not number.is_integer()):
                faults.append(
                    Text("{name} is {value}, which is not an allowed number", {
                        "name": name, "value": repr(value),
                    })
                )  # fmt: skip
        by_transit = self.mode == "transit"
        if not by_transit and (said := [name for name in _TRANSIT if name in self._said]):
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
        names = ("mode", "speed_kmh", "towards", *by_mode[self.mode])
        found = {name: _shown(getattr(self, name)) for name in names}
        if self.mode == "transit" and "bike" in (self.access, self.egress):
            found["bike_kmh"] = self.bike_kmh
        if self.speeds_file is not None:
            found["speeds_file"] = str(self.speeds_file)
        return found


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
    return travel.changed(moving)


def moved(travel: Travel) -> travels.Travel:
    """Return how one moves as the engine knows it; its table of speeds can be read."""
    if travel.speeds_file is not None:
        with missing_files():
            speed_table.load(str(travel.speeds_file))
    said: dict[str, Any] = {}
    for name in _HINTS:
        value, kind = getattr(travel, name), _kind(name)
        said[_CALLED.get(name, name)] = value if value is None or kind is None else kind(value)
    depart, arrive, _ = (said.pop(name) for name in ("depart", "arrive", "scenario"))
    of_ride = {name: said.pop(name) for name in _OF_RIDE if name in said}
    if said["speeds_file"] is not None:
        said["speeds_file"] = str(said["speeds_file"])
    if travel.mode == "transit":
        said["ride"] = Ride(depart or arrive, arrive is not None, **of_ride)
        said["towards"] = arrive is not None
    return travels.Travel(**said)


def moved_between(travel: Travel) -> travels.Travel:
    """Return how one moves between origins and places: from the origins, unless towards them.

    An area is asked from or towards a place, and to arrive by a time means towards it. Of two
    places both are named, so a time of arrival turns nothing round.
    """
    return replace(moved(travel), towards=travel.towards)


def moved_onward(travel: Travel) -> travels.Travel:
    """Return how one moves where both ends are named, so that nothing is left to turn round.

    Raises
    ------
    AnalysisError
        It says `towards`.
    """
    if travel.towards:
        raise AnalysisError(
            "towards has no meaning here: both ends are given.",
            "Omit it; for the way back, swap the places.",
        )
    return moved(travel)


def supply_of(travel: Travel) -> Supply | None:
    """Return what runs beside the timetable; None where no scenario is chosen.

    Raises
    ------
    TransitError
        There is no such scenario, or with all its faults at once.
    """
    return None if travel.scenario is None else apply(scenario(travel.scenario)).supply


def supplies_of(names: Sequence[ScenarioLike]) -> dict[str, Supply | None]:
    """Return what runs in each scenario, by its id, else by its number.

    Raises
    ------
    TransitError
        There is no such scenario, or with all its faults at once.
    """
    read = [scenario(one) for one in names]
    return {one.id or str(number): apply(one).supply for number, one in enumerate(read)}


@keywords
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


def _kind(name: str) -> type[int] | type[float] | None:
    """Return whether a keyword is a whole number, a number, or neither."""
    hints = (_HINTS[name], *get_args(_HINTS[name]))
    return int if int in hints else float if float in hints else None


def _same(one: Any, other: Any) -> bool:
    """Return whether a value is the default itself: 1 is not True."""
    return one is other or (type(one) in (type(other), int, float) and one == other)


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
    """Return a moment without what pandas adds to it; for another value what is wrong."""
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
