"""Layers' styles in a project: QML in QGIS's table ``layer_styles``, one a layer."""

import sqlite3
from typing import Final

from sandbox.catalog.layer import Layer
from sandbox.catalog.qml import qml, theme_qml
from sandbox.catalog.symbology import Symbology
from sandbox.projects.schema import STYLES

OWNER: Final = "science-city-sandbox"


def write(database: sqlite3.Connection, tables: dict[str, tuple[Layer, Symbology | None]]) -> None:
    """Write the styles of layers by the names of their tables; those of a person's stay."""
    for table, (layer, symbology) in tables.items():
        style = theme_qml(layer) if symbology is None else qml(layer, symbology)
        database.execute(
            f"DELETE FROM {STYLES} WHERE f_table_name=? AND owner=?",  # noqa: S608
            (table, OWNER),
        )
        if style is None:
            continue
        own = database.execute(
            f"SELECT 1 FROM {STYLES} WHERE f_table_name=? AND useAsDefault",  # noqa: S608
            (table,),
        ).fetchone()
        database.execute(
            f"INSERT INTO {STYLES} (f_table_catalog, f_table_schema, f_table_name,"  # noqa: S608
            " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner)"
            " VALUES ('', '', ?, ?, ?, ?, '', ?, '', ?)",
            (table, _geometry_column(database, table), "sandbox", style, own is None, OWNER),
        )


def forget(database: sqlite3.Connection, table: str) -> None:
    """Remove the styles of a layer that goes."""
    database.execute(f"DELETE FROM {STYLES} WHERE f_table_name=?", (table,))  # noqa: S608


def _geometry_column(database: sqlite3.Connection, table: str) -> str:
    found = database.execute(
        "SELECT column_name FROM gpkg_geometry_columns WHERE table_name=?", (table,)
    ).fetchone()
    return str(found[0]) if found else "geom"
