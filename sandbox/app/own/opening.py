"""Files that a user opens: read, placed and understood, step by step as one decides."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from sandbox import files
from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.own.layers import layer_of, unique_id
from sandbox.catalog.importing.columns import Fields, mapped, recall, remember
from sandbox.catalog.importing.importing import (
    Imported,
    Told,
    read_layers,
    understand_layer,
    unreadable,
)
from sandbox.catalog.importing.into import every_file, surroundings
from sandbox.catalog.importing.mending import mended
from sandbox.catalog.importing.pictures import Placed, outline, picture_layer, place_picture
from sandbox.catalog.layer import Layer
from sandbox.errors import LayerError, SandboxError
from sandbox.formats.features import Raster, Read, no_shapes
from sandbox.formats.known import Known
from sandbox.formats.positions import placed
from sandbox.formats.reading import raster, read
from sandbox.formats.where import Choices, choices
from sandbox.geo.crs import to_metric
from sandbox.geo.systems import System, located, system_named
from sandbox.imagery.raster_file import ready
from sandbox.kept import keep
from sandbox.words import Text

# What a preview shows of a large layer is enough to see where it lies.
_PREVIEW_SHAPES: Final = 4000
_PREVIEW_POINTS: Final = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A layer that is about to be opened.

    Attributes
    ----------
    read
        What the file holds, with cells that were corrected.
    told
        What the user has said of it.
    choices
        Where it may lie.
    imported
        What comes of it; None while nobody knows where it lies, or it can't be used.
    error
        Why nothing comes of it; None where something does, or a place has to be chosen.
    raster
        What it is where it is a picture or a grid, whose outline `read` holds; else None.
    placed
        The same in its place; None while nobody knows where it lies.
    """

    read: Read
    told: Told
    choices: Choices
    imported: Imported | None = None
    error: SandboxError | None = None
    raster: Raster | None = None
    placed: Placed | None = None

    @property
    def ready(self) -> bool:
        """Whether it can be put on the map."""
        features = self.imported is not None and len(self.imported.features) > 0
        return features or self.placed is not None

    @property
    def notes(self) -> tuple[Text, ...]:
        """What was found out and decided."""
        made = self.imported or self.placed
        return self.read.notes if made is None else made.notes

    @property
    def system(self) -> System | None:
        """The coordinate system that it is read in; None while it has to be chosen."""
        if self.told.crs is not None:
            return system_named(self.told.crs)
        if self.choices.question is not None or not self.choices.candidates:
            return None
        return self.choices.candidates[0].system

    def columns(self) -> Mapping[str, str]:
        """Return which column of the file is which of the program's, by field."""
        before = recall(self.read)
        given = {**before.columns, **self.told.columns}
        return mapped(self.read, Fields(given, before.kinds)).columns


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """What files hold.

    Attributes
    ----------
    drafts
        Their layers.
    refused
        Files that can't be read, and why.
    """

    drafts: tuple[Draft, ...] = ()
    refused: tuple[tuple[Path, SandboxError], ...] = field(default=())


@keep(1)
def known_ground(atlas: Atlas) -> Known:
    """Return what is known of the ground under a map."""
    shipped = {key: one for key, one in atlas.layers.items() if not one.is_own}
    return surroundings(shipped, None, atlas.network.streets)


def read_files(paths: Iterable[Path], atlas: Atlas, job: Job) -> Opened:
    """Return what files and folders hold; what can't be read is among the refused."""
    job.report(-1.0, Text("Reading files"))
    try:
        every = every_file(paths)
    except LayerError as error:
        return Opened(refused=((next(iter(paths), Path()), error),))
    drafts: list[Draft] = []
    refused: list[tuple[Path, SandboxError]] = []
    for number, path in enumerate(every):
        job.report(number / len(every), Text("Reading {file}", {"file": path.name}))
        try:
            picture = _raster(path)
            known = known_ground(atlas)
            if picture is not None:
                drafts.append(_begun_picture(picture, known))
                continue
            for held in _layers_of(path):
                job.report(number / len(every), Text("Reading {file}", {"file": path.name}))
                drafts.append(_begun(held, Told(), known))
        except LayerError as error:
            refused.append((path, error))
    return Opened(tuple(drafts), tuple(refused))


def tried(draft: Draft, told: Told, atlas: Atlas, job: Job) -> Draft:
    """Return a draft as it is by what a user says of it now."""
    job.report(-1.0, Text("Reading {file}", {"file": draft.read.path.name}))
    known = known_ground(atlas)
    if told.position == draft.told.position:
        return _understood(replace(draft, told=told), known)
    count = len(draft.read.table)
    bare = replace(draft.read, shapes=no_shapes(count), faults={}, sources=(), crs=None)
    return _begun(placed(bare, told.position), replace(told, crs=None), known)


def corrected(draft: Draft, cells: Mapping[tuple[int, str], str], atlas: Atlas, job: Job) -> Draft:
    """Return a draft with cells that a user has corrected, tried again."""
    job.report(-1.0, Text("Reading {file}", {"file": draft.read.path.name}))
    better = mended(draft.read, cells, draft.told.position)
    known = known_ground(atlas)
    if draft.told.crs is None and draft.choices.question is not None:
        return _begun(better, draft.told, known)
    return _understood(replace(draft, read=better), known)


def preview(draft: Draft, system: System, atlas: Atlas, job: Job) -> tuple[Any, int]:
    """Return shapes of a draft in metres of the map, as they lie in a coordinate system.

    Returns
    -------
    shapes
        At most some thousands of them.
    outside
        How many of those shown lie outside the system's region.
    """
    job.report(-1.0, Text("Drawing the preview"))
    shapes = draft.read.shapes
    held = np.flatnonzero(shapely.get_num_coordinates(shapes) > 0)
    held = held[:: max(1, len(held) // _PREVIEW_SHAPES)]
    points = np.cumsum(shapely.get_num_coordinates(shapes[held]))
    held = held[: max(1, int(np.searchsorted(points, _PREVIEW_POINTS)) + 1)]
    xy, row = shapely.get_coordinates(shapes[held], return_index=True)
    lonlat, inside = located(xy, system)
    inside &= np.isfinite(xy).all(axis=1)
    off = np.unique(row[~inside])
    kept = np.setdiff1d(np.arange(len(held)), off)
    if not len(kept):
        return np.zeros(0, dtype=object), len(off)
    metric = to_metric(lonlat[np.isin(row, kept)], atlas.crs)
    return shapely.set_coordinates(shapes[held][kept].copy(), metric), len(off)


def layer_from(draft: Draft, taken: Collection[str]) -> Layer:
    """Return a draft that is ready as the map holds it; slow for a large picture.

    Raises
    ------
    LayerError
        A picture can't be read.
    """
    if draft.placed is not None:
        try:
            ready(draft.placed.picture.path)
        except files.Unreadable as error:
            raise unreadable(draft.read.path, error) from error
        return picture_layer(draft.placed, unique_id(draft.read.name, taken))
    assert draft.imported is not None  # noqa: S101
    return layer_of(draft.imported, taken)


def keep_choices(drafts: Sequence[Draft]) -> None:
    """Remember what a user gave for columns, for files of the same columns."""
    for one in drafts:
        if one.told.columns or one.told.kinds:
            before = recall(one.read)
            remember(
                one.read,
                Fields({**before.columns, **one.told.columns}, {**before.kinds, **one.told.kinds}),
            )


def _layers_of(path: Path) -> list[Read]:
    """Return the layers of a file; tables too of which no column says where their rows lie."""
    try:
        return read_layers(path, Told())
    except LayerError as error:
        try:
            tables = [one for one in read(path) if len(one.table.columns) > 1 and len(one.table)]
        except files.Unreadable:
            raise error from None
        if not tables or any(one.sources or one.crs for one in tables):
            raise
        return tables


def _raster(path: Path) -> Raster | None:
    try:
        return raster(path)
    except files.Unreadable as error:
        raise unreadable(path, error) from error


def _begun(held: Read, told: Told, known: Known) -> Draft:
    if not held.has_shapes:
        error = LayerError(
            "No column of {file} is known to say where its rows lie.",
            "Choose the columns of its coordinates.",
            file=held.path.name,
        )
        return Draft(held, told, Choices((), None), error=error)
    names = mapped(held, recall(held)).columns.get("name_zh")
    said: list[Any] = held.table[names].tolist() if names else []
    return _understood(Draft(held, told, choices(held, known, said)), known)


def _begun_picture(raster: Raster, known: Known) -> Draft:
    held = outline(raster)
    return _understood(Draft(held, Told(), choices(held, known), raster=raster), known)


def _understood(draft: Draft, known: Known) -> Draft:
    if draft.told.crs is None and draft.choices.question is not None:
        return replace(draft, imported=None, placed=None, error=None)
    try:
        if draft.raster is not None:
            placed_now = place_picture(draft.raster, draft.told.crs, known)
            return replace(draft, placed=placed_now, error=None)
        made = understand_layer(draft.read, draft.told, known)
    except SandboxError as error:
        return replace(draft, imported=None, placed=None, error=error)
    return replace(draft, imported=made, error=None)
