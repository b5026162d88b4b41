"""Projects: a city's layers, streets and questions in one file."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sandbox.cli import words
from sandbox.cli.data import approve as approving
from sandbox.cli.data.network import progress
from sandbox.cli.parts import options, output
from sandbox.export.files import check_file

if TYPE_CHECKING:
    from sandbox.projects.store import Stored
    from sandbox.words import Words


@click.group()
def project() -> None:
    """Projects: a city's layers, streets, edits and questions in one file that QGIS opens."""


project.add_command(approving.approve)


@project.command()
@click.argument("file", metavar="CITY.gpkg", type=click.Path(path_type=Path))
@options.JSON
def info(file: Path, as_json: bool) -> None:
    """Show what a project contains: layers, streets, questions, approval, sources."""
    from sandbox.projects.store import read

    stored = read(file)
    if as_json:
        click.echo(json.dumps(_facts(stored), ensure_ascii=False, indent=2))
        return
    click.echo("\n".join(_lines(stored, words())))


def _facts(stored: "Stored") -> dict[str, Any]:
    from dataclasses import asdict

    held = stored.project
    document = held.document or {}
    return {
        "file": str(stored.path),
        "format": stored.made_with,
        "title": {"zh": held.title.zh, "en": held.title.en},
        "network": {"kind": stored.streets.kind, "sha256": stored.streets.sha256 or None},
        "layers": [
            {
                "id": key,
                "table": stored.tables[key][0],
                "title": {"zh": one.title.zh, "en": one.title.en},
                "geometry": one.geometry,
                "features": None if one.features is None else len(one.features),
                "provenance": held.provenance.get(key),
            }
            for key, one in held.layers.items()
        ],
        "street_edits": len(document.get("edits", {}).get("edits", ())),
        "scenarios": [one.get("id") for one in document.get("scenarios", ())],
        "scenes": sorted(held.scenes),
        "views": sorted(held.views),
        "approval": asdict(held.approval),
        "provenance": held.provenance.get(""),
        "notes": [one.said(words()) for one in stored.notes],
    }


def _lines(stored: "Stored", say: "Words") -> list[str]:
    held, facts = stored.project, _facts(stored)
    streets = {
        "shipped": say("those of the program"),
        "held": say("in the project"),
        "linked": say("in the file {file}", file=stored.streets.path),
    }
    rows = [
        (say("Project"), held.title.said(say.language)),
        (say("Street network"), streets[stored.streets.kind]),
        (say("Street edits"), str(facts["street_edits"])),
        (say("Scenarios"), ", ".join(map(str, facts["scenarios"])) or "–"),
        *approving.lines(held.approval),
        *(
            (
                f"  {key}",
                say(
                    "{title}, {count} features",
                    title=one.title.said(say.language),
                    count=f"{len(one.features):,}",
                )
                if one.features is not None
                else one.title.said(say.language),
            )
            for key, one in held.layers.items()
        ),
    ]
    return [*output.columns(rows), *(one.said(say) for one in stored.notes)]


@project.command()
@click.argument(
    "extract", metavar="[CITY.osm.pbf]", required=False, type=click.Path(path_type=Path)
)
@click.option(
    "-o",
    "--output",
    "target",
    metavar="CITY.gpkg",
    required=True,
    type=click.Path(path_type=Path),
    help="Project to make.",
)
@options.GTFS
@options.DEM
@click.option("--title", metavar="TEXT", help="Title that people read.  [default: the file's name]")
def new(
    *,
    extract: Path | None,
    target: Path,
    gtfs: tuple[Path, ...],
    dem: tuple[Path, ...],
    title: str | None,
) -> None:
    """Make a project of a city: its streets and base map from an OpenStreetMap extract.

    Without an extract, of the city that comes with the program.
    """
    from sandbox.projects.making import make_project
    from sandbox.words import Bilingual

    check_file(target, ".gpkg")
    said = title.strip() if title else ""
    with progress(words()("Building the city")) as tell:
        make_project(
            target,
            extract,
            gtfs=gtfs,
            dem=dem,
            title=Bilingual(said, said) if said else None,
            tell=lambda share, _text: tell(share),
        )
    click.echo(words()("Saved to {path}.", path=target))


@project.command()
@click.option(
    "-o",
    "--output",
    "target",
    metavar="SAMPLE.gpkg",
    required=True,
    type=click.Path(path_type=Path),
    help="Project to make.",
)
def sample(*, target: Path) -> None:
    """Make the sample project: life circles audited, their gaps, and where to build schools.

    Its estates and facilities are made up: every figure is schematic.
    """
    from sandbox.app.jobs import Job
    from sandbox.app.project.sample import make_sample

    check_file(target, ".gpkg")
    make_sample(target, Job("sample", lambda _progress: None))
    click.echo(words()("Saved to {path}.", path=target))
