"""What a project says of a layer beside its features: titles, style, legend, sources."""

import math
from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sandbox.catalog.description import (
    ColumnSaid,
    Group,
    LegendSaid,
    Said,
    Status,
    StyleSaid,
    fault,
)
from sandbox.catalog.layer import Column, Geometry, Layer, LegendEntry, Style
from sandbox.words import Bilingual, Text

_LONGEST: Final = 200


class _Column(ColumnSaid):
    # Columns of planners' files have names in any script.
    name: str


class Described(BaseModel):
    """A layer without its data; `table` names where that is."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    table: str = Field(max_length=_LONGEST)
    id: str = Field(max_length=_LONGEST, pattern=r"\S")
    group: Group
    geometry: Geometry
    title: Said
    provenance: Said
    licence: str
    shown: bool = True
    schematic: bool = False
    kinds: dict[str, Said] = Field(default_factory=dict[str, Said])
    statuses: dict[Status, Said] = Field(default_factory=dict[Any, Said])
    columns: list[_Column] = Field(default_factory=list[_Column])
    style: StyleSaid = Field(default_factory=StyleSaid)
    legend: list[LegendSaid] = Field(default_factory=list[LegendSaid])
    record: dict[str, Any] = Field(default_factory=dict[str, Any])
    picture: dict[str, Any] = Field(default_factory=dict[str, Any])


def read_described(values: object) -> tuple[Described | None, tuple[Text, ...]]:
    """Return what values say of a layer, or every fault of them."""
    try:
        return Described.model_validate(values), ()
    except ValidationError as error:
        return None, tuple(fault(one) for one in error.errors(include_url=False))


def described(layer: Layer, table: str, picture: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return what is said of a layer, as JSON holds it, with what is said of its picture."""
    style = {name: getattr(layer.style, name) for name in layer.style.__slots__}
    return {
        "table": table,
        "id": layer.id,
        "group": layer.group,
        "geometry": layer.geometry,
        "title": _said(layer.title, layer.id),
        "provenance": _said(layer.provenance, "—"),
        "licence": layer.licence,
        "shown": layer.shown,
        "schematic": layer.schematic,
        "kinds": {word: _said(said, word) for word, said in layer.kinds.items()},
        "statuses": {word: _said(said, word) for word, said in layer.statuses.items()},
        "columns": [
            {
                "name": one.name,
                "type": one.type,
                "unit": one.unit,
                **_said(one.title, one.name),
            }
            for one in layer.columns
        ],
        # JSON has no infinity; no limit is what is meant where nothing is said.
        "style": {
            key: one
            for key, one in style.items()
            if not (isinstance(one, float) and (math.isinf(one) or one == 0.0))
        },
        # What was chosen when it was opened stays with it.
        **({"record": dict(layer.record)} if layer.record else {}),
        **({"picture": dict(picture)} if picture else {}),
        "legend": [
            {**_said(one.words, layer.id), "where": dict(one.where)} for one in layer.legend
        ],
    }


def layer_of(said: Described, data: Mapping[str, Any]) -> Layer:
    """Return a layer of what is said of it and its data: `features`, `table` or `grid`."""
    return Layer(
        id=said.id,
        title=_bilingual(said.title),
        group=said.group,
        geometry=said.geometry,
        columns=tuple(
            Column(one.name, one.type, _bilingual(one), one.unit) for one in said.columns
        ),
        style=Style(**said.style.model_dump()),
        legend=tuple(LegendEntry(_bilingual(one), one.where) for one in said.legend),
        provenance=_bilingual(said.provenance),
        licence=said.licence,
        kinds={word: _bilingual(one) for word, one in said.kinds.items()},
        statuses={word: _bilingual(one) for word, one in said.statuses.items()},
        shown=said.shown,
        schematic=said.schematic,
        record=said.record,
        **data,
    )


def _said(text: Bilingual, instead: str) -> dict[str, str]:
    zh, en = text.zh.strip(), text.en.strip()
    return {"zh": zh or en or instead or "—", "en": en or zh or instead or "—"}


def _bilingual(said: Said) -> Bilingual:
    return Bilingual(said.zh, said.en)
