"""Samples beside the words of a legend."""

from dataclasses import dataclass
from typing import Any

from sandbox.catalog.layer import Layer
from sandbox.draw.theme import Theme
from sandbox.export.page import look


@dataclass(frozen=True, slots=True)
class Swatch:
    """A mark, an area, a line or a sample of lettering, as CSS colours."""

    icon: str = ""
    fill: str = ""
    fill_opacity: float = 1.0
    stroke: str = "none"
    width: float = 0.0
    dash: str = ""
    letters: str = ""


def swatch(layer: Layer, where: dict[str, str], theme: Theme) -> Swatch:
    """Return a sample of a layer's features, or of those that have some values."""
    rails = layer.style.line in ("metro", "corridor")
    if layer.style.category and not (rails and where):
        return Swatch(icon=layer.style.category)
    if layer.style.line:
        return _line(layer, _first(layer, where), theme)
    if layer.style.fill:
        area = look.area(layer, "", "", theme, 1.0)
        return Swatch(fill=area["fillColor"], stroke=area["color"])
    if layer.geometry == "grid":
        return Swatch(fill=theme.colour("ground_high"), stroke=theme.colour("rock"))
    if layer.geometry == "point":
        return Swatch(letters="Aa")
    return Swatch(stroke=theme.colour("road_street" if theme.dark else "casing"), width=3.0)


def _line(layer: Layer, row: dict[str, Any], theme: Theme) -> Swatch:
    kind = layer.style.line
    if kind in ("metro", "corridor"):
        drawn = str(row.get("line" if kind == "metro" else "corridor_class", ""))
        style = look.rail(layer, drawn, str(row.get("status", "")), theme)
        dash = " ".join(f"{length:g}" for length in style.dash)
        return Swatch(stroke=style.colour, width=style.width_px, dash=dash)
    if kind in ("road", "tunnel"):
        named = look.road_class(str(row.get("road_class", "express")))
        road = look.road(named, 6.0, theme)
        if kind == "tunnel":
            return Swatch(stroke=road["tunnel"], width=3.0, dash="5 4")
        return Swatch(fill=road["colour"], stroke=road["edge"] or road["colour"])
    if kind == "boundary":
        return Swatch(stroke=theme.colour("label_2"), width=1.4, dash="9 3.5 1.5 3.5")
    return Swatch(stroke=theme.colour("shore"), width=2.0)


def _first(layer: Layer, where: dict[str, str]) -> dict[str, Any]:
    """Return the first line or area that has these values, else the first feature that has."""
    if layer.features is None:
        return {}
    found = [
        row
        for row in layer.features.to_dict("records")
        if all(str(row.get(column)) == value for column, value in where.items())
    ]
    found.sort(key=lambda row: row["geometry"] is None or row["geometry"].geom_type == "Point")
    return found[0] if found else {}
