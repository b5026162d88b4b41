"""A new project: a city's files in, one file out, whole or not at all."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sandbox.catalog.folder import load_all
from sandbox.errors import ProjectError
from sandbox.projects.city import Tell, build_city
from sandbox.projects.project import Project
from sandbox.projects.store import SUFFIX, Stored, save
from sandbox.words import Bilingual, Text

_SHIPPED: Final = Bilingual("西部（重庆）科学城", "Western (Chongqing) Science City")


def make_project(
    target: Path,
    extract: Path | None = None,
    *,
    gtfs: Sequence[Path] = (),
    dem: Sequence[Path] = (),
    title: Bilingual | None = None,
    tell: Tell = lambda _share, _text: None,
) -> Stored:
    """Make the project of a city; return it as it lies there.

    Parameters
    ----------
    target
        The project's file, which isn't there yet.
    extract
        A ``.osm.pbf`` file; None for the city that comes with the program.
    gtfs, dem
        Timetables, and elevation rasters for the slopes of the streets.
    title
        What the city is called; None for the name of the project's file.
    tell
        Called with the part that is done, 0 to 1, and what is being done; it may raise to end
        the work.

    Raises
    ------
    ProjectError
        A file of that name is there, its name doesn't end in .gpkg, or timetables and elevations
        have no streets.
    NetworkError, TransitError
        One of the files can't be used.
    ExportError
        The project can't be written.
    """
    check_new(target)
    if extract is None:
        if gtfs or dem:
            raise ProjectError(
                "Timetables and elevations need the streets of an extract.",
                "Give the path of an OpenStreetMap extract (.osm.pbf).",
            )
        stored = save(target, Project(title or _SHIPPED, load_all()))
        tell(1.0, Text("Saving the project"))
        return stored
    with TemporaryDirectory() as folder:
        made = build_city(
            extract,
            Path(folder) / "city.sandnet",
            gtfs=gtfs,
            dem=dem,
            title=title or titled(target),
            tell=tell,
        )
        stored = save(target, made)
    tell(1.0, Text("Saving the project"))
    return stored


def check_new(target: Path) -> None:
    """Raise a ProjectError where a new project can't have this name."""
    if target.suffix.lower() != SUFFIX:
        raise ProjectError(
            "{path} is not the name of a project.", "End the name in .gpkg.", path=target
        )
    if target.exists():
        raise ProjectError(
            "{path} is there already.", "Give another name, or remove it first.", path=target
        )


def titled(target: Path) -> Bilingual:
    """Return what a city is called by the name of its file."""
    named = target.stem.replace("_", " ").strip()
    return Bilingual(named, named.title() if named.islower() else named)
