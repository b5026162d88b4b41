"""The layers of an atlas as groups of a page, each in its pane."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from sandbox.app.atlas import Atlas
from sandbox.app.state import LayerShown, MapState
from sandbox.catalog.layer import Layer
from sandbox.catalog.symbology import Symbology
from sandbox.draw.theme import LineStyle, Theme
from sandbox.export.page import features, look, own, relief
from sandbox.export.page.drawing import Drawing, in_both
from sandbox.export.page.geometry import Feature, feature, street_lines
from sandbox.export.page.ground_pictures import add_picture
from sandbox.geo.crs import length_m
from sandbox.streets.streets import StreetClass

STREETS: Final = "streets"
# More marks and outlines than these weigh too much for a telephone, in one layer and in all
# together; the nearest stay.
_MOST_FEATURES: Final = 4_000
_MOST_POINTS: Final = 150_000
MOST_FEATURES_OF_ALL: Final = 9_000
MOST_POINTS_OF_ALL: Final = 200_000


def add_layers(drawing: Drawing, atlas: Atlas, state: MapState, origin: str) -> None:
    """Add every layer of the state's stack that can be drawn; hidden ones can be switched on.

    Of a layer with more features than a telephone can take, those nearest the middle of the
    view stay, and the drawing says how many don't.

    Parameters
    ----------
    drawing
        Gets the groups.
    atlas, state
        What is drawn.
    origin
        Key of the place that the pin stands on, or empty.
    """
    every = {one.id: list(features.rows(one)) for one in _drawn_layers(atlas, state)}
    most = shares(
        {name: min(len(rows), _MOST_FEATURES) for name, rows in every.items()},
        MOST_FEATURES_OF_ALL,
    )
    points = shares(
        {name: min(_points(rows), _MOST_POINTS) for name, rows in every.items()},
        MOST_POINTS_OF_ALL,
    )
    for shown in state.document.layers:
        layer = atlas.layers.get(shown.id)
        if layer is None or layer.geometry == "table":
            continue
        group = drawing.group(layer.id, on=shown.visible, opacity=shown.opacity)
        if layer.geometry == "grid":
            _add_relief(group, layer)
        elif layer.geometry == "picture":
            add_picture(drawing, group, layer)
        elif layer.geometry == "network":
            _add_streets(drawing, group, atlas, state)
        else:
            rows = every[layer.id]
            near = _near(rows, state.document.view.center_lonlat, most[layer.id], points[layer.id])
            if len(near) < len(rows):
                drawing.left_out[layer.id] = len(rows) - len(near)
            looks = own.colours(layer, shown.symbology or Symbology()) if layer.is_own else None
            kept = [(rows[number], looks[number] if looks else None) for number in near]
            _add_features(drawing, group, layer, shown, kept, origin)
    if not any(
        one["id"] in atlas.layers and atlas.layers[one["id"]].geometry == "network"
        for one in drawing.groups
    ):
        # An atlas without a layer for its streets always shows them, as the screen does.
        _add_streets(drawing, drawing.group(STREETS), atlas, state)


def _drawn_layers(atlas: Atlas, state: MapState) -> list[Layer]:
    every = [atlas.layers[one.id] for one in state.document.layers if one.id in atlas.layers]
    return [one for one in every if one.geometry not in ("table", "grid", "network", "picture")]


def shares(wanted: Mapping[str, int], most: int) -> dict[str, int]:
    """Return how many each layer may have so that all together have at most so many.

    What small layers don't need goes to the larger ones, which get the same each.
    """
    left, given = most, dict[str, int]()
    for number, (name, count) in enumerate(sorted(wanted.items(), key=lambda pair: pair[1])):
        given[name] = min(count, left // (len(wanted) - number))
        left -= given[name]
    return given


def _points(rows: list[features.Row]) -> int:
    shapes: npt.NDArray[Any] = np.array([row.shape for row in rows], dtype=object)
    return int(shapely.get_num_coordinates(shapes).sum()) if len(rows) else 0


def _add_relief(group: dict[str, Any], layer: Layer) -> None:
    if layer.grid is None:
        return
    grid = layer.grid
    light, dark = in_both(lambda theme: relief.shaded_relief(grid, theme))
    group["pictures"] = [
        {
            "pane": pane,
            "bounds": light.bounds,
            "src": [relief.data_uri(picture) for picture in pictures],
        }
        for pane, pictures in (
            ("relief", (light.ground, dark.ground)),
            ("light", (light.light, dark.light)),
        )
    ]


def _add_streets(drawing: Drawing, group: dict[str, Any], atlas: Atlas, state: MapState) -> None:
    lines, within_m = street_lines(atlas.network.streets, state.document.view.center_lonlat)
    found = [
        feature(line, {"road": kind.name.lower(), "tunnel": tunnel})
        for (kind, tunnel), line in sorted(lines.items(), key=lambda item: item[0])
    ]
    drawing.add(group, found, "streets")
    drawing.streets_within_m = within_m


def _add_features(  # noqa: PLR0917 - what is drawn, where, and of which view
    drawing: Drawing,
    group: dict[str, Any],
    layer: Layer,
    shown: LayerShown,
    rows: Sequence[tuple[features.Row, own.Colours | None]],
    origin: str,
) -> None:
    by_pane: dict[str, list[Feature]] = {}
    for row, colours in rows:
        drawing.keys.add(row.said["key"])
        said = {**row.said, "facts": drawing.fact(row.said["facts"])}
        if origin and said["key"] == origin:
            said["origin"] = True
        dimension = int(shapely.get_dimensions(row.shape))
        if colours is not None:
            found = _own(layer, row, said, colours, shown.opacity)
        elif dimension == 1:
            found = _line(layer, row, {**said, "named": layer.style.label}, shown.opacity)
        else:
            found = [] if dimension == 0 else [_area(layer, row, said, shown.opacity)]
            found += _mark(layer, row, said)
        for pane, one in found:
            by_pane.setdefault(pane, []).append(one)
    for pane, some in by_pane.items():
        drawing.add(group, some, pane, interactive=pane in ("areas", "rails", "markerPane"))


def _near(
    rows: list[features.Row], center_lonlat: tuple[float, float], most: int, most_points: int
) -> list[int]:
    """Return which features a page can carry, in their order: those nearest its middle."""
    shapes: npt.NDArray[Any] = np.array([row.shape for row in rows], dtype=object)
    points = shapely.get_num_coordinates(shapes)
    if len(rows) <= most and points.sum() <= most_points:
        return list(range(len(rows)))
    west, south, east, north = shapely.bounds(shapes).T
    middle = np.stack([(west + east) / 2, (south + north) / 2], axis=1)
    order = np.argsort(length_m(middle, [center_lonlat] * len(rows)), kind="stable")
    kept = order[:most]
    kept = kept[np.cumsum(points[kept]) <= most_points]
    return np.sort(kept).tolist()


def _own(
    layer: Layer, row: features.Row, said: dict[str, Any], colours: own.Colours, opacity: float
) -> list[tuple[str, Feature]]:
    """Return a feature of a user's own: a dot, a line or an area, with its name."""
    dimension = int(shapely.get_dimensions(row.shape))
    named = {**said, "named": layer.style.label}
    if dimension == 0:
        dot = {**named, "icon": own.ICON, "colours": list(colours)}
        return [("markerPane", feature(features.spot(row.shape), dot))]
    if dimension == 1:
        style = own.line(colours, opacity)
        return [("rails", feature(row.shape, {**named, "style": style}))]
    found = [("areas", feature(row.shape, {**said, "style": own.area(colours, opacity)}))]
    if layer.style.label and said["zh"]:
        found.append(("markerPane", feature(features.spot(row.shape), {**named, "icon": ""})))
    return found


def _mark(layer: Layer, row: features.Row, said: dict[str, Any]) -> list[tuple[str, Feature]]:
    icon = layer.style.category if row.kind != "mountain" else ""
    if not icon and not (layer.style.label and said["zh"]):
        return []
    mark = {**said, "icon": icon, "named": layer.style.label}
    return [("markerPane", feature(features.spot(row.shape), mark))]


def _area(
    layer: Layer, row: features.Row, said: dict[str, Any], opacity: float
) -> tuple[str, Feature]:
    # Base areas answer no touch: what they are stands at their mark.
    said = {"key": said["key"]} if layer.group == "base" else said
    if layer.style.line == "boundary":
        return "edges", feature(
            row.shape, {**said, "style": in_both(lambda theme: look.boundary(theme, opacity))}
        )
    style = in_both(lambda theme: look.area(layer, row.kind, row.status, theme, opacity))
    pane = "water" if layer.style.fill == "water" else "ground"
    pane = pane if layer.group == "base" else "areas"
    return pane, feature(row.shape, {**said, "style": style})


def _line(
    layer: Layer, row: features.Row, said: dict[str, Any], opacity: float
) -> list[tuple[str, Feature]]:
    kind = layer.style.line
    if kind in ("road", "tunnel"):
        street_class = StreetClass.EXPRESS if kind == "tunnel" else look.road_class(row.drawn)
        road = {**said, "road": street_class.name.lower(), "tunnel": kind == "tunnel"}
        return [("streets", feature(row.shape, road))]
    if kind in ("metro", "corridor"):

        def halo(theme: Theme) -> LineStyle:
            width_px = look.rail(layer, row.drawn, row.status, theme).width_px
            return LineStyle(theme.colour("halo"), width_px + 2.4)

        def rail(theme: Theme) -> LineStyle:
            return look.rail(layer, row.drawn, row.status, theme)

        badge = {"badge": row.drawn} if kind == "metro" and row.drawn.isdigit() else {}
        told = {**said, **badge, "style": in_both(lambda theme: look.line(rail(theme), opacity))}
        return [
            (
                "rails",
                feature(
                    row.shape,
                    {"style": in_both(lambda theme: look.line(halo(theme), 0.55 * opacity))},
                ),
            ),
            ("rails", feature(row.shape, told)),
        ]
    water = kind == "river"
    colour = "water" if water else "label_2"
    style = in_both(lambda theme: look.line(LineStyle(theme.colour(colour), 2.0), opacity))
    told = {**said, "style": style}
    return [("water" if water else "edges", feature(row.shape, told))]
