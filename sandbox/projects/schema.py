"""The tables that a project adds to a GeoPackage, and which it must have to be one.

They are an extension as the standard has it (OGC 12-128, clause 2.3): registered in
``gpkg_extensions``, so that GDAL and QGIS keep them and don't list them as layers.
``layer_styles`` is QGIS's own table of styles, an attributes table.
"""

import sqlite3
from typing import Final

FORMAT: Final = 1
EXTENSION: Final = "sandbox_project"
_DEFINITION: Final = "urn:science-city-sandbox:project:1"
PARTS: Final = "sandbox_project"
BLOBS: Final = "sandbox_blobs"
# Word for word, as a file holds them: another table under their name is refused.
OWN: Final = {
    PARTS: "CREATE TABLE sandbox_project (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
    "part TEXT NOT NULL UNIQUE, value TEXT NOT NULL)",
    BLOBS: "CREATE TABLE sandbox_blobs (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
    "name TEXT NOT NULL UNIQUE, media_type TEXT NOT NULL, sha256 TEXT NOT NULL, "
    "data BLOB NOT NULL)",
}
STYLES: Final = "layer_styles"
_STYLES_TABLE: Final = """
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
  f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))
"""
_GEOPACKAGE_ID: Final = 0x47504B47  # "GPKG"
_VERSION: Final = 10300
_WGS84: Final = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)
# The tables that every GeoPackage has (clauses 1.1.2, 1.1.3 and 2.1.5).
_CORE: Final = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
  identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_ogr_contents (table_name TEXT NOT NULL PRIMARY KEY,
  feature_count INTEGER DEFAULT NULL);
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,
  m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
  definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))
"""
_SYSTEMS: Final = (
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", None),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", None),
    ("WGS 84 geodetic", 4326, "EPSG", 4326, _WGS84, None),
)


def begin(database: sqlite3.Connection) -> None:
    """Make the tables of an empty GeoPackage in a file that holds nothing yet."""
    database.execute(f"PRAGMA application_id={_GEOPACKAGE_ID}")
    database.execute(f"PRAGMA user_version={_VERSION}")
    for statement in _CORE.strip().split(";\n"):
        database.execute(statement)
    database.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _SYSTEMS)


def add_own(database: sqlite3.Connection) -> None:
    """Make the tables of a project where they aren't there, and register them."""
    there = tables_of(database)
    if "gpkg_extensions" not in there:
        database.execute(_CORE.strip().split(";\n")[-1])
    for name, statement in OWN.items():
        if name not in there:
            database.execute(statement)
        if not _registered(database, name):
            database.execute(
                "INSERT INTO gpkg_extensions VALUES (?, NULL, ?, ?, 'read-write')",
                (name, EXTENSION, _DEFINITION),
            )
    if STYLES not in there:
        database.execute(_STYLES_TABLE)
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier)"
            " VALUES (?, 'attributes', ?)",
            (STYLES, STYLES),
        )


def tables_of(database: sqlite3.Connection) -> set[str]:
    """Return the names of the tables of a file."""
    rows = database.execute("SELECT name FROM sqlite_master WHERE type='table'")
    return {str(name) for (name,) in rows}


def _registered(database: sqlite3.Connection, name: str) -> bool:
    found = database.execute(
        "SELECT 1 FROM gpkg_extensions WHERE table_name=? AND extension_name=?", (name, EXTENSION)
    )
    return found.fetchone() is not None
