"""What may be named or marked on a map at a scale, in which words, how urgently."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtGui import QFontMetricsF

from sandbox.app.state import MapState
from sandbox.catalog.layer import Layer
from sandbox.draw.fonts import font
from sandbox.draw.ground import Features, Ground, lines_near
from sandbox.draw.lettering import smooth, spine
from sandbox.draw.stamps import Line
from sandbox.draw.streets import ROAD_CLASSES, width_px
from sandbox.draw.theme import Category, Theme
from sandbox.draw.viewport import Viewport
from sandbox.network.streets import StreetClass
from sandbox.words import Text, words_of

Doubles = npt.NDArray[np.float64]
Role = Literal["city", "place", "site", "park", "water", "station", "road", "mountain"]

# Lettering in pixels where a logical pixel is up to so many metres; 0: not named.
_SCALES_M_PX: Final = (3.0, 8.0, 20.0, 60.0, float("inf"))
_SIZES: Final[Mapping[Role, tuple[float, ...]]] = {
    "city": (31, 25, 22, 21, 24),
    "place": (25, 23, 20, 18, 0),
    "site": (23, 20, 18, 0, 0),
    "park": (23, 20, 19, 17, 0),
    "water": (25, 22, 21, 21, 20),
    "station": (20, 18, 17, 0, 0),
    "road": (20, 17, 16, 15, 0),
    "mountain": (34, 32, 30, 28, 28),
}
_ROLES: Final[Mapping[str, Role]] = {
    "support": "city",
    "landmark": "place",
    "lab": "place",
    "housing": "place",
    "park": "park",
    "rail": "station",
}
_SECOND_LINE: Final = 0.6
# Ranks above every layer's own.
ORIGIN, HUB, SELECTED, REACHED = -40.0, -30.0, -20.0, -10.0
# A place this near to the origin's pin is the origin.
_PIN_NEAR_PX: Final = 12.0
_LINE_STATUS: Final = ("planned", "construction")


@dataclass(frozen=True, eq=False)
class Name:
    """Something that may be marked and named.

    Attributes
    ----------
    key
        Layer and id; several names of one feature share it.
    rank
        Lower is placed first.
    xy
        Where it stands, metres; of a line, its points.
    lines
        Lettering, the name first; empty for a mark alone.
    mark
        Category of its mark; None for none.
    ring
        Colour of a station's ring; empty for none.
    badge
        Number of a line on its colour (text, colour); empty for none.
    along
        Whether it stands along a line instead of at a point.
    spacing
        Room between characters along a line, in sizes.
    area_px
        Half width of the room within an area that is named inside, pixels; 0 elsewhere.
    pin
        Whether the origin's pin stands there instead of a mark.
    """

    key: tuple[str, str]
    rank: float
    xy: Doubles
    lines: tuple[Line, ...]
    mark: Category | None = None
    ring: str = ""
    badge: tuple[str, str] = ("", "")
    tag: str = ""
    along: bool = False
    spacing: float = 0.0
    area_px: float = 0.0
    pin: bool = False


@dataclass(frozen=True, eq=False)
class _Asked:
    state: MapState
    viewport: Viewport
    theme: Theme
    box: tuple[float, float, float, float]

    def size(self, role: Role) -> float:
        return name_size_px(role, self.viewport.m_per_px, self.theme)


def name_size_px(role: Role, m_per_px: float, theme: Theme) -> float:
    """Return the size of a role's lettering at a scale, 0 where it isn't named."""
    index = next(i for i, limit in enumerate(_SCALES_M_PX) if m_per_px <= limit)
    size = _SIZES[role][index] * theme.label_scale
    return max(11.0, round(size)) if size else 0.0


def names(ground: Ground, state: MapState, viewport: Viewport, theme: Theme) -> list[Name]:
    """Return all that may be marked or named within a viewport, most urgent first."""
    asked = _Asked(state, viewport, theme, viewport.bounds)
    found: list[Name] = []
    known = ground.atlas.layers
    for entry in state.layers:
        layer = known.get(entry.id)
        if layer is None or not entry.visible:
            continue
        if layer.geometry == "network":
            found += _street_names(ground, asked)
        elif layer.features is not None and len(layer.features):
            found += _layer_names(ground, layer, asked)
    if not any(layer.geometry == "network" for layer in known.values()):
        found += _street_names(ground, asked)
    found.sort(key=lambda name: name.rank)
    return found


def _layer_names(  # noqa: PLR0911
    ground: Ground, layer: Layer, asked: _Asked
) -> list[Name]:
    features = ground.features(layer.id)
    near = features.near(asked.box)
    if len(near) == 0:
        return []
    if layer.style.line in ("road", "tunnel", "river"):
        return _road_names(features, near, layer, asked)
    if layer.style.line in ("metro", "corridor"):
        return _rail_names(features, near, layer, asked)
    if asked.viewport.m_per_px >= layer.style.below_m_px:
        return []
    if layer.style.category:
        return _place_names(ground, features, near, layer, asked)
    if layer.style.fill == "water" and layer.style.label:
        return _area_names(ground, features, near, layer, asked)
    return []


def _rank(layer: Layer, feature_id: str, asked: _Asked) -> float:
    """Return how urgent a feature is: origin, hub, selection, what is in reach, the rest."""
    selected, answer = asked.state.selected, asked.state.reach_answer
    if selected is not None and (selected.layer, selected.id) == (layer.id, feature_id):
        return SELECTED
    if answer is not None and any(
        place.layer == layer.id and place.id == feature_id for place in answer.places
    ):
        return REACHED + layer.style.label_rank / 100.0
    return float(layer.style.label_rank)


def said(features: Features, row: int, asked: _Asked) -> tuple[str, str]:
    """Return a feature's name in the language of the map, and in the other one."""
    zh, en = features.column("name_zh")[row], features.column("name_en")[row]
    status = features.column("status")[row]
    if status in _LINE_STATUS:
        zh, en = (_with_status(name, status, tongue) for name, tongue in ((zh, "zh"), (en, "en")))
    return (zh or en, en) if asked.state.language == "zh" else (en or zh, zh)


def _with_status(name: str, status: str, language: str) -> str:
    """Name every status that isn't open, once."""
    words = words_of(language)
    # The name may say so itself, in brackets.
    if not name or any(sign in name for sign in ("规划", "在建", "planned", "being built")):
        return name
    if status == "planned":
        return words("{name} (planned)", name=name)
    return words("{name} (being built)", name=name)


def _lettering(pair: tuple[str, str], size: float, colour: str, asked: _Asked) -> tuple[Line, ...]:
    if not size or not pair[0]:
        return ()
    first = Line(pair[0], size, colour)
    if not pair[1] or pair[1] == pair[0]:
        return (first,)
    second = Line(pair[1], max(9.5, round(size * _SECOND_LINE)), asked.theme.colour("label_2"))
    return first, second


def _place_names(
    ground: Ground,
    features: Features,
    near: npt.NDArray[np.int64],
    layer: Layer,
    asked: _Asked,
) -> list[Name]:
    category = asked.theme.category(layer.style.category)
    role: Role = _ROLES.get(layer.style.category, "site")
    size = asked.size(role)
    ids, kinds = features.column("id"), features.column("kind")
    green = layer.style.category == "park"
    colour = asked.theme.colour("label_green" if green else "label")
    found: list[Name] = []
    for row in near:
        if kinds[row] in ("mountain", "ridge"):
            found += _ridge_name(ground, features, int(row), layer, asked)
            continue
        if asked.viewport.m_per_px > 45 and layer.style.category == "park":
            continue
        at_pin = _at_pin(features.marks[row], asked)
        rank = ORIGIN if at_pin else _rank(layer, ids[row], asked)
        large = asked.size("city") if at_pin else asked.size("place")
        lettering = _lettering(
            said(features, int(row), asked),
            max(size, large) if rank < 0 else size,
            colour,
            asked,
        )
        found.append(
            Name(
                (layer.id, ids[row]),
                rank,
                features.marks[row],
                lettering if layer.style.label else (),
                None if at_pin else category,
                pin=at_pin,
            )
        )
    return found


def _at_pin(xy: Doubles, asked: _Asked) -> bool:
    """Whether the origin's pin stands on a place, so that it takes the place's name."""
    if asked.state.reach is None:
        return False
    x, y = asked.viewport.px_of_lonlat(asked.state.reach.origin_lonlat)
    return bool(np.hypot(*(asked.viewport.px(xy) - (x, y))) < _PIN_NEAR_PX)


def _ridge_name(
    ground: Ground, features: Features, row: int, layer: Layer, asked: _Asked
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
    return [Name(key, 8.0, line, lettering, along=True, spacing=1.1)]


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
    asked: _Asked,
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
        rank = _rank(layer, ids[row], asked)
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
                    )
                )
            continue
        if shapely.get_dimensions(visible) != 2:
            continue
        circle = shapely.maximum_inscribed_circle(visible, tolerance=8 * m_per_px)
        (x, y), rim = shapely.get_coordinates(circle)
        room = float(np.hypot(rim[0] - x, rim[1] - y)) / m_per_px
        lettering = _lettering(pair, size, colour, asked)
        if room > size * 0.6:
            found.append(Name(key, rank, np.array([x, y]), lettering, area_px=room))
    return found


def _road_names(
    features: Features, near: npt.NDArray[np.int64], layer: Layer, asked: _Asked
) -> list[Name]:
    size = asked.size("road")
    if not size or not layer.style.label:
        return []
    ids, classes = features.column("id"), features.column("road_class")
    colour = asked.theme.colour("label_road")
    found: list[Name] = []
    for row in near:
        pair = said(features, int(row), asked)
        kind = ROAD_CLASSES.get(classes[row], StreetClass.ARTERIAL)
        if layer.style.line == "tunnel" and asked.viewport.m_per_px > 20:
            continue
        if kind != StreetClass.EXPRESS and asked.viewport.m_per_px > 40:
            continue
        for part in shapely.get_parts(np.array([features.shapes[row]])):
            if pair[0] and shapely.get_dimensions(part) == 1:
                rank = layer.style.label_rank - int(kind) / 10.0
                found.append(
                    Name(
                        (layer.id, ids[row]),
                        rank,
                        shapely.get_coordinates(part),
                        (Line(pair[0], size, colour),),
                        along=True,
                        spacing=0.28,
                    )
                )
    return found


def _street_names(ground: Ground, asked: _Asked) -> list[Name]:
    m_per_px = asked.viewport.m_per_px
    size = asked.size("road")
    streets = ground.atlas.network.streets
    if m_per_px > 8 or not streets.names:
        return []
    chains = ground.streets(m_per_px)
    near = lines_near(chains, asked.box)
    near = near[chains.name[near] >= 0]
    colour = asked.theme.colour("label_road")
    best: dict[int, tuple[float, int]] = {}
    boxes = chains.boxes
    for row in near:
        kind = StreetClass(chains.street_class[row])
        if width_px(kind, m_per_px) < 1.3:
            continue
        extent = float(np.hypot(*(boxes[row, 2:] - boxes[row, :2])))
        name = int(chains.name[row])
        if extent > best.get(name, (0.0, 0))[0]:
            best[name] = (extent, int(row))
    found: list[Name] = []
    for name, (_, row) in best.items():
        kind = int(chains.street_class[row])
        smaller = max(11.0, size - (2.0 if kind < StreetClass.COLLECTOR else 0.0))
        xy = chains.xy[chains.starts[row] : chains.starts[row + 1]]
        lettering = (Line(streets.names[name], smaller, colour),)
        found.append(
            Name(
                ("", streets.names[name]),
                60.0 - kind,
                xy,
                lettering,
                along=True,
                spacing=0.2,
            )
        )
    return found


def _rail_names(
    features: Features, near: npt.NDArray[np.int64], layer: Layer, asked: _Asked
) -> list[Name]:
    ids, kinds, status = (features.column(name) for name in ("id", "kind", "status"))
    metro = layer.style.line == "metro"
    lines = features.column("line" if metro else "corridor_class")
    size = asked.size("station")
    found: list[Name] = []
    for row in near:
        shape = features.shapes[row]
        key = (layer.id, ids[row])
        if shapely.get_dimensions(shape) > 0:
            style = (
                asked.theme.metro(lines[row], status[row])
                if metro
                else asked.theme.corridor(lines[row])
            )
            if metro and lines[row].isdigit():
                found += _badges(key, shape, lines[row], style.colour, asked)
            elif not metro:
                found += _towards(features, int(row), key, style.colour, asked)
            continue
        if asked.viewport.m_per_px > 45 and kinds[row] != "hub":
            continue
        number = lines[row].split("/")[0] if metro else ""
        colour = asked.theme.metro(number).colour
        hub = kinds[row] == "hub"
        rank = _rank(layer, ids[row], asked)
        if hub:
            rank = min(rank, HUB)
        ink = asked.theme.colour("label") if hub or not number.isdigit() else colour
        pair = said(features, int(row), asked) if hub else _station(features, int(row), asked)
        lettering = _lettering(pair, asked.size("city") if hub else size, ink, asked)
        if not hub and lettering and asked.viewport.m_per_px > 8:
            lettering = lettering[:1]
        if hub:
            mark = asked.theme.category("rail")
            found.append(Name(key, rank, features.marks[row], lettering, mark))
        else:
            found.append(Name(key, rank, features.marks[row], lettering, ring=colour))
    return found


def _station(features: Features, row: int, asked: _Asked) -> tuple[str, str]:
    """Return a station's name; its line's dashes say that it isn't open."""
    zh, en = features.column("name_zh")[row], features.column("name_en")[row]
    return (zh or en, en) if asked.state.language == "zh" else (en or zh, zh)


def _badges(
    key: tuple[str, str], shape: object, number: str, colour: str, asked: _Asked
) -> list[Name]:
    """Return the line's number where it can be seen, about every 700 pixels."""
    visible = shapely.clip_by_rect(np.array([shape]), *asked.box)
    found: list[Name] = []
    for part in shapely.get_parts(visible):
        length_px = part.length / asked.viewport.m_per_px
        if shapely.get_dimensions(part) != 1 or length_px < 60:
            continue
        count = max(1, round(length_px / 700))
        for index in range(count):
            point = shapely.line_interpolate_point(part, (index + 0.5) / count, normalized=True)
            xy = shapely.get_coordinates(point)[0]
            found.append(Name(key, 9.0, xy, (), badge=(number, colour)))
    return found


def _towards(
    features: Features, row: int, key: tuple[str, str], colour: str, asked: _Asked
) -> list[Name]:
    """Return where a corridor leads, as a tag well before it leaves the map."""
    if asked.viewport.m_per_px < 8:
        return []
    zh, en = features.column("towards_zh")[row], features.column("towards_en")[row]
    language = asked.state.language
    words, other = words_of(language), words_of("en" if language == "zh" else "zh")
    if zh:
        place, second = (zh, en) if language == "zh" else (en, zh)
        first = words("to {place}", place=place)
    else:
        unknown = Text("direction not published")
        first, second = unknown.said(words), unknown.said(other)
    size = max(12.0, round(20 * asked.theme.label_scale))
    lettering = (
        Line(first, size, colour),
        Line(second, max(10.0, round(size * 0.72)), asked.theme.colour("ink_2")),
    )
    part = shapely.clip_by_rect(np.array([features.shapes[row]]), *asked.box)[0]
    if shapely.is_empty(part) or shapely.get_dimensions(part) != 1:
        return []
    pieces = shapely.get_parts(np.array([part]))
    longest = pieces[int(np.argmax(shapely.length(pieces)))]
    if longest.length / asked.viewport.m_per_px < 160:
        return []
    point = shapely.line_interpolate_point(longest, 0.72, normalized=True)
    return [Name(key, 7.0, shapely.get_coordinates(point)[0], lettering, tag=colour)]


def advances(line: Line) -> list[float]:
    """Return the width of each character of a line of lettering, logical pixels."""
    metrics = QFontMetricsF(font(line.size_px))
    return [metrics.horizontalAdvance(character) for character in line.text]
