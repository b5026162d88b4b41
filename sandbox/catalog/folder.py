"""Layer folders: `layer.toml` and the file it names, read into a `Layer` and checked.

A folder is a whole layer: titles, columns, style, legend and sources in the TOML,
the data beside it as GeoJSON (WGS 84), CSV, GeoTIFF or a network file. So a new layer
needs no program.
"""

import warnings
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pyogrio.errors
import rasterio
import rasterio.errors
from shapely import GEOSException

from sandbox import files, paths
from sandbox.catalog.description import SUFFIX, Description, Said, describe
from sandbox.catalog.features import GATES, feature_faults, gate_points, row_faults
from sandbox.catalog.layer import Column, Grid, Layer, LegendEntry, Style
from sandbox.errors import LayerError, NetworkError
from sandbox.geo.crs import WGS84
from sandbox.streets import sandnet
from sandbox.words import Bilingual, Text

DESCRIPTION: Final = "layer.toml"
_TOML_AT_MOST_BYTES: Final = 1 << 20
_DATA_AT_MOST_BYTES: Final = 256 << 20
_CELLS_AT_MOST: Final = 64_000_000

Data = gpd.GeoDataFrame | pd.DataFrame | Grid | None


def load(folder: Path) -> Layer:
    """Read a layer folder.

    Features come in WGS 84 and two dimensions, with every column of the contract:
    names, kind, status, source and notes as text (a note may be empty), `opened` as
    text or None, `accuracy_m` as a number; `gates`, where the data has them, as points
    (None where a feature has none).

    Raises
    ------
    LayerError
        With all faults of the folder at once.
    """
    layer, _, faults = _read(folder)
    if layer is None or faults:
        raise LayerError(
            "The layer in {folder} can't be used",
            "Correct them, then run: sandbox layers check {folder}",
            faults=faults,
            folder=folder,
        )
    return layer


def load_all(root: Path | None = None) -> dict[str, Layer]:
    """Read every layer folder below `root` (the shipped layers), lowest in the stack first.

    Raises
    ------
    LayerError
        With all faults of all folders at once.
    """
    layers, faults = load_usable(root)
    if faults:
        raise LayerError(
            "The layers in {folder} can't be used",
            "Correct them, then run: sandbox layers check {folder}",
            faults=faults,
            folder=paths.layers() if root is None else root,
        )
    return layers


def load_usable(root: Path | None = None) -> tuple[dict[str, Layer], list[Text]]:
    """Return the layers that can be used, as `load_all`, and all faults of the others."""
    root = paths.layers() if root is None else root
    found: list[tuple[int, Layer]] = []
    faults: list[Text] = []
    for folder in folders(root):
        layer, description, more = _read(folder)
        faults += [
            Text("{layer}: {fault}", {"layer": folder.name, "fault": fault}) for fault in more
        ]
        if layer is not None and description is not None:
            found.append((description.order, layer))
    ordered = sorted(found, key=lambda pair: (pair[0], pair[1].id))
    return {layer.id: layer for _, layer in ordered}, faults


def folders(root: Path) -> list[Path]:
    """Return the layer folders right below `root`, or `root` itself if it is one."""
    if (root / DESCRIPTION).is_file():
        return [root]
    return sorted(file.parent for file in root.glob(f"*/{DESCRIPTION}"))


def check(folder: Path) -> list[Text]:
    """Return every fault of a layer folder, and of the network file it may name."""
    layer, description, faults = _read(folder)
    if layer is None or description is None or layer.geometry != "network":
        return faults
    try:
        sandnet.load(folder / description.data)
    except NetworkError as error:
        return [error.message]
    return []


def _read(folder: Path) -> tuple[Layer | None, Description | None, list[Text]]:
    try:
        text = _text(folder / DESCRIPTION, _TOML_AT_MOST_BYTES)
    except LayerError as error:
        return None, None, [error.message]
    description, faults = describe(text)
    if description is None:
        return None, None, faults
    if description.id != folder.resolve().name and not faults:
        values = {"id": description.id, "folder": folder.resolve().name}
        faults.append(Text("id is {id}, but the folder is called {folder}", values))
    try:
        data, more = _data(folder / description.data, description)
    except LayerError as error:
        return None, description, [*faults, error.message]
    faults += more
    return (None if faults else _layer(description, data)), description, faults


def _text(path: Path, at_most_bytes: int) -> str:
    _size_checked(path, at_most_bytes)
    try:
        return files.read_text(path, at_most_bytes)
    except files.Unreadable as error:
        raise _unusable(path, error) from error


def _size_checked(path: Path, at_most_bytes: int) -> None:
    try:
        size = files.check_ordinary(path)
    except files.Unreadable as error:
        raise _unusable(path, error) from error
    if size > at_most_bytes:
        raise LayerError(
            "{file} is {size} MB large, above the limit of {limit} MB",
            file=path.name,
            size=size >> 20,
            limit=at_most_bytes >> 20,
        )


def _unusable(path: Path, error: files.Unreadable) -> LayerError:
    if error.missing:
        return LayerError("{file} is not in the folder", file=path.name)
    return LayerError("{file} can't be read: {reason}", file=path.name, reason=error.reason)


def _data(path: Path, description: Description) -> tuple[Data, list[Text]]:
    _size_checked(path, _DATA_AT_MOST_BYTES)
    match SUFFIX[description.geometry]:
        case ".geojson":
            frame = _features(path)
            faults = feature_faults(frame, description)
            return (None if faults else _to_contract(frame)), faults
        case ".csv":
            table = _table(path)
            return table, row_faults(table, description)
        case ".tif":
            return _grid(path), []
        case _:
            return None, []


def _features(path: Path) -> gpd.GeoDataFrame:
    try:
        with warnings.catch_warnings():
            # The checks report as a fault what GDAL finds odd in a column or shape.
            warnings.simplefilter("ignore")
            # Years and dates stay as they are written: the contract allows both in one column.
            frame = pyogrio.read_dataframe(path, DATE_AS_STRING="YES", force_2d=True)
    except UnicodeDecodeError as error:
        raise LayerError("{file} is not UTF-8 text", file=path.name) from error
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, GEOSException) as error:
        raise LayerError(
            "{file} can't be read as GeoJSON: {reason}", file=path.name, reason=files.DAMAGED
        ) from error
    if not isinstance(frame, gpd.GeoDataFrame):
        raise LayerError("{file} contains no geometry", file=path.name)
    return frame


def _to_contract(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    frame = frame.set_crs(WGS84, allow_override=True)
    for column in ("note_zh", "note_en"):
        frame[column] = frame[column].map(_text_or_empty)
    frame["opened"] = frame["opened"].map(_text_or_none).astype(object)
    frame["opened"] = frame["opened"].where(frame["opened"].notna(), None)
    frame["accuracy_m"] = frame["accuracy_m"].astype(np.float64)
    if GATES in frame:
        frame[GATES] = [
            gate_points(gates) if isinstance(gates, list) else None for gates in frame[GATES]
        ]
    return frame


def _text_or_empty(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _text_or_none(value: Any) -> str | None:
    if isinstance(value, str):
        return value.strip() or None
    return None if pd.isna(value) else str(int(value))


def _table(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise LayerError("{file} is not UTF-8 text", file=path.name) from error
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise LayerError(
            "{file} can't be read as CSV: {reason}", file=path.name, reason=files.DAMAGED
        ) from error


def _grid(path: Path) -> Grid:
    try:
        with rasterio.open(path) as raster:
            if raster.width * raster.height > _CELLS_AT_MOST:
                raise LayerError(
                    "{file} has more than {limit} million cells",
                    file=path.name,
                    limit=_CELLS_AT_MOST // 1_000_000,
                )
            if raster.crs is None or raster.crs.to_epsg() != 4326:
                raise LayerError(
                    "the data is in {crs}, not in WGS 84 (EPSG:4326)", crs=str(raster.crs)
                )
            band = raster.read(1, masked=True)
            bounds = raster.bounds
    except rasterio.errors.RasterioIOError as error:
        raise LayerError("{file} can't be read as GeoTIFF", file=path.name) from error
    values = np.ascontiguousarray(band.astype(np.float32).filled(np.nan))
    return Grid(values, (bounds.left, bounds.bottom, bounds.right, bounds.top))


def _layer(description: Description, data: Data) -> Layer:
    return Layer(
        id=description.id,
        title=_bilingual(description.title),
        group=description.group,
        geometry=description.geometry,
        columns=_columns(description),
        style=Style(**description.style.model_dump()),
        legend=_legend(description),
        provenance=_bilingual(description.provenance),
        licence=description.licence,
        kinds={word: _bilingual(said) for word, said in description.kinds.items()},
        statuses={word: _bilingual(said) for word, said in description.statuses.items()},
        shown=description.shown,
        schematic=description.schematic,
        features=data if isinstance(data, gpd.GeoDataFrame) else None,
        table=data if type(data) is pd.DataFrame else None,
        grid=data if isinstance(data, Grid) else None,
    )


def _columns(description: Description) -> tuple[Column, ...]:
    return tuple(
        Column(column.name, column.type, _bilingual(column), column.unit)
        for column in description.columns
    )


def _legend(description: Description) -> tuple[LegendEntry, ...]:
    return tuple(LegendEntry(_bilingual(entry), entry.where) for entry in description.legend)


def _bilingual(said: Said) -> Bilingual:
    return Bilingual(said.zh, said.en)
