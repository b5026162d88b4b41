"""A new project as the window asks for one: a city's files, or what is on screen."""

from dataclasses import dataclass, replace
from pathlib import Path

from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Cancelled, Job
from sandbox.app.project.opening import project_of
from sandbox.app.state import Document
from sandbox.edits.street_edits import StreetEdits
from sandbox.errors import ProjectError
from sandbox.projects.making import check_new, make_project
from sandbox.projects.project import NOT_APPROVED
from sandbox.projects.store import save
from sandbox.words import Bilingual, Text


@dataclass(frozen=True, slots=True)
class NewProject:
    """What a new project is made of.

    Attributes
    ----------
    target
        Its file, which isn't there yet.
    title
        What the city is called; empty for the name of the file.
    extract
        An OpenStreetMap extract; None for the streets and layers on screen.
    gtfs, dem
        Timetables and elevations that go with an extract.
    """

    target: Path
    title: str = ""
    extract: Path | None = None
    gtfs: tuple[Path, ...] = ()
    dem: tuple[Path, ...] = ()


def make_new(
    wanted: NewProject, atlas: Atlas, document: Document, network_file: Path | None, job: Job
) -> Path:
    """Make a new project and return its file; reports to `job`.

    Parameters
    ----------
    wanted
        What is asked for.
    atlas, document, network_file
        What is on screen, and the file that its streets were opened from.

    Raises
    ------
    SandboxError
        It can't be made; nothing is left then.
    """
    title = Bilingual(wanted.title, wanted.title) if wanted.title else None
    check_new(wanted.target)
    if wanted.extract is None:
        if wanted.gtfs or wanted.dem:
            raise ProjectError(
                "Timetables and elevations need the streets of an extract.",
                "Choose an OpenStreetMap extract (.osm.pbf).",
            )
        job.report(-1.0, Text("Saving the project"))
        made = project_of(atlas, unasked(document), network_file, None)
        save(wanted.target, made if title is None else replace(made, title=title))
    else:
        make_project(
            wanted.target,
            wanted.extract,
            gtfs=wanted.gtfs,
            dem=wanted.dem,
            title=title,
            tell=job.report,
        )
    if job.cancelled:
        # Who stops it while the file is written doesn't want it.
        wanted.target.unlink(missing_ok=True)
        raise Cancelled
    return wanted.target


def unasked(document: Document) -> Document:
    """Return the same view and layers without questions, edits, scenarios and approval."""
    return replace(
        document,
        reach=None,
        against=None,
        spread=False,
        analyses=(),
        edits=StreetEdits(),
        scenarios=(),
        approval=NOT_APPROVED,
    )
