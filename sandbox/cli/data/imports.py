"""Planners' files into a GeoPackage, on the command line."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sandbox.cli import words
from sandbox.cli.data import database
from sandbox.cli.data.lines import Pair
from sandbox.cli.parts import city, options, topics
from sandbox.errors import SandboxError, shown
from sandbox.words import Text

if TYPE_CHECKING:
    from sandbox.catalog.importing.into import Existing, Kept, Report
    from sandbox.catalog.importing.pictures import Placed
    from sandbox.formats.postgis.address import Bounds
    from sandbox.formats.where import PlacingError
    from sandbox.words import Words

_SAID = 12


@click.command("import", cls=topics.ByTopic)
@click.argument("paths", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--into",
    metavar="CITY.gpkg",
    required=True,
    type=click.Path(path_type=Path),
    help="The GeoPackage that gets the layers; it is made if it doesn't exist.",
)
@click.option(
    "--crs",
    metavar="EPSG:4544|gcj02|bd09",
    help="Coordinate system of the files, if they state none or a wrong one; with /yx after it, "
    "northings stand before eastings.",
)
@click.option("--layer", metavar="NAME", help="Only the layer, or sheet, of this name.")
@database.TABLE
@database.BBOX
@database.LIMIT
@click.option("--name", "name", metavar="NAME", help="What the layer is called in the GeoPackage.")
@click.option(
    "--columns",
    type=Pair("FIELD=COLUMN"),
    multiple=True,
    help="Column of the file for a field of the program, as capacity=COLUMN; nothing after = "
    "leaves the field out. It is remembered for files with the same columns.",
)
@click.option(
    "--meaning",
    "kinds",
    type=Pair("WORD=KIND"),
    multiple=True,
    help="Kind that a word of the file means, as 社康中心=health_centre.",
)
@click.option(
    "--position",
    metavar="LON,LAT|X,Y|WKT",
    help="Columns of a table that say where its rows lie, if their names don't.",
)
@click.option(
    "--if-exists",
    "existing",
    type=click.Choice(("refuse", "replace", "add")),
    default="refuse",
    show_default=True,
    help="What becomes of a layer of the same name: refuse the import, replace it, or add rows.",
)
@click.option(
    "--mend",
    metavar="ROWS.csv",
    type=click.Path(path_type=Path),
    help="Table of the rows that can't be used, to correct and import again.  "
    "[default: beside the GeoPackage]",
)
@click.option("--skip", is_flag=True, help="Skip files that can't be read, and name them.")
@options.NETWORK
@options.JSON
@click.pass_context
def import_(
    ctx: click.Context,
    *,
    paths: tuple[Path, ...],
    into: Path,
    crs: str | None,
    layer: str | None,
    table: str | None,
    bbox: "Bounds | None",
    limit: int | None,
    name: str | None,
    columns: tuple[tuple[str, str], ...],
    kinds: tuple[tuple[str, str], ...],
    position: str | None,
    existing: "Existing",
    mend: Path | None,
    skip: bool,
    network_file: Path | None,
    as_json: bool,
) -> None:
    """Import files of other programs into a GeoPackage that QGIS and --from open.

    Shapefile, FileGDB, GeoPackage, GeoJSON, KML, DXF, FlatGeobuf, GeoParquet, CSV, Excel, ODS,
    zipped folders and folders, and tables of PostGIS as postgresql://USER@HOST/DATABASE. GeoTIFF
    and images with a world file become pictures below the streets. Where a file doesn't state its
    coordinate system, the likeliest ones are listed, to choose one with --crs.
    """
    if sys.stderr.isatty():
        # What reads them takes seconds to be there.
        named = ", ".join(shown(one) for one in paths)
        click.echo(words()("Reading {file}", file=named), err=True)
    from sandbox.catalog.importing.importing import Told
    from sandbox.catalog.importing.into import Order, surroundings
    from sandbox.formats.where import PlacingError
    from sandbox.projects.adding import import_files
    from sandbox.streets import sandnet

    paths = database.restricted(paths, table, bbox, limit)
    streets = None if network_file is None else sandnet.load(network_file)
    told = Told(
        crs=crs,
        layer=layer,
        columns={field.strip(): column for field, column in columns},
        kinds=dict(kinds),
        position=tuple(one.strip() for one in position.split(",")) if position else (),
    )
    order = Order(into, told, name, existing, mend, skip)
    try:
        report = import_files(paths, order, surroundings(city.layers(), into, streets))
    except PlacingError as error:
        if as_json:
            click.echo(json.dumps(_refused(error), ensure_ascii=False, indent=2))
        if error.candidates:
            error.hint = Text(
                "Choose one: {command}",
                {"command": _choosing(paths, into, str(error.candidates[0].system))},
            )
        raise
    if as_json:
        click.echo(json.dumps(_facts(report, into), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(report, into)))
    if report.skipped:
        ctx.exit(2)


def _choosing(paths: tuple[Path, ...], into: Path, crs: str) -> str:
    every = " ".join(_quoted(shown(one)) for one in paths)
    return f"sandbox layers import {every} --into {_quoted(into)} --crs {crs}"


def _lines(report: "Report", into: Path) -> list[str]:
    say = words()
    lines: list[str] = []
    for one in report.layers:
        lines += _layer_lines(one, into, say)
    for one in report.pictures:
        lines.append(_picture_line(one, say))
        lines += ["  " + note.said(say) for note in one.notes]
    for path, error in report.skipped:
        lines.append(say("Skipped: {path}.", path=path) + " " + error.said(say))
    if report.layers or report.pictures:
        lines.append(say("Saved to {path}.", path=into))
    return lines


def _layer_lines(one: "Kept", into: Path, say: "Words") -> list[str]:
    layer, told = one.layer, one.layer.provenance
    crs = told["crs"]
    lines = [
        say(
            "{name}: {count} features ({format}, {crs})",
            name=layer.name,
            count=f"{len(layer.features):,}",
            format=told["format"],
            crs=crs["name"],
        )
    ]
    if told["columns"]:
        comma = "，" if say.language == "zh" else ", "
        pairs = comma.join(f"{field} ← {column}" for field, column in told["columns"].items())
        lines.append("  " + say("Columns: {pairs}", pairs=pairs))
    lines += ["  " + note.said(say) for note in layer.notes]
    if layer.unknown_kinds:
        kinds = list(layer.unknown_kinds.items())
        said = ", ".join(f"{word} ({count})" for word, count in kinds[:_SAID])
        more = " …" if len(kinds) > _SAID else ""
        lines.append(
            "  "
            + say(
                "Kinds that no standard names, kept as they are: {kinds}. Name theirs with "
                "--meaning WORD=KIND.",
                kinds=said + more,
            )
        )
    if one.mend is not None:
        lines.append(
            "  "
            + say(
                "{count} rows can't be used; correct them in {mend}, then run: {command}",
                count=f"{len(layer.mend):,}",
                mend=one.mend,
                command=_again(one, into),
            )
        )
        lines += ["    " + problem.said(say) for problem in layer.problems[:_SAID]]
        if len(layer.problems) > _SAID:
            lines.append("    …")
    return lines


def _again(one: "Kept", into: Path) -> str:
    from sandbox.paths import command

    crs = one.layer.provenance["crs"]["code"]
    return (
        f"{command()} layers import {_quoted(one.mend)} --into {_quoted(into)} "
        f"--name {_quoted(one.layer.name)} --if-exists add --crs {crs}"
    )


def _quoted(said: object) -> str:
    text = str(said)
    return f'"{text}"' if any(sign in text for sign in " ()&?'") else text


def _picture_line(placed: "Placed", say: "Words") -> str:
    one = placed.raster
    kinds = {
        "elevation": say("elevation"),
        "picture": say("picture"),
        "grid": say("grid of figures"),
    }
    west, south, east, north = one.bounds
    line = say(
        "{path}: {kind}, {columns} × {rows} cells, {bands} bands, {crs}, {west}, {south} to "
        "{east}, {north}; the map shows it as a picture.",
        path=one.path,
        kind=kinds[one.kind],
        columns=f"{one.size[0]:,}",
        rows=f"{one.size[1]:,}",
        bands=one.bands,
        crs=placed.picture.system.name,
        west=f"{west:.10g}",
        south=f"{south:.10g}",
        east=f"{east:.10g}",
        north=f"{north:.10g}",
    )
    if one.kind == "elevation":
        line += " " + say("Give it with --dem when streets are built.")
    return line


def _facts(report: "Report", into: Path) -> dict[str, Any]:
    say = words()
    return {
        "into": str(into),
        "layers": [
            {
                "name": one.layer.name,
                "features": len(one.layer.features),
                **{
                    key: one.layer.provenance[key]
                    for key in ("file", "format", "encoding", "crs", "columns", "kinds", "rows")
                },
                "bounds": [round(float(at), 7) for at in one.layer.features.total_bounds],
                "unknown_kinds": dict(one.layer.unknown_kinds),
                "notes": [note.said(say) for note in one.layer.notes],
                "mend": None if one.mend is None else str(one.mend),
                "problems": [problem.said(say) for problem in one.layer.problems],
            }
            for one in report.layers
        ],
        "rasters": [
            {
                "file": str(one.raster.path),
                "kind": one.raster.kind,
                "size": list(one.raster.size),
                "bands": one.raster.bands,
                "bounds": list(one.raster.bounds),
                "crs": str(one.picture.system),
                "notes": [note.said(say) for note in one.notes],
            }
            for one in report.pictures
        ],
        "skipped": [
            {"file": str(path), "error": error.said(say), **_choices(error)}
            for path, error in report.skipped
        ],
    }


def _refused(error: "PlacingError") -> dict[str, Any]:
    return {"error": error.said(words()), **_choices(error)}


def _choices(error: SandboxError) -> dict[str, Any]:
    from sandbox.formats.where import PlacingError, joined

    if not isinstance(error, PlacingError):
        return {}
    say = words()
    return {
        "candidates": [
            {
                "crs": str(one.system),
                "name": one.system.name,
                "reasons": joined(one.reasons).said(say),
                "lon": round(one.middle_lonlat[0], 6),
                "lat": round(one.middle_lonlat[1], 6),
                "inexact_m": one.system.inexact_m,
            }
            for one in error.candidates
        ]
    }
