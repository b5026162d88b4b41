"""Places of a file that somebody else made: its rows, by their ids, in WGS 84."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sandbox import files
from sandbox.catalog.features import GATES, gate_points
from sandbox.catalog.importing.columns import Fields, mapped
from sandbox.catalog.importing.kinds import kind_meant
from sandbox.errors import AnalysisError, LayerError
from sandbox.formats.features import Read
from sandbox.formats.known import Known
from sandbox.formats.reading import read
from sandbox.formats.where import PlacingError, locate_near
from sandbox.geo import crs as geo
from sandbox.words import Text

_FAULTS_SAID: Final = 20


def places_in(
    path: Path,
    crs: str | None = None,
    layer: str | None = None,
    known: Callable[[], Known] = Known,
) -> gpd.GeoDataFrame:
    """Return the places of a file in WGS 84, by the column `id`, else by their numbers from 1.

    Any file that `sandbox.formats` reads. With `gates`, `kind`, `name_zh`, `name_en` and
    `accuracy_m`, where the file has such columns by any of their usual names; a column `name`
    stands for names in both languages. Its other columns stay as they are. What was found out
    about the file stands in ``.attrs["notes"]``.

    Parameters
    ----------
    path
        The file.
    crs
        Its coordinate system, where it states none or a wrong one; also gcj02 and bd09.
    layer
        Its layer or sheet, where it has several.
    known
        Gives what is known of the ground, to rank coordinate systems and recognise shifted ones;
        called only where that matters.

    Raises
    ------
    AnalysisError
        The file can't be read as places, or with all its faults at once.
    """
    part = _layer(path, layer)
    fields = mapped(part, Fields())
    names = _texts(part, fields)
    called = names.get("name_zh", ())
    try:
        found = locate_near(part, crs, known, called)
    except PlacingError as error:
        raise AnalysisError(
            error.message.template,
            "Say it after the file's name, for example: {path}@{choice}"
            if error.candidates
            else "Say it after the file's name, as in {path}@EPSG:4544.",
            faults=error.faults,
            **{**error.message.values, **error.hint.values},
        ) from error
    except LayerError as error:
        message, hint = error.message, error.hint
        values = {**message.values, **hint.values}
        raise AnalysisError(message.template, hint.template, **values) from error
    ids = _ids(part, fields)
    faults = _faults(part, ids, found.shapes, found.faults)
    columns: dict[str, Any] = {"id": ids, **names}
    gates = fields.columns.get(GATES)
    if gates is not None:
        columns[GATES], bad = _gates(ids, part.table[gates])
        faults += bad
    if "accuracy_m" in fields.columns:
        accuracy: Any = part.table[fields.columns["accuracy_m"]]
        columns["accuracy_m"] = np.asarray(pd.to_numeric(accuracy, errors="coerce"))
    read_of = ("id", "name_zh", "name_en", "kind", GATES, "accuracy_m")
    used = {*part.sources, *(fields.columns.get(one) for one in read_of), *columns}
    used |= {"layer", "geometry"}
    own = [name for name in part.table.columns if str(name) not in used]
    columns |= {str(name): part.table[name].array for name in own}
    if faults:
        raise AnalysisError(
            "The places of {path} can't be used",
            "Correct them, then try again.",
            faults=faults[:_FAULTS_SAID],
            path=path,
        )
    made = gpd.GeoDataFrame(columns, geometry=found.shapes, crs=geo.WGS84)
    made.attrs["notes"] = (*part.notes, *found.notes)
    return made


def of_kinds(places: gpd.GeoDataFrame, kinds: Sequence[str], path: Path) -> gpd.GeoDataFrame:
    """Return the places of a file that are of some kinds, by its own words or what they mean.

    Raises
    ------
    AnalysisError
        It has none of one of them.
    """
    said = [str(one) for one in places["kind"]] if "kind" in places.columns else []
    there = {one: kind_meant(one) for one in dict.fromkeys(said)}
    chosen: set[str] = set()
    unknown: list[str] = []
    for kind in kinds:
        meant = kind_meant(kind)
        found = {kind} & set(there) or {
            one for one, other in there.items() if meant is not None and other == meant
        }
        chosen |= found
        if not found:
            unknown.append(kind)
    if unknown:
        raise AnalysisError(
            "{path} has no places of the kind {kind}.",
            "Available kinds: {there}.",
            path=path,
            kind=", ".join(unknown),
            there=", ".join(sorted(one for one in there if one)) or "–",
        )
    kept: Any = places[[one in chosen for one in said]]
    return kept.reset_index(drop=True)


def _layer(path: Path, layer: str | None) -> Read:
    try:
        parts = read(path, layer)
    except files.Unreadable as error:
        raise _unreadable(path, error.reason, error.hint) from error
    lying = [part for part in parts if part.has_shapes or part.sources] or [
        part for part in parts if any(one is not None for one in part.shapes)
    ]
    if not lying:
        if not any(len(part.table) for part in parts):
            raise AnalysisError(
                "{path} contains no places.", "Give a file of points or areas.", path=path
            )
        if not any(part.crs for part in parts):
            raise _unreadable(path, Text("it is a table without geometry"))
        lying = [part for part in parts if len(part.table)]
    if len(lying) > 1:
        names = [part.name for part in lying]
        raise AnalysisError(
            "{path} has several layers: {layers}.",
            "Name one after the file: {path}:{layer}",
            path=path,
            layers=", ".join(names),
            layer=names[0],
        )
    return lying[0]


def _faults(part: Read, ids: Sequence[str], shapes: Any, off: Any) -> list[Text]:
    seen: set[str] = set()
    faults: list[Text] = []
    for row, (name, shape) in enumerate(zip(ids, shapes, strict=True)):
        if name in seen:
            faults.append(Text("{id} appears twice", {"id": name}))
        before = part.shapes[row]
        if (why := part.faults.get(row)) is not None:
            faults.append(Text("{id}: {why}", {"id": name, "why": why}))
        elif before is None or shapely.is_empty(before) or _is_nowhere(before):
            faults.append(Text("{id} has no geometry", {"id": name}))
        elif row in off:
            faults.append(Text("{id}: {why}", {"id": name, "why": off[row]}))
        elif not shapely.is_valid(shape):
            faults.append(Text("{id} intersects itself", {"id": name}))
        seen.add(name)
    return faults


def _is_nowhere(shape: Any) -> bool:
    return not np.isfinite(shapely.get_coordinates(shape)).all()


def _texts(part: Read, fields: Fields) -> dict[str, list[str]]:
    """Return what places are called and of what kind they are, as far as a file says it."""
    found: dict[str, list[str]] = {}
    spare = fields.columns.get("name_zh") or fields.columns.get("name_en")
    for field in ("name_zh", "name_en", "kind"):
        source = fields.columns.get(field) or (spare if field != "kind" else None)
        if source is not None:
            cells = part.table[source].tolist()
            found[field] = ["" if _is_none(one) else str(one).strip() for one in cells]
    return found


def _gates(ids: Sequence[str], cells: Iterable[Any]) -> tuple[list[Any], list[Text]]:
    """Return the gates of places, and the faults of cells that hold no positions."""
    found: list[Any] = []
    faults: list[Text] = []
    for name, cell in zip(ids, cells, strict=True):
        try:
            found.append(gate_points(cell))
        except ValueError:
            values = {"column": GATES, "who": name}
            faults.append(Text("{column} is not a list of [longitude, latitude] ({who})", values))
    return found, faults


def _ids(part: Read, fields: Fields) -> list[str]:
    """Return what places are called by: their ids, and the number of one that has none.

    A column of whole numbers with a gap comes as floats, of which 1.0 was written 1. A column
    that isn't called id counts only where it is one: each value once.
    """
    name = "id" if "id" in part.columns else fields.columns.get("id")
    said: list[Any] = [None] * len(part.table) if name is None else part.table[name].tolist()
    found: list[str] = []
    for value in said:
        whole = isinstance(value, float) and value.is_integer()
        found.append("" if _is_none(value) else str(int(value) if whole else value).strip())
    if name != "id" and len(set(found)) < len(found):
        found = [""] * len(found)
    taken = set(found)
    for number, one in enumerate(found, 1):
        if not one:
            # Where another place is called so, the number alone would mean two.
            found[number - 1] = str(number) if str(number) not in taken else f"#{number}"
    return found


def _is_none(value: Any) -> bool:
    # Missing dates, numbers and texts don't equal themselves, or are None.
    return value is None or type(value).__name__ == "NAType" or value != value  # noqa: PLR0124


def _unreadable(path: Path, reason: Text, hint: Text | None = None) -> AnalysisError:
    if hint is not None:
        return AnalysisError(
            "{path} can't be read as places: {reason}.",
            hint.template,
            path=path,
            reason=reason,
            **hint.values,
        )
    return AnalysisError(
        "{path} can't be read as places: {reason}.",
        "Give a file of points or areas, or a table with their coordinates.",
        path=path,
        reason=reason,
    )
