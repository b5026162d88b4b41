"""What `layer.toml` may say, and every fault of one that says something else."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from sandbox import files, paths
from sandbox.words import Text

# "own": what a user opened, beside the layers that come with the program.
Group = Literal["function", "transport", "base", "table", "own"]
# What a folder can hold; pictures of the ground are opened by users.
Held = Literal["point", "line", "polygon", "mixed", "grid", "table", "network"]
FILLS: Final = ("park", "green", "water", "site", "building", "rock", "ground_high")
LINES: Final = ("road", "tunnel", "metro", "corridor", "river", "boundary")
SUFFIX: Final[Mapping[Held, str]] = {
    "point": ".geojson",
    "line": ".geojson",
    "polygon": ".geojson",
    "mixed": ".geojson",
    "table": ".csv",
    "grid": ".tif",
    "network": ".sandnet",
}

Status = Literal["operating", "construction", "planned", "schematic"]
_Filled = Annotated[str, Field(pattern=r"\S")]
_Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
_FileName = Annotated[str, Field(pattern=r"^[^/\\:]*[^/\\:.]\.[a-z]+$")]


@cache
def _categories() -> tuple[str, ...]:
    """Return the categories of places that have a shape of their own."""
    entries = files.read_toml(paths.assets() / "themes" / "tokens.toml", 1 << 20)["category"]
    return tuple(key for key, said in entries.items() if isinstance(said, dict) and "shape" in said)


def _one_of(known: Callable[[], Sequence[str]]) -> AfterValidator:
    def check(word: str) -> str:
        if word and word not in known():
            choices = ", ".join(map(repr, known()))
            raise PydanticCustomError("unknown_word", "{expected}", {"expected": choices})
        return word

    return AfterValidator(check)


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Said(_Table):
    """A text in both languages."""

    zh: _Filled
    en: _Filled

    def said(self, language: str) -> str:
        """Return the text in a language, ``"zh"`` or ``"en"``."""
        return self.zh if language == "zh" else self.en


class ColumnSaid(Said):
    """A column of the layer's own."""

    name: _Word
    type: Literal["text", "number", "integer", "date", "boolean"]
    unit: str = ""


class StyleSaid(_Table):
    """How the layer is drawn."""

    category: Annotated[str, _one_of(_categories)] = ""
    fill: Annotated[str, _one_of(lambda: FILLS)] = ""
    line: Annotated[str, _one_of(lambda: LINES)] = ""
    label: bool = True
    label_rank: int = 50
    below_m_px: Annotated[float, Field(gt=0)] = float("inf")
    above_m_px: Annotated[float, Field(gt=0)] = 0.0


class LegendSaid(Said):
    """A line of the legend."""

    where: dict[str, str] = Field(default_factory=dict[str, str])


class Description(_Table):
    """All that `layer.toml` says."""

    id: _Word
    group: Group
    geometry: Held
    data: _FileName
    order: int
    title: Said
    provenance: Said
    licence: _Filled
    shown: bool = True
    schematic: bool = False
    kinds: dict[str, Said] = Field(default_factory=dict[str, Said])
    statuses: dict[Status, Said] = Field(default_factory=dict[Any, Said])
    columns: list[ColumnSaid] = Field(default_factory=list[ColumnSaid])
    style: StyleSaid = Field(default_factory=StyleSaid)
    legend: list[LegendSaid] = Field(default_factory=list[LegendSaid])


def describe(text: str) -> tuple[Description | None, list[Text]]:
    """Read what a `layer.toml` says.

    Parameters
    ----------
    text
        The whole file.

    Returns
    -------
    The description, and every fault. Where something is wrong, a harmless
    stand-in takes its place, so that the data can be checked in the same go; None
    if the file can't be read at all, or doesn't say which data it describes.
    """
    try:
        said = files.parse_toml(text)
    except files.Unreadable as error:
        return None, [Text("layer.toml is not valid TOML ({detail})", {"detail": error.reason})]
    try:
        description, faults = Description.model_validate(said), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        description, faults = _with_stand_ins(said, details), [fault(one) for one in details]
    if description is not None:
        faults += _suffix_faults(description)
        if not said.get("legend") and description.geometry not in ("table", "network"):
            faults.append(Text("the legend has no text", {}))
    return description, faults


def _suffix_faults(description: Description) -> list[Text]:
    suffix = SUFFIX[description.geometry]
    if description.data.endswith(suffix):
        return []
    values = {"geometry": description.geometry, "suffix": suffix}
    return [Text("data of geometry {geometry} must be a {suffix} file", values)]


def _with_stand_ins(said: dict[str, Any], details: list[ErrorDetails]) -> Description | None:
    """Return what can be read of a faulty description; entries of a list go one by one."""
    faulty = {detail["loc"][:2] if _in_a_list(detail) else detail["loc"][:1] for detail in details}
    if {("geometry",), ("data",)} & faulty:
        return None
    kept: dict[str, Any] = {
        "id": "stand_in",
        "group": "function",
        "order": 0,
        "title": {"zh": "—", "en": "-"},
        "provenance": {"zh": "—", "en": "-"},
        "licence": "-",
    }
    for key, value in said.items():
        if (key,) in faulty:
            continue
        kept[key] = (
            [entry for number, entry in enumerate(value) if (key, number) not in faulty]
            if isinstance(value, list)
            else value
        )
    return Description.model_validate(kept)


def _in_a_list(detail: ErrorDetails) -> bool:
    return len(detail["loc"]) > 1 and isinstance(detail["loc"][1], int)


# Kinds of fault that pydantic names, in the program's own words.
_FAULTS: Final[Mapping[str, str]] = {
    "missing": "{place} is missing",
    "extra_forbidden": "{place} is not a valid key for a layer",
    "literal_error": "{place} is {value}, not one of {choices}",
    "unknown_word": "{place} is {value}, not one of {choices}",
    "string_type": "{place} is {value}, not text",
    "bool_type": "{place} is {value}, neither true nor false",
    "int_type": "{place} is {value}, not a whole number",
    "float_type": "{place} is {value}, not a number above zero",
    "greater_than": "{place} is {value}, not a number above zero",
    "list_type": "{place} is {value}, not a list",
    "dict_type": "{place} is {value}, not a table",
    "model_type": "{place} is {value}, not a table",
}


def fault(detail: ErrorDetails) -> Text:
    """Return what pydantic found wrong in the program's own words."""
    context = detail.get("ctx", {})
    values = {
        "place": _place(detail["loc"]),
        "value": repr(detail["input"])[:80],
        "choices": str(context.get("expected", "")).replace(" or ", ", "),
    }
    if detail["type"] == "string_pattern_mismatch":
        return _pattern_fault(str(context["pattern"]), values)
    return Text(
        _FAULTS.get(detail["type"], "{place} is {value}, which is not allowed here"), values
    )


def _pattern_fault(pattern: str, values: dict[str, str]) -> Text:
    if pattern == r"\S":
        return Text("{place} is empty", values)
    if pattern.endswith(r"\.[a-z]+$"):
        return Text("{place} is {value}, not the name of a file in the folder", values)
    return Text("{place} is {value}; only a-z, 0-9 and _ are allowed", values)


def _place(where: tuple[int | str, ...]) -> str:
    said = ""
    for part in where:
        said += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if said else part
    return said
