"""Planners' files → layers of the program: read, placed, understood, repaired, with provenance."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sandbox import files
from sandbox.catalog.importing.columns import (
    Fields,
    Understood,
    recall,
    remember,
    repeated_ids,
    signature_of,
    understood,
)
from sandbox.errors import LayerError
from sandbox.formats.cells import MEND
from sandbox.formats.features import Read
from sandbox.formats.known import Known
from sandbox.formats.reading import read as read_file
from sandbox.formats.vocabulary import vocabulary
from sandbox.formats.where import Located, locate
from sandbox.geo.crs import WGS84
from sandbox.words import LANGUAGES, Text, words_of

_HASHED_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Told:
    """What a user says of a file.

    Attributes
    ----------
    crs
        Its coordinate system; None for what the file states.
    layer
        Only the layer, or sheet, of this name; None for all.
    columns
        Names of columns by field; an empty name takes a field away.
    kinds
        Kinds by the words of the file.
    position
        Columns that say where rows lie: eastings and northings, or one.
    """

    crs: str | None = None
    layer: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    kinds: Mapping[str, str] = field(default_factory=dict[str, str])
    position: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Imported:
    """A layer ready for the map.

    Attributes
    ----------
    name
        What it is called.
    features
        In WGS 84, with the columns of every layer and the file's own.
    mend
        Rows that can't be used: `row` in the file, `problem`, and the file's own columns; with a
        column of WKT where the shapes weren't made of columns.
    provenance
        Where it comes from, when, by which steps and settings, as JSON holds it.
    unknown_kinds
        Words for kinds that mean none that standards name, with how many rows have each.
    notes
        What was found out and decided.
    problems
        What is wrong with each row of `mend`.
    mend_rows
        Places of the rows of `mend` in what was read.
    """

    name: str
    features: gpd.GeoDataFrame
    mend: pd.DataFrame
    provenance: dict[str, Any]
    unknown_kinds: Mapping[str, int]
    notes: tuple[Text, ...]
    problems: tuple[Text, ...]
    mend_rows: tuple[int, ...] = ()


def import_file(path: Path, told: Told, known: Known) -> list[Imported]:
    """Return the layers of a file, ready for the map.

    Parameters
    ----------
    path
        Any file that is read (see `sandbox.formats.recognise`).
    told
        What the user says of it.
    known
        What is known of the ground.

    Raises
    ------
    LayerError
        It can't be read, has no positions or no usable row, or nobody knows where it lies.
    """
    reads = read_layers(path, told)
    found = [import_layer(read, told, known) for read in reads]
    if told.columns or told.kinds:
        for read in reads:
            remember(read, Fields(told.columns, told.kinds))
    return found


def read_layers(path: Path, told: Told) -> list[Read]:
    """Return the layers of a file that have positions, as they stand there; raises as above."""
    unknown = [one for one in told.columns if one not in vocabulary().fields]
    if unknown:
        raise LayerError(
            "There is no field {field}.",
            "Fields: {fields}.",
            field=", ".join(unknown),
            fields=", ".join(vocabulary().fields),
        )
    try:
        reads = read_file(path, told.layer, told.position)
    except files.Unreadable as error:
        raise unreadable(path, error) from error
    lying = [one for one in reads if one.has_shapes]
    if lying:
        return lying
    columns = ", ".join(reads[0].columns[:12])
    if any(one.sources or one.crs for one in reads) or not any(len(one.table) for one in reads):
        raise LayerError(
            "No row of {path} has a position.",
            "Fill in its coordinates, then try again.",
            path=path,
        )
    raise LayerError(
        "No column of {path} says where its rows lie; it has: {columns}.",
        "Name them with --position LON,LAT (or X,Y, or one column of WKT).",
        path=path,
        columns=columns or "–",
    )


def unreadable(path: Path | str, error: files.Unreadable) -> LayerError:
    """Return the error of a file that can't be read, with what to do."""
    hint = error.hint or Text("")
    return LayerError(
        "{path} can't be read: {reason}.",
        hint.template,
        path=path,
        reason=error.reason,
        **hint.values,
    )


def import_layer(read: Read, told: Told, known: Known) -> Imported:
    """Return one layer that was read, ready for the map; raises as `import_file`."""
    found = understand_layer(read, told, known)
    if not len(found.features):
        raise LayerError(
            "No row of {path} can be used",
            "Correct them, then try again.",
            faults=list(found.problems[:5]),
            path=read.path,
        )
    return found


def understand_layer(read: Read, told: Told, known: Known) -> Imported:
    """Return one layer that was read, also where no row can be used; raises as `import_file`."""
    missing = [
        name for name in (*told.columns.values(), *told.position)
        if name and name not in read.columns
    ]  # fmt: skip
    if missing:
        raise LayerError(
            "{path} has no column {column}.",
            "Columns: {columns}.",
            path=read.path,
            column=", ".join(missing),
            columns=", ".join(read.columns[:40]),
        )
    before = recall(read)
    given = Fields({**before.columns, **told.columns}, {**before.kinds, **told.kinds})
    meant = understood(read, given, read.path.name)
    placed = locate(read, told.crs, known, meant.table["name_zh"].tolist())
    shapes, repaired, spoiled = _repaired(placed.shapes)
    faults = _faults(read, meant, placed, spoiled)
    good = np.array([row not in faults for row in range(len(read.table))], dtype=np.bool_)
    notes = [*read.notes, *placed.notes, *meant.notes]
    if repaired:
        notes.append(
            Text("Outlines that intersect themselves were repaired: {count}.", {"count": repaired})
        )
    repeated = repeated_ids(read, meant.mapping)
    if repeated:
        notes.append(Text("Ids that appear again got a number: {count}.", {"count": repeated}))
    if before.columns or before.kinds:
        notes.append(Text("Columns are read as they were given for such a file before."))
    features = _features(meant.table, shapes, good, placed)
    unknown = {
        word: features["kind"].tolist().count(word)
        for word, kind in meant.kinds.items()
        if word == kind and not _is_known(word)
    }
    return Imported(
        read.name,
        features,
        _mend(read, faults),
        _provenance(read, told, placed, meant, kept=len(features), left=len(faults)),
        {word: count for word, count in unknown.items() if count},
        tuple(notes),
        tuple(_row_fault(read, row, texts) for row, texts in faults.items()),
        tuple(faults),
    )


def problem_said(problem: Text) -> str:
    """Return what is wrong with a row in both languages, without the row's number."""
    fault = problem.values.get("fault", problem)
    both = [Text("{said}", {"said": fault}).said(words_of(one)) for one in LANGUAGES]
    return " / ".join(dict.fromkeys(both))


def _is_known(word: str) -> bool:
    from sandbox.catalog.importing.kinds import facilities

    return word in facilities()


def _repaired(shapes: Any) -> tuple[Any, int, dict[int, Text]]:
    """Return shapes of which all are valid, how many were repaired, and which couldn't be."""
    shapes = shapes.copy()
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    bad = np.flatnonzero(there & ~shapely.is_valid(shapes))
    spoiled: dict[int, Text] = {}
    repaired = 0
    for row in bad.tolist():
        dimension = shapely.get_dimensions(shapes[row])
        whole = shapely.make_valid(shapes[row])
        parts = shapely.get_parts(shapely.get_parts([whole]))
        kept = parts[shapely.get_dimensions(parts) == dimension]
        if not len(kept):
            spoiled[row] = Text("its outline encloses no area")
            continue
        shapes[row] = kept[0] if len(kept) == 1 else _collected(kept, dimension)
        repaired += 1
    return shapes, repaired, spoiled


def _collected(parts: Any, dimension: int) -> Any:
    return shapely.multipolygons(parts) if dimension == 2 else shapely.multilinestrings(parts)


def _faults(
    read: Read, meant: Understood, placed: Located, spoiled: Mapping[int, Text]
) -> dict[int, list[Text]]:
    faults: dict[int, list[Text]] = {}
    for each in (read.faults, placed.faults, spoiled):
        for row, text in each.items():
            faults.setdefault(row, []).append(text)
    nowhere = shapely.is_missing(read.shapes) | shapely.is_empty(read.shapes)
    for row in np.flatnonzero(nowhere).tolist():
        faults.setdefault(row, []).append(Text("there is no position"))
    for row, texts in meant.faults.items():
        faults.setdefault(row, []).extend(texts)
    return dict(sorted(faults.items()))


def _features(table: pd.DataFrame, shapes: Any, good: Any, placed: Located) -> gpd.GeoDataFrame:
    kept = table[good].reset_index(drop=True)
    if placed.system.inexact_m:
        off = placed.system.inexact_m
        kept["accuracy_m"] = [off if one is None else max(float(one), off)
                              for one in kept["accuracy_m"]]  # fmt: skip
    kept["accuracy_m"] = pd.to_numeric(kept["accuracy_m"], errors="coerce")
    return gpd.GeoDataFrame(kept, geometry=shapes[good], crs=WGS84)


def _mend(read: Read, faults: Mapping[int, Sequence[Text]]) -> pd.DataFrame:
    rows = list(faults)
    table = read.table.iloc[rows].reset_index(drop=True)
    if not read.sources:
        said = [None if one is None else shapely.to_wkt(one, rounding_precision=-1)
                for one in read.shapes[rows]]  # fmt: skip
        table["wkt"] = said
    table.insert(0, MEND[0], read.rows[rows] if len(read.rows) else [row + 1 for row in rows])
    return table


def _row_fault(read: Read, row: int, texts: Sequence[Text]) -> Text:
    number = int(read.rows[row]) if len(read.rows) else row + 1
    whole = texts[0]
    for one in texts[1:]:
        whole = Text("{first}, {then}", {"first": whole, "then": one})
    return Text("row {row}: {fault}", {"row": number, "fault": whole})


def _provenance(
    read: Read, told: Told, placed: Located, meant: Understood, *, kept: int, left: int
) -> dict[str, Any]:
    steps = ["read"]
    if placed.system.code != WGS84 or placed.system.swapped:
        steps.append(f"transformed from {placed.system} to EPSG:4326")
    return {
        "title": read.name,
        "file": read.origin or read.path.name,
        "sha256": "" if read.origin else _fingerprint(read.path),
        "format": read.format,
        "encoding": read.encoding or None,
        "crs": {
            "code": str(placed.system),
            "name": placed.system.name,
            "chosen_by": placed.chosen_by,
            "accuracy_m": placed.system.inexact_m or None,
        },
        "position_columns": list(read.sources) or None,
        "columns": dict(meant.mapping.columns),
        "kinds": {word: kind for word, kind in meant.kinds.items() if word != kind},
        "signature": signature_of(read),
        "rows": {"read": len(read.table), "kept": kept, "to_mend": left},
        "steps": steps,
        "told": {"crs": told.crs, "layer": told.layer, "columns": dict(told.columns),
                 "kinds": dict(told.kinds), "position": list(told.position)},
        "imported_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }  # fmt: skip


def _fingerprint(path: Path) -> str:
    """Return the hash of a file; of a folder, of all files in it by their names."""
    held = hashlib.sha256()
    every = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
    try:
        for one in every:
            if one != path:
                held.update(one.name.encode("utf-8", "surrogateescape"))
            with one.open("rb") as file:
                while piece := file.read(_HASHED_BYTES):
                    held.update(piece)
    except OSError:
        return ""
    return held.hexdigest()


def renamed(found: Sequence[Imported], name: str) -> list[Imported]:
    """Return layers under a name that the user gives; several have their own after it."""
    if len(found) == 1:
        return [replace(found[0], name=name)]
    return [replace(one, name=f"{name}_{one.name}") for one in found]
