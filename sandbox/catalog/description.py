"""What `layer.toml` may say, and every fault of one that says something else."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from sandbox import paths
from sandbox.catalog.layer import Geometry, Group
from sandbox.words import Text

LINES: Final = ("road", "tunnel", "metro", "corridor", "river", "boundary")
SUFFIX: Final[Mapping[Geometry, str]] = {
    "point": ".geojson",
    "line": ".geojson",
    "polygon": ".geojson",
    "mixed": ".geojson",
    "table": ".csv",
    "grid": ".tif",
    "network": ".sandnet",
}

_Filled = Annotated[str, Field(pattern=r"\S")]
_Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
_FileName = Annotated[str, Field(pattern=r"^[^/\\:]*[^/\\:.]\.[a-z]+$")]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Said(_Table):
    """A text in both languages."""

    zh: _Filled
    en: _Filled


class ColumnSaid(Said):
    """A column of the layer's own."""

    name: _Word
    type: Literal["text", "number", "integer", "date", "boolean"]
    unit: str = ""


class StyleSaid(_Table):
    """How the layer is drawn."""

    category: str = ""
    fill: str = ""
    line: str = ""
    label: bool = True
    label_rank: int = 50
    below_m_px: Annotated[float, Field(gt=0)] = float("inf")


class LegendSaid(Said):
    """A line of the legend."""

    where: dict[str, str] = Field(default_factory=dict[str, str])


class Description(_Table):
    """All that `layer.toml` says."""

    id: _Word
    group: Group
    geometry: Geometry
    data: _FileName
    order: int
    title: Said
    provenance: Said
    licence: _Filled
    shown: bool = True
    schematic: bool = False
    kinds: dict[str, Said] = Field(default_factory=dict[str, Said])
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
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [Text("layer.toml is not valid TOML ({detail})", {"detail": error})]
    try:
        description = Description.model_validate(said)
    except ValidationError as error:
        details = error.errors(include_url=False)
        faults = [_fault(detail) for detail in details]
        return _without_faulty_parts(said, details), faults
    return description, list(_style_faults(description))


def _without_faulty_parts(said: dict[str, Any], details: list[ErrorDetails]) -> Description | None:
    faulty = {str(detail["loc"][0]) for detail in details}
    if {"geometry", "data"} & faulty:
        return None
    stand_in: dict[str, Any] = {
        "id": "stand_in",
        "group": "function",
        "order": 0,
        "title": {"zh": "—", "en": "-"},
        "provenance": {"zh": "—", "en": "-"},
        "licence": "-",
    }
    kept = {key: value for key, value in said.items() if key not in faulty}
    return Description.model_validate(stand_in | kept)


def _fault(detail: ErrorDetails) -> Text:
    """Say a fault that pydantic found in the program's own words."""
    context = detail.get("ctx", {})
    values = {"place": _place(detail["loc"]), "value": repr(detail["input"])[:80]}
    match detail["type"]:
        case "missing":
            return Text("{place} is missing", values)
        case "extra_forbidden":
            return Text("{place} is not a key that a layer has", values)
        case "literal_error":
            return Text(
                "{place} is {value}, not one of {choices}",
                values | {"choices": str(context["expected"]).replace(" or ", ", ")},
            )
        case "string_pattern_mismatch":
            return _pattern_fault(str(context["pattern"]), values)
        case "string_type":
            return Text("{place} is {value}, not a text", values)
        case "bool_type":
            return Text("{place} is {value}, neither true nor false", values)
        case "int_type":
            return Text("{place} is {value}, not a whole number", values)
        case "float_type" | "greater_than":
            return Text("{place} is {value}, not a number above zero", values)
        case "list_type":
            return Text("{place} is {value}, not a list", values)
        case _:
            return Text("{place} is {value}, which does not fit there", values)


def _pattern_fault(pattern: str, values: dict[str, str]) -> Text:
    if pattern == r"\S":
        return Text("{place} is empty", values)
    if pattern.endswith(r"\.[a-z]+$"):
        return Text("{place} is {value}, not the name of a file in the folder", values)
    return Text("{place} is {value}, not a word of a-z, 0-9 and _", values)


def _place(where: tuple[int | str, ...]) -> str:
    said = ""
    for part in where:
        said += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if said else part
    return said


def _style_faults(description: Description) -> Iterator[Text]:
    style = description.style
    for key, word, known in (
        ("category", style.category, _categories()),
        ("fill", style.fill, _fills()),
        ("line", style.line, frozenset(LINES)),
    ):
        if word and word not in known:
            values = {"place": f"style.{key}", "value": word, "choices": ", ".join(sorted(known))}
            yield Text("{place} is {value}, not one of {choices}", values)
    if SUFFIX[description.geometry] != "." + description.data.rpartition(".")[2]:
        values = {"geometry": description.geometry, "suffix": SUFFIX[description.geometry]}
        yield Text("data of geometry {geometry} must be a {suffix} file", values)
    if description.geometry not in ("table", "network") and not description.legend:
        yield Text("the legend has no words", {})


@cache
def _tokens() -> dict[str, Any]:
    return tomllib.loads((paths.assets() / "themes" / "tokens.toml").read_text("utf-8"))


@cache
def _categories() -> frozenset[str]:
    """Return the categories that have a shape of their own."""
    entries: dict[str, Any] = _tokens()["category"]
    return frozenset(
        key for key, value in entries.items() if isinstance(value, dict) and "shape" in value
    )


@cache
def _fills() -> frozenset[str]:
    """Return the colour keys that a theme may have."""
    themes: dict[str, dict[str, Any]] = _tokens()["theme"]
    return frozenset(
        key
        for theme in themes.values()
        for key, value in theme.items()
        if isinstance(value, list) or str(value).startswith("#")
    )
