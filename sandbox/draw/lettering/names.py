"""What may be named or marked on a map at a scale, most urgent first."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from sandbox.app.places import origin_area
from sandbox.app.state import LayerShown, MapState
from sandbox.catalog.layer import Layer
from sandbox.draw.ground.features import Features, Ground
from sandbox.draw.lettering.along import smooth, spine
from sandbox.draw.lettering.icon_atlas import Line
from sandbox.draw.lettering.line_names import rail_names, road_names, street_names
from sandbox.draw.lettering.named import ORIGIN, Asked, Name, Role, lettering_of, rank_of, said
from sandbox.draw.lettering.own_names import own_names
from sandbox.draw.theme import Theme
from sandbox.draw.viewport import Viewport

Doubles = npt.NDArray[np.float64]

_ROLES: Final[Mapping[str, Role]] = {
    "support": "city",
    "landmark": "place",
    "lab": "place",
    "housing": "place",
    "park": "park",
    "rail": "station",
}
# A place this near to the origin's pin is the origin.
_PIN_NEAR_PX: Final = 12.0
# Names of districts and towns by their column `label_class`.
_TOWN_ROLES: Final[Mapping[str, Role]] = {"1": "city", "2": "place", "3": "place"}
# The first class comes before rings of stations without a name, the others after.
_TOWN_LATER: Final[Mapping[str, float]] = {"1": -0.8, "2": 0.0, "3": 1.0}
# A town's name may leave its place by so much, and not by more than its place is unsure.
_TOWN_SHIFT_PX: Final = 28.0
# What a scene is about is read from farther away.
_SUBJECT_PX: Final = 26.0
# A name isn't written twice within this distance.
_AGAIN_PX: Final = 260.0


def names(ground: Ground, state: MapState, viewport: Viewport, theme: Theme) -> list[Name]:
    """Return all that may be marked or named within a viewport, most urgent first."""
    asked = Asked(state, viewport, theme, viewport.bounds)
    found: list[Name] = []
    known = ground.atlas.layers
    for entry in state.document.layers:
        layer = known.get(entry.id)
        if layer is None or not entry.visible:
            continue
        if layer.geometry == "network":
            found += street_names(ground, asked)
        elif layer.features is not None and len(layer.features):
            found += _layer_names(ground, layer, entry, asked)
    if not any(layer.geometry == "network" for layer in known.values()):
        found += street_names(ground, asked)
    found = _said_once(found, viewport)
    found.sort(key=lambda name: name.rank)
    return found


def _layer_names(  # noqa: PLR0911
    ground: Ground, layer: Layer, entry: LayerShown, asked: Asked
) -> list[Name]:
    features = ground.features(layer.id)
    near = features.near(asked.box)
    if len(near) == 0:
        return []
    if layer.is_own:
        return own_names(features, near, layer, entry, asked)
    if layer.style.line in ("road", "tunnel", "river"):
        return road_names(features, near, layer, asked)
    if layer.style.line in ("metro", "corridor"):
        return rail_names(features, near, layer, asked)
    if asked.viewport.m_per_px >= layer.style.below_m_px:
        return []
    if layer.style.category:
        return _place_names(ground, features, near, layer, asked)
    if layer.style.fill == "water" and layer.style.label:
        return _area_names(ground, features, near, layer, asked)
    if layer.geometry == "point" and layer.style.label:
        return _town_names(ground, features, near, layer, asked)
    return []


def _said_once(found: list[Name], viewport: Viewport) -> list[Name]:
    """Leave out town names that a place with a mark nearby has as well."""
    marked: dict[str, list[Doubles]] = {}
    for name in found:
        if name.mark is not None and name.lines:
            marked.setdefault(name.lines[0].text, []).append(name.xy)
    near_m = _AGAIN_PX * viewport.m_per_px
    return [
        name
        for name in found
        if not name.shift_px
        or all(
            np.hypot(*(name.xy - other)) > near_m for other in marked.get(name.lines[0].text, ())
        )
    ]


def _town_names(
    ground: Ground,
    features: Features,
    near: npt.NDArray[np.int64],
    layer: Layer,
    asked: Asked,
) -> list[Name]:
    """Return names of districts and towns, which have no mark."""
    m_per_px = asked.viewport.m_per_px
    ids, classes = features.column("id"), features.column("label_class")
    accuracy_m = features.column("accuracy_m")
    found: list[Name] = []
    for row in near:
        at_pin = _at_pin(ground, features.marks[row], asked)
        chosen = rank_of(layer, ids[row], asked) < 0
        if m_per_px <= layer.style.above_m_px and not (at_pin or chosen):
            continue
        small = classes[row] == "3" and not (at_pin or chosen)
        colour = asked.theme.colour("label_2" if small else "label")
        role: Role = "city" if at_pin else _TOWN_ROLES.get(classes[row], "place")
        lettering = lettering_of(said(features, int(row), asked), asked.size(role), colour, asked)
        if not lettering:
            continue
        rank = ORIGIN if at_pin else rank_of(layer, ids[row], asked)
        rank += _TOWN_LATER.get(classes[row], 1.0)
        shift_px = min(_TOWN_SHIFT_PX, float(accuracy_m[row]) / m_per_px)
        found.append(
            Name(
                (layer.id, ids[row]),
                rank,
                features.marks[row],
                lettering,
                pin=at_pin,
                shift_px=0.0 if at_pin else shift_px,
                must=asked.subject((layer.id, ids[row])) is not None,
            )
        )
    return found


def _place_names(
    ground: Ground,
    features: Features,
    near: npt.NDArray[np.int64],
    layer: Layer,
    asked: Asked,
) -> list[Name]:
    category = asked.theme.category(layer.style.category)
    role: Role = _ROLES.get(layer.style.category, "site")
    size = asked.size(role)
    ids, kinds, opened = (features.column(name) for name in ("id", "kind", "opened"))
    green = layer.style.category == "park"
    colour = asked.theme.colour("label_green" if green else "label")
    found: list[Name] = []
    for row in near:
        if not _open_by(opened[row], asked.state.document.opened_by):
            continue
        if kinds[row] in ("mountain", "ridge"):
            found += _ridge_name(ground, features, int(row), layer, asked)
            continue
        if asked.viewport.m_per_px > 45 and layer.style.category == "park":
            continue
        at_pin = _at_pin(ground, features.marks[row], asked)
        rank = ORIGIN if at_pin else rank_of(layer, ids[row], asked)
        told = asked.subject((layer.id, ids[row]))
        if told is None and not at_pin and asked.state.gesture.subjects_alone:
            continue
        named = at_pin or (told is not None and told.named)
        large = asked.size("city") if named else asked.size("place")
        if named:
            large = max(large, _SUBJECT_PX * asked.theme.label_scale)
        lettering = lettering_of(
            said(features, int(row), asked),
            max(size, large) if rank < 0 else size,
            asked.theme.colour("accent") if told is not None and told.new else colour,
            asked,
        )
        number = str(told.number) if told is not None and told.number else ""
        found.append(
            Name(
                (layer.id, ids[row]),
                rank,
                features.marks[row],
                lettering if layer.style.label else (),
                None if at_pin else category,
                badge=(number, asked.theme.colour("accent")),
                pin=at_pin,
                must=told is not None,
            )
        )
    return found


def _open_by(opened: str, year: int | None) -> bool:
    """Whether a place is known to have opened by the end of a year; all are without one."""
    if year is None:
        return True
    return opened[:4].isdigit() and int(opened[:4]) <= year


def _at_pin(ground: Ground, xy: Doubles, asked: Asked) -> bool:
    """Whether an origin's pin stands on a place, so that it takes the place's name."""
    reach = asked.state.document.reach
    at = asked.viewport.px(xy)
    return any(
        np.hypot(*(at - asked.viewport.px_of_lonlat(one.lonlat))) < _PIN_NEAR_PX
        and origin_area(ground.atlas, one) is None
        for one in (reach.origins if reach is not None else ())
    )


def _ridge_name(
    ground: Ground, features: Features, row: int, layer: Layer, asked: Asked
) -> list[Name]:
    size = asked.size("mountain")
    visible = shapely.clip_by_rect(
        ground.shapes(layer.id, asked.viewport.m_per_px * 4)[row], *asked.box
    )
    line = _spine(visible)
    pair = said(features, row, asked)
    if line is None or not pair[0] or asked.viewport.m_per_px < 3:
        return []
    lettering = (Line(pair[0], size, asked.theme.colour("label_mountain")),)
    key = (layer.id, features.column("id")[row])
    must = asked.subject(key) is not None
    rank = rank_of(layer, key[1], asked) if must else 8.0
    return [Name(key, rank, line, lettering, along=True, spacing=1.1, must=must)]


def _spine(area: object) -> Doubles | None:
    parts = [
        part for part in shapely.get_parts(np.array([area])) if shapely.get_dimensions(part) == 2
    ]
    if not parts:
        return None
    line = spine(max(parts, key=lambda part: part.area))
    return None if line is None else smooth(line, 4)


def _area_names(
    ground: Ground,
    features: Features,
    near: npt.NDArray[np.int64],
    layer: Layer,
    asked: Asked,
) -> list[Name]:
    m_per_px = asked.viewport.m_per_px
    size, colour = asked.size("water"), asked.theme.colour("label_water")
    ids, kinds = features.column("id"), features.column("kind")
    shapes = ground.shapes(layer.id, m_per_px)
    found: list[Name] = []
    for row in near:
        pair = said(features, int(row), asked)
        visible = shapely.clip_by_rect(shapes[row], *asked.box)
        if not pair[0] or not size or shapely.is_empty(visible):
            continue
        key = (layer.id, ids[row])
        rank = rank_of(layer, ids[row], asked)
        if kinds[row] in ("river", "stream"):
            line = _spine(visible) if shapely.get_dimensions(visible) == 2 else None
            if line is not None and m_per_px <= (60 if kinds[row] == "stream" else 1e9):
                small = size if kinds[row] == "river" else max(11.0, size * 0.75)
                found.append(
                    Name(
                        key,
                        rank,
                        line,
                        (Line(pair[0], round(small), colour),),
                        along=True,
                        spacing=0.7,
                        must=asked.subject(key) is not None,
                    )
                )
            continue
        if shapely.get_dimensions(visible) != 2:
            continue
        circle = shapely.maximum_inscribed_circle(visible, tolerance=8 * m_per_px)
        (x, y), rim = shapely.get_coordinates(circle)
        room = float(np.hypot(rim[0] - x, rim[1] - y)) / m_per_px
        lettering = lettering_of(pair, size, colour, asked)
        must = asked.subject(key) is not None
        if room > size * 0.6 or must:
            at = np.array([x, y])
            shift_px = 40.0 if must else 0.0
            found.append(Name(key, rank, at, lettering, area_px=room, shift_px=shift_px, must=must))
    return found
