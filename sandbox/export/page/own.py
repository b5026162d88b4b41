"""A layer of the user's own as a page draws it: in the colours of its classes, as on screen."""

from typing import Any, Final

import numpy as np

from sandbox.catalog.layer import Layer
from sandbox.catalog.symbology import Symbology
from sandbox.draw.ground.own import EDGE_PX, FILL_ALPHA, LINE_PX, own_colour
from sandbox.draw.theme import Theme
from sandbox.export.page.drawing import in_both
from sandbox.export.page.swatch import Swatch
from sandbox.words import Bilingual, Text, both

ICON: Final = "own"
# In the light and in the dark theme.
Colours = tuple[str, str]


def colours(layer: Layer, symbology: Symbology) -> list[Colours]:
    """Return the colours of the features that have a shape, in their order."""
    frame = layer.features
    if frame is None:
        return []
    there = ~(frame.geometry.isna() | frame.geometry.is_empty).to_numpy()
    column = frame[symbology.column] if symbology.column in frame.columns else None
    classes = symbology.classes_of(column, len(frame))[np.flatnonzero(there)]
    pairs = {number: _pair(symbology, number) for number in np.unique(classes).tolist()}
    return [pairs[number] for number in classes.tolist()]


def area(pair: Colours, opacity: float) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the Leaflet styles of an area, light and dark."""
    light, dark = (
        {
            "fill": True, "fillColor": colour, "fillOpacity": FILL_ALPHA * opacity,
            "stroke": True, "color": colour, "opacity": opacity, "weight": EDGE_PX,
        }
        for colour in pair
    )  # fmt: skip
    return light, dark


def line(pair: Colours, opacity: float) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the Leaflet styles of a line, light and dark."""
    light, dark = (
        {
            "color": colour, "weight": LINE_PX, "opacity": opacity,
            "lineCap": "round", "lineJoin": "round",
        }
        for colour in pair
    )  # fmt: skip
    return light, dark


def sample(symbology: Symbology, number: int = -1) -> tuple[Swatch, Swatch]:
    """Return the swatches of a class, or of what is in none."""
    light, dark = _pair(symbology, number)
    return Swatch(fill=light, stroke=light), Swatch(fill=dark, stroke=dark)


def legend(symbology: Symbology) -> list[dict[str, Any]]:
    """Return the classes with their swatches, as the page's script takes them."""
    return [
        {
            "title": Bilingual(name, name) if name else both(Text("(none)")),
            "look": sample(symbology, number),
        }
        for number, name in enumerate(symbology.class_names)
    ]


def _pair(symbology: Symbology, number: int) -> Colours:
    said = symbology.colour if number < 0 else symbology.colours[number]

    def drawn(theme: Theme) -> str:
        return own_colour(said, theme)

    return in_both(drawn)
