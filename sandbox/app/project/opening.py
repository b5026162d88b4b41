"""A project file → the map that it opens with; and what a map saves."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sandbox.app.atlas import Atlas
from sandbox.app.changes import changed
from sandbox.app.document_json import document_values, read_document
from sandbox.app.framing import ground_view
from sandbox.app.jobs import Job
from sandbox.app.opening import city_title, first_state, open_window, prepared, walkable
from sandbox.app.settings import Settings
from sandbox.app.state import Document, LayerShown, MapState
from sandbox.catalog.layer import Layer
from sandbox.errors import SandboxError
from sandbox.projects.project import Project
from sandbox.projects.store import Stored, read
from sandbox.words import Bilingual, Language, Text, words_of

# What a new map of a whole city is framed for, logical pixels.
_SCREEN_PX = (1200, 800)


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A map as a project gives it.

    Attributes
    ----------
    atlas, state
        Layers and streets, and the map to begin with.
    stored
        The file; None for a map that no file holds yet.
    """

    atlas: Atlas
    state: MapState
    stored: Stored | None = None


def open_project(path: Path, settings: Settings, language: Language, job: Job) -> Opened:
    """Read a project and get its search ready; reports to `job`.

    Raises
    ------
    ProjectError
        It can't be read.
    NetworkError
        Its streets can't be opened, or nobody can walk there.
    """
    job.report(0.02, Text("Reading the project"))
    stored = read(path)
    job.report(0.4, Text("Opening the network"))
    network = walkable(stored.project.network_file)
    held = stored.project
    atlas = prepared(Atlas(held.layers, network, held.title), job)
    return Opened(atlas, state_of(held, atlas, settings, language), stored)


def open_map(
    settings: Settings, language: Language, job: Job
) -> tuple[Opened, SandboxError | None]:
    """Return what a window begins with, and why it isn't what was asked for.

    Raises
    ------
    SandboxError
        The city that comes with the program can't be opened either.
    """
    refused: SandboxError | None = None
    if settings.project is not None:
        try:
            return open_project(settings.project, settings, language, job), None
        except SandboxError as fault:
            refused = fault
    atlas, fault = open_window(settings.network, settings, job)
    return Opened(atlas, first_state(atlas, settings, language)), refused or fault


def state_of(project: Project, atlas: Atlas, settings: Settings, language: Language) -> MapState:
    """Return the map that a project opens with.

    Raises
    ------
    ProjectError
        Its document can't be read.
    """
    state = first_state(atlas, settings, language)
    if project.document is not None:
        document = fitting(read_document(project.document), atlas)
        return changed(state, **_fields(replace(document, approval=project.approval)))
    return changed(state, view=ground_view(atlas, _SCREEN_PX), approval=project.approval)


def fitting(document: Document, atlas: Atlas) -> Document:
    """Return a document whose layers are those of an atlas: new ones on top, others gone."""
    known = {one.id: one for one in atlas.layers.values() if one.geometry != "table"}
    kept = [one for one in document.layers if one.id in known]
    there = {one.id for one in kept}
    new = [LayerShown(key, one.shown) for key, one in known.items() if key not in there]
    return replace(document, layers=(*kept, *new))


def _fields(document: Document) -> dict[str, Any]:
    return {name: getattr(document, name) for name in Document.__slots__}


def project_of(
    atlas: Atlas,
    document: Document,
    network_file: Path | None,
    stored: Stored | None,
) -> Project:
    """Return what a map saves: itself, and what its project holds beside it.

    Parameters
    ----------
    atlas, document
        The map.
    network_file
        The file that its streets were opened from; None for those of the program.
    stored
        The file that the map was opened from, or None.
    """
    before = stored.project if stored is not None else None
    # A file holds the approval in a place of its own, where other programs find it.
    values = {key: one for key, one in document_values(document).items() if key != "approval"}
    looks = {one.id: one.symbology for one in document.layers if one.symbology is not None}
    shown = {one.id for one in document.layers}
    # One that a user took off the map isn't wanted any more.
    layers = {key: one for key, one in atlas.layers.items() if not one.is_own or key in shown}
    if before is None:
        return Project(
            _title(atlas),
            layers,
            network_file,
            values,
            looks,
            approval=document.approval,
            provenance=_known({}, layers),
        )
    return replace(
        before,
        layers=layers,
        network_file=network_file,
        document=values,
        symbologies=looks,
        approval=document.approval,
        provenance=_known(before.provenance, layers),
    )


def _known(
    provenance: Mapping[str, Mapping[str, Any]], layers: Mapping[str, Layer]
) -> dict[str, Mapping[str, Any]]:
    """Return where the layers that are kept come from; those that were opened say it themselves."""
    kept = {key: one for key, one in provenance.items() if key in layers or not key}
    return kept | {key: one.record for key, one in layers.items() if one.record}


def _title(atlas: Atlas) -> Bilingual:
    said = city_title(atlas)
    return Bilingual(said.said(words_of("zh")), said.said(words_of("en")))
