"""Rows into a table of PostGIS: all of them or none, in one transaction."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sandbox import files
from sandbox.formats.postgis.address import Address
from sandbox.formats.postgis.server import connected
from sandbox.geo.crs import WGS84
from sandbox.words import Text

if TYPE_CHECKING:
    from sqlalchemy import Connection

_WRITE_S: Final = 600.0
_SRID: Final = 4326
_SHAPE: Final = "geometry"
# The server cuts longer names without a word, and two may become one.
_NAME_BYTES: Final = 63
_KINDS: Final = {
    0: "POINT", 1: "LINESTRING", 2: "LINESTRING", 3: "POLYGON", 4: "MULTIPOINT",
    5: "MULTILINESTRING", 6: "MULTIPOLYGON",
}  # fmt: skip


def write_tables(
    tables: Mapping[Address, gpd.GeoDataFrame],
    provenance: Mapping[str, Any],
) -> None:
    """Write rows into tables of one database, with an index of their shapes.

    A failure leaves what was there.

    Parameters
    ----------
    tables
        Rows, in any coordinate system, by where they go: which table, and what becomes of one
        that is there: the writing is refused, it is replaced, or rows are added to it. They are
        written in WGS 84.
    provenance
        Where they come from, kept as the tables' comment.

    Raises
    ------
    files.Unreadable
        The server can't be reached, refuses or goes away; a table is there, is none, or lacks
        columns.
    """
    told = [_prepared(address, rows) for address, rows in tables.items()]
    first = next(iter(tables))
    with connected(first, statement_s=_WRITE_S, write=True) as connection:
        for address, (called, rows, columns) in zip(tables, told, strict=True):
            _write(connection, address, called, (rows, columns), provenance)


def _prepared(
    address: Address, rows: gpd.GeoDataFrame
) -> tuple[tuple[str, str], gpd.GeoDataFrame, dict[str, Any]]:
    """Return schema and name of a table, its rows in WGS 84, and its columns."""
    schema, _, name = address.table.rpartition(".")
    if not name:
        raise files.Unreadable(
            Text("no table is named"), hint=Text("Add ?table=NAME to the address.")
        )
    placed = rows if rows.crs is None else rows.to_crs(WGS84)
    columns = _columns(placed)
    for one in (schema, name, *columns):
        if len(one.encode()) > _NAME_BYTES:
            raise files.Unreadable(
                Text("the name {name} is longer than the server takes", {"name": one})
            )
    return (schema or "public", name), placed, columns


def _write(
    connection: "Connection",
    address: Address,
    called: tuple[str, str],
    told: tuple[gpd.GeoDataFrame, dict[str, Any]],
    provenance: Mapping[str, Any],
) -> None:
    import sqlalchemy as sql
    from geoalchemy2 import Geometry

    (schema, name), (rows, columns) = called, told
    inspector = sql.inspect(connection)
    if schema not in inspector.get_schema_names():
        raise files.Unreadable(Text("it has no schema {schema}", {"schema": schema}))
    there = inspector.has_table(name, schema=schema)
    if there and address.exists == "refuse":
        raise files.Unreadable(
            Text("it already has a table {table}", {"table": address.table}),
            hint=Text("Give another name, or add &exists=replace or &exists=add to the address."),
        )
    if there and name not in inspector.get_table_names(schema=schema):
        raise files.Unreadable(Text("{table} is not a table", {"table": address.table}))
    shape = Geometry(_kind(rows), srid=_SRID, spatial_index=True)
    made = sql.Table(
        sql.quoted_name(name, quote=True),
        sql.MetaData(),
        *(sql.Column(sql.quoted_name(one, quote=True), kind) for one, kind in columns.items()),
        sql.Column(_SHAPE, shape),
        schema=schema,
        comment=json.dumps(dict(provenance), ensure_ascii=False, default=str),
    )
    if there and address.exists == "add":
        known = {str(one["name"]) for one in inspector.get_columns(name, schema=schema)}
        missing = [one for one in (*columns, _SHAPE) if one not in known]
        if missing:
            raise files.Unreadable(
                Text("its table {table} has no column {columns}",
                     {"table": address.table, "columns": ", ".join(missing)}),
            )  # fmt: skip
    else:
        if there:
            made.drop(connection)
        made.create(connection)
    _copy(connection, (schema, name), rows, list(columns))


def _copy(
    connection: "Connection", called: tuple[str, str], rows: gpd.GeoDataFrame, names: list[str]
) -> None:
    from psycopg import sql

    shapes = rows.geometry.to_numpy()
    # The number of the coordinate system goes with each (EWKB).
    held: Any = shapely.to_wkb(
        shapely.set_srid(shapes, _SRID), hex=True, include_srid=True, output_dimension=2
    )
    cells = [_cells(rows[name]) for name in names]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(*called), sql.SQL(", ").join(map(sql.Identifier, (*names, _SHAPE)))
    )
    cursor: Any = connection.connection.cursor()
    with cursor.copy(statement) as copy:
        for row in zip(*cells, held, strict=True):
            copy.write_row(row)


def _columns(rows: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return the columns of a table by name, with their types."""
    import sqlalchemy as sql

    found: dict[str, Any] = {}
    for name in map(str, rows.columns):
        if name == rows.geometry.name:
            continue
        kind: Any = rows[name].dtype
        if pd.api.types.is_bool_dtype(kind):
            found[name] = sql.Boolean()
        elif pd.api.types.is_integer_dtype(kind):
            found[name] = sql.BigInteger()
        elif pd.api.types.is_numeric_dtype(kind):
            found[name] = sql.Double()
        elif pd.api.types.is_datetime64_any_dtype(kind):
            found[name] = sql.DateTime(timezone=True)
        else:
            found[name] = sql.Text()
    return found


def _cells(column: Any) -> list[Any]:
    """Return values as the server takes them; one that is missing is none."""
    kind = column.dtype
    missing = column.isna().to_numpy()
    values = column.tolist()
    if not (pd.api.types.is_numeric_dtype(kind) or pd.api.types.is_datetime64_any_dtype(kind)):
        # No text of PostgreSQL holds a zero byte.
        values = [str(one).replace("\x00", "") for one in values]
    return [None if gone else value for value, gone in zip(values, missing, strict=True)]


def _kind(rows: gpd.GeoDataFrame) -> str:
    kinds = np.unique(shapely.get_type_id(rows.geometry.to_numpy()))
    known = [_KINDS.get(int(one)) for one in kinds if one >= 0]
    return known[0] if len(known) == 1 and known[0] else "GEOMETRY"
