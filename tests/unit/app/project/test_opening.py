"""A map saved as a project and opened elsewhere: its own layers, streets, title and questions."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sandbox.app.atlas import Atlas
from sandbox.app.jobs import Job
from sandbox.app.opening import city_title, open_show
from sandbox.app.project.opening import fitting, open_map, open_project, project_of
from sandbox.app.questions import ReachQuestion
from sandbox.app.settings import Settings
from sandbox.app.state import Document, LayerShown, View
from sandbox.catalog.symbology import Symbology
from sandbox.errors import ProjectError
from sandbox.projects.project import Approval
from sandbox.projects.store import Stored, read, save
from sandbox.streets import sandnet
from sandbox.words import Bilingual
from tests.support.atlas import at, small_atlas
from tests.support.cities import clinics

TITLE = Bilingual("小城", "Small town")


def _job() -> Job:
    return Job("opening", lambda _: None)


@pytest.fixture(scope="module")
def document() -> Document:
    return Document(
        View(at(10, 20), 2.5), (LayerShown("parks", visible=False),), ReachQuestion(at(0, 0))
    )


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, document: Document) -> Stored:
    """A small city's project, whose network file is gone."""
    folder = tmp_path_factory.mktemp("town")
    atlas = small_atlas()
    file = folder / "own.sandnet"
    sandnet.save(atlas.network.streets, file)
    project = project_of(Atlas(atlas.layers, atlas.network, TITLE), document, file, None)
    stored = save(folder / "town.gpkg", project)
    file.unlink()
    return stored


def test_it_opens_elsewhere_with_its_streets_and_questions(
    town: Stored, document: Document, tmp_path: Path
) -> None:
    path = tmp_path / "moved.gpkg"
    shutil.copy(town.path, path)
    opened = open_project(path, Settings(), "en", _job())
    assert city_title(opened.atlas).values["said"] == TITLE
    assert list(opened.atlas.layers) == list(small_atlas().layers)
    assert np.array_equal(
        opened.atlas.network.streets.node_xy, small_atlas().network.streets.node_xy
    )
    assert opened.state.document == fitting(document, opened.atlas)
    assert opened.state.document.reach == document.reach
    assert opened.state.document.view == document.view
    shown = {one.id: one.visible for one in opened.state.document.layers}
    assert shown["parks"] is False


def test_layers_that_came_stand_on_top_and_those_that_went_are_gone(document: Document) -> None:
    more = replace(clinics(), id="more")
    atlas = small_atlas()
    wider = Atlas({"parks": atlas.layers["parks"], "more": more}, atlas.network)
    asked = replace(document, layers=(LayerShown("gone"), *document.layers))
    assert fitting(asked, wider).layers == (
        LayerShown("parks", visible=False),
        LayerShown("more"),
    )


def test_saving_again_keeps_what_stands_beside_the_map(town: Stored, document: Document) -> None:
    beside = replace(
        town, project=replace(town.project, scenes={"a": "x"}, provenance={"": {"k": 1}, "no": {}})
    )
    atlas = Atlas(town.project.layers, small_atlas().network, TITLE)
    look = Symbology(colour="#112233")
    shown = replace(document, layers=(LayerShown("parks", symbology=look), LayerShown("labs")))
    made = project_of(atlas, shown, town.project.network_file, beside)
    assert made.symbologies == {"parks": look}
    assert made.scenes == {"a": "x"}
    assert made.provenance == {"": {"k": 1}}
    assert made.title == TITLE


def test_a_kiosk_shows_the_project_and_the_shipped_city_where_it_is_spoiled(
    town: Stored, tmp_path: Path
) -> None:
    kept = Settings(project=town.path)
    atlas, faults = open_show(None, kept, _job())
    assert atlas.title == TITLE
    assert faults == []
    held = read(town.path)
    secret = replace(held.project, approval=Approval(level="internal"))
    kept_back = save(tmp_path / "secret.gpkg", secret, held)
    atlas, faults = open_show(None, Settings(project=kept_back.path), _job())
    assert atlas.title is None
    assert ["level" in str(one) for one in faults] == [True]
    spoiled = tmp_path / "spoiled.gpkg"
    spoiled.write_text("no")
    atlas, faults = open_show(None, Settings(project=spoiled), _job())
    assert atlas.title is None
    assert [type(one) for one in faults] == [ProjectError]
    first, fault = open_map(Settings(project=spoiled), "en", _job())
    assert first.stored is None
    assert isinstance(fault, ProjectError)
