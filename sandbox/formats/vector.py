"""Shapefile, FileGDB, GeoPackage, GeoJSON, KML, FlatGeobuf, GeoParquet: by GDAL and Arrow."""

import io
import json
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pyogrio.errors
import shapely
from pyarrow import ArrowException, parquet

from sandbox import files
from sandbox.formats import recognise
from sandbox.formats.features import (
    MAX_BYTES,
    MAX_POINTS,
    MAX_TEXT_BYTES,
    Read,
    check_columns,
    check_rows,
    no_shapes,
    unique_names,
)  # fmt: skip
from sandbox.formats.text import decoded, encoding_of, note_of, text_of
from sandbox.words import Text

_BYTES: Final = "ISO-8859-1"  # every byte is a sign: nothing is lost before we know better
_SHP_HEAD_BYTES: Final = 100
_CUT_SHORT: Final = Text("it is incomplete")
_NOT_READ: Final = (
    pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError,
    shapely.errors.GEOSException, ValueError, ArrowException, OverflowError, KeyError, TypeError,
)  # fmt: skip
# What the driver for KML adds to each row, empty or the same.
_KML_OWN: Final = ("tessellate", "extrude", "visibility", "drawOrder", "altitudeMode", "icon",
                   "timestamp", "begin", "end", "snippet")  # fmt: skip
_KML_NAMES: Final = {"Name": "name", "description": "note"}
KML_FOLDER: Final = "folder"
_RECORD: Final = "\x1e"


def read_vector(path: Path, kind: str, layer: str | None = None) -> list[Read]:
    """Return the layers of a file of features, or the one that is named.

    Parameters
    ----------
    path
        The file, or the folder of a file geodatabase.
    kind
        What it is, of `recognise`.
    layer
        Only the layer of this name.

    Raises
    ------
    files.Unreadable
        It is damaged, too large, or has no such layer.
    """
    _check_size(path, MAX_TEXT_BYTES if kind in (recognise.GEOJSON, recognise.KML) else MAX_BYTES)
    try:
        # The libraries warn of measures along lines, which are left out, and of numbers that are
        # none, which are reported later.
        with warnings.catch_warnings(action="ignore"):
            match kind:
                case recognise.SHAPEFILE:
                    return [_shapefile(path)]
                case recognise.GEOJSON:
                    return [_geojson(path)]
                case recognise.KML:
                    return [_kml(path)]
                case recognise.PARQUET:
                    return [_parquet(path)]
                case _:
                    return list(_layers(path, kind, layer))
    except files.Unreadable:
        raise
    except _NOT_READ as error:
        raise files.Unreadable(files.DAMAGED) from error
    except OSError as error:
        raise files.Unreadable(files.reason_of(error)) from error


def _check_size(path: Path, at_most: int) -> None:
    held = [path] if path.is_file() else [one for one in path.iterdir() if one.is_file()]
    try:
        size = sum(one.stat().st_size for one in held)
    except OSError as error:
        raise files.Unreadable(files.reason_of(error)) from error
    if size > at_most:
        limit = f"{at_most >> 20} MB"
        raise files.Unreadable(Text("it is larger than {limit}", {"limit": limit}))


def _layers(path: Path, kind: str, layer: str | None) -> Iterator[Read]:
    every = [str(name) for name, _ in pyogrio.list_layers(path)]
    if layer is not None and layer not in every:
        values = {"layer": layer, "layers": ", ".join(every) or "–"}
        raise files.Unreadable(Text("it has no layer “{layer}”, but {layers}", values))
    for name in every if layer is None else [layer]:
        yield _of_frame(path, name, kind, _frame(path, name))


def _frame(source: Any, layer: str | int | None = None, encoding: str | None = None) -> Any:
    told = pyogrio.read_info(source, layer=layer, encoding=encoding)
    check_rows(int(told["features"]))
    check_columns(len(told["fields"]))
    return pyogrio.read_dataframe(
        source,
        layer=layer,
        encoding=encoding,
        force_2d=True,
        on_invalid="ignore",
        datetime_as_string=True,
    )


def _of_frame(path: Path, name: str, kind: str, frame: Any, **more: Any) -> Read:
    """Return a layer of a table as GeoPandas reads it."""
    count = len(frame)
    check_columns(len(frame.columns))
    crs = None
    shapes = no_shapes(count)
    if isinstance(frame, gpd.GeoDataFrame) and frame.active_geometry_name is not None:
        shapes[:] = frame.geometry.to_numpy()
        known: Any = frame.crs
        crs = None if known is None else crs_named(known)
        frame = pd.DataFrame(frame.drop(columns=frame.active_geometry_name))
    if int(shapely.get_num_coordinates(shapes).sum()) > MAX_POINTS:
        raise files.Unreadable(
            Text("it has more than {limit} million points", {"limit": MAX_POINTS // 1_000_000})
        )
    frame.columns = unique_names(list(frame.columns))
    rows = np.arange(1, count + 1)
    return Read(path, name, kind, frame.reset_index(drop=True), shapes, crs, rows=rows, **more)


def crs_named(crs: Any) -> str:
    """Return a system by its EPSG code where it surely has one, else as well-known text."""
    code = crs.to_epsg()
    return f"EPSG:{code}" if code else str(crs.to_wkt())


def _shapefile(path: Path) -> Read:
    """Read a Shapefile; its texts' encoding is found out by all of them."""
    head = files.check_ordinary(path)
    missing = [ending for ending in (".shx", ".dbf") if not _beside(path, ending)]
    if missing:
        values = {"files": ", ".join(missing)}
        raise files.Unreadable(Text("{files} is missing beside it", values))
    with path.open("rb") as file:
        told = file.read(_SHP_HEAD_BYTES)
    # Its head says how many words of 16 bits the file has (ESRI Shapefile, main file header).
    if head < max(_SHP_HEAD_BYTES, 2 * int.from_bytes(told[24:28])):
        raise files.Unreadable(_CUT_SHORT)
    _check_dbf(_beside(path, ".dbf"))
    frame = _frame(path, encoding=_BYTES)
    named = _beside(path, ".cpg")
    stated = named.read_bytes()[:40].decode("ascii", "ignore") if named else ""
    table, encoding = _decoded(frame, stated)
    read = _of_frame(path, path.stem, recognise.SHAPEFILE, table, encoding=encoding)
    plain = "".join(sign for sign in stated.lower() if sign.isalnum())
    return read.noting(note_of(encoding)) if (encoding not in ("", "utf-8") and plain not in (
        "gbk", "gb18030", "gb2312", "936", "cp936"
    )) or (encoding == "utf-8" and plain not in ("", "utf8", "65001")) else read  # fmt: skip


def _check_dbf(path: Path | None) -> None:
    """Refuse a table that claims more rows than it has bytes for (dBASE III, file header)."""
    if path is None:
        return
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(32)
    rows, begin, width = (
        int.from_bytes(head[4:8], "little"),
        int.from_bytes(head[8:10], "little"),
        int.from_bytes(head[10:12], "little"),
    )
    # The mark at the end is often missing, and the last row's padding at times.
    if len(head) < 32 or begin + max(rows - 1, 0) * width > size:
        raise files.Unreadable(_CUT_SHORT)


def _beside(path: Path, ending: str) -> Path | None:
    """Return the file of the same name with another ending, in small or capital letters."""
    both = (path.with_suffix(ending), path.with_suffix(ending.upper()))
    return next((file for file in both if file.is_file()), None)


def _decoded(frame: Any, stated: str) -> tuple[Any, str]:
    """Return a table that was read byte by byte in the encoding that its texts are in."""
    geometry = frame.geometry.name if isinstance(frame, gpd.GeoDataFrame) else None
    columns = [str(name) for name in frame.columns]
    values = {
        name: [one.encode(_BYTES) if isinstance(one, str) else one for one in frame[name]]
        for name in columns
        if name != geometry and not pd.api.types.is_numeric_dtype(frame[name].dtype)
    }
    pieces = [name.encode(_BYTES, "replace") for name in columns]
    pieces += [one for rows in values.values() for one in rows if isinstance(one, bytes)]
    if all(one.isascii() for one in pieces):
        return frame, ""
    encoding = encoding_of(pieces, stated)
    for name, rows in values.items():
        if any(isinstance(one, bytes) for one in rows):
            frame[name] = [
                text_of(one, encoding) if isinstance(one, bytes) else one for one in rows
            ]
    renamed = {name: text_of(name.encode(_BYTES, "replace"), encoding) for name in columns}
    return frame.rename(columns=renamed), encoding


def _geojson(path: Path) -> Read:
    text, encoding = decoded(files.read_bytes(path, MAX_TEXT_BYTES))
    begun = text.lstrip(" \t\r\n" + _RECORD)
    if not begun:
        raise files.Unreadable(files.DAMAGED)
    if not _is_one_object(text):
        text = _collected(text)
    frame = _frame(io.BytesIO(text.encode("utf-8")))
    notes = (note_of(encoding),) if encoding != "utf-8" else ()
    read = _of_frame(path, path.stem, recognise.GEOJSON, frame, encoding=encoding, notes=notes)
    stated = '"crs"' in begun[:4096] or read.crs not in (None, "EPSG:4326")
    return read if stated else replace(read, crs="EPSG:4326", by_convention=True)


def _is_one_object(text: str) -> bool:
    """Return whether a text is one object of JSON, and not one a line."""
    if _RECORD in text[:8]:
        return False
    line, _, rest = text.strip().partition("\n")
    if not rest.strip():
        return '"FeatureCollection"' in line or '"Feature"' not in line
    try:
        json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return True
    return False


def _collected(text: str) -> str:
    """Return features of one a line, or between separators (RFC 8142), as one collection."""
    pieces = text.split(_RECORD) if _RECORD in text[:8] else text.splitlines()
    rows: list[str] = []
    for piece in pieces:
        if not piece.strip():
            continue
        try:
            told = json.loads(piece)
        except (json.JSONDecodeError, RecursionError) as error:
            raise files.Unreadable(_CUT_SHORT) from error
        kind = told.get("type") if isinstance(told, dict) else None
        if kind == "Feature":
            rows.append(piece)
        elif isinstance(told, dict) and ("coordinates" in told or "geometries" in told):
            rows.append(json.dumps({"type": "Feature", "properties": {}, "geometry": told}))
        else:
            raise files.Unreadable(files.DAMAGED)
    return '{"type":"FeatureCollection","features":[' + ",".join(rows) + "]}"


def _kml(path: Path) -> Read:
    """Read a KML file; folders, of which each is a layer to the driver, become a column."""
    text, encoding = decoded(files.read_bytes(path, MAX_TEXT_BYTES))
    # What it says of its own encoding no longer holds.
    if text.startswith("<?xml"):
        text = '<?xml version="1.0" encoding="UTF-8"?>' + text.partition("?>")[2]
    if "<!ENTITY" in text:
        raise files.Unreadable(Text("it defines entities, which no map data needs"))
    content = text.encode("utf-8")
    # By their numbers: a document without a name is called by its file, which has none in memory.
    named = [str(name) for name, _ in pyogrio.list_layers(io.BytesIO(content))]
    every = [path.stem if name.startswith("pyogrio_") else name for name in named]
    parts = [_frame(io.BytesIO(content), number) for number in range(len(named))]
    folders = [name for name, part in zip(every, parts, strict=True) for _ in range(len(part))]
    parts = [part for part in parts if len(part)]
    if not parts:
        raise files.Unreadable(Text("it contains no features"))
    frame: Any = pd.concat(parts, ignore_index=True)
    for name in _KML_OWN:
        if name in frame.columns and frame[name].nunique(dropna=True) <= 1:
            frame = frame.drop(columns=name)
    frame = frame.rename(columns={old: new for old, new in _KML_NAMES.items() if new not in frame})
    if "note" in frame.columns and not frame["note"].fillna("").astype(str).str.strip().any():
        frame = frame.drop(columns="note")
    if len(set(folders)) > 1 and KML_FOLDER not in frame.columns:
        frame[KML_FOLDER] = folders
    notes = (note_of(encoding),) if encoding != "utf-8" else ()
    read = _of_frame(path, path.stem, recognise.KML, frame, encoding=encoding, notes=notes)
    return replace(read, crs="EPSG:4326", by_convention=True)


def _parquet(path: Path) -> Read:
    told = parquet.ParquetFile(path)
    check_rows(told.metadata.num_rows)
    check_columns(told.metadata.num_columns)
    size = sum(
        told.metadata.row_group(number).total_byte_size
        for number in range(told.metadata.num_row_groups)
    )
    if size > MAX_BYTES:
        limit = f"{MAX_BYTES >> 20} MB"
        raise files.Unreadable(Text("it is larger than {limit}", {"limit": limit}))
    geo = (told.schema_arrow.metadata or {}).get(b"geo")
    frame: Any = gpd.read_parquet(path) if geo else told.read().to_pandas()
    if geo:
        frame[frame.geometry.name] = shapely.force_2d(frame.geometry.to_numpy())
    elif (column := next((one for one in ("geometry", "geom", "wkb") if one in frame), None)) and (
        frame[column].map(lambda one: isinstance(one, bytes)).any()
    ):
        frame = gpd.GeoDataFrame(
            frame.drop(columns=column), geometry=shapely.from_wkb(frame[column].to_numpy())
        )
    return _of_frame(path, path.stem, recognise.PARQUET, frame)
