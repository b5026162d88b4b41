"""What a file of planning standards, facilities or walkers may say, and every fault of one."""

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from sandbox.standards import Mark, Standing
from sandbox.words import Text

_Filled = Annotated[str, Field(pattern=r"\S", max_length=600)]
_Id = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,60}$")]
_Size = Annotated[float, Field(gt=0, le=1e9)]
_Metres = Annotated[float, Field(gt=0, le=100_000)]
_Minutes = Annotated[float, Field(gt=0, le=240)]
_Pair = Annotated[list[Annotated[float, Field(ge=0)]], Field(min_length=2, max_length=2)]
_Date = Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Said(_Table):
    zh: _Filled
    en: _Filled


class _Marked(_Table):
    mark: Mark
    by: str = ""
    on: _Date = ""

    @model_validator(mode="after")
    def _whole(self) -> "_Marked":
        if (self.mark == "confirmed") != bool(self.by.strip() and self.on):
            raise PydanticCustomError("half_confirmed", "by, on")
        return self

    @property
    def standing(self) -> Standing:
        """Return how well it is known."""
        return Standing(self.mark, self.by.strip(), self.on)


class _LimitSaid(_Table):
    metres: _Metres | None = None
    minutes: _Minutes | None = None
    from_m2: _Size | None = None
    below_m2: _Size | None = None

    @model_validator(mode="after")
    def _whole(self) -> "_LimitSaid":
        if self.metres is None and self.minutes is None:
            raise PydanticCustomError("no_limit", "metres, minutes")
        return self


class TierSaid(_Marked):
    """A level of a life circle."""

    zh: _Filled
    en: _Filled
    clause: _Filled
    metres: _Pair | None = None
    minutes: _Minutes | None = None
    people: _Pair | None = None
    dwellings: _Pair | None = None


class RuleSaid(_Marked):
    """One thing that a standard asks."""

    id: _Id
    tier: _Id
    facility: _Id
    clause: _Filled
    metres: _Metres | None = None
    minutes: _Minutes | None = None
    limits: Annotated[list[_LimitSaid], Field(max_length=8)] | None = None
    people: _Pair | None = None
    floor_m2: _Size | None = None
    land_m2: _Size | None = None
    m2_per_1000: _Size | None = None
    places_per_1000: _Size | None = None
    share: Annotated[float, Field(gt=0, le=1)] = 1.0
    floor_at_most: Annotated[int, Field(ge=-5, le=200)] | None = None
    zh: str = ""
    en: str = ""

    @model_validator(mode="after")
    def _one_way(self) -> "RuleSaid":
        if self.limits and (self.metres is not None or self.minutes is not None):
            raise PydanticCustomError("two_limits", "limits")
        return self


class StandardSaid(_Table):
    """All that a standard's file says."""

    version: _Filled
    in_force: _Date
    inclusive: bool
    title: _Said
    source: _Said
    note: _Said | None = None
    tiers: Annotated[dict[_Id, TierSaid], Field(min_length=1, max_length=20)]
    rules: Annotated[list[RuleSaid], Field(min_length=1, max_length=500)]


class _FacilitySaid(_Table):
    zh: _Filled
    en: _Filled
    synonyms: list[_Filled] = Field(default_factory=list[str])
    kinds: list[_Id] = Field(default_factory=list[str])
    tags: list[_Filled] = Field(default_factory=list[str])
    stands_for: list[_Id] = Field(default_factory=list[str])


class _WalkerSaid(_Marked):
    zh: _Filled
    en: _Filled
    speed_kmh: Annotated[float, Field(ge=0.5, le=20)]
    steps: bool = True
    steepest_percent: Annotated[float, Field(gt=0, le=100)] | None = None
    source: _Said


class WordsSaid(BaseModel):
    """Tables by id, each of one kind."""

    model_config = ConfigDict(strict=True, frozen=True)

    facilities: dict[_Id, _FacilitySaid] = Field(default_factory=dict[str, _FacilitySaid])
    walkers: dict[_Id, _WalkerSaid] = Field(default_factory=dict[str, _WalkerSaid])


_FAULTS: Final[Mapping[str, str]] = {
    "missing": "{place} is missing",
    "extra_forbidden": "{place} is not a valid key here",
    "literal_error": "{place} is {value}, not one of seen, one_reader, memory, confirmed",
    "half_confirmed": "{place}: a confirmed figure names who confirmed it (by) and when (on)",
    "no_limit": "{place} needs metres or minutes",
    "two_limits": "{place}: give either limits, or metres and minutes",
}


def faults_of(error: ValidationError, under: str = "") -> list[Text]:
    """Return all that pydantic found, as words; `under` is a key that the file itself lacks."""
    found: list[Text] = []
    for detail in error.errors(include_url=False):
        place = ""
        for part in detail["loc"]:
            if part == under:
                continue
            place += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if place else part
        values = {"place": place or "the file", "value": repr(detail["input"])[:60]}
        found.append(
            Text(
                _FAULTS.get(detail["type"], "{place} is {value}, which is not allowed here"), values
            )
        )
    return found
