"""The table of speeds: read from a file and checked, so that no figure stands in code."""

from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sandbox import files, paths
from sandbox.errors import NetworkError
from sandbox.words import Text

HOURS: Final = 24
_MAX_BYTES: Final = 1 << 20
_SAID: Final = 40

ClassName = Literal["path", "steps", "local", "street", "collector", "arterial", "express"]
_Kmh = Annotated[float, Field(ge=1, le=250)]
_Share = Annotated[float, Field(ge=0.05, le=1)]
_Factor = Annotated[float, Field(ge=1, le=20)]
_Day = Annotated[tuple[_Factor, ...], Field(min_length=HOURS, max_length=HOURS)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Walk(_Table):
    """Walking: how many times slower than on the level one goes on steps."""

    steps_factor: _Factor


class Power(_Table):
    """What holds a rider up: mass, rolling, air; and how fast one lets it run downhill."""

    mass_kg: Annotated[float, Field(ge=30, le=500)]
    rolling: Annotated[float, Field(ge=0.001, le=0.1)]
    drag_area_m2: Annotated[float, Field(ge=0.1, le=3)]
    air_kg_m3: Annotated[float, Field(ge=0.5, le=1.5)]
    downhill_factor: Annotated[float, Field(ge=1, le=4)]


class Bike(_Table):
    """Cycling: how many times slower than walking a bike goes up steps, shares by kind."""

    steps_factor: _Factor
    power: Power
    share: dict[str, _Share]


_Turn = Annotated[float, Field(ge=0, le=120)]


class TurnTimes(_Table):
    """Seconds that cars lose at a crossing, by where they turn to.

    As where one drives on the right; where `side` is left, left and right change places.
    """

    left_s: _Turn = 0.0
    right_s: _Turn = 0.0
    straight_s: _Turn = 0.0
    side: Literal["right", "left"] = "right"


class Drive(_Table):
    """Driving: speeds by kind and class, share of the limit, factors of time by class and hour.

    `outside_kmh` goes before `kind_kmh` outside towns, where the network tells town from
    country; a table without it knows no difference.

    `u_turn_s` is what turning round at a crossing takes; `reach_car_s` and `park_s` are what
    getting to the car and leaving it take, walks counted.
    """

    limit_share: _Share
    u_turn_s: Annotated[float, Field(ge=0, le=600)] = 20.0
    turns: TurnTimes = TurnTimes()
    reach_car_s: Annotated[float, Field(ge=0, le=3600)] = 0.0
    park_s: Annotated[float, Field(ge=0, le=3600)] = 0.0
    kind_kmh: dict[str, _Kmh]
    outside_kmh: dict[str, _Kmh] = {}
    class_kmh: dict[ClassName, _Kmh]
    congestion: dict[ClassName, _Day]


class Ferry(_Table):
    """Ferries whose map doesn't say more: their speed, and the wait before boarding."""

    kmh: _Kmh = 15.0
    wait_s: Annotated[float, Field(ge=0, le=86_400)] = 600.0


class Speeds(_Table):
    """A table of speeds, with where its figures come from."""

    title: str
    source: str
    note: str
    walk: Walk
    bike: Bike
    drive: Drive
    ferry: Ferry = Ferry()


def load(path: str | Path | None = None) -> Speeds:
    """Return the table of a file; None is the shipped one.

    Raises
    ------
    NetworkError
        The file can't be read, or with all its faults at once.
    """
    return _shipped() if path is None else _load(Path(path))


@cache
def _shipped() -> Speeds:
    return _load(paths.assets() / "speeds.toml")


def _load(path: Path) -> Speeds:
    try:
        said = files.read_toml(path, _MAX_BYTES)
    except files.Unreadable as error:
        raise _unreadable(path, error.reason) from error
    try:
        table = Speeds.model_validate(said)
    except ValidationError as error:
        faults = [
            Text(
                "{entry} can't be {value}",
                {"entry": ".".join(map(str, one["loc"])), "value": repr(one["input"])[:_SAID]},
            )
            if one["type"] != "missing"
            else Text("{entry} is missing", {"entry": ".".join(map(str, one["loc"]))})
            for one in error.errors(include_url=False, include_context=False)
        ]
        raise NetworkError(
            "The table of speeds {path} has errors",
            "Correct these entries.",
            faults=faults,
            path=str(path),
        ) from error
    lacking = [name for name in get_args(ClassName) if name not in table.drive.class_kmh]
    if lacking:
        raise NetworkError(
            "The table of speeds {path} lacks driving speeds for: {classes}.",
            "Add them under [drive.class_kmh].",
            path=str(path),
            classes=", ".join(lacking),
        )
    return table


def _unreadable(path: Path, reason: Text) -> NetworkError:
    return NetworkError(
        "The table of speeds {path} can't be read: {reason}.",
        "Give a copy of the shipped table with changed values.",
        path=str(path),
        reason=reason,
    )
