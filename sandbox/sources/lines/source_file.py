"""Planners' files of street lines (Shapefile, GeoPackage, GeoJSON), whatever their encoding."""

import codecs
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pyogrio
import pyogrio.errors
import shapely

from sandbox import files
from sandbox.errors import NetworkError
from sandbox.formats.postgis.address import is_address
from sandbox.formats.reading import read as read_any
from sandbox.geo import crs as geo
from sandbox.sources.lines.places import placed, suggested
from sandbox.words import Text

# What files of each ending begin with: the ending alone would let a file name others that
# are to be read in its place.
_BEGINS: Final = {
    ".shp": b"\x00\x00\x27\x0a",
    ".gpkg": b"SQLite format 3\x00",
    ".geojson": b"{",
    ".json": b"{",
    # A feature a line, with or without a separator before it (RFC 8142).
    ".geojsonl": b"{",
    ".geojsons": b"{",
    ".jsonl": b"{",
    ".ndjson": b"{",
}
_SEQUENCES: Final = (".geojsonl", ".geojsons", ".jsonl", ".ndjson")
_RECORD: Final = b"\x1e"
_HEAD_BYTES: Final = 64
_SHP_HEAD_BYTES: Final = 100
_CUT_SHORT: Final = Text("it is incomplete")
# Other files are read as everywhere in the program.
_OTHERS: Final = frozenset(
    (".kml", ".kmz", ".dxf", ".fgb", ".parquet", ".geoparquet", ".gdb", ".zip", ".csv", ".tsv",
     ".txt", ".xlsx", ".xlsm", ".xls", ".ods")
)  # fmt: skip
SUFFIXES: Final = frozenset(_BEGINS) | _OTHERS
_LINES: Final = frozenset((1, 5))  # shapely's numbers of lines, and of several in one
_MAX_BYTES: Final = 1 << 30
# Texts take many times their size while they are read.
_MAX_TEXT_BYTES: Final = 256 << 20
_MAX_LINES: Final = 1_000_000
# A network takes a kilobyte or more a point while it is built.
_MAX_POINTS: Final = 5_000_000
# Files that belong to a Shapefile and grow with it.
_BESIDE: Final = (".dbf", ".shx")
# Chinese text in Shapefiles that don't name their encoding, or a wrong one, is one of these.
_ENCODINGS: Final = ("utf-8", "gb18030")
_BYTES: Final = "ISO-8859-1"  # every byte is a sign: nothing is lost before we know better


class Drawn(NamedTuple):
    """The rows of a file in WGS 84, and what had to be found out to read it."""

    table: gpd.GeoDataFrame
    notes: list[Text]


def read(path: Path, crs: str | None = None, layer: str | None = None) -> Drawn:
    """Return the rows of a file of lines in WGS 84, with all columns.

    Rows that lie far outside the region of the file's coordinate system have no shape.

    Parameters
    ----------
    path
        The file.
    crs
        Its coordinate system, where it names none or a wrong one.
    layer
        Its layer, where several hold lines.

    Raises
    ------
    NetworkError
        The file isn't there, too large, damaged, without lines, or nobody knows its
        coordinate system.
    """
    if is_address(path) or path.suffix.lower() in _OTHERS:
        return _read_other(path, crs, layer)
    _check_file(path)
    shapefile = path.suffix.lower() == ".shp"
    encoding = _BYTES if shapefile else None
    try:
        # The libraries warn of measures along lines, which are left out, and of coordinates
        # that are no numbers, which are reported below.
        with warnings.catch_warnings(action="ignore"):
            chosen = _layer(path, layer)
            told = pyogrio.read_info(path, layer=chosen, encoding=encoding)
            if int(told["features"]) > _MAX_LINES:
                raise _too_large(path, f"{told['features']:,}")
            table: Any = pyogrio.read_dataframe(
                path, layer=chosen, encoding=encoding, force_2d=True
            )
    except NetworkError:  # which is a ValueError too
        raise
    except (
        pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError,
        pyogrio.errors.FeatureError, shapely.errors.GEOSException, ValueError,
    ) as error:  # fmt: skip
        raise _unreadable(path, files.DAMAGED) from error
    if path.suffix.lower() in _SEQUENCES and len(table) < _records(path):
        raise _unreadable(path, _CUT_SHORT)
    if not isinstance(table, gpd.GeoDataFrame) or table.empty:
        raise _no_lines(path)
    notes: list[Text] = []
    return _drawn(_decoded(table, path, notes) if shapefile else table, path, crs, notes)


def _read_other(path: Path, crs: str | None, layer: str | None) -> Drawn:
    """Return the rows of any other file whose layer has lines, or of a database's table."""
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
    (part,) = lines
    if len(part.table) > _MAX_LINES:
        raise _too_large(path, f"{len(part.table):,}")
    table = gpd.GeoDataFrame(part.table.copy(), geometry=part.shapes, crs=part.crs)
    return _drawn(table, path, crs, list(part.notes))


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
    if table.active_geometry_name is None or table.empty:
        raise _no_lines(name)
    if len(table) > _MAX_LINES:
        raise _too_large(name, f"{len(table):,}")
    flat = table.set_geometry(shapely.force_2d(np.asarray(table.geometry.array)), crs=table.crs)
    return _drawn(flat, name, crs, [])


def _drawn(table: gpd.GeoDataFrame, path: Path, crs: str | None, notes: list[Text]) -> Drawn:
    if int(shapely.get_num_coordinates(np.asarray(table.geometry.array)).sum()) > _MAX_POINTS:
        raise _too_large(path, f"> {_MAX_POINTS:,}")
    if not set(table.geometry.dropna().geom_type) & {"LineString", "MultiLineString"}:
        raise _no_lines(path)
    return Drawn(_in_degrees(table, path, crs, notes), notes)


def _check_file(path: Path) -> None:
    begins = _BEGINS.get(path.suffix.lower())
    try:
        size = files.check_ordinary(path)
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except files.Unreadable as error:
        raise _unreadable(path, error.reason) from error
    except OSError as error:
        raise _unreadable(path, files.reason_of(error)) from error
    begun = head.removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n\x1e")
    if begins is None or not begun.startswith(begins):
        raise _unreadable(path, Text("it is none of these formats"))
    if path.suffix.lower() == ".shp":
        missing = [ending for ending in (".shx", ".dbf") if not _beside(path, ending)]
        if missing:
            raise _unreadable(
                path, Text("{files} is missing beside it", {"files": ", ".join(missing)})
            )
        # Its head says how many words of 16 bits the file has (ESRI Shapefile, main file header).
        if size < max(_SHP_HEAD_BYTES, 2 * int.from_bytes(head[24:28])):
            raise _unreadable(path, _CUT_SHORT)
        size += sum(file.stat().st_size for e in _BESIDE if (file := _beside(path, e)))
    if size > (_MAX_TEXT_BYTES if begins == b"{" else _MAX_BYTES):
        raise _too_large(path, f"{size >> 20:,} MB")
    if begins == b"{":
        # GDAL takes another encoding for a Western European one, without a word.
        try:
            files.check_utf8(path)
        except files.Unreadable as error:
            raise _unreadable(path, error.reason) from error


def _records(path: Path) -> int:
    """Return how many features a text of one a line holds; GDAL passes over what it can't read."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        if b'"FeatureCollection"' in head:
            return 0
        if head.startswith(_RECORD):
            # Records begin with a sign and may have several lines.
            return path.read_bytes().count(_RECORD)
        file.seek(0)
        return sum(1 for line in file if line.strip())


def _beside(path: Path, ending: str) -> Path | None:
    """Return the file of the same name with another ending, in small or capital letters."""
    both = (path.with_suffix(ending), path.with_suffix(ending.upper()))
    return next((file for file in both if file.is_file()), None)


def _layer(path: Path, layer: str | None) -> str:
    """Return the layer asked for, else the only one of lines."""
    every = [(str(name), str(kind or "")) for name, kind in pyogrio.list_layers(path)]
    names = [name for name, _ in every]
    if layer is not None:
        if layer not in names:
            raise NetworkError(
                "{path} has no layer “{layer}”.",
                "Available layers: {layers}.",
                path=path,
                layer=layer,
                layers=", ".join(names),
            )
        return layer
    lines = [name for name, kind in every if "LineString" in kind or "Curve" in kind]
    if len(every) == 1 or len(lines) == 1:
        return lines[0] if lines else names[0]
    if not lines:
        raise _no_lines(path)
    raise _several(path, lines)


def _decoded(table: gpd.GeoDataFrame, path: Path, notes: list[Text]) -> gpd.GeoDataFrame:
    """Return a table whose texts were read byte by byte, in the encoding that they are in."""
    columns = [str(name) for name in table.columns]
    texts = [
        name
        for name in columns
        if name != table.geometry.name and not np.issubdtype(_plain_type(table, name), np.number)
    ]
    values = {
        name: [one.encode(_BYTES) if isinstance(one, str) else one for one in table[name]]
        for name in texts
    }
    said = [name.encode(_BYTES, "replace") for name in columns]
    said += [one for rows in values.values() for one in rows if isinstance(one, bytes)]
    said = [one for one in said if not one.isascii()]
    named = _named_encoding(path)
    tried = [*([named] if named else []), *_ENCODINGS]
    encoding = next((one for one in tried if _decodes(said, one)), _BYTES)
    if said and encoding != named:
        notes.append(Text("Texts are read as {encoding}.", {"encoding": encoding.upper()}))
    for name, rows in values.items():
        if any(isinstance(one, bytes) for one in rows):
            table[name] = [_text(one, encoding) if isinstance(one, bytes) else one for one in rows]
    renamed = {name: _text(name.encode(_BYTES, "replace"), encoding) for name in columns}
    table.columns = [renamed[name] for name in columns]
    return table


def _named_encoding(path: Path) -> str:
    """Return the encoding that the file beside a Shapefile names, empty where none is known."""
    beside = _beside(path, ".cpg")
    if beside is None:
        return ""
    try:
        with beside.open("rb") as file:
            name = file.read(40).decode("ascii", "ignore").strip()
        found = codecs.lookup(name).name
    except (LookupError, OSError):
        return ""
    # The later standard holds the earlier ones.
    return "gb18030" if found in ("gb2312", "gbk", "cp936", "gb18030") else found


def _plain_type(table: gpd.GeoDataFrame, name: str) -> Any:
    kind: Any = table[name].dtype
    return kind if isinstance(kind, np.dtype) else np.dtype(object)


def _decodes(said: Sequence[bytes], encoding: str) -> bool:
    try:
        for one in said:
            _text(one, encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _text(said: bytes, encoding: str) -> str:
    """Return bytes as text; a sign that the column's width cuts off at the end is left out."""
    return codecs.getincrementaldecoder(encoding)().decode(said)


def _in_degrees(
    table: gpd.GeoDataFrame, path: Path, crs: str | None, notes: list[Text]
) -> gpd.GeoDataFrame:
    shapes: Any = np.asarray(table.geometry.array).copy()
    xy, row = shapely.get_coordinates(shapes, return_index=True)
    if crs is None and table.crs is None:
        raise NetworkError(
            "{path} doesn't state its coordinate system.",
            "Give it with --crs: {systems}.",
            path=path,
            systems=suggested(xy),
        )
    if crs is not None:
        try:
            table = table.set_crs(crs, allow_override=True)
        except (RuntimeError, ValueError) as error:
            raise NetworkError(
                "“{crs}” is not a coordinate system.",
                "Give it in the form EPSG:4544.",
                crs=crs,
            ) from error
    lonlat = placed(xy, row.astype(np.int64), table.crs, path, notes)
    held = np.flatnonzero(shapely.get_num_coordinates(shapes) > 0)
    off = np.unique(row[~np.isfinite(lonlat).all(axis=1)])
    shapes[held] = shapely.set_coordinates(shapes[held], np.nan_to_num(lonlat))
    shapes[off] = None
    return gpd.GeoDataFrame(table.drop(columns=table.geometry.name), geometry=shapes, crs=geo.WGS84)


def _no_lines(path: Path) -> NetworkError:
    return NetworkError("{path} contains no lines.", "Give a file of street lines.", path=path)


def _several(path: Path, layers: Sequence[str]) -> NetworkError:
    return NetworkError(
        "{path} has several layers of lines: {layers}.",
        "Name one with --layer.",
        path=path,
        layers=", ".join(layers),
    )


def _too_large(path: Path, size: str) -> NetworkError:
    return NetworkError(
        "{path} is too large for a file of street lines ({size}).",
        "Cut it to the region you need.",
        path=path,
        size=size,
    )


def _unreadable(path: Path, reason: Text) -> NetworkError:
    return NetworkError(
        "{path} can't be read as street lines: {reason}.",
        "Give a Shapefile, GeoPackage or GeoJSON file.",
        path=path,
        reason=reason,
    )
