"""Layers of a project as tables of its GeoPackage, and back."""

import io
import json
import sqlite3
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pyogrio.errors
import rasterio
import rasterio.errors
import rasterio.io
import shapely

from sandbox.catalog.features import CONTRACT, GATES, STATUSES, gate_points
from sandbox.catalog.layer import Geometry, Grid, Layer, Style
from sandbox.formats.geopackage import VERSION, Written, write_layer
from sandbox.geo.crs import WGS84
from sandbox.imagery.picture import GroundPicture
from sandbox.projects.careful import unreadable
from sandbox.projects.described import Described, layer_of
from sandbox.words import Bilingual, Text

ROWS_AT_MOST: Final = 20_000_000
_CELLS_AT_MOST: Final = 64_000_000
_UNREADABLE: Final = (
    pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.GeometryError,
    pyogrio.errors.FieldError, pyogrio.errors.FeatureError, pyogrio.errors.CRSError,
    shapely.errors.ShapelyError, UnicodeDecodeError, ValueError, RuntimeError,
)  # fmt: skip
_GEOMETRIES: Final[Mapping[frozenset[int], Geometry]] = {
    frozenset({0}): "point", frozenset({1}): "line", frozenset({2}): "polygon",
}  # fmt: skip
_RANK: Final = 13  # as places of the shipped layers


@dataclass(frozen=True, slots=True)
class Content:
    """A table that ``gpkg_contents`` names, and whether it has geometries."""

    table: str
    title: str
    spatial: bool


def contents(path: Path, database: sqlite3.Connection) -> list[Content]:
    """Return the layers and tables of a GeoPackage in their order.

    Raises
    ------
    ProjectError
        One of them is no table, or is told in a way that nobody understands.
    """
    real = {
        str(name)
        for name, sql in database.execute("SELECT name, sql FROM sqlite_master WHERE type='table'")
        if isinstance(sql, str) and not sql.upper().lstrip().startswith("CREATE VIRTUAL")
    }
    found: list[Content] = []
    for table, kind, title in database.execute(
        "SELECT table_name, data_type, identifier FROM gpkg_contents ORDER BY rowid"
    ):
        if kind not in ("features", "attributes") or table == "layer_styles":
            continue
        if not isinstance(table, str) or table not in real:
            raise unreadable(path, Text("its layer {name} is not a table", {"name": str(table)}))
        found.append(Content(table, str(title or table), kind == "features"))
    return found


def write(beside: Path, layer: Layer, table: str, provenance: Mapping[str, Any]) -> Written | None:
    """Write a layer's data into a GeoPackage; return what was written where it has features."""
    if layer.features is not None:
        written = Written(table, _plain(layer.features), provenance)
        write_layer(beside, written)
        return written
    if layer.table is not None:
        with warnings.catch_warnings(action="ignore"):
            pyogrio.write_dataframe(
                layer.table,
                beside,
                driver="GPKG",
                layer=table,
                dataset_options={"VERSION": VERSION},
            )
    return None


def _plain(features: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    if GATES not in features:
        return features
    gates = [
        None if not isinstance(one, shapely.MultiPoint) else
        json.dumps(shapely.get_coordinates(one).tolist())
        for one in features[GATES]
    ]  # fmt: skip
    plain = features.copy()
    plain[GATES] = gates
    return plain


def read(
    path: Path,
    said: Described,
    grid: bytes | None,
    record: Mapping[str, Any],
    picture: GroundPicture | None = None,
) -> Layer:
    """Return a layer of a project whose schema was looked at.

    Raises
    ------
    ProjectError
        Its data isn't there or can't be read.
    """
    if not said.record and record:
        # Of a layer that was put there by the program's own import, or built.
        said = said.model_copy(update={"record": dict(record)})
    match said.geometry:
        case "network":
            return layer_of(said, {})
        case "picture":
            return layer_of(said, {"picture": picture})
        case "grid":
            return layer_of(said, {"grid": _grid(path, grid or b"", said.table)})
        case "table":
            return layer_of(said, {"table": _table(path, said.table)})
        case _:
            return layer_of(said, {"features": _features(path, said.table)})


def read_plain(path: Path, content: Content, provenance: Mapping[str, Any]) -> Layer:
    """Return a layer that a GeoPackage says nothing of but its features; raises as `read`."""
    features = _features(path, content.table)
    kinds = frozenset(shapely.get_dimensions(features.geometry.to_numpy()).tolist())
    geometry: Geometry = _GEOMETRIES.get(kinds, "mixed")
    title = Bilingual(content.title, content.title)
    file = str(provenance.get("file") or path.name)
    return Layer(
        id=content.table,
        title=title,
        group="own",
        geometry=geometry,
        columns=(),
        style=Style(category="own", label_rank=_RANK),
        legend=(),
        provenance=Bilingual(file, file),
        licence="",
        features=features,
        record=provenance,
    )


def _read_table(path: Path, table: str) -> pd.DataFrame:
    try:
        count = pyogrio.read_info(path, layer=table)["features"]
        if count > ROWS_AT_MOST:
            raise unreadable(path, Text("its layer {name} has too many rows", {"name": table}))
        with warnings.catch_warnings(action="ignore"):
            return pyogrio.read_dataframe(
                path, layer=table, datetime_as_string=True, force_2d=True, fid_as_index=True
            )
    except _UNREADABLE as error:
        raise unreadable(
            path, Text("its layer {name} is damaged or missing", {"name": table})
        ) from error


def _table(path: Path, table: str) -> pd.DataFrame:
    return pd.DataFrame(_read_table(path, table)).reset_index(drop=True)


def _features(path: Path, table: str) -> gpd.GeoDataFrame:
    """Return a table's features in WGS 84 with every column of the contract."""
    found: Any = _read_table(path, table)
    if not isinstance(found, gpd.GeoDataFrame):
        raise unreadable(path, Text("its layer {name} has no geometry", {"name": table}))
    found = found.set_geometry(found.geometry.rename("geometry"))
    if found.crs is None:
        found = found.set_crs(WGS84)
    elif found.crs != WGS84:
        try:
            found = found.to_crs(WGS84)
        except _UNREADABLE as error:
            raise unreadable(
                path, Text("its layer {name} lies in an unknown system", {"name": table})
            ) from error
    shapes = found.geometry.to_numpy()
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    there &= np.isfinite(np.nan_to_num(shapely.bounds(shapes), nan=np.inf)).all(axis=1)
    found = found[there]
    numbers = [str(one) for one in found.index]
    return _to_contract(found.reset_index(drop=True), numbers)


def _to_contract(found: Any, numbers: list[str]) -> gpd.GeoDataFrame:
    made: dict[str, Any] = {}
    given = {str(name): found[name] for name in found.columns if name != "geometry"}
    made["id"] = _ids(given.get("id"), numbers)
    name = given.get("name")
    for column in CONTRACT[1:]:
        values = given.get(column, name if column in ("name_zh", "name_en") else None)
        if column == "accuracy_m":
            kept = pd.to_numeric(values, errors="coerce") if values is not None else np.nan
            made[column] = np.full(len(found), np.nan) if values is None else np.asarray(
                kept, dtype=np.float64)  # fmt: skip
        elif column == "opened":
            texts = _texts(values, len(found))
            made[column] = pd.Series([one or None for one in texts], dtype=object)
        elif column == "status":
            texts = _texts(values, len(found))
            known = [one if one in STATUSES else None for one in texts]
            made[column] = pd.Series(known, dtype=object)
        else:
            made[column] = _texts(values, len(found))
    for key, values in given.items():
        if key not in made:
            made[key] = [_gates(one) for one in values] if key == GATES else values.to_numpy()
    order = [*(key for key in given if key in made), *(key for key in made if key not in given)]
    table = {key: made[key] for key in order}
    return gpd.GeoDataFrame(table, geometry=found.geometry.to_numpy(), crs=WGS84)


def _ids(values: Any, numbers: list[str]) -> list[str]:
    """Return an id for every row, each once."""
    said = _texts(values, len(numbers))
    taken: set[str] = set()
    ids: list[str] = []
    for one, number in zip(said, numbers, strict=True):
        base = name = one or number
        more = 2
        while name in taken:
            name, more = f"{base}_{more}", more + 1
        taken.add(name)
        ids.append(name)
    return ids


def _texts(values: Any, count: int) -> list[str]:
    if values is None:
        return [""] * count
    return ["" if bool(pd.isna(one)) else str(one) for one in values]


def _gates(value: Any) -> Any:
    try:
        return gate_points(value)
    except ValueError:
        return None


def grid_bytes(grid: Grid) -> bytes:
    """Return heights as a GeoTIFF."""
    rows, columns = grid.values.shape
    held = io.BytesIO()
    west, south, east, north = grid.bounds_lonlat
    place = rasterio.Affine((east - west) / columns, 0, west, 0, (south - north) / rows, north)
    with rasterio.io.MemoryFile() as memory:
        with memory.open(
            driver="GTiff", height=rows, width=columns, count=1, dtype="float32", crs=WGS84,
            transform=place, nodata=float("nan"), compress="deflate", predictor=3,
        ) as file:  # fmt: skip
            file.write(grid.values, 1)
        held.write(memory.read())
    return held.getvalue()


def _grid(path: Path, content: bytes, name: str) -> Grid:
    spoiled = unreadable(path, Text("its layer {name} is damaged or missing", {"name": name}))
    if not content.startswith((b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")):
        raise spoiled
    try:
        with rasterio.io.MemoryFile(content) as memory, memory.open(driver="GTiff") as raster:
            if raster.width * raster.height > _CELLS_AT_MOST or raster.crs is None:
                raise spoiled
            band = raster.read(1, masked=True)
            bounds = raster.bounds
    except (rasterio.errors.RasterioError, ValueError, MemoryError) as error:
        raise spoiled from error
    values = np.ascontiguousarray(band.astype(np.float32).filled(np.nan))
    return Grid(values, (bounds.left, bounds.bottom, bounds.right, bounds.top))
