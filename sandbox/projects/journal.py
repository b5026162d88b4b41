"""What was done since a project was saved, kept apart so that a crash loses nothing.

Each running program has a folder of its own in the user's state. It holds the map's document and
the layers that no file holds yet; saving or leaving on purpose takes it away. What a program that
is gone has left is offered once.
"""

import json
import os
import secrets
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sandbox import files, paths
from sandbox.catalog.layer import Layer
from sandbox.errors import SandboxError
from sandbox.projects import lock, store
from sandbox.projects.project import Project
from sandbox.words import Bilingual

_SAID: Final = "journal.json"
_LAYERS: Final = "layers.gpkg"
_OFFERED: Final = "offered"
_AT_MOST: Final = 64 << 20
# What was offered and not taken is kept so long, for who thinks better of it.
_KEPT_S: Final = 30 * 86_400.0


@dataclass(frozen=True, slots=True, eq=False)
class Left:
    """Work that wasn't saved.

    Attributes
    ----------
    folder
        Where it lies.
    project
        The file that it was done on; None for one that had no file yet.
    network_file
        Its streets.
    at
        When it was last kept, ISO.
    document
        As JSON holds it.
    layers
        Ids of all layers of the map, lowest first.
    """

    folder: Path
    project: Path | None
    network_file: Path | None
    at: str
    document: Mapping[str, Any]
    layers: tuple[str, ...]

    def fresh(self) -> dict[str, Layer]:
        """Return the layers that no file held.

        Raises
        ------
        ProjectError
            They can't be read.
        """
        file = self.folder / _LAYERS
        return dict(store.read(file).project.layers) if file.exists() else {}

    def remove(self) -> None:
        """Forget it."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Journal:
    """The journal of this program; its folder is made at the first entry."""

    def __init__(self, root: Path | None = None) -> None:
        top = root or paths.user_state() / "journals"
        self._folder = top / f"{os.getpid()}-{secrets.token_hex(4)}"
        self._layers: dict[str, Layer] = {}
        self._held: lock.Lock | None = None

    def write(
        self,
        project: Path | None,
        network_file: Path | None,
        document: Mapping[str, Any],
        layers: Mapping[str, Layer],
        fresh: Mapping[str, Layer],
    ) -> None:
        """Keep a map's document, and the layers that no file holds.

        Raises
        ------
        SandboxError
            The disk is full, or the user's folder can't be written to.
        """
        if self._held is None:
            with suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True)
            held = lock.acquire(self._folder / _SAID)
            self._held = held if isinstance(held, lock.Lock) else None
        said = {
            "project": None if project is None else str(project.absolute()),
            "network": None if network_file is None else str(network_file.absolute()),
            "at": datetime.now(UTC).astimezone().isoformat(timespec="minutes"),
            "layers": list(layers),
            "document": document,
        }
        if {key: id(one) for key, one in fresh.items()} != {
            key: id(one) for key, one in self._layers.items()
        }:
            store.save(self._folder / _LAYERS, Project(Bilingual("—", "—"), fresh))
            self._layers = dict(fresh)
        with suppress(OSError):
            files.write(self._folder / _SAID, json.dumps(said, ensure_ascii=False))

    def clear(self) -> None:
        """Remove it: all is saved, or wasn't wanted."""
        if self._held is not None:
            self._held.release()
            self._held = None
        self._layers = {}
        shutil.rmtree(self._folder, ignore_errors=True)


def left_behind(root: Path | None = None) -> list[Left]:
    """Return the work of programs that are gone, newest first; each is found only once."""
    top = root or paths.user_state() / "journals"
    found: list[Left] = []
    for folder in sorted(top.glob("*")) if top.is_dir() else []:
        if (folder / _OFFERED).exists():
            _forget_old(folder)
            continue
        claim = lock.acquire(folder / _SAID)
        if not isinstance(claim, lock.Lock):
            continue
        try:
            made = _read(folder)
            (folder / _OFFERED).touch()
        except (SandboxError, OSError, ValueError, KeyError, TypeError, files.Unreadable):
            made = None
        finally:
            claim.release()
        if made is not None:
            found.append(made)
    return sorted(found, key=lambda one: one.at, reverse=True)


def _read(folder: Path) -> Left | None:
    said: Any = json.loads(files.read_text(folder / _SAID, _AT_MOST))
    document = said["document"]
    if not isinstance(document, dict):
        return None
    project, network = said.get("project"), said.get("network")
    return Left(
        folder,
        Path(project) if isinstance(project, str) else None,
        Path(network) if isinstance(network, str) else None,
        str(said.get("at", "")),
        document,  # pyright: ignore[reportUnknownArgumentType]
        tuple(map(str, said.get("layers", ()))),
    )


def _forget_old(folder: Path) -> None:
    with suppress(OSError):
        if time.time() - (folder / _OFFERED).stat().st_mtime > _KEPT_S:
            shutil.rmtree(folder, ignore_errors=True)
