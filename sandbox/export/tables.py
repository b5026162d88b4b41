"""Tables and layers as files that other programs read."""

import errno
import os
import sqlite3
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import geopandas as gpd
import pandas as pd
import pyarrow
import pyogrio
import pyogrio.errors
from pyarrow import parquet

from sandbox.errors import ExportError
from sandbox.export import database
from sandbox.export.files import replacing
from sandbox.formats.geopackage import VERSION
from sandbox.formats.postgis.address import is_address
from sandbox.words import Text

_DRIVERS: Final = {".geojson": "GeoJSON", ".json": "GeoJSON", ".gpkg": "GPKG"}

_NOT_WRITTEN: Final = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.GeometryError,
)
_LINES: Final = {"LineString", "MultiLineString"}


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """Write a table as CSV in UTF-8 with a byte order mark, whole or not at all.

    By the mark spreadsheets tell that Chinese names are no Western European letters.

    Raises
    ------
    ExportError
        If the file can't be written.
    """
    with replacing(path) as beside:
        table.to_csv(beside, index=False, encoding="utf-8-sig")


def write_parquet(path: Path, table: pd.DataFrame) -> None:
    """Write a table as Parquet, whole or not at all.

    Raises
    ------
    ExportError
        If the file can't be written.
    """
    with replacing(path) as beside:
        rows = pyarrow.Table.from_pandas(table, preserve_index=False)
        parquet.write_table(rows, beside, compression="zstd")


def write_layers(path: Path, layers: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Write layers by name as one GeoPackage, whole or not at all; empty ones too.

    Raises
    ------
    ExportError
        If the file can't be written.
    """
    if is_address(path):
        database.write(path, layers)
        return
    with _geopackage(path) as beside:
        for number, (name, table) in enumerate(layers.items()):
            kinds = set(table.geom_type)
            kind = "MultiLineString" if kinds and kinds <= _LINES else "MultiPolygon"
            kind = kinds.pop() if kinds in ({"Point"}, {"LineString"}) else kind
            if {"Point", "MultiPoint"} & kinds and len(kinds) > 1:
                # Homes may be points and areas, side by side.
                kind = "Unknown"
            pyogrio.write_dataframe(
                table,
                beside,
                driver="GPKG",
                layer=name,
                append=number > 0,
                dataset_options={"VERSION": VERSION},
                geometry_type=kind,
                promote_to_multi=kind.startswith("Multi"),
            )
        for name, table in layers.items():
            _check_written(beside, name, table)


@contextmanager
def _geopackage(path: Path) -> Generator[Path]:
    """Give a place beside for a GeoPackage; what the driver says becomes one error."""
    try:
        with replacing(path) as beside:
            # The driver makes its file itself and won't take an empty one.
            beside.unlink()
            yield beside
    except _NOT_WRITTEN as error:
        raise _unwritten(path) from error


def write_areas(path: Path, table: gpd.GeoDataFrame) -> None:
    """Write areas as GeoJSON (RFC 7946) or GeoPackage by the ending, whole or not at all.

    Raises
    ------
    ExportError
        If the file can't be written.
    """
    if is_address(path):
        database.write(path, {"areas": table})
        return
    if _DRIVERS[path.suffix.lower()] == "GPKG":
        with _geopackage(path) as beside:
            pyogrio.write_dataframe(
                table, beside, driver="GPKG", layer=path.stem, dataset_options={"VERSION": VERSION}
            )
            _check_written(beside, path.stem, table)
        return
    # Made in memory, as the driver doesn't tell of a full disk.
    held = BytesIO()
    pyogrio.write_dataframe(table, held, driver="GeoJSON", layer=path.stem, RFC7946="YES")
    with replacing(path) as beside:
        # A copy: a buffer that an error still holds crashed Python 3.12.1 when it was collected.
        beside.write_bytes(held.getvalue())


def _check_written(file: Path, layer: str, table: gpd.GeoDataFrame) -> None:
    """Raise OSError where a driver lost rows or their index without a word, as on a full disk.

    The index is a table of its own (GeoPackage 1.3, annex F.3), of all shapes that are not
    empty; without it QGIS and others read the whole file for each look at the map.
    """
    placed = int((~(table.geometry.isna() | table.geometry.is_empty)).to_numpy().sum())
    try:
        with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)) as database:
            (column,) = _row(
                database, "SELECT column_name FROM gpkg_geometry_columns WHERE table_name=?", layer
            )
            (rows,) = _row(database, f"SELECT count(*) FROM {_named(layer)}")  # noqa: S608
            index = _named(f"rtree_{layer}_{column}_rowid")
            (indexed,) = _row(database, f"SELECT count(*) FROM {index}")  # noqa: S608
    except (sqlite3.Error, TypeError) as error:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
    if rows != len(table) or indexed != placed:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _row(database: sqlite3.Connection, query: str, *values: str) -> Any:
    return database.execute(query, values).fetchone()


def _named(table: str) -> str:
    return '"' + table.replace('"', '""') + '"'


def _unwritten(path: Path) -> ExportError:
    return ExportError(
        "{path} can't be written: {reason}.",
        "Check the permissions and the free disk space, or choose another folder.",
        path=path,
        reason=Text("the disk didn't accept the data"),
    )
