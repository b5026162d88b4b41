"""Tables and layers as files that other programs read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import pyogrio
import pyogrio.errors

from sandbox.errors import ExportError
from sandbox.export.files import replacing

_DRIVERS: Final = {".geojson": "GeoJSON", ".json": "GeoJSON", ".gpkg": "GPKG"}

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
    try:
        with replacing(path) as beside:
            # The driver makes its file itself and won't take an empty one.
            beside.unlink()
            for number, (name, table) in enumerate(layers.items()):
                kinds = set(table.geom_type)
                kind = "MultiLineString" if kinds & _LINES else "MultiPolygon"
                kind = kinds.pop() if kinds in ({"Point"}, {"LineString"}) else kind
                pyogrio.write_dataframe(
                    table,
                    beside,
                    driver="GPKG",
                    layer=name,
                    append=number > 0,
                    geometry_type=kind,
                    promote_to_multi=kind == "MultiPolygon",
                )
    except pyogrio.errors.DataSourceError as error:
        raise ExportError(
            "{path} can't be written: {reason}.",
            "Check the permissions and the space left, or write elsewhere.",
            path=path,
            reason=" ".join(str(error).split()),
        ) from error


def write_areas(path: Path, table: gpd.GeoDataFrame) -> None:
    """Write areas as GeoJSON (RFC 7946) or GeoPackage by the ending, whole or not at all.

    Raises
    ------
    ExportError
        If the file can't be written.
    """
    driver = _DRIVERS[path.suffix.lower()]
    options: dict[str, Any] = {"RFC7946": "YES"} if driver == "GeoJSON" else {}
    try:
        with replacing(path) as beside:
            # The drivers make their file themselves and won't take an empty one.
            beside.unlink()
            pyogrio.write_dataframe(table, beside, driver=driver, layer=path.stem, **options)
    except pyogrio.errors.DataSourceError as error:
        raise ExportError(
            "{path} can't be written: {reason}.",
            "Check the permissions and the space left, or write elsewhere.",
            path=path,
            reason=" ".join(str(error).split()),
        ) from error
