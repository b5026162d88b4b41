"""Names along lines, and the marks of rails: roads, streets, metro lines, stations, corridors."""

import numpy as np
import numpy.typing as npt
import shapely

from sandbox.catalog.layer import Layer
from sandbox.draw.ground.features import Features, Ground, lines_near
from sandbox.draw.ground.streets import ROAD_CLASSES, width_px
from sandbox.draw.lettering.icon_atlas import Line
from sandbox.draw.lettering.named import HUB, SELECTED, Asked, Name, lettering_of, rank_of, said
from sandbox.streets.streets import StreetClass
from sandbox.words import Text, words_of

# After line numbers and mountains, before towns.
_BARE_RING = 9.5
# Groups of tunnels come before the roads that run through them.
_GROUPS_RANK = 30.0
_GROUP_SHIFT_PX = 40.0


def road_names(
    features: Features, near: npt.NDArray[np.int64], layer: Layer, asked: Asked
) -> list[Name]:
    """Return the names of a layer's roads, tunnels or rivers along their lines."""
    size = asked.size("road")
    if not size or not layer.style.label:
        return []
    if layer.style.line == "tunnel" and asked.viewport.m_per_px > 20:
        return _group_names(features, near, layer, asked)
    ids, classes = features.column("id"), features.column("road_class")
    colour = asked.theme.colour("label_road")
    found: list[Name] = []
    for row in near:
        pair = said(features, int(row), asked)
        kind = ROAD_CLASSES.get(classes[row], StreetClass.ARTERIAL)
        if kind != StreetClass.EXPRESS and asked.viewport.m_per_px > 40:
            continue
        for part in shapely.get_parts(np.array([features.shapes[row]])):
            if pair[0] and shapely.get_dimensions(part) == 1:
                key = (layer.id, ids[row])
                must = asked.subject(key) is not None
                rank = layer.style.label_rank - int(kind) / 10.0
                rank = rank_of(layer, ids[row], asked) if must else rank
                found.append(
                    Name(
                        key,
                        rank,
                        shapely.get_coordinates(part),
                        (Line(pair[0], size, colour),),
                        along=True,
                        spacing=0.28,
                        must=must,
                    )
                )
    return found


def _group_names(
    features: Features, near: npt.NDArray[np.int64], layer: Layer, asked: Asked
) -> list[Name]:
    """Return one name for each group of tunnels: on a small scale their own don't fit."""
    zh = asked.state.language == "zh"
    groups, own = features.column("group"), features.column("group_zh" if zh else "group_en")
    members: dict[str, list[int]] = {}
    for row in near:
        if own[row]:
            members.setdefault(groups[row], []).append(int(row))
    size, colour = asked.size("road"), asked.theme.colour("label_road")
    found: list[Name] = []
    for number, rows in members.items():
        one = len(rows) == 1
        text = Text("{group} Tunnel" if one else "{group} tunnels", {"group": own[rows[0]]})
        middle = shapely.line_interpolate_point(features.shapes[rows[0]], 0.5, normalized=True)
        found.append(
            Name(
                (layer.id, f"group_{number}"),
                _GROUPS_RANK,
                shapely.get_coordinates(middle)[0],
                (Line(text.said(words_of(asked.state.language)), size, colour),),
                shift_px=_GROUP_SHIFT_PX,
            )
        )
    return found


def street_names(ground: Ground, asked: Asked) -> list[Name]:
    """Return the names of the network's streets, each along its longest line."""
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
    known = _road_words(ground) if asked.state.language == "en" else {}
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
        said_name = known.get(streets.names[name], streets.names[name])
        lettering = (Line(said_name, smaller, colour),)
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


def _road_words(ground: Ground) -> dict[str, str]:
    """Return English names of roads by their Chinese ones, as the road layers know them."""
    found: dict[str, str] = {}
    for layer in ground.atlas.layers.values():
        if layer.style.line in ("road", "tunnel"):
            features = ground.features(layer.id)
            pairs = zip(features.column("name_zh"), features.column("name_en"), strict=True)
            found.update({zh: en for zh, en in pairs if zh and en})
    return found


def rail_names(
    features: Features, near: npt.NDArray[np.int64], layer: Layer, asked: Asked
) -> list[Name]:
    """Return a rail layer's stations, line numbers and where its corridors lead."""
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
        if asked.viewport.m_per_px > 45 and kinds[row] != "hub" and not asked.subject(key):
            continue
        number = lines[row].split("/")[0] if metro else ""
        colour = asked.theme.metro(number).colour
        hub = kinds[row] == "hub"
        rank = rank_of(layer, ids[row], asked)
        if hub:
            rank = min(rank, HUB)
        # A line's colour can't be read over a band of nearly the same colour.
        plain = hub or asked.answered or not number.isdigit()
        ink = asked.theme.colour("label") if plain else colour
        pair = said(features, int(row), asked) if hub else _station(features, int(row), asked)
        must = asked.subject(key) is not None
        large = asked.size("city" if hub else "place") if hub or must else size
        lettering = lettering_of(pair, large, ink, asked)
        if not hub and lettering and asked.viewport.m_per_px > 8:
            lettering = lettering[:1]
        if not lettering and rank > SELECTED:
            if asked.theme.label_scale >= 1.0:
                # Visitors at the kiosk can't ask a ring for its name.
                continue
            # Rings too small for a name belong to their line: names make way for them.
            rank = min(rank, _BARE_RING)
        if hub:
            mark = asked.theme.category("rail")
            found.append(Name(key, rank, features.marks[row], lettering, mark, must=must))
        else:
            # An answer by transit is read at its stations, so none gives way to a place.
            first, at = asked.answered, features.marks[row]
            found.append(Name(key, rank, at, lettering, ring=colour, mark_first=first, must=must))
    return found


def _station(features: Features, row: int, asked: Asked) -> tuple[str, str]:
    """Return a station's name; its line's dashes say that it isn't open."""
    zh, en = features.column("name_zh")[row], features.column("name_en")[row]
    return (zh or en, en) if asked.state.language == "zh" else (en or zh, zh)


def _badges(
    key: tuple[str, str], shape: object, number: str, colour: str, asked: Asked
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
    features: Features, row: int, key: tuple[str, str], colour: str, asked: Asked
) -> list[Name]:
    """Return where a corridor leads, as a tag well before it leaves the map."""
    if asked.viewport.m_per_px < 8:
        return []
    zh, en = features.column("towards_zh")[row], features.column("towards_en")[row]
    language = asked.state.language
    words = words_of(language)
    if not zh:
        # A line whose direction isn't published has no direction on the map.
        return []
    place, second = (zh, en) if language == "zh" else (en, zh)
    first = words("to {place}", place=place)
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
    least_px = 60.0 if asked.subject(key) is not None else 160.0
    if longest.length / asked.viewport.m_per_px < least_px:
        return []
    point = shapely.line_interpolate_point(longest, 0.72, normalized=True)
    at = shapely.get_coordinates(point)[0]
    if asked.subject(key) is None:
        return [Name(key, 7.0, at, lettering, tag=colour)]
    line = shapely.get_coordinates(longest)
    rank = rank_of(features.layer, key[1], asked)
    return [Name(key, rank, at, lettering, tag=colour, must=True, course=line)]
