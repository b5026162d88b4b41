"""A project's streets: held in its file where they are small, else linked with their hash."""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Final

from sandbox import files, paths
from sandbox.errors import ProjectError
from sandbox.projects.careful import unreadable
from sandbox.projects.project import Streets
from sandbox.projects.schema import BLOBS, tables_of
from sandbox.words import Text

HELD_BYTES: Final = 64 << 20
# SQLite holds no larger value.
_MOST_BYTES: Final = 900 << 20
_NAME: Final = "network"
_PIECE: Final = 1 << 20
_CACHED: Final = 8
_HEX: Final = 64


def place(project: Path, network: Path | None) -> Streets:
    """Return where the streets of a project are kept that is saved to a file.

    Raises
    ------
    ProjectError
        The network file can't be read, or is too large to be held and lies elsewhere.
    """
    if network is None:
        return Streets()
    try:
        size = files.check_ordinary(network)
        digest = _digest(network)
    except files.Unreadable as error:
        raise _gone(network, error.reason) from error
    except OSError as error:
        raise _gone(network, files.reason_of(error)) from error
    if size <= HELD_BYTES:
        return Streets("held", sha256=digest)
    folder = Path(os.path.realpath(project)).parent
    with suppress(ValueError):
        inside = Path(os.path.realpath(network)).relative_to(folder)
        return Streets("linked", inside.as_posix(), digest)
    if size > _MOST_BYTES:
        raise ProjectError(
            "The network {path} is too large to be kept in the project.",
            "Copy it into the folder of the project, and open it from there.",
            path=network,
        )
    return Streets("held", sha256=digest)


def write(database: sqlite3.Connection, network: Path | None, placed: Streets) -> None:
    """Write the streets that a project holds, and take away those that it doesn't hold now."""
    found = database.execute(
        f"SELECT sha256 FROM {BLOBS} WHERE name=?",  # noqa: S608
        (_NAME,),
    ).fetchone()
    if placed.kind == "held" and found is not None and found[0] == placed.sha256:
        return
    database.execute(f"DELETE FROM {BLOBS} WHERE name=?", (_NAME,))  # noqa: S608
    if placed.kind == "held" and network is not None:
        put(database, _NAME, "application/vnd.sandbox.network", network.read_bytes())


def put(database: sqlite3.Connection, name: str, media_type: str, data: bytes) -> None:
    """Write a value that is no text, in place of one of its name."""
    database.execute(
        f"INSERT INTO {BLOBS} (name, media_type, sha256, data) VALUES (?, ?, ?, ?)"  # noqa: S608
        " ON CONFLICT (name) DO UPDATE SET media_type=excluded.media_type,"
        " sha256=excluded.sha256, data=excluded.data",
        (name, media_type, hashlib.sha256(data).hexdigest(), data),
    )


def network_file(project: Path, placed: Streets, database: sqlite3.Connection) -> Path | None:
    """Return the network file of a project; one that it holds is taken out into the user's cache.

    Raises
    ------
    ProjectError
        The file isn't beside it, what it names may be anywhere, or what it holds is damaged.
    """
    if placed.kind == "shipped":
        return None
    if placed.kind == "linked":
        return _linked(project, placed)
    if len(placed.sha256) != _HEX or not set(placed.sha256) <= set("0123456789abcdef"):
        raise unreadable(project, Text("its streets are damaged"))
    folder = paths.user_cache() / "projects"
    file = folder / f"{placed.sha256}.sandnet"
    if not _is(file, placed.sha256):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _sweep(folder)
            _take_out(project, placed, database, file)
        except OSError as error:
            raise unreadable(project, files.reason_of(error)) from error
    return file


def notes(project: Path, placed: Streets) -> Iterator[Text]:
    """Yield what isn't as it was when the project was saved."""
    if placed.kind != "linked":
        return
    file = _linked(project, placed)
    with suppress(OSError):
        if _digest(file) != placed.sha256:
            yield Text(
                "The network {file} was changed after the project was saved.", {"file": file.name}
            )


def _linked(project: Path, placed: Streets) -> Path:
    named = PurePosixPath(placed.path)
    odd = set(placed.path) & set('\\:\x00*?"<>|')
    if odd or named.is_absolute() or not named.parts or ".." in named.parts:
        raise unreadable(
            project, Text("it names a network outside its folder: {file}", {"file": placed.path})
        )
    file = project.parent / Path(*named.parts)
    if not file.is_file():
        raise ProjectError(
            "The network {file} of the project isn't beside it.",
            "Copy it there, or have the project saved again with its streets.",
            file=file,
        )
    return file


def _take_out(project: Path, placed: Streets, database: sqlite3.Connection, file: Path) -> None:
    spoiled = unreadable(project, Text("its streets are damaged"))
    if BLOBS not in tables_of(database):
        raise spoiled
    found = database.execute(
        f"SELECT id, length(data), typeof(data) FROM {BLOBS} WHERE name=?",  # noqa: S608
        (_NAME,),
    ).fetchone()
    if found is None or found[2] != "blob" or found[1] > _MOST_BYTES:
        raise spoiled
    digest = hashlib.sha256()
    with files.replacing(file) as beside, beside.open("wb") as out:
        with database.blobopen(BLOBS, "data", found[0], readonly=True) as blob:
            while piece := blob.read(_PIECE):
                digest.update(piece)
                out.write(piece)
        if digest.hexdigest() != placed.sha256:
            raise spoiled


def _is(file: Path, digest: str) -> bool:
    try:
        return _digest(file) == digest
    except OSError:
        return False


def _digest(file: Path) -> str:
    held = hashlib.sha256()
    with file.open("rb") as content:
        while piece := content.read(_PIECE):
            held.update(piece)
    return held.hexdigest()


def _sweep(folder: Path) -> None:
    """Remove the oldest of the networks that were taken out."""
    old = sorted(folder.glob("*.sandnet"), key=lambda one: one.stat().st_mtime)
    for file in old[: max(0, len(old) - _CACHED + 1)]:
        with suppress(OSError):
            file.unlink()


def _gone(network: Path, reason: Text) -> ProjectError:
    return ProjectError(
        "The streets {path} can't be read: {reason}.",
        "Load the network again, then save.",
        path=network,
        reason=reason,
    )
