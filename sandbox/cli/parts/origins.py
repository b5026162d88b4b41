"""Places that commands start from: by name, from a layer, from a file."""

import unicodedata
import warnings
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sandbox import files
from sandbox.cli import words
from sandbox.errors import AnalysisError
from sandbox.words import Text

if TYPE_CHECKING:
    import geopandas as gpd

    from sandbox.analysis.places.access import Place
    from sandbox.catalog.places import PlaceFound

_NAMES_SAID: Final = 8
_FAULTS_SAID: Final = 20
_MAX_BYTES: Final = 256 << 20
# GDAL takes texts in another encoding for Western European ones, without a word.
_TEXTS: Final = (".geojson", ".json", ".geojsonl", ".geojsons", ".jsonl", ".ndjson", ".csv", ".kml")


def at_position(lonlat: tuple[float, float]) -> "Place":
    """Return a position as the place that it is."""
    from shapely import Point

    from sandbox.analysis.places.access import Place

    return Place(Point(lonlat), f"{lonlat[0]:.6f},{lonlat[1]:.6f}")


def from_all(sources: Sequence[str]) -> "list[Place]":
    """Return every place of shipped layers, by their ids, and of files, with their shapes.

    Raises
    ------
    AnalysisError
        There is no such layer or file, or it holds no places.
    """
    from sandbox.analysis.places.access import Place, places_of
    from sandbox.catalog.folder import load_all

    layers = load_all()
    found: list[Place] = []
    for source in sources:
        if source not in layers:
            if not Path(source).exists():
                raise AnalysisError(
                    "“{source}” is neither a layer nor a file.",
                    "Give a GeoJSON or GeoPackage file, or one of: {layers}.",
                    source=source,
                    layers=", ".join(n for n, one in layers.items() if one.features is not None),
                )
            read = places_in(Path(source))
            found += places_of(read, [str(name) for name in read["id"]])
            continue
        features = layers[source].features
        if features is None:
            raise AnalysisError(
                "The layer {layer} holds no places.", "Choose another layer.", layer=source
            )
        kept: Any = features[~(features.geometry.isna() | features.geometry.is_empty)]
        column = "name_zh" if words().language == "zh" else "name_en"
        kept = kept.assign(accuracy_m=kept["accuracy_m"].fillna(0.0))
        found += places_of(kept, [str(name) for name in kept[column].fillna(kept["name_zh"])])
    return found


def named(names: Sequence[str]) -> "list[Place]":
    """Return the places of the shipped layers that have these names, with their shapes."""
    if not names:
        return []
    from sandbox.analysis.places.access import Place, places_of
    from sandbox.catalog.folder import load_all
    from sandbox.catalog.places import search_index

    layers = load_all()
    index = search_index(layers)
    origins: list[Place] = []
    for name in names:
        found = index.find(name, _NAMES_SAID)
        whole = [place for place in found if _plain(name) in map(_plain, _names(place))]
        if len(found) != 1 and len(whole) != 1:
            every = [
                said
                for layer in layers.values()
                if layer.features is not None
                for column in ("name_zh", "name_en")
                for said in layer.features[column]
            ]
            raise _not_one(name, whole or found, every)
        (place,) = whole if len(whole) == 1 else found
        said = place.name_zh if words().language == "zh" else place.name_en
        features: Any = layers[place.layer].features
        row = features[features["id"] == place.id].head(1)
        row = row.assign(accuracy_m=row["accuracy_m"].fillna(0.0))
        origins += places_of(row, [said or place.name_zh])
    return origins


def _names(place: "PlaceFound") -> tuple[str, ...]:
    # The name by itself is meant too where an explanation stands behind it in brackets.
    return place.name_zh, place.name_en, place.name_zh.split("（")[0], place.name_zh.split("(")[0]


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _told(place: "PlaceFound") -> str:
    # With its position, since several may have the same name: the stretches of an avenue.
    lon, lat = place.lonlat
    return f"{place.name_zh} {place.name_en}".strip() + f" ({lon:.4f},{lat:.4f})"


def _not_one(name: str, found: "Sequence[PlaceFound]", every: Sequence[str]) -> AnalysisError:
    if found:
        return AnalysisError(
            "“{name}” may be several places: {names}.",
            "Give more of the name, or its position with --at LON,LAT.",
            name=name,
            names=", ".join(map(_told, found)),
        )
    near = get_close_matches(name, every, n=_NAMES_SAID, cutoff=0.3)
    if not near:
        return AnalysisError(
            "There is no place named “{name}” on the map.",
            "Give its position with --at LON,LAT.",
            name=name,
        )
    return AnalysisError(
        "There is no place named “{name}” on the map.",
        "Near to it are: {names}.",
        name=name,
        names=", ".join(dict.fromkeys(near)),
    )


def places_in(path: Path) -> "gpd.GeoDataFrame":
    """Return the places of a file in WGS 84, by the column `id`, else by their numbers from 1.

    With `gates`, where the file has this column.

    Raises
    ------
    AnalysisError
        The file can't be read as places, or with all its faults at once.
    """
    import geopandas as gpd
    from numpy import isfinite
    from shapely import get_coordinates, is_valid

    from sandbox.catalog.features import GATES
    from sandbox.geo import crs as geo

    read = _read(path)
    if read.empty:
        raise AnalysisError("{path} holds no places.", "Give a file of points or areas.", path=path)
    if read.crs is None:
        raise AnalysisError(
            "{path} doesn't say its coordinate system.",
            "Give a GeoJSON file, or one that names its system.",
            path=path,
        )
    ids = _ids(read["id"]) if "id" in read.columns else _ids([None] * len(read))
    seen: set[str] = set()
    faults: list[Text] = []
    for name, shape in zip(ids, read.geometry, strict=True):
        if name in seen:
            faults.append(Text("{id} is there twice", {"id": name}))
        if shape is None or shape.is_empty or not isfinite(get_coordinates(shape)).all():
            faults.append(Text("{id} has no place", {"id": name}))
        elif not is_valid(shape):
            faults.append(Text("{id} crosses itself", {"id": name}))
        seen.add(name)
    columns: dict[str, Any] = {"id": ids}
    if GATES in read.columns:
        columns[GATES], bad = _gates(ids, read[GATES])
        faults += bad
    if faults:
        raise AnalysisError(
            "The places of {path} can't be used",
            "Mend them, then try again.",
            faults=faults[:_FAULTS_SAID],
            path=path,
        )
    return gpd.GeoDataFrame(columns, geometry=read.geometry).to_crs(geo.WGS84)


def _gates(ids: Sequence[str], cells: "Iterable[Any]") -> tuple[list[Any], list[Text]]:
    """Return the gates of places, and what of them is none."""
    from sandbox.catalog.features import GATES, gate_points

    found: list[Any] = []
    faults: list[Text] = []
    for name, cell in zip(ids, cells, strict=True):
        try:
            found.append(gate_points(cell))
        except ValueError:
            values = {"column": GATES, "who": name}
            faults.append(Text("{column} is not a list of [longitude, latitude] ({who})", values))
    return found, faults


def _read(path: Path) -> "gpd.GeoDataFrame":
    import geopandas as gpd
    import pyogrio
    import pyogrio.errors
    from shapely.errors import GEOSException

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
    except files.Unreadable as error:
        raise _unreadable(path, error.reason) from error
    except OSError as error:
        raise _unreadable(path, files.reason_of(error)) from error
    except (
        pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError,
        pyogrio.errors.FeatureError, GEOSException, ValueError,
    ) as error:  # fmt: skip
        raise _unreadable(path, files.DAMAGED) from error
    if not isinstance(read, gpd.GeoDataFrame):
        # A plain table, as a CSV whose columns are called lon and lat.
        raise _unreadable(path, Text("it is a table without geometry"))
    return read


def _ids(said: "Iterable[Any]") -> list[str]:
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
