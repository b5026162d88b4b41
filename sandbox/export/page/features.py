"""A layer's features as GeoJSON that says all a popup shows, in both languages."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from sandbox.catalog.articles import readable
from sandbox.catalog.layer import Layer
from sandbox.words import Bilingual, Text, both

_COMMON: Final = frozenset(
    {"id", "name_zh", "name_en", "kind", "status", "opened", "source", "source_en",
     "accuracy_m", "note_zh", "note_en", "geometry", "gates", "layer"}
)  # fmt: skip
_DRAWN_BY: Final = {"metro": "line", "corridor": "corridor_class", "road": "road_class"}
_WATERY, _GREEN, _GREEN_PLACES = ("water",), ("park", "green"), ("park", "")

# Headings of a popup's lines; the page's script asks for them by key.
POPUP_WORDS: Final = {
    "kind": Text("Kind"),
    "status": Text("Status"),
    "opened": Text("Opened"),
    "source": Text("Source"),
    "accuracy": Text("Position"),
    "on_foot": Text("On foot"),
    "minutes": Text("min"),
}


def within(minutes: float) -> Text:
    """Return the words for a cutoff."""
    return Text("within {minutes} min", {"minutes": f"{minutes:g}"})


def told(text: Bilingual) -> dict[str, str]:
    """Return a bilingual text as the page's script takes it."""
    return {"zh": text.zh, "en": text.en}


def key(layer_id: str, feature_id: str) -> str:
    """Return the name that the page knows a feature by."""
    return f"{layer_id}/{feature_id}"


@dataclass(frozen=True, slots=True)
class Row:
    """A feature: its WGS 84 shape, what draws it, and what its popup and its name say.

    `drawn` is the value that its line's look depends on: a metro line's number, the
    class of a road or corridor.
    """

    shape: BaseGeometry
    kind: str
    status: str
    drawn: str
    said: dict[str, Any]


def rows(layer: Layer) -> Iterator[Row]:
    """Yield the features of a layer that have a shape."""
    if layer.features is None:
        return
    drawn = _DRAWN_BY.get(layer.style.line, "")
    for row in layer.features.to_dict("records"):
        shape = row["geometry"]
        if shape is not None and not shape.is_empty:
            kind, status = _text(row.get("kind")), _text(row.get("status"))
            yield Row(shape, kind, status, _text(row.get(drawn)), _said(layer, row))


def spot(shape: BaseGeometry) -> BaseGeometry:
    """Return where a feature's mark stands: its point, or well within its area."""
    if shape.geom_type == "Point":
        return shape
    middle = shapely.centroid(shape)
    return middle if shape.covers(middle) else shapely.point_on_surface(shape)


def _said(layer: Layer, row: Mapping[str, Any]) -> dict[str, Any]:
    status = _text(row.get("status"))
    kind = _text(row.get("kind"))
    facts: list[tuple[Any, Any]] = []
    if kind:
        facts.append(("kind", told(layer.kinds[kind]) if kind in layer.kinds else kind))
    if status:
        facts.append(("status", told(both(layer.status(status)))))
    opened = row.get("opened")
    facts.append(("opened", "" if opened is None or pd.isna(opened) else str(opened)))
    source = _text(row.get("source"))
    if source:
        source_en = _text(row.get("source_en")) or source
        facts.append(("source", told(Bilingual(readable(source), readable(source_en)))))
    accuracy_m = row.get("accuracy_m")
    if accuracy_m is not None and not pd.isna(accuracy_m):
        within = Text("accurate to {metres} m", {"metres": f"{accuracy_m:,.0f}"})
        facts.append(("accuracy", told(both(within))))
    facts += _own(layer, row)
    note = Bilingual(_text(row.get("note_zh")), _text(row.get("note_en")))
    said: dict[str, Any] = {
        "key": key(layer.id, _text(row.get("id"))),
        "layer": layer.id,
        "zh": _text(row.get("name_zh")),
        "en": _text(row.get("name_en")),
        "look": _look(layer, kind),
        # Of names alone, those of the first class come first.
        "rank": layer.style.label_rank + int(row.get("label_class") or 1) - 1,
        "facts": [fact for fact in facts if fact[1]],
    }
    year = _year(opened)
    if year is not None:
        said["year"] = year
    if note.zh or note.en:
        said["note"] = told(note)
    if math.isfinite(layer.style.below_m_px):
        said["below"] = layer.style.below_m_px
    if layer.style.above_m_px:
        said["above"] = layer.style.above_m_px
    return said


def _year(opened: Any) -> int | None:
    text = "" if opened is None or pd.isna(opened) else str(opened)[:4]
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None


def _own(layer: Layer, row: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """Return the layer's own columns, but those that only tell the map how to draw."""
    facts: list[tuple[Any, Any]] = []
    for column in layer.columns:
        if column.name in _COMMON or column.name.endswith("_class"):
            continue
        value = _text(row.get(column.name))
        if column.type == "boolean" and value:
            yes = value in ("True", "true", "1", "1.0")
            facts.append((told(column.title), told(both(Text("yes") if yes else Text("no")))))
        elif value:
            said = {one: f"{value} {column.unit_in(one)}".strip() for one in ("zh", "en")}
            facts.append((told(column.title), said if column.unit else value))
    return facts


def _look(layer: Layer, kind: str) -> str:
    """Return the class that colours a name on the map."""
    if kind == "mountain":
        return "mountain"
    if layer.style.fill in _WATERY or layer.style.line == "river":
        return "water"
    if layer.style.fill in _GREEN and layer.style.category in _GREEN_PLACES:
        return "green"
    if layer.style.line in ("road", "tunnel"):
        return "road"
    if layer.geometry == "point" and not layer.style.category:
        return "town"
    return "line" if layer.style.line in ("metro", "corridor") else "site"


def _text(value: Any) -> str:
    if value is None or (not isinstance(value, list | tuple | dict) and pd.isna(value)):
        return ""
    if isinstance(value, float):
        return f"{value:,.10g}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
