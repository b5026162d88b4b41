"""Rows of a layer or result as a file of any of the formats that offices take."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, cast

import geopandas as gpd
import numpy as np
import pandas as pd
import rasterio
import shapely
from pyarrow import parquet

from sandbox.app.own.table import Rows, Table, cell_text
from sandbox.catalog.layer import Layer
from sandbox.catalog.qml import qml
from sandbox.catalog.symbology import Symbology
from sandbox.errors import ExportError
from sandbox.export import database
from sandbox.export.files import check_file, replacing
from sandbox.export.sheets.sheet import FIGURES, Field, Report, Sheet
from sandbox.export.sheets.workbook import write_workbook
from sandbox.export.tables import write_csv
from sandbox.formats.geopackage import Written, write_into
from sandbox.formats.postgis.address import is_address
from sandbox.geo.crs import WGS84
from sandbox.words import Language, words_of

SHAPED: Final = (".gpkg", ".geojson", ".parquet", ".csv", ".xlsx")
PLAIN: Final = (".csv", ".xlsx")
GRIDS: Final = (".tif",)
# The file beside a CSV table, and the key in the metadata of a Parquet file.
BESIDE: Final = ".provenance.json"
PARQUET_KEY: Final = b"science-city-sandbox:provenance"


def endings(table: Table | None, layer: Layer | None) -> tuple[str, ...]:
    """Return the endings of files that something can be taken out as."""
    if table is not None:
        return SHAPED if isinstance(table.frame, gpd.GeoDataFrame) else PLAIN
    return GRIDS if layer is not None and layer.grid is not None else ()


def write_rows(
    path: Path,
    table: Table,
    rows: Rows,
    language: Language,
    symbology: Symbology | None = None,
) -> None:
    """Write rows of a table, by the file's ending, whole or not at all.

    A GeoPackage that is there gets a layer more, with its look for QGIS and where it comes from;
    CSV and workbook have each shape as a position (of points) or well-known text. All say where
    the rows come from: a table of a database in its comment, a workbook on a sheet, Parquet in
    its metadata, CSV in a file beside it.

    Raises
    ------
    ExportError
        The file can't be written.
    """
    check_file(path, *endings(table, None))
    frame = table.frame.iloc[rows]
    if is_address(path):
        told = provenance(table, len(rows), language)
        database.write(path, {_name(table, path): _shaped(frame)}, told)
        return
    match path.suffix.lower():
        case ".gpkg":
            style = ""
            if table.layer is not None and symbology is not None:
                style = qml(table.layer, symbology, language)
            told = provenance(table, len(rows), language)
            write_into(path, [Written(_name(table, path), _shaped(frame), told, style)])
        case ".geojson":
            held: Any = json.loads(_shaped(frame).to_json(drop_id=True))
            # Foreign members are kept and passed over by readers (RFC 7946, clause 6.1).
            held["provenance"] = provenance(table, len(rows), language)
            with replacing(path) as beside:
                beside.write_text(_json(held), "utf-8")
        case ".parquet":
            told = provenance(table, len(rows), language)
            with replacing(path) as beside:
                _texts(_shaped(frame)).to_parquet(beside, index=False)
                _tell_in_parquet(beside, told)
        case ".csv":
            # A comment in the table would be a row to most programs, so it stands beside.
            told = provenance(table, len(rows), language)
            with replacing(path.with_suffix(BESIDE)) as side:
                side.write_text(_json(told, indent=2) + "\n", "utf-8")
                write_csv(path, _flat(frame))
        case _:
            write_workbook(path, _report(table, _flat(frame), language))


def write_grid(path: Path, layer: Layer) -> None:
    """Write a layer of heights as GeoTIFF, whole or not at all; raises ExportError."""
    check_file(path, *GRIDS)
    grid = layer.grid
    if grid is None:
        raise ExportError("{layer} has no grid.", "Choose another layer.", layer=layer.title.en)
    rows, columns = grid.values.shape
    west, south, east, north = grid.bounds_lonlat
    profile: dict[str, Any] = {
        "driver": "COG", "width": columns, "height": rows, "count": 1, "dtype": "float32",
        "nodata": float("nan"), "crs": WGS84, "compress": "DEFLATE",
        "transform": rasterio.Affine(
            (east - west) / columns, 0.0, west, 0.0, (south - north) / rows, north
        ),
    }  # fmt: skip
    with rasterio.MemoryFile() as held:
        with held.open(**profile) as file:
            file.write(grid.values, 1)
            file.update_tags(title=layer.title.en, source=layer.provenance.en)
        content: Any = held.read()
    with replacing(path) as beside:
        beside.write_bytes(content)


def provenance(table: Table, count: int, language: Language) -> dict[str, Any]:
    """Return where rows come from, as a GeoPackage holds it."""
    layer = table.layer
    told: dict[str, Any] = {"title": table.title.said(language), "rows": {"taken_out": count}}
    if layer is not None and layer.record:
        told = {
            **dict(layer.record),
            **told,
            "rows": {**layer.record.get("rows", {}), **told["rows"]},
        }
    elif layer is not None:
        told |= {"source": layer.provenance.said(language), "licence": layer.licence}
    return told | {key: value for key, value in table.facts if key not in told}


def _json(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, default=str, indent=indent)


def _tell_in_parquet(path: Path, told: dict[str, Any]) -> None:
    """Add where its rows come from to the metadata of a Parquet file."""
    held = parquet.read_table(path)
    more = {**(held.schema.metadata or {}), PARQUET_KEY: _json(told).encode()}
    parquet.write_table(held.replace_schema_metadata(more), path, compression="zstd")


def _origin_sheet(told: dict[str, Any], language: Language) -> Sheet:
    """Return where rows come from as a table: names as in the other formats, and values."""
    said = words_of(language)
    pairs = list(_entries(told))
    fields = (Field("name", said("Name")), Field("value", said("Value")))
    return Sheet("provenance", said("Where this comes from"), fields, pd.DataFrame(
        {"name": [name for name, _ in pairs], "value": [value for _, value in pairs]}
    ))  # fmt: skip


def _entries(told: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield the single values of what JSON holds by their dotted names."""
    if isinstance(told, Mapping):
        held: Any = told
        for key, value in held.items():
            yield from _entries(value, f"{name}.{key}".lstrip("."))
    elif isinstance(told, list | tuple) and any(isinstance(one, Mapping | list) for one in told):
        for number, value in enumerate(told, 1):
            yield from _entries(value, f"{name}.{number}")
    elif isinstance(told, list | tuple):
        yield name, ", ".join(map(str, told))
    elif told is not None:
        yield name, str(told)


def _name(table: Table, path: Path) -> str:
    return table.id.strip("=") or path.stem


def _shaped(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    shaped = cast("gpd.GeoDataFrame", frame).reset_index(drop=True)
    spared = [one for one in ("gates",) if one in shaped.columns]
    return gpd.GeoDataFrame(shaped.drop(columns=spared), geometry="geometry", crs=WGS84)


def _texts(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a frame whose columns hold one type each, as Parquet needs them."""
    cells: Any = frame.copy()
    for name in cells.columns:
        column = cells[name]
        if name == "geometry" or column.dtype != object:
            continue
        kinds = {type(one) for one in column if one is not None and one == one}  # noqa: PLR0124
        if not kinds <= {str}:
            numbers = pd.to_numeric(column, errors="coerce")
            whole = kinds <= {int, float, np.int64, np.float64}
            cells[name] = numbers if whole else [
                None if not cell_text(one) else cell_text(one) for one in column
            ]  # fmt: skip
    return cells


def _flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows without shapes, with their positions as columns."""
    if not isinstance(frame, gpd.GeoDataFrame):
        return frame.reset_index(drop=True)
    spared = [one for one in ("geometry", "gates") if one in frame.columns]
    flat = pd.DataFrame(frame.drop(columns=spared)).reset_index(drop=True)
    shapes = frame.geometry.to_numpy()
    if bool((shapely.get_type_id(shapes) == 0).all()):
        flat["lon"] = np.round(shapely.get_x(shapes), 8)
        flat["lat"] = np.round(shapely.get_y(shapes), 8)
    else:
        flat["wkt"] = shapely.to_wkt(shapes, rounding_precision=8)
    return flat


def _report(table: Table, flat: pd.DataFrame, language: Language) -> Report:
    said = words_of(language)
    known = {one.name: one for one in table.columns}
    fields: list[Field] = []
    for name in map(str, flat.columns):
        number = pd.api.types.is_numeric_dtype(flat[name]) and flat[name].dtype != bool
        whole = number and bool((flat[name].dropna() % 1 == 0).all())
        form = (0 if whole else FIGURES) if number else ""
        if name in ("lon", "lat"):
            fields.append(Field(name, said("Longitude" if name == "lon" else "Latitude"), "°", 8))
        elif name in known:
            column = known[name]
            fields.append(Field(name, column.title.said(language), column.unit_in(language), form))
        else:
            fields.append(Field(name, name, "", form))
    texts = flat.copy()
    for one in fields:
        if one.form == "":
            texts[one.key] = [cell_text(value) for value in flat[one.key].tolist()]
    title = table.title.said(language)
    told = provenance(table, len(flat), language)
    facts = [(said("Rows"), f"{len(flat):,}")]
    for key, text in (
        ("source", said("Source")),
        ("file", said("File")),
        ("licence", said("Licence")),
    ):
        if told.get(key):
            facts.append((text, str(told[key])))
    for key in ("imported_at", "edited_at", "computed_at", "steps", "question", "street_edits",
                "streets"):  # fmt: skip
        if told.get(key):
            value = told[key]
            plain = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            facts.append((key, plain))
    if isinstance(told.get("crs"), dict):
        facts.append((said("Read as"), str(told["crs"].get("name", ""))))
    sheet = Sheet(table.id, title, tuple(fields), texts)
    return Report(title, tuple(facts), (), (sheet, _origin_sheet(told, language)), language)


def write_style(path: Path, layer: Layer, symbology: Symbology, language: Language) -> None:
    """Write a layer's look as a file that QGIS loads, whole or not at all; raises ExportError."""
    check_file(path, ".qml")
    with replacing(path) as beside:
        beside.write_text(qml(layer, symbology, language), "utf-8")
