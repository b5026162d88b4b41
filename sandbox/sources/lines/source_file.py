"""Planners' files of street lines, read and placed as every other file of theirs is."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import geopandas as gpd
import numpy as np
import shapely

from sandbox import files
from sandbox.errors import NetworkError
from sandbox.formats.features import Read
from sandbox.formats.known import Known
from sandbox.formats.reading import read as read_any
from sandbox.formats.vector import crs_named
from sandbox.geo import crs as geo
from sandbox.sources.lines.places import placed
from sandbox.words import Text

# What is taken for a file of lines by its name alone, before it is looked into.
SUFFIXES: Final = frozenset(
    (".shp", ".gpkg", ".geojson", ".json", ".geojsonl", ".geojsons", ".jsonl", ".ndjson", ".kml",
     ".kmz", ".dxf", ".fgb", ".parquet", ".geoparquet", ".gdb", ".zip", ".csv", ".tsv", ".txt",
     ".xlsx", ".xlsm", ".xls", ".ods")
)  # fmt: skip
_LINES: Final = frozenset((1, 5))  # shapely's numbers of lines, and of several in one
_MAX_LINES: Final = 1_000_000
# A network takes a kilobyte or more a point while it is built.
_MAX_POINTS: Final = 5_000_000


class Drawn(NamedTuple):
    """The rows of a file in WGS 84, and what had to be found out to read it."""

    table: gpd.GeoDataFrame
    notes: list[Text]


def read(
    path: Path,
    crs: str | None = None,
    layer: str | None = None,
    known: Callable[[], Known] = Known,
) -> Drawn:
    """Return the rows of a file of lines in WGS 84, with all columns.

    Rows that lie far outside the region of the file's coordinate system have no shape.

    Parameters
    ----------
    path
        The file, or the address of a database.
    crs
        Its coordinate system, where it names none or a wrong one; also gcj02 and bd09.
    layer
        Its layer, where several hold lines.
    known
        Gives what is known of the ground, to rank coordinate systems by; called only where the
        file states none or a wrong one.

    Raises
    ------
    NetworkError
        The file isn't there, too large, damaged, without lines, or nobody knows its
        coordinate system.
    """
    try:
        parts = read_any(path, layer)
    except files.Unreadable as error:
        hint = error.hint
        raise NetworkError(
            "{path} can't be read as street lines: {reason}.",
            hint.template if hint is not None else "Give a Shapefile, GeoPackage or GeoJSON file.",
            path=path,
            reason=error.reason,
            **(hint.values if hint is not None else {}),
        ) from error
    lines = [one for one in parts if _LINES & set(shapely.get_type_id(one.shapes).tolist())]
    if not lines:
        raise _no_lines(path)
    if len(lines) > 1:
        raise _several(path, [one.name for one in lines])
    return _drawn(lines[0], crs, known)


def taken(table: gpd.GeoDataFrame, name: Path, crs: str | None = None) -> Drawn:
    """Return the rows of a table of lines in WGS 84, with all columns, as `read` does of a file.

    Parameters
    ----------
    table
        The table; it stays as it is.
    name
        What errors call it.
    crs
        Its coordinate system, where it has none or a wrong one.

    Raises
    ------
    NetworkError
        It is too large, without lines, or nobody knows its coordinate system.
    """
    column = table.active_geometry_name
    if column is None or table.empty:
        raise _no_lines(name)
    shapes: Any = shapely.force_2d(np.asarray(table.geometry.array))
    if not _LINES & set(shapely.get_type_id(shapes).tolist()):
        raise _no_lines(name)
    plain: Any = table.drop(columns=column).reset_index(drop=True)
    stated: Any = table.crs
    named = None if stated is None else crs_named(stated)
    return _drawn(Read(name, name.stem, "", plain, shapes, named), crs, Known)


def _drawn(part: Read, crs: str | None, known: Callable[[], Known]) -> Drawn:
    points = int(shapely.get_num_coordinates(part.shapes).sum())
    for count, most in ((len(part.table), _MAX_LINES), (points, _MAX_POINTS)):
        if count > most:
            raise NetworkError(
                "{path} is too large for a file of street lines ({size}).",
                "Cut it to the region you need.",
                path=part.path,
                size=f"{count:,}",
            )
    shapes, notes = placed(part, crs, known)
    table = gpd.GeoDataFrame(part.table.copy(), geometry=shapes, crs=geo.WGS84)
    return Drawn(table, [*part.notes, *notes])


def _no_lines(path: Path) -> NetworkError:
    return NetworkError("{path} contains no lines.", "Give a file of street lines.", path=path)


def _several(path: Path, layers: Sequence[str]) -> NetworkError:
    return NetworkError(
        "{path} has several layers of lines: {layers}.",
        "Name one with --layer.",
        path=path,
        layers=", ".join(layers),
    )
