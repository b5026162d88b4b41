"""The city that a command works on: the shipped one, or that of a project given by --project."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from sandbox.cli import words

if TYPE_CHECKING:
    from sandbox.app.atlas import Atlas
    from sandbox.app.settings import Settings
    from sandbox.app.state import MapState
    from sandbox.catalog.layer import Layer
    from sandbox.engine.network import Network
    from sandbox.projects.project import Approval
    from sandbox.projects.store import Stored

PAGES: Final = (".html", ".htm")
_KEY: Final = "sandbox.project"
_Command = TypeVar("_Command", bound=Callable[..., Any])


def _remember(ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path | None:
    if value is not None:
        from sandbox.projects.store import read

        ctx.meta[_KEY] = read(value)
    return value


def _or_its_own(ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path | None:
    stored = ctx.meta.get(_KEY)
    return value if value is not None or stored is None else stored.project.network_file


def project(command: _Command) -> _Command:
    """Give a command the option --project, which `layers` and `stored` look at."""
    return click.option(
        "--project",
        metavar="CITY.gpkg",
        is_eager=True,
        expose_value=False,
        callback=_remember,
        type=click.Path(path_type=Path),
        help="Project whose layers and streets are used.",
    )(command)


def network(command: _Command) -> _Command:
    """Give a command the options --network and --project; it gets the first as `network_file`."""
    streets = click.option(
        "--network",
        "network_file",
        metavar="FILE",
        callback=_or_its_own,
        type=click.Path(path_type=Path),
        help="Network file.  [default: the shipped schematic streets]",
    )
    return streets(project(command))


def opened(command: _Command) -> _Command:
    """Give a command that opens a window the options: `network_file` and `project_file`.

    The project is opened with all that is asked in it, so it isn't read here.
    """
    project = click.option(
        "--project",
        "project_file",
        metavar="CITY.gpkg",
        type=click.Path(path_type=Path),
        help="Project whose layers and streets are used.",
    )
    streets = click.option(
        "--network",
        "network_file",
        metavar="FILE",
        callback=_not_both,
        type=click.Path(path_type=Path),
        help="Network file.  [default: the shipped schematic streets]",
    )
    return streets(project(command))


def _not_both(ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    if value is not None and ctx.params.get("project_file") is not None:
        said = words(ctx)("a project has streets of its own: give one of the two")
        raise click.BadParameter(said, ctx, param)
    return value


def stored() -> "Stored | None":
    """Return the project that was given, or None."""
    ctx = click.get_current_context(silent=True)
    return None if ctx is None else ctx.meta.get(_KEY)


def atlas(layers: "Mapping[str, Layer]", network: "Network") -> "Atlas":
    """Return layers over streets, called as the project that was given calls its city."""
    from sandbox.app.atlas import Atlas

    given = stored()
    return Atlas(layers, network, None if given is None else given.project.title)


def as_saved(
    state: "MapState", atlas: "Atlas", settings: "Settings", named: "Sequence[str]", *, view: bool
) -> "MapState":
    """Return a map whose layers look as in the project that was given, if one was.

    Parameters
    ----------
    state, atlas, settings
        The map as it would be without the project.
    named
        The layers that were asked for by name; of these only the look is the project's. Without
        names their order and which ones show are too.
    view
        Whether the map shows what the project shows.
    """
    from sandbox.app.changes import changed
    from sandbox.app.project.opening import state_of

    given = stored()
    if given is None:
        return state
    opened = state_of(given.project, atlas, settings, state.language).document
    saved = {one.id: one for one in opened.layers}
    there = state.document.layers
    if named:
        layers = tuple(replace(saved.get(one.id, one), visible=one.visible) for one in there)
    else:
        layers = (*opened.layers, *(one for one in there if one.id not in saved))
    return changed(state, layers=layers, view=opened.view if view else state.document.view)


def reviewed(state: "MapState", atlas: "Atlas") -> "MapState":
    """Return a map with what the review of the project says, where one was given."""
    from sandbox.app.project.approving import approved

    given = stored()
    return state if given is None else approved(state, atlas, given.project.approval)


def approval() -> "Approval":
    """Return what the review of the project says; of the city without one, nothing."""
    from sandbox.projects.project import NOT_APPROVED

    given = stored()
    return NOT_APPROVED if given is None else given.project.approval


def check_files(files: Iterable[Path | None], *endings: str) -> None:
    """Refuse files that can't be written, or may not be, before anything is calculated.

    Raises
    ------
    ExportError
        Of one the folder is missing, or its ending is none of `endings`.
    ProjectError
        One is a page, and the project's level of secrecy isn't public.
    """
    from sandbox.export.files import check_file, ending_of
    from sandbox.projects.project import check_public

    for one in files:
        check_file(one, *endings)
        if one is not None and ending_of(one) in PAGES:
            check_public(approval())


def layers() -> "dict[str, Layer]":
    """Return the layers of the project, or those that come with the program.

    Raises
    ------
    LayerError
        A layer folder is broken.
    """
    from sandbox.catalog.folder import load_all

    given = stored()
    return load_all() if given is None else dict(given.project.layers)
