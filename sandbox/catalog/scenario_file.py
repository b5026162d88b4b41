"""What a scenario file may say, and every fault of one that says something else."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from sandbox import files
from sandbox.transit.lines import LineMode
from sandbox.words import Text

Filled = Annotated[str, Field(pattern=r"\S", max_length=400)]
Id = Annotated[str, Field(pattern=r"^\S{1,120}$")]
Ref = Annotated[str, Field(pattern=r"^[a-z0-9_]+/[^/\s]+$")]
Clock = Annotated[str, Field(pattern=r"^([0-3]?[0-9]|4[0-8]):[0-5][0-9](:[0-5][0-9])?$")]
Degrees = Annotated[list[float], Field(min_length=2, max_length=2)]
Course = Annotated[list[Degrees], Field(max_length=20_000)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Said(_Table):
    """A text in both languages."""

    zh: Filled
    en: Filled


class HeadwaySaid(_Table):
    """One vehicle every so many minutes, between two times of the day."""

    first: Clock
    last: Clock
    minutes: Annotated[float, Field(gt=0)]


class StopSaid(_Table):
    """A stop: a feature of a layer by `ref`, or all of it in place."""

    ref: Ref | None = None
    id: Id | None = None
    zh: Filled | None = None
    en: Filled | None = None
    lonlat: Degrees | None = None
    minutes: float | None = None
    accuracy_m: Annotated[float, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _whole(self) -> "StopSaid":
        if self.ref is None and None in (self.id, self.zh, self.en, self.lonlat):
            raise PydanticCustomError(
                "half_a_stop", "{expected}", {"expected": "id, zh, en, lonlat"}
            )
        return self


class LineSaid(_Table):
    """A line that runs by headway."""

    id: Id
    ref: Ref | None = None
    zh: Filled | None = None
    en: Filled | None = None
    mode: LineMode
    stops: list[StopSaid] = Field(default_factory=list[StopSaid])
    stop_every_m: Annotated[float, Field(ge=100)] | None = None
    stop_zh: Filled = "站"
    stop_en: Filled = "Stop"
    course: Course = Field(default_factory=list[Degrees])
    headways: list[HeadwaySaid]
    speed_kmh: float
    dwell_s: int
    access_s: int = 0
    both_ways: bool = True
    opening: str = ""
    status: Literal["operating", "construction", "planned", "schematic"] | None = None
    source: str = ""

    @model_validator(mode="after")
    def _whole(self) -> "LineSaid":
        if self.ref is None and None in (self.zh, self.en):
            raise PydanticCustomError("half_a_line", "{expected}", {"expected": "zh, en"})
        if bool(self.stops) == (self.stop_every_m is not None):
            raise PydanticCustomError("no_stops", "{expected}", {"expected": "stops, stop_every_m"})
        return self


class CorridorSaid(_Table):
    """A corridor that is no feature of a layer."""

    id: Id
    zh: Filled
    en: Filled
    kind: Id
    course: Annotated[Course, Field(min_length=2)]
    towards_zh: str = ""
    towards_en: str = ""
    source_zh: str = ""
    source_en: str = ""


class _EditSaid(_Table):
    name: Said
    on: bool = True
    assumed: Said | None = None


class AddSaid(_EditSaid):
    """A line more."""

    do: Literal["add"]
    line: LineSaid


class DropSaid(_EditSaid):
    """A line less; `close` also one of a timetable."""

    do: Literal["remove", "close"]
    line: Id


class ShortenSaid(_EditSaid):
    """A line between two of its stops only."""

    do: Literal["shorten"]
    line: Id
    first: Id
    last: Id


class RerouteSaid(_EditSaid):
    """A line by another way."""

    do: Literal["reroute"]
    line: Id
    stops: Annotated[list[StopSaid], Field(min_length=2)]
    course: Course = Field(default_factory=list[Degrees])


class HeadwayEditSaid(_EditSaid):
    """A line's headways, all of them."""

    do: Literal["headway"]
    line: Id
    headways: list[HeadwaySaid]


class SpeedSaid(_EditSaid):
    """A line's running speed."""

    do: Literal["speed"]
    line: Id
    speed_kmh: float


class DwellSaid(_EditSaid):
    """How long a line halts."""

    do: Literal["dwell"]
    line: Id
    dwell_s: int


class StationSaid(_EditSaid):
    """A stop more on a line; an empty `after` puts it first."""

    do: Literal["station"]
    line: Id
    stop: StopSaid
    after: str


class LinkSaid(_EditSaid):
    """A way more between a stop and the streets."""

    do: Literal["link"]
    stop: Id
    lonlat: Degrees
    seconds: int = 0


class DrawSaid(_EditSaid):
    """Corridors that are drawn and counted, never ridden."""

    do: Literal["draw"]
    corridors: Annotated[list[Ref | CorridorSaid], Field(min_length=1)]


EditSaid = Annotated[
    AddSaid
    | DropSaid
    | ShortenSaid
    | RerouteSaid
    | HeadwayEditSaid
    | SpeedSaid
    | DwellSaid
    | StationSaid
    | LinkSaid
    | DrawSaid,
    Field(discriminator="do"),
]


class StatementSaid(_Table):
    """A travel time that an article states."""

    to: Said
    minutes: Annotated[float, Field(gt=0)]
    source: Said


class ScenarioSaid(_Table):
    """All that a scenario file says."""

    title: Said
    note: Said | None = None
    base: Id | None = None
    opening: str = ""
    assumed: bool = False
    edit: Annotated[list[EditSaid], Field(max_length=2000)] = Field(default_factory=list[Any])
    statement: list[StatementSaid] = Field(default_factory=list[StatementSaid])


def describe(text: str) -> tuple[ScenarioSaid | None, list[Text]]:
    """Read what a scenario file says; None and every fault where it says something else."""
    try:
        said = files.parse_toml(text)
    except files.Unreadable as error:
        return None, [Text("it is not valid TOML ({detail})", {"detail": error.reason})]
    try:
        return ScenarioSaid.model_validate(said), []
    except ValidationError as error:
        return None, [_fault(detail) for detail in error.errors(include_url=False)]


# Kinds of fault that pydantic names, in the program's own words.
_FAULTS: Final[Mapping[str, str]] = {
    "missing": "{place} is missing",
    "extra_forbidden": "{place} is not a valid key here",
    "literal_error": "{place} is {value}, not one of {choices}",
    "union_tag_invalid": "{place}.do is not one of {choices}",
    "union_tag_not_found": "{place}.do is missing",
    "string_type": "{place} is {value}, not text",
    "bool_type": "{place} is {value}, neither true nor false",
    "int_type": "{place} is {value}, not a whole number",
    "float_type": "{place} is {value}, not a number",
    "greater_than": "{place} is {value}, not a number above zero",
    "list_type": "{place} is {value}, not a list",
    "half_a_stop": "{place} needs ref, or all of {choices}",
    "half_a_line": "{place} needs ref, or both of {choices}",
    "no_stops": "{place} needs one of {choices}",
}


def _fault(detail: ErrorDetails) -> Text:
    context = detail.get("ctx", {})
    choices = str(context.get("expected") or context.get("expected_tags") or "")
    values = {
        "place": _place(detail["loc"]),
        "value": repr(detail["input"])[:80],
        "choices": choices.replace(" or ", ", "),
    }
    return Text(
        _FAULTS.get(detail["type"], "{place} is {value}, which is not allowed here"), values
    )


def _place(where: tuple[int | str, ...]) -> str:
    said = ""
    for index, part in enumerate(where):
        if isinstance(part, int):
            said += f"[{part + 1}]"
        elif not (index >= 2 and where[index - 2] == "edit" and isinstance(where[index - 1], int)):
            # After an edit's number pydantic names the kind of edit, which is no key.
            said += f".{part}" if said else part
    return said or "the file"
