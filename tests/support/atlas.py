"""A small city that is made by hand: a street grid, a lake, a hill, a metro line, places."""

from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.state import Document, LayerShown, MapState, View
from sandbox.catalog.layer import Grid, Layer, Style
from sandbox.engine.network import Network
from sandbox.geo.crs import to_lonlat
from sandbox.streets.assemble import assemble
from sandbox.streets.modes import Access
from sandbox.streets.streets import Provenance, StreetClass, Structure
from sandbox.words import Bilingual

CRS = "EPSG:32648"
MIDDLE_XY = (625_000.0, 3_268_000.0)


def at(x_m: float, y_m: float) -> tuple[float, float]:
    """Return the WGS 84 position so many metres east and north of the city's middle."""
    lon, lat = to_lonlat((MIDDLE_XY[0] + x_m, MIDDLE_XY[1] + y_m), CRS)
    return float(lon), float(lat)


def placed(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape in metres about the city's middle, in WGS 84."""
    return shapely.transform(shape, lambda xy: to_lonlat(xy + np.array(MIDDLE_XY), CRS))


def layer(
    layer_id: str, geometry: Any, style: Style, rows: list[dict[str, Any]], **more: Any
) -> Layer:
    """Return a layer of features given as `shape` in metres, and columns."""
    frame = gpd.GeoDataFrame(
        [
            {
                "id": f"{layer_id}_{number}",
                "name_zh": "",
                "name_en": "",
                "kind": layer_id,
                "status": "operating",
                "opened": None,
                "source": "made by hand",
                "accuracy_m": 10.0,
                "note_zh": "",
                "note_en": "",
                **{key: value for key, value in row.items() if key != "shape"},
            }
            for number, row in enumerate(rows)
        ],
        geometry=[placed(row["shape"]) for row in rows],
        crs="EPSG:4326",
    )
    words = Bilingual(layer_id, layer_id)
    return Layer(
        layer_id, words, more.pop("group", "function"), geometry, (), style, (), words, "CC0",
        features=frame, **more,
    )  # fmt: skip


def streets(blocks: int = 24, block_m: float = 120.0, access: Access = Access.WALK) -> Network:
    """Return a square grid of streets about the middle; each fourth is a wider one."""
    count = blocks + 1
    offset = blocks * block_m / 2
    lonlat = [
        at(c * block_m - offset, r * block_m - offset) for r in range(count) for c in range(count)
    ]
    pairs, classes = [], []
    for r in range(count):
        for c in range(count):
            for dr, dc, line in ((0, 1, r), (1, 0, c)):
                if r + dr < count and c + dc < count:
                    pairs.append((r * count + c, (r + dr) * count + c + dc))
                    wide = StreetClass.ARTERIAL if line % 12 == 0 else StreetClass.COLLECTOR
                    classes.append(wide if line % 4 == 0 else StreetClass.LOCAL)
    number = len(pairs)
    told = Provenance("grid city", "made by hand", "CC0", "", schematic=True)
    return Network(
        assemble(
            CRS, lonlat, pairs, classes, [Structure.GROUND] * number,
            [int(access)] * number, [-1] * number, (), told,
        )
    )  # fmt: skip


def hand_made_layers() -> dict[str, Layer]:
    """Return the layers, lowest first."""
    rows, columns = 60, 60
    _, x = np.mgrid[0:rows, 0:columns]
    heights = (300 + 350 * np.exp(-(((x - 8) / 4.0) ** 2))).astype(np.float32)
    west, south = at(-3000, -3000)
    east, north = at(3000, 3000)
    words = Bilingual("地形", "Relief")
    relief = Layer(
        "relief", words, "base", "grid", (), Style(label=False), (), words, "CC0",
        grid=Grid(heights, (west, south, east, north)),
    )  # fmt: skip
    lake = Point(700, 500).buffer(300).difference(Point(800, 520).buffer(60))
    park = Point(700, 500).buffer(520)
    made = [
        relief,
        layer("parks", "polygon", Style(category="park", fill="park", label_rank=30),
              [{"shape": park, "name_zh": "湖滨公园", "name_en": "Lakeside Park"}]),
        layer("water", "polygon", Style(fill="water", label_rank=20),
              [{"shape": lake, "name_zh": "月湖", "name_en": "Moon Lake", "kind": "lake"}],
              group="base"),
        layer("metro", "mixed", Style(category="rail", line="metro", label_rank=15), [
            {"shape": LineString([(-1500, -700), (0, -650), (1500, -300)]), "line": "7",
             "status": "construction", "name_zh": "7号线", "name_en": "Line 7", "kind": "line"},
            {"shape": Point(0, -650), "line": "7", "kind": "station", "status": "construction",
             "name_zh": "南门", "name_en": "South Gate"},
        ], group="transport"),
        layer("labs", "point", Style(category="lab", label_rank=12), [
            {"shape": Point(-300, 100), "name_zh": "光学实验室", "name_en": "Optics Laboratory"},
            {"shape": Point(350, -250), "name_zh": "数学中心", "name_en": "Mathematics Centre"},
        ]),
        layer("services", "point", Style(category="service", label_rank=14), [
            {"shape": Point(-800, -300), "name_zh": "城西医院", "name_en": "West Hospital"},
        ]),
        layer("housing", "polygon", Style(category="housing", fill="site", label_rank=11), [
            {"shape": Polygon([(-900, 500), (-500, 500), (-500, 800), (-900, 800)]),
             "name_zh": "梧桐人才社区", "name_en": "Wutong Talent Homes"},
        ]),
    ]  # fmt: skip
    return {one.id: one for one in made}


def small_atlas(access: Access = Access.WALK) -> Atlas:
    """Return the city, its streets open to some."""
    return Atlas(hand_made_layers(), streets(access=access))


def small_state(atlas: Atlas, m_per_px: float = 4.0, **fields: Any) -> MapState:
    """Return a state that shows all layers of the city from above its middle."""
    shown = tuple(LayerShown(name) for name in atlas.layers)
    return changed(MapState(Document(View(at(0, 0), m_per_px), shown)), **fields)
