"""Homes by cell: hexagons of H3, or squares; and cells in place of homes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import geopandas as gpd
import h3
import numpy as np
import pandas as pd
import shapely

from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo

_SAID: Final = re.compile(r"^(?:(h3):(\d{1,2})|(square):(\d+(?:\.\d+)?))$")
_RESOLUTIONS: Final = (5, 12)
_SIDES_M: Final = (25.0, 5000.0)
_MOST: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Cells:
    """Which cells: ``h3`` of a resolution (9: about 0.1 km²), or ``square`` of so many metres."""

    kind: Literal["h3", "square"]
    size: float


def cells_said(text: str) -> Cells:
    """Return the cells that a text means: ``h3:9`` or ``square:250``.

    Raises
    ------
    AnalysisError
        It means none, or they are too large or too small.
    """
    said = _SAID.match(text.strip().casefold())
    made = Cells("h3", 0.0)
    if said is not None:
        made = Cells("h3", float(said[2])) if said[1] else Cells("square", float(said[4]))
    low, high = _RESOLUTIONS if made.kind == "h3" else _SIDES_M
    if said is None or not low <= made.size <= high:
        raise AnalysisError(
            "“{value}” means no cells.",
            "Write h3:9 (resolutions 5 to 12) or square:250 (25 to 5000 metres).",
            value=text,
        )
    return made


def by_cell(
    table: gpd.GeoDataFrame, columns: Sequence[str], cells: Cells, crs: str
) -> gpd.GeoDataFrame:
    """Return homes gathered by cell, one row a cell with homes: means of columns by people.

    Parameters
    ----------
    table
        Homes in WGS 84 with `people`.
    columns
        What is averaged, over people; over homes where no people are known.
    cells, crs
        Which cells, and the metric system of squares.
    """
    points = shapely.point_on_surface(np.asarray(table.geometry.to_numpy(), dtype=object))
    ids, shapes = _cells_of(shapely.get_coordinates(points), cells, crs)
    known = table["people"].to_numpy(dtype=np.float64)
    weight = np.nan_to_num(known) if (known > 0).any() else np.ones(len(table))
    names, which = np.unique(np.array(ids, dtype=object).astype(str), return_inverse=True)
    count = len(names)
    made: dict[str, Any] = {
        "id": names,
        "homes": np.bincount(which, minlength=count),
        "people": np.bincount(which, weights=np.nan_to_num(known), minlength=count),
    }
    for column in columns:
        values = table[column].to_numpy(dtype=np.float64)
        use = np.where(np.isnan(values), 0.0, weight)
        total = np.bincount(which, weights=use * np.nan_to_num(values), minlength=count)
        whole = np.bincount(which, weights=use, minlength=count)
        made[column] = np.divide(total, whole, out=np.full(count, np.nan), where=whole > 0)
    return gpd.GeoDataFrame(made, geometry=[shapes[name] for name in names], crs=geo.WGS84)


def cells_over(area: gpd.GeoDataFrame, cells: Cells, crs: str) -> gpd.GeoDataFrame:
    """Return the cells whose middle lies in an area, as homes: `id` and the middles.

    Raises
    ------
    AnalysisError
        There are none, or more than a million.
    """
    whole: Any = shapely.union_all(np.asarray(area.geometry.to_numpy(), dtype=object))
    middles = _middles(whole, cells, crs)
    if not middles:
        raise AnalysisError(
            "No cell has its middle in the area.", "Choose smaller cells, or a larger area."
        )
    table = pd.DataFrame({"id": list(middles), "layer": "cells", "name_zh": "", "name_en": ""})
    points = [shapely.Point(*at) for at in middles.values()]
    return gpd.GeoDataFrame(table, geometry=points, crs=geo.WGS84)


def _middles(area: Any, cells: Cells, crs: str) -> dict[str, tuple[float, float]]:
    if cells.kind == "h3":
        found: dict[str, tuple[float, float]] = {}
        for part in shapely.get_parts(area):
            if part.geom_type != "Polygon":
                continue
            for name in sorted(h3.geo_to_cells(part, int(cells.size))):
                lat, lon = h3.cell_to_latlng(name)
                found[name] = (lon, lat)
                _check_count(len(found))
        return found
    metric = shapely.transform(area, lambda lonlat: geo.to_metric(lonlat, crs))
    west, south, east, north = metric.bounds
    side = cells.size
    _check_count(((east - west) / side + 1) * ((north - south) / side + 1))
    columns = np.arange(np.floor(west / side), np.ceil(east / side))
    rows = np.arange(np.floor(south / side), np.ceil(north / side))
    grid = np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)
    xy = (grid + 0.5) * side
    shapely.prepare(metric)
    kept = shapely.contains_xy(metric, xy[:, 0], xy[:, 1])
    lonlat = geo.to_lonlat(xy[kept], crs)
    return {
        _square(*cell): (float(at[0]), float(at[1]))
        for cell, at in zip(grid[kept].tolist(), lonlat, strict=True)
    }


def _check_count(count: float) -> None:
    if count > _MOST:
        raise AnalysisError(
            "The area has more than {most} cells.",
            "Choose larger cells, or a smaller area.",
            most=f"{_MOST:,}",
        )


def _cells_of(lonlat: Any, cells: Cells, crs: str) -> tuple[list[str], dict[str, Any]]:
    """Return the cell that each point lies in, and the outlines of cells."""
    if cells.kind == "h3":
        ids = [h3.latlng_to_cell(lat, lon, int(cells.size)) for lon, lat in lonlat.tolist()]
        shapes = {
            name: shapely.Polygon([(lon, lat) for lat, lon in h3.cell_to_boundary(name)])
            for name in set(ids)
        }
        return ids, shapes
    side = cells.size
    at = np.floor(geo.to_metric(lonlat, crs) / side)
    ids = [_square(*cell) for cell in at.tolist()]
    shapes = {}
    for name, (column, row) in dict(zip(ids, at.tolist(), strict=True)).items():
        corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1)]) + np.array([column, row])
        shapes[name] = shapely.Polygon(geo.to_lonlat(corners * side, crs))
    return ids, shapes


def _square(column: float, row: float) -> str:
    return f"{int(column)}_{int(row)}"
