"""Lines that run by headway: what a timetable lacks, as values that files and hands make."""

from dataclasses import dataclass
from typing import Literal

LonLat = tuple[float, float]
LineMode = Literal["metro", "tram", "bus", "rail"]


@dataclass(frozen=True, slots=True)
class LineStop:
    """A stop of a line.

    Attributes
    ----------
    id
        Stable name; stops of the same id are one station, also on other lines.
    name_zh, name_en
        Its names.
    lonlat
        Its position, WGS 84.
    minutes
        Running time from the stop before, without dwell; None takes it from the line's speed.
    accuracy_m
        How well the position is known; 0 where it is exact.
    """

    id: str
    name_zh: str
    name_en: str
    lonlat: LonLat
    minutes: float | None = None
    accuracy_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Period:
    """A part of the service day with one headway.

    Attributes
    ----------
    start_s, end_s
        Seconds after midnight of the service day when the first and the last vehicle
        leave the first stop; `end_s` may pass 24 hours.
    headway_s
        From one vehicle to the next.
    """

    start_s: int
    end_s: int
    headway_s: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line without a timetable.

    Attributes
    ----------
    id
        Stable name.
    name_zh, name_en
        Its names.
    mode
        What runs on it.
    stops
        In order; at least two.
    periods
        Its headways over the day, ascending and apart from one another.
    course_lonlat
        Its alignment for the map, WGS 84; empty draws straight between the stops.
    speed_kmh
        Running speed along the course between stops that state no minutes.
    dwell_s
        Halt at each stop between the ends.
    access_s
        Between the street and the platform, each time one enters or leaves a station.
    both_ways
        Whether it runs back as well.
    opening
        Year or date of opening; empty where it is not published.
    status
        ``operating``, ``construction``, ``planned`` or ``schematic``.
    source
        Where its figures come from; what is assumed says so.
    """

    id: str
    name_zh: str
    name_en: str
    mode: LineMode
    stops: tuple[LineStop, ...]
    periods: tuple[Period, ...]
    course_lonlat: tuple[LonLat, ...] = ()
    speed_kmh: float = 35.0
    dwell_s: int = 30
    access_s: int = 0
    both_ways: bool = True
    opening: str = ""
    status: str = "planned"
    source: str = ""


@dataclass(frozen=True, slots=True)
class StreetLink:
    """One more way between a stop and the streets: an entrance, a bridge, a lift.

    Attributes
    ----------
    stop_id
        The stop, of a line or of a timetable.
    lonlat
        Where it meets the streets, WGS 84.
    seconds
        Between there and the platform.
    """

    stop_id: str
    lonlat: LonLat
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Supply:
    """What runs beside the timetable, and what of the timetable doesn't.

    Attributes
    ----------
    lines
        Lines by headway that run.
    closed
        Ids of timetable lines that don't.
    links
        Added ways between stops and streets.
    """

    lines: tuple[Line, ...] = ()
    closed: frozenset[str] = frozenset()
    links: tuple[StreetLink, ...] = ()
