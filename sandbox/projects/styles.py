"""Layers' styles as QGIS keeps them: QML in the table ``layer_styles``, one a layer."""

import sqlite3
from functools import cache
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from sandbox import files, paths
from sandbox.catalog.layer import Layer
from sandbox.projects.schema import STYLES

OWNER: Final = "science-city-sandbox"
_LINES: Final = {"road": ("road_arterial", 0.9), "tunnel": ("casing_arterial", 0.6),
                 "river": ("water", 1.0), "boundary": ("label_2", 0.4)}  # fmt: skip
_HEAD: Final = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"


def write(database: sqlite3.Connection, tables: dict[str, Layer]) -> None:
    """Write the styles of layers by the names of their tables; those of a person's stay."""
    for table, layer in tables.items():
        qml = qml_of(layer)
        database.execute(
            f"DELETE FROM {STYLES} WHERE f_table_name=? AND owner=?",  # noqa: S608
            (table, OWNER),
        )
        if qml is None:
            continue
        own = database.execute(
            f"SELECT 1 FROM {STYLES} WHERE f_table_name=? AND useAsDefault",  # noqa: S608
            (table,),
        ).fetchone()
        database.execute(
            f"INSERT INTO {STYLES} (f_table_catalog, f_table_schema, f_table_name,"  # noqa: S608
            " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner)"
            " VALUES ('', '', ?, ?, ?, ?, '', ?, '', ?)",
            (table, _geometry_column(database, table), "sandbox", qml, own is None, OWNER),
        )


def forget(database: sqlite3.Connection, table: str) -> None:
    """Remove the styles of a layer that goes."""
    database.execute(f"DELETE FROM {STYLES} WHERE f_table_name=?", (table,))  # noqa: S608


def qml_of(layer: Layer) -> str | None:
    """Return how QGIS draws a layer's features as the map does; None where it has none."""
    if layer.features is None or not len(layer.features):
        return None
    kinds = layer.features.geom_type.str.removeprefix("Multi")
    kind = str(kinds.value_counts().index[0])
    symbol = {"Point": _marker, "LineString": _line, "Polygon": _fill}.get(kind)
    if symbol is None:
        return None
    return (
        f'{_HEAD}\n<qgis version="3.22.0" styleCategories="Symbology|Labeling" '
        f'labelsEnabled="{int(layer.style.label)}">\n'
        '<renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" '
        f'forceraster="0"><symbols>{symbol(layer)}</symbols></renderer-v2>\n'
        f"{_labels(layer) if layer.style.label else ''}"
        f"<layerGeometryType>{('Point', 'LineString', 'Polygon').index(kind)}"
        "</layerGeometryType>\n</qgis>\n"
    )


def _symbol(kind: str, layer_class: str, options: dict[str, str]) -> str:
    said = "".join(
        f'<Option name="{name}" type="QString" value={quoteattr(value)}/>'
        for name, value in options.items()
    )
    return (
        f'<symbol type="{kind}" name="0" alpha="1" clip_to_extent="1" force_rhr="0">'
        f'<layer class="{layer_class}" enabled="1" locked="0" pass="0">'
        f'<Option type="Map">{said}</Option></layer></symbol>'
    )


def _marker(layer: Layer) -> str:
    category = _tokens()["category"].get(layer.style.category)
    colour = category["light"] if isinstance(category, dict) else _colour("label_2")
    size = "2.6" if layer.style.category else "1.2"
    return _symbol(
        "marker",
        "SimpleMarker",
        {"name": "circle", "color": _rgba(colour), "size": size, "size_unit": "MM",
         "outline_color": "255,255,255,255", "outline_width": "0.3"},
    )  # fmt: skip


def _line(layer: Layer) -> str:
    token, width = _LINES.get(layer.style.line, ("label_2", 0.5))
    colour = _colour(token)
    if layer.style.line == "metro":
        colour, width = _colour("label"), 0.8
    return _symbol(
        "line",
        "SimpleLine",
        {"line_color": _rgba(colour), "line_width": str(width), "line_width_unit": "MM",
         "line_style": "dash" if layer.schematic else "solid"},
    )  # fmt: skip


def _fill(layer: Layer) -> str:
    border = layer.style.line == "boundary"
    colour = _colour(layer.style.fill or "ground_high")
    edge = _colour("label_2" if border else "shore" if layer.style.fill == "water" else "park_line")
    return _symbol(
        "fill",
        "SimpleFill",
        {"color": _rgba(colour), "style": "solid" if layer.style.fill else "no",
         "outline_color": _rgba(edge), "outline_width": "0.4" if border else "0.1",
         "outline_style": "dash dot" if border else "solid"},
    )  # fmt: skip


def _labels(layer: Layer) -> str:
    below = layer.style.below_m_px
    # A logical pixel is 0.28 mm (OGC 06-042, clause 7.2.4.6.9).
    limit = (
        "" if below == float("inf") else f' scaleVisibility="1" scaleMin="{below / 0.00028:.0f}"'
    )
    return (
        '<labeling type="simple"><settings calloutType="simple">'
        '<text-style fieldName="coalesce(&quot;name_zh&quot;, &quot;name_en&quot;)" '
        f'isExpression="1" fontSize="8" textColor="{_rgba(_colour("label"))}">'
        f'<text-buffer bufferDraw="1" bufferSize="0.6" bufferColor="{_rgba(_colour("halo"))}"/>'
        f'</text-style><rendering drawLabels="1"{limit}/></settings></labeling>\n'
    )


@cache
def _tokens() -> dict[str, Any]:
    return files.read_toml(paths.assets() / "themes" / "tokens.toml", 1 << 20)


def _colour(token: str) -> str:
    look = _tokens()["theme"]["planner_light"]
    found = look.get(token, look["ground_high"])
    return str(found[0] if isinstance(found, list) else found)


def _rgba(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},255"


def _geometry_column(database: sqlite3.Connection, table: str) -> str:
    found = database.execute(
        "SELECT column_name FROM gpkg_geometry_columns WHERE table_name=?", (table,)
    ).fetchone()
    return str(found[0]) if found else "geom"
