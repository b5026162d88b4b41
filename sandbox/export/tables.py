"""Tables and layers as files that other programs read."""

import errno
import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import pyogrio
import pyogrio.errors

from sandbox.errors import ExportError
from sandbox.export.files import replacing

_DRIVERS: Final = {".geojson": "GeoJSON", ".json": "GeoJSON", ".gpkg": "GPKG"}

_NOT_WRITTEN: Final = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.GeometryError,
)
_LINES: Final = {"LineString", "MultiLineString"}


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """Write a table as CSV in UTF-8, whole or not at all.

    Raises
    ------
    ExportError
        If the file can't be written.
    """
    with replacing(path) as beside:
        table.to_csv(beside, index=False, encoding="utf-8")


def write_parquet(path: Path, table: pd.DataFrame) -> None:
    """Write a table as Parquet, whole or not at all.

    Raises
    ------
    ExportError
        If the file can't be written.
    """
    with replacing(path) as beside:
        table.to_parquet(beside, index=False, compression="zstd")


def write_layers(path: Path, layers: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Write layers by name as one GeoPackage, whole or not at all; empty ones too.

    Raises
    ------
    ExportError
        If the file can't be written.
    """
    with _geopackage(path) as beside:
        for number, (name, table) in enumerate(layers.items()):
            kinds = set(table.geom_type)
            kind = "MultiLineString" if kinds and kinds <= _LINES else "MultiPolygon"
            kind = kinds.pop() if kinds in ({"Point"}, {"LineString"}) else kind
            pyogrio.write_dataframe(
                table,
                beside,
                driver="GPKG",
                layer=name,
                append=number > 0,
                geometry_type=kind,
                promote_to_multi=kind.startswith("Multi"),
            )
        for name, table in layers.items():
            _check_written(beside, name, len(table))


@contextmanager
def _geopackage(path: Path) -> Generator[Path]:
    """Give a place beside for a GeoPackage; what the driver says becomes one error."""
    try:
        with replacing(path) as beside:
            # The driver makes its file itself and won't take an empty one.
            beside.unlink()
            yield beside
    except _NOT_WRITTEN as error:
        raise _unwritten(path, error) from error


def write_areas(path: Path, table: gpd.GeoDataFrame) -> None:
    """Write areas as GeoJSON (RFC 7946) or GeoPackage by the ending, whole or not at all.

    Raises
    ------
    ExportError
        If the file can't be written.
    """
    if _DRIVERS[path.suffix.lower()] == "GPKG":
        with _geopackage(path) as beside:
            pyogrio.write_dataframe(table, beside, driver="GPKG", layer=path.stem)
            _check_written(beside, path.stem, len(table))
        return
    # Made in memory, as the driver doesn't tell of a full disk.
    held = BytesIO()
    pyogrio.write_dataframe(table, held, driver="GeoJSON", layer=path.stem, RFC7946="YES")
    with replacing(path) as beside:
        beside.write_bytes(held.getbuffer())


def _check_written(file: Path, layer: str, rows: int) -> None:
    """Raise OSError where a driver lost rows without a word, as on a full disk."""
    told: Any = pyogrio.read_info(file, layer=layer, force_feature_count=True)
    if told["features"] != rows:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _unwritten(path: Path, error: Exception) -> ExportError:
    reason = " ".join(str(error).split())
    # The driver tells the whole statement that failed, and why at the end.
    reason = reason.rpartition(") failed: ")[2]
    return ExportError(
        "{path} can't be written: {reason}.",
        "Check the permissions and the space left, or write elsewhere.",
        path=path,
        reason=reason,
    )
