"""Places of a file that somebody else made: its rows, by their ids, in WGS 84."""

import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pyogrio
import pyogrio.errors
import shapely

from sandbox import files
from sandbox.catalog.features import GATES, gate_points
from sandbox.errors import AnalysisError
from sandbox.geo import crs as geo
from sandbox.words import Text

_FAULTS_SAID: Final = 20
_MAX_BYTES: Final = 256 << 20
# GDAL takes texts in another encoding for Western European ones, without a word.
_TEXTS: Final = (".geojson", ".json", ".geojsonl", ".geojsons", ".jsonl", ".ndjson", ".csv", ".kml")


def places_in(path: Path, more: Sequence[str] = ()) -> gpd.GeoDataFrame:
    """Return the places of a file in WGS 84, by the column `id`, else by their numbers from 1.

    With `gates`, `kind`, `name_zh` and `name_en`, where the file has these columns; a column
    `name` stands for names in both languages. `more` names other columns to keep as they are.

    Raises
    ------
    AnalysisError
        The file can't be read as places, or with all its faults at once.
    """
    read = _read(path)
    if read.empty:
        raise AnalysisError(
            "{path} contains no places.", "Give a file of points or areas.", path=path
        )
    if read.crs is None:
        raise AnalysisError(
            "{path} doesn't state its coordinate system.",
            "Give a GeoJSON file, or a file with a coordinate system.",
            path=path,
        )
    ids = _ids(read["id"]) if "id" in read.columns else _ids([None] * len(read))
    seen: set[str] = set()
    faults: list[Text] = []
    for name, shape in zip(ids, read.geometry, strict=True):
        if name in seen:
            faults.append(Text("{id} appears twice", {"id": name}))
        if shape is None or shape.is_empty or not np.isfinite(shapely.get_coordinates(shape)).all():
            faults.append(Text("{id} has no geometry", {"id": name}))
        elif not shapely.is_valid(shape):
            faults.append(Text("{id} intersects itself", {"id": name}))
        seen.add(name)
    columns: dict[str, Any] = {"id": ids, **_texts(read)}
    if GATES in read.columns:
        columns[GATES], bad = _gates(ids, read[GATES])
        faults += bad
    columns |= {name: read[name].to_numpy() for name in more if name in read.columns}
    if faults:
        raise AnalysisError(
            "The places of {path} can't be used",
            "Correct them, then try again.",
            faults=faults[:_FAULTS_SAID],
            path=path,
        )
    return gpd.GeoDataFrame(columns, geometry=read.geometry).to_crs(geo.WGS84)


def _texts(read: gpd.GeoDataFrame) -> dict[str, list[str]]:
    """Return what places are called and of what kind they are, as far as a file says it."""
    found: dict[str, list[str]] = {}
    for column in ("name_zh", "name_en", "kind"):
        source = "name" if column != "kind" and column not in read.columns else column
        if source in read.columns:
            found[column] = ["" if _is_none(one) else str(one).strip() for one in read[source]]
    return found


def _gates(ids: Sequence[str], cells: Iterable[Any]) -> tuple[list[Any], list[Text]]:
    """Return the gates of places, and what of them is none."""
    found: list[Any] = []
    faults: list[Text] = []
    for name, cell in zip(ids, cells, strict=True):
        try:
            found.append(gate_points(cell))
        except ValueError:
            values = {"column": GATES, "who": name}
            faults.append(Text("{column} is not a list of [longitude, latitude] ({who})", values))
    return found, faults


def _read(path: Path) -> gpd.GeoDataFrame:
    try:
        if files.check_ordinary(path) > _MAX_BYTES:
            raise _unreadable(
                path, Text("it is larger than {limit}", {"limit": f"{_MAX_BYTES >> 20} MB"})
            )
        if path.suffix.lower() in _TEXTS:
            files.check_utf8(path)
        # Of coordinates that are no numbers it is said below which places have them.
        with warnings.catch_warnings(action="ignore"):
            read = pyogrio.read_dataframe(path)
    except AnalysisError:  # which is a ValueError too
        raise
    except files.Unreadable as error:
        raise _unreadable(path, error.reason) from error
    except OSError as error:
        raise _unreadable(path, files.reason_of(error)) from error
    except (
        pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError,
        pyogrio.errors.FeatureError, shapely.errors.GEOSException, ValueError,
    ) as error:  # fmt: skip
        raise _unreadable(path, files.DAMAGED) from error
    if not isinstance(read, gpd.GeoDataFrame):
        # A plain table, as a CSV whose columns are called lon and lat.
        raise _unreadable(path, Text("it is a table without geometry"))
    return read


def _ids(said: Iterable[Any]) -> list[str]:
    """Return what places are called by: their ids, and the number of one that has none.

    A column of whole numbers with a gap comes as floats, of which 1.0 was written 1.
    """
    found: list[str] = []
    for value in said:
        whole = isinstance(value, float) and value.is_integer()
        found.append("" if _is_none(value) else str(int(value) if whole else value).strip())
    taken = set(found)
    for number, one in enumerate(found, 1):
        if not one:
            # Where another place is called so, the number alone would mean two.
            found[number - 1] = str(number) if str(number) not in taken else f"#{number}"
    return found


def _is_none(value: Any) -> bool:
    # Missing dates, numbers and texts are no equals of themselves, or are None.
    return value is None or type(value).__name__ == "NAType" or value != value  # noqa: PLR0124


def _unreadable(path: Path, reason: Text) -> AnalysisError:
    return AnalysisError(
        "{path} can't be read as places: {reason}.",
        "Give a GeoJSON or GeoPackage file of points or areas.",
        path=path,
        reason=reason,
    )
