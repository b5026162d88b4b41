"""Street edits as small GeoJSON files, or any file of features that people drew elsewhere."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast

import shapely
import shapely.errors
from shapely.geometry.base import BaseGeometry

from sandbox import files
from sandbox.edits.street_edits import KINDS, MAX_EDITS, StreetEdit, StreetEdits, faults_of
from sandbox.errors import LayerError, NetworkError
from sandbox.formats.said import Said, file_said
from sandbox.words import Text

_MAX_BYTES: Final = 8 << 20
_MAX_POINTS: Final = 100_000
_JSON: Final = frozenset((".geojson", ".json"))
# Column -> property; Shapefiles cut names after ten letters.
_KEYS: Final = {
    "kind": "kind", "name": "name", "modes": "modes", "time_facto": "time_factor",
    "time_factor": "time_factor", "on": "on",
}  # fmt: skip
_YES: Final = frozenset(("true", "1", "1.0", "yes", "是"))
_NO: Final = frozenset(("false", "0", "0.0", "no", "否"))
_KNOWN: Final = frozenset({"kind", "name", "modes", "time_factor", "on"})


def read(path: str | Path) -> StreetEdits:
    """Return the edits of a file.

    A GeoJSON FeatureCollection in WGS 84, or any other file of features: GeoPackage, Shapefile
    (zipped too), KML, FlatGeobuf, a table with positions; a layer and a coordinate system may
    stand after its name, as in ``edits.csv@EPSG:4544`` and ``plan.gpkg:edits``. Each
    feature says its `kind` (see `StreetEdit`) and may say `name`, `modes` (a list or words with
    commas), `time_factor` and `on`; other columns of files that aren't GeoJSON don't count.

    Raises
    ------
    NetworkError
        The file can't be read as street edits, or with all its faults at once.
    """
    file = file_said(str(path))
    path, plain = file.path, file.crs is None and file.layer is None
    json_ = plain and path.suffix.lower() in _JSON
    rows = _rows_of_json(path) if json_ else _rows_of_other(file)
    if len(rows) > MAX_EDITS:
        raise _unreadable(
            path, Text("it contains more than {most} edits", {"most": f"{MAX_EDITS:,}"})
        )
    edits: list[StreetEdit] = []
    faults: list[Text] = []
    for number, row in enumerate(rows, 1):
        found, why = _edit(_object(row))
        said = _object(_object(row).get("properties")).get("name")
        name = said if isinstance(said, str) and said else f"#{number}"
        faults += [Text("{name}: {why}", {"name": name, "why": one}) for one in why]
        if found is not None:
            edits.append(found)
    if faults:
        raise NetworkError(
            "The street edits of {path} can't be used",
            "Correct them, then try again.",
            faults=faults,
            path=path,
        )
    return StreetEdits(tuple(edits))


def _rows_of_json(path: Path) -> list[Any]:
    try:
        told = files.read_json(path, _MAX_BYTES)
    except files.Unreadable as error:
        raise _unreadable(path, error.reason) from error
    features = _object(told).get("features")
    if not isinstance(features, list):
        raise _unreadable(path, Text("it is not a FeatureCollection"))
    return cast("list[Any]", features)


def _rows_of_other(file: Said) -> list[Any]:
    """Return the features of any other file as those of GeoJSON are."""
    # Imported here: most edits are GeoJSON, and the libraries of other formats take long to load.
    from sandbox.formats.known import Known
    from sandbox.formats.reading import read as read_any
    from sandbox.formats.where import PlacingError, locate

    path = file.path
    try:
        layers = read_any(path, file.layer)
    except files.Unreadable as error:
        raise _unreadable(path, error.reason) from error
    with_kind = [one for one in layers if "kind" in map(str.lower, one.columns)]
    if not with_kind:
        raise _unreadable(path, Text("none of its layers has a column kind"))
    rows: list[Any] = []
    for one in with_kind:
        try:
            shapes = locate(one, file.crs, Known()).shapes
        except LayerError as error:
            asked = isinstance(error, PlacingError) and error.candidates
            raise NetworkError(
                error.message.template,
                "Say it after the file's name, for example: {path}@{choice}"
                if asked
                else "Say it after the file's name, as in {path}@EPSG:4544.",
                faults=error.faults,
                **{**error.message.values, **error.hint.values, "path": path},
            ) from error
        found = {name.lower(): name for name in one.columns}
        for row, shape in zip(one.table.to_dict("records"), shapes, strict=True):
            said = {
                key: _plain(key, row[found[column]])
                for column, key in _KEYS.items()
                if column in found
            }
            properties = {key: value for key, value in said.items() if value is not None}
            drawn = None if shape is None else json.loads(shapely.to_geojson(shape))
            rows.append({"properties": properties, "geometry": drawn})
    return rows


def _plain(key: str, value: Any) -> Any:
    """Return a cell as GeoJSON holds it; None where it is empty."""
    if value is None or value != value or value == "":  # noqa: PLR0124 - NaN
        return None
    if key == "on":
        word = str(value).strip().lower()
        return word in _YES if word in _YES | _NO else value
    if key == "time_factor":
        try:
            return float(value)
        except (TypeError, ValueError):
            return value
    return value if isinstance(value, list) else str(value)


def as_geojson(edits: StreetEdits) -> str:
    """Return edits as the text of a file that `read` reads, the same ones in the same order."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "kind": edit.kind,
                "name": edit.name,
                "modes": list(edit.modes),
                "time_factor": edit.time_factor,
                "on": edit.on,
            },
            "geometry": json.loads(shapely.to_geojson(edit.shape)),
        }
        for edit in edits.edits
    ]
    told = {"type": "FeatureCollection", "features": features}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _edit(row: Mapping[str, Any]) -> tuple[StreetEdit | None, list[Text]]:
    """Return the edit of a feature, or all that is wrong with it."""
    told = _object(row.get("properties"))
    faults = [
        Text("unknown property “{column}”", {"column": str(column)})
        for column in told
        if column not in _KNOWN and column not in {"id", "fid"}
    ]
    kind, name, on = told.get("kind"), told.get("name") or "", told.get("on")
    if kind not in KINDS:
        faults.append(Text("kind must be one of: {kinds}", {"kinds": ", ".join(KINDS)}))
    if not isinstance(name, str):
        faults.append(Text("name must be text"))
    if on is not None and not isinstance(on, bool):
        faults.append(Text("“on” must be true or false"))
    factor: Any = told.get("time_factor")
    if kind == "slow" and factor is None:
        faults.append(Text("a slow area needs a time_factor"))
    if factor is not None and (isinstance(factor, bool) or not isinstance(factor, int | float)):
        faults.append(Text("time_factor must be a number"))
        factor = None
    modes = told.get("modes") or []
    if isinstance(modes, str):
        modes = [one.strip() for one in modes.split(",")]
    if not isinstance(modes, list) or not all(
        isinstance(one, str) for one in cast("list[Any]", modes)
    ):
        faults.append(Text("modes must be a list of mode names"))
        modes = []
    shape = _shape(row.get("geometry"))
    if shape is None:
        faults.append(Text("the geometry can't be read"))
    if shape is None or kind not in KINDS or not isinstance(name, str):
        return None, faults
    edit = StreetEdit(
        kind=kind,
        shape=shape,
        name=name,
        modes=tuple(cast("list[str]", modes)),
        time_factor=1.0 if factor is None else float(factor),
        on=on is not False,
    )
    faults += faults_of(edit)
    west, south, east, north = shape.bounds if not shape.is_empty else (0.0, 0.0, 0.0, 0.0)
    if west < -180 or east > 180 or south < -90 or north > 90:  # degrees
        faults.append(Text("its coordinates aren't longitude and latitude in degrees"))
    return (None if faults else edit), faults


def _shape(told: Any) -> BaseGeometry | None:
    try:
        shape: Any = shapely.from_geojson(json.dumps(told))
    except (shapely.errors.ShapelyError, ValueError):
        return None
    if shape is None or shapely.get_num_coordinates(shape) > _MAX_POINTS:
        return None
    return cast(BaseGeometry, shapely.force_2d(shape))


def _object(told: Any) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", told) if isinstance(told, dict) else {}


def _unreadable(path: Path, reason: Text) -> NetworkError:
    return NetworkError(
        "{path} can't be read as street edits: {reason}.",
        "Give a file whose features each have a kind, as GeoJSON or GeoPackage.",
        path=path,
        reason=reason,
    )
