"""Scenarios: what could run, as ordered edits of lines that can be switched one by one."""

from dataclasses import dataclass, field, replace
from typing import Final

from sandbox.transit.lines import Line, LineStop, LonLat, Period, StreetLink, Supply
from sandbox.words import Bilingual

NOTHING_SAID: Final = Bilingual("", "")


@dataclass(frozen=True, slots=True)
class Corridor:
    """A planned line of which no stops, speed and headway are known: drawn and counted only.

    Attributes
    ----------
    id
        Stable name; a line that is added under the same one runs instead.
    name_zh, name_en, towards_zh, towards_en
        What it is called and where it goes; empty where that isn't published.
    kind
        Its class, as ``high_speed``, ``intercity``, ``suburban``.
    course_lonlat
        Its schematic course, WGS 84.
    source_zh, source_en
        Who says that it is planned.
    ref
        ``layer/id`` of the feature that it is, empty where it isn't one of a layer.
    """

    id: str
    name_zh: str
    name_en: str
    kind: str
    course_lonlat: tuple[LonLat, ...]
    towards_zh: str = ""
    towards_en: str = ""
    source_zh: str = ""
    source_en: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class AddLine:
    """A line that runs from now on."""

    line: Line


@dataclass(frozen=True, slots=True)
class RemoveLine:
    """A line by headway that no longer runs."""

    line: str


@dataclass(frozen=True, slots=True)
class CloseLine:
    """A line that no longer runs, also one of a timetable."""

    line: str


@dataclass(frozen=True, slots=True)
class ShortenLine:
    """A line that runs only between two of its stops."""

    line: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class RerouteLine:
    """A line that takes another way, with other stops."""

    line: str
    stops: tuple[LineStop, ...]
    course_lonlat: tuple[LonLat, ...] = ()


@dataclass(frozen=True, slots=True)
class SetHeadway:
    """A line's headways over the day, all of them."""

    line: str
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class SetSpeed:
    """A line's running speed, which then holds between all its stops."""

    line: str
    speed_kmh: float


@dataclass(frozen=True, slots=True)
class SetDwell:
    """How long a line's vehicles halt."""

    line: str
    dwell_s: int


@dataclass(frozen=True, slots=True)
class AddStation:
    """A stop more on a line.

    Attributes
    ----------
    line, stop
        Which line, which stop. Where the line states minutes, they divide by distance,
        or the stop's own are the part before it (before the first stop: to that one).
    after
        Stop of the line that it follows; empty puts it before the first.
    """

    line: str
    stop: LineStop
    after: str


@dataclass(frozen=True, slots=True)
class LinkStation:
    """A way more between a stop and the streets; none is taken away."""

    link: StreetLink


@dataclass(frozen=True, slots=True)
class DrawCorridors:
    """Corridors that are drawn and counted, never ridden."""

    corridors: tuple[Corridor, ...]


Change = (
    AddLine
    | RemoveLine
    | CloseLine
    | ShortenLine
    | RerouteLine
    | SetHeadway
    | SetSpeed
    | SetDwell
    | AddStation
    | LinkStation
    | DrawCorridors
)


@dataclass(frozen=True, slots=True)
class Edit:
    """One named change that can be switched off.

    Attributes
    ----------
    name
        What it is called on screen.
    change
        What it does.
    on
        Whether it counts.
    assumed
        What of it is assumed, as is shown beside it; empty where nothing is.
    """

    name: Bilingual
    change: Change
    on: bool = True
    assumed: Bilingual = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Statement:
    """A travel time that an article states; never one that was computed.

    Attributes
    ----------
    to
        Where to.
    minutes
        How long, as stated.
    source
        Which article, and when.
    """

    to: Bilingual
    minutes: float
    source: Bilingual


@dataclass(frozen=True, slots=True)
class Scenario:
    """What could run: another scenario's lines, and edits after those.

    Attributes
    ----------
    id
        Stable name.
    title, note
        What it is called, and what one should know of it.
    edits
        In their order.
    base
        The scenario whose edits come first; None begins with the timetable alone.
    opening
        Year or date of opening; empty where it is not published.
    assumed
        Whether it is an assumption as a whole.
    statements
        Travel times that articles state of it.
    """

    id: str
    title: Bilingual
    edits: tuple[Edit, ...] = ()
    base: "Scenario | None" = None
    opening: str = ""
    assumed: bool = False
    note: Bilingual = NOTHING_SAID
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What comes of a scenario's edits.

    Attributes
    ----------
    supply
        What is ridden, for the engine.
    corridors
        What is only drawn and counted.
    """

    supply: Supply = field(default_factory=Supply)
    corridors: tuple[Corridor, ...] = ()


def all_edits(scenario: Scenario) -> tuple[Edit, ...]:
    """Return the edits in their order, those of what the scenario builds on first."""
    before = all_edits(scenario.base) if scenario.base is not None else ()
    return before + scenario.edits


def edited(scenario: Scenario, edit: Edit) -> Scenario:
    """Return the scenario with one more edit at its end."""
    return replace(scenario, edits=(*scenario.edits, edit))


def switched(scenario: Scenario, number: int, *, on: bool) -> Scenario:
    """Return the scenario with one of all its edits switched.

    Parameters
    ----------
    scenario
        The scenario.
    number
        Its place in `all_edits`, from 0; those of the base are among them.
    on
        Whether it counts.
    """
    before = len(all_edits(scenario.base)) if scenario.base is not None else 0
    if scenario.base is not None and number < before:
        return replace(scenario, base=switched(scenario.base, number, on=on))
    at = number - before
    changed = replace(scenario.edits[at], on=on)
    return replace(scenario, edits=(*scenario.edits[:at], changed, *scenario.edits[at + 1 :]))
