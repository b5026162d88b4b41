"""Files of other programs as layers: read one, or import many into a GeoPackage."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import geopandas as gpd
import pandas as pd

from sandbox.api.answers import keywords
from sandbox.api.given import layers
from sandbox.api.language import said
from sandbox.catalog.importing.importing import Told, import_file, problem_said
from sandbox.catalog.importing.into import Order, surroundings
from sandbox.errors import LayerError
from sandbox.projects.adding import import_files

Position = str | Sequence[str] | None


@keywords
def read_layer(
    path: str | Path,
    *,
    crs: str | int | None = None,
    layer: str | None = None,
    columns: Mapping[str, str] | None = None,
    kinds: Mapping[str, str] | None = None,
    position: Position = None,
) -> gpd.GeoDataFrame:
    r"""Return a layer of a file of another program, in WGS 84 and in the program's columns.

    Shapefile, FileGDB, GeoPackage, GeoJSON, KML, DXF, FlatGeobuf, GeoParquet, CSV, Excel, ODS, or
    one of these in a ZIP file.

    Parameters
    ----------
    path
        The file.
    crs
        Its coordinate system, where it states none or a wrong one: ``"EPSG:4544"``, ``"gcj02"``,
        ``"bd09"``; with ``/yx`` after it where northings stand first.
    layer
        Its layer or sheet, where it has several.
    columns
        Columns of the file by field of the program, as ``{"capacity": "床位"}``; an empty name
        leaves a field out.
    kinds
        Kinds by words of the file, as ``{"社康中心": "health_centre"}``.
    position
        Columns of a table that say where its rows lie, where their names don't: one, or two.

    Returns
    -------
    geopandas.GeoDataFrame
        With `id`, `name_zh`, `name_en`, `kind`, `status`, `opened`, what else of a place the file
        holds, and its own columns. ``.attrs`` holds `provenance`, `notes`, and `mend`: a table of
        the rows that can't be used, with the `problem` of each.

    Raises
    ------
    sandbox.errors.LayerError
        It can't be read, or nobody knows where it lies: ``.candidates`` of the error, a
        `PlacingError`, are the coordinate systems that it may be in, the likeliest first.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> file = Path(mkdtemp()) / "clinics.csv"
    >>> _ = file.write_text("名称,经度,纬度,床位数\n北医院,106.31,29.52,约300张\n", "utf-8")
    >>> clinics = read_layer(file)
    >>> clinics[["name_zh", "capacity"]].values.tolist()
    [['北医院', 300.0]]
    """
    told = _told(crs, layer, columns, kinds, position)
    found = import_file(Path(path), told, surroundings(layers()))
    if len(found) > 1:
        raise LayerError(
            "{path} has several layers: {layers}.",
            "Name one with layer.",
            path=path,
            layers=", ".join(one.name for one in found),
        )
    one = found[0]
    problems = [problem_said(text) for text in one.problems]
    mend = one.mend.assign(problem=problems)
    notes = [said(note) for note in one.notes]
    one.features.attrs.update({"provenance": one.provenance, "notes": notes, "mend": mend})
    return one.features


@keywords
def import_layers(
    paths: str | Path | Iterable[str | Path],
    into: str | Path,
    *,
    crs: str | int | None = None,
    layer: str | None = None,
    name: str | None = None,
    columns: Mapping[str, str] | None = None,
    kinds: Mapping[str, str] | None = None,
    position: Position = None,
    existing: Literal["refuse", "replace", "add"] = "refuse",
    skip: bool = False,
) -> pd.DataFrame:
    r"""Import files of other programs into a GeoPackage, all of them or none.

    Parameters
    ----------
    paths
        Files, zipped folders, or folders.
    into
        The GeoPackage; it is made if it isn't there.
    crs, layer, columns, kinds, position
        As for `read_layer`, for all of the files.
    name
        What the layer is called in the GeoPackage; its own name by default.
    existing
        What becomes of a layer of the same name: ``"refuse"`` the import, ``"replace"`` it, or
        ``"add"`` rows to it.
    skip
        Whether files that can't be read are left out.

    Returns
    -------
    pandas.DataFrame
        One row a layer: `name`, `file`, `format`, `crs`, `features`, `to_mend` (how many rows
        can't be used) and `mend` (the table that holds them). A picture of the ground (GeoTIFF,
        or an image with its world file) has no features: the window shows it below the streets.

    Raises
    ------
    sandbox.errors.SandboxError
        A file can't be read, nobody knows where it lies, or the GeoPackage can't be written.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> file = Path(mkdtemp()) / "clinics.csv"
    >>> _ = file.write_text("名称,经度,纬度\n北医院,106.31,29.52\n", "utf-8")
    >>> import_layers(file, file.with_name("city.gpkg"))[["name", "features"]].values.tolist()
    [['clinics', 1]]
    """
    every = [paths] if isinstance(paths, str | Path) else list(paths)
    told = _told(crs, layer, columns, kinds, position)
    order = Order(Path(into), told, name, existing, None, skip)
    report = import_files(map(Path, every), order, surroundings(layers(), Path(into)))
    rows: list[dict[str, Any]] = [
        {
            "name": one.layer.name,
            "file": one.layer.provenance["file"],
            "format": one.layer.provenance["format"],
            "crs": one.layer.provenance["crs"]["code"],
            "features": len(one.layer.features),
            "to_mend": len(one.layer.mend),
            "mend": "" if one.mend is None else str(one.mend),
        }
        for one in report.layers
    ]
    rows += [
        {
            "name": one.picture.path.stem,
            "file": one.picture.path.name,
            "format": one.raster.kind,
            "crs": str(one.picture.system),
            "features": 0,
            "to_mend": 0,
            "mend": "",
        }
        for one in report.pictures
    ]
    table = pd.DataFrame(
        rows, columns=["name", "file", "format", "crs", "features", "to_mend", "mend"]
    )
    table.attrs["skipped"] = {str(path): said(error) for path, error in report.skipped}
    return table


def _told(
    crs: str | int | None,
    layer: str | None,
    columns: Mapping[str, str] | None,
    kinds: Mapping[str, str] | None,
    position: Position,
) -> Told:
    named = (position,) if isinstance(position, str) else tuple(position or ())
    said = None if crs is None else str(crs)
    return Told(said, layer, dict(columns or {}), dict(kinds or {}), named)
