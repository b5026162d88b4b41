"""A project's pictures: small files are held in it, large ones linked; services are only named."""

import hashlib
import os
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, Final

from sandbox import files, paths
from sandbox.catalog.layer import Layer
from sandbox.imagery.archive import TileArchive
from sandbox.imagery.described import FILES, file_of, read_picture, values_of
from sandbox.imagery.picture import GroundPicture
from sandbox.imagery.raster_file import RasterFile
from sandbox.projects import streets
from sandbox.projects.careful import unreadable
from sandbox.projects.schema import BLOBS, tables_of
from sandbox.words import Text

HELD_BYTES: Final = 64 << 20
_NAME: Final = "picture:"
_PIECE: Final = 1 << 20
_CACHED: Final = 24
_HEX: Final = 64
_DIGESTS: Final[dict[tuple[str, int, int], str]] = {}

Said = Mapping[str, Any]


def described(path: Path, layers: Mapping[str, Layer]) -> dict[str, dict[str, Any]]:
    """Return what a project that is saved to a file says of the pictures of its layers, by id.

    A file that isn't there any more keeps what is said of it, so that it is found when it
    comes back.
    """
    found: dict[str, dict[str, Any]] = {}
    for key, layer in layers.items():
        if layer.picture is None:
            continue
        values = values_of(layer.picture)
        file = file_of(layer.picture)
        if file is not None:
            values |= _placed(path, file)
        found[key] = values
    return found


def _placed(project: Path, file: Path) -> dict[str, Any]:
    """Return where a file is kept: ``sha256`` in the project, ``path`` beside it or elsewhere."""
    try:
        told = file.stat()
        if told.st_size <= HELD_BYTES:
            return {"sha256": _digest(file, told), "name": file.name}
    except OSError:
        # It was taken out of the project that is open, which still holds it.
        if file.parent == _folder() and len(file.stem) == _HEX:
            return {"sha256": file.stem, "name": file.name}
    with suppress(ValueError):
        folder = Path(os.path.realpath(project)).parent
        return {"path": Path(os.path.realpath(file)).relative_to(folder).as_posix()}
    return {"path": str(file.absolute())}


def write(
    database: sqlite3.Connection,
    layers: Mapping[str, Layer],
    names: Mapping[str, str],
    said: Mapping[str, Said],
) -> None:
    """Write the files that a project holds, and take away those that it doesn't hold now."""
    wanted = {
        f"{_NAME}{names[key]}": (one["sha256"], layers[key])
        for key, one in said.items()
        if "sha256" in one
    }
    there: dict[str, str] = dict(
        database.execute(
            f"SELECT name, sha256 FROM {BLOBS} WHERE name LIKE ?",  # noqa: S608
            (f"{_NAME}%",),
        ).fetchall()
    )
    for name in there.keys() - wanted.keys():
        database.execute(f"DELETE FROM {BLOBS} WHERE name=?", (name,))  # noqa: S608
    for name, (digest, layer) in wanted.items():
        file = None if layer.picture is None else file_of(layer.picture)
        if file is not None and there.get(name) != digest:
            streets.put(database, name, "application/octet-stream", file.read_bytes())


def read(
    project: Path, table: str, said: Said, database: sqlite3.Connection
) -> tuple[GroundPicture, tuple[Text, ...]]:
    """Return a picture of a project, and what is not as it was when the project was saved.

    Raises
    ------
    ProjectError
        What is said of it makes no sense, it names a file of another machine, or what the
        project holds is damaged.
    """
    spoiled = unreadable(project, Text("its layer {name} is damaged or missing", {"name": table}))
    if said.get("kind") not in FILES:
        picture = read_picture(said, None)
        if picture is None:
            raise spoiled
        return picture, ()
    digest, linked = said.get("sha256"), said.get("path")
    if isinstance(digest, str):
        name = said.get("name")
        file = _taken_out(project, table, digest, name if isinstance(name, str) else "", database)
    elif isinstance(linked, str):
        file = _linked(project, linked)
    else:
        raise spoiled
    picture = None if file is None else read_picture(said, file)
    if file is None or picture is None:
        raise spoiled
    if isinstance(picture, RasterFile | TileArchive):
        picture.seen.look(file)
    missing = picture.lacking
    return picture, () if missing is None else (missing,)


def _linked(project: Path, said: str) -> Path | None:
    """Return a linked file; None for a path that leads to another machine or out of bounds."""
    if "\x00" in said or said.startswith(("\\\\", "//")):
        return None
    if Path(said).is_absolute():
        return Path(said)
    named = PurePosixPath(said)
    odd = set(said) & set('\\:*?"<>|')
    if odd or PureWindowsPath(said).is_absolute() or not named.parts or ".." in named.parts:
        return None
    return project.parent / Path(*named.parts)


def _folder() -> Path:
    return paths.user_cache() / "project-pictures"


def _taken_out(
    project: Path, table: str, digest: str, name: str, database: sqlite3.Connection
) -> Path | None:
    """Return a file that a project holds, taken out into the user's cache; None if damaged."""
    if len(digest) != _HEX or not set(digest) <= set("0123456789abcdef"):
        return None
    ending = Path(name).suffix.lower()
    file = _folder() / f"{digest}{ending if ending[1:].isalnum() else ''}"
    try:
        if file.is_file() and _digest(file, file.stat()) == digest:
            return file
        if BLOBS not in tables_of(database):
            return None
        found = database.execute(
            f"SELECT id, length(data), typeof(data) FROM {BLOBS} WHERE name=?",  # noqa: S608
            (f"{_NAME}{table}",),
        ).fetchone()
        if found is None or found[2] != "blob" or found[1] > HELD_BYTES:
            return None
        with database.blobopen(BLOBS, "data", found[0], readonly=True) as blob:
            content = blob.read()
        if hashlib.sha256(content).hexdigest() != digest:
            return None
        _folder().mkdir(parents=True, exist_ok=True)
        _sweep(_folder())
        files.write(file, content)
    except OSError as error:
        raise unreadable(project, files.reason_of(error)) from error
    return file


def _digest(file: Path, told: os.stat_result) -> str:
    """Return a file's fingerprint; one that didn't change since is read once."""
    key = (str(file), told.st_size, told.st_mtime_ns)
    if key not in _DIGESTS:
        held = hashlib.sha256()
        with file.open("rb") as content:
            while piece := content.read(_PIECE):
                held.update(piece)
        while len(_DIGESTS) >= _CACHED:
            del _DIGESTS[next(iter(_DIGESTS))]
        _DIGESTS[key] = held.hexdigest()
    return _DIGESTS[key]


def _sweep(folder: Path) -> None:
    """Remove those that were taken out longest ago."""
    old = sorted(folder.iterdir(), key=lambda one: one.stat().st_mtime)
    for file in old[: max(0, len(old) - _CACHED + 1)]:
        with suppress(OSError):
            file.unlink()
