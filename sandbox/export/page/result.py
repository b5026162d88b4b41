"""What a page shows of an answer beside its map: areas with a legend, tables, notes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from sandbox.app.atlas import Atlas
from sandbox.app.state import MapState
from sandbox.draw.theme import Theme, tokens
from sandbox.export.page.drawing import Drawing
from sandbox.export.page.geometry import Feature
from sandbox.export.page.swatch import Swatch
from sandbox.words import Bilingual, Text, both

Cell = Bilingual | str
_UNSAID: Final = Bilingual("", "")
# Shapes of one layer of a result, as homes that are audited: more weigh too much for a telephone.
_MOST_SHAPES: Final = 15_000


@dataclass(frozen=True, slots=True)
class LegendLine:
    """A sample, one or a light and a dark one, and its words."""

    title: Bilingual
    look: Swatch | tuple[Swatch, Swatch]


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
        GeoJSON features, each with its style in its property ``style``: one, or a light and
        a dark one.
    legend
        Samples with their words.
    visible
        Whether it shows when the page opens.
    pane
        Which of the page's panes holds it, see `drawing.PANES`.
    outlines, outlines_pane
        More features, by default in the pane above all areas.
    marks
        Points with what their cards say: ``key, layer, zh, en, look, rank, icon, named`` and
        ``facts``, as `sandbox.export.page.features` has them.
    """

    id: str
    title: Bilingual
    features: tuple[Feature, ...]
    legend: tuple[LegendLine, ...]
    visible: bool = True
    pane: str = "bands"
    outlines: tuple[Feature, ...] = ()
    outlines_pane: str = "outlines"
    marks: tuple[Feature, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultTable:
    """A table with its heading; `folded` ones open at a touch.

    `places` says, where there is one, which feature of the map each row's first cell leads to:
    its key (`features.key`), or an empty text.
    """

    heading: Bilingual
    columns: tuple[Bilingual, ...]
    rows: tuple[tuple[Cell, ...], ...]
    folded: bool = False
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A figure in large letters, what it counts, and what readers must know about it."""

    value: Cell
    title: Bilingual
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture beside the map, as a chart.

    Attributes
    ----------
    title
        What it shows.
    zh, en
        PNG in the light and in the dark theme.
    figures
        The table behind it.
    """

    title: Bilingual
    zh: tuple[bytes, bytes]
    en: tuple[bytes, bytes]
    figures: ResultTable


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
    facts
        More figures, each with its name.
    swipe
        What the panes ``left`` and ``right`` hold, where readers can draw a divide between.
    cards
        The figures that matter most, at most six.
    layers, tables, notes
        What is drawn, told and to be known. Readers sort each table by its columns.
    pictures
        Charts.
    legend, saved_legend
        Of what the page draws by itself, and of minutes saved; layers have their own.
    pin_lonlat
        The place that was asked from, None for several.
    bounds_lonlat
        West, south, east, north to show; None leaves the view as it is.
    play
        Travel times that readers can play with, see `sandbox.export.page.play`.
    """

    title: Bilingual
    line: Bilingual = _UNSAID
    finding: Bilingual | None = None
    facts: tuple[tuple[Bilingual, Bilingual], ...] = ()
    swipe: tuple[Bilingual, Bilingual] | None = None
    cards: tuple[Card, ...] = ()
    layers: tuple[ResultLayer, ...] = ()
    legend: tuple[LegendLine, ...] = ()
    saved_legend: tuple[LegendLine, ...] = ()
    tables: tuple[ResultTable, ...] = ()
    notes: tuple[Bilingual, ...] = ()
    pictures: tuple[Picture, ...] = ()
    pin_lonlat: tuple[float, float] | None = None
    bounds_lonlat: tuple[float, float, float, float] | None = field(default=None)

    def noting(self, notes: Iterable[Text]) -> "Result":
        """Return the same with more to be known."""
        return replace(self, notes=(*self.notes, *map(both, notes)))

    play: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page's part of an analysis.

    Attributes
    ----------
    result
        Returns what a page shows, in a theme, of the answer that a map holds. It is asked
        for both themes, and must differ in nothing but looks.
    """

    result: Callable[[Atlas, MapState, Theme], Result]


def dotted(*parts: Bilingual) -> Bilingual:
    """Return parts of the line of terms as one; no line of a narrow screen begins with a dot."""
    dot, said = "\N{NO-BREAK SPACE}· ", [part for part in parts if part.zh]
    return Bilingual(dot.join(part.zh for part in said), dot.join(part.en for part in said))


def in_both_themes(light: Result, dark: Result) -> Result:
    """Return a result whose looks are those of the light and of the dark theme."""
    return replace(
        light,
        layers=tuple(
            replace(
                one,
                features=_both_styles(one.features, other.features),
                outlines=_both_styles(one.outlines, other.outlines),
                legend=_both_looks(one.legend, other.legend),
            )
            for one, other in zip(light.layers, dark.layers, strict=True)
        ),
        legend=_both_looks(light.legend, dark.legend),
    )


def _both_styles(light: Sequence[Feature], dark: Sequence[Feature]) -> tuple[Feature, ...]:
    def pair(one: Feature, other: Feature) -> Feature:
        styles = one["properties"].get("style"), other["properties"].get("style")
        if isinstance(styles[0], tuple) or styles[0] is None:
            return one
        return {**one, "properties": {**one["properties"], "style": styles}}

    return tuple(pair(one, other) for one, other in zip(light, dark, strict=True))


def _both_looks(light: Sequence[LegendLine], dark: Sequence[LegendLine]) -> tuple[LegendLine, ...]:
    return tuple(
        one if isinstance(one.look, tuple) else replace(one, look=(one.look, other.look))
        for one, other in zip(light, dark, strict=True)
        if isinstance(other.look, Swatch) or isinstance(one.look, tuple)
    )


def add_result(drawing: Drawing, layers: Sequence[ResultLayer]) -> None:
    """Add a result's layers to what a page draws."""
    for layer in layers:
        group = drawing.group(layer.id, on=layer.visible)
        kept = _nearest(layer.features)
        if len(kept) < len(layer.features):
            left = len(layer.features) - len(kept)
            drawing.results_left_out.append((layer.title, len(kept), left))
        drawing.add(group, kept, layer.pane)
        drawing.add(group, layer.outlines, layer.outlines_pane)
        marks = [
            {
                **one,
                "properties": {
                    **one["properties"],
                    "facts": drawing.fact(one["properties"]["facts"]),
                },
            }
            for one in layer.marks
        ]
        drawing.add(group, marks, "markerPane", interactive=True)


def _nearest(features: Sequence[Feature]) -> Sequence[Feature]:
    """Return the features that a page can carry, in their order: those nearest their middle."""
    if len(features) <= _MOST_SHAPES:
        return features
    corners = np.array([_corner(one["geometry"]["coordinates"]) for one in features])
    away = np.hypot(*(corners - np.median(corners, axis=0)).T)
    kept = np.sort(np.argsort(away, kind="stable")[:_MOST_SHAPES])
    return [features[number] for number in kept.tolist()]


def _corner(coordinates: Any) -> Any:
    while isinstance(coordinates[0], list | tuple):
        coordinates = coordinates[0]
    return coordinates[:2]


def switches(layers: Sequence[ResultLayer]) -> list[dict[str, Any]]:
    """Return the entries of the page's layer switch."""
    return [
        {
            "id": layer.id,
            "title": layer.title,
            "look": layer.legend[0].look if layer.legend else Swatch(),
            # What one sample says is the layer's own title.
            "legend": [{"title": line.title, "look": line.look} for line in layer.legend]
            if len(layer.legend) > 1 or [line.title for line in layer.legend] != [layer.title]
            else [],
            "visible": layer.visible,
            "schematic": False,
            "count": 0,
        }
        for layer in layers
    ]


def hatches() -> str:
    """Return the page's hatchings as SVG patterns, as ``hatch-gained`` and ``hatch-lost``."""
    told = tokens()["difference"]
    made: list[str] = []
    for change in ("gained", "lost"):
        angle, _, step = str(told["hatch"][change]).partition(" ")
        degrees, px = float(angle.removesuffix("deg")), float(step.removesuffix("px"))
        colour = f"var(--change-{change})"
        made.append(
            f'<pattern id="hatch-{change}" patternUnits="userSpaceOnUse" width="{px:g}" '
            f'height="{px:g}" patternTransform="rotate({degrees:g})"><rect width="{px:g}" '
            f'height="{px:g}" fill="{colour}" fill-opacity="{told["alpha"][change]:g}"/>'
            f'<path d="M0 0V{px:g}" '
            f'stroke="{colour}" stroke-width="1.6" stroke-opacity="0.7"/></pattern>'
        )
    return f"<defs>{''.join(made)}</defs>"
