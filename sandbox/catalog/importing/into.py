"""Files → layers of one GeoPackage: all of them or none, with tables of the rows to mend."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely

from sandbox import files
from sandbox.catalog.importing.importing import (
    Imported,
    Told,
    import_file,
    problem_said,
    renamed,
    unreadable,
)
from sandbox.catalog.importing.pictures import Placed, place_picture
from sandbox.catalog.layer import Layer
from sandbox.errors import ExportError, LayerError, SandboxError
from sandbox.formats import recognise
from sandbox.formats.cells import MEND
from sandbox.formats.geopackage import Written, layer_names, provenance_of, write_into
from sandbox.formats.known import Bounds, Known, known_of
from sandbox.formats.reading import raster, within
from sandbox.formats.where import PlacingError
from sandbox.geo import crs as geo
from sandbox.words import Text

if TYPE_CHECKING:
    from sandbox.streets.streets import Streets

Existing = Literal["refuse", "replace", "add"]
_LAYERS: Final = ("extent", "built_up", "rail_existing", "universities")


@dataclass(frozen=True, slots=True)
class Order:
    """What is imported, and how.

    Attributes
    ----------
    into
        The GeoPackage.
    told
        What the user says of the files.
    name
        What the layer is called there; None for its own name.
    existing
        What becomes of a layer of the same name: the import is refused, it is replaced, or rows
        are added to it, of which those with an id that it has replace the older.
    mend
        Where the table of rows to mend is written; None for beside the GeoPackage.
    skip
        Whether files that can't be read are left out, rather than all.
    """

    into: Path
    told: Told = field(default_factory=Told)
    name: str | None = None
    existing: Existing = "refuse"
    mend: Path | None = None
    skip: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A layer that was written, and the table of its rows to mend; None where all were used."""

    layer: Imported
    mend: Path | None


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """What came of an import.

    Attributes
    ----------
    layers
        Those that were written.
    pictures
        Pictures and grids among the files, in their places: `sandbox.projects.adding` puts them
        into the GeoPackage.
    skipped
        Files that couldn't be read, and why.
    """

    layers: tuple[Kept, ...]
    pictures: tuple[Placed, ...]
    skipped: tuple[tuple[Path, SandboxError], ...]


def import_into(
    paths: Iterable[Path],
    order: Order,
    known: Known,
    check_pictures: Callable[[Sequence[Placed]], None] = lambda _pictures: None,
) -> Report:
    """Import files into a GeoPackage, whole or not at all.

    Parameters
    ----------
    paths
        Files, zipped folders, or folders, whose files are all imported.
    order
        What is to be done.
    known
        What is known of the ground.
    check_pictures
        Called with the pictures among them before anything is written; it may refuse them.

    Raises
    ------
    PlacingError
        Of one file nobody knows where it lies.
    LayerError
        With the faults of all files that can't be read.
    ExportError
        The GeoPackage can't be written.
    """
    if order.into.suffix.lower() != ".gpkg":
        raise ExportError(
            "{file}: files of this type can't be written.",
            "End the name in .gpkg.",
            file=order.into,
        )
    found: list[Imported] = []
    pictures: list[Placed] = []
    skipped: list[tuple[Path, SandboxError]] = []
    for path in every_file(paths):
        try:
            try:
                picture = raster(path)
            except files.Unreadable as error:
                raise unreadable(path, error) from error
            if picture is not None:
                pictures.append(place_picture(picture, order.told.crs, known))
                continue
            made = import_file(path, order.told, known)
            found += renamed(made, order.name) if order.name else made
        except LayerError as error:
            skipped.append((path, error))
    _check(found, pictures, skipped, order)
    check_pictures(pictures)
    named = _named(found, order)
    kept: list[Kept] = []
    written: list[Written] = []
    for layer in named:
        mend = _mend_file(layer, order, len(named)) if len(layer.mend) else None
        kept.append(Kept(layer, mend))
        written.append(_joined(layer, order))
    if written:
        write_into(order.into, written)
    for one in kept:
        if one.mend is not None:
            _write_mend(one.layer, one.mend)
    return Report(tuple(kept), tuple(pictures), tuple(skipped))


def surroundings(
    layers: Mapping[str, Layer], into: Path | None = None, streets: "Streets | None" = None
) -> Known:
    """Return what is known of the ground where files are imported.

    Parameters
    ----------
    layers
        Those of the map.
    into
        The GeoPackage; if it holds layers, its own area counts, else that of the map.
    streets
        A network; schematic streets say nothing.
    """
    tables = [one.features for one in layers.values() if one.features is not None]
    near: Bounds | None = None
    if streets is not None and not streets.provenance.schematic:
        corners = np.array(streets.bounds).reshape(2, 2)
        near = _box(geo.to_lonlat(corners, streets.crs))
    elif into is not None and (held := _bounds_of(into)) is not None:
        near = held
    elif own := [layers[one].features for one in _LAYERS if one in layers]:
        boxes = np.array([one.total_bounds for one in own if one is not None])
        near = (*boxes[:, :2].min(axis=0).tolist(), *boxes[:, 2:].max(axis=0).tolist())
    lines: Any = ()
    if streets is not None and not streets.provenance.schematic:
        every = np.arange(len(streets.segment_nodes))
        crs = streets.crs
        lines = shapely.transform(streets.lines(every), lambda xy: geo.to_lonlat(xy, crs))
    return known_of(tables, near, lines)


def ground(layers: Callable[[], Mapping[str, Layer]], bbox: Bounds | None) -> Known:
    """Return what is known where streets are built: the box that is asked for, else the map."""
    return surroundings(layers()) if bbox is None else Known(bbox)


def _box(lonlat: Any) -> Bounds:
    low, high = lonlat.min(axis=0), lonlat.max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _bounds_of(path: Path) -> Bounds | None:
    try:
        names = layer_names(path)
        boxes = [pyogrio.read_info(path, layer=name)["total_bounds"] for name in names]
    except (files.Unreadable, ValueError, RuntimeError):
        return None
    held = np.array([box for box in boxes if box is not None]).reshape(-1, 4)
    held = held[np.isfinite(held).all(axis=1)]
    if not len(held):
        return None
    return (*held[:, :2].min(axis=0).tolist(), *held[:, 2:].max(axis=0).tolist())


def every_file(paths: Iterable[Path]) -> list[Path]:
    """Return files, and in place of folders the files in them; raises LayerError."""
    found: list[Path] = []
    for path in paths:
        try:
            folder = path.is_dir() and recognise.recognised(path) == recognise.FOLDER
            found += within(path) if folder else [path]
        except OSError as error:
            reason = files.reason_of(error)
            raise LayerError("{path} can't be read: {reason}.", path=path, reason=reason) from error
        if folder and not found:
            raise LayerError(
                "{path} contains no files that can be read.",
                "Give a folder with Shapefiles, GeoPackages, tables or drawings.",
                path=path,
            )
    return list(dict.fromkeys(found))


def _check(
    found: Sequence[Imported],
    pictures: Sequence[Placed],
    skipped: Sequence[tuple[Path, SandboxError]],
    order: Order,
) -> None:
    """Refuse what can't be imported: of one file in its own words, of several all at once."""
    if not skipped or (order.skip and (found or pictures)):
        return
    if len(skipped) == 1:
        raise skipped[0][1]
    raise LayerError(
        "{count} files can't be imported",
        "Import each by itself with what it needs, or add --skip.",
        faults=[_whole(error) for _, error in skipped],
        count=len(skipped),
    )


def _whole(error: SandboxError) -> Text:
    if isinstance(error, PlacingError) and error.candidates:
        return Text(
            "{first}: --crs {choice}",
            {"first": error.message, "choice": str(error.candidates[0].system)},
        )
    return error.message


def _named(found: Sequence[Imported], order: Order) -> list[Imported]:
    """Return layers with names that no other of them has; refuse those that are there already."""
    there = {} if not order.into.exists() else {one.lower() for one in _there(order.into)}
    taken: set[str] = set()
    made: list[Imported] = []
    clash: list[str] = []
    for layer in found:
        name, more = layer.name, 2
        while name.lower() in taken:
            name, more = f"{layer.name}_{more}", more + 1
        taken.add(name.lower())
        if name.lower() in there and order.existing == "refuse":
            clash.append(name)
        made.append(replace(layer, name=name))
    if clash:
        raise ExportError(
            "{path} already has a layer {name}.",
            "Give it another name with --name, or say --if-exists replace or --if-exists add.",
            path=order.into,
            name=", ".join(clash),
        )
    return made


def _there(path: Path) -> list[str]:
    try:
        return layer_names(path)
    except files.Unreadable as error:
        raise ExportError(
            "{path} is not a GeoPackage.", "Give another file name.", path=path
        ) from error


def _joined(layer: Imported, order: Order) -> Written:
    """Return what is written for a layer: with rows that are there already where it is added to."""
    there = _there(order.into) if order.into.exists() else []
    own = next((one for one in there if one.lower() == layer.name.lower()), None)
    if own is None or order.existing != "add":
        return Written(layer.name, layer.features, layer.provenance)
    older: Any = pyogrio.read_dataframe(order.into, layer=own, datetime_as_string=True)
    older = older.set_geometry(older.geometry.rename("geometry")).to_crs(geo.WGS84)
    if "id" in older.columns:
        older = older[~older["id"].astype(str).isin(set(layer.features["id"].astype(str)))]
    parts = [older.astype(object), layer.features.astype(object)]
    table = gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), geometry="geometry")
    table = table.set_crs(geo.WGS84, allow_override=True)
    earlier = provenance_of(order.into).get(own)
    told = {**layer.provenance, **({"earlier": earlier} if earlier else {})}
    return Written(own, table, told)


def _mend_file(layer: Imported, order: Order, count: int) -> Path:
    if order.mend is not None and count == 1:
        return order.mend
    base = order.mend or order.into
    safe = "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in layer.name)
    ending = ".csv" if order.mend is None else order.mend.suffix
    return base.with_name(f"{base.stem}-{safe}-mend{ending}")


def _write_mend(layer: Imported, path: Path) -> None:
    """Write the rows that can't be used, with what is wrong, as a table for spreadsheets."""
    table = layer.mend.copy()
    table.insert(1, MEND[1], [problem_said(one) for one in layer.problems])
    try:
        files.write(path, "\ufeff" + table.to_csv(index=False))
    except OSError as error:
        raise ExportError(
            "{path} can't be written: {reason}.",
            "Check the permissions and the free disk space, or choose another folder.",
            path=path,
            reason=files.reason_of(error),
        ) from error
