"""Schematic estates: blocks between the schematic streets, for samples that need homes.

They are made, not surveyed: a block of a built-up area, drawn in from its streets, with the floor
area that its kind of ground usually carries. Nobody lives there.
"""

from collections.abc import Sequence
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from sandbox.geo import shapes
from sandbox.geo.crs import WGS84, to_metric
from sandbox.streets.streets import Streets, Structure

# Floor area by land of the kinds of built-up ground that people live on.
PLOT_RATIO: Final = {"organic": 1.4, "grid": 1.8, "village": 0.5}
_INSET_M: Final = 6.0
_SIZES_M2: Final = (6_000.0, 60_000.0)
_THINNED_M: Final = 1.0
_DECIMALS: Final = 6


def estates(
    streets: Streets,
    built_up: gpd.GeoDataFrame,
    towns: gpd.GeoDataFrame,
    count: int,
    seed: int,
) -> gpd.GeoDataFrame:
    """Return estates in the columns of a layer, WGS 84.

    Parameters
    ----------
    streets
        Schematic streets; their blocks become estates.
    built_up
        Areas with a `kind`.
    towns
        Points with `name_zh, name_en`: the nearest gives an estate its name.
    count, seed
        How many are kept at most, and what chance is drawn from.
    """
    ends = streets.node_xy[streets.segment_nodes[streets.structure == Structure.GROUND]]
    blocks: Any = shapely.get_parts(shapely.polygonize(np.asarray(shapely.linestrings(ends))))
    blocks = shapely.buffer(blocks, -_INSET_M, join_style="mitre")
    blocks = blocks[shapely.get_type_id(blocks) == shapely.GeometryType.POLYGON]
    size = shapely.area(blocks)
    blocks = blocks[(size >= _SIZES_M2[0]) & (size <= _SIZES_M2[1])]
    areas = np.array([shapes.to_metric(one, streets.crs) for one in built_up.geometry])
    inside, of = shapely.STRtree(areas).query(shapely.point_on_surface(blocks), "intersects")
    kind = built_up["kind"].to_numpy()[of]
    lived = np.isin(kind, list(PLOT_RATIO))
    # Where areas overlap, the first counts.
    inside, first = np.unique(inside[lived], return_index=True)
    kind = kind[lived][first]
    chosen = np.sort(
        np.random.default_rng(seed).permutation(len(inside))[: min(count, len(inside))]
    )
    kept: Any = shapely.simplify(blocks[inside[chosen]], _THINNED_M)
    kind = kind[chosen]
    return _table(kept, kind.tolist(), towns, streets)


def _table(
    blocks: Any, kinds: Sequence[str], towns: gpd.GeoDataFrame, streets: Streets
) -> gpd.GeoDataFrame:
    where = [(point.x, point.y) for point in towns.geometry]
    at: Any = shapely.points(to_metric(where, streets.crs))
    near = shapely.STRtree(at).nearest(shapely.centroid(blocks))
    west, south, east, north = streets.bounds
    scale = shapes.areal_scale(((west + east) / 2, (south + north) / 2), streets.crs)
    number: dict[int, int] = {}
    rows: list[dict[str, Any]] = []
    for index, (block, kind, town) in enumerate(zip(blocks, kinds, near.tolist(), strict=True), 1):
        number[town] = number.get(town, 0) + 1
        land_m2 = float(shapely.area(block)) * scale
        lonlat = shapely.set_precision(shapes.to_lonlat(block, streets.crs), 10.0**-_DECIMALS)
        rows.append(
            {
                "id": f"estate_{index:04d}",
                "name_zh": f"{towns['name_zh'].iloc[town]}小区{number[town]}（示意）",
                "name_en": f"{towns['name_en'].iloc[town]} estate {number[town]} (schematic)",
                "kind": "estate",
                "status": "schematic",
                "opened": None,
                "source": "示意；按规则布设",
                "source_en": "Schematic; placed by rule",
                "accuracy_m": 2000,
                "note_zh": None,
                "note_en": None,
                "land_m2": round(land_m2),
                "floor_area_m2": round(land_m2 * PLOT_RATIO[kind], -2),
                "geometry": lonlat,
            }
        )
    return gpd.GeoDataFrame(rows, geometry="geometry", crs=WGS84)
