"""The layers of an atlas as folium groups, each in its pane."""

import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import folium
import shapely
from folium.map import CustomPane
from folium.raster_layers import ImageOverlay
from folium.utilities import JsCode

from sandbox.app.atlas import Atlas
from sandbox.app.state import LayerShown, MapState
from sandbox.catalog.layer import Layer
from sandbox.draw.theme import LineStyle, Theme
from sandbox.export.page import features, look, relief
from sandbox.export.page.geometry import Feature, collection, feature, street_lines
from sandbox.streets.streets import StreetClass

# From the ground up. Marks and popups stand in Leaflet's own panes, above all these.
PANES: Final = {
    "relief": 205, "ground": 210, "areas": 215, "light": 220, "water": 225, "edges": 230,
    "streets": 240, "dim": 300, "bands": 305, "lit": 310, "outlines": 315, "rails": 330,
}  # fmt: skip
STREETS: Final = "streets"
_CANVAS_PANES: Final = ("ground", "water", "streets", "lit")


@dataclass
class Groups:
    """The groups of a map by layer id, and what the page must say of them.

    Attributes
    ----------
    by_id
        One folium group a layer, in the order of the stack.
    opacity
        0-1, of layers that aren't opaque.
    streets_within_m
        How far from the view streets were kept; None where all were.
    facts
        What popups say, each once: features name it by its place here, as many of a
        kind say the same.
    """

    by_id: dict[str, folium.FeatureGroup] = field(default_factory=dict[str, folium.FeatureGroup])
    opacity: dict[str, float] = field(default_factory=dict[str, float])
    streets_within_m: float | None = None
    facts: list[Any] = field(default_factory=list[Any])


def add_panes(page_map: folium.Map) -> None:
    """Add a pane for each kind of thing, so that what is switched on finds its height."""
    for name, height in PANES.items():
        CustomPane(name, z_index=height).add_to(page_map)


def add_layers(
    page_map: folium.Map, atlas: Atlas, state: MapState, theme: Theme, origin: str
) -> Groups:
    """Add every layer of the state's stack that can be drawn; hidden ones can be switched on.

    Parameters
    ----------
    page_map
        Has the `PANES`.
    atlas, state, theme
        What is drawn, and how.
    origin
        Key of the place that the pin stands on, or empty.
    """
    groups = Groups()
    for shown in state.document.layers:
        layer = atlas.layers.get(shown.id)
        if layer is None or layer.geometry == "table":
            continue
        # No group has a name that anyone sees: the page's own switch speaks two languages.
        group = folium.FeatureGroup(name=layer.id, show=shown.visible)
        group.add_to(page_map)
        groups.by_id[layer.id] = group
        if shown.opacity < 1.0:
            groups.opacity[layer.id] = shown.opacity
        if layer.geometry == "grid":
            _add_relief(group, layer, shown, theme)
        elif layer.geometry == "network":
            groups.streets_within_m = _add_streets(group, atlas, state)
        else:
            _add_features(group, layer, shown, theme, origin=origin, facts=groups.facts)
    if not any(
        name in atlas.layers and atlas.layers[name].geometry == "network" for name in groups.by_id
    ):
        # An atlas without a layer for its streets always shows them, as the screen does.
        group = folium.FeatureGroup(name=STREETS)
        group.add_to(page_map)
        groups.by_id[STREETS] = group
        groups.streets_within_m = _add_streets(group, atlas, state)
    return groups


def add_geojson(
    group: folium.FeatureGroup, found: list[Feature], pane: str, *, interactive: bool = False
) -> None:
    """Add features to a group; each brings its style in its property ``style``."""
    if not found:
        return
    options: dict[str, Any] = {"pane": pane, "interactive": interactive}
    if pane in _CANVAS_PANES:
        options["renderer"] = JsCode(f"sandbox.canvas({pane!r})")
    folium.GeoJson(
        collection(found),
        control=False,
        smooth_factor=0.6,
        on_each_feature=JsCode("sandbox.shape"),
        point_to_layer=JsCode("sandbox.place"),
        **options,
    ).add_to(group)


def _add_relief(group: folium.FeatureGroup, layer: Layer, shown: LayerShown, theme: Theme) -> None:
    if layer.grid is None:
        return
    shaded = relief.shaded_relief(layer.grid, theme)
    with tempfile.TemporaryDirectory() as folder:
        for pane, picture in (("relief", shaded.ground), ("light", shaded.light)):
            path = Path(folder) / f"{pane}.webp"
            relief.write_picture(picture, path)
            ImageOverlay(
                str(path),
                shaded.bounds,
                opacity=shown.opacity,
                pixelated=False,
                control=False,
                pane=pane,
                interactive=False,
            ).add_to(group)


def _add_streets(group: folium.FeatureGroup, atlas: Atlas, state: MapState) -> float | None:
    lines, within_m = street_lines(atlas.network.streets, state.document.view.center_lonlat)
    found = [
        feature(line, {"road": kind.name.lower(), "tunnel": tunnel, "style": {}})
        for (kind, tunnel), line in sorted(lines.items(), key=lambda item: item[0])
    ]
    add_geojson(group, found, "streets")
    return within_m


def _add_features(
    group: folium.FeatureGroup,
    layer: Layer,
    shown: LayerShown,
    theme: Theme,
    *,
    origin: str,
    facts: list[Any],
) -> None:
    by_pane: dict[str, list[Feature]] = {}
    told_at: dict[str, int] = {}
    faint = {"opacity": shown.opacity} if shown.opacity < 1.0 else {}
    for row in features.rows(layer):
        told = json.dumps(row.said["facts"], sort_keys=True)
        if told not in told_at:
            told_at[told] = len(facts)
            facts.append(row.said["facts"])
        is_origin = bool(origin) and row.said["key"] == origin
        said = {**row.said, **faint, "facts": told_at[told], "origin": is_origin}
        dimension = int(shapely.get_dimensions(row.shape))
        if dimension == 1:
            found = _line(layer, row, {**said, "named": layer.style.label}, theme, shown.opacity)
        else:
            found = [] if dimension == 0 else [_area(layer, row, said, theme, shown.opacity)]
            found += _mark(layer, row, said)
        for pane, one in found:
            by_pane.setdefault(pane, []).append(one)
    for pane, some in by_pane.items():
        add_geojson(group, some, pane, interactive=pane in ("areas", "rails", "markerPane"))


def _mark(layer: Layer, row: features.Row, said: dict[str, Any]) -> list[tuple[str, Feature]]:
    icon = layer.style.category if row.kind != "mountain" else ""
    if not icon and not (layer.style.label and said["zh"]):
        return []
    mark = {**said, "icon": icon, "named": layer.style.label}
    return [("markerPane", feature(features.spot(row.shape), mark))]


def _area(
    layer: Layer, row: features.Row, said: dict[str, Any], theme: Theme, opacity: float
) -> tuple[str, Feature]:
    # Base areas answer no touch: what they are stands at their mark.
    said = {"key": said["key"]} if layer.group == "base" else said
    if layer.style.line == "boundary":
        return "edges", feature(row.shape, {**said, "style": look.boundary(theme, opacity)})
    style = look.area(layer, row.kind, row.status, theme, opacity)
    pane = "water" if layer.style.fill == "water" else "ground"
    pane = pane if layer.group == "base" else "areas"
    return pane, feature(row.shape, {**said, "style": style})


def _line(
    layer: Layer, row: features.Row, said: dict[str, Any], theme: Theme, opacity: float
) -> list[tuple[str, Feature]]:
    kind = layer.style.line
    if kind in ("road", "tunnel"):
        street_class = StreetClass.EXPRESS if kind == "tunnel" else look.road_class(row.drawn)
        road = {**said, "road": street_class.name.lower(), "tunnel": kind == "tunnel", "style": {}}
        return [("streets", feature(row.shape, road))]
    if kind in ("metro", "corridor"):
        style = look.rail(layer, row.drawn, row.status, theme)
        halo = LineStyle(theme.colour("halo"), style.width_px + 2.4)
        badge = {"badge": row.drawn} if kind == "metro" and row.drawn.isdigit() else {}
        told = {**said, **badge, "style": look.line(style, opacity)}
        return [
            ("rails", feature(row.shape, {"style": look.line(halo, 0.55 * opacity)})),
            ("rails", feature(row.shape, told)),
        ]
    water = kind == "river"
    thin = LineStyle(theme.colour("water" if water else "label_2"), 2.0)
    told = {**said, "style": look.line(thin, opacity)}
    return [("water" if water else "edges", feature(row.shape, told))]
