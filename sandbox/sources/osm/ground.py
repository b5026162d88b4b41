"""The map under the streets, from an OpenStreetMap extract: water, green, buildings, rail, places.

What a tag means here follows the wiki's pages *Map features*; areas are put together of ways and
multipolygons by libosmium.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import osmium
import osmium.filter
import osmium.geom
import shapely
from shapely import GEOSException

from sandbox.geo.crs import WGS84
from sandbox.sources.osm import pbf

Tags = Mapping[str, str]
# Layer -> key -> values whose areas it holds.
_AREAS: Final[Mapping[str, Mapping[str, frozenset[str]]]] = {
    "water": {
        "natural": frozenset(("water",)),
        "waterway": frozenset(("riverbank", "dock")),
        "landuse": frozenset(("reservoir", "basin")),
    },
    "parks": {"leisure": frozenset(("park", "garden", "nature_reserve"))},
    "green": {
        "landuse": frozenset(("forest", "grass", "meadow", "recreation_ground", "cemetery",
                              "village_green", "orchard", "vineyard", "farmland")),
        "natural": frozenset(("wood", "scrub", "grassland", "heath", "wetland")),
        "leisure": frozenset(("golf_course", "pitch")),
    },
    "built_up": {
        "landuse": frozenset(("residential", "commercial", "industrial", "retail")),
    },
}  # fmt: skip
# Trams run in streets, where their tracks would hide them.
_RAILWAYS: Final = frozenset(("rail", "subway", "light_rail", "monorail", "narrow_gauge"))
_SIDINGS: Final = frozenset(("yard", "siding", "spur", "crossover"))
_STATIONS: Final = frozenset(("station", "halt"))
# Ranks of the names of places, as the layer of towns has them.
_RANKS: Final[Mapping[str, int]] = {
    "city": 1, "borough": 1, "town": 1, "suburb": 2, "district": 2, "quarter": 3, "village": 3,
    "neighbourhood": 3, "hamlet": 3,
}  # fmt: skip
SERVICES: Final = frozenset(
    ("kindergarten", "school", "college", "university", "hospital", "clinic", "doctors", "pharmacy",
     "library", "community_centre", "marketplace", "police", "fire_station", "social_facility")
)  # fmt: skip
LAYERS: Final = ("built_up", "green", "parks", "water", "buildings", "rail", "settlements",
                 "services")  # fmt: skip
_KEYS: Final = ("natural", "waterway", "landuse", "leisure", "building", "railway", "place",
                "amenity")  # fmt: skip
_TOLD_EACH: Final = 5_000
# Nobody opens or runs these: they have no status.
_NATURAL: Final = frozenset(
    ("river", "lake", "green", "nature_reserve", "built_up", "district", "town", "building")
)  # fmt: skip


@dataclass(slots=True)
class _Rows:
    """Features of a layer as they are read."""

    columns: dict[str, list[Any]] = field(default_factory=dict[str, list[Any]])
    shapes: list[Any] = field(default_factory=list[Any])

    def add(self, key: str, tags: Tags, kind: str, shape: Any, **more: Any) -> None:
        """Keep a feature with the columns of every layer and some of its own."""
        name = tags.get("name", "")
        row = {
            "id": key,
            "name_zh": tags.get("name:zh") or name,
            "name_en": tags.get("name:en") or name,
            "kind": kind,
            "status": None if kind in _NATURAL else "operating",
            "opened": tags.get("start_date") or None,
            "source": f"OpenStreetMap {key}",
            "accuracy_m": 10.0,
            "note_zh": "",
            "note_en": "",
            **more,
        }
        for column, value in row.items():
            self.columns.setdefault(column, []).append(value)
        self.shapes.append(shape)


def read_ground(
    path: Path, tell: Callable[[int], None] = lambda _count: None
) -> dict[str, gpd.GeoDataFrame]:
    """Return the features of each of `LAYERS` that the extract has any for, in WGS 84.

    Parameters
    ----------
    path
        A ``.osm.pbf`` file that streets were built from.
    tell
        Called now and then with how many objects were looked at; it may raise to end the reading.

    Raises
    ------
    NetworkError
        A block of the file can't be decoded.
    """
    rows = {name: _Rows() for name in LAYERS}
    shapes = osmium.geom.WKBFactory()
    count = 0
    try:
        for one in _objects(path):
            count += 1
            if count % _TOLD_EACH == 0:
                tell(count)
            _take(one, rows, shapes)
    except UnicodeDecodeError as error:
        raise pbf.damaged(path) from error
    except RuntimeError as error:
        raise pbf.damaged(path) from error
    found = {
        name: gpd.GeoDataFrame(one.columns, geometry=one.shapes, crs=WGS84)
        for name, one in rows.items()
        if one.shapes
    }
    return _without_doubles(found)


def _objects(path: Path) -> Iterator[Any]:
    known = osmium.filter.KeyFilter(*_KEYS)
    return iter(osmium.FileProcessor(str(path)).with_areas(known).with_filter(known))


def _take(one: Any, rows: Mapping[str, _Rows], shapes: Any) -> None:
    try:
        tags = dict(one.tags)
    except UnicodeDecodeError:
        # Half a name is no name; the streets keep what can be read of theirs.
        return
    try:
        if one.is_node():
            _node(one, tags, rows)
        elif one.is_way():
            _line(one, tags, rows, shapes)
        elif one.is_area():
            _area(one, tags, rows, shapes)
    except (RuntimeError, GEOSException, osmium.InvalidLocationError):
        # One whose nodes lie outside the extract is left out.
        return


def _node(node: Any, tags: Tags, rows: Mapping[str, _Rows]) -> None:
    if not node.location.valid():
        return
    point, key = shapely.Point(node.location.lon, node.location.lat), f"n{node.id}"
    rank = _RANKS.get(tags.get("place", ""))
    if rank is not None and tags.get("name"):
        kind = "district" if rank == 1 else "town"
        rows["settlements"].add(key, tags, kind, point, label_class=rank)
    if tags.get("railway") in _STATIONS:
        subway = tags.get("station") == "subway" or tags.get("subway") == "yes"
        kind = "metro_station" if subway else "railway_station"
        rows["rail"].add(key, tags, kind, point, line="")
    if tags.get("amenity") in SERVICES:
        rows["services"].add(key, tags, tags["amenity"], point)


def _line(way: Any, tags: Tags, rows: Mapping[str, _Rows], shapes: Any) -> None:
    key = f"w{way.id}"
    if tags.get("railway") in _RAILWAYS and tags.get("service") not in _SIDINGS:
        shape = shapely.from_wkb(shapes.create_linestring(way))
        ref = tags.get("ref", "") if tags["railway"] == "subway" else ""
        rows["rail"].add(key, tags, "line", shape, line=ref if ref.isdigit() else "rail")
    elif tags.get("waterway") == "river" and tags.get("tunnel", "no") == "no":
        shape = shapely.from_wkb(shapes.create_linestring(way))
        rows["water"].add(key, tags, "river", shape)


def _area(area: Any, tags: Tags, rows: Mapping[str, _Rows], shapes: Any) -> None:
    key = f"{'w' if area.from_way() else 'r'}{area.orig_id()}"
    layers = [
        name
        for name, keys in _AREAS.items()
        if any(tags.get(one) in values for one, values in keys.items())
    ]
    building = tags.get("building", "no") != "no"
    service = tags.get("amenity") in SERVICES
    if not (layers or building or service):
        return
    shape = shapely.from_wkb(shapes.create_multipolygon(area))
    for name in layers[:1]:
        rows[name].add(key, tags, _kind(name, tags), shape)
    if building:
        rows["buildings"].add(key, {}, "building", shape)
    if service:
        rows["services"].add(key, tags, tags["amenity"], shape)


def _kind(layer: str, tags: Tags) -> str:
    if layer == "water":
        said = tags.get("water") or tags.get("waterway") or tags.get("landuse", "lake")
        return "river" if said in ("river", "riverbank") else "lake"
    if layer == "parks":
        return "nature_reserve" if tags.get("leisure") == "nature_reserve" else "park"
    return layer


def _without_doubles(found: dict[str, gpd.GeoDataFrame]) -> dict[str, gpd.GeoDataFrame]:
    """Leave out of rivers' lines what lies in water that is drawn as areas."""
    water = found.get("water")
    if water is None:
        return found
    shapes = water.geometry.to_numpy()
    lines = shapely.get_dimensions(shapes) == 1
    if not lines.any() or lines.all():
        return found
    tree = shapely.STRtree(shapes[~lines])
    areas = shapes[~lines]
    kept = shapes.copy()
    for row in lines.nonzero()[0].tolist():
        near = tree.query(shapes[row], predicate="intersects")
        if len(near):
            kept[row] = shapely.difference(shapes[row], shapely.union_all(areas[near]))
    there = ~shapely.is_empty(kept)
    columns = water.drop(columns="geometry")[there].reset_index(drop=True)
    return {**found, "water": gpd.GeoDataFrame(columns, geometry=kept[there], crs=WGS84)}
