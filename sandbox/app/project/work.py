"""The work on a project: what is saved of it, what isn't yet, and who may write."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sandbox.app.atlas import Atlas
from sandbox.app.document_json import document_values, read_document
from sandbox.app.jobs import Job
from sandbox.app.opening import open_network
from sandbox.app.project.opening import Opened, fitting, open_project, project_of
from sandbox.app.settings import Settings
from sandbox.app.state import Document, MapState
from sandbox.catalog.layer import Layer
from sandbox.errors import ProjectError
from sandbox.projects import lock
from sandbox.projects.journal import Left
from sandbox.projects.store import Stored, save
from sandbox.words import Language, Text


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """What a window works on.

    Attributes
    ----------
    saved
        The document as it was opened or saved.
    layers
        The layers as they were opened or saved.
    network_file
        The file that its streets come from; None for those of the program.
    saved_network
        The same as it was opened or saved.
    stored
        The project's file; None where there is none yet.
    held
        The lock that is ours, or who else has it open; None where no lock could be made.
    """

    saved: Document
    layers: Mapping[str, Layer]
    network_file: Path | None = None
    saved_network: Path | None = None
    stored: Stored | None = None
    held: lock.Lock | lock.Owner | None = None

    @property
    def path(self) -> Path | None:
        """The project's file, where there is one."""
        return None if self.stored is None else self.stored.path

    @property
    def reads_only(self) -> bool:
        """Whether another person has the project open."""
        return isinstance(self.held, lock.Owner)

    def changed(self, atlas: Atlas, document: Document) -> bool:
        """Return whether something would be lost.

        Moving the map is no change. Without a file only what takes work counts: edits of the
        streets, scenarios, the approval, layers of one's own.
        """
        if self.fresh(atlas) or self.layers.keys() - atlas.layers.keys():
            return True
        if self.stored is None:
            mine, before = document, self.saved
            return (mine.edits, mine.scenarios, mine.approval) != (
                before.edits,
                before.scenarios,
                before.approval,
            )
        if self.network_file != self.saved_network:
            return True
        return replace(document, view=self.saved.view) != self.saved

    def fresh(self, atlas: Atlas) -> dict[str, Layer]:
        """Return the layers that no file holds."""
        return {key: one for key, one in atlas.layers.items() if self.layers.get(key) is not one}


def begun(opened: Opened, network_file: Path | None, held: lock.Lock | lock.Owner | None) -> Work:
    """Return the work on a map that was just opened."""
    stored = opened.stored
    file = stored.project.network_file if stored is not None else network_file
    return Work(opened.state.document, opened.atlas.layers, file, file, stored, held)


def open_work(
    path: Path, settings: Settings, language: Language, job: Job
) -> tuple[Opened, lock.Lock | lock.Owner | None]:
    """Open a project and lock it, or learn who else has it open; raises as `open_project`."""
    held = lock.acquire(path)
    try:
        return open_project(path, settings, language, job), held
    except BaseException:
        if isinstance(held, lock.Lock):
            held.release()
        raise


def save_work(work: Work, atlas: Atlas, document: Document, path: Path, job: Job) -> Work:
    """Save a map to its project, or under another name; reports to `job`.

    Raises
    ------
    ProjectError
        Another person has the project open.
    ExportError
        It can't be written.
    """
    job.report(-1.0, Text("Saving the project"))
    held = work.held
    own = work.path is not None and lock.lock_file(path) == lock.lock_file(work.path)
    if not own:
        held = lock.acquire(path)
    if isinstance(held, lock.Lock) and not held.held:
        held = lock.acquire(path)
    if isinstance(held, lock.Owner):
        raise ProjectError(
            "{path} has been open at {host} by {user} since {since}.",
            "Save the project under another name.",
            path=path,
            host=held.host,
            user=held.user,
            since=held.since,
        )
    try:
        project = project_of(atlas, document, work.network_file, work.stored)
        stored = save(path, project, work.stored)
    except BaseException:
        if not own and isinstance(held, lock.Lock):
            held.release()
        raise
    if not own and isinstance(work.held, lock.Lock):
        work.held.release()
    return Work(document, atlas.layers, work.network_file, work.network_file, stored, held)


def restored(
    left: Left, settings: Settings, state: MapState, atlas: Atlas, job: Job
) -> tuple[Opened, Work]:
    """Return a map as it was before the program ended unasked, and the work on it.

    Raises
    ------
    SandboxError
        Its project or its layers can't be read.
    """
    held: lock.Lock | lock.Owner | None = None
    first = Opened(atlas, state)
    if left.project is not None:
        first, held = open_work(left.project, settings, state.language, job)
    elif left.network_file is not None:
        first = Opened(open_network(left.network_file, atlas, settings, job), state)
    work = begun(first, left.network_file, held)
    known = {**first.atlas.layers, **left.fresh()}
    layers = {key: known[key] for key in left.layers if key in known}
    whole = replace(first.atlas, layers=layers)
    document = fitting(read_document(left.document), whole)
    return Opened(whole, replace(first.state, document=document), first.stored), work


def journal_values(document: Document) -> Mapping[str, object]:
    """Return a document as a journal keeps it."""
    return document_values(document)
