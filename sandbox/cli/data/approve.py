"""A map's official review, entered into a project on the command line."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sandbox.cli import words
from sandbox.cli.parts import output
from sandbox.errors import ProjectError

if TYPE_CHECKING:
    from sandbox.projects.project import Approval
    from sandbox.projects.store import Stored

# As `sandbox.projects.project` names them; a test holds that both say the same.
_LEVELS = ("unset", "public", "internal", "confidential", "secret", "top_secret")


@click.command()
@click.argument("file", metavar="CITY.gpkg", type=click.Path(path_type=Path))
@click.option("--number", metavar="TEXT", help="Approval number (审图号).")
@click.option("--compiler", metavar="TEXT", help="Who compiled the map.")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="Day of the approval.")
@click.option("--base-map", metavar="TEXT", help="Source of the base map.")
@click.option(
    "--level",
    type=click.Choice(_LEVELS),
    help="Secrecy level; kiosks and web pages show only what is public or unset.",
)
@click.option("--clear", is_flag=True, help="Remove the review that is there first.")
def approve(
    *,
    file: Path,
    number: str | None,
    compiler: str | None,
    day: str | None,
    base_map: str | None,
    level: str | None,
    clear: bool,
) -> None:
    """Set the official review of a project's map; what isn't given stays.

    A number or a day belongs to the map as it is in the project now; the map
    warns of changes after it.
    """
    from sandbox.projects import lock
    from sandbox.projects.project import NOT_APPROVED, faults_of
    from sandbox.projects.store import read, save

    given = {"number": number, "compiler": compiler, "date": day, "base_map": base_map}
    said = {name: one.strip() for name, one in given.items() if one is not None}
    if level is not None:
        said["level"] = "" if level == "unset" else level
    if not said and not clear:
        raise ProjectError(
            "Nothing is given to set.",
            "Give --number, --compiler, --date, --base-map, --level or --clear.",
        )
    stored = read(file)
    before = NOT_APPROVED if clear else stored.project.approval
    approval = replace(before, **said)
    faults = faults_of(approval)
    if faults:
        raise ProjectError(
            "The approval can't be set", "Correct it, then try again.", faults=faults
        )
    if not approval.number:
        approval = replace(approval, content="")
    elif (approval.number, approval.date) != (before.number, before.date) or not before.content:
        approval = replace(approval, content=_content(stored))
    held = lock.acquire(file)
    if isinstance(held, lock.Owner):
        raise ProjectError(
            "{file} is open: {user} has had it open at {host} since {since}.",
            "Close it there, then try again.",
            file=file,
            user=held.user,
            host=held.host,
            since=held.since,
        )
    try:
        save(file, replace(stored.project, approval=approval), stored)
    finally:
        if held is not None:
            held.release()
    click.echo("\n".join(output.columns(lines(approval))))
    click.echo("\n".join(output.written(file)))


def lines(approval: "Approval") -> list[tuple[str, str]]:
    """Return what an approval says, by name."""
    from sandbox.projects.project import LEVELS

    say = words()
    return [
        (say("Approval number"), approval.number or "–"),
        (say("Compiled by"), approval.compiler or "–"),
        (say("Approved on"), approval.date or "–"),
        (say("Base map"), approval.base_map or "–"),
        (say("Secrecy level"), LEVELS[approval.level].said(say)),
    ]


def _content(stored: "Stored") -> str:
    """Return what the map of a project holds now, as a window would show it."""
    from sandbox.app import settings as remembered
    from sandbox.app.atlas import Atlas
    from sandbox.app.project.approving import content_of
    from sandbox.app.project.opening import state_of
    from sandbox.engine.network import Network

    project = stored.project
    atlas = Atlas(project.layers, Network.open(project.network_file), project.title)
    state = state_of(project, atlas, remembered.load().settings, "en")
    return content_of(atlas, state.document)
