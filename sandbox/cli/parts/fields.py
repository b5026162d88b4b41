"""What a file of an answer holds: bands, isolines, a surface, points on streets."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from sandbox.cli.parts import city, output
from sandbox.errors import ExportError
from sandbox.export.files import ending_of

if TYPE_CHECKING:
    from sandbox.analysis.isochrone import Isochrone
    from sandbox.analysis.isodistance import Isodistance
    from sandbox.analysis.origins import Reach
    from sandbox.engine.network import Network

_RASTERS: Final = (".tif", ".tiff")
ENDINGS: Final = (*output.AREAS, *_RASTERS, *city.PAGES)
AS: Final = click.option(
    "--as",
    "form",
    type=click.Choice(["bands", "isolines", "points", "surface"]),
    help="Content of the file: areas, their outlines, points along the streets with their "
    "travel times, or a travel-time surface (GeoTIFF).  [default: bands; surface for "
    ".tif]",
)
OUTPUT: Final = click.option(
    "-o",
    "--output",
    "file",
    metavar="OUT.geojson|.gpkg|.tif|.html",
    type=click.Path(path_type=Path),
    help="Output file; .html is a page with a map.",
)


def check_form(file: Path | None, form: str | None) -> str:
    """Return what the file is to hold, ``page`` for a page with a map.

    What would fail after the work is refused before it.

    Raises
    ------
    ExportError
        If the ending is none that can be written, or doesn't hold that; or the folder is
        missing; or nothing is written.
    ProjectError
        It is a page, and the project's level of secrecy isn't public.
    """
    if file is None:
        if form is not None:
            raise ExportError(
                "The content of the file is given, but no file is named.", "Name it with -o FILE."
            )
        return "bands"
    raster, page = ending_of(file) in _RASTERS, ending_of(file) in city.PAGES
    if form is None:
        city.check_files([file], *ENDINGS)
    if form is not None and (page or raster != (form == "surface")):
        raise ExportError(
            "{file} can't store {form}.",
            "The name must end in .tif for a surface, and in .geojson or .gpkg for anything else.",
            file=file,
            form=form,
        )
    city.check_files([file], *ENDINGS)
    if page:
        return "page"
    return "surface" if raster else form or "bands"


def write(  # noqa: PLR0917
    network: "Network",
    found: "Sequence[Isochrone | Isodistance | Reach]",
    names: Sequence[str],
    ids: Sequence[str],
    form: str,
    file: Path,
    more: Mapping[str, Any],
) -> None:
    """Write answers in the form that `check_form` returned, with more columns at their end.

    Raises
    ------
    AnalysisError
        Nothing is reached, or too much for one file.
    ExportError
        The file can't be written.
    """
    from sandbox.analysis import field
    from sandbox.analysis.table import as_table, network_told
    from sandbox.export.raster import write_surfaces

    if form == "surface":
        made = field.surfaces(found)
        provenance = network.streets.provenance
        told: dict[str, Any] = {
            **found[0].told(),
            "reach_m": found[0].reach_m,
            "contours": ",".join(f"{value:g}" for value in found[0].contours),
            **network_told(network),
            "source": provenance.source,
            "licence": provenance.licence,
            **more,
        }
        tags = {key: str(value) for key, value in told.items() if value is not None}
        write_surfaces(file, made.grid, made.values, network.crs, names, made.unit, tags)
        return
    if form == "points":
        table = field.street_points(network, found, names)
    else:
        table = as_table(network, found, names, ids)
    for column, value in more.items():
        table.insert(len(table.columns) - 1, column, value)
    output.write_areas(field.isolines(table) if form == "isolines" else table, file)
