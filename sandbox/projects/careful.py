"""A GeoPackage from elsewhere, opened with care: what it may hold, and what is refused.

A database can hold programs: triggers run when a row is written, views and virtual tables when
they are read. Those that GDAL makes for its indexes and counts are known by what they do; any
other is refused before anything is read (see "Defense Against The Dark Arts", sqlite.org).
"""

import re
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from sandbox import files
from sandbox.errors import ProjectError
from sandbox.formats.geopackage import connected
from sandbox.projects.schema import BLOBS, OWN
from sandbox.words import Text

_MAGIC: Final = b"SQLite format 3\x00"
_WAL: Final = b"\x02\x02"
TEXT_AT_MOST: Final = 64 << 20
_TABLES_AT_MOST: Final = 20_000
_STEPS: Final = 1_000
# No look at the schema takes so many steps of the database's machine, whatever it holds.
_STEPS_AT_MOST: Final = 200_000
_NAMED: Final = re.compile(r'"((?:[^"]|"")*)"|\'((?:[^\']|\'\')*)\'|([A-Za-z_]\w*)')
_STRING: Final = re.compile(r"'(?:[^']|'')*'")
_CALL: Final = re.compile(r'("(?:[^"]|"")*"|[A-Za-z_]\w*)\s*\(')
_WRITES: Final = re.compile(
    r"(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|DELETE\s+FROM|UPDATE(?:\s+OR\s+\w+)?)\s+"
    r'("(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|[A-Za-z_]\w*)',
    re.IGNORECASE,
)
_FUNCTIONS: Final = frozenset(
    ("st_isempty", "st_minx", "st_maxx", "st_miny", "st_maxy", "raise", "values", "lower",
     "strftime", "not", "in", "when", "where", "set", "then", "else", "and", "or", "is", "select",
     "exists", "of", "null")
)  # fmt: skip
_COUNTS: Final = frozenset(("gpkg_ogr_contents", "gpkg_contents"))


@contextmanager
def opened(path: Path) -> Generator[sqlite3.Connection]:
    """Open a GeoPackage to read from, once it is known that reading it runs nothing.

    Raises
    ------
    ProjectError
        It isn't there, is no GeoPackage, is damaged, or holds what could run.
    """
    _check_file(path)
    try:
        with closing(_connection(path)) as database:
            database.execute("PRAGMA trusted_schema=OFF")
            database.execute("PRAGMA cell_size_check=ON")
            database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            _check_schema(path, database)
            yield database
    except sqlite3.Error as error:
        raise unreadable(path, files.DAMAGED) from error


def unreadable(path: Path, reason: Text) -> ProjectError:
    """Return the error of a project that can't be read."""
    return ProjectError(
        "The project {path} can't be opened: {reason}.",
        "Open another file, or a backup of this one.",
        path=path,
        reason=reason,
    )


def _check_file(path: Path) -> None:
    try:
        files.check_ordinary(path)
        with path.open("rb") as file:
            head = file.read(100)
    except files.Unreadable as error:
        raise unreadable(path, error.reason) from error
    except OSError as error:
        raise unreadable(path, files.reason_of(error)) from error
    if head[:16] != _MAGIC:
        raise unreadable(path, Text("it is not a GeoPackage"))


def _connection(path: Path) -> sqlite3.Connection:
    with path.open("rb") as file:
        file.seek(18)
        in_wal = file.read(2) == _WAL
    log = path.with_name(path.name + "-wal")
    if in_wal and not log.exists():
        # A program that ended left it in write-ahead mode. Reading must not make files beside it.
        return connected(path, "ro&immutable=1")
    return connected(path, "ro")


def _check_schema(path: Path, database: sqlite3.Connection) -> None:
    """Refuse a file whose schema holds what we wouldn't want to run.

    Raises
    ------
    ProjectError
        With all that it holds of the kind.
    """
    rows = _schema(path, database)
    faults = [
        Text("{name} would run when it is used", {"name": str(name)[:80]})
        for kind, name, table, sql in rows
        if _runs(str(kind), str(name), str(table), sql)
    ]
    own = {str(name): sql for kind, name, _, sql in rows if kind == "table" and name in OWN}
    faults += [
        Text("its table {name} has other columns than ours", {"name": name})
        for name, sql in own.items()
        if sql != OWN[name]
    ]
    if faults:
        raise ProjectError(
            "{path} contains what a project must not contain, and wasn't opened",
            "Have whoever sent it save its layers into a new GeoPackage.",
            faults=faults[:20],
            path=path,
        )
    names = {str(name) for kind, name, _, _ in rows if kind == "table"}
    if not {"gpkg_contents", "gpkg_spatial_ref_sys"} <= names:
        raise unreadable(path, Text("it is not a GeoPackage"))


def _schema(path: Path, database: sqlite3.Connection) -> list[tuple[Any, ...]]:
    steps = 0

    def count() -> bool:
        nonlocal steps
        steps += _STEPS
        return steps > _STEPS_AT_MOST * _STEPS

    database.set_progress_handler(count, _STEPS)
    try:
        rows = database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchmany(
            _TABLES_AT_MOST + 1
        )
    finally:
        database.set_progress_handler(None, 0)
    if len(rows) > _TABLES_AT_MOST:
        raise unreadable(path, Text("it has too many tables"))
    return rows


def _runs(kind: str, name: str, table: str, sql: object) -> bool:
    """Return whether an entry of a schema may run what isn't known when it is used."""
    if kind == "trigger":
        return not isinstance(sql, str) or not _known_trigger(sql, table)
    if kind == "view":
        # A view runs only if it is read: none of these names is read but as a table.
        return name.lower().startswith(("gpkg_", "rtree_", "sandbox_", "layer_styles"))
    if kind == "table" and isinstance(sql, str) and _is_virtual(sql):
        return re.match(r"(?is)\s*CREATE\s+VIRTUAL\s+TABLE\s+\S+\s+USING\s+rtree\b", sql) is None
    # Our own tables have no index but their own.
    return kind == "index" and table in OWN and sql is not None and name != BLOBS


def _is_virtual(sql: str) -> bool:
    return re.match(r"(?is)\s*CREATE\s+VIRTUAL\b", sql) is not None


def _known_trigger(sql: str, table: str) -> bool:
    """Return whether a trigger does nothing but keep an index or a count, or refuse a row."""
    body = re.split(r"(?i)\bBEGIN\b", sql, maxsplit=1)
    if table in OWN or len(body) != 2:
        return False
    # What a trigger refuses with may be called as anything.
    targets = {_bare(one) for one in _WRITES.findall(_STRING.sub("''", body[1]))}
    if any(not (one in _COUNTS or one.startswith(f"rtree_{table.lower()}_")) for one in targets):
        return False
    calls = {_bare(one) for one in _CALL.findall(_STRING.sub("''", sql))}
    tables = {table.lower(), *targets}
    return all(one in _FUNCTIONS or one in tables for one in calls)


def _bare(name: str) -> str:
    found = _NAMED.match(name)
    if found is None:
        return name.lower()
    return next(one for one in found.groups() if one is not None).replace('""', '"').lower()
