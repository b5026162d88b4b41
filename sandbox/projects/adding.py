"""Files → a GeoPackage: layers of features as its tables, pictures as layers of its project."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from sandbox import files
from sandbox.catalog.importing.importing import unreadable
from sandbox.catalog.importing.into import Order, Report, import_into
from sandbox.catalog.importing.known import Known
from sandbox.catalog.importing.pictures import Placed, picture_layer
from sandbox.errors import ExportError
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
    stored = _stored(order.into)
    title = Bilingual(order.into.stem, order.into.stem)
    project = stored.project if stored is not None else Project(title, {})
    made = {name: picture_layer(one, name) for name, one in _named(report.pictures, order).items()}
    save(order.into, replace(project, layers={**project.layers, **made}), stored)
    return report


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
