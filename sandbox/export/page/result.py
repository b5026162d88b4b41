"""What a page shows of an answer beside its map: areas with a legend, tables, notes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import folium

from sandbox.app.atlas import Atlas
from sandbox.app.state import MapState
from sandbox.draw.theme import Theme, tokens
from sandbox.export.page.geometry import Feature
from sandbox.export.page.overlays import add_geojson
from sandbox.export.page.swatch import Swatch
from sandbox.words import Bilingual

Cell = Bilingual | str
_UNSAID: Final = Bilingual("", "")


@dataclass(frozen=True, slots=True)
class LegendLine:
    """A sample and its words."""

    title: Bilingual
    look: Swatch


@dataclass(frozen=True, slots=True)
class ResultLayer:
    """Areas or lines that can be switched on and off.

    Attributes
    ----------
    id
        Name within the page.
    title
        What the switch says.
    features
        GeoJSON features, each with its style in its property ``style``.
    legend
        Samples with their words.
    visible
        Whether it shows when the page opens.
    pane
        Which of the page's panes holds it, see `overlays.PANES`.
    outlines
        More features, in the pane above all areas.
    """

    id: str
    title: Bilingual
    features: tuple[Feature, ...]
    legend: tuple[LegendLine, ...]
    visible: bool = True
    pane: str = "bands"
    outlines: tuple[Feature, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultTable:
    """A table with its heading; `folded` ones open at a touch."""

    heading: Bilingual
    columns: tuple[Bilingual, ...]
    rows: tuple[tuple[Cell, ...], ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A figure that is told large, what it counts, and what must be known of it."""

    value: Cell
    title: Bilingual
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """All that a page shows of an answer.

    Attributes
    ----------
    title
        What the page is about.
    line
        How it was asked, for the line that stands on every map; empty where the map itself
        holds the answer, and so says it.
    finding
        What was found, as one sentence.
    cards
        The figures that matter most, at most six.
    facts
        More figures, each with its name.
    layers, tables, notes
        What is drawn, told and to be known. Readers sort each table by its columns; a
        row's first cell that says the name of a feature of the map leads there.
    pin_lonlat
        The place that was asked from, None for several.
    bounds_lonlat
        West, south, east, north to show; None leaves the view as it is.
    """

    title: Bilingual
    line: Bilingual = _UNSAID
    finding: Bilingual | None = None
    cards: tuple[Card, ...] = ()
    facts: tuple[tuple[Bilingual, Bilingual], ...] = ()
    layers: tuple[ResultLayer, ...] = ()
    tables: tuple[ResultTable, ...] = ()
    notes: tuple[Bilingual, ...] = ()
    pin_lonlat: tuple[float, float] | None = None
    bounds_lonlat: tuple[float, float, float, float] | None = field(default=None)


@dataclass(frozen=True, slots=True)
class Page:
    """A page's part of an analysis.

    Attributes
    ----------
    result
        Returns what a page shows of the answer that a map holds.
    """

    result: Callable[[Atlas, MapState, Theme], Result]


def add_result(
    page_map: folium.Map, layers: Sequence[ResultLayer]
) -> dict[str, folium.FeatureGroup]:
    """Add a result's layers to a map; returns their groups by id."""
    groups: dict[str, folium.FeatureGroup] = {}
    for layer in layers:
        group = folium.FeatureGroup(name=layer.id, show=layer.visible)
        group.add_to(page_map)
        add_geojson(group, list(layer.features), layer.pane)
        if layer.outlines:
            add_geojson(group, list(layer.outlines), "outlines")
        groups[layer.id] = group
    return groups


def switches(layers: Sequence[ResultLayer]) -> list[dict[str, Any]]:
    """Return the entries of the page's layer switch."""
    return [
        {
            "id": layer.id,
            "title": layer.title,
            "look": layer.legend[0].look if layer.legend else Swatch(),
            "legend": [{"title": line.title, "look": line.look} for line in layer.legend],
            "visible": layer.visible,
            "schematic": False,
            "count": 0,
        }
        for layer in layers
    ]


def difference_styles(theme: Theme) -> dict[str, dict[str, Any]]:
    """Return how ground gained, lost and kept is drawn, in Leaflet's words."""
    told = tokens()["difference"]
    colours, alphas = told["dark" if theme.dark else "light"], told["alpha"]
    return {
        change: {
            # The hatching has the fill within, so that no ground stands in a page twice.
            "fillColor": colours[change] if change == "both" else f"url(#hatch-{change})",
            "fillOpacity": alphas[change] if change == "both" else 1.0,
            "color": colours[change],
            "weight": 1.6 if change != "both" else 1.0,
            "opacity": 0.9 if change != "both" else 0.6,
        }
        for change in ("both", "gained", "lost")
    }


def hatches(theme: Theme) -> str:
    """Return the page's hatchings as SVG patterns, as ``hatch-gained`` and ``hatch-lost``."""
    told = tokens()["difference"]
    colours, alphas = told["dark" if theme.dark else "light"], told["alpha"]
    made: list[str] = []
    for change in ("gained", "lost"):
        angle, _, step = str(told["hatch"][change]).partition(" ")
        degrees, px = float(angle.removesuffix("deg")), float(step.removesuffix("px"))
        made.append(
            f'<pattern id="hatch-{change}" patternUnits="userSpaceOnUse" width="{px:g}" '
            f'height="{px:g}" patternTransform="rotate({degrees:g})"><rect width="{px:g}" '
            f'height="{px:g}" fill="{colours[change]}" fill-opacity="{alphas[change]:g}"/>'
            f'<path d="M0 0V{px:g}" '
            f'stroke="{colours[change]}" stroke-width="1.6" stroke-opacity="0.7"/></pattern>'
        )
    return f"<defs>{''.join(made)}</defs>"
