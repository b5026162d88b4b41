"""Layers written into a GeoPackage with where they come from; the file is whole at any moment.

The file is an ordinary GeoPackage (OGC 12-128, version 1.3): what is kept beside the features
stands in its own table of metadata (annex F.8), so QGIS shows it and GDAL carries it along. It is
never written in place: a copy beside it gets the new layers, is synced, and takes its name.
"""

import errno
import json
import os
import shutil
import sqlite3
import sys
import warnings
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import quote

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pyogrio.errors

from sandbox import files
from sandbox.errors import ExportError
from sandbox.words import Text

# Nothing of 1.4 is used, and GDAL of long-term releases says of that it may read it in part.
VERSION: Final = "1.3"
STANDARD: Final = "urn:science-city-sandbox:provenance:1"
_RESERVED: Final = frozenset({"fid", "geom", "ogc_fid", "rowid"})
_WAL: Final = b"\x02\x02"  # bytes 18 and 19 of a file that was left in write-ahead mode
_NOT_WRITTEN: Final = (
    pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError,
    pyogrio.errors.GeometryError, pyogrio.errors.FieldError,
)  # fmt: skip
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT,
  extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE IF NOT EXISTS gpkg_metadata (
  id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
  md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml',
  metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS gpkg_metadata_reference (
  reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
  timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
"""
_STYLES: Final = """
CREATE TABLE IF NOT EXISTS layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
  f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
  styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))
"""
_EXTENSION: Final = "http://www.geopackage.org/spec/#extension_metadata"


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """A layer to write.

    Attributes
    ----------
    name
        Of the layer.
    table
        Its features, in one coordinate system.
    provenance
        Where they come from, as JSON holds it.
    style
        Their look as QGIS reads it (QML); empty for none.
    """

    name: str
    table: gpd.GeoDataFrame
    provenance: Mapping[str, Any]
    style: str = ""


def layer_names(path: Path) -> list[str]:
    """Return the names of the layers of features that a GeoPackage holds; none if it isn't there.

    Raises
    ------
    files.Unreadable
        It is no GeoPackage.
    """
    if not path.exists():
        return []
    files.check_ordinary(path)
    try:
        with closing(connected(path, "ro")) as database:
            rows = database.execute(
                "SELECT table_name FROM gpkg_contents WHERE data_type='features' ORDER BY rowid"
            )
            return [str(name) for (name,) in rows]
    except sqlite3.Error as error:
        raise files.Unreadable(files.DAMAGED) from error


def provenance_of(path: Path) -> dict[str, dict[str, Any]]:
    """Return where each layer of a GeoPackage comes from, as far as it says so, by name.

    What is said of the whole file has no name.
    """
    found: dict[str, dict[str, Any]] = {}
    try:
        with closing(connected(path, "ro")) as database:
            rows = database.execute(
                "SELECT r.table_name, m.metadata FROM gpkg_metadata m JOIN gpkg_metadata_reference"
                " r ON r.md_file_id = m.id WHERE m.md_standard_uri = ? ORDER BY m.id",
                (STANDARD,),
            )
            for name, said in rows:
                with suppress(ValueError, TypeError):
                    found[str(name or "")] = json.loads(said)
    except sqlite3.Error:
        return {}
    return found


def write_into(path: Path, layers: Iterable[Written]) -> None:
    """Write layers into a GeoPackage, beside those that it holds; one of the same name goes.

    Raises
    ------
    ExportError
        The folder is missing, the disk is full, or another program is using the file.
    """
    layers = list(layers)
    with changing(path, path) as beside:
        for one in layers:
            write_layer(beside, one)
        finish(beside, layers)


@contextmanager
def changing(path: Path, start: Path | None) -> Generator[Path]:
    """Give a copy of a GeoPackage to change; at the end it takes the name of the file, whole.

    Parameters
    ----------
    path
        The file to replace or make.
    start
        The file that is copied, mostly itself; where there is none, nothing is at the place.

    Raises
    ------
    ExportError
        The folder is missing, the disk is full, or another program is using the file.
    """
    try:
        _check(path)
        held = path if start is None else start
        with _kept_still(path), _kept_still(held), files.replacing(path) as beside:
            beside.unlink()
            if start is not None and start.exists():
                shutil.copyfile(start, beside)
            yield beside
            if sys.platform == "win32":
                _release(path)
    except (*_NOT_WRITTEN, sqlite3.Error) as error:
        raise _unwritten(path, Text("the disk didn't accept the data")) from error
    except OSError as error:
        raise _unwritten(path, files.reason_of(error)) from error


def _check(path: Path) -> None:
    if not path.absolute().parent.is_dir():
        raise ExportError(
            "The folder {folder} doesn't exist.",
            "Create it first, or choose another folder.",
            folder=path.parent,
        )
    if path.is_dir():
        raise ExportError("{path} is a folder.", "Give a file name.", path=path)
    if path.exists():
        with path.open("rb") as file:
            head = file.read(16)
        if head != b"SQLite format 3\x00":
            raise ExportError("{path} is not a GeoPackage.", "Give another file name.", path=path)


_HELD: dict[Path, sqlite3.Connection] = {}


@contextmanager
def _kept_still(path: Path) -> Generator[None]:
    """Keep other programs from writing to a file while a copy of it is made and changed.

    What another left beside it, as pages of a write-ahead log, is taken in first: beside a file
    that is replaced they would be read as pages of the new one.
    """
    if not path.exists() or path in _HELD:
        yield
        return
    number = path.stat().st_ino
    database = connected(path, "rw", timeout=0)
    try:
        try:
            with path.open("rb") as file:
                file.seek(18)
                left_open = file.read(2) == _WAL
            if left_open or _log(path).exists():
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                (mode,) = database.execute("PRAGMA journal_mode=DELETE").fetchone()
                if mode != "delete":
                    raise _in_use(path)
            database.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise _in_use(path) from error
        except sqlite3.DatabaseError as error:
            raise ExportError("{path} is damaged.", "Give another file name.", path=path) from error
        if path.stat().st_ino != number:
            # Another program replaced it meanwhile: what is held still is the old file.
            raise _in_use(path)
        _HELD[path] = database
        yield
    finally:
        _release(path)
        database.close()


def _release(path: Path) -> None:
    database = _HELD.pop(path, None)
    if database is not None:
        database.rollback()
        database.close()


def _log(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def connected(path: Path, mode: str, timeout: float = 5.0) -> sqlite3.Connection:
    """Open a file as SQLite does: `mode` is ``"ro"`` or ``"rw"``."""
    return sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode={mode}", uri=True, timeout=timeout,
        isolation_level=None,
    )  # fmt: skip


def write_layer(beside: Path, layer: Written) -> None:
    """Write a layer into a GeoPackage that `changing` gave; one of the same name goes."""
    table = _plain(layer.table)
    kinds = set(table.geom_type.dropna())
    kind = "Unknown"
    for single in ("Point", "LineString", "Polygon"):
        if kinds and kinds <= {single, f"Multi{single}"}:
            kind = single if kinds == {"Point"} else f"Multi{single}"
    # The copy is synced once it is whole.
    pyogrio.set_gdal_config_options({"OGR_SQLITE_SYNCHRONOUS": "OFF"})
    with warnings.catch_warnings(action="ignore"):
        pyogrio.write_dataframe(
            table,
            beside,
            driver="GPKG",
            layer=layer.name,
            geometry_type=kind,
            promote_to_multi=kind.startswith("Multi"),
            dataset_options={"VERSION": VERSION},
        )


def _plain(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a table of columns that a GeoPackage holds, with names that nothing else has."""
    geometry, cells = table.active_geometry_name, cast("Any", table)
    taken = {str(name).lower() for name in table.columns}
    renamed: dict[Any, str] = {}
    for name in table.columns:
        if name != geometry and str(name).lower() in _RESERVED:
            one = f"{name}_file"
            while one.lower() in taken:
                one += "_"
            taken.add(one.lower())
            renamed[name] = one
    columns: dict[str, Any] = {
        renamed.get(name, str(name)): _plain_column(cells[name])
        for name in table.columns
        if name != geometry
    }
    plain = pd.DataFrame(columns, index=table.index)
    return gpd.GeoDataFrame(plain, geometry=table.geometry.to_numpy(), crs=table.crs)


def _plain_column(column: Any) -> Any:
    if column.dtype.kind in "ifbu" and column.dtype.kind != "O":
        return column
    said = [None if _is_none(one) else one for one in column]
    kinds = {type(one) for one in said if one is not None}
    if not kinds:
        return pd.Series(said, index=column.index, dtype=object)
    if kinds <= {bool, np.bool_}:
        whole: Any = "boolean"
    elif kinds <= {int, np.int64, np.int32}:
        fits = all(one is None or -(2**63) <= one < 2**63 for one in said)
        whole = "Int64" if fits else object
    elif kinds <= {int, float, np.float64, np.int64}:
        whole = np.float64
    else:
        whole = object
    if whole is object:
        said = [None if one is None else _text(one) for one in said]
    return pd.Series(said, index=column.index, dtype=whole)


def _is_none(value: Any) -> bool:
    return value is None or (
        not isinstance(value, list | tuple | dict | np.ndarray) and bool(pd.isna(value))
    )


def _text(value: Any) -> str:
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, bytes):
        return value.hex()
    # A text with half a sign can't be written.
    return str(value).encode("utf-8", "replace").decode()


def finish(beside: Path, layers: Iterable[Written]) -> None:
    """Write where layers come from, and see that each is there whole."""
    layers = list(layers)
    with closing(connected(beside, "rw")) as database:
        database.execute("PRAGMA journal_mode=DELETE").fetchone()
        database.execute("BEGIN")
        add_metadata(database)
        for layer in layers:
            describe(database, layer.name, layer.provenance)
        if any(layer.style for layer in layers):
            _dress(database, layers)
        database.execute("COMMIT")
        for layer in layers:
            name = '"' + layer.name.replace('"', '""') + '"'
            (count,) = database.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608
            if count != len(layer.table):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def add_metadata(database: sqlite3.Connection) -> None:
    """Make the tables of metadata where they aren't there, and register them."""
    for statement in _TABLES.strip().split(";\n"):
        database.execute(statement)
    for table in ("gpkg_metadata", "gpkg_metadata_reference"):
        found = database.execute(
            "SELECT 1 FROM gpkg_extensions WHERE table_name=? AND extension_name=?",
            (table, "gpkg_metadata"),
        ).fetchone()
        if found is None:
            database.execute(
                "INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_metadata', ?, 'read-write')",
                (table, _EXTENSION),
            )


def describe(
    database: sqlite3.Connection, table: str | None, provenance: Mapping[str, Any] | None
) -> None:
    """Write where a table, or the whole file, comes from; None takes away what is said."""
    old = database.execute(
        "SELECT m.id FROM gpkg_metadata m JOIN gpkg_metadata_reference r ON r.md_file_id = m.id"
        " WHERE m.md_standard_uri = ? AND r.table_name IS ?",
        (STANDARD, table),
    ).fetchall()
    for (number,) in old:
        database.execute("DELETE FROM gpkg_metadata_reference WHERE md_file_id = ?", (number,))
        database.execute("DELETE FROM gpkg_metadata WHERE id = ?", (number,))
    if provenance is None:
        return
    said = json.dumps(provenance, ensure_ascii=False, indent=1, default=str)
    number = database.execute(
        "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata)"
        " VALUES ('dataset', ?, 'application/json', ?)",
        (STANDARD, said),
    ).lastrowid
    database.execute(
        "INSERT INTO gpkg_metadata_reference (reference_scope, table_name, md_file_id)"
        " VALUES (?, ?, ?)",
        ("geopackage" if table is None else "table", table, number),
    )


def _dress(database: sqlite3.Connection, layers: list[Written]) -> None:
    """Keep the looks of layers where QGIS finds them: the table `layer_styles`, as it makes it."""
    database.execute(_STYLES)
    database.execute(
        "INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier)"
        " VALUES ('layer_styles', 'attributes', 'layer_styles')"
    )
    for layer in layers:
        database.execute("DELETE FROM layer_styles WHERE f_table_name = ?", (layer.name,))
        if not layer.style:
            continue
        (column,) = database.execute(
            "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", (layer.name,)
        ).fetchone()
        database.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
            " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault)"
            " VALUES ('', '', ?, ?, ?, ?, '', 1)",
            (layer.name, column, layer.name, layer.style),
        )


def _in_use(path: Path) -> ExportError:
    return ExportError(
        "Another program is using {path}.", "Close it there, then try again.", path=path
    )


def _unwritten(path: Path, reason: Text) -> ExportError:
    return ExportError(
        "{path} can't be written: {reason}.",
        "Check the permissions and the free disk space, or choose another folder.",
        path=path,
        reason=reason,
    )
