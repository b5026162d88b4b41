"""A project read from its GeoPackage, and saved whole or not at all.

Saving changes a copy beside the file: layers that are as they were read stay as the file has them
now, with what QGIS changed in them meanwhile; others are written, and what isn't in the project
any more goes. The copy is synced and takes the file's name.
"""

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sandbox import files
from sandbox.catalog.layer import Layer
from sandbox.errors import ProjectError
from sandbox.formats.geopackage import (
    add_metadata,
    changing,
    connected,
    describe,
    finish,
    provenance_of,
)
from sandbox.projects import careful, pictures, schema, streets, styles, tables
from sandbox.projects.parts import (
    approval_of,
    check_format,
    described_of,
    read_grids,
    read_parts,
    streets_of,
    texts_of,
    write_grids,
    write_parts,
)
from sandbox.projects.project import Approval, Project, Streets
from sandbox.words import Bilingual, Text

SUFFIX: Final = ".gpkg"
_RESERVED: Final = ("gpkg_", "sqlite_", "rtree_", "sandbox_", "layer_styles", "ogr_")


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """A project as a file holds it.

    Attributes
    ----------
    path
        The file.
    project
        What it holds.
    tables
        For each layer's id the name of its table, and the layer as it was read or written.
    streets
        Where its streets are.
    made_with
        Format of the file; 0 for a GeoPackage that is no project yet.
    notes
        What is not as it was when the project was saved.
    """

    path: Path
    project: Project
    tables: Mapping[str, tuple[str, Layer]]
    streets: Streets
    made_with: int
    notes: tuple[Text, ...] = ()


def read(path: Path) -> Stored:
    """Return the project of a file; an ordinary GeoPackage is one without questions.

    Raises
    ------
    ProjectError
        It can't be read, holds what could run, or was saved by a newer version; with all its
        faults at once.
    """
    with careful.opened(path) as database:
        parts = read_parts(path, database)
        listed = tables.contents(path, database)
        grids = read_grids(path, database, parts)
        made_with = parts.get("format", 0)
        check_format(path, made_with)
        placed = streets_of(path, parts.get("network", {"kind": "shipped"}))
        network = streets.network_file(path, placed, database)
        said, faults = described_of(parts.get("layers", []))
        seen = {
            one.id: pictures.read(path, one.table, one.picture, database)
            for one in said
            if one.geometry == "picture"
        }
    sources = provenance_of(path)
    approval, more = approval_of(parts.get("approval", {}))
    texts, others = texts_of(parts)
    faults = [*faults, *more, *others]
    if faults:
        raise ProjectError(
            "The project {path} can't be read",
            "Open another file, or a backup of this one.",
            faults=faults[:20],
            path=path,
        )
    layers: dict[str, Layer] = {}
    named: dict[str, tuple[str, Layer]] = {}
    notes: list[Text] = list(streets.notes(path, placed))
    notes += [note for _, more in seen.values() for note in more]
    there = {one.table for one in listed}
    for one in said:
        if one.geometry not in ("network", "grid", "picture") and one.table not in there:
            notes.append(
                Text("The layer {name} isn't in the file any more.", {"name": one.title.en})
            )
            continue
        grid, source = grids.get(one.table), sources.get(one.table, {})
        picture = seen[one.id][0] if one.id in seen else None
        layer = tables.read(path, one, grid, source, picture)
        layers[one.id], named[one.id] = layer, (one.table, layer)
    known = {one.table for one in said}
    for content in listed:
        if content.table in known or not content.spatial:
            continue
        layer = tables.read_plain(path, content, sources.get(content.table, {}))
        layers[layer.id], named[layer.id] = layer, (content.table, layer)
    by_id = {table: one for one, (table, _) in named.items()}
    project = Project(
        title=texts["title"] or Bilingual(path.stem, path.stem),
        layers=layers,
        network_file=network,
        document=parts.get("document"),
        scenes=texts["scenes"],
        views=texts["views"],
        approval=approval,
        provenance={by_id.get(name, name): one for name, one in sources.items()},
    )
    return Stored(path, project, named, placed, made_with, tuple(notes))


def read_approval(path: Path) -> Approval:
    """Return what a project's official review says, without reading its layers.

    Raises
    ------
    ProjectError
        It can't be read.
    """
    with careful.opened(path) as database:
        approval, faults = approval_of(read_parts(path, database).get("approval", {}))
    if faults:
        raise ProjectError(
            "The project {path} can't be read",
            "Open another file, or a backup of this one.",
            faults=faults[:20],
            path=path,
        )
    return approval


def save(path: Path, project: Project, stored: Stored | None = None) -> Stored:
    """Write a project whole or not at all; return it as it lies there now.

    Parameters
    ----------
    path
        The GeoPackage to make or replace.
    project
        What it is to hold.
    stored
        The file that it was opened from, whose unchanged layers are kept.

    Raises
    ------
    ProjectError
        Its name doesn't end in .gpkg, or its streets are too large to be held.
    ExportError
        The folder is missing, the disk is full, or another program is using the file.
    """
    if path.suffix.lower() != SUFFIX:
        raise ProjectError(
            "{path} is not the name of a project.", "End the name in .gpkg.", path=path
        )
    start = stored.path if stored is not None and stored.path.exists() else None
    if stored is not None and start is not None:
        _keep_older(stored, path)
    before = dict(stored.tables) if stored is not None and start is not None else {}
    names = _tables(project.layers, before)
    kept = {key: one for key, one in before.items() if project.layers.get(key) is one[1]}
    fresh = {key: one for key, one in project.layers.items() if key not in kept}
    placed = streets.place(path, project.network_file)
    shown = pictures.described(path, project.layers)
    with changing(path, start) as beside:
        if not beside.exists():
            with closing(sqlite3.connect(beside)) as database, database:
                schema.begin(database)
        for key, (table, _) in before.items():
            if key not in kept:
                _drop(beside, table)
        written = [
            tables.write(beside, layer, names[key], project.provenance.get(key, {}))
            for key, layer in fresh.items()
        ]
        finish(beside, [one for one in written if one is not None])
        with closing(connected(beside, "rw")) as database:
            database.execute("PRAGMA trusted_schema=OFF")
            database.execute("BEGIN")
            schema.add_own(database)
            add_metadata(database)
            write_parts(database, project, names, placed, shown)
            write_grids(database, fresh, names)
            pictures.write(database, project.layers, names, shown)
            streets.write(database, project.network_file, placed)
            for key, one in project.provenance.items():
                if key in fresh:
                    continue
                describe(database, names.get(key), one)
            drawn = stored.project.symbologies if stored is not None else {}
            looks = project.symbologies
            styles.write(
                database,
                {
                    names[key]: (one, looks.get(key))
                    for key, one in project.layers.items()
                    if one.features is not None
                    and (key in fresh or looks.get(key) != drawn.get(key))
                },
            )
            database.execute("COMMIT")
    after = {key: (names[key], layer) for key, layer in project.layers.items()}
    return Stored(path, project, after, placed, schema.FORMAT)


def _keep_older(stored: Stored, path: Path) -> None:
    """Keep a file of an older format beside before it is changed."""
    if stored.made_with >= schema.FORMAT or path != stored.path:
        return
    day = datetime.now(UTC).strftime("%Y%m%d")
    backup = path.with_name(f"{path.stem}-before-{day}{path.suffix}")
    if backup.exists():
        return
    try:
        with files.replacing(backup) as beside:
            shutil.copyfile(path, beside)
    except OSError as error:
        raise ProjectError(
            "The backup {path} can't be written: {reason}.",
            "Save the project under another name.",
            path=backup,
            reason=files.reason_of(error),
        ) from error


def _tables(layers: Mapping[str, Layer], before: Mapping[str, tuple[str, Layer]]) -> dict[str, str]:
    """Return a table's name for each layer: its own, else one that nothing else has."""
    names = {key: table for key, (table, _) in before.items() if key in layers}
    taken = {table.lower() for table, _ in before.values()}
    for key in layers:
        if key in names:
            continue
        base = f"layer_{key}" if key.lower().startswith(_RESERVED) else key
        base = "".join(sign if sign.isprintable() and sign not in "\"'" else "_" for sign in base)
        name, more = base, 2
        while name.lower() in taken:
            name, more = f"{base}_{more}", more + 1
        taken.add(name.lower())
        names[key] = name
    return names


def _drop(beside: Path, table: str) -> None:
    """Remove a layer with all that is said of it."""
    quoted = '"' + table.replace('"', '""') + '"'
    with closing(connected(beside, "rw")) as database:
        database.execute("PRAGMA trusted_schema=OFF")
        database.execute("BEGIN")
        there = schema.tables_of(database)
        geometry = database.execute(
            "SELECT column_name FROM gpkg_geometry_columns WHERE table_name=?", (table,)
        ).fetchone()
        if geometry is not None and (index := f"rtree_{table}_{geometry[0]}") in there:
            database.execute('DROP TABLE "' + index.replace('"', '""') + '"')
        for name in ("gpkg_geometry_columns", "gpkg_ogr_contents", "gpkg_extensions",
                     "gpkg_contents"):  # fmt: skip
            if name in there:
                database.execute(f"DELETE FROM {name} WHERE table_name=?", (table,))  # noqa: S608
        if "gpkg_metadata_reference" in there:
            describe(database, table, None)
        if schema.STYLES in there:
            styles.forget(database, table)
        if table in there:
            database.execute(f"DROP TABLE {quoted}")
        database.execute("COMMIT")
