"""Files → a GeoPackage: layers of features as its tables, pictures as layers of its project."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from sandbox import files
from sandbox.catalog.importing.importing import unreadable
from sandbox.catalog.importing.into import Order, Report, import_into
from sandbox.catalog.importing.pictures import Placed, picture_layer
from sandbox.catalog.layer import Layer
from sandbox.errors import ExportError
from sandbox.formats.known import Known
from sandbox.imagery.raster_file import ready
from sandbox.projects.project import Project
from sandbox.projects.store import Stored, read, save
from sandbox.words import Bilingual


def import_files(paths: Iterable[Path], order: Order, known: Known) -> Report:
    """Import files into a GeoPackage; see `sandbox.catalog.importing.into.import_into`.

    Pictures of the ground come into it as layers of a project, which the window opens.

    Raises
    ------
    SandboxError
        As `import_into`; or the GeoPackage is no project, or a picture can't be read.
    """
    report = import_into(paths, order, known, partial(_check, order))
    if not report.pictures:
        return report
    made = {name: picture_layer(one, name) for name, one in _named(report.pictures, order).items()}
    add_layers(order.into, made)
    return report


def add_layers(path: Path, layers: Mapping[str, Layer], *, below: bool = False) -> None:
    """Put layers into a project over all others, or `below` them; it is made if it isn't there.

    Raises
    ------
    SandboxError
        The file is no project, or can't be written.
    """
    stored = _stored(path)
    title = Bilingual(path.stem, path.stem)
    project = stored.project if stored is not None else Project(title, {})
    others = {key: one for key, one in project.layers.items() if key not in layers}
    held = {**layers, **others} if below else {**others, **layers}
    document = _with_shown(project.document, list(layers)) if below else project.document
    save(path, replace(project, layers=held, document=document), stored)


def _with_shown(document: Mapping[str, Any] | None, ids: list[str]) -> Mapping[str, Any] | None:
    """Return a document whose lowest layers are some that are new."""
    shown: Any = None if document is None else document.get("layers")
    if document is None or not isinstance(shown, list):
        return document
    return {**document, "layers": [*({"id": one} for one in ids), *shown]}


def _stored(path: Path) -> Stored | None:
    return read(path) if path.exists() else None


def _named(pictures: Sequence[Placed], order: Order) -> dict[str, Placed]:
    """Return pictures by what they are called: by their files, where no name is given for one."""
    if order.name and len(pictures) == 1:
        return {order.name: pictures[0]}
    found: dict[str, Placed] = {}
    for one in pictures:
        base = name = one.picture.path.stem
        more = 2
        while name in found:
            name, more = f"{base}_{more}", more + 1
        found[name] = one
    return found


def _check(order: Order, pictures: Sequence[Placed]) -> None:
    """Refuse pictures that can't be read or kept, before anything is written."""
    for one in pictures:
        try:
            ready(one.picture.path)
        except files.Unreadable as error:
            raise unreadable(one.picture.path, error) from error
    stored = _stored(order.into) if pictures else None
    there = () if stored is None else stored.project.layers
    clash = [name for name in _named(pictures, order) if name in there]
    if clash and order.existing != "replace":
        raise ExportError(
            "{path} already has a layer {name}.",
            "Give it another name with --name, or say --if-exists replace.",
            path=order.into,
            name=", ".join(clash),
        )
