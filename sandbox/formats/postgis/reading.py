"""A table of PostGIS as a layer, as it stands there; all of it, or what meets an extent."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
import pandas as pd
import shapely

from sandbox import files
from sandbox.formats.features import MAX_POINTS, MAX_ROWS, Read, check_columns, unique_names
from sandbox.formats.postgis.address import Address
from sandbox.formats.postgis.server import connected
from sandbox.words import Text

if TYPE_CHECKING:
    from sqlalchemy import Connection

FORMAT: Final = "PostGIS"
Tell = Callable[[int], None]
_BATCH: Final = 5_000
_SIDES: Final = 16
_POINT_BYTES: Final = 16
# By the names that the catalog has for them.
_NUMBERS: Final = ("smallint", "integer", "bigint", "real", "double precision", "boolean")
_LEFT_OUT: Final = ("bytea", "geometry", "geography", "raster", "topogeometry", "box2d", "box3d")


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view with shapes.

    Attributes
    ----------
    schema, name
        What it is called.
    column
        Its column of shapes; of several the first.
    is_geography
        Whether its shapes are a geography's.
    kind
        What shapes the catalog says they are.
    srid
        The number of their coordinate system; 0 where the catalog doesn't say.
    """

    schema: str
    name: str
    column: str
    is_geography: bool
    kind: str
    srid: int

    @property
    def title(self) -> str:
        """Return its name, with its schema where that isn't the usual one."""
        return self.name if self.schema == "public" else f"{self.schema}.{self.name}"


def tables(address: Address) -> list[Table]:
    """Return the tables and views with shapes that one may read, by their names.

    Raises
    ------
    files.Unreadable
        The server can't be reached, refuses, or has no PostGIS.
    """
    with connected(address) as connection:
        return _listed(connection)


def read_table(address: Address, tell: Tell = lambda _rows: None) -> Read:
    """Return the layer of a table or view.

    Parameters
    ----------
    address
        Which, and what of it.
    tell
        Told how many rows have come; what it raises ends the reading.

    Raises
    ------
    files.Unreadable
        The server can't be reached, refuses or goes away; there is no such table; it is too
        large, or holds what no layer can.
    """
    with connected(address) as connection:
        table = _chosen(_listed(connection), address)
        return _read(connection, table, address, tell)


def _listed(connection: "Connection") -> list[Table]:
    from sqlalchemy import column, literal, select, union_all
    from sqlalchemy import table as named

    parts: list[Any] = []
    for is_geography, kind in ((False, "geometry"), (True, "geography")):
        where = [column(one) for one in ("f_table_schema", "f_table_name", f"f_{kind}_column")]
        told = [*where, literal(is_geography), column("type"), column("srid")]
        parts.append(select(*told).select_from(named(f"{kind}_columns")))
    # In this order of the catalog the first column of shapes of a table comes first.
    found: dict[tuple[str, str], Table] = {}
    for row in connection.execute(union_all(*parts)):
        schema, name, shape, geography, kind, srid = tuple(row)
        one = Table(str(schema), str(name), str(shape), bool(geography), str(kind), srid or 0)
        found.setdefault((one.schema, one.name), one)
    return [found[key] for key in sorted(found)]


def _chosen(every: Sequence[Table], address: Address) -> Table:
    asked = address.table
    if not every:
        raise files.Unreadable(
            Text("the database has no table with geometry that this user may read")
        )
    there = ", ".join(one.title for one in every[:40])
    if not asked:
        if len(every) == 1:
            return every[0]
        raise files.Unreadable(
            Text("it has several tables: {tables}", {"tables": there}),
            hint=Text("Name one: {address}?table={table}",
                      {"address": address.server, "table": every[0].title}),
        )  # fmt: skip
    found = [one for one in every if asked in (one.name, f"{one.schema}.{one.name}")]
    if len(found) > 1:
        found = [one for one in found if one.schema == "public"]
    if len(found) != 1:
        raise files.Unreadable(
            Text("it has no table {table} with geometry", {"table": asked}),
            hint=Text("Available tables: {tables}.", {"tables": there}),
        )
    return found[0]


def _read(connection: "Connection", table: Table, address: Address, tell: Tell) -> Read:
    columns, left_out = _columns(connection, table)
    check_columns(len(columns))
    srid = table.srid or _stated(connection, table)
    query = _query(table, columns, address, srid, _key(connection, table))
    rows: list[Any] = []
    points = 0
    answer = connection.execution_options(stream_results=True, yield_per=_BATCH).execute(query)
    # When the connection breaks, nobody else closes the cursor.
    with closing(cast("Any", answer.cursor)):
        for batch in answer.partitions():
            rows += batch
            points += sum(len(row[0]) // _POINT_BYTES for row in batch if row[0] is not None)
            _check_size(len(rows), points)
            tell(len(rows))
    names = [one for one, _ in columns]
    return _made(connection, table, address, rows, (names, left_out))


def _check_size(rows: int, points: int) -> None:
    hint = Text("Read less of it, with a limit or only the extent of the map.")
    if rows > MAX_ROWS:
        told = Text("it has more than {limit} rows", {"limit": f"{MAX_ROWS:,}"})
        raise files.Unreadable(told, hint=hint)
    if points > MAX_POINTS:
        raise files.Unreadable(Text("its geometry has too many points"), hint=hint)


def _made(
    connection: "Connection",
    table: Table,
    address: Address,
    rows: Sequence[Any],
    columns: tuple[Sequence[str], Sequence[str]],
) -> Read:
    names, left_out = columns
    cut = address.limit is not None and len(rows) > address.limit
    rows = rows[: address.limit]
    wkb = np.array([None if row[0] is None else bytes(row[0]) for row in rows], dtype=object)
    shapes: Any = shapely.from_wkb(wkb, on_invalid="ignore")
    shapes = np.asarray(shapes, dtype=object).reshape(len(rows))
    faults = {
        number: Text("its geometry is of a type that isn't supported")
        for number in range(len(rows))
        if wkb[number] is not None and shapes[number] is None
    }
    srids = {int(row[1]) for row in rows if row[1] is not None}
    if len(srids) > 1:
        raise files.Unreadable(
            Text("its geometry is in several coordinate systems: {srids}",
                 {"srids": ", ".join(map(str, sorted(srids)))}),
            hint=Text("Read a view that transforms it into one."),
        )  # fmt: skip
    cells = {name: [row[at] for row in rows] for at, name in enumerate(unique_names([*names]), 2)}
    notes: list[Text] = []
    if cut:
        notes.append(Text("Only the first {count} rows were read.", {"count": f"{len(rows):,}"}))
    if address.bounds_lonlat is not None:
        notes.append(Text("Only features within the given extent were read."))
    if left_out:
        notes.append(Text("Columns that a layer can't hold are skipped: {columns}.",
                          {"columns": ", ".join(left_out)}))  # fmt: skip
    return Read(
        Path(f"{address.host or 'localhost'}/{address.database}/{table.title}"),
        table.title,
        FORMAT,
        pd.DataFrame(cells, index=range(len(rows))),
        shapes,
        crs=_system(connection, srids.pop()) if srids else None,
        rows=np.arange(1, len(rows) + 1, dtype=np.int64),
        faults=faults,
        notes=tuple(notes),
        origin=replace(address, table=table.title).origin,
    )


def _columns(connection: "Connection", table: Table) -> tuple[list[tuple[str, Any]], list[str]]:
    """Return the columns that a table of a layer can hold, with how they are asked for.

    As well as the names of those that it can't. The standard's own catalog knows no materialized
    views, so it is the server's that is asked.
    """
    import sqlalchemy as sql

    attribute = sql.table("pg_attribute", *map(sql.column, (
        "attname", "atttypid", "attrelid", "attnum", "attisdropped"
    )), schema="pg_catalog")  # fmt: skip
    kind = sql.func.format_type(attribute.c.atttypid, sql.null())
    query = (
        sql.select(attribute.c.attname, kind)
        .select_from(attribute.join(_catalogued(table), sql.text("pg_class.oid = attrelid")))
        .where(attribute.c.attnum > 0, sql.not_(attribute.c.attisdropped))
        .order_by(attribute.c.attnum)
    )
    found: list[tuple[str, Any]] = []
    left_out: list[str] = []
    for name, kind in connection.execute(query):
        if name == table.column:
            continue
        if str(kind).rpartition(".")[2] in _LEFT_OUT:
            left_out.append(str(name))
            continue
        asked: Any = _column(str(name))
        if kind == "numeric":
            asked = sql.cast(asked, sql.Double)
        elif kind not in _NUMBERS:
            asked = sql.cast(asked, sql.Text)
        found.append((str(name), asked))
    return found, left_out


def _catalogued(table: Table) -> Any:
    """Return the row of the server's catalog that is a table's own."""
    import sqlalchemy as sql

    relation = sql.table("pg_class", *map(sql.column, ("oid", "relname", "relnamespace")),
                         schema="pg_catalog")  # fmt: skip
    space = sql.table("pg_namespace", *map(sql.column, ("oid", "nspname")), schema="pg_catalog")
    return (
        sql.select(relation.c.oid)
        .select_from(relation.join(space, relation.c.relnamespace == space.c.oid))
        .where(space.c.nspname == table.schema, relation.c.relname == table.name)
        .subquery("pg_class")
    )


def _column(name: str) -> Any:
    import sqlalchemy as sql
    from sqlalchemy.sql import quoted_name

    return sql.column(quoted_name(name, quote=True))


def _query(
    table: Table, columns: Sequence[tuple[str, Any]], address: Address, srid: int,
    key: Sequence[str],
) -> Any:  # fmt: skip
    from geoalchemy2 import functions as st
    from sqlalchemy import func, select

    shape: Any = _shape(table)
    told = (func.ST_AsBinary(st.ST_Force2D(st.ST_CurveToLine(shape))), st.ST_SRID(shape))
    query = select(*told, *(one for _, one in columns)).select_from(_from(table))
    if address.bounds_lonlat is not None:
        if not srid:
            raise files.Unreadable(
                Text("it doesn't state its coordinate system, so its extent can't be limited"),
                hint=Text("Read all of it, or with a limit, and choose its coordinate system."),
            )
        west, south, east, north = address.bounds_lonlat
        # Sides that are straight in degrees bend in metres, so each gets points between.
        side = max(east - west, north - south) / _SIDES
        box = st.ST_Segmentize(st.ST_MakeEnvelope(west, south, east, north, 4326), side)
        query = query.where(st.ST_Intersects(shape, st.ST_Transform(box, srid)))
    if address.limit is not None:
        # Without an order a database returns any of its rows; one more says whether there are.
        query = query.order_by(*map(_column, key))
        query = query.limit(address.limit + 1)
    return query


def _from(table: Table) -> Any:
    from sqlalchemy import table as named
    from sqlalchemy.sql import quoted_name

    return named(quoted_name(table.name, quote=True), schema=quoted_name(table.schema, quote=True))


def _shape(table: Table) -> Any:
    from sqlalchemy import func

    shape = _column(table.column)
    return func.geometry(shape) if table.is_geography else shape


def _stated(connection: "Connection", table: Table) -> int:
    """Return the coordinate system of the first shape of a column that has none of its own."""
    from geoalchemy2 import functions as st
    from sqlalchemy import select

    shape = _shape(table)
    query = select(st.ST_SRID(shape)).select_from(_from(table)).where(shape.is_not(None)).limit(1)
    return int(connection.execute(query).scalar() or 0)


def _key(connection: "Connection", table: Table) -> Sequence[str]:
    from sqlalchemy import inspect
    from sqlalchemy.exc import NoSuchTableError

    try:
        told = inspect(connection).get_pk_constraint(table.name, schema=table.schema)
    except NoSuchTableError:
        return ()
    return [str(one) for one in told["constrained_columns"]]


def _system(connection: "Connection", srid: int) -> str | None:
    """Return a coordinate system as files state it: by its code, else in well-known text."""
    from sqlalchemy import column, select
    from sqlalchemy import table as named

    told = (column("auth_name"), column("auth_srid"), column("srtext"))
    query = select(*told).select_from(named("spatial_ref_sys")).where(column("srid") == srid)
    row = connection.execute(query).first()
    if row is None or srid == 0:
        return None
    return f"{row[0]}:{row[1]}" if row[0] and row[1] else (str(row[2]) or None)
